import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { partsOf } from '../reading/source.ts'
import { layouts } from './all.ts'
import { describe } from './describe.ts'
import { LayoutForm, layoutProblems } from './form.ts'
import { generalElectionOn } from '../rules/elections-ny.ts'
import { washingtonElections } from '../rules/elections-wa.ts'
import { dateForm, electionOf, methodOf, partyOf, rawTable, statusOf } from './guess.ts'

const folder = mkdtempSync(join(tmpdir(), 'layouts-'))
afterAll(() => rmSync(folder, { recursive: true }))
const tableOf = async (path: string) => {
  const [part] = await partsOf([path])
  const table = part && (await rawTable(part))
  if (!table) throw new Error('no table')
  return table
}
const tableIn = (text: string) => {
  const path = join(folder, `${Math.floor(performance.now() * 1000)}.csv`)
  writeFileSync(path, text)
  return tableOf(path)
}

test.each(layouts)('$id has the declarative form', (layout) => {
  expect(LayoutForm.parse(JSON.parse(JSON.stringify(layout)))).toEqual(layout)
})

test.each([
  ['GENERAL-11/05/2024', 'general', '2024-11-05'],
  ['Primary_06_25_2024', 'primary', '2024-06-25'],
  ['GE 20221108', 'general', '2022-11-08'],
  ['General 2022', 'general', '2022-11-08'],
  ['G22', 'general', '2022-11-08'],
  ['Nov 2023', 'general', '2023-11-07'],
  ['Pres Primary 2024', 'presidential_primary', null],
  ['P24', 'primary', null],
  ['11/05/2024', 'general', '2024-11-05'],
  ['Municipal 2021', 'local', null],
])('the heading %s is an election', (heading, kind, held_on) => {
  expect(electionOf(heading)).toMatchObject({ kind, held_on })
})

test.each(['Precinct', 'Party', 'Zip', 'Ward 12', 'Senate District 2022', 'PhoneNumber', 'GroupID'])(
  'the heading %s is none',
  (heading) => expect(electionOf(heading)).toBeNull(),
)

test.each([
  [2020, '2020-11-03'],
  [2021, '2021-11-02'],
  [2022, '2022-11-08'],
  [2026, '2026-11-03'],
])('the election of November %i is on %s', (year, day) => expect(generalElectionOn(year)).toBe(day))

test.each([
  ['2024-11-05', 'general'],
  ['2023-11-07', 'general'],
  ['2024-08-06', 'primary'],
  ['2025-08-05', 'primary'],
  ['2010-08-17', 'primary'],
  ['2024-03-12', 'presidential_primary'],
  ['2024-02-13', undefined],
])("Washington's election of %s is of the kind %s", (day, kind) => expect(washingtonElections[day]).toBe(kind))

test('codes and days are guessed', () => {
  expect(['DEM', 'r', 'NPA', 'Unaffiliated', 'WFP', 'Green'].map(partyOf)).toEqual(['dem', 'rep', 'none', 'none', 'wor', 'gre']) // prettier-ignore
  expect(['A', 'Active', 'I', 'Removed', '17'].map(statusOf)).toEqual(['active', 'active', 'inactive', 'purged', 'preregistered']) // prettier-ignore
  expect(['Y', 'N', 'Absentee', 'EV', 'poll', '0'].map(methodOf)).toEqual(['unknown', null, 'mail', 'early', 'poll', null]) // prettier-ignore
  expect(dateForm(['19850612', '19900131'])).toBe('ymd')
  expect(dateForm(['6/12/1985', '', '01/31/1990'])).toBe('slashed')
  expect(dateForm(['12.06.1985', '31.01.1990'])).toBeNull()
  expect(dateForm(['25/06/1985', '31/01/1990'])).toBeNull()
})

test('every sample of a state with a header would be described by itself', async () => {
  const samples = join(import.meta.dirname, '../samples')
  for (const name of readdirSync(samples).filter((each) => /^us-(oh|wa|nc)\.txt$/.test(each))) {
    const described = describe(await tableOf(join(samples, name)), null, 'A county')
    expect(described.problems, name).toEqual([])
    expect(described.columns.map(({ is }) => is), name).toEqual(expect.arrayContaining(['state_voter_id', 'last_name', 'first_name', 'status'])) // prettier-ignore
  }
})

test("a list by hand is understood by its headings, and a telephone is not taken for the state's number", async () => {
  const rows = [
    'Voter No,Surname,Given,DOB,Sex,Party,House,Street Name,City,ZIP,County,GE2024,PR2025,Cell Phone,Reached at',
    'A001,KIM,YOUNG HEE,3/14/1958,F,D,41-20,Union St,Flushing,11355,Queens,Y,,718-555-0142,212-555-0101',
    'A002,PARK,DANIEL,11/2/1990,M,R,12,Main St,Flushing,11355,Queens,Y,Y,,212-555-0102',
    "A003,O'NEIL,SEAN,6/30/1977,M,N,9,Oak Ave,Bayside,11361,Queens,,,,212-555-0103",
  ]
  const described = describe(await tableIn(rows.join('\n') + '\n'), null, 'List')
  expect(described.columns.map(({ is }) => is)).toEqual(
    ['state_voter_id', 'last_name', 'first_name', 'birth_date', 'sex', 'party', 'house_number', 'street_name', 'city', 'zip', 'county', 'election', 'election', 'phone', ''], // prettier-ignore
  )
  const nameless = await tableIn(rows.map((row) => row.replace(/^Voter No/, 'Column').replace(/^A00(\d)/, 'x')).join('\n') + '\n') // prettier-ignore
  expect(describe(nameless, null, 'List').columns.map(({ is }) => is)).not.toContain('state_voter_id')
})

test('without a header the values tell what they can, and what is missing is named', async () => {
  const rows = Array.from({ length: 30 }, (_, at) => `NY0000000000${10_000 + at},KIM,MIN ${at},19${50 + at}0612,1135${at % 9},${at % 2 ? 'F' : 'M'},DEM`) // prettier-ignore
  const described = describe(await tableIn(rows.join('\n') + '\n'), null, 'Queens')
  expect(described.table.has_header).toBe(false)
  expect(described.columns.map(({ is }) => is)).toEqual(['state_voter_id', '', '', 'birth_date', 'zip', 'sex', 'party'])
  expect(described.state).toBe('NY')
  expect(described.columns[3]?.dates).toBe('ymd')
  expect(described.problems).toMatchObject([{ message: 'voterlayout.problem.no_last_name' }])
  const said = describe(described.table, { 'is.1': 'last_name', 'is.2': 'first_name', county: 'Queens' }, 'Queens')
  expect(said.problems).toEqual([])
  expect(said.layout).toMatchObject({ state: 'NY', county: 'queens', header: 'sometimes', history: null })
})

test.each([
  [{ 'is.0': '' }, 'no_state_voter_id', 'is.0'],
  [{ 'is.2': 'last_name' }, 'twice', 'is.2'],
  [{ 'is.3': 'birth_date' }, 'dates', 'is.3'],
  [{ 'is.4': 'election', 'on.4': 'soon' }, 'election', 'on.4'],
  [{ state: 'New York' }, 'state', 'state'],
  [{ title: ' ' }, 'title', 'title'],
  [{ state: 'NY', county: 'Atlantis' }, 'county', 'county'],
  [{ 'is.4': 'votes', 'is.5': 'election', 'kind.5': 'general', 'on.5': '2024' }, 'two_histories', 'is.0'],
])('%j is refused as %s', async (typed, code, field) => {
  const table = await tableIn(
    'VoterID,Last Name,First Name,Born,Then,G24\n' +
      Array.from({ length: 20 }, (_, at) => `${1_000_000 + at},KIM,MIN,12.06.1985,x,Y`).join('\n') + '\n',
  ) // prettier-ignore
  const { problems, layout } = describe(table, { state: 'PA', ...typed }, 'A county')
  expect(problems).toContainEqual(expect.objectContaining({ message: `voterlayout.problem.${code}`, field }))
  expect(layout).toBeNull()
})

test('a layout from elsewhere is refused with what is wrong', () => {
  const [good] = layouts
  const unknown = LayoutForm.safeParse({ ...good, columns: [[{ name: 'x', is: 'shoe_size' }]] })
  expect(unknown.error?.issues[0]?.message).toContain('"shoe_size" is none of state_voter_id')
  expect(LayoutForm.safeParse({ ...good, more: 1 }).success).toBe(false)
  expect(layoutProblems({ ...good!, columns: [[{ name: 'x' }]], history: null })).toMatchObject([
    { code: 'no_state_voter_id' },
    { code: 'no_last_name' },
  ]) // there is a first
})

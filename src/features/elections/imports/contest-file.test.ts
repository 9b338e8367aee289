import { expect, test } from 'vitest'
import { readContestFile } from './contest-file.ts'
import { planContests, type Known } from './plan.ts'
import { noDays } from '../testing.ts'

const head = 'election,office,district,party,name,name_ko,lines,seats,status,figure,source_url'
const link = 'https://vote.nyc/'
const today = '2027-02-01'
const held = {
  held_on: '2027-06-22',
  state: 'NY',
  kind: 'primary',
  method: null,
  ...noDays,
  source_url: null,
  as_of: today,
} as const
const known: Known = {
  elections: [
    { election_id: 1, district_kind: null, district: null, ...held },
    { election_id: 2, district_kind: null, district: null, ...held, kind: 'general', held_on: '2027-11-02' },
  ],
  contests: [],
  candidates: [],
  figures: [
    { figure_id: 7, name: 'Ana Cruz', names: {}, ids: {}, offices: [] },
    { figure_id: 8, name: 'Ana B. Cruz', names: {}, ids: {}, offices: [] },
    { figure_id: 9, name: 'Hana M. Oh', names: {}, ids: {}, offices: [] },
  ],
}

const problemsOf = (text: string): string[] => {
  const read = readContestFile(text)
  const done = read.ok ? planContests(read.rows, known, today) : read
  return done.ok ? [] : done.problems.map(({ line, column, code }) => `${line} ${column} ${code}`)
}

test.each([
  ['', ['1 null not_csv']],
  ['<!doctype html>', ['1 null not_csv']],
  [head, ['1 null empty']],
  [`${head},shoe_size\n`, ['1 shoe_size unknown_column']],
  [`${head},name\n`, ['1 name column_twice']],
  ['election,district,source_url\n', ['1 office missing_column']],
  [`${head}\n2027-primary,king,20,,,,,,,,${link}`, ['2 office unknown_code']],
  [`${head}\n2027-primary,시의원,77,,,,,,,,${link}`, ['2 district no_district']],
  [`${head}\n2031-primary,council_member,20,,,,,,,,${link}`, ['2 election no_election']],
  [`${head}\n2027-primary,council_member,20,,,,,0,,,${link}`, ['2 seats bad_number']],
  [`${head}\n2027-primary,council_member,20,,,,,,,,a friend`, ['2 source_url bad_address']],
  [`${head}\n2027-primary,council_member,20,,,이서연,,,,,${link}`, ['2 name missing']],
  [`${head}\n2027-primary,council_member,20,,Ana Cruz,,,,,,${link}`, ['2 figure which_person']],
  [`${head}\n2027-primary,council_member,20,,Ana Cruz,,,,,5,${link}`, ['2 figure no_person']],
  // A cell of two lines above, an empty line, and the same person twice.
  [`${head}\n2027-primary,council_member,20,,"Jo\nDoe",,,,,,${link}\n\n2027-primary,council_member,20,,Jo Doe,,,,,,${link}`, ['5 name twice']],
  [`${head}\n2027-primary,council_member,20,,A B,,,1,,,${link}\n2027-primary,council_member,20,,C D,,,2,,,${link}`, ['3 seats contest_differs']],
  [`${head}\n2027-primary,other,,,,,,,,,${link}`, ['2 title_en needs_title']],
])('what is wrong with %j is named by line and column: %j', (text, expected) => {
  expect(problemsOf(text)).toEqual(expected)
}) // prettier-ignore

test('a file of something else altogether does not fill the page', () => {
  expect(problemsOf(`${head}\n${'x,y,z,,,,,,,,\n'.repeat(500)}`)).toHaveLength(20)
})

test('the same name twice is one person; who is known is taken for who it is', () => {
  const lines = [
    `2027-primary,council_member,20,민주당,Hana Oh,오하나,민주당,,on_ballot,,${link}`,
    `2027-primary,council_member,20,rep,Jo Doe,,rep,,,,${link}`,
    `2027-general,council_member,20,,Jo Doe,,rep,,,,${link}`,
    `2027-general,council_member,20,,Ana Cruz,,dem,,,new,${link}`,
  ]
  const read = readContestFile([head, ...lines].join('\r\n'))
  const plan = read.ok && planContests(read.rows, known, today)
  if (!plan || !plan.ok) throw new Error('the file was refused')
  expect(plan.contests.map(({ told }) => [told.election_id, told.party, told.method])).toEqual([
    [1, 'dem', 'ranked_choice'],
    [1, 'rep', 'ranked_choice'],
    [2, null, 'plurality'],
  ])
  const people = plan.contests.flatMap(({ candidates }) => candidates.map(({ person }) => person))
  expect(people).toMatchObject([
    { is: 'known', figure_id: 9, names: { ko: '오하나' } },
    { is: 'new', key: 'jo doe' },
    { is: 'new', key: 'jo doe' },
    { is: 'new', name: 'Ana Cruz' },
  ])
  expect(plan.lines.filter(({ thing }) => thing === 'person').map(({ line, effect }) => `${line} ${effect}`)).toEqual([
    '2 changed', '3 added', '5 added',
  ]) // prettier-ignore
})

const planOf = (rows: readonly string[], of: Known = known) => {
  const read = readContestFile([head, ...rows].join('\n'))
  const plan = read.ok && planContests(read.rows, of, today)
  if (!plan || !plan.ok) throw new Error('the file was refused')
  return plan
}

test('a second line of one newcomer says whom it is taken for, and on which line they stand', () => {
  const { lines } = planOf([
    `2027-primary,council_member,20,rep,Jo A Doe,,rep,,,,${link}`,
    `2027-primary,council_member,21,rep,Jo B Doe,,rep,,,,${link}`,
    `2027-primary,council_member,22,rep,Jo Doe,,rep,,,new,${link}`,
  ])
  expect(lines.filter(({ thing }) => thing === 'candidate').map((each) => [each.line, each.taken_for, each.taken_line])).toEqual([
    [2, null, undefined],
    [3, 'Jo A Doe', 2],
    [4, null, undefined],
  ]) // prettier-ignore
})

test('two of one contest who differ by an initial are, in the same file again, who they were', () => {
  const rows = [
    `2027-primary,council_member,20,dem,John B Lee,,dem,,,new,${link}`,
    `2027-primary,council_member,20,dem,John A Lee,,dem,,,new,${link}`,
  ]
  const [first] = planOf(rows).contests
  if (!first) throw new Error('no contest')
  const contests = [{ ...first.told, contest_id: 4, as_of: today }]
  const candidates = first.candidates.map(({ told, person }, at) => ({
    ...told,
    candidate_id: at,
    contest_id: 4,
    figure_id: 20 + at,
    as_of: today,
    name: person.is === 'new' ? person.name : '',
    names: {},
  }))
  for (const again of [rows, rows.toReversed()]) {
    const { lines } = planOf(again, { ...known, contests, candidates })
    expect(lines.map(({ effect }) => effect)).toEqual(['same', 'same', 'same'])
  }
})

test('names are read in every language they are kept in', () => {
  const read = readContestFile(`election,office,district,party,name,name_ko,name_bn,name_ur,source_url\n2027-primary,council_member,22,dem,Hana Oh,오하나,হানা ও,ہانا او,${link}\n`) // prettier-ignore
  expect(read.ok && read.rows[0]?.candidate?.names).toEqual({ ko: '오하나', bn: 'হানা ও', ur: 'ہانا او' })
  expect(problemsOf(`election,office,source_url,name_xx\n2027-primary,council_member,${link},x\n`)).toEqual(['1 name_xx unknown_column']) // prettier-ignore
})

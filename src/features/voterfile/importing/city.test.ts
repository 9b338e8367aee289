import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { importPhones, recoverImports, runImport, type ImportContext, type ImportRequest } from '../commands.ts'
import { boardFiles } from './testing.ts'
import { addMissingIndexes } from '../indexing.ts'
import { voterChanges, voterPhones, votersOfCity, votersWithoutStateId } from '../queries.ts'
import { provisionalKey, stateKey } from '../rules/keys.ts'

const world = await makeWorld()
const { owner } = world.database
const context: ImportContext = {
  database: world.database,
  clock: world.installation.clock,
  folder: world.folder,
  actor: { kind: 'cli', id: 'test', name: 'Tess', organization_id: '', roles: [], is_steward: true },
}
const samples = join(import.meta.dirname, '../samples')

const run = (path: string, more: Partial<ImportRequest> = {}) =>
  runImport(context, { paths: [path], layout: null, law_accepted: true, ...more })

/** What an import counted, without the figures that are zero; a preview must have said the same. */
async function counted(path: string, more: Partial<ImportRequest> = {}): Promise<Record<string, number>> {
  const before = await everybody()
  const looked = await run(path, { ...more, is_preview: true, law_accepted: false })
  expect(await everybody()).toEqual(before)
  const result = await run(path, more)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  const { seconds: _, ...counts } = result.counts
  const { seconds: __, ...foretold } = looked.ok && looked.preview ? { ...looked.preview.report, ...looked.preview.details } : { seconds: 0 } // prettier-ignore
  const { phones: ___, ...without_phones } = counts // nothing is known of them before they are stored
  const said = (figures: object) => Object.fromEntries(Object.entries(figures).filter(([, count]) => count !== 0))
  expect(said(foretold)).toMatchObject(said(without_phones))
  return said(counts)
}

interface Stored {
  [column: string]: unknown
  voter_id: number
}
async function everybody(): Promise<Stored[]> {
  return (await sql<Stored>`select * from voter_record order by voter_id`.execute(owner)).rows
}
/** By their first name, of which each has their own here. */
async function one(first_name: string): Promise<Stored> {
  const [voter] = (await everybody()).filter((each) => each.first_name === first_name)
  if (!voter) throw new Error(`nobody is called ${first_name}`)
  return voter
}

const { cityFile, stateFile, city, state } = boardFiles(world.folder)

const january = [
  city(300_000_101, 'ARA'),
  city(300_000_102, 'BORA'),
  city(300_000_103, 'CHAN', { Middle_Initial: 'H' }),
  city(300_000_104, 'DANBI'),
  city(300_000_105, 'EUN'),
  city(300_000_106, 'GARAM', { Zip_Code: '', City: '', Assembly_District: '65', Council_District: '1' }),
  city(300_000_107, 'HANA', { Zip_Code: '11201', Assembly_District: '52' }),
]

test('the history of a city needs its voters first', async () => {
  expect(await run(join(samples, 'us-nyc-history.csv'))).toMatchObject({ ok: false, problem: { code: 'voters_first' } })
})

test("a city's list alone makes voters, with ids made of their number there, their county, district and telephone", async () => {
  expect(await counted(cityFile(...january, city(300_000_108, 'PURGED', { Status_Code: 'P' })))).toEqual({
    read: 8,
    added: 7,
    skipped_purged: 1,
    phones: 7,
  })
  const ara = await one('Ara')
  expect(ara).toMatchObject({
    state: 'NY', state_voter_id: 'NYC300000101', id_kind: 'county', unmatched_in: null, county_voter_id: '300000101',
    county: 'queens', ccd: 20, ad: 40, districts: { 'civil-court': '4' }, status: 'active', gone_in: null,
  }) // prettier-ignore
  expect(ara.state_key).toBe(stateKey('NYC300000101', 'NY'))
  expect(ara.state_key).toBe(provisionalKey(300_000_101))
  expect(Number(ara.p_korean)).toBeGreaterThan(80)
  expect((await one('Garam')).county).toBe('new-york')
  expect((await one('Hana')).county).toBe('kings')
  expect(await voterPhones(owner, [ara.voter_id])).toMatchObject([{ phone: '+17185550101' }])
  expect(await votersWithoutStateId(owner)).toEqual(new Map([['NY', { waiting: 7, unmatched: 0 }]]))
  const files = await owner.selectFrom('voter_file').select(['first_voter_id', 'next_voter_id', 'counties']).execute()
  expect(files).toEqual([{ first_voter_id: 1, next_voter_id: 8, counties: ['kings', 'new-york', 'queens'] }])
})

test('the same list again changes nothing; its history and a list of telephones find the voters', async () => {
  const before = await everybody()
  expect(await counted(cityFile(...january))).toEqual({ read: 7, unchanged: 7, phones: 7 })
  expect(await everybody()).toEqual(before)
  const history = join(world.folder, 'history.csv')
  writeFileSync(
    history,
    'County_EMSID,County,Assembly_District,Election_District,Political_Party,Election_Date,Election_Type,Voter_Type\n300000101,41,40,023,DEM,20250624,PE,E\n',
  )
  expect(await counted(history)).toMatchObject({ read: 1, updated: 1 })
  expect((await one('Ara')).votes).toHaveLength(1)
  const phones = join(world.folder, 'phones.csv')
  writeFileSync(
    phones,
    'state_voter_id,county_id,phone\nNYC300000102,,718-555-0202\n,300000103,718-555-0203\nNYC399999999,,718-555-0204\n',
  )
  const given = await importPhones(context, { paths: [phones], source: 'us', law_accepted: true })
  expect(given).toMatchObject({ ok: true, report: { added: 2, unmatched: 1 } })
})

/** Pointed to by what an organization keeps. */
let person_id = ''

test('next month: one moved, one is gone from the list, one is new, one purged; part of a list says of nobody that they are gone', async () => {
  const { organization_id } = world.ours
  const { voter_id } = await one('Ara')
  const person = await owner
    .insertInto('person')
    .values({ organization_id, voter_id, matched_by: 'hand' })
    .returning('person_id')
    .executeTakeFirstOrThrow()
  person_id = person.person_id
  const [ara, bora = {}, chan = {}, danbi = {}, , ...others] = january
  expect(await counted(cityFile(ara ?? {}), { is_part: true })).toEqual({ read: 1, unchanged: 1, phones: 1 })
  const february = [
    ara ?? {},
    { ...bora, House_Number: '35-10', Street_Name: 'UNION ST' },
    chan,
    { ...danbi, Status_Code: 'P' },
    ...others,
    city(300_000_109, 'INSUK'),
  ]
  expect(await counted(cityFile(...february))).toEqual({ read: 7, added: 1, updated: 2, unchanged: 4, gone: 1, phones: 7 }) // prettier-ignore
  expect(await one('Bora')).toMatchObject({ house_number: '35-10', state_voter_id: 'NYC300000102' })
  expect((await one('Danbi')).status).toBe('purged')
  expect((await one('Eun')).gone_in).not.toBeNull()
  // Two rows could not be read: who they are of is in the list all the same, alone in her county or not.
  const torn = cityFile(...february.filter((row) => !['BORA', 'GARAM'].includes(row.First_Name ?? '')))
  writeFileSync(torn, '"300000106","KIM","GARAM"\r\n"300000102","KIM","BORA"\r\n', { flag: 'a' })
  expect(await counted(torn)).toEqual({ read: 7, rejected: 2, unchanged: 5, phones: 5 })
  for (const name of ['Bora', 'Garam']) expect((await one(name)).gone_in).toBeNull()
})

const ofTheState = [
  state(101, 300_000_101, 'ARA', { ENROLLMENT: 'REP' }),
  // An older row of hers, purged, with the same number.
  state(901, 300_000_101, 'ARA', { STATUS: 'P', REGDATE: '20050101', RADDNUMBER: '1' }),
  // Married: the number and the birth date say who she is.
  state(102, 300_000_102, 'BORA', { LASTNAME: 'PARK', RADDNUMBER: '35-10', RSTREETNAME: 'UNION ST' }),
  // Another number, the same name and birth date.
  state(103, 399_999_103, 'CHAN', { MIDDLENAME: 'HO' }),
  // Of a city voter, purged by the state.
  state(107, 300_000_107, 'HANA', { STATUS: 'P', COUNTYCODE: '24', RZIP5: '11201', AD: '52' }),
  // Not Garam: the number is hers, the name and the birth date are not.
  state(106, 300_000_106, 'JOON', { LASTNAME: 'LEE', DOB: '19500101' }),
  // Upstate, where the number is another's, and so are name and birth date together.
  state(201, 300_000_109, 'KYUNG', { COUNTYCODE: '15' }),
  state(202, 55, 'INSUK', { COUNTYCODE: '15' }),
  state(903, 77, 'NOBODY', { STATUS: 'P', COUNTYCODE: '15' }),
  // Of Manhattan, so that the file speaks of Garam's county.
  state(108, 300_000_888, 'LIM', { COUNTYCODE: '31', RZIP5: '10001', AD: '75' }),
]

test.each([
  ['us-nyc', 'reading'],
  ['us-nyc', 'comparing'],
  ['us-nyc', 'finishing'],
  // Where it finishes, four of them have got their ids.
  ['us-ny', 'comparing'],
  ['us-ny', 'finishing'],
])('killed in a file of %s while %s the voters are as before', async (layout, phase) => {
  const before = await everybody()
  const { host, user, database } = world.database.ownerPool.options
  const path = layout === 'us-nyc' ? cityFile(...january.map((row) => ({ ...row, City: 'QUEENS' }))) : stateFile(...ofTheState) // prettier-ignore
  const told = { owner: { host, user, database }, folder: world.folder, path, phase, layout }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-import.ts'), JSON.stringify(told)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  await Promise.race([
    once(child.stdout, 'data'), // it says when it is there
    exited.then(() => Promise.reject(new Error('it ended before'))),
  ])
  child.kill('SIGKILL')
  await exited
  let interrupted: unknown[] = []
  await expect
    .poll(async () => (interrupted = await recoverImports(world.database, context.clock, world.folder)).length, {
      timeout: 20_000,
    })
    .toBe(1)
  expect(interrupted).toMatchObject([{ names: [path] }])
  expect(await everybody()).toEqual(before)
})

test("the state's file gives them their ids: by number, else by name and birth date; who is not in it stays, marked", async () => {
  const before = new Map((await everybody()).map((voter) => [voter.first_name, voter]))
  const counts = await counted(stateFile(...ofTheState))
  expect(counts).toEqual({ read: 10, added: 4, updated: 4, skipped_purged: 2, rekeyed: 4, city_only: 2 })
  for (const [name, id] of [['Ara', 101], ['Bora', 102], ['Chan', 103], ['Hana', 107]] as const) {
    expect(await one(name)).toMatchObject({
      voter_id: before.get(name)?.voter_id,
      state_voter_id: `NY${String(id).padStart(18, '0')}`,
      state_key: id,
      id_kind: null,
      unmatched_in: null,
    })
  } // prettier-ignore
  // What the city and the organization know of her stays; an initial written out or an apartment's word is no news.
  const ara = await one('Ara')
  expect(ara).toMatchObject({ ccd: 20, districts: { 'civil-court': '4' }, party: 'rep', middle_name: 'Jung' })
  expect(ara.votes).toHaveLength(2)
  expect((await voterPhones(owner, [ara.voter_id])).map(({ phone }) => phone)).toEqual(['+17185550101'])
  const kept = owner.selectFrom('person').select('voter_id').where('person_id', '=', person_id)
  expect(await kept.executeTakeFirst()).toEqual({ voter_id: ara.voter_id })
  const changes = await voterChanges(owner, ara.voter_id)
  expect(changes.map(({ kind, before: was, after }) => [kind, was, after])).toEqual(
    expect.arrayContaining([
      ['other', { state_voter_id: 'NYC300000101' }, { state_voter_id: 'NY000000000000000101' }],
      ['party', { party: 'dem', party_code: 'DEM' }, { party: 'rep', party_code: 'REP' }],
    ]),
  )
  expect(changes).toHaveLength(2)
  expect((await one('Hana')).status).toBe('purged')
  for (const name of ['Danbi', 'Eun', 'Garam']) {
    const voter = await one(name)
    expect(voter).toMatchObject({ id_kind: 'county', gone_in: before.get(name)?.gone_in })
    expect(voter.unmatched_in).not.toBeNull()
  }
  // Eun, who is gone from the city's list too, and Danbi, who is purged there, are not among them.
  expect(await votersWithoutStateId(owner)).toEqual(new Map([['NY', { waiting: 0, unmatched: 2 }]]))
  // Nobody twice: everybody of the city's list, and the four the state brought.
  expect(await everybody()).toHaveLength(before.size + 4)
  // A list made before still finds her.
  expect(await votersOfCity(owner, [300_000_101])).toEqual(new Map([[300_000_101, [ara.voter_id]]]))
})

const march = [
  state(101, 300_000_101, 'ARA', { ENROLLMENT: 'REP' }),
  state(102, 300_000_102, 'BORA', { LASTNAME: 'PARK', RADDNUMBER: '35-10', RSTREETNAME: 'UNION ST' }),
  state(103, 399_999_103, 'CHAN', { MIDDLENAME: 'HO' }),
  state(107, 300_000_107, 'HANA', { STATUS: 'P', COUNTYCODE: '24', RZIP5: '11201', AD: '52' }),
  state(106, 300_000_106, 'JOON', { LASTNAME: 'LEE', DOB: '19500101' }),
  state(201, 300_000_109, 'KYUNG', { COUNTYCODE: '15' }),
  state(202, 55, 'INSUK', { COUNTYCODE: '15' }),
  state(108, 300_000_888, 'LIM', { COUNTYCODE: '31', RZIP5: '10001', AD: '75' }),
]

test("the state's next file changes nothing; the city's adds to its records, and takes away only voters of its own", async () => {
  const before = await everybody()
  expect(await counted(stateFile(...march))).toEqual({ read: 8, unchanged: 8, city_only: 2 })
  expect(await everybody()).toEqual(before)
  const list = [
    city(300_000_101, 'ARA', { Council_District: '21' }),
    city(300_000_102, 'BORA', { Telephone: '7185550303' }),
    // Chan, whose number is another in the state's file; and Garam, whose number is Joon's there.
    city(300_000_103, 'CHAN', { Middle_Initial: 'H', Telephone: '7185550777', Council_District: '22' }),
    city(300_000_106, 'GARAM', {
      Zip_Code: '',
      City: '',
      Assembly_District: '65',
      Council_District: '2',
      Telephone: '7185550666',
    }),
    city(300_000_104, 'DANBI', { Status_Code: 'I' }),
    city(300_000_199, 'NEWCOMER'),
  ]
  // Newcomer: whom neither the state nor an earlier list has. Insuk of the list is gone from it; nobody upstate is.
  const counts = await counted(cityFile(...list))
  expect(counts).toMatchObject({ read: 6, rejected: 1, unknown_voters: 1, gone: 1 })
  expect(counts.added).toBeUndefined()
  expect((await one('Ara')).ccd).toBe(21)
  expect(await one('Danbi')).toMatchObject({ status: 'inactive', id_kind: 'county' })
  const gone = (await everybody()).filter(({ gone_in }) => gone_in !== null)
  expect(gone.map(({ state_voter_id }) => state_voter_id)).toEqual(['NYC300000105', 'NYC300000109'])
  const numbers = async (name: string) =>
    (await voterPhones(owner, [(await one(name)).voter_id])).map(({ phone }) => phone)
  expect(await one('Chan')).toMatchObject({ id_kind: null, ccd: 22, county_voter_id: '399999103' })
  expect(await numbers('Chan')).toContain('+17185550777')
  expect(await one('Garam')).toMatchObject({ id_kind: 'county', ccd: 2, gone_in: null })
  expect(await numbers('Garam')).toContain('+17185550666')
  expect(await one('Joon')).toMatchObject({ id_kind: null, ccd: null, districts: null })
  expect(await numbers('Joon')).toEqual([])
  const after = await everybody()
  expect(await counted(cityFile(...list))).toMatchObject({ read: 6, rejected: 1, unchanged: 5 })
  expect(await everybody()).toEqual(after)
  // Votes by number alone, which is Garam's; and a list made when Chan had no other id.
  const history = join(world.folder, 'history-2.csv')
  writeFileSync(
    history,
    'County_EMSID,County,Assembly_District,Election_District,Political_Party,Election_Date,Election_Type,Voter_Type\n300000106,31,65,023,DEM,20250624,PE,E\n300000103,41,40,023,DEM,20250624,PE,E\n',
  )
  expect(await counted(history)).toMatchObject({ read: 2, updated: 2 })
  expect((await one('Garam')).votes).toHaveLength(1)
  expect((await one('Joon')).votes).toHaveLength(1)
  expect((await one('Chan')).votes).toHaveLength(2)
  const chan = (await one('Chan')).voter_id
  expect(await votersOfCity(owner, [300_000_103])).toEqual(new Map([[300_000_103, [chan]]]))
  const phones = join(world.folder, 'phones-2.csv')
  writeFileSync(phones, 'state_voter_id,phone\nNYC300000103,718-555-0888\nNYC300000106,718-555-0889\n')
  expect(await importPhones(context, { paths: [phones], source: 'us', law_accepted: true })).toMatchObject({
    ok: true,
    report: { added: 2 },
  })
  expect(await numbers('Chan')).toContain('+17185550888')
  expect(await numbers('Garam')).toContain('+17185550889')
  expect((await voterPhones(owner, [(await one('Bora')).voter_id])).map(({ phone }) => phone)).toContain('+17185550303')
})

test("where the state's file is of other counties, or of a part of the city, the city's list still brings its voters", async () => {
  await sql`drop table voter_record_ny`.execute(owner)
  await owner.deleteFrom('voter_change').execute()
  expect(await counted(stateFile(state(201, 300_000_109, 'KYUNG', { COUNTYCODE: '15' })))).toMatchObject({ added: 1 })
  const many = Array.from({ length: 60 }, (_, at) => city(300_001_000 + at, `NAME${at}`, { Last_Name: `CHOI${at}`, ...(at === 7 && { Birth_Date: '19600707' }) })) // prettier-ignore
  expect(await counted(cityFile(...many))).toMatchObject({ read: 60, added: 60 })
  const kyung = await one('Kyung')
  expect(kyung.gone_in).toBeNull()
  // A district of the state's: five of the sixty. Of the others it says nothing.
  const few = Array.from({ length: 5 }, (_, at) => state(1000 + at, 300_001_000 + at, `NAME${at}`, { LASTNAME: `CHOI${at}` })) // prettier-ignore
  expect(await counted(stateFile(...few), { is_part: true })).toMatchObject({ updated: 5, rekeyed: 5, city_only: 55 })
  expect(await votersWithoutStateId(owner)).toEqual(new Map([['NY', { waiting: 55, unmatched: 0 }]]))
  const renumbered = many.map((row) => (row.Last_Name === 'CHOI7' ? { ...row, County_EMSID: '300009007' } : row))
  const was = await one('Name7')
  expect(await counted(cityFile(...renumbered, city(300_002_000, 'LATER')))).toMatchObject({ added: 1, updated: 1, unchanged: 59 }) // prettier-ignore
  expect(await one('Name7')).toMatchObject({ voter_id: was.voter_id, state_voter_id: 'NYC300009007', gone_in: null })
  // The same not said to be a part: it lacks too many to be believed of those it lacks.
  await counted(stateFile(...few, state(1005, 300_001_005, 'NAME5', { LASTNAME: 'CHOI5' })))
  expect(await votersWithoutStateId(owner)).toEqual(new Map([['NY', { waiting: 55, unmatched: 0 }]]))
  await addMissingIndexes(world.database)
  const indexes = await sql<{ name: string }>`select indexname as name from pg_indexes where tablename = 'voter_record_ny'`.execute(owner) // prettier-ignore
  expect(indexes.rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['voter_record_ny_state_key', 'voter_record_ny_without_state_id'])) // prettier-ignore
})

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { importPeople } from '../../../app/import-people.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { runImport } from '../../voterfile/commands.ts'
import { boardFiles } from '../../voterfile/importing/testing.ts'
import { withoutNumber } from '../../voterfile/rules/keys.ts'
import { search } from '../search/queries.ts'
import { askFor, chooseMapping, importedRows, personImport, receiveSheet } from './commands.ts'
import type { MatchKey } from './mapping.ts'
import { leftOutOf } from './plan.ts'
import { Mapping } from './schema.ts'

// Sheets whose rows say by an id which voter is meant, the id being the state's or made of a number in the city.

const world = await makeWorld()
const { organizer } = world.ours
const { organization_id } = organizer
const db = world.database.of(organization_id)
const { owner } = world.database
const { cityFile, stateFile, city, state } = boardFiles(world.folder)

async function voterFile(path: string): Promise<void> {
  const result = await runImport(
    {
      database: world.database,
      clock: world.installation.clock,
      folder: world.folder,
      actor: { kind: 'cli', id: 'test', name: 'Tess', organization_id: '', roles: [], is_steward: true },
    },
    { paths: [path], layout: null, law_accepted: true },
  )
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
}

/** Imports the sheet; the same must come of it as the preview said. */
const sheet = async (...lines: string[]) => (await imported('state_voter_id', lines)).report

async function imported(key: MatchKey, lines: string[]) {
  const received = await receiveSheet(db, world.folder, organizer, 'list.csv', [Buffer.from(lines.join('\n'))])
  if (!received.ok) throw new Error(received.problem)
  const { import_id } = received
  const uploaded = await personImport(db, organization_id, import_id)
  const work = () => importPeople.run({ organization_id, import_id }, { installation: world.installation, signal: new AbortController().signal }) // prettier-ignore
  const { columns } = Mapping.parse(uploaded.mapping)
  await chooseMapping(db, organizer, uploaded, columns, key, { overwrite: false, add_unsure: false })
  await work()
  expect(await askFor(db, organizer, import_id, 'run')).toBe(true)
  await work()
  const done = await personImport(db, organization_id, import_id)
  expect(done).toMatchObject({ state: 'done', problem: null, report: done.preview })
  return done
}

/** Who of the city has which tags, by first names. */
async function tags(): Promise<Record<string, string[]>> {
  const { rows } = await sql<{ name: string; tags: string[] }>`
    select v.first_name as name, array_agg(t.tag order by t.tag) as tags
    from person p join voter_record v using (voter_id) join person_tag t using (organization_id, person_id)
    where p.organization_id = ${organization_id} group by p.person_id, v.first_name order by v.first_name`.execute(
    owner,
  )
  return Object.fromEntries(rows.map((row) => [row.name, row.tags]))
}

test('sheets with nothing but ids bring each tag to whom the id is of', async () => {
  await voterFile(cityFile(city(300_000_001, 'ARA'), city(300_000_002, 'BORA'), city(300_000_003, 'CHAN')))
  expect(await sheet('state voter id,tags', 'NYC300000001,member')).toMatchObject({ created: 1 })
  expect(await sheet('state voter id,tags', 'nyc300000002,donor', 'NYC300000003,press')).toMatchObject({ created: 2 })
  expect(await tags()).toEqual({ Ara: ['member'], Bora: ['donor'], Chan: ['press'] })
})

test('a row decided to be somebody is not them where its id says another voter', async () => {
  const one = 'state voter id,last name,first name,tags'
  await voterFile(cityFile(city(300_000_001, 'ARA'), city(300_000_002, 'BORA'), city(300_000_003, 'CHAN'), city(300_000_011, 'DAL'), city(300_000_012, 'DAL', { Birth_Date: '19550101' }))) // prettier-ignore
  expect(await sheet(one, 'NYC300000011,Kim,Dal,daughter')).toMatchObject({ created: 1 })
  // Of the same name as somebody we know: it is for a person to say, not theirs.
  expect(await sheet(one, 'NYC300000012,Kim,Dal,mother')).toMatchObject({ unsure: 1 })
  expect((await tags()).Dal).toEqual(['daughter'])
})

test('a line merged into one above brings its voter along', async () => {
  await voterFile(cityFile(city(300_000_001, 'ARA'), city(300_000_002, 'BORA'), city(300_000_003, 'CHAN'), city(300_000_011, 'DAL'), city(300_000_012, 'DAL', { Birth_Date: '19550101' }), city(300_000_021, 'ERA'), city(300_000_022, 'ERA', { Birth_Date: '19550101' }))) // prettier-ignore
  const before = await tags()
  const heads = 'last name,first name,email,state voter id,tags'
  const lines = ['Kim,Era,era@example.org,,a', 'Kim,Era,era@example.org,NYC300000021,b', 'Kim,Era,,NYC300000021,c', 'Kim,Era,era@example.org,NYC300000022,mother'] // prettier-ignore
  const { import_id, report } = await imported('email', [heads, ...lines])
  expect(report).toMatchObject({ created: 1, merged: 2, refused: 1 })
  expect(await tags()).toEqual({ ...before, Era: ['a', 'b', 'c'] })
  expect(await askFor(db, organizer, import_id, 'undo')).toBe(true)
  await importPeople.run({ organization_id, import_id }, { installation: world.installation, signal: new AbortController().signal }) // prettier-ignore
  expect((await personImport(db, organization_id, import_id)).report).toMatchObject({ undone: { removed: 1, kept: 0 } })
  expect(await tags()).toEqual(before)
})

test('of a number the city has given again a name tells whose it was; without one the row is refused', async () => {
  const [ara, bora, joon] = [city(300_000_001, 'ARA'), city(300_000_002, 'BORA'), city(300_000_003, 'JOON', { Last_Name: 'LEE', Birth_Date: '19500101' })] // prettier-ignore
  await voterFile(cityFile(ara, bora, joon, city(300_000_011, 'DAL'), city(300_000_012, 'DAL', { Birth_Date: '19550101' }))) // prettier-ignore
  expect(await sheet('state voter id,tags', 'NYC300000003,whose')).toMatchObject({ refused: 1, updated: 0, created: 0 })
  expect(await sheet('state voter id,last name,first name,tags', 'NYC300000003,KIM,CHAN,editor', 'NYC300000003,LEE,JOON,driver')).toMatchObject({ updated: 1, created: 1 }) // prettier-ignore
  // A row that says somebody else altogether is not believed, whatever its id.
  expect(await sheet('state voter id,last name,birth year,tags', 'NYC300000001,Rahman,1970,wrong')).toMatchObject({ refused: 1 }) // prettier-ignore
  // The family name stands first in a column of whole names.
  expect(await sheet('state voter id,name,tags', 'NYC300000003,Kim Chan,writer')).toMatchObject({ updated: 1 })
  expect(await tags()).toMatchObject({ Chan: ['editor', 'press', 'writer'], Joon: ['driver'], Ara: ['member'] })
})

test("after the state's file a sheet with the ids of before comes back to the same people", async () => {
  const [{ voter_id: chan } = { voter_id: 0 }] = (await sql<{ voter_id: number }>`select voter_id from voter_record where first_name = 'Chan'`.execute(owner)).rows // prettier-ignore
  await voterFile(stateFile(state(101, 300_000_001, 'ARA'), state(102, 300_000_002, 'BORA'), state(103, 399_999_103, 'CHAN'))) // prettier-ignore
  // Chan, whose number went to somebody else, had an id of nobody's number until now.
  expect(await sheet('state voter id,tags', `NYC${withoutNumber + chan},back`)).toMatchObject({ updated: 1 })
  const found = async (text: string) => (await search(db, organization_id, text)).results.map(({ voter }) => voter?.first_name).toSorted() // prettier-ignore
  for (const text of ['NYC300000001', 'nyc300000001', '300000001', '399999103', `NYC${withoutNumber + chan}`])
    expect([text, await found(text)]).toEqual([text, [text.endsWith('01') ? 'Ara' : 'Chan']])
  expect(await found('NYC300000003')).toEqual(['Chan', 'Joon'])
  expect(await sheet('state voter id,tags', 'NYC300000001,volunteer', 'nyc300000002,volunteer')).toMatchObject({ updated: 2, created: 0 }) // prettier-ignore
  expect(
    await sheet('state voter id,last name,first name', 'NYC300000001,Kim,Ara', 'NY000000000000000102,Kim,Bora'),
  ).toMatchObject({ unchanged: 2 })
  expect(await sheet('state voter id,tags', 'NYC300000001,a', 'NY000000000000000101,b')).toMatchObject({ updated: 1, merged: 1, refused: 0 }) // prettier-ignore
  expect(await tags()).toMatchObject({ Ara: ['a', 'b', 'member', 'volunteer'], Bora: ['donor', 'volunteer'] })
  expect(await sheet('state voter id,tags', 'NYC300000001,"c, d"')).toMatchObject({ updated: 1 })
  const { after } = await db.selectFrom('audit_entry').select('after').where('action', '=', 'person.update').orderBy('audit_id', 'desc').limit(1).executeTakeFirstOrThrow() // prettier-ignore
  expect(after).toEqual({ tag: 'c, d' })
})

test('an id is not dropped unsaid from a line about somebody who is not linked to that voter', async () => {
  const heads = 'last name,first name,email,state voter id,tags'
  await sheet(heads, 'Kim,Bora,bora@example.org,NYC300000002,')
  expect((await imported('email', [heads, 'Seo,Fara,fara@example.org,,', 'Seo,Gia,gia@example.org,,'])).report).toMatchObject({ created: 2, left_out: 0 }) // prettier-ignore
  await voterFile(stateFile(state(101, 300_000_001, 'ARA'), state(102, 300_000_002, 'BORA'), state(103, 399_999_103, 'CHAN'), state(109, 399_999_109, 'FARA'))) // prettier-ignore
  const lines = ['Seo,Fara,fara@example.org,NY000000000000000109,', 'Seo,Gia,gia@example.org,NY000000000000000103,', 'Kim,Bora,bora@example.org,NY000000000000000109,', 'Kim,Bora,bora@example.org,NY000000000000000102,'] // prettier-ignore
  const done = await imported('email', [heads, ...lines])
  expect(done.report).toMatchObject({ left_out: 3, refused: 0 })
  const said = (await importedRows(db, done, 10, 'left_out')).map(leftOutOf)
  expect(said).toEqual([
    [{ column: 3, problem: 'voter_not_linked', value: 'NY000000000000000109' }],
    [{ column: 3, problem: 'voter_of_another', value: 'NY000000000000000103' }],
    [{ column: 3, problem: 'linked_to_another', value: 'NY000000000000000109' }],
  ])
})

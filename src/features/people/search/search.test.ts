import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { runImport } from '../../voterfile/commands.ts'
import { voterFile } from '../../voterfile/generator/voters.ts'
import { addMissingIndexes } from '../../voterfile/indexing.ts'
import { votersAt, type VoterRecord } from '../../voterfile/queries.ts'
import { readStreet, streetSpellings } from '../../voterfile/rules/streets.ts'
import { createPerson, personForVoter, updatePerson } from '../commands.ts'
import { PersonForm } from '../schema.ts'
import { addNamedVoters } from '../testing.ts'
import { search } from './queries.ts'

const world = await makeWorld()
const { organizer, organization_id } = world.ours
const db = world.database.of(organization_id)
const nobody = PersonForm.parse({})
let some: VoterRecord[] = []

beforeAll(async () => {
  const path = join(world.folder, 'AllNYSVoters_20261101.txt')
  const file = openSync(path, 'w')
  for (const { voters } of voterFile({
    rows: 4000,
    seed: 5,
    today: '2026-11-23',
    place: 'queens-town',
    is_clean: true,
  }))
    writeSync(file, voters)
  closeSync(file)
  const imported = await runImport(
    { database: world.database, clock: world.installation.clock, folder: world.folder, actor: organizer },
    { paths: [path], layout: 'us-ny', law_accepted: true },
  )
  if (!imported.ok) throw new Error(JSON.stringify(imported.problem))
  await addNamedVoters(world.database.owner, [
    {
      voter_id: 900_001,
      last_name: 'Kim',
      first_name: 'Young',
      middle_name: 'Hee',
      p_korean: 97,
      house_number: '41-25',
      phones: ['+17185550142'],
    },
    { voter_id: 900_002, last_name: 'Yi', first_name: 'Soon-shin', p_korean: 95, house_number: '7' },
    {
      voter_id: 900_003,
      last_name: 'Kim-Smith',
      first_name: 'Grace',
      middle_name: 'Younghee',
      p_korean: 80,
      house_number: '8',
    },
    { voter_id: 900_010, last_name: 'Ito', first_name: 'Ken', house_number: '120', street: 'W 32nd St' },
    { voter_id: 900_011, last_name: 'Ota', first_name: 'Rie', house_number: '120', street: 'E 32nd St' },
    { voter_id: 900_012, last_name: 'Ueda', first_name: 'Mai', house_number: '136-20', street: '38 Ave' },
    { voter_id: 900_013, last_name: 'Abe', first_name: 'Jin', house_number: '12', street: 'West 116 St' },
    { voter_id: 900_004, last_name: 'Namkung', first_name: 'Min', middle_name: 'Su', p_korean: 99, house_number: '9' },
    { voter_id: 900_005, last_name: 'O', first_name: 'Jun', middle_name: 'Ho', p_korean: 90, house_number: '10' },
    { voter_id: 900_006, last_name: "O'Neil", first_name: 'Sean', house_number: '11' },
    { voter_id: 900_007, last_name: 'Younghee', first_name: 'Kim', p_korean: 60, house_number: '12' }, // surname and name changed places
  ])
  await addMissingIndexes(world.database)
  some = await world.database.owner
    .selectFrom('voter_record')
    .selectAll()
    .where('p_korean', '>', 80)
    .where('voter_id', '<', 900_000)
    .orderBy('voter_id')
    .limit(40)
    .execute()
})

const found = async (text: string): Promise<(number | string | null | undefined)[]> => {
  const { results } = await search(db, organization_id, text)
  return results.map(({ voter, person }) => voter?.voter_id ?? person?.person_id)
}

test.each([
  ['Kim Young Hee', 900_001],
  ['younghee kim', 900_001],
  ['KIM, YOUNG-HEE', 900_001],
  ['gim yeonghui', 900_001],
  ['kim yung hee', 900_001],
  ['김영희', 900_001],
  ['김 영희', 900_001],
  ['영희', 900_001],
  ['ㄱㅇㅎ', 900_001],
  ['김ㅇㅎ', 900_001],
  ['김영흐', 900_001],
  ['rladudgml', 900_001], // the other keyboard
  ['younghee kim', 900_007],
  ['718-555-0142', 900_001],
  ['0142', 900_001],
  ['41-25 kissena', 900_001],
  ['4125 Kissena Boulevard', 900_001],
  ['41-25 kissena blvd, flushing', 900_001],
  ['41 25 kissena', 900_001],
  ['41 - 25 Kissena Blvd', 900_001],
  ['136 20 38th Avenue', 900_012],
  ['41-25 Kissena Blvd Apt 3B, Flushing, NY 11355', 900_001],
  ['Apt 3B, 4125 Kissena Boulevard, Flushing NY 11355-1234', 900_001],
  ['120 West 32nd Street, New York, NY 10001', 900_010],
  ['120 32nd St', 900_010],
  ['120 32 street', 900_011],
  ['120 w 32', 900_010],
  ['136-20 38th Ave', 900_012],
  ['13620 38 Avenue Flushing', 900_012],
  ['12 W 116th St', 900_013],
  ['116th St', 900_013],
  ['NY000000000000900001', 900_001],
  ['lee sun shin', 900_002],
  ['이순신', 900_002],
  ['ㅇㅅㅅ', 900_002],
  ['younghee kim-smith', 900_003],
  ['Grace Kim-Smith', 900_003],
  ['남궁민수', 900_004],
  ['namgoong min soo', 900_004],
  ['오준호', 900_005],
  ['o jun ho', 900_005],
  ['sean oneil', 900_006],
  ["o'neil", 900_006],
])('%s finds voter %i', async (text, voter_id) => {
  expect(await found(text)).toContain(voter_id)
})

test('the street as it was said stands before one with another direction, and the opposite side is not found', async () => {
  expect(await found('120 W 32nd Street')).toEqual([900_010])
  await addNamedVoters(world.database.owner, [
    { voter_id: 900_014, last_name: 'Zama', first_name: 'Yu', house_number: '120', street: '32nd St' },
  ])
  expect((await found('120 32 St'))[0]).toBe(900_014)
})

test('a city pasted after a street without a type and a comma is let go', async () => {
  await addNamedVoters(world.database.owner, [
    { voter_id: 900_015, last_name: 'Ono', first_name: 'Ai', house_number: '4-19', street: 'Zabriskie St' },
    { voter_id: 900_016, last_name: 'Oda', first_name: 'Mei', house_number: '4-19', street: 'Zabriskie Flushing Rd' },
  ])
  expect(await found('4-19 Zabriskie Flushing')).toEqual([900_016]) // a street of that name comes first
  await sql`delete from voter_record where voter_id = 900016`.execute(world.database.owner)
  expect(await found('4-19 Zabriskie Flushing')).toEqual([900_015])
  expect(await found('4-19 Zabriskie Flushing NY 11354')).toEqual([900_015])
  expect(await found('4-19 Zabriskie Bayside')).toEqual([])
})

test('an address asks the index of addresses, however many spellings there are', async () => {
  const { said, also } = streetSpellings(readStreet('32 St'))
  await world.database.owner.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    await votersAt(tx, [...said, ...also], '120', 200, sql`and birth_year > 0`)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select hit.voter_id from unnest(${[...said, ...also]}::text[]) as wanted(street)
      cross join lateral (select voter_id from voter_record where lower(street) ~>=~ wanted.street
        and lower(street) ~<~ (wanted.street || 'z') and house_number = any('{120}'::text[]) limit 200) hit`.execute(tx)
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('voter_record_ny_address')
  })
})

test('whose number it is asks the index of numbers also where few are known yet', async () => {
  await db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select person_id from person_phone
      where organization_id = ${organization_id}::uuid and phone = '+17185550100' limit 50`.execute(tx)
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('person_phone_of_number')
  })
})

test('every Korean voter of a generated town is found by name, in either order, by id and by address', async () => {
  const missing: string[] = []
  for (const voter of some) {
    const given = [voter.first_name, voter.middle_name].filter(Boolean).join(' ')
    for (const text of [
      `${given} ${voter.last_name}`,
      `${voter.last_name} ${given}`,
      `${voter.last_name}, ${given}`.toLowerCase(),
      voter.state_voter_id,
      `${voter.house_number ?? ''} ${voter.street ?? ''}`,
    ]) {
      if (!(await found(text)).includes(voter.voter_id)) missing.push(text)
    }
  }
  expect(missing).toEqual([])
})

test('our own people and voters stand in one list, each person once, with the reason', async () => {
  await updatePerson(
    db,
    organizer,
    'v900001',
    { ...nobody, name_hangul: '김영희', last_name: 'Kim', first_name: 'Young', middle_name: 'Hee' },
    null,
  )
  const { person_id } = await createPerson(
    db,
    organizer,
    { ...nobody, name_hangul: '김영희', emails: ['yh@example.com'] },
    'test',
  )
  const { results } = await search(db, organization_id, '김영희')
  expect(results.filter(({ voter }) => voter?.voter_id === 900_001)).toHaveLength(1)
  expect(results.slice(0, 2).every(({ person }) => person !== null)).toBe(true)
  expect(results.some(({ voter, person }) => voter === null && person?.person_id === person_id)).toBe(true)
  expect(results[0]?.found_by).toBe('hangul')
  expect((await search(db, organization_id, 'yh@example.com')).results).toMatchObject([
    { found_by: 'email', voter: null },
  ])
})

test('a name of ours finds the voter whose record says another', async () => {
  await updatePerson(db, organizer, 'v900006', { ...nobody, last_name: 'Zwetschkenbaum', first_name: 'Ida' }, null)
  expect(await found('ida zwetschkenbaum')).toEqual([900_006])
  expect(await found('sean oneil')).toContain(900_006)
})

test('nobody else finds our names, numbers and mailboxes', async () => {
  await personForVoter(world.database.of(world.theirs.organization_id), world.theirs.organizer, 900_001)
  const theirs = await search(
    world.database.of(world.theirs.organization_id),
    world.theirs.organization_id,
    'zwetschkenbaum',
  )
  expect(theirs.results).toEqual([])
  // Even a query that names our organization: the rows are closed to them.
  expect(
    (await search(world.database.of(world.theirs.organization_id), organization_id, 'yh@example.com')).results,
  ).toEqual([])
})

test('what is typed is never a pattern', async () => {
  for (const text of ['%', '_', '%%%kim', "'; drop table person; --", '((((', 'a'.repeat(5000), '\u0000kim']) {
    expect(Array.isArray(await found(text))).toBe(true)
  }
  expect((await sql`select 1 from person`.execute(db)).rows.length).toBeGreaterThan(0)
})

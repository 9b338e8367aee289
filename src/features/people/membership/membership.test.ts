import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson } from '../commands.ts'
import { mergePeople, undoMerge } from '../merge/commands.ts'
import { PersonForm } from '../schema.ts'
import { addNamedVoters } from '../testing.ts'
import { recordMembership } from './commands.ts'
import { membershipsOf, standingOn } from './queries.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const them = world.as(theirs.organizer, routes)

beforeAll(async () => {
  await addNamedVoters(world.database.owner, [
    { voter_id: 1, last_name: 'Kim', first_name: 'Young', household_key: 7 },
    { voter_id: 2, last_name: 'Park', first_name: 'Min', household_key: 7 },
  ])
})

const personOfVoter = async (voter_id: number): Promise<string> => {
  const row = await db
    .selectFrom('person')
    .select('person_id')
    .where('organization_id', '=', organization_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirstOrThrow()
  return row.person_id
}
const standingsOn = async (person_id: string, day: string): Promise<string[]> =>
  standingOn(await membershipsOf(db, organization_id, person_id), day).map(
    ({ kind, standing }) => `${kind} ${standing}`,
  )

const form = (more: Record<string, string> = {}) => ({
  kind: 'regular',
  standing: 'active',
  from_on: '2025-03-01',
  note: '',
  ...more,
})

test('how a membership stands is recorded on the profile, readable for any day, in both languages', async () => {
  expect((await us.post('/people/v1/membership', form({ standing: 'applied', from_on: '2025-02-01' }))).status).toBe(
    303,
  )
  expect((await us.post('/people/v1/membership', form({ note: 'Board, 1 March' }))).status).toBe(303)
  expect((await us.post('/people/v1/membership', form({ standing: 'lapsed', from_on: '2026-03-01' }))).status).toBe(303)
  const person_id = await personOfVoter(1)
  expect(await standingsOn(person_id, '2025-01-31')).toEqual([])
  expect(await standingsOn(person_id, '2025-02-01')).toEqual(['regular applied'])
  expect(await standingsOn(person_id, '2026-02-28')).toEqual(['regular active'])
  expect(await standingsOn(person_id, '2026-03-01')).toEqual(['regular lapsed'])
  const html = await (await us.get('/voters/1')).text()
  expect(html).toContain('Lapsed')
  expect(html).toContain('Board, 1 March')
  expect(await (await us.get('/voters/1', { 'accept-language': 'ko' })).text()).toContain('자격 만료')
  const { rows } = await sql<{ action: string; after: { standing: string } }>`select action, after from audit_entry
    where subject = 'membership' order by audit_id`.execute(db)
  expect(rows.map(({ action, after }) => [action, after.standing])).toEqual([
    ['membership.record', 'applied'],
    ['membership.record', 'active'],
    ['membership.record', 'lapsed'],
  ])
})

test('what is sent twice, also at once, is one entry; of two on one day the later counts', async () => {
  await Promise.all([us.post('/people/v2/membership', form()), us.post('/people/v2/membership', form())])
  const person_id = await personOfVoter(2)
  expect(await membershipsOf(db, organization_id, person_id)).toHaveLength(1)
  await us.post('/people/v2/membership', form({ standing: 'resigned' }))
  expect(await standingsOn(person_id, '2025-03-01')).toEqual(['regular resigned'])
  const [newest] = await membershipsOf(db, organization_id, person_id)
  const path = `/people/v2/membership/${newest?.membership_id}/remove`
  expect((await them.post(path, {})).status).toBe(404)
  expect((await us.post(path, {})).status).toBe(303)
  expect((await us.post(path, {})).status).toBe(404)
  expect((await us.post('/people/v2/membership/not-an-id/remove', {})).status).toBe(404)
  expect(await standingsOn(person_id, '2025-03-01')).toEqual(['regular active'])
  const kept = await db.selectFrom('membership').select('removed_by').where('person_id', '=', person_id).execute()
  expect(kept.map(({ removed_by }) => removed_by).sort()).toEqual([organizer.name, null].sort())
})

test.each([
  [{ from_on: '2025-02-29' }, 'Enter a day of the calendar.'],
  [{ from_on: 'yesterday' }, 'Enter a day of the calendar.'],
  [{ standing: 'president' }, ''],
  [{ kind: '' }, ''],
])('%j is refused, and what was typed stays', async (wrong, message) => {
  const answer = await us.post('/people/v1/membership', form({ note: 'kept as typed', ...wrong }))
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(html).toContain('kept as typed')
  expect(html).toContain(message)
})

test('another organization and a caller see and change nothing of it', async () => {
  expect(await (await them.get('/voters/1')).text()).not.toContain('Board, 1 March')
  expect(
    await membershipsOf(world.database.of(theirs.organization_id), organization_id, await personOfVoter(1)),
  ).toEqual([])
  expect((await us.get('/people/not-there/membership')).status).toBe(404)
})

test('a merge brings the membership along, and taking it back returns it', async () => {
  const facts = PersonForm.parse({ last_name: 'Choi' })
  const make = async (): Promise<string> => (await createPerson(db, organizer, facts, 'test')).person_id
  const [kept, merged] = [await make(), await make()]
  await recordMembership(db, organizer, merged, {
    kind: 'student',
    standing: 'active',
    from_on: '2025-01-01',
    note: null,
  })
  const merge_id = await mergePeople(db, organizer, kept, merged, [])
  expect(await standingsOn(kept, '2026-01-01')).toEqual(['student active'])
  await undoMerge(db, organizer, merge_id, new Date('2026-01-01T12:00:00Z'))
  expect(await standingsOn(kept, '2026-01-01')).toEqual([])
  expect(await standingsOn(merged, '2026-01-01')).toEqual(['student active'])
})

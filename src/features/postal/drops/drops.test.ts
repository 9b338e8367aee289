import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saveAddress } from '../../people/addresses/commands.ts'
import { updatePerson } from '../../people/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { AddressForm } from '../../people/addresses/schema.ts'
import { livesApart, livesWith } from '../../people/households/commands.ts'
import { saveUniverse } from '../../targeting/commands.ts'
import { freezeDropJob, resumeDrops } from '../jobs.ts'
import { beginFreeze } from './commands.ts'
import { closedSince, dropById, leftOutOf, piecesFrom, whoClosedSince } from './queries.ts'
import { dropRoutes } from './routes.tsx'

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const browser = world.as(organizer, [dropRoutes])
let universe_id = ''

/** Voters of Main Street: n, surname, given name, house, unit, ZIP. */
const town: readonly [number, string, string, string, string | null, string | null][] = [
  [1, 'Kim', 'Jiho', '10-01', null, '11354'],
  [2, 'Kim', 'Mina', '10-01', null, '11354'],
  [3, 'Park', 'Ann', '10-01', null, '11354'],
  [4, 'Lee', 'Grace', '2-20', 'Apt 3B', '11354'],
  [5, 'Choi', 'Sun', '2-20', null, '11354'],
  [6, 'Han', 'Bo', '2-20', null, '11354'],
  [7, 'Yoo', 'Jin', '9', null, '11355'],
  [8, 'Yoo', 'Min', '9', null, '11355'],
  [9, 'Cho', 'Won', '', null, '11355'],
  [10, 'Lim', 'Sol', '12', null, null],
  [11, 'Oh', 'Dal', '14', null, '11355'],
  [12, 'Jung', 'Ha', '16', null, '11355'],
] // prettier-ignore

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  for (const [n, last, first, house, unit, zip] of town)
    await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key)
      values (${n}, 1, ${n}, 1, 'NY', ${`NY${n}`}, ${last}, ${first}, ${last.toUpperCase()}, ${first.toUpperCase()}, 'dem', 'active', 1970, ${house || null}, 'Main St', ${unit}, 'Flushing', ${zip}, ${house ? Number(house.replace(/\D/g, '')) * 10 + (unit ? 1 : 0) : null})`.execute(owner) // prettier-ignore
  await sql`insert into person (organization_id, person_id, voter_id, name_hangul, language, deceased_at) values
    (${organization_id}, '00000000-0000-4000-8000-000000000001', 1, '김지호', 'ko', null), (${organization_id}, '00000000-0000-4000-8000-000000000002', 2, '김미나', 'ko', null),
    (${organization_id}, '00000000-0000-4000-8000-000000000004', 4, '이은혜', 'en', null), (${organization_id}, '00000000-0000-4000-8000-000000000011', 11, null, null, null),
    (${organization_id}, '00000000-0000-4000-8000-000000000012', 12, null, null, now())`.execute(owner)
  await sql`insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by, recorded_at) values
    (${organization_id}, '00000000-0000-4000-8000-000000000011', 'post', false, 'x', 'x', '2026-02-01')`.execute(owner)
  const saved = await saveUniverse(db, organizer, { name: 'Everybody', expression: 'status:active', note: null }, world.installation.clock.now(), '2026-11-23') // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  universe_id = saved.universe_id
})

const draft = {
  name: 'Primary postcard',
  kind: 'postcard_6x9',
  languages: 'theirs',
  households: 'address',
  return_name: 'Neighbors',
  return_address: '35-12 Union St\nFlushing NY 11354',
  attribution_en: 'Paid for by Neighbors',
  attribution_ko: '비용 부담: 이웃들',
}
const make = async (more: Record<string, string> = {}): Promise<string> => {
  const made = await browser.post('/postal/new', { ...draft, universe_id, ...more })
  expect(made.status).toBe(303)
  return found(made.headers.get('location')?.split('/').at(-1))
}
const freeze = async (drop: string): Promise<void> => {
  expect((await browser.post(`/postal/${drop}/freeze`, {})).status).toBe(303)
  await workOff(world, [freezeDropJob])
}
const piecesOf = async (drop_id: string): Promise<string[]> =>
  (await piecesFrom(db, { organization_id, drop_id }, 0, 100)).map(
    ({ number, name_line, name_line_ko, delivery, unit, zip5, language, voters }) =>
      `${number} ${[name_line_ko, name_line, delivery, unit, zip5].filter(Boolean).join(' | ')} ${language} ${voters}`,
  )

test('one piece to an address, in the order of the post; in a building without units one to a surname', async () => {
  const drop = await make()
  await freeze(drop)
  expect(await piecesOf(drop)).toEqual([
    '1 Sun Choi | 2-20 MAIN ST | 11354 all 1',
    '2 Bo Han | 2-20 MAIN ST | 11354 all 1',
    '3 이은혜 님 | Grace Lee | 2-20 MAIN ST | APT 3B | 11354 en 1',
    '4 김씨 가정 | The Kim & Park Household | 10-01 MAIN ST | 11354 all 3',
    '5 Jin and Min Yoo | 9 MAIN ST | 11355 all 2',
  ])
  expect(await dropById(db, organization_id, drop)).toMatchObject({
    state: 'frozen',
    pieces: 5,
    voters: 8,
    by_language: { all: 4, en: 1 },
    left_out: { opted_out: 1, no_address: 1, address_no_number: 1 },
  })
  const page = await (await browser.get(`/postal/${drop}`)).text()
  expect(page).toMatch(/Look at 1 address[\s\S]*Wants no mail/)
  const toMend = await (await browser.get(`/postal/${drop}/left-out?reason=address`)).text()
  expect(toMend).toMatch(/href="\/voters\/9"[\s\S]*Won Cho[\s\S]*no house number/)
  expect(toMend).not.toContain('Sol Lim')
})

test('one to a family, one to each voter; every language or the first alone', async () => {
  const families = await make({ households: 'family', languages: 'first' })
  await freeze(families)
  expect((await piecesOf(families)).slice(3, 5)).toEqual([
    '4 김지호 님, 김미나 님 | Jiho and Mina Kim | 10-01 MAIN ST | 11354 en 2',
    '5 Ann Park | 10-01 MAIN ST | 11354 en 1',
  ])
  const each = await make({ households: 'person', languages: 'all' })
  await freeze(each)
  expect(await piecesOf(each)).toHaveLength(8)
  expect((await piecesOf(each))[3]).toBe('4 김지호 님 | Jiho Kim | 10-01 MAIN ST | 11354 all 1')
})

test('made anew, the list follows addresses and homes that were put right', async () => {
  const drop = await make()
  await freeze(drop)
  await saveAddress(db, organizer, 'v9', AddressForm.parse({ kind: 'mailing', address: 'P.O. Box 9', city: 'Flushing', state: 'NY', zip5: '11352' })) // prettier-ignore
  expect(await livesWith(db, organizer, 'v7', { other: 'v4', reason: null })).toEqual({ ok: true })
  expect(await livesApart(db, organizer, 'v3', null)).toEqual({ ok: true })
  expect((await browser.post(`/postal/${drop}/edit`, { ...draft, universe_id })).status).toBe(409)
  expect((await browser.post(`/postal/${drop}/thaw`, {})).status).toBe(303)
  expect(await piecesOf(drop)).toEqual([])
  expect((await browser.post(`/postal/${drop}/edit`, { ...draft, universe_id, name: 'Second try' })).status).toBe(303)
  await freeze(drop)
  expect(await piecesOf(drop)).toEqual([
    '1 Won Cho | PO BOX 9 | 11352 all 1',
    '2 Sun Choi | 2-20 MAIN ST | 11354 all 1',
    '3 Bo Han | 2-20 MAIN ST | 11354 all 1',
    expect.stringMatching(/^4 .*2-20 MAIN ST \| APT 3B \| 11354 all 2$/),
    expect.stringMatching(/^5 .*Jiho and Mina Kim \| 10-01 MAIN ST \| 11354 ko 2$/),
    '6 Ann Park | 10-01 MAIN ST | 11354 all 1',
    '7 Min Yoo | 9 MAIN ST | 11355 all 1',
  ])
})

test('a list whose making was interrupted is made at the next start', async () => {
  const drop = await make()
  await beginFreeze(db, organizer, drop)
  expect(await resumeDrops(world.installation)).toBe(1)
  await workOff(world, [freezeDropJob])
  expect(await dropById(db, organization_id, drop)).toMatchObject({ state: 'frozen' })
})

test('a universe with nobody in it makes no list, and the page says so', async () => {
  const saved = await saveUniverse(
    db,
    organizer,
    { name: 'Nobody', expression: 'party:rep', note: null },
    world.installation.clock.now(),
    '2026-11-23',
  )
  const drop = await make({ universe_id: saved.ok ? saved.universe_id : '' })
  await freeze(drop)
  expect(await dropById(db, organization_id, drop)).toMatchObject({ state: 'draft', problem: 'nobody' })
  expect(await (await browser.get(`/postal/${drop}`)).text()).toContain('nobody is in the universe today')
})

test('a form that lacks something comes back with what was typed; another organization sees nothing', async () => {
  const refused = await browser.post('/postal/new', { ...draft, universe_id: '', name: 'Kept' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="Kept"')
  const drop = await make()
  await freeze(drop)
  const stranger = world.as(world.theirs.organizer, [dropRoutes])
  for (const path of ['', '/pieces', '/left-out', '/edit'])
    expect((await stranger.get(`/postal/${drop}${path}`)).status).toBe(404)
  const theirs = world.database.of(world.theirs.organization_id)
  expect((await leftOutOf(theirs, { organization_id, drop_id: drop }, '', 0)).rows).toEqual([])
})

test('what is for members goes to members in good standing alone; work for a candidate says at what level', async () => {
  await sql`insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by, recorded_at) values
    (${organization_id}, '00000000-0000-4000-8000-000000000001', 'regular', 'active', '2026-01-01', 'x', now()),
    (${organization_id}, '00000000-0000-4000-8000-000000000004', 'regular', 'lapsed', '2026-01-01', 'x', now())`.execute(
    owner,
  )
  const drop = await make({ lane: 'member_communication' })
  await freeze(drop)
  expect(await piecesOf(drop)).toEqual(['1 김지호 님 | Jiho Kim | 10-01 MAIN ST | 11354 ko 1'])
  expect(await dropById(db, organization_id, drop)).toMatchObject({ left_out: { not_member: 8 } })
  expect(await (await browser.get(`/postal/${drop}/left-out?reason=not_member`)).text()).toContain('Grace Lee')
  // Asked again before paper is printed.
  const listed = { organization_id, drop_id: drop, lane: 'member_communication' as const }
  expect(await closedSince(db, listed, '2026-11-23')).toBe(0)
  await sql`insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by, recorded_at) values
    (${organization_id}, '00000000-0000-4000-8000-000000000001', 'regular', 'lapsed', '2026-11-24', 'x', now())`.execute(owner) // prettier-ignore
  expect(await closedSince(db, listed, '2026-11-23')).toBe(0)
  expect(await whoClosedSince(db, listed, '2026-11-24', 20)).toEqual([{ voter_id: 1, number: 1, name: 'Jiho Kim', reason: 'not_member' }]) // prettier-ignore
  expect(await closedSince(db, { ...listed, lane: 'non_partisan' }, '2026-11-24')).toBe(0)
  const refused = await browser.post('/postal/new', { ...draft, universe_id, lane: 'independent' })
  expect([refused.status, (await refused.text()).includes('which office it is about')]).toEqual([422, true])
})

test('whose post goes elsewhere since a list was made, or nowhere, is told before it is printed', async () => {
  const drop = await make()
  await freeze(drop)
  const listed = { organization_id, drop_id: drop, lane: 'non_partisan' } as const
  const tell = (voter_id: number, address: string, more: object) =>
    saveAddress(db, organizer, `v${voter_id}`, AddressForm.parse({ address, city: 'Flushing', state: 'NY', zip5: '11355', kind: 'home', quality: 'good', ...more })) // prettier-ignore
  // Of a place beside the one post goes to, and of the same in other words, nothing changes.
  await tell(8, '9 MAIN STREET', {})
  expect(await whoClosedSince(db, listed, '2026-11-23', 20)).toEqual([])
  await tell(7, '9 Main St', { quality: 'moved' })
  await tell(8, '77 Union St', { kind: 'mailing' })
  const since = await whoClosedSince(db, listed, '2026-11-23', 20)
  expect(since.map(({ voter_id, reason }) => [voter_id, reason])).toEqual([[7, 'no_address'], [8, 'moved']]) // prettier-ignore
  const anew = await make()
  await freeze(anew)
  expect(await closedSince(db, { ...listed, drop_id: anew }, '2026-11-23')).toBe(0)
  // A first home of their own, as a caller or the profile writes it.
  await updatePerson(db, organizer, 'v6', PersonForm.parse({ address: '77 Union St', city: 'Flushing', zip5: '11355' }), null) // prettier-ignore
  expect(await whoClosedSince(db, { ...listed, drop_id: anew }, '2026-11-23', 20)).toMatchObject([{ voter_id: 6, reason: 'moved' }]) // prettier-ignore
  await owner.deleteFrom('person_address').where('organization_id', '=', organization_id).execute()
})

test('whose record a later voter file changed is told where the address is another one', async () => {
  const drop = await make()
  await freeze(drop)
  const listed = { organization_id, drop_id: drop, lane: 'non_partisan' } as const
  const fileOf = async (imported_at: string): Promise<number> => {
    const { rows } = await sql<{ file_id: number }>`insert into voter_file (state, layout, kind, names, imported_at, imported_by, counts)
      values ('NY', 'us-ny', 'registration', '{x}', ${world.installation.clock.now()}::timestamptz + ${imported_at}::interval, 'x', '{}') returning file_id`.execute(owner) // prettier-ignore
    return found(rows[0]).file_id
  }
  const change = async (voter_id: number, file_id: number, house: string) =>
    sql`update voter_record set file_id = ${file_id}, house_number = ${house} where voter_id = ${voter_id}`.execute(
      owner,
    )
  // Read long before; read while the list was made or since: with the same address, with another.
  await change(5, await fileOf('-30 days'), '2-22')
  const later = await fileOf('-30 minutes')
  await change(3, later, '10-01')
  expect(await whoClosedSince(db, listed, '2026-11-23', 20)).toEqual([])
  await change(8, later, '99')
  expect(await whoClosedSince(db, listed, '2026-11-23', 20)).toMatchObject([{ voter_id: 8, reason: 'moved' }])
  for (const [n, house] of [[3, '10-01'], [5, '2-20'], [8, '9']] as const) await change(n, 1, house) // prettier-ignore
  await sql`delete from voter_file where imported_by = 'x'`.execute(owner)
})

test('who said no under a record that is not of the universe gets none, on a list made before that neither', async () => {
  for (const [n, party, status] of [[31, 'dem', 'active'], [32, 'rep', 'inactive']] as const)
    await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key)
      values (${n}, 1, ${n}, 1, 'NY', ${`NY${n}`}, 'Twofold', 'Tori', 'TWOFOLD', 'TORI', ${party}, ${status}, 1970, '31', 'Main St', null, 'Flushing', '11354', 3131)`.execute(owner) // prettier-ignore
  const before = await make()
  await freeze(before)
  expect((await piecesOf(before)).join('\n')).toContain('Tori Twofold')
  const listed = { organization_id, drop_id: before, lane: 'non_partisan' } as const
  expect(await closedSince(db, listed, '2026-11-23')).toBe(0)
  await sql`insert into person (organization_id, person_id, voter_id) values (${organization_id}, '00000000-0000-4000-8000-000000000032', 32)`.execute(owner) // prettier-ignore
  await sql`insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by, recorded_at) values
    (${organization_id}, '00000000-0000-4000-8000-000000000032', 'post', false, 'x', 'x', '2026-02-01')`.execute(owner)
  expect(await closedSince(db, listed, '2026-11-23')).toBe(1)
  expect(await whoClosedSince(db, listed, '2026-11-23', 20)).toMatchObject([{ voter_id: 31, name: 'Tori Twofold', reason: 'opted_out' }]) // prettier-ignore
  const after = await make()
  await freeze(after)
  expect((await piecesOf(after)).join('\n')).not.toContain('Twofold')
  expect((await leftOutOf(db, found(await dropById(db, organization_id, after)), 'opted_out', 0)).rows).toMatchObject([{ voter_id: 11 }, { voter_id: 31 }]) // prettier-ignore
})

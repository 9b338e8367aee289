import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { mark } from '../../people/commands.ts'
import { mayContact } from '../../people/consent.ts'
import { closedAmong, importList, takeListBack } from '../../people/suppressions/commands.ts'
import { suppressionRoutes } from '../../people/suppressions/routes.tsx'
import { readList, sha256 } from '../../people/suppressions/rules.ts'
import { saveUniverse } from '../../targeting/commands.ts'
import { exportRoutes } from '../../targeting/export/routes.tsx'
import { standardize } from '../address/rules.ts'
import { closedSince, dropById } from '../drops/queries.ts'
import { dropRoutes } from '../drops/routes.tsx'
import { freezeDropJob } from '../jobs.ts'
import { homesOf } from '../walk-cards/queries.ts'
import { noPaperRoutes } from './routes.tsx'
import { addressKey, homeKey } from './rules.ts'

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const browser = world.as(organizer, [noPaperRoutes, dropRoutes])
const now = world.installation.clock.now()
let universe_id = ''

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young' || chr(64 + n), 'KIM', 'YOUNG', 'dem', 'active', 1960, (n + 1) / 2 || '-1', '38th Avenue', 'Apt ' || (n + 1) / 2, 'Flushing', '11354', (n + 1) / 2 from generate_series(1, 8) n`.execute(owner)
  const saved = await saveUniverse(db, organizer, { name: 'All', expression: 'party:dem', note: null }, now, '2026-11-23')
  if (!saved.ok) throw new Error('not saved')
  universe_id = saved.universe_id
}) // prettier-ignore

async function frozen(): Promise<string> {
  const form = { name: 'Primary', kind: 'postcard_6x9', universe_id, languages: 'all', households: 'address', return_name: 'Neighbors', return_address: 'x' } // prettier-ignore
  const made = await browser.post('/postal/new', form)
  const drop = found(made.headers.get('location')?.split('/').at(-1))
  await browser.post(`/postal/${drop}/freeze`, {})
  await workOff(world, [freezeDropJob])
  return drop
}
const dropNow = async (drop_id: string) => found(await dropById(db, organization_id, drop_id))
const close = (address: string, evidence = 'Mrs. Kim called') => browser.post('/postal/no-paper', { address, evidence })

test('a household that wants no more paper gets none, whoever moves in, however its address is written', async () => {
  const before = await frozen()
  expect(await dropNow(before)).toMatchObject({ pieces: 4 })
  const done = await (await close('1-1 38th ave. #1, Flushing, New York 11354-1234')).text()
  expect(done).toContain('Closed: 1-1 38TH AVE # 1, FLUSHING NY 11354-1234. Noted for 2 people.')
  expect(await (await close('1-1 38TH AVE APT 1, FLUSHING NY 11354')).text()).toContain('Closed already')
  // What is frozen already is not printed either.
  expect(await closedSince(db, { organization_id, drop_id: before, lane: 'non_partisan' }, '2026-11-23')).toBe(2)
  expect((await mayContact(db, organization_id, { person_id: null, voter_id: 1 }, 'post', 'campaign')).reason).toBe('opted_out') // prettier-ignore
  // Somebody new at that address, of whom nothing is known.
  await sql`update voter_record set house_number = '1-1', unit = 'Apt 1' where voter_id = 8`.execute(owner)
  expect(await dropNow(await frozen())).toMatchObject({ pieces: 3, left_out: { opted_out: 2, no_paper: 1 } })
  const { rows } = await sql<{ text: string }>`select string_agg(to_jsonb(s.*)::text, ' ') as text from suppressed s`.execute(owner) // prettier-ignore
  expect(rows[0]?.text).not.toContain('38TH')
})

test('an address opens again where its household asks for it', async () => {
  await close('2-1 38th ave apt 2, Flushing NY 11354')
  expect(await dropNow(await frozen())).toMatchObject({ pieces: 2 })
  // As it was noted before the evidence said whose word it was.
  await sql`update consent set evidence = 'Mrs. Kim called' where channel = 'post'`.execute(owner)
  await sql.raw(readFileSync('migrations/1244_postal_refusals_of_homes.sql', 'utf8')).execute(owner)
  const lift = (lift_address: string) => browser.post('/postal/no-paper/lift', { lift_address, lift_evidence: 'asked for it' }) // prettier-ignore
  expect((await lift('99 38th Ave, Flushing NY 11354')).status).toBe(422)
  expect((await lift('38th Ave, Flushing NY 11354')).status).toBe(422)
  expect(await (await lift('2-1 38th ave apt 2, Flushing NY 11354')).text()).toContain('Open again')
  // Those of whom it was noted get paper again too; of the first home nobody asked.
  expect(await dropNow(await frozen())).toMatchObject({ pieces: 3, left_out: { opted_out: 2, no_paper: 1 } })
})

test('homes closed here are handed on as hashes by which others close them, unless they came by a list', async () => {
  const list = readList(`kind,sha256\naddress,${sha256('4-1 38 AVE|4|11354')}\n`)
  const { list_id } = await importList(db, organizer, organization_id, { name: 'Of others', list, is_dry: false }, now)
  const file = await (await world.as(organizer, [suppressionRoutes]).get('/people/suppressions/export.csv')).text()
  const homes = file.split('\n').filter((line) => line.startsWith('address,')).map((line) => line.trim()) // prettier-ignore
  const read = standardize('1-1 38th Ave Apt 1, Flushing NY 11354')
  if (!read.ok) throw new Error('not read')
  expect(homes).toEqual([`address,${sha256(homeKey(read.address))}`])
  const theirs = { organization_id: world.theirs.organization_id, db: world.database.of(world.theirs.organization_id) }
  const { list_id: their_list } = await importList(theirs.db, world.theirs.organizer, theirs.organization_id, { name: 'Ours', list: readList(file), is_dry: false }, now) // prettier-ignore
  expect(await closedAmong(theirs.db, theirs.organization_id, 'address', [homeKey(read.address)])).toHaveProperty(
    'size',
    1,
  )
  await takeListBack(db, organizer, organization_id, list_id, now)
  await takeListBack(theirs.db, world.theirs.organizer, theirs.organization_id, their_list, now)
})

test('a list of hashed addresses of the installation holds for every organization', async () => {
  const read = standardize('3-1 38th Ave Apt 3, Flushing NY 11354')
  if (!read.ok) throw new Error('not read')
  const list = readList(`kind,sha256\naddress,${sha256(addressKey(read.address))}\n`)
  expect([list.hashes.address.size, list.hashes.phone.size]).toEqual([1, 0])
  await importList(owner, organizer, null, { name: 'State list', list, is_dry: false }, now)
  expect(await dropNow(await frozen())).toMatchObject({ left_out: { no_paper: 3 } })
  const page = await (await browser.get('/postal/no-paper', { 'accept-language': 'ko' })).text()
  expect(page).toMatch(/시스템 전체 명단의 주소[\s\S]*?1/)
  const theirs = world.as(world.theirs.organizer, [noPaperRoutes])
  expect((await theirs.post('/postal/no-paper/lift', { lift_address: '1-1 38th ave apt 1, Flushing NY 11354', lift_evidence: 'x' })).status).toBe(422) // prettier-ignore
})

test.each([
  ['136-20 38th Ave Apt 3B', '136-20 38 Ave #3B'],
  ['136-20 38th Ave Apt 3B', '13620 38th Avenue Unit 3B'],
  ['350 Fifth Ave Ste 4', '350 5 Ave # 4'],
  ['35-30 81st St Apt B 41', '35-30 81 St B41'],
  ['35-30 81st St Apt B-41', '35-30 81 St # B 41'],
  ['35-30 81st St Apt 4-F', '35-30 81 St 4F'],
])('%s and %s are one home', (one, other) => {
  const [first, second] = [one, other].map((typed) => standardize(`${typed}, Flushing NY 11354`))
  if (!first?.ok || !second?.ok) throw new Error('not read')
  expect(homeKey(first.address)).toBe(homeKey(second.address))
})

test('a street of numbers is closed however its number is written, by older keys as well', async () => {
  await sql`update voter_record set house_number = '5-1', street = '38 AVE', unit = '5B' where voter_id in (7, 8)`.execute(owner) // prettier-ignore
  const before = await frozen()
  expect(await (await close('5-1 38th Avenue Apt 5B, Flushing NY 11354')).text()).toContain('Noted for 2 people')
  expect(await closedSince(db, { organization_id, drop_id: before, lane: 'non_partisan' }, '2026-11-23')).toBe(2)
  await sql`update consent set is_given = true where organization_id = ${organization_id}`.execute(owner)
  expect(await closedSince(db, { organization_id, drop_id: before, lane: 'non_partisan' }, '2026-11-23')).toBe(2)
  expect((await dropNow(await frozen())).left_out).toMatchObject({ no_paper: expect.any(Number) })
  const lift = await browser.post('/postal/no-paper/lift', { lift_address: '51 38 Ave #5B, Flushing NY 11354', lift_evidence: 'asked' }) // prettier-ignore
  expect(await lift.text()).toContain('Open again')
  expect(await closedSince(db, { organization_id, drop_id: before, lane: 'non_partisan' }, '2026-11-23')).toBe(0)
})

test('a home is closed by the address as we know it and as certified software has it', async () => {
  await sql`update voter_record set house_number = '41-60', street = 'Main St', unit = null where voter_id in (7, 8)`.execute(owner) // prettier-ignore
  const found_so = { delivery: '4160 KISSENA BLVD', unit: 'APT 2', city: 'FLUSHING', state: 'NY', zip5: '11355', zip4: null, delivery_point: null, dpv: 'Y', footnotes: '' } // prettier-ignore
  const earlier = await frozen()
  await sql`insert into postal_address (organization_id, address_key, delivery, city, state, zip5, asked_at, found, checked_on)
    values (${organization_id}, '41-60 MAIN ST||11354', '41-60 MAIN ST', 'FLUSHING', 'NY', '11354', now(), ${JSON.stringify(found_so)}::jsonb, '2026-11-20')`.execute(owner) // prettier-ignore
  const listed = await frozen()
  const { rows } = await sql<{ unit: string }>`select unit from postal_piece where drop_id = ${listed}::uuid and delivery = '4160 KISSENA BLVD'`.execute(owner) // prettier-ignore
  expect(rows).toEqual([{ unit: 'APT 2' }])
  // Of consent alone nothing may hang: somebody of whom nothing is known lives there next.
  const closedBoth = async () => {
    await sql`delete from consent where organization_id = ${organization_id}`.execute(owner)
    return closedSince(db, { organization_id, drop_id: listed, lane: 'non_partisan' }, '2026-11-23')
  }
  const open = await closedBoth()
  expect(await (await close('41-60 Main St, Flushing NY 11354')).text()).toContain('Noted for 2 people')
  expect(await closedSince(db, { organization_id, drop_id: listed, lane: 'non_partisan' }, '2026-11-23')).toBe(open + 2)
  expect(await closedBoth()).toBe(open + 2)
  await browser.post('/postal/no-paper/lift', { lift_address: '41-60 Main St, Flushing NY 11354', lift_evidence: 'asked' })
  expect(await closedBoth()).toBe(open)
  expect(await (await close('4160 Kissena Blvd Apt 2, Flushing NY 11355')).text()).toContain('Noted for 2 people')
  // A list made before it was checked has the other address.
  expect(await closedSince(db, { organization_id, drop_id: earlier, lane: 'non_partisan' }, '2026-11-23')).toBeGreaterThanOrEqual(2)
  expect(await closedBoth()).toBe(open + 2)
}) // prettier-ignore

test('nobody knocks at the door of who was marked since the list was made', async () => {
  const drop_id = await frozen()
  const residents = async () => (await homesOf(db, { organization_id, drop_id })).map((home) => [home.delivery, home.residents.length]) // prettier-ignore
  const before = await residents()
  const [row] = (await sql<{ voter_id: number; delivery: string }>`select r.voter_id, p.delivery from postal_recipient r join postal_piece p using (organization_id, drop_id, number)
    where r.drop_id = ${drop_id}::uuid order by 1`.execute(owner)).rows // prettier-ignore
  await mark(db, organizer, `v${found(row).voter_id}`, { reason: 'hostile', note: '' })
  expect(await residents()).toEqual(before.flatMap(([delivery, count]) => (delivery !== row?.delivery ? [[delivery, count]] : count === 1 ? [] : [[delivery, Number(count) - 1]]))) // prettier-ignore
})

test('a file for a mail house, and any other for post, leaves out homes closed to paper and says so', async () => {
  // Nothing is known of anybody but where they live: 1-1 and the house on Main St are closed here, 3-1 by the installation.
  for (const table of ['consent', 'suppression']) await sql`delete from ${sql.table(table)} where organization_id = ${organization_id}`.execute(owner) // prettier-ignore
  const exporting = world.as(organizer, [exportRoutes])
  const address = `/voters/universes/${universe_id}/export`
  const made = async (form: Record<string, string | string[]>): Promise<string[]> => {
    const answer = await exporting.post(address, { purpose: 'Postcards before the primary', law: 'yes', ...form })
    expect(answer.status).toBe(303)
    const file = await exporting.get(`${answer.headers.get('location')}/file`)
    return (await file.text()).trimEnd().split('\r\n').slice(1, -1)
  }
  const pieces = await made({ layout: 'mailhouse' })
  expect(pieces).toHaveLength(1)
  expect(pieces[0]).toMatch(/2-1 38th Avenue,Apt 2,.*,2,$/)
  expect(await made({ layout: 'own', channel: 'post', 'columns[]': ['voter_id'] })).toEqual(['3', '4'])
  expect(await made({ layout: 'own', channel: 'none', 'columns[]': ['voter_id'] })).toHaveLength(8)
  const said = async (language: string) => (await exporting.get(`${address}?layout=mailhouse`, { 'accept-language': language })).text() // prettier-ignore
  expect(await said('en')).toMatch(/People in the file<\/dt><dd[^>]*>2<[\s\S]*home takes no more paper: 6/)
  expect(await said('ko')).toContain('우편물을 거절한 집: 6')
})

test('what says no address is refused with the reason, and kept', async () => {
  const refused = await close('Kissena Blvd, Flushing NY 11355')
  expect(refused.status).toBe(422)
  expect(await refused.text()).toMatch(/Kissena Blvd, Flushing NY 11355<\/textarea>[\s\S]*no house number|no house number[\s\S]*Kissena Blvd/) // prettier-ignore
  expect((await close('00300901234567999999')).status).toBe(422)
  expect((await close('1 Main St, Flushing NY 11354', '')).status).toBe(422)
})

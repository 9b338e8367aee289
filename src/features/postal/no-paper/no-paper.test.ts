import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { mayContact } from '../../people/consent.ts'
import { importList } from '../../people/suppressions/commands.ts'
import { readList, sha256 } from '../../people/suppressions/rules.ts'
import { saveUniverse } from '../../targeting/commands.ts'
import { standardize } from '../address/rules.ts'
import { closedSince, dropById } from '../drops/queries.ts'
import { dropRoutes } from '../drops/routes.tsx'
import { freezeDropJob } from '../jobs.ts'
import { noPaperRoutes } from './routes.tsx'
import { addressKey } from './rules.ts'

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
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young', 'KIM', 'YOUNG', 'dem', 'active', 1960, (n + 1) / 2 || '-1', '38th Avenue', 'Apt ' || (n + 1) / 2, 'Flushing', '11354', (n + 1) / 2 from generate_series(1, 8) n`.execute(owner)
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
  expect(await closedSince(db, { organization_id, drop_id: before })).toBe(2)
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
  const lift = (lift_address: string) => browser.post('/postal/no-paper/lift', { lift_address, lift_evidence: 'asked for it' }) // prettier-ignore
  expect((await lift('99 38th Ave, Flushing NY 11354')).status).toBe(422)
  expect((await lift('38th Ave, Flushing NY 11354')).status).toBe(422)
  expect(await (await lift('2-1 38th ave apt 2, Flushing NY 11354')).text()).toContain('Open again')
  expect(await dropNow(await frozen())).toMatchObject({ left_out: { opted_out: 4, no_paper: 1 } })
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

test('what says no address is refused with the reason, and kept', async () => {
  const refused = await close('Kissena Blvd, Flushing NY 11355')
  expect(refused.status).toBe(422)
  expect(await refused.text()).toMatch(/Kissena Blvd, Flushing NY 11355<\/textarea>[\s\S]*no house number|no house number[\s\S]*Kissena Blvd/) // prettier-ignore
  expect((await close('00300901234567999999')).status).toBe(422)
  expect((await close('1 Main St, Flushing NY 11354', '')).status).toBe(422)
})

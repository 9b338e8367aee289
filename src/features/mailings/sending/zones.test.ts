import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { stateOfZip } from '../../geography/zip-states.ts'
import { saveAddress } from '../../people/addresses/commands.ts'
import { addReaders, planned } from '../testing.ts'
import { sendDue } from './send.ts'
import { outboxTransport } from './transport.ts'
import { firstInstant } from './zones.ts'

const world = await makeWorld('2026-11-30T12:00:00Z')
const { ours, installation, database } = world
const { clock, secret, url } = installation
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const send = (mailing_id: string) =>
  sendDue(
    { database, clock, secret, url, transport: outboxTransport(database.owner), from_address: 'office@example.org' },
    { organization_id, mailing_id },
    { for_ms: 60_000, signal: new AbortController().signal },
  )
const sentOf = async (mailing_id: string): Promise<(string | null)[]> =>
  (await db.selectFrom('mail_delivery').select('time_zone').where('mailing_id', '=', mailing_id).where('state', '=', 'sent').orderBy('time_zone').execute()).map(({ time_zone }) => time_zone) // prettier-ignore

/** One each in New York (by ZIP), Los Angeles (by ZIP), Honolulu (by address), and one of whom nothing is known. */
async function spread(tag: string): Promise<void> {
  const [east = '', west = '', island = ''] = await addReaders(db, organization_id, 4, tag)
  await db.updateTable('person').set({ zip5: '11354' }).where('person_id', '=', east).execute()
  await db.updateTable('person').set({ zip5: '90012' }).where('person_id', '=', west).execute()
  await saveAddress(db, organizer, island, { address: '1 King St', city: 'Honolulu', state: 'HI', zip5: '96813', kind: 'home', quality: 'good', is_preferred: true }) // prettier-ignore
}

test('an e-mail for nine in the morning comes at nine where each reader lives', async () => {
  await spread('nine')
  const local = '2026-12-01T09:00'
  const mailing_id = await planned(db, organizer, 'tag:nine', clock.now(), { scheduled_at: firstInstant(local, 'America/New_York'), goes_by: 'reader', scheduled_local: local }) // prettier-ignore
  expect((await send(mailing_id))?.again_at.getTime()).toBe(firstInstant(local, 'America/New_York').getTime())
  // Nine in Guam: the list is made, and nobody's hour has come.
  clock.set(firstInstant(local, 'America/New_York').toISOString())
  expect((await send(mailing_id))?.again_at.toISOString()).toBe('2026-12-01T14:00:00.000Z')
  clock.set('2026-12-01T13:59:00Z')
  await send(mailing_id)
  expect(await sentOf(mailing_id)).toEqual([])
  clock.set('2026-12-01T14:00:00Z')
  expect((await send(mailing_id))?.again_at.toISOString()).toBe('2026-12-01T17:00:00.000Z')
  expect(await sentOf(mailing_id)).toEqual([null, null])
  clock.set('2026-12-01T17:00:00Z')
  expect((await send(mailing_id))?.again_at.toISOString()).toBe('2026-12-01T19:00:00.000Z')
  clock.set('2026-12-01T19:00:00Z')
  expect(await send(mailing_id)).toBeNull()
  expect(await sentOf(mailing_id)).toEqual(['America/Los_Angeles', 'Pacific/Honolulu', null, null])
})

test('hours of sending are those of each reader too', async () => {
  await spread('hours')
  clock.set('2026-12-02T13:30:00Z')
  const hours = { window_starts: '08:00', window_ends: '20:00', goes_by: 'reader' as const }
  const mailing_id = await planned(db, organizer, 'tag:hours', clock.now(), hours)
  // Half past eight in New York, five in Los Angeles.
  expect((await send(mailing_id))?.again_at.toISOString()).toBe('2026-12-02T16:00:00.000Z')
  expect(await sentOf(mailing_id)).toEqual([null, null])
  clock.set('2026-12-02T16:00:00Z')
  await send(mailing_id)
  expect(await sentOf(mailing_id)).toEqual(['America/Los_Angeles', null, null])
  clock.set('2026-12-02T18:00:00Z')
  expect(await send(mailing_id)).toBeNull()
})

test('by readers’ clocks for whom nobody is left, it is sent at once', async () => {
  const mailing_id = await planned(db, organizer, 'tag:nine -tag:nine', clock.now(), { goes_by: 'reader' })
  expect(await send(mailing_id)).toBeNull()
  const { state } = await db.selectFrom('mailing').select('state').where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(state).toBe('sent')
})

test.each([
  ['11354', 'NY'],
  ['00501', 'NY'],
  ['06390', 'CT'],
  ['07024', 'NJ'],
  ['20001', 'DC'],
  ['73301', 'TX'],
  ['88510', 'TX'],
  ['90012', 'CA'],
  ['96813', 'HI'],
  ['99501', 'AK'],
  ['09001', null],
  ['', null],
  [null, null],
])('%s lies in %s', (zip5, state) => {
  expect(stateOfZip(zip5)).toBe(state)
})

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { makeEvent } from '../../events/testing.ts'
import { chooseAudience, makeMailing } from '../commands.ts'
import { addStep, changeJourney, makeJourney, startJourney } from '../journeys/commands.ts'
import { stepsOf } from '../journeys/queries.ts'
import { planMailing } from '../sending/commands.ts'
import { sendDue } from '../sending/send.ts'
import { outboxTransport } from '../sending/transport.ts'
import { sendingRoutes } from '../sending/routes.tsx'
import { addReaders } from '../testing.ts'
import { MailContent } from '../writing/schema.ts'
import { mailingById } from '../queries.ts'
import { approvalsOf, contentHash } from './queries.ts'
import { approvalRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, installation } = world
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const now = installation.clock.now()
const board = ours.actor(['board'], { id: 'board', name: 'Board' })
const other = ours.actor(['organizer'], { id: 'other', name: 'Other' })
const routes = [approvalRoutes, sendingRoutes]
const [writer, second] = [world.as(organizer, routes), world.as(board, routes)]

const content = (words: string) =>
  JSON.stringify(
    MailContent.parse({
      subject: { en: words, ko: words },
      blocks: [{ key: 'b1', kind: 'text', said: { en: 'Hello.', ko: '안녕하세요.' } }],
      postal_address: '1 Main St, Flushing NY 11354',
    }),
  )
const write = (mailing_id: string, words: string) =>
  db
    .updateTable('mailing')
    .set({ content: content(words) })
    .where('mailing_id', '=', mailing_id)
    .execute()
const plan = (expression: string) => ({ scheduled_at: null, window_starts: null, window_ends: null, per_minute: null, people: 2, expression }) // prettier-ignore
const { database, clock, secret, url } = installation
const send = (mailing_id: string) =>
  sendDue(
    { database, clock, secret, url, transport: outboxTransport(database.owner), from_address: 'office@example.org' },
    { organization_id, mailing_id },
    { for_ms: 60_000, signal: new AbortController().signal },
  )
const hashOn = async (mailing_id: string) =>
  /value="([0-9a-f]{64})"/.exec(await (await second.get(`/mailings/${mailing_id}/send`)).text())?.[1] ?? ''

test('what was approved before e-mail said who pays stays approved; a line makes another', async () => {
  const mailing_id = await makeMailing(db, organizer, { name: 'Old', lane: 'non_partisan' }, now)
  await write(mailing_id, 'Old')
  const hash = async () => contentHash(db, found(await mailingById(db, organization_id, mailing_id)))
  const { blocks } = MailContent.parse(JSON.parse(content('Old')))
  const written = { subject: { en: 'Old', ko: 'Old' }, preheader: {}, blocks, postal_address: '1 Main St, Flushing NY 11354', reason: {}, accepted: [] } // prettier-ignore
  const said = { lane: 'non_partisan', topic_id: null, is_for_all: null, expression: '', named: [null, null, null], content: written, shown: [['en', []], ['ko', []]], subjects: [], journey: null } // prettier-ignore
  const before = createHash('sha256').update(JSON.stringify(said)).digest('hex')
  expect(await hash()).toBe(before)
  const more = JSON.parse(content('Old')) as object
  for (const added of [{ attribution: { en: 'Paid for by Us' } }, { level: 'city' }, { is_line_settled: true }]) {
    await db.updateTable('mailing').set({ content: JSON.stringify({ ...more, ...added }) }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
    expect(await hash()).not.toBe(before)
  }
})

test('where it is asked for, somebody else approves what is sent, and a change asks anew', async () => {
  await addReaders(db, organization_id, 2, 'two')
  const mailing_id = await makeMailing(db, organizer, { name: 'Two', lane: 'non_partisan' }, now)
  await write(mailing_id, 'First')
  await inTransaction(db, (tx) => chooseAudience(tx, organizer, mailing_id, 'tag:two'))
  expect((await writer.post('/mail-approval', { is_wanted: 'yes' })).status).toBe(303)
  expect(await (await writer.get(`/mailings/${mailing_id}/send`)).text()).not.toContain('name="count"')
  expect(await planMailing(db, organizer, mailing_id, plan('tag:two'), now)).toBe('not_approved')

  const hash = await hashOn(mailing_id)
  await write(mailing_id, 'Changed meanwhile')
  const late = await second.post(`/mailings/${mailing_id}/approve`, { hash })
  expect(late.headers.get('location')).toContain('?changed')
  expect(await approvalsOf(db, { organization_id, mailing_id })).toEqual([])

  expect((await second.post(`/mailings/${mailing_id}/approve`, { hash: await hashOn(mailing_id) })).status).toBe(303)
  expect(await (await writer.get(`/mailings/${mailing_id}/send`)).text()).toContain('name="count"')
  await write(mailing_id, 'Changed after')
  expect(await planMailing(db, organizer, mailing_id, plan('tag:two'), now)).toBe('not_approved')
  await write(mailing_id, 'Changed meanwhile')
  expect(await planMailing(db, organizer, mailing_id, plan('tag:two'), now)).toBe('planned')
  const { rows } = await world.database.ownerPool.query<{ action: string; after: unknown }>(
    "select action, after from audit_entry where subject_id = $1 and action = 'mailing.approve'",
    [mailing_id],
  )
  expect(rows).toEqual([
    { action: 'mailing.approve', after: { content_hash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
  ])
})

test('nobody approves for themselves, and a host approves nothing', async () => {
  const mailing_id = await makeMailing(db, organizer, { name: 'Own', lane: 'non_partisan' }, now)
  await write(mailing_id, 'Own')
  await inTransaction(db, (tx) => chooseAudience(tx, organizer, mailing_id, 'tag:two'))
  const hash = await hashOn(mailing_id)
  expect((await writer.post(`/mailings/${mailing_id}/approve`, { hash })).status).toBe(303)
  expect(await planMailing(db, organizer, mailing_id, plan('tag:two'), now)).toBe('not_approved')
  const host = world.as(ours.actor(['host']), routes)
  expect((await host.post(`/mailings/${mailing_id}/approve`, { hash })).status).toBe(403)
  expect(await planMailing(db, other, mailing_id, plan('tag:two'), now)).toBe('planned')
})

test('a test of what somebody else has to approve goes only to the team, and never where nothing is wanted', async () => {
  const mailing_id = await makeMailing(db, organizer, { name: 'Trial', lane: 'non_partisan' }, now)
  await write(mailing_id, 'Trial')
  const asked = async (to: string) => {
    const answer = await writer.post(`/mailings/${mailing_id}/send/test`, { to, language: 'en' })
    return [answer.status, /people of your team|wants none of your e-mail/.exec(await answer.text())?.[0]]
  }
  expect(await asked('stranger@example.org')).toEqual([422, 'people of your team'])
  await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
    values (${organization_id}, mail_address_hash(${organization_id}, 'angry@example.org'), 'complaint', now(), 'abuse')`.execute(
    db,
  )
  expect(await asked('angry@example.org')).toEqual([422, 'wants none of your e-mail'])
})

test('a journey starts once each of its e-mails was approved', async () => {
  const here = { t: translator('en'), now }
  const journey_id = await makeJourney(db, organizer, { starter: 'empty', name: 'Journey', event_id: null }, { ...here, today: '2026-11-01' }) // prettier-ignore
  const form = { name: 'Journey', lane: 'non_partisan' as const, expression: 'tag:two', exits: '', takes_all: false, rest_hours: 0 } // prettier-ignore
  await inTransaction(db, (tx) => changeJourney(tx, organizer, journey_id, form))
  await addStep(db, organizer, journey_id, 0, here)
  const [step] = await stepsOf(db, { organization_id, journey_id })
  const mailing_id = step?.mailing_id ?? ''
  await write(mailing_id, 'Step')
  await expect(startJourney(db, organizer, journey_id, now)).rejects.toThrow(Conflict)
  await second.post(`/mailings/${mailing_id}/approve`, { hash: await hashOn(mailing_id) })
  // For others than whoever approved it knew of.
  await inTransaction(db, (tx) => changeJourney(tx, organizer, journey_id, { ...form, expression: 'has:email', takes_all: true })) // prettier-ignore
  await expect(startJourney(db, organizer, journey_id, now)).rejects.toThrow(Conflict)
  await inTransaction(db, (tx) => changeJourney(tx, organizer, journey_id, form))
  // Written anew in the very moment it is started.
  let starting: Promise<void> = Promise.resolve()
  await inTransaction(db, async (tx) => {
    await tx.updateTable('mailing').set({ content: content('Slipped in') }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
    starting = startJourney(db, organizer, journey_id, now)
    starting.catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 300))
  })
  await expect(starting).rejects.toThrow(Conflict)
  await write(mailing_id, 'Step')
  await startJourney(db, organizer, journey_id, now)
})

test('what another room says in it, or a universe it is for, is approved with it: changed afterwards it waits', async () => {
  const mailing_id = await makeMailing(db, organizer, { name: 'Shown', lane: 'non_partisan' }, now)
  const event_id = await makeEvent(db, organizer, {}, now)
  const shown = MailContent.parse({ ...MailContent.parse(JSON.parse(content('Shown'))), blocks: [{ key: 'b1', kind: 'event', of: event_id }] }) // prettier-ignore
  await db
    .updateTable('mailing')
    .set({ content: JSON.stringify(shown) })
    .where('mailing_id', '=', mailing_id)
    .execute()
  const { universe_id } = await db
    .insertInto('universe')
    .values({
      organization_id,
      name: 'Those two',
      expression: 'tag:two',
      note: null,
      counted: null,
      counted_at: null,
      created_by: 'test',
      archived_at: null,
      owner: 'test',
      owner_id: null,
    })
    .returning('universe_id')
    .executeTakeFirstOrThrow()
  const expression = 'in:"Those two"'
  await inTransaction(db, (tx) => chooseAudience(tx, organizer, mailing_id, expression))
  await second.post(`/mailings/${mailing_id}/approve`, { hash: await hashOn(mailing_id) })
  expect(await planMailing(db, organizer, mailing_id, plan(expression), now)).toBe('planned')
  const standing = () => db.selectFrom('mailing').select(['state', 'problem']).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  const waits = async () => {
    expect(await send(mailing_id)).toBeNull()
    expect(await standing()).toEqual({ state: 'paused', problem: 'changed' })
    expect(await (await writer.get(`/mailings/${mailing_id}/send`)).text()).not.toContain('/send/resume')
    expect((await writer.post(`/mailings/${mailing_id}/send/resume`, {})).status).toBe(409)
    expect((await second.post(`/mailings/${mailing_id}/approve`, { hash: await hashOn(mailing_id) })).status).toBe(303)
    expect((await writer.post(`/mailings/${mailing_id}/send/resume`, {})).status).toBe(303)
  }
  await db.updateTable('event').set({ content: sql`jsonb_set(content, '{title,en}', '"Another hall"')` as never }).where('event_id', '=', event_id).execute() // prettier-ignore
  await waits()
  await db.updateTable('universe').set({ expression: 'has:email' }).where('universe_id', '=', universe_id).execute()
  await waits()
  expect(await send(mailing_id)).toBeNull()
  expect(await standing()).toEqual({ state: 'sent', problem: null })
})

test('nobody alone lifts it: whoever asks for that waits for somebody else who may approve', async () => {
  const alone = async (name: string, isSent: boolean) => {
    const mailing_id = await makeMailing(db, organizer, { name, lane: 'non_partisan' }, now)
    await write(mailing_id, name)
    await inTransaction(db, (tx) => chooseAudience(tx, organizer, mailing_id, 'tag:two'))
    expect(await planMailing(db, organizer, mailing_id, plan('tag:two'), now)).toBe(isSent ? 'planned' : 'not_approved')
  }
  const lift = (by: typeof writer) => by.post('/mail-approval', { is_wanted: 'no' })
  for (const _ of [1, 2]) expect((await lift(writer)).status).toBe(303)
  await alone('Still two', false)
  const read = await (await second.get('/mail-approval')).text()
  expect(read).toContain('asked to end this')
  expect((await world.as(ours.actor(['host']), routes).post('/mail-approval', { is_wanted: 'no' })).status).toBe(403)
  expect((await second.post('/mail-approval', { is_wanted: 'yes' })).status).toBe(403)
  // Kept after all, it has to be asked anew.
  expect((await writer.post('/mail-approval', { is_wanted: 'yes' })).status).toBe(303)
  expect((await lift(second)).status).toBe(303)
  await alone('Still two', false)
  expect((await lift(writer)).status).toBe(303)
  await alone('Alone', true)
})

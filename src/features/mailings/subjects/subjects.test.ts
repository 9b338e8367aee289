import { expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { mailingReportRoutes } from '../after/routes.tsx'
import { chooseAudience, makeMailing } from '../commands.ts'
import { chooseCounting, countPress } from '../counting/commands.ts'
import { keepReply } from '../reports/commands.ts'
import { readReply } from '../reports/read.ts'
import { planMailing } from '../sending/commands.ts'
import { sendingRoutes } from '../sending/routes.tsx'
import { sendDue, type Next } from '../sending/send.ts'
import { outboxTransport } from '../sending/transport.ts'
import { addReaders } from '../testing.ts'
import { MailContent } from '../writing/schema.ts'
import { chooseSubject, trySubjects } from './commands.ts'
import { armsOf, subjectTestOf } from './queries.ts'
import { subjectRoutes } from './routes.tsx'
import type { SubjectRule } from './schema.ts'

const world = await makeWorld()
const { ours, theirs, installation, database } = world
const { clock, secret, url } = installation
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const browser = world.as(organizer, [subjectRoutes, mailingReportRoutes])

const content = MailContent.parse({
  subject: { en: 'A {first_name|you}', ko: '가 {first_name|친구}' },
  blocks: [{ key: 'b1', kind: 'text', said: { en: 'Hello.', ko: '안녕하세요.' } }],
  postal_address: '1 Main St, Flushing NY 11354',
})

async function tried(tag: string, count: number, more: { share?: number; rule?: SubjectRule; least?: number } = {}) {
  await addReaders(db, organization_id, count, tag)
  const mailing_id = await makeMailing(db, organizer, { name: tag, lane: 'non_partisan' }, clock.now())
  await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  await inTransaction(db, (tx) => chooseAudience(tx, organizer, mailing_id, `tag:${tag}`))
  const subjects = [{ en: 'B {first_name|you}', ko: '나 {first_name|친구}' }]
  await trySubjects(db, organizer, mailing_id, { subjects, share: 50, rule: 'person', after_hours: 24, least: 2, ...more }) // prettier-ignore
  const plan = { scheduled_at: null, window_starts: null, window_ends: null, per_minute: null, people: count, expression: `tag:${tag}` } // prettier-ignore
  await planMailing(db, organizer, mailing_id, plan, clock.now())
  return mailing_id
}
const send = (mailing_id: string): Promise<Next> =>
  sendDue(
    { database, clock, secret, url, transport: outboxTransport(database.owner), from_address: 'office@example.org' },
    { organization_id, mailing_id },
    { for_ms: 60_000, signal: new AbortController().signal },
  )
const rows = (mailing_id: string) =>
  db.selectFrom('mail_delivery').selectAll().where('mailing_id', '=', mailing_id).orderBy('n').execute()
const subjects = async (tag: string) =>
  (await database.owner.selectFrom('outbox_mail').select('subject').where('to_address', 'like', `${tag}%`).execute()).map(({ subject }) => subject.slice(0, 1)) // prettier-ignore
const counted = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(words)].toSorted().map((word) => [word, words.filter((each) => each === word).length]))

test('a part gets either subject evenly, the rest waits and gets the one a person chooses; nobody gets both', async () => {
  const mailing_id = await tried('person', 20)
  expect(await send(mailing_id)).toBeNull()
  const first = counted(await subjects('person'))
  expect(Object.values(first).reduce((sum, count) => sum + count, 0)).toBe(10)
  expect((first.A ?? 0) + (first['가'] ?? 0)).toBe(5)
  expect(counted((await rows(mailing_id)).map(({ state }) => state))).toEqual({ held: 10, sent: 10 })
  const shown = await (await browser.get(`/mailings/${mailing_id}/report`)).text()
  expect(shown).toContain('name="winner"')
  const chosen = await browser.post(`/mailings/${mailing_id}/subjects/choose`, { winner: '1' })
  expect(chosen.status).toBe(303)
  expect(await send(mailing_id)).toBeNull()
  const all = counted(await subjects('person'))
  expect((all.A ?? 0) + (all['가'] ?? 0)).toBe(5)
  expect((all.B ?? 0) + (all['나'] ?? 0)).toBe(15)
  // The trial is told of those who were tried, not of the rest.
  expect(
    (
      await armsOf(db, { organization_id, mailing_id }, found(await subjectTestOf(db, { organization_id, mailing_id })))
    ).map(({ sent }) => sent),
  ).toEqual([5, 5])
  await expect(chooseSubject(db, organizer, mailing_id, 0, clock.now())).rejects.toThrow(Conflict)
})

test('by the rule fixed before, answers decide at their time; a machine’s answer counts nothing', async () => {
  const mailing_id = await tried('reply', 20, { rule: 'replies' })
  const next = await send(mailing_id)
  expect(next?.again_at.getTime()).toBe(clock.now().getTime() + 24 * 3_600_000)
  const answer = async (n: number, more = '') => {
    const mail = `From: reader@example.org\r\nSubject: Re: A\r\n${more}In-Reply-To: <${mailing_id}.${n}@example.org>\r\n\r\nThank you`
    const message_id = readReply(mail)
    if (message_id) await keepReply(db, organization_id, message_id, clock.now())
  }
  const listed = await rows(mailing_id)
  const bs = listed.filter(({ variant }) => variant === 1)
  const as = listed.filter(({ variant }) => variant === 0)
  await answer(bs[0]?.n ?? 0)
  await answer(bs[0]?.n ?? 0)
  for (const { n } of as) await answer(n, 'Auto-Submitted: auto-replied\r\n')
  clock.advance(23 * 60)
  expect((await send(mailing_id))?.again_at).toEqual(next?.again_at)
  clock.advance(60)
  expect(await send(mailing_id)).toBeNull()
  const settled = await subjectTestOf(db, { organization_id, mailing_id })
  expect(settled).toMatchObject({ winner: 1, decided_for: 'rule', decided_by: null })
  expect(counted((await rows(mailing_id)).map(({ state }) => state))).toEqual({ sent: 20 })
  expect(
    (
      await armsOf(db, { organization_id, mailing_id }, found(await subjectTestOf(db, { organization_id, mailing_id })))
    ).map(({ replied }) => replied),
  ).toEqual([0, 1])
})

test('the hours of a trial are counted from when the last of it went', async () => {
  const mailing_id = await tried('slow', 20, { rule: 'replies' })
  const later = (hours: number) => new Date(clock.now().getTime() + hours * 3_600_000)
  const begun = clock.now()
  // The list is made, and the mail server takes the mails a day later.
  await db.updateTable('mailing').set({ window_starts: '09:00', window_ends: '10:00' }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  clock.set('2026-12-05T06:00:00Z')
  await send(mailing_id)
  clock.set('2026-12-06T14:30:00Z')
  const next = await send(mailing_id)
  expect(counted((await rows(mailing_id)).map(({ state }) => state))).toEqual({ held: 10, sent: 10 })
  expect(next?.again_at).toEqual(later(24))
  clock.set(begun.toISOString())
})

test('a list so short that all of it was tried is sent', async () => {
  const mailing_id = await tried('short', 1)
  expect(await send(mailing_id)).toBeNull()
  expect((await db.selectFrom('mailing').select('state').where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow()).state).toBe('sent') // prettier-ignore
})

test('where too few went out nothing is decided by itself', async () => {
  const mailing_id = await tried('few', 8, { rule: 'replies', least: 50 })
  await send(mailing_id)
  clock.advance(25 * 60)
  expect(await send(mailing_id)).toBeNull()
  expect(counted((await rows(mailing_id)).map(({ state }) => state))).toEqual({ held: 4, sent: 4 })
  await chooseSubject(db, organizer, mailing_id, 0, clock.now())
  expect(await send(mailing_id)).toBeNull()
  expect(counted((await rows(mailing_id)).map(({ state }) => state))).toEqual({ sent: 8 })
})

test('tried on everybody, nobody waits', async () => {
  const mailing_id = await tried('whole', 6, { share: 100 })
  expect(await send(mailing_id)).toBeNull()
  expect(counted((await rows(mailing_id)).map(({ variant }) => String(variant)))).toEqual({ 0: 3, 1: 3 })
  expect((await db.selectFrom('mailing').select('state').where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow()).state).toBe('sent') // prettier-ignore
})

test('a subject that lacks a language the e-mail was written in later keeps it from going out', async () => {
  await addReaders(db, organization_id, 2, 'later')
  const mailing_id = await makeMailing(db, organizer, { name: 'later', lane: 'non_partisan' }, clock.now())
  await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  await inTransaction(db, (tx) => chooseAudience(tx, organizer, mailing_id, 'tag:later'))
  const trial = { share: 50, rule: 'person' as const, after_hours: 24, least: 2 }
  const shown = async () => (await world.as(organizer, [sendingRoutes]).get(`/mailings/${mailing_id}/send`)).text()
  await trySubjects(db, organizer, mailing_id, { subjects: [{ en: 'B' }], ...trial })
  expect(await shown()).not.toContain('name="count"')
  await trySubjects(db, organizer, mailing_id, { subjects: [{ en: 'B', ko: '나 {nickname}' }], ...trial })
  expect(await shown()).not.toContain('name="count"')
  await trySubjects(db, organizer, mailing_id, { subjects: [{ en: 'B', ko: '나' }], ...trial })
  expect(await shown()).toContain('name="count"')
})

test('a subject is written in every language or none, and nobody else’s is chosen', async () => {
  const mailing_id = await makeMailing(db, organizer, { name: 'Form', lane: 'non_partisan' }, clock.now())
  await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  const at = `/mailings/${mailing_id}/subjects`
  const form = { share: '20', rule: 'person', after_hours: '24', least: '50', 'subject.1.en': 'Other' }
  expect((await browser.get(at)).status).toBe(200)
  const refused = await browser.post(at, form)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="Other"')
  expect((await browser.post(at, { ...form, 'subject.1.ko': '다른' })).status).toBe(303)
  expect((await subjectTestOf(db, { organization_id, mailing_id }))?.subjects).toEqual([{ en: 'Other', ko: '다른' }])
  expect((await browser.post(at, { ...form, 'subject.1.en': '' })).status).toBe(303)
  expect(await subjectTestOf(db, { organization_id, mailing_id })).toBeUndefined()
  const stranger = world.as(theirs.organizer, [subjectRoutes])
  expect((await stranger.get(at)).status).toBe(404)
  expect((await stranger.post(`${at}/choose`, { winner: '0' })).status).toBe(404)
})

test('where clicks are counted, the subject whose links are pressed more goes to the rest; else they decide nothing', async () => {
  const here = async (tag: string) => {
    const mailing_id = await makeMailing(db, organizer, { name: tag, lane: 'non_partisan' }, clock.now())
    await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute()
    return `/mailings/${mailing_id}/subjects`
  }
  const form = { 'subject.1.en': 'B', 'subject.1.ko': '나', share: '50', rule: 'clicks', after_hours: '4', least: '2' }
  const refused = await browser.post(await here('uncounted'), form)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Your organization does not count that.')
  await inTransaction(db, (tx) => chooseCounting(tx, organizer, { counts_clicks: true, counts_opens: false }))
  expect((await browser.post(await here('counted'), form)).status).toBe(303)

  const mailing_id = await tried('pressed', 12, { rule: 'clicks' })
  await send(mailing_id)
  const second = found((await rows(mailing_id)).find(({ variant }) => variant === 1))
  await countPress(db, { organization_id, mailing_id, n: second.n, link: 1 }, clock.now())
  const report = await (await browser.get(`/mailings/${mailing_id}/report`)).text()
  expect(report).toContain('Pressed a link')
  expect(report).toContain('it is decided')
  clock.advance(25 * 60)
  await send(mailing_id)
  expect(await subjectTestOf(db, { organization_id, mailing_id })).toMatchObject({ winner: 1, decided_for: 'rule' })

  // Switched off meanwhile: nothing is known, so a person says.
  const other = await tried('silent', 12, { rule: 'clicks' })
  await send(other)
  await inTransaction(db, (tx) => chooseCounting(tx, organizer, { counts_clicks: false, counts_opens: false }))
  clock.advance(25 * 60)
  expect(await send(other)).toBeNull()
  expect((await subjectTestOf(db, { organization_id, mailing_id: other }))?.decided_at).toBeNull()
}) // prettier-ignore

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { recordConsent, saveEmail } from '../../people/commands.ts'
import { mergePeople } from '../../people/merge/commands.ts'
import { mailingReportRoutes } from '../after/routes.tsx'
import { readerPath } from '../stopping/links.ts'
import { readerRoutes } from '../stopping/routes.tsx'
import { addReaders, mailServer, planned, receivedFrom, refusal, taking, type Received } from '../testing.ts'
import { isTooOften } from './answers.ts'
import { turnMailing } from './commands.ts'
import { SendForm } from '../schema.ts'
import { sendingRoutes } from './routes.tsx'
import { ownTextsOf, type Prepare } from './prepared.ts'
import { opensAt, sendDue, type Next } from './send.ts'
import { whyNow } from './why-now.ts'
import { outboxTransport, smtpTransport, type BulkTransport } from './transport.ts'

const world = await makeWorld()
const { ours, theirs, installation, database } = world
const { clock, secret, url } = installation
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const { signal } = new AbortController()

const over = async (smtp_url: string): Promise<BulkTransport> => {
  const transport = await smtpTransport(smtp_url)
  onTestFinished(() => transport.close())
  return transport
}
const send = (transport: BulkTransport, mailing_id: string, for_ms = 60_000, prepare?: Prepare): Promise<Next> =>
  sendDue(
    { database, clock, secret, url, transport, from_address: 'office@example.org', ...(prepare && { prepare }) },
    { organization_id, mailing_id },
    { for_ms, signal },
  )
async function toTheEnd(transport: BulkTransport, mailing_id: string): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    const next = await send(transport, mailing_id)
    if (!next) return
    if (next.again_at > clock.now()) clock.set(next.again_at.toISOString())
  }
}
const plan = (tag: string, more = {}) => planned(db, organizer, `tag:${tag}`, clock.now(), more)
const rows = (mailing_id: string) =>
  db.selectFrom('mail_delivery').selectAll().where('mailing_id', '=', mailing_id).orderBy('n').execute()
const states = async (mailing_id: string): Promise<Record<string, number>> => {
  const counted: Record<string, number> = {}
  for (const { state } of await rows(mailing_id)) counted[state] = (counted[state] ?? 0) + 1
  return counted
}
const stateOf = async (mailing_id: string) =>
  (await db.selectFrom('mailing').select('state').where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow()).state
const twice = (received: readonly Received[]): string[] => {
  const ids = received.map(({ message_id }) => message_id)
  return ids.filter((id, at) => ids.indexOf(id) !== at)
}

test('without a mail server everybody is served into the outbox, once, each in their language', async () => {
  const ids = await addReaders(db, organization_id, 6, 'outbox')
  const mailing_id = await plan('outbox')
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  const mails = await database.owner.selectFrom('outbox_mail').selectAll().where('to_address', 'like', 'outbox%').orderBy('to_address').execute() // prettier-ignore
  expect(mails.map(({ to_address }) => to_address)).toEqual(ids.map((_, at) => `outbox${at + 1}@example.org`))
  expect(mails.map(({ subject }) => subject).slice(0, 2)).toEqual(['Reader1님께 소식', 'News for Reader2'])
  expect(mails[0]?.body_text).toContain('http://localhost/u/')
  expect(await stateOf(mailing_id)).toBe('sent')
  const noted = await db.selectFrom('person_mail').select('person_id').where('sent_to', 'like', 'outbox%').execute()
  expect(noted.map(({ person_id }) => person_id).toSorted()).toEqual(ids.toSorted())
})

test('mail programs find one click to stop it, and subjects and names in Hangul arrive whole', async () => {
  await addReaders(db, organization_id, 1, 'head')
  const server = await mailServer()
  const mailing_id = await plan('head')
  expect(await send(await over(server.url), mailing_id)).toBeNull()
  const [mail] = server.received
  const link = `${url}${readerPath(secret, { organization_id, mailing_id, n: 1 })}`
  const unfolded = mail?.content.replaceAll(/\r\n[ \t]/g, '') ?? ''
  expect(unfolded.replaceAll(' ', '')).toContain(`List-Unsubscribe:<${link}>`)
  expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  expect(unfolded).toMatch(/^Subject: =\?UTF-8\?/m)
  expect(unfolded).toMatch(/^Precedence: bulk\r$/m)
})

test('the list is fixed when sending begins: whoever is tagged later gets nothing of it', async () => {
  await addReaders(db, organization_id, 3, 'fixed')
  const mailing_id = await plan('fixed', { scheduled_at: new Date(clock.now().getTime() + 3_600_000) })
  const early = await send(outboxTransport(database.owner), mailing_id)
  expect(early?.again_at.getTime()).toBe(clock.now().getTime() + 3_600_000)
  expect(await rows(mailing_id)).toEqual([])
  clock.advance(60)
  expect(await send(outboxTransport(database.owner), mailing_id, 0)).not.toBeNull()
  const [other] = await addReaders(db, organization_id, 1, 'late')
  await db.insertInto('person_tag').values({ organization_id, person_id: other ?? '', tag: 'fixed', tagged_by: 'test' }).execute() // prettier-ignore
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect(await states(mailing_id)).toEqual({ sent: 3 })
})

test.each([
  { phase: 'RCPT', reply: 450, words: '4.2.0 greylisted', later: 'sent' },
  { phase: 'RCPT', reply: 550, words: '5.1.1 no such user', later: 'failed' },
  { phase: 'DATA', reply: 451, words: '4.3.0 try again', later: 'sent' },
  { phase: 'DATA', reply: 552, words: '5.2.2 mailbox full', later: 'failed' },
] as const)('$reply at $phase: $later in the end, and nobody twice', async ({ phase, reply, words, later }) => {
  const tag = `r${phase}${reply}`.toLowerCase()
  await addReaders(db, organization_id, 5, tag)
  let isRefusing = true
  const received: Received[] = []
  const server = await mailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(isRefusing && phase === 'RCPT' && address.startsWith(`${tag}3@`) ? refusal(reply, words) : undefined),
    onData: taking(async (to, content) => {
      if (isRefusing && phase === 'DATA' && to.startsWith(`${tag}3@`)) return refusal(reply, words)
      received.push(receivedFrom(to, content))
      return undefined
    }),
  })
  const transport = await over(server.url)
  const mailing_id = await plan(tag)
  await send(transport, mailing_id)
  const [row] = (await rows(mailing_id)).filter(({ address }) => address.startsWith(`${tag}3@`))
  expect(row?.answer).toContain(words)
  expect(row?.code).toBe(words.slice(0, 5))
  expect(row?.state).toBe(reply < 500 ? 'deferred' : 'failed')
  isRefusing = false
  await toTheEnd(transport, mailing_id)
  expect(await states(mailing_id)).toEqual(later === 'sent' ? { sent: 5 } : { sent: 4, failed: 1 })
  expect(received).toHaveLength(later === 'sent' ? 5 : 4)
  expect(twice(received)).toEqual([])
})

test('a server that closes the line over one mailbox, whenever it is asked for, is asked for it ever later and in the end no more', async () => {
  // So many that lines have had mails when it is that one's turn.
  await addReaders(db, organization_id, 40, 'closing')
  let closed = ''
  const server = await mailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(address === closed ? refusal(421, '4.7.0 too much for this one') : undefined),
  })
  const transport = await over(server.url)
  const mailing_id = await plan('closing')
  await send(transport, mailing_id, 0)
  closed = (await rows(mailing_id)).at(-1)?.address ?? ''
  await send(transport, mailing_id)
  const tried = async () => (await rows(mailing_id)).find(({ address }) => address === closed)
  expect(await tried()).toMatchObject({ state: 'deferred', tries: 1 })
  expect((await tried())?.next_at?.getTime()).toBe(clock.now().getTime() + 5 * 60_000)
  for (let turn = 0; turn < 40; turn += 1) {
    const next = await send(transport, mailing_id)
    if (!next) break
    if (next.again_at > clock.now()) clock.set(next.again_at.toISOString())
  }
  expect(await stateOf(mailing_id)).toBe('sent')
  expect(await states(mailing_id)).toEqual({ sent: 39, failed: 1 })
  expect((await tried())?.tries).toBeGreaterThan(6)
  expect((await tried())?.tries).toBeLessThan(25)
  expect(twice(server.received)).toEqual([])
}) // prettier-ignore

test('a server that says of everybody that it takes nothing now is asked ever later, by whatever mailing, until it has taken one', async () => {
  await addReaders(db, organization_id, 12, 'later')
  let isRefusing = true
  let asked = 0
  const server = await mailServer({
    onMailFrom: (_address, _session, done) => {
      asked += 1
      done(isRefusing ? refusal(421, '4.3.2 too much of us today') : undefined)
    },
  })
  const transport = await over(server.url)
  const [first, other] = [await plan('later'), await plan('later')]
  const minutes: number[] = []
  for (let turn = 0; turn < 4; turn += 1) {
    const next = await send(transport, first)
    minutes.push(((next?.again_at.getTime() ?? 0) - clock.now().getTime()) / 60_000)
    const before = asked
    expect((await send(transport, other))?.again_at).toEqual(next?.again_at)
    expect(asked).toBe(before)
    clock.set(next?.again_at.toISOString() ?? '')
  }
  expect(minutes).toEqual([5, 15, 30, 60])
  // The first time by all lines, then by one mail.
  expect(asked).toBeLessThanOrEqual(transport.at_once + 4 + 3)
  expect((await rows(first)).every(({ tries }) => tries === 0)).toBe(true)
  isRefusing = false
  for (const mailing_id of [first, other]) await toTheEnd(transport, mailing_id)
  expect([await states(first), await states(other)]).toEqual([{ sent: 12 }, { sent: 12 }])
  expect(twice(server.received)).toEqual([])
})

test('a server that takes nothing of one sender is asked ever later for that one alone: others’ e-mail goes out', async () => {
  await addReaders(db, organization_id, 12, 'lapsed')
  const others = database.of(theirs.organization_id)
  await addReaders(others, theirs.organization_id, 12, 'lapsed')
  let isRefusing = true
  const server = await mailServer({
    onMailFrom: ({ address }, _session, done) =>
      done(isRefusing && address === 'office@example.org' ? refusal(451, '4.1.8 domain of sender does not resolve') : undefined), // prettier-ignore
  })
  const transport = await over(server.url)
  const own = await plan('lapsed')
  const mailing_id = await planned(others, theirs.organizer, 'tag:lapsed', clock.now())
  const minutes: number[] = []
  for (let turn = 0; turn < 3; turn += 1) {
    const next = await send(transport, own)
    minutes.push(((next?.again_at.getTime() ?? 0) - clock.now().getTime()) / 60_000)
    if (turn === 1) {
      const sending = { database, clock, secret, url, transport, from_address: 'news@example.com' }
      expect(await sendDue(sending, { organization_id: theirs.organization_id, mailing_id }, { for_ms: 60_000, signal })).toBeNull() // prettier-ignore
      expect(server.received).toHaveLength(12)
    }
    clock.set(next?.again_at.toISOString() ?? '')
  }
  expect(minutes).toEqual([5, 15, 30])
  isRefusing = false
  await toTheEnd(transport, own)
  expect(await states(own)).toEqual({ sent: 12 })
})

test('a server that is slow over a mail holds neither pause nor cancel, and what it then says counts', async () => {
  await addReaders(db, organization_id, 20, 'slow')
  let go = (): void => undefined
  const answered = new Promise<void>((resolve) => (go = resolve))
  let asked = 0
  const server = await mailServer({
    onData: taking(async (to, content) => {
      asked += 1
      await answered
      server.received.push(receivedFrom(to, content))
      return undefined
    }),
  })
  const transport = await over(server.url)
  const mailing_id = await plan('slow')
  const sending = send(transport, mailing_id)
  await expect.poll(() => asked, { timeout: 20_000 }).toBe(transport.at_once)
  for (const turn of ['pause', 'cancel'] as const) {
    const before = performance.now()
    await turnMailing(db, organizer, mailing_id, turn, clock.now())
    expect(performance.now() - before, turn).toBeLessThan(1000)
  }
  expect(await stateOf(mailing_id)).toBe('canceled')
  go()
  expect(await sending).toBeNull()
  expect(asked).toBe(transport.at_once)
  expect(await states(mailing_id)).toEqual({ sent: transport.at_once, waiting: 20 - transport.at_once })
}) // prettier-ignore

test('a mailbox that does not exist is stopped, and asked for no more', async () => {
  await addReaders(db, organization_id, 2, 'gone')
  const server = await mailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('gone1@') ? refusal(550, '5.1.1 no such user') : undefined),
  })
  expect(await send(await over(server.url), await plan('gone'))).toBeNull()
  const again = await plan('gone')
  expect(await send(outboxTransport(database.owner), again)).toBeNull()
  expect((await rows(again)).map(({ address }) => address)).toEqual(['gone2@example.org'])
})

test('where the connection is lost after the last dot nobody knows: the row says so, and it is not sent again', async () => {
  await addReaders(db, organization_id, 4, 'dot')
  const received: Received[] = []
  let isDropping = true
  const server = await mailServer({
    onData: taking(async (to, content) => {
      received.push(receivedFrom(to, content))
      if (!isDropping || !to.startsWith('dot2@')) return undefined
      // Taken, and the line dies before the answer.
      isDropping = false
      server.cut()
      return 'silence'
    }),
  })
  const transport = await over(server.url)
  const mailing_id = await plan('dot')
  await toTheEnd(transport, mailing_id)
  const doubtful = (await rows(mailing_id)).filter(({ state }) => state === 'unknown').map(({ address }) => address)
  expect(doubtful).toContain('dot2@example.org')
  expect(twice(received)).toEqual([])
  const reached = new Set(received.map(({ to }) => to))
  // Every line died: others may have been on their way just then.
  for (const { address, state } of await rows(mailing_id)) expect([reached.has(address) ? 'sent' : 'unknown', 'unknown'], address).toContain(state) // prettier-ignore
})

test('a mail server that is gone costs nobody anything: it goes on where it stopped', async () => {
  await addReaders(db, organization_id, 12, 'away')
  const first = await mailServer()
  await first.stop()
  const transport = await over(first.url)
  const mailing_id = await plan('away')
  expect(await send(transport, mailing_id)).not.toBeNull()
  expect((await rows(mailing_id)).every(({ state, tries }) => (state === 'waiting' || state === 'deferred') && tries === 0)).toBe(true) // prettier-ignore
  const back = await mailServer({}, first.port)
  await toTheEnd(transport, mailing_id)
  expect(back.received).toHaveLength(12)
  expect(twice(back.received)).toEqual([])
})

test('days in which nothing could be tried are no days of trying: what is then put off is tried again', async () => {
  await addReaders(db, organization_id, 3, 'days')
  let says = refusal(421, '4.3.2 not today')
  let isAway = true
  const server = await mailServer({ onMailFrom: (_address, _session, done) => done(isAway ? says : undefined), onRcptTo: (_address, _session, done) => done(isAway ? undefined : says) }) // prettier-ignore
  const transport = await over(server.url)
  const mailing_id = await plan('days')
  await send(transport, mailing_id)
  expect((await rows(mailing_id)).every(({ first_tried_at }) => first_tried_at === null)).toBe(true)
  clock.advance(75 * 60)
  isAway = false
  says = refusal(450, '4.2.0 greylisted')
  await send(transport, mailing_id)
  expect((await rows(mailing_id)).map(({ state }) => state)).toEqual(['deferred', 'deferred', 'deferred'])
  await turnMailing(db, organizer, mailing_id, 'pause', clock.now())
  clock.advance(100 * 60)
  await turnMailing(db, organizer, mailing_id, 'resume', clock.now())
  await send(transport, mailing_id)
  expect((await rows(mailing_id)).map(({ state, tries }) => [state, tries])).toEqual([['deferred', 2], ['deferred', 2], ['deferred', 2]]) // prettier-ignore
  expect(await db.selectFrom('mail_stop').select('reason').where('mailing_id', '=', mailing_id).execute()).toEqual([])
  says = refusal(550, '5.1.1 gone')
  await toTheEnd(transport, mailing_id)
  expect(await states(mailing_id)).toEqual({ failed: 3 })
})

test('a mailbox that was put off once loses none of its days while the server takes nothing at all', async () => {
  await addReaders(db, organization_id, 12, 'idle')
  let says: Error | undefined = refusal(450, '4.2.0 greylisted')
  let isAway = false
  const server = await mailServer({ onMailFrom: (_address, _session, done) => done(isAway ? refusal(421, '4.3.2 not today') : undefined), onRcptTo: (_address, _session, done) => done(says) }) // prettier-ignore
  const transport = await over(server.url)
  const mailing_id = await plan('idle')
  await send(transport, mailing_id)
  isAway = true
  const back_at = clock.now().getTime() + 73 * 3_600_000
  while (clock.now().getTime() < back_at) {
    const next = await send(transport, mailing_id)
    clock.set((next?.again_at ?? clock.now()).toISOString())
  }
  isAway = false
  await send(transport, mailing_id)
  expect(await states(mailing_id)).toEqual({ deferred: 12 })
  says = undefined
  await toTheEnd(transport, mailing_id)
  expect(await states(mailing_id)).toEqual({ sent: 12 })
})

test('e-mail for a candidate that was let go before the law’s line was asked for does not go out without it', async () => {
  await addReaders(db, organization_id, 2, 'unlined')
  const mailing_id = await plan('unlined')
  await db.updateTable('mailing').set({ lane: 'coordinated' }).where('mailing_id', '=', mailing_id).execute()
  const mailing = () => db.selectFrom('mailing').select(['state', 'problem']).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  for (const listed of [[], ['waiting', 'waiting']]) {
    expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
    expect(await mailing()).toEqual({ state: 'paused', problem: 'law_line' })
    expect((await rows(mailing_id)).map(({ state }) => state)).toEqual(listed)
    const page = await (await world.as(organizer, [sendingRoutes]).get(`/mailings/${mailing_id}/send`)).text()
    expect(page).toContain('does not say who pays')
    // Under way already when the law asked.
    await db.updateTable('mailing').set({ lane: 'non_partisan' }).where('mailing_id', '=', mailing_id).execute()
    await turnMailing(db, organizer, mailing_id, 'resume', clock.now())
    await send(outboxTransport(database.owner), mailing_id, 0)
    await db.updateTable('mailing').set({ lane: 'coordinated' }).where('mailing_id', '=', mailing_id).execute()
  }
})

test('an e-mail to members goes to nobody who is none any more when it is handed over', async () => {
  const ids = await addReaders(db, organization_id, 3, 'member')
  await sql`insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by, recorded_at)
    select ${organization_id}, p, 'regular', 'active', '2026-01-01', 'Ana', now() from unnest(${ids}::uuid[]) p`.execute(
    db,
  )
  const mailing_id = await plan('member')
  await db.updateTable('mailing').set({ lane: 'member_communication' }).where('mailing_id', '=', mailing_id).execute()
  await send(outboxTransport(database.owner), mailing_id, 0)
  expect(await states(mailing_id)).toEqual({ waiting: 3 })
  await sql`insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by, recorded_at)
    values (${organization_id}, ${ids[1] ?? ''}, 'regular', 'lapsed', '2026-02-01', 'Ana', now())`.execute(db)
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect(await states(mailing_id)).toEqual({ sent: 2, left_out: 1 })
  expect((await rows(mailing_id)).find(({ state }) => state === 'left_out')).toMatchObject({ person_id: ids[1], left_out_for: 'not_member' }) // prettier-ignore
})

test('mail after mail whose end nobody knows pauses the mailing, and its page says so', async () => {
  await addReaders(db, organization_id, 60, 'lost')
  const server = await mailServer({
    onData: taking(async () => {
      server.cut()
      return 'silence'
    }),
  })
  const transport = await over(server.url)
  const mailing_id = await plan('lost')
  await toTheEnd(transport, mailing_id)
  const mailing = await db.selectFrom('mailing').select(['state', 'problem']).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(mailing).toEqual({ state: 'paused', problem: 'unknown' })
  const { unknown = 0, waiting = 0 } = await states(mailing_id)
  expect(unknown).toBeLessThanOrEqual(8 + transport.at_once)
  expect(waiting).toBeGreaterThan(0)
  const page = await (await world.as(organizer, [sendingRoutes]).get(`/mailings/${mailing_id}/send`)).text()
  expect(page).toContain('before the mail server answered')
  // Not by one press beside the others.
  expect(page).toMatch(/<summary[^>]*>Cancel for good<\/summary><form[^>]*send\/cancel"/)
  expect(page).not.toContain('The mail server said')
})

test('where what becomes of a mail cannot be kept, the run ends only after the others have ended', async () => {
  await addReaders(db, organization_id, 40, 'broken')
  const mailing_id = await plan('broken')
  let underway = 0
  let handed = 0
  const transport: BulkTransport = {
    at_once: 4,
    close: () => undefined,
    async send() {
      handed += 1
      if (handed === 2) throw new Error('broken')
      underway += 1
      await db.selectFrom('mailing').select('mailing_id').execute()
      underway -= 1
      return { result: 'sent', answer: '250 taken' }
    },
  }
  await expect(send(transport, mailing_id)).rejects.toThrow('broken')
  expect(underway).toBe(0)
  expect(handed).toBeLessThanOrEqual(8)
  const before = handed
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect(handed).toBe(before)
  expect(await states(mailing_id)).toEqual({ sent: 39, unknown: 1 })
})

test('an address that the mail server does not take is no try: its row says so, in words, and nothing is noted as sent', async () => {
  const [first = ''] = await addReaders(db, organization_id, 3, 'letters')
  await db.updateTable('person_email').set({ email: '독자@example.org' }).where('person_id', '=', first).execute()
  const server = await mailServer({ hideSMTPUTF8: true })
  const mailing_id = await plan('letters')
  expect(await send(await over(server.url), mailing_id)).toBeNull()
  expect(await states(mailing_id)).toEqual({ sent: 2, undeliverable: 1 })
  const row = (await rows(mailing_id)).find(({ state }) => state === 'undeliverable')
  expect(row).toMatchObject({ address: '독자@example.org', left_out_for: 'address_letters', tries: 0 })
  expect(server.received.map(({ to }) => to).toSorted()).toEqual(['letters2@example.org', 'letters3@example.org'])
  const page = await (await world.as(organizer, [sendingRoutes]).get(`/mailings/${mailing_id}/send`)).text()
  expect(page).toContain('The mail server does not take this address')
  expect(await db.selectFrom('person_mail').select('person_id').where('person_id', '=', first).execute()).toEqual([])
  expect(await db.selectFrom('mail_stop').select('reason').where('mailing_id', '=', mailing_id).execute()).toEqual([])
})

/** Nothing can be written to whoever this says. */
const unwritable =
  (whom: (first_name: string | null) => boolean): Prepare =>
  async (...given) => {
    const prepared = await ownTextsOf(...given)
    return (language, person, links) => {
      if (whom(person.first_name)) throw new Error('nothing can be written to them')
      return prepared(language, person, links)
    }
  }

test('whoever a mail cannot be made for has it in their row with the reason, the others get theirs, and the report says it', async () => {
  await addReaders(db, organization_id, 6, 'unmade')
  const mailing_id = await plan('unmade')
  const some = unwritable((name) => name === 'Reader3' || name === 'Reader4')
  expect(await send(outboxTransport(database.owner), mailing_id, 60_000, some)).toBeNull()
  expect(await states(mailing_id)).toEqual({ sent: 4, undeliverable: 2 })
  expect(await stateOf(mailing_id)).toBe('paused')
  const kept = (await rows(mailing_id)).find(({ address }) => address === 'unmade3@example.org')
  expect(kept).toMatchObject({ left_out_for: 'unwritten', answer: 'nothing can be written to them', tries: 0 })
  const browser = world.as(organizer, [sendingRoutes, mailingReportRoutes])
  const sending = await (await browser.get(`/mailings/${mailing_id}/send`)).text()
  expect(sending).toContain('unmade3@example.org')
  expect(sending).toContain('It could not be put together for this reader.')
  const report = await (await browser.get(`/mailings/${mailing_id}/report`)).text()
  expect(report).toMatch(/Cannot be delivered<\/dt><dd[^>]*>2</)
  expect(report).toContain('It could not be put together for this reader.')
  expect(sending).toContain('they have not got it')
  const noted = await db.selectFrom('person_mail').select('person_id').where('sent_to', 'like', 'unmade%').execute()
  expect(noted).toHaveLength(4)
  // Somebody has seen it: tried once more, for whom it cannot be made it goes on without.
  await turnMailing(db, organizer, mailing_id, 'resume', clock.now())
  expect(await send(outboxTransport(database.owner), mailing_id, 60_000, unwritable((name) => name === 'Reader4'))).toBeNull() // prettier-ignore
  expect(await states(mailing_id)).toEqual({ sent: 5, undeliverable: 1 })
  expect(await stateOf(mailing_id)).toBe('sent')
})

test('where it can be made for nobody the mailing is paused before all rows say so, and once mended everybody gets it', async () => {
  await addReaders(db, organization_id, 40, 'unmended')
  const mailing_id = await plan('unmended')
  const nobody = unwritable(() => true)
  expect((await send(outboxTransport(database.owner), mailing_id, 60_000, nobody))?.again_at).toBeDefined()
  const mailing = await db.selectFrom('mailing').select(['state', 'problem']).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(mailing).toEqual({ state: 'paused', problem: 'unwritten' })
  expect((await states(mailing_id)).waiting).toBeGreaterThan(20)
  const page = await (await world.as(organizer, [sendingRoutes]).get(`/mailings/${mailing_id}/send`)).text()
  expect(page).toContain('could not be put together for some readers')
  await turnMailing(db, organizer, mailing_id, 'resume', clock.now())
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect(await states(mailing_id)).toEqual({ sent: 40 })
})

test('nine readers it cannot be put together for hold it up once; those who were seen are passed by', async () => {
  await addReaders(db, organization_id, 30, 'nine')
  const mailing_id = await plan('nine')
  const nine = unwritable((name) => /^Reader[3-9]$|^Reader1[01]$/.test(name ?? ''))
  for (let turn = 0; turn < 3 && (await stateOf(mailing_id)) !== 'sent'; turn += 1) {
    if (turn > 0) await turnMailing(db, organizer, mailing_id, 'resume', clock.now())
    await send(outboxTransport(database.owner), mailing_id, 60_000, nine)
  }
  expect(await stateOf(mailing_id)).toBe('sent')
  expect(await states(mailing_id)).toEqual({ sent: 21, undeliverable: 9 })
})

test('a domain that refuses all for what we are pauses the mailing at the third, though others take theirs; mended, it goes to those too', async () => {
  const ids = await addReaders(db, organization_id, 20, 'refusing')
  for (const [at, person_id] of ids.entries())
    if (at % 2 === 0) await db.updateTable('person_email').set({ email: `refusing${at + 1}@big.example` }).where('person_id', '=', person_id).execute() // prettier-ignore
  let isRefusing = true
  const server = await mailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(isRefusing && address.endsWith('@big.example') ? refusal(550, '5.7.26 unauthenticated mail') : undefined),
  })
  const transport = await over(server.url)
  const mailing_id = await plan('refusing')
  await toTheEnd(transport, mailing_id)
  const mailing = () => db.selectFrom('mailing').select(['state', 'problem', 'refused_in_a_row']).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(await mailing()).toMatchObject({ state: 'paused' })
  expect((await mailing()).problem).toContain('5.7.26')
  const { failed = 0 } = await states(mailing_id)
  expect(failed).toBeGreaterThanOrEqual(3)
  expect((await mailing()).refused_in_a_row).toEqual({ 'big.example 3': failed })
  expect(await db.selectFrom('mail_stop').select('reason').where('mailing_id', '=', mailing_id).execute()).toEqual([])
  isRefusing = false
  await turnMailing(db, organizer, mailing_id, 'resume', clock.now())
  expect(await states(mailing_id)).not.toHaveProperty('failed')
  await toTheEnd(transport, mailing_id)
  expect(await states(mailing_id)).toEqual({ sent: 20 })
  expect((await mailing()).refused_in_a_row).toEqual({})
  expect(server.received).toHaveLength(20)
  // By its name it is known which of them a later report is of.
  expect(server.received.filter(({ message_id }) => /\.\d+\.r1@/.test(message_id))).toHaveLength(failed)
  expect(twice(server.received)).toEqual([])
})

test.each([
  [2, '5.7.26', false],
  [3, '5.7.26', true],
  [4, '5.7.515', false],
  [6, '5.7.25', true],
  [9, '5.7.25', false],
  [12, '5.7.25', true],
  [3, '5.7.1', false],
  [20, '5.7.1', true],
  [40, '554 refused', true],
])('the %ith refusal of a domain with %s pauses: %s', (count, answer, expected) => {
  expect(isTooOften(count, answer, '2026-11-29')).toBe(expected)
})

test('a mail server with a certificate nobody vouches for gets nothing; the mailing pauses, and its page says why', async () => {
  await addReaders(db, organization_id, 3, 'certified')
  const server = await mailServer()
  const transport = await over(server.url.replace('&tls.rejectUnauthorized=false', ''))
  const mailing_id = await plan('certified')
  await send(transport, mailing_id)
  const mailing = await db.selectFrom('mailing').select(['state', 'problem']).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(mailing).toEqual({ state: 'paused', problem: 'certificate' })
  expect(server.received).toEqual([])
  expect((await rows(mailing_id)).every(({ state, tries }) => (state === 'waiting' || state === 'deferred') && tries === 0)).toBe(true) // prettier-ignore
  const page = await (await world.as(organizer, [sendingRoutes]).get(`/mailings/${mailing_id}/send`)).text()
  expect(page).toContain('Nobody vouches for the certificate of the mail server')
  expect(page).toMatch(/certificate has expired|self.signed certificate/)
})

test('a server that will not have us pauses the mailing and says why', async () => {
  await addReaders(db, organization_id, 3, 'barred')
  const server = await mailServer({ onMailFrom: (_address, _session, done) => done(refusal(550, '5.7.1 sender not allowed')) }) // prettier-ignore
  const mailing_id = await plan('barred')
  await send(await over(server.url), mailing_id)
  const mailing = await db.selectFrom('mailing').select(['state', 'problem']).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(mailing.state).toBe('paused')
  expect(mailing.problem).toContain('sender not allowed')
  expect(await states(mailing_id)).not.toHaveProperty('failed')
})

test('whoever opts out while it is sent gets it no more, though their row was already picked', async () => {
  await addReaders(db, organization_id, 40, 'stop')
  const reader = world.as(null, [readerRoutes])
  let asked: Promise<Response> | null = null
  let took_ms = 0
  const stop = async (n: number): Promise<Response> => {
    const from = performance.now()
    // The company of the mail program sends it: no origin of ours, no cookie.
    const answer = await reader.post(readerPath(secret, { organization_id, mailing_id, n }), { 'List-Unsubscribe': 'One-Click' }, { origin: 'https://mail.example.com', 'sec-fetch-site': 'cross-site' }) // prettier-ignore
    took_ms = performance.now() - from
    return answer
  }
  const received: Received[] = []
  const server = await mailServer({
    onData: taking(async (to, content) => {
      received.push(receivedFrom(to, content))
      asked ??= stop(last.n)
      expect((await asked).status).toBe(200)
      return undefined
    }),
  })
  const transport = await over(server.url)
  const mailing_id = await plan('stop')
  await send(transport, mailing_id, 0)
  const last = (await rows(mailing_id)).at(-1) ?? { n: 0, address: '' }
  expect(await send(transport, mailing_id)).toBeNull()
  expect(took_ms).toBeLessThan(1000)
  expect(received.map(({ to }) => to)).not.toContain(last.address)
  expect(await states(mailing_id)).toEqual({ sent: 39, left_out: 1 })
  const kept = await db.selectFrom('consent').select(['is_given', 'evidence']).where('channel', '=', 'email').execute()
  expect(kept).toEqual([{ is_given: false, evidence: 'one click in the mail program: For tag:stop' }])
  const next = await plan('stop')
  expect(await send(outboxTransport(database.owner), next)).toBeNull()
  expect(await rows(next)).toHaveLength(39)
})

test('whoever was put together with somebody who opted out after the list was made gets nothing', async () => {
  const [merged = '', kept = ''] = await addReaders(db, organization_id, 2, 'merge')
  const mailing_id = await plan('merge')
  await send(outboxTransport(database.owner), mailing_id, 0)
  await recordConsent(db, organizer, kept, { channel: 'email', is_given: false, evidence: 'said so' })
  await mergePeople(db, organizer, kept, merged, [])
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect(await states(mailing_id)).toEqual({ left_out: 2 })
})

test('of two who are put together while it is sent, whoever had it already gets it no second time', async () => {
  const [one = '', other = ''] = await addReaders(db, organization_id, 2, 'double')
  // What other e-mails gave the domain in the last minute counts.
  clock.advance(2)
  const mailing_id = await plan('double', { per_minute: 1 })
  await send(outboxTransport(database.owner), mailing_id)
  expect(await states(mailing_id)).toEqual({ sent: 1, waiting: 1 })
  const had = (await rows(mailing_id)).find(({ state }) => state === 'sent')?.person_id === one ? one : other
  await mergePeople(db, organizer, had === one ? other : one, had, [])
  clock.advance(2)
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect(await states(mailing_id)).toEqual({ sent: 1, left_out: 1 })
  expect((await rows(mailing_id)).find(({ state }) => state === 'left_out')?.left_out_for).toBe('same_mailbox')
})

test('of two who were put together before any of it went out, one gets it', async () => {
  const [one = '', other = ''] = await addReaders(db, organization_id, 2, 'before')
  const mailing_id = await plan('before')
  await send(outboxTransport(database.owner), mailing_id, 0)
  await mergePeople(db, organizer, one, other, [])
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect(await states(mailing_id)).toEqual({ sent: 1, left_out: 1 })
})

test('paused it stops at once, and goes on without anybody twice; canceled it stays', async () => {
  await addReaders(db, organization_id, 60, 'pause')
  const received: Received[] = []
  let isPaused = false
  /** Until the pause stood; from then on only those end that were with the mail server. */
  let before = 0
  let paused_at = 0
  let last_at = 0
  const server = await mailServer({
    onData: taking(async (to, content) => {
      received.push(receivedFrom(to, content))
      last_at = performance.now()
      if (received.length === 5 && !isPaused) {
        isPaused = true
        paused_at = performance.now()
        await turnMailing(db, organizer, mailing_id, 'pause', clock.now())
        before = received.length
      }
      return undefined
    }),
  })
  const transport = await over(server.url)
  const mailing_id = await plan('pause')
  expect(await send(transport, mailing_id)).toBeNull()
  expect(received.length).toBeLessThanOrEqual(before + transport.at_once)
  expect(received.length).toBeLessThan(60)
  expect(last_at - paused_at).toBeLessThan(1000)
  await turnMailing(db, organizer, mailing_id, 'resume', clock.now())
  expect(await send(transport, mailing_id)).toBeNull()
  expect(received).toHaveLength(60)
  expect(twice(received)).toEqual([])
  const other = await plan('pause')
  await turnMailing(db, organizer, other, 'cancel', clock.now())
  expect(await send(transport, other)).toBeNull()
  expect(received).toHaveLength(60)
  expect(await stateOf(other)).toBe('canceled')
})

test('what became of a mailbox during a pause counts when it goes on: a stranger’s, one that was only claimed, one given up', async () => {
  const [wrong = '', claimed = '', moved = '', bouncing = ''] = await addReaders(db, organization_id, 5, 'aside')
  const mailing_id = await plan('aside')
  await send(outboxTransport(database.owner), mailing_id, 0)
  await turnMailing(db, organizer, mailing_id, 'pause', clock.now())
  await db.updateTable('person_email').set({ quality: 'wrong' }).where('person_id', '=', wrong).execute()
  await db.updateTable('person_email').set({ claimed_at: clock.now() }).where('person_id', '=', claimed).execute()
  await db.deleteFrom('person_email').where('person_id', '=', moved).execute()
  await saveEmail(db, organizer, moved, { email: 'elsewhere@example.org', quality: 'good', is_preferred: true })
  await db.updateTable('person_email').set({ quality: 'bouncing' }).where('person_id', '=', bouncing).execute()
  await turnMailing(db, organizer, mailing_id, 'resume', clock.now())
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect(Object.fromEntries((await rows(mailing_id)).map(({ person_id, left_out_for }) => [person_id, left_out_for]))).toMatchObject({
    [wrong]: 'bounced', [claimed]: 'unchecked', [moved]: 'no_address', [bouncing]: 'bounced',
  })
  expect(await states(mailing_id)).toEqual({ sent: 1, left_out: 4 })
}) // prettier-ignore

/** Numbers that only look like chance: a run that fails can be run again. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

test.each([11, 29])(
  'killed at any moment, again and again (%i), it reaches everybody but those who stop meanwhile: nobody twice, and the few in doubt are named',
  async (seed) => {
    const [many, kills_most, stops_most] = [150, 3, 10]
    const random = chance(seed)
    const tag = `kill${seed}`
    await addReaders(db, organization_id, many, tag)
    const reader = world.as(null, [readerRoutes])
    const received: Received[] = []
    /** Who stopped before anything of it was on its way to them. */
    const stopped = new Set<string>()
    let asked = 0
    const stop = async (mailing_id: string): Promise<void> => {
      asked += 1
      const all = await rows(mailing_id)
      const waiting = all.filter(({ state, address }) => state === 'waiting' && !stopped.has(address))
      const one = waiting[Math.floor(random() * waiting.length)]
      if (!one) return
      const answer = await reader.post(readerPath(secret, { organization_id, mailing_id, n: one.n }), { 'List-Unsubscribe': 'One-Click' }, { origin: 'https://mail.example.com', 'sec-fetch-site': 'cross-site' }) // prettier-ignore
      expect(answer.status).toBe(200)
      // Locked: a sender that took it as the stop came may not have said so yet.
      const { rows: [row] } = await sql<{ state: string }>`select state from mail_delivery where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid and n = ${one.n} for update`.execute(database.owner) // prettier-ignore
      if (row?.state === 'waiting' || row?.state === 'left_out') stopped.add(one.address)
    }
    let child: ReturnType<typeof spawn> | null = null
    let kills = 0
    let isDue = true
    const server = await mailServer({
      onData: taking(async (to, content) => {
        received.push(receivedFrom(to, content))
        if (asked < stops_most && random() < 0.1) await stop(mailing_id)
        if (kills < kills_most && isDue && random() < 0.08) {
          isDue = false
          kills += 1
          // Also between two answers, and between taking a row and handing it over.
          setTimeout(() => child?.kill('SIGKILL'), random() * 30)
        }
        return undefined
      }),
    })
    const mailing_id = await plan(tag)
    const { rows: named } = await sql<{ name: string }>`select current_database() as name`.execute(database.owner)
    const given = { name: named[0]?.name, socket: inject('socket'), organization_id, mailing_id, smtp_url: server.url, secret, now: clock.now() } // prettier-ignore
    for (let run = 0; run < kills_most + 3 && (await stateOf(mailing_id)) !== 'sent'; run += 1) {
      isDue = true
      child = spawn(process.execPath, [fileURLToPath(new URL('killed-sender.ts', import.meta.url)), JSON.stringify(given)], { stdio: ['ignore', 'ignore', 'inherit'] }) // prettier-ignore
      await once(child, 'exit')
    }
    expect(kills).toBeGreaterThanOrEqual(2)
    expect(await stateOf(mailing_id)).toBe('sent')
    expect(twice(received)).toEqual([])
    const all = await rows(mailing_id)
    const reached = new Set(received.map(({ to }) => to))
    const doubtful = new Set(all.filter(({ state }) => state === 'unknown').map(({ address }) => address))
    expect(all).toHaveLength(many)
    expect(
      all.filter(({ address }) => !reached.has(address) && !doubtful.has(address) && !stopped.has(address)),
    ).toEqual([])
    expect(doubtful.size).toBeLessThanOrEqual(kills * 8)
    expect(stopped.size).toBeGreaterThan(3)
    expect([...stopped].filter((address) => reached.has(address))).toEqual([])
    expect(all.filter(({ address }) => stopped.has(address)).map(({ state }) => state)).toEqual(
      [...stopped].map(() => 'left_out'),
    )
  },
  300_000,
) // each process begins anew

test('the database goes away again and again while it is sent: everybody gets it, nobody twice, and no row is in doubt', async () => {
  const many = 120
  await addReaders(db, organization_id, many, 'restart')
  const { rows: named } = await sql<{ name: string }>`select current_database() as name`.execute(database.owner)
  const admin = new pg.Client({ host: inject('socket'), user: 'postgres', database: 'postgres' })
  await admin.connect()
  onTestFinished(() => admin.end())
  let cuts = 0
  const server = await mailServer({
    onData: taking(async (to, content) => {
      server.received.push(receivedFrom(to, content))
      if (server.received.length % 25 === 0) {
        cuts += 1
        // Every connection to it ends, whatever it was doing, as when PostgreSQL is started anew.
        await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [named[0]?.name])
      }
      return undefined
    }),
  })
  const transport = await over(server.url)
  const mailing_id = await plan('restart')
  const problems: unknown[] = []
  while ((await asked(() => stateOf(mailing_id))) !== 'sent') await send(transport, mailing_id).catch((problem: unknown) => problems.push(problem)) // prettier-ignore
  expect(problems.length).toBeGreaterThan(0)
  expect(cuts).toBeGreaterThanOrEqual(4)
  expect(twice(server.received)).toEqual([])
  expect(server.received).toHaveLength(many)
  expect(await states(mailing_id)).toEqual({ sent: many })
  const noted = await db.selectFrom('person_mail').select('sent_to').where('sent_to', 'like', 'restart%').execute()
  expect(new Set(noted.map(({ sent_to }) => sent_to)).size).toBe(noted.length)
  expect(noted).toHaveLength(many)
})

/** Asked until there is an answer: a connection that ended is known to have ended by asking. */
async function asked<T>(question: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await question()
    } catch (problem) {
      if (tries === 50) throw problem
    }
  }
}

test('no more than so many a minute go to one domain', async () => {
  await addReaders(db, organization_id, 10, 'paced')
  clock.advance(2)
  const mailing_id = await plan('paced', { per_minute: 4 })
  const counts: number[] = []
  for (let minute = 0; minute < 3; minute += 1) {
    await send(outboxTransport(database.owner), mailing_id)
    counts.push((await states(mailing_id)).sent ?? 0)
    clock.advance(1.1)
  }
  expect(counts).toEqual([4, 8, 10])
})

test('no more than so many a minute go to one domain of two e-mails together, though both are under way at once', async () => {
  await addReaders(db, organization_id, 6, 'together')
  clock.advance(2)
  const [one, other] = [await plan('together', { per_minute: 4 }), await plan('together', { per_minute: 4 })]
  const counts: number[] = []
  const isDone = async (mailing_id: string) => (await stateOf(mailing_id)) === 'sent'
  for (let left = [one, other]; left.length > 0 && counts.length < 8;) {
    await Promise.all(left.map((mailing_id) => send(outboxTransport(database.owner), mailing_id)))
    const sent = [await states(one), await states(other)].map((each) => each.sent ?? 0)
    counts.push(sent.reduce((sum, each) => sum + each, 0))
    clock.advance(1.1)
    const done = await Promise.all(left.map(isDone))
    left = left.filter((_, at) => !done[at])
  }
  expect(counts.map((count, at) => count - (counts[at - 1] ?? 0)).every((each) => each <= 4)).toBe(true)
  expect(counts.at(-1)).toBe(12)
})

test.each([
  ['2026-11-23T17:00:00Z', '09:00', '20:00', null],
  ['2026-11-23T12:30:00Z', '09:00', '20:00', '2026-11-23T14:00:00.000Z'],
  ['2026-11-24T02:00:00Z', '09:00', '20:00', '2026-11-24T14:00:00.000Z'],
  ['2026-11-24T02:00:00Z', '20:00', '02:00', null],
])('at %s, between %s and %s in New York, it begins %s', (now, window_starts, window_ends, begins) => {
  const at = opensAt({ window_starts, window_ends }, 'America/New_York', new Date(now))
  expect(at?.toISOString() ?? null).toBe(begins)
})

test('hours of sending that are equal are no hours, and people chosen meanwhile are counted anew', async () => {
  await addReaders(db, organization_id, 2, 'counted')
  const form = { count: '2', window_starts: '09:00', window_ends: '09:00' }
  expect(SendForm.safeParse(form).error?.issues[0]).toMatchObject({ path: ['window_ends'], message: 'sending.window_same' }) // prettier-ignore
  expect(SendForm.safeParse({ ...form, window_ends: '10:00' }).success).toBe(true)
  const mailing_id = await plan('counted', { expression: 'has:email' })
  expect(await stateOf(mailing_id)).toBe('draft')
})

test('a day there is not, or one that has gone by, is refused where it is typed', async () => {
  for (const at of ['2026-02-31T10:00', '2026-13-40T99:99', '2026-12-01T10:00Z'])
    expect(SendForm.safeParse({ count: '1', at }).success).toBe(false)
  expect(SendForm.parse({ count: '1', at: '2028-02-29T10:00' }).at).toBe('2028-02-29T10:00')
  await addReaders(db, organization_id, 1, 'past')
  const mailing_id = await plan('past')
  await turnMailing(db, organizer, mailing_id, 'pause', clock.now())
  await db.updateTable('mailing').set({ state: 'draft' }).where('mailing_id', '=', mailing_id).execute()
  const sent = await world.as(organizer, [sendingRoutes]).post(`/mailings/${mailing_id}/send`, { count: '1', at: '2020-01-01T10:00' }) // prettier-ignore
  expect(sent.status).toBe(422)
  expect(await stateOf(mailing_id)).toBe('draft')
})

test('a test goes out once: the page that says so sends none when it is read again', async () => {
  await addReaders(db, organization_id, 1, 'trial')
  const mailing_id = await plan('trial')
  const browser = world.as(organizer, [sendingRoutes])
  await turnMailing(db, organizer, mailing_id, 'pause', clock.now())
  await db.updateTable('mailing').set({ state: 'draft' }).where('mailing_id', '=', mailing_id).execute()
  const sent = await browser.post(`/mailings/${mailing_id}/send/test`, { to: 'me@example.org', language: 'en' })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `/mailings/${mailing_id}/send?tested`])
  expect(await (await browser.get(`/mailings/${mailing_id}/send?tested`)).text()).toContain('The test was sent.')
})

test('of everybody who is meant it is said why they do not get it', async () => {
  const [first = '', second = '', third = '', fourth = ''] = await addReaders(db, organization_id, 5, 'why')
  await recordConsent(db, organizer, first, { channel: 'email', is_given: false, evidence: 'said so' })
  await db.updateTable('person').set({ deceased_at: clock.now() }).where('person_id', '=', second).execute()
  await db.deleteFrom('person_email').where('person_id', '=', third).execute()
  await db.deleteFrom('person_email').where('person_id', '=', fourth).execute()
  await saveEmail(db, organizer, fourth, { email: 'why5@example.org', quality: 'good', is_preferred: false })
  const mailing_id = await plan('why')
  expect(await send(outboxTransport(database.owner), mailing_id)).toBeNull()
  expect((await rows(mailing_id)).map(({ address }) => address)).toEqual(['why5@example.org'])
})

test('what a colleague changed after the page was opened does not go out unread; a test is told in the activity log', async () => {
  await addReaders(db, organization_id, 1, 'unread')
  const mailing_id = await planned(db, organizer, 'tag:unread', clock.now())
  await db.updateTable('mailing').set({ state: 'draft', scheduled_at: null }).where('mailing_id', '=', mailing_id).execute()
  const browser = world.as(organizer, [sendingRoutes])
  const here = `/mailings/${mailing_id}/send`
  const hash = /name="hash" value="([0-9a-f]{64})"/.exec(await (await browser.get(here)).text())?.[1] ?? ''
  const { content } = await db.selectFrom('mailing').select('content').where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow()
  await db.updateTable('mailing').set({ content: JSON.stringify({ ...(content as object), preheader: { en: 'Others', ko: '다른 말' } }) }).where('mailing_id', '=', mailing_id).execute()
  const late = await browser.post(here, { count: '1', hash })
  expect(late.status).toBe(422)
  expect(await late.text()).toContain('Somebody changed it since you opened this page')
  const again = /name="hash" value="([0-9a-f]{64})"/.exec(await (await browser.get(here)).text())?.[1] ?? ''
  expect((await browser.post(here, { count: '1', hash: again })).status).toBe(303)
  expect((await browser.post(`${here}/test`, { to: 'me@example.org', language: 'ko' })).status).toBe(303)
  const told = await database.ownerPool.query<{ after: unknown }>("select after from audit_entry where subject_id = $1 and action = 'mailing.test'", [mailing_id])
  expect(told.rows).toEqual([{ after: { sent_to: 'me@example.org' } }])
}) // prettier-ignore

test('why a row may not go is worked out once, though the order names it too', async () => {
  const of = { organization_id, mailing_id: crypto.randomUUID(), topic_id: null, lane: 'non_partisan' } as const
  const { rows: plan } = await sql<Record<string, string>>`explain ${whyNow(of, '2026-11-23', sql`d.n = any('{1,2}')`)}`.execute(db) // prettier-ignore
  const lines = plan.flatMap((line) => Object.values(line))
  expect(lines.filter((line) => / on suppression /.test(line))).toHaveLength(1)
})

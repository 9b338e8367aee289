import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { makeWorld } from '../../platform/testing/world.ts'
import { recordAttempt } from '../contacts/commands.ts'
import { createPerson } from '../people/commands.ts'
import { PersonForm } from '../people/schema.ts'
import { addFollowUp, assignFollowUps, solveFollowUp } from '../phonebanks/follow-ups/commands.ts'
import { changeWebhook, createWebhook, replayDeliveries } from './commands.ts'
import { deliverDue, startDeliveries } from './deliver.ts'
import { webhooks } from './queries.ts'
import { isInside } from '../../platform/http/outside.ts'
import { nextTry, pauses_s, problemOf, signature, type Problem } from './rules.ts'
import { webhookRoutes } from './routes.tsx'
import { webhookData, webhookEvents, type WebhookEvent } from './schema.ts'

const world = await makeWorld()
const { ours, theirs, installation } = world
const { clock } = installation
const db = installation.database.of(ours.organization_id)
const setup = { owner: installation.database.owner, now: () => clock.now(), allow_private: true }

interface Got {
  headers: IncomingMessage['headers']
  body: string
}
const got: Got[] = []
/** Whatever a message holds that the description of the API does not say. */
const wrong: unknown[] = []
let answers: (number | 'hang up')[] = []
const receiver: Server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => void (body += String(chunk)))
  request.on('end', () => {
    got.push({ headers: request.headers, body })
    const { type, data } = JSON.parse(body) as { type: WebhookEvent; data: unknown }
    wrong.push(...(z.strictObject(webhookData[type].shape).safeParse(data).error?.issues ?? []))
    const answer = answers.shift() ?? 204
    if (answer === 'hang up') request.socket.destroy()
    else response.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end()
  })
})
await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening))
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hanpyo`
afterAll(() => void receiver.close())

afterEach(() => {
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong))
})

beforeEach(async () => {
  got.length = 0
  answers = []
  await setup.owner.deleteFrom('webhook_delivery').execute()
  await setup.owner.deleteFrom('webhook').execute()
  // Rows made by the database's clock are due by ours.
  clock.set(new Date().toISOString())
  clock.advance(1)
})

const someone = (name: string) =>
  createPerson(db, ours.organizer, PersonForm.parse({ last_name: name }), 'test').then(({ person_id }) => person_id)
const spoke = (person_id: string) =>
  recordAttempt(
    db,
    ours.organizer,
    {
      attempt_id: randomUUID(),
      voter_id: null,
      person_id,
      channel: 'phone',
      disposition: 'refused',
      attempted_at: clock.now(),
      phone: null,
      language: null,
      spoke_with: null,
      note: 'will vote anyway',
      made_by: 'Grace',
      answers: {},
    },
    clock.now(),
  )
const stored = () =>
  setup.owner
    .selectFrom('webhook_delivery')
    .select(['event', 'state', 'attempts', 'last_status', 'last_problem', 'next_at'])
    .execute()

describe('rules', () => {
  test('the signature is the one of the published example', () => {
    // Standard Webhooks specification: secret, id, timestamp and payload of its reference libraries' tests.
    const body = '{"test": 2432232314}'
    expect(signature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, body)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    )
  })

  test('pauses grow, and after the last there is no further try', () => {
    const now = new Date('2026-11-23T12:00:00Z')
    const times = [...pauses_s, 0].map((_, at) => nextTry(at + 1, now))
    expect(times[0]).toEqual(new Date('2026-11-23T12:00:10Z'))
    expect(times.at(-1)).toBeNull()
    expect([...pauses_s].toSorted((a, b) => a - b)).toEqual(pauses_s)
  })

  test.each([
    { last_status: 503, last_problem: 'HTTP 503', problem: 'status' },
    { last_problem: 'no answer in time', problem: 'timeout' },
    { last_problem: 'connect ECONNREFUSED 203.0.113.1:443', problem: 'unreachable' },
    { last_problem: 'getaddrinfo EAI_AGAIN hooks.example.org', problem: 'unreachable' },
    { last_problem: 'getaddrinfo ENOTFOUND hooks.example.org', problem: 'unknown_host' },
    { last_problem: 'self-signed certificate', problem: 'certificate' },
    { last_problem: 'socket hang up', problem: 'broken_off' },
    { last_problem: 'an address inside the own network', problem: 'inside' },
    { last_problem: 'Parse Error: Expected HTTP/', problem: 'other' },
    { last_problem: null, problem: null },
  ] satisfies { last_status?: number; last_problem: string | null; problem: Problem | null }[])(
    'why a message was not taken is told in words: $last_problem',
    ({ last_status = null, last_problem, problem }) => expect(problemOf({ last_status, last_problem })).toBe(problem),
  )

  test.each([
    ['127.0.0.1', true],
    ['10.1.2.3', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['192.168.1.1', true],
    ['169.254.169.254', true],
    ['100.64.0.1', true],
    ['8.8.8.8', false],
    ['::1', true],
    ['fd00::1', true],
    ['fe80::1', true],
    ['::ffff:127.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['::127.0.0.1', true],
    ['2002:7f00:1::', true],
    ['2606:4700::1111', false],
    ['not an address', true],
  ])('%s lies inside: %s', (address, inside) => expect(isInside(address)).toBe(inside))
})

test('what happens is told once, signed, without names or notes', async () => {
  await createWebhook(db, ours.organizer, { url, events: ['contact.recorded', 'person.created'] }, clock.now())
  const person_id = await someone('Kim')
  await spoke(person_id)
  expect(await deliverDue(setup)).toBe(2)
  expect(await deliverDue(setup)).toBe(0)
  const [{ secret } = { secret: '' }] = await webhooks(db, ours.organization_id)
  expect(got.map(({ body }) => (JSON.parse(body) as { type: string }).type).sort()).toEqual([
    'contact.recorded',
    'person.created',
  ])
  for (const { headers, body } of got) {
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    expect(body).not.toMatch(/Kim|vote anyway|Grace/)
  }
})

test('a follow-up is told when it comes up, is given to somebody, and is done', async () => {
  await createWebhook(
    db,
    ours.organizer,
    { url, events: ['follow_up.made', 'follow_up.assigned', 'follow_up.solved'] },
    clock.now(),
  )
  const person_id = await someone('Kim')
  await spoke(person_id)
  const { attempt_id } = await db
    .selectFrom('contact_attempt')
    .select('attempt_id')
    .where('person_id', '=', person_id)
    .executeTakeFirstOrThrow()
  const { organization_id, id: user_id, name: display_name, roles } = ours.organizer
  await db
    .insertInto('member')
    .values({ organization_id, user_id, display_name, roles: [...roles] })
    .execute()
  const task = { kind: 'ride', voter_id: null, person_id, attempt_id, note: 'At three' } as const
  await addFollowUp(db, ours.organizer, task, clock.now())
  const { follow_up_id } = await db.selectFrom('follow_up').select('follow_up_id').executeTakeFirstOrThrow()
  const given = { owner_id: ours.organizer.id, due_on: '2026-12-01' }
  expect(await assignFollowUps(db, ours.organizer, [follow_up_id], given, clock.now())).toEqual({ ok: true, count: 1 }) // prettier-ignore
  expect(await assignFollowUps(db, ours.organizer, [follow_up_id], given, clock.now())).toEqual({ ok: true, count: 0 }) // prettier-ignore
  await solveFollowUp(db, ours.organizer, follow_up_id, { solution: 'Mr. Han drives', release: 'call' }, clock.now())
  await deliverDue(setup)
  const told = got.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> })
  expect(told.map(({ type }) => type).sort()).toEqual(['follow_up.assigned', 'follow_up.made', 'follow_up.solved'])
  expect(told.find(({ type }) => type === 'follow_up.assigned')?.data).toMatchObject(given)
  for (const { body } of got) expect(body).not.toMatch(/At three|Han/)
})

test('nothing is written where nobody asks, and of another organization nothing is told', async () => {
  await someone('Lee')
  expect(await stored()).toEqual([])
  const other = installation.database.of(theirs.organization_id)
  await createWebhook(other, theirs.organizer, { url, events: [...webhookEvents] }, clock.now())
  await someone('Park')
  expect(await stored()).toEqual([])
})

test('what was not taken is tried again later with the same id, and counted', async () => {
  await createWebhook(db, ours.organizer, { url, events: ['person.created'] }, clock.now())
  await someone('Choi')
  answers = [500, 'hang up', 302, 204]
  for (let at = 0; at < 3; at++) {
    expect(await deliverDue(setup)).toBe(1)
    expect(await deliverDue(setup)).toBe(0)
    expect(await stored()).toMatchObject([{ state: 'waiting', attempts: at + 1 }])
    clock.advance(31)
  }
  await deliverDue(setup)
  expect(await stored()).toMatchObject([{ state: 'delivered', attempts: 4, last_status: 204 }])
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
})

test('after two days a message is dead, waits on the page, and can be sent again', async () => {
  const id = await createWebhook(db, ours.organizer, { url, events: ['person.created'] }, clock.now())
  await someone('Jung')
  answers = Array.from({ length: pauses_s.length + 1 }, () => 503)
  for (const pause of [0, ...pauses_s]) {
    clock.advance(pause / 60 + 1)
    await deliverDue(setup)
  }
  expect(await stored()).toMatchObject([{ state: 'dead', last_status: 503, attempts: pauses_s.length + 1 }])
  const read = async (path: string, language = 'en') =>
    (
      await world
        .as(ours.organizer, [webhookRoutes])
        .get(`/settings/webhooks/${id}${path}`, { cookie: `language=${language}` })
    ).text()
  const page = await read('')
  for (const said of ['Send all given up again', 'answered with 503', 'Given up 1']) expect(page).toContain(said)
  expect(await read('?state=dead', 'ko')).toContain('503 응답')
  expect(await read('?state=delivered')).toContain('There are none of these.')
  expect(await read('/remove')).toContain('1 message that waits or was given up is deleted with it.')
  expect(await replayDeliveries(db, ours.organizer, id, null, clock.now())).toBe(1)
  await deliverDue(setup)
  expect(await stored()).toMatchObject([{ state: 'delivered' }])
})

test('two processes at once send each message once; one that died with a message in hand leaves it to the other', async () => {
  await createWebhook(db, ours.organizer, { url, events: ['person.created'] }, clock.now())
  for (let at = 0; at < 40; at++) await someone(`Person${at}`)
  let sent = 0
  while (sent < 40) {
    const both = await Promise.all([deliverDue(setup), deliverDue(setup)])
    sent += both[0] + both[1]
    if (both[0] + both[1] === 0) break
  }
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(40)
  expect(got).toHaveLength(40)
  await someone('Last')
  await setup.owner
    .updateTable('webhook_delivery')
    .set({ next_at: new Date(clock.now().getTime() + 120_000) })
    .where('state', '=', 'waiting')
    .execute()
  expect(await deliverDue(setup)).toBe(0) // taken by the process that died
  clock.advance(3)
  expect(await deliverDue(setup)).toBe(1)
})

test('a receiver that says it is gone is paused; what happens meanwhile is kept', async () => {
  const id = await createWebhook(db, ours.organizer, { url, events: ['person.created'] }, clock.now())
  await someone('Han')
  answers = [410]
  await deliverDue(setup)
  expect((await webhooks(db, ours.organization_id))[0]?.paused_at).not.toBeNull()
  const read = async (said = '') =>
    (await world.as(ours.organizer, [webhookRoutes]).get(`/settings/webhooks/${id}${said}`)).text()
  expect(await read()).toContain('Paused: the receiver wants no more')
  const trail = await db.selectFrom('audit_entry').select('actor_kind').where('action', '=', 'webhook.pause').execute()
  expect(trail).toEqual([{ actor_kind: 'system' }])
  await someone('Yun')
  clock.advance(10)
  expect(await deliverDue(setup)).toBe(0)
  expect(await read('?done=replay')).toContain('Sending is paused')
  await changeWebhook(db, ours.organizer, id, 'resume', clock.now())
  expect(await deliverDue(setup)).toBe(2)
  expect(await read()).not.toContain('the receiver wants no more')
})

test('an address of the own network is refused when it is connected to, by number and by name', async () => {
  const closed = { ...setup, allow_private: false }
  await createWebhook(db, ours.organizer, { url, events: ['person.created'] }, clock.now())
  await createWebhook(
    db,
    ours.organizer,
    { url: url.replace('127.0.0.1', 'localhost'), events: ['person.created'] },
    clock.now(),
  )
  await createWebhook(
    db,
    ours.organizer,
    { url: url.replace('127.0.0.1', '[::ffff:127.0.0.1]'), events: ['person.created'] },
    clock.now(),
  )
  await someone('Min')
  expect(await deliverDue(closed)).toBe(3)
  expect(got).toEqual([])
  expect((await stored()).map(({ last_problem }) => last_problem)).toEqual(
    Array(3).fill('an address inside the own network'),
  )
})

test('with a webhook its messages go, and a message that is none is not taken for all', async () => {
  const id = await createWebhook(db, ours.organizer, { url, events: ['person.created'] }, clock.now())
  await someone('Baek')
  await setup.owner.updateTable('webhook_delivery').set({ state: 'dead' }).execute()
  const browser = world.as(ours.organizer, [webhookRoutes])
  await browser.post(`/settings/webhooks/${id}/replay`, { delivery: 'nonsense' })
  expect(await stored()).toMatchObject([{ state: 'dead' }])
  await browser.post(`/settings/webhooks/${id}/replay`, {})
  expect(await stored()).toMatchObject([{ state: 'waiting' }])
  await changeWebhook(db, ours.organizer, id, 'remove', clock.now())
  expect(await stored()).toEqual([])
})

describe('pages', () => {
  test.each(['ftp://example.org', 'example.org', 'https://user:pass@example.org/', 'javascript:alert(1)'])(
    '%s is refused, and what was typed is kept',
    async (typed) => {
      const answer = await world
        .as(ours.organizer, [webhookRoutes])
        .post('/settings/webhooks', { url: typed, 'events[]': ['person.created'] })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain(`value="${typed}"`)
    },
  )

  test.each([
    {
      language: 'en',
      says: ['Accept this first: the messages are about people.', 'Say a little more about the purpose.'],
    },
    { language: 'ko', says: ['사람에 관한 메시지이므로 먼저 동의해 주세요.', '목적을 조금 더 적어 주세요.'] },
  ])('about people only with purpose and the accepted limit on use ($language)', async ({ language, says }) => {
    const browser = world.as(ours.organizer, [webhookRoutes])
    const cookie = { cookie: `language=${language}` }
    const refused = await browser.post('/settings/webhooks', { url, 'events[]': ['person.created'], purpose: '명단' }, cookie) // prettier-ignore
    expect(refused.status).toBe(422)
    const page = await refused.text()
    for (const said of [...says, '3-103', '>명단</textarea>', `value="${url}"`]) expect(page).toContain(said)
    expect(await webhooks(db, ours.organization_id)).toEqual([])
    const ended = await browser.post('/settings/webhooks', { url, 'events[]': ['phone_bank.ended'] }, cookie)
    expect(ended.status).toBe(303)
    const [made] = await webhooks(db, ours.organization_id)
    expect(made).toMatchObject({ purpose: null, law_accepted_at: null })
    await browser.post(`/settings/webhooks/${made?.webhook_id}/remove`, {})
  })

  test('made, seen and removed by an organizer; another organization sees nothing of it', async () => {
    const browser = world.as(ours.organizer, [webhookRoutes])
    const accepted = { purpose: 'Volunteers of the November election, for our website', law: 'yes' }
    const wanted = { url, 'events[]': ['person.created', 'contact.recorded'], ...accepted }
    const made_at = (await browser.post('/settings/webhooks', wanted)).headers.get('location') ?? ''
    expect(await (await browser.get(made_at)).text(), 'of this machine: not sent').toContain(
      'Kept, but nothing is sent there',
    )
    const [made] = await webhooks(db, ours.organization_id)
    const path = `/settings/webhooks/${made?.webhook_id}`
    const shown = await (await browser.get(path)).text()
    expect(shown).toContain(made?.secret)
    expect(shown).toContain(`For: ${accepted.purpose}`)
    const trail = await db
      .selectFrom('audit_entry')
      .select('after')
      .where('action', '=', 'webhook.create')
      .where('subject_id', '=', made?.webhook_id ?? '')
      .executeTakeFirst()
    expect(trail?.after).toMatchObject({ purpose: accepted.purpose, law_accepted: true })
    expect((await world.as(theirs.organizer, [webhookRoutes]).get(path)).status).toBe(404)
    expect((await world.as(theirs.organizer, [webhookRoutes]).post(`${path}/remove`, {})).status).toBe(404)
    expect((await browser.post(`${path}/remove`, {})).status).toBe(303)
    expect(await webhooks(db, ours.organization_id)).toEqual([])
  })
})

test('a receiver that does not answer keeps only its own messages waiting', { timeout: 60_000 }, async () => {
  const held: ServerResponse[] = []
  const slow = createServer((_request, response) => void held.push(response))
  await new Promise<void>((listening) => slow.listen(0, '127.0.0.1', listening))
  const slowUrl = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`
  try {
    await createWebhook(db, ours.organizer, { url: slowUrl, events: ['person.created'] }, clock.now())
    for (let count = 0; count < 70; count++) await someone(`Kim ${count}`)
    await createWebhook(db, ours.organizer, { url, events: ['person.created'] }, clock.now())
    await someone('Park')
    clock.advance(1)
    const deliveries = startDeliveries(setup)
    await expect.poll(() => got.length, { timeout: 20_000 }).toBe(1)
    expect(held.length).toBeLessThanOrEqual(4)
    expect((await stored()).filter(({ state }) => state === 'delivered')).toHaveLength(1)
    for (const response of held) response.writeHead(204).end()
    await deliveries.stop()
  } finally {
    slow.closeAllConnections()
    slow.close()
  }
})

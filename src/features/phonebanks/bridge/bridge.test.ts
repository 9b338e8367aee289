import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { buildApp } from '../../../app/server.ts'
import { FakeTwilio } from '../../../platform/testing/fake-twilio.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import { dateIn } from '../../../platform/clock.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import '../../contacts/tables.ts'
import { savePhone } from '../../people/commands.ts'
import '../../organizations/tables.ts'
import '../../people/tables.ts'
import { serve } from '@hono/node-server'
import { workOff } from '../../../platform/testing/work-off.ts'
import { removeCaller } from '../callers/commands.ts'
import { changePhoneBank } from '../commands.ts'
import { phoneBank } from '../dashboard.ts'
import { draftLike } from '../rounds/repeating.ts'
import { letGoJob } from './jobs.ts'
import { addTestCaller, addVoters, makeBank, phoneOf, type TestBank, type TestCaller } from '../testing.ts'
import type { BridgeAnswer, BridgeState } from './schema.ts'
import type { CallCard } from '../schema.ts'
import './tables.ts'

const world = await makeWorld()
const { ours, theirs, installation } = world
const db = world.database.of(ours.organization_id)
const twilio = await FakeTwilio.start()

// The carrier reaches the application over real HTTP, as in the world outside.
const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const made = serve(
    {
      fetch: (request) => buildApp(installation, async () => ours.organizer).fetch(request),
      hostname: '127.0.0.1',
      port: 0,
    },
    ({ port }) => {
      installation.url = `http://127.0.0.1:${port}`
      resolve(made)
    },
  )
})
afterAll(async () => {
  await twilio.stop()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const organizations_number = '+17185550111'
const own_number = '718-555-0142'
await world.database.owner.updateTable('organization').set({ call_back_phone: organizations_number }).execute()

let used = 1000
beforeEach(() => {
  installation.config.twilio = twilio.account
  twilio.clear()
})

interface OnBridge {
  bank: TestBank
  caller: TestCaller
  card: CallCard
  phone: string
  get(): Promise<BridgeState>
  post(what: 'start' | 'dial' | 'hang-up' | 'end', body: unknown): Promise<{ status: number; body: BridgeAnswer }>
  dial(more?: Record<string, unknown>): Promise<BridgeAnswer>
}

/** A caller with a voter in hand; `joined`: their telephone is on the line. */
async function onBridge({
  joined = true,
  voters = 2,
  phones,
}: { joined?: boolean; voters?: number; phones?: string[] } = {}): Promise<OnBridge> {
  const ids = Array.from({ length: voters }, () => used++)
  await addVoters(
    world.database.owner,
    ids.map((voter_id) => (phones ? { voter_id, phones } : { voter_id })),
  )
  const bank = await makeBank(world, ours.organizer, ids, { way_of_calling: 'bridge' })
  const caller = await addTestCaller(world, ours.organizer, bank)
  const { turn } = await caller.next()
  const card = turn.cards[0]
  if (!card) throw new Error('nobody in hand')
  const headers = {
    cookie: `caller_${bank.phone_bank_id.slice(0, 8)}=${caller.token}`,
    'content-type': 'application/json',
    accept: 'application/json',
    'sec-fetch-site': 'same-origin',
  }
  const base = `${installation.url}/call/${bank.phone_bank_id}/bridge`
  const post: OnBridge['post'] = async (what, body) => {
    const answer = await fetch(`${base}/${what}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: (await answer.json()) as BridgeAnswer } // our own endpoint, which checks what it says
  }
  const phone = card.phones[0]?.phone ?? ''
  const made: OnBridge = {
    bank,
    caller,
    card,
    phone,
    get: async () => (await (await fetch(base, { headers })).json()) as BridgeState, // as above
    post,
    dial: async (more = {}) =>
      (await post('dial', { voter_id: card.voter_id, ticket: card.ticket, phone, ...more })).body,
  }
  if (joined) {
    await post('start', { phone: own_number, language: 'ko' })
    await twilio.deliver()
  }
  return made
}

const shifts = (bank: TestBank) =>
  db.selectFrom('bridge_shift').selectAll().where('phone_bank_id', '=', bank.phone_bank_id).execute()
const callsOf = async (bank: TestBank) => {
  const ids = (await shifts(bank)).map((each) => each.bridge_shift_id)
  return db.selectFrom('bridge_call').selectAll().where('bridge_shift_id', 'in', ids).execute()
}
const eventsOf = async (bank: TestBank) => {
  const ids = (await shifts(bank)).map((each) => each.bridge_shift_id)
  return db.selectFrom('carrier_event').selectAll().where('bridge_shift_id', 'in', ids).orderBy('received_at').execute()
}
const placed = () =>
  twilio.asked.filter(({ method, path }) => method === 'POST' && /(^\/Calls|Participants)\.json$/.test(path))

test('a caller is called once, presses 1, talks with a voter, goes on to the next and leaves', async () => {
  const line = await onBridge({ joined: false })
  // The number given at joining is offered to its owner, and is in no answer while the line is open.
  const { phone: joined_with } = await db.selectFrom('phone_bank_caller').select('phone').where('phone_bank_id', '=', line.bank.phone_bank_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(joined_with).toMatch(/^\+1/)
  expect(await line.get()).toMatchObject({ line: 'off', call: null, own_phone: joined_with })
  await line.post('start', { phone: own_number, language: 'ko' })
  expect(await line.get()).toMatchObject({ line: 'calling', own_phone: null })
  await twilio.deliver()
  expect(await line.get()).toMatchObject({ line: 'joined' })

  expect(await line.dial()).toMatchObject({ problem: null, state: { call: { state: 'dialing' } } })
  await twilio.deliver()
  expect(await line.get()).toMatchObject({ call: { voter_id: line.card.voter_id, state: 'answered', suggested: null } })
  expect((await line.post('hang-up', {})).body).toMatchObject({ problem: null, state: { call: { state: 'ended' } } })
  await twilio.deliver()

  // The result is the caller's; the bridge recorded none.
  expect(
    await db.selectFrom('contact_attempt').selectAll().where('phone_bank_id', '=', line.bank.phone_bank_id).execute(),
  ).toEqual([])
  const { turn } = await line.caller.record(line.card, { disposition: 'refused' })
  const second = turn.cards[0]
  const number = second?.phones[0]?.phone ?? ''
  twilio.rings(number, 'busy')
  await line.dial({ voter_id: second?.voter_id, ticket: second?.ticket, phone: number })
  await twilio.deliver()
  expect(await line.get()).toMatchObject({ line: 'joined', call: { state: 'busy', suggested: 'busy' } })

  expect((await line.post('end', {})).body).toMatchObject({ problem: null, state: { line: 'off', why_off: 'left' } })
  await twilio.deliver()
  expect(twilio.live).toEqual([])
  // The caller's telephone rang once; voters saw the organization's number.
  expect(placed().map(({ form }) => [form.To, form.From])).toEqual([
    ['+17185550142', organizations_number],
    [line.phone, organizations_number],
    [number, organizations_number],
  ])
  expect(placed().filter(({ form }) => form.MachineDetection || form.Record)).toEqual([])
})

test('the caller’s own number is kept only while they are on the line, and shown to nobody', async () => {
  const line = await onBridge()
  expect((await shifts(line.bank)).map((each) => each.caller_phone)).toEqual(['+17185550142'])
  expect(JSON.stringify(await line.get())).not.toContain('5550142')
  await line.post('end', {})
  expect((await shifts(line.bank)).map((each) => each.caller_phone)).toEqual([null])
  const said = await db
    .selectFrom('audit_entry' as never)
    .selectAll()
    .execute()
  expect(JSON.stringify(said)).not.toContain('5550142')
})

test.each([
  ['busy', 'busy', 'busy'],
  ['no_answer', 'no_answer', 'no_answer'],
  ['failed', 'failed', 'disconnected'],
  ['voicemail', 'answered', null],
] as const)(
  'a telephone that is %s: the page says %s and suggests %s, and nothing is recorded',
  async (how, state, suggested) => {
    const line = await onBridge()
    twilio.rings(line.phone, how)
    await line.dial()
    await twilio.deliver()
    expect((await line.get()).call).toMatchObject({ state, suggested })
    const target = await db
      .selectFrom('phone_bank_target')
      .select(['state', 'attempts'])
      .where('phone_bank_id', '=', line.bank.phone_bank_id)
      .where('voter_id', '=', line.card.voter_id)
      .executeTakeFirstOrThrow()
    expect(target).toEqual({ state: 'leased', attempts: 0 })
  },
)

test('pressed twice, or by two windows at once, one telephone rings', async () => {
  const line = await onBridge({ joined: false })
  const starts = await Promise.all([1, 2, 3].map(() => line.post('start', { phone: own_number, language: 'en' })))
  expect(starts.map(({ body }) => body.problem)).toEqual([null, null, null])
  expect(placed()).toHaveLength(1)
  await twilio.deliver()
  const dials = await Promise.all([1, 2, 3].map(() => line.dial()))
  expect(dials.map(({ problem }) => problem).toSorted()).toEqual(['call_going_on', 'call_going_on', null])
  expect(placed()).toHaveLength(2)
})

test('nobody is dialed before the caller is on the line', async () => {
  const line = await onBridge({ joined: false })
  expect((await line.dial()).problem).toBe('not_joined')
  await line.post('start', { phone: own_number, language: 'en' })
  expect((await line.dial()).problem).toBe('not_joined')
  expect(placed()).toHaveLength(1)
})

test('a voter who said no to somebody else a moment ago is not dialed', async () => {
  const line = await onBridge()
  await db
    .insertInto('suppression')
    .values({
      organization_id: ours.organization_id,
      voter_id: line.card.voter_id,
      reason: 'do_not_call',
      marked_by: 'somebody else',
      marked_at: installation.clock.now(),
    })
    .execute()
  expect((await line.dial()).problem).toBe('suppressed')
  expect(placed()).toHaveLength(1)
})

test('a number that must not be called is not dialed, whoever it belongs to', async () => {
  const line = await onBridge()
  await db
    .insertInto('suppression')
    .values({
      organization_id: ours.organization_id,
      phone: line.phone,
      reason: 'disconnected',
      marked_by: 'somebody else',
      marked_at: installation.clock.now(),
    })
    .execute()
  expect((await line.dial()).problem).toBe('suppressed')
  expect(placed()).toHaveLength(1)
})

test.each([
  ['another voter’s ticket', { ticket: 'x'.repeat(22) }, 'not_yours'],
  ['a voter never handed out', { voter_id: 1 }, 'not_yours'],
  ['a number of somebody else', { phone: '+12125550123' }, 'other_number'],
  ['an emergency number', { phone: '911' }, 'other_number'],
] as const)('%s is not dialed', async (_, more, problem) => {
  const line = await onBridge()
  expect((await line.dial(more)).problem).toBe(problem)
  expect(placed()).toHaveLength(1)
})

test.each([
  ['+19005551234', phoneOf(9901)],
  ['+18765550123', phoneOf(9902)],
  ['+442079460958', phoneOf(9903)],
])(
  'a number of a file that costs the organization too much, %s, is not dialed, nor where a list still has it',
  async (costly, other) => {
    const line = await onBridge({ voters: 1, phones: [costly, other] })
    expect(line.card.phones).toEqual([{ phone: other, kind: 'unknown' }])
    expect((await line.dial({ phone: costly })).problem).toBe('other_number')
    await world.database.owner.updateTable('phone_bank_target').set({ phones: [costly, other] })
      .where('voter_id', '=', line.card.voter_id).execute() // prettier-ignore
    expect((await line.dial({ phone: costly })).problem).toBe('costly_number')
    expect(placed()).toHaveLength(1)
  },
)

test('one that was written on the profile a moment ago is not dialed either; the number that was there still is', async () => {
  const line = await onBridge({ voters: 1 })
  const phone = '+19005551299'
  const said = { phone, kind: 'unknown', quality: 'good', is_preferred: true } as const
  await savePhone(db, ours.organizer, `v${line.card.voter_id}`, said)
  expect((await line.dial({ phone })).problem).toBe('other_number')
  expect(placed()).toHaveLength(1)
  expect((await line.dial()).problem).toBeNull()
  expect(placed()).toHaveLength(2)
})

test('a lease that ran out, closing hours and a pause are seen at the moment of dialing', async () => {
  const line = await onBridge()
  const bank = (set: Record<string, unknown>) =>
    db.updateTable('phone_bank').set(set).where('phone_bank_id', '=', line.bank.phone_bank_id).execute()
  await bank({ calling_starts: '03:00', calling_ends: '03:01' })
  expect((await line.dial()).problem).toBe('outside_hours')
  const today = dateIn('America/New_York', installation.clock.now())
  await bank({ calling_starts: '00:00', calling_ends: '23:59', quiet_days: [today] })
  expect((await line.dial()).problem, 'a quiet day of its own').toBe('outside_hours')
  await bank({
    quiet_days: [],
    weekdays: JSON.stringify(Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [day, null]))),
  })
  expect((await line.dial()).problem, 'no weekday is for calling').toBe('outside_hours')
  await bank({ weekdays: '{}', paused_at: new Date() })
  expect((await line.dial()).problem).toBe('closed')
  await bank({ paused_at: null, way_of_calling: 'own_phone' })
  expect((await line.dial()).problem).toBe('closed')
  await bank({ way_of_calling: 'bridge' })
  await db
    .updateTable('call_lease')
    .set({ leased_until: new Date(installation.clock.now().getTime() - 1000) })
    .where('voter_id', '=', line.card.voter_id)
    .execute()
  expect((await line.dial()).problem).toBe('not_yours')
  expect(placed()).toHaveLength(1)
})

test('a caller who was removed rings nobody any more', async () => {
  const line = await onBridge()
  await db
    .updateTable('phone_bank_caller')
    .set({ removed_at: new Date() })
    .where('caller_id', '=', line.caller.caller_id)
    .execute()
  expect(
    (await line.post('dial', { voter_id: line.card.voter_id, ticket: line.card.ticket, phone: line.phone })).status,
  ).toBe(401)
  expect(placed()).toHaveLength(1)
})

test.each(['the phone bank ends', 'the caller is removed'] as const)(
  '%s in the middle of a conversation: both telephones hang up at once',
  async (what) => {
    const line = await onBridge()
    await line.dial()
    await twilio.deliver()
    expect(twilio.live).toHaveLength(2)
    const now = installation.clock.now()
    const { phone_bank_id } = line.bank
    if (what === 'the phone bank ends') await changePhoneBank(db, ours.organizer, phone_bank_id, 'end', now)
    else await removeCaller(db, ours.organizer, phone_bank_id, line.caller.caller_id, now)
    await workOff(world, [letGoJob])
    expect(twilio.live).toEqual([])
    expect(await shifts(line.bank)).toMatchObject([{ state: 'ended', caller_phone: null }])
    expect((await callsOf(line.bank)).map((each) => each.state)).toEqual(['ended'])
  },
)

test('where the host wishes, a conversation is finished first; whoever talks with nobody is let go at once', async () => {
  const line = await onBridge()
  await line.dial()
  await twilio.deliver()
  await changePhoneBank(db, ours.organizer, line.bank.phone_bank_id, 'end_after_calls', installation.clock.now())
  await workOff(world, [letGoJob])
  expect(twilio.live).toHaveLength(2)
  expect((await line.dial()).problem).toBe('closed')
  twilio.hangsUp(line.phone)
  await twilio.deliver()
  expect(twilio.live).toEqual([])

  const idle = await onBridge()
  await changePhoneBank(db, ours.organizer, idle.bank.phone_bank_id, 'end_after_calls', installation.clock.now())
  await workOff(world, [letGoJob])
  expect(twilio.live).toEqual([])
})

test('a phone bank like it, the next week or copied, calls the same way', async () => {
  const { bank } = await onBridge({ joined: false })
  const like = draftLike(await phoneBank(db, ours.organization_id, bank.phone_bank_id), 7)
  expect(like.way_of_calling).toBe('bridge')
})

test('a webhook that is forged, changed or of another account finds nothing and changes nothing', async () => {
  const line = await onBridge()
  await line.dial()
  const [first] = twilio.take()
  if (!first) throw new Error('no webhook')
  const changed: [string, string][] = first.form.map(([name, value]) => [
    name,
    name === 'CallStatus' ? 'completed' : value,
  ])
  const { signatureOf } = await import('../../../platform/telephony/twilio-signature.ts')
  const right = signatureOf(twilio.account.auth_token, first.url, first.form)
  const before = await eventsOf(line.bank)
  expect((await twilio.send({ ...first, form: changed }, right)).status).toBe(404)
  expect((await twilio.send(first, '')).status).toBe(404)
  expect((await twilio.send(first, 'x')).status).toBe(404)
  expect((await twilio.send(first, signatureOf('another token', first.url, first.form))).status).toBe(404)
  const of_another = first.form.map(([name, value]): [string, string] => [
    name,
    name === 'AccountSid' ? `AC${'0'.repeat(32)}` : value,
  ])
  expect((await twilio.send({ ...first, form: of_another })).status).toBe(404)
  expect((await fetch(first.url, { method: 'POST', body: 'not a form \0 at all' })).status).toBe(404)
  expect(await eventsOf(line.bank)).toEqual(before)
  expect((await callsOf(line.bank)).map((each) => each.state)).toEqual(['dialing'])
})

test('webhooks twice, late and out of order end where they would have ended', async () => {
  const line = await onBridge()
  await line.dial()
  const [initiated, ringing, answered] = twilio.take()
  if (!initiated || !ringing || !answered) throw new Error('no webhooks')
  for (const each of [answered, ringing, answered, initiated, ringing]) {
    expect((await twilio.send(each)).status).toBe(204)
  }
  expect((await line.get()).call?.state).toBe('answered')
  twilio.hangsUp(line.phone)
  const [completed] = twilio.take()
  if (!completed) throw new Error('no webhook')
  await Promise.all([completed, completed, completed].map((each) => twilio.send(each)))
  await twilio.send(answered)
  await twilio.send(ringing)
  const [call] = await callsOf(line.bank)
  expect(call).toMatchObject({ state: 'ended' })
  const events = (await eventsOf(line.bank)).filter((each) => each.bridge_call_id === call?.bridge_call_id)
  expect(events.map(({ state, is_used }) => [state, is_used])).toEqual([
    ['in-progress', true],
    ['ringing', false],
    ['initiated', false],
    ['completed', true],
  ])
})

test('reports of a call that is over do not touch the next one', async () => {
  const line = await onBridge()
  await line.dial()
  const old = twilio.take()
  await line.post('hang-up', {})
  twilio.take()
  await line.dial()
  for (const each of old) await twilio.send(each)
  expect((await callsOf(line.bank)).map((each) => each.state).toSorted()).toEqual(['canceled', 'dialing'])
})

test('a signed report for the address of another call is kept but not used', async () => {
  const line = await onBridge()
  await line.dial()
  const [first] = twilio.take()
  if (!first) throw new Error('no webhook')
  const form = first.form.map(([name, value]): [string, string] => [
    name,
    name === 'CallSid' ? `CA${'1'.repeat(32)}` : name === 'CallStatus' ? 'completed' : value,
  ])
  expect((await twilio.send({ ...first, form })).status).toBe(204)
  expect((await line.get()).call?.state).toBe('dialing')
})

/** Somebody calls a number of the account, as Twilio tells it. */
const inbound = (from: string, more: Record<string, string> = {}, of = ours.organization_id) => {
  const url = `${installation.url}/telephony/twilio/${of}/inbound`
  const form: [string, string][] = Object.entries({
    AccountSid: twilio.account.account_sid,
    CallSid: `CA${randomBytes(16).toString('hex')}`,
    CallStatus: 'ringing',
    Direction: 'inbound',
    From: from,
    To: organizations_number,
    ...more,
  })
  return { url, form }
}

test('a voter calls the number back: they hear who called in both languages, and are called first; once, whatever Twilio repeats', async () => {
  const { bank, caller, card, phone } = await onBridge({ joined: false, voters: 1 })
  await caller.record(card, { disposition: 'left_message' }, { want: 0 })
  const stands = () =>
    db.selectFrom('phone_bank_target').select(['state', 'why']).where('voter_id', '=', card.voter_id).executeTakeFirst()
  const tasks = () =>
    db
      .selectFrom('follow_up')
      .select(['kind', 'voter_id', 'phone_bank_id', 'made_by', 'solved_at'])
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .execute()
  expect(await stands()).toEqual({ state: 'finished', why: 'left_message' })
  const call = inbound(phone)
  const heard = await Promise.all([call, call].map((each) => twilio.send(each)))
  heard.push(await twilio.send(call))
  for (const { status, body } of heard) {
    expect(status).toBe(200)
    expect(body).toMatch(/<Say language="en-US">You have reached .+ will call you back\. Thank you\.<\/Say>/)
    expect(body).toMatch(/<Say language="ko-KR">.+자원봉사자가 다시 전화드리겠습니다\. 감사합니다\.<\/Say><Hangup\/>/)
  }
  const task = { kind: 'return_call', voter_id: card.voter_id, phone_bank_id: bank.phone_bank_id, solved_at: null }
  expect(await tasks()).toEqual([{ ...task, made_by: formatPhone(phone) }])
  expect(await stands()).toEqual({ state: 'waiting', why: 'call_back' })
  // They call once more; late, Twilio tells that the first call is over.
  await twilio.send(inbound(phone))
  const over = call.form.map(([name, value]): [string, string] => [name, name === 'CallStatus' ? 'completed' : value])
  expect((await twilio.send({ ...call, form: over })).body).not.toContain('Say')
  expect(await tasks()).toHaveLength(1)
  const calls = await db.selectFrom('inbound_call').select('call_sid').where('voter_id', '=', card.voter_id).execute()
  expect(calls).toHaveLength(2)
  const why = await fetch(`${installation.url}/phonebanks/${bank.phone_bank_id}/voters/${card.voter_id}`)
  expect(await why.text()).toContain('Called our number:')
  const [again] = (await caller.next()).turn.cards
  expect(again?.voter_id).toBe(card.voter_id)
  // Talked with, they wait for nothing; that taken back, they do.
  const attempt_id = randomUUID()
  const done = async () =>
    db
      .selectFrom('follow_up')
      .select(['solved_at', 'solved_by', 'solved_attempt_id'])
      .where('voter_id', '=', card.voter_id)
      .execute()
  // Somebody else who says wrong number is nobody talked with.
  await db
    .insertInto('contact_attempt')
    .values({
      organization_id: ours.organization_id,
      attempt_id: randomUUID(),
      voter_id: card.voter_id,
      channel: 'phone',
      disposition: 'wrong_number',
      is_reached: true,
      made_by: 'Grace',
      attempted_at: installation.clock.now(),
    })
    .execute()
  expect(await done()).toEqual([{ solved_at: null, solved_by: null, solved_attempt_id: null }])
  await caller.record(again ?? card, { attempt_id, disposition: 'refused' }, { want: 0 })
  expect(await done()).toMatchObject([
    { solved_at: expect.any(Date), solved_by: 'Grace', solved_attempt_id: attempt_id },
  ])
  const list = await fetch(`${installation.url}/follow-ups?kind=return_call&state=solved`)
  expect(await list.text()).toContain('Talked with them since')
  const undone = await fetch(`${installation.url}/phonebanks/${bank.phone_bank_id}/attempts/${attempt_id}/undo`, {
    method: 'POST',
    headers: { origin: installation.url },
    redirect: 'manual',
  })
  expect(undone.status).toBe(303)
  expect(await done()).toEqual([{ solved_at: null, solved_by: null, solved_attempt_id: null }])
  const told = db
    .selectFrom('audit_entry')
    .select(['action', 'actor_name'])
    .where('action', 'in', ['follow_up.solve', 'follow_up.reopen'])
  expect(await told.orderBy('audit_id').execute()).toEqual([
    { action: 'follow_up.solve', actor_name: 'Grace' },
    { action: 'follow_up.reopen', actor_name: ours.organizer.name },
  ])
})

test('a call from nobody we called, from who must not be called, or to another number promises nothing; a forged one finds nothing', async () => {
  const { caller, card, phone } = await onBridge({ joined: false, voters: 1 })
  await caller.record(card, { disposition: 'do_not_call', spoke_with: 'voter' }, { want: 0 })
  const before = await db.selectFrom('follow_up').select('follow_up_id').execute()
  for (const from of [phone, '+12125550199', 'anonymous']) {
    const { body } = await twilio.send(inbound(from))
    expect(body).toContain('Thank you for calling.')
    expect(body).not.toContain('call you back')
  }
  for (const call of [
    inbound(phone, { To: '+17185550112' }),
    inbound(phone, { Direction: 'outbound-api' }),
    inbound(phone, {}, randomUUID()),
  ])
    expect((await twilio.send(call)).body).not.toContain('Say')
  expect((await twilio.send(inbound(phone), 'x')).status).toBe(404)
  expect((await twilio.send(inbound(phone, { AccountSid: `AC${'0'.repeat(32)}` }))).status).toBe(404)
  expect(await db.selectFrom('follow_up').select('follow_up_id').execute()).toEqual(before)
  const told = await db
    .selectFrom('inbound_call')
    .select(['phone', 'voter_id'])
    .where((eb) => eb.or([eb('phone', 'is', null), eb('phone', 'in', [phone, '+12125550199'])]))
    .orderBy('phone')
    .execute()
  expect(told).toEqual([
    { phone: '+12125550199', voter_id: null },
    { phone, voter_id: card.voter_id },
    { phone: null, voter_id: null },
  ])
  // Nothing of it is another organization's.
  expect(await world.database.of(theirs.organization_id).selectFrom('inbound_call').selectAll().execute()).toEqual([])
})

test('the caller hangs up in the middle: both are let go, and the page says how to go on', async () => {
  const line = await onBridge()
  await line.dial()
  await twilio.deliver()
  twilio.hangsUp('+17185550142')
  await twilio.deliver()
  expect(twilio.live).toEqual([])
  expect(await line.get()).toMatchObject({ line: 'off', why_off: 'hung_up', call: null })
  expect((await callsOf(line.bank)).map((each) => each.state)).toEqual(['ended'])
  expect((await line.post('start', { phone: own_number, language: 'en' })).body.state.line).toBe('calling')
})

test('the caller’s mailbox does not become a caller', async () => {
  const line = await onBridge({ joined: false })
  twilio.rings('+17185550143', 'voicemail')
  await line.post('start', { phone: '718-555-0143', language: 'en' })
  await twilio.deliver()
  expect(await line.get()).toMatchObject({ line: 'off', why_off: 'no_key' })
})

test('nobody answers the caller’s telephone', async () => {
  const line = await onBridge({ joined: false })
  twilio.rings('+17185550144', 'no_answer')
  await line.post('start', { phone: '718-555-0144', language: 'en' })
  await twilio.deliver()
  expect(await line.get()).toMatchObject({ line: 'off', why_off: 'not_reached' })
})

test('a key pressed after the shift was left joins nobody', async () => {
  const line = await onBridge({ joined: false })
  await line.post('start', { phone: own_number, language: 'en' })
  const answer = twilio.take().find((each) => each.url.includes('/answer'))
  if (!answer) throw new Error('nothing asked')
  await line.post('end', {})
  expect((await twilio.send(answer)).body).toContain('<Hangup/>')
  const key = {
    url: answer.url.replace(/answer.*/, 'key'),
    form: [...answer.form, ['Digits', '1'] as [string, string]],
  }
  expect((await twilio.send(key)).body).toContain('<Hangup/>')
  expect((await line.get()).line).toBe('off')
})

test.each(['', '911', '555', '900-555-0100', '+44 20 7946 0958', '876-555-0100', organizations_number, 'x'.repeat(40)])(
  'the bridge does not ring %j as a caller’s telephone',
  async (phone) => {
    const line = await onBridge({ joined: false })
    expect((await line.post('start', { phone, language: 'en' })).body.problem).toBe('bad_caller_phone')
    expect(placed()).toEqual([])
  },
)

test('nobody has telephones rung over and over', async () => {
  const line = await onBridge({ joined: false })
  for (let i = 0; i < 10; i++) {
    expect((await line.post('start', { phone: own_number, language: 'en' })).body.problem).toBeNull()
    await line.post('end', {})
  }
  expect((await line.post('start', { phone: own_number, language: 'en' })).body.problem).toBe('too_many_starts')
})

test.each([
  [{ status: 401, code: 20003 }, 'carrier_refused'],
  [{ status: 400, code: 21210 }, 'bad_caller_id'],
  [{ status: 400, code: 21211 }, 'bad_number'],
  [{ status: 429, code: 20429 }, 'carrier_refused'],
] as const)('Twilio says %o: the caller is told, and may try again', async (refusal, problem) => {
  const line = await onBridge()
  twilio.refusal = refusal
  expect(await line.dial()).toMatchObject({ problem, state: { call: { state: 'failed' } } })
  expect((await line.dial()).problem).toBeNull()
})

test('the answer is lost on the way: the call is found by its reports, and can be hung up', async () => {
  const line = await onBridge()
  twilio.loses_answer = true
  expect(await line.dial()).toMatchObject({ problem: 'carrier_silent', state: { call: { state: 'dialing' } } })
  expect((await line.dial()).problem).toBe('call_going_on')
  // Before any report: hung up by our own name for it.
  expect((await line.post('hang-up', {})).body.problem).toBeNull()
  expect(twilio.live).toEqual(['+17185550142'])
  twilio.take()
  twilio.loses_answer = true
  await line.dial()
  await twilio.deliver()
  expect((await line.get()).call?.state).toBe('answered')
  expect((await line.post('hang-up', {})).body.problem).toBeNull()
  expect(twilio.live).toEqual(['+17185550142'])
})

test('a call whose end nobody reported does not block the number for ever', async () => {
  const line = await onBridge()
  await line.dial()
  twilio.take()
  await db
    .updateTable('bridge_call')
    .set({ dialed_at: new Date(installation.clock.now().getTime() - 21 * 60_000) })
    .execute()
  expect((await line.dial()).problem).toBeNull()
})

test('with the page closed in the middle of a call nobody else gets that voter, nor right after it', async () => {
  const line = await onBridge({ voters: 1 })
  await line.dial()
  await twilio.deliver()
  const other = await addTestCaller(world, ours.organizer, line.bank)
  installation.clock.advance(15)
  expect((await other.next()).turn.cards).toEqual([])
  await line.post('hang-up', {})
  await twilio.deliver()
  installation.clock.advance(15)
  const { turn } = await other.next()
  expect(turn.cards).toEqual([])
  expect(turn.empty).toMatchObject({ reason: 'resting', count: 1 })
  // What was said still counts when the page comes back.
  const { recorded } = await line.caller.record(line.card, { disposition: 'refused' }, { want: 0 })
  expect(recorded?.outcome).toBe('recorded')
})

test('without a carrier, or a number to call back, nothing rings and the page says so', async () => {
  const line = await onBridge({ joined: false })
  installation.config.twilio = null
  expect(await line.get()).toMatchObject({ line: 'not_set_up' })
  expect((await line.post('start', { phone: own_number, language: 'en' })).body.problem).toBe('not_set_up')
  const page = await world
    .as(ours.organizer, (await import('../../../app/routes.ts')).routes)
    .get(`/phonebanks/${line.bank.phone_bank_id}`)
  expect(await page.text()).toContain('The bridge is not set up yet')
})

test('another organization sees and takes nothing of it', async () => {
  const line = await onBridge()
  await line.dial()
  const [first] = twilio.take()
  if (!first) throw new Error('no webhook')
  for (const table of ['bridge_shift', 'bridge_call', 'carrier_event'] as const) {
    expect(await world.database.of(theirs.organization_id).selectFrom(table).selectAll().execute()).toEqual([])
  }
  // Signed, but for a shift of ours under their name.
  const url = first.url.replace(ours.organization_id, theirs.organization_id)
  await twilio.send({ ...first, url })
  expect((await callsOf(line.bank)).map((each) => each.state)).toEqual(['dialing'])
})

test('no secret and no address of the carrier is in what callers are told', async () => {
  const line = await onBridge()
  const said = JSON.stringify([await line.get(), await line.dial()])
  expect(said).not.toContain(twilio.account.auth_token)
  expect(said).not.toContain(twilio.account.account_sid)
  expect(said).not.toMatch(/CA[0-9a-f]{32}/)
})

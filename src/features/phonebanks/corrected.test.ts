import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { mark } from '../people/commands.ts'
import { found } from '../../platform/errors.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { saveScript } from '../scripts/commands.ts'
import { currentVersion } from '../scripts/queries.ts'
import { callRoutes } from './call-routes.tsx'
import { undoAttempt, useScript } from './commands.ts'
import { keptRoutes } from './kept/routes.ts'
import type { CallCard, CallResult, MadeOutput, RecordOutput, UndoOutput } from './schema.ts'
import { addTestCaller, addVoters, makeBank, resultOf, testScript, type TestBank, type TestCaller } from './testing.ts'

const world = await makeWorld()
const { installation, ours } = world
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const nobody = world.as(null, [callRoutes, keptRoutes])
const now = () => installation.clock.now()
let last = 0

async function bankWith(count: number) {
  const ids = Array.from({ length: count }, () => ++last)
  await addVoters(
    installation.database.owner,
    ids.map((voter_id) => ({ voter_id })),
  )
  const bank = await makeBank(world, organizer, ids)
  const caller = await addTestCaller(world, organizer, bank)
  return { bank, caller }
}

const cookieOf = (bank: TestBank, caller: TestCaller) => ({
  cookie: `caller_${bank.phone_bank_id.slice(0, 8)}=${caller.token}`,
})
const post = (bank: TestBank, caller: TestCaller, to: string, body: object) =>
  nobody.postJson(`/call/${bank.phone_bank_id}/${to}`, body, cookieOf(bank, caller))
async function send(bank: TestBank, caller: TestCaller, result: CallResult, want = 0): Promise<RecordOutput> {
  const answer = await post(bank, caller, 'calls', { result, holding: [], want })
  expect(answer.status).toBe(200)
  return (await answer.json()) as RecordOutput
}
const made = async (bank: TestBank, caller: TestCaller, attempt_id: string) =>
  (await (await post(bank, caller, 'made', { attempt_id })).json()) as MadeOutput

async function inHand(caller: TestCaller): Promise<CallCard> {
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  return card
}
const correction = (card: CallCard, first: CallResult, more: Partial<CallResult>): CallResult => ({
  ...resultOf(card, now()),
  instead_of: { attempt_id: first.attempt_id, at: now().toISOString() },
  ...more,
})
const attempts = (bank: TestBank) =>
  db
    .selectFrom('contact_attempt')
    .select(['attempt_id', 'disposition', 'was_lost', 'undone_by'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .orderBy('recorded_at')
    .orderBy((eb) => eb('undone_at', 'is', null))
    .execute()
const target = (bank: TestBank, voter_id: number) =>
  db
    .selectFrom('phone_bank_target')
    .select(['state', 'why', 'attempts', 'phones'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirstOrThrow()

test('a caller corrects a result of their own: the first is taken back with all that followed, once however often it is sent', async () => {
  const { bank, caller } = await bankWith(3)
  const card = await inHand(caller)
  const first: CallResult = {
    ...resultOf(card, now()),
    disposition: 'do_not_call',
    spoke_with: 'voter',
    note: '다시 걸지 말라고 하심',
    follow_ups: [{ kind: 'ride', note: '' }],
  }
  await send(bank, caller, first)
  expect(await target(bank, card.voter_id)).toMatchObject({ state: 'suppressed', why: 'do_not_call' })
  expect((await made(bank, caller, first.attempt_id)).made).toMatchObject({
    card: { voter_id: card.voter_id, ticket: card.ticket },
    note: '다시 걸지 말라고 하심',
    follow_ups: [{ kind: 'ride', note: '' }],
    answers: {},
    result_code: null,
    call_back_at: null,
    spoke_with: 'voter',
  })

  const right = correction(card, first, { disposition: 'canvassed', answers: { support: 2, plan: true } })
  const [one, two] = await Promise.all([send(bank, caller, right), send(bank, caller, right)])
  const again = await send(bank, caller, right)
  expect([one, two, again].map(({ recorded }) => recorded.outcome).sort()).toEqual([
    'already_recorded',
    'already_recorded',
    'recorded',
  ])
  expect(await attempts(bank)).toEqual([
    { attempt_id: first.attempt_id, disposition: 'do_not_call', was_lost: false, undone_by: 'Grace' },
    { attempt_id: right.attempt_id, disposition: 'canvassed', was_lost: false, undone_by: null },
  ])
  expect(await target(bank, card.voter_id)).toMatchObject({ state: 'finished', why: 'canvassed', attempts: 1 })
  const marks = await db
    .selectFrom('suppression')
    .select('taken_back_at')
    .where('voter_id', '=', card.voter_id)
    .execute()
  expect(marks.every((each) => each.taken_back_at !== null)).toBe(true)
  expect(await db.selectFrom('follow_up').select('kind').where('voter_id', '=', card.voter_id).execute()).toEqual([])
  expect((await made(bank, caller, right.attempt_id)).made).toMatchObject({ answers: { support: 2, plan: true } })
  expect((await made(bank, caller, first.attempt_id)).problem).toBe('unknown')
  const trail = await db
    .selectFrom('audit_entry')
    .select(['actor_name', 'before', 'after'])
    .where('action', '=', 'contact.correct')
    .where('subject_id', '=', first.attempt_id)
    .execute()
  expect(trail).toEqual([
    {
      actor_name: 'Grace',
      before: { disposition: 'do_not_call', made_by: 'Grace', voter_id: card.voter_id },
      after: { disposition: 'canvassed', attempt_id: right.attempt_id },
    },
  ])
})

test('what was said with a result comes along when it is changed: whose call back and when, the language heard, its script', async () => {
  const { bank, caller } = await bankWith(2)
  const promised = await inHand(caller)
  const at = new Date(now().getTime() + 26 * 3_600_000).toISOString()
  const call_back: CallResult = {
    ...resultOf(promised, now()),
    disposition: 'call_back',
    call_back_at: at,
    is_call_back_mine: false,
  }
  await send(bank, caller, call_back)
  expect((await made(bank, caller, call_back.attempt_id)).made).toMatchObject({
    call_back_at: at,
    is_call_back_mine: false,
  })
  const mine = correction(promised, call_back, { disposition: 'call_back', call_back_at: at, is_call_back_mine: true })
  await send(bank, caller, mine)
  const { name, version, created_at } = found(await currentVersion(db, bank.script_id))
  const closing = { en: 'Good bye', ko: '안녕히 계세요' }
  const newer = { name, content: { ...testScript, closing } }
  await saveScript(db, organizer, bank.script_id, { version, saved_at: created_at }, newer, now())
  await useScript(db, organizer, bank.phone_bank_id, 'newest', now())
  expect((await made(bank, caller, mine.attempt_id)).made).toMatchObject({
    call_back_at: at,
    is_call_back_mine: true,
    script_version: version,
    card: { script_version: version + 1 },
  })

  const other = await inHand(caller)
  const handed_on: CallResult = { ...resultOf(other, now()), disposition: 'language_barrier', language: 'zh' }
  await send(bank, caller, handed_on)
  expect((await made(bank, caller, handed_on.attempt_id)).made).toMatchObject({ language: 'zh', result_name: null })
})

test('nobody is handed the voter while their result is corrected, and the corrected rest counts', async () => {
  const { bank, caller } = await bankWith(1)
  const other = await addTestCaller(world, organizer, bank, ['en', 'ko'], 'Sora')
  const card = await inHand(caller)
  const first: CallResult = { ...resultOf(card, now()), disposition: 'canvassed', answers: { support: 1 } }
  await send(bank, caller, first)
  const right = correction(card, first, { disposition: 'no_answer' })
  // Asked at the same moment, they are answered by the same transaction or by two that meet.
  const [corrected, asked] = await Promise.all([send(bank, caller, right, 1), other.next()])
  expect(corrected.recorded).toMatchObject({ outcome: 'recorded', was_lost: false })
  expect(corrected.turn.cards).toEqual([])
  expect(asked.turn.cards).toEqual([])
  expect((await other.next()).turn.cards).toEqual([])
  expect(await target(bank, card.voter_id)).toMatchObject({ state: 'waiting', why: 'resting', attempts: 1 })
})

test('a later call stays where it is: correcting an earlier one changes that one alone', async () => {
  const { bank, caller } = await bankWith(1)
  const card = await inHand(caller)
  const first = resultOf(card, now())
  await send(bank, caller, first)
  const later: CallResult = { ...resultOf(card, now()), disposition: 'canvassed', answers: { support: 4 } }
  await send(bank, caller, later)
  await send(bank, caller, correction(card, first, { disposition: 'busy' }))
  expect(await target(bank, card.voter_id)).toMatchObject({ state: 'finished', why: 'canvassed', attempts: 2 })
  expect(
    (await attempts(bank))
      .filter((each) => !each.undone_by)
      .map((each) => each.disposition)
      .sort(),
  ).toEqual(['busy', 'canvassed'])
})

test('what is not mine, was taken back or is older than the shift is refused with the reason, and stays as it was', async () => {
  const { bank, caller } = await bankWith(3)
  const other = await addTestCaller(world, organizer, bank, ['en', 'ko'], 'Sora')
  const card = await inHand(caller)
  const theirs = await inHand(other)
  const first = resultOf(card, now())
  const foreign = resultOf(theirs, now())
  await send(bank, caller, first)
  await send(bank, other, foreign)
  const refused = async (result: CallResult) => (await send(bank, caller, result)).recorded
  expect(await refused(correction(card, foreign, { disposition: 'busy' }))).toMatchObject({ problem: 'not_yours' })
  const wrong = correction(card, first, { disposition: 'canvassed', answers: { support: 9 } })
  expect(await refused(wrong)).toMatchObject({ outcome: 'refused', problem: 'wrong_answers' })
  const late = new Date(now().getTime() - 13 * 3_600_000)
  await db
    .updateTable('contact_attempt')
    .set({ recorded_at: late })
    .where('attempt_id', '=', first.attempt_id)
    .execute()
  expect(await refused(correction(card, first, { disposition: 'busy' }))).toMatchObject({ problem: 'too_late' })
  expect((await made(bank, caller, first.attempt_id)).problem).toBe('too_late')
  expect((await made(bank, caller, foreign.attempt_id)).problem).toBe('unknown')
  expect((await attempts(bank)).map((each) => each.undone_by)).toEqual([null, null])
  // Corrected within the shift on a device without a connection, which sends it only now.
  const at = new Date(now().getTime() - 2 * 3_600_000).toISOString()
  const kept = correction(card, first, { disposition: 'busy', instead_of: { attempt_id: first.attempt_id, at } })
  expect(await refused(kept)).toMatchObject({ outcome: 'recorded' })
  await undoAttempt(db, organizer, bank.phone_bank_id, kept.attempt_id, now())
  expect(await refused(correction(card, kept, { disposition: 'refused' }))).toMatchObject({ problem: 'taken_back' })
})

test('from a device without a connection the first and the corrected one come in order, also by the ticket alone', async () => {
  const { bank, caller } = await bankWith(2)
  const card = await inHand(caller)
  const first = resultOf(card, now())
  const right = correction(card, first, { disposition: 'refused' })
  const byTicket = async (result: CallResult) => {
    const answer = await nobody.postJson(`/call/${bank.phone_bank_id}/kept`, {
      caller_id: caller.caller_id,
      result,
      give_back: [],
    })
    return ((await answer.json()) as RecordOutput).recorded.outcome
  }
  expect([await byTicket(first), await byTicket(right), await byTicket(first), await byTicket(right)]).toEqual([
    'recorded',
    'recorded',
    'already_recorded',
    'already_recorded',
  ])
  expect(await target(bank, card.voter_id)).toMatchObject({ state: 'finished', why: 'refused', attempts: 1 })
  // The correction is dropped, and may have arrived: the first stands again, once however often that is sent.
  const back = correction(card, right, {
    attempt_id: randomUUID(),
    disposition: first.disposition,
    instead_of: { attempt_id: right.attempt_id, at: now().toISOString(), or: first.attempt_id },
  })
  expect([await byTicket(back), await byTicket(back), await byTicket(right)]).toEqual([
    'recorded',
    'already_recorded',
    'already_recorded',
  ])
  expect((await attempts(bank)).flatMap((each) => (each.undone_by ? [] : each.attempt_id))).toEqual([back.attempt_id])
  // It had not arrived, and comes later: it changes nothing any more.
  const late = correction(card, back, { attempt_id: randomUUID(), disposition: 'moved' })
  const again = {
    ...back,
    attempt_id: randomUUID(),
    instead_of: { attempt_id: late.attempt_id, at: now().toISOString(), or: back.attempt_id },
  }
  expect([await byTicket(again), await byTicket(late), await byTicket(again)]).toEqual([
    'recorded',
    'refused',
    'already_recorded',
  ])
  expect((await attempts(bank)).flatMap((each) => (each.undone_by ? [] : each.attempt_id))).toEqual([again.attempt_id])
  expect(await target(bank, card.voter_id)).toMatchObject({ attempts: 1 })
  // The first never came: the corrected one is an ordinary result.
  const second = await inHand(caller)
  const lone = correction(second, { ...first, attempt_id: randomUUID() }, { disposition: 'refused' })
  expect(await byTicket(lone)).toBe('recorded')
})

test('where a voter whose result is taken back does not come back, it is said why', async () => {
  const { bank, caller } = await bankWith(3)
  const other = await addTestCaller(world, organizer, bank)
  const undone = async (before: (voter_id: number) => Promise<unknown>) => {
    const card = await inHand(caller)
    const result: CallResult = { ...resultOf(card, now()), disposition: 'no_answer' }
    await send(bank, caller, result)
    await before(card.voter_id)
    const answer = await post(bank, caller, 'undo', { attempt_id: result.attempt_id, holding: [] })
    return (await answer.json()) as UndoOutput
  }
  expect(await undone(() => Promise.resolve())).toMatchObject({ undone: true, gone: null })
  await caller.next() // holds them no more
  const taken = await undone(async (voter_id) => {
    await db
      .updateTable('phone_bank_target')
      .set({ state: 'ready', why: null })
      .where('voter_id', '=', voter_id)
      .execute()
    expect((await other.ask({ want: 0, take: [voter_id] })).turn.cards).toHaveLength(1)
  })
  expect(taken).toMatchObject({ undone: true, gone: 'taken', turn: { cards: [] } })
  expect(
    await undone((voter_id) => mark(db, organizer, `v${voter_id}`, { reason: 'do_not_call', note: 'wrote to us' })),
  ).toMatchObject({ undone: true, gone: 'closed', turn: { cards: [] } })
})

test('a result taken back before it came is never recorded; taken back in the same moment, it does not stand', async () => {
  const { bank, caller } = await bankWith(3)
  const undo = async ({ attempt_id, voter_id }: CallResult) =>
    (await (await post(bank, caller, 'undo', { attempt_id, voter_id, holding: [voter_id] })).json()) as UndoOutput
  // One taken by the quick way for many results at once, one by itself.
  for (const disposition of ['no_answer', 'moved'] as const) {
    const card = await inHand(caller)
    const slow: CallResult = { ...resultOf(card, now()), disposition }
    expect(await undo(slow)).toMatchObject({ undone: false, problem: 'unknown' })
    expect((await send(bank, caller, slow)).recorded).toMatchObject({ outcome: 'refused', problem: 'taken_back' })
    expect(await target(bank, card.voter_id)).toMatchObject({ state: 'leased', attempts: 0 })
    const meeting: CallResult = { ...slow, attempt_id: randomUUID() }
    await Promise.all([send(bank, caller, meeting), undo(meeting)])
    const standing = (await attempts(bank)).flatMap((each) => (each.undone_by ? [] : each.attempt_id))
    expect(standing).not.toContain(meeting.attempt_id)
    await send(bank, caller, { ...slow, attempt_id: randomUUID() })
    expect(await target(bank, card.voter_id)).toMatchObject({ attempts: 1 })
  }
  const trail = await db
    .selectFrom('audit_entry')
    .select('actor_name')
    .where('action', '=', 'contact.undo')
    .where(sql<boolean>`before->>'disposition' is null`)
    .execute()
  expect(new Set(trail.map((each) => each.actor_name))).toEqual(new Set(['Grace']))
})

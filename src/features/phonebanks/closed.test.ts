import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { formatPhone } from '../../platform/i18n/formats.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { recordAttempt } from '../contacts/commands.ts'
import { createPerson, linkVoter, mark, recordConsent, savePhone, takeBackMark } from '../people/commands.ts'
import { PersonForm } from '../people/schema.ts'
import { phoneBankRoutes } from './routes.tsx'
import { removeCaller } from './callers/commands.ts'
import { changePhoneBank, changeSettings, undoAttempt } from './commands.ts'
import { startRound } from './rounds/commands.ts'
import type { CallCard, CallResult } from './schema.ts'
import { applyDone, preparePhoneBank } from './targets/commands.ts'
import {
  addTestCaller,
  addVoters,
  makeBank,
  phoneOf,
  resultOf,
  type TestBank,
  type TestCaller,
  type TestVoter,
} from './testing.ts'

/* Whoever is closed to calls stays closed, whatever would open their row again. */

const world = await makeWorld()
const { installation, ours } = world
const { owner } = installation.database
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const now = () => installation.clock.now()
let last = 0

async function voters(count: number, of: (index: number) => Partial<TestVoter> = () => ({})): Promise<number[]> {
  const ids = Array.from({ length: count }, () => ++last)
  await addVoters(
    owner,
    ids.map((voter_id, index) => ({ voter_id, ...of(index) })),
  )
  return ids
}

const standOf = (bank: TestBank, voter_id: number) =>
  db
    .selectFrom('phone_bank_target')
    .select(['state', 'why'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirstOrThrow()

async function cardOf(caller: TestCaller): Promise<CallCard> {
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  return card
}

const optOut = (voter_id: number) => mark(db, organizer, `v${voter_id}`, { reason: 'do_not_call', note: 'wrote to us' })

interface Reopening {
  what: string
  result: Partial<CallResult>
  open(bank: TestBank, attempt_id: string): Promise<unknown>
}

const settings = {
  starts_on: '2026-01-01',
  ends_on: '2027-12-31',
  calling_starts: '00:00',
  calling_ends: '23:59',
  max_attempts: 5,
  retry_after_hours: 1,
  languages: ['en', 'ko'],
  goal_contacts: null,
}

const reopenings: Reopening[] = [
  {
    what: 'another round',
    result: { disposition: 'left_message' },
    open: (bank) => startRound(db, organizer, bank.phone_bank_id, now()),
  },
  {
    what: 'a result taken back',
    result: { disposition: 'no_answer' },
    open: (bank, attempt_id) => undoAttempt(db, organizer, bank.phone_bank_id, attempt_id, now()),
  },
  {
    what: 'a result that ended it taken back',
    result: { disposition: 'refused' },
    open: (bank, attempt_id) => undoAttempt(db, organizer, bank.phone_bank_id, attempt_id, now()),
  },
  {
    what: 'more tries',
    result: { disposition: 'no_answer' },
    open: (bank) => changeSettings(db, organizer, bank.phone_bank_id, settings),
  },
]

test.each(reopenings)(
  '$what does not open who asked not to be called, and opens them when they take it back',
  async ({ result, open }) => {
    const [voter_id = 0] = await voters(1)
    const bank = await makeBank(world, organizer, [voter_id], { max_attempts: 1, retry_after_hours: 1 })
    const caller = await addTestCaller(world, organizer, bank)
    const { recorded } = await caller.record(await cardOf(caller), result, { want: 0 })
    const suppression = await optOut(voter_id)
    installation.clock.advance(26 * 60)
    await open(bank, recorded?.attempt_id ?? '')
    expect((await caller.next()).turn.cards).toEqual([])
    expect((await standOf(bank, voter_id)).state).not.toBe('ready')
    await takeBackMark(db, organizer, suppression)
    await open(bank, recorded?.attempt_id ?? '').catch(() => undefined)
    installation.clock.advance(26 * 60)
    expect((await caller.next()).turn.cards.map((card) => card.voter_id)).toEqual([voter_id])
  },
)

test('who is done, opts out, and is no longer done is not called', async () => {
  const [voter_id = 0] = await voters(1, () => ({ county: 'bronx' }))
  const bank = await makeBank(world, organizer, [], { expression: `county:bronx` })
  await preparePhoneBank(owner, organizer, bank.phone_bank_id, now())
  const setDone = (done_expression: string | null) =>
    db.updateTable('phone_bank').set({ done_expression }).where('phone_bank_id', '=', bank.phone_bank_id).execute()
  await setDone('county:bronx')
  await applyDone(db, organization_id, bank.phone_bank_id, now())
  expect(await standOf(bank, voter_id)).toEqual({ state: 'finished', why: 'done' })
  await optOut(voter_id)
  await setDone(null)
  await applyDone(db, organization_id, bank.phone_bank_id, now())
  expect(await standOf(bank, voter_id)).toEqual({ state: 'suppressed', why: 'do_not_call' })
  const caller = await addTestCaller(world, organizer, bank)
  expect((await caller.next()).turn.cards).toEqual([])
})

test('a number closed by the office does not come back with a result taken back', async () => {
  const [voter_id = 0] = await voters(1, () => ({ phones: [phoneOf(800_001), phoneOf(800_002)] }))
  const bank = await makeBank(world, organizer, [voter_id], { retry_after_hours: 1 })
  const caller = await addTestCaller(world, organizer, bank)
  const { recorded } = await caller.record(await cardOf(caller), { disposition: 'no_answer' }, { want: 0 })
  await mark(db, organizer, `v${voter_id}`, { reason: 'do_not_call', note: 'asked', phone: phoneOf(800_001) })
  await undoAttempt(db, organizer, bank.phone_bank_id, recorded?.attempt_id ?? '', now())
  const card = await cardOf(caller)
  expect(card.phones.map(({ phone }) => phone)).toEqual([phoneOf(800_002)])
})

test('a number closed while in a hand: the card comes again without it, and goes where it was the only one', async () => {
  const [one = 0, two = 0] = await voters(2, (index) => ({
    phones: index === 0 ? [phoneOf(800_010), phoneOf(800_011)] : [phoneOf(800_012)],
  }))
  const bank = await makeBank(world, organizer, [one, two])
  const caller = await addTestCaller(world, organizer, bank)
  expect((await caller.next({ want: 2 })).turn.cards.map((card) => card.voter_id)).toEqual([one, two])
  for (const phone of [phoneOf(800_010), phoneOf(800_012)])
    await mark(db, organizer, `v${one}`, { reason: 'do_not_call', note: 'asked', phone })
  const { turn } = await caller.ask({ holding: [one, two], want: 0 })
  expect(turn.cards.map((card) => [card.voter_id, card.phones.map(({ phone }) => phone)])).toEqual([
    [one, [phoneOf(800_011)]],
  ])
  expect(turn.withdrawn).toEqual([{ voter_id: two, why: 'finished' }])
  // The line that is left is theirs alone.
  const [stranger = 0] = await voters(1, () => ({ phones: [phoneOf(800_011)] }))
  const other = await makeBank(world, organizer, [stranger])
  expect((await (await addTestCaller(world, organizer, other)).next()).turn.cards).toEqual([])
})

test('a person who opted out is closed as soon as their voter record is found, and open again without it', async () => {
  const [voter_id = 0] = await voters(1)
  const [open] = [await makeBank(world, organizer, [voter_id])]
  const { birth_year: _birth, ...nothing } = PersonForm.parse({})
  const { person_id } = await createPerson(
    db,
    organizer,
    { ...nothing, birth_year: null, first_name: 'Sun Hee', phones: [] },
    'sign-up',
  )
  await mark(db, organizer, person_id, { reason: 'do_not_call', note: 'wrote to us' })
  expect(await standOf(open, voter_id)).toEqual({ state: 'ready', why: null })
  await linkVoter(db, organizer, person_id, voter_id, 'hand')
  expect(await standOf(open, voter_id)).toEqual({ state: 'suppressed', why: 'do_not_call' })
  const later = await makeBank(world, organizer, [voter_id])
  expect(await standOf(later, voter_id)).toEqual({ state: 'suppressed', why: 'do_not_call' })
})

test('consent to calls taken back on the profile closes, in hand too; given again it opens', async () => {
  const [voter_id = 0] = await voters(1)
  const bank = await makeBank(world, organizer, [voter_id])
  const caller = await addTestCaller(world, organizer, bank)
  await cardOf(caller)
  const say = (is_given: boolean) =>
    recordConsent(db, organizer, `v${voter_id}`, { channel: 'phone', is_given, evidence: 'on the profile' })
  await say(false)
  expect((await caller.ask({ holding: [voter_id], want: 1 })).turn).toMatchObject({
    cards: [],
    withdrawn: [{ voter_id, why: 'suppressed' }],
  })
  expect(await standOf(await makeBank(world, organizer, [voter_id]), voter_id)).toEqual({
    state: 'suppressed',
    why: 'do_not_call',
  })
  await say(true)
  installation.clock.advance(11)
  expect((await caller.next()).turn.cards.map((card) => card.voter_id)).toEqual([voter_id])
})

test('a voter who lapsed in a hand comes back to it within the hours of their home only', async () => {
  const [voter_id = 0] = await voters(1)
  installation.clock.set('2027-01-11T22:00:00Z')
  const bank = await makeBank(world, organizer, [voter_id], { calling_starts: '09:00', calling_ends: '18:00' })
  const caller = await addTestCaller(world, organizer, bank)
  await cardOf(caller)
  installation.clock.set('2027-01-11T23:30:00Z')
  const { turn } = await caller.ask({ holding: [voter_id], want: 0 })
  expect(turn).toMatchObject({ cards: [], withdrawn: [{ voter_id, why: 'lost' }] })
  installation.clock.set('2027-01-12T15:00:00Z')
  expect((await caller.next()).turn.cards.map((card) => card.voter_id)).toEqual([voter_id])
})

test('a home that lapsed in a hand comes back to it whole, with the number learned meanwhile', async () => {
  const [one = 0, two = 0] = await voters(2, () => ({ household_key: 9_000_001 }))
  const bank = await makeBank(world, organizer, [one, two], { rules: { household: 'together' } })
  const caller = await addTestCaller(world, organizer, bank)
  const holding = (await caller.next()).turn.cards.map(({ voter_id }) => voter_id)
  expect(holding.sort()).toEqual([one, two])
  installation.clock.advance(24 * 60)
  for (const voter_id of holding)
    await savePhone(db, organizer, `v${voter_id}`, {
      phone: phoneOf(9_100 + voter_id),
      kind: 'mobile',
      quality: 'good',
      is_preferred: true,
    })
  const { turn } = await caller.ask({ holding, want: 0 })
  expect(new Map(turn.cards.map((card) => [card.voter_id, card.phones[0]?.phone]))).toEqual(
    new Map(holding.map((voter_id) => [voter_id, phoneOf(9_100 + voter_id)])),
  )
})

test('“wrong number” on one of a family leaves the line in the hand that has the others', async () => {
  const phone = phoneOf(800_020)
  const [one = 0, two = 0, stranger = 0] = await voters(3, (index) => ({
    phones: [phone],
    ...(index < 2 ? { household_key: 501 } : {}),
  }))
  const bank = await makeBank(world, organizer, [one, two])
  const other = await makeBank(world, organizer, [stranger])
  const caller = await addTestCaller(world, organizer, bank)
  const { cards } = (await caller.next()).turn
  expect(cards.map((card) => card.voter_id)).toEqual([one, two])
  if (!cards[0]) throw new Error('no card')
  const { turn } = await caller.record(cards[0], { disposition: 'wrong_number' }, { holding: [one, two], want: 0 })
  expect(turn.withdrawn).toEqual([])
  expect((await (await addTestCaller(world, organizer, other)).next()).turn.cards).toEqual([])
})

test.each([{ disposition: 'no_answer' as const }, { disposition: 'refused' as const }])(
  'after $disposition nobody else at the number or the home is rung from another list the same day, unless it is taken back',
  async ({ disposition }) => {
    const phone = phoneOf(800_100 + last)
    const household = 600 + last
    const [one = 0, same_line = 0, same_home = 0] = await voters(3, (index) => ({
      ...(index < 2 ? { phones: [phone] } : {}),
      ...(index !== 1 ? { household_key: household } : {}),
    }))
    installation.clock.set('2027-02-01T15:00:00Z')
    const [bank, other] = [
      await makeBank(world, organizer, [one]),
      await makeBank(world, organizer, [one, same_line, same_home]),
    ]
    const caller = await addTestCaller(world, organizer, bank)
    const another = await addTestCaller(world, organizer, other)
    const call = async () => {
      const { recorded } = await caller.record(await cardOf(caller), { disposition }, { want: 0 })
      expect((await another.next()).turn.cards).toEqual([])
      return recorded?.attempt_id ?? ''
    }
    await undoAttempt(db, organizer, bank.phone_bank_id, await call(), now())
    const { cards } = (await another.next({ want: 3 })).turn
    expect(cards).toHaveLength(3)
    await another.ask({ release: { voter_ids: cards.map((card) => card.voter_id), why: 'leave' }, want: 0 })
    await call()
    installation.clock.advance(26 * 60)
    expect((await another.next({ want: 3 })).turn.cards).toHaveLength(3)
  },
)

test('a result taken back leaves the rest another call gave, on another list and for others on its own', async () => {
  const phone = phoneOf(800_200)
  const [voter_id = 0, same_line = 0] = await voters(2, () => ({ phones: [phone] }))
  const [bank, other] = [
    await makeBank(world, organizer, [voter_id, same_line], { retry_after_hours: 48 }),
    await makeBank(world, organizer, [voter_id], { retry_after_hours: 24 }),
  ]
  const caller = await addTestCaller(world, organizer, bank)
  const card = await cardOf(caller)
  expect(card.voter_id).toBe(voter_id)
  const elsewhere = {
    ...{ attempt_id: randomUUID(), voter_id, person_id: null, channel: 'phone' as const, disposition: 'no_answer' as const },
    ...{ attempted_at: now(), phone: null, language: null, spoke_with: null, note: null, made_by: 'another program', answers: {} },
  } // prettier-ignore
  await recordAttempt(db, organizer, elsewhere, now())
  await recordAttempt(db, organizer, { ...elsewhere, attempt_id: randomUUID(), voter_id: same_line }, now())
  const { recorded } = await caller.record(card, {}, { want: 0 })
  await undoAttempt(db, organizer, bank.phone_bank_id, recorded?.attempt_id ?? '', now())
  expect(await standOf(bank, same_line)).toEqual({ state: 'waiting', why: 'resting' })
  const another = await addTestCaller(world, organizer, other)
  expect((await another.next()).turn.cards).toEqual([])
  installation.clock.advance(25 * 60)
  expect((await another.next()).turn.cards.map((each) => each.voter_id)).toEqual([voter_id])
})

test('nine on one number stay one conversation', async () => {
  const phone = phoneOf(800_999)
  const ids = await voters(9, () => ({ phones: [phone] }))
  const bank = await makeBank(world, organizer, ids)
  const caller = await addTestCaller(world, organizer, bank)
  await caller.record(await cardOf(caller), { disposition: 'no_answer' }, { want: 0 })
  expect((await caller.next()).turn.cards).toEqual([])
})

test('what a caller did before being taken out is recorded; what came after is not', async () => {
  const ids = await voters(2)
  const bank = await makeBank(world, organizer, ids)
  const caller = await addTestCaller(world, organizer, bank)
  const { cards } = (await caller.next({ want: 2 })).turn
  const [first, second] = cards
  if (!first || !second) throw new Error('no cards')
  const early = resultOf(first, now())
  installation.clock.advance(5)
  await removeCaller(db, organizer, bank.phone_bank_id, caller.caller_id, now())
  installation.clock.advance(5)
  const send = (result: CallResult) => caller.ask({ result: { ...result, sent_at: now().toISOString() }, want: 0 })
  expect(await send(early)).toMatchObject({ recorded: { outcome: 'recorded' }, turn: { door: 'removed', cards: [] } })
  expect(await send(resultOf(second, now()))).toMatchObject({ recorded: { outcome: 'refused', problem: 'closed' } })
})

test('results made while it was open are recorded after the end', async () => {
  const ids = await voters(1)
  const bank = await makeBank(world, organizer, ids)
  const caller = await addTestCaller(world, organizer, bank)
  const result = resultOf(await cardOf(caller), now())
  await changePhoneBank(db, organizer, bank.phone_bank_id, 'end', now())
  expect(await caller.ask({ result, want: 1 })).toMatchObject({
    recorded: { outcome: 'recorded' },
    turn: { door: 'ended', cards: [] },
  })
})

test('who is open again, as a mark from a call is taken back, rests after that call on every list', async () => {
  const [voter_id = 0] = await voters(1)
  const [bank, other] = [await makeBank(world, organizer, [voter_id]), await makeBank(world, organizer, [voter_id])]
  const caller = await addTestCaller(world, organizer, bank)
  await caller.record(await cardOf(caller), { disposition: 'deceased', spoke_with: 'household' }, { want: 0 })
  const { suppression_id } = await db.selectFrom('suppression').select('suppression_id').where('voter_id', '=', voter_id).executeTakeFirstOrThrow() // prettier-ignore
  await takeBackMark(db, organizer, suppression_id)
  for (const each of [bank, other]) expect(await standOf(each, voter_id)).toEqual({ state: 'waiting', why: 'resting' })
  expect((await caller.next()).turn).toMatchObject({ cards: [], empty: { reason: 'resting' } })
})

test('who is no voter any more by a newer file may not be called', async () => {
  const [voter_id = 0] = await voters(1)
  await makeBank(world, organizer, [voter_id])
  const { rows } = await sql<{
    reason: string | null
  }>`select closed_to_calls(${organization_id}::uuid, ${voter_id}) as reason`.execute(owner)
  expect(rows).toEqual([{ reason: null }])
  await owner.updateTable('voter_record').set({ status: 'purged' }).where('voter_id', '=', voter_id).execute()
  const after = await sql<{
    reason: string | null
  }>`select closed_to_calls(${organization_id}::uuid, ${voter_id}) as reason`.execute(owner)
  expect(after.rows).toEqual([{ reason: 'not_contactable' }])
})

test.each([
  ['en', 'Does not want calls (told us at the door)', 'stands on the person’s profile', 'asked not to be called'],
  ['ko', '전화를 원치 않으십니다(told us at the door)', '이 표시는 프로필에 있으며', '전화를 원치 않음'],
] as const)('the page of a voter says why calls are closed, in %s', async (language, consent, ofPerson, marked) => {
  const http = world.as(organizer, [phoneBankRoutes])
  const [one = 0, two = 0] = await voters(2)
  const bank = await makeBank(world, organizer, [one, two])
  const pageOf = async (voter_id: number) =>
    (await http.get(`/phonebanks/${bank.phone_bank_id}/voters/${voter_id}`, { 'accept-language': language })).text()
  const say = (is_given: boolean) =>
    recordConsent(db, organizer, `v${one}`, { channel: 'phone', is_given, evidence: 'told us at the door' })
  await say(false)
  expect(await pageOf(one)).toContain(consent)
  expect(await pageOf(one)).toContain(`href="/voters/${one}#consent"`)
  installation.clock.advance(1)
  await say(true)
  expect(await pageOf(one)).not.toContain(consent)
  // A number only the organization knows.
  await savePhone(db, organizer, `v${one}`, {
    phone: '+17185550288',
    kind: 'mobile',
    quality: 'good',
    is_preferred: false,
  })
  await db
    .insertInto('suppression')
    .values({
      organization_id,
      voter_id: null,
      phone: '+17185550288',
      reason: 'do_not_call',
      marked_by: 'office',
      marked_at: now(),
    })
    .execute()
  expect(await pageOf(one)).toContain(`${marked} (${formatPhone('+17185550288')})`)
  // Marked before anybody knew which voter they are.
  const { birth_year: _birth, ...nothing } = PersonForm.parse({})
  const { person_id } = await createPerson(
    db,
    organizer,
    { ...nothing, birth_year: null, first_name: 'Min', phones: [] },
    'sign-up',
  )
  await mark(db, organizer, person_id, { reason: 'do_not_call', note: 'wrote to us' })
  await linkVoter(db, organizer, person_id, two, 'hand')
  expect(await pageOf(two)).toContain(ofPerson)
  expect(await pageOf(two)).toContain(marked)
})

test.each(['the person', 'the number'])(
  '%s closed in a hand and opened again stays with that hand until its time is over',
  async (what) => {
    const [voter_id = 0] = await voters(1)
    const bank = await makeBank(world, organizer, [voter_id])
    const [first, second] = [await addTestCaller(world, organizer, bank), await addTestCaller(world, organizer, bank)]
    const card = await cardOf(first)
    const suppression =
      what === 'the person'
        ? await optOut(voter_id)
        : await mark(db, organizer, `v${voter_id}`, {
            reason: 'do_not_call',
            phone: card.phones[0]?.phone ?? '',
            note: 'asked',
          })
    await takeBackMark(db, organizer, suppression)
    // The first caller's device may have no connection and know nothing of it.
    expect((await second.next()).turn.cards).toEqual([])
    expect(await standOf(bank, voter_id)).toEqual({ state: 'waiting', why: 'elsewhere' })
    installation.clock.advance(11)
    expect((await second.next()).turn.cards.map((each) => each.voter_id)).toEqual([voter_id])
  },
)

test('another number, or none for a while, learned of somebody in a hand: no other phone bank hands them out before that hand’s time is over', async () => {
  const [one = 0, moved = 0, gone = 0] = await voters(3)
  const bank = await makeBank(world, organizer, [one])
  const elsewhere = await makeBank(world, organizer, [moved, gone])
  const both = await makeBank(world, organizer, [moved, gone])
  const [first, second, third] = [
    await addTestCaller(world, organizer, bank),
    await addTestCaller(world, organizer, elsewhere),
    await addTestCaller(world, organizer, both),
  ]
  const line = (await cardOf(first)).phones[0]?.phone ?? ''
  const own = new Map(
    [...(await second.next({ want: 2 })).turn.cards].map(({ voter_id, phones: [phone] }) => [voter_id, phone]),
  )
  expect([...own.keys()].sort()).toEqual([moved, gone])
  const said = { kind: 'mobile' as const, is_preferred: true }
  await savePhone(db, organizer, `v${moved}`, { ...said, phone: line, quality: 'good' })
  const refusal = await mark(db, organizer, `v${gone}`, {
    reason: 'wrong_number',
    phone: own.get(gone)?.phone ?? '',
    note: 'told',
  })
  expect(await standOf(both, gone)).toEqual({ state: 'finished', why: 'no_number' })
  await takeBackMark(db, organizer, refusal)
  await first.ask({ release: { voter_ids: [one], why: 'skip' }, want: 0 })
  expect((await third.next()).turn.cards).toEqual([])
  installation.clock.advance(11)
  expect((await third.next({ want: 2 })).turn.cards.map(({ voter_id }) => voter_id).sort()).toEqual([moved, gone])
})

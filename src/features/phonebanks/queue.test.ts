import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { inTransactionTwice } from '../../platform/db/db.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { recordAttempt } from '../contacts/commands.ts'
import { createPerson, personForVoter } from '../people/commands.ts'
import { describeHousehold, livesApart, livesWith, takeBackHousehold } from '../people/households/commands.ts'
import { homeOf } from '../people/households/queries.ts'
import { whoIs } from '../people/queries.ts'
import { PersonForm } from '../people/schema.ts'
import { unknownCounties } from './calling-rules/queries.ts'
import { phoneBank } from './dashboard.ts'
import { nextDayAt } from './rules.ts'
import { addTestCaller, addVoters, makeBank, phoneOf, resultOf, type TestBank, type TestCaller } from './testing.ts'

const world = await makeWorld()
const owner = world.installation.database.owner
const ours = world.ours.organizer
let last = 0

/** New voters with ids of their own. */
async function voters(count: number, more: (index: number) => object = () => ({})): Promise<number[]> {
  const ids = Array.from({ length: count }, () => ++last)
  await addVoters(
    owner,
    ids.map((voter_id, index) => ({ voter_id, ...more(index) })),
  )
  return ids
}

test('one voter after another, each once', async () => {
  const ids = await voters(3)
  const bank = await makeBank(world, ours, ids)
  const caller = await addTestCaller(world, ours, bank)
  let turn = (await caller.next()).turn
  const seen: number[] = []
  while (turn.cards[0]) {
    seen.push(turn.cards[0].voter_id)
    const answer = await caller.record(turn.cards[0], { disposition: 'refused' })
    expect(answer.recorded).toMatchObject({ outcome: 'recorded', was_lost: false })
    turn = answer.turn
  }
  expect(seen).toEqual(ids)
  expect(turn.empty).toEqual({ reason: 'finished', ready_at: null, count: 0 })
})

test('fifty callers at once over twenty voters: nobody is out twice, and the rest are told why', async () => {
  const ids = await voters(20)
  const bank = await makeBank(world, ours, ids)
  const callers = await Promise.all(Array.from({ length: 50 }, () => addTestCaller(world, ours, bank)))
  const turns = (await Promise.all(callers.map((caller) => caller.next()))).map(({ turn }) => turn)
  const handed = turns.flatMap((turn) => turn.cards.map((card) => card.voter_id))
  expect(handed).toHaveLength(20)
  expect(new Set(handed).size).toBe(20)
  expect(turns.filter((turn) => turn.empty).map((turn) => turn.empty?.reason)).toEqual(Array(30).fill('all_leased'))
})

test('a state in two zones: by the county, and where that says nothing by both', async () => {
  const counties = ['davidson', 'knox', '047'] // Nashville, Knoxville, a number nobody knows
  const [nashville, knoxville] = await voters(3, (index) => ({ state: 'TN', county: counties[index] }))
  const bank = await makeBank(world, ours, [nashville, knoxville, last].map(Number), {
    calling_starts: '09:00',
    calling_ends: '21:00',
  })
  const places = await owner
    .selectFrom('phone_bank_target')
    .select('time_zone')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .orderBy('voter_id')
    .execute()
  // The organizer is told of the one whose county is none.
  const found = await phoneBank(world.database.of(ours.organization_id), ours.organization_id, bank.phone_bank_id)
  expect(await unknownCounties(owner, found)).toEqual([{ state: 'TN', county: '047', voters: 1 }])
  expect(places.map(({ time_zone }) => time_zone.split(' ')[0])).toEqual([
    'America/Chicago',
    'America/New_York',
    'America/Chicago+America/New_York',
  ])
  const clock = world.installation.clock
  const before = clock.now()
  onTestFinished(() => clock.set(before.toISOString()))
  clock.set(`${before.toISOString().slice(0, 10)}T14:30:00Z`) // 9:30 in Knoxville, 8:30 in Nashville
  const caller = await addTestCaller(world, ours, bank)
  const { turn } = await caller.next()
  expect(turn.cards.map(({ voter_id }) => voter_id)).toEqual([knoxville])
  if (!turn.cards[0]) throw new Error('nobody to call')
  await caller.record(turn.cards[0], { disposition: 'refused' })
  expect((await caller.next()).turn.empty?.reason).toBe('outside_hours')
})

test.each(['call_back', 'resting'] as const)(
  'voters who are due in the same minute (%s) come in one order, wherever their rows lie',
  async (why) => {
    const ids = await voters(6)
    const bank = await makeBank(world, ours, ids)
    const due = new Date(world.installation.clock.now().getTime() - 60_000)
    // Each row is written anew in this order.
    for (const voter_id of [3, 0, 5, 1, 4, 2].map((index) => ids[index] ?? 0))
      await owner.updateTable('phone_bank_target').set({ state: 'waiting', why, next_at: due }).where('phone_bank_id', '=', bank.phone_bank_id).where('voter_id', '=', voter_id).execute() // prettier-ignore
    const caller = await addTestCaller(world, ours, bank)
    const seen: number[] = []
    for (let { turn } = await caller.next(); turn.cards[0];) {
      seen.push(turn.cards[0].voter_id)
      turn = (await caller.record(turn.cards[0], { disposition: 'refused' })).turn
    }
    expect(seen).toEqual(ids)
  },
)

test('two phone banks of one organization never hand out the same voter', async () => {
  const ids = await voters(1)
  const [a, b] = [await makeBank(world, ours, ids), await makeBank(world, ours, ids)]
  const [one, two] = [await addTestCaller(world, ours, a), await addTestCaller(world, ours, b)]
  const turns = await Promise.all([one.next(), two.next()])
  expect(turns.flatMap(({ turn }) => turn.cards)).toHaveLength(1)
  // Called in one, rested in the other.
  const [caller, turn] = turns[0].turn.cards[0] ? [one, turns[0].turn] : [two, turns[1].turn]
  const other = caller === one ? two : one
  if (!turn.cards[0]) throw new Error('nobody got the voter')
  await caller.record(turn.cards[0], { disposition: 'no_answer' }, { want: 0 })
  world.installation.clock.advance(11)
  expect((await other.next()).turn.cards).toEqual([])
})

test('the same result twice, also at once, is one attempt', async () => {
  const bank = await makeBank(world, ours, await voters(2))
  const caller = await addTestCaller(world, ours, bank)
  const card = (await caller.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  const result = {
    ...resultOf(card, world.installation.clock.now()),
    disposition: 'canvassed' as const,
    answers: { support: 2, plan: true },
  }
  const answers = await Promise.all([1, 2, 3].map(() => caller.ask({ result })))
  expect(answers.map(({ recorded }) => recorded?.outcome).sort()).toEqual([
    'already_recorded',
    'already_recorded',
    'recorded',
  ])
  const { rows } = {
    rows: await owner.selectFrom('contact_answer').selectAll().where('attempt_id', '=', result.attempt_id).execute(),
  }
  expect(rows).toHaveLength(2)
})

test('answers that do not fit the script are refused, and the voter stays in hand', async () => {
  const bank = await makeBank(world, ours, await voters(2))
  const caller = await addTestCaller(world, ours, bank)
  const card = (await caller.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  const { recorded, turn } = await caller.record(card, { disposition: 'canvassed', answers: { support: 9 } })
  expect(recorded).toMatchObject({ outcome: 'refused', problem: 'wrong_answers' })
  expect(turn.cards[0]?.voter_id).toBe(card.voter_id)
})

test('nobody records a voter that was never handed to them', async () => {
  const bank = await makeBank(world, ours, await voters(2))
  const [one, two] = [await addTestCaller(world, ours, bank), await addTestCaller(world, ours, bank)]
  const card = (await one.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  expect((await two.record(card, {})).recorded).toMatchObject({ outcome: 'refused', problem: 'not_yours' })
})

test('who lives with somebody whose last number is out of service is called', async () => {
  const [a = 0, b = 0] = await voters(2, (index) => ({ household_key: 78, phones: [phoneOf(900_080 + index)] }))
  const bank = await makeBank(world, ours, [a, b])
  const caller = await addTestCaller(world, ours, bank)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('no card')
  await caller.record(card, { disposition: 'disconnected' }, { want: 0 })
  const [next] = (await caller.next()).turn.cards
  expect(next?.voter_id).toBe(a + b - card.voter_id)
  expect(next?.household).toMatchObject([{ voter_id: card.voter_id, has_same_number: false }])
})

test('people of one household come together, one line is one conversation', async () => {
  const [a = 0, b = 0, c = 0] = await voters(3, (index) =>
    index < 2 ? { household_key: 77, phones: [phoneOf(900_077)] } : {},
  )
  const bank = await makeBank(world, ours, [a, c, b])
  const [one, two] = [await addTestCaller(world, ours, bank), await addTestCaller(world, ours, bank)]
  const first = (await one.next()).turn
  expect(first.cards.map((card) => card.voter_id)).toEqual([a, b])
  expect(first.cards[0]?.household).toMatchObject([{ voter_id: b, has_same_number: true, is_in_hand: true }])
  expect((await two.next()).turn.cards.map((card) => card.voter_id)).toEqual([c])
  // He answers: she is next in the same conversation.
  if (!first.cards[0]) throw new Error('no card')
  const after = await one.record(first.cards[0], { disposition: 'refused' }, { holding: [a, b] })
  expect(after.turn.withdrawn).toEqual([])
  expect(after.turn.cards).toEqual([])
})

const db = world.installation.database.of(ours.organization_id)

const takeBack = async (voter_id: number): Promise<void> => {
  const who = await whoIs(db, ours.organization_id, `v${voter_id}`)
  const { by_hand } = await homeOf(db, ours.organization_id, who ?? { voter_id, person_id: null })
  await takeBackHousehold(db, ours, by_hand?.household_member_id ?? '')
}

const togetherIn = async (bank: TestBank): Promise<Record<number, number[] | null>> => {
  const rows = await db.selectFrom('phone_bank_target').select(['voter_id', 'together']).where('phone_bank_id', '=', bank.phone_bank_id).execute() // prettier-ignore
  return Object.fromEntries(rows.map(({ voter_id, together }) => [voter_id, together]))
}

test('who lives apart by hand is handed out apart, who was added by hand together, on lists there are and new ones', async () => {
  const [a = 0, b = 0, c = 0] = await voters(3, (index) => ({ household_key: index < 2 ? 4177 : 4178, phones: [phoneOf(904_177 + index)] })) // prettier-ignore
  const rules = { lines_per_household: 3 }
  const before = await makeBank(world, ours, [a, b, c], { rules })
  const asFiled = { [a]: [b], [b]: [a], [c]: null }
  expect(await togetherIn(before)).toEqual(asFiled)
  await livesApart(db, ours, `v${b}`, 'moved out')
  expect(await togetherIn(before)).toEqual({ [a]: null, [b]: null, [c]: null })
  await livesWith(db, ours, `v${c}`, { other: `v${a}`, reason: 'her mother' })
  const byHand = { [a]: [c], [b]: null, [c]: [a] }
  expect(await togetherIn(before)).toEqual(byHand)
  const later = await makeBank(world, ours, [a, b, c], { rules })
  expect(await togetherIn(later)).toEqual(byHand)

  await describeHousehold(db, ours, `v${a}`, { name: null, note: 'Grandmother answers', language: 'ko' })
  const hana = await createPerson(db, ours, { ...PersonForm.parse({}), last_name: 'Oh', first_name: 'Hana' }, 'test')
  await livesWith(db, ours, hana.person_id, { other: `v${a}`, reason: null })
  const [one, two] = [await addTestCaller(world, ours, before), await addTestCaller(world, ours, before)]
  const { cards } = (await one.next()).turn
  expect(cards.map(({ voter_id }) => voter_id)).toEqual([a, c])
  expect(cards[0]?.household.map(({ voter_id }) => voter_id)).toEqual([c])
  expect(cards[0]?.home).toEqual({ note: 'Grandmother answers', language: 'ko', others: [{ name: 'Hana Oh', hangul: null }] }) // prettier-ignore
  const alone = (await two.next()).turn.cards
  expect(alone.map(({ voter_id, home }) => [voter_id, home])).toEqual([[b, null]])

  await takeBack(c)
  await takeBack(b)
  expect(await togetherIn(before)).toEqual(asFiled)
})

/** Alone, on each list. */
const alone = (ids: readonly number[]) => Object.fromEntries(ids.map((id) => [id, null]))
/** Everybody with everybody. */
const family = (ids: readonly number[]) => Object.fromEntries(ids.map((id) => [id, ids.filter((other) => other !== id)])) // prettier-ignore

/** Puts the list together once more, as bringing it up to date does. */
const groupAnew = ({ phone_bank_id }: TestBank) =>
  sql`select group_targets(b) from phone_bank b where phone_bank_id = ${phone_bank_id}`.execute(db)

test('nine at a door are nobody’s family and eight are, whoever was called already, on lists there are and new ones', async () => {
  const door = await voters(9, (index) => ({ household_key: 4477, phones: [phoneOf(904_477 + index)] }))
  const [called = 0, gone = 0] = door
  const bank = await makeBank(world, ours, door)
  expect(await togetherIn(bank)).toEqual(alone(door))
  await db.updateTable('phone_bank_target').set({ state: 'finished' }).where('phone_bank_id', '=', bank.phone_bank_id).where('voter_id', '=', called).execute() // prettier-ignore
  await livesApart(db, ours, `v${gone}`, null)
  const eight = { ...family(door.filter((id) => id !== gone)), ...alone([gone]) }
  expect(await togetherIn(bank)).toEqual(eight)
  await groupAnew(bank)
  expect(await togetherIn(bank)).toEqual(eight)
  expect(await togetherIn(await makeBank(world, ours, door))).toEqual(eight)
  await takeBack(gone)
  expect(await togetherIn(bank)).toEqual(alone(door))
  await groupAnew(bank)
  expect(await togetherIn(bank)).toEqual(alone(door))
})

test('strangers who stand at one place of a list, as those do who come later, are no family; taken for one, they are taken apart', async () => {
  const ids = await voters(3, (index) => ({ phones: [phoneOf(906_000 + index)] }))
  const [a = 0, b = 0] = ids
  const bank = await makeBank(world, ours, ids)
  await db
    .updateTable('phone_bank_target')
    .set({ position: 1 })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  await groupAnew(bank)
  expect(await togetherIn(bank)).toEqual(alone(ids))
  await db.updateTable('phone_bank_target').set({ together: [a] }).where('phone_bank_id', '=', bank.phone_bank_id).where('voter_id', '=', b).execute() // prettier-ignore
  await groupAnew(bank)
  expect(await togetherIn(bank)).toEqual(alone(ids))
})

test('strangers who stand at one place of a list are each called, whatever they speak and however many callers ask at once', async () => {
  const ids = await voters(12, (index) => ({ p_korean: index % 2 ? 90 : 0 }))
  const bank = await makeBank(world, ours, ids)
  await db
    .updateTable('phone_bank_target')
    .set({ position: sql`position / 4` })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  const callers = await Promise.all(Array.from({ length: 5 }, () => addTestCaller(world, ours, bank)))
  const first = await callers[0]?.next()
  const turns = [first, ...(await Promise.all(callers.slice(1).map((caller) => caller.next({ want: 3 }))))]
  const handed = turns.flatMap((each) => each?.turn.cards ?? []).map(({ voter_id }) => voter_id)
  expect(handed.toSorted((a, b) => a - b)).toEqual(ids)
})

test('at a door too large to be looked at whole only who moved is taken out, of both sides', async () => {
  const [a = 0, b = 0, c = 0] = await voters(203, (index) => ({ household_key: 4577, phones: [phoneOf(905_000 + index)] })) // prettier-ignore
  const bank = await makeBank(world, ours, [a, b, c])
  expect(await togetherIn(bank)).toEqual(family([a, b, c]))
  await livesApart(db, ours, `v${a}`, null)
  expect(await togetherIn(bank)).toEqual({ ...alone([a]), ...family([b, c]) })
})

test('when a person is deleted, what was said of their household no longer counts on the lists', async () => {
  const [a = 0, b = 0] = await voters(2, (index) => ({ household_key: 4677, phones: [phoneOf(905_677 + index)] }))
  const bank = await makeBank(world, ours, [a, b])
  await livesApart(db, ours, `v${b}`, null)
  expect(await togetherIn(bank)).toEqual(alone([a, b]))
  await db.deleteFrom('person').where('voter_id', '=', b).execute()
  expect(await togetherIn(bank)).toEqual(family([a, b]))
})

test('a household changed while a call to the same home is recorded: both are kept', async () => {
  const [a = 0, b = 0] = await voters(2, (index) => ({ household_key: 4777, phones: [phoneOf(905_777 + index)] }))
  const bank = await makeBank(world, ours, [a, b])
  const changes: Promise<unknown>[] = []
  // As recording does: first the row of the list, then the person.
  await inTransactionTwice(db, async (tx) => {
    await sql`select from phone_bank_target where phone_bank_id = ${bank.phone_bank_id} and voter_id = ${a} for update`.execute(tx) // prettier-ignore
    // Whichever of the two PostgreSQL lets go first is done once more.
    if (changes.length === 0) {
      changes.push(livesApart(db, ours, `v${a}`, null))
      const waits = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      while ((await waits.execute(owner)).rows.length === 0);
    }
    await personForVoter(tx, ours, a)
  })
  expect(await Promise.all(changes)).toEqual([{ ok: true }])
  expect(await togetherIn(bank)).toEqual(alone([a, b]))
})

test('a home called today rests on every list as it was put right by hand', async () => {
  const [a = 0, b = 0, c = 0] = await voters(3, (index) => ({ household_key: index < 2 ? 4277 : 4278, phones: [phoneOf(904_277 + index)] })) // prettier-ignore
  const bank = await makeBank(world, ours, [a])
  const other = await makeBank(world, ours, [b, c])
  await livesApart(db, ours, `v${b}`, null)
  await livesWith(db, ours, `v${c}`, { other: `v${a}`, reason: null })
  const caller = await addTestCaller(world, ours, bank)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('no card')
  await caller.record(card, { disposition: 'refused' }, { want: 0 })
  const rows = await db.selectFrom('phone_bank_target').select(['voter_id', 'why']).where('phone_bank_id', '=', other.phone_bank_id).orderBy('voter_id').execute() // prettier-ignore
  expect(rows).toEqual([
    { voter_id: b, why: null },
    { voter_id: c, why: 'household' },
  ])
})

test('who was called before they came to a list, or with another tool, rests on it, and so does their home', async () => {
  const [a = 0, b = 0, c = 0] = await voters(3, (index) => ({ household_key: index < 2 ? 4877 : 4878 }))
  const caller = await addTestCaller(world, ours, await makeBank(world, ours, [a]))
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('no card')
  await caller.record(card, { disposition: 'no_answer' }, { want: 0 })
  const { phone_bank_id } = await makeBank(world, ours, [a, b, c], { retry_after_hours: 48 })
  const stands = () => db.selectFrom('phone_bank_target').select(['voter_id', 'state', 'why', 'next_at']).where('phone_bank_id', '=', phone_bank_id).orderBy('voter_id').execute() // prettier-ignore
  const now = world.installation.clock.now()
  const in_hours = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
  expect(await stands()).toMatchObject([
    { voter_id: a, state: 'waiting', why: 'resting', next_at: in_hours(48) },
    { voter_id: b, state: 'waiting', why: 'household', next_at: nextDayAt('America/New_York', now) },
    { voter_id: c, state: 'ready', why: null },
  ])
  const elsewhere = { attempt_id: randomUUID(), voter_id: c, person_id: null, channel: 'phone', disposition: 'busy', phone: null, language: null, made_by: 'Dialer', attempted_at: now, spoke_with: null, note: null, answers: {}, script: null } as const // prettier-ignore
  expect(await recordAttempt(db, ours, elsewhere, now)).toEqual({ ok: true, is_new: true })
  expect((await stands())[2]).toMatchObject({ voter_id: c, state: 'waiting', why: 'resting', next_at: in_hours(1) })
})

test('a home called once a day is in one hand, on whatever list its people stand, also at the same moment', async () => {
  const [a = 0, b = 0] = await voters(2, () => ({ household_key: 4977 }))
  const [one, two] = [
    await addTestCaller(world, ours, await makeBank(world, ours, [a])),
    await addTestCaller(world, ours, await makeBank(world, ours, [b])),
  ]
  const at_once = await Promise.all([one.next(), two.next()])
  expect(at_once.flatMap(({ turn }) => turn.cards)).toHaveLength(1)
  const later = await Promise.all([one, two].map((caller, nth) => caller.next({ holding: at_once[nth]?.turn.cards.map(({ voter_id }) => voter_id) ?? [] }))) // prettier-ignore
  expect(later.flatMap(({ turn }) => turn.cards)).toEqual([])
})

test('people who live apart by hand but share their line stay one conversation', async () => {
  const [a = 0, b = 0] = await voters(2, () => ({ household_key: 4377, phones: [phoneOf(904_377)] }))
  const bank = await makeBank(world, ours, [a, b])
  await livesApart(db, ours, `v${b}`, null)
  expect(await togetherIn(bank)).toEqual({ [a]: [b], [b]: [a] })
})

test('a line nobody answered rests for everybody on it', async () => {
  const [a = 0, b = 0] = await voters(2, () => ({ household_key: 79, phones: [phoneOf(900_078)] }))
  const bank = await makeBank(world, ours, [a, b])
  const caller = await addTestCaller(world, ours, bank)
  const { cards } = (await caller.next()).turn
  if (!cards[0]) throw new Error('no card')
  const { turn } = await caller.record(cards[0], { disposition: 'no_answer' }, { holding: [a, b] })
  expect(turn.withdrawn).toEqual([{ voter_id: b, why: 'lost' }])
  expect(turn.empty?.reason).toBe('resting')
})

test('an empty list names its own reason: the organizer, a sheet of paper, another language, put off by this caller', async () => {
  const { clock, database } = world.installation
  const db = database.of(ours.organization_id)
  const why = async (caller: TestCaller, minutes = 0) => {
    clock.advance(minutes)
    return (await caller.next()).turn.empty
  }
  const wait = (bank: TestBank, voter_id: number, more: object) =>
    db
      .updateTable('phone_bank_target')
      .set(more)
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .where('voter_id', '=', voter_id)
      .execute()

  const [flagged = 0] = await voters(1)
  const looked = await makeBank(world, ours, [flagged])
  const caller = await addTestCaller(world, ours, looked)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('no card')
  await caller.record(
    card,
    { disposition: 'no_answer', follow_ups: [{ kind: 'organizer', note: 'look' }] },
    { want: 0 },
  )
  // Also when the rest is long over.
  expect(await why(caller)).toEqual({ reason: 'organizer', ready_at: null, count: 1 })
  expect(await why(caller, 26 * 60)).toEqual({ reason: 'organizer', ready_at: null, count: 1 })

  const [printed = 0] = await voters(1)
  const sheet = await makeBank(world, ours, [printed])
  await sql`select put_on_paper(b, gen_random_uuid(), 1, '{en,ko}', ${clock.now()}) from phone_bank b where b.phone_bank_id = ${sheet.phone_bank_id}::uuid`.execute(
    db,
  )
  const at_screen = await addTestCaller(world, ours, sheet)
  expect(await why(at_screen)).toMatchObject({ reason: 'on_paper', count: 1, ready_at: expect.any(String) })

  const [korean = 0] = await voters(1)
  const spoken = await makeBank(world, ours, [korean])
  await wait(spoken, korean, { state: 'waiting', why: 'resting', language: 'ko', is_language_known: true, next_at: clock.now() }) // prettier-ignore
  expect(await why(await addTestCaller(world, ours, spoken, ['en']), 1)).toMatchObject({
    reason: 'other_language',
    count: 1,
  })

  const [put_off = 0] = await voters(1)
  const skipped = await makeBank(world, ours, [put_off])
  const [skips, other] = [await addTestCaller(world, ours, skipped), await addTestCaller(world, ours, skipped)]
  await skips.next()
  await skips.ask({ release: { voter_ids: [put_off], why: 'skip' }, want: 0 })
  expect(await why(skips)).toMatchObject({ reason: 'resting', count: 1 })
  expect(await why(skips, 61)).toEqual({ reason: 'skipped', ready_at: null, count: 1 })
  expect((await other.next()).turn.cards).toHaveLength(1)
})

test('two phone banks never ring one line at once, and no voter is left in nobody’s hand', async () => {
  const [a = 0, b = 0] = await voters(2, () => ({ phones: [phoneOf(900_079)] }))
  // Apart from each other in the lists, so only the line can keep the two calls apart.
  const [bankA, bankB] = [await makeBank(world, ours, [a]), await makeBank(world, ours, [b])]
  const [one, two] = [await addTestCaller(world, ours, bankA), await addTestCaller(world, ours, bankB)]
  const turns = await Promise.all([one.next(), two.next()])
  expect(turns.flatMap(({ turn }) => turn.cards)).toHaveLength(1)
  const stray = await owner
    .selectFrom('phone_bank_target as t')
    .leftJoin('call_lease as l', (join) =>
      join.onRef('l.voter_id', '=', 't.voter_id').onRef('l.phone_bank_id', '=', 't.phone_bank_id'),
    )
    .select('t.voter_id')
    .where('t.state', '=', 'leased')
    .where('l.voter_id', 'is', null)
    .execute()
  expect(stray).toEqual([])
})

test('connections cut in the middle: what is sent again is there once, whole, and nobody is out twice', async () => {
  const bank = await makeBank(world, ours, await voters(120))
  const callers = await Promise.all(Array.from({ length: 40 }, () => addTestCaller(world, ours, bank)))
  const handed = new Map<number, string>()
  let twice = 0
  const confirmed: string[] = []
  const work = callers.map(async (caller) => {
    // As the calling page does: sends the same again until it is answered.
    const insist = async (more: Parameters<typeof caller.ask>[0]) => {
      for (let tries = 0; ; tries++) {
        try {
          return await caller.ask(more)
        } catch (problem) {
          if (tries === 50) throw problem
        }
      }
    }
    let { cards } = (await insist({})).turn
    for (let calls = 0; calls < 2; calls++) {
      const [card] = cards
      if (!card) throw new Error('no card')
      if ((handed.get(card.voter_id) ?? caller.caller_id) !== caller.caller_id) twice++
      handed.set(card.voter_id, caller.caller_id)
      const result = {
        ...resultOf(card, world.installation.clock.now()),
        disposition: 'canvassed' as const,
        answers: { support: 2, plan: true },
      }
      const answer = await insist({ result })
      expect(['recorded', 'already_recorded']).toContain(answer.recorded?.outcome)
      confirmed.push(result.attempt_id)
      cards = answer.turn.cards
    }
  })
  let cut = 0
  let isOver = false
  const all = Promise.all(work).finally(() => (isOver = true))
  while (!isOver && cut < 20) {
    const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename = 'hanpyo_app' and state <> 'idle'`.execute(owner)
    cut += rows.length
  }
  await all
  expect(cut).toBeGreaterThan(0)
  expect(twice).toBe(0)
  const { rows } = await sql<{
    attempt_id: string
    answers: number
  }>`select a.attempt_id, count(w.question)::integer as answers
    from contact_attempt a left join contact_answer w using (organization_id, attempt_id)
    where a.phone_bank_id = ${bank.phone_bank_id}::uuid group by 1`.execute(owner)
  expect(rows.map((row) => row.attempt_id).sort()).toEqual(confirmed.sort())
  expect(rows.every((row) => row.answers === 2)).toBe(true)
})

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import { dispositions, type Disposition } from '../contacts/schema.ts'
import { createScript } from '../scripts/commands.ts'
import { undoAttempt } from './commands.ts'
import { defineResult } from './result-codes/commands.ts'
import type { CallResult } from './schema.ts'
import { addTestCaller, addVoters, makeBank, phoneOf, resultOf, testScript } from './testing.ts'

const world = await makeWorld()
const { installation } = world
const { owner } = installation.database
const ours = world.ours.organizer
const db = installation.database.of(ours.organization_id)
let last = 0

async function voters(count: number, more: (index: number) => object = () => ({})): Promise<number[]> {
  const ids = Array.from({ length: count }, () => ++last)
  await addVoters(
    owner,
    ids.map((voter_id, index) => ({ voter_id, ...more(index) })),
  )
  return ids
}

const target = (phone_bank_id: string, voter_id: number) =>
  db
    .selectFrom('phone_bank_target')
    .select(['state', 'why', 'attempts', 'next_at', 'phones', 'language', 'is_language_known'])
    .where('phone_bank_id', '=', phone_bank_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirstOrThrow()

const later = '2026-11-24T20:00:00.000Z'
const table: Record<Disposition, { more?: Partial<CallResult>; state: string; why: string; suppressed?: string[] }> = {
  canvassed: { more: { answers: { support: 1 } }, state: 'finished', why: 'canvassed' },
  no_answer: { state: 'waiting', why: 'resting' },
  left_message: { state: 'finished', why: 'left_message' },
  call_back: { more: { call_back_at: later }, state: 'waiting', why: 'call_back' },
  refused: { state: 'finished', why: 'refused' },
  wrong_number: { state: 'finished', why: 'no_number', suppressed: ['wrong_number'] },
  disconnected: { state: 'finished', why: 'no_number', suppressed: ['disconnected'] },
  language_barrier: { more: { language: 'zh' }, state: 'waiting', why: 'handed_on' },
  do_not_call: {
    more: { spoke_with: 'voter' },
    state: 'suppressed',
    why: 'do_not_call',
    suppressed: ['do_not_call', 'do_not_call'],
  },
  busy: { state: 'waiting', why: 'resting' },
  not_available: { state: 'waiting', why: 'resting' },
  moved: { state: 'suppressed', why: 'moved', suppressed: ['moved'] },
  deceased: { more: { spoke_with: 'household' }, state: 'suppressed', why: 'deceased', suppressed: ['deceased'] },
  hostile: { state: 'suppressed', why: 'hostile', suppressed: ['hostile'] },
}

test.each(dispositions.map((disposition) => ({ disposition, ...table[disposition] })))(
  '$disposition: the voter is $state ($why), and taking it back leaves no trace',
  async ({ disposition, more = {}, state, why, suppressed = [] }) => {
    const [voter_id = 0] = await voters(1)
    const bank = await makeBank(world, ours, [voter_id])
    const caller = await addTestCaller(world, ours, bank)
    const before = await target(bank.phone_bank_id, voter_id)
    const card = (await caller.next()).turn.cards[0]
    if (!card) throw new Error('no card')
    const { recorded } = await caller.record(card, { disposition, ...more }, { want: 0 })
    if (!recorded) throw new Error('not recorded')
    expect(recorded.outcome).toBe('recorded')
    expect(await target(bank.phone_bank_id, voter_id)).toMatchObject({ state, why, attempts: 1 })
    const marks = () =>
      db
        .selectFrom('suppression')
        .select('reason')
        .where('taken_back_at', 'is', null)
        .where((eb) => eb.or([eb('voter_id', '=', voter_id), eb('phone', '=', phoneOf(voter_id))]))
        .execute()
    expect((await marks()).map((mark) => mark.reason)).toEqual(suppressed)
    expect(
      await undoAttempt(db, ours, bank.phone_bank_id, recorded.attempt_id, installation.clock.now()),
    ).toMatchObject({ ok: true })
    expect(await marks()).toEqual([])
    expect(await target(bank.phone_bank_id, voter_id)).toEqual(before)
    expect(await undoAttempt(db, ours, bank.phone_bank_id, recorded.attempt_id, installation.clock.now())).toEqual({
      ok: false,
      problem: 'already_undone',
    })
  },
)

test('a voter who said no to one phone bank is withdrawn from another caller at the next contact', async () => {
  const ids = await voters(1)
  const [a, b] = [await makeBank(world, ours, ids), await makeBank(world, ours, ids)]
  const one = await addTestCaller(world, ours, a)
  const card = (await one.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  await db
    .insertInto('suppression')
    .values({
      organization_id: ours.organization_id,
      voter_id: card.voter_id,
      reason: 'do_not_call',
      marked_by: 'office',
    })
    .execute()
  const { turn } = await one.ask({ holding: [card.voter_id], want: 0 })
  expect(turn.withdrawn).toEqual([{ voter_id: card.voter_id, why: 'suppressed' }])
  expect((await target(b.phone_bank_id, card.voter_id)).state).toBe('suppressed')
})

test('a lease that ran out goes to the next caller, and the late result counts all the same', async () => {
  const ids = await voters(1)
  const bank = await makeBank(world, ours, ids)
  const [one, two] = [await addTestCaller(world, ours, bank), await addTestCaller(world, ours, bank)]
  const card = (await one.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  installation.clock.advance(9)
  await one.ask({ holding: ids, want: 0 }) // a sign of life
  installation.clock.advance(9)
  expect((await two.next()).turn.cards).toEqual([])
  installation.clock.advance(2)
  expect((await two.next()).turn.cards.map((each) => each.voter_id)).toEqual(ids)
  const { recorded } = await one.record(card, { disposition: 'refused' }, { want: 0 })
  expect(recorded).toMatchObject({ outcome: 'recorded', was_lost: true })
  expect((await two.ask({ holding: ids, want: 0 })).turn.withdrawn).toEqual([{ voter_id: ids[0], why: 'finished' }])
})

test('nobody outside calling hours, by the voter’s own clock, also when clocks change', async () => {
  const [east = 0, west = 0] = await voters(2, (index) => (index ? { state: 'WA', county: 'king' } : {}))
  const bank = await makeBank(world, ours, [east, west], { calling_starts: '09:00', calling_ends: '21:00' })
  const caller = await addTestCaller(world, ours, bank)
  const at = installation.clock.now().toISOString()
  const handed = async (instant: string) => {
    installation.clock.set(instant)
    const { turn } = await caller.next()
    const ids = turn.cards.map((card) => card.voter_id)
    await caller.ask({ want: 0, release: { voter_ids: ids, why: 'leave' } })
    return ids[0] ?? turn.empty?.reason
  }
  expect(await handed('2027-03-13T13:30:00Z')).toBe('outside_hours') // 8:30 in New York, winter time
  expect(await handed('2027-03-14T13:30:00Z')).toBe(east) // 9:30 there, the day clocks changed
  expect(await handed('2027-03-15T01:30:00Z')).toBe(west) // 21:30 in New York, 18:30 in Seattle
  installation.clock.set(at)
})

test('language decides: known speakers wait for a caller of theirs, likely ones are given to others last', async () => {
  const [likely = 0, plain = 0] = await voters(2, (index) => (index ? {} : { p_korean: 95 }))
  const bank = await makeBank(world, ours, [likely, plain])
  const english = await addTestCaller(world, ours, bank, ['en'])
  const first = (await english.next()).turn.cards[0]
  expect(first?.voter_id).toBe(plain)
  if (!first) throw new Error('no card')
  const second = (await english.record(first, { disposition: 'refused' })).turn.cards[0]
  expect(second?.voter_id).toBe(likely)
  if (!second) throw new Error('no card')
  // They speak Korean only: handed on, this caller never gets them again.
  const { turn } = await english.record(second, { disposition: 'language_barrier', language: 'ko' })
  expect(turn.empty).toMatchObject({ reason: 'other_language', count: 1 })
  const korean = await addTestCaller(world, ours, bank, ['ko'])
  expect((await korean.next()).turn.cards[0]).toMatchObject({
    voter_id: likely,
    language: { code: 'ko', is_known: true },
  })
})

test('who is passed on comes before all others to the next caller of their language', async () => {
  const bank = await makeBank(world, ours, await voters(3, () => ({ p_korean: 95 })))
  const english = await addTestCaller(world, ours, bank, ['en'])
  const card = (await english.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  await english.record(card, { disposition: 'language_barrier', language: 'ko' }, { want: 0 })
  const korean = await addTestCaller(world, ours, bank, ['ko'])
  expect((await korean.next()).turn.cards[0]?.voter_id).toBe(card.voter_id)
})

test('passed on with the last try, a voter is offered to a speaker all the same', async () => {
  const [voter = 0] = await voters(1)
  const bank = await makeBank(world, ours, [voter], { max_attempts: 1 })
  const english = await addTestCaller(world, ours, bank, ['en'])
  const card = (await english.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  const { turn } = await english.record(card, { disposition: 'language_barrier', language: 'ko' })
  expect(turn.empty).toMatchObject({ reason: 'other_language', count: 1 })
  const korean = await addTestCaller(world, ours, bank, ['ko'])
  const handed = (await korean.next()).turn.cards[0]
  expect(handed?.voter_id).toBe(voter)
  if (!handed) throw new Error('no card')
  // Their own try is the last one.
  await korean.record(handed, { disposition: 'no_answer' }, { want: 0 })
  expect(await target(bank.phone_bank_id, voter)).toMatchObject({ state: 'finished', why: 'max_attempts' })
})

test('passed on with the last try in a language nobody could tell, somebody else has one', async () => {
  const [voter = 0] = await voters(1)
  const bank = await makeBank(world, ours, [voter], { max_attempts: 1 })
  const [mina, joe, sun] = [
    await addTestCaller(world, ours, bank, ['en']),
    await addTestCaller(world, ours, bank, ['en']),
    await addTestCaller(world, ours, bank, ['en']),
  ]
  for (const caller of [mina, joe]) {
    const card = (await caller.next()).turn.cards[0]
    expect(card?.voter_id).toBe(voter)
    if (!card) throw new Error('no card')
    await caller.record(card, { disposition: 'language_barrier', language: null }, { want: 0 })
  }
  // Not for ever: theirs was the last one.
  expect(await target(bank.phone_bank_id, voter)).toMatchObject({ state: 'waiting', why: 'skipped', attempts: 1 })
  expect((await sun.next()).turn.cards).toEqual([])
})

test('the age is that of the year we know', async () => {
  const [voter = 0] = await voters(1, () => ({ birth_date: '1950-03-04', birth_year: 1950 }))
  await sql`insert into person (organization_id, voter_id, birth_year, matched_by) values (${ours.organization_id}::uuid, ${voter}, 1960, 'contact')`.execute(db) // prettier-ignore
  const bank = await makeBank(world, ours, [voter])
  const caller = await addTestCaller(world, ours, bank)
  expect((await caller.next()).turn.cards[0]?.age).toBe(installation.clock.now().getUTCFullYear() - 1960)
})

test('whose language nobody can tell is tried by somebody else, and nothing is learned of it', async () => {
  const [voter = 0] = await voters(1, () => ({ p_korean: 95 }))
  const bank = await makeBank(world, ours, [voter])
  const [mina, joe] = [
    await addTestCaller(world, ours, bank, ['en', 'ko']),
    await addTestCaller(world, ours, bank, ['en']),
  ]
  const card = (await mina.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  await mina.record(card, { disposition: 'language_barrier', language: null })
  expect((await mina.next()).turn.cards).toEqual([])
  const again = (await joe.next()).turn.cards[0]
  expect(again).toMatchObject({ voter_id: voter, language: null })
  const person = await db.selectFrom('person').select('language').where('voter_id', '=', voter).executeTakeFirst()
  expect(person?.language ?? null).toBeNull()
})

test('who is passed on comes along with their home only to a caller of their language', async () => {
  const home = { household_key: 77_001 }
  const [first = 0, passed = 0] = await voters(2, () => home)
  const bank = await makeBank(world, ours, [first, passed], { rules: { is_household_once_a_day: false } })
  await db
    .updateTable('phone_bank_target')
    .set({
      state: 'waiting',
      why: 'handed_on',
      language: 'ko',
      is_language_known: true,
      next_at: installation.clock.now(),
    })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', passed)
    .execute()
  const english = await addTestCaller(world, ours, bank, ['en'])
  expect((await english.next()).turn.cards.map(({ voter_id }) => voter_id)).toEqual([first])
  const korean = await addTestCaller(world, ours, bank, ['ko'])
  expect((await korean.next()).turn.cards.map(({ voter_id }) => voter_id)).toEqual([passed])
})

test('whose language nobody knows is called by speakers of the main language first, by others only where the rules let them', async () => {
  const [unknown = 0, korean = 0] = await voters(2, (index) => (index ? { p_korean: 95 } : {}))
  const bank = await makeBank(world, ours, [unknown, korean])
  const soo = await addTestCaller(world, ours, bank, ['ko'])
  const first = (await soo.next()).turn.cards[0]
  expect(first?.voter_id).toBe(korean)
  if (!first) throw new Error('no card')
  // Nobody of her language is left: now the others, also those who rest no longer.
  const second = (await soo.record(first, { disposition: 'refused' })).turn.cards[0]
  expect(second?.voter_id).toBe(unknown)
  if (!second) throw new Error('no card')
  await soo.record(second, { disposition: 'no_answer' }, { want: 0 })
  installation.clock.advance(25 * 60)
  expect((await soo.next()).turn.cards[0]?.voter_id).toBe(unknown)

  // Of whom a language is only thought, the same: to others last, and after a rest as well.
  const [thought = 0] = await voters(1, () => ({ p_korean: 95 }))
  const mixed = await makeBank(world, ours, [thought])
  const joe = await addTestCaller(world, ours, mixed, ['en'])
  const third = (await joe.next()).turn.cards[0]
  expect(third?.voter_id).toBe(thought)
  if (!third) throw new Error('no card')
  const { turn: resting } = await joe.record(third, { disposition: 'no_answer' })
  expect(resting.empty).toMatchObject({ reason: 'resting', count: 1, ready_at: expect.any(String) })
  installation.clock.advance(25 * 60)
  expect((await joe.next()).turn.cards[0]?.voter_id).toBe(thought)

  const [other = 0] = await voters(1)
  const strict = await makeBank(world, ours, [other], { rules: { language_fallback: false } })
  const mina = await addTestCaller(world, ours, strict, ['ko'])
  const { turn } = await mina.next()
  expect(turn.cards).toEqual([])
  expect(turn.empty).toMatchObject({ reason: 'other_language', count: 1 })
  // Where nobody calls in English, the first language of the phone bank is the main one.
  const [alone = 0] = await voters(1)
  const own = await makeBank(world, ours, [alone], { languages: ['ko'], rules: { language_fallback: false } })
  const sun = await addTestCaller(world, ours, own, ['ko'])
  expect((await sun.next()).turn.cards[0]?.voter_id).toBe(alone)
})

test('a promised call comes first when due, to the one who promised', async () => {
  const [asked = 0] = await voters(1)
  const others = await voters(4)
  const bank = await makeBank(world, ours, [asked, ...others])
  const [one, two] = [await addTestCaller(world, ours, bank), await addTestCaller(world, ours, bank)]
  const card = (await one.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  const at = new Date(installation.clock.now().getTime() + 60 * 60_000)
  await one.record(card, { disposition: 'call_back', call_back_at: at.toISOString() }, { want: 0 })
  installation.clock.advance(59)
  expect((await one.next()).turn.cards[0]?.voter_id).not.toBe(asked)
  await one.ask({ want: 0, release: { voter_ids: others, why: 'leave' } })
  installation.clock.advance(2)
  expect((await two.next()).turn.cards[0]?.voter_id).not.toBe(asked)
  expect((await one.next()).turn.cards[0]).toMatchObject({ voter_id: asked, call_back_at: at.toISOString() })
})

test('whoever promised a call and stays away: somebody else makes it once the rules say so', async () => {
  const [asked = 0] = await voters(1)
  const bank = await makeBank(world, ours, [asked], { rules: { reassign_minutes: 15 } })
  const [one, two] = [await addTestCaller(world, ours, bank), await addTestCaller(world, ours, bank)]
  const card = (await one.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  const at = new Date(installation.clock.now().getTime() + 60 * 60_000)
  await one.record(card, { disposition: 'call_back', call_back_at: at.toISOString() }, { want: 0 })
  installation.clock.advance(74)
  expect((await two.next()).turn.cards).toEqual([])
  installation.clock.advance(1)
  expect((await two.next()).turn.cards[0]?.voter_id).toBe(asked)
})

test('the next number of the same voter after a dead one, and no more than the attempts allowed', async () => {
  const [voter_id = 0] = await voters(1, () => ({ phones: [phoneOf(800_001), phoneOf(800_002)] }))
  const bank = await makeBank(world, ours, [voter_id], { max_attempts: 2 })
  const caller = await addTestCaller(world, ours, bank)
  let card = (await caller.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  card = (await caller.record(card, { disposition: 'disconnected' })).turn.cards[0]
  expect(card).toMatchObject({ voter_id, phones: [{ phone: phoneOf(800_002) }] })
  if (!card) throw new Error('no card')
  await caller.record(card, { disposition: 'no_answer' }, { want: 0 })
  installation.clock.advance(25 * 60)
  card = (await caller.next()).turn.cards[0]
  if (!card) throw new Error('no card after the rest')
  await caller.record(card, { disposition: 'no_answer' }, { want: 0 })
  expect(await target(bank.phone_bank_id, voter_id)).toMatchObject({
    state: 'finished',
    why: 'max_attempts',
    attempts: 2,
  })
})

test('with the clock of a device wrong, or set in between, results are recorded, at times that can be', async () => {
  const ids = await voters(4)
  const bank = await makeBank(world, ours, ids)
  const caller = await addTestCaller(world, ours, bank)
  const ago: number[] = []
  for (const [started_at, ended_at, sent_at] of [
    ['2020-01-01T11:58:00Z', '2020-01-01T12:00:00Z', '2020-01-01T12:05:00Z'],
    ['2036-01-01T11:58:00Z', '2036-01-01T12:00:00Z', '2036-01-01T12:05:00Z'],
    ['2020-01-01T12:00:00Z', '2020-01-01T12:02:00Z', '2036-01-01T12:02:00Z'],
    ['2026-11-23T12:00:00Z', '2026-11-23T09:02:00Z', '2026-11-23T09:03:00Z'],
  ] as const) {
    const card = (await caller.next()).turn.cards[0]
    if (!card) throw new Error('no card')
    const result = { ...resultOf(card, new Date(ended_at)), disposition: 'refused' as const, started_at, sent_at }
    expect((await caller.ask({ result, want: 0 })).recorded).toMatchObject({ outcome: 'recorded' })
    const kept = await db
      .selectFrom('contact_attempt')
      .select(['started_at', 'attempted_at'])
      .where('attempt_id', '=', result.attempt_id)
      .executeTakeFirstOrThrow()
    expect(kept.started_at?.getTime()).toBeLessThanOrEqual(kept.attempted_at.getTime())
    ago.push((installation.clock.now().getTime() - kept.attempted_at.getTime()) / 60_000)
  }
  expect(ago).toEqual([5, 5, 14 * 24 * 60, 1])
})

test('a card says where the voter lives, and what earlier calls left: note and answers in the words of the script', async () => {
  const [voter_id = 0] = await voters(1, () => ({ state: 'CA', county: 'los angeles' }))
  const say = { en: 'Do you support {candidate}?', ko: '{candidate, 을/를} 지지하시나요?' }
  const steps = testScript.steps.map((step) => (step.key === 'support' ? { ...step, say } : step))
  const content = { ...testScript, steps }
  const { script_id } = await createScript(db, ours, { name: 'Of a candidate', content }, installation.clock.now())
  const of = { script_id, candidate: { en: 'Hana Yoon', ko: '윤하나' }, lane: 'independent' as const }
  const caller = await addTestCaller(world, ours, await makeBank(world, ours, [voter_id], of))
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  expect(card).toMatchObject({ place: 'America/Los_Angeles CA', past: [] })
  await caller.record(card, {
    disposition: 'canvassed',
    answers: { support: 2, plan: true },
    note: '아들이 받음',
  })
  const again = await addTestCaller(world, ours, await makeBank(world, ours, [voter_id]))
  installation.clock.advance(72 * 60)
  const [later_card] = (await again.next()).turn.cards
  expect(later_card?.past).toMatchObject([
    {
      disposition: 'canvassed',
      note: '아들이 받음',
      answers: [
        { question: { en: 'Do you support Hana Yoon?', ko: '윤하나를 지지하시나요?' }, answer: 2 },
        { question: { en: 'Will you vote?' }, answer: true },
      ],
    },
  ])
})

test('a card holds calls that came from the voter, results in the organization’s words, and the council district of the election district', async () => {
  const [whole = 0, divided = 0, said = 0] = await voters(3)
  await installation.database.owner
    .updateTable('voter_record')
    .set({ ad: 40, ed: 12 })
    .where('voter_id', 'in', [whole, divided, said])
    .execute()
  const set = (voter_id: number, more: object) =>
    installation.database.owner.updateTable('voter_record').set(more).where('voter_id', '=', voter_id).execute()
  await set(whole, { ccd: null })
  await set(divided, { ccd: null, ed: 13 })
  await sql`insert into crosswalk (state, kind, source, loaded_by) values ('NY', 'nyc-council', 'test', 'test')`.execute(
    installation.database.owner,
  )
  await sql`insert into crosswalk_part (state, kind, ad, ed, district, share) values ('NY', 'nyc-council', 40, 12, 20, 1),
    ('NY', 'nyc-council', 40, 13, 20, 0.6), ('NY', 'nyc-council', 40, 13, 23, 0.4)`.execute(installation.database.owner)
  await defineResult(
    db,
    ours,
    { name_en: 'Voted early', name_ko: '조기투표 마침', counts_as: 'refused' },
    installation.clock.now(),
  )
  const bank = await makeBank(world, ours, [whole, divided, said])
  const caller = await addTestCaller(world, ours, bank)
  const { cards } = (await caller.next({ want: 3 })).turn
  const cardOf = (voter_id: number) => cards.find((each) => each.voter_id === voter_id)
  const council = cards.map(({ voter_id, districts }) => [
    voter_id,
    districts.find(({ kind }) => kind === 'ccd')?.number ?? null,
  ])
  expect(council.toSorted()).toEqual([
    [whole, 20],
    [divided, null],
    [said, 20],
  ])
  const [first, second] = [cardOf(whole), cardOf(said)]
  if (!first || !second) throw new Error('no card')
  await caller.record(first, { disposition: 'refused', result_code: 'voted_early' }, { want: 0 })
  await caller.record(second, { disposition: 'refused', is_inbound: true, note: '다시 걸어 오심' }, { want: 0 })
  const again = await addTestCaller(world, ours, await makeBank(world, ours, [whole, said]))
  installation.clock.advance(72 * 60)
  const later = (await again.next({ want: 2 })).turn.cards.flatMap(({ past }) => past)
  expect(later).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ result_name: { en: 'Voted early', ko: '조기투표 마침' }, is_inbound: false }),
      expect.objectContaining({ result_name: null, is_inbound: true, note: '다시 걸어 오심' }),
    ]),
  )
})

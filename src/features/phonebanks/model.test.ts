import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { timeIn } from '../../platform/clock.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { recordConsent, savePhone } from '../people/commands.ts'
import { importPhones } from '../voterfile/commands.ts'
import { leaseForHours } from './batches/commands.ts'
import type { Caller } from './caller.ts'
import { changePhoneBank, changeSettings, undoAttempt } from './commands.ts'
import { changeRules } from './calling-rules/commands.ts'
import { CallingRules } from './calling-rules/schema.ts'
import { solveFollowUp } from './follow-ups/commands.ts'
import { openMember, openReturnCall } from './follow-ups/walk-up.ts'
import { removeCaller } from './callers/commands.ts'
import { giveBackSheet, makeSheet, nameSheet, saveLine } from './paper/commands.ts'
import { linesOf, sheetOf } from './paper/queries.ts'
import { LineResult } from './paper/schema.ts'
import { startRound } from './rounds/commands.ts'
import { applyDone, preparePhoneBank, renewTargets } from './targets/commands.ts'
import { phoneBank, standings } from './dashboard.ts'
import type { CallCard, CallResult } from './schema.ts'
import { addTestCaller, addVoters, makeBank, phoneOf, resultOf, type TestBank, type TestCaller } from './testing.ts'
import { recordTold, undoTold } from './told/commands.ts'
import { turnsOf, type Answer, type Ask } from './turns.ts'

/*
 * Callers of two phone banks over the same voters do whatever they can think of, in any order, with and without a connection,
 * while people opt out, the universe changes and clocks jump. A simple model beside it knows who was promised whom; after every
 * step: nobody is in two hands, nothing recorded is lost or doubled, nobody who is closed is handed out, and the sums hold.
 */

const world = await makeWorld()
const { installation, ours } = world
const { owner } = installation.database
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const now = () => installation.clock.now()
let last = 0
let line = 0

interface Holding {
  card: CallCard
  until: Date
}

interface Hand {
  bank: TestBank
  caller: TestCaller
  held: Map<number, Holding>
  /** Made without a connection, in order. */
  unsent: CallResult[]
  is_removed: boolean
  /** Whom they took because they came to the phone: at any hour. */
  talks: Set<number>
}

interface Saved {
  disposition: string
  answers: Record<string, unknown>
}

interface Real {
  county: string
  voters: number[]
  /** Numbers, those of nobody too. */
  lines: string[]
  banks: TestBank[]
  ended: Set<TestBank>
  hands: Hand[]
  sheets: { bank: TestBank; sheet_id: string }[]
  /** What a caller was told is saved. */
  saved: Map<string, { result: Saved; is_undone: boolean }>
}

/** The model needs nothing that the real side does not show: its state is who holds whom, which `Real.hands` keeps. */
type Model = Record<string, never>

const zones = { NY: 'America/New_York', WA: 'America/Los_Angeles' }

/** An ordinary day, and the evenings before clocks go forward and back. */
const evenings = ['2027-03-12T15:00:00Z', '2027-03-13T21:00:00Z', '2027-11-06T21:00:00Z'] as const

/** Further numbers of some voters by their place: of nobody else, of others who have them as a further one too, or as the first. */
const furtherLines: Partial<Record<number, number[]>> = { 5: [16], 6: [16, 3], 7: [10], 8: [16, 3], 12: [10], 13: [17] }

async function setUp(begins: string = evenings[0]): Promise<Real> {
  installation.clock.set(begins)
  const county = 'hamilton'
  await owner.updateTable('voter_record').set({ county: 'kings' }).where('county', '=', county).execute()
  const ids = Array.from({ length: 15 }, () => ++last)
  const household = ++last
  const lines = Array.from({ length: 18 }, () => phoneOf(1_000_000 + ++line))
  await addVoters(
    owner,
    ids.map((voter_id, index) => ({
      voter_id,
      county,
      state: index < 12 ? 'NY' : 'WA',
      // Three at one home; two of them on one number, two strangers on one number, one without any.
      ...(index < 3 ? { household_key: household } : {}),
      phones:
        index === 14
          ? []
          : [index === 1 ? 0 : index === 4 ? 3 : index, ...(furtherLines[index] ?? [])].map((at) => String(lines[at])),
    })),
  )
  const draft = {
    expression: `county:${county}`,
    languages: ['en', 'ko'],
    retry_after_hours: 1,
    max_attempts: 3,
    starts_on: '2027-03-01',
    ends_on: '2027-11-30',
    calling_starts: '08:00',
    calling_ends: '21:00',
  }
  const banks = [
    await makeBank(world, organizer, ids, draft),
    await makeBank(world, organizer, ids, {
      ...draft,
      rules: { household: 'apart', is_household_once_a_day: false, lines_per_household: 1 },
    }),
  ]
  const hands: Hand[] = []
  for (const [index, bank] of [0, 0, 1].entries()) {
    const of = banks[bank]
    if (!of) throw new Error('no bank')
    const caller = await addTestCaller(
      world,
      organizer,
      of,
      index === 1 ? ['ko', 'zh'] : ['en', 'ko'],
      `Caller ${index}`,
    )
    hands.push({ bank: of, caller, held: new Map(), unsent: [], is_removed: false, talks: new Set() })
  }
  return { county, voters: ids, lines, banks, ended: new Set(), hands, sheets: [], saved: new Map() }
}

/** Asks the server as this caller, and compares its answer with what the others were promised. */
async function ask(real: Real, hand: Hand, more: Partial<Ask>): Promise<Answer> {
  const closed = await closedVoters(real)
  const before = await toldNumbers(real)
  const printed = await onPaper(real)
  const answer = await hand.caller.ask({ holding: [...hand.held.keys()], want: 0, ...more })
  // A number found wrong by the very result that was sent is nobody's any more.
  const after = await toldNumbers(real)
  const told = new Map([...before].filter(([voter_id, phone]) => after.get(voter_id) === phone))
  if (real.ended.has(hand.bank)) expect(answer.turn.cards, 'a voter is shown after the end').toEqual([])
  for (const { voter_id } of answer.turn.withdrawn) hand.held.delete(voter_id)
  const isSentAgain = (voter_id: number) => answer.turn.cards.some((card) => card.voter_id === voter_id)
  for (const [voter_id, { card }] of hand.held) {
    // Whoever was closed in between is told at the next contact.
    expect(closed.voters.has(voter_id), `voter ${voter_id} stayed in hand though closed`).toBe(false)
    for (const { phone } of isSentAgain(voter_id) ? [] : card.phones)
      expect(closed.phones.has(phone), `${phone} stayed on the screen though closed`).toBe(false)
    if (told.has(voter_id) && !isSentAgain(voter_id))
      expect(card.phones[0]?.phone, `voter ${voter_id} kept the old number on the screen`).toBe(told.get(voter_id))
  }
  const until = answer.turn.leased_until ? new Date(answer.turn.leased_until) : now()
  for (const [voter_id, held] of hand.held) hand.held.set(voter_id, { ...held, until })
  for (const card of answer.turn.cards) {
    for (const other of real.hands) {
      if (other === hand) continue
      const theirs = other.held.get(card.voter_id)
      expect(theirs && theirs.until >= now(), `voter ${card.voter_id} is in two hands`).toBeFalsy()
      for (const [whom, { card: held, until: theirEnd }] of other.held) {
        // Who comes to the phone is talked with, though a screen still shows somebody of their line who was closed since.
        if (hand.talks.has(card.voter_id) && closed.voters.has(whom)) continue
        const both = held.phones.filter(({ phone }) => card.phones.some((own) => own.phone === phone))
        expect(theirEnd >= now() ? both : [], `a number of ${card.voter_id} and ${whom} on two screens`).toEqual([])
      }
    }
    if (!hand.held.has(card.voter_id) && !hand.talks.has(card.voter_id)) {
      expect(printed.voters.has(card.voter_id), `voter ${card.voter_id} is on paper and on a screen`).toBe(false)
      expect(printed.lines.has(card.phones[0]?.phone ?? ''), `the line of ${card.voter_id} is on paper`).toBe(false)
    }
    expect(closed.voters.has(card.voter_id), `voter ${card.voter_id} handed out though closed`).toBe(false)
    expect(
      closed.gone.has(card.voter_id) && !hand.held.has(card.voter_id),
      `voter ${card.voter_id} handed out though gone`,
    ).toBe(false)
    for (const { phone } of card.phones)
      expect(closed.phones.has(phone), `${phone} handed out though closed`).toBe(false)
    if (told.has(card.voter_id))
      expect(card.phones[0]?.phone, `voter ${card.voter_id} handed out with an old number`).toBe(
        told.get(card.voter_id),
      )
    const place = real.voters.indexOf(card.voter_id) < 12 ? zones.NY : zones.WA
    const hour = Number(timeIn(place, now()).slice(0, 2))
    const is_answered = hand.held.has(card.voter_id) || hand.talks.has(card.voter_id)
    expect(is_answered || (hour >= 8 && hour < 21), `voter ${card.voter_id} called at ${hour} o’clock at home`).toBe(
      true,
    )
    hand.held.set(card.voter_id, { card, until: new Date(card.leased_until) })
  }
  if (answer.turn.empty && answer.turn.empty.reason !== 'quota') expect(await passedOnTo(hand)).toEqual([])
  return answer
}

/** Voters passed on to a speaker of this caller's languages, whom nothing keeps from being called now. */
async function passedOnTo({ bank, caller: { languages } }: Hand): Promise<number[]> {
  const open = Object.entries(zones).flatMap(([state, zone]) => {
    const hour = Number(timeIn(zone, now()).slice(0, 2))
    return hour >= 8 && hour < 21 ? [state] : []
  })
  const { rows } = await sql<{ voter_id: number }>`
    select t.voter_id from phone_bank_target t join voter_record r using (voter_id)
    where t.phone_bank_id = ${bank.phone_bank_id}::uuid and t.state = 'waiting' and t.why = 'handed_on' and t.next_at <= ${now()}
      and t.language = any(${[...languages]}::text[]) and r.state = any(${open}::text[])`.execute(db)
  return rows.map(({ voter_id }) => voter_id)
}

/** Whose line of a sheet says that they are called from it, and the numbers printed there. */
async function onPaper(real: Real): Promise<{ voters: Set<number>; lines: Set<string> }> {
  const { rows } = await sql<{ voter_id: number; phone: string }>`
    select l.voter_id, l.phone from phone_bank_sheet s join phone_bank_sheet_line l using (organization_id, sheet_id)
    join phone_bank_target t on t.organization_id = s.organization_id and t.phone_bank_id = s.phone_bank_id and t.voter_id = l.voter_id
    where s.sheet_id = any(${real.sheets.map(({ sheet_id }) => sheet_id)}::uuid[]) and t.state = 'waiting' and t.why = 'elsewhere'
      and t.on_paper_at = s.made_at and t.next_at = t.on_paper_at + interval '24 hours' and t.next_at > ${now()} and t.phones[1] = l.phone`.execute(
    db,
  )
  return { voters: new Set(rows.map(({ voter_id }) => voter_id)), lines: new Set(rows.map(({ phone }) => phone)) }
}

async function closedVoters(real: Real): Promise<{ voters: Set<number>; phones: Set<string>; gone: Set<number> }> {
  const rows = await db
    .selectFrom('suppression')
    .select(['voter_id', 'phone'])
    .where('organization_id', '=', organization_id)
    .where('taken_back_at', 'is', null)
    .execute()
  const own = new Set(real.voters)
  const { rows: said } = await sql<{ voter_id: number }>`
    select p.voter_id from person p where p.voter_id = any(${real.voters}::integer[]) and (p.deceased_at is not null
      or (select not k.is_given from consent k where k.organization_id = p.organization_id and k.person_id = p.person_id and k.channel = 'phone'
        order by k.recorded_at desc, k.consent_id desc limit 1))`.execute(db)
  const gone = await db
    .selectFrom('voter_record')
    .select('voter_id')
    .where('voter_id', 'in', real.voters)
    .where('status', '=', 'purged')
    .execute()
  return {
    gone: new Set(gone.map(({ voter_id }) => voter_id)),
    voters: new Set([
      ...rows.flatMap((row) =>
        row.phone === null && row.voter_id !== null && own.has(row.voter_id) ? [row.voter_id] : [],
      ),
      ...said.map(({ voter_id }) => voter_id),
    ]),
    phones: new Set(rows.flatMap((row) => (row.phone !== null && row.voter_id === null ? [row.phone] : []))),
  }
}

/** The number each voter said is theirs, where it is open and nobody found it wrong since. */
async function toldNumbers(real: Real): Promise<Map<number, string>> {
  const { rows } = await sql<{ voter_id: number; phone: string }>`
    select p.voter_id, f.phone from person p join person_phone f using (organization_id, person_id)
    where p.voter_id = any(${real.voters}::integer[]) and f.is_preferred and f.quality in ('good', 'unknown')
      and not exists (select from suppression s where s.organization_id = p.organization_id and s.phone = f.phone and s.taken_back_at is null
        and (s.voter_id is null or s.voter_id = p.voter_id))`.execute(db)
  return new Map(rows.map(({ voter_id, phone }) => [voter_id, phone]))
}

async function checkInvariants(real: Real): Promise<void> {
  const banks = runningOf(real).map(({ phone_bank_id }) => phone_bank_id)
  const ended = [...real.ended].map(({ phone_bank_id }) => phone_bank_id)
  const { rows: broken } = await sql<{ problem: string }>`
    select 'leased without a lease' as problem from phone_bank_target t where t.phone_bank_id = any(${banks}::uuid[]) and t.state = 'leased'
      and not exists (select from call_lease l where l.organization_id = t.organization_id and l.voter_id = t.voter_id
        and l.phone_bank_id = t.phone_bank_id and l.caller_id = t.leased_to)
    union all
    select 'a lease of nobody' from call_lease l where l.phone_bank_id = any(${banks}::uuid[]) and not l.is_on_paper
      and not exists (select from phone_bank_target t where t.organization_id = l.organization_id and t.voter_id = l.voter_id
        and t.phone_bank_id = l.phone_bank_id and t.leased_to = l.caller_id and t.state = 'leased')
    union all
    select 'one number in two hands' from (
      select l.caller_id, n.phone from call_lease l join phone_bank_target t using (organization_id, phone_bank_id, voter_id)
        cross join lateral unnest(numbers_shown(t.organization_id, t.voter_id, t.phones)) n (phone) where not l.is_on_paper
      union all
      select caller_id, line from call_lease where is_on_paper and line is not null) shown
      group by phone having count(distinct caller_id) > 1
    union all
    select 'a number of nobody in a hand' from further_line f where not exists (
      select from call_lease l where l.organization_id = f.organization_id and l.voter_id = f.voter_id)
    union all
    select 'in a hand after the end' from call_lease where phone_bank_id = any(${ended}::uuid[]) and not is_on_paper
    union all
    select 'on paper and held by nobody' from phone_bank_target t where t.phone_bank_id = any(${banks}::uuid[]) and t.state = 'waiting'
      and t.why = 'elsewhere' and t.next_at = t.on_paper_at + interval '24 hours' and t.next_at > ${now()}
      and not exists (select from call_lease l where l.organization_id = t.organization_id and l.voter_id = t.voter_id and l.is_on_paper)
    union all
    select 'passed on to a speaker and out of tries' from phone_bank_target t join contact_attempt a
      on a.organization_id = t.organization_id and a.attempt_id = t.last_attempt_id
      where t.phone_bank_id = any(${banks}::uuid[]) and t.state = 'finished' and t.why = 'max_attempts' and a.disposition = 'language_barrier'
    union all
    select 'waiting without a reason' from phone_bank_target where phone_bank_id = any(${banks}::uuid[]) and state = 'waiting' and why is null
    union all
    select 'finished without a result' from phone_bank_target where phone_bank_id = any(${banks}::uuid[]) and state in ('finished', 'suppressed') and why is null
    union all
    select 'ready with a reason' from phone_bank_target where phone_bank_id = any(${banks}::uuid[]) and state = 'ready' and why is not null
    union all
    select 'other numbers than are known' from phone_bank_target t where t.phone_bank_id = any(${banks}::uuid[]) and t.state <> 'suppressed'
      and not (select t.phones @> n.phones and t.phones <@ n.phones from (select numbers_to_call(t.organization_id, t.voter_id, (
        select p.person_id from person p where p.voter_id = t.voter_id and p.merged_into is null)) as phones) n)
    union all
    select 'no number though one is known' from phone_bank_target where phone_bank_id = any(${banks}::uuid[]) and why = 'no_number' and phones <> '{}'
    union all
    select 'ready without a number' from phone_bank_target where phone_bank_id = any(${banks}::uuid[]) and state = 'ready' and phones = '{}'`.execute(
    db,
  )
  expect(broken).toEqual([])
  for (const bank of real.banks) {
    const row = await phoneBank(db, organization_id, bank.phone_bank_id)
    const { count } = await db
      .selectFrom('phone_bank_target')
      .select(sql<number>`count(*)::integer`.as('count'))
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .executeTakeFirstOrThrow()
    const sum = (await standings(db, row, now())).reduce((all, each) => all + each.count, 0)
    expect(sum).toBe(count)
    expect(sum).toBe(real.voters.length)
  }
  const stored = await db
    .selectFrom('contact_attempt as a')
    .leftJoin('contact_answer as w', (join) =>
      join.onRef('w.organization_id', '=', 'a.organization_id').onRef('w.attempt_id', '=', 'a.attempt_id'),
    )
    .select(['a.attempt_id', 'a.disposition', 'a.undone_at', sql<number>`count(w.question)::integer`.as('answers')])
    .where('a.phone_bank_id', 'in', [...banks, ...ended])
    .groupBy(['a.attempt_id', 'a.disposition', 'a.undone_at'])
    .execute()
  expect(stored.map(({ attempt_id }) => attempt_id).sort()).toEqual([...real.saved.keys()].sort())
  for (const attempt of stored) {
    const saved = real.saved.get(attempt.attempt_id)
    expect(attempt.disposition).toBe(saved?.result.disposition)
    expect(attempt.answers).toBe(Object.keys(saved?.result.answers ?? {}).length)
    expect(attempt.undone_at !== null).toBe(saved?.is_undone)
  }
}

const results: Partial<CallResult>[] = [
  { disposition: 'no_answer' },
  { disposition: 'canvassed', answers: { support: 2, plan: true } },
  { disposition: 'refused' },
  { disposition: 'left_message' },
  { disposition: 'busy' },
  { disposition: 'wrong_number' },
  { disposition: 'disconnected' },
  { disposition: 'language_barrier', language: 'zh' },
  { disposition: 'do_not_call', spoke_with: 'voter' },
  { disposition: 'deceased', spoke_with: 'household' },
  { disposition: 'call_back' },
  { disposition: 'call_back', is_call_back_mine: false },
  { disposition: 'call_back', follow_ups: [{ kind: 'organizer', note: 'look' }] },
  { disposition: 'no_answer', follow_ups: [{ kind: 'organizer', note: 'look' }] },
]

type Step = { title: string; run(real: Real): Promise<void> }
type Made = fc.AsyncCommand<Model, Real>

const command = ({ title, run }: Step): Made => ({
  check: () => true,
  async run(_, real) {
    await run(real)
    await checkInvariants(real)
  },
  toString: () => title,
})

const runningOf = ({ banks, ended }: Real): TestBank[] => banks.filter((bank) => !ended.has(bank))

/** null: it has ended. */
const runningAt = (real: Real, nth: number): TestBank | null =>
  runningOf(real).find((bank) => bank === real.banks[nth]) ?? null

const handOf = (real: Real, nth: number): Hand => {
  const hand = real.hands[nth]
  if (!hand) throw new Error('no such caller')
  return hand
}

/** The result as the device made it; sent now, or later. */
function made(hand: Hand, nth: number): CallResult | null {
  const held = [...hand.held.values()].find(
    ({ card }) => !hand.unsent.some(({ voter_id }) => voter_id === card.voter_id),
  )
  if (!held) return null
  const result = results[nth % results.length]
  // In the evening, or at night, when it becomes the morning.
  const call_back_at =
    result?.disposition === 'call_back'
      ? new Date(now().getTime() + (5 + (nth % 2) * 7) * 3_600_000).toISOString()
      : null
  return { ...resultOf(held.card, now()), ...result, call_back_at, attempt_id: randomUUID() }
}

async function send(real: Real, hand: Hand, result: CallResult): Promise<void> {
  hand.held.delete(result.voter_id)
  const { recorded } = await ask(real, hand, { result: { ...result, sent_at: now().toISOString() } })
  expect(['recorded', 'already_recorded']).toContain(recorded?.outcome)
  if (!real.saved.has(result.attempt_id)) real.saved.set(result.attempt_id, { result, is_undone: false })
}

/** Said to the office, on the street, to another room: not to a caller. Of a person, or of a number whoever answers it. */
async function tellOffice(who: { voter_id: number | null; phone: string | null }, isBack: boolean): Promise<void> {
  if (!isBack) {
    await db
      .insertInto('suppression')
      .values({ organization_id, ...who, reason: 'do_not_call', marked_by: 'office', marked_at: now() })
      .execute()
    return
  }
  await db
    .updateTable('suppression')
    .set({ taken_back_at: now(), taken_back_by: 'office' })
    .where('organization_id', '=', organization_id)
    .where('taken_back_at', 'is', null)
    .where((eb) =>
      who.phone === null
        ? eb.and([eb('voter_id', '=', who.voter_id), eb('marked_by', '=', 'office')])
        : eb.and([eb('phone', '=', who.phone), eb('voter_id', 'is', null)]),
    )
    .execute()
}

/** Somebody came to the phone who was not handed out. */
async function talk(real: Real, hand: Hand, voter_id: number | null): Promise<void> {
  if (voter_id === null) return
  hand.talks.add(voter_id)
  await ask(real, hand, { take: [voter_id] })
  hand.talks.delete(voter_id)
}

const callerOf = ({ bank, caller }: Hand): Caller => ({
  organization_id,
  phone_bank_id: bank.phone_bank_id,
  caller_id: caller.caller_id,
  name: 'Caller',
  languages: ['en', 'ko'],
})

const settings = {
  starts_on: '2027-03-01',
  ends_on: '2027-11-30',
  calling_starts: '08:00',
  calling_ends: '21:00',
  retry_after_hours: 1,
  languages: ['en', 'ko'],
  goal_contacts: null,
}

const caller = fc.integer({ min: 0, max: 2 })
const next = fc.tuple(caller, fc.integer({ min: 1, max: 3 })).map(([who, want]) =>
  command({
    title: `next(${who}, ${want})`,
    run: async (real) => void (await ask(real, handOf(real, who), { want })),
  }),
)
const record = fc.tuple(caller, fc.nat(results.length - 1)).map(([who, nth]) =>
  command({
    title: `record(${who}, ${results[nth]?.disposition})`,
    async run(real) {
      const hand = handOf(real, who)
      const result = made(hand, nth)
      if (result) await send(real, hand, result)
    },
  }),
)
/** The next voter and at once a result, as an evening mostly goes. */
const callOne = fc.tuple(caller, fc.nat(results.length - 1)).map(([who, nth]) =>
  command({
    title: `call(${who}, ${results[nth]?.disposition})`,
    async run(real) {
      const hand = handOf(real, who)
      await ask(real, hand, { want: 1 })
      const result = made(hand, nth)
      if (result) await send(real, hand, result)
    },
  }),
)
const commands = [
  // Calling is what they do most.
  ...Array.from({ length: 14 }, () => callOne),
  ...Array.from({ length: 4 }, () => next),
  ...Array.from({ length: 5 }, () => record),
  fc.tuple(caller, fc.nat(results.length - 1)).map(([who, nth]) =>
    command({
      title: `recordOffline(${who}, ${results[nth]?.disposition})`,
      async run(real) {
        const hand = handOf(real, who)
        const result = made(hand, nth)
        if (result) hand.unsent.push(result)
      },
    }),
  ),
  fc.tuple(caller, fc.boolean()).map(([who, isTwice]) =>
    command({
      title: `sync(${who}${isTwice ? ', twice' : ''})`,
      async run(real) {
        const hand = handOf(real, who)
        const unsent = hand.unsent.splice(0)
        for (const result of unsent) {
          await send(real, hand, result)
          if (isTwice) await send(real, hand, result)
        }
      },
    }),
  ),
  fc.tuple(caller, fc.constantFrom('skip' as const, 'leave' as const)).map(([who, why]) =>
    command({
      title: `release(${who}, ${why})`,
      async run(real) {
        const hand = handOf(real, who)
        const voter_ids = [...hand.held.keys()].filter((id) => !hand.unsent.some(({ voter_id }) => voter_id === id))
        if (voter_ids.length === 0) return
        for (const id of voter_ids) hand.held.delete(id)
        await ask(real, hand, { release: { voter_ids, why } })
      },
    }),
  ),
  fc.tuple(fc.nat(14), fc.boolean()).map(([nth, isBack]) =>
    command({
      title: `${isBack ? 'takeBack' : 'optOut'}(${nth})`,
      async run(real) {
        await tellOffice({ voter_id: real.voters[nth] ?? 0, phone: null }, isBack)
      },
    }),
  ),
  fc.nat(20).map((nth) =>
    command({
      title: `undo(${nth})`,
      async run(real) {
        const open = [...real.saved.entries()].filter(([, { is_undone }]) => !is_undone)
        const [attempt_id, saved] = open[nth % Math.max(1, open.length)] ?? []
        if (!attempt_id || !saved) return
        for (const bank of real.banks) {
          const undone = await undoAttempt(db, organizer, bank.phone_bank_id, attempt_id, now())
          if (undone.ok) saved.is_undone = true
        }
      },
    }),
  ),
  fc
    .constantFrom(1, 12, 61, 120, 700, 1440)
    .map((minutes) => command({ title: `clock(+${minutes})`, run: async () => installation.clock.advance(minutes) })),
  // The nights clocks change: the hour that is not there, and the one that is there twice.
  fc
    .constantFrom('03-14T06:59', '03-14T07:05', '03-14T12:30', '11-07T05:55', '11-07T06:05', '11-07T13:30')
    .map((instant) =>
      command({
        title: `clock(${instant})`,
        async run() {
          const at = new Date(`2027-${instant}:00Z`)
          if (at > now() && at.getTime() - now().getTime() < 72 * 3_600_000) installation.clock.set(at.toISOString())
        },
      }),
    ),
  fc.tuple(fc.nat(1), fc.constantFrom(['en', 'ko'], ['ko'])).map(([nth, languages]) =>
    command({
      title: `paper(${nth}, ${languages.join()})`,
      async run(real) {
        const bank = runningAt(real, nth)
        const wished = { count: 3, languages, purpose: 'calls from paper' }
        const sheet = bank && (await makeSheet(db, organizer, bank.phone_bank_id, wished, now()))
        if (bank && sheet?.ok) real.sheets.push({ bank, sheet_id: sheet.sheet_id })
      },
    }),
  ),
  fc
    .tuple(fc.nat(3), fc.nat(2), fc.constantFrom('no_answer' as const, 'canvassed' as const, 'refused' as const))
    .map(([of, nth, disposition]) =>
      command({
        title: `type(${of}, ${nth}, ${disposition})`,
        async run(real) {
          const made = real.sheets[of]
          if (!made) return
          const bank = await phoneBank(db, organization_id, made.bank.phone_bank_id)
          const sheet = await sheetOf(db, bank, made.sheet_id, now())
          const line = (await linesOf(db, sheet, now(), '2027-03-12'))[nth]
          // Typed once: what is taken back stays so.
          if (!line || line.attempt) return
          const named = { caller: '박수진', called_at: now() }
          const { caller_id } = await nameSheet(db, organizer, bank, sheet, named, now())
          const answers = disposition === 'canvassed' ? { support: 2 } : {}
          const result = LineResult.parse({
            disposition,
            answers,
            note: '',
            call_back_at: null,
            language: null,
            spoke_with: null,
          })
          const typed = { bank, sheet, caller: { caller_id, name: named.caller }, called_at: named.called_at }
          const said = await saveLine(installation, organizer, typed, line, result, now())
          if (said !== 'recorded') throw new Error(`a line of paper is ${said}`)
          real.saved.set(line.attempt_id, { result, is_undone: false })
        },
      }),
    ),
  fc.nat(3).map((of) =>
    command({
      title: `giveBack(${of})`,
      async run(real) {
        const made = real.sheets[of]
        if (!made) return
        const bank = await phoneBank(db, organization_id, made.bank.phone_bank_id)
        await giveBackSheet(db, organizer, await sheetOf(db, bank, made.sheet_id, now()), now())
      },
    }),
  ),
  fc.tuple(fc.nat(14), fc.nat(17)).map(([nth, of]) =>
    command({
      title: `importNumber(${nth}, ${of})`,
      async run(real) {
        // Of nobody yet, or one that somebody else has too.
        const phone = of % 3 === 0 ? phoneOf(1_000_000 + ++line) : (real.lines[of] ?? '')
        await sql`insert into voter_phone (voter_id, phone, quality, matched_by, source, received_on)
          values (${real.voters[nth] ?? 0}, ${phone}, 95, 'state_id', 'new', '2027-03-12') on conflict do nothing`.execute(
          owner,
        )
        for (const bank of runningOf(real)) await renewTargets(owner, organization_id, bank.phone_bank_id, now())
      },
    }),
  ),
  // A list of numbers from outside, by the importer itself: of the voters in New York, by the state's number.
  fc.array(fc.tuple(fc.nat(11), fc.nat(17)), { minLength: 1, maxLength: 3 }).map((rows) =>
    command({
      title: `importList(${rows.map((row) => row.join(' ')).join(', ')})`,
      async run(real) {
        const path = join(world.folder, `numbers-${++line}.csv`)
        const phones = rows.map(([, of]) => (of % 3 === 0 ? phoneOf(1_000_000 + ++line) : (real.lines[of] ?? '')))
        const ids = rows.map(([nth]) => `NY${String(real.voters[nth]).padStart(18, '0')}`)
        writeFileSync(path, ['state_voter_id,phone', ...ids.map((id, at) => `${id},${phones[at]}`), ''].join('\n'))
        const steward = {
          kind: 'cli',
          id: 'test',
          name: 'Tess',
          organization_id: '',
          roles: [],
          is_steward: true,
        } as const
        const context = {
          database: installation.database,
          clock: installation.clock,
          folder: world.folder,
          actor: steward,
        }
        const imported = await importPhones(context, { paths: [path], source: 'a list', law_accepted: true })
        if (!imported.ok || imported.report.rejected > 0 || imported.report.unmatched > 0)
          throw new Error(`the list was read otherwise: ${JSON.stringify(imported)}`)
        for (const bank of runningOf(real)) await renewTargets(owner, organization_id, bank.phone_bank_id, now())
      },
    }),
  ),
  fc.tuple(caller, fc.nat(17), fc.boolean()).map(([who, of, isBack]) =>
    command({
      title: `tellNumber(${who}, ${of}${isBack ? ', taken back' : ''})`,
      async run(real) {
        const hand = handOf(real, who)
        const card = [...hand.held.values()][0]?.card
        if (!card || hand.is_removed) return
        const told_at = now().toISOString()
        const phone = of % 3 === 0 ? phoneOf(1_000_000 + ++line) : (real.lines[of] ?? '')
        const { voter_id, ticket } = card
        const input = {
          told_id: randomUUID(),
          voter_id,
          ticket,
          told: { kind: 'phone' as const, phone },
          told_at,
          sent_at: told_at,
        }
        const said = await recordTold(db, callerOf(hand), input, installation.secret, now())
        // Who holds somebody is neither taken off the list nor in a phone bank that is over.
        if (said.outcome !== 'recorded') throw new Error(`a number told is ${said.outcome}: ${said.problem}`)
        if (isBack) {
          const { problem } = await undoTold(db, callerOf(hand), { told_id: input.told_id }, installation.secret, now())
          if (problem !== null && problem !== 'changed_since') throw new Error(`a number taken back is ${problem}`)
        }
        await ask(real, hand, {})
      },
    }),
  ),
  fc
    .tuple(
      fc.nat(1),
      fc.constantFrom<Partial<CallingRules>>(
        { is_household_once_a_day: true },
        { is_household_once_a_day: false, spacing: { no_answer: { hours: 0, most: 2 } } },
        { language_fallback: false, lines_per_household: 1 },
        { language_fallback: true, lease_minutes: 3 },
        { quotas: [{ question: 'support', value: '2', count: 4 }] },
        { quotas: [], spacing: {} },
      ),
    )
    .map(([nth, changed]) =>
      command({
        title: `rules(${nth}, ${JSON.stringify(changed)})`,
        async run(real) {
          const phone_bank_id = runningAt(real, nth)?.phone_bank_id
          if (!phone_bank_id) return
          const before = CallingRules.parse(await phoneBank(db, organization_id, phone_bank_id))
          await changeRules(db, organizer, phone_bank_id, { ...before, ...changed })
          turnsOf(installation).forget(organization_id, phone_bank_id)
        },
      }),
    ),
  // The organizer answers a flag.
  fc.nat(2).map((nth) =>
    command({
      title: `answerFlag(${nth})`,
      async run(real) {
        const open = await db
          .selectFrom('follow_up')
          .select('follow_up_id')
          .where(
            'phone_bank_id',
            'in',
            real.banks.map(({ phone_bank_id }) => phone_bank_id),
          )
          .where('solved_at', 'is', null)
          .orderBy('made_at')
          .execute()
        const flag = open[nth % Math.max(1, open.length)]
        if (flag) await solveFollowUp(db, organizer, flag.follow_up_id, { solution: '', release: 'call' }, now())
      },
    }),
  ),
  fc.tuple(fc.nat(14), fc.boolean()).map(([nth, isIn]) =>
    command({
      title: `universe(${nth} ${isIn ? 'in' : 'out'})`,
      async run(real) {
        await owner
          .updateTable('voter_record')
          .set({ county: isIn ? real.county : 'kings' })
          .where('voter_id', '=', real.voters[nth] ?? 0)
          .execute()
        for (const bank of runningOf(real)) await preparePhoneBank(owner, organizer, bank.phone_bank_id, now())
      },
    }),
  ),
  fc.nat(1).map((nth) =>
    command({
      title: `round(${nth})`,
      async run(real) {
        const bank = runningAt(real, nth)
        if (bank) await startRound(db, organizer, bank.phone_bank_id, now())
      },
    }),
  ),
  fc.constant(
    command({
      title: 'everybody at once',
      async run(real) {
        const answers = await Promise.all(
          real.hands.map((hand) => hand.caller.ask({ holding: [...hand.held.keys()], want: 2 })),
        )
        for (const [index, { turn }] of answers.entries()) {
          const hand = handOf(real, index)
          for (const { voter_id } of turn.withdrawn) hand.held.delete(voter_id)
          for (const card of turn.cards) hand.held.set(card.voter_id, { card, until: new Date(card.leased_until) })
        }
        const all = real.hands.flatMap(({ held }) => [...held.values()].filter(({ until }) => until >= now()))
        const ids = all.map(({ card }) => card.voter_id)
        if (new Set(ids).size !== ids.length) throw new Error('a voter is in two hands')
      },
    }),
  ),
  fc.tuple(fc.nat(14), fc.boolean()).map(([nth, isBack]) =>
    command({
      title: `${isBack ? 'open' : 'close'}Number(${nth})`,
      async run(real) {
        await tellOffice({ voter_id: null, phone: real.lines[nth] ?? '' }, isBack)
      },
    }),
  ),
  // Of a voter in a hand, mostly: their own, a new one, or one that somebody else answers.
  fc.tuple(caller, fc.nat(14), fc.nat(17)).map(([who, nth, of]) =>
    command({
      title: `toldNewNumber(${who}, ${nth}, ${of})`,
      async run(real) {
        const hand = handOf(real, who)
        const [held] = hand.held.keys()
        const phone = of % 3 === 0 ? phoneOf(1_000_000 + ++line) : (real.lines[of] ?? '')
        const said = { phone, kind: 'unknown' as const, quality: 'good' as const, is_preferred: true }
        await savePhone(db, organizer, `v${held ?? real.voters[nth]}`, said)
        // Open pages hear of it.
        for (const each of real.hands) if (!each.is_removed) await ask(real, each, {})
      },
    }),
  ),
  fc.tuple(fc.nat(14), fc.boolean()).map(([nth, is_given]) =>
    command({
      title: `consent(${nth}, ${is_given})`,
      async run(real) {
        const said = { channel: 'phone' as const, is_given, evidence: 'on the profile' }
        await recordConsent(db, organizer, `v${real.voters[nth]}`, said)
      },
    }),
  ),
  fc.tuple(fc.nat(14), fc.boolean()).map(([nth, isGone]) =>
    command({
      title: `file(${nth} ${isGone ? 'purged' : 'active'})`,
      async run(real) {
        const status = isGone ? 'purged' : 'active'
        await owner
          .updateTable('voter_record')
          .set({ status })
          .where('voter_id', '=', real.voters[nth] ?? 0)
          .execute()
      },
    }),
  ),
  caller.map((who) =>
    command({
      title: `takeBatch(${who})`,
      async run(real) {
        const hand = handOf(real, who)
        await ask(real, hand, { want: 4 })
        const until = await leaseForHours(db, callerOf(hand), 4, now())
        for (const [voter_id, held] of hand.held) if (until) hand.held.set(voter_id, { ...held, until })
      },
    }),
  ),
  fc.tuple(caller, fc.nat(14)).map(([who, nth]) =>
    command({
      title: `memberComesToThePhone(${who}, ${nth})`,
      async run(real) {
        const hand = handOf(real, who)
        if (hand.is_removed) return
        await talk(real, hand, (await openMember(db, callerOf(hand), real.voters[nth] ?? 0, now())).voter_id)
      },
    }),
  ),
  fc.tuple(caller, fc.nat(14)).map(([who, nth]) =>
    command({
      title: `callsBack(${who}, ${nth})`,
      async run(real) {
        const hand = handOf(real, who)
        if (hand.is_removed) return
        await talk(real, hand, (await openReturnCall(db, callerOf(hand), real.lines[nth] ?? '', now())).voter_id)
      },
    }),
  ),
  fc.tuple(fc.nat(1), fc.boolean()).map(([nth, has]) =>
    command({
      title: `done(${nth}, ${has})`,
      async run(real) {
        const phone_bank_id = runningAt(real, nth)?.phone_bank_id
        if (!phone_bank_id) return
        const done_expression = has ? 'support:1-2' : null
        await db.updateTable('phone_bank').set({ done_expression }).where('phone_bank_id', '=', phone_bank_id).execute()
        await applyDone(db, organization_id, phone_bank_id, now())
      },
    }),
  ),
  fc.tuple(fc.nat(1), fc.constantFrom(1, 3, 5)).map(([nth, max_attempts]) =>
    command({
      title: `tries(${nth}, ${max_attempts})`,
      async run(real) {
        const bank = runningAt(real, nth)
        if (bank) await changeSettings(db, organizer, bank.phone_bank_id, { ...settings, max_attempts })
      },
    }),
  ),
  fc.tuple(fc.nat(1), fc.constantFrom('pause' as const, 'resume' as const)).map(([nth, change]) =>
    command({
      title: `${change}(${nth})`,
      async run(real) {
        const bank = runningAt(real, nth)
        if (bank) await changePhoneBank(db, organizer, bank.phone_bank_id, change, now())
      },
    }),
  ),
  // The second goes on: what the first called and has not sent is still recorded, and rests there.
  fc.constant(
    command({
      title: 'end(0)',
      async run(real) {
        const bank = runningAt(real, 0)
        if (!bank || real.saved.size < 8) return
        await changePhoneBank(db, organizer, bank.phone_bank_id, 'end', now())
        real.ended.add(bank)
        for (const hand of real.hands) if (hand.bank === bank) hand.held.clear()
      },
    }),
  ),
  caller.map((who) =>
    command({
      title: `remove(${who})`,
      async run(real) {
        const hand = handOf(real, who)
        // Removed late or never, or all that follows is about nobody.
        if (hand.is_removed || who === 0 || real.saved.size < 8) return
        await removeCaller(db, organizer, hand.bank.phone_bank_id, hand.caller.caller_id, now())
        hand.is_removed = true
        hand.held.clear()
      },
    }),
  ),
]

const runs = Number(process.env.RUNS ?? 18)
const timeout = Math.max(240_000, runs * 20_000)

test(
  'whatever callers, voters and clocks do: nobody in two hands, nothing lost or doubled, nobody closed is called, the sums hold',
  { timeout },
  async () => {
    const proof = fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...evenings),
        fc.commands(commands, { maxCommands: 60, size: 'max' }),
        async (begins, steps) => {
          const real = await setUp(begins)
          await fc.asyncModelRun(() => ({ model: {}, real }), steps)
        },
      ),
      {
        numRuns: runs,
        ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}),
        // What was found so far is told before the time is over in which a shorter one is looked for.
        interruptAfterTimeLimit: timeout - 60_000,
        markInterruptAsFailure: true,
      },
    )
    await expect(proof).resolves.toBeUndefined()
  },
)

test('the zones of the voters are those of their homes', async () => {
  const real = await setUp()
  const places = await db
    .selectFrom('phone_bank_target')
    .select('time_zone')
    .where('phone_bank_id', '=', real.banks[0]?.phone_bank_id ?? '')
    .distinct()
    .execute()
  expect(places.map(({ time_zone }) => time_zone.split(' ')[0]).sort()).toEqual(Object.values(zones).sort())
})

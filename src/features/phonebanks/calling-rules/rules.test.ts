import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { addDays, dateIn } from '../../../platform/clock.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { instantOf, isOpenIn, opensNextAt, quietDayNow, type CallingHours } from '../rules.ts'
import { callRoutes } from '../call-routes.tsx'
import '../console-messages.ts'
import { changeRules } from './commands.ts'
import { changeSettings } from '../commands.ts'
import { startRound } from '../rounds/commands.ts'
import { applyDone, preparePhoneBank } from '../targets/commands.ts'
import { dashboard, explainVoter, phoneBank, standings } from '../dashboard.ts'
import { solveFollowUp } from '../follow-ups/commands.ts'
import { watchPhoneBanks } from '../jobs.ts'
import { phoneBankRoutes } from '../routes.tsx'
import { callingRulesRoutes } from './routes.tsx'
import type { CallCard } from '../schema.ts'
import { addTestCaller, addVoters, makeBank, phoneOf, type TestCaller } from '../testing.ts'
import { turnsOf } from '../turns.ts'
import { RulesForm, savedRules, typedRules } from './form.ts'
import { callLaw, hoursBeyondLaw, lawFrom } from './law.ts'
import { easterOf, quietDayOn } from './quiet-days.ts'
import { CallingRules, spacingOf, usualRules } from './schema.ts'

const world = await makeWorld()
const { installation, ours } = world
const { owner } = installation.database
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const http = world.as(organizer, [callingRulesRoutes, phoneBankRoutes])
const now = () => installation.clock.now()
let last = 0

async function voters(count: number, more: (index: number) => object = () => ({})): Promise<number[]> {
  const ids = Array.from({ length: count }, () => ++last)
  await addVoters(
    owner,
    ids.map((voter_id, index) => ({ voter_id, ...more(index) })),
  )
  return ids
}

const cardOf = async (caller: TestCaller): Promise<CallCard> => {
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  return card
}

const target = (phone_bank_id: string, voter_id: number) =>
  db
    .selectFrom('phone_bank_target')
    .select(['state', 'why', 'attempts', 'next_at', 'position'])
    .where('phone_bank_id', '=', phone_bank_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirstOrThrow()

test.each([
  ['2026-11-26', null, 'thanksgiving'],
  ['2027-11-25', null, 'thanksgiving'],
  ['2026-11-27', 'WA', 'after_thanksgiving'],
  ['2026-11-27', 'NY', null],
  ['2027-02-12', 'NY', 'lincoln'],
  ['2027-06-13', 'NY', 'flag'],
  ['2027-05-31', 'LA', 'memorial'],
  ['2027-05-31', 'NY', 'memorial'], // public holidays of New York
  ['2026-10-12', 'NY', 'columbus'],
  ['2027-07-05', 'NY', 'independence'], // the fourth is a Sunday
  ['2027-07-05', 'PA', null],
  ['2027-07-05', 'NJ', 'independence'],
  ['2027-06-18', 'NJ', 'juneteenth'], // the third Friday, not the nineteenth
  ['2028-06-19', 'NJ', null],
  ['2027-03-26', 'NJ', 'good_friday'],
  ['2028-04-14', 'NJ', 'good_friday'],
  ['2027-02-12', 'NJ', null], // offices are open
  ['2027-12-24', 'NJ', 'christmas'], // Christmas is a Saturday
  ['2027-12-24', 'CA', null], // there only Veterans Day goes back to Friday
  ['2028-11-10', 'CA', 'veterans'],
  ['2027-02-12', 'CA', 'lincoln'],
  ['2027-03-31', 'CA', 'cesar_chavez'],
  ['2027-04-24', 'CA', 'genocide_remembrance'],
  ['2028-04-24', 'CA', 'genocide_remembrance'],
  ['2033-04-25', 'CA', null], // no day of § 6701
  ['2033-06-20', 'CA', null],
  ['2027-09-09', 'CA', 'admission'],
  ['2027-09-24', 'CA', 'native_american'],
  ['2027-03-26', 'CA', null], // from noon to three only
  ['2026-11-27', 'FL', 'after_thanksgiving'],
  ['2027-02-15', 'FL', null], // Washington’s Birthday is none there
  ['2026-10-12', 'FL', null],
  ['2027-12-24', 'FL', 'christmas'],
  ['2026-10-12', 'OH', 'columbus'],
  ['2026-11-27', 'OH', null],
  ['2027-06-21', 'OH', null],
  ['2033-06-20', 'OH', 'juneteenth'], // the nineteenth is a Sunday
  ['2027-06-14', 'NY', null], // not for Flag Day
  ['2026-11-03', 'NY', null], // general election day is chosen apart
  ['2027-05-31', 'PA', 'memorial'], // nothing of its own is known: the federal ones
  ['2027-05-31', null, 'memorial'],
  ['2027-01-18', 'WA', 'mlk'],
  ['2026-10-12', 'WA', null], // no holiday there
  ['2027-07-05', 'WA', 'independence'],
  ['2027-02-07', null, 'seollal'],
  ['2033-01-31', null, 'seollal'],
  ['2040-09-21', 'NY', 'chuseok'],
  ['2026-12-25', null, 'christmas'],
  ['2026-12-24', null, null],
] as const)('%s in %s is the quiet day %s', (date, state, key) => {
  expect(quietDayOn(date, state, ['family', 'state', 'korean'])?.key ?? null).toBe(key)
})

test.each([
  ['2026-11-03', 'NY', true],
  ['2027-11-02', 'NY', true],
  ['2027-11-01', 'NY', false],
  ['2026-11-03', 'NJ', true],
  ['2026-11-03', 'CA', false],
] as const)('%s in %s is general election day: %s', (date, state, is_it) => {
  expect(quietDayOn(date, state, ['election']) !== null).toBe(is_it)
  expect(usualRules.quiet_groups).not.toContain('election')
})

test.each([
  ['2026-12-25', 'PA', ['state'], 'christmas'],
  ['2026-12-25', 'NJ', ['state'], 'christmas'],
  ['2026-12-25', 'AL', ['state'], 'christmas'],
  ['2026-12-25', 'NJ', ['korean'], null],
  ['2027-01-18', 'NJ', ['family'], null],
] as const)('on %s in %s, where %j is kept, it is %s', (date, state, groups, key) => {
  expect(quietDayOn(date, state, groups)?.key ?? null).toBe(key)
})

test.each(['2024-03-31', '2026-04-05', '2027-03-28', '2038-04-25', '2049-04-18', '2076-04-19'])(
  'Easter is on %s',
  (on) => {
    expect(easterOf(Number(on.slice(0, 4)))).toBe(on)
  },
)

const hours: CallingHours = {
  starts_on: '2026-11-20',
  ends_on: '2027-03-31',
  calling_starts: '09:00',
  calling_ends: '21:00',
  weekdays: { '0': ['12:00', '18:00'], '6': null },
  quiet_groups: ['family', 'state'],
  quiet_days: ['2026-11-30'],
}

test.each([
  { at: '2026-11-29T16:59:00Z', place: 'America/New_York NY', open: false }, // Sunday 11:59
  { at: '2026-11-29T17:00:00Z', place: 'America/New_York NY', open: true },
  { at: '2026-11-28T17:00:00Z', place: 'America/New_York NY', open: false }, // Saturday
  { at: '2026-11-26T17:00:00Z', place: 'America/New_York NY', open: false }, // Thanksgiving
  { at: '2026-11-27T05:30:00Z', place: 'America/New_York NY', open: false },
  { at: '2026-11-27T18:00:00Z', place: 'America/Los_Angeles WA', open: false },
  { at: '2026-11-27T18:00:00Z', place: 'America/Los_Angeles', open: true },
  { at: '2026-11-30T17:00:00Z', place: 'America/New_York NY', open: false }, // of its own
])('$at at $place is open: $open', ({ at, place, open }) => {
  expect(isOpenIn(place, hours, new Date(at))).toBe(open)
})

test.each([
  { at: '2026-11-26T17:00:00Z', places: ['America/New_York NY'], day: 'thanksgiving' },
  { at: '2026-11-27T18:00:00Z', places: ['America/New_York NY', 'America/Los_Angeles WA'], day: null },
  { at: '2026-11-30T17:00:00Z', places: ['America/New_York NY'], day: 'own' },
  { at: '2026-11-29T23:30:00Z', places: ['America/New_York NY'], day: null }, // only too late
  { at: '2026-11-26T17:00:00Z', places: [], day: null },
])('callers are told which quiet day it is for $places at $at: $day', ({ at, places, day }) => {
  expect(quietDayNow(places, hours, new Date(at))).toBe(day)
})

test('it opens next after every day on which nobody is called, also across the change of clocks', () => {
  expect(opensNextAt(['America/New_York NY'], hours, new Date('2026-11-26T15:00:00Z'))?.toISOString()).toBe(
    '2026-11-27T14:00:00.000Z',
  )
  expect(opensNextAt(['America/New_York NY'], hours, new Date('2026-11-29T23:30:00Z'))?.toISOString()).toBe(
    '2026-12-01T14:00:00.000Z',
  )
  expect(opensNextAt(['America/New_York NY'], hours, new Date('2027-03-13T20:00:00Z'))?.toISOString()).toBe(
    '2027-03-14T16:00:00.000Z', // noon in summer time
  )
  const closed = { ...hours, weekdays: Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [day, null])) }
  expect(opensNextAt(['America/New_York NY'], closed, new Date('2026-11-26T15:00:00Z'))).toBeNull()
})

test('spacing: what the phone bank says, else what the result says, else the usual', () => {
  expect(spacingOf({}, 'busy', 24)).toEqual({ hours: 1, most: null, queue: 'retry' })
  expect(spacingOf({ busy: { hours: 2, most: 3 } }, 'busy', 24)).toEqual({ hours: 2, most: 3, queue: 'retry' })
  expect(spacingOf({}, 'no_answer', 24)).toEqual({ hours: 24, most: null, queue: 'retry' })
  expect(spacingOf({}, 'left_message', 24).queue).toBe('done')
  expect(spacingOf({ left_message: { hours: 48, most: null, again: true } }, 'left_message', 24)).toEqual({
    hours: 48,
    most: null,
    queue: 'retry',
  })
})

test('so often this result, and no further', async () => {
  const [voter_id = 0] = await voters(1)
  const bank = await makeBank(world, organizer, [voter_id], {
    max_attempts: 5,
    rules: { spacing: { no_answer: { hours: 1, most: 2 } } },
  })
  const caller = await addTestCaller(world, organizer, bank)
  await caller.record(await cardOf(caller), { disposition: 'no_answer' }, { want: 0 })
  installation.clock.advance(61)
  await caller.record(await cardOf(caller), { disposition: 'no_answer' }, { want: 0 })
  expect(await target(bank.phone_bank_id, voter_id)).toMatchObject({ state: 'finished', why: 'no_answer', attempts: 2 })
})

test('a home is one conversation, and not called twice in a day by any phone bank', async () => {
  const key = 7_700_001
  const ids = await voters(3, (index) => ({ household_key: key, phones: [phoneOf(880_000 + index)] }))
  const bank = await makeBank(world, organizer, ids, { rules: { lines_per_household: 2 } })
  const other = await makeBank(world, organizer, ids)
  const caller = await addTestCaller(world, organizer, bank)
  const { turn } = await caller.next()
  expect(turn.cards).toHaveLength(2) // two numbers of the home at once
  const [first, second] = turn.cards
  if (!first || !second) throw new Error('no home')
  await caller.record(first, { disposition: 'refused' }, { want: 0, holding: [second.voter_id] })
  const third = ids.find((id) => id !== first.voter_id && id !== second.voter_id) ?? 0
  expect(await target(bank.phone_bank_id, third)).toMatchObject({ state: 'waiting', why: 'household' })
  expect(await target(other.phone_bank_id, third)).toMatchObject({ state: 'waiting', why: 'household' })
  // Still in hand: the same conversation goes on. Given back, they wait for tomorrow.
  await caller.ask({ release: { voter_ids: [second.voter_id], why: 'leave' }, want: 0 })
  expect(await target(bank.phone_bank_id, second.voter_id)).toMatchObject({ state: 'waiting', why: 'household' })
  expect((await caller.next()).turn.cards).toEqual([])
  installation.clock.advance(24 * 60)
  expect((await caller.next()).turn.cards.length).toBeGreaterThan(0)
  await caller.ask({ release: { voter_ids: ids, why: 'leave' }, want: 0 })
})

test('a promised call outside the hours is kept within them, and said', async () => {
  const ids = await voters(1)
  const bank = await makeBank(world, organizer, ids, { calling_starts: '00:00', calling_ends: '23:59' })
  await db
    .updateTable('phone_bank')
    .set({ calling_ends: '20:00', calling_starts: '09:00' })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  turnsOf(installation).forget(organization_id, bank.phone_bank_id)
  const caller = await addTestCaller(world, organizer, bank)
  const card = await cardOf(caller)
  const { recorded } = await caller.record(
    card,
    { disposition: 'call_back', call_back_at: '2027-01-06T02:30:00Z' }, // 21:30 at home
    { want: 0 },
  )
  expect(recorded).toMatchObject({ call_back_at: '2027-01-06T14:00:00.000Z', is_call_back_too_late: false })
  expect(await target(bank.phone_bank_id, card.voter_id)).toMatchObject({
    why: 'call_back',
    next_at: new Date('2027-01-06T14:00:00.000Z'),
  })
})

test('a call promised after the last evening waits for the organizer, who decides', async () => {
  const ids = await voters(1)
  const bank = await makeBank(world, organizer, ids)
  const caller = await addTestCaller(world, organizer, bank)
  const card = await cardOf(caller)
  const { recorded } = await caller.record(
    card,
    { disposition: 'call_back', call_back_at: '2028-02-01T18:00:00Z' },
    { want: 0 },
  )
  expect(recorded).toMatchObject({ outcome: 'recorded', call_back_at: null, is_call_back_too_late: true })
  expect(await target(bank.phone_bank_id, card.voter_id)).toMatchObject({ state: 'waiting', why: 'organizer' })
  const { follow_up_id } = await db
    .selectFrom('follow_up')
    .select('follow_up_id')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .executeTakeFirstOrThrow()
  expect((await caller.next()).turn.cards).toEqual([])
  await solveFollowUp(db, organizer, follow_up_id, { solution: 'wrote a letter', release: 'finish' }, now())
  expect(await target(bank.phone_bank_id, card.voter_id)).toMatchObject({ state: 'finished', why: 'organizer' })
})

test('a flag keeps the voter until the organizer looked; undone, it is gone', async () => {
  const ids = await voters(1)
  const bank = await makeBank(world, organizer, ids)
  const caller = await addTestCaller(world, organizer, bank)
  const flag = [{ kind: 'organizer' as const, note: 'asks about the church' }]
  await caller.record(await cardOf(caller), { disposition: 'no_answer', follow_ups: flag }, { want: 0 })
  installation.clock.advance(30 * 60)
  const { turn } = await caller.next()
  expect(turn.cards).toEqual([])
  const [row] = await db.selectFrom('follow_up').selectAll().where('phone_bank_id', '=', bank.phone_bank_id).execute()
  expect(row).toMatchObject({ kind: 'organizer', note: 'asks about the church', voter_id: ids[0] })
  await solveFollowUp(db, organizer, row?.follow_up_id ?? '', { solution: '', release: 'call' }, now())
  await caller.record(
    await cardOf(caller),
    { disposition: 'canvassed', answers: { support: 1 }, follow_ups: [{ kind: 'ride', note: '' }] },
    { want: 0 },
  )
  expect(
    await db
      .selectFrom('follow_up')
      .select('kind')
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .where('solved_at', 'is', null)
      .execute(),
  ).toEqual([{ kind: 'ride' }])
})

test('a flag beside a promised call keeps the promise; “call again” calls, also after the last try', async () => {
  const ids = await voters(1)
  const bank = await makeBank(world, organizer, ids, { max_attempts: 1 })
  const [grace, other] = [await addTestCaller(world, organizer, bank), await addTestCaller(world, organizer, bank)]
  const flag = [{ kind: 'organizer' as const, note: 'asks about the church' }]
  const solve = async () => {
    const { follow_up_id } = await db
      .selectFrom('follow_up')
      .select('follow_up_id')
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .where('solved_at', 'is', null)
      .executeTakeFirstOrThrow()
    await solveFollowUp(db, organizer, follow_up_id, { solution: '', release: 'call' }, now())
  }
  const at = new Date(now().getTime() + 10 * 60_000)
  await grace.record(
    await cardOf(grace),
    { disposition: 'call_back', call_back_at: at.toISOString(), follow_ups: flag },
    { want: 0 },
  )
  await solve()
  expect(await target(bank.phone_bank_id, ids[0] ?? 0)).toMatchObject({
    state: 'waiting',
    why: 'call_back',
    next_at: at,
  })
  expect((await grace.next()).turn.cards).toEqual([])
  installation.clock.advance(11)
  // Still the one who promised.
  expect((await other.next()).turn.cards).toEqual([])
  await grace.record(await cardOf(grace), { disposition: 'busy', follow_ups: flag }, { want: 0 })
  await solve()
  expect((await other.next()).turn.cards[0]?.voter_id).toBe(ids[0])
})

test('whoever fits the done expression needs no call, wherever they answered; who no longer does comes back', async () => {
  const ids = await voters(4, () => ({ county: 'richmond' }))
  const bank = await makeBank(world, organizer, ids, { rules: { done_expression: 'answer:plan' } })
  const other = await makeBank(world, organizer, ids)
  const caller = await addTestCaller(world, organizer, other)
  const card = await cardOf(caller)
  const { recorded } = await caller.record(card, { disposition: 'canvassed', answers: { plan: true } }, { want: 0 })
  await watchPhoneBanks(installation)
  expect(await target(bank.phone_bank_id, card.voter_id)).toMatchObject({ state: 'finished', why: 'done' })
  const shown = await standings(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())
  expect(shown.reduce((sum, row) => sum + row.count, 0)).toBe(ids.length)
  await db
    .updateTable('contact_attempt')
    .set({ undone_at: now() })
    .where('attempt_id', '=', recorded?.attempt_id ?? '')
    .execute()
  await applyDone(db, organization_id, bank.phone_bank_id, now())
  expect((await target(bank.phone_bank_id, card.voter_id)).state).not.toBe('finished')
})

test('those who fit a priority come first, the others by the order chosen; changing it later reorders the list', async () => {
  const ids = await voters(6, (index) => ({ county: 'bronx', birth_date: index % 2 ? '1940-01-01' : '1990-01-01' }))
  const bank = await makeBank(world, organizer, [], {
    expression: 'county:bronx',
    rules: { priority: ['age:65-'] },
  })
  await preparePhoneBank(owner, organizer, bank.phone_bank_id, now())
  const inOrder = async () =>
    (
      await db
        .selectFrom('phone_bank_target')
        .select('voter_id')
        .where('phone_bank_id', '=', bank.phone_bank_id)
        .orderBy('position')
        .execute()
    ).map(({ voter_id }) => voter_id)
  const old = ids.filter((_, index) => index % 2)
  expect(new Set((await inOrder()).slice(0, 3))).toEqual(new Set(old))
  const { is_reordered } = await changeRules(db, organizer, bank.phone_bank_id, {
    ...usualRules,
    quiet_groups: [],
    quiet_days: [],
    quotas: [],
    priority: ['age:18-40'],
  })
  expect(is_reordered).toBe(true)
  await preparePhoneBank(owner, organizer, bank.phone_bank_id, now(), { reorder: true })
  expect(new Set((await inOrder()).slice(3))).toEqual(new Set(old))
  const sorted = async (rules: Partial<CallingRules>) => {
    const all = { ...usualRules, quiet_groups: [], quiet_days: [], quotas: [], ...rules }
    await changeRules(db, organizer, bank.phone_bank_id, all)
    await preparePhoneBank(owner, organizer, bank.phone_bank_id, now(), { reorder: true })
    return inOrder()
  }
  await sql`update voter_record set registered_on = date '2020-01-01' + voter_id where county = 'bronx'`.execute(owner)
  expect(await sorted({ list_order: 'newest' })).toEqual(ids.toReversed())
  const [one, another, again] = [await sorted({ seed: 1 }), await sorted({ seed: 2 }), await sorted({ seed: 1 })]
  expect(again).toEqual(one)
  expect(another).not.toEqual(one)
  const caller = await addTestCaller(world, organizer, bank)
  const called = await cardOf(caller)
  await caller.record(called, { disposition: 'no_answer' }, { want: 0 })
  expect((await sorted({ list_order: 'longest_silent' })).at(-1)).toBe(called.voter_id)
})

test('enough answers stop the handing out; a caller’s day ends at the limit', async () => {
  const ids = await voters(6)
  const bank = await makeBank(world, organizer, ids, {
    rules: { quotas: [{ question: 'support', value: '1', count: 1 }] },
  })
  const caller = await addTestCaller(world, organizer, bank)
  await caller.record(await cardOf(caller), { disposition: 'canvassed', answers: { support: 1 } }, { want: 0 })
  turnsOf(installation).forget(organization_id, bank.phone_bank_id)
  const { turn } = await caller.next()
  expect(turn).toMatchObject({ cards: [], empty: { reason: 'quota' } })
  // The calling page asks over HTTP and says it in words with what to do next.
  const asked = await world
    .as(null, [callRoutes])
    .postJson(
      `/call/${bank.phone_bank_id}/next`,
      { holding: [], want: 2 },
      { cookie: `caller_${bank.phone_bank_id.slice(0, 8)}=${caller.token}` },
    )
  expect(await asked.json()).toMatchObject({ door: 'open', cards: [], empty: { reason: 'quota', ready_at: null } })
  expect(translator('en')('console.empty.quota')).toContain('ask the host where else you are needed')
  expect(translator('ko')('console.empty.quota')).toContain('진행자에게 물어보셔도 됩니다')
  expect(
    (await dashboard(db, await phoneBank(db, organization_id, bank.phone_bank_id), now(), 'support')).alerts,
  ).toContainEqual({ kind: 'quota', nth: 0 })

  const limited = await makeBank(world, organizer, ids, {
    rules: { most_per_caller: 2, is_household_once_a_day: false },
  })
  const tired = await addTestCaller(world, organizer, limited)
  await tired.record(await cardOf(tired), { disposition: 'refused' }, { want: 0 })
  const second = await cardOf(tired)
  const { turn: after } = await tired.record(second, { disposition: 'refused' })
  expect(after).toMatchObject({ cards: [], empty: { reason: 'limit' } })
})

test('whoever takes a batch gets no more than they may still call today', async () => {
  const bank = await makeBank(world, organizer, await voters(12), {
    rules: { most_per_caller: 5, is_household_once_a_day: false },
  })
  const caller = await addTestCaller(world, organizer, bank)
  await caller.record(await cardOf(caller), { disposition: 'refused' }, { want: 0 })
  const [second] = (await caller.next()).turn.cards
  const { turn } = await caller.next({ holding: second ? [second.voter_id] : [], want: 10 })
  expect(turn.cards).toHaveLength(3)
  expect(turn.empty).toMatchObject({ reason: 'limit' })
  // Also where something is given back in the same moment.
  const another = await addTestCaller(world, organizer, bank)
  const [first] = (await another.next()).turn.cards
  const voter_ids = first ? [first.voter_id] : []
  const batch = await another.ask({ want: 10, release: { voter_ids, why: 'leave' } })
  expect(batch.turn.cards).toHaveLength(5)
  expect(batch.turn.empty).toMatchObject({ reason: 'limit' })
})

test('outside the hours the ready wait until they open, and the page of a voter says so', async () => {
  const ids = await voters(2)
  const bank = await makeBank(world, organizer, ids)
  await db
    .updateTable('phone_bank')
    .set({ calling_starts: '03:00', calling_ends: '03:01' })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  const row = await phoneBank(db, organization_id, bank.phone_bank_id)
  const shown = await standings(db, row, now())
  expect(shown).toMatchObject([{ state: 'waiting', why: 'outside_hours', is_due: false, count: 2 }])
  expect(shown[0]?.first_at).toBeInstanceOf(Date)
  const explained = await explainVoter(db, row, ids[0] ?? 0, now())
  expect(explained?.target).toMatchObject({ state: 'waiting', why: 'outside_hours' })
  const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}/voters/${ids[0]}`)).text()
  expect(html).toContain('outside calling hours')
})

test('a rest that ends while nobody may be called is over when calling opens: so say the list and the page of a voter', async () => {
  const ids = await voters(2)
  const bank = await makeBank(world, organizer, ids, { max_attempts: 3, retry_after_hours: 1 })
  const caller = await addTestCaller(world, organizer, bank)
  await caller.record(await cardOf(caller), { disposition: 'no_answer' }, { want: 0 })
  const starts_on = addDays(dateIn('America/New_York', now()), 2)
  await db
    .updateTable('phone_bank')
    .set({ starts_on, calling_starts: '10:00', calling_ends: '20:00' })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  const row = await phoneBank(db, organization_id, bank.phone_bank_id)
  const opens = instantOf('America/New_York', starts_on, '10:00')
  expect(await standings(db, row, now())).toMatchObject([
    { state: 'waiting', first_at: opens },
    { state: 'waiting', first_at: opens },
  ])
  const { rows } = await sql<{ voter_id: number }>`select voter_id from phone_bank_target
    where phone_bank_id = ${bank.phone_bank_id}::uuid and why = 'resting'`.execute(db)
  const explained = await explainVoter(db, row, rows[0]?.voter_id ?? 0, now())
  expect(explained?.target).toMatchObject({ why: 'resting', next_at: opens })
})

test('a caller who comes on a quiet day is told that it is one', async () => {
  const bank = await makeBank(world, organizer, await voters(1), {
    rules: { quiet_days: [dateIn('America/New_York', now())] },
  })
  const caller = await addTestCaller(world, organizer, bank)
  expect((await caller.next()).turn).toMatchObject({ cards: [], empty: { reason: 'outside_hours', quiet_day: 'own' } })
  const page = await (await http.get(`/phonebanks/${bank.phone_bank_id}`)).text()
  expect(page).toContain('Nobody is called today: a day of your own.')
})

test('the host reads when those in a hand are free again, if nothing is heard of their caller', async () => {
  const bank = await makeBank(world, organizer, await voters(2))
  const caller = await addTestCaller(world, organizer, bank)
  await caller.next({ want: 2 })
  const rows = await standings(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())
  expect(rows).toMatchObject([{ state: 'leased', count: 2, first_at: new Date(now().getTime() + 10 * 60_000) }])
})

test('the next round holds only those who were not reached', async () => {
  const ids = await voters(4)
  const bank = await makeBank(world, organizer, ids, { max_attempts: 1, retry_after_hours: 1 })
  const caller = await addTestCaller(world, organizer, bank)
  const results = ['refused', 'no_answer', 'left_message', 'canvassed'] as const
  for (const disposition of results) {
    const answers = disposition === 'canvassed' ? { support: 1 } : {}
    await caller.record(await cardOf(caller), { disposition, answers }, { want: 0 })
  }
  expect((await caller.next()).turn.cards).toEqual([])
  installation.clock.advance(120)
  expect(await startRound(db, organizer, bank.phone_bank_id, now())).toEqual({ voters: 2 })
  const { turn } = await caller.next({ want: 3 })
  expect(turn.cards).toHaveLength(2)
  expect(turn.cards.every((card) => card.attempt_number === 1)).toBe(true)
  const progress = (await dashboard(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())).progress
  expect(progress).toEqual({ total: 4, done: 2, left: 2, closed: 0 })
  await caller.ask({ release: { voter_ids: turn.cards.map(({ voter_id }) => voter_id), why: 'leave' }, want: 0 })
})

test('who gave one result as often as allowed comes back with the next round, with more tries only where the rule lets them', async () => {
  const rules: CallingRules = {
    ...usualRules,
    is_household_once_a_day: false,
    spacing: { no_answer: { hours: 1, most: 2 }, busy: { hours: 1, most: 1 } },
  }
  const [voter_id = 0, busy = 0] = await voters(2)
  const bank = await makeBank(world, organizer, [voter_id, busy], { max_attempts: 3, rules })
  const caller = await addTestCaller(world, organizer, bank)
  const standing = async (of = voter_id) =>
    (await explainVoter(db, await phoneBank(db, organization_id, bank.phone_bank_id), of, now()))?.target
  const [first, second] = (await caller.next({ want: 2 })).turn.cards
  if (!first || !second) throw new Error('no cards')
  await caller.record(first, { disposition: 'no_answer' }, { want: 0 })
  await caller.record(second, { disposition: 'busy' }, { want: 0 })
  installation.clock.advance(61)
  await caller.record(await cardOf(caller), { disposition: 'no_answer' }, { want: 0 })
  expect(await standing()).toMatchObject({ state: 'finished', why: 'no_answer', attempts: 2 })
  expect(await standing(busy)).toMatchObject({ state: 'finished', why: 'busy', attempts: 1 })
  installation.clock.advance(61)

  // Another rule, more tries: only those the rule of their result still holds back stay.
  await changeRules(db, organizer, bank.phone_bank_id, {
    ...rules,
    spacing: { ...rules.spacing, busy: { hours: 1, most: 2 } },
  })
  await changeSettings(db, organizer, bank.phone_bank_id, {
    starts_on: '2026-01-01',
    ends_on: '2027-12-31',
    calling_starts: '00:00',
    calling_ends: '23:59',
    max_attempts: 5,
    retry_after_hours: 24,
    languages: ['en', 'ko'],
    goal_contacts: null,
  })
  turnsOf(installation).forget(organization_id, bank.phone_bank_id)
  const again = (await caller.next({ want: 2 })).turn.cards
  expect(again.map((card) => card.voter_id)).toEqual([busy])
  await caller.ask({ release: { voter_ids: [busy], why: 'leave' }, want: 0 })

  expect(await startRound(db, organizer, bank.phone_bank_id, now())).toEqual({ voters: 2 })
  // In the new round each result counts anew.
  const third = (await caller.next({ want: 2 })).turn.cards.find((card) => card.voter_id === voter_id)
  if (!third) throw new Error('no card')
  installation.clock.advance(1)
  await caller.record(third, { disposition: 'no_answer' }, { want: 0 })
  expect(await standing()).toMatchObject({ state: 'waiting', why: 'resting', attempts: 1 })
})

test('a phone bank nobody called yet has nobody done, whoever cannot be called', async () => {
  const ids = await voters(3, (index) => ({ phones: index === 0 ? [] : [phoneOf(890_000 + index)] }))
  const bank = await makeBank(world, organizer, ids)
  await db
    .updateTable('phone_bank')
    .set({ prepared_at: now() })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  const row = await phoneBank(db, organization_id, bank.phone_bank_id)
  expect((await dashboard(db, row, now())).progress).toEqual({ total: 3, done: 0, left: 2, closed: 1 })
  const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}`)).text()
  expect(html).toContain('0 of 3 done, 2 left to call')
  expect(html).toContain('1 cannot be called')
})

test.each([
  [{ calling_starts: '09:00:00', calling_ends: '21:00:00', weekdays: {} }, null],
  [{ calling_starts: '08:00', calling_ends: '21:00', weekdays: { '0': null } }, null],
  [{ calling_starts: '07:30', calling_ends: '20:00', weekdays: {} }, ['08:00', '21:00']],
  [{ calling_starts: '09:00', calling_ends: '20:00', weekdays: { '6': ['10:00', '21:30'] } }, ['08:00', '21:00']],
] satisfies [Parameters<typeof hoursBeyondLaw>[0], string[] | null][])(
  'hours %o against the window of sales calls: %o',
  (hours, bounds) => {
    expect(hoursBeyondLaw(hours, '2026-11-23')).toEqual(bounds)
  },
)

test('every row of the law has its day, source and words in both languages; what is to come is shown with its day', async () => {
  for (const { key, from, to, source, checked_on, binds, confidence } of callLaw) {
    for (const language of ['en', 'ko'] as const)
      expect(translator(language).dynamic(`law.${key}`)).not.toContain('law.')
    for (const date of [from, to, checked_on]) expect(date ?? checked_on).toMatch(/^20\d\d-\d\d-\d\d$/)
    // Without a source only what does not bind, and what nobody could check.
    if (source === null) expect([binds, confidence]).toContainEqual(expect.stringMatching(/^(no|unverified)$/))
    else expect(source).toMatch(/\S{3}/)
  }
  expect(lawFrom('2026-11-23').map(({ key }) => key)).toContain('stop_everything')
  const bank = await makeBank(world, organizer, await voters(1))
  for (const [language, words] of [
    ['en', ['What the law says', 'February 1, 2027', '47 CFR 64.1200(c)(1)', 'not bound by it']],
    ['ko', ['법이 정한 것', '2027년 2월 1일', '해당 없음', '연방 수신거부 명단']],
  ] as const) {
    const cookie = { cookie: `language=${language}` }
    const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}/rules`, cookie)).text()
    for (const word of words) expect(html).toContain(word)
  }
})

test('the form gives back what the phone bank has, and an organizer reads what it means', async () => {
  const bank = await makeBank(world, organizer, await voters(1))
  const rules = CallingRules.parse({
    ...usualRules,
    weekdays: { '0': ['12:00', '18:00'], '6': null },
    quiet_groups: ['family'],
    // More than the form has rows to begin with.
    quiet_days: ['2026-12-24', '2026-12-26', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'],
    spacing: { no_answer: { hours: 44, most: 2 }, left_message: { hours: null, most: null, again: true } },
    priority: ['age:65-', 'voted>=3/4'],
    quotas: ['1', '2', '3', '4', '5'].map((value) => ({ question: 'support', value, count: 200 })),
    done_expression: 'answer:support',
    most_per_caller: 80,
  })
  await changeRules(db, organizer, bank.phone_bank_id, rules)
  const row = await phoneBank(db, organization_id, bank.phone_bank_id)
  expect(RulesForm.parse({ ...typedRules(row), quiet_groups: row.quiet_groups })).toEqual(rules)
  const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}/rules`)).text()
  expect(html).toContain('Sunday: 12')
  expect(html).toContain('Saturday: No calls')
  expect(html).toContain('It stops by itself at 200')
  expect(html).toContain('outside 8 AM–9 PM, the window the law leaves to sales calls')
  const path = `/phonebanks/${bank.phone_bank_id}/rules`
  const open = await (await http.get(path)).text()
  expect(open).toContain('Nobody is called on these days')
  expect(open).toMatch(/Dec(ember)? 25, 2026<\/span>: Christmas/)
  const form = { ...typedRules(row), 'quiet_groups[]': ['family'] }
  const refused = await http.post(path, {
    ...form,
    done: 'own',
    done_expression: 'age:(',
    day_1: 'other',
    day_1_from: '10:00',
    day_1_to: '12:00',
  })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('cannot be read')
  const wrong = await http.post(path, { ...form, day_1: 'other', day_1_from: '20:00', day_1_to: '12:00' })
  expect(wrong.status).toBe(422)
  // The other host saved before: what was typed stays, and what they saved stands beside it.
  const seen = { ...savedRules(row), lease_minutes: '17', day_3: 'none' }
  const late = await http.post(path, { ...form, skip_minutes: '44', seen: JSON.stringify(seen) })
  expect(late.status).toBe(409)
  const both = await late.text()
  expect(both).toContain('value="44"')
  expect(both).not.toContain('id="lease_minutes-saved"')
  const stale = await http.post(path, { ...form, lease_minutes: '17', seen: JSON.stringify(seen) })
  expect(await stale.text()).toMatch(/id="lease_minutes-saved"[\s\S]*<details/)
  expect((await http.post(path, { ...form, done: 'none', day_1: 'none' })).status).toBe(303)
  expect(await phoneBank(db, organization_id, bank.phone_bank_id)).toMatchObject({
    done_expression: null,
    weekdays: { '0': ['12:00', '18:00'], '1': null, '6': null },
  })
})

test('who may not see the roll does not order a list by who owes dues', async () => {
  const bank = await makeBank(world, organizer, await voters(1))
  const path = `/phonebanks/${bank.phone_bank_id}/rules`
  const form = { ...typedRules(await phoneBank(db, organization_id, bank.phone_bank_id)), priority: 'dues:due' }
  const refused = await world.as(world.ours.actor(['host']), [callingRulesRoutes]).post(path, form)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('may see the membership roll')
  expect((await http.post(path, form)).status).toBe(303)
})

test('another organization sees neither rules nor follow-ups', async () => {
  const bank = await makeBank(world, organizer, await voters(1))
  const strangers = world.as(world.theirs.organizer, [callingRulesRoutes])
  expect((await strangers.get(`/phonebanks/${bank.phone_bank_id}/rules`)).status).toBe(404)
})

test('the rules page says of which states on the list no holidays are known, and that federal ones are kept there', async () => {
  const ids = await voters(3, (index) => ({ state: ['NY', 'PA', 'PA'][index] }))
  const bank = await makeBank(world, organizer, ids, { rules: { quiet_groups: ['family', 'state'] } })
  const rules = async (language: 'en' | 'ko' = 'en') =>
    (await http.get(`/phonebanks/${bank.phone_bank_id}/rules`, { 'accept-language': language })).text()
  expect(await rules()).toContain('2 voters of the list live in states of whose own holidays Hanpyo knows none: PA.')
  expect(await rules()).toContain('Every federal holiday is kept there instead.')
  expect(await rules()).toContain('Columbus Day')
  expect(await rules('ko')).toContain('주 공휴일 자료가 없는 주(PA)에 사는 유권자가 명단에 2명 있습니다.')
  const { phone_bank_id } = bank
  await changeRules(db, organizer, phone_bank_id, { ...usualRules, quiet_groups: ['federal'] })
  expect(await rules()).not.toContain('Hanpyo knows none')
  const here = await makeBank(world, organizer, ids.slice(0, 1), { rules: { quiet_groups: ['state'] } })
  expect(await (await http.get(`/phonebanks/${here.phone_bank_id}/rules`)).text()).not.toContain('Hanpyo knows none')
})

test.each([
  ['en', 'Calls are made all day.'],
  ['ko', '하루 종일 겁니다.'],
])('hours of the whole day are said as such, in %s', async (language, words) => {
  const bank = await makeBank(world, organizer, [], { calling_starts: '00:00', calling_ends: '23:59' })
  const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}/rules`, { 'accept-language': language })).text()
  expect(html).toContain(`>${words}<`)
})

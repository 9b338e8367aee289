import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import { mark, savePhone } from '../people/commands.ts'
import { madeBy } from './queries.ts'
import { renewTargets } from './targets/commands.ts'
import { addTestCaller, addVoters, makeBank, phoneOf, type TestCaller } from './testing.ts'

/* Every number a caller is shown is one conversation in one hand, the further numbers of a voter too. */

const world = await makeWorld()
const { installation, ours } = world
const { owner } = installation.database
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
let last = 0

beforeEach(async () => {
  await owner.updateTable('phone_bank').set({ ended_at: installation.clock.now() }).execute()
  await owner.deleteFrom('call_lease').execute()
})

/** Voters with these numbers, by their endings. */
async function voters(...phones: number[][]): Promise<number[]> {
  const ids = phones.map(() => ++last)
  await addVoters(
    owner,
    ids.map((voter_id, index) => ({ voter_id, phones: (phones[index] ?? []).map(phoneOf) })),
  )
  return ids
}

const numbersOf = async (caller: TestCaller, ask: Parameters<TestCaller['ask']>[0] = {}): Promise<string[][]> =>
  (await caller.ask(ask)).turn.cards.map(({ phones }) => phones.map(({ phone }) => phone))

test('a further number of somebody in a hand is nobody else’s meanwhile, and shown to the next where it is free', async () => {
  const [first = 0, second = 0] = await voters([1001, 1009], [1002, 1009])
  const bank = await makeBank(world, organizer, [first, second])
  const [ana, bo] = [await addTestCaller(world, organizer, bank), await addTestCaller(world, organizer, bank)]
  const { cards } = (await ana.next()).turn
  expect(cards.map(({ phones }) => phones.map(({ phone }) => phone))).toEqual([[phoneOf(1001), phoneOf(1009)]])
  expect(await numbersOf(bo)).toEqual([[phoneOf(1002)]])
  const [card] = cards
  if (!card) throw new Error('nobody to call')
  await ana.record(card, { disposition: 'refused' }, { want: 0 })
  // Whom Bo gives back comes with both.
  await bo.ask({ want: 0, release: { voter_ids: [second], why: 'leave' } })
  expect(await numbersOf(ana)).toEqual([[phoneOf(1002), phoneOf(1009)]])
})

test('whoever’s only number is a further one of somebody in a hand waits until that hand is empty', async () => {
  const ids = await voters([1011, 1012], [1012], [1013])
  const bank = await makeBank(world, organizer, ids)
  const [ana, bo] = [await addTestCaller(world, organizer, bank), await addTestCaller(world, organizer, bank)]
  expect(await numbersOf(ana)).toEqual([[phoneOf(1011), phoneOf(1012)]])
  expect(await numbersOf(bo)).toEqual([[phoneOf(1013)]])
  const waiting = await db
    .selectFrom('phone_bank_target as t')
    .innerJoin('call_lease as l', (join) => join.on('l.voter_id', '=', ids[0] ?? 0))
    .select(['t.state', 't.why', sql<boolean>`t.next_at = l.leased_until`.as('is_until_then')])
    .where('t.voter_id', '=', ids[1] ?? 0)
    .executeTakeFirst()
  expect(waiting).toEqual({ state: 'waiting', why: 'elsewhere', is_until_then: true })
  // In the same hand it is one conversation.
  await bo.ask({ want: 0, release: { voter_ids: ids.slice(2), why: 'leave' } })
  await owner.updateTable('phone_bank_target').set({ state: 'ready', why: null }).where('voter_id', '=', ids[1] ?? 0).execute() // prettier-ignore
  expect(await numbersOf(ana, { holding: ids.slice(0, 1), want: 2 })).toEqual([[phoneOf(1012)]])
})

test('a number that becomes known of somebody in a hand is shown there, unless somebody else has it just now', async () => {
  const ids = await voters([1021], [1022])
  const bank = await makeBank(world, organizer, ids)
  const [ana, bo] = [await addTestCaller(world, organizer, bank), await addTestCaller(world, organizer, bank)]
  await ana.next()
  await bo.next()
  const learn = async (phone: number) => {
    await sql`insert into voter_phone (voter_id, phone, quality, matched_by, source, received_on)
      values (${ids[0]}, ${phoneOf(phone)}, 50, 'state_id', 'new', '2026-11-01')`.execute(owner)
    await renewTargets(owner, organization_id, bank.phone_bank_id, installation.clock.now())
  }
  await learn(1023)
  const holding = ids.slice(0, 1)
  expect(await numbersOf(ana, { holding })).toEqual([[phoneOf(1021), phoneOf(1023)]])
  await learn(1022)
  expect(await numbersOf(ana, { holding })).toEqual([[phoneOf(1021), phoneOf(1023)]])
})

test('who leaves a hand for what somebody else said stays on that screen for now: their further numbers are nobody else’s', async () => {
  const ids = await voters([1041, 1049], [1042], [1043, 1049], [1049])
  const [moved = 0, busy = 0, shared = 0, alone = 0] = ids
  const bank = await makeBank(world, organizer, ids)
  const callers = await Promise.all(['Ana', 'Bo', 'Cy'].map(() => addTestCaller(world, organizer, bank)))
  const [ana, bo, cy] = callers as [TestCaller, TestCaller, TestCaller]
  expect(await numbersOf(ana)).toEqual([[phoneOf(1041), phoneOf(1049)]])
  expect(await numbersOf(bo)).toEqual([[phoneOf(1042)]])
  await savePhone(db, organizer, `v${moved}`, {
    phone: phoneOf(1042),
    kind: 'unknown',
    quality: 'good',
    is_preferred: true,
  })
  expect(await numbersOf(cy)).toEqual([[phoneOf(1043)]])
  await cy.ask({ want: 0, release: { voter_ids: [shared], why: 'leave' } })
  expect(await numbersOf(cy, { take: [alone], want: 0 })).toEqual([])
  // Ana's page hears of it.
  const { turn } = await ana.ask({ want: 0, holding: [moved] })
  expect(turn.withdrawn.map(({ voter_id }) => voter_id)).toEqual([moved])
  expect(await numbersOf(cy, { take: [shared], want: 0 })).toEqual([[phoneOf(1043), phoneOf(1049)]])
  await Promise.all([bo.ask({ want: 0, release: { voter_ids: [busy], why: 'leave' } }), cy.ask({ want: 0, release: { voter_ids: [shared], why: 'leave' } })]) // prettier-ignore
})

test('a page that says nothing any more keeps numbers to itself for as long as its hand', async () => {
  const ids = await voters([1051, 1059], [1053, 1059])
  const [closed = 0, shared = 0] = ids
  const bank = await makeBank(world, organizer, ids)
  const [ana, bo] = [await addTestCaller(world, organizer, bank), await addTestCaller(world, organizer, bank)]
  expect(await numbersOf(ana)).toEqual([[phoneOf(1051), phoneOf(1059)]])
  await mark(db, organizer, `v${closed}`, { reason: 'do_not_call', note: 'said so' })
  expect(await numbersOf(bo)).toEqual([[phoneOf(1053)]])
  await bo.ask({ want: 0, release: { voter_ids: [shared], why: 'leave' } })
  installation.clock.advance(11)
  await sql`select end_old_leases(${organization_id}::uuid, ${installation.clock.now()}::timestamptz)`.execute(owner)
  expect(await owner.selectFrom('line_on_screen').select('line').execute()).toEqual([])
  expect(await numbersOf(bo, { take: [shared], want: 0 })).toEqual([[phoneOf(1053), phoneOf(1059)]])
})

test.each([
  ['whose only number it is', [1061]],
  ['who has another', [1061, 1062]],
])('a number wrong of one voter, %s, comes to nobody else while it is on a screen', async (_, phones) => {
  const ids = await voters(phones, [1061])
  const [wrong = 0, right = 0] = ids
  const banks = [await makeBank(world, organizer, [wrong]), await makeBank(world, organizer, [right])] as const
  const [ana, bo] = [await addTestCaller(world, organizer, banks[0]), await addTestCaller(world, organizer, banks[1])]
  expect(await numbersOf(ana)).toEqual([phones.map(phoneOf)])
  await mark(db, organizer, `v${wrong}`, { reason: 'wrong_number', note: 'said so', phone: phoneOf(1061) })
  expect(await numbersOf(bo, { take: [right], want: 0 })).toEqual([])
  await ana.ask({ want: 0, holding: [wrong] })
  installation.clock.advance(2)
  expect(await numbersOf(bo, { take: [right], want: 0 })).toEqual([[phoneOf(1061)]])
})

test('a result that is opened again shows no number but the one that was dialed', async () => {
  const ids = await voters([1031, 1032])
  const bank = await makeBank(world, organizer, ids)
  const ana = await addTestCaller(world, organizer, bank)
  const [card] = (await ana.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  const { recorded } = await ana.record(card, { disposition: 'no_answer' }, { want: 0 })
  const caller = { organization_id, phone_bank_id: bank.phone_bank_id, caller_id: ana.caller_id, name: 'Ana', languages: ['en'] } // prettier-ignore
  const { made } = await madeBy(db, caller, recorded?.attempt_id ?? '', installation.secret, installation.clock.now())
  expect(made?.card.phones.map(({ phone }) => phone)).toEqual([phoneOf(1031)])
  // Also where that was the second.
  await owner.updateTable('contact_attempt').set({ phone: phoneOf(1032) }).where('attempt_id', '=', recorded?.attempt_id ?? '').execute() // prettier-ignore
  const again = await madeBy(db, caller, recorded?.attempt_id ?? '', installation.secret, installation.clock.now())
  expect(again.made?.card.phones.map(({ phone }) => phone)).toEqual([phoneOf(1032)])
})

test('callers of several phone banks who ask at the same moment have no number in common', async () => {
  const ids = await voters(
    ...Array.from({ length: 60 }, (_, at) => [1100 + at, 1100 + ((at + 7) % 60), 1200 + (at % 9)]),
  )
  const banks = []
  for (let nth = 0; nth < 3; nth++) banks.push(await makeBank(world, organizer, nth % 2 ? ids : ids.toReversed()))
  const callers = []
  for (const bank of [...banks, ...banks, ...banks, ...banks]) callers.push(await addTestCaller(world, organizer, bank))
  const hands = await Promise.all(callers.map((caller) => numbersOf(caller, { want: 2 })))
  const shown = hands.map((hand) => [...new Set(hand.flat())])
  expect(shown.filter((each) => each.length > 1).length).toBeGreaterThan(6)
  expect(new Set(shown.flat()).size).toBe(shown.flat().length)
})

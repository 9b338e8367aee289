import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saltOf, shareOf } from '../../scripts/rules.ts'
import { leaseForHours } from '../batches/commands.ts'
import type { Caller } from '../caller.ts'
import { addTestCaller, addVoters, makeBank } from '../testing.ts'
import { allowTags, recordTold } from './commands.ts'
import type { Told, ToldInput } from './schema.ts'
import '../../people/tables.ts'

const world = await makeWorld()
const { database, clock, secret } = world.installation
const ours = world.ours.organizer
const db = database.of(ours.organization_id)
await addVoters(
  database.owner,
  Array.from({ length: 30 }, (_, index) => ({ voter_id: 1 + index, first_name: 'Min', last_name: 'Kim' })),
)
const bank = await makeBank(
  world,
  ours,
  Array.from({ length: 30 }, (_, index) => 1 + index),
)

async function inHand(name = 'Grace') {
  const joined = await addTestCaller(world, ours, bank, ['en', 'ko'], name)
  const [card] = (await joined.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  const caller: Caller = {
    organization_id: ours.organization_id,
    phone_bank_id: bank.phone_bank_id,
    caller_id: joined.caller_id,
    name,
    languages: ['en', 'ko'],
  }
  const input = (told: Told, more: Partial<ToldInput> = {}): ToldInput => ({
    told_id: randomUUID(),
    voter_id: card.voter_id,
    ticket: card.ticket,
    told,
    told_at: clock.now().toISOString(),
    sent_at: clock.now().toISOString(),
    ...more,
  })
  const tell = (told: Told, more: Partial<ToldInput> = {}) =>
    recordTold(db, caller, input(told, more), secret, clock.now())
  return { joined, card, caller, input, tell }
}
const personOf = (voter_id: number) =>
  db.selectFrom('person').selectAll().where('voter_id', '=', voter_id).executeTakeFirstOrThrow()

test('a name, a language and an address are put right one by one, and what was known stays', async () => {
  const { card, tell } = await inHand()
  await tell({ kind: 'name', first_name: '', last_name: '', name_hangul: '김민' })
  await tell({ kind: 'language', language: 'ko' })
  await tell({ kind: 'address', address: '35-10 Union St', city: 'Flushing', zip5: '11354' })
  expect(await personOf(card.voter_id)).toMatchObject({
    name_hangul: '김민',
    first_name: null,
    language: 'ko',
    address: '35-10 Union St',
    zip5: '11354',
  })
})

test('the same word sent three times at once is one consent, and it is in the audit trail with the caller', async () => {
  const { card, caller, input } = await inHand('박수진')
  const told = input({ kind: 'consent', channel: 'text', is_given: true, to: '+17185550123', fact: 'poll_site' })
  const answers = await Promise.all([1, 2, 3].map(() => recordTold(db, caller, told, secret, clock.now())))
  expect(answers.map((each) => each.outcome).sort()).toEqual(['already_recorded', 'already_recorded', 'recorded'])
  const { person_id } = await personOf(card.voter_id)
  const consents = await db.selectFrom('consent').selectAll().where('person_id', '=', person_id).execute()
  expect(consents).toMatchObject([
    { channel: 'text', is_given: true, recorded_by: '박수진', evidence: 'said so on the phone (poll_site)' },
  ])
  const phones = await db.selectFrom('person_phone').select('phone').where('person_id', '=', person_id).execute()
  expect(phones).toEqual([{ phone: '+17185550123' }])
})

test('an opt-out is the newest word on its channel', async () => {
  const { card, tell } = await inHand()
  await tell({ kind: 'consent', channel: 'email', is_given: true, to: 'min@example.com', fact: null })
  await tell({ kind: 'consent', channel: 'email', is_given: false, to: null, fact: null })
  const { person_id } = await personOf(card.voter_id)
  const consents = await db
    .selectFrom('consent')
    .select('is_given')
    .where('person_id', '=', person_id)
    .orderBy('recorded_at')
    .execute()
  expect(consents.map((each) => each.is_given)).toEqual([true, false])
})

test('a family member becomes a person of the same household', async () => {
  const { card, tell } = await inHand()
  await tell({ kind: 'member', first_name: 'Sora', last_name: 'Kim', name_hangul: '', phone: '+17185550177' })
  const { person_id } = await personOf(card.voter_id)
  const related = await db
    .selectFrom('relationship as r')
    .innerJoin('person as p', 'p.person_id', 'r.other_person_id')
    .select(['r.kind', 'p.first_name'])
    .where('r.person_id', '=', person_id)
    .execute()
  expect(related).toEqual([{ kind: 'household', first_name: 'Sora' }])
})

test('a tag outside the allowed list, a voter of another caller, and an empty word are refused and leave nothing', async () => {
  const { card, caller, input, tell } = await inHand()
  const other = await inHand('Linda')
  await allowTags(db, ours, ['church'])
  expect(await tell({ kind: 'tag', tag: 'secret-donor' })).toEqual({ outcome: 'refused', problem: 'tag_not_allowed' })
  expect(await tell({ kind: 'tag', tag: 'church' })).toEqual({ outcome: 'recorded', problem: null })
  expect(await tell({ kind: 'name', first_name: '', last_name: '', name_hangul: '' })).toMatchObject({
    problem: 'empty',
  })
  const stolen = input(
    { kind: 'language', language: 'zh' },
    { voter_id: other.card.voter_id, ticket: other.card.ticket },
  )
  expect(await recordTold(db, caller, stolen, secret, clock.now())).toMatchObject({ problem: 'not_yours' })
  const forged = input({ kind: 'language', language: 'zh' }, { ticket: '표'.repeat(card.ticket.length) })
  expect(await recordTold(db, caller, forged, secret, clock.now())).toMatchObject({ problem: 'not_yours' })
  const { person_id } = await personOf(card.voter_id)
  const tags = await db.selectFrom('person_tag').select('tag').where('person_id', '=', person_id).execute()
  expect(tags).toEqual([{ tag: 'church' }])
  expect(await db.selectFrom('person').selectAll().where('voter_id', '=', other.card.voter_id).execute()).toEqual([])
})

test('what was learned is seen by no other organization', async () => {
  const { card, tell } = await inHand()
  await tell({ kind: 'language', language: 'ko' })
  const theirs = database.of(world.theirs.organizer.organization_id)
  expect(await theirs.selectFrom('phone_bank_told').selectAll().execute()).toEqual([])
  expect(await theirs.selectFrom('person').selectAll().where('voter_id', '=', card.voter_id).execute()).toEqual([])
})

test('a batch stays mine beyond the ordinary lease, through signs of life, and no longer than it was taken for', async () => {
  const { joined, caller, card } = await inHand()
  const batch = (await joined.next({ want: 5, holding: [card.voter_id] })).turn
  const mine = [card.voter_id, ...batch.cards.map((each) => each.voter_id)]
  expect(mine.length).toBeGreaterThanOrEqual(5)
  const until = await leaseForHours(db, caller, 2, clock.now())
  await joined.ask({ holding: mine, want: 0 }) // a sign of life does not shorten it
  clock.advance(60)
  expect((await joined.ask({ holding: mine, want: 0 })).turn.withdrawn).toEqual([])
  expect((await joined.ask({ holding: mine, want: 0 })).turn.leased_until).toBe(until?.toISOString())
  clock.advance(61)
  const other = await addTestCaller(world, ours, bank)
  await other.ask({ want: 3 })
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from call_lease
    where caller_id = ${caller.caller_id}::uuid and leased_until > ${clock.now().toISOString()}::timestamptz`.execute(
    db,
  )
  expect(rows).toEqual([{ count: 0 }])
})

test('server and database put a voter into the same share', async () => {
  for (const [voter_id, key] of [1, 2, 77, 1_000_003, 13_456_789, 2_147_483_647].map(
    (id) => [id, `q_${id}`] as const,
  )) {
    const salt = saltOf(key)
    const { rows } = await sql<{
      share: string
    }>`select share_of(${voter_id}::integer, ${salt}::integer)::text as share`.execute(db)
    expect(rows[0]?.share).toBe(String(shareOf(voter_id, salt)))
  }
})

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { importDoors } from '../../../app/import-people.ts'
import type { Actor } from '../../../platform/actor.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { personForVoter, removePhone, savePhone, updatePerson } from '../../people/commands.ts'
import {
  askFor,
  chooseMapping,
  personImport,
  planPersonImport,
  receiveSheet,
  runPersonImport,
  undoPersonImport,
} from '../../people/imports/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addPerson, answer, changeEvent } from '../../events/commands.ts'
import { joinBank } from '../../events/calls/commands.ts'
import { eventsToBook } from '../../events/calls/queries.ts'
import { saveTicketKind } from '../../events/orders/commands.ts'
import { TicketKindForm } from '../../events/orders/schema.ts'
import { shiftsOf, signupsOf } from '../../events/queries.ts'
import { makeEvent, type OpenedEvent } from '../../events/testing.ts'
import { cardsOf } from '../cards.ts'
import { saltOf, shareOf } from '../../scripts/rules.ts'
import { leaseForHours } from '../batches/commands.ts'
import type { Caller } from '../caller.ts'
import { removeCaller } from '../callers/commands.ts'
import { changePhoneBank, undoAttempt } from '../commands.ts'
import { watchPhoneBanks } from '../jobs.ts'
import { keptRoutes } from '../kept/routes.ts'
import { preparePhoneBank } from '../targets/commands.ts'
import { addTestCaller, addVoters, makeBank, phoneOf } from '../testing.ts'
import { allowTags, recordTold, undoTold } from './commands.ts'
import { toldRoutes } from './routes.tsx'
import { Told, type ToldInput } from './schema.ts'
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

async function inHand(name = 'Grace', of = bank) {
  const joined = await addTestCaller(world, ours, of, ['en', 'ko'], name)
  const [card] = (await joined.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  const caller: Caller = {
    organization_id: ours.organization_id,
    phone_bank_id: of.phone_bank_id,
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

test('one part of a name put right leaves the others as they are known, and taken back all is as it was', async () => {
  const { card, caller, input, tell } = await inHand()
  const names = ['last_name', 'first_name', 'middle_name'] as const
  const states = await db.selectFrom('voter_record').select(names).where('voter_id', '=', card.voter_id).executeTakeFirstOrThrow() // prettier-ignore
  const name = input({ kind: 'name', first_name: '', last_name: 'Park', name_hangul: '' })
  await recordTold(db, caller, name, secret, clock.now())
  expect(await personOf(card.voter_id)).toMatchObject({ ...states, last_name: 'Park' })
  await undoTold(db, caller, { told_id: name.told_id }, secret, clock.now())
  expect(await personOf(card.voter_id)).toMatchObject({ last_name: null, first_name: null, middle_name: null })
  await tell({ kind: 'name', first_name: 'Jiwon', last_name: '', name_hangul: '' })
  expect(await personOf(card.voter_id)).toMatchObject({ last_name: states.last_name, first_name: 'Jiwon' })

  // What the organizer put right meanwhile stays when the caller takes another part back.
  const again = input({ kind: 'name', first_name: '', last_name: 'Park', name_hangul: '' })
  await recordTold(db, caller, again, secret, clock.now())
  await db.updateTable('person').set({ first_name: 'Mina' }).where('voter_id', '=', card.voter_id).execute()
  await undoTold(db, caller, { told_id: again.told_id }, secret, clock.now())
  expect(await personOf(card.voter_id)).toMatchObject({ last_name: states.last_name, first_name: 'Mina' })
})

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

test('no more calls after a whole conversation: the answers are kept, and no list calls them from that moment', async () => {
  const { joined, card, tell } = await inHand()
  const other = await makeBank(world, ours, [card.voter_id])
  await tell({ kind: 'consent', channel: 'phone', is_given: false, to: null, fact: null, spoke_with: 'household' })
  const closed = { state: 'suppressed', why: 'do_not_call' }
  expect([await standOf(bank, card.voter_id), await standOf(other, card.voter_id)]).toMatchObject([closed, closed])
  // The conversation goes on; what was said in it counts.
  const { recorded } = await joined.record(card, { disposition: 'canvassed', answers: { support: 1, plan: true } })
  expect(recorded).toMatchObject({ outcome: 'recorded' })
  const answers = await db
    .selectFrom('contact_answer')
    .select('value')
    .where('attempt_id', '=', recorded?.attempt_id ?? '')
    .execute()
  expect(answers).toHaveLength(2)
  expect(await standOf(bank, card.voter_id)).toMatchObject(closed)
  const { person_id } = await personOf(card.voter_id)
  const [consent] = await db.selectFrom('consent').selectAll().where('person_id', '=', person_id).execute()
  expect(consent).toMatchObject({ channel: 'phone', evidence: 'said so on the phone (somebody at home)' })
})

test('what was noted by a slip is taken back by who noted it: what stood there before is there again', async () => {
  const { card, caller, input } = await inHand()
  const who = `v${card.voter_id}`
  const note = async (told: Told) => {
    const given = input(told)
    await recordTold(db, caller, given, secret, clock.now())
    return given.told_id
  }
  const undo = (told_id: string, by = caller) => undoTold(db, by, { told_id }, secret, clock.now())
  const undone = { outcome: 'undone', problem: null }
  await savePhone(db, ours, who, { phone: '+17185550301', kind: 'mobile', quality: 'good', is_preferred: true })
  const name = await note({ kind: 'name', first_name: '', last_name: '', name_hangul: '김민' })
  const phone = await note({ kind: 'phone', phone: '+17185550302' })
  const calls = await note({
    kind: 'consent',
    channel: 'phone',
    is_given: false,
    to: null,
    fact: null,
    spoke_with: 'voter',
  })
  expect(await standOf(bank, card.voter_id)).toMatchObject({ state: 'suppressed' })
  for (const told_id of [name, phone, phone]) expect(await undo(told_id)).toEqual(undone)
  // What closed every list is not opened again from here; of a number that was there we no longer know what we knew.
  const there = await note({ kind: 'phone', phone: '+17185550301' })
  for (const told_id of [calls, there])
    expect(await undo(told_id)).toEqual({ outcome: 'refused', problem: 'changed_since' })
  expect(await personOf(card.voter_id)).toMatchObject({ name_hangul: null })
  const { person_id } = await personOf(card.voter_id)
  const phones = await db
    .selectFrom('person_phone')
    .select(['phone', 'kind', 'is_preferred'])
    .where('person_id', '=', person_id)
    .execute()
  expect(phones).toMatchObject([{ phone: '+17185550301', is_preferred: true }])
  expect(await standOf(bank, card.voter_id)).toMatchObject({ state: 'suppressed' })
  // Noted by a slip and then in earnest: that stays, whatever else was noted.
  const [slip, another] = [
    await note({ kind: 'phone', phone: '+17185550303' }),
    await note({ kind: 'phone', phone: '+17185550304' }),
  ]
  clock.advance(1)
  await note({ kind: 'phone', phone: '+17185550303' })
  expect(await undo(slip)).toEqual({ outcome: 'refused', problem: 'changed_since' })
  expect(await undo(another)).toEqual(undone)
  // Nobody else's word, and none that was changed since.
  const language = await note({ kind: 'language', language: 'zh' })
  const other = await inHand('Soo')
  expect(await undo(language, other.caller)).toEqual({ outcome: 'refused', problem: 'unknown' })
  await note({ kind: 'language', language: 'ko' })
  expect(await undo(language)).toEqual({ outcome: 'refused', problem: 'changed_since' })
})

test('what is taken back while it is under way changes nothing when it comes, and is taken back where it came', async () => {
  const { card, caller, input } = await inHand()
  const undone = { outcome: 'undone', problem: null }
  const unseen = input({ kind: 'name', first_name: '', last_name: '', name_hangul: '민들레' })
  const undo = (of: ToldInput, by = caller) =>
    undoTold(db, by, { told_id: of.told_id, unseen: of }, secret, clock.now())
  expect(await undo(unseen)).toEqual(undone)
  expect(await recordTold(db, caller, unseen, secret, clock.now())).toMatchObject({ outcome: 'already_recorded' })
  const known = () => db.selectFrom('person').select('name_hangul').where('voter_id', '=', card.voter_id).execute()
  expect(await known()).toEqual([])
  const trail = await db
    .selectFrom('audit_entry')
    .select('subject_id')
    .where('action', '=', 'phonebank.told_undone')
    .execute()
  expect(trail).toEqual([{ subject_id: String(card.voter_id) }])
  const came = input({ kind: 'name', first_name: '', last_name: '', name_hangul: '민들레' })
  await recordTold(db, caller, came, secret, clock.now())
  expect(await known()).toEqual([{ name_hangul: '민들레' }])
  expect(await undo(came)).toEqual(undone)
  expect(await undo(came)).toEqual(undone)
  expect(await known()).toEqual([{ name_hangul: null }])
  // Both at once: whichever comes first, it does not stand.
  const both = input({ kind: 'tag', tag: 'yard' })
  await allowTags(db, ours, ['yard'])
  const [, said] = await Promise.all([undo(both), recordTold(db, caller, both, secret, clock.now())])
  expect(said.outcome).toMatch(/recorded$/)
  expect(await undo(both)).toEqual(undone)
  expect(await db.selectFrom('person_tag').select('tag').where('tag', '=', 'yard').execute()).toEqual([])
  await allowTags(db, ours, [])
  const other = await inHand('Soo')
  expect(await undo(input({ kind: 'language', language: 'zh' }), other.caller)).toEqual({
    outcome: 'refused',
    problem: 'unknown',
  })
})

test('nobody agrees to be called by answering the telephone', () => {
  const told = { kind: 'consent', channel: 'phone', spoke_with: 'voter' }
  expect(Told.safeParse({ ...told, is_given: true }).success).toBe(false)
  expect(Told.safeParse({ ...told, is_given: false }).success).toBe(true)
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

const standOf = (of: { phone_bank_id: string }, voter_id: number) =>
  db
    .selectFrom('phone_bank_target')
    .select(['state', 'why', 'attempts', 'phones', 'language', 'is_language_known'])
    .where('phone_bank_id', '=', of.phone_bank_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirstOrThrow()

test('a corrected number comes to the hand at once, is the one called next time, and stays when the result is taken back', async () => {
  const { joined, card, tell } = await inHand()
  const other = await makeBank(world, ours, [card.voter_id])
  const [dialed] = card.phones
  await tell({ kind: 'phone', phone: '+17185550201' })
  const again = (await joined.ask({ holding: [card.voter_id], want: 0 })).turn.cards
  expect(again.map((each) => each.phones.map(({ phone }) => phone))).toEqual([['+17185550201', dialed?.phone]])
  // What is said of the number dialed does not touch the new one.
  const { recorded } = await joined.record(card, { disposition: 'wrong_number' }, { want: 0 })
  expect(await standOf(bank, card.voter_id)).toMatchObject({ why: 'next_number', phones: ['+17185550201'] })
  expect(await standOf(other, card.voter_id)).toMatchObject({ phones: ['+17185550201'] })
  await undoAttempt(db, ours, bank.phone_bank_id, recorded?.attempt_id ?? '', clock.now())
  expect((await standOf(bank, card.voter_id)).phones).toEqual(['+17185550201', dialed?.phone])
  await savePhone(db, ours, `v${card.voter_id}`, {
    phone: '+17185550201',
    kind: 'mobile',
    quality: 'wrong',
    is_preferred: false,
  })
  expect((await standOf(other, card.voter_id)).phones).toEqual([dialed?.phone])
})

test('whoever had no number is called when one is told, matched by a file or there at the next refresh', async () => {
  const ids = [40, 41, 42]
  await addVoters(
    database.owner,
    ids.map((voter_id) => ({ voter_id, phones: [], county: 'orange' })),
  )
  const empty = await makeBank(world, ours, ids, { expression: 'county:orange' })
  const [profile = 0, file = 0, refresh = 0] = ids
  const isReady = { state: 'ready', why: null, attempts: 0 }
  expect(await standOf(empty, profile)).toMatchObject({ state: 'finished', why: 'no_number' })
  await savePhone(db, ours, `v${profile}`, {
    phone: phoneOf(profile),
    kind: 'mobile',
    quality: 'unknown',
    is_preferred: true,
  })
  expect(await standOf(empty, profile)).toMatchObject({ ...isReady, phones: [phoneOf(profile)] })
  const match = (voter_id: number) =>
    sql`insert into voter_phone (voter_id, phone, quality, matched_by, source, received_on)
      values (${voter_id}, ${phoneOf(voter_id)}, 80, 'state_id', 'vendor', '2026-11-01')`.execute(database.owner)
  await match(file)
  clock.advance(1)
  await sql`insert into voter_import (kind, paths, names, state, requested_by, finished_at)
    values ('phones', '{}', '{}', 'done', 'x', ${clock.now()})`.execute(database.owner)
  await watchPhoneBanks(world.installation)
  expect(await standOf(empty, file)).toMatchObject({ ...isReady, phones: [phoneOf(file)] })
  await match(refresh)
  await watchPhoneBanks(world.installation)
  // Nothing was imported since: nothing is asked.
  expect(await standOf(empty, refresh)).toMatchObject({ why: 'no_number' })
  await preparePhoneBank(db, ours, empty.phone_bank_id, clock.now())
  expect(await standOf(empty, refresh)).toMatchObject({ ...isReady, phones: [phoneOf(refresh)] })
  await removePhone(db, ours, `v${profile}`, phoneOf(profile))
  expect(await standOf(empty, profile)).toMatchObject({ state: 'finished', why: 'no_number', phones: [] })
})

test('a spreadsheet of numbers comes to the lists after it is through, and leaves them when it is taken back', async () => {
  const voter_id = 70
  await addVoters(database.owner, [{ voter_id, phones: [], county: 'orange' }])
  const waiting = await makeBank(world, ours, [voter_id])
  const sheet = Buffer.from(`Voter ID,First Name,Last Name,Phone\nNY${voter_id},Min,Kim,718-555-0177\n`)
  const received = await receiveSheet(db, world.folder, ours, 'numbers.csv', [sheet])
  if (!received.ok) throw new Error(JSON.stringify(received))
  const { import_id } = received
  const { organization_id } = ours
  const watch = { now: new Date(), doors: importDoors, begun: async () => {}, done: async () => {} }
  const columns = ['state_voter_id', 'first_name', 'last_name', 'phone']
  const run = await personImport(db, organization_id, import_id)
  await chooseMapping(db, ours, run, columns, 'state_voter_id', { overwrite: false, add_unsure: true })
  await planPersonImport(db, organization_id, import_id, watch)
  await askFor(db, ours, import_id, 'run')
  expect(await runPersonImport(db, organization_id, import_id, watch)).toEqual({ ok: true })
  expect(await standOf(waiting, voter_id)).toMatchObject({ why: 'no_number' })
  await watchPhoneBanks(world.installation)
  expect(await standOf(waiting, voter_id)).toMatchObject({ state: 'ready', phones: ['+17185550177'] })
  await askFor(db, ours, import_id, 'undo')
  expect(await undoPersonImport(db, organization_id, import_id, watch)).toEqual({ ok: true })
  expect(await standOf(waiting, voter_id)).toMatchObject({ why: 'no_number', phones: [] })
})

test('a promised call outlasts the moment in which the wrong number is gone and the right one not there yet', async () => {
  const voter_id = 71
  await addVoters(database.owner, [{ voter_id, phones: [], county: 'orange' }])
  const said = { kind: 'mobile' as const, quality: 'unknown' as const, is_preferred: true }
  await savePhone(db, ours, `v${voter_id}`, { phone: phoneOf(9_051), ...said })
  const promised = await makeBank(world, ours, [voter_id])
  const caller = await addTestCaller(world, ours, promised)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  const call_back_at = new Date(clock.now().getTime() + 3_600_000).toISOString()
  await caller.record(card, { disposition: 'call_back', call_back_at, is_call_back_mine: true }, { want: 0 })
  const before = await standOf(promised, voter_id)
  expect(before).toMatchObject({ state: 'waiting', why: 'call_back' })
  await removePhone(db, ours, `v${voter_id}`, phoneOf(9_051))
  expect(await standOf(promised, voter_id)).toMatchObject({ state: 'finished', why: 'no_number' })
  await savePhone(db, ours, `v${voter_id}`, { phone: phoneOf(9_052), ...said })
  expect(await standOf(promised, voter_id)).toEqual({ ...before, phones: [phoneOf(9_052)] })
})

test('a corrected language decides who calls on every list, shows on the card, and goes when it is taken away', async () => {
  await addVoters(database.owner, [{ voter_id: 50, p_korean: 90 }])
  const list = await makeBank(world, ours, [50])
  expect(await standOf(list, 50)).toMatchObject({ language: 'ko', is_language_known: false })
  const person_id = await personForVoter(db, ours, 50)
  const { birth_year: _birth, ...facts } = PersonForm.parse({})
  const speaks = (language: 'zh' | null) =>
    updatePerson(db, ours, person_id, { ...facts, birth_year: null, language }, null)
  const caller = await addTestCaller(world, ours, list, ['en', 'ko'])
  const [card] = (await caller.next()).turn.cards
  expect(card?.language).toEqual({ code: 'ko', is_known: false })
  await speaks('zh')
  const [again] = (await caller.ask({ holding: [50], want: 0 })).turn.cards
  expect(again?.language).toEqual({ code: 'zh', is_known: true })
  await caller.ask({ release: { voter_ids: [50], why: 'leave' }, want: 0 })
  expect((await caller.next()).turn.cards).toEqual([])
  await speaks(null)
  expect(await standOf(list, 50)).toMatchObject({ language: 'ko', is_language_known: false })
})

test('a voter in hand whose corrected number somebody else is on goes back, and their old line rests', async () => {
  const shared = phoneOf(60)
  await addVoters(database.owner, [
    { voter_id: 60, phones: [shared] },
    { voter_id: 61, phones: [shared] },
    { voter_id: 62 },
  ])
  const lists = [
    await makeBank(world, ours, [60]),
    await makeBank(world, ours, [61]),
    await makeBank(world, ours, [62]),
  ]
  const [first, second, third] = await Promise.all(lists.map((list) => addTestCaller(world, ours, list)))
  if (!first || !second || !third) throw new Error('no caller')
  await first.next()
  await third.next()
  const correct = (phone: string) =>
    savePhone(db, ours, 'v60', { phone, kind: 'unknown', quality: 'good', is_preferred: true })
  await correct(phoneOf(63))
  expect((await first.ask({ holding: [60], want: 0 })).turn.cards.map(({ phones }) => phones[0]?.phone)).toEqual([
    phoneOf(63),
  ])
  // The first may still be talking on it.
  expect((await second.next()).turn.cards).toEqual([])
  await correct(phoneOf(62))
  expect((await first.ask({ holding: [60], want: 1 })).turn).toMatchObject({
    cards: [],
    withdrawn: [{ voter_id: 60, why: 'lost' }],
  })
})

test.each(['+19005550101', '+18765550101', '+442079460958'])(
  'a number that costs whoever rings it is nobody’s: %s',
  async (costly) => {
    const { card, tell } = await inHand()
    const refused = { outcome: 'refused', problem: 'costly_number' }
    const member = { kind: 'member', first_name: 'Sora', last_name: 'Kim', name_hangul: '' } as const
    const text = { kind: 'consent', channel: 'text', is_given: true, fact: null } as const
    expect(await tell({ kind: 'phone', phone: costly })).toEqual(refused)
    expect(await tell({ ...member, phone: costly })).toEqual(refused)
    expect(await tell({ ...text, to: costly })).toEqual(refused)
    if (costly.startsWith('+1')) expect(await tell({ ...text, to: costly.slice(2) })).toEqual(refused)
    const kept = await db
      .selectFrom('person_phone as n')
      .innerJoin('person as p', 'p.person_id', 'n.person_id')
      .select('n.phone')
      .where('p.voter_id', '=', card.voter_id)
      .execute()
    expect(kept.filter(({ phone }) => phone === costly)).toEqual([])
  },
)

test('a tag outside the allowed list, a voter of another caller, and an empty word are refused and leave nothing', async () => {
  const { card, caller, input, tell } = await inHand()
  const other = await inHand('Linda')
  await allowTags(db, ours, ['church'])
  expect(await tell({ kind: 'tag', tag: 'secret-donor' })).toEqual({ outcome: 'refused', problem: 'tag_not_allowed' })
  expect(await tell({ kind: 'tag', tag: 'church' })).toEqual({ outcome: 'recorded', problem: null, booked: null })
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

/** In two days unless said otherwise, at one place. */
const openEvent = ({ by = ours, ...more }: OpenedEvent & { by?: Actor } = {}) =>
  makeEvent(database.of(by.organization_id), by, more, clock.now())

const offered = async (event_id: string) => {
  const found = (await eventsToBook(db, ours.organization_id, clock.now())).find((each) => each.event_id === event_id)
  return found && { event_id, shift_id: found.shifts[0]?.shift_id ?? '', is_wait_list: found.shifts[0]?.is_wait_list }
}

test('a yes to an event is a sign-up, is on the card, and is taken back by the caller', async () => {
  const event_id = await openEvent()
  const shift_id = (await offered(event_id))?.shift_id ?? ''
  const { card, caller, input } = await inHand()
  const told = input({ kind: 'event', event_id, shift_id, title: 'Town hall' })
  const send = () => recordTold(db, caller, told, secret, clock.now())
  expect(await send()).toEqual({ outcome: 'recorded', problem: null, booked: 'signed_up' })
  expect(await send()).toEqual({ outcome: 'already_recorded', problem: null, booked: 'signed_up' })
  const again = input({ kind: 'event', event_id, shift_id, title: 'Town hall' })
  expect(await recordTold(db, caller, again, secret, clock.now())).toMatchObject({ problem: 'event_already' })
  const face = async () =>
    (await cardsOf(db, { ...caller, script_version: 1 }, [card.voter_id], '2026-01-01', clock.now())).get(card.voter_id)
  expect((await face())?.events).toMatchObject({ coming: [{ event_id, response: 'signed_up' }], attended: [] })
  const undone = await undoTold(db, caller, { told_id: told.told_id }, secret, clock.now())
  expect(undone).toEqual({ outcome: 'undone', problem: null })
  const [signup] = await signupsOf(db, ours.organization_id, event_id)
  expect(signup?.response).toBe('canceled_by_them')
  expect((await face())?.events ?? null).toBeNull()
  // To whom an event is not open reads what kind it is, not what it is called; who asks about it reads that too.
  const closed = await openEvent({ kind: 'roundtable', is_by_invitation: true })
  const who = `v${card.voter_id}`
  await addPerson(db, ours, closed, { who, as: 'invited', shift_ids: await shiftsOfEvent(closed) }, clock.now())
  const coming = async () => (await face())?.events?.coming.map(({ title, response }) => [title.en, response])
  expect(await coming()).toEqual([['Education roundtable', 'invited']])
  await joinBank(db, ours, closed, caller.phone_bank_id, 'confirming', clock.now())
  expect(await coming()).toEqual([['Town hall', 'invited']])
  await db.deleteFrom('event_phone_bank').where('event_id', '=', closed).execute()
})

test('of an event at somebody’s home callers read the place and the neighborhood', async () => {
  const event_id = await openEvent()
  const shown = async () => (await eventsToBook(db, ours.organization_id, clock.now())).find((each) => each.event_id === event_id)?.shifts // prettier-ignore
  expect(await shown()).toMatchObject([{ address: '41-17 Main St, Flushing' }])
  await db.updateTable('event').set({ hides_address: true }).where('event_id', '=', event_id).execute()
  expect(await shown()).toMatchObject([{ place: { en: 'Library' }, address: 'Flushing' }])
})

test('a full event is not offered, or its wait list is; one by invitation is for the organizer to say', async () => {
  const invitation = await openEvent({ is_by_invitation: true })
  expect(await offered(invitation)).toBeUndefined()
  const [full, waiting] = [await openEvent({ capacity: 1 }), await openEvent({ capacity: 1, has_wait_list: true })]
  const seen = await offered(full)
  for (const event_id of [full, waiting])
    await addPerson(db, ours, event_id, { who: 'v30', as: 'signed_up', shift_ids: [] }, clock.now())
  expect(await offered(full)).toBeUndefined()
  const wait_list = await offered(waiting)
  expect(wait_list?.is_wait_list).toBe(true)
  const { tell } = await inHand()
  const yes = (event_id: string, shift_id = '') => tell({ kind: 'event', event_id, shift_id, title: 'Town hall' })
  expect(await yes(full, seen?.shift_id)).toEqual({ outcome: 'refused', problem: 'event_full' })
  expect(await yes(waiting, wait_list?.shift_id)).toMatchObject({ outcome: 'recorded', booked: 'wait_listed' })
  expect(await yes(invitation, randomUUID())).toMatchObject({ problem: 'event_over' })
})

/** As a device sends a yes: with the cookie of its caller; without, by the ticket alone. */
function overHttp({ joined, caller, input }: Awaited<ReturnType<typeof inHand>>) {
  const nobody = world.as(null, [toldRoutes, keptRoutes])
  const { phone_bank_id, caller_id } = caller
  const cookie = { cookie: `caller_${phone_bank_id.slice(0, 8)}=${joined.token}` }
  const yes = (event_id: string, shift_id = '', more: Partial<ToldInput> = {}) =>
    input({ kind: 'event', event_id, shift_id: shift_id || randomUUID(), title: 'Town hall' }, more)
  return {
    yes,
    tell: (told: ToldInput, of = phone_bank_id) => nobody.postJson(`/call/${of}/told`, told, cookie),
    tellKept: (told: ToldInput) => nobody.postJson(`/call/${phone_bank_id}/kept-told`, { caller_id, told }),
    untell: async (told_id: string) =>
      (await nobody.postJson(`/call/${phone_bank_id}/untell`, { told_id }, cookie)).json() as Promise<unknown>,
  }
}
const shiftsOfEvent = async (event_id: string, of = ours) =>
  (await shiftsOf(database.of(of.organization_id), of.organization_id, [event_id])).map(({ shift_id }) => shift_id)
const freshBank = async (voter_id: number) => {
  await addVoters(database.owner, [{ voter_id, first_name: 'Sora' }, { voter_id: voter_id + 1, first_name: 'Jin' }]) // prettier-ignore
  return makeBank(world, ours, [voter_id, voter_id + 1])
}

test('a device books nobody into what is not for callers to give: each refusal says which, and nothing is kept of it', async () => {
  const bank_of_it = await freshBank(700)
  const hand = await inHand('Grace', bank_of_it)
  const { yes, tell } = overHttp(hand)
  const [foreign, invitation, approval, sold, over] = [
    await openEvent({ by: world.theirs.organizer }),
    await openEvent({ is_by_invitation: true }),
    await openEvent({ needs_approval: true }),
    await openEvent(),
    await openEvent({ hours: [1, 6] }),
  ]
  const price = TicketKindForm.parse({ name_en: 'Seat', name_ko: '자리', price: '20', buyers: 'everybody' })
  await saveTicketKind(db, ours, sold, null, price, clock.now())
  const draft = await openEvent()
  await db.updateTable('event').set({ published_at: null }).where('event_id', '=', draft).execute()
  const canceled = await openEvent()
  await changeEvent(db, ours, canceled, 'cancel', clock.now())

  const [theirs_first] = await shiftsOfEvent(foreign, world.theirs.organizer)
  expect((await tell(yes(foreign, theirs_first))).status).toBe(404)
  for (const event_id of [invitation, approval, sold, draft, canceled]) {
    const [shift] = await shiftsOfEvent(event_id)
    expect(await (await tell(yes(event_id, shift))).json()).toMatchObject({ outcome: 'refused', problem: 'event_over' })
  }
  // A shift that is under way may still be joined, one that is over may not, whatever comes after it.
  const [first, second] = await shiftsOfEvent(over)
  clock.advance(90)
  const begun = yes(over, first)
  expect(await (await tell(begun)).json()).toMatchObject({ outcome: 'recorded', booked: 'signed_up' })
  await overHttp(hand).untell(begun.told_id)
  clock.advance(120)
  expect(await (await tell(yes(over, first))).json()).toMatchObject({ problem: 'event_over' })
  expect(await (await tell(yes(over, randomUUID()))).json()).toMatchObject({ problem: 'event_over' })
  expect(second).toBeDefined()

  // Neither without the cookie, nor in another phone bank, nor of a voter who was not in this hand.
  const other = await makeBank(world, ours, [])
  expect((await tell(yes(over, second), other.phone_bank_id)).status).toBe(401)
  const not_mine = yes(over, second, { voter_id: 1 })
  expect(await (await tell(not_mine)).json()).toMatchObject({ outcome: 'refused', problem: 'not_yours' })
  const kept = await db.selectFrom('phone_bank_told').select('told_id').where('phone_bank_id', '=', bank_of_it.phone_bank_id).execute() // prettier-ignore
  expect(kept).toEqual([{ told_id: begun.told_id }])
  for (const event_id of [invitation, approval, sold, draft, canceled])
    expect(await signupsOf(db, ours.organization_id, event_id)).toEqual([])
})

test('the last seat said yes to twice at once is one sign-up; the other caller is told that it is full', async () => {
  const bank_of_it = await freshBank(710)
  const [one, other] = [await inHand('Grace', bank_of_it), await inHand('Soo', bank_of_it)]
  const event_id = await openEvent({ capacity: 1 })
  const [shift] = await shiftsOfEvent(event_id)
  const [mine, hers] = [overHttp(one), overHttp(other)]
  const told = mine.yes(event_id, shift)
  const answers = await Promise.all([mine.tell(told), mine.tell(told), hers.tell(hers.yes(event_id, shift))])
  const outcomes = (await Promise.all(answers.map((each) => each.json()))) as { outcome: string; problem: string }[]
  const took = outcomes.filter(({ outcome }) => outcome === 'recorded')
  expect(took).toHaveLength(1)
  expect(outcomes.filter(({ problem }) => problem === 'event_full').length).toBeGreaterThanOrEqual(1)
  const signups = await signupsOf(db, ours.organization_id, event_id)
  expect(signups).toMatchObject([{ response: 'signed_up', source: 'staff' }])
  const [booked] = await db
    .selectFrom('audit_entry')
    .select(['actor_name', 'actor_kind', 'after'])
    .where('subject_id', '=', event_id)
    .where('action', '=', 'event.book')
    .execute()
  expect(booked).toMatchObject({ actor_kind: 'caller', actor_name: expect.stringMatching(/^(Grace|Soo)$/) })
})

test('invited to one shift and saying yes to another, they are in the one they said, and only there', async () => {
  const bank_of_it = await freshBank(720)
  const hand = await inHand('Grace', bank_of_it)
  const { yes, tell } = overHttp(hand)
  const event_id = await openEvent({ hours: [48, 72] })
  const [first = '', second = ''] = await shiftsOfEvent(event_id)
  const who = `v${hand.card.voter_id}`
  await addPerson(db, ours, event_id, { who, as: 'invited', shift_ids: [first] }, clock.now())
  const said = yes(event_id, second)
  expect(await (await tell(said)).json()).toMatchObject({ outcome: 'recorded', booked: 'signed_up' })
  expect(await signupsOf(db, ours.organization_id, event_id)).toMatchObject([
    { response: 'signed_up', shift_ids: [second] },
  ])
  // Taken back they are invited to what they were invited to.
  await undoTold(db, hand.caller, { told_id: said.told_id }, secret, clock.now())
  expect(await signupsOf(db, ours.organization_id, event_id)).toMatchObject([
    { response: 'invited', shift_ids: [first] },
  ])
  // Where there is no seat the invitation stays as it was.
  const full = await openEvent({ hours: [48, 72], capacity: 1 })
  const [one = '', two = ''] = await shiftsOfEvent(full)
  await addPerson(db, ours, full, { who, as: 'invited', shift_ids: [one] }, clock.now())
  await addPerson(db, ours, full, { who: 'v30', as: 'signed_up', shift_ids: [two] }, clock.now())
  expect(await (await tell(yes(full, two))).json()).toMatchObject({ outcome: 'refused', problem: 'event_full' })
  const mine = (await signupsOf(db, ours.organization_id, full)).filter(({ response }) => response === 'invited')
  expect(mine).toMatchObject([{ shift_ids: [one] }])
})

test('whoever is offered a seat from the wait list takes it by saying yes on the telephone', async () => {
  const hand = await inHand('Grace', await freshBank(740))
  const { yes, tell } = overHttp(hand)
  const event_id = await openEvent({ capacity: 1, has_wait_list: true, accept_hours: 24 })
  const [shift = ''] = await shiftsOfEvent(event_id)
  const who = `v${hand.card.voter_id}`
  const other = await addPerson(db, ours, event_id, { who: 'v30', as: 'signed_up', shift_ids: [shift] }, clock.now())
  await addPerson(db, ours, event_id, { who, as: 'signed_up', shift_ids: [shift] }, clock.now())
  await answer(db, ours, event_id, other.ok ? other.signup_id : '', 'cancel', clock.now())
  const theirs = async () => {
    const rows = await signupsOf(db, ours.organization_id, event_id)
    return rows.find(({ response }) => !response.startsWith('canceled'))
  }
  expect((await theirs())?.accept_by).toBeInstanceOf(Date)
  expect(await (await tell(yes(event_id, shift))).json()).toMatchObject({ outcome: 'recorded' })
  expect(await theirs()).toMatchObject({ accept_by: null })
})

test('a yes that waited on a device counts after the caller left or the phone bank ended, unless it was said later', async () => {
  const bank_of_it = await freshBank(730)
  const [left, stayed] = [await inHand('Grace', bank_of_it), await inHand('Soo', bank_of_it)]
  const event_id = await openEvent()
  const [shift] = await shiftsOfEvent(event_id)
  const minutesAgo = (minutes: number) => ({
    told_at: new Date(clock.now().getTime() - minutes * 60_000).toISOString(),
    sent_at: clock.now().toISOString(),
  })
  clock.advance(60)
  await removeCaller(db, ours, bank_of_it.phone_bank_id, left.caller.caller_id, clock.now())
  clock.advance(30)
  const device = overHttp(left)
  expect(await (await device.tellKept(device.yes(event_id, shift, minutesAgo(10)))).json()).toEqual({
    outcome: 'refused',
    problem: 'closed',
  })
  const before = device.yes(event_id, shift, minutesAgo(60))
  expect(await (await device.tellKept(before)).json()).toMatchObject({ outcome: 'recorded', booked: 'signed_up' })
  expect(await (await device.tellKept(before)).json()).toMatchObject({
    outcome: 'already_recorded',
    booked: 'signed_up',
  })
  await changePhoneBank(db, ours, bank_of_it.phone_bank_id, 'end', clock.now())
  clock.advance(45)
  const other = overHttp(stayed)
  expect(await (await other.tell(other.yes(event_id, shift, minutesAgo(5)))).json()).toMatchObject({
    problem: 'closed',
  })
  expect(await (await other.tell(other.yes(event_id, shift, minutesAgo(20)))).json()).toMatchObject({
    booked: 'signed_up',
  })
  expect(await signupsOf(db, ours.organization_id, event_id)).toHaveLength(2)
})

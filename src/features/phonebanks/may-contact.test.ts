import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { randomOf } from '../../platform/random.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { mark, personForVoter, recordConsent, takeBackMark } from '../people/commands.ts'
import { mayContactAll } from '../people/consent.ts'
import { personReasons, type NoContact } from '../people/schema.ts'
import { addVoters, makeBank } from './testing.ts'

/* The queue hands out by `closed_to_calls` and `open_numbers`, quicker; `contact_answers` must say the same. */

const world = await makeWorld()
const { organization_id, organizer } = world.ours
const { owner } = world.database
const db = world.database.of(organization_id)

/** As the queue names it: of what somebody said of calls it makes a mark. */
const asQueue = (reason: NoContact | null): string | null =>
  reason === 'opted_out'
    ? 'do_not_call'
    : reason === 'not_a_voter'
      ? 'not_contactable'
      : reason === 'no_address'
        ? null
        : reason

test('whoever the queue leaves out may not be called, and who may not be called is left out of the queue', async () => {
  const random = randomOf(20261129)
  const ids = Array.from({ length: 150 }, (_, index) => index + 1)
  await addVoters(
    owner,
    ids.map((voter_id) => ({ voter_id })),
  )
  for (const voter_id of ids) {
    const facts = Math.floor(random() * 4)
    for (let nth = 0; nth < facts; nth += 1) {
      const kind = Math.floor(random() * 7)
      if (kind === 0) await recordConsent(db, organizer, `v${voter_id}`, { channel: 'phone', is_given: random() < 0.5, evidence: 'told us' }) // prettier-ignore
      if (kind === 1 || kind === 2) {
        const reason = personReasons[Math.floor(random() * personReasons.length)] ?? 'legal'
        const suppression_id = await mark(db, organizer, `v${voter_id}`, { reason, note: 'wrote to us' })
        if (random() < 0.3) await takeBackMark(db, organizer, suppression_id)
      }
      if (kind === 3) await owner.updateTable('voter_record').set({ status: 'purged' }).where('voter_id', '=', voter_id).execute() // prettier-ignore
      if (kind === 4) await owner.updateTable('person').set({ deceased_at: new Date('2026-01-01') }).where('person_id', '=', await personForVoter(db, organizer, voter_id)).execute() // prettier-ignore
      if (kind === 5)
        await sql`insert into suppression (organization_id, phone, voter_id, reason, marked_by)
          select ${organization_id}, phone, case when ${random() < 0.5} then voter_id end, 'do_not_call', 'Ana' from voter_phone where voter_id = ${voter_id}`.execute(
          db,
        )
      // A mark that only the voter record has.
      if (kind === 6) await sql`insert into suppression (organization_id, voter_id, reason, marked_by) values (${organization_id}, ${voter_id}, 'hostile', 'Ana')`.execute(db) // prettier-ignore
    }
  }

  const answers = await mayContactAll(db, organization_id, ids.map((voter_id) => ({ voter_id, person_id: null })), 'phone', 'campaign') // prettier-ignore
  const { rows } = await sql<{ reason: string | null; numbers: string[]; is_unmarked: boolean }>`
    select closed_to_calls(${organization_id}::uuid, v) as reason,
      open_numbers(${organization_id}::uuid, v, array(select phone from voter_phone where voter_id = v)) as numbers,
      unmarked_of(${organization_id}::uuid, array[v]) = array[v] as is_unmarked
    from unnest(${ids}::integer[]) with ordinality asked (v, nth) order by nth`.execute(db)
  const reasons = new Set<string | null>()
  for (const [index, queue] of rows.entries()) {
    const reason = answers[index]?.reason ?? null
    reasons.add(reason)
    expect([ids[index], asQueue(reason) !== null]).toEqual([ids[index], queue.reason !== null])
    // Of several marks the queue names the newest, the answer the weightiest.
    if (queue.reason === 'not_contactable') expect(asQueue(reason)).not.toBeNull()
    if (queue.reason === null) expect([ids[index], reason === 'no_address']).toEqual([ids[index], queue.numbers.length === 0]) // prettier-ignore
    if (queue.is_unmarked) expect(queue.reason).toBeNull()
  }
  // Every way there is was tried.
  expect(reasons).toEqual(new Set([null, ...personReasons, 'opted_out', 'not_a_voter', 'no_address']))

  const bank = await makeBank(world, organizer, ids)
  const targets = await db.selectFrom('phone_bank_target').select(['voter_id', 'state']).where('phone_bank_id', '=', bank.phone_bank_id).execute() // prettier-ignore
  const callable = targets.filter(({ state }) => state === 'ready' || state === 'waiting').map(({ voter_id }) => voter_id) // prettier-ignore
  const may = answers.flatMap(({ voter_id, reason }) => (reason === null && voter_id !== null ? [voter_id] : []))
  expect(callable.sort((a, b) => a - b)).toEqual(may)
})

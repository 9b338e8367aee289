import { expect, test } from 'vitest'
import { systemActor } from '../../platform/audit.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { undoAttempt } from './commands.ts'
import { addTestCaller, addVoters, makeBank, phoneOf } from './testing.ts'

const world = await makeWorld()
const { installation, ours } = world
const { owner } = installation.database
const db = installation.database.of(ours.organization_id)

test('a result taken back gives the voter back, also where somebody at their home was called before', async () => {
  await addVoters(
    owner,
    [1, 2].map((voter_id) => ({ voter_id, household_key: 700, phones: [phoneOf(895_000 + voter_id)] })),
  )
  const bank = await makeBank(world, ours.organizer, [1, 2])
  await owner.updateTable('phone_bank').set({ is_household_once_a_day: true, lines_per_household: 2 }).execute()
  const caller = await addTestCaller(world, ours.organizer, bank)
  const { turn } = await caller.next()
  const [first, second] = turn.cards
  if (!first || !second) throw new Error('both at the home come together')
  await caller.record(first, { disposition: 'no_answer' }, { holding: [second.voter_id], want: 0 })
  const { recorded } = await caller.record(second, { disposition: 'no_answer' }, { holding: [], want: 0 })
  const undone = await undoAttempt(
    db,
    systemActor(ours.organization_id, 'test'),
    bank.phone_bank_id,
    recorded?.attempt_id ?? '',
    installation.clock.now(),
  )
  expect(undone).toMatchObject({ ok: true, voter_id: second.voter_id })
  const again = await caller.ask({ want: 0, take: [second.voter_id] })
  expect(again.turn.cards.map(({ voter_id }) => voter_id)).toEqual([second.voter_id])
  // Only who is asked for: whoever waits for tomorrow because of their home is not handed out.
  const later = await (await addTestCaller(world, ours.organizer, bank)).next()
  expect(later.turn.cards).toEqual([])
})

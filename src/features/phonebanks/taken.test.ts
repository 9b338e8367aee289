import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { addTestCaller, addVoters, makeBank, phoneOf } from './testing.ts'

/*
 * Voters handed out together are handed out as they are one by one, row for row. Whose turn comes after the others, because something
 * stands against whoever was next, has another of the same families; who was passed over keeps standing in line a little longer.
 */

const world = await makeWorld()
const { installation, ours } = world
const { owner } = installation.database
const { organizer, organization_id } = ours
const db = installation.database.of(organization_id)
const now = new Date('2026-11-24T16:00:00Z')
const place = 'America/New_York NY'

// Homes of three: on one number, on a number each, two on one and one of their own; strangers on one number; marks on some.
await addVoters(
  owner,
  Array.from({ length: 48 }, (_, index) => {
    const [home, member] = [Math.floor(index / 3), index % 3]
    const own = 870_100 + index
    const shared = 870_000 + home
    return {
      voter_id: 1 + index,
      ...(home < 12 ? { household_key: 950 + home } : {}),
      phones: [
        phoneOf(
          home >= 12
            ? index < 40
              ? 870_090
              : own
            : home % 3 === 0
              ? shared
              : home % 3 === 1 || member === 0
                ? own
                : shared,
        ),
      ],
    }
  }),
)

const ids = Array.from({ length: 48 }, (_, index) => 1 + index)

async function standing(tx: Db): Promise<unknown> {
  const { rows } = await sql<{ rows: unknown }>`select jsonb_build_object(
    'targets', (select jsonb_agg(to_jsonb(t) || jsonb_build_object('leased_to', t.leased_to is not null) order by t.phone_bank_id, t.voter_id) from phone_bank_target t where t.state = 'leased'),
    'leases', (select jsonb_agg(to_jsonb(l) - 'caller_id' order by l.voter_id) from call_lease l)) as rows`.execute(tx)
  return rows[0]?.rows
}

class Undo extends Error {}

test.each([
  { lines_per_household: 1, is_household_once_a_day: true, others: false },
  { lines_per_household: 2, is_household_once_a_day: true, others: true },
  { lines_per_household: 3, is_household_once_a_day: false, others: false },
])('handed out together as one by one: %o', async ({ others, ...settings }) => {
  await owner.updateTable('phone_bank').set({ ended_at: now }).execute()
  await owner.deleteFrom('call_lease').execute()
  const bank = await makeBank(world, organizer, ids)
  const other = others ? await makeBank(world, organizer, [4, 8, 33]) : null
  await owner.updateTable('phone_bank').set(settings).where('phone_bank_id', '=', bank.phone_bank_id).execute()
  const callers: string[] = []
  for (let n = 0; n < 14; n++)
    callers.push((await addTestCaller(world, organizer, bank, ['en', 'ko'], `Caller ${n}`)).caller_id)
  // Somebody at home is in another phone bank's hand; one was promised a call, one has another number to try; one is marked.
  if (other) await (await addTestCaller(world, organizer, other, ['en', 'ko'], 'Elsewhere')).next()
  await owner
    .insertInto('suppression')
    .values({ organization_id, voter_id: 11, reason: 'do_not_call', marked_by: 'test', marked_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const promise = (voter_id: number, set: { why: string; call_back_for: string | null }) =>
    owner
      .updateTable('phone_bank_target')
      .set({ state: 'waiting', next_at: new Date(now.getTime() - 60_000), attempts: 1, ...set })
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .where('voter_id', '=', voter_id)
      .execute()
  await promise(20, { why: 'call_back', call_back_for: callers[3] as string })
  await promise(46, { why: 'next_number', call_back_for: callers[5] as string })
  await promise(47, { why: 'call_back', call_back_for: null })

  const hands: Record<string, string[]> = {}
  const run = async (how: 'together' | 'one by one') => {
    let seen: unknown
    const done = inTransaction(db, async (tx) => {
      const of = sql`(select b from phone_bank b where b.phone_bank_id = ${bank.phone_bank_id}::uuid)`
      const spoken = sql`array['en', 'ko']`
      const zones = sql`array[${place}]`
      const at = sql`${now.toISOString()}::timestamptz`
      const oneByOne = async (ids: string[]) => {
        let pool: number[] = []
        for (const caller_id of ids) {
          const { rows } = await sql<{
            p_pool: number[]
          }>`select * from take_call(${of}, ${caller_id}::uuid, ${spoken}, ${zones}, ${at}, 10, ${sql.val(pool)}::integer[])`.execute(
            tx,
          )
          pool = rows[0]?.p_pool ?? []
        }
      }
      if (how === 'together') {
        const { rows } = await sql<{
          left: string[]
        }>`select take_calls(${of}, ${sql.val(callers)}::uuid[], ${spoken}, ${zones}, ${at}, ${others}) as left`.execute(
          tx,
        )
        await oneByOne(rows[0]?.left ?? [])
      } else {
        await oneByOne(callers)
      }
      const { rows } = await sql<{ caller_id: string; voters: number[] }>`
        select caller_id, array_agg(voter_id order by voter_id) as voters from call_lease group by caller_id`.execute(
        tx,
      )
      hands[how] = rows.map(({ voters }) => voters.join()).toSorted()
      const handOf = (caller_id: string | undefined) => rows.find((row) => row.caller_id === caller_id)?.voters ?? []
      expect(handOf(callers[3])).toContain(20)
      expect(handOf(callers[5])).toContain(46)
      seen = await standing(tx)
      throw new Undo()
    })
    await expect(done).rejects.toThrow(Undo)
    return seen
  }
  const together = await run('together')
  const alone = await run('one by one')
  expect(hands.together).toEqual(hands['one by one'])
  expect(hands.together).toHaveLength(callers.length + (other ? 1 : 0))
  expect(together).toEqual(alone)
})

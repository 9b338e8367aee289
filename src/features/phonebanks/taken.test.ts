import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { addTestCaller, addVoters, makeBank, phoneOf, type TestBank } from './testing.ts'

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

type How = 'together' | 'one by one'

/** Hands these callers one voter each, of whom they may hold several at one home. */
async function hand(tx: Db, bank: TestBank, callers: readonly string[], how: How, others: boolean): Promise<void> {
  const of = sql`(select b from phone_bank b where b.phone_bank_id = ${bank.phone_bank_id}::uuid)`
  const spoken = sql`array['en', 'ko']`
  const zones = sql`array[${place}]`
  const at = sql`${now.toISOString()}::timestamptz`
  const oneByOne = async (ids: readonly string[]) => {
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
  if (how === 'one by one') return oneByOne(callers)
  const { rows } = await sql<{
    left: string[]
  }>`select take_calls(${of}, ${sql.val(callers)}::uuid[], ${spoken}, ${zones}, ${at}, ${others}) as left`.execute(tx)
  await oneByOne(rows[0]?.left ?? [])
}

/** What each of them has then, by the order they asked in. */
async function handsOf(bank: TestBank, callers: readonly string[], how: How, others: boolean): Promise<number[][]> {
  let seen: number[][] = []
  const done = inTransaction(db, async (tx) => {
    await hand(tx, bank, callers, how, others)
    const { rows } = await sql<{ caller_id: string; voters: number[] }>`
      select caller_id, array_agg(voter_id order by voter_id) as voters from call_lease group by caller_id`.execute(tx)
    seen = callers.map((caller_id) => rows.find((row) => row.caller_id === caller_id)?.voters ?? [])
    throw new Undo()
  })
  await expect(done).rejects.toThrow(Undo)
  return seen
}

async function freshBank(
  ids: readonly number[],
  count: number,
  settings: { lines_per_household?: number; is_household_once_a_day?: boolean } = {},
): Promise<{ bank: TestBank; callers: string[] }> {
  await owner.updateTable('phone_bank').set({ ended_at: now }).execute()
  await owner.deleteFrom('call_lease').execute()
  const bank = await makeBank(world, organizer, [...ids])
  if (Object.keys(settings).length > 0)
    await owner.updateTable('phone_bank').set(settings).where('phone_bank_id', '=', bank.phone_bank_id).execute()
  const callers: string[] = []
  for (let n = 0; n < count; n++)
    callers.push((await addTestCaller(world, organizer, bank, ['en', 'ko'], `Caller ${n}`)).caller_id)
  return { bank, callers }
}

async function promiseCall(
  bank: TestBank,
  voter_id: number,
  minutes_ago: number,
  set: { why: string; call_back_for: string | null },
): Promise<void> {
  await owner
    .updateTable('phone_bank_target')
    .set({ state: 'waiting', next_at: new Date(now.getTime() - minutes_ago * 60_000), attempts: 1, ...set })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', voter_id)
    .execute()
}

test.each([
  { lines_per_household: 1, is_household_once_a_day: true, others: false },
  { lines_per_household: 2, is_household_once_a_day: true, others: true },
  { lines_per_household: 3, is_household_once_a_day: false, others: false },
])('handed out together as one by one: %o', async ({ others, ...settings }) => {
  const { bank, callers } = await freshBank(ids, 14, settings)
  const other = others ? await makeBank(world, organizer, [4, 8, 33]) : null
  // Somebody at home is in another phone bank's hand; one was promised a call, one has another number to try; one is marked.
  if (other) await (await addTestCaller(world, organizer, other, ['en', 'ko'], 'Elsewhere')).next()
  await owner
    .insertInto('suppression')
    .values({ organization_id, voter_id: 11, reason: 'do_not_call', marked_by: 'test', marked_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await promiseCall(bank, 20, 1, { why: 'call_back', call_back_for: callers[3] as string })
  await promiseCall(bank, 46, 1, { why: 'next_number', call_back_for: callers[5] as string })
  await promiseCall(bank, 47, 1, { why: 'call_back', call_back_for: null })

  const hands: Record<string, string[]> = {}
  const run = async (how: How) => {
    let seen: unknown
    const done = inTransaction(db, async (tx) => {
      await hand(tx, bank, callers, how, others)
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

// Six who live alone; a home of three with a number each; homes of two that a line of strangers makes too many to go together.
await addVoters(owner, [
  ...Array.from({ length: 6 }, (_, index) => ({ voter_id: 101 + index, phones: [phoneOf(880_000 + index)] })),
  ...Array.from({ length: 3 }, (_, index) => ({
    voter_id: 121 + index,
    household_key: 700,
    phones: [phoneOf(881_000 + index)],
  })),
  { voter_id: 124, phones: [phoneOf(881_100)] },
  ...Array.from({ length: 12 }, (_, index) => ({
    voter_id: 141 + index,
    household_key: 720 + Math.floor(index / 2),
    phones: [phoneOf(index % 2 ? 882_000 + index : 882_100)],
  })),
])

test('a line on somebody’s screen, or beside who is in a hand, is handed to nobody else', async () => {
  const { bank, callers } = await freshBank([101, 102, 103, 104, 105], 3)
  const other = await makeBank(world, organizer, [4])
  const ana = await addTestCaller(world, organizer, other, ['en', 'ko'], 'Ana')
  await ana.next()
  const shown = (voter: number, minutes: number, caller_id: string) => ({
    organization_id,
    line: phoneOf(880_000 + voter - 101),
    caller_id,
    shown_until: new Date(now.getTime() + minutes * 60_000),
  })
  // 101 is on Ana's screen, 102 was until a moment ago; 104 is another number of somebody in her hand.
  await owner.insertInto('line_on_screen').values([shown(101, 5, ana.caller_id), shown(102, -1, ana.caller_id)]).execute() // prettier-ignore
  await owner
    .insertInto('further_line')
    .values({ organization_id, voter_id: 4, line: phoneOf(880_003) })
    .execute()
  for (const how of ['together', 'one by one'] as const)
    expect((await handsOf(bank, callers, how, false)).flat().toSorted()).toEqual([102, 103, 105])
  await owner.deleteFrom('line_on_screen').execute()
  await owner.deleteFrom('further_line').execute()
  // What was looked at together is so for those alone.
  const done = inTransaction(db, async (tx) => {
    await hand(tx, bank, callers, 'together', false)
    const { rows } = await sql<{ is_on: string }>`select current_setting('hanpyo.lines_looked_at') as is_on`.execute(tx)
    expect(rows).toEqual([{ is_on: 'off' }])
    throw new Undo()
  })
  await expect(done).rejects.toThrow(Undo)
})

test('of two calls promised to one caller nobody else gets the second', async () => {
  const { bank, callers } = await freshBank([101, 102, 103, 104, 105, 106], 2)
  await promiseCall(bank, 103, 2, { why: 'call_back', call_back_for: callers[0] as string })
  await promiseCall(bank, 104, 1, { why: 'call_back', call_back_for: callers[0] as string })
  const together = await handsOf(bank, callers, 'together', false)
  expect(together).toEqual([[103], [101]])
  expect(together).toEqual(await handsOf(bank, callers, 'one by one', false))
})

test('who is given a call promised to anybody keeps the one promised to them for later', async () => {
  const { bank, callers } = await freshBank([101, 102, 103, 104, 105, 106], 2)
  await promiseCall(bank, 103, 2, { why: 'call_back', call_back_for: null })
  await promiseCall(bank, 104, 1, { why: 'next_number', call_back_for: callers[0] as string })
  const together = await handsOf(bank, callers, 'together', false)
  expect(together).toEqual([[103], [101]])
  expect(together).toEqual(await handsOf(bank, callers, 'one by one', false))
})

test.each([
  { lines_per_household: 1, promised: [122] },
  { lines_per_household: 1, promised: [122, 123] },
  { lines_per_household: 3, promised: [122] },
  { lines_per_household: 3, promised: [122, 123] },
])('a home goes to one caller, whoever of it was promised a call: %o', async ({ promised, lines_per_household }) => {
  const { bank, callers } = await freshBank([121, 122, 123, 124], 2, {
    is_household_once_a_day: true,
    lines_per_household,
  })
  for (const voter_id of promised) await promiseCall(bank, voter_id, 1, { why: 'call_back', call_back_for: null })
  const together = await handsOf(bank, callers, 'together', false)
  expect(together).toEqual([lines_per_household === 1 ? [122] : [121, 122, 123], [124]])
  expect(together).toEqual(await handsOf(bank, callers, 'one by one', false))
})

test('where another phone bank is open, a home too large to go together is in one hand all the same', async () => {
  const { bank, callers } = await freshBank(
    Array.from({ length: 12 }, (_, index) => 141 + index),
    3,
    { is_household_once_a_day: true },
  )
  await makeBank(world, organizer, [101])
  const together = await handsOf(bank, callers, 'together', true)
  const homes = together.flat().map((voter_id) => Math.floor((voter_id - 141) / 2))
  expect(homes.length).toBeGreaterThan(1)
  expect(new Set(homes).size).toBe(homes.length)
})

test('a stranger on a line waits on while somebody else of it is on the sheet', async () => {
  const line = phoneOf(890_000)
  await addVoters(
    owner,
    [161, 162, 163].map((voter_id) => ({ voter_id, phones: [line] })),
  )
  const { bank } = await freshBank([161, 162, 163], 0)
  const until = new Date(now.getTime() + 20 * 3_600_000)
  const sheet = { organization_id, phone_bank_id: bank.phone_bank_id, caller_id: randomUUID(), is_on_paper: true }
  await owner
    .insertInto('call_lease')
    .values([
      { ...sheet, voter_id: 161, line, leased_at: now, leased_until: until },
      { ...sheet, voter_id: 162, line: null, leased_at: now, leased_until: until },
    ])
    .execute()
  await sql`update phone_bank_target set state = 'waiting', why = 'elsewhere', next_at = ${until}, on_paper_at = case when voter_id < 163 then ${now}::timestamptz end
    where phone_bank_id = ${bank.phone_bank_id}::uuid`.execute(owner)
  await owner.deleteFrom('call_lease').where('voter_id', '=', 161).execute()
  const left = await owner.selectFrom('call_lease').select(['voter_id', 'line']).execute()
  expect(left).toEqual([{ voter_id: 162, line }])
  const stranger = await owner
    .selectFrom('phone_bank_target')
    .select(['state', 'why', 'next_at'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', 163)
    .executeTakeFirstOrThrow()
  expect(stranger).toEqual({ state: 'waiting', why: 'elsewhere', next_at: until })
})

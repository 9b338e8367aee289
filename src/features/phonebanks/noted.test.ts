import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { personForVoter } from '../people/commands.ts'
import { addTestCaller, addVoters, makeBank, phoneOf } from './testing.ts'

/* Results noted together do what results noted one by one do, row for row. */

const world = await makeWorld()
const { installation, ours } = world
const { owner } = installation.database
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const now = new Date('2026-11-24T16:00:00Z')
const zone = 'America/New_York'

// Families of one number and of several, strangers on one number, one known already with another number and language.
await addVoters(
  owner,
  Array.from({ length: 24 }, (_, index) => ({
    voter_id: 1 + index,
    ...(index < 12 ? { household_key: 900 + Math.floor(index / 3) } : {}),
    phones: [
      phoneOf(index < 6 ? 860_000 + Math.floor(index / 3) : index === 12 || index === 13 ? 860_050 : 860_100 + index),
      ...(index % 4 === 1 ? [phoneOf(860_200 + index)] : []),
    ],
  })),
)
const ids = Array.from({ length: 20 }, (_, index) => 1 + index)
const bank = await makeBank(world, organizer, ids)
await makeBank(world, organizer, [2, 6, 13, 21, 22, 23, 24])
const known = await personForVoter(db, organizer, 16)
await db.updateTable('person').set({ language: 'en' }).where('person_id', '=', known).execute()
await db
  .insertInto('person_phone')
  .values({ organization_id, person_id: known, phone: phoneOf(860_115), quality: 'unknown', source: 'list' })
  .execute()

const kinds = [
  { disposition: 'no_answer', reached: false, queue: 'retry', number: 'unchanged' },
  { disposition: 'canvassed', reached: true, queue: 'done', number: 'good' },
  { disposition: 'refused', reached: true, queue: 'done', number: 'good' },
  { disposition: 'left_message', reached: false, queue: 'done', number: 'unchanged' },
  { disposition: 'not_available', reached: true, queue: 'retry', number: 'good' },
  { disposition: 'wrong_number', reached: true, queue: 'next_number', number: 'wrong' },
  { disposition: 'disconnected', reached: false, queue: 'next_number', number: 'disconnected' },
] as const

/** Every table a result may change; ids that are made by chance left out. */
async function standing(tx: Db): Promise<unknown> {
  const { rows } = await sql<{ rows: unknown }>`select jsonb_build_object(
    'targets', (select jsonb_agg(to_jsonb(t) order by t.phone_bank_id, t.voter_id) from phone_bank_target t),
    'leases', (select jsonb_agg(to_jsonb(l) order by l.voter_id) from call_lease l),
    'people', (select jsonb_agg(jsonb_build_object('v', p.voter_id, 'language', p.language, 'by', p.matched_by, 'at', p.updated_at) order by p.voter_id) from person p),
    'phones', (select jsonb_agg(jsonb_build_object('v', p.voter_id, 'phone', f.phone, 'quality', f.quality, 'source', f.source) order by p.voter_id, f.phone)
      from person_phone f join person p using (organization_id, person_id)),
    'marks', (select jsonb_agg(to_jsonb(s) - 'suppression_id' - 'person_id' order by s.phone, s.voter_id) from suppression s),
    'keys', (select jsonb_agg(jsonb_build_object('v', p.voter_id, 'key', s.key) order by p.voter_id, s.key) from person_search s join person p using (organization_id, person_id))
    ) as rows`.execute(tx)
  return rows[0]?.rows
}

class Undo extends Error {}

const callers = []
for (let n = 0; n < 10; n++) callers.push(await addTestCaller(world, organizer, bank, ['en', 'ko'], `Caller ${n}`))
const hands: { caller_id: string; voter_id: number; phone: string | null }[] = []
for (const caller of callers) {
  const [card] = (await caller.next()).turn.cards
  if (card) hands.push({ caller_id: caller.caller_id, voter_id: card.voter_id, phone: card.phones[0]?.phone ?? null })
}

test.each(kinds.map((_, shift) => shift))(
  'noted together, results leave the same rows and effects as one by one, turn %i',
  async (shift) => {
    expect(hands.length).toBeGreaterThan(7)
    const turns = hands.map(({ caller_id, voter_id, phone }, n) => {
      const kind = kinds[(n + shift) % kinds.length]
      const record = {
        ...kind,
        made_by: `caller:${caller_id}`,
        attempt_id: randomUUID(),
        voter_id,
        most: null,
        suppress: null,
        retry_at: '2026-11-25T16:00:00Z',
        answers: {},
        script_version: 1,
        language: kind?.reached ? 'ko' : null,
        call_back_by_place: null,
        home_until: { [zone]: '2026-11-25T05:00:00Z' },
        follow_ups: [],
        phone,
        attempted_at: now.toISOString(),
      }
      return { n, caller_id, record }
    })
    const run = async (how: 'together' | 'one by one') => {
      let seen: unknown
      const done = inTransaction(db, async (tx) => {
        const of = sql`(select b from phone_bank b where b.phone_bank_id = ${bank.phone_bank_id}::uuid)`
        const made: { n: number; made: { effects: Record<string, unknown> } }[] = []
        if (how === 'together') {
          const { rows } = await sql<
            (typeof made)[number]
          >`select * from note_calls(${of}, ${JSON.stringify(turns)}::jsonb, ${now.toISOString()}::timestamptz, true) order by n`.execute(
            tx,
          )
          made.push(...rows)
        } else {
          for (const { n, caller_id, record } of turns) {
            const { rows } = await sql<{
              made: (typeof made)[number]['made']
            }>`select made from note_call(${of}, ${caller_id}::uuid, ${JSON.stringify(record)}::jsonb, ${now.toISOString()}::timestamptz, true)`.execute(
              tx,
            )
            made.push({ n, made: rows[0]?.made as (typeof made)[number]['made'] })
          }
        }
        // What a batch asks of the planner for its own joins ends with them.
        const { rows: joins } = await sql<{ of: string }>`select concat_ws(' ', current_setting('enable_nestloop'),
          current_setting('enable_hashjoin')) as of`.execute(tx)
        expect(joins).toEqual([{ of: 'on on' }])
        seen = {
          standing: await standing(tx),
          made: made.map(({ n, made: { effects, ...rest } }) => ({
            n,
            ...rest,
            effects: {
              ...effects,
              ...('person_id' in effects && effects.person_id !== known ? { person_id: 'made' } : {}),
              ...('suppressions' in effects ? { suppressions: (effects.suppressions as string[]).length } : {}),
              ...Object.fromEntries(
                ['rested', 'home'].flatMap((key) =>
                  Array.isArray(effects[key]) ? [[key, [...(effects[key] as number[])].sort((a, b) => a - b)]] : [],
                ),
              ),
            },
          })),
        }
        throw new Undo()
      })
      await expect(done).rejects.toBeInstanceOf(Undo)
      return seen
    }
    const together = await run('together')
    expect(together).toEqual(await run('one by one'))
    expect((together as { made: unknown[] }).made).toHaveLength(turns.length)
  },
)

test('what is not of the usual kind is left for one by one: sent twice, lost, told more', async () => {
  const caller = await addTestCaller(world, organizer, bank, ['en', 'ko'], 'Late')
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('no card')
  const record = {
    ...kinds[0],
    attempt_id: randomUUID(),
    voter_id: card.voter_id,
    most: null,
    suppress: null,
    retry_at: now.toISOString(),
    answers: {},
    home_until: null,
    follow_ups: [] as unknown[],
    phone: null,
    attempted_at: now.toISOString(),
  }
  const noted = async (turns: object[]) =>
    (
      await sql`select n from phone_bank b, note_calls(b, ${JSON.stringify(turns)}::jsonb, ${now.toISOString()}::timestamptz, false) where b.phone_bank_id = ${bank.phone_bank_id}::uuid`.execute(
        db,
      )
    ).rows
  const turn = { n: 0, caller_id: caller.caller_id, record }
  expect(await noted([turn, { ...turn, n: 1 }])).toEqual([])
  expect(await noted([{ ...turn, caller_id: randomUUID() }])).toEqual([])
  expect(await noted([{ ...turn, record: { ...record, suppress: 'moved', queue: 'suppressed' } }])).toEqual([])
  expect(await noted([{ ...turn, record: { ...record, follow_ups: [{ kind: 'ride' }] } }])).toEqual([])
  expect(await noted([turn])).toEqual([{ n: 0 }])
  // No longer in that hand.
  expect(await noted([turn])).toEqual([])
})

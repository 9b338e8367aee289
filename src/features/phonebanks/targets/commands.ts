import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { confirmedEventOf, votersToConfirm } from '../../events/calls/queries.ts'
import { stateTimeZones, statesInTwoZones, zonesOf } from '../../geography/time-zones.ts'
import { compileUniverse } from '../../targeting/queries.ts'
import { statesWithDays } from '../calling-rules/quiet-days.ts'
import type { ListOrder } from '../calling-rules/schema.ts'
import { runningBank } from '../running.ts'
import '../tables.ts'
import '../../contacts/tables.ts'

const chunk = 5000
/** Rows held at once while callers record results for them. */
const renewed_at_once = 200

/** Zones of a voter's home, where the state has quiet days of its own together with the state: rules.ts `placeOf`. */
const placeIn = (state: string, county: string | null): string => {
  const zones = zonesOf(state, county).join('+')
  return statesWithDays.has(state) ? `${zones} ${state}` : zones
}

/** Of voters whose county is not known. */
const statePlaces = Object.fromEntries(Object.keys(stateTimeZones).map((state) => [state, placeIn(state, null)]))

/** Of the counties these voters live in, where a state lies in two zones; in most states nothing is asked. */
async function countyPlaces(db: Db, voters: readonly number[]): Promise<Record<string, Record<string, string>>> {
  const { rows } = await sql<{ state: string; county: string }>`
    select distinct state, county from voter_record
    where voter_id = any(${[...voters]}::integer[]) and state = any(${statesInTwoZones}::text[]) and county is not null`.execute(
    db,
  )
  const places: Record<string, Record<string, string>> = {}
  for (const { state, county } of rows) (places[state] ??= {})[county] = placeIn(state, county)
  return places
}

/** Somebody who lives with a voter of the list, not of its universe: their row stands as of one who left it. */
export const addFromHome = async (
  db: Db,
  { organization_id, phone_bank_id }: { organization_id: string; phone_bank_id: string },
  voter_id: number,
  line: string,
) =>
  sql`select add_from_home(b, ${voter_id}::integer, ${line}, ${JSON.stringify(statePlaces)}::jsonb,
      ${JSON.stringify(await countyPlaces(db, [voter_id]))}::jsonb)
    from phone_bank b where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(
    db,
  )

/**
 * Puts the voters of the universe into the phone bank's list, in the order its rules say, which is always the same. Run
 * again, it adds those who match by now and takes off those who no longer do and were not called yet; a caller's result is
 * never touched. `reorder`: the rules of the order changed. May run twice.
 */
export async function preparePhoneBank(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  now: Date,
  { report = () => {}, reorder = false }: { report?: (done: number, of: number) => void; reorder?: boolean } = {},
): Promise<{ added: number; withdrawn: number }> {
  const bank = found(
    await db
      .selectFrom('phone_bank as b')
      .innerJoin('organization as o', 'o.organization_id', 'b.organization_id')
      .select(['b.expression', 'b.organization_id', 'b.list_order', 'b.seed', 'b.priority', 'o.time_zone'])
      .where('b.organization_id', '=', actor.organization_id)
      .where('b.phone_bank_id', '=', phone_bank_id)
      .executeTakeFirst(),
  )
  const today = dateIn(bank.time_zone, now)
  const { rows } = await sql<{
    voter_id: number
  }>`select v.voter_id from voter_record v where ${await conditionOf(db, { ...bank, phone_bank_id }, { today, now })}
    order by ${await orderOf(db, bank, today)}, hashint4(v.voter_id # ${sql.lit(bank.seed)}), v.voter_id`.execute(db)
  const voters = rows.map((row) => row.voter_id)
  const result = await addTargets(db, actor, phone_bank_id, voters, now, { report, is_whole: true })
  if (reorder) {
    await sql`select order_targets(b, ${voters}::integer[]) from phone_bank b
      where organization_id = ${actor.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(db)
  }
  await applyDone(db, actor.organization_id, phone_bank_id, now)
  return result
}

/**
 * Who belongs on the list. Where it asks whether people come to an event, they alone, however few: an expression says who
 * signed up, not who has not confirmed.
 */
async function conditionOf(
  db: Db,
  {
    organization_id,
    phone_bank_id,
    expression,
  }: { organization_id: string; phone_bank_id: string; expression: string },
  { today, now }: { today: string; now: Date },
): Promise<RawBuilder<boolean>> {
  const asked = await votersToConfirm(db, organization_id, phone_bank_id, now)
  if (asked) return sql<boolean>`v.voter_id = any(${asked}::integer[])`
  const compiled = await compileUniverse(db, expression, organization_id, today)
  if (!compiled.ok) throw new Error(`universe of phone bank ${phone_bank_id} does not compile: ${expression}`)
  return compiled.universe.condition
}

interface Ordered {
  organization_id: string
  list_order: ListOrder
  priority: readonly string[]
}

/** What the list is sorted by, before chance: who fits the first expression, then the second, then the order chosen. */
async function orderOf(db: Db, bank: Ordered, today: string) {
  const conditions: RawBuilder<boolean>[] = []
  for (const expression of bank.priority) {
    const compiled = await compileUniverse(db, expression, bank.organization_id, today)
    // One that names what is no more, puts nobody first.
    if (compiled.ok) conditions.push(compiled.universe.condition)
  }
  // A bare number would be a column's place.
  const same = sql`(select 0)`
  const tier = conditions.length
    ? sql`case ${sql.join(
        conditions.map((condition, nth) => sql`when ${condition} then ${sql.lit(nth)}`),
        sql` `,
      )} else ${sql.lit(conditions.length)} end`
    : same
  const orders: Record<ListOrder, RawBuilder<unknown>> = {
    random: same,
    newest: sql`v.registered_on desc nulls last`,
    longest_silent: sql`(select max(a.attempted_at) from contact_attempt a where a.voter_id = v.voter_id
      and a.organization_id = ${bank.organization_id}::uuid and a.undone_at is null) asc nulls first`,
  }
  return sql`${tier}, ${orders[bank.list_order]}`
}

/** Finishes those of the list who fit the done expression by now, and brings back those who no longer do. */
export async function applyDone(db: Db, organization_id: string, phone_bank_id: string, now: Date): Promise<number> {
  const bank = found(
    await db
      .selectFrom('phone_bank as b')
      .innerJoin('organization as o', 'o.organization_id', 'b.organization_id')
      .select(['b.done_expression', 'o.time_zone'])
      .where('b.organization_id', '=', organization_id)
      .where('b.phone_bank_id', '=', phone_bank_id)
      .executeTakeFirst(),
  )
  let voters: number[] = []
  if (bank.done_expression) {
    const compiled = await compileUniverse(db, bank.done_expression, organization_id, dateIn(bank.time_zone, now))
    // Without knowing who is done nobody is finished, and nobody brought back.
    if (!compiled.ok) return 0
    const { rows } = await sql<{
      voter_id: number
    }>`select v.voter_id from phone_bank_target t join voter_record v using (voter_id)
      where t.organization_id = ${organization_id}::uuid and t.phone_bank_id = ${phone_bank_id}::uuid
        and (t.state in ('ready', 'waiting') or t.state = 'finished' and t.why = 'done') and ${compiled.universe.condition}`.execute(
      db,
    )
    voters = rows.map(({ voter_id }) => voter_id)
  }
  const { rows } = await sql<{ done: number }>`select apply_done(b, ${voters}::integer[]) as done from phone_bank b
    where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(db)
  await db
    .updateTable('phone_bank')
    .set({ checked_at: now })
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .execute()
  return rows[0]?.done ?? 0
}

/** Puts these voters into the phone bank's list, in this order. `is_whole`: others have no place in it. */
export async function addTargets(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  voters: readonly number[],
  now: Date,
  { report = () => {}, is_whole = false }: { report?: (done: number, of: number) => void; is_whole?: boolean } = {},
): Promise<{ added: number; withdrawn: number }> {
  let added = 0
  let withdrawn = 0
  for (let from = 0; from < voters.length; from += chunk) {
    const part = voters.slice(from, from + chunk)
    const result = await sql<{ added: number }>`select add_targets(b, ${part}::integer[], ${from}::integer,
        ${JSON.stringify(statePlaces)}::jsonb, ${JSON.stringify(await countyPlaces(db, part))}::jsonb, ${now}::timestamptz) as added
      from phone_bank b where organization_id = ${actor.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(
      db,
    )
    added += result.rows[0]?.added ?? 0
    await placeAnew(db, actor.organization_id, phone_bank_id, part)
    report(from + part.length, voters.length)
  }
  await inTransaction(db, async (tx) => {
    if (is_whole) {
      const result = await sql<{
        withdrawn: number
      }>`select withdraw_targets(b, ${[...voters]}::integer[], ${now}::timestamptz) as withdrawn
        from phone_bank b where organization_id = ${actor.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(
        tx,
      )
      withdrawn = result.rows[0]?.withdrawn ?? 0
    }
    await sql`select group_targets(b) from phone_bank b
      where organization_id = ${actor.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(tx)
    await tx
      .updateTable('phone_bank')
      .set({
        prepared_at: now,
        ...(is_whole ? { targeted_at: now } : {}),
        last_added: added,
        last_withdrawn: withdrawn,
        zones: sql<string[]>`array(select distinct time_zone from phone_bank_target
          where organization_id = ${actor.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid)`,
      })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.prepare',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { voters: voters.length, added, withdrawn },
    })
  })
  await sql`analyze phone_bank_target`.execute(db).catch(ignoreNotOwner)
  return { added, withdrawn }
}

/** Who stood on the list already: another county by the newest file, or one that was not known for what it is, is another place. */
async function placeAnew(db: Db, organization_id: string, phone_bank_id: string, voters: readonly number[]) {
  const places = await countyPlaces(db, voters)
  if (Object.keys(places).length === 0) return
  await sql`update phone_bank_target t set time_zone = p.place from (
      select r.voter_id, coalesce(${JSON.stringify(places)}::jsonb -> r.state ->> r.county, ${JSON.stringify(statePlaces)}::jsonb ->> r.state) as place
      from voter_record r where r.voter_id = any(${[...voters]}::integer[]) and r.state = any(${statesInTwoZones}::text[])) p
    where t.organization_id = ${organization_id}::uuid and t.phone_bank_id = ${phone_bank_id}::uuid
      and t.voter_id = p.voter_id and t.time_zone <> p.place`.execute(db)
}

/** Compares the numbers and languages of the list with what is known of its voters by now. `as_of`: the import that asked for it. */
export async function renewTargets(db: Db, organization_id: string, phone_bank_id: string, as_of: Date): Promise<void> {
  const of = { organization_id, phone_bank_id }
  const rows = await db
    .selectFrom('phone_bank_target')
    .select('voter_id')
    .where((eb) => eb.and(of))
    .orderBy('voter_id')
    .execute()
  for (let from = 0; from < rows.length; from += renewed_at_once) {
    const part = rows.slice(from, from + renewed_at_once).map(({ voter_id }) => voter_id)
    await sql`select renew_targets(b, ${part}::integer[]) from phone_bank b
      where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(db)
  }
  // Those who have a number only now belong to their homes too.
  await sql`select group_targets(b) from phone_bank b
    where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(db)
  await db
    .updateTable('phone_bank')
    .set({ numbers_at: as_of })
    .where((eb) => eb.and(of))
    .execute()
}

/** Only the owner may refresh the statistics; elsewhere autovacuum does it a minute later. */
function ignoreNotOwner(problem: unknown): void {
  if (!(problem instanceof Error && 'code' in problem && problem.code === '42501')) throw problem
}

/**
 * Adds the voters of another universe: the target is both from now on. Putting the list together is the job's. Not to one
 * that asks whether people come: the others signed up for nothing.
 */
export function addUniverse(db: Db, actor: Actor, phone_bank_id: string, expression: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { expression: before } = await runningBank(tx, actor, phone_bank_id)
    if (await confirmedEventOf(tx, actor.organization_id, phone_bank_id)) throw new Conflict()
    // Whoever it is about is on the list already.
    const isIn =
      before === expression || before.startsWith(`(${expression}) or (`) || before.endsWith(` or (${expression})`)
    if (isIn) return
    const after = `(${before}) or (${expression})`
    await tx
      .updateTable('phone_bank')
      .set({ expression: after })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.add_universe',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before: { expression: before },
      after: { expression: after },
    })
  })
}

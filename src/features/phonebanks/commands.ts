import { createHash, randomBytes } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { countyTimeZones, stateTimeZones } from '../geography/time-zones.ts'
import { currentVersion } from '../scripts/queries.ts'
import { markUsed } from '../scripts/commands.ts'
import { compileUniverse } from '../targeting/queries.ts'
import { alsoKeptBy, renamedIn } from '../targeting/events.ts'
import { CallingRules, usualRules, type ListOrder } from './calling-rules/schema.ts'
import { statesWithDays } from './calling-rules/quiet-days.ts'
import type { WayOfCalling } from './bridge/schema.ts'
import { joinCode } from './rules.ts'
import type { Lane } from './tables.ts'
import './tables.ts'
import '../contacts/tables.ts'

export interface PhoneBankDraft {
  name: LocalizedText
  universe_id: string | null
  expression: string
  script_id: string
  candidate: LocalizedText | null
  lane: Lane
  languages: string[]
  starts_on: string
  ends_on: string
  calling_starts: string
  calling_ends: string
  max_attempts: number
  retry_after_hours: number
  caller_id_note: LocalizedText
  goal_contacts?: number | null
  /** What is not said is as usual. */
  rules?: Partial<CallingRules>
  repeats?: 'weekly' | null
  repeated_from?: string | null
  way_of_calling?: WayOfCalling
}

/** Makes a phone bank with the newest version of its script. Its list is put together by `preparePhoneBank`. */
export function createPhoneBank(
  db: Db,
  actor: Actor,
  draft: PhoneBankDraft,
  now: Date,
): Promise<{ phone_bank_id: string }> {
  return inTransaction(db, async (tx) => {
    const script = found(await currentVersion(tx, draft.script_id))
    await markUsed(tx, draft.script_id, script.version, now)
    const { rules, ...told } = draft
    const row = {
      ...told,
      // A program that says nothing of days calls on all of them.
      ...rulesRow({ ...usualRules, is_live: false, quiet_groups: [], ...rules }),
      goal_contacts: draft.goal_contacts ?? null,
      name: JSON.stringify(draft.name),
      candidate: draft.candidate ? JSON.stringify(draft.candidate) : null,
      caller_id_note: JSON.stringify(draft.caller_id_note),
    }
    const { phone_bank_id } = await tx
      .insertInto('phone_bank')
      .values({
        ...row,
        organization_id: actor.organization_id,
        script_version: script.version,
        join_code: joinCode(randomBytes(10)),
        created_by: actor.name,
        created_at: now,
      })
      .returning('phone_bank_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'phonebank.create',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { ...draft, script_version: script.version },
    })
    return { phone_bank_id }
  })
}

const chunk = 5000

/** Zones of the states, of those with quiet days of their own together with the state: rules.ts `placeOf`. */
const statePlaces = Object.fromEntries(
  Object.entries(stateTimeZones).map(([state, zone]) => [state, statesWithDays.has(state) ? `${zone} ${state}` : zone]),
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
  const compiled = await compileUniverse(db, bank.expression, bank.organization_id, today)
  if (!compiled.ok) throw new Error(`universe of phone bank ${phone_bank_id} does not compile: ${bank.expression}`)
  const { rows } = await sql<{
    voter_id: number
  }>`select v.voter_id from voter_record v where ${compiled.universe.condition}
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
  const tier = conditions.length
    ? sql`case ${sql.join(
        conditions.map((condition, nth) => sql`when ${condition} then ${sql.lit(nth)}`),
        sql` `,
      )} else ${sql.lit(conditions.length)} end`
    : sql`0::integer`
  const orders: Record<ListOrder, RawBuilder<unknown>> = {
    random: sql`0::integer`,
    newest: sql`v.registered_on desc nulls last`,
    longest_silent: sql`(select max(a.attempted_at) from contact_attempt a where a.voter_id = v.voter_id
      and a.organization_id = ${bank.organization_id}::uuid and a.undone_at is null) asc nulls first`,
  }
  // A bare number would be a column's place.
  return sql`${conditions.length ? tier : sql`(select 0)`}, ${bank.list_order === 'random' ? sql`(select 0)` : orders[bank.list_order]}`
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
        ${JSON.stringify(statePlaces)}::jsonb, ${JSON.stringify(countyTimeZones)}::jsonb) as added
      from phone_bank b where organization_id = ${actor.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(
      db,
    )
    added += result.rows[0]?.added ?? 0
    report(from + part.length, voters.length)
  }
  await inTransaction(db, async (tx) => {
    if (is_whole) {
      const result = await sql<{ withdrawn: number }>`select withdraw_targets(b, ${[...voters]}::integer[]) as withdrawn
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

/** Only the owner may refresh the statistics; elsewhere autovacuum does it a minute later. */
function ignoreNotOwner(problem: unknown): void {
  if (!(problem instanceof Error && 'code' in problem && problem.code === '42501')) throw problem
}

/** The next voters go on paper for a day: no screen hands them out meanwhile. Answers how many there were. */
export function putOnPaper(db: Db, actor: Actor, phone_bank_id: string, count: number, now: Date): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{
      count: number
    }>`select put_on_paper(b, ${count}::integer, ${now.toISOString()}::timestamptz) as count
      from phone_bank b where organization_id = ${actor.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid
        and ended_at is null`.execute(tx)
    const voters = rows[0]?.count ?? 0
    await audit(tx, actor, {
      action: 'phonebank.put_on_paper',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { voters },
    })
    return voters
  })
}

export type PhoneBankChange = 'pause' | 'resume' | 'end' | 'close_link' | 'new_link'

/** What a host does to a running phone bank. Ending takes every caller's access away at once and cannot be undone. */
export function changePhoneBank(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  change: PhoneBankChange,
  now: Date,
): Promise<void> {
  const sets: Record<PhoneBankChange, Record<string, unknown>> = {
    pause: { paused_at: now },
    resume: { paused_at: null },
    end: { ended_at: now, join_closed_at: now },
    close_link: { join_closed_at: now },
    // The old link opens nothing any more; those who joined by it stay.
    new_link: { join_code: joinCode(randomBytes(10)), join_closed_at: null },
  }
  return inTransaction(db, async (tx) => {
    found(
      await tx
        .updateTable('phone_bank')
        .set(sets[change] as never) // one of five fixed shapes
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .where('ended_at', 'is', null)
        .returning('phone_bank_id')
        .executeTakeFirst(),
    )
    if (change === 'end') {
      const callers = await tx
        .selectFrom('phone_bank_caller')
        .select('caller_id')
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .execute()
      for (const { caller_id } of callers) await giveBack(tx, actor.organization_id, caller_id)
    }
    await audit(tx, actor, { action: `phonebank.${change}`, subject: 'phone_bank', subject_id: phone_bank_id })
  })
}

const giveBack = (tx: Db, organization_id: string, caller_id: string) =>
  sql`select give_back_calls(${organization_id}::uuid, ${caller_id}::uuid, null, null)`.execute(tx)

export interface PhoneBankSettings {
  starts_on: string
  ends_on: string
  calling_starts: string
  calling_ends: string
  max_attempts: number
  retry_after_hours: number
  languages: string[]
  goal_contacts: number | null
}

/** Changes the rules of a running phone bank. More attempts bring back those who had used theirs up. */
export function changeSettings(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  settings: PhoneBankSettings,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = found(
      await tx
        .selectFrom('phone_bank')
        .select([
          'starts_on',
          'ends_on',
          'calling_starts',
          'calling_ends',
          'max_attempts',
          'retry_after_hours',
          'languages',
          'goal_contacts',
        ])
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    await tx
      .updateTable('phone_bank')
      .set(settings)
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    if (settings.max_attempts > before.max_attempts) {
      await tx
        .updateTable('phone_bank_target')
        .set({ state: 'waiting', why: 'resting' })
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .where('state', '=', 'finished')
        .where('why', '=', 'max_attempts')
        .where('attempts', '<', settings.max_attempts)
        .execute()
    }
    await audit(tx, actor, {
      action: 'phonebank.update',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before,
      after: { ...settings },
    })
  })
}

/** Rules as the database keeps them. */
const rulesRow = ({ weekdays, spacing, quotas, ...rules }: CallingRules) => ({
  ...rules,
  weekdays: JSON.stringify(weekdays),
  spacing: JSON.stringify(spacing),
  quotas: JSON.stringify(quotas),
})

/** Changes the calling rules of a running phone bank. Answers whether its list must be put into another order. */
export function changeRules(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  rules: CallingRules,
): Promise<{ is_reordered: boolean }> {
  return inTransaction(db, async (tx) => {
    const row = found(
      await tx
        .selectFrom('phone_bank')
        .selectAll()
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .where('ended_at', 'is', null)
        .forUpdate()
        .executeTakeFirst(),
    )
    const before = CallingRules.parse(row)
    await tx
      .updateTable('phone_bank')
      .set(rulesRow(rules))
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.rules',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before,
      after: { ...rules },
    })
    const orderOfRules = (each: CallingRules) => JSON.stringify([each.list_order, each.priority])
    return { is_reordered: orderOfRules(before) !== orderOfRules(rules) }
  })
}

/** Begins the next pass through the list: only those not reached yet. Answers how many there are. */
export function startRound(db: Db, actor: Actor, phone_bank_id: string, now: Date): Promise<{ voters: number }> {
  return inTransaction(db, async (tx) => {
    const bank = found(
      await tx
        .selectFrom('phone_bank')
        .select('round')
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .where('ended_at', 'is', null)
        .forUpdate()
        .executeTakeFirst(),
    )
    const { rows } = await sql<{
      voters: number
    }>`select start_round(b, ${actor.name}::text, ${now.toISOString()}::timestamptz) as voters from phone_bank b
      where organization_id = ${actor.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(tx)
    const voters = rows[0]?.voters ?? 0
    await audit(tx, actor, {
      action: 'phonebank.start_round',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { round: bank.round + 1, voters },
    })
    return { voters }
  })
}

/** Adds the voters of another universe: the target is both from now on. Putting the list together is the job's. */
export function addUniverse(db: Db, actor: Actor, phone_bank_id: string, expression: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = found(
      await tx
        .selectFrom('phone_bank')
        .select('expression')
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .where('ended_at', 'is', null)
        .forUpdate()
        .executeTakeFirst(),
    )
    const after = `(${before.expression}) or (${expression})`
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
      before,
      after: { expression: after },
    })
  })
}

/** From now on callers read the newest version of the script; answers given keep theirs. */
export function useNewestScript(db: Db, actor: Actor, phone_bank_id: string, now: Date): Promise<{ version: number }> {
  return inTransaction(db, async (tx) => {
    const bank = found(
      await tx
        .selectFrom('phone_bank')
        .select(['script_id', 'script_version'])
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    const script = found(await currentVersion(tx, bank.script_id))
    await markUsed(tx, bank.script_id, script.version, now)
    await tx
      .updateTable('phone_bank')
      .set({ script_version: script.version })
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.use_script',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before: { version: bank.script_version },
      after: { version: script.version },
    })
    return { version: script.version }
  })
}

export interface NewCaller {
  name: string
  phone: string | null
  email: string | null
  languages: string[]
  user_id?: string
}

export type Joined =
  | { ok: true; phone_bank_id: string; caller_id: string; token: string }
  | { ok: false; problem: 'unknown' | 'closed' | 'ended' }

/** Joins by the code of the link. `owner`: before anybody is known, no organization is. */
export async function joinPhoneBank(owner: Db, code: string, caller: NewCaller, now: Date): Promise<Joined> {
  const bank = await owner
    .selectFrom('phone_bank')
    .select(['organization_id', 'phone_bank_id', 'join_closed_at', 'ended_at'])
    .where('join_code', '=', code)
    .executeTakeFirst()
  if (!bank) return { ok: false, problem: 'unknown' }
  if (bank.ended_at) return { ok: false, problem: 'ended' }
  if (bank.join_closed_at) return { ok: false, problem: 'closed' }
  return addCaller(owner, bank, caller, null, now)
}

/** A volunteer at the door: the host writes the name down and hands over the link that opens the calling page. */
export async function addWalkIn(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  caller: NewCaller,
  now: Date,
): Promise<Joined> {
  const bank = found(
    await db
      .selectFrom('phone_bank')
      .select(['organization_id', 'phone_bank_id', 'ended_at'])
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .executeTakeFirst(),
  )
  if (bank.ended_at) return { ok: false, problem: 'ended' }
  return addCaller(db, bank, caller, actor, now)
}

/** A member calls with their account; who comes again finds their own results. */
export async function joinAsMember(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  languages: string[],
  now: Date,
): Promise<Joined> {
  const bank = found(
    await db
      .selectFrom('phone_bank')
      .select(['organization_id', 'phone_bank_id', 'ended_at'])
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .executeTakeFirst(),
  )
  if (bank.ended_at) return { ok: false, problem: 'ended' }
  return addCaller(db, bank, { name: actor.name, phone: null, email: null, languages, user_id: actor.id }, actor, now)
}

function addCaller(
  db: Db,
  bank: { organization_id: string; phone_bank_id: string },
  caller: NewCaller,
  actor: Actor | null,
  now: Date,
): Promise<Joined> {
  const token = randomBytes(24).toString('base64url')
  return inTransaction(db, async (tx): Promise<Joined> => {
    const before = caller.user_id
      ? await tx
          .selectFrom('phone_bank_caller')
          .select(['caller_id', 'removed_at'])
          .where('organization_id', '=', bank.organization_id)
          .where('phone_bank_id', '=', bank.phone_bank_id)
          .where('user_id', '=', caller.user_id)
          .executeTakeFirst()
      : undefined
    if (before?.removed_at) return { ok: false, problem: 'closed' }
    if (before) {
      await tx
        .updateTable('phone_bank_caller')
        .set({ token_hash: hashOf(token), languages: caller.languages, last_seen_at: now })
        .where('organization_id', '=', bank.organization_id)
        .where('caller_id', '=', before.caller_id)
        .execute()
      return { ok: true, phone_bank_id: bank.phone_bank_id, caller_id: before.caller_id, token }
    }
    const { caller_id } = await tx
      .insertInto('phone_bank_caller')
      .values({
        organization_id: bank.organization_id,
        phone_bank_id: bank.phone_bank_id,
        user_id: caller.user_id ?? null,
        name: caller.name,
        phone: caller.phone,
        email: caller.email,
        languages: caller.languages,
        token_hash: hashOf(token),
        joined_at: now,
        last_seen_at: now,
      })
      .returning('caller_id')
      .executeTakeFirstOrThrow()
    const who: Actor = actor ?? {
      kind: 'caller',
      id: caller_id,
      name: caller.name,
      organization_id: bank.organization_id,
      roles: [],
      is_steward: false,
    }
    await audit(tx, who, {
      action: 'phonebank.join',
      subject: 'phone_bank_caller',
      subject_id: caller_id,
      after: { phone_bank_id: bank.phone_bank_id, languages: caller.languages },
    })
    return { ok: true, phone_bank_id: bank.phone_bank_id, caller_id, token }
  })
}

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Takes a caller's access away at once; what they recorded stays. */
export function removeCaller(db: Db, actor: Actor, phone_bank_id: string, caller_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const caller = found(
      await tx
        .updateTable('phone_bank_caller')
        .set({ removed_at: now })
        .where('organization_id', '=', actor.organization_id)
        .where('phone_bank_id', '=', phone_bank_id)
        .where('caller_id', '=', caller_id)
        .returning('name')
        .executeTakeFirst(),
    )
    await giveBack(tx, actor.organization_id, caller_id)
    await audit(tx, actor, {
      action: 'phonebank.remove_caller',
      subject: 'phone_bank_caller',
      subject_id: caller_id,
      before: { phone_bank_id, name: caller.name },
    })
  })
}

export type Undone = { ok: true; voter_id: number | null } | { ok: false; problem: 'unknown' | 'already_undone' }

/** Takes a result back with everything that followed from it. */
export function undoAttempt(
  db: Db,
  actor: Actor,
  phone_bank_id: string,
  attempt_id: string,
  now: Date,
): Promise<Undone> {
  return inTransaction(db, async (tx): Promise<Undone> => {
    const attempt = await tx
      .selectFrom('contact_attempt')
      .select(['voter_id', 'undone_at', 'disposition', 'made_by'])
      .where('organization_id', '=', actor.organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('attempt_id', '=', attempt_id)
      .executeTakeFirst()
    if (!attempt) return { ok: false, problem: 'unknown' }
    const { rows } = await sql<{
      undone: boolean
    }>`select undo_call(${actor.organization_id}::uuid, ${attempt_id}::uuid, ${actor.name}::text,
      ${now.toISOString()}::timestamptz) as undone`.execute(tx)
    if (!rows[0]?.undone) return { ok: false, problem: 'already_undone' }
    await audit(tx, actor, {
      action: 'contact.undo',
      subject: 'contact_attempt',
      subject_id: attempt_id,
      before: { disposition: attempt.disposition, made_by: attempt.made_by, voter_id: attempt.voter_id },
    })
    return { ok: true, voter_id: attempt.voter_id }
  })
}

// A phone bank keeps the expressions it was made from; what they name may get another name meanwhile.
alsoKeptBy(async (tx, actor, rename) => {
  const { organization_id } = actor
  const kept = await tx
    .selectFrom('phone_bank')
    .select(['phone_bank_id', 'expression', 'done_expression', 'priority'])
    .where('organization_id', '=', organization_id)
    .execute()
  for (const { phone_bank_id, ...before } of kept) {
    const after = {
      expression: renamedIn(before.expression, rename) ?? before.expression,
      done_expression: before.done_expression && (renamedIn(before.done_expression, rename) ?? before.done_expression),
      priority: before.priority.map((each) => renamedIn(each, rename) ?? each),
    }
    if (JSON.stringify(after) === JSON.stringify(before)) continue
    await tx
      .updateTable('phone_bank')
      .set(after)
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .execute()
    await audit(tx, actor, {
      action: 'phonebank.update',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      before,
      after,
    })
  }
})

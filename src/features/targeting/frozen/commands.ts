import { sql } from 'kysely'
import { DatabaseError } from 'pg'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { votersOf } from '../columns/answer.ts'
import { notBefore } from '../columns/evaluate.ts'
import type { ColumnStore } from '../columns/store.ts'
import { keepSize } from '../sizes.ts'
import { drawnSql, type Draw } from '../hash.ts'
import { compileUniverse, type Universe, type UniverseProblem } from '../queries.ts'
import { countMembers, drawOf, listed, type UniverseVersion } from './queries.ts'

/** Above so many voters members are taken in a job, with progress; below, while the page waits. */
export const inRequest = 100_000

/** Voter ids looked at in one statement of a job: often enough to show progress, seldom enough to cost nothing. */
const block = 250_000

export type AskedVersion =
  | { ok: true; version: number }
  /** under_way: another one runs. */
  | { ok: false; problem: 'under_way' | 'archived' }

/** Notes that the members of a universe are to be taken: freezes a live one, refreshes a frozen one. `takeMembers` does it. */
export async function askForMembers(
  db: Db,
  actor: Actor,
  universe_id: string,
  now: Date,
  draw: Draw | null = null,
): Promise<AskedVersion> {
  try {
    return await inTransaction(db, async (tx): Promise<AskedVersion> => {
      const saved = await locked(tx, actor.organization_id, universe_id)
      if (saved.archived_at) return { ok: false, problem: 'archived' }
      const version = (await newest(tx, saved)) + 1
      await tx
        .insertInto('universe_version')
        .values({
          organization_id: actor.organization_id,
          universe_id,
          version,
          act: saved.kind === 'live' ? 'freeze' : 'refresh',
          state: 'queued',
          requested_by: actor.name,
          requested_by_id: actor.id,
          requested_at: now,
          came: null,
          went: null,
          members: null,
          at_most: draw?.at_most ?? null,
          seed: draw?.seed ?? null,
          undone_by: null,
        })
        .execute()
      return { ok: true, version }
    })
  } catch (problem) {
    if (problem instanceof DatabaseError && problem.constraint === 'universe_version_open')
      return { ok: false, problem: 'under_way' }
    throw problem
  }
}

export type TakenMembers =
  | { ok: true; came: number; went: number; members: number }
  /** expression: it can no longer be read. */
  | { ok: false; problem: 'expression'; detail: UniverseProblem }
  /** Done already, or given up. */
  | { ok: false; problem: 'not_open' }

/**
 * Takes the voters who fit now as members, all at one moment of the database, in one transaction: killed half-way, the
 * members are as before and the version is still open. May run twice. `report` makes it walk in blocks.
 */
export async function takeMembers(
  db: Db,
  actor: Actor,
  universe_id: string,
  version: number,
  now: Date,
  today: string,
  report?: (walked: number, to_walk: number) => Promise<void>,
  store: ColumnStore | null = null,
): Promise<TakenMembers> {
  for (let attempt = 1; ; attempt++) {
    try {
      const taken = await db
        .transaction()
        // One moment for all blocks: a voter file imported meanwhile counts wholly or not at all.
        .setIsolationLevel('repeatable read')
        .execute((tx) => take(tx, actor, universe_id, version, now, today, report, store))
      if (taken.ok && taken.came + taken.went > 1000) await sql`select analyze_universe_members()`.execute(db)
      return taken
    } catch (problem) {
      // serialization_failure: another one changed this universe since our moment. Then ours must be a later one.
      if (!(problem instanceof DatabaseError && problem.code === '40001' && attempt < 5)) throw problem
    }
  }
}

async function take(
  tx: Db,
  actor: Actor,
  universe_id: string,
  version: number,
  now: Date,
  today: string,
  report: ((walked: number, to_walk: number) => Promise<void>) | undefined,
  store: ColumnStore | null,
): Promise<TakenMembers> {
  const { organization_id } = actor
  const saved = await locked(tx, organization_id, universe_id)
  const asked = await versionOf(tx, saved, version)
  if (asked?.state !== 'queued' && asked?.state !== 'running') return { ok: false, problem: 'not_open' }
  const compiled = await compileUniverse(tx, saved.expression, organization_id, today)
  if (!compiled.ok) {
    await close(tx, saved, version, { state: 'failed', finished_at: now })
    return { ok: false, problem: 'expression', detail: compiled.problem }
  }
  const { condition } = compiled.universe
  const draw = drawOf(asked)
  // Of this transaction's moment; null: the database looks for them.
  let ids = (await store?.ask(tx, compiled.universe, (prepared) => votersOf(prepared, draw), { is_within: true })) ?? null // prettier-ignore
  if (!ids && draw) {
    const { rows } = await drawnSql(condition, draw).execute(tx)
    ids = Uint32Array.from(rows, ({ voter_id }) => voter_id).sort()
  }
  let came = 0
  let went = 0
  // The planner does not know of the members written by the blocks before, and would walk over all of them for each voter.
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx)
  const { rows: last } = await sql<{ most: number | null }>`select greatest((select max(voter_id) from voter_record),
    (select max(voter_id) from universe_member where organization_id = ${organization_id} and universe_id = ${universe_id})) as most`.execute(
    tx,
  )
  const most = last[0]?.most ?? 0
  const step = report || ids ? block : most + 1
  for (let from = 0; from <= most; from += step) {
    const to = from + step
    const within = step <= most ? sql`v.voter_id >= ${from} and v.voter_id < ${to} and` : sql``
    const fitting = ids
      ? sql`select unnest(${listed(ids.subarray(notBefore(ids, from), notBefore(ids, to)))}) as voter_id`
      : sql`select v.voter_id from voter_record v where ${within} ${condition}`
    const { rows } = await sql<{ came: number; went: number }>`
      with fitting as materialized (${fitting}),
      went as (update universe_member m set until = ${version}
        where m.organization_id = ${organization_id} and m.universe_id = ${universe_id} and m.until is null
          and m.voter_id >= ${from} and m.voter_id < ${to} and not exists (select from fitting f where f.voter_id = m.voter_id)
        returning 1),
      came as (insert into universe_member (organization_id, universe_id, voter_id, since)
        select ${organization_id}::uuid, ${universe_id}::uuid, v.voter_id, ${version}::integer from fitting v
          where not exists (select from universe_member um where um.organization_id = ${organization_id}
            and um.universe_id = ${universe_id} and um.until is null and um.voter_id >= ${from} and um.voter_id < ${to}
            and um.voter_id = v.voter_id)
        returning 1)
      select (select count(*) from came) as came, (select count(*) from went) as went`.execute(tx)
    came += rows[0]?.came ?? 0
    went += rows[0]?.went ?? 0
    await report?.(Math.min(to, most), most)
  }
  const members = await countMembers(tx, saved)
  await close(tx, saved, version, { state: 'done', finished_at: now, came, went, members })
  await tx
    .updateTable('universe')
    .set({ kind: 'frozen', version, counted: members, counted_at: now })
    .where('organization_id', '=', organization_id)
    .where('universe_id', '=', universe_id)
    .execute()
  await keepSize(tx, saved, members, today, now)
  await audit(tx, actor, {
    action: asked.act === 'freeze' ? 'universe.freeze' : 'universe.refresh',
    subject: 'universe',
    subject_id: universe_id,
    after: { version, came, went, members, at_most: asked.at_most, seed: asked.seed },
  })
  return { ok: true, came, went, members }
}

/** A version that cannot be finished: the members stay as they were. */
export const giveUpVersion = (db: Db, saved: Universe, version: number, now: Date): Promise<unknown> =>
  close(db, saved, version, { state: 'failed', finished_at: now })

const close = (
  tx: Db,
  saved: Universe,
  version: number,
  set: Partial<Pick<UniverseVersion, 'state' | 'finished_at' | 'came' | 'went' | 'members'>>,
): Promise<unknown> =>
  tx
    .updateTable('universe_version')
    .set(set)
    .where('organization_id', '=', saved.organization_id)
    .where('universe_id', '=', saved.universe_id)
    .where('version', '=', version)
    .where('state', 'in', ['queued', 'running'])
    .execute()

/** Answers with the voters of today again. Its members are kept, so that this can be undone. */
export function thawUniverse(db: Db, actor: Actor, universe_id: string, now: Date, today: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const saved = await locked(tx, actor.organization_id, universe_id)
    if (saved.kind === 'live' || saved.archived_at) throw new Conflict()
    if (await isUnderWay(tx, saved)) throw new Conflict()
    const version = (await newest(tx, saved)) + 1
    await tx
      .insertInto('universe_version')
      .values({
        organization_id: saved.organization_id,
        universe_id,
        version,
        act: 'thaw',
        state: 'done',
        requested_by: actor.name,
        requested_by_id: actor.id,
        requested_at: now,
        finished_at: now,
        came: null,
        went: null,
        members: null,
        undone_by: null,
      })
      .execute()
    await setKind(tx, saved, 'live', version, null, now)
    // A live universe may not contain itself; a frozen one could, its members being what it was.
    const compiled = await compileUniverse(tx, saved.expression, saved.organization_id, today)
    if (!compiled.ok) throw new Conflict()
    await audit(tx, actor, {
      action: 'universe.thaw',
      subject: 'universe',
      subject_id: universe_id,
      after: { version },
    })
  })
}

/** Takes the last freeze, refresh or thaw back. False where another one came after it, or it is taken back already. */
export function undoVersion(
  db: Db,
  actor: Actor,
  universe_id: string,
  version: number,
  now: Date,
  today: string,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const saved = await locked(tx, actor.organization_id, universe_id)
    const undone = await versionOf(tx, saved, version)
    if (saved.version !== version || undone?.state !== 'done' || undone.undone_at || saved.archived_at) return false
    if (await isUnderWay(tx, saved)) return false
    const ours = sql`organization_id = ${saved.organization_id} and universe_id = ${universe_id}`
    if (undone.act !== 'thaw') {
      await sql`delete from universe_member where ${ours} and since = ${version}`.execute(tx)
      await sql`update universe_member set until = null where ${ours} and until = ${version}`.execute(tx)
    }
    await tx
      .updateTable('universe_version')
      .set({ undone_at: now, undone_by: actor.name })
      .where('organization_id', '=', saved.organization_id)
      .where('universe_id', '=', universe_id)
      .where('version', '=', version)
      .execute()
    const before = await tx
      .selectFrom('universe_version')
      .select((eb) => eb.fn.max('version').as('version'))
      .where('organization_id', '=', saved.organization_id)
      .where('universe_id', '=', universe_id)
      .where('state', '=', 'done')
      .where('undone_at', 'is', null)
      .executeTakeFirst()
    const kind = undone.act === 'freeze' ? 'live' : 'frozen'
    const members = kind === 'frozen' ? await countMembers(tx, saved) : null
    await setKind(tx, saved, kind, before?.version ?? 0, members, now)
    if (members !== null) await keepSize(tx, saved, members, today, now)
    await audit(tx, actor, {
      action: 'universe.undo',
      subject: 'universe',
      subject_id: universe_id,
      before: { version, act: undone.act, came: undone.came, went: undone.went },
      after: { kind },
    })
    return true
  })
}

const setKind = (
  tx: Db,
  saved: Universe,
  kind: 'live' | 'frozen',
  version: number,
  members: number | null,
  now: Date,
): Promise<unknown> =>
  tx
    .updateTable('universe')
    .set({ kind, version, counted: members, counted_at: members === null ? null : now })
    .where('organization_id', '=', saved.organization_id)
    .where('universe_id', '=', saved.universe_id)
    .execute()

/** Its row, which nobody else changes until the end of the transaction. */
export const locked = async (tx: Db, organization_id: string, universe_id: string): Promise<Universe> =>
  found(
    await tx
      .selectFrom('universe')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('universe_id', '=', universe_id)
      .forUpdate()
      .executeTakeFirst(),
  )

const versionOf = (tx: Db, saved: Universe, version: number): Promise<UniverseVersion | undefined> =>
  tx
    .selectFrom('universe_version')
    .selectAll()
    .where('organization_id', '=', saved.organization_id)
    .where('universe_id', '=', saved.universe_id)
    .where('version', '=', version)
    .executeTakeFirst()

const newest = async (tx: Db, saved: Universe): Promise<number> => {
  const row = await tx
    .selectFrom('universe_version')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('organization_id', '=', saved.organization_id)
    .where('universe_id', '=', saved.universe_id)
    .executeTakeFirst()
  return row?.version ?? 0
}

/** Are its members being taken? */
export const isUnderWay = async (db: Db, saved: Universe): Promise<boolean> =>
  (await db
    .selectFrom('universe_version')
    .select('version')
    .where('organization_id', '=', saved.organization_id)
    .where('universe_id', '=', saved.universe_id)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()) !== undefined

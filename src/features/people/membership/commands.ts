import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { personOf } from '../commands.ts'
import type { MembershipFacts } from '../schema.ts'
import type { Standing } from '../tables.ts'
import { duesOf, kindByKey, membershipsOf, paidUntil, standingOn } from './queries.ts'
import { rowsOfDues, type PaidPeriod, type StandsFrom } from './rules.ts'
import type { DuesFacts } from './schema.ts'

/** How a membership stands from a day on. Sent twice it is one row. Answers the id of the row it made, if it made one. */
export function recordMembership(db: Db, actor: Actor, who: string, facts: MembershipFacts): Promise<string[]> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const person_id = await lockedPerson(tx, actor, who)
    await kindByKey(tx, organization_id, facts.kind)
    const last = await tx
      .selectFrom('membership')
      .select(['standing', 'note'])
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('kind', '=', facts.kind)
      .where('from_on', '=', facts.from_on)
      .where('removed_at', 'is', null)
      .orderBy('recorded_at', 'desc')
      .executeTakeFirst()
    if (last?.standing === facts.standing && last.note === facts.note) return []
    const membership_id = await write(tx, actor, { person_id, ...facts })
    await followDues(tx, actor, person_id)
    await audit(tx, actor, { action: 'membership.record', subject: 'membership', subject_id: person_id, after: facts })
    return [membership_id]
  })
}

/** Takes out what was recorded by mistake; it stays in the database. */
export function removeMembership(db: Db, actor: Actor, who: string, membership_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person_id = await lockedPerson(tx, actor, who)
    const row = found(
      await tx
        .updateTable('membership')
        .set({ removed_at: sql`now()`, removed_by: actor.name })
        .where('organization_id', '=', actor.organization_id)
        .where('person_id', '=', person_id)
        // As text: what is no id at all is not found either.
        .where(sql`membership_id::text`, '=', membership_id)
        .where('removed_at', 'is', null)
        // What dues wrote goes with them.
        .where('dues_id', 'is', null)
        .returning(['kind', 'standing', 'from_on', 'note'])
        .executeTakeFirst(),
    )
    await followDues(tx, actor, person_id)
    await audit(tx, actor, { action: 'membership.remove', subject: 'membership', subject_id: person_id, before: row })
  })
}

export type CoverProblem = 'expelled' | 'for_life' | 'period' | 'overlap'
export type Covered = { ok: true; dues_id: string; person_id: string } | { ok: false; problem: CoverProblem }

/**
 * Records dues, and what follows for the standing: active from the day they count, in grace and lapsed when nobody pays
 * again. Those rows lie in the future from the beginning, so that no job has to run for somebody to lapse. Somebody whose
 * kind asks for approval waits for it.
 */
export function coverDues(db: Db, actor: Actor, who: string, facts: DuesFacts): Promise<Covered> {
  return inTransaction(db, async (tx): Promise<Covered> => {
    const { organization_id } = actor
    const person_id = await lockedPerson(tx, actor, who)
    const kind = await kindByKey(tx, organization_id, facts.kind)
    const [memberships, earlier] = await Promise.all([
      membershipsOf(tx, organization_id, person_id),
      duesOf(tx, organization_id, person_id),
    ])
    const standing = (day: string): Standing | undefined =>
      standingOn(memberships, day).find((each) => each.kind === facts.kind)?.standing
    if (standingOn(memberships, facts.paid_on).some((each) => each.standing === 'expelled'))
      return { ok: false, problem: 'expelled' }
    if (paidUntil(earlier, facts.kind) === 'life') return { ok: false, problem: 'for_life' }
    const isOver =
      facts.until_on !== null && facts.until_on < (facts.how === 'elsewhere' ? facts.from_on : facts.paid_on)
    if (isOver || (facts.until_on !== null && facts.until_on < facts.from_on)) return { ok: false, problem: 'period' }
    const overlaps = earlier.some(
      (each) =>
        each.kind === facts.kind &&
        each.taken_back_at === null &&
        (facts.until_on === null || each.from_on <= facts.until_on) &&
        (each.until_on ?? facts.from_on) >= facts.from_on,
    )
    if (overlaps) return { ok: false, problem: 'overlap' }
    const now = standing(facts.paid_on)
    const awaits_approval =
      facts.how !== 'elsewhere' && kind.needs_approval && (now === undefined || now === 'applied' || now === 'resigned')
    const { dues_id } = await tx
      .insertInto('dues')
      .values({
        organization_id,
        person_id,
        ...facts,
        // As they are now: a change of the kind is none of what was paid before.
        grace_days: kind.grace_days,
        awaits_approval,
        recorded_by: actor.name,
        recorded_at: sql<Date>`clock_timestamp()`,
      })
      .returning('dues_id')
      .executeTakeFirstOrThrow()
    await followDues(tx, actor, person_id)
    const { kind: of_kind, how, amount_cents, until_on, reason } = facts
    await audit(tx, actor, {
      action: 'membership.dues',
      subject: 'membership',
      subject_id: person_id,
      after: { kind: of_kind, how, amount_cents, until_on, reason },
    })
    return { ok: true, dues_id, person_id }
  })
}

/** Takes dues back (refunded, or a mistake): the standing is as it was without them. Of several the newest goes first. */
export function takeBackDues(
  db: Db,
  actor: Actor,
  dues_id: string,
  why: string,
): Promise<{ ok: true } | { ok: false; problem: 'later_dues' }> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const dues = found(
      await tx
        .selectFrom('dues')
        .selectAll()
        .where('organization_id', '=', organization_id)
        .where(sql`dues_id::text`, '=', dues_id)
        .executeTakeFirst(),
    )
    await lockedPerson(tx, actor, dues.person_id)
    const all = await duesOf(tx, organization_id, dues.person_id)
    const isThere = all.some((each) => each.dues_id === dues.dues_id && each.taken_back_at === null)
    if (!isThere) throw new Conflict()
    const later = all.some(
      (each) =>
        each.kind === dues.kind &&
        each.taken_back_at === null &&
        each.dues_id !== dues.dues_id &&
        each.recorded_at > dues.recorded_at,
    )
    if (later) return { ok: false, problem: 'later_dues' } as const
    await tx
      .updateTable('dues')
      .set({ taken_back_at: sql<Date>`clock_timestamp()`, taken_back_by: actor.name, taken_back_why: why })
      .where('organization_id', '=', organization_id)
      .where('dues_id', '=', dues.dues_id)
      .execute()
    await followDues(tx, actor, dues.person_id)
    const { kind, amount_cents, until_on } = dues
    await audit(tx, actor, {
      action: 'membership.dues_back',
      subject: 'membership',
      subject_id: dues.person_id,
      before: { kind, amount_cents, until_on },
      after: { reason: why },
    })
    return { ok: true } as const
  })
}

/**
 * Takes out what an import wrote as if it had never been, dues without money among it. false: dues recorded since go on from
 * these, and all stays.
 */
export function forgetMembership(
  db: Db,
  actor: Actor,
  { membership_ids, dues_id }: { membership_ids: readonly string[]; dues_id: string | null },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { rows } = await sql<{ person_id: string; has_later: boolean }>`
      select distinct r.person_id, exists (select from dues d join dues mine on mine.organization_id = d.organization_id
          and mine.person_id = d.person_id and mine.kind = d.kind
        where mine.organization_id = ${organization_id}::uuid and mine.dues_id = ${dues_id}::uuid and d.taken_back_at is null
          and d.recorded_at > mine.recorded_at) as has_later
      from (select person_id from membership where organization_id = ${organization_id}::uuid and membership_id = any(${[...membership_ids]}::uuid[])
        union all select person_id from dues where organization_id = ${organization_id}::uuid and dues_id = ${dues_id}::uuid) r`.execute(
      tx,
    )
    if (rows.some(({ has_later }) => has_later)) return false
    await sql`delete from membership where organization_id = ${organization_id}::uuid
      and (membership_id = any(${[...membership_ids]}::uuid[]) or dues_id = ${dues_id}::uuid)`.execute(tx)
    await sql`delete from dues where organization_id = ${organization_id}::uuid and dues_id = ${dues_id}::uuid`.execute(
      tx,
    )
    for (const { person_id } of rows) {
      await followDues(tx, actor, person_id)
      await audit(tx, actor, { action: 'membership.remove', subject: 'membership', subject_id: person_id })
    }
    return true
  })
}

/** Makes an applicant a member: approved, and active at once where dues are paid or there are none. */
export async function approve(tx: Db, actor: Actor, person_id: string, kind_key: string, day: string): Promise<void> {
  const { organization_id } = actor
  await lockedPerson(tx, actor, person_id)
  const kind = await kindByKey(tx, organization_id, kind_key)
  const isPaid = (await duesOf(tx, organization_id, person_id)).some(
    (each) => each.kind === kind_key && each.taken_back_at === null && (each.until_on === null || each.until_on >= day),
  )
  await write(tx, actor, { person_id, kind: kind_key, standing: 'approved', from_on: day, note: null })
  if (!isPaid && kind.dues_cents === 0) {
    await write(tx, actor, { person_id, kind: kind_key, standing: 'active', from_on: day, note: null })
  }
  await followDues(tx, actor, person_id)
  await audit(tx, actor, {
    action: 'membership.approve',
    subject: 'membership',
    subject_id: person_id,
    after: { kind: kind_key },
  })
}

/** An applicant, as the row says it. */
export const apply = (tx: Db, actor: Actor, person_id: string, kind: string, day: string): Promise<string> =>
  write(tx, actor, { person_id, kind, standing: 'applied', from_on: day, note: null })

/**
 * Writes anew what a person's dues say of their standing, from all dues that hold and all that was recorded by hand: after
 * every change of either, and where two people became one. Rows that stay true are left alone.
 */
export async function followDues(tx: Db, actor: Actor, person_id: string): Promise<void> {
  const { organization_id } = actor
  const at = sql<number>`(extract(epoch from recorded_at) * 1000000)::float8`
  const [dues, memberships] = await Promise.all([
    tx
      .selectFrom('dues')
      .select([
        'dues_id',
        'kind',
        'from_on',
        'until_on',
        'paid_on',
        'how',
        'grace_days',
        'awaits_approval',
        'recorded_by',
      ])
      .select(at.as('at'))
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('taken_back_at', 'is', null)
      .orderBy('dues_id')
      .execute(),
    tx
      .selectFrom('membership')
      .select(['membership_id', 'dues_id', 'kind', 'standing', 'from_on'])
      .select(at.as('at'))
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('removed_at', 'is', null)
      .orderBy('membership_id')
      .execute(),
  ])
  const wanted = [...new Set(dues.map(({ kind }) => kind))].flatMap((kind) => {
    const isOfKind = (each: { kind: string }): boolean => each.kind === kind
    const byHand: StandsFrom[] = memberships.filter((each) => isOfKind(each) && each.dues_id === null)
    const paid: PaidPeriod[] = dues.filter(isOfKind)
    return rowsOfDues(paid, byHand).map((row) => ({ ...row, kind }))
  })
  type Row = (typeof wanted)[number]
  const isSame = (a: Omit<Row, 'dues_id'> & { dues_id: string | null }, b: Row): boolean =>
    a.dues_id === b.dues_id &&
    a.kind === b.kind &&
    a.standing === b.standing &&
    a.from_on === b.from_on &&
    a.at === b.at
  const there = memberships.filter(({ dues_id }) => dues_id !== null)
  const gone = there.filter((row) => !wanted.some((each) => isSame(row, each)))
  if (gone.length > 0)
    await tx
      .updateTable('membership')
      .set({ removed_at: sql`now()`, removed_by: actor.name })
      .where('organization_id', '=', organization_id)
      .where(
        'membership_id',
        'in',
        gone.map(({ membership_id }) => membership_id),
      ) // prettier-ignore
      .execute()
  const added = wanted.filter((row) => !there.some((each) => isSame(each, row)))
  if (added.length > 0)
    await tx
      .insertInto('membership')
      .values(
        added.map(({ at: micros, ...row }) => ({
          organization_id,
          person_id,
          ...row,
          note: null,
          recorded_by: dues.find(({ dues_id }) => dues_id === row.dues_id)?.recorded_by ?? actor.name,
          recorded_at: sql<Date>`timestamptz 'epoch' + ${micros}::float8 * interval '1 microsecond'`,
        })),
      )
      .execute()
}

interface NewRow {
  person_id: string
  kind: string
  standing: Standing
  from_on: string
  note: string | null
}

async function write(tx: Db, actor: Actor, row: NewRow): Promise<string> {
  const { membership_id } = await tx
    .insertInto('membership')
    .values({
      organization_id: actor.organization_id,
      ...row,
      recorded_by: actor.name,
      // Of two in one transaction the later must sort later, hence not now().
      recorded_at: sql<Date>`clock_timestamp()`,
    })
    .returning('membership_id')
    .executeTakeFirstOrThrow()
  return membership_id
}

async function lockedPerson(tx: Db, actor: Actor, who: string): Promise<string> {
  const person_id = await personOf(tx, actor, who)
  await tx
    .selectFrom('person')
    .select('person_id')
    .where('organization_id', '=', actor.organization_id)
    .where('person_id', '=', person_id)
    .forUpdate()
    .execute()
  return person_id
}

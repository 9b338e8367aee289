import { sql } from 'kysely'
import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import type { Mailing } from '../queries.ts'
import { countingOf } from '../counting/queries.ts'
import { decide, isCounted } from './rules.ts'
import { armsOf, subjectTestOf, type SubjectTest } from './queries.ts'
import type { DecidedFor } from './schema.ts'
import './tables.ts'

/**
 * Says of everybody on a list that was just made which subject they get. By a hash of mailing and person: the same however often
 * it is asked, and without pattern. Whoever is not part of the trial is held.
 */
export async function assignSubjects(tx: Db, { organization_id, mailing_id }: Pick<Mailing, 'organization_id' | 'mailing_id'>): Promise<void> {
  const test = await subjectTestOf(tx, { organization_id, mailing_id })
  if (!test) return
  const count = test.subjects.length + 1
  await sql`
    update mail_delivery d set variant = case when r.nth <= r.tried then (r.nth - 1) % ${count} end,
      state = case when r.nth <= r.tried then d.state else 'held' end, is_rest = r.nth > r.tried
    from (select n, row_number() over (order by md5(mailing_id::text || ' ' || person_id::text), n)::integer as nth,
        ceil(count(*) over () * ${test.share}::numeric / 100)::integer as tried
      from mail_delivery where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid) r
    where d.organization_id = ${organization_id}::uuid and d.mailing_id = ${mailing_id}::uuid and d.n = r.n`.execute(tx)
} // prettier-ignore

export type Held = { until: Date } | 'person' | null

interface Trial {
  held: number
  /** All of it was with the mail server; whoever's was told more than once to come later is not waited for. */
  is_out: boolean
  /** When the last of it went. */
  out_at: Date | null
}

async function trialOf(db: Db, { organization_id, mailing_id }: Pick<Mailing, 'organization_id' | 'mailing_id'>): Promise<Trial> {
  const { rows } = await sql<Trial>`
    select count(*) filter (where state = 'held')::integer as held,
      count(*) filter (where not is_rest and (state in ('waiting', 'handing') or state = 'deferred' and tries < 2)) = 0 as is_out,
      max(changed_at) filter (where not is_rest and state in ('sent', 'unknown') and tries < 3) as out_at
    from mail_delivery where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid`.execute(db)
  return rows[0] ?? { held: 0, is_out: true, out_at: null }
} // prettier-ignore

/** Until when it is held by itself, or until a person says; null: nothing is. */
export async function heldUntil(db: Db, mailing: Mailing, now: Date): Promise<Held> {
  const test = await subjectTestOf(db, mailing)
  if (!test || test.decided_at || test.share === 100 || !mailing.listed_at) return null
  const trial = await trialOf(db, mailing)
  // A list so short that all of it was tried: nobody waits for the better one.
  if (trial.held === 0) return null
  if (test.rule === 'person') return 'person'
  // It was fixed while they were counted; nobody counts now.
  if (!isCounted(test.rule, await countingOf(db, mailing.organization_id))) return 'person'
  const from = trial.is_out ? (trial.out_at ?? mailing.listed_at) : now
  return { until: new Date(from.getTime() + test.after_hours * 3_600_000) }
}

/** Where the time has come, the better subject is told by the rule that was fixed, and the rest is let go. What is still held. */
export async function settleSubject(db: Db, mailing: Mailing, now: Date): Promise<Held> {
  const held = await heldUntil(db, mailing, now)
  if (held === null || held === 'person' || now < held.until) return held
  return inTransaction(db, async (tx): Promise<Held> => {
    const current = await heldTest(tx, mailing)
    if (!current || current.decided_at) return null
    const decision = decide(await armsOf(tx, mailing, current), current.least)
    if (!decision.ok) return 'person'
    const { winner, is_equal } = decision
    await declare(tx, mailing, { winner, decided_by: null, decided_for: is_equal ? 'equal' : 'rule' }, now)
    await audit(tx, systemActor(mailing.organization_id), { action: 'mailing.settle_subject', subject: 'mailing', subject_id: mailing.mailing_id, after: { winner } }) // prettier-ignore
    return null
  })
}

/** The test, held until the transaction ends: it is decided once. */
export async function heldTest(tx: Db, { organization_id, mailing_id }: Pick<Mailing, 'organization_id' | 'mailing_id'>): Promise<SubjectTest | undefined> {
  await tx.selectFrom('mailing_subject_test').select('mailing_id').where('organization_id', '=', organization_id).where('mailing_id', '=', mailing_id).forUpdate().execute()
  return subjectTestOf(tx, { organization_id, mailing_id })
} // prettier-ignore

interface Declared {
  winner: number
  decided_by: string | null
  decided_for: DecidedFor
}

/** This one it is: everybody who was held gets it. */
export async function declare(
  tx: Db,
  { organization_id, mailing_id }: Pick<Mailing, 'organization_id' | 'mailing_id'>,
  declared: Declared,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('mailing_subject_test')
    .set({ ...declared, decided_at: now })
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .execute()
  await tx
    .updateTable('mail_delivery')
    .set({ state: 'waiting', variant: declared.winner })
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .where('state', '=', 'held')
    .execute()
}

import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { voteOf } from '../ballots/queries.ts'
import { rulesOf } from './queries.ts'
import { isOneOfMany, type Rules } from './schema.ts'
import '../interviews/tables.ts'
import '../questions/tables.ts'
import '../recommendations/tables.ts'
import '../scores/tables.ts'
import './tables.ts'

interface Named {
  name: LocalizedText
  intro: LocalizedText
}

export function makeCycle(db: Db, actor: Actor, { name, intro }: Named, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { cycle_id } = await tx
      .insertInto('endorsement_cycle')
      .values({
        organization_id: actor.organization_id,
        name: JSON.stringify(name),
        intro: JSON.stringify(intro),
        made_by: actor.name,
        made_at: now,
      })
      .returning('cycle_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, { action: 'endorsement.make', subject: 'endorsement_cycle', subject_id: cycle_id, after: { name, intro } }) // prettier-ignore
    return cycle_id
  })
}

export type SavedRules =
  | { ok: true }
  | { ok: false; problem: 'reason_needed' | 'roll_made' | 'scored' | 'one_choice_one' }

/**
 * Before it opens, rules are written over; afterwards a change is a version of its own, with a reason everybody reads. Once
 * the roll is made the vote is held by them as they are: then days and what becomes of late answers change alone. Once
 * scores were handed in, what follows from ties stays: it says who scores.
 */
export function saveRules(
  db: Db,
  actor: Actor,
  cycle_id: string,
  { rules, reason, ...named }: Named & { rules: Rules; reason: LocalizedText },
  now: Date,
): Promise<SavedRules> {
  return inTransaction(db, async (tx): Promise<SavedRules> => {
    const { organization_id } = actor
    const cycle = await lockCycle(tx, actor, cycle_id)
    const [last] = await rulesOf(tx, organization_id, cycle_id)
    const isChanged = !last || !isDeepStrictEqual(last.rules, rules)
    const isMoved = !last || isDeepStrictEqual(rules, { ...last.rules, ...movable(rules, last.rules) })
    if (!isMoved && (await voteOf(tx, organization_id, cycle_id))) return { ok: false, problem: 'roll_made' }
    if (last && !isDeepStrictEqual(last.rules.ties, rules.ties) && (await isAnyIn(tx, organization_id, cycle_id)))
      return { ok: false, problem: 'scored' }
    // Rules that say so already keep their days movable.
    if (isOneOfMany(rules) && !(last && isDeepStrictEqual(howMany(last.rules), howMany(rules)))) return { ok: false, problem: 'one_choice_one' } // prettier-ignore
    const needsReason = cycle.opened_at !== null && isChanged
    if (needsReason && Object.keys(reason).length === 0) return { ok: false, problem: 'reason_needed' }
    const before = { name: cycle.name, intro: cycle.intro }
    if (!isDeepStrictEqual(before, named)) {
      await tx
        .updateTable('endorsement_cycle')
        .set({ name: JSON.stringify(named.name), intro: JSON.stringify(named.intro) })
        .where('organization_id', '=', organization_id)
        .where('cycle_id', '=', cycle_id)
        .execute()
      await audit(tx, actor, { action: 'endorsement.rename', subject: 'endorsement_cycle', subject_id: cycle_id, before, after: named }) // prettier-ignore
    }
    if (!isChanged) return { ok: true }
    await tx
      .insertInto('endorsement_rules')
      .values({
        organization_id,
        cycle_id,
        version: cycle.opened_at && last ? last.version + 1 : 1,
        rules: JSON.stringify(rules),
        reason: needsReason ? JSON.stringify(reason) : null,
        made_by: actor.name,
        made_at: now,
      })
      .onConflict((row) =>
        row.columns(['organization_id', 'cycle_id', 'version']).doUpdateSet((eb) => ({
          rules: eb.ref('excluded.rules'),
          made_by: eb.ref('excluded.made_by'),
          made_at: eb.ref('excluded.made_at'),
        })),
      )
      .execute()
    await keepContests(tx, organization_id, cycle_id, rules.contest_ids)
    await audit(tx, actor, {
      action: 'endorsement.rules',
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      before: last ? inTrail(last.rules) : null,
      after: { ...inTrail(rules), ...(needsReason && { reason }) },
    })
    return { ok: true }
  })
}

const howMany = ({ method, threshold, threshold_percent, endorsements_most }: Rules) =>
  ({ method, threshold, threshold_percent, endorsements_most }) // prettier-ignore

/** Rules as the activity log shows them: each day by itself, and the share as it counts. */
const inTrail = ({ runoff, threshold, threshold_percent, ...rules }: Rules) => ({
  ...rules,
  ...(threshold
    ? { threshold: threshold === 'most' ? threshold : `${threshold.yes}/${threshold.of}` }
    : { threshold_percent }),
  runoff_from_on: runoff?.vote_from_on ?? null,
  runoff_until_on: runoff?.vote_until_on ?? null,
  runoff_announced_on: runoff?.announced_on ?? null,
})

async function isAnyIn(tx: Db, organization_id: string, cycle_id: string): Promise<boolean> {
  const panelist = await tx
    .selectFrom('endorsement_panelist')
    .select('user_id')
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where('handed_in_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return panelist !== undefined
}

const movable = (
  { answers_by_on, late, vote_from_on, vote_until_on, announced_on, remind_days, runoff }: Rules,
  before: Rules,
) => ({
  // Whether there is one stays, when it is moves.
  runoff: before.runoff && runoff ? runoff : before.runoff,
  answers_by_on,
  late,
  vote_from_on,
  vote_until_on,
  announced_on,
  remind_days,
})

export async function keepContests(tx: Db, organization_id: string, cycle_id: string, contest_ids: readonly number[]) {
  await tx
    .deleteFrom('endorsement_contest')
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where('contest_id', 'not in', contest_ids)
    .execute()
  await tx
    .insertInto('endorsement_contest')
    .values(contest_ids.map((contest_id) => ({ organization_id, cycle_id, contest_id })))
    .onConflict((row) => row.doNothing())
    .execute()
}

/** Written before a cycle opens, what names another of them first. */
const of_draft = ['endorsement_slot', 'endorsement_interviews', 'endorsement_interview_question', 'endorsement_panelist', 'endorsement_criterion', 'endorsement_recommendation', 'endorsement_question', 'endorsement_contest', 'endorsement_rules', 'endorsement_cycle'] as const // prettier-ignore

/** What keeps a draft where it is, by the table that names it. */
const keepers = {
  voter_guide: 'kept_by_guide',
  campaign: 'kept_by_campaign',
  contribution: 'kept_by_contribution',
} as const
export type DraftKept = (typeof keepers)[keyof typeof keepers]
export type RemovedDraft = { ok: true } | { ok: false; problem: DraftKept }

/** Takes out a cycle that nobody outside has seen, with all that was written for it; unless something else names it. */
export async function removeDraft(db: Db, actor: Actor, cycle_id: string): Promise<RemovedDraft> {
  try {
    await takeOut(db, actor, cycle_id)
    return { ok: true }
  } catch (caught) {
    // Rooms above name cycles, and a row may come in until the end: PostgreSQL knows which.
    const table = caught instanceof Error && 'code' in caught && caught.code === '23503' && 'table' in caught ? caught.table : null
    const keeper = Object.entries(keepers).find(([name]) => name === table)
    if (!keeper) throw caught
    return { ok: false, problem: keeper[1] }
  }
} // prettier-ignore

const takeOut = (db: Db, actor: Actor, cycle_id: string): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const cycle = await lockCycle(tx, actor, cycle_id)
    if (cycle.opened_at) throw new Conflict('everybody has read this cycle')
    for (const table of of_draft)
      await tx
        .deleteFrom(table)
        .where('organization_id', '=', organization_id)
        .where('cycle_id', '=', cycle_id)
        .execute()
    const before = { name: cycle.name, intro: cycle.intro }
    await audit(tx, actor, { action: 'endorsement.remove_draft', subject: 'endorsement_cycle', subject_id: cycle_id, before }) // prettier-ignore
  })

/** Shows the page to everybody and fixes the rules. Opening twice is opening once. */
export function openCycle(db: Db, actor: Actor, cycle_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const cycle = await lockCycle(tx, actor, cycle_id)
    if (cycle.opened_at) return
    const [rules] = await rulesOf(tx, actor.organization_id, cycle_id)
    if (!rules) throw new Conflict('a cycle opens with its rules')
    await tx
      .updateTable('endorsement_cycle')
      .set({ opened_at: now })
      .where('organization_id', '=', actor.organization_id)
      .where('cycle_id', '=', cycle_id)
      .execute()
    await audit(tx, actor, { action: 'endorsement.open', subject: 'endorsement_cycle', subject_id: cycle_id })
  })
}

export const lockCycle = async (tx: Db, actor: Actor, cycle_id: string) =>
  found(
    await tx
      .selectFrom('endorsement_cycle')
      .selectAll()
      .where('organization_id', '=', actor.organization_id)
      .where('cycle_id', '=', cycle_id)
      .forUpdate()
      .executeTakeFirst(),
  )

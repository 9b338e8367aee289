import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import type { Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { candidatesOf } from '../../elections/contests/queries.ts'
import { cycleById } from '../cycles/queries.ts'
import { changing, type InContest } from '../interviews/commands.ts'
import { recommendationsOf } from './queries.ts'

export interface NewRecommendation {
  candidate_ids: number[]
  reasons: LocalizedText
  minority: LocalizedText
  minority_by: string
}

export type Recommended = { ok: true } | { ok: false; problem: 'too_many' }

/** Writes it down; `is_to_show`: members read it from now on. One that is shown stays shown, each change in the activity log. */
export function recommend(
  db: Db,
  actor: Actor,
  of: InContest,
  { candidate_ids, reasons, minority, minority_by }: NewRecommendation,
  is_to_show: boolean,
  now: Date,
): Promise<Recommended> {
  return changing(db, actor, of, async (tx): Promise<Recommended> => {
    const { organization_id } = actor
    const running = (await candidatesOf(tx, of.contest_id)).map(({ candidate_id }) => candidate_id)
    const known = running.filter((each) => candidate_ids.includes(each))
    const { rules } = found(await cycleById(tx, organization_id, of.cycle_id))
    if (known.length > (rules?.endorsements_most ?? 1)) return { ok: false, problem: 'too_many' }
    const before = (await recommendationsOf(tx, organization_id, of.cycle_id)).find((each) => each.contest_id === of.contest_id) // prettier-ignore
    const shown_at = before?.shown_at ?? (is_to_show ? now : null)
    const written = {
      candidate_ids: known,
      reasons: JSON.stringify(reasons),
      minority: JSON.stringify(minority),
      minority_by,
      shown_at,
      saved_by: actor.name,
      saved_at: now,
    }
    await tx
      .insertInto('endorsement_recommendation')
      .values({ organization_id, ...of, ...written })
      .onConflict((row) => row.columns(['organization_id', 'cycle_id', 'contest_id']).doUpdateSet(written))
      .execute()
    const said = (each: NewRecommendation) => ({ contest_id: of.contest_id, candidate_id: each.candidate_ids, reasons: each.reasons, minority: each.minority, minority_by: each.minority_by }) // prettier-ignore
    await audit(tx, actor, {
      action: shown_at && !before?.shown_at ? 'endorsement.show_recommendation' : 'endorsement.recommend',
      subject: 'endorsement_cycle',
      subject_id: of.cycle_id,
      before: before ? said(before) : null,
      after: said({ candidate_ids: known, reasons, minority, minority_by }),
    })
    return { ok: true }
  })
}

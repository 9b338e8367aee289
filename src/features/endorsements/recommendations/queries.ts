import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Rules } from '../cycles/schema.ts'
import './tables.ts'
import type { EndorsementRecommendationTable } from './tables.ts'

export type Recommendation = Selectable<EndorsementRecommendationTable>

export const recommendationsOf = (db: Db, organization_id: string, cycle_id: string): Promise<Recommendation[]> =>
  db
    .selectFrom('endorsement_recommendation')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .orderBy('contest_id')
    .execute()

/** Those members and everybody read: shown, and public by the rules. */
export const recommendationsShown = async (
  db: Db,
  organization_id: string,
  cycle_id: string,
  rules: Pick<Rules, 'public_parts' | 'contest_ids'>,
): Promise<Recommendation[]> =>
  rules.public_parts.includes('recommendation')
    ? (await recommendationsOf(db, organization_id, cycle_id)).filter(
        ({ shown_at, contest_id }) => shown_at && rules.contest_ids.includes(contest_id),
      )
    : []

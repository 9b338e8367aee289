import type { Translate } from '../../../platform/i18n/messages.ts'
import type { ContestOnBallot } from '../ballots/schema.ts'
import { labelOf } from '../ballots/words.ts'
import type { ContestHeld } from '../cycles/queries.ts'
import { heldName } from '../cycles/words.ts'
import { dayOf } from '../reading.ts'
import './messages.ts'
import type { Revision } from './queries.ts'

/** What was changed after the announcement, and when. */
export function revisionText(t: Translate, contest: ContestOnBallot, revision: Revision, time_zone: string): string {
  const date = dayOf(t, revision.made_at, time_zone)
  const who = contest.candidates.find(({ candidate_id }) => candidate_id === revision.candidate_id)
  return who
    ? t('outcome.withdrawn_on', { name: labelOf(t, contest, who.name), date })
    : t('outcome.revised_on', { date })
}

export function nameIn(t: Translate, contests: readonly ContestHeld[], contest_id: number): string {
  const held = contests.find(({ contest }) => contest.contest_id === contest_id)
  return held ? heldName(t, held) : String(contest_id)
}

import type { Db } from '../../../platform/db/db.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { candidatesOf, type Candidate } from '../../elections/contests/queries.ts'
import { contestsHeld, type ContestHeld, type Cycle } from '../cycles/queries.ts'
import type { Rules } from '../cycles/schema.ts'
import { heldName } from '../cycles/words.ts'
import './messages.ts'
import { Recommended } from './pages.tsx'
import { recommendationsShown, type Recommendation } from './queries.ts'

export interface ToRead {
  recommendation: Recommendation
  candidates: readonly Candidate[]
  held: ContestHeld
  /** Read in the run-off, where the committee says nothing new. */
  is_of_first: boolean
}

/** What members and everybody may read, contest by contest; in a run-off, of the first vote what is not said anew. */
export async function recommendationsToRead(
  db: Db,
  organization_id: string,
  { cycle_id, runoff_of }: Pick<Cycle, 'cycle_id' | 'runoff_of'>,
  rules: Pick<Rules, 'public_parts' | 'contest_ids'>,
): Promise<ToRead[]> {
  const said: ToRead[] = []
  for (const cycle of [cycle_id, ...(runoff_of ? [runoff_of] : [])])
    for (const recommendation of await recommendationsShown(db, organization_id, cycle, rules)) {
      const { contest_id } = recommendation
      const [held] = await contestsHeld(db, [contest_id])
      if (held && !said.some((each) => each.recommendation.contest_id === contest_id))
        said.push({ recommendation, held, candidates: await candidatesOf(db, contest_id), is_of_first: cycle !== cycle_id }) // prettier-ignore
    }
  return said
}

export function ContestRecommendations({ t, said }: { t: Translate; said: readonly ToRead[] }) {
  if (said.length === 0) return null
  return (
    <section
      aria-labelledby="recommendations"
      className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6"
    >
      <h2 id="recommendations" className="mb-2 text-lg font-bold">
        {t('recommendations.title')}
      </h2>
      {said.map(({ recommendation, held, candidates, is_of_first }) => (
        <div key={recommendation.contest_id}>
          <h3 className="mb-2 font-semibold">{heldName(t, held)}</h3>
          <Recommended {...{ t, recommendation, candidates, is_of_first }} />
        </div>
      ))}
    </section>
  )
}

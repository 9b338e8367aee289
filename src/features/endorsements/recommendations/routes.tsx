import { z } from 'zod'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { candidatesOf } from '../../elections/contests/queries.ts'
import { heldIn } from '../interviews/held.ts'
import { languagesOf, now, timeZone } from '../../../platform/http/of-request.ts'
import { textsOf } from '../of-request.ts'
import { recommend } from './commands.ts'
import './messages.ts'
import { RecommendationPage, recommendationValues } from './pages.tsx'
import { recommendationsOf } from './queries.ts'

const here = '/endorsements/:cycle/recommendation/:contest'
const fields = z.record(z.string(), z.unknown())
const Candidates = z.array(z.coerce.number().pipe(z.int32()))

/** What the committee recommends in a contest. */
export const recommendationRoutes = room()
  .get(here, allow('endorsements.view'), (c) => recommendationPage(c, {}))
  .post(here, allow('endorsements.edit'), async (c) => {
    const { cycle, held } = await heldIn(c)
    const { typed, all } = await readForm(c, fields)
    const of = { cycle_id: cycle.cycle_id, contest_id: held.contest.contest_id }
    const written = {
      candidate_ids: Candidates.safeParse(all.candidates ?? []).data ?? [],
      reasons: textsOf(typed, 'reasons', languagesOf(c), 5000),
      minority: textsOf(typed, 'minority', languagesOf(c), 5000),
      minority_by: (typed.minority_by ?? '').trim().slice(0, 200),
    }
    const again = (errors: FieldErrors) => recommendationPage(c, { typed, chosen: all.candidates ?? [], errors })
    if (Object.keys(written.reasons).length === 0) return again({ reasons: 'recommendations.reasons_needed' })
    const { organization_id } = actorOf(c)
    const saved = await saveUnlessChanged(c, {
      subject: 'endorsement_cycle',
      subject_id: of.cycle_id,
      in_trail: (name) => [
        name === 'candidates' ? 'candidate_id' : name.replace(/^(reasons|minority)_(?!by$).+$/, '$1'),
      ],
      about: { contest_id: String(of.contest_id) },
      values: async (tx) => {
        const all = await recommendationsOf(tx, organization_id, of.cycle_id)
        return recommendationValues(languagesOf(c), all.find(({ contest_id }) => contest_id === of.contest_id) ?? null)
      },
      save: (tx) => recommend(tx, actorOf(c), of, written, typed.act === 'show', now(c)),
    })
    if (!saved.ok) return recommendationPage(c, { typed, chosen: all.candidates ?? [], meanwhile: saved.meanwhile })
    if (!saved.value.ok) return again({ candidates: saved.value.problem })
    return c.redirect(`/endorsements/${of.cycle_id}/recommendation/${of.contest_id}`, 303)
  })

interface Shown {
  typed?: Record<string, string>
  chosen?: readonly string[]
  errors?: FieldErrors
  meanwhile?: Meanwhile | undefined
}

async function recommendationPage(c: Ctx, { typed = {}, chosen, errors = {}, meanwhile }: Shown) {
  const { db, t } = c.var
  const { cycle, held } = await heldIn(c)
  const { contest_id } = held.contest
  const all = await recommendationsOf(db, actorOf(c).organization_id, cycle.cycle_id)
  return page(
    c,
    <RecommendationPage
      {...{ t, cycle, held, typed, errors }}
      chosen={chosen ?? null}
      candidates={await candidatesOf(db, contest_id)}
      recommendation={all.find((each) => each.contest_id === contest_id) ?? null}
      languages={languagesOf(c)}
      time_zone={timeZone(c)}
      may_edit={mayDo(actorOf(c), 'endorsements.edit')}
    />,
    { title: t('recommendations.title'), status: Object.keys(errors).length > 0 ? 422 : 200, meanwhile },
  )
}

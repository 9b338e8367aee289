import { z } from 'zod'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { candidatesOf } from '../../elections/contests/queries.ts'
import { heldIn } from '../interviews/held.ts'
import { languagesOf, now, textsOf, timeZone } from '../of-request.ts'
import { recommend } from './commands.ts'
import './messages.ts'
import { RecommendationPage } from './pages.tsx'
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
    const done = await recommend(c.var.db, actorOf(c), of, written, typed.act === 'show', now(c))
    if (!done.ok) return again({ candidates: done.problem })
    return c.redirect(`/endorsements/${of.cycle_id}/recommendation/${of.contest_id}`, 303)
  })

interface Shown {
  typed?: Record<string, string>
  chosen?: readonly string[]
  errors?: FieldErrors
}

async function recommendationPage(c: Ctx, { typed = {}, chosen, errors = {} }: Shown) {
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
    { title: t('recommendations.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

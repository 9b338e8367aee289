import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { PageHead } from '../../../platform/ui/components.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { candidatesOf } from '../../elections/contests/queries.ts'
import { SideBySidePage } from '../answers/pages.tsx'
import { askedIn } from '../answers/routes.tsx'
import { tieKinds } from '../cycles/schema.ts'
import { heldName } from '../cycles/words.ts'
import type { InContest } from '../interviews/commands.ts'
import { cycleIn, heldIn, type Held } from '../interviews/held.ts'
import { bookDaysOf, interviewQuestionsOf, panelOf } from '../interviews/queries.ts'
import { bookingOn } from '../interviews/rules.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { textsOf } from '../of-request.ts'
import {
  closeScoring,
  declareAsPanelist,
  handInScores,
  removeCriterion,
  saveCriterion,
  saveScores,
  type NewScore,
} from './commands.ts'
import { CloseForm } from './close-form.tsx'
import './messages.ts'
import { PanelPage } from './panel-page.tsx'
import {
  closedOf,
  criteriaOf,
  interviewedIn,
  isScored,
  panelSeats,
  scoresSeenBy,
  type HandInProblem,
} from './queries.ts'
import { isOver, Scores } from './result.tsx'
import { RubricPage } from './rubric-page.tsx'
import {
  cardText,
  Mark,
  markField,
  Notes,
  notesField,
  seenField,
  OneCandidate,
  OneCriterion,
  ReasonForm,
  WeightForm,
} from './schema.ts'

const view = allow('endorsements.view')
const edit = allow('endorsements.edit')
const signedIn = allow('signed-in')
const rubric = '/endorsements/:cycle/rubric'
const scores_path = '/endorsements/:cycle/scores/:contest'
const panel_path = '/my-panels/:cycle/:contest'
const fields = z.record(z.string(), z.unknown())

/** What is scored, a panelist’s page, and what came out. */
export const scoreRoutes = room()
  .get(rubric, view, (c) => rubricPage(c))
  .post(rubric, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const cycle_id = idParam(c, 'cycle')
    const here = `/endorsements/${cycle_id}/rubric`
    const texts = (field: string, most = 300) => textsOf(typed, field, languagesOf(c), most)
    if (typed.act === 'remove') {
      const { data } = OneCriterion.safeParse(typed)
      const removed = data && (await removeCriterion(c.var.db, actorOf(c), cycle_id, data.criterion))
      return removed?.ok === false ? rubricPage(c, {}, { '': `scores.${removed.problem}` }) : c.redirect(here, 303)
    }
    const weighed = WeightForm.safeParse(typed)
    const name = texts('name', 120)
    const errors: FieldErrors = {
      ...(!weighed.success && { weight: 'form.number' }),
      ...(Object.keys(name).length === 0 && { name: 'scores.criterion_needed' }),
    }
    if (!weighed.success || Object.keys(errors).length > 0) return rubricPage(c, typed, errors)
    const { criterion, weight } = weighed.data
    const written = { name, weight, means_1: texts('means_1'), means_3: texts('means_3'), means_5: texts('means_5') }
    const saved = await saveCriterion(c.var.db, actorOf(c), cycle_id, criterion || null, written)
    return saved.ok ? c.redirect(here, 303) : rubricPage(c, typed, { '': `scores.${saved.problem}` })
  })
  .get(scores_path, view, (c) => scoresPage(c))
  .post(scores_path, edit, async (c) => {
    const { cycle, held } = await heldIn(c)
    const { typed, errors, value } = await readForm(c, ReasonForm)
    if (!value) return scoresPage(c, typed, errors)
    await closeScoring(c.var.db, actorOf(c), ofContest(cycle, held), value.reason, now(c))
    return c.redirect(`/endorsements/${cycle.cycle_id}/scores/${held.contest.contest_id}`, 303)
  })
  .get(panel_path, signedIn, (c) => panelPage(c))
  .post(panel_path, signedIn, async (c) => {
    const { cycle, held, seat } = await seatIn(c)
    const { typed, all } = await readForm(c, fields)
    const { db } = c.var
    const of = ofContest(cycle, held)
    const here = `/my-panels/${of.cycle_id}/${of.contest_id}`
    if (typed.act === 'ties') {
      const ties = z.array(z.enum(tieKinds)).safeParse(all.ties ?? []).data ?? []
      await declareAsPanelist(db, actorOf(c), of, [...new Set(ties)])
      return c.redirect(here, 303)
    }
    const scores = await scoresIn(c, of, typed)
    if (typed.act === 'hand_in') {
      const until = (await bookDaysOf(db, actorOf(c).organization_id, of.cycle_id)).get(of.contest_id) ?? null
      const is_booking_open = bookingOn(until, today(c)) === 'open'
      const handed = await handInScores(db, actorOf(c), of, { scores, is_booking_open }, now(c))
      return handed.ok ? c.redirect(here, 303) : panelPage(c, handed.problem)
    }
    if (!seat.has_declared) return c.redirect(here, 303)
    await saveScores(db, actorOf(c), of, scores, now(c))
    const { data } = OneCandidate.safeParse(typed)
    return c.redirect(data ? `${here}#candidate-${data.candidate}` : here, 303)
  })
  .get(`${panel_path}/answers`, signedIn, async (c) => {
    const { cycle, held, seat } = await seatIn(c)
    const here = `/my-panels/${cycle.cycle_id}/${held.contest.contest_id}`
    if (!seat.has_declared || seat.is_barred) return c.redirect(here, 303)
    const asked = (await askedIn(c, cycle)).find(({ contest }) => contest.contest_id === held.contest.contest_id)
    return page(c, <SideBySidePage t={c.var.t} cycle={cycle} asked={found(asked)} back={{ href: here, label: heldName(c.var.t, held) }} />, {
      title: c.var.t('endorsements.side_by_side'),
    })
  }) // prettier-ignore

/** All cards are one form: no press of a button loses what another card holds. */
async function scoresIn(c: Ctx, of: InContest, typed: Record<string, string>): Promise<NewScore[]> {
  const { organization_id } = actorOf(c)
  const criteria = await criteriaOf(c.var.db, organization_id, of.cycle_id)
  const interviewed = await interviewedIn(c.var.db, { organization_id, ...of })
  return interviewed.flatMap(({ candidate: { candidate_id } }) => {
    const sent = typed[notesField(candidate_id)]
    if (sent === undefined) return []
    const marks = criteria.flatMap(({ criterion_id }) => {
      const mark = Mark.safeParse(typed[markField(criterion_id, candidate_id)])
      return mark.success ? [[criterion_id, mark.data] as const] : []
    })
    const score = { candidate_id, marks: Object.fromEntries(marks), notes: Notes.parse(sent.slice(0, 10_000)) }
    // A page opened before takes nothing back of what another one saved.
    return typed[seenField(candidate_id)] === cardText(criteria, score.marks, score.notes) ? [] : [score]
  })
}

const ofContest = ({ cycle_id }: Held['cycle'], { contest: { contest_id } }: Held['held']) => ({ cycle_id, contest_id })

async function seatIn(c: Ctx) {
  const at = await heldIn(c)
  const { organization_id, id, kind } = actorOf(c)
  const panel = await panelSeats(c.var.db, { organization_id, ...ofContest(at.cycle, at.held) })
  return { ...at, seat: found(panel.find(({ user_id }) => kind === 'user' && user_id === id)) }
}

/** What the table of scores is made of, as this reader may see it. */
async function scoresOf(c: Ctx, { cycle, held }: Held) {
  const { db, t } = c.var
  const { organization_id, id } = actorOf(c)
  const of = { organization_id, ...ofContest(cycle, held) }
  const panelists = await panelOf(db, organization_id, of.cycle_id, of.contest_id)
  return {
    t,
    criteria: await criteriaOf(db, organization_id, of.cycle_id),
    panel: await panelSeats(db, of),
    ties: new Map(panelists.map(({ user_id, ties }) => [user_id, ties ?? []])),
    scores: await scoresSeenBy(db, of, id),
    candidates: await candidatesOf(db, of.contest_id),
    closed: (await closedOf(db, of)) ?? null,
    time_zone: timeZone(c),
  }
}

async function scoresPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const at = await heldIn(c)
  const { cycle, held } = at
  const shown = await scoresOf(c, at)
  const { t } = c.var
  const mayClose =
    mayDo(actorOf(c), 'endorsements.edit') && cycle.opened_at !== null && shown.panel.length > 0 && !isOver(shown)
  return page(
    c,
    <div className="max-w-3xl">
      <PageHead
        title={t('scores.title')}
        lead={heldName(t, held)}
        back={{ href: `/endorsements/${cycle.cycle_id}/interviews`, label: t('interviews.title') }}
      />
      <Scores {...shown} />
      {mayClose && <CloseForm {...{ t, typed, errors }} />}
    </div>,
    { title: t('scores.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

async function panelPage(c: Ctx, problem: HandInProblem | null = null) {
  const at = await seatIn(c)
  const { cycle, held, seat } = at
  const { db, t } = c.var
  const { organization_id } = actorOf(c)
  const of = { organization_id, ...ofContest(cycle, held) }
  return page(
    c,
    <PanelPage
      {...await scoresOf(c, at)}
      {...{ cycle, held, seat, problem }}
      questions={await interviewQuestionsOf(db, organization_id, of.cycle_id, of.contest_id)}
      interviewed={await interviewedIn(db, of)}
      now={now(c)}
      wants_ties={c.req.query('step') === 'ties'}
    />,
    { title: t('scores.panel_page', { contest: heldName(t, held) }), status: problem ? 422 : 200 },
  )
}

async function rubricPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { db, t } = c.var
  const { organization_id } = actorOf(c)
  const cycle = await cycleIn(c)
  const criteria = await criteriaOf(db, organization_id, cycle.cycle_id)
  const wanted = typed.criterion ?? c.req.query('criterion')
  return page(
    c,
    <RubricPage
      {...{ t, cycle, criteria, typed, errors }}
      changed={criteria.find(({ criterion_id }) => criterion_id === wanted) ?? null}
      languages={languagesOf(c)}
      is_fixed={await isScored(db, organization_id, cycle.cycle_id)}
      may_edit={mayDo(actorOf(c), 'endorsements.edit')}
    />,
    { title: t('scores.rubric'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

import { z } from 'zod'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { candidatesOf } from '../../elections/contests/queries.ts'
import { members } from '../../organizations/queries.ts'
import { contestsHeld, type ContestHeld } from '../cycles/queries.ts'
import { heldName } from '../cycles/words.ts'
import { idParam, languagesOf, now, timeZone } from '../../../platform/http/of-request.ts'
import { textsOf } from '../of-request.ts'
import { criteriaOf } from '../scores/queries.ts'
import { addPanelist, addSlots, dropSlot, removeInterviewQuestion, removePanelist, saveInterviewQuestion, setBookDay } from './commands.ts' // prettier-ignore
import { cycleIn, heldIn } from './held.ts'
import './messages.ts'
import { ContestInterviewsPage, InterviewsPage, type ContestSums } from './pages.tsx'
import {
  areQuestionsFixed,
  bookDaysOf,
  interviewMailsUnknown,
  interviewQuestionsOf,
  panelsOf,
  slotsOf,
} from './queries.ts'
import { MinutesForm, OneMember, OneQuestion, OneSlot, SlotsForm, UntilForm } from './schema.ts'

const view = allow('endorsements.view')
const edit = allow('endorsements.edit')
const here = '/endorsements/:cycle/interviews'

/** Interviews as organizers set them up: times, panel and questions of each contest. */
export const interviewRoutes = room()
  .get(here, view, async (c) => {
    const { db, t } = c.var
    const { organization_id } = actorOf(c)
    const cycle = await cycleIn(c)
    const contests: ContestSums[] = []
    for (const held of await contestsHeld(db, cycle.rules?.contest_ids ?? [])) contests.push(await sumsOf(c, cycle.cycle_id, held)) // prettier-ignore
    const criteria = await criteriaOf(db, organization_id, cycle.cycle_id)
    return page(
      c,
      <InterviewsPage
        {...{ t, cycle, contests }}
        criteria={criteria.length}
        may_edit={mayDo(actorOf(c), 'endorsements.edit')}
      />,
      {
        title: t('interviews.title'),
      },
    )
  })
  .get(`${here}/:contest`, view, (c) => contestPage(c))
  .post(`${here}/:contest`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const { cycle, held } = await heldIn(c)
    const of = { cycle_id: cycle.cycle_id, contest_id: held.contest.contest_id }
    const outcome = await acts[typed.act ?? '']?.(c, of, typed)
    if (outcome && !outcome.ok) return contestPage(c, typed, outcome.errors)
    return c.redirect(`/endorsements/${of.cycle_id}/interviews/${of.contest_id}`, 303)
  })

const fields = z.record(z.string(), z.unknown())

type Outcome = { ok: true } | { ok: false; errors: FieldErrors }
type Act = (c: Ctx, of: { cycle_id: string; contest_id: number }, typed: Record<string, string>) => Promise<Outcome>

const fine: Outcome = { ok: true }
const wrong = (errors: FieldErrors): Outcome => ({ ok: false, errors })
const told = (done: { ok: true } | { ok: false; problem: string }): Outcome =>
  done.ok ? fine : wrong({ '': `interviews.problem.${done.problem}` })

/** Which fields a schema does not take, each with its own message or the usual one. */
const errorsOf = (error: z.ZodError): FieldErrors =>
  Object.fromEntries(
    error.issues.map(({ path, message }) => [
      String(path[0] ?? ''),
      message.startsWith('interviews.') ? message : 'form.invalid',
    ]),
  )

/** By what the pressed button is called. */
const acts: Readonly<Record<string, Act>> = {
  async until(c, of, typed) {
    const { data, error } = UntilForm.safeParse(typed)
    return data ? told(await setBookDay(c.var.db, actorOf(c), of, data.book_until_on)) : wrong(errorsOf(error))
  },
  async slots(c, of, typed) {
    const { data, error } = SlotsForm.safeParse(typed)
    if (!data) return wrong(errorsOf(error))
    return told(await addSlots(c.var.db, actorOf(c), of, data, timeZone(c)))
  },
  remove: (c, of, typed) => drop(c, of, typed, 'remove'),
  free: (c, of, typed) => drop(c, of, typed, 'free'),
  async add_panelist(c, of, typed) {
    const { data } = OneMember.safeParse(typed)
    return data ? told(await addPanelist(c.var.db, actorOf(c), of, data.member)) : fine
  },
  async remove_panelist(c, of, typed) {
    const { data } = OneMember.safeParse(typed)
    return data ? told(await removePanelist(c.var.db, actorOf(c), of, data.member)) : fine
  },
  async question(c, of, typed) {
    const text = textsOf(typed, 'text', languagesOf(c), 1000)
    const { data } = MinutesForm.safeParse({ question: typed.question, minutes: typed.question_minutes })
    if (!data || Object.keys(text).length === 0)
      return wrong({
        ...(!data && { question_minutes: 'form.number' }),
        ...(Object.keys(text).length === 0 && { text: 'interviews.problem.unasked' }),
      })
    const { question, minutes } = data
    return told(await saveInterviewQuestion(c.var.db, actorOf(c), of, question || null, { text, minutes }, now(c)))
  },
  async remove_question(c, of, typed) {
    const { data } = OneQuestion.safeParse(typed)
    return data ? told(await removeInterviewQuestion(c.var.db, actorOf(c), of, data.question, now(c))) : fine
  },
}

async function drop(c: Ctx, of: Parameters<Act>[1], typed: Record<string, string>, act: 'remove' | 'free') {
  const { data } = OneSlot.safeParse(typed)
  return data ? told(await dropSlot(c.var.db, actorOf(c), of, data.slot, act)) : fine
}

async function sumsOf(c: Ctx, cycle_id: string, held: ContestHeld): Promise<ContestSums> {
  const { db } = c.var
  const { organization_id } = actorOf(c)
  const { contest_id } = held.contest
  const inIt = (each: { contest_id: number }): boolean => each.contest_id === contest_id
  return {
    held,
    slots: (await slotsOf(db, organization_id, cycle_id)).filter(inIt),
    panel: (await panelsOf(db, organization_id, cycle_id)).filter(inIt),
    questions: await interviewQuestionsOf(db, organization_id, cycle_id, contest_id),
  }
}

async function contestPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { db, t } = c.var
  const { organization_id } = actorOf(c)
  const { cycle, held } = await heldIn(c)
  const of = { cycle_id: idParam(c, 'cycle'), contest_id: held.contest.contest_id }
  const sums = await sumsOf(c, of.cycle_id, held)
  const wanted = typed.question ?? c.req.query('question')
  return page(
    c,
    <ContestInterviewsPage
      {...{ t, cycle, typed, errors }}
      {...sums}
      candidates={await candidatesOf(db, of.contest_id)}
      members={await members(db, organization_id)}
      book_until_on={(await bookDaysOf(db, organization_id, of.cycle_id)).get(of.contest_id) ?? null}
      mails_unknown={await interviewMailsUnknown(db, organization_id, of.cycle_id, of.contest_id)}
      are_questions_fixed={await areQuestionsFixed(db, { organization_id, ...of }, now(c))}
      changed={sums.questions.find(({ question_id }) => question_id === wanted) ?? null}
      languages={languagesOf(c)}
      time_zone={timeZone(c)}
      may_edit={mayDo(actorOf(c), 'endorsements.edit')}
    />,
    { title: heldName(t, held), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

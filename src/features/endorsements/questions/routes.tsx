import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { contestsHeld, cycleById, cyclesOf, type Cycle } from '../cycles/queries.ts'
import { idParam, languagesOf } from '../../../platform/http/of-request.ts'
import { textsOf } from '../of-request.ts'
import { copyQuestions, moveQuestion, removeQuestion, saveQuestion, type Asked } from './commands.ts'
import './messages.ts'
import { QuestionPage, QuestionsPage, questionValues } from './pages.tsx'
import { isAnswered, questionById, questionsOf, type Question } from './queries.ts'
import { choicesOf } from './rules.ts'
import { MoveForm, QuestionForm } from './schema.ts'

const view = allow('endorsements.view')
const edit = allow('endorsements.edit')
const list = '/endorsements/:cycle/questions'
const CopyForm = z.object({ from: z.uuid('form.required') })

/** The questionnaire of a cycle. */
export const endorsementQuestionRoutes = room()
  .get(list, view, (c) => questionsPage(c))
  .get(`${list}/new`, edit, async (c) => questionPage(c, await cycleOf(c), null))
  .post(`${list}/new`, edit, async (c) => save(c, await cycleOf(c), null))
  .post(`${list}/copy`, edit, async (c) => {
    const cycle = await cycleOf(c)
    const { value } = await readForm(c, CopyForm)
    if (!value) return questionsPage(c, 'form.required')
    const from = found(await cycleById(c.var.db, actorOf(c).organization_id, value.from))
    return after(c, await copyQuestions(c.var.db, actorOf(c), cycle.cycle_id, from.cycle_id))
  })
  .get(`${list}/:question`, edit, async (c) => {
    const cycle = await cycleOf(c)
    return questionPage(c, cycle, await questionOf(c, cycle))
  })
  .post(`${list}/:question`, edit, async (c) => {
    const cycle = await cycleOf(c)
    return save(c, cycle, await questionOf(c, cycle))
  })
  .post(`${list}/:question/move`, edit, async (c) => {
    const { cycle_id } = await cycleOf(c)
    const question_id = idParam(c, 'question')
    const { value } = await readForm(c, MoveForm)
    if (!value) return questionsPage(c, 'form.invalid')
    return after(c, await moveQuestion(c.var.db, actorOf(c), cycle_id, question_id, value.to))
  })
  .post(`${list}/:question/remove`, edit, async (c) => {
    const { cycle_id } = await cycleOf(c)
    return after(c, await removeQuestion(c.var.db, actorOf(c), cycle_id, idParam(c, 'question')))
  })

const cycleOf = async (c: Ctx) => found(await cycleById(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))

const questionOf = async (c: Ctx, cycle: Cycle): Promise<Question> =>
  found(await questionById(c.var.db, cycle, idParam(c, 'question')))

/** Contests of the cycle, and those something is asked in though they are its no more. */
async function contestsOfCycle(c: Ctx, { rules }: Cycle, questions: readonly Pick<Question, 'contest_id'>[]) {
  const asked = questions.flatMap(({ contest_id }) => contest_id ?? [])
  const held = await contestsHeld(c.var.db, [...new Set([...(rules?.contest_ids ?? []), ...asked])])
  return held.map(({ contest }) => contest)
}

const after = (c: Ctx, asked: Asked) =>
  asked.ok
    ? c.redirect(`/endorsements/${idParam(c, 'cycle')}/questions`, 303)
    : questionsPage(c, `endorsements.${asked.problem}`)

async function save(c: Ctx, cycle: Cycle, question: Question | null) {
  const { typed, errors, value } = await readForm(c, QuestionForm)
  const languages = languagesOf(c)
  const text = textsOf(typed, 'text', languages, 1000)
  const choices = value?.kind === 'ranking' ? choicesOf(linesOf(textsOf(typed, 'choices', languages, 1000))) : []
  const isEven = choices !== null && (value?.kind !== 'ranking' || (choices.length >= 2 && choices.length <= 10))
  const contest_id = value?.asked_in.contest_id ?? null
  const contests = await contestsOfCycle(c, cycle, question ? [question] : [])
  const isOffered = contest_id === null || contests.some((each) => each.contest_id === contest_id)
  const wrong: FieldErrors = {
    ...errors,
    ...(Object.keys(text).length === 0 && { text: 'endorsements.question_text_needed' }),
    ...(!isEven && { choices: 'endorsements.choices_needed' }),
    ...(!isOffered && { asked_in: 'form.invalid' }),
  }
  if (!value || !choices || Object.keys(wrong).length > 0)
    return questionPage(c, cycle, question, { typed, errors: wrong })
  const { asked_in, ...rest } = value
  const written = { ...rest, ...asked_in, text, hint: textsOf(typed, 'hint', languages, 1000), choices }
  const { cycle_id } = cycle
  const question_id = question?.question_id ?? null
  const saved =
    question_id === null
      ? { ok: true as const, value: await saveQuestion(c.var.db, actorOf(c), cycle_id, null, written) }
      : await saveUnlessChanged(c, {
          subject: 'endorsement_question',
          subject_id: question_id,
          in_trail: (name) => (name === 'asked_in' ? ['office', 'contest_id'] : [name.replace(/^(text|hint|choices)_.+$/, '$1')]), // prettier-ignore
          values: async (tx) => questionValues(found(await questionById(tx, cycle, question_id))),
          save: (tx) => saveQuestion(tx, actorOf(c), cycle_id, question_id, written),
        })
  if (!saved.ok) return questionPage(c, cycle, question, { typed, meanwhile: saved.meanwhile })
  if (!saved.value.ok)
    return questionPage(c, cycle, question, { typed, errors: { '': `endorsements.${saved.value.problem}` } })
  return c.redirect(`/endorsements/${cycle_id}/questions`, 303)
}

const linesOf = (texts: LocalizedText): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(texts).map(([language, text = '']) => [
      language,
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    ]),
  )

async function questionsPage(c: Ctx, problem: string | null = null) {
  const { organization_id } = actorOf(c)
  const cycle = await cycleOf(c)
  const cycles = await cyclesOf(c.var.db, organization_id)
  const questions = await questionsOf(c.var.db, organization_id, cycle.cycle_id)
  return page(
    c,
    <QuestionsPage
      t={c.var.t}
      cycle={cycle}
      questions={questions}
      contests={await contestsOfCycle(c, cycle, questions)}
      languages={languagesOf(c)}
      earlier={cycles.filter(({ cycle_id }) => cycle_id !== cycle.cycle_id)}
      may_edit={mayDo(actorOf(c), 'endorsements.edit')}
      is_answered={await isAnswered(c.var.db, organization_id, cycle.cycle_id)}
      problem={problem}
    />,
    { title: c.var.t('endorsements.questions'), status: problem ? 422 : 200 },
  )
}

interface QuestionShown {
  typed?: Record<string, string>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

async function questionPage(c: Ctx, cycle: Cycle, question: Question | null, shown: QuestionShown = {}) {
  const { typed = {}, errors = {}, meanwhile } = shown
  return page(
    c,
    <QuestionPage
      t={c.var.t}
      cycle={cycle}
      question={question}
      contests={await contestsOfCycle(c, cycle, question ? [question] : [])}
      languages={languagesOf(c)}
      typed={typed}
      errors={errors}
    />,
    {
      title: c.var.t(question ? 'endorsements.question_change' : 'endorsements.question_new'),
      status: Object.keys(errors).length > 0 ? 422 : 200,
      meanwhile,
    },
  )
}

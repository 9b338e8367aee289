import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { idOfSending } from '../links.ts'
import '../messages.ts'
import { eventById, kindOf, kindsOf, type Event } from '../queries.ts'
import { clean } from '../rules.ts'
import type { EventText } from '../schema.ts'
import { addQuestion, placeQuestion, saveQuestion } from './commands.ts'
import './messages.ts'
import { QuestionPage, QuestionsPage, questionValues } from './pages.tsx'
import { questionSheetPdf } from './print.ts'
import { questionsOf, type GatheredQuestion } from './queries.ts'
import { longestQuestion, NewQuestionForm, questionActs, QuestionForm } from './schema.ts'

const anyFields = z.record(z.string(), z.unknown())

/** Questions to the panel of an event, gathered beforehand. */
export const questionRoutes = room()
  .get('/events/:event/questions', allow('events.people'), async (c) => {
    const event = await eventIn(c)
    return questionsPage(c, event)
  })
  .post('/events/:event/questions', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    const { event_id } = event
    const { typed, errors, value } = await readForm(c, NewQuestionForm)
    const text = textsIn(typed, 'new', languagesOf(c))
    if (!value || !isSaid(text)) return questionsPage(c, event, typed, { ...errors, ...missing(c, 'new', text) })
    const { page_key, signup: signup_id } = value
    const question_id = idOfSending(event_id, page_key, { signup_id, text })
    await addQuestion(c.var.db, actorOf(c), event_id, { question_id, signup_id, text }, now(c))
    return c.redirect(`/events/${event_id}/questions?said=saved#q-${question_id}`, 303)
  })
  .get('/events/:event/questions/sheet.pdf', allow('events.people'), async (c) => {
    const event = await eventIn(c)
    const { db } = c.var
    const questions = await questionsOf(db, event)
    const printed = languages.filter((each) => languagesOf(c).includes(each))
    const file = await questionSheetPdf(event, questions, { languages: printed, now: now(c) })
    await audit(db, actorOf(c), {
      action: 'event.question_print',
      subject: 'event',
      subject_id: event.event_id,
      request_id: c.var.request_id,
    })
    return pdfAnswer(file, `questions-${event.code}`)
  })
  .get('/events/:event/questions/:question', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    return questionPage(c, event)
  })
  .post('/events/:event/questions/:question', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    const { event_id } = event
    const question_id = idOf(c, 'question')
    const { typed, errors, value } = await readForm(c, QuestionForm)
    const text = textsIn(typed, 'text', languagesOf(c))
    if (!value || !isSaid(text)) return questionPage(c, event, typed, { ...errors, ...missing(c, 'text', text) })
    const { language, into: into_id } = value
    const sent = await saveUnlessChanged(c, {
      subject: 'event',
      subject_id: event_id,
      in_trail: (name) => [name === 'into' ? 'into_id' : name.startsWith('text_') ? `text.${name.slice(5)}` : name],
      about: { question_id },
      values: async (tx) =>
        questionValues(found((await questionsOf(tx, event)).find((each) => each.question_id === question_id)), languagesOf(c)), // prettier-ignore
      save: (tx) => saveQuestion(tx, actorOf(c), event_id, question_id, { language, text, into_id }, now(c)),
    })
    if (!sent.ok) return questionPage(c, event, typed, {}, sent.meanwhile)
    if (!sent.value.ok) return questionPage(c, event, typed, { into: `questions.problem.${sent.value.problem}` })
    return c.redirect(`/events/${event_id}/questions?said=saved#q-${into_id ?? question_id}`, 303)
  })
  .post('/events/:event/questions/:question/place', allow('events.edit'), async (c) => {
    const { event_id } = await eventIn(c)
    const question_id = idOf(c, 'question')
    const { typed } = await readForm(c, anyFields)
    const act = questionActs.find((each) => each === typed.act)
    if (act) await placeQuestion(c.var.db, actorOf(c), event_id, question_id, act, now(c))
    return c.redirect(`/events/${event_id}/questions#q-${question_id}`, 303)
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()
const languagesOf = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']
const idOf = (c: Ctx, name: string): string => found(z.uuid().safeParse(c.req.param(name)).data)

/** Only of a kind that gathers them. */
async function eventIn(c: Ctx): Promise<Event> {
  const { organization_id } = actorOf(c)
  const event = found(await eventById(c.var.db, organization_id, idOf(c, 'event')))
  const { needs } = kindOf(await kindsOf(c.var.db, organization_id), event.kind)
  if (!needs.includes('questions')) throw new NotFound()
  return event
}

const textsIn = (typed: Record<string, string>, prefix: string, asked: readonly string[]): EventText =>
  Object.fromEntries(
    asked.flatMap((language) => {
      const said = clean(typed[`${prefix}_${language}`] ?? '').slice(0, longestQuestion)
      return said ? [[language, said]] : []
    }),
  )

const isSaid = (text: EventText): boolean => Object.keys(text).length > 0

const missing = (c: Ctx, prefix: string, text: EventText): FieldErrors =>
  isSaid(text) ? {} : { [`${prefix}_${languagesOf(c)[0] ?? 'en'}`]: 'questions.text_missing' }

async function questionsPage(
  c: Ctx,
  event: Event,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
): Promise<Response> {
  const { t, db } = c.var
  const actor = actorOf(c)
  const questions = await questionsOf(db, event)
  // Names of many at once: who looks at them is kept.
  await audit(db, actor, {
    action: 'event.people',
    subject: 'event',
    subject_id: event.event_id,
    after: { people: questions.filter(({ asker }) => asker).length },
    request_id: c.var.request_id,
  })
  return page(
    c,
    <QuestionsPage
      {...{ t, event, questions, typed, errors }}
      languages={languagesOf(c)}
      page_key={typed.page_key || randomUUID()}
      may_edit={mayDo(actor, 'events.edit')}
      said={c.req.query('said') ?? null}
    />,
    { title: t('questions.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

async function questionPage(
  c: Ctx,
  event: Event,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
  meanwhile?: Meanwhile,
): Promise<Response> {
  const { t, db } = c.var
  const questions = await questionsOf(db, event)
  const question: GatheredQuestion = found(questions.find(({ question_id }) => question_id === idOf(c, 'question')))
  return page(
    c,
    <QuestionPage
      {...{ t, event, questions, question, typed, errors }}
      languages={languagesOf(c)}
      page_key={randomUUID()}
    />,
    {
      title: t('questions.edit_title'),
      status: meanwhile ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
      meanwhile,
    },
  )
}

import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized, isPublicLanguage } from '../../../platform/i18n/languages.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { correctHours, saveNotes, saveThanks, sendThanks } from '../../events/after/commands.ts'
import { thankingOf, thanksIn } from '../../events/after/mails.ts'
import { afterOf, hoursByKind, hoursOfEvent, toThank } from '../../events/after/queries.ts'
import { HoursForm, thanked } from '../../events/after/schema.ts'
import { eventById, kindsOf, organizationById, type Event } from '../../events/queries.ts'
import '../../events/messages.ts'
import { makeFeedbackForm } from '../../forms/feedback/commands.ts'
import { answerCounts, formById, formVersion, totalsOf } from '../../forms/queries.ts'
import { trainingsOf } from '../held/queries.ts'
import { presentMembers } from '../ladder/queries.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { EventTrainingForm, NextStepForm } from '../schema.ts'
import { addTask } from '../tasks/commands.ts'
import { tasksOf } from '../tasks/queries.ts'
import { askAfterMissed, takeOn } from './commands.ts'
import { HoursPage } from './hours-page.tsx'
import './messages.ts'
import { AfterPage, notesValues, thanksValues, type Feedback } from './page.tsx'
import { withTaskOf } from './queries.ts'
import { comingTo, passWhoCameTo, setEventTraining, trainingOfEvent } from './trainings.ts'

const anyFields = z.record(z.string(), z.unknown())
const MissedForm = NextStepForm.omit({ title: true })
/** `who`: one of those who came, who takes it on; '': nobody of them. */
const ItemForm = NextStepForm.extend({ who: z.union([z.literal(''), z.uuid()]).default('') })

/** What follows an event: thanks, how it was, notes, tasks, hours. */
export const afterRoutes = room()
  .get('/events/hours', allow('events.view'), async (c) => {
    const { db, t } = c.var
    const { organization_id } = actorOf(c)
    const this_year = Number(today(c).slice(0, 4))
    const year = z.coerce
      .number()
      .int()
      .min(2000)
      .max(this_year)
      .catch(this_year)
      .parse(c.req.query('year') ?? this_year)
    const asked = { from: `${year}-01-01`, until: `${year}-12-31`, time_zone: timeZone(c) }
    const [kinds, rows] = await Promise.all([kindsOf(db, organization_id), hoursByKind(db, organization_id, asked)])
    return page(c, <HoursPage {...{ t, kinds, rows, year, this_year }} />, { title: t('after.hours_page') })
  })
  .get('/events/:event/after', allow('events.people'), (c) => afterPage(c))
  .post('/events/:event/after/thanks', allow('events.edit'), async (c) => {
    const { event_id } = await eventOf(c)
    const { typed } = await readForm(c, anyFields)
    const which = thanked.filter((each) => each === typed.act)
    if (which.length > 0) {
      const people = await sendThanks(c.var.db, actorOf(c), event_id, which, now(c))
      return back(c, `sent&count=${people}`, 'thanks')
    }
    const texts = Object.fromEntries(thanked.map((each) => [each, textsIn(c, typed, each, 3000)]))
    const sent = await saveUnlessChanged(c, {
      subject: 'event',
      subject_id: event_id,
      values: async (tx) => thanksValues(await afterOf(tx, actorOf(c).organization_id, event_id), languagesOf(c)),
      save: (tx) => saveThanks(tx, actorOf(c), event_id, texts, now(c)),
    })
    return sent.ok ? back(c, 'saved', 'thanks') : afterPage(c, typed, {}, sent.meanwhile)
  })
  .post('/events/:event/after/feedback', allow('forms.edit'), async (c) => {
    const { event_id } = await eventOf(c)
    await makeFeedbackForm(c.var.db, actorOf(c), event_id, languagesOf(c), now(c))
    return back(c, 'saved', 'feedback')
  })
  .post('/events/:event/after/notes', allow('events.edit'), async (c) => {
    const { event_id } = await eventOf(c)
    const { typed } = await readForm(c, anyFields)
    const written = { notes: textsIn(c, typed, 'notes', 4000), is_published: typed.published === 'on' }
    const sent = await saveUnlessChanged(c, {
      subject: 'event',
      subject_id: event_id,
      values: async (tx) => notesValues(await afterOf(tx, actorOf(c).organization_id, event_id), languagesOf(c)),
      save: (tx) => saveNotes(tx, actorOf(c), event_id, written, now(c)),
    })
    if (!sent.ok) return afterPage(c, typed, {}, sent.meanwhile)
    return sent.value.ok
      ? back(c, 'saved', 'notes')
      : afterPage(c, typed, { [`notes_${languagesOf(c)[0] ?? 'en'}`]: 'after.notes_approved' })
  })
  .post('/events/:event/after/items', allow('leadership.work'), async (c) => {
    const { event_id } = await eventOf(c)
    const { typed, errors, value } = await readForm(c, ItemForm)
    if (!value) return afterPage(c, typed, errors)
    const { who: person_id, ...task } = value
    if (person_id === '') {
      await addTask(c.var.db, actorOf(c), { ...task, who: null, event_id }, now(c))
      return back(c, 'saved', 'items')
    }
    const { is_mailed } = await takeOn(c.var.db, actorOf(c), event_id, { ...task, person_id }, now(c))
    return back(c, is_mailed ? 'mailed' : 'not_mailed', 'items')
  })
  .post('/events/:event/after/missed', allow('leadership.work'), async (c) => {
    const { event_id, content } = await eventOf(c)
    const { typed, errors, value } = await readForm(c, MissedForm)
    if (!value) return afterPage(c, typed, errors)
    const { t } = c.var
    const title = t('after.missed_title', { title: localized(content.title, t.language).text }).slice(0, 200)
    const made = await askAfterMissed(c.var.db, actorOf(c), event_id, { ...value, title }, now(c))
    return back(c, `tasks&count=${made}`, 'items')
  })
  .post('/events/:event/after/training', allow('leadership.edit'), async (c) => {
    const { event_id } = await eventOf(c)
    const { value } = await readForm(c, EventTrainingForm)
    const { act, training_id, automatic } = found(value)
    if (act === 'pass') {
      const passed = await passWhoCameTo(c.var.db, actorOf(c), event_id, now(c))
      return back(c, `passed&count=${passed}`, 'training')
    }
    const taught = training_id ? { training_id, is_automatic: automatic === 'on' } : null
    await setEventTraining(c.var.db, actorOf(c), event_id, taught, now(c))
    return back(c, 'saved', 'training')
  })
  .post('/events/:event/after/hours', allow('events.edit'), async (c) => {
    const { event_id } = await eventOf(c)
    const { typed, value } = await readForm(c, HoursForm)
    if (!value) return afterPage(c, typed, { hours: 'after.hours_invalid' })
    const { signup: signup_id, shift: shift_id, hours: minutes, reason } = value
    await correctHours(c.var.db, actorOf(c), event_id, { signup_id, shift_id, minutes, reason }, now(c))
    return back(c, 'saved', 'hours')
  })

const eventOf = async (c: Ctx): Promise<Event> =>
  found(await eventById(c.var.db, actorOf(c).organization_id, idParam(c, 'event')))

const back = (c: Ctx, said: string, where: string): Response =>
  c.redirect(`/events/${idParam(c, 'event')}/after?said=${said}#${where}`, 303)

/** Fields that hold one text per language, as `notes_ko`. */
const textsIn = (c: Ctx, typed: Record<string, string>, field: string, longest: number): Record<string, string> =>
  Object.fromEntries(
    languagesOf(c).flatMap((language) => {
      const text = (typed[`${field}_${language}`] ?? '').replaceAll('\r\n', '\n').trim().slice(0, longest)
      return text ? [[language, text]] : []
    }),
  )

async function afterPage(
  c: Ctx,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
  meanwhile?: Meanwhile,
): Promise<Response> {
  const { db, t, installation } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const event = await eventOf(c)
  const { event_id } = event
  const may_work = mayDo(actor, 'leadership.work')
  const [after, people, thanking, open, ended, hours, with_task, trainings, teaches] = await Promise.all([
    afterOf(db, organization_id, event_id),
    toThank(db, organization_id, event_id),
    thankingOf(db, { organization_id, event_id, url: installation.url }),
    tasksOf(db, organization_id, { event_id, state: 'open' }),
    tasksOf(db, organization_id, { event_id, state: 'ended' }),
    hoursOfEvent(db, organization_id, event_id),
    withTaskOf(db, organization_id, event_id),
    trainingsOf(db, organization_id, { with_archived: true }),
    trainingOfEvent(db, organization_id, event_id),
  ])
  const coming = teaches && (await comingTo(db, organization_id, event_id, teaches.training_id))
  await audit(db, actor, {
    action: 'event.people',
    subject: 'event',
    subject_id: event_id,
    after: { people: people.length },
    request_id: c.var.request_id,
  })
  const count = Number(/^\d{1,5}$/.exec(c.req.query('count') ?? '')?.[0] ?? 0)
  const what = c.req.query('said')
  return page(
    c,
    <AfterPage
      t={t}
      {...{ event, after, people, hours, trainings, typed, errors }}
      taught={teaches && coming && { ...teaches, came: coming.came.length, lacking: coming.lacking.length }}
      languages={languagesOf(c)}
      previews={languagesOf(c)
        .filter(isPublicLanguage)
        .flatMap((language) =>
          thanked.map((which) => ({ which, language, ...thanksIn(found(thanking), which, language, '') })),
        )}
      feedback={await feedbackOf(c, after.feedback_form_id)}
      items={[...open, ...ended]}
      without_task={people.filter(({ which, person_id }) => which === 'missed' && !with_task.has(person_id)).length}
      members={may_work ? await presentMembers(db, organization_id) : []}
      me={actor.id}
      may={{
        edit: mayDo(actor, 'events.edit'),
        work: may_work,
        forms: mayDo(actor, 'forms.edit'),
        train: mayDo(actor, 'leadership.edit'),
      }}
      said={what === undefined ? null : { what, count }}
      today={today(c)}
      now={now(c)}
    />,
    { title: t('after.title'), status: meanwhile ? 409 : Object.keys(errors).length > 0 ? 422 : 200, meanwhile },
  )
}

async function feedbackOf(c: Ctx, form_id: string | null): Promise<Feedback | null> {
  if (form_id === null) return null
  const { db, installation } = c.var
  const { organization_id } = actorOf(c)
  const [form, version, totals, counts, organization] = await Promise.all([
    formById(db, organization_id, form_id),
    formVersion(db, organization_id, form_id),
    totalsOf(db, organization_id, form_id, timeZone(c)),
    answerCounts(db, organization_id, form_id),
    organizationById(db, organization_id),
  ])
  return {
    form: found(form),
    version: found(version),
    responses: totals.responses,
    counts,
    url: `${installation.url}/f/${organization.slug}/${found(form).slug}`,
  }
}

import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { listEvents } from '../../events/queries.ts'
import { fromNow, longest_ms, TooSlow } from '../../targeting/bounded.ts'
import { compilePeople, compilePeopleTyped } from '../../targeting/people/queries.ts'
import { mayBeSentBy } from '../approval/queries.ts'
import '../approval/messages.ts'
import { countAudience } from '../audience/queries.ts'
import type { Lacking } from '../parts.tsx'
import { mailingById } from '../queries.ts'
import { checksOf } from '../writing/prepare.ts'
import { addStep, changeJourney, changeStep, endJourney, makeJourney, pauseJourney, startJourney } from './commands.ts'
import './messages.ts'
import { EditJourneyPage, JourneyPage, journeyValues, JourneysPage, list, NewJourneyPage } from './pages.tsx'
import { entersOf, eventOf, journeyById, journeysOf, leftOf, stepsOf, walkersOf, type Journey, type JourneyEvent, type JourneyStep } from './queries.ts' // prettier-ignore
import { JourneyForm, NewJourneyForm, WaitForm } from './schema.ts'

const view = allow('mailings.view')
const edit = allow('mailings.edit')
const one = `${list}/:journey`

/** Sequences of e-mails: what is in them, who is where, and starting them. */
export const journeyRoutes = room()
  .get(list, view, async (c) => {
    const from = Math.min(Number(/^\d{1,6}$/.exec(c.req.query('from') ?? '')?.[0] ?? 0), 100_000)
    const { journeys, total } = await journeysOf(c.var.db, actorOf(c).organization_id, from)
    const may_edit = mayDo(actorOf(c), 'mailings.edit')
    return page(c, <JourneysPage t={c.var.t} {...{ journeys, total, from, may_edit }} />, {
      title: c.var.t('journeys.title'),
    })
  })
  .get(`${list}/new`, edit, (c) => newPage(c))
  .post(`${list}/new`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, NewJourneyForm)
    if (!value) return newPage(c, typed, errors)
    const chosen = { ...value, event_id: value.starter === 'event' ? value.event_id : null }
    const here = { t: c.var.t, today: today(c), now: now(c) }
    return c.redirect(`${list}/${await makeJourney(c.var.db, actorOf(c), chosen, here)}`, 303)
  })
  .get(one, view, (c) => journeyPage(c))
  .get(`${one}/edit`, edit, async (c) => editPage(c, await journeyOf(c)))
  .post(`${one}/edit`, edit, async (c) => {
    const journey = await journeyOf(c)
    const { typed, errors, value } = await readForm(c, JourneyForm)
    if (!value) return editPage(c, journey, { typed, errors })
    for (const name of ['expression', 'exits'] as const) {
      if (value[name] === '' || journey.event_id) continue
      const compiled = await compilePeopleTyped(c.var.db, actorOf(c), value[name], today(c), { marked: true })
      if (!compiled.ok) return editPage(c, journey, { typed, errors: { [name]: 'journeys.expression_wrong' } })
      value[name] = compiled.people.text
    }
    const { journey_id, organization_id } = journey
    const saved = await saveUnlessChanged(c, {
      subject: 'mail_journey',
      subject_id: journey_id,
      values: async (tx) => journeyValues(found(await journeyById(tx, organization_id, journey_id))),
      save: (tx) => changeJourney(tx, actorOf(c), journey_id, value),
    })
    if (!saved.ok) return editPage(c, journey, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`${list}/${journey_id}`, 303)
  })
  .post(`${one}/steps`, edit, async (c) => {
    const { journey_id } = await journeyOf(c)
    const { typed, errors, value } = await readForm(c, WaitForm)
    if (value === null) return journeyPage(c, typed, errors)
    await addStep(c.var.db, actorOf(c), journey_id, value, { t: c.var.t, now: now(c) })
    return c.redirect(`${list}/${journey_id}#steps`, 303)
  })
  .post(`${one}/steps/:mailing`, edit, async (c) => {
    const { journey_id } = await journeyOf(c)
    const mailing_id = idParam(c, 'mailing')
    const { typed, errors, value } = await readForm(c, WaitForm)
    if (value === null) return journeyPage(c, typed, errors)
    await changeStep(c.var.db, actorOf(c), journey_id, mailing_id, value, now(c))
    return c.redirect(`${list}/${journey_id}#steps`, 303)
  })
  .post(`${one}/steps/:mailing/remove`, edit, async (c) => {
    const { journey_id } = await journeyOf(c)
    await changeStep(c.var.db, actorOf(c), journey_id, idParam(c, 'mailing'), null, now(c))
    return c.redirect(`${list}/${journey_id}#steps`, 303)
  })
  .post(`${one}/start`, edit, async (c) => {
    const journey = await journeyOf(c)
    const { lacks } = await readiness(c, journey)
    if (lacks.length > 0) return journeyPage(c, {}, { '': 'journeys.not_ready' })
    await startJourney(c.var.db, actorOf(c), journey.journey_id, now(c))
    return c.redirect(`${list}/${journey.journey_id}`, 303)
  })
  .post(`${one}/pause`, edit, async (c) => {
    const { journey_id } = await journeyOf(c)
    await pauseJourney(c.var.db, actorOf(c), journey_id)
    return c.redirect(`${list}/${journey_id}`, 303)
  })
  .post(`${one}/end`, edit, async (c) => {
    const { journey_id } = await journeyOf(c)
    await endJourney(c.var.db, actorOf(c), journey_id, now(c))
    return c.redirect(`${list}/${journey_id}`, 303)
  })

const journeyOf = async (c: Ctx): Promise<Journey> =>
  found(await journeyById(c.var.db, actorOf(c).organization_id, idParam(c, 'journey')))

const events_most = 100

async function newPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { t, db } = c.var
  const upcoming = await listEvents(db, actorOf(c).organization_id, { which: 'upcoming', now: now(c), limit: events_most }) // prettier-ignore
  const events = upcoming
    .filter(({ canceled_at }) => canceled_at === null)
    .map(({ event_id, content, starts_at, time_zone }) => ({
      value: event_id,
      label: `${localized(content.title, t.language).text} · ${formatDateTime(t.language, starts_at, time_zone)}`,
    }))
  return page(c, <NewJourneyPage {...{ t, typed, errors, events }} />, {
    title: t('journeys.new'),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

function editPage(c: Ctx, journey: Journey, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const { t } = c.var
  return page(c, <EditJourneyPage {...{ t, typed, errors, journey }} />, {
    title: t('journeys.who_change'),
    status: Object.keys(errors).length > 0 ? 422 : 200,
    meanwhile,
  })
}

/** What is to be done before it can start: who, what, and nothing in it that keeps a mail from going out. */
async function readiness(c: Ctx, journey: Journey, known?: readonly JourneyStep[]) {
  const { t, db, installation } = c.var
  const here = `${list}/${journey.journey_id}`
  const steps = known ?? (await stepsOf(db, journey))
  const event = await eventOf(db, journey)
  const lacks: Lacking[] = []
  if (entersOf(journey, event) === '') lacks.push({ text: t('journeys.needs_who'), href: `${here}/edit` })
  if (steps.length === 0) lacks.push({ text: t('journeys.needs_steps'), href: '#add' })
  for (const [at, { mailing_id, content, look_id }] of steps.entries()) {
    const checks = await checksOf(db, { ...journey, content, look_id }, { url: installation.url, now: now(c) })
    if (checks.some(({ is_blocking }) => is_blocking))
      lacks.push({ text: t('journeys.needs_writing', { number: at + 1 }), href: `/mailings/${mailing_id}/checks` })
    const mailing = await mailingById(db, journey.organization_id, mailing_id)
    if (mailing && !(await mayBeSentBy(db, mailing, actorOf(c).id)))
      lacks.push({ text: t('approval.step_needed', { number: at + 1 }), href: `/mailings/${mailing_id}/send#approval` })
  }
  return { lacks, event }
}

/** How many fit at this moment and may be written to; null: nobody can say in time. */
async function fittingOf(c: Ctx, journey: Journey, event: JourneyEvent | undefined): Promise<number | null> {
  const { organization_id, lane } = journey
  const enters = entersOf(journey, event)
  const compiled = enters && (await compilePeople(c.var.db, enters, organization_id, today(c), { marked: true }))
  if (!compiled || !compiled.ok) return null
  const asked = { organization_id, lane, topic_id: null, languages: languagesOf(c), today: today(c) }
  try {
    return (await countAudience(c.var.db, compiled.people, asked, fromNow(longest_ms))).reached
  } catch (problem) {
    if (problem instanceof TooSlow) return null
    throw problem
  }
}

async function journeyPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { db, t } = c.var
  const journey = await journeyOf(c)
  const may_edit = mayDo(actorOf(c), 'mailings.edit')
  const [steps, left] = [await stepsOf(db, journey), await leftOf(db, journey)]
  const isOpen = may_edit && (journey.state === 'draft' || journey.state === 'paused')
  const { lacks, event } = isOpen
    ? await readiness(c, journey, steps)
    : { lacks: [], event: await eventOf(db, journey) }
  const fitting = isOpen ? await fittingOf(c, journey, event) : null
  const walkers = mayDo(actorOf(c), 'people.view') ? await walkersOf(db, journey) : null
  return page(
    c,
    <JourneyPage {...{ t, journey, event, steps, left, walkers, lacks, fitting, may_edit, typed, errors }} time_zone={timeZone(c)} />,
    { title: journey.name, status: Object.keys(errors).length > 0 ? 422 : 200 },
  ) // prettier-ignore
}

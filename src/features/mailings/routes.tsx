import { beginWith } from './writing/commands.ts'
import { inTransaction } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { formatDate } from '../../platform/i18n/formats.ts'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { askedCampaign, linkMade, mayChangeLane } from '../campaigns/parts/commands.ts'
import { languagesOf, now, timeZone, today } from '../../platform/http/of-request.ts'
import '../phonebanks/messages.ts'
import { compilePeopleTyped } from '../targeting/people/queries.ts'
import { changeMailing, chooseAudience, makeMailing, writeAgain } from './commands.ts'
import './after/messages.ts'
import './audience/messages.ts'
import { typedInWords } from '../targeting/steps/words.ts'
import './identity/messages.ts'
import './messages.ts'
import { savedLooks } from './look/queries.ts'
import { mailingOf } from './of-request.ts'
import { EditMailingPage, list, MailingPage, MailingsPage, mailingValues, NewMailingPage, type Step } from './pages.tsx'
import { countMailings, mailingById, mailingsOf, type Mailing } from './queries.ts'
import { MailingForm, mailingLanes, NewMailingForm } from './schema.ts'
import './sending/messages.ts'
import { openTopics, topicById } from './topics/queries.ts'
import './subjects/messages.ts'
import { subjectTestOf } from './subjects/queries.ts'
import { checkedStep, writtenStep } from './writing/pages.tsx'
import { lackingOf } from './writing/prepare.ts'

const view = allow('mailings.view')
const edit = allow('mailings.edit')
const one = `${list}/:mailing`

/** Bulk e-mail: the list, and the steps of each. */
export const mailingRoutes = room()
  .get(list, view, async (c) => {
    const { organization_id } = actorOf(c)
    const from = Math.min(Number(/^\d{1,6}$/.exec(c.req.query('from') ?? '')?.[0] ?? 0), 100_000)
    const [mailings, total] = await Promise.all([
      mailingsOf(c.var.db, organization_id, from),
      countMailings(c.var.db, organization_id),
    ])
    const may_edit = mayDo(actorOf(c), 'mailings.edit')
    const may_set = mayDo(actorOf(c), 'mailings.approve')
    return page(
      c,
      <MailingsPage t={c.var.t} {...{ mailings, total, from, may_edit, may_set }} time_zone={timeZone(c)} />,
      {
        title: c.var.t('mailings.title'),
      },
    )
  })
  .get(`${list}/new`, edit, (c) => {
    const { name = '', endorsement = '', campaign, lane } = c.req.query()
    const known = mailingLanes.find((each) => each === lane)
    return newPage(c, {
      name: name.slice(0, 120),
      endorsement: endorsement.slice(0, 50),
      ...(campaign && { campaign }),
      ...(known && { lane: known }),
    })
  })
  .post(`${list}/new`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, NewMailingForm)
    if (!value) return newPage(c, typed, errors)
    const { expression, endorsement, ...named } = value
    const campaign = await askedCampaign(c.var.db, actorOf(c), typed.campaign, named.lane)
    if (campaign.problem) return newPage(c, typed, { lane: campaign.problem })
    const mailing_id = await inTransaction(c.var.db, async (tx) => {
      const made = await makeMailing(tx, actorOf(c), named, now(c))
      await linkMade(tx, actorOf(c), campaign, { kind: 'mailing', part_id: made }, now(c))
      return made
    })
    if (endorsement)
      await beginWith(c.var.db, actorOf(c), mailing_id, 'starter:endorsement', { today: today(c), now: now(c), endorsement }) // prettier-ignore
    // What cannot be asked for is not taken over; the step of the audience says what is missing.
    const people = expression && (await compilePeopleTyped(c.var.db, actorOf(c), expression, today(c), { marked: true })) // prettier-ignore
    if (people && people.ok)
      await inTransaction(c.var.db, (tx) => chooseAudience(tx, actorOf(c), mailing_id, people.people.text))
    return c.redirect(`${list}/${mailing_id}/write`, 303)
  })
  .post(`${one}/again`, edit, async (c) => {
    const { mailing_id, name } = await mailingOf(c)
    // A date of the one before gives way to today's.
    const named = `${name.replace(/, [^,]*\d[^,]*$/, '').slice(0, 90)}, ${formatDate(c.var.language, today(c))}`
    const made = await writeAgain(c.var.db, actorOf(c), mailing_id, named, now(c))
    return c.redirect(`${list}/${made}/write`, 303)
  })
  .get(one, view, async (c) => {
    const mailing = await mailingOf(c)
    const journey = mailing.journey_id ? `/mail-journeys/${mailing.journey_id}` : null
    const may_edit = mayDo(actorOf(c), 'mailings.edit')
    return page(c, <MailingPage t={c.var.t} {...{ mailing, journey, may_edit }} steps={await stepsOf(c, mailing)} />, {
      title: mailing.name,
    })
  })
  .get(`${one}/edit`, edit, (c) => editPage(c))
  .post(`${one}/edit`, edit, async (c) => {
    const { mailing_id, lane, organization_id } = await mailingOf(c)
    const { typed, errors, value } = await readForm(c, MailingForm)
    if (!value) return editPage(c, { typed, errors })
    if (
      value.lane !== lane &&
      !(await mayChangeLane(c.var.db, organization_id, { kind: 'mailing', part_id: mailing_id }))
    )
      return editPage(c, { typed, errors: { lane: 'campaigns.problem.lane_of_campaign' } })
    const saved = await saveUnlessChanged(c, {
      subject: 'mailing',
      subject_id: mailing_id,
      values: async (tx) => mailingValues(found(await mailingById(tx, actorOf(c).organization_id, mailing_id))),
      save: (tx) => changeMailing(tx, actorOf(c), mailing_id, value),
    })
    if (!saved.ok) return editPage(c, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`${list}/${mailing_id}`, 303)
  })

/** What there is to do, in its order, as far as the reader may. */
async function stepsOf(c: Ctx, mailing: Mailing): Promise<Step[]> {
  const { t } = c.var
  const { mailing_id, lane, expression, state } = mailing
  const may_edit = mayDo(actorOf(c), 'mailings.edit')
  const here = `${list}/${mailing_id}`
  const report = mailing.listed_at ? [{ href: `${here}/report`, title: t('mail_report.title'), said: null }] : []
  const change = may_edit
    ? [{ href: `${here}/edit`, title: t('mailings.change'), said: t(`phonebanks.lane.${lane}`) }]
    : []
  const there = await lackingOf(c.var.db, mailing, languagesOf(c))
  const written = writtenStep(t, mailing, languagesOf(c), there, may_edit)
  // Whom it is for and when is the journey's.
  if (mailing.journey_id) {
    const tried = { href: `${here}/send`, title: t('sending.test'), said: t('sending.test_lead') }
    return [...change, written, checkedStep(t, mailing), ...(state === 'draft' ? [tried] : []), ...report] // prettier-ignore
  }
  const test = await subjectTestOf(c.var.db, mailing)
  const tried = {
    href: state === 'draft' ? `${here}/subjects` : `${here}/report#subjects`,
    title: t('subjects.title'),
    said: test ? t('subjects.step', { count: test.subjects.length + 1 }) : t('subjects.none'),
  }
  return [
    ...change,
    written,
    ...(test || (may_edit && state === 'draft') ? [tried] : []),
    {
      href: `${here}/audience`,
      title: t('audience.title'),
      said: expression ? typedInWords(expression, t) : t('audience.nobody'),
      is_done: expression !== '',
    },
    checkedStep(t, mailing),
    { href: `${here}/send`, title: t('sending.title'), said: t(`mailings.state.${state}`), is_done: state === 'sent' },
    ...report,
  ]
}

async function newPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { organization_id } = actorOf(c)
  const topics = await openTopics(c.var.db, organization_id)
  const saved_looks = await savedLooks(c.var.db, organization_id)
  const expression = typed.expression ?? c.req.query('q') ?? ''
  return page(c, <NewMailingPage t={c.var.t} {...{ typed, errors, topics, saved_looks, expression }} />, {
    title: c.var.t('mailings.new'),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

async function editPage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const mailing = await mailingOf(c)
  const { organization_id } = actorOf(c)
  const topics = await openTopics(c.var.db, organization_id)
  const saved_looks = await savedLooks(c.var.db, organization_id)
  const own = mailing.topic_id === null ? undefined : await topicById(c.var.db, organization_id, mailing.topic_id)
  // One that was closed since stays that of the e-mails which have it.
  const offered = own?.retired_at ? [...topics, own] : topics
  return page(c, <EditMailingPage t={c.var.t} {...{ mailing, typed, errors, saved_looks }} topics={offered} />, {
    title: c.var.t('mailings.change'),
    status: Object.keys(errors).length > 0 ? 422 : 200,
    meanwhile,
  })
}

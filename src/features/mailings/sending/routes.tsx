import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { live, page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import { allow } from '../../access/allow.ts'
import { mayTryHere } from '../../access/session.ts'
import { mayDo } from '../../access/permissions.ts'
import { languagesOf, now, timeZone } from '../../../platform/http/of-request.ts'
import { instantIn } from '../../../platform/clock.ts'
import { approvalRuleOf, approvalsOf, contentHash, isAsked, mayBeSentBy } from '../approval/queries.ts'
import { countsFor } from '../audience/routes.tsx'
import { senderOf } from '../identity/queries.ts'
import { mailingOf } from '../of-request.ts'
import { memberById, members } from '../../organizations/queries.ts'
import { isBarred } from '../../people/suppressions/commands.ts'
import { audit } from '../../../platform/audit.ts'
import { list } from '../pages.tsx'
import { mailingById, type Mailing } from '../queries.ts'
import { SendForm, TestForm } from '../schema.ts'
import '../subjects/messages.ts'
import { subjectTestOf, withSubject, type SubjectTest } from '../subjects/queries.ts'
import '../writing/messages.ts'
import { checksOf, lackingOf } from '../writing/prepare.ts'
import { unaccepted } from '../writing/rules.ts'
import { MailContent } from '../writing/schema.ts'
import { planMailing, turnMailing, turns, type Planned, type Turn } from './commands.ts'
import { addressOf, transportOf } from './jobs.ts'
import './messages.ts'
import { SendingNow, SendingPage, SendPage } from './pages.tsx'
import { readersOf } from './prepare.ts'
import { refusedForUs } from './failures.ts'
import { progressOf, stuckOf } from './queries.ts'
import { bulkMail } from './send.ts'
import { firstInstant } from './zones.ts'

const view = allow('mailings.view')
const edit = allow('mailings.edit')
const one = `${list}/:mailing/send`

const notPlanned = {
  not_approved: 'approval.needed',
  audience_changed: 'sending.audience_changed',
  content_changed: 'sending.content_changed',
} as const satisfies Record<Exclude<Planned, 'planned'>, string>

/** Chosen a moment ago, it has just gone by. */
const just_ms = 3_600_000

const turnRoutes = room()
for (const turn of Object.keys(turns) as Turn[])
  turnRoutes.post(`${one}/${turn}`, edit, async (c) => {
    const { mailing_id } = await mailingOf(c)
    await turnMailing(c.var.db, actorOf(c), mailing_id, turn, now(c))
    return c.redirect(`${list}/${mailing_id}/send`, 303)
  })

/** Sending: a test, everybody, how far it is, and stopping it. */
export const sendingRoutes = room()
  .get(one, view, (c) => sendPage(c))
  .post(`${one}/test`, edit, async (c) => {
    const mailing = await mailingOf(c)
    const { typed, errors, value } = await readForm(c, TestForm)
    if (!value) return sendPage(c, { typed, errors })
    if (!languagesOf(c).includes(value.language)) return sendPage(c, { typed, errors: { language: 'form.invalid' } })
    const { installation } = c.var
    const { organization_id, mailing_id } = mailing
    const refused = await testRefused(c, organization_id, value.to)
    if (refused) return sendPage(c, { typed, errors: { to: refused } })
    await audit(c.var.db, actorOf(c), {
      action: 'mailing.test',
      subject: 'mailing',
      subject_id: mailing_id,
      after: { sent_to: value.to },
    })
    const organization = await organizationOf(c)
    const from_address = addressOf(installation.config.mail_from)
    const prepared = await readersOf(c.var.db, organization, mailing, { url: installation.url, now: now(c) })
    // Number 0 stands on no list: its link shows the page and stops nobody.
    const sender = await senderOf(c.var.db, organization_id, { secret: installation.secret, from_address })
    const mail = bulkMail(installation, sender, organization, prepared, { organization_id, mailing_id, n: 0 }, { address: value.to, language: value.language, person: undefined }) // prettier-ignore
    const message_id = mail.message_id.replace('.0@', `.test.${now(c).getTime()}@`)
    const handed = await (await transportOf(installation)).send({ ...mail, message_id })
    // Read anew, the page sends none again.
    if (handed.result === 'sent') return c.redirect(`${list}/${mailing_id}/send?tested`, 303)
    const refused_with = handed.result === 'undeliverable' ? c.var.t(`sending.why.${handed.why}`) : handed.answer
    return sendPage(c, { typed, refused: refused_with })
  })
  .post(one, edit, async (c) => {
    const mailing = await mailingOf(c)
    const { typed, errors, value } = await readForm(c, SendForm)
    if (mailing.state !== 'draft') return c.redirect(`${list}/${mailing.mailing_id}/send`, 303)
    const { lacks, counts } = await readiness(c, mailing)
    if (!value || lacks.length > 0 || !counts) return sendPage(c, { typed, errors })
    if (value.count !== counts.reached) return sendPage(c, { typed, errors: { count: 'sending.count_needed' } })
    const { at, goes_by, window_starts, window_ends, per_minute } = value
    const by_reader = goes_by === 'reader' && at !== null
    const scheduled_at = by_reader ? firstInstant(at, timeZone(c)) : at ? instantIn(timeZone(c), at.slice(0, 10), at.slice(11)) : null // prettier-ignore
    if (scheduled_at && scheduled_at.getTime() < now(c).getTime() - just_ms) return sendPage(c, { typed, errors: { at: 'sending.past' } }) // prettier-ignore
    const plan = {
      scheduled_at,
      goes_by,
      scheduled_local: by_reader ? at : null,
      window_starts,
      window_ends,
      per_minute,
      people: counts.reached,
      expression: mailing.expression,
      content_hash: value.hash || null,
    }
    const planned = await planMailing(c.var.db, actorOf(c), mailing.mailing_id, plan, now(c))
    if (planned !== 'planned') return sendPage(c, { typed, errors: { count: notPlanned[planned] } })
    return c.redirect(`${list}/${mailing.mailing_id}/send`, 303)
  })
  .get(`${one}/live`, view, async (c) => {
    const { organization_id, mailing_id } = await mailingOf(c)
    return live(c, 1000, async () => {
      const mailing = await mailingById(c.var.db, organization_id, mailing_id)
      return mailing ? <SendingNow {...await shownOf(c, mailing)} /> : <p />
    })
  })
  .route('/', turnRoutes)

const organizationOf = (c: Ctx) =>
  c.var.db
    .selectFrom('organization')
    .select(['organization_id', 'name', 'languages', 'time_zone'])
    .where('organization_id', '=', actorOf(c).organization_id)
    .executeTakeFirstOrThrow()

const shownOf = async (c: Ctx, mailing: Mailing) => ({
  t: c.var.t,
  mailing,
  progress: await progressOf(c.var.db, mailing),
  stuck: mayDo(actorOf(c), 'people.view') ? await stuckOf(c.var.db, mailing) : [],
  time_zone: timeZone(c),
})

/** What is to be done before it can go out. */
async function readiness(c: Ctx, mailing: Mailing) {
  const { t } = c.var
  const here = `${list}/${mailing.mailing_id}`
  const content = MailContent.parse(mailing.content)
  const lacking = unaccepted(content, languagesOf(c), await lackingOf(c.var.db, mailing, languagesOf(c)))
  const { url } = c.var.installation
  // Subject and translations are said by themselves.
  const checks = (await checksOf(c.var.db, mailing, { url, now: now(c) })).filter(
    ({ kind, is_blocking }) => is_blocking && !['no_subject', 'untranslated', 'untranslated_there'].includes(kind),
  )
  const test = await subjectTestOf(c.var.db, mailing)
  const trial = test ? await wrongSubjects(c, mailing, test) : []
  const counted = await countsFor(c, mailing)
  const counts = counted === 'slow' ? null : counted
  const named = lacking.map((each) => languageNames[each] ?? each).join(', ')
  const lacks = [
    ...(Object.values(content.subject).some((said) => said?.trim()) ? [] : [{ text: t('sending.needs_subject'), href: `${here}/write` }]), // prettier-ignore
    ...(lacking.length > 0 ? [{ text: t('sending.needs_translation', { languages: named }), href: `${here}/write` }] : []), // prettier-ignore
    ...(checks.length > 0 ? [{ text: t('writing.checks_blocking', { count: checks.length }), href: `${here}/checks` }] : []), // prettier-ignore
    ...trial.map((number) => ({ text: t('subjects.needs_writing', { number }), href: `${here}/subjects` })),
    ...(mailing.expression === '' && !mailing.journey_id
      ? [{ text: t('sending.needs_audience'), href: `${here}/audience` }]
      : []),
    ...((await mayBeSentBy(c.var.db, mailing, actorOf(c).id))
      ? []
      : [{ text: t('approval.needed'), href: '#approval' }]),
    ...(counts?.reached === 0 ? [{ text: t('sending.needs_reader'), href: `${here}/audience` }] : []),
  ]
  return { lacks, counts }
}

/** A test may go to anybody, so it is bound: not where nothing is wanted, not past a second person, not without end. */
async function testRefused(c: Ctx, organization_id: string, to: string): Promise<string | null> {
  const { db } = c.var
  if (await isBarred(db, organization_id, to)) return 'sending.test_barred'
  if (await approvalRuleOf(db, organization_id)) {
    const team = (await members(db, organization_id)).filter(({ ended_at }) => ended_at === null)
    if (!team.some(({ email }) => email.toLowerCase() === to)) return 'sending.test_team'
  }
  return (await mayTryHere(c, 'trial_mail', organization_id)) ? null : 'sending.test_many'
}

/** Which of the other subjects say nothing in a language the mailing's own is in, or what no mail may say. */
async function wrongSubjects(c: Ctx, mailing: Mailing, test: SubjectTest): Promise<number[]> {
  const { url } = c.var.installation
  const { subject } = MailContent.parse(mailing.content)
  const written = languagesOf(c).filter((language) => subject[language]?.trim())
  const wrong: number[] = []
  for (const [at, other] of test.subjects.entries()) {
    const isMissing = written.some((language) => !other[language]?.trim())
    const checks = await checksOf(c.var.db, { ...mailing, content: withSubject(mailing.content, test, at + 1) }, { url, now: now(c) }) // prettier-ignore
    if (isMissing || checks.some(({ is_blocking, where }) => is_blocking && where === 'subject')) wrong.push(at + 1)
  }
  return wrong
}

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  refused?: string
}

async function sendPage(c: Ctx, { typed = {}, errors = {}, refused }: Shown = {}) {
  const { t } = c.var
  const mailing = await mailingOf(c)
  const title = t('sending.title')
  const may_edit = mayDo(actorOf(c), 'mailings.edit')
  const approval = isAsked(mailing) &&
    (await approvalRuleOf(c.var.db, mailing.organization_id)) && {
      hash: await contentHash(c.var.db, mailing),
      approvals: await approvalsOf(c.var.db, mailing),
      may_approve: mayDo(actorOf(c), 'mailings.approve'),
      reader_id: actorOf(c).id,
      is_changed: c.req.query('changed') !== undefined,
      journey_id: mailing.journey_id,
    }
  if (mailing.state !== 'draft') {
    // Of a long list this takes seconds: not again with every look while it goes out.
    const refused = mailing.state === 'sent' && !mailing.journey_id ? await refusedForUs(c.var.db, mailing, now(c)) : []
    return page(c, <SendingPage {...await shownOf(c, mailing)} refused={refused.length} may_edit={may_edit} approval={approval || null} />, { title }) // prettier-ignore
  }
  const { lacks, counts } = await readiness(c, mailing)
  return page(
    c,
    <SendPage
      {...{ t, mailing, typed, errors, lacks, counts, may_edit }}
      approval={approval || null}
      hash={may_edit && lacks.length === 0 ? await contentHash(c.var.db, mailing) : ''}
      time_zone={timeZone(c)}
      languages={languagesOf(c)}
      is_tested={c.req.query('tested') !== undefined}
      refused={refused ?? null}
      own_address={(await memberById(c.var.db, mailing.organization_id, actorOf(c).id))?.email ?? ''}
    />,
    { title, status: Object.keys(errors).length > 0 || refused ? 422 : 200 },
  )
}

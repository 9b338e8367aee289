import type { ReactNode } from 'react'
import { z } from 'zod'
import { allow } from '../../features/access/allow.ts'
import { mayTryHere } from '../../features/access/session.ts'
import '../../features/mailings/counting/messages.ts'
import { countingOf } from '../../features/mailings/counting/queries.ts'
import { noticeIn } from '../../features/mailings/counting/rules.ts'
import { browserWishes, readAlso, readIn } from '../../features/mailings/public.ts'
import { organizationBySlug, organizationSettings } from '../../features/organizations/queries.ts'
import { addNote, personOf as personMadeOf } from '../../features/people/commands.ts'
import { LanguageLinks } from '../../features/people/membership/applications/public.tsx'
import { sendMembershipMail } from '../../features/people/membership/mail-job.ts'
import { nameOf } from '../../features/people/pages/person-name.tsx'
import { mailboxesOf, personById, profileOf } from '../../features/people/queries.ts'
import { profilePath } from '../../features/people/rules.ts'
import { audit, systemActor } from '../../platform/audit.ts'
import { inTransaction } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { pageTimeAgain, paceOf } from '../../platform/http/page-time.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { localized, type PublicLanguage } from '../../platform/i18n/languages.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { publicDocument } from '../../platform/ui/public-document.tsx'
import { erasePerson, heldAbout } from './commands.ts'
import { heldLinkJob } from './jobs.ts'
import { heldBy, heldPath } from './links.ts'
import './messages.ts'
import { askTranslator } from './public-texts.ts'
import { AskedPage, AskPage, ErasedPage, HeldPage, LinkOverPage, OwnHeldPage } from './pages.tsx'

const settings = allow('people.settings')
const Sure = z.object({ sure: z.literal('yes', 'privacy.erase_unsure') })
const Asked = z.object({ email: z.string().trim().toLowerCase().max(254).pipe(z.email('privacy.ask_wrong')) })
const Correction = z.object({ text: z.string().trim().min(1, 'form.required').max(2000) })

/** What an organization holds about somebody: shown to an organizer, and to the person by a private link; erased by either. */
export const privacyRoutes = room()
  .get('/people/:person{[0-9a-f-]{36}}/held', settings, (c) => show(c))
  // A voter who was called in vain or got paper alone has no row of ours to hang a page on: it is made here.
  .post('/people/:who{(?:v[0-9]{1,9}|[0-9a-f-]{36})}/held', settings, async (c) => {
    const { who } = c.req.param()
    const person_id = await inTransaction(c.var.db, (tx) => personMadeOf(tx, actorOf(c), who))
    return c.redirect(`/people/${person_id}/held`, 303)
  })
  .post('/people/:person{[0-9a-f-]{36}}/held/mail', settings, async (c) => {
    const { db, installation, organization } = c.var
    const { organization_id } = actorOf(c)
    const person = await personOf(c)
    const to = (await mailboxesOf(db, organization_id, [person.person_id], 'asked')).get(person.person_id)
    if (to === undefined) return show(c, { mailbox: 'privacy.no_mailbox' })
    const { slug, languages } = await organizationSettings(db, organization_id)
    const t = askTranslator(readIn(languages, [person.language ?? undefined]))
    const text = localized(organization?.name ?? {}, t.reads).text
    await audit(db, actorOf(c), { action: 'person.held_mailed', subject: 'person', subject_id: person.person_id })
    await addJob(db, sendMembershipMail, {
      to,
      subject: t('privacy.mail.subject', { organization: text }),
      text: t('privacy.mail.text', {
        organization: text,
        url: installation.url + heldPath(installation.secret, slug, person.person_id, installation.clock.now()),
      }),
      language: t.reads,
    })
    return c.redirect(`/people/${person.person_id}/held?done=mailed`, 303)
  })
  .post('/people/:person{[0-9a-f-]{36}}/erase', settings, async (c) => {
    const person = await personOf(c)
    const { value, errors } = await readForm(c, Sure)
    if (!value) return show(c, errors)
    await erasePerson(
      { db: c.var.db, data: c.var.installation.config.data },
      actorOf(c),
      person.person_id,
      c.var.installation.clock.now(),
    )
    return c.redirect(person.voter_id === null ? '/voters' : `/voters/${person.voter_id}`, 303)
  })
  .get('/privacy/:organization', allow('public'), (c) => askPage(c))
  .post('/privacy/:organization', allow('public'), async (c) => {
    const { value, typed, errors } = await readForm(c, Asked)
    const { organization, t } = await openAsking(c)
    if (!value) return askPage(c, typed, errors)
    const { organization_id } = organization
    if (!(await mayTryHere(c, 'form', organization_id))) return over(c, 'too_often')
    const { secret, clock, database } = c.var.installation
    // Nobody sees that box. Whatever filled it in is told what it wants to hear.
    if (typed.website) return answer(c, <AskedPage t={t} />, 200, t.reads)
    if (paceOf(secret, typed.page_time, clock.now()) !== 'usual') return askPage(c, typed, {}, true)
    // Known or not, the same is done here: the job looks.
    if (await mayTryHere(c, 'form_mail', value.email))
      await addJob(database.owner, heldLinkJob, { organization_id, email: value.email, language: t.reads })
    return answer(c, <AskedPage t={t} />, 200, t.reads)
  })
  .get('/privacy/:organization/:token', allow('public'), (c) => showOwn(c))
  .post('/privacy/:organization/:token', allow('public'), async (c) => {
    const own = await openOwn(c)
    if (!own || own === 'too_often') return over(c, own)
    const { value, typed, errors } = await readForm(c, Correction)
    if (!value) return showOwn(c, typed, errors)
    const t = translator('en')
    await addNote(own.db, own.actor, own.person_id, t('privacy.corrected_note', { text: value.text }))
    return c.redirect(`${own.path}?done=corrected&lang=${own.t.reads}`, 303)
  })
  .post('/privacy/:organization/:token/erase', allow('public'), async (c) => {
    const own = await openOwn(c)
    if (!own || own === 'too_often') return over(c, own)
    const { value, errors } = await readForm(c, Sure)
    if (!value) return showOwn(c, {}, errors)
    await erasePerson(
      { db: own.db, data: c.var.installation.config.data },
      own.actor,
      own.person_id,
      c.var.installation.clock.now(),
    )
    return answer(c, <ErasedPage t={own.t} />, 200, own.t.reads)
  })

async function personOf(c: Ctx) {
  const person = found(await personById(c.var.db, actorOf(c).organization_id, c.req.param('person') ?? ''))
  return found(person.erased_at === null ? person : undefined)
}

async function show(c: Ctx, errors: FieldErrors = {}) {
  const { t, db, organization } = c.var
  const { organization_id } = actorOf(c)
  const person = await personOf(c)
  const { person_id, voter_id } = person
  const profile = found(await profileOf(db, organization_id, { person_id, voter_id }, { is_brief: true }))
  const held = await heldAbout(db, organization_id, person_id)
  await audit(db, actorOf(c), {
    action: 'person.held',
    subject: 'person',
    subject_id: person_id,
    request_id: c.var.request_id,
  })
  const name = nameOf(profile, t).main
  return page(
    c,
    <HeldPage
      {...{ t, held, name, errors }}
      reads={t.language}
      time_zone={organization?.time_zone ?? 'America/New_York'}
      organization={localized(organization?.name ?? {}, t.language).text}
      path={profilePath({ person_id, voter_id: null })}
      mailbox={(await mailboxesOf(db, organization_id, [person_id], 'asked')).get(person_id) ?? null}
      is_mailed={c.req.query('done') === 'mailed'}
    />,
    { title: t('privacy.title_of', { name }), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

async function openOwn(c: Ctx) {
  const { database, secret, clock } = c.var.installation
  const slug = c.req.param('organization') ?? ''
  const token = c.req.param('token') ?? ''
  const organization = found(await organizationBySlug(database.owner, slug))
  const { organization_id } = organization
  const person_id = heldBy(secret, slug, token, clock.now())
  if (!(await mayTryHere(c, 'form', organization_id))) return 'too_often' as const
  if (person_id === null) return null
  const db = database.of(organization_id)
  const person = await personById(db, organization_id, person_id)
  // Mailed to one; whoever they were joined with since has more to be shown.
  if (person?.person_id !== person_id || person.erased_at !== null) return null
  return {
    db,
    person_id: person.person_id,
    organization,
    actor: systemActor(organization_id, 'private link'),
    t: askTranslator(
      readIn(organization.languages, [c.req.query('lang'), person.language ?? undefined, ...browserWishes(c)]),
    ),
    path: `/privacy/${slug}/${token}`,
  }
}

async function showOwn(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const own = await openOwn(c)
  if (!own || own === 'too_often') return over(c, own)
  const { t, db, organization, person_id, path } = own
  const held = await heldAbout(db, organization.organization_id, person_id, { is_own: true })
  return answer(
    c,
    <OwnHeldPage
      {...{ t, held, path, typed, errors }}
      reads={t.reads}
      time_zone={organization.time_zone}
      organization={localized(organization.name, t.reads).text}
      is_corrected={c.req.query('done') === 'corrected'}
    />,
    Object.keys(errors).length > 0 ? 422 : 200,
    t.reads,
  )
}

const askingPath = (c: Ctx): string => `/privacy/${encodeURIComponent(c.req.param('organization') ?? '')}`

async function over(c: Ctx, why: 'too_often' | null) {
  const { t } = await openAsking(c)
  return answer(c, <LinkOverPage t={t} is_too_often={why !== null} ask={askingPath(c)} />, why ? 429 : 410, t.reads)
}

async function openAsking(c: Ctx) {
  const { database } = c.var.installation
  const organization = found(await organizationBySlug(database.owner, c.req.param('organization') ?? ''))
  return { organization, t: askTranslator(readIn(organization.languages, [c.req.query('lang'), ...browserWishes(c)])) }
}

async function askPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}, is_again = false) {
  const { organization, t } = await openAsking(c)
  const { secret, clock } = c.var.installation
  const name = localized(organization.name, t.reads).text
  const page_time = pageTimeAgain(secret, typed.page_time, clock.now())
  const status = is_again || Object.keys(errors).length > 0 ? 422 : 200
  const { organization_id } = organization
  const counted = noticeIn(t.reads, await countingOf(c.var.installation.database.of(organization_id), organization_id))
  return answer(c, <AskPage {...{ t, typed, errors, is_again, page_time, counted }} organization={name} path={askingPath(c)} />, status, t.reads) // prettier-ignore
}

async function answer(
  c: Ctx,
  body: ReactNode,
  status: 200 | 410 | 422 | 429,
  language: PublicLanguage = c.var.language,
) {
  const organization = found(
    await organizationBySlug(c.var.installation.database.owner, c.req.param('organization') ?? ''),
  )
  c.header('cache-control', 'no-store')
  c.header('x-robots-tag', 'noindex')
  const t = askTranslator(language)
  // What a sent form alone opens has no address to be read at.
  const beside = c.req.path.endsWith('/erase') ? null : <LanguageLinks t={t} path={c.req.path} also={readAlso(organization.languages)} /> // prettier-ignore
  return c.html(publicDocument(language, t('privacy.title'), organization.name, body, { beside }), status)
}

import { randomUUID } from 'node:crypto'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { dateIn } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { paceOf, pageTimeAgain } from '../../../platform/http/page-time.ts'
import { room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { mayTryHere } from '../../access/session.ts'
import { organizationBySlug } from '../../organizations/queries.ts'
import { LanguageLinks } from '../../people/membership/applications/public.tsx'
import { identityOf } from '../identity/queries.ts'
import { browserWishes, readAlso, readerTranslator, readIn } from '../public.ts'
import { addressOf } from '../sending/jobs.ts'
import { openTopics } from '../topics/queries.ts'
import { askToConfirm, confirmSignup, kept_days } from './commands.ts'
import { confirmPath, isCode, signupIdOf } from './links.ts'
import './messages.ts'
import { ClosedPage, ConfirmPage, DonePage, LookPage, OverPage, SignupPage, type Around } from './pages.tsx'
import { newsletterPageOf, signupById } from './queries.ts'
import { SignupForm, SignupSaid, signupSources } from './schema.ts'

const form = '/n/:organization/sign-up'
const embed = `${form}/embed`
const confirm = '/n/:organization/confirm/:signup/:code'

/** Asking for an organization's e-mail: pages for everybody, without account or script. */
export const publicNewsletterRoutes = room()
  .get(form, allow('public'), (c) => signupPage(c))
  .get(embed, allow('public'), (c) => signupPage(c))
  .post(form, allow('public'), (c) => take(c))
  .post(embed, allow('public'), (c) => take(c))
  .get(`${form}/thanks`, allow('public'), (c) => thanks(c))
  .get(`${embed}/thanks`, allow('public'), (c) => thanks(c))
  .get(confirm, allow('public'), async (c) => {
    const { opened, signup } = await signupOf(c)
    if (!signup) return over(c)
    if (signup.confirmed_at) return done(c)
    const { around, t } = opened
    return answer(c, t('newsletter.confirm_title'), <ConfirmPage {...around} address={signup.address} here={c.req.path} />) // prettier-ignore
  })
  .post(confirm, allow('public'), async (c) => ((await signupOf(c)).signup ? done(c) : over(c)))

async function open(c: Ctx) {
  const { database } = c.var.installation
  const organization = found(await organizationBySlug(database.owner, c.req.param('organization') ?? ''))
  const db = database.of(organization.organization_id)
  const t = readerTranslator(readIn(organization.languages, [c.req.query('lang'), ...browserWishes(c)]))
  const is_embed = /\/embed(\/thanks)?$/.test(c.req.path)
  const around: Around = { t, organization: organization.name, path: `/n/${organization.slug}`, is_embed }
  return { organization, db, t, around, newsletter: await newsletterPageOf(db, organization.organization_id) }
}

interface Shown {
  typed?: Record<string, string>
  all?: Record<string, string[]>
  errors?: FieldErrors
  refused?: 'too_many' | 'press_again' | null
}

async function signupPage(c: Ctx, { typed = {}, all = {}, errors = {}, refused = null }: Shown = {}) {
  const { organization, db, t, around, newsletter } = await open(c)
  const isGet = c.req.method === 'GET'
  const title = t('newsletter.heading', { organization: localized(organization.name, t.reads).text })
  if (!newsletter.is_open) return answer(c, title, <ClosedPage {...around} />, isGet ? 200 : 410)
  const { secret, clock } = c.var.installation
  const hidden = {
    page_key: typed.page_key || randomUUID(),
    page_time: pageTimeAgain(secret, typed.page_time, clock.now()),
    source: sourceOf(typed.source, around.is_embed),
    site: isGet ? siteOf(c.req.header('referer')) : (typed.site ?? siteOf(c.req.header('origin'))),
  }
  const topics = await openTopics(db, organization.organization_id)
  const status = refused === 'too_many' ? 429 : refused || Object.keys(errors).length > 0 ? 422 : 200
  const { languages } = organization
  return answer(c, title, <SignupPage {...around} {...{ languages, topics, hidden, typed, all, errors, refused }} intro={newsletter.intro} />, status) // prettier-ignore
}

const sourceOf = (typed: string | undefined, is_embed: boolean) =>
  is_embed ? 'embed' : (signupSources.find((each) => each === typed) ?? 'page')

/** 'https://church.example'; of our own pages and of what is no address: none. */
function siteOf(address: string | undefined): string {
  const url = address ? URL.parse(address) : null
  return url && /^https?:$/.test(url.protocol) ? url.origin.slice(0, 200) : ''
}

async function take(c: Ctx): Promise<Response> {
  const { typed, all, errors, value } = await readForm(c, SignupForm)
  const { organization, db, t, around, newsletter } = await open(c)
  const { organization_id, slug, languages } = organization
  const shown = { typed, all }
  if (!newsletter.is_open) return signupPage(c, shown)
  if (!value) return signupPage(c, { ...shown, errors })
  if (!(await mayTryHere(c, 'form', organization_id))) return signupPage(c, { ...shown, refused: 'too_many' })
  const there = `${around.path}/sign-up${around.is_embed ? '/embed' : ''}/thanks?lang=${t.reads}`
  // Nobody sees that box. Whatever filled it in is told what it wants to hear.
  if (typed.website) return c.redirect(there, 303)
  const { secret, clock, url } = c.var.installation
  const now = clock.now()
  if (paceOf(secret, typed.page_time, now) !== 'usual') return signupPage(c, { ...shown, refused: 'press_again' })
  const { email, language: wished, ...named } = value
  const language = wished !== null && languages.includes(wished) ? wished : languages.includes(t.reads) ? t.reads : (languages[0] ?? 'en') // prettier-ignore
  const offered = await openTopics(db, organization_id)
  const topics = offered
    .filter(({ topic_id }) => all.shown_topics?.includes(topic_id))
    .map(({ topic_id }) => ({ topic_id, is_wanted: all.topics?.includes(topic_id) === true }))
  const said = SignupSaid.parse({ ...named, topics })
  const signup_id = signupIdOf(organization_id, typed.page_key ?? '', [email, language, said])
  const name = localized(organization.name, t.reads).text
  const mail = {
    to: email,
    subject: t('newsletter.mail_subject', { organization: name }),
    text: [
      t('newsletter.mail_text', { organization: name }),
      `${url}${confirmPath(secret, slug, organization_id, signup_id)}?lang=${t.reads}`,
      t('newsletter.mail_not_you', { days: kept_days }),
      name,
    ].join('\n\n'),
    language: t.reads,
  }
  const signup = {
    signup_id,
    address: email,
    said,
    language,
    wording: t('newsletter.wording', { organization: name }),
    source: sourceOf(typed.source, around.is_embed),
    site: elsewhere(siteOf(typed.site), url),
  }
  await askToConfirm(db, organization_id, signup, (await mayTryHere(c, 'form_mail', email)) ? mail : null, now)
  return c.redirect(there, 303)
}

const elsewhere = (site: string, url: string): string | null => (site && site !== siteOf(url) ? site : null)

async function thanks(c: Ctx) {
  const { t, around } = await open(c)
  return answer(c, t('newsletter.look'), <LookPage {...around} />)
}

async function over(c: Ctx) {
  const { t, around } = await open(c)
  return answer(c, t('newsletter.over'), <OverPage {...around} />, 404)
}

/** Where the address in the mail is a right one. */
async function signupOf(c: Ctx) {
  const opened = await open(c)
  const { organization_id } = opened.organization
  const { signup: signup_id = '', code = '' } = c.req.param() as Record<string, string>
  const isOurs = z.guid().safeParse(signup_id).success && isCode(c.var.installation.secret, organization_id, signup_id, code) // prettier-ignore
  return { opened, signup: isOurs ? await signupById(opened.db, organization_id, signup_id) : undefined }
}

/** Pressed, or opened again afterwards: the same words. */
async function done(c: Ctx) {
  const { opened, signup } = await signupOf(c)
  const { organization, db, t, around } = opened
  const { organization_id, time_zone } = organization
  const now = c.var.installation.clock.now()
  const confirmed = signup && (await confirmSignup(db, organization_id, signup.signup_id, now, dateIn(time_zone, now)))
  if (!confirmed) return over(c)
  const identity = await identityOf(db, organization_id)
  const ask = identity?.reply_to ?? identity?.from_address ?? addressOf(c.var.installation.config.mail_from)
  const lacks = confirmed.why === null ? null : confirmed.why === 'opted_out' && confirmed.was_confirmed ? 'stopped_since' : 'not_to_be' // prettier-ignore
  return answer(c, t('newsletter.done'), <DonePage {...around} {...{ lacks, ask }} address={signup.address} />)
}

async function answer(c: Ctx, title: string, body: ReactNode, status: 200 | 404 | 410 | 422 | 429 = 200) {
  const { organization, t, around } = await open(c)
  // A page that only asks for an address, and asks its reader once more by mail, may stand on any site.
  if (around.is_embed) c.set('framed_by', ['*'])
  c.header('Vary', 'Accept-Language')
  c.header('Cache-Control', 'no-store')
  const languages = <LanguageLinks t={t} path={c.req.path} also={readAlso(organization.languages)} />
  return c.html(publicDocument(t.reads, title, organization.name, body, { beside: languages }), status)
}

import { createHmac, randomUUID } from 'node:crypto'
import { bodyLimit } from 'hono/body-limit'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { dateIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { readForm } from '../../platform/http/form.ts'
import { pageTimeAgain, paceOf } from '../../platform/http/page-time.ts'
import { room, type Ctx, type Handler } from '../../platform/http/room.ts'
import { localized, publicLanguage, type PublicLanguage } from '../../platform/i18n/languages.ts'
import { inTurn, waitingIn } from '../../platform/in-turn.ts'
import { publicDocument } from '../../platform/ui/public-document.tsx'
import { allow } from '../access/allow.ts'
import { mayTryHere, strainHere } from '../access/session.ts'
import { receiveResponse, responseIdOf } from './commands.ts'
import { formActor, keepForLater } from './intake.ts'
import type { ConfirmMail } from './jobs.ts'
import { ConfirmPage, publicFormIsland, PublicFormPage, ThanksPage } from './pages/public.tsx'
import { confirmSignature, withdrawSignature } from './petition/commands.ts'
import { signatureById } from './petition/queries.ts'
import { petitionShown } from './petition/shown.ts'
import { publicWords } from './public-words.ts'
import { isWorkDone, wait_seconds, workFor } from './work/proof.ts'
import { formVersion, publicForm, usedVersion, type FormVersion, type PublicForm } from './queries.ts'
import { readResponse, standingOf, type FieldProblem, type Standing } from './rules.ts'
import type { Said } from './schema.ts'
import { most_typed_bytes, readSent, type SentForm } from './sent.ts'
import { BadForm } from '../voterfile/uploads/multipart.ts'
import { isSame } from '../../platform/same.ts'

const anyFields = z.record(z.string(), z.unknown())

interface Opened extends PublicForm {
  db: Db
  /** Writes for everybody who fills it in. */
  actor: Actor
  version: FormVersion
  standing: Standing
  language: PublicLanguage
  path: string
}

const isWithFiles = (c: Ctx): boolean => (c.req.header('content-type') ?? '').startsWith('multipart/form-data')

/** What is without files; those are read piece by piece (`readSent`). */
const small: Handler = (c, next) =>
  isWithFiles(c)
    ? next()
    : bodyLimit({ maxSize: most_typed_bytes, onError: (ctx) => ctx.text('413', 413) })(c as never, next)

/** A number: it could not be read, and is answered so. */
async function sentOf(c: Ctx): Promise<SentForm | 400 | 413> {
  if (!isWithFiles(c)) return { fields: (await readForm(c, anyFields)).all, files: {} }
  try {
    return (await readSent(c.req.raw)) ?? 413
  } catch (problem) {
    if (problem instanceof BadForm) return 400
    throw problem
  }
}

/** Pages for everybody: a form, a survey, a petition. */
export const publicFormRoutes = room()
  .get('/f/:organization/:slug', allow('public'), async (c) => {
    const opened = await open(c)
    return formPage(c, opened, { typed: {}, errors: {}, page_key: randomUUID() })
  })
  .post('/f/:organization/:slug', allow('public'), small, async (c) => {
    const sentForm = await sentOf(c)
    // Whoever is still sending is not waited for.
    if (typeof sentForm === 'number') return c.text(String(sentForm), sentForm, { Connection: 'close' })
    const { fields: all, files } = sentForm
    const switched = all.to?.[0]
    const opened = await open(c, switched ?? all.lang?.[0], all.version?.[0])
    const { form, standing, language, db, actor, version, path } = opened
    const page_key = /^[0-9a-f-]{36}$/.test(all.page_key?.[0] ?? '') ? (all.page_key?.[0] ?? '') : randomUUID()
    const shown = { typed: all, errors: {}, page_key }
    if (switched) return formPage(c, opened, shown)
    if (standing !== 'open') return formPage(c, opened, shown, 410)
    const strain = await strainHere(c, 'form', form.form_id)
    if (strain === 'over') return formPage(c, opened, { ...shown, is_too_many: true }, 429)
    const read = readResponse(version.content, all, language, files)
    if (!read.ok) return formPage(c, opened, { ...shown, errors: read.errors }, 422)
    // Nobody sees that box. Whatever filled it in is told what it wants to hear.
    if (all.website?.[0]) return c.redirect(`${path}/thanks?lang=${language}`, 303)

    const now = c.var.installation.clock.now()
    if (paceOf(c.var.installation.secret, all.page_time?.[0], now) !== 'usual')
      return formPage(c, opened, { ...shown, is_too_fast: true }, 422)
    const response_id = responseIdOf(form.form_id, page_key, read.response)
    const { secret } = c.var.installation
    if (strain === 'high' && !isWorkDone(secret, response_id, { work: all.work?.[0], proof: all.proof?.[0] }, now)) {
      c.header('Retry-After', String(wait_seconds))
      return formPage(c, opened, { ...shown, work: workFor(secret, response_id, now) }, 429)
    }
    const { email } = read.response.said
    const confirm = version.content.petition && email ? await confirmMail(c, opened, response_id, email) : null
    const sent = { response_id, response: read.response, language, source: 'web' as const, confirm }
    const isPlain = Object.keys(read.response.files).length === 0
    if (isPlain && waitingIn(form.organization_id) >= most_in_turn)
      await keepForLater(db, form.organization_id, { form, version }, sent, now)
    else await inTurn(form.organization_id, () => receiveResponse(db, actor, { form, version }, sent, now))
    return c.redirect(`${path}/thanks?lang=${language}`, 303)
  })
  .get('/f/:organization/:slug/thanks', allow('public'), async (c) => {
    const { version, organization, standing, language, path } = await open(c)
    if (standing === 'draft') throw new NotFound()
    cachedBriefly(c)
    return c.html(
      publicDocument(
        language,
        publicWords(language)('thanks'),
        organization.name,
        <ThanksPage content={version.content} language={language} path={path} />,
        { islands: [publicFormIsland] },
      ),
    )
  })
  .get('/f/:organization/:slug/confirm/:response/:code', allow('public'), (c) => confirmPage(c, null))
  .post('/f/:organization/:slug/confirm/:response/:code', allow('public'), async (c) => {
    const { typed } = await readForm(c, anyFields)
    return confirmPage(c, typed.act === 'withdraw' ? 'withdraw' : 'confirm', typed.lang)
  })

/** So many wait, for about a tenth of a second; in a crowd, where each takes longer, for less than one. */
const most_in_turn = 4

/** The form at this address, in the version the page was made of where that is still known. */
async function open(c: Ctx, asked = c.req.query('lang'), asked_version?: string): Promise<Opened> {
  const { database, clock } = c.var.installation
  const { organization: organization_slug = '', slug = '' } = c.req.param() as Record<string, string>
  const there = found(await publicForm(database.owner, organization_slug, slug))
  const { organization, form } = there
  const db = database.of(organization.organization_id)
  const wished = /^\d{1,6}$/.test(asked_version ?? '') ? Number(asked_version) : null
  const version =
    (wished === null ? undefined : await usedVersion(db, organization.organization_id, form.form_id, wished)) ??
    found(await formVersion(db, organization.organization_id, form.form_id))
  return {
    ...there,
    db,
    actor: formActor(form),
    version,
    standing: standingOf(form, dateIn(organization.time_zone, clock.now())),
    language: publicLanguage(asked ?? getCookie(c, 'language'), c.req.header('accept-language')),
    path: `/f/${organization.slug}/${form.slug}`,
  }
}

/** Many open one link within a minute of a mailing: a cache may answer them. */
function cachedBriefly(c: Ctx): void {
  c.header('Cache-Control', 'public, max-age=60')
  c.header('Vary', 'Accept-Language, Cookie')
}

interface Shown {
  typed: Record<string, string[]>
  errors: Partial<Record<string, FieldProblem>>
  page_key: string
  is_too_many?: boolean
  is_too_fast?: boolean
  /** Asked of the sender's device first, or a minute of waiting. */
  work?: string
}

async function formPage(c: Ctx, opened: Opened, shown: Shown, status: 200 | 410 | 422 | 429 = 200): Promise<Response> {
  const { form, version, organization, language, standing, db, path } = opened
  // What nobody may read yet is told by no address.
  if (standing === 'draft') throw new NotFound()
  const { content } = version
  const { secret, clock } = c.var.installation
  const body = (
    <PublicFormPage
      content={content}
      version={version.version}
      organization={organization.name}
      language={language}
      standing={standing}
      opens_on={form.opens_on}
      petition={content.petition && (await petitionShown(db, form, content.petition, clock.now()))}
      path={path}
      page_time={pageTimeAgain(secret, shown.typed.page_time?.[0], clock.now())}
      is_fresh={c.req.method === 'GET'}
      {...shown}
    />
  )
  if (c.req.method === 'GET') cachedBriefly(c)
  const description = localized(content.intro, language).text.slice(0, 200)
  return c.html(
    publicDocument(language, localized(content.title, language).text, organization.name, body, {
      description,
      islands: [publicFormIsland],
    }),
    status,
  )
}

/*
 * Confirming a signature.
 */

/** What only the mailed address has: nobody can confirm what somebody else signed. */
const confirmCode = (secret: string, form_id: string, response_id: string, email: string): string =>
  createHmac('sha256', secret).update(`confirm ${form_id} ${response_id} ${email}`).digest('base64url').slice(0, 32)

/** null: this mailbox had enough of them. */
async function confirmMail(c: Ctx, opened: Opened, response_id: string, email: string): Promise<ConfirmMail | null> {
  if (!(await mayTryHere(c, 'form_mail', email))) return null
  const { form, version, organization, language, path } = opened
  const { installation } = c.var
  const w = publicWords(language)
  const code = confirmCode(installation.secret, form.form_id, response_id, email)
  const title = localized(version.content.title, language).text
  return {
    to: email,
    subject: `${w('mail_subject')}: ${title}`,
    text: [
      w('mail_text'),
      `${installation.url}${path}/confirm/${response_id}/${code}?lang=${language}`,
      w('mail_not_you'),
      localized(organization.name, language).text,
    ].join('\n\n'),
    language,
  }
}

async function confirmPage(c: Ctx, act: 'confirm' | 'withdraw' | null, lang?: string): Promise<Response> {
  const opened = await open(c, lang ?? c.req.query('lang'))
  const { form, organization, version, language, db, actor, path } = opened
  const { organization_id } = organization
  const { response: response_id = '', code = '' } = c.req.param() as Record<string, string>
  if (!/^[0-9a-f-]{36}$/.test(response_id)) throw new NotFound()
  const signed = found(await signatureById(db, organization_id, form.form_id, response_id))
  if (!isCode(c.var.installation.secret, form.form_id, response_id, signed.said, code)) throw new NotFound()
  const signer = { ...actor, name: `${signed.said.first_name} ${signed.said.last_name}` }
  const now = c.var.installation.clock.now()
  if (act === 'confirm') await confirmSignature(db, signer, form.form_id, response_id, now)
  if (act === 'withdraw') await withdrawSignature(db, signer, { form_id: form.form_id, response_id, by: 'signer' }, now)
  const after = act ? found(await signatureById(db, organization_id, form.form_id, response_id)) : signed
  const state = after.withdrawn_at ? 'withdrawn' : after.confirmed_at ? 'confirmed' : 'asked'
  const here = `${path}/confirm/${response_id}/${code}`
  return c.html(
    publicDocument(
      language,
      publicWords(language)('confirm_title'),
      organization.name,
      <ConfirmPage content={version.content} language={language} path={path} state={state} here={here} />,
    ),
  )
}

const isCode = (secret: string, form_id: string, response_id: string, { email }: Said, code: string): boolean =>
  email !== null && isSame(confirmCode(secret, form_id, response_id, email), code)

import { randomUUID } from 'node:crypto'
import type { ReactNode } from 'react'
import { dateIn } from '../../../../platform/clock.ts'
import { found } from '../../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../../platform/http/form.ts'
import { pageTimeAgain, paceOf } from '../../../../platform/http/page-time.ts'
import { room, type Ctx } from '../../../../platform/http/room.ts'
import { isLanguage } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import { inTurn } from '../../../../platform/in-turn.ts'
import { publicDocument } from '../../../../platform/ui/public-document.tsx'
import { allow } from '../../../access/allow.ts'
import { mayTryHere } from '../../../access/session.ts'
import { organizationBySlug } from '../../../organizations/queries.ts'
import { e164 } from '../../../voterfile/rules/phones.ts'
import '../../messages.ts'
import '../messages.ts'
import { membershipKinds } from '../queries.ts'
import { memberLinks } from '../card/queries.ts'
import { applicationActor, receiveApplication } from './commands.ts'
import { AppliedPage, ApplyPage, ClosedPage, LanguageLinks } from './public.tsx'
import { membershipPageOf } from './queries.ts'
import { ApplicationForm } from './schema.ts'

/** Becoming a member: a page for everybody, without account or script, that may stand inside the organization's own site. */
export const membershipPublicRoutes = room()
  .get('/m/:organization', allow('public'), (c) => applyPage(c))
  .post('/m/:organization', allow('public'), async (c) => {
    const { typed, errors, value } = await readForm(c, ApplicationForm)
    const { organization, setup, kinds, db, t, path } = await open(c, typed.lang)
    if (!setup.is_open) return applyPage(c, typed, errors)
    // Beside what else is missing: nobody is sent back twice.
    const [email, phone] = [typed.email?.trim(), typed.phone?.trim()]
    if (phone && !e164(phone)) errors.phone = 'people.phone.invalid'
    if (!email && !phone) errors.email = 'apply.email_or_phone'
    if (value && !kinds.some(({ kind }) => kind === value.kind)) errors.kind = 'form.required'
    if (!value || Object.keys(errors).length > 0) return applyPage(c, typed, errors)
    if (!(await mayTryHere(c, 'form', organization.organization_id))) return applyPage(c, typed, {}, 'too_many')
    const thanks = `${path}/thanks?lang=${t.language}&kind=${encodeURIComponent(value.kind)}`
    // Nobody sees that box. Whatever filled it in is told what it wants to hear.
    if (typed.website) return c.redirect(thanks, 303)
    const { clock, secret } = c.var.installation
    const now = clock.now()
    if (paceOf(secret, typed.page_time, now) !== 'usual') return applyPage(c, typed, {}, 'look_again')
    const { organization_id } = organization
    const about = {
      organization: organization.name,
      language: t.language,
      wording: t('apply.news', { organization: organization.name[t.language] ?? organization.name.en ?? '' }),
      today: dateIn(organization.time_zone, now),
      now,
      links: await memberLinks(db, c.var.installation, organization_id),
      may_mail: value.email !== null && (await mayTryHere(c, 'form_mail', value.email)),
    }
    await inTurn(organization_id, () => receiveApplication(db, applicationActor(organization_id), value, about))
    return c.redirect(thanks, 303)
  })
  .get('/m/:organization/thanks', allow('public'), async (c) => {
    const { organization, setup, kinds, t } = await open(c)
    const kind = kinds.find((each) => each.kind === c.req.query('kind')) ?? null
    return answer(c, <AppliedPage t={t} organization={organization.name} how_to_pay={setup.how_to_pay} kind={kind} />)
  })

async function open(c: Ctx, asked = c.req.query('lang')) {
  const { database } = c.var.installation
  const organization = found(await organizationBySlug(database.owner, c.req.param('organization') ?? ''))
  const { organization_id } = organization
  const db = database.of(organization_id)
  const [setup, kinds] = [await membershipPageOf(db, organization_id), await membershipKinds(db, organization_id)]
  return {
    organization,
    setup,
    db,
    kinds: kinds.filter(({ is_public, archived_at }) => is_public && archived_at === null),
    t: translator(isLanguage(asked) ? asked : c.var.language),
    path: `/m/${organization.slug}`,
  }
}

async function applyPage(
  c: Ctx,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
  refused: 'too_many' | 'look_again' | null = null,
): Promise<Response> {
  const { organization, setup, kinds, t, path } = await open(c, typed.lang ?? c.req.query('lang'))
  if (!setup.is_open) return answer(c, <ClosedPage t={t} />, c.req.method === 'GET' ? 200 : 410)
  const page_key = typed.page_key || randomUUID()
  const { secret, clock } = c.var.installation
  const page_time = pageTimeAgain(secret, typed.page_time, clock.now())
  const { name } = organization
  const { intro } = setup
  const status = refused === 'too_many' ? 429 : refused || Object.keys(errors).length > 0 ? 422 : 200
  return answer(
    c,
    <ApplyPage {...{ t, intro, kinds, path, page_key, page_time, typed, errors, refused }} organization={name} />,
    status,
    typed.lang,
  )
}

async function answer(c: Ctx, body: ReactNode, status: 200 | 410 | 422 | 429 = 200, lang?: string): Promise<Response> {
  const { organization, setup, t, path } = await open(c, lang ?? c.req.query('lang'))
  if (setup.framed_by.length > 0) c.set('framed_by', setup.framed_by)
  c.header('Vary', 'Accept-Language')
  c.header('Cache-Control', 'no-store')
  return c.html(
    publicDocument(t.language, t('apply.title'), organization.name, body, {
      beside: <LanguageLinks t={t} path={path} />,
    }),
    status,
  )
}

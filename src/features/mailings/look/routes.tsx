import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { languagesOf, now, today } from '../../../platform/http/of-request.ts'
import { withLetters } from '../writing/letters.ts'
import { keepPicture } from '../writing/pictures.ts'
import { prepareMail } from '../writing/render.ts'
import { largest_picture_bytes } from '../writing/schema.ts'
import { starterContent } from '../writing/starters.ts'
import { changeLook, chooseLook, keepLook, removeLook } from './commands.ts'
import './messages.ts'
import { LookPage, lookPath, lookValues } from './pages.tsx'
import { lookOf, savedLookById, savedLooks, usualLook, type Look } from './queries.ts'
import { isColor, usualColors } from './rules.ts'

const edit = allow('mailings.edit')
const color = z.string().toLowerCase().refine(isColor, 'form.invalid')
const picture = z.union([z.literal(''), z.string().regex(/^[0-9a-f]{64}$/)])
const Named = z.string().trim().min(1, 'form.required').max(80)
const LookForm = z.object({
  /** A saved one; 'new': another one; '': the usual one. */
  of: z.union([z.enum(['', 'new']), z.uuid()]).default(''),
  name: z.string().trim().max(80).default(''),
  color,
  page_color: color,
  logo: picture.default(''),
  no_logo: z.string().default(''),
  language: z.string().default(''),
  act: z.enum(['save', 'try']).default('save'),
})
const Shown = z.object({
  color: color.catch(usualColors.color),
  page_color: color.catch(usualColors.page_color),
  logo: picture.catch(''),
  language: z.string().catch(''),
  when: z.enum(['day', 'night']).catch('day'),
})

const small: Handler = (c, next) =>
  bodyLimit({
    maxSize: largest_picture_bytes + 1024 ** 2,
    onError: (ctx) => ctx.text(c.var.t('writing.picture.too_large'), 413),
  })(c as never, next)

/** How an organization's e-mails look. */
export const lookRoutes = room()
  .get(lookPath, edit, (c) => lookPage(c, { of: c.req.query('of') ?? '', is_saved: c.req.query('saved') !== undefined }))
  .post(lookPath, edit, small, async (c) => {
    const { typed, errors, value } = await readForm(c, LookForm)
    const of = typed.of ?? ''
    if (!value) return lookPage(c, { of, typed, errors, status: 422 })
    const { file } = await c.req.parseBody()
    let logo = value.no_logo ? '' : value.logo
    if (file instanceof File && file.size > 0) {
      const kept = await keepPicture(c.var.db, actorOf(c), Buffer.from(await file.arrayBuffer()), now(c))
      if (!kept.ok) return lookPage(c, { of, typed, errors: { file: `writing.picture.${kept.problem}` }, status: 422 })
      logo = kept.picture
    }
    const { color, page_color, language, act, name } = value
    const look = { color, page_color, logo: await pictureOf(c, logo) }
    if (act === 'try') return lookPage(c, { of, typed, look, language })
    const { organization_id } = actorOf(c)
    if (of) return saveNamed(c, { of, typed, look, language, name })
    const saved = await saveUnlessChanged(c, {
      subject: 'organization',
      subject_id: organization_id,
      values: async (tx) => lookValues((await lookOf(tx, organization_id)) ?? usualLook),
      save: (tx) => chooseLook(tx, actorOf(c), { ...look, logo: look.logo?.picture ?? null }),
    })
    if (!saved.ok) return lookPage(c, { of, typed, look, language, meanwhile: saved.meanwhile })
    return c.redirect(`${lookPath}?saved`, 303)
  })
  .post(`${lookPath}/:look/remove`, edit, async (c) => {
    await removeLook(c.var.db, actorOf(c), found(z.uuid().safeParse(c.req.param('look')).data))
    return c.redirect(lookPath, 303)
  })
  .get(`${lookPath}/mail`, edit, async (c) => {
    const { color, page_color, logo, language, when } = Shown.parse(c.req.query())
    const { url } = c.var.installation
    const organization = { name: c.var.organization?.name ?? {}, languages: languagesOf(c) }
    const look = { color, page_color, logo: await pictureOf(c, logo) }
    const content = starterContent('gotv', today(c))
    const prepared = await prepareMail(content, { language: organization.languages.includes(language) ? language : c.var.language, organization, url, look })
    const nobody = { first_name: null, last_name: null, name_hangul: null, preferred_title: null }
    const { html } = prepared(nobody, { unsubscribe: `${url}/#unsubscribe`, preferences: `${url}/#choose`, browser: `${url}/#browser` })
    c.set('own_policy', mailPolicy)
    // As it is where programs ask for the dark; by day a dark computer shows it light too.
    return c.html(withLetters(html.replace('@media (prefers-color-scheme: dark)', when === 'night' ? '@media all' : '@media not all')))
  }) // prettier-ignore

interface ToSave {
  of: string
  typed: Record<string, string>
  look: Look
  language: string
  name: string
}

/** A look beside the usual one. */
async function saveNamed(c: Ctx, { of, typed, look, language, name }: ToSave) {
  const { db } = c.var
  const again = (more: Asked) => lookPage(c, { of, typed, look, language, ...more })
  if (!Named.safeParse(name).success) return again({ errors: { name: 'form.required' }, status: 422 })
  const named = { name, color: look.color, page_color: look.page_color, logo: look.logo?.picture ?? null }
  if (of === 'new') {
    const made = await keepLook(db, actorOf(c), named, now(c))
    return made === null ? again({ errors: { name: 'mail_look.too_many' }, status: 422 }) : c.redirect(`${lookPath}?of=${made}&saved`, 303)
  }
  const { organization_id } = actorOf(c)
  const saved = await saveUnlessChanged(c, {
    subject: 'mail_saved_look',
    subject_id: of,
    values: async (tx) => lookValues(found(await savedLookById(tx, organization_id, of))),
    save: (tx) => changeLook(tx, actorOf(c), of, named),
  })
  return saved.ok ? c.redirect(`${lookPath}?of=${of}&saved`, 303) : again({ meanwhile: saved.meanwhile })
} // prettier-ignore

/** As the preview of an e-mail: it runs nothing, and our own pages alone show it inside them. */
const mailPolicy =
  "default-src 'none'; img-src 'self' https: data:; style-src 'self' 'unsafe-inline'; font-src 'self'; sandbox allow-same-origin; frame-ancestors 'self'"

/** One of the organization's own; null: it has none that is called so. */
async function pictureOf(c: Ctx, sha256: string): Promise<Look['logo']> {
  if (!sha256) return null
  const found = await c.var.db.selectFrom('mailing_picture').select(['sha256 as picture', 'width', 'height']).where('organization_id', '=', actorOf(c).organization_id).where('sha256', '=', sha256).executeTakeFirst() // prettier-ignore
  return found ?? null
}

interface Asked {
  of?: string
  typed?: Record<string, string>
  errors?: FieldErrors
  look?: Look
  language?: string
  meanwhile?: Meanwhile
  is_saved?: boolean
  status?: 200 | 422
}

async function lookPage(c: Ctx, { of = '', typed = {}, errors = {}, look, language = '', meanwhile, is_saved = false, status = 200 }: Asked) {
  const { t, db } = c.var
  const { organization_id } = actorOf(c)
  const usual = (await lookOf(db, organization_id)) ?? usualLook
  const others = await savedLooks(db, organization_id)
  const own = of && of !== 'new' ? found(others.find(({ look_id }) => look_id === of)) : null
  const saved = own ?? usual
  const languages = languagesOf(c)
  const organization = c.var.organization?.name[t.language] ?? ''
  const shown = languages.includes(language) ? language : t.language
  return page(c, <LookPage {...{ t, typed, errors, of, usual, others, saved, organization, languages, is_saved }} look={look ?? saved} language={shown} />, {
    title: t('mail_look.title'),
    status,
    meanwhile,
  })
} // prettier-ignore

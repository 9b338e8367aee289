import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { inTransaction } from '../../../platform/db/db.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { lettersMissing } from '../../../platform/print/letters.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import { pdf, pdfAnswer, picture } from '../../../platform/print/typst.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { languagesOf, now, today } from '../../../platform/http/of-request.ts'
import { textsOf } from '../../endorsements/of-request.ts'
import { isDrawable } from '../../elections/figures/photo.ts'
import { photoTypeOf } from '../../people/sheets/rules.ts'
import { besidePiece, dropById, pieceOf, rareLetters, type Drop, type PieceRow } from '../drops/queries.ts'
import { dropOf } from '../drops/routes.tsx'
import { noteFetched } from '../printing/commands.ts'
import { sweepFiles } from '../printing/files.ts'
import '../messages.ts'
import { formats } from './formats.ts'
import { saveDesign, savePicture } from './commands.ts'
import { DesignPage, designValues, PreviewPage } from './pages.tsx'
import { documentOf, filesOf, pictureName, printData, sidesOf, type Picture } from './print.ts'
import { designOf, layoutOf, pictureOf, sample, wordsOn } from './queries.ts'
import { designTyped } from './live-rules.ts'
import { DesignForm, designTextNames, designTexts, type Design } from './schema.ts'

const edit = allow('postal.edit')
const people = allow('postal.people')
const one = '/postal/:drop'
const largest_bytes = 8_000_000

/** The form with a picture in it; larger ones are not read at all. */
const small: Handler = (c, next) =>
  bodyLimit({
    maxSize: largest_bytes + 1024 ** 2,
    onError: (ctx) => ctx.text(c.var.t('postal.picture_invalid'), 413),
  })(c as never, next)

/** What stands on a piece, and how it looks with anybody's address. */
export const designRoutes = room()
  .get(`${one}/design`, edit, (c) => designPage(c))
  .post(`${one}/design`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, DesignForm)
    if (!value) return designPage(c, { typed, errors })
    const { drop_id, organization_id, kind } = await dropOf(c)
    const design: Design = { ...value, ...textsIn(c, typed, formats[kind].longest) }
    const saved = await saveUnlessChanged(c, {
      subject: 'postal_drop',
      subject_id: drop_id,
      in_trail: (name) => [name.replace(/^(headline|body|contact|note)_.+$/, '$1')],
      values: async (tx) => designValues(designOf(found(await dropById(tx, organization_id, drop_id)))),
      save: (tx) => saveDesign(tx, actorOf(c), drop_id, design),
    })
    if (!saved.ok) return designPage(c, { typed, meanwhile: saved.meanwhile })
    await sweepFiles(c.var.db, c.var.installation.config.data, [drop_id])
    return c.redirect(`/postal/${drop_id}/preview`, 303)
  })
  .post(`${one}/picture`, edit, small, async (c) => {
    const { drop_id } = await dropOf(c)
    const sent = (await c.req.parseBody()).picture
    const file = sent instanceof File && sent.size > 0 ? sent : null
    const made = file ? await pictureIn(file) : null
    if (made === 'wrong') return designPage(c, { errors: { picture: 'postal.picture_invalid' } })
    await inTransaction(c.var.db, (tx) => savePicture(tx, actorOf(c), drop_id, made, now(c)))
    await sweepFiles(c.var.db, c.var.installation.config.data, [drop_id])
    return c.redirect(`/postal/${drop_id}/preview`, 303)
  })
  .get(`${one}/preview`, people, async (c) => {
    const drop = await dropOf(c)
    const { too_long } = await layoutOf(c.var.db, drop, languagesOf(c), c.var.installation.url)
    const unprintable = await lettersMissing([...wordsOn(drop, languagesOf(c)), ...(await rareLetters(c.var.db, drop))])
    const piece = await pieceAsked(c, drop)
    const beside = piece && (await besidePiece(c.var.db, piece))
    return page(c, <PreviewPage t={c.var.t} {...{ drop, piece, beside, too_long, unprintable }} today={today(c)} />, { title: c.var.t('postal.preview') }) // prettier-ignore
  })
  // As it is being typed, nothing of it saved.
  .post(`${one}/design/preview.png`, edit, async (c) => {
    const drop = await dropOf(c)
    const { typed } = await readForm(c, z.object({}))
    const texts = textsIn(c, typed, formats[drop.kind].longest)
    return preview(c, { ...drop, design: designTyped(designOf(drop), typed, texts) })
  })
  .get(`${one}/preview.png`, people, async (c) => preview(c, await dropOf(c)))
  .get(`${one}/preview.pdf`, people, async (c) => {
    const drop = await dropOf(c)
    const { layout } = await layoutOf(c.var.db, drop, languagesOf(c), c.var.installation.url)
    const data = printData(layout, [(await pieceAsked(c, drop)) ?? sample], sidesOf(drop.kind), null)
    await noteFetched(c.var.db, actorOf(c), { ...drop, pieces: 1 }, 'preview')
    return pdfAnswer(await pdf({ ...documentOf(drop.kind), data, files: filesOf(layout), made_at: now(c) }), 'piece')
  })

/** One side of a piece as a picture, with guides. Whoever may not see people sees somebody made up. */
async function preview(c: Ctx, drop: Drop) {
  const side = sidesOf(drop.kind).find((each) => each === c.req.query('side')) ?? 'message'
  const { t } = c.var
  const guides = { trim: t('postal.guide.trim'), safe: t('postal.guide.safe'), barcode: t('postal.guide.barcode'), read: t('postal.guide.read'), fold: t('postal.guide.fold'), tab: t('postal.guide.tab'), window: t('postal.guide.window'), seen: t('postal.guide.seen') } // prettier-ignore
  const { layout, too_long } = await layoutOf(c.var.db, drop, languagesOf(c), c.var.installation.url)
  const piece = mayDo(actorOf(c), 'postal.people') ? await pieceAsked(c, drop) : null
  const data = printData(layout, [piece ?? sample], [side], guides)
  const file = await picture({ ...documentOf(drop.kind), data, files: filesOf(layout) })
  const named = too_long.map((code) => (code === 'all' ? t('postal.every_language') : (languageNames[code] ?? code)))
  return c.body(file, 200, { 'Content-Type': 'image/png', 'Cache-Control': 'no-store', 'X-Too-Long': encodeURIComponent(named.join(', ')) }) // prettier-ignore
}

/** The piece the address names, or the first one; null where no list is made. */
async function pieceAsked(c: Ctx, drop: Drop): Promise<PieceRow | null> {
  if (drop.pieces === 0) return null
  const number = z.coerce
    .number()
    .int()
    .min(1)
    .max(drop.numbers)
    .nullable()
    .safeParse(c.req.query('piece') ?? null)
  if (!number.success) throw new NotFound()
  return found(await pieceOf(c.var.db, drop, number.data))
}

const textsIn = (
  c: Ctx,
  typed: Record<string, string>,
  longest: number,
): Pick<Design, (typeof designTextNames)[number]> => {
  const [headline, body, contact, note] = designTextNames.map((name) =>
    textsOf(typed, name, languagesOf(c), name === 'body' ? longest : designTexts[name]),
  ) as Design['body'][] // prettier-ignore -- as many as there are names
  return { headline: headline ?? {}, body: body ?? {}, contact: contact ?? {}, note: note ?? {} }
}

/** What was sent, if Typst can draw it. */
async function pictureIn(file: File): Promise<Picture | 'wrong'> {
  if (file.size > largest_bytes) return 'wrong'
  const content = new Uint8Array(await file.arrayBuffer())
  const type = photoTypeOf(Buffer.from(content))
  if (type !== 'image/jpeg' && type !== 'image/png') return 'wrong'
  if (!isDrawable(Buffer.from(content))) return 'wrong'
  const made: Picture = { type, content }
  const trial = '#set page(width: 1in, height: 1in, margin: 0pt)\n#image(data, width: 1in)'
  return picture({ template: trial, data: pictureName(made), files: filesOf({ picture: made }) }).then(
    () => made,
    () => 'wrong' as const,
  )
}

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

async function designPage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const drop = await dropOf(c)
  const has_picture = (await pictureOf(c.var.db, drop)) !== null
  return page(
    c,
    <DesignPage t={c.var.t} {...{ drop, design: designOf(drop), languages: languagesOf(c), typed, errors, has_picture }} may_people={mayDo(actorOf(c), 'postal.people')} />, // prettier-ignore
    {
      title: c.var.t('postal.design'),
      status: Object.keys(errors).length > 0 ? 422 : 200,
      meanwhile,
      islands: ['src/features/postal/islands/piece-preview.tsx'],
    },
  )
}

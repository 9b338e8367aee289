import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { bodyLimit } from 'hono/body-limit'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { correctFigure, removePhoto, setPhoto, uniteFigures } from '../figures/commands.ts'
import '../figures/messages.ts'
import { EditFigurePage, savedFigure } from '../figures/pages/edit-figure.tsx'
import { nameFor } from '../figures/pages/figure-name.tsx'
import { figure, photoContent, photosOf, type Figure } from '../figures/queries.ts'
import { FigureForm, largest_photo_bytes, PhotoForm } from '../figures/schema.ts'
import { termsOf } from '../officials/queries.ts'
import './messages.ts'
import { FigurePage } from './pages/figure-page.tsx'
import { UnitePage } from './pages/unite-page.tsx'
import { runsOf } from './queries.ts'
import { numberOf, todayOf } from './routes.tsx'

const steward = allow('installation.steward')
const reader = allow('signed-in')

const small: Handler = bodyLimit({
  maxSize: largest_photo_bytes + 64 * 1024,
  onError: async (c) => edit(c as Ctx, await figureOf(c as Ctx), { errors: { photo: 'figures.photo.too_large' } }),
})

/** The people behind candidates and officials. */
export const figureRoutes = room()
  .get('/public-figures/:figure', reader, async (c) => {
    const { t, actor } = c.var
    const db = c.var.installation.database.commons
    const asked = await figureOf(c)
    const [photos, terms, runs] = await Promise.all([
      photosOf(db, [asked.figure_id]),
      termsOf(db, asked.figure_id),
      runsOf(db, asked.figure_id),
    ])
    return page(
      c,
      <FigurePage
        {...{ t, figure: asked, terms, runs }}
        photo={photos.get(asked.figure_id) ?? null}
        today={todayOf(c)}
        saved={terms.find(({ official_id }) => String(official_id) === c.req.query('saved')) ?? null}
        is_taken_back={c.req.query('taken_back') !== undefined}
        is_steward={mayDo(actor, 'installation.steward')}
      />,
      { title: nameFor(t, asked) },
    )
  })
  .get('/public-figures/:figure/photo', reader, async (c) => {
    const photo = found(await photoContent(c.var.installation.database.commons, numberOf(c, 'figure')))
    return c.body(new Uint8Array(photo.content), 200, {
      'content-type': 'image/png',
      'cache-control': 'private, max-age=86400',
      'x-content-type-options': 'nosniff',
    })
  })
  .get('/public-figures/:figure/edit', steward, async (c) => edit(c, await figureOf(c)))
  .post('/public-figures/:figure', steward, async (c) => {
    const asked = await figureOf(c)
    const { typed, errors, value } = await readForm(c, FigureForm)
    if (!value) return edit(c, asked, { typed, errors })
    const { figure_id } = asked
    const saved = await saveUnlessChanged(c, {
      subject: 'public_figure',
      subject_id: String(figure_id),
      in_trail: (name) => (name.startsWith('name_') ? [`names.${name.slice(5)}`] : [name]),
      db: c.var.installation.database.owner,
      values: async (tx) => savedFigure(found(await figure(tx, figure_id))),
      save: (tx) => correctFigure(tx, actorOf(c), figure_id, value, todayOf(c)),
    })
    if (!saved.ok) return edit(c, asked, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`/public-figures/${figure_id}`, 303)
  })
  .post('/public-figures/uploads/:figure', steward, small, async (c) => {
    const asked = await figureOf(c)
    const { photo } = await c.req.parseBody()
    const { typed, errors, value } = await readForm(c, PhotoForm)
    const file = photo instanceof File && photo.size > 0 ? Buffer.from(await photo.arrayBuffer()) : null
    if (!value || !file) {
      const missing: FieldErrors = file ? {} : { photo: 'figures.photo.no_file' }
      return edit(c, asked, { typed, errors: { ...missing, ...errors } })
    }
    const { owner } = c.var.installation.database
    const done = await setPhoto(owner, actorOf(c), asked.figure_id, file, value)
    if (!done.ok) return edit(c, asked, { typed, errors: { photo: `figures.photo.${done.problem}` } })
    return c.redirect(`/public-figures/${asked.figure_id}`, 303)
  })
  .post('/public-figures/:figure/photo/remove', steward, async (c) => {
    const { figure_id } = await figureOf(c)
    await removePhoto(c.var.installation.database.owner, actorOf(c), figure_id)
    return c.redirect(`/public-figures/${figure_id}/edit`, 303)
  })
  .get('/public-figures/:figure/unite', steward, async (c) => {
    const { t } = c.var
    const asked = await figureOf(c)
    const db = c.var.installation.database.commons
    const typed = c.req.query('other')?.trim()
    if (typed === undefined) return edit(c, asked)
    const number = numberIn(typed)
    const other = number === null || number === asked.figure_id ? undefined : await figure(db, number)
    if (!other) return edit(c, asked, { typed: { other: typed }, errors: { other: 'figures.unite_unknown' } })
    const lists = { terms: await termsOf(db, other.figure_id), runs: await runsOf(db, other.figure_id) }
    return page(c, <UnitePage {...{ t, figure: asked, other, ...lists }} />, {
      title: t('figures.unite_title', { name: nameFor(t, asked) }),
    })
  })
  .post('/public-figures/:figure/unite', steward, async (c) => {
    const asked = await figureOf(c)
    const { owner } = c.var.installation.database
    const { other = '' } = await c.req.parseBody()
    const typed = typeof other === 'string' ? other.trim() : ''
    const done = await uniteFigures(owner, actorOf(c), asked.figure_id, numberIn(typed) ?? asked.figure_id, todayOf(c))
    if (!done.ok) return edit(c, asked, { typed: { other: typed }, errors: { other: `figures.unite_${done.problem}` } })
    return c.redirect(`/public-figures/${asked.figure_id}`, 303)
  })

const numberIn = (typed: string): number | null => (/^\d{1,9}$/.test(typed) ? Number(typed) : null)

const figureOf = async (c: Ctx): Promise<Figure> =>
  found(await figure(c.var.installation.database.commons, numberOf(c, 'figure')))

async function edit(
  c: Ctx,
  asked: Figure,
  refused?: { typed?: Record<string, string>; errors?: FieldErrors; meanwhile?: Meanwhile },
): Promise<Response> {
  const { t } = c.var
  const { meanwhile, ...form } = refused ?? {}
  const photos = await photosOf(c.var.installation.database.commons, [asked.figure_id])
  return page(c, <EditFigurePage t={t} figure={asked} photo={photos.get(asked.figure_id) ?? null} {...form} />, {
    title: t('candidates.correct_of', { name: nameFor(t, asked) }),
    status: refused ? 422 : 200,
    meanwhile,
  })
}

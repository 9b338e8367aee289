import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { live, page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { fromNow, longest_ms } from '../bounded.ts'
import { leftOutVoters } from '../columns/ask.ts'
import { columnsOf } from '../columns/store.ts'
import { queueExport } from '../jobs.ts'
import '../messages.ts'
import { closedUniverses } from '../closed.ts'
import { compileSaved, type Universe } from '../queries.ts'
import { areAtMost, fromRow, idIn, now, timeZone, today, universeOf, unlessSlow } from '../requests.ts'
import { askForExport, fetchExport, runExport } from './commands.ts'
import { columns, layoutNames, layouts, type LayoutName } from './layouts.ts'
import './messages.ts'
import { ExportPage, ExportProgress, ExportsPage, OneExportPage } from './pages/export.tsx'
import { downloadsOf, expected, exportsMade, universeExport, type UniverseExport } from './queries.ts'
import { ExportForm, channels, type Channel } from './schema.ts'

/** Up to so many rows the page waits for the file; larger ones are made by a job. */
const inRequest = 20_000

const exporting = allow('universes.export')

export const exportRoutes = room()
  .get('/voters/universes/:universe/export', exporting, async (c) => {
    const saved = await universeOf(c)
    if (saved.archived_at) return c.redirect(`/voters/universes/${saved.universe_id}?said=archived`, 303)
    const channel = channels.find((each) => each === c.req.query('channel')) ?? 'none'
    const { purpose } = c.req.query()
    const chosen = c.req.queries('columns[]') ?? null
    return form(
      c,
      saved,
      layoutNamed(c.req.query('layout')),
      channel,
      purpose === undefined ? {} : { purpose },
      chosen,
      {},
    )
  })
  .post('/voters/universes/:universe/export', exporting, async (c) => {
    const saved = await universeOf(c)
    if (saved.archived_at) return c.redirect(`/voters/universes/${saved.universe_id}?said=archived`, 303)
    const { typed, all, errors, value } = await readForm(c, ExportForm)
    const layout = layoutNamed(typed.layout)
    const chosen = columns.filter((column) => all.columns?.includes(column))
    const problems: FieldErrors = {
      ...errors,
      ...(layout === 'own' && chosen.length === 0 && { columns: 'export.columns_needed' }),
    }
    const channel = channels.find((each) => each === typed.channel) ?? 'none'
    if (!value || problems.columns) return form(c, saved, layout, channel, typed, all.columns ?? [], problems, 422)
    const { db, installation } = c.var
    const draft = { layout, channel, columns: chosen, purpose: value.purpose, language: c.var.language }
    const compiled = await compileSaved(db, saved, today(c))
    const isQuick = !compiled.ok || (await areAtMost(c, inRequest, compiled.universe))
    const made = await askForExport(db, actorOf(c), saved, draft, now(c))
    if (isQuick) await runExport(db, installation.config.data, made, now(c))
    else await queueExport(db, made)
    return c.redirect(`/voters/exports/${made.export_id}`, 303)
  })
  .get('/voters/exports', exporting, async (c) => {
    const from = fromRow(c)
    const { organization_id } = actorOf(c)
    const { total, exports } = await exportsMade(
      c.var.db,
      organization_id,
      from,
      await closedUniverses(c.var.db, actorOf(c)),
    )
    const downloads = await downloadsOf(
      c.var.db,
      organization_id,
      exports.map(({ export_id }) => export_id),
    )
    return page(c, <ExportsPage t={c.var.t} {...{ exports, downloads, total, from }} time_zone={timeZone(c)} />, {
      title: c.var.t('export.register'),
    })
  })
  .get('/voters/exports/:export', exporting, async (c) => {
    const made = await exportOf(c)
    const downloads = await downloadsOf(c.var.db, made.organization_id, [made.export_id])
    return page(c, <OneExportPage t={c.var.t} made={made} downloads={downloads} time_zone={timeZone(c)} />, {
      title: c.var.t('export.of', { name: made.name }),
    })
  })
  .get('/voters/exports/:export/progress', exporting, async (c) => {
    await exportOf(c)
    return live(c, 1000, async () => <ExportProgress t={c.var.t} made={await exportOf(c)} />)
  })
  .get('/voters/exports/:export/file', exporting, async (c) => {
    const made = await exportOf(c)
    const path = await fetchExport(c.var.db, actorOf(c), made, c.var.installation.config.data, now(c))
    if (!path) return c.redirect(`/voters/exports/${made.export_id}`, 303)
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="voters-${made.export_id.slice(0, 8)}.csv"`)
    c.header('Cache-Control', 'no-store')
    return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream)
  })

const layoutNamed = (name: string | undefined): LayoutName => layoutNames.find((each) => each === name) ?? 'own'

async function exportOf(c: Ctx): Promise<UniverseExport> {
  return found(await universeExport(c.var.db, actorOf(c).organization_id, idIn(c.req.param('export'))))
}

async function form(
  c: Ctx,
  saved: Universe,
  layout: LayoutName,
  wished: Channel,
  typed: Record<string, string>,
  chosen: readonly string[] | null,
  errors: FieldErrors,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { db } = c.var
  const { organization_id } = saved
  const channel = layouts[layout].channel ?? wished
  const compiled = await compileSaved(db, saved, today(c))
  const until = fromNow(longest_ms)
  const store = columnsOf(c.var.installation)
  const counted = compiled.ok
    ? await unlessSlow(
        c,
        Promise.all([
          expected(db, { organization_id, today: today(c), layout, channel }, compiled.universe, until, store),
          leftOutVoters(store, db, compiled.universe, { until }),
        ]),
      )
    : null
  const [counts = null, left_out = []] = counted ?? []
  return page(
    c,
    <ExportPage
      t={c.var.t}
      universe={saved}
      counts={counts}
      not_today={left_out.reduce((sum, { count }) => sum + count, 0)}
      {...{ layout, channel, typed, chosen, errors }}
    />,
    { title: c.var.t('export.title', { name: saved.name }), status },
  )
}

import { createHash } from 'node:crypto'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { CalendarDate } from '../../platform/dates.ts'
import { found } from '../../platform/errors.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx, type Handler } from '../../platform/http/room.ts'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { importMap, loadCrosswalk, removeMap } from './commands.ts'
import { districtMap, withinOf } from './maps.ts'
import './messages.ts'
import { MapsPage } from './pages/maps-page.tsx'
import { crosswalksLoaded, mapsLoaded } from './queries.ts'
import { isKindOf, isMapKind, mapKinds, mapsState } from './schema.ts'
import { isState } from './time-zones.ts'

const steward = allow('installation.steward')

/** A file is taken apart between two calls of everybody else: what takes longer than a second goes by the command line. */
const megabytes = 4
const small: Handler = bodyLimit({
  maxSize: (megabytes + 1) * 1024 ** 2,
  onError: (c) =>
    mapsPage(c as Ctx, {
      problems: [(c as Ctx).var.t('geography.problem.too_large', { megabytes: `> ${megabytes}` })],
    }),
})

export const geographyRoutes = room()
  /** For whoever draws: `ed` needs `?in=nyc-council/20`; `?state=NJ` of another state. */
  .get('/districts/map/:kind', allow('universes.view'), async (c) => {
    const kind = c.req.param('kind')
    const { commons } = c.var.installation.database
    const state = stateIn(c.req.query('state'))
    const within = withinOf(c.req.query('in') ?? '', state)
    const drawn = found(isMapKind(kind) ? await districtMap(commons, state, kind, within) : null)
    const etag = `"${createHash('sha256').update(`${state} ${kind} ${drawn.version}`).digest('base64url').slice(0, 20)}"`
    c.header('ETag', etag)
    c.header('Cache-Control', 'private, max-age=300')
    return c.req.header('if-none-match') === etag ? c.body(null, 304) : c.json(drawn.map)
  })
  .get('/districts/maps', steward, (c) => {
    const done = z.enum(['map', 'crosswalk', 'removed']).safeParse(c.req.query('done')).data ?? null
    return mapsPage(c, { done })
  })
  .post('/districts/uploads/map', steward, small, async (c) => {
    const { t, installation } = c.var
    const form = await posted(c)
    const kind = mapKinds.find((each) => each === form.typed.kind)
    const state = stateIn(form.typed.state)
    if (kind && !isKindOf(state, kind))
      return mapsPage(c, { problems: [t('geography.problem.not_of_state', { state })], typed: form.typed })
    if (!form.file || !kind) return mapsPage(c, { problems: [t('geography.problem.no_file')], typed: form.typed })
    const result = await importMap(
      installation.database.owner,
      actorOf(c),
      { bytes: form.file.bytes, state, kind, id_property: form.typed.id_property ?? '' },
      form.origin(form.file.name),
      installation.clock.now(),
    )
    if (result.ok) return c.redirect('/districts/maps?done=map', 303)
    const { code, given } = result.problem
    return mapsPage(c, { problems: [t.dynamic(`geography.problem.${code}`, given)], typed: form.typed })
  })
  .post('/districts/uploads/crosswalk', steward, small, async (c) => {
    const { t, installation } = c.var
    const form = await posted(c)
    const again = (problems: string[]) => mapsPage(c, { problems, typed_crosswalk: form.typed })
    if (!form.file) return again([t('geography.problem.no_file')])
    const result = await loadCrosswalk(
      installation.database.owner,
      actorOf(c),
      { state: stateIn(form.typed.state), text: new TextDecoder().decode(form.file.bytes) },
      form.origin(form.file.name),
      installation.clock.now(),
    )
    if (result.ok) return c.redirect('/districts/maps?done=crosswalk', 303)
    const problems = result.problems.map(({ code, line, given }) =>
      t('geography.problem.line', { line, problem: t.dynamic(`geography.problem.crosswalk.${code}`, given) }),
    )
    return again(problems)
  })
  .post('/districts/maps/:state/:kind/remove', steward, async (c) => {
    const kind = found(mapKinds.find((each) => each === c.req.param('kind')))
    const state = found([c.req.param('state') ?? ''].find(isState))
    await removeMap(c.var.installation.database.owner, actorOf(c), state, kind)
    return c.redirect('/districts/maps?done=removed', 303)
  })

/** As an address or a form says it. */
const stateIn = (text = ''): string => (isState(text) ? text : mapsState)

interface Posted {
  typed: Record<string, string>
  file: { name: string; bytes: Uint8Array } | null
  origin(file: string): { as_of: string | null; source: string }
}

async function posted(c: Ctx): Promise<Posted> {
  const body = await c.req.parseBody()
  const { file } = body
  const typed = Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.normalize('NFC').trim().slice(0, 300)]] : [],
    ),
  )
  const as_of = CalendarDate.safeParse(typed.as_of).data ?? null
  return {
    typed,
    file:
      file instanceof File && file.size > 0
        ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
        : null,
    origin: (name) => ({ as_of, source: typed.source || name.slice(0, 200) }),
  }
}

async function mapsPage(
  c: Ctx,
  shown: {
    problems?: string[]
    typed?: Record<string, string>
    typed_crosswalk?: Record<string, string>
    done?: 'map' | 'crosswalk' | 'removed' | null
  },
): Promise<Response> {
  const { t, installation, organization } = c.var
  const { owner } = installation.database
  const [maps, crosswalks] = await Promise.all([mapsLoaded(owner), crosswalksLoaded(owner)])
  const { problems = [], typed = {}, typed_crosswalk = {}, done = null } = shown
  return page(
    c,
    <MapsPage
      {...{ t, maps, crosswalks, problems, typed, typed_crosswalk, done, megabytes }}
      may_look={mayDo(c.var.actor, 'universes.view')}
      time_zone={organization?.time_zone ?? 'America/New_York'}
    />,
    { title: t('geography.maps.title'), status: problems.length > 0 ? 422 : 200 },
  )
}

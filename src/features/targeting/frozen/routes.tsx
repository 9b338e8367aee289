import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { live, page } from '../../../platform/http/page.tsx'
import { allow } from '../../access/allow.ts'
import { fromNow, longest_ms, type Until } from '../bounded.ts'
import { driftedByColumns } from '../columns/ask.ts'
import { columnsOf } from '../columns/store.ts'
import type { Draw } from '../hash.ts'
import { queueMembers } from '../jobs.ts'
import '../messages.ts'
import { compileSaved, compileUniverse, type CompiledUniverse, type Universe } from '../queries.ts'
import { areAtMost, fromRow, now, timeZone, today, universeOf, unlessSlow } from '../requests.ts'
import { askForMembers, inRequest, isUnderWay, takeMembers, thawUniverse, undoVersion } from './commands.ts'
import './messages.ts'
import { Progress } from './pages/card.tsx'
import { DriftPage, RefreshPage, driftPageSize, driftTitle } from './pages/drift.tsx'
import {
  drawOf,
  drift,
  drifted,
  versions,
  walkedShare,
  type Drift,
  type Side,
  type Taken,
  type UniverseVersion,
} from './queries.ts'

export const frozenRoutes = room()
  .get('/voters/universes/:universe/refresh', allow('universes.edit'), async (c) => {
    const saved = await universeOf(c)
    if (saved.kind === 'live' || saved.archived_at) return c.redirect(`/voters/universes/${saved.universe_id}`, 303)
    const compiled = await compileUniverse(c.var.db, saved.expression, saved.organization_id, today(c))
    const version = await versionOf(c, saved)
    const both = compiled.ok ? await driftOf(c, saved, version, compiled.universe) : null
    return page(
      c,
      <RefreshPage
        t={c.var.t}
        universe={saved}
        drift={both}
        draw={version ? drawOf(version) : null}
        problem={compiled.ok ? null : compiled.problem}
      />,
      { title: c.var.t('frozen.refresh_title', { name: saved.name }) },
    )
  })
  /** Freezes a live one, refreshes a frozen one. */
  .post('/voters/universes/:universe/members', allow('universes.edit'), async (c) => {
    const saved = await universeOf(c)
    const typed = await c.req.parseBody()
    const draw = DrawForm.safeParse(typed)
    if (!draw.success) return c.redirect(`/voters/universes/${saved.universe_id}?said=draw`, 303)
    const { at_most, seed } = draw.data
    return takeMembersNow(c, saved, at_most === null ? null : { at_most, seed })
  })
  .post('/voters/universes/:universe/thaw', allow('universes.edit'), async (c) => {
    const { universe_id } = await universeOf(c)
    await thawUniverse(c.var.db, actorOf(c), universe_id, now(c), today(c))
    return c.redirect(`/voters/universes/${universe_id}?said=thawed`, 303)
  })
  .post('/voters/universes/:universe/undo', allow('universes.edit'), async (c) => {
    const { universe_id } = await universeOf(c)
    const { version } = await c.req.parseBody()
    const number = Number(version)
    const isUndone =
      Number.isSafeInteger(number) &&
      number > 0 &&
      number < 2 ** 31 &&
      (await undoVersion(c.var.db, actorOf(c), universe_id, number, now(c), today(c)))
    return c.redirect(`/voters/universes/${universe_id}?said=${isUndone ? 'undone' : 'undo_late'}`, 303)
  })
  .get('/voters/universes/:universe/progress', allow('universes.view'), async (c) => {
    const saved = await universeOf(c)
    return live(c, 1000, async () => {
      const isOpen = await isUnderWay(c.var.db, saved)
      return (
        <Progress
          t={c.var.t}
          walked={isOpen ? await walkedShare(c.var.db, saved) : null}
          address={`/voters/universes/${saved.universe_id}`}
          isOpen={isOpen}
        />
      )
    })
  })
  .get('/voters/universes/:universe/came', allow('universes.view'), (c) => driftPage(c, 'came'))
  .get('/voters/universes/:universe/went', allow('universes.view'), (c) => driftPage(c, 'went'))

/** Left empty: everybody who fits. Numbers as they are typed, with commas too. */
const DrawForm = z.object({
  at_most: z
    .string()
    .default('')
    .transform((text) => text.replaceAll(/[,\s]/g, ''))
    .transform((text) => (text === '' ? null : Number(text)))
    .pipe(z.number().int().min(1).max(1_000_000).nullable()),
  seed: z
    .string()
    .default('')
    .transform((text) => text.normalize('NFC').trim() || null)
    .pipe(z.string().max(60).nullable()),
})

/** Takes those who fit now as its members, at once or, of many, in a job; answers with its page. */
export async function takeMembersNow(c: Ctx, saved: Universe, draw: Draw | null = null): Promise<Response> {
  const { db } = c.var
  const actor = actorOf(c)
  const { universe_id, organization_id } = saved
  const address = `/voters/universes/${universe_id}`
  const compiled = await compileUniverse(db, saved.expression, organization_id, today(c))
  const before = saved.kind === 'frozen' ? (saved.counted ?? 0) : 0
  const isQuick = before <= inRequest && (!compiled.ok || (await areAtMost(c, inRequest, compiled.universe)))
  const asked = await askForMembers(db, actor, universe_id, now(c), draw)
  if (!asked.ok) return c.redirect(`${address}?said=${asked.problem}`, 303)
  const { version } = asked
  if (!isQuick) {
    await queueMembers(db, { organization_id, universe_id, version })
    return c.redirect(address, 303)
  }
  const taken = await takeMembers(
    db,
    actor,
    universe_id,
    version,
    now(c),
    today(c),
    undefined,
    columnsOf(c.var.installation),
  )
  return c.redirect(taken.ok ? `${address}?said=${version}` : address, 303)
}

/** The one whose members it has; undefined: live. */
const versionOf = async ({ var: { db } }: Ctx, saved: Universe): Promise<UniverseVersion | undefined> =>
  saved.kind === 'live' ? undefined : (await versions(db, saved)).find(({ version }) => version === saved.version)

async function takenOf(
  c: Ctx,
  saved: Universe,
  version: UniverseVersion,
  fits: CompiledUniverse,
  until: Until,
): Promise<Taken> {
  const { db, installation } = c.var
  const draw = drawOf(version)
  const members = await compileSaved(db, saved, fits.meaning.today)
  const ids = members.ok ? await driftedByColumns(columnsOf(installation), db, fits, members.universe, draw, { until }) : null // prettier-ignore
  return { saved, since: version.finished_at ?? version.requested_at, draw, fits, ids }
}

/** Who came and who went since its members were taken; null: live, or it takes too long. */
async function driftOf(
  c: Ctx,
  saved: Universe,
  version: UniverseVersion | undefined,
  fits: CompiledUniverse,
): Promise<Record<Side, Drift> | null> {
  if (!version) return null
  const { db } = c.var
  const until = fromNow(longest_ms)
  const both = takenOf(c, saved, version, fits, until).then(async (taken) => {
    const [came, went] = await Promise.all([drift(db, 'came', taken, until), drift(db, 'went', taken, until)])
    return { came, went }
  })
  return unlessSlow(c, both)
}

async function driftPage(c: Ctx, side: Side): Promise<Response> {
  const saved = await universeOf(c)
  const { db } = c.var
  const version = await versionOf(c, saved)
  const compiled = await compileUniverse(db, saved.expression, saved.organization_id, today(c))
  if (!version || !compiled.ok) return c.redirect(`/voters/universes/${saved.universe_id}`, 303)
  const from = fromRow(c)
  const until = fromNow(longest_ms)
  const answer = await unlessSlow(
    c,
    takenOf(c, saved, version, compiled.universe, until).then((taken) =>
      Promise.all([drift(db, side, taken, until), drifted(db, side, taken, { from, size: driftPageSize }, until)]),
    ),
  )
  const [counted = null, rows = []] = answer ?? []
  // Voters shown by name: in the trail, like a search.
  if (rows.length > 0) {
    await audit(db, actorOf(c), {
      action: 'universe.sample',
      subject: 'universe',
      subject_id: saved.universe_id,
      after: { side, voters: rows.length, from },
      request_id: c.var.request_id,
    })
  }
  const draw = drawOf(version)
  return page(c, <DriftPage t={c.var.t} universe={saved} drift={counted} {...{ side, draw, rows, from }} />, {
    title: driftTitle(c.var.t, side, draw, saved.name),
  })
}

/** What the universe's page says of its being live or frozen. */
export async function frozenStateOf(c: Ctx, saved: Universe, reachable: number | null) {
  const compiled =
    saved.kind === 'frozen' ? await compileUniverse(c.var.db, saved.expression, saved.organization_id, today(c)) : null
  const done = await versions(c.var.db, saved)
  const version = done.find(({ version }) => version === saved.version)
  const [walked, both] = await Promise.all([
    walkedShare(c.var.db, saved),
    compiled?.ok ? driftOf(c, saved, version, compiled.universe) : null,
  ])
  return { versions: done, walked, drift: both, reachable, time_zone: timeZone(c) }
}

import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { GiveUp } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import { addJob, job, type Job } from '../../platform/jobs/jobs.ts'
import { log } from '../../platform/log.ts'
import '../organizations/tables.ts'
import { TooSlow, fromNow } from './bounded.ts'
import { keepCount } from './commands.ts'
import { expireExports, runExport } from './export/commands.ts'
import { giveUpVersion, takeMembers } from './frozen/commands.ts'
import { compileSaved, universe } from './queries.ts'
import { countVoters } from './columns/ask.ts'
import { columnsStatus, isSound, rebuildColumns } from './columns/building.ts'
import { trimChanges } from './columns/changes.ts'
import { rehearseAll } from './columns/rehearsal.ts'
import { columnsOf } from './columns/store.ts'

const Nothing = z.object({})

/** Builds the columns file where it is missing, damaged or older than the voter records. */
export const targetingColumns = job({
  name: 'targeting.columns',
  payload: Nothing,
  async run(_, context) {
    const installation = context.installation as Installation
    const { state } = await columnsStatus(installation)
    if (state === 'ready' && (await isSound(installation))) return
    const built = await rebuildColumns(installation, { signal: context.signal })
    if (built) log.info({ ...built }, 'targeting columns built')
    await columnsOf(installation).load()
  },
})

/** Forgets changes every process has read, once an hour. */
export const targetingTrim: Job<Record<string, never>> = job({
  name: 'targeting.trim',
  payload: Nothing,
  async run(_, context) {
    const { database, clock } = context.installation as Installation
    await trimChanges(database.owner)
    const run_at = new Date(clock.now().getTime() + 3_600_000)
    await addJob(database.owner, targetingTrim, {}, { key: 'targeting.trim', run_at })
  },
})

/** Soon, once for all that ask meanwhile. */
export const buildSoon = ({ database }: Pick<Installation, 'database'>): Promise<void> =>
  addJob(database.owner, targetingColumns, {}, { key: 'targeting.columns', queue: 'targeting', max_attempts: 3 })

/** At the start of a server: loads the columns, and has them built where they are not as they should be. */
export async function startTargeting(installation: Installation): Promise<void> {
  const store = columnsOf(installation)
  store.onStale = () =>
    void buildSoon(installation).catch((problem: unknown) =>
      log.error({ problem }, 'no build of the columns was queued'),
    )
  // Nobody waits for it; who asks meanwhile has the next turn.
  store.onLoaded = () =>
    void rehearseAll(store, installation.database, installation.clock.now()).catch((problem: unknown) =>
      log.warn({ problem }, 'nothing more was asked of the columns beforehand'),
    )
  await addJob(installation.database.owner, targetingTrim, {}, { key: 'targeting.trim' })
  if ((await columnsStatus(installation)).state !== 'ready') await buildSoon(installation)
  await store.load()
  // Its header is right, and reading the rest found a byte that is not.
  if (store.problem === 'damaged') await buildSoon(installation)
}

/** At the end of a server. */
export const stopTargeting = (installation: Installation): Promise<void> => columnsOf(installation).close()

const versionPayload = z.object({ organization_id: z.uuid(), universe_id: z.uuid(), version: z.int() })

/** Takes the members of a large universe. Killed, it is taken up again by `resumeVersions` at the next start. */
export const takeMembersJob = job({
  name: 'targeting.members',
  payload: versionPayload,
  async run({ organization_id, universe_id, version }, context) {
    const { database, clock } = context.installation as Installation
    const db = database.of(organization_id)
    const saved = await universe(db, organization_id, universe_id)
    const asked = await db
      .updateTable('universe_version')
      .set({ state: 'running', started_at: clock.now() })
      .where('organization_id', '=', organization_id)
      .where('universe_id', '=', universe_id)
      .where('version', '=', version)
      .where('state', 'in', ['queued', 'running'])
      .returning(['requested_by', 'requested_by_id'])
      .executeTakeFirst()
    if (!saved || !asked) return
    const actor = {
      kind: 'user' as const,
      id: asked.requested_by_id ?? 'targeting.members',
      name: asked.requested_by,
      organization_id,
      roles: [],
      is_steward: false,
    }
    const report = async (walked: number, to_walk: number): Promise<void> => {
      // Stopped with the server: rolled back, and done by the next one.
      context.signal.throwIfAborted()
      const row = { walked, to_walk, walked_at: clock.now() }
      await db
        .insertInto('universe_walk')
        .values({ organization_id, universe_id, ...row })
        .onConflict((conflict) => conflict.columns(['organization_id', 'universe_id']).doUpdateSet(row))
        .execute()
    }
    try {
      await report(0, 0)
      const today = dateIn(await timeZoneOf(db, organization_id), clock.now())
      await takeMembers(
        db,
        actor,
        universe_id,
        version,
        clock.now(),
        today,
        report,
        columnsOf(context.installation as Installation),
      )
    } catch (problem) {
      if (context.signal.aborted) throw problem
      await giveUpVersion(db, saved, version, clock.now())
      throw new GiveUp('members could not be taken', { cause: problem })
    }
  },
})

export const queueMembers = (db: Db, payload: z.output<typeof versionPayload>): Promise<void> =>
  addJob(db, takeMembersJob, payload, { key: `targeting.members ${payload.universe_id}` })

/** At the start of a server: freezes and refreshes the last one did not finish are queued again. Returns how many. */
export async function resumeVersions({ database }: Installation): Promise<number> {
  const open = await database.owner
    .selectFrom('universe_version')
    .select(['organization_id', 'universe_id', 'version'])
    .where('state', 'in', ['queued', 'running'])
    .execute()
  for (const each of open) await queueMembers(database.owner, each)
  return open.length
}

const exportPayload = z.object({ organization_id: z.uuid(), export_id: z.uuid() })

/** Writes a large export. Killed, it is made anew by `resumeExports` at the next start. */
export const exportJob = job({
  name: 'targeting.export',
  payload: exportPayload,
  async run(payload, { installation, signal }) {
    const { database, clock, config } = installation as Installation
    try {
      await runExport(database.of(payload.organization_id), config.data, payload, clock.now(), signal)
    } catch (problem) {
      if (signal.aborted) throw problem
      throw new GiveUp('the export could not be written', { cause: problem })
    }
  },
})

export const queueExport = (db: Db, { organization_id, export_id }: z.output<typeof exportPayload>): Promise<void> =>
  addJob(db, exportJob, { organization_id, export_id }, { key: `targeting.export ${export_id}` })

/** At the start of a server: exports the last one did not finish are queued again. Returns how many. */
export async function resumeExports({ database }: Installation): Promise<number> {
  const open = await database.owner
    .selectFrom('universe_export')
    .select(['organization_id', 'export_id'])
    .where('state', 'in', ['queued', 'running'])
    .execute()
  for (const each of open) await queueExport(database.owner, each)
  return open.length
}

/** A universe that takes longer is left for the next night. */
const nightly_ms = 5 * 60_000

/** Every night: how many voters each live universe answers with, for its chart; and files of exports whose time is over go. */
export const nightlySizes: Job<Record<string, never>> = job({
  name: 'targeting.sizes',
  payload: z.object({}),
  async run(_, { installation, signal }) {
    const { database, clock, config } = installation as Installation
    await expireExports(database.owner, config.data, clock.now())
    const live = await database.owner
      .selectFrom('universe as u')
      .innerJoin('organization as o', 'o.organization_id', 'u.organization_id')
      .selectAll('u')
      .select('o.time_zone')
      .where('u.kind', '=', 'live')
      .where('u.archived_at', 'is', null)
      .orderBy('u.organization_id')
      .execute()
    for (const { time_zone, ...saved } of live) {
      if (signal.aborted) return
      const db = database.of(saved.organization_id)
      const today = dateIn(time_zone, clock.now())
      const compiled = await compileSaved(db, saved, today)
      if (!compiled.ok) continue // its page says why
      try {
        const counted = await countVoters(columnsOf(installation as Installation), db, compiled.universe, {
          until: fromNow(nightly_ms),
        })
        await keepCount(db, saved, counted, clock.now(), today)
      } catch (problem) {
        if (!(problem instanceof TooSlow)) throw problem
        log.warn({ universe_id: saved.universe_id }, 'a universe took too long to count this night')
      }
    }
    await scheduleNight(database.owner, clock.now())
  },
})

/** 08:15 UTC: between three and four in the night of New York, after most files of the day have come. */
export function scheduleNight(db: Db, now: Date): Promise<void> {
  const next = new Date(now)
  next.setUTCHours(8, 15, 0, 0)
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1)
  return addJob(db, nightlySizes, {}, { key: 'targeting.sizes', run_at: next })
}

const timeZoneOf = async (db: Db, organization_id: string): Promise<string> =>
  (
    await db
      .selectFrom('organization')
      .select('time_zone')
      .where('organization_id', '=', organization_id)
      .executeTakeFirstOrThrow()
  ).time_zone

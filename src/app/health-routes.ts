import { createHash, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { allow } from '../features/access/allow.ts'
import { readMigrations } from '../platform/db/migrate.ts'
import { NotFound } from '../platform/errors.ts'
import { isLocalRequest } from '../platform/http/address.ts'
import { room, type Ctx, type Installation } from '../platform/http/room.ts'
import { log } from '../platform/log.ts'
import { metrics } from '../platform/metrics.ts'

/** For whoever watches the server: does it live, can it work, how does it do. */
export const healthRoutes = room()
  .get('/healthz', allow('public'), (c) => c.json({ ok: true }))
  .get('/readyz', allow('public'), async (c) => {
    const problem = await whyNotReady(c.var.installation)
    return c.json(problem ? { ready: false, problem } : { ready: true }, problem ? 503 : 200)
  })
  .get('/metrics', allow('public'), async (c) => {
    // Not there, rather than forbidden: nobody outside needs to know of it.
    if (!isLocalRequest(c) && !hasToken(c)) throw new NotFound()
    const waiting = await jobsWaiting(c.var.installation)
    const { ownerPool } = c.var.installation.database
    const own = [
      '# HELP hanpyo_jobs Jobs in the queue by state.\n# TYPE hanpyo_jobs gauge',
      `hanpyo_jobs{state="waiting"} ${waiting.waiting}`,
      `hanpyo_jobs{state="failed"} ${waiting.failed}`,
      '# HELP hanpyo_database_connections Connections of the owner pool.\n# TYPE hanpyo_database_connections gauge',
      `hanpyo_database_connections{state="idle"} ${ownerPool.idleCount}`,
      `hanpyo_database_connections{state="busy"} ${ownerPool.totalCount - ownerPool.idleCount}`,
      '',
    ].join('\n')
    return c.body((await metrics.metrics()) + own, 200, { 'content-type': metrics.contentType })
  })

async function whyNotReady({ database }: Installation): Promise<string | null> {
  try {
    const { rows } = await sql<{ name: string }>`select name from migration`.execute(database.owner)
    const applied = new Set(rows.map((row) => row.name))
    return readMigrations().every(({ name }) => applied.has(name)) ? null : 'database_not_up_to_date'
  } catch (problem) {
    log.warn({ problem }, 'not ready')
    return 'database_does_not_answer'
  }
}

async function jobsWaiting({ database }: Installation): Promise<{ waiting: number; failed: number }> {
  const { rows } = await sql<{ waiting: number; failed: number }>`
    select count(*) filter (where is_available)::int as waiting, count(*) filter (where attempts >= max_attempts)::int as failed
    from graphile_worker._private_jobs`.execute(database.owner)
  return rows[0] ?? { waiting: 0, failed: 0 }
}

function hasToken(c: Ctx): boolean {
  const expected = c.var.installation.config.metrics_token
  const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return expected !== null && given !== undefined && timingSafeEqual(hash(expected), hash(given))
}

import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import type { Ctx } from '../../../platform/http/room.ts'
import { organizationBySlug, type PublicOrganization } from '../../organizations/queries.ts'
import { idParam, now } from '../../../platform/http/of-request.ts'
import { readerOf, type Reader } from '../reading.ts'
import { cycleById, type Cycle } from './queries.ts'
import type { Rules } from './schema.ts'

export interface OpenCycle {
  organization: PublicOrganization
  db: Db
  cycle: Cycle
  rules: Rules
  opened_at: Date
  today: string
  t: Reader
  path: string
}

/** The cycle at this public address; before it opens there is none. */
export async function openCycleAt(c: Ctx, asked = c.req.query('lang')): Promise<OpenCycle> {
  const { database } = c.var.installation
  const organization = found(await organizationBySlug(database.owner, c.req.param('organization') ?? ''))
  const db = database.of(organization.organization_id)
  const cycle = found(await cycleById(db, organization.organization_id, idParam(c, 'cycle')))
  if (!cycle.opened_at || !cycle.rules) throw new NotFound()
  return {
    organization,
    db,
    cycle,
    rules: cycle.rules,
    opened_at: cycle.opened_at,
    today: dateIn(organization.time_zone, now(c)),
    t: readerOf(c, organization.languages, asked),
    path: `/c/${organization.slug}/${cycle.cycle_id}`,
  }
}

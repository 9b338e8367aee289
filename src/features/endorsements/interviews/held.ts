import { found, NotFound } from '../../../platform/errors.ts'
import { actorOf, type Ctx } from '../../../platform/http/room.ts'
import { contestsHeld, cycleById, type ContestHeld, type Cycle } from '../cycles/queries.ts'
import { idParam } from '../../../platform/http/of-request.ts'

export interface Held {
  cycle: Cycle
  held: ContestHeld
}

export const cycleIn = async (c: Ctx): Promise<Cycle> =>
  found(await cycleById(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))

/** The cycle and one of its contests at this address. */
export async function heldIn(c: Ctx): Promise<Held> {
  const cycle = await cycleIn(c)
  const contest_id = cycle.rules?.contest_ids.find((each) => String(each) === c.req.param('contest'))
  if (contest_id === undefined) throw new NotFound()
  return { cycle, held: found((await contestsHeld(c.var.db, [contest_id]))[0]) }
}

import { idParam } from '../../platform/http/of-request.ts'
import { found } from '../../platform/errors.ts'
import { actorOf, type Ctx } from '../../platform/http/room.ts'
import { campaignById, type Campaign } from './queries.ts'

/** The campaign of the address, of the actor's organization. */
export const campaignOf = async (c: Ctx): Promise<Campaign> =>
  found(await campaignById(c.var.db, actorOf(c).organization_id, idParam(c, 'campaign')))

import { found } from '../../platform/errors.ts'
import { actorOf, type Ctx } from '../../platform/http/room.ts'
import { idParam } from '../../platform/http/of-request.ts'
import { mailingById, type Mailing } from './queries.ts'

/** The e-mail of the address, of the actor's organization. */
export const mailingOf = async (c: Ctx): Promise<Mailing> =>
  found(await mailingById(c.var.db, actorOf(c).organization_id, idParam(c, 'mailing')))

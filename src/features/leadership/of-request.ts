import { found } from '../../platform/errors.ts'
import { actorOf, type Ctx } from '../../platform/http/room.ts'
import { whoIs } from '../people/queries.ts'
import { whoName, type Who } from '../people/rules.ts'

/** Whom the address means, a voter record or a person of ours. */
export const meantBy = async (c: Ctx): Promise<Who> =>
  found(await whoIs(c.var.db, actorOf(c).organization_id, c.req.param('who') ?? ''))

/** Part of the addresses of whoever is meant: the person once there is one, so that old links lead to one page. */
export const pathOf = (who: Who): string => who.person_id ?? whoName(who)

/** Where a small form was sent from: one of our own pages. */
export const backOf = (typed: Readonly<Record<string, string>>, otherwise: string): string =>
  typed.back === '/my-day' ||
  /^\/(leadership\/(people\/(v\d{1,9}|[0-9a-f-]{36})|(bodies|cases)\/[0-9a-f-]{36})|events\/[0-9a-f-]{36}\/after)$/.test(
    typed.back ?? '',
  )
    ? (typed.back ?? otherwise)
    : otherwise

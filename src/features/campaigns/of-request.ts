import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { actorOf, type Ctx } from '../../platform/http/room.ts'
import { campaignById, type Campaign } from './queries.ts'

export const now = (c: Ctx): Date => c.var.installation.clock.now()
export const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
export const today = (c: Ctx): string => dateIn(timeZone(c), now(c))
export const languagesOf = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']

export function idParam(c: Ctx, name: string): string {
  const id = z.uuid().safeParse(c.req.param(name))
  if (!id.success) throw new NotFound()
  return id.data
}

/** The campaign of the address, of the actor's organization. */
export const campaignOf = async (c: Ctx): Promise<Campaign> =>
  found(await campaignById(c.var.db, actorOf(c).organization_id, idParam(c, 'campaign')))

import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Ctx } from '../../platform/http/room.ts'

export const now = (c: Ctx): Date => c.var.installation.clock.now()
export const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
export const today = (c: Ctx): string => dateIn(timeZone(c), now(c))

export function idParam(c: Ctx, name: string): string {
  const id = z.uuid().safeParse(c.req.param(name))
  if (!id.success) throw new NotFound()
  return id.data
}

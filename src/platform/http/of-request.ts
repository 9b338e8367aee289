import { z } from 'zod'
import { dateIn } from '../clock.ts'
import { NotFound } from '../errors.ts'
import type { Ctx } from './room.ts'

/* What pages of every room read of a request. */

export const now = (c: Ctx): Date => c.var.installation.clock.now()
export const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
export const today = (c: Ctx): string => dateIn(timeZone(c), now(c))
export const languagesOf = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']

export function idParam(c: Ctx, name: string): string {
  const id = z.uuid().safeParse(c.req.param(name))
  if (!id.success) throw new NotFound()
  return id.data
}

import { z } from 'zod'
import { dateIn } from '../../platform/clock.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Ctx } from '../../platform/http/room.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'

export const now = (c: Ctx): Date => c.var.installation.clock.now()
export const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
export const today = (c: Ctx): string => dateIn(timeZone(c), now(c))
export const languagesOf = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']

export function idParam(c: Ctx, name: string): string {
  const id = z.uuid().safeParse(c.req.param(name))
  if (!id.success) throw new NotFound()
  return id.data
}

/** What was typed per language into `name_en`, `name_ko`; languages left empty are left out. */
export function textsOf(
  typed: Readonly<Record<string, string>>,
  field: string,
  languages: readonly string[],
  most: number,
): LocalizedText {
  return Object.fromEntries(
    languages.flatMap((language) => {
      const text = (typed[`${field}_${language}`] ?? '').normalize('NFC').replaceAll('\r\n', '\n').trim().slice(0, most)
      return text ? [[language, text]] : []
    }),
  )
}

import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'

export const checkedKinds = ['cass', 'ncoa'] as const
export type CheckedKind = (typeof checkedKinds)[number]

/** What certified software said of an address. */
export const cassVerdicts = ['confirmed', 'unit_missing', 'unit_not_confirmed', 'not_confirmed', 'not_said', 'unknown_id', 'unreadable'] as const // prettier-ignore
export type CassVerdict = (typeof cassVerdicts)[number]

/** What the post's records say of somebody. */
export const ncoaVerdicts = ['moved', 'moved_unclear', 'no_forward', 'foreign', 'same', 'unknown_id', 'not_understood'] as const // prettier-ignore
export type NcoaVerdict = (typeof ncoaVerdicts)[number]

/** What is taken over of a file; the others are for whoever reads the report. */
export const actedOn: ReadonlySet<string> = new Set<CassVerdict | NcoaVerdict>(['confirmed', 'unit_missing', 'unit_not_confirmed', 'not_confirmed', 'moved', 'moved_unclear', 'no_forward', 'foreign']) // prettier-ignore

export const movers = ['individual', 'family', 'business'] as const
export type Mover = (typeof movers)[number]

/** An address of the post as it stands in a file. */
export const FoundAddress = z.object({
  delivery: z.string(),
  unit: z.string().nullable(),
  city: z.string(),
  state: z.string(),
  zip5: z.string(),
  zip4: z.string().nullable(),
  delivery_point: z.string().nullable(),
})
export type FoundAddress = z.infer<typeof FoundAddress>

export const FoundCass = FoundAddress.extend({ dpv: z.string(), footnotes: z.string() })
export type FoundCass = z.infer<typeof FoundCass>

export const FoundMove = z.object({
  mover: z.enum(movers).nullable(),
  code: z.string(),
  /** 'YYYY-MM', as the post has it. */
  moved_in: z.string().nullable(),
  zip5: z.string().nullable(),
  /** By `homeKey`, the address it was asked about, where the file says it. */
  asked: z.string().nullable().default(null),
  to: FoundAddress.nullable(),
})
export type FoundMove = z.infer<typeof FoundMove>

export const BringForm = z.object({ kind: z.enum(checkedKinds), checked_on: CalendarDate })

export const AskForm = z.object({ law: z.literal('yes', 'export.law_needed') })

/** A file of more is brought in parts. */
export const mostRows = 200_000

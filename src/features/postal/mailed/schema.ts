import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'
import { codeIn } from '../answers/rules.ts'

/**
 * Why the post brought a piece back, after the wording of its yellow label, and what that says of the address for these
 * people. null: nothing; it is for whoever reads the list.
 */
export const returnReasons = {
  moved: 'moved',
  not_known: 'moved',
  no_such_address: 'undeliverable',
  vacant: 'undeliverable',
  unclaimed: null,
  refused: null,
  deceased: null,
  unreadable: null,
} as const
export type ReturnReason = keyof typeof returnReasons
export const returnReasonNames = ['moved', 'not_known', 'no_such_address', 'vacant', 'unclaimed', 'refused', 'deceased', 'unreadable'] as const satisfies readonly ReturnReason[] // prettier-ignore

const text = z.string().trim()

/** 'F', 'A', 'D', 'T' as printed, the digits a reader says, or the code of one piece, as it is or with its address. */
export const ReturnForm = z.object({
  barcode: text
    .transform((typed) => codeIn(typed) ?? typed.replaceAll(/[\s-]/g, '').toUpperCase())
    .refine((typed) => codeIn(typed) !== null || /^[FADT]{65}$/.test(typed) || /^\d{20}(\d{5}|\d{9}|\d{11})?$/.test(typed), 'postal.barcode_unreadable'), // prettier-ignore
  reason: z.enum(returnReasonNames),
})

/** Dollars and cents as typed; '' is none. */
const Money = text
  .default('')
  .refine((typed) => typed === '' || /^\$?\d{1,7}(\.\d{2})?$/.test(typed.replaceAll(',', '')), 'postal.cost_invalid')
  .transform((typed) => (typed === '' ? null : Math.round(Number(typed.replaceAll(/[$,]/g, '')) * 100)))

export const MailedForm = z.object({
  mailed_on: CalendarDate,
  cost: Money,
  /** Typed by hand: a whole list is not marked by a slip of the finger. */
  count: z.coerce.number().int(),
})

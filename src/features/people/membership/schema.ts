import { z } from 'zod'
import { day, duesHow, kindKey } from '../schema.ts'

/** '$1,234.50' typed in any usual way, in cents. */
export const cents = z
  .string()
  .trim()
  .regex(/^\$?(\d{1,3}(,?\d{3}){0,1}|\d{1,6})(\.\d{1,2})?$/, 'membership.amount_wrong')
  .transform((typed) => Math.round(Number(typed.replaceAll(/[$,]/g, '')) * 100))

const empty = z.literal('').transform(() => null)
const name = z.string().trim().max(60).default('')

export const KindForm = z
  .object({
    name_en: name,
    name_ko: name,
    dues: z.union([z.literal('').transform(() => 0), cents], 'membership.amount_wrong').default(0),
    reduced: z.union([empty, cents], 'membership.amount_wrong').default(null),
    /** In months; empty: for life. */
    period_months: z.union([empty, z.coerce.number().int().min(1).max(120)], 'membership.kinds.period_wrong'),
    grace_days: z.coerce.number('form.number').int('form.number').min(0, 'form.too_small').max(366, 'form.too_large'),
    needs_approval: z.literal('yes').optional(),
    is_public: z.literal('yes').optional(),
  })
  .superRefine(({ name_en, name_ko, dues, reduced }, context) => {
    if (!name_en && !name_ko)
      context.addIssue({ code: 'custom', path: ['name_en'], message: 'membership.kinds.name_needed' })
    if (reduced !== null && reduced > dues)
      context.addIssue({ code: 'custom', path: ['reduced'], message: 'membership.kinds.reduced_wrong' })
  })
  .transform(({ name_en, name_ko, dues, reduced, needs_approval, is_public, ...rest }) => ({
    ...rest,
    name: { ...(name_en && { en: name_en }), ...(name_ko && { ko: name_ko }) },
    dues_cents: dues,
    reduced_cents: reduced,
    needs_approval: needs_approval === 'yes',
    is_public: is_public === 'yes',
  }))
export type KindFacts = z.output<typeof KindForm>

/** Dues as somebody writes them down. */
export const DuesFacts = z.object({
  /** Made by the form. */
  dues_id: z.uuid(),
  kind: kindKey,
  how: z.enum(duesHow),
  amount_cents: z.number().int().min(0),
  reason: z.string().nullable(),
  paid_on: day,
  from_on: day,
  until_on: day.nullable(),
})
export type DuesFacts = z.infer<typeof DuesFacts>

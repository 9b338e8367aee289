import { z } from 'zod'
import { cents } from '../../people/membership/schema.ts'

/** Who may buy a kind of ticket: anybody, members in good standing, or whoever has its code. */
export const buyers = ['everybody', 'members', 'code'] as const
export type Buyers = (typeof buyers)[number]

/** How a sign-up is paid: by card, for which its seat is held a while, or at the door, with the seat theirs. */
export const payWays = ['card', 'door'] as const
export type PayWay = (typeof payWays)[number]

/** Money in the hand of whoever takes it. */
export const handWays = ['cash', 'check'] as const
export type HandWay = (typeof handWays)[number]

/** What somebody wants, as read from a page. */
export interface SentOrder {
  chosen: { ticket_kind_id: string; count: number }[]
  /** As `plainCode` makes it; '': none. */
  code: string
  pays: PayWay
  /** What they were shown it comes to; null: nothing yet. */
  sum_cents: number | null
}

/** Typed with spaces, small letters or hyphens it is the same code. */
export const plainCode = (typed: string): string => typed.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '')

const code = z.string().default('').transform(plainCode).refine((plain) => /^([A-Z0-9]{3,20})?$/.test(plain), 'orders.code_wrong') // prettier-ignore
const name = z.string().trim().max(80).default('')
const noDay = z.union([z.literal('').transform(() => null), z.iso.date('form.invalid')]).default(null)
const count = (most: number) =>
  z
    .union([
      z.literal('').transform(() => null),
      z.coerce.number('form.number').int('form.number').min(1, 'form.too_small').max(most, 'form.too_large'),
    ])
    .default(null)

export const TicketKindForm = z
  .object({
    name_en: name,
    name_ko: name,
    price: cents.refine((given) => given <= 1_000_000, 'form.too_large'),
    most: count(100_000),
    from_on: noDay,
    until_on: noDay,
    buyers: z.enum(buyers),
    code,
  })
  .superRefine(({ name_en, name_ko, from_on, until_on, buyers: who, code: typed }, context) => {
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (!name_en && !name_ko) issue('name_en', 'form.required')
    if (from_on && until_on && until_on < from_on) issue('until_on', 'orders.until_before')
    if (who === 'code' && !typed) issue('code', 'form.required')
  })
  .transform(({ name_en, name_ko, price, code: typed, ...rest }) => ({
    ...rest,
    name: { ...(name_en && { en: name_en }), ...(name_ko && { ko: name_ko }) },
    price_cents: price,
    code: rest.buyers === 'code' ? typed : null,
  }))
export type TicketKindFacts = z.output<typeof TicketKindForm>

export const DiscountForm = z
  .object({
    /** Empty: for members, by itself. */
    for: z.enum(['code', 'members']),
    code,
    of: z.enum(['percent', 'amount']),
    percent: count(100),
    amount: z.union([z.literal('').transform(() => null), cents], 'membership.amount_wrong').default(null),
    uses_most: count(100_000),
    until_on: noDay,
    kinds: z
      .union([z.uuid(), z.array(z.uuid())])
      .default([])
      .transform((given) => [given].flat()),
  })
  .superRefine(({ for: who, code: typed, of, percent, amount }, context) => {
    const needed = (path: string) => context.addIssue({ code: 'custom', path: [path], message: 'form.required' })
    if (who === 'code' && !typed) needed('code')
    if (of === 'percent' && percent === null) needed('percent')
    if (of === 'amount' && !amount) needed('amount')
  })
  .transform(({ for: who, code: typed, of, percent, amount, uses_most, until_on, kinds }) => ({
    code: who === 'code' ? typed : null,
    percent: of === 'percent' ? percent : null,
    amount_cents: of === 'amount' ? amount : null,
    uses_most,
    until_on,
    ticket_kind_ids: kinds,
  }))
export type DiscountFacts = z.output<typeof DiscountForm>

/** How an event takes money. */
export const SellingForm = z.object({
  hold_minutes: z.coerce.number('form.number').int('form.number').min(10, 'form.too_small').max(2880, 'form.too_large'),
  pays_at_door: z.literal('on').optional().transform(Boolean),
  refund_days: z
    .union([
      z.literal('').transform(() => null),
      z.coerce.number('form.number').int('form.number').min(0, 'form.too_small').max(365, 'form.too_large'),
    ])
    .default(null),
})
export type SellingFacts = z.output<typeof SellingForm>

export const TakenForm = z.object({
  /** Made with the form: what is sent twice is one. */
  entry_id: z.uuid(),
  signup: z.uuid(),
  way: z.enum(handWays),
  reference: z.string().trim().max(80).default(''),
})

import { z } from 'zod'

/** none: no code is printed. drop: one for each wording, by which nobody is known. piece: each piece has its own. */
export const answerWays = ['none', 'drop', 'piece'] as const
export type AnswerWay = (typeof answerWays)[number]

const text = z.string().trim().max(500, 'form.too_long')

export const AnswerForm = z
  .object({
    answer_per: z.enum(answerWays),
    /** A page of ours; 'other': the address typed below. */
    page: text.default(''),
    address: text.default(''),
  })
  .refine(({ answer_per, page }) => answer_per === 'none' || page !== '', { path: ['page'], message: 'form.required' })
  .refine(({ page, address }) => page !== 'other' || /^https:\/\/[^\s/]+\.[^\s]+$/.test(address), {
    path: ['address'],
    message: 'postal.answer_address_invalid',
  })

import { z } from 'zod'
import { isMailerId } from '../barcode/rules.ts'

/** Dark enough for white letters. */
export const colours = {
  blue: '#1e40af',
  red: '#9f1239',
  green: '#166534',
  purple: '#5b21b6',
  black: '#111827',
} as const
export const colourNames = ['blue', 'red', 'green', 'purple', 'black'] as const
export type Colour = (typeof colourNames)[number]

/** How postage is paid: a stamp on each piece, or a permit printed on it. */
export const postages = ['stamp', 'first_class', 'marketing', 'nonprofit'] as const
export type Postage = (typeof postages)[number]

/**
 * What the post does with a piece it cannot deliver, in its own words (DMM 507.1.5; general knowledge, not checked against
 * the text). '': as the class of mail has it.
 */
export const endorsements = ['', 'RETURN SERVICE REQUESTED', 'ADDRESS SERVICE REQUESTED', 'CHANGE SERVICE REQUESTED', 'FORWARDING SERVICE REQUESTED'] as const // prettier-ignore

const Texts = z.record(z.string(), z.string())

/** As it is kept; a drop whose design was never opened has the defaults. */
export const Design = z.object({
  headline: Texts.default({}),
  body: Texts.default({}),
  contact: Texts.default({}),
  note: Texts.default({}),
  colour: z.enum(colourNames).default('blue'),
  postage: z.enum(postages).default('stamp'),
  permit_city: z.string().default(''),
  permit_number: z.string().default(''),
  endorsement: z.enum(endorsements).default(''),
  /** '' : no barcode is printed. */
  mailer_id: z.string().default(''),
  service_type: z.string().default(''),
})
export type Design = z.infer<typeof Design>

const text = z.string().trim()

/** The part of the form that is not told per language. */
export const DesignForm = z
  .object({
    colour: z.enum(colourNames),
    postage: z.enum(postages),
    permit_city: text.max(40, 'form.too_long').default(''),
    permit_number: text.max(12, 'form.too_long').default(''),
    endorsement: z.enum(endorsements).default(''),
    mailer_id: text.default('').refine((typed) => typed === '' || isMailerId(typed), 'postal.mailer_invalid'),
    service_type: text.default('').refine((typed) => typed === '' || /^\d{3}$/.test(typed), 'postal.service_invalid'),
  })
  .refine(({ postage, permit_number }) => postage === 'stamp' || permit_number !== '', {
    path: ['permit_number'],
    message: 'postal.permit_needed',
  })
  .refine(({ mailer_id, service_type }) => mailer_id === '' || service_type !== '', {
    path: ['service_type'],
    message: 'postal.service_needed',
  })

/** Texts of a design, each in every language, with how many letters fit; messages of larger pieces have more (`longest` of formats.ts). */
export const designTexts = { headline: 80, body: 1200, contact: 160, note: 400 } as const
export type DesignText = keyof typeof designTexts
export const designTextNames = ['headline', 'body', 'contact', 'note'] as const satisfies readonly DesignText[]

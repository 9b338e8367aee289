import { z } from 'zod'

/** Where it was asked: on our page, on it inside another site, by a form of another site. */
export const signupSources = ['page', 'embed', 'site'] as const
export type SignupSource = (typeof signupSources)[number]

const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((typed) => typed || null)
    .nullable()
    .default(null)

/** What somebody writes on the page; forms of other sites send less. */
export const SignupForm = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email('newsletter.email_wrong')),
  first_name: optional(80),
  last_name: optional(80),
  name_hangul: optional(40),
  zip5: z
    .union([
      z.literal('').transform(() => null),
      z
        .string()
        .trim()
        .regex(/^\d{5}$/, 'newsletter.zip_wrong'),
    ])
    .nullable()
    .default(null),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .nullable()
    .catch(null)
    .default(null),
})
export type SignupForm = z.output<typeof SignupForm>

/** What waits to be confirmed. */
export const SignupSaid = SignupForm.pick({ first_name: true, last_name: true, name_hangul: true, zip5: true }).extend({
  /** Of those that could be chosen. */
  topics: z.array(z.object({ topic_id: z.uuid(), is_wanted: z.boolean() })).default([]),
})
export type SignupSaid = z.output<typeof SignupSaid>

export const NewsletterForm = z.object({
  is_open: z
    .enum(['yes', ''])
    .default('')
    .transform((typed) => typed === 'yes'),
  tag: optional(60),
})

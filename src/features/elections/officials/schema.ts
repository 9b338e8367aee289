import { z } from 'zod'

export const offices = [
  'us_representative',
  'us_senator',
  'governor',
  'lieutenant_governor',
  'attorney_general',
  'state_senator',
  'assembly_member',
  'mayor',
  'public_advocate',
  'comptroller',
  'council_member',
  'borough_president',
  'district_attorney',
] as const
export type Office = (typeof offices)[number]

/** What an office is elected in. */
export const officialKinds = ['congress', 'senate', 'assembly', 'nyc-council', 'county', 'city', 'state'] as const
export type OfficialKind = (typeof officialKinds)[number]

export const officialParties = ['dem', 'rep', 'con', 'wor', 'oth'] as const

const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .optional()
    .transform((text) => text || null)

const day = optional(10).refine(
  (text) => text === null || (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))),
  'form.invalid',
)

const address = optional(300).refine((text) => text === null || /^https?:\/\/\S+$/i.test(text), 'officials.needs_link')

export const OfficialForm = z.object({
  name: z.string().trim().min(1, 'form.required').max(120),
  name_hangul: optional(60),
  party: z
    .enum(['', ...officialParties])
    .optional()
    .transform((party) => party || null),
  phone: optional(40),
  email: optional(120).refine((text) => text === null || /^\S+@\S+\.\S+$/.test(text), 'form.invalid'),
  website: address,
  address: optional(200),
  since: day,
  until: day,
  /** Where one can read it: a correction without a source is a rumor. */
  source_url: z
    .string()
    .trim()
    .max(300)
    .regex(/^https?:\/\/\S+$/i, 'officials.needs_link'),
})
export type OfficialForm = z.infer<typeof OfficialForm>

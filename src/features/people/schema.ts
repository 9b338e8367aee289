import { z } from 'zod'

export const channels = ['phone', 'text', 'email', 'post'] as const
export type Channel = (typeof channels)[number]

/** What somebody is contacted for; `contact_rule` says what each needs. */
export const contactPurposes = ['campaign', 'news', 'invitation', 'membership', 'fundraising', 'asked'] as const
export type ContactPurpose = (typeof contactPurposes)[number]

export const phoneQualities = ['good', 'unknown', 'wrong', 'disconnected'] as const
export type PhoneQuality = (typeof phoneQualities)[number]
export const phoneKinds = ['mobile', 'landline', 'voip', 'unknown'] as const
export const emailQualities = ['good', 'unknown', 'bouncing', 'wrong'] as const

/** Marks on a person or a number. `wrong_number` and `disconnected` are about a number, the others about somebody. */
export const suppressionReasons = [
  'do_not_call',
  'deceased',
  'wrong_number',
  'disconnected',
  'moved',
  'hostile',
  'legal',
] as const
export type SuppressionReason = (typeof suppressionReasons)[number]
export const personReasons = ['do_not_call', 'deceased', 'moved', 'hostile', 'legal'] as const
export const numberReasons = ['wrong_number', 'disconnected', 'do_not_call'] as const

/** Why somebody may not be contacted. */
export type NoContact =
  | (typeof personReasons)[number]
  | 'opted_out'
  | 'paused'
  | 'not_topic'
  | 'closed_home'
  | 'no_consent'
  | 'not_a_voter'
  | 'no_address'
  | 'bouncing'
  | 'suppressed'
  | 'no_rule'
  | 'unknown'

export const relationshipKinds = [
  'spouse',
  'parent',
  'child',
  'sibling',
  'relative',
  'friend',
  'colleague',
  'referred_by',
  'household',
] as const

/** Where a membership can stand, in the order it usually goes. */
export const standings = ['applied', 'approved', 'active', 'grace', 'lapsed', 'resigned', 'expelled'] as const

/** Paid into the books kept here, let off, or paid without going through them. */
export const duesHow = ['paid', 'waived', 'elsewhere'] as const

/** Communities a person may name; the same codes as the estimate's, and the open rest. */
export const communityChoices = [
  'korean',
  'chinese',
  'south_asian',
  'vietnamese',
  'filipino',
  'japanese',
  'other_asian',
  'other',
] as const

/** Languages people of the city's communities are asked for; the names stand in i18n/languages.ts. */
export const spokenLanguages = ['ko', 'en', 'zh', 'es', 'bn', 'hi', 'ur', 'pa', 'ne', 'vi', 'tl', 'ja', 'ru', 'ar', 'fr', 'pl'] as const // prettier-ignore

/** A text field that may be left empty: null then. */
const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'people.too_long')
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .default(null)

export const chosen = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .union([z.literal('').transform(() => null), z.enum(values)])
    .nullable()
    .default(null)

const birthYear = z
  .string()
  .trim()
  .default('')
  .transform((text, context) => {
    if (text === '') return null
    const year = Number(text)
    if (/^\d{4}$/.test(text) && year >= 1895 && year <= 2100) return year
    context.addIssue({ code: 'custom', message: 'people.birth_year_invalid' })
    return z.NEVER
  })

const hangulName = z
  .string()
  .trim()
  .max(40, 'people.too_long')
  .refine((text) => text === '' || /^[가-힣][가-힣\s·]*$/.test(text.normalize('NFC')), 'people.hangul_only')
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ') || null)
  .nullable()
  .default(null)

export const zip5 = z
  .string()
  .trim()
  .refine((text) => text === '' || /^\d{5}(-\d{4})?$/.test(text), 'people.zip_invalid')
  .transform((text) => text.slice(0, 5) || null)
  .nullable()
  .default(null)

/** What one may say of a person by hand. Null or empty: we know nothing better than the voter record. */
export const PersonForm = z.object({
  last_name: optionalText(80),
  first_name: optionalText(80),
  middle_name: optionalText(80),
  name_hangul: hangulName,
  preferred_title: optionalText(40),
  birth_year: birthYear,
  sex: chosen(['F', 'M', 'X']),
  language: chosen(spokenLanguages),
  second_language: chosen(spokenLanguages),
  community: chosen(communityChoices),
  address: optionalText(120),
  city: optionalText(60),
  zip5,
})
export type PersonFacts = z.output<typeof PersonForm>

export const NewPersonForm = PersonForm.extend({
  phone: z.string().trim().max(40).default(''),
  email: z.string().trim().max(200).default(''),
}).refine(({ last_name, first_name, name_hangul }) => last_name ?? first_name ?? name_hangul, {
  path: ['last_name'],
  message: 'people.name_needed',
})
export type NewPersonInput = z.output<typeof NewPersonForm>

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .refine((text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), 'people.email_invalid')

export const PhoneForm = z.object({
  phone: z.string().trim().min(1, 'form.required').max(40),
  kind: z.enum(phoneKinds).default('unknown'),
  quality: z.enum(phoneQualities).default('unknown'),
  is_preferred: z.string().optional().transform(Boolean),
})
export const EmailForm = z.object({
  email: emailAddress,
  quality: z.enum(emailQualities).default('unknown'),
  is_preferred: z.string().optional().transform(Boolean),
})

/** A tag is one word, so that a targeting expression can say it as it is: spaces become hyphens. */
export const TagForm = z.object({
  tag: z
    .string()
    .transform((text) => text.normalize('NFC').trim().replace(/^#/, '').replace(/\s+/g, '-').toLowerCase())
    .pipe(
      z
        .string()
        .min(1, 'form.required')
        .max(60, 'people.too_long')
        .regex(/^[^\s,:()"]+$/, 'people.tag_invalid'),
    ),
})

export const NoteForm = z.object({ body: z.string().trim().min(1, 'form.required').max(5000, 'people.too_long') })

export const ConsentForm = z.object({
  channel: z.enum(channels),
  is_given: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
  evidence: z.string().trim().min(1, 'people.evidence_needed').max(300, 'people.too_long'),
})

export const MarkForm = z.object({
  reason: z.enum(personReasons),
  note: z.string().trim().min(1, 'people.reason_needed').max(500, 'people.too_long'),
})
export const NumberMarkForm = z.object({
  phone: z.string().trim().min(1, 'form.required'),
  reason: z.enum(numberReasons),
  note: z.string().trim().min(1, 'people.reason_needed').max(500, 'people.too_long'),
})

export const RelationshipForm = z.object({
  other: z.string().trim().min(1, 'form.required'),
  kind: z.enum(relationshipKinds),
  note: optionalText(200),
})

/** A day of the calendar, 'YYYY-MM-DD'. */
export const day = z
  .string()
  .trim()
  .refine(
    (text) => /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text),
    'people.day_invalid',
  )

/** Key of a kind of membership; which ones there are is the organization's own. */
export const kindKey = z.string().regex(/^[a-z][a-z0-9_]{0,49}$/)

export const MembershipForm = z.object({
  kind: kindKey,
  standing: z.enum(standings),
  from_on: day,
  note: optionalText(300),
})
export type MembershipFacts = z.output<typeof MembershipForm>

/** Of the activity log: how the match was that somebody took back, and contacts that are not the voter's since. */
export const Unlinked = z.object({
  voter_id: z.int(),
  // Entries of before this was kept.
  matched_by: z.enum(['contact', 'hand', 'certain', 'said', 'import']).nullable().default('hand'),
  contacts: z.array(z.uuid()).default([]),
})

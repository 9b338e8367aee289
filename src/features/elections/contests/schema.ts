import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'
import { singleDays } from '../rules.ts'
import { knownOrNew, NameFields, optionalAddress, optionalDay, optionalText, sourceAddress } from '../figures/schema.ts'
import { officialKinds, officialParties, offices } from '../officials/schema.ts'

export const electionKinds = ['general', 'primary', 'presidential_primary', 'special', 'runoff'] as const
export type ElectionKind = (typeof electionKinds)[number]

export const contestOffices = [...offices, 'other'] as const
export type ContestOffice = (typeof contestOffices)[number]

export const contestMethods = ['plurality', 'ranked_choice'] as const
export type ContestMethod = (typeof contestMethods)[number]

export const candidateStatuses = ['declared', 'on_ballot', 'withdrawn', 'removed'] as const
export type CandidateStatus = (typeof candidateStatuses)[number]

const noneOr = <const Codes extends readonly string[]>(codes: Codes) =>
  z
    .enum(['', ...codes])
    .optional()
    .transform((code) => (code ? (code as Codes[number]) : null))

const day = z
  .string()
  .trim()
  .refine((text) => CalendarDate.safeParse(text).success, 'form.invalid')

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .trim()
    .refine((text) => /^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most, 'form.number')
    .transform(Number)

const days = Object.fromEntries(singleDays.map((name) => [name, optionalDay])) as Record<(typeof singleDays)[number], typeof optionalDay> // prettier-ignore

const ElectionFields = z.object({
  state: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'form.invalid'),
  kind: z.enum(electionKinds),
  held_on: day,
  district_kind: noneOr(officialKinds),
  district: optionalText(40),
  method: noneOr(contestMethods),
  ...days,
  early_voting_from: optionalDay,
  early_voting_until: optionalDay,
  source_url: sourceAddress,
})

/** Before it or on its day. */
const before = ['change_party_by', 'change_address_by', 'register_by', 'ask_for_mail_ballot_by', 'ask_for_mail_ballot_in_person_by', 'early_voting_from', 'early_voting_until'] as const // prettier-ignore

export const ElectionForm = ElectionFields.superRefine((form, context) => {
  const refuse = (name: keyof typeof form, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message })
  const {
    held_on,
    early_voting_from: from,
    early_voting_until: until,
    postmark_by,
    mail_ballot_arrives_by: arrives,
  } = form
  for (const name of before) if ((form[name] ?? held_on) > held_on) refuse(name, 'contests.after_election_day')
  if (from && !until) refuse('early_voting_until', 'form.required')
  if (until && !from) refuse('early_voting_from', 'form.required')
  if (from && until && until < from) refuse('early_voting_until', 'contests.until_before_from')
  if (postmark_by && arrives && arrives < postmark_by) refuse('mail_ballot_arrives_by', 'contests.until_before_from')
})
export type ElectionForm = z.infer<typeof ElectionForm>

export const ContestForm = z
  .object({
    office: z.enum(contestOffices),
    title_en: optionalText(120),
    title_ko: optionalText(120),
    /** Of an office without a word of its own; every other is elected where its kind is. */
    district_kind: noneOr(officialKinds),
    district: optionalText(40),
    party: noneOr(officialParties),
    seats: wholeNumber(1, 100),
    /** Empty: as the law has it for such a contest. */
    method: noneOr(contestMethods),
    term_from: optionalDay,
    term_until: optionalDay,
    source_url: sourceAddress,
  })
  .refine(({ office, title_en }) => office !== 'other' || title_en !== null, {
    path: ['title_en'],
    message: 'form.required',
  })
  .refine(({ office, district_kind }) => office !== 'other' || district_kind !== null, {
    path: ['district_kind'],
    message: 'form.required',
  })
  .refine(({ term_from, term_until }) => !term_from || !term_until || term_from <= term_until, {
    path: ['term_until'],
    message: 'contests.ends_before',
  })
export type ContestForm = z.infer<typeof ContestForm>

const candidacy = {
  /** As on the ballot, with commas. */
  lines: optionalText(300),
  is_incumbent: z
    .string()
    .optional()
    .transform((box) => box === 'yes'),
  position: z
    .union([z.literal('').transform(() => null), wholeNumber(1, 200)])
    .optional()
    .transform((position) => position ?? null),
  website: optionalAddress,
  status: z.enum(candidateStatuses),
  status_on: day,
  source_url: sourceAddress,
}

export const CandidateForm = z.object(candidacy)
export type CandidateForm = z.infer<typeof CandidateForm>

export const NewCandidateForm = z.object({
  ...NameFields.shape,
  ...candidacy,
  figure: knownOrNew,
})
export type NewCandidateForm = z.infer<typeof NewCandidateForm>

/** An elected candidate takes office. */
export const SeatForm = z.object({
  since: day,
  until: optionalDay,
  party: noneOr(officialParties),
  /** Those who leave the seat for it. */
  leave: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((ids) =>
      [ids ?? []]
        .flat()
        .filter((id) => /^\d{1,9}$/.test(id))
        .map(Number),
    ),
  source_url: sourceAddress,
})
export type SeatForm = z.infer<typeof SeatForm>

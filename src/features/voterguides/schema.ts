import { z } from 'zod'
import { CalendarDate } from '../../platform/dates.ts'
import { contestMethods, contestOffices, electionKinds } from '../elections/contests/schema.ts'
import { officialKinds, officialParties } from '../elections/officials/schema.ts'
import { electionDays } from '../elections/rules.ts'
import { pledges, positions } from '../endorsements/answers/schema.ts'

export const guideKinds = ['nonpartisan', 'own'] as const
export type GuideKind = (typeof guideKinds)[number]

/** Answered our question; said it elsewhere; did it. */
export const claimKinds = ['answer', 'statement', 'record'] as const
export type ClaimKind = (typeof claimKinds)[number]

/** How a candidate stands to our questions. */
export const standings = ['answered', 'waiting', 'silent', 'not_asked'] as const

const Texts = z.record(z.string(), z.string())

export const Claim = z.object({
  claim_id: z.string(),
  candidate_id: z.int(),
  issue_id: z.string(),
  kind: z.enum(claimKinds),
  question_id: z.string().nullable(),
  question: Texts.nullable(),
  choice: z.enum([...positions, ...pledges]).nullable(),
  ranked: z.array(Texts),
  text: Texts,
  original: z.string().nullable(),
  original_language: z.string(),
  source_url: z.string().nullable(),
  source_on: z.string(),
  amended_on: z.string().nullable(),
  /** Sent after the last day; where it was not, nothing is said. */
  is_late: z.boolean().optional(),
})
export type Claim = z.infer<typeof Claim>

const GuideCandidate = z.object({
  candidate_id: z.int(),
  name: z.string(),
  names: Texts,
  lines: z.array(z.string()),
  is_incumbent: z.boolean(),
  website: z.string().nullable(),
  standing: z.enum(standings),
  /** Days on which one who did not answer was mailed. */
  asked_on: z.array(z.string()),
  /** The last day to answer of one who is waited for. */
  until: z.string().nullable(),
  is_endorsed: z.boolean(),
})
export type GuideCandidate = z.infer<typeof GuideCandidate>

/** What a candidate replied to what stands there of them. */
const GuideReply = z.object({
  candidate_id: z.int(),
  issue_id: z.string(),
  text: Texts,
  /** '': it is not printed. */
  original: z.string(),
  original_language: z.string(),
  replied_on: z.string(),
  /** Why it is not printed. */
  withheld: Texts.nullable(),
})
export type GuideReply = z.infer<typeof GuideReply>

const GuideContest = z.object({
  contest_id: z.int(),
  office: z.enum(contestOffices),
  title: Texts,
  district_kind: z.enum(officialKinds),
  district: z.string(),
  party: z.enum(officialParties).nullable(),
  seats: z.int(),
  method: z.enum(contestMethods),
  candidates: z.array(GuideCandidate),
  /** Who no longer runs. */
  gone: z.array(z.object({ name: z.string(), names: Texts })),
  claims: z.array(Claim),
  /** Versions from before have none. */
  replies: z.array(GuideReply).default([]),
})
export type GuideContest = z.infer<typeof GuideContest>

const GuideIssue = z.object({ issue_id: z.string(), name: Texts, about: Texts })
export type GuideIssue = z.infer<typeof GuideIssue>

/** Which lines must stand on what is printed; `law.ts` has them. `not_needed`: somebody decided that none must. */
export const attributionCodes = ['ny_committee', 'nyc_independent', 'federal_independent', 'not_needed'] as const
export type AttributionCode = (typeof attributionCodes)[number]

export const Attribution = z.object({
  code: z.enum(attributionCodes),
  payer: z.string(),
  /** What else the rule asks for: an address, owners, the largest donors. */
  more: z.string(),
})
export type Attribution = z.infer<typeof Attribution>

/** All that everybody reads of a guide, as it was when it was published. */
export const Content = z.object({
  kind: z.enum(guideKinds),
  title: Texts,
  audience: Texts,
  intro: Texts,
  election: z.object({
    state: z.string(),
    kind: z.enum(electionKinds),
    held_on: z.string(),
    district_kind: z.enum(officialKinds).nullable(),
    district: z.string().nullable(),
    /** Of one that is not in our calendar, as far as a steward entered them. */
    days: z.array(z.object({ what: z.enum(electionDays), on: z.string(), until: z.string().nullable() })).default([]),
    source: z.object({ url: z.string(), as_of: z.string() }).nullable().default(null),
  }),
  /** Versions from before have none. */
  attribution: Attribution.nullable().default(null),
  issues: z.array(GuideIssue),
  contests: z.array(GuideContest),
})
export type Content = z.infer<typeof Content>

const listed = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((codes) => [codes].flat())
const number = z
  .string()
  .regex(/^\d{1,9}$/, 'form.required')
  .transform(Number)
const maybeId = z.union([z.literal('').transform(() => null), z.uuid()], 'form.invalid').default(null)

export const NewGuideForm = z.object({ election_id: number, kind: z.enum(guideKinds), cycle_id: maybeId })

export const GuideForm = z.object({
  kind: z.enum(guideKinds),
  contest_ids: listed.transform((ids) => ids.filter((id) => /^\d{1,9}$/.test(id)).map(Number)),
  issue_ids: listed.pipe(z.array(z.uuid('form.invalid'))),
  cycle_id: maybeId,
  attribution_code: z.union([z.literal(''), z.enum(attributionCodes)], 'form.invalid').default(''),
  attribution_payer: z.string().trim().max(200, 'form.too_long').default(''),
  attribution_more: z.string().trim().max(500, 'form.too_long').default(''),
})

const sourceAddress = z
  .string()
  .trim()
  .regex(/^https?:\/\/\S{3,500}$/, 'voterguides.source_needed')

/** One written by hand names its source; an answer taken over has it already. */
export const ClaimForm = z.object({
  kind: z.enum(['statement', 'record']),
  candidate_id: number,
  issue_id: z.uuid('form.required'),
  original_language: z.string().regex(/^[a-z]{2}$/, 'form.invalid'),
  source_url: sourceAddress,
  source_on: CalendarDate,
})
export type ClaimForm = z.infer<typeof ClaimForm>

/** An answer stands under the issue of its question. */
export const AnswerForm = z.object({
  original_language: z.string().regex(/^[a-z]{2}$/, 'form.invalid'),
})

export const MoveForm = z.object({ to: z.enum(['up', 'down']) })
export const PublishForm = z.object({
  key: z.string().length(64),
  has_read: z.literal('yes', 'voterguides.read_needed'),
})

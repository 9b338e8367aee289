import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'

export const ballotMethods = ['yes_no', 'plurality', 'approval', 'ranked'] as const
export type BallotMethod = (typeof ballotMethods)[number]

/** How a member may be tied to a candidate. */
export const tieKinds = ['paid_staff', 'family', 'candidate', 'volunteer', 'donor'] as const
export type TieKind = (typeof tieKinds)[number]

/** What follows from a tie, each with those before it. */
export const tieRules = ['disclose', 'no_speaking', 'no_vote', 'leave_room'] as const
export type TieRule = (typeof tieRules)[number]

/** Beside the endorsements themselves. */
export const publicParts = ['answers', 'recommendation', 'totals'] as const
export type PublicPart = (typeof publicParts)[number]

/** What becomes of answers that come after the last day. */
export const lateRules = ['refused', 'marked'] as const
export type LateRule = (typeof lateRules)[number]

/** Days before the last one on which whoever has not voted may be reminded. */
export const remindDays = [7, 5, 3, 2, 1, 0] as const

/** How many votes an endorsement takes: `percent` of 50 is more than half, of another number at least so much. */
export const votesNeeded = ['half', 'two_thirds', 'percent', 'fraction', 'most'] as const
export type VotesNeeded = (typeof votesNeeded)[number]

/** As stored; dates in the organization's zone, included. */
export const Rules = z.object({
  contest_ids: z.array(z.int()),
  /** Keys of kinds of membership. */
  voter_kinds: z.array(z.string()),
  joined_by_on: CalendarDate.nullable(),
  paid_by_on: CalendarDate.nullable(),
  method: z.enum(ballotMethods),
  /** 50: more than half; any other: at least so much. */
  threshold_percent: z.int().min(50).max(100),
  /** Counts in place of the percent: whoever has most votes, or so many of every so many, at least (2 of 3). */
  threshold: z.union([z.literal('most'), z.object({ yes: z.int().min(1), of: z.int().min(1) })]).optional(),
  /** Ballots; null: any number is enough. */
  quorum: z.int().min(1).nullable(),
  /** Of one contest. */
  endorsements_most: z.int().min(1),
  ties: z.record(z.enum(tieKinds), z.enum(tieRules)),
  public_parts: z.array(z.enum(publicParts)),
  answers_by_on: CalendarDate,
  late: z.enum(lateRules),
  vote_from_on: CalendarDate,
  vote_until_on: CalendarDate,
  announced_on: CalendarDate,
  /** Days before the last one, the most first; rules from before there were reminders have none. */
  remind_days: z.array(z.int().min(0)).default([]),
  /** Days of the run-off where nobody reaches the threshold; null: there is none. */
  runoff: z
    .object({ vote_from_on: CalendarDate, vote_until_on: CalendarDate, announced_on: CalendarDate })
    .nullable()
    .default(null),
})
export type Rules = z.infer<typeof Rules>

const maybeDay = z.union([z.literal('').transform(() => null), CalendarDate], 'form.invalid').default(null)
const day = CalendarDate
const listed = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((codes) => [codes].flat())
const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const maybeNumber = (least: number, most: number) =>
  z.union([z.literal('').transform(() => null), wholeNumber(least, most)], 'form.number').default(null)
const tie = z.enum(tieRules)

export const RulesForm = z
  .object({
    contest_ids: listed
      .transform((ids) => ids.filter((id) => /^\d{1,9}$/.test(id)).map(Number))
      .refine((ids) => ids.length > 0, 'endorsements.contest_needed'),
    voter_kinds: listed.refine((kinds) => kinds.length > 0, 'endorsements.kind_needed'),
    joined_by_on: maybeDay,
    paid_by_on: maybeDay,
    method: z.enum(ballotMethods),
    votes_needed: z.enum(votesNeeded).default('percent'),
    threshold_percent: maybeNumber(50, 100),
    threshold_yes: maybeNumber(1, 1000),
    threshold_of: maybeNumber(2, 1000),
    quorum: maybeNumber(1, 1_000_000),
    endorsements_most: wholeNumber(1, 20),
    tie_paid_staff: tie,
    tie_family: tie,
    tie_candidate: tie,
    tie_volunteer: tie,
    tie_donor: tie,
    public_parts: listed.pipe(z.array(z.enum(publicParts))),
    answers_by_on: day,
    late: z.enum(lateRules),
    vote_from_on: day,
    vote_until_on: day,
    announced_on: day,
    remind_days: listed.transform((days) => remindDays.filter((each) => days.includes(String(each)))),
    has_runoff: z.enum(['', 'yes']).default(''),
    runoff_from_on: maybeDay,
    runoff_until_on: maybeDay,
    runoff_announced_on: maybeDay,
  })
  .refine(({ votes_needed, threshold_percent }) => votes_needed !== 'percent' || threshold_percent !== null, {
    path: ['threshold_percent'],
    message: 'form.number',
  })
  // At least half of the votes could be had by two at once.
  .refine(
    ({ votes_needed, threshold_yes: yes, threshold_of: of }) =>
      votes_needed !== 'fraction' || (yes !== null && of !== null && yes <= of && yes * 2 > of),
    { path: ['threshold_yes'], message: 'endorsements.fraction_wrong' },
  )
  .refine(({ votes_needed, method }) => votes_needed !== 'most' || method === 'plurality' || method === 'approval', {
    path: ['votes_needed'],
    message: 'endorsements.most_votes_of',
  })
  .refine(({ votes_needed, has_runoff }) => votes_needed !== 'most' || has_runoff === '', {
    path: ['has_runoff'],
    message: 'endorsements.runoff_by_most',
  })
  .refine(({ answers_by_on, vote_from_on }) => answers_by_on < vote_from_on, {
    path: ['vote_from_on'],
    message: 'endorsements.vote_after_answers',
  })
  .refine(({ vote_from_on, vote_until_on }) => vote_from_on <= vote_until_on, {
    path: ['vote_until_on'],
    message: 'endorsements.ends_before',
  })
  .refine(({ vote_until_on, announced_on }) => vote_until_on <= announced_on, {
    path: ['announced_on'],
    message: 'endorsements.announced_before',
  })
  .refine(
    ({ has_runoff, runoff_from_on, runoff_until_on, runoff_announced_on }) =>
      has_runoff === '' || (runoff_from_on && runoff_until_on && runoff_announced_on),
    {
      path: ['runoff_from_on'],
      message: 'endorsements.runoff_days_needed',
    },
  )
  .refine(
    ({ has_runoff, runoff_from_on, announced_on }) =>
      has_runoff === '' || !runoff_from_on || announced_on <= runoff_from_on,
    {
      path: ['runoff_from_on'],
      message: 'endorsements.runoff_after',
    },
  )
  .refine(
    ({ has_runoff, runoff_from_on, runoff_until_on }) =>
      has_runoff === '' || !runoff_from_on || !runoff_until_on || runoff_from_on <= runoff_until_on,
    {
      path: ['runoff_until_on'],
      message: 'endorsements.ends_before',
    },
  )
  .refine(
    ({ has_runoff, runoff_until_on, runoff_announced_on }) =>
      has_runoff === '' || !runoff_until_on || !runoff_announced_on || runoff_until_on <= runoff_announced_on,
    {
      path: ['runoff_announced_on'],
      message: 'endorsements.announced_before',
    },
  )
  // Several seats by ranking are filled by quota: nobody is left short of a threshold.
  .refine(
    ({ has_runoff, method, endorsements_most }) => has_runoff === '' || method !== 'ranked' || endorsements_most === 1,
    {
      path: ['has_runoff'],
      message: 'endorsements.runoff_by_quota',
    },
  )
  .transform(
    ({
      tie_paid_staff,
      tie_family,
      tie_candidate,
      tie_volunteer,
      tie_donor,
      has_runoff,
      runoff_from_on,
      runoff_until_on,
      runoff_announced_on,
      votes_needed,
      threshold_percent,
      threshold_yes,
      threshold_of,
      ...rules
    }): Rules => ({
      ...rules,
      ...thresholdOf(votes_needed, threshold_percent, threshold_yes, threshold_of),
      runoff:
        has_runoff === 'yes' && runoff_from_on && runoff_until_on && runoff_announced_on
          ? { vote_from_on: runoff_from_on, vote_until_on: runoff_until_on, announced_on: runoff_announced_on }
          : null,
      ties: {
        paid_staff: tie_paid_staff,
        family: tie_family,
        candidate: tie_candidate,
        volunteer: tie_volunteer,
        donor: tie_donor,
      },
    }),
  )

/** Four of six are two of three: a share is kept in one way, so that saving it again changes nothing. */
function reduced(yes: number, of: number): { yes: number; of: number } {
  let [a, b] = [yes, of]
  while (b > 0) [a, b] = [b, a % b]
  return { yes: yes / a, of: of / a }
}

function thresholdOf(
  needed: VotesNeeded,
  percent: number | null,
  yes: number | null,
  of: number | null,
): Pick<Rules, 'threshold_percent' | 'threshold'> {
  if (needed === 'most') return { threshold_percent: 50, threshold: 'most' }
  if (needed === 'half') return { threshold_percent: 50 }
  if (needed === 'percent') return { threshold_percent: percent ?? 50 }
  const share = needed === 'two_thirds' ? { yes: 2, of: 3 } : reduced(yes ?? 1, of ?? 1)
  return { threshold_percent: Math.ceil((100 * share.yes) / share.of), threshold: share }
}

/** A share of one choice each is reached by one at most, so more endorsements than one never come about. */
export const isOneOfMany = ({ method, threshold, endorsements_most }: Rules): boolean =>
  method === 'plurality' && threshold !== 'most' && endorsements_most > 1

/** How a form says what the rules need. */
export function votesNeededOf({ threshold, threshold_percent }: Pick<Rules, 'threshold' | 'threshold_percent'>): VotesNeeded {
  if (threshold === 'most') return 'most'
  if (threshold) return threshold.yes === 2 && threshold.of === 3 ? 'two_thirds' : 'fraction'
  return threshold_percent === 50 ? 'half' : 'percent'
} // prettier-ignore

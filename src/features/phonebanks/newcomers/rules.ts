import { spacingOf, type Spacings } from '../calling-rules/schema.ts'
import { nextDayAt } from '../rules.ts'
import type { ToConfirm } from '../../events/calls/queries.ts'

export interface Standing {
  /** 'ready', or why not: rung not long ago, in a language this caller does not speak, or nobody asks them any more. */
  is: 'ready' | 'resting' | 'other_language' | 'done'
  /** Of somebody who rests. */
  until: Date | null
}

const hour_ms = 3_600_000

/** Where somebody without a voter record stands for a caller; who gave a sure answer is not among those asked. */
export function standingOfNewcomer(
  {
    phone,
    is_closed,
    language,
    said,
    tries,
    tried_at,
    tried_as,
    line_at,
  }: Pick<ToConfirm, 'phone' | 'is_closed' | 'language' | 'said' | 'tries' | 'tried_at' | 'tried_as' | 'line_at'>,
  {
    languages,
    max_attempts,
    retry_after_hours,
    spacing,
    is_household_once_a_day,
    time_zone,
  }: {
    languages: readonly string[]
    max_attempts: number
    retry_after_hours: number
    spacing: Spacings
    is_household_once_a_day: boolean
    /** Of the event. */
    time_zone: string
  },
  now: Date,
): Standing {
  // A message is no answer; whether they are tried again says the phone bank, as of its voters.
  const isAnswered =
    said === 'message' ? spacingOf(spacing, 'left_message', retry_after_hours).queue === 'done' : said !== null
  if (phone === null || is_closed || isAnswered || tries >= max_attempts) return { is: 'done', until: null }
  if (!languages.includes(language)) return { is: 'other_language', until: null }
  const untils = [
    tried_at &&
      new Date(tried_at.getTime() + spacingOf(spacing, tried_as ?? 'no_answer', retry_after_hours).hours * hour_ms),
    is_household_once_a_day && line_at ? nextDayAt(time_zone, line_at) : null,
  ].flatMap((each) => each ?? [])
  const until = untils.toSorted((a, b) => b.getTime() - a.getTime())[0]
  return until && until > now ? { is: 'resting', until } : { is: 'ready', until: null }
}

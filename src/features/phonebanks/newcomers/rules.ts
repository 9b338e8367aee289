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
  }: Pick<ToConfirm, 'phone' | 'is_closed' | 'language' | 'said' | 'tries' | 'tried_at'>,
  {
    languages,
    max_attempts,
    retry_after_hours,
  }: { languages: readonly string[]; max_attempts: number; retry_after_hours: number },
  now: Date,
): Standing {
  if (phone === null || is_closed || said !== null || tries >= max_attempts) return { is: 'done', until: null }
  if (!languages.includes(language)) return { is: 'other_language', until: null }
  const until = tried_at && new Date(tried_at.getTime() + retry_after_hours * hour_ms)
  return until && until > now ? { is: 'resting', until } : { is: 'ready', until: null }
}

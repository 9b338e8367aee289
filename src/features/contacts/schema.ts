import { z } from 'zod'

/**
 * What became of one try to reach somebody. Adding one = this list, its rule below, its messages; tsc names every
 * place still missing. The first ten are offered at once, the others behind "more".
 */
export const dispositions = [
  'canvassed',
  'no_answer',
  'left_message',
  'call_back',
  'refused',
  'wrong_number',
  'disconnected',
  'language_barrier',
  'do_not_call',
  'busy',
  'not_available',
  'moved',
  'deceased',
  'hostile',
] as const
export const Disposition = z.enum(dispositions)
export type Disposition = z.infer<typeof Disposition>

/** Offered at once; more than about ten codes slow callers down. */
export const usualDispositions: readonly Disposition[] = dispositions.slice(0, 10)

export interface DispositionRule {
  /** A living person answered, whoever it was: a contact. */
  reached: boolean
  /** It was the voter: a conversation. Those who say wrong number, moved or deceased are somebody else. */
  is_with_voter: boolean
  /** Answers of the script go with it; every other code excludes answers. */
  takes_answers: boolean
  /** What we learned of the number dialled. */
  number: 'unchanged' | 'good' | 'wrong' | 'disconnected'
  /** What we learned of the person; all but language close the person to every phone bank of the organization. */
  person: 'nothing' | 'language' | 'do_not_call' | 'deceased' | 'moved' | 'hostile'
  /** What becomes of the voter in the phone bank. */
  queue: 'done' | 'retry' | 'call_back' | 'next_number' | 'hand_on' | 'suppressed'
  /** Rest before the next try; null: what the phone bank says. */
  retry_after_hours: number | null
  /** What the caller must say with it. */
  needs: 'answers' | 'time' | 'language' | 'spoke_with' | null
}

const withVoter = { reached: true, is_with_voter: true } as const

/** Source: practice of the large canvassing systems and dialers (organizing guides of state parties, OSDI), checked 2026-11-23. */
export const dispositionRules: Readonly<Record<Disposition, DispositionRule>> = {
  canvassed: rule('done', { ...withVoter, takes_answers: true, number: 'good', needs: 'answers' }),
  no_answer: rule('retry'),
  // A message ends the running round: who heard it should not be rung again tomorrow.
  left_message: rule('done'),
  call_back: rule('call_back', { ...withVoter, number: 'good', needs: 'time' }),
  refused: rule('done', { ...withVoter, number: 'good' }),
  wrong_number: rule('next_number', { reached: true, number: 'wrong' }),
  disconnected: rule('next_number', { number: 'disconnected' }),
  language_barrier: rule('hand_on', { ...withVoter, number: 'good', person: 'language', needs: 'language' }),
  do_not_call: rule('suppressed', { ...withVoter, person: 'do_not_call', needs: 'spoke_with' }),
  busy: rule('retry', { retry_after_hours: 1 }),
  not_available: rule('retry', { ...withVoter, number: 'good', retry_after_hours: 4 }),
  moved: rule('suppressed', { reached: true, person: 'moved' }),
  deceased: rule('suppressed', { reached: true, person: 'deceased', needs: 'spoke_with' }),
  hostile: rule('suppressed', { ...withVoter, person: 'hostile' }),
}

function rule(queue: DispositionRule['queue'], more: Partial<DispositionRule> = {}): DispositionRule {
  return {
    reached: false,
    is_with_voter: false,
    takes_answers: false,
    number: 'unchanged',
    person: 'nothing',
    queue,
    retry_after_hours: null,
    needs: null,
    ...more,
  }
}

/** Who told us: asked once before a mark that closes somebody to the whole organization. */
export const spokeWith = ['voter', 'household', 'other'] as const
export const SpokeWith = z.enum(spokeWith)
export type SpokeWith = z.infer<typeof SpokeWith>

/**
 * Was it a conversation? Every number of conversations (goal, pace, rates, report, tallies) counts by this; in SQL it is
 * `is_conversation(disposition, spoke_with)`.
 */
export const isConversation = (disposition: Disposition, spoke_with: SpokeWith | null): boolean =>
  dispositionRules[disposition].is_with_voter && (spoke_with ?? 'voter') === 'voter'

/** Languages a caller can hear and pass on, and callers can speak. */
export const spokenLanguages = [
  'en',
  'ko',
  'zh',
  'es',
  'bn',
  'hi',
  'pa',
  'ur',
  'ne',
  'vi',
  'tl',
  'ja',
  'ru',
  'ar',
  'fr',
  'pl',
] as const
export const SpokenLanguage = z.enum(spokenLanguages)
export type SpokenLanguage = z.infer<typeof SpokenLanguage>

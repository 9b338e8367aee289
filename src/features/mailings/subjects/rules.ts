import type { Counting } from '../counting/rules.ts'
import type { SubjectRule } from './schema.ts'

export interface Arm {
  /** Mails that went out with it. */
  sent: number
  /** Of these, what it is told by. */
  hits: number
}

/** Whether what it is told by is known of readers at all. */
export const isCounted = (rule: SubjectRule, { counts_clicks, counts_opens }: Counting): boolean =>
  rule === 'clicks' ? counts_clicks : rule === 'opens' ? counts_opens : true

const z95 = 1.959964

/** Between which shares the true one lies, 19 times out of 20 (Wilson's score interval: right for few and for none too). */
export function interval({ sent, hits }: Arm): [low: number, high: number] {
  if (sent === 0) return [0, 1]
  const share = hits / sent
  const z2 = z95 * z95
  const middle = share + z2 / (2 * sent)
  const half = z95 * Math.sqrt((share * (1 - share) + z2 / (4 * sent)) / sent)
  const low = hits === 0 ? 0 : (middle - half) / (1 + z2 / sent)
  const high = hits === sent ? 1 : (middle + half) / (1 + z2 / sent)
  return [Math.max(0, low), Math.min(1, high)]
}

/** Whether chance alone would show such a difference less than once in twenty times (two proportions, pooled). */
export function differs(one: Arm, other: Arm): boolean {
  const all = one.sent + other.sent
  if (one.sent === 0 || other.sent === 0) return false
  const pooled = (one.hits + other.hits) / all
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.sent + 1 / other.sent))
  return error > 0 && Math.abs(one.hits / one.sent - other.hits / other.sent) / error > z95
}

export type Decision = { ok: true; winner: number; is_equal: boolean } | { ok: false; problem: 'too_few' }

/** The one with the largest share; of equal ones the first. */
export function decide(arms: readonly Arm[], least: number): Decision {
  if (arms.some(({ sent }) => sent < least)) return { ok: false, problem: 'too_few' }
  const shares = arms.map(({ sent, hits }) => hits / sent)
  const most = Math.max(...shares)
  return { ok: true, winner: shares.indexOf(most), is_equal: shares.filter((share) => share === most).length > 1 }
}

/** The first of two or three subjects that is surely better than all others; null: it may be chance. */
export function clearest(arms: readonly Arm[]): number | null {
  const at = arms.findIndex((arm) =>
    arms.every((other) => other === arm || (arm.hits / arm.sent > other.hits / other.sent && differs(arm, other))),
  )
  return at === -1 ? null : at
}

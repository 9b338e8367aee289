import type { TieKind, TieRule } from '../cycles/schema.ts'

/** Times in a row: of the same length, with a pause between. */
export const rowOfSlots = (first: Date, { count, minutes, pause_minutes }: { count: number; minutes: number; pause_minutes: number }): Date[] =>
  Array.from({ length: count }, (_, at) => new Date(first.getTime() + at * (minutes + pause_minutes) * 60_000)) // prettier-ignore

interface Time {
  starts_at: Date
  minutes: number
}

/** Does one begin before the other is over? */
export const isBeside = (one: Time, other: Time): boolean =>
  one.starts_at.getTime() < other.starts_at.getTime() + other.minutes * 60_000 &&
  other.starts_at.getTime() < one.starts_at.getTime() + one.minutes * 60_000

/** Whether campaigns may still take, change or give back a time; null: no day is set, so nothing is offered yet. */
export type Booking = 'not_yet' | 'open' | 'over'
export const bookingOn = (book_until_on: string | null, today: string): Booking =>
  book_until_on === null ? 'not_yet' : today <= book_until_on ? 'open' : 'over'

export const barring: readonly TieRule[] = ['no_vote', 'leave_room']

/** Whom a tie keeps from voting it keeps from scoring, by the rules of the cycle. */
export const isBarred = (
  ties: readonly TieKind[] | null,
  rules: { ties: Partial<Record<TieKind, TieRule>> },
): boolean => (ties ?? []).some((tie) => barring.includes(rules.ties[tie] ?? 'disclose'))

/** What most times of a contest last, of two alike the one offered first; null: there are none. */
export function usualLength(slots: readonly { minutes: number }[]): number | null {
  const counts = new Map<number, number>()
  for (const { minutes } of slots) counts.set(minutes, (counts.get(minutes) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? null
}

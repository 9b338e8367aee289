import { addDays } from '../../../platform/clock.ts'

/** Before the last day, campaigns that are not done are reminded. */
export const reminder_days = [7, 2] as const

/** Whoever was asked so lately needs no reminder yet. */
const pause_days = 2

/** Which reminder somebody is due for on this day; null: none, or they have it. `days`: before the last one, the most first. */
export function reminderDue(
  last_on: string,
  today: string,
  { asked_on, reminded }: { asked_on: string; reminded: readonly number[] },
  days: readonly number[] = reminder_days,
): number | null {
  if (today > last_on || today < addDays(asked_on, pause_days)) return null
  const due = days.findLast((each) => today >= addDays(last_on, -each))
  return due === undefined || reminded.some((each) => each <= due) ? null : due
}

/** Does a mail that has not gone out never go out, for what it would bring is no longer so? */
export const isVoid = (
  { sent_to, link_number }: { sent_to: string; link_number: number | null },
  link: { number: number; revoked_at: Date | null; email: string | null } | null,
): boolean =>
  link === null ||
  link.revoked_at !== null ||
  link.email !== sent_to ||
  (link_number !== null && link_number !== link.number)

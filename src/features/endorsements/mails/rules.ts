import { addDays } from '../../../platform/clock.ts'

/** Before the last day, those who are not done are reminded. */
export const reminder_days = [7, 2] as const

/** Whoever was asked so lately needs no reminder yet. */
const pause_days = 2

/** Which reminder a campaign is due for on this day; null: none, or it has it. */
export function reminderDue(
  answers_by_on: string,
  today: string,
  { asked_on, reminded }: { asked_on: string; reminded: readonly number[] },
): number | null {
  if (today > answers_by_on || today < addDays(asked_on, pause_days)) return null
  const due = reminder_days.findLast((days) => today >= addDays(answers_by_on, -days))
  return due === undefined || reminded.some((days) => days <= due) ? null : due
}

import { addDays } from '../../../platform/clock.ts'

/** The next one: so many weeks later that this one is over before it begins, and it is not over itself. */
export function nextOf(
  { starts_on, ends_on }: { starts_on: string; ends_on: string },
  today: string,
): { days: number; starts_on: string; ends_on: string } {
  let days = 7
  while (addDays(starts_on, days) <= ends_on || addDays(ends_on, days) < today) days += 7
  return { days, starts_on: addDays(starts_on, days), ends_on: addDays(ends_on, days) }
}

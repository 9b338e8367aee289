import { addDays, dateIn, instantIn, timeIn } from '../../../platform/clock.ts'

export interface StepTime {
  n: number
  wait_hours: number
}

const hour = 3_600_000

/** A step's moment: so long after `from`; of an event, so long before its start. */
export const momentOf = ({ wait_hours }: StepTime, from: Date, starts_at: Date | null): Date =>
  starts_at ? new Date(starts_at.getTime() - wait_hours * hour) : new Date(from.getTime() + wait_hours * hour)

export interface Next {
  n: number
  at: Date
  /** Steps passed over because their moment had gone by. */
  last_n: number
}

/** What comes after step `last_n` (0: at the beginning) for somebody who is there at `now`; null: nothing more. */
export function nextStep(
  steps: readonly StepTime[],
  last_n: number,
  { now, starts_at }: { now: Date; starts_at: Date | null },
): Next | null {
  let passed = last_n
  for (const step of steps.filter(({ n }) => n > last_n).toSorted((a, b) => a.n - b.n)) {
    const at = momentOf(step, now, starts_at)
    if (!starts_at || at >= now) return { n: step.n, at, last_n: passed }
    passed = step.n
  }
  return null
}

/** Mails of journeys are written at these hours of the organization's day alone: 'HH:MM'. */
export const awake = { from: '08:00', until: '21:00' } as const

export const isAwake = (time: string): boolean => time >= awake.from && time < awake.until

/** When a mail that is due at `at` goes out. */
export function whenAwake(at: Date, time_zone: string): Date {
  const [date, time] = [dateIn(time_zone, at), timeIn(time_zone, at)]
  return isAwake(time) ? at : instantIn(time_zone, time < awake.from ? date : addDays(date, 1), awake.from)
}

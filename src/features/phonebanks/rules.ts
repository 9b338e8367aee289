import { addDays, dateIn, timeIn } from '../../platform/clock.ts'

/** When a phone bank may call; times are of the voter's own zone. */
export interface CallingHours {
  /** 'YYYY-MM-DD', both included. */
  starts_on: string
  ends_on: string
  /** 'HH:MM' or 'HH:MM:SS'; from the first, up to but not including the second. */
  calling_starts: string
  calling_ends: string
}

/** May voters of this zone be called now? Date and time are those where the voter lives, daylight saving included. */
export function isOpenIn(zone: string, hours: CallingHours, now: Date): boolean {
  const date = dateIn(zone, now)
  const time = timeIn(zone, now)
  return (
    date >= hours.starts_on &&
    date <= hours.ends_on &&
    time >= hours.calling_starts.slice(0, 5) &&
    time < hours.calling_ends.slice(0, 5)
  )
}

export const openZones = (zones: readonly string[], hours: CallingHours, now: Date): string[] =>
  zones.filter((zone) => isOpenIn(zone, hours, now))

/** The next instant somebody in one of the zones may be called; null: never again. */
export function opensNextAt(zones: readonly string[], hours: CallingHours, now: Date): Date | null {
  const starts = zones.flatMap((zone) => {
    if (isOpenIn(zone, hours, now)) return [now]
    const today = dateIn(zone, now)
    const first = today < hours.starts_on ? hours.starts_on : today
    return [first, addDays(first, 1)]
      .filter((date) => date <= hours.ends_on)
      .map((date) => instantOf(zone, date, hours.calling_starts))
      .filter((start) => start >= now)
      .slice(0, 1)
  })
  return starts.length ? new Date(Math.min(...starts.map((start) => start.getTime()))) : null
}

/** The instant of a date and a time of day in a zone. A time skipped by daylight saving becomes the one after it. */
export function instantOf(zone: string, date: string, time: string): Date {
  const wished = Date.parse(`${date}T${time.slice(0, 5)}:00Z`)
  let instant = wished
  // Twice: the first guess may lie on the other side of a change of clocks.
  for (let i = 0; i < 2; i++) {
    const shown = new Date(instant)
    const local = Date.parse(`${dateIn(zone, shown)}T${timeIn(zone, shown)}:00Z`)
    instant += wished - local
  }
  return new Date(instant)
}

/** What time it really was when the device's clock said so: the device tells its time at sending, we know ours. */
export function trueTime(by_device: string, sent_at: string, received_at: Date): Date {
  const ago = Math.max(0, Date.parse(sent_at) - Date.parse(by_device))
  return new Date(received_at.getTime() - ago)
}

/** Years of age; null where not even the year is known. With the year alone, the age they reach this year. */
export function ageAt(birth_date: string | null, birth_year: number | null, today: string): number | null {
  const [year = 0] = today.split('-').map(Number)
  if (birth_date) {
    const [born = 0] = birth_date.split('-').map(Number)
    return year - born - (today.slice(5) < birth_date.slice(5) ? 1 : 0)
  }
  return birth_year ? year - birth_year : null
}

export interface Pace {
  callers: number
  /** Attempts per hour of all callers. */
  attempts_per_hour: number
}

/** The pace of the last hour, of which an evening's first calls are only a part; 0 where too few say anything. */
export function attemptsPerHour(recent: number, recent_from: Date | null, now: Date): number {
  if (!recent_from || recent < 20) return 0
  return recent / Math.max(0.25, (now.getTime() - recent_from.getTime()) / 3_600_000)
}

/**
 * Hours of calling left: tries still due, by the pace of the last hour, or by what callers usually do where too few
 * calls were made yet. Source of 45 calls an hour: organizing guides for hand dialling, checked 2026-11-23.
 */
export function hoursToFinish(remaining: number, tries_left_each: number, pace: Pace): number | null {
  if (remaining === 0) return 0
  const per_hour = pace.attempts_per_hour || pace.callers * 45
  return per_hour > 0 ? (remaining * tries_left_each) / per_hour : null
}

const codeLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A join code of ten letters (about 49 bits), none of which looks like another. `bytes`: at least ten random ones. */
export const joinCode = (bytes: Uint8Array): string =>
  Array.from(bytes.slice(0, 10), (byte) => codeLetters[byte % codeLetters.length]).join('')

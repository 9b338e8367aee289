/** Time is passed in, never taken: tests and the demo set it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is moved. */
export function testClock(start: string): Clock & { set(instant: string): void; advance(minutes: number): void } {
  let time = new Date(start)
  return {
    now: () => time,
    set: (instant) => void (time = new Date(instant)),
    advance: (minutes) => void (time = new Date(time.getTime() + minutes * 60_000)),
  }
}

// Making a formatter costs some tens of microseconds, using one hardly any; there are few zones.
const dates = new Map<string, Intl.DateTimeFormat>()
const times = new Map<string, Intl.DateTimeFormat>()

function kept(
  formatters: Map<string, Intl.DateTimeFormat>,
  time_zone: string,
  make: () => Intl.DateTimeFormat,
): Intl.DateTimeFormat {
  let formatter = formatters.get(time_zone)
  if (!formatter) formatters.set(time_zone, (formatter = make()))
  return formatter
}

/** The calendar date 'YYYY-MM-DD' of an instant in a time zone. */
export const dateIn = (time_zone: string, instant: Date): string =>
  kept(
    dates,
    time_zone,
    () => new Intl.DateTimeFormat('en-CA', { timeZone: time_zone, year: 'numeric', month: '2-digit', day: '2-digit' }),
  ).format(instant)

/** The time of day 'HH:MM' of an instant in a time zone. */
export const timeIn = (time_zone: string, instant: Date): string =>
  kept(
    times,
    time_zone,
    () =>
      new Intl.DateTimeFormat('en-GB', {
        timeZone: time_zone,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  ).format(instant)

/**
 * The instant of a date and a time of day in a zone. Of a time that comes twice it is the first; one the clocks leave out is read as
 * before the change, so that half past two becomes half past three (RFC 5545 3.3.5).
 */
export function instantIn(time_zone: string, date: string, time: string): Date {
  const wished = Date.parse(`${date}T${time.slice(0, 5)}:00Z`)
  const shown = (at: number): number =>
    Date.parse(`${dateIn(time_zone, new Date(at))}T${timeIn(time_zone, new Date(at))}:00Z`)
  const day = 86_400_000
  const before = wished - (shown(wished - day) - (wished - day))
  const after = wished - (shown(wished + day) - (wished + day))
  return new Date(shown(before) !== wished && shown(after) === wished ? after : before)
}

/** `date` moved by whole days; both 'YYYY-MM-DD'. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}

/**
 * The same day so many months later, or the last day of a shorter month; both 'YYYY-MM-DD'. `day`: the day of the month
 * meant, where `date` has an earlier one because its month was too short.
 */
export function addMonths(date: string, months: number, day = Number(date.slice(8))): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  last.setUTCDate(Math.min(day, last.getUTCDate()))
  return last.toISOString().slice(0, 10)
}

/** What was done offline is kept on a device for hours, for days at most; what it says beyond that is a clock that was set in between. */
const longestAgo_ms = 14 * 86_400_000

/** What time it really was when the device's clock said so: the device tells its time at sending, we know ours. */
export function trueTime(by_device: string, sent_at: string, received_at: Date): Date {
  const ago = Date.parse(sent_at) - Date.parse(by_device)
  return new Date(received_at.getTime() - Math.min(longestAgo_ms, Math.max(0, ago)))
}

import { addDays, dateIn, timeIn } from '../../platform/clock.ts'
import { quietDayOn, weekdayOf, type QuietGroup } from './calling-rules/quiet-days.ts'

/** When a phone bank may call; times are of the voter's own zone. */
export interface CallingHours {
  /** 'YYYY-MM-DD', both included. */
  starts_on: string
  ends_on: string
  /** 'HH:MM' or 'HH:MM:SS'; from the first, up to but not including the second. */
  calling_starts: string
  calling_ends: string
  /** Weekdays with other hours; null: nobody is called that day. */
  weekdays?: WeekHours
  /** Which of the known holidays are kept. */
  quiet_groups?: readonly QuietGroup[]
  /** Further days without calls, 'YYYY-MM-DD'. */
  quiet_days?: readonly string[]
}

/** By weekday, '0' Sunday … '6' Saturday. */
export type WeekHours = Record<string, [starts: string, ends: string] | null>

/**
 * Where voters may be called at the same times: a time zone, followed by the state where that keeps days of its own
 * ('America/New_York NY'). Two zones where it is not known in which of the two somebody lives, the likelier first
 * ('America/Chicago+America/New_York TN'): what is not allowed in one of them is not allowed. Kept as the voter's
 * `time_zone`. `zone` is the one shown.
 */
export function placeOf(place: string): { zone: string; state: string | null } {
  const [zones = place, state] = place.split(' ')
  return { zone: zones.split('+')[0] ?? zones, state: state ?? null }
}

/** A place of two zones as two of one. */
function eachZone(place: string): string[] {
  const [zones = place, ...state] = place.split(' ')
  return zones.split('+').map((zone) => [zone, ...state].join(' '))
}

/** Hours of a date at a place, or null: nobody is called that day. */
function hoursOn(date: string, state: string | null, hours: CallingHours): readonly [string, string] | null {
  if (date < hours.starts_on || date > hours.ends_on) return null
  if (hours.quiet_days?.includes(date) || quietDayOn(date, state, hours.quiet_groups ?? [])) return null
  const own = hours.weekdays?.[String(weekdayOf(date))]
  if (own === null) return null
  return own ?? [hours.calling_starts.slice(0, 5), hours.calling_ends.slice(0, 5)]
}

/** May voters of this place be called now? Date and time are those where the voter lives, daylight saving included. */
export function isOpenIn(place: string, hours: CallingHours, now: Date): boolean {
  return eachZone(place).every((each) => {
    const { zone, state } = placeOf(each)
    const today = hoursOn(dateIn(zone, now), state, hours)
    const time = timeIn(zone, now)
    return today !== null && time >= today[0] && time < today[1]
  })
}

export const openZones = (places: readonly string[], hours: CallingHours, now: Date): string[] =>
  places.filter((place) => isOpenIn(place, hours, now))

/** Longer than any row of quiet days and closed weekdays one could set by mistake and still mean. */
const farthest_days = 400

/** The next instant somebody at one of the places may be called; null: never again. */
export function opensNextAt(places: readonly string[], hours: CallingHours, now: Date): Date | null {
  const starts = places.flatMap((place) => nextStart(place, hours, now) ?? [])
  return starts.length ? new Date(Math.min(...starts.map((start) => start.getTime()))) : null
}

function nextStart(place: string, hours: CallingHours, now: Date): Date | null {
  const zones = eachZone(place)
  let at = now
  // The later of two, unless the other has closed by then: then from there on again.
  for (let tries = 0; tries < farthest_days; tries++) {
    const starts = zones.map((zone) => nextStartInZone(zone, hours, at)?.getTime())
    if (starts.includes(undefined)) return null
    at = new Date(Math.max(...starts.map((start) => start ?? 0)))
    if (isOpenIn(place, hours, at)) return at
  }
  return null
}

function nextStartInZone(place: string, hours: CallingHours, now: Date): Date | null {
  if (isOpenIn(place, hours, now)) return now
  const { zone, state } = placeOf(place)
  const today = dateIn(zone, now)
  let date = today < hours.starts_on ? hours.starts_on : today
  for (let days = 0; days < farthest_days && date <= hours.ends_on; days++) {
    const [starts] = hoursOn(date, state, hours) ?? []
    const start = starts === undefined ? null : instantOf(zone, date, starts)
    if (start && start >= now) return start
    date = addDays(date, 1)
  }
  return null
}

/** When calling ends at the last of these places that is open now; null: none is. */
export function closesAt(places: readonly string[], hours: CallingHours, now: Date): Date | null {
  const ends = places.flatMap((place) => {
    if (!isOpenIn(place, hours, now)) return []
    const own = eachZone(place).flatMap((each) => {
      const { zone, state } = placeOf(each)
      const date = dateIn(zone, now)
      const today = hoursOn(date, state, hours)
      return today ? [instantOf(zone, date, today[1]).getTime()] : []
    })
    return [Math.min(...own)]
  })
  return ends.length ? new Date(Math.max(...ends)) : null
}

/** The instant when so many hours of calling have passed from now on; null: not before it ends for good. */
export function afterCalling(
  places: readonly string[],
  hours: CallingHours,
  now: Date,
  hours_of_calling: number,
): Date | null {
  let left_ms = hours_of_calling * 3_600_000
  for (let at = opensNextAt(places, hours, now); at;) {
    const end = closesAt(places, hours, at)
    if (!end || end <= at) return null
    const open_ms = end.getTime() - at.getTime()
    if (left_ms <= open_ms) return new Date(at.getTime() + left_ms)
    left_ms -= open_ms
    at = opensNextAt(places, hours, end)
  }
  return null
}

/** When the next day begins at a place: a home called today is not called again before. */
export function nextDayAt(place: string, now: Date): Date {
  const begins = eachZone(place).map((each) => {
    const { zone } = placeOf(each)
    return instantOf(zone, addDays(dateIn(zone, now), 1), '00:00').getTime()
  })
  return new Date(Math.max(...begins))
}

/** The results counted toward a quota are enough. */
export interface Quota {
  question: string
  /** A choice's key or a level of support; null: any answer. */
  value: string | null
  count: number
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

/** Years of age; null where not even the year is known. With the year alone, the age they reach this year. */
export function ageAt(birth_date: string | null, birth_year: number | null, today: string): number | null {
  const [year = 0] = today.split('-').map(Number)
  if (birth_date) {
    const [born = 0] = birth_date.split('-').map(Number)
    return year - born - (today.slice(5) < birth_date.slice(5) ? 1 : 0)
  }
  return birth_year ? year - birth_year : null
}

/** How the conversations stand against the goal. */
export interface Pace {
  goal: number | null
  conversations: number
  /** Conversations an hour, by the last hour; 0 where too few say anything. */
  per_hour: number
  /** The same by all hours in which somebody called: what is left to go by when nobody calls now. */
  usual_per_hour: number
  /** Fewer voters are left on the list than conversations to the goal, or it ends before. */
  is_list_short: boolean
  /** When the goal will be reached at this pace, within the hours of calling; null: nobody can say, not by the end, or not with this list. */
  goal_at: Date | null
  /** Conversations there will be when calling ends today; null: it is not open, or nobody can say. */
  by_tonight: number | null
  tonight: Date | null
}

export function paceOf(
  told: {
    goal: number | null
    conversations: number
    conversations_last_hour: number
    from: Date | null
    /** Hours of the clock in which somebody was called. */
    hours_called: number
    /** Voters still to be reached. */
    left: number
    /** When nobody is left to call, at the pace of calls; null: nobody can say. */
    done_at: Date | null
  },
  bank: CallingHours & { zones: readonly string[]; ended_at?: Date | null },
  now: Date,
): Pace {
  const { goal, conversations } = told
  const per_hour =
    told.from && told.conversations_last_hour >= 3
      ? told.conversations_last_hour / Math.max(0.25, (now.getTime() - told.from.getTime()) / 3_600_000)
      : 0
  const tonight = bank.ended_at ? null : closesAt(bank.zones, bank, now)
  const by_tonight =
    tonight && per_hour > 0
      ? Math.floor(conversations + Math.min(told.left, (per_hour * (tonight.getTime() - now.getTime())) / 3_600_000))
      : null
  const usual_per_hour = conversations >= 10 ? conversations / Math.max(1, told.hours_called) : 0
  const pace = per_hour || usual_per_hour
  const to_go = bank.ended_at || goal === null ? 0 : goal - conversations
  const goal_at = to_go > 0 && pace > 0 ? afterCalling(bank.zones, bank, now, to_go / pace) : null
  const is_list_short = to_go > told.left || (goal_at !== null && told.done_at !== null && goal_at > told.done_at)
  return {
    goal,
    conversations,
    per_hour,
    usual_per_hour,
    is_list_short,
    goal_at: is_list_short ? null : goal_at,
    by_tonight,
    tonight,
  }
}

/** Who calls, and how fast. */
export interface Crew {
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
export function hoursToFinish(remaining: number, tries_left_each: number, pace: Crew): number | null {
  if (remaining === 0) return 0
  const per_hour = pace.attempts_per_hour || pace.callers * 45
  return per_hour > 0 ? (remaining * tries_left_each) / per_hour : null
}

const codeLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A join code of ten letters (about 49 bits), none of which looks like another. `bytes`: at least ten random ones. */
export const joinCode = (bytes: Uint8Array): string =>
  Array.from(bytes.slice(0, 10), (byte) => codeLetters[byte % codeLetters.length]).join('')

/** Of whose language nobody knows: they are called in it first. As take_call. */
export const mainLanguage = (languages: readonly string[]): string =>
  languages.includes('en') ? 'en' : (languages[0] ?? 'en')

/**
 * Which quiet day it is now for all these places ('America/New_York|NY'), by its key, 'own' for a day the organization chose itself;
 * null: in some of them an ordinary one.
 */
export function quietDayNow(
  places: readonly string[],
  { quiet_groups = [], quiet_days = [] }: Pick<CallingHours, 'quiet_groups' | 'quiet_days'>,
  now: Date,
): string | null {
  const keys = places.map((place) => {
    const { zone, state } = placeOf(place)
    const date = dateIn(zone, now)
    return quiet_days.includes(date) ? 'own' : (quietDayOn(date, state, quiet_groups)?.key ?? null)
  })
  return keys.includes(null) ? null : (keys[0] ?? null)
}

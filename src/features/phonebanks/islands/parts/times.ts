import { addDays, dateIn, instantIn, timeIn } from '../../../../platform/clock.ts'
import { isOpenIn, opensNextAt, placeOf, type CallingHours } from '../../rules.ts'

export interface Suggestion {
  date: string
  time: string
}

/** Days looked through for one on which this place is called. */
const days_ahead = 7

/** Times people usually name, ahead of now and within calling hours where they live: in an hour, this evening, the next day. */
export function callBackTimes(now: Date, place: string, hours: CallingHours): Suggestion[] {
  const time_zone = placeOf(place).zone
  const today = dateIn(time_zone, now)
  const isOpen = ({ date, time }: Suggestion) => isOpenIn(place, hours, instantIn(time_zone, date, time))
  const inAnHour = inFull(now.getTime() + 3_600_000, 15)
  const soonest = { date: dateIn(time_zone, inAnHour), time: timeIn(time_zone, inAnHour) }
  const evening = { date: today, time: '19:00' }
  const isAhead = instantIn(time_zone, evening.date, evening.time) > inAnHour
  // Tomorrow, unless nobody is called then.
  const next = Array.from({ length: days_ahead }, (_, at) => addDays(today, at + 1))
    .map((date) =>
      [
        { date, time: '11:00' },
        { date, time: '19:00' },
      ].filter(isOpen),
    )
    .find((times) => times.length > 0)
  return [...[soonest, ...(isAhead ? [evening] : [])].filter(isOpen), ...(next ?? [])]
}

/** The next moment that is a multiple of so many minutes. */
const inFull = (at: number, minutes: number): Date => new Date(Math.ceil(at / (minutes * 60_000)) * minutes * 60_000)

/** What stands in the fields for another time: an evening, else whatever may be suggested, else when calling begins again. */
export function otherTime(now: Date, place: string, hours: CallingHours): Suggestion {
  const times = callBackTimes(now, place, hours)
  const named = times.find(({ time }) => time === '19:00') ?? times[0]
  if (named) return named
  const time_zone = placeOf(place).zone
  const opens_at = opensNextAt([place], hours, inFull(now.getTime() + 1, 5))
  return opens_at
    ? { date: dateIn(time_zone, opens_at), time: timeIn(time_zone, opens_at) }
    : { date: dateIn(time_zone, now), time: '' }
}

/** May this place be called at this moment, and if not, when again? null: not any more. */
export function standingOf(place: string, hours: CallingHours, now: Date): { is_open: boolean; opens_at: Date | null } {
  return isOpenIn(place, hours, now)
    ? { is_open: true, opens_at: null }
    : { is_open: false, opens_at: opensNextAt([place], hours, now) }
}

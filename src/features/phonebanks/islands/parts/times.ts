import { addDays, dateIn, timeIn } from '../../../../platform/clock.ts'
import { isOpenIn, opensNextAt, placeOf, type CallingHours } from '../../rules.ts'

/** The instant of a wall-clock time 'YYYY-MM-DD', 'HH:MM' in a zone. In the hour that is skipped in spring: an hour later. */
export function instantIn(time_zone: string, date: string, time: string): Date {
  const wished = Date.parse(`${date}T${time}:00Z`)
  let instant = wished
  // Twice: the first guess may lie on the other side of a change of the clock.
  for (let round = 0; round < 2; round++) {
    const guess = new Date(instant)
    instant += wished - Date.parse(`${dateIn(time_zone, guess)}T${timeIn(time_zone, guess)}:00Z`)
  }
  return new Date(instant)
}

export interface Suggestion {
  date: string
  time: string
}

/** Times people usually name, within calling hours where they live: in an hour, this evening, tomorrow. */
export function callBackTimes(now: Date, place: string, hours: CallingHours): Suggestion[] {
  const time_zone = placeOf(place).zone
  const today = dateIn(time_zone, now)
  const tomorrow = addDays(today, 1)
  const inAnHour = new Date(Math.ceil((now.getTime() + 3_600_000) / 900_000) * 900_000) // full quarters
  const wished = [
    { date: dateIn(time_zone, inAnHour), time: timeIn(time_zone, inAnHour) },
    { date: today, time: '19:00' },
    { date: tomorrow, time: '11:00' },
    { date: tomorrow, time: '19:00' },
  ]
  const soonest = instantIn(time_zone, wished[0]?.date ?? today, wished[0]?.time ?? '00:00')
  return wished.filter(
    ({ date, time }, at) =>
      isOpenIn(place, hours, instantIn(time_zone, date, time)) &&
      (at === 0 || instantIn(time_zone, date, time) > soonest),
  )
}

/** May this place be called at this moment, and if not, when again? null: not any more. */
export function standingOf(place: string, hours: CallingHours, now: Date): { is_open: boolean; opens_at: Date | null } {
  return isOpenIn(place, hours, now)
    ? { is_open: true, opens_at: null }
    : { is_open: false, opens_at: opensNextAt([place], hours, now) }
}

import { addDays } from '../../../platform/clock.ts'

/**
 * Days on which nobody is called. Political calls made by hand are free of most state laws on sales calls (docs/calling-law);
 * an organization keeps these days out of courtesy, so each group can be chosen. A new day is a row.
 */
export const quietGroups = ['family', 'federal', 'state', 'korean', 'election'] as const
export type QuietGroup = (typeof quietGroups)[number]

/** A date, or the n-th weekday (0 Sunday) of a month; -1: the last one. */
type Rule =
  /** `or_monday`: where it is a Sunday, the day after it too; `or_friday`: where it is a Saturday, the day before it. */
  | { month: number; day: number; or_monday?: true; or_friday?: true }
  | { month: number; weekday: number; nth: number; plus_days?: number }
  | { on: readonly string[] }
  /** Days after Easter Sunday of the Western churches. */
  | { after_easter: number }

export interface QuietDay {
  key: string
  group: QuietGroup
  rule: Rule
  /** Of the voter; null: everywhere. */
  states: readonly string[] | null
  source: string
  checked_on: string
}

const federal = '5 U.S.C. 6103(a)'
const checked_on = '2026-11-25'
const day = (key: string, group: QuietGroup, rule: Rule, source = federal, states: QuietDay['states'] = null) => ({
  key,
  group,
  rule,
  states,
  source,
  checked_on,
})

/** States that forbid sales calls on holidays: their voters expect quiet on every federal one. */
const quietStates = ['AL', 'LA', 'MS', 'RI', 'UT']
const quietSource = 'Restricted call dates of the do-not-call compliance registers (dnc.com, 2019 to 2023)'

const seollal = '2026-02-17 2027-02-07 2028-01-27 2029-02-13 2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12'.split(' ') // prettier-ignore
const chuseok = '2026-09-25 2027-09-15 2028-10-03 2029-09-22 2030-09-12 2031-10-01 2032-09-19 2033-09-08 2034-09-27 2035-09-16 2036-10-04 2037-09-24 2038-09-13 2039-10-02 2040-09-21'.split(' ') // prettier-ignore
const lunar = 'Korea Astronomy and Space Science Institute, calendar data; ICU dangi calendar'

const federalDays: readonly [string, Rule][] = [
  ['mlk', { month: 1, weekday: 1, nth: 3 }],
  ['washington', { month: 2, weekday: 1, nth: 3 }],
  ['memorial', { month: 5, weekday: 1, nth: -1 }],
  ['juneteenth', { month: 6, day: 19 }],
  ['labor', { month: 9, weekday: 1, nth: 1 }],
  ['columbus', { month: 10, weekday: 1, nth: 2 }],
  ['veterans', { month: 11, day: 11 }],
]

const familyDays: readonly [string, Rule][] = [
  ['new_year', { month: 1, day: 1 }],
  ['independence', { month: 7, day: 4 }],
  ['thanksgiving', { month: 11, weekday: 4, nth: 4 }],
  ['christmas', { month: 12, day: 25 }],
]

const washington = 'RCW 1.16.050 (Juneteenth: HB 1016, 2021)'
const inWashington = (key: string, rule: Rule): QuietDay => ({
  ...day(key, 'state', 'day' in rule ? { ...rule, or_monday: true } : rule, washington, ['WA']),
  checked_on: '2026-11-28',
})

const new_york = 'New York General Construction Law § 24'
const newYork = (key: string, group: QuietGroup, rule: Rule): QuietDay => ({
  ...day(key, group, 'day' in rule ? { ...rule, or_monday: true } : rule, new_york, ['NY']),
  checked_on: '2026-11-26',
})

/** Rows of a state; a date has the other days on which it is kept there. */
const ofState =
  (state: string, source: string, kept: { or_monday?: true; or_friday?: true }) =>
  (key: string, rule: Rule, group: QuietGroup = 'state'): QuietDay => ({
    ...day(key, group, 'day' in rule ? { ...kept, ...rule } : rule, source, [state]),
    checked_on: '2026-11-30',
  })

// Lincoln's Birthday is a holiday for notes and checks alone there: offices are open (N.J.S.A. 36:1-1 d).
const inNewJersey = ofState('NJ', 'N.J.S.A. 36:1-1, 36:1-1.2, 11A:6-24.1', { or_monday: true, or_friday: true })
// Of § 6700 without those that are no whole day (Good Friday) or move with another calendar (Lunar New Year, Diwali).
const inCalifornia = ofState('CA', 'California Government Code §§ 6700, 6701', { or_monday: true })
const inCaliforniaOnTheDay = ofState('CA', 'California Government Code §§ 6700, 6701', {})
const inFlorida = ofState('FL', 'Florida Statutes 110.117', { or_monday: true, or_friday: true })
const inOhio = ofState('OH', 'Ohio Revised Code 1.14', { or_monday: true })

const stateDays: readonly QuietDay[] = [
  ...[...familyDays, ...federalDays]
    .filter(([key]) => key !== 'juneteenth')
    .map(([key, rule]) => inNewJersey(key, rule)),
  inNewJersey('juneteenth', { month: 6, weekday: 5, nth: 3 }),
  inNewJersey('good_friday', { after_easter: -2 }),
  inNewJersey('general_election', { month: 11, weekday: 1, nth: 1, plus_days: 1 }, 'election'),
  ...[...familyDays, ...federalDays]
    .filter(([key]) => key !== 'juneteenth' && key !== 'veterans')
    .map(([key, rule]) => inCalifornia(key, rule)),
  inCalifornia('veterans', { month: 11, day: 11, or_friday: true }),
  inCalifornia('lincoln', { month: 2, day: 12 }),
  inCalifornia('cesar_chavez', { month: 3, day: 31 }),
  // § 6701 names those that go on to Monday; these two are not among them.
  inCaliforniaOnTheDay('genocide_remembrance', { month: 4, day: 24 }),
  inCaliforniaOnTheDay('juneteenth', { month: 6, day: 19 }),
  inCalifornia('admission', { month: 9, day: 9 }),
  inCalifornia('native_american', { month: 9, weekday: 5, nth: 4 }),
  ...[...familyDays, ...federalDays]
    .filter(([key]) => !['washington', 'juneteenth', 'columbus'].includes(key))
    .map(([key, rule]) => inFlorida(key, rule)),
  inFlorida('after_thanksgiving', { month: 11, weekday: 4, nth: 4, plus_days: 1 }),
  ...[...familyDays, ...federalDays].map(([key, rule]) => inOhio(key, rule)),
]

export const quietDays: readonly QuietDay[] = [
  ...familyDays.map(([key, rule]) => day(key, 'family', rule)),
  ...federalDays.map(([key, rule]) => day(key, 'federal', rule)),
  ...[...familyDays, ...federalDays].map(([key, rule]) => day(key, 'state', rule, quietSource, quietStates)),
  day('pioneer', 'state', { month: 7, day: 24 }, quietSource, ['UT']),
  ...[...familyDays, ...federalDays].map(([key, rule]) => newYork(key, 'state', rule)),
  newYork('lincoln', 'state', { month: 2, day: 12 }),
  newYork('flag', 'state', { month: 6, weekday: 0, nth: 2 }),
  // A holiday too, but the day on which voters are called to the polls: apart, and chosen by nobody unless they want it.
  newYork('general_election', 'election', { month: 11, weekday: 1, nth: 1, plus_days: 1 }),
  // Columbus Day is none there.
  ...[...familyDays, ...federalDays]
    .filter(([key]) => key !== 'columbus')
    .map(([key, rule]) => inWashington(key, rule)),
  inWashington('after_thanksgiving', { month: 11, weekday: 4, nth: 4, plus_days: 1 }),
  ...stateDays,
  day('seollal', 'korean', { on: seollal }, lunar),
  day('chuseok', 'korean', { on: chuseok }, lunar),
]

/** States with days of their own: their voters are asked about apart from the rest of their time zone. */
export const statesWithDays: ReadonlySet<string> = new Set(quietDays.flatMap(({ states }) => states ?? []))

/**
 * The quiet day that a date 'YYYY-MM-DD' is for voters of a state, of the groups kept; null: an ordinary day. Where no
 * holidays of the state are known, the federal ones stand for them.
 */
export function quietDayOn(date: string, state: string | null, groups: readonly QuietGroup[]): QuietDay | null {
  const isFederalInstead = groups.includes('state') && !(state !== null && statesWithDays.has(state))
  const isKept = ({ group, states }: QuietDay): boolean =>
    states
      ? groups.includes(group) && state !== null && states.includes(state)
      : groups.includes(group) || (isFederalInstead && (group === 'family' || group === 'federal'))
  return quietDays.find((each) => isKept(each) && isOn(each.rule, date)) ?? null
}

function isOn(rule: Rule, date: string): boolean {
  if ('on' in rule) return rule.on.includes(date)
  if ('after_easter' in rule) return date === addDays(easterOf(Number(date.slice(0, 4))), rule.after_easter)
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number)
  if ('day' in rule) {
    if (rule.month === month && rule.day === dayOfMonth) return true
    const itself = { month: rule.month, day: rule.day }
    return (
      (rule.or_monday === true && weekdayOf(date) === 1 && isOn(itself, addDays(date, -1))) ||
      (rule.or_friday === true && weekdayOf(date) === 5 && isOn(itself, addDays(date, 1)))
    )
  }
  return date === addDays(nthWeekday(year, rule.month, rule.weekday, rule.nth), rule.plus_days ?? 0)
}

/** Easter Sunday by the Gregorian computus (Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8). */
export function easterOf(year: number): string {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const epact = (19 * golden + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30
  const moon = epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11))
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7
  return addDays(`${year}-03-28`, moon - weekday)
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  if (nth > 0) {
    const first = weekdayOf(`${year}-${two(month)}-01`)
    return `${year}-${two(month)}-${two(1 + ((weekday - first + 7) % 7) + (nth - 1) * 7)}`
  }
  const last = addDays(month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`, -1)
  return addDays(last, -((weekdayOf(last) - weekday + 7) % 7))
}

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay()

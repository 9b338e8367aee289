import { addDays, addMonths } from '../../platform/clock.ts'
import type { BoardFilter, ruleAsks } from './schema.ts'

/*
 * The board. Dates are 'YYYY-MM-DD'.
 */

export interface Standing {
  /** On this rung since. */
  since: string
  /** The open next step, if any. */
  step: { owner_id: string | null; due_on: string } | null
  /** Last day they did something, as far as the system knows. */
  last_on: string | null
  /** A next step was ever set, or somebody sat down with them. */
  was_asked: boolean
}

/** Without activity for so many days; of whom nothing is known the days count from their rung. */
export const isCoolingOff = (
  { last_on, since }: Pick<Standing, 'last_on' | 'since'>,
  today: string,
  days: number,
): boolean => (last_on !== null && last_on > since ? last_on : since) < addDays(today, -days)

export const isOverdue = ({ step }: Pick<Standing, 'step'>, today: string): boolean =>
  step !== null && step.due_on < today

/** Is somebody among those a filter of the board asks for? */
export function fits(
  standing: Standing,
  show: BoardFilter,
  { me, today, days }: { me: string; today: string; days: number },
): boolean {
  const asked: Record<BoardFilter, boolean> = {
    all: true,
    mine: standing.step?.owner_id === me,
    overdue: isOverdue(standing, today),
    no_step: standing.step === null,
    cooling: isCoolingOff(standing, today, days),
    never_asked: !standing.was_asked,
  }
  return asked[show]
}

/** When something put off comes back. */
export function snoozedUntil(until: 'tomorrow' | 'week' | 'month', today: string): string {
  return addDays(today, { tomorrow: 1, week: 7, month: 30 }[until])
}

/*
 * The pipeline: who stood where at the end of each quarter, and who moved between.
 */

/** First day of the quarter a day lies in. */
export function quarterOf(day: string): string {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1
  return `${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`
}

/** The first days of the last `count` quarters before a day, the oldest first, and the day itself. */
export function quarterDays(today: string, count: number): string[] {
  const days: string[] = []
  for (let day = quarterOf(today); days.length < count; day = quarterOf(addDays(day, -1))) days.unshift(day)
  return days.at(-1) === today ? days : [...days, today]
}

/** One entry of somebody's way; null: on the ladder no more. */
export interface StageEntry {
  person_id: string
  rung_id: string | null
  from_on: string
}

export interface Flow {
  days: string[]
  /** On each day, how many stood on each rung. */
  standing: Record<string, number>[]
  /** Between each day and the next; '' is off the ladder. */
  moves: { from: string; to: string; people: number }[][]
}

/** `entries` in the order they count: of two on one day the later wins. */
export function flowOf(entries: readonly StageEntry[], days: readonly string[]): Flow {
  const ways = Map.groupBy(entries, ({ person_id }) => person_id)
  const standing: Flow['standing'] = days.map(() => ({}))
  const moves: Flow['moves'] = days.slice(1).map(() => [])
  for (const way of ways.values()) {
    const where = days.map((day) => way.findLast(({ from_on }) => from_on <= day)?.rung_id ?? '')
    for (const [at, rung] of where.entries()) {
      const [counts, before] = [standing[at], where[at - 1]]
      if (rung && counts) counts[rung] = (counts[rung] ?? 0) + 1
      if (at === 0 || before === undefined || (!rung && !before)) continue
      const between = moves[at - 1] ?? []
      const move = between.find(({ from, to }) => from === before && to === rung)
      if (move) move.people += 1
      else between.push({ from: before, to: rung, people: 1 })
    }
  }
  return { days: [...days], standing, moves }
}

/*
 * Retention: of those who came in one quarter, how many did something in each of the following.
 */

export interface RetentionRow {
  /** First day of the quarter they came. */
  quarter: string
  people: number
  /** For each quarter after it up to now; the first is the one they came in. */
  active: number[]
}

/** `came`: when each person came. `active`: in which quarters (their first days) each did something. */
export function retentionOf(
  came: ReadonlyMap<string, string>,
  active: ReadonlyMap<string, ReadonlySet<string>>,
  today: string,
  count: number,
): RetentionRow[] {
  const quarters = quarterDays(today, count).filter((day) => day === quarterOf(day))
  return quarters.flatMap((quarter, at) => {
    const people = [...came].flatMap(([person_id, day]) => (quarterOf(day) === quarter ? [person_id] : []))
    if (people.length === 0) return []
    const after = quarters.slice(at)
    return [
      {
        quarter,
        people: people.length,
        active: after.map((each) => people.filter((person_id) => active.get(person_id)?.has(each)).length),
      },
    ]
  })
}

/*
 * Selection of a cohort.
 */

/** Mean share of the points each reader gave, 0-1; null where nobody has read yet. Readers count alike, however much they wrote. */
export function scoreOf(
  scores: readonly Readonly<Record<string, number>>[],
  criteria: readonly { key: string; most: number }[],
): number | null {
  const most = criteria.reduce((sum, each) => sum + each.most, 0)
  if (scores.length === 0 || most === 0) return null
  const shares = scores.map((given) => criteria.reduce((sum, { key }) => sum + (given[key] ?? 0), 0) / most)
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

/*
 * Delegations.
 */

/** What a delegation of a kind asks for first. */
export interface TrainingRule {
  training_ids: readonly string[]
  /** All of them, or one of them. */
  asks: (typeof ruleAsks)[number]
}

/** Whether what somebody passed lets them be given a delegation: passed by its first day, and holding to its last. */
export function isTrained(
  { training_ids, asks }: TrainingRule,
  passed: readonly { training_id: string; passed_on: string; until_on: string | null }[],
  { from_on, until_on }: { from_on: string; until_on: string },
): boolean {
  if (training_ids.length === 0) return true
  const holds = (training_id: string): boolean =>
    passed.some(
      (each) =>
        each.training_id === training_id &&
        each.passed_on <= from_on &&
        (each.until_on === null || each.until_on >= until_on),
    )
  return asks === 'all' ? training_ids.every(holds) : training_ids.some(holds)
}

/** How long a training passed on a day holds, that day included; null: for good. */
export const holdsUntil = (lasts_months: number | null, passed_on: string): string | null =>
  lasts_months === null ? null : addMonths(passed_on, lasts_months)

/** Whether passing a training once more on a day would add something: not where it was passed that day, or holds as long already. */
export function gainsBy(
  { lasts_months }: { lasts_months: number | null },
  passed: readonly { passed_on: string; until_on: string | null }[],
  on: string,
): boolean {
  const until_on = holdsUntil(lasts_months, on)
  return !passed.some(
    (each) =>
      each.passed_on === on ||
      (each.passed_on < on && (each.until_on === null || (until_on !== null && each.until_on >= until_on))),
  )
}

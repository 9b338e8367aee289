import { addDays, addMonths } from '../../../platform/clock.ts'
import type { Standing } from '../tables.ts'

/** What a kind of membership says about its dues. */
export interface DuesTerms {
  /** null: paid once for life. */
  period_months: number | null
  grace_days: number
}

/** Days are 'YYYY-MM-DD', both included. */
export interface Period {
  from_on: string
  /** null: for life. */
  until_on: string | null
}

/**
 * What one payment of the usual dues covers, after what is `paid` for already in that kind: in time it goes on from the
 * last day paid for, too late it begins that day.
 */
export function periodFor(terms: DuesTerms, paid: readonly Period[], paid_on: string): Period {
  const paid_until = paid.flatMap(({ until_on }) => until_on ?? []).reduce(later, '')
  const goesOn = paid_until !== '' && addDays(paid_until, terms.grace_days) >= paid_on
  const from = (from_on: string): Period => ({
    from_on,
    until_on:
      terms.period_months === null
        ? null
        : addDays(addMonths(from_on, terms.period_months, firstDay(from_on, paid)), -1),
  })
  const next = from(goesOn ? addDays(paid_until, 1) : paid_on)
  // Grace longer than a period: what is over already is not paid for any more.
  return next.until_on !== null && next.until_on < paid_on ? from(paid_on) : next
}

/**
 * On which day of the month a period that begins now should begin: whoever joined on the 31st had to begin on the last of
 * February, and begins on the 31st again in March.
 */
function firstDay(from_on: string, paid: readonly Period[]): number {
  const day = Number(from_on.slice(8))
  if (addMonths(from_on, 0, 31) !== from_on) return day
  const before = paid.find(({ until_on }) => until_on !== null && addDays(until_on, 1) === from_on)
  return before && before.from_on < from_on ? Math.max(day, firstDay(before.from_on, paid)) : day
}

/**
 * From which day on dues make somebody active. Whoever pays too late was not in good standing meanwhile; dues that went
 * elsewhere were paid in their time.
 */
export function activeFrom(dues: Period & { paid_on: string; how: string }, paid_until: string | null): string {
  if (dues.how === 'elsewhere') return dues.from_on
  const goesOn = paid_until !== null && dues.from_on <= addDays(paid_until, 1)
  return goesOn || dues.from_on < dues.paid_on ? dues.paid_on : dues.from_on
}

/** What follows when a period ends and nobody pays. */
export function afterwards({ until_on }: Period, grace_days: number): { standing: Standing; from_on: string }[] {
  if (until_on === null) return []
  const over = addDays(until_on, 1)
  return [
    ...(grace_days > 0 ? [{ standing: 'grace' as const, from_on: over }] : []),
    { standing: 'lapsed', from_on: addDays(over, grace_days) },
  ]
}

/** Dues that hold. `at`: when they were recorded, in microseconds, for of two rows of one day the later counts. */
export interface PaidPeriod extends Period {
  dues_id: string
  paid_on: string
  how: string
  grace_days: number
  /** Recorded before somebody approved, so that they count only from then. */
  awaits_approval: boolean
  at: number
}
export interface StandsFrom {
  standing: Standing
  from_on: string
  at: number
}
export interface StandsByDues extends StandsFrom {
  dues_id: string
}

/**
 * What all dues of one kind say of the standing, given what was recorded by hand, in whatever order it was entered. Dues
 * count from no day on which somebody had left or was expelled, except where they were paid after leaving; who is
 * admitted again has what is left of them.
 */
export function rowsOfDues(dues: readonly PaidPeriod[], byHand: readonly StandsFrom[]): StandsByDues[] {
  const hand = byHand.toSorted(inOrder)
  const turns = hand.filter(({ standing }) => isEnd(standing) || admits(standing))
  const turnOn = (day: string) => turns.findLast(({ from_on }) => from_on <= day)
  let rows: StandsByDues[] = []
  let paid: PaidPeriod | null = null
  let begun = ''

  for (const each of dues.toSorted(inOrder)) {
    const until = paid && (paid.until_on ?? forever)
    const day = later(activeFrom(each, until), begun)
    const furthest: PaidPeriod = until !== null && until >= (each.until_on ?? forever) && paid ? paid : each
    paid = furthest
    const { dues_id, at } = each
    const isFree = (on: string): boolean => {
      const turn = turnOn(on)
      if (turn && isEnd(turn.standing)) return lifts(each, turn)
      const wasAdmitted = turn !== undefined || rows.some((row) => row.standing !== 'applied' && row.from_on <= on)
      return !each.awaits_approval || wasAdmitted
    }
    if (!isFree(day) && each.awaits_approval && turnOn(each.paid_on)?.standing !== 'expelled') {
      const before = [...hand, ...rows].toSorted(inOrder).findLast(({ from_on }) => from_on <= each.paid_on)
      if (before?.standing !== 'applied') rows.push({ dues_id, standing: 'applied', from_on: each.paid_on, at })
    }
    const admitted = turns.filter(({ standing, from_on }) => admits(standing) && from_on > day)
    const begins = [day, ...admitted.map(({ from_on }) => from_on)].find(isFree)
    if (begins === undefined || begins > (each.until_on ?? forever)) continue
    begun = begins

    rows = rows.filter(({ standing, from_on }) => from_on < begins || (from_on === begins && standing === 'active'))
    const now = [...hand, ...rows].toSorted(inOrder).findLast(({ from_on }) => from_on <= begins)
    if (now?.standing !== 'active') {
      const isApproved = now?.standing === 'approved' && now.from_on === begins
      rows.push({ dues_id, standing: 'active', from_on: begins, at: isApproved ? Math.max(at, now.at + 1) : at })
    }
    for (const turn of admitted)
      if (turn.standing === 'approved' && turn.from_on > begins && turn.from_on <= (furthest.until_on ?? forever))
        rows.push({ dues_id, standing: 'active', from_on: turn.from_on, at: Math.max(at, turn.at + 1) })
    rows.push(...afterwards(furthest, furthest.grace_days).map((row) => ({ ...row, dues_id, at })))
  }

  return rows.filter((row) => {
    const turn = turnOn(row.from_on)
    if (!turn || !isEnd(turn.standing)) return true
    if (row.standing === 'applied') return turn.standing === 'resigned'
    return dues.some((each) => each.dues_id === row.dues_id && lifts(each, turn))
  })
}

const forever = '9999-12-31'
const later = (a: string, b: string): string => (a > b ? a : b)
const inOrder = (a: { from_on: string; at: number }, b: { from_on: string; at: number }): number =>
  a.from_on === b.from_on ? a.at - b.at : a.from_on < b.from_on ? -1 : 1
const admits = (standing: Standing): boolean => standing === 'approved' || standing === 'active'
/** Whoever left and paid afterwards is back, unless somebody has to approve it. */
const lifts = (dues: PaidPeriod, end: StandsFrom): boolean =>
  end.standing === 'resigned' &&
  !dues.awaits_approval &&
  end.at < dues.at &&
  end.from_on <= (dues.how === 'elsewhere' ? dues.from_on : dues.paid_on)

export type Reminder = 'before' | 'end' | 'grace'

/** So many days before the end a member is asked to renew at most, and before grace ends. */
const before_days = 30
const last_days = 7

interface Ending {
  from_on: string
  until_on: string
  paid_on: string
  grace_days: number
}

/**
 * Which reminder is due on a day; null: none. Of several whose time has come only the last, for one mail a day is enough.
 * Of a short period a quarter is time enough to be asked, and whoever paid this week is not asked yet.
 */
export function reminderOn(day: string, { from_on, until_on, paid_on, grace_days }: Ending): Reminder | null {
  const ends = addDays(until_on, grace_days)
  if (day > ends && day > addDays(until_on, last_days)) return null
  if (day > until_on && grace_days > last_days && day > addDays(ends, -last_days)) return day <= ends ? 'grace' : null
  if (day >= until_on) return day <= addDays(until_on, last_days) ? 'end' : null
  const quarter = Math.floor((Date.parse(until_on) - Date.parse(from_on)) / day_ms / 4)
  const asks = addDays(until_on, -Math.min(before_days, quarter))
  return day >= later(asks, addDays(paid_on, last_days)) ? 'before' : null
}

const day_ms = 86_400_000

/** Standings that end a membership, whatever was paid. */
export const ends = ['resigned', 'expelled'] as const
export const isEnd = (standing: Standing): boolean => ends.some((each) => each === standing)

/**
 * Whether a member has all rights, given how each kind of their membership stands that day: paid for or in grace in one
 * of them, and expelled from none.
 */
export const isInGoodStanding = (current: readonly { standing: Standing }[]): boolean =>
  current.some(({ standing }) => standing === 'active' || standing === 'grace') &&
  !current.some(({ standing }) => standing === 'expelled')

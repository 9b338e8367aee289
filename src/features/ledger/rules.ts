/** '2026-0042': the year and the number of a receipt. */
export const receiptName = ({ year, number }: { year: number; number: number }): string =>
  `${year}-${String(number).padStart(4, '0')}`

export interface MonthOfWay {
  /** 'YYYY-MM' */
  month: string
  way: string
  cents: number
}

/** Sums by month and way of payment as a table: months with anything, in order, and what each column comes to. */
export function byMonth(sums: readonly MonthOfWay[]) {
  const ways = [...new Set(sums.map(({ way }) => way))]
  const of = (of_sums: readonly MonthOfWay[]): number => of_sums.reduce((all, { cents }) => all + cents, 0)
  const months = [...new Set(sums.map(({ month }) => month))].toSorted().map((month) => {
    const here = sums.filter((each) => each.month === month)
    return { month, cells: ways.map((way) => of(here.filter((each) => each.way === way))), cents: of(here) }
  })
  return { ways, months, totals: ways.map((way) => of(sums.filter((each) => each.way === way))), cents: of(sums) }
}

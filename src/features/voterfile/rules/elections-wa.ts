import type { ElectionKind } from '../layouts/layout.ts'
import { generalElectionOn } from './elections-ny.ts'

const years = Array.from({ length: 34 }, (_, index) => 2007 + index)

/**
 * The elections of all Washington by their days, since its voting history names no kinds: the general election of each year,
 * the primary before it (RCW 29A.04.311 and 321: the first Tuesday of August, until 2011 the third) and presidential
 * primaries (RCW 29A.56.020; there was none in 2012). All others are special elections of some places.
 */
export const washingtonElections: Readonly<Record<string, ElectionKind>> = {
  ...Object.fromEntries(years.map((year) => [generalElectionOn(year), 'general' as const])),
  ...Object.fromEntries(years.map((year) => [primaryOn(year), 'primary' as const])),
  ...Object.fromEntries(
    ['2008-02-19', '2016-05-24', '2020-03-10', '2024-03-12'].map((day) => [day, 'presidential_primary' as const]),
  ),
}

function primaryOn(year: number): string {
  const first = new Date(Date.UTC(year, 7, 1)).getUTCDay() // 0 Sunday
  const tuesday = 1 + ((9 - first) % 7) + (year < 2012 ? 14 : 0)
  return `${year}-08-${String(tuesday).padStart(2, '0')}`
}

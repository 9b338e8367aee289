/** Days from 2000-01-01, PostgreSQL's own count. */
export const daysFrom2000 = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / 86_400_000 - 10_957

/** Is it a day that exists, in a year an American voter file can mean? */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return match !== null && dayNumber(Number(match[1]), Number(match[2]), Number(match[3])) !== null
}

/** The day a text begins with, 'YYYY-MM-DD', of 20241105, 2024-11-05 or 11/5/2024, with a time behind it or not; null where it is none. */
export function dayWritten(text: string): string | null {
  const match = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(text)
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text)
  const days = match
    ? dayNumber(Number(match[1]), Number(match[2]), Number(match[3]))
    : slashed
      ? dayNumber(Number(slashed[3]), Number(slashed[1]), Number(slashed[2]))
      : null
  return days === null ? null : dateOfDays(days)
}

const months = 'january february march april may june july august september october november december'.split(' ')

/** In the order in which they are tried; `month` and `day` lack where only a year or month is named. Two digits of a year only where nobody can mean another order. */
const spellings = [
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)/,
  /^(?<month>\d\d)(?<day>\d\d)(?<year>\d{4})$/,
  /^(?<year>\d{4})\s*(?<mark>[-./])\s*(?<month>\d{1,2})\s*\k<mark>\s*(?<day>\d{1,2})(?!\d)/,
  /^(?<month>\d{1,2})\s*(?<mark>[-/])\s*(?<day>\d{1,2})\s*\k<mark>\s*(?<year>\d{4})(?!\d)/,
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d\d)(?!\d)/,
  /^(?<month>[a-z]{3,9})\.?\s*(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})(?!\d)/i,
  /^(?<day>\d{1,2})[\s-]+(?<month>[a-z]{3,9})\.?,?[\s-]+(?<year>\d{4}|\d\d)(?!\d)/i,
  /^(?<year>\d{4})(?:\s*[-./]\s*(?<month>\d{1,2})?)?\s*[-./]?$/,
  /^(?<month>\d{1,2})\s*[-/]\s*(?<year>\d{4})$/,
  /^(?<month>[a-z]{3,9})\.?[\s,-]+(?<year>\d{4})$/i,
]

/**
 * The day a row of somebody's list says, in any of the ways people and spreadsheets write one. A year or month alone counts
 * from its last day, but never from later than the list; what stands for 'unknown' (1900-01-01, zeros, N/A) is not said, so
 * it is the list's day. Null for what is none: another day than the one meant would be told of the number.
 */
export function dayInList(text: string, list_day: string): string | null {
  const plain = text
    .replace(/\s*[년월]\s*/g, '-')
    .replace('일', '')
    .trim()
  if (/^(?:[^\p{L}\p{N}]*|0+|n\/?a|#n\/a|nan|nat|null|none|unknown|미상|모름|없음)$/iu.test(plain)) return list_day
  for (const spelling of spellings) {
    const { year: written = '', month: named, day: of_month } = spelling.exec(plain)?.groups ?? {}
    if (written === '') continue
    const year = Number(written)
    const month = named && /\D/.test(named) ? months.findIndex((each) => each.startsWith(named.toLowerCase())) + 1 : Number(named ?? 12) // prettier-ignore
    const isUnsaid =
      month <= 1 &&
      Number(of_month) <= 1 &&
      (written.length === 2 ? year === 0 : year <= 1 || (year % 100 === 0 && year < 2000))
    if (isUnsaid) return list_day
    const full = written.length === 2 ? 2000 + year : year
    const last = new Date(Date.UTC(full, month, 0)).getUTCDate()
    const days = dayNumber(full, month, of_month === undefined ? last : Number(of_month))
    if (days === null) continue
    // No telephone number is from then, nor from so long after the list: 9/9/99 stands for 'unknown' as well.
    if (full <= 1900 || (written.length === 2 && full > Number(list_day.slice(0, 4)) + 1)) return list_day
    const day = dateOfDays(days)
    return of_month === undefined && day > list_day ? list_day : day
  }
  return null
}

/** 1900-01-01, 1800-01-01 and the like stand in files for 'unknown': the first day of a century is never meant. */
export const standsForUnknown = (year: number, month: number, day: number): boolean =>
  year % 100 === 0 && year < 2000 && month === 1 && day === 1

/** Days from 2000-01-01, or null for a day that does not exist or is not meant. */
export function dayNumber(year: number, month: number, day: number): number | null {
  if (year < 1850 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31) return null
  if (standsForUnknown(year, month, day)) return null
  const days = daysFrom2000(year, month, day)
  return new Date((days + 10_957) * 86_400_000).getUTCDate() === day ? days : null
}

export const dateOfDays = (days: number): string => new Date((days + 10_957) * 86_400_000).toISOString().slice(0, 10)

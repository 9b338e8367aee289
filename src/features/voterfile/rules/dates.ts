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

/**
 * Days from 2000-01-01, or null for a day that does not exist. 1900-01-01, 1800-01-01 and the like stand in files for
 * 'unknown': the first day of a century is never meant.
 */
export function dayNumber(year: number, month: number, day: number): number | null {
  if (year < 1850 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31) return null
  if (year % 100 === 0 && year < 2000 && month === 1 && day === 1) return null
  const days = daysFrom2000(year, month, day)
  return new Date((days + 10_957) * 86_400_000).getUTCDate() === day ? days : null
}

export const dateOfDays = (days: number): string => new Date((days + 10_957) * 86_400_000).toISOString().slice(0, 10)

import { formatNumber } from '../../../platform/i18n/formats.ts'
import type { Language } from '../../../platform/i18n/languages.ts'

/** Minutes as hours, quarters of them to the hundredth: '2', '2.5', '0.25', else to the tenth. */
export function hoursText(language: Language, minutes: number): string {
  if (minutes % 30 !== 0 && minutes % 15 === 0) return formatNumber(language, minutes / 60, 2)
  const hours = Math.round(minutes / 6) / 10
  return formatNumber(language, hours, Number.isInteger(hours) ? 0 : 1)
}

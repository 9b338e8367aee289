import { formatNumber } from '../../../platform/i18n/formats.ts'
import type { Language } from '../../../platform/i18n/languages.ts'

/** Minutes as hours, to a tenth: '2', '2.5'. */
export function hoursText(language: Language, minutes: number): string {
  const hours = Math.round(minutes / 6) / 10
  return formatNumber(language, hours, Number.isInteger(hours) ? 0 : 1)
}

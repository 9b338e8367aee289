import { dateIn } from '../../platform/clock.ts'
import { dateFormatter } from '../../platform/i18n/formatters.ts'
import { formatDate, formatRange, formatTime } from '../../platform/i18n/formats.ts'
import type { PublicLanguage } from '../../platform/i18n/languages.ts'

type Span = { starts_at: Date; ends_at: Date }

/** 'Saturday, December 5, 2026, 2 PM–4 PM' / '2026년 12월 5일(토) 오후 2시~4시'; the day of the end where it is another. */
export function spanText(language: PublicLanguage, zone: string, { starts_at, ends_at }: Span): string {
  const is_one_day = dateIn(zone, starts_at) === dateIn(zone, ends_at)
  const [from, until] = [starts_at, ends_at].map((at) => timeText(language, zone, at))
  // Said once where both are of one half of the day.
  const half = language === 'ko' ? `${from?.split(' ')[0]} ` : null
  const time = half && until?.startsWith(half) ? until.slice(half.length) : (until ?? '')
  const end = is_one_day ? time : momentText(language, zone, ends_at)
  return formatRange(language === 'ko' ? 'ko' : 'en', momentText(language, zone, starts_at), end)
}

export function momentText(language: PublicLanguage, zone: string, at: Date): string {
  return `${dayText(language, dateIn(zone, at))}${language === 'ko' ? ' ' : ', '}${timeText(language, zone, at)}`
}

/** `day` is 'YYYY-MM-DD'. */
export function dayText(language: PublicLanguage, day: string): string {
  if (language === 'en' || language === 'ko') return formatDate(language, day)
  return dateFormatter(locales[language], { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))
}

function timeText(language: PublicLanguage, zone: string, at: Date): string {
  if (language === 'en' || language === 'ko') return formatTime(language, at, zone)
  return dateFormatter(locales[language], { timeStyle: 'short', timeZone: zone }).format(at)
}

/** 'ET', '미 동부 시간': for whoever joins from elsewhere. */
export function zoneText(language: PublicLanguage, zone: string, at: Date): string {
  const parts = dateFormatter(locales[language], { timeZone: zone, timeZoneName: 'shortGeneric' })
  return parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

const locales = { en: 'en-US', ko: 'ko', zh: 'zh-Hant', es: 'es' } as const satisfies Record<PublicLanguage, string>

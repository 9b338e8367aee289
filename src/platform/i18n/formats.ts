import { dateFormatter } from './formatters.ts'
import type { Language } from './languages.ts'

/**
 * Dates, times, money and phone numbers as people of each language write them. Own rules for Korean: ICU 78 writes
 * "PM 6:30" and "US$1,234.50", older ones otherwise, so server and browser would differ.
 */
const koreanDays = ['일', '월', '화', '수', '목', '금', '토']

interface Parts {
  year: number
  month: number
  day: number
  weekday: number
  hour: number
  minute: number
}

function parts(instant: Date, time_zone: string): Parts {
  const found: Record<string, string> = {}
  const format = dateFormatter('en-US', {
    timeZone: time_zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  })
  for (const { type, value } of format.formatToParts(instant)) found[type] = value
  const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)]
  return {
    year,
    month,
    day,
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
    hour: Number(found.hour),
    minute: Number(found.minute),
  }
}

function ofDate(date: string): Parts {
  const noon = new Date(`${date}T12:00:00Z`)
  return {
    year: noon.getUTCFullYear(),
    month: noon.getUTCMonth() + 1,
    day: noon.getUTCDate(),
    weekday: noon.getUTCDay(),
    hour: 12,
    minute: 0,
  }
}

/** 'Tuesday, June 23, 2026' / '2026년 6월 23일(화)'; short: 'Jun 23' / '6월 23일(화)'. `date` is 'YYYY-MM-DD'. */
export function formatDate(language: Language, date: string, style: 'long' | 'short' = 'long'): string {
  const { year, month, day, weekday } = ofDate(date)
  if (language === 'ko') return `${style === 'long' ? `${year}년 ` : ''}${month}월 ${day}일(${koreanDays[weekday]})`
  return dateFormatter('en-US', {
    timeZone: 'UTC',
    month: style === 'long' ? 'long' : 'short',
    day: 'numeric',
    weekday: style === 'long' ? 'long' : 'short',
    ...(style === 'long' ? { year: 'numeric' } : {}),
  }).format(new Date(`${date}T12:00:00Z`))
}

/** '20–24' / '20~24'. */
export const formatRange = (language: Language, from: string | number, to: string | number): string =>
  `${from}${language === 'ko' ? '~' : '–'}${to}`

/** '6:30 PM' / '오후 6시 30분' of an instant in a time zone. */
export function formatTime(language: Language, instant: Date, time_zone: string): string {
  const { hour, minute } = parts(instant, time_zone)
  return formatClock(language, `${hour}:${minute}`)
}

/** '9 AM' / '오전 9시' of a time of day 'HH:MM'. */
export function formatClock(language: Language, time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const twelve = hour % 12 || 12
  if (language === 'ko') {
    const half = hour < 12 ? '오전' : hour === 12 ? '낮' : hour >= 20 ? '밤' : '오후'
    return `${half} ${twelve}시${minute ? ` ${minute}분` : ''}`
  }
  return `${twelve}${minute ? `:${String(minute).padStart(2, '0')}` : ''} ${hour < 12 ? 'AM' : 'PM'}`
}

/** '9 AM–9 PM' / '오전 9시~밤 9시' of hours within one day; from midnight to its last minute is the whole day. */
export function formatHours(language: Language, from: string, to: string): string {
  const [starts, ends] = [from.slice(0, 5), to.slice(0, 5)]
  const isFirst = starts === '00:00'
  const isLast = ends === '23:59' || ends === '24:00'
  if (isFirst && isLast) return language === 'ko' ? '하루 종일' : 'all day'
  const midnight = language === 'ko' ? '자정' : 'midnight'
  return formatRange(
    language,
    isFirst ? midnight : formatClock(language, starts),
    isLast ? midnight : formatClock(language, ends),
  )
}

/** 'Jun 23, 6:30 PM' / '6월 23일(화) 오후 6시 30분'. */
export function formatDateTime(language: Language, instant: Date, time_zone: string): string {
  const { year, month, day } = parts(instant, time_zone)
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return `${formatDate(language, date, 'short')}${language === 'ko' ? ' ' : ', '}${formatTime(language, instant, time_zone)}`
}

const months = 'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?' // prettier-ignore

/**
 * For a page: where a date has to go on in the next line, 'December 2', '12월 2일(수)', '오전 9시' and '낮 12시' stay whole. By
 * spaces alone: other joiners would be copied along and hide '9시~낮' from a search. Not for what is compared, searched or sent.
 */
export const unbroken = (date: string): string =>
  date
    .replaceAll(/(\d월) (\d{1,2}일)/g, '$1\u00a0$2')
    .replaceAll(/(오전|오후|낮|밤) (\d{1,2}시)/g, '$1\u00a0$2')
    .replaceAll(/(\d시) (\d{1,2}분)/g, '$1\u00a0$2')
    .replaceAll(new RegExp(`\\b(${months}) (\\d{1,2})\\b`, 'g'), '$1\u00a0$2')
    .replaceAll(/(\d) (AM|PM)\b/g, '$1\u00a0$2')

/** 'just now', '5 minutes ago', then hours and days. */
export function formatAgo(language: Language, instant: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - instant.getTime()) / 60_000)
  if (minutes < 1) return language === 'ko' ? '방금' : 'just now'
  const [amount, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 1440
        ? [Math.floor(minutes / 60), 'hour']
        : [Math.floor(minutes / 1440), 'day']
  if (language === 'ko') return `${amount}${{ minute: '분', hour: '시간', day: '일' }[unit as 'minute']} 전`
  return `${amount} ${unit}${amount === 1 ? '' : 's'} ago`
}

export const formatNumber = (language: Language, value: number, digits = 0): string =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** '62.5%'; `share` is 0-1. */
export const formatPercent = (language: Language, share: number, digits = 0): string =>
  `${formatNumber(language, share * 100, digits)}%`

/** '$1,234.50'. */
export const formatMoney = (cents: number): string =>
  `${cents < 0 ? '-' : ''}$${(Math.abs(cents) / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`

/** '718-555-0100' of '+17185550100'; other countries' numbers stay as they are. */
export function formatPhone(e164: string): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164)
  return match ? `${match[1]}-${match[2]}-${match[3]}` : e164
}

/** E.164 of ten digits of the North American plan, else null. For a field; what is kept is read by the full rules of voterfile. */
export function typedPhone(text: string): string | null {
  const digits = text.replaceAll(/\D/g, '').replace(/^1(?=\d{10}$)/, '')
  return /^[2-9]\d{2}[2-9]\d{6}$/.test(digits) ? `+1${digits}` : null
}

import { dateIn } from '../clock.ts'
import { formatDate, formatDateTime } from './formats.ts'
import { isLanguage, type PublicLanguage } from './languages.ts'
import { translator, type Translate } from './messages.ts'

export interface PublicText {
  zh: string
  es: string | { one: string; other: string }
}
/** By the key of the message. */
export type PublicTexts = Readonly<Record<string, PublicText>>

/** What stands around texts for everybody, in one of their four languages; what has no such words is English. */
export const publicTranslatorOf =
  (texts: PublicTexts) =>
  (language: PublicLanguage): Translate => {
    if (isLanguage(language)) return translator(language)
    const english = translator('en')
    const get = (key: string, given: Record<string, string | number> = {}): string => {
      const text = texts[key]?.[language]
      if (text === undefined) return english.dynamic(key, given)
      const form = typeof text === 'string' ? text : given.count === 1 ? text.one : text.other
      return form.replaceAll(/{{(\w+)}}/g, (whole, name: string) => {
        const value = given[name]
        return typeof value === 'number' ? value.toLocaleString('en-US') : (value ?? whole)
      })
    }
    return Object.assign(get as never, { dynamic: get, language: english.language })
  }

const chineseDays = ['日', '一', '二', '三', '四', '五', '六']
const spanishMonths = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ') // prettier-ignore
const spanishDays = ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado']

/** 'Tuesday, June 23, 2026', '2026년 6월 23일(화)', '2026 年 6 月 23 日(星期二)', 'martes 23 de junio de 2026' */
export function publicDate(language: PublicLanguage, on: string): string {
  if (isLanguage(language)) return formatDate(language, on)
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number)
  const weekday = new Date(`${on}T12:00:00Z`).getUTCDay()
  return language === 'zh'
    ? `${year} 年 ${month} 月 ${day} 日(星期${chineseDays[weekday]})`
    : `${spanishDays[weekday]} ${day} de ${spanishMonths[month - 1]} de ${year}`
}

/** The day with the time where it is, '13:00' in Chinese and Spanish. */
export function publicDateTime(language: PublicLanguage, at: Date, time_zone: string): string {
  if (isLanguage(language)) return formatDateTime(language, at, time_zone)
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: time_zone }).format(at)
  return `${publicDate(language, dateIn(time_zone, at))}${language === 'zh' ? ' ' : ', '}${time}`
}

/** The name of a language in the reader's own. */
export const languageNameIn = (reader: PublicLanguage, code: string): string =>
  new Intl.DisplayNames([reader === 'zh' ? 'zh-Hant' : reader], { type: 'language' }).of(code) ?? code

import { getCookie } from 'hono/cookie'
import { dateIn } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/http/room.ts'
import { formatDateTime } from '../../platform/i18n/formats.ts'
import { isPublicLanguage, languages, type PublicLanguage } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { publicDate, publicDateTime, publicTranslatorOf } from '../../platform/i18n/public.ts'
import { endorsementTexts } from './public-texts.ts'

/** What stands around an organization's own texts, which may be in more languages than we have words. */
export interface Reader extends Translate {
  /** Of those texts. */
  reads: string
  words: PublicLanguage
  /** In which they can be read. */
  offered: readonly string[]
}

export const isReader = (t: Translate): t is Reader => 'reads' in t
export const readsOf = (t: Translate): string => (isReader(t) ? t.reads : t.language)
export const wordsOf = (t: Translate): PublicLanguage => (isReader(t) ? t.words : t.language)

export const dayText = (t: Translate, on: string): string => publicDate(wordsOf(t), on)
/** Instants on pages for everybody. */
export const momentText = (t: Translate, at: Date, time_zone: string): string =>
  isReader(t) ? publicDateTime(t.words, at, time_zone) : formatDateTime(t.language, at, time_zone)
export const dayOf = (t: Translate, at: Date, time_zone: string): string => dayText(t, dateIn(time_zone, at))

/** English, Korean and every language the organization writes in: the one asked for, chosen before, or the browser's first. */
export function readerOf(c: Ctx, own: readonly string[], asked: string | undefined): Reader {
  const offered = [...new Set([...languages, ...own])]
  const accepted = (c.req.header('accept-language') ?? '').split(',').map((each) => each.trim().slice(0, 2).toLowerCase())
  const wished = [asked, getCookie(c, 'language'), ...accepted].find((each) => each !== undefined && offered.includes(each)) // prettier-ignore
  return reader(wished ?? c.var.language, offered, c.var.language)
} // prettier-ignore

export function reader(reads: string, offered: readonly string[], otherwise: PublicLanguage): Reader {
  const words = isPublicLanguage(reads) ? reads : otherwise
  return Object.assign(publicTranslatorOf(endorsementTexts)(words), { reads, words, offered })
}

/** As a browser knows it: our Chinese is the traditional one. */
export const htmlLanguage = (language: string): string => (language === 'zh' ? 'zh-Hant' : language)

import { getCookie } from 'hono/cookie'
import type { Ctx } from '../../platform/http/room.ts'
import { isLanguage, isPublicLanguage, type PublicLanguage } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { publicTranslatorOf } from '../../platform/i18n/public.ts'
import { readerTexts } from './public-texts.ts'

/** The words of a page that readers of e-mail see, in one of the four languages of such pages. */
export interface ReaderTranslate extends Translate {
  /** `language` is that of words which have none in it. */
  reads: PublicLanguage
}

export const readerTranslator = (language: PublicLanguage): ReaderTranslate =>
  Object.assign(publicTranslatorOf(readerTexts)(language), { reads: language })

/** English and Korean always; Chinese and Spanish where the organization writes them. */
export const readIn = (languages: readonly string[], wished: readonly (string | undefined)[]): PublicLanguage =>
  wished.find(
    (each): each is PublicLanguage =>
      each !== undefined && isPublicLanguage(each) && (isLanguage(each) || languages.includes(each)),
  ) ?? 'en'

/** What a browser wishes: what was chosen on our pages, else its own languages, the first of which we have. */
export const browserWishes = (c: Ctx): string[] => [
  getCookie(c, 'language') ?? '',
  ...(c.req.header('accept-language') ?? '').split(',').map((each) => each.trim().slice(0, 2).toLowerCase()),
  c.var.language,
]

/** What such a page may be read in beside English and Korean. */
export const readAlso = (languages: readonly string[]): string[] =>
  languages.filter((each) => isPublicLanguage(each) && !isLanguage(each))

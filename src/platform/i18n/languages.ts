/** Languages every screen is complete in. Public pages may add others later. */
export const languages = ['en', 'ko'] as const
export type Language = (typeof languages)[number]

/** Languages of what stands around texts on pages for everybody; 'zh' is Traditional Chinese. */
export const publicLanguages = ['en', 'ko', 'zh', 'es'] as const
export type PublicLanguage = (typeof publicLanguages)[number]

export const isPublicLanguage = (code: string): code is PublicLanguage =>
  publicLanguages.some((language) => language === code)

/** One text per language; what is missing is shown in another, visibly. */
export type LocalizedText = Partial<Record<string, string>>

/** Each language in its own words, also those only spoken, not written by us. */
export const languageNames: Record<string, string> = {
  en: 'English',
  ko: '한국어',
  zh: '中文',
  es: 'Español',
  bn: 'বাংলা',
  hi: 'हिन्दी',
  vi: 'Tiếng Việt',
  tl: 'Tagalog',
  ja: '日本語',
  ru: 'Русский',
  ur: 'اردو',
  pa: 'ਪੰਜਾਬੀ',
  ne: 'नेपाली',
  ar: 'العربية',
  fr: 'Français',
  pl: 'Polski',
}

export const isLanguage = (code: string | undefined): code is Language =>
  languages.some((language) => language === code)

/** The text in `language`, else in the first of `others` and then in whichever has one; `language` tells which it became. */
export function localized(
  text: LocalizedText | null | undefined,
  language: string,
  others: readonly string[] = ['en'],
): { text: string; language: string } {
  const best = [language, ...others].find((each) => text?.[each])
  if (best) return { text: text?.[best] ?? '', language: best }
  const [other] = Object.entries(text ?? {}).filter(([, value]) => value)
  return other ? { text: other[1] ?? '', language: other[0] } : { text: '', language }
}

/** The language asked for in the address or form, or chosen before, else the first of the browser's that we have. */
export function publicLanguage(asked: string | undefined, accepted: string | undefined): PublicLanguage {
  if (asked && isPublicLanguage(asked)) return asked
  const wished = (accepted ?? '').split(',').map((each) => each.trim().slice(0, 2).toLowerCase())
  return wished.find(isPublicLanguage) ?? 'en'
}

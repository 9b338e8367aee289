import type { ReactNode } from 'react'
import {
  isPublicLanguage,
  languageNames,
  localized,
  type LocalizedText,
  type PublicLanguage,
} from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import './messages.ts'
import type { Content, GuideCandidate } from './schema.ts'
import { publicDate } from '../../platform/i18n/public.ts'

/** Who reads, and where. */
export interface Reading {
  /** Headings and words around the texts, in this language. */
  t: Translate
  words: PublicLanguage
  /** Of the texts, which may be in more languages than we have words. */
  language: string
  languages: readonly string[]
  /** Address of the guide. */
  path: string
  url: string
  content: Content
  organization: LocalizedText
  version: number | null
  published_on: string | null
}

export const nameOf = (r: Reading): string => localized(r.organization, r.language).text
export const candidateName = (r: Pick<Reading, 'language'>, { name, names }: Pick<GuideCandidate, 'name' | 'names'>): string =>
  localized({ en: name, ...names }, r.language).text // prettier-ignore
export const day = (r: Reading, on: string): string => publicDate(r.words, on)
export const langOf = (r: Reading, language: string): string | undefined =>
  language === r.words ? undefined : htmlLanguage(language)

/** Keeps the language, and what was chosen. */
export function addressOf(path: string, language: string, chosen: readonly [string, string][] = []): string {
  return `${path}?${new URLSearchParams([['lang', language], ...chosen]).toString()}`
}

export function Own({ r, text }: { r: Reading; text: LocalizedText }) {
  const found = localized(text, r.language)
  return <span lang={langOf(r, found.language)}>{found.text}</span>
}

export function Box({ id, title, children, is_kept = true }: { id: string; title: string; children: ReactNode; is_kept?: boolean }) {
  return (
    <section
      aria-labelledby={id}
      className={`bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6 print:mb-3 print:border-0 print:p-0 ${is_kept ? '' : 'print:hidden'}`}
    >
      <h2 id={id} className="mb-3 text-xl font-bold">
        {title}
      </h2>
      {children}
    </section>
  )
} // prettier-ignore

export interface Place {
  r: Reading
  /** Address without what was chosen. */
  here: string
  chosen: readonly [string, string][]
}

export function Languages({ r, here, chosen }: Place) {
  return (
    <>
      <nav aria-label={r.t('voterguides.languages')} className="mb-5 flex flex-wrap gap-2 print:hidden">
        {r.languages.map((language) => (
          <a
            key={language}
            className="btn btn-sm min-h-11 aria-[current]:underline aria-[current]:underline-offset-4"
            href={addressOf(here, language, chosen)}
            hrefLang={htmlLanguage(language)}
            lang={htmlLanguage(language)}
            aria-current={language === r.language ? 'true' : undefined}
          >
            {languageNames[language] ?? language}
          </a>
        ))}
      </nav>
      {r.language !== r.words && (
        <p className="mb-4">
          {r.t('voterguides.headings_fallback', { language: languageNames[r.language] ?? r.language })}
        </p>
      )}
      {r.language === r.words && !isWholeIn(r.language, r.content) && (
        <p className="mb-4">{r.t('voterguides.partly')}</p>
      )}
    </>
  )
}

/** Is all that the guide itself says there in a language? What candidates said tells it of each. */
const isWholeIn = (language: string, { title, audience, intro, issues }: Content): boolean =>
  [title, audience, intro, ...issues.flatMap(({ name, about }) => [name, about])].every(
    (text) => Object.keys(text).length === 0 || text[language] !== undefined,
  )

/** As a browser knows it: our Chinese is the traditional one. */
export const htmlLanguage = (language: string): string => (language === 'zh' ? 'zh-Hant' : language)

/** The language of words and headings for a reader of this one. */
export const wordsFor = (language: string, otherwise: PublicLanguage): PublicLanguage =>
  isPublicLanguage(language) ? language : otherwise

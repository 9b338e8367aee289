import { languageNames, languages, localized, type LocalizedText } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import './cycles/messages.ts'
import { htmlLanguage, isReader, readsOf, wordsOf } from './reading.ts'

const langOf = (t: Translate, language: string): string | undefined =>
  language === wordsOf(t) ? undefined : htmlLanguage(language)

export function Languages({ t, path }: { t: Translate; path: string }) {
  const offered = isReader(t) ? t.offered : languages
  const reads = readsOf(t)
  return (
    <>
      <nav aria-label={t('endorsements.languages')} className="mb-5 flex flex-wrap gap-2">
        {offered.map((language) => (
          <a
            key={language}
            className="btn btn-sm min-h-11 aria-[current]:underline aria-[current]:underline-offset-4"
            href={`${path}?lang=${language}`}
            hrefLang={htmlLanguage(language)}
            lang={htmlLanguage(language)}
            aria-current={language === reads ? 'true' : undefined}
          >
            {languageNames[language] ?? language}
          </a>
        ))}
      </nav>
      {reads !== wordsOf(t) && (
        <p className="mb-4">{t('endorsements.headings_fallback', { language: languageNames[reads] ?? reads })}</p>
      )}
    </>
  )
}

export function OwnWords({ t, text }: { t: Translate; text: LocalizedText }) {
  const found = localized(text, readsOf(t))
  const lang = langOf(t, found.language)
  return lang ? <span lang={lang}>{found.text}</span> : <>{found.text}</>
}

/** The same, with the language beside it where it is not the reader's. */
export function NamedWords({ t, text }: { t: Translate; text: LocalizedText }) {
  const { language } = localized(text, readsOf(t))
  return (
    <>
      <OwnWords t={t} text={text} />
      {language !== readsOf(t) && <span className="text-xs"> ({languageNames[language] ?? language})</span>}
    </>
  )
}

import { languageNames, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge } from '../../../platform/ui/components.tsx'
import '../questions/messages.ts'

/** How many of these texts there are in each language; one in no language needs none. */
export function Translated({ t, languages, texts }: { t: Translate; languages: readonly string[]; texts: readonly LocalizedText[] }) {
  const written = texts.filter((text) => Object.keys(text).length > 0)
  return (
    <p className="mb-4 flex flex-wrap items-center gap-2 text-sm">
      {t('endorsements.translation')}
      {languages.map((language) => {
        const count = written.filter((text) => text[language]).length
        return (
          <Badge key={language} kind={count === written.length ? 'success' : 'warning'}>
            {t('endorsements.translated', { language: languageNames[language] ?? language, count, total: written.length })}
          </Badge>
        )
      })}
    </p>
  )
} // prettier-ignore

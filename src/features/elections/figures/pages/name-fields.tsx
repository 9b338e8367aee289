import type { FieldErrors } from '../../../../platform/http/form.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Field } from '../../../../platform/ui/components.tsx'
import { languageNames, type LocalizedText } from '../../../../platform/i18n/languages.ts'
import '../messages.ts'
import { rightToLeft } from './figure-name.tsx'
import { firstNameLanguages, furtherNameLanguages } from '../schema.ts'

interface Props {
  t: Translate
  typed?: Record<string, string>
  errors?: FieldErrors
  figure?: { name: string; names: LocalizedText }
}

/** A name in Latin letters and in each further script. */
export function NameInputs({ t, typed, errors, figure }: Props) {
  const form = { t, ...(typed ? { typed } : {}), ...(errors ? { errors } : {}) }
  const isFilled = (language: string): boolean => Boolean(typed?.[`name_${language}`] ?? figure?.names[language])
  return (
    <>
      <Field
        {...form}
        label={t('figures.name')}
        hint={t('figures.name_hint')}
        name="name"
        value={figure?.name ?? null}
        required
        lang="en"
      />
      <div className="grid gap-x-4 sm:grid-cols-3">
        {firstNameLanguages.map((language) => (
          <Field
            key={language}
            {...form}
            label={t(`figures.name_${language}`)}
            name={`name_${language}`}
            value={figure?.names[language] ?? null}
            lang={language === 'zh' ? 'zh-Hant' : language}
          />
        ))}
      </div>
      <details className="mb-4" open={furtherNameLanguages.some(isFilled)}>
        <summary className="link inline-flex min-h-11 cursor-pointer items-center">
          {t('figures.names_further')}
        </summary>
        <div className="grid gap-x-4 sm:grid-cols-3">
          {furtherNameLanguages.map((language) => (
            <Field
              key={language}
              {...form}
              label={t('figures.name_in', { language: languageNames[language] ?? language })}
              name={`name_${language}`}
              value={figure?.names[language] ?? null}
              lang={language}
              {...(rightToLeft.has(language) && { dir: 'rtl' as const })}
            />
          ))}
        </div>
      </details>
    </>
  )
}

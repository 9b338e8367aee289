import type { FieldErrors } from '../../../../platform/http/form.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Field } from '../../../../platform/ui/components.tsx'
import type { LocalizedText } from '../../../../platform/i18n/languages.ts'
import '../messages.ts'
import { nameLanguages } from '../schema.ts'

interface Props {
  t: Translate
  typed?: Record<string, string>
  errors?: FieldErrors
  figure?: { name: string; names: LocalizedText }
}

/** A name in Latin letters and in each further script. */
export function NameInputs({ t, typed, errors, figure }: Props) {
  const form = { t, ...(typed ? { typed } : {}), ...(errors ? { errors } : {}) }
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
        {nameLanguages.map((language) => (
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
    </>
  )
}

import type { FieldErrors } from '../../../platform/http/form.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Choices } from '../../../platform/ui/components.tsx'
import { spokenLanguages } from '../../contacts/schema.ts'

interface Props {
  t: Translate
  /** Left out: asked of the caller. */
  legend?: string
  hint?: string
  /** Shown first; the others unfold. */
  first: readonly string[]
  chosen: readonly string[]
  errors: FieldErrors
}

/** The languages a caller speaks: whichever a voter may be handed on to. */
export function SpokenChoices({ t, legend, hint, first, chosen, errors }: Props) {
  const isSpoken = (language: string) => spokenLanguages.some((known) => known === language)
  const near = [...new Set(first)].filter(isSpoken)
  const others = spokenLanguages.filter((each) => !near.includes(each))
  const options = (languages: readonly string[]) =>
    languages.map((each) => ({ value: each, label: languageNames[each] ?? each, lang: each }))
  return (
    <>
      <Choices
        t={t}
        legend={legend ?? t('phonebanks.join.languages')}
        {...(hint ? { hint } : {})}
        name="languages"
        kind="checkbox"
        chosen={chosen}
        options={options(near)}
        errors={errors}
      />
      <details className="mb-4" open={others.some((each) => chosen.includes(each))}>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('phonebanks.join.other_languages')}</summary>
        <Choices
          t={t}
          legend={t('phonebanks.join.other_languages_legend')}
          name="languages"
          kind="checkbox"
          chosen={chosen}
          options={options(others)}
        />
      </details>
    </>
  )
}

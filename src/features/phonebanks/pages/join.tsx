import { formatClock, formatDate } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Card, Choices, EmptyState, Field } from '../../../platform/ui/components.tsx'
import { spokenLanguages } from '../../contacts/schema.ts'
import type { BankToJoin } from '../queries.ts'

interface Props {
  t: Translate
  bank: BankToJoin
  code: string
  typed: Record<string, string>
  chosen: readonly string[]
  errors: FieldErrors
}

/** One screen, three fields, no password. */
export function JoinPage({ t, bank, code, typed, chosen, errors }: Props) {
  const { language } = t
  const first = [...new Set([...bank.languages, language])]
  const offered = [...first, ...spokenLanguages.filter((each) => !first.includes(each)).slice(0, 4)].filter((each) =>
    spokenLanguages.some((known) => known === each),
  )
  return (
    <div className="mx-auto max-w-xl">
      <p className="text-sm font-semibold">{localized(bank.organization, language).text}</p>
      <h1 className="mt-1 text-2xl font-bold text-balance sm:text-3xl">{localized(bank.name, language).text}</h1>
      <p className="mt-3">{t('phonebanks.join.lead')}</p>
      <p className="mt-2 mb-6 text-sm">
        {t('phonebanks.join.when', {
          from: formatDate(language, bank.starts_on, 'short'),
          to: formatDate(language, bank.ends_on, 'short'),
          starts: formatClock(language, bank.calling_starts),
          ends: formatClock(language, bank.calling_ends),
        })}
      </p>
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('phonebanks.form_problem')} />}
      <Card>
        <form method="post" action={`/call/${code}`}>
          <Field
            t={t}
            label={t('phonebanks.join.name')}
            name="name"
            hint={t('phonebanks.join.name_hint')}
            required
            autoComplete="name"
            typed={typed}
            errors={errors}
            maxLength={80}
          />
          <Field
            t={t}
            label={t('phonebanks.join.reach')}
            name="reach"
            hint={t('phonebanks.join.reach_hint')}
            required
            autoComplete="tel"
            typed={typed}
            errors={errors}
            maxLength={120}
          />
          <Choices
            t={t}
            legend={t('phonebanks.join.languages')}
            hint={t('phonebanks.join.languages_hint')}
            name="languages"
            kind="checkbox"
            chosen={chosen.length ? chosen : typed.name === undefined ? [language] : []}
            options={offered.map((each) => ({ value: each, label: languageNames[each] ?? each, lang: each }))}
            errors={errors}
          />
          <button className="btn btn-primary btn-lg w-full">{t('phonebanks.join.start')}</button>
        </form>
      </Card>
      <p className="text-sm">{t('phonebanks.join.privacy')}</p>
    </div>
  )
}

export function ClosedPage({ t, why }: { t: Translate; why: 'closed' | 'ended' | 'removed' | 'unknown' }) {
  return (
    <div className="mx-auto max-w-xl py-6">
      <EmptyState icon="phone" title={t(`phonebanks.closed.${why === 'unknown' ? 'unknown' : 'title'}`)}>
        <p>{t(`phonebanks.closed.${why}_text`)}</p>
      </EmptyState>
    </div>
  )
}

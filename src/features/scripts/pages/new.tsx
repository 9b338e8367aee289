import type { FieldErrors } from '../../../platform/http/form.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, Choices, Field, PageHead } from '../../../platform/ui/components.tsx'
import { starterScripts } from '../starters.ts'

interface NewScriptPageProps {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
  election_on: string
}

export function NewScriptPage({ t, typed, errors, election_on }: NewScriptPageProps) {
  return (
    <>
      <PageHead title={t('scripts.new')} back={{ href: '/scripts', label: t('scripts.title') }} />
      <form method="post" action="/scripts/new" className="max-w-3xl">
        <Card>
          <Choices
            t={t}
            legend={t('scripts.start_from')}
            name="starter"
            kind="radio"
            chosen={[typed.starter ?? starterScripts[0].key]}
            errors={errors}
            options={[
              ...starterScripts.map((starter) => ({
                value: starter.key,
                label: starter.name[t.language],
                hint: starter.summary[t.language],
              })),
              { value: 'empty', label: t('scripts.empty'), hint: t('scripts.empty_text') },
            ]}
          />
          <Field
            t={t}
            name="name"
            label={t('scripts.name')}
            hint={t('scripts.name_hint')}
            required
            maxLength={120}
            typed={typed}
            errors={errors}
          />
          <Field
            t={t}
            name="election_on"
            type="date"
            label={t('scripts.election_on')}
            hint={t('scripts.election_on_hint')}
            required
            value={election_on}
            typed={typed}
            errors={errors}
          />
          <button className="btn btn-primary">{t('scripts.create')}</button>
        </Card>
      </form>
    </>
  )
}

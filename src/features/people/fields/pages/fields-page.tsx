import { localized, type Language } from '../../../../platform/i18n/languages.ts'
import type { FieldErrors } from '../../../../platform/http/form.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Badge, Card, EmptyState, Field, OwnText, PageHead, Select } from '../../../../platform/ui/components.tsx'
import type { StoredField } from '../commands.ts'
import { fieldKinds } from '../schema.ts'

interface FieldsPageProps {
  t: Translate
  language: Language
  fields: readonly StoredField[]
  typed?: Record<string, string>
  errors?: FieldErrors
}

export function FieldsPage({ t, language, fields, typed, errors }: FieldsPageProps) {
  const shared = { t, ...(typed && { typed }), ...(errors && { errors }) }
  return (
    <>
      <PageHead
        title={t('fields.title')}
        lead={t('fields.lead')}
        back={{ href: '/voters', label: t('people.search.title') }}
      />
      {fields.length === 0 ? (
        <div className="mb-6">
          <EmptyState icon="tag" title={t('fields.none')}>
            {t('fields.none_text')}
          </EmptyState>
        </div>
      ) : (
        <Card>
          <ul className="divide-base-300 divide-y">
            {fields.map((field, at) => (
              <li key={field.key} className="flex flex-wrap items-center gap-3 py-3">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="font-semibold">
                    <OwnText text={localized(field.label, language)} language={language} t={t} />{' '}
                    {field.archived_at && <Badge>{t('fields.archived')}</Badge>}
                  </p>
                  <p className="text-sm">
                    {t(`fields.kind.${field.kind}`)}
                    {field.choices.length > 0 &&
                      `: ${field.choices.map((choice) => localized(choice.label, language).text).join(', ')}`}
                  </p>
                </div>
                {!field.archived_at && at > 0 && (
                  <form method="post" action={`/people/fields/${field.key}/up`}>
                    <button className="btn btn-sm">{t('fields.up')}</button>
                  </form>
                )}
                <form method="post" action={`/people/fields/${field.key}/${field.archived_at ? 'restore' : 'archive'}`}>
                  <button className="btn btn-sm">{t(field.archived_at ? 'fields.restore' : 'action.archive')}</button>
                </form>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t('fields.new')} id="new">
        <form method="post" action="/people/fields" className="max-w-xl">
          <Field {...shared} label={t('fields.label_en')} name="label_en" maxLength={80} lang="en" />
          <Field {...shared} label={t('fields.label_ko')} name="label_ko" maxLength={80} lang="ko" />
          <Select
            {...shared}
            label={t('fields.kind')}
            name="kind"
            required
            options={fieldKinds.map((kind) => ({ value: kind, label: t(`fields.kind.${kind}`) }))}
          />
          <Field {...shared} label={t('fields.choices')} hint={t('fields.choices_hint')} name="choices" rows={4} />
          <button className="btn btn-primary">{t('fields.add')}</button>
        </form>
      </Card>
    </>
  )
}

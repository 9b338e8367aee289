import { formatAgo } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card, Choices, EmptyState, Field, PageHead } from '../../../platform/ui/components.tsx'
import type { FieldErrors } from '../../../platform/http/form.ts'
import type { ListedForm } from '../queries.ts'
import { standingOf } from '../rules.ts'
import { starters } from '../starters.ts'
import { standingText } from '../words.ts'

interface FormsPageProps {
  t: Translate
  forms: readonly ListedForm[]
  may_edit: boolean
  now: Date
  /** 'YYYY-MM-DD' of the organization. */
  today: string
}

export function FormsPage({ t, forms, may_edit, now, today }: FormsPageProps) {
  const create = (
    <a href="/forms/new" className="btn btn-primary">
      {t('forms.new')}
    </a>
  )
  const [kept, archived] = [forms.filter((form) => !form.archived_at), forms.filter((form) => form.archived_at)]
  return (
    <>
      <PageHead title={t('forms.title')} lead={t('forms.lead')} actions={may_edit && kept.length > 0 && create} />
      {kept.length === 0 && (
        <EmptyState icon="script" title={t('forms.none')} action={may_edit && create}>
          {t('forms.none_text')}
        </EmptyState>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {kept.map((form) => {
          const standing = standingOf(form, today)
          return (
            <li key={form.form_id} className="bg-base-100 rounded-box border-base-300 relative border p-5">
              <h2 className="text-lg font-bold">
                <a href={`/forms/${form.form_id}`} className="after:absolute after:inset-0">
                  {form.name}
                </a>
              </h2>
              <p className="mt-2 flex flex-wrap gap-2">
                <Badge>{t.dynamic(`forms.kind.${form.kind}`)}</Badge>
                <Badge kind={standing === 'open' ? 'success' : 'neutral'}>{standingText(t, form, standing)}</Badge>
              </p>
              <p className="mt-3 text-sm">
                {t('forms.responses', { count: form.responses })}
                {form.last_at && ` · ${t('forms.last_at', { when: formatAgo(t.language, form.last_at, now) })}`}
              </p>
            </li>
          )
        })}
      </ul>
      {archived.length > 0 && (
        <details className="mt-8">
          <summary className="min-h-11 py-2 font-semibold">
            {t('forms.archived')} ({archived.length})
          </summary>
          <ul className="mt-2 space-y-2">
            {archived.map((form) => (
              <li key={form.form_id}>
                <a className="inline-flex min-h-11 items-center" href={`/forms/${form.form_id}`}>
                  {form.name}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

export function NewFormPage({
  t,
  typed,
  errors,
}: {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
}) {
  return (
    <div className="max-w-3xl">
      <PageHead title={t('forms.new')} lead={t('forms.new_lead')} back={{ href: '/forms', label: t('forms.title') }} />
      <form method="post" action="/forms/new">
        <Card>
          <Choices
            t={t}
            legend={t('forms.starter')}
            name="starter"
            kind="radio"
            options={starters.map(({ key, name, summary }) => ({
              value: key,
              label: name[t.language],
              hint: summary[t.language],
            }))}
            chosen={[typed.starter ?? 'sign_up']}
            errors={errors}
          />
          <Field
            t={t}
            label={t('forms.name')}
            name="name"
            hint={t('forms.name_hint')}
            required
            maxLength={120}
            typed={typed}
            errors={errors}
          />
          <button className="btn btn-primary">{t('forms.make')}</button>
        </Card>
      </form>
    </div>
  )
}

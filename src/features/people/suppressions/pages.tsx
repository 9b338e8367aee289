import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDateTime } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Field, PageHead } from '../../../platform/ui/components.tsx'
import type { Closed, SuppressionList } from './commands.ts'
import type { ReadList } from './rules.ts'

/** What a list would do. */
export interface Checked {
  list: ReadList
  closed: Closed
}

interface SuppressionsPageProps {
  t: Translate
  lists: readonly SuppressionList[]
  time_zone: string
  /** 'numbers.mailboxes' just closed, or 'lifted', from the address. */
  done: string | null
  checked: Checked | null
  typed: Record<string, string>
  errors: FieldErrors
}

const shownRejects = 50

export function SuppressionsPage({ t, lists, time_zone, done, checked, typed, errors }: SuppressionsPageProps) {
  const [, phones, emails] = /^(\d{1,9})\.(\d{1,9})$/.exec(done ?? '') ?? []
  return (
    <>
      <PageHead
        title={t('suppressions.title')}
        lead={t('suppressions.lead')}
        back={{ href: '/voters', label: t('people.search.title') }}
      />
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      {phones && emails && <Alert kind="success" title={t('suppressions.closed', { phones, emails })} />}
      {done === 'lifted' && <Alert kind="success" title={t('suppressions.lifted')} />}
      {checked && (
        <Alert kind="info" title={t('suppressions.checked')}>
          <p>{t('suppressions.read', { addresses: 0, ...checked.list.counts })}</p>
          <p>{t('suppressions.would_close', { ...checked.closed })}</p>
          {checked.list.rejects.length > 0 && (
            <details className="mt-2">
              <summary className="min-h-8 cursor-pointer">{t('suppressions.rejected')}</summary>
              <ul className="break-all">
                {checked.list.rejects.slice(0, shownRejects).map(({ line, value }) => (
                  <li key={line}>{t('suppressions.rejected_line', { line, value })}</li>
                ))}
              </ul>
            </details>
          )}
          <form method="post" action="/people/suppressions" className="mt-3">
            <input type="hidden" name="name" value={typed.name ?? ''} />
            <input type="hidden" name="text" value={typed.text ?? ''} />
            <button className="btn btn-primary" name="sure" value="yes">
              {t('suppressions.import')}
            </button>
          </form>
        </Alert>
      )}
      <Card>
        {lists.length === 0 && <p>{t('suppressions.none')}</p>}
        <ul className="divide-base-300 divide-y">
          {lists.map((list) => (
            <li key={list.list_id} className="flex flex-wrap items-center gap-3 py-3">
              <div className="min-w-0 flex-1 basis-56">
                <p className="font-semibold break-words">
                  {list.name} {list.is_installations && <Badge>{t('suppressions.installation')}</Badge>}{' '}
                  {list.taken_back_at && <Badge kind="warning">{t('suppressions.taken_back')}</Badge>}
                </p>
                <p className="text-sm">{t('suppressions.read', { addresses: 0, ...list.counts })}</p>
                <p className="text-sm">
                  {t('suppressions.by', {
                    name: list.imported_by,
                    when: formatDateTime(t.language, list.imported_at, time_zone),
                  })}
                </p>
              </div>
              {!list.taken_back_at && !list.is_installations && (
                <form method="post" action={`/people/suppressions/${list.list_id}/take-back`}>
                  <button className="btn">{t('suppressions.take_back')}</button>
                </form>
              )}
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('suppressions.new')} id="new">
        <form method="post" action="/people/suppressions" encType="multipart/form-data">
          <Field
            t={t}
            label={t('suppressions.name')}
            name="name"
            hint={t('suppressions.name_hint')}
            typed={typed}
            errors={errors}
            maxLength={200}
          />
          <label htmlFor="file" className="mb-1 block text-sm font-semibold">
            {t('suppressions.file')}
          </label>
          <input id="file" name="file" type="file" accept=".csv,.txt,text/csv" className="file-input mb-4 w-full" />
          <Field
            t={t}
            label={t('suppressions.text')}
            name="text"
            hint={t('suppressions.text_hint')}
            rows={6}
            typed={typed}
            errors={errors}
          />
          <button className="btn btn-primary">{t('suppressions.check')}</button>
        </form>
      </Card>
      <Card title={t('suppressions.lift')} lead={t('suppressions.lift_lead')} id="lift">
        <form method="post" action="/people/suppressions/lift">
          <Field
            t={t}
            label={t('suppressions.lift_value')}
            name="value"
            required
            maxLength={200}
            typed={typed}
            errors={errors}
          />
          <Field
            t={t}
            label={t('people.consent.evidence')}
            name="evidence"
            hint={t('people.consent.evidence_hint')}
            required
            maxLength={300}
            typed={typed}
            errors={errors}
          />
          <button className="btn">{t('suppressions.lift')}</button>
        </form>
      </Card>
      <Card title={t('suppressions.export')} lead={t('suppressions.export_hint')} id="export">
        <a className="btn" href="/people/suppressions/export.csv" download>
          {t('suppressions.export')}
        </a>
      </Card>
    </>
  )
}

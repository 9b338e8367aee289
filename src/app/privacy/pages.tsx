import type { ReactNode } from 'react'
import type { FieldErrors } from '../../platform/http/form.ts'
import { allMessages, type Translate } from '../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, PageHead } from '../../platform/ui/components.tsx'
import type { HeldTable } from './commands.ts'

interface HeldProps {
  t: Translate
  held: readonly HeldTable[]
}

const named = (t: Translate, key: string, plain: string): ReactNode =>
  allMessages().has(key) ? t.dynamic(key) : <span lang="en">{plain.replaceAll('_', ' ')}</span>

/** Only what tells something: no ids of ours, nothing empty. */
const told = (row: Record<string, unknown>): [string, unknown][] =>
  Object.entries(row).filter(
    ([column, value]) =>
      !(column.endsWith('_id') && column !== 'voter_id') &&
      value !== null &&
      value !== '' &&
      !(typeof value === 'object' && Object.keys(value).length === 0),
  )

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value)

function Held({ t, held }: HeldProps) {
  if (held.length === 0) return <p>{t('privacy.nothing')}</p>
  return held.map(({ table, rows, then }) => (
    <Card key={table}>
      <h2 className="text-lg font-bold">{named(t, `audit.subject.${table}`, table)}</h2>
      <p className="mb-2 text-sm">{t(`privacy.then.${then}`)}</p>
      <ul className="divide-base-300 divide-y">
        {rows.map((row, nth) => (
          <li key={nth} className="py-2">
            <dl>
              {told(row).map(([column, value]) => (
                <div key={column} className="flex flex-wrap gap-x-2">
                  <dt className="font-semibold">{named(t, `audit.field.${column}`, column)}</dt>
                  <dd className="min-w-0 break-words">{shown(value)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  ))
}

function EraseForm({ t, action, errors }: { t: Translate; action: string; errors: FieldErrors }) {
  return (
    <Card title={t('privacy.erase')} lead={t('privacy.erase_lead')} id="erase">
      <form method="post" action={action} className="print:hidden">
        <Choices
          t={t}
          legend={t('privacy.erase')}
          name="sure"
          kind="checkbox"
          chosen={[]}
          errors={errors}
          options={[{ value: 'yes', label: t('privacy.erase_sure') }]}
        />
        <button className="btn btn-error">{t('privacy.erase')}</button>
      </form>
    </Card>
  )
}

interface HeldPageProps extends HeldProps {
  name: string
  organization: string
  /** Of the profile. */
  path: string
  /** Where a link would go; null: nowhere. */
  mailbox: string | null
  is_mailed: boolean
  errors: FieldErrors
}

/** For an organizer, to show or print. */
export function HeldPage({ t, held, name, organization, path, mailbox, is_mailed, errors }: HeldPageProps) {
  return (
    <>
      <PageHead
        title={t('privacy.title_of', { name })}
        lead={t('privacy.lead', { organization })}
        back={{ href: path, label: name }}
      />
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      {is_mailed && <Alert kind="success" title={t('privacy.mailed')} />}
      <Held t={t} held={held} />
      <Card title={t('privacy.mail')}>
        {mailbox ? (
          <form method="post" action={`${path}/held/mail`} className="print:hidden">
            <p className="mb-2 break-words">{t('privacy.mail_hint', { mailbox })}</p>
            <button className="btn">{t('privacy.mail')}</button>
          </form>
        ) : (
          <p>{t('privacy.no_mailbox')}</p>
        )}
      </Card>
      <EraseForm t={t} action={`${path}/erase`} errors={errors} />
    </>
  )
}

interface OwnHeldPageProps extends HeldProps {
  organization: string
  path: string
  is_corrected: boolean
  typed: Record<string, string>
  errors: FieldErrors
}

/** For the person, by their own link. */
export function OwnHeldPage({ t, held, organization, path, is_corrected, typed, errors }: OwnHeldPageProps) {
  return (
    <>
      <h1 className="mb-2 text-2xl font-bold">{t('privacy.title')}</h1>
      <p className="mb-4">{t('privacy.lead', { organization })}</p>
      {is_corrected && <Alert kind="success" title={t('privacy.corrected')} />}
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      <Held t={t} held={held} />
      <Card title={t('privacy.correct')} id="correct">
        <form method="post" action={path} className="print:hidden">
          <Field
            t={t}
            label={t('privacy.correct_label')}
            name="text"
            hint={t('privacy.correct_hint', { organization })}
            rows={4}
            required
            maxLength={2000}
            typed={typed}
            errors={errors}
          />
          <button className="btn btn-primary">{t('privacy.correct_send')}</button>
        </form>
      </Card>
      <EraseForm t={t} action={`${path}/erase`} errors={errors} />
    </>
  )
}

export function ErasedPage({ t }: { t: Translate }) {
  return (
    <Alert kind="success" title={t('privacy.erased')}>
      {t('privacy.erased_text')}
    </Alert>
  )
}

export function LinkOverPage({ t }: { t: Translate }) {
  return (
    <Alert kind="warning" title={t('privacy.link_over')}>
      {t('privacy.link_over_text')}
    </Alert>
  )
}

/** On the profile, for organizers. */
export function PrivacyPanel({ t, path }: { t: Translate; path: string }) {
  return (
    <Card title={t('privacy.card')} lead={t('privacy.card_lead')} id="privacy">
      <a className="btn print:hidden" href={`${path}/held`}>
        {t('privacy.open')}
      </a>
    </Card>
  )
}

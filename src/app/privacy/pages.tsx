import type { FieldErrors } from '../../platform/http/form.ts'
import { formatMoney, formatPhone } from '../../platform/i18n/formats.ts'
import { languageNames, localized, type LocalizedText, type PublicLanguage } from '../../platform/i18n/languages.ts'
import { publicDateTime } from '../../platform/i18n/public.ts'
import { allMessages, type Translate } from '../../platform/i18n/messages.ts'
import { Alert, Card, Choices, Field, PageHead } from '../../platform/ui/components.tsx'
import '../audit-messages.ts'
import { auditWord } from '../audit-words.ts'
import type { HeldTable } from './commands.ts'
import './words.ts'

interface HeldProps {
  t: Translate
  /** What dates are written in; words of `t` where it has them. */
  reads: PublicLanguage
  held: readonly HeldTable[]
  time_zone: string
}

/** What an address looks like to the program, and for which mail a task still waits. */
const untold: ReadonlySet<string> = new Set(['postal_piece.kind', 'task.tell_owner_since'])

/** Of what a table or column is called: as the activity log says it, else words of our own; null: it tells nobody anything. */
export function wordKey(kind: 'table' | 'field', name: string, table = ''): string | null {
  if (kind === 'field' && untold.has(`${table}.${name}`)) return null
  const inLog = `audit.${kind === 'table' ? 'subject' : 'field'}.${name}`
  const own = `held.${kind}.${name}`
  // What they are in the log, of the land and of an edition, they are of nobody here.
  const words = kind === 'field' && ['state', 'number'].includes(name) ? [own, inLog] : [inLog, own]
  const key = [`held.${kind}.${table}.${name}`, ...words].find((each) => allMessages().has(each))
  if (key) return key
  if (kind === 'field' && name.endsWith('_at')) return 'held.field.at'
  return kind === 'field' && name.endsWith('_by') ? 'held.field.by' : null
}

export function wordFor(t: Translate, kind: 'table' | 'field', name: string, table = ''): string | null {
  const key = wordKey(kind, name, table)
  return key && t.dynamic(key)
}

/** What tells something: no ids of ours, nothing empty, nothing that is kept for the program alone. */
const told = (
  t: Translate,
  table: string,
  row: Record<string, unknown>,
): { column: string; word: string; value: unknown }[] =>
  Object.entries(row).flatMap(([column, value]) => {
    const isEmpty = value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
    const word =
      isEmpty || (column.endsWith('_id') && column !== 'voter_id') ? null : wordFor(t, 'field', column, table)
    return word === null ? [] : [{ column, word, value }]
  })

function shown(
  t: Translate,
  reads: PublicLanguage,
  column: string,
  value: unknown,
  time_zone: string,
  table = '',
): string {
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no')
  if (typeof value === 'number') return column.endsWith('_cents') ? formatMoney(value) : String(value)
  if (typeof value === 'string') {
    if (/^\d{4}-\d\d-\d\dT[\d:.]+[+Z]/.test(value)) return publicDateTime(reads, new Date(value), time_zone)
    if (/^\+1\d{10}$/.test(value)) return formatPhone(value)
    const own = [`held.value.${table}.${column}.${value}`, `held.value.${column}.${value}`].find((each) => allMessages().has(each)) // prettier-ignore
    return own === undefined ? (auditWord(t, column, value) ?? value) : t.dynamic(own)
  }
  if (Array.isArray(value)) return value.map((each) => shown(t, reads, column, each, time_zone)).join(', ')
  // The same words in several languages are one thing.
  const texts = Object.keys(value ?? {})
  if (texts.length > 0 && texts.every((each) => each in languageNames))
    return localized(value as LocalizedText, reads).text // its keys are languages
  return Object.entries(value ?? {})
    .filter(([, each]) => each !== null && each !== '')
    .map(([name, each]) => `${wordFor(t, 'field', name) ?? name}: ${shown(t, reads, name, each, time_zone)}`)
    .join(' · ')
}

function Held({ t, reads, held, time_zone }: HeldProps) {
  if (held.length === 0) return <p>{t('privacy.nothing')}</p>
  return held.map(({ table, rows, more, fate }) => (
    <Card key={table}>
      <h2 className="text-lg font-bold">{wordFor(t, 'table', table) ?? table}</h2>
      <p className="mb-2 text-sm">{t(`privacy.fate.${fate}`)}</p>
      <ul className="divide-base-300 divide-y">
        {rows.map((row, nth) => (
          <li key={nth} className="py-2">
            <dl>
              {told(t, table, row).map(({ column, word, value }) => (
                <div key={column} className="flex flex-wrap gap-x-2">
                  <dt className="font-semibold">{word}</dt>
                  <dd className="min-w-0 break-words">{shown(t, reads, column, value, time_zone, table)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="mt-2">{t('privacy.more', { count: more })}</p>}
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
export function HeldPage({
  t,
  reads,
  held,
  time_zone,
  name,
  organization,
  path,
  mailbox,
  is_mailed,
  errors,
}: HeldPageProps) {
  return (
    <>
      <PageHead
        title={t('privacy.title_of', { name })}
        lead={t('privacy.lead', { organization })}
        back={{ href: path, label: name }}
      />
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      {is_mailed && <Alert kind="success" title={t('privacy.mailed')} />}
      <Held t={t} reads={reads} held={held} time_zone={time_zone} />
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
export function OwnHeldPage({
  t,
  reads,
  held,
  time_zone,
  organization,
  path,
  is_corrected,
  typed,
  errors,
}: OwnHeldPageProps) {
  return (
    <>
      <h1 className="mb-2 text-2xl font-bold">{t('privacy.title')}</h1>
      <p className="mb-4">{t('privacy.lead', { organization })}</p>
      {is_corrected && <Alert kind="success" title={t('privacy.corrected')} />}
      {Object.keys(errors).length > 0 && <Alert kind="error" title={t('form.check')} />}
      <Held t={t} reads={reads} held={held} time_zone={time_zone} />
      <Card title={t('privacy.correct')} id="correct">
        <form method="post" action={`${path}?lang=${reads}`} className="print:hidden">
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
      <EraseForm t={t} action={`${path}/erase?lang=${reads}`} errors={errors} />
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

interface AskPageProps {
  t: Translate & { reads: PublicLanguage }
  organization: string
  path: string
  /** Signed, when the page was made. */
  page_time: string
  typed: Record<string, string>
  errors: FieldErrors
  /** Nothing is wrong in it, but nobody is that quick. */
  is_again: boolean
  /** What their e-mail counts, in words; empty: nothing. */
  counted: string
}

/** For everybody: where the link to one's own page comes from. */
export function AskPage({ t, organization, path, page_time, typed, errors, is_again, counted }: AskPageProps) {
  return (
    <>
      <h1 className="mb-2 text-2xl font-bold">{t('privacy.ask')}</h1>
      <p className="mb-4">{t('privacy.ask_lead', { organization })}</p>
      {is_again && <Alert kind="info">{t('privacy.ask_again')}</Alert>}
      <Card>
        <form method="post" action={`${path}?lang=${t.reads}`} noValidate>
          <input type="hidden" name="page_time" value={page_time} />
          <div className="sr-only" aria-hidden="true">
            <label htmlFor="website">{t('apply.skip')}</label>
            <input id="website" name="website" tabIndex={-1} autoComplete="off" />
          </div>
          <Field
            t={t}
            label={t('privacy.ask_email')}
            name="email"
            type="email"
            required
            autoComplete="email"
            maxLength={254}
            typed={typed}
            errors={errors}
          />
          <button className="btn btn-primary">{t('privacy.ask_send')}</button>
        </form>
      </Card>
      <Card title={t('privacy.counts')} id="counts">
        {counted ? (
          <>
            <p className="mb-2">{counted}</p>
            <p>{t('mail_counting.never')}</p>
          </>
        ) : (
          <p>{t('privacy.counts_none')}</p>
        )}
      </Card>
    </>
  )
}

export const AskedPage = ({ t }: { t: Translate }) => (
  <Alert kind="success" title={t('privacy.asked')}>
    {t('privacy.asked_text')}
  </Alert>
)

interface LinkOverProps {
  t: Translate
  is_too_often: boolean
  /** Where a new link is asked for. */
  ask: string
}

export function LinkOverPage({ t, is_too_often, ask }: LinkOverProps) {
  return (
    <Alert kind="warning" title={t(is_too_often ? 'privacy.too_often' : 'privacy.link_over')}>
      {is_too_often ? (
        t('privacy.too_often_text')
      ) : (
        <a className="link" href={ask}>
          {t('privacy.link_over_text')}
        </a>
      )}
    </Alert>
  )
}

/** On the profile, for organizers. */
export function PrivacyPanel({ t, path, is_made }: { t: Translate; path: string; is_made: boolean }) {
  return (
    <Card title={t('privacy.card')} lead={t('privacy.card_lead')} id="privacy">
      {is_made ? (
        <a className="btn print:hidden" href={`${path}/held`}>
          {t('privacy.open')}
        </a>
      ) : (
        <form method="post" action={`${path}/held`} className="print:hidden">
          <p className="mb-2 text-sm">{t('privacy.open_voter')}</p>
          <button className="btn">{t('privacy.open')}</button>
        </form>
      )}
    </Card>
  )
}

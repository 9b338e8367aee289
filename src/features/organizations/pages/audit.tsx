import { formatClock, formatDate, formatDateTime, formatNumber, formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames, localized, type Language } from '../../../platform/i18n/languages.ts'
import { allMessages, type Translate } from '../../../platform/i18n/messages.ts'
import { Badge, EmptyState, PageHead } from '../../../platform/ui/components.tsx'
import { roles } from '../../access/permissions.ts'
import '../messages.ts'
import type { AuditEntries, AuditRow } from '../queries.ts'
import { changedFields } from '../rules.ts'
import { auditPaths, type AuditFilter, type AuditScope } from '../schema.ts'

interface AuditPageProps {
  t: Translate
  language: Language
  entries: AuditEntries
  /** What an id stands for, by the subject or the field it is in; null: without a name, or not for this reader. */
  name: (word: string, id: unknown) => { text: string; href: string | null } | null
  /** What a code is called on the screens, by the field it is in; null: it has no word. */
  word: (field: string, code: string) => string | null
  filter: AuditFilter
  choices: { actions: string[]; actors: string[]; subjects: string[] }
  scope: AuditScope
  /** Those this reader may open. */
  scopes: readonly AuditScope[]
  /** Of the installation only what concerns the voter files. */
  is_commons: boolean
  time_zone: string
}

export function AuditPage(props: AuditPageProps) {
  const { t, entries, filter, scope, scopes, is_commons } = props
  const { rows, older, newer } = entries
  const isFiltered = Boolean(filter.action || filter.actor || filter.subject || filter.id)
  return (
    <>
      <PageHead
        title={t('nav.audit')}
        lead={t(
          scope === 'organization' ? 'audit.lead' : is_commons ? 'audit.lead.commons' : 'audit.lead.installation',
        )}
      />
      {scopes.length > 1 && (
        <nav aria-label={t('audit.scope')} className="mb-4 flex flex-wrap gap-2">
          {scopes.map((each) => (
            <a
              key={each}
              href={auditPaths[each]}
              className={`btn ${each === scope ? 'btn-primary' : 'btn-outline'}`}
              aria-current={each === scope ? 'page' : undefined}
            >
              {t(each === 'installation' && is_commons ? 'audit.scope.commons' : `audit.scope.${each}`)}
            </a>
          ))}
        </nav>
      )}
      <Filters {...props} isFiltered={isFiltered} />
      {rows.length === 0 ? (
        <EmptyState icon="log" title={t(isFiltered ? 'audit.none_filtered' : 'audit.none')}>
          {t(isFiltered ? 'audit.none_filtered_text' : 'audit.none_text')}
        </EmptyState>
      ) : (
        <ol className="bg-base-100 rounded-box border-base-300 divide-base-300 divide-y border">
          {rows.map((row) => (
            <Entry key={row.audit_id} {...props} row={row} />
          ))}
        </ol>
      )}
      {(older !== null || newer !== null) && (
        <nav aria-label={t('audit.pages')} className="mt-6 flex flex-wrap gap-2">
          {newer !== null && (
            <>
              <a className="btn" href={auditHref(scope, { ...filter, before: 0, after: 0 })}>
                {t('audit.newest')}
              </a>
              <a className="btn" rel="prev" href={auditHref(scope, { ...filter, before: 0, after: newer })}>
                {t('audit.newer')}
              </a>
            </>
          )}
          {older !== null && (
            <a className="btn" rel="next" href={auditHref(scope, { ...filter, after: 0, before: older })}>
              {t('audit.older')}
            </a>
          )}
        </nav>
      )}
    </>
  )
}

/** Address of the log with these filters; what is empty is left out. */
function auditHref(scope: AuditScope, filter: Partial<AuditFilter>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (value) query.set(name, String(value))
  }
  const text = query.toString()
  return text ? `${auditPaths[scope]}?${text}` : auditPaths[scope]
}

function Filters({ t, scope, filter, choices, isFiltered }: AuditPageProps & { isFiltered: boolean }) {
  const fields = [
    { name: 'action', label: t('audit.action'), values: choices.actions, word: actionWord },
    { name: 'actor', label: t('audit.actor'), values: choices.actors, word: actorWord },
    { name: 'subject', label: t('audit.subject'), values: choices.subjects, word: subjectWord },
  ] as const
  return (
    <form
      method="get"
      action={auditPaths[scope]}
      className="mb-6 grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-4"
      role="search"
    >
      {filter.id && <input type="hidden" name="id" value={filter.id} />}
      {fields.map((field) => (
        <div key={field.name}>
          <label htmlFor={`filter-${field.name}`} className="mb-1 block text-sm font-semibold">
            {field.label}
          </label>
          <select
            id={`filter-${field.name}`}
            name={field.name}
            defaultValue={filter[field.name]}
            className="select w-full text-base"
          >
            <option value="">{t('common.all')}</option>
            {field.values.map((value) => (
              <option key={value} value={value}>
                {field.word(t, value)}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div className="flex gap-2">
        <button className="btn btn-primary flex-1">{t('action.show')}</button>
        {isFiltered && (
          <a href={auditHref(scope, {})} className="btn btn-ghost">
            {t('audit.clear')}
          </a>
        )}
      </div>
    </form>
  )
}

function Entry({ t, language, row, time_zone, scope, filter, name, word }: AuditPageProps & { row: AuditRow }) {
  const subject = row.subject_id ? name(row.subject, row.subject_id) : null
  const changed = changedFields(row.before, row.after)
  const said = (field: string, value: unknown) =>
    !isEmpty(value) && valueText({ t, time_zone, name, word, field: lastPart(field), value }) !== ''
  const changes = changed.filter(({ field, before, after }) => said(field, before) || said(field, after))
  // What is not told whole above.
  const record = changed.filter(
    ({ field, before, after }) => field.includes('.') || !isPlain(before) || !isPlain(after),
  )
  return (
    <li className="p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="font-semibold">{actionWord(t, row.action)}</h2>
        <span className="text-sm">
          {row.actor_kind === 'system' ? actorWord(t, row.actor_name) : row.actor_name}
          {row.actor_kind !== 'user' && (
            <>
              {' '}
              <Badge>{t.dynamic(`audit.kind.${row.actor_kind}`)}</Badge>
            </>
          )}
        </span>
        <time dateTime={row.at.toISOString()} className="text-sm sm:ml-auto">
          {formatDateTime(language, row.at, time_zone)}
        </time>
      </div>
      <p className="mt-1 text-sm break-words">
        {subjectWord(t, row.subject)}
        {subject && (
          <>
            {': '}
            <Named name={subject} />
          </>
        )}
        {row.subject_id && !filter.id && (
          <>
            {' · '}
            <a
              href={auditHref(scope, { subject: row.subject, id: row.subject_id })}
              className="link inline-flex min-h-6 items-center"
            >
              {t('audit.only_this')}
            </a>
          </>
        )}
      </p>
      {changes.length > 0 && (
        <dl className="mt-2 grid gap-x-4 gap-y-1 text-sm grid-cols-[fit-content(40%)_1fr] sm:grid-cols-[minmax(8rem,max-content)_1fr]">
          {changes.map(({ field, before, after }) => (
            <div key={field} className="contents">
              <dt className="font-medium break-words">{fieldWord(t, field)}</dt>
              <dd className="min-w-0 break-words">
                {row.before && before !== null && (
                  <del className="opacity-80">
                    <Value {...{ t, time_zone, name, word }} field={lastPart(field)} value={before} />
                  </del>
                )}
                {row.before && before !== null && after !== null && <span aria-hidden="true"> → </span>}
                {after !== null && (
                  <ins className="no-underline">
                    <Value {...{ t, time_zone, name, word }} field={lastPart(field)} value={after} />
                  </ins>
                )}
                {after === null && row.after && <span> → {t('common.none')}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {record.length > 0 && (
        <details className="mt-2 text-sm">
          <summary className="link inline-flex min-h-6 cursor-pointer items-center">{t('audit.record')}</summary>
          <pre
            className="bg-base-200 rounded-box mt-1 max-h-80 overflow-auto p-3 whitespace-pre-wrap break-words"
            tabIndex={0}
          >
            {record.map(({ field, ...sides }) => `${field}: ${JSON.stringify(sides, null, 2)}`).join('\n')}
          </pre>
        </details>
      )}
    </li>
  )
}

/** Rooms name their actions `audit.action.<action>`; one without a name is shown as it is. */
const actionWord = (t: Translate, action: string): string => wordOr(t, `audit.action.${action}`, action)
/** What works by itself has a name of ours; people have their own. */
const actorWord = (t: Translate, actor: string): string => wordOr(t, `audit.actor.${actor}`, actor)
const subjectWord = (t: Translate, subject: string): string => wordOr(t, `audit.subject.${subject}`, subject)
/** 'Content · choices · 1 · 한국어': of what is inside, only the parts that have a word. */
function fieldWord(t: Translate, field: string): string {
  const [first = '', ...inside] = field.split('.')
  return [wordOr(t, `audit.field.${first}`, first), ...inside.flatMap((part) => partWord(t, part) ?? [])].join(' · ')
}
const partWord = (t: Translate, part: string): string | null =>
  /^\d+$/.test(part) ? part : (languageNames[part] ?? (wordOr(t, `audit.field.${part}`, '') || null))
const isWritten = (text: string): boolean => /\p{Script=Hangul}|[\s.,!?]|\p{Lu}/u.test(text)
const wordOr = (t: Translate, key: string, otherwise: string): string =>
  allMessages().has(key) ? t.dynamic(key) : otherwise

function Named({ name }: { name: { text: string; href: string | null } }) {
  return name.href ? (
    <a href={name.href} className="link inline-flex min-h-6 items-center font-medium">
      {name.text}
    </a>
  ) : (
    <span className="font-medium">{name.text}</span>
  )
}

interface ValueProps extends Pick<AuditPageProps, 't' | 'time_zone' | 'name' | 'word'> {
  field: string
  value: unknown
}

const lastPart = (field: string): string => field.slice(field.lastIndexOf('.') + 1)

/** Told in the row itself, with nothing inside that has no word. */
const isPlain = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(isPlain)
    : typeof value !== 'object' || value === null || isOneTextPerLanguage(value)

/** A field of a form that was left open says nothing. */
const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** An id by its name; a long value, and ids of things without a name, are folded away. */
function Value(props: ValueProps) {
  const named = props.name(props.field, props.value)
  if (named) return <Named name={named} />
  const each = Array.isArray(props.value)
    ? props.value.flatMap((one: unknown) => props.name(props.field, one) ?? [])
    : []
  if (each.length > 0) return <>{each.map(({ text: one }) => one).join(', ')}</>
  const text = valueText(props)
  const isId = areIds.test(text)
  if (text.length <= longest && !isId) return <>{text}</>
  return (
    <details>
      <summary className="cursor-pointer">{text.slice(0, isId ? shownOfId : shown)}…</summary>
      {text}
    </details>
  )
}
const longest = 240
const shown = 80
const shownOfId = 8
const areIds = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(, |$))+$/

const rolesByName: readonly string[] = roles
/** Numbers that are read digit by digit. */
const plainNumbers: readonly string[] = ['birth_year', 'version', 'script_version']

function valueText(props: ValueProps): string {
  const { t, value, field, time_zone } = props
  if (value === null) return ''
  if (value === true) return t('common.yes')
  if (value === false) return t('common.no')
  if (typeof value === 'number') return plainNumbers.includes(field) ? String(value) : formatNumber(t.language, value)
  if (Array.isArray(value)) {
    const each = value.map((one) => valueText({ ...props, value: one })).filter((one) => one !== '')
    return each.join(', ')
  }
  if (typeof value === 'object' && value !== null) {
    if (isOneTextPerLanguage(value)) return localized(value, t.language).text
    // What has no word is of the program's own: where it stands whole, the entry's record shows it.
    return Object.entries(value)
      .flatMap(([part, each]) => {
        const word = partWord(t, part)
        if (word === null && (typeof each !== 'object' || each === null) && !isWritten(String(each))) return []
        const words = valueText({ ...props, field: part, value: each })
        return words === '' ? [] : word === null || /^\d+$/.test(word) ? words : `${word}: ${words}`
      })
      .join(' · ')
  }
  const text = String(value)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return formatDateTime(t.language, new Date(text), time_zone)
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return formatDate(t.language, text)
  if (/^\d\d:\d\d$/.test(text)) return formatClock(t.language, text)
  if (/^\+1\d{10}$/.test(text)) return formatPhone(text)
  return rolesByName.includes(text) ? t.dynamic(`access.role.${text}`) : (props.word(field, text) ?? text)
}

/** `{ en: …, ko: … }`: the reader's own language is enough. */
const isOneTextPerLanguage = (value: object): value is Record<string, string> =>
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([language, text]) => language in languageNames && typeof text === 'string')

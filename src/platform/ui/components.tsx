import { useContext, type ReactNode } from 'react'
import type { FieldErrors } from '../http/form.ts'
import { languageNames } from '../i18n/languages.ts'
import type { Translate } from '../i18n/messages.ts'
import { Icon } from './icon.tsx'
import { MeanwhileContext, meanwhileInWords, SavedNow } from './meanwhile.tsx'

/** Head of a page: what it is, one sentence why, and what one can do here. */
export function PageHead({
  title,
  lead,
  actions,
  back,
}: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  back?: { href: string; label: string }
}) {
  const meanwhile = useContext(MeanwhileContext)
  const conflict = meanwhile && meanwhileInWords(meanwhile)
  return (
    <div className="mb-6">
      {back && (
        <a href={back.href} className="mb-2 inline-flex min-h-8 items-center gap-1 text-sm wrap-anywhere">
          ← {back.label}
        </a>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-2xl font-bold text-balance sm:text-3xl">{title}</h1>
          {lead && <p className="mt-2 max-w-prose">{lead}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2 print:hidden">{actions}</div>}
      </div>
      {conflict && (
        <div className="mt-4 max-w-2xl" tabIndex={-1} data-focus>
          <Alert kind="error" title={conflict.title}>
            {conflict.text}
            {conflict.first && (
              <a className="link mt-1 block" href={conflict.first}>
                {meanwhile.t('meanwhile.first')}
              </a>
            )}
          </Alert>
        </div>
      )}
    </div>
  )
}

/** A group of things that belong together. */
export function Card({
  title,
  lead,
  children,
  actions,
  id,
}: {
  title?: string
  lead?: ReactNode
  children: ReactNode
  actions?: ReactNode
  id?: string
}) {
  return (
    <section
      className="bg-base-100 rounded-box border-base-300 mb-6 min-w-0 border p-4 sm:p-6"
      id={id}
      aria-labelledby={title && id ? `${id}-title` : undefined}
    >
      {title && (
        <div className="mb-4 flex flex-wrap items-start gap-3">
          <div className="min-w-0 flex-1 basis-60">
            <h2 className="text-lg font-bold" id={id ? `${id}-title` : undefined}>
              {title}
            </h2>
            {lead && <p className="mt-1 max-w-prose text-sm">{lead}</p>}
          </div>
          {actions}
        </div>
      )}
      {children}
    </section>
  )
}

interface FieldProps {
  t: Translate
  label: string
  name: string
  hint?: ReactNode
  errors?: FieldErrors
  typed?: Record<string, string>
  type?: string
  required?: boolean
  value?: string | number | null
  autoComplete?: string
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search'
  placeholder?: string
  lang?: string
  /** Of names written from right to left. */
  dir?: 'rtl'
  rows?: number
  maxLength?: number
  min?: string | number
  max?: string | number
  /** Id of a datalist to choose from. */
  list?: string
  /** Needed unless its neighbour is filled in. */
  is_one_of_several?: boolean
  /** false: an error does not draw the focus here; an ErrorSummary has it. */
  autoFocus?: false
}

/** A labelled input (or textarea with `rows`), its hint and its error, all known to screen readers. */
export function Field({
  t,
  label,
  name,
  hint,
  errors,
  typed,
  value,
  rows,
  required,
  type = 'text',
  is_one_of_several = false,
  ...rest
}: FieldProps) {
  const error = errors?.[name]
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined
  const shared = {
    id: name,
    name,
    required,
    defaultValue: typed?.[name] ?? value ?? undefined,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described,
    ...focusIfWrong(error),
    ...rest,
  }
  return (
    <div className="mb-4">
      <label htmlFor={name} className="mb-1 block font-semibold">
        {label}
        {!required && (
          <span className="ml-2 text-sm font-normal">
            ({t(is_one_of_several ? 'common.one_of_several' : 'common.optional')})
          </span>
        )}
      </label>
      {hint && (
        <p id={`${name}-hint`} className="mb-1.5 text-sm">
          {hint}
        </p>
      )}
      {rows ? (
        <textarea {...shared} rows={rows} className={`textarea w-full text-base ${error ? 'textarea-error' : ''}`} />
      ) : (
        <input {...shared} type={type} className={`input w-full text-base ${error ? 'input-error' : ''}`} />
      )}
      <SavedNow name={name} />
      <FieldError t={t} name={name} errors={errors} />
    </div>
  )
}

/** A form that came back has the focus on what is wrong; of several fields the browser takes the first. */
const focusIfWrong = (error: string | undefined) => (error ? { autoFocus: true } : {})

export function FieldError({ t, name, errors }: { t: Translate; name: string; errors?: FieldErrors | undefined }) {
  const error = errors?.[name]
  if (!error) return null
  return (
    <p id={`${name}-error`} role="alert" className="text-error mt-1 flex items-center gap-1 text-sm font-semibold">
      <Icon name="warning" size={16} /> {t.dynamic(error)}
    </p>
  )
}

interface SelectProps {
  t: Translate
  label: string
  name: string
  options: readonly { value: string; label: string; lang?: string }[]
  hint?: ReactNode
  errors?: FieldErrors
  typed?: Record<string, string>
  value?: string | null
  required?: boolean
  /** The empty choice is one like the others ('all kinds'), not a reminder to choose. */
  empty_counts?: boolean
}

export function Select(props: SelectProps) {
  const { t, label, name, options, hint, errors, typed, value, required, empty_counts } = props
  const error = errors?.[name]
  return (
    <div className="mb-4">
      <label htmlFor={name} className="mb-1 block font-semibold">
        {label}
        {!required && <span className="ml-2 text-sm font-normal">({t('common.optional')})</span>}
      </label>
      {hint && (
        <p id={`${name}-hint`} className="mb-1.5 text-sm">
          {hint}
        </p>
      )}
      <select
        id={name}
        name={name}
        required={required && !empty_counts}
        defaultValue={typed?.[name] ?? value ?? ''}
        {...focusIfWrong(error)}
        aria-invalid={error ? true : undefined}
        aria-describedby={
          [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined
        }
        className="select w-full text-base"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
      <SavedNow name={name} options={options} />
      <FieldError t={t} name={name} errors={errors} />
    </div>
  )
}

interface ChoicesProps {
  t: Translate
  /** None where one box says all of itself. */
  legend?: string
  name: string
  options: readonly { value: string; label: string; hint?: string; lang?: string }[]
  /** radio: one; checkbox: several. */
  kind: 'radio' | 'checkbox'
  chosen?: readonly string[]
  hint?: ReactNode
  errors?: FieldErrors
}

export function Choices({ t, legend, name, options, kind, chosen = [], hint, errors }: ChoicesProps) {
  const plain = name.replace(/\[\]$/, '')
  const Group = legend ? 'fieldset' : 'div'
  return (
    <Group className="mb-4" aria-describedby={errors?.[plain] ? `${plain}-error` : undefined}>
      {legend && <legend className="mb-1 font-semibold">{legend}</legend>}
      {hint && <p className="mb-1.5 text-sm">{hint}</p>}
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((option) => (
          <label
            key={option.value}
            className="border-base-300 has-checked:border-primary has-checked:bg-primary/10 flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border p-3"
            lang={option.lang}
          >
            <input
              type={kind}
              name={name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
              className={`${kind === 'radio' ? 'radio' : 'checkbox'} mt-0.5 shrink-0`}
            />
            <span>
              {option.label}
              {option.hint && <span className="block text-sm">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <SavedNow name={plain} options={options} />
      <FieldError t={t} name={plain} errors={errors} />
    </Group>
  )
}

/** A message about the whole page. */
export function Alert({
  kind,
  title,
  children,
}: {
  kind: 'info' | 'success' | 'warning' | 'error'
  title?: string
  children?: ReactNode
}) {
  const looks = { info: 'border-info', success: 'border-success', warning: 'border-warning', error: 'border-error' }
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className={`bg-base-100 ${looks[kind]} rounded-box mb-6 flex gap-3 border-2 p-4`}
    >
      <Icon name={kind === 'success' ? 'check' : kind === 'info' ? 'log' : 'warning'} />
      <div className="min-w-0">
        {title && <p className="font-bold">{title}</p>}
        {children && <div className="text-sm">{children}</div>}
      </div>
    </div>
  )
}

/**
 * On top of a form that came back: each error with the way to its field. It has the focus, so that a page that begins at
 * its top says at once what became of what was sent.
 */
export function ErrorSummary({ t, errors, labels }: { t: Translate; errors: FieldErrors; labels: FieldErrors }) {
  const wrong = Object.entries(errors).flatMap(([name, error]) => (error ? [{ name, error }] : []))
  if (wrong.length === 0) return null
  return (
    <div
      role="alert"
      tabIndex={-1}
      data-focus
      className="bg-base-100 border-error rounded-box mb-6 flex gap-3 border-2 p-4"
    >
      <Icon name="warning" />
      <div className="min-w-0">
        <p className="font-bold">{t('form.check')}</p>
        <ul className="text-sm">
          {wrong.map(({ name, error }) => (
            <li key={name}>
              <a href={`#${name}`} className="link inline-flex min-h-8 items-center">
                {labels[name] ? `${labels[name]}: ${t.dynamic(error)}` : t.dynamic(error)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** Nothing here yet: why, and the first step. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: string
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="bg-base-100 rounded-box border-base-300 border border-dashed px-6 py-12 text-center">
      <span className="bg-primary/10 text-primary inline-flex rounded-full p-4">
        <Icon name={icon} size={32} />
      </span>
      <h2 className="mt-4 text-lg font-bold">{title}</h2>
      {children && <div className="mx-auto mt-2 max-w-prose">{children}</div>}
      {action && <div className="mt-6">{action}</div>}
    </div>
  )
}

/** One number with what it counts. */
export function Figure({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="bg-base-100 rounded-box border-base-300 border p-4">
      <dt className="text-sm">{label}</dt>
      <dd className="mt-1 text-2xl font-bold whitespace-nowrap tabular-nums">{value}</dd>
      {note && <dd className="mt-1 text-sm">{note}</dd>}
    </div>
  )
}

/** Finds somebody by one box, on the same page or at `action`; `children`: what goes along unseen. */
export function FindForm({
  t,
  label,
  query,
  action,
  children,
}: {
  t: Translate
  label: string
  query: string
  action?: string
  children?: ReactNode
}) {
  return (
    <form method="get" role="search" action={action} className="mb-6">
      <label htmlFor="q" className="mb-1 block font-semibold">
        {label}
      </label>
      <div className="flex gap-2">
        {children}
        <input
          id="q"
          name="q"
          type="search"
          defaultValue={query}
          autoComplete="off"
          className="input w-full min-w-0 text-base"
        />
        <button className="btn">{t('action.search')}</button>
      </div>
    </form>
  )
}

export function Figures({ children }: { children: ReactNode }) {
  return <dl className="mb-6 grid last:mb-0 grid-cols-[repeat(auto-fit,minmax(8.5rem,1fr))] gap-3">{children}</dl>
}

/** Rows of a bar chart: label, bar, number. Works without style attributes, prints, and reads as a table. */
export function Bars({
  caption,
  is_titled = false,
  rows,
  format,
}: {
  caption: string
  /** The heading above says the same: only those hear it who go from table to table. */
  is_titled?: boolean
  rows: readonly { label: string; value: number; href?: string; lang?: string }[]
  format: (value: number) => string
}) {
  const most = Math.max(1, ...rows.map((row) => row.value))
  return (
    <table className="w-full text-sm">
      <caption className={is_titled ? 'sr-only' : 'mb-2 text-left font-semibold'}>{caption}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row" className="w-2/5 py-1 pr-3 text-left align-middle font-normal" lang={row.lang}>
              {row.href ? <a href={row.href}>{row.label}</a> : row.label}
            </th>
            <td className="py-1 align-middle">
              <svg
                width="100%"
                height="14"
                role="presentation"
                className="block overflow-hidden rounded"
                preserveAspectRatio="none"
                viewBox="0 0 100 14"
              >
                <rect width="100" height="14" className="fill-base-200" />
                <rect
                  width={Math.max(row.value > 0 ? 0.8 : 0, (row.value / most) * 100)}
                  height="14"
                  className="fill-primary"
                />
              </svg>
            </td>
            <td className="w-px py-1 pl-3 text-right align-middle font-semibold whitespace-nowrap tabular-nums">
              {format(row.value)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/**
 * A table that scrolls sideways on a narrow screen instead of breaking the page. `only_wide`: names of columns whose cells
 * are hidden (`max-sm:hidden`) on a telephone, where the row says it elsewhere.
 */
export function Table({
  caption,
  head,
  only_wide = [],
  children,
}: {
  caption: string
  head: readonly string[]
  only_wide?: readonly string[]
  children: ReactNode
}) {
  return (
    <div
      className="bg-base-100 rounded-box border-base-300 overflow-x-auto border"
      tabIndex={0}
      role="group"
      aria-label={caption}
    >
      <table className="table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {head.map((each) => (
              <th
                key={each}
                scope="col"
                className={`text-base-content whitespace-nowrap ${only_wide.includes(each) ? 'max-sm:hidden' : ''}`}
              >
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

export function Badge({
  kind = 'neutral',
  children,
}: {
  kind?: 'neutral' | 'success' | 'warning' | 'error' | 'info'
  children: ReactNode
}) {
  const looks = {
    neutral: 'border-base-300',
    success: 'border-success text-success',
    warning: 'border-warning bg-warning text-warning-content',
    error: 'border-error text-error',
    info: 'border-info text-info',
  }
  return (
    <span
      className={`inline-flex items-center rounded-full border px-2.5 py-0.5 text-sm font-semibold whitespace-nowrap ${looks[kind]}`}
    >
      {children}
    </span>
  )
}

interface PaginationProps {
  t: Translate
  /** First row shown, counted from 0. */
  from: number
  shown: number
  total: number
  size: number
  /** Address of the page starting at a row. */
  href: (from: number) => string
}

export function Pagination({ t, from, shown, total, size, href }: PaginationProps) {
  if (total <= size && from === 0) return null
  return (
    <nav
      aria-label={t('page.of', { from: from + 1, to: from + shown, total })}
      className="mt-4 flex items-center justify-between gap-3 text-sm"
    >
      {from > 0 ? (
        <a className="btn" href={href(Math.max(0, from - size))} rel="prev">
          ← {t('page.previous')}
        </a>
      ) : (
        <span />
      )}
      <span>{t('page.of', { from: from + 1, to: from + shown, total })}</span>
      {from + shown < total ? (
        <a className="btn" href={href(from + size)} rel="next">
          {t('action.next')} →
        </a>
      ) : (
        <span />
      )}
    </nav>
  )
}

/** A piece of the organization's own text, in the reader's language or visibly in another. */
export function OwnText({
  text,
  language,
  t,
}: {
  text: { text: string; language: string }
  language: string
  t: Translate
}) {
  if (!text.text || text.language === language) return <>{text.text}</>
  return (
    <span lang={text.language} title={t('common.not_translated', { language: text.language })}>
      {text.text} <span className="text-xs">({languageNames[text.language] ?? text.language})</span>
    </span>
  )
}

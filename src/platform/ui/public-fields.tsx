import type { ReactNode } from 'react'
import type { PublicLanguage } from '../i18n/languages.ts'
import { Icon } from './icon.tsx'

/* Fields of pages for everybody, which work without a script. */

/** The words of a page, whatever else it says. */
interface FieldWords {
  (key: 'optional'): string
  problem(problem: string): string
  language: PublicLanguage
}

interface Field {
  w: FieldWords
  name: string
  /** What is wrong, by name of the field. */
  errors: Partial<Record<string, string>>
}

export const Notice = ({ kind = 'info', children }: { kind?: 'info' | 'error'; children: ReactNode }) => (
  <div
    role={kind === 'error' ? 'alert' : 'status'}
    className={`bg-base-100 rounded-box mb-5 flex gap-3 border-2 p-4 ${kind === 'error' ? 'border-error' : 'border-info'}`}
  >
    <Icon name={kind === 'error' ? 'warning' : 'clock'} />
    <div className="min-w-0">{children}</div>
  </div>
)

export const Group = ({ title, hint, children }: { title: string; hint?: string | undefined; children: ReactNode }) => (
  <fieldset className="mb-4">
    <legend className="mb-1 text-lg font-bold">{title}</legend>
    {hint && <p className="mb-2 text-sm">{hint}</p>}
    {children}
  </fieldset>
)

export const described = (name: string, errors: Field['errors']) =>
  errors[name] ? { 'aria-invalid': true, autoFocus: true, 'aria-describedby': `${name}-error` } : {}

export const Optional = ({ w }: { w: FieldWords }) => (
  <span className="ml-1 text-sm font-normal">({w('optional')})</span>
)

export function Problem({ w, name, errors }: Field) {
  const problem = errors[name]
  if (!problem) return null
  return (
    <p id={`${name}-error`} className="text-error mt-1 flex items-center gap-1 text-sm font-semibold">
      <Icon name="warning" size={16} /> {w.problem(problem)}
    </p>
  )
}

interface InputProps extends Field {
  label: ReactNode
  typed: Partial<Record<string, string[]>>
  type?: string
  inputMode?: 'email' | 'tel' | 'numeric'
  autoComplete?: string
  lang?: string
  is_needed?: boolean
  /** Neither needed nor optional by itself. */
  is_plain?: boolean
}

export function Input({
  w,
  name,
  label,
  type = 'text',
  inputMode,
  autoComplete,
  lang,
  is_needed,
  is_plain,
  typed,
  errors,
}: InputProps) {
  return (
    <div className="mb-3">
      <label htmlFor={name} className="mb-1 block font-semibold">
        {label} {!is_needed && !is_plain && <Optional w={w} />}
      </label>
      <input
        id={name}
        name={name}
        type={type}
        inputMode={inputMode}
        autoComplete={autoComplete}
        lang={lang}
        required={is_needed}
        maxLength={200}
        defaultValue={typed[name]?.[0]}
        className={`input w-full text-base ${errors[name] ? 'input-error' : ''}`}
        {...described(name, errors)}
      />
      <Problem w={w} name={name} errors={errors} />
    </div>
  )
}

interface LongInputProps extends Pick<InputProps, 'w' | 'name' | 'label' | 'typed' | 'errors' | 'is_needed'> {
  rows?: number
}

export function LongInput({ w, name, label, typed, errors, is_needed = false, rows = 2 }: LongInputProps) {
  return (
    <div className="mb-6">
      <label htmlFor={name} className="mb-1 block font-semibold">
        {label} {!is_needed && <Optional w={w} />}
      </label>
      <textarea
        id={name}
        name={name}
        rows={rows}
        maxLength={2000}
        className="textarea w-full text-base"
        defaultValue={typed[name]?.[0]}
        {...described(name, errors)}
      />
      <Problem w={w} name={name} errors={errors} />
    </div>
  )
}

interface OptionsProps extends Field {
  legend: ReactNode
  hint?: string
  kind: 'radio' | 'checkbox'
  options: readonly { value: string; label: ReactNode }[]
  chosen: readonly string[]
  is_optional?: boolean
  /** One below the other also where two have room. */
  is_wide?: boolean
}

export function Options({ w, legend, hint, name, kind, options, chosen, errors, is_optional, is_wide }: OptionsProps) {
  if (options.length === 0) return null
  return (
    <fieldset className="mb-6" id={name} aria-describedby={errors[name] ? `${name}-error` : undefined}>
      <legend className="mb-1 font-semibold">
        {legend} {is_optional && <Optional w={w} />}
      </legend>
      {hint && <p className="mb-2 text-sm">{hint}</p>}
      <div className={`grid gap-2 ${is_wide ? '' : 'sm:grid-cols-2'}`}>
        {options.map((option) => (
          <label
            key={option.value}
            className="border-base-300 bg-base-100 has-checked:border-primary has-checked:bg-primary/10 flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border p-3"
          >
            <input
              type={kind}
              name={name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
              className={`${kind === 'radio' ? 'radio' : 'checkbox'} mt-0.5 shrink-0`}
            />
            <span className="min-w-0 break-words">{option.label}</span>
          </label>
        ))}
      </div>
      <Problem w={w} name={name} errors={errors} />
    </fieldset>
  )
}

import { createContext, useContext } from 'react'
import { formatDateTime } from '../i18n/formats.ts'
import type { Translate } from '../i18n/messages.ts'
import './messages.ts'

/** What the fields of a form hold, by name, as they are sent; several choices of one field are lines. */
export type FormValues = Readonly<Record<string, string>>

/** Several choices of one field, in an order of their own. */
export const choices = (values: readonly string[]): string => [...values].sort().join('\n')

/** Somebody else saved between opening a form and sending it. */
export interface Meanwhile {
  t: Translate
  /** As the form was opened. */
  seen: FormValues
  typed: FormValues
  /** As it is now. */
  saved: FormValues
  /** null: nobody knows who. */
  by: string | null
  at: Date | null
  time_zone: string
  /** What they saved stands above the form, or is of no field. */
  is_apart?: boolean
}

/** Around a page whose form came back because somebody else saved meanwhile. */
export const MeanwhileContext = createContext<Meanwhile | null>(null)

/** What a form was opened with, so that it is noticed when somebody else saves before it is sent. */
export function Seen({ values, typed = {} }: { values: FormValues; typed?: Readonly<Record<string, string>> }) {
  const meanwhile = useContext(MeanwhileContext)
  // A form that came back for another reason was opened before. Once theirs was shown, theirs is what was seen.
  const isThisForm = Object.keys(values).some((name) => name in typed)
  const before = isThisForm && !meanwhile ? typed.seen : undefined
  return <input type="hidden" name="seen" value={before ?? JSON.stringify(values).normalize('NFC')} />
}

/** Under a field: what somebody else saved in it meanwhile, where that is another thing than what stands there. */
export function SavedNow({
  name,
  options,
  is_apart = false,
}: {
  name: string
  /** Away from its field, under which the same stands. */
  is_apart?: boolean
  options?: readonly { value: string; label: string }[] | undefined
}) {
  const meanwhile = useContext(MeanwhileContext)
  if (!meanwhile || !isTheirs(meanwhile, name)) return null
  const { t, saved } = meanwhile
  const words = (saved[name] ?? '')
    .split('\n')
    .map((value) => options?.find((option) => option.value === value)?.label ?? value)
    .join(options ? ', ' : '\n')
  return (
    <p
      {...(!is_apart && { id: `${name}-saved` })}
      className="border-warning mt-1 border-l-4 pl-2 text-sm whitespace-pre-line wrap-anywhere"
    >
      {t('meanwhile.saved_now')} <strong>{words || t('meanwhile.nothing')}</strong>
    </p>
  )
}

/** Who saved, and that nothing is lost; `first`: where the first field that differs is, if it has a place. */
export function meanwhileInWords({ t, by, at, time_zone, is_apart, ...rest }: Meanwhile): {
  title: string
  text: string
  first: string | null
} {
  const differs = Object.keys(rest.saved).find((name) => isTheirs(rest, name))
  return {
    first: differs && !is_apart ? `#${differs}-saved` : null,
    title: by && at ? t('meanwhile.by', { by, at: formatDateTime(t.language, at, time_zone) }) : t('meanwhile.title'),
    text: t(differs ? 'meanwhile.text' : 'meanwhile.same'),
  }
}

/** They changed it, and to something else than what was typed. */
export const isTheirs = ({ seen, saved, typed }: Pick<Meanwhile, 'seen' | 'saved' | 'typed'>, name: string): boolean =>
  name in saved && saved[name] !== seen[name] && saved[name] !== (typed[name] ?? '')

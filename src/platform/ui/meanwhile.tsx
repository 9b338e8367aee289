import { createContext, useContext } from 'react'
import { z } from 'zod'
import { systemClock } from '../clock.ts'
import { formatDateTime } from '../i18n/formats.ts'
import type { Translate } from '../i18n/messages.ts'
import './messages.ts'
import type { FormValues } from './form-values.ts'

/** Somebody else saved between opening a form and sending it. */
export interface Meanwhile {
  t: Translate
  /** As the form was opened. */
  seen: FormValues
  typed: FormValues
  /** As it is now. */
  saved: FormValues
  /** One or several; null: nobody knows who. */
  by: string | null
  at: Date | null
  /** By field. */
  changes?: Readonly<Record<string, { by: string; at: Date } | null>>
  /** What the form was opened with came back as nothing one can read. */
  is_unreadable?: boolean
  time_zone: string
  /** Ids of fields, where what they saved stands elsewhere than under its field. */
  places?: Readonly<Record<string, string>>
}

/** Around a page whose form came back because somebody else saved meanwhile. */
export const MeanwhileContext = createContext<Meanwhile | null>(null)

/** What a form was opened with, so that it is noticed when somebody else saves before it is sent. */
export function Seen(form: SeenForm) {
  const { seen, seen_at } = useSeen(form)
  return (
    <>
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="seen_at" value={seen_at} />
    </>
  )
}

interface SeenForm {
  values: FormValues
  typed?: Readonly<Record<string, string>>
}

/** The two hidden fields, for a form that keeps them elsewhere. */
export function useSeen({ values, typed = {} }: SeenForm): { seen: string; seen_at: string } {
  const meanwhile = useContext(MeanwhileContext)
  const now = { seen: JSON.stringify(values).normalize('NFC'), seen_at: systemClock.now().toISOString() }
  // A form that came back for another reason was opened before. Once theirs was shown, theirs is what was seen.
  if (typed.seen === undefined || meanwhile) return now
  const before = readSeen(typed.seen)
  // Boxes that are all empty send nothing: such a form is known by what it was opened with.
  const isThisForm = Object.keys(values).some((name) => name in typed || !before || Object.hasOwn(before, name))
  if (!isThisForm) return now
  const seen = before ? JSON.stringify({ ...values, ...before }).normalize('NFC') : typed.seen
  return { seen, seen_at: typed.seen_at ?? now.seen_at }
}

const SeenValues = z.record(z.string(), z.string())
const longestSeen = 200_000

/** As `Seen` wrote it; null: not as it wrote it. */
export function readSeen(text: string): FormValues | null {
  if (text.length > longestSeen) return null
  try {
    return SeenValues.safeParse(JSON.parse(text.normalize('NFC'))).data ?? null
  } catch {
    return null
  }
}

/** What one field held; one that the form did not have yet held nothing. */
export const seenOf = (seen: FormValues, name: string): string => (Object.hasOwn(seen, name) ? (seen[name] ?? '') : '')

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

/** Who saved, and that nothing is lost; `first`: where the first field that differs is. */
export function meanwhileInWords({ t, by, at, time_zone, places = {}, is_unreadable, ...rest }: Meanwhile): {
  title: string
  text: string
  first: string | null
} {
  const differs = Object.keys(rest.saved).find((name) => isTheirs(rest, name))
  const unnamed = is_unreadable ? t('meanwhile.unreadable') : t('meanwhile.title')
  return {
    first: differs ? `#${places[differs] ?? `${differs}-saved`}` : null,
    title: by && at ? t('meanwhile.by', { by, at: formatDateTime(t.language, at, time_zone) }) : unnamed,
    text: t(differs ? 'meanwhile.text' : 'meanwhile.same'),
  }
}

/** They changed it, and to something else than what was typed. */
export const isTheirs = ({ seen, saved, typed }: Pick<Meanwhile, 'seen' | 'saved' | 'typed'>, name: string): boolean =>
  name in saved && saved[name] !== seenOf(seen, name) && saved[name] !== (typed[name] ?? '')

import type { LocalizedText } from '../../platform/i18n/languages.ts'

/** By field, languages whose words were not looked at since those they say the same as were changed. */
export type Older = Readonly<Record<string, readonly string[]>>

interface Changed {
  before: LocalizedText
  after: LocalizedText
  /** In which the words were older already. */
  older: readonly string[]
  /** The language others are translated from; null: each may be written first. */
  original: string | null
}

/**
 * Languages whose words are older now. Whoever changes what stood there makes the others older; whoever writes one that was
 * older, or was missing, catches up.
 */
export function olderAfter({ before, after, older, original }: Changed): string[] {
  const isSame = (language: string): boolean => (before[language] ?? '') === (after[language] ?? '')
  const written = Object.keys(after).filter((language) => after[language])
  const isAnew = written.some(
    (language) =>
      !isSame(language) && before[language] && (original === null ? !older.includes(language) : language === original),
  )
  return written.filter((language) => language !== original && isSame(language) && (isAnew || older.includes(language)))
}

/**
 * Of all texts of a form; `is_same`: whoever saves it says that the other languages still say the same as what they changed;
 * of whoever changed nothing, that all of them do.
 */
export function olderOf(
  before: Readonly<Record<string, LocalizedText>>,
  after: Readonly<Record<string, LocalizedText>>,
  { older, is_same = false, original = null }: { older: Older; is_same?: boolean; original?: string | null },
): Older {
  const isTouched = (field: string): boolean => {
    const [was, is] = [before[field] ?? {}, after[field] ?? {}]
    return [...Object.keys(was), ...Object.keys(is)].some((language) => (was[language] ?? '') !== (is[language] ?? ''))
  }
  const changed = Object.keys(after).filter(isTouched)
  const found = Object.entries(after).map(([field, text]) => {
    if (is_same && (changed.length === 0 || changed.includes(field))) return [field, []] as const
    return [
      field,
      olderAfter({ before: before[field] ?? {}, after: text, older: older[field] ?? [], original }),
    ] as const
  })
  return Object.fromEntries(found.filter(([, languages]) => languages.length > 0))
}

export type WrittenState = 'written' | 'older' | 'missing'

/** How far a text that no language is the original of is in a language; null: it stands in none. */
export function writtenIn(language: string, text: LocalizedText, older: readonly string[] = []): WrittenState | null {
  if (!Object.values(text).some(Boolean)) return null
  if (!text[language]) return 'missing'
  return older.includes(language) ? 'older' : 'written'
}

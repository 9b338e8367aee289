import type { Translate } from '../../../../platform/i18n/messages.ts'
import { formatDate } from '../../../../platform/i18n/formats.ts'
import '../../officials/messages.ts'
import { officialParties } from '../../officials/schema.ts'
import '../messages.ts'
import type { TermLine } from './schema.ts'

/** 'Phone: 718-555-0100 → 718-555-0101' */
export function changeText(t: Translate, { field, from, to }: TermLine['changes'][number]): string {
  if (field === 'is_checked') return t('lists.field.is_checked')
  const word = (value: string | null): string => {
    if (value === null) return '–'
    const party = field === 'party' && officialParties.find((each) => each === value)
    if (party) return t(`officials.party.${party}`)
    return field === 'since' || field === 'until' ? formatDate(t.language, value) : value
  }
  return `${t(`lists.field.${field}`)}: ${word(from)} → ${word(to)}`
}

/** One term and what becomes of it, on a line. */
export function termLineText(t: Translate, line: TermLine): string {
  const { name, office, district, effect, day, official_id, taken_for } = line
  return [
    `${name}, ${[t(`officials.office.${office}`), district].filter(Boolean).join(' ')}`,
    `${t(`lists.effect.${effect}`)}${day ? ` ${day}` : ''}`,
    ...line.changes.map((change) => changeText(t, change)),
    ...(taken_for ? [t('ballot.taken_for', { name: taken_for })] : []),
    ...(effect === 'ends' && !line.is_followed ? [`goes on with --stay ${String(official_id)}`] : []),
  ].join('; ')
}

import type { Translate } from '../../platform/i18n/messages.ts'
import type { Asked } from './complete.ts'
import { countyLabel } from './pages/labels.ts'
import { typedFields, type TypedField } from './schema.ts'
import { labelOr, languageName } from './steps/words.ts'

/** Where the words for the values of a field stand. */
const words: Partial<Record<TypedField, string>> = {
  party: 'targeting.party',
  status: 'steps.status',
  sex: 'targeting.sex',
  community: 'targeting.community',
  district: 'targeting.district',
  suppressed: 'steps.suppressed',
  'registered-by': 'steps.source',
  method: 'steps.method',
  related: 'steps.related',
  member: 'membership.standing',
  result: 'disposition',
  'follow-up': 'steps.follow_up',
  event: 'steps.event',
}

/** What an offered word means, in the reader's language; null: it says so itself. */
export function meaningOf(t: Translate, text: string, asked: Asked | null): string | null {
  const field = typedFields.find((each) => text === `${each}:`)
  if (!asked) return field ? t(`targeting.field.${field}`) : null
  if (asked.field === 'county') return countyLabel(t, text)
  if (asked.field === 'language' || asked.field === 'speaks') return languageName(t, text)
  // voted:2025-primary/dem
  const from = asked.field === 'voted' && asked.of !== null ? words.party : asked.of === null && words[asked.field]
  if (!from) return null
  const code = text.replace(/\/$/, '')
  return labelOr(t, `${from}.${code}`, '') || labelOr(t, `${from}.${code.replaceAll('-', '_')}`, '') || null
}

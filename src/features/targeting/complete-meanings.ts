import type { Translate } from '../../platform/i18n/messages.ts'
import { localized } from '../../platform/i18n/languages.ts'
import type { Asked, OurWords } from './complete.ts'
import { countyLabel } from './pages/labels.ts'
import { typedFields, type TypedField } from './schema.ts'
import { kindInWords, labelOr, languageName } from './steps/words.ts'

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
  dues: 'steps.dues',
  delegated: 'delegation',
}

/** As the organization calls it, else in our words. */
function kindMeant(
  t: Translate,
  of: 'event_kind' | 'membership_kind',
  own: OurWords['event_kinds'] | undefined,
  text: string,
): string | null {
  const kind = text.startsWith('"') ? text.slice(1, -1) : text.replaceAll('-', '_')
  const said = localized(own?.get(kind), t.language).text || kindInWords(of, kind, t)
  return said === kind || said === text ? null : said
}

/** What an offered word means, in the reader's language; null: it says so itself. */
export function meaningOf(t: Translate, text: string, asked: Asked | null, ours?: OurWords): string | null {
  const field = typedFields.find((each) => text === `${each}:`)
  if (!asked) return field ? t(`targeting.field.${field}`) : null
  if (asked.field === 'county') return countyLabel(t, text)
  if (asked.field === 'language' || asked.field === 'speaks') return languageName(t, text)
  if (
    asked.field === 'attended' ||
    asked.field === 'signed-up' ||
    asked.field === 'no-show' ||
    asked.field === 'hours'
  ) {
    if (asked.of === '@')
      return localized(ours?.events.find(({ code }) => code === text)?.title, t.language).text || null
    return asked.of === null ? kindMeant(t, 'event_kind', ours?.event_kinds, text) : null
  }
  if (asked.field === 'member-kind' || (asked.field === 'member' && asked.of !== null))
    return kindMeant(t, 'membership_kind', ours?.membership_kinds, text)
  // voted:2025-primary/dem
  const from = asked.field === 'voted' && asked.of !== null ? words.party : asked.of === null && words[asked.field]
  if (!from) return null
  const code = text.replace(/\/$/, '')
  return labelOr(t, `${from}.${code}`, '') || labelOr(t, `${from}.${code.replaceAll('-', '_')}`, '') || null
}

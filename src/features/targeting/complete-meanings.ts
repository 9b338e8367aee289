import type { Translate } from '../../platform/i18n/messages.ts'
import { localized } from '../../platform/i18n/languages.ts'
import './builder-messages.ts'
import type { Asked, OurWords } from './complete.ts'
import { countyLabel } from './pages/labels.ts'
import { eventFactOf, parse } from './parse.ts'
import { typedFields, type TypedField } from './schema.ts'
import { allInWords, kindInWords, labelOr, languageName, termInWords } from './steps/words.ts'
import { channelWords, cityWords, consentStateWords, printed, type Words } from './words.ts'

/** Where the words for the values of a field stand. */
const words: Partial<Record<TypedField, string>> = {
  party: 'targeting.party',
  status: 'steps.status',
  sex: 'targeting.sex',
  community: 'targeting.community',
  district: 'targeting.district',
  suppressed: 'steps.suppressed',
  'registered-by': 'steps.source',
  'state-id': 'steps.state_id',
  method: 'steps.method',
  related: 'steps.related',
  member: 'membership.standing',
  result: 'disposition',
  'follow-up': 'steps.follow_up',
  event: 'steps.event',
  dues: 'steps.dues',
  delegated: 'delegation',
  part: 'steps.part',
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

/** Fields whose values are names, numbers of places, or what others typed: they say themselves. */
const saysItself: ReadonlySet<TypedField> = new Set<TypedField>([
  'name', 'first', 'middle', 'last', 'suffix', 'street', 'city', 'zip', 'area', 'tag', 'in', 'field', 'answer',
  'invited', 'attended', 'signed-up', 'no-show', 'hosted', 'partner', 'member-kind', 'stage', 'role', 'trained', 'chapter', 'committee', 'board',
]) // prettier-ignore

/** The condition a value makes ('age:65-'); of the beginning of one ('phone/') the Korean word for it. */
function wholeMeant(t: Translate, text: string, { field, of }: Asked): string | null {
  if (text.endsWith('/')) {
    const known: Words<string> = field === 'consent' ? consentStateWords : channelWords
    return t.language === 'ko' ? koreanWord(known, text.slice(0, -1)) : null
  }
  if (of === '@') return null
  const parsed = parse(`${field}:${of === null ? '' : `${of}/`}${text}`)
  if (!parsed.ok) return null
  return parsed.expression.op === 'term' ? termInWords(parsed.expression.term, t) : allInWords(parsed.expression, t)
}

const koreanWord = (words: Words<string>, wanted: string): string | null =>
  [...words].find(([word, code]) => printed(code) === wanted && /\p{Script=Hangul}/u.test(word))?.[0] ?? null

/** What an offered word means, in the reader's language; null: it says so itself. */
export function meaningOf(t: Translate, text: string, asked: Asked | null, ours?: OurWords): string | null {
  const field = typedFields.find((each) => text === `${each}:`)
  if (!asked) return field ? t(`targeting.field.${field}`) : null
  if (asked.field === 'city' && t.language === 'ko') return koreanWord(cityWords, text.replaceAll('"', ''))
  return (
    namedMeaning(t, text, asked, ours) ??
    (saysItself.has(asked.field) && text !== 'any' ? null : wholeMeant(t, text, asked))
  )
}

/** Values that have a name of their own. */
function namedMeaning(t: Translate, text: string, asked: Asked, ours: OurWords | undefined): string | null {
  if (asked.field === 'county') return countyLabel(t, text)
  if (asked.field === 'language' || asked.field === 'speaks') return languageName(t, text)
  if (asked.field === 'hours' || eventFactOf[asked.field]) {
    if (asked.of === '@')
      return localized(ours?.events.find(({ code }) => code === text)?.title, t.language).text || null
    return asked.of === null ? kindMeant(t, 'event_kind', ours?.event_kinds, text) : null
  }
  if (asked.field === 'member-kind' || (asked.field === 'member' && asked.of !== null))
    return kindMeant(t, 'membership_kind', ours?.membership_kinds, text)
  if (asked.field === 'district' && text === '?') return t('builder.district_in_doubt')
  // voted:2025-primary/dem
  const from = asked.field === 'voted' && asked.of !== null ? words.party : asked.of === null && words[asked.field]
  if (!from) return null
  const code = text.replace(/\/$/, '')
  return labelOr(t, `${from}.${code}`, '') || labelOr(t, `${from}.${code.replaceAll('-', '_')}`, '') || null
}

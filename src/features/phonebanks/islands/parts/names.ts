import { localized, type Language, type LocalizedText } from '../../../../platform/i18n/languages.ts'
import { formatPhone } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { Disposition } from '../../../contacts/schema.ts'
import { languageIn } from '../../../scripts/walk/texts.tsx'
import type { CallCard } from '../../schema.ts'
import type { Told } from '../../told/schema.ts'

/** A text of the organization as this caller reads it best: on the screen's language if they speak it, else in one they do. */
export function textForCaller(
  text: LocalizedText | null,
  screen: Language,
  spoken: readonly string[],
): { text: string; language: string } {
  const [best = screen, ...others] = [...(spoken.includes(screen) ? [screen] : []), ...spoken, screen, 'en']
  return localized(text, best, others)
}

export type Named = Pick<CallCard, 'display_name' | 'hangul'>

/** In Korean the Hangul name, but never a guess as if it were the name. */
export const shownName = ({ display_name, hangul }: Named, language: Language): string =>
  language === 'ko' && hangul && !hangul.is_guess ? hangul.text : display_name

/** A result in the organization's own words where it has some. */
export const resultWords = (
  t: Translate,
  { disposition, result_name }: { disposition: Disposition; result_name?: Record<string, string> | null | undefined },
): string => (result_name ? localized(result_name, t.language).text : t(`console.result.${disposition}`))

/** What was learned of a voter: what it is about, and what it says. */
export function toldWords(t: Translate, told: Told): string {
  if (told.kind === 'consent') {
    if (told.channel === 'phone') return t('console.told.no_calls')
    return t(told.is_given ? 'console.told_agrees' : 'console.told_wants_no', {
      channel: t(`console.channel.${told.channel}`),
    })
  }
  return `${t(`console.told.${told.kind}`)}: ${saidIn(t, told).filter(Boolean).join(' ')}`
}

function saidIn(t: Translate, told: Exclude<Told, { kind: 'consent' }>): (string | null)[] {
  switch (told.kind) {
    case 'name':
      return [told.name_hangul, told.first_name, told.last_name]
    case 'member':
      return [told.name_hangul, told.first_name, told.last_name, told.phone && formatPhone(told.phone)]
    case 'phone':
      return [formatPhone(told.phone)]
    case 'email':
      return [told.email]
    case 'address':
      return [told.address, told.city, told.zip5]
    case 'language':
      return [languageIn(t.language, told.language)]
    case 'tag':
      return [told.tag]
    case 'event':
      return [told.title]
    default:
      return told satisfies never
  }
}

import { localized, type Language, type LocalizedText } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import type { Disposition } from '../../../contacts/schema.ts'
import type { CallCard } from '../../schema.ts'

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

import type { Language } from '../../../../platform/i18n/languages.ts'
import type { CallCard } from '../../schema.ts'

export type Named = Pick<CallCard, 'display_name' | 'hangul'>

/** In Korean the Hangul name, but never a guess as if it were the name. */
export const shownName = ({ display_name, hangul }: Named, language: Language): string =>
  language === 'ko' && hangul && !hangul.is_guess ? hangul.text : display_name

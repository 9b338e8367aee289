import type { Translate } from '../../platform/i18n/messages.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import type { UniverseProblem } from './queries.ts'
import { fieldWords } from './words.ts'

/** A field as the reader writes it. */
const fieldWord = (field: string, language: Language): string =>
  language === 'ko'
    ? ([...fieldWords].find(([word, of]) => of === field && /\p{Script=Hangul}/u.test(word))?.[0] ?? field)
    : field

/** What is wrong, the nearest word, and examples: sentences in the reader's language. */
export function problemSentence(
  t: Translate,
  {
    code,
    found,
    field,
    suggestion,
    expected,
  }: Pick<UniverseProblem, 'found' | 'suggestion' | 'expected'> & {
    code: string
    field: string | null
  },
): string[] {
  return [
    t.dynamic(`targeting.problem.${code}`, { found, field: field ? `${fieldWord(field, t.language)}:` : '' }),
    ...(suggestion ? [t('targeting.problem.did_you_mean', { suggestion })] : []),
    ...(expected.length > 0 ? [t('targeting.problem.expected', { expected: expected.join(' · ') })] : []),
  ]
}

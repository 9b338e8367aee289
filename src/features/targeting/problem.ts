import type { Translate } from '../../platform/i18n/messages.ts'
import type { UniverseProblem } from './queries.ts'

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
    t.dynamic(`targeting.problem.${code}`, { found, field: field ? `${field}:` : '' }),
    ...(suggestion ? [t('targeting.problem.did_you_mean', { suggestion })] : []),
    ...(expected.length > 0 ? [t('targeting.problem.expected', { expected: expected.join(' · ') })] : []),
  ]
}

import type { Translate } from '../../../platform/i18n/messages.ts'
import './messages.ts'
import type { RowProblem } from './schema.ts'

/** Where a file is wrong, and how. */
export function problemText(t: Translate, { code, line, column, given }: RowProblem): string {
  const problem = t.dynamic(`ballot.problem.${code}`, given)
  return column === null ? t('ballot.place_line', { line, problem }) : t('ballot.place', { line, column, problem })
}

import type { Translate } from '../../../platform/i18n/messages.ts'
import './messages.ts'
import type { ReportLine, RowProblem } from './schema.ts'

/** Where a file is wrong, and how. */
export function problemText(t: Translate, { code, line, column, given, in: where }: RowProblem): string {
  const problem = t.dynamic(`ballot.problem.${code}`, given)
  if (where === 'entry')
    return column === null
      ? t('ballot.place_entry', { line, problem })
      : t('ballot.place_in_entry', { line, column, problem })
  return column === null ? t('ballot.place_line', { line, problem }) : t('ballot.place', { line, column, problem })
}

/** Whom a line is taken to mean; null: nothing was taken for anybody. */
export function takenForText(t: Translate, { taken_for, taken_line }: ReportLine): string | null {
  if (taken_for === null) return null
  return taken_line === undefined
    ? t('ballot.taken_for', { name: taken_for })
    : t('ballot.taken_for_line', { name: taken_for, line: taken_line })
}

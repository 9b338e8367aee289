import type { Translate } from '../../platform/i18n/messages.ts'
import type { ScriptContent } from '../scripts/schema.ts'
import { questionsOf } from '../scripts/rules.ts'
import type { Db } from '../../platform/db/db.ts'
import { answersOf, attempts, type PhoneBank } from './dashboard.ts'

/** Spreadsheets run what begins with these. */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text)

const cell = (value: unknown): string => {
  const text = guarded(
    value === null || value === undefined ? '' : value instanceof Date ? value.toISOString() : String(value),
  )
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const pageSize = 2000

/** All results as CSV lines, with a byte-order mark so that Excel reads Hangul; codes stay codes, one column per question. */
export async function* resultsCsv(
  db: Db,
  bank: PhoneBank,
  script: ScriptContent,
  t: Translate,
): AsyncGenerator<string> {
  const questions = questionsOf(script)
  const head = [
    'attempted_at',
    'voter_id',
    'name',
    'name_hangul',
    'disposition',
    'result',
    'caller',
    'language',
    'note',
    'taken_back_at',
    ...questions.map((step) => step.key),
  ]
  yield `\uFEFF${head.join(',')}\r\n`
  for (let from = 0; ; from += pageSize) {
    const rows = await attempts(db, bank.organization_id, bank.phone_bank_id, { limit: pageSize, from })
    const answers = await answersOf(
      db,
      bank.organization_id,
      rows.map((row) => row.attempt_id),
    )
    let text = ''
    for (const row of rows) {
      const given = answers.get(row.attempt_id) ?? {}
      const cells = [
        row.at,
        row.voter_id,
        row.name,
        // Only what the person writes: a guess is no data.
        row.hangul && !row.hangul.is_guess ? row.hangul.text : '',
        row.disposition,
        t(`disposition.${row.disposition}`),
        row.made_by,
        row.language,
        row.note,
        row.undone_at,
        ...questions.map((step) => {
          const value = given[step.key]
          return Array.isArray(value) ? value.join(' ') : value
        }),
      ]
      text += `${cells.map(cell).join(',')}\r\n`
    }
    if (text) yield text
    if (rows.length < pageSize) return
  }
}

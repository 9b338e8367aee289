import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { answersTo } from '../../contacts/queries.ts'
import type { Disposition } from '../../contacts/schema.ts'
import { questionsOf, scriptText } from '../../scripts/rules.ts'
import type { Answers, ScriptContent, Step } from '../../scripts/schema.ts'
import type { PhoneBank } from '../dashboard.ts'
import { answerName } from '../pages/answers.ts'
import { resultRows, type ResultRow } from '../results-csv.ts'
import type { ResultsFilter } from '../results-filter.ts'

export const importLayouts = ['van', 'nationbuilder'] as const
export type ImportLayout = (typeof importLayouts)[number]

interface Asked {
  bank: PhoneBank
  /** Of all versions, the newest wording first. */
  questions: readonly Step[]
  time_zone: string
}

interface Layout {
  /** Where the order of columns is said, and when that was read. */
  source: string
  /** Only the last result of each voter: the program has one row for a person. */
  is_last_only: boolean
  heads(asked: Asked): string[]
  cells(row: ResultRow, answers: Answers, asked: Asked): unknown[]
}

/** Results under the names VAN's users read; whoever uploads assigns each to a code of theirs on the screen. */
const vanResults: Record<Disposition, string> = {
  canvassed: 'Canvassed',
  no_answer: 'Not Home',
  left_message: 'Left Message',
  call_back: 'Call Back',
  refused: 'Refused',
  wrong_number: 'Wrong Number',
  disconnected: 'Disconnected',
  language_barrier: 'Language Barrier',
  do_not_call: 'Do Not Call',
  busy: 'Busy',
  not_available: 'Not Home',
  moved: 'Moved',
  deceased: 'Deceased',
  hostile: 'Hostile',
}

const en = translator('en')
const tenDigits = (phone: string | null): string => (phone ? formatPhone(phone).replaceAll('-', '') : '')
/** '11/23/2026' */
const usDate = (date: string): string => date.replace(/^(\d+)-(\d+)-(\d+)$/, '$2/$3/$1')
const said = (step: Step, answers: Answers): string => {
  const answer = answers[step.key]
  return answer === undefined ? '' : answerName(en, step, answer)
}

export const layouts: Record<ImportLayout, Layout> = {
  van: {
    source:
      'kydemocratshelp.freshdesk.com/support/solutions/articles/44002201298, read 2026-11-26: id, date, phone, result, then a column for each question',
    is_last_only: false,
    heads: ({ bank, questions }) => [
      'State Voter ID',
      'Date Contacted',
      'Phone Number',
      'Canvass Result',
      ...questions.map(
        (step) => scriptText(step.say, 'en', { candidate: bank.candidate }).text.replaceAll(/\s+/g, ' ') || step.key,
      ),
    ],
    cells: (row, answers, { questions, time_zone }) => [
      row.state_voter_id,
      usDate(dateIn(time_zone, row.at)),
      tenDigits(row.phone),
      vanResults[row.disposition],
      ...questions.map((step) => said(step, answers)),
    ],
  },
  nationbuilder: {
    source:
      'support.nationbuilder.com/en/articles/3021365 and 2895987, read 2026-11-26: names, unique id, phone, then fields by their names',
    is_last_only: true,
    heads: () => [
      'first_name',
      'middle_name',
      'last_name',
      'external_id',
      'phone_number',
      'support_level',
      'note',
      'tag_list',
    ],
    cells: (row, answers, { questions }) => {
      const support = questions.find(({ kind }) => kind === 'support')
      return [
        row.first_name,
        row.middle_name,
        row.last_name,
        row.state_voter_id,
        tenDigits(row.phone),
        support ? (answers[support.key] ?? '') : '',
        row.note,
        `phonebank_${row.disposition}`,
      ]
    },
  },
}

/** Results in the order of columns another program imports; those taken back are not in it. */
export async function* importCsv(
  db: Db,
  bank: PhoneBank,
  versions: readonly ScriptContent[],
  name: ImportLayout,
  { time_zone, filter }: { time_zone: string; filter: ResultsFilter },
): AsyncGenerator<string> {
  const layout = layouts[name]
  const questions = new Map<string, Step>()
  for (const content of versions)
    for (const step of questionsOf(content)) if (!questions.has(step.key)) questions.set(step.key, step)
  const asked: Asked = { bank, questions: [...questions.values()], time_zone }
  yield byteOrderMark + csvLine(layout.heads(asked))
  const seen = new Set<number>()
  for await (const rows of resultRows(db, bank, filter)) {
    const answers = await answersTo(
      db,
      bank.organization_id,
      rows.map((row) => row.attempt_id),
    )
    let text = ''
    for (const row of rows) {
      // The other program knows people by the voter's id.
      if (row.voter_id === null || row.undone_at || (layout.is_last_only && seen.has(row.voter_id))) continue
      seen.add(row.voter_id)
      text += csvLine(layout.cells(row, answers.get(row.attempt_id) ?? {}, asked))
    }
    if (text) yield text
  }
}

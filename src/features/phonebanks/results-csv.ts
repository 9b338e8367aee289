import { sql } from 'kysely'
import { byteOrderMark, csvLine, csvMoment } from '../../platform/csv.ts'
import type { Db } from '../../platform/db/db.ts'
import { languageNames, type LocalizedText } from '../../platform/i18n/languages.ts'
import { formatPhone } from '../../platform/i18n/formats.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { answersTo } from '../contacts/queries.ts'
import type { Disposition, SpokeWith } from '../contacts/schema.ts'
import { scriptText, wordingFor } from '../scripts/rules.ts'
import type { AnswerValue, ScriptContent, Step } from '../scripts/schema.ts'
import { hangulOf } from './cards.ts'
import type { PhoneBank } from './dashboard.ts'
import { resultName } from './result-codes/queries.ts'
import { fits, type ResultsFilter } from './results-filter.ts'
import { questionsEver, usedFirst, versionsRead } from './script-content.ts'
import { answerName } from './pages/answers.ts'
import '../contacts/tables.ts'
import '../people/tables.ts'
import '../voterfile/tables.ts'

/** 'words': for people, in the reader's language. 'codes': for programs, names of columns and values that never change. */
export type ResultsForm = 'words' | 'codes'

export interface ResultRow {
  /** null: somebody who is in no voter file. */
  voter_id: number | null
  attempt_id: string
  /** To the microsecond: where the next page goes on. */
  at_text: string
  at: Date
  state: string | null
  state_voter_id: string | null
  last_name: string
  first_name: string | null
  middle_name: string | null
  name_hangul: string | null
  p_korean: number
  phone: string | null
  disposition: Disposition
  result_code: string | null
  result_name: LocalizedText | null
  spoke_with: SpokeWith | null
  made_by: string
  language: string | null
  note: string | null
  call_back_at: Date | null
  undone_at: Date | null
  script_version: number | null
}

/** First who (as other systems match them), then what happened, the answers, the rest. */
const columns = [
  'state_voter_id',
  'state',
  'last_name',
  'first_name',
  'middle_name',
  'name_hangul',
  'phone',
  'attempted_at',
  'result',
  'spoke_with',
  'caller',
  'language',
] as const
const lastColumns = ['note', 'call_back_at', 'taken_back_at', 'script_version', 'attempt_id', 'result_code'] as const
type Column = (typeof columns)[number] | (typeof lastColumns)[number]

/** Rows read at a time. */
const pageSize = 2000

/**
 * Results as CSV lines, with a byte-order mark so that Excel reads Hangul. `versions`: of the script, newest first;
 * a question of an older version keeps its column, or its answers would be missing.
 */
export async function* resultsCsv(
  db: Db,
  bank: PhoneBank,
  versions: readonly ScriptContent[],
  { t, form, time_zone, filter }: { t: Translate; form: ResultsForm; time_zone: string; filter: ResultsFilter },
): AsyncGenerator<string> {
  const asked = questionsEver(usedFirst(versions, bank, await versionsRead(db, bank)))
  // A question tried in several wordings has a second column: which one this voter heard.
  const tried = asked.filter((step) =>
    versions.some((content) => content.steps.some((each) => each.key === step.key && each.wordings.length > 0)),
  )
  const wordingOf = (step: Step, row: ResultRow): string => {
    // Newest first and numbered from 1 without gaps.
    const content = row.script_version === null ? undefined : versions[versions.length - row.script_version]
    const heard = content?.steps.find((each) => each.key === step.key)
    return heard && row.voter_id !== null ? wordingFor(heard, row.voter_id).key : ''
  }
  const questionText = (step: Step): string =>
    scriptText(step.say, t.language, { candidate: bank.candidate }).text.replaceAll(/\s+/g, ' ') || step.key
  const head = [
    ...columns.map((name) => (form === 'words' ? t(`phonebanks.csv.${name}`) : name)),
    ...asked.map((step) => (form === 'words' ? questionText(step) : step.key)),
    ...tried.map((step) =>
      form === 'words' ? t('phonebanks.csv.wording', { question: questionText(step) }) : `${step.key}.wording`,
    ),
    ...lastColumns.map((name) => (form === 'words' ? t(`phonebanks.csv.${name}`) : name)),
  ]
  yield byteOrderMark + csvLine(head)
  for await (const rows of resultRows(db, bank, filter)) {
    const answers = await answersTo(
      db,
      bank.organization_id,
      rows.map((row) => row.attempt_id),
    )
    let text = ''
    for (const row of rows) {
      const given = answers.get(row.attempt_id) ?? {}
      const value = (name: Column): unknown =>
        form === 'words' ? inWords(t, time_zone, row, name) : inCodes(row, name)
      const answer = (step: Step): unknown => {
        const said = given[step.key]
        if (said === undefined) return ''
        return form === 'words' ? answerName(t, step, said) : codeOf(said)
      }
      const cells = [
        ...columns.map(value),
        ...asked.map(answer),
        ...tried.map((step) => (given[step.key] === undefined ? '' : wordingOf(step, row))),
        ...lastColumns.map(value),
      ]
      text += csvLine(cells)
    }
    if (text) yield text
  }
}

/** Those that fit, the oldest last, some at a time. */
export async function* resultRows(db: Db, bank: PhoneBank, filter: ResultsFilter): AsyncGenerator<ResultRow[]> {
  let after: ResultRow | null = null
  do {
    const rows: ResultRow[] = await rowsAfter(db, bank, filter, after)
    if (rows.length) yield rows
    after = rows.length < pageSize ? null : (rows.at(-1) ?? null)
  } while (after)
}

/** By the last row of the page before, so that calls recorded meanwhile neither double nor hide a row. */
async function rowsAfter(
  db: Db,
  { organization_id, phone_bank_id }: PhoneBank,
  filter: ResultsFilter,
  after: Pick<ResultRow, 'at_text' | 'attempt_id'> | null,
): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    select a.attempt_id, a.voter_id, a.attempted_at::text as at_text, a.attempted_at as at, r.state, r.state_voter_id,
      coalesce(p.last_name, r.last_name, '') as last_name, coalesce(p.first_name, r.first_name) as first_name,
      coalesce(p.middle_name, r.middle_name) as middle_name, p.name_hangul, coalesce(r.p_korean, 0) as p_korean, a.phone, a.disposition, a.result_code, (select n.name from result_code n where n.organization_id = a.organization_id and n.code = a.result_code) as result_name, a.spoke_with,
      a.made_by, a.language, a.note, a.call_back_at, a.undone_at, a.script_version
    from (select * from contact_attempt a where organization_id = ${organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid
        and ${fits(filter)} and (${after === null}::boolean or (attempted_at, attempt_id) < (${after?.at_text ?? null}::timestamptz, ${after?.attempt_id ?? null}::uuid))
      order by attempted_at desc, attempt_id desc limit ${pageSize}) a
    left join voter_record r on r.voter_id = a.voter_id
    left join person p on p.organization_id = a.organization_id and p.merged_into is null
      and case when a.voter_id is null then p.person_id = a.person_id else p.voter_id = a.voter_id end
    order by a.attempted_at desc, a.attempt_id desc`.execute(db)
  return rows
}

function inCodes(row: ResultRow, name: Column): unknown {
  const { disposition: result, made_by: caller } = row
  const attempted_at = row.at.toISOString()
  const call_back_at = row.call_back_at?.toISOString()
  const taken_back_at = row.undone_at?.toISOString()
  return { ...row, result, caller, attempted_at, call_back_at, taken_back_at, name_hangul: hangul(row) }[name]
}

function inWords(t: Translate, time_zone: string, row: ResultRow, name: Column): unknown {
  const when = (at: Date | null): string => csvMoment(at, time_zone)
  const worded: Partial<Record<Column, unknown>> = {
    result: resultName(t, row),
    spoke_with: row.spoke_with && t(`phonebanks.csv.spoke_with.${row.spoke_with}`),
    attempted_at: when(row.at),
    call_back_at: when(row.call_back_at),
    taken_back_at: when(row.undone_at),
    phone: row.phone && formatPhone(row.phone),
    language: row.language && (languageNames[row.language] ?? row.language),
  }
  return name in worded ? worded[name] : inCodes(row, name)
}

/** Only what the person writes: a guess is no data. */
const hangul = (row: ResultRow): string => {
  const written = hangulOf(row)
  return written && !written.is_guess ? written.text : ''
}

const codeOf = (said: AnswerValue): unknown => (Array.isArray(said) ? said.join(' ') : said)

import { sql } from 'kysely'
import type { Actor } from '../../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../../platform/db/db.ts'
import { found } from '../../../../platform/errors.ts'
import { contestsOf, election } from '../../contests/queries.ts'
import { putResults } from '../../results/commands.ts'
import { resultsKept } from '../../results/queries.ts'
import type { RowProblem } from '../schema.ts'
import { planResults, type ResultsPlan } from './plan.ts'
import { readResults } from './result-file.ts'
import type { ResultAnswers, ResultsReport } from './schema.ts'

/** A file, and what a steward says of it. */
export interface ResultFile {
  name: string
  text: string
  election_id: number
  source_url: string
  as_of: string
}

export type ImportedResults = { ok: true; report: ResultsReport } | { ok: false; problems: RowProblem[] }

/** What a file of results would do. */
export async function lookAtResults(
  db: Db,
  file: Pick<ResultFile, 'text' | 'election_id'>,
  answers: ResultAnswers,
  today: string,
): Promise<ImportedResults> {
  const plan = await planOf(db, file, answers, today)
  return plan.ok ? { ok: true, report: plan.report } : plan
}

/** Takes a file of results in, all or nothing, once every question of it is answered. `db`: the owner's. */
export function importResults(
  db: Db,
  actor: Actor,
  file: ResultFile,
  answers: ResultAnswers,
  today: string,
  now: Date,
): Promise<ImportedResults> {
  return inTransaction(db, async (tx): Promise<ImportedResults> => {
    // Two at once: the second waits, and finds what the first brought.
    await sql`select pg_advisory_xact_lock(hashtext('election_import'))`.execute(tx)
    const plan = await planOf(tx, file, answers, today)
    if (!plan.ok) return plan
    const { parts, report } = plan
    if (report.questions.length > 0)
      return {
        ok: false,
        problems: report.questions.map(({ line, name, key }) => ({ code: 'which_candidate', line, column: 'candidate', given: { name, key } })), // prettier-ignore
      }
    const { source_url, as_of, name } = file
    for (const part of parts) {
      const sum = report.contests.find((each) => each.contest_id === part.contest_id && each.county === part.county)
      if (sum?.effect !== 'same') await putResults(tx, actor, part, { file: name, source_url, as_of }, now)
    }
    return { ok: true, report }
  })
}

async function planOf(
  db: Db,
  file: Pick<ResultFile, 'text' | 'election_id'>,
  answers: ResultAnswers,
  today: string,
): Promise<ResultsPlan> {
  const of = found(await election(db, file.election_id))
  if (of.held_on > today)
    return { ok: false, problems: [{ code: 'not_held', line: 1, column: null, given: { day: of.held_on } }] }
  const read = readResults(file.text)
  if (!read.ok) return read
  // One after another: a transaction is one connection.
  const contests = await contestsOf(db, of.election_id)
  const kept = await resultsKept(db, of.election_id)
  const candidates = contests.flatMap((each) => each.candidates)
  return planResults(read, { election: of, contests, candidates, ...kept }, answers)
}

import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { putCandidacy, putContest } from '../contests/commands.ts'
import { allCandidates, electionsKnown } from '../contests/queries.ts'
import { addFigure, changeFigure } from '../figures/commands.ts'
import { knownFigures } from '../figures/queries.ts'
import { readContestFile } from './contest-file.ts'
import { planContests, type Person, type Plan } from './plan.ts'
import { doesAnything, reportOf } from './report.ts'
import type { Report, RowProblem } from './schema.ts'

export type Imported = { ok: true; report: Report } | { ok: false; problems: RowProblem[] }

/** Text of a file; null: it is no UTF-8. */
export function textIn(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (problem) {
    if (problem instanceof TypeError) return null
    throw problem
  }
}

/** Several files of YAML as one text. */
export const joined = (texts: readonly string[]): string => texts.map((text) => `---\n${text}\n`).join('')

export const notUtf8: RowProblem = { code: 'not_utf8', line: 1, column: null, given: {} }

/** What a file of contests and candidates would do. */
export async function lookAtContests(db: Db, text: string, today: string): Promise<Imported> {
  const plan = await planOf(db, text, today)
  return plan.ok ? { ok: true, report: reportOf(plan.lines) } : plan
}

/** Takes a file of contests and candidates in, all or nothing. `db`: the owner's. */
export function importContests(
  db: Db,
  actor: Actor,
  file: { name: string; text: string },
  today: string,
): Promise<Imported> {
  return inTransaction(db, async (tx): Promise<Imported> => {
    // Two at once: the second waits, and finds what the first brought.
    await sql`select pg_advisory_xact_lock(hashtext('election_import'))`.execute(tx)
    const plan = await planOf(tx, file.text, today)
    if (!plan.ok) return plan
    const report = reportOf(plan.lines)
    const newcomers = new Map<string, number>()
    for (const contest of plan.contests) {
      const contest_id = await putContest(tx, actor, contest.before, contest.told, today)
      for (const { before, person, told } of contest.candidates) {
        const figure_id = await figureOf(tx, actor, person, newcomers, today)
        await putCandidacy(tx, actor, before, { ...told, contest_id, figure_id }, today)
      }
    }
    if (doesAnything(report))
      await audit(tx, actor, {
        action: 'election_import.run',
        subject: 'election_import',
        after: { file: file.name, counts: report.counts },
        organization_id: null,
      })
    return { ok: true, report }
  })
}

async function figureOf(
  tx: Db,
  actor: Actor,
  person: Person,
  newcomers: Map<string, number>,
  today: string,
): Promise<number> {
  const known = person.is === 'known' ? person.figure_id : newcomers.get(person.key)
  if (known !== undefined) {
    await changeFigure(tx, actor, known, { names: person.names }, today)
    return known
  }
  if (person.is === 'known') throw new Error('somebody known has a number')
  const { key, name, names, source_url } = person
  const figure_id = await addFigure(tx, actor, { name, names, source_url }, today)
  newcomers.set(key, figure_id)
  return figure_id
}

async function planOf(db: Db, text: string, today: string): Promise<Plan> {
  const read = readContestFile(text)
  if (!read.ok) return read
  // One after another: a transaction is one connection.
  const elections = await electionsKnown(db)
  const contests = await db.selectFrom('contest').selectAll().execute()
  const candidates = await allCandidates(db)
  const figures = await knownFigures(db)
  return planContests(read.rows, { elections, contests, candidates, figures }, today)
}

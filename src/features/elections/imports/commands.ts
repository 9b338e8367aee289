import { sql, type Selectable } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { putCandidacy, putContest } from '../contests/commands.ts'
import { allCandidates, electionsKnown } from '../contests/queries.ts'
import { addFigure, changeFigure } from '../figures/commands.ts'
import { knownFigures } from '../figures/queries.ts'
import { readContestFile } from './contest-file.ts'
import { planContests, type Person, type Plan } from './plan.ts'
import { doesAnything, reportOf } from './report.ts'
import type { Report, RowProblem } from './schema.ts'
import type { ElectionImportTable } from './tables.ts'

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

/** Keeps a file that was looked at until a steward says what becomes of it. */
export function keepImport(
  db: Db,
  actor: Actor,
  file: { name: string; text: string },
  report: Report,
  now: Date,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { import_id } = await tx
      .insertInto('election_import')
      .values({
        name: file.name,
        content: file.text,
        report: JSON.stringify(report),
        requested_by: actor.name,
        requested_at: now,
        finished_at: null,
      })
      .returning('import_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'election_import.upload',
      subject: 'election_import',
      subject_id: import_id,
      after: { file: file.name },
      organization_id: null,
    })
    return import_id
  })
}

export type ElectionImport = Omit<Selectable<ElectionImportTable>, 'content'>

const shown = ['import_id', 'name', 'state', 'report', 'requested_by', 'requested_at', 'finished_at'] as const

/** The latest, newest first. */
export const electionImports = (db: Db): Promise<ElectionImport[]> =>
  db.selectFrom('election_import').select(shown).orderBy('requested_at', 'desc').limit(20).execute()

export const electionImport = (db: Db, import_id: string): Promise<ElectionImport | undefined> =>
  db.selectFrom('election_import').select(shown).where('import_id', '=', import_id).executeTakeFirst()

/** Does what was looked at; the report becomes what was done. */
export function runImport(db: Db, actor: Actor, import_id: string, today: string, now: Date): Promise<Imported> {
  return inTransaction(db, async (tx) => {
    const { name, content } = await checked(tx, import_id)
    const done = await importContests(tx, actor, { name, text: content }, today)
    if (!done.ok) return done
    await tx
      .updateTable('election_import')
      .set({ state: 'done', content: '', report: JSON.stringify(done.report), finished_at: now })
      .where('import_id', '=', import_id)
      .execute()
    return done
  })
}

export function discardImport(db: Db, actor: Actor, import_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { name } = await checked(tx, import_id)
    await tx
      .updateTable('election_import')
      .set({ state: 'discarded', content: '', finished_at: now })
      .where('import_id', '=', import_id)
      .execute()
    await audit(tx, actor, {
      action: 'election_import.discard',
      subject: 'election_import',
      subject_id: import_id,
      before: { file: name },
      organization_id: null,
    })
  })
}

async function checked(tx: Db, import_id: string): Promise<{ name: string; content: string }> {
  const row = found(
    await tx
      .selectFrom('election_import')
      .select(['name', 'content', 'state'])
      .where('import_id', '=', import_id)
      .forUpdate()
      .executeTakeFirst(),
  )
  if (row.state !== 'checked') throw new Conflict()
  return row
}

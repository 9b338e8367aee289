import type { Selectable } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { AnyReport, ImportKind, RowProblem } from './schema.ts'
import type { ElectionImportTable } from './tables.ts'

/** A file between the look at what it would do and its import. */
export interface KeptFile {
  kind: ImportKind
  name: string
  text: string
  /** What the steward said of it. */
  told: Record<string, string>
}

/** Keeps a file that was looked at until a steward says what becomes of it. */
export function keepImport(db: Db, actor: Actor, file: KeptFile, report: AnyReport, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { import_id } = await tx
      .insertInto('election_import')
      .values({
        kind: file.kind,
        name: file.name,
        content: file.text,
        told: JSON.stringify(file.told),
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

const shown = ['import_id', 'kind', 'name', 'told', 'state', 'report', 'requested_by', 'requested_at', 'finished_at'] as const // prettier-ignore

/** The latest, newest first. */
export const electionImports = (db: Db): Promise<ElectionImport[]> =>
  db.selectFrom('election_import').select(shown).orderBy('requested_at', 'desc').limit(20).execute()

export const electionImport = (db: Db, import_id: string): Promise<ElectionImport | undefined> =>
  db.selectFrom('election_import').select(shown).where('import_id', '=', import_id).executeTakeFirst()

type Done = { ok: true; report: AnyReport } | { ok: false; problems: RowProblem[] }

/** Does what was looked at; the report becomes what was done. */
export function runImport(
  db: Db,
  import_id: string,
  now: Date,
  run: (tx: Db, file: KeptFile) => Promise<Done>,
): Promise<Done> {
  return inTransaction(db, async (tx) => {
    const { kind, name, content, told } = await checked(tx, import_id)
    const done = await run(tx, { kind, name, text: content, told })
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

async function checked(tx: Db, import_id: string) {
  const row = found(
    await tx
      .selectFrom('election_import')
      .select(['kind', 'name', 'content', 'told', 'state'])
      .where('import_id', '=', import_id)
      .forUpdate()
      .executeTakeFirst(),
  )
  if (row.state !== 'checked') throw new Conflict()
  return row
}

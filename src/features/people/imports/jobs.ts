import { rm } from 'node:fs/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../../platform/db/db.ts'
import { GiveUp } from '../../../platform/errors.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { addJob, job, type Job } from '../../../platform/jobs/jobs.ts'
import { log } from '../../../platform/log.ts'
import type { ImportDoors } from './doors.ts'
import { lookForDuplicates } from '../duplicates/jobs.ts'
import {
  giveUp,
  personImport,
  planAgain,
  planPersonImport,
  runPersonImport,
  undoPersonImport,
  type Watch,
} from './commands.ts'

const payload = z.object({ organization_id: z.uuid(), import_id: z.uuid() })
type Payload = z.output<typeof payload>

/** A person asked for it. */
class Cancelled extends Error {}
/** The server stops: the next start goes on. */
class Stopped extends Error {}

const asked = { name: 'people.import', payload }

/** Plans, runs or undoes an import of people, whichever was asked for. Doing it twice does it once. */
export const importPeopleJob = (doors: ImportDoors): Job<Payload> =>
  job({
    ...asked,
    async run({ organization_id, import_id }, { installation, signal }) {
      const { database, clock } = installation as Installation
      const db = database.of(organization_id)
      const run = await personImport(db, organization_id, import_id)
      const works = { planning: planPersonImport, running: runPersonImport, undoing: undoPersonImport }
      if (run.state !== 'planning' && run.state !== 'running' && run.state !== 'undoing') return
      try {
        const watch = watchOf(db, { organization_id, import_id }, { now: clock.now(), doors }, signal)
        const result = await works[run.state](db, organization_id, import_id, watch)
        if (!result.ok) {
          // Another import of this organization is at work: a moment later.
          if (result.problem === 'busy') await later(database.owner, { organization_id, import_id }, clock.now())
          if (result.problem === 'changed') {
            await planAgain(db, run)
            await addImportJob(database.owner, organization_id, import_id)
          }
          return
        }
      } catch (problem) {
        if (problem instanceof Stopped) return
        if (problem instanceof Cancelled) return giveUp(db, run, 'cancelled')
        const is_gone = problem instanceof Error && 'code' in problem && problem.code === 'ENOENT'
        await giveUp(db, run, is_gone ? 'file_gone' : 'failed')
        throw new GiveUp('an import of people failed; nothing was changed', { cause: problem })
      }
      if (run.state !== 'running') return
      // Plans of before know of none of these rows, for a minute or longer.
      await sql`analyze person, person_phone, person_email, membership`.execute(database.owner)
      await lookForDuplicates(database.owner, organization_id)
      // Of no use any more; an undo needs none. What stays is swept later.
      await rm(run.path, { force: true }).catch((problem: unknown) =>
        log.warn({ problem, import_id }, 'the sheet of an import cannot be removed'),
      )
    },
  })

export const addImportJob = (db: Db, organization_id: string, import_id: string): Promise<void> =>
  addJob(db, asked, { organization_id, import_id }, { key: `people.import ${import_id}`, max_attempts: 3 })

const later = (db: Db, import_: Payload, now: Date): Promise<void> =>
  addJob(db, asked, import_, {
    key: `people.import later ${import_.import_id}`,
    run_at: new Date(now.getTime() + 1000),
  })

/** Tells the row how far it is, on a connection of its own: the work's transaction is seen by nobody until it ends. */
function watchOf(
  db: Db,
  { organization_id, import_id }: Payload,
  { now, doors }: Pick<Watch, 'now' | 'doors'>,
  signal: AbortSignal,
): Watch {
  let rows_done = 0
  const tell = (set: Record<string, unknown>) =>
    db
      .updateTable('person_import')
      .set(set as never) // columns of this table, from the two places below
      .where('organization_id', '=', organization_id)
      .where('import_id', '=', import_id)
      .returning(['began_at', 'cancel_asked_at'])
      .executeTakeFirstOrThrow()
  return {
    now,
    doors,
    async begun() {
      const { began_at } = await personImport(db, organization_id, import_id)
      await tell({ began_at: now, rows_done: 0, ...(began_at && { resumed_at: now }) })
    },
    async done(rows) {
      rows_done += rows
      const { cancel_asked_at } = await tell({ rows_done })
      if (cancel_asked_at) throw new Cancelled()
      if (signal.aborted) throw new Stopped()
    },
  }
}

/** At the start of a server: work that the last one did not finish was rolled back and is done again. Returns how many. */
export async function resumePersonImports({ database }: Installation): Promise<number> {
  const left = await database.owner
    .selectFrom('person_import')
    .select(['organization_id', 'import_id'])
    .where('state', 'in', ['planning', 'running', 'undoing'])
    .execute()
  for (const { organization_id, import_id } of left) await addImportJob(database.owner, organization_id, import_id)
  return left.length
}

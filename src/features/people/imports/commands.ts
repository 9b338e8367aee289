import { createWriteStream } from 'node:fs'
import { glob, mkdir, rm, stat } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql, type Selectable } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { PersonImportTable } from '../tables.ts'
import {
  addToMade,
  createPeople,
  makeMember,
  rememberRows,
  removeUntouched,
  restorePerson,
  takeBackMember,
  updatePerson,
  type UndoCreate,
  type UndoUpdate,
} from './apply.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { ImportDoors } from './doors.ts'
import { customFieldsOf, importedKinds, importedOffices, knownMembers, knownPeople, votersOf } from './known.ts'
import { guessKey, guessMapping, isKeyUsable, matchKeys, type MatchKey, type Meaning } from './mapping.ts'
import {
  count,
  emptySummary,
  memberPlanOf,
  oxColumns,
  planner,
  type Effect,
  type Planner,
  type ReadRow,
} from './plan.ts'
import { AskedBy, Mapping, Report, Summary, type Undone } from './schema.ts'
import { batchesOf, maxSheetBytes, openSheet, type SheetProblem, type SheetRow } from './sheet.ts'
import './tables.ts'

export type PersonImport = Selectable<PersonImportTable>

/** What taking a row back needs; of a row that only adds to somebody made further up, their membership at most. */
type Undo = UndoCreate | UndoUpdate | Pick<UndoCreate, 'person_id' | 'member'>

/** Rows read, planned and written at a time: what is in memory, and how often progress is told. */
const rowsAtOnce = 500

const folderOf = (data: string, organization_id: string): string => join(data, 'uploads', 'people', organization_id)

/** Keeps the sheet, piece by piece, and guesses what its columns mean: as last time for these headers, else by their names. */
export async function receiveSheet(
  db: Db,
  data: string,
  actor: Actor,
  name: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<{ ok: true; import_id: string } | { ok: false; problem: SheetProblem | 'too_large' }> {
  const { organization_id } = actor
  const import_id = randomUUID()
  await mkdir(folderOf(data, organization_id), { recursive: true, mode: 0o700 })
  const path = join(folderOf(data, organization_id), `${import_id}.csv`)
  let is_kept = false
  try {
    if (!(await keep(chunks, path))) return { ok: false, problem: 'too_large' }
    const read = await openSheet(path)
    if (!read.ok) return read
    const { sheet } = read
    const headers = JSON.stringify(sheet.headers)
    const before = await db
      .selectFrom('person_import')
      .select(['mapping', 'match_key'])
      .where('organization_id', '=', organization_id)
      .where(sql<string>`mapping->>'headers'`, '=', headers)
      .where('match_key', 'is not', null)
      .where('state', '!=', 'uploaded')
      .orderBy('created_at', 'desc')
      .executeTakeFirst()
    const columns = guessMapping(sheet.headers, await customFieldsOf(db, organization_id))
    const mapping: Mapping = {
      ...(before
        ? Mapping.parse(before.mapping)
        : { headers, columns, overwrite: false, add_unsure: false, books: false }),
      encoding: sheet.encoding,
      delimiter: sheet.delimiter,
      first: sheet.first.map((row) => row.cells),
    }
    await inTransaction(db, async (tx) => {
      await tx
        .insertInto('person_import')
        .values({
          organization_id,
          import_id,
          name,
          path,
          mapping: JSON.stringify(mapping),
          match_key: before?.match_key ?? guessKey(columns),
          row_count: sheet.row_count,
          imported_by: actor.name,
        })
        .execute()
      await audit(tx, actor, {
        action: 'person_import.upload',
        subject: 'person_import',
        subject_id: import_id,
        after: { name, rows: sheet.row_count },
      })
    })
    is_kept = true
    return { ok: true, import_id }
  } finally {
    if (!is_kept) await rm(path, { force: true })
  }
}

/** Sheets that nobody ran in so many days are removed. */
const keptDays = 7

/** Removes the sheets nothing needs any more: of imports that were run, which are undone without them, and forgotten ones. */
export async function sweepSheets(owner: Db, data: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000)
  const folder = join(data, 'uploads', 'people')
  for await (const name of glob('*/*.csv', { cwd: folder })) {
    const import_id = basename(name, '.csv')
    if (!/^[0-9a-f-]{36}$/.test(import_id)) continue
    const path = join(folder, name)
    const run = await owner
      .selectFrom('person_import')
      .select(['state', 'created_at'])
      .where('import_id', '=', import_id)
      .executeTakeFirst()
    const isRun = run?.state === 'done' || run?.state === 'undoing' || run?.state === 'undone'
    const isAtWork = run?.state === 'planning' || run?.state === 'running'
    // Without a row it is being received now, or the program fell while it was.
    const since = run?.created_at ?? (await stat(path)).mtime
    if (isRun || (!isAtWork && since < before)) await rm(path, { force: true })
  }
}

/** false: too large. */
async function keep(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, path: string): Promise<boolean> {
  let size = 0
  async function* counted() {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > maxSheetBytes) return
      yield chunk
    }
  }
  await pipeline(Readable.from(counted()), createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  return size <= maxSheetBytes
}

export async function personImport(db: Db, organization_id: string, import_id: string): Promise<PersonImport> {
  return found(
    await db
      .selectFrom('person_import')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('import_id', '=', import_id)
      .executeTakeFirst(),
  )
}

export const personImports = (db: Db, organization_id: string): Promise<PersonImport[]> =>
  db
    .selectFrom('person_import')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()

const standsWithout = sql<boolean>`coalesce(effect -> 'left_out', effect -> 'row' -> 'left_out') is not null`

/** Rows of the preview or the report, what needs a look first; `only`: just those refused, or those of which a value was left out. */
export async function importedRows(
  db: Db,
  { organization_id, import_id }: Pick<PersonImport, 'organization_id' | 'import_id'>,
  limit: number,
  only?: 'refused' | 'left_out',
): Promise<Effect[]> {
  const rows = await db
    .selectFrom('person_import_row')
    .select('effect')
    .where('organization_id', '=', organization_id)
    .where('import_id', '=', import_id)
    .where('line', '>', 0)
    .$if(only === 'refused', (rows) => rows.where('kind', '=', 'refused'))
    .$if(only === 'left_out', (rows) => rows.where(standsWithout))
    .orderBy(sql`case when kind = 'refused' then 1 when ${standsWithout} then 2 else 3 end`)
    .orderBy(sql`array_position('{unsure,merge,update,create,unchanged}', kind)`)
    .orderBy('line')
    .limit(limit)
    .execute()
  return rows.map((row) => row.effect as Effect) // written below, by the same types
}

/** What the person asks for; the work itself is a job. */
const asks = {
  plan: { from: ['uploaded', 'previewed'], state: 'planning' },
  run: { from: ['previewed'], state: 'running' },
  undo: { from: ['done'], state: 'undoing' },
} as const
export type Ask = keyof typeof asks

/** Asks for a piece of work, once: of two who ask at the same time the second is told that it is under way. */
export async function askFor(db: Db, actor: Actor, import_id: string, ask: Ask): Promise<boolean> {
  const { kind, id, name } = actor
  const asked = await db
    .updateTable('person_import')
    .set({
      state: asks[ask].state,
      asked_by: JSON.stringify({ kind, id, name }),
      rows_done: 0,
      began_at: null,
      resumed_at: null,
      cancel_asked_at: null,
      problem: null,
    })
    .where('organization_id', '=', actor.organization_id)
    .where('import_id', '=', import_id)
    .where('state', 'in', asks[ask].from)
    .returning('import_id')
    .executeTakeFirst()
  return asked !== undefined
}

/** Asks the running piece of work to stop. Until it has, nothing is said to be cancelled. */
export async function askToStop(db: Db, actor: Actor, import_id: string, now: Date): Promise<void> {
  await db
    .updateTable('person_import')
    .set({ cancel_asked_at: now })
    .where('organization_id', '=', actor.organization_id)
    .where('import_id', '=', import_id)
    .where('state', 'in', ['planning', 'running', 'undoing'])
    .execute()
}

/** Keeps what the person chose for the columns and the key, and asks for the preview. */
export function chooseMapping(
  db: Db,
  actor: Actor,
  run: PersonImport,
  columns: (string | null)[],
  match_key: MatchKey,
  options: { overwrite: boolean; add_unsure: boolean; books?: boolean },
): Promise<{ ok: boolean }> {
  return inTransaction(db, async (tx) => {
    if (!isKeyUsable(match_key, columns as (Meaning | null)[])) return { ok: false }
    if (!(await askFor(tx, actor, run.import_id, 'plan'))) return { ok: false }
    await tx
      .updateTable('person_import')
      .set({
        mapping: JSON.stringify({ ...Mapping.parse(run.mapping), columns, books: false, ...options }),
        match_key,
        preview: null,
      })
      .where('organization_id', '=', actor.organization_id)
      .where('import_id', '=', run.import_id)
      .execute()
    return { ok: true }
  })
}

/** Told while a piece of work goes on; throws where it shall stop. */
export interface Watch {
  now: Date
  /** To other rooms. */
  doors: ImportDoors

  begun(): Promise<void>
  done(rows: number): Promise<void>
}

export type Outcome = { ok: true } | { ok: false; problem: 'busy' | 'not_asked' | 'changed' }

/** One piece of work at a time in an organization, in one transaction: it happens whole or not at all. */
async function alone(
  db: Db,
  organization_id: string,
  import_id: string,
  state: PersonImport['state'],
  watch: Watch,
  work: (tx: Db, run: PersonImport) => Promise<Outcome>,
): Promise<Outcome> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ is_mine: boolean }>`select pg_try_advisory_xact_lock(
      hashtextextended(${`person import ${organization_id}`}, 0)) as is_mine`.execute(tx)
    if (!rows[0]?.is_mine) return { ok: false, problem: 'busy' }
    const run = await personImport(tx, organization_id, import_id)
    if (run.state !== state) return { ok: false, problem: 'not_asked' }
    await watch.begun()
    return work(tx, run)
  })
}

/** What the import would do now, kept row by row. Changes nobody. */
export const planPersonImport = (db: Db, organization_id: string, import_id: string, watch: Watch): Promise<Outcome> =>
  alone(db, organization_id, import_id, 'planning', watch, async (tx, run) => {
    const summary = emptySummary()
    await forgetRows(tx, run)
    for await (const effects of plannedOf(tx, run, watch)) {
      count(summary, effects)
      await keepRows(tx, run, effects, new Map())
      await watch.done(effects.length)
    }
    await settle(tx, run, { state: 'previewed', preview: JSON.stringify(summary) })
    return { ok: true }
  })

/** It would do something else than the preview said: people have changed meanwhile. */
class Changed extends Error {}

/** Runs the import, if it still does what the preview said. */
export async function runPersonImport(
  db: Db,
  organization_id: string,
  import_id: string,
  watch: Watch,
): Promise<Outcome> {
  try {
    return await alone(db, organization_id, import_id, 'running', watch, async (tx, run) => {
      const actor = actorOf(run)
      if (Mapping.parse(run.mapping).books) await watch.doors.lockBooks(tx, organization_id)
      const summary = emptySummary()
      const source = sourceOf(run)
      const at_work = { ...watch, source, today: await dayOf(tx, run, watch.now) }
      // Phone banks follow afterwards, so that no caller waits for the end of the sheet.
      await sql`select set_config('hanpyo.list_later', 'on', true)`.execute(tx)
      await forgetRows(tx, run)
      const made_in = new Map<number, UndoCreate>()
      for await (const effects of plannedOf(tx, run, watch)) {
        count(summary, effects)
        const undo = new Map<number, Undo>()
        const creates = effects.filter((effect) => effect.kind === 'create')
        const made = await createPeople(tx, actor, creates, source)
        for (const [at, { line }] of creates.entries()) {
          undo.set(line, made[at] as UndoCreate) // one for each
          made_in.set(line, made[at] as UndoCreate)
        }
        const merged: { row: ReadRow; person_id: string }[] = []
        for (const effect of effects) {
          const of_line = effect.kind === 'merge' ? made_in.get(effect.into) : undefined
          if (effect.kind === 'merge' && of_line) {
            effect.person_id = of_line.person_id
            merged.push({ row: effect.row, person_id: of_line.person_id })
            await addToMade(tx, actor, run, effect, of_line, source)
            if (effect.member) undo.set(effect.line, { person_id: of_line.person_id })
          } else if (effect.kind === 'update' || effect.kind === 'merge') {
            const { person_id, row, changes } = effect
            const adds = effect.kind === 'update' || changes.length > 0 || row.notes.length > 0 || effect.member
            if (person_id && adds)
              undo.set(effect.line, await updatePerson(tx, actor, { person_id, row, changes }, source))
          }
          const back_again = undo.get(effect.line)
          const member = memberPlanOf(effect)
          if (back_again && member)
            back_again.member = await makeMember(tx, actor, back_again.person_id, member, at_work)
        }
        await rememberRows(tx, organization_id, merged)
        await keepRows(tx, run, effects, undo)
        await watch.done(effects.length)
      }
      if (JSON.stringify(summary) !== JSON.stringify(Summary.parse(run.preview))) throw new Changed()
      await settle(tx, run, { state: 'done', report: JSON.stringify(summary) })
      const { members, ...people } = summary
      await audit(tx, actor, {
        action: 'person_import.run',
        subject: 'person_import',
        subject_id: import_id,
        after: { name: run.name, ...people, ...members },
      })
      return { ok: true }
    })
  } catch (problem) {
    if (problem instanceof Changed) return { ok: false, problem: 'changed' }
    throw problem
  }
}

/** Takes a whole import back. What somebody changed since stays as they left it. */
export const undoPersonImport = (db: Db, organization_id: string, import_id: string, watch: Watch): Promise<Outcome> =>
  alone(db, organization_id, import_id, 'undoing', watch, async (tx, run) => {
    if (Mapping.parse(run.mapping).books) await watch.doors.lockBooks(tx, organization_id)
    const restored = new Set<string>()
    const undone: Undone = { removed: 0, restored: 0, kept: 0, taken_out: 0, members_kept: 0, part_back: 0 }
    const at_work = { ...watch, source: sourceOf(run), today: await dayOf(tx, run, watch.now) }
    for await (const rows of undoOf(tx, run)) {
      for (const { undo } of rows) {
        const { member } = undo as Undo // written above
        const was = member && (await takeBackMember(tx, actorOf(run), member, at_work))
        if (was === 'taken_out') undone.taken_out++
        if (was === 'later_dues') undone.members_kept++
        if (was === 'part_back') undone.part_back++
      }
      const made = rows.filter((row) => row.kind === 'create').map((row) => row.undo as UndoCreate)
      const removed = await removeUntouched(tx, organization_id, made)
      undone.removed += removed
      undone.kept += made.length - removed
      for (const { undo } of rows as { undo: Undo }[]) {
        if (!('changes' in undo)) continue
        await restorePerson(tx, actorOf(run), undo)
        restored.add(undo.person_id)
      }
      undone.restored = restored.size
      await watch.done(rows.length)
    }
    await tx
      .updateTable('person_import_row')
      .set({ undo: null })
      .where('organization_id', '=', organization_id)
      .where('import_id', '=', import_id)
      .where('undo', 'is not', null)
      .execute()
    const report = { ...Report.parse(run.report), undone }
    await settle(tx, run, { state: 'undone', undo: null, report: JSON.stringify(report) })
    await audit(tx, actorOf(run), {
      action: 'person_import.undo',
      subject: 'person_import',
      subject_id: import_id,
      after: { name: run.name, ...undone },
    })
    return { ok: true }
  })

/** Where a piece of work that did not end leaves the import: where it was before, and why. */
const back = { planning: 'uploaded', running: 'previewed', undoing: 'done' } as const

export type StopReason = 'cancelled' | 'failed' | 'file_gone'

/** Only of what is still under way: whatever ended meanwhile stays as it ended. */
export async function giveUp(db: Db, run: PersonImport, problem: StopReason): Promise<void> {
  const { state, organization_id, import_id } = run
  if (state !== 'planning' && state !== 'running' && state !== 'undoing') return
  await db
    .updateTable('person_import')
    .set({ cancel_asked_at: null, state: back[state], problem })
    .where('organization_id', '=', organization_id)
    .where('import_id', '=', import_id)
    .where('state', '=', state)
    .execute()
}

/** The preview does not hold any more: a new one, and the page says why. */
export async function planAgain(db: Db, run: PersonImport): Promise<void> {
  await settle(db, run, { state: 'planning', problem: 'changed', rows_done: 0, began_at: null })
}

const actorOf = (run: PersonImport): Actor => ({
  ...AskedBy.parse(run.asked_by),
  organization_id: run.organization_id,
  roles: [],
  is_steward: false,
})

const sourceOf = ({ name }: PersonImport): string => `import: ${name}`.slice(0, 200)

/** The organization's day of a moment. */
async function dayOf(db: Db, { organization_id }: PersonImport, moment: Date): Promise<string> {
  const { time_zone } = await db
    .selectFrom('organization')
    .select('time_zone')
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()
  return dateIn(time_zone, moment)
}

async function settle(db: Db, { organization_id, import_id }: PersonImport, set: Record<string, unknown>) {
  await db
    .updateTable('person_import')
    .set({ cancel_asked_at: null, ...set } as never) // columns of this table, from the places above
    .where('organization_id', '=', organization_id)
    .where('import_id', '=', import_id)
    .execute()
}

/** The effects of the sheet, some rows at a time, as people stand now. */
async function* plannedOf(tx: Db, run: PersonImport, { doors }: Watch): AsyncGenerator<Effect[]> {
  const { columns, overwrite, add_unsure, books, encoding, delimiter, headers } = Mapping.parse(run.mapping)
  const mapping = columns as (Meaning | null)[]
  const key = matchKeys.find((each) => each === run.match_key) ?? 'name_birth_address'
  const custom = await customFieldsOf(tx, run.organization_id)
  const sheet = {
    path: run.path,
    encoding,
    delimiter,
    headers: JSON.parse(headers) as string[],
    row_count: 0,
    first: [],
  }
  const ox_columns = new Set<number>()
  for await (const rows of batchesOf(sheet, rowsAtOnce))
    for (const column of oxColumns(rows, mapping, custom)) ox_columns.add(column)
  const today = await dayOf(tx, run, run.created_at)
  const kinds = await importedKinds(tx, run.organization_id)
  const offices = await importedOffices(tx, run.organization_id)
  const planning: Planner = planner(
    mapping,
    custom,
    {
      key,
      overwrite,
      add_unsure,
      this_year: run.created_at.getUTCFullYear(),
      ox_columns,
      members: { kinds, offices, today, books, seating: doors.seating },
      known_members: await knownMembers(tx, run.organization_id, today),
    },
    await knownPeople(tx, run.organization_id),
  )
  for await (const rows of batchesOf(sheet, rowsAtOnce)) yield planning.plan(rows, await votersIn(tx, rows, mapping))
}

function votersIn(tx: Db, rows: readonly SheetRow[], mapping: readonly (Meaning | null)[]) {
  const at = mapping.indexOf('state_voter_id')
  const ids = at < 0 ? [] : rows.map((row) => (row.cells[at] ?? '').toUpperCase()).filter(Boolean)
  return votersOf(tx, [...new Set(ids)])
}

async function forgetRows(tx: Db, { organization_id, import_id }: PersonImport): Promise<void> {
  await tx
    .deleteFrom('person_import_row')
    .where('organization_id', '=', organization_id)
    .where('import_id', '=', import_id)
    .execute()
}

async function keepRows(
  tx: Db,
  { organization_id, import_id }: PersonImport,
  effects: readonly Effect[],
  undo: ReadonlyMap<number, Undo>,
): Promise<void> {
  await tx
    .insertInto('person_import_row')
    .values(
      effects.map((effect) => {
        const back_again = undo.get(effect.line)
        return {
          organization_id,
          import_id,
          line: effect.line,
          kind: effect.kind,
          person_id: back_again?.person_id ?? ('person_id' in effect ? effect.person_id : null),
          effect: JSON.stringify(effect),
          undo: back_again ? JSON.stringify(back_again) : null,
        }
      }),
    )
    .execute()
}

/** The last row first: of several about one person each is taken back from what it found. */
async function* undoOf(tx: Db, { organization_id, import_id }: PersonImport) {
  let before = 2 ** 31 - 1
  for (;;) {
    const rows = await tx
      .selectFrom('person_import_row')
      .select(['line', 'kind', 'undo'])
      .where('organization_id', '=', organization_id)
      .where('import_id', '=', import_id)
      .where('undo', 'is not', null)
      .where('line', '<', before)
      .orderBy('line', 'desc')
      .limit(rowsAtOnce)
      .execute()
    if (rows.length === 0) return
    yield rows
    before = rows.at(-1)?.line ?? 0
  }
}

import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import '../../organizations/tables.ts'
import { linesOf } from '../address/rules.ts'
import { giveCodes } from '../answers/codes.ts'
import { barsOn, type Layout } from '../design/print.ts'
import { designOf, layoutOf } from '../design/queries.ts'
import { lockedDrop, setDrop } from '../drops/commands.ts'
import { closedSince, dropById, piecesFrom, type Drop, type PieceRow } from '../drops/queries.ts'
import { isForHome, printFolder, removeUnfinished, sheetsName, writeWhole } from './files.ts'
import { notesFor } from './notes.ts'
import { Printer } from './printer.ts'
import type { Order } from './thread.ts'
import { runsOf } from '../sorting/queries.ts'
import { labelOf, marker, placer, summaryOf, type Run as PieceRun } from '../sorting/rules.ts'
import { filesMade } from './queries.ts'

/** Pieces of one file: a printer opens it at once, and memory stays the same however many there are. */
const partSize = 1000

/** Looked at before the press runs. */
const sampleSize = 12

/** `closed`: how many of the list want no mail any more; then it is made anew first. */
export type Asked = { ok: true } | { ok: false; closed: number }

/**
 * Notes that the files are to be made; `runPrint` makes them. The first time the pieces are given the serial numbers of
 * their barcodes, which follow on the last ones given for that mailer: the post wants none again within 45 days.
 */
export function askForPrint(
  db: Db,
  actor: Actor,
  drop_id: string,
  today: string,
  /** Words the law asks for that somebody said are not needed. */
  waived: readonly string[] = [],
): Promise<Asked> {
  return inTransaction(db, async (tx): Promise<Asked> => {
    const before = await lockedDrop(tx, actor.organization_id, drop_id, ['frozen'])
    if (before.pieces === 0 || before.print_state === 'queued' || before.print_state === 'running') throw new Conflict()
    const closed = await closedSince(tx, before, today)
    if (closed > 0) return { ok: false, closed }
    await setDrop(tx, before, {
      ...(before.first_serial === null && (await nextSerials(tx, before))),
      print_state: 'queued',
      print_run: before.print_run + 1,
      printed_by: actor.name,
      printed_by_id: actor.id,
    })
    await audit(tx, actor, { action: 'postal.print', subject: 'postal_drop', subject_id: drop_id, after: { pieces: before.pieces, lane: before.lane, level: before.level, attribution: before.attribution, ...(waived.length > 0 && { waived }) } }) // prettier-ignore
    return { ok: true }
  })
}

async function nextSerials(tx: Db, drop: Drop) {
  const { mailer_id } = designOf(drop)
  if (mailer_id === '') return null
  const { rows } = await sql<{ given: number }>`select take_serials(${mailer_id}, ${drop.numbers}) as given`.execute(tx)
  const given = found(rows[0]).given
  return { serials_from: given, first_serial: given % 10 ** (15 - mailer_id.length) }
}

/** Stops it after the part it is at; what is made is kept, and asked for again it goes on there. */
export function cancelPrint(db: Db, actor: Actor, drop_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await lockedDrop(tx, actor.organization_id, drop_id, ['frozen'])
    if (before.print_state !== 'queued' && before.print_state !== 'running') throw new Conflict()
    await setDrop(tx, before, { print_state: 'cancelled' })
    await audit(tx, actor, { action: 'postal.cancel_print', subject: 'postal_drop', subject_id: drop_id })
  })
}

/** Notes who takes which file out of the system, and whose work it is. */
export function noteFetched(
  db: Db,
  actor: Actor,
  { drop_id, pieces, lane }: Pick<Drop, 'drop_id' | 'pieces' | 'lane'>,
  file: FetchedFile,
): Promise<void> {
  return inTransaction(
    db,
    (tx) =>
    audit(tx, actor, { action: 'postal.fetch', subject: 'postal_drop', subject_id: drop_id, after: { file, pieces, lane } }), // prettier-ignore
  )
}

/** What leaves the system with names and addresses in it. */
export type FetchedFile = 'folder' | 'labels' | 'walk_cards' | 'cass' | 'ncoa' | 'preview'

interface Run {
  db: Db
  data: string
  now: () => Date
  /** Of the installation. */
  url: string
  signal?: AbortSignal
}

/**
 * Makes the files part by part. False: it was stopped. Killed and run again it goes on behind the last part. Whoever begins
 * takes it over from whoever is at it still, who throws the part away that they are at.
 */
export async function runPrint(asked: Run, of: Pick<Drop, 'organization_id' | 'drop_id'>): Promise<boolean> {
  const begun = await asked.db
    .updateTable('postal_drop')
    .set((eb) => ({ print_state: 'running', print_run: eb('print_run', '+', 1) }))
    .where('organization_id', '=', of.organization_id)
    .where('drop_id', '=', of.drop_id)
    .where('print_state', 'in', ['queued', 'running'])
    .returning('print_run')
    .executeTakeFirst()
  if (!begun) return false
  const run = { ...asked, ...begun }
  try {
    await makeFiles(run, found(await dropById(run.db, of.organization_id, of.drop_id)))
    return true
  } catch (problem) {
    if (run.signal?.aborted) throw problem
    // Where it is not ours any more, the folder may be gone under it.
    if (problem instanceof Stopped || !(await isOurs(run.db, run, of))) return false
    await inTransaction(run.db, async (tx) => {
      if (await isOurs(tx, run, of)) await setDrop(tx, of, { print_state: 'failed' })
    })
    throw problem
  }
}

interface Begun extends Run {
  print_run: number
}

/** Somebody stopped it, or makes the files in our place. */
class Stopped extends Error {}

/** In a transaction nobody else takes it over until its end. */
async function isOurs(db: Db, { print_run }: Begun, of: Pick<Drop, 'organization_id' | 'drop_id'>): Promise<boolean> {
  const row = await db
    .selectFrom('postal_drop')
    .select(['print_state', 'print_run'])
    .where('organization_id', '=', of.organization_id)
    .where('drop_id', '=', of.drop_id)
    .$if(db.isTransaction, (query) => query.forUpdate())
    .executeTakeFirst()
  return row?.print_state === 'running' && row.print_run === print_run
}

async function goOn(db: Db, run: Begun, drop: Drop): Promise<void> {
  run.signal?.throwIfAborted()
  if (!(await isOurs(db, run, drop))) throw new Stopped()
}

async function makeFiles(run: Begun, drop: Drop): Promise<void> {
  const { db } = run
  const { organization_id, drop_id } = drop
  const { languages, time_zone } = await db.selectFrom('organization').select(['languages', 'time_zone']).where('organization_id', '=', organization_id).executeTakeFirstOrThrow() // prettier-ignore
  // Of a large list they are many: not while somebody waits for a page.
  await inTransaction(db, async (tx) => {
    await goOn(tx, run, drop)
    await giveCodes(tx, drop)
  })
  const { layout } = await layoutOf(db, drop, languages, run.url)
  mkdirSync(printFolder(run.data, drop_id), { recursive: true, mode: 0o700 })
  await removeUnfinished(run.data, drop_id)
  const made = new Set((await filesMade(db, drop)).map(({ name }) => name))
  const printer = new Printer()
  const set = async (name: string, pieces: readonly PieceRow[] | null, count: number, as: Order['as'] = 'pages'): Promise<void> => {
    await keepFile(run, drop, name, count, (path) => printer.print(layout, pieces, run.now(), path, as))
  } // prettier-ignore
  const sample: PieceRow[] = []
  try {
    for (let from = 0; from < drop.numbers; from += partSize) {
      await goOn(db, run, drop)
      const name = partName(from)
      const isMade = made.has(name) && existsSync(pathOf(run, drop, name))
      if (isMade && sample.length >= sampleSize) continue
      const pieces = await piecesFrom(db, drop, from, partSize)
      sample.push(...pieces.slice(0, sampleSize - sample.length))
      if (!isMade && pieces.length > 0) await set(name, pieces, pieces.length)
    }
    await set('sample.pdf', sample, 0)
    if (drop.kind === 'letter_10') await set('envelope.pdf', null, 0)
    if (isForHome(drop)) await set(sheetsName, await piecesFrom(db, drop, 0, drop.numbers), 0, 'sheets')
  } finally {
    await printer.close()
  }
  const sorting = { runs: await runsOf(db, drop), today: dateIn(time_zone, run.now()) }
  await keepFile(run, drop, 'addresses.csv', 0, (path) => writeAddresses(run, drop, layout, sorting, path))
  await keepFile(run, drop, 'notes.txt', 0, (path) => writeWhole(path, Buffer.from(notesFor(drop, layout, sorting))))
  await keepFile(run, drop, 'trays.csv', 0, (path) => writeWhole(path, Buffer.from(traysFile(sorting))))
  await inTransaction(db, async (tx) => {
    await goOn(tx, run, drop)
    await setDrop(tx, drop, { state: 'made', print_state: 'done', printed_at: run.now() })
  })
}

const partName = (from: number): string => `pieces-${String(from / partSize + 1).padStart(4, '0')}.pdf`
const pathOf = ({ data }: Pick<Run, 'data'>, { drop_id }: Pick<Drop, 'drop_id'>, name: string): string =>
  join(printFolder(data, drop_id), name)
/** Until it is whole; of one run alone. */
const unfinished = (run: Begun, drop: Drop, name: string): string => `${pathOf(run, drop, name)}.${run.print_run}.part`

/** It is there whole or not at all, and only then its row says so. `write` answers with the SHA-256. */
async function keepFile(
  run: Begun,
  drop: Drop,
  name: string,
  pieces: number,
  write: (path: string) => Promise<string>,
): Promise<void> {
  const path = unfinished(run, drop, name)
  try {
    const sha256 = await write(path)
    const { size } = await stat(path)
    const row = { pieces, bytes: size, sha256, made_at: run.now() }
    await inTransaction(run.db, async (tx) => {
      if (!(await isOurs(tx, run, drop))) throw new Stopped()
      await rename(path, pathOf(run, drop, name))
      await tx
        .insertInto('postal_file')
        .values({ organization_id: drop.organization_id, drop_id: drop.drop_id, name, ...row })
        .onConflict((conflict) => conflict.columns(['organization_id', 'drop_id', 'name']).doUpdateSet(row))
        .execute()
    })
  } finally {
    await rm(path, { force: true })
  }
}

const heads = [
  'Piece',
  'NameLine',
  'Address1',
  'Address2',
  'City',
  'State',
  'ZIP',
  'ZIP4',
  'Language',
  'IMb',
  'File',
  'Code',
  'Tray',
  'Bundle',
  'Break',
]

/** How the list falls into trays and bundles, and by the rules of which day. */
export interface Sorting {
  runs: readonly PieceRun[]
  today: string
}

/** The summary for the mail house, in the order of the trays. */
const traysFile = ({ runs, today }: Sorting): string =>
  byteOrderMark +
  csvLine(['Tray', 'Label', 'Pieces', 'Bundles']) +
  summaryOf(runs, today).map(({ tray, pieces, bundles }, at) => csvLine([at + 1, labelOf(tray), pieces, bundles])).join('') // prettier-ignore

/** The code that is printed on a piece. */
const codeOn = ({ answers }: Layout, { code, language }: PieceRow): string | null | undefined =>
  answers?.per === 'piece' ? code : answers?.codes[language]

/** One line for each piece, in the order of the pages. */
async function writeAddresses(run: Begun, drop: Drop, layout: Layout, sorting: Sorting, path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(
    async function* () {
      for await (const text of addressLines(run, drop, layout, sorting)) {
        hash.update(text)
        yield text
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  )
  return hash.digest('hex')
}

async function* addressLines(run: Begun, drop: Drop, layout: Layout, { runs, today }: Sorting): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(heads)
  const placeOf = placer(runs, today)
  const mark = marker()
  for (let from = 0; from < drop.numbers; from += partSize) {
    await goOn(run.db, run, drop)
    const pieces = await piecesFrom(run.db, drop, from, partSize)
    const lines = pieces.map((piece) => {
      const [first, ...more] = linesOf(piece).slice(0, -1)
      const { number, name_line, city, state, zip5, zip4, language } = piece
      const { tray, bundle, cut } = mark(placeOf(piece))
      return csvLine([number, name_line, first, more.join(', '), city, state, zip5, zip4 ?? '', language, barsOn(layout, piece) ?? '', partName(from), codeOn(layout, piece) ?? '', tray, bundle, cut]) // prettier-ignore
    })
    yield lines.join('')
  }
}

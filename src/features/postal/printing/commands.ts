import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { open, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import '../../organizations/tables.ts'
import { linesOf } from '../address/rules.ts'
import { barsOf, printData, sideNames, template, type Layout } from '../design/print.ts'
import { designOf, filesOf, layoutOf } from '../design/queries.ts'
import { lockedDrop, setDrop } from '../drops/commands.ts'
import { dropById, piecesFrom, type Drop } from '../drops/queries.ts'
import { notesFor } from './notes.ts'
import { Printer } from './printer.ts'
import { filesMade } from './queries.ts'

/** Pieces of one file: a printer opens it at once, and memory stays the same however many there are. */
const partSize = 1000

/** Looked at before the press runs. */
const sampleSize = 12

export const printFolder = (data: string, drop_id: string): string => join(data, 'postal', drop_id)

/**
 * Notes that the files are to be made; `runPrint` makes them. The first time the pieces are given the serial numbers of
 * their barcodes, which follow on those of the drop before: the post wants none again within 45 days.
 */
export function askForPrint(db: Db, actor: Actor, drop_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await lockedDrop(tx, actor.organization_id, drop_id, ['frozen'])
    if (before.pieces === 0 || before.print_state === 'queued' || before.print_state === 'running') throw new Conflict()
    await setDrop(tx, before, {
      first_serial: before.first_serial ?? (await nextSerial(tx, before)),
      print_state: 'queued',
      printed_by: actor.name,
      printed_by_id: actor.id,
    })
    await audit(tx, actor, { action: 'postal.print', subject: 'postal_drop', subject_id: drop_id, after: { pieces: before.pieces } }) // prettier-ignore
  })
}

async function nextSerial(tx: Db, drop: Drop): Promise<number | null> {
  const { mailer_id } = designOf(drop)
  if (mailer_id === '') return null
  // One organization after the other: two drops never take the same numbers.
  await tx.selectFrom('organization').select('organization_id').where('organization_id', '=', drop.organization_id).forUpdate().execute() // prettier-ignore
  const used = await tx
    .selectFrom('postal_drop')
    .select(['first_serial', 'pieces', 'design'])
    .where('organization_id', '=', drop.organization_id)
    .where('first_serial', 'is not', null)
    .orderBy('frozen_at')
    .execute()
  const last = used.findLast((each) => designOf(each).mailer_id === mailer_id)
  const next = last ? (last.first_serial ?? 0) + last.pieces : 0
  return String(next + drop.pieces).length > 15 - mailer_id.length ? 0 : next
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

/** Notes who takes the files out of the system. */
export function noteFetched(
  db: Db,
  actor: Actor,
  { drop_id, pieces }: Pick<Drop, 'drop_id' | 'pieces'>,
): Promise<void> {
  return inTransaction(db, (tx) =>
    audit(tx, actor, { action: 'postal.fetch', subject: 'postal_drop', subject_id: drop_id, after: { pieces } }),
  )
}

interface Run {
  db: Db
  data: string
  now: () => Date
  signal?: AbortSignal
}

/** Makes the files part by part. False: it was cancelled. Killed and run again it goes on behind the last part. */
export async function runPrint(
  run: Run,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<boolean> {
  const { db, signal } = run
  const begun = await db
    .updateTable('postal_drop')
    .set({ print_state: 'running' })
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .where('print_state', 'in', ['queued', 'running'])
    .returning('drop_id')
    .executeTakeFirst()
  if (!begun) return false
  const drop = found(await dropById(db, organization_id, drop_id))
  const { languages } = await db.selectFrom('organization').select('languages').where('organization_id', '=', organization_id).executeTakeFirstOrThrow() // prettier-ignore
  const { layout } = await layoutOf(db, drop, languages)
  mkdirSync(printFolder(run.data, drop_id), { recursive: true, mode: 0o700 })
  const made = new Set((await filesMade(db, drop)).map(({ name }) => name))
  const printer = new Printer()
  const part = async (name: string, from: number, limit: number): Promise<number> => {
    const pieces = await piecesFrom(db, drop, from, limit)
    const data = printData(layout, pieces, sideNames, null)
    const file = await printer.pdf({ template, data, files: filesOf(layout), made_at: run.now() })
    await keepFile(run, drop, name, name === 'sample.pdf' ? 0 : pieces.length, file)
    return pieces.length
  }
  try {
    for (let from = 0; from < drop.pieces; from += partSize) {
      signal?.throwIfAborted()
      if ((await dropById(db, organization_id, drop_id))?.print_state !== 'running') return false
      const name = partName(from)
      if (!made.has(name) || !existsSync(pathOf(run, drop, name))) await part(name, from, partSize)
    }
    await part('sample.pdf', 0, sampleSize)
  } finally {
    await printer.close()
  }
  await writeAddresses(run, drop, layout)
  await keepFile(run, drop, 'notes.txt', 0, Buffer.from(notesFor(drop, layout)))
  return inTransaction(db, async (tx) => {
    const before = await lockedDrop(tx, organization_id, drop_id, ['frozen'])
    if (before.print_state !== 'running') return false
    await setDrop(tx, before, { state: 'made', print_state: 'done', printed_at: run.now() })
    return true
  })
}

const partName = (from: number): string => `pieces-${String(from / partSize + 1).padStart(4, '0')}.pdf`
const pathOf = ({ data }: Pick<Run, 'data'>, { drop_id }: Pick<Drop, 'drop_id'>, name: string): string =>
  join(printFolder(data, drop_id), name)

/** It is there whole or not at all, and only then its row says so. */
async function keepFile(run: Run, drop: Drop, name: string, pieces: number, content: Uint8Array): Promise<void> {
  const handle = await open(`${pathOf(run, drop, name)}.part`, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await noteFile(run, drop, name, pieces, createHash('sha256').update(content).digest('hex'))
}

async function noteFile(run: Run, drop: Drop, name: string, pieces: number, sha256: string): Promise<void> {
  const path = pathOf(run, drop, name)
  await rename(`${path}.part`, path)
  const { size } = await stat(path)
  const row = { pieces, bytes: size, sha256, made_at: run.now() }
  await run.db
    .insertInto('postal_file')
    .values({ organization_id: drop.organization_id, drop_id: drop.drop_id, name, ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'drop_id', 'name']).doUpdateSet(row))
    .execute()
}

const heads = ['Piece', 'NameLine', 'Address1', 'Address2', 'City', 'State', 'ZIP', 'ZIP4', 'Language', 'IMb', 'File']

/** One line for each piece, in the order of the pages. */
async function writeAddresses(run: Run, drop: Drop, layout: Layout): Promise<void> {
  const hash = createHash('sha256')
  const out = createWriteStream(`${pathOf(run, drop, 'addresses.csv')}.part`, { mode: 0o600 })
  const write = async (text: string): Promise<void> => {
    hash.update(text)
    if (!out.write(text)) await once(out, 'drain')
  }
  await write(byteOrderMark + csvLine(heads))
  for (let from = 0; from < drop.pieces; from += partSize) {
    run.signal?.throwIfAborted()
    const pieces = await piecesFrom(run.db, drop, from, partSize)
    const lines = pieces.map((piece) => {
      const [first, ...more] = linesOf(piece).slice(0, -1)
      const { number, name_line, city, state, zip5, zip4, language } = piece
      return csvLine([number, name_line, first, more.join(', '), city, state, zip5, zip4 ?? '', language, barsOf(drop, layout.design, piece) ?? '', partName(from)]) // prettier-ignore
    })
    await write(lines.join(''))
  }
  out.end()
  await finished(out)
  await noteFile(run, drop, 'addresses.csv', 0, hash.digest('hex'))
}

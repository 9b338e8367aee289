import { constants } from 'node:fs'
import { mkdir, open, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { checkFile, endingOf, hasRoom, plainName, shownName, whatItIs } from './rules.ts'
import {
  maxFileBytes,
  maxFiles,
  type NewUpload,
  type UploadKind,
  type UploadProblem,
  type UploadState,
} from './schema.ts'
import './tables.ts'

type Refused = { ok: false; problem: UploadProblem; name: string }

/** Uploads that never finished, and files already imported, are kept this long. */
const keptDays = 7

export const uploadsFolder = (data: string): string => join(data, 'uploads', 'voterfiles')
const folderOf = (data: string, upload_id: string): string => join(uploadsFolder(data), upload_id)
/** Number, plain letters (the name often holds the file's date) and a known ending: no separator, no dots. */
const pathOf = (data: string, upload_id: string, number: number, name: string): string =>
  join(folderOf(data, upload_id), `${number}-${plainName(name)}.${endingOf(name)}`)

/** Begins an upload, or goes on with the actor's unfinished one of the very same files. */
export async function startUpload(
  db: Db,
  data: string,
  actor: Actor,
  wanted: NewUpload,
  now: Date,
): Promise<{ ok: true; upload: UploadState } | Refused> {
  for (const { name, bytes } of wanted.files) {
    const problem = checkFile(name, bytes)
    if (problem) return { ok: false, problem, name: shownName(name) }
  }
  await sweepUploads(db, data, now)
  const before = await unfinished(db, actor, wanted)
  if (before) return { ok: true, upload: await stateOf(db, data, before) }

  await mkdir(uploadsFolder(data), { recursive: true, mode: 0o700 })
  const missing = wanted.files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (!hasRoom(missing, await freeBytes(data))) {
    return { ok: false, problem: 'no_room', name: shownName(wanted.files[0]?.name ?? '') }
  }
  const upload_id = await insertUpload(db, actor, wanted, now)
  await mkdir(folderOf(data, upload_id), { mode: 0o700 })
  return { ok: true, upload: await stateOf(db, data, upload_id) }
}

/** The upload with what has arrived of each file; undefined where there is none or it was handed on. */
export async function openUpload(db: Db, data: string, upload_id: string): Promise<UploadState | undefined> {
  const there = await db
    .selectFrom('voter_upload')
    .select('upload_id')
    .where('upload_id', '=', upload_id)
    .where('import_id', 'is', null)
    .executeTakeFirst()
  return there && stateOf(db, data, upload_id)
}

/** Uploads begun and not finished, newest first. */
export async function unfinishedUploads(
  db: Db,
  data: string,
): Promise<(UploadState & { kind: UploadKind; touched_at: Date })[]> {
  const rows = await db
    .selectFrom('voter_upload')
    .select(['upload_id', 'kind', 'touched_at'])
    .where('import_id', 'is', null)
    .orderBy('touched_at', 'desc')
    .execute()
  return Promise.all(rows.map(async (row) => ({ ...row, ...(await stateOf(db, data, row.upload_id)) })))
}

export type Appended =
  | { ok: true; received: number }
  | { ok: false; problem: 'offset' | 'too_long' | 'no_room'; received: number }

/** Files being written to by this process; a second tab sending the same file waits for its turn by being told the offset. */
const writing = new Set<string>()

/**
 * Writes a piece at `offset`, which must be where the file ends now. Bytes go to disk as they come; what came before
 * the connection broke stays, and counts.
 */
export async function appendPiece(
  db: Db,
  data: string,
  upload: UploadState,
  number: number,
  offset: number,
  body: AsyncIterable<Uint8Array>,
  now: Date,
): Promise<Appended | undefined> {
  const file = upload.files.find((each) => each.number === number)
  if (!file) return undefined
  const path = pathOf(data, upload.upload_id, number, file.name)
  const received = await sizeOf(path)
  if (offset !== received || writing.has(path)) return { ok: false, problem: 'offset', received }
  writing.add(path)
  try {
    const result = await writeAt(path, offset, file.bytes, body)
    await db.updateTable('voter_upload').set({ touched_at: now }).where('upload_id', '=', upload.upload_id).execute()
    return result
  } finally {
    writing.delete(path)
  }
}

async function writeAt(
  path: string,
  offset: number,
  limit: number,
  body: AsyncIterable<Uint8Array>,
): Promise<Appended> {
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
  let at = offset
  try {
    for await (const chunk of body) {
      if (at + chunk.length > limit) return { ok: false, problem: 'too_long', received: at }
      for (let from = 0; from < chunk.length;) {
        const { bytesWritten } = await handle.write(chunk, from, chunk.length - from, at)
        from += bytesWritten
        at += bytesWritten
      }
    }
    return { ok: true, received: at }
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOSPC') {
      return { ok: false, problem: 'no_room', received: await sizeOf(path) }
    }
    throw problem
  } finally {
    await handle.close()
  }
}

/** Hands complete files on as an import that awaits its dry run. Twice gives the same import. */
export async function finishUpload(
  db: Db,
  data: string,
  actor: Actor,
  upload_id: string,
): Promise<{ ok: true; import_id: string } | Refused | undefined> {
  return inTransaction(db, async (tx) => {
    const row = await tx
      .selectFrom('voter_upload')
      .selectAll()
      .where('upload_id', '=', upload_id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return undefined
    if (row.import_id) return { ok: true, import_id: row.import_id }
    const { files } = await stateOf(tx, data, upload_id)
    const paths = files.map(({ number, name }) => pathOf(data, upload_id, number, name))
    for (const [at, file] of files.entries()) {
      if (file.received !== file.bytes) return { ok: false, problem: 'unfinished', name: file.name }
      const problem = whatItIs(await settle(paths[at] ?? ''))
      if (problem) return { ok: false, problem, name: file.name }
    }
    const { import_id } = await tx
      .insertInto('voter_import')
      .values({
        kind: row.kind,
        paths,
        names: files.map(({ name }) => name),
        options: '{}',
        requested_by: actor.name,
      })
      .returning('import_id')
      .executeTakeFirstOrThrow()
    await tx.updateTable('voter_upload').set({ import_id }).where('upload_id', '=', upload_id).execute()
    return { ok: true, import_id }
  })
}

export async function discardUpload(db: Db, data: string, upload_id: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('voter_upload')
    .where('upload_id', '=', upload_id)
    .where('import_id', 'is', null)
    .returning('upload_id')
    .executeTakeFirst()
  if (gone) await rm(folderOf(data, upload_id), { recursive: true, force: true })
  return gone !== undefined
}

/** One file of a plain form, its size not known before: written as it comes. */
export interface PlainFile {
  name: string
  chunks: AsyncIterable<Uint8Array>
}

/** The way without JavaScript: all files in one request, straight to disk. */
export async function receivePlain(
  db: Db,
  data: string,
  actor: Actor,
  kind: UploadKind,
  files: AsyncIterable<PlainFile>,
  announced_bytes: number,
  now: Date,
): Promise<{ ok: true; import_id: string } | Refused | undefined> {
  await sweepUploads(db, data, now)
  await mkdir(uploadsFolder(data), { recursive: true, mode: 0o700 })
  if (!hasRoom(announced_bytes, await freeBytes(data))) return { ok: false, problem: 'no_room', name: '' }
  const upload_id = await insertUpload(db, actor, { kind, files: [] }, now)
  await mkdir(folderOf(data, upload_id), { mode: 0o700 })
  let number = 0
  try {
    for await (const { name, chunks } of files) {
      if (number === maxFiles) return await refuse('too_many', name)
      const problem = checkFile(name, 1)
      if (problem) return await refuse(problem, name)
      number++
      const written = await writeAt(pathOf(data, upload_id, number, name), 0, maxFileBytes, chunks)
      if (!written.ok) return await refuse(written.problem === 'no_room' ? 'no_room' : 'too_large', name)
      await db
        .insertInto('voter_upload_file')
        .values({ upload_id, number, name: shownName(name), bytes: written.received, modified_ms: 0 })
        .execute()
    }
    if (number === 0) return await refuse('no_file', '')
    const finished = await finishUpload(db, data, actor, upload_id)
    if (finished && !finished.ok) await discardUpload(db, data, upload_id)
    return finished
  } catch (problem) {
    // A form cannot be continued: what a broken one left is of no use.
    await discardUpload(db, data, upload_id)
    throw problem
  }

  async function refuse(problem: UploadProblem, name: string): Promise<Refused> {
    await discardUpload(db, data, upload_id)
    return { ok: false, problem, name: shownName(name) }
  }
}

/** Removes what nobody finished in a week, and the bytes of imports that are over. */
export async function sweepUploads(db: Db, data: string, now: Date): Promise<number> {
  const before = new Date(now.getTime() - keptDays * 86_400_000)
  const abandoned = await db
    .deleteFrom('voter_upload')
    .where('import_id', 'is', null)
    .where('touched_at', '<', before)
    .returning('upload_id')
    .execute()
  const over = await db
    .selectFrom('voter_upload')
    .innerJoin('voter_import', 'voter_import.import_id', 'voter_upload.import_id')
    .select('voter_upload.upload_id')
    .where((eb) =>
      eb.or([
        eb('voter_import.state', 'in', ['done', 'cancelled']),
        eb.and([
          eb('voter_import.state', 'in', ['uploaded', 'checked', 'failed', 'refused']),
          eb('voter_upload.touched_at', '<', before),
        ]),
      ]),
    )
    .execute()
  for (const { upload_id } of [...abandoned, ...over]) {
    await rm(folderOf(data, upload_id), { recursive: true, force: true })
  }
  for (const { upload_id } of over) await db.deleteFrom('voter_upload').where('upload_id', '=', upload_id).execute()
  return abandoned.length + over.length
}

async function unfinished(db: Db, actor: Actor, wanted: NewUpload): Promise<string | null> {
  const rows = await db
    .selectFrom('voter_upload')
    .innerJoin('voter_upload_file', 'voter_upload_file.upload_id', 'voter_upload.upload_id')
    .select(['voter_upload.upload_id', 'name', 'bytes', 'modified_ms'])
    .where('import_id', 'is', null)
    .where('started_by', '=', actor.id)
    .where('kind', '=', wanted.kind)
    .orderBy('touched_at', 'desc')
    .orderBy('number')
    .execute()
  const sign = (files: readonly { name: string; bytes: number; modified_ms: number }[]): string =>
    JSON.stringify(files.map(({ name, bytes, modified_ms }) => [shownName(name), bytes, modified_ms]))
  const looked = sign(wanted.files)
  const uploads = [...Map.groupBy(rows, (row) => row.upload_id)]
  return uploads.find(([, files]) => sign(files) === looked)?.[0] ?? null
}

async function insertUpload(db: Db, actor: Actor, wanted: NewUpload, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { upload_id } = await tx
      .insertInto('voter_upload')
      .values({ kind: wanted.kind, started_by: actor.id, started_at: now, touched_at: now, import_id: null })
      .returning('upload_id')
      .executeTakeFirstOrThrow()
    if (wanted.files.length > 0) {
      await tx
        .insertInto('voter_upload_file')
        .values(
          wanted.files.map(({ name, bytes, modified_ms }, at) => ({
            upload_id,
            number: at + 1,
            name: shownName(name),
            bytes,
            modified_ms,
          })),
        )
        .execute()
    }
    return upload_id
  })
}

async function stateOf(db: Db, data: string, upload_id: string): Promise<UploadState> {
  const files = await db
    .selectFrom('voter_upload_file')
    .select(['number', 'name', 'bytes'])
    .where('upload_id', '=', upload_id)
    .orderBy('number')
    .execute()
  return {
    upload_id,
    files: await Promise.all(
      files.map(async (file) => ({ ...file, received: await sizeOf(pathOf(data, upload_id, file.number, file.name)) })),
    ),
  }
}

async function freeBytes(data: string): Promise<number> {
  const { bavail, bsize } = await statfs(uploadsFolder(data))
  return bavail * bsize
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return 0
    throw problem
  }
}

/** Makes sure the bytes are on disk for good, and gives the first of them. */
async function settle(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    await handle.datasync()
    const head = Buffer.alloc(4096)
    const { bytesRead } = await handle.read(head, 0, head.length, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

import { createHash } from 'node:crypto'
import { open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Db } from '../../../platform/db/db.ts'
import type { Drop } from '../drops/queries.ts'
import { cardSheet } from '../labels/sheets.ts'
import '../tables.ts'

export const printFolder = (data: string, drop_id: string): string => join(data, 'postal', drop_id)

/** Writes a file, which is on the disk then. Its SHA-256 in hex. */
export async function writeWhole(path: string, content: Uint8Array): Promise<string> {
  const handle = await open(path, 'w', 0o600)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return createHash('sha256').update(content).digest('hex')
}

/** What somebody who was killed was at. Whoever is at a file still sees before it is whole that it is not theirs any more. */
export async function removeUnfinished(data: string, drop_id: string): Promise<void> {
  const folder = printFolder(data, drop_id)
  for (const name of await readdir(folder)) if (name.endsWith('.part')) await rm(join(folder, name), { force: true })
}

/** Removes what lies in the folders of drops without being one of their files: the list was made anew, or somebody erased. */
export async function sweepFiles(db: Db, data: string, drop_ids: readonly string[]): Promise<void> {
  for (const drop_id of drop_ids) {
    const folder = printFolder(data, drop_id)
    const there = await readdir(folder).catch(() => [])
    if (there.length === 0) continue
    const drop = await db
      .selectFrom('postal_drop')
      .select('print_state')
      .where('drop_id', '=', drop_id)
      .executeTakeFirst()
    // What is being made is no file yet; whoever makes it removes it where it is stopped.
    if (drop?.print_state === 'queued' || drop?.print_state === 'running') continue
    const rows = await db.selectFrom('postal_file').select('name').where('drop_id', '=', drop_id).execute()
    if (rows.length === 0) await rm(folder, { recursive: true, force: true })
    const kept = new Set(rows.map(({ name }) => name))
    for (const name of there) if (!kept.has(name)) await rm(join(folder, name), { force: true })
  }
}

/** The same for every drop. Only as the owner: whose drops a handle does not see are to it none. */
export async function sweepAllFiles(owner: Db, data: string): Promise<void> {
  await sweepFiles(owner, data, await readdir(join(data, 'postal')).catch(() => []))
}

/** Cards of the smallest size are also made for sheets that a printer at home takes, where they are few. */
export const isForHome = ({ kind, numbers }: Pick<Drop, 'kind' | 'numbers'>): boolean =>
  kind === 'postcard_4x6' && numbers <= 500
export const sheetsName = `avery-${cardSheet.part}.pdf`

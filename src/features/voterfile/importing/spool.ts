import { closeSync, createReadStream, openSync, rmSync, writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { copyHeader, copyTrailer } from '../mapping/tuples.ts'

/** Where a spool of an import may lie. The import's id stands first, so that what a killed one left is found. */
export const spoolPath = (folder: string, import_id: string, name: string): string =>
  join(folder, `${import_id}-${name}-${randomUUID()}.tmp`)

/** Rows kept on disk until they can be copied: the connection copies into one table at a time. */
export class Spool {
  bytes = 0
  readonly path: string
  #file: number | null = null

  constructor(path: string) {
    this.path = path
  }

  write(rows: Buffer): void {
    if (this.#file === null) {
      this.#file = openSync(this.path, 'w', 0o600)
      writeSync(this.#file, copyHeader)
    }
    writeSync(this.#file, rows)
    this.bytes += rows.length
  }

  /** No more rows come: what another thread, or `copyInto`, reads is whole. */
  finish(): void {
    if (this.#file === null) return
    writeSync(this.#file, copyTrailer)
    closeSync(this.#file)
    this.#file = null
  }

  /** Another thread wrote and finished it. */
  adopt(bytes: number): void {
    this.bytes = bytes
  }

  /** Copies everything, binary, into a table. */
  async copyInto(client: pg.ClientBase, statement: string): Promise<void> {
    this.finish()
    if (this.bytes === 0) return
    const into = client.query(copyFrom(statement))
    createReadStream(this.path, { highWaterMark: 1 << 20 }).pipe(into)
    await finished(into)
  }

  remove(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
    rmSync(this.path, { force: true })
  }
}

import { closeSync, createReadStream, openSync, rmSync, writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { copyHeader, copyTrailer } from '../mapping/tuples.ts'

/** Rows kept on disk until they can be copied: the connection copies into one table at a time. */
export class Spool {
  bytes = 0
  readonly #path: string
  #file: number | null = null

  constructor(folder: string, name: string) {
    this.#path = join(folder, `${name}-${randomUUID()}.tmp`)
  }

  write(rows: Buffer): void {
    if (this.#file === null) {
      this.#file = openSync(this.#path, 'w', 0o600)
      writeSync(this.#file, copyHeader)
    }
    writeSync(this.#file, rows)
    this.bytes += rows.length
  }

  /** Copies everything, binary, into a table. */
  async copyInto(client: pg.ClientBase, statement: string): Promise<void> {
    if (this.#file === null) return
    writeSync(this.#file, copyTrailer)
    const into = client.query(copyFrom(statement))
    createReadStream(this.#path, { highWaterMark: 1 << 20 }).pipe(into)
    await finished(into)
  }

  close(): void {
    if (this.#file === null) return
    closeSync(this.#file)
    this.#file = null
    rmSync(this.#path, { force: true })
  }
}

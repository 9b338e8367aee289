import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { copyHeader, copyTrailer } from '../mapping/tuples.ts'

/** Bytes that may wait for the server before we stop making more. */
const maxWaiting = 256 * 1024

/** A binary COPY into a table. Small pieces, often: the server works on one while we make the next. */
export class BinaryCopy {
  readonly #stream: ReturnType<typeof copyFrom> & NodeJS.WritableStream
  #waiting = 0
  #wake: (() => void) | null = null
  #problem: unknown = null
  readonly #done: Promise<void>

  constructor(client: pg.ClientBase, statement: string) {
    this.#stream = client.query(copyFrom(statement))
    this.#done = new Promise((resolve, reject) => {
      this.#stream.on('finish', resolve)
      this.#stream.on('error', (problem: unknown) => {
        this.#problem = problem
        this.#wake?.()
        reject(problem as Error)
      })
    })
    this.#done.catch(() => undefined) // told by write() or end(), whichever comes next
    this.#stream.write(copyHeader)
  }

  /** Hands over the bytes; waits while too many are on the way. */
  write(bytes: Buffer): Promise<void> | null {
    if (this.#problem) return Promise.reject(this.#problem as Error)
    this.#waiting += bytes.length
    this.#stream.write(bytes, () => {
      this.#waiting -= bytes.length
      if (this.#waiting < maxWaiting) this.#wake?.()
    })
    if (this.#waiting < maxWaiting) return null
    return new Promise((resolve, reject) => {
      this.#wake = () => {
        this.#wake = null
        if (this.#problem) reject(this.#problem as Error)
        else resolve()
      }
    })
  }

  async end(): Promise<void> {
    this.#stream.end(copyTrailer)
    await this.#done
  }
}

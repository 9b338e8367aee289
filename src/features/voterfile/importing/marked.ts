import type pg from 'pg'

const atOnce = 20_000

/** Rows of a file by their place in it, one bit each: a few megabytes for the largest file there is. */
export class Marked {
  count = 0
  /** Shared, so that a reading thread may look too. */
  readonly bits: Uint8Array<SharedArrayBuffer>

  /** For so many rows, or with the bits of another. */
  constructor(rows: number | Uint8Array<SharedArrayBuffer>) {
    this.bits = typeof rows === 'number' ? new Uint8Array(new SharedArrayBuffer(Math.ceil(rows / 8) + 1)) : rows
  }

  has(ordinal: number): boolean {
    return ((this.bits[ordinal >> 3] ?? 0) & (1 << (ordinal & 7))) !== 0
  }

  /** Marks what a query says in its column `ordinal`, taken piece by piece. Within a transaction. */
  async addFrom(client: pg.ClientBase, query: string): Promise<void> {
    await client.query(`declare marked no scroll cursor for ${query}`)
    for (;;) {
      const { rows } = await client.query<{ ordinal: number }>(`fetch ${atOnce} from marked`)
      for (const { ordinal } of rows) this.bits[ordinal >> 3] = (this.bits[ordinal >> 3] ?? 0) | (1 << (ordinal & 7))
      this.count += rows.length
      if (rows.length < atOnce) break
    }
    await client.query('close marked')
  }
}

import type pg from 'pg'

const atOnce = 20_000

/** Rows of a file by their place in it, one bit each: a few megabytes for the largest file there is. */
export class Marked {
  count = 0
  readonly #bits: Uint8Array

  constructor(rows: number) {
    this.#bits = new Uint8Array(Math.ceil(rows / 8) + 1)
  }

  has(ordinal: number): boolean {
    return ((this.#bits[ordinal >> 3] ?? 0) & (1 << (ordinal & 7))) !== 0
  }

  /** Marks what a query says in its column `ordinal`, taken piece by piece. Within a transaction. */
  async addFrom(client: pg.ClientBase, query: string): Promise<void> {
    await client.query(`declare marked no scroll cursor for ${query}`)
    for (;;) {
      const { rows } = await client.query<{ ordinal: number }>(`fetch ${atOnce} from marked`)
      for (const { ordinal } of rows) this.#bits[ordinal >> 3] = (this.#bits[ordinal >> 3] ?? 0) | (1 << (ordinal & 7))
      this.count += rows.length
      if (rows.length < atOnce) break
    }
    await client.query('close marked')
  }
}

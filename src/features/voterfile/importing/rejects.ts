import { createWriteStream, rmSync, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { decode, type RecordReader } from '../reading/records.ts'

/** Rows that could not be read, each with the line, the column and the reason, and the row as it came. The file is made with the first of them. */
export class Rejects {
  count = 0
  readonly path: string
  #stream: WriteStream | null = null

  constructor(path: string) {
    this.path = path
  }

  add(file: string, line: number, column: string, reason: string, reader: RecordReader): void {
    const isFirst = this.count++ === 0
    if (!this.#stream) {
      this.#stream = createWriteStream(this.path, { flags: isFirst ? 'w' : 'a' })
      if (isFirst) this.#stream.write('\uFEFFfile,line,column,reason,row\r\n')
    }
    const bytes = reader.raw()
    const raw = decode(bytes, 0, bytes.length)
    this.#stream.write([file, String(line), column, reason, raw].map(quoted).join(',') + '\r\n')
  }

  /** Where the rejects lie, or null where there were none. */
  async close(): Promise<string | null> {
    if (this.#stream) {
      const stream = this.#stream
      this.#stream = null
      stream.end()
      await once(stream, 'finish')
    }
    return this.count > 0 ? this.path : null
  }

  /** Another thread wrote and closed them; more may follow here. */
  adopt(count: number): void {
    this.count = count
  }

  async discard(): Promise<void> {
    await this.close()
    rmSync(this.path, { force: true })
  }
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

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
    this.count++
    if (!this.#stream) {
      this.#stream = createWriteStream(this.path)
      this.#stream.write('\uFEFFfile,line,column,reason,row\r\n')
    }
    const bytes = reader.raw()
    const raw = decode(bytes, 0, bytes.length)
    this.#stream.write([file, String(line), column, reason, raw].map(quoted).join(',') + '\r\n')
  }

  /** Where the rejects lie, or null where there were none. */
  async close(): Promise<string | null> {
    if (!this.#stream) return null
    this.#stream.end()
    await once(this.#stream, 'finish')
    return this.path
  }

  async discard(): Promise<void> {
    await this.close()
    if (this.count > 0) rmSync(this.path, { force: true })
  }
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

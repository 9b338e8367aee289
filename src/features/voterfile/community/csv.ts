import { decode, RecordReader } from '../reading/records.ts'
import { chunksOf, partsOf } from '../reading/source.ts'

export interface CsvRow {
  /** Line of the file, from 1. */
  line: number
  cells: string[]
}

/** The rows of a comma-separated file, the header first, empty ones left out; plain, .gz or in a .zip. */
export async function* csvRows(path: string): AsyncGenerator<CsvRow, void> {
  for (const part of await partsOf([path])) {
    const reader = new RecordReader({ delimiter: ',', quote: '"', counts: null })
    function* rows(isEnd: boolean): Generator<CsvRow, void> {
      while (reader.next(isEnd)) {
        const cells = Array.from({ length: reader.count }, (_, at) =>
          decode(reader.buffer, reader.starts[at] ?? 0, reader.ends[at] ?? 0).trim(),
        )
        if (cells.some((cell) => cell !== '')) yield { line: reader.line, cells }
        // A quote that closes nowhere then costs its line, not the lines after it.
        reader.counts ??= [cells.length]
      }
    }
    for await (const chunk of chunksOf(part)) {
      reader.feed(chunk)
      yield* rows(false)
    }
    yield* rows(true)
  }
}

/** Where in the header a column stands under one of its names; -1 where it does not. */
export const columnAt = (header: readonly string[], ...names: string[]): number =>
  header.findIndex((cell) => names.includes(cell.toLowerCase()))

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort } from 'node:worker_threads'
import { pdf } from '../../../platform/print/typst.ts'
import { envelopes } from '../design/letter.ts'
import { envelopeData, filesOf, partOf, sheetsOf, type Layout } from '../design/print.ts'
import type { PieceRow } from '../drops/queries.ts'
import { writeWhole } from './files.ts'

export interface Order {
  layout: Layout
  /** Rows of pieces as JSON; null: the envelope. */
  pieces: string | null
  /** Each side a page, or on sheets for a printer at home. */
  as: 'pages' | 'sheets'
  made_at: Date
  path: string
}
export type Answer = { sha256: string } | { problem: string }
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const tell = (answer: Answer): void => parentPort?.postMessage(answer)

/**
 * A document of Typst is freed with the object that holds it. That is small to V8, which sees no reason to collect it: without
 * this each part stayed in memory (50 MB).
 */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // as V8 has it

/** The SHA-256 of the file it wrote. */
async function print({ layout, pieces, as, made_at, path }: Order): Promise<string> {
  const what = pieces === null ? { template: envelopes, data: envelopeData(layout) } : (as === 'sheets' ? sheetsOf : partOf)(layout, JSON.parse(pieces) as PieceRow[]) // as printer.ts writes them
  return writeWhole(path, await pdf({ ...what, files: filesOf(layout), made_at }))
} // prettier-ignore

/** Asked for one part after the other; a part takes as long as many pages of the server. */
parentPort?.on('message', (order: Order) => {
  print(order)
    .then(
      (sha256) => tell({ sha256 }),
      (problem: unknown) => tell({ problem: String(problem) }),
    )
    .finally(collect)
})

import { parentPort } from 'node:worker_threads'
import { pdf, type Print } from '../../../platform/print/typst.ts'

type Answer = { file: Uint8Array<ArrayBuffer> } | { problem: string }
const tell = (answer: Answer, moved: ArrayBuffer[]): void => parentPort?.postMessage(answer, moved)

/** Asked for one part after the other; a part takes as long as many pages of the server. */
parentPort?.on('message', (print: Print) => {
  pdf(print).then(
    (file) => tell({ file }, [file.buffer]),
    (problem: unknown) => tell({ problem: String(problem) }, []),
  )
})

import { parentPort } from 'node:worker_threads'
import { pdf, type Print } from '../../../platform/print/typst.ts'

/** Asked for one part after the other; a part takes as long as many pages of the server. */
parentPort?.on('message', (print: Print) => {
  pdf(print).then(
    (file) => parentPort?.postMessage({ file }, [file.buffer]),
    (problem: unknown) => parentPort?.postMessage({ problem: String(problem) }),
  )
})

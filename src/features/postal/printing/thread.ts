import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort } from 'node:worker_threads'
import { pdf, type Print } from '../../../platform/print/typst.ts'

type Answer = { file: Uint8Array<ArrayBuffer> } | { problem: string }
const tell = (answer: Answer, moved: ArrayBuffer[]): void => parentPort?.postMessage(answer, moved)

/**
 * A document of Typst is freed with the object that holds it. That is small to V8, which sees no reason to collect it: without
 * this each part stayed in memory (50 MB).
 */
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // as V8 has it

/** Asked for one part after the other; a part takes as long as many pages of the server. */
parentPort?.on('message', (print: Print) => {
  pdf(print)
    .then(
      (file) => tell({ file }, [file.buffer]),
      (problem: unknown) => tell({ problem: String(problem) }, []),
    )
    .finally(collect)
})

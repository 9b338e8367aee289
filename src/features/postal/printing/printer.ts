import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Print } from '../../../platform/print/typst.ts'

/** The source beside this file, or what the build made of it beside the server's program. */
const program = import.meta.url.endsWith('.ts')
  ? new URL('./thread.ts', import.meta.url)
  : new URL('./postal-printer.js', import.meta.url)

type Answer = { file: Uint8Array<ArrayBuffer> } | { problem: string }

/** Sets pages in a thread of its own, so that nobody's page waits for them. Asked again when it has answered. */
export class Printer {
  readonly #thread = new Worker(program, { name: 'postal printer' })

  async pdf(print: Print): Promise<Uint8Array<ArrayBuffer>> {
    const answer = once(this.#thread, 'message') as Promise<[Answer]> // as the thread says it
    // One text is handed over in less time and memory than thousands of things.
    const told: Print = { ...print, data: null, json: JSON.stringify(print.data) }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread.postMessage(told)
    const [made] = await answer
    if ('problem' in made) throw new Error(made.problem)
    return made.file
  }

  close(): Promise<number> {
    return this.#thread.terminate()
  }
}

import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Layout } from '../design/print.ts'
import type { PieceRow } from '../drops/queries.ts'
import type { Answer, Order } from './thread.ts'

/** The source beside this file, or what the build made of it beside the server's program. */
const program = import.meta.url.endsWith('.ts')
  ? new URL('./thread.ts', import.meta.url)
  : new URL('./postal-printer.js', import.meta.url)

/**
 * Sets pages in a thread of its own, so that nobody's page waits for them. Asked again when it has answered. Files are made
 * and written there: here they would lie in memory until the server's heap is collected, many at a time.
 */
export class Printer {
  // What it makes of a part is collected after it: a larger nursery is taken and never given back.
  readonly #thread = new Worker(program, { name: 'postal printer', resourceLimits: { maxYoungGenerationSizeMb: 8 } })

  /** Writes the file of some pieces to a path, or of the envelope (null). Its SHA-256 in hex. */
  async print(
    layout: Layout,
    pieces: readonly PieceRow[] | null,
    made_at: Date,
    path: string,
    as: Order['as'] = 'pages',
  ): Promise<string> {
    const answer = once(this.#thread, 'message') as Promise<[Answer]> // as the thread says it
    // One text is handed over in less time and memory than thousands of things.
    const order: Order = { layout, pieces: pieces && JSON.stringify(pieces), as, made_at, path }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread.postMessage(order)
    const [made] = await answer
    if ('problem' in made) throw new Error(made.problem)
    return made.sha256
  }

  close(): Promise<number> {
    return this.#thread.terminate()
  }
}

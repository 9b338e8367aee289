import { Worker } from 'node:worker_threads'
import type { Answer, Columns, Reply, Request, Step } from './steps.ts'
import { threadUrl } from './thread.ts'

/** The threads were ended, or one of them ended by itself, before they answered. */
export class CrewEnded extends Error {}

/** Worker threads over one memory, each with its part of the positions. */
export class Crew {
  readonly #workers: Worker[]
  readonly #waiting = new Map<number, { left: number; answers: Answer[][]; resolve(answers: Answer[]): void; reject(problem: Error): void }>() // prettier-ignore
  #next = 1
  #ended: CrewEnded | null = null

  /** `onLost`: a thread ended by itself; nothing can be asked any more. */
  constructor(parts: readonly Columns[], onLost: (problem: Error) => void) {
    this.#workers = parts.map((columns) => {
      const worker = new Worker(threadUrl('worker'), { workerData: columns, name: 'targeting' })
      worker.unref()
      worker.on('message', (reply: Reply) => this.#take(reply))
      const lost = (cause: Error): void => {
        if (this.#ended) return
        this.#end(new CrewEnded('a thread of the columns was lost', { cause }))
        onLost(cause)
      }
      worker.on('error', lost)
      worker.on('exit', (code) => lost(new Error(`a thread of the columns ended with ${code}`)))
      return worker
    })
  }

  /** Every worker does the steps for its part; answers are added up. */
  split(steps: Step[]): Promise<Answer[]> {
    return this.#ask(this.#workers, steps, false)
  }

  /** One worker does them for all positions. */
  whole(steps: Step[]): Promise<Answer[]> {
    return this.#ask(this.#workers.slice(0, 1), steps, true)
  }

  async close(): Promise<void> {
    this.#end(new CrewEnded('the columns were closed'))
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  #end(problem: CrewEnded): void {
    this.#ended ??= problem
    for (const { reject } of this.#waiting.values()) reject(problem)
    this.#waiting.clear()
  }

  #ask(workers: Worker[], steps: Step[], is_whole: boolean): Promise<Answer[]> {
    if (this.#ended) return Promise.reject(this.#ended)
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { left: workers.length, answers: [], resolve, reject })
      // Only while somebody waits do the threads keep the program from ending.
      for (const worker of this.#workers) worker.ref()
      // oxlint-disable-next-line require-post-message-target-origin -- a thread, not a window
      for (const worker of workers) worker.postMessage({ id, steps, is_whole } satisfies Request)
    })
  }

  #forget(id: number): void {
    this.#waiting.delete(id)
    if (this.#waiting.size === 0) for (const worker of this.#workers) worker.unref()
  }

  #take(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    if (!waiting) return
    if ('problem' in reply) {
      this.#forget(reply.id)
      waiting.reject(new Error(reply.problem))
      return
    }
    waiting.answers.push(reply.answers)
    if (--waiting.left > 0) return
    this.#forget(reply.id)
    const [first = [], ...others] = waiting.answers
    waiting.resolve(others.reduce((sums, answers) => sums.map((sum, index) => added(sum, answers[index] ?? 0)), first))
  }
}

function added(a: Answer, b: Answer): Answer {
  if (typeof a === 'number') return typeof b === 'number' ? a + b : b
  if (typeof b === 'number') return a
  return a.map((value, index) => value + (b[index] ?? 0))
}

import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { Evaluator } from './evaluate.ts'
import type { Columns, Reply, Request } from './steps.ts'

/* A thread that does the steps it is sent, for its part of the positions. */

if (!parentPort) throw new Error('this runs as a worker thread')
const port = parentPort
// On Linux the priority is the thread's own: those who answer callers go first.
if (process.platform === 'linux') setPriority(0, 5)
const evaluator = new Evaluator(workerData as Columns)

port.on('message', ({ id, steps, is_whole }: Request) => {
  let reply: Reply
  try {
    reply = { id, answers: evaluator.run(steps, is_whole) }
  } catch (problem) {
    reply = { id, problem: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem) }
  }
  port.postMessage(reply)
})

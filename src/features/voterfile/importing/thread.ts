import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { PlaceTable } from '../community/places.ts'
import type { Layout } from '../layouts/layout.ts'
import type { Election } from '../mapping/elections.ts'
import { Refused, type FileProblem } from '../reading/source.ts'
import type { ImportCounts, Progress } from '../tables.ts'
import { BinaryCopy } from './copying.ts'
import type { Run } from './run.ts'

/** What the reading thread is told. */
export interface ThreadSetup {
  paths: readonly string[]
  names: readonly string[]
  wanted_layout: string | null
  /** Layouts beside the built-in ones. */
  own_layouts: readonly Layout[]
  /** Of what the files hold, only this. */
  layout: string
  file_id: number
  next_voter_id: number
  elections: { known: readonly Election[]; next: number }
  rejects_path: string
  rejects_continued: boolean
  phones_path: string
  include_purged: boolean
  today: string
  places: PlaceTable
  purpose: Purpose
}

export type Purpose =
  | { kind: 'voters'; doubtful_path: string }
  | { kind: 'keys'; with_city: boolean }
  | { kind: 'marked'; bits: Uint8Array<SharedArrayBuffer> }

/**
 * What it answers: rows again and again, at the end how it went. The memory of rows is shared and given back to be
 * filled again: moved from thread to thread, each piece would be new memory to the collector.
 */
export type FromThread =
  | { kind: 'rows'; rows: SharedArrayBuffer; length: number }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'refused'; code: FileProblem; detail: string; numbers: Readonly<Record<string, number>> }
  | {
      kind: 'done'
      counts: ImportCounts
      elections: readonly Election[]
      rejects: number
      phone_bytes: number
      doubtful_bytes: number
      numbered: number
    }

/** Beside this file, as TypeScript in development and bundled apart for production. */
const program = new URL(
  import.meta.url.endsWith('.ts') ? './reading-thread.ts' : './reading-thread.js',
  import.meta.url,
)

/**
 * Reads all parts in a thread of its own and copies what it makes of them into a table: reading takes longer than storing,
 * and whoever else needs this process (callers, pages) must not wait meanwhile.
 */
export async function readInThread(
  run: Run,
  purpose: Purpose,
  statement: string,
): Promise<Extract<FromThread, { kind: 'done' }>> {
  const setup: ThreadSetup = {
    paths: run.paths,
    names: run.names,
    wanted_layout: run.wanted_layout,
    own_layouts: run.own_layouts,
    layout: run.layout.id,
    file_id: run.file_id,
    next_voter_id: run.next_voter_id,
    elections: run.elections.copy(),
    rejects_path: run.rejects.path,
    rejects_continued: run.rejects.is_continued,
    phones_path: run.phones.path,
    include_purged: run.include_purged,
    today: run.today,
    places: run.places,
    purpose,
  }
  const thread = takeThread()
  const copy = new BinaryCopy(run.client, statement)
  let lent = 0
  let isRead = false
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(setup)
    // Ends with the thread; an error that it throws is thrown here.
    for await (const [message] of on(thread, 'message', { close: ['exit'] }) as AsyncIterable<[FromThread]>) {
      if (message.kind === 'rows') {
        const { rows, length } = message
        lent++
        await copy.write(Buffer.from(rows, 0, length), () => {
          lent--
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
          thread.postMessage(rows)
        })
      } else if (message.kind === 'progress') run.progress(message.progress)
      else if (message.kind === 'refused') throw new Refused(message.code, message.detail, message.numbers)
      else {
        await copy.end()
        run.elections.adopt(message.elections)
        // The second reading of a file counts no rows and rejects none; only then telephones are read.
        if (purpose.kind === 'marked') {
          const { bad_phones } = message.counts
          if (bad_phones) run.counts.bad_phones = bad_phones
        } else {
          Object.assign(run.counts, message.counts)
          run.rejects.adopt(message.rejects)
        }
        run.phones.adopt(message.phone_bytes)
        isRead = true
        return message
      }
    }
    throw new Error('the reading thread ended early')
  } finally {
    // Broken off in the middle it has files open; and rows given back late would come to the next reading.
    if (isRead && lent === 0) keepThread(thread)
    else await thread.terminate()
  }
}

/**
 * A thread that has read, for the next reading: to load its program, and what it knows of names, takes longer than to read
 * a small file, and a later file is read twice. After a while it is ended for the sake of its memory.
 */
let kept: { thread: Worker; end: NodeJS.Timeout } | null = null
const kept_ms = 60_000

function takeThread(): Worker {
  if (!kept) {
    const thread = new Worker(program)
    thread.once('exit', () => kept?.thread === thread && forgetThread())
    return thread
  }
  const { thread } = kept
  forgetThread()
  thread.ref()
  return thread
}

function forgetThread(): void {
  clearTimeout(kept?.end)
  kept = null
}

function keepThread(thread: Worker): void {
  if (kept) return void thread.terminate()
  thread.unref()
  const end = setTimeout(() => {
    forgetThread()
    void thread.terminate()
  }, kept_ms)
  kept = { thread, end: end.unref() }
}

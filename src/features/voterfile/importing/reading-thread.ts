import { parentPort } from 'node:worker_threads'
import { bookOf } from '../layouts/all.ts'
import { ElectionBook } from '../mapping/elections.ts'
import { TupleWriter } from '../mapping/tuples.ts'
import { partsOf, Refused } from '../reading/source.ts'
import { detect } from './detect.ts'
import { Marked } from './marked.ts'
import { Reading, readRows, type Taker } from './reading.ts'
import { Rejects } from './rejects.ts'
import { Spool } from './spool.ts'
import { takeKeys, takeMarked, takeVoters } from './takers.ts'
import type { FromThread, ThreadSetup } from './thread.ts'

// A thread of its own (thread.ts starts it): reads the parts of a voter file and sends rows ready for a binary COPY; one
// reading after the other, for as long as it is kept.

/** Bytes sent at once: each message wakes the other thread, which costs as much as making some dozen rows. */
const pieceBytes = 256 * 1024
/** Pieces on their way at most, a few megabytes. */
const mostPieces = 24

if (!parentPort) throw new Error('this is a thread of an import')
const port = parentPort
const tell = (message: FromThread): void => port.postMessage(message)

/** Of the reading at hand: takes memory back whose rows have been stored. */
let takeBack: (rows: SharedArrayBuffer) => void = () => undefined

// Sent by thread.ts of the same version.
port.on('message', (message: ThreadSetup | SharedArrayBuffer) => {
  if (message instanceof SharedArrayBuffer) return takeBack(message)
  void read(message)
})

/** What it throws beside a refusal ends the thread, and is thrown where it was started. */
async function read(setup: ThreadSetup): Promise<void> {
  try {
    await readAll(setup)
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem
    tell({ kind: 'refused', code: problem.code, detail: problem.detail, numbers: problem.numbers })
  }
}

async function readAll(setup: ThreadSetup): Promise<void> {
  const { purpose } = setup
  const { detected } = await detect(
    await partsOf(setup.paths, setup.names),
    setup.wanted_layout,
    bookOf(setup.own_layouts),
  )
  const reading = new Reading(
    {
      detected: detected.filter(({ layout }) => layout.id === setup.layout),
      file_id: setup.file_id,
      next_voter_id: setup.next_voter_id,
      elections: new ElectionBook(setup.elections.known, setup.elections.next),
      rejects: new Rejects(setup.rejects_path, setup.rejects_continued),
      phones: new Spool(setup.phones_path),
      include_purged: setup.include_purged,
      today: setup.today,
      places: setup.places,
    },
    (progress) => tell({ kind: 'progress', progress }),
  )
  const out = new TupleWriter(pieceBytes + 64 * 1024)
  const doubtful = purpose.kind === 'voters' ? new Spool(purpose.doubtful_path) : null
  const taker: Taker = doubtful
    ? takeVoters(reading, out, doubtful)
    : purpose.kind === 'marked'
      ? takeMarked(reading, out, new Marked(purpose.bits))
      : takeKeys(reading, out, purpose.kind === 'keys' && purpose.with_city)

  let onTheirWay = 0
  let resume: (() => void) | null = null
  takeBack = (rows) => {
    onTheirWay--
    out.recycle(rows)
    resume?.()
    resume = null
  }
  const send = (): Promise<void> | null => {
    const { buffer, length } = out.take()
    tell({ kind: 'rows', rows: buffer, length })
    return ++onTheirWay < mostPieces ? null : new Promise((resolve) => (resume = resolve))
  }

  await readRows(
    reading,
    taker,
    { check: () => out.at > pieceBytes, flush: (isEnd) => (isEnd && out.at === 0 ? null : send()) },
    purpose.kind !== 'marked',
  )
  const numbered = taker.finish?.() ?? 0
  reading.finishPhones()
  doubtful?.finish()
  reading.rejects.close()
  takeBack = () => undefined // lets go of the memory
  tell({
    kind: 'done',
    counts: reading.counts,
    elections: reading.elections.added,
    rejects: reading.rejects.count,
    phone_bytes: reading.phones.bytes,
    doubtful_bytes: doubtful?.bytes ?? 0,
    numbered,
  })
}

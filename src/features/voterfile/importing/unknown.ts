import { Marked } from './marked.ts'
import { readRows } from './reading.ts'
import type { RejectReason } from '../schema.ts'
import type { Run } from './run.ts'

/** Rows that fit no voter we know go to the rejects: the file is read once more for them. `query` gives their `ordinal`. */
export async function rejectUnknown(run: Run, query: string, reason: RejectReason = 'unknown_voter'): Promise<void> {
  const unknown = new Marked(run.counts.read)
  await unknown.addFrom(run.client, query)
  let ordinal = -1
  await readRows(
    run,
    {
      onRow: () => void ordinal++,
      take(_, reader) {
        if (unknown.has(ordinal)) run.reject(reader, run.layout.key, reason)
      },
    },
    { check: () => false, flush: () => null },
    false,
  )
  run.counts.rejected = run.rejects.count
}

import { systemClock } from '../../../platform/clock.ts'
import { openDatabase } from '../../../platform/db/db.ts'
import { runImport } from '../commands.ts'

// A process of its own, for the test that kills it: says on stdout that it has come to the phase, and stays there.
const {
  owner,
  folder,
  path,
  phase,
  layout = 'us-ny',
  import_id,
  is_preview,
} = JSON.parse(process.argv[2] ?? '{}') as {
  owner: object
  folder: string
  path: string
  phase: string
  layout?: string
  import_id?: string
  is_preview?: boolean
}
await runImport(
  {
    database: openDatabase({ owner }),
    clock: systemClock,
    folder,
    actor: { kind: 'cli', id: 'test', name: 'Tess', organization_id: '', roles: [], is_steward: true },
  },
  {
    paths: [path],
    ...(import_id && { import_id }),
    layout,
    law_accepted: true,
    accept_gone: true,
    is_preview: is_preview ?? false,
    onProgress(now) {
      if (now.phase !== phase || (phase === 'reading' && !now.rows)) return
      process.stdout.write('there\n')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    },
  },
)

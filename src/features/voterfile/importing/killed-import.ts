import { systemClock } from '../../../platform/clock.ts'
import { openDatabase } from '../../../platform/db/db.ts'
import { runImport } from '../commands.ts'

// A process of its own, for the test that kills it: says on stdout when it is in the middle of comparing.
const { owner, folder, path } = JSON.parse(process.argv[2] ?? '{}') as { owner: object; folder: string; path: string }
await runImport(
  {
    database: openDatabase({ owner }),
    clock: systemClock,
    folder,
    actor: { kind: 'cli', id: 'test', name: 'Tess', organization_id: '', roles: [], is_steward: true },
  },
  {
    paths: [path],
    layout: 'us-ny',
    law_accepted: true,
    onProgress: ({ phase }) => {
      if (phase === 'comparing') process.stdout.write('comparing\n')
    },
  },
)

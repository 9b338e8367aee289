import { openDatabase } from '../../../platform/db/db.ts'
import { takeMembers } from './commands.ts'

/* Run by frozen.test.ts in a process of its own: takes members, and once the first block is written waits to be killed. */

const { name, socket, organization_id, universe_id, version } = JSON.parse(process.argv[2] ?? '{}') as {
  name: string
  socket: string
  organization_id: string
  universe_id: string
  version: number
}
const database = openDatabase({ owner: { host: socket, user: 'postgres', database: name } })
const actor = { kind: 'user' as const, id: 'x', name: 'x', organization_id, roles: [], is_steward: false }
await takeMembers(
  database.of(organization_id),
  actor,
  universe_id,
  version,
  new Date('2026-11-23T17:00:00Z'),
  '2026-11-23',
  async (walked) => {
    if (walked === 0) return
    process.stdout.write('written\n')
    await new Promise(() => setInterval(() => {}, 1000)) // until killed
  },
)

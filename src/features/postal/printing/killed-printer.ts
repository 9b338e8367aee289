import { openDatabase } from '../../../platform/db/db.ts'
import { runPrint } from './commands.ts'

/* Run by printing.test.ts in a process of its own: makes files and dies in the middle of it, when it asks for the time as often as told. */

const { name, socket, organization_id, drop_id, data, now, asks } = JSON.parse(process.argv[2] ?? '{}') as {
  name: string
  socket: string
  organization_id: string
  drop_id: string
  data: string
  now: string
  asks: number
}
const database = openDatabase({ owner: { host: socket, user: 'postgres', database: name } })
let left = asks
const run = {
  db: database.of(organization_id),
  data,
  now: () => {
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
    return new Date(now)
  },
  url: 'https://vote.example.org',
}
await runPrint(run, { organization_id, drop_id })
await database.close()

import { openDatabase } from '../../../platform/db/db.ts'
import { ownTextsOf } from './prepared.ts'
import { sendDue } from './send.ts'
import { smtpTransport } from './transport.ts'

/* Run by sending.test.ts in a process of its own: sends until it is done, or killed. */

const { name, socket, organization_id, mailing_id, smtp_url, secret, now } = JSON.parse(process.argv[2] ?? '{}') as {
  name: string
  socket: string
  organization_id: string
  mailing_id: string
  smtp_url: string
  secret: string
  /** Of the clock of the tests, which is days ahead or behind. */
  now: string
}
const begun = Date.parse(now) - performance.now()
const clock = { now: () => new Date(begun + performance.now()) }
const database = openDatabase({ owner: { host: socket, user: 'postgres', database: name } })
const transport = await smtpTransport(smtp_url)
const sending = { database, clock, secret, url: 'http://localhost', transport, from_address: 'office@example.org', prepare: ownTextsOf } // prettier-ignore
const { signal } = new AbortController()
while (await sendDue(sending, { organization_id, mailing_id }, { for_ms: 5000, signal })) process.stdout.write('turn\n')
transport.close()
await database.close()

import { hash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

// The mail server of mailings.bench.ts, a process of its own: takes what comes over TLS, and says on request how much that was
// and whether anything came twice.
let bytes = 0
let cpu = process.cpuUsage()
let first_at: number | null = null
const ids = new Map<string, number>()
/** Mailboxes, each with how many mails it got. */
const mailboxes = new Map<string, number>()
const languages = new Map<string, number>()
const countOne = (counted: Map<string, number>, key: string): void => void counted.set(key, (counted.get(key) ?? 0) + 1)
const server = new SMTPServer({
  authOptional: true,
  socketTimeout: 7_200_000, // a machine that is measured on may be stopped meanwhile
  onData(stream, session, done) {
    let head = ''
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (head.length < 4096) head += chunk.toString('latin1', 0, 4096)
    })
    stream.on('end', () => {
      countOne(ids, /^Message-ID:\s*(\S+)/im.exec(head)?.[1] ?? '')
      countOne(languages, /^Content-Language:\s*(\S+)/im.exec(head)?.[1] ?? '')
      for (const { address } of session.envelope.rcptTo) countOne(mailboxes, address)
      first_at ??= Date.now()
      done()
    })
  },
})
server.on('error', () => undefined)
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
process.send?.({ port: (server.server.address() as AddressInfo).port })
process.on('message', () => {
  const { user, system } = process.cpuUsage(cpu)
  const isTwice = (count: number): boolean => count > 1
  process.send?.({
    taken: ids.size,
    twice: [...ids.values(), ...mailboxes.values()].filter(isTwice).length,
    mailboxes: hash('sha256', [...mailboxes.keys()].toSorted().join(' ')),
    languages: Object.fromEntries(languages),
    first_at,
    bytes,
    cpu: (user + system) / 1e6,
  })
  cpu = process.cpuUsage()
  for (const counted of [ids, mailboxes, languages]) counted.clear()
  bytes = 0
  first_at = null
})
process.on('disconnect', () => process.exit(0))

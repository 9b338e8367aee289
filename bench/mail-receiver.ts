import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

// The mail server of mailings.bench.ts, a process of its own: takes what comes over TLS, and says on request how much that was
// and whether anything came twice.
let bytes = 0
let cpu = process.cpuUsage()
let ids = new Map<string, number>()
const server = new SMTPServer({
  authOptional: true,
  onData(stream, _session, done) {
    let head = ''
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (head.length < 4096) head += chunk.toString('latin1', 0, 4096)
    })
    stream.on('end', () => {
      const id = /^Message-ID:\s*(\S+)/im.exec(head)?.[1] ?? ''
      ids.set(id, (ids.get(id) ?? 0) + 1)
      done()
    })
  },
})
server.on('error', () => undefined)
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
process.send?.({ port: (server.server.address() as AddressInfo).port })
process.on('message', () => {
  const { user, system } = process.cpuUsage(cpu)
  process.send?.({
    taken: ids.size,
    twice: [...ids.values()].filter((count) => count > 1).length,
    bytes,
    cpu: (user + system) / 1e6,
  })
  cpu = process.cpuUsage()
  ids = new Map()
  bytes = 0
})
process.on('disconnect', () => process.exit(0))

import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Db } from '../db/db.ts'
import { openMailer, wasMaybeTaken } from './mailer.ts'
import { afterTaken, handOverOnce, MailTaken, type MailRow } from './once.ts'

/** A mail server whose line dies at a word of the client's, or when it has read a whole mail. */
async function dyingAt(moment: 'MAIL' | 'DATA' | 'dot'): Promise<{ url: string; read: () => number }> {
  let read = 0
  const server = createServer((socket) => {
    let isText = false
    let rest = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const [verb = ''] = line.split(' ')
        if (isText && line === '.') {
          read += 1
          socket.destroy()
        } else if (!isText && verb === moment) socket.destroy()
        else if (!isText && verb === 'DATA') {
          isText = true
          socket.write('354 go on\r\n')
        } else if (!isText) socket.write('250 ok\r\n')
        if (socket.destroyed) return
      }
    })
    socket.write('220 here\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}/?ignoreTLS=true`, read: () => read }
}

/** A row as a table keeps it. */
function row(): MailRow & { state: 'waits' | 'handed' | 'sent' } {
  return {
    state: 'waits',
    async take() {
      if (this.state !== 'waits') return false
      this.state = 'handed'
      return true
    },
    async giveBack() {
      this.state = 'waits'
    },
    async keep() {
      this.state = 'sent'
    },
  }
}

const mail = { to: 'grace@example.org', subject: 'Once', text: 'Dear Grace', language: 'en' }
const noDatabase = null as unknown as Db

test.each([
  { moment: 'MAIL', isTaken: false, state: 'waits' },
  { moment: 'DATA', isTaken: false, state: 'waits' },
  { moment: 'dot', isTaken: true, state: 'handed' },
] as const)('a line lost at $moment: the mail stands as $state', async ({ moment, isTaken, state }) => {
  const server = await dyingAt(moment)
  const mailer = openMailer({ smtp_url: server.url, mail_from: 'office@example.org' }, noDatabase)
  const kept = row()
  const failed = await handOverOnce(kept, () => mailer.send(mail)).then(
    () => null,
    (problem: unknown) => problem,
  )
  expect(failed).toBeInstanceOf(Error)
  expect(wasMaybeTaken(failed)).toBe(isTaken)
  expect(kept.state).toBe(state)
  // The queue tries again: what may have been taken goes out no second time.
  await handOverOnce(kept, () => mailer.send(mail)).catch(() => undefined)
  expect(server.read()).toBe(isTaken ? 1 : 0)
})

test('a mail that was taken goes out no second time where what follows it cannot be written', async () => {
  const kept = row()
  let sent = 0
  let tried = 0
  const send = async (): Promise<void> => {
    sent += 1
    await afterTaken(async () => {
      tried += 1
      throw new Error('the database is away')
    }, [1, 1])
  }
  await expect(handOverOnce(kept, send)).rejects.toThrow(MailTaken)
  expect([kept.state, sent, tried]).toEqual(['sent', 1, 3])
  await handOverOnce(kept, send)
  expect(sent).toBe(1)
})

test('a row that could not be written at once is written a moment later', async () => {
  let tried = 0
  await afterTaken(async () => {
    tried += 1
    if (tried === 1) throw new Error('the database is away')
  }, [1, 1])
  expect(tried).toBe(2)
})

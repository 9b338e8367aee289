import { generateKeyPairSync } from 'node:crypto'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { smtpTransport, type BulkMail, type Signing } from './transport.ts'

const { privateKey: private_key } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const signing: Signing = { domain: 'example.org', selector: 's1', private_key }

type Moment = 'MAIL' | 'RCPT' | 'DATA' | 'text' | 'dot' | 'never'

/** A mail server that reads line by line, and whose line dies at this moment once it has taken so many. */
async function dyingAt(moment: Moment, spared: number): Promise<{ url: string; taken: string[]; heard: string[] }> {
  const taken: string[] = []
  const heard: string[] = []
  let mails = 0
  const server = createServer((socket) => {
    let rest = ''
    let isText = false
    const say = (words: string) => socket.write(`${words}\r\n`)
    const hear = (line: string): void => {
      if (isText) {
        if (line !== '.') return
        isText = false
        taken.push(line)
        if (mails > spared && moment === 'dot') socket.destroy()
        else say('250 2.0.0 taken')
        return
      }
      heard.push(Buffer.from(line, 'latin1').toString())
      const [verb = ''] = line.split(' ')
      if (verb === 'MAIL') mails += 1
      if (mails > spared && verb === moment) socket.destroy()
      else if (verb === 'DATA') {
        isText = true
        say('354 go on')
      } else say(verb === 'QUIT' ? '221 bye' : '250 ok')
    }
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      if (isText && mails > spared && moment === 'text') {
        socket.destroy()
        return
      }
      const lines = (rest + chunk.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (!socket.destroyed) hear(line)
    })
    say('220 here')
  })
  const open = new Set<Socket>()
  server.on('connection', (socket) => open.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}/?ignoreTLS=true`, taken, heard }
}

const mail = (n: number, text: string, signed: Signing | null): BulkMail => ({
  message_id: `<m.${n}@example.org>`,
  from: { name: 'Ours', address: 'office@example.org' },
  to: `reader${n}@example.org`,
  subject: 'News',
  text,
  html: '<p>News</p>',
  language: 'en',
  headers: { Precedence: 'bulk' },
  reply_to: null,
  signing: signed,
})

/** More than what lies between two ends of a line at once. */
const long = 'All the news there is, at length.\n'.repeat(300_000)

test.each([
  ['MAIL', 'away'],
  ['RCPT', 'away'],
  ['DATA', 'away'],
  ['text', 'away'],
  ['dot', 'unknown'],
] as const)('a line that dies at %s leaves the mail %s, signed or not, on a fresh line or a used one', async (moment, result) => {
  for (const signed of [null, signing])
    for (const spared of [0, 1]) {
      const { url, taken } = await dyingAt(moment, spared)
      const transport = await smtpTransport(url)
      onTestFinished(() => transport.close())
      for (let n = 1; n <= spared; n += 1) expect((await transport.send(mail(n, 'Hello', signed))).result).toBe('sent')
      const handed = await transport.send(mail(9, moment === 'text' ? long : 'Hello', signed))
      expect(handed, `${signed ? 'signed' : 'unsigned'} after ${spared}`).toMatchObject({ result })
      expect(taken).toHaveLength(spared + (moment === 'dot' ? 1 : 0))
    }
}) // prettier-ignore

test('a mail that nobody can sign is the sender’s fault, and none of it has gone', async () => {
  const { url, heard } = await dyingAt('never', 0)
  const transport = await smtpTransport(url)
  onTestFinished(() => transport.close())
  const handed = await transport.send(mail(1, 'Hello', { ...signing, private_key: 'no key' }))
  expect(handed.result).toBe('barred')
  expect(handed.answer).not.toBe('')
  expect(heard).toEqual([])
})

test('a domain in any script is asked for by its name in ASCII; letters before the @ stay', async () => {
  const { url, heard } = await dyingAt('never', 0)
  const transport = await smtpTransport(url)
  onTestFinished(() => transport.close())
  for (const to of ['reader@한글.example', '독자@한글.example', 'reader@example.org'])
    expect((await transport.send({ ...mail(1, 'Hello', null), to })).result).toBe('sent')
  expect(heard.flatMap((line) => /^RCPT TO:<(.+)>/.exec(line)?.[1] ?? [])).toEqual([
    'reader@xn--bj0bj06e.example',
    '독자@한글.example',
    'reader@example.org',
  ])
})

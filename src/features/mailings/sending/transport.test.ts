import { generateKeyPairSync } from 'node:crypto'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { longest_silence_ms, smtpTransport, type BulkMail, type Signing } from './transport.ts'

const { privateKey: private_key } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const signing: Signing = { domain: 'example.org', selector: 's1', private_key }

type Moment = 'MAIL' | 'RCPT' | 'DATA' | 'text' | 'dot' | 'never'

/** A mail server that reads line by line, and whose line dies at this moment once it has taken so many. */
async function dyingAt(
  moment: Moment,
  spared: number,
  extension = 'HELP',
): Promise<{ url: string; taken: string[]; heard: string[]; texts: string[] }> {
  const taken: string[] = []
  const texts: string[] = []
  const heard: string[] = []
  let mails = 0
  const server = createServer((socket) => {
    let rest = ''
    let isText = false
    const say = (words: string) => socket.write(`${words}\r\n`)
    const hear = (line: string): void => {
      if (isText) {
        if (line !== '.') {
          texts.push(Buffer.from(line, 'latin1').toString())
          return
        }
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
      } else say(verb === 'QUIT' ? '221 bye' : verb === 'EHLO' ? `250-here\r\n250 ${extension}` : '250 ok')
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
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}/?ignoreTLS=true`, taken, heard, texts }
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

test('a domain in any script is asked for by its name in ASCII; letters before the @ stay, where the server reads them', async () => {
  const { url, heard, texts } = await dyingAt('never', 0, 'SMTPUTF8')
  const transport = await smtpTransport(url)
  onTestFinished(() => transport.close())
  for (const to of ['reader@한글.example', '독자@한글.example', 'reader@example.org'])
    expect((await transport.send({ ...mail(1, 'Hello', null), to })).result).toBe('sent')
  expect(heard.flatMap((line) => /^RCPT TO:<(.+)>/.exec(line)?.[1] ?? [])).toEqual([
    'reader@xn--bj0bj06e.example',
    '독자@한글.example',
    'reader@example.org',
  ])
  expect(heard.flatMap((line) => / (SMTPUTF8)$/.exec(line)?.[1] ?? [])).toHaveLength(1)
  expect(texts.flatMap((line) => /^To: (.+)/.exec(line)?.[1] ?? [])).toEqual([
    'reader@xn--bj0bj06e.example',
    '독자@한글.example',
    'reader@example.org',
  ])
})

test('a server that reads no letters before the @ hears nothing of such a mailbox, on a fresh line or a used one, and the others get theirs', async () => {
  const { url, heard, taken } = await dyingAt('never', 0)
  const transport = await smtpTransport(url)
  onTestFinished(() => transport.close())
  const asked = ['독자@한글.example', 'reader@한글.example', 'josé@example.org', 'reader@example.org', '', 'a>b@example.org']
  const became: string[] = []
  for (const to of asked) {
    const handed = await transport.send({ ...mail(1, 'Hello', null), to })
    became.push(handed.result === 'undeliverable' ? handed.why : handed.result)
  }
  expect(became).toEqual(['address_letters', 'sent', 'address_letters', 'sent', 'address_invalid', 'address_invalid'])
  expect(heard.filter((line) => /^(MAIL|RCPT)/.test(line))).toHaveLength(4)
  expect(taken).toHaveLength(2)
}) // prettier-ignore

type Phase = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'dot'

/** A mail server that says this at that moment, after so long or so many mails of a line, and closes after a 421, as servers do. */
async function saying(
  phase: Phase,
  words: string,
  {
    pipelines = false,
    slow_ms = 0,
    spared = 0,
    spares_lines = 0,
  }: { pipelines?: boolean; slow_ms?: number; spared?: number; spares_lines?: number } = {},
): Promise<{ port: number; url: string; taken: () => number; lines: () => number }> {
  let taken = 0
  let lines_had = 0
  const offers = ['here', ...(pipelines ? ['PIPELINING'] : []), ...(phase === 'STARTTLS' ? ['STARTTLS'] : []), ...(phase === 'AUTH' ? ['AUTH PLAIN'] : [])] // prettier-ignore
  const offered = offers.map((each, at) => `250${at === offers.length - 1 ? ' ' : '-'}${each}`).join('\r\n')
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    let rest = ''
    let isText = false
    const words_of: string[] = []
    let isSaying = false
    let mails = 0
    lines_had += 1
    // One word after the other, however many lines came together.
    const say = async (said: string): Promise<void> => {
      words_of.push(said)
      if (isSaying) return
      isSaying = true
      for (let next = words_of.shift(); next !== undefined && !socket.destroyed; next = words_of.shift()) {
        if (slow_ms > 0 && next === words) await setTimeout(slow_ms)
        socket.write(`${next}\r\n`)
        if (next.startsWith('421')) socket.end()
      }
      isSaying = false
    }
    const isDue = (): boolean => mails >= spared && open.size > spares_lines
    const at = (here: Phase, else_said: string): Promise<void> => say(here === phase && isDue() ? words : else_said)
    const hear = (line: string): void => {
      if (isText) {
        if (line !== '.') return
        isText = false
        if (phase !== 'dot' || words.startsWith('2') || !isDue()) taken += 1
        void at('dot', '250 2.0.0 taken')
        mails += 1
        return
      }
      const [verb = ''] = line.split(' ')
      if (verb === 'EHLO' || verb === 'HELO') void at('EHLO', offered)
      else if (verb === 'MAIL' || verb === 'RCPT') void at(verb, '250 ok')
      else if (verb === 'DATA') {
        const isHad = isDue() && /^[45]/.test(words) && (phase === 'DATA' || phase === 'MAIL' || phase === 'RCPT')
        isText = !isHad
        void (phase === 'DATA' && isDue() ? say(words) : say(isHad ? '503 5.5.1 nobody to send to' : '354 go on'))
      } else if (verb === 'STARTTLS' || verb === 'AUTH')
        void at(verb, verb === 'AUTH' ? '235 2.7.0 welcome' : '502 5.5.1 not here')
      else void say(verb === 'QUIT' ? '221 bye' : '250 ok')
    }
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (!socket.writableEnded) hear(line)
    })
    void at('greeting', '220 here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const url = `smtp://${phase === 'AUTH' ? 'user:secret@' : ''}127.0.0.1:${port}/?${phase === 'STARTTLS' ? 'requireTLS' : 'ignoreTLS'}=true`
  return { port, url, taken: () => taken, lines: () => lines_had }
}

const over = async (url: string, accepts_plain = false) => {
  const transport = await smtpTransport(url, accepts_plain)
  onTestFinished(() => transport.close())
  return transport
}

test.each<{ phase: Phase; said: string; result: string }>([
  { phase: 'greeting', said: '421 4.3.2 closing', result: 'away' },
  { phase: 'greeting', said: '550 5.7.1 blocked', result: 'barred' },
  { phase: 'greeting', said: '554 5.7.1 blocked by a list', result: 'barred' },
  { phase: 'greeting', said: '552 5.7.1 too many', result: 'barred' },
  { phase: 'greeting', said: '450 4.7.1 later', result: 'away' },
  { phase: 'EHLO', said: '421 4.3.2 closing', result: 'away' },
  { phase: 'EHLO', said: '450 4.7.1 later', result: 'away' },
  { phase: 'EHLO', said: '550 5.7.1 not by that name', result: 'barred' },
  { phase: 'EHLO', said: '552 5.7.1 not by that name', result: 'barred' },
  { phase: 'STARTTLS', said: '421 4.3.2 closing', result: 'away' },
  { phase: 'STARTTLS', said: '450 4.7.0 later', result: 'away' },
  { phase: 'STARTTLS', said: '454 4.7.0 TLS not available now', result: 'away' },
  { phase: 'STARTTLS', said: '550 5.7.0 not for you', result: 'barred' },
  { phase: 'STARTTLS', said: '552 5.7.0 not for you', result: 'barred' },
  { phase: 'AUTH', said: '421 4.3.2 closing', result: 'away' },
  { phase: 'AUTH', said: '450 4.7.0 later', result: 'away' },
  { phase: 'AUTH', said: '454 4.7.0 cannot look you up now', result: 'away' },
  { phase: 'AUTH', said: '535 5.7.8 wrong password', result: 'barred' },
  { phase: 'AUTH', said: '550 5.7.1 account closed', result: 'barred' },
  { phase: 'AUTH', said: '552 5.7.1 account over its quota', result: 'barred' },
  { phase: 'MAIL', said: '421 4.3.2 closing', result: 'away' },
  { phase: 'MAIL', said: '450 4.7.1 later', result: 'away' },
  { phase: 'MAIL', said: '550 5.7.1 not you', result: 'barred' },
  { phase: 'MAIL', said: '552 5.3.4 too much', result: 'barred' },
  { phase: 'RCPT', said: '421 4.7.0 not now', result: 'deferred' },
  { phase: 'RCPT', said: '450 4.2.0 greylisted', result: 'deferred' },
  { phase: 'RCPT', said: '550 5.1.1 no such user', result: 'refused' },
  { phase: 'RCPT', said: '552 5.2.2 mailbox full', result: 'refused' },
  { phase: 'DATA', said: '421 4.7.0 not now', result: 'deferred' },
  { phase: 'DATA', said: '450 4.3.0 later', result: 'deferred' },
  { phase: 'DATA', said: '550 5.7.1 refused', result: 'refused' },
  { phase: 'DATA', said: '552 5.2.2 mailbox full', result: 'refused' },
  { phase: 'dot', said: '421 4.7.0 not now', result: 'deferred' },
  { phase: 'dot', said: '450 4.3.0 later', result: 'deferred' },
  { phase: 'dot', said: '550 5.7.1 content', result: 'refused' },
  { phase: 'dot', said: '552 5.3.4 too large', result: 'refused' },
])('$said at $phase: $result, with commands one by one or together', async ({ phase, said, result }) => {
  for (const pipelines of [false, true]) {
    const server = await saying(phase, said, { pipelines })
    const handed = await (await over(server.url)).send(mail(1, 'Hello', null))
    expect(handed, pipelines ? 'together' : 'one by one').toMatchObject({ result })
    expect(handed.answer).toContain(said.slice(0, 3))
    expect(server.taken()).toBe(0)
  }
})

test.each<{ phase: Phase; result: string; taken: number }>([
  { phase: 'MAIL', result: 'sent', taken: 5 },
  { phase: 'RCPT', result: 'sent', taken: 5 },
  { phase: 'DATA', result: 'sent', taken: 5 },
  { phase: 'dot', result: 'deferred', taken: 4 },
])('421 at $phase on a line that had two mails: it is closed, and what was not taken goes over a new one ($result)', async ({ phase, result, taken }) => {
  for (const pipelines of [false, true]) {
    const server = await saying(phase, '421 4.7.0 enough of this line', { pipelines, spared: 2 })
    const transport = await over(server.url)
    const results: string[] = []
    for (const n of [1, 2, 3, 4, 5]) results.push((await transport.send(mail(n, 'Hello', null))).result)
    expect(results).toEqual(['sent', 'sent', result, 'sent', 'sent'])
    expect(server.taken()).toBe(taken)
    expect(server.lines()).toBe(phase === 'dot' ? 2 : 3)
  }
}) // prettier-ignore

test.each<{ phase: Phase; said: string; result: string }>([
  { phase: 'MAIL', said: '450 4.7.1 later', result: 'away' },
  { phase: 'RCPT', said: '450 4.2.0 greylisted', result: 'deferred' },
  { phase: 'RCPT', said: '550 5.1.1 no such user', result: 'refused' },
  { phase: 'DATA', said: '451 4.3.0 later', result: 'deferred' },
  { phase: 'dot', said: '552 5.3.4 too large', result: 'refused' },
])('$said at $phase on a line that had a mail: $result, and the line stays', async ({ phase, said, result }) => {
  for (const pipelines of [false, true]) {
    const server = await saying(phase, said, { pipelines, spared: 1 })
    const transport = await over(server.url)
    expect((await transport.send(mail(1, 'Hello', null))).result).toBe('sent')
    for (const n of [2, 3]) expect(await transport.send(mail(n, 'Hello', null))).toMatchObject({ result })
    expect(server.lines()).toBe(1)
  }
})

test('a server that takes three lines at once gets everything over those', async () => {
  const server = await saying('greeting', '421 4.7.0 too many connections', { spares_lines: 3, slow_ms: 20 })
  const transport = await over(server.url)
  for (const n of [1, 2, 3]) expect((await transport.send(mail(n, 'Hello', null))).result).toBe('sent')
  const handed = await Promise.all(Array.from({ length: 40 }, (_, n) => transport.send(mail(n, 'Hello', null))))
  expect(handed.filter(({ result }) => result !== 'sent')).toEqual([])
  expect(server.taken()).toBe(43)
})

test.each<{ phase: Phase; said: string }>([
  { phase: 'greeting', said: '421 4.7.0 too many connections' },
  { phase: 'greeting', said: '450 4.7.0 too many connections' },
  { phase: 'greeting', said: '554 5.7.1 too many connections from your host' },
  { phase: 'EHLO', said: '550 5.7.1 too many concurrent sessions' },
])('a server that takes one line at once ($said at $phase) is not asked for more while others wait for that one', async ({ phase, said }) => {
  const server = await saying(phase, said, { spares_lines: 1 })
  const transport = await over(server.url)
  expect((await transport.send(mail(0, 'Hello', null))).result).toBe('sent')
  for (let round = 1; round <= 2; round += 1) {
    const handed = await Promise.all(Array.from({ length: 60 }, (_, n) => transport.send(mail(n, 'Hello', null))))
    expect(handed.filter(({ result }) => result !== 'sent')).toEqual([])
    expect(server.taken()).toBe(1 + 60 * round)
    expect(server.lines()).toBeLessThanOrEqual(1 + 7 * round)
  }
}) // prettier-ignore

test.each<{ phase: Phase; said: string }>([
  { phase: 'greeting', said: '220 here' },
  { phase: 'EHLO', said: '250 here' },
  { phase: 'MAIL', said: '250 ok' },
  { phase: 'RCPT', said: '250 ok' },
  { phase: 'DATA', said: '354 go on' },
  { phase: 'dot', said: '250 2.0.0 taken' },
])('a server that is slow at $phase is waited for', async ({ phase, said }) => {
  const server = await saying(phase, said, { slow_ms: 250 })
  const transport = await over(server.url)
  for (const n of [1, 2]) expect((await transport.send(mail(n, 'Hello', null))).result).toBe('sent')
  expect(server.taken()).toBe(2)
})

test('only of a server that says nothing for longer than it may, once it has read a mail, nobody knows whether it took it', async () => {
  const server = await saying('dot', '250 2.0.0 taken', { slow_ms: 1500 })
  const hasty = await over(`${server.url}&socketTimeout=300`)
  expect((await hasty.send(mail(1, 'Hello', null))).result).toBe('unknown')
  expect(server.taken()).toBe(1)
  // RFC 5321 4.5.3.2.6
  expect(longest_silence_ms).toBe(10 * 60_000)
})

test('nothing goes in clear to a server on another machine that offers no encryption, unless that is set', async () => {
  const server = await saying('dot', '250 2.0.0 taken')
  // This machine by a name that is not known to be it.
  const url = `smtp://user:secret@0.0.0.0:${server.port}`
  const handed = await (await over(url)).send(mail(1, 'Hello', null))
  expect(handed.result).toBe('barred')
  expect(handed.answer).toMatch(/TLS/i)
  expect(server.taken()).toBe(0)
  expect((await (await over(url.replace('user:secret@', ''), true)).send(mail(1, 'Hello', null))).result).toBe('sent')
})

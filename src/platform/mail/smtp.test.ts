import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { GiveUp } from '../errors.ts'
import { makeWorld } from '../testing/world.ts'
import { deliver } from './deliver.ts'
import { mustBeEncrypted, openMailer, type Mail } from './mailer.ts'

const world = await makeWorld()
const { owner } = world.database
const mail: Mail = {
  to: 'younghee@example.org',
  subject: '소중한 한 표',
  text: '안녕하세요.\n.\nA line that is one dot must not end the mail.',
  language: 'ko',
}

interface Taken {
  to: string[]
  content: string
  is_encrypted: boolean
}

/** A real SMTP server on loopback; answers what it took. */
async function smtp(
  options: SMTPServerOptions = {},
  port = 0,
): Promise<{ port: number; taken: Taken[]; stop(): Promise<void> }> {
  const taken: Taken[] = []
  const server = new SMTPServer({
    authOptional: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const content = Buffer.concat(chunks).toString()
        taken.push({ to: session.envelope.rcptTo.map((each) => each.address), content, is_encrypted: session.secure })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {}) // a client that gives up the conversation is what some tests are about
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()))
  onTestFinished(stop)
  return { port: (server.server.address() as AddressInfo).port, taken, stop }
}

const mailerTo = (port: number, more = '') =>
  openMailer({ smtp_url: `smtp://127.0.0.1:${port}/${more}`, mail_from: 'Hanpyo <office@example.org>' }, owner)
const unsent = () => owner.selectFrom('mail_unsent').selectAll().execute()
const trusting = '?tls.rejectUnauthorized=false' // the server's certificate is its library's own

beforeEach(async () => {
  await owner.deleteFrom('mail_unsent').execute()
})

test.each([
  { what: 'with STARTTLS', options: {}, is_encrypted: true },
  { what: 'without STARTTLS', options: { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }, is_encrypted: false },
])('a mail goes through $what, Hangul whole', async ({ options, is_encrypted }) => {
  const server = await smtp(options)
  await deliver(owner, mailerTo(server.port, trusting), mail)
  expect(server.taken).toHaveLength(1)
  expect(server.taken[0]).toMatchObject({ to: ['younghee@example.org'], is_encrypted })
  const content = server.taken[0]?.content ?? ''
  expect(content).toContain(`=?UTF-8?B?${Buffer.from(mail.subject).toString('base64')}?=`)
  const body = content.split('\r\n\r\n').slice(1).join('\r\n\r\n')
  expect(`${body} ${Buffer.from(body, 'base64').toString()}`).toMatch(/안녕하세요|=EC=95=88/)
  expect(await unsent()).toEqual([])
})

test('a picture stands below the text, which stays a text of its own; nothing in it is taken for a part of the page', async () => {
  const server = await smtp()
  const text = 'Code <b>:\nhttps://example.org/t/abc'
  await deliver(owner, mailerTo(server.port, trusting), { ...mail, text, picture: { png: new Uint8Array([137, 80]), alt: 'Code "abc"' } }) // prettier-ignore
  const content = (server.taken[0]?.content ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=')
  expect(content).toContain('Content-Type: text/plain')
  expect(content).toContain('Code &lt;b>:')
  expect(content).toContain('<a href="https://example.org/t/abc">')
  expect(content).toContain('<img src="cid:picture@hanpyo" alt="Code &quot;abc&quot;"')
  expect(content).toContain('Content-ID: <picture@hanpyo>')
})

test('calendar entries go along as mail programs offer to take over, each a part of its own', async () => {
  const server = await smtp()
  const text = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n'
  const calendars = [
    { method: 'REQUEST' as const, text },
    { method: 'REQUEST' as const, text },
  ]
  await deliver(owner, mailerTo(server.port, trusting), { ...mail, calendars })
  const content = server.taken[0]?.content ?? ''
  // The first stands in the mail and hangs on it.
  expect(content.match(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/gi)).toHaveLength(2)
  expect(content).toContain('filename=event.ics')
  expect(content).toContain('filename=event-2.ics')
})

test('a certificate nobody vouches for is not trusted, and the mail waits', async () => {
  const server = await smtp()
  await expect(deliver(owner, mailerTo(server.port), mail)).rejects.toThrow(/certificate/)
  expect(server.taken).toEqual([])
  expect(await unsent()).toMatchObject([{ is_final: false, to_address: 'younghee@example.org' }])
})

test('where encryption is demanded and the server has none, nothing is sent in the clear', async () => {
  const server = await smtp({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
  await expect(deliver(owner, mailerTo(server.port, '?requireTLS=true'), mail)).rejects.toThrow(/TLS/)
  expect(server.taken).toEqual([])
  expect(await unsent()).toMatchObject([{ is_final: false }])
})

test('to another machine nothing is sent in the clear either, unless that is set', async () => {
  const server = await smtp({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
  // This machine by a name that is not known to be it.
  const there = { smtp_url: `smtp://0.0.0.0:${server.port}`, mail_from: 'office@example.org' }
  await expect(deliver(owner, openMailer(there, owner), mail)).rejects.toThrow(/TLS/)
  expect(server.taken).toEqual([])
  await deliver(owner, openMailer({ ...there, accepts_plain_smtp: true }, owner), mail)
  expect(server.taken).toHaveLength(1)
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.3.2.1']) expect(mustBeEncrypted(`smtp://${host}:25`, false)).toBe(false)
  for (const host of ['mail.example.org', '127.example.org', 'localhost.example.org', '10.0.0.1']) expect(mustBeEncrypted(`smtp://${host}:25`, false)).toBe(true)
}) // prettier-ignore

test('a refused recipient is given up, and why is kept without what the mail said', async () => {
  const server = await smtp({
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('No such user here'), { responseCode: 550 })),
  })
  await expect(deliver(owner, mailerTo(server.port, trusting), mail)).rejects.toThrow(GiveUp)
  const [row] = await unsent()
  expect(row).toMatchObject({ problem: 'refused', is_final: true, subject: mail.subject, tries: 1 })
  expect(row?.answer).toContain('No such user here')
  expect(JSON.stringify(row)).not.toContain('안녕하세요')
})

test('a server that is busy or away is tried again, and once it takes the mail nothing is left to see', async () => {
  let is_busy = true
  const options: SMTPServerOptions = {
    onRcptTo: (_address, _session, done) =>
      done(is_busy ? Object.assign(new Error('Try later'), { responseCode: 451 }) : undefined),
  }
  const server = await smtp(options)
  const mailer = mailerTo(server.port, trusting)
  await expect(deliver(owner, mailer, mail)).rejects.not.toBeInstanceOf(GiveUp)
  expect(await unsent()).toMatchObject([{ problem: 'busy', is_final: false, tries: 1 }])
  await server.stop()
  await expect(deliver(owner, mailer, mail)).rejects.not.toBeInstanceOf(GiveUp)
  expect(await unsent()).toMatchObject([{ problem: 'away', tries: 2 }])
  is_busy = false
  const back = await smtp(options, server.port)
  await deliver(owner, mailer, mail)
  expect(back.taken).toHaveLength(1)
  expect(await unsent()).toEqual([])
})

test('a wrong password at the mail server is said as such', async () => {
  const server = await smtp({
    authOptional: false,
    onAuth: (_auth, _session, done) => done(new Error('Invalid username or password')),
  })
  const mailer = openMailer(
    { smtp_url: `smtp://office:wrong@127.0.0.1:${server.port}/${trusting}`, mail_from: 'office@example.org' },
    owner,
  )
  await expect(deliver(owner, mailer, mail)).rejects.toThrow(/Invalid/)
  expect(await unsent()).toMatchObject([{ problem: 'sign_in', is_final: false }])
})

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saveIdentity, useIdentity } from '../identity/commands.ts'
import { dkimName, dkimRecord } from '../identity/dns.ts'
import { identityOf } from '../identity/queries.ts'
import { addReaders, planned } from '../testing.ts'
import { sendDue } from './send.ts'
import { smtpTransport } from './transport.ts'

/* A mail server and a verifier of signatures that are not ours: OpenSMTPD and dkimpy, as Debian has them. `.ci/run` installs both. */
const smtpd = '/usr/sbin/smtpd'
const python = '/usr/bin/python3'

function whyNot(): string | null {
  if (process.getuid?.() !== 0) return 'a mail server is started by root alone'
  if (!existsSync(smtpd)) return 'opensmtpd is not installed'
  try {
    execFileSync(python, ['-c', 'import dkim'], { stdio: 'ignore' })
    return null
  } catch {
    return 'python3-dkim is not installed'
  }
}
const missing = whyNot()
if (missing) process.stderr.write(`left out: mail to OpenSMTPD, for ${missing}\n`)

const world = await makeWorld()
const { ours, installation, database } = world
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const { clock, secret, url } = installation

test.skipIf(missing !== null)('OpenSMTPD takes our mail, and dkimpy finds its signature true', async () => {
  const { port, mails } = await openSmtpd()
  await saveIdentity(db, organizer, { from_address: 'news@own.example', reply_to: null }, { secret, now: clock.now() })
  const identity = await identityOf(db, organization_id)
  if (!identity) throw new Error('identity')
  expect(await useIdentity(db, organizer, identity.public_key, true)).toBe(true)
  await addReaders(db, organization_id, 20, 'smtpd')
  const mailing_id = await planned(db, organizer, 'tag:smtpd', clock.now())
  const transport = await smtpTransport(`smtp://127.0.0.1:${port}/?ignoreTLS=true`)
  onTestFinished(() => transport.close())
  const sending = { database, clock, secret, url, transport, from_address: 'office@example.org' }
  await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
  const rows = await db.selectFrom('mail_delivery').select(['state', 'answer']).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  expect(rows.map(({ state, answer }) => `${state} ${answer?.slice(0, 9)}`)).toEqual(Array.from({ length: 20 }, () => 'sent 250 2.0.0')) // prettier-ignore
  await expect.poll(() => mails().length).toBe(20)

  const at = { domain: 'own.example', selector: identity.selector, public_key: identity.public_key }
  const record = { name: dkimName(at), text: dkimRecord(at) }
  const taken = mails()
  expect(areSigned(taken, record)).toEqual(taken.map(() => true))
  for (const field of [/^Subject: /m, /^List-Unsubscribe-Post: /m])
    expect(areSigned(taken.map((mail) => mail.replace(field, '$&x')), record)).toEqual(taken.map(() => false)) // prettier-ignore
}) // prettier-ignore

/** Each by dkimpy, with the record in place of DNS: its libraries take longer to load than twenty mails to verify. */
function areSigned(mails: readonly string[], { name, text }: { name: string; text: string }): boolean[] {
  const program = `import sys, json, dkim
name, text, mails = json.load(sys.stdin.buffer)
print(json.dumps([dkim.verify(mail.encode(), dnsfunc=lambda asked, timeout=5: text.encode() if asked.decode().rstrip('.') == name else None) for mail in mails]))`
  const said = execFileSync(python, ['-c', program], { input: JSON.stringify([name, text, mails]), encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }) // prettier-ignore
  return JSON.parse(said) as boolean[] // as the program prints it
}

/** On a free port of loopback, everything into one folder of mails. Without TLS: Debian's build of it (6.8.0p2) cannot use a key with its OpenSSL 3. */
async function openSmtpd() {
  const folder = mkdtempSync('/tmp/hanpyo-smtpd-')
  chmodSync(folder, 0o755)
  const box = join(folder, 'mail')
  mkdirSync(box)
  chmodSync(box, 0o777)
  const port = await freePort()
  const settings = [
    'table everybody { "@" = nobody }',
    `listen on 127.0.0.1 port ${port} hostname mail.own.example`,
    `action "keep" maildir "${box}" user nobody virtual <everybody>`,
    'match from any for any action "keep"',
  ]
  writeFileSync(join(folder, 'smtpd.conf'), `${settings.join('\n')}\n`)
  const server = spawn(smtpd, ['-d', '-f', join(folder, 'smtpd.conf')], { stdio: 'ignore' })
  onTestFinished(async () => {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  })
  await expect.poll(() => answers(port)).toBe(true)
  const mails = (): string[] => {
    const kept = join(box, 'new')
    return existsSync(kept) ? readdirSync(kept).map((file) => readFileSync(join(kept, file), 'utf8')) : []
  }
  return { port, mails }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

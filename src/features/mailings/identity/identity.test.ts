import { createPublicKey, createVerify, createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { promises as dns } from 'node:dns'
import { expect, onTestFinished, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { sendDue } from '../sending/send.ts'
import { smtpTransport } from '../sending/transport.ts'
import { addReaders, mailServer, planned } from '../testing.ts'
import { checkNames, dkimName, dkimRecord, systemResolver, type Resolver } from './dns.ts'
import { useIdentity } from './commands.ts'
import { identityOf } from './queries.ts'
import { identityRoutesWith } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs, installation, database } = world
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const { clock, secret, url } = installation

/** Records as the domain has them; nothing else is there. */
const records = new Map<string, string[]>()
const resolver: Resolver = {
  txt: async (name) => records.get(name) ?? [],
  addresses: async (host) => records.get(`host ${host}`) ?? [],
  exchanges: async (name) => records.get(`mx ${name}`) ?? [],
  names: async (address) => records.get(`reverse ${address}`) ?? [],
}
const browser = world.as(organizer, [identityRoutesWith(resolver)])
const asked = { domain: 'flushing.example', selector: 's1', public_key: 'KEY', server: 'mail.flushing.example' }
const results = async () => Object.fromEntries((await checkNames(resolver, asked)).map(({ check, result }) => [check, result])) // prettier-ignore

test('of each record it is said whether it is there and right', async () => {
  expect(await results()).toEqual({ spf: 'missing', dkim: 'missing', dmarc: 'missing', reverse: 'unused' })
  records.set('flushing.example', ['v=spf1 mx ~all', 'v=spf1 a -all', 'other=1'])
  records.set(dkimName(asked), ['v=DKIM1; p=OTHER'])
  records.set('_dmarc.flushing.example', ['v=DMARC1; rua=mailto:x@flushing.example'])
  records.set('host mail.flushing.example', ['203.0.113.5'])
  expect(await results()).toEqual({ spf: 'wrong', dkim: 'wrong', dmarc: 'wrong', reverse: 'missing' })
  records.set('flushing.example', ['v=spf1 +all'])
  expect(await results()).toMatchObject({ spf: 'wrong' })
  records.set('flushing.example', ['v=spf1 mx ~all', 'other=1'])
  records.set('mx flushing.example', ['mail.flushing.example'])
  records.set(dkimName(asked), [dkimRecord(asked)])
  records.set('_dmarc.flushing.example', ['v=DMARC1; p=none'])
  records.set('reverse 203.0.113.5', ['mail.flushing.example'])
  expect(await results()).toEqual({ spf: 'good', dkim: 'good', dmarc: 'good', reverse: 'good' })
})

/** What is said of one record of a domain that nobody else asked for. */
async function saidOf(check: 'spf' | 'dmarc', of: Partial<typeof asked>) {
  const said = (await checkNames(resolver, { ...asked, ...of })).find((each) => each.check === check)
  return { result: said?.result, why: said?.why, at: said?.at, name: said?.name, wanted: said?.wanted }
}

test('a record of SPF that does not name our server is wrong, and what to put in is said', async () => {
  records.set('host mail.own.example', ['203.0.113.6'])
  records.set('own.example', ['v=spf1 include:_spf.google.example -all'])
  records.set('_spf.google.example', ['v=spf1 ip4:198.51.100.0/24 ~all'])
  const own = { domain: 'own.example', server: 'mail.own.example' }
  expect(await saidOf('spf', own)).toMatchObject({ result: 'wrong', why: 'spf_not_named', at: '203.0.113.6', wanted: 'v=spf1 include:_spf.google.example a:mail.own.example -all' }) // prettier-ignore
  records.set('own.example', ['v=spf1 include:_spf.google.example a:mail.own.example -all'])
  expect(await saidOf('spf', own)).toMatchObject({ result: 'good' })
  // One of its addresses is not in it.
  records.set('host mail.own.example', ['203.0.113.6', '2001:db8::6'])
  records.set('own.example', ['v=spf1 ip4:203.0.113.6 -all'])
  expect(await saidOf('spf', own)).toMatchObject({ result: 'wrong', why: 'spf_not_named', at: '2001:db8::6' })
})

test('of a service that sends from addresses of its own nobody can tell by its name, but an error is one', async () => {
  records.set('served.example', ['v=spf1 include:service.example -all'])
  records.set('service.example', ['v=spf1 ip4:198.51.100.0/24 -all'])
  records.set('host smtp.service.example', ['203.0.113.7'])
  records.set('reverse 203.0.113.7', ['ec2-7.cloud.example'])
  const served = { domain: 'served.example', server: 'smtp.service.example' }
  expect(await saidOf('spf', served)).toMatchObject({ result: 'untold', why: 'spf_other_server', at: 'smtp.service.example' }) // prettier-ignore
  // A server whose address bears its own name sends from it.
  records.set('reverse 203.0.113.7', ['smtp.service.example'])
  expect(await saidOf('spf', served)).toMatchObject({ result: 'wrong', why: 'spf_not_named' })
  expect(await saidOf('spf', { ...served, server: 'localhost' })).toMatchObject({ result: 'untold', why: 'spf_no_server' }) // prettier-ignore
  records.set('served.example', ['v=spf1 include:nowhere.example -all'])
  expect(await saidOf('spf', served)).toMatchObject({ result: 'wrong', why: 'spf_no_include', at: 'nowhere.example' })
  records.set('served.example', ['v=spf1 ip4:0.0.0.0/0 -all'])
  expect(await saidOf('spf', served)).toMatchObject({ result: 'wrong', why: 'spf_everybody', wanted: '' })
  records.set('served.example', ['v=spf1 ip6:::/0 -all'])
  expect(await saidOf('spf', served)).toMatchObject({ result: 'wrong', why: 'spf_everybody', wanted: '' })
  records.set('served.example', ['v=spf1 mx +all'])
  expect(await saidOf('spf', served)).toMatchObject({ result: 'wrong', why: 'spf_everybody', wanted: 'v=spf1 mx ~all' })
})

test('addresses are those of the domain name system, not of this machine; an address is its own', async () => {
  const socket = createSocket('udp4')
  onTestFinished(() => void socket.close())
  socket.on('message', (question, { port, address }) => {
    const isA = question.readUInt16BE(question.indexOf(0, 12) + 1) === 1
    const name = question.subarray(12, question.indexOf(0, 12) + 5)
    const head = Buffer.from([question[0] ?? 0, question[1] ?? 0, 0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0])
    const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 203, 0, 113, 9])
    socket.send(Buffer.concat([head, name, ...(isA ? [answer] : [])]), port, address)
  })
  await new Promise<void>((done) => void socket.bind(0, '127.0.0.1', done))
  const before = dns.getServers()
  onTestFinished(() => dns.setServers(before))
  dns.setServers([`127.0.0.1:${socket.address().port}`])
  expect(await systemResolver.addresses('localhost')).toEqual(['203.0.113.9'])
  records.set('numbered.example', ['v=spf1 ip4:203.0.113.8 -all'])
  expect(await saidOf('spf', { domain: 'numbered.example', server: '203.0.113.8' })).toMatchObject({ result: 'good' })
})

test('where a domain has no DMARC of its own, that of the nearest above it holds', async () => {
  records.set('_dmarc.parent.example', ['v=DMARC1; p=reject'])
  expect(await saidOf('dmarc', { domain: 'news.mail.parent.example' })).toMatchObject({ result: 'good', why: 'dmarc_of_parent', at: 'parent.example', name: '_dmarc.parent.example' }) // prettier-ignore
  records.set('_dmarc.mail.parent.example', ['v=DMARC1; p=none', 'v=DMARC1; p=reject'])
  expect(await saidOf('dmarc', { domain: 'news.mail.parent.example' })).toMatchObject({ result: 'wrong', at: 'mail.parent.example' }) // prettier-ignore
})

test('a name server that does not answer says nothing of a record', async () => {
  const silent: Resolver = { ...resolver, txt: () => Promise.reject(new Error('no answer')) }
  const said = await checkNames(silent, asked)
  expect(said.map(({ check, result }) => `${check} ${result}`)).toEqual(['spf untold', 'dkim untold', 'dmarc untold', 'reverse good']) // prettier-ignore
})

test('a record that leads from name to name takes twenty seconds, and then nobody can tell', async () => {
  const over = new AbortController()
  let questions = 0
  const slow: Resolver = {
    ...resolver,
    txt: (name) => {
      questions += 1
      if (questions === 4) over.abort()
      const next = `n${questions}.example`
      return Promise.resolve(
        name.startsWith('_dmarc') || name.includes('_domainkey') ? [] : [`v=spf1 include:${next} -all`],
      )
    },
  }
  const said = await checkNames(slow, asked, over.signal)
  expect(said.find(({ check }) => check === 'spf')).toMatchObject({ result: 'untold', why: 'no_answer' })
  expect(questions).toBeLessThan(7)
})

test('nobody writes in the name of a domain that others alone may use', async () => {
  const refused = await browser.post('/mailings/identity', { from_address: 'us@gmail.com', reply_to: '' })
  expect(refused.status).toBe(422)
  expect(await identityOf(db, organization_id)).toBeUndefined()
})

test('mail is signed once the key is published, over the headers that stop it too, and the signature holds', async () => {
  await browser.post('/mailings/identity', { from_address: 'News@own.example', reply_to: 'office@own.example' })
  expect((await browser.post('/mailings/identity/use', { is_signing: 'yes' })).status).toBe(422)
  const identity = await identityOf(db, organization_id)
  if (!identity) throw new Error('identity')
  expect(identity.sealed_key).not.toContain('PRIVATE')
  const at = { domain: 'own.example', selector: identity.selector, public_key: identity.public_key }
  records.set(dkimName(at), [dkimRecord(at)])
  expect((await browser.post('/mailings/identity/use', { is_signing: 'yes' })).status).toBe(303)
  await addReaders(db, organization_id, 1, 'signed')
  const mailing_id = await planned(db, organizer, 'tag:signed', clock.now())
  const server = await mailServer()
  const transport = await smtpTransport(server.url)
  onTestFinished(() => transport.close())
  const sending = { database, clock, secret, url, transport, from_address: 'office@example.org' }
  await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
  const content = server.received[0]?.content ?? ''
  expect(content).toMatch(/^From: .*news@own\.example/im)
  expect(content).toMatch(/^Reply-To: office@own\.example\r$/m)
  const { signed, isTrue } = verified(content, identity.public_key)
  expect(isTrue).toBe(true)
  expect(signed).toEqual(expect.arrayContaining(['from', 'subject', 'list-unsubscribe', 'list-unsubscribe-post']))
  // Another domain has another key, and nothing is signed with it before it is published.
  await browser.post('/mailings/identity', { from_address: 'news@other.example', reply_to: '' })
  const other = await identityOf(db, organization_id)
  expect(other).toMatchObject({ is_signing: false })
  expect(other?.public_key).not.toBe(identity.public_key)
  // The records of the first were looked at while the other was saved.
  expect(await useIdentity(db, organizer, identity.public_key, true)).toBe(false)
  expect(await identityOf(db, organization_id)).toMatchObject({ is_signing: false })
  expect(await (await world.as(theirs.organizer, [identityRoutesWith(resolver)]).get('/mailings/identity')).text()).not.toContain('other.example') // prettier-ignore
})

/** By RFC 6376 alone: relaxed headers and body, rsa-sha256. */
function verified(mail: string, public_key: string): { signed: string[]; isTrue: boolean } {
  const end = mail.indexOf('\r\n\r\n')
  const fields = mail.slice(0, end).replaceAll(/\r\n(?=[ \t])/g, '').split('\r\n') // prettier-ignore
  const named = fields.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase().trim(), field] as const)
  const header = named.find(([name]) => name === 'dkim-signature')?.[1] ?? ''
  const tags = Object.fromEntries(header.slice(header.indexOf(':') + 1).split(';').map((part) => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).replaceAll(/\s/g, '')])) // prettier-ignore
  const body = `${mail.slice(end + 4).split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, '')).join('\r\n').replace(/(\r\n)+$/, '')}\r\n` // prettier-ignore
  const isBodyTrue = createHash('sha256').update(body).digest('base64') === tags.bh
  const relaxed = (field: string): string => `${field.slice(0, field.indexOf(':')).toLowerCase().trim()}:${field.slice(field.indexOf(':') + 1).replaceAll(/[ \t]+/g, ' ').trim()}` // prettier-ignore
  const signed = (tags.h ?? '').toLowerCase().split(':')
  const left = [...named]
  const lines = signed.flatMap((name) => {
    const at = left.findLastIndex(([each]) => each === name)
    return at < 0 ? [] : left.splice(at, 1).map(([, field]) => relaxed(field))
  })
  const data = [...lines, relaxed(header).replace(/([;:]\s?b=)[^;]*/, '$1')].join('\r\n')
  const key = createPublicKey({ key: Buffer.from(public_key, 'base64'), format: 'der', type: 'spki' })
  const isHeadTrue = createVerify('rsa-sha256')
    .update(data)
    .verify(key, tags.b ?? '', 'base64')
  return { signed, isTrue: isBodyTrue && isHeadTrue }
}

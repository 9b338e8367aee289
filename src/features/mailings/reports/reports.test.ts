import { createSign, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { audit, systemActor } from '../../../platform/audit.ts'
import { Conflict } from '../../../platform/errors.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { recordConsent } from '../../people/commands.ts'
import { mergePeople } from '../../people/merge/commands.ts'
import { kindOf } from '../sending/answers.ts'
import { turnMailing } from '../sending/commands.ts'
import { sendingRoutes } from '../sending/routes.tsx'
import { sendDue } from '../sending/send.ts'
import { outboxTransport } from '../sending/transport.ts'
import { addReaders, planned } from '../testing.ts'
import { keepReports } from './commands.ts'
import { readMailgun, readMailReport, readPostmark, readReply, readSes } from './read.ts'
import { mailReportRoutesWith } from './routes.ts'
import { reportKey, signedText, type SnsMessage } from './signatures.ts'

const world = await makeWorld()
const { ours, theirs, installation, database } = world
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const { clock, secret, url } = installation
const amazon = generateKeyPairSync('rsa', { modulusLength: 2048 })
const asked: string[] = []
const fetched = async (address: string): Promise<string> => {
  asked.push(address)
  return amazon.publicKey.export({ type: 'spki', format: 'pem' }).toString()
}
const stranger = world.as(null, [mailReportRoutesWith(fetched)])
const foreign = { origin: 'https://provider.example', 'sec-fetch-site': 'cross-site' }
const path = (from: string, of = organization_id, slug = 'ours') =>
  `/mail-reports/${slug}/${from}/${reportKey(secret, of, from)}`
const tell = (from: string, body: unknown, where = path(from)) => stranger.postJson(where, body, foreign)

async function sent(tag: string): Promise<string> {
  await addReaders(db, organization_id, 2, tag)
  const mailing_id = await planned(db, organizer, `tag:${tag}`, clock.now())
  await goOut(mailing_id)
  return mailing_id
}

async function goOut(mailing_id: string): Promise<void> {
  const sending = {
    database,
    clock,
    secret,
    url,
    transport: outboxTransport(database.owner),
    from_address: 'office@example.org',
  }
  await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
}
const first = async (mailing_id: string) =>
  db.selectFrom('mail_delivery').selectAll().where('mailing_id', '=', mailing_id).orderBy('n').executeTakeFirstOrThrow()
const stops = async (mailing_id: string) =>
  (await db.selectFrom('mail_stop').select('reason').where('mailing_id', '=', mailing_id).execute()).map(({ reason }) => reason) // prettier-ignore

const dsn = (address: string, message_id: string, status = '5.1.1', action = 'failed'): string =>
  [
    'From: MAILER-DAEMON@mx.example', 'To: office@example.org', 'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;', ' boundary="=b1"', '', '--=b1', 'Content-Type: text/plain', '', 'Sorry.', '',
    '--=b1', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', '', `Final-Recipient: rfc822; ${address}`, `Action: ${action}`,
    `Status: ${status}`, `Diagnostic-Code: smtp; 550 ${status} no such`, '  user', '', '--=b1', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${message_id}`,
    'Subject: News', '', '--=b1--', '',
  ].join('\r\n') // prettier-ignore

const one = { kind: 'bounce', message_id: '<x@y>', address: 'a@example.org', status: '5.1.1', answer: '550 5.1.1 no such user', is_final: true } // prettier-ignore

test('a report by mail is read, and what is none says nothing', async () => {
  expect(await readMailReport(dsn('A@Example.org', '<x@y>'))).toEqual([one])
  expect((await readMailReport(dsn('a@example.org', '<x@y>', '4.4.7', 'delayed')))[0]?.is_final).toBe(false)
  expect(await readMailReport(dsn('a@example.org', '<x@y>', '2.0.0', 'delivered'))).toEqual([])
  for (const text of ['', 'Subject: Out of office\n\nBack on Monday.', 'Content-Type: multipart/report; boundary=x\n\n--x', '\n'.repeat(9)])
    expect(await readMailReport(text)).toEqual([])
}) // prettier-ignore

const part = (type: string, body: string, encoding = '7bit'): string => `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encoding === 'base64' ? Buffer.from(body).toString('base64').replaceAll(/(.{76})/g, '$1\r\n') : body}` // prettier-ignore
const many = (type: string, boundary: string, ...parts: string[]): string => [`Content-Type: multipart/${type}; boundary="${boundary}"`, '', ...parts.flatMap((each) => [`--${boundary}`, each]), `--${boundary}--`, ''].join('\r\n') // prettier-ignore
const from = 'From: MAILER-DAEMON@mx.example\r\nTo: office@example.org\r\nMIME-Version: 1.0\r\n'
const status = (to: string, code = '5.1.1', said = '550 5.1.1 no such user'): string => `Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: ${to}\r\nAction: failed\r\nStatus: ${code}\r\nDiagnostic-Code: smtp; ${said}\r\n` // prettier-ignore
const ofAscii = part('message/delivery-status', status('rfc822; a@example.org'))
const returned = part(
  'message/rfc822',
  'Message-ID: <x@y>\r\nFrom: office@example.org\r\nContent-Type: text/plain\r\n\r\nNews',
)
const report = many('report; report-type=delivery-status', 'r', part('text/plain', 'Sorry.'), ofAscii, returned)

test.each<{ what: string; mail: string; says?: object }>([
  { what: 'with its parts in base64', mail: many('report', 'r', part('message/delivery-status', status('rfc822; a@example.org'), 'base64'), part('text/rfc822-headers', 'Message-ID: <x@y>\r\n', 'base64')) },
  { what: 'inside a mail of a list', mail: many('mixed', 'm', report, part('text/plain', 'You are on this list.')) },
  { what: 'inside two others', mail: many('mixed', 'm', many('related', 'n', report)) },
  { what: 'forwarded as a mail of its own', mail: many('mixed', 'm', part('text/plain', 'See below'), part('message/rfc822', `${from}${report}`)) },
  { what: 'of a mailbox with letters, in letters (RFC 6533)', mail: many('report; report-type=global-delivery-status', 'r', part('message/global-delivery-status', status('utf-8; 독자@한글.example'), '8bit'), part('message/global', 'Message-ID: <x@y>\r\n\r\n소식', '8bit')), says: { address: '독자@한글.example' } },
  { what: 'of a mailbox with letters, in base64', mail: many('report', 'r', part('message/global-delivery-status', status('utf-8; 독자@한글.example'), 'base64'), part('message/global-headers', 'Message-ID: <x@y>\r\n', 'base64')), says: { address: '독자@한글.example' } },
  { what: 'of a mailbox with letters, by their numbers', mail: many('report', 'r', part('message/delivery-status', status('utf-8; \\x{B3C5}\\x{C790}@example.org')), returned), says: { address: '독자@example.org' } },
  { what: 'that says 5.0.0 and leaves the rest to the server', mail: many('report', 'r', part('message/delivery-status', status('rfc822; a@example.org', '5.0.0')), returned) },
  { what: 'whose boundary is not in quotes, with lines of Unix', mail: report.replace('boundary="r"', 'boundary=r').replaceAll('\r\n', '\n') },
])('a report $what is read', async ({ mail, says = {} }) => {
  expect(await readMailReport(`${from}${mail}`)).toEqual([{ ...one, ...says }])
}) // prettier-ignore

test.each([
  ['more parts than any server writes', many('mixed', 'm', ...Array.from({ length: 1500 }, () => '\r\n')), []],
  ['a letter that can be kept nowhere', many('report', 'r', part('message/delivery-status', status('utf-8; a\\x{00}\\x{D800}@example.org\0')), returned), ['a\\x{00}\\x{d800}@example.org']],
  ['more mailboxes than anybody hands one mail on to', many('report', 'r', part('message/delivery-status', Array.from({ length: 400 }, () => status('rfc822; a@example.org')).join('\r\n\r\n')), returned), Array.from({ length: 50 }, () => 'a@example.org')],
])('of a mail with %s what can be meant is read', async (_what, mail, addresses) => {
  expect((await readMailReport(`${from}${mail}`)).map(({ address }) => address)).toEqual(addresses)
}) // prettier-ignore

test.each([
  ['abuse', 1],
  ['not-spam', 0],
  ['auth-failure', 0],
])('feedback of type %s is %i complaints', async (type, count) => {
  const feedback = [
    'Content-Type: multipart/report; report-type=feedback-report; boundary="=b1"', '', '--=b1', 'Content-Type: message/feedback-report', '',
    `Feedback-Type: ${type}`, 'Original-Rcpt-To: a@example.org', '', '--=b1--', '',
  ].join('\r\n') // prettier-ignore
  expect(await readMailReport(feedback)).toHaveLength(count)
})

test('a mail that came back is kept with its row, and its mailbox is stopped where there is none', async () => {
  const mailing_id = await sent('dsn')
  const { address, n } = await first(mailing_id)
  const reports = await readMailReport(dsn(address, `<${mailing_id}.${n}@example.org>`))
  const at = { now: clock.now(), today: '2026-11-23' }
  expect(await keepReports(db, organization_id, reports, at)).toBe(1)
  expect(await first(mailing_id)).toMatchObject({ state: 'bounced', code: '5.1.1' })
  expect(await stops(mailing_id)).toEqual(['hard_bounce'])
  // A mailbox it never went to, whatever Message-ID is named.
  const other = await readMailReport(dsn('nobody@example.org', `<${mailing_id}.${n}@example.org>`))
  expect(await keepReports(db, organization_id, other, at)).toBe(0)
})

test.each([
  ['postmark', (address: string) => ({ RecordType: 'Bounce', Type: 'HardBounce', Email: address, Details: 'smtp;550 5.1.1 unknown' }), 'bounced', ['hard_bounce']],
  ['postmark', (address: string) => ({ RecordType: 'SpamComplaint', Type: 'SpamComplaint', Email: address }), 'sent', ['complaint']],
  ['mailgun', (address: string, id: string) => ({ 'event-data': { event: 'failed', severity: 'permanent', recipient: address, 'delivery-status': { code: 550, message: '5.1.1 no such user', 'enhanced-code': '5.1.1' }, message: { headers: { 'message-id': id } } } }), 'bounced', ['hard_bounce']],
  ['mailgun', (address: string, id: string) => ({ 'event-data': { event: 'failed', severity: 'temporary', recipient: address, message: { headers: { 'message-id': id } } } }), 'sent', []],
] as const)('%s says what became of a mail (%#)', async (from, said, state, reasons) => {
  const mailing_id = await sent(`p${Math.abs(JSON.stringify(said('x', 'y')).length)}${from}`)
  const { address, n } = await first(mailing_id)
  expect((await tell(from, said(address, `${mailing_id}.${n}@example.org`))).status).toBe(200)
  expect((await first(mailing_id)).state).toBe(state)
  expect(await stops(mailing_id)).toEqual(reasons)
  // Told twice it is once.
  await tell(from, said(address, `${mailing_id}.${n}@example.org`))
  expect(await stops(mailing_id)).toEqual(reasons)
}) // prettier-ignore

const sesBounce = (bounceType: string, bounceSubType: string, more: object = {}) => ({ eventType: 'Bounce', mail: { commonHeaders: { messageId: '<x@y>' } }, bounce: { bounceType, bounceSubType, bouncedRecipients: [{ emailAddress: 'a@example.org', ...more }] } }) // prettier-ignore
const postmarkBounce = (Type: string, Details = '') => ({ RecordType: 'Bounce', Type, Email: 'a@example.org', Details })
const mailgunFailure = (severity: string, reason: string, more: object = {}) => ({ 'event-data': { event: 'failed', severity, reason, recipient: 'a@example.org', 'delivery-status': more } }) // prettier-ignore
const read = { ses: readSes, postmark: readPostmark, mailgun: readMailgun }

test.each<[keyof typeof read, string, object, string | null]>([
  ['ses', 'a mailbox that is not there', sesBounce('Permanent', 'General'), 'hard'],
  ['ses', 'a refusal it takes for lasting', sesBounce('Permanent', 'General', { status: '5.7.26', diagnosticCode: 'smtp; 550-5.7.26 unauthenticated' }), 'policy'],
  ['ses', 'a full mailbox', sesBounce('Transient', 'MailboxFull'), 'soft'],
  ['ses', 'a full mailbox by a code that is not final', sesBounce('Transient', 'MailboxFull', { status: '4.2.2' }), 'soft'],
  ['ses', 'too large a mail', sesBounce('Transient', 'MessageTooLarge'), 'content'],
  ['ses', 'content that was not wanted', sesBounce('Transient', 'ContentRejected'), 'content'],
  ['ses', 'a notice of being away', sesBounce('Transient', 'General'), null],
  ['ses', 'a server that was not there, at last', sesBounce('Transient', 'General', { status: '4.4.7', diagnosticCode: 'smtp; 450 timed out' }), 'soft'],
  ['ses', 'what it cannot tell', sesBounce('Undetermined', 'Undetermined'), 'soft'],
  ['ses', 'a word nobody knows', sesBounce('Else', 'Else'), null],
  ['postmark', 'a mailbox that is not there', postmarkBounce('HardBounce', 'smtp;550 unknown'), 'hard'],
  ['postmark', 'an address that is none', postmarkBounce('BadEmailAddress'), 'hard'],
  ['postmark', 'a mailbox that takes nothing now', postmarkBounce('SoftBounce', 'smtp;452 4.2.2 over quota'), 'soft'],
  ['postmark', 'a refusal for what we are', postmarkBounce('SoftBounce', 'smtp;550 5.7.26 unauthenticated'), 'policy'],
  ['postmark', 'a server that blocks', postmarkBounce('Blocked'), 'policy'],
  ['postmark', 'what was taken for unwanted', postmarkBounce('SpamNotification'), 'content'],
  ['postmark', 'a delay', postmarkBounce('Transient'), null],
  ['postmark', 'a notice of being away', postmarkBounce('AutoResponder'), null],
  ['postmark', 'that somebody wants no more', postmarkBounce('Unsubscribe'), 'complaint'],
  ['mailgun', 'a mailbox that is not there', mailgunFailure('permanent', 'bounce', { code: 550, message: '5.1.1 no such user', 'enhanced-code': '5.1.1' }), 'hard'],
  ['mailgun', 'hours of trying', mailgunFailure('permanent', 'old', { code: 602, message: 'Too old' }), 'soft'],
  ['mailgun', 'a mailbox it stopped itself', mailgunFailure('permanent', 'suppress-bounce', { code: 605 }), 'hard'],
  ['mailgun', 'somebody who unsubscribed there', mailgunFailure('permanent', 'suppress-unsubscribe', { code: 606 }), 'complaint'],
  ['mailgun', 'a try that failed', mailgunFailure('temporary', 'generic', { code: 451, message: '4.3.0 later' }), null],
])('what %s says of %s', (service, _what, said, means) => {
  const [told] = read[service](said, '2026-11-29')
  const words = [told?.status, told?.answer].filter(Boolean).join(' ')
  expect(!told ? null : told.kind === 'complaint' ? 'complaint' : kindOf(words, 550, '2026-11-29')).toBe(means)
  if (told) expect(told).toMatchObject({ address: 'a@example.org', is_final: true })
}) // prettier-ignore

test('a full mailbox that a service has given up ends its row, and the third within a month stops it', async () => {
  await addReaders(db, organization_id, 1, 'full')
  for (const count of [1, 2, 3]) {
    const mailing_id = await planned(db, organizer, 'tag:full', clock.now())
    await goOut(mailing_id)
    const { address } = await first(mailing_id)
    expect((await tell('postmark', { ...postmarkBounce('SoftBounce', 'smtp;452 4.2.2 over quota'), Email: address })).status).toBe(200) // prettier-ignore
    expect((await first(mailing_id)).state).toBe('bounced')
    expect(await stops(mailing_id)).toEqual(count === 3 ? ['soft_bounces'] : [])
    clock.advance(60)
  }
})

test('refusals for what we are that come back open the mailing again, and it is sent again to those once somebody lets it go on', async () => {
  await addReaders(db, organization_id, 5, 'relayed')
  const mailing_id = await planned(db, organizer, 'tag:relayed', clock.now())
  await goOut(mailing_id)
  const standing = () => db.selectFrom('mailing').select(['state', 'problem', 'finished_at']).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  const states = async () => (await db.selectFrom('mail_delivery').select('state').where('mailing_id', '=', mailing_id).orderBy('n').execute()).map(({ state }) => state) // prettier-ignore
  const deliveries = await db.selectFrom('mail_delivery').select(['address', 'n']).where('mailing_id', '=', mailing_id).orderBy('n').execute() // prettier-ignore
  for (const [at, { address, n }] of deliveries.slice(0, 3).entries()) {
    expect((await standing()).state).toBe('sent')
    const reports = await readMailReport(dsn(address, `<${mailing_id}.${n}@example.org>`, '5.7.26').replace('no such', `not authenticated ${at}`)) // prettier-ignore
    expect(await keepReports(db, organization_id, reports, { now: clock.now(), today: '2026-11-29' })).toBe(1)
  }
  expect(await standing()).toMatchObject({ state: 'paused', finished_at: null })
  expect((await standing()).problem).toContain('example.org: 5.7.26 550 5.7.26 not authenticated')
  expect(await stops(mailing_id)).toEqual([])
  await turnMailing(db, organizer, mailing_id, 'resume', clock.now())
  expect(await states()).toEqual(['waiting', 'waiting', 'waiting', 'sent', 'sent'])
  await goOut(mailing_id)
  expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent', 'sent'])
  const mails = await database.owner.selectFrom('outbox_mail').select('to_address').where('to_address', 'like', 'relayed%').execute() // prettier-ignore
  expect(mails).toHaveLength(8)
})

test('refusals that are ours to mend count by themselves, whatever was refused for else before; no mailbox stands in what is kept of them', async () => {
  await addReaders(db, organization_id, 6, 'both')
  const mailing_id = await planned(db, organizer, 'tag:both', clock.now())
  await goOut(mailing_id)
  const standing = () => db.selectFrom('mailing').select(['state', 'problem']).where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  const deliveries = await db.selectFrom('mail_delivery').select(['address', 'n']).where('mailing_id', '=', mailing_id).orderBy('n').execute() // prettier-ignore
  for (const [at, { address, n }] of deliveries.slice(0, 5).entries()) {
    expect((await standing()).state).toBe('sent')
    const report = dsn(address, `<${mailing_id}.${n}@example.org>`, at < 2 ? '5.7.1' : '5.7.26').replace('no such', `<${address}> not now`) // prettier-ignore
    await keepReports(db, organization_id, await readMailReport(report), { now: clock.now(), today: '2026-11-29' })
  }
  expect(await standing()).toMatchObject({ state: 'paused' })
  expect((await standing()).problem).toContain('<…@example.org> not now')
  const told = await database.owner.selectFrom('audit_entry').select('after').where('action', '=', 'mailing.pause').where('subject_id', '=', mailing_id).execute() // prettier-ignore
  expect(told).toHaveLength(1)
  expect(JSON.stringify(told)).not.toMatch(/both\d@/)
})

test('a refusal for what we are counts only of this very mail, at the mailbox it went to: nobody is sent it twice for another', async () => {
  const mailing_id = await sent('elsewhere')
  const { address, n } = await first(mailing_id)
  const own = `<${mailing_id}.${n}@example.org>`
  const handedOn = dsn('other@gmail.example', own, '5.7.26').replace('Final-Recipient', `Original-Recipient: rfc822; ${address}\r\nFinal-Recipient`) // prettier-ignore
  for (const mail of [dsn(address, '<x@y>', '5.7.26'), handedOn]) {
    const reports = await readMailReport(mail)
    expect(reports).toMatchObject([{ address, status: '5.7.26', is_final: true }])
    await keepReports(db, organization_id, reports, { now: clock.now(), today: '2026-11-29' })
    expect((await first(mailing_id)).state).toBe('sent')
  }
  // One that nobody was refused of is done.
  await expect(turnMailing(db, organizer, mailing_id, 'resend', clock.now())).rejects.toThrow(Conflict)
  await keepReports(db, organization_id, await readMailReport(dsn(address, own, '5.7.26')), { now: clock.now(), today: '2026-11-29' }) // prettier-ignore
  expect((await first(mailing_id)).state).toBe('bounced')
})

test('whoever was refused for what we are gets it of an e-mail that is done, too: fewer than pause it', async () => {
  const mailing_id = await sent('few')
  const { address, n } = await first(mailing_id)
  await keepReports(db, organization_id, await readMailReport(dsn(address, `<${mailing_id}.${n}@example.org>`, '5.7.26')), { now: clock.now(), today: '2026-11-29' }) // prettier-ignore
  const browser = world.as(organizer, [sendingRoutes])
  expect(await (await browser.get(`/mailings/${mailing_id}/send`)).text()).toContain('Send to those who were refused')
  expect((await browser.post(`/mailings/${mailing_id}/send/resend`, {})).status).toBe(303)
  await goOut(mailing_id)
  const page = await (await browser.get(`/mailings/${mailing_id}/send`)).text()
  expect(page).not.toContain('Send to those who were refused')
  const states = await db.selectFrom('mail_delivery').select('state').where('mailing_id', '=', mailing_id).execute()
  expect(states).toEqual([{ state: 'sent' }, { state: 'sent' }])
  const mails = await database.owner.selectFrom('outbox_mail').select('to_address').where('to_address', 'like', 'few%').orderBy('to_address').execute() // prettier-ignore
  expect(mails.map(({ to_address }) => to_address)).toEqual(
    ['few1@example.org', 'few2@example.org', address].toSorted(),
  )
})

const told = async (address: string, message_id: string, status: string, words = 'no such') =>
  keepReports(db, organization_id, await readMailReport(dsn(address, message_id, status).replace('no such', words)), { now: clock.now(), today: '2026-11-29' }) // prettier-ignore

test('of two refused for what we are who were put together since, one is sent to', async () => {
  const [one = '', other = ''] = await addReaders(db, organization_id, 2, 'joined')
  const mailing_id = await planned(db, organizer, 'tag:joined', clock.now())
  await goOut(mailing_id)
  const rows = () => db.selectFrom('mail_delivery').select(['n', 'address', 'state', 'resends']).where('mailing_id', '=', mailing_id).orderBy('n').execute() // prettier-ignore
  for (const { address, n } of await rows()) await told(address, `<${mailing_id}.${n}@example.org>`, '5.7.26')
  await mergePeople(db, organizer, one, other, [])
  await turnMailing(db, organizer, mailing_id, 'resend', clock.now())
  await goOut(mailing_id)
  expect(await rows()).toMatchObject([{ state: 'sent', resends: 1 }, { state: 'bounced', resends: 0 }]) // prettier-ignore
  await expect(turnMailing(db, organizer, mailing_id, 'resend', clock.now())).rejects.toThrow(Conflict)
})

test('the report of a first refusal that comes once more after it was sent again says nothing; one of the second does', async () => {
  const mailing_id = await sent('once-more')
  const { address, n } = await first(mailing_id)
  const before = `<${mailing_id}.${n}@example.org>`
  expect(await told(address, before, '5.7.26')).toBe(1)
  await turnMailing(db, organizer, mailing_id, 'resend', clock.now())
  await goOut(mailing_id)
  expect(await told(address, before, '5.7.26')).toBe(0)
  expect(await told(address, before, '5.1.1')).toBe(0)
  expect(await first(mailing_id)).toMatchObject({ state: 'sent', resends: 1 })
  expect(await stops(mailing_id)).toEqual([])
  await expect(turnMailing(db, organizer, mailing_id, 'resend', clock.now())).rejects.toThrow(Conflict)

  const again = `<${mailing_id}.${n}.r1@example.org>`
  expect(readReply(`From: ${address}\r\nIn-Reply-To: ${again}\r\n\r\nThank you`)).toBe(again)
  expect(await told(address, again, '5.7.26')).toBe(1)
  expect((await first(mailing_id)).state).toBe('bounced')
  // Whoever complains may have read either.
  const complaint = { kind: 'complaint', message_id: before, address, status: null, answer: `abuse by <${address}>`, is_final: true } as const // prettier-ignore
  expect(await keepReports(db, organization_id, [complaint], { now: clock.now(), today: '2026-11-29' })).toBe(1)
  const kept = await db.selectFrom('mail_stop').select(['reason', 'evidence']).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  expect(kept).toEqual([{ reason: 'complaint', evidence: 'abuse by <…@example.org>' }])
})

test('only whoever can be written to is sent it again, only those refused, and not of what is old', async () => {
  await addReaders(db, organization_id, 4, 'offered')
  const mailing_id = await planned(db, organizer, 'tag:offered', clock.now())
  await goOut(mailing_id)
  const rows = () => db.selectFrom('mail_delivery').select(['n', 'address', 'state', 'left_out_for']).where('mailing_id', '=', mailing_id).orderBy('n').execute() // prettier-ignore
  const row = (n: number) => db.updateTable('mail_delivery').where('mailing_id', '=', mailing_id).where('n', '=', n)
  const [unknown, erased, refused, unwritten] = await rows()
  if (!unknown || !erased || !refused || !unwritten) throw new Error('four are listed')
  await told(unknown.address, `<${mailing_id}.${unknown.n}@example.org>`, '5.7.1', 'user unknown:')
  await told(erased.address, `<${mailing_id}.${erased.n}@example.org>`, '5.7.26')
  // As they stand once somebody was erased, and where it could not be put together a second time.
  await row(erased.n)
    .set({ address: `erased ${erased.n}`, domain: '', answer: null })
    .execute()
  await row(unwritten.n).set({ state: 'undeliverable', left_out_for: 'unwritten', was_unwritten: true }).execute()
  const browser = world.as(organizer, [sendingRoutes])
  const offer = async () => /of (\d+) pe\w+ refused it/.exec(await (await browser.get(`/mailings/${mailing_id}/send`)).text())?.[1] // prettier-ignore
  expect(await offer()).toBeUndefined()
  await told(refused.address, `<${mailing_id}.${refused.n}@example.org>`, '5.7.26')
  expect(await offer()).toBe('1')
  const finished_at = new Date(clock.now().getTime() - 15 * 86_400_000)
  await db.updateTable('mailing').set({ finished_at }).where('mailing_id', '=', mailing_id).execute()
  expect(await offer()).toBeUndefined()
  await expect(turnMailing(db, organizer, mailing_id, 'resend', clock.now())).rejects.toThrow(Conflict)
  await db.updateTable('mailing').set({ finished_at: clock.now() }).where('mailing_id', '=', mailing_id).execute()
  await turnMailing(db, organizer, mailing_id, 'resend', clock.now())
  await goOut(mailing_id)
  expect((await rows()).map(({ state }) => state)).toEqual(['bounced', 'bounced', 'sent', 'undeliverable'])
})

test('whoever said stop after it was refused is not counted among those it is sent to again, and is left as they are', async () => {
  const mailing_id = await sent('stopped-since')
  const rows = () => db.selectFrom('mail_delivery').select(['n', 'person_id', 'address', 'state']).where('mailing_id', '=', mailing_id).orderBy('n').execute() // prettier-ignore
  const [one, other] = await rows()
  if (!one || !other) throw new Error('two are listed')
  for (const { address, n } of [one, other]) await told(address, `<${mailing_id}.${n}@example.org>`, '5.7.26')
  const said = async (person_id: string) =>
    recordConsent(db, organizer, person_id, { channel: 'email', is_given: false, evidence: 'told us' })
  const browser = world.as(organizer, [sendingRoutes])
  const page = async () => (await browser.get(`/mailings/${mailing_id}/send`)).text()
  expect(await page()).toContain('2 people refused it')
  await said(one.person_id)
  expect(await page()).toContain('1 person refused it')
  await turnMailing(db, organizer, mailing_id, 'resend', clock.now())
  await goOut(mailing_id)
  expect((await rows()).map(({ state }) => state)).toEqual(['bounced', 'sent'])
  expect(await page()).not.toContain('Send to those who were refused')
  await expect(turnMailing(db, organizer, mailing_id, 'resend', clock.now())).rejects.toThrow(Conflict)
})

test('554 without a code is a refusal for what we are: of a mail handed on elsewhere it says nothing of ours', async () => {
  const mailing_id = await sent('plain')
  const { address, n } = await first(mailing_id)
  const own = `<${mailing_id}.${n}@example.org>`
  const plain = { kind: 'bounce', address, status: null, answer: '554 not accepted', is_final: true } as const
  const keep = (more: { message_id: string; is_handed_on?: true }) => keepReports(db, organization_id, [{ ...plain, ...more }], { now: clock.now(), today: '2026-11-29' }) // prettier-ignore
  await keep({ message_id: own, is_handed_on: true })
  expect((await first(mailing_id)).state).toBe('sent')
  await keep({ message_id: own })
  expect((await first(mailing_id)).state).toBe('bounced')
  await expect(turnMailing(db, organizer, mailing_id, 'resend', clock.now())).resolves.toBeUndefined()
})

test('what paused an e-mail or a journey before names no mailbox in the activity log any more, nor what came with a complaint', async () => {
  const actor = systemActor(organization_id)
  const said = '한글.example: 5.7.26 550 <kim@한글.example>, "o\'kim@example.org": not you'
  for (const action of ['mailing.pause', 'mail_journey.pause', 'mailing.test'])
    await audit(db, actor, { action, subject: 'mailing', subject_id: 'kept before', after: { problem: said, of: 'a@b' } }) // prettier-ignore
  await audit(db, actor, { action: 'mailing.pause', subject: 'mailing', subject_id: 'kept before' })
  await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
    values (${organization_id}::uuid, mail_address_hash(${organization_id}::uuid, 'kim@example.org'), 'complaint', ${clock.now()}, 'abuse <kim@example.org>')`.execute(db) // prettier-ignore
  const update = () => sql.raw(readFileSync('migrations/1366_mailings_log_without_mailboxes.sql', 'utf8')).execute(database.owner) // prettier-ignore
  await update()
  await update()
  const log = await db.selectFrom('audit_entry').select(['action', 'after']).where('subject_id', '=', 'kept before').orderBy('audit_id').execute() // prettier-ignore
  const problem = '한글.example: 5.7.26 550 <…@한글.example>, "o\'…@example.org": not you'
  expect(log).toEqual([
    { action: 'mailing.pause', after: { problem, of: 'a@b' } },
    { action: 'mail_journey.pause', after: { problem, of: 'a@b' } },
    { action: 'mailing.test', after: { problem: said, of: 'a@b' } },
    { action: 'mailing.pause', after: null },
  ])
  const evidence = await db.selectFrom('mail_stop').select('evidence').where('evidence', 'like', 'abuse <%').execute()
  expect(evidence).toEqual([{ evidence: 'abuse <…@example.org>' }])
})

test('a report that names the domain by its name in ASCII is of the mailbox in letters', async () => {
  const [person_id = ''] = await addReaders(db, organization_id, 1, 'idn')
  await db.updateTable('person_email').set({ email: 'idn1@한글.example' }).where('person_id', '=', person_id).execute()
  const mailing_id = await planned(db, organizer, 'tag:idn', clock.now())
  await goOut(mailing_id)
  const reports = await readMailReport(dsn('idn1@xn--bj0bj06e.example', '<x@y>'))
  expect(await keepReports(db, organization_id, reports, { now: clock.now(), today: '2026-11-29' })).toBe(1)
  expect((await first(mailing_id)).state).toBe('bounced')
})

test('Amazon is believed by its signature alone, and its certificate comes from Amazon alone', async () => {
  const mailing_id = await sent('ses')
  const { address, n } = await first(mailing_id)
  const bounce = { notificationType: 'Bounce', mail: { commonHeaders: { messageId: `<${mailing_id}.${n}@example.org>` } }, bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: address, status: '5.1.1' }] } } // prettier-ignore
  const message: SnsMessage = {
    Type: 'Notification', MessageId: 'm', TopicArn: 'arn', Message: JSON.stringify(bounce), Timestamp: '2026-11-23T17:00:00Z', SignatureVersion: '2', Signature: '',
    SigningCertURL: 'https://sns.us-east-1.amazonaws.com/cert.pem',
  } // prettier-ignore
  message.Signature = createSign('rsa-sha256').update(signedText(message)).sign(amazon.privateKey, 'base64')
  expect(
    (await tell('ses', { ...message, Message: message.Message.replace('Permanent', 'Undetermined') })).status,
  ).toBe(403)
  expect((await tell('ses', { ...message, SigningCertURL: 'https://sns.us-east-1.amazonaws.com.evil.example/cert.pem' })).status).toBe(403) // prettier-ignore
  expect(asked.filter((each) => each.includes('evil'))).toEqual([])
  expect((await first(mailing_id)).state).toBe('sent')
  expect((await tell('ses', message)).status).toBe(200)
  expect((await first(mailing_id)).state).toBe('bounced')
})

test('whoever has not the key, or that of another organization, tells us nothing', async () => {
  const said = { RecordType: 'Bounce', Type: 'HardBounce', Email: 'a@example.org' }
  expect((await tell('postmark', said, '/mail-reports/ours/postmark/forged')).status).toBe(404)
  expect((await tell('postmark', said, path('postmark', theirs.organization_id))).status).toBe(404)
  expect((await tell('fax', said, path('fax'))).status).toBe(404)
})

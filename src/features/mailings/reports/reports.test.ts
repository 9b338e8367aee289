import { createSign, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { sendDue } from '../sending/send.ts'
import { outboxTransport } from '../sending/transport.ts'
import { addReaders, planned } from '../testing.ts'
import { keepReports } from './commands.ts'
import { readMailReport } from './read.ts'
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
  const sending = {
    database,
    clock,
    secret,
    url,
    transport: outboxTransport(database.owner),
    from_address: 'office@example.org',
  }
  await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
  return mailing_id
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

test('a report by mail is read, whatever surrounds it', () => {
  expect(readMailReport(dsn('A@Example.org', '<x@y>'))).toEqual([
    { kind: 'bounce', message_id: '<x@y>', address: 'a@example.org', status: '5.1.1', answer: '550 5.1.1 no such user', is_final: true },
  ]) // prettier-ignore
  expect(readMailReport(dsn('a@example.org', '<x@y>', '4.4.7', 'delayed'))[0]?.is_final).toBe(false)
  expect(readMailReport(dsn('a@example.org', '<x@y>', '2.0.0', 'delivered'))).toEqual([])
  for (const text of ['', 'Subject: Out of office\n\nBack on Monday.', 'Content-Type: multipart/report; boundary=x\n\n--x', '\n'.repeat(9)])
    expect(readMailReport(text)).toEqual([])
}) // prettier-ignore

test.each([
  ['abuse', 1],
  ['not-spam', 0],
  ['auth-failure', 0],
])('feedback of type %s is %i complaints', (type, count) => {
  const report = [
    'Content-Type: multipart/report; report-type=feedback-report; boundary="=b1"', '', '--=b1', 'Content-Type: message/feedback-report', '',
    `Feedback-Type: ${type}`, 'Original-Rcpt-To: a@example.org', '', '--=b1--', '',
  ].join('\r\n') // prettier-ignore
  expect(readMailReport(report)).toHaveLength(count)
})

test('a mail that came back is kept with its row, and its mailbox is stopped where there is none', async () => {
  const mailing_id = await sent('dsn')
  const { address, n } = await first(mailing_id)
  const reports = readMailReport(dsn(address, `<${mailing_id}.${n}@example.org>`))
  const at = { now: clock.now(), today: '2026-11-23' }
  expect(await keepReports(db, organization_id, reports, at)).toBe(1)
  expect(await first(mailing_id)).toMatchObject({ state: 'bounced', code: '5.1.1' })
  expect(await stops(mailing_id)).toEqual(['hard_bounce'])
  // A mailbox it never went to, whatever Message-ID is named.
  const other = readMailReport(dsn('nobody@example.org', `<${mailing_id}.${n}@example.org>`))
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

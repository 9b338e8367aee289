import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Db } from '../../../platform/db/db.ts'
import '../../../platform/mail/mailer.ts'

export interface BulkMail {
  message_id: string
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  html: string
  language: string
  headers: Record<string, string>
  reply_to: string | null
  signing: Signing | null
}

export interface Signing {
  domain: string
  selector: string
  /** PEM */
  private_key: string
}

/** What became of one: taken, put off, refused for good; 'away': nothing went out, for a reason that is not the mail's; 'unknown': nobody can tell. */
export type Handed =
  | { result: 'sent'; answer: string }
  | { result: 'deferred' | 'refused'; answer: string; reply: number }
  | { result: 'away' | 'barred'; answer: string }
  | { result: 'unknown'; answer: string }

export interface BulkTransport {
  /** So many at once. */
  at_once: number
  send(mail: BulkMail): Promise<Handed>
  close(): void
}

/** What is read by everybody who opens the outbox; at once, without a network. */
export const outboxTransport = (owner: Db): BulkTransport => ({
  at_once: 10,
  async send({ to, subject, text, html, language }) {
    await owner
      .insertInto('outbox_mail')
      .values({ to_address: to, subject, body_text: text, body_html: html, language })
      .execute()
    return { result: 'sent', answer: 'outbox' }
  },
  close: () => undefined,
})

const at_once = 8

/** One server, a few connections that stay open; its certificate is checked unless the address says otherwise. */
export async function smtpTransport(url: string): Promise<BulkTransport> {
  const { createTransport } = (await import('nodemailer')).default
  const pool = createTransport({
    url,
    pool: true,
    maxConnections: at_once,
    maxMessages: 10_000,
    // A mail is handed over once; what its end was is for the row to say, never for the pool to try again.
    maxRequeues: 0,
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: 120_000,
  } as Parameters<typeof createTransport>[0])
  // What goes over the line of each mail, signed where it is signed: the dot that ends a mail goes after it was read whole.
  const onTheLine = new WeakMap<Readable, Readable>()
  pool.use('stream', ({ data, message }, done) => {
    const read = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const stream = read(options)
      if (data.raw instanceof Readable) onTheLine.set(data.raw, stream)
      return stream
    }
    done()
  })
  return {
    at_once,
    async send(mail) {
      const raw = Readable.from(slicesOf(await composed(mail)), { objectMode: false })
      try {
        const info = await pool.sendMail({
          envelope: { from: mail.from.address, to: [mail.to] },
          raw,
          ...(mail.signing && { dkim: signedBy(mail.signing) }),
        })
        return { result: 'sent', answer: String(info.response).slice(0, 500) }
      } catch (caught) {
        return handedBy(caught, onTheLine.get(raw)?.readableEnded ?? false)
      }
    },
    close: () => pool.close(),
  }
}

/** So small that what waits to go out stays within sight of what has gone. */
function* slicesOf(mail: Buffer): Generator<Buffer> {
  const bytes = 16_384
  for (let from = 0; from < mail.length; from += bytes) yield mail.subarray(from, from + bytes)
}

/** Over what a reader sees, and over what stops it: receivers heed only signed headers (RFC 8058 4). */
const signedBy = ({ domain, selector, private_key }: Signing) => ({
  domainName: domain,
  keySelector: selector,
  privateKey: private_key,
  headerFieldNames:
    'From:Reply-To:To:Subject:Date:Message-ID:MIME-Version:Content-Type:List-Id:List-Unsubscribe:List-Unsubscribe-Post',
})

const composed = ({ message_id, from, to, subject, text, html, headers, reply_to }: BulkMail): Promise<Buffer> =>
  new MailComposer({
    messageId: message_id,
    from,
    to: { name: '', address: to },
    subject,
    text,
    html,
    headers,
    ...(reply_to && { replyTo: reply_to }),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()

/**
 * What an error of the mail server means. An answer with a number is its last word. Without one nothing was taken, unless
 * all of the mail had gone over the line: then it may have been, and only the answer was lost (RFC 5321 4.5.3.2.6).
 */
function handedBy(caught: unknown, wasEnded: boolean): Handed {
  const answer = (caught instanceof Error ? caught.message : String(caught)).replaceAll(/\s+/g, ' ').slice(0, 500)
  if (!(caught instanceof Error)) return { result: 'away', answer }
  const said = (name: string): string => (name in caught ? String(caught[name as keyof Error]) : '')
  const reply = Number(said('responseCode')) || 0
  const command = said('command')
  if (reply >= 400) {
    // Who we are, or what we may: the same for every mail.
    if (reply === 421 || command === 'CONN') return { result: 'away', answer }
    if (said('code') === 'EAUTH' || command === 'MAIL FROM' || reply === 530)
      return { result: reply >= 500 ? 'barred' : 'away', answer }
    return { result: reply >= 500 ? 'refused' : 'deferred', answer, reply }
  }
  if (wasEnded) return { result: 'unknown', answer }
  return { result: ['EAUTH', 'ETLS', 'EREQUIRETLS'].includes(said('code')) ? 'barred' : 'away', answer }
}

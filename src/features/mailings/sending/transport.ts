import { Readable } from 'node:stream'
import { domainToASCII } from 'node:url'
import type MailMessage from 'nodemailer/lib/mailer/mail-message'
import type { SentMessageInfo } from 'nodemailer/lib/smtp-pool'
import type { Db } from '../../../platform/db/db.ts'
import { mustBeEncrypted } from '../../../platform/mail/mailer.ts'
import { composed } from './composing.ts'

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
/**
 * So long a server may take over its word on a mail it has read whole (RFC 5321 4.5.3.2.6); whoever asks less doubts of mails that
 * were only being looked at. Nothing waits for it but its connection: pause and cancel are of the rows that come after.
 */
export const longest_silence_ms = 600_000

/**
 * One server, a few connections that stay open; encrypted unless it is this machine or `accepts_plain`, and its certificate is
 * checked unless the address says otherwise.
 */
export async function smtpTransport(url: string, accepts_plain = false): Promise<BulkTransport> {
  const { createTransport } = (await import('nodemailer')).default
  const { transporter: pool } = createTransport({
    url,
    pool: true,
    maxConnections: at_once,
    maxMessages: 10_000,
    // A mail is handed over once; what its end was is for the row to say, never for the pool to try again.
    maxRequeues: 0,
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: longest_silence_ms,
    requireTLS: mustBeEncrypted(url, accepts_plain),
  })
  return {
    at_once,
    async send(mail) {
      let whole: Buffer
      try {
        whole = await composed(mail, new Date())
      } catch (problem) {
        // As with a key nobody can sign with: it is the same for every mail, and none has gone.
        return { result: 'barred', answer: saidBy(problem) }
      }
      const line = new OnTheLine(whole)
      return new Promise((resolve) => {
        pool.send(asPooled(mail, line), (problem, info) =>
          resolve(
            problem || !info
              ? handedBy(problem, line.readableEnded)
              : { result: 'sent', answer: info.response.slice(0, 500) },
          ),
        )
      })
    },
    close: () => pool.close?.(),
  }
}

/** What the pool asks of a mail. The library would make it out of its parts once more, which takes longer than handing it over. */
function asPooled({ from, to, message_id }: BulkMail, line: OnTheLine): MailMessage<SentMessageInfo> {
  const message = {
    getEnvelope: () => ({ from: onTheEnvelope(from.address), to: [onTheEnvelope(to)] }),
    messageId: () => message_id,
    getHeader: () => message_id,
    createReadStream: () => line,
  }
  return { data: {}, message } as unknown as MailMessage<SentMessageInfo> // SMTPPool.send and PoolResource.send read no more of it
}

/**
 * A domain in any script has a name in ASCII, which every server takes; letters before the @ have none (RFC 6531), and the
 * library asks for a server that reads them.
 */
function onTheEnvelope(address: string): string {
  const at = address.lastIndexOf('@')
  const name = address.slice(0, at)
  const domain = Buffer.byteLength(name) === name.length && domainToASCII(address.slice(at + 1))
  return domain ? `${name}@${domain}` : address
}

/**
 * A mail in slices so small that what waits to go out stays within sight of what has gone. The dot that ends it goes after it was
 * read whole.
 */
class OnTheLine extends Readable {
  readonly #mail: Buffer
  #from = 0

  constructor(mail: Buffer) {
    super()
    this.#mail = mail
  }

  override _read(): void {
    const bytes = 16_384
    this.push(this.#from < this.#mail.length ? this.#mail.subarray(this.#from, this.#from + bytes) : null)
    this.#from += bytes
  }
}

const saidBy = (caught: unknown): string =>
  (caught instanceof Error ? caught.message : String(caught)).replaceAll(/\s+/g, ' ').slice(0, 500)

/**
 * What an error of the mail server means. An answer with a number is its last word. Without one nothing was taken, unless
 * all of the mail had gone over the line: then it may have been, and only the answer was lost (RFC 5321 4.5.3.2.6).
 */
function handedBy(caught: unknown, wasEnded: boolean): Handed {
  const answer = saidBy(caught)
  if (!(caught instanceof Error)) return { result: 'away', answer }
  const said = (name: string): string => (name in caught ? String(caught[name as keyof Error]) : '')
  const reply = Number(said('responseCode')) || 0
  const command = said('command')
  // No encryption, so nothing of a mail: where the server said why, that is of the line too.
  if (['ETLS', 'EREQUIRETLS'].includes(said('code')))
    return { result: reply >= 400 && reply < 500 ? 'away' : 'barred', answer }
  if (reply >= 400) {
    // Said of this mailbox or of this mail, whatever becomes of the line: a try of theirs, so that it ends as others do. What came
    // with the answers before it has no name of its own.
    const isOfOne =
      command === 'RCPT TO' || command === 'DATA' || (command === 'CONN' && said('code') === 'ECONNECTION')
    if (reply === 421 && isOfOne) return { result: 'deferred', answer, reply }
    // Who we are, or what we may: the same for every mail.
    if (reply === 421 || command === 'CONN') return { result: 'away', answer }
    if (said('code') === 'EAUTH' || command === 'MAIL FROM' || reply === 530)
      return { result: reply >= 500 ? 'barred' : 'away', answer }
    return { result: reply >= 500 ? 'refused' : 'deferred', answer, reply }
  }
  if (wasEnded) return { result: 'unknown', answer }
  return { result: said('code') === 'EAUTH' ? 'barred' : 'away', answer }
}

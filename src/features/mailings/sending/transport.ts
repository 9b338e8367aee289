import { Readable } from 'node:stream'
import { domainToASCII } from 'node:url'
import type { Db } from '../../../platform/db/db.ts'
import { mustBeEncrypted } from '../../../platform/mail/mailer.ts'
import type { UndeliverableReason } from '../schema.ts'
import { CannotSign, composed } from './composing.ts'
import { Lines, type Envelope, type Line, type LinesOptions } from './lines.ts'

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

/** What became of one: taken, put off, refused for good; 'away': nothing went out, for a reason that is not the mail's; 'unknown': nobody can tell; 'undeliverable': it never can be. */
export type Handed =
  | { result: 'sent'; answer: string }
  | { result: 'deferred' | 'refused'; answer: string; reply: number }
  | Away
  | Barred
  | Undeliverable
  | { result: 'unknown'; answer: string }

export interface Undeliverable {
  result: 'undeliverable'
  why: UndeliverableReason
  answer: string
}

export interface Away {
  result: 'away'
  answer: string
  /** The server is there and says that it takes nothing now. */
  reply?: number
  /** It took no line. */
  isNew?: boolean
  /** Said of who sends, and not of whoever comes. */
  isOfSender?: boolean
}

interface Barred {
  result: 'barred'
  answer: string
  /** Nobody vouches for the server's certificate. */
  isOfCertificate?: boolean
  reply?: number
  isNew?: boolean
}

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
  const { parseConnectionUrl } = await import('nodemailer/lib/shared')
  const lines = new Lines(
    {
      connectionTimeout: 30_000,
      greetingTimeout: 30_000,
      socketTimeout: longest_silence_ms,
      requireTLS: mustBeEncrypted(url, accepts_plain),
      ...(parseConnectionUrl(url) as LinesOptions), // made of the address, by the library whose options they are
    },
    at_once,
  )
  return {
    at_once,
    async send(mail) {
      if (/^$|[\r\n<>]/.test(mail.to)) return { result: 'undeliverable', why: 'address_invalid', answer: '' }
      let whole: Buffer
      try {
        whole = await composed(mail, new Date())
      } catch (problem) {
        const answer = saidBy(problem)
        // A key nobody can sign with is the same for every mail, and none has gone.
        return problem instanceof CannotSign ? { result: 'barred', answer } : { result: 'undeliverable', why: 'unwritten', answer } // prettier-ignore
      }
      const envelope = { from: onTheEnvelope(mail.from.address), to: onTheEnvelope(mail.to) }
      for (;;) {
        await lines.enter()
        try {
          const handed = await handOver(lines, envelope, whole)
          // So many lines it does not take; those that are open go on, and this one waits for one of them.
          if (!(isOfNewLine(handed) && lines.lessen())) return handed
        } finally {
          lines.leave()
        }
      }
    },
    close: () => lines.close(),
  }
}

/** Servers say in many words that they take no further line: 421, 450, 554. */
const isOfNewLine = (handed: Handed): boolean =>
  (handed.result === 'away' || handed.result === 'barred') && handed.isNew === true && handed.reply !== undefined

/** Over a line that is open, and if the server has only ended that one, over a new one. */
async function handOver(lines: Lines, envelope: Envelope, whole: Buffer): Promise<Handed> {
  const used = lines.used()
  if (used) {
    const { handed, isOfLine } = await over(lines, used, envelope, whole)
    if (!isOfLine) return handed
  }
  let line: Line
  try {
    line = await lines.open()
  } catch (problem) {
    const refused = handedBy(problem, false)
    return refused.result === 'away' || refused.result === 'barred' ? { ...refused, isNew: true } : refused
  }
  return (await over(lines, line, envelope, whole)).handed
}

/** 'isOfLine': it ended, as servers end lines that were open for long or have had many mails, before anything of this mail was on it. */
async function over(
  lines: Lines,
  line: Line,
  envelope: Envelope,
  whole: Buffer,
): Promise<{ handed: Handed; isOfLine: boolean }> {
  if (!isAscii(envelope.to) && !line.takesLetters) {
    lines.putBack(line)
    return { handed: { result: 'undeliverable', why: 'address_letters', answer: '' }, isOfLine: false }
  }
  const mail = new OnTheLine(whole)
  try {
    const answer = await line.send(envelope, mail)
    lines.putBack(line)
    return { handed: { result: 'sent', answer: answer.slice(0, 500) }, isOfLine: false }
  } catch (problem) {
    const reply = replyOf(problem)
    const handed = handedBy(problem, mail.readableEnded)
    if (reply === 0 || reply === 421) {
      line.close()
      return { handed, isOfLine: !mail.readableDidRead }
    }
    await line.clear()
    lines.putBack(line)
    return { handed, isOfLine: false }
  }
}

const isAscii = (words: string): boolean => Buffer.byteLength(words) === words.length

/**
 * A domain in any script has a name in ASCII, which every server takes; letters before the @ have none (RFC 6531), and only a
 * server that says that it reads them is asked for such a mailbox.
 */
function onTheEnvelope(address: string): string {
  const at = address.lastIndexOf('@')
  const name = address.slice(0, at)
  const domain = isAscii(name) && domainToASCII(address.slice(at + 1))
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

export const saidBy = (caught: unknown): string =>
  (caught instanceof Error ? caught.message : String(caught)).replaceAll(/\s+/g, ' ').slice(0, 500)

/** The number of the server's word; 0: it said none. */
const replyOf = (caught: unknown): number =>
  caught instanceof Error && 'responseCode' in caught ? Number(caught.responseCode) || 0 : 0

const codeOf = (caught: unknown): string => (caught instanceof Error && 'code' in caught ? String(caught.code) : '')

/** What OpenSSL and Node have against a certificate (X509_V_ERR_…). */
const certificateFault =
  /^(CERT_|CRL_|UNABLE_TO_(GET|DECRYPT|DECODE|VERIFY)_|ERROR_IN_C|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_)/

/**
 * What an error of the mail server means. An answer with a number is its last word. Without one nothing was taken, unless
 * all of the mail had gone over the line: then it may have been, and only the answer was lost (RFC 5321 4.5.3.2.6).
 */
function handedBy(caught: unknown, wasEnded: boolean): Handed {
  const answer = saidBy(caught)
  if (!(caught instanceof Error)) return { result: 'away', answer }
  const reply = replyOf(caught)
  const code = codeOf(caught)
  const command = 'command' in caught ? caught.command : ''
  // No encryption, so nothing of a mail: where the server said why, that is of the line too.
  if (['ETLS', 'EREQUIRETLS'].includes(code))
    return reply >= 400 && reply < 500 ? { result: 'away', answer, reply } : { result: 'barred', answer }
  if (reply >= 400) {
    // Said of this mailbox or of this mail, whatever becomes of the line: a try of theirs, so that it ends as others do. What came
    // with the answers before it has no name of its own.
    const isOfOne = command === 'RCPT TO' || command === 'DATA' || (command === 'CONN' && code === 'ECONNECTION')
    if (reply === 421 && isOfOne) return { result: 'deferred', answer, reply }
    // Who we are, or what we may: the same for every mail.
    const isOfLine = command === 'CONN' || command === 'EHLO' || command === 'HELO'
    if (reply >= 500 && isOfLine) return { result: 'barred', answer, reply }
    if (reply === 421 || isOfLine) return { result: 'away', answer, reply }
    if (code === 'EAUTH' || command === 'MAIL FROM' || reply === 530) {
      if (reply >= 500) return { result: 'barred', answer, reply }
      return { result: 'away', answer, reply, ...(command === 'MAIL FROM' && { isOfSender: true }) }
    }
    return { result: reply >= 500 ? 'refused' : 'deferred', answer, reply }
  }
  // Asked again it shows the same one; somebody has to put another there.
  if ('originalCode' in caught && certificateFault.test(String(caught.originalCode))) return { result: 'barred', answer, isOfCertificate: true } // prettier-ignore
  if (wasEnded) return { result: 'unknown', answer }
  return { result: code === 'EAUTH' ? 'barred' : 'away', answer }
}

import type { Readable } from 'node:stream'
import type { ColumnType, Generated } from 'kysely'
import type { Config } from '../config.ts'
import type { Db } from '../db/db.ts'

export interface Mail {
  to: string
  subject: string
  text: string
  html?: string
  language: string
  /** Entries for the reader's calendar: of each one its own iCalendar, with the method named in it (RFC 5546 3.2). */
  calendars?: readonly { method: 'REQUEST' | 'CANCEL'; text: string }[]
  /** Shown below the text; `alt` is read where it is not. */
  picture?: { png: Uint8Array; alt: string }
  files?: readonly MailFile[]
}

export interface MailFile {
  name: string
  type: string
  content: Uint8Array
}

/** As the outbox keeps it. */
export interface KeptFile {
  name: string
  type: string
  /** base64 */
  content: string
}

export interface OutboxMailTable {
  mail_id: Generated<string>
  to_address: string
  subject: string
  body_text: string
  body_html: string | null
  language: string
  calendar: ColumnType<string | null, string | null | undefined, never>
  picture: ColumnType<string | null, string | null | undefined, never>
  files: ColumnType<KeptFile[] | null, string | null | undefined, never>
  sent_at: Generated<Date>
}

declare module '../db/tables.ts' {
  interface Tables {
    outbox_mail: OutboxMailTable
  }
}

/** Sends one mail. Never inside a transaction. */
export interface Mailer {
  send(mail: Mail): Promise<void>
}

/** Errors after all of a mail had gone over the line and no answer with a number came: it may have been taken (RFC 5321 4.5.3.2.6). */
const maybeTaken = new WeakSet<object>()
export const wasMaybeTaken = (caught: unknown): boolean =>
  typeof caught === 'object' && caught !== null && maybeTaken.has(caught)

/**
 * Whether nothing goes to this server in clear: else whoever sits between takes its offer of encryption out of what it says, and
 * reads password and mails. Not this machine, which many run a mail server of their own on without a certificate.
 */
export function mustBeEncrypted(smtp_url: string, accepts_plain: boolean): boolean {
  const host = new URL(smtp_url).hostname.replaceAll(/[[\]]/g, '')
  return !accepts_plain && !(host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host))
}

/** Through SMTP where it is set up, else into an outbox that stewards can read in the browser. */
export function openMailer(
  config: Pick<Config, 'smtp_url' | 'mail_from'> & Partial<Pick<Config, 'accepts_plain_smtp'>>,
  db: Db,
): Mailer {
  if (!config.smtp_url) {
    return {
      async send({ to, subject, text, html, language, calendars, picture, files }) {
        await db
          .insertInto('outbox_mail')
          .values({
            to_address: to,
            subject,
            body_text: text,
            body_html: html ?? null,
            language,
            // One after the other they are a stream of them (RFC 5545 3.4).
            calendar: calendars?.map((each) => each.text).join('') || null,
            picture: picture ? `data:image/png;base64,${Buffer.from(picture.png).toString('base64')}` : null,
            files: files ? JSON.stringify(files.map(kept)) : null,
          })
          .execute()
      },
    }
  }
  const { smtp_url, accepts_plain_smtp = false } = config
  // With the first mail: most commands send none, and start sooner without it.
  const connect = async () => {
    const smtp = (await import('nodemailer')).default.createTransport({ url: smtp_url, requireTLS: mustBeEncrypted(smtp_url, accepts_plain_smtp) }) // prettier-ignore
    smtp.use('stream', ({ data, message }, done) => {
      const { line } = data as { line?: { stream: Readable | null } }
      const read = message.createReadStream.bind(message)
      message.createReadStream = (options) => {
        const stream = read(options)
        if (line) line.stream = stream
        return stream
      }
      done()
    })
    return smtp
  }
  let transport: ReturnType<typeof connect> | null = null
  return {
    async send({ to, subject, text, html, language, calendars = [], picture, files = [] }) {
      const [first, ...others] = calendars
      const smtp = await (transport ??= connect())
      const line: { stream: Readable | null } = { stream: null }
      const written = {
        line,
        from: config.mail_from,
        to,
        subject,
        text,
        ...(html ? { html } : picture ? { html: withPicture(text, language, picture.alt) } : {}),
        attachments: [
          ...(picture ? [{ filename: 'code.png', content: Buffer.from(picture.png), cid: picture_id }] : []),
          // Each a part of its own (RFC 6047 2.4): a part is about one entry.
          ...others.map(({ method, text: content }, at) => ({
            filename: `event-${at + 2}.ics`,
            content,
            contentType: `text/calendar; charset=utf-8; method=${method}`,
          })),
          ...files.map(({ name, type, content }) => ({ filename: name, contentType: type, content: Buffer.from(content) })), // prettier-ignore
        ],
        ...(first ? { icalEvent: { method: first.method, content: first.text, filename: 'event.ics' } } : {}),
      }
      try {
        await smtp.sendMail(written)
      } catch (caught) {
        const isAnswered = caught instanceof Error && 'responseCode' in caught && Number(caught.responseCode) >= 400
        if (!isAnswered && line.stream?.readableEnded && caught instanceof Error) maybeTaken.add(caught)
        throw caught
      }
    },
  }
}

const kept = ({ content, ...file }: MailFile): KeptFile => ({
  ...file,
  content: Buffer.from(content).toString('base64'),
})

const picture_id = 'picture@hanpyo'

/** The same text with the picture below it, for programs that show one. */
function withPicture(text: string, language: string, alt: string): string {
  const plain = (words: string): string =>
    words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const linked = plain(text).replaceAll(/https?:\/\/[^\s<]+/g, (address) => `<a href="${address}">${address}</a>`)
  return `<!doctype html><html lang="${plain(language)}"><body><p style="white-space: pre-line">${linked}</p><p><img src="cid:${picture_id}" alt="${plain(alt)}" width="220" height="220"></p></body></html>`
}

import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { foldLines } from 'nodemailer/lib/mime-funcs'
import MimeNode from 'nodemailer/lib/mime-node'
import type { BulkMail, Signing } from './transport.ts'

/*
 * A mail as it goes over the line. What many mails of one mailing have in common is worked out once: header fields by their
 * value, lines of the text by what stands in them; a reader's own costs the lines it stands in.
 */

export async function composed(mail: BulkMail, now: Date): Promise<Buffer> {
  const fields = fieldsOf(mail, now)
  const body = bodyOf(mail)
  const head = [...(mail.signing ? [await signature(mail.signing, fields, body)] : []), ...fields.map(({ line }) => line)]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
} // prettier-ignore

interface HeaderField {
  name: string
  /** Encoded and folded. */
  line: string
}

function fieldsOf({ message_id, from, reply_to, to, subject, headers }: BulkMail, now: Date): HeaderField[] {
  const same = (name: string, value: string | typeof from): HeaderField =>
    kept(known, `${name} ${JSON.stringify(value)}`, () => field(name, value))
  return [
    same('From', from),
    ...(reply_to ? [same('Reply-To', reply_to)] : []),
    field('To', { name: '', address: to }),
    field('Subject', subject),
    field('Message-ID', message_id),
    same('Date', now.toUTCString().replace('GMT', '+0000')),
    ...Object.entries(headers).map(([name, value]) => (value.length > 60 ? field(name, value) : same(name, value))),
    same('MIME-Version', '1.0'),
    { name: 'Content-Type', line: `Content-Type: multipart/alternative;\r\n boundary="${boundary}"` },
  ]
}

/**
 * Nothing in a value begins a field of its own: the library encodes or leaves out what may not stand there, but breaks a
 * line at any white space, also where a mail knows none (U+2028).
 */
function field(name: string, value: string | { name: string; address: string }): HeaderField {
  const encoded = encoder.encodeHeaderValue(name, value).replaceAll(/[^\S\t ]/g, ' ')
  return { name, line: foldLines(`${name}: ${encoded}`, 76) }
}
const encoder = new MimeNode('text/plain')

/** In what follows no line begins so: both encodings write "=" and "_" otherwise (RFC 2045 6.7). */
const boundary = '=_hanpyo_part'

const bodyOf = ({ text, html }: BulkMail): string =>
  `--${boundary}\r\n${part('plain', text)}\r\n--${boundary}\r\n${part('html', html)}\r\n--${boundary}--\r\n`

function part(kind: 'plain' | 'html', text: string): string {
  const head = `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: `
  const bytes = Buffer.byteLength(text)
  // Letters beyond ASCII take three bytes in most mails here; each is nine letters in one encoding, four in the other.
  const beyond = (bytes - text.length) * 1.5
  return beyond > (bytes - beyond) / 5
    ? `${head}base64\r\n\r\n${inLines(Buffer.from(text.replaceAll(/\r?\n/g, '\r\n')).toString('base64'))}`
    : `${head}quoted-printable\r\n\r\n${text.split(/\r?\n/).map((line) => kept(printable, line, () => quotedPrintable(line))).join('\r\n')}`
} // prettier-ignore

function inLines(letters: string): string {
  let lines = ''
  for (let at = 0; at < letters.length; at += 76) lines += (at === 0 ? '' : '\r\n') + letters.slice(at, at + 76)
  return lines
}

/** One line as RFC 2045 6.7 writes it, broken softly before its 77th letter, and never within the three of a byte. */
function quotedPrintable(line: string): string {
  const said = line.replaceAll(/[^\t -<>-~]+|[\t ]$/g, inHex)
  if (said.length <= 76) return said
  let lines = ''
  let at = 0
  while (said.length - at > 76) {
    const end = said[at + 73] === '=' ? at + 73 : said[at + 74] === '=' ? at + 74 : at + 75
    lines += `${said.slice(at, end)}=\r\n`
    at = end
  }
  return lines + said.slice(at)
}

/** Words come back in every mail. */
const inHex = (letters: string): string =>
  kept(hexed, letters, () => Buffer.from(letters).toString('hex').toUpperCase().replaceAll(/../g, '=$&'))

const known = new Map<string, HeaderField>()
const [printable, hexed] = [new Map<string, string>(), new Map<string, string>()]
/** Forgotten all at once when it is full: lines of one mailing are soon there again. */
const most_kept = 4000

function kept<Made>(map: Map<string, Made>, key: string, make: () => Made): Made {
  const there = map.get(key)
  if (there !== undefined) return there
  if (map.size >= most_kept) map.clear()
  const made = make()
  map.set(key, made)
  return made
}

/** Over what a reader sees, and over what stops it: receivers heed only signed headers (RFC 8058 4). */
const signed = new Set(['From', 'Reply-To', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type', 'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post']) // prettier-ignore

const keys = new Map<string, KeyObject>()
const signAside = promisify(sign)

/** DKIM (RFC 6376), relaxed both ways. The signing itself is done beside the loop. */
async function signature({ domain, selector, private_key }: Signing, fields: readonly HeaderField[], body: string): Promise<string> {
  const covered = fields.filter(({ name }) => signed.has(name))
  const hash = createHash('sha256').update(relaxedBody(body)).digest('base64')
  const names = covered.map(({ name }) => name.toLowerCase()).join(':')
  const line = `${foldLines(`DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; q=dns/txt; s=${selector}; bh=${hash}; h=${names}`, 76)};\r\n b=`
  const data = [...covered.map((each) => each.line), line].map(relaxed).join('\r\n')
  const made = await signedBy(private_key, data)
  return line + (made.toString('base64').match(/.{1,72}/g) ?? []).join('\r\n ')
} // prettier-ignore

export class CannotSign extends Error {}

async function signedBy(private_key: string, data: string): Promise<Buffer> {
  try {
    return await signAside(
      'sha256',
      Buffer.from(data),
      kept(keys, private_key, () => createPrivateKey(private_key)),
    )
  } catch (problem) {
    throw new CannotSign(problem instanceof Error ? problem.message : String(problem), { cause: problem })
  }
}

function relaxed(line: string): string {
  const colon = line.indexOf(':')
  const value = line.slice(colon + 1).replaceAll(/\r\n/g, '').replaceAll(/[ \t]+/g, ' ').trim() // prettier-ignore
  return `${line.slice(0, colon).toLowerCase()}:${value}`
}

const relaxedBody = (body: string): string => body.replaceAll(/[ \t]+/g, ' ').replaceAll(' \r\n', '\r\n')

import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { prepareMail } from '../writing/render.ts'
import { MailContent } from '../writing/schema.ts'
import { composed } from './composing.ts'
import { bulkMail } from './send.ts'
import type { BulkMail } from './transport.ts'

const now = new Date('2026-11-23T17:00:00Z')
const mail = (more: Partial<BulkMail> = {}): BulkMail => ({
  message_id: '<m.1@example.org>',
  from: { name: 'Ours', address: 'office@example.org' },
  to: 'reader@example.org',
  subject: 'News',
  text: 'Hello\n',
  html: '<p>Hello</p>',
  language: 'en',
  headers: { Precedence: 'bulk' },
  reply_to: null,
  signing: null,
  ...more,
})

/** What somebody would type who wants a field, a part or a mail of their own in it. */
const hostile = fc.constantFrom('\r\nBcc: all@evil.example\r\n', '\n\n<b>mine</b>', '\r', '\u0000', '\u2028Bcc: a@evil.example', '"', '<', '>', ';', ',', '=?UTF-8?Q?=0D=0ABcc:_a=40evil.example?=', '--=_hanpyo_part', '--=_hanpyo_part--', '\r\n.\r\n', '{first_name|x}', '\t', '\u202E', '한표', '\uD83D\uDE00', '\uD83D') // prettier-ignore
const said = fc.array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 5 }).map((parts) => parts.join('')) // prettier-ignore

/** Names of the fields as they stand there, each line that begins one. */
const namesOf = (raw: Buffer): string[] =>
  raw.toString('latin1').split('\r\n\r\n')[0]?.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':'))) ?? [] // prettier-ignore
const ours = ['From', 'Reply-To', 'To', 'Subject', 'Message-ID', 'Date', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'List-Id', 'Precedence', 'Content-Language', 'MIME-Version', 'Content-Type'] // prettier-ignore

test('whatever is typed for subject, line after it, names, sender, answers and address of the installation, the mail has our fields and our two parts alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ subject: said, preheader: said, body: said, name: said, first: said, last: said, hangul: said, reply_to: said, sender: said, to: said, url: said }), // prettier-ignore
      async (typed) => {
        const organization = { organization_id: '5f0c3a52-0d0a-4d1e-9d1a-6d7b8c9d0e1f', name: { en: typed.name }, languages: ['en'], time_zone: 'UTC' } // prettier-ignore
        const content = MailContent.parse({
          subject: { en: `${typed.subject} {first_name|friend}` },
          preheader: { en: typed.preheader },
          blocks: [{ key: 'b1', kind: 'text', said: { en: `${typed.body} {name|you}` } }],
          postal_address: '1 Main St',
          reason: { en: 'You signed up.' },
        })
        const prepared = await prepareMail(content, { language: 'en', organization, url: typed.url })
        const person = { first_name: typed.first, last_name: typed.last, name_hangul: typed.hangul, preferred_title: null } // prettier-ignore
        const sent = bulkMail(
          { secret: 's'.repeat(32), url: typed.url },
          {
            from_address: `${typed.sender}@example.org`,
            reply_to: typed.reply_to || 'office@example.org',
            signing: null,
          },
          organization,
          (_language, reader, links) => prepared(reader, links),
          { organization_id: organization.organization_id, mailing_id: organization.organization_id, n: 7 },
          { address: `${typed.to}@example.org`, language: 'en', person },
        )
        const raw = await composed(sent, now)
        expect(namesOf(raw)).toEqual(ours)
        const lines = raw.toString('latin1').split('\r\n')
        expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([])
        expect(lines.filter((line) => line.startsWith('--=_hanpyo_part'))).toHaveLength(3)
        const parsed = await simpleParser(raw)
        expect(parsed.attachments).toEqual([])
        expect(parsed.headers.has('bcc')).toBe(false)
        expect(parsed.html).toContain('You signed up.')
        expect([parsed.to].flat()).toHaveLength(1)
      },
    ),
    { numRuns: 40 },
  )
}, 120_000)

test('a line of a field is broken only where the next begins with a space as mail knows it', async () => {
  const address = `${'office'.repeat(12)}@example.org\u2028Bcc: all@evil.example`
  const raw = await composed(mail({ message_id: `<${'1'.repeat(60)}@example.org\u2028Bcc: all@evil.example>`, from: { name: '', address }, to: address, reply_to: address }), now) // prettier-ignore
  expect(namesOf(raw).filter((name) => !ours.includes(name))).toEqual([])
  expect((await simpleParser(raw)).headers.has('bcc')).toBe(false)
})

test('what is written arrives letter by letter, in both parts, whichever encoding is shorter', async () => {
  await fc.assert(
    fc.asyncProperty(said, fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom('', '가나다라마바사'.repeat(40), 'plain words = '.repeat(40)), async (subject, typed, long) => {
      // A mail is lines of text; half a letter is none.
      const text = `${typed}${long} \n\t=\n${long}end`.replaceAll(/\r\n?/g, '\n').toWellFormed()
      const raw = await composed(mail({ subject, text, html: `<p>${text.replaceAll(/[<>&]/g, '')}</p>` }), now)
      expect(Math.max(...raw.toString('latin1').split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76)
      const parsed = await simpleParser(raw, { skipTextToHtml: true })
      expect(parsed.text?.replace(/\n$/, '')).toBe(text)
      expect(parsed.html).toContain(text.replaceAll(/[<>&]/g, ''))
    }),
    { numRuns: 200 },
  )
}, 60_000) // prettier-ignore

test('subjects and names in Hangul, and mailboxes and domains in any script, are read as they were written', async () => {
  const raw = await composed(mail({ subject: '소중한 한 표, '.repeat(12).trim(), from: { name: '이웃들, "Neighbors"', address: 'office@example.org' }, to: 'reader@한글.example', reply_to: 'office@example.org' }), now) // prettier-ignore
  const parsed = await simpleParser(raw)
  expect(parsed.subject).toBe('소중한 한 표, '.repeat(12).trim())
  expect(parsed.from?.value).toEqual([{ name: '이웃들, "Neighbors"', address: 'office@example.org' }])
  expect(raw.toString()).toMatch(/^To: reader@xn--\S+\.example\r$/m)
  expect(parsed.date).toEqual(now)
  const unicode = await composed(mail({ to: '독자@한글.example' }), now)
  expect(unicode.toString()).toMatch(/^To: 독자@한글\.example\r$/m)
})

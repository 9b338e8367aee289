import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prepareMail } from './render.ts'
import { MailContent, type MailLinks, type MailPerson } from './schema.ts'

const organization = { name: { en: 'Flushing <Voters> & Co', ko: '플러싱 유권자 모임' }, languages: ['en', 'ko'] }
const links: MailLinks = {
  unsubscribe: 'https://example.org/u/1?a=1&b=2',
  preferences: 'https://example.org/p/1',
}
const younghee: MailPerson = { first_name: 'Younghee', last_name: 'Kim', name_hangul: '김영희', preferred_title: null }
const nobody: MailPerson = { first_name: null, last_name: null, name_hangul: null, preferred_title: null }

const update = MailContent.parse({
  subject: { en: 'News for {first_name|friends}', ko: '{first_name|회원} 님께 드리는 10월 소식' },
  preheader: { en: 'What we did', ko: '한 달 동안 한 일' },
  blocks: [
    { key: 'b1', kind: 'heading', title: { en: 'Dear {name|friend}', ko: '{name|회원} 님께' } },
    { key: 'b2', kind: 'text', said: { en: 'We **won**. [Read](https://example.org/?a=1&b="2")\n\n- one\n- two', ko: '{first_name|친구, 이/가} 해냈습니다.\n\n1. 하나\n2. 둘' } }, // prettier-ignore
    { key: 'b3', kind: 'columns', left: { en: 'Left', ko: '왼쪽' }, right: { en: 'Only in English' } },
    { key: 'b4', kind: 'divider' },
    { key: 'b5', kind: 'brief', title: { en: 'Rent', ko: '렌트' }, said: { en: 'Short.', ko: '짧게.' }, link: { en: 'https://example.org/rent' } }, // prettier-ignore
    { key: 'b6', kind: 'action', title: { en: 'Call', ko: '전화' }, label: { en: 'Call now', ko: '전화하기' }, link: { en: 'tel:718-555-0100' } }, // prettier-ignore
    { key: 'b7', kind: 'button', label: { en: 'Nowhere', ko: '없음' }, link: { en: 'javascript:alert(1)' } },
  ],
  postal_address: '136-20 38th Ave\nFlushing, NY 11354',
})

test('each language is a mail of its own, with the particle that fits the name', async () => {
  const [ko, en] = await Promise.all(['ko', 'en'].map((language) => prepareMail(update, { language, organization })))
  const mail = ko?.(younghee, links)
  expect(mail?.subject).toBe('영희 님께 드리는 10월 소식')
  expect(mail?.html).toContain('<html lang="ko"')
  expect(mail?.html).toContain('영희가 해냈습니다')
  // What is not translated stands there in the other language, and screen readers are told.
  expect(mail?.html).toMatch(/<div class="said" lang="en"[^>]*><p[^>]*>Only in English/)
  expect(ko?.(nobody, links).html).toContain('친구가 해냈습니다')
  expect(en?.(nobody, links).subject).toBe('News for friends')
  expect(en?.(younghee, links).html).toContain('Dear Younghee Kim')
})

test('in plain text what a candidate answered and why stand on lines of their own', async () => {
  const said = (text: string) => ({ text, language: 'en' })
  const content = MailContent.parse({
    blocks: [{ key: 'b1', kind: 'comparison', of: '0c0ffee0-0000-4000-8000-00000000ffff/1' }],
  })
  const cells = [{ who: 'Hana Jeong', mark: null, said: [said('Yes'), said('Nobody should stand alone.')] }]
  const block = { title: said('Council'), lines: [], rows: [{ title: said('Housing'), cells }], notes: [], label: 'Compare', address: 'https://example.org/g' } // prettier-ignore
  const prepared = await prepareMail(content, { language: 'en', organization, shown: new Map([['b1', block]]) })
  expect(prepared(nobody, links).text).toContain('Housing\n- Hana Jeong: Yes\n  Nobody should stand alone.\n')
})

test('the text part says all of it, with addresses to copy', async () => {
  const { text } = (await prepareMail(update, { language: 'ko', organization }))(younghee, links)
  expect(text).toBe(`김영희 님께
===========

영희가 해냈습니다.

1. 하나
2. 둘

왼쪽

Only in English

* * *

렌트

짧게.

자세히 보기: https://example.org/rent

전화

전화하기: tel:718-555-0100

-- 
플러싱 유권자 모임 소식을 신청하셨거나 회원이셔서 이 이메일을 보내 드립니다.
플러싱 유권자 모임
136-20 38th Ave, Flushing, NY 11354
수신 거부: https://example.org/u/1?a=1&b=2
받을 소식과 언어 고르기: https://example.org/p/1
브라우저에서 보기: https://example.org/p/1/mail
`)
})

test('every mail says whose it is, where they are, and how to stop it', async () => {
  const empty = await prepareMail(MailContent.parse({}), { language: 'en', organization })
  const { html, text } = empty(nobody, links)
  expect(html).toContain('Flushing &lt;Voters&gt; &amp; Co')
  expect(html).toContain('href="https://example.org/u/1?a=1&amp;b=2"')
  expect(html).toContain('href="https://example.org/p/1"')
  expect(text).toContain('Unsubscribe: https://example.org/u/1?a=1&b=2')
})

test('markup in texts, names and addresses stays text', async () => {
  const evil = '<img src=x onerror=alert(1)>"\'&</td></mj-text>'
  const content = MailContent.parse({
    subject: { en: `${evil} {name}` },
    preheader: { en: evil },
    blocks: [
      { key: 'b1', kind: 'heading', title: { en: evil } },
      { key: 'b2', kind: 'text', said: { en: `${evil} **${evil}** {name}` } },
      { key: 'b3', kind: 'button', label: { en: evil }, link: { en: 'https://example.org/?"><script>' } },
    ],
    postal_address: evil,
    reason: { en: evil },
  })
  const prepared = await prepareMail(content, { language: 'en', organization })
  const { html, subject } = prepared({ ...nobody, first_name: evil }, { ...links, unsubscribe: '"><script>' })
  expect(html).not.toMatch(/<img|<script|<mj-|onerror=alert\(1\)>"/)
  expect(html).not.toContain('"><script>')
  expect(subject).toContain('<img') // a subject is no markup
})

test('a name never begins a line in a subject', async () => {
  const prepared = await prepareMail(update, { language: 'en', organization })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (first_name, more) => {
      const { subject } = prepared({ ...nobody, first_name: `${first_name}\r\nBcc: x@example.org${more}` }, links)
      expect(subject).not.toMatch(/[\r\n\u2028\u2029\0]/)
    }),
  )
})

test('what is filled in cannot be taken for a place of another', async () => {
  const content = MailContent.parse({
    subject: { en: '{first_name}\uE0001\uE001' },
    blocks: [{ key: 'b1', kind: 'text', said: { en: '\uE0000\uE001 {first_name|x} {last_name|y}' } }],
  })
  const prepared = await prepareMail(content, { language: 'en', organization })
  const { subject, text } = prepared({ ...nobody, first_name: '\uE0001\uE001', last_name: 'Kim' }, links)
  expect(subject.endsWith('1')).toBe(true)
  expect(text.startsWith('0 \uE0001\uE001 Kim')).toBe(true)
})

test('a mail asks nobody else for anything', async () => {
  const { html } = (await prepareMail(update, { language: 'en', organization }))(younghee, links)
  expect(html.match(/https?:\/\/[^\s"')<]+/g)?.filter((each) => !each.startsWith('https://example.org/'))).toEqual(['http://www.w3.org/1999/xhtml']) // prettier-ignore
})

test('a dark screen has colours of its own', async () => {
  const { html } = (await prepareMail(update, { language: 'ko', organization }))(younghee, links)
  expect(html).toContain('<meta name="color-scheme" content="light dark">')
  expect(html).toContain('@media (prefers-color-scheme: dark)')
  expect(html).toContain('[data-ogsc] .card')
  expect(html.length).toBeLessThan(20_000)
})

test('e-mail for a candidate says who pays in English, and beside it in the reader’s language, in both parts', async () => {
  const attribution = { en: 'Paid for by Kim <PAC>\nkimpac.org', ko: '비용 부담: Kim PAC' }
  for (const [language, lines] of [['ko', ['Paid for by Kim <PAC> kimpac.org', '비용 부담: Kim PAC']], ['en', ['Paid for by Kim <PAC> kimpac.org']]] as const) {
    const mail = (await prepareMail({ ...update, attribution }, { language, organization }))(nobody, links)
    for (const line of lines) expect(mail.text).toContain(line)
    for (const line of lines) expect(mail.html).toContain(line.replace('<PAC>', '&lt;PAC&gt;'))
    expect(mail.text.split('Paid for by')).toHaveLength(2)
    expect(mail.text.includes('비용 부담')).toBe(language === 'ko')
  }
  expect((await prepareMail(update, { language: 'en', organization }))(nobody, links).text).not.toContain('Paid for by')
}) // prettier-ignore

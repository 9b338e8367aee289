import { expect, test } from 'vitest'
import { checkMail, type CheckKind } from './check-rules.ts'
import { MailContent } from './schema.ts'
import { starterContent, starterKeys } from './starters.ts'

const whole = {
  subject: { en: 'News from Flushing', ko: '플러싱 소식' },
  blocks: [{ key: 'b1', kind: 'text', said: { en: 'Hello {first_name|friend}', ko: '안녕하세요, {name|회원} 님' } }],
  postal_address: 'PO Box 1, Flushing, NY 11354',
}
const seen = {
  lane: 'non_partisan',
  today: '2026-11-23',
  languages: ['en', 'ko'],
  payers: ['Victory 2026 A New Way PAC'],
  problems: new Map(),
  bytes: { en: 9000, ko: 9000 },
} as const
const text = (en: string, ko = '글') => ({ ...whole, blocks: [{ key: 'b1', kind: 'text', said: { en, ko } }] })
const kindsIn = (content: object, more: object = {}): CheckKind[] =>
  checkMail(MailContent.parse(content), { ...seen, ...more }).map(({ kind }) => kind)

test.each<{ what: string; content: object; more?: object; kinds: CheckKind[] }>([
  { what: 'one that is whole', content: whole, kinds: [] },
  { what: 'one in which nothing is written', content: {}, kinds: ['nothing_written', 'no_postal_address', 'no_subject'] },
  { what: 'a missing translation', content: { ...whole, subject: { en: 'News' } }, kinds: ['untranslated'] },
  { what: 'one that was accepted', content: { ...whole, subject: { en: 'News' }, accepted: ['ko'] }, kinds: [] },
  { what: 'one that another language lacks', content: { ...whole, subject: { en: 'News' }, accepted: ['en'] }, kinds: ['untranslated'] },
  { what: 'a field nobody knows', content: text('Dear {fist_name}'), kinds: ['to_fill_in'] },
  { what: 'a gap of a starter', content: text('On [[day]]'), kinds: ['to_fill_in'] },
  { what: 'an address that is none', content: { ...whole, blocks: [{ key: 'b1', kind: 'button', label: { en: 'Go', ko: '가기' }, link: { en: 'example.org' } }] }, kinds: ['not_an_address'] },
  { what: 'a link that is not encrypted', content: text('See http://example.org'), kinds: ['insecure_link'] },
  { what: 'twenty-one links', content: text('https://example.org/ '.repeat(21)), kinds: ['many_links'] },
  { what: 'shouting', content: text('WE NEED YOUR VOTE TODAY!'), kinds: ['capitals'] },
  { what: 'initialisms', content: text('The CFB, the BOE and NYCHA in NYC'), kinds: [] },
  { what: 'many exclamation marks', content: text('Come!!'), kinds: ['exclamation'] },
  { what: 'words of advertising in the subject', content: { ...whole, subject: { en: 'Act now', ko: '무료 대박' } }, kinds: ['spam_words', 'spam_words'] },
  { what: 'such a word once in the text', content: text('It is urgent.'), kinds: [] },
  { what: 'a long subject in Korean', content: { ...whole, subject: { en: 'News', ko: '가'.repeat(26) } }, kinds: ['long_subject'] },
  { what: 'a subject that is long only with its braces', content: { ...whole, subject: { en: 'News', ko: '{first_name|친구, 이/가} 함께해 주세요' } }, kinds: [] },
  { what: 'a mail larger than Gmail shows', content: whole, more: { bytes: { en: 110_000, ko: 100_000 } }, kinds: ['too_large'] },
  { what: 'what the lane forbids', content: whole, more: { problems: new Map([['b9', 'lane']]) }, kinds: ['lane'] },
  { what: 'a block that shows what is not in Korean', content: whole, more: { lacking: new Map([['b9', ['ko']]]) }, kinds: ['untranslated_there'] },
  { what: 'one of which that was accepted', content: { ...whole, accepted: ['ko'] }, more: { lacking: new Map([['b9', ['ko']]]) }, kinds: [] },
  { what: 'a block that holds nothing', content: { ...whole, blocks: [{ key: 'b1', kind: 'heading' }] }, kinds: ['empty'] },
  { what: 'work for a candidate that says no office', content: whole, more: { lane: 'coordinated' }, kinds: ['no_level'] },
  { what: 'work for a candidate without its line', content: { ...whole, level: 'state' }, more: { lane: 'coordinated' }, kinds: ['law_lacks'] },
  { what: 'work of a state whose law is not known', content: { ...whole, level: 'state', postal_address: '1 Main St, Newark NJ 07102' }, more: { lane: 'independent' }, kinds: ['no_law'] },
  { what: 'work in New York, in words', content: { ...whole, level: 'state', postal_address: '1 Main St, Flushing, New York 11354', attribution: { en: 'PAID FOR BY: Us' } }, more: { lane: 'coordinated' }, kinds: [] },
  { what: 'a line that is not filled in', content: { ...whole, level: 'state', attribution: { en: 'Paid for by: [name]' } }, more: { lane: 'coordinated' }, kinds: ['law_blank'] },
  { what: 'a line that says the opposite', content: { ...whole, level: 'federal', attribution: { en: 'Paid for by Us and authorized by nobody. Not authorized by any candidate.' } }, more: { lane: 'coordinated' }, kinds: ['law_contrary'] },
  { what: 'a federal line without a way to reach who pays', content: { ...whole, level: 'federal', attribution: { en: 'Paid for by Friends of Kim 2026 Committee. Not authorized by any candidate or candidate’s committee.' } }, more: { lane: 'independent' }, kinds: ['law_reach'] },
  { what: 'a federal line with it', content: { ...whole, level: 'federal', attribution: { en: 'Paid for by Kim PAC, kimpac.org. Not authorized by any candidate or candidate’s committee.' } }, more: { lane: 'independent' }, kinds: [] },
  { what: 'a federal line of a committee with a year and a way in its name', content: { ...whole, level: 'federal', attribution: { en: 'Paid for by Victory 2026 A New Way PAC. Not authorized by any candidate or candidate’s committee.' } }, more: { lane: 'independent' }, kinds: ['law_reach'] },
  { what: 'a federal line with a mailbox alone', content: { ...whole, level: 'federal', attribution: { en: 'Paid for by Koreans Forward, treasurer@koreansforward.org. Not authorized by any candidate or candidate’s committee.' } }, more: { lane: 'independent' }, kinds: ['law_reach'] },
  { what: 'a federal line with a box at the post', content: { ...whole, level: 'federal', attribution: { en: 'Paid for by X, PO Box 12 Plaza Station. Not authorized by any candidate or candidate’s committee.' } }, more: { lane: 'independent' }, kinds: ['law_reach'] },
  { what: 'a federal line with a street that has no type', content: { ...whole, level: 'federal', attribution: { en: 'Paid for by X, 225 Bowery. Not authorized by any candidate or candidate’s committee.' } }, more: { lane: 'independent' }, kinds: [] },
  { what: 'work in New York, however the address says it', content: { ...whole, level: 'state', postal_address: '1 Main St, flushing, N. Y. 11354, USA', attribution: { en: 'Paid for by: Us' } }, more: { lane: 'coordinated' }, kinds: [] },
  { what: 'a line with a gap, though settled', content: { ...whole, attribution: { en: 'Paid for by [name]' }, is_line_settled: true }, more: { lane: 'independent' }, kinds: ['law_blank'] },
  { what: 'a line somebody settled', content: { ...whole, attribution: { en: 'Paid for by Us' }, is_line_settled: true }, more: { lane: 'independent' }, kinds: [] },
  { what: 'no line, though settled', content: { ...whole, level: 'state', is_line_settled: true }, more: { lane: 'coordinated' }, kinds: ['law_lacks'] },
])('a check of $what finds $kinds', ({ content, more, kinds }) => {
  expect(kindsIn(content, more)).toEqual(kinds)
}) // prettier-ignore

test.each(starterKeys)('the starter %s is whole in both languages but for its gaps', (key) => {
  const content = starterContent(key, '2026-11-23')
  const left = new Set<CheckKind>(['to_fill_in', 'no_postal_address', 'empty', 'not_chosen'])
  expect(kindsIn(content).filter((kind) => !left.has(kind))).toEqual([])
})

test('the starter for getting out the vote has the days of the next election', () => {
  const said = JSON.stringify(starterContent('gotv', '2026-11-23'))
  expect(said).toContain('2027')
  expect(said).not.toContain('[[')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MailPerson } from './schema.ts'
import { inlineOf, isAddress, linePartsOf, paragraphsOf, saidFor, unknownBraces, wordFor } from './text-rules.ts'

const younghee: MailPerson = { first_name: 'Younghee', last_name: 'Kim', name_hangul: '김영희', preferred_title: null }
const grace: MailPerson = { first_name: 'Grace', last_name: 'Lee', name_hangul: null, preferred_title: '권사님' }
const nobody: MailPerson = { first_name: null, last_name: null, name_hangul: null, preferred_title: null }

test.each([
  { field: 'first_name', person: younghee, language: 'ko', word: '영희' },
  { field: 'last_name', person: younghee, language: 'ko', word: '김' },
  { field: 'name', person: younghee, language: 'ko', word: '김영희' },
  { field: 'name', person: younghee, language: 'en', word: 'Younghee Kim' },
  { field: 'first_name', person: { ...younghee, name_hangul: '남궁 민' }, language: 'ko', word: '민' },
  { field: 'first_name', person: { ...younghee, name_hangul: '남궁민수' }, language: 'ko', word: '민수' },
  { field: 'first_name', person: { ...younghee, name_hangul: '남궁' }, language: 'ko', word: '궁' },
  { field: 'first_name', person: grace, language: 'ko', word: 'Grace' }, // no Hangul is made up
  { field: 'title', person: grace, language: 'ko', word: '권사님' },
  { field: 'name', person: nobody, language: 'ko', word: '' },
  { field: 'name', person: { ...grace, first_name: 'Eve\r\nBcc: x@example.org' }, language: 'en', word: 'Eve Bcc: x@example.org Lee' }, // prettier-ignore
] as const)('$field of $person.first_name in $language is $word', ({ field, person, language, word }) => {
  expect(wordFor(field, person, language)).toBe(word)
})

test.each([
  { text: '{first_name|친구, 이/가}', word: '영희', said: '영희가' },
  { text: '{first_name|친구, 이/가}', word: '민준', said: '민준이' },
  { text: '{first_name|친구, 이/가}', word: '', said: '친구가' },
  { text: '{ name | 회원님 , 은/는 }', word: '', said: '회원님은' },
  { text: '{organization, 으로/로}', word: '서울', said: '서울로' },
  { text: '{name, 을/를}', word: 'KAPA', said: 'KAPA를' },
  { text: '{name|}', word: '', said: '' },
  { text: '{first_name|friend}', word: '', said: 'friend' },
])('$text with “$word” says $said', ({ text, word, said }) => {
  const [part] = linePartsOf(text)
  if (typeof part !== 'object') throw new Error('nothing to fill in')
  expect(saidFor(part, word)).toBe(said)
})

test('what would stay in braces before a reader is found', () => {
  expect(unknownBraces('{fist_name} {name|a} [[place]] {first_name|친구, 이/가}')).toEqual(['{fist_name}', '[[place]]'])
  expect(unknownBraces('{first_name|친구, 아/야} {name|a, 을/를} {name|b,c}')).toEqual(['{first_name|친구, 아/야}'])
})

test.each([
  { text: 'https://example.org/a', is: true },
  { text: 'mailto:office@example.org', is: true },
  { text: 'tel:+1-718-555-0100', is: true },
  { text: 'javascript:alert(1)', is: false },
  { text: 'data:text/html,x', is: false },
  { text: 'example.org', is: false },
  { text: 'https://a b', is: false },
])('$text is an address of a mail: $is', ({ text, is }) => {
  expect(isAddress(text)).toBe(is)
})

test('paragraphs, lines and lists are told apart', () => {
  expect(paragraphsOf('One\nline two\n\n- a\n- b\n1. c\nafter').map((each) => each.kind)).toEqual(['paragraph', 'list', 'list', 'paragraph']) // prettier-ignore
})

test('a link keeps brackets of its own and leaves the full stop to the sentence', () => {
  expect(inlineOf('See https://example.org/a_(b).')).toEqual([
    { kind: 'words', text: 'See ' },
    { kind: 'link', address: 'https://example.org/a_(b', of: [{ kind: 'words', text: 'https://example.org/a_(b' }] },
    { kind: 'words', text: ').' },
  ])
  expect(inlineOf('[Here](https://example.org/a_(b)) **and [there](javascript:x)**')).toMatchObject([
    { kind: 'link', address: 'https://example.org/a_(b)' },
    { kind: 'words', text: ' ' },
    { kind: 'strong', of: [{ kind: 'words', text: 'and [there](javascript:x)' }] },
  ])
})

test('whatever is typed, no word of it is lost and nothing but addresses becomes a link', () => {
  const bits = fc.constantFrom('**', '[', '](', ')', 'https://e.org/x', '{name', '|', '}', ', 이/가', '\n', '- ', '1. ', 'a', '한', '<b>', '&', 'javascript:x') // prettier-ignore
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 30 }), (typed) => {
      const text = typed.join('')
      const words: string[] = []
      const walk = (parts: ReturnType<typeof inlineOf>): void => {
        for (const part of parts) {
          if (part.kind === 'words') words.push(part.text)
          else if (part.kind === 'link') {
            expect(isAddress(part.address)).toBe(true)
            walk(part.of)
          } else if (part.kind === 'strong') walk(part.of)
        }
      }
      for (const each of paragraphsOf(text))
        for (const line of each.kind === 'list' ? each.items : each.lines) walk(line)
      const count = (of: string, letter: string) => of.split(letter).length - 1
      if (!text.includes('{')) expect(count(words.join(''), '한')).toBe(count(text, '한'))
    }),
  )
})

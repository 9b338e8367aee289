import { expect, test } from 'vitest'
import { filledIn, lacks } from './rules.ts'

const words = {
  candidate: '이서연',
  contest: '시의원',
  organization: 'Flushing Action',
  statement: '',
  page: 'https://example.org/c',
}

test.each([
  ['Dear {candidate},', 'Dear 이서연,'],
  ['{candidate, 을/를} {candidate, 이/가}', '이서연을 이서연이'],
  ['{ organization }: {page}', 'Flushing Action: https://example.org/c'],
  ['one\n\n{statement}\n\ntwo', 'one\n\ntwo'], // nothing is said yet
  ['{nobody} {{candidate}}', '{nobody} {이서연}'],
])('a letter says %j as %j', (text, said) => {
  expect(filledIn(text, words)).toBe(said)
})

test('what is not written in a language is known', () => {
  expect(lacks({ en: 'Rent', ko: '' }, ['en', 'ko', 'zh'])).toEqual(['ko', 'zh'])
})

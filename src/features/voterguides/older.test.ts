import { expect, test } from 'vitest'
import { olderAfter, olderOf, writtenIn } from './older.ts'

const both = { en: 'Homes', ko: '주거' }

test.each([
  { what: 'nothing changed', after: both, older: [], then: [] },
  { what: 'the English was changed', after: { ...both, en: 'Housing' }, older: [], then: ['ko'] },
  { what: 'the Korean was changed', after: { ...both, ko: '집' }, older: [], then: ['en'] },
  { what: 'the older one was written anew', after: { ...both, ko: '집' }, older: ['ko'], then: [] },
  { what: 'both were changed', after: { en: 'Housing', ko: '집' }, older: [], then: [] },
  { what: 'a language was added', after: { ...both, es: 'Vivienda' }, older: [], then: [] },
  { what: 'the English was changed again', after: { ...both, en: 'Housing' }, older: ['ko'], then: ['ko'] },
  { what: 'the older one was taken out', after: { en: 'Homes' }, older: ['ko'], then: [] },
])('where $what, older is $then', ({ after, older, then }) => {
  expect(olderAfter({ before: both, after, older, original: null })).toEqual(then)
})

test.each([
  { what: 'the original was cut', after: { ...both, en: 'Home' }, older: [], then: ['ko'] },
  { what: 'the translation was put right', after: { ...both, ko: '집' }, older: [], then: [] },
  { what: 'the translation followed', after: { ...both, ko: '집' }, older: ['ko'], then: [] },
])('of a candidate’s words, where $what, older is $then', ({ after, older, then }) => {
  expect(olderAfter({ before: both, after, older, original: 'en' })).toEqual(then)
})

test('each text of a form is looked at by itself, and whoever saves may say that nothing is older', () => {
  const before = { title: both, intro: both }
  const after = { title: { ...both, en: 'Housing' }, intro: both }
  expect(olderOf(before, after, { older: { intro: ['ko'] } })).toEqual({ title: ['ko'], intro: ['ko'] })
  expect(olderOf(before, after, { older: { intro: ['ko'] }, is_same: true })).toEqual({})
  expect(writtenIn('ko', both, ['ko'])).toBe('older')
  expect(writtenIn('es', both)).toBe('missing')
  expect(writtenIn('es', {})).toBeNull()
})

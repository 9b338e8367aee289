import { expect, test } from 'vitest'
import { olderAfter, olderOf, writtenIn } from './older.ts'

const both = { en: 'Homes', ko: '주거' }

test.each([
  { what: 'nothing changed', after: both, older: [], left: [] },
  { what: 'the English was changed', after: { ...both, en: 'Housing' }, older: [], left: ['ko'] },
  { what: 'the Korean was changed', after: { ...both, ko: '집' }, older: [], left: ['en'] },
  { what: 'the older one was written anew', after: { ...both, ko: '집' }, older: ['ko'], left: [] },
  { what: 'both were changed', after: { en: 'Housing', ko: '집' }, older: [], left: [] },
  { what: 'a language was added', after: { ...both, es: 'Vivienda' }, older: [], left: [] },
  { what: 'the English was changed again', after: { ...both, en: 'Housing' }, older: ['ko'], left: ['ko'] },
  { what: 'the older one was taken out', after: { en: 'Homes' }, older: ['ko'], left: [] },
])('where $what, older is $left', ({ after, older, left }) => {
  expect(olderAfter({ before: both, after, older, original: null })).toEqual(left)
})

test.each([
  { what: 'the original was cut', after: { ...both, en: 'Home' }, older: [], left: ['ko'] },
  { what: 'the translation was put right', after: { ...both, ko: '집' }, older: [], left: [] },
  { what: 'the translation followed', after: { ...both, ko: '집' }, older: ['ko'], left: [] },
])('of a candidate’s words, where $what, older is $left', ({ after, older, left }) => {
  expect(olderAfter({ before: both, after, older, original: 'en' })).toEqual(left)
})

test('each text of a form is looked at by itself, and whoever saves may say that nothing is older', () => {
  const before = { title: both, intro: both }
  const after = { title: { ...both, en: 'Housing' }, intro: both }
  expect(olderOf(before, after, { older: { intro: ['ko'] } })).toEqual({ title: ['ko'], intro: ['ko'] })
  // The introduction was not touched, so nobody looked at it.
  expect(olderOf(before, after, { older: { title: ['ko'], intro: ['ko'] }, is_same: true })).toEqual({ intro: ['ko'] })
  // Whoever changes nothing has looked at what was older.
  expect(olderOf(before, before, { older: { title: ['ko'], intro: ['ko'] }, is_same: true })).toEqual({})
  expect(writtenIn('ko', both, ['ko'])).toBe('older')
  expect(writtenIn('es', both)).toBe('missing')
  expect(writtenIn('es', {})).toBeNull()
})

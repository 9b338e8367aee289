import { expect, test } from 'vitest'
import { beginsIn, languagesOfCall, readsIn } from './spoken.ts'

const known = (code: string) => ({ code, is_known: true })
const guess = (code: string) => ({ code, is_known: false })

test.each([
  { of: 'a speaker of Vietnamese', voter: known('vi'), speaks: ['en', 'vi'], reader: 'ko', spoken: 'vi', reads: 'en' },
  { of: 'a speaker of Korean', voter: known('ko'), speaks: ['en', 'ko'], reader: 'en', spoken: 'ko', reads: 'ko' },
  { of: 'one who is likely Korean', voter: guess('ko'), speaks: ['ko'], reader: 'en', spoken: 'ko', reads: 'ko' },
  { of: 'one nobody knows', voter: null, speaks: ['en', 'ko'], reader: 'ko', spoken: null, reads: 'en' },
  { of: 'one nobody knows', voter: null, speaks: ['ko'], reader: 'en', spoken: null, reads: 'ko' },
  { of: 'one nobody knows', voter: null, speaks: ['zh'], reader: 'ko', spoken: null, reads: 'en' },
  { of: 'whom the caller cannot speak with', voter: known('zh'), speaks: ['ko'], reader: 'ko', spoken: null, reads: 'ko' }, // prettier-ignore
  { of: 'anybody, where one language is possible', voter: null, speaks: ['en'], reader: 'ko', written: ['en'], spoken: 'en', reads: 'en' }, // prettier-ignore
  { of: 'a speaker of Vietnamese, script in English', voter: known('vi'), speaks: ['vi'], reader: 'ko', written: ['en'], spoken: 'vi', reads: 'en' }, // prettier-ignore
] as const)('the call of $of by a caller of $speaks begins in $spoken and is read in $reads', (each) => {
  const content = { languages: 'written' in each ? [...each.written] : ['en', 'ko'] }
  const here = { phone_bank: { languages: ['en', 'ko', 'vi'] }, caller: { languages: [...each.speaks] } }
  const spoken = beginsIn({ language: each.voter }, content, here)
  expect(spoken).toBe(each.spoken)
  expect(readsIn(spoken, content, here, each.reader)).toBe(each.reads)
})

test('a call can be in a language of the script or of the caller, each once', () => {
  const here = { phone_bank: { languages: ['en'] }, caller: { languages: ['ko', 'vi'] } }
  expect(languagesOfCall({ languages: ['en', 'ko'] }, here)).toEqual(['en', 'ko', 'vi'])
})

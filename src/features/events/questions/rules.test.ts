import { expect, test } from 'vitest'
import { askersOf, gathered, languageOf, mainOnes, movedIn, textIn, type Asker, type Edited } from './rules.ts'

test.each([
  ['학교 급식은 어떻게 되나요?', 'en', 'ko'],
  ['What about ICE raids?', 'ko', 'en'],
  ['¿Y el alquiler?', 'es', 'es'],
  ['房租怎麼辦?', 'en', 'zh'],
  ['家賃はどうなりますか', 'en', 'ja'],
  ['MTA 요금은요?', 'en', 'ko'],
])('%s, read by somebody who reads %s, is in %s', (text, read, language) => {
  expect(languageOf(text, read)).toBe(language)
})

const asker = (signup_id: string, questions?: string): Asker => ({ signup_id, language: 'ko', answers: questions ? { questions } : {} }) // prettier-ignore
const edited = (question_id: string, more: Partial<Edited> = {}): Edited => ({ question_id, signup_id: question_id, asked: 'Rents?', language: 'en', text: {}, state: 'kept', into_id: null, position: null, ...more }) // prettier-ignore

test('a question nobody looked at stands as it was asked; one that was edited says what became of it since', () => {
  const all = gathered(
    [edited('b'), edited('c'), edited('d'), edited('own', { signup_id: null, asked: '', text: { en: 'Schools?' } })],
    [asker('a', '집세는요?'), asker('b', 'Rents?'), asker('c', 'Rents, and when?'), asker('d'), asker('e')],
  )
  const seen = all.map(({ question_id, state, language, said_since }) => [question_id, state, language, said_since])
  expect(seen).toEqual([
    ['a', 'open', 'ko', null],
    ['b', 'kept', 'en', null],
    ['c', 'kept', 'en', 'Rents, and when?'],
    ['d', 'kept', 'en', ''],
    ['own', 'kept', 'en', null],
  ])
  const [fresh] = all
  expect(fresh && [textIn(fresh, 'ko'), textIn(fresh, 'en')]).toEqual(['집세는요?', ''])
})

test('those kept stand in their order, and who asked the same is counted once', () => {
  const all = gathered(
    [
      edited('b', { position: 2 }),
      edited('c', { position: 1 }),
      edited('d', { into_id: 'b', state: 'open' }),
      edited('more', { signup_id: 'b', into_id: 'b' }),
      edited('team', { signup_id: null }),
    ],
    ['b', 'c', 'd'].map((id) => asker(id, 'Rents?')),
  )
  const kept = mainOnes(all, 'kept')
  expect(kept.map(({ question_id }) => question_id)).toEqual(['c', 'b', 'team'])
  expect(kept.map((each) => askersOf(all, each))).toEqual([1, 2, 0])
})

test.each([
  ['up', 'c', 'acb'],
  ['up', 'a', 'abc'],
  ['down', 'a', 'bac'],
  ['down', 'c', 'abc'],
  ['first', 'c', 'cab'],
  ['down', 'x', 'abc'],
] as const)('%s moves %s: %s', (act, id, order) => {
  expect(movedIn(['a', 'b', 'c'], id, act).join('')).toBe(order)
})

import { expect, test } from 'vitest'
import { problemsOf, twins, unused } from './check-messages.ts'

test.each([
  { en: 'Save', ko: '저장' },
  { en: { one: '{{count}} call', other: '{{count}} calls' }, ko: '{{count}}통' },
  { en: '{{name}} has answered', ko: '{{name, 이/가}} 답했습니다' },
  { en: { one: 'One call for {{name}}', other: '{{count}} calls for {{name}}' }, ko: '{{name}} 님께 {{count}}통' },
])('nothing is wrong with $ko', (text) => {
  expect(problemsOf(text)).toEqual([])
})

test.each([
  [{ en: 'Save', ko: '' }, 'no Korean'],
  [{ en: 'Press save', ko: 'Press save' }, 'the Korean is the English'],
  [{ en: 'Hello {{name}}', ko: '안녕하세요' }, 'other placeholders'],
  [{ en: 'Press here', ko: '여기를 클릭하세요' }, '누르세요'],
  [{ en: '{{name}} has answered', ko: '{{name}}이 답했습니다' }, '{{name, 은/는}}'],
  [{ en: 'In a few days', ko: '몇일 뒤' }, '며칠'],
])('%o is refused: %s', (text, why) => {
  expect(problemsOf(text).join()).toContain(why)
})

test('the same words under two keys are found', () => {
  const all = new Map([
    ['a.save', { en: 'Save', ko: '저장' }],
    ['b.save', { en: 'Save', ko: '저장' }],
    ['b.keep', { en: 'Save', ko: '보관' }],
  ])
  expect(twins(all)).toEqual([['a.save', 'b.save']])
})

test('a key made at run time counts as used', () => {
  const sources = ["t('people.name')", 't.dynamic(`problem.${status}`)', 't.dynamic(`${code}.title`)']
  expect(unused(['people.name', 'problem.404', 'x.y.title', 'people.gone'], sources)).toEqual(['people.gone'])
})

import { expect, test } from 'vitest'
import { withParticle } from './korean.ts'

test.each([
  ['김영희', '이/가', '김영희가'],
  ['한표당', '은/는', '한표당은'],
  ['3', '이/가', '3이'], // 삼이
  ['40', '이/가', '40이'], // 사십이
  ['2026', '이/가', '2026이'],
  ['2', '을/를', '2를'],
  ['20', '으로/로', '20으로'],
  ['7', '으로/로', '7로'], // 칠로, not 칠으로
  ['서울', '으로/로', '서울로'],
  ['퀸즈', '으로/로', '퀸즈로'],
  ['BOE', '이/가', 'BOE가'],
  ['MOIA', '은/는', 'MOIA는'],
  ['RCV', '을/를', 'RCV를'],
  ['PTSM', '으로/로', 'PTSM으로'],
  ['Kim', '이/가', 'Kim이(가)'],
  ['Grace Meng', '은/는', 'Grace Meng은(는)'],
  ['선거관리위원회(BOE)', '이/가', '선거관리위원회(BOE)가'], // agrees with the word before the bracket
  ['단체', '과/와', '단체와'],
  ['연합', '과/와', '연합과'],
] as const)('%s with %s is %s', (word, pair, expected) => {
  expect(withParticle(word, pair)).toBe(expected)
})

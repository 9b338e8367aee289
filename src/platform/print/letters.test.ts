import { expect, test } from 'vitest'
import { lettersMissing } from './letters.ts'

test.each([
  ['Vote “early” — José, Niño · 718', []],
  ['집에서도 투표할 수 있습니다', []],
  ['Bầu cử sớm', []],
  ['郵寄選票，紐約', []],
  ['期日前投票をする', []],
  ['Vote 🗳️ now', ['🗳']],
  ['ভোট', Array.from('ভোট')],
  ['मत', Array.from('मत')],
  ['한글'.normalize('NFD'), []],
  // For private use, and assigned to nobody.
  ['\u{e0bc}', ['\u{e0bc}']],
  ['\u{378}', ['\u{378}']],
  ['one\u200b two\u00ad', []],
])('letters that our fonts do not have are known: %s', async (text, missing) => {
  expect(await lettersMissing([text])).toEqual(missing)
})

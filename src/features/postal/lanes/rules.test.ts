import { expect, test } from 'vitest'
import { lineOf, missingOf, noticeRuleFor, noticeRules } from './rules.ts'

test('every line has what its rule asks for, and no rule asks for what is for no candidate', () => {
  for (const rule of noticeRules) expect(missingOf(rule, lineOf(rule, 'Neighbors PAC'))).toEqual([])
  expect(noticeRuleFor({ lane: 'non_partisan', level: 'city' }, '2026-06-01')).toBeUndefined()
  expect(noticeRuleFor({ lane: 'member_communication', level: 'federal' }, '2026-06-01')).toBeUndefined()
})

test.each([
  ['Paid for by Neighbors', ['Not authorized by any candidate or candidate committee', 'nyc.gov/FollowTheMoney']],
  ['PAID FOR BY: Neighbors — not authorized by any candidate or candidate committee. nyc.gov/followthemoney', []],
  ['', ['Paid for by', 'Not authorized by any candidate or candidate committee', 'nyc.gov/FollowTheMoney']],
])('independent work for a city office: %s', (line, missing) => {
  const rule = noticeRuleFor({ lane: 'independent', level: 'city' }, '2026-06-01')
  expect(rule && missingOf(rule, line)).toEqual(missing)
})

test('a rule holds from its day on', () => {
  expect(noticeRuleFor({ lane: 'independent', level: 'city' }, '2024-10-29')).toBeUndefined()
  expect(noticeRuleFor({ lane: 'independent', level: 'city' }, '2024-10-30')?.source).toBe('CFB Rule 13-04')
})

import { expect, test } from 'vitest'
import { accountsOf, isWhole, spreadOf, weightedMean } from './rules.ts'

const criteria = [
  { criterion_id: 'housing', weight: 3 },
  { criterion_id: 'listening', weight: 1 },
]

test.each([
  { marks: { housing: 5, listening: 1 }, mean: 4 },
  { marks: { housing: 1, listening: 5 }, mean: 2 },
  { marks: { housing: 3, listening: 3 }, mean: 3 },
])('$marks weigh $mean', ({ marks, mean }) => expect(weightedMean(criteria, marks)).toBe(mean))

test.each([
  { values: [4], of: { mean: 4, lowest: 4, highest: 4, deviation: 0 } },
  { values: [2, 4, 4, 4, 5, 5, 7, 9], of: { mean: 5, lowest: 2, highest: 9, deviation: 2 } },
])('of $values the spread is $of', ({ values, of }) => expect(spreadOf(values)).toEqual(of))

test('scores are whole once every criterion is marked, and never without a rubric', () => {
  expect(isWhole(criteria, { housing: 5 })).toBe(false)
  expect(isWhole(criteria, { housing: 5, listening: 2 })).toBe(true)
  expect(isWhole([], {})).toBe(false)
})

test('equal means come in the order of agreement, and where the panel is divided is named', () => {
  const accounts = accountsOf(criteria, [
    { user_id: 'ann', candidate_id: 1, marks: { housing: 5, listening: 3 } },
    { user_id: 'bo', candidate_id: 1, marks: { housing: 1, listening: 3 } },
    { user_id: 'ann', candidate_id: 2, marks: { housing: 3, listening: 3 } },
    { user_id: 'bo', candidate_id: 2, marks: { housing: 3, listening: 3 } },
    { user_id: 'ann', candidate_id: 3, marks: { housing: 5, listening: 4 } },
    { user_id: 'bo', candidate_id: 3, marks: { housing: 4 } },
  ])
  expect(accounts.map(({ candidate_id, divided_on }) => [candidate_id, divided_on])).toEqual([
    [3, null],
    [2, null],
    [1, 'housing'],
  ])
  expect(accounts[2]?.totals).toEqual([
    { user_id: 'ann', total: 4.5 },
    { user_id: 'bo', total: 1.5 },
  ])
})

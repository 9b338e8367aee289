import { expect, test } from 'vitest'
import { criteriaFields, criteriaOf } from './cohorts/criteria.ts'
import {
  fits,
  flowOf,
  isCoolingOff,
  isTrained,
  quarterDays,
  quarterOf,
  retentionOf,
  scoreOf,
  type Standing,
} from './rules.ts'
import type { BoardFilter } from './schema.ts'

const somebody: Standing = { since: '2026-01-05', step: null, last_on: '2026-11-01', was_asked: true }
const step = (due_on: string, owner_id = 'me') => ({ owner_id, due_on })

test.each<[BoardFilter, Partial<Standing>, boolean]>([
  ['all', {}, true],
  ['mine', { step: step('2026-12-01') }, true],
  ['mine', { step: step('2026-12-01', 'else') }, false],
  ['overdue', { step: step('2026-11-22') }, true],
  ['overdue', { step: step('2026-11-23') }, false],
  ['no_step', {}, true],
  ['no_step', { step: step('2026-12-01') }, false],
  ['cooling', { last_on: '2026-10-08' }, true],
  ['cooling', { last_on: '2026-10-09' }, false],
  ['never_asked', {}, false],
  ['never_asked', { was_asked: false }, true],
])('the board shows under “%s” somebody with %j: %s', (show, more, expected) => {
  expect(fits({ ...somebody, ...more }, show, { me: 'me', today: '2026-11-23', days: 45 })).toBe(expected)
})

test('of whom nothing is known the days count from their rung', () => {
  expect(isCoolingOff({ last_on: null, since: '2026-11-20' }, '2026-11-23', 45)).toBe(false)
  expect(isCoolingOff({ last_on: '2025-01-01', since: '2026-11-20' }, '2026-11-23', 45)).toBe(false)
  expect(isCoolingOff({ last_on: null, since: '2026-01-05' }, '2026-11-23', 45)).toBe(true)
})

test('quarters begin in January, April, July and October', () => {
  expect(['2026-03-31', '2026-04-01', '2026-12-31'].map(quarterOf)).toEqual(['2026-01-01', '2026-04-01', '2026-10-01'])
  expect(quarterDays('2026-11-23', 3)).toEqual(['2026-04-01', '2026-07-01', '2026-10-01', '2026-11-23'])
  expect(quarterDays('2026-10-01', 2)).toEqual(['2026-07-01', '2026-10-01'])
})

test('the flow counts who stood where and who came, moved and left, each person once', () => {
  const flow = flowOf(
    [
      { person_id: 'a', rung_id: 'low', from_on: '2026-02-01' },
      { person_id: 'b', rung_id: 'low', from_on: '2026-05-01' },
      { person_id: 'a', rung_id: 'high', from_on: '2026-05-02' },
      { person_id: 'b', rung_id: 'high', from_on: '2026-08-01' },
      { person_id: 'b', rung_id: 'low', from_on: '2026-08-01' },
      { person_id: 'a', rung_id: null, from_on: '2026-09-01' },
    ],
    ['2026-04-01', '2026-07-01', '2026-10-01'],
  )
  expect(flow.standing).toEqual([{ low: 1 }, { high: 1, low: 1 }, { low: 1 }])
  expect(flow.moves).toEqual([
    [
      { from: 'low', to: 'high', people: 1 },
      { from: '', to: 'low', people: 1 },
    ],
    [
      { from: 'high', to: '', people: 1 },
      { from: 'low', to: 'low', people: 1 },
    ],
  ])
})

test('retention counts those of a quarter who did something in each since', () => {
  const came = new Map([
    ['a', '2026-04-10'],
    ['b', '2026-05-10'],
    ['c', '2026-10-10'],
    ['long ago', '2020-01-01'],
  ])
  const active = new Map([
    ['a', new Set(['2026-04-01', '2026-10-01'])],
    ['b', new Set(['2026-04-01'])],
  ])
  expect(retentionOf(came, active, '2026-11-23', 4)).toEqual([
    { quarter: '2026-04-01', people: 2, active: [2, 0, 1] },
    { quarter: '2026-10-01', people: 1, active: [0] },
  ])
})

test('readers of an application count alike', () => {
  const criteria = [
    { key: 'c1', most: 5 },
    { key: 'c2', most: 3 },
  ]
  expect(scoreOf([], criteria)).toBeNull()
  expect(scoreOf([{ c1: 5, c2: 3 }, { c1: 0 }], criteria)).toBe(0.5)
})

test('a rubric is read from its fields, with its words in each language, and written back', () => {
  const typed = {
    criterion_1_en: 'Ties',
    criterion_1_ko: '유대',
    criterion_1_most: '5',
    criterion_3_en: 'Has the time',
    criterion_3_most: '3',
  }
  const read = criteriaOf(typed, ['en', 'ko'])
  expect(read).toEqual([
    { key: 'c1', label: { en: 'Ties', ko: '유대' }, most: 5 },
    { key: 'c3', label: { en: 'Has the time' }, most: 3 },
  ])
  expect(criteriaFields(read ?? [])).toEqual(typed)
  expect(criteriaOf({ criterion_1_en: ' ', criterion_2_most: '' }, ['en'])).toBeNull()
  for (const most of ['', '0', '11', 'five', '2.5'])
    expect(criteriaOf({ criterion_1_en: 'Ties', criterion_1_most: most }, ['en']), most).toBeNull()
  expect(criteriaOf({ criterion_1_most: '5' }, ['en'])).toBeNull()
})

const span = { from_on: '2026-12-01', until_on: '2027-05-31' }
const passed = (training_id: string, passed_on: string, until_on: string | null) => ({
  training_id,
  passed_on,
  until_on,
})
test.each([
  { what: 'nothing is asked for', asks: 'all', training_ids: [], has: [], is: true },
  { what: 'one, passed for good', asks: 'all', training_ids: ['a'], has: [passed('a', '2026-12-01', null)], is: true },
  { what: 'passed too late', asks: 'all', training_ids: ['a'], has: [passed('a', '2026-12-02', null)], is: false },
  { what: 'holds to the last day', asks: 'all', training_ids: ['a'], has: [passed('a', '2026-01-01', '2027-05-31')], is: true },
  { what: 'ends a day earlier', asks: 'any', training_ids: ['a'], has: [passed('a', '2026-01-01', '2027-05-30')], is: false },
  { what: 'one of two, where all are asked for', asks: 'all', training_ids: ['a', 'b'], has: [passed('a', '2026-01-01', null)], is: false },
  { what: 'one of two, where one is enough', asks: 'any', training_ids: ['a', 'b'], has: [passed('b', '2026-01-01', null)], is: true },
  { what: 'both', asks: 'all', training_ids: ['a', 'b'], has: [passed('b', '2026-01-01', null), passed('a', '2025-01-01', null)], is: true },
  { what: 'the one that counts has expired', asks: 'any', training_ids: ['a', 'b'], has: [passed('a', '2024-01-01', '2025-01-01'), passed('c', '2026-01-01', null)], is: false },
] as const)('trained enough to be delegated something: $what', ({ asks, training_ids, has, is }) => {
  expect(isTrained({ asks, training_ids }, has, span)).toBe(is)
}) // prettier-ignore

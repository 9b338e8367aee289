import { expect, test } from 'vitest'
import { plannedFrom, standingIn, totalMinutes } from './rules.ts'

const at = (time: string) => new Date(`2026-12-05T${time}:00Z`)
const items = [
  { item_id: 'welcome', minutes: 10 },
  { item_id: 'panel', minutes: 40 },
  { item_id: 'questions', minutes: 30 },
]

test('items begin one after the other', () => {
  expect(totalMinutes(items)).toBe(80)
  expect(plannedFrom(items, at('14:00')).map((item) => item.at)).toEqual([at('14:00'), at('14:10'), at('14:50')])
})

test.each([
  // The panel began five minutes late and has its time still to go.
  { began: '14:15', now: '14:20', left: 35, late: 5, next: '14:55' },
  // Over its time: what comes next begins now at the earliest.
  { began: '14:10', now: '15:00', left: -10, late: 10, next: '15:00' },
  // Ahead.
  { began: '14:05', now: '14:06', left: 39, late: -5, next: '14:45' },
])('the panel, begun $began, at $now', ({ began, now, left, late, next }) => {
  const standing = standingIn(items, { item_id: 'panel', at: at(began) }, at('14:00'), at(now))
  expect(standing).toMatchObject({ state: 'on', left_minutes: left, late_minutes: late })
  expect(standing.state === 'on' && standing.next.map((item) => [item.item_id, item.at])).toEqual([
    ['questions', at(next)],
  ])
})

test('before the first mark, after the last, and where the item was taken out', () => {
  const state = (mark: { item_id: string | null; at: Date } | null) =>
    standingIn(items, mark, at('14:00'), at('14:20')).state
  expect(state(null)).toBe('before')
  expect(state({ item_id: null, at: at('14:19') })).toBe('over')
  expect(state({ item_id: 'gone', at: at('14:19') })).toBe('before')
})

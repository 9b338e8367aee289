import { expect, test } from 'vitest'
import { behindOf } from './rules.ts'

const [ara, bora, chan] = ['ara', 'bora', 'chan'].map((application_id) => ({ application_id })) as [
  { application_id: string },
  { application_id: string },
  { application_id: string },
]
const sessions = [
  { session_id: 's1', held_on: '2026-11-01', title: 'Stories' },
  { session_id: 's2', held_on: '2026-11-15', title: 'The city' },
  { session_id: 's3', held_on: '2026-12-15', title: 'Ahead' },
]
const milestones = [
  { milestone_id: 'm1', name: 'Led a table', due_on: '2026-11-20' },
  { milestone_id: 'm2', name: 'Whenever', due_on: null },
  { milestone_id: 'm3', name: 'Due today', due_on: '2026-11-29' },
]

test('behind is who missed a session without a reason or has not reached what was due, most first', () => {
  const attendance = [
    { session_id: 's1', application_id: 'ara', state: 'attended' },
    { session_id: 's1', application_id: 'bora', state: 'excused' },
    { session_id: 's1', application_id: 'chan', state: 'missed' },
  ] as const
  const reached = [
    { milestone_id: 'm1', application_id: 'ara' },
    { milestone_id: 'm1', application_id: 'bora' },
  ]
  expect(behindOf([ara, bora, chan], { sessions, milestones, attendance, reached }, '2026-11-29')).toEqual([
    { application_id: 'chan', missed: ['Stories'], due: ['Led a table'] },
  ])
  // Of the second session nobody was noted yet; the third lies ahead.
  const both = [...attendance, { session_id: 's2', application_id: 'ara', state: 'attended' } as const]
  expect(behindOf([ara, bora, chan], { sessions, milestones, attendance: both, reached }, '2026-11-29')).toEqual([
    { application_id: 'chan', missed: ['Stories', 'The city'], due: ['Led a table'] },
    { application_id: 'bora', missed: ['The city'], due: [] },
  ])
})

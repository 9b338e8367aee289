import { describe, expect, test } from 'vitest'
import { campaignProblem, daysLeft, districtExpression, fitsLane, levelOf, standingOf } from './rules.ts'
import { lanes } from './schema.ts'

test.each([
  { today: '2027-05-31', standing: 'planned', left: 23 },
  { today: '2027-06-01', standing: 'running', left: 22 },
  { today: '2027-06-22', standing: 'running', left: 1 },
  { today: '2027-06-23', standing: 'over', left: 0 },
])('on $today a campaign of June 1 to 22 is $standing, with $left days to go', ({ today, standing, left }) => {
  const campaign = { starts_on: '2027-06-01', ends_on: '2027-06-22', archived_at: null }
  expect(standingOf(campaign, today)).toBe(standing)
  expect(standingOf({ ...campaign, archived_at: new Date() }, today)).toBe('archived')
  expect(daysLeft(campaign.ends_on, today)).toBe(left)
})

describe('what a lane asks for', () => {
  const nobody = { candidate_ids: [], candidate: {} }
  test.each([
    { lane: 'coordinated', contest_id: null, problem: 'contest_needed' },
    { lane: 'independent', contest_id: null, problem: 'contest_needed' },
    { lane: 'coordinated', contest_id: 1, problem: null },
    { lane: 'independent', contest_id: 1, problem: null },
    { lane: 'member_communication', contest_id: null, problem: null },
    { lane: 'non_partisan', contest_id: null, problem: null },
  ] as const)('$lane with contest $contest_id: $problem', ({ problem, ...of }) => {
    expect(campaignProblem({ ...nobody, ...of })).toBe(problem)
  })

  test('non-partisan work names nobody, neither of the list nor by hand', () => {
    const of = { ...nobody, lane: 'non_partisan', contest_id: 1 } as const
    expect(campaignProblem(of)).toBeNull()
    expect(campaignProblem({ ...of, candidate_ids: [3] })).toBe('lane_candidate')
    expect(campaignProblem({ ...of, candidate: { ko: '이서연' } })).toBe('lane_candidate')
    expect(campaignProblem({ ...of, candidate: { ko: '' } })).toBeNull()
  })

  test('work in a lane belongs to campaigns of that lane, what has none to all of them', () => {
    for (const campaign of lanes) {
      expect(lanes.filter((part) => fitsLane(part, campaign))).toEqual([campaign])
      expect(fitsLane(null, campaign)).toBe(true)
    }
  })
})

test.each([
  ['us_representative', 'federal'],
  ['state_senator', 'state'],
  ['comptroller', 'city'],
  ['state_comptroller', 'state'],
  ['district_attorney', 'state'],
  ['other', null],
] as const)('%s is %s', (office, level) => {
  expect(levelOf(office)).toBe(level)
})

test('who votes in a contest is asked for as targeting asks', () => {
  expect(districtExpression({ district_kind: 'nyc-council', district: '20' })).toBe('district:nyc-council/20')
  expect(districtExpression({ district_kind: 'city', district: '' })).toBeNull()
})

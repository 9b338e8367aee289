import { expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import type { ContestOffice, ElectionKind } from '../elections/contests/schema.ts'
import { limitRows } from './queries.ts'
import { countedToward, limitsFor, verdictOf, type Gift } from './rules.ts'
import type { Participation, PayerKind } from './schema.ts'

const world = await makeWorld()
const rows = await limitRows(world.database.of(world.ours.organization_id))

interface Case {
  payer_kind: PayerKind
  office: ContestOffice
  election: ElectionKind
  on: string
  participation?: Participation
  /** Given before toward the same limit, dollars. */
  before: number
  gives: number
  verdict: 'prohibited' | 'unknown' | 'within' | number
}

/** A number: over the limit by so many dollars. */
const cases: Case[] = [
  // Federal: the window of the law, to the day.
  { payer_kind: 'federal_pac', office: 'us_representative', election: 'primary', on: '2026-03-01', before: 0, gives: 3500, verdict: 'within' },
  { payer_kind: 'federal_pac', office: 'us_representative', election: 'primary', on: '2026-03-01', before: 0, gives: 3500.01, verdict: 0.01 },
  { payer_kind: 'federal_pac', office: 'us_senator', election: 'general', on: '2024-11-05', before: 0, gives: 3300, verdict: 'within' },
  { payer_kind: 'federal_pac', office: 'us_senator', election: 'general', on: '2024-11-05', before: 0, gives: 3500, verdict: 200 },
  { payer_kind: 'federal_pac', office: 'us_representative', election: 'primary', on: '2024-11-06', before: 0, gives: 3500, verdict: 'within' },
  { payer_kind: 'federal_pac', office: 'us_representative', election: 'primary', on: '2026-11-04', before: 0, gives: 100, verdict: 'unknown' },
  { payer_kind: 'federal_pac_multicandidate', office: 'us_representative', election: 'primary', on: '2027-03-01', before: 4000, gives: 2000, verdict: 1000 },
  { payer_kind: 'social_welfare', office: 'us_senator', election: 'general', on: '2026-03-01', before: 0, gives: 1, verdict: 'prohibited' },
  { payer_kind: 'labor', office: 'us_senator', election: 'general', on: '2026-03-01', before: 0, gives: 1, verdict: 'prohibited' },
  { payer_kind: 'club', office: 'us_senator', election: 'general', on: '2026-03-01', before: 0, gives: 1, verdict: 'unknown' },
  // State.
  { payer_kind: 'state_committee', office: 'state_senator', election: 'primary', on: '2026-04-01', before: 0, gives: 5000, verdict: 'within' },
  { payer_kind: 'state_committee', office: 'state_senator', election: 'general', on: '2026-09-01', before: 4999, gives: 2, verdict: 1 },
  { payer_kind: 'state_committee', office: 'assembly_member', election: 'primary', on: '2026-05-01', before: 2000, gives: 1500, verdict: 500 },
  { payer_kind: 'club', office: 'governor', election: 'general', on: '2026-09-01', before: 8500, gives: 1000, verdict: 500 },
  { payer_kind: 'social_welfare', office: 'governor', election: 'primary', on: '2026-05-01', before: 0, gives: 5000, verdict: 'within' },
  { payer_kind: 'social_welfare', office: 'governor', election: 'primary', on: '2026-05-01', before: 4500, gives: 1000, verdict: 500 },
  { payer_kind: 'state_committee', office: 'district_attorney', election: 'primary', on: '2026-05-01', before: 0, gives: 1, verdict: 'unknown' },
  { payer_kind: 'social_welfare', office: 'district_attorney', election: 'primary', on: '2026-05-01', before: 0, gives: 1, verdict: 'unknown' },
  { payer_kind: 'state_committee', office: 'state_senator', election: 'special', on: '2026-05-01', before: 0, gives: 1, verdict: 'unknown' },
  // City: one limit for the cycle, and no row for the one that began in 2026.
  { payer_kind: 'city_committee', office: 'council_member', election: 'primary', on: '2025-02-01', participation: 'participant', before: 900, gives: 200, verdict: 50 },
  { payer_kind: 'city_committee', office: 'council_member', election: 'general', on: '2025-09-01', participation: 'nonparticipant', before: 0, gives: 1600, verdict: 'within' },
  { payer_kind: 'city_committee', office: 'mayor', election: 'primary', on: '2025-05-01', participation: 'participant', before: 2000, gives: 250, verdict: 150 },
  { payer_kind: 'city_committee', office: 'council_member', election: 'primary', on: '2025-02-01', before: 0, gives: 1, verdict: 'unknown' },
  { payer_kind: 'city_committee', office: 'council_member', election: 'primary', on: '2026-11-23', participation: 'participant', before: 0, gives: 500, verdict: 'unknown' },
  { payer_kind: 'social_welfare', office: 'council_member', election: 'primary', on: '2026-11-23', before: 0, gives: 1, verdict: 'prohibited' },
  { payer_kind: 'state_committee', office: 'mayor', election: 'primary', on: '2025-05-01', participation: 'participant', before: 0, gives: 1, verdict: 'prohibited' },
  // A charity gives nobody anything.
  { payer_kind: 'charity', office: 'council_member', election: 'primary', on: '2026-11-23', before: 0, gives: 1, verdict: 'prohibited' },
  { payer_kind: 'charity', office: 'assembly_member', election: 'general', on: '2026-11-23', before: 0, gives: 1, verdict: 'prohibited' },
  { payer_kind: 'charity', office: 'president', election: 'general', on: '2026-11-23', before: 0, gives: 1, verdict: 'prohibited' },
] // prettier-ignore

test.each(cases)(
  '$payer_kind to $office ($election), $on: after $before, $gives is $verdict',
  ({ before, gives, verdict, participation = null, ...of }) => {
    const limits = limitsFor(rows, { ...of, participation })
    const found = verdictOf(limits, Math.round(gives * 100), () => ({ given_cents: before * 100, approved_cents: 0 }))
    const over =
      found.kind === 'limited' ? Math.max(...found.checks.map(({ over_cents }) => over_cents)) / 100 : found.kind
    expect(over === 0 ? 'within' : over).toBe(verdict)
  },
)

test('no two rows hold for the same on one day, and each says where it is from', () => {
  const keys = rows.map((row) => [row.level, row.payer_kind, row.office, row.participation, row.basis, row.elections.join(), row.effective_from].join(' ')) // prettier-ignore
  expect(new Set(keys).size).toBe(rows.length)
  expect(rows.every(({ source }) => source.length > 10)).toBe(true)
})

const gift = (more: Partial<Gift>): Gift => ({
  contribution_id: crypto.randomUUID(),
  payer: 'Neighbors PAC',
  payer_kind: 'state_committee',
  figure_id: 1,
  contest_id: 10,
  office: 'state_senator',
  state: 'given',
  amount_cents: 1000,
  refunded_cents: null,
  on: '2026-04-01',
  ...more,
})

test('what counts toward a limit: the same payer and candidate, less what came back', () => {
  const one = gift({ state: 'proposed' })
  const [per_election] = limitsFor(rows, { ...one, election: 'primary', participation: null })
  if (!per_election) throw new Error('no row')
  const others = [
    one,
    gift({ payer: ' neighbors pac ' }),
    gift({ payer: 'Another PAC' }),
    gift({ figure_id: 2 }),
    gift({ contest_id: 11 }),
    gift({ state: 'refunded', amount_cents: 700, refunded_cents: 700 }),
    gift({ state: 'refunded', amount_cents: 700, refunded_cents: 200 }),
    gift({ state: 'approved', amount_cents: 50 }),
    gift({ state: 'proposed' }),
    gift({ state: 'dropped' }),
  ]
  expect(countedToward(per_election, one, others)).toEqual({ given_cents: 1500, approved_cents: 50 })
  const year = { ...per_election, basis: 'per_year_all' } as const
  const all = [gift({ figure_id: 3, contest_id: 12 }), gift({ on: '2025-12-31' }), gift({ office: 'mayor' })]
  expect(countedToward(year, one, all)).toEqual({ given_cents: 1000, approved_cents: 0 })
  const cycle = { ...per_election, basis: 'per_cycle', effective_from: '2026-01-12', effective_to: '2030-01-11' } as const // prettier-ignore
  const both = [gift({ contest_id: 11 }), gift({ on: '2026-01-11' }), gift({ office: 'mayor' })]
  expect(countedToward(cycle, one, both)).toEqual({ given_cents: 1000, approved_cents: 0 })
})

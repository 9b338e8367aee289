import { expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import type { ContestOffice, ElectionKind } from '../elections/contests/schema.ts'
import { limitRows } from './queries.ts'
import { countedToward, limitsFor, mustRegister, pastLimit, payerKey, verdictOf, type Gift } from './rules.ts'
import type { Participation, PayerKind } from './schema.ts'

const world = await makeWorld()
const rows = await limitRows(world.database.of(world.ours.organization_id))

interface Case {
  payer_kind: PayerKind
  office: ContestOffice
  election: ElectionKind
  on: string
  participation?: Participation
  in_state?: string
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
  // The total of a year holds where no limit for one candidate is known.
  { payer_kind: 'social_welfare', office: 'district_attorney', election: 'primary', on: '2026-05-01', before: 0, gives: 9000, verdict: 4000 },
  { payer_kind: 'social_welfare', office: 'state_senator', election: 'special', on: '2026-05-01', before: 0, gives: 5000.01, verdict: 0.01 },
  { payer_kind: 'social_welfare', office: 'other', election: 'general', on: '2026-05-01', before: 4000, gives: 1001, verdict: 1 },
  { payer_kind: 'social_welfare', office: 'other', election: 'general', on: '2026-05-01', before: 0, gives: 100, verdict: 'unknown' },
  { payer_kind: 'corporation', office: 'assembly_member', election: 'general', on: '2026-05-01', before: 4500, gives: 1000, verdict: 2500 },
  { payer_kind: 'corporation', office: 'governor', election: 'general', on: '2026-05-01', before: 4500, gives: 1000, verdict: 500 },
  { payer_kind: 'corporation', office: 'us_senator', election: 'general', on: '2026-05-01', before: 0, gives: 1, verdict: 'prohibited' },
  { payer_kind: 'llc', office: 'state_senator', election: 'primary', on: '2026-05-01', before: 0, gives: 5000, verdict: 'within' },
  { payer_kind: 'llc', office: 'governor', election: 'primary', on: '2026-05-01', before: 0, gives: 6000, verdict: 1000 },
  { payer_kind: 'llc', office: 'us_representative', election: 'primary', on: '2026-05-01', before: 0, gives: 3500, verdict: 'within' },
  { payer_kind: 'partnership', office: 'governor', election: 'primary', on: '2026-05-01', before: 0, gives: 9000, verdict: 'within' },
  ...(['corporation', 'llc', 'partnership'] as const).map((payer_kind): Case => ({ payer_kind, office: 'council_member', election: 'primary', on: '2026-11-23', before: 0, gives: 1, verdict: 'prohibited' })),
  // A committee for independent expenditures gives no candidate anything.
  ...(['us_senator', 'governor', 'other', 'district_attorney', 'council_member'] as const).map((office): Case => ({ payer_kind: 'ie_committee', office, election: 'general', on: '2026-11-23', before: 0, gives: 1, verdict: 'prohibited' })),
  // Another state: its law is not known here; federal law is the same.
  { payer_kind: 'state_committee', office: 'state_senator', election: 'primary', on: '2026-04-01', in_state: 'NJ', before: 0, gives: 1, verdict: 'unknown' },
  { payer_kind: 'social_welfare', office: 'mayor', election: 'primary', on: '2026-04-01', in_state: 'NJ', before: 0, gives: 9000, verdict: 'unknown' },
  { payer_kind: 'federal_pac', office: 'us_representative', election: 'primary', on: '2026-03-01', in_state: 'NJ', before: 0, gives: 3500.01, verdict: 0.01 },
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
  { payer_kind: 'charity', office: 'other', election: 'general', on: '2026-11-23', before: 0, gives: 1, verdict: 'prohibited' },
  { payer_kind: 'charity', office: 'state_senator', election: 'special', on: '2026-11-23', in_state: 'NJ', before: 0, gives: 1, verdict: 'prohibited' },
  { payer_kind: 'charity', office: 'president', election: 'general', on: '2026-11-23', before: 0, gives: 1, verdict: 'prohibited' },
] // prettier-ignore

test.each(cases)(
  '$payer_kind to $office ($election), $on: after $before, $gives is $verdict',
  ({ before, gives, verdict, participation = null, in_state = 'NY', ...of }) => {
    const limits = limitsFor(rows, { ...of, in_state, participation })
    const found = verdictOf(limits, Math.round(gives * 100), () => ({ given_cents: before * 100, approved_cents: 0 }))
    const over = Math.max(0, ...found.checks.map(({ over_cents }) => over_cents)) / 100
    expect(found.kind === 'over' ? over : found.kind).toBe(verdict)
  },
)

test('a limit that was found counts like one that is known, and only where none is', () => {
  const asked = { office: 'council_member', election: 'primary', in_state: 'NY', payer_kind: 'city_committee', participation: 'participant' } as const // prettier-ignore
  const finding = { basis: 'per_cycle', amount_cents: 105_000, source: 'CFB page', found_on: '2026-11-20' } as const
  const before = (given_cents: number) => () => ({ given_cents, approved_cents: 0 })
  const open = limitsFor(rows, { ...asked, on: '2026-11-23' })
  expect(verdictOf(open, 105_000, before(0), finding).kind).toBe('within')
  expect(verdictOf(open, 1, before(105_000), finding)).toMatchObject({ kind: 'over', is_known: false, checks: [{ over_cents: 1, from: { finding } }] }) // prettier-ignore
  const known = limitsFor(rows, { ...asked, on: '2025-05-01' })
  expect(verdictOf(known, 105_001, before(0), { ...finding, amount_cents: 999_900 }).kind).toBe('over')
  const charity = limitsFor(rows, { ...asked, payer_kind: 'charity', on: '2026-11-23' })
  expect(verdictOf(charity, 1, before(0), finding).kind).toBe('prohibited')
})

test('the last limit that held is named as past, never taken', () => {
  const asked = { office: 'us_senator', election: 'primary', in_state: 'NY', payer_kind: 'federal_pac', participation: null } as const // prettier-ignore
  expect(pastLimit(rows, { ...asked, on: '2026-11-23' })).toMatchObject({ amount_cents: 350_000, effective_to: '2026-11-03' }) // prettier-ignore
  expect(pastLimit(rows, { ...asked, on: '2024-12-01' })?.amount_cents).toBe(330_000)
  expect(pastLimit(rows, { ...asked, office: 'district_attorney', on: '2026-11-23' })).toBe(null)
})

test('a club registers before it gives under the law of New York', () => {
  const club = { payer_kind: 'club', office: 'other', in_state: 'NY' } as const
  expect(mustRegister(club)).toBe(true)
  expect(mustRegister({ ...club, office: 'us_senator' })).toBe(false)
  expect(mustRegister({ ...club, in_state: 'NJ' })).toBe(false)
  expect(mustRegister({ ...club, payer_kind: 'state_committee' })).toBe(false)
})

test('a payer is the same whatever its case, spaces, and punctuation', () => {
  const names = ['Flushing Neighbors PAC', ' flushing  neighbors pac', 'Flushing Neighbors P.A.C.', 'FLUSHING-NEIGHBORS PAC'] // prettier-ignore
  expect(new Set(names.map(payerKey)).size).toBe(1)
  expect(payerKey('한인 정치 클럽'.normalize('NFD'))).toBe(payerKey('한인정치클럽'))
  expect(payerKey('Flushing Neighbors Club')).not.toBe(payerKey('Flushing Neighbors PAC'))
})

test('no two rows hold for the same on one day, and each says where it is from', () => {
  const keys = rows.map((row) => [row.level, row.payer_kind, row.office, row.state, row.participation, row.basis, row.elections.join(), row.effective_from].join(' ')) // prettier-ignore
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
  in_state: 'NY',
  held_on: '2026-06-23',
  state: 'given',
  amount_cents: 1000,
  refunded_cents: null,
  given_at: null,
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
  const all = [
    gift({ figure_id: 3, contest_id: 12 }),
    gift({ on: '2025-12-31' }),
    gift({ office: 'mayor', figure_id: 4 }),
    gift({ office: 'other', figure_id: 5 }),
    gift({ office: 'us_senator', figure_id: 6 }),
    gift({ in_state: 'NJ', figure_id: 7 }),
  ]
  expect(countedToward(year, one, all)).toEqual({ given_cents: 3000, approved_cents: 0 })
  const cycle = { ...per_election, basis: 'per_cycle', effective_from: '2026-01-12', effective_to: '2030-01-11' } as const // prettier-ignore
  const both = [gift({ contest_id: 11 }), gift({ on: '2026-01-11' }), gift({ office: 'mayor' })]
  expect(countedToward(cycle, one, both)).toEqual({ given_cents: 1000, approved_cents: 0 })
})

test('a cycle that somebody found the limit for is the elections of one year for the seat', () => {
  const others = [
    gift({ contest_id: 11, held_on: '2026-11-03' }),
    gift({ contest_id: 12, held_on: '2028-06-27' }),
    gift({ office: 'assembly_member' }),
  ]
  expect(countedToward({ basis: 'per_cycle' }, gift({}), others).given_cents).toBe(1000)
})

test('once money has left, only what left before it counts', () => {
  const at = (hour: number) => ({ given_at: new Date(Date.UTC(2026, 3, 1, hour)) })
  const [first, second, open] = [gift(at(10)), gift(at(12)), gift({ state: 'approved' })]
  const all = [first, second, open]
  expect(countedToward({ basis: 'per_election' }, first, all)).toEqual({ given_cents: 0, approved_cents: 0 })
  expect(countedToward({ basis: 'per_election' }, second, all)).toEqual({ given_cents: 1000, approved_cents: 0 })
  expect(countedToward({ basis: 'per_election' }, open, all)).toEqual({ given_cents: 2000, approved_cents: 0 })
})

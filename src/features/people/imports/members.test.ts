import { expect, test } from 'vitest'
import { importDoors } from '../../../app/import-people.ts'
import {
  isEndless,
  knownAfter,
  planMember,
  unknownMember,
  type KnownMember,
  type MemberCells,
  type MemberColumn,
  type MemberSetup,
} from './members.ts'

const today = '2026-11-23'
const kinds = [
  { kind: 'regular', name: { en: 'Regular', ko: '일반 회원' }, period_months: 12, grace_days: 30, is_archived: false, needs_approval: false },
  { kind: 'student', name: { en: 'Student', ko: '학생 회원' }, period_months: 12, grace_days: 30, is_archived: false, needs_approval: true },
  { kind: 'honorary', name: { en: 'Honorary', ko: '명예 회원' }, period_months: null, grace_days: 30, is_archived: false, needs_approval: false },
] // prettier-ignore
const housing = { en: 'Housing Committee', ko: '주거위원회' }
const offices = [
  { office_id: 'chair', body: housing, office: { en: 'Chair', ko: '위원장' }, seats: 1, held: [{ who: 'old', from_on: '2026-01-01', until_on: '2026-12-31' }] },
  { office_id: 'member', body: housing, office: { en: 'Member', ko: '위원' }, seats: 7, held: [] },
  { office_id: 'bayside', body: { en: 'Flushing/Bayside' }, office: { en: 'Member', ko: '위원' }, seats: null, held: [] },
] // prettier-ignore
const setup: MemberSetup = { kinds, offices, today, books: false, seating: importDoors.seating }

/** A row of these cells, in this order. */
const cellsOf = (row: Partial<Record<MemberColumn, string>>): MemberCells =>
  Object.fromEntries(Object.entries(row).map(([name, text], column) => [name, { text, column }]))
const plan = (row: Partial<Record<MemberColumn, string>>, known: KnownMember = unknownMember, more: Partial<MemberSetup> = {}) => {
  const planned = planMember(cellsOf(row), known, 'somebody', { ...setup, ...more })
  if (!planned.ok) return `${planned.problem} in column ${planned.column}`
  const { plan: made } = planned
  if (!made) return null
  const { dues, term } = made
  return {
    ...(made.kind && { kind: made.kind.kind }),
    ...(made.before.length > 0 && { before: made.before.map((each) => `${each.standing} ${each.from_on}`) }),
    ...(dues && { dues: `${dues.how} ${dues.amount_cents} ${dues.paid_on}: ${dues.from_on} ${dues.until_on}` }),
    ...(made.after.length > 0 && { after: made.after.map((each) => `${each.standing} ${each.from_on}`) }),
    ...(term && { term: `${term.office_id} ${term.from_on} ${term.until_on}` }),
  }
} // prettier-ignore

test.each<[what: string, row: Partial<Record<MemberColumn, string>>, made: unknown]>([
  ['the kind alone', { member_kind: 'Regular member' }, { kind: 'regular', before: ['active 2026-11-23'] }],
  ['a member of many years', { member_kind: '일반', member_since: '2015', paid_until: '12/31/2026' }, { kind: 'regular', before: ['active 2015-01-01'], dues: 'elsewhere 0 2026-01-01: 2026-01-01 2026-12-31' }],
  ['who joined this year', { member_kind: 'regular', member_since: '2026년 3월 5일', paid_until: '2026-12-31' }, { kind: 'regular', dues: 'elsewhere 0 2026-03-05: 2026-03-05 2026-12-31' }],
  ['dues without an end', { member_kind: 'regular', dues_amount: '$30', dues_paid_on: '2026-02-01' }, { kind: 'regular', dues: 'elsewhere 3000 2026-02-01: 2026-02-01 2027-01-31' }],
  ['paid until a month', { member_kind: 'regular', paid_until: '2027-03' }, { kind: 'regular', dues: 'elsewhere 0 2026-04-01: 2026-04-01 2027-03-31' }],
  ['for life', { member_kind: '명예회원', dues_paid_on: '2020-05-05', dues_amount: '500달러' }, { kind: 'honorary', dues: 'elsewhere 50000 2020-05-05: 2020-05-05 null' }],
  ['nothing to pay', { member_kind: 'regular', paid_until: '2026-12-31', dues_amount: '0' }, { kind: 'regular', dues: 'waived 0 2026-01-01: 2026-01-01 2026-12-31' }],
  ['lapsed, long ago', { member_kind: 'regular', member_state: '만료', member_since: '2010-01-01' }, { kind: 'regular', before: ['active 2010-01-01'], after: ['lapsed 2026-11-23'] }],
  ['lapsed, by what was paid', { member_kind: 'regular', member_state: 'Lapsed', paid_until: '2025-12-31' }, { kind: 'regular', dues: 'elsewhere 0 2025-01-01: 2025-01-01 2025-12-31' }],
  ['resigned', { member_kind: 'regular', member_since: '2020-01-01', member_state: '탈퇴' }, { kind: 'regular', before: ['active 2020-01-01'], after: ['resigned 2026-11-23'] }],
  ['applied', { member_kind: 'regular', member_state: 'pending', member_since: '2026-11-01' }, { kind: 'regular', before: ['applied 2026-11-01'] }],
  ['an amount of who knows when', { member_kind: 'regular', member_since: '2015', dues_amount: '$30' }, { kind: 'regular', before: ['active 2015-01-01'], dues: 'elsewhere 3000 2026-11-23: 2026-11-23 2027-11-22' }],
  ['an amount of who joined this year', { member_kind: 'regular', member_since: '2026-10-01', dues_amount: '$30' }, { kind: 'regular', dues: 'elsewhere 3000 2026-10-01: 2026-10-01 2027-09-30' }],
  ['a year of two digits', { member_kind: 'regular', member_since: '6/15/98' }, { kind: 'regular', before: ['active 1998-06-15'] }],
  ['dues waived of a kind somebody admits to', { member_kind: 'student', member_state: '활동', paid_until: '2026-12-31', dues_amount: '0' }, { kind: 'student', before: ['active 2026-01-01'], dues: 'waived 0 2026-01-01: 2026-01-01 2026-12-31' }],
  ['a chapter with a stroke in its name', { body: 'Flushing/Bayside' }, { term: 'bayside 2026-11-23 null' }],
  ['a committee alone', { body: 'housing committee' }, { term: 'member 2026-11-23 null' }],
  ['an office with its term', { body: '주거위원회', office: '위원장', term_from: '2027-01-01', term_until: '2027-12' }, { term: 'chair 2027-01-01 2027-12-31' }],
  ['body and office in one cell', { body: 'Housing Committee: Member', term_from: '2026' }, { term: 'member 2026-01-01 null' }],
  ['nothing said', { member_since: 'N/A', member_kind: 'regular' }, { kind: 'regular', before: ['active 2026-11-23'] }],
])('a row of a sheet of members becomes what it says: %s', (_, row, made) => {
  expect(plan(row)).toEqual(made)
}) // prettier-ignore

test.each<[row: Partial<Record<MemberColumn, string>>, refused: string]>([
  [{ member_kind: 'Gold' }, 'bad_member_kind in column 0'],
  [{ member_since: '2020' }, 'no_member_kind in column 0'],
  [{ member_kind: 'regular', member_since: 'yesterday' }, 'bad_date in column 1'],
  [{ member_kind: 'regular', member_since: '2027-01-01' }, 'future_date in column 1'],
  [{ member_kind: 'regular', member_state: 'president' }, 'bad_member_state in column 1'],
  [{ member_kind: 'regular', member_state: 'active', paid_until: '2020-12-31' }, 'state_contradicts in column 1'],
  [{ member_kind: 'regular', member_state: 'lapsed', paid_until: '2027-12-31' }, 'state_contradicts in column 1'],
  [{ member_kind: 'regular', member_state: 'grace' }, 'no_paid_until in column 1'],
  [{ member_kind: 'regular', dues_amount: 'thirty' }, 'bad_amount in column 1'],
  [{ member_kind: 'regular', dues_amount: '30', dues_way: 'goats' }, 'bad_way in column 2'],
  [{ member_kind: 'regular', dues_paid_on: '2026-02-30' }, 'bad_date in column 1'],
  [{ body: 'Gardening' }, 'bad_body in column 0'],
  [{ body: 'Housing Committee', office: 'King' }, 'bad_office in column 1'],
  [{ body: 'Housing Committee', office: 'Chair' }, 'no_seat in column 1'],
  [{ office: 'Chair' }, 'no_body in column 0'],
  [{ body: 'Housing Committee', term_from: '2026-05-01', term_until: '2026-04-01' }, 'term_ends_before in column 2'],
])('what is wrong in %j is said with its column', (row, refused) => {
  expect(plan(row)).toBe(refused)
})

test('a second row about one person finds what the first brings', () => {
  const row = cellsOf({ member_kind: 'regular', member_since: '2015', paid_until: '2026-12-31' })
  const first = planMember(row, unknownMember, 'somebody', setup)
  if (!first.ok || !first.plan) throw new Error('refused')
  const known = knownAfter(unknownMember, first.plan, today)
  expect(planMember(row, known, 'somebody', setup)).toEqual({ ok: true, plan: null })
  expect(plan({ member_kind: 'regular', paid_until: '2027-06-30' }, known)).toEqual({ kind: 'regular', dues: 'elsewhere 0 2026-11-23: 2027-01-01 2027-06-30' }) // prettier-ignore
})

test('money goes into the books only where it is said how it was paid', () => {
  const row = { member_kind: 'regular', dues_amount: '30.00', dues_paid_on: '2026-02-01' }
  expect(plan(row, unknownMember, { books: true })).toBe('no_way in column 1')
  expect(plan({ ...row, dues_way: '수표' }, unknownMember, { books: true })).toEqual({ kind: 'regular', dues: 'paid 3000 2026-02-01: 2026-02-01 2027-01-31' }) // prettier-ignore
  const over = { ...row, dues_way: 'cash', paid_until: '2026-01-31' }
  expect(plan(over, unknownMember, { books: true })).toBe('period_over in column 4')
})

test('the same sheet again does nothing, and a later one goes on from what is paid', () => {
  const known: KnownMember = {
    standings: [{ kind: 'regular', standing: 'active', first_on: '2015-01-01' }],
    dues: [{ kind: 'regular', from_on: '2026-01-01', until_on: '2026-12-31' }],
  }
  const row = { member_kind: 'regular', member_since: '2015', paid_until: '2026-12-31', member_state: 'active' }
  expect(plan(row, known)).toBeNull()
  expect(plan({ ...row, paid_until: '2027-12-31' }, known)).toEqual({ kind: 'regular', dues: 'elsewhere 0 2026-11-23: 2027-01-01 2027-12-31' }) // prettier-ignore
  expect(plan({ member_since: '2012' }, known)).toEqual({ kind: 'regular', before: ['active 2012-01-01'] })
  const expelled: KnownMember = { ...known, standings: [{ kind: 'regular', standing: 'expelled', first_on: '2015-01-01' }] } // prettier-ignore
  expect(plan({ ...row, paid_until: '2027-12-31' }, expelled)).toBe('is_expelled in column 3')
})

test('a row makes a membership without an end only where no dues on file end it', () => {
  const since = { member_kind: 'regular', member_since: '2024-01-01' }
  const endless = (dues: KnownMember['dues'], row: Partial<Record<MemberColumn, string>> = since) => {
    const known: KnownMember = { standings: [{ kind: 'regular', standing: 'active', first_on: '2026-01-01' }], dues }
    const made = planMember(cellsOf(row), dues.length > 0 ? known : unknownMember, 'somebody', setup)
    return made.ok && made.plan && isEndless(made.plan)
  }
  const year = { kind: 'regular', from_on: '2026-01-01', until_on: '2026-12-31' }
  expect([endless([]), endless([year]), endless([{ ...year, kind: 'student' }])]).toEqual([true, false, true])
  expect(endless([], { ...since, paid_until: '2026-12-31' })).toBe(false)
})

test('somebody known: active again, and paid for longer than the sheet knows', () => {
  const lapsed: KnownMember = { standings: [{ kind: 'regular', standing: 'lapsed', first_on: '2020-01-01' }], dues: [] }
  const again = plan({ member_kind: 'regular', member_state: 'active', member_since: '2010-01-01' }, lapsed)
  expect(again).toEqual({ kind: 'regular', before: ['active 2010-01-01', 'active 2026-11-23'] })
  const paid: KnownMember = {
    standings: [{ kind: 'regular', standing: 'active', first_on: '2020-01-01' }],
    dues: [{ kind: 'regular', from_on: '2026-12-01', until_on: '2027-11-30' }],
  }
  const old = { member_kind: 'regular', member_state: 'lapsed', paid_until: '2026-11-10' }
  expect(plan(old, paid)).toBe('state_contradicts in column 1')
})

import { expect, test } from 'vitest'
import type { KnownFigure } from '../../figures/queries.ts'
import type { Official } from '../../officials/queries.ts'
import { readOfficials } from './list-file.ts'
import { planOfficials, type Known, type Plan, type Said } from './plan.ts'
import { csvOf, legislator, personYaml } from './testing.ts'

const today = '2026-11-23'
const figure = (figure_id: number, name: string, ids = {}): KnownFigure => ({ figure_id, name, names: {}, ids, offices: [] }) // prettier-ignore
const house = (official_id: number, district: string, name: string, more: Partial<Official> = {}): Official => ({
  ...{ official_id, figure_id: official_id, office: 'us_representative', kind: 'congress', district, name, name_hangul: null },
  ...{ party: 'dem', phone: '202-555-0100', email: null, website: `https://${district}.example.gov`, address: null },
  ...{ since: '2025-01-03', until: '2027-01-03', left_on: null, left_for: null, as_of: '2026-06-15', source: 'x' },
  ...{ source_url: null, is_checked: true, party_is_assumed: false, entered_at: null, changed_at: null, changed_by: null },
  ...more,
}) // prettier-ignore
const known: Known = {
  figures: [figure(1, 'Grace Oh'), figure(2, 'Nick Tarr'), figure(3, 'Ana Cruz'), figure(4, 'Ana Cruz')],
  terms: [house(1, '6', 'Grace Oh'), house(2, '1', 'Nick Tarr')],
}
const asIs = (id: string, name: string, district: number, more = {}) =>
  legislator(id, name, { district, url: `https://${district}.example.gov`, phone: '202-555-0100', ...more })
const planOf = (people: object[], said: Partial<Said> = {}, day = today): Plan => {
  const read = readOfficials({ name: 'legislators-current.json', text: JSON.stringify(people) })
  const done = read.ok ? planOfficials(read, known, { answers: {}, stay: [], ...said }, day) : read
  if (!done.ok) throw new Error(JSON.stringify(done.problems))
  return done.plan
}
const told = (plan: Plan): string[] =>
  plan.report.lines.map(({ name, effect, day }) => [name, effect, day].filter(Boolean).join(' '))

const grace = asIs('O000001', 'Grace Oh', 6)
const nick = asIs('T000001', 'Nick Tarr', 1)

test('a list that says what we know changes nothing but the numbers by which people are known', () => {
  const plan = planOf([grace, nick, asIs('X1', 'Somebody Else', 1, { state: 'CA' })])
  expect(told(plan)).toEqual([])
  expect(plan.report).toMatchObject({ people: { added: 0, linked: 2, same: 0 }, elsewhere: 1, questions: [] })
})

test('whoever is not in the list any more has a term that ends, unless they stay', () => {
  expect(told(planOf([grace]))).toEqual(['Nick Tarr ends 2026-11-23'])
  expect(planOf([grace]).ends).toEqual([{ official_id: 2, left_on: today }])
  const plan = planOf([grace], { stay: [2] })
  expect([told(plan), plan.ends]).toEqual([['Nick Tarr stays'], []])
})

test('of a list of few nobody is said to be gone', () => {
  const plan = planOf([asIs('N1', 'New Member', 9)])
  expect([told(plan), plan.ends, plan.report.partly]).toEqual([['New Member begins 2025-01-03'], [], ['us_representative']]) // prettier-ignore
})

test('a seat changes hands on the day the list has', () => {
  const plan = planOf([grace, asIs('N1', 'New Member', 1, { start: '2026-05-04' })])
  expect(told(plan)).toEqual(['New Member begins 2026-05-04', 'Nick Tarr ends 2026-05-04'])
  expect(plan.people[1]?.terms).toMatchObject([{ does: 'begin', leave: [2] }])
  // Their term is ended by whoever follows, not a second time.
  expect(plan.ends).toEqual([])
})

test('the next term of the same person begins where this one ends; one to come is known before', () => {
  const next = { ...grace, terms: [...grace.terms, ...asIs('', '', 6, { start: '2027-01-03', end: '2029-01-03' }).terms] } // prettier-ignore
  expect(told(planOf([next, nick]))).toEqual(['Grace Oh begins 2027-01-03'])
  expect(planOf([next, nick]).people[0]?.terms).toMatchObject([{ does: 'begin', leave: [1] }])
})

test('what is different of a term is told field by field, and what the list does not say stays', () => {
  const plan = planOf([asIs('O000001', 'Grace Oh', 6, { phone: '202-555-0199', url: undefined, party: 'Independent' }), nick]) // prettier-ignore
  expect(plan.report.lines.map(({ changes }) => changes)).toEqual([
    [
      { field: 'party', from: 'dem', to: 'oth' },
      { field: 'phone', from: '202-555-0100', to: '202-555-0199' },
    ],
  ])
})

test('who may be somebody we know is asked, and who has another number of that list is not', () => {
  const asked = planOf([grace, asIs('T000001', 'Nicholas Tarr', 1), asIs('C1', 'Ana Cruz', 9)])
  expect(asked.report.questions.map(({ key, options }) => [key, options.map((each) => each.figure_id)])).toEqual([
    ['bioguide:T000001', [2]],
    ['bioguide:C1', [3, 4]],
  ])
  // Until it is answered, nobody is said to be gone.
  expect(told(asked)).toEqual([])
  const answers = { 'bioguide:T000001': 2, 'bioguide:C1': 'new' } as const
  const answered = planOf([grace, asIs('T000001', 'Nicholas Tarr', 1), asIs('C1', 'Ana Cruz', 9)], { answers })
  expect(answered.report.questions).toEqual([])
  expect(answered.people.map(({ figure_id }) => figure_id)).toEqual([1, 2, null])
})

const read = (text: string, name = 'list') => {
  const done = readOfficials({ name, text })
  return done.ok
    ? done.officials.flatMap(({ name: who, terms }) => terms.map((each) => `${who}, ${each.office} ${each.district ?? ''}, ${each.party ?? ''}`)) // prettier-ignore
    : done.problems.map(({ code, line, in: where, column }) => [where, line, column, code].filter(Boolean).join(' '))
}

test.each([
  ['one person of openstates/people', personYaml('1', 'Ana Cruz', 'lower', 40), 'p.yml', ['Ana Cruz, assembly_member 40, dem']],
  ['two, one after another', `---\n${personYaml('1', 'A', 'lower', 40)}---\n${personYaml('2', 'B', 'upper', 16)}`, 'p.yml', ['A, assembly_member 40, dem', 'B, state_senator 16, dem']],
  ['current people of Open States', csvOf('1,Ana Cruz,Republican/Conservative,40,lower'), 'ny.csv', ['Ana Cruz, assembly_member 40, rep']],
  ['people of another state', csvOf('1,Ana Cruz,Republican,40,lower'), 'tx.csv', ['1 nobody_here']],
  ['a district there is not', csvOf('1,Ana Cruz,Republican,440,lower'), 'ny.csv', ['2 roles.0.district no_district']],
  ['a column that is missing', 'id,name\n1,Ana\n', 'ny.csv', ['1 current_party missing_column', '1 current_district missing_column', '1 current_chamber missing_column']],
  ['a day that is none', JSON.stringify([legislator('A1', 'A', { end: 'soon' })]), 'l.json', ['entry 1 terms.0.end foreign_shape']],
  ['a page', '<!doctype html><p>no</p>', 'l.yaml', ['entry 1 foreign_shape']],
  ['JSON that breaks off', '[{"id": 1,\n', 'l.json', ['2 not_json']],
  ['JSON that ends half-way', '[{"id": 1},\n{"id":', 'l.json', ['2 not_json']],
  ['YAML that breaks off', 'a: [1\nb: 2\n', 'l.yaml', ['2 not_yaml']],
  ['nothing', '', 'l.yaml', ['1 empty']],
])('%s', (_what, text, name, expected) => {
  expect(read(text, name)).toEqual(expected)
}) // prettier-ignore

test('two of a list in one seat are refused', () => {
  const text = JSON.stringify([grace, asIs('Z1', 'Zoe Rival', 6)])
  const both = readOfficials({ name: 'l.json', text })
  const done = both.ok && planOfficials(both, known, { answers: {}, stay: [] }, today)
  expect(done && !done.ok && done.problems.map(({ code, line }) => [code, line])).toContainEqual(['seat_twice', 2])
})

import { expect, test } from 'vitest'
import { blanksIn, faultsOf, stateIn } from '../../mailings/payer/rules.ts'
import { lineOf, noticeOf, noticeRuleFor, noticeRules } from './rules.ts'

const on = '2026-06-01'
const return_address = '35-12 Union St\nFlushing NY 11354'
const told = (lane: 'independent' | 'coordinated', level: 'federal' | 'state' | 'city', line: string): string[] => {
  const rule = noticeRuleFor({ lane, level, return_address }, on)
  return rule ? faultsOf(rule, line, ['Neighbors']).map(({ kind, phrase }) => `${kind} ${phrase}`.trim()) : ['no rule']
}

test('every line that is offered lacks nothing but what is to be filled in, and no rule asks for what is for no candidate', () => {
  for (const rule of noticeRules) {
    const line = lineOf(rule, 'Neighbors PAC')
    expect(faultsOf(rule, line, ['Neighbors']).filter(({ kind }) => kind === 'missing' || kind === 'contrary')).toEqual(
      [],
    )
    expect(faultsOf(rule, line, ['Neighbors']).filter(({ kind }) => kind === 'blank')).toHaveLength(
      blanksIn(line).length,
    )
    expect(faultsOf(rule, line.replaceAll(/\[[^\]]*\]/g, '35-12 Union St'), ['Neighbors'])).toEqual([])
  }
  expect(noticeRuleFor({ lane: 'non_partisan', level: 'city', return_address }, on)).toBeUndefined()
  expect(noticeRuleFor({ lane: 'member_communication', level: 'federal', return_address }, on)).toBeUndefined()
})

test('a line with its blanks in it is none', () => {
  expect(told('coordinated', 'federal', 'Paid for by Neighbors and authorized by [committee of the candidate]')).toEqual(['blank [committee of the candidate]'])
  expect(told('independent', 'federal', 'Paid for by Neighbors, [street, telephone or web address]. Not authorized by any candidate or candidate’s committee.')).toEqual(['blank [street, telephone or web address]', 'reach'])
}) // prettier-ignore

test.each([
  ['35-12 Union St, Flushing NY', []],
  ['718-555-0100', []],
  ['(718) 555 0100', []],
  ['neighbors.org', []],
  ['www.neighbors.party', []],
  ['Neighbors.nyc/paid', []],
  ['225 Broadway', []],
  ['12 Avenue J', []],
  ['1 Main St', []],
  ['41-60 Kissena Blvd. Apt 3', []],
  ['Flushing', ['reach']],
  ['office@neighbors.org', ['reach']],
  ['PO Box 12 Union St', ['reach']],
  ['2026 Committee', ['reach']],
  ['Local 1199 Green Way', ['reach']],
])('federal law wants to know how whoever pays is reached: %s', (how, faults) => {
  expect(told('independent', 'federal', `Paid for by Neighbors, ${how}. Not authorized by any candidate or candidate’s committee.`)).toEqual(faults)
}) // prettier-ignore

test.each([
  ['Friends of Kim 2026 Committee', 'Paid for by Friends of Kim 2026 Committee. Not authorized by any candidate or candidate’s committee.'],
  ['Queens', 'Paid for by Queens 2026 PAC. Not authorized by any candidate or candidate’s committee.'],
  ['Kim Inc.', 'Paid for by Kim Inc.Not authorized by any candidate or candidate’s committee.'],
  ['Neighbors.org', 'Paid for by Neighbors.org. Not authorized by any candidate or candidate’s committee.'],
  ['41 Main St Tenants', 'Paid for by 41 Main St Tenants. Not authorized by any candidate or candidate’s committee.'],
])('a name says not how whoever pays is reached: %s', (return_name, en) => {
  expect(noticeOf({ lane: 'independent', level: 'federal', return_address, return_name, attribution: { en } }, on)?.faults).toContainEqual({ kind: 'reach', phrase: '' })
}) // prettier-ignore

test.each([
  ['x\nFlushing, NY 11354-1234', 'NY'],
  ['x\nFlushing N.Y. 11354', 'NY'],
  ['x\nJersey City, New Jersey 07302', 'NJ'],
  ['x\nNewark N.J. 07102 USA', 'NJ'],
  ['x\nCharleston, West Virginia 25301', 'WV'],
  ['x\nFlushing, NY', 'NY'],
  ['x\nFlushing 11354', null],
  ['x', null],
])('of %j the state is %s', (address, state) => {
  expect(stateIn(address)).toBe(state)
})

test.each([
  ['coordinated', 'federal', 'Paid for by Neighbors. Not authorized by any candidate or candidate’s committee.', ['contrary Not authorized']],
  ['coordinated', 'federal', 'Paid for by Neighbors and authorized by Friends of Kim', []],
  ['coordinated', 'state', 'Paid for by: Neighbors. Not expressly authorized or requested by any candidate.', ['contrary Not expressly authorized']],
  ['coordinated', 'city', 'Not paid for by Neighbors', ['contrary Not paid for by']],
  ['coordinated', 'city', 'Unpaid for by Neighbors', ['missing Paid for by']],
  ['independent', 'state', 'Paid for by Neighbors and authorized by Friends of Kim. Not expressly authorized or requested by any candidate.', ['contrary and authorized by']],
] as const)('%s work (%s) does not say the opposite: %s', (lane, level, line, faults) => {
  expect(told(lane, level, line)).toEqual(faults)
}) // prettier-ignore

test.each([
  ['Paid for by Neighbors', ['missing Not authorized by any candidate or candidate committee', 'missing nyc.gov/FollowTheMoney']],
  ['PAID FOR BY: Neighbors — not authorized by any candidate or candidate committee. nyc.gov/followthemoney', []],
  ['', ['missing Paid for by', 'missing Not authorized by any candidate or candidate committee', 'missing nyc.gov/FollowTheMoney']],
])('independent work for a city office: %s', (line, faults) => {
  expect(told('independent', 'city', line)).toEqual(faults)
}) // prettier-ignore

test('a rule holds from its day on', () => {
  expect(noticeRuleFor({ lane: 'independent', level: 'city', return_address }, '2024-10-29')).toBeUndefined()
  expect(noticeRuleFor({ lane: 'independent', level: 'city', return_address }, '2024-10-30')?.source).toBe(
    'CFB Rule 13-04',
  )
})

test('the law of New York is not that of a sender in another state; that of the United States is', () => {
  const of = (level: 'federal' | 'state' | null, return_address: string) =>
    noticeOf({ lane: 'coordinated', level, return_address, return_name: 'Neighbors', attribution: { en: 'Paid for by Neighbors' } }, on) // prettier-ignore
  expect(of('state', 'x\nFlushing, NY 11354-1234')).toBeNull()
  expect(of('state', 'x')).toEqual({ rule: null, faults: [] })
  expect(of('state', 'x\nFort Lee, NJ 07024')).toEqual({ rule: null, faults: [] })
  expect(of(null, 'x\nFlushing, NY 11354')).toEqual({ rule: null, faults: [] })
  expect(of('federal', 'x\nFort Lee, NJ 07024')?.faults).toEqual([{ kind: 'missing', phrase: 'authorized by' }])
})

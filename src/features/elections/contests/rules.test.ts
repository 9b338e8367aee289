import { expect, test } from 'vitest'
import { foldedName } from '../figures/rules.ts'
import { districtIn, lineCode, linesIn, usualMethod } from './rules.ts'

test.each([
  ['NY', 'nyc-council', '020', '20'],
  ['NY', 'nyc-council', '52', null], // there are 51
  ['NY', 'county', 'Queens County', 'queens'],
  ['NY', 'county', 'Brooklyn', 'kings'],
  ['NY', 'city', '', ''],
  ['NY', 'city', '20', null], // a whole city has no number
  ['NY', 'assembly', '', null],
  ['NJ', 'senate', '38', '38'], // other states: as it is given
] as const)('in %s, %s %j is %j', (state, kind, typed, district) => {
  expect(districtIn(state, kind, typed)).toBe(district)
})

test.each([
  ['primary', 'council_member', 'ranked_choice'],
  ['special', 'mayor', 'ranked_choice'],
  ['general', 'council_member', 'plurality'],
  ['primary', 'state_senator', 'plurality'], // the City Charter ranks offices of the city alone
] as const)('a %s for %s is counted by %s', (kind, office, method) => {
  expect(usualMethod({ state: 'NY', kind, method: null }, office)).toBe(method)
})

test('ballot lines keep their order, in either language, and an independent body its own name', () => {
  expect(linesIn('민주당, 노동가족당')).toEqual(['dem', 'wor'])
  expect(linesIn('Working Families; Democratic; WFP')).toEqual(['wor', 'dem'])
  expect(lineCode('  Safe   Streets ')).toBe('Safe Streets')
  expect(linesIn(null)).toEqual([])
})

test.each([
  ['Nydia M. Velázquez', 'nydia velazquez'],
  ["Alicia O'Neil, Jr.", 'alicia oneil'],
  ['J. Lee', 'j lee'],
  ['Min-jun Park', 'min jun park'],
])('%s is known as %s', (name, folded) => {
  expect(foldedName(name)).toBe(folded)
})

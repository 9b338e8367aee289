import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from './parse.ts'
import { print } from './print.ts'
import { contactValues } from './refresh.ts'
import type { Expression } from './schema.ts'
import {
  ageRange,
  chipsOf,
  choose,
  chooseAge,
  chooseCommunity,
  chooseTurnout,
  chosenIn,
  communityChosen,
  partsOf,
  switchReach,
  switchesOn,
  toggle,
  turnoutChosen,
  withoutChip,
  type ListedFacet,
} from './selection.ts'
import { expressions } from './testing.ts'

const read = (text: string): Expression => {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.code}`)
  return parsed.expression
}

test.each<[string, ListedFacet, string, string]>([
  ['', 'party', 'dem', 'party:dem'],
  ['party:dem', 'party', 'none', 'party:dem,none'],
  ['party:dem,none age:18-34', 'party', 'dem', 'party:none age:18-34'],
  ['party:dem age:18-34', 'party', 'dem', 'age:18-34'],
  ['-party:rep', 'party', 'con', '-party:rep,con'],
  ['district:nyc-council/19-21', 'nyc-council', '20', 'district:nyc-council/19,21'],
  ['district:senate/11', 'nyc-council', '23', 'district:senate/11 district:nyc-council/23'],
  ['', 'contact', '14d', 'contacted:14d'],
  ['contacted:14d', 'contact', '30d', 'contacted:30d'],
  ['contacted>14d', 'contact', '', '-contacted:14d'],
  ['-contacted:ever', 'contact', 'older', '-contacted:90d'],
  ['', 'contact', '90d', 'contacted:90d contacted>30d'],
  ['support:1', 'support', '2', 'support:1-2'],
  ['', 'state', 'NJ', 'state:NJ'],
  ['county:NJ-mercer', 'county', 'NY-queens', 'county:NJ-mercer,NY-queens'],
  ['district:congress/NY-3', 'congress', 'NC-12', 'district:congress/NY-3,NC-12'],
  ['district:nyc-council/20', 'nyc-council', '?', 'district:nyc-council/20,?'],
  ['support:1-2', 'support', '', '-support:3-5'],
  ['language:ko', 'language', 'en', 'language:ko,en'],
  ['', 'language', 'unknown', 'language:unknown'],
  ['', 'attended', 'roundtable', 'attended:roundtable'],
  ['attended:roundtable party:dem', 'attended', 'food_pantry', 'attended:roundtable,"food_pantry" party:dem'],
  ['-member:lapsed', 'member', 'active', '-member:active,lapsed'],
  ['stage:Leader', 'stage', 'Core member', 'stage:Leader,"Core member"'],
  ['committee:Housing chapter:any', 'committee', 'Youth team', 'committee:Housing,"Youth team" chapter:any'],
  ['party:dem or age:65-', 'sex', 'F', '(party:dem or age:65-) sex:F'],
])('“%s” and a click on %s %s give “%s”', (before, facet, value, after) => {
  expect(print(toggle(read(before), facet, value))).toBe(after)
})

test('a value clicked twice leaves the expression as it was', () => {
  fc.assert(
    fc.property(expressions(), fc.constantFrom('dem', 'rep', 'none'), (expression, value) => {
      const plain = read(print(expression))
      if (chosenIn(plain, 'party')?.values.length !== 0) return
      expect(print(toggle(toggle(plain, 'party', value), 'party', value))).toBe(print(plain))
    }),
  )
})

test('any set of contact bands and scores can be said, and is read back', () => {
  const bands = fc.subarray([...contactValues])
  const scores = fc.subarray(['1', '2', '3', '4', '5', ''])
  fc.assert(
    fc.property(bands, scores, (contact, support) => {
      const some = choose(read('county:queens'), 'contact', { values: contact, is_left_out: false })
      const both = read(print(choose(some, 'support', { values: support, is_left_out: false })))
      // All of them is no choice.
      expect(chosenIn(both, 'contact')?.values).toEqual(contact.length === 5 ? [] : contact)
      expect(chosenIn(both, 'support')?.values).toEqual(support.length === 6 ? [] : support)
      expect(chipsOf(both)).toEqual([])
    }),
  )
})

describe('what no facet shows', () => {
  test.each([
    ['', []],
    ['party:dem age:18-34 community:korean>=0.8 voted>=2/4 has:phone tag:volunteer', []],
    ['party:dem party:rep', ['party:dem', 'party:rep']],
    ['born:1950-1965 age:18-', ['born:1950-1965', 'age:18-']],
    ['voted>=3/5 zip:11354', ['voted>=3/5', 'zip:11354']],
    ['party:dem or age:65-', ['(party:dem or age:65-)']],
    ['-contacted:phone/2w Kim', ['-contacted:phone/2w', 'Kim']],
    ['district:ed/40/12 county:queens', [print(read('district:ed/40/12'))]],
  ])('of “%s” is %j', (text, chips) => {
    expect(chipsOf(read(text))).toEqual(chips.map((chip) => print({ op: 'and', of: [read(chip)] })))
  })

  test('is taken away one by one, and nothing else', () => {
    fc.assert(
      fc.property(expressions(), (each) => {
        const expression = read(print(each))
        for (const chip of chipsOf(expression)) {
          const rest = withoutChip(expression, chip)
          expect(chipsOf(rest)).not.toContain(chip)
          expect(partsOf(rest).length).toBeLessThan(
            Math.max(1, partsOf(expression).length) + (partsOf(expression).length === 1 ? 1 : 0),
          )
        }
      }),
    )
  })
})

test('age, community, turnout, phone and tags are read as they are written', () => {
  const start = read('county:queens')
  const aged = chooseAge(start, { from: 18, to: 34 })
  expect(print(aged)).toBe('county:queens age:18-34')
  expect(ageRange(aged)).toEqual({ from: 18, to: 34 })
  expect(print(chooseAge(aged, { from: null, to: null }))).toBe('county:queens')
  expect(ageRange(read('age:18-24,65-'))).toBeNull()

  // The slider does not go so low: that is said in words.
  expect(communityChosen(read('community:korean>=0.02'))).toBeNull()
  const likely = chooseCommunity(start, { values: ['korean', 'south-asian'], is_left_out: false, percent: 80 })
  expect(print(likely)).toBe('county:queens community:korean,south-asian>=0.8')
  expect(communityChosen(likely)).toEqual({ values: ['korean', 'south-asian'], is_left_out: false, percent: 80 })

  const voting = chooseTurnout(start, { comparison: '>=', times: 2 })
  expect(print(voting)).toBe('county:queens voted>=2/4')
  expect(turnoutChosen(read('voted>1/4'))).toEqual({ comparison: '>=', times: 2 })
  expect(print(chooseTurnout(voting, { comparison: '>=', times: 0 }))).toBe('county:queens')

  const reached = switchReach(switchReach(start, 'phone'), 'email')
  expect(switchesOn(reached)).toEqual(['phone', 'email'])
  expect(print(switchReach(reached, 'no_phone'))).toBe('county:queens has:email -has:phone')

  const tagged = choose(start, 'tag', { values: ['volunteer'], is_left_out: true })
  expect(print(tagged)).toBe('county:queens -tag:volunteer')
  expect(chosenIn(tagged, 'tag')).toEqual({ values: ['volunteer'], is_left_out: true })
})

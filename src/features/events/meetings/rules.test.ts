import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isQuorum, neededFor, outcomeOf, quorumOf, type Hands, type Outcome } from './rules.ts'
import { CountForm, majorities, type Majority } from './schema.ts'

const hands = (yes: number, no: number, abstain: number, entitled: number, quorum: number | null = null, present = entitled): Hands => ({ yes, no, abstain, entitled, present, quorum }) // prettier-ignore

test.each<[string, Majority, Hands, Outcome]>([
  ['more yes than no', 'cast', hands(5, 4, 6, 20), 'carried'],
  ['a tie is lost', 'cast', hands(5, 5, 0, 10), 'lost'],
  ['one yes and all others abstaining', 'cast', hands(1, 0, 19, 20), 'carried'],
  ['nobody said yes', 'cast', hands(0, 0, 10, 10), 'lost'],
  ['exactly two thirds', 'two_thirds', hands(6, 3, 4, 20), 'carried'],
  ['short of two thirds', 'two_thirds', hands(6, 4, 0, 20), 'lost'],
  ['two thirds of nobody', 'two_thirds', hands(0, 0, 3, 3), 'lost'],
  ['half of those present is not more than half', 'present', hands(10, 0, 10, 20), 'lost'],
  ['more than half of those present', 'present', hands(11, 0, 9, 20), 'carried'],
  ['half of an odd number, rounded up', 'present', hands(11, 10, 0, 21), 'carried'],
  ['too few in the room', 'cast', hands(9, 0, 0, 9, 10), 'no_quorum'],
  ['one recused of those just enough in the room', 'cast', hands(9, 0, 0, 9, 10, 10), 'carried'],
  ['just enough in the room', 'cast', hands(9, 0, 0, 10, 10), 'carried'],
])('%s', (_, majority, of, outcome) => expect(outcomeOf(majority, of)).toBe(outcome))

test('whatever the hands: one more yes never turns carried into lost, and a majority needs more yes than no', () => {
  const any = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(20)).map(([yes, no, abstain, silent]) => hands(yes, no, abstain, yes + no + abstain + silent)) // prettier-ignore
  fc.assert(
    fc.property(any, fc.constantFrom(...majorities), (of, majority) => {
      const more = { ...of, yes: of.yes + 1, entitled: of.entitled + (of.yes + of.no + of.abstain === of.entitled ? 1 : 0) } // prettier-ignore
      if (outcomeOf(majority, of) === 'carried') expect(outcomeOf(majority, more)).toBe('carried')
      if (outcomeOf(majority, of) === 'carried') expect(of.yes).toBeGreaterThan(of.no)
      expect(outcomeOf(majority, of) === 'carried').toBe(of.yes >= neededFor(majority, of))
    }),
  )
})

test.each([
  ['24', 100, 24],
  ['25%', 40, 10],
  ['25%', 41, 11],
  ['1%', 3, 1],
  ['50%', 0, 1],
  ['', 40, null],
  ['many', 40, null],
])('a quorum of %s among %i members is %s', (stated, members, quorum) => expect(quorumOf(stated, members)).toBe(quorum))

test.each([
  ['24', true],
  ['100%', true],
  ['25%', true],
  ['0', false],
  ['0%', false],
  ['101%', false],
  ['25.5', false],
  ['half', false],
])('%s as a quorum: %s', (text, is_one) => expect(isQuorum(text)).toBe(is_one))

test.each([
  ['7', true],
  ['', false],
  [' ', false],
  ['-1', false],
  ['0x7', false],
  ['1e2', false],
  ['100001', false],
])('%j as a count of hands: %s', (yes, is_one) => expect(CountForm.safeParse({ yes, no: '0', abstain: '0', present: '9', entitled: '9' }).success).toBe(is_one)) // prettier-ignore

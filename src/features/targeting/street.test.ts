import { expect, test } from 'vitest'
import { streetBeginnings, streetPattern } from './street.ts'

test.each([
  ['northern blvd', 'Northern Blvd', true],
  ['northern boulevard', 'NORTHERN BLVD', true],
  ['northern', 'Northern Blvd', true],
  ['northern', 'Northern Ave', true],
  ['northern blvd', 'Northern Ave', false],
  ['northern blvd', 'Northern Blvd E', true],
  ['north', 'Northern Blvd', false],
  ['41 ave', '41st Ave', true],
  ['41st avenue', '41 Ave', true],
  ['41', '141st St', false],
  ['w 32 street', 'W 32nd St', true],
  ['west 32nd st', 'W 32 St', true],
  ['32nd st', 'W 32nd St', false],
  ['broadway', 'Broadway', true],
  ['broadway', 'W Broadway', false],
  ['st marks place', 'Saint Marks Pl', true],
  ['avenue u', 'Ave U', true],
  ['park ave s', 'Park Avenue South', true],
  ["o'brien ave", "O'Brien Ave", true],
  ['.* (x|', 'Northern Blvd', false],
  ['(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', false],
])('%s means %s: %s', (typed, street, means) => {
  expect(new RegExp(streetPattern(typed), 'i').test(street)).toBe(means)
  // The index is asked first: nothing may begin otherwise.
  const beginnings = streetBeginnings(typed) ?? ['']
  if (means) expect(beginnings.some((each) => street.toLowerCase().startsWith(each))).toBe(true)
})

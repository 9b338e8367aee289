import { expect, test } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { readAddress } from '../../voterfile/rules/streets.ts'
import { placesOf, type House } from './rules.ts'

const kinds = ['nyc-council', 'assembly', 'county', 'city'] as const
const house = (house_number: string, council: number[], more: Partial<House> = {}): House => ({
  house_number,
  street: 'Kissena Blvd',
  city: 'Flushing',
  zip5: '11355',
  county: 'queens',
  voters: 4,
  ...more,
  districts: { congress: [6], senate: [16], assembly: [40], 'nyc-council': council, ...more.districts },
})
const street = [house('41-25', [20]), house('41-31', [20]), house('42-03', [19]), house('41-28', [20, 21])]
const placesFor = (typed: string, houses: readonly House[] = street) => placesOf(houses, found(readAddress(typed)), typed, kinds) // prettier-ignore

test.each([
  ['41-25 Kissena Blvd', ['nyc-council/20', 'assembly/40', 'county/queens']],
  ['4125 kissena boulevard, flushing', ['nyc-council/20', 'assembly/40', 'county/queens']],
  // Between two houses of its side of the street.
  ['41-29 Kissena Blvd', ['nyc-council/20', 'assembly/40', 'county/queens']],
  // Somewhere between them the council districts meet: the rest is known.
  ['41-45 Kissena Blvd', ['assembly/40', 'county/queens']],
  // Its election district lies in two.
  ['41-28 Kissena Blvd', ['nyc-council/20', 'nyc-council/21', 'assembly/40', 'county/queens']],
])('%s lies in %s', (typed, districts) => {
  expect(placesFor(typed)).toEqual([{ city: 'Flushing', zip5: '11355', districts }])
})

test('the last house of a street lies where its one neighbour does', () => {
  expect(placesFor('42-05 Kissena Blvd')[0]?.districts).toEqual(['nyc-council/19', 'assembly/40', 'county/queens'])
  expect(placesFor('41-30 Kissena Blvd')[0]?.districts).toContain('nyc-council/21')
})

test('far beyond the last house, and on another street, nothing is guessed', () => {
  expect(placesFor('49-01 Kissena Blvd')).toEqual([])
  expect(placesFor('41-25 Main St')).toEqual([])
})

test('one stray record does not move a house', () => {
  const [place] = placesFor('41-25 Kissena Blvd', [house('41-25', [20], { voters: 30 }), house('41-25', [1], { voters: 1 })])
  expect(place?.districts).toContain('nyc-council/20')
  expect(place?.districts).not.toContain('nyc-council/1')
}) // prettier-ignore

test('the town or the ZIP code says which of two streets it is; outside the city nobody of it is elected', () => {
  const away = house('41-25', [], { city: 'Great Neck', zip5: '11021', county: 'nassau' })
  const both = [...street, away]
  expect(placesFor('41-25 Kissena Blvd', both)).toHaveLength(2)
  const nassau = ['nyc-council/outside', 'assembly/40', 'county/nassau', 'city/outside']
  for (const typed of ['41-25 Kissena Blvd, Great Neck', '41-25 Kissena Blvd 11021'])
    expect(placesFor(typed, both)).toEqual([{ city: 'Great Neck', zip5: '11021', districts: nassau }])
  // Two towns whose districts are the same need no question.
  expect(placesFor('41-25 Kissena Blvd', [...street, house('41-25', [20], { city: 'Queens', zip5: '11354' })])).toHaveLength(1) // prettier-ignore
})

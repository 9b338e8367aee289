import { expect, test } from 'vitest'
import { decideMatch, matchScore, type KnownPerson, type PossibleVoter } from './rules.ts'

const younghee: PossibleVoter = {
  voter_id: 1,
  last_name: 'Kim',
  first_name: 'Young',
  middle_name: 'Hee',
  birth_year: 1958,
  house_number: '41-25',
  street: 'Kissena Blvd',
  zip5: '11355',
  phones: ['+17185550142'],
}
const unknown: KnownPerson = {
  last_name: null,
  first_name: null,
  middle_name: null,
  name_hangul: null,
  birth_year: null,
  address: null,
  zip5: null,
  phones: [],
}
const kim = { ...unknown, last_name: 'Kim', first_name: 'Young', middle_name: 'Hee' }

test.each<[string, Partial<KnownPerson>, string]>([
  ['name, year and address', { ...kim, birth_year: 1958, address: '4125 Kissena Boulevard' }, 'certain'],
  ['name, year and phone', { ...kim, birth_year: 1958, phones: ['+17185550142'] }, 'certain'],
  [
    'joined name, year and address',
    { last_name: 'Kim', first_name: 'Younghee', birth_year: 1958, address: '41-25 Kissena Blvd' },
    'certain',
  ],
  [
    'surname first',
    { last_name: 'Young Hee', first_name: 'Kim', birth_year: 1958, phones: ['+17185550142'] },
    'certain',
  ],
  [
    'Hangul name, year, address and phone',
    { name_hangul: '김영희', birth_year: 1958, address: '41-25 Kissena', phones: ['+17185550142'] },
    'certain',
  ],
  ['name alone', kim, 'unsure'],
  ['name and year', { ...kim, birth_year: 1958 }, 'unsure'],
  ['name and address', { ...kim, address: '41-25 Kissena Blvd' }, 'unsure'],
  ['name, year and address with a space', { ...kim, birth_year: 1958, address: '41 25 Kissena Blvd' }, 'certain'],
  ['other spelling and year', { last_name: 'Kim', first_name: 'Yung-hee', birth_year: 1958 }, 'unsure'],
  ['Hangul name and year', { name_hangul: '김영희', birth_year: 1958 }, 'unsure'],
  [
    'phone and address of the household, another name',
    { last_name: 'Park', first_name: 'Min', address: '41-25 Kissena Blvd', phones: ['+17185550142'] },
    'unsure',
  ],
  ['name, another year', { ...kim, birth_year: 1990 }, 'none'],
  ['address alone', { address: '41-25 Kissena Blvd' }, 'none'],
  ['surname alone', { last_name: 'Kim' }, 'none'],
])('%s: %s', (_, facts, kind) => {
  expect(decideMatch([matchScore({ ...unknown, ...facts }, younghee)]).kind).toBe(kind)
})

test.each([
  ['41-25 Kissena Blvd, Flushing, NY 11355', 'Kissena Blvd', true],
  ['Apt 2, 4125 Kissena Boulevard Flushing', 'Kissena Blvd', true],
  ['41-25 West 32nd Street', 'W 32nd St', true],
  ['41-25 32 St', 'W 32nd St', true],
  ['41-25 38th Ave', '38 Ave', true],
  ['41-25 E 32nd St', 'W 32nd St', false],
  ['41-25 38th Ave', '38th St', false],
  ['41-27 Kissena Blvd', 'Kissena Blvd', false],
])('%s is the address of a record that says 41-25 %s: %s', (address, street, isSame) => {
  const { evidence } = matchScore({ ...kim, address }, { ...younghee, street })
  expect(evidence.includes('address_same')).toBe(isSame)
})

test('father and son of one name at one address stay a question', () => {
  const john = { ...younghee, last_name: 'Kim', first_name: 'John', middle_name: null, birth_year: null }
  const known = {
    ...unknown,
    last_name: 'Kim',
    first_name: 'John',
    address: '41-25 Kissena Blvd',
    phones: ['+17185550142'],
  }
  const decision = decideMatch([matchScore(known, john), matchScore(known, { ...john, voter_id: 2 })])
  expect(decision.kind).toBe('unsure')
})

test('a Korean age told a year older does not count against', () => {
  expect(matchScore({ ...kim, birth_year: 1957 }, younghee).evidence).toContain('birth_year_near')
})

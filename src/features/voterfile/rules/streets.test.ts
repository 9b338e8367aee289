import { expect, test } from 'vitest'
import { houseKey, houseSpellings, readAddress, readStreet, sameStreet, streetSpellings } from './streets.ts'

const keyOf = (text: string): string | null => {
  const address = readAddress(text)
  if (!address) return null
  const { before, name, type, after } = address.street
  return [address.house ?? '*', [before, name, type, after].filter(Boolean).join(' ')].join(' | ')
}

test.each([
  ['41-25 Kissena Boulevard', '4125 | kissena blvd'],
  ['4125 kissena', '4125 | kissena'],
  ['41–25 Kissena Blvd.', '4125 | kissena blvd'],
  ['41-25 kissena blvd, flushing', '4125 | kissena blvd'],
  ['41-25 kissena blvd flushing', '4125 | kissena blvd'],
  ['41-25 Kissena Blvd Apt 3B, Flushing, NY 11355', '4125 | kissena blvd'],
  ['41-25 Kissena Blvd. #3B Flushing NY 11355-1234', '4125 | kissena blvd'],
  ['Apt 3B, 41-25 Kissena Blvd, Flushing', '4125 | kissena blvd'],
  ['Apt 3B 41-25 Kissena Blvd', '4125 | kissena blvd'],
  ['#3B 41-25 Kissena Blvd', '4125 | kissena blvd'],
  ['3B, 41-25 Kissena Blvd', '4125 | kissena blvd'],
  ['Kim Young Hee, 41-25 Kissena Blvd, Flushing', '4125 | kissena blvd'],
  ['41-25, Kissena Blvd', '4125 | kissena blvd'],
  ['41-25 Kissena Blvd\nFlushing NY', '4125 | kissena blvd'],
  ['41-25 Kissena NY 11355', '4125 | kissena'],
  ['41-25 kissena apt 2', '4125 | kissena'],
  ['136-20 38th Ave Apt 5B', '13620 | 38 ave'],
  ['136-20 38 Av', '13620 | 38 ave'],
  ['120 West 32nd Street, New York, NY', '120 | w 32 st'],
  ['120 W 32 St', '120 | w 32 st'],
  ['120 W. 32nd St.', '120 | w 32 st'],
  ['120 1/2 Main St', '120 1/2 | main st'],
  ['225 Fifth Avenue', '225 | 5 ave'],
  ['1200 Broadway New York NY 10001', '1200 | broadway'],
  ['1200 East Broadway', '1200 | e broadway'],
  ['1170 Avenue of the Americas New York', '1170 | avenue of the americas'],
  ['2101 Avenue U Brooklyn', '2101 | avenue u'],
  ['2101 Ave U', '2101 | avenue u'],
  ['12 Park Avenue South New York', '12 | park ave s'],
  ['29-11 Queens Plaza N', '2911 | queens plz n'],
  ['14-20 College Point Blvd College Point', '1420 | college point blvd'],
  ['107-10 Austin St Kew Gardens', '10710 | austin st'],
  ['12 Old Court Rd Albany', '12 | old court rd'],
  ['5 St. Marks Place, New York', '5 | st marks pl'],
  ['5 Saint Marks Pl', '5 | st marks pl'],
  ['300 N St Andrews Dr Columbus OH', '300 | n st andrews dr'],
  ['77 West End Ave', '77 | w end ave'],
  ['77 West St New York', '77 | w st'],
  ['9 County Road 12 Bath NY', '9 | county road 12'],
  ['1500 NW 5th Ave Miami FL', '1500 | nw 5 ave'],
  ['1500 N.W. 5th Ave', '1500 | nw 5 ave'],
  ['41 25 Kissena Blvd, Flushing', '4125 | kissena blvd'],
  ['41 25 kissena', '4125 | kissena'],
  ['41 - 25 Kissena Blvd', '4125 | kissena blvd'],
  ['136 20 38th Ave', '13620 | 38 ave'],
  ['136 20 38 Ave', '13620 | 38 ave'],
  ['120 38 Ave', '120 | 38 ave'],
  ['120 38th Ave', '120 | 38 ave'],
  ['120 32 St New York', '120 | 32 st'],
  ['Northern Blvd', '* | northern blvd'],
  ['38 Ave', '* | 38 ave'],
  ['5', null],
  ['김영희', null],
  ['', null],
])('%s is %s', (text, key) => {
  expect(keyOf(text)).toBe(key)
})

test.each([
  ['W 32nd St', 'west 32 street', true],
  ['W 32nd St', '32nd St', true],
  ['W 32nd St', 'E 32nd St', false],
  ['38 Ave', '38th Ave', true],
  ['38th Ave', '38th St', false],
  ['38', '38th St', false],
  ['Kissena', 'Kissena Blvd', true],
  ['Kissena Rd', 'Kissena Blvd', false],
  ['Park Ave', 'Park Ave S', true],
  ['Park Avenue South', 'Park Ave S', true],
  ['Park Ave N', 'Park Ave S', false],
  ['West End Ave', 'W End Ave', true],
  ['Fifth Ave', '5th Ave', true],
  ['Saint Johns Pl', 'St Johns Pl', true],
  ['', '', false],
])('%s and %s are one street: %s', (one, other, isSame) => {
  expect(sameStreet(readStreet(one), readStreet(other))).toBe(isSame)
  expect(sameStreet(readStreet(other), readStreet(one))).toBe(isSame)
})

test('a street is looked for as it was said first, then with a direction more or less', () => {
  const { said, also } = streetSpellings(readStreet('West 32nd Street'))
  expect(said).toEqual(['w 32nd st', 'w 32 st', 'west 32nd st', 'west 32 st'])
  expect(also).toEqual(['32nd st', '32 st'])
  const without = streetSpellings(readStreet('32 St'))
  expect(without.said).toEqual(['32nd st', '32 st'])
  expect(without.also).toEqual(expect.arrayContaining(['w 32nd st', 'west 32 st', 'ne 32nd st', '32nd st n']))
  expect(streetSpellings(readStreet('West St')).said).toEqual(['w st', 'west st'])
  expect(streetSpellings(readStreet('kissena')).said).toEqual(['kissena'])
})

test('whatever two spellings make one street, one of them is looked for where the other is typed', () => {
  const streets = ['W 32nd St', '32 St', 'west 32 st', '38 Ave', 'fifth ave', '5th ave', 'park ave s', 'park ave', 'n street', 'st marks pl', 'saint marks pl'] // prettier-ignore
  for (const one of streets) {
    for (const other of streets.filter((each) => sameStreet(readStreet(one), readStreet(each)))) {
      const { said, also } = streetSpellings(readStreet(one))
      expect([...said, ...also]).toContain(other.replace('street', 'st').toLowerCase())
    }
  }
})

test('a house number of Queens with and without its hyphen', () => {
  expect(houseSpellings('4125')).toEqual(['4125', '41-25', '41 25'])
  expect(houseSpellings('13620')).toEqual(['13620', '136-20', '136 20'])
  expect(houseSpellings('7')).toEqual(['7'])
  for (const house of ['4125', '13620', '4125A', '4125 1/2', '7', '120 1/2'])
    expect(new Set(houseSpellings(house).map(houseKey))).toEqual(new Set([house]))
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suffixes, suffixNames, stateCodes, unitDesignators } from '../../voterfile/rules/publication-28.ts'
import { linesOf, standardize, standardizeTyped } from './rules.ts'

const printed = (text: string): string => {
  const read = standardize(text)
  return read.ok ? linesOf(read.address).join(' | ') : `${read.problem}: ${read.found}`
}

test.each([
  // Queens keeps its hyphen, whatever it was written with.
  ['41-60 Main Street, Apt. 3B, Flushing, NY 11355', '41-60 MAIN ST APT 3B | FLUSHING NY 11355'],
  ['41–25 Kissena Boulevard, Flushing NY 11355', '41-25 KISSENA BLVD | FLUSHING NY 11355'],
  ['41 - 25 Kissena Blvd Flushing NY 11355-1234', '41-25 KISSENA BLVD | FLUSHING NY 11355-1234'],
  ['41-25, Kissena Blvd, Flushing, NY, 11355', '41-25 KISSENA BLVD | FLUSHING NY 11355'],
  ['136-20 38th Ave. #5B\nFlushing, New York 11354', '136-20 38TH AVE # 5B | FLUSHING NY 11354'],
  ['203-05 32nd Ave, Bayside NY 113611122', '203-05 32ND AVE | BAYSIDE NY 11361-1122'],
  // Only the last suffix is one; what is part of the name is spelled out.
  ['1221 Avenue of the Americas, New York, NY 10020', '1221 AVENUE OF THE AMERICAS | NEW YORK NY 10020'],
  ['1221 Ave of the Americas New York NY 10020', '1221 AVENUE OF THE AMERICAS | NEW YORK NY 10020'],
  ['12 St. Marks Place, New York, N.Y. 10003', '12 ST MARKS PL | NEW YORK NY 10003'],
  ['1802 Avenue J, Brooklyn NY 11230', '1802 AVENUE J | BROOKLYN NY 11230'],
  ['1802 Ave J Apt 2 Brooklyn NY 11230', '1802 AVENUE J APT 2 | BROOKLYN NY 11230'],
  ['2000 Avenue W, Brooklyn NY 11235', '2000 AVENUE W | BROOKLYN NY 11235'],
  ['82-10 Kew Gdns Rd, Kew Gardens NY 11415', '82-10 KEW GARDENS RD | KEW GARDENS NY 11415'],
  ['225 Broadway, New York NY 10007', '225 BROADWAY | NEW YORK NY 10007'],
  ['30 Bowery Floor 2, New York NY 10013', '30 BOWERY FL 2 | NEW YORK NY 10013'],
  ['900 Grand Concourse Apt 4A, Bronx NY 10451', '900 GRAND CONCOURSE APT 4A | BRONX NY 10451'],
  ['33 Coenties Slip, New York NY 10004', '33 COENTIES SLIP | NEW YORK NY 10004'],
  ['12 Front St, Brooklyn NY 11201', '12 FRONT ST | BROOKLYN NY 11201'],
  // Directions: before, after, the whole name.
  ['10 Central Park West Apt 4, New York NY 10023', '10 CENTRAL PARK W APT 4 | NEW YORK NY 10023'],
  ['100 West 32nd Street, New York NY 10001 USA', '100 W 32ND ST | NEW YORK NY 10001'],
  ['12 N.W. 5th St, Gainesville FL 32601', '12 NW 5TH ST | GAINESVILLE FL 32601'],
  ['12 North East 5th St, Gainesville Florida 32601', '12 NE 5TH ST | GAINESVILLE FL 32601'],
  ['12 East West Hwy, Silver Spring MD 20910', '12 E WEST HWY | SILVER SPRING MD 20910'],
  ['12 North Ave, Yonkers NY 10701', '12 NORTH AVE | YONKERS NY 10701'],
  ['12 N Ave, Yonkers NY 10701', '12 NORTH AVE | YONKERS NY 10701'],
  // Numbered streets stay as they were written.
  ['350 5 Ave, New York, NY 10118', '350 5 AVE | NEW YORK NY 10118'],
  ['350 Fifth Ave, New York, NY 10118', '350 FIFTH AVE | NEW YORK NY 10118'],
  ['123 1/2 N. Main St, Ithaca NY 14850', '123 1/2 N MAIN ST | ITHACA NY 14850'],
  ['123½ N. Main St, Ithaca NY 14850', '123 1/2 N MAIN ST | ITHACA NY 14850'],
  ['N6W23001 Bluemound Rd, Waukesha WI 53188', 'N6W23001 BLUEMOUND RD | WAUKESHA WI 53188'],
  ['12 County Rd 9, Delhi NY 13753', '12 COUNTY ROAD 9 | DELHI NY 13753'],
  ['12 State Rte 28 Apt 2, Delhi NY 13753', '12 STATE ROUTE 28 APT 2 | DELHI NY 13753'],
  // Units.
  ['#3B 41-25 Kissena Blvd, Flushing, NY 11355', '41-25 KISSENA BLVD # 3B | FLUSHING NY 11355'],
  ['Unit 4, 120 W 32nd St, New York NY 10001', '120 W 32ND ST UNIT 4 | NEW YORK NY 10001'],
  ['41-25 Kissena Blvd Apt # 3 B, Flushing NY 11355', '41-25 KISSENA BLVD APT 3B | FLUSHING NY 11355'],
  ['41-25 Kissena Blvd 3B, Flushing NY 11355', '41-25 KISSENA BLVD # 3B | FLUSHING NY 11355'],
  ['41-25 Park Ave 3B, Flushing NY 11355', '41-25 PARK AVE # 3B | FLUSHING NY 11355'],
  // A number in two words is one.
  ['35-30 81st St Apt B 41, Jackson Heights NY 11372', '35-30 81ST ST APT B41 | JACKSON HEIGHTS NY 11372'],
  ['35-30 81st St Apt B 41 Jackson Heights NY 11372', '35-30 81ST ST APT B41 | JACKSON HEIGHTS NY 11372'],
  ['35-30 81st St, Apt B 41 Jackson Heights NY 11372', '35-30 81ST ST APT B41 | JACKSON HEIGHTS NY 11372'],
  ['35-30 81st St # B 41, Jackson Heights NY 11372', '35-30 81ST ST # B41 | JACKSON HEIGHTS NY 11372'],
  ['# B 41 35-30 81st St, Jackson Heights NY 11372', '35-30 81ST ST # B41 | JACKSON HEIGHTS NY 11372'],
  ['35-30 81st St, B - 41, Jackson Heights NY 11372', '35-30 81ST ST # B41 | JACKSON HEIGHTS NY 11372'],
  ['35-30 81st St 3 B, Jackson Heights NY 11372', '35-30 81ST ST # 3B | JACKSON HEIGHTS NY 11372'],
  ['35-30 81st St Bldg C Apt B 41, Jackson Heights NY 11372', '35-30 81ST ST BLDG C APT B41 | JACKSON HEIGHTS NY 11372'],
  ['35-30 81st St, Apt N 5 Jackson Heights NY 11372', '35-30 81ST ST APT N5 | JACKSON HEIGHTS NY 11372'],
  ['35-30 81st St Apt 3 E Elmhurst NY 11369', '35-30 81ST ST APT 3 | E ELMHURST NY 11369'],
  ['12 Sault Ste Marie Ave, Troy NY 12180', '12 SAULT STE MARIE AVE | TROY NY 12180'],
  ['41-25 Kissena Blvd, 2nd Floor, Flushing NY 11355', '41-25 KISSENA BLVD FL 2 | FLUSHING NY 11355'],
  ['5 Bell Blvd Basement, Bayside NY 11361', '5 BELL BLVD BSMT | BAYSIDE NY 11361'],
  ['12 Main St Bldg 2 Apt 4, Troy NY 12180', '12 MAIN ST BLDG 2 APT 4 | TROY NY 12180'],
  ['12 Main St Rear, Troy NY 12180', '12 MAIN ST REAR | TROY NY 12180'],
  ['12 Main St Penthouse 2, Troy NY 12180', '12 MAIN ST PH 2 | TROY NY 12180'],
  ['100-22 Northern Boulevard Extension Apartment 12345BC, Flushing NY 11368', 'APT 12345BC | 100-22 NORTHERN BOULEVARD EXT | FLUSHING NY 11368'],
  // What stands above.
  ['c/o Kim, 41-25 Kissena Blvd, Flushing NY 11355', 'C/O KIM | 41-25 KISSENA BLVD | FLUSHING NY 11355'],
  ['Attn: José Núñez\nKim & Sons\n41-25 Kissena Blvd\nFlushing NY 11355', 'ATTN JOSE NUNEZ | KIM & SONS | 41-25 KISSENA BLVD | FLUSHING NY 11355'],
  ['% Lee, PO Box 5, Flushing NY 11352', 'C/O LEE | PO BOX 5 | FLUSHING NY 11352'],
  // Boxes, routes, the armed forces.
  ['P.O. Box 123, Flushing NY 11352', 'PO BOX 123 | FLUSHING NY 11352'],
  ['Post Office Box 123 Flushing NY 11352', 'PO BOX 123 | FLUSHING NY 11352'],
  ['P O Drawer 00-5, Flushing NY 11352', 'PO BOX 00-5 | FLUSHING NY 11352'],
  ['RR #2 Box 18, Delhi NY 13753', 'RR 2 BOX 18 | DELHI NY 13753'],
  ['Rural Route 03 Box 19-1A, Delhi NY 13753', 'RR 3 BOX 19-1A | DELHI NY 13753'],
  ['HC 68 Box 98A Delhi NY 13753', 'HC 68 BOX 98A | DELHI NY 13753'],
  ['PSC 802 Box 74, APO AE 09499', 'PSC 802 BOX 74 | APO AE 09499'],
  ['Unit 2050 Box 4190\nAPO AP 96278-2050', 'UNIT 2050 BOX 4190 | APO AP 96278-2050'],
  ['General Delivery, Delhi NY 13753', 'GENERAL DELIVERY | DELHI NY 13753'],
  // Two addresses: the post takes the one nearest to the city.
  ['12 Main St, PO Box 5, Delhi NY 13753', '12 MAIN ST | PO BOX 5 | DELHI NY 13753'],
])('%s is written %s', (text, expected) => {
  expect(printed(text)).toBe(expected)
}) // prettier-ignore

test.each([
  ['', 'empty: '],
  ['—', 'empty: '],
  ['뉴욕 플러싱 키세나 41-25', 'not_latin: 뉴욕'],
  ['1 Sejong-daero, Jongno-gu, Seoul 03172, Republic of Korea', 'foreign: REPUBLIC OF KOREA'],
  ['12 Main St, Toronto ON M5V 2T6', 'foreign: M5V 2T6'],
  ['10 Downing St, London, United Kingdom', 'foreign: UNITED KINGDOM'],
  ['41-25 Kissena Blvd, Flushing NY', 'no_zip: '],
  ['41-25 Kissena Blvd, Flushing NY 1135', 'zip_invalid: 1135'],
  ['41-25 Kissena Blvd, Flushing 11355', 'no_state: FLUSHING'],
  ['41-25 Kissena Blvd, NY 11355', 'no_city: '],
  ['41-25 Kissena Flushing NY 11355', 'city_unclear: 41-25 KISSENA FLUSHING'],
  ['Kissena Blvd, Flushing NY 11355', 'no_number: KISSENA BLVD'],
  ['38 Ave, Flushing NY 11354', 'no_number: 38 AVE'],
  ['41-25, Flushing NY 11355', 'no_street: 41-25'],
  ['PO Box, Flushing NY 11352', 'box_without_number: PO BOX'],
  ['RR 2, Delhi NY 13753', 'route_without_box: RR 2'],
  ['12 Main St Apt, Troy NY 12180', 'unit_without_number: APT'],
  ['35-30 81st St Apt C1 2, Jackson Heights NY 11372', 'unit_unclear: APT C1 2'],
  ['35-30 81st St Apt 5 J K, Jackson Heights NY 11372', 'unit_unclear: APT 5 J K'],
  ['35-30 81st St Apt C1 2 Troy NY 12180', 'city_unclear: 2 TROY'],
  ['PSC 802 Box 74, New York NY 10001', 'military_place: NEW YORK NY'],
  ['12 Main St, APO AE 09499', 'not_military: 12 MAIN ST'],
])('%s is listed: %s', (text, expected) => {
  expect(printed(text)).toBe(expected)
})

test('an address in parts is read without guessing where the city begins', () => {
  const read = (parts: Partial<Parameters<typeof standardizeTyped>[0]>) => {
    const made = standardizeTyped({ delivery: '41-25 Kissena', city: 'Flushing', state: 'ny', zip: '11355', ...parts })
    return made.ok ? linesOf(made.address).join(' | ') : `${made.problem}: ${made.found}`
  }
  expect(read({ unit: 'Apt 3B' })).toBe('41-25 KISSENA APT 3B | FLUSHING NY 11355')
  expect(read({ unit: '3B' })).toBe('41-25 KISSENA # 3B | FLUSHING NY 11355')
  expect(read({ unit: 'B 41' })).toBe('41-25 KISSENA # B41 | FLUSHING NY 11355')
  expect(read({ unit: '5 J K' })).toBe('unit_unclear: 5 J K')
  expect(read({ unit: 'Bsmt' })).toBe('BSMT | 41-25 KISSENA | FLUSHING NY 11355')
  expect(read({ zip: '11355-0000' })).toBe('41-25 KISSENA | FLUSHING NY 11355')
  expect(read({ state: 'Newyork' })).toBe('state_unknown: Newyork')
  expect(read({ city: ' ' })).toBe('no_city: ')
  expect(read({ zip: null })).toBe('no_zip: ')
  expect(read({ delivery: '키세나 41-25' })).toBe('not_latin: 키세나')
  expect(read({ unit: 'the yellow door' })).toBe('THE YELLOW DOOR | 41-25 KISSENA | FLUSHING NY 11355')
})

const word = fc.constantFrom('MAIN', 'KISSENA', 'ST MARKS', '32ND', '5', 'FIFTH', 'KEW GARDENS', 'BROADWAY', 'AVENUE J', 'NORTH', 'CENTRAL PARK', 'FRONT', 'OBRIEN', 'E', 'AVENUE OF THE AMERICAS', 'LOWER CREEK', 'KEY', 'COUNTY ROAD 9') // prettier-ignore
const maybe = (arbitrary: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), arbitrary)
const direction = maybe(fc.constantFrom('N', 'South', 'E.', 'NW', 'North East'))
const unit = maybe(
  fc.oneof(
    fc.tuple(fc.constantFrom(...unitDesignators.keys(), '#'), fc.constantFrom('3B', '12', 'A', '4-F', 'B 41', '3 B', 'C1 2', '')).map((parts) => parts.join(' ')),
    fc.constantFrom('2nd Floor', '3C', 'PH', 'Bldg 4 Apt 2', 'B 41', '3 B'),
  ),
) // prettier-ignore
const delivery = fc.oneof(
  fc
    .tuple(fc.constantFrom('12', '41-25', '120A', '7 1/2', ''), direction, word, maybe(fc.constantFrom(...suffixes.keys())), direction, unit)
    .map((parts) => parts.filter(Boolean).join(' ')),
  fc.constantFrom('PO Box 5', 'P.O. Box 12A', 'RR 2 Box 7', 'PSC 3 Box 9', 'General Delivery'),
) // prettier-ignore
const addresses = fc
  .tuple(
    maybe(fc.constantFrom('c/o Kim', 'Attn: Lee', 'Kim & Sons', 'Apt 7')),
    delivery,
    unit,
    fc.constantFrom('Flushing', 'New York', 'St. Albans', 'APO'),
    fc.constantFrom('NY', 'New York', 'West Virginia', 'AE'),
    fc.constantFrom('11355', '11355-1234', '113551234'),
    fc.constantFrom(', ', '\n'),
  )
  .map(([above, line, second, city, state, zip, between]) =>
    [above, line, second, `${city}, ${state} ${zip}`].filter(Boolean).join(between),
  )

test('what was standardised once stays as it is', () => {
  fc.assert(
    fc.property(addresses, (text) => {
      const once = standardize(text)
      if (!once.ok) return
      const again = standardize(linesOf(once.address).join('\n'))
      expect(again.ok && again.address).toEqual(once.address)
    }),
    { numRuns: 3000 },
  )
})

test('whatever is typed has an answer, and capitals, spaces and points make no difference', () => {
  fc.assert(
    fc.property(fc.oneof(addresses, fc.string(), fc.string({ unit: 'grapheme' })), (text) => {
      const read = standardize(text)
      if (read.ok) expect(linesOf(read.address).join('')).toMatch(/^[A-Z0-9 #&/%-]+$/)
    }),
    { numRuns: 2000 },
  )
  fc.assert(
    fc.property(addresses, (text) => {
      expect(printed(text.toLowerCase().replaceAll(' ', '  '))).toBe(printed(text))
    }),
  )
})

test('the tables are whole', () => {
  expect(suffixNames.size).toBe(202)
  expect(suffixes.size).toBe(568)
  for (const [abbreviation, name] of suffixNames) expect(suffixes.get(name)).toBe(abbreviation)
  expect(new Set(stateCodes.values()).size).toBe(62)
  expect(new Set([...unitDesignators.values()].map((each) => each.abbreviation)).size).toBe(24)
})

import { expect, test } from 'vitest'
import { splitAddressLine, streetCase, streetOf, unitOf } from './addresses.ts'
import { dayInList, dayNumber, isDate } from './dates.ts'
import { generalElectionOn, newYorkElections } from './elections-ny.ts'
import { newYorkElectionOn, readNewYorkEntry } from './history.ts'
import { provisionalId, provisionalKey, provisionalNumber, rankOf, stateKey } from './keys.ts'
import { givenNameCase, lastNameCase, nameKeys, suffixCase } from './names.ts'
import { e164 } from './phones.ts'

test.each([
  ['MCDONALD', 'McDonald'], ["O'NEIL", "O'Neil"], ['DE LA CRUZ', 'de la Cruz'], ['VAN DER BERG', 'van der Berg'], ['KIM-SMITH', 'Kim-Smith'], ['MACDONALD', 'MacDonald'], ['J.R.', 'J.R.'],
  ['MACIAS', 'Macias'], ['MACK', 'Mack'], ['LA ROSA', 'La Rosa'], ['PEÑA', 'Peña'], ['  LEE   PARK ', 'Lee Park'], ['DiNapoli', 'DiNapoli'], ['O', 'O'], ['NAMKOONG', 'Namkoong'], ["D'ANGELO", "D'Angelo"], ['KIM"', 'Kim'], ['KIM "MINI" PARK', 'Kim "mini" Park'],
])('surname %s is written %s', (given, written) => expect(lastNameCase(given)).toBe(written)) // prettier-ignore

test.each([
  ['MIN-JUN', 'Min-jun'], ['MIN JUN', 'Min Jun'], ['MINJUN', 'Minjun'], ['MARY-ANN', 'Mary-Ann'], ['JOSÉ', 'José'], ['J', 'J'], ['DeShawn', 'DeShawn'],
])('given name %s is written %s', (given, written) => expect(givenNameCase(given)).toBe(written)) // prettier-ignore

test.each([['JR', 'Jr'], ['jr.', 'Jr'], ['SR', 'Sr'], ['3', 'III'], ['II', 'II'], ['2ND', 'II']])('suffix %s is %s', (given, written) => expect(suffixCase(given)).toBe(written)) // prettier-ignore

test('all ways to write one Korean name have one key', () => {
  for (const [first, middle] of [
    ['MIN JUN', null],
    ['MINJUN', ''],
    ['Min-jun', null],
    ['MIN', 'JUN'],
  ] as const) {
    expect(nameKeys("O'KIM", first, middle)).toEqual({ last_key: 'OKIM', given_key: 'MINJUN' })
  }
  expect(nameKeys('PEÑA', 'JOSÉ', null)).toEqual({ last_key: 'PENA', given_key: 'JOSE' })
})

test.each([
  ['KISSENA BOULEVARD', 'Kissena Blvd'], ['32ND ST', '32nd St'], ['AVENUE C', 'Avenue C'], ['E 21 ST', 'E 21 St'], ['SAINT NICHOLAS AVE', 'Saint Nicholas Ave'], ['BROADWAY', 'Broadway'], ['MAIN STREET N', 'Main St N'],
])('street %s is written %s', (given, written) => expect(streetCase(given)).toBe(written)) // prettier-ignore

test('directions and units', () => {
  expect(streetOf('WEST', '32ND', 'STREET', '')).toBe('W 32nd St')
  expect(streetOf('', 'MAIN ST', '', 'NORTHWEST')).toBe('Main St NW')
  expect(unitOf('APT', '5b')).toBe('Apt 5B')
  expect(unitOf('', '#3')).toBe('Apt 3')
  expect(unitOf('', 'FL 2')).toBe('Fl 2')
  expect(unitOf('BASEMENT', '')).toBe('Bsmt')
  expect(unitOf('', '')).toBeNull()
})

test.each([
  ['123-A  N MAIN STREET   APT 4', { house_number: '123-A', street: 'N Main St', unit: 'Apt 4' }],
  ['41-25 KISSENA BLVD #5B', { house_number: '41-25', street: 'Kissena Blvd', unit: 'Apt 5B' }],
  ['12 LOWER CREEK RD', { house_number: '12', street: 'Lower Creek Rd', unit: null }],
  ['7 1/2 ELM ST', { house_number: '7 1/2', street: 'Elm St', unit: null }],
  ['RURAL ROUTE 3', { house_number: null, street: 'Rural Route 3', unit: null }],
  ['32ND ST', { house_number: null, street: '32nd St', unit: null }],
])('the line %s has its parts', (line, parts) => expect(splitAddressLine(line)).toEqual(parts))

test.each([
  ['20221108 GE(P)', 'general', 2022, '2022-11-08', 'poll'],
  ['20000912PE', 'primary', 2000, '2000-09-12', 'unknown'],
  ['GE04', 'general', 2004, '2004-11-02', 'unknown'],
  ['2012PE(P)', 'primary', 2012, null, 'poll'],
  ['20201103 GE', 'general', 2020, '2020-11-03', 'unknown'],
  ['GE 20201103(A)', 'general', 2020, '2020-11-03', 'mail'],
  ['General Election 2004(P)', 'general', 2004, '2004-11-02', 'poll'],
  ['General Election, 2003(P)', 'general', 2003, '2003-11-04', 'poll'],
  ['GENERAL ELECTION 2020', 'general', 2020, '2020-11-03', 'unknown'],
  ['2016 GENERAL ELECTION(P)', 'general', 2016, '2016-11-08', 'poll'],
  ['2018 General Election', 'general', 2018, '2018-11-06', 'unknown'],
  ['24 GENERAL(A)', 'general', 2024, '2024-11-05', 'mail'],
  ['98 GENERAL(P)', 'general', 1998, '1998-11-03', 'poll'],
  ['11/04/2008 General', 'general', 2008, '2008-11-04', 'unknown'],
  ['PRIMARY 9/12/06', 'primary', 2006, '2006-09-12', 'unknown'],
  ['20240402 PP(E)', 'presidential_primary', 2024, '2024-04-02', 'early'],
  ['2016 PRESIDENTIAL PRIMARY(P)', 'presidential_primary', 2016, '2016-04-19', 'poll'],
  ['[2019 PRIMARY(F)]', 'primary', 2019, '2019-06-25', 'affidavit'],
  ['2016 PRIMARY(P)', 'primary', 2016, null, 'poll'], // two were held
  ['SPECIAL ELECTION 2019(M)', 'special', 2019, null, 'military'],
  ['20230620 VE(T)', 'local', 2023, '2023-06-20', 'other'],
  ['RUNOFF 2013(P)', 'runoff', 2013, '2013-10-01', 'poll'],
] as const)('history %s', (entry, kind, year, held_on, method) => {
  expect(readNewYorkEntry(entry, 2026)).toEqual({ kind, year, held_on, method })
})

test.each(['PRES PRIMARY ELECTION(P)', '20080205 ??(P)', '20221399 GE(P)', 'SOMETHING 2020', ''])(
  'history %s cannot be used',
  (entry) => {
    expect(readNewYorkEntry(entry, 2026)).toBeNull()
  },
)

test('general elections are on the Tuesday after the first Monday of November, primaries on days that exist', () => {
  expect([2020, 2021, 2022, 2024, 2025, 2026, 2027].map(generalElectionOn)).toEqual([
    '2020-11-03',
    '2021-11-02',
    '2022-11-08',
    '2024-11-05',
    '2025-11-04',
    '2026-11-03',
    '2027-11-02',
  ])
  for (const { held_on } of newYorkElections) expect(isDate(held_on), held_on).toBe(true)
  expect(newYorkElectionOn('primary', 2022)).toBeNull()
  expect(newYorkElectionOn('primary', 2026)).toBe('2026-06-23')
})

test.each([
  ['2024-10-05', '20241005', '10052024', '2024/10/05', '2024.10.05', '2024. 10. 5.', '2024-10-5', '2024년 10월 5일', '10/5/2024', '10-05-2024', '10/5/24 9:00', 'Oct 5, 2024', 'October 5th 2024', '5-Oct-24', '5 October 2024', '2024-10-05T09:00:00Z'],
  ['2024-02-29', '2024-02', '2024.2.', 'Feb 2024', '2/2024', '2024년 2월'],
  ['2023-12-31', '2023', '2023년'],
  ['2026-11-20', '', '2026', 'Nov. 2026', '1900-01-01', '1/1/1900', '1/0/1900', '0000-00-00', '00/00/00', '01/01/0001 0:00', 'N/A', '#N/A', 'NaT', '9/9/99', '5-Oct-98', '1900', '12/30/1899', '-', '미상'],
  ['2001-01-01', '1/1/01', '1-Jan-01', '2001-01-01'],
  [null, '2026-02-30', '2/30/2026', '13/1/2026', 'Foo 5, 2026', '2026-13', 'soon', '24-10-05', '10.05.2024', '2024-10-051'],
])('a list of 2026-11-20 means %s', (day, ...texts) => {
  for (const text of texts) expect(dayInList(text ?? '', '2026-11-20'), text ?? '').toBe(day)
}) // prettier-ignore

test('days that do not exist, and placeholders for unknown, are none', () => {
  expect(dayNumber(2000, 1, 1)).toBe(0)
  expect(dayNumber(1999, 12, 31)).toBe(-1)
  for (const [year, month, day] of [
    [1900, 1, 1],
    [1800, 1, 1],
    [0, 0, 0],
    [1980, 2, 31],
    [2023, 2, 29],
    [1985, 13, 1],
    [2200, 1, 1],
  ] as const)
    expect(dayNumber(year, month, day)).toBeNull()
})

test.each([
  ['(718) 555-0100', '+17185550100'], ['1-212-555-0144', '+12125550144'], ['7185550100', '+17185550100'], ['+82 2 312 3456', '+8223123456'],
  ['555-0100', null], ['0185550100', null], ['718-911-0100', null], ['999-999-9999', null], ['', null], ['n/a', null],
])('telephone %s is %s', (given, phone) => expect(e164(given)).toBe(phone)) // prettier-ignore

test('numbers for state ids are unique, and a lost leading zero is the same voter', () => {
  expect(stateKey('NY000000000012345678', 'NY')).toBe(12_345_678)
  expect(stateKey('OH0012345678', 'OH')).toBe(stateKey('OH12345678', 'OH'))
  expect(
    new Set(
      ['DE1001', 'DE1002', 'AA1', 'A1A', 'AA01', 'NOT AN ID AT ALL 1', 'NOT AN ID AT ALL 2'].map((id) =>
        stateKey(id, ''),
      ),
    ).size,
  ).toBe(7)
  for (const id of ['ZZZZZZZZZZ', 'NY999999999999999999', 'SOMETHING VERY LONG INDEED'])
    expect(Number.isSafeInteger(stateKey(id, 'NY'))).toBe(true)
})

test('an id made of a number in the city is read back, and is no id of a state', () => {
  expect(provisionalId(300_000_101)).toBe('NYC300000101')
  expect(provisionalNumber('nyc300000101')).toBe(300_000_101)
  expect(provisionalNumber('NY000000000300000101')).toBeNull()
  expect(stateKey('NYC300000101', 'NY')).toBe(provisionalKey(300_000_101))
  expect(provisionalKey(999_999_999_999)).toBeGreaterThan(Number.MIN_SAFE_INTEGER)
  // Below the longest ids that are hashed.
  expect(provisionalKey(1)).toBeLessThan(-8_900_000_000_000_000)
})

test('status counts before the date of registration', () => {
  expect(rankOf('active', null)).toBeGreaterThan(rankOf('inactive', 9000))
  expect(rankOf('active', 9000)).toBeGreaterThan(rankOf('active', 8000))
  expect(rankOf('purged', 9800)).toBeLessThan(rankOf('preregistered', null))
})

import { expect, test } from 'vitest'
import {
  birthYearOf,
  nameOfRow,
  nameReadings,
  phoneColumns,
  phoneHeader,
  phoneKindOf,
  qualityOf,
  rowPhones,
} from './phone-columns.ts'

test.each([
  ['HomePhone', 'landline'],
  ['Home Phone', 'landline'],
  ['Landline', 'landline'],
  ['Land Line Phone', 'landline'],
  ['phone_home', 'landline'],
  ['집전화', 'landline'],
  ['Cell', 'mobile'],
  ['Cell Phone', 'mobile'],
  ['Mobile', 'mobile'],
  ['mobile_number', 'mobile'],
  ['Primary Cell Phone', 'mobile'],
  ['휴대전화', 'mobile'],
  ['Preferred Phone', 'unknown'],
  ['Primary Phone', 'unknown'],
  ['Phone 2', 'unknown'],
  ['Phone1', 'unknown'],
  ['PHONE NUMBER', 'unknown'],
  ['Telephone No.', 'unknown'],
  ['전화번호', 'unknown'],
  ['Work Phone', null],
  ['Phone Type', null],
  ['Home Address', null],
  ['Number', null],
  ['Name', null],
  ['', null],
])('a column headed %s holds numbers: %s', (heading, kind) => {
  expect(phoneKindOf(heading)).toBe(kind)
})

test.each([
  [['Voter ID', 'Cell'], 'fits'],
  [['Name', 'DOB', 'Address', 'Phone'], 'fits'],
  [['First', 'Last', 'Birth Year', 'Street Address', 'Phone'], 'fits'],
  [['Last', 'Birth Year', 'Street Address', 'Phone'], 'no_match_column'],
  [['Name', 'Phone'], 'no_match_column'],
  [['Voter ID', 'Work Phone'], 'no_phone_column'],
  [[], 'no_phone_column'],
])('columns %j: %s', (header, what) => {
  const columns = phoneColumns(header)
  expect(typeof columns === 'string' ? columns : 'fits').toBe(what)
})

test.each([
  ['Voter ID,Phone', ','],
  ['Voter ID\tHome Phone\tName, as registered', '\t'],
  ['Voter ID;Phone', ';'],
  ['Voter ID|Phone', '|'],
])('%j is read by its separator', (line, delimiter) => {
  const read = phoneHeader(Buffer.from(`${line}\nNY1,718`))
  expect(read.delimiter).toBe(delimiter)
  expect(read.columns).toBeTypeOf('object')
})

test.each([
  ['Kim, Young Hee', ['Kim|Young']],
  ['Young Hee Kim', ['Kim|Young', 'Young|Hee']],
  ['Kim Young Hee', ['Hee|Kim', 'Kim|Young']],
  ['Maria de la Cruz', ['de la Cruz|Maria', 'Maria|de']],
  ['Mr. John Smith Jr.', ['Smith|John', 'John|Smith']],
  ['Smith, John, Jr.', ['Smith|John']],
  ['Grace Kim (김은혜)', ['Kim|Grace', 'Grace|Kim']],
  ['김은혜 Grace Kim', ['Kim|Grace', 'Grace|Kim']],
  ['김 은혜', []],
  ['Kim', []],
  ['', []],
])('the name %s is %j', (text, readings) => {
  expect(nameReadings(text).map(({ last, first }) => `${last}|${first}`)).toEqual(readings)
})

test.each([
  [{ 이름: '김은혜', '영문 이름': 'Grace Kim' }, ['Kim|Grace', 'Grace|Kim']],
  [{ 이름: '김은혜', 'English Name': 'Kim, Grace' }, ['Kim|Grace']],
  [{ 성: 'Kim', 이름: 'Grace' }, ['Kim|Grace']],
  [{ 성: '김', 이름: '은혜', 영문성명: 'Kim, Grace' }, ['Kim|Grace']],
  [{ 성: '김', 이름: '은혜', 영문성: 'Kim', 영문이름: 'Grace' }, ['Kim|Grace']],
  [{ 이름: '김은혜', 영문성: 'Kim', 영문이름: 'Grace' }, ['Kim|Grace']],
  [{ 성: '김', 이름: '은혜' }, []],
])('of %j the Roman name is %j', (row, readings) => {
  const columns = phoneColumns([...Object.keys(row), 'Birth Year', 'Address', 'Phone'])
  if (typeof columns === 'string') throw new Error(columns)
  const of = (field: 'last_name' | 'first_name' | 'full_name') =>
    Object.values(row)[columns.fields.get(field) ?? -1] ?? ''
  expect(nameOfRow(of).map(({ last, first }) => `${last}|${first}`)).toEqual(readings)
})

test.each([
  ['1958', 1958],
  ['5/5/1958', 1958],
  ['1958-05-05', 1958],
  ['12201958', 1958],
  ['20011203', 2001],
  ['5/5/58', null],
  ['', null],
])('born %s: %s', (text, year) => {
  expect(birthYearOf(text)).toBe(year)
})

test.each([
  ['85', 85],
  ['85%', 85],
  ['0.85', 85],
  ['.5', 50],
  ['1.0', 100],
  ['1', 1],
  ['92.4', 92],
  ['High', 90],
  ['B', 70],
  ['낮음', 50],
  ['850', null],
  ['so so', null],
  ['', null],
])('a quality of %s is %s of 100', (text, quality) => {
  expect(qualityOf(text)).toBe(quality)
})

test('a row keeps every number once, with the kind a column or the row says', () => {
  const columns = phoneColumns(['Voter ID', 'Phone', 'Home Phone', 'Cell', 'Phone Type'])
  if (typeof columns === 'string') throw new Error(columns)
  expect(rowPhones(['1', '718-555-0101', '718-555-0102', '7185550101', ''], columns, '')).toEqual({
    phones: [
      { phone: '+17185550101', kind: 'mobile' },
      { phone: '+17185550102', kind: 'landline' },
    ],
    bad: [],
  })
  expect(rowPhones(['1', '718-555-0101', '12', '', 'Wireless'], columns, 'Wireless')).toEqual({
    phones: [{ phone: '+17185550101', kind: 'mobile' }],
    bad: [2],
  })
})

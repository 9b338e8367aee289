import { expect, test } from 'vitest'
import { romanQueries } from '../../voterfile/community/hangul.ts'
import {
  givensAlike,
  hangulReadings,
  otherKeyboard,
  plainHangul,
  readQuery,
  searchKeys,
  shortestBeginnings,
  surnamesAlike,
  type SearchQuery,
} from './rules.ts'

const pairsOf = (query: SearchQuery | null): string[] =>
  (query?.names ?? []).flatMap(({ pairs }) => pairs.map(({ last, given }) => `${last ?? '*'}|${given}`))

test.each([
  ['Kim Young Hee', 'KIM|YOUNGHEE'],
  ['younghee kim', 'KIM|YOUNGHEE'],
  ['YOUNG-HEE KIM', 'KIM|YOUNGHEE'],
  ['Kim, Young Hee', 'KIM|YOUNGHEE'],
  ['young hee kim', 'KIM|YOUNGHEE'],
  ['kim yung hi', 'KIM|YOUNGHEE'], // another romanization
  ['gim yeonghui', 'KIM|YOUNGHEE'],
  ['김영희', 'KIM|YOUNGHEE'],
  ['김 영희', 'KIM|YOUNGHEE'],
  ['영희 김', 'KIM|YOUNGHEE'],
  ['영희', '*|YOUNGHEE'],
  ['김영', 'KIM|YOUNG'],
  ['de la cruz maria', 'DELACRUZ|MARIA'],
  ["o'neil sean", 'ONEIL|SEAN'],
  ['José García', 'GARCIA|JOSE'],
  ['O', 'O|'], // 오, a surname of one letter
  ['남궁민수', 'NAMKOONG|MINSOO'],
])('%s asks for %s', (text, pair) => {
  expect(pairsOf(readQuery(text))).toContain(pair)
})

test.each(['ㄱㅇㅎ', '김ㅇㅎ', 'ㄱㅇㅎㅅ'])(
  '%s is asked for by few ranges of names and the set of all spellings',
  (text) => {
    const probe = readQuery(text)?.names.find(({ given_begins }) => given_begins)
    const [{ given = [] } = {}] = romanQueries(text)
    expect(probe?.pairs.length).toBeLessThan(4001)
    const isFound = (name: string): boolean =>
      (probe?.pairs.some(({ last, given: head }) => last === 'KIM' && name.startsWith(head)) ?? false) &&
      (probe?.given_begins?.some((head) => name.startsWith(head)) ?? false) &&
      (!probe?.given_pattern || new RegExp(probe.given_pattern).test(name))
    const spelled = given.reduce(
      (heads, set) => heads.flatMap((head) => set.filter((_, index) => index % 5 === 0).map((tail) => head + tail)),
      [''],
    )
    expect(spelled.length).toBeGreaterThan(150)
    expect(spelled.filter((name) => !isFound(name))).toEqual([])
    expect(spelled.filter((name) => !isFound(`${name}X`))).toEqual([])
    expect(['MINSOO', 'JOHN', 'YOUNGMIN', 'A'].filter(isFound)).toEqual([])
  },
)

test.each([
  ['ㅄㅎ', 'ㅂㅅㅎ'], // the input method fused ㅂㅅ
  ['김 ㅇㅎ', '김ㅇㅎ'],
])('%s is read as %s', (text, plain) => {
  expect(plainHangul(text)).toBe(plain)
})

test('a name half typed is read as what it will be', () => {
  expect(hangulReadings('이숨')).toEqual(['이숨', '이수ㅁ'])
  expect(hangulReadings('김영흐')).toContain('김영희')
  expect(hangulReadings('김여')).toContain('김영')
})

test('the other keyboard', () => {
  expect(otherKeyboard('rladudgml')).toBe('김영희')
  expect(otherKeyboard('ㅏㅑㅡ')).toBe('kim')
  expect(otherKeyboard('zzyzx')).toBeNull()
  for (const name of ['Howard', 'hoang', 'Sonja', 'Phoebe Hough']) expect(otherKeyboard(name)).toBeNull()
  expect(otherKeyboard('김영희')).toBeNull()
})

test.each([
  ['718-555-0142', '7185550142'],
  ['(718) 555 0142', '7185550142'],
  ['+1 718.555.0142', '7185550142'],
  ['0142', '0142'],
])('%s is the end of a number', (text, digits) => {
  expect(readQuery(text)?.phone_digits).toBe(digits)
})

test('numbers that are no telephone number', () => {
  expect(readQuery('142')?.phone_digits).toBeNull()
  expect(readQuery('NY000000000012345678')?.state_ids?.keys).toContain(12_345_678)
  expect(readQuery('NY000000000012345678')?.phone_digits).toBeNull()
})

test('other spellings', () => {
  expect(surnamesAlike('YI')).toContain('LEE')
  expect(surnamesAlike('SMITH')).toEqual([])
  expect(givensAlike('YUNGHEE')).toContain('YOUNGHEE')
  expect(shortestBeginnings(['YOUNG', 'YO', 'YOO', 'HI'])).toEqual(['HI', 'YO'])
})

const person = {
  first_name: null,
  middle_name: null,
  last_name: null,
  name_hangul: null,
  address: null,
  phones: [],
  emails: [],
  addresses: [],
}
const isFound = (keys: readonly string[], text: string): boolean =>
  (readQuery(text)?.person_keys ?? []).some(({ key }) => keys.some((each) => each.startsWith(key)))

test.each([
  '김영희',
  '김 영희',
  '김영',
  '영희',
  'ㄱㅇㅎ',
  'ㅇㅎ',
  '김ㅇㅎ',
  '기',
  '김여',
  'Kim Young Hee',
  'kim younghee',
])('a person with a Hangul name alone is found by %s', (text) => {
  expect(isFound(searchKeys({ ...person, name_hangul: '김영희' }), text)).toBe(true)
})

test.each(['이숨', '이수민', '이수ㅁ', '이수'])('이수민 is found while typing %s', (text) => {
  expect(isFound(searchKeys({ ...person, name_hangul: '이수민' }), text)).toBe(true)
})

test.each(['Young Hee Kim', 'kim younghee', 'kim, young', 'younghee', '김영희', 'ㄱㅇㅎ', 'Kim'])(
  'a person with a Roman name alone is found by %s',
  (text) => {
    expect(isFound(searchKeys({ ...person, last_name: 'Kim', first_name: 'Young', middle_name: 'Hee' }), text)).toBe(
      true,
    )
  },
)

test('numbers, mailboxes and addresses of a person', () => {
  const keys = searchKeys({
    ...person,
    phones: ['+17185550142'],
    emails: ['Kim@Example.com'],
    address: '41-25 Kissena Boulevard, Apt 2',
    addresses: ['136-20 38th Avenue', 'PO Box 5'],
  })
  const texts = [
    '0142',
    '718-555-0142',
    'kim@example.com',
    'KIM@exam',
    '41-25 Kissena',
    '4125 Kissena Blvd',
    '136-20 38 Ave',
  ]
  expect(texts.filter((text) => !isFound(keys, text))).toEqual([])
  expect(isFound(keys, '0143')).toBe(false)
})

test('an empty or meaningless query asks nothing', () => {
  expect(readQuery('  ')).toBeNull()
  expect(readQuery('!?')).toBeNull()
})

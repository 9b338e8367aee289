import { expect, test } from 'vitest'
import { displayName } from './cards.ts'

const korean = { name_hangul: null, p_korean: 95 }

test.each([
  [{ ...korean, first_name: 'Young', middle_name: 'Hee', last_name: 'Kim' }, 'Young Hee Kim'],
  [{ ...korean, first_name: 'Younghee', middle_name: 'Grace', last_name: 'Kim' }, 'Younghee Kim'],
  [{ ...korean, first_name: 'Grace', middle_name: 'Hee', last_name: 'Kim' }, 'Grace Kim'],
  [{ ...korean, first_name: 'Bo', middle_name: 'Ram', last_name: 'Park' }, 'Bo Ram Park'],
  [{ ...korean, first_name: 'Angela', middle_name: 'Yunghee', last_name: 'Kim' }, 'Angela Kim'],
  [{ ...korean, first_name: 'Young', middle_name: 'H', last_name: 'Kim' }, 'Young Kim'],
  [{ ...korean, first_name: null, middle_name: null, last_name: 'Kim' }, 'Kim'],
  [{ first_name: 'Maria', middle_name: 'Elena', last_name: 'Lopez', name_hangul: null, p_korean: 0 }, 'Maria Lopez'],
  [{ first_name: 'Young', middle_name: 'Hee', last_name: 'Kim', name_hangul: '김영희', p_korean: 20 }, 'Young Hee Kim'],
])('a voter is called by the whole of a Korean name: %s', (named, shown) => {
  expect(displayName(named)).toBe(shown)
})

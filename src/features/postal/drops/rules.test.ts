import { expect, test } from 'vitest'
import type { PostRow } from '../../targeting/export/queries.ts'
import { piecesOf, readyOf } from './rules.ts'

const row = (voter_id: number, delivery: string, unit: string | null = null, last = 'Kim'): PostRow => ({
  voter_id, first: `Young${'abcdefghij'[voter_id]}`, middle: null, last, suffix: null, birth_date: null, birth_year: null, hangul: null, language: null, mailbox: `h${voter_id}`, is_by_hand: false,
  delivery, unit, city: 'New York', state: 'NY', zip: '10118', left_out: null,
}) // prettier-ignore
const homes = (rows: PostRow[]): number[][] =>
  piecesOf(readyOf(rows).ready, { languages: 'all', households: 'address', written: ['en'], today: '2026-11-23' }).map(({ recipients }) => recipients.map(({ voter_id }) => voter_id)) // prettier-ignore

test('a numbered street is one street, however its number is written; so is a unit of which nobody said what it is', () => {
  expect(homes([row(1, '350 5 Ave'), row(2, '350 5th Avenue'), row(3, '350 Fifth Ave.')])).toEqual([[1, 2, 3]])
  expect(homes([row(1, '350 5 Ave', '# 3B'), row(2, '350 5th Ave', 'Apt 3B')])).toEqual([[1, 2]])
  expect(homes([row(1, '350 5 Ave', 'FL 3'), row(2, '350 5th Ave', 'Apt 3')])).toEqual([[1], [2]])
  expect(homes([row(1, '350 5 Ave'), row(2, '350 5 St')])).toEqual([[1], [2]])
})

test('an address abroad is told as one, and Jamaica is in Queens', () => {
  const abroad = { ...row(1, '1 Sejong-daero, Seoul, Republic of Korea'), city: null, state: null, zip: null }
  const jamaica = { ...row(2, '90-01 Sutphin Blvd'), city: 'Jamaica', zip: '11435' }
  const { ready, left_out } = readyOf([abroad, jamaica, { ...row(3, '5 Main St'), left_out: 'deceased' }, { ...row(4, '5 Main St'), zip: null }]) // prettier-ignore
  expect(ready.map(({ row: each }) => each.voter_id)).toEqual([2])
  expect(left_out.map(({ reason }) => reason)).toEqual(['address_foreign', 'deceased', 'address_no_zip'])
})

test('somebody in the file twice is one recipient of one piece, by whichever record they are known better', () => {
  const rules = { languages: 'theirs', written: ['en', 'ko'], today: '2026-11-23' } as const
  const twice = [1, 2].map((n) => ({ ...row(n, '350 5 Ave', 'Apt 3B'), first: 'Young Hee', birth_year: 1980, ...(n === 2 && { hangul: '김영희', language: 'ko' }) })) // prettier-ignore
  const son = { ...row(3, '350 5th Ave', '# 3B'), first: 'Young Hee', suffix: 'JR', birth_year: 2005 }
  const made = (households: 'address' | 'person') =>
    piecesOf(readyOf([...twice, son]).ready, { ...rules, households }).map((piece) => [piece.name_line, piece.language, piece.recipients.map(({ voter_id, same_as }) => [voter_id, same_as])]) // prettier-ignore
  expect(made('person')).toEqual([
    ['Young Hee Kim', 'ko', [[1, null], [2, 1]]],
    ['Young Hee Kim', 'all', [[3, null]]],
  ]) // prettier-ignore
  expect(made('address')).toEqual([['Young Hee and Young Hee Kim', 'all', [[1, null], [2, 1], [3, null]]]]) // prettier-ignore
})

test('who wants no mail wants none under another record of theirs; a namesake of whom no birth is known gets theirs', () => {
  const no = { ...row(1, '350 5 Ave', 'Apt 3B'), first: 'Jiho', birth_year: 1980, left_out: 'opted_out' as const }
  const again = { ...row(2, '350 5th Ave', '3B'), first: 'Jiho', birth_year: 1980 }
  const unknown = { ...row(3, '350 5th Ave', '3B'), first: 'Jiho' }
  const { ready, left_out } = readyOf([no, again, unknown])
  expect(ready.map(({ row: each }) => each.voter_id)).toEqual([3])
  expect(left_out.map(({ voter_id, reason }) => [voter_id, reason])).toEqual([[1, 'opted_out'], [2, 'opted_out']]) // prettier-ignore
})

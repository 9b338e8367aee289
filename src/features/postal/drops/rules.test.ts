import { expect, test } from 'vitest'
import type { PostRow } from '../../targeting/export/queries.ts'
import { piecesOf, readyOf } from './rules.ts'

const row = (voter_id: number, delivery: string, unit: string | null = null, last = 'Kim'): PostRow => ({
  voter_id, first: 'Young', last, hangul: null, language: null, mailbox: `h${voter_id}`, is_by_hand: false,
  delivery, unit, city: 'New York', state: 'NY', zip: '10118', left_out: null,
}) // prettier-ignore
const homes = (rows: PostRow[]): number[][] =>
  piecesOf(readyOf(rows).ready, { languages: 'all', households: 'address', written: ['en'], today: '2026-11-23' }).map(({ voter_ids }) => voter_ids) // prettier-ignore

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

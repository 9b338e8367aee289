import { expect, test } from 'vitest'
import { voterMeant } from './meant-voter.ts'

const voter = (voter_id: number, last_name: string, first_name: string) => ({
  voter_id,
  is: { last_name, first_name, birth_year: 1960 },
})

test.each([
  { last_name: 'An', first_name: 'Jin', of: [voter(1, 'HAN', 'JIN'), voter(2, 'AN', 'JIN')], meant: 2 },
  { last_name: 'Lee', first_name: 'Jin', of: [voter(1, 'KIM-LEE', 'JIN'), voter(2, 'KIM', 'JIN')], meant: 1 },
  { last_name: 'Kim Lee', first_name: 'Jin', of: [voter(1, 'PARK', 'JIN'), voter(2, 'LEE', 'JIN')], meant: 2 },
  { last_name: 'Kim', first_name: 'Minjun', of: [voter(1, 'KIM', 'MIN'), voter(2, 'KIM', 'SEO')], meant: 1 },
])('of a number given twice $last_name, $first_name means number $meant of them', ({ of, meant, ...person }) => {
  expect(voterMeant({ person }, of)).toMatchObject({ voter_id: meant })
})

import { expect, test } from 'vitest'
import { workedOn } from './rest.ts'

test.each([
  { call: 'the first ever', last: 0, began: 100, ended: 104, since: 104 },
  { call: 'a short one right after', last: 95, began: 96, ended: 100, since: 50 },
  { call: 'a talk of half an hour', last: 95, began: 97, ended: 127, since: 50 },
  { call: 'one after a quarter of an hour of nothing', last: 80, began: 95, ended: 96, since: 96 },
])('with $call, called without a break since minute $since', ({ last, began, ended, since }) => {
  const minute = 60_000
  const worked = workedOn(
    { since: last ? 50 * minute : 0, last: last * minute },
    { began: began * minute, ended: ended * minute },
  )
  expect(worked).toEqual({ since: since * minute, last: ended * minute })
})

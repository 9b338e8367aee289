import { expect, test } from 'vitest'
import { worksBy } from './places.ts'

const id = '0c0ffee0-0000-4000-8000-00000000ffff'

test.each([
  ['GET', `/postal/${id}/design`, null],
  ['POST', `/postal/${id}/design`, 'worked'],
  // As it is typed, by itself: whoever only opens the page works on nothing.
  ['POST', `/postal/${id}/design/preview.png`, null],
  ['POST', `/mailings/${id}/preview/mail`, null],
  ['POST', `/mailings/${id}/write`, 'worked'],
  ['POST', `/voters/universes/${id}/refresh`, null],
  ['POST', `/phonebanks/${id}/call`, 'called'],
] as const)('%s %s is %s', (method, path, works) => {
  expect(worksBy(method, path)).toBe(works)
})

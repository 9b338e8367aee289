import { expect, test } from 'vitest'
import { changedFields, invitationToken, isSetupCode, setupCode, slugOf } from './rules.ts'

const secret = 'b'.repeat(64)

test('the set-up code is the same at each start, and another in each installation', () => {
  expect(setupCode(secret)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
  expect(setupCode(secret)).toBe(setupCode(secret))
  expect(setupCode(secret)).not.toBe(setupCode('c'.repeat(64)))
})

test('the set-up code may be typed small, without hyphens, O for 0 and l for 1', () => {
  const code = setupCode(secret)
  for (const typed of [code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('0', 'o').replaceAll('1', 'l')]) {
    expect(isSetupCode(secret, typed)).toBe(true)
  }
  for (const typed of ['', code.slice(1), `${code}X`]) expect(isSetupCode(secret, typed)).toBe(false)
})

test('each invitation has a link of its own', () => {
  expect(invitationToken(secret, 'a')).not.toBe(invitationToken(secret, 'b'))
  expect(invitationToken(secret, 'a')).toMatch(/^[\w-]{43}$/)
})

test.each([
  ['Flushing Civic Action', 'flushing-civic-action'],
  ['Queens’ José & Friends, Inc.', 'queens-jose-friends-inc'],
  ['  --  ', ''],
  ['플러싱 시민행동', ''],
])('%s becomes the short name %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

test('only what differs is shown of a change', () => {
  expect(changedFields({ a: 1, b: [1, 2], c: null }, { a: 1, b: [2], d: 'new' })).toEqual([
    { field: 'b', before: [1, 2], after: [2] },
    { field: 'd', before: null, after: 'new' },
  ])
  const content = (ko: string) => ({ content: { questions: [{ text: { en: 'Hello', ko } }, { text: { en: 'Bye' } }] } })
  expect(changedFields(content('안녕'), content('안녕하세요'))).toEqual([
    { field: 'content.questions.1.text.ko', before: '안녕', after: '안녕하세요' },
  ])
  expect(changedFields(null, { a: 1 })).toEqual([{ field: 'a', before: null, after: 1 }])
})

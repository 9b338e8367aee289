import { expect, test } from 'vitest'
import { isSigned, signatureOf } from './twilio-signature.ts'

const token = '12345'
const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
const form = [
  ['CallSid', 'CA1234567890ABCDE'],
  ['Caller', '+14158675309'],
  ['Digits', '1234'],
  ['From', '+14158675309'],
  ['To', '+18005551212'],
] as const

// Published: twilio-node, spec/validation.spec.js, and Twilio's page on securing webhooks.
test.each([
  { what: 'the published example', url, signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
  { what: 'signed with the standard port, asked without', url, signature: 'kvajT1Ptam85bY51eRf/AJRuM3w=' },
  {
    what: 'signed without a port, asked with one',
    url: 'https://mycompany.com:1234/myapp.php?foo=1&bar=2',
    signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  },
])('is taken: $what', ({ url: asked, signature }) => {
  expect(isSigned(token, signature, asked, form)).toBe(true)
})

test('another published example has other numbers', () => {
  const other = form.map(([name, value]) => [name, value.replace('5309', '5310')] as const)
  expect(signatureOf(token, url, other)).toBe('GvWf1cFY/Q7PnoempGyD5oXAezc=')
})

test('Hangul is signed as UTF-8', () => {
  const korean = [
    ['Body', '안녕하세요'],
    ['From', '+17185550100'],
    ['To', '+12125550199'],
  ] as const
  expect(signatureOf('abc123', 'https://example.org/twilio/sms', korean)).toBe('DAsciw8fw0j0YvIOuDHzRh04hhk=')
})

const signature = 'RSOYDt4T1cUTdK1PDd93/VVr8B8='
test.each([
  ['no signature', undefined, url, form],
  ['an empty one', '', url, form],
  ['one of another length', `${signature}x`, url, form],
  ['a changed field', signature, url, [...form.slice(0, 4), ['To', '+18005551213'] as const]],
  ['a field more', signature, url, [...form, ['Extra', '1'] as const]],
  ['a field less', signature, url, form.slice(1)],
  ['another address', signature, 'https://mycompany.com/other.php?foo=1&bar=2', form],
  ['another host', signature, 'https://example.com/myapp.php?foo=1&bar=2', form],
] as const)('is refused: %s', (_, given, asked, fields) => {
  expect(isSigned(token, given, asked, fields)).toBe(false)
})

test('another account cannot sign for ours', () => {
  expect(isSigned('54321', signature, url, form)).toBe(false)
})

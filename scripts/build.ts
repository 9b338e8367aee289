import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const configurations = ['vite.config.ts', 'vite.server.config.ts', 'vite.threads.config.ts']

/** Builds the program into `dist`, unless what is there is whole and of just these sources. */
async function buildProgram(root: string): Promise<void> {
  if (isBuilt(root)) return
  rmSync(stampOf(root), { force: true }) // so that a build killed half-way counts for nothing
  const sources = sumOfSources(root)
  console.error('Building Hanpyo, half a minute or so; only after a change of its sources…')
  const { build } = await import('vite')
  for (const name of configurations) await build({ root, configFile: join(root, name), logLevel: 'warn' })
  await pack(join(root, 'dist/client'))
  noteBuilt(root, sources)
}

/** Scripts and styles once more as `.br` and `.gz`, a fifth of their size: a caller's phone may have a slow line. */
async function pack(client: string): Promise<void> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  await Promise.all(
    globSync('**/*.{js,css,svg,webmanifest}', { cwd: client }).map(async (name) => {
      const content = await readFile(join(client, name))
      if (content.length < 1000) return
      await writeFile(join(client, `${name}.br`), await promisify(brotliCompress)(content, quality))
      await writeFile(join(client, `${name}.gz`), await promisify(gzip)(content, { level: 9 }))
    }),
  )
}

/** Whether `dist` holds, unchanged, all that was built, and nothing it was built of has changed since. */
export const isBuilt = (root: string): boolean =>
  existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === `${sumOfSources(root)} ${sumOfBuilt(root)}\n`

/** Notes that `dist` is whole, and built of sources with this sum. */
export function noteBuilt(root: string, sources = sumOfSources(root)): void {
  writeFileSync(stampOf(root), `${sources} ${sumOfBuilt(root)}\n`)
}

const stampOf = (root: string): string => join(root, 'dist/built')
const sumOfBuilt = (root: string): string => sumOf(root, ['dist/{client,server}/**'])
const sumOfSources = (root: string): string =>
  sumOf(root, ['{src,public,styles}/**', 'package-lock.json', ...configurations])

/** SHA-256, as hexadecimal, of the names and contents of the files that the patterns find. */
function sumOf(root: string, patterns: string[]): string {
  const sum = createHash('sha256')
  for (const path of globSync(patterns, { cwd: root }).sort()) {
    if (!statSync(join(root, path)).isFile()) continue
    const content = readFileSync(join(root, path))
    sum.update(`${path}\0${content.length}\0`).update(content)
  }
  return sum.digest('hex')
}

if (import.meta.main) await buildProgram(join(import.meta.dirname, '..'))

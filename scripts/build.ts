import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** What the browser gets; the server, then its threads, which lie beside it. Neither waits for the other. */
const configurations = ['vite.config.ts', 'vite.server.config.ts', 'vite.threads.config.ts'] as const

/** Builds the program into `dist`, unless what is there is whole and of just these sources. */
async function buildProgram(root: string): Promise<void> {
  if (!isBuilt(root)) await oneAtATime(root, () => build(root))
}

async function build(root: string): Promise<void> {
  if (isBuilt(root)) return // by whoever was before
  rmSync(stampOf(root), { force: true }) // so that a build killed half-way counts for nothing
  const sources = sumOfSources(root)
  console.error('Building Hanpyo, half a minute or so; only after a change of its sources…')
  const vite = await import('vite')
  const [browser, ...server] = configurations
  const make = (name: string) => vite.build({ root, configFile: join(root, name), logLevel: 'warn' })
  await Promise.all([
    make(browser).then(() => pack(join(root, 'dist/client'))),
    server.reduce<Promise<unknown>>((before, name) => before.then(() => make(name)), Promise.resolve()),
  ])
  noteBuilt(root, sources)
}

/**
 * Runs `work` when nobody else does for this folder: of two who begin at once the second waits. What says so is a socket without
 * a file, which Linux takes away with its process, however that ends; elsewhere nobody waits.
 */
export async function oneAtATime(root: string, work: () => Promise<void>): Promise<void> {
  if (process.platform !== 'linux') return work()
  const name = `\0hanpyo build ${createHash('sha256').update(root).digest('hex')}`
  const waiting = new Set<Socket>()
  const server = createServer((socket) => waiting.add(socket.on('error', () => {})))
  const isFirst = (): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const refused = (problem: NodeJS.ErrnoException): void =>
        problem.code === 'EADDRINUSE' ? resolve(false) : reject(problem)
      server.once('error', refused).listen(name, () => {
        server.off('error', refused)
        resolve(true)
      })
    })
  for (let tries = 0; !(await isFirst()); tries++) {
    if (tries === 0) console.error('Hanpyo is being built by another program; waiting for it…')
    await new Promise((resolve) => connect(name).once('error', resolve).once('close', resolve).resume())
  }
  try {
    await work()
  } finally {
    server.close()
    for (const socket of waiting) socket.destroy()
  }
}

/** Scripts and styles once more as `.br` and `.gz`, a fifth of their size: a caller's phone may have a slow line. */
async function pack(client: string): Promise<void> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }
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

/**
 * Begins the database of the practice town where there is none, while the program is built: both take their time. Whatever is in
 * the way is told by the program, which does what is missing.
 */
async function beginTown(root: string): Promise<void> {
  const folder = resolve(root, process.env.HANPYO_DATA ?? 'data/demo', 'database')
  if (existsSync(folder) || process.env.DATABASE_URL) return
  const { openCluster } = await import('../src/platform/db/cluster.ts')
  const { migrate } = await import('../src/platform/db/migrate.ts')
  try {
    const cluster = await openCluster(folder)
    // Stopped meanwhile, or without a program: the server goes on in the background unless it is told.
    const stop = (): void => void cluster.close().finally(() => process.exit(130))
    process.once('SIGINT', stop).once('SIGTERM', stop)
    await migrate(cluster.owner('postgres')).finally(() => cluster.close())
    process.off('SIGINT', stop).off('SIGTERM', stop)
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem)
  }
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..')
  const isOfTown = process.argv.includes('--with-town') && !isBuilt(root)
  // A build that fails ends only after the database it would have been for.
  const town = isOfTown ? beginTown(root) : Promise.resolve()
  await buildProgram(root).finally(() => town)
}

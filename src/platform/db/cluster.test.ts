import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { openCluster, type Cluster } from './cluster.ts'

const base = mkdtempSync(join(tmpdir(), 'hanpyo cluster '))
chmodSync(base, 0o755)
afterAll(() => rmSync(base, { recursive: true, force: true }))

async function query<T extends object>(cluster: Cluster, text: string): Promise<T | undefined> {
  const client = new pg.Client(cluster.owner('postgres'))
  await client.connect()
  try {
    return (await client.query<T>(text)).rows[0]
  } finally {
    await client.end()
  }
}

const answers = async (cluster: Cluster): Promise<number> =>
  (await query<{ it: number }>(cluster, 'select 6 * 7 as it'))?.it ?? 0

const pidFile = (folder: string) => join(folder, 'pg/postmaster.pid')

test.each([
  ['in a folder with spaces', 'a town'],
  ['in a folder too deep for a socket', `a town, ${'deep, '.repeat(15)}"here"`],
])('%s it starts, is joined with another folder of temporary files, and the last one out stops it', async (_, name) => {
  const folder = join(base, name)
  const first = await openCluster(folder)
  vi.stubEnv('TMPDIR', join(base, 'elsewhere'))
  const second = await openCluster(folder)
  vi.unstubAllEnvs()
  expect(first.socket.startsWith(folder)).toBe(name === 'a town')
  expect(second.socket).toBe(first.socket)
  await first.close()
  expect(await answers(second)).toBe(42)
  await second.close()
  expect(existsSync(pidFile(folder))).toBe(false)
})

test('two installations side by side do not collide, and two first starts of one make one', async () => {
  const [one, two, again] = await Promise.all([
    openCluster(join(base, 'one')),
    openCluster(join(base, 'two')),
    openCluster(join(base, 'one')),
  ])
  expect(one.socket).not.toBe(two.socket)
  expect(again.socket).toBe(one.socket)
  expect(await Promise.all([answers(one), answers(two), answers(again)])).toEqual([42, 42, 42])
  await Promise.all([one.close(), two.close(), again.close()])
})

test('a postmaster killed under us is started again', async () => {
  const folder = join(base, 'killed')
  const cluster = await openCluster(folder)
  const pid = Number(readFileSync(pidFile(folder), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => answers(cluster).catch(() => 0), { timeout: 20_000, interval: 50 }).toBe(42)
  await cluster.close()
})

test('the pid file of a dead server, now the number of another program, does not stop a start', async () => {
  const folder = join(base, 'stale')
  const before = await openCluster(folder)
  await before.close()
  for (const path of [pidFile(folder), join(before.socket, '.s.PGSQL.5432.lock')])
    writeFileSync(path, `${process.pid}\n${join(folder, 'pg')}\n`)
  const cluster = await openCluster(folder)
  expect(await answers(cluster)).toBe(42)
  await cluster.close()
})

test('a copy of a folder whose server runs has a server of its own', async () => {
  const [folder, copy] = [join(base, 'running'), join(base, 'a copy of it')]
  const cluster = await openCluster(folder)
  spawnSync('cp', ['-a', folder, copy])
  const other = await openCluster(copy)
  expect(other.socket).not.toBe(cluster.socket)
  await query(other, 'create table mark ()')
  await expect(query(cluster, 'table mark')).rejects.toThrow('mark')
  await other.close()
  expect(await answers(cluster)).toBe(42)
  await cluster.close()
})

const asRoot = process.getuid?.() === 0

test.runIf(asRoot)("root runs another user's database as that user, and takes nothing of the folder", async () => {
  const folder = join(base, 'theirs')
  await (await openCluster(folder)).close()
  rmSync(join(folder, 'postgres.log'))
  spawnSync('chown', ['-R', '12345:12346', folder])
  const cluster = await openCluster(folder)
  const [pid] = readFileSync(pidFile(folder), 'utf8').split('\n')
  const theirs = [folder, join(folder, 'pg'), cluster.socket, join(folder, 'postgres.log'), `/proc/${pid}`]
  expect(theirs.map((path) => [statSync(path).uid, statSync(path).gid])).toEqual(theirs.map(() => [12345, 12346]))
  await cluster.close()
})

test("a folder that 'nobody' may not enter (root's home) works too; without its database it is refused", async () => {
  const closed = join(base, 'closed')
  mkdirSync(closed)
  chmodSync(closed, 0o700)
  const cluster = await openCluster(join(closed, 'data'))
  expect(await answers(cluster)).toBe(42)
  await query(cluster, 'create table mark ()')
  await cluster.close()
  if (!asRoot) return
  expect(cluster.home).toMatch(/^\/var\/lib\/hanpyo\//)

  // The rehearsal of a backup: the folder first, then as the sentence says, here by one that forgets whose files they are.
  const copy = join(closed, 'copy')
  spawnSync('cp', ['-a', join(closed, 'data'), copy])
  const refused = await openCluster(copy).then(() => '', String)
  const [, from = '', to = ''] = /Of a copy: cp -a (\S+) (\S+)$/.exec(refused) ?? []
  expect(from).toBe(cluster.home)
  spawnSync('cp', ['-r', from, to])
  const copied = await openCluster(copy)
  expect(copied.home).toBe(to)
  await query(copied, 'drop table mark')
  await copied.close()

  // In a place that can be entered the database may lie in the folder itself.
  const open = join(base, 'open')
  spawnSync('cp', ['-a', join(closed, 'data'), open])
  renameSync(join(to, 'pg'), join(open, 'pg'))
  const here = await openCluster(open)
  expect(here.home).toBe(open)
  await here.close()

  await expect(openCluster(copy)).rejects.toThrow('nothing is there any more')
  renameSync(join(open, 'pg'), join(copy, 'pg'))
  await expect(openCluster(copy)).rejects.toThrow('Put the folder elsewhere')
  const again = await openCluster(join(closed, 'data'))
  await query(again, 'drop table mark')
  await again.close()
  for (const each of [from, to]) rmSync(each, { recursive: true })
})

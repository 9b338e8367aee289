import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { openCluster, type Cluster } from './cluster.ts'

const base = mkdtempSync(join(tmpdir(), 'hanpyo cluster '))
chmodSync(base, 0o755)
afterAll(() => rmSync(base, { recursive: true, force: true }))

async function answers(cluster: Cluster): Promise<number> {
  const client = new pg.Client(cluster.owner('postgres'))
  await client.connect()
  const { rows } = await client.query<{ it: number }>('select 6 * 7 as it')
  await client.end()
  return rows[0]?.it ?? 0
}

const pidFile = (folder: string) => join(folder, 'pg/postmaster.pid')

test('in a folder with spaces it starts, is joined by a second opener, and the last one out stops it', async () => {
  const folder = join(base, 'a town')
  const first = await openCluster(folder)
  const second = await openCluster(folder)
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
  await (await openCluster(folder)).close()
  writeFileSync(pidFile(folder), `${process.pid}\n${join(folder, 'pg')}\n`)
  const cluster = await openCluster(folder)
  expect(await answers(cluster)).toBe(42)
  await cluster.close()
})

test("a folder that 'nobody' may not enter (root's home) works too", async () => {
  const closed = join(base, 'closed')
  mkdirSync(closed)
  chmodSync(closed, 0o700)
  const cluster = await openCluster(join(closed, 'data'))
  expect(await answers(cluster)).toBe(42)
  await cluster.close()
  if (process.getuid?.() === 0) {
    expect(cluster.home).toMatch(/^\/var\/lib\/hanpyo\//)
    rmSync(cluster.home, { recursive: true })
  }
})

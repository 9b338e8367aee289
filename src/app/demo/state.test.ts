import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCluster, type Cluster } from '../../platform/db/cluster.ts'
import { openTown } from './state.ts'

const data = mkdtempSync(join(tmpdir(), 'hanpyo-town-'))
let cluster: Cluster

// One cluster for the file: starting and stopping it for each test would be most of the time.
beforeAll(async () => {
  cluster = await openCluster(join(data, 'database'))
})
afterAll(async () => {
  await cluster.close()
  rmSync(data, { recursive: true, force: true })
})

async function run(sql: string): Promise<void> {
  const client = new pg.Client(cluster.owner('postgres'))
  await client.connect()
  await client.query(sql)
  await client.end()
}

async function waiting(): Promise<unknown> {
  const client = new pg.Client(cluster.owner('postgres'))
  await client.connect()
  const { rows } = await client.query<{ is: string }>(`select current_setting('synchronous_commit') as is`)
  await client.end()
  return rows[0]?.is
}

test('a database that the build began gets a town', async () => {
  await run('create table organization (is_demo boolean); create table voter_import ()')
  const town = await openTown(data, false)
  expect(town).toMatchObject({ is_empty: true, remark: null })
  await town.close()
  await run('drop schema demo cascade; drop table organization, voter_import')
})

test('an empty folder gets a town, once', async () => {
  const first = await openTown(data, false)
  expect(first).toMatchObject({ is_empty: true, remark: null })
  // Making it, nobody waits for the disk; whoever uses it does.
  await expect.poll(waiting).toBe('off')
  await run('create table migration (name text, sha256 text)')
  await first.filled()
  await expect.poll(waiting).toBe('on')
  await first.close()
  const second = await openTown(data, false)
  expect(second).toMatchObject({ is_empty: false, remark: null })
  await second.close()
})

test('a town left half-made leaves nobody behind who does not wait for the disk', async () => {
  await run('drop schema if exists demo cascade; drop table if exists migration')
  const half = await openTown(data, false)
  await expect.poll(waiting).toBe('off')
  await half.close()
  const next = await openCluster(join(data, 'database'))
  await expect.poll(waiting).toBe('on')
  await next.close()
  const again = await openTown(data, false)
  expect(again).toMatchObject({ is_empty: true })
  await run('create table migration (name text, sha256 text)')
  await again.filled()
  await again.close()
})

test('two windows on one town; neither may throw it away under the other', async () => {
  const first = await openTown(data, false)
  const second = await openTown(data, false)
  await expect(openTown(data, true)).rejects.toThrow('another window')
  await first.close()
  await second.close()
})

test('a town whose making was killed is made anew', async () => {
  await run('update demo.town set filled_at = null; create table half_a_town ()')
  const town = await openTown(data, false)
  expect(town.is_empty).toBe(true)
  expect(town.remark).toContain('made anew')
  await run("do $$ begin assert to_regclass('half_a_town') is null; end $$")
  await run('create table migration (name text, sha256 text)')
  await town.filled()
  await town.close()
})

test('a town of another version is made anew', async () => {
  await run("insert into migration values ('0001_never_was.sql', 'x')")
  const town = await openTown(data, false)
  expect(town.remark).toContain('another version')
  await run('create table migration (name text, sha256 text)')
  await town.filled()
  await town.close()
})

test('a real installation is never touched, even when asked to start over', async () => {
  await run('create table organization (is_demo boolean); insert into organization values (false)')
  await expect(openTown(data, true)).rejects.toThrow('real installation')
  await run('do $$ begin assert (select count(*) from organization) = 1; end $$')
})

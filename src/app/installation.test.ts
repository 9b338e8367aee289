import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { appRoleOf } from '../platform/db/app-role.ts'
import { openCluster } from '../platform/db/cluster.ts'
import { openInstallation, serverFaults, tellAddress, toldAddress, type OpenInstallation } from './installation.ts'

const folder = mkdtempSync(join(tmpdir(), 'hanpyo-foreign-'))
chmodSync(folder, 0o755)
// An address of its own on the loopback: the usual port may be taken.
const host = `127.${1 + (process.pid % 250)}.${1 + (Date.now() % 250)}.2`
const server = await openCluster(join(folder, 'server'), { listen_addresses: host, fsync: 'off' })
const open: OpenInstallation[] = []
afterAll(async () => {
  for (const each of open) await each.close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As docs/operating.md asks for it: an owner who may make roles, and is no superuser. */
async function makeDatabase(name: string, kind = `encoding 'UTF8' lc_ctype 'C.UTF-8'`): Promise<string> {
  const admin = new pg.Client(server.owner('postgres'))
  await admin.connect()
  await admin.query(`create role ${name} login createrole password 'for ${name}'`)
  await admin.query(`create database ${name} owner ${name} ${kind} template template0`)
  await admin.end()
  return `postgresql://${name}:${encodeURIComponent(`for ${name}`)}@${host}/${name}`
}

async function openAt(data: string, DATABASE_URL: string): Promise<OpenInstallation> {
  const read = readConfig({ DATABASE_URL }, join(folder, data))
  if (!read.ok) throw new Error(read.problems.join())
  const installation = await openInstallation(read.config)
  open.push(installation)
  return installation
}

const whoAsks = ({ database }: OpenInstallation) =>
  sql<{ role: string; rolsuper: boolean; rolbypassrls: boolean; organizations: number }>`
    select current_user as role, rolsuper, rolbypassrls, (select count(*)::int from organization) as organizations
    from pg_roles where rolname = current_user`
    .execute(database.commons)
    .then(({ rows }) => rows[0])

test('two installations on one server of the user’s keep their roles, passwords and rows apart', async () => {
  const urls = [await makeDatabase('first'), await makeDatabase('second')] as const
  const first = await openAt('first', urls[0])
  expect(first.migrated.length).toBeGreaterThan(10)
  const second = await openAt('second', urls[1])
  await first.database.owner
    .insertInto('organization')
    .values({ slug: 'ours', name: JSON.stringify({ en: 'Ours' }) })
    .execute()
  const of = (name: string) => ({ role: appRoleOf(name), rolsuper: false, rolbypassrls: false, organizations: 0 })
  // Every connection is new here: a password that somebody else had changed would be refused.
  expect(await whoAsks(first)).toEqual(of('first'))
  expect(await whoAsks(second)).toEqual(of('second'))
  const { organization_id } = await first.database.owner
    .selectFrom('organization')
    .select('organization_id')
    .executeTakeFirstOrThrow()
  const ours = first.database.of(organization_id)
  expect(await ours.selectFrom('organization').select('slug').execute()).toEqual([{ slug: 'ours' }])
  await expect(sql`delete from audit_entry`.execute(ours)).rejects.toThrow('permission denied')

  const again = await openAt('first', urls[0])
  expect(again.migrated).toEqual([])
  expect(await whoAsks(again)).toEqual(of('first'))
})

test('a database in which Hangul could not be kept or searched is refused, naming what it has and how to make one', async () => {
  const ascii = await makeDatabase('ascii', `encoding 'SQL_ASCII' locale_provider libc locale 'C'`)
  await expect(openAt('ascii', ascii)).rejects.toThrow(
    /\/ascii, which cannot be used:\n {2}Its encoding is SQL_ASCII, not UTF8\. .*\n {2}Its lc_ctype is C: .*lc_ctype 'C\.UTF-8'/,
  )
  const hangul = await makeDatabase('no_hangul', `encoding 'UTF8' lc_ctype 'C'`)
  await expect(openAt('hangul', hangul)).rejects.toThrow(/which cannot be used:\n {2}Its lc_ctype is C:/)
})

test('a role that may not set the database up is refused by name, with what it needs', async () => {
  const url = await makeDatabase('weak')
  const admin = new pg.Client(server.owner('weak'))
  await admin.connect()
  await admin.query('alter role weak nocreaterole; alter database weak owner to postgres')
  const refused = await openAt('weak', url).catch((problem: unknown) => String(problem))
  expect(refused).toContain('DATABASE_URL leads to ')
  expect(refused).toContain('/weak, which cannot be used:\n  Its role weak may not make roles')
  // What it says to do is enough.
  const advice = String(refused).match(/(?<=superuser.*: )(alter|create|grant) .*/g) ?? []
  expect(advice).toHaveLength(2)
  for (const each of advice) await admin.query(each)
  await openAt('weak', url)

  await admin.query('alter role weak nocreaterole; revoke create on database weak from weak')
  await openAt('weak', url)
  const other = await openAt('another secret', url).catch((problem: unknown) => String(problem))
  expect(other).toContain(
    'does not let the role hanpyo_app_weak in: it has another password than the file “secret” in ',
  )
  await admin.query(/superuser: (.*)/.exec(String(other))?.[1] ?? '')
  await openAt('another secret', url)
  await admin.end()
})

test.each([
  [{ version: '14.12', version_number: 140_012 }, ['It is PostgreSQL 14.12; 15 or newer is needed.']],
  [{ version: '15.0', version_number: 150_000 }, []],
  [{ lc_ctype: 'POSIX' }, ['Its lc_ctype is POSIX:']],
  [{ lc_ctype: 'ko_KR.UTF-8' }, []],
  [{ may_make_roles: false }, ['Its role hanpyo may not make roles']],
  // Made at an earlier start: it may be taken away again.
  [{ may_make_roles: false, app_roles: ['hanpyo_app', 'hanpyo_app_hanpyo'] }, []],
  [{ may_make_tables: false }, ['connected to this database: grant create on schema public to "hanpyo"']],
  [
    { has_public: false, may_make_tables: false, may_make_schemas: false },
    ['create schema public authorization "hanpyo"; grant create on database "hanpyo" to "hanpyo"'],
  ],
])('a server of the user’s with %o: %o', (one, sentences) => {
  const right = {
    version: '18.4', version_number: 180_004, encoding: 'UTF8', lc_ctype: 'en_US.UTF-8', database: 'hanpyo', role: 'hanpyo',
    may_make_roles: true, app_roles: [], has_public: true, may_make_tables: true, may_make_schemas: true,
  } // prettier-ignore
  expect(serverFaults({ ...right, ...one })).toEqual(sentences.map((each) => expect.stringContaining(each) as string))
})

test('a database with a name as long as PostgreSQL allows has a role too', () => {
  expect(Buffer.byteLength(appRoleOf('한'.repeat(21)))).toBeLessThanOrEqual(63)
  expect(appRoleOf('hanpyo')).toBe('hanpyo_app_hanpyo')
})

test('links of commands lead where the server was last, or where HANPYO_URL says', () => {
  const data = join(folder, 'told')
  mkdirSync(data)
  const told = (env: Record<string, string>): string | null => {
    const read = readConfig(env, data)
    if (!read.ok) throw new Error(read.problems.join())
    return toldAddress(read.config)
  }
  expect(told({})).toBeNull()
  tellAddress(data, 'http://localhost:8018')
  expect(told({ HANPYO_PORT: '8017' })).toBe('http://localhost:8018')
  expect(told({ HANPYO_URL: 'https://vote.example.org' })).toBe('https://vote.example.org')
})

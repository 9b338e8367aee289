import { createHash, createHmac } from 'node:crypto'
import pg from 'pg'
import { letsIn } from './pooler.ts'

/** A role and what it logs in with. */
export interface AppRole {
  role: string
  password: string
}

/** The role is there with another password, and whoever we are may not change it. */
export class PasswordKept extends Error {
  override name = 'PasswordKept'
  role: string
  by: string
  constructor(role: string, by: string) {
    super(`${by} may not change the password of ${role}`)
    this.role = role
    this.by = by
  }
}

/**
 * The role the application logs in as on a server of the user's: one for each database, so that two installations on
 * one server do not take each other's password. Migrations grant to `hanpyo_app`; what that may do, this one may.
 * Throws PasswordKept.
 */
export async function foreignAppRole(database_url: string, secret: string): Promise<AppRole> {
  const client = new pg.Client({ connectionString: database_url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string; by: string }>(
      'select current_database() as name, current_user as by',
    )
    const { name: database = '', by = '' } = rows[0] ?? {}
    const role = appRoleOf(database)
    const password = createHmac('sha256', secret).update(role).digest('hex')
    const name = client.escapeIdentifier(role)
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [roleLock])
    const there = await client.query('select from pg_roles where rolname = $1', [role])
    // A hexadecimal literal of ours; neither statement takes parameters.
    if (!there.rowCount) {
      await client.query(
        `create role ${name} login nosuperuser nocreatedb nocreaterole nobypassrls password '${password}'`,
      )
    } else if (!(await letsIn(asRole(database_url, { role, password })))) {
      // Only where it is not known yet: said anew it would be a new secret for a pooler as well.
      await client.query(`alter role ${name} login password '${password}'`).catch((problem: unknown) => {
        throw problem instanceof pg.DatabaseError && problem.code === '42501' ? new PasswordKept(role, by) : problem
      })
    }
    await client.query(grantsTo(role))
    await client.query('commit')
    return { role, password }
  } finally {
    await client.end()
  }
}

/** The same address, as this role. */
export function asRole(database_url: string, { role, password }: AppRole): { connectionString: string } {
  const url = new URL(database_url)
  url.username = encodeURIComponent(role)
  url.password = password
  return { connectionString: url.href }
}

const roleLock = 4_817_004

/** A name has 63 bytes at most. */
export function appRoleOf(database: string): string {
  const role = `hanpyo_app_${database}`
  if (Buffer.byteLength(role) <= 63) return role
  return `hanpyo_app_${createHash('sha256').update(database).digest('hex').slice(0, 32)}`
}

/** Only what is missing is granted: most starts write nothing. Membership will not do: only who made `hanpyo_app` may give it. */
const grantsTo = (role: string): string => `do $$ declare it record; role regrole := ${pg.escapeLiteral(role)}; begin
  for it in
    with held as (
      select format('schema %I', n.nspname) as object, null::text as part, acl.*
        from pg_namespace n, aclexplode(n.nspacl) acl
      union all
      select case c.relkind when 'S' then 'sequence ' else 'table ' end || c.oid::regclass, null, acl.*
        from pg_class c, aclexplode(c.relacl) acl
      union all
      select 'table ' || a.attrelid::regclass, quote_ident(a.attname), acl.*
        from pg_attribute a, aclexplode(a.attacl) acl
      union all
      select 'function ' || p.oid::regprocedure, null, acl.* from pg_proc p, aclexplode(p.proacl) acl)
    select distinct object, part, privilege_type from held mine
    where grantee = 'hanpyo_app'::regrole and not exists (
      select from held given where given.object = mine.object and given.part is not distinct from mine.part
        and given.privilege_type = mine.privilege_type and given.grantee = role)
  loop
    execute format('grant %s%s on %s to %s', it.privilege_type, coalesce('(' || it.part || ')', ''), it.object, role);
  end loop;
end $$`

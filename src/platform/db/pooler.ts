import pg from 'pg'

/** A database that cannot be used as it is set up; the message says what to do. */
export class DatabaseProblem extends Error {}

/**
 * The process that PostgreSQL says serves this connection. A pooler tells its clients a number of its own, so that one who
 * asks the server too sees another.
 */
export function serverPid(client: pg.ClientBase): number | null {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : null
}

async function connected<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config)
  client.on('error', () => undefined) // the query under way fails with it
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined) // a pooler closes after some refusals
  }
}

const isPooled = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]?.pid !== serverPid(client)
}

const see = 'See docs/operating.md, “Through PgBouncer”.'

/** Refuses an address for migrations and jobs that leads through a pooler. `name`: of the variable it came from. */
export async function refusePooler(direct: pg.ClientConfig, name: string): Promise<void> {
  if (!(await connected(direct, isPooled))) return
  throw new DatabaseProblem(
    name === 'DATABASE_URL'
      ? `DATABASE_URL leads through a connection pooler. Set DATABASE_DIRECT_URL as well, to the address of PostgreSQL itself: updates of the database, imports and jobs need a session of their own. ${see}`
      : `${name} leads through a connection pooler. It must be the address of PostgreSQL itself. ${see}`,
  )
}

/**
 * Does a pooler stand at `pooled`? Refuses one that cannot keep a transaction together, that leads to another database
 * than `direct`, or that does not let the application's role in.
 */
export async function checkPooler(
  pooled: { owner: pg.ClientConfig; app: pg.ClientConfig },
  direct: pg.ClientConfig,
): Promise<boolean> {
  const through = await connected(pooled.owner, async (client) => {
    const found = await isPooled(client)
    try {
      await client.query('begin')
      await client.query('rollback')
    } catch (problem) {
      throw new DatabaseProblem(
        `The pooler at DATABASE_URL takes no transactions (“${said(problem)}”). It must pool by transaction or by session, not by statement. ${see}`,
        { cause: problem },
      )
    }
    return found
  })
  await connected(direct, async (session) => {
    // A lock taken at one address is seen at the other only where both are one database.
    const key = 1 + Math.floor(Math.random() * 2_000_000_000)
    await session.query('select pg_advisory_lock($1, $2)', [sameDatabaseLock, key])
    const { rows } = await connected(pooled.owner, (client) =>
      client.query<{ it: boolean }>(
        `select exists (select from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2
           and database = (select oid from pg_database where datname = current_database())) as it`,
        [sameDatabaseLock, key],
      ),
    )
    if (!rows[0]?.it) {
      throw new DatabaseProblem(`DATABASE_URL and DATABASE_DIRECT_URL lead to two different databases. ${see}`)
    }
  })
  try {
    await connected(pooled.app, (client) => client.query('select 1'))
  } catch (problem) {
    throw new DatabaseProblem(
      `The pooler at DATABASE_URL does not let the application’s role in (“${said(problem)}”). It must know the password of hanpyo_app_ and the database’s name, by auth_query for instance. ${see}`,
      { cause: problem },
    )
  }
  return through
}

const sameDatabaseLock = 4_817_004

const said = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem))

/** Can one log in with this? */
export const letsIn = (config: pg.ClientConfig): Promise<boolean> =>
  connected(config, async () => true).catch((problem: unknown) => {
    // 28…: wrong or no password, or no login allowed.
    if (problem instanceof pg.DatabaseError && problem.code?.startsWith('28')) return false
    throw problem
  })

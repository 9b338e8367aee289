import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { DatabaseError, type PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { CompiledUniverse } from '../../src/features/targeting/queries.ts'
import type { Database } from '../../src/platform/db/db.ts'
import { postgresDialect, refreshSql, wideRows, type Extras, type Formulation } from './wide.ts'

const indexed = ['party', 'age', 'county', 'cd', 'sd', 'ad', 'ccd', 'registered_on', 'household_size', 'language', 'contacted', 'support', 'p_korean', 'p_chinese', 'p_south_asian'] // prettier-ignore

/** Which expressions a wide table is made for. */
export const nameOf = (extras: Extras): string =>
  createHash('sha256')
    .update([...extras.keys()].join())
    .digest('hex')

/** The wide table in PostgreSQL, made for counting: narrow, unlogged, with an index for each column that is asked for. */
export class PostgresColumns {
  readonly #client: PoolClient

  private constructor(client: PoolClient) {
    this.#client = client
  }

  /** Made anew only where the folder's own is of other expressions. */
  static async fill(database: Database, organization_id: string, extras: Extras): Promise<PostgresColumns> {
    const client = await database.ownerPool.connect()
    const wanted = nameOf(extras)
    const there = await client.query<{ is_same: boolean }>(
      `select obj_description(to_regclass('bench.voter'), 'pg_class') = $1 as is_same`,
      [wanted],
    )
    if (!there.rows[0]?.is_same) {
      await client.query('drop schema if exists bench cascade; create schema bench')
      const plain = wideRows(organization_id, '')
      await client.query(`create unlogged table bench.voter as select * from (${plain}) rows with no data`)
      for (const { column } of extras.values()) await client.query(`alter table bench.voter add ${column} boolean`)
      const more = sql.join(
        [...extras.values()].map(({ condition }) => sql`, coalesce(${condition}, false)`),
        sql``,
      )
      const [before = '', after = ''] = wideRows(organization_id, '/*extras*/').split('/*extras*/')
      await sql`insert into bench.voter ${sql.raw(before)} ${extras.size > 0 ? more : sql``} ${sql.raw(after)}`.execute(
        database.owner,
      )
      for (const column of indexed) await client.query(`create index on bench.voter (${column})`)
      await client.query('create index on bench.voter using gin (votes)')
      await client.query('vacuum analyze bench.voter')
      await client.query(`comment on table bench.voter is '${wanted}'`)
    }
    await client.query(
      `set search_path = bench, public; set work_mem = '512MB'; set max_parallel_workers_per_gather = 2; set jit = off`,
    )
    return new PostgresColumns(client)
  }

  /** The rows as CSV, lists as DuckDB writes them. */
  async toCsv(path: string): Promise<void> {
    const columns = await this.#client.query<{ names: string }>(
      `select string_agg(case when column_name = 'votes' then 'translate(votes::text, ''{}'', ''[]'') as votes' else quote_ident(column_name) end, ', ' order by ordinal_position) as names
        from information_schema.columns where table_schema = 'bench' and table_name = 'voter'`,
    )
    await pipeline(
      this.#client.query(
        copyTo(`copy (select ${columns.rows[0]?.names ?? ''} from bench.voter) to stdout with (format csv, header)`),
      ),
      createWriteStream(path),
    )
  }

  /** Everything of one refresh; answers the number of people, null where it was ended after `limit_ms`. */
  async refresh(
    universe: CompiledUniverse,
    formulation: Formulation,
    extras: Extras,
    limit_ms: number,
  ): Promise<number | null> {
    await this.#client.query(`set statement_timeout = ${limit_ms}`)
    try {
      const { rows } = await this.#client.query<{ of: string; count: string }>(
        refreshSql(universe, { dialect: postgresDialect, formulation, extras }),
      )
      return Number(rows.find((row) => row.of === 'people')?.count)
    } catch (problem) {
      // query_canceled
      if (problem instanceof DatabaseError && problem.code === '57014') return null
      throw problem
    }
  }

  async close(): Promise<void> {
    await this.#client.query('reset all')
    this.#client.release()
  }
}

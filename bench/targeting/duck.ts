import { existsSync, renameSync, rmSync } from 'node:fs'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import type { CompiledUniverse } from '../../src/features/targeting/queries.ts'
import { duckDialect, parties, refreshSql, type Extras, type Formulation } from './wide.ts'

/** The same columns in DuckDB: the wide table in memory. */
export class DuckColumns {
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance
    this.#connection = connection
  }

  /** `path`: of the file DuckDB keeps them in; `csv`: the wide table, asked for where there is no such file yet. */
  static async fill(path: string, csv: () => Promise<string>): Promise<DuckColumns> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
    const connection = await instance.connect()
    if (!existsSync(path)) {
      const rows = await csv()
      const draft = `${path}.draft`
      rmSync(draft, { force: true })
      await connection.run(`attach '${draft}' as kept`)
      await connection.run(`create table kept.voter as select * replace (party::enum (${parties.map((name) => `'${name}'`).join(', ')}) as party)
        from read_csv('${rows}', header = true, nullstr = '', types = {'votes': 'INTEGER[]', 'cd': 'SMALLINT', 'sd': 'SMALLINT', 'ad': 'SMALLINT', 'ccd': 'SMALLINT'}, auto_detect = true, sample_size = 200000)`)
      await connection.run('detach kept')
      rmSync(rows)
      renameSync(draft, path)
    }
    await connection.run(`attach '${path}' as kept (read_only)`)
    await connection.run('create table voter as from kept.voter')
    await connection.run('detach kept')
    return new DuckColumns(instance, connection)
  }

  /** Everything of one refresh; answers the number of people, null where it was ended after `limit_ms`. */
  async refresh(
    universe: CompiledUniverse,
    formulation: Formulation,
    extras: Extras,
    limit_ms: number,
  ): Promise<number | null> {
    const asked = refreshSql(universe, { dialect: duckDialect, formulation, extras })
    let isEnded = false
    const timer = setTimeout(() => {
      isEnded = true
      this.#connection.interrupt()
    }, limit_ms)
    try {
      const reader = await this.#connection.runAndReadAll(asked)
      return Number(reader.getRowObjects().find((row) => row.of === 'people')?.count)
    } catch (problem) {
      if (isEnded) return null
      throw problem
    } finally {
      clearTimeout(timer)
    }
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }
}

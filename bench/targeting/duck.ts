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

  /** `path`: of the wide table as CSV. */
  static async fill(path: string): Promise<DuckColumns> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
    const connection = await instance.connect()
    await connection.run(`create table voter as select * replace (party::enum (${parties.map((name) => `'${name}'`).join(', ')}) as party)
      from read_csv('${path}', header = true, nullstr = '', types = {'votes': 'INTEGER[]', 'cd': 'SMALLINT', 'sd': 'SMALLINT', 'ad': 'SMALLINT', 'ccd': 'SMALLINT'}, auto_detect = true, sample_size = 200000)`)
    return new DuckColumns(instance, connection)
  }

  /** Everything of one refresh; answers the number of people. */
  async refresh(universe: CompiledUniverse, formulation: Formulation, extras: Extras): Promise<number> {
    const asked = refreshSql(universe, { dialect: duckDialect, formulation, extras })
    const reader = await this.#connection.runAndReadAll(asked)
    return Number(reader.getRowObjects().find((row) => row.of === 'people')?.count)
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }
}

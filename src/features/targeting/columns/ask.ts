import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Until } from '../bounded.ts'
import { countUniverse, type CompiledUniverse, type SampledVoter } from '../queries.ts'
import type { Refresh } from '../refresh.ts'
import { refreshFromDatabase } from '../refresh-database.ts'
import { answer, countOf, votersOf } from './answer.ts'
import { measureQuestion, type ColumnStore } from './store.ts'

export { Superseded } from './store.ts'

/** How a question is asked. */
export interface AskOptions {
  until?: Until
  /** Of several questions of one asker only the newest is answered; the others end with Superseded. */
  asker?: string | undefined
  sample?: boolean
}

const sampleSize = 20

/** Everything the builder shows: from the columns where they are ready, else from the database. `db`: the organization's handle. */
export async function refresh(
  store: ColumnStore,
  db: Db,
  compiled: CompiledUniverse,
  { until = null, asker, sample = true }: AskOptions = {},
): Promise<Refresh> {
  const started = performance.now()
  try {
    const { organization_id, today } = compiled.meaning
    const found =
      (await refreshFromColumns(store, db, compiled, { until, asker, sample })) ??
      (await refreshFromDatabase(db, compiled, organization_id, today, until, { sample }))
    measureQuestion(found.answered_by, started)
    return found
  } catch (problem) {
    measureQuestion('nobody', started)
    throw problem
  }
}

/** Null: the columns are not ready for it. */
export async function refreshFromColumns(
  store: ColumnStore,
  db: Db,
  compiled: CompiledUniverse,
  { until = null, asker, sample = true }: AskOptions = {},
): Promise<Refresh | null> {
  const found = await store.ask(db, compiled, (prepared) => answer(prepared, sample ? sampleSize : 0), { until, asker })
  if (!found) return null
  const { sample: ids, ...numbers } = found
  return { answered_by: 'columns', ...numbers, sample: await sampled(db, compiled.meaning.organization_id, ids) }
}

/** How many voters: from the columns where they are ready, else from the database. */
export async function countVoters(
  store: ColumnStore,
  db: Db,
  compiled: CompiledUniverse,
  options: AskOptions = {},
): Promise<number> {
  return (await store.ask(db, compiled, countOf, options)) ?? countUniverse(db, compiled, options.until ?? null)
}

/** Ids of the voters; null: the columns are not ready for it. */
export const votersFromColumns = (
  store: ColumnStore,
  db: Db,
  compiled: CompiledUniverse,
  options: AskOptions = {},
): Promise<Uint32Array | null> => store.ask(db, compiled, votersOf, options)

/** Who they are, in the order given; as `sampleUniverse`. */
async function sampled(db: Db, organization_id: string, ids: Uint32Array): Promise<SampledVoter[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<SampledVoter>`
    select v.voter_id, v.last_name, v.first_name, v.middle_name, v.birth_date, v.birth_year, v.sex, v.party, v.county, v.city, p.name_hangul
    from unnest(${[...ids]}::integer[]) with ordinality as chosen (voter_id, place)
    join voter_record v on v.voter_id = chosen.voter_id
    left join person p on p.organization_id = ${organization_id} and p.voter_id = v.voter_id and p.merged_into is null
    order by chosen.place`.execute(db)
  return rows
}

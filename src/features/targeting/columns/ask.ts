import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Until } from '../bounded.ts'
import type { Draw } from '../hash.ts'
import {
  breakdown,
  countLeftOut,
  countUniverse,
  sampleUniverse,
  type Breakdown,
  type CompiledUniverse,
  type LeftOut,
  type SampledVoter,
} from '../queries.ts'
import type { FacetValue, ListedDistrict, Refresh } from '../refresh.ts'
import { districtsFromDatabase, refreshFromDatabase } from '../refresh-database.ts'
import { answer, countOf, countsByDistrict, leftOutOf, votersOf } from './answer.ts'
import { compared, describe as describeFromColumns, drifted, type Compared, type Drifted } from './describe.ts'
import { measureQuestion, type Asking, type ColumnStore } from './store.ts'

export { StillCounting, Superseded } from './store.ts'

/** How a question is asked. */
export interface AskOptions extends Asking {
  sample?: boolean
}

/*
 * Every function takes the store of the process, or null where there is none (the command line), and the organization's handle:
 * not a transaction, since the answer is of one moment of its own. What the columns do not answer, the database does.
 */

const sampleSize = 20

/** Everything the builder shows: from the columns where they are ready, else from the database. `db`: the organization's handle. */
export async function refresh(
  store: ColumnStore,
  db: Db,
  compiled: CompiledUniverse,
  options: AskOptions = {},
): Promise<Refresh> {
  const started = performance.now()
  try {
    const { organization_id, today } = compiled.meaning
    const found =
      (await refreshFromColumns(store, db, compiled, options)) ??
      (await refreshFromDatabase(db, compiled, organization_id, today, options.until ?? null, {
        sample: options.sample ?? true,
      }))
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
  { sample = true, ...asking }: AskOptions = {},
): Promise<Refresh | null> {
  const { organization_id } = compiled.meaning
  let reading: Promise<SampledVoter[]> = Promise.resolve([])
  const tell = (ids: Uint32Array): void => {
    reading = sampled(db, organization_id, ids)
    reading.catch(() => undefined) // heard of below, if the numbers come
  }
  const found = await store.ask(db, compiled, (prepared) => answer(prepared, sample ? { size: sampleSize, tell } : null), asking) // prettier-ignore
  return found && { answered_by: 'columns', ...found, sample: await reading }
}

/** How many voters. */
export async function countVoters(
  store: ColumnStore | null,
  db: Db,
  compiled: CompiledUniverse,
  asking: Asking = {},
): Promise<number> {
  return (await store?.ask(db, compiled, countOf, asking)) ?? countUniverse(db, compiled, asking.until ?? null)
}

/** How many fit but are left out, by reason. */
export async function leftOutVoters(
  store: ColumnStore | null,
  db: Db,
  compiled: CompiledUniverse,
  asking: Asking = {},
): Promise<LeftOut[]> {
  return (await store?.ask(db, compiled, leftOutOf, asking)) ?? countLeftOut(db, compiled, asking.until ?? null)
}

/** The same for commands that count. `db`: no transaction, whatever the command is in. */
export const countBy =
  (store: ColumnStore, db: Db) =>
  (compiled: CompiledUniverse, until: Until): Promise<number> =>
    countVoters(store, db, compiled, { until })

/** How many live in each district of a kind that is no facet. */
export async function countByDistrict(
  store: ColumnStore,
  db: Db,
  compiled: CompiledUniverse,
  kind: ListedDistrict,
  asking: Asking = {},
): Promise<FacetValue[]> {
  const found = await store.ask(db, compiled, (prepared) => countsByDistrict(prepared, kind), asking)
  return found ?? districtsFromDatabase(db, compiled, kind, asking.until ?? null)
}

/** How many voters each of several expressions means at one moment; null: the columns are not ready for them. */
export const countsFromColumns = (
  store: ColumnStore,
  db: Db,
  compiled: readonly CompiledUniverse[],
  asking: Asking = {},
): Promise<number[] | null> =>
  store.askAll(
    db,
    compiled,
    async (prepared) => {
      const counts: number[] = []
      for (const each of prepared) counts.push(await countOf(each))
      return counts
    },
    asking,
  )

/** Ids of the voters, ascending; null: the columns are not ready for it. */
export const votersFromColumns = (
  store: ColumnStore,
  db: Db,
  compiled: CompiledUniverse,
  asking: Asking = {},
): Promise<Uint32Array | null> => store.ask(db, compiled, (prepared) => votersOf(prepared), asking)

/** What the page of a universe tells. */
export interface Description {
  breakdown: Breakdown
  left_out: LeftOut[]
  sample: SampledVoter[]
}

export async function describe(
  store: ColumnStore | null,
  db: Db,
  compiled: CompiledUniverse,
  asking: Asking = {},
): Promise<Description> {
  const { organization_id } = compiled.meaning
  const found = await store?.ask(db, compiled, (prepared) => describeFromColumns(prepared, sampleSize), asking)
  if (found) return { ...found, sample: await sampled(db, organization_id, found.sample) }
  const { until = null } = asking
  const [parts, left_out, sample] = await Promise.all([
    breakdown(db, compiled, until),
    countLeftOut(db, compiled, until),
    sampleUniverse(db, compiled, organization_id, until),
  ])
  return { breakdown: parts, left_out, sample }
}

/** What parts of a comparison are compared by; null: the columns are not ready for it. */
export const comparedByColumns = (
  store: ColumnStore,
  db: Db,
  compiled: readonly CompiledUniverse[],
  asking: Asking = {},
): Promise<Compared[] | null> =>
  store.askAll(
    db,
    compiled,
    async (prepared) => {
      const parts: Compared[] = []
      for (const each of prepared) parts.push(await compared(each))
      return parts
    },
    asking,
  )

/** Who came to a frozen universe and who left it; null: the columns are not ready for it. */
export const driftedByColumns = (
  store: ColumnStore,
  db: Db,
  fits: CompiledUniverse,
  members: CompiledUniverse,
  draw: Draw | null,
  asking: Asking = {},
): Promise<Drifted | null> => store.askAll(db, [fits, members], ([now, kept]) => drifted(now, kept, draw), asking)

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

import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { log } from '../../platform/log.ts'
import { fromNow, TooSlow } from './bounded.ts'
import { countOf, countsByDistrict } from './columns/answer.ts'
import { countsFromColumns, refreshFromColumns } from './columns/ask.ts'
import type { ColumnStore } from './columns/store.ts'
import { ageOffers, complete, type Asked, type Counts } from './complete.ts'
import { countsOf, ourCounts } from './complete-queries.ts'
import { noHomes } from './homes.ts'
import { compileUniverse, electionsLoaded, type CompiledUniverse } from './queries.ts'
import { listedDistricts, type FacetName, type FacetValue, type ListedDistrict, type Refresh } from './refresh.ts'
import { contactable, type TypedField } from './schema.ts'
import { districtWords, fold, printed } from './words.ts'

/** How long whoever types waits for a number. */
const patience_ms = 700

/**
 * How many people each value would find: the organization's own from its tables, what the files say from the columns, where they
 * are loaded. Without them there are words and no numbers: a walk over millions of voters for each key would be too much.
 */
export async function countsSoon(
  store: ColumnStore,
  { ours, commons }: { ours: Db; commons: Db },
  organization_id: string,
  today: string,
  asked: Asked,
): Promise<Counts | null> {
  try {
    if (asked.field === 'city') return await cities(commons)
    if (asked.field === 'voted' && asked.of === null) return await elections(store, ours, organization_id, today)
    const of_ours = await ourCounts(ours, { organization_id, today, elections: [], states: [], frozen: new Map(), homes: noHomes, over: 'voters' }, asked) // prettier-ignore
    if (of_ours) return of_ours
    const own = await countsOf(ours, organization_id, asked)
    const kind = listedDistrictOf(asked)
    if (own) return own
    if (countedOneByOne.has(asked.field)) return await oneByOne(store, ours, organization_id, today, asked)
    if (!isOfFacets(asked) && !kind) return null
    const everybody = await compileUniverse(ours, '', organization_id, today)
    if (!everybody.ok) return null
    const asking = { until: fromNow(patience_ms), sample: false }
    if (kind) {
      const found = await store.ask(ours, everybody.universe, (prepared) => countsByDistrict(prepared, kind), asking)
      return found && countsOfValues(found)
    }
    const refresh = await refreshFromColumns(store, ours, everybody.universe, asking)
    return refresh && countsIn(refresh, asked)
  } catch (problem) {
    if (problem instanceof TooSlow) return null
    throw problem
  }
}

/** Fields whose few values are no facet, and are answered from the columns without a walk. */
const countedOneByOne: ReadonlySet<TypedField> = new Set([
  'registered', 'registered-by', 'state-id', 'last-voted', 'method', 'birthday', 'has', 'consent', 'suppressed', 'household',
  'contacted', 'reached', 'last-contact', 'attempts', 'talks', 'follow-up', 'event',
]) // prettier-ignore

/** Each value on offer by itself, all at one moment; null where the columns are not loaded. */
async function oneByOne(
  store: ColumnStore,
  ours: Db,
  organization_id: string,
  today: string,
  { field, of }: Asked,
): Promise<Counts | null> {
  if (of === '@') return null
  const before = of === null ? `${field}:` : `${field}:${of}/`
  const { options } = complete(before, before.length, { tags: [], universes: [], elections: [] })
  const universes = new Map<string, CompiledUniverse>()
  for (const { text } of options) {
    // 'phone/' is the beginning of a value.
    if (text.endsWith('/')) continue
    const compiled = await compileUniverse(ours, before + text, organization_id, today)
    if (compiled.ok) universes.set(text, compiled.universe)
  }
  const counts = await countsFromColumns(store, ours, [...universes.values()], { until: fromNow(patience_ms) })
  return counts && new Map([...universes.keys()].map((text, index) => [text, counts[index] ?? 0]))
}

const facetFields = ['party', 'status', 'sex', 'state', 'county', 'community', 'support', 'phone'] as const
const isFacetField = (field: TypedField): field is (typeof facetFields)[number] =>
  facetFields.some((each) => each === field)

/** Kinds of districts that are no facet. */
const listedDistrictOf = ({ field, of }: Asked): ListedDistrict | undefined => {
  const kind = field === 'district' && of !== null ? districtWords.get(fold(of)) : undefined
  return listedDistricts.find((each) => each === kind)
}

const facetOf = ({ field, of }: Asked): FacetName | null => {
  if (isFacetField(field)) return of === null ? field : null
  if (field !== 'district') return null
  const kind = districtWords.get(fold(of ?? ''))
  return kind === 'congress' || kind === 'senate' || kind === 'assembly' || kind === 'nyc-council' ? kind : null
}

const isOfFacets = (asked: Asked): boolean => facetOf(asked) !== null || (asked.field === 'age' && asked.of === null)

/** What a count of everybody says of the values of a field. */
export function countsIn(refresh: Refresh, asked: Asked): Counts | null {
  if (asked.field === 'age') {
    return new Map(
      ageOffers.map(([from, to]): [string, number] => [
        `${from}-${to ?? ''}`,
        refresh.facets.age.reduce(
          (sum, { value, count }) =>
            value !== '' && Number(value) >= from && (to === null || Number(value) <= to) ? sum + count : sum,
          0,
        ),
      ]),
    )
  }
  if (asked.field === 'support') {
    const scores = new Map(refresh.facets.support.map(({ value, count }) => [value, count]))
    const between = (from: number, to: number): number =>
      [1, 2, 3, 4, 5].reduce((sum, score) => sum + (score >= from && score <= to ? (scores.get(String(score)) ?? 0) : 0), 0) // prettier-ignore
    return new Map([...supportOffers].map(([text, [from, to]]) => [text, between(from, to)]))
  }
  const facet = facetOf(asked)
  return facet && countsOfValues(refresh.facets[facet])
}

const supportOffers = new Map<string, [number, number]>([
  ['1-2', [1, 2]], ['3', [3, 3]], ['4-5', [4, 5]], ['1', [1, 1]], ['2', [2, 2]], ['4', [4, 4]], ['5', [5, 5]],
]) // prettier-ignore

const countsOfValues = (values: readonly FacetValue[]): Counts =>
  new Map(values.flatMap(({ value, count }) => (value === '' ? [] : [[value, count] as const])))

/** Who voted in the newest elections the files tell of; null where the columns are not loaded. */
async function elections(store: ColumnStore, ours: Db, organization_id: string, today: string): Promise<Counts | null> {
  const until = fromNow(patience_ms)
  const known = await electionsLoaded(ours)
  const names = [...new Set(known.map(({ year, kind }) => `${year}-${printed(kind)}`))].slice(0, mostElections)
  const counts = new Map<string, number>()
  for (const name of names) {
    const compiled = await compileUniverse(ours, `voted:${name}`, organization_id, today)
    const count = compiled.ok ? await store.ask(ours, compiled.universe, countOf, { until }) : null
    if (count === null) return null
    counts.set(name, count)
  }
  return counts
}

const mostElections = 8

/** Cities of voters who can vote, most people first: one walk for each voter file, begun by whoever asks first. */
const mostCities = 2000
const kept = new WeakMap<Db, { version: string; counts: Promise<Counts> }>()

async function cities(db: Db): Promise<Counts | null> {
  const { rows } = await sql<{ version: string | null }>`select max(file_id)::text as version from voter_file`.execute(
    db,
  )
  const version = rows[0]?.version ?? ''
  let known = kept.get(db)
  if (known?.version !== version) {
    known = { version, counts: countCities(db) }
    kept.set(db, known)
    known.counts.catch((problem: unknown) => {
      kept.delete(db) // asked again, counted again
      log.warn({ problem }, 'cities could not be counted')
    })
  }
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), patience_ms)))
  try {
    return await Promise.race([known.counts, tooLong])
  } finally {
    clearTimeout(timer)
  }
}

async function countCities(db: Db): Promise<Counts> {
  const { rows } = await sql<{
    city: string
    count: number
  }>`select lower(v.city) as city, count(*) as count from voter_record v
    where v.city is not null and v.gone_in is null and v.status = any(${[...contactable]}::text[])
    group by 1 order by 2 desc, 1 limit ${mostCities}`.execute(db)
  return new Map(rows.map(({ city, count }) => [city, count]))
}

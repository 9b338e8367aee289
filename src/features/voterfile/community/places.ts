import { placeCounts } from './places-data.ts'

/**
 * What a place says about a community: how much commoner each group is there than in the whole country, whose surname
 * counts the name's odds come from. Used as in Bayesian surname geocoding: P(group | name) · P(place | group).
 *
 * Groups as in estimate.ts: 0 everybody else, 1-6 the communities, 7 other Asians.
 */

export type PlaceKind = 'county' | 'nyc-council'

/** People of one place. */
export interface PlaceCount {
  /** Two letters: 'NY'. */
  state: string
  kind: PlaceKind
  /** County slug ('queens') or number of the council district ('20'). */
  name: string
  /** County the place lies in, whose shares steady those of a small or thinly sampled one. */
  within: string | null
  population: number
  /** In the order of `communities`. */
  communities: readonly number[]
  other_asian: number
}

/** Odds of each group, everybody else 1, ready to be multiplied. */
export type PlaceOdds = Float64Array

export interface PlaceTable {
  counties: ReadonlyMap<string, PlaceOdds>
  councils: ReadonlyMap<number, PlaceOdds>
  /** Council district by `electionDistrict`, of election districts that lie in one; empty without a crosswalk. */
  electionDistricts: ReadonlyMap<number, number>
}

/** Election district within an assembly district as one number, as New York's boards write it. */
export const electionDistrict = (ad: number, ed: number): number => ad * 1000 + ed

/**
 * Shares of the population of the United States, Asian alone, about 2019 (the middle of ACS 2017-21, table B02015), in millions of
 * 329.7: Korean 1.46, Chinese with Taiwanese 4.3, Indian, Pakistani, Bangladeshi, Nepalese and Sri Lankan 5.2, Vietnamese 1.87,
 * Filipino 2.96, Japanese 0.76, other 2.25. The table itself was not at hand: docs/community-estimate.md says what the figures
 * were compared with on 2026-11-28, and how little an error in them does.
 */
const nation = [0.943, 0.0044, 0.0131, 0.0158, 0.0057, 0.009, 0.0023, 0.0068]

/**
 * Name and place are not independent within a group (who lives in Flushing more often has a Korean given name), and the
 * voters of a place are not its people; so the place's odds count by this power …
 */
const placeWeight = 0.8
/** … and all odds of a place are weakened alike until none is above this, whatever a table says. */
const greatestOdds = 12
/** People of the county mixed into a place, so that a sampled zero is not taken for a real one. */
const steadyingPeople = 3000

const groups = 8
const share = (counts: readonly number[], group: number): number =>
  (counts[group] ?? 0) /
  Math.max(
    1,
    counts.reduce((sum, count) => sum + count, 0),
  )

const countsOf = ({ population, communities, other_asian }: PlaceCount): number[] => {
  const asian = communities.reduce((sum, count) => sum + count, other_asian)
  return [Math.max(0, population - asian), ...communities, other_asian]
}

/** The odds of a place, steadied by the place around it (the nation where none is given). */
export function placeOdds(place: PlaceCount, around: PlaceCount | null): PlaceOdds {
  const own = countsOf(place)
  const base = around ? countsOf(around) : nation
  const total = Math.max(0, place.population) + steadyingPeople
  const logs = Array.from({ length: groups }, (_, group) => {
    const here = ((own[group] ?? 0) + steadyingPeople * share(base, group)) / total
    return placeWeight * Math.log(Math.max(here, 1e-6) / (nation[group] ?? 1))
  })
  const relative = logs.map((log) => log - (logs[0] ?? 0))
  const most = Math.max(...relative.map(Math.abs))
  const weaken = Math.min(1, Math.log(greatestOdds) / Math.max(most, 1e-9))
  return Float64Array.from(relative, (log) => Math.exp(log * weaken))
}

/** A table to look places of one state up in; later rows of the same place win. */
export function placeTable(
  state: string,
  places: readonly PlaceCount[],
  electionDistricts: ReadonlyMap<number, number> = new Map(),
): PlaceTable {
  const own = places.filter((place) => place.state === state)
  const last = new Map(own.map((place) => [`${place.kind} ${place.name}`, place]))
  const counties = new Map<string, PlaceOdds>()
  const councils = new Map<number, PlaceOdds>()
  for (const place of last.values()) {
    const around = place.within === null ? null : (last.get(`county ${place.within}`) ?? null)
    if (place.kind === 'county') counties.set(place.name, placeOdds(place, around))
    else councils.set(Number(place.name), placeOdds(place, around))
  }
  return { counties, councils, electionDistricts }
}

/** New York City's counties and council districts, which every installation has. */
export const knownPlaces: readonly PlaceCount[] = placeCounts
  .trim()
  .split('\n')
  .map((line) => {
    const [kind, name = '', within, population, ...counts] = line.split(' ')
    const numbers = counts.map(Number)
    return {
      state: 'NY',
      kind: kind === 'county' ? 'county' : 'nyc-council',
      name,
      within: within === '-' ? null : (within ?? null),
      population: Number(population),
      communities: numbers.slice(0, 6),
      other_asian: numbers[6] ?? 0,
    }
  })

export const ourPlaces: PlaceTable = placeTable('NY', knownPlaces)
/** Nothing is known of where communities live in a state. */
const nowhere: PlaceTable = placeTable('', [])
export const ourPlacesIn = (state: string): PlaceTable => (state === 'NY' ? ourPlaces : nowhere)

/** The five counties of New York City: only there does a number of a council district mean the city's. */
const cityCounties = new Set(['bronx', 'kings', 'new-york', 'queens', 'richmond'])
const boroughs: Readonly<Record<string, string>> = {
  brooklyn: 'kings',
  manhattan: 'new-york',
  'staten island': 'richmond',
}

/** County as a voter file's slug or as people write it: 'Queens County', 'Brooklyn'. */
export function countySlug(county: string): string {
  const plain = county
    .trim()
    .toLowerCase()
    .replace(/\s+county$/, '')
  return boroughs[plain] ?? plain.replace(/[^a-z0-9]+/g, '-')
}

/** The odds of where somebody lives: the council district if known, else the county; null where neither has counts. */
export function placeOf(table: PlaceTable, county: string | null, council: number | null): PlaceOdds | null {
  const slug = county ? countySlug(county) : ''
  const district = council !== null && (slug === '' || cityCounties.has(slug)) ? table.councils.get(council) : undefined
  return district ?? table.counties.get(slug) ?? null
}

const together = new Float64Array(groups)

/** Name and place together; adds up to 1. The array is the same at every call. */
export function withPlace(name: ArrayLike<number>, place: PlaceOdds | null): Float64Array {
  let sum = 0
  for (let group = 0; group < groups; group++) {
    const value = (name[group] ?? 0) * (place ? (place[group] ?? 1) : 1)
    together[group] = value
    sum += value
  }
  for (let group = 0; group < groups; group++) together[group] = sum > 0 ? (together[group] ?? 0) / sum : 0
  return together
}

import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { districtColumn, districtJoins } from '../../geography/crosswalk.ts'
import { crosswalkKinds, type CrosswalkKind } from '../../geography/schema.ts'
import type { OfficialKind } from '../../elections/officials/schema.ts'
import { ask, fromNow, TooSlow, type Until } from '../../targeting/bounded.ts'
import { houseSpellings, readAddress, streetSpellings } from '../../voterfile/rules/streets.ts'
import { placesOf, type House, type Place } from './rules.ts'

/** Somebody waits, and so do the pages of others. */
const patience_ms = 3000
/** Houses of one street's name over a whole state: a Broadway has about ten thousand. */
const mostHouses = 20_000
/** Places to choose from; more is a street that is everywhere. */
const mostPlaces = 12

/** Do we know where voters of a state live? */
export const hasVoters = async (db: Db, state: string): Promise<boolean> => {
  const row = await db.selectFrom('voter_file').select('file_id').where('state', '=', state).where('kind', '=', 'registration').limit(1).executeTakeFirst() // prettier-ignore
  return row !== undefined
}

export type Found =
  | { ok: true; places: Place[] }
  | { ok: false; problem: 'no_address' | 'not_found' | 'too_slow' | 'everywhere' }

/**
 * Places an address may be in, with the districts of each, by where the voters of the street live. The address goes into the
 * question to the database and nowhere else.
 */
export async function findPlaces(db: Db, state: string, typed: string, kinds: readonly OfficialKind[]): Promise<Found> {
  const address = readAddress(typed)
  if (!address?.house) return { ok: false, problem: 'no_address' }
  const until = fromNow(patience_ms)
  const { said, also } = streetSpellings(address.street)
  try {
    for (const spellings of [said, also]) {
      // The street is asked whether or not somebody votes from there: how long it takes tells nobody.
      const house = await housesAt(db, state, spellings, address.house, until)
      const street = await housesAt(db, state, spellings, null, until).catch((problem: unknown) => {
        if (problem instanceof TooSlow && house.length > 0) return []
        throw problem
      })
      const [there, near] = [house, street].map((houses) => placesOf(houses, address, typed, kinds))
      const places = there?.length ? there : (near ?? [])
      if (places.length > mostPlaces) return { ok: false, problem: 'everywhere' }
      if (places.length > 0) return { ok: true, places }
    }
  } catch (problem) {
    if (problem instanceof TooSlow) return { ok: false, problem: 'too_slow' }
    throw problem
  }
  return { ok: false, problem: 'not_found' }
}

type HouseRow = Omit<House, 'districts'> & Record<'ad' | 'ed' | CrosswalkKind, number | null>

/** Where voters of streets live. `offset 0`: each street is looked up by itself, or the planner reads all voters and compares each with every street. */
export function housesQuery(state: string, spellings: readonly string[], house: string | null): RawBuilder<HouseRow> {
  const number = house === null ? sql`` : sql`and v.house_number = any(${houseSpellings(house)}::text[])`
  const known = sql.join(crosswalkKinds.map((kind) => sql`${districtColumn(kind)} as ${sql.id(kind)}`))
  return sql<HouseRow>`
      select h.house_number, h.street, h.city, h.zip5, h.county, h.ad, h.ed, h.voters, ${sql.join(crosswalkKinds.map((kind) => sql`h.${sql.id(kind)}`))}
      from (
        select v.house_number, v.street, v.city, v.zip5, v.county, v.ad, v.ed, ${known}, count(*)::integer as voters
        from unnest(${[...spellings]}::text[]) as wanted(street)
        cross join lateral (
          select v.state, v.house_number, v.street, v.city, v.zip5, v.county, v.ad, v.ed, v.cd, v.sd, v.ccd from voter_record v
          where v.state = ${state} and lower(v.street) ~>=~ wanted.street and lower(v.street) ~<~ (wanted.street || ${'\u{10FFFF}'})
            and v.house_number is not null and v.gone_in is null ${number} offset 0
        ) v ${districtJoins}
        group by v.house_number, v.street, v.city, v.zip5, v.county, v.ad, v.ed, ${sql.join(crosswalkKinds.map((kind) => districtColumn(kind)))}
      ) h limit ${mostHouses}`
} // prettier-ignore

async function housesAt(db: Db, state: string, spellings: readonly string[], house: string | null, until: Until): Promise<House[]> {
  const rows = await ask(db, housesQuery(state, spellings, house), until)
  const divided = await partsOf(db, state, rows)
  return rows.map((row) => {
    const districtsOf = (kind: CrosswalkKind): readonly number[] => {
      const own = row[kind]
      return own === null ? (divided.get(`${kind} ${row.ad} ${row.ed}`) ?? []) : [own]
    }
    return {
      ...row,
      districts: {
        congress: districtsOf('congress'),
        senate: districtsOf('senate'),
        assembly: districtsOf('assembly'),
        'nyc-council': districtsOf('nyc-council'),
      },
    }
  })
} // prettier-ignore

/** All districts an election district lies in, where it lies in several. */
async function partsOf(db: Db, state: string, rows: readonly HouseRow[]): Promise<Map<string, number[]>> {
  const within = [...new Set(rows.flatMap(({ ad }) => (ad === null ? [] : ad)))]
  if (within.length === 0) return new Map()
  const parts = await db.selectFrom('crosswalk_part').select(['kind', 'ad', 'ed', 'district']).where('state', '=', state).where('ad', 'in', within).where('share', '<', 0.99).orderBy('district').execute() // prettier-ignore
  const found = new Map<string, number[]>()
  for (const { kind, ad, ed, district } of parts) {
    const key = `${kind} ${ad} ${ed}`
    found.set(key, [...(found.get(key) ?? []), district])
  }
  return found
} // prettier-ignore

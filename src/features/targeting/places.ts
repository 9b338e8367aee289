import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { onMap } from '../geography/area/rules.ts'
import '../geography/tables.ts'
import { houseSpellings, readAddress, streetSpellings } from '../voterfile/rules/streets.ts'
import { ask, fromNow, type Until } from './bounded.ts'
import type { PlaceFound } from './endpoints.ts'

/** Somebody waits with a finger on the map. */
const patience_ms = 5000
const most = 5

/**
 * Where a house lies: no map of houses is needed, since its voters vote in an election district whose shape we have. Houses nobody
 * votes from are not found.
 */
export async function placesAt(db: Db, address: string): Promise<PlaceFound> {
  const { rows: centers } = await sql`select from district_center where kind = 'ed' limit 1`.execute(db)
  const read = readAddress(address)
  if (centers.length === 0 || !read?.house) return { has_places: centers.length > 0, places: [] }
  const until = fromNow(patience_ms)
  const { said, also } = streetSpellings(read.street)
  const exact = await housesAt(db, said, read.house, until)
  const found = exact.length > 0 ? exact : await housesAt(db, also, read.house, until)
  const places = found.flatMap(({ house_number, street, city, latitude, longitude }) => {
    const point = onMap(latitude, longitude)
    return point ? [{ label: [`${house_number} ${street}`, city].filter(Boolean).join(', '), ...point }] : []
  })
  return { has_places: true, places }
}

interface House {
  house_number: string
  street: string
  city: string | null
  latitude: number
  longitude: number
}

/** `offset 0`: each street is looked up by itself, or the planner reads all voters and compares each with every street. */
const housesAt = (db: Db, spellings: readonly string[], house: string, until: Until): Promise<House[]> =>
  ask(
    db,
    sql<House>`
      select v.house_number, v.street, v.city, c.latitude, c.longitude
      from unnest(${[...spellings]}::text[]) as wanted(street)
      cross join lateral (
        select state, house_number, street, city, ad, ed from voter_record
        where state = any(array(select distinct m.state from district_center m where m.kind = 'ed')) and lower(street) ~>=~ wanted.street and lower(street) ~<~ (wanted.street || ${'\u{10FFFF}'})
          and house_number = any(${houseSpellings(house)}::text[]) offset 0
      ) v
      join district_center c on c.state = v.state and c.kind = 'ed' and c.district = (v.ad::integer * 1000 + v.ed)::text
      group by 1, 2, 3, 4, 5 order by length(v.street), count(*) desc, 1, 2, 3 limit ${most}`,
    until,
  )

import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { onMap } from '../geography/area/rules.ts'
import '../geography/tables.ts'
import { readAddress } from '../people/search/rules.ts'
import { ask, fromNow } from './bounded.ts'
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
  const found = await ask(
    db,
    sql<{ house_number: string; street: string; city: string | null; latitude: number; longitude: number }>`
      select v.house_number, v.street, v.city, c.latitude, c.longitude from voter_record v
      join district_center c on c.kind = 'ed' and c.district = (v.ad::integer * 1000 + v.ed)::text
      where v.state = 'NY' and (${starts(read.street)} or ${starts(ordinal(read.street))})
        and upper(replace(v.house_number, '-', '')) = ${read.house}
      group by 1, 2, 3, 4, 5 order by length(v.street), count(*) desc, 1, 2, 3 limit ${most}`,
    fromNow(patience_ms),
  )
  const places = found.flatMap(({ house_number, street, city, latitude, longitude }) => {
    const point = onMap(latitude, longitude)
    return point ? [{ label: [`${house_number} ${street}`, city].filter(Boolean).join(', '), ...point }] : []
  })
  return { has_places: true, places }
}

/** By the index of addresses. */
const starts = (street: string): RawBuilder<boolean> =>
  sql`lower(v.street) ~>=~ ${street} and lower(v.street) ~<~ ${`${street}\uffff`}`

/** '38 ave' is 38th Ave to everybody who lives there. */
const ordinal = (street: string): string =>
  street.replace(/\b(\d{1,3})\b/g, (number) => {
    const last = /1[123]$/.test(number) ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[number.at(-1) ?? ''] ?? 'th')
    return `${number}${last}`
  })

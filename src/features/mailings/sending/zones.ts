import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { instantIn } from '../../../platform/clock.ts'
import { stateTimeZones, zonesOf } from '../../geography/time-zones.ts'
import { stateOfZip } from '../../geography/zip-states.ts'
import type { Mailing } from '../queries.ts'

/*
 * Mailings that go by the clock of each reader: their zone is that of the voter's state and county, else of the address post
 * goes to, else of the ZIP code; where none is known, the organization's. Who lives in a state of two zones and in no county
 * that tells which has the zone most of its people have: an hour of an e-mail is no hour of the law.
 */

type Which = Pick<Mailing, 'organization_id' | 'mailing_id'>

/** 'YYYY-MM-DDTHH:MM' by each clock: when the first reader's comes, and with it the making of the list. */
export const firstInstant = (local: string, own_zone: string): Date =>
  new Date(
    Math.min(
      ...[...new Set([own_zone, ...Object.values(stateTimeZones)])].map((zone) =>
        instantIn(zone, local.slice(0, 10), local.slice(11, 16)).getTime(),
      ),
    ),
  )

interface Place {
  state: string | null
  county: string | null
  zip3: string | null
}

const zoneOf = ({ state, county, zip3 }: Place): string | null => {
  const of = state ?? stateOfZip(zip3 && `${zip3}00`)
  return (of && zonesOf(of, state === null ? null : county)[0]) ?? null
}

/** Writes each reader's zone into the list, and, where an hour was named, when it comes for them. */
export async function zoneList(
  tx: Db,
  mailing: Which & Pick<Mailing, 'scheduled_local'>,
  own_zone: string,
): Promise<void> {
  const { organization_id, mailing_id, scheduled_local } = mailing
  const placed = sql`
    select d.n, v.state as voter_state, v.county, a.state as post_state, left(coalesce(a.zip5, p.zip5), 3) as zip3
    from mail_delivery d join person p on p.organization_id = d.organization_id and p.person_id = d.person_id
    left join voter_record v on v.voter_id = p.voter_id
    left join lateral (select x.state, x.zip5 from person_address x where x.organization_id = d.organization_id and x.person_id = d.person_id
      and x.kind <> 'earlier' and x.quality in ('good', 'unknown') order by x.is_preferred desc, x.kind = 'home' desc, x.added_at desc limit 1) a on true
    where d.organization_id = ${organization_id}::uuid and d.mailing_id = ${mailing_id}::uuid`
  const place = sql`coalesce(voter_state, post_state) as state, case when voter_state is not null then county end as county, case when coalesce(voter_state, post_state) is null then zip3 end as zip3`
  const { rows } = await sql<Place>`select distinct ${place} from (${placed}) placed`.execute(tx)
  const zones = rows.flatMap((each) => {
    const zone = zoneOf(each)
    return zone === null || zone === own_zone ? [] : [{ ...each, zone }]
  })
  await sql`
    update mail_delivery d set time_zone = z.zone
    from (select n, ${place} from (${placed}) placed) own
    join jsonb_to_recordset(${JSON.stringify(zones)}::jsonb) as z (state text, county text, zip3 text, zone text)
      on z.state is not distinct from own.state and z.county is not distinct from own.county and z.zip3 is not distinct from own.zip3
    where d.organization_id = ${organization_id}::uuid and d.mailing_id = ${mailing_id}::uuid and d.n = own.n`.execute(
    tx,
  )
  if (scheduled_local !== null)
    await sql`update mail_delivery set next_at = ${scheduled_local}::timestamp at time zone coalesce(time_zone, ${own_zone})
      where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid`.execute(tx)
}

/** Which zones its readers have, the organization's among them. */
export async function zonesIn(db: Db, { organization_id, mailing_id }: Which, own_zone: string): Promise<string[]> {
  const { rows } = await sql<{ zone: string }>`
    select distinct coalesce(time_zone, ${own_zone}) as zone from mail_delivery
    where organization_id = ${organization_id}::uuid and mailing_id = ${mailing_id}::uuid`.execute(db)
  return rows.map(({ zone }) => zone)
}

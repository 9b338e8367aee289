import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { isCountyKnown } from '../../geography/time-zones.ts'
import type { PhoneBank } from '../dashboard.ts'
import { placeOf } from '../rules.ts'
import '../tables.ts'

export interface UnknownCounty {
  state: string
  /** As the voter file has it; null: nothing. */
  county: string | null
  voters: number
}

/** Voters of the list who live in a state of two time zones, in a county nobody knows: most first. */
export async function unknownCounties(db: Db, bank: PhoneBank): Promise<UnknownCounty[]> {
  // Whose zone is known has one; in most lists everybody's is.
  if (!bank.zones.some((place) => place.includes('+'))) return []
  const { rows } = await sql<UnknownCounty>`
    select r.state, r.county, count(*)::integer as voters from phone_bank_target t join voter_record r on r.voter_id = t.voter_id
    where t.organization_id = ${bank.organization_id}::uuid and t.phone_bank_id = ${bank.phone_bank_id}::uuid and t.time_zone like '%+%'
    group by r.state, r.county order by voters desc, r.state, r.county`.execute(db)
  return rows.filter(({ state, county }) => !isCountyKnown(state, county))
}

export interface StateOfList {
  state: string
  voters: number
}

/** Of the list: states with no holidays of their own in quiet-days.ts, most voters first. */
export async function statesWithoutDays(db: Db, bank: PhoneBank): Promise<StateOfList[]> {
  // A place names the state where that has days of its own; in most lists every place does.
  if (bank.zones.every((place) => placeOf(place).state !== null)) return []
  const { rows } = await sql<StateOfList>`
    select r.state, count(*)::integer as voters from phone_bank_target t join voter_record r on r.voter_id = t.voter_id
    where t.organization_id = ${bank.organization_id}::uuid and t.phone_bank_id = ${bank.phone_bank_id}::uuid
      and t.time_zone not like '% %'
    group by r.state order by voters desc, r.state`.execute(db)
  return rows
}

import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { EventPart } from '../../targeting/schema.ts'
import './tables.ts'

export interface PartHeld {
  part_id: string
  part: EventPart
  /** null: a guest from outside. */
  person_id: string | null
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  /** Of a guest. */
  name: string | null
  /** They have a seat, so they are reminded and stand at the door. */
  has_seat: boolean
}

/** Who has which part at an event, in the order it was given. */
export async function partsOf(db: Db, organization_id: string, event_id: string): Promise<PartHeld[]> {
  const { rows } = await sql<PartHeld>`
    select k.part_id, k.part, p.person_id, coalesce(p.first_name, v.first_name) as first_name, coalesce(p.last_name, v.last_name) as last_name,
      p.name_hangul, k.name, exists (select from event_signup s join person y on y.organization_id = s.organization_id and y.person_id = s.person_id
        where s.organization_id = k.organization_id and s.event_id = k.event_id and coalesce(y.merged_into, y.person_id) = p.person_id
          and s.response in ('signed_up', 'confirmed') and s.accept_by is null) as has_seat
    from event_part k
    left join person w on w.organization_id = k.organization_id and w.person_id = k.person_id
    left join person p on p.organization_id = w.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
    left join voter_record v on v.voter_id = p.voter_id
    where k.organization_id = ${organization_id}::uuid and k.event_id = ${event_id}::uuid
    order by k.made_at, k.part_id`.execute(db)
  return rows
}

/** The parts somebody has at an event, for what they are mailed. */
export async function partsOfPerson(
  db: Db,
  organization_id: string,
  event_id: string,
  person_id: string,
): Promise<EventPart[]> {
  const rows = await partsOf(db, organization_id, event_id)
  return [...new Set(rows.filter((row) => row.person_id === person_id).map(({ part }) => part))]
}

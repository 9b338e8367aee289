import { sql, type RawBuilder } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { kindOf, kindsOf, type Event } from '../queries.ts'
import type { Guardian, GuardianWay, MinorState } from './schema.ts'
import './tables.ts'

/** The year ages are counted in, by the calendar of its place; null: the event asks for no guardian's word. */
export async function minorsIn(db: Db, { organization_id, kind, time_zone, starts_at }: Event): Promise<number | null> {
  const { needs } = kindOf(await kindsOf(db, organization_id), kind)
  return needs.includes('minors_consent') ? Number(dateIn(time_zone, starts_at).slice(0, 4)) : null
}

/** Of a sign-up `s` of the person `p`: under 18 by their own word, or by the year of birth we know whatever their birthday. */
export const minorState = (year: number | null): RawBuilder<MinorState> => sql<MinorState>`case
  when ${year}::integer is null or not (s.is_minor or coalesce(p.birth_year > ${year}::integer - 18, false)) then 'no'
  when exists (select from event_guardian g where g.organization_id = s.organization_id and g.signup_id = s.signup_id) then 'agreed'
  else 'missing' end`

export interface Minor {
  signup_id: string
  state: Exclude<MinorState, 'no'>
  guardian: (Guardian & { how: GuardianWay }) | null
}

/** Who of these is under 18, by sign-up, where the event asks for a guardian's word. */
export async function minorsOf(db: Db, event: Event, signup_ids: readonly string[]): Promise<Map<string, Minor>> {
  const year = await minorsIn(db, event)
  if (year === null) return new Map()
  const { rows } = await sql<Omit<Minor, 'state'> & { state: MinorState }>`
    select s.signup_id, ${minorState(year)} as state,
      (select jsonb_build_object('name', g.name, 'phone', g.phone, 'relation', g.relation, 'how', g.how) from event_guardian g
        where g.organization_id = s.organization_id and g.signup_id = s.signup_id) as guardian
    from event_signup s
    join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
    join person p on p.organization_id = s.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
    where s.organization_id = ${event.organization_id}::uuid and s.event_id = ${event.event_id}::uuid
      and s.signup_id = any(${[...signup_ids]}::uuid[])`.execute(db)
  return new Map(rows.flatMap(({ state, ...row }) => (state === 'no' ? [] : [[row.signup_id, { ...row, state }]])))
}

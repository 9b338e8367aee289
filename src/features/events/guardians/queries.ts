import { sql, type RawBuilder } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { kindOf, kindsOf, type Event } from '../queries.ts'
import type { Guardian, GuardianWay, MinorState } from './schema.ts'
import './tables.ts'

/** Does this event ask for a guardian's word? */
async function asksForGuardians(db: Db, event: Event): Promise<boolean> {
  return kindOf(await kindsOf(db, event.organization_id), event.kind).needs.includes('minors_consent')
}

/** By the calendar of its place. */
const yearOf = ({ time_zone, starts_at }: Event): number => Number(dateIn(time_zone, starts_at).slice(0, 4))

/** The year ages are counted in; null: the event asks for no guardian's word. */
export const minorsIn = async (db: Db, event: Event): Promise<number | null> =>
  (await asksForGuardians(db, event)) ? yearOf(event) : null

/** Of a sign-up `s` of the person `p`: under 18 by their own word, or by the year of birth we know whatever their birthday. */
export const minorState = (asks: boolean, year: number): RawBuilder<MinorState> => sql<MinorState>`case
  when not ${asks}::boolean or not (s.is_minor or coalesce(p.birth_year > ${year - 18}::integer, false)) then 'no'
  when exists (select from event_guardian g where g.organization_id = s.organization_id and g.signup_id = s.signup_id) then 'agreed'
  else 'missing' end`

export interface Minor {
  signup_id: string
  state: Exclude<MinorState, 'no'>
  guardian: (Guardian & { how: GuardianWay }) | null
}

/** Everybody under 18 at an event that asks for a guardian's word, by sign-up. */
export async function minorsOf(db: Db, event: Event): Promise<Map<string, Minor>> {
  if (!(await asksForGuardians(db, event))) return new Map()
  const { rows } = await sql<Omit<Minor, 'state'> & { state: MinorState }>`
    select s.signup_id, ${minorState(true, yearOf(event))} as state,
      (select jsonb_build_object('name', g.name, 'phone', g.phone, 'relation', g.relation, 'how', g.how) from event_guardian g
        where g.organization_id = s.organization_id and g.signup_id = s.signup_id) as guardian
    from event_signup s
    join person w on w.organization_id = s.organization_id and w.person_id = s.person_id
    join person p on p.organization_id = s.organization_id and p.person_id = coalesce(w.merged_into, w.person_id)
    where s.organization_id = ${event.organization_id}::uuid and s.event_id = ${event.event_id}::uuid`.execute(db)
  return new Map(rows.flatMap(({ state, ...row }) => (state === 'no' ? [] : [[row.signup_id, { ...row, state }]])))
}

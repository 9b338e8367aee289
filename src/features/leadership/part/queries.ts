import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { delegationsTo, type Delegation } from '../../access/delegations/queries.ts'
import { seated } from '../../events/schema.ts'
import { duesOf, membershipsOf, paidUntil, standingOn, type Membership } from '../../people/membership/queries.ts'
import { cohortsOfPerson, sessionsOf } from '../cohorts/queries.ts'
import '../tables.ts'

/** What somebody with an account is part of. */
export interface Part {
  memberships: (Pick<Membership, 'kind' | 'kind_name' | 'standing'> & { paid_until: string | null })[]
  cohorts: {
    cohort_id: string
    name: Record<string, string>
    is_accepted: boolean
    /** The next session. */
    next: { title: string; held_on: string } | null
  }[]
  /** Events to come where they have a seat, with the last part of their address. */
  seats: { code: string; title: Record<string, string>; starts_at: Date; time_zone: string }[]
  delegations: Delegation[]
}

/** Of the person this account was joined to; null: of nobody, or of somebody who is part of nothing yet. */
export async function partOf(
  db: Db,
  organization_id: string,
  user_id: string,
  { today, now }: { today: string; now: Date },
): Promise<Part | null> {
  const person = await db
    .selectFrom('person_account')
    .select('person_id')
    .where('organization_id', '=', organization_id)
    .where(sql<string>`user_id::text`, '=', user_id)
    .executeTakeFirst()
  if (!person) return null
  const { person_id } = person
  const [memberships, dues, applied, delegations, seats] = await Promise.all([
    membershipsOf(db, organization_id, person_id),
    duesOf(db, organization_id, person_id),
    cohortsOfPerson(db, organization_id, person_id),
    delegationsTo(db, organization_id, [user_id]),
    sql<Part['seats'][number]>`select e.code, e.content -> 'title' as title, e.starts_at, e.time_zone from event e
      where e.organization_id = ${organization_id}::uuid and e.canceled_at is null and e.published_at is not null and e.ends_at > ${now}
        and exists (select from event_signup s where s.organization_id = e.organization_id and s.event_id = e.event_id
          and s.person_id = ${person_id}::uuid and s.response = any(${[...seated]}::text[]))
      order by e.starts_at, e.event_id limit 5`.execute(db),
  ])
  const running = applied.filter(({ state }) => state === 'accepted' || state === 'applied')
  const cohorts = await Promise.all(
    running.map(async ({ cohort_id, name, state }) => {
      const is_accepted = state === 'accepted'
      const next = is_accepted
        ? (await sessionsOf(db, organization_id, cohort_id)).find(({ held_on }) => held_on >= today)
        : undefined
      return { cohort_id, name, is_accepted, next: next ? { title: next.title, held_on: next.held_on } : null }
    }),
  )
  const part: Part = {
    memberships: standingOn(memberships, today)
      .filter(({ standing }) => standing !== 'resigned' && standing !== 'expelled')
      .map(({ kind, kind_name, standing }) => {
        const until = paidUntil(dues, kind)
        return { kind, kind_name, standing, paid_until: until === 'life' ? null : until }
      }),
    cohorts,
    seats: seats.rows,
    delegations: delegations.filter(({ ended_at, until_on }) => ended_at === null && until_on >= today),
  }
  return Object.values(part).some((each: readonly unknown[]) => each.length > 0) ? part : null
}

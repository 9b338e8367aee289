import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { isSupport, lastAnswers } from '../../features/targeting/sql.ts'
import { votersOf, type District } from '../../features/targeting/district-figures.ts'

/** What an organization has done in a district. */
export interface DistrictContacts {
  attempts: number
  /** Voters spoken with at least once. */
  reached: number
  /** Last score of each voter, '1' to '5'. */
  support: { score: number; count: number }[]
  /** Calls of the last seven days. */
  recent: number
}

/** From the attempts to the voters: an organization's attempts are few against a state's voters. */
export async function districtContacts(
  db: Db,
  organization_id: string,
  district: District,
  now: Date,
): Promise<DistrictContacts> {
  const attempts = sql`
    select a.attempt_id, is_conversation(a.disposition, a.spoke_with) as is_conversation, a.attempted_at, coalesce(a.voter_id, p.voter_id) as voter_id
    from contact_attempt a left join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
    where a.organization_id = ${organization_id} and a.undone_at is null`
  const week = new Date(now.getTime() - 7 * 86_400_000)
  const [sums, support] = await Promise.all([
    sql<{ attempts: number; reached: number; recent: number }>`
      select count(*) as attempts, count(distinct at.voter_id) filter (where at.is_conversation) as reached,
        count(*) filter (where at.attempted_at >= ${week}) as recent
      from (${attempts}) at join voter_record v on v.voter_id = at.voter_id where ${votersOf(district)}`.execute(db),
    sql<{ score: number; count: number }>`
      select last.score, count(*) as count from (
        select answer.voter_id, case when answer.value #>> '{}' ~ '^[1-5]$' then (answer.value #>> '{}')::integer end as score
        from (${lastAnswers(organization_id, isSupport)}) answer
      ) last join voter_record v on v.voter_id = last.voter_id where last.score is not null and ${votersOf(district)}
      group by last.score order by last.score`.execute(db),
  ])
  return { ...(sums.rows[0] ?? { attempts: 0, reached: 0, recent: 0 }), support: support.rows }
}

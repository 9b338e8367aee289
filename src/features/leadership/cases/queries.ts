import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { mayDo } from '../../access/permissions.ts'
import { presentMembers, type Present } from '../ladder/queries.ts'
import { nameColumns, type Named } from '../names.ts'
import '../tables.ts'
import type { CaseEnd, Milestone } from './schema.ts'

export interface CaseKind {
  kind_id: string
  name: Record<string, string>
  milestones: Milestone[]
  archived_at: Date | null
}

/** In the order they were made, those put away last. */
export const caseKinds = (db: Db, organization_id: string): Promise<CaseKind[]> =>
  db
    .selectFrom('help_case_kind')
    .select(['kind_id', 'name', 'milestones', 'archived_at'])
    .where('organization_id', '=', organization_id)
    .orderBy(sql`archived_at is not null`)
    .orderBy('made_at')
    .orderBy('kind_id')
    .execute()

export interface HelpCase extends Named {
  case_id: string
  kind_id: string
  kind: Record<string, string>
  title: string
  about: string | null
  owner_id: string | null
  /** Null also where they have left the organization. */
  owner: string | null
  opened_on: string
  made_by: string
  made_at: Date
  closed_at: Date | null
  closed_by: string | null
  closed_as: CaseEnd | null
  outcome: string | null
  /** What is to be done for it, and what was done. */
  open: number
  done: number
  /** The day by which the next of it is to be done. */
  next_on: string | null
}

interface CaseFilter {
  state?: 'open' | 'closed'
  /** A member's user id. */
  owner?: string
  person_id?: string
  case_id?: string
  from?: number
  limit?: number
}

/** Open ones by the day on which something is due, those that are closed by when; and how many there are. */
export async function helpCases(
  db: Db,
  organization_id: string,
  { state, owner, person_id, case_id, from = 0, limit = 50 }: CaseFilter,
): Promise<{ cases: HelpCase[]; total: number }> {
  const { rows } = await sql<HelpCase & { total: number }>`
    select c.case_id, c.kind_id, k.name as kind, c.title, c.about, c.owner_id, m.display_name as owner, c.opened_on, c.made_by, c.made_at,
      c.closed_at, c.closed_by, c.closed_as, c.outcome, ${nameColumns}, d.open, d.done, d.next_on, count(*) over ()::integer as total
    from help_case c
    join help_case_kind k on k.organization_id = c.organization_id and k.kind_id = c.kind_id
    join person p on p.organization_id = c.organization_id and p.person_id = c.person_id
    left join voter_record r on r.voter_id = p.voter_id
    left join member m on m.organization_id = c.organization_id and m.user_id = c.owner_id and m.ended_at is null
    cross join lateral (select count(*) filter (where t.ended_at is null)::integer as open, count(*) filter (where t.ended_as = 'done')::integer as done,
        min(t.due_on) filter (where t.ended_at is null) as next_on
      from task t where t.organization_id = c.organization_id and t.case_id = c.case_id) d
    where c.organization_id = ${organization_id}::uuid
      and (${state ?? null}::text is null or (c.closed_at is null) = ${state === 'open'})
      and (${owner ?? null}::uuid is null or c.owner_id = ${owner ?? null}::uuid)
      and (${person_id ?? null}::uuid is null or c.person_id = ${person_id ?? null}::uuid)
      and (${case_id ?? null}::uuid is null or c.case_id = ${case_id ?? null}::uuid)
    order by ${state === 'closed' ? sql`c.closed_at desc` : sql`c.closed_at is not null, d.next_on nulls last, c.opened_on`}, c.case_id
    offset ${from} limit ${limit}`.execute(db)
  return { cases: rows, total: rows[0]?.total ?? 0 }
}

/** Who may see to a case: whoever may open it. */
export async function caseOwners(db: Db, organization_id: string): Promise<Present[]> {
  const members = await presentMembers(db, organization_id)
  return members.filter(({ roles }) => mayDo({ roles, is_steward: false }, 'leadership.work'))
}

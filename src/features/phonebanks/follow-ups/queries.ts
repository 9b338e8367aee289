import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { displayName, hangulOf } from '../cards.ts'
import type { CallCard } from '../schema.ts'
import type { FollowUpKind } from '../tables.ts'
import '../../people/tables.ts'
import '../../voterfile/tables.ts'

export interface FollowUp {
  follow_up_id: string
  kind: FollowUpKind
  voter_id: number | null
  person_id: string | null
  phone_bank_id: string | null
  name: string
  hangul: CallCard['hangul']
  phone: string | null
  note: string | null
  made_by: string
  made_at: Date
  solved_at: Date | null
  solved_by: string | null
  solution: string | null
  /** The voter waits for it. */
  is_waiting: boolean
}

export interface FollowUpFilter {
  is_solved: boolean
  kind: FollowUpKind | null
  phone_bank_id: string | null
  from: number
  limit: number
}

/** Follow-ups of the organization: those to do with the oldest first, those done with the newest first. */
export async function followUps(
  db: Db,
  organization_id: string,
  { is_solved, kind, phone_bank_id, from, limit }: FollowUpFilter,
): Promise<{ rows: FollowUp[]; total: number }> {
  const those = sql`f.organization_id = ${organization_id}::uuid and (f.solved_at is not null) = ${is_solved}
    and (${kind}::text is null or f.kind = ${kind}::text) and (${phone_bank_id}::uuid is null or f.phone_bank_id = ${phone_bank_id}::uuid)`
  const order = is_solved ? sql`f.solved_at desc` : sql`f.made_at`
  const { rows } = await sql<
    FollowUp & {
      first_name: string | null
      middle_name: string | null
      last_name: string | null
      name_hangul: string | null
      p_korean: number | null
    }
  >`select f.follow_up_id, f.kind, coalesce(f.voter_id, p.voter_id) as voter_id, p.person_id, f.phone_bank_id, f.note, f.made_by, f.made_at, f.solved_at, f.solved_by, f.solution,
      coalesce(a.phone, (select n.phone from person_phone n where n.organization_id = f.organization_id and n.person_id = p.person_id
        order by n.is_preferred desc, n.added_at limit 1)) as phone, coalesce(t.state = 'waiting' and t.why = 'organizer', false) as is_waiting,
      coalesce(p.first_name, r.first_name) as first_name, coalesce(p.middle_name, r.middle_name) as middle_name,
      coalesce(p.last_name, r.last_name) as last_name, p.name_hangul, r.p_korean
    from (select * from follow_up f where ${those} order by ${order}, f.follow_up_id limit ${limit} offset ${from}) f
    left join person p on p.organization_id = f.organization_id and p.merged_into is null
      and (p.voter_id = f.voter_id or (f.voter_id is null and p.person_id = f.person_id))
    left join voter_record r on r.voter_id = coalesce(f.voter_id, p.voter_id)
    left join contact_attempt a on a.organization_id = f.organization_id and a.attempt_id = f.attempt_id
    left join phone_bank_target t on t.organization_id = f.organization_id and t.phone_bank_id = f.phone_bank_id and t.voter_id = f.voter_id
    order by ${order}, f.follow_up_id`.execute(db)
  const counted = await sql<{
    count: number
  }>`select count(*)::integer as count from follow_up f where ${those}`.execute(db)
  return {
    total: counted.rows[0]?.count ?? 0,
    rows: rows.map((row) => {
      const named = { ...row, last_name: row.last_name ?? '', p_korean: row.p_korean ?? 0 }
      return { ...row, name: displayName(named), hangul: hangulOf(named) }
    }),
  }
}

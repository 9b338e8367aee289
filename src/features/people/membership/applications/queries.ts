import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../../platform/db/db.ts'
import { found } from '../../../../platform/errors.ts'
import type { MembershipApplicationTable, MembershipPageTable } from '../../tables.ts'

export type MembershipPageRow = Selectable<MembershipPageTable>

/** The page as it is set up; closed where nobody did. */
export async function membershipPageOf(db: Db, organization_id: string): Promise<MembershipPageRow> {
  const row = await db
    .selectFrom('membership_page')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  return row ?? { organization_id, is_open: false, intro: {}, how_to_pay: {}, framed_by: [], sends_reminders: false }
}

export type ApplicationRow = Selectable<MembershipApplicationTable> & {
  kind_name: Record<string, string>
  /** How the membership stands today, in any kind. */
  standings: string[]
}

export const applicationsShown = ['waiting', 'decided'] as const
export type ApplicationsShown = (typeof applicationsShown)[number]

/** Waiting ones from the first, decided ones from the last. */
export async function applicationsOf(
  db: Db,
  organization_id: string,
  show: ApplicationsShown,
  day: string,
  { from, size }: { from: number; size: number },
): Promise<{ rows: ApplicationRow[]; total: number }> {
  const theirs = sql`a.organization_id = ${organization_id}::uuid and ${show === 'waiting' ? sql`a.state = 'waiting'` : sql`a.state <> 'waiting'`}`
  const [{ rows }, counted] = await Promise.all([
    sql<ApplicationRow>`
    select a.*, k.name as kind_name, array(select s.standing from (select distinct on (m.kind) m.standing from membership m
        where m.organization_id = a.organization_id and m.person_id = a.person_id and m.removed_at is null and m.from_on <= ${day}::date
        order by m.kind, m.from_on desc, m.recorded_at desc, m.membership_id) s) as standings
    from membership_application a join membership_kind k on k.organization_id = a.organization_id and k.kind = a.kind
    where ${theirs}
    order by ${show === 'waiting' ? sql`a.received_at` : sql`coalesce(a.decided_at, a.received_at) desc`}, a.application_id
    limit ${size} offset ${from}`.execute(db),
    sql<{ total: number }>`select count(*)::integer as total from membership_application a where ${theirs}`.execute(db),
  ])
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

/** How many wait for somebody to decide. */
export async function waitingCount(db: Db, organization_id: string): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::integer as waiting from membership_application where organization_id = ${organization_id}::uuid and state = 'waiting'`.execute(
    db,
  )
  return rows[0]?.waiting ?? 0
}

/** NotFound where the organization has no such application, decided or not. */
export const applicationThere = async (db: Db, organization_id: string, application_id: string) =>
  found(
    await db
      .selectFrom('membership_application')
      .select('state')
      .where('organization_id', '=', organization_id)
      // As text: what is no id at all is not found either.
      .where(sql`application_id::text`, '=', application_id)
      .executeTakeFirst(),
  )

import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { parsedEvent, type Event } from '../queries.ts'
import { Said } from '../schema.ts'
import { hostingBefore, Sent, type Hosting } from './schema.ts'
import type { EventProposalTable } from './tables.ts'
import './tables.ts'
import '../../organizations/tables.ts'

export type ProposalRow = Selectable<EventProposalTable>

const parsed = (row: ProposalRow): ProposalRow => ({ ...row, sent: Sent.parse(row.sent), said: Said.parse(row.said) })

/** Who may propose to host what. */
export async function hostingOf(db: Db, organization_id: string): Promise<Hosting> {
  const row = await db
    .selectFrom('event_hosting')
    .select(['kinds', 'is_public'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  return row ?? hostingBefore
}

export async function proposalById(
  db: Db,
  organization_id: string,
  proposal_id: string,
): Promise<ProposalRow | undefined> {
  const row = await db
    .selectFrom('event_proposal')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('proposal_id', '=', proposal_id)
    .executeTakeFirst()
  return row && parsed(row)
}

/** Those that wait with the oldest first, then what was decided, the newest first. */
export async function proposalsOf(
  db: Db,
  organization_id: string,
  { limit }: { limit: number },
): Promise<ProposalRow[]> {
  const rows = await db
    .selectFrom('event_proposal')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .orderBy(sql`state <> 'waiting'`)
    .orderBy(sql`case when state = 'waiting' then received_at end`)
    .orderBy('decided_at', 'desc')
    .orderBy('proposal_id')
    .limit(limit)
    .execute()
  return rows.map(parsed)
}

export async function proposalsWaiting(db: Db, organization_id: string): Promise<number> {
  const { count } = await db
    .selectFrom('event_proposal')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organization_id)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return count
}

/** The proposal an event came of: who hosts it. */
export async function hostOf(db: Db, organization_id: string, event_id: string): Promise<ProposalRow | undefined> {
  const row = await db
    .selectFrom('event_proposal')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .executeTakeFirst()
  return row && parsed(row)
}

/** What a member proposed or hosts, also by an invitation they accepted; the next day first. */
export async function proposalsBy(
  db: Db,
  organization_id: string,
  user_id: string,
): Promise<{ proposal: ProposalRow; event: Event | null }[]> {
  const rows = await db
    .selectFrom('event_proposal as p')
    .selectAll('p')
    .where('p.organization_id', '=', organization_id)
    .where(
      sql<boolean>`(p.user_id = ${user_id}::uuid or exists (select from invitation i where i.organization_id = p.organization_id
        and i.invitation_id = p.invitation_id and i.accepted_by = ${user_id}::uuid))`,
    )
    .orderBy('p.received_at', 'desc')
    .limit(50)
    .execute()
  const ids = rows.flatMap(({ event_id }) => event_id ?? [])
  const events =
    ids.length === 0
      ? []
      : await db
          .selectFrom('event')
          .selectAll()
          .where('organization_id', '=', organization_id)
          .where('event_id', 'in', ids)
          .execute()
  return rows.map((row) => {
    const event = events.find(({ event_id }) => event_id === row.event_id)
    return { proposal: parsed(row), event: event ? parsedEvent(event) : null }
  })
}

/** The present member whose account has this mailbox. */
export async function memberWith(db: Db, organization_id: string, email: string): Promise<string | null> {
  const row = await db
    .selectFrom('member')
    .innerJoin('member_account', 'member_account.user_id', 'member.user_id')
    .select('member.user_id')
    .where('member.organization_id', '=', organization_id)
    .where('member.ended_at', 'is', null)
    .where(sql`lower(member_account.email)`, '=', email.toLowerCase())
    .executeTakeFirst()
  return row?.user_id ?? null
}

/** The person an account is joined to. */
export async function personOfAccount(db: Db, organization_id: string, user_id: string): Promise<string | null> {
  const { rows } = await sql<{ person_id: string }>`
    select coalesce(p.merged_into, p.person_id) as person_id from person_account a
    join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
    where a.organization_id = ${organization_id}::uuid and a.user_id = ${user_id}::uuid`.execute(db)
  return rows[0]?.person_id ?? null
}

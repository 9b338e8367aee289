import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { audit } from '../../../platform/audit.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { actorOfCaller, type Caller } from '../caller.ts'
import '../../contacts/tables.ts'
import '../tables.ts'

export type WalkUp =
  | { voter_id: number; problem: null }
  | { voter_id: null; problem: 'unknown' | 'taken' | 'closed' }
  | { voter_id: null; problem: 'elsewhere'; bank: LocalizedText | null }

/** Numbers dialled longer ago are called back by nobody. */
const return_days = 14

/** Another person at the home of a voter in this caller's hand: only them, so that nobody can be looked up this way. */
export async function openMember(db: Db, caller: Caller, voter_id: number, now: Date): Promise<WalkUp> {
  const { organization_id, phone_bank_id } = caller
  const { rows } = await sql<{ is_together: boolean }>`select exists (
      select from call_lease l join phone_bank_target t on t.organization_id = l.organization_id and t.phone_bank_id = l.phone_bank_id
        and t.voter_id = l.voter_id
      where l.organization_id = ${organization_id}::uuid and l.caller_id = ${caller.caller_id}::uuid and ${voter_id}::integer = any(t.together)) as is_together`.execute(
    db,
  )
  if (!rows[0]?.is_together) return { voter_id: null, problem: 'unknown' }
  return takeForTalk(db, caller, phone_bank_id, voter_id, 'phonebank.take_household', now)
}

/**
 * The voter whom anybody of the organization last called at this number, talked with on this caller's list. One of another
 * list is not shown here; its phone bank is named, unless it works in another lane.
 */
export async function openReturnCall(db: Db, caller: Caller, phone: string, now: Date): Promise<WalkUp> {
  const { organization_id, phone_bank_id } = caller
  const since = new Date(now.getTime() - return_days * 86_400_000).toISOString()
  const { rows } = await sql<{ voter_id: number; is_mine: boolean; bank: LocalizedText | null }>`
    select a.voter_id, t.voter_id is not null as is_mine, case when b.lane = mine.lane then b.name end as bank
    from contact_attempt a
    join phone_bank b on b.organization_id = a.organization_id and b.phone_bank_id = a.phone_bank_id
    join phone_bank mine on mine.organization_id = a.organization_id and mine.phone_bank_id = ${phone_bank_id}::uuid
    left join phone_bank_target t on t.organization_id = a.organization_id and t.phone_bank_id = mine.phone_bank_id and t.voter_id = a.voter_id
    where a.organization_id = ${organization_id}::uuid and a.phone = ${phone} and a.undone_at is null and a.attempted_at > ${since}::timestamptz
      and a.voter_id is not null
      -- By whose number it is, or of this phone bank: nothing is kept in order by number.
      and (a.voter_id = any(voters_at_number(${organization_id}::uuid, ${phone})) or a.phone_bank_id = ${phone_bank_id}::uuid)
    order by is_mine desc, a.attempted_at desc limit 1`.execute(db)
  const [found] = rows
  if (!found) return { voter_id: null, problem: 'unknown' }
  if (!found.is_mine) return { voter_id: null, problem: 'elsewhere', bank: found.bank }
  return takeForTalk(db, caller, phone_bank_id, found.voter_id, 'phonebank.return_call', now)
}

/** Somebody on this list called the office: whoever answered there talks with them. */
export const openOfficeCall = (db: Db, caller: Caller, voter_id: number, now: Date): Promise<WalkUp> =>
  takeForTalk(db, caller, caller.phone_bank_id, voter_id, 'phonebank.return_call', now)

async function takeForTalk(
  db: Db,
  caller: Caller,
  phone_bank_id: string,
  voter_id: number,
  action: 'phonebank.take_household' | 'phonebank.return_call',
  now: Date,
): Promise<WalkUp> {
  const target = await db
    .selectFrom('phone_bank_target')
    .select(['state', 'leased_to'])
    .where('organization_id', '=', caller.organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirst()
  if (!target) return { voter_id: null, problem: 'unknown' }
  if (target.state === 'leased' && target.leased_to !== caller.caller_id) return { voter_id: null, problem: 'taken' }
  if (target.state === 'leased') return { voter_id, problem: null }
  const { rows } = await sql<{
    is_taken: boolean
  }>`select take_for_talk(b, ${caller.caller_id}::uuid, ${voter_id}::integer, ${now.toISOString()}::timestamptz) as is_taken
    from phone_bank b where organization_id = ${caller.organization_id}::uuid and phone_bank_id = ${phone_bank_id}::uuid`.execute(
    db,
  )
  if (!rows[0]?.is_taken) return { voter_id: null, problem: 'closed' }
  await audit(db, actorOfCaller(caller), {
    action,
    subject: 'phone_bank',
    subject_id: phone_bank_id,
    after: { voter_id },
  })
  return { voter_id, problem: null }
}

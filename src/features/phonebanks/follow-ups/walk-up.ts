import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { audit } from '../../../platform/audit.ts'
import { actorOfCaller, type Caller } from '../caller.ts'
import '../../contacts/tables.ts'
import '../tables.ts'

export type WalkUp = { voter_id: number; problem: null } | { voter_id: null; problem: 'unknown' | 'taken' | 'closed' }

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

/** The voter who was last called at this number by this phone bank. */
export async function openReturnCall(db: Db, caller: Caller, phone: string, now: Date): Promise<WalkUp> {
  const { organization_id, phone_bank_id } = caller
  const attempt = await db
    .selectFrom('contact_attempt')
    .select('voter_id')
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('phone', '=', phone)
    .where('undone_at', 'is', null)
    .where('attempted_at', '>', new Date(now.getTime() - return_days * 86_400_000))
    .where('voter_id', 'is not', null)
    .orderBy('attempted_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!attempt || attempt.voter_id === null) return { voter_id: null, problem: 'unknown' }
  return takeForTalk(db, caller, phone_bank_id, attempt.voter_id, 'phonebank.return_call', now)
}

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

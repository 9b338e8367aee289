import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Caller } from '../caller.ts'
import '../tables.ts'

/** Everything in this caller's hand stays theirs for that long. null: nothing is in hand. */
export async function leaseForHours(db: Db, caller: Caller, hours: number, now: Date): Promise<Date | null> {
  const until = new Date(now.getTime() + hours * 3_600_000)
  const { rows } = await sql<{ leased_until: Date }>`
    update call_lease set leased_until = greatest(leased_until, ${until.toISOString()}::timestamptz)
    where organization_id = ${caller.organization_id}::uuid and caller_id = ${caller.caller_id}::uuid
    returning leased_until`.execute(db)
  return rows.length ? until : null
}

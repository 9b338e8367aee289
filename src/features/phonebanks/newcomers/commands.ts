import { sql } from 'kysely'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import type { ToConfirm } from '../../events/calls/queries.ts'
import type { Caller } from '../caller.ts'
import type { CallingHours } from '../rules.ts'
import { atHand, newcomersOf, standingsOf } from './queries.ts'
import { lease_minutes } from './schema.ts'
import './tables.ts'

/** Puts the next of them into a caller's hand, if one may be rung now; whom they have stays. */
export async function takeNewcomer(db: Db, caller: Caller, hours: CallingHours, now: Date): Promise<void> {
  const at = await atHand(db, caller, hours, now)
  if (!at || at.hand || at.closed_until) return
  const rows = await newcomersOf(db, caller, at.event.event_id, now)
  const ready = (await standingsOf(db, caller, rows, now)).flatMap(({ is, row }) => (is === 'ready' ? row : []))
  await inTransaction(db, async (tx) => {
    // Turns of the queue take it shared for each number they lease: what is done under it is short.
    await sql`select pg_advisory_xact_lock(hashtext('newcomer_lease'), hashtext(${caller.organization_id}))`.execute(tx)
    for (const row of ready) if (await lease(tx, caller, row, now)) return
  })
}

/** false: meanwhile they answered or were rung, or somebody else has them, or their number, in hand or on a printed sheet. */
async function lease(
  tx: Db,
  { organization_id, phone_bank_id, caller_id }: Caller,
  { signup_id, person_id, phone: line, tried_at }: ToConfirm,
  now: Date,
): Promise<boolean> {
  const until = new Date(now.getTime() + lease_minutes * 60_000)
  const { numAffectedRows } = await sql`
    insert into newcomer_lease (organization_id, signup_id, phone_bank_id, caller_id, line, leased_at, leased_until)
    select s.organization_id, s.signup_id, ${phone_bank_id}::uuid, ${caller_id}::uuid, ${line}::text, ${now}::timestamptz, ${until}::timestamptz
    from event_signup s
    where s.organization_id = ${organization_id}::uuid and s.signup_id = ${signup_id}::uuid and s.response = 'signed_up'
      and not exists (select from call_lease l where l.organization_id = s.organization_id and l.line = ${line}::text)
      and not exists (select from newcomer_lease n join event_signup o on o.organization_id = n.organization_id and o.signup_id = n.signup_id
        where n.organization_id = s.organization_id and n.leased_until > ${now}::timestamptz
          and (n.caller_id = ${caller_id}::uuid or n.line = ${line}::text or o.person_id = s.person_id))
      and not exists (select from contact_attempt c where c.organization_id = s.organization_id and c.person_id = ${person_id}::uuid
        and c.channel = 'phone' and c.undone_at is null and (${tried_at}::timestamptz is null or c.attempted_at > ${tried_at}::timestamptz))
    on conflict (organization_id, signup_id) do update set phone_bank_id = excluded.phone_bank_id, caller_id = excluded.caller_id,
      line = excluded.line, leased_at = excluded.leased_at, leased_until = excluded.leased_until, is_put_off = false`.execute(
    tx,
  )
  return Number(numAffectedRows ?? 0) > 0
}

/** What is done with is in nobody's hand. */
export const letGo = (db: Db, { organization_id, caller_id }: Caller, signup_id: string) =>
  db
    .deleteFrom('newcomer_lease')
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .where('caller_id', '=', caller_id)
    .execute()

/** Not now: for somebody else, or later. */
export const putOff = (db: Db, { organization_id, caller_id }: Caller, signup_id: string, now: Date) =>
  db
    .updateTable('newcomer_lease')
    .set({ is_put_off: true, leased_at: now, leased_until: now })
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .where('caller_id', '=', caller_id)
    .execute()

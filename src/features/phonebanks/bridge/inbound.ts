import { sql } from 'kysely'
import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransactionTwice, type Db } from '../../../platform/db/db.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { return_days } from '../follow-ups/walk-up.ts'
import '../../contacts/tables.ts'
import '../tables.ts'
import './tables.ts'

export interface InboundCall {
  carrier: string
  call_id: string
  /** As the carrier says it; numbers are withheld, or are words such as 'anonymous'. */
  from: string | null
}

/** Not reached: the call they ask for now is the one that failed. */
const unreached = ['left_message', 'max_attempts', 'no_answer', 'busy', 'not_available']

/**
 * Notes that somebody called the organization's number. A voter whom we called at that number, and may call, is promised a
 * call: a task for the host, and on a running phone bank they come before everybody. The same call again changes nothing.
 */
export function takeInboundCall(
  db: Db,
  organization_id: string,
  { carrier, call_id, from }: InboundCall,
  now: Date,
): Promise<{ is_promised: boolean }> {
  const phone = from ? e164(from) : null
  return inTransactionTwice(db, async (tx) => {
    const made = await tx
      .insertInto('inbound_call')
      .values({ organization_id, carrier, call_sid: call_id, phone, called_at: now })
      .onConflict((same) => same.doNothing())
      .returning('inbound_call_id')
      .executeTakeFirst()
    if (!made) {
      const before = await tx
        .selectFrom('inbound_call')
        .select('follow_up_id')
        .where('organization_id', '=', organization_id)
        .where('carrier', '=', carrier)
        .where('call_sid', '=', call_id)
        .executeTakeFirst()
      return { is_promised: !!before?.follow_up_id }
    }
    const known = phone ? await whoCalls(tx, organization_id, phone, now) : null
    const follow_up_id =
      known && phone && !known.is_closed ? await promise(tx, organization_id, known, phone, now) : null
    if (known)
      await tx
        .updateTable('inbound_call')
        .set({ voter_id: known.voter_id, phone_bank_id: known.phone_bank_id, follow_up_id })
        .where('organization_id', '=', organization_id)
        .where('inbound_call_id', '=', made.inbound_call_id)
        .execute()
    await audit(tx, systemActor(organization_id, carrier), {
      action: 'phonebank.called_back',
      subject: known?.phone_bank_id ? 'phone_bank' : 'organization',
      subject_id: known?.phone_bank_id ?? organization_id,
      after: { voter_id: known?.voter_id ?? null, follow_up_id },
    })
    return { is_promised: follow_up_id !== null }
  })
}

interface Known {
  voter_id: number
  phone_bank_id: string | null
  /** Must not be called. */
  is_closed: boolean
}

/** Whom we last called at this number; else whose number it is, where that is one alone. */
async function whoCalls(tx: Db, organization_id: string, phone: string, now: Date): Promise<Known | null> {
  const since = new Date(now.getTime() - return_days * 86_400_000).toISOString()
  const { rows } = await sql<Known>`
    with owners as (select distinct voter_id from unnest(voters_at_number(${organization_id}::uuid, ${phone})) voter_id),
      called as (
        select a.voter_id, a.phone_bank_id from contact_attempt a
        where a.organization_id = ${organization_id}::uuid and a.phone = ${phone} and a.undone_at is null
          and a.attempted_at > ${since}::timestamptz and a.voter_id in (select voter_id from owners)
        order by a.attempted_at desc limit 1),
      found as (
        select * from called
        union all
        select min(voter_id), null from owners where not exists (select from called) having count(*) = 1)
    select voter_id, phone_bank_id, closed_to_calls(${organization_id}::uuid, voter_id) is not null as is_closed from found`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** One open task for each voter, however often they call. */
async function promise(
  tx: Db,
  organization_id: string,
  { voter_id, phone_bank_id }: Known,
  phone: string,
  now: Date,
): Promise<string> {
  const target = phone_bank_id
    ? await sql<{
        voter_id: number
      }>`select t.voter_id from phone_bank_target t join phone_bank b using (organization_id, phone_bank_id)
        where t.organization_id = ${organization_id}::uuid and t.phone_bank_id = ${phone_bank_id}::uuid and t.voter_id = ${voter_id}
          and b.ended_at is null and t.on_paper_at is null and t.phones <> '{}'
          and (t.state = 'ready' or t.state = 'waiting' and t.why in ('resting', 'skipped', 'household', 'next_number')
            or t.state = 'finished' and t.why = any(${unreached}::text[]))
        for update of t`.execute(tx)
    : null
  if (target && target.rows.length > 0)
    await tx
      .updateTable('phone_bank_target')
      .set({ state: 'waiting', why: 'call_back', next_at: now, call_back_for: null })
      .where('organization_id', '=', organization_id)
      .where('phone_bank_id', '=', phone_bank_id)
      .where('voter_id', '=', voter_id)
      .execute()
  const open = await tx
    .selectFrom('follow_up')
    .select('follow_up_id')
    .where('organization_id', '=', organization_id)
    .where('voter_id', '=', voter_id)
    .where('kind', '=', 'return_call')
    .where('solved_at', 'is', null)
    .executeTakeFirst()
  if (open) return open.follow_up_id
  const { follow_up_id } = await tx
    .insertInto('follow_up')
    .values({
      organization_id,
      kind: 'return_call',
      voter_id,
      person_id: null,
      phone_bank_id,
      attempt_id: null,
      caller_id: null,
      note: null,
      // Who called: nobody of ours wrote it.
      made_by: formatPhone(phone),
      made_at: now,
    })
    .returning('follow_up_id')
    .executeTakeFirstOrThrow()
  return follow_up_id
}

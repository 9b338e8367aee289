import { sql } from 'kysely'
import { audit, systemActor } from '../../../platform/audit.ts'
import { inTransaction, inTransactionTwice, type Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import { carrierOf } from '../../../platform/telephony/carrier-of.ts'
import type { TextReport } from '../../../platform/telephony/carrier.ts'
import { recordConsent } from '../../people/commands.ts'
import { newestSaid } from '../../people/consent.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { isOpenIn } from '../rules.ts'
import { bridgeReadiness, textSender } from './queries.ts'
import { meaningOfText } from './rules.ts'
import '../tables.ts'
import './tables.ts'

/** Why a text that was asked for is not sent after all. */
export type Withheld = 'not_set_up' | 'no_consent' | 'suppressed' | 'landline' | 'outside_hours'

/**
 * Sends one text, at most once: it counts as sent before the carrier is asked, so that nobody gets it twice, whatever dies
 * in between. Everything is looked at once more first.
 */
export async function sendText(installation: Installation, organization_id: string, text_id: string): Promise<void> {
  const db = installation.database.of(organization_id)
  const now = installation.clock.now()
  const carrier = carrierOf(installation.config)
  const from = await textSender(db, organization_id)
  const isReady = (await bridgeReadiness(installation, db, organization_id)) === 'ready'
  const one = db.updateTable('phone_bank_text').where('organization_id', '=', organization_id).where('text_id', '=', text_id) // prettier-ignore
  const message = await inTransaction(db, async (tx) => {
    const row = await tx
      .selectFrom('phone_bank_text')
      .select(['phone_bank_id', 'voter_id', 'phone', 'body'])
      .where('organization_id', '=', organization_id)
      .where('text_id', '=', text_id)
      .where('state', '=', 'waiting')
      .forUpdate()
      .executeTakeFirst()
    if (!row) return null
    const problem = isReady ? await whyWithheld(tx, organization_id, { ...row, text_id }, now) : 'not_set_up'
    await tx
      .updateTable('phone_bank_text')
      .set({ state: problem ? 'withheld' : 'sent', problem, carrier: carrier?.name ?? null, state_at: now })
      .where('organization_id', '=', organization_id)
      .where('text_id', '=', text_id)
      .execute()
    return problem ? null : row
  })
  if (!message || !carrier || !from) return
  const sent = await carrier.text({
    to: message.phone,
    from,
    body: message.body,
    events_url: `${installation.url}/telephony/${carrier.name}/${organization_id}/texts/${text_id}/events`,
  })
  if (sent.ok) await one.set({ message_id: sent.call_id }).execute()
  // Nobody knows whether it went: a report will tell, or has told. It is not sent again.
  else if (sent.problem === 'unknown')
    await one
      .set({ problem: sent.code ?? 'no answer' })
      .where('state', '=', 'sent')
      .execute()
  else
    await one
      .set({ state: 'failed', problem: sent.code ?? sent.problem, state_at: now })
      .where('state', '=', 'sent')
      .execute()
  if (!sent.ok && sent.code === answeredStop)
    await takeInboundText(
      db,
      organization_id,
      carrier.name,
      {
        kind: 'came',
        message_id: `${answeredStop} ${text_id}`,
        from: message.phone,
        to: null,
        service: null,
        body: 'STOP',
        stop: true,
      },
      now,
    )
}

/** Twilio's word for: this number answered STOP before. */
const answeredStop = '21610'

async function whyWithheld(
  tx: Db,
  organization_id: string,
  {
    text_id,
    phone_bank_id,
    voter_id,
    phone,
  }: { text_id: string; phone_bank_id: string; voter_id: number; phone: string },
  now: Date,
): Promise<Withheld | null> {
  // Not the newest that was stored counts, but the newest that was said: a caller's word may have waited for a connection.
  const { rows } = await sql<{
    sends_texts: boolean
    is_given: boolean | null
    is_suppressed: boolean
    is_landline: boolean
  }>`
    select o.sends_texts,
      (select c.is_given from consent c join person p using (organization_id, person_id)
        where c.organization_id = o.organization_id and p.voter_id = ${voter_id} and p.merged_into is null and c.channel = 'text'
        order by ${newestSaid} limit 1)
        and not exists (select from consent c join person p using (organization_id, person_id)
          join phone_bank_told t on t.organization_id = c.organization_id and t.told_id = ${text_id}::uuid
          where c.organization_id = o.organization_id and p.voter_id = ${voter_id} and p.merged_into is null and c.channel = 'text'
            and not c.is_given and c.recorded_at > t.told_at)
        and coalesce((select i.means <> 'stop' from inbound_text i
          where i.organization_id = o.organization_id and i.phone = ${phone} and i.means in ('stop', 'start')
          order by i.received_at desc, (i.means <> 'stop') limit 1), true) as is_given,
      exists (select from suppression s left join person p on p.organization_id = s.organization_id and p.person_id = s.person_id
        where s.organization_id = o.organization_id and s.taken_back_at is null and (s.phone is null or s.phone = ${phone})
          and (s.voter_id = ${voter_id} or p.voter_id = ${voter_id} or s.voter_id is null and s.phone is not null and s.reason <> 'wrong_number')) as is_suppressed,
      (exists (select from voter_phone where voter_id = ${voter_id} and phone = ${phone} and kind = 'landline')
        or exists (select from person_phone where organization_id = o.organization_id and phone = ${phone} and kind = 'landline')) as is_landline
    from organization o where o.organization_id = ${organization_id}::uuid`.execute(tx)
  const [row] = rows
  if (!row?.sends_texts) return 'not_set_up'
  if (row.is_given !== true) return 'no_consent'
  if (row.is_suppressed) return 'suppressed'
  if (row.is_landline) return 'landline'
  const target = await tx
    .selectFrom('phone_bank_target as t')
    .innerJoin('phone_bank as b', (join) =>
      join.onRef('b.organization_id', '=', 't.organization_id').onRef('b.phone_bank_id', '=', 't.phone_bank_id'),
    )
    .select([
      't.time_zone',
      'b.starts_on',
      'b.ends_on',
      'b.calling_starts',
      'b.calling_ends',
      'b.weekdays',
      'b.quiet_groups',
      'b.quiet_days',
    ])
    .where('t.organization_id', '=', organization_id)
    .where('t.phone_bank_id', '=', phone_bank_id)
    .where('t.voter_id', '=', voter_id)
    .executeTakeFirst()
  return target && isOpenIn(target.time_zone, target, now) ? null : 'outside_hours'
}

/** How a text of ours fares. Late, twice and out of order change nothing that is known already. */
export async function takeTextReport(
  db: Db,
  organization_id: string,
  text_id: string,
  { message_id, state, code }: Extract<TextReport, { kind: 'sent' }>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('phone_bank_text')
    .set({ state, message_id, problem: code, state_at: now })
    .where('organization_id', '=', organization_id)
    .where('text_id', '=', text_id)
    .where('state', '=', 'sent')
    .where((eb) => eb.or([eb('message_id', 'is', null), eb('message_id', '=', message_id)]))
    .execute()
}

/**
 * A text to the organization's number: STOP ends texts to that number at once, whoever has it or gets it later, until START; who
 * agreed before is written to again then. Anything else of somebody we know is a task for the host. The same text again changes nothing. Answers what it meant.
 */
export function takeInboundText(
  db: Db,
  organization_id: string,
  carrier: string,
  { message_id, from, body, stop }: Extract<TextReport, { kind: 'came' }>,
  now: Date,
): Promise<'stop' | 'start' | 'other'> {
  const phone = from ? e164(from) : null
  const means = stop ? 'stop' : meaningOfText(body)
  return inTransactionTwice(db, async (tx) => {
    // Of two from one number at once the second sees what the first has done.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`text ${organization_id} ${phone}`}, 0))`.execute(tx)
    const made = await tx
      .insertInto('inbound_text')
      .values({ organization_id, carrier, message_id, phone, body, means, received_at: now })
      .onConflict((same) => same.doNothing())
      .returning('inbound_text_id')
      .executeTakeFirst()
    if (!made || !phone) return means
    if (means !== 'other') {
      await noteConsent(tx, organization_id, carrier, phone, means)
      return means
    }
    const follow_up_id = await toAnswer(tx, organization_id, phone, body, now)
    await tx
      .updateTable('inbound_text')
      .set({ follow_up_id })
      .where('organization_id', '=', organization_id)
      .where('inbound_text_id', '=', made.inbound_text_id)
      .execute()
    await audit(tx, systemActor(organization_id, carrier), {
      action: 'phonebank.wrote_back',
      subject: 'organization',
      subject_id: organization_id,
      after: { follow_up_id },
    })
    return means
  })
}

/**
 * On whoever has the number, and whom we wrote to there. START takes back what STOP did, for those who had agreed before it; who
 * said no otherwise, or never was asked, has agreed to nothing.
 */
async function noteConsent(
  db: Db,
  organization_id: string,
  carrier: string,
  phone: string,
  means: 'stop' | 'start',
): Promise<void> {
  const { rows } = await sql<{ who: string; agreed_before: boolean | null }>`
    with owner as (
      select voter_id, null::uuid as person_id from unnest(voters_at_number(${organization_id}::uuid, ${phone})) voter_id
      union select voter_id, null from phone_bank_text where organization_id = ${organization_id}::uuid and phone = ${phone}
      union select null, n.person_id from person_phone n join person p using (organization_id, person_id)
        where n.organization_id = ${organization_id}::uuid and n.phone = ${phone} and p.voter_id is null and p.merged_into is null)
    select coalesce('v' || o.voter_id, o.person_id::text) as who, said[1].evidence = ${stopEvidence} and said[2].is_given as agreed_before
    from owner o
    left join lateral (select array(select c from consent c join person p using (organization_id, person_id)
      where c.organization_id = ${organization_id}::uuid and c.channel = 'text' and p.merged_into is null
        and (p.voter_id = o.voter_id or p.person_id = o.person_id)
      order by ${newestSaid} limit 2) as said) last on true`.execute(db)
  const evidence = means === 'stop' ? stopEvidence : 'replied START'
  for (const { who, agreed_before } of rows)
    if (means === 'stop' || agreed_before)
      await recordConsent(db, systemActor(organization_id, carrier), who, {
        channel: 'text',
        is_given: means === 'start',
        evidence,
      })
}

const stopEvidence = 'replied STOP'

/** One open task for each voter we last wrote to, or called, at that number; what they write is kept in it. */
async function toAnswer(
  tx: Db,
  organization_id: string,
  phone: string,
  body: string,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ voter_id: number; phone_bank_id: string | null }>`
    select voter_id, phone_bank_id from (
      select voter_id, phone_bank_id, made_at as at from phone_bank_text where organization_id = ${organization_id}::uuid and phone = ${phone}
      union all select a.voter_id, a.phone_bank_id, a.attempted_at from contact_attempt a
        where a.organization_id = ${organization_id}::uuid and a.phone = ${phone} and a.undone_at is null and a.voter_id is not null
      union all select voter_id, null, '-infinity' from unnest(voters_at_number(${organization_id}::uuid, ${phone})) voter_id) known
    order by at desc limit 1`.execute(tx)
  const [known] = rows
  if (!known) return null
  const open = await tx
    .selectFrom('follow_up')
    .select(['follow_up_id', 'note'])
    .where('organization_id', '=', organization_id)
    .where('voter_id', '=', known.voter_id)
    .where('kind', '=', 'text_reply')
    .where('solved_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (open) {
    await tx
      .updateTable('follow_up')
      .set({ note: `${open.note ?? ''}\n${body}`.slice(-noteLength) })
      .where('organization_id', '=', organization_id)
      .where('follow_up_id', '=', open.follow_up_id)
      .execute()
    return open.follow_up_id
  }
  const { follow_up_id } = await tx
    .insertInto('follow_up')
    .values({
      organization_id,
      kind: 'text_reply',
      ...known,
      person_id: null,
      attempt_id: null,
      caller_id: null,
      note: body.slice(0, noteLength),
      // Who wrote: nobody of ours.
      made_by: formatPhone(phone),
      made_at: now,
    })
    .returning('follow_up_id')
    .executeTakeFirstOrThrow()
  return follow_up_id
}

/** Longer than ten texts: more are looked up in the telephone company's own record. */
const noteLength = 2000

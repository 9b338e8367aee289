import type { Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { carrierOf } from '../../../platform/telephony/carrier-of.ts'
import '../../organizations/tables.ts'
import type { Caller } from '../caller.ts'
import { suggestedResult, type BridgeState } from './schema.ts'
import './tables.ts'
import type { TextState } from './tables.ts'

/** What is missing before the bridge can be used; 'ready' where nothing is. */
export type BridgeReadiness = 'no_carrier' | 'no_address' | 'no_number' | 'ready'

/** The carrier must be able to reach us, and voters to call back the number they see. */
export async function bridgeReadiness(
  installation: Installation,
  db: Db,
  organization_id: string,
): Promise<BridgeReadiness> {
  const { twilio } = installation.config
  if (!twilio) return 'no_carrier'
  const reaches_loopback = /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(`${twilio.api_url}/`)
  if (!installation.url.startsWith('https:') && !reaches_loopback) return 'no_address'
  return (await callerId(db, organization_id)) ? 'ready' : 'no_number'
}

/** The number voters see: the organization's own. Twilio takes only numbers of the account or verified by it. */
export async function callerId(db: Db, organization_id: string): Promise<string | null> {
  const row = await db
    .selectFrom('organization')
    .select('call_back_phone')
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  return row?.call_back_phone ?? null
}

/** What texts go from: a service of the carrier that chooses among the organization's numbers, else the number voters see. */
export async function textSender(
  db: Db,
  organization_id: string,
): Promise<{ phone: string } | { service: string } | null> {
  const row = await db
    .selectFrom('organization')
    .select(['call_back_phone', 'text_service'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  if (row?.text_service) return { service: row.text_service }
  return row?.call_back_phone ? { phone: row.call_back_phone } : null
}

/** May callers have links texted from the organization's number? */
export async function mayText(installation: Installation, db: Db, organization_id: string): Promise<boolean> {
  const row = await db
    .selectFrom('organization')
    .select('sends_texts')
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  return row?.sends_texts === true && (await bridgeReadiness(installation, db, organization_id)) === 'ready'
}

/** How many of a phone bank's texts are in which state. */
export async function textCounts(
  db: Db,
  organization_id: string,
  phone_bank_id: string,
): Promise<{ state: TextState; count: number }[]> {
  return db
    .selectFrom('phone_bank_text')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .groupBy('state')
    .orderBy('state')
    .execute()
}

/** How the caller's line stands. */
export async function bridgeStateOf(installation: Installation, caller: Caller): Promise<BridgeState> {
  const { organization_id, caller_id, phone_bank_id } = caller
  const db = installation.database.of(organization_id)
  const organization = await db
    .selectFrom('organization')
    .select('is_demo')
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  const shift = await db
    .selectFrom('bridge_shift')
    .select(['bridge_shift_id', 'state', 'why_ended'])
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('caller_id', '=', caller_id)
    .orderBy('number', 'desc')
    .executeTakeFirst()
  const is_open = shift !== undefined && shift.state !== 'ended'
  const call = is_open
    ? await db
        .selectFrom('bridge_call')
        .select(['bridge_call_id', 'voter_id', 'state'])
        .where('organization_id', '=', organization_id)
        .where('bridge_shift_id', '=', shift.bridge_shift_id)
        .orderBy('number', 'desc')
        .executeTakeFirst()
    : undefined
  const { phone } = await db
    .selectFrom('phone_bank_caller')
    .select('phone')
    .where('organization_id', '=', organization_id)
    .where('caller_id', '=', caller_id)
    .executeTakeFirstOrThrow()
  const closed = async () =>
    (await bridgeReadiness(installation, db, organization_id)) === 'ready' ? 'off' : 'not_set_up'
  return {
    line: !is_open ? await closed() : shift.state === 'joined' ? 'joined' : 'calling',
    why_off: is_open ? null : (shift?.why_ended ?? null),
    call: call ? { ...call, suggested: suggestedResult[call.state] } : null,
    own_phone: is_open ? null : phone,
    is_demo: organization?.is_demo ?? false,
  }
}

/** What of this carrier is set up here. */
export const carrierNamed = (installation: Installation, name: string) => {
  const carrier = carrierOf(installation.config)
  return carrier?.name === name ? carrier : null
}

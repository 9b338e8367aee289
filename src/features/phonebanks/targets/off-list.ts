import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { votersToConfirm } from '../../events/calls/queries.ts'
import { compileUniverse } from '../../targeting/queries.ts'
import type { PhoneBank } from '../dashboard.ts'
import '../../voterfile/tables.ts'

/** 'not_asked': it asks whether people come to an event, and they are none of those. */
export type OffList = 'no_match' | 'not_asked' | 'gone' | 'unreadable' | 'not_yet' | 'ended'

/** Why a voter is not on the list of a phone bank. `today` is the date where the organization is. */
export async function whyOffList(
  db: Db,
  bank: PhoneBank,
  voter_id: number,
  { today, now }: { today: string; now: Date },
): Promise<OffList> {
  const asked = await votersToConfirm(db, bank.organization_id, bank.phone_bank_id, now)
  const compiled = asked ? null : await compileUniverse(db, bank.expression, bank.organization_id, today)
  if (compiled && !compiled.ok) return 'unreadable'
  const condition = compiled ? compiled.universe.condition : sql<boolean>`v.voter_id = any(${asked ?? []}::integer[])`
  const { rows } = await sql<{ fits: boolean; is_gone: boolean }>`
    select coalesce(${condition}, false) as fits,
      v.gone_in is not null or v.status not in ('active', 'inactive', 'military', 'federal', 'overseas') as is_gone
    from voter_record v where v.voter_id = ${voter_id}`.execute(db)
  const [found] = rows
  if (!found || found.is_gone) return 'gone'
  if (!found.fits) return asked ? 'not_asked' : 'no_match'
  return bank.ended_at ? 'ended' : 'not_yet'
}

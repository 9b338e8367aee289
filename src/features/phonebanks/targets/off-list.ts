import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { compileUniverse } from '../../targeting/queries.ts'
import type { PhoneBank } from '../dashboard.ts'
import '../../voterfile/tables.ts'

export type OffList = 'no_match' | 'gone' | 'unreadable' | 'not_yet' | 'ended'

/** Why a voter is not on the list of a phone bank. `today` is the date where the organization is. */
export async function whyOffList(db: Db, bank: PhoneBank, voter_id: number, today: string): Promise<OffList> {
  const compiled = await compileUniverse(db, bank.expression, bank.organization_id, today)
  if (!compiled.ok) return 'unreadable'
  const { rows } = await sql<{ fits: boolean; is_gone: boolean }>`
    select coalesce(${compiled.universe.condition}, false) as fits,
      v.gone_in is not null or v.status not in ('active', 'inactive', 'military', 'federal', 'overseas') as is_gone
    from voter_record v where v.voter_id = ${voter_id}`.execute(db)
  const [found] = rows
  if (!found || found.is_gone) return 'gone'
  if (!found.fits) return 'no_match'
  return bank.ended_at ? 'ended' : 'not_yet'
}

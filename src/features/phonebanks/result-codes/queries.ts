import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { Disposition } from '../../contacts/schema.ts'
import { texts } from '../script-content.ts'
import type { OwnResult } from './schema.ts'
import '../../contacts/tables.ts'
import './tables.ts'

/** Own results of the organization, those in use first. */
export const resultCodes = (db: Db, organization_id: string) =>
  db
    .selectFrom('result_code')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .orderBy(sql`retired_at is not null`)
    .orderBy('made_at')
    .execute()

/** Those a phone bank offers its callers. */
export async function offeredResults(db: Db, organization_id: string, codes: readonly string[]): Promise<OwnResult[]> {
  if (codes.length === 0) return []
  const rows = await resultCodes(db, organization_id)
  return rows
    .filter((row) => row.retired_at === null && codes.includes(row.code))
    .map(({ code, name, counts_as }) => ({ code, name: texts(name), counts_as }))
}

/** Own results its calls have had, also those no longer offered. */
export async function codesRecorded(
  db: Db,
  { organization_id, phone_bank_id }: { organization_id: string; phone_bank_id: string },
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('contact_attempt')
    .select('result_code')
    .distinct()
    .where('organization_id', '=', organization_id)
    .where('phone_bank_id', '=', phone_bank_id)
    .where('result_code', 'is not', null)
    .execute()
  return new Set(rows.flatMap(({ result_code }) => result_code ?? []))
}

/** Does the organization know this code, and does it count as that? One no longer offered still does: results come late. */
export async function isOwnResult(
  db: Db,
  organization_id: string,
  code: string,
  counts_as: Disposition,
): Promise<boolean> {
  const row = await db
    .selectFrom('result_code')
    .select('counts_as')
    .where('organization_id', '=', organization_id)
    .where('code', '=', code)
    .executeTakeFirst()
  return row?.counts_as === counts_as
}

/** A result as the organization calls it. */
export const resultName = (
  t: Translate,
  { disposition, result_name }: { disposition: Disposition; result_name?: LocalizedText | null },
): string => (result_name ? localized(result_name, t.language).text : t(`disposition.${disposition}`))

import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { decode } from '../barcode/rules.ts'
import { designOf } from '../design/queries.ts'
import type { Drop, PieceRow } from '../drops/queries.ts'
import type { PostalReturnTable } from '../tables.ts'

export type Returned = Selectable<PostalReturnTable> & Pick<PieceRow, 'name_line' | 'delivery' | 'unit' | 'zip5'> & { drop: string } // prettier-ignore

/** The tracking digits of what was typed; null: no barcode reads so. */
export function trackingIn(typed: string): string | null {
  if (/^\d/.test(typed)) return typed.slice(0, 20)
  const read = decode(typed)
  return read.ok ? read.barcode.tracking : null
}

/** The piece with a barcode: where a mailer's numbers began anew, of the drop that was given them last. */
export async function pieceByTracking(
  db: Db,
  organization_id: string,
  tracking: string,
): Promise<{ drop_id: string; number: number } | null> {
  const drops = await db
    .selectFrom('postal_drop')
    .select(['drop_id', 'first_serial', 'numbers', 'design'])
    .where('organization_id', '=', organization_id)
    .where('first_serial', 'is not', null)
    .orderBy('serials_from', 'desc')
    .orderBy('printed_at', (by) => by.desc().nullsLast())
    .execute()
  for (const { drop_id, first_serial, numbers, design } of drops) {
    const { mailer_id } = designOf({ design })
    if (!tracking.slice(5).startsWith(mailer_id)) continue
    const number = Number(tracking.slice(5 + mailer_id.length)) - (first_serial ?? 0) + 1
    if (number >= 1 && number <= numbers) return { drop_id, number }
  }
  return null
}

/** The newest first. */
export const lastReturns = (db: Db, organization_id: string, limit: number): Promise<Returned[]> =>
  db
    .selectFrom('postal_return as r')
    .innerJoin('postal_piece as p', (join) =>
      join
        .onRef('p.organization_id', '=', 'r.organization_id')
        .onRef('p.drop_id', '=', 'r.drop_id')
        .onRef('p.number', '=', 'r.number'),
    )
    .innerJoin('postal_drop as d', (join) =>
      join.onRef('d.organization_id', '=', 'r.organization_id').onRef('d.drop_id', '=', 'r.drop_id'),
    )
    .selectAll('r')
    .select(['p.name_line', 'p.delivery', 'p.unit', 'p.zip5', 'd.name as drop'])
    .where('r.organization_id', '=', organization_id)
    .orderBy('r.noted_at', 'desc')
    .limit(limit)
    .execute()

export const returnsOf = async (
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<number> => {
  const row = await db
    .selectFrom('postal_return')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .executeTakeFirst()
  return row?.count ?? 0
}

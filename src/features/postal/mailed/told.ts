import type { Db } from '../../../platform/db/db.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { TimelineEntry } from '../../people/queries.ts'
import '../messages.ts'
import '../tables.ts'

export type PostalTold = Pick<TimelineEntry, 'at' | 'by'> & NonNullable<TimelineEntry['told']>

/** What a profile's timeline tells of paper mail: each piece that was mailed, and each that came back. */
export async function postalTold(
  db: Db,
  organization_id: string,
  voter_id: number,
  t: Translate,
): Promise<PostalTold[]> {
  const rows = await db
    .selectFrom('postal_recipient as r')
    .innerJoin('postal_drop as d', (join) =>
      join.onRef('d.organization_id', '=', 'r.organization_id').onRef('d.drop_id', '=', 'r.drop_id'),
    )
    .leftJoin('postal_return as b', (join) =>
      join
        .onRef('b.organization_id', '=', 'r.organization_id')
        .onRef('b.drop_id', '=', 'r.drop_id')
        .onRef('b.number', '=', 'r.number'),
    )
    .select(['d.name', 'd.kind', 'd.mailed_on', 'd.mailed_by', 'b.reason', 'b.noted_at', 'b.noted_by'])
    .where('r.organization_id', '=', organization_id)
    .where('r.voter_id', '=', voter_id)
    .where('d.mailed_on', 'is not', null)
    .orderBy('d.mailed_on', 'desc')
    .limit(100)
    .execute()
  return rows.flatMap(({ name, kind, mailed_on, mailed_by, reason, noted_at, noted_by }) => [
    // Post has a day, no hour: noon of it stands between what happened before and after.
    { at: new Date(`${mailed_on ?? ''}T17:00:00Z`), by: mailed_by, text: t('postal.told.mailed', { name }), detail: t.dynamic(`postal.kind.${kind}`) }, // prettier-ignore
    ...(reason && noted_at ? [{ at: noted_at, by: noted_by, text: t('postal.told.returned', { name }), detail: t.dynamic(`postal.returned.${reason}`) }] : []), // prettier-ignore
  ])
}

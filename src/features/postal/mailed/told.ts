import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { TimelineEntry } from '../../people/queries.ts'
import { foundKey, inOneLine } from '../checked/queries.ts'
import { dpvVerdicts } from '../checked/rules.ts'
import { FoundMove } from '../checked/schema.ts'
import { keyOfPiece } from '../drops/queries.ts'
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
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('postal_answer as w')
          .select(({ fn }) => fn.min('w.answered_on').as('answered_on'))
          .whereRef('w.organization_id', '=', 'r.organization_id')
          .whereRef('w.drop_id', '=', 'r.drop_id')
          .whereRef('w.number', '=', 'r.number')
          .as('answer'),
      (join) => join.onTrue(),
    )
    .select([
      'answer.answered_on',
      'd.name',
      'd.kind',
      'd.mailed_on',
      'd.mailed_by',
      'b.reason',
      'b.noted_at',
      'b.noted_by',
    ])
    .where('r.organization_id', '=', organization_id)
    .where('r.voter_id', '=', voter_id)
    .where('d.mailed_on', 'is not', null)
    .orderBy('d.mailed_on', 'desc')
    .limit(100)
    .execute()
  const checks = await checksTold(db, organization_id, voter_id, t)
  const told = rows.flatMap(({ answered_on, name, kind, mailed_on, mailed_by, reason, noted_at, noted_by }) => [
    // Post has a day, no hour: noon of it stands between what happened before and after.
    { at: new Date(`${mailed_on ?? ''}T17:00:00Z`), by: mailed_by, text: t('postal.told.mailed', { name }), detail: t.dynamic(`postal.kind.${kind}`) }, // prettier-ignore
    ...(answered_on
      ? [
          {
            at: new Date(`${answered_on}T17:00:00Z`),
            by: null,
            text: t('postal.told.answered', { name }),
            detail: null,
          },
        ]
      : []),
    ...(reason && noted_at ? [{ at: noted_at, by: noted_by, text: t('postal.told.returned', { name }), detail: t.dynamic(`postal.returned.${reason}`) }] : []), // prettier-ignore
  ])
  return [...told, ...checks]
}

/** What the post's own data said of their address: a move, or whether anything arrives where the last piece went. */
async function checksTold(db: Db, organization_id: string, voter_id: number, t: Translate): Promise<PostalTold[]> {
  const moves = await db
    .selectFrom('postal_checked_row as r')
    .innerJoin('postal_checked_file as f', (join) =>
      join.onRef('f.organization_id', '=', 'r.organization_id').onRef('f.file_id', '=', 'r.file_id'),
    )
    .select(['r.verdict', 'r.found', 'r.applied_at', 'f.brought_by', 'f.applied_by'])
    .where('r.organization_id', '=', organization_id)
    .where('r.voter_id', '=', voter_id)
    .where('r.applied_at', 'is not', null)
    .orderBy('r.applied_at', 'desc')
    .limit(20)
    .execute()
  const { rows: addresses } = await sql<{ checked_on: string; dpv: string }>`
    select a.checked_on, a.found ->> 'dpv' as dpv from (
      select p.* from postal_recipient r join postal_drop d on d.organization_id = r.organization_id and d.drop_id = r.drop_id
        join postal_piece p on p.organization_id = r.organization_id and p.drop_id = r.drop_id and p.number = r.number
      where r.organization_id = ${organization_id}::uuid and r.voter_id = ${voter_id} order by d.made_at desc limit 1) p
    join postal_address a on a.organization_id = p.organization_id and a.checked_on is not null
      and (a.address_key = ${keyOfPiece(sql`p`)} or ${foundKey} = ${keyOfPiece(sql`p`)}) limit 1`.execute(db)
  return [
    ...moves.map(({ verdict, found, applied_at, brought_by, applied_by }) => {
      const { to } = FoundMove.parse(found)
      return { at: applied_at ?? new Date(0), by: applied_by ?? brought_by, text: t.dynamic(`postal.ncoa.${verdict}`), detail: to ? inOneLine(to) : null }
    }),
    ...addresses.map(({ checked_on, dpv }) => ({ at: new Date(`${checked_on}T17:00:00Z`), by: null, text: t('postal.told.checked'), detail: t.dynamic(`postal.cass.${dpvVerdicts[dpv] ?? 'not_said'}`) })),
  ]
} // prettier-ignore

import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { hasRefused, isMarked } from '../../people/consent.ts'
import { inGoodStanding } from '../../people/membership/queries.ts'
import { postRowsOf, refusedElsewhere } from '../../targeting/export/queries.ts'
import { homesByHand } from '../../targeting/homes-queries.ts'
import '../../targeting/tables.ts'
import { standardizeTyped } from '../address/rules.ts'
import { closedKeys } from '../no-paper/rules.ts'
import type { LeftOutReason } from '../schema.ts'
import type { PostalDropTable, PostalLeftOutTable, PostalPieceTable } from '../tables.ts'

export type Drop = Selectable<PostalDropTable> & { universe: string }
export type PieceRow = Selectable<PostalPieceTable>
export type LeftOutRow = Selectable<PostalLeftOutTable>

export const pageSize = 50

const drops = (db: Db, organization_id: string) =>
  db
    .selectFrom('postal_drop as d')
    .innerJoin('universe as u', (join) =>
      join.onRef('u.organization_id', '=', 'd.organization_id').onRef('u.universe_id', '=', 'd.universe_id'),
    )
    .selectAll('d')
    .select('u.name as universe')
    .where('d.organization_id', '=', organization_id)

/** The newest first; `total` of all. */
export async function dropsOf(db: Db, organization_id: string, from: number): Promise<{ rows: Drop[]; total: number }> {
  const rows = await drops(db, organization_id)
    .select(sql<number>`(count(*) over ())::integer`.as('total'))
    .orderBy('d.made_at', 'desc')
    .orderBy('d.drop_id')
    .limit(pageSize)
    .offset(from)
    .execute()
  return { rows, total: rows[0]?.total ?? 0 }
}

export const dropById = (db: Db, organization_id: string, drop_id: string): Promise<Drop | undefined> =>
  drops(db, organization_id).where('d.drop_id', '=', drop_id).executeTakeFirst()

/** How they were sent back by last: a new drop begins with it. */
export const lastSender = (db: Db, organization_id: string) =>
  db
    .selectFrom('postal_drop')
    .select(['return_name', 'return_address', 'attribution'])
    .where('organization_id', '=', organization_id)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/**
 * Pieces in the order of the post with how many voters each is for: those of the `span` numbers behind `from`. Fewer where
 * somebody was erased, so that parts of a list never overlap.
 */
export const piecesFrom = (
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
  from: number,
  span: number,
): Promise<(PieceRow & { voters: number })[]> =>
  db
    .selectFrom('postal_piece as p')
    .selectAll('p')
    .select((eb) =>
      eb
        .selectFrom('postal_recipient as r')
        .select(sql<number>`count(*)::integer`.as('voters'))
        .whereRef('r.organization_id', '=', 'p.organization_id')
        .whereRef('r.drop_id', '=', 'p.drop_id')
        .whereRef('r.number', '=', 'p.number')
        .where('r.same_as', 'is', null)
        .as('voters'),
    )
    .where('p.organization_id', '=', organization_id)
    .where('p.drop_id', '=', drop_id)
    .where('p.number', '>', from)
    .where('p.number', '<=', from + span)
    .orderBy('p.number')
    .$narrowType<{ voters: number }>()
    .execute()

/** The piece with a number, or the first one; none where whoever it was for was erased. */
export const pieceOf = (
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
  number: number | null,
): Promise<PieceRow | undefined> =>
  db
    .selectFrom('postal_piece')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .$if(number !== null, (query) => query.where('number', '=', number))
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()

/** As `addressKey` of no-paper/rules.ts, of a piece. */
export const keyOfPiece = (piece: RawBuilder<unknown>): RawBuilder<string> =>
  sql`${piece}.delivery || '|' || regexp_replace(coalesce(${piece}.unit, ''), '^(APT|#) ', '') || '|' || ${piece}.zip5`

/** Any address at all is closed to post. */
const hasClosed = (
  organization_id: string,
): RawBuilder<boolean> => sql`(exists (select from suppressed x where x.organization_id = ${organization_id} and x.kind = 'address')
  or exists (select from installation_suppressed x where x.kind = 'address'))`

type Listed = Pick<Drop, 'organization_id' | 'drop_id' | 'lane'>

/**
 * Whose post goes elsewhere by now than a list says, or nowhere: they told it, the post did, a piece came back, or a later voter
 * file says so. Only of people with a home or addresses of our own beside the voter file's can that be, and of records that a file
 * changed which was read to its end since; an hour before counts too, where that is not known. Who is gone from the voter file is
 * not told, nor whose home follows the changed record of somebody else.
 */
async function movedSince(
  db: Db,
  { organization_id, drop_id }: Listed,
  today: string,
  homes: Awaited<ReturnType<typeof homesByHand>>,
): Promise<Map<number, 'moved' | 'no_address'>> {
  const { rows: listed } = await sql<
    { voter_id: number; home_keys: string[] } & Pick<PieceRow, 'delivery' | 'unit' | 'zip5'>
  >`
    with since as (
      select array(select f.file_id from postal_drop d cross join voter_file f left join voter_import i using (import_id)
        where coalesce(i.finished_at, f.imported_at + interval '1 hour') > d.frozen_at and d.organization_id = ${organization_id}::uuid and d.drop_id = ${drop_id}::uuid) as file_ids)
    select r.voter_id, r.home_keys, c.delivery, c.unit, c.zip5 from postal_recipient r
    join postal_piece c on c.organization_id = r.organization_id and c.drop_id = r.drop_id and c.number = r.number
    left join person p on p.organization_id = r.organization_id and p.voter_id = r.voter_id and p.merged_into is null
    where r.organization_id = ${organization_id}::uuid and r.drop_id = ${drop_id}::uuid and r.home_keys is not null
      and (p.address is not null
        or exists (select from person_address a where a.organization_id = p.organization_id and a.person_id = p.person_id)
        or (select file_ids <> '{}' from since) and exists (
          select from voter_record v where v.voter_id = r.voter_id and v.file_id = any((select file_ids from since)::integer[]) offset 0))`.execute(
    db,
  )
  const moved = new Map<number, 'moved' | 'no_address'>()
  if (listed.length === 0) return moved
  const them = sql<boolean>`v.voter_id = any(${listed.map(({ voter_id }) => voter_id)}::integer[])`
  const { rows } = await postRowsOf({ organization_id, today }, { condition: them }, homes).execute(db)
  const keysOf = new Map(listed.map((piece) => [piece.voter_id, [...closedKeys(piece), ...piece.home_keys]]))
  for (const { voter_id, left_out, delivery, unit, city, state, zip } of rows) {
    if (left_out === 'no_address') moved.set(voter_id, 'no_address')
    if (left_out) continue
    const read = standardizeTyped({ delivery, unit, city, state, zip })
    const keys = read.ok ? closedKeys(read.address) : []
    if (!keys.some((key) => keysOf.get(voter_id)?.includes(key))) moved.set(voter_id, 'moved')
  }
  return moved
}

/** Records a list has a piece for to whom nothing may be mailed any more, and why; `today`: in the zone of the organization. */
async function closedRows(
  db: Db,
  { organization_id, drop_id, lane }: Listed,
  today: string,
): Promise<RawBuilder<unknown>> {
  const listed = sql<boolean>`v.voter_id in (select l.voter_id from postal_recipient l where l.organization_id = ${organization_id} and l.drop_id = ${drop_id})`
  const homes = await homesByHand(db, organization_id)
  const refused = await refusedElsewhere(db, { organization_id, today }, { condition: listed }, homes, null)
  const moved = await movedSince(db, { organization_id, drop_id, lane }, today, homes)
  const others = { ...Object.fromEntries(moved), ...Object.fromEntries(refused) }
  const no_member =
    lane === 'member_communication'
      ? sql`(p.person_id is null or not ${inGoodStanding(sql`p.organization_id`, sql`p.person_id`, today)})`
      : sql`false`
  const [is_marked, has_refused] = [isMarked(organization_id, 'post'), hasRefused(organization_id, 'post')]
  return sql`select r.voter_id, r.number, concat_ws(' ', coalesce(p.first_name, v.first_name), coalesce(p.last_name, v.last_name)) as name,
      case when p.deceased_at is not null then 'deceased' when ${is_marked} then 'marked' when ${has_refused} then 'opted_out' when ${no_member} then 'not_member'
        else coalesce(${JSON.stringify(others)}::jsonb ->> r.voter_id::text, 'no_paper') end as reason
    from postal_recipient r join voter_record v on v.voter_id = r.voter_id
    left join person p on p.organization_id = ${organization_id} and p.voter_id = v.voter_id and p.merged_into is null
    where r.organization_id = ${organization_id} and r.drop_id = ${drop_id}
      and (${is_marked} or ${has_refused} or ${no_member} or r.voter_id = any(${[...refused.keys(), ...moved.keys()]}::integer[])
        or ${hasClosed(organization_id)} and exists (select from postal_piece c where c.organization_id = r.organization_id and c.drop_id = r.drop_id and c.number = r.number
          and (suppressed_by(r.organization_id, 'address', ${keyOfPiece(sql`c`)}) is not null
            or exists (select from unnest(r.home_keys) k where suppressed_by(r.organization_id, 'address', k) is not null))))`
}

/** How many of a list said or were marked since that they get no mail, moved, or are members no more to whom alone it goes. */
export async function closedSince(db: Db, listed: Listed, today: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from (${await closedRows(db, listed, today)}) closed`.execute(db) // prettier-ignore
  return rows[0]?.count ?? 0
}

export interface ClosedSince {
  voter_id: number
  number: number
  name: string
  reason: LeftOutReason | 'moved'
}

/** The first of them. */
export async function whoClosedSince(db: Db, listed: Listed, today: string, limit: number): Promise<ClosedSince[]> {
  const { rows } = await sql<ClosedSince>`${await closedRows(db, listed, today)} order by r.number, r.voter_id limit ${limit}`.execute(db) // prettier-ignore
  return rows
}

/** The letters in names and addresses of pieces that are neither plain ones nor Korean, each once: fonts may lack some. */
export async function rareLetters(db: Db, { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>): Promise<string[]> {
  const said = sql`concat_ws(' ', name_line, name_line_ko, salutation, salutation_ko, array_to_string(above, ' '), delivery, unit, city)`
  const { rows } = await sql<{ letter: string }>`select distinct letter from postal_piece, regexp_split_to_table(normalize(${said}, NFC), '') letter
    where organization_id = ${organization_id} and drop_id = ${drop_id} and ${said} !~ '^[ -~가-힣]*$' and letter !~ '^[ -~가-힣]*$' order by 1`.execute(db)
  return rows.map(({ letter }) => letter)
} // prettier-ignore

/** The numbers of the pieces before and behind one. */
export async function besidePiece(db: Db, { organization_id, drop_id, number }: PieceRow) {
  const { rows } = await sql<{ before: number | null; after: number | null }>`
    select max(number) filter (where number < ${number}) as before, min(number) filter (where number > ${number}) as after
    from postal_piece where organization_id = ${organization_id} and drop_id = ${drop_id}`.execute(db)
  return rows[0] ?? { before: null, after: null }
}

/** Who gets none for a reason; 'address': every address somebody has to look at. */
export async function leftOutOf(
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
  reason: string,
  from: number,
): Promise<{ rows: LeftOutRow[]; total: number }> {
  const rows = await db
    .selectFrom('postal_left_out')
    .selectAll()
    .select(sql<number>`(count(*) over ())::integer`.as('total'))
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .$if(reason === 'address', (query) => query.where(sql<boolean>`reason like 'address\\_%'`))
    .$if(reason !== 'address' && reason !== '', (query) => query.where('reason', '=', reason as LeftOutRow['reason'])) // any text: none has another
    .orderBy('reason')
    .orderBy('voter_id')
    .limit(pageSize)
    .offset(from)
    .execute()
  return { rows, total: rows[0]?.total ?? 0 }
}

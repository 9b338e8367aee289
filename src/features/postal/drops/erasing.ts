import { sql } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import '../../organizations/tables.ts'
import { greet } from '../../targeting/export/mail-house.ts'
import { postRowsOf } from '../../targeting/export/queries.ts'
import { homesByHand } from '../../targeting/homes-queries.ts'
import { foundKey } from '../checked/queries.ts'
import { dropFiles, setDrop } from './commands.ts'
import { dropById, keyOfPiece } from './queries.ts'
import { koreanLine } from './rules.ts'

/**
 * Takes a voter who is being erased off paper: a piece for them alone goes, one of their home is greeted anew without them
 * (of what was mailed: by no name), files with their name are no longer those of the drop and are to be made anew. Returns
 * the drops whose folders are to be swept once the transaction is over.
 */
export async function takeOffPaper(tx: Db, organization_id: string, voter_id: number, now: Date): Promise<string[]> {
  const theirs = await tx
    .selectFrom('postal_recipient')
    .select(['drop_id', 'number', 'same_as', 'home_keys'])
    .where('organization_id', '=', organization_id)
    .where('voter_id', '=', voter_id)
    .orderBy('drop_id')
    .execute()
  const { rows: of_pieces } = await sql<{ key: string }>`select distinct ${keyOfPiece(sql`p`)} as key
    from postal_recipient r join postal_piece p on p.organization_id = r.organization_id and p.drop_id = r.drop_id and p.number = r.number
    where r.organization_id = ${organization_id}::uuid and r.voter_id = ${voter_id}`.execute(tx)
  for (const { drop_id, number, same_as } of theirs) {
    // First its row, as everybody who changes a drop does.
    await tx.selectFrom('postal_drop').select('drop_id').where('organization_id', '=', organization_id).where('drop_id', '=', drop_id).forUpdate().execute() // prettier-ignore
    // Under whichever record they stand there.
    await sql`delete from postal_recipient where organization_id = ${organization_id}::uuid and drop_id = ${drop_id}::uuid
      and (voter_id = ${voter_id} or ${same_as ?? voter_id} in (voter_id, same_as))`.execute(tx)
    const drop = await dropById(tx, organization_id, drop_id)
    if (!drop) continue
    const isMailed = drop.state === 'mailed'
    const others = await tx
      .selectFrom('postal_recipient')
      .select('voter_id')
      .where('organization_id', '=', organization_id)
      .where('drop_id', '=', drop_id)
      .where('number', '=', number)
      .where('same_as', 'is', null)
      .execute()
    if (others.length === 0) await forgetAnswers(tx, { organization_id, drop_id, number })
    if (others.length === 0)
      await tx.deleteFrom('postal_piece').where('organization_id', '=', organization_id).where('drop_id', '=', drop_id).where('number', '=', number).execute() // prettier-ignore
    else
      await tx
        .updateTable('postal_piece')
        .set(
          isMailed
            ? nameless
            : await greeted(
                tx,
                organization_id,
                others.map((each) => each.voter_id),
                now,
              ),
        ) // prettier-ignore
        .where('organization_id', '=', organization_id)
        .where('drop_id', '=', drop_id)
        .where('number', '=', number)
        .execute()
    await dropFiles(tx, drop)
    // What was mailed stays so many.
    await setDrop(tx, drop, { print_state: null, ...(!isMailed && { ...(await counted(tx, organization_id, drop_id)), ...(drop.state === 'made' && { state: 'frozen' as const }) }) }) // prettier-ignore
  }
  const keys = new Set([...of_pieces.map(({ key }) => key), ...theirs.flatMap(({ home_keys }) => home_keys ?? [])])
  await forgetAddresses(tx, organization_id, [...keys])
  return theirs.map(({ drop_id }) => drop_id)
}

/** What certified software was asked and said of addresses to which no piece goes any more. */
async function forgetAddresses(tx: Db, organization_id: string, keys: readonly string[]): Promise<void> {
  await sql`with gone as (delete from postal_address a where a.organization_id = ${organization_id}::uuid
      and (a.address_key = any(${keys}::text[]) or ${foundKey} = any(${keys}::text[]))
      and not exists (select from postal_piece p where p.organization_id = a.organization_id and ${keyOfPiece(sql`p`)} in (a.address_key, ${foundKey}))
      returning a.address_id)
    delete from postal_checked_row r using gone where r.organization_id = ${organization_id}::uuid and r.address_id = gone.address_id`.execute(
    tx,
  )
}

/** That the page was opened stays counted, of nobody. */
async function forgetAnswers(
  tx: Db,
  { organization_id, drop_id, number }: { organization_id: string; drop_id: string; number: number },
) {
  await sql`with gone as (delete from postal_answer where organization_id = ${organization_id}::uuid and drop_id = ${drop_id}::uuid and number = ${number}
      returning language, answered_on, times)
    insert into postal_answer (organization_id, drop_id, language, number, answered_on, times)
    select ${organization_id}::uuid, ${drop_id}::uuid, language, 0, answered_on, times from gone
    on conflict (organization_id, drop_id, language, number, answered_on) do update set times = postal_answer.times + excluded.times`.execute(
    tx,
  )
}

const nameless = { name_line: '', name_line_ko: null, salutation: '', salutation_ko: null }

async function greeted(tx: Db, organization_id: string, voter_ids: number[], now: Date) {
  const { time_zone } = await tx.selectFrom('organization').select('time_zone').where('organization_id', '=', organization_id).executeTakeFirstOrThrow() // prettier-ignore
  const condition = sql<boolean>`v.voter_id = any(${voter_ids}::integer[])`
  const asked = postRowsOf({ organization_id, today: dateIn(time_zone, now) }, { condition }, await homesByHand(tx, organization_id)) // prettier-ignore
  const { rows } = await asked.execute(tx)
  const { name_line, salutation, salutation_ko } = greet(rows)
  return { name_line, name_line_ko: koreanLine(rows), salutation, salutation_ko: salutation_ko || null }
}

async function counted(tx: Db, organization_id: string, drop_id: string) {
  const { rows } = await sql<{ pieces: number; voters: number; by_language: string }>`
    select coalesce(sum(pieces), 0)::integer as pieces, coalesce(jsonb_object_agg(language, pieces), '{}')::text as by_language,
      (select count(*) from postal_recipient r where r.organization_id = ${organization_id} and r.drop_id = ${drop_id} and r.same_as is null)::integer as voters,
      (select count(*) from postal_recipient r where r.organization_id = ${organization_id} and r.drop_id = ${drop_id} and r.same_as is not null)::integer as duplicates
    from (select language, count(*)::integer as pieces from postal_piece
      where organization_id = ${organization_id} and drop_id = ${drop_id} group by language) by_language`.execute(tx)
  return rows[0] ?? {}
}

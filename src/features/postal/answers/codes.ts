import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Drop } from '../drops/queries.ts'
import '../tables.ts'
import { codeLength, codeLetters } from './rules.ts'

const newCode = (): string =>
  Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]).join('')

/** Rows sent in one statement. */
const block = 5000

/** Gives wordings or pieces of a list their codes, where they have none yet. Called in a transaction. */
export async function giveCodes(tx: Db, { organization_id, drop_id, answer_per, by_language }: Drop): Promise<void> {
  if (answer_per === 'drop')
    for (const language of Object.keys(by_language))
      await tx
        .insertInto('postal_code')
        .values({ organization_id, drop_id, language, code: newCode() })
        .onConflict((conflict) => conflict.columns(['organization_id', 'drop_id', 'language']).doNothing())
        .execute()
  if (answer_per !== 'piece') return
  const pieces = await tx
    .selectFrom('postal_piece')
    .select('number')
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .where('code', 'is', null)
    .execute()
  for (let from = 0; from < pieces.length; from += block) {
    const numbers = pieces.slice(from, from + block).map(({ number }) => number)
    await sql`update postal_piece p set code = g.code
      from unnest(${numbers}::integer[], ${numbers.map(newCode)}::text[]) g (number, code)
      where p.organization_id = ${organization_id}::uuid and p.drop_id = ${drop_id}::uuid and p.number = g.number`.execute(
      tx,
    )
  }
}

export interface Opened {
  organization_id: string
  drop_id: string
  language: string
  /** 0: the code is not of one piece. */
  number: number
  answer_page: string | null
  time_zone: string
}

/** What a code is of, whose ever: as the owner, since nobody who opens it has signed in. */
export async function openedBy(owner: Db, code: string): Promise<Opened | null> {
  const { rows } = await sql<Opened>`
    select f.organization_id, f.drop_id, f.language, f.number, d.answer_page, o.time_zone
    from (select organization_id, drop_id, language, 0 as number from postal_code where code = ${code}
      union all select organization_id, drop_id, language, number from postal_piece where code = ${code}) f
    join postal_drop d on d.organization_id = f.organization_id and d.drop_id = f.drop_id
    join organization o on o.organization_id = f.organization_id limit 1`.execute(owner)
  return rows[0] ?? null
}

/** Counts one opening. */
export const countOpened = (
  db: Db,
  { organization_id, drop_id, language, number }: Opened,
  today: string,
): Promise<unknown> =>
  sql`insert into postal_answer (organization_id, drop_id, language, number, answered_on, times)
    values (${organization_id}, ${drop_id}, ${language}, ${number}, ${today}, 1)
    on conflict (organization_id, drop_id, language, number, answered_on) do update set times = postal_answer.times + 1`.execute(
    db,
  )

/** The piece with this code of its own. */
export const pieceByCode = (
  db: Db,
  organization_id: string,
  code: string,
): Promise<{ drop_id: string; number: number } | undefined> =>
  db
    .selectFrom('postal_piece')
    .select(['drop_id', 'number'])
    .where('organization_id', '=', organization_id)
    .where('code', '=', code)
    .executeTakeFirst()

/** Codes of a drop's wordings, by language. */
export async function codesOf(
  db: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
): Promise<Record<string, string>> {
  const rows = await db
    .selectFrom('postal_code')
    .select(['language', 'code'])
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .execute()
  return Object.fromEntries(rows.map(({ language, code }) => [language, code]))
}

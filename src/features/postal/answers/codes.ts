import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { Drop } from '../drops/queries.ts'
import '../tables.ts'
import { codeLength, codeLetters } from './rules.ts'

/** Codes nobody can guess. Those of wordings begin with a letter and those of pieces with a digit, so that none is both. */
function newCodes(count: number, firsts: RegExp): string[] {
  const codes: string[] = []
  while (codes.length < count) {
    // Above the last whole multiple some letters would come more often.
    const even = randomBytes(16 * (count - codes.length) + 64).filter((byte) => byte < 256 - (256 % codeLetters.length))
    for (let at = 0; at + codeLength <= even.length && codes.length < count; at += codeLength) {
      const code = Array.from(even.subarray(at, at + codeLength), (byte) => codeLetters[byte % codeLetters.length]).join('') // prettier-ignore
      if (firsts.test(code)) codes.push(code)
    }
  }
  return codes
}
const ofWordings = /^[a-z]/
const ofPieces = /^\d/

/** Codes are one to an installation, whose others nobody sees: where one is taken, others are tried. */
async function untilFree(tx: Db, write: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    await sql`savepoint codes`.execute(tx)
    try {
      await write()
      await sql`release savepoint codes`.execute(tx)
      return
    } catch (problem) {
      if (tries === 20 || !isTaken(problem)) throw problem
      await sql`rollback to savepoint codes`.execute(tx)
    }
  }
}
const isTaken = (problem: unknown): boolean => problem instanceof Error && 'code' in problem && problem.code === '23505'

/** Rows sent in one statement. */
const block = 5000

/** Gives wordings or pieces of a list their codes, where they have none yet. Called in a transaction. */
export async function giveCodes(tx: Db, { organization_id, drop_id, answer_per, by_language }: Drop, codes = newCodes): Promise<void> {
  if (answer_per === 'drop')
    for (const language of Object.keys(by_language))
      await untilFree(tx, () => {
        const [code = ''] = codes(1, ofWordings)
        return tx
          .insertInto('postal_code')
          .values({ organization_id, drop_id, language, code })
          .onConflict((conflict) => conflict.columns(['organization_id', 'drop_id', 'language']).doNothing())
          .execute()
      })
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
    await untilFree(tx, () =>
      sql`update postal_piece p set code = g.code
        from unnest(${numbers}::integer[], ${codes(numbers.length, ofPieces)}::text[]) g (number, code)
        where p.organization_id = ${organization_id}::uuid and p.drop_id = ${drop_id}::uuid and p.number = g.number and p.code is null`.execute(tx),
    )
  }
} // prettier-ignore

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
    on conflict (organization_id, drop_id, language, number, answered_on) do update set times = least(postal_answer.times, 2147483646) + 1`.execute(
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

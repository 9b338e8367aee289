import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { Entry } from '../queries.ts'
import type { BankLineTable } from '../tables.ts'

export type StoredLine = Selectable<BankLineTable>

/**
 * What should be at the bank and is not found there yet. A payment recorded by mistake never moved money, neither it nor
 * what took it back is looked for.
 */
export const unmatchedEntries = (db: Db, organization_id: string): Promise<Entry[]> =>
  db
    .selectFrom('ledger_entry as e')
    .selectAll('e')
    .where('e.organization_id', '=', organization_id)
    .where('e.kind', '<>', 'void')
    // The service brings cards to the bank in sums of its own, less its fee.
    .where('e.way', '<>', 'card')
    .where(
      sql<boolean>`not exists (select from bank_match m where m.organization_id = e.organization_id and m.entry_id = e.entry_id)`,
    )
    .where(
      sql<boolean>`not exists (select from ledger_entry v where v.organization_id = e.organization_id and v.of_entry = e.entry_id and v.kind = 'void')`,
    )
    .orderBy('e.on_date')
    .orderBy('e.year')
    .orderBy('e.number')
    .execute()

/** Lines that are nobody's payment yet. */
export const unmatchedLines = (db: Db, organization_id: string): Promise<StoredLine[]> =>
  db
    .selectFrom('bank_line as l')
    .selectAll()
    .where('l.organization_id', '=', organization_id)
    .where('l.set_aside_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from bank_match m where m.organization_id = l.organization_id and m.line_id = l.line_id)`,
    )
    .orderBy('l.on_date')
    .orderBy('l.line_id')
    .execute()

export interface MatchedLine extends StoredLine {
  how: 'rule' | 'hand'
  matched_by: string
  entries: { entry_id: string; year: number; number: number; payer: string; amount_cents: number }[]
}

/** Lines that were found in the ledger, the last first. */
export async function matchedLines(db: Db, organization_id: string, limit: number): Promise<MatchedLine[]> {
  const { rows } = await sql<MatchedLine>`
    select l.*, m.how, m.matched_by, m.entries from bank_line l
    join lateral (select min(x.how) as how, min(x.matched_by) as matched_by,
        jsonb_agg(jsonb_build_object('entry_id', e.entry_id, 'year', e.year, 'number', e.number, 'payer', e.payer, 'amount_cents', e.amount_cents) order by e.year, e.number) as entries
      from bank_match x join ledger_entry e on e.organization_id = x.organization_id and e.entry_id = x.entry_id
      where x.organization_id = l.organization_id and x.line_id = l.line_id) m on m.entries is not null
    where l.organization_id = ${organization_id}::uuid order by l.on_date desc, l.line_id limit ${limit}`.execute(db)
  return rows
}

export const setAsideLines = (db: Db, organization_id: string, limit: number): Promise<StoredLine[]> =>
  db
    .selectFrom('bank_line')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('set_aside_at', 'is not', null)
    .orderBy('on_date', 'desc')
    .orderBy('line_id')
    .limit(limit)
    .execute()

export const lineById = async (db: Db, organization_id: string, line_id: string): Promise<StoredLine> =>
  found(
    await db
      .selectFrom('bank_line')
      .selectAll()
      .where('organization_id', '=', organization_id)
      // As text: what is no id at all is not found either.
      .where(sql`line_id::text`, '=', line_id)
      .executeTakeFirst(),
  )

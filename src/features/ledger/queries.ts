import { sql, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import type { MonthOfWay } from './rules.ts'
import type { LedgerEntryTable } from './tables.ts'

export type Entry = Selectable<LedgerEntryTable>

/** Money changed hands in a year, newest receipt first. */
export async function entriesOf(
  db: Db,
  organization_id: string,
  year: number,
  { from, size }: { from: number; size: number },
): Promise<{ rows: Entry[]; total: number }> {
  const rows = await db
    .selectFrom('ledger_entry')
    .selectAll()
    .select(sql<number>`count(*) over ()::integer`.as('total'))
    .where('organization_id', '=', organization_id)
    .where(sql`extract(year from on_date)`, '=', year)
    .orderBy('on_date', 'desc')
    .orderBy('year', 'desc')
    .orderBy('number', 'desc')
    .limit(size)
    .offset(from)
    .execute()
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** By the month the money changed hands; what was given back is taken off. */
export async function sumsOf(db: Db, organization_id: string, year: number): Promise<MonthOfWay[]> {
  const { rows } = await sql<MonthOfWay>`
    select to_char(on_date, 'YYYY-MM') as month, way, sum(amount_cents)::integer as cents from ledger_entry
    where organization_id = ${organization_id}::uuid and extract(year from on_date) = ${year}
    group by 1, 2 order by 1, array_position(array['cash', 'check', 'transfer', 'card'], way)`.execute(db)
  return rows
}

export async function yearsOf(db: Db, organization_id: string): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct extract(year from on_date)::integer as year from ledger_entry where organization_id = ${organization_id}::uuid order by 1 desc`.execute(
    db,
  )
  return rows.map(({ year }) => year)
}

export async function entryById(db: Db, organization_id: string, entry_id: string): Promise<Entry> {
  return found(
    await db
      .selectFrom('ledger_entry')
      .selectAll()
      .where('organization_id', '=', organization_id)
      // As text: what is no id at all is not found either.
      .where(sql`entry_id::text`, '=', entry_id)
      .executeTakeFirst(),
  )
}

/** What was given back of a payment, or took it out of the books, in order. */
export const backOf = (db: Db, organization_id: string, entry_id: string): Promise<Entry[]> =>
  db
    .selectFrom('ledger_entry')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('of_entry', '=', entry_id)
    .orderBy('year')
    .orderBy('number')
    .execute()

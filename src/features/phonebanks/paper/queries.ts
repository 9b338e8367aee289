import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { displayName, hangulOf } from '../cards.ts'
import type { PhoneBank } from '../dashboard.ts'
import { ageAt, placeOf } from '../rules.ts'
import type { CallCard } from '../schema.ts'
import type { TargetState } from '../tables.ts'
import { attemptIdOf } from './rules.ts'
import { LetteredResult, LineResult } from './schema.ts'
import type { PhoneBankSheetTable } from './tables.ts'
import '../../contacts/tables.ts'
import '../../people/tables.ts'
import '../../voterfile/tables.ts'
import './tables.ts'

export interface Sheet extends Selectable<PhoneBankSheetTable> {
  caller_name: string | null
  lines: number
  typed: number
  /** Lines whose voters no screen hands out while the sheet is out. */
  on_paper: number
}

/** Printed sheets of a phone bank, the newest first. */
export const sheetsOf = (db: Db, bank: PhoneBank, now: Date): Promise<Sheet[]> => sheets(db, bank, now, null)

export async function sheetOf(db: Db, bank: PhoneBank, sheet_id: string, now: Date): Promise<Sheet> {
  return found((await sheets(db, bank, now, sheet_id))[0])
}

async function sheets(db: Db, bank: PhoneBank, now: Date, sheet_id: string | null): Promise<Sheet[]> {
  const { rows } = await sql<Sheet>`
    select s.*, c.name as caller_name, l.lines, l.typed, l.on_paper
    from phone_bank_sheet s
    left join phone_bank_caller c on c.organization_id = s.organization_id and c.caller_id = s.caller_id
    cross join lateral (
      select count(*)::integer as lines, count(l.typed)::integer as typed, count(*) filter (where t.state = 'waiting' and t.why = 'elsewhere'
        and t.on_paper_at = s.made_at and t.next_at > ${now} and t.next_at = t.on_paper_at + interval '24 hours')::integer as on_paper
      from phone_bank_sheet_line l left join phone_bank_target t
        on t.organization_id = l.organization_id and t.phone_bank_id = s.phone_bank_id and t.voter_id = l.voter_id
      where l.organization_id = s.organization_id and l.sheet_id = s.sheet_id) l
    where s.organization_id = ${bank.organization_id}::uuid and s.phone_bank_id = ${bank.phone_bank_id}::uuid
      and (${sheet_id}::uuid is null or s.sheet_id = ${sheet_id}::uuid)
    order by s.number desc limit 200`.execute(db)
  return rows.map((row) => ({ ...row, own_results: z.array(LetteredResult).parse(row.own_results) }))
}

export interface SheetLine {
  line: number
  voter_id: number
  phone: string
  revision: number
  name: string
  hangul: CallCard['hangul']
  age: number | null
  language: string
  is_language_known: boolean
  city: string | null
  /** Of the voter's home; null: no longer on the list. */
  time_zone: string | null
  /** What is noted for whoever calls this home. */
  home_note: string | null
  attempts: number
  /** Reserved for this sheet still. */
  is_on_paper: boolean
  state: TargetState | null
  /** Nobody may call them any more: why, since when, who said so. */
  closed: { reason: string; marked_by: string; marked_at: Date } | null
  /** Recorded and not taken back. */
  typed: LineResult | null
  typed_by: string | null
  typed_at: Date | null
  /** Whose attempt it is now, or would be. */
  attempt_id: string
  /** The attempt of this revision exists; taken back or not. */
  attempt: { is_undone: boolean } | null
}

interface LineRow extends Omit<SheetLine, 'name' | 'hangul' | 'age' | 'closed' | 'attempt_id' | 'attempt'> {
  first_name: string | null
  middle_name: string | null
  last_name: string
  name_hangul: string | null
  p_korean: number
  birth_date: string | null
  birth_year: number | null
  reason: string | null
  marked_by: string | null
  marked_at: Date | null
}

/** The lines of a sheet in order, as they stand now. `today` is the date where the organization is. */
export async function linesOf(
  db: Db,
  sheet: Pick<Sheet, 'organization_id' | 'phone_bank_id' | 'sheet_id' | 'made_at'>,
  now: Date,
  today: string,
  { from = 0, to = 1000 }: { from?: number; to?: number } = {},
): Promise<SheetLine[]> {
  const { organization_id, phone_bank_id, sheet_id, made_at } = sheet
  const { rows } = await sql<LineRow>`
    select l.line, l.voter_id, l.phone, l.revision, l.typed, l.typed_by, l.typed_at, r.birth_date, coalesce(p.birth_year, r.birth_year) as birth_year,
      coalesce(p.city, r.city) as city, coalesce(p.first_name, r.first_name) as first_name, r.middle_name,
      coalesce(p.last_name, r.last_name) as last_name, p.name_hangul, r.p_korean, coalesce(t.language, 'und') as language,
      coalesce(t.is_language_known, false) as is_language_known, coalesce(t.attempts, 0) as attempts, t.state, t.time_zone,
      coalesce(t.state = 'waiting' and t.why = 'elsewhere' and t.on_paper_at = ${made_at} and t.next_at > ${now}
        and t.next_at = t.on_paper_at + interval '24 hours', false) as is_on_paper,
      s.reason, s.marked_by, s.marked_at, home_as_known(l.organization_id, l.voter_id) ->> 'note' as home_note
    from phone_bank_sheet_line l
    join voter_record r on r.voter_id = l.voter_id
    left join phone_bank_target t on t.organization_id = l.organization_id and t.phone_bank_id = ${phone_bank_id}::uuid and t.voter_id = l.voter_id
    left join person p on p.organization_id = l.organization_id and p.voter_id = l.voter_id and p.merged_into is null
    left join lateral (
      select reason, marked_by, marked_at from suppression s where s.organization_id = l.organization_id and s.taken_back_at is null
        and (s.voter_id = l.voter_id or s.phone = l.phone and closes_number(s, l.voter_id, p.person_id)) order by marked_at desc limit 1) s on true
    where l.organization_id = ${organization_id}::uuid and l.sheet_id = ${sheet_id}::uuid and l.line > ${from} and l.line <= ${to}
    order by l.line`.execute(db)
  const ids = new Map(rows.map((row) => [row.line, attemptIdOf(sheet_id, row.line, row.revision)]))
  const attempts = new Map(
    (rows.length
      ? await db
          .selectFrom('contact_attempt')
          .select(['attempt_id', 'undone_at'])
          .where('organization_id', '=', organization_id)
          .where('attempt_id', 'in', [...ids.values()])
          .execute()
      : []
    ).map(({ attempt_id, undone_at }) => [attempt_id, { is_undone: undone_at !== null }]),
  )
  return rows.map(({ reason, marked_by, marked_at, birth_date, birth_year, ...row }) => {
    const attempt_id = ids.get(row.line) ?? ''
    const attempt = attempts.get(attempt_id) ?? null
    return {
      ...row,
      name: displayName(row),
      hangul: hangulOf(row),
      age: ageAt(birth_date, birth_year, today),
      time_zone: row.time_zone && placeOf(row.time_zone).zone,
      closed: reason && marked_by && marked_at ? { reason, marked_by, marked_at } : null,
      typed: attempt && !attempt.is_undone ? LineResult.nullable().parse(row.typed) : null,
      attempt_id,
      attempt,
    }
  })
}

/** Names to choose from when a sheet is typed in: who calls here, on a screen or from paper. */
export async function callerNames(db: Db, bank: PhoneBank): Promise<string[]> {
  const rows = await db
    .selectFrom('phone_bank_caller')
    .select('name')
    .distinct()
    .where('organization_id', '=', bank.organization_id)
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .limit(300)
    .execute()
  return rows.map(({ name }) => name)
}

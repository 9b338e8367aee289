import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { isCalling } from '../callers/here.ts'
import type { CallerRow, PhoneBank, Standing } from '../dashboard.ts'
import { closesAt, mainLanguage, quietDayNow } from '../rules.ts'
import '../../contacts/tables.ts'

/** What a host should look at now. */
export type Alert =
  | { kind: 'wrong_numbers'; name: string; count: number }
  /** `likely`: how many of them only by their names. */
  | { kind: 'no_speaker'; language: string; count: number; likely: number }
  /** Voters whose language nobody knows, and nobody here speaks the main one. */
  | { kind: 'no_main_speaker'; language: string; count: number }
  | { kind: 'running_out'; count: number }
  | { kind: 'hours_ending'; at: Date }
  /** Its key of quiet-days.ts, or 'own'. */
  | { kind: 'quiet_day'; day: string }
  | { kind: 'hostile'; name: string; at: Date; note: string | null; voter_id: number }
  | { kind: 'quota'; nth: number }

/** So many wrong or dead numbers in a row are no chance any more: a bad list, or a slip of the finger. */
export const wrong_in_a_row = 10
/** Ready voters for each caller below which the host hears of it. */
const few_each = 10
const ending_minutes = 30
const hostile_hours = 2

interface Seen {
  standings: readonly Standing[]
  callers: readonly CallerRow[]
  callers_now: number
  quota_counts: readonly number[]
}

/** Alerts of a phone bank, the most pressing first. */
export async function alertsOf(db: Db, bank: PhoneBank, seen: Seen, now: Date): Promise<Alert[]> {
  if (bank.ended_at || !bank.prepared_at) return []
  const [hostile, wrong, unspoken] = await Promise.all([
    hostileCalls(db, bank, now),
    wrongInARow(db, bank, now),
    unspokenLanguages(db, bank, now),
  ])
  const ready = seen.standings
    .filter((row) => row.state === 'ready' || (row.state === 'waiting' && row.is_due))
    .reduce((sum, row) => sum + row.count, 0)
  const closes = closesAt(bank.zones, bank, now)
  const today = quietDayNow(bank.zones, bank, now)
  const isEnding = closes !== null && closes.getTime() - now.getTime() <= ending_minutes * 60_000
  return [
    ...(today ? [{ kind: 'quiet_day' as const, day: today }] : []),
    ...hostile,
    ...wrong,
    // With nobody there at all, nobody of that language is no news.
    ...(seen.callers_now > 0 ? unspoken : []),
    ...bank.quotas.flatMap(({ count }, nth): Alert[] =>
      (seen.quota_counts[nth] ?? 0) >= count ? [{ kind: 'quota', nth }] : [],
    ),
    ...(seen.callers_now > 0 && closes !== null && ready < seen.callers_now * few_each
      ? [{ kind: 'running_out' as const, count: ready }]
      : []),
    ...(isEnding && seen.callers_now > 0 ? [{ kind: 'hours_ending' as const, at: closes }] : []),
  ]
}

async function hostileCalls(db: Db, bank: PhoneBank, now: Date): Promise<Alert[]> {
  const rows = await db
    .selectFrom('contact_attempt')
    .select(['made_by', 'attempted_at', 'note', 'voter_id'])
    .where('organization_id', '=', bank.organization_id)
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('disposition', '=', 'hostile')
    .where('undone_at', 'is', null)
    .where('attempted_at', '>', new Date(now.getTime() - hostile_hours * 3_600_000))
    .orderBy('attempted_at', 'desc')
    .limit(5)
    .execute()
  return rows.map((row) => ({
    kind: 'hostile',
    name: row.made_by,
    at: row.attempted_at,
    note: row.note,
    voter_id: row.voter_id ?? 0,
  }))
}

/** Callers who are here and whose last calls were all wrong or dead numbers. */
async function wrongInARow(db: Db, bank: PhoneBank, now: Date): Promise<Alert[]> {
  const { rows } = await sql<{ name: string; count: number }>`
    select c.name, last.count from phone_bank_caller c
    cross join lateral (
      select count(*)::integer as count, count(*) filter (where disposition in ('wrong_number', 'disconnected'))::integer as wrong from (
        select disposition from contact_attempt a where a.caller_id = c.caller_id and a.organization_id = c.organization_id and a.undone_at is null
        order by recorded_at desc limit ${wrong_in_a_row}) last) last
    where c.organization_id = ${bank.organization_id}::uuid and c.phone_bank_id = ${bank.phone_bank_id}::uuid and c.removed_at is null
      and c.last_seen_at > ${new Date(now.getTime() - 15 * 60_000)} and last.count = ${wrong_in_a_row} and last.wrong = last.count`.execute(
    db,
  )
  return rows.map(({ name, count }) => ({ kind: 'wrong_numbers', name, count }))
}

/** Languages of voters waiting, said or likely, which nobody who is here speaks. */
async function unspokenLanguages(db: Db, bank: PhoneBank, now: Date): Promise<Alert[]> {
  const main = mainLanguage(bank.languages)
  const { rows } = await sql<{ language: string; count: number; likely: number }>`
    select t.language, count(*)::integer as count, count(*) filter (where not t.is_language_known)::integer as likely from phone_bank_target t
    where t.organization_id = ${bank.organization_id}::uuid and t.phone_bank_id = ${bank.phone_bank_id}::uuid
      and t.state in ('ready', 'waiting') and not case t.language when 'und' then ${main} else t.language end in (
        select unnest(k.languages) from phone_bank_caller k
        where k.organization_id = ${bank.organization_id}::uuid and k.phone_bank_id = ${bank.phone_bank_id}::uuid and ${isCalling(now)})
    group by 1 order by 2 desc limit 5`.execute(db)
  return rows.map((row) =>
    row.language === 'und'
      ? { kind: 'no_main_speaker', language: main, count: row.count }
      : { kind: 'no_speaker', ...row },
  )
}

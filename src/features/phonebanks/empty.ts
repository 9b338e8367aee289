import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { mainLanguage, openZones, opensNextAt, quietDayNow, type CallingHours } from './rules.ts'
import type { Empty } from './schema.ts'

export interface Asked extends CallingHours {
  organization_id: string
  phone_bank_id: string
  zones: string[]
  languages: string[]
  language_fallback: boolean
  prepared_at: Date | null
}

interface Counts {
  ready: number
  ready_in_language: number
  leased: number
  resting: number
  resting_until: Date | null
  call_back: number
  call_back_at: Date | null
  other_language: number
  on_paper: number
  on_paper_until: Date | null
  organizer: number
  no_number: number
  /** Who put off those that could be called now: one entry for each. */
  skipped_by: string[] | null
}

interface Kept {
  /** Without those the caller put off. */
  empty: Empty
  skipped_by: readonly string[]
}

/** Five hundred callers at an empty list ask the same thing: one answer serves them for a second. */
const kept = new Map<string, { answer: Promise<Kept>; at: number }>()

/** Why there is nobody for a caller of these languages, and when there will be. */
export async function emptyFor(
  db: Db,
  bank: Asked,
  { caller_id, languages }: { caller_id: string; languages: readonly string[] },
  now: Date,
): Promise<Empty> {
  const key = `${bank.organization_id}:${bank.phone_bank_id}:${[...languages].sort().join()}`
  const last = kept.get(key)
  let answer = last && now.getTime() >= last.at && now.getTime() - last.at < 1000 ? last.answer : null
  if (!answer) {
    answer = whyEmpty(db, bank, languages, now)
    if (kept.size > 1000) kept.clear()
    kept.set(key, { answer, at: now.getTime() })
    answer.catch(() => kept.delete(key))
  }
  const { empty, skipped_by } = await answer
  const count = skipped_by.filter((each) => each === caller_id).length
  if (empty.reason !== 'finished' && empty.reason !== 'organizer') return empty
  if (count > 0) return { reason: 'skipped', ready_at: null, count }
  // Put off by somebody else and not handed out now: it is night where they live.
  const others = skipped_by.length
  return others > 0 ? outsideHours(bank, others, now) : empty
}

const outsideHours = (bank: Asked, count: number, now: Date): Empty => ({
  reason: 'outside_hours',
  ready_at: opensNextAt(bank.zones, bank, now)?.toISOString() ?? null,
  count,
  quiet_day: quietDayNow(bank.zones, bank, now),
})

/** The reason that will pass first, with the count of those it holds back. As take_call hands out. */
async function whyEmpty(db: Db, bank: Asked, languages: readonly string[], now: Date): Promise<Kept> {
  if (!bank.prepared_at) return { empty: { reason: 'preparing', ready_at: null, count: 0 }, skipped_by: [] }
  const speaks_main = languages.includes(mainLanguage(bank.languages))
  const spoken = speaks_main || bank.language_fallback ? [...languages, 'und'] : languages
  const { rows } = await sql<Counts>`
    select count(*) filter (where state = 'ready')::integer as ready,
      count(*) filter (where state = 'ready' and is_spoken)::integer as ready_in_language,
      count(*) filter (where state = 'leased')::integer as leased,
      count(*) filter (where rests and is_spoken and not is_skipped)::integer as resting,
      min(next_at) filter (where rests and is_spoken and not is_skipped) as resting_until,
      count(*) filter (where is_promised and (is_spoken or not is_language_known))::integer as call_back,
      min(next_at) filter (where is_promised and (is_spoken or not is_language_known)) as call_back_at,
      count(*) filter (where not is_spoken and (rests or state = 'ready' or is_language_known and is_promised
        or state = 'waiting' and why = 'handed_on'))::integer as other_language,
      count(*) filter (where is_on_paper)::integer as on_paper,
      min(next_at) filter (where is_on_paper) as on_paper_until,
      count(*) filter (where state = 'waiting' and why = 'organizer')::integer as organizer,
      count(*) filter (where state = 'finished' and why = 'no_number')::integer as no_number,
      array_agg(not_for) filter (where is_skipped and is_spoken) as skipped_by
    from (select t.*, state = 'waiting' and why in ('resting', 'skipped', 'elsewhere', 'household') and not is_on_paper as rests,
        state = 'waiting' and not is_on_paper and not_for is not null and next_at <= ${now.toISOString()}::timestamptz
          and why in ('resting', 'skipped', 'elsewhere', 'household') as is_skipped
      from (select state, why, next_at, not_for, is_language_known, language = any(${[...spoken]}::text[])
            or ${bank.language_fallback}::boolean and not is_language_known and language = any(${[...bank.languages]}::text[]) as is_spoken,
          state = 'waiting' and why in ('call_back', 'next_number') as is_promised,
          coalesce(state = 'waiting' and why = 'elsewhere' and next_at = on_paper_at + interval '24 hours'
            and next_at > ${now.toISOString()}::timestamptz, false) as is_on_paper
        from phone_bank_target where organization_id = ${bank.organization_id}::uuid and phone_bank_id = ${bank.phone_bank_id}::uuid) t) t`.execute(
    db,
  )
  const counts = rows[0] as Counts // an aggregate always has a row
  return { empty: reasonOf(bank, counts, now), skipped_by: counts.skipped_by ?? [] }
}

function reasonOf(bank: Asked, counts: Counts, now: Date): Empty {
  const put_off = counts.skipped_by?.length ?? 0
  const due = counts.ready_in_language + counts.resting + counts.call_back + put_off
  if (due > 0 && openZones(bank.zones, bank, now).length === 0) {
    return outsideHours(bank, due, now)
  }
  const when = (instant: Date | null): string | null => {
    if (!instant) return null
    const earliest = instant > now ? instant : now
    return opensNextAt(bank.zones, bank, earliest)?.toISOString() ?? null
  }
  const isFirst = (a: Date | null, b: Date | null) => a !== null && (b === null || a <= b)
  if (counts.leased > 0 && !(counts.resting_until && counts.resting_until <= now))
    return { reason: 'all_leased', ready_at: new Date(now.getTime() + 60_000).toISOString(), count: counts.leased }
  if (counts.call_back > 0 && isFirst(counts.call_back_at, counts.resting_until))
    return { reason: 'call_back_later', ready_at: when(counts.call_back_at), count: counts.call_back }
  if (counts.resting > 0) return { reason: 'resting', ready_at: when(counts.resting_until), count: counts.resting }
  if (counts.on_paper > 0) return { reason: 'on_paper', ready_at: when(counts.on_paper_until), count: counts.on_paper }
  if (counts.other_language > 0) return { reason: 'other_language', ready_at: null, count: counts.other_language }
  if (counts.ready > 0) return outsideHours(bank, counts.ready, now)
  if (counts.organizer > 0) return { reason: 'organizer', ready_at: null, count: counts.organizer }
  return { reason: 'finished', ready_at: null, count: counts.no_number }
}

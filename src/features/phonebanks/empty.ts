import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { openZones, opensNextAt, type CallingHours } from './rules.ts'
import type { Empty } from './schema.ts'

export interface Asked extends CallingHours {
  organization_id: string
  phone_bank_id: string
  zones: string[]
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
  no_number: number
}

/** Five hundred callers at an empty list ask the same thing: one answer serves them for a second. */
const kept = new Map<string, { answer: Promise<Empty>; at: number }>()

/** Why there is nobody for a caller of these languages, and when there will be. */
export function emptyFor(db: Db, bank: Asked, languages: readonly string[], now: Date): Promise<Empty> {
  const key = `${bank.organization_id}:${bank.phone_bank_id}:${[...languages].sort().join()}`
  const last = kept.get(key)
  if (last && now.getTime() >= last.at && now.getTime() - last.at < 1000) return last.answer
  const answer = whyEmpty(db, bank, languages, now)
  if (kept.size > 1000) kept.clear()
  kept.set(key, { answer, at: now.getTime() })
  answer.catch(() => kept.delete(key))
  return answer
}

/** The reason that will pass first, with the count of those it holds back. */
async function whyEmpty(db: Db, bank: Asked, languages: readonly string[], now: Date): Promise<Empty> {
  if (!bank.prepared_at) return { reason: 'preparing', ready_at: null, count: 0 }
  const { rows } = await sql<Counts>`
    select count(*) filter (where state = 'ready')::integer as ready,
      count(*) filter (where state = 'ready' and (language = any(${[...languages, 'und']}::text[])))::integer as ready_in_language,
      count(*) filter (where state = 'leased')::integer as leased,
      count(*) filter (where state = 'waiting' and why not in ('call_back', 'handed_on', 'next_number'))::integer as resting,
      min(next_at) filter (where state = 'waiting' and why not in ('call_back', 'handed_on', 'next_number')) as resting_until,
      count(*) filter (where state = 'waiting' and why in ('call_back', 'next_number'))::integer as call_back,
      min(next_at) filter (where state = 'waiting' and why in ('call_back', 'next_number')) as call_back_at,
      (count(*) filter (where state = 'waiting' and why = 'handed_on') + count(*) filter (where state = 'ready' and is_language_known
        and not language = any(${[...languages, 'und']}::text[])))::integer as other_language,
      count(*) filter (where state = 'finished' and why = 'no_number')::integer as no_number
    from phone_bank_target where organization_id = ${bank.organization_id}::uuid and phone_bank_id = ${bank.phone_bank_id}::uuid`.execute(
    db,
  )
  const counts = rows[0] as Counts & { other_language: number } // an aggregate always has a row
  const due = counts.ready_in_language + counts.resting + counts.call_back
  if (due > 0 && openZones(bank.zones, bank, now).length === 0) {
    return { reason: 'outside_hours', ready_at: opensNextAt(bank.zones, bank, now)?.toISOString() ?? null, count: due }
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
  if (counts.other_language > 0) return { reason: 'other_language', ready_at: null, count: counts.other_language }
  if (counts.ready > 0) return { reason: 'outside_hours', ready_at: when(now), count: counts.ready }
  return { reason: 'finished', ready_at: null, count: counts.no_number }
}

import type { CallingHours } from '../rules.ts'

/**
 * What the law says of calls and what of it binds political calls that a person starts, as rows with source and date; why
 * the product is as it is says docs/calling-law.md. A change of the law is a row with its day. Not legal advice.
 */
export interface LawRow {
  key: string
  jurisdiction: 'us' | 'ny'
  /** 'allowed': what we do is free. 'as_if': not sure, held as if it did. */
  binds: 'allowed' | 'yes' | 'as_if' | 'no'
  /** First and last day, 'YYYY-MM-DD'; null: long in force, or without an end. */
  from: string | null
  to: string | null
  /** Within which calls of this kind may be made where the called person lives. */
  hours?: readonly [string, string]
  /** null: no text of its own to name; `confidence` says how far to trust it. */
  source: string | null
  confidence: 'high' | 'medium' | 'unverified'
  checked_on: string
}

const checked_on = '2026-11-23'
const fcc = 'FCC, “Political robocalls and robotexts”; 47 USC 227; 47 CFR 64.1200'

function law(
  key: string,
  binds: LawRow['binds'],
  source: string | null,
  confidence: LawRow['confidence'],
  more: Partial<LawRow> = {},
): LawRow {
  return { key, jurisdiction: 'us', binds, from: null, to: null, source, confidence, checked_on, ...more }
}

export const callLaw: readonly LawRow[] = [
  law('by_hand', 'allowed', fcc, 'high'),
  law('autodialer', 'yes', fcc, 'high'),
  law('autodialer_meaning', 'yes', 'Facebook v. Duguid (2021)', 'medium'),
  law('voice_mobile', 'yes', fcc, 'high'),
  law('as_mobile', 'yes', fcc, 'high'),
  law('voice_ai', 'yes', 'FCC ruling of February 2024', 'medium'),
  law('voice_landline', 'yes', fcc, 'high'),
  law('voice_name', 'yes', fcc, 'high'),
  law('registry', 'no', null, 'high'),
  law('stop', 'yes', '47 CFR 64.1200(a)(10)–(12)', 'high', { from: '2025-04-11' }),
  law('stop_everything', 'yes', 'FCC order of 2026-01-06', 'high', { from: '2027-02-01' }),
  law('reassigned', 'allowed', 'FCC, Reassigned Numbers Database', 'unverified'),
  law('damages', 'yes', '47 USC 227(b)(3)', 'high'),
  law('text_by_hand', 'allowed', fcc, 'high'),
  law('text_autodialer', 'yes', fcc, 'high'),
  law('text_stop_words', 'yes', '47 CFR 64.1200(a)(10)', 'high', { from: '2025-04-11' }),
  law('text_confirmation', 'yes', '47 CFR 64.1200(a)(12)', 'high', { from: '2025-04-11' }),
  law('text_registered', 'as_if', 'Twilio, A2P 10DLC', 'high'),
  law('sales_hours', 'no', '47 CFR 64.1200(c)(1)', 'medium', { hours: ['08:00', '21:00'] }),
  law('caller_id', 'yes', 'Truth in Caller ID Act', 'medium'),
  law('disclaimer', 'yes', '11 CFR 110.11; 11 CFR 100.28', 'medium'),
  law('sales_ny', 'no', 'General Business Law § 399-z', 'high', { jurisdiction: 'ny', hours: ['08:00', '21:00'] }),
  law('device_ny', 'as_if', 'General Business Law § 399-p', 'unverified', { jurisdiction: 'ny' }),
  law('paid_for_ny', 'yes', 'Election Law § 14-106', 'high', { jurisdiction: 'ny' }),
  law('recording_ny', 'yes', null, 'unverified', { jurisdiction: 'ny' }),
]

/** The rows of a day, and those that are still to come. */
export const lawFrom = (date: string): LawRow[] => callLaw.filter(({ to }) => to === null || to >= date)

/** The narrowest hours any row of this day sets, also those that bind sales calls only: voters know them. */
export function hoursOfLaw(date: string): readonly [string, string] | null {
  const all = callLaw.flatMap(({ hours, from, to }) =>
    hours && (from ?? date) <= date && (to ?? date) >= date ? [hours] : [],
  )
  if (all.length === 0) return null
  return [
    all
      .map(([start]) => start)
      .toSorted()
      .at(-1) ?? '',
    all.map(([, end]) => end).toSorted()[0] ?? '',
  ]
}

/** Those hours, where the phone bank calls before or after them on some weekday; null: it does not. */
export function hoursBeyondLaw(
  { calling_starts, calling_ends, weekdays }: Pick<CallingHours, 'calling_starts' | 'calling_ends' | 'weekdays'>,
  date: string,
): readonly [string, string] | null {
  const bounds = hoursOfLaw(date)
  if (!bounds) return null
  const days = ['0', '1', '2', '3', '4', '5', '6'].map((day) => {
    const own = weekdays?.[day]
    return own === undefined ? [calling_starts.slice(0, 5), calling_ends.slice(0, 5)] : own
  })
  return days.some((hours) => hours && ((hours[0] ?? '') < bounds[0] || (hours[1] ?? '') > bounds[1])) ? bounds : null
}

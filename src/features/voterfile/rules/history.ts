import type { ElectionKind, VoteMethod } from '../layouts/layout.ts'
import { isDate } from './dates.ts'
import { generalElectionOn, newYorkElections } from './elections-ny.ts'

/** One vote of one voter, as far as the entry says. */
export interface Vote {
  kind: ElectionKind
  year: number
  /** Null where only the year is known and several of the kind were held. */
  held_on: string | null
  method: VoteMethod
}

/** By their number in `voter_record.votes`. */
export const voteMethods: readonly VoteMethod[] = ['unknown', 'poll', 'early', 'mail', 'affidavit', 'military', 'other']

export const methodNumber = (method: VoteMethod): number => voteMethods.indexOf(method)

const codes: Readonly<Record<string, ElectionKind>> = {
  GE: 'general', GN: 'general', PR: 'primary', PE: 'primary', FP: 'primary', PP: 'presidential_primary', SP: 'special', SE: 'special', RO: 'runoff',
  VE: 'local', VI: 'local', SC: 'local', SD: 'local', LO: 'local',
} // prettier-ignore

const methods: Readonly<Record<string, VoteMethod>> = {
  P: 'poll',
  E: 'early',
  A: 'mail',
  F: 'affidavit',
  M: 'military',
  O: 'other',
}

/**
 * One entry of New York's VOTERHISTORY, in any county's spelling; null where it cannot be used (no year, unknown code).
 * `this_year` decides what two digits mean: up to it 2000s, else 1900s.
 */
export function readNewYorkEntry(entry: string, this_year: number): Vote | null {
  const text = entry.replace(/[[\]]/g, ' ').replace(/,/g, ' ').replace(/\s+/g, ' ').trim().toUpperCase()
  const marked = /^(.*?)\s*\(([^)]*)\)$/.exec(text)
  const method = marked ? (methods[(marked[2] ?? '').trim()] ?? 'other') : 'unknown'
  const words = marked ? (marked[1] ?? '').trim() : text

  const coded = /^(\d{8}) ?([A-Z]{2})$/.exec(words)
  const turned = coded ? null : /^([A-Z]{2}) ?(\d{8})$/.exec(words)
  if (coded ?? turned) {
    const digits = (coded ? coded[1] : turned?.[2]) ?? ''
    const kind = codes[(coded ? coded[2] : turned?.[1]) ?? '']
    const held_on = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
    return kind && isDate(held_on) ? { kind, year: Number(digits.slice(0, 4)), held_on, method } : null
  }

  // Without a blank: GE04, 2004GE.
  const short =
    /^([A-Z]{2})(\d{2}|(?:19|20)\d\d)$/.exec(words) ?? /^(?<year>\d{2}|(?:19|20)\d\d)(?<code>[A-Z]{2})$/.exec(words)
  if (short) {
    const kind = codes[short.groups?.code ?? short[1] ?? '']
    const year = fullYear(short.groups?.year ?? short[2] ?? '', this_year)
    return kind ? { kind, year, held_on: newYorkElectionOn(kind, year), method } : null
  }

  const kind = kindOfWords(words)
  if (!kind) return null
  const slashed = /(?:^| )(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?: |$)/.exec(words)
  if (slashed) {
    const year = fullYear(slashed[3] ?? '', this_year)
    const held_on = `${year}-${(slashed[1] ?? '').padStart(2, '0')}-${(slashed[2] ?? '').padStart(2, '0')}`
    return isDate(held_on) ? { kind, year, held_on, method } : null
  }
  const dated = /(?:^| )((?:19|20)\d\d)(\d\d)(\d\d)(?: |$)/.exec(words)
  if (dated) {
    const held_on = `${dated[1]}-${dated[2]}-${dated[3]}`
    return isDate(held_on) ? { kind, year: Number(dated[1]), held_on, method } : null
  }
  const stated = /(?:^| )'?((?:19|20)\d\d|\d\d)(?: |$)/.exec(words)
  if (!stated) return null
  const year = fullYear(stated[1] ?? '', this_year)
  return { kind, year, held_on: newYorkElectionOn(kind, year), method }
}

/** The day of the only election of that kind that year; null where there were several or we do not know. */
export function newYorkElectionOn(kind: ElectionKind, year: number): string | null {
  if (kind === 'general') return generalElectionOn(year)
  const held = newYorkElections.filter((election) => election.kind === kind && election.held_on.startsWith(`${year}-`))
  return held.length === 1 ? (held[0]?.held_on ?? null) : null
}

/** The presidential primary before the primary, and those before general: 'Special General', 'Pres Primary Election'. */
function kindOfWords(words: string): ElectionKind | null {
  if (/\bPRES\w*\b.*\bPRIM/.test(words)) return 'presidential_primary'
  if (/\bRUN-? ?OFF/.test(words)) return 'runoff'
  if (/\bPRIM/.test(words)) return 'primary'
  if (/\bSPEC/.test(words)) return 'special'
  if (/\b(VILLAGE|SCHOOL|TOWN|FIRE|LOCAL|MUNICIPAL)\b/.test(words)) return 'local'
  if (/\bGEN/.test(words)) return 'general'
  return codes[/\b([A-Z]{2})\b/.exec(words)?.[1] ?? ''] ?? null
}

function fullYear(digits: string, this_year: number): number {
  if (digits.length === 4) return Number(digits)
  const year = Number(digits)
  return year <= this_year % 100 ? 2000 + year : 1900 + year
}

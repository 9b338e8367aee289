import { blanksIn, claimed, denied, faultsOf, stateIn } from '../payer/rules.ts'
import type { MailingLane } from '../schema.ts'
import type { MailContent, OfficeLevel } from './schema.ts'

interface LawLine {
  lane: MailingLane
  level: OfficeLevel
  /** Whose law it is; null: of the United States. */
  state: string | null
  /** In force from, 'YYYY-MM-DD'. */
  from: string
  /** What must stand in the e-mail in English, in any order. */
  words: readonly string[]
  /** What must not, since it says the opposite. */
  never: readonly string[]
  /** Also how to reach whoever pays: street, telephone or web address. */
  reach?: true
  /** A line that has them. */
  line: string
  source: string
}

/**
 * What e-mail for or against candidates must say, by whose work it is and what office it is about; paper has its own
 * (postal/lanes/rules.ts). Federal: e-mails of a political committee, of more than 500 alike. New York names digital
 * communications; of the city's rule the form for e-mail was not read word for word. Checked 2026-11-29. Which one holds is a lawyer's
 * to say, so it can be overruled.
 */
const lawLines: readonly LawLine[] = [
  { lane: 'independent', level: 'federal', state: null, from: '2024-10-30', words: ['Paid for by', 'Not authorized by any candidate or candidate’s committee'], never: claimed, reach: true, line: 'Paid for by [name], [street, telephone or web address]. Not authorized by any candidate or candidate’s committee.', source: '11 CFR 110.11' },
  { lane: 'independent', level: 'state', state: 'NY', from: '2024-10-30', words: ['Paid for by', 'Not expressly authorized or requested by any candidate'], never: claimed, line: 'Paid for by: [name]. Not expressly authorized or requested by any candidate, candidate’s committee or their agents.', source: 'Election Law §§ 14-106, 14-107(2)' },
  { lane: 'independent', level: 'city', state: 'NY', from: '2024-10-30', words: ['Paid for by', 'Not authorized by any candidate or candidate committee', 'nyc.gov/FollowTheMoney'], never: claimed, line: 'Paid for by [name] [largest donors]. Not authorized by any candidate or candidate committee. More information at nyc.gov/FollowTheMoney', source: 'CFB Rule 13-04' },
  { lane: 'coordinated', level: 'federal', state: null, from: '2024-10-30', words: ['Paid for by', 'authorized by'], never: denied, line: 'Paid for by [name] and authorized by [committee of the candidate]', source: '11 CFR 110.11' },
  { lane: 'coordinated', level: 'state', state: 'NY', from: '2024-10-30', words: ['Paid for by'], never: denied, line: 'Paid for by: [name]', source: 'Election Law § 14-106' },
  { lane: 'coordinated', level: 'city', state: 'NY', from: '2024-10-30', words: ['Paid for by'], never: denied, line: 'Paid for by: [name]', source: 'Election Law § 14-106; Admin. Code § 3-703(16)' },
] // prettier-ignore

/** Lanes whose e-mail is for or against candidates. */
export const owesLine = (lane: MailingLane): boolean => lane === 'independent' || lane === 'coordinated'

/** undefined: of that state, or of no level, we know no law. */
export const lawLineFor = (
  { level, postal_address }: Pick<MailContent, 'level' | 'postal_address'>,
  lane: MailingLane,
  today: string,
): LawLine | undefined =>
  lawLines.find((each) => each.lane === lane && each.level === level && each.from <= today && (each.state === null || each.state === stateIn(postal_address))) // prettier-ignore

export interface LineFault {
  /** 'no_level': it was not said what office it is about; 'no_law': whose words we do not know; the others are of the line. */
  kind: 'no_level' | 'no_law' | 'lacks' | 'contrary' | 'blank' | 'reach'
  phrase: string
}

/**
 * What is wrong with the line below e-mail for or against candidates; empty: nothing, as far as we know, or somebody who has to know
 * said so. `payers`: what whoever pays is called, in each language.
 */
export function lineFaults(
  content: Pick<MailContent, 'level' | 'attribution' | 'postal_address' | 'is_line_settled'>,
  { lane, today, payers }: { lane: MailingLane; today: string; payers: readonly string[] },
): LineFault[] {
  const line = content.attribution.en?.trim() ?? ''
  if (!owesLine(lane)) return []
  // Whoever settled it settled no gaps.
  if (content.is_line_settled && line) return blanksIn(line).map((phrase) => ({ kind: 'blank', phrase }))
  if (content.level === null) return [{ kind: 'no_level', phrase: '' }]
  const law = lawLineFor(content, lane, today)
  if (!law) return [{ kind: 'no_law', phrase: '' }]
  return faultsOf(law, line, payers).flatMap(({ kind, phrase }) => {
    if (kind === 'reach' && !line) return []
    return [{ kind: kind === 'missing' ? 'lacks' : kind, phrase }]
  })
}

import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { claimed, denied, faultsOf, stateIn, type Fault } from '../../mailings/payer/rules.ts'
import type { MailingLane } from '../../mailings/schema.ts'
import type { ElectionLevel } from '../schema.ts'

export interface NoticeRule {
  lane: MailingLane
  level: ElectionLevel
  /** Whose law it is; null: of the United States. */
  state: string | null
  /** In force from and until, 'YYYY-MM-DD'; null: without an end. */
  from: string
  until: string | null
  /** What must stand on the piece in English, in any order. */
  words: readonly string[]
  /** What must not, since it says the opposite. */
  never: readonly string[]
  /** Also how to reach whoever pays: street, telephone or web address. */
  reach?: true
  /** A line that has them; `{{payer}}` pays for it. */
  line: string
  source: string
  /** 'unverified': the text of the law was not read word for word. */
  confidence: 'high' | 'unverified'
  checked_on: string
}

const checked_on = '2026-11-23'

/**
 * What printed mail must say, by whose work it is and what office it is about. Work for no candidate and messages to members owe no
 * such line by these rules; a change of the law is a row with its day. Which one holds is a lawyer's to say, so it can be overruled.
 */
export const noticeRules: readonly NoticeRule[] = [
  { lane: 'independent', level: 'federal', state: null, from: '2024-10-30', until: null, words: ['Paid for by', 'Not authorized by any candidate or candidate’s committee'], never: claimed, reach: true, line: 'Paid for by {{payer}}, [street, telephone or web address]. Not authorized by any candidate or candidate’s committee.', source: '11 CFR 110.11', confidence: 'high', checked_on },
  { lane: 'independent', level: 'state', state: 'NY', from: '2024-10-30', until: null, words: ['Paid for by', 'Not expressly authorized or requested by any candidate'], never: claimed, line: 'Paid for by: {{payer}}. Not expressly authorized or requested by any candidate, candidate’s committee or their agents.', source: 'Election Law §§ 14-106, 14-107(2)', confidence: 'unverified', checked_on },
  { lane: 'independent', level: 'city', state: 'NY', from: '2024-10-30', until: null, words: ['Paid for by', 'Not authorized by any candidate or candidate committee', 'nyc.gov/FollowTheMoney'], never: claimed, line: 'Paid for by {{payer}} [largest donors]. Not authorized by any candidate or candidate committee. More information at nyc.gov/FollowTheMoney', source: 'CFB Rule 13-04', confidence: 'high', checked_on },
  { lane: 'coordinated', level: 'federal', state: null, from: '2024-10-30', until: null, words: ['Paid for by', 'authorized by'], never: denied, line: 'Paid for by {{payer}} and authorized by [committee of the candidate]', source: '11 CFR 110.11', confidence: 'high', checked_on },
  { lane: 'coordinated', level: 'state', state: 'NY', from: '2024-10-30', until: null, words: ['Paid for by'], never: denied, line: 'Paid for by: {{payer}}', source: 'Election Law § 14-106', confidence: 'high', checked_on },
  { lane: 'coordinated', level: 'city', state: 'NY', from: '2024-10-30', until: null, words: ['Paid for by'], never: denied, line: 'Paid for by: {{payer}}', source: 'Election Law § 14-106; Admin. Code § 3-703(16)', confidence: 'unverified', checked_on },
] // prettier-ignore

interface Work {
  lane: MailingLane
  level: ElectionLevel | null
  /** Of the sender: in which state it works. */
  return_address: string
}

export const noticeRuleFor = ({ lane, level, return_address }: Work, on: string): NoticeRule | undefined =>
  noticeRules.find((rule) => rule.lane === lane && rule.level === level && rule.from <= on && (rule.until === null || on <= rule.until) && (rule.state === null || rule.state === stateIn(return_address))) // prettier-ignore

/** What is to be said of the line before paper is printed. */
export interface Notice {
  /** null: work for candidates of which we know no law: another state's, or it was not said in which or at what level. */
  rule: NoticeRule | null
  faults: readonly Fault[]
}

/** null: the line is as it has to be, as far as we know. */
export function noticeOf(drop: Work & { attribution: LocalizedText; return_name: string }, on: string): Notice | null {
  if (drop.lane !== 'independent' && drop.lane !== 'coordinated') return null
  const rule = noticeRuleFor(drop, on) ?? null
  const faults = rule ? faultsOf(rule, drop.attribution.en ?? '', [drop.return_name]) : []
  return rule && faults.length === 0 ? null : { rule, faults }
}

/** For the trail, of a line that is printed nevertheless. */
export const waivedIn = ({ rule, faults }: Notice): string[] =>
  rule ? faults.map(({ kind, phrase }) => (kind === 'missing' ? phrase : `${kind}: ${phrase}`)) : ['law not known']

export const lineOf = ({ line }: NoticeRule, payer: string): string => line.replace('{{payer}}', payer)

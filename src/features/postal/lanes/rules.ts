import type { MailingLane } from '../../mailings/schema.ts'
import type { ElectionLevel } from '../schema.ts'

export interface NoticeRule {
  lane: MailingLane
  level: ElectionLevel
  /** In force from and until, 'YYYY-MM-DD'; null: without an end. */
  from: string
  until: string | null
  /** What must stand on the piece in English, in any order. */
  words: readonly string[]
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
  { lane: 'independent', level: 'federal', from: '2024-10-30', until: null, words: ['Paid for by', 'Not authorized by any candidate or candidate’s committee'], line: 'Paid for by {{payer}}, [street, telephone or web address]. Not authorized by any candidate or candidate’s committee.', source: '11 CFR 110.11', confidence: 'high', checked_on },
  { lane: 'independent', level: 'state', from: '2024-10-30', until: null, words: ['Paid for by', 'Not expressly authorized or requested by any candidate'], line: 'Paid for by: {{payer}}. Not expressly authorized or requested by any candidate, candidate’s committee or their agents.', source: 'Election Law §§ 14-106, 14-107(2)', confidence: 'unverified', checked_on },
  { lane: 'independent', level: 'city', from: '2024-10-30', until: null, words: ['Paid for by', 'Not authorized by any candidate or candidate committee', 'nyc.gov/FollowTheMoney'], line: 'Paid for by {{payer}} [largest donors]. Not authorized by any candidate or candidate committee. More information at nyc.gov/FollowTheMoney', source: 'CFB Rule 13-04', confidence: 'high', checked_on },
  { lane: 'coordinated', level: 'federal', from: '2024-10-30', until: null, words: ['Paid for by', 'authorized by'], line: 'Paid for by {{payer}} and authorized by [committee of the candidate]', source: '11 CFR 110.11', confidence: 'high', checked_on },
  { lane: 'coordinated', level: 'state', from: '2024-10-30', until: null, words: ['Paid for by'], line: 'Paid for by: {{payer}}', source: 'Election Law § 14-106', confidence: 'high', checked_on },
  { lane: 'coordinated', level: 'city', from: '2024-10-30', until: null, words: ['Paid for by'], line: 'Paid for by: {{payer}}', source: 'Election Law § 14-106; Admin. Code § 3-703(16)', confidence: 'unverified', checked_on },
] // prettier-ignore

interface Work {
  lane: MailingLane
  level: ElectionLevel | null
}

export const noticeRuleFor = ({ lane, level }: Work, on: string): NoticeRule | undefined =>
  noticeRules.find((rule) => rule.lane === lane && rule.level === level && rule.from <= on && (rule.until === null || on <= rule.until)) // prettier-ignore

/** What of it an English line does not say; how it is punctuated does not count. */
export const missingOf = ({ words }: NoticeRule, line: string): string[] =>
  words.filter((phrase) => !plain(line).includes(plain(phrase)))

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')

export const lineOf = ({ line }: NoticeRule, payer: string): string => line.replace('{{payer}}', payer)

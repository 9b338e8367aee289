import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { MailingLane } from '../../mailings/schema.ts'
import { streetTypes } from '../../voterfile/rules/addresses.ts'
import { stateCodes } from '../../voterfile/rules/publication-28.ts'
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

/** What work that a candidate knows of cannot say, and what work that none knows of cannot. */
const denied = ['Not paid for by', 'Not authorized', 'Not expressly authorized', 'Not requested']
const claimed = ['Not paid for by', 'and authorized by', 'paid for and authorized']

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

/** 'NY' of 'Flushing, N.Y. 11354', 'NJ' of 'Jersey City, New Jersey 07302'; null: the end of the address does not say it. */
export function stateIn(address: string): string | null {
  const words = address
    .toUpperCase()
    .replaceAll(/\b([A-Z])\.\s?([A-Z])\b\.?/g, '$1$2')
    .replace(/[^A-Z\d]+(USA|US|UNITED STATES(?: OF AMERICA)?)?\W*$/, '')
    .replace(/(?<=[\s,.])\d{5}(?:-\d{4})?$/, '')
    .split(/[^A-Z\d]+/)
    .filter(Boolean)
  for (let count = 4; count > 0; count--) {
    const state = stateCodes.get(words.slice(-count).join(' '))
    if (state) return state
  }
  return null
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
  const faults = rule ? faultsOf(rule, drop.attribution.en ?? '', drop.return_name) : []
  return rule && faults.length === 0 ? null : { rule, faults }
}

/** For the trail, of a line that is printed nevertheless. */
export const waivedIn = ({ rule, faults }: Notice): string[] =>
  rule ? faults.map(({ kind, phrase }) => (kind === 'missing' ? phrase : `${kind}: ${phrase}`)) : ['law not known']

/** Where an English line is not as the rule wants it; `phrase` is that of the rule or of the line. */
interface Fault {
  kind: 'missing' | 'contrary' | 'blank' | 'reach'
  phrase: string
}

/** How it is punctuated does not count. */
export function faultsOf({ words, never, reach }: NoticeRule, line: string, payer: string): Fault[] {
  const said = ` ${plain(line)} `
  const hasIt = (phrase: string): boolean => said.includes(` ${plain(phrase).trim()} `)
  const missing = words.filter((phrase) => !hasIt(phrase))
  const faults: Fault[] = [
    ...missing.map((phrase) => ({ kind: 'missing' as const, phrase })),
    ...never.filter(hasIt).map((phrase) => ({ kind: 'contrary' as const, phrase })),
    ...blanksIn(line).map((phrase) => ({ kind: 'blank' as const, phrase })),
  ]
  if (reach && !isReachable(without(line, [payer, ...words]))) faults.push({ kind: 'reach', phrase: '' })
  return faults
}

/** What stands in a line we offer for whoever writes it to fill in. */
export const blanksIn = (line: string): string[] => line.match(/\[[^\]]*\]|\{\{[^}]*\}\}/g) ?? []

/** Domains that end a web address without https:// or www before it. */
const domains = 'com|org|net|us|nyc|gov|edu|info|vote|co|io|app|link|site|online|club|page'
const webAddress = new RegExp(String.raw`(?<![@\p{L}\d.-])(?:https?://|www\.)[\p{L}\d-]+(?:\.[\p{L}\d-]+)+|(?<![@\p{L}\d.-])[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.(?:${domains})(?![\p{L}\d@-]|\.[\p{L}\d])`, 'iu') // prettier-ignore
const telephone = /(?<!\d)\(?\d{3}\)?[\s./-]{0,3}\d{3}[\s.-]{0,2}\d{4}(?!\d)/

/** A telephone number, a web address or a permanent street address, as 11 CFR 110.11(b)(3) has it; a box of the post is none. */
const isReachable = (line: string): boolean => telephone.test(line) || webAddress.test(line) || hasStreet(line)

const noSuffix = new Set(['BROADWAY', 'BOWERY', 'CONCOURSE'])
const isStreet = (word: string): boolean => streetTypes[word] !== undefined || noSuffix.has(word)
/** Whoever pays may have a number in the name: of a district, a union, a year. */
const isOfName = /^(BOX|DISTRICT|DIST|LOCAL|NO|NUMBER|WARD|POST|LODGE|PROPOSITION|PROP|MEASURE)$/

/** A house number with a street behind it. */
function hasStreet(line: string): boolean {
  const parts = line.toUpperCase().split(/[^\p{L}\p{N} .'’/-]+|\.\s/u)
  return parts.some((part) => {
    const words = part.split(/[ .]+/).filter(Boolean)
    return words.some((word, at) => {
      if (!/^\d[\d-]*[A-Z]?$/.test(word) || isOfName.test(words[at - 1] ?? '')) return false
      const street = words.slice(at + 1, at + 5).findIndex(isStreet)
      // '20 WAY FORWARD' is none, '12 AVENUE J' and '225 BROADWAY' are.
      return street > 0 || (street === 0 && /^(AVENUE|AVE|BROADWAY|BOWERY)$/.test(words[at + 1] ?? ''))
    })
  })
}

/** A line without each of these, once; the name in a web address stays. */
const without = (line: string, phrases: readonly string[]): string =>
  phrases
    .filter((phrase) => phrase.trim() !== '')
    .reduce(
      (left, phrase) => left.replace(new RegExp(String.raw`(?<![\p{L}\d@.-])${escaped(phrase.trim())}(?!\.?[\p{L}\d])`, 'iu'), ' | '),
      line.replaceAll(/\[[^\]]*\]/g, ''),
    ) // prettier-ignore

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}/]/g, '\\$&')

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')

export const lineOf = ({ line }: NoticeRule, payer: string): string => line.replace('{{payer}}', payer)

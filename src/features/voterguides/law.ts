import type { PublicLanguage } from '../../platform/i18n/languages.ts'
import type { ContestMethod } from '../elections/contests/schema.ts'
import type { Attribution, AttributionCode, Content, GuideContest, GuideKind } from './schema.ts'

export interface MarkRule {
  kind: GuideKind
  /** May the organization's endorsement stand beside a candidate? */
  is_allowed: boolean
  source: string
  checked_on: string
  /** Where law has printed matter say who paid for it once somebody is marked: it is asked before such a guide is published. */
  payer_source: string | null
}

/**
 * A charity takes no part in campaigns for or against a candidate, at any level; its guides treat all alike. A social welfare
 * organization or a political one may endorse. Checked against summaries of Bolder Advocacy (Alliance for Justice).
 */
export const markRules: readonly MarkRule[] = [
  { kind: 'nonpartisan', is_allowed: false, source: '26 U.S.C. § 501(c)(3)', checked_on: '2026-11-23', payer_source: null },
  { kind: 'own', is_allowed: true, source: '26 U.S.C. §§ 501(c)(4), 527', checked_on: '2026-11-23', payer_source: 'Election Law § 14-106; CFB Rule 13-04; 11 CFR 110.11' },
] // prettier-ignore

export const markRuleOf = (kind: GuideKind): MarkRule | undefined => markRules.find((each) => each.kind === kind)

/** Marks stand on paper beside who paid for it alone; versions from before that was asked have none there. */
export const onPaper = (content: Content): Content =>
  isPayerAsked(content)
    ? { ...content, contests: content.contests.map((contest) => ({ ...contest, candidates: contest.candidates.map((each) => ({ ...each, is_endorsed: false })) })) } // prettier-ignore
    : content

/** Must somebody decide who is named as paying for it before it is published? */
export const isPayerAsked = ({ kind, contests, attribution }: Pick<Content, 'kind' | 'contests' | 'attribution'>): boolean =>
  attribution === null &&
  Boolean(markRuleOf(kind)?.payer_source) &&
  contests.some(({ candidates }) => candidates.some(({ is_endorsed }) => is_endorsed)) // prettier-ignore

export interface RankingRule {
  state: string
  method: ContestMethod
  /** So many candidates may be ranked. */
  ranks_most: number
  from: string
  source: string
  checked_on: string
}

export const rankingRules: readonly RankingRule[] = [
  { state: 'NY', method: 'ranked_choice', ranks_most: 5, from: '2021-01-01', source: 'NYC Charter § 1057-g', checked_on: '2026-11-23' },
] // prettier-ignore

export const rankingRuleOf = (state: string, method: ContestMethod, on: string): RankingRule | undefined =>
  rankingRules.find((each) => each.state === state && each.method === method && each.from <= on)

export interface Board {
  state: string
  /** Only the five boroughs, or all but them. */
  where: 'nyc' | 'elsewhere'
  name: Record<PublicLanguage, string>
  url: string
  /** For whoever has no web. */
  phone: string
  checked_on: string
}

/** Who runs elections where, and says which poll site is whose. */
export const boards: readonly Board[] = [
  {
    state: 'NY',
    where: 'nyc',
    name: {
      en: 'Board of Elections in the City of New York',
      ko: '뉴욕시 선거관리위원회',
      zh: '紐約市選舉委員會',
      es: 'Junta Electoral de la Ciudad de Nueva York',
    },
    url: 'https://findmypollsite.vote.nyc/',
    phone: '1-866-868-3692',
    checked_on: '2026-11-29',
  },
  {
    state: 'NY',
    where: 'elsewhere',
    name: {
      en: 'New York State Board of Elections (counties outside New York City)',
      ko: '뉴욕주 선거관리위원회(뉴욕시 밖의 카운티)',
      zh: '紐約州選舉委員會（紐約市以外各縣）',
      es: 'Junta Electoral del Estado de Nueva York (condados fuera de la ciudad)',
    },
    url: 'https://voterlookup.elections.ny.gov/',
    phone: '1-800-367-8683',
    checked_on: '2026-11-29',
  },
]

const boroughs = ['bronx', 'kings', 'new-york', 'queens', 'richmond']

/** Seats of Albany and Washington are voted on within the city and without: null. A city's own offices name no district. */
function isInNewYorkCity({ district_kind, district }: Place): boolean | null {
  if (district_kind === 'nyc-council') return true
  if (district_kind === 'county') return boroughs.includes(district.toLowerCase().replaceAll(' ', '-'))
  if (district_kind === 'city') return district === '' || /new york|nyc/i.test(district)
  return null
}

type Place = Pick<GuideContest, 'district_kind' | 'district'>

/** Of a guide's voters: the city's board, the counties', or both where some contest is voted on by others too. */
export function boardsFor({ election, contests }: Pick<Content, 'election' | 'contests'>): Board[] {
  const { state, district_kind, district } = election
  const places = [...contests, ...(district_kind ? [{ district_kind, district: district ?? '' }] : [])].map(isInNewYorkCity) // prettier-ignore
  const isOnly = (where: boolean) => places.length > 0 && places.every((each) => each === where)
  return boards.filter((each) => each.state === state && !(each.where === 'nyc' ? isOnly(false) : isOnly(true)))
}

export interface AttributionRule {
  code: AttributionCode
  /** null: in every state. */
  state: string | null
  from: string
  until: string | null
  /** As the law wants them, in English; a line whose name was not given is left out. */
  lines: readonly string[]
  source: string
  checked_on: string
}

/** What must be printed on paper somebody pays for; which one holds for an organization is its counsel's to say. */
export const attributionRules: readonly AttributionRule[] = [
  { code: 'ny_committee', state: 'NY', from: '2024-10-30', until: null, lines: ['Paid for by: {{payer}}'], source: 'Election Law § 14-106', checked_on: '2026-11-23' },
  { code: 'nyc_independent', state: 'NY', from: '2024-10-30', until: null, lines: ['Paid for by {{payer}}', '{{more}}', 'Not authorized by any candidate or candidate committee. More information at nyc.gov/FollowTheMoney'], source: 'CFB Rule 13-04', checked_on: '2026-11-23' },
  { code: 'federal_independent', state: null, from: '2024-10-30', until: null, lines: ['Paid for by {{payer}}', '{{more}}', 'Not authorized by any candidate or candidate’s committee.'], source: '11 CFR 110.11', checked_on: '2026-11-23' },
] // prettier-ignore

/** Rules that hold for an election of a state on its day. */
export const attributionRulesFor = (state: string, on: string): AttributionRule[] =>
  attributionRules.filter((each) => (each.state === null || each.state === state) && each.from <= on && (each.until === null || on <= each.until)) // prettier-ignore

const paidFor: Readonly<Partial<Record<PublicLanguage, string>>> = {
  ko: '비용 부담: {{payer}}',
  zh: '付款人：{{payer}}',
  es: 'Pagado por: {{payer}}',
}

/** The English lines the law wants, and below them who paid in the reader's language: never that one alone. */
export function attributionLines({ code, payer, more }: Attribution, language: PublicLanguage): string[] {
  const lines = attributionRules.find((each) => each.code === code)?.lines
  if (!lines) return []
  return [...lines, paidFor[language] ?? ''].map((line) => line.replace('{{payer}}', payer).replace('{{more}}', more)).filter(Boolean)
} // prettier-ignore

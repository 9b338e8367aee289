import type { ContestMethod } from '../elections/contests/schema.ts'
import type { GuideKind } from './schema.ts'

export interface MarkRule {
  kind: GuideKind
  /** May the organization's endorsement stand beside a candidate? */
  is_allowed: boolean
  source: string
  checked_on: string
}

/**
 * A charity takes no part in campaigns for or against a candidate, at any level; its guides treat all alike. A social welfare
 * organization or a political one may endorse. Checked against summaries of Bolder Advocacy (Alliance for Justice).
 */
export const markRules: readonly MarkRule[] = [
  { kind: 'nonpartisan', is_allowed: false, source: '26 U.S.C. § 501(c)(3)', checked_on: '2026-11-23' },
  { kind: 'own', is_allowed: true, source: '26 U.S.C. §§ 501(c)(4), 527', checked_on: '2026-11-23' },
] // prettier-ignore

export const markRuleOf = (kind: GuideKind): MarkRule | undefined => markRules.find((each) => each.kind === kind)

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

/** Who runs elections where, and says which poll site is whose. */
export const boards: readonly { state: string; name: { en: string; ko: string }; url: string; checked_on: string }[] = [
  {
    state: 'NY',
    name: { en: 'Board of Elections in the City of New York', ko: '뉴욕시 선거관리위원회' },
    url: 'https://vote.nyc/',
    checked_on: '2026-11-23',
  },
]

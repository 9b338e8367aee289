import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { ContestOffice } from '../elections/contests/schema.ts'
import type { Lane } from './schema.ts'

export type Standing = 'archived' | 'planned' | 'running' | 'over'

/** How a campaign stands on a day. */
export function standingOf(
  campaign: { starts_on: string; ends_on: string; archived_at: Date | null },
  today: string,
): Standing {
  if (campaign.archived_at) return 'archived'
  if (today < campaign.starts_on) return 'planned'
  return today > campaign.ends_on ? 'over' : 'running'
}

/** Days left, the last one counted; 0: it is over. */
export const daysLeft = (ends_on: string, today: string): number =>
  Math.max(0, Math.round((Date.parse(ends_on) - Date.parse(today)) / 86_400_000) + 1)

/** Work for a candidate says for which contest it is: by that the lanes are kept apart. */
export const needsContest = (lane: Lane): boolean => lane === 'coordinated' || lane === 'independent'

export type CampaignProblem = 'contest_needed' | 'lane_candidate'

/** What speaks against beginning it so; null: nothing. */
export function campaignProblem(of: {
  lane: Lane
  contest_id: number | null
  candidate_ids: readonly number[]
  candidate: LocalizedText
}): CampaignProblem | null {
  if (needsContest(of.lane) && of.contest_id === null) return 'contest_needed'
  const isForSomebody = of.candidate_ids.length > 0 || Object.values(of.candidate).some(Boolean)
  return of.lane === 'non_partisan' && isForSomebody ? 'lane_candidate' : null
}

/** A part in a lane of its own belongs to campaigns of the same lane alone. */
export const fitsLane = (part: Lane | null, campaign: Lane): boolean => part === null || part === campaign

const federal: readonly ContestOffice[] = ['president', 'us_representative', 'us_senator']
const city: readonly ContestOffice[] = [
  'mayor',
  'public_advocate',
  'comptroller',
  'council_member',
  'borough_president',
]

/** Whose law of campaign money an office stands under; null: the program does not say. */
export function levelOf(office: ContestOffice): 'federal' | 'state' | 'city' | null {
  if (federal.includes(office)) return 'federal'
  if (city.includes(office)) return 'city'
  return office === 'other' ? null : 'state'
}

/** Who votes in a contest, as targeting asks for it; null: everybody of the state or city. */
export const districtExpression = (contest: { district_kind: string; district: string }): string | null =>
  contest.district ? `district:${contest.district_kind}/${contest.district}` : null

import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { Permission } from '../../access/permissions.ts'
import type { Campaign, Held, Supported } from '../queries.ts'
import { districtExpression, levelOf } from '../rules.ts'
import type { PartKind } from '../schema.ts'
import type { Part } from './queries.ts'

/** Where each kind of part lies, and who may open it and make one. */
export const places: Record<PartKind, { path: string; view: Permission; edit: Permission }> = {
  universe: { path: '/voters/universes', view: 'universes.view', edit: 'universes.edit' },
  phone_bank: { path: '/phonebanks', view: 'phonebanks.view', edit: 'phonebanks.edit' },
  mailing: { path: '/mailings', view: 'mailings.view', edit: 'mailings.edit' },
  postal_drop: { path: '/postal', view: 'postal.view', edit: 'postal.edit' },
  voter_guide: { path: '/voterguides', view: 'voterguides.view', edit: 'voterguides.edit' },
  event: { path: '/events', view: 'events.view', edit: 'events.edit' },
}

export const partPath = ({ kind, part_id }: Pick<Part, 'kind' | 'part_id'>): string => `${places[kind].path}/${part_id}`

export const partName = (t: Translate, { name }: Pick<Part, 'name'>): string =>
  typeof name === 'string' ? name : localized(name, t.language).text

/** What a campaign says of itself to the form that makes the next part of it. */
export interface Around {
  campaign: Campaign
  held: Held | null
  candidates: readonly Supported[]
  universe_id: string | null
}

/** Names of whom it is for, by language; of several all of them. */
export function namesOf({ campaign, candidates }: Pick<Around, 'campaign' | 'candidates'>): LocalizedText {
  const languages = ['en', 'ko', ...Object.keys(campaign.candidate ?? {})]
  return Object.fromEntries(
    [...new Set(languages)].flatMap((language) => {
      const known = candidates.map(({ name, names }) => names[language] ?? name)
      const own = campaign.candidate?.[language]
      const said = [...known, ...(own ? [own] : [])].join(', ')
      return said ? [[language, said.slice(0, 120)]] : []
    }),
  )
}

/** Where the next part of a kind is made, with what is known filled in. */
export function makingPath(t: Translate, kind: PartKind, around: Around): string {
  const { campaign, held, universe_id } = around
  const { campaign_id, lane, cycle_id, contest_id } = campaign
  const universe = universe_id ? { universe: universe_id } : {}
  const candidates = Object.fromEntries(
    Object.entries(namesOf(around)).map(([language, said]) => [`candidate_${language}`, said ?? '']),
  )
  const district = held && districtExpression(held.contest)
  const name = localized(campaign.name, t.language).text
  const level = held && levelOf(held.contest.office)
  const filled: Record<PartKind, Record<string, string>> = {
    universe: district ? { q: `status:active ${district}` } : {},
    phone_bank: { campaign: campaign_id, lane, ...universe, ...candidates },
    mailing: {
      campaign: campaign_id,
      lane,
      name,
      ...(cycle_id && contest_id !== null ? { endorsement: `${cycle_id}/${contest_id}` } : {}),
    },
    postal_drop: { campaign: campaign_id, lane, name: name.slice(0, 80), ...universe, ...(level ? { level } : {}) },
    voter_guide: { campaign: campaign_id, ...(cycle_id ? { cycle: cycle_id } : {}) },
    event: { campaign: campaign_id },
  }
  const asked = new URLSearchParams(filled[kind]).toString()
  return `${places[kind].path}/new${asked ? `?${asked}` : ''}`
}

import { createHmac } from 'node:crypto'
import type { Db } from '../../../../platform/db/db.ts'
import type { LocalizedText } from '../../../../platform/i18n/languages.ts'
import { profileOf, whoIs } from '../../queries.ts'
import { effectiveName, type NameParts } from '../../rules.ts'
import { duesOf, membershipsOf, paidUntil, standingOn } from '../queries.ts'
import { isInGoodStanding } from '../rules.ts'
import { isSame } from '../../../../platform/same.ts'

export interface Card {
  person_id: string
  name: NameParts
  name_hangul: string | null
  /** Kinds in which the member is in good standing. */
  kinds: LocalizedText[]
  /** The last day paid for; null: without end, or nothing is paid for. */
  paid_until: string | null
  is_good: boolean
}

/** What a member's card says on a day. */
export async function cardOf(db: Db, organization_id: string, who: string, day: string): Promise<Card | null> {
  const meant = await whoIs(db, organization_id, who)
  if (!meant?.person_id) return null
  const profile = await profileOf(db, organization_id, meant, { is_brief: true })
  if (!profile) return null
  const [memberships, dues] = await Promise.all([
    membershipsOf(db, organization_id, meant.person_id),
    duesOf(db, organization_id, meant.person_id),
  ])
  if (memberships.length === 0) return null
  const current = standingOn(memberships, day)
  const good = current.filter(({ standing }) => standing === 'active' || standing === 'grace')
  const until = good.map(({ kind }) => paidUntil(dues, kind))
  const days = until.filter((each): each is string => each !== null && each !== 'life')
  return {
    person_id: meant.person_id,
    name: effectiveName(profile.person, profile.voter),
    name_hangul: profile.person?.name_hangul ?? null,
    kinds: good.map(({ kind_name }) => kind_name),
    paid_until: days.length < good.length ? null : (days.toSorted((a, b) => (a < b ? -1 : 1)).at(-1) ?? null),
    is_good: isInGoodStanding(current),
  }
}

/** What only the card has: nobody finds a member's by trying. */
export const cardCode = (secret: string, organization_id: string, person_id: string): string =>
  createHmac('sha256', secret).update(`member card ${organization_id} ${person_id}`).digest('base64url').slice(0, 22)

export const isCardCode = (secret: string, organization_id: string, person_id: string, given: string): boolean =>
  isSame(cardCode(secret, organization_id, person_id), given)

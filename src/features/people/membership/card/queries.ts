import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../../../platform/db/db.ts'
import { dateIn } from '../../../../platform/clock.ts'
import { found } from '../../../../platform/errors.ts'
import type { Installation } from '../../../../platform/http/room.ts'
import { isLanguage, type LocalizedText } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import type { MailFile } from '../../../../platform/mail/mailer.ts'
import { organizationSettings } from '../../../organizations/queries.ts'
import { profileOf, whoIs } from '../../queries.ts'
import { effectiveName, type NameParts } from '../../rules.ts'
import { duesOf, membershipsOf, paidUntil, standingOn } from '../queries.ts'
import { cardPicture, wordsOf } from './print.ts'
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

/** What only the link for paying has: nobody finds a member's by trying. */
export const payCode = (secret: string, organization_id: string, person_id: string): string =>
  createHmac('sha256', secret).update(`pay dues ${organization_id} ${person_id}`).digest('base64url').slice(0, 22)

export const isPayCode = (secret: string, organization_id: string, person_id: string, given: string): boolean =>
  isSame(payCode(secret, organization_id, person_id), given)

/** Addresses of a member's own pages. */
export interface MemberLinks {
  card(person_id: string, language: string): string
  /** null: no cards are taken here. */
  pay(person_id: string, language: string): string | null
}

export async function memberLinks(
  db: Db,
  { secret, url }: Pick<Installation, 'secret' | 'url'>,
  organization_id: string,
): Promise<MemberLinks> {
  const { rows } = await sql<{ slug: string; takes_cards: boolean }>`
    select slug, exists (select from card_account a where a.organization_id = o.organization_id and a.closed_at is null) as takes_cards
    from organization o where organization_id = ${organization_id}::uuid`.execute(db)
  const { slug, takes_cards } = found(rows[0])
  return {
    card: (person_id, language) =>
      `${url}/m/${slug}/card/${person_id}/${cardCode(secret, organization_id, person_id)}?lang=${language}`,
    pay: (person_id, language) =>
      takes_cards
        ? `${url}/m/${slug}/pay/${person_id}/${payCode(secret, organization_id, person_id)}?lang=${language}`
        : null,
  }
}

/** The card as a file of a mail, as it stands when that goes out; null: they are in no good standing. */
export async function cardFor(
  installation: Installation,
  { organization_id, person_id }: { organization_id: string; person_id: string },
  written_in: string,
): Promise<MailFile | null> {
  const db = installation.database.of(organization_id)
  const { name, time_zone } = found(await organizationSettings(db, organization_id))
  const card = await cardOf(db, organization_id, person_id, dateIn(time_zone, installation.clock.now()))
  if (!card?.is_good) return null
  const language = isLanguage(written_in) ? written_in : 'en'
  const links = await memberLinks(db, installation, organization_id)
  const words = wordsOf(translator(language), card, name, links.card(person_id, language))
  return { name: 'member-card.png', type: 'image/png', content: await cardPicture(words) }
}

/** What only the card has: nobody finds a member's by trying. */
export const cardCode = (secret: string, organization_id: string, person_id: string): string =>
  createHmac('sha256', secret).update(`member card ${organization_id} ${person_id}`).digest('base64url').slice(0, 22)

export const isCardCode = (secret: string, organization_id: string, person_id: string, given: string): boolean =>
  isSame(cardCode(secret, organization_id, person_id), given)

import { sql, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { ContestOffice, ElectionKind } from '../elections/contests/schema.ts'
import '../elections/contests/tables.ts'
import '../elections/figures/tables.ts'
import { countedToward, limitsFor, verdictOf, type Gift, type Limit, type Verdict } from './rules.ts'
import './tables.ts'
import type { ContributionTable } from './tables.ts'

export interface Contribution extends Selectable<ContributionTable> {
  name: string
  names: LocalizedText
  figure_id: number
  contest_id: number
  office: ContestOffice
  election: ElectionKind
  held_on: string
}

const rows = (db: Db, organization_id: string) =>
  db
    .selectFrom('contribution as k')
    .innerJoin('candidate as n', 'n.candidate_id', 'k.candidate_id')
    .innerJoin('public_figure as f', 'f.figure_id', 'n.figure_id')
    .innerJoin('contest as c', 'c.contest_id', 'n.contest_id')
    .innerJoin('scheduled_election as e', 'e.election_id', 'c.election_id')
    .selectAll('k')
    .select(['f.name', 'f.names', 'f.figure_id', 'c.contest_id', 'c.office', 'e.kind as election', 'e.held_on'])
    .where('k.organization_id', '=', organization_id)

/** What waits for somebody first, then the latest. */
export const contributionsOf = (db: Db, organization_id: string): Promise<Contribution[]> =>
  rows(db, organization_id)
    .orderBy(sql`array_position('{proposed,approved,given,refunded,dropped}'::text[], k.state)`)
    .orderBy(sql`coalesce(k.given_on, k.decided_on) desc nulls first`)
    .orderBy('k.proposed_at', 'desc')
    .orderBy('k.contribution_id')
    .execute()

export const contributionById = (
  db: Db,
  organization_id: string,
  contribution_id: string,
): Promise<Contribution | undefined> =>
  rows(db, organization_id).where('k.contribution_id', '=', contribution_id).executeTakeFirst()

export interface Recipient {
  candidate_id: number
  name: string
  names: LocalizedText
  figure_id: number
  contest_id: number
  office: ContestOffice
  election: ElectionKind
  held_on: string
}

/** Who can be given to: those who run, in elections of this year on. */
export const recipients = (db: Db, today: string, also: number | null = null): Promise<Recipient[]> =>
  db
    .selectFrom('candidate as n')
    .innerJoin('public_figure as f', 'f.figure_id', 'n.figure_id')
    .innerJoin('contest as c', 'c.contest_id', 'n.contest_id')
    .innerJoin('scheduled_election as e', 'e.election_id', 'c.election_id')
    .select([
      'n.candidate_id',
      'f.name',
      'f.names',
      'f.figure_id',
      'c.contest_id',
      'c.office',
      'e.kind as election',
      'e.held_on',
    ]) // prettier-ignore
    .where((eb) =>
      eb.or([
        eb.and([eb('e.held_on', '>=', `${today.slice(0, 4)}-01-01`), eb('n.status', 'in', ['declared', 'on_ballot'])]),
        eb('n.candidate_id', '=', also ?? 0),
      ]),
    )
    .orderBy('e.held_on')
    .orderBy('f.name')
    .orderBy('n.candidate_id')
    .execute()

export const limitRows = (db: Db): Promise<Limit[]> =>
  db.selectFrom('contribution_limit').selectAll().orderBy('limit_id').execute()

export const giftOf = (
  of: Omit<Gift, 'on'> & { given_on: string | null; decided_on: string | null },
  today: string,
): Gift => ({ ...of, on: of.given_on ?? of.decided_on ?? today })

/** May it be given, with all that counts toward its limits. */
export async function verdictFor(
  db: Db,
  organization_id: string,
  of: Omit<Gift, 'on'> & Pick<Contribution, 'participation' | 'election' | 'given_on' | 'decided_on'>,
  today: string,
): Promise<Verdict> {
  const gift = giftOf(of, today)
  const limits = limitsFor(await limitRows(db), { ...of, on: gift.on })
  const others = (await contributionsOf(db, organization_id)).map((each) => giftOf(each, today))
  return verdictOf(limits, gift.amount_cents, (limit) => countedToward(limit, gift, others))
}

/** Who paid last, for the next one to begin with. */
export const lastPayer = (db: Db, organization_id: string) =>
  db
    .selectFrom('contribution')
    .select(['payer', 'payer_kind'])
    .where('organization_id', '=', organization_id)
    .orderBy('proposed_at', 'desc')
    .limit(1)
    .executeTakeFirst()

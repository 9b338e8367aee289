import { sql, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import type { ContestOffice, ElectionKind } from '../elections/contests/schema.ts'
import '../elections/contests/tables.ts'
import '../elections/figures/tables.ts'
import {
  countedToward,
  limitsFor,
  mustRegister,
  pastLimit,
  payerKey,
  verdictOf,
  type Counted,
  type Finding,
  type Gift,
  type Limit,
  type Verdict,
} from './rules.ts'
import './tables.ts'
import type { PayerKind } from './schema.ts'
import type { ContributionRefundTable, ContributionTable } from './tables.ts'

export interface Contribution extends Selectable<ContributionTable> {
  name: string
  names: LocalizedText
  figure_id: number
  contest_id: number
  office: ContestOffice
  election: ElectionKind
  in_state: string
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
    .select([
      'f.name',
      'f.names',
      'f.figure_id',
      'c.contest_id',
      'c.office',
      'e.kind as election',
      'e.state as in_state',
      'e.held_on',
    ])
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

const giftOf = (of: Contribution, today: string): Gift => ({ ...of, on: of.given_on ?? today })

/** The verdict, with what the same payer gave the same candidate, whether a limit is known or not. */
export interface Standing extends Verdict {
  election: Counted
  /** All elections of that year for the seat. */
  cycle: Counted
  past: Limit | null
  must_register: boolean
}

const findingOf = (of: Pick<Contribution, 'checked_limit' | 'checked_limit_cents' | 'checked_basis' | 'checked_on'>): Finding | null =>
  of.checked_limit_cents && of.checked_basis && of.checked_on
    ? { basis: of.checked_basis, amount_cents: of.checked_limit_cents, source: of.checked_limit ?? '', found_on: of.checked_on }
    : null // prettier-ignore

/** May it be given, less what came back, with all that counts toward its limits. */
export async function verdictFor(db: Db, of: Contribution, today: string): Promise<Standing> {
  const gift = giftOf(of, today)
  const rows = await limitRows(db)
  const asked = { ...of, on: gift.on }
  const others = (await contributionsOf(db, of.organization_id)).map((each) => giftOf(each, today))
  const amount_cents = gift.amount_cents - (gift.refunded_cents ?? 0)
  return {
    ...verdictOf(limitsFor(rows, asked), amount_cents, (by) => countedToward(by, gift, others), findingOf(of)),
    election: countedToward({ basis: 'per_election' }, gift, others),
    cycle: countedToward({ basis: 'per_cycle' }, gift, others),
    past: pastLimit(rows, asked),
    must_register: mustRegister(of),
  }
}

/** Each time something came back, in order. */
export const refundsOf = (
  db: Db,
  { organization_id, contribution_id }: Pick<Contribution, 'organization_id' | 'contribution_id'>,
): Promise<ContributionRefundTable[]> =>
  db
    .selectFrom('contribution_refund')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('contribution_id', '=', contribution_id)
    .orderBy('n')
    .execute()

export interface Payer {
  payer: string
  payer_kind: PayerKind
}

/** Who paid so far, each once, as named last; the last one first. */
export async function knownPayers(db: Db, organization_id: string): Promise<Payer[]> {
  const rows = await db
    .selectFrom('contribution')
    .select(['payer', 'payer_kind'])
    .where('organization_id', '=', organization_id)
    .orderBy('proposed_at', 'desc')
    .orderBy('contribution_id')
    .execute()
  return [...Map.groupBy(rows, ({ payer }) => payerKey(payer)).values()].flatMap(([last]) => last ?? [])
}

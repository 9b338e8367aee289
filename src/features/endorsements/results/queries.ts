import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { tiesOf, type Challenge, type Vote } from '../ballots/queries.ts'
import { contestsFor } from '../ballots/rules.ts'
import type { Way } from '../ballots/schema.ts'
import type { TieKind } from '../cycles/schema.ts'
import type { LetterKind } from './schema.ts'
import './tables.ts'
import type { EndorsementLetterTable, EndorsementLetterTextTable, EndorsementRevisionTable, EndorsementStatementTable } from './tables.ts' // prettier-ignore

type Of = Pick<Vote, 'organization_id' | 'cycle_id'>

export type Statement = Selectable<EndorsementStatementTable>
export type Revision = Selectable<EndorsementRevisionTable>
export type Letter = Selectable<EndorsementLetterTable>
export type LetterText = Selectable<EndorsementLetterTextTable>

/** What is said of the contests of a cycle. */
export const statementsOf = (db: Db, { organization_id, cycle_id }: Of): Promise<Statement[]> =>
  db
    .selectFrom('endorsement_statement')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .execute()

/** When everybody could read it first; undefined: not yet. */
export const announcementOf = (db: Db, { organization_id, cycle_id }: Of) =>
  db
    .selectFrom('endorsement_announcement')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .executeTakeFirst()

/** What became of it since, the first change first. */
export const revisionsOf = (db: Db, { organization_id, cycle_id }: Of): Promise<Revision[]> =>
  db
    .selectFrom('endorsement_revision')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .orderBy('made_at')
    .orderBy('revision_id')
    .execute()

export const isWithdrawn = async (db: Db, of: Of, candidate_id: number): Promise<boolean> =>
  (await revisionsOf(db, of)).some((each) => each.candidate_id === candidate_id)

/** The letter's own words; undefined: the usual ones. */
export const letterTextOf = (db: Db, { organization_id, cycle_id }: Of, kind: LetterKind): Promise<LetterText | undefined> =>
  db
    .selectFrom('endorsement_letter_text')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where('kind', '=', kind)
    .executeTakeFirst() // prettier-ignore

export const lettersOf = (db: Db, { organization_id, cycle_id }: Of): Promise<Letter[]> =>
  db
    .selectFrom('endorsement_letter')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .execute()

export interface VoteFacts {
  /** People by the way they voted. */
  voted: Partial<Record<Way | 'paper', number>>
  /** By contest, of those who may vote: people by what they declared, and how many it kept from voting there. */
  ties: { contest_id: number; kinds: Partial<Record<TieKind, number>>; barred: number }[]
  /** In the order they were raised. */
  challenges: Challenge[]
}

/** What minutes say of a vote besides its count: numbers of people, and no names. */
export async function voteFacts(db: Db, vote: Vote): Promise<VoteFacts> {
  const { organization_id, cycle_id } = vote
  const { rows } = await sql<{ way: Way | 'paper'; people: number }>`
    select voted_by as way, count(*)::integer as people from endorsement_roll
    where organization_id = ${organization_id}::uuid and cycle_id = ${cycle_id}::uuid and voted_by is not null group by voted_by`.execute(
    db,
  )
  const tied = await db
    .selectFrom('endorsement_roll as v')
    .select('v.roll_id')
    .where('v.organization_id', '=', organization_id)
    .where('v.cycle_id', '=', cycle_id)
    .where('v.may_vote', '=', true)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('endorsement_tie as e')
          .select('e.roll_id')
          .whereRef('e.organization_id', '=', 'v.organization_id')
          .whereRef('e.roll_id', '=', 'v.roll_id'),
      ),
    )
    .execute()
  const declared = await Promise.all(tied.map(({ roll_id }) => tiesOf(db, organization_id, roll_id)))
  const challenges = await db
    .selectFrom('endorsement_challenge as c')
    .innerJoin('endorsement_roll as v', (join) =>
      join.onRef('v.organization_id', '=', 'c.organization_id').onRef('v.roll_id', '=', 'c.roll_id'),
    )
    .selectAll('c')
    .where('c.organization_id', '=', organization_id)
    .where('v.cycle_id', '=', cycle_id)
    .orderBy('c.raised_at')
    .orderBy('c.challenge_id')
    .execute()
  return {
    voted: Object.fromEntries(rows.map(({ way, people }) => [way, people])),
    ties: vote.slate.map(({ contest_id }) => {
      const here = declared.flatMap((ties) => ties.filter((each) => each.contest_id === contest_id))
      const kinds: Partial<Record<TieKind, number>> = {}
      for (const { tie } of here) kinds[tie] = (kinds[tie] ?? 0) + 1
      const barred = declared.filter(
        (ties) => !contestsFor(vote.slate, ties, vote.rules).some((each) => each.contest_id === contest_id),
      )
      return { contest_id, kinds, barred: barred.length }
    }),
    challenges,
  }
}

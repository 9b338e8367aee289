import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import type { Db } from '../../../platform/db/db.ts'
import type { ChoiceKind, VotesByKind } from './schema.ts'
import './tables.ts'

/** The results of a contest in one county, as a file has them. */
export interface ResultPart {
  contest_id: number
  county: string
  sha256: string
  choices: readonly { name: string; kind: ChoiceKind; candidate_id: number | null }[]
  votes: readonly {
    name: string
    line: string
    precinct: string
    ad: number | null
    ed: number | null
    votes: number
    by_kind: VotesByKind
  }[]
}

export interface Origin {
  file: string
  source_url: string
  as_of: string
}

/** Puts the results of a contest in one county in the place of those there are. `tx`: the owner's. */
export async function putResults(tx: Db, actor: Actor, part: ResultPart, origin: Origin, now: Date): Promise<void> {
  const { contest_id, county, sha256 } = part
  const before = await tx
    .deleteFrom('contest_result')
    .where('contest_id', '=', contest_id)
    .where('county', '=', county)
    .returning(['file', 'source_url', 'as_of'])
    .executeTakeFirst()
  await sql`delete from result_vote v using result_choice c
    where c.choice_id = v.choice_id and c.contest_id = ${contest_id} and v.county = ${county}`.execute(tx)
  const ids = new Map<string, number>()
  for (const { name, kind, candidate_id } of part.choices) {
    const { choice_id } = await tx
      .insertInto('result_choice')
      .values({ contest_id, name, kind, candidate_id })
      .onConflict((conflict) => conflict.columns(['contest_id', 'name']).doUpdateSet({ kind, candidate_id }))
      .returning('choice_id')
      .executeTakeFirstOrThrow()
    ids.set(name, choice_id)
  }
  const { votes } = part
  await sql`insert into result_vote (choice_id, county, precinct, ad, ed, line, votes, by_kind)
    select t.choice_id, ${county}, t.precinct, t.ad, t.ed, t.line, t.votes, t.by_kind from unnest(
      ${votes.map(({ name }) => ids.get(name))}::integer[], ${votes.map(({ precinct }) => precinct)}::text[],
      ${votes.map(({ ad }) => ad)}::smallint[], ${votes.map(({ ed }) => ed)}::smallint[], ${votes.map(({ line }) => line)}::text[],
      ${votes.map((each) => each.votes)}::integer[], ${votes.map(({ by_kind }) => JSON.stringify(by_kind))}::jsonb[])
      t (choice_id, precinct, ad, ed, line, votes, by_kind)`.execute(tx)
  await tx
    .insertInto('contest_result')
    .values({ contest_id, county, sha256, ...origin, loaded_at: now, loaded_by: actor.name })
    .execute()
  await sql`delete from result_choice c where c.contest_id = ${contest_id}
    and not exists (select from result_vote v where v.choice_id = c.choice_id)`.execute(tx)
  await audit(tx, actor, {
    action: 'contest.results',
    subject: 'contest',
    subject_id: contest_id,
    before: before ? { ...before } : null,
    after: { county, votes: votes.reduce((sum, each) => sum + each.votes, 0), ...origin },
    organization_id: null,
  })
}

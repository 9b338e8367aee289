import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { personOfAccount } from '../../events/hosting/queries.ts'
import { inGoodStanding } from '../../people/membership/queries.ts'
import type { NameParts } from '../../people/rules.ts'
import { cycleById, rulesOf, runoffOf, type Cycle } from '../cycles/queries.ts'
import { withRunoff } from '../cycles/rules.ts'
import type { Rules } from '../cycles/schema.ts'
import { isOpenBallot, rulesOfVote, type StoodBefore, type Tied } from './rules.ts'
import { Facts, Slate, StoredAccount, type ContestOnBallot, type Show, type Way } from './schema.ts'
import './tables.ts'
import type { EndorsementChallengeTable, EndorsementCountTable, EndorsementRollTable, EndorsementVoteTable } from './tables.ts' // prettier-ignore

export interface Vote extends Selectable<EndorsementVoteTable> {
  /** It is held by. */
  rules: Rules
}

/** The members' vote of a cycle; undefined: its roll is not made yet. */
export async function voteOf(db: Db, organization_id: string, cycle_id: string): Promise<Vote | undefined> {
  const row = await db
    .selectFrom('endorsement_vote')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .executeTakeFirst()
  return row && asVote(db, row)
}

export async function asVote(db: Db, row: Selectable<EndorsementVoteTable>): Promise<Vote> {
  const versions = await rulesOf(db, row.organization_id, row.cycle_id)
  const then = versions.find(({ version }) => version === row.rules_version)
  const [now] = versions
  if (!then || !now) throw new Error('a vote without its rules')
  const rules = rulesOfVote(then.rules, now.rules)
  const runoff = rules.runoff && (await runoffOf(db, row.organization_id, row.cycle_id))
  return { ...row, slate: Slate.parse(row.slate), rules: withRunoff(rules, runoff?.rules) }
}

export interface RollRow extends Selectable<EndorsementRollTable>, NameParts {
  voter_id: number | null
  name_hangul: string | null
  language: string | null
  is_challenged: boolean
  is_mail_unknown: boolean
}

const rollRows = (organization_id: string, cycle_id: string, where: RawBuilder<unknown>) => sql`
  from endorsement_roll v
  join person p on p.organization_id = v.organization_id and p.person_id = v.person_id
  left join voter_record r on r.voter_id = p.voter_id
  where v.organization_id = ${organization_id}::uuid and v.cycle_id = ${cycle_id}::uuid and ${where}`

const isChallenged = sql<boolean>`exists (select from endorsement_challenge c
  where c.organization_id = v.organization_id and c.roll_id = v.roll_id and c.decided_at is null)`

/** Was a link handed to the mail server last that nobody knows the end of? */
const isMailUnknown = sql<boolean>`exists (select from endorsement_credential c
  where c.organization_id = v.organization_id and c.roll_id = v.roll_id and c.handed_on is not null and not c.is_sent)`

const rollColumns = sql`v.*, p.voter_id, p.name_hangul, p.language, coalesce(p.last_name, r.last_name) as last_name,
  coalesce(p.first_name, r.first_name) as first_name,
  case when p.first_name is null then r.middle_name else p.middle_name end as middle_name, ${isChallenged} as is_challenged, ${isMailUnknown} as is_mail_unknown`

const parsed = <Row extends { facts: unknown }>(row: Row) => ({ ...row, facts: Facts.parse(row.facts) })

const shown: Record<Show, RawBuilder<unknown>> = {
  all: sql`true`,
  may: sql`v.may_vote`,
  may_not: sql`not v.may_vote`,
  voted: sql`v.voted_by is not null`,
  not_voted: sql`v.may_vote and v.voted_by is null`,
  mail_unknown: sql`v.may_vote and v.voted_by is null and ${isMailUnknown}`,
  challenged: isChallenged,
}

/** The roll by name. */
export async function rollOf(
  db: Db,
  { organization_id, cycle_id }: Pick<Vote, 'organization_id' | 'cycle_id'>,
  { show, q }: { show: Show; q: string },
  { from, size }: { from: number; size: number },
): Promise<{ rows: RollRow[]; total: number }> {
  const like = `%${q.trim().replaceAll(/[\\%_]/g, '\\$&')}%`
  const named = sql`(concat_ws(' ', coalesce(p.first_name, r.first_name), coalesce(p.last_name, r.last_name)) ilike ${like}
    or concat_ws(' ', coalesce(p.last_name, r.last_name), coalesce(p.first_name, r.first_name)) ilike ${like}
    or replace(p.name_hangul, ' ', '') like replace(${like}, ' ', ''))`
  const { rows } = await sql<RollRow & { total: number }>`
    select ${rollColumns}, count(*) over ()::integer as total ${rollRows(organization_id, cycle_id, sql`${shown[show]} and (${q.trim()} = '' or ${named})`)}
    order by coalesce(p.last_name, r.last_name), coalesce(p.first_name, r.first_name), p.name_hangul, v.roll_id
    limit ${size} offset ${from}`.execute(db)
  return { rows: rows.map(({ total: _total, ...row }) => parsed(row)), total: rows[0]?.total ?? 0 }
}

/** The one row of the roll of which this is true. */
async function rowWhere(db: Db, { organization_id, cycle_id }: Vote, where: RawBuilder<unknown>): Promise<RollRow | undefined> {
  const { rows } = await sql<RollRow>`select ${rollColumns} ${rollRows(organization_id, cycle_id, where)}`.execute(db)
  return rows.map(parsed)[0]
} // prettier-ignore

export const rollRow = (db: Db, vote: Vote, roll_id: string): Promise<RollRow | undefined> =>
  rowWhere(db, vote, sql`v.roll_id = ${roll_id}::uuid`)

/** The row of whom a credential was made for, and by which way they have it. */
export async function rollRowByCredential(
  db: Db,
  vote: Vote,
  credential_hash: string,
): Promise<(RollRow & { way: Way }) | undefined> {
  const made = await db
    .selectFrom('endorsement_credential')
    .select(['roll_id', 'way'])
    .where('organization_id', '=', vote.organization_id)
    .where('credential_hash', '=', credential_hash)
    .executeTakeFirst()
  const row = made && (await rollRow(db, vote, made.roll_id))
  return row && { ...row, way: made.way }
}

/** Who may vote, has not, and was mailed a link. */
export async function votersToRemind(db: Db, { organization_id, cycle_id }: Vote): Promise<RollRow[]> {
  const { rows } = await sql<RollRow>`select ${rollColumns}
    ${rollRows(organization_id, cycle_id, sql`v.may_vote and v.voted_by is null and v.mailed_on is not null`)}
    order by v.roll_id`.execute(db)
  return rows.map(parsed)
}

/** Days before its last day on which voters were reminded, by row of the roll. */
export async function remindersOf(db: Db, { organization_id, cycle_id, rules }: Vote): Promise<Map<string, number[]>> {
  const rows = await db
    .selectFrom('endorsement_reminder as m')
    .innerJoin('endorsement_roll as r', (join) =>
      join.onRef('r.organization_id', '=', 'm.organization_id').onRef('r.roll_id', '=', 'm.roll_id'),
    )
    .select(['m.roll_id', 'm.days_before'])
    .where('r.organization_id', '=', organization_id)
    .where('r.cycle_id', '=', cycle_id)
    .where('m.vote_until_on', '=', rules.vote_until_on)
    .execute()
  const by = Map.groupBy(rows, ({ roll_id }) => roll_id)
  return new Map([...by].map(([roll_id, theirs]) => [roll_id, theirs.map(({ days_before }) => days_before)]))
}

/** Whether somebody voted as another row of the roll: one person who stood on it twice and was merged since. */
export async function hasVotedElsewhere(db: Db, { organization_id, cycle_id, roll_id, person_id }: RollRow): Promise<boolean> {
  const { rows } = await sql<{ has_voted: boolean }>`
    select exists (select from endorsement_roll o
      join person op on op.organization_id = o.organization_id and op.person_id = o.person_id
      join person p on p.organization_id = o.organization_id and p.person_id = ${person_id}::uuid
      where o.organization_id = ${organization_id}::uuid and o.cycle_id = ${cycle_id}::uuid and o.roll_id <> ${roll_id}::uuid
        and o.voted_by is not null and coalesce(op.merged_into, op.person_id) = coalesce(p.merged_into, p.person_id)) as has_voted`.execute(
    db,
  )
  return rows[0]?.has_voted ?? false
} // prettier-ignore

export interface RollCounts {
  all: number
  may: number
  voted: number
  mailed: number
  /** May vote, did not, and has no link. */
  to_mail: number
  /** Nobody knows whether their link arrived. */
  mail_unknown: number
  challenged: number
}

export async function rollCounts(db: Db, vote: Pick<Vote, 'organization_id' | 'cycle_id'>): Promise<RollCounts> {
  const { rows } = await sql<RollCounts>`
    select count(*)::integer as all, count(*) filter (where v.may_vote)::integer as may,
      count(*) filter (where v.voted_by is not null)::integer as voted, count(*) filter (where v.mailed_to is not null)::integer as mailed,
      count(*) filter (where v.may_vote and v.voted_by is null and v.mailed_to is null)::integer as to_mail,
      count(*) filter (where ${shown.mail_unknown})::integer as mail_unknown,
      count(*) filter (where ${isChallenged})::integer as challenged
    from endorsement_roll v where v.organization_id = ${vote.organization_id}::uuid and v.cycle_id = ${vote.cycle_id}::uuid`.execute(
    db,
  )
  const [counts] = rows
  if (!counts) throw new Error('counting answers a row')
  return counts
}

export type Challenge = Selectable<EndorsementChallengeTable>

/** The latest first. */
export const challengesOf = (db: Db, organization_id: string, roll_id: string): Promise<Challenge[]> =>
  db
    .selectFrom('endorsement_challenge')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('roll_id', '=', roll_id)
    .orderBy('raised_at', 'desc')
    .orderBy('challenge_id')
    .execute()

/** How people stood at the end of a vote on whose roll a challenge was upheld; by who they are now. */
export async function stoodIn(db: Db, organization_id: string, cycle_id: string): Promise<Map<string, StoodBefore<Challenge>[]>> {
  const rows = await db
    .selectFrom('endorsement_roll as v')
    .innerJoin('person as p', (join) =>
      join.onRef('p.organization_id', '=', 'v.organization_id').onRef('p.person_id', '=', 'v.person_id'),
    )
    .select((eb) => [eb.fn.coalesce('p.merged_into', 'p.person_id').as('now_id'), 'v.roll_id', 'v.may_vote', 'v.reasons'])
    .where('v.organization_id', '=', organization_id)
    .where('v.cycle_id', '=', cycle_id)
    .orderBy('v.roll_id')
    .execute()
  const upheld = await db
    .selectFrom('endorsement_challenge as c')
    .innerJoin('endorsement_roll as v', (join) =>
      join.onRef('v.organization_id', '=', 'c.organization_id').onRef('v.roll_id', '=', 'c.roll_id'),
    )
    .selectAll('c')
    .where('c.organization_id', '=', organization_id)
    .where('v.cycle_id', '=', cycle_id)
    .where('c.is_upheld', '=', true)
    .orderBy('c.decided_at')
    .orderBy('c.challenge_id')
    .execute()
  const last = new Map(upheld.map((each) => [each.roll_id, each]))
  const people = Map.groupBy(rows, ({ now_id }) => now_id)
  return new Map(
    [...people]
      .map(([person, theirs]) => [person, theirs.map((row) => ({ ...row, upheld: last.get(row.roll_id) ?? null }))] as const)
      .filter(([, theirs]) => theirs.some((row) => row.upheld)),
  )
} // prettier-ignore

export const tiesOf = (db: Db, organization_id: string, roll_id: string): Promise<Tied[]> =>
  db
    .selectFrom('endorsement_tie')
    .select(['contest_id', 'tie'])
    .where('organization_id', '=', organization_id)
    .where('roll_id', '=', roll_id)
    .orderBy('contest_id')
    .orderBy('tie')
    .execute()

export type Counted = Selectable<EndorsementCountTable>

/** What came out, in the order of the ballot. */
export async function countsOf(db: Db, vote: Vote): Promise<(Counted & { contest: ContestOnBallot })[]> {
  const rows = await db
    .selectFrom('endorsement_count')
    .selectAll()
    .where('organization_id', '=', vote.organization_id)
    .where('cycle_id', '=', vote.cycle_id)
    .execute()
  return vote.slate.flatMap((contest) => {
    const row = rows.find(({ contest_id }) => contest_id === contest.contest_id)
    return row ? [{ ...row, account: StoredAccount.parse(row.account), contest }] : []
  })
}

export interface OwnVote {
  cycle: Cycle
  vote: Vote
  row: RollRow
}

/** Votes on whose roll somebody stands, the latest first; whoever was merged into them counts as them. */
export async function votesOfPerson(db: Db, organization_id: string, person_id: string): Promise<OwnVote[]> {
  const { rows } = await sql<{ cycle_id: string; roll_id: string }>`
    select v.cycle_id, v.roll_id from endorsement_roll v
    join person p on p.organization_id = v.organization_id and p.person_id = v.person_id
    join endorsement_vote e on e.organization_id = v.organization_id and e.cycle_id = v.cycle_id
    where v.organization_id = ${organization_id}::uuid and coalesce(p.merged_into, p.person_id) = ${person_id}::uuid
    order by e.made_at desc, v.roll_id`.execute(db)
  const votes: OwnVote[] = []
  for (const { cycle_id, roll_id } of rows) {
    const cycle = await cycleById(db, organization_id, cycle_id)
    const vote = await voteOf(db, organization_id, cycle_id)
    const row = vote && (await rollRow(db, vote, roll_id))
    if (cycle && row) votes.push({ cycle, vote, row })
  }
  return votes
}

/** Votes that wait for the ballot of whoever has this account. */
export async function openBallotsOf(
  db: Db,
  organization_id: string,
  user_id: string,
  today: string,
): Promise<OwnVote[]> {
  const person_id = await personOfAccount(db, organization_id, user_id)
  const votes = person_id === null ? [] : await votesOfPerson(db, organization_id, person_id)
  return votes.filter((each) => isOpenBallot(each, today))
}

/** Votes not counted yet on whose roll they do not stand, with the day it was made. */
export async function votesWithout(db: Db, organization_id: string, own: readonly OwnVote[]): Promise<Pick<OwnVote, 'cycle' | 'vote'>[]> {
  const rows = await db
    .selectFrom('endorsement_vote')
    .select('cycle_id')
    .where('organization_id', '=', organization_id)
    .where('counted_at', 'is', null)
    .orderBy('made_at', 'desc')
    .orderBy('cycle_id')
    .execute()
  const missed: Pick<OwnVote, 'cycle' | 'vote'>[] = []
  for (const { cycle_id } of rows) {
    if (own.some(({ cycle }) => cycle.cycle_id === cycle_id)) continue
    const cycle = await cycleById(db, organization_id, cycle_id)
    const vote = await voteOf(db, organization_id, cycle_id)
    if (cycle && vote) missed.push({ cycle, vote })
  }
  return missed
} // prettier-ignore

/** Every member as they stand on a day, with what rules ask of them. */
export async function membersOn(
  db: Db,
  organization_id: string,
  { voter_kinds, paid_by_on }: Pick<Rules, 'voter_kinds' | 'paid_by_on'>,
  day: string,
): Promise<(Facts & { person_id: string })[]> {
  const { rows } = await sql<Facts & { person_id: string }>`
    with stands as materialized (
      select distinct on (m.person_id, m.kind) m.person_id, m.kind, m.standing from membership m
      where m.organization_id = ${organization_id}::uuid and m.removed_at is null and m.from_on <= ${day}::date
      order by m.person_id, m.kind, m.from_on desc, m.recorded_at desc, m.membership_id)
    select p.person_id, p.deceased_at is not null as is_deceased,
      ${inGoodStanding(sql`p.organization_id`, sql`p.person_id`, day)} as is_in_good_standing,
      coalesce((select array_agg(s.kind order by s.kind) from stands s where s.person_id = p.person_id and s.standing in ('active', 'grace')), '{}') as kinds,
      (select min(m.from_on)::text from membership m where m.organization_id = p.organization_id and m.person_id = p.person_id
        and m.removed_at is null and m.kind = any(${[...voter_kinds]}::text[]) and m.standing in ('approved', 'active', 'grace') and m.from_on <= ${day}::date) as joined_on,
      (${paid_by_on}::date is null
        or exists (select from stands s join membership_kind k on k.organization_id = p.organization_id and k.kind = s.kind
          where s.person_id = p.person_id and s.standing in ('active', 'grace') and s.kind = any(${[...voter_kinds]}::text[]) and k.dues_cents = 0)
        or exists (select from dues d where d.organization_id = p.organization_id and d.person_id = p.person_id and d.taken_back_at is null
          and d.kind = any(${[...voter_kinds]}::text[]) and d.paid_on <= ${paid_by_on}::date and coalesce(d.until_on, 'infinity') >= ${paid_by_on}::date)) as is_paid
    from person p
    where p.organization_id = ${organization_id}::uuid and p.merged_into is null and p.erased_at is null and exists (select from stands s where s.person_id = p.person_id)
    order by p.person_id`.execute(db)
  return rows
}

/** Ties of each who votes on paper. */
export async function votersOnPaper(db: Db, { organization_id, cycle_id }: Pick<Vote, 'organization_id' | 'cycle_id'>): Promise<Tied[][]> {
  const rows = await db
    .selectFrom('endorsement_roll')
    .select('roll_id')
    .where('organization_id', '=', organization_id)
    .where('cycle_id', '=', cycle_id)
    .where('voted_by', '=', 'paper')
    .execute()
  const ids = rows.map(({ roll_id }) => roll_id)
  const ties = ids.length
    ? await db
        .selectFrom('endorsement_tie')
        .select(['roll_id', 'contest_id', 'tie'])
        .where('organization_id', '=', organization_id)
        .where('roll_id', 'in', ids)
        .execute()
    : []
  return ids.map((roll_id) => ties.filter((each) => each.roll_id === roll_id))
} // prettier-ignore

export interface PaperWaiting {
  number: string
  /** Who typed it in. */
  people: string[]
}

/** Papers typed in that are not in the box yet. */
export async function papersWaiting(db: Db, vote: Pick<Vote, 'organization_id' | 'cycle_id'>): Promise<PaperWaiting[]> {
  const rows = await db
    .selectFrom('endorsement_paper')
    .select(['number', 'entered_name'])
    .where('organization_id', '=', vote.organization_id)
    .where('cycle_id', '=', vote.cycle_id)
    .orderBy('number')
    .orderBy('entered_name')
    .execute()
  return [...new Set(rows.map(({ number }) => number))].map((number) => ({
    number,
    people: rows.filter((each) => each.number === number).map(({ entered_name }) => entered_name),
  }))
}

export interface PaperCounts {
  given: number
  in_box: number
}

export async function paperCounts(db: Db, vote: Pick<Vote, 'organization_id' | 'cycle_id'>): Promise<PaperCounts> {
  const boxes = await db
    .selectFrom('endorsement_box')
    .select('papers')
    .where('organization_id', '=', vote.organization_id)
    .where('cycle_id', '=', vote.cycle_id)
    .execute()
  const given = (await votersOnPaper(db, vote)).length
  return { given, in_box: Math.max(0, ...boxes.map(({ papers }) => papers)) }
}

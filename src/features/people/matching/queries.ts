import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { voterRecords, votersAt, type VoterRecord } from '../../voterfile/queries.ts'
import { nameKey } from '../../voterfile/rules/names.ts'
import { romanQueries } from '../../voterfile/community/hangul.ts'
import { readAddress, streetSpellings } from '../../voterfile/rules/streets.ts'
import { plainHangul, surnamesAlike, givensAlike } from '../search/rules.ts'
import {
  decideMatch,
  matchScorer,
  shownFrom,
  type KnownPerson,
  type MatchCandidate,
  type MatchDecision,
  type PossibleVoter,
} from './rules.ts'

export interface Candidate extends MatchCandidate {
  voter: VoterRecord
  /** Another person of the organization already has this record. */
  taken_by: string | null
}

export interface Matches {
  decision: MatchDecision
  /** Those worth showing, the best first; of a certain match, that one. */
  candidates: Candidate[]
}

/**
 * Voters somebody may be: by name in any spelling, by number and by address. Those refused before, and those linked with
 * another person, count for the decision as little as they would for a reader: refused ones are left out.
 */
export async function matchCandidates(
  db: Db,
  organization_id: string,
  known: KnownPerson,
  person_id: string | null = null,
): Promise<Matches> {
  const ids = await possibleVoters(db, known)
  const [named, numbers, refused] = await Promise.all([
    namesOf(db, ids),
    numbersOf(db, ids, known.phones),
    person_id === null ? Promise.resolve<number[]>([]) : refusedVoters(db, organization_id, person_id),
  ])
  const scoreOf = matchScorer(known)
  const scored = named
    .filter((voter) => !refused.includes(voter.voter_id))
    .map((voter) => scoreOf({ ...voter, phones: numbers.get(voter.voter_id) ?? [] }))
    .filter(({ score }) => score >= shownFrom)
  const decision = decideMatch(scored)
  const shown = decision.kind === 'none' ? [] : decision.kind === 'certain' ? [decision.candidate] : decision.candidates
  const shown_ids = shown.map(({ voter_id }) => voter_id)
  const [records, taken] = await Promise.all([voterRecords(db, shown_ids), takenVoters(db, organization_id, shown_ids)])
  const byId = new Map(records.map((voter) => [voter.voter_id, voter]))
  return {
    decision,
    candidates: shown.flatMap((candidate) => {
      const voter = byId.get(candidate.voter_id)
      const taken_by = taken.get(candidate.voter_id) ?? null
      return voter ? [{ ...candidate, voter, taken_by: taken_by === person_id ? null : taken_by }] : []
    }),
  }
}

/** Of a common name there are hundreds: what they are compared by, without their whole records. */
async function namesOf(db: Db, ids: readonly number[]): Promise<Omit<PossibleVoter, 'phones'>[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Omit<PossibleVoter, 'phones'>>`
    select voter_id, last_name, first_name, middle_name, birth_year, house_number, street, zip5 from voter_record
    where voter_id = any(${[...ids]}::integer[]) and status <> 'purged'`.execute(db)
  const byId = new Map(rows.map((row) => [row.voter_id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Which of the numbers known the files have of each. */
async function numbersOf(db: Db, ids: readonly number[], phones: readonly string[]): Promise<Map<number, string[]>> {
  const numbers = new Map<number, string[]>()
  if (ids.length === 0 || phones.length === 0) return numbers
  const { rows } = await sql<{ voter_id: number; phone: string }>`
    select voter_id, phone from voter_phone
    where voter_id = any(${[...ids]}::integer[]) and phone = any(${[...phones]}::text[])`.execute(db)
  for (const { voter_id, phone } of rows) numbers.set(voter_id, [...(numbers.get(voter_id) ?? []), phone])
  return numbers
}

async function possibleVoters(db: Db, known: KnownPerson): Promise<number[]> {
  const year = known.birth_year
  const born = year === null ? sql`` : sql`and (birth_year is null or birth_year between ${year - 2} and ${year + 2})`
  const pairs = namePairs(known)
  const address = readAddress(known.address ?? '')
  const byName =
    pairs.length === 0
      ? []
      : (
          await sql<{ voter_id: number }>`
            select hit.voter_id from unnest(${pairs.map(([last]) => last)}::text[], ${pairs.map(([, given]) => given)}::text[]) as pair(last, given)
            cross join lateral (
              select voter_id from voter_record where last_key = pair.last
                and given_key ~>=~ pair.given and given_key ~<~ (pair.given || ${'\u{10FFFF}'}) ${born} limit 100
            ) hit limit 400`.execute(db)
        ).rows
  const byPhone =
    known.phones.length === 0
      ? []
      : (
          await sql<{
            voter_id: number
          }>`select voter_id from voter_phone where phone = any(${[...known.phones]}::text[]) limit 50`.execute(db)
        ).rows
  const spellings = address ? streetSpellings(address.street) : { said: [], also: [] }
  const byAddress = address?.house
    ? await votersAt(db, [...spellings.said, ...spellings.also], address.house, 100, born)
    : []
  const named = [...byName, ...byPhone].map(({ voter_id }) => voter_id)
  return [...new Set([...named, ...byAddress])]
}

/** Surname and beginning of the given name in every spelling that may stand in the file; both orders. */
function namePairs(known: KnownPerson): [string, string][] {
  const [last, first, middle] = [known.last_name, known.first_name, known.middle_name].map((name) =>
    nameKey(name ?? ''),
  )
  const pairs: [string, string][] = []
  if (last && first) {
    pairs.push([last, first], [first, last])
    const givens = [first, ...givensAlike(first + (middle ?? ''))]
    for (const surname of surnamesAlike(last)) for (const given of givens) pairs.push([surname, given])
  }
  const hangul = plainHangul(known.name_hangul ?? '')
  if (hangul.length >= 2) {
    for (const { surnames, given } of romanQueries(hangul)) {
      let beginnings = ['']
      for (const set of given) beginnings = beginnings.flatMap((head) => set.map((tail) => head + tail))
      for (const surname of surnames) for (const beginning of beginnings) pairs.push([surname, beginning])
    }
  }
  return pairs.slice(0, 1500)
}

const refusedVoters = async (db: Db, organization_id: string, person_id: string): Promise<number[]> => {
  const rows = await db
    .selectFrom('refused_match')
    .select('voter_id')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .execute()
  return rows.map(({ voter_id }) => voter_id)
}

async function takenVoters(db: Db, organization_id: string, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .select(['voter_id', 'person_id'])
    .where('organization_id', '=', organization_id)
    .where('merged_into', 'is', null)
    .where('voter_id', '=', sql<number>`any(${[...ids]}::integer[])`)
    .execute()
  return new Map(rows.flatMap(({ voter_id, person_id }) => (voter_id === null ? [] : [[voter_id, person_id]])))
}

import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { voterPhones, voterRecords, votersAt, type VoterRecord } from '../../voterfile/queries.ts'
import { nameKey } from '../../voterfile/rules/names.ts'
import { romanQueries } from '../../voterfile/community/hangul.ts'
import { readAddress, streetSpellings } from '../../voterfile/rules/streets.ts'
import { plainHangul, surnamesAlike, givensAlike } from '../search/rules.ts'
import {
  decideMatch,
  matchScore,
  shownFrom,
  type KnownPerson,
  type MatchCandidate,
  type MatchDecision,
} from './rules.ts'

export interface Candidate extends MatchCandidate {
  voter: VoterRecord
  /** Another person of the organization already has this record. */
  taken_by: string | null
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
): Promise<{ decision: MatchDecision; candidates: Candidate[] }> {
  const ids = await possibleVoters(db, known)
  const [records, phones, refused, taken] = await Promise.all([
    voterRecords(db, ids),
    voterPhones(db, ids),
    person_id === null ? Promise.resolve<number[]>([]) : refusedVoters(db, organization_id, person_id),
    takenVoters(db, organization_id, ids),
  ])
  const byId = new Map(records.map((voter) => [voter.voter_id, voter]))
  const scored = records
    .filter((voter) => !refused.includes(voter.voter_id) && voter.status !== 'purged')
    .map((voter) => {
      const numbers = phones.filter((each) => each.voter_id === voter.voter_id).map(({ phone }) => phone)
      return matchScore(known, { ...voter, phones: numbers })
    })
    .filter(({ score }) => score >= shownFrom)
  const decision = decideMatch(scored)
  const shown = decision.kind === 'none' ? [] : decision.kind === 'certain' ? [decision.candidate] : decision.candidates
  return {
    decision,
    candidates: shown.flatMap((candidate) => {
      const voter = byId.get(candidate.voter_id)
      const taken_by = taken.get(candidate.voter_id) ?? null
      return voter ? [{ ...candidate, voter, taken_by: taken_by === person_id ? null : taken_by }] : []
    }),
  }
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

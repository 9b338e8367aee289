import { generalElectionOn, newYorkElections } from '../voterfile/rules/elections-ny.ts'
import type { ElectionKind, ElectionName } from './schema.ts'

/** An election as the voter files have it. */
export interface KnownElection {
  election_id: number
  state: string
  kind: string
  year: number
  held_on: string | null
}

const kindOf = (election: KnownElection): string => election.kind.replaceAll('_', '-')

/** Elections meant by a name; several where one kind was held twice that year. */
export function electionsNamed(name: ElectionName, known: readonly KnownElection[]): KnownElection[] {
  if ('held_on' in name) return known.filter(({ held_on }) => held_on === name.held_on)
  return known.filter(
    (election) => (name.year === null || election.year === name.year) && kindOf(election) === name.kind,
  )
}

/** The day it was held; where the files tell only the year, the last of it. */
export const dayOf = ({ held_on, year }: KnownElection): string => held_on ?? `${year}-12-31`

/** Was it held everywhere, so that who did not vote stayed away? */
export const everybodyCould = (election: KnownElection): boolean =>
  ['general', 'primary', 'presidential-primary'].includes(kindOf(election)) &&
  (election.held_on === null || isRegular(election))

/**
 * Elections of one state and day together, since voting in one of them is having voted that day. One of which only the year is
 * known stands alone.
 */
export function onOneDay(
  elections: readonly KnownElection[],
): { day: string; ids: number[]; elections: KnownElection[] }[] {
  const days = new Map<string, KnownElection[]>()
  for (const election of elections) {
    const key = `${election.state} ${election.held_on ?? `undated ${election.election_id}`}`
    days.set(key, [...(days.get(key) ?? []), election])
  }
  return [...days.values()].map((held) => ({
    day: held[0] ? dayOf(held[0]) : '',
    ids: held.map(({ election_id }) => election_id),
    elections: held,
  }))
}

/**
 * The last `count` elections of a state up to `today`, newest first, each as the ids it has in the files (a primary and a
 * presidential primary of one day are one chance to vote). Without a kind: the general elections and primaries everybody
 * could vote in; local and special ones are left out, since most voters had no vote in them.
 */
export function lastElections(
  known: readonly KnownElection[],
  state: string,
  kind: ElectionKind | null,
  count: number,
  today: string,
): number[][] {
  const byDay = new Map<string, number[]>()
  for (const election of known) {
    if (election.state !== state || election.held_on === null || election.held_on > today) continue
    if (
      kind === null ? !isRegular(election) : kindOf(election) !== kind || (kind === 'general' && !isRegular(election))
    )
      continue
    byDay.set(election.held_on, [...(byDay.get(election.held_on) ?? []), election.election_id])
  }
  return [...byDay]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, count)
    .map(([, ids]) => ids)
}

const newYorkPrimaryDays = new Set<string>(
  newYorkElections.filter(({ kind }) => kind !== 'runoff').map(({ held_on }) => held_on),
)

function isRegular(election: KnownElection): boolean {
  const { held_on, state } = election
  if (held_on === null) return false
  const kind = kindOf(election)
  if (kind === 'general') return held_on === generalElectionOn(election.year)
  if (kind !== 'primary' && kind !== 'presidential-primary') return false
  return (
    state !== 'NY' ||
    newYorkPrimaryDays.has(held_on) ||
    held_on === juneTuesday(election.year) ||
    kind === 'presidential-primary'
  )
}

/** New York's primary since 2019: the fourth Tuesday of June (Election Law 8-100). */
function juneTuesday(year: number): string {
  const first = new Date(Date.UTC(year, 5, 1)).getUTCDay()
  return `${year}-06-${String(1 + ((9 - first) % 7) + 21).padStart(2, '0')}`
}

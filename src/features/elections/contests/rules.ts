import type { Selectable } from 'kysely'
import { tilesOf } from '../../geography/tiles.ts'
import { newYorkCalendar, type ScheduledElection } from '../calendar.ts'
import { daysOf, type Dated } from '../rules.ts'
import type { ScheduledElectionTable } from './tables.ts'
import { officeKinds, type Office, type OfficialKind } from '../officials/schema.ts'
import {
  contestOffices,
  type CandidateStatus,
  type ContestMethod,
  type ContestOffice,
  type ElectionKind,
} from './schema.ts'

export interface ElectionKey {
  state: string
  kind: string
  held_on: string
  district_kind: string | null
  district: string | null
}

/** The row of our calendar with an election's deadlines; null: it is one that a steward added. */
export const calendarOf = (election: ElectionKey): ScheduledElection | null =>
  newYorkCalendar.find((each) => isSameElection(keyOf(each), election)) ?? null

/** The days a steward entered, with Election Day where they are New York's; none: nobody did, or our calendar has them by now. */
export function ownDaysOf(election: Omit<Selectable<ScheduledElectionTable>, 'election_id' | 'as_of'>): Dated[] {
  if (calendarOf(election)) return []
  const { early_voting_from: from, early_voting_until: to, state, held_on } = election
  const days = daysOf({
    ...election,
    held_on: state === 'NY' ? held_on : null,
    early_voting: from && to ? { from, to } : null,
  })
  return days.some(({ what }) => what !== 'held_on') ? days : []
}

export const isSameElection = (one: ElectionKey, other: ElectionKey): boolean =>
  one.state === other.state &&
  one.kind === other.kind &&
  one.held_on === other.held_on &&
  one.district_kind === other.district_kind &&
  one.district === other.district

export function keyOf({ kind, held_on, place }: ScheduledElection): ElectionKey {
  const [district_kind, district] = place.split('/')
  return district_kind !== undefined && district !== undefined
    ? { state: 'NY', kind, held_on, district_kind, district }
    : { state: place, kind, held_on, district_kind: null, district: null }
}

export const isElectedCitywide = (kind: OfficialKind): kind is 'city' | 'state' => kind === 'city' || kind === 'state'

/** The district as geography names it ('020' is '20', 'Queens' 'queens'; empty for a whole city or state); null: there is none such. */
export function districtIn(state: string, kind: OfficialKind, typed: string | null): string | null {
  const text = (typed ?? '').trim()
  if (isElectedCitywide(kind)) return text === '' ? '' : null
  const district = kind === 'county' ? countySlug(text) : text.replace(/^0+(?=\d)/, '')
  if (state === 'NY') return tilesOf(kind).some((tile) => tile.district === district) ? district : null
  return /^[a-z0-9-]{1,40}$/.test(district) ? district : null
}

const countySlug = (text: string): string => {
  const slug = text
    .toLowerCase()
    .replace(/\s+county$/, '')
    .replaceAll('.', '')
    .replaceAll(/\s+/g, '-')
  return boroughCounties[slug] ?? slug
}
const boroughCounties: Readonly<Record<string, string>> = {
  brooklyn: 'kings',
  manhattan: 'new-york',
  'staten-island': 'richmond',
}

/** Primaries and special elections for offices of New York City are ranked: City Charter § 1057-g. */
const rankedOffices: readonly ContestOffice[] = [
  'mayor',
  'public_advocate',
  'comptroller',
  'borough_president',
  'council_member',
]
export const usualMethod = (
  election: { state: string; kind: ElectionKind; method: ContestMethod | null },
  office: ContestOffice,
): ContestMethod =>
  election.method ??
  (election.state === 'NY' && ['primary', 'special'].includes(election.kind) && rankedOffices.includes(office)
    ? 'ranked_choice'
    : 'plurality')

export const isOffice = (office: ContestOffice): office is Office => office !== 'other'

export const kindOfOffice = (office: ContestOffice, own: OfficialKind | null): OfficialKind | null =>
  isOffice(office) ? officeKinds[office] : own

/** Words for a party on a ballot, in either language. */
const lineWords: Readonly<Record<'dem' | 'rep' | 'con' | 'wor', readonly string[]>> = {
  dem: ['dem', 'd', 'democrat', 'democratic', 'democratic party', '민주', '민주당'],
  rep: ['rep', 'r', 'gop', 'republican', 'republican party', '공화', '공화당'],
  con: ['con', 'conservative', 'conservative party', '보수', '보수당'],
  wor: ['wor', 'wf', 'wfp', 'working families', 'working families party', '노동가족당'],
}
const lineCodes = Object.keys(lineWords) as (keyof typeof lineWords)[]

/** Code of a party, else the name of a body as it stands on the ballot. */
export function lineCode(text: string): string {
  const word = text.trim().replaceAll(/\s+/g, ' ')
  return lineCodes.find((code) => lineWords[code].includes(word.toLowerCase())) ?? word
}

export const isPartyLine = (line: string): line is (typeof lineCodes)[number] =>
  (lineCodes as readonly string[]).includes(line)

/** Lines of one candidate, in order, each once. */
export const linesIn = (text: string | null, separator = /[,;/]/): string[] => [
  ...new Set(
    (text ?? '')
      .split(separator)
      .filter((each) => each.trim() !== '')
      .map(lineCode),
  ),
]

/** Is somebody still to be voted for? */
export const isRunning = (status: CandidateStatus): boolean => status === 'declared' || status === 'on_ballot'

/** Does an election decide who holds an office? A primary says who is nominated; leaders of a party are elected in its own. */
export const decidesOffice = (kind: ElectionKind, office: ContestOffice): boolean =>
  isOffice(office) && (!['primary', 'presidential_primary'].includes(kind) || office === 'district_leader')

/** Has an election been held that decides who holds the office? */
export const hasDecided = (
  { kind, held_on }: { kind: ElectionKind; held_on: string },
  office: ContestOffice,
  today: string,
): boolean => held_on <= today && decidesOffice(kind, office)

interface Ordered {
  office: ContestOffice
  district: string
  party: string | null
}

/** As a ballot has them: from the state down, districts by number. */
export const byOffice = (one: Ordered, other: Ordered): number =>
  contestOffices.indexOf(one.office) - contestOffices.indexOf(other.office) ||
  one.district.localeCompare(other.district, 'en', { numeric: true }) ||
  (one.party ?? '').localeCompare(other.party ?? '')

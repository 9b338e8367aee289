import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { NotFound } from '../../platform/errors.ts'
import type { Db } from '../../platform/db/db.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { givenSyllableTable } from '../voterfile/community/hangul.ts'
import { archiveUniverse, changeUniverse, restoreUniverse, saveUniverse } from './commands.ts'
import { electionsNamed, lastElections, type KnownElection } from './elections.ts'
import { parse } from './parse.ts'
import { print, holds } from './print.ts'
import { breakdown, compileUniverse, countLeftOut, countUniverse, sampleUniverse, universes } from './queries.ts'
import type { PersonAddress } from '../people/addresses/queries.ts'
import { addressKey, mailboxOf as mailboxWhere } from '../people/addresses/rules.ts'
import { barredFrom } from '../people/rules.ts'
import { channels as consentChannels, relationshipKinds, standings } from '../people/schema.ts'
import { givenSpellings, surnameSpellingsOf } from '../voterfile/community/hangul.ts'
import { placeOf, partOf } from './hash.ts'
import { firstHouse, lastHouse } from './parse.ts'
import {
  cohortStates,
  contactable,
  communities,
  eventStates,
  parties,
  phoneKinds,
  statuses,
  taskStates,
  termsOf,
  voteMethods,
  type BodyKind,
  type ElectionName,
  type EventFact,
  type Expression,
  type LeftOutReason,
  type Range,
  type Said,
  type Term,
  type When,
  eventParts,
  type StateId,
} from './schema.ts'
import { compilePeople, countPeople, peopleIds } from './people/queries.ts'
import { refreshFromDatabase } from './refresh-database.ts'
import { facetNames, outside, type FacetName, type FacetValue, type Refresh } from './refresh.ts'
import { communityChosen } from './selection.ts'
import { blocking, unitsBefore, yearsBefore } from './sql.ts'
import { streetPattern } from './street.ts'
import { isInside } from '../geography/area/rules.ts'
import { addCenters, expressions, townCenters } from './testing.ts'

const world = await makeWorld()
const today = '2026-11-23'
const now = new Date('2026-11-23T17:00:00Z')

interface Voter {
  voter_id: number
  state: string
  last_name: string
  last_key: string
  given_key: string
  middle_name: string | null
  suffix: string | null
  birth_date: string | null
  birth_year: number | null
  sex: string | null
  party: string
  status: string
  gone_in: number | null
  county: string | null
  city: string | null
  zip5: string | null
  cd: number | null
  sd: number | null
  ad: number | null
  ccd: number | null
  ed: number | null
  precinct: string | null
  districts: Record<string, string> | null
  household_key: number | null
  mail_address: string | null
  registered_on: string | null
  votes: number[]
  estimates: Record<string, number>
  phones: { phone: string; kind: string }[]
  house_number: string | null
  street: string | null
  registered_by: string | null
  state_id: StateId
  last_voted_on: string | null
  /** Party before a file of that day changed it. */
  party_before: { on: string; party: string } | null
}
interface Person {
  person_id: string
  voter_id: number | null
  last_name: string | null
  first_name: string | null
  birth_year: number | null
  sex: string | null
  city: string | null
  language: string | null
  second_language: string | null
  address: string | null
  zip5: string | null
  custom: Record<string, unknown>
  consents: { channel: string; is_given: boolean; at: string }[]
  memberships: { kind: string; standing: string; from_on: string; removed: boolean }[]
  signups: Signup[]
  stages: { rung_id: string | null; from_on: string; removed: boolean }[]
  roles: Held[]
  trainings: Held[]
  parts: { part: string; code: string }[]
  delegations: (Held & { what: string })[]
  cohorts: { name: string; state: string }[]
  /** Codes of the events they host. */
  hosts: string[]
  tasks: { kind: string; due_on: string | null; ended_as: string | null; is_owner: boolean; at_event: boolean }[]
  dues: { kind: string; from_on: string; until_on: string | null; how: string; removed: boolean }[]
  community: string | null
  name_hangul: string | null
  deceased: boolean
  merged: boolean
  tags: string[]
  emails: string[]
  /** Further addresses, the one chosen for post first. */
  addresses: { kind: string; quality: string; is_preferred: boolean; address: string }[]
  notes: number
  phones: { phone: string; kind: string; quality: string }[]
}
interface Held {
  name: string
  from_on: string
  until_on: string | null
  removed: boolean
}
interface Signup {
  signup_id: string
  event_id: string
  response: string
  source: string
  received_at: string
  invited_at: string | null
  partner: string | null
  marks: { shift_id: string; attendance: string; undone: boolean }[]
}
interface Attempt {
  attempt_id: string
  voter_id: number | null
  person_id: string | null
  phone_bank_id: string | null
  channel: string
  disposition: string
  is_reached: boolean
  attempted_at: string
  undone: boolean
  answers: Record<string, unknown>
}
/** Who says wrong number is somebody else. */
const isTalk = (disposition: string): boolean => ['canvassed', 'refused'].includes(disposition)
interface Mark {
  voter_id: number | null
  person_id: string | null
  reason: string
  taken_back: boolean
}

const elections: KnownElection[] = [
  ...[2020, 2021, 2022, 2023, 2024, 2025].flatMap((year, at) => [
    { election_id: at * 2 + 1, state: 'NY', kind: 'general', year, held_on: { 2020: '2020-11-03', 2021: '2021-11-02', 2022: '2022-11-08', 2023: '2023-11-07', 2024: '2024-11-05', 2025: '2025-11-04' }[year] ?? null },
    { election_id: at * 2 + 2, state: 'NY', kind: 'primary', year, held_on: { 2020: '2020-06-23', 2021: '2021-06-22', 2022: '2022-06-28', 2023: '2023-06-27', 2024: '2024-06-25', 2025: '2025-06-24' }[year] ?? null },
  ]),
  { election_id: 20, state: 'NY', kind: 'primary', year: 2022, held_on: '2022-08-23' },
  { election_id: 21, state: 'NY', kind: 'special', year: 2024, held_on: '2024-02-13' },
  { election_id: 22, state: 'NY', kind: 'presidential_primary', year: 2020, held_on: '2020-06-23' },
  { election_id: 23, state: 'NY', kind: 'local', year: 2023, held_on: null },
  { election_id: 30, state: 'NJ', kind: 'general', year: 2024, held_on: '2024-11-05' },
] // prettier-ignore

/** A stream of made-up people that is the same in each run. */
function dice(seed: number): {
  below(count: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
} {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return {
    below: (count) => Math.floor(next() * count),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T, // never asked of an empty list
    chance: (share) => next() < share,
  }
}

const phoneBanks = [
  { phone_bank_id: randomUUID(), name: { en: 'Fall calls', ko: '가을 전화' } },
  { phone_bank_id: randomUUID(), name: { en: 'Spring' } },
]
const heldEvents = [
  ['roundtable', '2026-11-20T23:30:00Z'],
  ['roundtable', '2025-03-01T15:00:00Z'],
  ['community_service', '2026-09-12T13:00:00Z'],
  ['pantry', '2026-11-23T04:30:00Z'],
  ['social', '2026-12-20T23:00:00Z'],
].map(([kind = '', at = ''], index) => ({
  event_id: randomUUID(),
  code: `aaaaaaa${index + 1}`,
  kind,
  shifts: [0, 1].map((nth) => ({
    shift_id: randomUUID(),
    starts_at: new Date(Date.parse(at) + nth * 10_800_000).toISOString(),
    minutes: 90 + index * 25,
  })),
}))
const rungs = [{ en: 'Member', ko: '회원' }, { en: 'Core team' }, { ko: '리더', en: 'Leader' }].map((name, index) => ({
  rung_id: randomUUID(),
  position: index + 1,
  name: name as Record<string, string>,
}))
/** Each with one office. Whoever has a role called as one of them holds its office. */
const bodies: readonly { kind: BodyKind; name: Record<string, string>; office: Record<string, string> }[] = [
  { kind: 'committee', name: { en: 'Housing', ko: '주거위원회' }, office: { en: 'Chair', ko: '위원장' } },
  { kind: 'chapter', name: { en: 'Queens' }, office: { en: 'Lead', ko: '지부장' } },
  { kind: 'chapter', name: { en: 'Homes', ko: '주거위원회' }, office: { en: 'Chair', ko: '위원장' } },
]
const partnerNames = { KACE: { en: 'KACE', ko: '시민참여센터' }, 'Flushing Church': { en: 'Flushing Church' } }
/** Who hosts which event, by their place in the town; one was called off. */
const hosting = { aaaaaaa1: 5, aaaaaaa2: 12, aaaaaaa3: 12, aaaaaaa4: 5, aaaaaaa5: 20 }
const canceled = 'aaaaaaa2'
const cohortNames = { 'Forum 2026': { en: 'Forum 2026', ko: '포럼 2026' }, Alumni: { en: 'Alumni' } }
const trainingNames = { 'Phone bank host': { en: 'Phone bank host', ko: '전화 진행' }, Safety: { en: 'Safety' } }

const relations: { person_id: string; other_person_id: string; kind: string }[] = []

/** Voter 3300 and after are of no file we know; the third speaks of two counties. */
const files = [
  { file_id: 1, state: 'NY', on: '2021-10-01', first: 1000, next: 2500, counties: null },
  { file_id: 2, state: 'NJ', on: '2024-03-01', first: 2500, next: 3000, counties: null },
  { file_id: 3, state: 'NY', on: '2026-05-01', first: 3000, next: 3300, counties: ['queens', 'kings'] },
]
const followUps: { voter_id: number | null; person_id: string | null; kind: string; is_done: boolean }[] = []

const voters: Voter[] = []
const people: Person[] = []
const attempts: Attempt[] = []
const marks: Mark[] = []

function inventTown(): void {
  const roll = dice(7)
  // What came later leaves the town as it was.
  const later = dice(11)
  const latest = dice(13)
  const day = (from: number, to: number): string => {
    const year = from + roll.below(to - from + 1)
    return `${year}-${String(1 + roll.below(12)).padStart(2, '0')}-${String(1 + roll.below(28)).padStart(2, '0')}`
  }
  const givens = ['YOUNGHEE', 'MINJUN', 'DAVID', 'KIMBERLY', 'LEEANN', 'GRACE', 'YOUNG', 'YEONGHUI']
  for (let at = 0; at < 2500; at++) {
    const exact = roll.chance(0.85)
    const birth = roll.chance(0.03)
      ? '2008-02-29'
      : roll.chance(0.05)
        ? `${2026 - 16 - roll.below(60)}-11-${String(22 + roll.below(3))}`
        : day(1930, 2010)
    const last = roll.pick(['KIM', 'LEE', 'YOUNG', 'VAN', 'DYKE', 'SMITH', 'RHEE'])
    const nj = roll.chance(0.1)
    voters.push({
      voter_id: 1000 + at,
      state: nj ? 'NJ' : 'NY',
      last_name: last,
      last_key: last,
      given_key: roll.pick(givens),
      middle_name: ['Soo', 'J', 'Anne-Marie', "D'Arcy", 'Jin Ho', null][at % 6] ?? null,
      suffix: ['Jr', 'III', null][at % 7] ?? null,
      birth_date: exact && roll.chance(0.95) ? birth : null,
      birth_year: !exact && roll.chance(0.8) ? Number(birth.slice(0, 4)) : exact ? Number(birth.slice(0, 4)) : null,
      sex: roll.pick(['F', 'M', 'X', null]),
      party: roll.pick(parties),
      status: roll.pick([
        'active',
        'active',
        'active',
        'active',
        'inactive',
        'military',
        'federal',
        'overseas',
        'purged',
        'preregistered',
      ]),
      gone_in: roll.chance(0.05) ? 1 + (at % 3) : null,
      county: roll.pick(['queens', 'queens', 'kings', 'nassau', null]),
      city: roll.pick(['Flushing', 'FLUSHING', 'Long Island City', 'Bayside', null]),
      zip5: roll.pick(['11354', '11355', '11358', '11361', '10001', null]),
      cd: roll.pick([3, 6, 14, null]),
      sd: roll.pick([11, 16, null]),
      ad: roll.pick([25, 40, null]),
      ccd: roll.pick([19, 20, 23, null]),
      ed: at % 15 === 0 ? null : at % 15,
      precinct: roll.pick(['25', 'Ward 3', null, '01-07', '025']),
      districts: roll.pick([{ school: '25' }, { school: '026', 'civil-court': '7' }, null]),
      household_key: roll.chance(0.9) ? roll.below(1400) : null,
      mail_address: roll.chance(0.1) ? `PO Box ${roll.below(80)}\nFlushing NY 11354` : null,
      registered_on: roll.chance(0.95) ? (roll.chance(0.3) ? day(2025, 2026) : day(1975, 2025)) : null,
      votes: nj
        ? roll.chance(0.5)
          ? [30 * 8 + 1]
          : []
        : elections
            .filter(({ state }) => state === 'NY' && roll.chance(0.4))
            .map(({ election_id }) => election_id * 8 + roll.below(7)),
      estimates: Object.fromEntries(communities.map((name) => [name, roll.chance(0.5) ? 0 : roll.below(100)])),
      phones: Array.from({ length: roll.pick([0, 0, 1, 1, 2]) }, (_, index) => ({
        phone: `+1718555${String((at * 3 + index) % 10000).padStart(4, '0')}`,
        kind: roll.pick(phoneKinds),
      })),
      house_number: roll.pick(['136-20', '136-01', '138-99', '41-25', '12', '100', '136', '12 1/2', null, 'REAR']),
      street: roll.pick([
        'Northern Blvd',
        'Northern Boulevard',
        'NORTHERN BLVD',
        'W 32nd St',
        'Broadway',
        'W Broadway',
        'St Marks Pl',
        "O'Brien Ave",
        null,
      ]),
      registered_by: roll.pick(['dmv', 'mail', 'agency', 'board', 'school', 'local', null]),
      state_id: at % 11 === 0 ? 'waiting' : at % 13 === 0 ? 'unmatched' : 'known',
      last_voted_on: roll.chance(0.3) ? day(2004, 2025) : null,
      party_before: roll.chance(0.2)
        ? { on: roll.pick(['2021-10-01', '2024-03-01']), party: roll.pick(parties) }
        : null,
    })
  }
  const held = (names: readonly string[]): Held[] =>
    Array.from({ length: roll.pick([0, 0, 1, 2]) }, () => ({
      name: roll.pick(names),
      from_on: roll.pick([day(2024, 2025), '2026-11-23', '2026-11-24']),
      until_on: roll.pick(['2026-11-22', '2026-11-23', '2026-11-24', null]),
      removed: roll.chance(0.15),
    })).filter(({ from_on, until_on }) => until_on === null || from_on <= until_on)
  for (let at = 0; at < 700; at++) {
    const merged = roll.chance(0.05)
    people.push({
      person_id: randomUUID(),
      voter_id: roll.chance(0.9) ? 1000 + at * 3 : null,
      last_name: [null, 'Kim', 'Lee', 'van Dyke', "O'Neil", 'Rhee'][at % 6] ?? null,
      first_name: [null, 'Young-hee', 'Grace', 'Soo Jin', 'Minjun'][at % 5] ?? null,
      birth_year: at % 4 === 0 ? null : 1935 + (at % 80),
      sex: [null, 'F', 'M', 'X'][at % 4] ?? null,
      city: [null, 'Flushing', 'BAYSIDE'][at % 3] ?? null,
      language: roll.pick(['ko', 'ko', 'en', 'zh', null]),
      second_language: roll.pick(['ko', 'en', null, null]),
      address: roll.pick([null, null, '12 Main St', '136-20 Northern Blvd, Apt 5B', '100 Broadway #2', 'W 32nd St']),
      zip5: roll.pick([null, '11354']),
      custom: {
        ...(roll.chance(0.4) ? { job: roll.pick(['nurse', 'Nurse', '간호사', '1..2', '']) } : {}),
        ...(roll.chance(0.4) ? { rent: roll.pick([4, 900, 1250.5, -3, null]) } : {}),
        ...(roll.chance(0.4) ? { joined_on: roll.pick(['2020-02-29', '2015-06-01', '2024-12-31']) } : {}),
        ...(roll.chance(0.4) ? { union: roll.chance(0.5) } : {}),
      },
      consents: Array.from({ length: roll.pick([0, 0, 1, 2, 3]) }, () => ({
        channel: roll.pick(consentChannels),
        is_given: roll.chance(0.5),
        at: `${day(2024, 2025)}T12:00:00Z`,
      })),
      memberships: Array.from({ length: roll.pick([0, 0, 0, 1, 2, 3]) }, () => ({
        kind: roll.pick(['regular', 'regular', 'student']),
        standing: roll.pick(standings),
        // Some only begin after today.
        from_on: roll.pick([day(2023, 2025), '2026-11-22', '2026-11-23', '2026-11-24']),
        removed: roll.chance(0.1),
      })),
      signups: heldEvents.flatMap(({ event_id, shifts }) =>
        Array.from({ length: roll.pick([0, 0, 0, 1, 1, 2]) }, (_, nth) => ({
          signup_id: randomUUID(),
          event_id,
          // One open sign-up for an event at most.
          response: nth > 0 ? 'canceled_by_them' : roll.pick(['signed_up', 'confirmed', 'wait_listed', 'invited', 'declined']),
          source: roll.pick(['web', 'staff', 'door']),
          received_at: `${day(2025, 2026).replace(/-12-/, '-11-')}T${String(roll.below(24)).padStart(2, '0')}:30:00Z`,
          invited_at: later.chance(0.4) ? `${later.pick(['2025-08-02', '2026-09-14', '2026-11-09', '2026-11-20'])}T03:30:00Z` : null,
          partner: latest.pick([null, null, ...Object.keys(partnerNames)]),
          marks: Array.from({ length: roll.pick([0, 1, 1, 2, 3]) }, () => ({
            shift_id: roll.pick(shifts).shift_id,
            attendance: roll.pick(['attended', 'attended', 'walk_in', 'no_show', 'excused']),
            undone: roll.chance(0.15),
          })),
        })),
      ), // prettier-ignore
      stages: Array.from({ length: roll.pick([0, 0, 1, 2]) }, () => ({
        rung_id: roll.pick([...rungs.map(({ rung_id }) => rung_id), null]),
        from_on: roll.pick([day(2024, 2025), '2026-11-23', '2026-11-24']),
        removed: roll.chance(0.15),
      })),
      roles: held(['Block captain', 'Treasurer', ...bodies.map(({ name }) => name.en ?? '')]),
      trainings: held(Object.keys(trainingNames)),
      delegations: at % 9 === 0 ? held(['']).map((each) => ({ ...each, until_on: each.until_on ?? '2027-01-01', what: roll.pick(['host_phone_banks', 'read_responses']) })) : [], // prettier-ignore
      parts: at % 5 === 0 ? heldEvents.slice(0, 1 + (at % 3)).map(({ code }, nth) => ({ part: eventParts[(at + nth) % eventParts.length] ?? 'speaker', code })) : [], // prettier-ignore
      hosts: Object.entries(hosting).flatMap(([code, host]) => (host === at ? [code] : [])),
      cohorts: Array.from({ length: later.pick([0, 0, 0, 1, 2]) }, () => ({
        name: later.pick(Object.keys(cohortNames)),
        state: later.pick([...cohortStates, 'removed']),
      })),
      tasks: Array.from({ length: later.pick([0, 0, 1, 2]) }, () => ({
        kind: later.pick(['next_step', 'task', 'task']),
        due_on: later.pick(['2026-11-22', '2026-11-23', '2026-12-01']),
        ended_as: later.pick([null, null, 'done', 'moved_on']),
        is_owner: at % 9 === 0 && later.chance(0.5),
        at_event: later.chance(0.6),
      })).map((each) => (each.kind === 'next_step' ? { ...each, is_owner: false } : each)),
      dues: Array.from({ length: roll.pick([0, 0, 1, 2]) }, () => ({
        kind: roll.pick(['regular', 'student']),
        from_on: roll.pick([day(2024, 2025), '2026-11-23', '2026-11-24']),
        until_on: roll.pick(['2026-11-22', '2026-11-23', '2027-01-22', '2027-01-23', '2027-12-31', null]),
        how: roll.pick(['paid', 'waived', 'elsewhere']),
        removed: roll.chance(0.1),
      })).filter(({ from_on, until_on }) => until_on === null || from_on <= until_on),
      community: roll.pick(['korean', 'chinese', 'japanese', null, null, null]),
      name_hangul: roll.pick(['김영희', '이수진', '박 민수', null, null]),
      deceased: roll.chance(0.03),
      merged,
      tags: roll.pick([[], [], ['volunteer'], ['봉사자'], ['volunteer', '봉사자']]),
      emails: roll.pick([[], [], ['good'], ['bouncing']]),
      addresses: furtherAddresses(at),
      notes: roll.pick([0, 0, 1]),
      phones: roll.pick([
        [],
        [],
        [{ phone: '+13475550101', kind: 'mobile', quality: 'good' }],
        [{ phone: '+13475550199', kind: 'landline', quality: 'wrong' }],
      ]),
    })
  }
  for (let at = 0; at < 200; at++) {
    const [one, other] = [roll.pick(people), roll.pick(people)]
    if (one === other) continue
    const kind = roll.pick(relationshipKinds)
    if (relations.some((each) => each.person_id === one.person_id && each.other_person_id === other.person_id)) continue
    relations.push({ person_id: one.person_id, other_person_id: other.person_id, kind })
  }
  for (let at = 0; at < 1500; at++) {
    const person = roll.chance(0.3) ? roll.pick(people) : null
    attempts.push({
      attempt_id: randomUUID(),
      voter_id: person && roll.chance(0.5) ? null : 1000 + roll.below(900),
      person_id: person?.person_id ?? null,
      phone_bank_id: roll.pick([null, ...phoneBanks.map(({ phone_bank_id }) => phone_bank_id)]),
      channel: roll.pick(['phone', 'phone', 'text', 'door', 'inbound_phone']),
      disposition: roll.pick(['canvassed', 'no_answer', 'refused', 'wrong_number']),
      is_reached: roll.chance(0.4),
      attempted_at: `${roll.chance(0.3) ? day(2026, 2026).replace(/-12-/, '-11-') : day(2024, 2026)}T${String(roll.below(24)).padStart(2, '0')}:30:00Z`,
      undone: roll.chance(0.1),
      answers: {
        ...(roll.chance(0.3) ? { support: 1 + roll.below(5) } : {}),
        ...(roll.chance(0.3) ? { housing: roll.pick(['tenant', 'owner']) } : {}),
        ...(roll.chance(0.2) ? { issues: roll.pick([['rent costs'], ['rent costs', 'schools'], []]) } : {}),
        ...(roll.chance(0.2) ? { plan: roll.chance(0.5) } : {}),
        ...(roll.chance(0.2) ? { rent: roll.pick([4, 900, 1250.5, 'not said']) } : {}),
      },
    })
  }
  for (let at = 0; at < 150; at++) {
    const person = roll.chance(0.4) ? roll.pick(people) : null
    marks.push({
      voter_id: person ? null : 1000 + roll.below(2500),
      person_id: person?.person_id ?? null,
      reason: roll.pick(['do_not_call', 'deceased', 'moved', 'hostile', 'legal', 'wrong_number', 'disconnected']),
      taken_back: roll.chance(0.2),
    })
  }
  for (let at = 0; at < 200; at++) {
    const person = roll.chance(0.4) ? roll.pick(people) : null
    followUps.push({
      voter_id: person ? null : 1000 + roll.below(2500),
      person_id: person?.person_id ?? null,
      kind: roll.pick(['volunteer', 'yard_sign', 'ride', 'mail_ballot', 'organizer', 'call_back_too_late']),
      is_done: roll.chance(0.4),
    })
  }
}

beforeAll(async () => {
  inventTown()
  const owner = world.database.owner
  const { organization_id } = world.ours
  const rows = (list: readonly object[]): string => JSON.stringify(list)
  await sql`insert into election select * from jsonb_populate_recordset(null::election, ${rows(elections)}::jsonb)`.execute(
    owner,
  )
  await sql`insert into voter_file (state, layout, kind, names, imported_by, counts, received_on, first_voter_id, next_voter_id, counties)
    select state, 'us-' || lower(state), 'registration', '{}', 'test', '{}', "on", first, next, counties
    from jsonb_to_recordset(${rows(files)}::jsonb) as it (file_id integer, state text, "on" date, first integer, next integer, counties text[]) order by file_id`.execute(
    owner,
  )
  await addCenters(owner)
  for (const state of ['NY', 'NJ'])
    await sql`create table if not exists ${sql.id(`voter_record_${state.toLowerCase()}`)} partition of voter_record for values in (${sql.lit(state)})`.execute(
      owner,
    )
  for (const state of ['ny', 'nj'])
    for (const column of ['voter_id', 'household_key'])
      await sql`create index on ${sql.id(`voter_record_${state}`)} (${sql.id(column)})`.execute(owner)
  await sql`insert into voter_record select * from jsonb_populate_recordset(null::voter_record, ${rows(
    voters.map((voter) => ({
      ...voter,
      state_key: voter.voter_id,
      row_hash: 1,
      file_id: 1,
      state_voter_id: `V${voter.voter_id}`,
      id_kind: voter.state_id === 'known' ? null : 'county',
      unmatched_in: voter.state_id === 'unmatched' ? 1 : null,
      first_name: voter.given_key,
      ...Object.fromEntries(communities.map((name) => [`p_${name}`, voter.estimates[name] ?? 0])),
    })),
  )}::jsonb)`.execute(owner)
  await sql`insert into voter_phone (voter_id, phone, kind, matched_by, source, received_on)
    select voter_id, phone, kind, 'state_id', 'test', '2026-10-01' from jsonb_to_recordset(${rows(voters.flatMap(({ voter_id, phones }) => phones.map((phone) => ({ voter_id, ...phone }))))}::jsonb) as it (voter_id integer, phone text, kind text)
    on conflict do nothing`.execute(owner)
  await sql`insert into voter_change (voter_id, file_id, kind, before, after)
    select voter_id, (select file_id from voter_file where received_on = "on"), 'party', jsonb_build_object('party', party), '{}'
    from jsonb_to_recordset(${rows(voters.flatMap(({ voter_id, party_before }) => (party_before ? { voter_id, ...party_before } : [])))}::jsonb) as it (voter_id integer, "on" date, party text)`.execute(
    owner,
  )
  const db = world.database.of(organization_id)
  await sql`insert into tag (organization_id, tag) values (${organization_id}, 'volunteer'), (${organization_id}, '봉사자')`.execute(
    db,
  )
  await sql`insert into person (organization_id, person_id, voter_id, last_name, first_name, birth_year, sex, city, language, second_language, address, zip5, custom, community, name_hangul, deceased_at, merged_into)
    select ${organization_id}, person_id, voter_id, last_name, first_name, birth_year, sex, city, language, second_language, address, zip5, custom, community, name_hangul, case when deceased then now() end, case when merged then person_id end
    from jsonb_to_recordset(${rows(people)}::jsonb) as it (person_id uuid, voter_id integer, last_name text, first_name text, birth_year integer, sex text, city text, language text, second_language text, address text, zip5 text, custom jsonb, community text, name_hangul text, deceased boolean, merged boolean)`.execute(
    db,
  )
  await sql`insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by, recorded_at)
    select ${organization_id}, person_id, c ->> 'channel', (c ->> 'is_given')::boolean, 'said so', 'test', (c ->> 'at')::timestamptz
    from jsonb_to_recordset(${rows(people)}::jsonb) as it (person_id uuid, consents jsonb), jsonb_array_elements(consents) c`.execute(
    db,
  )
  await sql`insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by, recorded_at, removed_at)
    select ${organization_id}, person_id, m ->> 'kind', m ->> 'standing', (m ->> 'from_on')::date, 'test', timestamptz '2026-01-01' + place * interval '1 second', case when (m ->> 'removed')::boolean then now() end
    from jsonb_to_recordset(${rows(people)}::jsonb) as it (person_id uuid, memberships jsonb), jsonb_array_elements(memberships) with ordinality as each (m, place)`.execute(
    db,
  )
  const ofPeople = (
    what: 'signups' | 'stages' | 'roles' | 'trainings' | 'parts' | 'delegations' | 'cohorts' | 'tasks' | 'dues',
  ): string =>
    rows(people.flatMap((each) => each[what].map((row, place) => ({ ...row, person_id: each.person_id, place }))))
  await sql`insert into event_kind (organization_id, kind, name, needs, made_by) values (${organization_id}, 'pantry', '{"en": "Food pantry", "ko": "푸드뱅크"}', '{shifts}', 'test')`.execute(
    db,
  )
  await sql`insert into event (organization_id, event_id, code, kind, content, time_zone, starts_at, ends_at, created_by)
    select ${organization_id}, event_id, code, kind, '{"title": {}}', 'America/New_York', (shifts -> 0 ->> 'starts_at')::timestamptz, (shifts -> 1 ->> 'starts_at')::timestamptz + interval '4 hours', 'test'
    from jsonb_to_recordset(${rows(heldEvents)}::jsonb) as it (event_id uuid, code text, kind text, shifts jsonb)`.execute(
    db,
  )
  await sql`insert into event_shift (organization_id, event_id, shift_id, starts_at, ends_at)
    select ${organization_id}, event_id, (s ->> 'shift_id')::uuid, (s ->> 'starts_at')::timestamptz, (s ->> 'starts_at')::timestamptz + (s ->> 'minutes')::integer * interval '1 minute'
    from jsonb_to_recordset(${rows(heldEvents)}::jsonb) as it (event_id uuid, shifts jsonb), jsonb_array_elements(shifts) s`.execute(
    db,
  )
  await sql`insert into event_signup (organization_id, signup_id, event_id, person_id, seats, response, source, language, received_at)
    select ${organization_id}, signup_id, event_id, person_id, 1, response, source, 'ko', received_at
    from jsonb_to_recordset(${ofPeople('signups')}::jsonb) as it (signup_id uuid, event_id uuid, person_id uuid, response text, source text, received_at timestamptz)`.execute(
    db,
  )
  await sql`insert into event_response (organization_id, signup_id, response, at, made_by)
    select ${organization_id}, signup_id, said, at, 'test'
    from jsonb_to_recordset(${ofPeople('signups')}::jsonb) as it (signup_id uuid, response text, received_at timestamptz, invited_at timestamptz),
      lateral (values ('invited', invited_at), (nullif(response, 'invited'), received_at)) r (said, at) where at is not null and said is not null`.execute(
    db,
  )
  await sql`update event set published_at = now(), canceled_at = case when code = ${canceled} then now() end where organization_id = ${organization_id}`.execute(
    db,
  )
  await sql`insert into event_proposal (organization_id, proposal_id, kind, sent, said, mail_to, language, person_id, state, event_id, received_at)
    select ${organization_id}, gen_random_uuid(), e.kind, '{}', '{}', 'host@example.org', 'ko', person_id, 'approved', e.event_id, now()
    from jsonb_to_recordset(${rows(people)}::jsonb) as it (person_id uuid, hosts jsonb), jsonb_array_elements_text(hosts) code
    join event e on e.organization_id = ${organization_id} and e.code = code.value`.execute(db)
  await sql`insert into event_part (organization_id, event_id, part, person_id, made_by, made_at)
    select ${organization_id}, e.event_id, it.part, person_id, 'test', now()
    from jsonb_to_recordset(${ofPeople('parts')}::jsonb) as it (person_id uuid, part text, code text)
    join event e on e.organization_id = ${organization_id} and e.code = it.code`.execute(db)
  await sql`insert into event_partner (organization_id, event_id, name, code, is_co_host, made_at, made_by)
    select ${organization_id}, event_id, n.value, 'abcde' || n.place, false, now(), 'test'
    from event e, jsonb_each(${JSON.stringify(partnerNames)}::jsonb) with ordinality as n (key, value, place) where e.organization_id = ${organization_id}`.execute(
    db,
  )
  await sql`insert into event_signup_partner (organization_id, signup_id, partner_id, at)
    select ${organization_id}, signup_id, b.partner_id, now()
    from jsonb_to_recordset(${ofPeople('signups')}::jsonb) as it (signup_id uuid, event_id uuid, partner text)
    join event_partner b on b.organization_id = ${organization_id} and b.event_id = it.event_id and b.name ->> 'en' = it.partner`.execute(
    db,
  )
  await sql`insert into event_attendance (organization_id, signup_id, shift_id, attendance, at, made_by, taken_back_at)
    select ${organization_id}, signup_id, (m ->> 'shift_id')::uuid, m ->> 'attendance', now(), 'test', case when (m ->> 'undone')::boolean then now() end
    from jsonb_to_recordset(${ofPeople('signups')}::jsonb) as it (signup_id uuid, marks jsonb), jsonb_array_elements(marks) with ordinality as each (m, place)
    order by signup_id, place`.execute(db)
  await sql`insert into rung (organization_id, rung_id, position, name) select ${organization_id}, rung_id, position, name
    from jsonb_to_recordset(${rows(rungs)}::jsonb) as it (rung_id uuid, position integer, name jsonb)`.execute(db)
  await sql`insert into person_stage (organization_id, person_id, rung_id, from_on, reason, set_by, set_at, removed_at)
    select ${organization_id}, person_id, rung_id, from_on, 'test', 'test', timestamptz '2026-01-01' + place * interval '1 second', case when removed then now() end
    from jsonb_to_recordset(${ofPeople('stages')}::jsonb) as it (person_id uuid, rung_id uuid, from_on date, removed boolean, place integer)`.execute(
    db,
  )
  for (const { kind, name, office } of bodies)
    await sql`with made as (insert into body (organization_id, kind, name, made_by, made_at) values (${organization_id}, ${kind}, ${JSON.stringify(name)}::jsonb, 'test', now()) returning body_id)
      insert into body_office (organization_id, body_id, name, position) select ${organization_id}, body_id, ${JSON.stringify(office)}::jsonb, 1 from made`.execute(
      db,
    )
  // An office is called as it is now, not as it was when somebody took it.
  await sql`insert into person_role (organization_id, person_id, name, office_id, from_on, until_on, recorded_by, recorded_at, removed_at)
    select ${organization_id}, person_id, case when o.office_id is null then it.name else 'Homes: Chairman' end, o.office_id, from_on, until_on, 'test', now(), case when removed then now() end
    from jsonb_to_recordset(${ofPeople('roles')}::jsonb) as it (person_id uuid, name text, from_on date, until_on date, removed boolean)
    left join (select o.office_id, b.name ->> 'en' as body from body_office o join body b using (organization_id, body_id)
      where o.organization_id = ${organization_id}) o on o.body = it.name`.execute(db)
  await sql`insert into training (organization_id, name) select ${organization_id}, value from jsonb_each(${JSON.stringify(trainingNames)}::jsonb)`.execute(
    db,
  )
  await sql`insert into training_passed (organization_id, person_id, training_id, passed_on, until_on, recorded_by, recorded_at, removed_at)
    select ${organization_id}, person_id, training_id, from_on, until_on, 'test', now(), case when removed then now() end
    from jsonb_to_recordset(${ofPeople('trainings')}::jsonb) as it (person_id uuid, name text, from_on date, until_on date, removed boolean)
    join training t on t.organization_id = ${organization_id} and t.name ->> 'en' = it.name`.execute(db)
  await sql`insert into member (organization_id, user_id, display_name, roles)
    select distinct ${organization_id}::uuid, person_id, 'Host', '{caller}'::text[] from jsonb_to_recordset(${ofPeople('delegations')}::jsonb) as it (person_id uuid)`.execute(
    db,
  )
  await sql`insert into person_account (organization_id, person_id, user_id, joined_by)
    select organization_id, user_id, user_id, 'test' from member where organization_id = ${organization_id} and display_name = 'Host'`.execute(
    db,
  )
  await sql`insert into delegation (organization_id, user_id, what, from_on, until_on, granted_by, granted_at, ended_at)
    select ${organization_id}, person_id, what, from_on, until_on, 'test', now(), case when removed then now() end
    from jsonb_to_recordset(${ofPeople('delegations')}::jsonb) as it (person_id uuid, what text, from_on date, until_on date, removed boolean)`.execute(
    db,
  )
  await sql`insert into cohort (organization_id, name, seats, starts_on, ends_on, criteria, made_by, made_at)
    select ${organization_id}, value, 20, '2026-01-01', '2026-12-31', '[]', 'test', now() from jsonb_each(${JSON.stringify(cohortNames)}::jsonb)`.execute(
    db,
  )
  await sql`insert into cohort_application (organization_id, cohort_id, person_id, applied_on, state, made_by)
    select ${organization_id}, cohort_id, person_id, '2026-01-01', state, 'test'
    from jsonb_to_recordset(${ofPeople('cohorts')}::jsonb) as it (person_id uuid, name text, state text)
    join cohort c on c.organization_id = ${organization_id} and c.name ->> 'en' = it.name`.execute(db)
  // Of those with an account, which is theirs by the same id, some are given to it and about nobody.
  await sql`insert into task (organization_id, kind, person_id, title, owner_id, due_on, event_id, made_by, made_at, ended_at, ended_as)
    select ${organization_id}, kind, case when not is_owner then person_id end, 'test', case when is_owner then person_id end, due_on, case when at_event then ${heldEvents[0]?.event_id}::uuid end, 'test', now(), case when ended_as is not null then now() end, ended_as
    from jsonb_to_recordset(${ofPeople('tasks')}::jsonb) as it (person_id uuid, kind text, due_on date, ended_as text, is_owner boolean, at_event boolean)
    where not is_owner or exists (select from person_account a where a.organization_id = ${organization_id} and a.person_id = it.person_id)`.execute(
    db,
  )
  await sql`insert into dues (organization_id, person_id, kind, from_on, until_on, how, amount_cents, paid_on, grace_days, awaits_approval, recorded_by, taken_back_at)
    select ${organization_id}, person_id, kind, from_on, until_on, how, 0, from_on, 30, false, 'test', case when removed then now() end
    from jsonb_to_recordset(${ofPeople('dues')}::jsonb) as it (person_id uuid, kind text, from_on date, until_on date, how text, removed boolean)`.execute(
    db,
  )
  await sql`insert into relationship (organization_id, person_id, other_person_id, kind) select ${organization_id}, person_id, other_person_id, kind
    from jsonb_to_recordset(${rows(relations)}::jsonb) as it (person_id uuid, other_person_id uuid, kind text)`.execute(
    db,
  )
  await sql`insert into phone_bank (organization_id, phone_bank_id, name, expression, script_id, script_version, starts_on, ends_on, calling_starts, calling_ends, join_code, created_by)
    select ${organization_id}, phone_bank_id, name, '', gen_random_uuid(), 1, '2026-01-01', '2026-12-31', '10:00', '20:00', phone_bank_id::text, 'test'
    from jsonb_to_recordset(${rows(phoneBanks)}::jsonb) as it (phone_bank_id uuid, name jsonb)`.execute(db)
  await sql`insert into person_tag (organization_id, person_id, tag, tagged_by) select ${organization_id}, person_id, tag, 'test' from jsonb_to_recordset(${rows(people)}::jsonb) as it (person_id uuid, tags jsonb), jsonb_array_elements_text(tags) tag`.execute(
    db,
  )
  await sql`insert into person_email (organization_id, person_id, email, quality, source) select ${organization_id}, person_id, 'x@example.org', quality, 'test' from jsonb_to_recordset(${rows(people)}::jsonb) as it (person_id uuid, emails jsonb), jsonb_array_elements_text(emails) quality`.execute(
    db,
  )
  await sql`insert into person_address (organization_id, person_id, address_key, kind, address, zip5, quality, is_preferred, source)
    select ${organization_id}, person_id, regexp_replace(lower(a ->> 'address'), '[^a-z0-9]', '', 'g') || '|11354', a ->> 'kind', a ->> 'address', '11354', a ->> 'quality', (a ->> 'is_preferred')::boolean, 'test'
    from jsonb_to_recordset(${rows(people)}::jsonb) as it (person_id uuid, addresses jsonb), jsonb_array_elements(addresses) a`.execute(
    db,
  )
  await sql`insert into note (organization_id, person_id, body, written_by) select ${organization_id}, person_id, 'said', 'test' from jsonb_to_recordset(${rows(people)}::jsonb) as it (person_id uuid, notes integer) where notes > 0`.execute(
    db,
  )
  await sql`insert into person_phone (organization_id, person_id, phone, kind, quality, source) select ${organization_id}, person_id, n ->> 'phone', n ->> 'kind', n ->> 'quality', 'test' from jsonb_to_recordset(${rows(people)}::jsonb) as it (person_id uuid, phones jsonb), jsonb_array_elements(phones) n`.execute(
    db,
  )
  await sql`insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, phone_bank_id, channel, disposition, is_reached, made_by, attempted_at, undone_at)
    select ${organization_id}, attempt_id, voter_id, person_id, phone_bank_id, channel, disposition, is_reached, 'test', attempted_at, case when undone then now() end
    from jsonb_to_recordset(${rows(attempts)}::jsonb) as it (attempt_id uuid, voter_id integer, person_id uuid, phone_bank_id uuid, channel text, disposition text, is_reached boolean, attempted_at timestamptz, undone boolean)`.execute(
    db,
  )
  await sql`insert into contact_answer (organization_id, attempt_id, question, value) select ${organization_id}, attempt_id, key, value from jsonb_to_recordset(${rows(attempts)}::jsonb) as it (attempt_id uuid, answers jsonb), jsonb_each(answers)`.execute(
    db,
  )
  await sql`insert into suppression (organization_id, voter_id, person_id, reason, marked_by, taken_back_at)
    select ${organization_id}, voter_id, person_id, reason, 'test', case when taken_back then now() end
    from jsonb_to_recordset(${rows(marks)}::jsonb) as it (voter_id integer, person_id uuid, reason text, taken_back boolean)`.execute(
    db,
  )
  await sql`insert into follow_up (organization_id, kind, voter_id, person_id, made_by, made_at, solved_at)
    select ${organization_id}, kind, voter_id, person_id, 'test', now(), case when is_done then now() end
    from jsonb_to_recordset(${rows(followUps)}::jsonb) as it (kind text, voter_id integer, person_id uuid, is_done boolean)`.execute(
    db,
  )
  await sql`analyze`.execute(owner)
})

/*
 * The same questions answered by walking over the made-up town, one voter at a time.
 */

const inNewYork = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const newYorkDays = new Map<string, string>()
/** Asked of a few hundred instants, thousands of times each. */
function newYorkDay(instant: string): string {
  let day = newYorkDays.get(instant)
  if (!day) newYorkDays.set(instant, (day = inNewYork.format(new Date(instant))))
  return day
}

function ageOf(voter: Voter): number | null {
  if (voter.birth_date) {
    const [y = 0, m = 0, d = 0] = voter.birth_date.split('-').map(Number)
    const [ty = 0, tm = 0, td = 0] = today.split('-').map(Number)
    return ty - y - (tm < m || (tm === m && td < d) ? 1 : 0)
  }
  return voter.birth_year === null ? null : Number(today.slice(0, 4)) - voter.birth_year
}

/** Of every ninth person one, each of a kind. */
const furtherAddresses = (nth: number): Person['addresses'] => {
  const of = (kind: string, more: { quality?: string; is_preferred?: boolean } = {}) => ({
    kind, quality: 'unknown', is_preferred: false, address: `PO Box ${kind} ${nth % 5}`, ...more,
  }) // prettier-ignore
  const all = [
    [of('mailing')],
    [of('mailing', { quality: 'undeliverable' })],
    [of('work', { is_preferred: true }), of('mailing')],
    [of('work')],
    [of('home', { is_preferred: true }), of('mailing')],
    [of('earlier'), of('mailing', { quality: 'good' })],
  ]
  return all[nth % 9] ?? []
}

/** Where their post goes. */
const mailboxOf = (voter: Voter): string | number | null => {
  const ours = indexed().person.get(voter.voter_id)
  const addresses = (ours?.addresses ?? []).map((each) => ({
    ...each, organization_id: '', person_id: '', address_key: addressKey({ address: each.address, zip5: '11354' }), city: null, state: null, zip5: '11354', source: 'test', added_at: new Date(0),
  })) as PersonAddress[] // prettier-ignore
  const person = ours ? { address: ours.address, city: null, zip5: ours.zip5 } : null
  const box = mailboxWhere({ person, voter: voter.voter_id < 0 ? null : { ...voter, unit: null }, addresses })
  if (box.goes === 'told') return `told ${box.key}`
  if (box.goes === 'file') return voter.mail_address
  return box.goes === 'door' ? (voter.household_key ?? `v${voter.voter_id}`) : null
}

const inRange = (value: number | null, ranges: readonly Range[]): boolean =>
  value !== null && ranges.some(({ from, to }) => (from === null || value >= from) && (to === null || value <= to))

function isThen(day: string | null, when: When): boolean {
  if (day === null) return false
  if (when.is === 'ever') return true
  if (when.is === 'within') return day >= unitsBefore(today, when.amount, when.unit)
  if (when.is === 'before') return day < unitsBefore(today, when.amount, when.unit)
  return (when.from === null || day >= when.from) && (when.to === null || day <= when.to)
}

interface Index {
  person: Map<number, Person>
  attempts: Map<number, Attempt[]>
  marks: Map<number, Set<string>>
  household: Map<number, number>
  living: Map<number, Voter[]>
}
let index: Index | null = null

function indexed(): Index {
  if (index) return index
  const made: Index = {
    person: new Map(),
    attempts: new Map(),
    marks: new Map(),
    household: new Map(),
    living: new Map(),
  }
  const voterOf = new Map(people.map((person) => [person.person_id, numberOf(person)]))
  for (const person of people) if (!person.merged) made.person.set(numberOf(person), person)
  for (const attempt of attempts) {
    const voter_id = attempt.voter_id ?? voterOf.get(attempt.person_id ?? '') ?? null
    if (voter_id !== null && !attempt.undone)
      made.attempts.set(voter_id, [...(made.attempts.get(voter_id) ?? []), attempt])
  }
  for (const mark of marks) {
    const voter_id = mark.voter_id ?? voterOf.get(mark.person_id ?? '') ?? null
    if (voter_id !== null && !mark.taken_back)
      made.marks.set(voter_id, new Set([...(made.marks.get(voter_id) ?? []), mark.reason]))
  }
  for (const voter of voters) {
    if (voter.household_key !== null)
      made.living.set(voter.household_key, [...(made.living.get(voter.household_key) ?? []), voter])
    if (
      voter.household_key === null ||
      voter.gone_in !== null ||
      !(contactable as readonly string[]).includes(voter.status) ||
      hasLeft(voter, made)
    )
      continue
    made.household.set(voter.household_key, (made.household.get(voter.household_key) ?? 0) + 1)
  }
  return (index = made)
}

/** Of whom no voter record is known, a number below zero. */
const numberOf = (person: Person): number => person.voter_id ?? -1 - people.indexOf(person)

/** What only a voter record says. */
const ofRecord: ReadonlySet<Term['field']> = new Set<Term['field']>([
  'status', 'party', 'party_then', 'state', 'county', 'district', 'area', 'suffix', 'birthday', 'registered', 'registered_by', 'state_id', 'first_seen',
  'last_seen', 'voted', 'voted_as', 'turnout', 'method', 'skipped', 'skipped_of', 'last_voted', 'household', 'household_with', 'in',
]) // prettier-ignore

/** Somebody in no voter file as far as they told us, to be walked over like a voter. */
function asVoter(person: Person): Voter {
  const key = (name: string | null): string => (name ?? '').toUpperCase().replace(/[^A-Z]/g, '')
  const [, house_number = null, street = null] =
    /^(?:(\d[\d-]*) )?([^,#]*?)\s*(?:[,#].*)?$/.exec(person.address ?? '') ?? []
  return {
    voter_id: numberOf(person), state: '', last_name: person.last_name ?? '', last_key: key(person.last_name), given_key: key(person.first_name),
    middle_name: null, suffix: null, birth_date: null, birth_year: person.birth_year, sex: person.sex, party: '', status: '', gone_in: null, county: null,
    city: person.city, zip5: person.zip5, cd: null, sd: null, ad: null, ccd: null, ed: null, precinct: null, districts: null, household_key: null,
    mail_address: null, registered_on: null, votes: [], estimates: {}, phones: [], house_number, street: person.address ? street : null,
    registered_by: null, state_id: 'known', last_voted_on: null, party_before: null,
  } // prettier-ignore
}

/** Marked as dead or moved. */
const hasLeft = ({ voter_id }: Voter, { marks, person }: Pick<Index, 'marks' | 'person'>): boolean =>
  Boolean(person.get(voter_id)?.deceased) || ['deceased', 'moved'].some((reason) => marks.get(voter_id)?.has(reason))

/** Of the same words again and again. */
function once<T>(make: (word: string) => T): (word: string) => T {
  const made = new Map<string, T>()
  return (word) => {
    const there = made.get(word)
    if (there !== undefined) return there
    const value = make(word)
    made.set(word, value)
    return value
  }
}
const spellings = once((name) =>
  Array.from(name).reduce<string[]>(
    (so_far, letter) => so_far.flatMap((start) => givenSpellings(letter).map((each) => start + each)),
    [''],
  ),
)
const patternOf = once((street) => new RegExp(streetPattern(street), 'i'))
const meansStreet = (typed: string, street: string): boolean => patternOf(typed).test(street)

const everyAttempt = (): boolean => true

function fits(voter: Voter, term: Term, counts: (attempt: Attempt) => boolean = everyAttempt): boolean {
  if (voter.voter_id < 0 && ofRecord.has(term.field)) return false
  const { person: byVoter, attempts: byVoterAttempts, marks: byVoterMarks, household } = indexed()
  const person = byVoter.get(voter.voter_id)
  const tried = (byVoterAttempts.get(voter.voter_id) ?? []).filter(counts)
  switch (term.field) {
    case 'name':
      return term.names.some((name) => {
        if (name === '김영희') {
          const first = givenSyllableTable.get('영')?.spellings ?? []
          const second = givenSyllableTable.get('희')?.spellings ?? []
          const given = first.some((a) => [...second, 'HEE'].some((b) => voter.given_key.startsWith(a + b)))
          return person?.name_hangul?.replaceAll(' ', '').includes(name) || (voter.last_key === 'KIM' && given)
        }
        return name
          .toUpperCase()
          .split(' ')
          .every((key) => voter.last_key === key || voter.given_key.startsWith(key))
      })
    case 'status':
      return term.values.some((value) => (value === 'gone' ? voter.gone_in !== null : voter.status === value))
    case 'party':
      return term.values.some((value) => value === voter.party)
    case 'state':
      return term.values.includes(voter.state)
    case 'county':
      return [voter.county, `${voter.state}-${voter.county}`].some((named) => term.values.includes(named ?? '-'))
    case 'city':
      return term.values.includes(voter.city?.toLowerCase() ?? '-')
    case 'zip':
      return term.ranges.some(({ from, to }) => voter.zip5 !== null && voter.zip5 >= from && voter.zip5 <= to)
    case 'district': {
      const named = term.kind === 'precinct' ? voter.precinct : (voter.districts?.[term.kind] ?? null)
      const number =
        {
          congress: voter.cd,
          senate: voter.sd,
          assembly: voter.ad,
          'nyc-council': voter.ccd,
          ed: voter.ad === null || voter.ed === null ? null : voter.ad * 1000 + voter.ed,
        }[term.kind as string] ?? (named !== null && /^\d+$/.test(named) ? Number(named) : null)
      return term.values.some((value) =>
        typeof value === 'string' ? (named ?? `${voter.state}-${number}`) === value : inRange(number, [value]),
      )
    }
    case 'age':
      return inRange(ageOf(voter), term.ranges)
    case 'born':
      return inRange(voter.birth_date ? Number(voter.birth_date.slice(0, 4)) : voter.birth_year, term.ranges)
    case 'sex':
      return term.values.some((value) => value === (voter.sex ?? 'unknown'))
    case 'voted': {
      const ids = new Set(
        term.elections.flatMap((name) => electionsNamed(name, elections)).map(({ election_id }) => election_id),
      )
      return voter.votes.some((vote) => ids.has(vote >> 3))
    }
    case 'turnout': {
      const days = lastElections(elections, voter.state, term.kind, term.of, today)
      const times = days.filter((ids) => voter.votes.some((vote) => ids.includes(vote >> 3))).length
      return holds(times, term.comparison, term.times)
    }
    case 'registered':
      return isThen(voter.registered_on, term.when)
    case 'phone': {
      const own = (person?.phones ?? []).filter(({ quality }) => quality === 'good' || quality === 'unknown')
      const isOne = ({ kind }: { kind: string }): boolean =>
        term.kinds.length === 0 || (term.kinds as string[]).includes(kind)
      return voter.phones.some(isOne) || own.some(isOne)
    }
    case 'phone_number':
      return [...voter.phones, ...(person?.phones ?? [])].some(({ phone }) => phone.includes(term.digits))
    case 'language':
      return term.values.includes(person?.language ?? 'unknown')
    case 'community':
      return term.values.some((name) =>
        holds(
          person?.community ? (person.community === name ? 100 : 0) : (voter.estimates[name] ?? 0),
          term.comparison,
          term.percent,
        ),
      )
    case 'tag':
      return term.values.some((tag) => person?.tags.includes(tag))
    case 'contacted':
    case 'reached':
    case 'last_contact': {
      const days = tried
        .filter(
          ({ channel, disposition }) =>
            (!term.channel || channel === term.channel) && (term.field !== 'reached' || isTalk(disposition)),
        )
        .map(({ attempted_at }) => newYorkDay(attempted_at))
        .sort()
      return term.when.is === 'before' || term.field === 'last_contact'
        ? isThen(days.at(-1) ?? null, term.when)
        : days.some((day) => isThen(day, term.when))
    }
    case 'attempts':
      return inRange(tried.length, term.ranges)
    case 'result':
      return tried.some(
        ({ channel, disposition, attempted_at }) =>
          (!term.channel || channel === term.channel) &&
          term.values.includes(disposition) &&
          (!term.when || isThen(newYorkDay(attempted_at), term.when)),
      )
    case 'support': {
      const score = lastAnswer(tried, 'support')
      return typeof score === 'number' && inRange(score, term.ranges)
    }
    case 'answer': {
      const value = lastAnswer(tried, term.question)
      return (
        value !== undefined &&
        term.values.some((wanted) =>
          Array.isArray(value) ? value.includes(wanted) : JSON.stringify(value) === wanted || value === wanted,
        )
      )
    }
    case 'household':
      return voter.household_key !== null && inRange(household.get(voter.household_key) ?? null, term.ranges)
    case 'has':
      return term.values.some((what) => {
        if (what === 'phone') return fits(voter, { field: 'phone', kinds: [] })
        if (what === 'mail') return mailboxOf(voter) !== null
        if (what === 'person') return person !== undefined
        if (what === 'hangul') return Boolean(person?.name_hangul)
        if (what === 'email') return person?.emails.includes('good') ?? false
        return (person?.notes ?? 0) > 0
      })
    case 'suppressed':
      return isMarked(voter, term.reasons.length > 0 ? term.reasons : null)
    case 'in':
      return false
    case 'first':
      return term.names.some((name) => {
        if (/[가-힣]/.test(name)) {
          const spelled = spellings(name)
          const own = person?.name_hangul?.replaceAll(' ', '') ?? ''
          return own.slice(1).endsWith(name) || spelled.some((each) => voter.given_key.startsWith(each))
        }
        return voter.given_key.startsWith(name.toUpperCase().replaceAll(' ', ''))
      })
    case 'middle':
      return term.names.some((name) => {
        const middle = voter.middle_name?.toUpperCase().replace(/[^A-Z]/g, '') ?? '-'
        return /[가-힣]/.test(name)
          ? spellings(name).some((each) => middle.startsWith(each))
          : middle.startsWith(name.toUpperCase().replace(/[^A-Z]/g, ''))
      })
    case 'suffix':
      return voter.suffix !== null && (term.values.length === 0 || term.values.includes(voter.suffix))
    case 'last':
      return term.names.some((name) =>
        /[가-힣]/.test(name)
          ? Boolean(person?.name_hangul?.startsWith(name)) || surnameSpellingsOf(name).includes(voter.last_key)
          : voter.last_key === name.toUpperCase().replace(/[^A-Z]/g, ''),
      )
    case 'street': {
      const number = /^\d+(-\d+)?/.exec(voter.house_number ?? '')?.[0]
      const { numbers } = term
      return (
        voter.street !== null &&
        term.streets.some((street) => meansStreet(street, voter.street ?? '')) &&
        (numbers === null ||
          (number !== undefined &&
            (numbers.from === null || firstHouse(number) >= firstHouse(numbers.from)) &&
            (numbers.to === null || firstHouse(number) <= lastHouse(numbers.to)) &&
            (numbers.side === null || (Number(number.split('-').at(-1)) % 2 === 1 ? 'odd' : 'even') === numbers.side)))
      )
    }
    case 'birth_date': {
      const [first, last] = voter.birth_date
        ? [voter.birth_date, voter.birth_date]
        : voter.birth_year === null
          ? [null, null]
          : [`${voter.birth_year}-01-01`, `${voter.birth_year}-12-31`]
      return (
        first !== null &&
        last !== null &&
        (term.from === null || first >= term.from) &&
        (term.to === null || last <= term.to)
      )
    }
    case 'birthday': {
      const birthday = voter.birth_date?.slice(5)
      return term.days.some(({ from, to }) => {
        if (birthday === undefined) return false
        return from <= to ? birthday >= from && birthday <= to : birthday >= from || birthday <= to
      })
    }
    case 'registered_by':
      return term.values.some((value) => value === (voter.registered_by ?? 'unknown'))
    case 'state_id':
      return term.values.includes(voter.state_id)
    case 'party_then':
      return term.values.some((party) => party === partyThen(voter, term.on))
    case 'voted_as':
      return named(term.elections).some(
        (election) =>
          voter.votes.some((vote) => vote >> 3 === election.election_id) &&
          term.parties.some((party) => party === partyThen(voter, election.held_on ?? `${election.year}-12-31`)),
      )
    case 'method': {
      const ids = new Set(
        (term.elections.length === 0 ? elections : named(term.elections)).map((each) => each.election_id),
      )
      return voter.votes.some((vote) => ids.has(vote >> 3) && term.methods.includes(voteMethods[vote & 7] ?? 'unknown'))
    }
    case 'skipped':
      return named(term.elections).some((election) => hasSkipped(voter, [election]))
    case 'skipped_of': {
      const days = lastElections(elections, voter.state, term.kind, term.of, today)
      const times = days.filter((ids) =>
        hasSkipped(
          voter,
          elections.filter((each) => ids.includes(each.election_id)),
        ),
      ).length
      return holds(times, term.comparison, term.times)
    }
    case 'last_voted': {
      const days = [
        ...(voter.last_voted_on ? [voter.last_voted_on] : []),
        ...voter.votes.flatMap((vote) => {
          const election = elections.find(({ election_id }) => election_id === vote >> 3)
          return election ? [election.held_on ?? `${election.year}-12-31`] : []
        }),
      ].sort()
      return isThen(days.at(-1) ?? null, term.when)
    }
    case 'talks':
      return inRange(tried.filter(({ disposition }) => isTalk(disposition)).length, term.ranges)
    case 'first_seen':
      return isThen(files.find(({ first, next }) => voter.voter_id >= first && voter.voter_id < next)?.on ?? null, term.when) // prettier-ignore
    case 'last_seen': {
      const days = files
        .filter(({ state, file_id }) => state === voter.state && (voter.gone_in === null || file_id < voter.gone_in))
        .filter(({ counties }) => counties === null || counties.includes(voter.county ?? ''))
        .map(({ on }) => on)
        .sort()
      return isThen(days.at(-1) ?? null, term.when)
    }
    case 'event':
      return (term.states.length > 0 ? term.states : eventStates).some(
        (state) => eventsOf(person, state, []).length > 0,
      )
    case 'invited':
    case 'attended':
    case 'signed_up':
    case 'no_show':
    case 'hosted': {
      const days = eventsOf(person, term.field, term.kinds)
        .filter(({ code }) => term.events.length === 0 || term.events.includes(code))
        .map(({ on }) => on)
      const { when } = term
      if (when.is === 'before') return days.length > 0 && days.every((on) => isThen(on, when))
      return days.some((on) => isThen(on, when))
    }
    case 'event_times': {
      const { when } = term
      const found = eventsOf(person, term.state, term.kinds).filter(({ on }) => when === null || isThen(on, when))
      return inRange(new Set(found.map(({ code }) => code)).size, [term.range])
    }
    case 'hours': {
      const { when } = term
      const minutes = eventsOf(person, 'attended', term.kinds)
        .filter(({ kind, on }) => kind !== 'roundtable' && kind !== 'social' && (when === null || isThen(on, when)))
        .reduce((sum, each) => sum + each.minutes, 0)
      return holds(minutes / 60, term.comparison, term.hours)
    }
    case 'stage': {
      const on = stageOf(person)
      if (!on) return false
      if (term.rungs.length === 0) return true
      const positions = rungs.filter(({ name }) => isNamed(Object.values(name), term.rungs)).map((rung) => rung.position) // prettier-ignore
      if (term.comparison === null) return positions.includes(on.position)
      return positions.length > 0 && holds(on.position, term.comparison, term.comparison.startsWith('>') ? Math.min(...positions) : Math.max(...positions)) // prettier-ignore
    }
    case 'role':
      return (person?.roles ?? []).some((each) => isHeld(each) && (term.names.length === 0 || isNamed(roleNames(each.name), term.names))) // prettier-ignore
    case 'body':
      return (person?.roles ?? []).some((each) => {
        const body = isHeld(each) ? bodies.find(({ name }) => name.en === each.name) : undefined
        return (
          body?.kind === term.kind &&
          (term.names.length === 0 || isNamed(Object.values(body.name), term.names)) &&
          (term.offices.length === 0 || isNamed(Object.values(body.office), term.offices))
        )
      })
    case 'partner':
      return (person?.signups ?? []).some(
        ({ partner }) =>
          partner !== null &&
          (term.names.length === 0 || isNamed(Object.values(partnerNames[partner as 'KACE'] as Record<string, string>), term.names)), // prettier-ignore
      )
    case 'trained':
      return (person?.trainings ?? []).some(
        (each) =>
          isHeld(each) &&
          (term.names.length === 0 ||
            isNamed(Object.values(trainingNames[each.name as 'Safety'] as Record<string, string>), term.names)),
      )
    case 'part':
      return (person?.parts ?? []).some(
        (each) => each.code !== canceled && (term.parts.length === 0 || term.parts.some((part) => part === each.part)),
      )
    case 'delegated':
      return (person?.delegations ?? []).some(
        (each) => isHeld(each) && (term.kinds.length === 0 || term.kinds.some((kind) => kind === each.what)),
      )
    case 'cohort':
      return (person?.cohorts ?? []).some(
        ({ name, state }) =>
          (term.states.length > 0 ? term.states.some((each) => each === state) : state !== 'removed') &&
          (term.names.length === 0 || isNamed(Object.values(cohortNames[name as 'Alumni'] as Record<string, string>), term.names)), // prettier-ignore
      )
    case 'next_step':
    case 'task':
      return (person?.tasks ?? []).some(({ kind, due_on, ended_as, is_owner, at_event }) => {
        if (kind !== term.field || (is_owner && (!at_event || person?.delegations.length === 0))) return false
        const isLate = ended_as === null && due_on !== null && due_on < today
        return (
          term.states.length === 0 ||
          term.states.some((state) => (state === 'overdue' ? isLate : state === (ended_as ?? 'open')))
        )
      })
    case 'member_since': {
      const [first] = (person?.memberships ?? [])
        .filter((each) => !each.removed && each.standing === 'active' && each.from_on <= today)
        .map(({ from_on }) => from_on)
        .sort()
      return isGood(standingsOf(person)) && isThen(first ?? null, term.when)
    }
    case 'dues': {
      const valid = (person?.dues ?? []).filter(({ removed }) => !removed)
      const covered = (how: (how: string) => boolean): boolean =>
        valid.some(
          (each) => how(each.how) && each.from_on <= today && (each.until_on === null || each.until_on >= today),
        )
      return term.states.some((state) => {
        if (state === 'waived') return covered((how) => how === 'waived')
        if (state === 'paid') return covered((how) => how !== 'waived') && isGood(standingsOf(person))
        return standingsOf(person).some(({ kind, standing, from_on }) => {
          const paid = valid.filter((each) => each.kind === kind)
          const untils = paid.map(({ until_on }) => until_on)
          if (standing === 'approved' || standing === 'grace') return true
          if (standing === 'lapsed') return from_on >= '2026-05-27'
          // Sixty days ahead.
          return standing === 'active' && paid.length > 0 && untils.every((until) => until !== null && until <= '2027-01-22') // prettier-ignore
        })
      })
    }
    case 'follow_up': {
      const ofPeople = new Set(people.filter((person) => numberOf(person) === voter.voter_id).map(({ person_id }) => person_id)) // prettier-ignore
      return followUps.some(
        ({ voter_id, person_id, kind, is_done }) =>
          (voter_id === voter.voter_id || (voter_id === null && person_id !== null && ofPeople.has(person_id))) &&
          (term.kinds.length === 0 || term.kinds.some((each) => each === kind)) &&
          (term.state === null || is_done === (term.state === 'done')),
      )
    }
    case 'area': {
      const district = voter.ad === null || voter.ed === null ? '' : String(voter.ad * 1000 + voter.ed)
      const center = voter.state === 'NY' ? townCenters.find((each) => each.district === district) : undefined
      return term.area === null ? !center : center !== undefined && isInside(term.area, center)
    }
    case 'attempts_on':
      return inRange(tried.filter(({ channel }) => channel === term.channel).length, term.ranges)
    case 'at_phone_bank': {
      const wanted = new Set<string>(
        phoneBanks.flatMap(({ phone_bank_id, name }): string[] =>
          Object.values(name).some((each) => term.phone_banks.some((said) => said.toLowerCase() === each.toLowerCase()))
            ? [phone_bank_id]
            : [],
        ),
      )
      return fits(voter, term.term, ({ phone_bank_id }) => phone_bank_id !== null && wanted.has(phone_bank_id))
    }
    case 'answered': {
      const value = lastAnswer(tried, term.question)
      return value !== undefined && isKept(value, term.said)
    }
    case 'speaks':
      return term.values.some((value) =>
        value === 'unknown'
          ? !person?.language && !person?.second_language
          : value === person?.language || value === person?.second_language,
      )
    case 'own_field':
      return person !== undefined && isKept(person.custom[term.key] ?? null, term.said)
    case 'related': {
      const turned: Record<string, string> = { parent: 'child', child: 'parent' }
      return relations.some(({ person_id, other_person_id, kind }) => {
        if (person_id === person?.person_id) return term.kinds.length === 0 || term.kinds.some((each) => each === kind)
        if (other_person_id !== person?.person_id) return false
        return (
          term.kinds.length === 0 ||
          (kind !== 'referred_by' && term.kinds.some((each) => each === (turned[kind] ?? kind)))
        )
      })
    }
    case 'consent':
      return term.channels.some((channel) => {
        const [newest] = (person?.consents ?? [])
          .filter((each) => each.channel === channel)
          .sort((a, b) => (a.at === b.at ? Number(a.is_given) - Number(b.is_given) : a.at < b.at ? 1 : -1))
        return term.state === (newest ? (newest.is_given ? 'given' : 'refused') : 'unknown')
      })
    case 'member': {
      const all = standingsOf(person)
      const now = all.filter(
        ({ kind }) => term.kinds.length === 0 || isNamed([kind, ...(membershipKinds[kind] ?? [])], term.kinds),
      )
      if (term.standings.length === 0) return now.length > 0
      return term.standings.some((wanted) =>
        wanted === 'good'
          ? isGood(all) && now.some(({ standing }) => standing === 'active' || standing === 'grace')
          : now.some(({ standing }) => standing === wanted),
      )
    }
    case 'household_with': {
      const speaksOfStatus = [...termsOf(term.of)].filter((each) => each.field === 'status')
      const speaksOfMarks = [...termsOf(term.of)].some((each) => each.field === 'suppressed')
      const ofGone = [...termsOf(term.of)].some((each) => each.field === 'last_seen' || (each.field === 'status' && each.values.includes('gone'))) // prettier-ignore
      return (indexed().living.get(voter.household_key ?? -1) ?? []).some(
        (other) =>
          other !== voter &&
          (speaksOfStatus.length > 0 || (contactable as readonly string[]).includes(other.status)) &&
          (ofGone || other.gone_in === null) &&
          (speaksOfMarks || !hasLeft(other, indexed())) &&
          holdsFor(other, term.of),
      )
    }
    case 'sample':
      return placeOf(drawnBy(voter), term.seed) < term.per_10000
    case 'split':
      return term.parts.includes(partOf(drawnBy(voter), term.of, term.seed))
    default:
      return term satisfies never
  }

  function isMarked(of: Voter, reasons: readonly string[] | null): boolean {
    const found = byVoterMarks.get(of.voter_id) ?? new Set<string>()
    const isDeceased = Boolean(byVoter.get(of.voter_id)?.deceased)
    if (!reasons) return found.size > 0 || isDeceased
    return reasons.some((reason) => found.has(reason)) || (isDeceased && reasons.includes('deceased'))
  }
}

/** By the voter's id; of who has none by the person's. */
function drawnBy({ voter_id }: Voter): number {
  const person = voter_id < 0 ? people[-1 - voter_id] : undefined
  return person ? Number.parseInt(createHash('md5').update(person.person_id).digest('hex').slice(0, 8), 16) : voter_id
}

const membershipKinds: Record<string, string[]> = {
  regular: ['Regular', '일반 회원'],
  student: ['Student', '학생 회원'],
}
const isNamed = (names: readonly string[], said: readonly string[]): boolean =>
  names.some((name) => said.some((each) => each.toLowerCase() === name.toLowerCase()))
const roleNames = (role: string): string[] => {
  const body = bodies.find(({ name }) => name.en === role)
  const inOne = (texts: Record<string, string>, language: string): string => texts[language] ?? texts.en ?? ''
  return body ? ['en', 'ko'].map((each) => `${inOne(body.name, each)}: ${inOne(body.office, each)}`) : [role]
}
const isHeld = ({ from_on, until_on, removed }: Held): boolean =>
  !removed && from_on <= today && (until_on === null || until_on >= today)

/** How each kind of membership stands today. */
function standingsOf(person: Person | undefined): Person['memberships'] {
  const begun = (person?.memberships ?? [])
    .map((each, place) => ({ ...each, place }))
    .filter(({ removed, from_on }) => !removed && from_on <= today)
    .sort((a, b) => (a.from_on === b.from_on ? b.place - a.place : a.from_on < b.from_on ? 1 : -1))
  return begun.filter((each) => begun.find(({ kind }) => kind === each.kind) === each)
}
const isGood = (now: Person['memberships']): boolean =>
  now.some(({ standing }) => standing === 'active' || standing === 'grace') &&
  !now.some(({ standing }) => standing === 'expelled')

function stageOf(person: Person | undefined): (typeof rungs)[number] | undefined {
  const [now] = (person?.stages ?? [])
    .map((each, place) => ({ ...each, place }))
    .filter(({ removed, from_on }) => !removed && from_on <= today)
    .sort((a, b) => (a.from_on === b.from_on ? b.place - a.place : a.from_on < b.from_on ? 1 : -1))
  return rungs.find(({ rung_id }) => rung_id === now?.rung_id)
}

/** By the name an expression gives them. */
const bodiesOf = (person: Person | undefined, kind: BodyKind): string[] => [
  ...new Set(
    (person?.roles ?? [])
      .filter((each) => isHeld(each) && bodies.some((body) => body.kind === kind && body.name.en === each.name))
      .map(({ name }) => name),
  ),
]

/** Shifts somebody was at or missed, or events they signed up for, were invited to, or hosted by today. */
function eventsOf(
  person: Person | undefined,
  fact: EventFact,
  kinds: readonly string[],
): { code: string; kind: string; on: string; minutes: number }[] {
  return heldEvents.flatMap(({ event_id, code, kind, shifts }) => {
    if (kinds.length > 0 && !isNamed(kind === 'pantry' ? [kind, 'Food pantry', '푸드뱅크'] : [kind], kinds)) return []
    const signups = (person?.signups ?? []).filter((each) => each.event_id === event_id)
    if (fact === 'invited')
      return signups.flatMap(({ invited_at }) => (invited_at === null ? [] : [{ code, kind, on: newYorkDay(invited_at), minutes: 0 }])) // prettier-ignore
    if (fact === 'hosted') {
      const on = newYorkDay(shifts[0]?.starts_at ?? '')
      const isHeld = person?.hosts.includes(code) && code !== canceled && on <= today
      return isHeld ? [{ code, kind, on, minutes: 0 }] : []
    }
    if (fact === 'signed_up')
      return signups
        .filter(({ response, source }) => ['signed_up', 'confirmed'].includes(response) && source !== 'door')
        .map(({ received_at }) => ({ code, kind, on: newYorkDay(received_at), minutes: 0 }))
    return shifts.flatMap(({ shift_id, starts_at, minutes }) => {
      const newest = signups.flatMap(({ marks: all }) => all.filter((mark) => mark.shift_id === shift_id && !mark.undone).at(-1)?.attendance ?? []) // prettier-ignore
      const wasThere = newest.some((each) => each === 'attended' || each === 'walk_in')
      const fits = fact === 'attended' ? wasThere : !wasThere && newest.includes('no_show')
      return fits ? [{ code, kind, on: newYorkDay(starts_at), minutes }] : []
    })
  })
}

const named = (names: readonly ElectionName[]): KnownElection[] =>
  names.flatMap((name) => electionsNamed(name, elections))

const partyThen = ({ party, party_before }: Voter, day: string): string =>
  party_before && party_before.on > day ? party_before.party : party

/** Could have voted that day, as the profile page tells it, was of age, and did not. */
function hasSkipped(voter: Voter, held: readonly KnownElection[]): boolean {
  const everywhere = held.filter(
    ({ kind, held_on, state, year }) =>
      state === voter.state &&
      (kind === 'presidential_primary' ||
        ((kind === 'general' || kind === 'primary') &&
          held_on !== null &&
          !(year === 2022 && held_on === '2022-11-01'))),
  )
  const [one] = everywhere
  if (!one) return false
  const day = one.held_on ?? `${one.year}-12-31`
  const born = voter.birth_date ?? (voter.birth_year === null ? null : `${voter.birth_year}`)
  const isOfAge =
    born === null || (born.length === 4 ? Number(born) <= Number(day.slice(0, 4)) - 18 : born <= yearsBefore(day, 18))
  const sameDay = elections.filter((each) => each.state === one.state && each.held_on === one.held_on)
  return (
    day <= today &&
    isOfAge &&
    everywhere.some((election) => barredFrom(election, voter) === null) &&
    !voter.votes.some((vote) => sameDay.some(({ election_id }) => election_id === vote >> 3))
  )
}

function isKept(value: unknown, said: Said): boolean {
  const text =
    value === null
      ? ''
      : typeof value === 'string'
        ? value
        : Array.isArray(value)
          ? JSON.stringify(value)
          : String(value)
  if (said.is === 'any') return text !== '' && text !== '[]'
  if (said.is === 'one_of')
    return value !== null && said.values.some((each) => each.toLowerCase() === text.toLowerCase())
  const bounds: [string, string][] =
    said.is === 'beyond'
      ? [[said.comparison, said.bound]]
      : [
          ...(said.from === null ? [] : [['>=', said.from] as [string, string]]),
          ...(said.to === null ? [] : [['<=', said.to] as [string, string]]),
        ]
  return bounds.every(([sign, bound]) => {
    const isDay = /^\d{4}-/.test(bound)
    if (isDay ? !/^\d{4}-\d\d-\d\d$/.test(text) : !/^-?\d+(\.\d+)?$/.test(text)) return false
    const [a, b] = isDay ? [text, bound] : [Number(text), Number(bound)]
    return sign === '>=' ? a >= b : sign === '<=' ? a <= b : sign === '>' ? a > b : a < b
  })
}

function lastAnswer(tried: readonly Attempt[], question: string): unknown {
  const [last] = tried
    .filter(({ answers }) => question in answers)
    .sort((a, b) =>
      a.attempted_at === b.attempted_at
        ? a.attempt_id < b.attempt_id
          ? -1
          : 1
        : a.attempted_at < b.attempted_at
          ? 1
          : -1,
    )
  return last?.answers[question]
}

function holdsFor(voter: Voter, expression: Expression): boolean {
  if (expression.op === 'term') return fits(voter, expression.term)
  if (expression.op === 'not') return !holdsFor(voter, expression.of)
  return expression.op === 'and'
    ? expression.of.every((each) => holdsFor(voter, each))
    : expression.of.some((each) => holdsFor(voter, each))
}

function expected(expression: Expression): number[] {
  const terms = [...termsOf(expression)]
  const status = terms.some(({ field }) => field === 'status')
  const gone = terms.some((term) => term.field === 'last_seen' || (term.field === 'status' && term.values.includes('gone'))) // prettier-ignore
  const suppression = terms.some(({ field }) => field === 'suppressed')
  return voters
    .filter(
      (voter) =>
        (status || (contactable as readonly string[]).includes(voter.status)) &&
        (gone || voter.gone_in === null) &&
        (suppression || !fits(voter, { field: 'suppressed', reasons: [...blocking] })) &&
        holdsFor(voter, expression),
    )
    .map(({ voter_id }) => voter_id)
}

async function found(text: string, organization_id = world.ours.organization_id): Promise<number[]> {
  const db = world.database.of(organization_id)
  const compiled = await compileUniverse(db, text, organization_id, today)
  if (!compiled.ok) throw new Error(`${text}: ${compiled.problem.code}`)
  const { rows } = await sql<{ voter_id: number }>`${compiled.universe.voters} order by 1`.execute(db)
  return rows.map(({ voter_id }) => voter_id)
}

test('the database finds the same voters as walking over them one by one', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(expressions(), async (expression) => {
      expect(await found(print(expression))).toEqual(expected(expression))
    }),
    { numRuns: 300 },
  )
})

async function peopleFound(text: string, organization_id = world.ours.organization_id): Promise<string[]> {
  const db = world.database.of(organization_id)
  const compiled = await compilePeople(db, text, organization_id, today)
  if (!compiled.ok) throw new Error(`${text}: ${compiled.problem.code}`)
  const ids = await peopleIds(db, compiled.people, 'all')
  expect(await countPeople(db, compiled.people)).toBe(ids.length)
  const strangers = new Set(await peopleIds(db, compiled.people, 'strangers'))
  expect(ids.filter((id) => strangers.has(id)).length).toBe(strangers.size)
  return ids.sort()
}

/** Whoever is ours and not marked, whatever the rolls say of them. */
function peopleExpected(expression: Expression): string[] {
  const speaks = [...termsOf(expression)].some(({ field }) => field === 'suppressed')
  const byId = new Map(voters.map((voter) => [voter.voter_id, voter]))
  return people
    .filter((person) => {
      const voter = person.voter_id === null ? asVoter(person) : byId.get(person.voter_id)
      if (person.merged || !voter) return false
      return (speaks || !fits(voter, { field: 'suppressed', reasons: [...blocking] })) && holdsFor(voter, expression)
    })
    .map(({ person_id }) => person_id)
    .sort()
}

test(
  'over people the database finds whom walking over them finds, and of those on the rolls whom the universe has',
  { timeout: 300_000 },
  async () => {
    const byId = new Map(voters.map((voter) => [voter.voter_id, voter]))
    const onRolls = people.filter(({ merged, voter_id }) => {
      const voter = byId.get(voter_id ?? 0)
      return !merged && voter?.gone_in === null && (contactable as readonly string[]).includes(voter.status)
    })
    expect(people.filter(({ voter_id, merged }) => voter_id === null && !merged).length).toBeGreaterThan(40)
    await fc.assert(
      fc.asyncProperty(expressions(), async (expression) => {
        const text = print(expression)
        const ids = await peopleFound(text)
        expect(ids).toEqual(peopleExpected(expression))
        const members = new Set(await found(text))
        const there = new Set(ids)
        for (const { person_id, voter_id } of onRolls)
          expect([person_id, there.has(person_id)]).toEqual([person_id, members.has(voter_id ?? 0)])
      }),
      { numRuns: 150 },
    )
  },
)

test.each([
  ['', (person: Person) => !person.merged],
  ['-party:dem has:person', (person: Person) => person.voter_id === null],
  ['party:dem or sex:unknown', (person: Person) => person.voter_id === null && person.sex === null],
  ['-registered-by:unknown', () => true],
  ['-state-id:waiting', () => true],
  ['state-id:known', () => false],
  ['street:"northern blvd"/136-01..138-99', (person: Person) => person.address?.startsWith('136-20') ?? false],
  ['zip:11354 born:1935-1990', (person: Person) => person.zip5 === '11354' && (person.birth_year ?? 2000) <= 1990],
  ['last:oneil', (person: Person) => person.last_name === "O'Neil"],
] as const)('of people in no voter file “%s” finds whom it says', async (text, isMeant) => {
  const ids = new Set(await peopleFound(text))
  const speaksOf = (person: Person): boolean => !fits(asVoter(person), { field: 'suppressed', reasons: [...blocking] })
  const strangers = people.filter((person) => person.voter_id === null && !person.merged && speaksOf(person))
  expect(strangers.filter(({ person_id }) => ids.has(person_id))).toEqual(strangers.filter((each) => isMeant(each)))
})

test('nothing typed is everyone who may be contacted', async () => {
  const all = await found('')
  expect(all).toEqual(expected({ op: 'and', of: [] }))
  expect(all.length).toBeGreaterThan(1000)
  expect(all.length).toBeLessThan(voters.length)
})

test.each(['18-24', '-17', '75-', '18'])('ages %s turn on the birthday', async (range) => {
  const [from, to] = range === '18' ? ['18', '18'] : range.split('-')
  expect(
    await found(
      `age:${range} status:active,inactive,military,federal,overseas,purged,preregistered,gone suppressed:any or age:${range} status:active,inactive,military,federal,overseas,purged,preregistered,gone`,
    ),
  ).toEqual(
    voters
      .filter((voter) => inRange(ageOf(voter), [{ from: from ? Number(from) : null, to: to ? Number(to) : null }]))
      .map(({ voter_id }) => voter_id),
  )
})

test('count, sample and breakdown agree with the voters', async () => {
  const { organization_id } = world.ours
  const db = world.database.of(organization_id)
  const compiled = await compileUniverse(db, 'county:queens age:30-', organization_id, today)
  if (!compiled.ok) throw new Error(compiled.problem.code)
  const ids = await found('county:queens age:30-')
  expect(await countUniverse(db, compiled.universe)).toBe(ids.length)
  const sample = await sampleUniverse(db, compiled.universe, organization_id)
  expect(sample).toHaveLength(20)
  expect(sample.every(({ voter_id }) => ids.includes(voter_id))).toBe(true)
  expect(await sampleUniverse(db, compiled.universe, organization_id)).toEqual(sample)
  const parts = await breakdown(db, compiled.universe)
  const of = voters.filter(({ voter_id }) => ids.includes(voter_id))
  expect(parts.total).toBe(ids.length)
  for (const slices of [parts.party, parts.sex, parts.age, parts.county, ...Object.values(parts.districts)]) {
    expect(slices.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length)
  }
  expect(parts.party.find(({ value }) => value === 'dem')?.count).toBe(of.filter(({ party }) => party === 'dem').length)
  expect(parts.age.find(({ value }) => value === '35-44')?.count).toBe(
    of.filter((voter) => inRange(ageOf(voter), [{ from: 35, to: 44 }])).length,
  )
  expect(parts.households).toBe(new Set(of.flatMap(({ household_key }) => household_key ?? [])).size)
  // Our numbers count too, and what people say of themselves comes before the estimate: as the builder counts.
  const called = of.filter((voter) => fits(voter, { field: 'has', values: ['phone'] }))
  const refusing = called.filter((voter) => fits(voter, { field: 'consent', channels: ['phone'], state: 'refused' }))
  expect(refusing).not.toEqual([])
  expect(parts.with_phone).toBe(called.length - refusing.length)
  expect(parts.with_phone).toBeGreaterThan(of.filter(({ phones }) => phones.length > 0).length)
  const likely = (name: string): number => parts.community.find(({ value }) => value === name)?.count ?? 0
  for (const name of communities)
    expect(likely(name)).toBe(
      of.filter((voter) => fits(voter, { field: 'community', values: [name], comparison: '>=', percent: 50 })).length,
    )
  expect(likely('korean')).not.toBe(of.filter(({ estimates }) => (estimates.korean ?? 0) >= 50).length)
  const builder = await refreshFromDatabase(db, compiled.universe, organization_id, today, null, { sample: false })
  expect(builder.phones).toBe(parts.with_phone)
  expect(builder.having.phone).toBe(called.length)
  for (const name of communities)
    expect(builder.facets.community.find(({ value }) => value === name.replace('_', '-'))?.count ?? 0).toBe(
      likely(name),
    )
})

test('another organization sees nothing of what ours learned', async () => {
  const theirs = world.theirs.organization_id
  for (const text of [
    'tag:volunteer',
    'contacted:ever',
    'language:ko',
    'support:1-5',
    'answer:housing=tenant',
    'has:person',
    'suppressed:any',
    'result:refused',
  ]) {
    expect({ text, found: await found(text, theirs) }).toEqual({ text, found: [] })
  }
  // Even asked for our rows by id through their handle, row-level security answers nothing.
  const compiled = await compileUniverse(world.database.of(theirs), 'tag:volunteer', world.ours.organization_id, today)
  if (!compiled.ok) throw new Error(compiled.problem.code)
  expect(await countUniverse(world.database.of(theirs), compiled.universe)).toBe(0)
  expect((await found('tag:volunteer')).length).toBeGreaterThan(0)
})

test('values are parameters, whatever they hold', async () => {
  expect(await found(`tag:"x'; drop table universe; --"`)).toEqual([])
  expect(await found(`city:"O'Fallon",'`)).toEqual([])
  expect(await found('answer:plan="\' or true"')).toEqual([])
})

test('an election no file tells of finds nobody and says so', async () => {
  const compiled = await compileUniverse(
    world.database.of(world.ours.organization_id),
    'voted:2012-general',
    world.ours.organization_id,
    today,
  )
  expect(compiled).toMatchObject({
    ok: true,
    universe: { remarks: [{ code: 'election_not_loaded', named: '2012-general' }] },
  })
  expect(await found('voted:2012-general')).toEqual([])
})

test('a universe is saved in canonical form, used inside another, changed, archived and restored, all in the audit trail', async () => {
  const { organizer, organization_id } = world.ours
  const db = world.database.of(organization_id)
  const form = { name: '퀸즈 민주당', expression: '정당:민주당 카운티:퀸즈', note: null }
  const saved = await saveUniverse(db, organizer, form, now, today)
  if (!saved.ok) throw new Error(saved.problem)
  expect(await universes(db, organization_id)).toMatchObject([
    {
      name: '퀸즈 민주당',
      expression: 'party:dem county:queens',
      counted: (await found('party:dem county:queens')).length,
    },
  ])
  expect(await saveUniverse(db, organizer, form, now, today)).toEqual({ ok: false, problem: 'name_taken' })
  expect(await found('in:"퀸즈 민주당" age:65-')).toEqual(await found('party:dem county:queens age:65-'))
  expect(await found('-in:"퀸즈 민주당"')).toEqual(await found('-(party:dem county:queens)'))
  expect(await compileUniverse(db, 'age:18 in:"no such"', organization_id, today)).toMatchObject({
    ok: false,
    problem: { code: 'unknown_universe', at: 11, expected: ['퀸즈 민주당'], suggestion: null },
  })
  expect(await compileUniverse(db, 'in:민주당', organization_id, today)).toMatchObject({
    problem: { code: 'unknown_universe', suggestion: '"퀸즈 민주당"' },
  })
  const change = (expression: string) =>
    changeUniverse(db, organizer, saved.universe_id, { ...form, expression }, now, today)
  expect(await change('age:18- household:(in:"퀸즈 민주당")')).toMatchObject({
    ok: false,
    problem: 'expression',
    detail: { code: 'universe_circle' },
  })
  expect(await found('in:"퀸즈 민주당"')).toEqual(await found('party:dem county:queens'))
  expect(await change('party:dem county:queens age:18-')).toMatchObject({ ok: true })
  expect(await found('in:"퀸즈 민주당"')).toEqual(await found('party:dem county:queens age:18-'))
  expect(
    await saveUniverse(db, organizer, { name: 'x', expression: 'party:dme', note: null }, now, today),
  ).toMatchObject({ ok: false, problem: 'expression', detail: { suggestion: 'dem' } })
  await archiveUniverse(db, organizer, saved.universe_id, now)
  expect(await universes(db, organization_id)).toEqual([])
  expect(await restoreUniverse(db, organizer, saved.universe_id)).toBe(true)
  await expect(
    archiveUniverse(world.database.of(world.theirs.organization_id), world.theirs.organizer, saved.universe_id, now),
  ).rejects.toBeInstanceOf(NotFound)
  const { rows } = await sql<{
    action: string
  }>`select action from audit_entry where subject = 'universe' order by audit_id`.execute(db)
  expect(rows.map(({ action }) => action)).toEqual([
    'universe.create',
    'universe.change',
    'universe.archive',
    'universe.restore',
  ])
})

/** What the builder is told, by walking over the town. */
function expectedRefresh(expression: Expression): Omit<Refresh, 'answered_by' | 'left_out' | 'sample'> {
  const byId = new Map(voters.map((voter) => [voter.voter_id, voter]))
  const found = (part: Expression): Voter[] => expected(part).flatMap((id) => byId.get(id) ?? [])
  const { person, attempts: tried } = indexed()
  const percent = communityChosen(expression)?.percent ?? 50
  const valuesOf: Record<FacetName, (voter: Voter) => (string | null)[]> = {
    party: ({ party }) => [party],
    status: ({ status, gone_in }) => [gone_in === null ? status : 'gone'],
    age: (voter) => [ageOf(voter)?.toString() ?? null],
    sex: ({ sex }) => [sex ?? 'unknown'],
    community: (voter) => {
      const likely = communities.filter((name) =>
        fits(voter, { field: 'community', values: [name], comparison: '>=', percent }),
      )
      return likely.length > 0 ? likely.map((name) => name.replace('_', '-')) : [null]
    },
    language: ({ voter_id }) => [person.get(voter_id)?.language ?? null],
    turnout: (voter) => [
      String(
        lastElections(elections, voter.state, null, 4, today).filter((ids) =>
          voter.votes.some((vote) => ids.includes(vote >> 3)),
        ).length,
      ),
    ],
    state: ({ state }) => [state],
    county: ({ state, county }) => [county === null ? null : `${state}-${county}`],
    congress: ({ state, cd }) => [cd === null ? null : `${state}-${cd}`],
    senate: ({ state, sd }) => [sd === null ? null : `${state}-${sd}`],
    assembly: ({ state, ad }) => [ad === null ? null : `${state}-${ad}`],
    'nyc-council': ({ ccd }) => [ccd?.toString() ?? null],
    contact: (voter) => {
      const contacted = (when: When): boolean => fits(voter, { field: 'contacted', when, channel: null })
      const within = (amount: number): boolean => contacted({ is: 'within', amount, unit: 'd' })
      if (!contacted({ is: 'ever' })) return [null]
      return [within(14) ? '14d' : within(30) ? '30d' : within(90) ? '90d' : 'older']
    },
    support: ({ voter_id }) => {
      const score = lastAnswer(tried.get(voter_id) ?? [], 'support')
      return [typeof score === 'number' ? String(score) : null]
    },
    attended: ({ voter_id }) => [...new Set(eventsOf(person.get(voter_id), 'attended', []).map(({ kind }) => kind))],
    member: ({ voter_id }) => [...new Set(standingsOf(person.get(voter_id)).map(({ standing }) => standing))],
    stage: ({ voter_id }) => {
      const rung = stageOf(person.get(voter_id))
      return rung ? [rung.name.en ?? ''] : []
    },
    next_step: (voter) => taskStates.filter((state) => fits(voter, { field: 'next_step', states: [state] })),
    cohort: (voter) => Object.keys(cohortNames).filter((name) => fits(voter, { field: 'cohort', names: [name], states: [] })), // prettier-ignore
    chapter: ({ voter_id }) => bodiesOf(person.get(voter_id), 'chapter'),
    committee: ({ voter_id }) => bodiesOf(person.get(voter_id), 'committee'),
    board: ({ voter_id }) => bodiesOf(person.get(voter_id), 'board'),
    tag: (voter) => ['volunteer', '봉사자'].filter((tag) => fits(voter, { field: 'tag', values: [tag] })),
    phone: (voter) => [
      fits(voter, { field: 'has', values: ['phone'] }) ? 'any' : null,
      ...(fits(voter, { field: 'phone', kinds: ['mobile'] }) ? ['mobile'] : []),
    ],
  }
  const people = found(expression)
  const every: Term = { field: 'status', values: [...statuses] }
  const facets = Object.fromEntries(
    facetNames.map((facet) => {
      const part = outside(expression, facet)
      const counts = new Map<string, number>()
      for (const voter of found(facet === 'status' ? { op: 'and', of: [part, { op: 'term', term: every }] } : part))
        for (const value of valuesOf[facet](voter)) counts.set(value ?? '', (counts.get(value ?? '') ?? 0) + 1)
      return [facet, sorted([...counts].map(([value, count]) => ({ value, count })))]
    }),
  ) as Refresh['facets']
  const bands = new Map<number | null, Refresh['pyramid'][number]>()
  for (const voter of found(outside(outside(expression, 'age'), 'sex'))) {
    const years = ageOf(voter)
    const from = years === null ? null : Math.min(100, Math.max(15, Math.floor(years / 5) * 5))
    const band = bands.get(from) ?? { from, F: 0, M: 0, X: 0, unknown: 0 }
    band[(voter.sex ?? 'unknown') as 'F'] += 1
    bands.set(from, band)
  }
  const has = (voter: Voter, what: 'phone' | 'email'): boolean => fits(voter, { field: 'has', values: [what] })
  const refused = (voter: Voter, channel: 'phone' | 'post' | 'email'): boolean =>
    fits(voter, { field: 'consent', channels: [channel], state: 'refused' })
  const different = (values: (string | number | null)[]): number =>
    new Set(values.filter((value) => value !== null)).size
  return {
    people: people.length,
    households: different(people.map(({ household_key }) => household_key)),
    phones: people.filter((voter) => has(voter, 'phone') && !refused(voter, 'phone')).length,
    mailboxes: different(people.map((voter) => (refused(voter, 'post') ? null : mailboxOf(voter)))),
    emails: people.filter((voter) => has(voter, 'email') && !refused(voter, 'email')).length,
    having: {
      phone: people.filter((voter) => has(voter, 'phone')).length,
      email: people.filter((voter) => has(voter, 'email')).length,
    },
    facets,
    likelihood: [...communities.map((name) => [name]), [...communities]].map((names) => {
      const isAny = names.length > 1
      const percents = Array.from({ length: 101 }, () => 0)
      for (const voter of found(outside(expression, 'community'))) {
        const said = person.get(voter.voter_id)?.community ?? null
        const likely = Math.max(...names.map((name) => (said === null ? (voter.estimates[name] ?? 0) : said === name ? 100 : 0))) // prettier-ignore
        if (likely >= 5 || isAny) percents[likely >= 5 ? likely : 0]! += 1
      }
      return { value: isAny ? '' : (names[0] ?? '').replace('_', '-'), percents }
    }),
    pyramid: [...bands.values()].sort((a, b) => (a.from ?? Infinity) - (b.from ?? Infinity)),
  }
}

const sorted = (values: readonly FacetValue[]): FacetValue[] =>
  values.toSorted((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))

async function refreshed(text: string, organization_id = world.ours.organization_id): Promise<Refresh> {
  const db = world.database.of(organization_id)
  const compiled = await compileUniverse(db, text, organization_id, today)
  if (!compiled.ok) throw new Error(`${text}: ${compiled.problem.code}`)
  const refresh = await refreshFromDatabase(db, compiled.universe, organization_id, today, null)
  for (const facet of facetNames) refresh.facets[facet] = sorted(refresh.facets[facet])
  return refresh
}

const parsedOf = (text: string): Expression => {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(parsed.problem.code)
  return parsed.expression
}

test.each([
  '',
  'party:dem,none',
  '-party:rep county:queens',
  'age:18-34 sex:F,unknown',
  'status:gone',
  'status:purged,gone party:dem',
  'party:dem or county:queens',
  '(party:dem or county:queens) age:65-',
  '(party:dem or party:rep) -(sex:M or -sex:F)',
  'community:korean>=0.8 language:ko',
  'voted>=2/4 district:nyc-council/20,23 district:assembly/25',
  '-contacted:14d support:1-2',
  'suppressed:any',
  'born:1950-1965 -age:70-75',
  'party:gre name:김영희 tag:volunteer',
  'city:nowhere',
  'state:NJ',
  'county:NJ-queens,NY-kings district:congress/NJ-3,6',
])('the builder is told of “%s” what walking over the town finds', async (text) => {
  const { answered_by, left_out: _, sample, ...numbers } = await refreshed(text)
  expect(answered_by).toBe('database')
  expect(numbers).toEqual(expectedRefresh(parsedOf(text)))
  expect(sample).toHaveLength(Math.min(20, numbers.people))
})

test('the builder is told the truth of any expression', { timeout: 400_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(expressions(), async (expression) => {
      const { answered_by: _, left_out: __, sample: ___, ...numbers } = await refreshed(print(expression))
      expect(numbers).toEqual(expectedRefresh(parsedOf(print(expression))))
    }),
    { numRuns: 24 },
  )
})

test('a choice that came with a saved universe narrows its own facet, for it cannot be clicked away', async () => {
  const { organizer, organization_id } = world.ours
  const db = world.database.of(organization_id)
  const saved = await saveUniverse(
    db,
    organizer,
    { name: 'Democrats', expression: 'party:dem', note: null },
    now,
    today,
  )
  if (!saved.ok) throw new Error(saved.problem)
  const { facets, people } = await refreshed('in:Democrats sex:F')
  expect(facets.party).toEqual([{ value: 'dem', count: people }])
  expect(facets.sex.length).toBeGreaterThan(1)
  await archiveUniverse(db, organizer, saved.universe_id, now)
})

test('another organization is told nothing of what ours learned', async () => {
  const { facets, emails } = await refreshed('', world.theirs.organization_id)
  expect(emails).toBe(0)
  for (const facet of ['language', 'contact', 'support'] as const)
    expect(facets[facet].map(({ value }) => value)).toEqual([''])
})

test('on 29 February, and for those born on one, ages turn as people count them', async () => {
  const { organization_id } = world.ours
  const db = world.database.of(organization_id)
  const aged = async (range: string, day: string): Promise<Set<number>> => {
    const compiled = await compileUniverse(db, `age:${range} status:active,preregistered`, organization_id, day)
    if (!compiled.ok) throw new Error(compiled.problem.code)
    const { rows } = await sql<{ voter_id: number }>`${compiled.universe.voters}`.execute(db)
    return new Set(rows.map(({ voter_id }) => voter_id))
  }
  const leap = voters.filter(
    (voter) =>
      voter.birth_date === '2008-02-29' &&
      voter.gone_in === null &&
      ['active', 'preregistered'].includes(voter.status) &&
      !fits(voter, { field: 'suppressed', reasons: [...blocking] }),
  )
  expect(leap.length).toBeGreaterThan(5)
  const ofLeap = async (range: string, day: string): Promise<number> => {
    const found = await aged(range, day)
    return leap.filter(({ voter_id }) => found.has(voter_id)).length
  }
  expect(await ofLeap('17', '2026-02-28')).toBe(leap.length)
  expect(await ofLeap('18', '2026-03-01')).toBe(leap.length)
  expect(await ofLeap('20', '2028-02-29')).toBe(leap.length)
  // Who turns 18 on the day is 18, also on a 29 February itself.
  const born = voters.find(({ birth_date, status, gone_in }) => birth_date && status === 'active' && gone_in === null)
  expect(yearsBefore('2028-02-29', 18)).toBe('2010-02-28')
  expect(yearsBefore('2028-02-29', 20)).toBe('2008-02-29')
  expect(born).toBeDefined()
})

test('a birthday on 29 February is one day, found by its month', async () => {
  const of = (text: string) =>
    found(`${text} status:active,preregistered,inactive suppressed:any or ${text} status:active,preregistered,inactive`)
  const leap = await of('birthday:02-29')
  expect(leap.length).toBeGreaterThan(5)
  expect(await of('birthday:2 born:2008 -birthday:02-01..02-28')).toEqual(expect.arrayContaining(leap.slice(0, 1)))
  const neighbours = await of('birthday:02-28,03-01')
  expect(leap.filter((id) => neighbours.includes(id))).toEqual([])
})

test('what was skipped could have been voted in', async () => {
  const skipped = new Set(await found('skipped:2025-primary'))
  expect(skipped.size).toBeGreaterThan(20)
  for (const voter of voters.filter(({ voter_id }) => skipped.has(voter_id))) {
    expect(voter.state).toBe('NY')
    expect(['dem', 'rep', 'con', 'wor']).toContain(voter.party)
    expect(voter.registered_on === null || voter.registered_on <= '2025-06-24').toBe(true)
    expect(voter.birth_date === null || voter.birth_date <= '2007-06-24').toBe(true)
  }
  expect(await found('skipped:2024-special')).toEqual([])
  // Nobody is both; those in neither could not vote.
  expect(await found('skipped:2025-primary voted:2025-primary')).toEqual([])
  expect((await found('-skipped:2025-primary -voted:2025-primary')).length).toBeGreaterThan(20)
})

test('parts of a split are everybody, each in one; a sample stays itself inside another question', async () => {
  const all = await found('')
  const parts = await Promise.all(['A', 'B', 'C'].map((part) => found(`split:${part}/3@fall`)))
  expect(parts.flat().sort((a, b) => a - b)).toEqual(all)
  const sampled = new Set(await found('sample:20%'))
  expect(await found('sample:20% party:dem')).toEqual((await found('party:dem')).filter((id) => sampled.has(id)))
})

test('a phone bank nobody made is pointed at, in an expression and inside a household', async () => {
  const { organization_id } = world.ours
  const db = world.database.of(organization_id)
  const compiled = (text: string) => compileUniverse(db, text, organization_id, today)
  expect(await compiled('party:dem result:refused@"Fal calls"')).toMatchObject({
    ok: false,
    problem: { code: 'unknown_phone_bank', at: 26, found: 'Fal calls', suggestion: 'Fall calls' },
  })
  expect(await compiled('household:(contacted:ever@nope)')).toMatchObject({
    ok: false,
    problem: { code: 'unknown_phone_bank', found: 'nope' },
  })
  expect(await compiled('household:(in:nope)')).toMatchObject({ ok: false, problem: { code: 'unknown_universe' } })
  // In the other language, with other capitals, and as a Mac types Hangul.
  const fall = await found('contacted:ever@"fall CALLS"')
  expect(fall.length).toBeGreaterThan(20)
  expect(await found(`contacted:ever@"${'가을 전화'.normalize('NFD')}"`)).toEqual(fall)
  const theirs = world.theirs.organization_id
  expect(await compileUniverse(world.database.of(theirs), 'contacted:ever@"Fall calls"', theirs, today)).toMatchObject({
    ok: false,
    problem: { code: 'unknown_phone_bank', expected: [] },
  })
})

test('a result and its time are of one contact', async () => {
  const timed = await found('result:no-answer/90d')
  const apart = await found('result:no-answer contacted:90d')
  expect(timed.length).toBeGreaterThan(0)
  expect(timed.length).toBeLessThan(apart.length)
  expect(apart).toEqual(expect.arrayContaining(timed))
})

test('the old name of a phone bank goes on meaning its calls, and whoever takes it is told apart', async () => {
  const { organization_id } = world.ours
  const db = world.database.of(organization_id)
  const text = 'contacted:ever@"fall calls"'
  const before = await found(text)
  const undo = new Error('as it was')
  await db
    .transaction()
    .execute(async (tx) => {
      const told = async (): Promise<[number[], object[]]> => {
        const compiled = await compileUniverse(tx, text, organization_id, today)
        if (!compiled.ok) throw new Error(compiled.problem.code)
        const { rows } = await sql<{ voter_id: number }>`${compiled.universe.voters}`.execute(tx)
        return [rows.map(({ voter_id }) => voter_id).sort((a, b) => a - b), compiled.universe.remarks]
      }
      const named = (name: object, en: string) =>
        sql`update phone_bank set name = ${JSON.stringify(name)}::jsonb where name ->> 'en' = ${en}`.execute(tx)
      await named({ en: 'Autumn calls', ko: '가을 전화' }, 'Fall calls')
      expect(await told()).toEqual([before, []])
      // Another takes the name: both count, which is said.
      await named({ en: 'Fall calls' }, 'Spring')
      const [both, remarks] = await told()
      expect(both.length).toBeGreaterThan(before.length)
      expect(both).toEqual(expect.arrayContaining(before))
      expect(remarks).toEqual([{ code: 'phone_bank_name_shared', named: 'fall calls' }])
      throw undo
    })
    .catch((problem: unknown) => {
      if (problem !== undo) throw problem
    })
})

test.each([
  ['voted:2012-general', [{ code: 'election_not_loaded', named: '2012-general' }]],
  ['skipped:2012-general', [{ code: 'election_not_loaded', named: '2012-general' }]],
  ['skipped:2024-special', [{ code: 'skipping_not_known', named: '2024-special' }]],
  ['voted>=2/20', [{ code: 'few_elections', named: '13/20' }]],
  ['tag:nobodys -tag:volunteer', [{ code: 'tag_unknown', named: 'nobodys' }]],
  [
    'tag:volunter,봉사자 or household:(-tag:volunter age:65-)',
    [
      { code: 'tag_unknown', named: 'volunter' },
      {
        code: 'nearest_there',
        named: 'tag:volunteer',
        corrected: 'tag:volunteer,봉사자 or household:(-tag:volunteer age:65-)',
      },
    ],
  ],
  ['tag:volunter,volunteer', [{ code: 'tag_unknown', named: 'volunter' }, { code: 'nearest_there', named: 'tag:volunteer', corrected: 'tag:volunteer' }]], // prettier-ignore
  ['민주당 age:65-', [{ code: 'name_is_word', named: 'party:dem', corrected: 'party:dem age:65-' }]],
  ['answer:nothing', [{ code: 'question_unknown', named: 'nothing' }]],
  ['answer:housing=tenant', []],
  ['household:(tag:nobodys)', [{ code: 'tag_unknown', named: 'nobodys' }]],
  ['field:nothing=1', [{ code: 'own_field_unknown', named: 'nothing' }]],
  ['has:phone', []],
  ['party:dem age:18- voted>=2/4', []],
])('%s says what is not loaded', async (text, remarks) => {
  const { organization_id } = world.ours
  const compiled = await compileUniverse(world.database.of(organization_id), text, organization_id, today)
  expect(compiled).toMatchObject({ ok: true })
  if (compiled.ok) expect(compiled.universe.remarks).toEqual(remarks)
})

test('each thing asked for that no loaded file has is named', async () => {
  const { organization_id } = world.ours
  const remarks = async (db: Db, text: string): Promise<string[]> => {
    const compiled = await compileUniverse(db, text, organization_id, today)
    if (!compiled.ok) throw new Error(compiled.problem.code)
    return compiled.universe.remarks.map(({ code, named }) => `${code} ${named}`)
  }
  const all =
    'middle:j suffix:Jr city:x zip:11354 county:queens street:"main st" household:2 first-seen:1y last-seen:1y status:military,active method:mail community:korean'
  const ours = world.database.of(organization_id)
  expect(await remarks(ours, all)).toEqual([])
  expect(await remarks(ours, 'age:65- -(party:rep or community:korean,chinese>=0.8)')).toEqual([
    'community_leaves_out -community:korean,chinese',
  ])
  expect(await remarks(ours, '-(-community:korean>=0.8 sex:F)')).toEqual([])
  expect(await remarks(ours, '-community:korean>=1')).toEqual([])
  // A community or party without its field is a name; surnames are none.
  expect(await remarks(ours, '한인 그리고 민주당')).toEqual(['name_is_word community:korean', 'name_is_word party:dem'])
  expect(await remarks(ours, 'green or 남 or 민주 or 주 or field or man or king')).toEqual([])
  expect(await remarks(ours, '여성 퀸즈 flushing support')).toEqual(
    ['sex:F', 'county:queens', 'city:flushing', 'support:'].map((meant) => `name_is_word ${meant}`),
  )
  expect(await remarks(ours, 'name:korean or "한인"')).toEqual([])
  expect(await remarks(ours, 'born:1960 or born:2097-2099 or born:2098-01..2098-06')).toEqual([
    'not_born_yet 2097',
    'not_born_yet 2098',
  ])
  const undo = new Error('as it was')
  const inTown = (change: (tx: Db) => Promise<unknown>, then: (tx: Db) => Promise<void>) =>
    world.database.owner
      .transaction()
      .execute(async (tx) => {
        await change(tx)
        await then(tx)
        throw undo
      })
      .catch((problem: unknown) => {
        if (problem !== undo) throw problem
      })
  // A history alone says nothing of names and homes, a list of telephones of no voter, and Florida knows few statuses.
  await inTown(
    async (tx) => {
      await sql`update voter_file set layout = 'us-fl-history', first_voter_id = null`.execute(tx)
      await sql`insert into voter_file (state, layout, kind, names, imported_by, counts) values (null, 'phones', 'phones', '{}', 'test', '{}')`.execute(
        tx,
      )
      await sql`update voter_record set ${sql.join(communities.map((name) => sql`${sql.id(`p_${name}`)} = 0`))}`.execute(
        tx,
      )
    },
    async (tx) => {
      expect(await remarks(tx, all)).toEqual([
        ...['middle', 'suffix', 'city', 'zip', 'county', 'street', 'household', 'first-seen', 'last-seen'].map(
          (field) => `not_in_files ${field}:`,
        ),
        'not_in_files status:military',
        'community_not_estimated community:',
      ])
      expect(await remarks(tx, 'status:gone method:military')).toEqual(['not_in_files method:military'])
    },
  )
  // The city's list has no such column; the county is known by the ZIP code.
  await inTown(
    (tx) => sql`update voter_file set layout = 'us-nyc'`.execute(tx),
    async (tx) => expect(await remarks(tx, 'county:queens')).toEqual([]),
  )
})

test('renaming a universe breaks no expression that names it, and nobody can slip in under the old name', async () => {
  const { organizer, organization_id } = world.ours
  const db = world.database.of(organization_id)
  const save = async (name: string, expression: string): Promise<string> => {
    const saved = await saveUniverse(db, organizer, { name, expression, note: null }, now, today)
    if (!saved.ok) throw new Error(saved.problem)
    return saved.universe_id
  }
  const tenants = await save('Tenants', 'party:dem age:30-')
  await save('Old tenants', 'in:TENANTS age:65-')
  await save('Neighbours', 'household:(in:"tenants" or in:"Old tenants") -in:Tenants')
  const before = await found('in:Neighbours')
  expect(before.length).toBeGreaterThan(10)

  const name = 'Tenants “2026”, 세입자'
  const form = { name, expression: 'party:dem age:30-', note: null }
  expect(await changeUniverse(db, organizer, tenants, form, now, today)).toMatchObject({ ok: true })
  expect(
    await saveUniverse(db, organizer, { name: 'Tenants', expression: 'party:rep', note: null }, now, today),
  ).toMatchObject({ ok: false, problem: 'name_taken' })
  expect(await found('in:Neighbours')).toEqual(before)
  const kept = new Map((await universes(db, organization_id)).map((each) => [each.name, each.expression]))
  expect(kept.get('Old tenants')).toBe('in:"Tenants 2026, 세입자" age:65-')
  expect(kept.get('Neighbours')).toBe(
    'household:(in:"Tenants 2026, 세입자" or in:"Old tenants") -in:"Tenants 2026, 세입자"',
  )
  const trail = await sql<{ after: { expression: string } }>`select after from audit_entry
    where action = 'universe.change' and subject_id <> ${tenants} order by audit_id desc limit 2`.execute(db)
  expect(trail.rows.every(({ after }) => after.expression.includes('Tenants 2026'))).toBe(true)
})

test('several universes in one expression: each is who it has by itself', async () => {
  const { organizer, organization_id } = world.ours
  const db = world.database.of(organization_id)
  for (const [name, expression] of [
    ['Plain', 'party:dem'],
    ['Marked', 'suppressed:any party:dem,rep'],
    ['Struck', 'status:purged,gone'],
    ['Nested', 'in:Struck or party:con'],
  ] as const) {
    const saved = await saveUniverse(db, organizer, { name, expression, note: null }, now, today)
    if (!saved.ok) throw new Error(JSON.stringify(saved))
  }
  const either = (a: number[], b: number[]) => [...new Set([...a, ...b])].sort((one, other) => one - other)
  const without = (a: number[], b: number[]) => a.filter((each) => !b.includes(each))
  const [plain, marked, struck, nested] = await Promise.all([
    found('in:Plain'),
    found('in:Marked'),
    found('in:Struck'),
    found('in:Nested'),
  ])
  expect([plain, marked, struck].map(({ length }) => length > 0)).toEqual([true, true, true])
  expect(plain).toEqual(await found('party:dem'))
  expect(await found('in:Plain -in:Marked')).toEqual(without(plain, marked))
  expect(await found('in:Plain or in:Marked')).toEqual(either(plain, marked))
  expect(await found('in:Plain,Struck')).toEqual(either(plain, struck))
  expect(await found('in:Plain in:Marked')).toEqual(plain.filter((each) => marked.includes(each)))
  expect(await found('in:Marked -in:Plain')).toEqual(without(marked, plain))
  expect(await found('in:Struck or party:dem')).toEqual(either(struck, plain))
  expect(nested).toEqual(either(struck, await found('party:con')))
  expect(await found('in:Nested or (in:Plain age:40-)')).toEqual(either(nested, await found('party:dem age:40-')))
  // Choices that narrow a universe keep those it brings in.
  const narrowed = await found('in:Struck (party:con,rep or age:18-60)')
  expect(narrowed).toEqual(await found('status:purged,gone (party:con,rep or age:18-60)'))
  expect(narrowed.length).toBeGreaterThan(0)
  expect(await found('in:Marked (party:dem or sex:F)')).toEqual(
    either(await found('in:Marked party:dem'), await found('in:Marked sex:F')),
  )
  // A status or mark beside a universe is not said of it; one that narrows it is.
  expect(await found('in:Plain or status:inactive')).toEqual(either(plain, await found('status:inactive')))
  expect(await found('in:Plain,Struck or status:inactive')).toEqual(
    either(either(plain, struck), await found('status:inactive')),
  )
  expect(await found('in:Plain or suppressed:moved')).toEqual(either(plain, await found('suppressed:moved')))
  expect(await found('in:Plain status:purged')).toEqual(await found('party:dem status:purged'))
  expect(await found('status:purged (in:Plain or party:rep)')).toEqual(await found('status:purged party:dem,rep'))
  // Who fits but is left out is told of the part that leaves them out.
  const isMoved = (voter: Voter) => fits(voter, { field: 'suppressed', reasons: ['moved'] })
  const cases: [string, (voter: Voter) => boolean, LeftOutReason[]][] = [
    ['in:Plain or status:inactive', ({ party, status }) => party === 'dem' || status === 'inactive', ['preregistered', 'purged', 'gone', 'marked']],
    ['in:Struck or party:dem', ({ party, status, gone_in }) => party === 'dem' || status === 'purged' || gone_in !== null, ['preregistered', 'marked']],
    ['in:Plain or suppressed:moved', (voter) => voter.party === 'dem' || isMoved(voter), ['preregistered', 'purged', 'gone', 'marked']],
    ['in:Nested', ({ party, status, gone_in }) => party === 'con' || status === 'purged' || gone_in !== null, ['preregistered', 'marked']],
  ] // prettier-ignore
  for (const [text, isMeant, reasons] of cases) {
    const compiled = await compileUniverse(db, text, organization_id, today)
    if (!compiled.ok) throw new Error(text)
    const left_out = await countLeftOut(db, compiled.universe)
    const members = new Set(await found(text))
    expect({ text, reasons: left_out.map(({ reason }) => reason) }).toEqual({ text, reasons })
    expect({ text, count: left_out.reduce((sum, { count }) => sum + count, 0) }).toEqual({
      text,
      count: voters.filter((voter) => isMeant(voter) && !members.has(voter.voter_id)).length,
    })
  }
})

test('over people too a universe is who it has by itself, and the rolls leave nobody out', async () => {
  const { organizer, organization_id } = world.ours
  const db = world.database.of(organization_id)
  for (const [name, expression] of [
    ['Struck off', 'status:purged,gone'],
    ['Speak Korean', 'language:ko'],
    ['Both', 'in:"Struck off" or in:"Speak Korean"'],
  ] as const) {
    const saved = await saveUniverse(db, organizer, { name, expression, note: null }, now, today)
    if (!saved.ok) throw new Error(saved.problem)
  }
  const korean = await peopleFound('language:ko')
  expect(await peopleFound('in:"Speak Korean"')).toEqual(korean)
  expect(await peopleFound('in:Both')).toEqual(await peopleFound('language:ko or status:purged,gone'))
  expect(await peopleFound('in:Both -status:purged,gone')).toEqual(await peopleFound('language:ko -status:purged,gone'))
  expect(korean).toEqual(peopleExpected({ op: 'term', term: { field: 'language', values: ['ko'] } }))
  for (const each of await universes(db, organization_id)) await archiveUniverse(db, organizer, each.universe_id, now)
  expect(await peopleFound('', world.theirs.organization_id)).toEqual([])
})

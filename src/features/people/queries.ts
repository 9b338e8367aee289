import { addressesOf, type PersonAddress } from './addresses/queries.ts'
import { knownAddresses } from './addresses/rules.ts'
import { sql, type Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { districtsOfElectionDistrict, type CrosswalkedDistrict } from '../geography/crosswalk.ts'
import {
  elections,
  perhapsSame,
  voterChanges,
  voterPhones,
  voterRecord,
  voterRecords,
  voterVotes,
  type ReadVote,
  type PerhapsSame,
  type VoterChange,
  type VoterPhone,
  type VoterRecord,
} from '../voterfile/queries.ts'
import { livingIn, type Living } from '../voterfile/community/explain.ts'
import { councilOf, placesWithoutElectionDistricts } from '../voterfile/community/refresh.ts'
import { contactAnswers, newestSaid, withClosedHomes, type ContactAnswer } from './consent.ts'
import type { SearchResult } from './search/queries.ts'
import type { ElectionTable } from '../voterfile/tables.ts'
import { homeOf, type Home } from './households/queries.ts'
import { duesOf, membershipsOf, type Dues, type Membership } from './membership/queries.ts'
import { closedBy, type CustomField, type NameParts, type Who } from './rules.ts'
import { channels, type Channel, type ContactPurpose } from './schema.ts'
import type {
  ConsentTable,
  PersonEmailTable,
  PersonPhoneTable,
  PersonTable,
  RelationshipKind,
  Standing,
  SuppressionTable,
} from './tables.ts'

export type Person = Selectable<PersonTable>
export type PersonPhone = Selectable<PersonPhoneTable>
export type PersonEmail = Selectable<PersonEmailTable>
export type Consent = Selectable<ConsentTable>
export type Mark = Selectable<SuppressionTable>

/** The person, whichever row lives on after a merge; undefined where the organization has none of this id. */
export async function personById(db: Db, organization_id: string, person_id: string): Promise<Person | undefined> {
  const person = await db
    .selectFrom('person')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .executeTakeFirst()
  return person?.merged_into ? personById(db, organization_id, person.merged_into) : person
}

/** What the organization knows of a voter itself, if anything. */
export function personByVoter(db: Db, organization_id: string, voter_id: number): Promise<Person | undefined> {
  return db
    .selectFrom('person')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('voter_id', '=', voter_id)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
}

/** 'v123' is the voter record 123, anything else a person's id. Undefined where there is neither. */
export async function whoIs(db: Db, organization_id: string, who: string): Promise<Who | undefined> {
  const voter = /^v(\d{1,9})$/.exec(who)
  if (voter) {
    const voter_id = Number(voter[1])
    const person = await personByVoter(db, organization_id, voter_id)
    if (person) return { voter_id, person_id: person.person_id }
    return (await voterRecord(db, voter_id)) ? { voter_id, person_id: null } : undefined
  }
  if (!/^[0-9a-f-]{36}$/i.test(who)) return undefined
  const person = await personById(db, organization_id, who)
  return person && { voter_id: person.voter_id, person_id: person.person_id }
}

export interface Neighbour {
  voter_id: number | null
  person_id: string | null
  name: NameParts
  name_hangul: string | null
  birth_year: number | null
  party: string | null
  status: string | null
  /** Shares the address, or only a telephone number. */
  shares: 'address' | 'phone'
  /** Those shared. */
  numbers: string[]
}

export interface Related {
  relationship_id: string
  kind: RelationshipKind
  /** The row is the other one's: read it the other way round. */
  is_inverse: boolean
  note: string | null
  other: Who & { name: NameParts; name_hangul: string | null }
}

/** Everything a profile shows of one voter record, one person, or both. */
export interface Profile {
  who: Who
  voter: VoterRecord | null
  person: Person | null
  phones: PersonPhone[]
  voter_phones: VoterPhone[]
  emails: PersonEmail[]
  addresses: PersonAddress[]
  tags: { tag: string; tagged_by: string; tagged_at: Date }[]
  notes: { note_id: string; body: string; written_by: string; written_at: Date }[]
  /** Every statement, newest first. */
  consents: Consent[]
  /** What was recorded of the membership, newest standing first. */
  memberships: Membership[]
  /** Dues, the newest first, those taken back too. */
  dues: Dues[]
  /** Every mark, newest first, those taken back too. */
  marks: Mark[]
  neighbours: Neighbour[]
  /** Where they live, by hand or by the voter file. */
  home: Home
  related: Related[]
  votes: ReadVote[]
  elections: Selectable<ElectionTable>[]
  changes: VoterChange[]
  /** May they be contacted, by which channel, and since when and by what. */
  answers: Record<Channel, ContactAnswer>
  custom_fields: CustomField[]
  /** Languages in which this person spoke with us, the latest conversation of each, newest first. */
  spoken_in: { language: string; at: Date }[]
  /** Where the voter lives, for the estimate. */
  living: Living | null
  /** What the crosswalks say of the voter's election district; counts where the record itself is silent. */
  crosswalked: CrosswalkedDistrict[]
  /** Of a voter the state's file does not have: whom it has that they may be. */
  perhaps: PerhapsSame[]
}

/** `is_brief`: as one of many on a page: who they are and how they are reached; what only their own page shows is empty. */
export async function profileOf(
  db: Db,
  organization_id: string,
  who: Who,
  { is_brief }: { is_brief: boolean } = { is_brief: false },
): Promise<Profile | undefined> {
  const [voter, person] = await Promise.all([
    who.voter_id === null ? undefined : voterRecord(db, who.voter_id),
    who.person_id === null ? undefined : personById(db, organization_id, who.person_id),
  ])
  if (!voter && !person) return undefined
  const [
    phones,
    voter_phones,
    emails,
    addresses,
    tags,
    notes,
    consents,
    memberships,
    dues,
    marks,
    related,
    votes,
    changes,
    home,
    custom_fields,
    spoken_in,
    living,
    crosswalked,
    perhaps,
  ] = await Promise.all([
    person ? personPhones(db, organization_id, person.person_id) : [],
    voter ? voterPhones(db, [voter.voter_id]) : [],
    person ? personEmails(db, organization_id, person.person_id) : [],
    person ? addressesOf(db, organization_id, [person.person_id]) : [],
    person ? personTags(db, organization_id, person.person_id) : [],
    person && !is_brief ? personNotes(db, organization_id, person.person_id) : [],
    person ? personConsents(db, organization_id, person.person_id) : [],
    person && !is_brief ? membershipsOf(db, organization_id, person.person_id) : [],
    person && !is_brief ? duesOf(db, organization_id, person.person_id) : [],
    marksOf(db, organization_id, who),
    person && !is_brief ? relatedTo(db, organization_id, person.person_id) : [],
    voter && !is_brief ? voterVotes(db, voter.votes) : [],
    voter ? voterChanges(db, voter.voter_id) : [],
    homeOf(db, organization_id, who),
    is_brief ? [] : customFields(db, organization_id),
    is_brief ? [] : conversationLanguages(db, organization_id, who),
    voter && !is_brief ? livingOf(db, voter) : null,
    voter && !is_brief ? districtsOfElectionDistrict(db, voter) : [],
    voter && !is_brief && voter.unmatched_in !== null ? perhapsSame(db, [voter.voter_id]) : null,
  ])
  const numbers = [...new Set([...phones, ...voter_phones].map(({ phone }) => phone))]
  const [neighbours, numberMarks, held] = await Promise.all([
    is_brief ? [] : neighboursOf(db, organization_id, who, home.home, numbers),
    numbers.length > 0 ? marksOfNumbers(db, organization_id, numbers) : [],
    voter && !is_brief ? elections(db, voter.state) : [],
  ])
  const all = [
    ...marks,
    ...numberMarks.filter((mark) => !marks.some((each) => each.suppression_id === mark.suppression_id)),
  ]
  all.sort((a, b) => b.marked_at.getTime() - a.marked_at.getTime())
  const has_post = knownAddresses({ voter: voter ?? null, person: person ?? null, addresses }).some(
    ({ is_for_post }) => is_for_post,
  )
  return {
    who,
    voter: voter ?? null,
    person: person ?? null,
    phones,
    voter_phones,
    emails,
    addresses,
    tags,
    notes,
    consents,
    memberships,
    dues,
    marks: all,
    neighbours,
    home,
    related,
    votes,
    elections: held,
    changes,
    answers: await answersOf(db, organization_id, who, has_post),
    custom_fields,
    spoken_in,
    living,
    crosswalked,
    perhaps: [...(perhaps?.values() ?? [])].flat(),
  }
}

const livingOf = async (db: Db, voter: VoterRecord): Promise<Living> =>
  livingIn(await placesWithoutElectionDistricts(db, voter.state), {
    county: voter.county,
    ccd: await councilOf(db, voter),
  })

/** Only conversations with the person, not with somebody else of the household. */
async function conversationLanguages(db: Db, organization_id: string, who: Who): Promise<Profile['spoken_in']> {
  const { rows } = await sql<{ language: string; at: Date }>`
    select language, max(attempted_at) as at from contact_attempt
    where organization_id = ${organization_id} and is_conversation(disposition, spoke_with) and undone_at is null and language is not null and channel <> 'web'
      and (voter_id = ${who.voter_id}::integer or person_id = ${who.person_id}::uuid)
    group by language order by at desc`.execute(db)
  return rows
}

/**
 * A condition for voters nobody of the organization may contact on a channel, marks and opt-outs together, for other
 * rooms' queries: `where not ${notContactable(organization_id, 'phone', sql.ref('v.voter_id'))}`. Numbers are apart:
 * `suppression.phone`.
 */
export function notContactable(organization_id: string, channel: Channel, voter_id: ReturnType<typeof sql.ref>) {
  const reasons = Object.entries(closedBy).flatMap(([reason, closed]) => (closed.includes(channel) ? [reason] : []))
  return sql<boolean>`(
    exists (
      select from suppression s left join person p on p.organization_id = s.organization_id and p.person_id = s.person_id
      where s.organization_id = ${organization_id}::uuid and s.taken_back_at is null and s.phone is null
        and s.reason = any(${reasons}::text[]) and (s.voter_id = ${voter_id} or p.voter_id = ${voter_id})
    ) or coalesce((
      select not c.is_given from consent c join person p on p.organization_id = c.organization_id and p.person_id = c.person_id
      where c.organization_id = ${organization_id}::uuid and p.voter_id = ${voter_id} and p.merged_into is null and c.channel = ${channel}
      order by ${newestSaid} limit 1
    ), false)
  )`
}

/** What each channel answers for a campaign, with what decided it; post needs an address besides. */
async function answersOf(
  db: Db,
  organization_id: string,
  { person_id, voter_id }: Who,
  has_post: boolean,
): Promise<Profile['answers']> {
  const { rows } = await sql<ContactAnswer & { channel: Channel }>`
    select c.channel, a.* from unnest(${[...channels]}::text[]) c (channel),
      ${contactAnswers(organization_id, sql.ref('c.channel'), 'campaign', sql`array[${person_id}]`, sql`array[${voter_id}]`)} a`.execute(
    db,
  )
  const byPost = await withClosedHomes(
    db,
    organization_id,
    rows.filter(({ channel }) => channel === 'post'),
    'campaign',
  )
  const of = (channel: Channel): ContactAnswer => {
    const answer = channel === 'post' ? byPost[0] : rows.find((row) => row.channel === channel)
    if (!answer) throw new Error(`contact_answers says nothing of ${channel}`)
    return channel === 'post' && answer.reason === null && !has_post ? { ...answer, reason: 'no_address' } : answer
  }
  return { phone: of('phone'), text: of('text'), email: of('email'), post: of('post') }
}

export const personPhones = (db: Db, organization_id: string, person_id: string): Promise<PersonPhone[]> =>
  phonesOf(db, organization_id, [person_id])

/** Numbers of several people at once, each one's best first. */
export const phonesOf = (db: Db, organization_id: string, person_ids: readonly string[]): Promise<PersonPhone[]> =>
  db
    .selectFrom('person_phone')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', 'in', person_ids)
    .orderBy('is_preferred', 'desc')
    .orderBy(sql`array_position(array['good', 'unknown', 'disconnected', 'wrong'], quality)`)
    .orderBy('added_at')
    .execute()

export const personEmails = (db: Db, organization_id: string, person_id: string): Promise<PersonEmail[]> =>
  emailsOf(db, organization_id, [person_id])

/** Addresses of several people at once, each one's preferred first. */
export const emailsOf = (db: Db, organization_id: string, person_ids: readonly string[]): Promise<PersonEmail[]> =>
  db
    .selectFrom('person_email')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', 'in', person_ids)
    .orderBy('is_preferred', 'desc')
    .orderBy('added_at')
    .execute()

/**
 * The mailbox of each of several people we write to first, of those who may be written to for this purpose: not one that
 * was typed on a page beside a name we know, nor one that mail came back from. Who has none is not in it.
 */
export async function mailboxesOf(
  db: Db,
  organization_id: string,
  people: readonly string[],
  purpose: ContactPurpose,
): Promise<Map<string, string>> {
  const asked = sql`${[...new Set(people)]}`
  const { rows } = await sql<{ person_id: string; email: string }>`
    select distinct on (asked.person_id) asked.person_id, m.email
    from unnest(${asked}::uuid[]) with ordinality asked (person_id, nth)
    join ${contactAnswers(organization_id, 'email', purpose, asked, sql`array[]::integer[]`)} a on a.nth = asked.nth and a.reason is null
    join person_email m on m.organization_id = ${organization_id}::uuid and m.person_id = a.person_id
    where m.quality in ('good', 'unknown') and m.claimed_at is null
    order by asked.person_id, m.is_preferred desc, m.quality, m.email`.execute(db)
  return new Map(rows.map(({ person_id, email }) => [person_id, email]))
}

const personTags = (db: Db, organization_id: string, person_id: string) =>
  db
    .selectFrom('person_tag')
    .select(['tag', 'tagged_by', 'tagged_at'])
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .orderBy('tag')
    .execute()

const personNotes = (db: Db, organization_id: string, person_id: string) =>
  db
    .selectFrom('note')
    .select(['note_id', 'body', 'written_by', 'written_at'])
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('removed_at', 'is', null)
    .orderBy('written_at', 'desc')
    .execute()

const personConsents = (db: Db, organization_id: string, person_id: string): Promise<Consent[]> =>
  db
    .selectFrom('consent')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .orderBy(newestSaid)
    .orderBy('consent_id')
    .execute()

/** Marks on the voter or the person, those taken back too. */
export function marksOf(db: Db, organization_id: string, { voter_id, person_id }: Who): Promise<Mark[]> {
  return db
    .selectFrom('suppression')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where((eb) =>
      eb.or([
        ...(voter_id === null ? [] : [eb('voter_id', '=', voter_id)]),
        ...(person_id === null ? [] : [eb('person_id', '=', person_id)]),
      ]),
    )
    .orderBy('marked_at', 'desc')
    .execute()
}

/** Of whoever has them: a number that was wrong for somebody else is not closed to these. */
const marksOfNumbers = (db: Db, organization_id: string, numbers: readonly string[]): Promise<Mark[]> =>
  db
    .selectFrom('suppression')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('phone', '=', sql<string>`any(${[...numbers]}::text[])`)
    .where('reason', '<>', 'wrong_number')
    .orderBy('marked_at', 'desc')
    .execute()

/** Tags of the organization with how many people have each, the most used first. */
export function tagsInUse(db: Db, organization_id: string): Promise<{ tag: string; people: number }[]> {
  return db
    .selectFrom('tag')
    .leftJoin('person_tag', (join) =>
      join.onRef('person_tag.organization_id', '=', 'tag.organization_id').onRef('person_tag.tag', '=', 'tag.tag'),
    )
    .where('tag.organization_id', '=', organization_id)
    .groupBy('tag.tag')
    .select((eb) => ['tag.tag', eb.fn.count<number>('person_tag.person_id').as('people')])
    .orderBy('people', 'desc')
    .orderBy('tag.tag')
    .execute()
}

/** The tags most people have, of those anybody has. */
export const largestTags = (db: Db, organization_id: string, most: number): Promise<{ tag: string }[]> =>
  db
    .selectFrom('person_tag')
    .where('organization_id', '=', organization_id)
    .groupBy('tag')
    .select('tag')
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .orderBy('tag')
    .limit(most)
    .execute()

/** People we learned something about last, as the search shows them. */
export async function recentPeople(db: Db, organization_id: string, limit = 8): Promise<SearchResult[]> {
  const people = await db
    .selectFrom('person')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('merged_into', 'is', null)
    .orderBy('updated_at', 'desc')
    .limit(limit)
    .execute()
  return withRecords(db, people)
}

/** These people as lists show them, in the order of the ids. */
export async function peopleByIds(db: Db, organization_id: string, ids: readonly string[]): Promise<SearchResult[]> {
  if (ids.length === 0) return []
  const people = await db
    .selectFrom('person')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', 'in', ids)
    .execute()
  const at = new Map(ids.map((id, place) => [id, place]))
  return withRecords(
    db,
    people.sort((a, b) => (at.get(a.person_id) ?? 0) - (at.get(b.person_id) ?? 0)),
  )
}

async function withRecords(db: Db, people: readonly Person[]): Promise<SearchResult[]> {
  const records = await voterRecords(
    db,
    people.flatMap(({ voter_id }) => voter_id ?? []),
  )
  const byId = new Map(records.map((voter) => [voter.voter_id, voter]))
  return people.map((person) => ({ person, voter: byId.get(person.voter_id ?? 0) ?? null, found_by: 'name' }))
}

export const customFields = (db: Db, organization_id: string) =>
  db
    .selectFrom('custom_field')
    .select(['key', 'label', 'kind', 'choices'])
    .where('organization_id', '=', organization_id)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('key')
    .execute()

/** Who lives at the same address, and who shares only a number; at most thirty, a large building is not a household. */
/** Whoever shares the home or a number. */
export async function neighboursOf(
  db: Db,
  organization_id: string,
  who: Who,
  home: number | null,
  numbers: readonly string[],
): Promise<Neighbour[]> {
  const { rows } = await sql<{
    voter_id: number | null
    person_id: string | null
    last_name: string | null
    first_name: string | null
    middle_name: string | null
    v_last: string | null
    v_first: string | null
    v_middle: string | null
    name_hangul: string | null
    birth_year: number | null
    party: string | null
    status: string | null
    shares: 'address' | 'phone'
    numbers: string[]
  }>`
    with near as (
      select voter_id, null::uuid as person_id, 0 as rank, null as phone from voter_record
      where voter_id = any(voters_of_home(${organization_id}::uuid, ${home}::bigint, 200)) and voter_id <> ${who.voter_id ?? 0}
        and status <> 'purged' and gone_in is null
      union all
      select null, m.person_id, 0, null from household_member m join person p using (organization_id, person_id)
      where m.organization_id = ${organization_id}::uuid and m.home = ${home}::bigint and m.ended_at is null
        and p.voter_id is null and p.merged_into is null and p.person_id is distinct from ${who.person_id}::uuid
      union all
      select voter_id, null, 1, phone from voter_phone where phone = any(${[...numbers]}::text[]) and voter_id <> ${who.voter_id ?? 0}
      union all
      select p.voter_id, p.person_id, 1, n.phone from person_phone n join person p using (organization_id, person_id)
      where n.organization_id = ${organization_id}::uuid and n.phone = any(${[...numbers]}::text[])
        and n.quality not in ('wrong', 'disconnected') and p.merged_into is null and p.person_id is distinct from ${who.person_id}::uuid
        and p.voter_id is distinct from ${who.voter_id ?? 0}
    ), once as (
      select voter_id, case when voter_id is null then person_id end as person_id, min(rank) as rank,
        coalesce(array_agg(distinct phone) filter (where phone is not null), '{}') as numbers
      from near group by 1, 2 order by 3 limit 30
    )
    select o.voter_id, p.person_id, p.last_name, p.first_name, p.middle_name, v.last_name as v_last, v.first_name as v_first,
      v.middle_name as v_middle, p.name_hangul, coalesce(p.birth_year, v.birth_year) as birth_year, v.party, v.status,
      case o.rank when 0 then 'address' else 'phone' end as shares, o.numbers
    from once o
    left join voter_record v on v.voter_id = o.voter_id
    left join person p on p.organization_id = ${organization_id}::uuid and p.merged_into is null
      and (p.person_id = o.person_id or p.voter_id = o.voter_id)
    order by o.rank, birth_year nulls last`.execute(db)
  return rows.map((row) => ({
    voter_id: row.voter_id,
    person_id: row.person_id,
    name:
      row.last_name || row.first_name
        ? { last_name: row.last_name, first_name: row.first_name, middle_name: row.middle_name }
        : { last_name: row.v_last, first_name: row.v_first, middle_name: row.v_middle },
    name_hangul: row.name_hangul,
    birth_year: row.birth_year,
    party: row.party,
    status: row.status,
    shares: row.shares,
    numbers: row.numbers,
  }))
}

async function relatedTo(db: Db, organization_id: string, person_id: string): Promise<Related[]> {
  const { rows } = await sql<{
    relationship_id: string
    kind: RelationshipKind
    is_inverse: boolean
    note: string | null
    voter_id: number | null
    other_id: string
    last_name: string | null
    first_name: string | null
    middle_name: string | null
    name_hangul: string | null
  }>`
    select r.relationship_id, r.kind, r.other_person_id = ${person_id}::uuid as is_inverse, r.note, p.voter_id, p.person_id as other_id,
      coalesce(p.last_name, v.last_name) as last_name, coalesce(p.first_name, v.first_name) as first_name,
      case when p.first_name is null then v.middle_name else p.middle_name end as middle_name, p.name_hangul
    from relationship r
    join person p on p.organization_id = r.organization_id and p.merged_into is null
      and p.person_id = case when r.person_id = ${person_id}::uuid then r.other_person_id else r.person_id end
    left join voter_record v on v.voter_id = p.voter_id
    where r.organization_id = ${organization_id}::uuid and ${person_id}::uuid in (r.person_id, r.other_person_id)
    order by r.created_at`.execute(db)
  return rows.map((row) => ({
    relationship_id: row.relationship_id,
    kind: row.kind,
    is_inverse: row.is_inverse,
    note: row.note,
    other: {
      voter_id: row.voter_id,
      person_id: row.other_id,
      name: { last_name: row.last_name, first_name: row.first_name, middle_name: row.middle_name },
      name_hangul: row.name_hangul,
    },
  }))
}

/*
 * Timeline.
 */

export interface TimelineEntry {
  at: Date
  kind:
    | 'contact'
    | 'consent'
    | 'mark'
    | 'mark_taken_back'
    | 'tag'
    | 'change'
    | 'state'
    | 'event'
    | 'membership'
    | 'application'
    | 'dues'
    | 'money'
    | 'reminder'
    | 'sign_in'
    | 'text'
    | 'mail'
    | 'told'
  by: string | null
  /** Contact attempts. */
  contact?: {
    channel: string
    disposition: string
    /** The organization's own result, in its words. */
    result_name: Record<string, string> | null
    phone: string | null
    language: string | null
    note: string | null
    phone_bank: Record<string, string> | null
    /** The form or petition that was filled in. */
    form: { name: string; is_petition: boolean } | null
    answers: {
      question: string
      value: unknown
      label: Record<string, string> | null
      choices: Record<string, Record<string, string>>
    }[]
    is_undone: boolean
  }
  consent?: {
    channel: Channel
    is_given: boolean
    evidence: string
    wording: string | null
    form_version: number | null
  }
  mark?: { reason: string; phone: string | null; note: string | null }
  tag?: string
  /** What they said to an event of ours, or whether they were there. */
  event?: { event_id: string; title: Record<string, string>; starts_at: Date; what: string }
  membership?: { standing: Standing; kind_name: Record<string, string>; from_on: string; note: string | null }
  /** What they wrote when they applied, also after it was decided. */
  application?: { kind_name: Record<string, string>; said: Partial<Record<string, string | null>> }
  /** Waived, or paid elsewhere; paid ones are money. */
  dues?: Pick<Dues, 'how' | 'from_on' | 'until_on' | 'reason'>
  /** Paid or given back, as the ledger has it. */
  money?: { kind: string; amount_cents: number; way: string; what: Record<string, string> }
  /** Asked by mail to renew. */
  reminder?: { when: 'before' | 'end' | 'grace'; sent_to: string }
  /** On paper, at a meeting. */
  sign_in?: { number: number; title: string; line: number }
  /** What we wrote or they wrote by text, or that they called us: `state` of one of ours as the carrier says. */
  text?: { what: 'sent' | 'came' | 'called'; phone: string | null; body: string | null; state: string | null }
  /** That went out from here: of sign-ups to events, of membership, a link promised on the phone. */
  mail?: { subject: string; sent_to: string; language: string }
  /** Audited changes of the person itself. */
  change?: { action: string; before: Record<string, unknown> | null; after: Record<string, unknown> | null }
  state?: { kind: string; before: Record<string, unknown>; after: Record<string, unknown>; received_on: string | null }
  /** Of higher rooms, in the reader's words; added where the profile is put together. */
  told?: { text: string; detail: string | null }
}

export interface Timeline<Entry = TimelineEntry> {
  entries: Entry[]
  /** So many earlier ones are not among them; null: some are not, and nobody has counted them. */
  earlier: number | null
}

/**
 * Everything that happened with somebody, newest first, at most `limit` of each kind; what was paid and why it was waived
 * only for whoever may see the ledger.
 */
export const timelineOf = (
  db: Db,
  organization_id: string,
  profile: Profile,
  { limit = 100, ...asked }: Omit<TimelineAsked, 'limit'> & { limit?: number },
): Promise<Timeline> => timelineOfAll(db, organization_id, [profile], { ...asked, limit })

interface TimelineAsked {
  limit: number
  shows_money: boolean
  /** What follows from dues on a day still to come is not told yet. */
  today: string
}

/** The same of several people in one, each entry with whom it is of. */
export async function timelineOfAll(
  db: Db,
  organization_id: string,
  profiles: readonly Profile[],
  { limit, shows_money, today }: TimelineAsked,
): Promise<Timeline<TimelineEntry & { whose: Profile }>> {
  const voters = profiles.flatMap(({ who }) => who.voter_id ?? [])
  const people = profiles.flatMap(({ who }) => who.person_id ?? [])
  const [first] = profiles
  if (!first) return { entries: [], earlier: 0 }
  const rows = await rowsOf(db, organization_id, people)
  const ids = [...rows.keys()]
  const whose = (voter_id: number | null, row_id: string | null): Profile => {
    const person_id = row_id === null ? null : (rows.get(row_id) ?? row_id)
    return (
      profiles.find(({ who }) => voter_id !== null && who.voter_id === voter_id) ??
      profiles.find(({ who }) => person_id !== null && who.person_id === person_id) ??
      first
    )
  }
  const theirs = sql`a.organization_id = ${organization_id}::uuid
    and (a.voter_id = any(${voters}::integer[]) or a.person_id = any(${ids}::uuid[]))`
  const changed = db
    .selectFrom('audit_entry')
    .where('organization_id', '=', organization_id)
    .where('subject', '=', 'person')
    .where('subject_id', 'in', people)
    .where('action', 'in', [...shownActions])
  // One more of each than is told, to know that there are more.
  const asked = limit + 1
  const [contacts, changes, events, money, reminders, sign_ins, texts, mails, applications] = await Promise.all([
    sql<{
      voter_id: number | null
      person_id: string | null
      at: Date
      by: string
      channel: string
      disposition: string
      result_name: Record<string, string> | null
      phone: string | null
      language: string | null
      note: string | null
      undone_at: Date | null
      phone_bank: Record<string, string> | null
      form: { name: string; is_petition: boolean } | null
      content: ScriptQuestions | null
      answers: Record<string, unknown> | null
    }>`
      select a.voter_id, a.person_id, a.attempted_at as at, a.made_by as by, a.channel, a.disposition, a.phone, a.language, a.note, a.undone_at,
        (select n.name from result_code n where n.organization_id = a.organization_id and n.code = a.result_code) as result_name,
        b.name as phone_bank, case when fr.form_id is not null then jsonb_build_object('name', fm.name, 'is_petition', fm.kind = 'petition') end as form,
        case when fv.content is null then s.content else jsonb_build_object('steps', fv.content -> 'blocks') end as content,
        (select jsonb_object_agg(question, value) from contact_answer c
          where c.organization_id = a.organization_id and c.attempt_id = a.attempt_id) as answers
      from contact_attempt a
      left join phone_bank b on b.organization_id = a.organization_id and b.phone_bank_id = a.phone_bank_id
      left join script_version s on s.organization_id = a.organization_id and s.script_id = a.script_id and s.version = a.script_version
      left join form_response fr on fr.organization_id = a.organization_id and fr.response_id = a.attempt_id
      left join form fm on fm.organization_id = fr.organization_id and fm.form_id = fr.form_id
      left join form_version fv on fv.organization_id = fr.organization_id and fv.form_id = fr.form_id and fv.version = fr.version
      where ${theirs} order by a.attempted_at desc limit ${asked}`
      .execute(db)
      .then(({ rows }) => rows),
    people.length === 0
      ? []
      : changed
          .select(['at', 'actor_name', 'action', 'before', 'after', 'subject_id'])
          .orderBy('audit_id', 'desc')
          .limit(asked)
          .execute(),
    people.length === 0 ? [] : eventsOf(db, organization_id, ids, asked),
    people.length === 0 || !shows_money
      ? []
      : sql<{
          person_id: string
          at: Date
          by: string
          kind: string
          amount_cents: number
          way: string
          what: Record<string, string>
        }>`
          select e.person_id, e.recorded_at as at, e.recorded_by as by, e.kind, e.amount_cents, e.way, e.what
          from ledger_entry e
          where e.organization_id = ${organization_id}::uuid and e.person_id = any(${ids}::uuid[])
          order by e.recorded_at desc limit ${asked}`
          .execute(db)
          .then(({ rows }) => rows),
    people.length === 0
      ? []
      : db
          .selectFrom('membership_reminder')
          .select(['person_id', 'at', 'kind', 'sent_to'])
          .where('organization_id', '=', organization_id)
          .where('person_id', 'in', people)
          .orderBy('at', 'desc')
          .limit(asked)
          .execute(),
    people.length === 0
      ? []
      : db
          .selectFrom('sign_in_line as l')
          .innerJoin('sign_in_sheet as s', (join) =>
            join.onRef('s.organization_id', '=', 'l.organization_id').onRef('s.sheet_id', '=', 'l.sheet_id'),
          )
          .select(['l.person_id', 'l.line', 'l.typed_by', 's.number', 's.title', 's.held_on'])
          .where('l.organization_id', '=', organization_id)
          .where('l.person_id', 'in', people)
          .orderBy('s.held_on', 'desc')
          .limit(asked)
          .execute(),
    textsOf(db, organization_id, profiles, asked),
    db
      .selectFrom('person_mail')
      .select(['person_id', 'voter_id', 'sent_at', 'subject', 'sent_to', 'language'])
      .where('organization_id', '=', organization_id)
      .where((eb) =>
        eb.or([eb('person_id', '=', eb.fn.any(sql.val(ids))), eb('voter_id', '=', eb.fn.any(sql.val(voters)))]),
      ) // prettier-ignore
      .orderBy('sent_at', 'desc')
      .limit(asked)
      .execute(),
    people.length === 0
      ? []
      : db
          .selectFrom('membership_application as a')
          .innerJoin('membership_kind as k', (join) =>
            join.onRef('k.organization_id', '=', 'a.organization_id').onRef('k.kind', '=', 'a.kind'),
          )
          .select(['a.person_id', 'a.received_at', 'a.said', 'k.name as kind_name'])
          .where('a.organization_id', '=', organization_id)
          .where('a.person_id', 'in', ids)
          .orderBy('a.received_at', 'desc')
          .limit(asked)
          .execute(),
  ])
  const told = <Row>(rows: readonly Row[]): readonly Row[] => rows.slice(0, limit)
  const isCut = [events, money, reminders, sign_ins, texts, mails, applications].some((rows) => rows.length > limit)
  const [allContacts, allChanges] = await Promise.all([
    contacts.length <= limit
      ? contacts.length
      : sql<{ n: number }>`select count(*)::integer as n from contact_attempt a where ${theirs}`
          .execute(db)
          .then(({ rows }) => rows[0]?.n ?? 0),
    changes.length <= limit
      ? changes.length
      : changed
          .select((eb) => eb.fn.countAll<string>().as('n'))
          .executeTakeFirstOrThrow()
          .then(({ n }) => Number(n)),
  ])
  const entries: (TimelineEntry & { whose: Profile })[] = [
    ...told(contacts).map((row) => ({
      whose: whose(row.voter_id, row.person_id),
      at: row.at,
      kind: 'contact' as const,
      by: row.by,
      contact: {
        channel: row.channel,
        disposition: row.disposition,
        result_name: row.result_name,
        phone: row.phone,
        language: row.language,
        note: row.note,
        phone_bank: row.phone_bank,
        form: row.form,
        is_undone: row.undone_at !== null,
        answers: Object.entries(row.answers ?? {}).map(([question, value]) => ({
          question,
          value,
          ...questionIn(row.content, question),
        })),
      },
    })),
    ...told(changes).map((row) => ({
      whose: whose(null, row.subject_id),
      at: row.at,
      kind: 'change' as const,
      by: row.actor_name,
      change: { action: row.action, before: row.before, after: row.after },
    })),
    ...told(events).map(({ person_id, at, by, ...event }) => ({
      whose: whose(null, person_id),
      at,
      kind: 'event' as const,
      by,
      event,
    })),
    ...told(reminders).map(({ person_id, at, kind, sent_to }) => ({
      whose: whose(null, person_id),
      at,
      kind: 'reminder' as const,
      by: null,
      reminder: { when: kind, sent_to },
    })),
    ...told(sign_ins).map(({ person_id, held_on, typed_by, ...row }) => ({
      whose: whose(null, person_id),
      // Typed in later, it happened that day.
      at: new Date(`${held_on}T12:00:00Z`),
      kind: 'sign_in' as const,
      by: typed_by,
      sign_in: row,
    })),
    ...told(texts).map(({ voter_id, person_id, at, ...text }) => ({
      whose: whose(voter_id, person_id),
      at,
      kind: 'text' as const,
      by: null,
      text,
    })),
    ...told(mails).map(({ person_id, voter_id, sent_at, ...mail }) => ({
      whose: whose(voter_id, person_id),
      at: sent_at,
      kind: 'mail' as const,
      by: null,
      mail,
    })),
    ...told(applications).map(({ person_id, received_at, said, kind_name }) => ({
      whose: whose(null, person_id),
      at: received_at,
      kind: 'application' as const,
      by: null,
      application: { kind_name, said },
    })),
    ...told(money).map(({ person_id, at, by, ...row }) => ({
      whose: whose(null, person_id),
      at,
      kind: 'money' as const,
      by,
      money: row,
    })),
    ...profiles.flatMap((each) => knownOf(each, shows_money, today).map((entry) => ({ ...entry, whose: each }))),
  ]
  return {
    entries: entries.sort((a, b) => b.at.getTime() - a.at.getTime()),
    earlier: isCut ? null : allContacts - told(contacts).length + allChanges - told(changes).length,
  }
}

/** Texts either way, and calls to us that nobody has talked on yet; what came without a name is of whoever has the number. */
async function textsOf(db: Db, organization_id: string, profiles: readonly Profile[], limit: number) {
  const voters = profiles.flatMap(({ who }) => who.voter_id ?? [])
  const numbers = profiles.flatMap(({ who, phones, voter_phones }) =>
    [...phones, ...voter_phones]
      .filter(({ quality }) => quality !== 'wrong' && quality !== 'disconnected')
      .map(({ phone }) => ({ phone, ...who })),
  )
  const { rows } = await sql<
    { voter_id: number | null; person_id: string | null; at: Date } & NonNullable<TimelineEntry['text']>
  >`
    select voter_id, null::uuid as person_id, made_at as at, 'sent' as what, phone, body, state from phone_bank_text
      where organization_id = ${organization_id}::uuid and voter_id = any(${voters}::integer[])
    union all
    select n.voter_id, n.person_id, t.received_at, 'came', t.phone, t.body, null from inbound_text t
      join (select distinct on (phone) * from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as n (phone text, voter_id integer, person_id uuid)) n using (phone)
      where t.organization_id = ${organization_id}::uuid
    union all
    select c.voter_id, null, c.called_at, 'called', c.phone, null, null from inbound_call c
      where c.organization_id = ${organization_id}::uuid and c.voter_id = any(${voters}::integer[])
        and not exists (select from contact_attempt a where a.organization_id = c.organization_id and a.voter_id = c.voter_id
          and a.channel = 'inbound_phone' and a.attempted_at between c.called_at and c.called_at + interval '1 hour')
    order by at desc limit ${limit}`.execute(db)
  return rows
}

/** Each row of these people, also those that were merged into them one after the other, with the one it lives on in. */
async function rowsOf(db: Db, organization_id: string, people: readonly string[]): Promise<Map<string, string>> {
  if (people.length === 0) return new Map()
  const { rows } = await sql<{ row_id: string; person_id: string }>`
    with recursive theirs as (
      select id as row_id, id as person_id from unnest(${[...people]}::uuid[]) as id
      union
      select p.person_id, t.person_id from theirs t
        join person p on p.organization_id = ${organization_id}::uuid and p.merged_into = t.row_id)
    select row_id, person_id from theirs`.execute(db)
  return new Map(rows.map(({ row_id, person_id }) => [row_id, person_id]))
}

interface EventMoment {
  person_id: string
  at: Date
  by: string
  event_id: string
  title: Record<string, string>
  starts_at: Date
  /** A response, or an attendance. */
  what: string
}

/** Responses to events and attendance, the newest first. */
async function eventsOf(
  db: Db,
  organization_id: string,
  ids: readonly string[],
  limit: number,
): Promise<EventMoment[]> {
  const { rows } = await sql<EventMoment>`
    with theirs as (
      select s.signup_id, s.person_id, e.event_id, e.content -> 'title' as title, e.starts_at
      from event_signup s join event e on e.event_id = s.event_id and e.organization_id = s.organization_id
      where s.organization_id = ${organization_id}::uuid and s.person_id = any(${[...ids]}::uuid[]))
    select t.person_id, r.at, r.made_by as by, t.event_id, t.title, t.starts_at, r.response as what
    from theirs t join event_response r on r.signup_id = t.signup_id and r.organization_id = ${organization_id}::uuid
    union all
    select t.person_id, a.at, a.made_by, t.event_id, t.title, t.starts_at, a.attendance
    from theirs t join event_attendance a on a.signup_id = t.signup_id and a.organization_id = ${organization_id}::uuid
      and a.taken_back_at is null
    union all
    select k.person_id, k.made_at, k.made_by, e.event_id, e.content -> 'title', e.starts_at, 'part_' || k.part
    from event_part k join event e on e.event_id = k.event_id and e.organization_id = k.organization_id
    where k.organization_id = ${organization_id}::uuid and k.person_id = any(${[...ids]}::uuid[])
    order by at desc limit ${limit}`.execute(db)
  return rows
}

/** What the profile itself has with its time. */
const knownOf = (
  { consents, marks, tags, changes, memberships, dues }: Profile,
  shows_money: boolean,
  today: string,
): TimelineEntry[] => [
  ...consents.map((row): TimelineEntry => ({
    at: row.recorded_at,
    kind: 'consent',
    by: row.recorded_by,
    consent: {
      channel: row.channel,
      is_given: row.is_given,
      evidence: row.evidence,
      wording: row.wording,
      form_version: row.form_version,
    },
  })),
  ...marks.flatMap((row): TimelineEntry[] => {
    const mark = { reason: row.reason, phone: row.phone, note: row.note }
    return [
      { at: row.marked_at, kind: 'mark', by: row.marked_by, mark },
      ...(row.taken_back_at
        ? [{ at: row.taken_back_at, kind: 'mark_taken_back' as const, by: row.taken_back_by, mark }]
        : []),
    ]
  }),
  ...memberships
    .filter(({ dues_id, from_on }) => dues_id === null || from_on <= today)
    .map(({ standing, kind_name, from_on, note, dues_id, recorded_at, recorded_by }): TimelineEntry => ({
      // What follows from dues by itself happens on its day.
      at:
        dues_id && (standing !== 'active' || from_on > dateOf(recorded_at))
          ? new Date(`${from_on}T12:00:00Z`)
          : recorded_at,
      kind: 'membership',
      by: dues_id ? null : recorded_by,
      membership: { standing, kind_name, from_on, note },
    })),
  ...dues
    .filter(({ how, taken_back_at }) => shows_money && how !== 'paid' && taken_back_at === null)
    .map((row): TimelineEntry => ({ at: row.recorded_at, kind: 'dues', by: row.recorded_by, dues: row })),
  ...tags.map((row): TimelineEntry => ({ at: row.tagged_at, kind: 'tag', by: row.tagged_by, tag: row.tag })),
  ...changes.map((row): TimelineEntry => ({
    at: row.imported_at,
    kind: 'state',
    by: null,
    state: { kind: row.kind, before: row.before, after: row.after, received_on: row.received_on },
  })),
]

const dateOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Audited acts that the timeline tells; the others have entries of their own. */
export const shownActions = [
  'person.create',
  'person.update',
  'person.link',
  'person.unlink',
  'person.merge',
  'person.unmerge',
  'person.phone',
  'person.email',
  'person.address',
  'household.here',
  'household.apart',
  'household.undo',
  'household.confirm',
] as const

/** The part of a script version that names questions and choices (scripts/schema.ts); read leniently, old versions too. */
interface ScriptQuestions {
  steps?: { key: string; say?: Record<string, string>; choices?: { key: string; label: Record<string, string> }[] }[]
}

function questionIn(content: ScriptQuestions | null, key: string) {
  const step = content?.steps?.find((each) => each.key === key)
  return {
    label: step?.say ?? null,
    choices: Object.fromEntries((step?.choices ?? []).map((choice) => [choice.key, choice.label])),
  }
}

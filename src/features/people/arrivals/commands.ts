import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { saveAddress } from '../addresses/commands.ts'
import { createPerson, insertPeople, saveEmail, savePhone, updatePerson, type NewPerson } from '../commands.ts'
import { matchCandidates, type Matches } from '../matching/queries.ts'
import { couldBeCertain, matchScore, type KnownPerson } from '../matching/rules.ts'
import { addressLine } from '../rules.ts'
import { emailsOf, personById, phonesOf } from '../queries.ts'
import type { PersonFacts } from '../schema.ts'
import { plainHangul } from '../search/rules.ts'
import { voterRecords } from '../../voterfile/queries.ts'

/** Who somebody says they are who comes to us: on a page of ours, on a sheet of paper. */
export interface Arrival {
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
  /** E.164 */
  phone: string | null
  email: string | null
  address: string | null
  city: string | null
  zip5: string | null
  language: PersonFacts['language']
}

export type ArrivalField = Exclude<keyof Arrival, 'phone' | 'email'>

export interface Arrived {
  person_id: string
  /** 'joined' to somebody we knew, 'linked' anew to a voter record, 'made' anew, or made with somebody to look: 'unsure'. */
  how: 'joined' | 'linked' | 'made' | 'unsure'
  /** What the profile has otherwise; nothing of it was changed. */
  differs: Partial<Record<ArrivalField, { profile: string; said: string }>>
}

/**
 * The person somebody is, or a new one. Sure: the same name with the same mailbox or number as somebody we know, or a
 * voter record that fits without doubt. What the profile lacks is filled in, what it has otherwise stays as it is. One
 * arrival of an organization after the other (about twenty milliseconds each), so that the same one twice is one person.
 */
export function receivePerson(db: Db, actor: Actor, arrival: Arrival, source: string): Promise<Arrived> {
  // Mailboxes are kept in small letters.
  const said: Arrival = { ...arrival, email: arrival.email?.toLowerCase() ?? null }
  return inTransaction(db, async (tx): Promise<Arrived> => {
    const { organization_id } = actor
    await lockArrivals(tx, organization_id)
    const [known = []] = await sharing(tx, organization_id, [said])
    const same = known.filter((each) => isNamed(said, each))
    const [one, ...others] = same.filter(({ is_reached }) => is_reached)
    if (one && others.length === 0) return join(tx, actor, one.person_id, said, source)
    let matches: Matches | undefined
    if (same.length === 0) {
      matches = await matchCandidates(tx, organization_id, knownOf(said))
      const { decision, candidates } = matches
      const taken_by = decision.kind === 'certain' ? candidates[0]?.taken_by : null
      if (taken_by) return join(tx, actor, taken_by, said, source)
    }
    const { person_id, match } = await createPerson(tx, actor, newPerson(said), source, { matches })
    for (const other of same)
      await askWhether(tx, organization_id, person_id, other.person_id, other.is_reached ? ['name', 'phone'] : ['name'])
    const how =
      same.length > 0 || match.kind === 'unsure' ? 'unsure' : match.kind === 'linked' ? 'linked' : ('made' as const)
    return { person_id, how, differs: {} }
  })
}

/** Who somebody is whom we know without doubt; null: nobody, or more than one. Nothing is written. */
export async function knownAs(db: Db, organization_id: string, arrival: Arrival): Promise<string | null> {
  const said: Arrival = { ...arrival, email: arrival.email?.toLowerCase() ?? null }
  const [known = []] = await sharing(db, organization_id, [said])
  const same = known.filter((each) => each.is_reached && isNamed(said, each))
  return same.length === 1 ? (same[0]?.person_id ?? null) : null
}

/** The same for somebody who was chosen by hand: what they wrote is theirs. */
export function receiveKnown(
  db: Db,
  actor: Actor,
  person_id: string,
  arrival: Arrival,
  source: string,
): Promise<Arrived> {
  const said: Arrival = { ...arrival, email: arrival.email?.toLowerCase() ?? null }
  return inTransaction(db, async (tx): Promise<Arrived> => {
    await lockArrivals(tx, actor.organization_id)
    const person = found(await personById(tx, actor.organization_id, person_id))
    return join(tx, actor, person.person_id, said, source, { is_chosen: true })
  })
}

export interface Seen {
  /**
   * Somebody we know without doubt; `has_more`: they said something their profile lacks, which `receivePerson` adds. 'nobody': none
   * of ours, and no voter without doubt. null: `receivePerson` has to see who it is.
   */
  who: { person_id: string; has_more: boolean } | 'nobody' | null
  /** People of ours with the same mailbox or number. */
  near: readonly string[]
}

/**
 * Who arrivals of one moment are, as `receivePerson` finds it, each as if it came first: under its lock. Nothing is written. Of
 * two that share a mailbox, a number or somebody in `near`, the second has to be looked at again after the first.
 */
export async function seeEach(tx: Db, organization_id: string, arrivals: readonly Arrival[]): Promise<Seen[]> {
  const all = arrivals.map((arrival): Arrival => ({ ...arrival, email: arrival.email?.toLowerCase() ?? null }))
  const shared = await sharing(tx, organization_id, all)
  const same = all.map((said, nth) => (shared[nth] ?? []).filter((each) => isNamed(said, each)))
  const ids = same.flatMap(([one, ...others]) => (one && others.length === 0 ? [one.person_id] : []))
  const [phones, emails] = await reachedAt(tx, organization_id, ids)
  const people = await profilesOf(tx, organization_id, ids)
  return all.map((said, nth): Seen => {
    const near = (shared[nth] ?? []).map(({ person_id }) => person_id)
    const [one, ...others] = same[nth] ?? []
    if (!one) return { who: couldBeCertain(knownOf(said)) ? null : 'nobody', near }
    const { person_id } = one
    const has_more =
      (said.phone !== null && !phones.some((each) => each.person_id === person_id && each.phone === said.phone)) ||
      (said.email !== null && !emails.some((each) => each.person_id === person_id && each.email === said.email)) ||
      Object.keys(compare(people.get(person_id) ?? {}, said).lacking).length > 0
    return { who: others.length > 0 || !one.is_reached ? null : { person_id, has_more }, near }
  })
}

const reachedAt = (tx: Db, organization_id: string, ids: readonly string[]) =>
  ids.length === 0
    ? ([[], []] as const)
    : Promise.all([phonesOf(tx, organization_id, [...ids]), emailsOf(tx, organization_id, [...ids])])

/** Makes people of ours of arrivals that `seeEach` says are nobody yet. */
export const makeEach = (tx: Db, actor: Actor, arrivals: readonly Arrival[], source: string): Promise<string[]> =>
  insertPeople(
    tx,
    actor,
    arrivals.map((arrival) => newPerson({ ...arrival, email: arrival.email?.toLowerCase() ?? null })),
    source,
    false,
  )

/** Transactions that have the lock, of the organization they are in. */
const locked = new WeakMap<Db, string>()

/** Arrivals of one organization wait for each other until the transaction ends. */
export async function lockArrivals(tx: Db, organization_id: string): Promise<void> {
  if (locked.get(tx) === organization_id) return
  await sql`select pg_advisory_xact_lock(hashtextextended(${`arrivals ${organization_id}`}, 0))`.execute(tx)
  if (tx.isTransaction) locked.set(tx, organization_id)
}

const nothing: PersonFacts = {
  last_name: null,
  first_name: null,
  middle_name: null,
  name_hangul: null,
  preferred_title: null,
  birth_year: null,
  sex: null,
  language: null,
  second_language: null,
  community: null,
  address: null,
  city: null,
  zip5: null,
}

const newPerson = ({ phone, email, ...named }: Arrival): NewPerson => ({
  ...nothing,
  ...named,
  phones: phone ? [phone] : [],
  emails: email ? [email] : [],
})

const knownOf = (said: Arrival): KnownPerson => ({
  ...said,
  middle_name: null,
  birth_year: null,
  phones: said.phone ? [said.phone] : [],
})

interface Known {
  person_id: string
  last_name: string | null
  first_name: string | null
  middle_name: string | null
  name_hangul: string | null
  /** By a number, or a mailbox that is not only claimed for them or known to be wrong: by those anybody could be them. */
  is_reached: boolean
}

/** People of ours with the same mailbox or number, of each of these. */
async function sharing(
  tx: Db,
  organization_id: string,
  all: readonly Pick<Arrival, 'phone' | 'email'>[],
): Promise<Known[][]> {
  const shared = all.map((): Known[] => [])
  if (all.every(({ phone, email }) => !phone && !email)) return shared
  const { rows } = await sql<Known & { nth: number }>`
    select a.nth::integer - 1 as nth, k.*
    from unnest(${all.map(({ phone }) => phone)}::text[], ${all.map(({ email }) => email)}::text[]) with ordinality as a (phone, email, nth)
    cross join lateral (
      select p.person_id, coalesce(p.last_name, r.last_name) as last_name, coalesce(p.first_name, r.first_name) as first_name,
        coalesce(p.middle_name, r.middle_name) as middle_name, p.name_hangul,
        exists (select from person_phone h where h.organization_id = p.organization_id and h.person_id = p.person_id and h.phone = a.phone)
        or exists (select from person_email h where h.organization_id = p.organization_id and h.person_id = p.person_id and h.email = a.email
          and h.claimed_at is null and h.quality <> 'wrong') as is_reached
      from person p left join voter_record r on r.voter_id = p.voter_id
      where p.organization_id = ${organization_id}::uuid and p.merged_into is null and p.person_id in (
        select person_id from person_email where organization_id = ${organization_id}::uuid and email = a.email
        union select person_id from person_phone where organization_id = ${organization_id}::uuid and phone = a.phone)
      order by p.created_at limit 20) k
    order by a.nth`.execute(tx)
  for (const { nth, ...known } of rows) shared[nth]?.push(known)
  return shared
}

function isNamed(said: Arrival, known: Known): boolean {
  const hangul = plainHangul(said.name_hangul ?? '')
  if (hangul.length >= 2 && hangul === plainHangul(known.name_hangul ?? '')) return true
  const { evidence } = matchScore(
    { ...said, middle_name: null, birth_year: null, phones: [] },
    {
      voter_id: 0,
      last_name: known.last_name ?? '',
      first_name: known.first_name,
      middle_name: known.middle_name,
      birth_year: null,
      house_number: null,
      street: null,
      zip5: null,
      phones: [],
    },
  )
  return evidence.some((each) => each === 'name_same' || each === 'name_alike' || each === 'hangul_reads')
}

async function join(
  tx: Db,
  actor: Actor,
  person_id: string,
  said: Arrival,
  source: string,
  { is_chosen } = { is_chosen: false },
): Promise<Arrived> {
  const { organization_id } = actor
  const [phones, emails] = await Promise.all([
    phonesOf(tx, organization_id, [person_id]),
    emailsOf(tx, organization_id, [person_id]),
  ])
  if (said.phone && !phones.some(({ phone }) => phone === said.phone)) {
    const number = { phone: said.phone, kind: 'unknown', quality: 'unknown', is_preferred: false } as const
    await savePhone(tx, actor, person_id, number, source)
  }
  if (said.email && !emails.some(({ email }) => email === said.email)) {
    await saveEmail(
      tx,
      actor,
      person_id,
      { email: said.email, quality: 'unknown', is_preferred: false },
      { how: 'typed', source },
    )
    if (!is_chosen)
      await tx
        .updateTable('person_email')
        .set({ claimed_at: sql<Date>`now()` })
        .where('organization_id', '=', organization_id)
        .where('person_id', '=', person_id)
        .where('email', '=', said.email)
        .execute()
  }
  const profiles = await profilesOf(tx, organization_id, [person_id])
  const { differs, lacking } = compare(profiles.get(person_id) ?? {}, said)
  if (Object.keys(lacking).length > 0) await takeOver(tx, actor, person_id, lacking)
  return { person_id, how: 'joined', differs }
}

type Profile = Partial<Record<ArrivalField, string | null>>

/** What profiles show, theirs and the voter record's. */
async function profilesOf(tx: Db, organization_id: string, ids: readonly string[]): Promise<Map<string, Profile>> {
  if (ids.length === 0) return new Map()
  const people = await tx
    .selectFrom('person')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute()
  const records = await voterRecords(tx, people.flatMap(({ voter_id }) => voter_id ?? [])) // prettier-ignore
  const byId = new Map(records.map((voter) => [voter.voter_id, voter]))
  return new Map(
    people.map((person) => {
      const voter = byId.get(person.voter_id ?? -1)
      const profile: Record<ArrivalField, string | null> = {
        last_name: person.last_name ?? voter?.last_name ?? null,
        first_name: person.first_name ?? voter?.first_name ?? null,
        name_hangul: person.name_hangul,
        address: person.address ?? (voter ? addressLine(voter) : null),
        city: person.city ?? voter?.city ?? null,
        zip5: person.zip5 ?? voter?.zip5 ?? null,
        language: person.language,
      }
      return [person.person_id, profile]
    }),
  )
}

const arrivalFields = ['last_name', 'first_name', 'name_hangul', 'address', 'city', 'zip5', 'language'] as const

function compare(profile: Profile, said: Arrival) {
  const lacking: Partial<Record<ArrivalField, string>> = {}
  const differs: Arrived['differs'] = {}
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  for (const field of arrivalFields) {
    const [has, says] = [profile[field], said[field]]
    if (!says) continue
    if (!has) lacking[field] = says
    else if (plain(has) !== plain(says)) differs[field] = { profile: has, said: says }
  }
  // Parts of one address come from one source.
  if (differs.address || differs.zip5) for (const part of ['address', 'city', 'zip5'] as const) delete lacking[part]
  return { differs, lacking }
}

/** Writes what somebody said of themselves into their profile; only the fields given. A ZIP alone is that of another home: the one known becomes an earlier one. */
export async function takeOver(
  db: Db,
  actor: Actor,
  person_id: string,
  fields: Partial<Record<ArrivalField, string | null>>,
): Promise<void> {
  const before = await personById(db, actor.organization_id, person_id)
  if (!before) return
  const kept = Object.keys(nothing).map((field) => [field, before[field as keyof PersonFacts]])
  const { address, city, zip5 } = before
  const isElsewhere =
    Boolean(fields.zip5) && fields.address === undefined && address !== null && zip5 !== null && fields.zip5 !== zip5
  if (isElsewhere) {
    const earlier = {
      address,
      city,
      state: null,
      zip5,
      kind: 'earlier',
      quality: 'moved',
      is_preferred: false,
    } as const
    await saveAddress(db, actor, before.person_id, earlier)
  }
  // Names, address and language were read by the form they came from.
  const facts = {
    ...Object.fromEntries(kept),
    ...(isElsewhere && { address: null, city: null }),
    ...fields,
  } as PersonFacts
  await updatePerson(db, actor, before.person_id, facts, null)
}

/** Writes into own fields of a profile what they lack; what is there stays. */
export async function fillIn(
  db: Db,
  actor: Actor,
  person_id: string,
  values: Record<string, string | number | boolean>,
): Promise<void> {
  const before = await personById(db, actor.organization_id, person_id)
  if (!before) return
  const lacking = Object.entries(values).filter(([key]) => (before.custom[key] ?? null) === null)
  if (lacking.length === 0) return
  const facts = Object.fromEntries(Object.keys(nothing).map((field) => [field, before[field as keyof PersonFacts]]))
  // Read by the profile itself, so they are what a profile has.
  await updatePerson(db, actor, before.person_id, facts as unknown as PersonFacts, null, Object.fromEntries(lacking))
}

/** Leaves the question to whoever looks through possible duplicates. */
export async function askWhether(
  tx: Db,
  organization_id: string,
  one: string,
  other: string,
  evidence: readonly string[] = ['name', 'phone'],
): Promise<void> {
  const [person_a = '', person_b = ''] = [one, other].sort()
  await tx
    .insertInto('person_pair')
    .values({ organization_id, person_a, person_b, score: 0.9, evidence: JSON.stringify(evidence) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

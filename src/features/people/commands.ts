import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit, auditAll } from '../../platform/audit.ts'
import { inTransaction, inTransactionTwice, type Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { voterRecord, type VoterRecord } from '../voterfile/queries.ts'
import { e164 } from '../voterfile/rules/phones.ts'
import { matchCandidates, type Candidate, type Matches } from './matching/queries.ts'
import { addressKey } from './addresses/rules.ts'
import { addressLine, type Who } from './rules.ts'
import { newestSaid } from './consent.ts'
import { personById, personByVoter, whoIs, type Person } from './queries.ts'
import { Unlinked, type Channel, type PersonFacts, type PhoneQuality, type SuppressionReason } from './schema.ts'
import { searchKeys } from './search/rules.ts'
import type { PersonEmailTable, PersonPhoneTable, RelationshipKind, SuppressionTable } from './tables.ts'

/** Two acts about one voter of one organization wait for each other until the transaction ends. */
const lockVoter = (tx: Db, organization_id: string, voter_id: number) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`person ${organization_id} ${voter_id}`}, 0))`.execute(tx)

/**
 * The organization's own row for a voter, made at the first thing we learn. Whoever comes at the same time gets the same
 * row. Throws NotFound for a voter that does not exist.
 */
export function personForVoter(db: Db, actor: Actor, voter_id: number): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const there = await personByVoter(tx, organization_id, voter_id)
    if (there) return there.person_id
    await lockVoter(tx, organization_id, voter_id)
    const meanwhile = await personByVoter(tx, organization_id, voter_id)
    if (meanwhile) return meanwhile.person_id
    found(await voterRecord(tx, voter_id))
    const { person_id } = await tx
      .insertInto('person')
      .values({ organization_id, voter_id, matched_by: 'contact' })
      .returning('person_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, { action: 'person.create', subject: 'person', subject_id: person_id, after: { voter_id } })
    return person_id
  })
}

/** The person a profile's address means, made where only a voter record was there. NotFound where there is neither. */
export async function personOf(tx: Db, actor: Actor, who: string): Promise<string> {
  const meant = found(await whoIs(tx, actor.organization_id, who))
  if (meant.person_id !== null) return meant.person_id
  // Without a person there is a voter: whoIs says nothing else.
  return personForVoter(tx, actor, meant.voter_id ?? 0)
}

export interface NewPerson extends PersonFacts {
  /** Values of the organization's own fields. */
  custom?: Record<string, unknown>
  phones?: readonly string[]
  emails?: readonly string[]
}

export type MatchOutcome =
  | { kind: 'linked'; voter_id: number }
  /** Somebody has to look: the candidates wait on the person's profile. */
  | { kind: 'unsure'; candidates: Candidate[] }
  | { kind: 'none' }

/** Adds somebody by hand or by import, and links them to the voter record where that is certain. `source` is shown with numbers. */
export function createPerson(
  db: Db,
  actor: Actor,
  { phones = [], emails = [], custom = {}, ...facts }: NewPerson,
  source: string,
  /** They wrote it of themselves, or a program did: nobody of ours vouches for it. `matches`: where whoever asks has looked already. */
  said?: { matches?: Matches | undefined },
): Promise<{ person_id: string; match: MatchOutcome }> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const [person_id = ''] = await insertPeople(
      tx,
      actor,
      [{ ...facts, custom, phones, emails }],
      source,
      said === undefined,
    )
    const { decision, candidates } =
      said?.matches ?? (await matchCandidates(tx, organization_id, { ...facts, phones }, person_id))
    let match: MatchOutcome = candidates.length > 0 ? { kind: 'unsure', candidates } : { kind: 'none' }
    if (decision.kind === 'certain' && candidates[0]?.taken_by === null) {
      const linked = await linkVoter(tx, actor, person_id, decision.candidate.voter_id, said ? 'said' : 'certain')
      if (linked.ok) match = { kind: 'linked', voter_id: decision.candidate.voter_id }
    }
    return { person_id, match }
  })
}

/** Adds people in a few statements, however many they are; nobody looks whether they are voters. Their ids, in the same order. */
export async function insertPeople(
  tx: Db,
  actor: Actor,
  people: readonly NewPerson[],
  source: string,
  /** One of ours says that the mailboxes are theirs. */
  is_vouched: boolean,
): Promise<string[]> {
  const { organization_id } = actor
  const added = people.map(({ phones = [], emails = [], custom = {}, ...facts }) => ({
    person_id: randomUUID(),
    facts,
    custom,
    phones,
    emails,
    mailboxes: emails.map((email) => email.toLowerCase()),
  }))
  await sql`insert into person (organization_id, person_id, first_name, middle_name, last_name, name_hangul, preferred_title, birth_year, sex,
      language, second_language, community, address, city, zip5, custom)
    select ${organization_id}::uuid, person_id, first_name, middle_name, last_name, name_hangul, preferred_title, birth_year, sex,
      language, second_language, community, address, city, zip5, custom
    from jsonb_to_recordset(${JSON.stringify(added.map(({ person_id, facts, custom }) => ({ ...facts, person_id, custom })))}::jsonb)
      as p (person_id uuid, first_name text, middle_name text, last_name text, name_hangul text, preferred_title text, birth_year smallint, sex char(1),
        language text, second_language text, community text, address text, city text, zip5 text, custom jsonb)`.execute(
    tx,
  )
  const reachedBy = (of: 'phones' | 'mailboxes') =>
    JSON.stringify(added.flatMap((each) => each[of].map((at, index) => ({ person_id: each.person_id, at, is_preferred: index === 0 })))) // prettier-ignore
  const [phones, mailboxes] = [reachedBy('phones'), reachedBy('mailboxes')]
  if (phones !== '[]')
    await sql`insert into person_phone (organization_id, person_id, phone, source, is_preferred)
      select ${organization_id}::uuid, person_id, at, ${source}::text, is_preferred
      from jsonb_to_recordset(${phones}::jsonb) as p (person_id uuid, at text, is_preferred boolean) on conflict do nothing`.execute(
      tx,
    )
  if (mailboxes !== '[]')
    await sql`insert into person_email (organization_id, person_id, email, source, is_preferred, vouched_at)
      select ${organization_id}::uuid, person_id, at, ${source}::text, is_preferred, case when ${is_vouched}::boolean then now() end
      from jsonb_to_recordset(${mailboxes}::jsonb) as p (person_id uuid, at text, is_preferred boolean) on conflict do nothing`.execute(
      tx,
    )
  await auditAll(
    tx,
    actor,
    added.map(({ person_id, facts, custom, phones, emails }) => ({
      action: 'person.create',
      subject: 'person',
      subject_id: person_id,
      after: { ...said(facts), ...custom, phones, emails },
    })),
  )
  const keys = added.flatMap(({ person_id, facts, phones, mailboxes }) =>
    searchKeys({ ...facts, addresses: [], phones, emails: mailboxes }).map((key) => ({ person_id, key })),
  )
  await sql`insert into person_search (organization_id, person_id, key)
    select ${organization_id}::uuid, person_id, key
    from unnest(${keys.map(({ person_id }) => person_id)}::uuid[], ${keys.map(({ key }) => key)}::text[]) as k (person_id, key) on conflict do nothing`.execute(
    tx,
  )
  return added.map(({ person_id }) => person_id)
}

export type Linked = { ok: true } | { ok: false; problem: 'voter_taken'; person_id: string }

/** Says that this person is that voter. Refused where another person of the organization already is. */
export const linkVoter = (
  db: Db,
  actor: Actor,
  person_id: string,
  voter_id: number,
  matched_by: 'hand' | 'certain' | 'said' | 'import',
): Promise<Linked> => inTransaction(db, (tx) => link(tx, actor, person_id, voter_id, { matched_by }))

/** `set`: what of the person changes with it. `contacts`: their contacts that become the voter's too. */
async function link(
  tx: Db,
  actor: Actor,
  person_id: string,
  voter_id: number,
  set: Pick<Person, 'matched_by'> & Partial<NameOf>,
  contacts: readonly string[] = [],
): Promise<Linked> {
  const { organization_id } = actor
  await lockVoter(tx, organization_id, voter_id)
  const person = found(await personById(tx, organization_id, person_id))
  found(await voterRecord(tx, voter_id))
  const holder = await personByVoter(tx, organization_id, voter_id)
  if (holder && holder.person_id !== person.person_id)
    return { ok: false, problem: 'voter_taken', person_id: holder.person_id }
  if (person.voter_id === voter_id) return { ok: true }
  await tx
    .updateTable('person')
    .set({ voter_id, ...set, updated_at: sql`now()` })
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person.person_id)
    .execute()
  await tx
    .deleteFrom('refused_match')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person.person_id)
    .where('voter_id', '=', voter_id)
    .execute()
  const { rows } = await sql<{ attempt_id: string }>`update contact_attempt set voter_id = ${voter_id}
    where organization_id = ${organization_id} and person_id = ${person.person_id} and voter_id is null
      and attempt_id = any(${[...contacts]}::uuid[]) returning attempt_id`.execute(tx)
  const { matched_by: _, ...name } = set
  await audit(tx, actor, {
    action: 'person.link',
    subject: 'person',
    subject_id: person.person_id,
    before: {
      voter_id: person.voter_id,
      ...Object.fromEntries(Object.keys(name).map((field) => [field, person[field as keyof NameOf]])), // its own keys
    },
    after: { voter_id, ...set, ...(rows.length > 0 && { contacts: rows.map(({ attempt_id }) => attempt_id) }) },
  })
  return { ok: true }
}

const nameFields = ['last_name', 'first_name', 'middle_name'] as const
type NameOf = Pick<Person, (typeof nameFields)[number]>

/** Takes a match back and remembers that it was wrong. */
export function unlinkVoter(db: Db, actor: Actor, person_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person = found(await personById(tx, actor.organization_id, person_id))
    if (person.voter_id === null) return
    const record = await voterRecord(tx, person.voter_id)
    // What was recorded with the person was never the voter's. A call by the voter's number, or of a phone bank, was to the voter.
    const { rows } = await sql<{ attempt_id: string }>`update contact_attempt a set voter_id = null
      where a.organization_id = ${actor.organization_id} and a.person_id = ${person.person_id} and a.voter_id = ${person.voter_id}
        and a.phone_bank_id is null
        and not exists (select from voter_phone n where n.voter_id = ${person.voter_id} and n.phone = a.phone)
      returning a.attempt_id`.execute(tx)
    // Without the record the name would be gone: keep what it said.
    const isNameless = (person.last_name ?? person.first_name ?? person.name_hangul) === null
    const name: Partial<NameOf> =
      isNameless && record
        ? { last_name: record.last_name, first_name: record.first_name, middle_name: record.middle_name }
        : {}
    await tx
      .updateTable('person')
      .set({ voter_id: null, matched_by: null, updated_at: sql`now()`, ...name })
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person.person_id)
      .execute()
    // takeBackUnlink reads it.
    await audit(tx, actor, {
      action: 'person.unlink',
      subject: 'person',
      subject_id: person.person_id,
      before: {
        voter_id: person.voter_id,
        matched_by: person.matched_by,
        ...(rows.length > 0 && { contacts: rows.map(({ attempt_id }) => attempt_id) }),
      },
      after: name,
    })
    await remember(tx, actor, person.person_id, person.voter_id)
    await indexPerson(tx, actor.organization_id, person.person_id)
  })
}

/** The match was right: all that taking it back changed is as before. Conflict where it is not the last that was taken back. */
export function takeBackUnlink(db: Db, actor: Actor, person_id: string, voter_id: number): Promise<Linked> {
  return inTransaction(db, async (tx) => {
    const person = found(await personById(tx, actor.organization_id, person_id))
    if (person.voter_id === voter_id) return { ok: true }
    const entry = await tx
      .selectFrom('audit_entry')
      .select(['before', 'after'])
      .where('organization_id', '=', actor.organization_id)
      .where('subject', '=', 'person')
      .where('subject_id', '=', person.person_id)
      .where('action', '=', 'person.unlink')
      .orderBy('audit_id', 'desc')
      .limit(1)
      .executeTakeFirst()
    const was = Unlinked.safeParse(entry?.before).data
    if (person.voter_id !== null || was?.voter_id !== voter_id) throw new Conflict()
    const copied = entry?.after ?? {}
    const isCopied = 'last_name' in copied && nameFields.every((field) => person[field] === copied[field])
    const linked = await link(
      tx,
      actor,
      person.person_id,
      voter_id,
      {
        matched_by: was.matched_by,
        ...(isCopied && { last_name: null, first_name: null, middle_name: null }),
      },
      was.contacts,
    )
    if (linked.ok) await indexPerson(tx, actor.organization_id, person.person_id)
    return linked
  })
}

/** 'This is somebody else', until that is taken back. */
export function refuseMatch(db: Db, actor: Actor, person_id: string, voter_id: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person = found(await personById(tx, actor.organization_id, person_id))
    found(await voterRecord(tx, voter_id))
    await remember(tx, actor, person.person_id, voter_id)
    await audit(tx, actor, {
      action: 'person.refuse_match',
      subject: 'person',
      subject_id: person.person_id,
      after: { voter_id },
    })
  })
}

/** 'This is somebody else' was a slip: the voter is offered again. */
export function takeBackRefusal(db: Db, actor: Actor, person_id: string, voter_id: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person = found(await personById(tx, actor.organization_id, person_id))
    const { numDeletedRows } = await tx
      .deleteFrom('refused_match')
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person.person_id)
      .where('voter_id', '=', voter_id)
      .executeTakeFirst()
    if (Number(numDeletedRows) === 0) return
    await audit(tx, actor, {
      action: 'person.refusal_taken_back',
      subject: 'person',
      subject_id: person.person_id,
      before: { voter_id },
    })
  })
}

const remember = (tx: Db, actor: Actor, person_id: string, voter_id: number) =>
  tx
    .insertInto('refused_match')
    .values({ organization_id: actor.organization_id, person_id, voter_id, refused_by: actor.name })
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/**
 * Writes what we know better than the state. What agrees with the voter record is kept as null, so that a later file
 * still counts. `updated_at`: of the row the form showed; Conflict where somebody changed it since.
 */
export function updatePerson(
  db: Db,
  actor: Actor,
  who: string,
  facts: PersonFacts,
  updated_at: string | null,
  custom: Record<string, unknown> = {},
): Promise<Who> {
  // A result recorded at the same moment may write the same person's language: neither is lost.
  return inTransactionTwice(db, async (tx) => {
    const { organization_id } = actor
    const person_id = await personOf(tx, actor, who)
    const before = await tx
      .selectFrom('person')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (updated_at !== null && updated_at !== before.updated_at.toISOString()) throw new Conflict()
    const voter = before.voter_id === null ? null : ((await voterRecord(tx, before.voter_id)) ?? null)
    const kept = withoutStates(emptied(facts), voter)
    const changed = changedFields(before, kept)
    const others = Object.entries(custom).filter(([key, value]) => (before.custom[key] ?? null) !== value)
    for (const [key, value] of others) {
      changed.before[key] = before.custom[key] ?? null
      changed.after[key] = value
    }
    if (Object.keys(changed.after).length > 0) {
      await tx
        .updateTable('person')
        .set({
          ...kept,
          ...(others.length > 0 && { custom: JSON.stringify({ ...before.custom, ...Object.fromEntries(others) }) }),
          updated_at: sql`now()`,
        })
        .where('organization_id', '=', organization_id)
        .where('person_id', '=', person_id)
        .execute()
      if ('address' in changed.after) await moveHome(tx, before, kept, actor)
      await audit(tx, actor, { action: 'person.update', subject: 'person', subject_id: person_id, ...changed })
      await indexPerson(tx, organization_id, person_id)
    }
    return { voter_id: before.voter_id, person_id }
  })
}

/** Where somebody lived is known on, unless they live there again. */
async function moveHome(tx: Db, before: Person, now: PersonFacts, { name: source }: Actor): Promise<void> {
  const { organization_id, person_id, address, city, zip5 } = before
  if (now.address) {
    await tx
      .deleteFrom('person_address')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('kind', '=', 'earlier')
      .where('address_key', '=', addressKey({ address: now.address, zip5: now.zip5 }))
      .execute()
  }
  if (!address || !now.address) return
  const address_key = addressKey({ address, zip5 })
  if (address_key === addressKey({ address: now.address, zip5: now.zip5 })) return
  await tx
    .insertInto('person_address')
    .values({ organization_id, person_id, address_key, kind: 'earlier', address, city, zip5, quality: 'moved', source })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'person_id', 'address_key'])
        .doUpdateSet({ kind: 'earlier', quality: 'moved', is_preferred: false }),
    )
    .execute()
}

/** What somebody emptied, as nothing. */
const emptied = (facts: PersonFacts): PersonFacts =>
  Object.fromEntries(Object.entries(facts).map(([field, fact]) => [field, fact === '' ? null : fact])) as PersonFacts // the same fields

function withoutStates(facts: PersonFacts, voter: VoterRecord | null): PersonFacts {
  if (!voter) return facts
  const isStatesName =
    facts.last_name === voter.last_name &&
    facts.first_name === voter.first_name &&
    facts.middle_name === voter.middle_name
  const isStatesAddress = facts.address === addressLine(voter) && facts.city === voter.city && facts.zip5 === voter.zip5
  return {
    ...facts,
    ...(isStatesName && { last_name: null, first_name: null, middle_name: null }),
    ...(isStatesAddress && { address: null, city: null, zip5: null }),
    birth_year: facts.birth_year === voter.birth_year ? null : facts.birth_year,
    sex: facts.sex === voter.sex ? null : facts.sex,
  }
}

const said = (facts: PersonFacts): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))

function changedFields(
  before: Person,
  after: PersonFacts,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const fields = Object.keys(after).filter(
    (key): key is keyof PersonFacts => before[key as keyof PersonFacts] !== after[key as keyof PersonFacts],
  )
  return {
    before: Object.fromEntries(fields.map((field) => [field, before[field]])),
    after: Object.fromEntries(fields.map((field) => [field, after[field]])),
  }
}

/** Rewrites the search keys of a person. Call after any change of name, numbers, mailboxes or address. */
export async function indexPerson(tx: Db, organization_id: string, person_id: string): Promise<void> {
  const person = await tx
    .selectFrom('person')
    .select(['first_name', 'middle_name', 'last_name', 'name_hangul', 'address', 'merged_into'])
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .executeTakeFirst()
  await tx
    .deleteFrom('person_search')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .execute()
  if (!person || person.merged_into !== null) return
  const [phones, emails, addresses] = await Promise.all([
    tx
      .selectFrom('person_phone')
      .select('phone')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .execute(),
    tx
      .selectFrom('person_email')
      .select('email')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .execute(),
    tx
      .selectFrom('person_address')
      .select('address')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .execute(),
  ])
  const keys = searchKeys({
    ...person,
    addresses: addresses.map(({ address }) => address),
    phones: phones.map(({ phone }) => phone),
    emails: emails.map(({ email }) => email),
  })
  if (keys.length === 0) return
  await sql`insert into person_search (organization_id, person_id, key)
    select ${organization_id}::uuid, ${person_id}::uuid, unnest(${keys}::text[]) on conflict do nothing`.execute(tx)
}

/*
 * Numbers and mailboxes.
 */

/** Adds a number or changes what we know of it. Null where it cannot be a telephone number. */
export function savePhone(
  db: Db,
  actor: Actor,
  who: string,
  {
    phone: typed,
    kind,
    quality,
    is_preferred,
  }: { phone: string; kind: Selectable<PersonPhoneTable>['kind']; quality: PhoneQuality; is_preferred: boolean },
  source = actor.name,
): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    const phone = e164(typed)
    if (!phone) return null
    const { organization_id } = actor
    const person_id = await personOf(tx, actor, who)
    const before = await tx
      .selectFrom('person_phone')
      .select(['phone', 'kind', 'quality', 'is_preferred'])
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('phone', '=', phone)
      .forUpdate()
      .executeTakeFirst()
    await tx
      .insertInto('person_phone')
      .values({ organization_id, person_id, phone, kind, quality, is_preferred, source })
      .onConflict((conflict) =>
        conflict.columns(['organization_id', 'person_id', 'phone']).doUpdateSet({ kind, quality, is_preferred }),
      )
      .execute()
    // After the new one: in between, no third number is the first to be called.
    if (is_preferred) {
      await tx
        .updateTable('person_phone')
        .set({ is_preferred: false })
        .where('organization_id', '=', organization_id)
        .where('person_id', '=', person_id)
        .where('phone', '<>', phone)
        .where('is_preferred', '=', true)
        .execute()
    }
    await audit(tx, actor, {
      action: 'person.phone',
      subject: 'person',
      subject_id: person_id,
      before: before ?? null,
      after: { phone, kind, quality, is_preferred },
    })
    await indexPerson(tx, organization_id, person_id)
    return phone
  })
}

export function removePhone(db: Db, actor: Actor, who: string, phone: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person_id = await personOf(tx, actor, who)
    const removed = await tx
      .deleteFrom('person_phone')
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person_id)
      .where('phone', '=', phone)
      .returning(['phone', 'kind', 'quality', 'is_preferred'])
      .executeTakeFirst()
    if (!removed) return
    await audit(tx, actor, { action: 'person.phone', subject: 'person', subject_id: person_id, before: removed })
    await indexPerson(tx, actor.organization_id, person_id)
  })
}

/**
 * 'ours': one of ours says that it is theirs. 'heard': they said so when we spoke with them. 'typed': somebody wrote it; a mailbox
 * that was only claimed stays so.
 */
export interface EmailSaid {
  how: 'ours' | 'heard' | 'typed'
  source?: string
}

export function saveEmail(
  db: Db,
  actor: Actor,
  who: string,
  {
    email,
    quality,
    is_preferred,
  }: { email: string; quality: Selectable<PersonEmailTable>['quality']; is_preferred: boolean },
  { how, source = actor.name }: EmailSaid = { how: 'ours' },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const person_id = await personOf(tx, actor, who)
    const vouched = how === 'ours' ? { vouched_at: sql<Date>`now()` } : {}
    const looked_at = how === 'typed' ? {} : { claimed_at: null }
    const before = await tx
      .selectFrom('person_email')
      .select(['email', 'quality', 'is_preferred'])
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('email', '=', email.toLowerCase())
      .forUpdate()
      .executeTakeFirst()
    if (is_preferred) {
      await tx
        .updateTable('person_email')
        .set({ is_preferred: false })
        .where('organization_id', '=', organization_id)
        .where('person_id', '=', person_id)
        .execute()
    }
    await tx
      .insertInto('person_email')
      .values({ organization_id, person_id, email: email.toLowerCase(), quality, is_preferred, source, ...vouched })
      .onConflict((conflict) =>
        conflict
          .columns(['organization_id', 'person_id', 'email'])
          .doUpdateSet({ quality, is_preferred, ...looked_at, ...vouched }),
      )
      .execute()
    await audit(tx, actor, {
      action: 'person.email',
      subject: 'person',
      subject_id: person_id,
      before: before ?? null,
      after: { email, quality, is_preferred },
    })
    await indexPerson(tx, organization_id, person_id)
  })
}

export function removeEmail(db: Db, actor: Actor, who: string, email: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person_id = await personOf(tx, actor, who)
    const removed = await tx
      .deleteFrom('person_email')
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person_id)
      .where('email', '=', email)
      .returning(['email', 'quality', 'is_preferred'])
      .executeTakeFirst()
    if (!removed) return
    await audit(tx, actor, { action: 'person.email', subject: 'person', subject_id: person_id, before: removed })
    await indexPerson(tx, actor.organization_id, person_id)
  })
}

/*
 * Tags and notes.
 */

export function addTag(db: Db, actor: Actor, who: string, tag: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const person_id = await personOf(tx, actor, who)
    await tx
      .insertInto('tag')
      .values({ organization_id, tag })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('person_tag')
      .values({ organization_id, person_id, tag, tagged_by: actor.name })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows)
      await audit(tx, actor, { action: 'person.tag', subject: 'person', subject_id: person_id, after: { tag } })
  })
}

export function removeTag(db: Db, actor: Actor, who: string, tag: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person_id = await personOf(tx, actor, who)
    const { numDeletedRows } = await tx
      .deleteFrom('person_tag')
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person_id)
      .where('tag', '=', tag)
      .executeTakeFirst()
    if (numDeletedRows > 0n)
      await audit(tx, actor, { action: 'person.untag', subject: 'person', subject_id: person_id, before: { tag } })
  })
}

export function addNote(db: Db, actor: Actor, who: string, body: string): Promise<string> {
  return inTransaction(db, async (tx) => {
    const person_id = await personOf(tx, actor, who)
    const { note_id } = await tx
      .insertInto('note')
      .values({ organization_id: actor.organization_id, person_id, body, written_by: actor.name })
      .returning('note_id')
      .executeTakeFirstOrThrow()
    // What it says is for those who see the person, not for every reader of the log.
    await audit(tx, actor, { action: 'note.create', subject: 'note', subject_id: note_id, after: { person_id } })
    return note_id
  })
}

/** Hides a note, or shows it again; it is never deleted. */
export function removeNote(db: Db, actor: Actor, note_id: string, is_removed = true): Promise<void> {
  return inTransaction(db, async (tx) => {
    const note = await tx
      .updateTable('note')
      .set({ removed_at: is_removed ? sql<Date>`now()` : null })
      .where('organization_id', '=', actor.organization_id)
      .where('note_id', '=', note_id)
      .returning('person_id')
      .executeTakeFirst()
    found(note)
    await audit(tx, actor, {
      action: is_removed ? 'note.remove' : 'note.restore',
      subject: 'note',
      subject_id: note_id,
    })
  })
}

/*
 * Consent and marks.
 */

export interface NewConsent {
  channel: Channel
  is_given: boolean
  evidence: string
  /** What was agreed to, as it stood on a page, and the version of the form where it was one. */
  words?: { wording: string; form_id?: string; form_version?: number }
}

/** One statement about one channel; the newest counts, none is ever overwritten. */
export function recordConsent(db: Db, actor: Actor, who: string, said: NewConsent): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person_id = await personOf(tx, actor, who)
    await recordConsents(tx, actor, [{ ...said, person_id }])
  })
}

/** The same of many at once, who are people of ours. Returns their ids. */
export async function recordConsents(
  tx: Db,
  actor: Actor,
  all: readonly (NewConsent & { person_id: string })[],
): Promise<string[]> {
  if (all.length === 0) return []
  const recorded = await tx
    .insertInto('consent')
    .values(
      all.map(({ person_id, channel, is_given, evidence, words }) => ({
        organization_id: actor.organization_id,
        person_id,
        channel,
        is_given,
        evidence,
        ...words,
        recorded_by: actor.name,
      })),
    )
    .returning('consent_id')
    .execute()
  await auditAll(
    tx,
    actor,
    all.map(({ person_id, channel, is_given, evidence, words }) => ({
      action: 'consent.record',
      subject: 'consent',
      subject_id: person_id,
      after: { channel, is_given, evidence, ...words },
    })),
  )
  return recorded.map(({ consent_id }) => consent_id)
}

/** A word on consent goes with the contact it was said in, whatever was said since. */
export async function removeConsent(tx: Db, actor: Actor, consent_id: string): Promise<void> {
  const gone = await tx
    .deleteFrom('consent')
    .where('organization_id', '=', actor.organization_id)
    .where('consent_id', '=', consent_id)
    .returning(['person_id', 'channel', 'is_given', 'evidence'])
    .executeTakeFirst()
  if (!gone) return
  const { person_id, ...before } = gone
  await audit(tx, actor, { action: 'consent.take_back', subject: 'consent', subject_id: person_id, before })
}

/** A word on consent noted by mistake is taken out again, if nobody said another since. */
export function takeConsentBack(
  db: Db,
  actor: Actor,
  who: string,
  { channel, is_given, evidence }: Pick<NewConsent, 'channel' | 'is_given' | 'evidence'>,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const person_id = await personOf(tx, actor, who)
    const newest = await tx
      .selectFrom('consent')
      .select(['consent_id', 'is_given', 'evidence', 'recorded_by'])
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person_id)
      .where('channel', '=', channel)
      .orderBy(newestSaid)
      .limit(1)
      .executeTakeFirst()
    if (newest?.is_given !== is_given || newest.evidence !== evidence || newest.recorded_by !== actor.name) return false
    await tx
      .deleteFrom('consent')
      .where('organization_id', '=', actor.organization_id)
      .where('consent_id', '=', newest.consent_id)
      .execute()
    await audit(tx, actor, {
      action: 'consent.take_back',
      subject: 'consent',
      subject_id: person_id,
      before: { channel, is_given, evidence },
    })
    return true
  })
}

/**
 * Refusals that were noted of voters by what somebody else said, their evidence beginning so, are taken out again where nothing
 * newer was said of the channel. How many.
 */
export async function takeRefusalsBack(
  tx: Db,
  actor: Actor,
  voter_ids: readonly number[],
  { channel, evidence_begins }: { channel: Channel; evidence_begins: string },
): Promise<number> {
  const { organization_id } = actor
  const { rows } = await sql<{ person_id: string; evidence: string }>`
    delete from consent c using person p
    where p.organization_id = ${organization_id}::uuid and p.voter_id = any(${[...voter_ids]}::integer[]) and p.merged_into is null
      and c.organization_id = p.organization_id and c.person_id = p.person_id and c.channel = ${channel} and not c.is_given
      and starts_with(c.evidence, ${evidence_begins})
      and c.consent_id = (select n.consent_id from consent n where n.organization_id = c.organization_id and n.person_id = c.person_id
        and n.channel = c.channel order by ${newestSaid} limit 1)
    returning c.person_id, c.evidence`.execute(tx)
  await auditAll(
    tx,
    actor,
    rows.map(({ person_id, evidence }) => ({
      action: 'consent.take_back',
      subject: 'consent',
      subject_id: person_id,
      before: { channel, is_given: false, evidence },
    })),
  )
  return rows.length
}

/** What somebody agreed to by one piece of evidence goes with it, whoever noted it and whatever was said since. */
export function takeEvidenceBack(db: Db, actor: Actor, person_id: string, evidence: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const gone = await tx
      .deleteFrom('consent')
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person_id)
      .where('is_given', '=', true)
      .where('evidence', '=', evidence)
      .returning('channel')
      .execute()
    await auditAll(
      tx,
      actor,
      gone.map(({ channel }) => ({
        action: 'consent.take_back',
        subject: 'consent',
        subject_id: person_id,
        before: { channel, is_given: true, evidence },
      })),
    )
  })
}

export interface NewMark {
  reason: SuppressionReason
  note: string
  /** E.164. Set: the number alone is closed, whoever answers it. */
  phone?: string
  /** It goes when what it followed from is taken back; whoever says the same by hand says it anew. */
  is_of_contact?: boolean
}

/** Closes a person or a number to every phone bank, mailing and list of the organization, with name and reason, until taken back. */
export function mark(
  db: Db,
  actor: Actor,
  who: string,
  { reason, note, phone, is_of_contact = false }: NewMark,
): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const person_id = await personOf(tx, actor, who)
    const person = await tx
      .selectFrom('person')
      .select('voter_id')
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .executeTakeFirstOrThrow()
    const those = await tx
      .selectFrom('suppression')
      .select('suppression_id')
      .where('organization_id', '=', organization_id)
      .where('reason', '=', reason)
      .where('taken_back_at', 'is', null)
      // What an imported list closed is opened with the list.
      .where('list_id', 'is', null)
      .where((eb) => {
        const isTheirs = eb.or([
          eb('person_id', '=', person_id),
          ...(person.voter_id === null ? [] : [eb('voter_id', '=', person.voter_id)]),
        ])
        if (!phone) return eb.and([eb('phone', 'is', null), isTheirs])
        // A wrong number may be wrong for several, each with a mark of their own.
        return eb.and([eb('phone', '=', phone), ...(reason === 'wrong_number' ? [isTheirs] : [])])
      })
      .execute()
    const ids = is_of_contact ? [] : those.map((each) => each.suppression_id)
    const there = ids.length > 0 && (await notOfContacts(tx, organization_id, { person_id, ...person, phone }, ids))
    if (there) return there
    const { suppression_id } = await tx
      .insertInto('suppression')
      .values({
        organization_id,
        // A number is closed for everybody at it, unless it was the wrong one for them (closes_number).
        voter_id: phone && reason !== 'wrong_number' ? null : person.voter_id,
        person_id,
        phone: phone ?? null,
        reason,
        note,
        marked_by: actor.name,
      })
      .returning('suppression_id')
      .executeTakeFirstOrThrow()
    if (reason === 'deceased') await setDeceased(tx, organization_id, person_id, note)
    if (phone && (reason === 'wrong_number' || reason === 'disconnected')) {
      await setQuality(tx, organization_id, person_id, phone, reason === 'wrong_number' ? 'wrong' : 'disconnected')
    }
    await audit(tx, actor, {
      action: 'suppression.mark',
      subject: 'suppression',
      subject_id: suppression_id,
      after: { person_id, reason, phone: phone ?? null, note },
    })
    return suppression_id
  })
}

/**
 * Takes a mark back: it stays readable with who set it and who took it back, and no longer closes anything. `before`: as its
 * number was known then.
 */
export function takeBackMark(
  db: Db,
  actor: Actor,
  suppression_id: string,
  before: PhoneQuality = 'unknown',
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const row = await tx
      .updateTable('suppression')
      .set({ taken_back_at: sql`now()`, taken_back_by: actor.name })
      .where('organization_id', '=', organization_id)
      .where('suppression_id', '=', suppression_id)
      .where('taken_back_at', 'is', null)
      .returning(['reason', 'phone', 'person_id', 'voter_id'])
      .executeTakeFirst()
    if (!row) {
      // Twice the same click is no problem; a foreign or unknown mark is.
      found(
        await tx
          .selectFrom('suppression')
          .select('suppression_id')
          .where('organization_id', '=', organization_id)
          .where('suppression_id', '=', suppression_id)
          .executeTakeFirst(),
      )
      return
    }
    const person_id =
      row.person_id ??
      (row.voter_id === null ? null : ((await personByVoter(tx, organization_id, row.voter_id))?.person_id ?? null))
    const isSaidStill = await isMarkedStill(tx, organization_id, { ...row, person_id })
    if (!isSaidStill && person_id && row.reason === 'deceased') await setDeceased(tx, organization_id, person_id, null)
    if (!isSaidStill && person_id && row.phone && (row.reason === 'wrong_number' || row.reason === 'disconnected')) {
      await setQuality(tx, organization_id, person_id, row.phone, before === 'good' ? 'good' : 'unknown')
    }
    // Found dead by a call, for everybody who has it.
    if (!isSaidStill && !person_id && row.phone && row.reason === 'disconnected') {
      await tx
        .updateTable('person_phone')
        .set({ quality: 'unknown' })
        .where('organization_id', '=', organization_id)
        .where('phone', '=', row.phone)
        .where('quality', '=', 'disconnected')
        .execute()
    }
    await audit(tx, actor, {
      action: 'suppression.take_back',
      subject: 'suppression',
      subject_id: suppression_id,
      before: { reason: row.reason, phone: row.phone },
    })
  })
}

/** One of these marks that goes with no contact. */
async function notOfContacts(
  tx: Db,
  organization_id: string,
  { person_id, voter_id, phone }: { person_id: string; voter_id: number | null; phone: string | undefined },
  marks: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ suppression_id: string }>`
    with near as (
      select a.effects from contact_attempt a where a.organization_id = ${organization_id}::uuid and a.undone_at is null
        and (a.person_id = ${person_id}::uuid or a.voter_id = ${voter_id}::integer)
      union all
      select a.effects from contact_attempt a where a.organization_id = ${organization_id}::uuid and a.undone_at is null
        and a.phone = ${phone ?? null}::text and (a.voter_id is null or a.voter_id = any(voters_at_number(${organization_id}::uuid, ${phone ?? null}::text))))
    select m.id as suppression_id from unnest(${[...marks]}::uuid[]) m (id)
    where not exists (select from near where near.effects -> 'marks' ? m.id::text or near.effects -> 'suppressions' ? m.id::text)
    limit 1`.execute(tx)
  return rows[0]?.suppression_id ?? null
}

/** Does another open mark say the same of them, or of the number? */
async function isMarkedStill(
  tx: Db,
  organization_id: string,
  {
    reason,
    phone,
    person_id,
    voter_id,
  }: Pick<Selectable<SuppressionTable>, 'reason' | 'phone' | 'person_id' | 'voter_id'>,
): Promise<boolean> {
  const { rows } = await sql`
    select from suppression s where s.organization_id = ${organization_id}::uuid and s.taken_back_at is null and s.reason = ${reason}
      and s.phone is not distinct from ${phone}::text
      and (s.person_id = ${person_id}::uuid or s.voter_id = ${voter_id}::integer
        or s.reason = 'disconnected' and s.phone is not null) limit 1`.execute(tx)
  return rows.length > 0
}

const setDeceased = (tx: Db, organization_id: string, person_id: string, note: string | null) =>
  tx
    .updateTable('person')
    .set({ deceased_at: note === null ? null : sql<Date>`now()`, deceased_note: note })
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .execute()

const setQuality = (tx: Db, organization_id: string, person_id: string, phone: string, quality: PhoneQuality) =>
  tx
    .updateTable('person_phone')
    .set({ quality })
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('phone', '=', phone)
    .execute()

/*
 * Relationships.
 */

export type Relating = { ok: true } | { ok: false; problem: 'same_person' | 'not_found' }

/** `other` is this person's `kind`. Saying it twice is one row. */
export function relate(
  db: Db,
  actor: Actor,
  who: string,
  { other, kind, note }: { other: string; kind: RelationshipKind; note: string | null },
): Promise<Relating> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    if (!(await whoIs(tx, organization_id, other))) return { ok: false, problem: 'not_found' }
    const person_id = await personOf(tx, actor, who)
    const other_person_id = await personOf(tx, actor, other)
    if (person_id === other_person_id) return { ok: false, problem: 'same_person' }
    await tx
      .insertInto('relationship')
      .values({ organization_id, person_id, other_person_id, kind, note })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await audit(tx, actor, {
      action: 'relationship.create',
      subject: 'relationship',
      subject_id: person_id,
      after: { other_person_id, kind, note },
    })
    return { ok: true }
  })
}

export function unrelate(db: Db, actor: Actor, relationship_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const row = found(
      await tx
        .deleteFrom('relationship')
        .where('organization_id', '=', actor.organization_id)
        .where('relationship_id', '=', relationship_id)
        .returningAll()
        .executeTakeFirst(),
    )
    const { person_id, other_person_id, kind, note } = row
    await audit(tx, actor, {
      action: 'relationship.remove',
      subject: 'relationship',
      subject_id: person_id,
      before: { other_person_id, kind, note },
    })
  })
}

/**
 * Notes who looked at a profile: once for a viewer, a person and a day of the organization. Reloading says nothing new
 * and would hide the rest of the trail; searches and exports, which show many, are noted each time.
 */
export async function auditView(
  db: Db,
  actor: Actor,
  who: Who,
  time_zone: string,
  request_id: string | null = null,
): Promise<void> {
  const subject = who.voter_id === null ? 'person' : 'voter_record'
  const subject_id = String(who.voter_id ?? who.person_id)
  const { rows } = await sql`select from audit_entry where organization_id = ${actor.organization_id}::uuid
    and subject = ${subject} and subject_id = ${subject_id} and action = 'person.view' and actor_id is not distinct from ${actor.id}
    and at >= date_trunc('day', now(), ${time_zone}) limit 1`.execute(db)
  if (rows.length === 0) await audit(db, actor, { action: 'person.view', subject, subject_id, request_id })
}

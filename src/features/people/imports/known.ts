import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { votersOfCity } from '../../voterfile/queries.ts'
import { provisionalNumber } from '../../voterfile/rules/keys.ts'
import { knownAddresses, placeKeys, wholeAddress } from '../addresses/rules.ts'
import { deadQualities } from '../addresses/schema.ts'
import { membershipKinds } from '../membership/queries.ts'
import { addressLine } from '../rules.ts'
import type { ImportedKind, ImportedOffice, KnownMember } from './members.ts'
import { personFields, type CustomField, type KnownPerson } from './plan.ts'
import type { MeantVoter } from './meant-voter.ts'
import './tables.ts'

export const customFieldsOf = (
  db: Db,
  organization_id: string,
): Promise<(CustomField & { label: Record<string, string> })[]> =>
  db
    .selectFrom('custom_field')
    .select(['key', 'kind', 'choices', 'label'])
    .where('organization_id', '=', organization_id)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .execute()

/** Everybody of the organization. Reads all of them: fine below some hundred thousand. */
export async function knownPeople(db: Db, organization_id: string): Promise<KnownPerson[]> {
  const [people, addresses, emails, phones, tags, ids, fingerprints] = await Promise.all([
    db
      .selectFrom('person')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('merged_into', 'is', null)
      .orderBy('created_at')
      .orderBy('person_id')
      .execute(),
    db
      .selectFrom('person_address')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .orderBy('is_preferred', 'desc')
      .orderBy('added_at')
      .orderBy('address_key')
      .execute(),
    valuesOf('person_email', 'email'),
    valuesOf('person_phone', 'phone'),
    valuesOf('person_tag', 'tag'),
    valuesOf('person_external_id', 'external_id'),
    valuesOf('person_import_known', 'fingerprint'),
  ])
  const voter_ids = people.flatMap(({ voter_id }) => (voter_id === null ? [] : [voter_id]))
  const voters = await db
    .selectFrom('voter_record')
    .select(['voter_id', 'last_name', 'first_name', 'middle_name', 'birth_year', 'city', 'zip5'])
    .select(['house_number', 'street', 'unit', 'mail_address'])
    .where('voter_id', '=', sql<number>`any(${voter_ids}::integer[])`)
    .execute()
  const addressesBy = Map.groupBy(addresses, ({ person_id }) => person_id)
  const byId = new Map(voters.map((voter) => [voter.voter_id, voter]))
  return people.map((person) => {
    const voter = person.voter_id === null ? undefined : byId.get(person.voter_id)
    const own = Object.fromEntries(personFields.map((field) => [field, person[field]])) as KnownPerson['own']
    const hasName = person.last_name !== null || person.first_name !== null
    return {
      person_id: person.person_id,
      own,
      shown: {
        ...own,
        ...(voter &&
          !hasName && { last_name: voter.last_name, first_name: voter.first_name, middle_name: voter.middle_name }),
        birth_year: person.birth_year ?? voter?.birth_year ?? null,
        ...(voter && person.address === null && { address: addressLine(voter), city: voter.city, zip5: voter.zip5 }),
      },
      custom: person.custom,
      external_ids: ids.get(person.person_id) ?? [],
      voter_id: person.voter_id,
      emails: emails.get(person.person_id) ?? [],
      phones: phones.get(person.person_id) ?? [],
      tags: tags.get(person.person_id) ?? [],
      ...placesKnown({ person, voter: voter ?? null, addresses: addressesBy.get(person.person_id) ?? [] }),
      fingerprints: fingerprints.get(person.person_id) ?? [],
    }
  })

  async function valuesOf(table: string, column: string): Promise<Map<string, string[]>> {
    const { rows } = await sql<{ person_id: string; values: string[] }>`
      select person_id, array_agg(${sql.ref(column)} order by ${sql.ref(column)}) as values from ${sql.table(table)}
      where organization_id = ${organization_id} group by person_id`.execute(db)
    return new Map(rows.map((row) => [row.person_id, row.values]))
  }
}

/** `addresses`: those for post first. */
function placesKnown(sources: Parameters<typeof knownAddresses>[0]): Pick<KnownPerson, 'mail' | 'places'> {
  const known = knownAddresses(sources)
  const alive = known.filter(({ noted }) => !noted || !deadQualities.includes(noted.quality))
  const mail = alive.find(({ kind }) => kind === 'mailing') ?? alive.find(({ kind }) => kind === 'registered_mail')
  return { mail: mail ? wholeAddress(mail) : null, places: known.flatMap(placeKeys) }
}

/** Whom ids, in capitals, tell of, also by those that stood for the state's when the list was made. */
export async function votersOf(db: Db, state_voter_ids: readonly string[]): Promise<Map<string, MeantVoter[]>> {
  const numbers = new Map(state_voter_ids.map((id) => [id, provisionalNumber(id)]))
  const [own, city] = [state_voter_ids.filter((id) => numbers.get(id) === null), [...numbers.values()].filter((number) => number !== null)] // prettier-ignore
  const rows = await db
    .selectFrom('voter_record')
    .select(['voter_id', 'state_voter_id'])
    .where('state_voter_id', '=', sql<string>`any(${own}::text[])`)
    .execute()
  const found = new Map<string, MeantVoter[]>()
  for (const { voter_id, state_voter_id } of rows) found.set(state_voter_id.toUpperCase(), [{ voter_id, is: null }])
  if (city.length === 0) return found
  const meant = await votersOfCity(db, city)
  const voters = await db
    .selectFrom('voter_record')
    .select(['voter_id', 'last_name', 'first_name', 'birth_year'])
    .where('voter_id', '=', sql<number>`any(${[...meant.values()].flat()}::integer[])`)
    .execute()
  const byId = new Map(voters.map(({ voter_id, ...is }) => [voter_id, { voter_id, is }]))
  for (const [id, number] of numbers) {
    const theirs = (number === null ? [] : (meant.get(number) ?? [])).flatMap((voter_id) => byId.get(voter_id) ?? [])
    if (theirs.length > 0) found.set(id, theirs)
  }
  return found
}

/** How everybody's membership stands on a day, and what is paid. */
export async function knownMembers(db: Db, organization_id: string, today: string): Promise<Map<string, KnownMember>> {
  const { rows } = await sql<KnownMember & { person_id: string }>`
    select person_id,
      coalesce((select jsonb_agg(jsonb_build_object('kind', s.kind, 'standing', s.standing, 'first_on', s.first_on) order by s.kind) from (
        select distinct on (m.kind) m.kind, m.standing, min(m.from_on) over (partition by m.kind) as first_on from membership m
        where m.organization_id = p.organization_id and m.person_id = p.person_id and m.removed_at is null and m.from_on <= ${today}::date
        order by m.kind, m.from_on desc, m.recorded_at desc, m.membership_id) s), '[]') as standings,
      coalesce((select jsonb_agg(jsonb_build_object('kind', d.kind, 'from_on', d.from_on, 'until_on', d.until_on) order by d.from_on) from dues d
        where d.organization_id = p.organization_id and d.person_id = p.person_id and d.taken_back_at is null), '[]') as dues
    from person p where p.organization_id = ${organization_id}::uuid and p.merged_into is null
      and (exists (select from membership m where m.organization_id = p.organization_id and m.person_id = p.person_id)
        or exists (select from dues d where d.organization_id = p.organization_id and d.person_id = p.person_id))`.execute(
    db,
  )
  return new Map(rows.map(({ person_id, ...member }) => [person_id, member]))
}

export const importedKinds = async (db: Db, organization_id: string): Promise<ImportedKind[]> =>
  (await membershipKinds(db, organization_id)).map(
    ({ kind, name, period_months, grace_days, archived_at, needs_approval }) => ({
      kind,
      name,
      period_months,
      grace_days,
      is_archived: archived_at !== null,
      needs_approval,
    }),
  )

/** Offices of chapters, committees and boards that are given, with whoever holds them. */
export async function importedOffices(db: Db, organization_id: string): Promise<ImportedOffice[]> {
  const { rows } = await sql<ImportedOffice>`
    select o.office_id, b.name as body, o.name as office, o.seats,
      coalesce((select jsonb_agg(jsonb_build_object('who', r.person_id, 'from_on', r.from_on, 'until_on', r.until_on)) from person_role r
        where r.organization_id = o.organization_id and r.office_id = o.office_id and r.removed_at is null), '[]') as held
    from body_office o join body b on b.organization_id = o.organization_id and b.body_id = o.body_id
    where o.organization_id = ${organization_id}::uuid and o.archived_at is null and b.archived_at is null
    order by b.made_at, b.body_id, o.position, o.office_id`.execute(db)
  return rows
}

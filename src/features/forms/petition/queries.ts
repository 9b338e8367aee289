import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { shownName } from '../rules.ts'
import type { Petition, Said, ShownAs } from '../schema.ts'
import '../tables.ts'
import '../../contacts/tables.ts'

export interface SignatureCounts {
  /** People; who signed twice is one. */
  signatures: number
  /** Confirmed by the link mailed to them. */
  confirmed: number
  /** Registered voters of the district asked for. */
  registered: number
  /** Registered, but in another district. */
  elsewhere: number
  /** Somebody has to look. */
  unsure: number
  withdrawn: number
  /** Beyond the first of one person. */
  duplicates: number
}

/** Signatures with one key per signer: of one person, or of people who turned out to be one voter. */
const signatures = (organization_id: string, form_id: string, petition: Petition) => sql`
  select s.*, r.received_at, r.said, r.source, r.sheet, r.language, a.person_id,
    coalesce((max(s.voter_id) over (partition by a.person_id))::text, a.person_id::text) as signer,
    coalesce(v.status <> 'purged' and v.gone_in is null and ${isThere(petition)}, false) as is_there, v.voter_id is not null as is_found
  from form_signature s
  join form_response r on r.organization_id = s.organization_id and r.response_id = s.response_id
  join contact_attempt a on a.organization_id = s.organization_id and a.attempt_id = s.response_id and a.undone_at is null
  left join voter_record v on v.voter_id = s.voter_id
  where s.organization_id = ${organization_id}::uuid and r.form_id = ${form_id}::uuid`

function isThere({ district_kind, district }: Petition) {
  if (district_kind === 'any' || district === null) return sql`true`
  return sql`${sql.ref(`v.${district_kind}`)} = ${district}`
}

export async function signatureCounts(
  db: Db,
  organization_id: string,
  form_id: string,
  petition: Petition,
): Promise<SignatureCounts> {
  const { rows } = await sql<SignatureCounts>`
    with all_of_them as (${signatures(organization_id, form_id, petition)}),
      standing as (select * from all_of_them where withdrawn_at is null),
      signers as (select signer, bool_or(confirmed_at is not null) as is_confirmed,
        bool_or(registered = 'sure' and is_there) as is_registered, bool_or(registered = 'sure' and is_found and not is_there) as is_elsewhere,
        bool_or(registered = 'unsure') as is_unsure from standing group by signer)
    select count(*)::integer as signatures, (count(*) filter (where is_confirmed))::integer as confirmed,
      (count(*) filter (where is_registered))::integer as registered,
      (count(*) filter (where is_elsewhere and not is_registered))::integer as elsewhere,
      (count(*) filter (where is_unsure and not is_registered and not is_elsewhere))::integer as unsure,
      (select count(*)::integer from all_of_them where withdrawn_at is not null) as withdrawn,
      ((select count(*) from standing) - count(*))::integer as duplicates
    from signers`.execute(db)
  const [counts] = rows
  if (!counts) throw new Error('a count without a row')
  return counts
}

export interface SignatureRow {
  response_id: string
  /** The same for all signatures that count as one. */
  signer: string
  person_id: string | null
  voter_id: number | null
  said: Said
  shown_as: ShownAs
  source: 'web' | 'paper'
  sheet: string | null
  received_at: Date
  confirmed_at: Date | null
  registered: 'sure' | 'unsure' | 'no'
  /** In the district asked for. */
  is_there: boolean
  is_found: boolean
  decided_by: string | null
  withdrawn_at: Date | null
  withdrawn_by: string | null
  /** Another one of the same signer came before. */
  is_again: boolean
}

/** 'paper' is for the page where they are typed in. */
export const signatureFilters = ['all', 'unsure', 'registered', 'unconfirmed', 'withdrawn'] as const
export type SignatureFilter = (typeof signatureFilters)[number] | 'paper'

export async function signatureList(
  db: Db,
  organization_id: string,
  form_id: string,
  petition: Petition,
  { only = 'all', from = 0, limit }: { only?: SignatureFilter; from?: number; limit: number },
): Promise<{ rows: SignatureRow[]; total: number }> {
  const which = {
    all: sql`true`,
    unsure: sql`registered = 'unsure' and withdrawn_at is null`,
    registered: sql`registered = 'sure' and is_there and withdrawn_at is null`,
    unconfirmed: sql`confirmed_at is null and withdrawn_at is null and said ->> 'email' is not null`,
    withdrawn: sql`withdrawn_at is not null`,
    paper: sql`source = 'paper'`,
  }[only]
  const { rows } = await sql<SignatureRow & { total: number }>`
    select x.*, (count(*) over ())::integer as total from (
      select g.*, row_number() over (partition by signer, withdrawn_at is not null order by received_at, response_id) > 1 as is_again
      from (${signatures(organization_id, form_id, petition)}) g) x
    where ${which} order by received_at desc, response_id limit ${limit} offset ${from}`.execute(db)
  return { rows, total: rows[0]?.total ?? 0 }
}

/** One signature, for its decision. */
export async function signatureById(
  db: Db,
  organization_id: string,
  form_id: string,
  response_id: string,
): Promise<
  Pick<SignatureRow, 'response_id' | 'person_id' | 'said' | 'registered' | 'withdrawn_at' | 'confirmed_at'> | undefined
> {
  const { rows } = await sql<SignatureRow>`
    select s.response_id, a.person_id, r.said, s.registered, s.withdrawn_at, s.confirmed_at from form_signature s
    join form_response r on r.organization_id = s.organization_id and r.response_id = s.response_id
    join contact_attempt a on a.organization_id = s.organization_id and a.attempt_id = s.response_id
    where s.organization_id = ${organization_id}::uuid and r.form_id = ${form_id}::uuid and s.response_id = ${response_id}::uuid`.execute(
    db,
  )
  return rows[0]
}

/**
 * Names everybody may read, as their owners chose, newest first: only of signatures that somebody confirmed or an
 * organizer typed in, so that nobody writes on a public page by signing under an invented name.
 */
export async function publicNames(
  db: Db,
  organization_id: string,
  form_id: string,
  petition: Petition,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ said: Said; shown_as: ShownAs }>`
    select said, shown_as from (
      select distinct on (signer) said, shown_as, received_at from (${signatures(organization_id, form_id, petition)}) g
      where withdrawn_at is null and (confirmed_at is not null or source = 'paper') order by signer, received_at desc) x
    where shown_as <> 'none' order by received_at desc limit ${limit}`.execute(db)
  return rows.flatMap(({ said, shown_as }) => shownName(said, shown_as) ?? [])
}

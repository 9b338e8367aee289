import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { nameColumns, type Named } from '../names.ts'
import type { BodyOfficeTable, BodyTable } from '../tables.ts'
import { holdsOn } from './rules.ts'

export type Body = Selectable<BodyTable>
export type Office = Selectable<BodyOfficeTable>

/** A term of somebody in an office. */
export interface Holder extends Named {
  role_id: string
  office_id: string
  from_on: string
  until_on: string | null
}

export interface ListedBody extends Body {
  /** People who hold an office in it. */
  people: number
  /** Seats of its offices nobody holds. */
  vacant: number
}

/** Those there are, the board first; those put away last. */
export async function bodiesOf(db: Db, organization_id: string, day: string): Promise<ListedBody[]> {
  const { rows } = await sql<ListedBody>`
    select b.*, coalesce(o.people, 0)::integer as people, coalesce(o.vacant, 0)::integer as vacant
    from body b left join lateral (
      select sum(greatest(f.seats - h.held, 0)) as vacant,
        (select count(distinct r.person_id) from person_role r join body_office x on x.organization_id = r.organization_id and x.office_id = r.office_id
          where r.organization_id = b.organization_id and x.body_id = b.body_id and ${holding(day)}) as people
      from body_office f cross join lateral (select count(*) as held from person_role r
        where r.organization_id = f.organization_id and r.office_id = f.office_id and ${holding(day)}) h
      where f.organization_id = b.organization_id and f.body_id = b.body_id and f.archived_at is null) o on true
    where b.organization_id = ${organization_id}::uuid
    order by b.archived_at is not null, array_position(array['board', 'committee', 'chapter'], b.kind), b.made_at, b.body_id`.execute(
    db,
  )
  return rows
}

const holding = (day: string) =>
  sql`r.removed_at is null and r.from_on <= ${day}::date and (r.until_on is null or r.until_on >= ${day}::date)`

export const bodyById = (db: Db, organization_id: string, body_id: string): Promise<Body | undefined> =>
  db
    .selectFrom('body')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('body_id', '=', body_id)
    .executeTakeFirst()

/** Offices of a body in their order, those put away last. */
export const officesOf = (db: Db, organization_id: string, body_id: string): Promise<Office[]> =>
  db
    .selectFrom('body_office')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('body_id', '=', body_id)
    .orderBy((eb) => eb('archived_at', 'is not', null))
    .orderBy('position')
    .orderBy('office_id')
    .execute()

/** Everybody who holds, held or will hold an office of a body, the newest term first. */
export async function holdersOf(db: Db, organization_id: string, body_id: string): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    select ${nameColumns}, h.role_id, h.office_id, h.from_on, h.until_on
    from person_role h join body_office o on o.organization_id = h.organization_id and o.office_id = h.office_id
    join person p on p.organization_id = h.organization_id and p.person_id = h.person_id
    left join voter_record r on r.voter_id = p.voter_id
    where h.organization_id = ${organization_id}::uuid and o.body_id = ${body_id}::uuid and h.removed_at is null
    order by h.from_on desc, h.role_id`.execute(db)
  return rows
}

export interface Seated {
  office: Office
  now: Holder[]
  coming: Holder[]
  before: Holder[]
  /** null: there is no number of seats. */
  vacant: number | null
}

/** A body on a day: each office with who holds it, who will, and who did. */
export async function seatedOn(db: Db, organization_id: string, body_id: string, day: string): Promise<Seated[]> {
  const [offices, holders] = [
    await officesOf(db, organization_id, body_id),
    await holdersOf(db, organization_id, body_id),
  ]
  return offices.map((office) => {
    const theirs = holders.filter(({ office_id }) => office_id === office.office_id)
    const now = theirs.filter((each) => holdsOn(each, day))
    return {
      office,
      now,
      coming: theirs.filter(({ from_on }) => from_on > day),
      before: theirs.filter(({ until_on }) => until_on !== null && until_on < day),
      vacant: office.seats === null ? null : Math.max(0, office.seats - now.length),
    }
  })
}

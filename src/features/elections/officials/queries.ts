import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../figures/tables.ts'
import type { Office, OfficialKind } from './schema.ts'
import type { OfficialTable } from './tables.ts'

/** A term of somebody in an office, with their name. */
export interface Official extends Selectable<OfficialTable> {
  name: string
  name_hangul: string | null
}

const terms = (db: Db) =>
  db
    .selectFrom('official as o')
    .innerJoin('public_figure as f', 'f.figure_id', 'o.figure_id')
    .selectAll('o')
    .select(['f.name', sql<string | null>`f.names ->> 'ko'`.as('name_hangul')])

/** Who holds a seat on a day, and who was elected to it and takes office later. */
const holdersAndElected = (db: Db, today: string) =>
  terms(db).where((eb) => eb.or([eb('o.left_on', 'is', null), eb('o.left_on', '>', today)]))

const holders = (db: Db, today: string) =>
  holdersAndElected(db, today).where((eb) => eb.or([eb('o.since', 'is', null), eb('o.since', '<=', today)]))

/** Who holds office in each district of a kind. */
export function officials(db: Db, kind: OfficialKind, today: string): Promise<Official[]> {
  return holders(db, today).where('o.kind', '=', kind).orderBy('o.official_id').execute()
}

/**
 * Who holds office in one district, or in all of a kind (city and state have no districts), each followed by whoever was
 * elected to that seat and takes office on a day to come.
 */
export function officialsAndElected(db: Db, kind: OfficialKind, today: string, district?: string): Promise<Official[]> {
  return holdersAndElected(db, today)
    .where('o.kind', '=', kind)
    .$if(district !== undefined, (query) => query.where('o.district', '=', district ?? ''))
    .orderBy(sql`min(o.official_id) over (partition by o.office, o.district)`)
    .orderBy(sql`coalesce(o.since > ${today}::date, false)`)
    .orderBy('o.official_id')
    .execute()
}

export function official(db: Db, official_id: number): Promise<Official | undefined> {
  return terms(db).where('o.official_id', '=', official_id).executeTakeFirst()
}

/** Every office somebody holds or held, the latest first. */
export function termsOf(db: Db, figure_id: number): Promise<Official[]> {
  return terms(db)
    .where('o.figure_id', '=', figure_id)
    .orderBy(sql`o.left_on desc nulls first`)
    .orderBy(sql`o.since desc nulls last`)
    .orderBy('o.official_id')
    .execute()
}

/** Everybody who holds an office or was elected to one. */
export const termsHeld = (db: Db, today: string): Promise<Official[]> =>
  holdersAndElected(db, today).orderBy('o.official_id').execute()

export interface Seat {
  office: Office
  kind: OfficialKind
  district: string | null
}

const inSeat = ({ office, kind, district }: Seat) =>
  sql<boolean>`o.office = ${office} and o.kind = ${kind} and o.district is not distinct from ${district}`

/** Who holds a seat on a day. Some offices have several: judges, senators. */
export const holdersOf = (db: Db, seat: Seat, today: string): Promise<Official[]> =>
  holders(db, today).where(inSeat(seat)).orderBy('o.official_id').execute()

/** Does somebody hold a seat from that day on? */
export async function hasTerm(db: Db, seat: Seat, figure_id: number, since: string | null): Promise<boolean> {
  const there = await terms(db)
    .where(inSeat(seat))
    .where('o.figure_id', '=', figure_id)
    .where(sql<boolean>`o.since is not distinct from ${since}::date`)
    .executeTakeFirst()
  return there !== undefined
}

/** Holders of office and those elected to one, by any part of the name, in either script. */
export function officialsNamed(db: Db, name: string, today: string): Promise<Official[]> {
  const like = `%${name.trim().replace(/[\\%_]/g, '\\$&')}%`
  const hangul = `%${name.replace(/[\s\\%_]/g, '')}%`
  return holdersAndElected(db, today)
    .where((eb) => {
      const latin = eb('f.name', 'ilike', like)
      // Nothing left of it would be part of every name.
      if (hangul === '%%') return latin
      return eb.or([latin, sql<boolean>`replace(f.names ->> 'ko', ' ', '') like ${hangul}`])
    })
    .orderBy('o.official_id')
    .limit(30)
    .execute()
}

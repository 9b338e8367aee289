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

const holders = (db: Db) => terms(db).where('o.left_on', 'is', null)

/** Who holds office in one district, or in all of a kind (city and state have no districts). */
export function officials(db: Db, kind: OfficialKind, district?: string): Promise<Official[]> {
  return holders(db)
    .where('o.kind', '=', kind)
    .$if(district !== undefined, (query) => query.where('o.district', '=', district ?? ''))
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

/** Who holds a seat now. Some offices have several: judges, senators. */
export function holdersOf(
  db: Db,
  seat: { office: Office; kind: OfficialKind; district: string | null },
): Promise<Official[]> {
  return holders(db)
    .where('o.office', '=', seat.office)
    .where('o.kind', '=', seat.kind)
    .where(sql<boolean>`o.district is not distinct from ${seat.district}`)
    .orderBy('o.official_id')
    .execute()
}

/** Holders of office by any part of the name, in either script. */
export function officialsNamed(db: Db, name: string): Promise<Official[]> {
  const like = `%${name.trim().replace(/[\\%_]/g, '\\$&')}%`
  const hangul = `%${name.replace(/[\s\\%_]/g, '')}%`
  return holders(db)
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

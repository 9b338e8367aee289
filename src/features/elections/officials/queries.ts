import type { Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import type { OfficialKind } from './schema.ts'
import type { OfficialTable } from './tables.ts'

export type Official = Selectable<OfficialTable>

/** Of one district, or all of a kind (city and state have no districts). */
export function officials(db: Db, kind: OfficialKind, district?: string): Promise<Official[]> {
  return db
    .selectFrom('official')
    .selectAll()
    .where('kind', '=', kind)
    .$if(district !== undefined, (query) => query.where('district', '=', district ?? ''))
    .orderBy('official_id')
    .execute()
}

export function official(db: Db, official_id: number): Promise<Official | undefined> {
  return db.selectFrom('official').selectAll().where('official_id', '=', official_id).executeTakeFirst()
}

/** By any part of the name, in either script. */
export function officialsNamed(db: Db, name: string): Promise<Official[]> {
  const like = `%${name.trim().replace(/[\\%_]/g, '\\$&')}%`
  const hangul = `%${name.replace(/[\s\\%_]/g, '')}%`
  return db
    .selectFrom('official')
    .selectAll()
    .where((eb) => {
      const latin = eb('name', 'ilike', like)
      // Nothing left of it would be part of every name.
      if (hangul === '%%') return latin
      return eb.or([latin, eb(eb.fn('replace', ['name_hangul', eb.val(' '), eb.val('')]), 'like', hangul)])
    })
    .orderBy('official_id')
    .limit(30)
    .execute()
}

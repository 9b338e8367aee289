import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../writing/tables.ts'
import { usualColors, type Colors } from './rules.ts'
import './tables.ts'

export interface Look extends Colors {
  logo: { picture: string; width: number; height: number } | null
}

export const usualLook: Look = { ...usualColors, logo: null }

/** null: the organization chose nothing. */
export async function lookOf(db: Db, organization_id: string): Promise<Look | null> {
  const row = await db
    .selectFrom('mail_look as l')
    .leftJoin('mailing_picture as p', (join) =>
      join.onRef('p.organization_id', '=', 'l.organization_id').onRef('p.sha256', '=', 'l.logo'),
    )
    .select(['l.color', 'l.page_color', 'p.sha256', 'p.width', 'p.height'])
    .where('l.organization_id', '=', organization_id)
    .executeTakeFirst()
  if (!row) return null
  return lookIn(row)
}

export interface SavedLook extends Look {
  look_id: string
  name: string
}

/** As many as can be looked through. */
export const looks_most = 30

/** Those beside the usual one, by name. */
export const savedLooks = (db: Db, organization_id: string): Promise<SavedLook[]> =>
  saved(db, organization_id, sql`true`)

export const savedLookById = async (db: Db, organization_id: string, look_id: string): Promise<SavedLook | undefined> =>
  (await saved(db, organization_id, sql`l.look_id = ${look_id}::uuid`))[0]

/** Of an e-mail: its own, else the usual one; null: as everybody's. */
export async function lookFor(
  db: Db,
  { organization_id, look_id }: { organization_id: string; look_id: string | null },
): Promise<Look | null> {
  const own = look_id === null ? undefined : await savedLookById(db, organization_id, look_id)
  if (!own) return lookOf(db, organization_id)
  const { color, page_color, logo } = own
  return { color, page_color, logo }
}

interface LookRow extends Colors {
  sha256: string | null
  width: number | null
  height: number | null
}

async function saved(db: Db, organization_id: string, which: RawBuilder<unknown>): Promise<SavedLook[]> {
  const { rows } = await sql<LookRow & { look_id: string; name: string }>`
    select l.look_id, l.name, l.color, l.page_color, p.sha256, p.width, p.height from mail_saved_look l
    left join mailing_picture p on p.organization_id = l.organization_id and p.sha256 = l.logo
    where l.organization_id = ${organization_id}::uuid and ${which} order by l.name, l.look_id limit ${looks_most}`.execute(
    db,
  )
  return rows.map((row) => ({ ...lookIn(row), look_id: row.look_id, name: row.name }))
}

function lookIn({ color, page_color, sha256, width, height }: LookRow): Look {
  const logo = sha256 === null || width === null || height === null ? null : { picture: sha256, width, height }
  return { color, page_color, logo }
}

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
  const { color, page_color, sha256, width, height } = row
  const logo = sha256 === null || width === null || height === null ? null : { picture: sha256, width, height }
  return { color, page_color, logo }
}

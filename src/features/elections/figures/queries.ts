import { sql, type Selectable } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import '../officials/tables.ts'
import { foldedName } from './rules.ts'
import type { PublicFigurePhotoTable, PublicFigureTable } from './tables.ts'

export type Figure = Selectable<PublicFigureTable>
export type Photo = Omit<Selectable<PublicFigurePhotoTable>, 'content'>

export function figure(db: Db, figure_id: number): Promise<Figure | undefined> {
  return db.selectFrom('public_figure').selectAll().where('figure_id', '=', figure_id).executeTakeFirst()
}

const photoColumns = ['figure_id', 'sha256', 'width', 'height', 'alt', 'credit', 'license', 'source_url'] as const

/** Photos of these people, without the pictures themselves. */
export async function photosOf(db: Db, figure_ids: readonly number[]): Promise<Map<number, Photo>> {
  if (figure_ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('public_figure_photo')
    .select(photoColumns)
    .where('figure_id', 'in', figure_ids)
    .execute()
  return new Map(rows.map((row) => [row.figure_id, row]))
}

export function photoContent(db: Db, figure_id: number): Promise<{ content: Buffer; sha256: string } | undefined> {
  return db
    .selectFrom('public_figure_photo')
    .select(['content', 'sha256'])
    .where('figure_id', '=', figure_id)
    .executeTakeFirst()
}

/** Somebody of a name, with the offices they hold or held and what they ran for, to tell them from another of that name. */
export interface KnownFigure {
  figure_id: number
  name: string
  names: Figure['names']
  ids: Figure['ids']
  offices: { office: string; kind: string; district: string | null }[]
}

/** Everybody whom a name may mean; all of them without one. Some thousands of rows: officials of a state, and its candidates. */
export async function knownFigures(db: Db, name?: string): Promise<KnownFigure[]> {
  const folded = name === undefined ? null : foldedName(name)
  const { rows } = await sql<KnownFigure>`
    select f.figure_id, f.name, f.names, f.ids, coalesce((
      select jsonb_agg(distinct jsonb_build_object('office', x.office, 'kind', x.kind, 'district', x.district))
      from (
        select o.office, o.kind, o.district from official o where o.figure_id = f.figure_id
        union all
        select c.office, c.district_kind, nullif(c.district, '') from candidate n join contest c using (contest_id)
          where n.figure_id = f.figure_id
      ) x), '[]') as offices
    from public_figure f order by f.figure_id`.execute(db)
  return folded === null ? rows : rows.filter((row) => foldedName(row.name) === folded)
}

import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db/db.ts'
import { nameColumns, type Named } from '../names.ts'

export interface OneOnOne extends Named {
  one_on_one_id: string
  met_on: string
  writer_id: string
  writer: string
  /** The person's own account, by its name, where it may read. */
  reader: string | null
  opened_at: Date | null
  written_at: Date
  /** null: not for this reader. */
  body: string | null
}

/**
 * Who sat down with somebody and when; what was said only for the two of them, and for organizers where its writer opened
 * it. The only query that reads what was said.
 */
export async function oneOnOnes(
  db: Db,
  reader: Actor,
  { person_id, only_own = false }: { person_id?: string; only_own?: boolean },
): Promise<OneOnOne[]> {
  // Only people with an account read; a program or the command line has no such id.
  const me = reader.kind === 'user' ? reader.id : null
  const isOrganizer = reader.kind === 'user' && reader.roles.includes('organizer')
  const own = sql`(o.writer_id = ${me}::uuid or o.reader_id = ${me}::uuid)`
  const { rows } = await sql<OneOnOne>`
    select ${nameColumns}, o.one_on_one_id, o.met_on, o.writer_id, o.writer, m.display_name as reader, o.opened_at, o.written_at,
      case when coalesce(${own}, false) or (${isOrganizer} and o.opened_at is not null) then n.body end as body
    from one_on_one o join person p on p.organization_id = o.organization_id and p.person_id = o.person_id
    left join voter_record r on r.voter_id = p.voter_id
    left join one_on_one_note n on n.organization_id = o.organization_id and n.one_on_one_id = o.one_on_one_id
    left join member m on m.organization_id = o.organization_id and m.user_id = o.reader_id
    where o.organization_id = ${reader.organization_id}::uuid and o.removed_at is null
      and (${person_id ?? null}::uuid is null or o.person_id = ${person_id ?? null}::uuid)
      and (not ${only_own} or coalesce(${own}, false))
    order by o.met_on desc, o.written_at desc limit 200`.execute(db)
  return rows
}

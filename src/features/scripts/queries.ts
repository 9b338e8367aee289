import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { ScriptContent } from './schema.ts'
import './tables.ts'

export interface ScriptVersion {
  script_id: string
  version: number
  /** Name of the script. */
  name: string
  content: ScriptContent
  created_by: string
  created_at: Date
  /** Set: callers have used it, it is never changed again. */
  first_used_at: Date | null
  archived_at: Date | null
}

const versions = (db: Db) =>
  db
    .selectFrom('script_version as v')
    .innerJoin('script as s', (join) =>
      join.onRef('s.organization_id', '=', 'v.organization_id').onRef('s.script_id', '=', 'v.script_id'),
    )
    .select([
      'v.script_id',
      'v.version',
      's.name',
      'v.content',
      'v.created_by',
      'v.created_at',
      'v.first_used_at',
      's.archived_at',
    ])

const parsed = (row: Omit<ScriptVersion, 'content'> & { content: unknown }): ScriptVersion => ({
  ...row,
  content: ScriptContent.parse(row.content),
})

/** One version of a script, whatever became of the script since. */
export async function scriptVersion(db: Db, script_id: string, version: number): Promise<ScriptVersion | null> {
  const row = await versions(db)
    .where('v.script_id', '=', script_id)
    .where('v.version', '=', version)
    .executeTakeFirst()
  return row ? parsed(row) : null
}

/** The newest version of a script. */
export async function currentVersion(db: Db, script_id: string): Promise<ScriptVersion | null> {
  const row = await versions(db)
    .where('v.script_id', '=', script_id)
    .orderBy('v.version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? parsed(row) : null
}

/** Contents, newest first, of every version that asks one of these questions. */
export async function scriptsAsking(
  db: Db,
  organization_id: string,
  questions: readonly string[],
): Promise<ScriptContent[]> {
  const { rows } = await sql<{ content: unknown }>`
    select content from script_version where organization_id = ${organization_id}::uuid
      and exists (select from jsonb_array_elements(content -> 'steps') step where step ->> 'key' = any(${questions}::text[]))
    order by created_at desc`.execute(db)
  return rows.map(({ content }) => ScriptContent.parse(content))
}

/** Every version, newest first; `before`: those older than this one. */
export async function versionsOf(
  db: Db,
  script_id: string,
  { before, limit }: { before?: number | undefined; limit?: number } = {},
): Promise<ScriptVersion[]> {
  const rows = await versions(db)
    .where('v.script_id', '=', script_id)
    .$if(before !== undefined, (asked) => asked.where('v.version', '<', before ?? 0))
    .orderBy('v.version', 'desc')
    .$if(limit !== undefined, (asked) => asked.limit(limit ?? 0))
    .execute()
  return rows.map(parsed)
}

interface WhichScripts {
  archived?: boolean
  /** Those that follow this script. */
  after?: string | undefined
  limit?: number
}

/** The newest version of each script that is not archived, by name. */
export async function listScripts(
  db: Db,
  { archived = false, after, limit }: WhichScripts = {},
): Promise<ScriptVersion[]> {
  const rows = await versions(db)
    .distinctOn(['s.name', 's.script_id'])
    .where('s.archived_at', archived ? 'is not' : 'is', null)
    .$if(after !== undefined, (asked) =>
      asked.where(
        sql<boolean>`(s.name, s.script_id) > (select o.name, o.script_id from script o where o.script_id = ${after ?? ''}::uuid)`,
      ),
    )
    .orderBy('s.name')
    .orderBy('s.script_id')
    .orderBy('v.version', 'desc')
    .$if(limit !== undefined, (asked) => asked.limit(limit ?? 0))
    .execute()
  return rows.map(parsed)
}

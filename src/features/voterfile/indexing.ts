import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { sql } from 'kysely'
import type { Database, Db } from '../../platform/db/db.ts'
import { log } from '../../platform/log.ts'

/**
 * Indexes a search and the lists of people need, by what they answer. They follow an import in the background
 * (`voterfile.index`): targeting does not wait for them. `household` is early: calls ask it.
 *
 * With text_pattern_ops, which serves `=`, `like 'KIM%'` and `~>=~`; an index of another collation would serve none of them.
 * - `names`: `last_key = 'KIM' and given_key like 'MINJUN%'`; keys by rules/names.ts `nameKeys`. In any order: try each
 *   word, and the first two and last two together, as surname, the others joined as given name. Hangul and initial
 *   consonants: `romanQueries` of community/hangul.ts gives sets of spellings for both.
 * - `given_names`: `given_key like 'MINJUN%'` where no surname is known.
 *   Both carry the id: who is named so is then known without opening the records of two hundred thousand Kims.
 * - `address`: `lower(street) like 'kissena%' and house_number = '41-25'`.
 * - `name_trigram`: `last_key || ' ' || given_key like '%ANG%'`, for parts of names and misspellings.
 * - `state_key`: the state's number as a number, which later files and spreadsheets of people are matched by.
 * - `without_state_id`: the few who wait for the state's id, in the order of their list.
 * - `state_voter_id`, `county_voter_id`, `city_number`: exact. `household`: everybody at one address.
 */
const indexes: Readonly<Record<string, string>> = {
  state_key: '(state_key)',
  household: '(household_key)',
  names: '(last_key text_pattern_ops, given_key text_pattern_ops) include (voter_id)',
  given_names: '(given_key text_pattern_ops) include (voter_id)',
  address: '(lower(street) text_pattern_ops, house_number)',
  state_voter_id: '(state_voter_id)',
  county_voter_id: '(county_voter_id)',
  city_number: '(city_number) where city_number is not null',
  without_state_id: '(voter_id) where id_kind is not null',
  name_trigram: "using gin ((last_key || ' ' || given_key) gin_trgm_ops)",
}

/** Of earlier versions, dropped when those that took their places are made. */
const retired = ['name', 'given']

/** Makes one of them in the transaction at hand, where it is not there. */
export const makeIndex = (client: pg.ClientBase, table: string, name: 'names' | 'state_key'): Promise<unknown> =>
  client.query(`create ${unique(name)}index if not exists ${table}_${name} on ${table} ${indexes[name] ?? ''}`)

const unique = (name: string): string => (name === 'state_key' ? 'unique ' : '')

export interface Indexing {
  made: number
  of: number
  /** The one being made, 0-1; null: none at this moment. */
  part: number | null
}

/** How far the indexes of the search are, for all states. PostgreSQL itself says how far it is with one. */
export async function indexProgress(db: Db): Promise<Indexing> {
  const names = Object.keys(indexes)
  const { rows } = await sql<{ states: number; made: number; part: number | null }>`
    with part as (select inhrelid as id, inhrelid::regclass::text as name from pg_inherits where inhparent = 'voter_record'::regclass)
    select (select count(*)::integer from part) as states,
      (select count(*)::integer from part p join pg_index i on i.indrelid = p.id and i.indisvalid join pg_class c on c.oid = i.indexrelid
        where c.relname = any(select p.name || '_' || n from unnest(${names}::text[]) n)) as made,
      (select max(case when g.blocks_total > 0 then g.blocks_done::real / g.blocks_total else 0 end)
        from pg_stat_progress_create_index g where g.relid in (select id from part)) as part`.execute(db)
  const { states = 0, made = 0, part = null } = rows[0] ?? {}
  return { made, of: states * names.length, part }
}

/** Held while one index is made. Two at once on one table would wait for each other. */
const indexLock = 4_817_021

/** Makes what is missing, one after the other, without keeping anybody from reading or writing. Returns what was made. */
export async function addMissingIndexes(
  database: Database,
  /** Told before each index is made, with how far they all are. */
  onIndex: (index: string, at: Indexing) => void = () => undefined,
): Promise<string[]> {
  const client = await database.ownerPool.connect()
  const made: string[] = []
  try {
    await client.query("set maintenance_work_mem = '256MB'")
    const tables = await client.query<{ table: string }>(
      `select inhrelid::regclass::text as table from pg_inherits where inhparent = 'voter_record'::regclass`,
    )
    for (const { table } of tables.rows) {
      await client.query(`analyze ${table}`)
      for (const name of Object.keys(indexes)) {
        const started = performance.now()
        const begins = async (index: string): Promise<void> => onIndex(index, await indexProgress(database.owner))
        if (!(await addIndex(client, table, name, begins))) continue
        log.debug({ index: `${table}_${name}`, seconds: (performance.now() - started) / 1000 }, 'index made')
        made.push(`${table}_${name}`)
      }
      for (const name of retired) await client.query(`drop index concurrently if exists ${table}_${name}`)
    }
    return made
  } finally {
    await client.query('reset maintenance_work_mem').catch(() => undefined) // a lost connection is not given back
    client.release()
  }
}

/** For a later file, before its transaction: the index its rows are compared by, which may be younger than the file. */
export async function ensureKeyIndex(client: pg.ClientBase, table: string): Promise<void> {
  const known = await client.query<{ it: boolean }>('select to_regclass($1) is not null as it', [table])
  if (known.rows[0]?.it) await addIndex(client, table, 'state_key')
}

/** False where it stood already. Outside of any transaction. */
async function addIndex(
  client: pg.ClientBase,
  table: string,
  name: string,
  onIndex: (index: string) => Promise<void> = async () => undefined,
): Promise<boolean> {
  const index = `${table}_${name}`
  // Asked again and again: waiting inside PostgreSQL keeps a snapshot, which the index being made would wait for.
  for (;;) {
    const taken = await client.query<{ it: boolean }>('select pg_try_advisory_lock($1) as it', [indexLock])
    if (taken.rows[0]?.it) break
    await sleep(200)
  }
  try {
    const present = await client.query<{ valid: boolean }>(
      `select i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
       where i.indrelid = $1::regclass and c.relname = $2`,
      [table, index],
    )
    if (present.rows[0]?.valid) return false
    await onIndex(index)
    // Left half-made by an interruption.
    if (present.rows[0]) await client.query(`drop index concurrently ${index}`)
    await client.query(`create ${unique(name)}index concurrently ${index} on ${table} ${indexes[name] ?? ''}`)
    return true
  } finally {
    await client.query('select pg_advisory_unlock($1)', [indexLock])
  }
}

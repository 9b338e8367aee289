import type { Database } from '../../platform/db/db.ts'
import { log } from '../../platform/log.ts'

/**
 * Indexes a search and the lists of people need, by what they answer. They follow an import in the background
 * (`voterfile.index`): targeting does not wait for them.
 *
 * With text_pattern_ops, which serves `=`, `like 'KIM%'` and `~>=~`; an index of another collation would serve none of them.
 * - `name`: `last_key = 'KIM' and given_key like 'MINJUN%'`; keys by rules/names.ts `nameKeys`. In any order: try each
 *   word, and the first two and last two together, as surname, the others joined as given name. Hangul and initial
 *   consonants: `romanQueries` of community/hangul.ts gives sets of spellings for both.
 * - `given`: `given_key like 'MINJUN%'` where no surname is known.
 * - `address`: `lower(street) like 'kissena%' and house_number = '41-25'`.
 * - `name_trigram`: `last_key || ' ' || given_key like '%ANG%'`, for parts of names and misspellings.
 * - `state_voter_id`, `county_voter_id`: exact. `household`: everybody at one address.
 */
const indexes: Readonly<Record<string, string>> = {
  name: '(last_key text_pattern_ops, given_key text_pattern_ops)',
  given: '(given_key text_pattern_ops)',
  address: '(lower(street) text_pattern_ops, house_number)',
  household: '(household_key)',
  state_voter_id: '(state_voter_id)',
  county_voter_id: '(county_voter_id)',
  name_trigram: "using gin ((last_key || ' ' || given_key) gin_trgm_ops)",
}

/** Makes what is missing, one after the other, without keeping anybody from reading or writing. Returns what was made. */
export async function addMissingIndexes(
  database: Database,
  onIndex: (index: string) => void = () => undefined,
): Promise<string[]> {
  const client = await database.ownerPool.connect()
  const made: string[] = []
  try {
    await client.query("set maintenance_work_mem = '256MB'")
    const tables = await client.query<{ table: string }>(
      `select inhrelid::regclass::text as table from pg_inherits where inhparent = 'voter_record'::regclass`,
    )
    for (const { table } of tables.rows) {
      const present = await client.query<{ name: string; valid: boolean }>(
        'select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = $1::regclass',
        [table],
      )
      const valid = new Map(present.rows.map((row) => [row.name, row.valid]))
      await client.query(`analyze ${table}`)
      for (const [name, definition] of Object.entries(indexes)) {
        const index = `${table}_${name}`
        if (valid.get(index)) continue
        // Left half-made by an interruption.
        if (valid.has(index)) await client.query(`drop index concurrently ${index}`)
        const started = performance.now()
        onIndex(index)
        await client.query(`create index concurrently ${index} on ${table} ${definition}`)
        log.debug({ index, seconds: (performance.now() - started) / 1000 }, 'index made')
        made.push(index)
      }
    }
    return made
  } finally {
    await client.query('reset maintenance_work_mem').catch(() => undefined) // a lost connection is not given back
    client.release()
  }
}

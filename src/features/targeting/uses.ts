import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { foldName } from './names.ts'
import { parse } from './parse.ts'
import type { Universe } from './queries.ts'
import { allTermsOf } from './schema.ts'

/** What stands on a universe: changing or archiving it touches these. */
export interface Uses {
  /** Universes that name it after `in:`. */
  universes: { universe_id: string; name: string; expression: string }[]
  /** Phone banks made from it that have not ended; `is_by_name`: they ask for it again at each refresh, else they keep a copy. */
  phone_banks: { phone_bank_id: string; name: LocalizedText; is_by_name: boolean }[]
  /** Files made from it, newest first, as they were asked for: no change reaches them. `voters` null: not written. */
  exports: { export_id: string; purpose: string; requested_by: string; requested_at: Date; voters: number | null }[]
}

/** Files told one by one; the register has them all. */
const mostExports = 5

/** Does a change or its end touch anything? Files that were made stay as they are. */
export const isUsed = (uses: Uses): boolean => uses.universes.length + uses.phone_banks.length > 0

/** The names after `in:` anywhere in a text, as `foldName` writes them. */
function namesIn(text: string): Set<string> {
  const parsed = parse(text)
  if (!parsed.ok) return new Set()
  return new Set(
    [...allTermsOf(parsed.expression)].flatMap((term) => (term.field === 'in' ? term.universes.map(foldName) : [])),
  )
}

/** Its name and those it had, as `foldName` writes them. */
export async function namesOf(db: Db, saved: Universe): Promise<string[]> {
  const former = await db
    .selectFrom('universe_former_name')
    .select('name')
    .where('organization_id', '=', saved.organization_id)
    .where('universe_id', '=', saved.universe_id)
    .execute()
  return [foldName(saved.name), ...former.map(({ name }) => name)]
}

export async function usesOf(db: Db, saved: Universe): Promise<Uses> {
  const names = await namesOf(db, saved)
  const isNamedBy = (text: string): boolean => {
    const said = namesIn(text)
    return names.some((name) => said.has(name))
  }
  const [others, banks, exports] = await Promise.all([
    db
      .selectFrom('universe')
      .select(['universe_id', 'name', 'expression'])
      .where('organization_id', '=', saved.organization_id)
      .where('universe_id', '<>', saved.universe_id)
      .where('archived_at', 'is', null)
      .where('expression', 'like', '%in:%')
      .orderBy('name')
      .execute(),
    // Of a room above: read here, written there.
    sql<{ phone_bank_id: string; name: LocalizedText; universe_id: string | null; expression: string }>`
      select phone_bank_id, name, universe_id, expression from phone_bank
      where organization_id = ${saved.organization_id} and ended_at is null
        and (universe_id = ${saved.universe_id} or expression like '%in:%')
      order by created_at desc`.execute(db),
    db
      .selectFrom('universe_export')
      .select(['export_id', 'purpose', 'requested_by', 'requested_at', 'state', 'written'])
      .where('organization_id', '=', saved.organization_id)
      .where('universe_id', '=', saved.universe_id)
      .orderBy('requested_at', 'desc')
      .orderBy('export_id')
      .limit(mostExports)
      .execute(),
  ])
  return {
    universes: others.filter(({ expression }) => isNamedBy(expression)),
    phone_banks: banks.rows.flatMap(({ phone_bank_id, name, universe_id, expression }) => {
      const is_by_name = isNamedBy(expression)
      return is_by_name || universe_id === saved.universe_id ? [{ phone_bank_id, name, is_by_name }] : []
    }),
    exports: exports.map(({ state, written, ...asked }) => ({
      ...asked,
      voters: state === 'done' || state === 'expired' ? written : null,
    })),
  }
}

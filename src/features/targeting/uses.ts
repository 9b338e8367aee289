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
}

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
  const [others, banks] = await Promise.all([
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
  ])
  return {
    universes: others.filter(({ expression }) => isNamedBy(expression)),
    phone_banks: banks.rows.flatMap(({ phone_bank_id, name, universe_id, expression }) => {
      const is_by_name = isNamedBy(expression)
      return is_by_name || universe_id === saved.universe_id ? [{ phone_bank_id, name, is_by_name }] : []
    }),
  }
}

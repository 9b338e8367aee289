import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { ask, type Until } from '../bounded.ts'
import { countsFromColumns } from '../columns/ask.ts'
import type { ColumnStore } from '../columns/store.ts'
import { compileExpression } from '../queries.ts'
import type { Step } from './rules.ts'

/** More steps than this are told, not counted. */
const mostCounted = 12

/** How many voters are left after each step, in one walk over the voters; null: not counted. */
export async function countSteps(
  db: Db,
  steps: readonly Step[],
  organization_id: string,
  today: string,
  until: Until,
  store: ColumnStore | null = null,
): Promise<(number | null)[]> {
  const compiled = await Promise.all(
    steps.slice(0, mostCounted).map((step) => compileExpression(db, step.so_far, organization_id, today)),
  )
  const asked = compiled.flatMap((each) => (each.ok ? [each.universe] : []))
  const counts = store && (await countsFromColumns(store, db, asked, { until }))
  if (counts) {
    const next = counts.values()
    return steps.map((_, nth) => (compiled[nth]?.ok ? (next.next().value ?? null) : null))
  }
  const conditions = compiled.map((each) => (each.ok ? each.universe.condition : sql<boolean>`null`))
  // A step may add as well as take away: a voter is walked over if any of them wants them.
  const [row] = await ask(
    db,
    sql<Record<string, number>>`select ${sql.join(
      conditions.map((condition, nth) => sql`count(*) filter (where ${condition}) as ${sql.id(`step_${nth}`)}`),
    )} from voter_record v`,
    until,
  )
  return steps.map((_, nth) => (compiled[nth]?.ok ? (row?.[`step_${nth}`] ?? null) : null))
}

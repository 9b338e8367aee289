import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { lineById, unmatchedEntries, unmatchedLines } from './queries.ts'
import { matchLines, type BankLine } from './rules.ts'

const lockBank = (tx: Db, organization_id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`bank ${organization_id}`}, 0))`.execute(tx)

/** Takes in the lines of a bank's file, those that are there already once only, and matches what is certain. */
export function importBank(
  db: Db,
  actor: Actor,
  file_name: string,
  lines: readonly BankLine[],
): Promise<{ added: number; matched: number }> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockBank(tx, organization_id)
    const seen = new Map<string, number>()
    let added = 0
    for (const line of lines) {
      // Two of the same amount on one day are two, the same two in next month's file are not.
      const same = JSON.stringify([line.on_date, line.amount_cents, line.text])
      const nth = (seen.get(same) ?? 0) + 1
      seen.set(same, nth)
      const row = await tx
        .insertInto('bank_line')
        .values({ organization_id, ...line, nth, file_name, imported_by: actor.name })
        .onConflict((conflict) =>
          conflict.columns(['organization_id', 'on_date', 'amount_cents', 'text', 'nth']).doNothing(),
        )
        .returning('line_id')
        .executeTakeFirst()
      if (row) added++
    }
    const matched = await matchWhatIsCertain(tx, actor)
    await audit(tx, actor, { action: 'bank.import', subject: 'bank_line', after: { name: file_name, added, matched } })
    return { added, matched }
  })
}

/** After payments were recorded that were at the bank before. */
export function matchAgain(db: Db, actor: Actor): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockBank(tx, actor.organization_id)
    const matched = await matchWhatIsCertain(tx, actor)
    await audit(tx, actor, { action: 'bank.match', subject: 'bank_line', after: { matched } })
    return matched
  })
}

async function matchWhatIsCertain(tx: Db, actor: Actor): Promise<number> {
  const { organization_id } = actor
  const [entries, lines] = [await unmatchedEntries(tx, organization_id), await unmatchedLines(tx, organization_id)]
  const pairs = matchLines(entries, lines)
  if (pairs.length > 0) {
    await tx
      .insertInto('bank_match')
      .values(pairs.map((pair) => ({ organization_id, ...pair, how: 'rule' as const, matched_by: actor.name })))
      .execute()
  }
  return pairs.length
}

export type MatchProblem = 'none_chosen' | 'sum'

/** Says of a line which payments it is: one, or several brought to the bank together. Their sum must be its own. */
export function matchByHand(
  db: Db,
  actor: Actor,
  line_id: string,
  entry_ids: readonly string[],
): Promise<{ ok: true } | { ok: false; problem: MatchProblem }> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockBank(tx, organization_id)
    const { amount_cents } = await lineById(tx, organization_id, line_id)
    found((await unmatchedLines(tx, organization_id)).find((each) => each.line_id === line_id))
    const chosen = (await unmatchedEntries(tx, organization_id)).filter(({ entry_id }) => entry_ids.includes(entry_id))
    if (chosen.length === 0 || chosen.length < new Set(entry_ids).size)
      return { ok: false, problem: 'none_chosen' } as const
    if (chosen.reduce((sum, each) => sum + each.amount_cents, 0) !== amount_cents)
      return { ok: false, problem: 'sum' } as const
    await tx
      .insertInto('bank_match')
      .values(
        chosen.map(({ entry_id }) => ({
          organization_id,
          entry_id,
          line_id,
          how: 'hand' as const,
          matched_by: actor.name,
        })),
      ) // prettier-ignore
      .execute()
    await audit(tx, actor, {
      action: 'bank.match',
      subject: 'bank_line',
      subject_id: line_id,
      after: { matched: chosen.length },
    })
    return { ok: true } as const
  })
}

/** A line is not what it was taken for, or it is looked at again after it was set aside. */
export function openLine(db: Db, actor: Actor, line_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockBank(tx, organization_id)
    await lineById(tx, organization_id, line_id)
    await tx
      .deleteFrom('bank_match')
      .where('organization_id', '=', organization_id)
      .where('line_id', '=', line_id)
      .execute()
    await tx
      .updateTable('bank_line')
      .set({ set_aside_by: null, set_aside_at: null })
      .where('organization_id', '=', organization_id)
      .where('line_id', '=', line_id)
      .execute()
    await audit(tx, actor, { action: 'bank.open', subject: 'bank_line', subject_id: line_id })
  })
}

/** Nothing of ours: rent, a fee, a gift to another account. */
export function setAside(db: Db, actor: Actor, line_id: string, at: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockBank(tx, organization_id)
    await lineById(tx, organization_id, line_id)
    found((await unmatchedLines(tx, organization_id)).find((each) => each.line_id === line_id))
    await tx
      .updateTable('bank_line')
      .set({ set_aside_by: actor.name, set_aside_at: at })
      .where('organization_id', '=', organization_id)
      .where('line_id', '=', line_id)
      .execute()
    await audit(tx, actor, { action: 'bank.set_aside', subject: 'bank_line', subject_id: line_id })
  })
}

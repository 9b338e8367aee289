import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Db } from '../../platform/db/db.ts'
import { foldName } from './names.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'
import type { Expression, Term } from './schema.ts'

/*
 * An expression names universes, phone banks and rungs, as a person reads and types them. When one gets another name, every expression
 * kept anywhere is written anew in the same transaction, so that none goes on naming nobody, or somebody else who takes the old
 * name later.
 */

export interface Rename {
  of: 'universe' | 'phone_bank' | 'rung'
  from: string
  to: string
}

type Keeper = (tx: Db, actor: Actor, rename: Rename) => Promise<void>
const keepers: Keeper[] = []

/** A room that keeps expressions in a table of its own rewrites them here. */
export function alsoKeptBy(keeper: Keeper): void {
  keepers.push(keeper)
}

/** Writes every kept expression of the organization anew. In the transaction that gives the name. */
export async function carryRename(tx: Db, actor: Actor, rename: Rename): Promise<void> {
  const { organization_id } = actor
  const kept = await tx
    .selectFrom('universe')
    .select(['universe_id', 'expression'])
    .where('organization_id', '=', organization_id)
    .orderBy('universe_id')
    .execute()
  for (const { universe_id, expression } of kept) {
    const after = renamedIn(expression, rename)
    if (after === null) continue
    await tx
      .updateTable('universe')
      .set({ expression: after })
      .where('organization_id', '=', organization_id)
      .where('universe_id', '=', universe_id)
      .execute()
    await audit(tx, actor, {
      action: 'universe.change',
      subject: 'universe',
      subject_id: universe_id,
      before: { expression },
      after: { expression: after },
    })
  }
  for (const keeper of keepers) await keeper(tx, actor, rename)
}

/** The same of a name in several languages: each is followed by what stands in its place. */
export async function carryNames(
  tx: Db,
  actor: Actor,
  of: Rename['of'],
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [language, from] of Object.entries(before)) {
    const to = after[language] || Object.values(after).find(Boolean)
    if (from && to && !Object.values(after).some((name) => foldName(name) === foldName(from)))
      await carryRename(tx, actor, { of, from, to })
  }
}

/** The expression with the new name; null where it does not name it, or cannot be read. */
export function renamedIn(text: string, rename: Rename): string | null {
  const parsed = parse(text)
  if (!parsed.ok) return null
  const after = print(renamed(parsed.expression, rename))
  return after === print(parsed.expression) ? null : after
}

function renamed(expression: Expression, rename: Rename): Expression {
  if (expression.op === 'term') return { op: 'term', term: renamedTerm(expression.term, rename) }
  if (expression.op === 'not') return { op: 'not', of: renamed(expression.of, rename) }
  return { op: expression.op, of: expression.of.map((each) => renamed(each, rename)) }
}

function renamedTerm(term: Term, rename: Rename): Term {
  const { of, from, to } = rename
  const isIt = (name: string): boolean => foldName(name) === foldName(from)
  const names = (list: readonly string[]): string[] => [...new Set(list.map((name) => (isIt(name) ? to : name)))]
  if (term.field === 'household_with') return { ...term, of: renamed(term.of, rename) }
  if (term.field === 'in' && of === 'universe') return { ...term, universes: names(term.universes) }
  if (term.field === 'at_phone_bank' && of === 'phone_bank') return { ...term, phone_banks: names(term.phone_banks) }
  if (term.field === 'stage' && of === 'rung') return { ...term, rungs: names(term.rungs) }
  return term
}

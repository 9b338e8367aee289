import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Db } from '../../platform/db/db.ts'
import { kindNamesAlsoKeptBy } from '../people/membership/kinds/commands.ts'
import { foldName } from './names.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'
import { isAtEvents, type BodyKind, type Expression, type Term } from './schema.ts'

/*
 * An expression names universes, phone banks, rungs, offices, cohorts and kinds, as a person reads and types them. When one gets another
 * name, every expression kept anywhere is written anew in the same transaction, so that none goes on naming nobody, or somebody
 * else who takes the old name later.
 */

export interface Rename {
  of: 'universe' | 'phone_bank' | 'rung' | 'role' | BodyKind | 'office' | 'cohort' | 'event_kind' | 'membership_kind'
  from: string
  to: string
  /** Of all kinds: an expression may say them instead of names, and they stay. */
  keys?: readonly string[]
  /** Of an office: in the body that is called so. */
  body?: { kind: BodyKind; name: Names }
}

type Names = Readonly<Partial<Record<string, string>>>

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

/**
 * The same of a name in several languages: each is followed by what stands in its place. Of a kind its own key, and those of
 * all: where the new name would be read as one of them, its key is followed.
 */
export async function carryNames(
  tx: Db,
  actor: Actor,
  of: Rename['of'],
  before: Names,
  after: Names,
  kind?: { key: string; keys: readonly string[] },
  body?: Rename['body'],
): Promise<void> {
  for (const [language, from] of Object.entries(before)) {
    const name = after[language] || Object.values(after).find(Boolean)
    if (!from || !name || Object.values(after).some((each) => foldName(each ?? '') === foldName(from))) continue
    const to = kind?.keys.includes(name.replaceAll('-', '_')) ? kind.key : name
    await carryRename(tx, actor, { of, from, to, ...(kind && { keys: kind.keys }), ...(body && { body }) })
  }
}

// Kinds of membership are a lower room's.
kindNamesAlsoKeptBy((tx, actor, { before, after, ...kind }) =>
  carryNames(tx, actor, 'membership_kind', before, after, kind),
)

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
  const { of, from, to, keys = [] } = rename
  const isIt = (name: string): boolean => !keys.includes(name) && foldName(name) === foldName(from)
  const names = (list: readonly string[]): string[] => [...new Set(list.map((name) => (isIt(name) ? to : name)))]
  if (term.field === 'household_with') return { ...term, of: renamed(term.of, rename) }
  if (term.field === 'in' && of === 'universe') return { ...term, universes: names(term.universes) }
  if (term.field === 'at_phone_bank' && of === 'phone_bank') return { ...term, phone_banks: names(term.phone_banks) }
  if (term.field === 'stage' && of === 'rung') return { ...term, rungs: names(term.rungs) }
  if (term.field === 'cohort' && of === 'cohort') return { ...term, names: names(term.names) }
  if (term.field === 'role' && of === 'role') return { ...term, names: names(term.names) }
  if (term.field === 'body' && of === term.kind) return { ...term, names: names(term.names) }
  if (term.field === 'body' && of === 'office') return { ...term, offices: officesIn(term, rename, isIt) }
  if (term.field === 'member' && of === 'membership_kind') return { ...term, kinds: names(term.kinds) }
  if (of === 'event_kind' && (term.field === 'event_times' || term.field === 'hours' || isAtEvents(term)))
    return { ...term, kinds: names(term.kinds) }
  return term
}

/** Where other bodies are asked too, offices of theirs may go on being called so. */
function officesIn(
  { kind, names, offices }: BodyTerm,
  { body, to }: Rename,
  isIt: (name: string) => boolean,
): string[] {
  const its = new Set(Object.values(body?.name ?? {}).map((name) => foldName(name ?? '')))
  const [asked, others] = [names.filter((name) => its.has(foldName(name))), names.filter((name) => !its.has(foldName(name)))] // prettier-ignore
  if (kind !== body?.kind || (names.length > 0 && asked.length === 0)) return offices
  const isAlone = names.length > 0 && others.length === 0
  return [...new Set(offices.flatMap((name) => (isIt(name) ? (isAlone ? [to] : [name, to]) : [name])))]
}
type BodyTerm = Term & { field: 'body' }

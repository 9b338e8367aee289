import type { Actor } from '../../../../platform/actor.ts'
import { audit } from '../../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../../platform/db/db.ts'
import { kindByKey, membershipKinds } from '../queries.ts'
import type { KindFacts } from '../schema.ts'

interface KindRenamed {
  key: string
  /** Of all kinds. */
  keys: readonly string[]
  before: Readonly<Record<string, string>>
  after: Readonly<Partial<Record<string, string>>>
}
type Keeper = (tx: Db, actor: Actor, renamed: KindRenamed) => Promise<void>
const keepers: Keeper[] = []

/** A room that keeps texts which name kinds rewrites them here. */
export function kindNamesAlsoKeptBy(keeper: Keeper): void {
  keepers.push(keeper)
}

export function addKind(db: Db, actor: Actor, facts: KindFacts): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const there = await membershipKinds(tx, organization_id)
    const kind = freeKey(
      facts.name.en ?? '',
      there.map((each) => each.kind),
    )
    const position = Math.max(0, ...there.map((each) => each.position)) + 1
    await tx
      .insertInto('membership_kind')
      .values({ organization_id, kind, ...facts, name: JSON.stringify(facts.name), position })
      .execute()
    await audit(tx, actor, {
      action: 'membership_kind.add',
      subject: 'membership_kind',
      subject_id: kind,
      after: { ...facts },
    })
    return kind
  })
}

/** New terms hold for what is paid from now on; what was paid keeps its days. */
export function editKind(db: Db, actor: Actor, kind: string, facts: KindFacts): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await kindByKey(tx, actor.organization_id, kind)
    await tx
      .updateTable('membership_kind')
      .set({ ...facts, name: JSON.stringify(facts.name) })
      .where('organization_id', '=', actor.organization_id)
      .where('kind', '=', kind)
      .execute()
    const keys = (await membershipKinds(tx, actor.organization_id)).map((each) => each.kind)
    for (const keeper of keepers) await keeper(tx, actor, { key: kind, keys, before: before.name, after: facts.name })
    const was = Object.fromEntries(Object.keys(facts).map((field) => [field, before[field as keyof KindFacts]]))
    await audit(tx, actor, {
      action: 'membership_kind.update',
      subject: 'membership_kind',
      subject_id: kind,
      before: was,
      after: { ...facts },
    })
  })
}

/** Who has an archived kind keeps it; nobody gets it anew. */
export function archiveKind(db: Db, actor: Actor, kind: string, archived_at: Date | null): Promise<void> {
  return inTransaction(db, async (tx) => {
    await kindByKey(tx, actor.organization_id, kind)
    await tx
      .updateTable('membership_kind')
      .set({ archived_at })
      .where('organization_id', '=', actor.organization_id)
      .where('kind', '=', kind)
      .execute()
    await audit(tx, actor, {
      action: archived_at ? 'membership_kind.archive' : 'membership_kind.restore',
      subject: 'membership_kind',
      subject_id: kind,
    })
  })
}

/** A key of letters, from the English name where there is one. */
function freeKey(name: string, taken: readonly string[]): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)
  const wished = plain || 'kind'
  for (let number = 1; ; number++) {
    const key = number === 1 && plain ? wished : `${wished}_${number}`
    if (!taken.includes(key)) return key
  }
}

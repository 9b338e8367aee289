import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { carryNames } from '../targeting/events.ts'
import { eventKindWords, fold } from '../targeting/words.ts'
import { kindsOf } from './queries.ts'
import type { EventText, Need } from './schema.ts'

/** An organization's own kind, or one of ours with other words and needs. null: a new one. */
export function saveKind(
  db: Db,
  actor: Actor,
  kind: string | null,
  { name, needs }: { name: EventText; needs: readonly Need[] },
  now: Date,
): Promise<{ kind: string }> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const kinds = await kindsOf(tx, organization_id)
    const before = kind === null ? null : found(kinds.find((each) => each.kind === kind))
    const key = kind ?? freshKey(name, new Set(kinds.map((each) => each.kind)))
    const values = { name: JSON.stringify(name), needs: [...needs] }
    await tx
      .insertInto('event_kind')
      .values({ organization_id, kind: key, ...values, made_by: actor.name, made_at: now })
      .onConflict((conflict) => conflict.columns(['organization_id', 'kind']).doUpdateSet(values))
      .execute()
    if (before)
      await carryNames(tx, actor, 'event_kind', before.name, name, { key, keys: kinds.map((each) => each.kind) })
    await audit(tx, actor, {
      action: 'event_kind.save',
      subject: 'event_kind',
      subject_id: key,
      before: before && { name: before.name, needs: before.needs },
      after: { name, needs },
    })
    return { kind: key }
  })
}

/** Of the English name's letters, with a number where it is taken, or a word for one of our kinds in expressions ('forum'). */
function freshKey(name: EventText, taken: ReadonlySet<string>): string {
  const plain = (name.en ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^[_0-9]+|_+$/g, '').slice(0, 30) // prettier-ignore
  for (let number = 1; ; number++) {
    const key = `${plain || 'own'}${number === 1 ? '' : `_${number}`}`
    if (!taken.has(key) && !eventKindWords.has(fold(key))) return key
  }
}

/** No longer offered for new events, or offered again; events of it stay. */
export function archiveKind(db: Db, actor: Actor, kind: string, is_archived: boolean, now: Date): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { name, needs } = found((await kindsOf(tx, organization_id)).find((each) => each.kind === kind))
    const archived_at = is_archived ? now : null
    await tx
      .insertInto('event_kind')
      .values({
        organization_id,
        kind,
        name: JSON.stringify(name),
        needs: [...needs],
        archived_at,
        made_by: actor.name,
        made_at: now,
      }) // prettier-ignore
      .onConflict((conflict) => conflict.columns(['organization_id', 'kind']).doUpdateSet({ archived_at }))
      .execute()
    await audit(tx, actor, {
      action: is_archived ? 'event_kind.archive' : 'event_kind.restore',
      subject: 'event_kind',
      subject_id: kind,
    })
  })
}

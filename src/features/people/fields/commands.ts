import type { Selectable } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { CustomFieldTable } from '../tables.ts'
import { choicesOf, type NewField } from './schema.ts'

export type StoredField = Selectable<CustomFieldTable>

/** Fields in their order, the archived ones last. */
export const allFields = (db: Db, organization_id: string): Promise<StoredField[]> =>
  db
    .selectFrom('custom_field')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .orderBy((eb) => eb('archived_at', 'is not', null))
    .orderBy('position')
    .orderBy('key')
    .execute()

export function addField(db: Db, actor: Actor, field: NewField): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const there = await allFields(tx, organization_id)
    const key = freeKey(
      field.label_en,
      there.map((each) => each.key),
    )
    const label = { ...(field.label_en && { en: field.label_en }), ...(field.label_ko && { ko: field.label_ko }) }
    await tx
      .insertInto('custom_field')
      .values({
        organization_id,
        key,
        label: JSON.stringify(label),
        kind: field.kind,
        choices: JSON.stringify(field.kind === 'choice' ? choicesOf(field.choices) : []),
        position: Math.max(0, ...there.map((each) => each.position)) + 1,
      })
      .execute()
    await audit(tx, actor, {
      action: 'custom_field.add',
      subject: 'custom_field',
      subject_id: key,
      after: { label, kind: field.kind },
    })
    return key
  })
}

/** Archived fields keep their values; they are only shown no more. */
export function archiveField(db: Db, actor: Actor, key: string, archived_at: Date | null): Promise<void> {
  return inTransaction(db, async (tx) => {
    found(
      await tx
        .updateTable('custom_field')
        .set({ archived_at })
        .where('organization_id', '=', actor.organization_id)
        .where('key', '=', key)
        .returning('key')
        .executeTakeFirst(),
    )
    await audit(tx, actor, {
      action: archived_at ? 'custom_field.archive' : 'custom_field.restore',
      subject: 'custom_field',
      subject_id: key,
    })
  })
}

/** Changes places with the field before it. */
export function moveUp(db: Db, actor: Actor, key: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const fields = (await allFields(tx, actor.organization_id)).filter((field) => field.archived_at === null)
    const at = fields.findIndex((field) => field.key === key)
    const field = found(fields[at])
    const keys = fields.map((each) => each.key)
    if (at > 0) keys.splice(at - 1, 2, field.key, keys[at - 1] ?? '')
    for (const [position, each] of keys.entries()) {
      await tx
        .updateTable('custom_field')
        .set({ position: position + 1 })
        .where('organization_id', '=', actor.organization_id)
        .where('key', '=', each)
        .execute()
    }
    await audit(tx, actor, { action: 'custom_field.move', subject: 'custom_field', subject_id: key })
  })
}

/** A key of letters, from the English name where there is one. */
function freeKey(label: string, taken: readonly string[]): string {
  const plain = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)
  const wished = plain || 'field'
  for (let number = 1; ; number++) {
    const key = number === 1 && plain ? wished : `${wished}_${number}`
    if (!taken.includes(key)) return key
  }
}

import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { indexPerson, personOf } from '../commands.ts'
import { addressKey } from './rules.ts'
import type { AddressInput } from './schema.ts'

/** Adds an address, or says anew what is known of one that is there. */
export function saveAddress(
  db: Db,
  actor: Actor,
  who: string,
  input: AddressInput,
  source = actor.name,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const person_id = await personOf(tx, actor, who)
    const address_key = addressKey(input)
    const before = await tx
      .selectFrom('person_address')
      .select(['address', 'city', 'state', 'zip5', 'kind', 'quality', 'is_preferred'])
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('address_key', '=', address_key)
      .forUpdate()
      .executeTakeFirst()
    if (input.is_preferred) {
      await tx
        .updateTable('person_address')
        .set({ is_preferred: false })
        .where('organization_id', '=', organization_id)
        .where('person_id', '=', person_id)
        .execute()
    }
    const { kind, city, state, quality, is_preferred } = input
    await tx
      .insertInto('person_address')
      .values({ organization_id, person_id, address_key, source, ...input })
      .onConflict((conflict) =>
        conflict
          .columns(['organization_id', 'person_id', 'address_key'])
          .doUpdateSet({ kind, city, state, quality, is_preferred }),
      )
      .execute()
    await indexPerson(tx, organization_id, person_id)
    await audit(tx, actor, {
      action: 'person.address',
      subject: 'person',
      subject_id: person_id,
      before: before ?? null,
      after: { ...input },
    })
  })
}

export function removeAddress(db: Db, actor: Actor, who: string, address_key: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const person_id = await personOf(tx, actor, who)
    const removed = await tx
      .deleteFrom('person_address')
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person_id)
      .where('address_key', '=', address_key)
      .returning(['address', 'city', 'state', 'zip5', 'kind', 'quality'])
      .executeTakeFirst()
    if (!removed) return
    await indexPerson(tx, actor.organization_id, person_id)
    await audit(tx, actor, { action: 'person.address', subject: 'person', subject_id: person_id, before: removed })
  })
}

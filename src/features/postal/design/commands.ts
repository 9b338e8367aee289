import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import type { Db } from '../../../platform/db/db.ts'
import { changeableDrop, dropFiles, setDrop } from '../drops/commands.ts'
import type { Picture } from './print.ts'
import { designOf } from './queries.ts'
import type { Design } from './schema.ts'

/** Until the files are made, words and looks may change. Called in a transaction. */
export async function saveDesign(tx: Db, actor: Actor, drop_id: string, design: Design): Promise<void> {
  const before = await changeableDrop(tx, actor.organization_id, drop_id)
  await setDrop(tx, before, {
    design: JSON.stringify(design),
    first_serial: null,
    serials_from: null,
    print_state: null,
  })
  await dropFiles(tx, before)
  await audit(tx, actor, { action: 'postal.design', subject: 'postal_drop', subject_id: drop_id, before: designOf(before), after: design }) // prettier-ignore
}

/** Puts a picture on the side with the message, in place of the one before; null takes it off. Called in a transaction. */
export async function savePicture(
  tx: Db,
  actor: Actor,
  drop_id: string,
  picture: Picture | null,
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  const before = await changeableDrop(tx, organization_id, drop_id)
  await setDrop(tx, before, { print_state: null })
  await dropFiles(tx, before)
  const gone = await tx
    .deleteFrom('postal_picture')
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .returning('type')
    .executeTakeFirst()
  if (picture)
    await tx
      .insertInto('postal_picture')
      .values({ organization_id, drop_id, type: picture.type, content: Buffer.from(picture.content), kept_at: now })
      .execute()
  await audit(tx, actor, { action: 'postal.picture', subject: 'postal_drop', subject_id: drop_id, before: { picture: gone?.type ?? null }, after: { picture: picture?.type ?? null } }) // prettier-ignore
}

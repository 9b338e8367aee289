import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { redrawn, withoutMetadata } from '../../elections/figures/photo.ts'
import { largest_picture_bytes } from './schema.ts'
import './tables.ts'

/** Twice the width of a mail, for fine screens. */
const widest_pixels = 1200
/** A photo drawn anew is a PNG, several times as heavy as the JPEG it was. */
const widest_photo_pixels = 640
/** A JPEG up to this size goes out as it is. */
const light_bytes = 400 * 1024

export type Put = { ok: true; picture: string; width: number } | { ok: false; problem: 'too_large' | 'no_picture' }

/** Keeps a picture under the hash of what is in it, without what tells where it was taken. */
export async function keepPicture(db: Db, actor: Actor, file: Buffer, now: Date): Promise<Put> {
  const limits = { bytes: largest_picture_bytes, pixels: widest_pixels }
  const drawn = redrawn(file, limits)
  if (!drawn.ok) return drawn
  const light = withoutMetadata(file)
  const isLight = light !== null && light.content.length <= light_bytes && light.width <= 2 * widest_pixels
  const smaller = light && !isLight ? redrawn(file, { ...limits, pixels: widest_photo_pixels }) : drawn
  const picture = isLight ? light : smaller.ok ? smaller.picture : drawn.picture
  const { sha256, width } = picture
  const { organization_id, name } = actor
  await inTransaction(db, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('mailing_picture')
      .values({
        organization_id,
        ...picture,
        type: isLight ? 'image/jpeg' : 'image/png',
        uploaded_by: name,
        uploaded_at: now,
      }) // prettier-ignore
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (!numInsertedOrUpdatedRows) return
    await audit(tx, actor, {
      action: 'mailing_picture.upload',
      subject: 'mailing_picture',
      subject_id: sha256,
    })
  })
  return { ok: true, picture: sha256, width }
}

/** For everybody who has a mail with it. `owner` passes row-level security. */
export const pictureNamed = (owner: Db, sha256: string) =>
  owner
    .selectFrom('mailing_picture')
    .select(['content', 'type'])
    .where('sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst()

import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { seal } from '../../../platform/seal.ts'
import { domainOf, identityOf, sealedFor } from './queries.ts'

const makePair = promisify(generateKeyPair)

/** 2048 bits: what receivers ask for, and what still fits where records are published. */
async function freshKey(): Promise<{ public_key: string; private_key: string }> {
  const { publicKey, privateKey } = await makePair('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return { public_key: publicKey.toString('base64'), private_key: privateKey }
}

/** As whom the organization writes. Another domain gets another key, signed with only once its record was seen. */
export async function saveIdentity(
  db: Db,
  actor: Actor,
  said: { from_address: string; reply_to: string | null },
  { secret, now }: { secret: string; now: Date },
): Promise<void> {
  const { organization_id } = actor
  const key = await freshKey()
  await inTransaction(db, async (tx) => {
    const before = await identityOf(tx, organization_id)
    const isSameDomain = before !== undefined && domainOf(before.from_address) === domainOf(said.from_address)
    const made = {
      selector: `hanpyo${now.toISOString().slice(0, 10).replaceAll('-', '')}`,
      public_key: key.public_key,
      sealed_key: seal(secret, sealedFor(organization_id), key.private_key),
      is_signing: false,
      made_at: now,
    }
    await tx
      .insertInto('mail_identity')
      .values({ organization_id, ...said, ...made })
      .onConflict((conflict) =>
        conflict.column('organization_id').doUpdateSet({ ...said, ...(isSameDomain ? {} : made) }),
      )
      .execute()
    await audit(tx, actor, {
      action: 'mail_identity.save',
      subject: 'organization',
      subject_id: organization_id,
      before: before ? { from_address: before.from_address, reply_to: before.reply_to } : null,
      after: { ...said },
    })
  })
}

/** From now on mail is written in its name and signed, or no longer. False: the key that was looked at is no longer the one. */
export function useIdentity(db: Db, actor: Actor, public_key: string, is_signing: boolean): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const before = found(await identityOf(tx, organization_id))
    if (before.public_key === public_key && before.is_signing === is_signing) return true
    const used = await tx
      .updateTable('mail_identity')
      .set({ is_signing })
      .where('organization_id', '=', organization_id)
      .where('public_key', '=', public_key)
      .returning('organization_id')
      .execute()
    if (used.length === 0) return false
    await audit(tx, actor, {
      action: 'mail_identity.use',
      subject: 'organization',
      subject_id: organization_id,
      before: { is_signing: before.is_signing },
      after: { is_signing },
    })
    return true
  })
}

import { randomBytes } from 'node:crypto'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { hashOfToken } from './queries.ts'
import type { TokenForm } from './schema.ts'

/** Makes a token. It is returned once and stored only as a hash. `hanpyo_` lets scanners of leaked secrets know it. */
export function createToken(
  db: Db,
  actor: Actor,
  form: TokenForm,
  now: Date,
): Promise<{ token_id: string; token: string }> {
  return inTransaction(db, async (tx) => {
    const token = `hanpyo_${randomBytes(24).toString('base64url')}`
    const expires_at = form.days === '' ? null : new Date(now.getTime() + Number(form.days) * 86_400_000)
    const { token_id } = await tx
      .insertInto('api_token')
      .values({
        organization_id: actor.organization_id,
        name: form.name,
        token_hash: hashOfToken(token),
        ending: token.slice(-4),
        scopes: form.scopes,
        purpose: form.purpose || null,
        law_accepted_at: form.law ? now : null,
        created_by: actor.name,
        created_at: now,
        expires_at,
      })
      .returning('token_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'api_token.create',
      subject: 'api_token',
      subject_id: token_id,
      after: {
        name: form.name,
        scopes: form.scopes,
        expires_at,
        ...(form.purpose && { purpose: form.purpose }),
        ...(form.law && { law_accepted: true }),
      },
    })
    return { token_id, token }
  })
}

/** Ends a token at once; requests under way finish. */
export function revokeToken(db: Db, actor: Actor, token_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { name } = found(
      await tx
        .updateTable('api_token')
        .set({ revoked_at: now, revoked_by: actor.name })
        .where('organization_id', '=', actor.organization_id)
        .where('token_id', '=', token_id)
        .where('revoked_at', 'is', null)
        .returning('name')
        .executeTakeFirst(),
    )
    await audit(tx, actor, { action: 'api_token.revoke', subject: 'api_token', subject_id: token_id, before: { name } })
  })
}

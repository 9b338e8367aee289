import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { signupById } from '../queries.ts'
import { lockEvent } from '../seats/commands.ts'
import type { Guardian, GuardianWay } from './schema.ts'
import './tables.ts'

/** In the transaction it is given. Whose guardian agreed is somebody under 18. */
export async function putGuardian(
  tx: Db,
  actor: Actor,
  signup_id: string,
  guardian: Guardian & { how: GuardianWay },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  const values = { ...guardian, at: now, made_by: actor.name }
  await tx
    .insertInto('event_guardian')
    .values({ organization_id, signup_id, ...values })
    .onConflict((same) => same.columns(['organization_id', 'signup_id']).doUpdateSet(values))
    .execute()
  // Doors on phones hear of it by the sign-up.
  await tx
    .updateTable('event_signup')
    .set({ is_minor: true })
    .where('organization_id', '=', organization_id)
    .where('signup_id', '=', signup_id)
    .execute()
}

/** A guardian's word on paper or said to somebody of ours. */
export function noteGuardian(
  db: Db,
  actor: Actor,
  event_id: string,
  signup_id: string,
  guardian: Guardian & { how: GuardianWay },
  now: Date,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, actor.organization_id, event_id)
    found(await signupById(tx, actor.organization_id, event_id, signup_id))
    await putGuardian(tx, actor, signup_id, guardian, now)
    await audit(tx, actor, {
      action: 'event.guardian',
      subject: 'event',
      subject_id: event_id,
      after: { signup_id, ...guardian },
    })
  })
}

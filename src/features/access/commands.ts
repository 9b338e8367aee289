import { isAPIError } from 'better-auth/api'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction } from '../../platform/db/db.ts'
import type { Installation } from '../../platform/http/room.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import { authOf } from './auth.ts'
import { userByEmail } from './queries.ts'

export interface NewUser {
  email: string
  name: string
  /** Without one, the user signs in by e-mailed link and may set one later. */
  password?: string
  language?: Language | null
  /**
   * The address is known to be theirs: an invitation went there, or the operator says so. Otherwise the first e-mailed
   * link removes the password set before it, so that nobody waits inside an account made with somebody else's address.
   */
  is_email_proven: boolean
}

export type CreatedUser = { ok: true; user_id: string } | { ok: false; problem: 'email_taken' }

/** Makes a user, by invitation, first set-up, the CLI or the demo; there is no other way to one. */
export async function createUser(installation: Installation, user: NewUser): Promise<CreatedUser> {
  const { internalAdapter, password: passwords } = await authOf(installation).$context
  const email = user.email.trim().toLowerCase()
  if (await userByEmail(installation.database.owner, email)) return { ok: false, problem: 'email_taken' }
  const hash = user.password === undefined ? null : await passwords.hash(user.password)
  try {
    const made = await internalAdapter.createUser(
      { email, name: user.name, emailVerified: user.is_email_proven, language: user.language ?? null },
      { method: 'email-password' },
    )
    if (hash !== null) {
      await internalAdapter.linkAccount({
        userId: made.id,
        providerId: 'credential',
        accountId: made.id,
        password: hash,
      })
    }
    return { ok: true, user_id: made.id }
  } catch (problem) {
    if (isTaken(problem)) return { ok: false, problem: 'email_taken' } // made by another request meanwhile
    throw problem
  }
}

/** Takes back a user just made who could not be given what they were made for. */
export async function removeNewUser(installation: Installation, user_id: string): Promise<void> {
  await installation.database.owner.deleteFrom('auth.user').where('id', '=', user_id).execute()
}

function isTaken(problem: unknown): boolean {
  const cause = isAPIError(problem) ? problem.cause : problem
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '23505'
}

/** Makes somebody a steward of the installation, or no longer one. */
export async function setSteward(
  installation: Installation,
  actor: Actor,
  user_id: string,
  is_steward: boolean,
): Promise<void> {
  await installation.database.owner.transaction().execute(async (tx) => {
    if (is_steward) {
      await tx
        .insertInto('steward')
        .values({ user_id })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    } else {
      await tx.deleteFrom('steward').where('user_id', '=', user_id).execute()
    }
    await audit(tx, actor, {
      action: is_steward ? 'steward.grant' : 'steward.revoke',
      subject: 'steward',
      subject_id: user_id,
      organization_id: null,
    })
  })
}

/** Takes the second step away from who lost telephone and recovery codes, and ends their sessions. false: there is none. */
export function removeSecondFactor(installation: Installation, actor: Actor, user_id: string): Promise<boolean> {
  return inTransaction(installation.database.owner, async (tx) => {
    const had = await tx
      .updateTable('auth.user')
      .set({ twoFactorEnabled: false })
      .where('id', '=', user_id)
      .where('twoFactorEnabled', '=', true)
      .returning('id')
      .executeTakeFirst()
    if (!had) return false
    await tx.deleteFrom('auth.twoFactor').where('userId', '=', user_id).execute()
    await tx.deleteFrom('auth.session').where('userId', '=', user_id).execute()
    await audit(tx, actor, {
      action: 'account.second_factor_off',
      subject: 'user',
      subject_id: user_id,
      organization_id: null,
    })
    return true
  })
}

/** Ends every session of a user. Returns how many. */
export async function endSessions(installation: Installation, user_id: string): Promise<number> {
  const { numDeletedRows } = await installation.database.owner
    .deleteFrom('auth.session')
    .where('userId', '=', user_id)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

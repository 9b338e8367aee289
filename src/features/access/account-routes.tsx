import type { Ctx } from '../../platform/http/room.ts'
import { actorOf, room } from '../../platform/http/room.ts'
import { audit } from '../../platform/audit.ts'
import { NotFound, NotSignedIn, found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { safeBack } from '../../platform/http/back.ts'
import { page } from '../../platform/http/page.tsx'
import { allow } from './allow.ts'
import { authOf } from './auth.ts'
import { AccountPage, RecoveryCodesPage, SecondFactorPage, type AccountNotice } from './pages/account.tsx'
import { accountOf, membershipsOf, sessionsOf } from './queries.ts'
import { ChangePassword, ConfirmSecondFactor, Profile, Proof } from './schema.ts'
import { apiHeaders, mayTryHere, passCookies, rememberLanguage, rememberOrganization, sessionOf } from './session.ts'

const notices = [
  'saved',
  'password',
  'second_factor_on',
  'second_factor_off',
  'session_ended',
  'sessions_ended',
] as const

/** One's own account: name, language, password, second factor, where one is signed in, which organization. */
export const accountRoutes = room()
  .get('/account', allow('signed-in'), (c) => {
    const notice = notices.find((each) => each === c.req.query('done'))
    return accountPage(c, {}, {}, 200, notice)
  })

  .post('/account/profile', allow('signed-in'), async (c) => {
    const actor = actorOf(c)
    const { typed, errors, value } = await readForm(c, Profile)
    if (!value) return accountPage(c, typed, errors, 422)
    const { user } = await signedIn(c)
    const memberships = await membershipsOf(c.var.installation.database.owner, user.id)
    await c.var.installation.database.owner.transaction().execute(async (tx) => {
      await tx
        .updateTable('auth.user')
        .set({ name: value.name, language: value.language })
        .where('id', '=', user.id)
        .execute()
      await tx.updateTable('member').set({ display_name: value.name }).where('user_id', '=', user.id).execute()
      // The name colleagues see is the account's, in every organization: each finds it in its own trail.
      const organizations = memberships.length > 0 ? memberships.map((each) => each.organization_id) : [null]
      for (const organization_id of organizations) {
        await audit(tx, actor, {
          action: 'account.update',
          subject: 'user',
          subject_id: user.id,
          before: { name: user.name, language: user.language ?? null },
          after: value,
          organization_id,
          request_id: c.var.request_id,
        })
      }
    })
    rememberLanguage(c, value.language)
    return done(c, 'saved')
  })

  .post('/account/password', allow('signed-in'), async (c) => {
    const { errors, value } = await readForm(c, ChangePassword)
    if (!value) return accountPage(c, {}, errors, 422)
    const { user } = await signedIn(c)
    const account = found(await accountOf(c.var.installation.database.owner, user.id))
    const { api } = authOf(c.var.installation)
    if (account.has_password) {
      if (!(await mayProve(c))) return accountPage(c, {}, { current: 'access.too_many' }, 429)
      const answer = await api.changePassword({
        body: { currentPassword: value.current ?? '', newPassword: value.password, revokeOtherSessions: true },
        headers: apiHeaders(c),
        asResponse: true,
      })
      if (!answer.ok) return accountPage(c, {}, { current: 'access.current_wrong' }, 422)
      passCookies(c, answer.headers)
    } else {
      await api.setPassword({ body: { newPassword: value.password }, headers: apiHeaders(c) })
    }
    await record(c, 'account.password')
    return done(c, 'password')
  })

  .post('/account/second-factor', allow('signed-in'), async (c) => {
    const { errors, value } = await readForm(c, Proof)
    if (!value) return accountPage(c, {}, errors, 422)
    await signedIn(c)
    if (!(await mayProve(c))) return accountPage(c, {}, { proof: 'access.too_many' }, 429)
    const answer = await authOf(c.var.installation).api.enableTwoFactor({
      body: { ...(value.proof ? { password: value.proof } : {}), method: 'totp' },
      headers: apiHeaders(c),
      asResponse: true,
    })
    const begun = (await answer.json()) as { totpURI?: string; backupCodes?: string[] }
    if (!answer.ok || !begun.totpURI || !begun.backupCodes) {
      return accountPage(c, {}, { proof: 'access.current_wrong' }, 422)
    }
    return page(
      c,
      <SecondFactorPage t={c.var.t} uri={begun.totpURI} recovery={begun.backupCodes.join(' ')} errors={{}} />,
      { title: c.var.t('account.second_factor.title') },
    )
  })
  .post('/account/second-factor/confirm', allow('signed-in'), async (c) => {
    const { typed, errors, value } = await readForm(c, ConfirmSecondFactor)
    await signedIn(c)
    const again = (more: FieldErrors) =>
      page(c, <SecondFactorPage t={c.var.t} uri={typed.uri ?? ''} recovery={typed.recovery ?? ''} errors={more} />, {
        title: c.var.t('account.second_factor.title'),
        status: 422,
      })
    if (!value) {
      // Without the picture there is nothing to show again: begin anew.
      return errors.uri || errors.recovery ? c.redirect('/account', 303) : again(errors)
    }
    const answer = await authOf(c.var.installation).api.verifyTOTP({
      body: { code: value.code.replaceAll(/[\s-]/g, '') },
      headers: apiHeaders(c),
      asResponse: true,
    })
    if (!answer.ok) return again({ code: 'access.code_wrong' })
    passCookies(c, answer.headers)
    await record(c, 'account.second_factor_on')
    return done(c, 'second_factor_on')
  })
  .post('/account/second-factor/off', allow('signed-in'), async (c) => {
    const { errors, value } = await readForm(c, Proof)
    if (!value) return accountPage(c, {}, errors, 422)
    await signedIn(c)
    if (!(await mayProve(c))) return accountPage(c, {}, { proof: 'access.too_many' }, 429)
    const answer = await authOf(c.var.installation).api.disableTwoFactor({
      body: value.proof ? { password: value.proof } : {},
      headers: apiHeaders(c),
      asResponse: true,
    })
    if (!answer.ok) return accountPage(c, {}, { proof: 'access.current_wrong' }, 422)
    passCookies(c, answer.headers)
    await record(c, 'account.second_factor_off')
    return done(c, 'second_factor_off')
  })
  .post('/account/recovery-codes', allow('signed-in'), async (c) => {
    const { errors, value } = await readForm(c, Proof)
    if (!value) return accountPage(c, {}, errors, 422)
    await signedIn(c)
    if (!(await mayProve(c))) return accountPage(c, {}, { proof: 'access.too_many' }, 429)
    const answer = await authOf(c.var.installation).api.generateBackupCodes({
      body: value.proof ? { password: value.proof } : {},
      headers: apiHeaders(c),
      asResponse: true,
    })
    const made = (await answer.json()) as { backupCodes?: string[] }
    if (!answer.ok || !made.backupCodes) return accountPage(c, {}, { proof: 'access.current_wrong' }, 422)
    await record(c, 'account.recovery_codes')
    return page(c, <RecoveryCodesPage t={c.var.t} codes={made.backupCodes} />, {
      title: c.var.t('account.recovery.title'),
    })
  })

  .post('/account/sessions/end', allow('signed-in'), async (c) => {
    const { session, user } = await signedIn(c)
    const { session_id } = await c.req.parseBody()
    const { owner } = c.var.installation.database
    if (session_id === 'others') {
      await owner.deleteFrom('auth.session').where('userId', '=', user.id).where('id', '!=', session.id).execute()
      await record(c, 'account.sessions_ended')
      return done(c, 'sessions_ended')
    }
    if (typeof session_id !== 'string' || !/^[0-9a-f-]{36}$/.test(session_id)) throw new NotFound()
    const { numDeletedRows } = await owner
      .deleteFrom('auth.session')
      .where('userId', '=', user.id)
      .where('id', '=', session_id)
      .executeTakeFirstOrThrow()
    if (!Number(numDeletedRows)) throw new NotFound()
    await record(c, 'account.session_ended')
    return done(c, 'session_ended')
  })

  .post('/account/organization', allow('signed-in'), async (c) => {
    const { organization_id, back } = await c.req.parseBody()
    const memberships = await membershipsOf(c.var.installation.database.owner, actorOf(c).id)
    const chosen = found(memberships.find((each) => each.organization_id === organization_id))
    rememberOrganization(c, chosen.organization_id)
    return c.redirect(safeBack(back), 303)
  })

const done = (c: Ctx, notice: AccountNotice) => c.redirect(`/account?done=${notice}`, 303)

/** Session and user; an actor without a session (a caller's link) has no account. */
async function signedIn(c: Ctx) {
  const session = await sessionOf(c)
  if (!session) throw new NotSignedIn()
  return session
}

/** Counts with the tries at signing in: an open session must not be a way to guess the password. */
async function mayProve(c: Ctx): Promise<boolean> {
  return mayTryHere(c, 'password', (await signedIn(c)).user.email)
}

async function record(c: Ctx, action: string): Promise<void> {
  const actor = actorOf(c)
  await audit(c.var.installation.database.owner, actor, {
    action,
    subject: 'user',
    subject_id: actor.id,
    organization_id: actor.organization_id || null,
    request_id: c.var.request_id,
  })
}

async function accountPage(
  c: Ctx,
  typed: Record<string, string>,
  errors: FieldErrors,
  status: 200 | 422 | 429 = 200,
  notice?: AccountNotice,
) {
  const { session, user } = await signedIn(c)
  const { database, clock } = c.var.installation
  const account = found(await accountOf(database.owner, user.id))
  return page(
    c,
    <AccountPage
      t={c.var.t}
      language={c.var.language}
      account={account}
      memberships={await membershipsOf(database.owner, user.id)}
      current_organization={actorOf(c).organization_id}
      is_steward={actorOf(c).is_steward}
      sessions={await sessionsOf(database.owner, user.id, clock.now())}
      current_session={session.id}
      now={clock.now()}
      typed={typed}
      errors={errors}
      {...(notice ? { notice } : {})}
    />,
    { title: c.var.t('shell.account'), status },
  )
}

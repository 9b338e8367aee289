import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { deleteSessionCookie } from 'better-auth/cookies'
import { magicLink, twoFactor } from 'better-auth/plugins'
import { randomBytes } from 'node:crypto'
import { audit, systemActor } from '../../platform/audit.ts'
import type { Installation } from '../../platform/http/room.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { log } from '../../platform/log.ts'
import { sendAccessMail } from './jobs.ts'
import { linkMail, passwordMail } from './mails.ts'
import { membershipsOf } from './queries.ts'
import { recoveryCode } from './rules.ts'
import { passwordMaximum, passwordMinimum } from './schema.ts'

/** How long links and half-finished sign-ins live, in seconds. */
const linkLives_s = 15 * 60
const codeLives_s = 10 * 60

/** Header we put in front of better-auth ourselves; what a client sends under this name is never passed on. */
export const addressHeader = 'x-hanpyo-address'

/** Everything better-auth is told. Its own routes are never mounted: our pages call `auth.api`. */
export function authOptions(installation: Installation) {
  return {
    appName: 'Hanpyo',
    database: { db: installation.database.inSchema('auth'), type: 'postgres', transaction: true },
    secret: installation.secret,
    baseURL: installation.url,
    telemetry: { enabled: false },
    // It covers its own routes only; ours are limited by limits.ts.
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error({ from: 'better-auth' }, message) },
    advanced: {
      cookiePrefix: 'hanpyo',
      useSecureCookies: installation.url.startsWith('https:'),
      database: { generateId: 'uuid' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true, // by invitation or first set-up only (commands.ts)
      minPasswordLength: passwordMinimum,
      maxPasswordLength: passwordMaximum,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 60 * 60,
      async sendResetPassword({ user, token }) {
        const language = 'language' in user && user.language === 'ko' ? 'ko' : 'en'
        await addJob(
          installation.database.owner,
          sendAccessMail,
          passwordMail(language, user.email, `${installation.url}/sign-in/password/${token}`),
        )
      },
      async onPasswordReset({ user }) {
        const { owner } = installation.database
        const [first] = await membershipsOf(owner, user.id)
        const organization_id = first?.organization_id ?? ''
        await audit(
          owner,
          { ...systemActor(organization_id, user.name), kind: 'user', id: user.id },
          {
            action: 'account.password',
            subject: 'user',
            subject_id: user.id,
            organization_id: organization_id || null,
          },
        )
      },
    },
    user: { additionalFields: { language: { type: 'string', required: false, input: false } } },
    session: { expiresIn: 30 * 24 * 3600, updateAge: 24 * 3600, cookieCache: { enabled: false } },
    plugins: [
      magicLink({
        disableSignUp: true,
        expiresIn: linkLives_s,
        storeToken: 'hashed',
        async sendMagicLink({ email, token, metadata }) {
          const language = metadata?.language === 'ko' ? 'ko' : 'en'
          const back = typeof metadata?.back === 'string' && metadata.back !== '/' ? metadata.back : null
          const query = back ? `?back=${encodeURIComponent(back)}` : ''
          await addJob(
            installation.database.owner,
            sendAccessMail,
            linkMail(language, email, `${installation.url}/sign-in/link/${token}${query}`),
          )
        },
      }),
      twoFactor({
        issuer: 'Hanpyo',
        allowPasswordless: true,
        twoFactorCookieMaxAge: codeLives_s,
        backupCodeOptions: { storeBackupCodes: 'encrypted', customBackupCodesGenerate: recoveryCodes },
      }),
      secondFactorAfterLink,
    ],
  } satisfies BetterAuthOptions
}

/**
 * better-auth asks for the second factor after a password only; an e-mailed link would pass it by. This does after a
 * link what its plugin does after a password: the session goes, a challenge for /sign-in/code comes.
 */
const secondFactorAfterLink = {
  id: 'second-factor-after-link',
  hooks: {
    after: [
      {
        matcher: (context: { path?: string }) => context.path === '/magic-link/verify',
        handler: createAuthMiddleware(async (ctx) => {
          const made = ctx.context.newSession
          if (!made || !('twoFactorEnabled' in made.user) || made.user.twoFactorEnabled !== true) return undefined
          deleteSessionCookie(ctx, true)
          await ctx.context.internalAdapter.deleteSession(made.session.token)
          ctx.context.setNewSession(null)
          const cookie = ctx.context.createAuthCookie('two_factor', { maxAge: codeLives_s })
          const identifier = `2fa-${randomBytes(15).toString('hex')}`
          // Real time: better-auth compares with its own.
          const expiresAt = new Date(Date.now() + codeLives_s * 1000)
          await ctx.context.internalAdapter.createVerificationValue({ value: made.user.id, identifier, expiresAt })
          await ctx.context.internalAdapter.createVerificationValue({
            value: '0',
            identifier: `2fa-attempts-${identifier}`,
            expiresAt,
          })
          await ctx.setSignedCookie(cookie.name, identifier, ctx.context.secret, cookie.attributes)
          return ctx.json({ twoFactorRedirect: true })
        }),
      },
    ],
  },
}

const recoveryCodes = (): string[] => Array.from({ length: 10 }, () => recoveryCode(randomBytes(10)))

const make = (installation: Installation) => betterAuth(authOptions(installation))
export type Auth = ReturnType<typeof make>

const made = new WeakMap<Installation, Auth>()

/** The one better-auth of an installation, made at first use. */
export function authOf(installation: Installation): Auth {
  let auth = made.get(installation)
  if (!auth) made.set(installation, (auth = make(installation)))
  return auth
}

import type { Ctx } from '../../platform/http/room.ts'
import { room } from '../../platform/http/room.ts'
import { clientAddress } from '../../platform/http/address.ts'
import { safeBack } from '../../platform/http/back.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { page } from '../../platform/http/page.tsx'
import { found } from '../../platform/errors.ts'
import { allow } from './allow.ts'
import { authOf } from './auth.ts'
import './messages.ts'
import {
  CodePage,
  LinkPage,
  LinkSentPage,
  PasswordForgottenPage,
  PasswordNewPage,
  SignInPage,
} from './pages/sign-in.tsx'
import { hasOrganization, personas, userByEmail } from './queries.ts'
import { asRecoveryCode } from './rules.ts'
import { AskByEmail, Code, demoPassword, SetPassword, SignIn } from './schema.ts'
import {
  apiHeaders,
  greet,
  isObject,
  mayTryHere,
  passCookies,
  rememberLanguage,
  sessionOf,
  signInWithPassword,
} from './session.ts'

const sendsMail = (c: Ctx): boolean => c.var.installation.config.smtp_url !== null

/** Signing in and out: password, e-mailed link, second factor, forgotten password. */
export const signInRoutes = room()
  .get('/sign-in', allow('public'), async (c) => {
    const back = safeBack(c.req.query('back'))
    if (c.var.actor) return c.redirect(back, 303)
    if (!(await hasOrganization(c.var.installation.database.owner))) return c.redirect('/setup', 303)
    return signInPage(c, { back, typed: {}, errors: {} })
  })
  .post('/sign-in', allow('public'), async (c) => {
    const { typed, errors, value } = await readForm(c, SignIn)
    const back = safeBack(typed.back)
    const again = (more: FieldErrors, status: 422 | 429 = 422) =>
      signInPage(c, { back, typed: { email: typed.email ?? '' }, errors: more }, status)
    if (!value) return again(errors)
    if (!(await mayTryHere(c, 'password', value.email))) return again({ '': 'access.too_many' }, 429)
    const result = await signInWithPassword(c, value.email, value.password)
    if (result === 'refused') return again({ '': 'access.wrong_password' })
    return c.redirect(result === 'code' ? `/sign-in/code?back=${encodeURIComponent(back)}` : back, 303)
  })

  .post('/sign-in/persona', allow('public'), async (c) => {
    const { user_id, back } = await c.req.parseBody()
    const people = await personas(c.var.installation.database.owner)
    const persona = found(people.find((each) => each.user_id === user_id))
    const result = await signInWithPassword(c, persona.email, demoPassword)
    if (result === 'signed-in') {
      // Whoever looks around may not read the persona's language.
      rememberLanguage(c, c.var.language)
      return c.redirect(safeBack(back), 303)
    }
    // Somebody gave this person a password or second factor of their own: that one is needed now.
    if (result === 'code') return c.redirect('/sign-in/code', 303)
    return signInPage(
      c,
      { back: safeBack(back), typed: { email: persona.email }, errors: { '': 'access.wrong_password' } },
      422,
    )
  })

  .post('/sign-in/link', allow('public'), async (c) => {
    const { typed, errors, value } = await readForm(c, AskByEmail)
    const back = safeBack(typed.back)
    const again = (more: FieldErrors, status: 422 | 429 = 422) =>
      signInPage(c, { back, typed: { email: typed.email ?? '' }, errors: more }, status)
    if (!value) return again(errors)
    if (!(await mayTryHere(c, 'link', value.email))) return again({ '': 'access.too_many' }, 429)
    // The same answer whether or not there is such a user.
    const user = await userByEmail(c.var.installation.database.owner, value.email)
    if (user) {
      await authOf(c.var.installation).api.signInMagicLink({
        body: { email: user.email, metadata: { language: user.language ?? c.var.language, back } },
        headers: apiHeaders(c),
      })
    }
    return page(c, <LinkSentPage t={c.var.t} email={value.email} sends_mail={sendsMail(c)} />, {
      title: c.var.t(sendsMail(c) ? 'access.link_sent.title' : 'access.no_mail.title'),
      bare: true,
    })
  })
  // Opening the link changes nothing: mail scanners open every link. The button on the page spends it.
  .get('/sign-in/link/:token', allow('public'), (c) =>
    page(c, <LinkPage t={c.var.t} token={c.req.param('token')} back={safeBack(c.req.query('back'))} />, {
      title: c.var.t('access.link.title'),
      bare: true,
    }),
  )
  .post('/sign-in/link/:token', allow('public'), async (c) => {
    const { typed } = await readForm(c, Code.partial())
    const back = safeBack(typed.back)
    const answer = await authOf(c.var.installation).api.magicLinkVerify({
      query: { token: c.req.param('token') },
      headers: apiHeaders(c),
      asResponse: true,
    })
    if (answer.status !== 200) return signInPage(c, { back, typed: {}, errors: { '': 'access.link_spent' } }, 422)
    passCookies(c, answer.headers)
    const result: unknown = await answer.json()
    if (isObject(result) && result.twoFactorRedirect === true) {
      return c.redirect(`/sign-in/code?back=${encodeURIComponent(back)}`, 303)
    }
    await greet(c, result)
    return c.redirect(back, 303)
  })

  .get('/sign-in/code', allow('public'), (c) =>
    page(c, <CodePage t={c.var.t} back={safeBack(c.req.query('back'))} errors={{}} />, {
      title: c.var.t('access.code.title'),
      bare: true,
    }),
  )
  .post('/sign-in/code', allow('public'), async (c) => {
    const { typed, errors, value } = await readForm(c, Code)
    const back = safeBack(typed.back)
    const again = (more: FieldErrors, status: 422 | 429 = 422) =>
      page(c, <CodePage t={c.var.t} back={back} errors={more} />, {
        title: c.var.t('access.code.title'),
        bare: true,
        status,
      })
    if (!value) return again(errors)
    if (!(await mayTryHere(c, 'code', clientAddress(c)))) return again({ '': 'access.too_many' }, 429)
    const { api } = authOf(c.var.installation)
    const digits = value.code.replaceAll(/[\s-]/g, '')
    const body = { code: digits, trustDevice: value.trust === 'yes' }
    const headers = apiHeaders(c)
    const answer = /^\d{6}$/.test(digits)
      ? await api.verifyTOTP({ body, headers, asResponse: true })
      : await api.verifyBackupCode({ body: { ...body, code: asRecoveryCode(value.code) }, headers, asResponse: true })
    passCookies(c, answer.headers)
    const result: unknown = await answer.json()
    if (answer.ok) {
      await greet(c, result)
      return c.redirect(back, 303)
    }
    const code = isObject(result) && typeof result.code === 'string' ? result.code : ''
    if (code === 'INVALID_CODE' || code === 'INVALID_BACKUP_CODE') return again({ code: 'access.code_wrong' })
    if (code === 'ACCOUNT_TEMPORARILY_LOCKED') return again({ '': 'access.too_many' }, 429)
    // The challenge is over or was guessed at too often: begin again.
    return signInPage(c, { back, typed: {}, errors: { '': 'access.code_late' } }, 422)
  })

  .get('/sign-in/password', allow('public'), (c) =>
    page(
      c,
      <PasswordForgottenPage
        t={c.var.t}
        typed={{ email: c.req.query('email') ?? '' }}
        errors={{}}
        is_sent={false}
        sends_mail={sendsMail(c)}
      />,
      {
        title: c.var.t('access.forgotten.title'),
        bare: true,
      },
    ),
  )
  .post('/sign-in/password', allow('public'), async (c) => {
    const { typed, errors, value } = await readForm(c, AskByEmail)
    const show = (more: FieldErrors, is_sent: boolean, status: 200 | 422 | 429) =>
      page(
        c,
        <PasswordForgottenPage t={c.var.t} typed={typed} errors={more} is_sent={is_sent} sends_mail={sendsMail(c)} />,
        {
          title: c.var.t('access.forgotten.title'),
          bare: true,
          status,
        },
      )
    if (!value) return show(errors, false, 422)
    if (!(await mayTryHere(c, 'reset', value.email))) return show({ '': 'access.too_many' }, false, 429)
    await authOf(c.var.installation).api.requestPasswordReset({ body: { email: value.email }, headers: apiHeaders(c) })
    return show({}, true, 200)
  })
  .get('/sign-in/password/:token', allow('public'), (c) =>
    page(c, <PasswordNewPage t={c.var.t} errors={{}} />, { title: c.var.t('access.new_password.title'), bare: true }),
  )
  .post('/sign-in/password/:token', allow('public'), async (c) => {
    const { errors, value } = await readForm(c, SetPassword)
    const again = (more: FieldErrors) =>
      page(c, <PasswordNewPage t={c.var.t} errors={more} />, {
        title: c.var.t('access.new_password.title'),
        bare: true,
        status: 422,
      })
    if (!value) return again(errors)
    const answer = await authOf(c.var.installation).api.resetPassword({
      body: { newPassword: value.password, token: c.req.param('token') },
      headers: apiHeaders(c),
      asResponse: true,
    })
    if (!answer.ok) return again({ '': 'access.link_spent' })
    return signInPage(c, { back: '/', typed: {}, errors: {}, notice: 'access.new_password.done' })
  })

  .post('/sign-out', allow('public'), async (c) => {
    if (await sessionOf(c)) {
      const answer = await authOf(c.var.installation).api.signOut({ headers: apiHeaders(c), asResponse: true })
      passCookies(c, answer.headers)
    }
    return c.redirect('/sign-in', 303)
  })

interface SignInProps {
  back: string
  typed: Record<string, string>
  errors: FieldErrors
  notice?: string
}

async function signInPage(c: Ctx, props: SignInProps, status: 200 | 422 | 429 = 200) {
  const people = await personas(c.var.installation.database.owner)
  return page(c, <SignInPage t={c.var.t} language={c.var.language} personas={people} {...props} />, {
    title: c.var.t('access.sign_in.title'),
    bare: true,
    status,
    islands: ['src/features/access/islands/signed-out.tsx'],
  })
}

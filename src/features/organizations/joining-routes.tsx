import type { Ctx } from '../../platform/http/room.ts'
import { room } from '../../platform/http/room.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { page } from '../../platform/http/page.tsx'
import { allow } from '../access/allow.ts'
import { accountOf, hasOrganization } from '../access/queries.ts'
import { mayTryHere, rememberOrganization, signInWithPassword } from '../access/session.ts'
import { acceptInvitation, joinWithNewAccount, setUp } from './commands.ts'
import { SetUpPage, WelcomePage } from './pages/joining.tsx'
import { invitationByToken } from './queries.ts'
import { isSetupCode } from './rules.ts'
import { Join, SetUp } from './schema.ts'

/** The ways in: an invitation's link, and the first set-up of an installation. */
export const joiningRoutes = room()
  .get('/welcome/:token', allow('public'), (c) => welcomePage(c, {}, {}))
  .post('/welcome/:token', allow('public'), async (c) => {
    const { installation, actor } = c.var
    const token = c.req.param('token')
    if (!(await mayTryHere(c, 'invitation', token))) return welcomePage(c, {}, { '': 'access.too_many' }, 429)
    try {
      if (actor?.kind === 'user') {
        const account = found(await accountOf(installation.database.owner, actor.id))
        const { organization_id } = await acceptInvitation(installation, token, account)
        rememberOrganization(c, organization_id)
        return c.redirect('/', 303)
      }
      const { typed, errors, value } = await readForm(c, Join)
      const again = (more: FieldErrors) =>
        welcomePage(c, { name: typed.name ?? '', email: typed.email ?? '' }, more, 422)
      if (!value) return again(errors)
      const joined = await joinWithNewAccount(installation, token, { ...value, language: c.var.language })
      if (!joined.ok) return again({ email: 'invitation.email_taken' })
      await signInWithPassword(c, value.email, value.password)
      rememberOrganization(c, joined.organization_id)
      return c.redirect('/', 303)
    } catch (problem) {
      // Used, taken back or expired meanwhile: the page says which.
      if (problem instanceof Conflict) return welcomePage(c, {}, {})
      throw problem
    }
  })

  .get('/setup', allow('public'), async (c) => {
    if (await isSetUp(c)) return c.redirect('/sign-in', 303)
    return setUpPage(c, {}, {})
  })
  .post('/setup', allow('public'), async (c) => {
    if (await isSetUp(c)) return c.redirect('/sign-in', 303)
    const { typed, errors, value } = await readForm(c, SetUp)
    const again = (more: FieldErrors, status: 422 | 429 = 422) =>
      setUpPage(c, Object.fromEntries(Object.entries(typed).filter(([name]) => name !== 'password')), more, status)
    if (!(await mayTryHere(c, 'setup', 'this installation'))) return again({ '': 'access.too_many' }, 429)
    const has_code = isSetupCode(c.var.installation.secret, typed.code ?? '')
    if (!value) return again({ ...errors, ...(!errors.code && !has_code && { code: 'setup.code_wrong' }) })
    const { name_en, name_ko, time_zone, person: name, email, password } = value
    if (!has_code) return again({ code: 'setup.code_wrong' })
    const done = await setUp(c.var.installation, {
      name: { ...(name_en ? { en: name_en } : {}), ...(name_ko ? { ko: name_ko } : {}) },
      time_zone,
      person: { name, email, password, language: c.var.language },
    })
    if (!done.ok && done.problem === 'already_set_up') return c.redirect('/sign-in', 303)
    if (!done.ok) return again({ email: 'setup.email_taken' })
    await signInWithPassword(c, email, password)
    return c.redirect('/', 303)
  })

/** Whoever opens the terminal's address later, or was second with the form, signs in like everybody. */
const isSetUp = (c: Ctx): Promise<boolean> => hasOrganization(c.var.installation.database.owner)

const setUpPage = (
  c: Ctx,
  typed: Record<string, string>,
  errors: FieldErrors,
  status: 200 | 422 | 429 = 200,
): Response | Promise<Response> =>
  page(c, <SetUpPage t={c.var.t} typed={typed} errors={errors} />, {
    title: c.var.t('setup.title'),
    bare: true,
    status,
  })

async function welcomePage(
  c: Ctx,
  typed: Record<string, string>,
  errors: FieldErrors,
  status: 200 | 422 | 429 = 200,
): Promise<Response> {
  const { database, clock } = c.var.installation
  const token = c.req.param('token') ?? ''
  const invitation = found(await invitationByToken(database.owner, token, clock.now()))
  const { t, language, actor } = c.var
  return page(
    c,
    <WelcomePage
      t={t}
      language={language}
      token={token}
      invitation={invitation}
      signed_in_as={actor?.kind === 'user' ? actor.name : null}
      typed={{ email: invitation.email ?? '', ...typed }}
      errors={errors}
    />,
    { title: t('invitation.title'), bare: true, status },
  )
}

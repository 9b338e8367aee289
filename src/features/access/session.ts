import { createHmac, randomBytes } from 'node:crypto'
import { getCookie, setCookie } from 'hono/cookie'
import type { Actor } from '../../platform/actor.ts'
import { NotFound } from '../../platform/errors.ts'
import { clientAddress } from '../../platform/http/address.ts'
import type { Ctx } from '../../platform/http/room.ts'
import { isLanguage } from '../../platform/i18n/languages.ts'
import { addressHeader, authOf } from './auth.ts'
import { delegatedOn } from './delegations/queries.ts'
import { forgetOldTries, forgiveTries, mayTry, strainOf, type Limited, type Strain } from './limits.ts'
import { accountOf, isPractice, isSteward, membershipsOf } from './queries.ts'
import { demoPassword } from './schema.ts'
import { isSame } from '../../platform/same.ts'

const organizationCookie = 'organization'

/** Who is asking, from the session cookie; null where nobody is signed in. */
export async function actorOfSession(c: Ctx): Promise<Actor | null> {
  const session = await sessionOf(c)
  if (!session) return null
  const { owner } = c.var.installation.database
  const { user } = session
  const memberships = await membershipsOf(owner, user.id)
  c.set(
    'organizations',
    memberships.map(({ organization_id, name }) => ({ organization_id, name })),
  )
  const wished = getCookie(c, organizationCookie)
  const current = memberships.find((each) => each.organization_id === wished) ?? memberships[0]
  const [is_steward, delegated] = await Promise.all([
    isSteward(owner, user.id),
    current ? delegatedOn(owner, current.organization_id, user.id, c.var.installation.clock.now()) : [],
  ])
  return {
    kind: 'user',
    id: user.id,
    name: current?.display_name ?? user.name,
    organization_id: current?.organization_id ?? '',
    roles: current?.roles ?? [],
    delegated,
    is_steward,
  }
}

/** Session and user behind the request's cookie. A session that is prolonged gets its cookie prolonged. */
export async function sessionOf(c: Ctx) {
  // Most public pages are read without a cookie: these ask the database nothing.
  if (!(c.req.header('cookie') ?? '').includes('hanpyo.session_token')) return null
  const { headers, response } = await authOf(c.var.installation).api.getSession({
    headers: apiHeaders(c),
    returnHeaders: true,
  })
  passCookies(c, headers)
  return response
}

/** What better-auth may know of a request: cookies, browser, and the address as we see it. */
export function apiHeaders(c: Ctx): Headers {
  const headers = new Headers({ [addressHeader]: clientAddress(c) })
  for (const name of ['cookie', 'user-agent']) {
    const value = c.req.header(name)
    if (value) headers.set(name, value)
  }
  return headers
}

/** Hands better-auth's cookies on to the browser. */
export function passCookies(c: Ctx, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}

/** From now on this browser acts for this organization. Membership is checked at each request, not here. */
export function rememberOrganization(c: Ctx, organization_id: string): void {
  setCookie(c, organizationCookie, organization_id, cookieOptions(c))
}

/** Shows this browser everything in the user's language. */
export function rememberLanguage(c: Ctx, language: string | null | undefined): void {
  if (language && isLanguage(language)) setCookie(c, 'language', language, cookieOptions(c))
}

/** Signs this browser in; 'code' where the second factor is asked for next. */
export async function signInWithPassword(
  c: Ctx,
  email: string,
  password: string,
): Promise<'signed-in' | 'code' | 'refused'> {
  // Everybody knows this one: it opens nothing once an organization is a real one.
  if (password === demoPassword && !(await isPractice(c.var.installation.database.owner))) return 'refused'
  const answer = await authOf(c.var.installation).api.signInEmail({
    body: { email, password },
    headers: apiHeaders(c),
    asResponse: true,
  })
  if (!answer.ok) return 'refused'
  passCookies(c, answer.headers)
  const result: unknown = await answer.json()
  await forgiveTries(c.var.installation.database.owner, {
    what: 'password',
    address: email,
    ip: clientAddress(c),
    known_browser: knownBrowser(c, email),
  })
  if (isObject(result) && result.twoFactorRedirect === true) return 'code'
  await greet(c, result)
  return 'signed-in'
}

const browserCookie = (c: Ctx, email: string): string => `known.${keyed(c, 'browser', email).slice(0, 12)}`
const keyed = (c: Ctx, what: string, text: string): string =>
  createHmac('sha256', c.var.installation.secret).update(`${what} ${text.trim().toLowerCase()}`).digest('hex')

/** Remembers that this browser signed in with the address. It opens nothing: it only counts its wrong tries apart. */
function rememberBrowser(c: Ctx, email: string): void {
  const mark = randomBytes(16).toString('hex')
  setCookie(c, browserCookie(c, email), `${mark}.${keyed(c, `mark ${mark}`, email)}`, {
    path: '/sign-in',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.var.installation.url.startsWith('https:'),
    maxAge: 180 * 86_400,
  })
}

/** The mark of a browser that has signed in with this address before, if it is one of ours. */
function knownBrowser(c: Ctx, email: string): string | null {
  const [mark = '', proof = ''] = (getCookie(c, browserCookie(c, email)) ?? '').split('.')
  return isSame(keyed(c, `mark ${mark}`, email), proof) ? mark : null
}

/** Counts a try from this request. */
export function mayTryHere(c: Ctx, what: Limited, address: string): Promise<boolean> {
  const { database, clock } = c.var.installation
  const known_browser = what === 'password' ? knownBrowser(c, address) : null
  return mayTry(database.owner, { what, address, ip: clientAddress(c), known_browser, now: clock.now() })
}

/** Counts a try from this request, where more than usual is not refused at once. */
export function strainHere(c: Ctx, what: Limited, address: string): Promise<Strain> {
  const { database, clock } = c.var.installation
  return strainOf(database.owner, { what, address, ip: clientAddress(c), now: clock.now() })
}

/** After signing in: the screens turn to the user's language. */
export async function greet(c: Ctx, result: unknown): Promise<void> {
  if (!isObject(result) || !isObject(result.user) || typeof result.user.id !== 'string') throw new NotFound()
  const { database, clock } = c.var.installation
  if (typeof result.user.email === 'string') rememberBrowser(c, result.user.email)
  rememberLanguage(c, (await accountOf(database.owner, result.user.id))?.language)
  await forgetOldTries(database.owner, clock.now())
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const cookieOptions = (c: Ctx) =>
  ({
    path: '/',
    maxAge: 31_536_000,
    sameSite: 'Lax',
    httpOnly: true,
    secure: c.var.installation.url.startsWith('https:'),
  }) as const

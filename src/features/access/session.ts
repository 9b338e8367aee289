import { getCookie, setCookie } from 'hono/cookie'
import type { Actor } from '../../platform/actor.ts'
import { clientAddress } from '../../platform/http/address.ts'
import type { Ctx } from '../../platform/http/room.ts'
import { isLanguage } from '../../platform/i18n/languages.ts'
import { addressHeader, authOf } from './auth.ts'
import { isSteward, membershipsOf } from './queries.ts'

const organizationCookie = 'organization'

/** Who is asking, from the session cookie; null where nobody is signed in. */
export async function actorOfSession(c: Ctx): Promise<Actor | null> {
  const session = await sessionOf(c)
  if (!session) return null
  const { owner } = c.var.installation.database
  const { user } = session
  const memberships = await membershipsOf(owner, user.id)
  const wished = getCookie(c, organizationCookie)
  const current = memberships.find((each) => each.organization_id === wished) ?? memberships[0]
  return {
    kind: 'user',
    id: user.id,
    name: current?.display_name ?? user.name,
    organization_id: current?.organization_id ?? '',
    roles: current?.roles ?? [],
    is_steward: await isSteward(owner, user.id),
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

const cookieOptions = (c: Ctx) =>
  ({
    path: '/',
    maxAge: 31_536_000,
    sameSite: 'Lax',
    httpOnly: true,
    secure: c.var.installation.url.startsWith('https:'),
  }) as const

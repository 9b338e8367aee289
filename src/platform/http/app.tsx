import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Actor } from '../actor.ts'
import { Conflict, Forbidden, NotFound, NotSignedIn } from '../errors.ts'
import { log } from '../log.ts'
import { measured } from '../metrics.ts'
import { isLanguage, type Language } from '../i18n/languages.ts'
import { translator } from '../i18n/messages.ts'
import { Problem } from '../ui/problem.tsx'
import { clientFolder } from './assets.ts'
import { isTooLarge } from './body.ts'
import { typedValues } from './meanwhile.ts'
import { page } from './page.tsx'
import { problemJson } from './problem-json.ts'
import { RememberingRouter } from './remembering-router.ts'
import type { Ctx, Env, Handler, Installation, NavItem } from './room.ts'

export interface AppOptions {
  installation: Installation
  routes: readonly Hono<Env>[]
  nav: readonly NavItem[]
  /** Who is asking, from the session. */
  actorOf(c: Ctx): Promise<Actor | null>
  may(actor: Actor, permission: string): boolean
  /** Asked before any route, once it is known who is asking. */
  guards?: readonly Handler[]
  /** Paths whose bodies may be larger than a form: uploads stream theirs to disk. */
  largeBodies?: RegExp
}

/** The web application: headers, language, who is asking, the rooms' routes, and what went wrong. */
export function createApp(options: AppOptions): Hono<Env> {
  const { installation } = options
  const app = new Hono<Env>({ router: new RememberingRouter() })
  const isSecure = installation.url.startsWith('https:')

  app.use('*', measured)
  app.use('*', async (c, next) => {
    c.set('installation', installation)
    const [request_id, language] = [randomUUID(), languageOf(c)]
    c.set('request_id', request_id)
    c.set('language', language)
    c.set('t', translator(language))
    c.set('actor', null)
    c.set('organization', null)
    c.set('organizations', [])
    c.set('nav', [])
    c.set('db', installation.database.commons)
    c.header('X-Request-Id', request_id)
    await next()
    // Lists of voters and answers for islands stay in no cache either; what may says so itself.
    // c.header() would make the answer anew, which costs more than all headers.
    if (!c.res.headers.has('cache-control')) c.res.headers.set('Cache-Control', 'no-store')
  })
  // Written when the answer is there, for it is the page that says who may show it inside theirs.
  app.use('*', async (c, next) => {
    await next()
    if (c.get('is_for_other_sites')) c.res.headers.set('cross-origin-resource-policy', 'cross-origin')
    const [sites, own, styles] = [c.get('framed_by'), c.get('own_policy'), c.get('styled_by')]
    const sent = c.res.headers.get('content-security-policy')
    const policy = styles && sent ? sent.replace("style-src 'self'", `style-src 'self' ${styles}`) : sent
    if (policy && policy !== sent) c.res.headers.set('content-security-policy', policy)
    if (!policy || (!own && (!sites || sites.length === 0))) return
    const framed = policy.replace("frame-ancestors 'none'", `frame-ancestors ${sites?.join(' ')}`)
    c.res.headers.set('content-security-policy', own ?? framed)
    c.res.headers.delete('x-frame-options')
  })
  app.use(
    '*',
    secureHeaders({
      // no-referrer makes browsers send `Origin: null` with plain forms
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
      strictTransportSecurity: isSecure ? 'max-age=31536000' : false,
      permissionsPolicy: { camera: ['self'], geolocation: [], microphone: [] },
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    }),
  )
  // Hashed names never change; the service worker must be asked for each time.
  app.use(
    '/assets/*',
    serveStatic({
      root: clientFolder,
      precompressed: true, // scripts/build.ts packs them
      onFound: (_path, c) => c.header('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  )
  // Few files lie at the root (service worker, icon, web app manifest); asking the disk at every request would cost.
  for (const name of rootFiles()) {
    app.get(
      `/${name}`,
      serveStatic({
        root: clientFolder,
        precompressed: true,
        onFound: (_path, c) => c.header('Cache-Control', 'no-cache'),
      }),
    )
  }
  // Behind a proxy that ends TLS we are asked over http; browsers too old for Sec-Fetch-Site name the address they opened.
  const fromOurPages = csrf({
    origin: (origin, c) => origin === new URL(c.req.url).origin || origin === new URL(installation.url).origin,
  })
  // Programs bring a token with each request and no cookie: there is nothing a foreign page could borrow.
  app.use('*', (c, next) => (isApi(c) || isCarrier(c) || isReader(c) ? next() : fromOurPages(c, next)))
  app.use('*', async (c, next) => {
    if (options.largeBodies?.test(c.req.path) || !(await isTooLarge(c))) return next()
    return problemPage(c, 413)
  })
  app.use('*', async (c, next) => {
    const actor = await options.actorOf(c)
    if (actor) {
      c.set('actor', actor)
      if (actor.organization_id) {
        c.set('db', installation.database.of(actor.organization_id))
        const found = await c.var.db
          .selectFrom('organization' as never)
          .selectAll()
          .executeTakeFirst()
        c.set('organization', (found as unknown as Env['Variables']['organization']) ?? null)
      }
      c.set(
        'nav',
        options.nav.filter((item) => options.may(actor, item.permission)),
      )
    }
    await next()
  })

  for (const guard of options.guards ?? []) app.use('*', guard)
  for (const routes of options.routes) app.route('/', routes)

  app.notFound((c) => {
    const above = openableAbove(app, c)
    return above === null ? problemPage(c, 404) : c.redirect(above, 303)
  })
  // A file that was sent is not read again.
  const lost = async (c: Ctx) => (options.largeBodies?.test(c.req.path) ? null : writtenIn(c))
  app.onError(async (problem, c) => {
    if (problem instanceof NotSignedIn) {
      if (wantsJson(c)) return c.json({ problem: 'not_signed_in' }, 401)
      const written = await lost(c)
      if (written && written.typed.length > 0) return problemPage(c, 401, written)
      const url = new URL(c.req.url)
      const back = c.req.method === 'GET' ? url.pathname + url.search : '/'
      return c.redirect(`/sign-in?back=${encodeURIComponent(back)}`, 303)
    }
    if (problem instanceof NotFound) return problemPage(c, 404, await lost(c))
    if (problem instanceof Forbidden) return problemPage(c, 403, await lost(c))
    if (problem instanceof Conflict) return problemPage(c, 409, await lost(c))
    // A malformed id in the address is an address that does not exist.
    if (isOfAddress(problem, c)) return problemPage(c, 404)
    if (problem instanceof TypeError && problem.message.startsWith('Failed to parse body')) return problemPage(c, 400)
    // Hono's own refusals (CSRF) carry their status.
    if ('status' in problem && problem.status === 403) return problemPage(c, 403)
    log.error({ problem, request_id: c.var.request_id, method: c.req.method, path: c.req.routePath }, 'request failed')
    return problemPage(c, 500)
  })
  return app
}

/**
 * A page that answered a form stands at an address that takes forms only. Who opens that one (the language switch, a
 * reload from the address line) gets the nearest page above it. Null: an address of nothing.
 */
function openableAbove(app: Hono<Env>, c: Ctx): string | null {
  const answers = (method: string, path: string): boolean =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method)
  const { path } = c.req
  if (c.req.method !== 'GET' || isApi(c) || isCarrier(c) || !answers('POST', path)) return null
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const above = path.slice(0, end)
    if (answers('GET', above)) return above
  }
  return '/'
}

/** What PostgreSQL takes for no id, no number it has room for, or no text, where it stands in the address; else it is a bug. */
function isOfAddress(problem: Error, c: Ctx): boolean {
  if (!('code' in problem) || !['22P02', '22003', '22021', '22P05'].includes(String(problem.code))) return false
  const { pathname, searchParams } = new URL(c.req.url)
  // As text, or within what the activity log keeps.
  if (problem.code === '22021' || problem.code === '22P05') return /%00/.test(c.req.url)
  const parts = [...Object.values(c.req.param()), ...pathname.split('/'), ...searchParams.values()].filter(Boolean)
  return parts.some((part) => [part, String(Number(part))].some((each) => problem.message.includes(`"${each}"`)))
}

const rootFiles = (): string[] =>
  existsSync(clientFolder)
    ? readdirSync(clientFolder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    : []

// What a telephone company reports is signed, and comes without cookies.
/** What a company reports to us, by its own signature. */
const isCarrier = (c: Ctx): boolean => /^\/(telephony|payments|mail-reports)\//.test(c.req.path)

/**
 * One click in a mail program is sent by its company, without cookies: the signed address alone says who it is (RFC 8058).
 * Asking for e-mail is a form of other sites too, and nobody's session counts there.
 */
const isReader = (c: Ctx): boolean => c.req.path.startsWith('/u/') || /^\/n\/[^/]+\/sign-up$/.test(c.req.path)

const isApi = (c: Ctx): boolean => c.req.path.startsWith('/api/')

const wantsJson = (c: Ctx): boolean =>
  (c.req.header('accept') ?? '').includes('application/json') && !(c.req.header('accept') ?? '').includes('text/html')

const problems = {
  401: { problem: 'not_signed_in', detail: 'Nobody is signed in.' },
  403: { problem: 'forbidden', detail: 'This may not be done.' },
  404: { problem: 'not_found', detail: 'There is nothing here.' },
  409: { problem: 'conflict', detail: 'Somebody changed this meanwhile. Read it again.' },
  400: { problem: 'unreadable', detail: 'The form cannot be read.' },
  413: { problem: 'too_large', detail: 'A request has at most 1 MiB.' },
  500: { problem: 'failed', detail: 'Something went wrong on our side.' },
} as const

/** What somebody sent with a form that is not taken, whatever form it was: nothing that was written is lost with it. */
async function writtenIn(c: Ctx): Promise<{ typed: string[]; back: string | undefined } | null> {
  if (isApi(c) || isCarrier(c) || wantsJson(c) || c.req.method !== 'POST') return null
  if (isOfAccount(c.req.path)) return null
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(c.req.header('content-type') ?? '')
  if (!isForm) return null
  const sent = await typedValues(c).catch(() => null)
  // Its kind says form, its text is none.
  if (sent === null) return null
  const typed = Object.entries(sent)
    .filter(([name, text]) => !isOfTheForm(name) && !isSecret(name) && text.split('\n').some(isWritten))
    .map(([, text]) => text)
  return { typed: [...new Set(typed)], back: ownPath(c.req.header('referer'), c) }
}

const isOfTheForm = (name: string): boolean => ['seen', 'seen_at', 'was'].includes(name) || name.startsWith('list_')

const isSecret = (name: string): boolean => /password|token|secret|^(code|current|proof|uri|recovery)$/.test(name)

/** Forms of signing in and of one's account hold what opens it. */
const isOfAccount = (path: string): boolean => /^\/(account|sign-in|setup|welcome)(\/|$)/.test(path)

/**
 * Not the keys and ticks a form sends along. A choice looks like a word somebody typed, so it is shown too: rather one word
 * too many than one lost.
 */
const isWritten = (text: string): boolean =>
  text !== '' && !/^(on|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z)$/i.test(text)

/** The address of one of our own pages. */
function ownPath(address: string | undefined, c: Ctx): string | undefined {
  if (!address || !URL.canParse(address)) return undefined
  const url = new URL(address)
  return url.host === new URL(c.req.url).host ? url.pathname + url.search : undefined
}

function problemPage(
  c: Ctx,
  status: keyof typeof problems,
  more: { typed: string[]; back: string | undefined } | null = null,
): Response | Promise<Response> {
  const { problem, detail } = problems[status]
  if (isApi(c)) return problemJson(c, status, problem, detail)
  if (wantsJson(c)) return c.json({ problem, request_id: c.var.request_id }, status)
  return page(c, <Problem t={c.var.t} status={status} request_id={c.var.request_id} {...more} />, {
    title: c.var.t.dynamic(`problem.${status}.title`),
    status,
    bare: !c.var.actor,
  })
}

/** The reader's choice, else the browser's wish, else English. */
function languageOf(c: Ctx): Language {
  const chosen = getCookie(c, 'language')
  if (isLanguage(chosen)) return chosen
  const wished = (c.req.header('accept-language') ?? '')
    .split(',')
    .map((each) => each.trim().slice(0, 2).toLowerCase())
    .find(isLanguage)
  return wished ?? 'en'
}

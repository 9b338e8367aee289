import { describe, expect, test } from 'vitest'
import type pg from 'pg'
import type { Hono } from 'hono'
import type { Actor } from '../platform/actor.ts'
import type { Env } from '../platform/http/room.ts'
import type { Guard } from '../features/access/allow.ts'
import { mayDo, permissions, roles, type Permission } from '../features/access/permissions.ts'
import { ownedTables } from '../platform/testing/owned-rows.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { routes } from './routes.ts'
import { buildApp } from './server.ts'
import { addressOf, fillOrganization, unknownId, type Things } from './testing.ts'

const world = await makeWorld()
const { ours, theirs } = world
/** What lies at the addresses below: one of everything, all of it ours. */
const things = await fillOrganization(world, ours.organizer, 0)

interface Route {
  method: string
  path: string
  permission: Permission | null
}

const nameOf = ({ method, path }: Route): string => `${method} ${path}`

/** Every address and method of the application, with the guard that stands first. */
const all: Route[] = []
for (const { method, path, handler } of routes.flatMap((each) => each.routes)) {
  if (all.some((each) => each.method === method && each.path === path)) continue // the handlers after the first
  const permission = 'permission' in handler ? (handler as Guard).permission : null
  all.push({ method, path, permission })
}
/** What a signed-in person's roles decide about. */
const guarded = all.filter(({ permission }) => permission !== 'caller-link' && permission !== 'api-token')
const closed = guarded.filter(({ permission }) => permission !== 'public')

/** Forms that name another thing of the organization. Every other form is sent empty. */
const forms: Record<string, (of: Things) => Record<string, string>> = {
  '/phonebanks/:id/add_universe': (of) => ({ universe_id: of.universe ?? '' }),
  '/voters/universes/:universe/owner': (of) => ({ owner: of.member ?? '' }),
}

interface Answer {
  status: number
  location: string
  /** A file people may carry away. */
  is_file: boolean
  /** Of a page that ends; live ones do not. */
  text: string
}

async function ask(app: Hono<Env>, route: Route, of: Things = things): Promise<Answer> {
  const answer = await app.request(addressOf(route.path, of), {
    method: route.method,
    headers: { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' },
    ...(route.method === 'GET' ? {} : { body: new URLSearchParams(forms[route.path]?.(of)) }),
  })
  const type = answer.headers.get('content-type') ?? ''
  const isPage = type.startsWith('text/html')
  const text = isPage ? await answer.text() : ''
  if (!isPage) await answer.body?.cancel()
  return {
    status: answer.status,
    location: answer.headers.get('location') ?? '',
    is_file: /^(text\/csv|application\/pdf)/.test(type),
    text,
  }
}

const appFor = (actor: Actor | null): Hono<Env> => buildApp(world.installation, async () => actor)

const actors: [string, Actor | null][] = [
  ['nobody', null],
  ...roles.map((role): [string, Actor] => [role, ours.actor([role])]),
  ['steward without role', ours.actor([], { is_steward: true })],
  ['somebody who left', ours.actor([])],
]

test('every route says which permission it asks for', () => {
  expect(all.length).toBeGreaterThan(200)
  expect(all.filter((each) => each.permission === null).map(nameOf)).toEqual([])
  expect(all.filter((each) => !['GET', 'POST', 'PUT', 'PATCH', 'HEAD', 'DELETE'].includes(each.method))).toEqual([])
})

test('every part of an address stands for something there is', () => {
  const unknown = closed.filter((route) => addressOf(route.path, things).includes(unknownId))
  expect(unknown.map(nameOf)).toEqual([])
})

test('only what must be open is open to everybody', () => {
  const open = all.filter((each) => each.permission === 'public').map(nameOf)
  expect(open.filter((each) => !expectedOpen.some((pattern) => pattern.test(each)))).toEqual([])
})
const expectedOpen = [
  /^(GET|POST) \/sign-in/,
  /^POST \/sign-out$/,
  /^POST \/language$/,
  /^GET \/$/,
  /^GET \/(healthz|readyz|metrics)$/,
  /^(GET|POST) \/(setup|welcome\/:token)$/,
  // Joining a phone bank, and what its page needs before anybody has joined.
  /^(GET|POST) \/join\//,
  // Where a code is typed: a form that leads to the link, which knows of nothing.
  /^GET \/call$/,
  /^GET \/[\w./-]*(manifest|webmanifest)/,
  // What is held about somebody, by their private link, and where it is asked for.
  /^(GET|POST) \/privacy\/:organization(\/:token|$)/,
  // Forms and petitions, and the link by which a signer confirms.
  /^(GET|POST) \/f\/:organization\/:slug/,
  // Events: the calendar, signing up, and the private link of whoever did.
  /^(GET|POST) \/e\/:organization(\/|$)/,
  // What the service that takes cards reports: it is signed.
  /^POST \/payments\/stripe\/:organization$/,
  // The days of elections, on a page and for any calendar.
  /^GET \/elections(\/coming|\.ics)$/,
  // The rules of an endorsement cycle that is open, a candidate’s answers by their private link, a member’s ballot by theirs, the result.
  /^(GET|POST) \/c\/:organization\/:cycle(\/|$)/,
  // What whoever got a mail wants of the next ones: the signed address in it opens it.
  /^(GET|POST) \/u\/:token(\/mail)?$/,
  // What mail systems report of mails that were handed over: the key in the address says whose.
  /^POST \/mail-reports\/:organization\/:from\/:key$/,
  // E-mails an organization put into its archive, and their feed.
  /^GET \/n\/:organization(\/|$)/,
  // Asking for an organization's e-mail, and the link by which the mailbox confirms.
  /^POST \/n\/:organization\/(sign-up|confirm)(\/|$)/,
  // The letters of our own pages, for the preview of a mail.
  /^GET \/mail-preview\.css$/,
  // Voter guides that were published, their files, and whose contests are whose.
  /^GET \/g\/:organization\/:guide(\/|$)/,
  /^POST \/g\/:organization\/:guide\/my-ballot$/,
  // What a guide will say of a candidate, and their reply, by their private link.
  /^POST \/g\/:organization\/:guide\/candidates\/:candidate\/:key$/,
  // Where the code on a piece of paper mail leads.
  /^GET \/r\/:code$/,
  // Links and pictures of mails that are counted: signed, and leading where the mail said.
  /^GET \/(l|o)\/:token$/,
  // A picture of a mail, by the hash of what is in it.
  /^GET \/mail-pictures\/:picture$/,
  // Where everybody may apply for membership, and pay.
  /^(GET|POST) \/m\/:organization/,
  // What the telephone company reports: its signature is asked for, no session.
  /^POST \/telephony\/:carrier\//,
  // What the interface for programs offers, and the plain answer where it offers nothing.
  /^(GET|POST) \/api\/v1\/(openapi\.json|\*)$/,
]

/** What answers otherwise than 200, 303 or 422 to who may do it, and why that is right. */
const otherAnswers: [pattern: RegExp, status: number, reason: string][] = [
  [
    /^POST \/(endorsements\/:cycle|voterguides\/:guide)\/remove$/,
    409,
    'only a draft is taken out: endorsements.test.ts, voterguides.test.ts',
  ],
  [/^GET \/people\/invite$/, 404, 'the form says to which event: invitations.test.ts'],
  [/ \/account$/, 303, 'an account is the session’s, and these actors have none; with one: access.test.ts'],
  [/^POST \/account\/organization$/, 404, 'the form names an organization the account belongs to'],
  [/^POST \/account\//, 303, 'as the page of the account'],
  [/^POST \/voterfiles\/imports\/:import\/again$/, 409, 'only an import that failed begins again'],
  [/^POST \/voterfiles\/imports\/:import\/(accept-gone|is-part)$/, 409, 'only an import that missed many voters asks'],
  [/^POST \/voterfiles\/imports\/:import\/(import-previewed|preview-again)$/, 409, 'only what was looked at goes on'],
  [/^(GET|POST) \/voterfiles\/imports\/:import\/columns$/, 409, 'only of a file not imported yet'],
  [/^POST \/voterfiles\/imports\/:import\/take-back$/, 409, 'only a list of telephones is taken back'],
  [/^POST \/voterfiles\/imports\/:import\/rejects$/, 404, 'nothing was rejected'],
  [/^POST \/officials\/:official\/take-back$/, 409, 'one that came with the program stays: contests.test.ts'],
  [/^POST \/postal\/:drop\/print\/cancel$/, 409, 'nothing of it is being made: printing.test.ts'],
  [/^GET \/postal\/:drop\/print\/folder.zip$/, 404, 'there once it is made: printing.test.ts'],
  [/^POST \/postal\/checked\/:file\/take-back$/, 409, 'only a file of addresses that is taken over: checked.test.ts'],
  [/^POST \/postal\/checked\/:file\/discard$/, 409, 'it was just taken over: checked.test.ts'],
  [/^POST \/postal\/:drop\/freeze$/, 409, 'its list is made already: drops.test.ts'],
  [/^POST \/endorsements\/:cycle\/vote\/roll\/:row\/paper-back$/, 409, 'nobody has a paper'],
  [/^POST \/endorsements\/:cycle\/vote\/count$/, 409, 'only once the last day is over'],
  [/^POST \/endorsements\/:cycle\/vote\/runoff$/, 409, 'it follows a count: endorsements.test.ts'],
  [/^POST \/voterguides\/:guide\/claims\/:claim\/remove$/, 409, 'an answer goes with its question'],
  [/^GET \/(c\/:organization|endorsements)\/:cycle(\/vote)?\/ballots\/:contest$/, 404, 'there once they are counted'],
  [/ \/endorsements\/:cycle\/result\/.*$/, 404, 'there once the ballots are counted: endorsements.test.ts'],
  [/^GET \/c\/:organization\/:cycle\/announcement$/, 404, 'there once it is announced: endorsements.test.ts'],
  [/^POST \/c\/:organization\/:cycle\/vote\/:credential$/, 409, 'the vote has not begun'],
  [/^(GET|POST) \/my-ballots\/:cycle(\/challenge)?$/, 404, 'only for who stands on its roll: endorsements.test.ts'],
  [/^(GET|POST) \/my-panels\//, 404, 'only for who sits on the panel: interviews.test.ts'],
  [/^POST \/elections\/imports\/:import\/discard$/, 409, 'it was just imported'],
  [/^POST \/leadership\/one-on-ones\//, 404, 'its writer alone decides who reads it: leadership.test.ts'],
  [/^POST \/my-day\/tasks\/:task/, 404, 'one’s own tasks alone: leadership.test.ts'],
  [/^POST \/phonebanks\/:id\/repeat$/, 404, 'the form says what is to change'],
  [/^POST \/mailings\/:mailing\/send\/(pause|resume|resend|cancel)$/, 409, 'nothing is being sent: sending.test.ts'],
  [/^POST \/mail-journeys\/:journey\/pause$/, 409, 'it does not run: journeys.test.ts'],
  [/^POST \/ledger\/held\/:checkout$/, 404, 'the form says how it was settled: cards.test.ts'],
  [/^POST \/leadership\/roles\/:role\/end$/, 404, 'it was just taken out as recorded by mistake'],
]

/** What tells a stranger of the same role something else than 404, and why nothing of ours is in it. */
const notOnlyOurs: [pattern: RegExp, reason: string][] = [
  [/ \/districts\//, 'districts and their maps are the commons'],
  [/ \/(officials|public-figures)\//, 'so is who holds office'],
  [/ \/(elections|contests|candidates)(\/|$)/, 'so are elections, and who runs in them'],
  [/ \/voterfiles\//, 'so are voter files: stewards look after them for everybody'],
  [/^GET \/outbox\/:mail$/, 'mail is the installation’s: its stewards read whatever would have been sent'],
  [/^GET \/voters\/:voter\{/, 'a voter record is the commons; what we know of the person is not shown'],
  [
    /^POST \/leadership\/ladder\/rules\//,
    'kinds of delegation are the program’s; every organization has rules of its own',
  ],
  [
    /^POST \/(scripts\/:id\/save|door\/:event\/sync)$/,
    'the program’s message is read before anything is looked up; a form is none',
  ],
]

describe.each(actors)('%s', (name, actor) => {
  test('is refused what the table of permissions refuses', async () => {
    const app = appFor(actor)
    const wrong: string[] = []
    for (const route of guarded) {
      if (mayDo(actor, route.permission ?? 'public')) continue
      const { status, location } = await ask(app, route)
      const back = route.method === 'GET' ? addressOf(route.path, things) : '/'
      const isRight = actor
        ? status === 403
        : status === 303 && location === `/sign-in?back=${encodeURIComponent(back)}`
      if (!isRight) wrong.push(`${nameOf(route)}: ${status} ${location}`)
    }
    expect(wrong).toEqual([])
  })

  const may = closed.filter(({ permission }) => mayDo(actor, permission ?? 'public'))
  if (!actor || may.length === 0) return

  test('finds nothing of ours at any address where they belong to another organization, and changes nothing', async () => {
    const app = appFor({ ...actor, organization_id: theirs.organization_id })
    const before = await everythingOf(ours.organization_id)
    const wrong: string[] = []
    for (const route of may) {
      const { status, text } = await ask(app, route)
      const address = addressOf(route.path, things) // which a page may repeat
      const told = ourIds.filter((id) => text.includes(id) && !address.includes(id))
      if (told.length > 0) wrong.push(`${nameOf(route)} shows ${told.join()}`)
      if (!route.path.includes(':') || notOnlyOurs.some(([pattern]) => pattern.test(nameOf(route)))) {
        if (status >= 500) wrong.push(`${nameOf(route)}: ${status}`)
      } else if (status !== 404) wrong.push(`${nameOf(route)}: ${status}`)
    }
    expect(wrong).toEqual([])
    expect(await everythingOf(ours.organization_id)).toEqual(before)
  })

  test('is let in where the table says so, and no file is taken without an entry in the log', async () => {
    const { acting, own } = await organizationFor(name, actor)
    const app = appFor(acting)
    const wrong: string[] = []
    for (const route of may.toSorted((a, b) => orderOf(a) - orderOf(b))) {
      const before = await lastEntry()
      const { status, location, is_file } = await ask(app, route, own)
      if (is_file && (await lastEntry()) === before) wrong.push(`${nameOf(route)} leaves no trace`)
      const expected = otherAnswers.find(([pattern]) => pattern.test(nameOf(route)))?.[1]
      const isRight =
        expected === undefined
          ? (status === 200 || status === 303 || (status === 422 && route.method !== 'GET')) &&
            !/^\/sign-in|undefined|null/.test(location)
          : status === expected
      if (!isRight) wrong.push(`${nameOf(route)}: ${status} ${location}`)
    }
    expect(wrong).toEqual([])
  })
})

/** Files that stewards bring into the commons, for everybody, and the mail of the installation, which they read. */
const ofCommons = ['import', 'upload', 'elections/imports/import', 'outbox/mail']
async function lastEntry(): Promise<number | null> {
  const { last } = await world.database.owner
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.max('audit_id').as('last'))
    .executeTakeFirstOrThrow()
  return last
}

const ourIds = Object.entries(things)
  .filter(([name, id]) => /^[0-9a-f-]{36}$/.test(id) && !ofCommons.includes(name))
  .map(([, id]) => id)

/** An organization with one of everything, in which this actor has the roles they have in ours. */
async function organizationFor(slug: string, actor: Actor): Promise<{ acting: Actor; own: Things }> {
  const { organization_id } = await world.database.owner
    .insertInto('organization')
    .values({ slug: slug.replaceAll(' ', '-'), name: JSON.stringify({ en: slug }) })
    .returning('organization_id')
    .executeTakeFirstOrThrow()
  const acting = { ...actor, organization_id }
  const at = 1000 + 100 * actors.findIndex(([each]) => each === slug)
  return { acting, own: await fillOrganization(world, { ...acting, roles: ['organizer'] }, at) }
}

/** First what only shows, last what ends or takes away what others need. */
const orderOf = ({ method, path }: Route): number =>
  method === 'GET' ? 0 : 1 + endings.findIndex((each) => path.endsWith(each)) + 1
const endings = ['/match/:voter{[0-9]+}', '/unmatch', '/take-back', '/revoke', '/archive', '/restore', '/undo', '/remove', '/merge', '/discard', '/end_after_calls', '/end'] // prettier-ignore

test('who has no caller’s link gets nothing by the addresses that need one', async () => {
  const wrong: string[] = []
  for (const actor of [null, theirs.actor(['organizer']), ours.actor(['member'])]) {
    const app = appFor(actor)
    for (const route of all.filter((each) => each.permission === 'caller-link')) {
      const { status } = await ask(app, route)
      // The page to join by, where the link itself is the address, and the icon's description: nothing of ours in either.
      if (route.method === 'GET' && /^\/call\/:\w+(\/manifest\.webmanifest)?$/.test(route.path)) continue
      if (![303, 401, 403, 404, 422].includes(status)) wrong.push(`${nameOf(route)}: ${status}`)
    }
  }
  expect([...new Set(wrong)]).toEqual([])
})

test('no sign-in opens the interface for programs: it asks for a token', async () => {
  const api = all.filter((each) => each.permission === 'api-token')
  expect(api.length).toBeGreaterThan(15)
  const wrong: string[] = []
  for (const [, actor] of actors) {
    const app = appFor(actor)
    for (const route of api) {
      const { status } = await ask(app, route)
      if (status !== 401) wrong.push(`${nameOf(route)}: ${status}`)
    }
  }
  expect(wrong).toEqual([])
})

test('a caller who joined by link can open nothing that asks for a member', async () => {
  const caller = ours.actor([], { kind: 'caller' })
  const opened = Object.keys(permissions).filter((each) => each !== 'public' && mayDo(caller, each as Permission))
  expect(opened).toEqual([])
})

async function everythingOf(organization_id: string): Promise<Record<string, string>> {
  const client: pg.PoolClient = await world.database.ownerPool.connect()
  try {
    const found: Record<string, string> = {}
    for (const table of await ownedTables(client)) {
      const { rows } = await client.query<{ hash: string | null }>(
        `select md5(string_agg(t::text, '|' order by t::text)) as hash from ${table} t where organization_id = $1`,
        [organization_id],
      )
      found[table] = rows[0]?.hash ?? ''
    }
    return found
  } finally {
    client.release()
  }
}

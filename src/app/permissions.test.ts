import { describe, expect, test } from 'vitest'
import type pg from 'pg'
import type { Actor } from '../platform/actor.ts'
import type { Guard } from '../features/access/allow.ts'
import { mayDo, permissions, roles, type Permission } from '../features/access/permissions.ts'
import { fillOwnedTables, ownedTables } from '../platform/testing/owned-rows.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { routes } from './routes.ts'
import { buildApp } from './server.ts'

const world = await makeWorld()
const { ours, theirs } = world
const made = await (async () => {
  const client = await world.database.ownerPool.connect()
  try {
    return await fillOwnedTables(client, ours.organization_id)
  } finally {
    client.release()
  }
})()

interface Route {
  method: string
  path: string
  permission: Permission | null
}

/** Every address and method of the application, with the guard that stands first. */
const all: Route[] = []
for (const { method, path, handler } of routes.flatMap((each) => each.routes)) {
  if (all.some((each) => each.method === method && each.path === path)) continue // the handlers after the first
  const permission = 'permission' in handler ? (handler as Guard).permission : null
  all.push({ method, path, permission })
}

/** An id there is, of our organization, for each parameter; else one there is not. */
function filled(path: string): string {
  return parts(path)
    .map((part) => (part.startsWith(':') ? idFor(part) : part))
    .join('/')
}

// A parameter's pattern may hold slashes of its own kind of brackets: {v[0-9]+|[0-9a-f-]{36}}.
const parts = (path: string): string[] => path.split('/')

function idFor(parameter: string): string {
  const name = /^:(\w+)/.exec(parameter)?.[1] ?? ''
  const pattern = /\{(.*)\}\??$/.exec(parameter)?.[1]
  const fits = (id: string) => pattern === undefined || new RegExp(`^(?:${pattern})$`).test(id)
  const column = `${name.replace('phonebank', 'phone_bank')}_id`
  // The table of that name first: others only refer to it.
  const tables = [...made].toSorted(([a], [b]) => Number(`${b}_id` === column) - Number(`${a}_id` === column))
  const known = tables.map(([, row]) => row[column]).filter((id) => id !== undefined && id !== null)
  return [...known.map(String), unknownId, '1', 'v1'].find(fits) ?? unknownId
}
const unknownId = '0c0ffee0-0000-4000-8000-00000000ffff'

async function ask(actor: Actor | null, { method, path }: Route): Promise<{ status: number; location: string }> {
  const app = buildApp(world.installation, async () => actor)
  const answer = await app.request(filled(path), {
    method,
    headers: { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' },
    ...(method === 'GET' ? {} : { body: new URLSearchParams() }),
  })
  await answer.body?.cancel() // live pages never end
  return { status: answer.status, location: answer.headers.get('location') ?? '' }
}

const actors: [string, Actor | null][] = [
  ['nobody', null],
  ...roles.map((role): [string, Actor] => [role, ours.actor([role])]),
  ['steward without role', ours.actor([], { is_steward: true })],
  ['somebody who left', ours.actor([])],
]

const isOpen = ({ permission }: Route): boolean =>
  permission === 'public' || permission === 'caller-link' || permission === 'api-token'

test('every route says which permission it asks for', () => {
  expect(all.length).toBeGreaterThan(30)
  expect(all.filter((each) => each.permission === null).map((each) => `${each.method} ${each.path}`)).toEqual([])
  expect(all.filter((each) => !['GET', 'POST', 'PUT', 'PATCH', 'HEAD', 'DELETE'].includes(each.method))).toEqual([])
})

test('only what must be open is open to everybody', () => {
  const open = all.filter((each) => each.permission === 'public').map((each) => `${each.method} ${each.path}`)
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
  // What the telephone company reports: its signature is asked for, no session.
  /^POST \/telephony\/:carrier\//,
  // What the interface for programs offers, and the plain answer where it offers nothing.
  /^(GET|POST) \/api\/v1\/(openapi\.json|\*)$/,
]

describe.each(actors)('%s', (_, actor) => {
  // Of an organization without rows: ours has one of everything, but none that makes sense on a page.
  const elsewhere = actor && { ...actor, organization_id: theirs.organization_id }
  const guarded = all.filter((each) => each.permission !== 'caller-link' && each.permission !== 'api-token')

  test('is refused what the table of permissions refuses', async () => {
    const wrong: string[] = []
    for (const route of guarded) {
      if (mayDo(actor, route.permission ?? 'public')) continue
      const { status, location } = await ask(actor, route)
      const right = actor ? status === 403 : status === 303 && location.startsWith('/sign-in?back=')
      if (!right) wrong.push(`${route.method} ${route.path}: ${status} ${location}`)
    }
    expect(wrong).toEqual([])
  })

  test('is let in where the table says so', async () => {
    const wrong: string[] = []
    for (const route of guarded) {
      if (!mayDo(actor, route.permission ?? 'public')) continue
      const { status } = await ask(elsewhere, route)
      if (status === 403 || status >= 500) wrong.push(`${route.method} ${route.path}: ${status}`)
    }
    expect(wrong).toEqual([])
  })
})

test('an organizer of another organization finds nothing of ours at its addresses, and changes nothing', async () => {
  const stranger = theirs.actor(['organizer', 'host', 'caller', 'treasurer', 'board', 'member'])
  const before = await everythingOf(ours.organization_id)
  const wrong: string[] = []
  for (const route of all.filter((each) => each.path.includes(':') && !isOpen(each))) {
    if (filled(route.path).includes(unknownId)) continue // no row of ours has this id
    const { status } = await ask(stranger, route)
    // 422: the form was looked at first. 303: an act that names nothing of ours, or back to where one may be.
    const fine = route.method === 'GET' ? [404, 403, 303] : [404, 403, 422, 303, 401]
    if (!fine.includes(status)) wrong.push(`${route.method} ${route.path}: ${status}`)
  }
  expect(wrong).toEqual([])
  expect(await everythingOf(ours.organization_id)).toEqual(before)
})

test('who has no caller’s link gets nothing by the addresses that need one', async () => {
  const wrong: string[] = []
  for (const actor of [null, theirs.actor(['organizer']), ours.actor(['member'])]) {
    for (const route of all.filter((each) => each.permission === 'caller-link')) {
      const { status } = await ask(actor, route)
      // The page to join by, where the link itself is the address, and the icon's description: nothing of ours in either.
      if (route.method === 'GET' && /^\/call\/:\w+(\/manifest\.webmanifest)?$/.test(route.path)) continue
      if (![303, 401, 403, 404, 422].includes(status)) wrong.push(`${route.method} ${route.path}: ${status}`)
    }
  }
  expect([...new Set(wrong)]).toEqual([])
})

test('no sign-in opens the interface for programs: it asks for a token', async () => {
  const api = all.filter((each) => each.permission === 'api-token')
  expect(api.length).toBeGreaterThan(15)
  const wrong: string[] = []
  for (const [, actor] of actors) {
    for (const route of api) {
      const { status } = await ask(actor, route)
      if (status !== 401) wrong.push(`${route.method} ${route.path}: ${status}`)
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

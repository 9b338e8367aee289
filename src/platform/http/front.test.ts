import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { frontDesk } from './front.ts'
import type { Offered } from './room.ts'

let until = Infinity
let isStill = true
/** Every address is a page of a hundred bytes that is the same for everybody. */
const app = vi.fn<(request: Request, env: object) => Response>((request, env) => {
  const { pathname } = new URL(request.url)
  const bytes = new TextEncoder().encode(pathname.padEnd(100, '.'))
  const offered: Offered = { bytes, until, route: '/:page', isStill: async () => isStill }
  if ('offer' in env) (env.offer as (each: Offered) => void)(offered)
  return new Response(request.method === 'HEAD' ? null : bytes)
})
const { fetch: inside, createServer } = frontDesk(app, { most: 3, most_bytes: 250 })
const server: ServerType = serve({ fetch: inside, createServer, port: 0, hostname: '127.0.0.1' })
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const ask = async (path: string, more: RequestInit = {}) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, more)
  return { status: answer.status, text: await answer.text() }
}
/** How many of these go inside. */
const went = async (paths: string[], more: RequestInit = {}): Promise<number> => {
  app.mockClear()
  for (const path of paths) expect((await ask(path, more)).status).toBe(200)
  return app.mock.calls.length
}
beforeEach(() => {
  until = Infinity
  isStill = true
})
afterAll(() => server.close())

test('what is at hand takes no more memory than it may: the oldest goes', async () => {
  expect(await went(['/a', '/a', '/b', '/a', '/b'])).toBe(2)
  // A third page of a hundred bytes does not fit beside two.
  expect(await went(['/c', '/c', '/b'])).toBe(1)
  expect(await went(['/a'])).toBe(1)
  expect((await ask('/a')).text).toBe('/a'.padEnd(100, '.'))
})

test('addresses that nobody asks for again do not pile up', async () => {
  await went(Array.from({ length: 500 }, (_, index) => `/g?c=${index}`))
  expect(await went(['/g?c=499', '/g?c=498'])).toBe(0)
  expect(await went(['/g?c=0'])).toBe(1)
})

test.each<[string, RequestInit]>([
  ['HEAD', { method: 'HEAD' }],
  ['a part', { headers: { range: 'bytes=0-9' } }],
  ['a mark', { headers: { 'if-none-match': '"x"' } }],
  ['somebody signed in', { headers: { cookie: 'hanpyo.session=1' } }],
  ['a form', { method: 'POST', body: 'a=1' }],
])('%s is for the application', async (_, more) => {
  await ask('/d')
  expect(await went(['/d', '/d'], more)).toBe(2)
})

test('past its time, or no longer so, a page is made anew', async () => {
  until = -1
  expect(await went(['/old', '/old'])).toBe(2)
  until = Infinity
  await ask('/e')
  isStill = false
  expect(await went(['/e'])).toBe(1)
  isStill = true
  expect(await went(['/e', '/e'])).toBe(0)
})

import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { serve as listen } from '@hono/node-server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Conflict, Forbidden, NotFound, NotSignedIn } from '../errors.ts'
import { makeWorld } from '../testing/world.ts'
import { endpoint, serve } from './endpoint.ts'
import { readForm } from './form.ts'
import { createApp } from './app.tsx'
import { asset } from './assets.ts'
import { live, page } from './page.tsx'
import { room } from './room.ts'

const world = await makeWorld()

const double = endpoint({
  method: 'POST',
  path: '/double',
  input: z.object({ n: z.number().int() }),
  output: z.object({ n: z.number() }),
})
const routes = room()
  .get('/gone', () => {
    throw new NotFound()
  })
  .get('/closed', () => {
    throw new Forbidden()
  })
  .get('/changed', () => {
    throw new Conflict()
  })
  .get('/inside', () => {
    throw new NotSignedIn()
  })
  .get('/broken', () => {
    throw new Error('a secret detail')
  })
  .post('/changed', () => {
    throw new Conflict()
  })
  .post('/inside', () => {
    throw new NotSignedIn()
  })
  .get('/page', (c) => page(c, <h1>ok</h1>, { title: 'ok' }))
  .post('/page/part/act', (c) => page(c, <h1>done</h1>, { title: 'done' }))
  .get('/stream', (c) => live(c, 1, async () => <p>still here</p>, 20))
  .post('/form', async (c) => {
    const { typed, errors, value } = await readForm(
      c,
      z.object({
        name: z.string().min(1),
        age: z.coerce.number('form.invalid').max(120),
        email: z.email().optional(),
        tags: z.array(z.string()).default([]),
      }),
    )
    return c.json({ typed, errors, value })
  })
serve(
  routes,
  double,
  async (_c, next) => next(),
  async (_c, { n }) => ({ n: n * 2 }),
)
const browser = world.as(world.ours.organizer, [routes])

test.each([
  ['/gone', 404, 'Not found'],
  ['/nowhere', 404, 'Not found'],
  ['/closed', 403, 'You do not have permission'],
  ['/changed', 409, 'Somebody changed this first'],
])('%s is %i and says what to do', async (path, status, words) => {
  const answer = await browser.get(path)
  expect(answer.status).toBe(status)
  expect(await answer.text()).toContain(words)
})

test('a form that is not taken shows every word that was typed, short ones too, and none of what it sent along', async () => {
  const form = {
    name: 'Kim',
    note: 'no',
    age: '7',
    'languages[]': ['ko', '김'],
    is_preferred: 'on',
    person_id: '0c0ffee0-0000-4000-8000-000000000001',
    seen: '{"name":"Park"}',
    seen_at: '2026-11-23T17:00:00.000Z',
    list_from: '50',
    password: 'a long enough password',
    ...Object.fromEntries(['current', 'proof', 'uri', 'recovery'].map((name) => [name, 'long enough too'])),
  }
  for (const [path, status, back] of [
    ['/changed', 409, 'href="/page?tab=2"'],
    ['/inside', 401, 'back=%2Fpage%3Ftab%3D2"'],
  ] as const) {
    const answer = await browser.post(path, form, { referer: 'http://localhost/page?tab=2' })
    expect([path, answer.status]).toEqual([path, status])
    const html = await answer.text()
    for (const word of ['Kim', 'no', '7', 'ko\n김']) expect(html).toMatch(new RegExp(`>${word}<`))
    expect(html).not.toMatch(/>on<|0c0ffee0|Park|17:00|>50<|long enough/)
    expect(html).toContain(back)
  }
  // Nothing typed: straight to the sign-in page. What only calls itself a form is nothing typed either.
  expect((await browser.post('/inside', { seen: '{}', is_sure: 'on' })).status).toBe(303)
  const broken = { 'content-type': 'multipart/form-data; boundary=x', accept: 'text/html' }
  expect((await browser.postJson('/changed', 'no form', broken)).status).toBe(409)
})

test('an address that takes forms only leads to the nearest page above it', async () => {
  const answer = await browser.get('/page/part/act')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/page')
  expect((await browser.get('/form')).headers.get('location')).toBe('/')
})

test('a bug shows a number to tell us and nothing from inside', async () => {
  const answer = await browser.get('/broken')
  const text = await answer.text()
  expect(answer.status).toBe(500)
  expect(text).toContain(answer.headers.get('x-request-id'))
  expect(text).not.toContain('secret detail')
})

test('not signed in: to the sign-in page and back; for programs a plain 401', async () => {
  const answer = await browser.get('/inside?tab=2')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/sign-in?back=%2Finside%3Ftab%3D2')
  expect((await browser.get('/inside', { accept: 'application/json' })).status).toBe(401)
})

test('a form sent from another site is refused', async () => {
  const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect((await browser.post('/form', { name: 'Ana' }, elsewhere)).status).toBe(403)
})

test('behind a proxy that ends TLS, a browser without Sec-Fetch-Site is not taken for another site', async () => {
  const installation = { ...world.installation, url: 'https://vote.example.org' }
  const app = createApp({ installation, routes: [routes], nav: [], actorOf: async () => null, may: () => true })
  const from = async (origin: string): Promise<number> => {
    const body = new URLSearchParams({ name: 'Ana', age: '7' })
    return (await app.request('/form', { method: 'POST', body, headers: { host: 'vote.example.org', origin } })).status
  }
  expect(await from('https://vote.example.org')).toBe(200)
  expect(await from('https://evil.example')).toBe(403)
  expect(await from('null')).toBe(403)
})

test('an open stream ends after its time, to be asked for again', async () => {
  const answer = await browser.get('/stream')
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  expect(await answer.text()).toContain('<p>still here</p>')
})

test('a refused form keeps what was typed, in one form of Hangul', async () => {
  const decomposed = '김영희'.normalize('NFD')
  const answer = await browser.post('/form', { name: decomposed, age: 'many', 'tags[]': ['a'] })
  expect(await answer.json()).toEqual({
    typed: { name: '김영희', age: 'many', tags: 'a' },
    errors: { age: 'form.invalid' },
    value: null,
  })
  expect(await (await browser.post('/form', { name: '', age: '7', email: 'minji@' })).json()).toMatchObject({
    errors: { name: 'form.required', email: 'form.email' },
  })
})

test('a body larger than a form is refused whole', async () => {
  expect((await browser.post('/form', { name: 'x'.repeat(1_100_000) })).status).toBe(413)
})

test.each([
  ['of a length that is told', 'Content-Length: 4194304', (part: string) => part, ''],
  [
    'in chunks',
    'Transfer-Encoding: chunked',
    (part: string) => `${part.length.toString(16)}\r\n${part}\r\n`,
    '0\r\n\r\n',
  ],
])(
  'who still sends a body that is too large, %s, is answered after it, and the connection ends',
  async (_, length, framed, end) => {
    const { installation } = world
    const app = createApp({ installation, routes: [routes], nav: [], actorOf: async () => null, may: () => true })
    const server = listen({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    let answer = ''
    socket.on('data', (text: string) => (answer += text))
    const ended = once(socket, 'end')
    const send = async (text: string) => void (socket.write(text) || (await once(socket, 'drain')))
    await send(
      `POST /form HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nContent-Type: application/json\r\n${length}\r\n\r\n`,
    )
    for (let part = 0; part < 63; part++) await send(framed('x'.repeat(65_536)))
    // Whatever the server had to say by now would have come before this answer.
    expect((await fetch(`http://127.0.0.1:${port}/page`)).status).toBe(200)
    expect(answer).toBe('')
    await send(framed('x'.repeat(65_536)) + end)
    await ended
    expect(answer).toMatch(/^HTTP\/1.1 413 [^]*connection: close[^]*"too_large"/i)
    server.close()
  },
)

test('the content policy has no gap for inline script, and pages are not kept by caches', async () => {
  const answer = await browser.get('/page')
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain('unsafe-inline')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('vary')).toContain('Cookie')
})

test('scripts and styles go out packed, a fifth of their size, to browsers that say they unpack them', async () => {
  const path = asset('styles/app.css')
  const plain = Buffer.from(await (await browser.get(path)).arrayBuffer())
  const unpacks = { br: brotliDecompressSync, gzip: gunzipSync }
  for (const [encoding, unpack] of Object.entries(unpacks)) {
    const answer = await browser.get(path, { 'accept-encoding': encoding })
    const packed = Buffer.from(await answer.arrayBuffer())
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('content-type')).toContain('text/css')
    expect(answer.headers.get('vary')).toContain('Accept-Encoding')
    expect(unpack(packed)).toEqual(plain)
    expect(packed.length).toBeLessThan(plain.length / 4)
  }
})

test('an endpoint answers in the shape both sides know, and says what does not fit', async () => {
  const answer = await browser.postJson('/double', { n: 21 })
  expect(await answer.json()).toEqual({ n: 42 })
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const refused = await browser.postJson('/double', { n: 'x' })
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({ problem: 'invalid', issues: [{ path: ['n'] }] })
})

test('browsers are told not to frame a page, not to guess its type, and to say where one came from only to us', async () => {
  const answer = await browser.get('/page')
  expect(answer.headers.get('x-frame-options')).toBe('DENY')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('referrer-policy')).toBe('same-origin')
  expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(answer.headers.get('strict-transport-security'), 'over http').toBeNull()
  const installation = { ...world.installation, url: 'https://vote.example.org' }
  const app = createApp({ installation, routes: [routes], nav: [], actorOf: async () => null, may: () => true })
  const secure = await app.request('/page', { headers: { host: 'vote.example.org' } })
  expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000')
  expect(secure.headers.get('content-security-policy')).toContain('upgrade-insecure-requests')
})

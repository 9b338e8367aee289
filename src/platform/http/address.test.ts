import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { addressForPhones, clientAddress, isLocalRequest, leadsHere } from './address.ts'
import { safeBack } from './back.ts'
import type { Env, Installation } from './room.ts'

/** What the program takes for the address of a request that came over a socket from `remoteAddress`. */
async function seen(remoteAddress: string, headers: Record<string, string>, url: string | null): Promise<string> {
  const app = new Hono<Env>().get('/', (c) => {
    c.set('installation', { config: { url } } as Installation)
    return c.text(`${clientAddress(c)} ${isLocalRequest(c) ? 'local' : 'remote'}`)
  })
  const answer = await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } })
  return answer.text()
}

const proxied = 'https://vote.example.org'

test.each([
  ['127.0.0.1', {}, null, '127.0.0.1 local'],
  ['::1', {}, null, '::1 local'],
  ['203.0.113.9', {}, null, '203.0.113.9 remote'],
  // Without HANPYO_URL there is no proxy: what it claims is somebody's invention.
  ['203.0.113.9', { 'x-forwarded-for': '127.0.0.1' }, null, '203.0.113.9 remote'],
  ['203.0.113.9', { 'x-forwarded-for': '198.51.100.1' }, proxied, '203.0.113.9 remote'],
  // The proxy of this machine wrote the last entry, its visitor perhaps the others.
  ['127.0.0.1', { 'x-forwarded-for': '10.0.0.1, 198.51.100.1' }, proxied, '198.51.100.1 remote'],
  ['::ffff:172.18.0.2', { 'x-forwarded-for': '198.51.100.1' }, proxied, '198.51.100.1 remote'],
  // Behind a proxy everything is loopback, so loopback proves nothing once a proxy shows.
  ['127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, proxied, '127.0.0.1 remote'],
  ['127.0.0.1', { forwarded: 'for=198.51.100.1' }, proxied, '127.0.0.1 remote'],
])('from %s with %o and address %s it is %s', async (socket, headers, url, answer) => {
  expect(await seen(socket, headers as Record<string, string>, url)).toBe(answer)
})

test.each([
  ['http://localhost:8017', '127.0.0.1', null],
  ['http://localhost:8017', '0.0.0.0', 'http://192.168.1.20:8017'],
  ['http://localhost:8017', '::', 'http://192.168.1.20:8017'],
  ['http://127.0.0.1', '127.0.0.5', null],
  ['http://[::1]:8017', '192.168.1.21', 'http://192.168.1.21:8017'],
  ['https://vote.example.org', '127.0.0.1', 'https://vote.example.org'],
  ['http://192.168.1.20:8017', '0.0.0.0', 'http://192.168.1.20:8017'],
])('%s, listening on %s: phones go to %s', (url, host, address) => {
  const card = { family: 'IPv4' as const, netmask: '', mac: '', cidr: null }
  const interfaces = {
    lo: [{ ...card, address: '127.0.0.1', internal: true }],
    eth0: [{ ...card, address: '192.168.1.20', internal: false }],
  }
  expect(addressForPhones(url, host, interfaces)).toBe(address)
  expect(leadsHere(url)).toBe(address !== url)
  expect(addressForPhones(url, '0.0.0.0', {})).toBe(leadsHere(url) ? null : url)
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', '/\n/evil', '', null, 7])(
  '%j is no way back',
  (back) => expect(safeBack(back)).toBe('/'),
)

test.each(['/', '/voters?q=김&x=1#top', '/people/1/edit'])('%s is a way back', (back) =>
  expect(safeBack(back)).toBe(back),
)

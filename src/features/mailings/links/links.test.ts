import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { makeMailing } from '../commands.ts'
import { MailContent } from '../writing/schema.ts'
import { writingRoutes } from '../writing/routes.tsx'
import { mailLinkRoutesWith } from './routes.ts'
import { tryAddress, tryAddresses } from './try.ts'

const world = await makeWorld()
const { ours, installation } = world
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)

/** Answers as its path says: '/404', '/head405' (a page that answers GET alone), '/to/<path>', '/hang'. */
const asked: string[] = []
const server = createServer((request, response) => {
  const path = request.url ?? ''
  asked.push(`${request.method} ${path}`)
  if (path === '/hang') return
  const to = path.startsWith('/to/')
    ? `/${path.slice(4)}`
    : { '/round': '/round', '/inside': 'ftp://example.org/' }[path]
  if (to) response.writeHead(302, { location: to }).end()
  else if (path.startsWith('/head'))
    response.writeHead(request.method === 'HEAD' ? Number(path.slice(5)) : 200).end('page')
  else response.writeHead(Number(path.slice(1)) || 200).end('page')
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => server.closeAllConnections())
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

test.each([
  ['/200', { result: 'good', status: 200 }],
  ['/404', { result: 'dead', status: 404 }],
  ['/410', { result: 'dead', status: 410 }],
  ['/403', { result: 'unsure', status: 403 }],
  ['/500', { result: 'unsure', status: 500 }],
  ['/head405', { result: 'good', status: 200 }],
  ['/head404', { result: 'good', status: 200 }],
  ['/to/200', { result: 'good', status: 200 }],
  ['/to/404', { result: 'dead', status: 404 }],
  ['/round', { result: 'dead', status: null }],
  ['/inside', { result: 'dead', status: null }],
] as const)('%s is %j', async (path, expected) => {
  expect(await tryAddress(`${here}${path}`, { allow_inside: true })).toEqual(expected)
})

test('the head alone is asked for where that is answered', async () => {
  asked.length = 0
  await tryAddress(`${here}/200`, { allow_inside: true })
  expect(asked).toEqual(['HEAD /200'])
})

test('no address of a private network, and no port but the web’s, is ever asked', async () => {
  asked.length = 0
  const port = here.split(':').at(-1)
  const addresses = [
    here,
    `http://localhost:${port}/`,
    'http://localhost/',
    'http://10.0.0.1/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2130706433/',
    'https://192.168.1.1/',
    'http://example.org:22/',
  ]
  const tried = await tryAddresses(addresses)
  expect([...tried.values()].map(({ result }) => result)).toEqual(addresses.map(() => 'inside'))
  expect(asked).toEqual([])
})

test('one that never answers ends with the time there is, and no clear answer is no verdict', async () => {
  const signal = AbortSignal.timeout(50)
  expect(await tryAddress(`${here}/hang`, { allow_inside: true, signal })).toEqual({ result: 'unsure', status: null })
})

test('what is dead stands among the checks, and what was good is not asked again the same day', async () => {
  const mailing_id = await makeMailing(db, organizer, { name: 'Links', lane: 'non_partisan' }, installation.clock.now())
  const said = `See [this](https://good.example/a) and [that](https://dead.example/b).`
  const content = MailContent.parse({
    subject: { en: 'Links', ko: '주소' },
    blocks: [
      { key: 'b1', kind: 'text', said: { en: said, ko: said } },
      { key: 'b2', kind: 'button', label: { en: 'Go', ko: '가기' }, link: { en: 'mailto:us@example.org' } },
    ],
    postal_address: '1 Main St, Flushing NY 11354',
  })
  await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  const rounds: string[][] = []
  const routes = mailLinkRoutesWith(async (addresses) => {
    rounds.push([...addresses])
    return new Map(addresses.map((address) => [address, address.includes('dead') ? { result: 'dead', status: 404 } : { result: 'good', status: 200 }])) // prettier-ignore
  })
  const browser = world.as(organizer, [routes, writingRoutes])
  const page = async () => (await browser.get(`/mailings/${mailing_id}/checks`)).text()
  expect(await page()).toContain('Not tried yet')
  for (let round = 0; round < 2; round += 1)
    expect((await browser.post(`/mailings/${mailing_id}/links`, {})).status).toBe(303)
  expect(rounds).toEqual([['https://good.example/a', 'https://dead.example/b'], ['https://dead.example/b']])
  const shown = await page()
  expect(shown).toContain('Nothing is there')
  expect(shown).toContain('href="/mailings/' + mailing_id + '/write#block-b1"')
})

test('what there was no time for is not said to be unclear', async () => {
  expect(await tryAddresses(['http://127.0.0.1:9/', 'http://127.0.0.1:9/other'], { allow_inside: true, signal: AbortSignal.abort() })).toEqual(new Map())
}) // prettier-ignore

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, expect, inject, test, vi } from 'vitest'
import { openDatabase } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { createApp } from '../../platform/http/app.tsx'
import { frontDesk } from '../../platform/http/front.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { publish, saveGuide, withdrawGuide } from './commands.ts'
import { publicGuideRoutes } from './public-routes.tsx'
import { chosenIn, contentOf, guideById } from './queries.ts'
import { keyOf } from './rules.ts'
import { askCandidates, publishGuide } from './testing.ts'

const now = new Date('2027-04-01T17:00:00Z')
const world = await makeWorld(now.toISOString())
const { ours } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const asked = await askCandidates({ owner: world.database.owner, db, actor: organizer })
const reviewer = ours.actor(['board'])
const guide_id = await publishGuide({ db, actor: organizer, reviewer, asked, now })
const at = `/g/ours/${guide_id}`
const contest = `${at}/contests/${asked.contest_id}`
const everybody = world.as(null, [publicGuideRoutes])

// Another web process: pages, connections and memory of its own over the same database.
const named = await sql<{ name: string }>`select current_database() as name`.execute(world.database.owner)
const other = openDatabase({ owner: { host: inject('socket'), user: 'postgres', database: found(named.rows[0]).name } })
afterAll(() => other.close())
const beside = createApp({ installation: { ...world.installation, database: other }, routes: [publicGuideRoutes], nav: [], actorOf: async () => null, may: () => false }) // prettier-ignore
const headers = { host: 'localhost', 'accept-language': 'en' }

let published = 1
/** Publishes the guide anew, titled by its version. */
async function publishAgain(): Promise<void> {
  const around = { now, today: '2027-04-01', time_zone: 'America/New_York' }
  const guide = found(await guideById(db, organization_id, guide_id))
  const { contest_ids, issue_ids } = await chosenIn(db, guide)
  const { kind, cycle_id } = guide
  await saveGuide(db, organizer, guide_id, { kind, contest_ids, issue_ids, cycle_id, title: { en: `Edition ${published + 1}` }, audience: {}, intro: {} }, now) // prettier-ignore
  const key = keyOf(await contentOf(db, found(await guideById(db, organization_id, guide_id)), around))
  const done = await publish(db, reviewer, guide_id, { key, reason: { en: 'A new title' } }, around)
  expect(done).toEqual({ ok: true, version: published + 1 })
  published++
}
const editionIn = (page: string): number => Number(/<h1[^>]*>(?:<span[^>]*>)?Edition (\d+)/.exec(page)?.[1] ?? 1)

test('whoever asks after a version was published reads it, in each web process and in the midst of a crowd', async () => {
  let isOver = false
  let answers = 0
  const read = async (ask: () => Response | Promise<Response>): Promise<void> => {
    while (!isOver) {
      const least = published
      const answer = await ask()
      expect(answer.status).toBe(200)
      expect(editionIn(await answer.text())).toBeGreaterThanOrEqual(least)
      answers++
    }
  }
  const crowd = Array.from({ length: 5 }, () => [
    read(() => everybody.get(at)),
    read(() => beside.request(at, { headers })),
  ]).flat()
  for (let edition = 2; edition < 4; edition++) {
    const before = answers
    await Promise.race([vi.waitUntil(() => answers > before + 20, { timeout: 10_000, interval: 5 }), ...crowd])
    await publishAgain()
    const texts = await Promise.all([everybody.get(at), beside.request(at, { headers })])
    for (const answer of texts) expect(editionIn(await answer.text())).toBe(edition)
  }
  isOver = true
  await Promise.all(crowd)
})

test('a crowd that asks at once costs the database hardly more than one reader', async () => {
  await everybody.get(at)
  const queries = vi.spyOn(pg.Client.prototype, 'query')
  const answers = await Promise.all(Array.from({ length: 200 }, () => everybody.get(at)))
  const count = queries.mock.calls.length
  queries.mockRestore()
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect(count).toBeGreaterThan(0)
  expect(count).toBeLessThan(10)
})

test.each([at, contest, `${contest}/embed`, `${at}/guide.json`, `${at}/guide.csv`])(
  'what everybody reads goes out packed as they take it, and nobody gets anew what they have (%s)',
  async (path) => {
    const plain = await everybody.get(path)
    const text = Buffer.from(await plain.arrayBuffer()).toString()
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(plain.headers.get('vary')).toBe('Accept-Encoding, Accept-Language, Cookie')
    expect(plain.headers.get('cache-control')).toBe('no-cache')
    const etag = found(plain.headers.get('etag'))
    const brotli = await everybody.get(path, { 'accept-encoding': 'gzip, deflate, br, zstd' })
    expect(brotli.headers.get('content-encoding')).toBe('br')
    expect(brotli.headers.get('etag')).toBe(etag)
    const gzip = await everybody.get(path, { 'accept-encoding': 'br;q=0, gzip;q=0.5' })
    expect(gzip.headers.get('content-encoding')).toBe('gzip')
    const [one, another] = [Buffer.from(await brotli.arrayBuffer()), Buffer.from(await gzip.arrayBuffer())]
    expect(brotliDecompressSync(one).toString()).toBe(text)
    expect(gunzipSync(another).toString()).toBe(text)
    expect(another.length).toBeLessThan(50_000)
    const none = await everybody.get(path, { 'accept-encoding': 'gzip;q=0, identity' })
    expect(none.headers.get('content-encoding')).toBeNull()
    for (const known of [etag, `"older", ${etag}`, etag.replace('W/', '')]) {
      const same = await everybody.get(path, { 'if-none-match': known })
      expect(same.status).toBe(304)
      expect(same.headers.get('etag')).toBe(etag)
      expect(await same.text()).toBe('')
    }
    expect((await everybody.get(path, { 'if-none-match': '"older"' })).status).toBe(200)
  },
)

test('a page stands in one answer and has nothing of who asks', async () => {
  const member = world.as(organizer, [publicGuideRoutes])
  for (const path of [at, contest]) {
    const page = await (await everybody.get(path)).text()
    const korean = await everybody.get(`${path}?lang=ko`, { 'if-none-match': found((await everybody.get(path)).headers.get('etag')) }) // prettier-ignore
    expect(korean.status).toBe(200)
    expect(page).not.toMatch(/<link rel="stylesheet"|<script[^>]* src=|<img |@font-face|@import/)
    expect(await (await member.get(path)).text()).toBe(page)
  }
})

test('at the front desk a page is written again as it was, and not a moment longer', async () => {
  const { fetch: inside, createServer } = frontDesk(
    createApp({
      installation: world.installation,
      routes: [publicGuideRoutes],
      nav: [],
      actorOf: async () => null,
      may: () => false,
    }).fetch,
  )
  const within = vi.fn<typeof inside>(inside)
  const server = serve({ fetch: within, createServer, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const ask = (path: string, more: Record<string, string> = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'accept-language': 'en', ...more } }) // prettier-ignore
  const seen = async (answer: Response) => {
    const { 'x-request-id': id, date: _date, ...head } = Object.fromEntries(answer.headers)
    return { id, head, text: await answer.text() }
  }
  try {
    for (const path of [at, contest, `${contest}/embed`, `${at}/guide.csv`]) {
      within.mockClear()
      const [first, second] = [await seen(await ask(path)), await seen(await ask(path))]
      expect(within).toHaveBeenCalledTimes(1)
      expect({ ...second, id: first.id }).toEqual(first)
      expect(second.id).not.toBe(first.id)
      expect(first.head['content-security-policy']).toContain("default-src 'self'")
    }
    // Another language, another packing and who is signed in are others.
    expect((await seen(await ask(at, { 'accept-language': 'ko' }))).text).toContain('<html lang="ko">')
    expect((await seen(await ask(at, { cookie: 'language=ko' }))).text).toContain('<html lang="ko">')
    within.mockClear()
    for (const more of [{ cookie: 'hanpyo.session=1' }, { 'if-none-match': '"older"' }]) await seen(await ask(at, more))
    expect(within).toHaveBeenCalledTimes(2)
    await publishAgain()
    expect(editionIn((await seen(await ask(at))).text)).toBe(published)
    expect(editionIn((await seen(await ask(at))).text)).toBe(published)
    await db.updateTable('organization').set({ languages: sql`array['en','ko','vi']` }).where('organization_id', '=', organization_id).execute() // prettier-ignore
    expect((await seen(await ask(at))).text).toContain('hrefLang="vi"')
    await sql`update voter_guide set withdrawn_at = ${now}, withdrawn_by = 'Kim', withdrawn_reason = '{}' where guide_id = ${guide_id}`.execute(world.database.owner) // prettier-ignore
    expect((await ask(at)).status).toBe(410)
    await sql`update voter_guide set withdrawn_at = null where guide_id = ${guide_id}`.execute(world.database.owner)
    expect((await ask(at)).status).toBe(200)
  } finally {
    server.close()
  }
})

test('a mark of before is answered with the new version, and with that the guide was withdrawn', async () => {
  const mark = async (): Promise<string> => found((await everybody.get(at)).headers.get('etag'))
  const before = await mark()
  await publishAgain()
  const renewed = await everybody.get(at, { 'if-none-match': before })
  expect(renewed.status).toBe(200)
  expect(editionIn(await renewed.text())).toBe(published)
  const last = await mark()
  expect(last).not.toBe(before)
  await withdrawGuide(db, organizer, guide_id, { en: 'Wrong contest' }, now)
  expect((await everybody.get(at, { 'if-none-match': last })).status).toBe(410)
  expect((await beside.request(at, { headers: { ...headers, 'if-none-match': last } })).status).toBe(410)
})

import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saveUniverse } from '../commands.ts'
import { askForMembers, takeMembers } from '../frozen/commands.ts'
import { compileUniverse, countUniverse, universe, type Universe } from '../queries.ts'
import { targetingRoutes } from '../routes.tsx'
import { compare, parts, textOfPart } from './queries.ts'
import { comparisonRoutes } from './routes.tsx'
import { circles, sharedArea } from './rules.ts'

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const today = '2026-11-23'
const now = world.installation.clock.now()

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, last_key, given_key, party, status, birth_year, p_korean, sex)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'KIM', 'Y', case when n % 2 = 0 then 'dem' else 'none' end, 'active', case when n <= 30 then 1960 end, case when n % 3 = 0 then 90 else 0 end, 'F'
    from generate_series(1, 60) n`.execute(owner)
})

async function save(name: string, expression: string): Promise<Universe> {
  const saved = await saveUniverse(db, organizer, { name, expression, note: null }, now, today)
  const found = saved.ok ? await universe(db, organization_id, saved.universe_id) : undefined
  if (!found) throw new Error('universe')
  return found
}

test('what two share and what one has alone, each number as its link says', async () => {
  const a = await save('Democrats & "co"'.replaceAll('"', ''), 'party:dem')
  let b = await save('Likely Korean', 'community:korean')
  // The second one frozen: its members count.
  const asked = await askForMembers(db, organizer, b.universe_id, now)
  if (!asked.ok) throw new Error('asked')
  await takeMembers(db, organizer, b.universe_id, asked.version, now, today)
  await sql`update voter_record set p_korean = 0 where voter_id = 3`.execute(owner)
  b = (await universe(db, organization_id, b.universe_id)) ?? b
  const answer = await compare(db, a, b, today, null)
  if (!answer.ok) throw new Error('compare')
  const { comparison } = answer
  expect(comparison.counts).toEqual({ a: 20, both: 10, b: 10 })
  for (const part of parts) {
    const compiled = await compileUniverse(db, textOfPart(part, a, b), organization_id, today)
    expect(compiled.ok && (await countUniverse(db, compiled.universe))).toBe(comparison.counts[part])
  }
  expect(comparison.facets.party).toEqual([
    { value: 'dem', counts: { a: 20, both: 10, b: 0 } },
    { value: 'none', counts: { a: 0, both: 0, b: 10 } },
  ])
  expect(comparison.facets.age.map(({ value }) => value)).toEqual(['65-74', ''])
  expect(comparison.facets.community).toEqual([
    { value: 'korean', counts: { a: 0, both: 10, b: 9 } },
    { value: '', counts: { a: 20, both: 0, b: 1 } },
  ])
  const browser = world.as(organizer, [comparisonRoutes, targetingRoutes])
  const address = `/voters/universes/compare?a=${a.universe_id}&b=${b.universe_id}`
  const page = await (await browser.get(address)).text()
  expect(page).toMatch(/Two circles\. Democrats &amp; co: 30 voters, Likely Korean: 20 voters; in both: 10\./)
  expect(page).toContain('q=in%3A%22Likely+Korean%22+-in%3A%22Democrats+%26+co%22')
  expect(page).not.toContain('style=')
  expect(await (await browser.get(address, { cookie: 'language=ko', 'accept-language': 'ko' })).text()).toContain(
    'Likely Korean에만',
  )
  const theirs = world.as(world.theirs.organizer, [comparisonRoutes, targetingRoutes])
  expect(await (await theirs.get(address)).text()).toContain('There are fewer than two universes')
  for (const wrong of ['?a=x&b=y', `?a=${a.universe_id}&b=${a.universe_id}`, ''])
    expect((await browser.get(`/voters/universes/compare${wrong}`)).status).toBe(200)
})

test('the circles are as large as the numbers, and share what they share', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000), (onlyA, onlyB, both) => {
      const [a, b] = [onlyA + both, onlyB + both]
      fc.pre(a > 0 && b > 0 && both > 0)
      const drawn = circles(a, b, both, 100)
      const unit = (Math.PI * 100 ** 2) / Math.max(a, b)
      expect(Math.PI * drawn.a.r ** 2).toBeCloseTo(a * unit, 3)
      expect(Math.PI * drawn.b.r ** 2).toBeCloseTo(b * unit, 3)
      expect(Math.abs(sharedArea(drawn.a.r, drawn.b.r, drawn.b.x - drawn.a.x) - both * unit)).toBeLessThan(1)
      expect(drawn.a.x - drawn.a.r).toBeGreaterThanOrEqual(-0.001)
      expect(drawn.b.x - drawn.b.r).toBeGreaterThanOrEqual(-0.001)
      expect(drawn.width).toBeGreaterThanOrEqual(drawn.b.x + drawn.b.r - 0.001)
    }),
  )
  expect(circles(10, 10, 0, 100).b.x - circles(10, 10, 0, 100).a.x).toBeGreaterThan(200)
  expect(circles(0, 0, 0, 100).width).toBeGreaterThanOrEqual(0)
})

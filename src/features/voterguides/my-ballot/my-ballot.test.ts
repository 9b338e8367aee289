import { sql } from 'kysely'
import pino from 'pino'
import { expect, test, vi } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { log } from '../../../platform/log.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { addNamedVoters } from '../../people/testing.ts'
import { publicGuideRoutes } from '../public-routes.tsx'
import { readAddress, streetSpellings } from '../../voterfile/rules/streets.ts'
import { askCandidates, publishGuide } from '../testing.ts'
import { housesQuery } from './queries.ts'

const world = await makeWorld('2027-04-01T17:00:00Z')
const { ours } = world
const { owner } = world.database
const db = world.database.of(ours.organization_id)
const asked = await askCandidates({ owner, db, actor: ours.organizer })
const guide_id = await publishGuide({ db, actor: ours.organizer, reviewer: ours.actor(['board']), asked, now: world.installation.clock.now() }) // prettier-ignore
await addNamedVoters(owner, [
  { voter_id: 900_001, last_name: 'Kim', first_name: 'Jin', house_number: '41-25', city: 'Flushing', zip5: '11355', ad: 40, sd: 16, cd: 6, ccd: 20 },
  { voter_id: 900_002, last_name: 'Park', first_name: 'Jin', house_number: '41-33', city: 'Flushing', zip5: '11355', ad: 40, sd: 16, cd: 6, ccd: 20 },
  { voter_id: 900_003, last_name: 'Lee', first_name: 'Jin', house_number: '41-25', city: 'Great Neck', zip5: '11021', county: 'nassau', ad: 16, sd: 7, cd: 3, ccd: null },
]) // prettier-ignore
await sql`insert into voter_file (state, layout, kind, names, imported_by, counts) values ('NY', 'us-ny', 'registration', '{}', 'test', '{}')`.execute(owner) // prettier-ignore
const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()
const everybody = world.as(null, [publicGuideRoutes])
const at = `/g/${slug}/${guide_id}`
const find = (address: string) => everybody.post(`${at}/my-ballot?lang=ko`, { address })

test('an address leads to its contests, and stands in no address of a page', async () => {
  const front = await (await everybody.get(`${at}?lang=ko`)).text()
  expect(front).toContain('내 투표용지에 나오는 선거')
  expect(front).toContain(`action="${at}/my-ballot?lang=ko"`)
  expect(front).toContain('name="address"')
  const answer = await find('41-25 Kissena Blvd, Flushing, NY 11355')
  expect(answer.status).toBe(303)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const location = found(answer.headers.get('location'))
  expect(location).toBe(`${at}?lang=ko&d=nyc-council%2F20#contests`)
  const mine = await (await everybody.get(location.replace(/#.*/, ''))).text()
  expect(mine).toContain('이서연')
  expect(mine).toContain('내 선거구: 시의회 20선거구')
  // A house nobody votes from, between two of them: the same answer.
  expect((await find('41-29 Kissena Blvd Flushing')).headers.get('location')).toBe(location)
})

test('a street of two towns asks which; outside the city no council member is elected', async () => {
  const answer = await find('41-25 Kissena Blvd')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const page = await answer.text()
  expect(page).toContain('Flushing 11355')
  expect(page).toContain('Great Neck 11021')
  const away = found(/href="([^"]*outside[^"]*)"/.exec(page)?.[1])
    .replaceAll('&amp;', '&')
    .replace(/#.*/, '')
  const none = await (await everybody.get(away)).text()
  expect(none).toContain('고르신 선거구에 해당하는 선거가 이 안내에 없습니다')
  expect(none).not.toContain('/contests/')
})

test('what cannot be placed comes back with what was typed, and the map instead', async () => {
  for (const [address, says] of [['Kissena Blvd', '번지와 길 이름을 함께'], ['9 Nowhere St', '이 주소를 찾지 못했습니다']] as const) {
    const answer = await find(address)
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain(says)
    expect(page).toContain(`value="${address}"`)
    expect(page).toContain('/map/nyc-council')
  }
  expect((await everybody.get(`${at}/my-ballot`)).status).toBe(200)
}) // prettier-ignore

test('districts are chosen on a map that needs no script, one kind beside the others', async () => {
  const page = await (await everybody.get(`${at}/map/nyc-council?lang=en&d=senate/16`)).text()
  expect(page).toContain('data-map="nyc-council"')
  expect(page).toContain(`href="${at}?lang=en&amp;d=senate%2F16&amp;d=nyc-council%2F20#contests"`)
  expect(page).not.toMatch(/<script(?! type="application\/ld\+json")/)
  expect((await everybody.get(`${at}/map/borders`)).status).toBe(404)
})

test('of a street nobody votes from only the index is read, in whatever form it may be written', async () => {
  const { also } = streetSpellings(found(readAddress('135-27 38th Ave, Flushing NY 11354')).street)
  // As an import leaves it.
  await sql`create index voter_record_ny_address on voter_record_ny (lower(street) text_pattern_ops, house_number)`.execute(owner)
  await sql`insert into voter_record_ny select r.* from voter_record_ny v, generate_series(1, 8000) n,
      lateral jsonb_populate_record(v, jsonb_build_object('voter_id', 1000000 + n, 'state_key', 1000000 + n, 'state_voter_id', 'S' || n, 'street', n % 900 || ' Place', 'house_number', n % 90)) r
    where v.voter_id = 900001`.execute(owner) // prettier-ignore
  await sql`analyze voter_record_ny`.execute(owner)
  for (const house of [null, '135-27']) {
    const { rows } = await sql`explain (format json) ${housesQuery('NY', also, house)}`.execute(owner)
    expect(JSON.stringify(rows)).not.toMatch(/"Seq Scan"[^{}]*"voter_record_ny"|"Join Filter":"[^"]*street/)
  }
}) // prettier-ignore

test('nothing of an address is kept in the database', async () => {
  await find('12-34 Zyxwv Street, Flushing')
  const tables = await sql<{
    name: string
  }>`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')`.execute(owner)
  for (const { name } of tables.rows) {
    const { rows } = await sql`select 1 from ${sql.raw(name)} t where t::text ilike '%zyxwv%' limit 1`.execute(owner)
    expect(rows, name).toEqual([])
  }
})

test('nothing of an address is logged, neither where it is found nor where the search fails', async () => {
  const lines: string[] = []
  const stream = (log as unknown as Record<symbol, { write: (line: string) => boolean }>)[pino.symbols.streamSym]
  const written = vi.spyOn(found(stream), 'write').mockImplementation((line) => lines.push(line) > 0)
  const { level } = log
  log.level = 'trace'
  try {
    for (const address of ['12-34 Zyxwv Street, Flushing', 'Zyxwv', `1 ${'Zyxwv '.repeat(60)}`]) await find(address)
    expect((await find('41-25 Kissena Blvd, Flushing, NY 11355')).status).toBe(303)
    await sql`alter table voter_record rename column street to street_before`.execute(owner)
    const failed = await find('12-34 Zyxwv Street, Flushing')
    await sql`alter table voter_record rename column street_before to street`.execute(owner)
    expect(failed.status).toBe(500)
  } finally {
    log.level = level
    written.mockRestore()
  }
  // That it failed is told, and where; the address is not.
  expect(lines.join('')).toContain('request failed')
  expect(lines.join('')).toContain('/g/:organization/:guide/my-ballot')
  expect(lines.join('')).not.toMatch(/zyxwv|kissena|41-25|12-34/i)
})

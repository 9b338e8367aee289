import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { createApp } from '../../platform/http/app.tsx'
import { makeWorld } from '../../platform/testing/world.ts'
import { isInside, type Point } from './area/rules.ts'
import { geographyCommands } from './cli.ts'
import { importMap, loadCrosswalk } from './commands.ts'
import { middleOf } from './places.ts'
import { districtsOfElectionDistrict, straddlingElectionDistricts, wholeElectionDistricts } from './crosswalk.ts'
import { geographyRoutes } from './routes.tsx'
import type { DistrictMap } from './schema.ts'

const world = await makeWorld()
const { owner } = world.database
const steward = world.ours.actor([], { is_steward: true, name: 'Steward' })
const asOrganizer = world.as(world.ours.organizer, [geographyRoutes])
const asSteward = world.as(steward, [geographyRoutes])
const now = world.installation.clock.now()
const origin = { as_of: '2025-08-20', source: 'test' }

const square = (x: number, y: number) => [
  [x, y],
  [x + 0.1, y],
  [x + 0.1, y + 0.1],
  [x, y + 0.1],
  [x, y],
]
const shapes = (districts: readonly (string | number)[]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: districts.map((district, index) => ({
      type: 'Feature',
      properties: { district },
      geometry: { type: 'Polygon', coordinates: [square(-74 + index * 0.1, 40.7)] },
    })),
  })
const load = (text: string, kind: 'nyc-council' | 'assembly' | 'ed' = 'nyc-council', state = 'NY') =>
  importMap(
    owner,
    steward,
    { bytes: new TextEncoder().encode(text), state, kind, id_property: 'district' },
    origin,
    new Date(),
  )

beforeEach(async () => {
  await owner.deleteFrom('district_map').execute()
  await owner.deleteFrom('crosswalk').execute()
})

const mapOf = async (address: string): Promise<DistrictMap> => {
  const response = await asOrganizer.get(`/districts/map/${address}`)
  expect(response.status).toBe(200)
  return (await response.json()) as DistrictMap
}

test('the map is of our own tiles, then of the shapes that were loaded, then of tiles again', async () => {
  const tiles = await asOrganizer.get('/districts/map/nyc-council')
  expect(tiles.headers.get('cache-control')).toContain('private')
  const etag = tiles.headers.get('etag') ?? ''
  expect(((await tiles.json()) as DistrictMap).is_tiles).toBe(true)
  expect((await asOrganizer.get('/districts/map/nyc-council', { 'if-none-match': etag })).status).toBe(304)
  expect(await load(shapes(['19', '20']))).toMatchObject({ ok: true, report: { shapes: 2 } })
  expect((await asOrganizer.get('/districts/map/nyc-council', { 'if-none-match': etag })).status).toBe(200)
  expect(await mapOf('nyc-council')).toMatchObject({
    kind: 'nyc-council',
    is_tiles: false,
    as_of: '2025-08-20',
    source: 'test',
    shapes: [{ district: '19', label: '19' }, { district: '20' }],
  })
  expect((await asSteward.post('/districts/maps/NY/nyc-council/remove', {})).status).toBe(303)
  expect((await mapOf('nyc-council')).shapes).toHaveLength(51)
})

test('a refused file leaves the map as it was', async () => {
  await load(shapes(['19', '20']))
  expect(await load(shapes(['19', '19']))).toMatchObject({ ok: false, problem: { code: 'duplicate' } })
  expect((await mapOf('nyc-council')).shapes).toHaveLength(2)
})

test('two loaded at once: one of them stands, whole', async () => {
  const [one, other] = [shapes(['1', '2', '3']), shapes(['4', '5'])]
  await Promise.all([load(one), load(other), load(one), load(other)])
  expect([2, 3]).toContain((await mapOf('nyc-council')).shapes.length)
  const { rows } = await sql`select from audit_entry where action = 'geography.map'`.execute(owner)
  expect(rows.length).toBeGreaterThanOrEqual(4)
})

test('election districts are drawn of one district, which the crosswalk or their own number tells', async () => {
  await load(shapes([40001, 40002, 25001]), 'ed')
  expect((await asOrganizer.get('/districts/map/ed')).status).toBe(404)
  expect((await mapOf('ed?in=assembly/40')).shapes.map(({ district }) => district)).toEqual(['40001', '40002'])
  expect((await asOrganizer.get('/districts/map/ed?in=nyc-council/20')).status).toBe(404)
  await loadCrosswalk(
    owner,
    steward,
    { state: 'NY', text: 'elect_dist,council\n40002,20\n25001,20\n40001,19' },
    origin,
    now,
  )
  expect((await mapOf('ed?in=nyc-council/20')).shapes.map(({ label }) => label)).toEqual(['002/40', '001/25'])
})

test('another state has its own maps and crosswalks, and no districts of New York alone', async () => {
  await load(shapes(['19', '20']), 'assembly')
  expect((await asOrganizer.get('/districts/map/assembly?state=NJ')).status).toBe(404)
  expect(await load(shapes(['1', '2', '3']), 'assembly', 'NJ')).toMatchObject({
    ok: true,
    report: { state: 'NJ', shapes: 3 },
  })
  expect((await mapOf('assembly?state=NJ')).shapes).toHaveLength(3)
  expect(await mapOf('assembly')).toMatchObject({ state: 'NY', shapes: [{}, {}] })
  await load(shapes([25001]), 'ed', 'NJ')
  await loadCrosswalk(owner, steward, { state: 'NJ', text: 'ad,ed,senate\n25,1,25' }, origin, now)
  expect((await mapOf('ed?state=NJ&in=senate/25')).shapes.map(({ district }) => district)).toEqual(['25001'])
  expect((await asOrganizer.get('/districts/map/ed?in=senate/25')).status).toBe(404)
  expect(
    await loadCrosswalk(owner, steward, { state: 'NJ', text: 'ad,ed,council\n25,1,25' }, origin, now),
  ).toMatchObject({
    ok: false,
    problems: [{ code: 'no_columns' }],
  })
  const options = ['import', '--kind', 'nyc-council', '--id-property', 'district', '--state', 'nj']
  await expect(command('x.geojson', shapes(['1']), ...options)).rejects.toMatchObject({ code: 2 })
  const page = await (await asSteward.get('/districts/maps')).text()
  expect(page).toContain('State Assembly, NJ')
  expect((await asSteward.post('/districts/maps/NJ/assembly/remove', {})).status).toBe(303)
  expect((await asOrganizer.get('/districts/map/assembly?state=NJ')).status).toBe(404)
  expect((await mapOf('assembly')).shapes).toHaveLength(2)
})

test('a map of election districts gives each a place, and another takes its stead', async () => {
  const places = async (): Promise<object[]> =>
    await owner.selectFrom('district_center').selectAll().where('kind', '=', 'ed').orderBy('district').execute()
  await load(shapes([40001, 40002]), 'ed')
  expect(await places()).toMatchObject([{ district: '40001' }, { district: '40002' }])
  await load(shapes([25001]), 'ed')
  expect(await places()).toMatchObject([{ district: '25001' }])
  await owner.deleteFrom('district_map').execute()
  expect(await places()).toEqual([])
})

test('the middle of a shape lies in it, also where it is bent or has a hole', () => {
  const bent = [[0, 0], [4, 0], [4, 3], [3, 3], [3, 1], [1, 1], [1, 3], [0, 3], [0, 0]] // prettier-ignore
  const square = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]] // prettier-ignore
  const hole = [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]] // prettier-ignore
  const points = (ring: number[][]): Point[] => ring.map(([longitude = 0, latitude = 0]) => ({ longitude, latitude }))
  const middle = middleOf({ type: 'Polygon', coordinates: [bent] })
  expect(isInside({ points: points(bent) }, middle)).toBe(true)
  const ring = middleOf({ type: 'Polygon', coordinates: [square, hole] })
  expect(isInside({ points: points(square) }, ring)).toBe(true)
  expect(isInside({ points: points(hole) }, ring)).toBe(false)
  const island = [[9, 9], [9.1, 9], [9.1, 9.1], [9, 9.1], [9, 9]] // prettier-ignore
  expect(middleOf({ type: 'MultiPolygon', coordinates: [[island], [square]] })).toEqual({ latitude: 2, longitude: 2 })
})

test.each(['moon', 'ed', 'ed?in=moon/1', 'ed?in=nyc-council/x'])('there is no map of %s', async (kind) => {
  expect((await asOrganizer.get(`/districts/map/${kind}`)).status).toBe(404)
})

test('who may not choose voters sees no map, and only stewards load one', async () => {
  const caller = world.as(world.ours.actor(['caller']), [geographyRoutes])
  expect((await caller.get('/districts/map/nyc-council')).status).toBe(403)
  expect((await asOrganizer.get('/districts/maps')).status).toBe(403)
  expect((await asOrganizer.post('/districts/maps/NY/nyc-council/remove', {})).status).toBe(403)
  expect((await asOrganizer.post('/districts/uploads/map', {})).status).toBe(403)
  expect((await asSteward.get('/districts/maps')).status).toBe(200)
})

const crosswalk = `elect_dist,council,council_share,senate,senate_share
40001,20,1.0,16,1
40002,20,0.995,16,1
40002,19,0.005,,
40003,20,0.62,16,1
40003,19,0.38,,
40004,,,11,0.7`

test('a crosswalk says how many lie wholly in one district, and replaces only the kinds it speaks of', async () => {
  const loaded = await loadCrosswalk(owner, steward, { state: 'NY', text: crosswalk }, origin, now)
  expect(loaded).toMatchObject({
    ok: true,
    report: [
      { kind: 'senate', election_districts: 4, whole: 3, straddling: 1, blank: 2 },
      { kind: 'nyc-council', election_districts: 3, whole: 2, straddling: 1, blank: 1, districts: 2 },
    ],
  })
  await loadCrosswalk(
    owner,
    steward,
    { state: 'NY', text: 'elect_dist,council\n40001,19' },
    { ...origin, source: 'newer' },
    now,
  )
  const whole = await wholeElectionDistricts(owner)
  expect(whole.filter(({ kind }) => kind === 'nyc-council')).toEqual([
    { state: 'NY', kind: 'nyc-council', ad: 40, ed: 1, district: 19 },
  ])
  expect(whole.filter(({ kind }) => kind === 'senate')).toHaveLength(3)
})

test('of one election district: the whole one, or every part with its share', async () => {
  await loadCrosswalk(owner, steward, { state: 'NY', text: crosswalk }, origin, now)
  const of = (ed: number) => districtsOfElectionDistrict(owner, { state: 'NY', ad: 40, ed })
  expect((await of(2)).find(({ kind }) => kind === 'nyc-council')?.parts).toEqual([{ district: 20, share: 0.995 }])
  expect((await of(3)).find(({ kind }) => kind === 'nyc-council')?.parts.map(({ district }) => district)).toEqual([
    20, 19,
  ])
  expect(await of(99)).toEqual([])
  expect(await districtsOfElectionDistrict(owner, { state: 'NY', ad: 40, ed: null })).toEqual([])
})

test('the parts of divided election districts are told by themselves', async () => {
  await loadCrosswalk(owner, steward, { state: 'NY', text: crosswalk }, origin, now)
  const parts = await straddlingElectionDistricts(owner)
  expect(parts.map(({ kind, ed, district }) => `${kind} ${ed} ${district}`).sort()).toEqual([
    'nyc-council 3 19',
    'nyc-council 3 20',
    'senate 4 11',
  ])
})

test('a crosswalk of a city is not replaced by a few lines, unless that is said', async () => {
  const lines = Array.from({ length: 600 }, (_, n) => `${1001 + 1000 * (n % 60) + Math.floor(n / 60)},${1 + (n % 51)}`)
  const city = ['elect_dist,council', ...lines].join('\n')
  expect(await loadCrosswalk(owner, steward, { state: 'NY', text: city }, origin, now)).toMatchObject({ ok: true })
  const few = 'elect_dist,council\n23001,20'
  expect(await loadCrosswalk(owner, steward, { state: 'NY', text: few }, origin, now)).toEqual({
    ok: false,
    problems: [{ code: 'far_fewer', line: 1, given: { kind: 'nyc-council', has: 1, had: 600 } }],
  })
  await expect(command('few.csv', few, 'crosswalk')).rejects.toMatchObject({
    message: expect.stringMatching(
      /nyc-council district: 1 in the file, 600 in the crosswalk.*--accept-gone[^]*Nothing was changed/,
    ),
  })
  // Another kind has nothing to lose; a city's lines of another year are taken.
  expect(
    await loadCrosswalk(owner, steward, { state: 'NY', text: 'elect_dist,senate\n23001,11' }, origin, now),
  ).toMatchObject({ ok: true })
  expect(await loadCrosswalk(owner, steward, { state: 'NY', text: city.slice(0, city.lastIndexOf('\n')) }, origin, now)).toMatchObject({ ok: true }) // prettier-ignore
  await command('few.csv', few, 'crosswalk', '--accept-gone')
  expect(await loadCrosswalk(owner, steward, { state: 'NY', text: crosswalk }, origin, now)).toMatchObject({ ok: true })
})

test('a crosswalk with one bad line changes nothing', async () => {
  await loadCrosswalk(owner, steward, { state: 'NY', text: crosswalk }, origin, now)
  expect(
    await loadCrosswalk(owner, steward, { state: 'NY', text: `${crosswalk}\nx,1,1,1,1` }, origin, now),
  ).toMatchObject({
    ok: false,
    problems: [{ code: 'bad_election_district', line: 8 }],
  })
  expect(await wholeElectionDistricts(owner)).toHaveLength(5)
})

const app = createApp({
  installation: world.installation,
  routes: [geographyRoutes],
  nav: [],
  actorOf: async () => steward,
  may: () => true,
  largeBodies: /\/uploads\//,
})

/** As a browser posts a file. */
async function upload(
  path: string,
  name: string,
  content: string,
  fields: Record<string, string> = {},
  language = 'en',
) {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  form.set('file', new File([content], name))
  const request = new Request(`http://localhost${path}`, { method: 'POST', body: form })
  return app.request(path, {
    method: 'POST',
    body: await request.arrayBuffer(),
    headers: {
      host: 'localhost',
      origin: 'http://localhost',
      'sec-fetch-site': 'same-origin',
      'accept-language': language,
      'content-type': request.headers.get('content-type') ?? '',
    },
  })
}

test('a steward loads a map and a crosswalk through the page, and reads what is wrong with a file', async () => {
  const fields = { kind: 'nyc-council', id_property: 'district', as_of: '2025-08-20', source: '' }
  const bad = await upload('/districts/uploads/map', 'x.geojson', shapes(['20', 'moon']), fields, 'ko')
  expect(bad.status).toBe(422)
  expect(await bad.text()).toContain('2번째 도형의 이름 “moon”')
  const good = await upload('/districts/uploads/map', 'council.geojson', shapes(['20', '21']), fields)
  expect(good.status).toBe(303)
  const page = await (await asSteward.get('/districts/maps?done=map')).text()
  expect(page).toContain('2 shapes')
  expect(page).toContain('council.geojson')
  expect(page).toContain('load a crosswalk')
  const wrong = await upload('/districts/uploads/crosswalk', 'x.csv', 'elect_dist,council\n23001,Queens')
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('Line 2: “Queens” is no district')
  // Sent again, it is not loaded as New York's.
  const jersey = { state: 'NJ', as_of: '2026-01-02', source: 'Trenton' }
  const again = await (await upload('/districts/uploads/crosswalk', 'x.csv', 'elect_dist,senate\n23001,Bergen', jersey)).text() // prettier-ignore
  for (const kept of ['selected="">NJ<', 'value="2026-01-02"', 'value="Trenton"']) expect(again).toContain(kept)
  expect((await asSteward.post('/districts/maps/XX/nyc-council/remove', {})).status).toBe(404)
  expect((await upload('/districts/uploads/crosswalk', 'x.csv', crosswalk)).status).toBe(303)
  expect(await (await asSteward.get('/districts/maps')).text()).toContain('x.csv')
})

/** Runs `hanpyo geography …` on a file of this text: what it answered, and what it said beside it. */
async function command(name: string, text: string, ...words: string[]): Promise<{ answer: string; said: string }> {
  const path = join(world.folder, name)
  await writeFile(path, text)
  const [answered, said]: [string[], string[]] = [[], []]
  const program = new Command().exitOverride()
  geographyCommands(program, {
    open: () => Promise.resolve(world.installation),
    isBegun: () => true,
    actor: steward,
    say: (line) => void said.push(line),
    answer: ({ json }, value, write) => void answered.push(json ? JSON.stringify(value) : write()),
    confirm: () => Promise.resolve(false),
    stoppable: (work) => work(new AbortController().signal),
  })
  const [first = '', ...rest] = words
  await program.parseAsync(['geography', first, path, ...rest], { from: 'user' })
  return { answer: answered.join('\n'), said: said.join('\n') }
}

/** Made up, in the form of the city's own: the largest part of each election district, slivers of shore in no district. */
const cityForm = `elect_dist,county,assembly_district,ed,ed_label,council,council_share,senate,senate_share,congress,congress_share,lat,lon
40001,Queens,40,1,001/40,20,1.0,16,1.0,6,0.999,40.76,-73.82
40002,Queens,40,2,002/40,20,0.62,16,1.0,6,1.0,40.76,-73.83
40003,,40,3,003/40,,0.0,,0.0,,0.0,40.77,-73.84`

test('the command loads a crosswalk in the city’s form, names its state, and says what else follows from it', async () => {
  const { answer, said } = await command('eds.csv', cityForm, 'crosswalk')
  expect(answer.split('\n')).toEqual([
    'NY, congress: 2 election districts in 1 districts; 2 wholly in one, 0 in several, 1 not said.',
    'NY, senate: 2 election districts in 1 districts; 2 wholly in one, 0 in several, 1 not said.',
    'NY, nyc-council: 2 election districts in 1 districts; 1 wholly in one, 1 in several, 1 not said.',
  ])
  expect(said).toContain('No day of the lines')
  expect(said).toContain('hanpyo community refresh')
  const senate = await command('e.csv', 'elect_dist,senate\n40001,16', 'crosswalk', '--as-of', '2025-08-20', '--json')
  expect(JSON.parse(senate.answer)).toMatchObject([{ state: 'NY', kind: 'senate', whole: 1 }])
  expect(senate.said).toBe('')
  const kept = await owner.selectFrom('crosswalk').select(['kind', 'as_of', 'source']).orderBy('kind').execute()
  expect(kept).toEqual([
    { kind: 'congress', as_of: null, source: 'eds.csv' },
    { kind: 'nyc-council', as_of: null, source: 'eds.csv' },
    { kind: 'senate', as_of: '2025-08-20', source: 'e.csv' },
  ])
  await expect(command('eds.csv', `${cityForm}\n40004,,40,4,,20,,,,,,,`, 'crosswalk')).rejects.toMatchObject({
    code: 1,
    message: expect.stringMatching(/^line 5: district 20 has no share.*\nNothing was changed\.$/s),
  })
})

test('the command loads a map, and refuses kinds and files it does not know', async () => {
  const options = ['import', '--kind', 'nyc-council', '--id-property', 'district']
  const { answer, said } = await command('council.geojson', shapes(['19', '20']), ...options, '--source', 'the city')
  expect(answer).toMatch(/^2 districts drawn; /)
  expect(said).toContain('No day of the lines')
  expect(await mapOf('nyc-council')).toMatchObject({ is_tiles: false, source: 'the city', as_of: null })
  await expect(command('x.geojson', shapes(['moon']), ...options)).rejects.toMatchObject({
    code: 1,
    message: expect.stringContaining('Nothing was changed'),
  })
  await expect(command('x', '{}', 'import', '--kind', 'moon', '--id-property', 'x')).rejects.toMatchObject({ code: 2 })
  expect((await mapOf('nyc-council')).shapes).toHaveLength(2)
})

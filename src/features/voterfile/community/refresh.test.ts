import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../platform/actor.ts'
import { makeWorld, type World } from '../../../platform/testing/world.ts'
import { loadCrosswalk } from '../../geography/commands.ts'
import { runImport } from '../commands.ts'
import { voterFile } from '../generator/voters.ts'
import { communities, estimateCommunity } from './estimate.ts'
import { readPlaces } from './read-places.ts'
import { dropPlaces, placesOf, refreshCommunity, staleStates, storePlaces } from './refresh.ts'
import { placeOf } from './places.ts'

const actor: Actor = { kind: 'cli', id: 'test', name: 'Tess', organization_id: '', roles: [], is_steward: true }
const rows = 3000
const world = await makeWorld()
/** One with a crosswalk. */
const other = await makeWorld()

beforeAll(() => importMonth(world, 0))

/** The made-up file of a month: the same people, some of them changed. */
async function importMonth({ folder, database, installation }: World, month: number): Promise<void> {
  const path = join(folder, `AllNYSVoters_2026${11 + month}01.txt`)
  const out = createWriteStream(path)
  for (const chunk of voterFile({
    rows,
    seed: 7,
    today: '2026-11-01',
    place: 'nyc',
    month,
    purged_percent: 0,
    is_clean: true,
  }))
    out.write(chunk.voters)
  out.end()
  await once(out, 'finish')
  const result = await runImport(
    { database, clock: installation.clock, folder, actor },
    { paths: [path], layout: null, law_accepted: true },
  )
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
}

interface Voter {
  voter_id: number
  last_name: string
  first_name: string | null
  middle_name: string | null
  county: string | null
  ccd: number | null
  kept: number[]
}
const voters = async (): Promise<Voter[]> =>
  (
    await sql<Voter>`select voter_id, last_name, first_name, middle_name, county, ccd,
      array[p_korean, p_chinese, p_south_asian, p_vietnamese, p_filipino, p_japanese] as kept
      from voter_record where state = 'NY' order by voter_id`.execute(world.database.owner)
  ).rows
const refresh = (options: Parameters<typeof refreshCommunity>[1] = {}) =>
  refreshCommunity({ database: world.database, clock: world.installation.clock, actor }, options)

test('an import stores what name and county say, and a refresh right after it changes nothing', async () => {
  expect(await staleStates(world.database.owner)).toEqual([])
  const places = await placesOf(world.database.owner, 'NY')
  const all = await voters()
  expect(all.length).toBeGreaterThan(rows * 0.9)
  let likely = 0
  for (const { last_name, first_name, middle_name, county, kept } of all) {
    const middle = (middle_name ?? '').length > 1 ? (middle_name ?? '') : ''
    const now = estimateCommunity(last_name, first_name ?? '', middle, placeOf(places, county, null))
    if ((kept[0] ?? 0) >= 50) likely++
    // One percent at most lies between numbers kept in 32 bits and in 64, or in names that say nothing on their own.
    for (const [at, community] of communities.entries())
      expect(Math.abs((kept[at] ?? 0) - now[community])).toBeLessThanOrEqual(1)
  }
  expect(likely).toBeGreaterThan(5)
  expect((await refresh()).states).toMatchObject([{ state: 'NY', changed: 0 }])
})

test('other places make the estimates old; stopped half-way, the refresh goes on; only changed rows are written', async () => {
  const db = world.database.owner
  const before = await voters()
  const path = join(world.folder, 'places.csv')
  await writeFile(
    path,
    'kind,name,population,korean,chinese,south_asian,vietnamese,filipino,japanese\ncounty,Queens,2400000,1200000,1000,1000,100,100,100\n',
  )
  const read = await readPlaces(path)
  if (!read.ok) throw new Error('places')
  await storePlaces(db, actor, world.installation.clock, read.places, 'made up')
  expect(await staleStates(db)).toEqual(['NY'])

  const stop = new AbortController()
  let batches = 0
  await expect(
    refresh({ batch_rows: 500, signal: stop.signal, onProgress: () => void (++batches === 3 && stop.abort()) }),
  ).rejects.toThrow(/abort/i)
  expect(await staleStates(db)).toEqual(['NY'])
  const kept = await db.selectFrom('community_estimate').selectAll().executeTakeFirstOrThrow()
  expect(kept.refreshed_to).toBe(before[1499]?.voter_id)

  const report = await refresh({ batch_rows: 500 })
  expect(report.states[0]?.read).toBe(before.length - 1500)
  expect(await staleStates(db)).toEqual([])
  const after = await voters()
  const differing = after.filter(({ kept: now }, at) => String(now) !== String(before[at]?.kept))
  expect(report.states[0]?.changed).toBe(differing.length)
  expect(differing.length).toBeGreaterThan(0)
  expect(differing.every(({ county }) => county === 'queens')).toBe(true)

  expect(await dropPlaces(db, actor)).toBe(1)
  await refresh()
  expect((await voters()).map(({ kept: now }) => now)).toEqual(before.map(({ kept: was }) => was))
})

test('with a crosswalk loaded, imports estimate by council district, and a refresh after each changes nothing', async () => {
  const { rows: districts } = await sql<{ elect_dist: number }>`
    select distinct ad * 1000 + ed as elect_dist from voter_record where ad is not null and ed is not null`.execute(
    world.database.owner,
  )
  const crosswalk = ['elect_dist,council', ...districts.map(({ elect_dist }) => `${elect_dist},20`)].join('\n')
  const db = other.database.owner
  const loaded = await loadCrosswalk(
    db,
    actor,
    { state: 'NY', text: crosswalk },
    { as_of: null, source: 'made up' },
    other.installation.clock.now(),
  )
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  const again = () => refreshCommunity({ database: other.database, clock: other.installation.clock, actor })
  const kept = async () =>
    (
      await sql<{
        kept: number[]
      }>`select array[p_korean, p_chinese] as kept from voter_record order by state_key`.execute(db)
    ).rows

  await importMonth(other, 0)
  expect(await staleStates(db)).toEqual([])
  const { rows: plain } = await sql<{ kept: number[] }>`
    select array[p_korean, p_chinese] as kept from voter_record order by state_key`.execute(world.database.owner)
  expect(await kept()).not.toEqual(plain)
  expect((await again()).states).toMatchObject([{ state: 'NY', changed: 0 }])

  await importMonth(other, 1)
  expect(await staleStates(db)).toEqual([])
  expect((await again()).states).toMatchObject([{ state: 'NY', changed: 0 }])
})

test('two at once wait for each other and leave the same numbers', async () => {
  const before = await voters()
  const [one, two] = await Promise.all([refresh({ batch_rows: 300 }), refresh({ batch_rows: 700 })])
  expect([one.states[0]?.changed, two.states[0]?.changed]).toEqual([0, 0])
  expect(await voters()).toEqual(before)
})

test('a places file is taken whole or not at all, with the lines that are wrong', async () => {
  const path = join(world.folder, 'bad.csv')
  await writeFile(
    path,
    'kind,name,population,korean,chinese,south_asian,vietnamese,filipino,japanese\nborough,Queens,1,0,0,0,0,0,0\nnyc-council,x,1,0,0,0,0,0,0\ncounty,Queens,10,20,0,0,0,0,0\ncounty,Queens,10,-2,0,0,0,0,0\ncounty,Queens,10\ncounty,Queens,10,1,1,1,1,1,1\n',
  )
  const read = await readPlaces(path)
  expect(read.ok ? [] : read.problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6])
  await writeFile(path, 'kind,name\ncounty,Queens\n')
  expect(await readPlaces(path)).toMatchObject({ ok: false, problems: [{ line: 1 }] })
})

test("the application's role reads the tables and cannot write them", async () => {
  const app = world.database.of(world.ours.organization_id)
  expect(await app.selectFrom('community_estimate').select('state').execute()).toEqual([{ state: 'NY' }])
  await expect(app.deleteFrom('community_estimate').execute()).rejects.toThrow('permission denied')
  await expect(app.deleteFrom('community_place').execute()).rejects.toThrow('permission denied')
})

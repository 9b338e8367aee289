import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingOf } from '../features/elections/officials/rules.ts'
import { importMap, loadCrosswalk, removeMap } from '../features/geography/commands.ts'
import { addNamedVoters } from '../features/people/testing.ts'
import { breakdown, compileUniverse, countUniverse } from '../features/targeting/queries.ts'
import { queensCrosswalk } from './demo/queens-crosswalk.ts'
import { readCrosswalk } from '../features/geography/crosswalk-file.ts'
import type { Db } from '../platform/db/db.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { districtContacts } from './pages/district-queries.ts'
import { nav } from './nav.ts'
import { routes } from './routes.ts'

const world = await makeWorld()
const { owner } = world.database
const { organization_id } = world.ours.organizer
const db = world.database.of(organization_id)
const organizer = world.as(world.ours.organizer, routes)
const steward = world.as(world.ours.actor(['organizer'], { is_steward: true, name: 'Steward' }), routes)
const today = '2026-11-23'

/** A voter of election district `ed` of assembly district 40 whose record names council district `ccd`. */
const voter = (voter_id: number, ed: number | null, ccd: number | null = null, more: object = {}) => ({
  voter_id,
  last_name: 'Kim',
  first_name: `Voter${voter_id}`,
  ed,
  ccd,
  household_key: voter_id,
  ...more,
})

beforeAll(async () => {
  await addNamedVoters(owner, [
    voter(1, 1), // wholly in 20
    voter(2, 2), // 99.5 % in 20, the sliver named beside it
    voter(3, 3), // 62 % in 20, 38 % in 19
    voter(4, 4), // 70 % in 20, the rest not said
    voter(5, 5), // the crosswalk does not know it
    voter(6, 1, 23), // the record says 23 itself
    voter(7, null, 20), // the record says 20, no election district
    voter(8, 1, null, { status: 'purged' }),
    voter(9, 1, null, { p_korean: 95, votes: [8, 17] }),
  ])
  await sql`insert into election (election_id, state, kind, year, held_on) values (1, 'NY', 'general', 2024, '2024-11-05'), (2, 'NY', 'primary', 2025, '2025-06-24')`.execute(
    owner,
  )
  const loaded = await loadCrosswalk(
    owner,
    world.ours.actor([], { is_steward: true }),
    {
      state: 'NY',
      text: `elect_dist,council,council_share
40001,20,1
40002,20,0.995
40002,23,0.005
40003,20,0.62
40003,19,0.38
40004,20,0.7
40006,19,1`,
    },
    { as_of: '2025-08-20', source: 'test' },
    world.installation.clock.now(),
  )
  if (!loaded.ok) throw new Error('the crosswalk was refused')
})

async function count(expression: string): Promise<number> {
  const compiled = await compileUniverse(db, expression, organization_id, today)
  if (!compiled.ok) throw new Error(compiled.problem.code)
  return countUniverse(db, compiled.universe)
}

test('districts a crosswalk fills are not said to be missing, although no file has them', async () => {
  const remarksOn = async (at: Db): Promise<string[]> => {
    const compiled = await compileUniverse(at, 'district:nyc-council/20', organization_id, today)
    if (!compiled.ok) throw new Error(compiled.problem.code)
    return compiled.universe.remarks.map(({ code, named }) => `${code} ${named}`)
  }
  const tx = await owner.startTransaction().execute()
  await sql`insert into voter_file (state, layout, kind, names, imported_by, counts) values ('NY', 'us-ny', 'registration', '{made.txt}', 'test', '{}')`.execute(
    tx,
  )
  await sql`update voter_record set ccd = null`.execute(tx)
  const filled = await remarksOn(tx)
  await sql`delete from crosswalk`.execute(tx)
  const missing = await remarksOn(tx)
  await tx.rollback().execute()
  expect(filled).toEqual([])
  expect(missing).toEqual(['district_not_in_files nyc-council'])
})

test.each([
  ['district:nyc-council/20', 4], // 1, 2, 9 by crosswalk, 7 by record
  ['district:nyc-council/20,23', 5],
  ['district:nyc-council/19-20', 4],
  ['district:nyc-council/19', 0],
  ['district:nyc-council/23', 1],
  ['district:nyc-council/20?', 2], // 3 and 4
  ['district:nyc-council/19?', 1],
  ['district:nyc-council/23?', 0], // a sliver of the election district of 2
  ['district:nyc-council/?', 2],
  ['district:nyc-council/20,20?', 6],
  ['-district:nyc-council/20', 4], // 3, 4, 5, 6
  ['-district:nyc-council/20 -district:nyc-council/20?', 2], // 5, 6
  ['district:assembly/40', 8],
  ['district:ed/40001', 3],
])('%s finds %i', async (expression, found) => {
  expect(await count(expression)).toBe(found)
})

test('where the crosswalk names only the largest part, who asks who is perhaps in 20 is told', async () => {
  const remarks = async (text: string): Promise<unknown> => {
    const compiled = await compileUniverse(db, text, organization_id, today)
    return compiled.ok && compiled.universe.remarks.filter(({ code }) => code === 'parts_not_named')
  }
  // Of election district 4, 70 % are in 20: the others may be in 19, where it is not found.
  expect(await remarks('district:nyc-council/19,19?')).toEqual([
    { code: 'parts_not_named', named: 'district:nyc-council/?' },
  ])
  expect(await remarks('district:nyc-council/19,?')).toEqual([])
  expect(await remarks('district:nyc-council/19')).toEqual([])
  expect(await count('district:nyc-council/19,?')).toBe(2)
  const page = async (district: number, language = 'en'): Promise<string> =>
    (await organizer.get(`/districts/nyc-council/${district}`, { 'accept-language': language })).text()
  expect(await page(23)).toContain('Of 1 divided election district the crosswalk names only the largest part')
  expect(await page(23, 'ko')).toContain('나뉜 투표구 1곳은 대조표에 가장 큰 부분만')
  // It counts among those who may be of 20.
  expect(await page(20)).not.toContain('names only the largest part')
})

test('a doubtful district is written back as it was typed', async () => {
  const compiled = await compileUniverse(db, 'district:nyc-council/20,19?', organization_id, today)
  expect(compiled.ok && compiled.universe.text).toBe('district:nyc-council/20,19?')
  expect((await compileUniverse(db, 'district:ed/20?', organization_id, today)).ok).toBe(false)
})

test('the breakdown counts districts from record and crosswalk, and nobody twice', async () => {
  const compiled = await compileUniverse(db, '', organization_id, today)
  if (!compiled.ok) throw new Error(compiled.problem.code)
  const parts = await breakdown(db, compiled.universe)
  expect(parts.districts['nyc-council']).toEqual([
    { value: '20', count: 4 },
    { value: null, count: 3 },
    { value: '23', count: 1 },
  ])
})

describe('the profile', () => {
  const profile = async (voter_id: number, language: string) =>
    (await world.as(world.ours.organizer, routes).get(`/voters/${voter_id}`, { 'accept-language': language })).text()

  test('names the district and says that it is from the election district', async () => {
    const page = await profile(1, 'en')
    expect(page).toContain('href="/districts/nyc-council/20"')
    expect(page).toContain('from the election district, lines of')
  })

  test.each([
    [3, 'en', 'In 20 or 19 (62% / 38%): the election district is divided'],
    [3, 'ko', '20 또는 19선거구 가운데 하나(62% / 38%): 투표구가 나뉘어 있습니다'],
    [4, 'en', 'In 20 (70%) or another: the election district is divided'],
  ])('of voter %i in %s says where they may be', async (voter_id, language, text) => {
    const page = await profile(voter_id, language)
    expect(page).toContain(text)
    expect(page).not.toContain('href="/districts/nyc-council')
  })

  test('what the record says itself comes first', async () => {
    const page = await profile(6, 'en')
    expect(page).toContain('href="/districts/nyc-council/23"')
    expect(page).not.toContain('/districts/nyc-council/20')
  })
})

describe('the page of a district', () => {
  test('tells its voters, turnout, neighbours and official', async () => {
    const page = await (await organizer.get('/districts/nyc-council/20')).text()
    expect(page).toContain('City Council District 20')
    expect(page).toMatch(/Registered voters<\/dt><dd[^>]*>4</)
    expect(page).toContain('2 more voters live in divided election districts')
    // Of the election district of voter 2 a sliver lies there.
    expect(await (await organizer.get('/districts/nyc-council/23')).text()).not.toContain('may belong here')
    expect(page).toContain('Nov 2024 general')
    expect(page).toContain('Sandra Ung')
    expect(page).toContain('href="/districts/nyc-council/19"')
    expect(page).not.toContain('style=')
    expect(page).not.toContain('/officials/')
  })

  test('counts numbers of our own, and what people say of themselves before the estimate', async () => {
    const counts = async (who: typeof organizer): Promise<(string | undefined)[]> => {
      const page = await (await who.get('/districts/nyc-council/20')).text()
      return [
        /Can be phoned<\/dt><dd[^>]*>(\d+)</.exec(page)?.[1],
        /likely Korean[^<]*<\/dt><dd[^>]*>(\d+)</i.exec(page)?.[1],
      ]
    }
    expect(await counts(organizer)).toEqual(['0', '1'])
    await sql`insert into person (organization_id, person_id, voter_id, community) values
      (${organization_id}, '00000000-0000-4000-8000-000000000001', 1, 'korean'), (${organization_id}, '00000000-0000-4000-8000-000000000002', 2, 'korean'),
      (${organization_id}, '00000000-0000-4000-8000-000000000009', 9, 'chinese')`.execute(owner)
    await sql`insert into person_phone (organization_id, person_id, phone, kind, quality, source) values
      (${organization_id}, '00000000-0000-4000-8000-000000000001', '+17185550001', 'mobile', 'good', 'test'),
      (${organization_id}, '00000000-0000-4000-8000-000000000002', '+17185550002', 'mobile', 'disconnected', 'test')`.execute(
      owner,
    )
    expect(await counts(organizer)).toEqual(['1', '2'])
    // Another organization was told nothing.
    expect(await counts(world.as(world.theirs.organizer, routes))).toEqual(['0', '1'])
    await sql`delete from person where organization_id = ${organization_id}`.execute(owner)
  })

  test('in Korean names the official as the press does', async () => {
    const page = await (await organizer.get('/districts/nyc-council/20', { 'accept-language': 'ko' })).text()
    expect(page).toContain('시의회 20선거구')
    expect(page).toContain('샌드라 황')
  })

  test('counts a new crosswalk', async () => {
    const origin = { as_of: null, source: 'newer' }
    const actor = world.ours.actor([], { is_steward: true })
    expect(await (await organizer.get('/districts/senate/16')).text()).toContain(
      'No voters of this district are loaded',
    )
    await loadCrosswalk(
      owner,
      actor,
      { state: 'NY', text: 'elect_dist,senate\n40001,16' },
      origin,
      new Date('2026-11-24T00:00:00Z'),
    )
    const senate = await (await organizer.get('/districts/senate/16')).text()
    expect(senate).toMatch(/Registered voters<\/dt><dd[^>]*>3</)
  })

  test('a district off the map that was loaded stays in the list, marked and counted', async () => {
    const square = { type: 'Polygon', coordinates: [[[-74, 40.7], [-73.9, 40.7], [-73.9, 40.8], [-74, 40.8], [-74, 40.7]]] } // prettier-ignore
    const bytes = new TextEncoder().encode(
      JSON.stringify({ type: 'Feature', properties: { district: 19 }, geometry: square }),
    )
    const actor = world.ours.actor([], { is_steward: true })
    const file = { bytes, state: 'NY', kind: 'nyc-council' as const, id_property: 'district' }
    const loaded = await importMap(owner, actor, file, { as_of: null, source: 'test' }, world.installation.clock.now())
    expect(loaded.ok).toBe(true)
    const page = await (await organizer.get('/districts?kind=nyc-council')).text()
    expect(page).toMatch(
      /href="\/districts\/nyc-council\/20"[^>]*>20<\/a><span[^>]*>No shape on this map<\/span>.*?>4<\/td>/,
    )
    expect(page.match(/No shape on this map/g)).toHaveLength(2)
    await removeMap(owner, actor, 'NY', 'nyc-council')
  })

  test('its election districts are shaded and listed by their voters, divided ones whole', async () => {
    const square = (x: number) => [[x, 40.7], [x + 0.1, 40.7], [x + 0.1, 40.8], [x, 40.8], [x, 40.7]] // prettier-ignore
    const features = [1, 2, 3].map((ed) => ({
      type: 'Feature',
      properties: { ed: 40_000 + ed },
      geometry: { type: 'Polygon', coordinates: [square(-74 + ed / 10)] },
    }))
    const actor = world.ours.actor([], { is_steward: true })
    const file = { bytes: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })), state: 'NY', kind: 'ed' as const, id_property: 'ed' } // prettier-ignore
    const loaded = await importMap(owner, actor, file, { as_of: null, source: 'test' }, world.installation.clock.now())
    expect(loaded.ok).toBe(true)
    const page = await (await organizer.get('/districts/nyc-council/20')).text()
    const [, eds = ''] = page.split('id="election-districts"')
    expect([...eds.matchAll(/>Election district (\d+\/40)<.*?tabular-nums">(\d+)<\/td>/g)].map(([, ed, count]) => `${ed}: ${count}`)).toEqual(['1/40: 2', '2/40: 1', '3/40: 1', '4/40: 1']) // prettier-ignore
    expect(eds).toContain('<title>Election district 1/40: 2</title>')
    expect(eds).toMatch(/No shape on this map/)
    await removeMap(owner, actor, 'NY', 'ed')
  })

  test.each([
    '/districts/nyc-council/52',
    '/districts/nyc-council/0',
    '/districts/moon/1',
    '/districts/county/atlantis',
    '/districts/ed/40001',
  ])('%s is no district', async (path) => {
    expect((await organizer.get(path)).status).toBe(404)
  })

  test('support counts the last score of each, whatever the question is called and whether voter or person was asked', async () => {
    const [script_id, person_id] = ['00000000-0000-4000-8000-0000000000aa', '00000000-0000-4000-8000-0000000000bb']
    await sql`insert into script (organization_id, script_id, name, created_by) values (${organization_id}, ${script_id}, 'x', 'x')`.execute(
      owner,
    )
    await sql`insert into script_version (organization_id, script_id, version, content, created_by)
      values (${organization_id}, ${script_id}, 1, '{"steps":[{"key":"mayor","kind":"support"}]}', 'x')`.execute(owner)
    await sql`insert into person (organization_id, person_id, voter_id) values (${organization_id}, ${person_id}, 2)`.execute(
      owner,
    )
    await sql`with attempt as (
        insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, channel, disposition, is_reached, made_by, attempted_at, script_id, script_version)
        values (${organization_id}, gen_random_uuid(), 7, null, 'phone', 'canvassed', true, 'x', '2026-01-01', ${script_id}, 1),
          (${organization_id}, gen_random_uuid(), null, ${person_id}, 'phone', 'canvassed', true, 'x', '2026-01-01', ${script_id}, 1) returning attempt_id)
      insert into contact_answer (organization_id, attempt_id, question, value) select ${organization_id}, attempt_id, 'mayor', '2' from attempt`.execute(
      owner,
    )
    const { support } = await districtContacts(
      db,
      organization_id,
      { state: 'NY', kind: 'nyc-council', district: '20' },
      world.installation.clock.now(),
    )
    expect(support).toEqual([{ score: 2, count: 2 }])
    for (const table of ['contact_answer', 'contact_attempt', 'person', 'script'])
      await sql`delete from ${sql.table(table)} where organization_id = ${organization_id}`.execute(owner)
  })

  test('our contacts are ours alone', async () => {
    await sql`insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, made_by, attempted_at)
      values (${organization_id}, gen_random_uuid(), 1, 'phone', 'canvassed', true, 'x', ${world.installation.clock.now()})`.execute(
      owner,
    )
    expect(await (await organizer.get('/districts/nyc-council/20')).text()).toMatch(
      /Voters talked with<\/dt><dd[^>]*>1</,
    )
    const theirs = world.as(world.theirs.organizer, routes)
    expect(await (await theirs.get('/districts/nyc-council/20')).text()).toContain(
      'We have not contacted anybody here yet',
    )
  })

  test('a phone bank starts from a universe of the district, made once', async () => {
    const first = await organizer.post('/districts/nyc-council/20/phonebank', {})
    const again = await organizer.post('/districts/nyc-council/20/phonebank', {})
    expect(first.headers.get('location')).toMatch(/^\/phonebanks\/new\?universe=/)
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
  })
})

describe('choosing a district', () => {
  test('where another state is loaded, its districts have lists and pages of their own', async () => {
    await sql`create table if not exists voter_record_nj partition of voter_record for values in ('NJ')`.execute(owner)
    await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, county, city, cd, ad)
      select n, 1, n, 2, 'NJ', 'NJ' || n, 'Lee', 'Min', 'LEE', 'MIN', 'dem', 'active', 'bergen', 'Fort Lee', 5, 37 from generate_series(901, 903) n`.execute(
      owner,
    )
    await sql`insert into voter_file (state, layout, kind, names, imported_by, counts) values ('NY', 'us-ny', 'registration', '{}', 'test', '{}'), ('NJ', 'own', 'registration', '{}', 'test', '{}')`.execute(owner) // prettier-ignore
    const chosen = await (await organizer.get('/districts?state=NJ&kind=assembly')).text()
    expect(chosen).toMatch(/href="\/districts\/assembly\/37\?state=NJ"[^>]*>37<\/a>.*?>3<\/td>/)
    expect(chosen).not.toContain('kind=nyc-council')
    expect(chosen).toContain('No map of these districts is loaded')
    expect((await organizer.get('/districts?state=NJ&q=37')).headers.get('location')).toBe('/districts/assembly/37?state=NJ') // prettier-ignore
    const one = await (await organizer.get('/districts/county/bergen?state=NJ')).text()
    expect(one).toMatch(/<h1[^>]*>Bergen County, NJ</)
    expect(one).toMatch(/Registered voters<\/dt><dd[^>]*>3</)
    expect(one).toContain(
      `q=${new URLSearchParams({ q: 'county:bergen state:NJ' }).get('q')?.replace(/:/g, '%3A').replace(' ', '+')}`,
    )
    expect((await organizer.get('/districts/county/bergen')).status).toBe(404)
    expect((await organizer.get('/districts/nyc-council/20?state=NJ')).status).toBe(404)
    for (const state of ['XX', 'nj', '%00', 'NJ or party:dem'])
      expect((await organizer.get(`/districts/assembly/37?state=${state.replaceAll(' ', '+')}`)).status).toBe(404)
    expect(await (await organizer.get('/districts/assembly/37')).text()).toContain(
      'No voters of this district are loaded',
    )
    await sql`delete from voter_record where state = 'NJ'`.execute(owner)
    await sql`delete from voter_file`.execute(owner)
  })

  test.each(['nyc-council', 'assembly', 'senate', 'congress', 'county'])(
    '%s has a map and the same numbers as a list',
    async (kind) => {
      const page = await (await organizer.get(`/districts?kind=${kind}`)).text()
      expect(page).toContain(`data-map="${kind}"`)
      expect(page).toContain('<table')
      expect(page).not.toContain('Maps and crosswalks')
    },
  )

  test.each([
    ['sandra', 'Sandra Ung'],
    ['론 김', 'Ron Kim'],
    ['론김', 'Ron Kim'],
    ['20', 'City Council District 20'],
    ['%', 'No district and no official'],
    ['nobody at all', 'No district and no official'],
  ])('“%s” finds %s', async (typed, text) => {
    const answer = await organizer.get(`/districts?q=${encodeURIComponent(typed)}`)
    expect(await answer.text()).toContain(text)
  })

  test.each([
    ['퀸즈', '/districts/county/queens'],
    ['Brooklyn', '/districts/county/kings'],
    ['assembly 150', '/districts/assembly/150'],
  ])('“%s” leads there at once', async (typed, path) => {
    const answer = await organizer.get(`/districts?q=${encodeURIComponent(typed)}`)
    expect(answer.headers.get('location')).toBe(path)
  })
})

describe('officials', () => {
  test('every district of ours has its official', async () => {
    const { rows } = await sql<{ kind: string; count: number }>`
      select kind, count(distinct district) as count from official where office not in ('us_senator', 'district_attorney') and district is not null group by kind order by kind`.execute(
      owner,
    )
    expect(rows).toEqual([
      { kind: 'assembly', count: 150 },
      { kind: 'congress', count: 26 },
      { kind: 'county', count: 5 },
      { kind: 'nyc-council', count: 51 },
      { kind: 'senate', count: 63 },
    ])
  })

  test.each([
    ['congress', '2026-11-02', '2026-06-15', null, '2027-01-03', { is: 'current' }],
    ['congress', '2026-11-25', '2026-06-15', null, '2027-01-03', { is: 'leaving', take_office_on: '2027-01-03' }],
    ['senate', '2026-12-31', '2026-08-05', '2025-01-01', '2026-12-31', { is: 'leaving', take_office_on: '2027-01-01' }],
    ['senate', '2027-01-01', '2026-08-05', '2025-01-01', '2026-12-31', { is: 'over', since: '2027-01-01' }],
    ['senate', '2027-01-02', '2027-01-02', null, '2028-12-31', { is: 'current' }],
    // Entered in November, in office from January on.
    ['senate', '2026-12-31', '2026-11-10', '2027-01-01', '2028-12-31', { is: 'elected', take_office_on: '2027-01-01' }],
    ['senate', '2027-01-01', '2026-11-10', '2027-01-01', '2028-12-31', { is: 'current' }],
    ['nyc-council', '2026-11-25', '2026-08-21', null, '2029-12-31', { is: 'current' }],
  ] as const)('of %s on %s, checked on %s', (kind, day, as_of, since, until, standing) => {
    expect(standingOf({ kind, since, until, as_of, office: 'council_member' }, day)).toEqual(standing)
  })

  const form = { name: 'Someone New', name_hangul: '김새봄', party: 'dem', source_url: 'https://vote.nyc/page/results' }

  test('a steward corrects one with a source; everybody sees it, and the trail has both', async () => {
    const page = await (await steward.get('/districts/nyc-council/19')).text()
    const [, path] = /href="(\/officials\/\d+)\/edit"/.exec(page) ?? []
    expect(path).toBeDefined()
    // Whoever looks after the installation may have no role in an organization: from the menu by the list.
    expect(nav.find(({ href }) => href === '/officials')).toMatchObject({ permission: 'installation.steward' })
    const plain = world.as(world.ours.actor([], { is_steward: true }), routes)
    expect(await (await plain.get('/officials')).text()).toContain(`${path}/edit`)
    expect(await (await plain.get('/officials?q=paladino')).text()).toContain(`${path}/edit`)
    expect(await (await plain.get('/officials?kind=state', { 'accept-language': 'ko' })).text()).toContain('주지사')
    expect((await organizer.get('/officials')).status).toBe(403)
    expect(await (await steward.get(`${path}/edit`)).text()).toContain('Vickie Paladino')
    for (const bad of [
      { source_url: '' },
      { source_url: 'javascript:alert(1)' },
      { name: '' },
      { website: 'javascript:x' },
      { since: 'soon' },
    ]) {
      const refused = await steward.post(path ?? '', { ...form, ...bad })
      expect(refused.status).toBe(422)
    }
    expect((await organizer.post(path ?? '', form)).status).toBe(403)
    const saved = await plain.post(path ?? '', form)
    expect(saved.status).toBe(303)
    expect(await (await plain.get(saved.headers.get('location') ?? '')).text()).toContain('Saved: Council Member')
    const after = await (await organizer.get('/districts/nyc-council/19', { 'accept-language': 'ko' })).text()
    expect(after).toContain('김새봄')
    expect(after).toContain('href="https://vote.nyc/page/results"')
    const { rows } = await sql<{ before: { name: string }; after: { name: string } }>`
      select before, after from audit_entry where action = 'official.correct'`.execute(owner)
    expect(rows).toMatchObject([{ before: { name: 'Vickie Paladino' }, after: { name: 'Someone New' } }])
  })

  test.each(['/officials/0/edit', '/officials/999999999/edit', '/officials/x/edit'])('%s is nobody', async (path) => {
    expect((await steward.get(path)).status).toBe(404)
  })
})

test('the crosswalk of the practice town is one that can be loaded', () => {
  const read = readCrosswalk(queensCrosswalk())
  expect(read.ok && read.parts.length).toBe(1123)
})

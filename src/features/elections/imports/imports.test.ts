import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { importContests, lookAtContests } from './commands.ts'
import { holdersOf } from '../officials/queries.ts'
import { lookAtOfficials } from './officials/commands.ts'
import { importResults } from './results/commands.ts'
import { legislator } from './officials/testing.ts'
import { importMap } from '../../geography/commands.ts'
import { contestRoutes } from '../contests/routes.tsx'
import { resultRoutes } from '../results/routes.tsx'
import { electionImportRoutes } from './routes.tsx'
import { councilPrimary } from './testing.ts'

const world = await makeWorld('2027-02-01T17:00:00Z')
const { owner } = world.database
const actor = world.ours.actor([], { is_steward: true, name: 'Steward' })
const steward = world.as(actor, [electionImportRoutes, contestRoutes, resultRoutes])
const reader = world.as(world.theirs.actor(['member']), [contestRoutes, resultRoutes])
const today = '2027-02-01'

const head = 'election,office,district,party,name,name_ko,status,source_url'
const fileOf = (text: string | Uint8Array<ArrayBuffer>): FormData => {
  const form = new FormData()
  form.append('file', new File([text], 'council.csv', { type: 'text/csv' }))
  return form
}
const everything = async (): Promise<string> => {
  const { rows } = await sql<{ hash: string }>`select md5(string_agg(t::text, '|' order by t::text)) as hash from (
    select c::text as t from contest c union all select n::text from candidate n union all select f::text from public_figure f
    union all select count(*)::text from audit_entry) x`.execute(owner)
  return rows[0]?.hash ?? ''
}

test('a file is looked at, then imported; sent again it changes nothing', async () => {
  const before = await everything()
  const sent = await steward.postFiles('/elections/uploads/contests', fileOf(councilPrimary))
  expect(sent.status).toBe(303)
  const address = sent.headers.get('location') ?? ''
  const page = await (await steward.get(address)).text()
  for (const each of ['Seoyeon Baek', 'Council Member, City Council District 19 · Democratic primary', 'Import it'])
    expect(page).toContain(each)
  expect(await owner.selectFrom('contest').select('contest_id').execute()).toEqual([])
  expect((await steward.post(`${address}/run`, {})).status).toBe(303)
  const contests = await owner.selectFrom('contest').select(['district', 'party', 'method']).orderBy('contest_id').execute() // prettier-ignore
  expect(contests).toHaveLength(5)
  expect(contests[0]).toEqual({ district: '20', party: 'dem', method: 'ranked_choice' })
  const done = await everything()
  expect(done).not.toBe(before)
  expect((await steward.post(`${address}/run`, {})).status).toBe(409)

  const again = await importContests(owner, actor, { name: 'again.csv', text: councilPrimary }, '2027-03-01')
  expect(again.ok && again.report.counts.candidate).toEqual({ added: 0, changed: 0, same: 10, left: 0 })
  expect(await everything()).toBe(done)
})

test('what a file does not say stays, and who is missing from it stays too', async () => {
  const text = `${head}\n2027-primary,council_member,20,dem,Seoyeon Baek,,withdrawn,https://news.example.org/\n`
  const looked = await lookAtContests(owner, text, today)
  expect(looked.ok && looked.report.counts.candidate).toEqual({ added: 0, changed: 1, same: 0, left: 3 })
  const sent = await steward.postFiles('/elections/uploads/contests', fileOf(text))
  const page = await (await steward.get(sent.headers.get('location') ?? '')).text()
  expect(page.replaceAll(/<[^>]+>/g, '')).toContain('status: on_ballot → withdrawn')
  await importContests(owner, actor, { name: 'one.csv', text }, today)
  const baek = await owner
    .selectFrom('candidate')
    .innerJoin('public_figure', 'public_figure.figure_id', 'candidate.figure_id')
    .select(['lines', 'position', 'website', 'status', 'status_on', 'names'])
    .where('name', '=', 'Seoyeon Baek')
    .executeTakeFirstOrThrow()
  expect(baek).toMatchObject({ lines: ['dem'], position: 1, website: 'https://baek.example.org', status: 'withdrawn', status_on: today, names: { ko: '백서연', zh: '白書妍' } }) // prettier-ignore
})

test('a file that breaks off half-way leaves everything as it was', async () => {
  const before = await everything()
  await sql`create function break_off() returns trigger language plpgsql as $$ begin
    if new.position = 99 then raise exception 'power cut'; end if; return new; end $$`.execute(owner)
  await sql`create trigger break_off before insert on candidate for each row execute function break_off()`.execute(
    owner,
  )
  const rows = [1, 2, 99].map(
    (place) => `2027-primary,council_member,30,dem,Runner ${place},${place},https://vote.nyc/`,
  )
  const text = ['election,office,district,party,name,position,source_url', ...rows].join('\n')
  await expect(importContests(owner, actor, { name: 'cut.csv', text }, today)).rejects.toThrow('power cut')
  await sql`drop trigger break_off on candidate`.execute(owner)
  expect(await everything()).toBe(before)
})

test('two imports of one file at once bring everything once', async () => {
  const text = `${head}\n2027-primary,council_member,31,dem,Twice Sent,,,https://vote.nyc/\n`
  const both = await Promise.all([1, 2].map(() => importContests(owner, actor, { name: 'twice.csv', text }, today)))
  expect(both.map((each) => each.ok && each.report.counts.candidate.added).toSorted()).toEqual([0, 1])
})

test('what cannot be read is told on the page by line and column, and nothing is kept', async () => {
  const kept = () => owner.selectFrom('election_import').select('import_id').execute()
  const before = await kept()
  for (const [content, says] of [
    [`${head}\n2027-primary,king,20,,,,,https://vote.nyc/\n`, 'Line 2, office: “king” is none of'],
    [new Uint8Array([0xff, 0xfe, 0x41, 0x00]), 'not UTF-8'],
    ['', 'Choose a file'],
  ] as const) {
    const answer = await steward.postFiles('/elections/uploads/contests', fileOf(content))
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(says)
  }
  expect(await kept()).toEqual(before)
})

test('a list of officials is looked at, asks who somebody is, and then says who holds office', async () => {
  const day = '2026-11-23'
  world.installation.clock.set(`${day}T17:00:00Z`)
  const seated = await owner
    .selectFrom('official as o')
    .innerJoin('public_figure as f', 'f.figure_id', 'o.figure_id')
    .select(['f.name', 'f.figure_id', 'o.district', 'o.phone', 'o.website', 'o.party', 'o.since', 'o.until'])
    .where('o.office', '=', 'us_representative')
    .orderBy('o.official_id')
    .execute()
  const [first, second, third] = seated
  const list = seated.map(({ name, district, phone, website, party, since, until }, at) => {
    const [given = ''] = name.split(' ')
    const told = { start: since, end: until, party: party === 'rep' ? 'Republican' : 'Democrat', phone, url: website, district } // prettier-ignore
    // The first is written otherwise, the second has a new telephone, and the third is gone.
    if (at === 0) return legislator('L1', name.replace(given, 'Q'), told)
    return legislator(`L${at + 1}`, name, at === 1 ? { ...told, phone: '202-555-0177' } : told)
  })
  list.splice(2, 1)
  const sent = await steward.postFiles('/elections/uploads/officials', fileOf(JSON.stringify(list)))
  const address = sent.headers.get('location') ?? ''
  const page = await (await steward.get(address)).text()
  for (const each of [`The same as ${first?.name}`, `Congressional District ${first?.district}`, '202-555-0177', `${third?.name} still holds it`]) expect(page).toContain(each) // prettier-ignore
  const before = await everything()
  const unanswered = await steward.post(`${address}/run`, {})
  expect(unanswered.status).toBe(422)
  expect(await unanswered.text()).toContain('Say who it is (bioguide:L1)')
  expect(await everything()).toBe(before)
  expect((await steward.post(`${address}/run`, { 'who.bioguide:L1': String(first?.figure_id) })).status).toBe(303)
  const seat = (district: string | null | undefined) =>
    holdersOf(owner, { office: 'us_representative', kind: 'congress', district: district ?? null }, day)
  expect((await seat(first?.district)).map(({ name }) => name)).toEqual([first?.name])
  expect((await seat(second?.district)).map(({ phone }) => phone)).toEqual(['202-555-0177'])
  expect(await seat(third?.district)).toEqual([])
  // Known by number from now on: nothing is asked, nothing changes.
  const again = await lookAtOfficials(owner, { name: 'l.json', text: JSON.stringify(list) }, { answers: {}, stay: [] }, day) // prettier-ignore
  expect(again.ok && again.report).toMatchObject({
    terms: { begins: 0, changed: 0, ends: 0 },
    people: { added: 0, linked: 0 },
    questions: [],
  })
  expect((await steward.postFiles('/elections/uploads/officials', fileOf('a: [1\nb: 2'))).status).toBe(422)
})

test('results are looked at, ask who a name is, and are then a table, a map and a file that everybody reads', async () => {
  const ballot = `${head}\n2026-general,assembly_member,40,,Ron Kang,강론,on_ballot,https://vote.nyc/
2026-general,assembly_member,40,,Ana Cruz,,on_ballot,https://vote.nyc/\n`
  await importContests(owner, actor, { name: 'general.csv', text: ballot }, '2026-11-01')
  const { contest_id, election_id } = await owner.selectFrom('contest').select(['contest_id', 'election_id']).where('district', '=', '40').executeTakeFirstOrThrow() // prettier-ignore
  const results = `county,precinct,office,district,party,candidate,votes
Queens,1~40,State Assembly,40,Democratic,Ronald Kang,60
Queens,1~40,State Assembly,40,Republican,Ana Cruz,40
Queens,2~40,State Assembly,40,Democratic,Ronald Kang,10
Queens,2~40,State Assembly,40,Republican,Ana Cruz,30
Queens,2~40,State Assembly,40,,Blank,5
`
  const send = (told: Record<string, string>) => {
    const form = fileOf(results)
    for (const [name, value] of Object.entries(told)) form.append(name, value)
    return steward.postFiles('/elections/uploads/results', form)
  }
  const told = { election: String(election_id), source_url: 'https://openelections.example.org/ny', as_of: '2026-12-01' } // prettier-ignore
  world.installation.clock.set('2026-11-02T17:00:00Z')
  const early = await send(told)
  expect([early.status, (await early.text()).includes('there are no results before')]).toEqual([422, true])
  world.installation.clock.set('2026-12-02T17:00:00Z')
  const refused = await send({ ...told, source_url: 'a friend' })
  expect([refused.status, (await refused.text()).includes('value="a friend"')]).toEqual([422, true])
  const address = (await send(told)).headers.get('location') ?? ''
  const looked = await (await steward.get(address)).text()
  for (const each of [
    'Ronald Kang, Assembly Member, Assembly District 40, 70 votes',
    'Blank or void',
    'Not in the file: Ron Kang',
  ])
    expect(looked).toContain(each)
  expect((await steward.post(`${address}/run`, {})).status).toBe(422)
  expect(await (await reader.get(`/contests/${contest_id}/results`)).text()).toContain('No results are entered')
  const { candidate_id } = await owner.selectFrom('candidate as n').innerJoin('public_figure as f', 'f.figure_id', 'n.figure_id').select('candidate_id').where('f.name', '=', 'Ron Kang').executeTakeFirstOrThrow() // prettier-ignore
  const done = await steward.post(`${address}/run`, { [`candidate.${contest_id}:ronald kang`]: String(candidate_id) })
  expect(done.status).toBe(303)

  const square = (at: number) => ({
    type: 'Feature',
    properties: { ElectDist: 40_000 + at },
    geometry: { type: 'Polygon', coordinates: [[[-73.8 + at / 100, 40.7], [-73.79 + at / 100, 40.7], [-73.79 + at / 100, 40.71], [-73.8 + at / 100, 40.7]]] },
  }) // prettier-ignore
  const bytes = new TextEncoder().encode(
    JSON.stringify({ type: 'FeatureCollection', features: [square(1), square(2), square(3)] }),
  )
  await importMap(
    owner,
    actor,
    { bytes, state: 'NY', kind: 'ed', id_property: 'ElectDist' },
    { as_of: null, source: 'x' },
    new Date(),
  )
  const page = await (await reader.get(`/contests/${contest_id}/results`, { cookie: 'language=ko' })).text()
  // 70 of 140 each, as the blank one is for nobody; 60 % and 25 % in the two election districts.
  for (const each of [
    '강론',
    '50.0%',
    '무기표',
    'data-map="ed"',
    '60.0%',
    '25.0%',
    '동수',
    'openelections.example.org',
  ])
    expect(page).toContain(each)
  // Where the contest was not held nothing is counted, not none: the name stands alone.
  expect(page).toMatch(/<title>[^<:]*3[^<:]*<\/title>/)
  expect(page).not.toContain(': 없음</title>')
  expect(page).not.toContain(': 0.0%</title>')
  expect(await (await reader.get(`/contests/${contest_id}`)).text()).toContain(`/contests/${contest_id}/results`)
  const file = await reader.get(`/contests/${contest_id}/results.csv`)
  const csv = await file.text()
  expect(csv).toContain('Queens,2~40,State Assembly,40,Democratic,Ron Kang,10'.replace('State Assembly', 'Assembly Member')) // prettier-ignore
  // Taken in again, the file of our own says the same; a contest with results is not taken out.
  const again = await send(told)
  expect(await (await steward.get(again.headers.get('location') ?? '')).text()).toContain('Nothing would change')
  expect((await steward.post(`/contests/${contest_id}/remove`, {})).status).toBe(409)
})

test('outside New York City results are read precinct by precinct, of one county or of the one that is chosen', async () => {
  const ballot = `${head}\n2026-general,state_senator,7,,Kim Roe,,on_ballot,https://vote.nyc/
2026-general,state_senator,7,,Lee Poe,,on_ballot,https://vote.nyc/\n`
  await importContests(owner, actor, { name: 'senate.csv', text: ballot }, '2026-11-01')
  const { contest_id, election_id } = await owner.selectFrom('contest').select(['contest_id', 'election_id']).where('office', '=', 'state_senator').where('district', '=', '7').executeTakeFirstOrThrow() // prettier-ignore
  const bring = async (...lines: string[]): Promise<void> => {
    const text = ['county,precinct,office,district,party,candidate,votes', ...lines, ''].join('\n')
    const file = { name: 'senate.csv', text, election_id, source_url: 'https://openelections.example.org/ny', as_of: '2026-12-01' } // prettier-ignore
    expect(await importResults(owner, actor, file, {}, '2026-12-02', new Date())).toMatchObject({ ok: true })
  }
  const of = (county: string, precinct: string, roe: number, poe: number): string[] => [
    `${county},${precinct},State Senate,7,Democratic,Kim Roe,${roe}`,
    `${county},${precinct},State Senate,7,Republican,Lee Poe,${poe}`,
  ]
  const pageOf = async (asked = ''): Promise<string> =>
    (await reader.get(`/contests/${contest_id}/results${asked}`)).text()
  await bring(...of('Queens', '1~26', 50, 50), ...of('Nassau', 'NH 12', 30, 10), ...of('Nassau', 'NH 13', 5, 15))
  const alone = await pageOf()
  for (const each of ['Precincts of Nassau', 'NH 12', 'NH 13', '75.0%']) expect(alone).toContain(each)
  await bring(...of('Suffolk', 'HU 1', 9, 1))
  const both = await pageOf()
  expect(both).toContain('3 precincts are outside New York City. Choose a county')
  expect(both).not.toContain('NH 12')
  expect(both).toContain(`href="/contests/${contest_id}/results?county=nassau#precinct"`)
  // In Queens there are election districts.
  expect(both).not.toContain('county=queens')
  const nassau = await pageOf('?county=nassau')
  expect(nassau).toContain('NH 12')
  expect(nassau).not.toContain('HU 1')
  expect(await pageOf('?county=suffolk')).toContain('HU 1')
})

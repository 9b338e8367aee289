import { Resvg } from '@resvg/resvg-js'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { newYorkCalendar } from '../calendar.ts'
import { officialRoutes } from '../officials/routes.tsx'
import { holdersOf, termsOf } from '../officials/queries.ts'
import { electionRoutes } from '../routes.tsx'
import { figureRoutes } from './figure-routes.tsx'
import { electionsKnown } from './queries.ts'
import { contestRoutes } from './routes.tsx'
import { isSameElection, keyOf } from './rules.ts'

const began = '2027-02-01T17:00:00Z'
const world = await makeWorld(began)
const { owner, commons } = world.database
const all = [electionRoutes, contestRoutes, figureRoutes, officialRoutes]
const steward = world.as(world.ours.actor([], { is_steward: true, name: 'Steward' }), all)
const reader = world.as(world.theirs.actor(['member']), all)
const source_url = 'https://vote.nyc/'

const idOf = (answer: Response): number => {
  expect(answer.status).toBe(303)
  return Number(answer.headers.get('location')?.split('/').at(-1))
}
const known = await electionsKnown(commons)
const primary = known.find((each) => each.held_on === '2027-06-22')?.election_id ?? 0
const general = known.find((each) => each.held_on === '2027-11-02')?.election_id ?? 0
const contestIn = async (district: string, more: Record<string, string> = {}): Promise<number> =>
  idOf(
    await steward.post(`/elections/${primary}/contests`, {
      office: 'council_member', district, party: 'dem', seats: '1', term_from: '2028-01-01', term_until: '2029-12-31', source_url, ...more,
    }),
  ) // prettier-ignore
const run = { lines: 'Democratic', status: 'on_ballot', status_on: '2027-01-30', source_url }
const runIn = (contest: number, form: Record<string, string>) =>
  steward.post(`/contests/${contest}/candidates`, { ...run, ...form })
const textOf = async (path: string, language = 'en', who = reader): Promise<string> => {
  const answer = await who.get(path, { cookie: `language=${language}` })
  expect(answer.status, path).toBe(200)
  return answer.text()
}

test('every election of the calendar is there to have contests', async () => {
  const missing = newYorkCalendar.filter((each) => !known.some((one) => isSameElection(keyOf(each), one)))
  expect(missing).toEqual([])
})

test('a contest with candidates, as every organization reads it in its language', async () => {
  const contest = await contestIn('20')
  await runIn(contest, { name: 'Seoyeon Lee', name_ko: '이서연', name_zh: '李書妍', lines: 'Democratic, Working Families', is_incumbent: 'yes' }) // prettier-ignore
  await runIn(contest, { name: 'Marcus Bell', status: 'withdrawn' })
  expect(await textOf('/elections')).toContain(`href="/elections/${primary}"`)
  const ballot = await textOf(`/elections/${primary}`)
  expect(ballot).toContain('Ranked choice voting')
  expect(ballot).not.toContain('Marcus Bell')
  const english = await textOf(`/contests/${contest}`)
  expect(english).toContain('Council Member, City Council District 20 · Democratic primary')
  expect(english).toContain('Democratic · Working Families')
  expect(english.indexOf('No longer running')).toBeLessThan(english.indexOf('Marcus Bell'))
  const korean = await textOf(`/contests/${contest}`, 'ko')
  expect(korean).toContain('<span lang="ko">이서연</span>')
  expect(korean).toContain('<span lang="zh-Hant">李書妍</span>')
  expect(korean).toContain('민주당 · 노동가족당')
  expect((await reader.post(`/elections/${primary}/contests`, {})).status).toBe(403)
})

test('the days of an election that is in no calendar are entered, read and told; impossible ones are refused', async () => {
  const form = { state: 'NY', kind: 'special', held_on: '2027-03-16', district_kind: 'nyc-council', district: '19', method: '', source_url, register_by: '2027-03-06', early_voting_from: '2027-03-06', early_voting_until: '2027-03-14', postmark_by: '2027-03-16', mail_ballot_arrives_by: '2027-03-23' } // prettier-ignore
  for (const [more, says] of [
    [{ register_by: '2027-03-17' }, 'This is after Election Day.'],
    [{ early_voting_until: '' }, 'aria-invalid'],
    [{ early_voting_until: '2027-03-01' }, 'This is before the day it begins.'],
    [{ mail_ballot_arrives_by: '2027-03-15' }, 'This is before the day it begins.'],
    [{ register_by: '2027-02-31' }, 'aria-invalid'],
  ] as const) {
    const refused = await steward.post('/elections', { ...form, ...more })
    expect(refused.status, says).toBe(422)
    expect(await refused.text()).toContain(says)
  }
  const made = await steward.post('/elections', form)
  const at = `/elections/${idOf(made)}`
  const korean = await textOf(at, 'ko')
  expect(korean).toContain('유권자 등록 마감')
  expect(korean).toContain('2027년 3월 6일(토)부터 2027년 3월 14일(일)까지')
  expect(korean).toContain(source_url)
  const feed = await textOf('/elections.ics?lang=en')
  expect(feed).toContain(`UID:election-${at.split('/').at(-1)}-register_by@hanpyo`)
  expect(feed).toContain('DTSTART;VALUE=DATE:20270306')
  const page = await (await steward.get(`${at}/edit`)).text()
  expect(page).toContain('value="2027-03-23"')
})

test('a contest is entered once, in a district there is', async () => {
  const form = { office: 'council_member', district: '21', seats: '1', source_url }
  await contestIn('21', { party: '' })
  for (const [more, says] of [
    [{}, 'This is entered already.'],
    [{ district: '77' }, 'There is no such district'],
    [{ office: 'other', district: '' }, 'aria-invalid'],
    [{ source_url: 'a friend' }, 'beginning with https://'],
  ] as const) {
    const refused = await steward.post(`/elections/${primary}/contests`, { ...form, ...more })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(says)
  }
})

const idIn = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? ''
const council = (district: string) => ({ office: 'council_member', kind: 'nyc-council', district }) as const
const candidacyIn = (contest: number) =>
  owner
    .selectFrom('candidate')
    .select(['candidate_id', 'figure_id'])
    .where('contest_id', '=', contest)
    .executeTakeFirstOrThrow()
const namesOn = async (district: string, today: string): Promise<string[]> =>
  (await holdersOf(commons, council(district), today)).map(({ name }) => name)
const seatForm = { since: '2028-01-01', until: '2029-12-31', party: 'dem', source_url }
/** In the general election: a primary elects nobody. */
const generalIn = async (district: string): Promise<number> => {
  const form = { office: 'council_member', district, seats: '1', term_from: seatForm.since, source_url }
  return idOf(await steward.post(`/elections/${general}/contests`, form))
}

test('who ran before is asked for, keeps every name typed, and stays one person when elected', async () => {
  const [lost, won] = [await contestIn('22'), await generalIn('23')]
  await runIn(lost, { name: 'Hana M. Oh', name_ko: '오하나' })
  const asked = await runIn(won, { name: 'Hana Oh', name_zh: '吳夏娜', name_bn: 'হানা ও' })
  expect(asked.status).toBe(422)
  const figure = idIn(await asked.text(), /name="figure" [^>]*value="(\d+)"/)
  expect(
    (await runIn(won, { name: 'Hana Oh', name_zh: '吳夏娜', name_bn: 'হানা ও', name_ur: 'ہانا او', figure })).status,
  ).toBe(303)
  expect((await runIn(won, { name: 'Hana Oh', figure })).status).toBe(422)
  const { names } = await owner.selectFrom('public_figure').select('names').where('figure_id', '=', Number(figure)).executeTakeFirstOrThrow() // prettier-ignore
  expect(names).toEqual({ ko: '오하나', zh: '吳夏娜', bn: 'হানা ও', ur: 'ہانا او' })
  const { candidate_id } = await candidacyIn(won)
  const history = await textOf(`/public-figures/${figure}`, 'ko')
  for (const each of [`/contests/${lost}`, `/contests/${won}`, '<span lang="bn">হানা ও</span>', '<span lang="ur" dir="rtl">ہانا او</span>']) expect(history).toContain(each) // prettier-ignore
  // Nobody is elected by a primary, or after leaving the race.
  const { candidate_id: inPrimary } = await candidacyIn(lost)
  expect((await steward.post(`/candidates/${inPrimary}/office`, seatForm)).status).toBe(409)
  // Nor before Election Day.
  world.installation.clock.set('2027-11-01T17:00:00Z')
  expect((await steward.get(`/candidates/${candidate_id}/office`)).status).toBe(409)
  expect((await steward.post(`/candidates/${candidate_id}/office`, seatForm)).status).toBe(409)
  world.installation.clock.set('2027-11-10T17:00:00Z')
  expect(await textOf(`/contests/${lost}`, 'en', steward)).not.toContain('Was elected')
  expect(await textOf(`/contests/${won}`, 'en', steward)).toContain('Was elected')
  await steward.post(`/candidates/${candidate_id}`, { ...run, status: 'withdrawn' })
  expect(await textOf(`/contests/${won}`, 'en', steward)).not.toContain('Was elected')
  expect((await steward.post(`/candidates/${candidate_id}/office`, seatForm)).status).toBe(409)
  world.installation.clock.set(began)
})

test('whoever is elected holds the office from its first day on, and until then whoever holds it', async () => {
  world.installation.clock.set('2027-11-10T17:00:00Z')
  const contest = await generalIn('27')
  await runIn(contest, { name: 'Nari Wee', website: 'https://wee.example.org' })
  const { candidate_id, figure_id } = await candidacyIn(contest)
  const [before] = await holdersOf(commons, council('27'), '2027-11-10')
  const leave = String(before?.official_id)
  const take = (form: object) => steward.post(`/candidates/${candidate_id}/office`, { ...seatForm, leave, ...form })
  // Not before whoever leaves; and of two presses at once one counts.
  const early = await take({ since: before?.since ?? '' })
  expect(early.status).toBe(422)
  expect(await early.text()).toContain('began on this day or later')
  const both = await Promise.all([take({}), take({})])
  expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409])
  expect(await termsOf(commons, figure_id)).toHaveLength(1)
  expect([await namesOn('27', '2027-12-31'), await namesOn('27', '2028-01-01')]).toEqual([[before?.name], ['Nari Wee']])
  const page = await textOf(both.find(({ status }) => status === 303)?.headers.get('location') ?? '', 'en', steward)
  for (const each of ['Saved: Council Member', 'takes office on']) expect(page).toContain(each)
  expect(page).not.toContain('holds it now')
  expect(await textOf(`/public-figures/${before?.figure_id}`)).toContain('holds it now')
  const list = await textOf('/officials?kind=nyc-council', 'ko', steward)
  expect(list.indexOf('Nari Wee')).toBeGreaterThan(list.indexOf(before?.name ?? '-'))
  expect(list).toContain('취임')
  // It was a slip: everything is as it was.
  const taken = idIn(page, /action="(\/officials\/\d+\/take-back)"/)
  expect((await reader.post(taken, {})).status).toBe(403)
  expect(await textOf((await steward.post(taken, {})).headers.get('location') ?? '')).toContain('Taken back')
  expect([await namesOn('27', '2028-01-01'), await termsOf(commons, figure_id)]).toEqual([[before?.name], []])
  expect((await steward.post(`/officials/${leave}/take-back`, {})).status).toBe(409)
  expect((await take({})).status).toBe(303)
  world.installation.clock.set('2028-01-02T17:00:00Z')
  expect(await textOf(`/public-figures/${figure_id}`, 'ko')).toContain('재임 중')
  expect(await termsOf(commons, before?.figure_id ?? 0)).toMatchObject([{ left_on: '2028-01-01' }])
  const { rows } = await sql<{ action: string; left_on: string | null }>`
    select action, after ->> 'left_on' as left_on from audit_entry where subject = 'official' order by audit_id`.execute(owner) // prettier-ignore
  expect(rows.slice(0, 4)).toEqual([
    { action: 'official.leave', left_on: '2028-01-01' },
    { action: 'official.take_seat', left_on: null },
    { action: 'official.stay', left_on: null },
    { action: 'official.take_back', left_on: null },
  ])
  world.installation.clock.set(began)
})

test('an office passes to somebody else without a new name for whoever held it, and not twice under one name', async () => {
  const mayors = { office: 'mayor', kind: 'city', district: null } as const
  const [mayor] = await holdersOf(commons, mayors, '2027-02-01')
  const empty = await textOf(`/officials/${mayor?.official_id}/edit?who=another`, 'en', steward)
  expect(empty).not.toMatch(/name="(since|name|website)"[^>]* value="[^"]/)
  await runIn(await contestIn('28'), { name: 'New Mayor' })
  const pass = (form: object) => steward.post(`/officials/${mayor?.official_id}`, { name: 'New B. Mayor', since: '2027-01-02', source_url, who: 'another', ...form }) // prettier-ignore
  const early = await pass({ since: mayor?.since ?? '' })
  expect([early.status, /began on this day or later/.test(await early.text())]).toEqual([422, true])
  const asked = await pass({})
  expect(asked.status).toBe(422)
  const figure = idIn(await asked.text(), /name="figure" [^>]*value="(\d+)"/)
  expect((await pass({ figure, name_hangul: '새시장' })).status).toBe(303)
  expect(await holdersOf(commons, mayors, '2027-02-01')).toMatchObject([
    { name: 'New Mayor', name_hangul: '새시장', figure_id: Number(figure) },
  ])
  expect(await termsOf(commons, mayor?.figure_id ?? 0)).toMatchObject([{ name: mayor?.name, left_on: '2027-01-02' }])
})

test('an address that no browser reads is refused, and one that is kept breaks no page', async () => {
  const contest = await contestIn('29')
  for (const website of ['https://jane.org|', 'https://jane.org:abc'])
    expect((await runIn(contest, { name: 'Jane Roe', website })).status, website).toBe(422)
  await runIn(contest, { name: 'Jane Roe', figure: 'new' })
  await owner.updateTable('candidate').set({ website: 'https://jane.org:abc' }).where('contest_id', '=', contest).execute() // prettier-ignore
  expect(await textOf(`/contests/${contest}`)).toContain('href="https://jane.org:abc"')
})

test('two pages of one person become one, but not where both run against each other', async () => {
  const contest = await contestIn('24')
  await runIn(contest, { name: 'Ana Cruz' })
  await runIn(contest, { name: 'Ana B Cruz', figure: 'new', name_es: 'Ana Belén Cruz' })
  const rows = await owner.selectFrom('candidate').select(['candidate_id', 'figure_id']).where('contest_id', '=', contest).orderBy('candidate_id').execute() // prettier-ignore
  const [kept, other] = rows.map(({ figure_id }) => String(figure_id))
  // First one sees who the other is.
  const look = await textOf(`/public-figures/${kept}/unite?other=${other}`, 'en', steward)
  for (const each of ['Ana Belén Cruz', 'City Council District 24', 'No office that we know of']) expect(look).toContain(each) // prettier-ignore
  expect((await steward.get(`/public-figures/${kept}/unite?other=${kept}`)).status).toBe(422)
  const unite = () => steward.post(`/public-figures/${kept}/unite`, { other: other ?? '' })
  expect((await unite()).status).toBe(422)
  await steward.post(`/candidates/${rows[1]?.candidate_id}/remove`, {})
  await runIn(await contestIn('28', { party: 'rep' }), { name: 'Ana B Cruz', figure: other ?? '' })
  const moved = await owner.selectFrom('candidate').select('candidate_id').where('figure_id', '=', Number(other)).executeTakeFirstOrThrow() // prettier-ignore
  expect((await unite()).status).toBe(303)
  const { rows: trail } = await sql<{ before: object }>`select before from audit_entry where action = 'public_figure.unite'`.execute(owner) // prettier-ignore
  expect(trail).toMatchObject([
    { before: { figure_id: Number(other), source_url, candidates: [moved.candidate_id], officials: [] } },
  ])
  expect(await textOf(`/public-figures/${kept}`)).toContain('<span lang="es">Ana Belén Cruz</span>')
  expect((await reader.get(`/public-figures/${other}`)).status).toBe(404)
})

const photoForm = (content: Uint8Array<ArrayBuffer>): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries({
    alt_en: 'A smile',
    alt_ko: '웃는 얼굴',
    credit: 'Studio',
    license: 'cc_by',
  }))
    form.append(name, value)
  form.append('photo', new File([content], 'me.jpg', { type: 'image/jpeg' }))
  return form
}

test('a photo is drawn anew, small; what is no photo is refused', async () => {
  await runIn(await contestIn('25'), { name: 'Jun Ha' })
  const { figure_id } = await owner.selectFrom('public_figure').select('figure_id').where('name', '=', 'Jun Ha').executeTakeFirstOrThrow() // prettier-ignore
  const send = (content: Uint8Array<ArrayBuffer>) =>
    steward.postFiles(`/public-figures/uploads/${figure_id}`, photoForm(content))
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600" fill="#c63"/></svg>'
  const picture = new Uint8Array(new Resvg(svg).render().asPng())
  expect((await send(picture)).status).toBe(303)
  const shown = await reader.get(`/public-figures/${figure_id}/photo`)
  const png = Buffer.from(await shown.arrayBuffer())
  expect([shown.headers.get('content-type'), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
    'image/png',
    320,
    213,
  ])
  const refused: readonly (readonly [Uint8Array<ArrayBuffer>, string])[] = [
    [new Uint8Array(Buffer.from(svg)), 'no JPEG or PNG'],
    [
      new Uint8Array(Buffer.concat([picture.subarray(0, 40), Buffer.from('<script>alert(1)</script>')])),
      'no JPEG or PNG',
    ],
    [new Uint8Array(Buffer.concat([picture, Buffer.alloc(6 * 1024 ** 2)])), 'too large'],
  ]
  for (const [content, says] of refused) {
    const answer = await send(content)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(says)
  }
  expect(await textOf(`/public-figures/${figure_id}`)).toContain('Photo: Studio, CC BY')
})

test('two stewards at once: the second is told, and nothing is lost', async () => {
  const contest = await contestIn('26')
  const page = await textOf(`/contests/${contest}/edit`, 'en', steward)
  const seen = JSON.parse((/name="seen" value="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"')) as Record<string, string> // prettier-ignore
  const form = { ...seen, seen: JSON.stringify(seen) }
  expect((await steward.post(`/contests/${contest}`, { ...form, seats: '2' })).status).toBe(303)
  const second = await steward.post(`/contests/${contest}`, { ...form, method: 'plurality' })
  expect(second.status).toBe(409)
  expect(await owner.selectFrom('contest').select(['seats', 'method']).where('contest_id', '=', contest).execute()).toEqual([{ seats: 2, method: 'ranked_choice' }]) // prettier-ignore
})

import { Resvg } from '@resvg/resvg-js'
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

const world = await makeWorld('2027-02-01T17:00:00Z')
const { owner, commons } = world.database
const all = [electionRoutes, contestRoutes, figureRoutes, officialRoutes]
const steward = world.as(world.ours.actor([], { is_steward: true, name: 'Steward' }), all)
const reader = world.as(world.theirs.actor(['member']), all)
const source_url = 'https://vote.nyc/'

const idOf = (answer: Response): number => {
  expect(answer.status).toBe(303)
  return Number(answer.headers.get('location')?.split('/').at(-1))
}
const primary = (await electionsKnown(commons)).find((each) => each.held_on === '2027-06-22')?.election_id ?? 0
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
  const known = await electionsKnown(commons)
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

test('who ran before is asked for, and stays one person when elected', async () => {
  const [lost, won] = [await contestIn('22'), await contestIn('23')]
  await runIn(lost, { name: 'Hana M. Oh', name_ko: '오하나' })
  const asked = await runIn(won, { name: 'Hana Oh' })
  expect(asked.status).toBe(422)
  const figure = Number(/name="figure" [^>]*value="(\d+)"/.exec(await asked.text())?.[1])
  expect((await runIn(won, { name: 'Hana Oh', figure: String(figure) })).status).toBe(303)
  expect((await runIn(won, { name: 'Hana Oh', figure: String(figure) })).status).toBe(422)
  const { candidate_id } = await owner.selectFrom('candidate').select('candidate_id').where('contest_id', '=', won).executeTakeFirstOrThrow() // prettier-ignore
  const seat = { office: 'council_member', kind: 'nyc-council', district: '23' } as const
  const [before] = await holdersOf(commons, seat)
  expect(await textOf(`/candidates/${candidate_id}/office`, 'en', steward)).toContain('value="2028-01-01"')
  const leave = String(before?.official_id)
  expect((await steward.post(`/candidates/${candidate_id}/office`, { since: '2028-01-01', until: '2029-12-31', party: 'dem', leave, source_url })).status).toBe(303) // prettier-ignore
  expect(await holdersOf(commons, seat)).toMatchObject([{ name: 'Hana M. Oh', figure_id: figure }])
  expect(await termsOf(commons, before?.figure_id ?? 0)).toMatchObject([{ left_on: '2028-01-01' }])
  const history = await textOf(`/public-figures/${figure}`, 'ko')
  for (const each of ['재임 중', `/contests/${lost}`, `/contests/${won}`]) expect(history).toContain(each)
})

test('an office passes to somebody else without a new name for whoever held it', async () => {
  const [mayor] = await holdersOf(commons, { office: 'mayor', kind: 'city', district: null })
  const form = { name: 'New Mayor', since: '2027-01-01', source_url, who: 'another' }
  expect((await steward.post(`/officials/${mayor?.official_id}`, form)).status).toBe(303)
  expect(await holdersOf(commons, { office: 'mayor', kind: 'city', district: null })).toMatchObject([{ name: 'New Mayor' }]) // prettier-ignore
  expect(await termsOf(commons, mayor?.figure_id ?? 0)).toMatchObject([{ name: mayor?.name, left_on: '2027-01-01' }])
})

test('two pages of one person become one, but not where both run against each other', async () => {
  const contest = await contestIn('24')
  await runIn(contest, { name: 'Ana Cruz' })
  await runIn(contest, { name: 'Ana B Cruz', figure: 'new', name_es: 'Ana Belén Cruz' })
  const rows = await owner.selectFrom('candidate').select(['candidate_id', 'figure_id']).where('contest_id', '=', contest).orderBy('candidate_id').execute() // prettier-ignore
  const [kept, other] = rows.map(({ figure_id }) => String(figure_id))
  const unite = () => steward.post(`/public-figures/${kept}/unite`, { other: other ?? '' })
  expect((await unite()).status).toBe(422)
  await steward.post(`/candidates/${rows[1]?.candidate_id}/remove`, {})
  expect((await unite()).status).toBe(303)
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

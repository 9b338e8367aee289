import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson } from '../../people/commands.ts'
import { mergePeople, undoMerge } from '../../people/merge/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { saveUniverse } from '../../targeting/commands.ts'
import { ourWords } from '../../targeting/complete-queries.ts'
import { compileUniverse, universes } from '../../targeting/queries.ts'
import { bodiesOf, seatedOn } from './queries.ts'
import { hasSeat } from './rules.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const them = world.as(theirs.organizer, routes)
const board = world.as(ours.actor(['board']), routes)
const today = '2026-11-23'

test.each([
  // seats, terms there are, the term wished for, whether there is a seat
  [1, [], ['2026-01-01', null], true],
  [1, [['2025-01-01', '2025-12-31']], ['2026-01-01', null], true],
  [1, [['2025-01-01', '2026-01-01']], ['2026-01-01', null], false],
  [1, [['2026-06-01', null]], ['2026-01-01', '2026-05-31'], true],
  [1, [['2026-06-01', null]], ['2026-01-01', '2026-06-01'], false],
  [
    2,
    [
      ['2026-01-01', '2026-03-31'],
      ['2026-04-01', null],
    ],
    ['2026-01-01', null],
    true,
  ],
  [
    2,
    [
      ['2026-01-01', '2026-06-30'],
      ['2026-04-01', null],
    ],
    ['2026-01-01', null],
    false,
  ],
  [null, [['2026-01-01', null]], ['2026-01-01', null], true],
] as const)('with %j seats and the terms %j there is one for %j: %s', (seats, held, [from_on, until_on], is_free) => {
  const terms = held.map(([from, until]) => ({ from_on: from, until_on: until }))
  expect(hasSeat(terms, { from_on, until_on }, seats)).toBe(is_free)
})

const made = await us.post('/leadership/bodies/new', { kind: 'committee', name_en: 'Housing', name_ko: '주거위원회' })
const body = made.headers.get('location') ?? ''
const body_id = body.split('/').at(-1) ?? ''
const officeNamed = async (name: string) =>
  (await seatedOn(db, organization_id, body_id, today)).find(({ office }) => office.name.en === name)
const chair = (await officeNamed('Chair'))?.office.office_id ?? ''
const person = async (last_name: string, name_hangul = ''): Promise<string> =>
  (await createPerson(db, organizer, PersonForm.parse({ last_name, first_name: 'Mina', name_hangul }), 'test'))
    .person_id
const give = (office: string, who: string, more: Record<string, string> = {}) =>
  us.post(`${body}/offices/${office}/give`, { who, from_on: '2026-06-01', until_on: '2027-05-31', ...more })

test('a committee has its offices, who holds them for which term, and vacant seats, in both languages', async () => {
  const who = await person('Sohn', '손미나')
  expect(await (await us.get(`${body}/offices/${chair}/give?q=sohn`)).text()).toContain(`value="${who}"`)
  expect((await give(chair, who)).headers.get('location')).toBe(body)
  expect((await give(chair, who)).status).toBe(303)
  const html = await (await us.get(body, { 'accept-language': 'ko' })).text()
  expect(html).toContain('손미나')
  expect(html).toContain('1자리 중 1자리 맡음')
  expect(html).toContain('공석 7자리')
  expect(await bodiesOf(db, organization_id, today)).toMatchObject([{ people: 1, vacant: 7 }])
  // The same on the profile, its timeline, and where one works with them.
  for (const path of [`/people/${who}`, `/leadership/people/${who}`])
    expect(await (await us.get(path, { 'accept-language': 'ko' })).text()).toContain('주거위원회: 위원장')
  expect(await (await us.get(`/people/${who}`)).text()).toContain('Role: Housing: Chair')
})

test('nobody takes a seat that is held, also of two at once, and what was typed stays', async () => {
  const other = await person('Second')
  const refused = await give(chair, other, { from_on: '2027-05-31', until_on: '2028-05-30' })
  expect([refused.status, (await refused.text()).includes('every seat is held')]).toEqual([422, true])
  const [one, two] = [await person('Race'), await person('Racer')]
  const next = { from_on: '2027-06-01', until_on: '' }
  const answers = await Promise.all([give(chair, one, next), give(chair, two, next)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422])
  const seated = await officeNamed('Chair')
  expect([seated?.now.length, seated?.coming.length]).toEqual([1, 1])
  expect((await give(chair, other, { from_on: '2030-01-01', until_on: '2029-01-01' })).status).toBe(422)
})

test('a term ends, and who held the office before stays to be read; what was recorded by mistake goes', async () => {
  const role_id = (await officeNamed('Chair'))?.now[0]?.role_id ?? ''
  const ended = await us.post(`/leadership/roles/${role_id}/end`, { back: body })
  expect(ended.headers.get('location')).toBe(body)
  const seated = await seatedOn(db, organization_id, body_id, '2026-11-24')
  expect(seated[0]).toMatchObject({ now: [], vacant: 1, before: [{ last_name: 'Sohn', until_on: today }] })
  const coming = (await officeNamed('Chair'))?.coming[0]?.role_id ?? ''
  await us.post(`/leadership/roles/${coming}/remove`, { back: body })
  expect((await officeNamed('Chair'))?.coming).toEqual([])
})

test('offices are the organization’s own; with another number of seats the vacant ones are others', async () => {
  expect((await us.post(`${body}/offices/new`, { seats: '2', term_months: '' })).status).toBe(422)
  expect((await us.post(`${body}/offices/new`, { name_ko: '서기', seats: 'many' })).status).toBe(422)
  expect((await us.post(`${body}/offices/new`, { name_ko: '서기', seats: '2', term_months: '6' })).status).toBe(303)
  const clerk = (await seatedOn(db, organization_id, body_id, today)).find(({ office }) => office.name.ko === '서기')
  expect(clerk).toMatchObject({ vacant: 2 })
  const here = `${body}/offices/${clerk?.office.office_id}`
  expect((await us.post(here, { name_en: 'Clerk', name_ko: '서기', seats: '1', term_months: '6' })).status).toBe(303)
  expect((await officeNamed('Clerk'))?.vacant).toBe(1)
  expect((await us.post(`${here}/archive`, {})).status).toBe(303)
  expect((await give(clerk?.office.office_id ?? '', await person('Late'))).status).toBe(404)
  expect((await us.post(`${here}/restore`, {})).status).toBe(303)
})

test('a merge brings offices along, and taking it back returns them', async () => {
  const member = (await officeNamed('Member'))?.office.office_id ?? ''
  const [kept, merged] = [await person('Kept'), await person('Merged')]
  await give(member, merged)
  const holders = async () => ((await officeNamed('Member'))?.now ?? []).map(({ person_id }) => person_id)
  const merge = await mergePeople(db, organizer, kept, merged, [])
  expect(await holders()).toEqual([kept])
  await undoMerge(db, organizer, merge, world.installation.clock.now())
  expect(await holders()).toEqual([merged])
})

test('who holds an office is found in expressions by what it is called, in each language and after a new name', async () => {
  const member = (await officeNamed('Member'))?.office.office_id ?? ''
  const who = await person('Found')
  await give(member, who)
  const found = async (text: string) => {
    const compiled = await compileUniverse(db, text, organization_id, today)
    if (!compiled.ok) throw new Error(compiled.problem.code)
    // Nobody of this test is on a voter file: the page says how many that concerns.
    return compiled.universe.remarks.map(({ code, named }) => (code === 'not_on_file' ? named : code))
  }
  for (const text of ['role:"housing: member"', 'role:"주거위원회: 위원"'])
    expect(await found(text)).toEqual([`${text} (2)`])
  expect((await ourWords(db, organization_id)).roles).toEqual(expect.arrayContaining(['Housing: Member', '주거위원회: 위원'])) // prettier-ignore
  const form = { name: 'Committee', expression: 'role:"Housing: Member","주거위원회: 위원",Treasurer', note: null }
  expect(await saveUniverse(db, organizer, form, world.installation.clock.now(), today)).toMatchObject({ ok: true })
  // The chair's term ends today, and holds today still.
  for (const [text, count] of [
    ['committee:주거위원회', 3],
    ['committee:housing/위원', 2],
    ['committee:any/member', 2],
  ] as const)
    expect(await found(`${text} -chapter:any`)).toEqual([`${text} (${count})`])
  const asked =
    'committee:Housing or committee:"주거위원회","Rides"/"위원" or chapter:Housing or committee:Rides/"위원"'
  const committee = { name: 'Its members', expression: asked, note: null }
  expect(await saveUniverse(db, organizer, committee, world.installation.clock.now(), today)).toMatchObject({ ok: true }) // prettier-ignore
  await us.post(`${body}/edit`, { name_en: 'Homes', name_ko: '주거위원회' })
  await us.post(`${body}/offices/${member}`, { name_en: 'Member', name_ko: '', seats: '7', term_months: '12' })
  expect((await universes(db, organization_id)).find(({ name }) => name === 'Its members')?.expression).toBe(
    'committee:Homes or committee:주거위원회,Rides/위원,Member or chapter:Housing or committee:Rides/위원',
  )
  const kept = (await universes(db, organization_id)).find(({ name }) => name === 'Committee')?.expression
  expect(kept).toBe('role:"Homes: Member","주거위원회: Member",Treasurer')
  expect(await found('role:"Homes: Member"')).toEqual(['role:"Homes: Member" (2)'])
  expect(await found('role:"Housing: Member"')).toContain('role_unknown')
  await us.post(`${body}/edit`, { name_en: 'Housing', name_ko: '주거위원회' })
  await us.post(`${body}/offices/${member}`, { name_en: 'Member', name_ko: '위원', seats: '7', term_months: '12' })
})

test('the board sees who holds what and changes nothing; another organization sees nothing', async () => {
  const html = await (await board.get(body)).text()
  expect([html.includes('Sohn'), html.includes('/people/'), html.includes('/give')]).toEqual([true, false, false])
  expect((await board.post(`${body}/archive`, {})).status).toBe(403)
  expect((await them.get(body)).status).toBe(404)
  expect(await bodiesOf(world.database.of(theirs.organization_id), organization_id, today)).toEqual([])
  expect((await us.post(`${body}/archive`, {})).status).toBe(303)
  expect(await (await us.get('/leadership/bodies')).text()).toContain('put away')
  expect((await us.post(`${body}/restore`, {})).headers.get('location')).toBe(body)
})

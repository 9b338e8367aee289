import { expect, test } from 'vitest'
import { addDays } from '../../../platform/clock.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { seenIn } from '../../../platform/testing/seen.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createUser } from '../../access/commands.ts'
import { createPerson } from '../../people/commands.ts'
import { mergePeople } from '../../people/merge/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { leadershipRoutes } from '../routes.tsx'
import { myDayRoutes } from '../my-day-routes.tsx'
import { tasksOf } from '../tasks/queries.ts'
import { leadershipOf } from '../told.ts'
import { caseKinds, helpCases } from './queries.ts'
import { caseRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id } = ours
const db = world.database.of(organization_id)
const today = '2026-11-23'
const made = await createUser(world.installation, { email: 'minji@example.org', name: 'Minji', password: 'a long enough password', is_email_proven: true }) // prettier-ignore
if (!made.ok) throw new Error(made.problem)
const minji = ours.actor(['organizer'], { id: made.user_id, name: 'Minji' })
await world.database.owner.insertInto('member').values({ organization_id, user_id: made.user_id, display_name: 'Minji', roles: ['organizer'] }).execute() // prettier-ignore
const other = await createUser(world.installation, { email: 'soonja@example.org', name: 'Soonja', password: 'a long enough password', is_email_proven: true }) // prettier-ignore
if (!other.ok) throw new Error(other.problem)
await world.database.owner.insertInto('member').values({ organization_id, user_id: other.user_id, display_name: 'Soonja', roles: ['caller'] }).execute() // prettier-ignore
const routes = [caseRoutes, leadershipRoutes, myDayRoutes]
const organizer = world.as(minji, routes)
const host = world.as(ours.actor(['host']), routes)
const textOf = async (asked: Promise<Response>): Promise<string> => (await asked).text()
const person = async (first_name: string) =>
  (await createPerson(db, ours.organizer, { ...PersonForm.parse({}), first_name, last_name: 'Oh' }, 'hand')).person_id
const only = async (person_id: string) => (await helpCases(db, organization_id, { person_id })).cases[0]

const lease = {
  name_en: 'Lease', name_ko: '집 계약', step0_en: 'Read the lease', step0_ko: '계약서 읽기', days0: '3',
  step2_en: 'Call back', step2_ko: '', days2: '',
} // prettier-ignore

test('a kind of help says what a request begins with; each of it is on the day of whoever sees to it, and on the timeline', async () => {
  const yuna = await person('Yuna')
  expect(await textOf(organizer.get(`/leadership/people/${yuna}/cases/new`))).toContain('No kind of help yet')
  expect((await host.post('/leadership/cases/kinds', lease)).status).toBe(403)
  const refused = await organizer.post('/leadership/cases/kinds', { ...lease, name_en: '', name_ko: '', days0: 'soon' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="계약서 읽기"')
  expect((await organizer.post('/leadership/cases/kinds', lease)).status).toBe(303)
  const [kind] = await caseKinds(db, organization_id)
  expect(kind?.milestones).toEqual([
    { name: { en: 'Read the lease', ko: '계약서 읽기' }, days: 3 },
    { name: { en: 'Call back' }, days: 7 },
  ])

  const path = `/leadership/people/${yuna}/cases/new`
  const asked = { kind_id: kind?.kind_id ?? '', title: '렌트 재계약', about: '집주인이 미룸', owner_id: minji.id }
  const again = await host.post(path, { ...asked, title: '' })
  expect(again.status).toBe(422)
  expect(await again.text()).toContain('집주인이 미룸')
  const opened = await host.post(path, asked, { 'accept-language': 'ko' })
  expect(opened.status).toBe(303)
  const here = opened.headers.get('location') ?? ''
  const open = await tasksOf(db, organization_id, { person_id: yuna, state: 'open' })
  expect(open.map(({ title, due_on, owner, case: of }) => [title, due_on, owner, of?.title])).toEqual([
    ['계약서 읽기', addDays(today, 3), 'Minji', '렌트 재계약'],
    ['Call back', addDays(today, 7), 'Minji', '렌트 재계약'],
  ])
  // Each reads it in their language.
  expect(await textOf(organizer.get('/my-day'))).toContain('Read the lease')
  expect(await textOf(organizer.get('/my-day', { 'accept-language': 'ko' }))).toContain('계약서 읽기')
  expect(await textOf(organizer.get(here))).toContain('Read the lease')
  expect(await textOf(organizer.get('/leadership/cases?view=mine'))).toContain('렌트 재계약')
  expect(await textOf(host.get('/leadership/cases?view=mine'))).not.toContain('렌트 재계약')
  expect(await textOf(host.get(here))).toContain('집주인이 미룸')
  expect((await world.as(ours.actor(['board']), routes).get(here)).status).toBe(403)
  expect((await world.as(theirs.organizer, routes).get(here)).status).toBe(404)

  // What came of one, another thing to be done; closed, what is open is left.
  await organizer.post(`/leadership/tasks/${open[0]?.task_id}/done`, { back: here, outcome: '함께 읽음' })
  expect((await host.post(`${here}/milestones`, { form: 'milestone', title: '' })).status).toBe(422)
  await host.post(`${here}/milestones`, {
    form: 'milestone',
    title: '주정부에 신청',
    owner_id: '',
    due_on: '2026-12-01',
  })
  expect(await only(yuna)).toMatchObject({ open: 2, done: 1, next_on: addDays(today, 7) })
  await organizer.post(here, { form: 'facts', title: '렌트 재계약(2년)', about: '', owner_id: '' })
  expect(await only(yuna)).toMatchObject({ title: '렌트 재계약(2년)', about: null, owner: null })
  // What was Minji's to do for it is nobody's now; whoever may not open it cannot be given it.
  expect((await tasksOf(db, organization_id, { person_id: yuna, state: 'open' })).map(({ owner }) => owner)).toEqual([null, null]) // prettier-ignore
  const given = { form: 'facts', title: '렌트 재계약(2년)', about: '', owner_id: other.user_id }
  expect((await organizer.post(here, given)).status).toBe(404)
  expect(await textOf(organizer.get(here))).not.toContain(`value="${other.user_id}"`)
  expect((await organizer.post(`${here}/close`, { form: 'close', closed_as: '' })).status).toBe(422)
  for (const _ of ['once', 'twice'])
    expect((await organizer.post(`${here}/close`, { form: 'close', closed_as: 'settled', outcome: '재계약함' })).status).toBe(303) // prettier-ignore
  expect(await only(yuna)).toMatchObject({ closed_as: 'settled', closed_by: 'Minji', open: 0, done: 1 })
  expect(await tasksOf(db, organization_id, { person_id: yuna, state: 'open' })).toEqual([])
  // Closed, nothing is to be done for it any more.
  const late = { form: 'milestone', title: '한 번 더', owner_id: '', due_on: '' }
  expect((await host.post(`${here}/milestones`, late)).status).toBe(409)
  expect((await organizer.post(`/leadership/tasks/${open[0]?.task_id}/reopen`, { back: here })).status).toBe(409)
  // The log, which others read too, says who did what; not what the person told.
  const log = await db
    .selectFrom('audit_entry')
    .select(['before', 'after'])
    .where('subject', 'in', ['help_case', 'task'])
    .execute()
  expect(log.length).toBeGreaterThan(6)
  expect(JSON.stringify(log)).not.toMatch(/렌트|집주인|재계약|계약서|lease|함께 읽음|주정부|Call back/i)
  expect(await textOf(host.get('/leadership/cases'))).not.toContain('렌트 재계약')
  expect(await textOf(host.get('/leadership/cases?view=closed'))).toContain('렌트 재계약')
  const { told } = await leadershipOf(db, minji, yuna, translator('ko'), today)
  const texts = told.map(({ text }) => text)
  for (const text of ['도움 요청: 렌트 재계약(2년)', '도움 요청 ‘렌트 재계약(2년)’: 해결됨'])
    expect(texts).toContain(text)
  await organizer.post(`${here}/reopen`, {})
  expect(await only(yuna)).toMatchObject({ closed_as: null, open: 0 })

  // Who turns out to be somebody else takes it along; a kind that is offered no more takes nothing in.
  const older = await person('Yoona')
  await mergePeople(db, minji, older, yuna, [])
  expect((await helpCases(db, organization_id, { person_id: older })).total).toBe(1)
  await organizer.post(`/leadership/cases/kinds/${kind?.kind_id}/archive`, {})
  expect((await host.post(`/leadership/people/${older}/cases/new`, asked)).status).toBe(404)
})

test('who changes a request that somebody else changed meanwhile sees both, and nothing is lost', async () => {
  const who = await person('Twice')
  await organizer.post('/leadership/cases/kinds', { ...lease, name_en: 'Letters' })
  const kind_id = (await caseKinds(db, organization_id)).find(({ name }) => name.en === 'Letters')?.kind_id ?? ''
  const facts = { kind_id, title: 'A letter', about: 'from school', owner_id: '' }
  const here = (await host.post(`/leadership/people/${who}/cases/new`, facts)).headers.get('location') ?? ''
  const seen = seenIn(await textOf(host.get(here)))
  expect((await organizer.post(here, { form: 'facts', seen, title: 'A letter', about: 'from the court', owner_id: '' })).status).toBe(303) // prettier-ignore
  const late = await host.post(here, { form: 'facts', seen, title: 'A letter', about: 'from school, in English', owner_id: '' }) // prettier-ignore
  expect(late.status).toBe(409)
  const page = await late.text()
  for (const words of ['from the court', 'from school, in English']) expect(page).toContain(words)
  expect((await only(who))?.about).toBe('from the court')
  expect((await host.post(here, { form: 'facts', seen: seenIn(page), title: 'A letter', about: 'from the court, in English', owner_id: '' })).status).toBe(303) // prettier-ignore
  expect((await only(who))?.about).toBe('from the court, in English')
})

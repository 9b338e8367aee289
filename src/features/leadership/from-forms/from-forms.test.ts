import { expect, test } from 'vitest'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createUser } from '../../access/commands.ts'
import { publicFormRoutes } from '../../forms/public-routes.tsx'
import { formRoutes } from '../../forms/routes.tsx'
import { leadershipRoutes } from '../routes.tsx'
import { tasksOf } from '../tasks/queries.ts'
import { askNext } from './commands.ts'
import { formAnsweredJob } from './jobs.ts'
import { fromFormsRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id } = ours
const { clock } = world.installation
const db = world.database.of(organization_id)
const routes = [formRoutes, publicFormRoutes, fromFormsRoutes, leadershipRoutes]
const made = await createUser(world.installation, {
  email: 'minji@example.org',
  name: 'Minji',
  password: 'a long enough password',
  is_email_proven: true,
})
if (!made.ok) throw new Error(made.problem)
await world.database.owner
  .insertInto('member')
  .values({ organization_id, user_id: made.user_id, display_name: 'Minji', roles: ['organizer'] })
  .execute()
const organizer = world.as(ours.actor(['organizer'], { id: made.user_id, name: 'Minji' }), routes)
const everybody = world.as(null, routes)
const textOf = async (asked: Promise<Response>): Promise<string> => (await asked).text()

const location = (await organizer.post('/forms/new', { name: 'Volunteers', starter: 'sign_up' })).headers.get(
  'location',
)
const form_id = location?.split('/')[2] ?? ''
const version = await db.selectFrom('form_version').selectAll().where('form_id', '=', form_id).executeTakeFirstOrThrow()
const question = {
  block: 'question', key: 'wants', kind: 'several', say: { en: 'What would you do?', ko: '무엇을 하시겠어요?' },
  choices: [{ key: 'calls', label: { en: 'Make calls', ko: '전화 걸기' } }, { key: 'host', label: { en: 'Host', ko: '모임 열기' } }],
} // prettier-ignore
const blocks = version.content.blocks.filter(({ block }) => block === 'name' || block === 'contact')
await db
  .updateTable('form_version')
  .set({
    content: JSON.stringify({
      ...version.content,
      blocks: [...blocks, question],
      thanks: { en: 'Thanks', ko: '감사' },
    }),
  })
  .where('form_id', '=', form_id)
  .execute()
await organizer.post(`/forms/${form_id}/settings`, { name: 'Volunteers', slug: 'volunteers' })
await organizer.post(`/forms/${form_id}/publish`, {})
const here = `/forms/${form_id}/next-steps`

let sent = 0
async function sends(first_name: string, wants: string[]): Promise<void> {
  const page = await textOf(everybody.get('/f/ours/volunteers?lang=en'))
  const [, page_key] = /name="page_key" value="([^"]+)"/.exec(page) ?? []
  const [, page_time] = /name="page_time" value="([^"]+)"/.exec(page) ?? []
  clock.advance(1)
  const answer = { page_key: page_key ?? '', page_time: page_time ?? '', lang: 'en', first_name, last_name: 'Seo', email: `sends${++sent}@example.org`, 'q.wants[]': wants } // prettier-ignore
  expect((await everybody.post('/f/ours/volunteers', answer)).status).toBe(303)
}
const openTasks = () => tasksOf(db, organization_id, { state: 'open' })

test('who answers a form so gets the next step that follows, once, with an owner and a day', async () => {
  await sends('Before', ['calls'])
  const refused = await organizer.post(here, { when: 'wants=calls', title: '', owner_id: made.user_id, due_days: '7' })
  expect(refused.status).toBe(422)
  expect((await organizer.post(here, { when: 'wants=nothing', title: 'x', owner_id: made.user_id, due_days: '7' })).status).toBe(422) // prettier-ignore
  for (const [when, title, due_days] of [
    ['wants=host', 'Ask to host a table', '3'],
    ['wants=calls', 'Invite to the phone bank', '7'],
  ] as const)
    // prettier-ignore
    expect((await organizer.post(here, { when, title, owner_id: made.user_id, due_days })).status).toBe(303)
  const shown = await textOf(organizer.get(here))
  expect(shown).toContain('What would you do? “Host”')
  expect(shown).toContain('Minji, within 7 days')

  await sends('Calls', ['calls'])
  await sends('Both', ['calls', 'host'])
  await sends('Neither', [])
  await workOff(world, [formAnsweredJob])
  const tasks = await openTasks()
  expect(tasks.map(({ person, kind, title, owner, form }) => [person?.first_name, kind, title, owner, form])).toEqual([
    ['Both', 'next_step', 'Ask to host a table', 'Minji', 'Volunteers'],
    ['Calls', 'next_step', 'Invite to the phone bank', 'Minji', 'Volunteers'],
  ])
  expect(tasks[1]?.due_on).toBe('2026-11-30')
  // The job running again sets nothing twice.
  const { response_id } = await world.database.owner.selectFrom('task').select('response_id').where('title', '=', 'Ask to host a table').executeTakeFirstOrThrow() // prettier-ignore
  await askNext(db, organization_id, response_id ?? '', clock.now())
  expect(await openTasks()).toHaveLength(2)
})

test('a next step somebody agreed on with the person stays; what the form asks for is a task about them', async () => {
  const [, calls] = await openTasks()
  sent -= 3 // the same mailbox as before: the same person
  await sends('Calls', ['host'])
  sent += 2
  await workOff(world, [formAnsweredJob])
  const theirs_now = await tasksOf(db, organization_id, { state: 'open', person_id: calls?.person?.person_id ?? '' })
  expect(theirs_now.map(({ kind, title }) => [kind, title])).toEqual([
    ['task', 'Ask to host a table'],
    ['next_step', 'Invite to the phone bank'],
  ])
})

test('a line that is taken out asks no more, and whose owner has left it is nobody’s task', async () => {
  const rules = await db.selectFrom('form_next_step').select(['rule_id', 'title']).orderBy('position').execute()
  const remove = (by: typeof organizer) => by.post(`${here}/${rules[0]?.rule_id}/remove`, {})
  expect((await remove(world.as(ours.actor(['host']), routes))).status).toBe(403)
  expect((await remove(world.as(theirs.organizer, routes))).status).toBe(404)
  expect((await remove(organizer)).status).toBe(303)
  await world.database.owner.updateTable('member').set({ ended_at: clock.now() }).where('user_id', '=', made.user_id).execute() // prettier-ignore
  await sends('Later', ['host', 'calls'])
  await workOff(world, [formAnsweredJob])
  const loose = await tasksOf(db, organization_id, { state: 'open', loose_for: { id: ours.organizer.id, name: 'x' } })
  const task = loose.find(({ owner_id }) => owner_id === null)
  expect(task).toMatchObject({ kind: 'task', title: 'Invite to the phone bank', person: { first_name: 'Later' } })
})

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { createUser } from '../../access/commands.ts'
import { createPerson } from '../../people/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addTask, addTasksAbout, assignTask, endTask, setNextStep } from './commands.ts'
import { sendTasksGivenJob } from './jobs.ts'
import { makeEvent } from '../../events/testing.ts'

const world = await makeWorld() // 2026-11-23, noon in New York
const { ours, database, installation, mails } = world
const { organization_id } = ours
const db = database.of(organization_id)
const now = installation.clock.now()

async function member(name: string, roles: string[], language: Language) {
  const email = `${name.toLowerCase()}@example.org`
  const made = await createUser(installation, { email, name, password: 'a long enough password', is_email_proven: true, language }) // prettier-ignore
  if (!made.ok) throw new Error(made.problem)
  await database.owner.insertInto('member').values({ organization_id, user_id: made.user_id, display_name: name, roles }).execute() // prettier-ignore
  const actor = ours.actor(roles, { id: made.user_id, name })
  return { actor, browser: world.as(actor, routes), user_id: made.user_id }
}
const minji = await member('Minji', ['organizer'], 'en')
const grace = await member('Grace', ['host'], 'ko')
const jenny = await member('Jenny', ['member'], 'en')

const person = async (first_name: string): Promise<string> =>
  (await createPerson(db, minji.actor, PersonForm.parse({ first_name, last_name: 'Lee' }), 'test')).person_id
const give = (owner_id: string, title: string, titles?: Record<string, string>) =>
  addTask(db, minji.actor, { title, ...(titles && { titles }), owner_id, due_on: '2026-11-30', who: null }, now)

/** To whom, with which subject; forgotten then. */
async function mailed(): Promise<string[]> {
  await workOff(world, [sendTasksGivenJob])
  return mails.splice(0).map(({ to, subject, text }) => `${to.split('@')[0]}: ${subject}\n${text}`)
}

test('whoever is given a task is mailed in the language of their account, several in one mail; what one gives oneself one knows', async () => {
  await give(minji.user_id, 'Print the flyers')
  await give(grace.user_id, 'Call the hall', { en: 'Call the hall', ko: '강당에 전화하기' })
  const sora = await person('Sora')
  await setNextStep(db, minji.actor, sora, { title: 'She lost her job', owner_id: grace.user_id, due_on: '2026-12-01' }, now) // prettier-ignore
  const [mail = '', ...others] = await mailed()
  expect(others).toEqual([])
  expect(mail).toMatch(/^grace: 새로 맡으신 일 2건\nGrace 님, 안녕하세요\./)
  expect(mail).toContain(
    '- 강당에 전화하기 · 기한 2026년 11월 30일(월)\n- 한 분과의 다음 걸음 · 기한 2026년 12월 1일(화)',
  )
  expect(mail).toContain('/my-day')
  // What is about somebody is read after signing in.
  expect(mail).not.toMatch(/Sora|lost her job/)
  expect(await mailed()).toEqual([])
})

test('a task that goes to somebody else is told to them; what is over or was given back by then, and another day alone, to nobody', async () => {
  const task_id = await give(grace.user_id, 'Bring the keys')
  await assignTask(db, minji.actor, task_id, { owner_id: jenny.user_id, due_on: null }, now)
  const done = await give(grace.user_id, 'Done at once')
  await endTask(db, grace.actor, done, { as: 'done', outcome: null }, now)
  expect(await mailed()).toEqual([expect.stringMatching(/^jenny: Given to you: 1 task\n[^]*- Bring the keys\n/)])
  await assignTask(db, minji.actor, task_id, { owner_id: jenny.user_id, due_on: '2026-12-05' }, now)
  await assignTask(db, jenny.actor, task_id, { owner_id: null, due_on: null }, now)
  expect(await mailed()).toEqual([])
})

test('thirty calls to whoever did not come are one mail', async () => {
  const event_id = await makeEvent(db, ours.organizer, {}, now)
  const people = await Promise.all(Array.from({ length: 30 }, (_, at) => person(`Missed${at}`)))
  await addTasksAbout(db, minji.actor, people, { title: 'Call', owner_id: jenny.user_id, due_on: '2026-11-27', event_id }, now) // prettier-ignore
  const [mail = '', ...others] = await mailed()
  expect(others).toEqual([])
  expect(mail).toContain('Given to you: 30 tasks')
  expect(mail.match(/A task about somebody/g)).toHaveLength(20)
  expect(mail).toContain('- and 10 more')
})

test('whoever wants no such mail says so on My day, and whoever has left gets none', async () => {
  expect(await (await jenny.browser.get('/my-day')).text()).toContain('Stop these e-mails')
  await jenny.browser.post('/my-day/mail', { mails: 'no' })
  expect(await (await jenny.browser.get('/my-day')).text()).toContain('Send me these e-mails')
  await give(jenny.user_id, 'Not told')
  await give(grace.user_id, 'Told nobody who left')
  await database.owner.updateTable('member').set({ ended_at: now }).where('user_id', '=', grace.user_id).execute()
  expect(await mailed()).toEqual([])
  await jenny.browser.post('/my-day/mail', { mails: 'yes' })
  expect(await (await jenny.browser.get('/my-day')).text()).toContain('Stop these e-mails')
  await give(jenny.user_id, `Told ${randomUUID()}`)
  expect(await mailed()).toEqual([expect.stringMatching(/^jenny: Given to you: 1 task\n/)])
  const log = await db.selectFrom('audit_entry').select('after').where('action', '=', 'member.task_mail').orderBy('audit_id').execute() // prettier-ignore
  expect(log.map(({ after }) => after)).toEqual([{ mails_tasks: false }, { mails_tasks: true }])
})

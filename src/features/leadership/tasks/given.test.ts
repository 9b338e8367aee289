import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { createUser } from '../../access/commands.ts'
import { createPerson } from '../../people/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addTask, addTasksAbout, assignTask, endTask, reopenTask, setNextStep } from './commands.ts'
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
let given = 0
const give = (owner_id: string, title: string, titles?: Record<string, string>) =>
  addTask(
    db,
    minji.actor,
    { title, ...(titles && { titles }), owner_id, due_on: '2026-11-30', who: null },
    new Date(now.getTime() + given++),
  )

/** To whom, with which subject, when the minutes of waiting are over; forgotten then. */
async function mailed(): Promise<string[]> {
  await sql`update graphile_worker._private_jobs set run_at = now()`.execute(database.owner)
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

test('what is given within some minutes is one mail, ten minutes after the first', async () => {
  const due = () => sql<{ minutes: number; run_at: Date }>`select run_at, extract(epoch from run_at - now()) / 60 as minutes from graphile_worker._private_jobs where key like 'leadership.tasks_given%'`.execute(database.owner) // prettier-ignore
  await give(jenny.user_id, 'The first')
  const { rows: first } = await due()
  expect(Number(first[0]?.minutes)).toBeGreaterThan(9)
  await give(jenny.user_id, 'The second')
  expect((await due()).rows.map(({ run_at }) => run_at)).toEqual(first.map(({ run_at }) => run_at))
  await workOff(world, [sendTasksGivenJob])
  expect(mails).toEqual([])
  expect(await mailed()).toEqual([expect.stringMatching(/^jenny: Given to you: 2 tasks\n[^]*\n- The first · .*\n- The second · /)]) // prettier-ignore
})

test('a mail is handed over once, and again where the server surely did not take it', async () => {
  const asked = { organization_id, owner_id: jenny.user_id }
  const handed: string[] = []
  const run = (send: () => Promise<void>): Promise<void> =>
    sendTasksGivenJob.run(asked, {
      installation: { ...installation, mailer: { send: async ({ text }: { text: string }) => (handed.push(text), send()) } },
      signal: new AbortController().signal,
    }) // prettier-ignore
  await give(jenny.user_id, 'Once')
  // The same job once more before the first has come back from the mail server.
  await run(() => run(async () => undefined))
  expect(handed).toEqual([expect.stringContaining('- Once · ')])
  await give(jenny.user_id, 'Later')
  const busy = Object.assign(new Error('451 come back'), { responseCode: 451 })
  await expect(run(() => Promise.reject(busy))).rejects.toThrow('451')
  await run(async () => undefined)
  await run(async () => undefined)
  expect(handed.slice(1)).toEqual([expect.stringContaining('- Later · '), expect.stringContaining('- Later · ')])
  expect(await mailed()).toEqual([])
})

test('what somebody else ended before the mail went, and opened again, is told then', async () => {
  const task_id = await give(jenny.user_id, 'Ended and back')
  await endTask(db, ours.organizer, task_id, { as: 'done', outcome: null }, now)
  expect(await mailed()).toEqual([])
  await reopenTask(db, ours.organizer, task_id, now)
  expect(await mailed()).toEqual([expect.stringContaining('- Ended and back')])
})

test('what its owner has ended and opens again is not given to them; a mailbox that complained about us gets nothing', async () => {
  const task_id = await give(jenny.user_id, 'Opened again')
  await endTask(db, jenny.actor, task_id, { as: 'done', outcome: null }, now)
  await reopenTask(db, jenny.actor, task_id, now)
  expect(await mailed()).toEqual([])
  await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
    values (${organization_id}, mail_address_hash(${organization_id}, 'jenny@example.org'), 'complaint', ${now}, 'x')`.execute(database.owner) // prettier-ignore
  await give(jenny.user_id, 'Not there')
  expect(await mailed()).toEqual([])
})

test('an account without a language is written to in the organization’s first', async () => {
  await database.owner.updateTable('organization').set({ languages: ['ko', 'en'] }).where('organization_id', '=', organization_id).execute() // prettier-ignore
  const hana = await member('Hana', ['host'], 'en')
  await sql`update auth."user" set language = null where id = ${hana.user_id}`.execute(database.owner)
  await give(hana.user_id, 'Bring chairs')
  expect(await mailed()).toEqual([expect.stringMatching(/^hana: 새로 맡으신 일 1건\n/)])
})

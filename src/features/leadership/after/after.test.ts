import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { addMonths, dateIn } from '../../../platform/clock.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createUser } from '../../access/commands.ts'
import { sendThanksJob } from '../../events/after/jobs.ts'
import { hoursByKind, hoursOfEvent } from '../../events/after/queries.ts'
import { markAttendance } from '../../events/attendance/commands.ts'
import { addPerson, changeEvent, createEvent } from '../../events/commands.ts'
import { sendEventMailJob } from '../../events/jobs.ts'
import { publicEventRoutes } from '../../events/public-routes.tsx'
import { eventById, shiftsOf } from '../../events/queries.ts'
import type { Attendance } from '../../events/schema.ts'
import { publicFormRoutes } from '../../forms/public-routes.tsx'
import { createPerson, recordConsent } from '../../people/commands.ts'
import { mergePeople } from '../../people/merge/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { shiftRoutes } from '../../phonebanks/shifts/routes.tsx'
import { compilePeople, peopleIds } from '../../targeting/people/queries.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { addTraining, passTraining, removePassed } from '../held/commands.ts'
import { trainingsOf } from '../held/queries.ts'
import { myDayRoutes } from '../my-day-routes.tsx'
import { activityOfPerson } from '../ladder/queries.ts'
import { leadershipRoutes } from '../routes.tsx'
import { tasksOf } from '../tasks/queries.ts'
import { leadershipOf } from '../told.ts'
import { takenOnMail } from '../tasks/later.ts'
import { sendTakenOnJob } from './jobs.ts'
import { afterRoutes } from './routes.tsx'
import { trainedByComingJob } from './trainings.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { clock } = world.installation
const { organization_id } = ours
const db = world.database.of(organization_id)
const routes = [publicEventRoutes, shiftRoutes, afterRoutes, leadershipRoutes, myDayRoutes, publicFormRoutes]
/** With an account that belongs to the organization, so that things can be theirs to do. */
const made = await createUser(world.installation, {
  email: 'minji@example.org',
  name: 'Minji',
  password: 'a long enough password',
  is_email_proven: true,
})
if (!made.ok) throw new Error(made.problem)
const minji = ours.actor(['organizer'], { id: made.user_id, name: 'Minji' })
await world.database.owner
  .insertInto('member')
  .values({ organization_id, user_id: made.user_id, display_name: 'Minji', roles: ['organizer'] })
  .execute()
const organizer = world.as(minji, routes)
const host = world.as(ours.actor(['host']), routes)
const board = world.as(ours.actor(['board']), routes)
const everybody = world.as(null, routes)

const textOf = async (asked: Promise<Response>): Promise<string> => (await asked).text()

/** Two hours of serving, begun an hour from now, with a second shift of one. */
async function openEvent(kind = 'community_service') {
  const at = (hours: number) => new Date(clock.now().getTime() + hours * 3_600_000)
  const place = { name: { en: 'Hall' }, address: '', city: '', zip5: '', directions: {} }
  const { event_id } = await createEvent(
    db,
    ours.organizer,
    {
      settings: {
        kind, time_zone: 'America/New_York', online_link: null, capacity: null, guests_most: 0, accept_hours: 0, is_by_invitation: false,
        needs_approval: false, has_wait_list: true, reminder_hours: [],
      },
      content: { title: { en: 'Food pantry', ko: '식품 나눔' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} },
      shifts: [
        { shift_id: null, name: {}, starts_at: at(1), ends_at: at(3), capacity: null, place },
        { shift_id: null, name: {}, starts_at: at(3), ends_at: at(4), capacity: null, place },
      ],
    },
    clock.now(),
  ) // prettier-ignore
  await changeEvent(db, ours.organizer, event_id, 'publish', clock.now())
  const shifts = await shiftsOf(db, organization_id, [event_id])
  return { event_id, shift_ids: shifts.map(({ shift_id }) => shift_id) }
}

const names = [
  'Ara',
  'Bora',
  'Chan',
  'Doyun',
  'Eunha',
  'Gaon',
  'Hana',
  'Inho',
  'Jisu',
  'Kyuri',
  'Lia',
  'Mina',
  'Nuri',
  'Ohjun',
  'Pia',
  'Rina',
  'Sora',
  'Sumi',
  'Somi',
  'Seul',
  'Taeri',
  'Ujin',
  'Wani',
  'Yena',
  'Yuna',
  'Zia',
]
let people = 0
async function somebody(
  event: { event_id: string; shift_ids: string[] },
  marks: Attendance[],
  more: { language?: 'ko'; email?: string | null } = {},
) {
  // prettier-ignore
  const number = ++people
  const { language = 'en', email = `person${number}@example.org` } = more
  const facts = PersonForm.parse({ first_name: names[number - 1], last_name: 'Oh', language })
  const { person_id } = await createPerson(db, ours.organizer, { ...facts, phones: [], emails: email ? [email] : [] }, 'test') // prettier-ignore
  const added = await addPerson(db, ours.organizer, event.event_id, { who: person_id, as: 'signed_up', shift_ids: event.shift_ids }, clock.now()) // prettier-ignore
  if (!added.ok) throw new Error(added.problem)
  for (const [at, attendance] of marks.entries())
    await markAttendance(db, ours.organizer, event.event_id, { signup_id: added.signup_id, shift_id: event.shift_ids[at] ?? '', attendance, guests: 0 }, clock.now()) // prettier-ignore
  return { person_id, signup_id: added.signup_id }
}

test('thanks go out once to each, in their language, and not to whoever wants no mail', async () => {
  const event = await openEvent()
  await somebody(event, ['attended', 'no_show'])
  await somebody(event, ['attended', 'attended'], { language: 'ko' })
  await somebody(event, ['no_show'])
  await somebody(event, ['excused'])
  await somebody(event, ['attended'], { email: null })
  const refuses = await somebody(event, ['attended'])
  const changes = await somebody(event, ['attended'])
  await recordConsent(db, ours.organizer, refuses.person_id, { channel: 'email', is_given: false, evidence: 'said so' })
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  const page = `/events/${event.event_id}/after`

  // Not before it is over.
  await organizer.post(`${page}/thanks`, { act: 'attended' })
  await workOff(world, [sendThanksJob])
  expect(world.mails).toEqual([])
  clock.advance(300)
  await organizer.post(`${page}/feedback`, {})
  await organizer.post(`${page}/thanks`, { act: 'save', attended_ko: '나눔에 와 주셔서 고맙습니다.' })
  const seen = await textOf(host.get(page))
  expect(seen).toContain('나눔에 와 주셔서 고맙습니다.')
  expect(seen).toContain('1 without e-mail · 1 wants no mail')
  expect(seen).not.toContain('name="act"')
  expect((await host.post(`${page}/thanks`, { act: 'attended' })).status).toBe(403)
  expect((await world.as(theirs.organizer, routes).get(page)).status).toBe(404)

  await organizer.post(`${page}/thanks`, { act: 'attended' })
  await organizer.post(`${page}/thanks`, { act: 'attended' })
  // They took their consent back before the mail left.
  await recordConsent(db, ours.organizer, changes.person_id, { channel: 'email', is_given: false, evidence: 'later' })
  await workOff(world, [sendThanksJob])
  expect(world.mails.map(({ to }) => to).toSorted()).toEqual(['person1@example.org', 'person2@example.org'])
  const [english, korean] = world.mails.toSorted((a, b) => a.to.localeCompare(b.to))
  expect(english).toMatchObject({ subject: 'Thank you: Food pantry', language: 'en' })
  expect(english?.text).toContain('Hello Ara Oh,')
  expect(english?.text).toMatch(/\/f\/ours\/feedback-food-pantry\?lang=en/)
  expect(korean).toMatchObject({ subject: '감사합니다: 식품 나눔', language: 'ko' })
  expect(korean?.text).toContain('나눔에 와 주셔서 고맙습니다.')
  world.mails.length = 0
  await organizer.post(`${page}/thanks`, { act: 'missed' })
  await workOff(world, [sendThanksJob])
  expect(world.mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['person3@example.org', 'We missed you: Food pantry'],
  ])

  // How it was comes back to the event's page.
  const form = { page_key: randomUUID(), lang: 'en', 'q.event_rating': 'very_good', first_name: 'Ara', last_name: 'Oh', email: 'person1@example.org' } // prettier-ignore
  expect((await everybody.post('/f/ours/feedback-food-pantry', form)).status).toBe(303)
  const answered = await textOf(organizer.get(page))
  expect(answered).toContain('1 answer')
  expect(answered).toContain('Very good')
})

test('notes are for the team until they are published; what was agreed on stands on its owner’s day', async () => {
  const event = await openEvent('roundtable')
  const page = `/events/${event.event_id}/after`
  const { code } = (await eventById(db, organization_id, event.event_id)) ?? { code: '' }
  await organizer.post(`${page}/notes`, {
    notes_en: 'A crossing guard is needed.',
    notes_ko: '안전 요원이 필요합니다.',
  })
  expect(await textOf(everybody.get(`/e/ours/${code}?lang=ko`))).not.toContain('안전 요원')
  await organizer.post(`${page}/notes`, { notes_en: 'A crossing guard is needed.', notes_ko: '안전 요원이 필요합니다.', published: 'on' }) // prettier-ignore
  expect(await textOf(everybody.get(`/e/ours/${code}?lang=ko`))).toContain('안전 요원')

  // Somebody else wrote meanwhile: nothing of theirs is lost.
  const opened = {
    seen: JSON.stringify({ notes_en: '', notes_ko: '', published: '' }),
    seen_at: clock.now().toISOString(),
  }
  const late = await organizer.post(`${page}/notes`, { ...opened, notes_en: 'Something else', notes_ko: '' })
  expect(late.status).toBe(409)
  expect(await late.text()).toContain('Something else')
  expect(await textOf(everybody.get(`/e/ours/${code}?lang=ko`))).toContain('안전 요원')

  const refused = await host.post(`${page}/items`, {
    title: 'Write to the principal',
    owner_id: minji.id,
    due_on: '',
  })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="Write to the principal"')
  await host.post(`${page}/items`, {
    title: 'Write to the principal',
    owner_id: minji.id,
    due_on: '2026-12-01',
  })
  const day = await textOf(organizer.get('/my-day'))
  expect(day).toContain('Write to the principal')
  expect(day).toContain('from “Food pantry”')
  const [task] = await tasksOf(db, organization_id, { event_id: event.event_id, state: 'open' })
  const done = await host.post(`/leadership/tasks/${task?.task_id}/done`, { back: page, outcome: 'sent' })
  expect(done.headers.get('location')).toContain(page)
  expect(await textOf(host.get(page))).toContain('sent')

  // Whoever did not come is asked after, each once.
  await somebody(event, ['no_show'])
  await somebody(event, ['attended', 'no_show'])
  const asked = { owner_id: minji.id, due_on: '2026-12-02' }
  await host.post(`${page}/missed`, asked)
  await host.post(`${page}/missed`, asked)
  const open = await tasksOf(db, organization_id, { event_id: event.event_id, state: 'open' })
  expect(open.map(({ title }) => title)).toEqual(['Ask how they are: missed “Food pantry”'])
  await somebody(event, ['no_show'])
  await somebody(event, ['no_show'])
  await host.post(`${page}/missed`, asked)
  expect(await tasksOf(db, organization_id, { event_id: event.event_id, state: 'open' })).toHaveLength(3)
  const entries = await world.database.owner.selectFrom('audit_entry').select('after').where('action', '=', 'task.add').where('subject_id', '=', event.event_id).orderBy('audit_id').execute() // prettier-ignore
  expect(entries.map(({ after }) => after)).toEqual([
    { people: 1, ...asked },
    { people: 2, ...asked },
  ])
})

test('who came takes something on, without an account: it is mailed in their language, on their timeline, and asked for', async () => {
  const event = await openEvent('roundtable')
  const page = `/events/${event.event_id}/after`
  const came = await somebody(event, ['walk_in'], { language: 'ko', email: 'takes@example.org' })
  const refuses = await somebody(event, ['attended'])
  await recordConsent(db, ours.organizer, refuses.person_id, { channel: 'email', is_given: false, evidence: 'said so' })
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  const item = { title: '지도 가져오기', owner_id: minji.id, due_on: '2026-11-20' }
  expect(await textOf(host.get(page))).toContain(`<option value="${came.person_id}">`)
  expect((await host.post(`${page}/items`, { ...item, who: randomUUID() })).status).toBe(404)
  // Pressed twice it is one.
  for (const _ of ['once', 'twice']) {
    const taken = await host.post(`${page}/items`, { ...item, who: came.person_id })
    expect(taken.headers.get('location')).toContain('said=mailed')
  }
  const quiet = await host.post(`${page}/items`, { ...item, who: refuses.person_id })
  expect(await textOf(host.get(quiet.headers.get('location')?.split('#')[0] ?? ''))).toContain('tell them yourself')
  await workOff(world, [sendTakenOnJob])
  expect(world.mails).toMatchObject([{ to: 'takes@example.org', language: 'ko', subject: '맡아 주신 일: 식품 나눔' }])
  for (const said of ['지도 가져오기\n기한: 2026년 11월 20일(금)', 'Minji 님이 함께'])
    expect(world.mails[0]?.text).toContain(said)
  const told = async () => (await leadershipOf(db, minji, came.person_id, translator('en'), '2026-11-23')).told.map(({ text }) => text) // prettier-ignore
  expect(await told()).toEqual(['Took on: 지도 가져오기'])
  expect(await textOf(host.get(page))).toContain('takes it on')
  const found = async (expression: string) => {
    const asked = await compilePeople(db, expression, organization_id, '2026-11-23')
    return asked.ok && (await peopleIds(db, asked.people, 'all'))
  }
  expect(await found('task:overdue')).toEqual(expect.arrayContaining([came.person_id, refuses.person_id]))

  // What is done already is not mailed any more.
  await host.post(`${page}/items`, { ...item, title: 'Bring the map back', who: came.person_id })
  for (const { task_id } of await tasksOf(db, organization_id, { person_id: came.person_id, state: 'open' }))
    await host.post(`/leadership/tasks/${task_id}/done`, { back: page, outcome: 'it is here' })
  await workOff(world, [sendTakenOnJob])
  expect(world.mails).toHaveLength(1)
  expect(await told()).toContain('Done: 지도 가져오기')
  expect(await found('task:done')).toEqual([came.person_id])
})

test('whoever took something on hears of each change once: another day, another to see to it, called off, needed after all', async () => {
  const event = await openEvent('roundtable')
  const page = `/events/${event.event_id}/after`
  const came = await somebody(event, ['walk_in'], { language: 'ko', email: 'hears@example.org' })
  await workOff(world, [sendEventMailJob])
  world.mails.length = 0
  const subjects = async () => {
    await workOff(world, [sendTakenOnJob])
    return world.mails
      .splice(0)
      .map(({ to, subject, text }) => (expect(to).toBe('hears@example.org'), { subject, text }))
  }
  await host.post(`${page}/items`, { title: '전단지 돌리기', owner_id: minji.id, due_on: '2026-12-01', who: came.person_id }) // prettier-ignore
  const [task] = await tasksOf(db, organization_id, { person_id: came.person_id, state: 'open' })
  const of = `/leadership/tasks/${task?.task_id}`
  // What was changed before the first mail left is in it, and in no other.
  await host.post(`${of}/assign`, { back: page, owner_id: minji.id, due_on: '2026-12-03' })
  expect(await subjects()).toMatchObject([{ subject: '맡아 주신 일: 식품 나눔', text: expect.stringContaining('12월 3일') as string }]) // prettier-ignore

  await host.post(`${of}/assign`, { back: page, owner_id: minji.id, due_on: '2026-12-08' })
  await host.post(`${of}/assign`, { back: page, owner_id: minji.id, due_on: '2026-12-09' })
  expect(await subjects()).toMatchObject([
    { subject: '맡아 주신 일이 바뀌었습니다: 식품 나눔', text: expect.stringContaining('기한: 2026년 12월 9일(수) (전에는 2026년 12월 3일(목))') as string },
  ]) // prettier-ignore
  await host.post(`${of}/assign`, { back: page, owner_id: '', due_on: '2026-12-09' })
  expect(await subjects()).toMatchObject([{ subject: '맡아 주신 일이 바뀌었습니다: 식품 나눔' }])
  await host.post(`${of}/assign`, { back: page, owner_id: minji.id, due_on: '2026-12-09' })
  expect(await subjects()).toMatchObject([{ text: expect.stringContaining('이제부터 Minji 님이') as string }])
  // There and back again is no news, nor is putting it off or doing it.
  await host.post(`${of}/assign`, { back: page, owner_id: minji.id, due_on: '2026-12-20' })
  await host.post(`${of}/assign`, { back: page, owner_id: minji.id, due_on: '2026-12-09' })
  await host.post(`${of}/snooze`, { back: page, until: 'tomorrow' })
  await host.post(`${of}/done`, { back: page })
  await host.post(`${of}/reopen`, { back: page })
  expect(await subjects()).toEqual([])

  await host.post(`${of}/leave`, { back: page })
  expect(await subjects()).toMatchObject([{ subject: '맡아 주신 일을 하지 않으셔도 됩니다: 식품 나눔' }])
  await host.post(`${of}/reopen`, { back: page })
  expect(await subjects()).toMatchObject([{ subject: '맡아 주신 일을 다시 부탁드립니다: 식품 나눔' }])
  // What was told stays told: the job running again, as after a stop, tells nothing twice.
  await addJob(db, takenOnMail, { organization_id, task_id: task?.task_id ?? '' })
  expect(await subjects()).toEqual([])
  // Who leaves it themselves needs no mail about it.
  await world.database.owner.insertInto('person_account').values({ organization_id, person_id: came.person_id, user_id: minji.id, caller_id: null, joined_by: 'test' }).execute() // prettier-ignore
  await organizer.post(`/my-day/tasks/${task?.task_id}/leave`, {})
  expect(await subjects()).toEqual([])
  await organizer.post(`${of}/reopen`, { back: page })
  // What somebody else changed is told, though they change something themselves before the mail is out; what they changed is not.
  await host.post(`${of}/assign`, { back: page, owner_id: '', due_on: '2026-12-09' })
  await organizer.post(`${of}/assign`, { back: page, owner_id: '', due_on: '2026-12-11' })
  const [told, ...more] = await subjects()
  expect(more).toEqual([])
  expect(told).toMatchObject({ subject: '맡아 주신 일이 바뀌었습니다: 식품 나눔', text: expect.stringContaining('기한: 2026년 12월 11일(금)') as string }) // prettier-ignore
  expect(told?.text).not.toContain('전에는')
  expect(told?.text).not.toContain('Minji')
  await host.post(`${of}/assign`, { back: page, owner_id: minji.id, due_on: '2026-12-11' })
  await organizer.post(`/my-day/tasks/${task?.task_id}/leave`, {})
  await organizer.post(`${of}/reopen`, { back: page })
  expect(await subjects()).toMatchObject([{ text: expect.stringContaining('이제부터 Minji 님이') as string }])
  await world.database.owner.deleteFrom('person_account').where('person_id', '=', came.person_id).execute()
})

test('hours are those of the shifts somebody was there in, until they are corrected with a reason', async () => {
  const event = await openEvent()
  const { person_id, signup_id } = await somebody(event, ['attended', 'walk_in'])
  await somebody(event, ['no_show', 'no_show'])
  const page = `/events/${event.event_id}/after`
  const ofPerson = () => hoursByKind(db, organization_id, { from: null, until: '2027-12-31', time_zone: 'America/New_York', person_id }) // prettier-ignore
  expect(await ofPerson()).toEqual([{ kind: 'community_service', minutes: 180, events: 1, people: 1 }])
  const hours = { signup: signup_id, shift: event.shift_ids[0] ?? '', hours: '1.5' }
  const refused = await organizer.post(`${page}/hours`, { ...hours, hours: '36', reason: 'stayed the night' })
  expect(refused.status).toBe(422)
  const again = await refused.text()
  for (const typed of ['36', 'stayed the night']) expect(again).toContain(`value="${typed}"`)
  expect((await organizer.post(`${page}/hours`, { ...hours, reason: '' })).status).toBe(422)
  expect((await host.post(`${page}/hours`, { ...hours, reason: 'left early' })).status).toBe(403)
  await organizer.post(`${page}/hours`, { ...hours, reason: 'left early' })
  expect(await ofPerson()).toMatchObject([{ minutes: 150 }])
  const shown = await textOf(host.get(page))
  expect(shown).toContain('2.5 hours by 1 person')
  // What they will be asked next is one click away.
  expect(shown).toContain(`href="/leadership/people/${person_id}/next-step"`)
  const entry = await world.database.owner.selectFrom('audit_entry').select(['before', 'after']).where('action', '=', 'event.hours').executeTakeFirstOrThrow() // prettier-ignore
  expect(entry).toMatchObject({ before: { minutes: 120 }, after: { minutes: 90, reason: 'left early' } })
  await organizer.post(`${page}/hours`, { ...hours, hours: '', reason: 'a mistake' })
  expect(await ofPerson()).toMatchObject([{ minutes: 180 }])
  const year = await textOf(board.get('/events/hours?year=2026'))
  expect(year).toContain('Community service')
  expect(year).not.toContain('Jisu')
  expect((await world.as(ours.actor(['caller']), routes).get('/events/hours')).status).toBe(403)
  expect(await textOf(world.as(theirs.organizer, routes).get('/events/hours?year=2026'))).toContain('No hours in 2026')

  // Being there is activity.
  const activity = await activityOfPerson(db, organization_id, person_id, { today: '2026-11-30', time_zone: 'America/New_York', days: 45 }) // prettier-ignore
  expect(activity.map(({ kind }) => kind)).toEqual(['attended'])
})

test('hours of somebody who was there by two sign-ups, put together since, count once', async () => {
  const event = await openEvent()
  const [one, other] = [await somebody(event, ['attended']), await somebody(event, ['attended', 'attended'])]
  const page = `/events/${event.event_id}/after`
  const correct = (signup: string, hours: string) => organizer.post(`${page}/hours`, { signup, shift: event.shift_ids[0] ?? '', hours, reason: 'left early' }) // prettier-ignore
  await correct(one.signup_id, '1.5')
  await mergePeople(db, minji, one.person_id, other.person_id, [])
  const minutes = async () => (await hoursOfEvent(db, organization_id, event.event_id)).map((row) => row.minutes)
  expect(await minutes()).toEqual([120, 60])
  expect(await hoursByKind(db, organization_id, { from: null, until: '2027-12-31', time_zone: 'America/New_York', person_id: one.person_id })).toMatchObject([{ minutes: 180 }]) // prettier-ignore
  // Put right for one of them, it is put right.
  for (const { signup_id } of [one, other]) {
    await correct(signup_id, signup_id === one.signup_id ? '1' : '0.5')
    expect(await minutes()).toEqual([signup_id === one.signup_id ? 60 : 30, 60])
  }
})

test('a kind of event may ask for a training; who lacks it is shown to the host, and nobody is kept out', async () => {
  await addTraining(db, minji, { name: { en: 'Door to door' }, lasts_months: null })
  const [training] = await trainingsOf(db, organization_id)
  const training_id = training?.training_id ?? ''
  const asked = { 'training_ids[]': [training_id] }
  expect((await organizer.post('/leadership/ladder/event-kinds/nothing', asked)).status).toBe(404)
  expect((await host.post('/leadership/ladder/event-kinds/canvass', asked)).status).toBe(403)
  await organizer.post('/leadership/ladder/event-kinds/canvass', asked)
  const event = await openEvent('canvass')
  const page = `/events/${event.event_id}/calls`
  const nobody = await textOf(host.get(page))
  expect(nobody).toContain('Door to door')
  expect(nobody).not.toContain('Everybody has passed it.')
  const trained = await somebody(event, [])
  await somebody(event, [])
  expect(await textOf(host.get(page))).toContain('2 people lack it.')
  await passTraining(db, minji, trained.person_id, { training_id, passed_on: '2026-11-01' }, clock.now())
  expect(await textOf(host.get(page))).toContain('1 person lacks it.')
  expect(await textOf(host.get(page))).toContain('training missing')
  // Of several each is said, and who lacks which.
  await addTraining(db, minji, { name: { en: 'Safety' }, lasts_months: null })
  const ids = (await trainingsOf(db, organization_id)).map((each) => each.training_id)
  await organizer.post('/leadership/ladder/event-kinds/canvass', { 'training_ids[]': ids })
  const both = await textOf(host.get(page))
  expect(both).toMatch(/“Door to door”[^]*1 person lacks it\.[^]*“Safety”[^]*2 people lack it\./)
  // In each of the two shifts.
  expect(both.match(/training missing: Safety/g)).toHaveLength(4)
  expect(both.match(/training missing: Door to door/g)).toHaveLength(2)
  expect(await textOf(organizer.get('/leadership/ladder'))).toMatch(/<strong>Canvass<\/strong>: (Door to door, Safety|Safety, Door to door)/) // prettier-ignore
  await organizer.post('/leadership/ladder/event-kinds/canvass', {})
  expect(await textOf(host.get(page))).not.toContain('lacks it')
})

test('whoever came to an event, though nobody’s member and on no rung, is among those never asked until somebody asks them', async () => {
  await organizer.post('/leadership/ladder/example', {})
  const event = await openEvent('social')
  const came = await somebody(event, ['attended'])
  await somebody(event, ['no_show'])
  const listed = async (show: string) => {
    const page = await textOf(organizer.get(`/leadership?show=${show}`))
    return ['Taeri', 'Ujin'].filter((name) => page.includes(name))
  }
  expect([await listed('all'), await listed('never_asked')]).toEqual([['Taeri'], ['Taeri']])
  expect(await textOf(organizer.get('/leadership?show=never_asked'))).toContain('came to an event')
  await organizer.post(`/leadership/people/${came.person_id}/next-step`, { title: 'Bring a friend', owner_id: minji.id, due_on: '2026-12-20' }) // prettier-ignore
  expect([await listed('all'), await listed('never_asked')]).toEqual([['Taeri'], []])
})

test('whoever came to a training has passed it: recorded by one press, or by itself, as long as they are marked as there', async () => {
  await addTraining(db, minji, { name: { en: 'Hosting' }, lasts_months: 24 })
  const training_id =
    (await trainingsOf(db, organization_id)).find(({ name }) => name.en === 'Hosting')?.training_id ?? ''
  const event = await openEvent('training')
  const page = `/events/${event.event_id}/after`
  const came = await somebody(event, ['attended'])
  const missed = await somebody(event, ['no_show'])
  const passed = () => db.selectFrom('training_passed').select(['person_id', 'passed_on', 'until_on', 'recorded_by']).where('event_id', '=', event.event_id).where('removed_at', 'is', null).execute() // prettier-ignore
  const who = async () => (await passed()).map(({ person_id }) => person_id).toSorted()
  expect((await host.post(`${page}/training`, { act: 'set', training_id })).status).toBe(403)
  expect((await organizer.post(`${page}/training`, { act: 'set', training_id: event.event_id })).status).toBe(404)
  await organizer.post(`${page}/training`, { act: 'set', training_id })
  expect(await passed()).toEqual([])
  expect(await textOf(organizer.get(page))).toContain('Record it for the 1 person who came')
  expect(await textOf(host.get(page))).not.toContain('Record it for')
  await organizer.post(`${page}/training`, { act: 'pass' })
  await organizer.post(`${page}/training`, { act: 'pass' }) // pressed twice
  const on = dateIn('America/New_York', new Date(clock.now().getTime() + 3_600_000))
  expect(await passed()).toEqual([{ person_id: came.person_id, passed_on: on, until_on: addMonths(on, 24), recorded_by: 'Minji' }]) // prettier-ignore
  expect(await textOf(organizer.get(page))).toContain('Everybody who came has passed it.')

  // By itself from now on: whoever is checked in later, and no longer once that is taken back.
  await organizer.post(`${page}/training`, { act: 'set', training_id, automatic: 'on' })
  const mark = (signup_id: string, attendance: 'attended' | 'undo') =>
    markAttendance(db, ours.organizer, event.event_id, { signup_id, shift_id: event.shift_ids[0] ?? '', attendance, guests: 0 }, clock.now()) // prettier-ignore
  await mark(missed.signup_id, 'attended')
  await workOff(world, [trainedByComingJob])
  expect(await who()).toEqual([came.person_id, missed.person_id].toSorted())
  await mark(missed.signup_id, 'undo')
  await workOff(world, [trainedByComingJob])
  expect(await who()).toEqual([came.person_id])
  // Whom somebody takes out by hand stays out.
  await mark(missed.signup_id, 'attended')
  await workOff(world, [trainedByComingJob])
  const again = await db.selectFrom('training_passed').select('passed_id').where('person_id', '=', missed.person_id).where('removed_at', 'is', null).executeTakeFirstOrThrow() // prettier-ignore
  await removePassed(db, minji, again.passed_id, clock.now())
  const later = await somebody(event, ['attended'])
  await workOff(world, [trainedByComingJob])
  expect(await who()).toEqual([came.person_id, later.person_id].toSorted())
})

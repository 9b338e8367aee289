import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { markAttendance } from '../../events/attendance/commands.ts'
import { addPerson, changeEvent, createEvent } from '../../events/commands.ts'
import { shiftsOf } from '../../events/queries.ts'
import { createPerson } from '../../people/commands.ts'
import { mergePeople } from '../../people/merge/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addTraining } from '../held/commands.ts'
import { passedBy, trainingsOf } from '../held/queries.ts'
import { leadershipRoutes } from '../routes.tsx'
import { closeCohort, decideApplication, enterApplication, makeCohort } from './commands.ts'
import { exampleCriteria } from './criteria.ts'
import { cohortRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id } = ours
const { clock } = world.installation
const db = world.database.of(organization_id)
const routes = [cohortRoutes, leadershipRoutes]
const organizer = world.as(ours.organizer, routes)
const host = world.as(ours.actor(['host']), routes)
const textOf = async (asked: Promise<Response>): Promise<string> => (await asked).text()
const today = clock.now().toISOString().slice(0, 10)

async function person(first_name: string): Promise<string> {
  const facts = PersonForm.parse({ first_name, last_name: 'Baek', language: 'ko' })
  return (await createPerson(db, ours.organizer, { ...facts, phones: [], emails: [] }, 'test')).person_id
}

const cohort_id = await makeCohort(db, ours.organizer, { name: { en: 'Forum 2026', ko: '2026 포럼' }, seats: 5, starts_on: '2026-10-01', ends_on: '2026-12-31', form_id: null, criteria: [...exampleCriteria] }, clock.now()) // prettier-ignore
const [ara, bora, chan] = [await person('Ara'), await person('Bora'), await person('Chan')]
for (const who of [ara, bora, chan]) {
  const applied = await enterApplication(db, ours.organizer, cohort_id, { who, said: null }, today, clock.now())
  if (!applied.ok) throw new Error(applied.problem)
}
const applications = await db.selectFrom('cohort_application').select('application_id').where('cohort_id', '=', cohort_id).execute() // prettier-ignore
for (const { application_id } of applications)
  await decideApplication(db, ours.organizer, application_id, { state: 'accepted', why: '' }, clock.now())

const at = (hours: number) => new Date(clock.now().getTime() + hours * 3_600_000)
const { event_id } = await createEvent(
  db,
  ours.organizer,
  {
    settings: {
      kind: 'training', time_zone: 'America/New_York', online_link: null, capacity: null, guests_most: 0, accept_hours: 0, is_by_invitation: false,
      needs_approval: false, has_wait_list: true, reminder_hours: [],
    },
    content: { title: { en: 'Hosting, first evening' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} },
    shifts: [{ shift_id: null, name: {}, starts_at: at(1), ends_at: at(3), capacity: null, place: { name: { en: 'Hall' }, address: '', city: '', zip5: '', directions: {} } }],
  },
  clock.now(),
) // prettier-ignore
await changeEvent(db, ours.organizer, event_id, 'publish', clock.now())
const [shift] = await shiftsOf(db, organization_id, [event_id])

test('a session is held as an event: who was checked in there was at it, and has passed what it teaches', async () => {
  await addTraining(db, ours.organizer, { name: { en: 'Hosting' }, lasts_months: null })
  const [training] = await trainingsOf(db, organization_id)
  const training_id = training?.training_id ?? ''
  const session = { title: 'How to host', held_on: today }
  expect((await organizer.post(`/leadership/cohorts/${cohort_id}/sessions`, session)).status).toBe(303)
  const { session_id } = await db.selectFrom('cohort_session').select('session_id').executeTakeFirstOrThrow()
  const here = `/leadership/sessions/${session_id}`
  expect(await textOf(organizer.get(here))).toContain('Hosting, first evening')
  const plan = { ...session, event_id, training_id, about: 'Bring a story.' }
  expect((await host.post(here, plan)).status).toBe(403)
  expect((await world.as(theirs.organizer, routes).post(here, plan)).status).toBe(404)
  expect((await organizer.post(here, { ...plan, title: '' })).status).toBe(422)
  expect((await organizer.post(here, plan)).status).toBe(303)
  // Somebody who opened it before that loses nothing of what was saved.
  const opened = { seen: JSON.stringify({ title: 'How to host', held_on: today, event_id: '', training_id: '', about: '' }), seen_at: clock.now().toISOString() } // prettier-ignore
  expect((await organizer.post(here, { ...session, event_id: '', training_id: '', about: 'x', ...opened })).status).toBe(409) // prettier-ignore

  for (const [who, attendance] of [[ara, 'attended'], [bora, 'no_show'], [chan, 'attended']] as const) {
    const added = await addPerson(db, ours.organizer, event_id, { who, as: 'signed_up', shift_ids: [shift?.shift_id ?? ''] }, clock.now()) // prettier-ignore
    if (!added.ok) throw new Error(added.problem)
    await markAttendance(db, ours.organizer, event_id, { signup_id: added.signup_id, shift_id: shift?.shift_id ?? '', attendance, guests: 0 }, clock.now()) // prettier-ignore
  } // prettier-ignore
  const shown = await textOf(host.get(here))
  expect(shown).toContain('Bring a story.')
  expect(shown.match(/from the event/g)).toHaveLength(3)
  expect(await textOf(host.get(`/leadership/cohorts/${cohort_id}`))).toContain('2 of 3 came')

  // What is noted by hand counts first.
  const { application_id } = await db.selectFrom('cohort_application').select('application_id').where('person_id', '=', chan).executeTakeFirstOrThrow() // prettier-ignore
  await organizer.post(`${here}/attendance`, {
    [`was_${application_id}`]: 'attended',
    [`came_${application_id}`]: 'missed',
  })
  expect(await textOf(host.get(`/leadership/cohorts/${cohort_id}`))).toContain('1 of 3 came')

  for (const count of [1, 0])
    expect((await organizer.post(`${here}/passed`, {})).headers.get('location')).toBe(
      `${here}?said=passed&count=${count}`,
    )
  expect((await passedBy(db, organization_id, ara)).map((each) => each.training_id)).toEqual([training_id])
  expect(await passedBy(db, organization_id, bora)).toEqual([])
})

test('materials stand with the session until they are taken out; a link that is none is refused with what was typed', async () => {
  const { session_id } = await db.selectFrom('cohort_session').select('session_id').executeTakeFirstOrThrow()
  const here = `/leadership/sessions/${session_id}`
  const refused = await organizer.post(`${here}/materials`, { material: 'Guide', link: 'javascript:alert(1)' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="Guide"')
  await organizer.post(`${here}/materials`, { material: 'Guide for hosts', link: 'https://example.org/guide.pdf' })
  await organizer.post(`${here}/materials`, { material: 'A notebook', link: '' })
  const page = await textOf(host.get(`/leadership/cohorts/${cohort_id}`))
  expect(page).toContain('href="https://example.org/guide.pdf"')
  expect(page).toContain('A notebook')
  const { material_id } = await db.selectFrom('cohort_material').select('material_id').where('link', 'is', null).executeTakeFirstOrThrow() // prettier-ignore
  await organizer.post(`/leadership/materials/${material_id}/remove`, {})
  expect((await organizer.post(`/leadership/materials/${material_id}/remove`, {})).status).toBe(404)
  expect(await textOf(host.get(here))).not.toContain('A notebook')
})

test('the page of a cohort names who is behind, and afterwards everybody who stayed is on the list of alumni', async () => {
  await organizer.post(`/leadership/cohorts/${cohort_id}/milestones`, { name: 'Led a table', due_on: today })
  clock.advance(60 * 24 * 2)
  const page = await textOf(host.get(`/leadership/cohorts/${cohort_id}`))
  expect(page).toContain('Who is behind')
  expect(page).toContain('Missed 1 session: How to host')
  expect(page.match(/1 milestone overdue: Led a table/g)).toHaveLength(3)
  // Two records of one person are one, wherever they were checked in.
  await mergePeople(db, ours.organizer, await person('Ara'), ara, [])
  await closeCohort(db, ours.organizer, cohort_id, clock.now())
  expect(await textOf(host.get(`/leadership/cohorts/${cohort_id}`))).not.toContain('Who is behind')
  const alumni = await textOf(host.get('/leadership/alumni'))
  for (const name of ['Ara', 'Bora', 'Chan']) expect(alumni).toContain(name)
  expect(alumni).toContain('Forum 2026')
  expect((await world.as(ours.actor(['board']), routes).get('/leadership/alumni')).status).toBe(403)
  expect(await textOf(world.as(theirs.organizer, routes).get('/leadership/alumni'))).not.toContain('Bora')
})

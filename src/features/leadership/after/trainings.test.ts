import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { addMonths, dateIn } from '../../../platform/clock.ts'
import { NotFound } from '../../../platform/errors.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { markAttendance } from '../../events/attendance/commands.ts'
import { addPerson } from '../../events/commands.ts'
import { shiftsOf } from '../../events/queries.ts'
import { makeEvent } from '../../events/testing.ts'
import { createPerson } from '../../people/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addTraining, archiveTraining, passTraining, removePassed, setKindTrainings } from '../held/commands.ts'
import { comingTo, setEventTraining, trainedByComingJob } from './trainings.ts'

const world = await makeWorld()
const { ours, database, installation } = world
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const now = installation.clock.now()
const browser = world.as(organizer, routes)
/** The day of the events. */
const on = dateIn('America/New_York', new Date(now.getTime() + 48 * 3_600_000))

const training = (name: string, lasts_months: number | null = 24): Promise<string> =>
  addTraining(db, organizer, { name: { en: name }, lasts_months })

/** An event that teaches this by itself. */
async function teaching(training_id: string): Promise<string> {
  const event_id = await makeEvent(db, organizer, { kind: 'training' }, now)
  await setEventTraining(db, organizer, event_id, { training_id, is_automatic: true }, now)
  return event_id
}

async function somebody(event_id: string, first_name: string) {
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ first_name, last_name: 'Oh' }), 'test')
  const [shift_id = ''] = (await shiftsOf(db, organization_id, [event_id])).map((shift) => shift.shift_id)
  const added = await addPerson(db, organizer, event_id, { who: person_id, as: 'signed_up', shift_ids: [shift_id] }, now) // prettier-ignore
  if (!added.ok) throw new Error(added.problem)
  const mark = async (attendance: 'attended' | 'undo'): Promise<void> => {
    await markAttendance(db, organizer, event_id, { signup_id: added.signup_id, shift_id, attendance, guests: 0 }, now)
    await workOff(world, [trainedByComingJob])
  }
  const passed = async () =>
    (await db.selectFrom('training_passed').select(['training_id', 'passed_on', 'follows_attendance']).where('person_id', '=', person_id).where('removed_at', 'is', null).orderBy('passed_on').execute())
      .map((row) => [row.training_id, row.passed_on, row.follows_attendance]) // prettier-ignore
  return { person_id, mark, passed }
}

const retitle = (event_id: string, title: string) =>
  sql`update event set content = jsonb_set(content, '{title,en}', to_jsonb(${title}::text)) where event_id = ${event_id}`.execute(database.owner) // prettier-ignore

test('a check-in that was a slip takes the training back, though the event is called otherwise meanwhile', async () => {
  const training_id = await training('Hosting')
  const event_id = await teaching(training_id)
  const sora = await somebody(event_id, 'Sora')
  await sora.mark('attended')
  expect(await sora.passed()).toEqual([[training_id, on, true]])
  await retitle(event_id, 'Hosting a phone bank')
  await sora.mark('undo')
  expect(await sora.passed()).toEqual([])
  await retitle(event_id, 'Hosting phone banks')
  await sora.mark('attended')
  expect(await sora.passed()).toEqual([[training_id, on, true]])
  // What somebody takes out by hand stays out.
  const { passed_id } = await db.selectFrom('training_passed').select('passed_id').where('person_id', '=', sora.person_id).where('removed_at', 'is', null).executeTakeFirstOrThrow() // prettier-ignore
  await removePassed(db, organizer, passed_id, now)
  await sora.mark('undo')
  await sora.mark('attended')
  expect(await sora.passed()).toEqual([])
})

test('a training put away is passed at the events that teach it, which keep it; no other takes it', async () => {
  const training_id = await training('Old hosting')
  const event_id = await teaching(training_id)
  const other = await makeEvent(db, organizer, {}, now)
  const ara = await somebody(event_id, 'Ara')
  await archiveTraining(db, organizer, training_id, now)
  await ara.mark('attended')
  expect(await ara.passed()).toEqual([[training_id, on, true]])
  const set = (event: string) => browser.post(`/events/${event}/after/training`, { act: 'set', training_id })
  expect([(await set(event_id)).status, (await set(other)).status]).toEqual([303, 404])
  await expect(setKindTrainings(db, organizer, 'training', [training_id])).rejects.toThrow(NotFound)
  // By hand from now on; what came by itself still goes with the attendance.
  const bora = await somebody(event_id, 'Bora')
  await bora.mark('attended')
  expect(await bora.passed()).toEqual([])
  expect((await browser.post(`/events/${event_id}/after/training`, { act: 'pass' })).headers.get('location')).toContain('passed&count=1') // prettier-ignore
  expect(await bora.passed()).toEqual([[training_id, on, false]])
  await ara.mark('undo')
  await bora.mark('undo')
  expect([await ara.passed(), await bora.passed()]).toEqual([[], [[training_id, on, false]]])
})

test('what somebody records by hand on the same day is theirs, and stays where the check-in is taken back', async () => {
  const training_id = await training('Canvassing')
  const chan = await somebody(await teaching(training_id), 'Chan')
  await chan.mark('attended')
  await passTraining(db, organizer, chan.person_id, { training_id, passed_on: on }, now)
  await chan.mark('undo')
  expect(await chan.passed()).toEqual([[training_id, on, false]])
  const log = await db.selectFrom('audit_entry').select(['actor_name', 'after']).where('action', '=', 'training.pass').orderBy('audit_id', 'desc').executeTakeFirstOrThrow() // prettier-ignore
  expect(log).toMatchObject({ actor_name: organizer.name, after: { person_id: chan.person_id, is_automatic: false } })
})

test('the wrong training, chosen and changed, leaves nothing behind that was recorded by itself', async () => {
  const [wrong, right] = [await training('Treasurer basics'), await training('Phone banks')]
  const event_id = await teaching(wrong)
  const doyun = await somebody(event_id, 'Doyun')
  await doyun.mark('attended')
  expect(await doyun.passed()).toEqual([[wrong, on, true]])
  await setEventTraining(db, organizer, event_id, { training_id: right, is_automatic: true }, now)
  expect(await doyun.passed()).toEqual([[right, on, true]])
  await setEventTraining(db, organizer, event_id, null, now)
  expect(await doyun.passed()).toEqual([])
  await setEventTraining(db, organizer, event_id, { training_id: wrong, is_automatic: true }, now)
  expect(await doyun.passed()).toEqual([[wrong, on, true]])
})

test('whoever comes to it again before it lapses holds it longer', async () => {
  const training_id = await training('Refreshed')
  const event_id = await teaching(training_id)
  const eunha = await somebody(event_id, 'Eunha')
  const early = addMonths(on, -23)
  await passTraining(db, organizer, eunha.person_id, { training_id, passed_on: early }, now)
  await eunha.mark('attended')
  expect(await eunha.passed()).toEqual([
    [training_id, early, false],
    [training_id, on, true],
  ])
  expect((await comingTo(db, organization_id, event_id, training_id)).lacking).toEqual([])
  // For good, it is no longer for another day.
  const for_good = await training('For good', null)
  const gaon = await somebody(await teaching(for_good), 'Gaon')
  await passTraining(db, organizer, gaon.person_id, { training_id: for_good, passed_on: early }, now)
  await gaon.mark('attended')
  expect(await gaon.passed()).toEqual([[for_good, early, false]])
})

test('of whoever was erased nothing is recorded any more', async () => {
  const training_id = await training('Door')
  const event_id = await teaching(training_id)
  const [hana, inho] = [await somebody(event_id, 'Hana'), await somebody(event_id, 'Inho')]
  await hana.mark('attended')
  await db.deleteFrom('training_passed').where('person_id', '=', hana.person_id).execute()
  await db.updateTable('person').set({ erased_at: now }).where('person_id', '=', hana.person_id).execute()
  await inho.mark('attended')
  expect([await hana.passed(), await inho.passed()]).toEqual([[], [[training_id, on, true]]])
})

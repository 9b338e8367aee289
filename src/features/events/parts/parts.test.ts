import { expect, test } from 'vitest'
import { translator } from '../../../platform/i18n/messages.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { mergePeople } from '../../people/merge/commands.ts'
import { createPerson } from '../../people/commands.ts'
import { profileOf, timelineOf } from '../../people/queries.ts'
import { PersonForm } from '../../people/schema.ts'
import { makeEvent } from '../testing.ts'
import { mailOf } from '../mails.ts'
import { signupsOf } from '../queries.ts'
import { partsOf } from './queries.ts'
import { partRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const { clock } = world.installation
const db = world.database.of(organization_id)
const us = world.as(organizer, [partRoutes])
const host = world.as(ours.actor(['host']), [partRoutes])

const somebody = async (first_name: string): Promise<string> =>
  (await createPerson(db, organizer, { ...PersonForm.parse({ first_name, last_name: 'Yun' }), emails: [`${first_name.toLowerCase()}@example.org`] }, 'hand')).person_id // prettier-ignore

test('whoever is given a part is found by name, signed up, reminded of it, and has it on their timeline and in targeting', async () => {
  const event_id = await makeEvent(db, organizer, { kind: 'roundtable' }, clock.now())
  const person_id = await somebody('Marina')
  const page = `/events/${event_id}/parts`
  const found = await (await us.get(`${page}?part=interpreter&q=Marina`)).text()
  expect(found).toContain(`value="${person_id}"`)
  expect(found).toMatch(/<button[^>]*value="interpreter"/)
  expect((await host.post(page, { part: 'interpreter', who: person_id })).status).toBe(403)
  expect((await world.as(theirs.organizer, [partRoutes]).get(page)).status).toBe(404)

  expect((await us.post(page, { part: 'interpreter', who: person_id })).headers.get('location')).toContain('said=saved')
  expect((await us.post(page, { part: 'interpreter', who: person_id })).headers.get('location')).toContain('said=already') // prettier-ignore
  const [signup] = await signupsOf(db, organization_id, event_id)
  expect(signup).toMatchObject({ person_id, response: 'signed_up' })
  const asked = { organization_id, event_id, signup_id: signup?.signup_id ?? '', kind: 'reminder' as const }
  expect((await mailOf(world.installation, asked))?.mail.text).toContain('Your part: interpreter')
  const { entries } = await timelineOf(db, organization_id, (await profileOf(db, organization_id, { voter_id: null, person_id })) ?? nobody(), { shows_money: false, today: '2026-11-23' }) // prettier-ignore
  expect(entries.flatMap(({ event }) => event?.what ?? []).sort()).toEqual(['part_interpreter', 'signed_up'])
  expect(translator('ko').dynamic('people.timeline.event.part_interpreter')).toBe('행사 통역을 맡음')

  // Joined with their other self, they keep it; a second part is another.
  const kept = await somebody('Marina')
  await mergePeople(db, organizer, kept, person_id, [])
  expect((await us.post(page, { part: 'interpreter', who: kept })).headers.get('location')).toContain('said=already')
  expect((await us.post(page, { part: 'speaker', who: kept })).headers.get('location')).toContain('said=saved')
  const held = await partsOf(db, organization_id, event_id)
  expect(held.map((each) => [each.part, each.person_id, each.has_seat]).toSorted()).toEqual([['interpreter', kept, true], ['speaker', kept, true]]) // prettier-ignore
  await us.post(`${page}/take-back`, { part_id: held.find(({ part }) => part === 'speaker')?.part_id ?? '' })
  expect(await partsOf(db, organization_id, event_id)).toHaveLength(1)
})

test('a guest from outside is a name, and where no seat is left the part is kept and said', async () => {
  const event_id = await makeEvent(db, organizer, { kind: 'leadership_forum', capacity: 1 }, clock.now())
  const page = `/events/${event_id}/parts`
  expect((await us.post(`${page}/guest`, { part: 'panelist', name: ' ' })).status).toBe(422)
  await us.post(`${page}/guest`, { part: 'panelist', name: 'Councilmember Lee' })
  expect(await signupsOf(db, organization_id, event_id)).toEqual([])
  await us.post(page, { part: 'facilitator', who: await somebody('First') })
  expect((await us.post(page, { part: 'mentor', who: await somebody('Second') })).headers.get('location')).toContain('said=full') // prettier-ignore
  const shown = await (await us.get(page)).text()
  for (const words of ['Councilmember Lee', 'guest from outside', 'no seat yet']) expect(shown).toContain(words)
})

const nobody = (): never => {
  throw new Error('nobody')
}

import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson, recordConsent } from '../../people/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addPerson, answer, changeEvent, createEvent } from '../commands.ts'
import { signupsOf } from '../queries.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const now = world.installation.clock.now()
const us = world.as(organizer, routes)

const person = async (last_name: string, language: string, emails: string[]): Promise<string> =>
  (await createPerson(db, organizer, { ...PersonForm.parse({ last_name, language }), phones: [], emails }, 'test')).person_id // prettier-ignore
const kim = await person('Kim', 'ko', ['kim@example.org'])
const lee = await person('Lee', 'ko', [])
const bae = await person('Bae', 'ko', ['bae@example.org'])
const cho = await person('Cho', 'en', ['cho@example.org'])
await recordConsent(db, organizer, bae, { channel: 'email', is_given: false, evidence: 'by mail' })
const { event_id } = await createEvent(
  db,
  organizer,
  {
    settings: {
      kind: 'roundtable', time_zone: 'America/New_York', online_link: null, capacity: 10, guests_most: 0, accept_hours: 24, is_by_invitation: true,
      needs_approval: false, has_wait_list: true, reminder_hours: [24],
    },
    content: { title: { en: 'Roundtable', ko: '간담회' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} },
    shifts: [
      {
        shift_id: null, name: {}, starts_at: new Date('2026-12-05T19:00:00Z'), ends_at: new Date('2026-12-05T21:00:00Z'), capacity: null,
        place: { name: { en: 'Library' }, address: '41-17 Main St', city: 'Flushing', zip5: '11355', directions: {} },
      },
    ],
  },
  now,
) // prettier-ignore
await changeEvent(db, organizer, event_id, 'publish', now)
const here = `/events/${event_id}/invite`

test('whoever a condition finds is invited at once, in a voter file or not, and nobody twice', async () => {
  await addPerson(db, organizer, event_id, { who: lee, as: 'signed_up', shift_ids: [] }, now)
  const chosen = await us.get(`/people/invite?event=${event_id}&q=language:ko`)
  expect([chosen.status, chosen.headers.get('location')]).toEqual([303, `${here}?q=language%3Ako`])
  const page = await (await us.get(`${here}?q=language:ko`)).text()
  const figures = ['Fit the condition', 'Invited or answered already', 'To be invited', 'Of them by mail']
  expect(figures.map((label) => new RegExp(`${label}</dt><dd[^>]*>(\\d+)`).exec(page)?.[1])).toEqual(['3', '1', '2', '1']) // prettier-ignore
  const invited = await us.post(here, { q: 'language:ko' })
  expect(invited.headers.get('location')).toBe(`${here}?q=language%3Ako&invited=2`)
  const rows = await signupsOf(db, organization_id, event_id)
  const responses = new Map(rows.map(({ person_id, response }) => [person_id, response]))
  expect([kim, bae, lee, cho].map((id) => responses.get(id))).toEqual(['invited', 'invited', 'signed_up', undefined])
  expect(await (await us.get(`${here}?q=language:ko&invited=2`, { 'accept-language': 'ko' })).text()).toContain('2명을 초대했습니다.') // prettier-ignore
  expect((await us.post(here, { q: 'language:ko' })).headers.get('location')).toContain('invited=0')
  const { count } = await db
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('action', '=', 'event.invite')
    .executeTakeFirstOrThrow()
  expect(count).toBe(2)
  // Who declined, or was taken off the list by us, is not asked again by a condition.
  for (const [who, act] of [[kim, 'decline'], [bae, 'remove']] as const) {
    const row = (await signupsOf(db, organization_id, event_id)).find(({ person_id }) => person_id === who)
    expect(await answer(db, organizer, event_id, row?.signup_id ?? '', act, now)).toMatchObject({ ok: true })
  } // prettier-ignore
  expect((await us.post(here, { q: 'language:ko' })).headers.get('location')).toContain('invited=0')
  expect((await signupsOf(db, organization_id, event_id)).map(({ response }) => response)).not.toContain('invited')
})

test('a condition nobody can read invites nobody; hosts and other organizations invite nobody either', async () => {
  const wrong = await us.post(here, { q: 'language:ko party:dme' })
  expect(wrong.headers.get('location')).toBe('/people?q=language%3Ako+party%3Adme')
  expect((await world.as(ours.actor(['host']), routes).post(here, { q: '' })).status).toBe(403)
  expect((await world.as(theirs.organizer, routes).get(here)).status).toBe(404)
  expect((await us.get('/people/invite?event=nothing')).status).toBe(404)
})

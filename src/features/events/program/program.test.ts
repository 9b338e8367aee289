import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { lackingIn } from '../../../platform/print/testing.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createEvent } from '../commands.ts'
import { markOf, programOf } from './queries.ts'
import { programRoutes } from './routes.tsx'

const world = await makeWorld('2026-11-23T18:00:00Z')
const { ours, theirs } = world
const { organization_id, organizer } = ours
const { clock } = world.installation
const db = world.database.of(organization_id)
const us = world.as(organizer, [programRoutes])
const host = world.as(ours.actor(['host']), [programRoutes])
const textOf = async (asked: Promise<Response>): Promise<string> => (await asked).text()

async function eventOf(kind: string): Promise<string> {
  const { event_id } = await createEvent(
    db,
    organizer,
    {
      settings: {
        kind, time_zone: 'America/New_York', online_link: null, capacity: null, guests_most: 0, accept_hours: 0, is_by_invitation: false,
        needs_approval: false, has_wait_list: true, reminder_hours: [],
      },
      content: { title: { en: 'Leadership forum', ko: '리더십 포럼' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} },
      shifts: [
        {
          shift_id: null, name: {}, starts_at: new Date('2026-11-23T19:00:00Z'), ends_at: new Date('2026-11-23T20:00:00Z'), capacity: null,
          place: { name: { en: 'Hall' }, address: '', city: '', zip5: '', directions: {} },
        },
      ],
    },
    clock.now(),
  ) // prettier-ignore
  return event_id
}
const event_id = await eventOf('leadership_forum')
const here = `/events/${event_id}/program`
const item = (title: string, minutes: string, more: object = {}) => ({ page_key: randomUUID(), title_en: title, title_ko: '', minutes, who: '', interpreter: '', note: '', ...more }) // prettier-ignore
const titles = async () => (await programOf(db, organization_id, event_id)).map(({ title }) => title.en)

test('a run of show is put together, timed from the beginning of the event, ordered, changed and printed', async () => {
  expect((await us.get(`/events/${await eventOf('social')}/program`)).status).toBe(404)
  const refused = await us.post(here, item('', '10', { who: 'Ms. Han' }))
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="Ms. Han"')
  const welcome = item('Welcome', '10', {
    title_ko: '환영 인사',
    who: 'Minji',
    interpreter: 'Mr. Oh',
    note: 'Microphone 2',
  })
  // Pressed twice it is one.
  for (const _ of ['once', 'twice']) expect((await us.post(here, welcome)).status).toBe(303)
  await us.post(here, item('Panel', '40'))
  await us.post(here, item('Questions', '30'))
  expect((await host.post(here, item('No', '5'))).status).toBe(403)
  expect((await world.as(theirs.organizer, [programRoutes]).get(here)).status).toBe(404)
  const shown = await textOf(host.get(here))
  for (const said of ['환영 인사', 'Interpreter: Mr. Oh', '2:10 PM', 'It takes 80 minutes; the event has 60.']) expect(shown).toContain(said) // prettier-ignore

  const [first, panel] = await programOf(db, organization_id, event_id)
  await us.post(`${here}/${panel?.item_id}/place`, { act: 'up' })
  expect(await titles()).toEqual(['Panel', 'Welcome', 'Questions'])
  await us.post(`${here}/${first?.item_id}/place`, { act: 'up' })
  const changed = { ...item('Panel of neighbors', '30'), seen: JSON.stringify({ title_en: 'Panel', title_ko: '', minutes: '40', who: '', interpreter: '', note: '' }), seen_at: clock.now().toISOString() } // prettier-ignore
  expect((await us.post(`${here}/${panel?.item_id}`, changed)).status).toBe(303)
  // Somebody who had opened it before loses nothing of what was saved.
  expect((await us.post(`${here}/${panel?.item_id}`, { ...changed, title_en: 'Other' })).status).toBe(409)
  expect(await titles()).toEqual(['Welcome', 'Panel of neighbors', 'Questions'])
  const written = { en: ['Run of show: Leadership forum', '2 PM', '10 min', 'Interpreter'], ko: ['진행 순서: 리더십 포럼', '오후 2시', '10분', '통역'] } // prettier-ignore
  for (const language of ['en', 'ko'] as const) {
    const printed = await host.get(`${here}/program.pdf?language=${language}`)
    expect(printed.headers.get('content-type')).toBe('application/pdf')
    const items = ['환영 인사', 'Welcome', 'Minji', 'Mr. Oh', 'Microphone 2', 'Panel of neighbors', 'Questions']
    expect(await lackingIn(printed, [...items, ...written[language]])).toEqual([])
  }
})

test('on the day one phone says what is on, and of two who press at once the second changes nothing', async () => {
  const [welcome, panel, questions] = (await programOf(db, organization_id, event_id)).map(({ item_id }) => item_id)
  const step = (to: string | undefined, seen: string | undefined) =>
    host.post(`${here}/step`, { to: to ?? '', seen: seen ?? '' })
  expect(await textOf(host.get(`${here}/live`))).toContain('Begin: Welcome')
  clock.set('2026-11-23T19:05:00Z')
  await step(welcome, '')
  clock.set('2026-11-23T19:20:00Z')
  const on = await textOf(host.get(`${here}/live`))
  for (const said of ['5 minutes over', '10 minutes late', 'Next: Panel of neighbors', '2:20 PM'])
    expect(on).toContain(said)
  await step(panel, welcome)
  await step(panel, welcome)
  await step(questions, welcome)
  expect((await markOf(db, organization_id, event_id))?.item_id).toBe(panel)
  await step(welcome, panel)
  expect((await markOf(db, organization_id, event_id))?.item_id).toBe(welcome)
  await step('', welcome)
  expect(await textOf(host.get(`${here}/live`))).toContain('It is over. Thank you!')
  expect((await step(randomUUID(), '')).status).toBe(404)
  expect((await world.as(ours.actor(['board']), [programRoutes]).post(`${here}/step`, { to: panel ?? '', seen: '' })).status).toBe(403) // prettier-ignore
})

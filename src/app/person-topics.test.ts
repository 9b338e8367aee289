import { expect, test } from 'vitest'
import { makeTopic } from '../features/mailings/topics/commands.ts'
import { addReaders } from '../features/mailings/testing.ts'
import { found } from '../platform/errors.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { personRoutes } from './person-routes.tsx'
// All words of the panels.
import './routes.ts'

const world = await makeWorld()
const { organization_id, organizer } = world.ours
const { database, clock } = world.installation
const db = database.of(organization_id)
const browser = world.as(organizer, [personRoutes])

test('an organizer sets what somebody’s e-mails are about, and only what was changed counts as said', async () => {
  const [person_id] = await addReaders(db, organization_id, 1, 'told')
  const topicNamed = async (en: string, is_for_all: boolean) => found(await makeTopic(db, organizer, { name: { en }, about: {}, is_for_all }, clock.now())) // prettier-ignore
  const [housing, events, seniors] = [await topicNamed('Housing', true), await topicNamed('Events', true), await topicNamed('Seniors', false)] // prettier-ignore
  const here = `/people/${person_id}`
  const saves = (topics: string[]) => browser.post(`${here}/mail-topics`, { 'shown_topics[]': [housing, events, seniors], 'topics[]': topics }) // prettier-ignore
  expect((await saves([events, seniors])).headers.get('location')).toBe(`${here}?done=saved#mail-topics`)
  const said = await db.selectFrom('mail_topic_wish').select(['topic_id', 'is_wanted', 'changed_by']).execute()
  expect(new Map(said.map(({ topic_id, is_wanted }) => [topic_id, is_wanted]))).toEqual(new Map([[housing, false], [seniors, true]])) // prettier-ignore
  expect(new Set(said.map(({ changed_by }) => changed_by))).toEqual(new Set([organizer.name]))
  const page = (await (await browser.get(here)).text()).replace(/[^]*<main/, '')
  expect(page).toContain('Topics of e-mail')
  expect(page).toContain('said no')
  expect((await world.as(world.theirs.organizer, [personRoutes]).post(`${here}/mail-topics`, {})).status).toBe(404)
})

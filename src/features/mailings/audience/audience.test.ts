import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { makeMailing } from '../commands.ts'
import { audienceRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, installation } = world
const db = installation.database.of(ours.organization_id)
const now = installation.clock.now()
const organizer = world.as(ours.organizer, [audienceRoutes])

test('whom an e-mail is for is chosen by one press: members, tags and universes the organization has', async () => {
  const { organization_id } = ours
  const mailing_id = await makeMailing(db, ours.organizer, { name: 'Update', lane: 'independent' }, now)
  await db
    .insertInto('person')
    .values({ organization_id, last_name: 'Kim', created_at: now, updated_at: now })
    .execute()
  const person = await db.selectFrom('person').select('person_id').executeTakeFirstOrThrow()
  await db.insertInto('tag').values({ organization_id, tag: 'newsletter' }).execute()
  await db
    .insertInto('person_tag')
    .values({ organization_id, person_id: person.person_id, tag: 'newsletter', tagged_by: 'test', tagged_at: now })
    .execute()
  const here = `/mailings/${mailing_id}/audience`
  const page = await (await organizer.get(here)).text()
  const picks = [...page.matchAll(/name="expression" value="([^"]*)"/g)].map(([, value]) =>
    value?.replaceAll('&gt;', '>'),
  )
  expect(picks).toEqual(['has:email', 'member:good', 'attended>=1:1y', 'tag:newsletter'])
  for (const expression of picks) {
    expect((await organizer.post(here, { expression: expression ?? '' })).status).toBe(303)
    expect((await organizer.get(here)).status).toBe(200)
  }
  const { expression } = await db.selectFrom('mailing').select('expression').executeTakeFirstOrThrow()
  expect(expression).toContain('newsletter')
})

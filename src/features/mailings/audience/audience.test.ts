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

test('of many tags and universes the largest and the newest are offered, and no archived one', async () => {
  const { organization_id } = ours
  const mailing_id = await makeMailing(db, ours.organizer, { name: 'Other', lane: 'independent' }, now)
  const people = await db
    .insertInto('person')
    .values(Array.from({ length: 9 }, () => ({ organization_id, last_name: 'Lee', created_at: now, updated_at: now })))
    .returning('person_id')
    .execute()
  const tags = people.map((_, at) => `group${at + 1}`)
  await db.insertInto('tag').values([...tags, 'nobody'].map((tag) => ({ organization_id, tag }))).execute() // prettier-ignore
  const tagged = tags.flatMap((tag, at) => people.slice(0, at + 1).map(({ person_id }) => ({ organization_id, person_id, tag, tagged_by: 'test' }))) // prettier-ignore
  await db.insertInto('person_tag').values(tagged).execute()
  const universe = (at: number, archived_at: Date | null) => ({ organization_id, name: `Universe ${at}`, expression: 'status:active', note: null, counted: null, counted_at: null, created_by: 'test', owner: 'test', owner_id: null, archived_at, created_at: new Date(now.getTime() + at * 60_000) }) // prettier-ignore
  await db.insertInto('universe').values([...Array.from({ length: 8 }, (_, at) => universe(at + 1, null)), universe(9, now)]).execute() // prettier-ignore
  const page = await (await organizer.get(`/mailings/${mailing_id}/audience`)).text()
  const picks = [...page.matchAll(/name="expression" value="([^"]*)"/g)].slice(3).map(([, value]) => value)
  expect(picks).toEqual([...[9, 8, 7, 6, 5, 4].map((at) => `tag:group${at}`), ...[8, 7, 6, 5, 4, 3].map((at) => `in:&quot;Universe ${at}&quot;`)]) // prettier-ignore
})

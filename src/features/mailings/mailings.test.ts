import { expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import { makeMailing } from './commands.ts'
import { mailingRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs, installation } = world
const db = installation.database.of(ours.organization_id)
const now = installation.clock.now()
const organizer = world.as(ours.organizer, [mailingRoutes])

test('an e-mail is started by its name, stands in the list, and is renamed', async () => {
  const refused = await organizer.post('/mailings/new', { name: ' ', lane: 'independent' })
  expect(refused.status).toBe(422)
  const made = await organizer.post('/mailings/new', { name: '10월 소식', lane: 'member_communication' })
  expect(made.status).toBe(303)
  const here = (made.headers.get('location') ?? '').replace(/\/write$/, '')
  expect(await (await organizer.get('/mailings')).text()).toContain('10월 소식')
  expect((await organizer.post(`${here}/edit`, { name: 'October update', lane: 'non_partisan' })).status).toBe(303)
  const page = await (await organizer.get(here)).text()
  expect(page).toContain('October update')
  expect(page).toContain('Non-partisan')
  const actions = await db
    .selectFrom('audit_entry')
    .select('action')
    .where('subject', '=', 'mailing')
    .orderBy('audit_id')
    .execute()
  expect(actions.map(({ action }) => action)).toEqual(['mailing.make', 'mailing.change'])
})

test('from a list of people an e-mail is begun for them', async () => {
  const page = await (await organizer.get('/mailings/new?q=has%3Aemail')).text()
  expect(page).toContain('name="expression" value="has:email"')
  const made = await organizer.post('/mailings/new', { name: 'To them', lane: 'independent', expression: 'has:email' })
  const [, , mailing_id = ''] = (made.headers.get('location') ?? '').split('/')
  const { expression } = await db.selectFrom('mailing').select('expression').where('mailing_id', '=', mailing_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(expression).toBe('has:email')
  // What nobody can ask for is left out, and the e-mail is begun all the same.
  const odd = await organizer.post('/mailings/new', { name: 'Odd', lane: 'independent', expression: 'has:(' })
  expect(odd.status).toBe(303)
})

test('the next one like it has its people, lane and texts, under a name of its own', async () => {
  const mailing_id = await makeMailing(db, ours.organizer, { name: 'Monthly update, October 2', lane: 'non_partisan' }, now)
  const content = { subject: { en: 'This month', ko: '이달의 소식' }, blocks: [{ key: 'b1', kind: 'text', said: { en: 'Hello.' } }], accepted: ['ko'] }
  await db.updateTable('mailing').set({ expression: 'has:email', state: 'sent', content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute()
  expect(await (await organizer.get(`/mailings/${mailing_id}`)).text()).toContain('Write the next one like this')
  const made = await organizer.post(`/mailings/${mailing_id}/again`, {})
  const [, , again = ''] = (made.headers.get('location') ?? '').split('/')
  const { made_at, content: said, ...next } = await db.selectFrom('mailing').select(['name', 'lane', 'expression', 'state', 'content', 'made_at']).where('mailing_id', '=', again).executeTakeFirstOrThrow()
  expect(next).toEqual({ name: expect.stringMatching(/^Monthly update, (?!October)/), lane: 'non_partisan', expression: 'has:email', state: 'draft' })
  expect(said).toMatchObject({ subject: content.subject, accepted: [] })
  expect(made_at).toEqual(installation.clock.now())
  expect((await world.as(theirs.organizer, [mailingRoutes]).post(`/mailings/${mailing_id}/again`, {})).status).toBe(404)
}) // prettier-ignore

test('the list is shown fifty at a time', async () => {
  for (let at = 1; at <= 51; at += 1)
    await makeMailing(db, ours.organizer, { name: `Update ${at}`, lane: 'independent' }, new Date(now.getTime() + at))
  const first = await (await organizer.get('/mailings')).text()
  expect(first).toContain('Update 51')
  expect(first).not.toContain('>Update 1<')
  expect(await (await organizer.get('/mailings?from=50')).text()).toContain('>Update 1<')
})

test('another organization finds none of it', async () => {
  const mailing_id = await makeMailing(db, ours.organizer, { name: 'Ours alone', lane: 'independent' }, now)
  const neighbour = world.as(theirs.organizer, [mailingRoutes])
  expect((await neighbour.get(`/mailings/${mailing_id}`)).status).toBe(404)
  expect(await (await neighbour.get('/mailings')).text()).not.toContain('Ours alone')
})

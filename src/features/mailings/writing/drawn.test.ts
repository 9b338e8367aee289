import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { fillOrganization } from '../../../app/testing.ts'
import { makeEvent } from '../../events/testing.ts'
import { found } from '../../../platform/errors.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { makeMailing } from '../commands.ts'
import { mailingById } from '../queries.ts'
import { mailingRoutes } from '../routes.tsx'
import { writeMailing } from './commands.ts'
import { checksOf, preparedIn } from './prepare.ts'
import { sendingRoutes } from '../sending/routes.tsx'
import { writingRoutes } from './routes.tsx'
import { MailContent } from './schema.ts'

const world = await makeWorld()
const { ours, installation } = world
const db = installation.database.of(ours.organization_id)
const now = installation.clock.now()
const things = await fillOrganization(world, ours.organizer, 5000)
const here = { url: 'https://example.org', now }
const comparison = `${things.guide}/${things['g/:organization/:guide/contests/contest']}`
const nobody = { first_name: null, last_name: null, name_hangul: null, preferred_title: null }
const links = { unsubscribe: 'https://example.org/u', preferences: 'https://example.org/p' }

async function written(lane: 'non_partisan' | 'independent', blocks: object[]) {
  const mailing_id = await makeMailing(db, ours.organizer, { name: 'Update', lane }, now)
  // Somebody who has to know said what the line of work for candidates is.
  const line = { attribution: { en: 'Paid for by Ours' }, is_line_settled: true }
  const content = MailContent.parse({
    subject: { en: 'News', ko: '소식' },
    blocks,
    postal_address: 'Flushing, NY',
    ...line,
  })
  await writeMailing(db, ours.organizer, mailing_id, 0, content, now)
  return found(await mailingById(db, ours.organization_id, mailing_id))
}

test('a comparison stands in the mail with everybody who runs, in the language of the reader', async () => {
  const mailing = await written('non_partisan', [{ key: 'b1', kind: 'comparison', of: comparison }])
  const prepared = await preparedIn(db, mailing, ['en', 'ko'], here)
  const [en, ko] = ['en', 'ko'].map((language) => found(prepared.get(language))(nobody, links))
  expect(en?.text).toContain('Housing')
  expect(ko?.text).toContain('주거')
  expect(ko?.text).toContain(`https://example.org/g/ours/${things.guide}/contests/`)
  expect(ko?.html).toContain('후보 비교하기')
  expect(en?.text).toContain('All candidates stand here alike')
})

test('what a block shows in another language than the mail is marked and keeps it from going out until that is accepted', async () => {
  const event_id = await makeEvent(db, ours.organizer, {}, now)
  const titled = (title: object) =>
    sql`update event set content = jsonb_set(content, '{title}', ${JSON.stringify(title)}::jsonb) where event_id = ${event_id}::uuid`.execute(
      db,
    )
  await titled({ en: 'Town hall' })
  const blocks = [
    { key: 'b1', kind: 'comparison', of: comparison },
    { key: 'b2', kind: 'event', of: event_id },
  ]
  const mailing = await written('non_partisan', blocks)
  // The candidate answered in English alone; the words around it are ours in each language.
  expect(await checksOf(db, mailing, here)).toMatchObject([
    { kind: 'untranslated_there', is_blocking: true, where: 'b1', language: 'ko' },
    { kind: 'untranslated_there', is_blocking: true, where: 'b2', language: 'ko' },
  ])
  const organizer = world.as(ours.organizer, [mailingRoutes, writingRoutes, sendingRoutes])
  const page = await (await organizer.get(`/mailings/${mailing.mailing_id}/write`)).text()
  expect(page).toContain('name="accepted.ko"')
  // Without a choice the block says nothing.
  expect(page).toMatch(/Which event<\/label>/)
  expect(page.split('something of it is shown in another language')).toHaveLength(3)
  expect(await (await organizer.get(`/mailings/${mailing.mailing_id}/send`)).text()).not.toContain('name="count"')
  expect(await (await organizer.get(`/mailings/${mailing.mailing_id}`)).text()).toContain('Not translated yet: ')
  const accepted = { ...MailContent.parse(mailing.content), accepted: ['ko'] }
  expect(await checksOf(db, { ...mailing, content: accepted }, here)).toEqual([])
  // In Korean too, it lacks nothing.
  await titled({ en: 'Town hall', ko: '주민 간담회' })
  expect(await checksOf(db, await written('non_partisan', [{ key: 'b1', kind: 'event', of: event_id }]), here)).toEqual(
    [],
  )
})

test('what is not there for everybody is left out and said, and so is what the lane forbids', async () => {
  const gone = await written('independent', [
    { key: 'b1', kind: 'event', of: '0c0ffee0-0000-4000-8000-00000000ffff' },
    { key: 'b2', kind: 'comparison', of: '' },
    { key: 'b3', kind: 'text', said: { en: 'Text', ko: '글' } },
  ])
  expect((await checksOf(db, gone, here)).map(({ kind }) => kind)).toEqual(['gone', 'not_chosen'])
  const endorsing = await written('non_partisan', [{ key: 'b1', kind: 'endorsement', of: `${things.cycle}/1` }])
  expect((await checksOf(db, endorsing, here)).map(({ kind }) => kind)).toEqual(['lane'])
})

test('from an endorsement an e-mail begins with it, in both languages', async () => {
  const organizer = world.as(ours.organizer, [mailingRoutes])
  const endorsement = `${things.cycle}/1`
  const asked = await organizer.get(`/mailings/new?${new URLSearchParams({ name: 'Seoyeon Lee', endorsement })}`)
  expect(await asked.text()).toContain(`name="endorsement" value="${endorsement}"`)
  const made = await organizer.post('/mailings/new', { name: 'Seoyeon Lee', lane: 'member_communication', endorsement })
  const mailing_id = found(/mailings\/([0-9a-f-]{36})\/write$/.exec(made.headers.get('location') ?? '')?.[1])
  const { subject, blocks } = MailContent.parse(found(await mailingById(db, ours.organization_id, mailing_id)).content)
  expect(Object.keys(subject)).toEqual(['en', 'ko'])
  expect(blocks.filter(({ kind }) => kind === 'endorsement')).toMatchObject([{ of: endorsement }])
  const wrong = await organizer.post('/mailings/new', { name: 'x', lane: 'independent', endorsement: '<script>' })
  expect(wrong.status).toBe(422)
})

test('a mailing begins with a starter, a template or an earlier one, and takes the address along', async () => {
  const organizer = world.as(ours.organizer, [writingRoutes])
  const first = await written('independent', [{ key: 'b1', kind: 'heading', title: { en: 'Ours', ko: '우리 것' } }])
  expect((await organizer.post(`/mailings/${first.mailing_id}/template`, { name: 'Our own' })).status).toBe(303)
  const { template_id } = await db
    .selectFrom('mailing_template')
    .select('template_id')
    .where('name', '=', 'Our own')
    .executeTakeFirstOrThrow()
  for (const chosen of ['starter:gotv', `template:${template_id}`, `mailing:${first.mailing_id}`]) {
    const mailing_id = await makeMailing(db, ours.organizer, { name: chosen, lane: 'independent' }, now)
    expect((await organizer.post(`/mailings/${mailing_id}/begin`, { with: chosen })).status).toBe(303)
    const begun = MailContent.parse(found(await mailingById(db, ours.organization_id, mailing_id)).content)
    expect(begun.postal_address).toBe('Flushing, NY')
    expect(begun.blocks.length).toBeGreaterThan(0)
    // What is written is not written over.
    expect((await organizer.post(`/mailings/${mailing_id}/begin`, { with: chosen })).status).toBe(409)
  }
  expect(await (await organizer.get('/mailing-templates')).text()).toContain('Our own')
  expect((await organizer.post(`/mailing-templates/${template_id}/remove`, {})).status).toBe(303)
  expect(await (await organizer.get('/mailing-templates')).text()).not.toContain('Our own')
})

import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { makeEvent } from '../../events/testing.ts'
import { recordConsent } from '../../people/commands.ts'
import { keepReports } from '../reports/commands.ts'
import { sendDue } from '../sending/send.ts'
import { outboxTransport } from '../sending/transport.ts'
import { readerPath } from '../stopping/links.ts'
import { readerRoutes } from '../stopping/routes.tsx'
import { addReaders, planned } from '../testing.ts'
import { atom } from './feed.ts'
import { daysOf, groupsOf } from './groups.ts'
import { mailingReportRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs, installation, database } = world
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const { clock, secret, url } = installation
const routes = [mailingReportRoutes, readerRoutes]
const organizerAt = world.as(organizer, routes)
const everybody = world.as(null, routes)

async function sent(tag: string): Promise<string> {
  await addReaders(db, organization_id, 4, tag)
  const mailing_id = await planned(db, organizer, `tag:${tag}`, clock.now())
  const transport = outboxTransport(database.owner)
  const sending = { database, clock, secret, url, transport, from_address: 'office@example.org' }
  await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
  return mailing_id
}

test('the report says by language who got it and who wants no more', async () => {
  const mailing_id = await sent('report')
  const reader = readerPath(secret, { organization_id, mailing_id, n: 1 })
  expect((await everybody.post(reader, { do: 'stop' })).headers.get('location')).toBe(`${reader}?done=stopped`)
  const page = await (await organizerAt.get(`/mailings/${mailing_id}/report`)).text()
  expect(page).toContain('25.0% of those taken')
  expect(page).toContain('한국어')
  // Refused at once, come back later and in doubt are told apart.
  for (const [n, state] of [
    [2, 'bounced'],
    [3, 'failed'],
    [4, 'unknown'],
  ] as const)
    await db
      .updateTable('mail_delivery')
      .set({ state })
      .where('mailing_id', '=', mailing_id)
      .where('n', '=', n)
      .execute()
  const later = await (await organizerAt.get(`/mailings/${mailing_id}/report`)).text()
  for (const [label, count] of [['Taken', 2], ['Refused', 1], ['Came back later', 1]] as const) expect(later).toMatch(new RegExp(`${label}</dt><dd[^>]*>${count}<`)) // prettier-ignore
  expect(later).toContain('of these in doubt: 1')
})

test('the report tells by groups of readers what they did, and of few nothing', async () => {
  const before = clock.now()
  const people = await addReaders(db, organization_id, 12, 'groups')
  await db.updateTable('person').set({ community: 'korean', birth_year: 1950 }).where('person_id', 'in', people.slice(0, 6)).execute()
  await db.updateTable('person').set({ community: 'chinese', birth_year: 1990 }).where('person_id', 'in', people.slice(6, 9)).execute()
  const mailing_id = await planned(db, organizer, 'tag:groups', clock.now())
  const transport = outboxTransport(database.owner)
  await sendDue({ database, clock, secret, url, transport, from_address: 'office@example.org' }, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
  const event_id = await makeEvent(db, organizer, {}, clock.now())
  clock.advance(60 * 30)
  const signedUp = { organization_id, event_id, host_signup_id: null, seats: 1, response: 'signed_up', source: 'web', language: 'ko', said: null } as const
  for (const person_id of people.slice(0, 3)) await db.insertInto('event_signup').values({ ...signedUp, person_id, received_at: clock.now() }).execute()
  const answered = await db.selectFrom('mail_delivery').select('n').where('mailing_id', '=', mailing_id).where('person_id', '=', people[0] ?? '').executeTakeFirstOrThrow()
  await db.updateTable('mail_delivery').set({ replied_at: clock.now() }).where('mailing_id', '=', mailing_id).where('n', '=', answered.n).execute()
  const groups = await groupsOf(db, { organization_id, mailing_id }, '2026-11-25')
  const of = (grouping: string) => groups.filter((each) => each.grouping === grouping).map(({ value, listed, acted, replied }) => ({ value, listed, acted, replied }))
  // Three with a community are too few to be told.
  expect(of('community')).toEqual([{ value: 'korean', listed: 6, acted: 3, replied: 1 }])
  expect(of('age')).toEqual([{ value: '65-', listed: 6, acted: 3, replied: 1 }])
  expect(of('language').map(({ value, listed }) => [value, listed])).toEqual([['en', 6], ['ko', 6]])
  expect(of('member')).toEqual([{ value: 'no', listed: 12, acted: 3, replied: 1 }])
  expect(await daysOf(db, { organization_id, mailing_id })).toEqual([
    { day: 1, course: 'acted', count: 3 },
    { day: 1, course: 'replied', count: 1 },
  ])
  const page = await (await organizerAt.get(`/mailings/${mailing_id}/report?by=replied`)).text()
  expect(page).toContain('Who did what')
  expect(page).toContain('What came of it, day by day')
  expect(await groupsOf(database.of(theirs.organization_id), { organization_id, mailing_id }, '2026-11-25')).toEqual([])
  clock.set(before.toISOString())
}) // prettier-ignore

test('everybody reads it in the archive, without names, only while it is there', async () => {
  const mailing_id = await sent('archive')
  expect((await everybody.get(`/n/ours/${mailing_id}`)).status).toBe(404)
  await organizerAt.post(`/mailings/${mailing_id}/archive`, { is_public: 'yes' })
  const answer = await everybody.get(`/n/ours/${mailing_id}?lang=ko`)
  const mail = await answer.text()
  expect(mail).toContain('안녕하세요, 친구님')
  expect(mail).not.toContain('Reader')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await (await everybody.get('/n/ours?lang=en')).text()).toContain('News for you')
  const feed = await (await everybody.get('/n/ours/feed.atom?lang=ko')).text()
  expect(feed).toContain(`<id>urn:uuid:${mailing_id}</id>`)
  expect(feed).toContain('<title>친구님께 소식</title>')
  const other = await (await everybody.get('/n/ours/feed.rss?lang=ko')).text()
  expect(other).toContain(`<guid isPermaLink="false">urn:uuid:${mailing_id}</guid>`)
  expect(other).toContain(`<pubDate>${clock.now().toUTCString()}</pubDate>`)
  expect((await everybody.get(`/n/theirs/${mailing_id}`)).status).toBe(404)
  expect((await world.as(theirs.organizer, routes).post(`/mailings/${mailing_id}/archive`, { is_public: 'no' })).status).toBe(404) // prettier-ignore
  await organizerAt.post(`/mailings/${mailing_id}/archive`, { is_public: 'no' })
  expect((await everybody.get(`/n/ours/${mailing_id}`)).status).toBe(404)
})

test('the archive is read in Chinese where the organization writes it, and nowhere else', async () => {
  const asked = async () => (await everybody.get('/n/ours?lang=zh')).text()
  expect(await asked()).toContain('<html lang="en"')
  await database.owner.updateTable('organization').set({ languages: ['en', 'ko', 'zh'] }).where('organization_id', '=', organization_id).execute()
  expect(await asked()).toContain('的消息')
  for (const each of ['en', 'ko', 'zh']) expect(await asked()).toContain(`href="/n/ours?lang=${each}"`)
  expect(await asked()).toContain('aria-label="語言"')
  expect(await (await everybody.get('/n/ours/feed.rss?lang=zh')).text()).toContain('<language>zh</language>')
  await database.owner.updateTable('organization').set({ languages: ['en', 'ko'] }).where('organization_id', '=', organization_id).execute()
}) // prettier-ignore

test('each mail says where it can be read in a browser: on a page of its reader’s own, and where everybody may, on theirs', async () => {
  const mailing_id = await sent('browser')
  const { n } = await db.selectFrom('mail_delivery').select('n').where('address', '=', 'browser1@example.org').executeTakeFirstOrThrow()
  const key = { organization_id, mailing_id, n }
  const own = `${readerPath(secret, key)}/mail`
  const { body_html: html, body_text: text } = await database.owner.selectFrom('outbox_mail').select(['body_html', 'body_text']).where('to_address', '=', 'browser1@example.org').executeTakeFirstOrThrow() // prettier-ignore
  expect(html).toContain(`href="${url}${own}"`)
  expect(text).toContain(`${url}${own}`)
  const page = await everybody.get(own)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('x-robots-tag')).toBe('noindex')
  expect(await page.text()).toMatch(/Reader\d/)
  // Sent to try it: for nobody.
  expect(await (await everybody.get(`${readerPath(secret, { ...key, n: 0 })}/mail?lang=ko`)).text()).toContain('안녕하세요, 친구님')
  expect((await everybody.get(`${readerPath(secret, { ...key, n: 99 })}/mail`)).status).toBe(404)
  expect((await everybody.get(`${readerPath('other secret', key)}/mail`)).status).toBe(404)
  await organizerAt.post(`/mailings/${mailing_id}/archive`, { is_public: 'yes' })
  expect((await everybody.get(own)).headers.get('location')).toMatch(new RegExp(`^/n/ours/${mailing_id}\\?lang=(en|ko)$`))
}) // prettier-ignore

test('the page in a mail opens without changing anything, takes wishes, and knows no forged address', async () => {
  const mailing_id = await sent('wishes')
  const reader = readerPath(secret, { organization_id, mailing_id, n: 2 })
  const page = await (await everybody.get(`${reader}?lang=en`)).text()
  expect(page).toContain('Unsubscribe')
  expect(page).not.toContain('wishes2@')
  expect(page).toContain(`href="${reader}?lang=ko"`)
  expect(page).not.toContain('?lang=zh')
  expect(page).toContain(`action="${reader}?lang=en"`)
  expect(await db.selectFrom('mail_stop').select('reason').where('mailing_id', '=', mailing_id).execute()).toEqual([])
  expect((await everybody.post(`${reader}?lang=en`, { do: 'save', language: 'ko', pause: '30' })).headers.get('location')).toBe(`${reader}?done=saved&lang=en`) // prettier-ignore
  expect(await db.selectFrom('mail_wish').select(['language', 'paused_until']).execute()).toEqual([
    { language: 'ko', paused_until: '2026-12-23' },
  ])
  const forged = `${reader.slice(0, -1)}${reader.endsWith('A') ? 'B' : 'A'}`
  expect((await everybody.get(forged)).status).toBe(404)
  expect((await everybody.post(forged, { 'List-Unsubscribe': 'One-Click' })).status).toBe(404)
  expect((await everybody.post(reader, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200)
  expect(await (await everybody.get(`${reader}?lang=ko`)).text()).toContain('이제 저희 이메일을 받지 않으십니다')
  // Whoever posts nothing we ask for changes nothing.
  await everybody.post(reader, { pause: '90' })
  expect(await db.selectFrom('mail_wish').select(['language', 'paused_until']).execute()).toEqual([{ language: 'ko', paused_until: '2026-12-23' }]) // prettier-ignore
  await everybody.post(reader, { do: 'start' })
  expect(await (await everybody.get(`${reader}?lang=en`)).text()).toContain('Unsubscribe')
})

test('a pause until a day asks for one that is to come, and holds when only the day is written', async () => {
  const mailing_id = await sent('pauses')
  const reader = readerPath(secret, { organization_id, mailing_id, n: 1 })
  const { person_id } = await db.selectFrom('mail_delivery').select('person_id').where('mailing_id', '=', mailing_id).where('n', '=', 1).executeTakeFirstOrThrow() // prettier-ignore
  const save = (wished: object) => everybody.post(`${reader}?lang=en`, { do: 'save', language: '', ...wished })
  const until = () =>
    db.selectFrom('mail_wish').select('paused_until').where('person_id', '=', person_id).executeTakeFirst()
  for (const day of ['', '2026-11-01', 'soon']) {
    const again = await save({ language: 'ko', pause: 'until', until: day })
    expect(again.status).toBe(422)
    const page = await again.text()
    expect(page).toContain('Choose a day after today.')
    expect(page).toMatch(/<option(?=[^>]*value="ko")[^>]*selected/)
  }
  expect(await until()).toBeUndefined()
  expect((await save({ pause: '', until: '2027-01-01' })).status).toBe(303)
  expect(await until()).toMatchObject({ paused_until: '2027-01-01' })
  // As the page shows it then, and somebody chooses to have no pause.
  expect((await save({ pause: '', until: '2027-01-01' })).status).toBe(303)
  expect(await until()).toMatchObject({ paused_until: null })
})

test('the address of an old mail takes back neither what was said to an organizer nor a complaint', async () => {
  const mailing_id = await sent('old')
  const { person_id, address } = await db.selectFrom('mail_delivery').selectAll().where('mailing_id', '=', mailing_id).where('n', '=', 1).executeTakeFirstOrThrow() // prettier-ignore
  await recordConsent(db, organizer, person_id, { channel: 'email', is_given: false, evidence: 'by telephone' })
  const reader = readerPath(secret, { organization_id, mailing_id, n: 1 })
  const page = async (path: string) => (await everybody.get(`${path}?lang=en&done=started`)).text()
  expect(await page(reader)).toContain('You told somebody of ours')
  expect((await everybody.post(reader, { do: 'start' })).headers.get('location')).toBe(reader)
  const said = await db.selectFrom('consent').select('is_given').where('person_id', '=', person_id).execute()
  expect(said).toEqual([{ is_given: false }])
  expect(await page(reader)).not.toContain('value="start"')
  const other = readerPath(secret, { organization_id, mailing_id, n: 2 })
  const { address: reported } = await db.selectFrom('mail_delivery').select('address').where('mailing_id', '=', mailing_id).where('n', '=', 2).executeTakeFirstOrThrow() // prettier-ignore
  // Whoever complains may have read it long after it came.
  clock.advance(60 * 24 * 40)
  const complaint = { kind: 'complaint', message_id: null, address: reported, status: null, answer: 'abuse', is_final: true } as const // prettier-ignore
  expect(await keepReports(db, organization_id, [complaint, { ...complaint, kind: 'bounce', address }], { now: clock.now(), today: '2027-01-02' })).toBe(1) // prettier-ignore
  await everybody.post(other, { do: 'stop' })
  await everybody.post(other, { do: 'start' })
  expect(await page(other)).toContain('reported as unwanted')
  expect(await page(other)).not.toContain('You get our e-mail again')
})

test('what is said to members alone is not put where everybody reads it', async () => {
  const mailing_id = await sent('members')
  await db.updateTable('mailing').set({ lane: 'member_communication' }).where('mailing_id', '=', mailing_id).execute()
  const refused = await organizerAt.post(`/mailings/${mailing_id}/archive`, { is_public: 'yes' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('election law lets you say it to them alone')
  // Put there before that was asked.
  await db.updateTable('mailing').set({ archived_at: clock.now() }).where('mailing_id', '=', mailing_id).execute()
  expect((await everybody.get(`/n/ours/${mailing_id}`)).status).toBe(404)
  expect(await (await everybody.get('/n/ours?lang=en')).text()).not.toContain(mailing_id)
})

test('what servers answered is shown without the address in it', async () => {
  const mailing_id = await sent('quoted')
  await db.updateTable('mail_delivery').set({ state: 'failed', code: '5.1.1', answer: '550 5.1.1 <quoted1@example.org>: unknown' }).where('mailing_id', '=', mailing_id).where('n', '=', 1).execute() // prettier-ignore
  const page = await (await organizerAt.get(`/mailings/${mailing_id}/report`)).text()
  expect(page).toContain('…@example.org')
  expect(page).not.toContain('quoted1@')
})

test('a feed is XML whatever somebody wrote', () => {
  const feed = atom({
    id: 'x',
    title: 'A & B <c> \u0007',
    language: 'en',
    url: 'https://example.org/n/a',
    entries: [
      { id: 'y', title: '"\uFFFF"', url: 'https://example.org/n/a/y?lang=en', language: 'ko', updated: new Date(0) },
    ],
  })
  expect(feed).toContain('<title>A &amp; B &lt;c&gt; </title>')
  expect(feed).toContain('<title>&quot;&quot;</title>')
})

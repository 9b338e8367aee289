import { sql } from 'kysely'
import { onTestFinished, expect, test } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saveEmail } from '../../people/commands.ts'
import { mayContact } from '../../people/consent.ts'
import { audienceRoutes } from '../audience/routes.tsx'
import { mailingRoutes } from '../routes.tsx'
import { sendDue } from '../sending/send.ts'
import { outboxTransport, smtpTransport } from '../sending/transport.ts'
import { readerPath } from '../stopping/links.ts'
import { readerRoutes } from '../stopping/routes.tsx'
import { addReaders, mailServer, planned, taking } from '../testing.ts'
import { makeTopic } from './commands.ts'
import { topicRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, theirs, installation, database } = world
const { clock, secret, url } = installation
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const routes = [topicRoutes, mailingRoutes, audienceRoutes, readerRoutes]
const organizerAt = world.as(organizer, routes)
const everybody = world.as(null, routes)
const { signal } = new AbortController()
const topicNamed = async (en: string, is_for_all: boolean): Promise<string> =>
  found(await makeTopic(db, organizer, { name: { en, ko: `${en} 소식` }, about: { en: `About ${en}` }, is_for_all }, clock.now())) // prettier-ignore

/** One about this, for everybody with the tag, planned for now. */
async function about(topic_id: string, tag: string): Promise<string> {
  const mailing_id = await planned(db, organizer, `tag:${tag}`, clock.now())
  await db.updateTable('mailing').set({ topic_id }).where('mailing_id', '=', mailing_id).execute()
  return mailing_id
}
const sending = (transport = outboxTransport(database.owner)) => ({ database, clock, secret, url, transport, from_address: 'office@example.org' }) // prettier-ignore
const send = (mailing_id: string) => sendDue(sending(), { organization_id, mailing_id }, { for_ms: 60_000, signal })
const listed = (mailing_id: string) =>
  db.selectFrom('mail_delivery').selectAll().where('mailing_id', '=', mailing_id).orderBy('n').execute()
const reader = (mailing_id: string, n: number): string => readerPath(secret, { organization_id, mailing_id, n })

test('topics are named in both languages, changed, closed and opened again; another organization sees none of it', async () => {
  expect((await organizerAt.post('/mailings/topics', { name_en: ' ', is_for_all: 'yes' })).status).toBe(422)
  const made = await organizerAt.post('/mailings/topics', { name_en: 'Schools', name_ko: '학교', about_ko: '학부모께', is_for_all: 'yes' }) // prettier-ignore
  expect(made.status).toBe(303)
  const { topic_id } = await db.selectFrom('mail_topic').select('topic_id').executeTakeFirstOrThrow()
  const here = `/mailings/topics/${topic_id}`
  expect((await organizerAt.post(here, { name_ko: '교육', is_for_all: 'no' })).status).toBe(303)
  const page = await (await organizerAt.get('/mailings/topics')).text()
  expect(page).toContain('교육')
  expect(page).toContain('Only whoever asked for it')
  expect(await (await organizerAt.get('/mailings/new')).text()).toContain(topic_id)
  await organizerAt.post(`${here}/retire`, {})
  expect(await (await organizerAt.get('/mailings/new')).text()).not.toContain(topic_id)
  const asked = { name: 'Late', lane: 'non_partisan', topic_id }
  expect((await organizerAt.post('/mailings/new', asked)).status).toBe(409)
  await organizerAt.post(`${here}/reopen`, {})
  expect((await organizerAt.post('/mailings/new', asked)).status).toBe(303)
  const neighbour = world.as(theirs.organizer, routes)
  expect((await neighbour.get(here)).status).toBe(404)
  expect((await neighbour.post('/mailings/new', asked)).status).toBe(409)
  const { rows } = { rows: await db.selectFrom('audit_entry').select('action').where('subject', '=', 'mail_topic').orderBy('audit_id').execute() } // prettier-ignore
  expect(rows.map(({ action }) => action)).toEqual(['mail_topic.make', 'mail_topic.change', 'mail_topic.retire', 'mail_topic.reopen']) // prettier-ignore
})

test('readers choose their topics without signing in, and the count says how many are left out by that', async () => {
  const [housing, buses] = [await topicNamed('Housing', true), await topicNamed('Buses', false)]
  await addReaders(db, organization_id, 4, 'choose')
  const first = await about(housing, 'choose')
  await send(first)
  expect(await listed(first)).toHaveLength(4)
  const page = await (await everybody.get(`${reader(first, 1)}?lang=ko`)).text()
  expect(page).toContain('Housing 소식')
  expect(page).toContain('이 주제만: Housing 소식')
  const shown = [housing, buses]
  await everybody.post(reader(first, 1), { do: 'save', 'shown_topics[]': shown, 'topics[]': [buses] })
  await everybody.post(reader(first, 2), { do: 'stop_topic' })
  const about_housing = await about(housing, 'choose')
  const about_buses = await about(buses, 'choose')
  expect(await (await organizerAt.get(`/mailings/${about_housing}/audience`)).text()).toContain(
    'Does not get this topic',
  )
  await send(about_housing)
  await send(about_buses)
  const [, , third, fourth] = await listed(first)
  expect((await listed(about_housing)).map(({ address }) => address)).toEqual([third?.address, fourth?.address])
  const [asked] = await listed(first)
  expect((await listed(about_buses)).map(({ address }) => address)).toEqual([asked?.address])
  // Asked for again.
  await everybody.post(reader(first, 1), { do: 'save', 'shown_topics[]': shown, 'topics[]': shown })
  const last = await about(housing, 'choose')
  await send(last)
  expect(await listed(last)).toHaveLength(3)
})

test('a topic stopped while the mail is being sent is not sent to that mailbox any more, also by a program that has it in its hands', async () => {
  const topic_id = await topicNamed('Parks', true)
  await addReaders(db, organization_id, 40, 'parks')
  const mailing_id = await about(topic_id, 'parks')
  let taken = 0
  let go = (): void => undefined
  const stopped = new Promise<void>((resolve) => (go = resolve))
  const server = await mailServer({
    onData: taking(async () => {
      taken += 1
      if (taken === 1) {
        // Rows of this batch were read long before; whoever comes last says no now.
        for (let n = 20; n <= 40; n += 1) await everybody.post(reader(mailing_id, n), { do: 'stop_topic' })
        go()
      }
      await stopped
      return undefined
    }),
  })
  const transport = await smtpTransport(server.url)
  onTestFinished(() => transport.close())
  await sendDue(sending(transport), { organization_id, mailing_id }, { for_ms: 60_000, signal })
  const late = (await listed(mailing_id)).filter(({ n }) => n >= 20)
  expect(late.map(({ state, left_out_for }) => `${state} ${left_out_for}`)).toEqual(
    Array(21).fill('left_out not_topic'),
  )
  expect(taken).toBe(19)
})

test('a pause until a day is kept, holds for everybody at that mailbox, and ends on it', async () => {
  const [one, two] = await addReaders(db, organization_id, 2, 'pause')
  const mailing_id = await planned(db, organizer, 'tag:pause', clock.now())
  await send(mailing_id)
  const [row] = (await listed(mailing_id)).filter(({ person_id }) => person_id === one)
  const { n, address } = found(row)
  await saveEmail(db, organizer, found(two), { email: address, quality: 'good', is_preferred: true })
  const path = reader(mailing_id, n)
  await everybody.post(path, { do: 'save', pause: 'until', until: '2026-12-15' })
  expect(await (await everybody.get(`${path}?lang=en`)).text()).toContain('value="2026-12-15"')
  // Nothing is lost of it by choosing a language.
  const again = await (await everybody.get(`${path}?lang=en`)).text()
  expect(/name="pause" value="until"|checked="" name="pause"|name="pause"[^>]*checked/.test(again)).toBe(true)
  const wishes = await db.selectFrom('mail_wish').select('paused_until').where('person_id', 'in', [found(one), found(two)]).execute() // prettier-ignore
  expect(wishes).toEqual([{ paused_until: '2026-12-15' }, { paused_until: '2026-12-15' }])
  const paused = await planned(db, organizer, 'tag:pause', clock.now())
  await send(paused)
  expect(await listed(paused)).toHaveLength(0)
  clock.set('2026-12-15T14:00:00Z')
  const after = await planned(db, organizer, 'tag:pause', clock.now())
  await send(after)
  expect((await listed(after)).map((each) => each.address)).toEqual([address])
  // A pause that is over stands there no more, and a day that is past, or that is none, is asked for anew.
  expect(await (await everybody.get(`${path}?lang=en`)).text()).not.toMatch(/Nothing comes before|2026-12-15/)
  for (const until of ['2026-12-01', 'soon'])
    expect((await everybody.post(path, { do: 'save', pause: 'until', until })).status).toBe(422)
})

test('what is saved at a shared mailbox takes back nothing that others stopped, and stops for them only what was stopped there', async () => {
  const [trees, roads] = [await topicNamed('Trees', true), await topicNamed('Roads', false)]
  const [a, b] = (await addReaders(db, organization_id, 2, 'shared')).map(found)
  const mailing_id = await planned(db, organizer, 'tag:shared', clock.now())
  await send(mailing_id)
  const rows = await listed(mailing_id)
  const at = (person_id: string | undefined) => found(rows.find((row) => row.person_id === person_id))
  await saveEmail(db, organizer, found(b), { email: at(a).address, quality: 'good', is_preferred: false })
  const [of_a, of_b] = [reader(mailing_id, at(a).n), reader(mailing_id, at(b).n)]
  const shown = [trees, roads]
  // B's own mailbox is B's alone.
  await everybody.post(of_b, {
    do: 'save',
    pause: 'until',
    until: '2027-03-01',
    'shown_topics[]': shown,
    'topics[]': [roads],
  })
  const saidBy = async () => ({
    wish: await db.selectFrom('mail_wish').select('paused_until').where('person_id', '=', found(b)).executeTakeFirst(),
    topics: Object.fromEntries((await db.selectFrom('mail_topic_wish').select(['topic_id', 'is_wanted']).where('person_id', '=', found(b)).execute()).map(({ topic_id, is_wanted }) => [topic_id, is_wanted])), // prettier-ignore
  })
  const before = await saidBy()
  expect(before).toEqual({ wish: { paused_until: '2027-03-01' }, topics: { [trees]: false, [roads]: true } })
  await everybody.post(of_a, { do: 'save', language: 'en', 'shown_topics[]': shown, 'topics[]': [trees] })
  expect(await saidBy()).toEqual(before)
  await everybody.post(of_a, {
    do: 'save',
    pause: 'until',
    until: '2027-01-10',
    'shown_topics[]': shown,
    'topics[]': shown,
  })
  expect(await saidBy()).toEqual(before)
  await everybody.post(of_a, {
    do: 'save',
    pause: 'until',
    until: '2027-04-01',
    'shown_topics[]': shown,
    'topics[]': [trees],
  })
  expect(await saidBy()).toEqual({ wish: { paused_until: '2027-04-01' }, topics: { [trees]: false, [roads]: false } })
})

test('what a reader saved of a topic holds when it becomes one for everybody, or only for who asked', async () => {
  const [asked, all] = [await topicNamed('Night', false), await topicNamed('Day', true)]
  await addReaders(db, organization_id, 1, 'kept')
  const mailing_id = await planned(db, organizer, 'tag:kept', clock.now())
  await send(mailing_id)
  await everybody.post(reader(mailing_id, 1), { do: 'save', 'shown_topics[]': [asked, all], 'topics[]': [all] })
  await organizerAt.post(`/mailings/topics/${asked}`, { name_en: 'Night', is_for_all: 'yes' })
  await organizerAt.post(`/mailings/topics/${all}`, { name_en: 'Day', is_for_all: 'no' })
  const [to_none, to_one] = [await about(asked, 'kept'), await about(all, 'kept')]
  await send(to_none)
  await send(to_one)
  expect(await listed(to_none)).toHaveLength(0)
  expect(await listed(to_one)).toHaveLength(1)
})

test('of two at one mailbox who both stopped it, what one takes back lifts nothing for the other, and each word is kept as theirs', async () => {
  const [yuna = '', minho = '', third = ''] = await addReaders(db, organization_id, 3, 'family')
  const first = await planned(db, organizer, 'tag:family', clock.now())
  await send(first)
  const rows = await listed(first)
  const { address } = found(rows.find(({ person_id }) => person_id === yuna))
  for (const each of [minho, third]) {
    await sql`delete from person_email where person_id = ${each}`.execute(db)
    await saveEmail(db, organizer, each, { email: address, quality: 'good', is_preferred: true })
  }
  // Each has had a mail there.
  const of: Record<string, string> = { [yuna]: reader(first, found(rows.find(({ person_id }) => person_id === yuna)).n) }
  for (const each of [minho, third]) {
    const mailing_id = await planned(db, organizer, 'tag:family', clock.now())
    await sql`insert into mail_delivery (organization_id, mailing_id, n, person_id, address, domain, language, state)
      values (${organization_id}, ${mailing_id}, 1, ${each}, ${address}, 'example.org', 'en', 'sent')`.execute(db)
    of[each] = reader(mailing_id, 1)
  }
  const whyOf = async (person_id: string) => (await mayContact(db, organization_id, { person_id, voter_id: null }, 'email', 'news')).reason
  const saidBy = async (person_id: string) => (await db.selectFrom('consent').select('is_given').where('person_id', '=', person_id).orderBy('recorded_at').execute()).map(({ is_given }) => is_given)
  const whys = async () => Promise.all([yuna, minho, third].map(whyOf))
  await everybody.post(found(of[yuna]), { 'List-Unsubscribe': 'One-Click' })
  // The mailbox is stopped for whoever reads it.
  expect(await whys()).toEqual(['opted_out', 'opted_out', 'opted_out'])
  await everybody.post(found(of[minho]), { 'List-Unsubscribe': 'One-Click' })
  await everybody.post(found(of[minho]), { 'List-Unsubscribe': 'One-Click' })
  expect([await saidBy(yuna), await saidBy(minho), await saidBy(third)]).toEqual([[false], [false], []])
  await everybody.post(found(of[yuna]), { do: 'start' })
  expect(await whys()).toEqual([null, 'opted_out', 'opted_out'])
  expect(await (await everybody.get(`${of[minho]}?lang=en`)).text()).toContain('I want it again')
  // Whoever said nothing takes it back for themselves alone.
  await everybody.post(found(of[third]), { do: 'start' })
  expect(await whys()).toEqual([null, 'opted_out', null])
  await everybody.post(found(of[minho]), { do: 'start' })
  expect(await whys()).toEqual([null, null, null])
  expect(await saidBy(minho)).toEqual([false, true])
}) // prettier-ignore

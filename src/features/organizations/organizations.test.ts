import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createApp } from '../../platform/http/app.tsx'
import { seenIn } from '../../platform/testing/seen.ts'
import { visitor, type Visitor } from '../../platform/testing/visitor.ts'
import { workOff } from '../../platform/testing/work-off.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { accountRoutes } from '../access/account-routes.tsx'
import { createUser } from '../access/commands.ts'
import { sendAccessMail } from '../access/jobs.ts'
import type { Role } from '../access/permissions.ts'
import { actorOfSession } from '../access/session.ts'
import { signInRoutes } from '../access/sign-in-routes.tsx'
import { addMember } from './commands.ts'
import { joiningRoutes } from './joining-routes.tsx'
import { memberRoutes } from './member-routes.tsx'
import { organizationRoutes } from './organization-routes.tsx'

const world = await makeWorld()
const { owner } = world.database
const { organization_id } = world.ours
const password = 'a long enough password'
const app = createApp({
  installation: world.installation,
  routes: [signInRoutes, accountRoutes, joiningRoutes, memberRoutes, organizationRoutes],
  nav: [],
  actorOf: actorOfSession,
  may: () => true,
})

async function somebody(name: string, roles: Role[], of = organization_id): Promise<Visitor & { user_id: string }> {
  const email = `${randomUUID().slice(0, 8)}@example.com`
  const made = await createUser(world.installation, { email, name, password, is_email_proven: true })
  if (!made.ok) throw new Error(made.problem)
  if (roles.length > 0) {
    const { user_id } = made
    await addMember(owner, world.ours.organizer, { organization_id: of, user_id, display_name: name, roles })
  }
  const browser = visitor(app)
  await browser.post('/sign-in', { email, password })
  return { ...browser, user_id: made.user_id }
}

let grace: Awaited<ReturnType<typeof somebody>>
beforeAll(async () => {
  grace = await somebody('Grace Yoo', ['organizer'])
})

async function invitation(form: Record<string, string | string[]> = {}): Promise<string> {
  const answer = await grace.post('/members/invitations', {
    'roles[]': ['caller'],
    email: '',
    note: '',
    days: '7',
    ...form,
  })
  expect(answer.status).toBe(303)
  const html = await (await grace.get(answer.headers.get('location') ?? '')).text()
  expect(html, 'an address nobody else can open says so').toMatch(/id="invited-link"[^]*opens on this computer only/)
  return /id="invited-link"[^>]*value="http:\/\/localhost([^"]+)"/.exec(html)?.[1] ?? ''
}

test('an invitation makes an account, a membership with its roles, and signs in; once', async () => {
  const link = await invitation({ 'roles[]': ['host', 'board'], note: '환영합니다' })
  const guest = visitor(app)
  const page = await (await guest.get(link)).text()
  expect(page).toContain('Flushing Civic Action')
  expect(page).toContain('환영합니다')
  const joined = await guest.post(link, { name: '김민준', email: 'minjun@example.com', password })
  expect(joined.headers.get('location')).toBe('/')
  expect((await guest.get('/account')).status).toBe(200)
  const member = await owner
    .selectFrom('member')
    .select(['roles', 'display_name'])
    .where('display_name', '=', '김민준')
    .executeTakeFirstOrThrow()
  expect(member.roles.toSorted()).toEqual(['board', 'host'])
  const late = await visitor(app).post(link, { name: 'Late', email: 'late@example.com', password })
  expect(await late.text()).toContain('This invitation was used')
  expect(await owner.selectFrom('auth.user').select('id').where('email', '=', 'late@example.com').execute()).toEqual([])
})

test('two people press the same invitation at once: one joins', async () => {
  const link = await invitation()
  const joined = await Promise.all(
    ['one', 'two'].map((name) =>
      visitor(app).post(link, { name, email: `${name}-${randomUUID()}@example.com`, password }),
    ),
  )
  expect(joined.filter((each) => each.status === 303)).toHaveLength(1)
})

test('who has an account joins with it, and keeps the roles held already', async () => {
  const host = await somebody('Host Han', ['host'])
  const link = await invitation()
  expect((await host.post(link)).status).toBe(303)
  const { roles } = await owner
    .selectFrom('member')
    .select('roles')
    .where('user_id', '=', host.user_id)
    .executeTakeFirstOrThrow()
  expect(roles.toSorted()).toEqual(['caller', 'host'])
})

test('an address with an account is not taken over by an invitation', async () => {
  const answer = await visitor(app).post(await invitation(), {
    name: 'X',
    email: 'minjun@example.com',
    password: 'another password',
  })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('There is an account with this address already')
})

test('an invitation is over after its days', async () => {
  const link = await invitation({ days: '1' })
  world.installation.clock.advance(24 * 60 + 1)
  const answer = await visitor(app).post(link, { name: 'Late', email: 'late@example.com', password })
  expect(await answer.text()).toContain('This invitation is too old')
})

test('an invitation taken back says so', async () => {
  const link = await invitation()
  const html = await (await grace.get('/members')).text()
  const revoke = /action="(\/members\/invitations\/[^"]+\/revoke)"/.exec(html)?.[1] ?? ''
  expect((await grace.post(revoke)).status).toBe(303)
  expect(await (await visitor(app).get(link)).text()).toContain('taken back')
})

test('an invitation with an address is mailed', async () => {
  world.mails.length = 0
  const link = await invitation({ email: 'New.Person@example.com' })
  await workOff(world, [sendAccessMail])
  expect(world.mails).toHaveLength(1)
  expect(world.mails[0]?.to).toBe('new.person@example.com')
  expect(world.mails[0]?.text).toContain(`http://localhost${link}`)
})

test('the only organizer can neither leave nor lose the role', async () => {
  const answer = await grace.post(`/members/${grace.user_id}`, { 'roles[]': ['member'] })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('only organizer')
  expect((await grace.post(`/members/${grace.user_id}/end`)).status).toBe(422)
})

test('of two organizers who remove each other at once, one stays', async () => {
  const other = await somebody('Daniel Park', ['organizer'])
  const answers = await Promise.all([
    grace.post(`/members/${other.user_id}/end`),
    other.post(`/members/${grace.user_id}/end`),
  ])
  expect(answers.filter((each) => each.status === 303)).toHaveLength(1)
  await addMember(owner, world.ours.organizer, {
    organization_id,
    user_id: grace.user_id,
    display_name: 'Grace Yoo',
    roles: ['organizer'],
  })
})

test('a membership ended is over at once, and coming back brings no old roles', async () => {
  const leaving = await somebody('Leaving Lee', ['host', 'board'])
  await grace.post(`/members/${leaving.user_id}/end`)
  expect((await leaving.get('/members')).status).toBe(403)
  await addMember(owner, world.ours.organizer, {
    organization_id,
    user_id: leaving.user_id,
    display_name: 'Leaving Lee',
    roles: ['member'],
  })
  const { roles } = await owner
    .selectFrom('member')
    .select('roles')
    .where('user_id', '=', leaving.user_id)
    .executeTakeFirstOrThrow()
  expect(roles).toEqual(['member'])
})

test('members and addresses of another organization cannot be seen or changed', async () => {
  const theirs = await somebody('Their Organizer', ['organizer'], world.theirs.organization_id)
  const html = await (await theirs.get('/members')).text()
  expect(html).toContain('Their Organizer')
  expect(html).not.toContain('Grace Yoo')
  expect((await theirs.get(`/members/${grace.user_id}`)).status).toBe(404)
  expect((await theirs.post(`/members/${grace.user_id}/end`)).status).toBe(404)
  const { rows } = await sql`select * from member_account where user_id = ${grace.user_id}`.execute(
    world.database.of(world.theirs.organization_id),
  )
  expect(rows).toEqual([])
})

test('settings are saved, audited, and come back with what was typed where they do not fit', async () => {
  const settings = {
    name_en: 'Flushing Civic Action',
    name_ko: '플러싱 시민행동',
    time_zone: 'America/New_York',
    'languages[]': ['en', 'ko', 'zh'],
    calling_starts: '10:00',
    calling_ends: '20:30',
    call_back_phone: '(718) 555-0100',
  }
  const wrong = await grace.post('/settings', { ...settings, call_back_phone: '12', calling_ends: '09:00' })
  expect(wrong.status).toBe(422)
  const html = await wrong.text()
  expect(html).toContain('value="12"')
  expect(html).toContain('10-digit phone number')
  const short = await grace.post('/settings', { ...settings, text_service: 'MG12' })
  expect(short.status).toBe(422)
  expect(await short.text()).toContain('A messaging service’s SID is MG')
  const text_service = `MG${'0f'.repeat(16)}`
  expect((await grace.post('/settings', { ...settings, text_service })).status).toBe(303)
  const saved = await owner
    .selectFrom('organization')
    .select(['call_back_phone', 'languages', 'calling_starts', 'text_service'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()
  expect(saved).toEqual({
    call_back_phone: '+17185550100',
    languages: ['en', 'ko', 'zh'],
    calling_starts: '10:00:00',
    text_service,
  })
  const { after } = await owner
    .selectFrom('audit_entry')
    .select('after')
    .where('action', '=', 'organization.update')
    .executeTakeFirstOrThrow()
  expect(after).toMatchObject({ call_back_phone: '+17185550100' })
})

test('who saves settings that somebody changed meanwhile keeps what was typed and reads what they saved', async () => {
  const settings = {
    name_en: 'Flushing Civic Action',
    name_ko: '',
    time_zone: 'America/New_York',
    'languages[]': ['en', 'ko'],
    calling_starts: '10:00',
    calling_ends: '20:30',
    call_back_phone: '',
  }
  const seen = seenIn(await (await grace.get('/settings')).text())
  const theirs = { ...settings, calling_ends: '20:00', 'languages[]': ['en', 'ko', 'vi'] }
  expect((await grace.post('/settings', theirs)).status).toBe(303)
  // Refused for another reason first: it still is the form that was opened before.
  const wrong = await (
    await grace.post('/settings', { ...settings, name_en: 'Mine', call_back_phone: '1', seen })
  ).text()
  expect(seenIn(wrong)).toBe(seen)
  const late = await grace.post('/settings', { ...settings, name_en: 'Mine', seen })
  expect(late.status).toBe(409)
  const html = await late.text()
  expect(html).toContain('Meanwhile Grace')
  expect(html).toContain('value="Mine"')
  expect(html).toMatch(/id="calling_ends-saved"[^>]*>Saved meanwhile: <strong>20:00</)
  expect(html).toMatch(/id="languages-saved"[^>]*>[^<]*<strong>[^<]*Tiếng Việt/)
  expect(html).not.toContain('id="name_en-saved"')
  expect(html).toContain('href="#languages-saved"')
  const korean = await grace.post('/settings', { ...settings, seen }, { 'accept-language': 'ko' })
  expect(await korean.text()).toContain('먼저 저장했습니다')
  // Once it was seen, saving again counts.
  expect((await grace.post('/settings', { ...settings, name_en: 'Mine', seen: seenIn(html) })).status).toBe(303)
})

test('boxes that were all emptied are still the form that was opened, and two who save roles at once are told', async () => {
  const jin = await somebody('Jin Park', ['caller'])
  const path = `/members/${jin.user_id}`
  const seen = seenIn(await (await grace.get(path)).text())
  expect((await grace.post(path, { 'roles[]': ['host'] })).status).toBe(303)
  const empty = await grace.post(path, { seen })
  expect(empty.status).toBe(422)
  expect(seenIn(await empty.text())).toBe(seen)
  const now = seenIn(await (await grace.get(path)).text())
  const answers = await Promise.all(
    ['member', 'board', 'caller'].map((role) => grace.post(path, { 'roles[]': [role], seen: now })),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409, 409])
})

test('mail is read by stewards, and by everybody only where every organization is a practice one', async () => {
  await owner
    .insertInto('outbox_mail')
    .values({
      to_address: 'a@example.com',
      subject: 'Hello there',
      body_text: 'see http://localhost/welcome/abc',
      language: 'en',
    })
    .execute()
  expect((await grace.get('/outbox')).status).toBe(403)
  await owner.insertInto('steward').values({ user_id: grace.user_id }).execute()
  const html = await (await grace.get('/outbox')).text()
  expect(html).toContain('href="/welcome/abc"')
  const practice = await somebody('Practice Person', ['member'], world.theirs.organization_id)
  expect((await practice.get('/outbox')).status).toBe(403)
  const makePractice = (which: string[], is_demo: boolean): Promise<unknown> =>
    owner.updateTable('organization').set({ is_demo }).where('organization_id', 'in', which).execute()
  // The outbox holds the sign-in links of everybody: a practice person must not read those of a real organization.
  await makePractice([world.theirs.organization_id], true)
  expect((await practice.get('/outbox')).status).toBe(403)
  await makePractice([world.ours.organization_id], true)
  expect((await practice.get('/outbox')).status).toBe(200)
  await makePractice([world.ours.organization_id, world.theirs.organization_id], false)
})

test('the table of permissions names every permission in both languages', async () => {
  expect((await grace.get('/permissions')).status).toBe(200)
  const korean = await (await grace.get('/permissions', { 'accept-language': 'ko' })).text()
  expect(korean).toContain('전화 걸기')
})

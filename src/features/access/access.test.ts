import { createHmac, randomUUID } from 'node:crypto'
import { getMigrations } from 'better-auth/db/migration'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { createApp } from '../../platform/http/app.tsx'
import { visitor } from '../../platform/testing/visitor.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { workOff } from '../../platform/testing/work-off.ts'
import { room } from '../../platform/http/room.ts'
import { accountRoutes } from './account-routes.tsx'
import { allow } from './allow.ts'
import { authOptions } from './auth.ts'
import { createUser, removeSecondFactor } from './commands.ts'
import { sendAccessMail } from './jobs.ts'
import { limits, mayTry } from './limits.ts'
import { demoPassword } from './schema.ts'
import { actorOfSession } from './session.ts'
import { signInRoutes } from './sign-in-routes.tsx'

const world = await makeWorld()
const { owner } = world.database
const password = 'a long enough password'
const whoRoutes = room().get('/who', allow('signed-in'), (c) => c.text(c.var.actor?.name ?? ''))
const app = createApp({
  installation: world.installation,
  routes: [signInRoutes, accountRoutes, whoRoutes],
  nav: [],
  actorOf: actorOfSession,
  may: () => true,
})

let email = ''
let user_id = ''

beforeEach(async () => {
  email = `grace-${randomUUID().slice(0, 8)}@example.com`
  const made = await createUser(world.installation, { email, name: 'Grace Yoo', password, is_email_proven: true })
  if (!made.ok) throw new Error(made.problem)
  user_id = made.user_id
  await owner
    .insertInto('member')
    .values({ organization_id: world.ours.organization_id, user_id, display_name: 'Grace Yoo', roles: ['organizer'] })
    .execute()
  world.mails.length = 0
})

/** Every job of ours that waits, done; then the newest address in a mail, without its host. */
async function newestLink(): Promise<string> {
  await workOff(world, [sendAccessMail])
  return /http:\/\/localhost(\/\S+)/.exec(world.mails.at(-1)?.text ?? '')?.[1] ?? ''
}

async function signedIn(more: { user_agent?: string } = {}) {
  const browser = visitor(app, 'en', more.user_agent)
  expect((await browser.post('/sign-in', { email, password })).status).toBe(303)
  return browser
}

/** The code an authenticator app shows for a secret of base32, RFC 6238. */
function codeOf(secret: string, at = Date.now()): string {
  const bits = Array.from(secret, (each) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(each).toString(2).padStart(5, '0'),
  )
  const bytes =
    bits
      .join('')
      .match(/.{8}/g)
      ?.map((each) => Number.parseInt(each, 2)) ?? []
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function withSecondFactor() {
  const browser = await signedIn()
  const html = await (await browser.post('/account/second-factor', { proof: password })).text()
  const uri = /name="uri" value="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const recovery = /name="recovery" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return { browser, html, uri, recovery, secret }
}

async function turnedOn() {
  const begun = await withSecondFactor()
  const { uri, recovery } = begun
  const on = await begun.browser.post('/account/second-factor/confirm', { code: codeOf(begun.secret), uri, recovery })
  expect(on.headers.get('location')).toBe('/account?done=second_factor_on')
  return begun
}

test('the committed migration leaves nothing for better-auth to create', async () => {
  // It looks for its tables where bare names lead to.
  const pool = new pg.Pool({ ...world.database.ownerPool.options, options: '-c search_path=auth' })
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  const plan = await getMigrations({ ...authOptions(world.installation), database: { db, type: 'postgres' } })
  await db.destroy()
  expect(plan.toBeCreated).toEqual([])
  expect(plan.toBeAdded).toEqual([])
  expect(plan.toBeAddedIndexes).toEqual([])
  expect(plan.schemaProblems).toEqual([])
})

test('password and back: signed in, and where one wanted to go', async () => {
  const browser = visitor(app)
  const away = await browser.get('/who?x=1')
  expect(away.status).toBe(303)
  expect(away.headers.get('location')).toBe('/sign-in?back=%2Fwho%3Fx%3D1')
  const back = await browser.post('/sign-in', { email: ` ${email.toUpperCase()} `, password, back: '/who?x=1' })
  expect(back.headers.get('location')).toBe('/who?x=1')
  expect(await (await browser.get('/who')).text()).toBe('Grace Yoo')
})

test('back never leads to another site', async () => {
  for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', '/\t/evil.example']) {
    const answer = await visitor(app).post('/sign-in', { email, password, back })
    expect(answer.headers.get('location')).toBe('/')
  }
})

test('a wrong password and an unknown address look the same, and keep the address typed', async () => {
  const wrong = await visitor(app).post('/sign-in', { email, password: 'not this one' })
  const unknown = await visitor(app).post('/sign-in', { email: 'nobody@example.com', password: 'not this one' })
  expect([wrong.status, unknown.status]).toEqual([422, 422])
  const html = await wrong.text()
  expect(html).toContain(`value="${email}"`)
  expect(html).not.toContain('not this one')
  expect(html.replaceAll(email, 'nobody@example.com')).toBe(await unknown.text())
})

test('the session cookie is out of reach of scripts and of other sites', async () => {
  const answer = await visitor(app).post('/sign-in', { email, password })
  const cookie = answer.headers.getSetCookie().find((each) => each.startsWith('hanpyo.session_token'))
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
})

test('under https the session cookie goes over https only', async () => {
  const installation = { ...world.installation, url: 'https://vote.example.org' }
  const secure = createApp({ installation, routes: [signInRoutes], nav: [], actorOf: actorOfSession, may: () => true })
  const answer = await visitor(secure).post('/sign-in', { email, password })
  expect(answer.headers.getSetCookie().find((each) => each.startsWith('__Secure-hanpyo'))).toMatch(/; Secure/)
})

test('the eleventh try at one address from one network is not even looked at, for a quarter of an hour', async () => {
  for (let tried = 0; tried < limits.password.pair; tried++) {
    expect((await visitor(app).post('/sign-in', { email, password: 'wrong' })).status).toBe(422)
  }
  expect((await visitor(app).post('/sign-in', { email, password })).status).toBe(429)
  world.installation.clock.advance(16)
  expect((await visitor(app).post('/sign-in', { email, password })).status).toBe(303)
})

test('whoever signed in before is not locked out by somebody else’s wrong tries', async () => {
  const mine = visitor(app)
  expect((await mine.post('/sign-in', { email, password })).status).toBe(303)
  await mine.post('/sign-out', {})
  // A stranger behind the same router uses up every try there is.
  for (let tried = 0; tried < limits.password.pair; tried++) {
    await visitor(app).post('/sign-in', { email, password: 'wrong' })
  }
  expect((await visitor(app).post('/sign-in', { email, password })).status).toBe(429)
  expect((await mine.post('/sign-in', { email, password })).status).toBe(303)
  // Nor does the stranger's stop the mailed link.
  expect((await visitor(app).post('/sign-in/link', { email })).status).toBe(200)
  await mine.post('/sign-out', {})
  // A known browser guesses no more than an unknown one.
  const tries: number[] = []
  for (let tried = 0; tried < limits.password.pair + 1; tried++) {
    tries.push((await mine.post('/sign-in', { email, password: 'wrong' })).status)
  }
  expect(tries.at(-1)).toBe(429)
  world.installation.clock.advance(61)
})

test('wrong tries from one network leave other networks their tries; guessing from many networks ends', async () => {
  const now = world.installation.clock.now()
  const address = 'victim@example.com'
  const attempt = (ip: string, known_browser: string | null = null) =>
    mayTry(owner, { what: 'password', address, ip, known_browser, now })
  for (let tried = 0; tried < 50; tried++) await attempt('198.51.100.1')
  expect(await attempt('198.51.100.1')).toBe(false)
  expect(await attempt('203.0.113.9')).toBe(true)
  let allowed = 0
  for (let network = 0; network < 150; network++) if (await attempt(`192.0.2.${network}`)) allowed++
  expect(allowed).toBe(limits.password.address - limits.password.pair - 1)
  expect(await attempt('203.0.113.200', 'a browser known for it')).toBe(true)
})

test('a made-up or foreign mark of a browser is none', async () => {
  const mine = visitor(app)
  const answer = await mine.post('/sign-in', { email, password })
  const [cookie = ''] = answer.headers.getSetCookie().filter((each) => each.startsWith('known.'))
  expect(cookie).toMatch(/HttpOnly/)
  const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
  const forged = `${name}=${'0'.repeat(32)}.${value.split('.')[1]}`
  for (let tried = 0; tried < limits.password.pair; tried++) {
    await visitor(app).post('/sign-in', { email, password: 'wrong' }, { cookie: forged })
  }
  expect((await visitor(app).post('/sign-in', { email, password }, { cookie: forged })).status).toBe(429)
  world.installation.clock.advance(61)
})

test('tries are counted by IP over all addresses, and at the same moment too', async () => {
  const now = world.installation.clock.now()
  const tries = await Promise.all(
    Array.from({ length: limits.password.ip + 5 }, (_, each) =>
      mayTry(owner, { what: 'password', address: `${each}@example.com`, ip: '192.0.2.7', now }),
    ),
  )
  expect(tries.filter(Boolean)).toHaveLength(limits.password.ip)
})

test('of a crowd that sends at once each is counted: a network has as many as it may, others are not held up by it', async () => {
  const now = new Date('2026-11-23T17:00:00Z')
  const send = (ip: string) => mayTry(owner, { what: 'form', address: 'a form', ip, now })
  const sent = await Promise.all(Array.from({ length: 300 }, (_, nth) => send(nth % 2 ? '198.51.100.9' : `10.1.${nth}.7`))) // prettier-ignore
  expect(sent.filter((_, nth) => nth % 2 === 0)).toEqual(Array<boolean>(150).fill(true))
  expect(sent.filter((_, nth) => nth % 2 === 1)).toEqual([...Array<boolean>(60).fill(true), ...Array<boolean>(90).fill(false)]) // prettier-ignore
  expect(await send('198.51.100.9')).toBe(false)
})

test('a form posted from another site is refused', async () => {
  const browser = await signedIn()
  for (const headers of [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: '', 'sec-fetch-site': '' },
  ]) {
    expect((await browser.post('/account/profile', { name: 'Changed', language: 'en' }, headers)).status).toBe(403)
  }
})

test('scripts and styles inside the page are forbidden to every page', async () => {
  const policy = (await visitor(app).get('/sign-in')).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain('unsafe-inline')
  expect(policy).not.toContain('unsafe-eval')
})

test('an e-mailed link opens a page; its button signs in, once', async () => {
  const browser = visitor(app)
  await browser.post('/sign-in/link', { email, back: '/who' })
  const link = await newestLink()
  expect((await visitor(app).get(link)).status).toBe(200) // a mail scanner
  expect((await visitor(app).get(link)).status).toBe(200)
  const path = link.split('?')[0] ?? ''
  const used = await browser.post(path, { back: '/who' })
  expect(used.headers.get('location')).toBe('/who')
  expect(await (await browser.get('/who')).text()).toBe('Grace Yoo')
  expect((await visitor(app).post(path)).status).toBe(422)
})

test('asking a link for an unknown address says the same and sends nothing', async () => {
  const known = await (await visitor(app).post('/sign-in/link', { email })).text()
  const unknown = await (await visitor(app).post('/sign-in/link', { email: 'nobody@example.com' })).text()
  expect(known.replaceAll(email, 'nobody@example.com')).toBe(unknown)
  await newestLink()
  expect(world.mails.map((each) => each.to)).toEqual([email])
})

test('a forgotten password is set anew by link, and ends all sessions', async () => {
  const browser = await signedIn()
  await visitor(app).post('/sign-in/password', { email })
  const link = await newestLink()
  expect((await visitor(app).post(link, { password: 'short' })).status).toBe(422)
  expect((await visitor(app).post(link, { password: 'another good password' })).status).toBe(200)
  expect((await visitor(app).post(link, { password: 'a third good password' })).status).toBe(422)
  expect((await browser.get('/who')).status).toBe(303)
  expect((await visitor(app).post('/sign-in', { email, password })).status).toBe(422)
  expect((await visitor(app).post('/sign-in', { email, password: 'another good password' })).status).toBe(303)
})

test('a session ended in the account is over at once', async () => {
  const phone = await signedIn({ user_agent: 'Mozilla/5.0 (Linux; Android 15) Chrome/150 Mobile' })
  const laptop = await signedIn({ user_agent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/150' })
  const html = await (await laptop.get('/account')).text()
  expect(html).toContain('Chrome · Android')
  const session_id = /<button[^>]* value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? ''
  expect((await laptop.post('/account/sessions/end', { session_id })).status).toBe(303)
  expect((await phone.get('/who')).status).toBe(303)
  expect((await laptop.get('/who')).status).toBe(200)
})

test('nobody ends the session of somebody else', async () => {
  const mine = await signedIn()
  const other = await createUser(world.installation, {
    email: `other-${email}`,
    name: 'Other',
    password,
    is_email_proven: true,
  })
  expect(other.ok).toBe(true)
  const theirs = visitor(app)
  await theirs.post('/sign-in', { email: `other-${email}`, password })
  await owner
    .insertInto('member')
    .values({
      organization_id: world.theirs.organization_id,
      user_id: other.ok ? other.user_id : '',
      display_name: 'Other',
      roles: ['member'],
    })
    .execute()
  const session = await owner
    .selectFrom('auth.session')
    .select('id')
    .where('userId', '=', user_id)
    .executeTakeFirstOrThrow()
  expect((await theirs.post('/account/sessions/end', { session_id: session.id })).status).toBe(404)
  expect((await mine.get('/who')).status).toBe(200)
})

test('signing out ends the session on the server, not only the cookie', async () => {
  const browser = await signedIn()
  const kept = new Map(browser.cookies)
  await browser.post('/sign-out')
  const copy = visitor(app)
  for (const [name, value] of kept) copy.cookies.set(name, value)
  expect((await copy.get('/who')).status).toBe(303)
})

test('the second step: picture, key and recovery codes, on only after a right code', async () => {
  const { browser, html, uri, recovery, secret } = await withSecondFactor()
  expect(html).toContain('<svg')
  expect(recovery.split(' ')).toHaveLength(10)
  const wrong = await browser.post('/account/second-factor/confirm', { code: '000000', uri, recovery })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('<svg')
  expect((await visitor(app).post('/sign-in', { email, password })).headers.get('location')).toBe('/')
  await browser.post('/account/second-factor/confirm', { code: codeOf(secret), uri, recovery })
  expect((await visitor(app).post('/sign-in', { email, password })).headers.get('location')).toMatch(/^\/sign-in\/code/)
})

test('with the second step on, the password alone opens nothing; the code does', async () => {
  const { secret } = await turnedOn()
  const browser = visitor(app)
  const half = await browser.post('/sign-in', { email, password, back: '/who' })
  expect(half.headers.get('location')).toBe('/sign-in/code?back=%2Fwho')
  expect((await browser.get('/who')).status).toBe(303)
  expect((await browser.post('/sign-in/code', { code: '123' })).status).toBe(422)
  const code = codeOf(secret)
  const right = await browser.post('/sign-in/code', { code: `${code.slice(0, 3)} ${code.slice(3)}`, back: '/who' })
  expect(right.headers.get('location')).toBe('/who')
  expect((await browser.get('/who')).status).toBe(200)
})

test('a server that sends no mail says so, and where the link is found', async () => {
  for (const path of ['/sign-in/link', '/sign-in/password']) {
    const said = await (await visitor(app).post(path, { email: 'nobody@example.org' })).text()
    expect(said).toContain('This server sends no e-mail')
    expect(said).toContain('Sent mail')
    expect(said).not.toContain('on its way')
  }
})

test('an e-mailed link does not go round the second step', async () => {
  const { secret } = await turnedOn()
  const browser = visitor(app)
  await browser.post('/sign-in/link', { email })
  const half = await browser.post((await newestLink()).split('?')[0] ?? '')
  expect(half.headers.get('location')).toMatch(/^\/sign-in\/code/)
  expect((await browser.get('/who')).status).toBe(303)
  expect((await browser.post('/sign-in/code', { code: codeOf(secret) })).status).toBe(303)
  expect((await browser.get('/who')).status).toBe(200)
})

test('a recovery code lets in once', async () => {
  const [code = ''] = (await turnedOn()).recovery.split(' ')
  const first = visitor(app)
  await first.post('/sign-in', { email, password })
  expect((await first.post('/sign-in/code', { code: ` ${code.toUpperCase().replace('-', ' ')}` })).status).toBe(303)
  const second = visitor(app)
  await second.post('/sign-in', { email, password })
  expect((await second.post('/sign-in/code', { code })).status).toBe(422)
  expect((await second.get('/who')).status).toBe(303)
})

test('the second step goes off only with the password', async () => {
  const { browser } = await turnedOn()
  expect((await browser.post('/account/second-factor/off', { proof: 'wrong' })).status).toBe(422)
  expect((await browser.post('/account/second-factor/off', { proof: password })).status).toBe(303)
  expect((await visitor(app).post('/sign-in', { email, password })).headers.get('location')).toBe('/')
})

test('who lost telephone and recovery codes is let in again by whoever has the server, signed out everywhere', async () => {
  const { browser } = await turnedOn()
  const { owner } = world.database
  const { id } = await owner.selectFrom('auth.user').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  expect(await removeSecondFactor(world.installation, world.ours.organizer, id)).toBe(true)
  expect(await removeSecondFactor(world.installation, world.ours.organizer, id)).toBe(false)
  expect((await browser.get('/who')).status).toBe(303)
  expect((await visitor(app).post('/sign-in', { email, password })).headers.get('location')).toBe('/')
  const log = owner
    .selectFrom('audit_entry')
    .select('organization_id')
    .where('action', '=', 'account.second_factor_off')
  expect(await log.where('subject_id', '=', id).execute()).toContainEqual({ organization_id: null })
})

test('an open session is no way to guess the password', async () => {
  const browser = await signedIn()
  for (let tried = 0; tried < limits.password.pair; tried++) {
    expect((await browser.post('/account/second-factor/off', { proof: `guess ${tried}` })).status).toBe(422)
  }
  expect((await browser.post('/account/recovery-codes', { proof: password })).status).toBe(429)
  expect((await browser.post('/account/password', { current: password, password: 'my newest password' })).status).toBe(
    429,
  )
})

test('a forgotten password set anew and a changed name are in the activity log of the organization', async () => {
  const browser = visitor(app)
  await browser.post('/sign-in/password', { email })
  expect((await browser.post(await newestLink(), { password: 'my newest password' })).status).toBe(200)
  await owner
    .insertInto('member')
    .values({ organization_id: world.theirs.organization_id, user_id, display_name: 'Grace', roles: ['member'] })
    .execute()
  await browser.post('/sign-in', { email, password: 'my newest password' })
  await browser.post('/account/profile', { name: 'Grace E. Yoo', language: 'en' })
  const trail = await owner
    .selectFrom('audit_entry')
    .select(['organization_id', 'action'])
    .where('subject_id', '=', user_id)
    .execute()
  expect(trail).toContainEqual({ organization_id: world.ours.organization_id, action: 'account.password' })
  expect(trail).toContainEqual({ organization_id: world.ours.organization_id, action: 'account.update' })
  expect(trail).toContainEqual({ organization_id: world.theirs.organization_id, action: 'account.update' })
})

test('changing the password asks for the old one and signs out the other devices', async () => {
  const other = await signedIn()
  const browser = await signedIn()
  const fresh = 'my newest password'
  expect((await browser.post('/account/password', { current: 'wrong', password: fresh })).status).toBe(422)
  expect((await browser.post('/account/password', { current: password, password: 'short' })).status).toBe(422)
  expect((await browser.post('/account/password', { current: password, password: fresh })).status).toBe(303)
  expect((await browser.get('/who')).status).toBe(200)
  expect((await other.get('/who')).status).toBe(303)
})

test('whose address was never proven loses the password at the first e-mailed link', async () => {
  const squatted = `squatted-${email}`
  await createUser(world.installation, { email: squatted, name: 'Somebody', password, is_email_proven: false })
  const rightful = visitor(app)
  await rightful.post('/sign-in/link', { email: squatted })
  expect((await rightful.post((await newestLink()).split('?')[0] ?? '')).status).toBe(303)
  expect((await visitor(app).post('/sign-in', { email: squatted, password })).status).toBe(422)
})

test('in several organizations one works for the chosen one, and only for one’s own', async () => {
  const third = randomUUID()
  await owner
    .insertInto('member')
    .values({
      organization_id: world.theirs.organization_id,
      user_id,
      display_name: 'Grace at theirs',
      roles: ['member'],
    })
    .execute()
  const browser = await signedIn()
  expect(await (await browser.get('/who')).text()).toBe('Grace Yoo')
  const { organization_id } = world.theirs
  // The switch is in the account menu of every page, and only for people in several.
  const menu = await (await browser.get('/account')).text()
  expect(menu).toContain('role="group" aria-label="Organization"')
  expect(menu).toContain('Sunnyside Neighbors')
  expect((await browser.post('/account/organization', { organization_id })).status).toBe(303)
  expect(await (await browser.get('/who')).text()).toBe('Grace at theirs')
  expect((await browser.post('/account/organization', { organization_id: third })).status).toBe(404)
  // A cookie set by hand opens nothing either.
  await owner
    .deleteFrom('member')
    .where('organization_id', '=', organization_id)
    .where('user_id', '=', user_id)
    .execute()
  expect(await (await browser.get('/who')).text()).toBe('Grace Yoo')
})

test('the account speaks the language chosen, on the next device too', async () => {
  const browser = await signedIn()
  await browser.post('/account/profile', { name: '유은혜', language: 'ko' })
  expect(await (await browser.get('/account')).text()).toContain('내 계정')
  const other = await signedIn()
  expect(await (await other.get('/account')).text()).toContain('로그인한 기기')
  expect(await (await other.get('/who')).text()).toBe('유은혜')
})

test('who left the organization can do nothing there', async () => {
  const browser = await signedIn()
  await owner
    .updateTable('member')
    .set({ ended_at: world.installation.clock.now() })
    .where('user_id', '=', user_id)
    .execute()
  expect((await browser.get('/who')).status).toBe(403)
})

test('one-press sign-in exists only where every organization is a practice one', async () => {
  expect((await visitor(app).post('/sign-in/persona', { user_id })).status).toBe(404)
  expect(await (await visitor(app).get('/sign-in')).text()).not.toContain('/sign-in/persona')
})

test('the password everybody knows opens nothing once an organization is a real one', async () => {
  const known = `known-${email}`
  const made = await createUser(world.installation, {
    email: known,
    name: 'Somebody',
    language: 'ko',
    password: demoPassword,
    is_email_proven: true,
  })
  if (!made.ok) throw new Error(made.problem)
  expect((await visitor(app).post('/sign-in', { email: known, password: demoPassword })).status).toBe(422)
  await owner.updateTable('organization').set({ is_demo: true }).execute()
  expect((await visitor(app).post('/sign-in', { email: known, password: demoPassword })).status).toBe(303)
  // One press on a name shows the town in the language of who looks around.
  await owner
    .insertInto('member')
    .values({
      organization_id: world.ours.organization_id,
      user_id: made.user_id,
      joined_at: new Date(0), // few names are offered, the longest there first
      display_name: 'Somebody',
      roles: ['member'],
    })
    .execute()
  const reader = visitor(app)
  expect((await reader.post('/sign-in/persona', { user_id: made.user_id })).status).toBe(303)
  expect(await (await reader.get('/account')).text()).toContain('My account')
  await owner.updateTable('organization').set({ is_demo: false }).execute()
})

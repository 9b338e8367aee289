import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { pageTime } from '../../../platform/http/page-time.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { systemActor } from '../../../platform/audit.ts'
import { receivePerson } from '../../people/arrivals/commands.ts'
import { createPerson, mark } from '../../people/commands.ts'
import { mayContact } from '../../people/consent.ts'
import { PersonForm } from '../../people/schema.ts'
import { hashOf } from '../audience/queries.ts'
import { sendDue } from '../sending/send.ts'
import { outboxTransport } from '../sending/transport.ts'
import { readerPath } from '../stopping/links.ts'
import { readerRoutes } from '../stopping/routes.tsx'
import { planned } from '../testing.ts'
import { makeTopic } from '../topics/commands.ts'
import { forgetUnconfirmed } from './commands.ts'
import { publicNewsletterRoutes } from './public-routes.tsx'
import { newsletterRoutes } from './routes.tsx'

const world = await makeWorld()
const { ours, installation, database } = world
const { clock, secret, url } = installation
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const routes = [newsletterRoutes, publicNewsletterRoutes, readerRoutes]
const organizerAt = world.as(organizer, routes)
const everybody = world.as(null, routes)
const nobody = PersonForm.parse({})
const topic_id = found(await makeTopic(db, organizer, { name: { en: 'Schools' }, about: {}, is_for_all: false }, clock.now())) // prettier-ignore
await organizerAt.post('/mailings/sign-up', { is_open: 'yes', intro_ko: '매달 한 번', tag: 'newsletter' })

let nth = 0
/** What a page that was read for a while sends. */
const filled = (email: string, more: Record<string, string | string[]> = {}) => ({
  page_key: `00000000-0000-4000-8000-${String((nth += 1)).padStart(12, '0')}`,
  page_time: pageTime(secret, new Date(clock.now().getTime() - 10_000)),
  email,
  language: 'ko',
  ...more,
})
const ask = (email: string, more = {}, path = '/n/ours/sign-up?lang=ko') => everybody.post(path, filled(email, more))

/** Mails that wait to go there, the first one first. */
async function mailedTo(email: string): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select payload ->> 'text' as text from graphile_worker._private_jobs where payload ->> 'to' = ${email} order by id`.execute(
    database.owner,
  )
  return rows.map(({ text }) => text)
}
const linkIn = (text: string | undefined): string => found(/https?:\/\/\S+(\/n\/\S+)/.exec(text ?? '')?.[1])

test('whoever asks is on the list only once the link in the mail is pressed, with what they agreed to kept', async () => {
  const page = await (await everybody.get('/n/ours/sign-up?lang=ko')).text()
  expect(page).toContain('매달 한 번')
  expect(page).not.toContain('<script')
  const sent = await ask('Hana@Example.org', { first_name: 'Hana', last_name: 'Bae', zip5: '11354', 'shown_topics[]': [topic_id], 'topics[]': [topic_id], site: 'https://church.example', source: 'page' }) // prettier-ignore
  expect(sent.status).toBe(303)
  expect(await db.selectFrom('person').select('person_id').where('last_name', '=', 'Bae').execute()).toEqual([])
  const [text] = await mailedTo('hana@example.org')
  const link = linkIn(text)
  // Programs that look for viruses open addresses.
  expect(await (await everybody.get(link)).text()).toContain('예, 받겠습니다')
  expect(await db.selectFrom('consent').select('person_id').execute()).toEqual([])
  for (let time = 0; time < 2; time += 1)
    expect(await (await everybody.post(link, {})).text()).toContain('신청을 마쳤습니다')
  expect(await (await everybody.get(link)).text()).toContain('신청을 마쳤습니다')
  const said = await db.selectFrom('consent').selectAll().execute()
  expect(said).toHaveLength(1)
  const [consent] = said
  expect(consent).toMatchObject({ channel: 'email', is_given: true })
  expect(consent?.wording).toContain('이메일을 받겠습니다')
  expect(consent?.evidence).toContain('2026-11-23 17:00 UTC (own page, https://church.example), confirmed by the link')
  const person_id = found(consent).person_id
  expect((await mayContact(db, organization_id, { person_id, voter_id: null }, 'email', 'news')).reason).toBeNull()
  const tags = await db.selectFrom('person_tag').select('tag').where('person_id', '=', person_id).execute()
  expect(tags).toEqual([{ tag: 'newsletter' }])
  const wishes = await db.selectFrom('mail_topic_wish').select(['topic_id', 'is_wanted']).execute()
  expect(wishes).toEqual([{ topic_id, is_wanted: true }])
  const person = await db.selectFrom('person').select(['language', 'zip5']).where('person_id', '=', person_id).executeTakeFirst() // prettier-ignore
  expect(person).toEqual({ language: 'ko', zip5: '11354' })
})

test('an old link does not bring back who said stop since; asking anew does', async () => {
  await ask('mina@example.org')
  const link = linkIn((await mailedTo('mina@example.org'))[0])
  await everybody.post(link, {})
  const mailing_id = await planned(db, organizer, 'tag:newsletter', clock.now())
  const transport = outboxTransport(database.owner)
  await sendDue({ database, clock, secret, url, transport, from_address: 'office@example.org' }, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal }) // prettier-ignore
  const { n } = await db.selectFrom('mail_delivery').select('n').where('address', '=', 'mina@example.org').executeTakeFirstOrThrow() // prettier-ignore
  clock.advance(1)
  await everybody.post(readerPath(secret, { organization_id, mailing_id, n }), { do: 'stop' })
  expect(await (await everybody.post(link, {})).text()).toContain('그 뒤에 수신 거부하셨습니다')
  await ask('mina@example.org')
  const [, again] = await mailedTo('mina@example.org')
  expect(await (await everybody.post(linkIn(again), {})).text()).toContain('신청을 마쳤습니다')
})

test('a mailbox somebody of ours has is joined to them, whether a name is written or not, and works again', async () => {
  const { person_id } = await createPerson(db, organizer, { ...nobody, first_name: 'Jisoo', last_name: 'Ahn', emails: ['ahn@example.org'] }, 'hand') // prettier-ignore
  await db.updateTable('person_email').set({ quality: 'bouncing' }).where('person_id', '=', person_id).execute() // prettier-ignore
  const before = await db
    .selectFrom('person')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst()
  await ask('ahn@example.org')
  await everybody.post(linkIn((await mailedTo('ahn@example.org'))[0]), {})
  const after = await db
    .selectFrom('person')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst()
  expect(after).toEqual(before)
  const email = await db.selectFrom('person_email').select(['quality', 'claimed_at']).where('person_id', '=', person_id).executeTakeFirst() // prettier-ignore
  expect(email).toEqual({ quality: 'good', claimed_at: null })
})

test('a mailbox that was only claimed for somebody stays so when its reader signs up, with their name or without', async () => {
  const victim = {
    ...nobody,
    first_name: 'Boram',
    last_name: 'Chae',
    phones: ['+17185550177'],
    emails: ['boram@example.org'],
  }
  const { person_id } = await createPerson(db, organizer, victim, 'hand')
  for (const email of ['evil@example.org', 'evil2@example.org', 'evil3@example.org']) {
    const said = { first_name: 'Boram', last_name: 'Chae', name_hangul: null, phone: '+17185550177', email, address: null, city: null, zip5: null, language: null } // prettier-ignore
    expect((await receivePerson(db, systemActor(organization_id, 'form'), said, 'form')).person_id).toBe(person_id)
  }
  // One was found to be wrong.
  await db
    .updateTable('person_email')
    .set({ quality: 'wrong', claimed_at: null })
    .where('email', '=', 'evil3@example.org')
    .execute()
  const mailboxes = () =>
    db.selectFrom('person_email').select(['email', 'quality', 'claimed_at', 'vouched_at']).where('person_id', '=', person_id).orderBy('email').execute() // prettier-ignore
  const before = await mailboxes()
  expect(before.map(({ vouched_at }) => vouched_at !== null)).toEqual([true, false, false, false])
  for (const [email, named] of [
    ['evil@example.org', {}],
    ['evil2@example.org', { first_name: 'Boram', last_name: 'Chae' }],
    ['evil3@example.org', { first_name: 'Boram', last_name: 'Chae' }],
  ] as const) {
    // prettier-ignore
    await ask(email, named)
    expect(await (await everybody.post(linkIn((await mailedTo(email))[0]), {})).text()).toContain('신청을 마쳤습니다')
    const others = await db.selectFrom('person_email').select(['claimed_at', 'vouched_at']).where('email', '=', email).where('person_id', '<>', person_id).execute() // prettier-ignore
    expect(others).toEqual([{ claimed_at: null, vouched_at: null }])
  }
  expect(await mailboxes()).toEqual(before)
  expect(await db.selectFrom('consent').select('person_id').where('person_id', '=', person_id).execute()).toEqual([])
  expect(await db.selectFrom('person_tag').select('tag').where('person_id', '=', person_id).execute()).toEqual([])
})

test('nobody learns whether an address is known, and nothing is mailed where it must not be', async () => {
  const answers: string[] = []
  const { person_id } = await createPerson(db, organizer, { ...nobody, first_name: 'So', last_name: 'Noh', emails: ['known@example.org'] }, 'hand') // prettier-ignore
  await mark(db, organizer, person_id, { reason: 'hostile', note: 'no' })
  for (const email of ['known@example.org', 'unknown@example.org']) {
    const answered = await ask(email)
    answers.push(`${answered.status} ${answered.headers.get('location')}`)
  }
  expect(new Set(answers).size).toBe(1)
  const stop = { organization_id, address_hash: Buffer.alloc(32), reason: 'complaint' as const, since: clock.now(), mailing_id: null, evidence: 'x' } // prettier-ignore
  await db.insertInto('mail_stop').values(stop).execute()
  await sql`update mail_stop set address_hash = ${hashOf(organization_id, sql`'cross@example.org'::text`)} where reason = 'complaint'`.execute(db) // prettier-ignore
  expect((await ask('cross@example.org')).status).toBe(303)
  expect(await mailedTo('cross@example.org')).toEqual([])
  // The fourth mail within the hour is not sent, and nobody is told.
  for (let time = 0; time < 4; time += 1) expect((await ask('often@example.org')).status).toBe(303)
  expect(await mailedTo('often@example.org')).toHaveLength(3)
})

test('programs are told what they want to hear or asked to press once more; mistakes keep what was typed', async () => {
  expect((await ask('bot@example.org', { website: 'x' })).status).toBe(303)
  expect(await mailedTo('bot@example.org')).toEqual([])
  const fast = await everybody.post('/n/ours/sign-up?lang=en', { email: 'fast@example.org', page_time: pageTime(secret, clock.now()) }) // prettier-ignore
  expect(fast.status).toBe(422)
  expect(await fast.text()).toContain('press once more')
  const wrong = await ask('nonsense', { zip5: '1135' }, '/n/ours/sign-up?lang=en')
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="nonsense"')
})

test('a form of another site is asked to be pressed once more and counted as theirs; inside other sites it may be shown', async () => {
  const other = { origin: 'https://church.example', 'sec-fetch-site': 'cross-site' }
  const first = await everybody.post('/n/ours/sign-up?lang=en', { email: 'pew@example.org', source: 'site', page_time: '' }, other) // prettier-ignore
  expect(first.status).toBe(422)
  const html = await first.text()
  const hidden = Object.fromEntries([...html.matchAll(/type="hidden" name="([a-z_]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value])) // prettier-ignore
  expect(hidden).toMatchObject({ source: 'site', site: 'https://church.example' })
  clock.advance(1)
  expect((await everybody.post('/n/ours/sign-up?lang=en', { ...hidden, email: 'pew@example.org' } as never)).status).toBe(303) // prettier-ignore
  const framed = await everybody.get('/n/ours/sign-up/embed?lang=en', { referer: 'https://town.example/news' })
  expect(framed.headers.get('content-security-policy')).toContain('frame-ancestors *')
  expect(await framed.text()).toContain('value="https://town.example"')
  expect((await everybody.get('/n/ours/sign-up')).headers.get('content-security-policy')).toContain("frame-ancestors 'none'") // prettier-ignore
  const page = await (await organizerAt.get('/mailings/sign-up')).text()
  expect(page).toContain('https://church.example')
  expect(page).toContain('Form of another site')
})

test('links are forged, cut off, of another organization or over: they open nothing', async () => {
  await ask('late@example.org')
  const link = linkIn((await mailedTo('late@example.org'))[0])
  const [path = ''] = link.split('?')
  expect((await everybody.get(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404)
  expect((await everybody.get(path.replace('/n/ours/', '/n/theirs/'))).status).toBe(404)
  expect((await everybody.get('/n/ours/confirm/x/y')).status).toBe(404)
  clock.advance(60 * 24 * 15)
  await forgetUnconfirmed(database.owner, clock.now())
  expect((await everybody.post(link, {})).status).toBe(404)
  // Whoever confirmed stays.
  expect(await db.selectFrom('newsletter_signup').select('confirmed_at').where('confirmed_at', 'is not', null).execute()).not.toEqual([]) // prettier-ignore
})

test('a page that is closed takes nothing, and its setting is kept with what it was before', async () => {
  expect((await everybody.get('/n/theirs/sign-up?lang=en')).status).toBe(200)
  expect(await (await everybody.get('/n/theirs/sign-up?lang=en')).text()).toContain('closed at the moment')
  expect((await ask('x@example.org', {}, '/n/theirs/sign-up')).status).toBe(410)
  const setUp = await db.selectFrom('audit_entry').select(['before', 'after']).where('action', '=', 'newsletter.set_up').executeTakeFirstOrThrow() // prettier-ignore
  expect(setUp).toMatchObject({ before: { is_open: false }, after: { is_open: true, tag: 'newsletter' } })
  expect((await world.as(ours.actor(['host']), routes).post('/mailings/sign-up', { is_open: '' })).status).toBe(403)
})

test('what was stopped at a mailbox two people share stays so for whoever did not sign up', async () => {
  const at = { ...nobody, last_name: 'Seo', emails: ['seo@example.org'] }
  const [signs, other] = [
    (await createPerson(db, organizer, { ...at, first_name: 'Yuna' }, 'hand')).person_id,
    (await createPerson(db, organizer, { ...at, first_name: 'Minho' }, 'hand')).person_id,
  ]
  await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
    values (${organization_id}, ${hashOf(organization_id, sql`${'seo@example.org'}::text`)}, 'unsubscribed', now(), 'one click')`.execute(db)
  const reasonOf = async (person_id: string) => (await mayContact(db, organization_id, { person_id, voter_id: null }, 'email', 'news')).reason
  expect([await reasonOf(signs), await reasonOf(other)]).toEqual(['opted_out', 'opted_out'])
  await ask('seo@example.org', { first_name: 'Yuna', last_name: 'Seo' })
  await everybody.post(linkIn((await mailedTo('seo@example.org'))[0]), {})
  expect([await reasonOf(signs), await reasonOf(other)]).toEqual([null, 'opted_out'])
}) // prettier-ignore

test('where the organization writes Chinese and Spanish, its sign-up, the mail that asks, the archive and the reader’s page are in them; elsewhere not', async () => {
  const textOf = async (path: string, headers = {}) => (await everybody.get(path, headers)).text()
  // What is not written is not read either.
  expect(await textOf('/n/ours/sign-up?lang=zh')).toContain('<html lang="en"')
  await database.owner.updateTable('organization').set({ languages: ['en', 'ko', 'zh', 'es'] }).where('organization_id', '=', organization_id).execute()
  const form = await textOf('/n/ours/sign-up', { 'accept-language': 'zh-TW,zh;q=0.9,en;q=0.5' })
  expect(form).toContain('<html lang="zh')
  expect(form).toContain('電子郵件地址')
  expect(form).toContain('sign-up?lang=zh"')
  for (const english of ['E-mail address', 'Sign up', 'First name', 'optional', 'What we have written']) expect([english, form.includes(english)]).toEqual([english, false])
  const wrong = await (await everybody.post('/n/ours/sign-up?lang=es', filled('no address', { language: 'es' }))).text()
  expect(wrong).toContain('Revise la dirección')
  expect((await ask('luz@example.org', { language: 'es', first_name: 'Luz', last_name: 'Vega' }, '/n/ours/sign-up?lang=es')).headers.get('location')).toContain('lang=es')
  const [text] = await mailedTo('luz@example.org')
  expect(text).toContain('pulse el botón')
  const link = linkIn(text)
  expect(await textOf(link)).toContain('Sí, quiero recibirlas')
  expect(await (await everybody.post(link, {})).text()).toContain('Ya está en la lista')
  const { person_id } = await db.selectFrom('person').select('person_id').where('last_name', '=', 'Vega').executeTakeFirstOrThrow()
  expect(await db.selectFrom('consent').select('wording').where('person_id', '=', person_id).execute()).toEqual([{ wording: expect.stringContaining('Quiero recibir correos') }])
  const mailing_id = await planned(db, organizer, 'tag:newsletter', clock.now())
  await sql`insert into mail_delivery (organization_id, mailing_id, n, person_id, address, domain, language, state)
    values (${organization_id}, ${mailing_id}, 1, ${person_id}, 'luz@example.org', 'example.org', 'es', 'sent')`.execute(db)
  const own = readerPath(secret, { organization_id, mailing_id, n: 1 })
  // In the language they are written to in, whatever their browser says; another one when they ask for it.
  const page = await textOf(own)
  expect(page).toContain('<html lang="es"')
  expect(page).toContain('Cancelar la suscripción')
  for (const english of ['Unsubscribe', 'Save', 'What you want', 'optional']) expect([english, page.includes(english)]).toEqual([english, false])
  await everybody.post(own, { do: 'save', language: '', pause: '30' })
  expect(await textOf(`${own}?lang=zh`)).toMatch(/\d+ 月 \d+ 日.*之前不會寄送/)
  expect(await textOf(`${own}?lang=en`)).toContain('Unsubscribe')
}) // prettier-ignore

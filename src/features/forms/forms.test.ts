import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../platform/db/db.ts'
import { seenIn } from '../../platform/testing/seen.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { recordAttempt } from '../contacts/commands.ts'
import { addNamedVoters } from '../people/testing.ts'
import { lockArrivals } from '../people/arrivals/commands.ts'
import { createPerson, recordConsent } from '../people/commands.ts'
import { createScript } from '../scripts/commands.ts'
import { starterContent as scriptContent } from '../scripts/starters.ts'
import { randomUUID } from 'node:crypto'
import { publicFormRoutes } from './public-routes.tsx'
import { formRoutes } from './routes.tsx'
import { findProof } from './work/rules.ts'
import { followUps } from '../phonebanks/follow-ups/queries.ts'
import { profileOf, timelineOf } from '../people/queries.ts'

const world = await makeWorld()
const { ours, theirs } = world
const db = world.database.of(ours.organization_id)
const routes = [publicFormRoutes, formRoutes]
const organizer = world.as(ours.organizer, routes)
const everybody = world.as(null, routes)

/** Made by an organizer's clicks: from a starter, with settings, opened. */
async function openForm(starter: string, slug: string, settings: Record<string, string> = {}): Promise<string> {
  const made = await organizer.post('/forms/new', { name: `${starter} ${slug}`, starter })
  const form = made.headers.get('location')?.split('/')[2] ?? ''
  await organizer.post(`/forms/${form}/settings`, { name: `${starter} ${slug}`, slug, ...settings })
  expect((await organizer.post(`/forms/${form}/publish`, {})).status).toBe(303)
  return form
}

const textOf = async (answer: Response | Promise<Response>): Promise<string> => (await answer).text()
const keyIn = (html: string): string => /name="page_key" value="([^"]+)"/.exec(html)?.[1] ?? ''
const contacts = () => db.selectFrom('contact_attempt').selectAll().where('channel', '=', 'web').execute()

const soonja = {
  first_name: 'Soonja',
  last_name: 'Lee',
  name_hangul: '이순자',
  email: 'Soonja.Lee@example.org',
  phone: '718-555-0142',
  zip5: '11354',
}

beforeAll(async () => {
  await addNamedVoters(world.database.owner, [
    {
      voter_id: 1,
      last_name: 'Lee',
      first_name: 'Soonja',
      house_number: '41-20',
      street: 'Bowne St',
      phones: ['+17185550142'],
    },
    { voter_id: 2, last_name: 'Park', first_name: 'Minsu', house_number: '150-10', street: '35th Ave' },
    { voter_id: 3, last_name: 'Park', first_name: 'Minsoo', house_number: '33-10', street: 'Union St' },
  ])
})

test('a form is open to everybody in four languages, without script, and small', async () => {
  await openForm('sign_up', 'news')
  const english = await everybody.get('/f/ours/news')
  expect(english.status).toBe(200)
  expect(english.headers.get('cache-control')).toBe('public, max-age=60')
  const html = await english.text()
  expect(html).toContain('Stay in touch with us')
  // The page works without it; it stands on its own origin and ships no framework.
  expect(html.match(/<script[^>]*>/g)).toEqual([
    expect.stringMatching(/^<script type="module" src="\/assets\/public-form-/),
  ])
  expect(html.length).toBeLessThan(20_000)
  expect(await textOf(everybody.get('/f/ours/news?lang=ko'))).toContain('저희 소식을 받아 보세요')
  const chinese = await textOf(everybody.get('/f/ours/news?lang=zh'))
  expect(chinese).toContain('lang="zh-Hant"')
  expect(chinese).toContain('電子郵件')
  expect(chinese).toContain('<span lang="en">Stay in touch with us</span>')
  expect(await textOf(everybody.get('/f/ours/news', { 'accept-language': 'es-MX,es;q=0.9' }))).toContain('Apellido')
  const chosen = { 'accept-language': 'es-MX,es;q=0.9', cookie: 'language=ko' }
  expect(await textOf(everybody.get('/f/ours/news', chosen))).toContain('한글 이름')
})

test('changing the language keeps what was typed and stores nothing', async () => {
  const before = (await contacts()).length
  const html = await textOf(everybody.post('/f/ours/news', { ...soonja, consent: 'email', lang: 'en', to: 'ko' }))
  expect(html).toContain('value="이순자"')
  expect(html).toContain('lang="ko"')
  expect(html).toMatch(/value="email"[^>]*checked|checked=""[^>]*value="email"/)
  expect(await contacts()).toHaveLength(before)
})

test('an answer makes a person, a contact on the timeline, consents with their words, and tasks', async () => {
  const form = await openForm('volunteer', 'help', { tags: 'helper-2026' })
  const page = await textOf(everybody.get('/f/ours/help?lang=ko'))
  const sent = {
    ...soonja,
    'q.volunteer_kind': ['calls', 'translate'],
    help: 'volunteer',
    consent: ['text', 'phone'],
    lang: 'ko',
    page_key: keyIn(page),
  }
  const answer = await everybody.post('/f/ours/help', sent)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/f/ours/help/thanks?lang=ko')
  expect(await textOf(everybody.get('/f/ours/help/thanks?lang=ko'))).toContain('사흘 안에')

  const [contact] = await contacts()
  const person_id = contact?.person_id ?? ''
  const profile = await profileOf(db, ours.organization_id, { person_id, voter_id: null })
  // Name and number may be a voter's: that is left to a person.
  expect(profile?.person).toMatchObject({ voter_id: null, name_hangul: '이순자' })
  const look = await textOf(organizer.get(`/forms/${form}/look`))
  expect(look).toContain('May be somebody you know')
  const response = /responses\/([0-9a-f-]{36})/.exec(look)?.[1] ?? ''
  expect((await organizer.post(`/forms/${form}/responses/${response}`, { act: 'new' })).status).toBe(303)
  expect(await textOf(organizer.get(`/forms/${form}/look`))).not.toContain('May be somebody you know')
  expect(profile?.emails.map(({ email }) => email)).toEqual(['soonja.lee@example.org'])
  expect(profile?.tags.map(({ tag }) => tag)).toEqual(['helper-2026'])
  // 'phone' has no words on this form, so that nobody can consent to it.
  expect(profile?.consents).toMatchObject([{ channel: 'text', is_given: true, form_id: form, form_version: 1 }])
  expect(profile?.consents[0]?.wording).toContain('STOP이라고 답하면')

  if (!profile) throw new Error('no profile')
  const { entries: timeline } = await timelineOf(db, ours.organization_id, profile, {
    shows_money: false,
    today: '2026-11-23',
  })
  const told = timeline.find(({ kind }) => kind === 'contact')?.contact
  expect(told).toMatchObject({ channel: 'web', form: { name: 'volunteer help', is_petition: false }, language: 'ko' })
  expect(told?.answers[0]).toMatchObject({ question: 'volunteer_kind', value: ['calls', 'translate'] })
  expect(told?.answers[0]?.choices.calls).toEqual({ en: 'Call voters', ko: '유권자에게 전화 걸기' })

  const tasks = await followUps(
    db,
    ours.organization_id,
    { is_solved: false, kind: null, phone_bank_id: null, owner: 'all', due_before: null },
    { from: 0, limit: 10 },
  )
  expect(tasks.rows).toMatchObject([{ kind: 'volunteer', person_id, name: 'Soonja Lee', phone: '+17185550142' }])
})

test('the same sent twice, at once too, is one answer', async () => {
  await openForm('sign_up', 'twice')
  const page_key = keyIn(await textOf(everybody.get('/f/ours/twice')))
  const sent = { first_name: 'Ana', last_name: 'Ruiz', email: 'ana@example.org', page_key, lang: 'es' }
  const before = (await contacts()).length
  const answers = await Promise.all([1, 2, 3].map(() => everybody.post('/f/ours/twice', sent)))
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
  expect(await contacts()).toHaveLength(before + 1)
  // Another reader of the same cached page is another answer.
  await everybody.post('/f/ours/twice', { ...sent, first_name: 'Rosa', last_name: 'Diaz', email: 'rosa@example.org' })
  expect(await contacts()).toHaveLength(before + 2)
})

test('a crowd that signs up at once keeps nobody else waiting', async () => {
  await openForm('sign_up', 'crowd')
  const crowd = await inTransaction(world.database.owner, async (tx) => {
    await lockArrivals(tx, ours.organization_id)
    const posts = Array.from({ length: 15 }, (_, nth) =>
      everybody.post('/f/ours/crowd', {
        first_name: 'Sora',
        last_name: 'Bae',
        email: `sora${nth}@example.org`,
        lang: 'en',
      }),
    )
    // The fifteen are on their way.
    for (let nth = 0; nth < 20; nth++) expect((await organizer.get('/forms')).status).toBe(200)
    return { posts }
  })
  expect(new Set((await Promise.all(crowd.posts)).map(({ status }) => status))).toEqual(new Set([303]))
})

test('a form lifts no opt-out, whoever sent it: what it said is a note for whoever asks', async () => {
  await openForm('sign_up', 'lift')
  const { person_id } = await createPerson(db, ours.organizer, { ...nobody, first_name: 'Mira', last_name: 'Noh', emails: ['mira@example.org'] }, 'hand') // prettier-ignore
  await recordConsent(db, ours.organizer, person_id, { channel: 'email', is_given: false, evidence: 'by telephone' })
  const sent = { first_name: 'Mira', last_name: 'Noh', email: 'mira@example.org', consent: 'email', lang: 'en' }
  expect((await everybody.post('/f/ours/lift', sent)).status).toBe(303)
  const profile = await profileOf(db, ours.organization_id, { voter_id: null, person_id })
  expect(profile?.consents).toMatchObject([{ channel: 'email', is_given: false }])
  expect(profile?.answers.email.reason).toBe('opted_out')
  expect(profile?.notes[0]?.body).toContain('ask first')
})

test('a form opens no mailbox that somebody who reads it stopped, neither for whoever is known there nor for a new name', async () => {
  await openForm('sign_up', 'stopped')
  const at = 'home@example.org'
  const { person_id } = await createPerson(db, ours.organizer, { ...nobody, first_name: 'Minho', last_name: 'Noh', emails: [at] }, 'hand') // prettier-ignore
  await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
    values (${ours.organization_id}, mail_address_hash(${ours.organization_id}, ${at}), 'unsubscribed', now(), 'one click of somebody else there')`.execute(db)
  for (const first_name of ['Minho', 'Jiwoo'])
    expect((await everybody.post('/f/ours/stopped', { first_name, last_name: 'Noh', email: at, consent: 'email', lang: 'en' })).status).toBe(303)
  const there = await db.selectFrom('person_email').select('person_id').where('email', '=', at).execute()
  expect(there).toHaveLength(2)
  expect(there.map((each) => each.person_id)).toContain(person_id)
  for (const each of there) {
    const profile = await profileOf(db, ours.organization_id, { voter_id: null, person_id: each.person_id })
    expect(profile?.consents).toEqual([])
    expect(profile?.answers.email.reason).not.toBe(null)
    expect(profile?.notes[0]?.body).toContain('ask first')
  }
}) // prettier-ignore

test('somebody known is joined, what differs waits, and nothing on the profile is overwritten', async () => {
  const form = await openForm('sign_up', 'known')
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    {
      ...nobody,
      first_name: 'Jihye',
      last_name: 'Choi',
      address: '216-08 Horace Harding Expy',
      city: 'Bayside',
      zip5: '11361',
      emails: ['jihye@example.org'],
    },
    'hand',
  )
  const sent = {
    first_name: 'Jihye',
    last_name: 'Choi',
    name_hangul: '최지혜',
    email: 'JIHYE@example.org',
    phone: '718-555-0177',
    zip5: '11355',
    lang: 'ko',
  }
  expect((await everybody.post('/f/ours/known', sent)).status).toBe(303)
  const profile = await profileOf(db, ours.organization_id, { person_id, voter_id: null })
  expect(profile?.person).toMatchObject({ zip5: '11361', name_hangul: '최지혜' })
  expect(profile?.phones.map(({ phone }) => phone)).toEqual(['+17185550177'])
  const look = await textOf(organizer.get(`/forms/${form}/look`))
  expect(look).toContain('ZIP: the profile has “11361”, the form says “11355”')
  const response = /responses\/([0-9a-f-]{36})/.exec(look)?.[1] ?? ''
  expect((await organizer.post(`/forms/${form}/responses/${response}`, { act: 'take' })).status).toBe(303)
  const moved = await profileOf(db, ours.organization_id, { person_id, voter_id: null })
  // Street and ZIP of one address come from one source: the old street is not in the new ZIP.
  expect(moved?.person).toMatchObject({ zip5: '11355', address: null, city: null })
  expect(moved?.addresses).toMatchObject([{ kind: 'earlier', address: '216-08 Horace Harding Expy', zip5: '11361' }])
  expect(await textOf(organizer.get(`/forms/${form}/look`))).not.toContain('11361')
})

test('whoever moved is taken over with the whole new address, whose parts left empty are not of the old one', async () => {
  const form = await openForm('sign_up', 'moved')
  const edit = fieldsOf(await textOf(organizer.get(`/forms/${form}/edit`)))
  const asks = Object.keys(edit).find((name) => name.endsWith('.asks')) ?? ''
  expect((await organizer.post(`/forms/${form}/edit`, { ...edit, [asks]: 'full', act: 'save' })).status).toBe(303)
  const home = { address: '41-20 Bowne St', city: 'Flushing', zip5: '11355' }
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    { ...nobody, ...home, first_name: 'Mina', last_name: 'Yoo', emails: ['mina@example.org'] },
    'hand',
  )
  const said = { first_name: 'Mina', last_name: 'Yoo', email: 'mina@example.org', lang: 'en' }
  const take = async (place: Record<string, string>) => {
    await everybody.post('/f/ours/moved', { ...said, ...place })
    const response = /responses\/([0-9a-f-]{36})/.exec(await textOf(organizer.get(`/forms/${form}/look`)))?.[1] ?? ''
    await organizer.post(`/forms/${form}/responses/${response}`, { act: 'take' })
    return (await profileOf(db, ours.organization_id, { person_id, voter_id: null }))?.person
  }
  expect(await take({ address: '41-20 Bowne St', zip5: '11354' })).toMatchObject({
    address: '41-20 Bowne St',
    zip5: '11354',
  })
  const moved = { address: '9 Bell Blvd', city: null, zip5: '11361' }
  expect(await take({ address: '9 Bell Blvd', zip5: '11361' })).toMatchObject(moved)
})

test('the same mailbox under another name is another person of the household', async () => {
  await everybody.post('/f/ours/known', {
    first_name: 'Taeho',
    last_name: 'Jung',
    email: 'jihye@example.org',
    lang: 'ko',
  })
  const people = await db
    .selectFrom('person_email')
    .select('person_id')
    .where('email', '=', 'jihye@example.org')
    .execute()
  expect(people).toHaveLength(2)
})

test('what is missing or wrong comes back with everything typed, and says what to do', async () => {
  const refused = await everybody.post('/f/ours/help', {
    first_name: 'Min',
    phone: '12',
    'q.volunteer_kind': 'kings',
    lang: 'ko',
  })
  expect(refused.status).toBe(422)
  const html = await refused.text()
  expect(html).toContain('value="Min"')
  expect(html).toContain('전화번호 10자리를 적어 주세요')
  expect(html).toContain('아래에서 골라 주세요')
  expect(html).toContain('아직 보내지 않았습니다')
})

test('hostile input is text, or refused', async () => {
  const form = await openForm('issues', 'rude')
  const script = '<script>alert(1)</script>'
  const sent = {
    first_name: script,
    last_name: "O'Brien\u202e\u0007",
    email: 'x@example.org',
    zip5: '11354',
    'q.issue': 'housing',
    'q.wish': '=HYPERLINK("https://evil.example","x")',
    'q.own_x': 'not asked',
    __proto__: 'x',
    version: '999',
    lang: 'xx',
    page_key: '../..',
  }
  const choice = /name="q.issue" value="([a-z_]+)"/.exec(await textOf(everybody.get('/f/ours/rude')))?.[1] ?? ''
  expect((await everybody.post('/f/ours/rude', { ...sent, 'q.issue': choice })).status).toBe(303)
  const table = await textOf(organizer.get(`/forms/${form}/responses`))
  expect(table).not.toContain(script)
  expect(table).toContain('&lt;script&gt;')
  const file = await textOf(organizer.post(`/forms/${form}/export`, { purpose: 'A test of the file' }))
  expect(file).toContain("'=HYPERLINK")
  expect(file).not.toContain('\u202e')
  expect(
    (await everybody.post('/f/ours/rude', { ...sent, 'q.wish': 'x'.repeat(2001), 'q.issue': choice })).status,
  ).toBe(422)
  expect((await everybody.post('/f/ours/rude', { ...sent, 'q.wish': 'x'.repeat(200_000) })).status).toBe(413)
  expect((await everybody.get('/f/ours/nothing-here')).status).toBe(404)
  expect((await everybody.get("/f/ours/'%20or%201=1")).status).toBe(404)
  const forged = await everybody.post('/f/ours/rude', sent, {
    origin: 'https://evil.example',
    'sec-fetch-site': 'cross-site',
  })
  expect(forged.status).toBe(403)
})

test('an answer as long as the box allows is taken, however many lines it has', async () => {
  await openForm('issues', 'long')
  const page = await textOf(everybody.get('/f/ours/long'))
  const choice = /name="q.issue" value="([a-z_]+)"/.exec(page)?.[1] ?? ''
  const wish = `${'x'.repeat(38)}\r\n`.repeat(51) + 'y\u2066'
  const sent = {
    first_name: 'Nara',
    last_name: 'Cho',
    email: 'nara@example.org',
    zip5: '11354',
    'q.issue': choice,
    lang: 'en',
  }
  expect((await everybody.post('/f/ours/long', { ...sent, 'q.wish': wish })).status).toBe(303)
  const kept = await db.selectFrom('contact_answer').select('value').where('question', '=', 'wish').execute()
  expect(kept.map(({ value }) => value)).toContain(`${'x'.repeat(38)}\n`.repeat(51) + 'y')
})

test('what fills in the box nobody sees is thanked and forgotten', async () => {
  const before = (await contacts()).length
  const sent = { ...soonja, email: 'bot@example.org', website: 'https://spam.example', lang: 'en' }
  expect((await everybody.post('/f/ours/news', sent)).status).toBe(303)
  expect(await contacts()).toHaveLength(before)
})

test('before, after and without opening nothing is taken', async () => {
  const made = await organizer.post('/forms/new', { name: 'Draft', starter: 'sign_up' })
  const form = made.headers.get('location')?.split('/')[2] ?? ''
  expect((await everybody.get('/f/ours/draft')).status).toBe(404)
  await organizer.post(`/forms/${form}/settings`, {
    name: 'Draft',
    slug: 'draft',
    opens_on: '2026-12-01',
    closes_on: '2026-12-02',
  })
  await organizer.post(`/forms/${form}/publish`, {})
  const early = await textOf(everybody.get('/f/ours/draft'))
  expect(early).toContain('This opens on December 1, 2026.')
  expect(early).not.toContain('name="send"')
  expect((await everybody.post('/f/ours/draft', { ...soonja, lang: 'en' })).status).toBe(410)
  world.installation.clock.set('2026-12-02T17:00:00Z')
  expect((await everybody.get('/f/ours/draft')).status).toBe(200)
  // Half past midnight in New York: closed, though it is still the last day further west.
  world.installation.clock.set('2026-12-03T05:30:00Z')
  const late = await everybody.post('/f/ours/draft', { ...soonja, lang: 'ko' })
  expect(late.status).toBe(410)
  expect(await late.text()).toContain('마감했습니다')
  world.installation.clock.set('2026-11-23T17:00:00Z')
})

test('a form changed after answers is a new version; the answers keep theirs', async () => {
  const form = await openForm('issues', 'versions')
  const page = await textOf(everybody.get('/f/ours/versions'))
  const choice = /name="q.issue" value="([a-z_]+)"/.exec(page)?.[1] ?? ''
  const sent = {
    first_name: 'Hana',
    last_name: 'Kim',
    email: 'hana@example.org',
    zip5: '11354',
    'q.issue': choice,
    lang: 'en',
    version: '1',
  }
  await everybody.post('/f/ours/versions', sent)
  const edit = await textOf(organizer.get(`/forms/${form}/edit`))
  const saved = await organizer.post(`/forms/${form}/edit`, {
    ...fieldsOf(edit),
    'title.en': 'A new title',
    act: 'save',
  })
  expect(saved.headers.get('location')).toBe(`/forms/${form}?saved=new_version`)
  expect(await textOf(everybody.get('/f/ours/versions'))).toContain('A new title')
  // Somebody still has the old page open.
  await everybody.post('/f/ours/versions', { ...sent, first_name: 'Dana', email: 'dana@example.org' })
  const rows = await db.selectFrom('form_response').select('version').where('form_id', '=', form).execute()
  expect(rows.map(({ version }) => version)).toEqual([1, 1])
  // Whoever started from the old one is told, and keeps what was typed.
  const late = await organizer.post(`/forms/${form}/edit`, { ...fieldsOf(edit), 'title.en': 'Mine', act: 'save' })
  expect(late.status).toBe(409)
  const both = await late.text()
  expect(both).toContain('value="Mine"')
  expect(both).toMatch(/Saved meanwhile:<\/p><ul[^>]*><li>A new title<\/li>/)
  // The one that came back starts from theirs.
  const again = await organizer.post(`/forms/${form}/edit`, { ...fieldsOf(both), act: 'save' })
  expect(again.status).toBe(303)
  const settings = { name: 'Issues', slug: 'versions', opens_on: '', closes_on: '' }
  const seen = seenIn(await textOf(organizer.get(`/forms/${form}`)), 'name')
  await organizer.post(`/forms/${form}/settings`, { ...settings, tags: 'theirs' })
  const stale = await organizer.post(`/forms/${form}/settings`, { ...settings, tags: 'ours', seen })
  expect(stale.status).toBe(409)
  expect(await stale.text()).toMatch(/value="ours"[\s\S]*Saved meanwhile: <strong>theirs</)
})

test('a consent is to the words that were read, though nobody had answered before the form was changed', async () => {
  const form = await openForm('sign_up', 'words')
  const page = await textOf(everybody.get('/f/ours/words?lang=en'))
  const edit = await textOf(organizer.get(`/forms/${form}/edit`))
  const place = /name="(blocks\.\d+\.wording\.email\.en)"/.exec(edit)?.[1] ?? ''
  const saved = await organizer.post(`/forms/${form}/edit`, {
    ...fieldsOf(edit),
    [place]: 'Anything at all',
    act: 'save',
  })
  expect(saved.status).toBe(303)
  const sent = { first_name: 'Bora', last_name: 'Shin', email: 'bora@example.org', consent: 'email', lang: 'en' }
  await everybody.post('/f/ours/words', { ...sent, version: /name="version" value="(\d+)"/.exec(page)?.[1] ?? '' })
  const consent = await db.selectFrom('consent').selectAll().where('form_id', '=', form).executeTakeFirstOrThrow()
  expect(consent.wording).not.toBe('Anything at all')
  expect(page).toContain(consent.wording)
})

test('a form that is open is not saved with a part that keeps it from being opened', async () => {
  const form = await openForm('issues', 'broken')
  const edit = fieldsOf(await textOf(organizer.get(`/forms/${form}/edit`)))
  const refused = await organizer.post(`/forms/${form}/edit`, { ...edit, 'title.en': '', 'title.ko': '', act: 'save' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('It has no title.')
})

test('what was never opened is told to nobody, put away or not', async () => {
  const made = await organizer.post('/forms/new', { name: 'Secret', starter: 'sign_up' })
  const form = made.headers.get('location')?.split('/')[2] ?? ''
  expect((await everybody.get('/f/ours/secret/thanks')).status).toBe(404)
  await organizer.post(`/forms/${form}/archive`, {})
  expect((await everybody.get('/f/ours/secret')).status).toBe(404)
})

test('the editor adds, moves and removes without losing what was typed, and marks what is not translated', async () => {
  const made = await organizer.post('/forms/new', { name: 'Own', starter: 'empty' })
  const path = made.headers.get('location') ?? ''
  let html = await textOf(organizer.get(path))
  const press = async (act: string, more: Record<string, string> = {}) => {
    html = await textOf(organizer.post(path, { ...fieldsOf(html), ...more, act }))
  }
  await press('add-question:choice', { 'title.en': 'Rent' })
  expect(html).toContain('value="Rent"')
  expect(html).toContain('not translated yet')
  await press('add-choice:2', {
    'blocks.2.say.en': 'How is it?',
    'blocks.2.choices.0.label.en': 'Good',
    'blocks.2.choices.1.label.en': 'Bad',
  })
  expect(html).toContain('name="blocks.2.choices.2.key"')
  await press('up:2')
  expect(html).toMatch(/name="blocks.1.say.en"[^>]*>How is it\?/)
  await press('add:consent')
  await press('remove:0')
  expect(html).toContain('name="blocks.0.asks_hangul"')
  const saved = await organizer.post(path, { ...fieldsOf(html), act: 'save' })
  expect(saved.status).toBe(303)
  expect(await textOf(organizer.get(path.replace('/edit', '/preview')))).toContain('How is it?')
})

test('one question asked by phone, at the door, by text and on the web is one store, and the form shows all ways', async () => {
  await createScript(
    db,
    ours.organizer,
    { name: 'Survey by phone', content: scriptContent('survey', '2026-11-03') },
    world.installation.clock.now(),
  )
  const form = await openForm('issues', 'ways')
  const edit = await textOf(organizer.get(`/forms/${form}/edit`))
  expect(edit).toContain('From the script “Survey by phone”')
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    { ...nobody, first_name: 'Sun', last_name: 'Oh' },
    'hand',
  )
  for (const channel of ['phone', 'door', 'text'] as const) {
    const attempt = {
      attempt_id: randomUUID(), voter_id: null, person_id, channel, disposition: 'canvassed' as const,
      attempted_at: world.installation.clock.now(), phone: null, language: 'ko', spoke_with: null, note: null,
      made_by: 'Volunteer', answers: { rent_rise: true },
    } // prettier-ignore
    expect(await recordAttempt(db, ours.organizer, attempt, world.installation.clock.now())).toMatchObject({ ok: true })
  }
  const choice = /name="q.issue" value="([a-z_]+)"/.exec(await textOf(everybody.get('/f/ours/ways')))?.[1] ?? ''
  const sent = {
    first_name: 'Yuna',
    last_name: 'Han',
    email: 'yuna@example.org',
    zip5: '11354',
    'q.issue': choice,
    'q.rent_rise': 'no',
    lang: 'ko',
  }
  expect((await everybody.post('/f/ours/ways', sent)).status).toBe(303)
  const store = await db.selectFrom('contact_answer').select('value').where('question', '=', 'rent_rise').execute()
  expect(store).toHaveLength(4)
  const results = (await textOf(organizer.get(`/forms/${form}`))).replaceAll('<!-- -->', '')
  expect(results).toMatch(/The same question, by way of asking:[^<]*At the door 1/)
  expect(results).toMatch(/The same question, by way of asking:[^<]*On a web page 1/)
  expect(await textOf(organizer.get(`/forms/${form}/responses`))).toContain('Yuna Han')
})

test('another organization finds neither form nor answers', async () => {
  const form = await openForm('sign_up', 'private')
  const them = world.as(theirs.organizer, routes)
  for (const path of ['', '/edit', '/preview', '/responses', '/look']) {
    expect((await them.get(`/forms/${form}${path}`)).status).toBe(404)
  }
  expect((await them.post(`/forms/${form}/archive`, {})).status).toBe(404)
  expect((await everybody.get('/f/theirs/private')).status).toBe(404)
  expect(await textOf(them.get('/forms'))).not.toContain('private')
})

test('the board reads sums, a host names, only the organizer changes and takes files', async () => {
  const form = await openForm('sign_up', 'roles')
  const board = world.as(ours.actor(['board']), routes)
  const host = world.as(ours.actor(['host']), routes)
  const caller = world.as(ours.actor(['caller']), routes)
  expect((await board.get(`/forms/${form}`)).status).toBe(200)
  expect((await board.get(`/forms/${form}/responses`)).status).toBe(403)
  expect((await host.get(`/forms/${form}/responses`)).status).toBe(200)
  expect((await host.post(`/forms/${form}/export`, { purpose: 'For me' })).status).toBe(403)
  expect((await host.get(`/forms/${form}/edit`)).status).toBe(403)
  expect((await caller.get('/forms')).status).toBe(403)
  expect((await organizer.post(`/forms/${form}/export`, { purpose: '' })).status).toBe(422)
})

test('one network sends sixty an hour to a form; then each sending costs it work or a minute, with everything typed', async () => {
  await openForm('sign_up', 'flood')
  for (let nth = 0; nth < 60; nth++) await everybody.post('/f/ours/flood', { lang: 'en' })
  const stopped = await everybody.post('/f/ours/flood', { ...soonja, lang: 'en' })
  expect(stopped.status).toBe(429)
  const html = await stopped.text()
  expect(stopped.headers.get('retry-after')).toBe('60')
  expect(html).toContain('value="Soonja"')
  expect(html).toContain('please wait one minute')
  const [page_key, work] = ['page_key', 'work'].map(
    (name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '',
  )
  const again = { ...soonja, lang: 'en', page_key: page_key ?? '', work: work ?? '' }
  expect((await everybody.post('/f/ours/flood', again)).status).toBe(429)
  const proof = findProof(again.work)
  // Work is good for the one response it was asked for.
  expect((await everybody.post('/f/ours/flood', { ...again, first_name: 'Other', proof })).status).toBe(429)
  expect((await everybody.post('/f/ours/flood', { ...again, work: `${again.work}x`, proof })).status).toBe(429)
  const numbers = proof.split(',')
  for (const other of [numbers.slice(1), [...numbers.slice(0, 15), numbers[0]], [...numbers, numbers.at(-1)], ['-1']])
    expect((await everybody.post('/f/ours/flood', { ...again, proof: other.join(',') })).status).toBe(429)
  expect((await everybody.post('/f/ours/flood', { ...again, proof })).status).toBe(303)
  const second = { ...again, first_name: 'Sunhee' }
  const asked = await textOf(everybody.post('/f/ours/flood', second))
  const patient = { ...second, work: /name="work" value="([^"]+)"/.exec(asked)?.[1] ?? '' }
  expect((await everybody.post('/f/ours/flood', patient)).status).toBe(429)
  world.installation.clock.advance(1)
  expect((await everybody.post('/f/ours/flood', patient)).status).toBe(303)
  world.installation.clock.advance(61)
  expect((await everybody.post('/f/ours/flood', { ...soonja, lang: 'en' })).status).toBe(303)
})

test('what is sent faster than anybody reads comes back as it was, and goes through when sent again', async () => {
  await openForm('sign_up', 'fast')
  const timeIn = (html: string): string => /name="page_time" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const page = await textOf(everybody.get('/f/ours/fast'))
  const sent = { ...soonja, lang: 'en', page_key: keyIn(page), page_time: timeIn(page) }
  for (const page_time of [sent.page_time, '']) {
    const soon = await everybody.post('/f/ours/fast', { ...sent, page_time })
    expect(soon.status).toBe(422)
    const html = await soon.text()
    expect(html).toContain('That came very quickly')
    expect(html).toContain('value="Soonja"')
    expect(timeIn(html)).toBe(sent.page_time)
  }
  world.installation.clock.advance(0.1)
  expect((await everybody.post('/f/ours/fast', sent)).status).toBe(303)
})

const nobody = {
  last_name: null, first_name: null, middle_name: null, name_hangul: null, preferred_title: null, birth_year: null, sex: null,
  language: null, second_language: null, community: null, address: null, city: null, zip5: null,
} // prettier-ignore

/** Everything a browser would send of the form in a page. */
function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {}
  const plain = (text: string): string =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  for (const [tag] of html.matchAll(/<input [^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(tag)?.[1]
    if (!name || (/type="(checkbox|radio)"/.test(tag) && !tag.includes('checked=""'))) continue
    fields[name] = plain(/value="([^"]*)"/.exec(tag)?.[1] ?? (tag.includes('checked') ? 'on' : ''))
  }
  for (const [, name, text] of html.matchAll(/<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)<\/textarea>/g))
    if (name) fields[name] = plain(text ?? '')
  for (const [, name, options] of html.matchAll(/<select [^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/g))
    if (name)
      fields[name] =
        /<option [^>]*value="([^"]*)"[^>]*selected|<option [^>]*selected=""[^>]*value="([^"]*)"/
          .exec(options ?? '')
          ?.slice(1)
          .find((each) => each !== undefined) ?? ''
  return fields
}

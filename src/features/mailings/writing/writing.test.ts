import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { inTransaction } from '../../../platform/db/db.ts'
import { changeMailing, chooseAudience, makeMailing, writeAgain } from '../commands.ts'
import { found } from '../../../platform/errors.ts'
import { recordConsent } from '../../people/commands.ts'
import { mailingById } from '../queries.ts'
import { sendDue } from '../sending/send.ts'
import { outboxTransport } from '../sending/transport.ts'
import { addReaders, planned } from '../testing.ts'
import { readersOf } from './queries.ts'
import { writeMailing } from './commands.ts'
import { writingRoutes } from './routes.tsx'
import { MailContent } from './schema.ts'
import './tables.ts'

const world = await makeWorld()
const { ours, theirs, installation } = world
const db = installation.database.of(ours.organization_id)
const now = installation.clock.now()
const organizer = world.as(ours.organizer, [writingRoutes])

const started = () => makeMailing(db, ours.organizer, { name: 'October update', lane: 'member_communication' }, now)
const contentIn = async (mailing_id: string) =>
  MailContent.parse((await mailingById(db, ours.organization_id, mailing_id))?.content)

const typed = {
  version: '0',
  'subject.en': 'News',
  'subject.ko': '{first_name|회원} 님 소식',
  'blocks.0.key': 'b1',
  'blocks.0.kind': 'heading',
  'blocks.0.title.en': 'Dear {name|friend}',
  'blocks.1.key': 'b2',
  'blocks.1.kind': 'text',
  'blocks.1.said.ko': '안녕하세요',
  postal_address: 'Flushing, NY',
}

test('blocks are added, moved and removed without losing what was typed, and nothing is saved before it is asked for', async () => {
  const mailing_id = await started()
  const write = `/mailings/${mailing_id}/write`
  const shown = async (act: string) => (await organizer.post(write, { ...typed, act })).text()
  const added = await shown('add:button')
  expect(added).toContain('name="blocks.2.label.ko"')
  expect(added).toContain('value="Dear {name|friend}"')
  const moved = await shown('down:0')
  expect(moved).toMatch(/name="blocks.0.kind" value="text"[\s\S]*name="blocks.1.kind" value="heading"/)
  const removed = await shown('remove:0')
  expect(removed).not.toContain('Dear {name|friend}')
  expect(removed).toContain('안녕하세요')
  expect(await contentIn(mailing_id)).toEqual(MailContent.parse({}))
})

test('what is not translated yet is marked, and goes out only if somebody accepts that', async () => {
  const mailing_id = await started()
  const write = `/mailings/${mailing_id}/write`
  expect((await organizer.post(write, { ...typed, act: 'save' })).status).toBe(303)
  const page = await (await organizer.get(write)).text()
  expect(page).toContain('Not translated yet into English, 한국어')
  const accepted = { ...typed, version: '1', act: 'save', 'accepted.ko': 'on', 'accepted.en': 'on' }
  expect((await organizer.post(write, accepted)).status).toBe(303)
  expect(await (await organizer.get(write)).text()).not.toContain('Not translated yet into')
})

test('what is saved as it stands is no new version, in whatever order the languages come', async () => {
  const mailing_id = await started()
  const content = MailContent.parse({ subject: { en: 'News', ko: '소식', zh: '消息', es: 'Noticias' } })
  const save = (version: number) => writeMailing(db, ours.organizer, mailing_id, version, content, now)
  expect(await save(0)).toEqual({ ok: true, version: 1 })
  expect(await save(1)).toEqual({ ok: true, version: 1 })
})

test('two write at once: the second is told, with both texts, and may then save theirs', async () => {
  const mailing_id = await started()
  const write = `/mailings/${mailing_id}/write`
  const [first, second] = await Promise.all([
    organizer.post(write, { ...typed, act: 'save' }),
    organizer.post(write, { ...typed, 'subject.en': 'Other news', act: 'save' }),
  ])
  expect([first.status, second.status].toSorted()).toEqual([303, 409])
  const [won, lost] = first.status === 303 ? ['News', 'Other news'] : ['Other news', 'News']
  const told = await (first.status === 409 ? first : second).text()
  expect(told).toContain(`value="${lost}"`)
  expect(told).toContain(`Saved: <span lang="en">${won}</span>`)
  expect(told).toContain('name="version" value="1"')
  expect((await organizer.post(write, { ...typed, version: '1', 'subject.en': lost ?? '', act: 'save' })).status).toBe(303) // prettier-ignore
  expect((await contentIn(mailing_id)).subject.en).toBe(lost)
  const trail = await db
    .selectFrom('audit_entry')
    .select('action')
    .where('subject_id', '=', mailing_id)
    .orderBy('audit_id')
    .execute()
  expect(trail.map(({ action }) => action)).toEqual(['mailing.make', 'mailing.write', 'mailing.write'])
})

test('a field that was tampered with saves nothing', async () => {
  const mailing_id = await started()
  const refused = await organizer.post(`/mailings/${mailing_id}/write`, {
    ...typed,
    act: 'save',
    'blocks.0.key': '../x',
  })
  expect(refused.status).toBe(422)
  expect(await contentIn(mailing_id)).toEqual(MailContent.parse({}))
})

test('the preview shows a reader their own mail, under a policy that runs nothing', async () => {
  const mailing_id = await started()
  await organizer.post(`/mailings/${mailing_id}/write`, { ...typed, act: 'save' })
  const page = await (await organizer.get(`/mailings/${mailing_id}/preview?language=ko&reader=`)).text()
  expect(page).toContain('회원 님 소식')
  const mail = await organizer.get(`/mailings/${mailing_id}/preview/mail?language=ko&reader=`)
  expect(mail.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(mail.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
  const shown = await mail.text()
  expect(shown).toContain('안녕하세요')
  // Letters for Hangul come from us, and only there.
  expect(shown).toContain('<link rel="stylesheet" href="/mail-preview.css">')
  const letters = await organizer.get('/mail-preview.css')
  expect(letters.headers.get('content-type')).toContain('text/css')
  const faces = await letters.text()
  expect(faces).toMatch(/^@font-face\{font-family:Pretendard;/)
  expect(faces.replaceAll(/@font-face\s*\{[^}]*\}\s*/g, '')).toBe('')
})

test('whoever may not see people sees the preview with a reader who does not exist', async () => {
  const { organization_id } = ours
  const mailing_id = await started()
  await organizer.post(`/mailings/${mailing_id}/write`, { ...typed, act: 'save' })
  const { person_id } = await db.insertInto('person').values({ organization_id, first_name: 'Wonhui', last_name: 'Seo' }).returning('person_id').executeTakeFirstOrThrow() // prettier-ignore
  await db.insertInto('person_email').values({ organization_id, person_id, email: 'wonhui@example.org', source: 'test' }).execute() // prettier-ignore
  const board = world.as({ ...ours.organizer, roles: ['board'] }, [writingRoutes])
  const path = `/mailings/${mailing_id}/preview?language=en`
  expect(await (await organizer.get(path)).text()).toContain('Wonhui')
  const page = await (await board.get(path)).text()
  expect(page).toContain('Minji')
  expect(page).not.toContain('Wonhui')
})

test('a picture is drawn or cleaned, kept by its hash, and there for everybody who has the mail', async () => {
  const mailing_id = await started()
  const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64') // prettier-ignore
  const sent = async (file: File | null) => {
    const form = new FormData()
    const fields = { version: '0', 'blocks.0.key': 'b1', 'blocks.0.kind': 'picture', 'blocks.0.alt.en': 'A dot', act: 'picture:0' } // prettier-ignore
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    if (file) form.set('blocks.0.file', file)
    return organizer.postBody(`/mailings/${mailing_id}/write`, form)
  }
  expect(await (await sent(null)).text()).toContain('Choose a picture.')
  const refused = await sent(new File(['<svg onload="alert(1)"/>'], 'x.png', { type: 'image/png' }))
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('This file is no JPEG or PNG picture.')
  const page = await (await sent(new File([dot], 'dot.png'))).text()
  const picture = /name="blocks.0.picture" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? ''
  expect(page).toContain('value="A dot"')
  const shown = await world.as(null, [writingRoutes]).get(`/mail-pictures/${picture}`)
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(shown.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect((await world.as(null, [writingRoutes]).get(`/mail-pictures/${'0'.repeat(64)}`)).status).toBe(404)
})

test('once it goes out nothing of it changes', async () => {
  const mailing_id = await started()
  await db.updateTable('mailing').set({ state: 'sending' }).where('mailing_id', '=', mailing_id).execute()
  expect((await organizer.get(`/mailings/${mailing_id}/write`)).status).toBe(303)
  expect((await organizer.post(`/mailings/${mailing_id}/write`, { ...typed, act: 'save' })).status).toBe(409)
})

test('the preview is that of those who get it: whom it is for, without those it does not go to, and once it is listed of the list', async () => {
  const ids = await addReaders(db, ours.organization_id, 12, 'previewed')
  await addReaders(db, ours.organization_id, 12, 'others')
  const [first = '', ...rest] = ids
  await recordConsent(db, ours.organizer, first, { channel: 'email', is_given: false, evidence: 'said so' })
  const mailing_id = await started()
  const mailing = async () => found(await mailingById(db, ours.organization_id, mailing_id))
  const asked = { languages: ['en', 'ko'], today: '2026-11-23' }
  const shown = async (language: string) => readersOf(db, await mailing(), language, asked)
  expect(await shown('ko')).toHaveLength(10)
  await inTransaction(db, (tx) => chooseAudience(tx, ours.organizer, mailing_id, 'tag:previewed'))
  await db.updateTable('mailing').set({ lane: 'non_partisan' }).where('mailing_id', '=', mailing_id).execute()
  const meant = await shown('ko')
  expect(meant).toHaveLength(10)
  expect(meant.every(({ person_id }) => rest.includes(person_id))).toBe(true)
  expect(meant.map(({ language }) => language)).toEqual(['ko', 'ko', 'ko', 'ko', 'ko', 'en', 'en', 'en', 'en', 'en'])
  const other = await planned(db, ours.organizer, 'tag:others', now)
  const sending = { database: installation.database, clock: installation.clock, secret: installation.secret, url: installation.url, transport: outboxTransport(installation.database.owner), from_address: 'office@example.org' }
  await sendDue(sending, { organization_id: ours.organization_id, mailing_id: other }, { for_ms: 60_000, signal: new AbortController().signal })
  await db.deleteFrom('person_tag').where('tag', '=', 'others').execute()
  const listed = await readersOf(db, found(await mailingById(db, ours.organization_id, other)), 'en', asked)
  expect(listed).toHaveLength(10)
  expect(listed.slice(0, 6).every(({ language }) => language === 'en')).toBe(true)
}) // prettier-ignore

test('another organization reads none of it', async () => {
  const mailing_id = await started()
  const neighbour = world.as(theirs.organizer, [writingRoutes])
  for (const path of ['write', 'preview', 'preview/mail'])
    expect((await neighbour.get(`/mailings/${mailing_id}/${path}`)).status).toBe(404)
})

test('that a lawyer said a line is right counts for that line: for another one, office, lane or e-mail it is asked anew', async () => {
  const mailing_id = await makeMailing(db, ours.organizer, { name: 'Settled', lane: 'independent' }, now)
  const write = `/mailings/${mailing_id}/write`
  let version = 0
  const save = async (more: object) => {
    const saved = await organizer.post(write, { ...typed, version: String(version++), act: 'save', level: 'federal', 'attribution.en': 'Paid for by Ours', is_line_settled: 'on', ...more })
    return saved.headers.get('location') ?? ''
  }
  const isSettled = async (of = mailing_id) => (await contentIn(of)).is_line_settled
  expect(await save({})).not.toContain('line')
  expect(await isSettled()).toBe(true)
  expect(await save({ 'subject.en': 'Another subject' })).not.toContain('line')
  expect(await isSettled()).toBe(true)
  // The line changes with the tick left as it was; then it is said of that line, too.
  const asked = await save({ 'attribution.en': 'Paid for by us' })
  expect(await (await organizer.get(asked)).text()).toContain('tick it again')
  expect(await isSettled()).toBe(false)
  await save({ 'attribution.en': 'Paid for by us' })
  expect(await isSettled()).toBe(true)
  await save({ 'attribution.en': 'Paid for by us', 'attribution.ko': '비용: 우리' })
  expect(await isSettled()).toBe(false)
  const korean = { 'attribution.en': 'Paid for by us', 'attribution.ko': '비용: 우리' }
  await save(korean)
  await save({ ...korean, level: 'city' })
  expect(await isSettled()).toBe(false)
  await save({ ...korean, level: 'city' })
  const next = await writeAgain(db, ours.organizer, mailing_id, 'The next one', now)
  expect([await isSettled(), await isSettled(next)]).toEqual([true, false])
  await inTransaction(db, (tx) => changeMailing(tx, ours.organizer, mailing_id, { name: 'Settled', lane: 'coordinated', topic_id: null }))
  expect(await isSettled()).toBe(false)
}) // prettier-ignore

test('e-mail for a candidate asks which office it is about and who pays, in English also where nobody writes it, and keeps both', async () => {
  const mailing_id = await makeMailing(db, ours.organizer, { name: 'Vote', lane: 'independent' }, now)
  const write = `/mailings/${mailing_id}/write`
  const empty = await (await organizer.get(write)).text()
  for (const part of ['Which office is it about?', 'name="level"', 'name="attribution.en"', 'name="is_line_settled"']) expect(empty).toContain(part)
  const line = 'Paid for by: Ours. Not expressly authorized or requested by any candidate, candidate’s committee or their agents.'
  expect((await organizer.post(write, { ...typed, act: 'save', level: 'state', 'attribution.en': line, 'attribution.ko': '비용: 우리' })).status).toBe(303)
  expect(await contentIn(mailing_id)).toMatchObject({ level: 'state', attribution: { en: line, ko: '비용: 우리' }, is_line_settled: false })
  const again = await (await organizer.get(write)).text()
  expect(again).toContain('Election Law §§ 14-106, 14-107(2)')
  expect(await (await organizer.get(`/mailings/${mailing_id}/checks`)).text()).not.toContain('Paid for by')
  await organizer.post(write, { ...typed, version: '1', act: 'save', level: 'state', 'attribution.en': 'Paid for by: Ours' })
  expect(await (await organizer.get(`/mailings/${mailing_id}/checks`)).text()).toContain('lacks “Not expressly authorized')
  expect(await (await organizer.get(`/mailings/${await started()}/write`)).text()).not.toContain('name="level"')
}) // prettier-ignore

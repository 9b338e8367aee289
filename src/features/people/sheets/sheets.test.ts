import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { codesOf, lackingIn } from '../../../platform/print/testing.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson, recordConsent } from '../commands.ts'
import { mergePeople } from '../merge/commands.ts'
import { PersonForm } from '../schema.ts'
import { linesOf, photosOf } from './queries.ts'
import { nextLine, photoTypeOf } from './rules.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const them = world.as(theirs.organizer, routes)

const make = async (more: Record<string, string> = {}): Promise<string> => {
  const made = await us.post('/people/sheets', {
    form_key: randomUUID(),
    title: 'Housing roundtable',
    held_on: '2026-11-20',
    lines: '14',
    ...more,
  })
  expect(made.status).toBe(303)
  return made.headers.get('location') ?? ''
}
const idOf = (sheet: string): string => sheet.split('/').at(-1) ?? ''
const line = (number: number, more: Record<string, string | string[]> = {}) => ({
  line: String(number), person_id: '', first_name: 'Sora', last_name: 'Ahn', name_hangul: '', phone: '', email: '', language: '', ...more,
}) // prettier-ignore
const consentsOf = (person_id: string) =>
  db.selectFrom('consent').select(['channel', 'is_given', 'evidence']).where('person_id', '=', person_id).orderBy('channel').execute() // prettier-ignore

test.each([
  [[], 3, 0, 1],
  [[1], 3, 1, 2],
  [[1, 3], 3, 3, 2],
  [[1, 2], 3, 0, 3],
  [[1, 2, 3], 3, 3, null],
])('of lines %j of %i typed, after line %i comes %j', (typed, lines, after, next) => {
  expect(nextLine(typed, lines, after)).toBe(next)
})

test.each([
  ['ffd8ffe000104a464946', 'image/jpeg'],
  ['89504e470d0a1a0a0000', 'image/png'],
  ['52494646aabbccdd57454250', 'image/webp'],
  ['3c7376672f3e', null],
  ['25504446', null],
  ['', null],
])('a file that begins with %s is %j', (hex, type) => {
  expect(photoTypeOf(Buffer.from(hex, 'hex'))).toBe(type)
})

test('a sheet is numbered, printed with a code that leads to where it is typed in, and nobody else’s', async () => {
  expect((await us.post('/people/sheets', { title: '', held_on: '2026-11-20', lines: '0' })).status).toBe(422)
  const sheet = await make()
  expect(await (await us.get(sheet, { 'accept-language': 'ko' })).text()).toContain('1번째 줄 입력')
  const printed = async () => us.get(`${sheet}/sheet.pdf`)
  expect((await printed()).headers.get('content-type')).toBe('application/pdf')
  // One sheet for both languages.
  const both = ['Housing roundtable', 'Flushing Civic Action 플러싱 시민행동', 'Sheet 용지', 'You may call', '전화 좋음', '2026년 11월 20일'] // prettier-ignore
  expect(await lackingIn(await printed(), [...both, '14'])).toEqual([])
  expect(codesOf(new Uint8Array(await (await printed()).arrayBuffer()))).toEqual([`http://localhost${sheet}`])
  expect(await (await us.get('/people/sheets')).text()).toContain('Sheet 1: Housing roundtable')
  for (const path of [sheet, `${sheet}/sheet.pdf`]) expect((await them.get(path)).status).toBe(404)
  expect((await them.post(`${sheet}/lines`, line(1))).status).toBe(404)
})

test('a line makes a person with consent for each box ticked, the line being the evidence; sent twice it is one', async () => {
  const sheet = await make()
  const said = line(1, { name_hangul: '안소라', phone: '718 555 0188', email: 'Sora@Example.org', language: 'ko', consents: ['phone', 'email'] }) // prettier-ignore
  const answers = await Promise.all([us.post(`${sheet}/lines`, said), us.post(`${sheet}/lines`, said)])
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  const [row, ...more] = await linesOf(db, organization_id, idOf(sheet))
  expect([row?.how, more]).toEqual(['made', []])
  const evidence = expect.stringMatching(
    /^Sign-in sheet \d+, line 1 \(Housing roundtable\) · 참석자 명단 용지 \d+, 1번째 줄/,
  )
  expect(await consentsOf(row?.person_id ?? '')).toEqual([
    { channel: 'email', is_given: true, evidence },
    { channel: 'phone', is_given: true, evidence },
  ])
  const person = await db.selectFrom('person').select(['name_hangul', 'language']).where('person_id', '=', row?.person_id ?? '').executeTakeFirst() // prettier-ignore
  expect(person).toEqual({ name_hangul: '안소라', language: 'ko' })
  const other = await us.post(`${sheet}/lines`, line(1, { first_name: 'Other' }))
  expect([other.status, (await other.text()).includes('value="Other"')]).toEqual([422, true])
  expect((await us.post(`${sheet}/lines`, line(15))).status).toBe(422)
  expect((await us.post(`${sheet}/lines`, line(2, { phone: '12' }))).status).toBe(422)
  expect((await us.post(`${sheet}/lines`, line(2, { first_name: '', last_name: '' }))).status).toBe(422)
})

test('who may be meant is found while typing, by name in either writing, number and mailbox; who is chosen is that person', async () => {
  const facts = { ...PersonForm.parse({ last_name: 'Roh', first_name: 'Jin Ah', name_hangul: '노진아', city: 'Flushing' }), phones: ['+17185550199'], emails: ['jinah@example.org'] } // prettier-ignore
  const { person_id } = await createPerson(db, organizer, facts, 'test')
  const ask = async (asked: Record<string, string>, who = us) => {
    const answer = await who.postJson('/people/sheets/known', {
      name: '',
      name_hangul: '',
      phone: '',
      email: '',
      ...asked,
    })
    return ((await answer.json()) as { people: { person_id: string; hint: string }[] }).people
  }
  for (const asked of [
    { name: 'jinah roh' },
    { name_hangul: '노진아' },
    { phone: '718-555-0199' },
    { email: 'JinAh@example.org' },
  ])
    // prettier-ignore
    expect((await ask(asked))[0]?.person_id).toBe(person_id)
  expect((await ask({ name: 'Roh' }))[0]?.hint).toContain('Flushing')
  expect(await ask({ name: 'jinah roh' }, them)).toEqual([])

  const sheet = await make()
  await us.post(`${sheet}/lines`, line(3, { person_id, first_name: 'J', last_name: 'Noh', email: 'new@example.org' }))
  expect(await linesOf(db, organization_id, idOf(sheet))).toMatchObject([{ line: 3, person_id, how: 'chosen' }])
  const mailboxes = await db.selectFrom('person_email').select(['email', 'claimed_at']).where('person_id', '=', person_id).orderBy('email').execute() // prettier-ignore
  expect(mailboxes).toEqual([{ email: 'jinah@example.org', claimed_at: null }, { email: 'new@example.org', claimed_at: null }]) // prettier-ignore
  const name = await db.selectFrom('person').select('first_name').where('person_id', '=', person_id).executeTakeFirst()
  expect(name?.first_name).toBe('Jin Ah')
  const foreign = (await createPerson(world.database.of(theirs.organization_id), theirs.organizer, PersonForm.parse({ last_name: 'X' }), 'test')).person_id // prettier-ignore
  expect((await us.post(`${sheet}/lines`, line(4, { person_id: foreign }))).status).toBe(404)
})

test('an opt-out since the day of the sheet stands, an earlier one is lifted by what somebody wrote themselves', async () => {
  const make_person = async (last_name: string) =>
    (await createPerson(db, organizer, PersonForm.parse({ last_name }), 'test')).person_id
  const [since, before] = [await make_person('Since'), await make_person('Before')]
  for (const who of [since, before])
    await recordConsent(db, organizer, who, { channel: 'email', is_given: false, evidence: 'by the link' })
  await sql`update consent set recorded_at = '2026-11-21T15:00Z' where person_id = ${since}`.execute(db)
  await sql`update consent set recorded_at = '2026-11-19T15:00Z' where person_id = ${before}`.execute(db)
  const sheet = await make()
  await us.post(`${sheet}/lines`, line(1, { person_id: since, consents: ['email'] }))
  await us.post(`${sheet}/lines`, line(2, { person_id: before, consents: ['email'] }))
  expect((await consentsOf(since)).map(({ is_given }) => is_given)).toEqual([false])
  expect((await consentsOf(before)).map(({ is_given }) => is_given).toSorted()).toEqual([false, true])
  expect(await (await us.get(sheet)).text()).toContain('not counted, for they opted out since: ')
  // Of a mailbox that somebody else who reads it stopped likewise.
  const at = async (last_name: string, since: string) => {
    const email = `${last_name}@example.org`
    await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
      values (${organizer.organization_id}, mail_address_hash(${organizer.organization_id}, ${email}), 'unsubscribed', ${since}, 'one click')`.execute(db)
    return (await createPerson(db, organizer, { ...PersonForm.parse({ last_name }), emails: [email] }, 'test')).person_id
  }
  const [late, early] = [await at('late', '2026-11-21T15:00Z'), await at('early', '2026-11-19T15:00Z')]
  await us.post(`${sheet}/lines`, line(3, { person_id: late, consents: ['email'] }))
  await us.post(`${sheet}/lines`, line(4, { person_id: early, consents: ['email'] }))
  expect([await consentsOf(late), (await consentsOf(early)).map(({ is_given }) => is_given)]).toEqual([[], [true]])
}) // prettier-ignore

test('a line typed wrong is taken out with its consents, and a merge takes lines along', async () => {
  const sheet = await make()
  await us.post(`${sheet}/lines`, line(1, { last_name: 'Wrong', consents: ['text'] }))
  const [typed] = await linesOf(db, organization_id, idOf(sheet))
  expect((await them.post(`${sheet}/lines/1/take-back`, {})).status).toBe(404)
  expect((await us.post(`${sheet}/lines/1/take-back`, {})).status).toBe(303)
  expect((await us.post(`${sheet}/lines/1/take-back`, {})).status).toBe(404)
  expect(await consentsOf(typed?.person_id ?? '')).toEqual([])
  await us.post(`${sheet}/lines`, line(1, { last_name: 'Right' }))
  const [again] = await linesOf(db, organization_id, idOf(sheet))
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Right' }), 'test')
  await mergePeople(db, organizer, person_id, again?.person_id ?? '', [])
  expect(await linesOf(db, organization_id, idOf(sheet))).toMatchObject([{ person_id }])
  expect(await (await us.get(`/people/${person_id}`)).text()).toContain('Signed in on paper: Housing roundtable')
})

test('a line takes out its own consents alone, whoever clicks and whatever was said since', async () => {
  const colleague = world.as(ours.actor(['organizer'], { name: 'A colleague' }), routes)
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Twice' }), 'test')
  const sheet = await make()
  await us.post(`${sheet}/lines`, line(1, { person_id, consents: ['phone', 'email'] }))
  await us.post(`${sheet}/lines`, line(2, { person_id, consents: ['phone', 'text'] }))
  await recordConsent(db, organizer, person_id, { channel: 'email', is_given: false, evidence: 'by the link' })
  const given = async () =>
    (await consentsOf(person_id)).map(({ channel, is_given, evidence }) => [channel, is_given, /line (\d)/.exec(evidence)?.[1]]) // prettier-ignore
  expect(await given()).toHaveLength(5)

  expect((await colleague.post(`${sheet}/lines/1/take-back`, {})).status).toBe(303)
  expect(await given()).toEqual([['email', false, undefined], ['phone', true, '2'], ['text', true, '2']]) // prettier-ignore
  const entries = await db.selectFrom('audit_entry').select(['actor_name', 'before']).where('action', '=', 'consent.take_back').where('subject_id', '=', person_id).execute() // prettier-ignore
  expect(entries.map(({ actor_name, before }) => [actor_name, before?.channel]).toSorted()).toEqual([
    ['A colleague', 'email'],
    ['A colleague', 'phone'],
  ])
  expect((await colleague.post(`${sheet}/lines/2/take-back`, {})).status).toBe(303)
  expect(await given()).toEqual([['email', false, undefined]])
})

test('who was chosen stays chosen where the line is refused, also after a merge; nobody else’s person is shown', async () => {
  const facts = { ...PersonForm.parse({ last_name: 'Seon', first_name: 'Bo Ra', name_hangul: '선보라', city: 'Bayside' }), phones: ['+17185550177'] } // prettier-ignore
  const { person_id } = await createPerson(db, organizer, facts, 'test')
  const sheet = await make()
  const refused = async (chosen: string) => {
    const answer = await us.post(`${sheet}/lines`, line(1, { person_id: chosen, phone: '12' }))
    expect(answer.status).toBe(422)
    const text = await answer.text()
    return /<fieldset data-known.*?<\/fieldset>/s.exec(text)?.[0] ?? ''
  }
  const isChecked = new RegExp(`<input[^>]*checked=""[^>]*value="${person_id}"|<input[^>]*value="${person_id}"[^>]*checked=""`) // prettier-ignore
  const shown = await refused(person_id)
  expect(shown).toMatch(isChecked)
  expect(shown).toContain('선보라')
  expect(shown).toContain('718-555-0177 · Bayside')
  expect([/<fieldset[^>]*hidden=""/.test(shown), shown.split('checked=""').length]).toEqual([false, 2])

  const other = (await createPerson(db, organizer, PersonForm.parse({ last_name: 'Seon' }), 'test')).person_id
  await mergePeople(db, organizer, person_id, other, [])
  expect(await refused(other)).toMatch(isChecked)
  const foreign = (await createPerson(world.database.of(theirs.organization_id), theirs.organizer, PersonForm.parse({ last_name: 'Hidden' }), 'test')).person_id // prettier-ignore
  for (const nobody of [foreign, randomUUID(), '']) {
    const none = await refused(nobody)
    expect([/<fieldset[^>]*hidden=""/.test(none), none.includes('data-person=')]).toEqual([true, false])
  }
})

test('the same words for somebody else are another line, for the same person also after a merge they are one', async () => {
  const person = async (last_name: string) =>
    (await createPerson(db, organizer, PersonForm.parse({ last_name }), 'test')).person_id
  const [meant, double, other] = [await person('Meant'), await person('Double'), await person('Other')]
  const sheet = await make()
  const send = async (person_id: string) => (await us.post(`${sheet}/lines`, line(1, { person_id }))).status
  expect([await send(double), await send(double), await send('')]).toEqual([303, 303, 303])
  await mergePeople(db, organizer, meant, double, [])
  expect([await send(double), await send(meant)]).toEqual([303, 303])
  const refused = await us.post(`${sheet}/lines`, line(1, { person_id: other }))
  expect([refused.status, (await refused.text()).includes('typed in already')]).toEqual([422, true])
  expect(await linesOf(db, organization_id, idOf(sheet))).toMatchObject([{ line: 1, person_id: meant }])
})

test('who was looked for while typing is in the activity log, where anybody was found', async () => {
  await createPerson(db, organizer, PersonForm.parse({ last_name: 'Watched', first_name: 'Ina' }), 'test')
  const searches = () => db.selectFrom('audit_entry').select(['actor_name', 'after']).where('action', '=', 'voter.search').orderBy('audit_id').execute() // prettier-ignore
  const before = (await searches()).length
  for (const name of ['Ina Watched', 'Xqzw'])
    await us.postJson('/people/sheets/known', { name, name_hangul: '', phone: '', email: '' })
  expect((await searches()).slice(before)).toEqual([
    { actor_name: organizer.name, after: { query: 'Ina Watched', found: 1 } },
  ])
})

test('the form sent twice makes one sheet, and an empty sheet can be deleted', async () => {
  const form_key = /name="form_key" value="([^"]+)"/.exec(await (await us.get('/people/sheets')).text())?.[1] ?? ''
  const count = async () => (await db.selectFrom('sign_in_sheet').select('sheet_id').execute()).length
  const before = await count()
  const [sheet = '', again] = await Promise.all([make({ form_key }), make({ form_key })])
  expect([again, await count()]).toEqual([sheet, before + 1])
  const wrong = await (await us.post('/people/sheets', { form_key, title: '', held_on: '2026-11-20', lines: '3' })).text() // prettier-ignore
  expect(wrong).toContain(form_key)

  await us.post(`${sheet}/lines`, line(1))
  expect(await (await us.get(sheet)).text()).not.toContain('Delete the empty sheet')
  expect((await us.post(`${sheet}/remove`, {})).status).toBe(409)
  await us.post(`${sheet}/lines/1/take-back`, {})
  const body = new FormData()
  body.append('photo', new File([Buffer.from('ffd8ffe0', 'hex')], 'sheet.jpg', { type: 'image/jpeg' }))
  await us.postFiles(`/people/uploads/sheets/${idOf(sheet)}`, body)
  expect((await us.post(`${sheet}/remove`, {})).status).toBe(409)
  const [photo] = await photosOf(db, organization_id, idOf(sheet))
  await us.post(`${sheet}/photos/${photo?.photo_id}/remove`, {})
  expect(await (await us.get(sheet)).text()).toContain('Delete the empty sheet')
  expect((await them.post(`${sheet}/remove`, {})).status).toBe(404)
  expect((await us.post(`${sheet}/remove`, {})).headers.get('location')).toBe('/people/sheets')
  expect([(await us.get(sheet)).status, await count()]).toEqual([404, before])
})

test('a photo of the sheet is a picture of limited size, seen by nobody else, and can be deleted', async () => {
  const sheet = await make()
  const send = (content: Buffer, type = 'image/jpeg', who = us) => {
    const body = new FormData()
    body.append('photo', new File([new Uint8Array(content)], 'sheet.jpg', { type }))
    return who.postFiles(`/people/uploads/sheets/${idOf(sheet)}`, body)
  }
  const jpeg = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(2000)])
  expect((await send(Buffer.from('<svg onload="x()"/>'))).status).toBe(422)
  expect((await send(Buffer.concat([jpeg, Buffer.alloc(10 * 1024 * 1024)]))).status).toBe(422)
  expect((await send(jpeg, 'image/jpeg', them)).status).toBe(404)
  expect((await send(jpeg)).status).toBe(303)
  const [photo] = await photosOf(db, organization_id, idOf(sheet))
  const path = `${sheet}/photos/${photo?.photo_id}`
  const shown = await us.get(path)
  expect([shown.headers.get('content-type'), shown.headers.get('x-content-type-options')]).toEqual(['image/jpeg', 'nosniff']) // prettier-ignore
  expect(Buffer.from(await shown.arrayBuffer()).equals(jpeg)).toBe(true)
  expect((await them.get(path)).status).toBe(404)
  for (let more = 1; more < 6; more++) expect((await send(jpeg)).status).toBe(303)
  const seventh = await send(jpeg)
  expect([seventh.status, (await seventh.text()).includes('There are six photos already.')]).toEqual([422, true])
  expect((await us.post(`${path}/remove`, {})).status).toBe(303)
  expect(await photosOf(db, organization_id, idOf(sheet))).toHaveLength(5)
})

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
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
  const printed = await us.get(`${sheet}/sheet.pdf`)
  expect(printed.headers.get('content-type')).toBe('application/pdf')
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
})

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

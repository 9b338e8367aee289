import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { routes } from '../../app/routes.ts'
import { Conflict } from '../../platform/errors.ts'
import { seenIn } from '../../platform/testing/seen.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { createPerson, linkVoter, mark, personForVoter, recordConsent, takeBackMark, updatePerson } from './commands.ts'
import { mayContact } from './consent.ts'
import { notContactable, personByVoter } from './queries.ts'
import type { Who } from './rules.ts'
import { PersonForm, type Channel } from './schema.ts'
import { addNamedVoters } from './testing.ts'

const world = await makeWorld()
const { ours, theirs } = world
const db = world.database.of(ours.organization_id)
const us = world.as(ours.organizer, routes)
const them = world.as(theirs.organizer, routes)
const nobody = PersonForm.parse({})

beforeAll(async () => {
  await addNamedVoters(world.database.owner, [
    {
      voter_id: 1,
      last_name: 'Kim',
      first_name: 'Young',
      middle_name: 'Hee',
      household_key: 7,
      p_korean: 97,
      phones: ['+17185550142'],
      votes: [8 + 3],
    },
    {
      voter_id: 2,
      last_name: 'Kim',
      first_name: 'Sung',
      middle_name: 'Ho',
      birth_date: '1955-01-01',
      household_key: 7,
      phones: ['+17185550142'],
    },
    {
      voter_id: 3,
      last_name: 'Park',
      first_name: 'Min',
      middle_name: 'Su',
      birth_date: '1980-02-02',
      street: '38th Ave',
      house_number: '136-20',
    },
    {
      voter_id: 4,
      last_name: 'Lee',
      first_name: 'Grace',
      birth_date: '1990-02-02',
      street: 'Main St',
      house_number: '12',
    },
    { voter_id: 5, last_name: 'Choi', first_name: 'Eun', middle_name: 'Ju', birth_date: '1970-02-02' },
    { voter_id: 6, last_name: 'Han', first_name: 'Ji', middle_name: 'Won', birth_date: '1975-02-02' },
  ])
  await sql`insert into election (election_id, state, kind, year, held_on) values (1, 'NY', 'general', 2024, '2024-11-05'), (2, 'NY', 'primary', 2025, '2025-06-24')`.execute(
    world.database.owner,
  )
})

const text = async (response: Promise<Response>): Promise<string> => (await response).text()

test('a number of the file says where it is from, of which day, how it was matched and how far to trust it, the best first', async () => {
  await sql`insert into voter_phone (voter_id, phone, kind, quality, matched_by, source, received_on)
    values (6, '+17185550161', 'landline', 35, 'name_birth_address', 'vendor X', '2023-10-01'),
      (6, '+17185550162', 'mobile', 85, 'state_id', 'city board', '2026-10-01')`.execute(world.database.owner)
  const html = await text(us.get('/voters/6'))
  expect(html).toContain(
    'Mobile · From the voter file: city board, Thursday, October 1, 2026 · matched by state voter id · reliability 85 of 100',
  )
  expect(html).toContain('matched by name, birth year and address · reliability 35 of 100')
  expect(html.indexOf('city board')).toBeLessThan(html.indexOf('vendor X'))
  const korean = await text(us.get('/voters/6', { 'accept-language': 'ko' }))
  expect(korean).toContain(
    '명부 자료: city board, 2026년 10월 1일(목) · 주 유권자 번호로 연결 · 신뢰도 85점(100점 만점)',
  )
})

test('a number that costs whoever rings it stands on the profile, says that callers are not shown it, and is no link', async () => {
  await sql`insert into voter_phone (voter_id, phone, kind, quality, matched_by, source, received_on)
    values (6, '+19005550163', 'unknown', 35, 'state_id', 'city board', '2026-10-01'),
      (6, '+17185550164', 'unknown', 35, 'state_id', 'city board', '2026-10-01')`.execute(world.database.owner)
  const html = await text(us.get('/voters/6'))
  expect(html).toContain('900-555-0163')
  expect(html).toContain('Costs extra to call: not shown to callers')
  expect(html).toContain('tel:+17185550164')
  expect(html).not.toContain('tel:+19005550163')
  const korean = await text(us.get('/voters/6', { 'accept-language': 'ko' }))
  expect(korean).toContain('걸면 요금이 더 드는 번호: 봉사자에게 보이지 않음')
})

test('a voter nobody has spoken with has a profile and no row of ours', async () => {
  const page = await us.get('/voters/1')
  expect(page.status).toBe(200)
  const html = await page.text()
  expect(html).toContain('Young Hee Kim')
  expect(html).toContain('김영희') // a guess, and marked so
  expect(html).toContain('(guess)')
  expect(html).toContain('Sung Ho Kim') // the household
  expect(html).toContain('718-555-0142')
  expect(html).toContain('by mail')
  expect(await personByVoter(db, ours.organization_id, 1)).toBeUndefined()
})

test('what we learn stands beside what the state says, and neither is lost', async () => {
  const saved = await us.post('/people/v1/edit', {
    last_name: 'Lee', first_name: 'Young Hee', middle_name: '', name_hangul: '이영희', preferred_title: '권사님', birth_year: '1957',
    sex: '', language: 'ko', second_language: 'en', community: 'korean', address: '41-25 Kissena Blvd', city: 'Flushing', zip5: '11355',
  }) // prettier-ignore
  expect(saved.status).toBe(303)
  expect(saved.headers.get('location')).toBe('/voters/1?done=saved')
  const html = await text(us.get('/voters/1'))
  for (const words of [
    '이영희',
    '권사님',
    'Young Hee Lee',
    'Young Hee Kim',
    'Born 1957',
    'May 5, 1958',
    'Said so themselves',
  ])
    expect(html).toContain(words)
  expect(html).not.toContain('(guess)')
  const person = await personByVoter(db, ours.organization_id, 1)
  // The address is the state's own: it goes on following the file.
  expect(person).toMatchObject({ last_name: 'Lee', birth_year: 1957, address: null, city: null, language: 'ko' })
  const entry = await db
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', '=', 'person.update')
    .executeTakeFirstOrThrow()
  expect(entry.after).toMatchObject({ name_hangul: '이영희' })
  expect(entry.actor_name).toBe(ours.organizer.name)
})

test.each(['edit', 'phone', 'email', 'consent', 'mark', 'number?phone=%2B17185550142', 'related?q=kim'])(
  '%s is a form of its own',
  async (form) => {
    const html = await text(us.get(`/people/v1/${form}`))
    expect(html).toContain(`action="/people/v1/${form.replace(/\?.*/, '')}"`)
  },
)

test('fields the organization defined are kept by their kind', async () => {
  await db
    .insertInto('custom_field')
    .values([
      {
        organization_id: ours.organization_id,
        key: 'church',
        label: JSON.stringify({ en: 'Church', ko: '교회' }),
        kind: 'text',
      },
      {
        organization_id: ours.organization_id,
        key: 'has_car',
        label: JSON.stringify({ en: 'Has a car', ko: '차 있음' }),
        kind: 'yes_no',
      },
      {
        organization_id: ours.organization_id,
        key: 'since',
        label: JSON.stringify({ en: 'Member since', ko: '회원 가입' }),
        kind: 'number',
      },
    ])
    .execute()
  const typed = {
    last_name: 'Lee',
    first_name: 'Young Hee',
    name_hangul: '이영희',
    birth_year: '1957',
    language: 'ko',
    preferred_title: '권사님',
    community: 'korean',
  }
  expect((await us.post('/people/v1/edit', { ...typed, custom_since: 'long ago' })).status).toBe(422)
  expect(
    (
      await us.post('/people/v1/edit', {
        ...typed,
        custom_church: '플러싱교회',
        custom_has_car: 'yes',
        custom_since: '2019',
      })
    ).status,
  ).toBe(303)
  expect((await personByVoter(db, ours.organization_id, 1))?.custom).toEqual({
    church: '플러싱교회',
    has_car: true,
    since: 2019,
  })
  const html = await text(us.get('/voters/1'))
  for (const words of ['Church', '플러싱교회', 'Has a car', 'Yes', '2019']) expect(html).toContain(words)
})

test('a form with an error comes back with everything that was typed', async () => {
  const refused = await us.post('/people/v1/edit', {
    last_name: 'Kim',
    name_hangul: 'Kim Young',
    birth_year: '58',
    address: '1 Elm',
  })
  expect(refused.status).toBe(422)
  const html = await refused.text()
  for (const words of [
    'value="Kim Young"',
    'value="58"',
    'value="1 Elm"',
    'Only Hangul goes here.',
    'Enter four digits',
  ])
    expect(html).toContain(words)
})

test('who edits a row that somebody changed meanwhile is told, and nothing is overwritten', async () => {
  const seen = JSON.stringify({ ...JSON.parse(seenIn(await text(us.get('/people/v1/edit')))), last_name: 'Rhee' })
  const answer = await us.post('/people/v1/edit', { last_name: 'Choi', seen })
  expect(answer.status).toBe(409)
  // What was typed is kept, and what is saved now stands beside it.
  const html = await answer.text()
  expect(html).toContain('value="Choi"')
  expect(html).toMatch(/id="last_name-saved"[^>]*>Saved meanwhile: <strong>Lee</)
  expect(html).toContain('href="#last_name-saved"')
  expect((await personByVoter(db, ours.organization_id, 1))?.last_name).toBe('Lee')
})

test('one number that two edit at once is not overwritten, and what was typed stays', async () => {
  const form = async () => seenIn(await text(us.get('/people/v1/phone?phone=%2B17185550177')))
  const asOpened = await form()
  const phone = '+17185550177'
  expect((await us.post('/people/v1/phone', { phone, kind: 'mobile', quality: 'good', seen: asOpened })).status).toBe(
    303,
  )
  const answer = await us.post('/people/v1/phone', { phone, kind: 'landline', quality: 'wrong', seen: asOpened })
  expect(answer.status).toBe(409)
  const html = await answer.text()
  expect(html).toMatch(/value="wrong"[^>]*checked|checked=""[^>]*value="wrong"/)
  expect(html).toMatch(/id="quality-saved"[^>]*>Saved meanwhile: <strong>Confirmed</)
  // Once theirs was seen, pressing again saves.
  expect(
    (await us.post('/people/v1/phone', { phone, kind: 'landline', quality: 'wrong', seen: seenIn(html) })).status,
  ).toBe(303)
  const saved = await db.selectFrom('person_phone').select('quality').where('phone', '=', phone).executeTakeFirst()
  expect(saved?.quality).toBe('wrong')
  await db.updateTable('person_phone').set({ source: 'call' }).where('phone', '=', phone).execute()
  expect(await text(us.get('/voters/1'))).toContain('Noted in a call')
})

test('what stands in the hidden field of a form may be anything', async () => {
  const many = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, 'x'])))
  for (const seen of ['', '{', 'null', '[]', '{"last_name":7}', many]) {
    const answer = await us.post('/people/v1/edit', { last_name: 'Choi', seen })
    expect([seen.slice(0, 40), answer.status]).toEqual([seen.slice(0, 40), 409])
    const html = await answer.text()
    expect(html).toContain('What stood here when you opened this page cannot be read any more')
    expect(html).toMatch(/id="last_name-saved"[^>]*>Saved meanwhile: <strong>Lee</)
    // Theirs was shown: that is what is seen now.
    expect(JSON.parse(seenIn(html))).toMatchObject({ last_name: 'Lee' })
  }
  const strange = await us.post('/people/v1/edit', { last_name: 'Choi', seen: '{"__proto__":"x","constructor":"y"}' })
  expect(strange.status).toBe(409)
  expect((await personByVoter(db, ours.organization_id, 1))?.last_name).toBe('Lee')
})

test('the conflict names who changed what differs, not who changed something else of the person', async () => {
  const [min, jun] = ['Min', 'Jun'].map((name) => world.as(ours.actor(['organizer'], { name }), routes))
  const opened = await text(us.get('/people/v3/edit'))
  const facts = { last_name: 'Park', first_name: 'Min', middle_name: 'Su' }
  expect((await min?.post('/people/v3/edit', { ...facts, name_hangul: '박민수' }))?.status).toBe(303)
  expect((await jun?.post('/people/v3/phone', { phone: '718-555-0130', kind: 'mobile' }))?.status).toBe(303)
  const late = await us.post('/people/v3/edit', { ...facts, name_hangul: '박민서', seen: seenIn(opened) })
  expect(late.status).toBe(409)
  const html = await late.text()
  expect(html).toContain('Meanwhile Min saved this')
  expect(html).not.toContain('Jun saved')
})

test('two edits and two numbers sent at the same moment: one is saved, the other is told', async () => {
  const both = async (path: string, forms: Record<string, string>[]) => {
    const seen = seenIn(await text(us.get(path)))
    const answers = await Promise.all(forms.map((form) => us.post(path, { ...form, seen })))
    const late = answers.findIndex(({ status }) => status === 409)
    const html = (await answers[late]?.text()) ?? ''
    // The way to what differs leads somewhere, and whoever saw theirs may save.
    const [, first = ''] = /href="#([^"]+-saved)"/.exec(html) ?? []
    expect(html).toContain(`id="${first}"`)
    const which = /type="hidden" name="(phone|email)" value="([^"]+)"/.exec(html)
    const again = { ...forms[late], ...(which && { [which[1] ?? '']: which[2] ?? '' }), seen: seenIn(html) }
    return [...answers, await us.post(path, again)].map(({ status }) => status).toSorted()
  }
  expect(await both('/people/v5/edit', [{ preferred_title: '선생님' }, { preferred_title: '장로님' }])).toEqual([
    303, 303, 409,
  ])
  const phone = '718-555-0151'
  expect(
    await both('/people/v5/phone', [
      { phone, quality: 'good' },
      { phone, quality: 'wrong' },
    ]),
  ).toEqual([303, 303, 409])
  const email = 'Eun@example.com'
  expect(
    await both('/people/v5/email', [
      { email, quality: 'good' },
      { email, quality: 'wrong' },
    ]),
  ).toEqual([303, 303, 409])
})

test('a number the voter file has is noted as ours without a conflict', async () => {
  for (const opened of ['/people/v2/phone', '/people/v2/phone?phone=%2B17185550142']) {
    const seen = seenIn(await text(us.get(opened)))
    const sent = { phone: '(718) 555-0142', kind: 'mobile', quality: 'good', seen }
    expect([opened, (await us.post('/people/v2/phone', sent)).status]).toEqual([opened, 303])
    await us.post('/people/v2/phone/remove', { phone: '+17185550142' })
  }
})

test('an empty field empties, with a time that was read and without one', async () => {
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    { ...nobody, last_name: 'Seo', city: 'Flushing' },
    'test',
  )
  const { updated_at, ...before } = await db
    .selectFrom('person')
    .selectAll()
    .where('person_id', '=', person_id)
    .executeTakeFirstOrThrow()
  expect(before.city).toBe('Flushing')
  const facts = { ...nobody, last_name: 'Seo', city: '' }
  await updatePerson(db, ours.organizer, person_id, facts, updated_at.toISOString())
  const city = db.selectFrom('person').select('city').where('person_id', '=', person_id)
  expect(await city.executeTakeFirst()).toEqual({ city: null })
  await updatePerson(db, ours.organizer, person_id, { ...facts, last_name: 'Suh' }, null)
  await expect(updatePerson(db, ours.organizer, person_id, facts, updated_at.toISOString())).rejects.toBeInstanceOf(
    Conflict,
  )
})

test('two who learn something of one voter at once get one row', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => personForVoter(db, ours.organizer, 2)))
  expect(new Set(made).size).toBe(1)
  const rows = await db.selectFrom('person').selectAll().where('voter_id', '=', 2).execute()
  expect(rows).toHaveLength(1)
})

test('a person by hand and a call at once still make one row for the voter', async () => {
  const facts = { ...nobody, last_name: 'Han', first_name: 'Ji Won', birth_year: 1975, address: '41-25 Kissena Blvd' }
  await Promise.all([
    createPerson(db, ours.organizer, facts, 'test'),
    personForVoter(db, ours.organizer, 6),
    createPerson(db, ours.organizer, facts, 'test'),
  ])
  const linked = await db.selectFrom('person').selectAll().where('voter_id', '=', 6).execute()
  expect(linked).toHaveLength(1)
})

test('the same voter may be known to both organizations, each for itself', async () => {
  await personForVoter(world.database.of(theirs.organization_id), theirs.organizer, 1)
  const html = await text(them.get('/voters/1'))
  expect(html).toContain('Young Hee Kim')
  expect(html).not.toContain('이영희')
  expect(html).not.toContain('권사님')
})

test('another organization finds and reaches nothing of ours', async () => {
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    { ...nobody, name_hangul: '홍길동', phones: ['+17185550199'] },
    'test',
  )
  expect((await them.get(`/people/${person_id}`)).status).toBe(404)
  expect((await them.get(`/people/${person_id}/edit`)).status).toBe(404)
  expect((await them.post(`/people/${person_id}/notes`, { body: 'x' })).status).toBe(404)
  expect((await them.post(`/people/${person_id}/mark`, { reason: 'deceased', note: 'x' })).status).toBe(404)
  for (const query of ['홍길동', 'ㅎㄱㄷ', '0199']) {
    expect(await text(them.get(`/voters?q=${encodeURIComponent(query)}`))).not.toContain(person_id)
    expect(await text(us.get(`/voters?q=${encodeURIComponent(query)}`))).toContain(person_id)
  }
})

test('tags, notes, numbers and mailboxes, and the way back from each', async () => {
  await us.post('/people/v3/tags', { tag: 'Church Flushing' })
  await us.post('/people/v3/notes', { body: 'Prefers evenings' })
  expect(
    (
      await us.post('/people/v3/phone', {
        phone: '(718) 555-0177',
        quality: 'good',
        kind: 'mobile',
        is_preferred: 'yes',
      })
    ).status,
  ).toBe(303)
  expect((await us.post('/people/v3/phone', { phone: '12', quality: 'good', kind: 'mobile' })).status).toBe(422)
  await us.post('/people/v3/email', { email: 'MinSu@Example.com', quality: 'good' })
  let html = await text(us.get('/voters/3'))
  for (const words of [
    'church-flushing',
    'Prefers evenings',
    '718-555-0177',
    'minsu@example.com',
    'Confirmed',
    'Preferred',
  ])
    expect(html).toContain(words)
  const note = await db.selectFrom('note').selectAll().executeTakeFirstOrThrow()
  const removed = await us.post(`/people/v3/notes/${note.note_id}/remove`, {})
  expect(await text(us.get(removed.headers.get('location') ?? ''))).toContain('The note is removed')
  expect(await text(us.get('/voters/3'))).not.toContain('Prefers evenings')
  await us.post(`/people/v3/notes/${note.note_id}/restore`, {})
  await us.post('/people/v3/tags/remove', { tag: 'church-flushing' })
  await us.post('/people/v3/email/remove', { email: 'minsu@example.com' })
  html = await text(us.get('/voters/3'))
  expect(html).toContain('Prefers evenings')
  expect(html).not.toContain('mailto:minsu@example.com')
  expect(await db.selectFrom('person_tag').selectAll().execute()).toEqual([])
})

test('an opt-out counts at once, its history stays', async () => {
  const who = { voter_id: 4, person_id: await personForVoter(db, ours.organizer, 4) }
  await us.post('/people/v4/email', { email: 'grace@example.com', quality: 'good' })
  const may = (channel: Channel, whom: Who = who) => mayContact(db, ours.organization_id, whom, channel, 'campaign')
  expect((await may('email')).reason).toBeNull()
  await recordConsent(db, ours.organizer, 'v4', { channel: 'email', is_given: true, evidence: 'sign-up sheet' })
  const refused = await us.post('/people/v4/consent', { channel: 'email', is_given: 'no', evidence: '' })
  expect(refused.status).toBe(422)
  await us.post('/people/v4/consent', { channel: 'email', is_given: 'no', evidence: 'wrote to us' })
  expect(await may('email')).toMatchObject({ reason: 'opted_out', evidence: 'wrote to us' })
  const html = await text(us.get('/voters/4'))
  expect(html).toContain('No e-mail')
  expect(html).toContain('sign-up sheet')
  // The head of the profile says which consent, who recorded it and on what word.
  await us.post('/people/v4/consent', { channel: 'phone', is_given: 'no', evidence: 'asked at the fair' })
  expect(await text(us.get('/voters/4'))).toMatch(/Does not want calls[^]*?Recorded by [^]*?\(asked at the fair\)/)

  // Of two at one moment the refusal counts, whichever was written first.
  for (const first of [true, false]) {
    await db.deleteFrom('consent').execute()
    await sql`insert into consent (organization_id, consent_id, person_id, channel, is_given, evidence, recorded_by, recorded_at)
      select ${ours.organization_id}, ('00000000-0000-4000-8000-00000000000' || nth)::uuid, ${who.person_id}, 'phone', is_given, 'x', 'x', '2026-11-01'
      from (values (1, ${first}::boolean), (2, not ${first}::boolean)) said (nth, is_given)`.execute(db)
    const { rows } = await sql`select closed_to_calls(${ours.organization_id}::uuid, 4) as queue,
      ${notContactable(ours.organization_id, 'phone', sql.ref('v.voter_id'))} as lists from voter_record v where v.voter_id = 4`.execute(
      db,
    )
    expect(rows).toEqual([{ queue: 'do_not_call', lists: true }])
    expect((await may('phone')).reason).toBe('opted_out')
  }
})

test('a mark needs a reason, silences the voter for every list, and can be taken back', async () => {
  expect((await us.post('/people/v5/mark', { reason: 'deceased', note: '' })).status).toBe(422)
  expect((await us.post('/people/v5/mark', { reason: 'deceased', note: 'her son said so' })).status).toBe(303)
  const closed = () =>
    sql<{
      voter_id: number
    }>`select voter_id from voter_record where voter_id = 5 and ${notContactable(ours.organization_id, 'phone', sql.ref('voter_record.voter_id'))}`.execute(
      db,
    )
  expect((await closed()).rows).toHaveLength(1)
  const row = await db.selectFrom('suppression').selectAll().where('voter_id', '=', 5).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ reason: 'deceased', note: 'her son said so', marked_by: ours.organizer.name })
  let html = await text(us.get('/voters/5'))
  expect(html).toContain('Has died')
  expect(html).toContain('her son said so')
  // The neighbours' mark is no business of another organization.
  expect(await text(them.get('/voters/5'))).not.toContain('Has died')
  expect((await them.post(`/people/v5/marks/${row.suppression_id}/take-back`, {})).status).toBe(404)

  await us.post(`/people/v5/marks/${row.suppression_id}/take-back`, {})
  await us.post(`/people/v5/marks/${row.suppression_id}/take-back`, {})
  expect((await closed()).rows).toEqual([])
  html = await text(us.get('/voters/5'))
  expect(html).toContain('Taken back by')
  expect((await personByVoter(db, ours.organization_id, 5))?.deceased_at).toBeNull()
})

test('a wrong number is closed for whom it was noted, the people are not', async () => {
  const id = await mark(db, ours.organizer, 'v1', {
    reason: 'wrong_number',
    note: 'a stranger answered',
    phone: '+17185550142',
  })
  const may = async (voter_id: number, channel: Channel) =>
    (await mayContact(db, ours.organization_id, { voter_id, person_id: null }, channel, 'campaign')).reason
  expect([await may(1, 'phone'), await may(1, 'post')]).toEqual(['no_address', null])
  // As the queue has it: somebody else of the household may be at that number.
  expect(await may(2, 'phone')).toBeNull()
  await takeBackMark(db, ours.organizer, id)
  expect(await may(1, 'phone')).toBeNull()
})

test('a new person who surely is a voter is matched, one who may be is asked about', async () => {
  const typed = {
    last_name: 'Choi',
    first_name: 'Eunju',
    birth_year: '1970',
    address: '41-25 Kissena Boulevard',
    language: 'ko',
  }
  const offered = await us.post('/people/new', typed)
  expect(offered.status).toBe(422)
  const asked = await offered.text()
  expect(asked).toMatch(/among our people already[\s\S]*href="\/voters\/\d+"[\s\S]*same name/)
  expect(asked).toContain('value="41-25 Kissena Boulevard"')
  const sure = await us.post('/people/new', { ...typed, is_new: 'yes' })
  // Another row of ours holds this voter already, from the mark above: so a person has to look.
  expect(sure.headers.get('location')).toMatch(/^\/people\/.*#match$/)
  const page = await text(us.get(sure.headers.get('location') ?? ''))
  expect(page).toContain('This voter already has a profile of yours')

  const { person_id, match } = await createPerson(
    db,
    ours.organizer,
    { ...nobody, last_name: 'Park', first_name: 'Minsoo', birth_year: 1980 },
    'test',
  )
  expect(match.kind).toBe('unsure')
  const html = await text(us.get(`/people/${person_id}`))
  expect(html).toContain('same year of birth')
  expect(html).toContain(`/people/${person_id}/refuse/3`)

  await us.post(`/people/${person_id}/refuse/3`, {})
  expect(await text(us.get(`/people/${person_id}`))).not.toContain('same year of birth')
  expect(await linkVoter(db, ours.organizer, person_id, 3, 'hand')).toMatchObject({ ok: false, problem: 'voter_taken' })
})

test('a match can be confirmed and taken back, and is not offered again', async () => {
  await addNamedVoters(world.database.owner, [
    {
      voter_id: 10,
      last_name: 'Yoon',
      first_name: 'Mi',
      middle_name: 'Ra',
      birth_date: '1966-06-06',
      phones: ['+17185550166'],
    },
  ])
  const { person_id, match } = await createPerson(
    db,
    ours.organizer,
    { ...nobody, last_name: 'Yun', first_name: 'Mira', birth_year: 1966 },
    'test',
  )
  expect(match).toMatchObject({ kind: 'unsure', candidates: [{ voter_id: 10 }] })
  const confirmed = await us.post(`/people/${person_id}/match/10`, {})
  expect(confirmed.headers.get('location')).toBe('/voters/10?done=matched')
  expect((await us.get(`/people/${person_id}`)).headers.get('location')).toBe('/voters/10')
  await us.post(`/people/${person_id}/unmatch`, {})
  const html = await text(us.get(`/people/${person_id}`))
  expect(html).toContain('Mira Yun')
  expect(html).not.toContain('Is this one of these voters?')
  // A slip is taken back where it was made.
  const unmatched = await us.post(`/people/${person_id}/match/10`, {}).then(() => us.post(`/people/${person_id}/unmatch`, {})) // prettier-ignore
  expect(unmatched.headers.get('location')).toBe(`/people/${person_id}?done=unmatched&voter=10`)
  expect(await text(us.get(`/people/${person_id}?done=unmatched&voter=10`))).toContain(`action="/people/${person_id}/unmatch/10/undo"`) // prettier-ignore
  const refused = await us.post(`/people/${person_id}/refuse/10`, {})
  const after = refused.headers.get('location') ?? ''
  expect(await text(us.get(after))).toContain(`action="/people/${person_id}/refuse/10/undo"`)
  await us.post(`/people/${person_id}/refuse/10/undo`, {})
  expect(await text(us.get(`/people/${person_id}`))).toContain('Is this one of these voters?')
  // Whoever is not offered is found, and linked by hand.
  const { person_id: married } = await createPerson(db, ours.organizer, { ...nobody, last_name: 'Brown', first_name: 'Mia' }, 'test') // prettier-ignore
  const found = await text(us.get(`/people/${married}/same?q=Yoon`))
  expect(found).toContain(`action="/people/${married}/match/10"`)
  await us.post(`/people/${person_id}/refuse/10`, {})

  const certain = await createPerson(
    db,
    ours.organizer,
    { ...nobody, last_name: 'Yoon', first_name: 'Mi Ra', birth_year: 1966, phones: ['+17185550166'] },
    'test',
  )
  expect(certain.match).toEqual({ kind: 'linked', voter_id: 10 })
})

test('relationships read from both sides', async () => {
  await us.post('/people/v1/related', { other: 'v2', kind: 'child', note: '' })
  expect(await text(us.get('/voters/1'))).toContain('Child')
  expect(await text(us.get('/voters/2'))).toContain('Parent')
  expect((await us.post('/people/v1/related', { other: 'v1', kind: 'friend', note: '' })).status).toBe(422)
  expect((await us.post('/people/v1/related', { other: randomUUID(), kind: 'friend', note: '' })).status).toBe(422)
})

test('the timeline tells the newest hundred, and the way to those before', async () => {
  await addNamedVoters(world.database.owner, [
    { voter_id: 77, last_name: 'Often', first_name: 'Called', middle_name: '' },
  ])
  await sql`insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, made_by, attempted_at, note)
    select ${ours.organization_id}::uuid, gen_random_uuid(), 77, 'phone', 'no_answer', false, 'Minji', timestamptz '2026-11-20' - n * interval '1 hour', 'call ' || n
    from generate_series(1, 105) n`.execute(db)
  const html = await text(us.get('/voters/77'))
  expect(html).toContain('5 earlier entries are not shown.')
  expect(html).not.toContain('call 105')
  const href = /href="(\?told=\d+)#timeline"/.exec(html)?.[1] ?? ''
  expect(await text(us.get(`/voters/77${href}`))).toContain('call 105')
  await sql`delete from contact_attempt where voter_id = 77`.execute(world.database.owner)
  // Of what is not counted too.
  const mail = (count: number) =>
    sql`insert into person_mail (organization_id, voter_id, sent_to, subject, language, sent_at)
      select ${ours.organization_id}::uuid, 77, 'often@example.org', 'mail ' || n, 'en', timestamptz '2026-11-20' - n * interval '1 hour'
      from generate_series(1, ${count}::integer) n`.execute(db)
  await mail(100)
  expect(await text(us.get('/voters/77'))).not.toContain('Show earlier ones')
  await mail(1)
  const mailed = await text(us.get('/voters/77'))
  expect(mailed).toContain('Earlier entries are not shown.')
  expect(mailed).toContain('href="?told=400#timeline"')
  expect(await text(us.get('/voters/77?told=400'))).not.toContain('Show earlier ones')
})

test('the timeline tells calls with their answers', async () => {
  await sql`insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, phone, language, made_by, attempted_at, note)
    values (${ours.organization_id}::uuid, gen_random_uuid(), 1, 'phone', 'canvassed', true, '+17185550142', 'ko', 'Minji', '2026-11-20T20:00:00Z', 'Asked about rent')`.execute(
    db,
  )
  const attempt = await sql<{ id: string }>`select attempt_id as id from contact_attempt`.execute(db)
  await sql`insert into contact_answer (organization_id, attempt_id, question, value) values (${ours.organization_id}::uuid, ${attempt.rows[0]?.id}::uuid, 'support', '2')`.execute(
    db,
  )
  await sql`with file as (
      insert into voter_file (state, layout, kind, names, received_on, imported_at, imported_by, law_accepted_at, counts)
      values ('NY', 'us-ny', 'registration', '{}', '2026-10-01', '2026-10-01', 'Tess', '2026-10-01', '{}') returning file_id)
    insert into voter_change (voter_id, file_id, kind, before, after)
    select 1, file_id, 'moved', '{"house_number": "7", "street": "Ash Ave"}', '{"house_number": "9", "street": "Elm Ave"}' from file`.execute(
    world.database.owner,
  )
  const html = (await text(us.get('/voters/1'))).replaceAll('<!-- -->', '')
  for (const words of ['Spoke with them', 'Minji', 'Asked about rent', 'in 한국어', 'support'])
    expect(html).toContain(words)
  for (const words of ['House number: <del>7<', 'Street: <del>Ash Ave<']) expect(html).toContain(words)
  expect(html).not.toContain('not shown')
  await sql`insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, made_by, attempted_at)
    select ${ours.organization_id}::uuid, gen_random_uuid(), 1, 'phone', 'no_answer', false, 'robot', '2026-11-01T20:00:00Z' from generate_series(1, 101)`.execute(
    db,
  )
  expect((await text(us.get('/voters/1'))).replaceAll('<!-- -->', '')).toContain('2 earlier entries are not shown.')
  await sql`delete from contact_attempt where made_by = 'robot'`.execute(world.database.owner)
})

test('who types a condition where people are looked for is led to the builder', async () => {
  const page = await text(us.get(`/voters?${new URLSearchParams({ q: 'party:dem age>=65' })}`))
  expect(page).toContain('href="/voters/universes/new?q=party%3Adem+age%3E%3D65"')
  for (const q of ['kim', '192-57 Ash Ave', 'minji@example.org', '김영희'])
    expect(await text(us.get(`/voters?${new URLSearchParams({ q })}`))).not.toContain('/voters/universes/new')
  const host = world.as(ours.actor(['host']), routes)
  expect(await text(host.get('/voters?q=party:dem'))).not.toContain('/voters/universes/new')
})

test('searches of voter records stand in the audit trail', async () => {
  await us.get('/voters?q=kim')
  const rows = await db
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', '=', 'voter.search')
    .orderBy('audit_id')
    .execute()
  expect(rows.at(-1)?.after).toMatchObject({ query: 'kim' })
  // A character the trail cannot keep is no address.
  expect((await us.get('/voters?q=kim%00')).status).toBe(404)
})

test('who may only call sees none of it, and what does not exist is not found', async () => {
  const caller = world.as(ours.actor(['caller']), routes)
  for (const path of ['/voters', '/voters?q=kim', '/voters/1', '/people/v1/edit', '/people/new'])
    expect((await caller.get(path)).status).toBe(403)
  expect((await world.as(null, routes).get('/voters/1')).headers.get('location')).toBe('/sign-in?back=%2Fvoters%2F1')
  expect((await us.get('/voters/999999')).status).toBe(404)
  expect((await us.get(`/people/${randomUUID()}`)).status).toBe(404)
  expect((await us.post('/people/v999999/notes', { body: 'x' })).status).toBe(404)
})

test('Korean readers get Korean pages, with the Hangul name first', async () => {
  const html = await text(us.get('/voters/1', { 'accept-language': 'ko' }))
  for (const words of ['이영희', '명부 기록', '투표 참여 이력', '지금까지의 기록', '1958년 5월 5일'])
    expect(html).toContain(words)
})

test('a refused tag or an empty note comes back with what was typed and why', async () => {
  const tag = await us.post('/people/v6/tags', { tag: 'a,b' })
  expect(tag.status).toBe(422)
  const html = await tag.text()
  expect(html).toContain('value="a,b"')
  expect(html).toContain('id="tag-error"')
  const note = await us.post('/people/v6/notes', { body: '   ' })
  expect(note.status).toBe(422)
  expect(await note.text()).toContain('id="body-error"')
  expect((await them.post('/people/99/tags', { tag: 'x' })).status).toBe(404)
})

test('looking at a profile again the same day adds nothing to the trail', async () => {
  const views = async () =>
    Number(
      (
        await db
          .selectFrom('audit_entry')
          .select((eb) => eb.fn.countAll().as('count'))
          .where('action', '=', 'person.view')
          .where('subject_id', '=', '6')
          .where('actor_id', '=', ours.organizer.id)
          .executeTakeFirstOrThrow()
      ).count,
    )
  await us.get('/voters/6')
  const once = await views()
  await us.get('/voters/6')
  expect([once, await views()]).toEqual([1, 1])
})

test('the form for a new person offers the fields of the organization and keeps them', async () => {
  await db
    .insertInto('custom_field')
    .values({
      organization_id: ours.organization_id,
      key: 'parish',
      label: JSON.stringify({ en: 'Parish', ko: '본당' }),
      kind: 'text',
    })
    .execute()
  expect(await text(us.get('/people/new'))).toContain('Parish')
  const made = await us.post('/people/new', { last_name: 'Gu', first_name: 'Sol', custom_parish: 'St. Paul' })
  expect(made.status).toBe(303)
  const person = await db.selectFrom('person').select('custom').where('last_name', '=', 'Gu').executeTakeFirstOrThrow()
  expect(person.custom).toEqual({ parish: 'St. Paul' })
})

test('the search page leads to imports, duplicates and fields', async () => {
  const html = await text(us.get('/voters'))
  for (const href of ['/people/imports', '/people/duplicates', '/people/fields'])
    expect(html).toContain(`href="${href}"`)
  const settings = await text(us.get('/settings'))
  expect(settings).toContain('href="/people/fields"')
})

test('where the voter has a profile already, the match leads to merging', async () => {
  const holder = await personForVoter(db, ours.organizer, 4)
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    { ...nobody, last_name: 'Lee', first_name: 'Grace', birth_year: 1990, address: '12 Main St', zip5: '11355' },
    'test',
  )
  expect(await text(us.get(`/people/${person_id}`))).toContain(`href="/people/duplicates/${holder}/${person_id}"`)
  expect(await text(us.get(`/people/duplicates/${holder}/${person_id}`))).toContain('Grace Lee')
})

test('a household is a page: everybody at the door, their last contact, who may not be called', async () => {
  const [hers, his] = [await text(us.get('/voters/1')), await us.get('/people/v1/household')]
  expect(hers).toContain('href="/people/v1/household"')
  expect(his.status).toBe(200)
  await mark(db, ours.organizer, 'v2', { reason: 'do_not_call', note: 'asked us' })
  await sql`insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, made_by, attempted_at)
    values (${ours.organization_id}, ${randomUUID()}, 2, 'phone', 'refused', true, 'x', ${world.installation.clock.now()})`.execute(
    db,
  )
  const html = await text(us.get('/people/v1/household'))
  for (const words of ['Sung Ho Kim', 'href="/voters/2"', 'Kissena Blvd', 'Last contact']) expect(html).toContain(words)
  expect(html).toContain('Asked not to be called')
  expect(await text(them.get('/people/v1/household'))).not.toContain('Last contact')
  expect((await us.get('/people/v999999/household')).status).toBe(404)
})

test('after a wrong match is taken back each side keeps its own contacts, and a wish not to be called holds for both', async () => {
  await addNamedVoters(world.database.owner, [
    {
      voter_id: 11,
      last_name: 'Bae',
      first_name: 'Soo',
      middle_name: 'Jin',
      birth_date: '1971-02-03',
      phones: ['+17185550171'],
    },
  ])
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    { ...nobody, last_name: 'Bae', first_name: 'Sujin' },
    'test',
  )
  await us.post(`/people/${person_id}/match/11`, {})
  const attempt = (channel: string, phone: string | null, note: string) =>
    sql`insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, channel, disposition, is_reached, phone, made_by, attempted_at, note)
      values (${ours.organization_id}::uuid, gen_random_uuid(), 11, ${person_id}::uuid, ${channel}, 'canvassed', true, ${phone}, 'Minji', '2026-11-20T20:00:00Z', ${note})`.execute(
      db,
    )
  await attempt('event', null, 'Talked at the picnic')
  await attempt('phone', '+17185550171', 'Called at home')
  await us.post('/people/v11/mark', { reason: 'do_not_call', note: 'asked us' })
  await us.post(`/people/${person_id}/unmatch`, {})
  const [person, voter] = [await text(us.get(`/people/${person_id}`)), await text(us.get('/voters/11'))]
  expect(person).toContain('Talked at the picnic')
  expect(voter).not.toContain('Talked at the picnic')
  expect(voter).toContain('Called at home')
  for (const each of [person, voter]) expect(each).toContain('No calls')
})

test('a match taken back by mistake is put back whole: how it came about, no name of its own, whose contacts they are', async () => {
  await addNamedVoters(world.database.owner, [
    { voter_id: 12, last_name: 'Gil', first_name: 'Dong', middle_name: 'Su' },
    { voter_id: 13, last_name: 'Gil', first_name: 'Other', middle_name: '' },
  ])
  const person_id = await personForVoter(db, ours.organizer, 12)
  await sql`update person set matched_by = 'certain' where person_id = ${person_id}::uuid`.execute(db)
  const attempt = (voter_id: number | null, note: string) =>
    sql`insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, channel, disposition, is_reached, made_by, attempted_at, note)
      values (${ours.organization_id}::uuid, gen_random_uuid(), ${voter_id}::integer, ${person_id}::uuid, 'event', 'canvassed', true, 'Minji', '2026-11-20T20:00:00Z', ${note})`.execute(
      db,
    )
  await attempt(12, 'With the match')
  await attempt(null, 'Never of the voter')
  const state = async () => ({
    person: await db.selectFrom('person').select(['voter_id', 'matched_by', 'last_name', 'first_name', 'middle_name']).where('person_id', '=', person_id).executeTakeFirstOrThrow(), // prettier-ignore
    contacts: await db.selectFrom('contact_attempt').select(['note', 'voter_id']).where('person_id', '=', person_id).orderBy('note').execute(), // prettier-ignore
    refused: await db.selectFrom('refused_match').select('voter_id').where('person_id', '=', person_id).execute(),
  })
  const before = await state()
  await us.post(`/people/${person_id}/unmatch`, {})
  expect(await state()).toMatchObject({
    person: { voter_id: null, matched_by: null, last_name: 'Gil' },
    contacts: [{ voter_id: null }, { voter_id: null }],
    refused: [{ voter_id: 12 }],
  })
  // Another voter than the one taken back is none to put back.
  expect((await us.post(`/people/${person_id}/unmatch/13/undo`, {})).status).toBe(409)
  for (let twice = 0; twice < 2; twice++)
    expect((await us.post(`/people/${person_id}/unmatch/12/undo`, {})).headers.get('location')).toBe('/voters/12?done=matched') // prettier-ignore
  expect(await state()).toEqual(before)
  // A name they were given meanwhile is theirs.
  await us.post(`/people/${person_id}/unmatch`, {})
  await sql`update person set first_name = 'Donggil' where person_id = ${person_id}::uuid`.execute(db)
  await us.post(`/people/${person_id}/unmatch/12/undo`, {})
  expect(await state()).toEqual({ ...before, person: { ...before.person, last_name: 'Gil', first_name: 'Donggil', middle_name: 'Su' } }) // prettier-ignore
  // Whoever the voter was given to meanwhile keeps it.
  await us.post(`/people/${person_id}/unmatch`, {})
  await personForVoter(db, ours.organizer, 12)
  expect((await us.post(`/people/${person_id}/unmatch/12/undo`, {})).headers.get('location')).toBe(`/people/${person_id}?done=taken#match`) // prettier-ignore
})

test('who opted out on a call reads so, not by the key of the call', async () => {
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    { ...nobody, last_name: 'Noh', first_name: 'Ara' },
    'test',
  )
  await recordConsent(db, ours.organizer, person_id, {
    channel: 'phone',
    is_given: false,
    evidence: `call ${randomUUID()}`,
  })
  const html = await text(us.get(`/people/${person_id}`))
  expect(html).toContain('said so on a call')
  expect(html).not.toMatch(/call [0-9a-f]{8}-/)
})

test('a merge that was undone says so where it says that two were joined', async () => {
  const [one, two] = await Promise.all(
    ['Hana', 'Hanna'].map((first_name) =>
      createPerson(db, ours.organizer, { ...nobody, last_name: 'Gwak', first_name }, 'test'),
    ),
  )
  const kept = one?.person_id ?? ''
  const merged = await us.post(`/people/duplicates/${kept}/${two?.person_id ?? ''}/merge`, { first_name: 'first' })
  const told = await text(us.get(merged.headers.get('location') ?? ''))
  expect(told).toContain('Hana Gwak and Hanna Gwak are one person now')
  const undone = await us.post(/\/people\/merges\/[0-9a-f-]+\/undo/.exec(told)?.[0] ?? '', {})
  expect(await text(us.get(undone.headers.get('location') ?? ''))).toContain(
    'Hana Gwak and Hanna Gwak are two people again',
  )
  const html = await text(us.get(`/people/${kept}`))
  expect(html).toContain('Two profiles joined')
  expect(html).toContain('Joined profiles separated again')
})

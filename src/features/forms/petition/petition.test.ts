import { beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { lackingIn } from '../../../platform/print/testing.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { addNamedVoters } from '../../people/testing.ts'
import { profileOf, timelineOf } from '../../people/queries.ts'
import { mergePeople } from '../../people/merge/commands.ts'
import { createForm, changeForm, saveForm } from '../commands.ts'
import { sendConfirmJob } from '../jobs.ts'
import { publicFormRoutes } from '../public-routes.tsx'
import { formVersion } from '../queries.ts'
import { verify } from '../rules.ts'
import { formRoutes } from '../routes.tsx'
import { starterContent } from '../starters.ts'
import { petitionRoutes } from './routes.tsx'
import { signersOf } from './print.ts'
import { signatureCounts } from './queries.ts'

const world = await makeWorld()
const { ours, theirs, mails } = world
const db = world.database.of(ours.organization_id)
const routes = [publicFormRoutes, petitionRoutes, formRoutes]
const organizer = world.as(ours.organizer, routes)
const everybody = world.as(null, routes)
const now = () => world.installation.clock.now()
const textOf = async (answer: Response | Promise<Response>): Promise<string> => (await answer).text()

let form = ''
let slug = ''
const petition = async () => {
  const content = (await formVersion(db, ours.organization_id, form))?.content
  if (!content?.petition) throw new Error('no petition')
  return content.petition
}
const counts = async () => signatureCounts(db, ours.organization_id, form, await petition())
const sign = (more: Record<string, string>) =>
  everybody.post(`/f/ours/${slug}`, {
    first_name: 'Soonja',
    last_name: 'Lee',
    address: '41-20 Bowne St',
    zip5: '11355',
    lang: 'en',
    ...more,
  })

beforeAll(async () => {
  await addNamedVoters(world.database.owner, [
    { voter_id: 1, last_name: 'Lee', first_name: 'Soonja', house_number: '41-20', street: 'Bowne St' },
    { voter_id: 2, last_name: 'Park', first_name: 'Minsu', house_number: '150-10', street: '35th Ave' },
    { voter_id: 3, last_name: 'Kim', first_name: 'Young', house_number: '33-10', street: 'Union St' },
    {
      voter_id: 4,
      last_name: 'Kim',
      first_name: 'Young',
      house_number: '33-10',
      street: 'Union St',
      birth_date: '1990-01-01',
    },
    { voter_id: 5, last_name: 'Cho', first_name: 'Eunji', house_number: '9-01', street: 'Main St' },
  ])
  await sql`update voter_record set ccd = case when voter_id = 5 then 23 else 20 end`.execute(world.database.owner)
  const { kind, content } = starterContent('petition', ['en', 'ko']) ?? { kind: 'petition' as const, content: null }
  if (!content?.petition) throw new Error('no starter')
  const made = { ...content, petition: { ...content.petition, district_kind: 'ccd' as const, district: 20, goal: 10 } }
  form = (await createForm(db, ours.organizer, { name: 'Meals', kind, content: made }, now())).form_id
  slug = 'meals'
  await changeForm(db, ours.organizer, form, 'publish', now())
})

test('a signature needs name, address and a way to be reached', async () => {
  const refused = await everybody.post('/f/ours/meals', { first_name: 'Soonja', last_name: 'Lee', lang: 'ko' })
  expect(refused.status).toBe(422)
  const html = await refused.text()
  expect(html).toContain('이메일이나 전화번호를 적어 주세요')
  expect(html).toContain('이 칸을 적어 주세요')
})

test('signing is confirmed by the mailed link alone, and both ways of verifying are seen', async () => {
  expect((await sign({ email: 'soonja@example.org', shown_as: 'short' })).status).toBe(303)
  expect(await counts()).toMatchObject({ signatures: 1, confirmed: 0, registered: 1 })
  // Not confirmed: nobody reads the name yet.
  expect(await textOf(everybody.get('/f/ours/meals'))).not.toContain('Soonja L.')
  await workOff(world, [sendConfirmJob])
  const [mail] = mails.splice(0)
  expect(mail).toMatchObject({ to: 'soonja@example.org', language: 'en' })
  // Whoever looks at the signer sees that they were asked.
  const { person_id } = await db.selectFrom('contact_attempt').select('person_id').executeTakeFirstOrThrow()
  const profile = await profileOf(db, ours.organization_id, { person_id, voter_id: 1 })
  if (!profile) throw new Error('no signer')
  const { entries } = await timelineOf(db, ours.organization_id, profile, { shows_money: false, today: '2026-11-23' })
  expect(entries.flatMap((entry) => entry.mail ?? [])).toMatchObject([{ sent_to: 'soonja@example.org', subject: mail?.subject }]) // prettier-ignore
  const link = /http:\/\/localhost(\/f\/\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
  // Programs that look through mailboxes open links: that confirms nothing.
  expect(await textOf(everybody.get(link))).toContain('Was it you?')
  expect((await counts()).confirmed).toBe(0)
  expect((await everybody.get(link.replace(/confirm\/[^/]+\/[^?]+/, (all) => all.slice(0, -3) + 'xyz'))).status).toBe(
    404,
  )
  const path = link.split('?')[0] ?? ''
  expect(await textOf(everybody.post(path, { act: 'confirm', lang: 'ko' }))).toContain('서명을 확인했습니다')
  expect(await counts()).toMatchObject({ signatures: 1, confirmed: 1, registered: 1 })
  const page = await textOf(everybody.get('/f/ours/meals'))
  expect(page).toContain('Soonja L.')
  expect(page).not.toContain('Soonja Lee')
  const list = await textOf(organizer.get(`/forms/${form}/signatures`))
  expect(list).toContain('Confirmed')
  expect(list).toContain('Registered here')
  expect(await textOf(organizer.get(`/forms/${form}`))).toContain(
    'Signatures: 1, confirmed by e-mail: 1, registered voters of City Council district 20: 1',
  )
})

test('who signs twice is counted once, under another mailbox too', async () => {
  await sign({ email: 'soonja@example.org' })
  await sign({ email: 'lee.soonja@example.com' })
  const { signatures, duplicates } = await counts()
  expect({ signatures, duplicates }).toEqual({ signatures: 1, duplicates: 2 })
  expect(await textOf(organizer.get(`/forms/${form}/signatures`))).toContain('Signed before')
})

test('father and son at one address are left to the organizer, whose word counts', async () => {
  await sign({ first_name: 'Young', last_name: 'Kim', address: '33-10 Union St', phone: '718-555-0150' })
  expect(await counts()).toMatchObject({ signatures: 2, registered: 1, unsure: 1 })
  const list = await textOf(organizer.get(`/forms/${form}/signatures?only=unsure`))
  const response = /signatures\/([0-9a-f-]{36})/.exec(list)?.[1] ?? ''
  const page = await textOf(organizer.get(`/forms/${form}/signatures/${response}`))
  expect(page).toContain('born 1990')
  expect(page).toContain('33-10 Union St')
  expect((await organizer.post(`/forms/${form}/signatures/${response}`, { voter: '4' })).status).toBe(303)
  expect(await counts()).toMatchObject({ signatures: 2, registered: 2, unsure: 0 })
  const person = await db.selectFrom('person').select('voter_id').where('voter_id', '=', 4).execute()
  expect(person).toHaveLength(1)
})

test('a registered voter of another district, and somebody in no file, are told apart', async () => {
  await sign({ first_name: 'Eunji', last_name: 'Cho', address: '9-01 Main St', phone: '718-555-0151' })
  await sign({ first_name: 'Zoe', last_name: 'Nowhere', address: '1 Far Away Rd', phone: '718-555-0152' })
  expect(await counts()).toMatchObject({ signatures: 4, registered: 2, elsewhere: 1, unsure: 0 })
})

test('a signer takes the signature back by the link, and it counts no more', async () => {
  await sign({
    first_name: 'Minsu',
    last_name: 'Park',
    address: '150-10 35th Ave',
    email: 'minsu@example.org',
    shown_as: 'full',
  })
  await workOff(world, [sendConfirmJob])
  const mail = mails.splice(0).find(({ to }) => to === 'minsu@example.org')
  const path = /http:\/\/localhost(\/f\/[^\s?]+)/.exec(mail?.text ?? '')?.[1] ?? ''
  await everybody.post(path, { act: 'confirm', lang: 'en' })
  expect(await counts()).toMatchObject({ signatures: 5, confirmed: 2, registered: 3 })
  expect(await textOf(everybody.post(path, { act: 'withdraw', lang: 'en' }))).toContain('taken back')
  expect(await counts()).toMatchObject({ signatures: 4, confirmed: 1, registered: 2, withdrawn: 1 })
  // Confirming afterwards brings nothing back.
  await everybody.post(path, { act: 'confirm', lang: 'en' })
  expect((await counts()).signatures).toBe(4)
  expect(await textOf(everybody.get('/f/ours/meals'))).not.toContain('Minsu Park')
})

test('whoever signed twice takes back both by either link, and nobody else’s by signing in their name', async () => {
  const before = (await counts()).signatures
  const dana = { first_name: 'Dana', last_name: 'Moon', address: '5 Oak St', phone: '718-555-0170' }
  await sign({ ...dana, email: 'dana@example.org' })
  await sign({ ...dana, email: 'dana@example.org', shown_as: 'full' })
  await sign({ ...dana, email: 'mallory@example.org' })
  await workOff(world, [sendConfirmJob])
  const links = (to: string) =>
    sent.flatMap((mail) => (mail.to === to ? (/http:\/\/localhost(\/f\/[^\s?]+)/.exec(mail.text)?.[1] ?? []) : []))
  const sent = mails.splice(0)
  expect(links('dana@example.org')).toHaveLength(2)
  await everybody.post(links('mallory@example.org')[0] ?? '', { act: 'withdraw', lang: 'en' })
  expect((await counts()).signatures).toBe(before + 1)
  await everybody.post(links('dana@example.org')[0] ?? '', { act: 'withdraw', lang: 'en' })
  expect((await counts()).signatures).toBe(before)
})

test('paper sheets are typed in by keyboard, twice without harm, and their signers may be shown', async () => {
  const key = /name="page_key" value="([^"]+)"/.exec(await textOf(organizer.get(`/forms/${form}/paper`)))?.[1] ?? ''
  const line = {
    first_name: 'Okja',
    last_name: 'Han',
    name_hangul: '한옥자',
    address: '12 Elm St',
    zip5: '11354',
    sheet: '7',
    shown_as: 'full',
    page_key: key,
  }
  const saved = await organizer.post(`/forms/${form}/paper`, line)
  expect(saved.status).toBe(303)
  await organizer.post(`/forms/${form}/paper`, line)
  expect((await counts()).signatures).toBe(5)
  const next = await textOf(organizer.get(saved.headers.get('location') ?? ''))
  expect(next).toContain('한옥자')
  expect(next).toContain('value="7"')
  expect(await textOf(everybody.get('/f/ours/meals'))).toContain('한옥자 Okja Han')
  const refused = await organizer.post(`/forms/${form}/paper`, { ...line, zip5: 'x', first_name: 'Again' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="Again"')
})

test('two people who turn out to be one are one signature', async () => {
  await sign({ first_name: 'Okja', last_name: 'Hahn', address: '12 Elm St', phone: '718-555-0160' })
  const before = (await counts()).signatures
  const rows = await db
    .selectFrom('person')
    .select(['person_id', 'last_name'])
    .where('first_name', '=', 'Okja')
    .execute()
  const [one, other] = rows.map(({ person_id }) => person_id)
  await mergePeople(db, ours.organizer, one ?? '', other ?? '', [])
  expect((await counts()).signatures).toBe(before - 1)
})

test('the list for print is a PDF, and only the organizer has it', async () => {
  const { signatures, confirmed } = await counts()
  const written = { en: ['No.', `Signatures: ${signatures}, confirmed by e-mail: ${confirmed}`, 'more signer'], ko: ['번호', `서명 ${signatures}명, 이메일 확인 ${confirmed}명`] } // prettier-ignore
  const { content } = (await formVersion(db, ours.organization_id, form)) ?? {}
  for (const language of ['en', 'ko'] as const) {
    const file = await organizer.get(`/forms/${form}/signatures.pdf`, { 'accept-language': language })
    expect(file.headers.get('content-type')).toBe('application/pdf')
    // Names as their owners let them be shown; of addresses the ZIP alone; of the voter file how many, not who.
    const hidden = ['Soonja Lee', 'Bowne St', 'example.org', language === 'ko' ? '유권자 명부' : 'Voter file']
    const shown = ['한옥자 Okja Han', 'Soonja L.', '11355', content?.title[language] ?? '-', content?.petition?.demand[language]?.slice(0, 20) ?? '-'] // prettier-ignore
    expect(await lackingIn(file, [...shown, ...written[language], ...hidden])).toEqual(hidden)
  }
  const host = world.as(ours.actor(['host']), routes)
  expect((await host.get(`/forms/${form}/signatures`)).status).toBe(200)
  expect((await host.get(`/forms/${form}/signatures.pdf`)).status).toBe(403)
  expect((await world.as(theirs.organizer, routes).get(`/forms/${form}/signatures`)).status).toBe(404)
})

test('a petition with a thousand signatures is counted once a minute, however many open it', async () => {
  const [one] = await db.selectFrom('form_response').select('response_id').where('form_id', '=', form).execute()
  for (const [table, id] of Object.entries({
    contact_attempt: 'attempt_id',
    form_response: 'response_id',
    form_signature: 'response_id',
  })) {
    await sql`insert into ${sql.table(table)} select (jsonb_populate_record(made, jsonb_build_object(${id}::text, md5(nth::text)::uuid))).*
      from ${sql.table(table)} made, generate_series(1, 1000) nth where ${sql.ref(`made.${id}`)} = ${one?.response_id}::uuid`.execute(
      world.database.owner,
    )
  }
  const { signatures } = await counts()
  const shown = async () => /(\d+) of 10 signatures/.exec(await textOf(everybody.get('/f/ours/meals?lang=en')))?.[1]
  expect(await shown()).toBe(String(signatures))
  await sign({ first_name: 'Late', last_name: 'Comer', email: 'late@example.org' })
  expect((await counts()).signatures).toBe(signatures + 1)
  expect(await shown()).toBe(String(signatures))
  world.installation.clock.advance(1)
  expect(await shown()).toBe(String(signatures + 1))
})

test('a petition changed after signatures keeps what people signed', async () => {
  const version = await formVersion(db, ours.organization_id, form)
  if (!version) throw new Error('no version')
  const content = { ...version.content, title: { en: 'Another demand' } }
  const saved = await saveForm(db, ours.organizer, form, { version: 1, saved_at: version.created_at }, content, now())
  expect(saved).toEqual({ ok: true, version: 2, is_new_version: true })
  const signed = await db.selectFrom('form_response').select('version').where('form_id', '=', form).execute()
  expect(new Set(signed.map((each) => each.version))).toEqual(new Set([1]))
})

const signed = {
  signer: 'one', shown_as: 'full' as 'full' | 'none', source: 'web' as const, confirmed_at: null as Date | null,
  withdrawn_at: null as Date | null, registered: 'no' as const, is_there: false,
} // prettier-ignore
test.each([
  {
    what: 'later chose not to be shown',
    rows: [
      { ...signed, shown_as: 'none' as const, confirmed_at: new Date(2) },
      { ...signed, confirmed_at: new Date(1) },
    ],
    shown: ['none'],
  },
  {
    what: 'was signed for by somebody else, who never confirmed',
    rows: [signed, { ...signed, shown_as: 'none' as const, confirmed_at: new Date(1) }],
    shown: ['none'],
  },
  {
    what: 'took the later one back',
    rows: [{ ...signed, shown_as: 'none' as const, withdrawn_at: new Date(2) }, signed],
    shown: ['full'],
  },
])('the printed list shows whoever $what as they last said themselves', ({ rows, shown }) => {
  expect(signersOf(rows).map(({ shown_as }) => shown_as)).toEqual(shown)
})

test.each([
  {
    what: 'same name and address',
    given: [{ score: 80, evidence: ['name_same', 'address_same'] }],
    registered: 'sure',
  },
  {
    what: 'same name and ZIP alone',
    given: [{ score: 58, evidence: ['name_same', 'zip_same'] }],
    registered: 'unsure',
  },
  {
    what: 'a name alike at the address',
    given: [{ score: 68, evidence: ['name_alike', 'address_same'] }],
    registered: 'unsure',
  },
  {
    what: 'two of one name at one address',
    given: [
      { score: 80, evidence: ['name_same', 'address_same'] },
      { score: 80, evidence: ['name_same', 'address_same'] },
    ],
    registered: 'unsure',
  },
  { what: 'nobody', given: [], registered: 'no' },
] as const)('$what: $registered', ({ given, registered }) => {
  const candidates = given.map((each, voter_id) => ({ voter_id, score: each.score, evidence: [...each.evidence] }))
  expect(verify(candidates, null).registered).toBe(registered)
})

test('the file of answers has every one, however many there are, also of one instant', async () => {
  const [one] = await db.selectFrom('form_response').select('response_id').where('form_id', '=', form).execute()
  const more = { contact_attempt: sql`'{}'::jsonb`, form_response: sql`jsonb_build_object('said', made.said || jsonb_build_object('city', 'Town ' || nth))` } // prettier-ignore
  for (const [table, id] of [
    ['contact_attempt', 'attempt_id'],
    ['form_response', 'response_id'],
  ] as const) {
    await sql`insert into ${sql.table(table)} select (jsonb_populate_record(made, jsonb_build_object(${id}::text, md5('file' || nth)::uuid) || ${more[table]})).*
      from ${sql.table(table)} made, generate_series(1, 4100) nth where ${sql.ref(`made.${id}`)} = ${one?.response_id}::uuid`.execute(
      world.database.owner,
    )
  }
  const file = await (await organizer.post(`/forms/${form}/export`, { purpose: 'All of them' })).text()
  expect(new Set(file.match(/Town \d+/g)).size).toBe(4100)
  expect(file.match(/Town \d+/g)).toHaveLength(4100)
})

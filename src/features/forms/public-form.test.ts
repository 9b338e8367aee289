import { createHash, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { workOff } from '../../platform/testing/work-off.ts'
import { addField } from '../people/fields/commands.ts'
import { lockArrivals } from '../people/arrivals/commands.ts'
import { changeForm, createForm, saveFormSettings } from './commands.ts'
import { contentOf, edited } from './editing.ts'
import { fileKindOf, fileName } from './files.ts'
import { keepForLater, takeInJob } from './intake.ts'
import { sendConfirmJob } from './jobs.ts'
import { publicFormRoutes } from './public-routes.tsx'
import { formRoutes } from './routes.tsx'
import { formById, formVersion } from './queries.ts'
import { fieldValue, problemsOf, readResponse } from './rules.ts'
import { FormContent, mostFileBytes } from './schema.ts'
import { readSent } from './sent.ts'
import { firstBits } from './work/rules.ts'

const world = await makeWorld()
const { ours, theirs } = world
const db = world.database.of(ours.organization_id)
const routes = [publicFormRoutes, formRoutes]
const organizer = world.as(ours.organizer, routes)
const everybody = world.as(null, routes)
const textOf = async (answer: Response | Promise<Response>): Promise<string> => (await answer).text()

const question = (key: string, kind: string, more: Record<string, unknown> = {}) => ({
  block: 'question',
  key,
  kind,
  say: { en: `${key}?`, ko: `${key}요?` },
  choices:
    kind === 'choice' || kind === 'several'
      ? ['a', 'b', 'c'].map((each) => ({ key: each, label: { en: `${key} ${each}` } }))
      : [],
  ...more,
})
const content = (blocks: unknown[]): FormContent =>
  FormContent.parse({
    languages: ['en', 'ko'],
    title: { en: 'Asked', ko: '질문' },
    intro: {},
    blocks: [{ block: 'name' }, { block: 'contact', needs: 'either' }, ...blocks],
    thanks: {},
  })
const who = { first_name: 'Soonja', last_name: 'Lee', email: 'soonja@example.org', lang: 'en' }

async function open(slug: string, blocks: unknown[]): Promise<string> {
  const now = world.installation.clock.now()
  const { form_id } = await createForm(db, ours.organizer, { name: slug, kind: 'form', content: content(blocks) }, now)
  await saveFormSettings(db, ours.organizer, form_id, { name: slug, slug, opens_on: null, closes_on: null, tags: [] })
  await changeForm(db, ours.organizer, form_id, 'publish', now)
  return form_id
}

const rents = question('rents', 'yes_no', { is_needed: true })
const rise = question('rise', 'choice', { only_if: { rents: ['yes'] }, is_needed: true })
const why = question('why', 'text', { only_if: { rise: ['a', 'c'] }, is_needed: true })

test.each([
  { sent: { rents: 'no' }, answers: { rents: false } },
  { sent: { rents: 'no', rise: 'a', why: 'typed before' }, answers: { rents: false } },
  { sent: { rents: 'yes', rise: 'b', why: 'typed before' }, answers: { rents: true, rise: 'b' } },
  { sent: { rents: 'yes', rise: 'c', why: 'too much' }, answers: { rents: true, rise: 'c', why: 'too much' } },
  // What does not fit a question that was not asked is no mistake.
  { sent: { rents: 'no', rise: 'kings' }, answers: { rents: false } },
])('of $sent only what was asked is taken', ({ sent, answers }) => {
  const fields = Object.entries({
    ...who,
    ...Object.fromEntries(Object.entries(sent).map(([key, value]) => [`q.${key}`, value])),
  })
  const read = readResponse(
    content([rents, rise, why]),
    Object.fromEntries(fields.map(([name, value]) => [name, [value]])),
    'en',
  )
  expect(read).toMatchObject({ ok: true, response: { answers } })
  expect(read.ok && Object.keys(read.response.answers)).toEqual(Object.keys(answers))
})

test('a question that was asked must be answered where it must; one of several answers is enough', () => {
  const fields = { first_name: ['A'], last_name: ['B'], email: ['a@example.org'], 'q.rents': ['yes'] }
  expect(readResponse(content([rents, rise]), fields, 'en')).toMatchObject({
    ok: false,
    errors: { 'q.rise': 'needed' },
  })
  const several = [question('like', 'several'), question('which', 'text', { only_if: { like: ['b', 'c'] } })]
  const read = readResponse(content(several), { ...fields, 'q.like': ['a', 'c'], 'q.which': ['the park'] }, 'en')
  expect(read).toMatchObject({ ok: true, response: { answers: { which: 'the park' } } })
})

const rules = question('rules', 'agree', { is_needed: true })
test.each([
  { ticked: ['yes'], is_needed: true, read: { ok: true, response: { answers: { rules: true } } } },
  { ticked: [], is_needed: true, read: { ok: false, errors: { 'q.rules': 'agree' } } },
  { ticked: ['no'], is_needed: true, read: { ok: false, errors: { 'q.rules': 'choice' } } },
  { ticked: [], is_needed: false, read: { ok: true, response: { answers: {} } } },
])('words to agree to, ticked $ticked, needed: $is_needed', ({ ticked, is_needed, read }) => {
  const fields = { first_name: ['A'], last_name: ['B'], email: ['a@example.org'], 'q.rules': ticked }
  expect(readResponse(content([{ ...rules, is_needed }]), fields, 'en')).toEqual(
    expect.objectContaining({ ok: read.ok, ...('errors' in read ? { errors: read.errors } : {}) }),
  )
  const taken = readResponse(content([{ ...rules, is_needed }]), fields, 'en')
  if (read.ok) expect(taken.ok && taken.response.answers).toEqual(read.response?.answers)
})

test('a form that asks for consent in no words is not opened', () => {
  expect(problemsOf(content([{ block: 'consent' }]))).toEqual(['consent'])
  expect(problemsOf(content([{ block: 'consent', wording: { email: { en: '', ko: '' } } }]))).toEqual(['consent'])
  expect(problemsOf(content([{ block: 'consent', wording: { email: { ko: '이메일을 받겠습니다.' } } }]))).toEqual([])
})

test('who does not agree to what is needed is told so in their language; who agrees is in the results, the table and the file', async () => {
  const form = await open('rules', [rules])
  const refused = await textOf(everybody.post('/f/ours/rules', { ...who, lang: 'ko' }))
  expect(refused).toContain('꼭 필요한 동의입니다')
  expect((await everybody.post('/f/ours/rules', { ...who, 'q.rules': 'yes' })).status).toBe(303)
  expect(await textOf(organizer.get(`/forms/${form}/responses`))).toContain('Agreed')
  expect(await textOf(organizer.post(`/forms/${form}/export`, { purpose: 'A test' }))).toContain('Agreed')
  const results = (await textOf(organizer.get(`/forms/${form}`))).replaceAll('<!-- -->', '')
  expect(results).toContain('Agreed')
})

test('a condition on what is not asked above keeps a form from being opened', () => {
  const moved = edited(content([rents, rise]), 'up:3', { fresh: 'x', scripts: [] })
  expect(problemsOf(content([rents, rise]))).toEqual([])
  expect(problemsOf(moved)).toEqual(['conditions'])
  expect(problemsOf(content([question('own', 'text'), question('more', 'text', { only_if: { own: ['x'] } })]))).toEqual(
    ['conditions'],
  )
})

test('without a script everybody reads under which answers a question is meant for them, in the language of the page', async () => {
  const form = await open('branches', [rents, rise, why])
  const english = await textOf(everybody.get('/f/ours/branches?lang=en'))
  expect(english).toContain('Only if you answered “Yes” to “rents?”:')
  expect(english).toContain('you answered “rise a” or “rise c” to “rise?”')
  expect(await textOf(everybody.get('/f/ours/branches?lang=ko'))).toContain(
    '“rents요?”에 “예”라고 답하셨을 때만 답해 주세요.',
  )
  expect(await textOf(everybody.get('/f/ours/branches?lang=es'))).toContain('Solo si respondió “Sí” a «rents?»:')
  expect((await everybody.post('/f/ours/branches', { ...who, 'q.rents': 'no', 'q.rise': 'a' })).status).toBe(303)
  const table = await textOf(organizer.get(`/forms/${form}/responses`))
  expect(table.match(/not asked/g)).toHaveLength(2)
  const file = await textOf(organizer.post(`/forms/${form}/export`, { purpose: 'A test' }))
  expect(file).toContain('No,not asked,not asked')
  const results = (await textOf(organizer.get(`/forms/${form}`))).replaceAll('<!-- -->', '')
  expect(results).toContain('Asked only if “rents?” was answered with Yes.')
})

test('the editor offers the answers further up and saves what is ticked', async () => {
  const form = await open('editor', [rents, rise])
  const page = await textOf(organizer.get(`/forms/${form}/edit`))
  expect(page).toMatch(/name="blocks.3.only_if.rents.yes"[^>]*checked=""/)
  expect(page).not.toMatch(/name="blocks.3.only_if.rents.no"[^>]*checked=""/)
  expect(page).not.toContain('name="blocks.2.only_if')
})

test('an answer becomes a tag and fills an empty field of the profile, an offer of help is somebody’s task by a day', async () => {
  const { organization_id } = ours
  const user_id = randomUUID()
  const { owner, ownerPool } = world.database
  await ownerPool.query(`insert into auth."user" (id, name, email, "emailVerified") values ($1, 'Dan Yoon', 'dan@example.org', true)`, [user_id]) // prettier-ignore
  await ownerPool.query(`insert into member (organization_id, user_id, display_name, roles) values ($1, $2, 'Dan Yoon', '{host}')`, [organization_id, user_id]) // prettier-ignore
  const field = await addField(db, ours.organizer, { label_en: 'Work', label_ko: '하는 일', kind: 'text', choices: '' })
  const work = question('work', 'text', { field })
  const likes = question('likes', 'several', { tags: { a: 'likes-a', c: 'likes-c' } })
  await open('mapped', [work, likes, { block: 'help', options: ['volunteer'], owner_id: user_id, due_days: 3 }])
  const sent = { first_name: 'Narae', last_name: 'Goo', email: 'narae@example.org', lang: 'en', help: 'volunteer' }
  await everybody.post('/f/ours/mapped', { ...sent, 'q.work': 'tailor', 'q.likes': ['a', 'b'] })
  await everybody.post('/f/ours/mapped', { ...sent, 'q.work': 'cook', 'q.likes': 'c' })
  const person = await owner
    .selectFrom('person')
    .select(['person_id', 'custom'])
    .where('last_name', '=', 'Goo')
    .executeTakeFirstOrThrow()
  // What the profile has stays.
  expect(person.custom).toEqual({ [field]: 'tailor' })
  const tags = await owner
    .selectFrom('person_tag')
    .select('tag')
    .where('person_id', '=', person.person_id)
    .orderBy('tag')
    .execute()
  expect(tags.map(({ tag }) => tag)).toEqual(['likes-a', 'likes-c'])
  const tasks = await owner
    .selectFrom('follow_up')
    .select(['owner_id', 'due_on'])
    .where('person_id', '=', person.person_id)
    .execute()
  expect(tasks[0]).toEqual({ owner_id: user_id, due_on: '2026-11-26' })
})

test('a letter that is written as two is cut off whole, where an answer or a tag is too long', async () => {
  const text = { kind: 'text' as const, choices: [] }
  const border = `${'a'.repeat(999)}😀`
  expect(fieldValue(text, text, border)).toBe('a'.repeat(999))
  const several = question('likes', 'several').choices.map((choice, nth) => ({
    ...choice,
    label: { en: ['a'.repeat(500), `${'b'.repeat(497)}😀`][nth] ?? '' },
  }))
  expect(fieldValue({ kind: 'text', choices: [] }, { kind: 'several', choices: several }, ['a', 'b'])).toBe(
    `${'a'.repeat(500)}, ${'b'.repeat(497)}`,
  )
  const typed = {
    'title.en': 'Asked',
    'blocks.0.block': 'question',
    'blocks.0.key': 'rents',
    'blocks.0.kind': 'yes_no',
    'blocks.0.tags.yes': `${'a'.repeat(39)}😀`,
    'blocks.0.tags.no': `${'a'.repeat(38)}😀b`,
  }
  expect(contentOf(typed, ['en'])?.blocks[0]).toMatchObject({
    tags: { yes: 'a'.repeat(39), no: `${'a'.repeat(38)}😀` },
  })

  const field = await addField(db, ours.organizer, { label_en: 'Story', label_ko: '이야기', kind: 'text', choices: '' })
  await open('border', [question('story', 'text', { field })])
  const sent = { first_name: 'Arum', last_name: 'Seo', email: 'arum@example.org', lang: 'en', 'q.story': border }
  expect((await everybody.post('/f/ours/border', sent)).status).toBe(303)
  const person = await db.selectFrom('person').select('custom').where('last_name', '=', 'Seo').executeTakeFirstOrThrow()
  expect(person.custom).toEqual({ [field]: 'a'.repeat(999) })
})

/*
 * Files.
 */

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2000, 7)])
const photo = question('photo', 'file', { is_needed: true })

async function sendFile(slug: string, file: File | null, more: Record<string, string> = {}): Promise<Response> {
  const body = new FormData()
  for (const [name, value] of Object.entries({ ...who, ...more })) body.append(name, value)
  if (file) body.append('q.photo', file)
  return everybody.postBody(`/f/ours/${slug}`, body)
}

test.each([
  { kind: 'jpeg', begins: jpeg },
  { kind: 'png', begins: Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1') },
  { kind: 'webp', begins: Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ', 'latin1') },
  { kind: 'pdf', begins: Buffer.from('%PDF-1.7') },
  { kind: null, begins: Buffer.from('<svg onload="alert(1)">') },
  { kind: null, begins: Buffer.from('GIF89a') },
  { kind: null, begins: Buffer.from('....ftypheic', 'latin1') },
])('what a file is is told by its content: $kind', ({ kind, begins }) => {
  expect(fileKindOf(begins)).toBe(kind)
})

test.each([
  { sent: 'IMG_0001.JPG', kept: 'IMG_0001.jpg' },
  { sent: '임대 계약서.jpeg', kept: '임대 계약서.jpg' },
  { sent: 'C:\\photos\\me.png', kept: 'me.png.jpg' },
  { sent: '../../etc/passwd', kept: 'passwd.jpg' },
  { sent: 'a\u202egpj.exe\r\n', kept: 'agpj.exe.jpg' },
  { sent: '', kept: 'file.jpg' },
])('a file named $sent is kept as $kept', ({ sent, kept }) => {
  expect(fileName(sent, 'jpeg')).toBe(kept)
})

test('a photo is an answer, downloaded by those who may read responses, and gone with its response', async () => {
  const form = await open('photos', [photo])
  const page = await textOf(everybody.get('/f/ours/photos'))
  expect(page).toContain('encType="multipart/form-data"')
  expect(page).toContain('at most 5 MB')
  expect((await sendFile('photos', new File([jpeg], '계약서 "1".JPG', { type: 'image/jpeg' }))).status).toBe(303)
  const table = await textOf(organizer.get(`/forms/${form}/responses`))
  const link = /href="(\/forms\/[^"]+\/files\/photo)"/.exec(table)?.[1] ?? ''
  expect(table).toContain('계약서 1.jpg')
  const file = await organizer.get(link)
  expect(file.headers.get('content-type')).toBe('image/jpeg')
  expect(file.headers.get('content-disposition')).toBe(
    `attachment; filename="photo.jpg"; filename*=UTF-8''${encodeURIComponent('계약서 1.jpg')}`,
  )
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  expect(Buffer.from(await file.arrayBuffer()).equals(jpeg)).toBe(true)
  expect((await world.as(ours.actor(['board']), routes).get(link)).status).toBe(403)
  expect((await world.as(theirs.organizer, routes).get(link)).status).toBe(404)
  expect((await organizer.get(`${link}x`)).status).toBe(404)
  await world.database.owner
    .deleteFrom('contact_attempt')
    .where('attempt_id', '=', link.split('/')[4] ?? '')
    .execute()
  expect(await db.selectFrom('form_file').select('name').execute()).toEqual([])
})

test('the same photo sent twice is one response, another photo is another', async () => {
  const form = await open('again', [photo])
  const one = new File([jpeg], 'one.jpg')
  for (let nth = 0; nth < 2; nth++)
    expect((await sendFile('again', one, { page_key: '0c0ffee0-0000-4000-8000-00000000ffff' })).status).toBe(303)
  const rows = () => db.selectFrom('form_response').select('response_id').where('form_id', '=', form).execute()
  expect(await rows()).toHaveLength(1)
  await sendFile('again', new File([jpeg, 'x'], 'one.jpg'), { page_key: '0c0ffee0-0000-4000-8000-00000000ffff' })
  expect(await rows()).toHaveLength(2)
})

test('a photo of ten megabytes, a page as picture and none at all are answered clearly, with everything typed', async () => {
  await open('clear', [photo])
  const cases = [
    [new File([jpeg, Buffer.alloc(10_000_000)], 'big.jpg'), 'This file is larger than 5 MB.'],
    [new File([jpeg, Buffer.alloc(mostFileBytes - jpeg.length + 1)], 'one byte.jpg'), 'This file is larger than 5 MB.'],
    [
      new File(['<html><script>alert(1)</script>'], 'page.jpg', { type: 'image/jpeg' }),
      'Only pictures (JPEG, PNG, WebP) and PDF',
    ],
    [new File([], ''), 'Please fill this in.'],
  ] as const
  for (const [file, said] of cases) {
    const refused = await sendFile('clear', file)
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toContain(said)
    expect(html).toContain('value="Soonja"')
    expect(html).toContain('please choose it again')
  }
  const whole = new File([jpeg, Buffer.alloc(mostFileBytes - jpeg.length)], 'whole.jpg')
  expect((await sendFile('clear', whole)).status).toBe(303)
})

test.each([
  { parts: 1000, name: 200, file: 255, isRead: true },
  { parts: 1001, name: 1, file: 1, isRead: false },
  { parts: 2, name: 201, file: 1, isRead: false },
  { parts: 2, name: 1, file: 256, isRead: false },
])(
  'a form of $parts parts, with names of $name and $file letters, is read: $isRead',
  async ({ parts, name, file, isRead }) => {
    const body = new FormData()
    body.append('n'.repeat(name), 'typed')
    body.append('q.photo', new File([jpeg], 'p'.repeat(file)))
    for (let nth = 2; nth < parts; nth++) body.append('q.likes', '')
    const sent = await readSent(new Request('http://localhost/', { method: 'POST', body }))
    expect(sent !== null).toBe(isRead)
    if (sent) expect(sent.files['q.photo']?.bytes).toBe(jpeg.length)
  },
)

test('the heads of parts are read too, and count where far too much is sent', async () => {
  const part = (head: string, content: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`--b\r\n${head}\r\n\r\n`), content, Buffer.from('\r\n')])
  const file = part('Content-Disposition: form-data; name="q.photo"; filename="a.jpg"', Buffer.alloc(59_950_000))
  const field = part(`Content-Disposition: form-data; name="f"\r\nX-More: ${'x'.repeat(15_000)}`, Buffer.alloc(0))
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  const read = (fields: number) => {
    const body = Buffer.concat([file, ...Array<Buffer>(fields).fill(field), Buffer.from('--b--\r\n')])
    return readSent(new Request('http://localhost/', { method: 'POST', body, headers }))
  }
  expect(await read(1)).not.toBeNull()
  expect(await read(4)).toBeNull()
})

test('a field may be called what every object has; too many fields are refused', async () => {
  await open('odd', [photo])
  const odd = { constructor: 'x', toString: 'x', ['__proto__']: 'x' }
  expect((await sendFile('odd', new File([jpeg], 'one.jpg'), odd)).status).toBe(303)
  const body = new FormData()
  for (let nth = 0; nth < 1001; nth++) body.append(`field ${nth}`, '')
  expect((await everybody.postBody('/f/ours/odd', body)).status).toBe(413)
})

/*
 * A crowd.
 */

test('what a crowd sends at once is kept first and taken in after, each once, in the order it came', async () => {
  const form = await open('crowd', [rents])
  const senders = Array.from({ length: 25 }, (_, nth) => ({
    first_name: 'Sora',
    last_name: 'Bae',
    email: `sora${nth}@example.org`,
    'q.rents': 'no',
    lang: 'en',
  }))
  const kept = () => db.selectFrom('form_intake').select('response_id').execute()
  const answers = await inTransaction(world.database.owner, async (tx) => {
    await lockArrivals(tx, ours.organization_id)
    // Twice each, as impatient thumbs do.
    const posts = [...senders, ...senders].map((each) =>
      everybody.post('/f/ours/crowd', { ...each, page_key: '0c0ffee0-0000-4000-8000-00000000ffff' }),
    )
    await expect.poll(async () => (await kept()).length).toBeGreaterThanOrEqual(20)
    return { posts }
  })
  expect(new Set((await Promise.all(answers.posts)).map(({ status }) => status))).toEqual(new Set([303]))
  expect(await textOf(organizer.get(`/forms/${form}`))).toContain('being taken in')
  await workOff(world, [takeInJob, sendConfirmJob])
  expect(await kept()).toEqual([])
  const taken = await db.selectFrom('form_response').select('said').where('form_id', '=', form).execute()
  expect(taken.map(({ said }) => said.email).sort()).toEqual(senders.map(({ email }) => email).sort())
})

/** Somebody's response, kept as in a crowd. */
async function keep(to: Db, form_id: string, first_name: string): Promise<string> {
  const form = found(await formById(db, ours.organization_id, form_id))
  const version = found(await formVersion(db, ours.organization_id, form_id))
  const email = `${first_name.toLowerCase()}@example.org`
  const read = readResponse(version.content, { first_name: [first_name], last_name: ['Moon'], email: [email] }, 'en')
  if (!read.ok) throw new Error('a response with a mistake')
  const sent = { response_id: randomUUID(), response: read.response, language: 'en', source: 'web' as const }
  await keepForLater(to, ours.organization_id, { form, version }, sent, world.installation.clock.now())
  return sent.response_id
}

/** Makes of a kept response what nobody can take in ('nobody'), or what it was ([]). */
const withHelp = (response_id: string, help: 'nobody' | []) =>
  world.database.ownerPool.query(`update form_intake set response = response || $2::jsonb where response_id = $1`, [
    response_id,
    JSON.stringify({ help }),
  ])

const takenIn = async (form_id: string): Promise<string[]> =>
  (await db.selectFrom('form_response').select('said').where('form_id', '=', form_id).execute())
    .map(({ said }) => said.first_name)
    .sort()

test('a response that cannot be taken in holds up nobody, is told of, and comes in once it can', async () => {
  const form = await open('stuck', [])
  const results = (language: string) => textOf(organizer.get(`/forms/${form}`, { 'accept-language': language }))
  const broken = await keep(db, form, 'Haneul')
  await withHelp(broken, 'nobody')
  await workOff(world, [takeInJob])
  expect(await results('en')).toContain('1 response could not be taken in.')
  expect(await results('en')).not.toContain('being taken in')
  expect(await results('ko')).toContain('응답 1건을 정리하지 못했습니다.')

  // The job of the broken one waits for its next attempt.
  await keep(db, form, 'Bada')
  expect(await results('en')).toContain('1 more was just sent')
  await workOff(world, [takeInJob])
  expect(await takenIn(form)).toEqual(['Bada'])
  expect(await results('en')).toContain('1 response could not be taken in.')

  await withHelp(broken, [])
  await keep(db, form, 'Sol')
  await workOff(world, [takeInJob])
  expect(await takenIn(form)).toEqual(['Bada', 'Haneul', 'Sol'])
  expect(await db.selectFrom('form_intake').select('response_id').execute()).toEqual([])
})

test('who was being kept while the one before could not be taken in is looked for again', async () => {
  const form = await open('late', [])
  const { installation, database } = world
  const { organization_id } = ours
  const takeIn = () => takeInJob.run({ organization_id }, { installation, signal: new AbortController().signal })
  const broken = await keep(db, form, 'Haneul')
  await withHelp(broken, 'nobody')
  await inTransaction(db, async (tx) => {
    await keep(tx, form, 'Bada')
    await takeIn()
  })
  const { rows } = await database.ownerPool.query(
    `select run_at, attempts from graphile_worker.jobs where key = 'forms.take_in ' || $1`,
    [organization_id],
  )
  expect(rows).toEqual([{ run_at: new Date(installation.clock.now().getTime() + 5000), attempts: 0 }])
  await takeIn()
  expect(await takenIn(form)).toEqual(['Bada'])
  // Nothing is new: from here on the queue tries again, at longer and longer intervals.
  await expect(takeIn()).rejects.toThrow('1 responses were not taken in')
  await withHelp(broken, [])
  await takeIn()
  expect(await takenIn(form)).toEqual(['Bada', 'Haneul'])
})

test.each(['', 'abc', 'x'.repeat(55)])('the sum that browsers do is SHA-256: %s', (text) => {
  expect(firstBits(text)).toBe(createHash('sha256').update(text).digest().readUInt32BE())
})

import { createHash, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { inTransaction } from '../../platform/db/db.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { workOff } from '../../platform/testing/work-off.ts'
import { addField } from '../people/fields/commands.ts'
import { lockArrivals } from '../people/arrivals/commands.ts'
import { changeForm, createForm, saveFormSettings } from './commands.ts'
import { edited } from './editing.ts'
import { fileKindOf, fileName } from './files.ts'
import { takeInJob } from './intake.ts'
import { sendConfirmJob } from './jobs.ts'
import { publicFormRoutes } from './public-routes.tsx'
import { formRoutes } from './routes.tsx'
import { problemsOf, readResponse } from './rules.ts'
import { FormContent, mostFileBytes } from './schema.ts'
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

test.each(['', 'abc', 'x'.repeat(55)])('the sum that browsers do is SHA-256: %s', (text) => {
  expect(firstBits(text)).toBe(createHash('sha256').update(text).digest().readUInt32BE())
})

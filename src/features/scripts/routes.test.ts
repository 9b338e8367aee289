import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import { createScript, markUsed, saveScript } from './commands.ts'
import { currentVersion, listScripts, scriptVersion } from './queries.ts'
import { scriptRoutes } from './routes.tsx'
import { starterContent } from './starters.ts'

const world = await makeWorld()
const { ours, theirs } = world
const db = world.database.of(ours.organization_id)
const organizer = world.as(ours.organizer, [scriptRoutes])
const now = () => world.installation.clock.now()

const made = (name: string) =>
  createScript(db, ours.organizer, { name, content: starterContent('survey', '2027-06-22') }, now())

/** The fields of the edit form as the browser would post them. */
function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {}
  const unescape = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  for (const [, attributes = ''] of html.matchAll(/<input ([^>]*)>/g)) {
    const name = / ?name="([^"]*)"/.exec(attributes)?.[1]
    if (name) fields[name] = unescape(/ value="([^"]*)"/.exec(` ${attributes}`)?.[1] ?? '')
  }
  for (const [, attributes = '', text = ''] of html.matchAll(/<textarea ([^>]*)>([^<]*)<\/textarea>/g)) {
    fields[/name="([^"]*)"/.exec(attributes)?.[1] ?? ''] = unescape(text).replace(/^\n/, '')
  }
  for (const [, attributes = '', options = ''] of html.matchAll(/<select ([^>]*)>(.*?)<\/select>/gs)) {
    const chosen = [...options.matchAll(/<option ([^>]*)>/g)].find(([, option = '']) => option.includes('selected'))
    fields[/name="([^"]*)"/.exec(attributes)?.[1] ?? ''] = /value="([^"]*)"/.exec(chosen?.[1] ?? '')?.[1] ?? ''
  }
  const { back: _back, ...own } = fields
  return own
}

test('an address no script can have is one that does not exist, and a form nobody can read is told so', async () => {
  const { script_id } = await made('Address')
  for (const path of ['/scripts/%00', '/scripts/nope', `/scripts/${script_id}?version=99999999999999`])
    expect((await organizer.get(path)).status).toBe(404)
  expect((await organizer.post('/scripts/nope/archive', {})).status).toBe(404)
  const torn = await organizer.postJson(
    '/scripts/new',
    {},
    { 'content-type': 'multipart/form-data; boundary=x', accept: 'text/html' },
  )
  expect(torn.status).toBe(400)
  expect(await torn.text()).toContain('That could not be read')
})

test('a script is started from a starter and opened for editing', async () => {
  const form = { name: '봄 설문', starter: 'survey', election_on: '2027-06-22' }
  const created = await organizer.post('/scripts/new', form)
  expect(created.status).toBe(303)
  const address = created.headers.get('location') ?? ''
  const html = await (await organizer.get(address)).text()
  expect(html).toContain('봄 설문')
  expect(html).toContain('시에서 우리 동네를 위해')
  expect(html).not.toContain('Before callers can use it')
  const refused = await organizer.post('/scripts/new', { ...form, name: ' ', starter: 'gotv' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toMatch(/value="gotv"[^>]*checked|checked=""[^>]*value="gotv"/)
})

test('a starter has a place for each language of the organization, and says what is not written in it, also once saved', async () => {
  const { owner } = world.database
  const speak = (languages: string[]) =>
    owner.updateTable('organization').set({ languages }).where('organization_id', '=', ours.organization_id).execute()
  await speak(['en', 'ko', 'zh'])
  const created = await organizer.post('/scripts/new', { name: 'Three', starter: 'survey', election_on: '2027-06-22' })
  const address = created.headers.get('location') ?? ''
  const html = await (await organizer.get(address)).text()
  expect(html).toContain('name="greeting.zh"')
  const script = () => organizer.get(`/scripts/${address.split('/')[2]}`)
  expect(await (await script()).text()).toContain('Not written in 中文 yet.')
  const saved = await organizer.post(address, { ...fieldsOf(html), 'greeting.en': 'Hello', act: 'save' })
  expect(saved.status).toBe(303)
  const languages = async () => (await currentVersion(db, address.split('/')[2] ?? ''))?.content.languages
  expect(await languages()).toEqual(['en', 'ko', 'zh'])
  // Nobody needs it any more: the next saving leaves it away.
  await speak(['en', 'ko'])
  const now_saved = fieldsOf(await (await organizer.get(address)).text())
  expect((await organizer.post(address, { ...now_saved, 'greeting.en': 'Good day', act: 'save' })).status).toBe(303)
  expect(await languages()).toEqual(['en', 'ko'])
})

test('questions are added, moved and removed without losing what was typed', async () => {
  const { script_id } = await made('Buttons')
  const address = `/scripts/${script_id}/edit`
  const before = fieldsOf(await (await organizer.get(address)).text())
  const added = await organizer.post(address, { ...before, 'closing.ko': '고맙습니다', act: 'add:choice' })
  const html = await added.text()
  expect(html).toContain('고맙습니다')
  const fields = fieldsOf(html)
  expect(fields['steps.6.kind']).toBe('choice')
  expect(fields['steps.6.choices.1.key']).toBe('choice_2')
  const moved = fieldsOf(await (await organizer.post(address, { ...fields, act: 'up:6' })).text())
  expect(moved['steps.5.key']).toBe('step_1')
  const removed = fieldsOf(await (await organizer.post(address, { ...moved, act: 'remove:3' })).text())
  expect(Object.keys(removed).filter((name) => /^steps\.\d\.key$/.test(name))).toHaveLength(6)
  expect(removed['steps.0.goes.own']).toBe('') // it led to the step that is gone
  expect((await currentVersion(db, script_id))?.content.steps).toHaveLength(6) // nothing saved yet
})

test('saved questions get names from their words; an untranslated text is marked', async () => {
  const { script_id } = await made('Names')
  const address = `/scripts/${script_id}/edit`
  const fields = fieldsOf(await (await organizer.get(address)).text())
  const added = fieldsOf(await (await organizer.post(address, { ...fields, act: 'add:choice' })).text())
  const typed = {
    ...added,
    'steps.6.say.en': 'Is your building safe?',
    'steps.6.choices.0.label.en': 'Yes, mostly',
    'steps.6.choices.1.label.en': 'No',
    'steps.6.goes.choice_1': 'closing',
    'steps.5.goes.no': 'step_1',
  }
  const checked = await (await organizer.post(address, { ...typed, act: 'check' })).text()
  expect(checked).toContain('Not translated yet')
  const saved = await organizer.post(address, { ...typed, act: 'save' })
  expect(saved.headers.get('location')).toBe(`/scripts/${script_id}?saved=1`)
  const content = (await currentVersion(db, script_id))?.content
  expect(content?.steps[6]).toMatchObject({
    key: 'building_safe',
    goes: { yes_mostly: 'closing' },
    choices: [{ key: 'yes_mostly' }, { key: 'no' }],
  })
  expect(content?.steps[5]?.goes).toEqual({ no: 'building_safe' })
})

test('in the form without JavaScript a number, several choices and words lead on, and what was typed beside stays', async () => {
  const { script_id } = await made('Ways')
  const address = `/scripts/${script_id}/edit`
  const send = async (fields: Record<string, string>, act: string) =>
    (await organizer.post(address, { ...fields, act })).text()
  const added = await send(
    { ...fieldsOf(await (await organizer.get(address)).text()), 'steps.2.from': '1,000' },
    'check',
  )
  expect(added).toContain('If it is 1,000 or more')
  const more = await send({ ...fieldsOf(added), 'steps.2.from': '50', 'closing.en': 'Bye' }, 'check')
  expect(more).toContain('If it is 50 to under 1,000')
  expect(more).toContain('If “School” is among them')
  const typed = fieldsOf(await send(fieldsOf(more), 'remove-way:2:1000'))
  expect(typed).toMatchObject({ 'steps.2.goes.50': '', 'closing.en': 'Bye' })
  expect(Object.keys(typed)).not.toContain('steps.2.goes.1000')
  const wished = { 'steps.2.goes.50': 'wish', 'steps.3.goes.school': 'news', 'steps.4.goes.noted': 'closing' }
  expect((await organizer.post(address, { ...typed, ...wished, 'steps.2.from': '400', act: 'save' })).status).toBe(303)
  const goes = async () => (await currentVersion(db, script_id))?.content.steps.slice(2, 5).map((step) => step.goes)
  expect(await goes()).toEqual([{ '50': 'wish', '400': '' }, { school: 'news' }, { noted: 'closing' }])
  await markUsed(db, ours.organization_id, script_id, 1, now())
  world.installation.clock.advance(1)
  const again = fieldsOf(await (await organizer.get(address)).text())
  await organizer.post(address, { ...again, 'steps.2.goes.50': 'news', act: 'save' })
  const compared = await (await organizer.get(`/scripts/${script_id}/compare?from=1&to=2`)).text()
  expect(compared).toMatch(/If it is 50 to under 400<\/p>.*<del>Step 5 · If the city[^<]*<\/del>.*<ins>Step 6 · May we/)
  // A step that goes takes no range with it: from 50 on it leads on as otherwise.
  const left = fieldsOf(await send(fieldsOf(await (await organizer.get(address)).text()), 'remove:5'))
  expect(left).toMatchObject({ 'steps.2.goes.50': '', 'steps.2.goes.400': '' })
})

test('a version callers have used stays as it was; before that, saving changes it in place', async () => {
  const { script_id } = await made('Versions')
  const address = `/scripts/${script_id}/edit`
  const save = async (closing: string) => {
    const fields = fieldsOf(await (await organizer.get(address)).text())
    world.installation.clock.advance(1)
    expect((await organizer.post(address, { ...fields, 'closing.en': closing, act: 'save' })).status).toBe(303)
  }
  await save('First')
  expect(await currentVersion(db, script_id)).toMatchObject({ version: 1, content: { closing: { en: 'First' } } })
  await markUsed(db, ours.organization_id, script_id, 1, now())
  await save('Second')
  expect(await currentVersion(db, script_id)).toMatchObject({ version: 2, first_used_at: null })
  expect(await scriptVersion(db, script_id, 1)).toMatchObject({ content: { closing: { en: 'First' } } })
  const compared = await (await organizer.get(`/scripts/${script_id}/compare?from=1&to=2`)).text()
  expect(compared).toContain('<del>First</del>')
  expect(compared).toContain('<ins>Second</ins>')
})

test('of two who save the same version, the second sees what the first changed and keeps the own words', async () => {
  const { script_id } = await made('Two writers')
  const address = `/scripts/${script_id}/edit`
  const fields = fieldsOf(await (await organizer.get(address)).text())
  world.installation.clock.advance(1)
  await organizer.post(address, { ...fields, 'closing.en': 'Mine', act: 'save' })
  const second = await organizer.post(address, { ...fields, 'closing.en': 'Yours', act: 'save' })
  expect(second.status).toBe(409)
  const html = await second.text()
  expect(html).toContain('<del>Mine</del>')
  expect(fieldsOf(html)['closing.en']).toBe('Yours')
  expect((await organizer.post(address, { ...fieldsOf(html), act: 'save' })).status).toBe(303) // knowingly
})

test('two savings at the same moment: exactly one wins', async () => {
  const { script_id } = await made('Race')
  const current = await currentVersion(db, script_id)
  if (!current) throw new Error('not there')
  world.installation.clock.advance(1)
  const draft = { name: 'Race', content: current.content }
  const started = { version: 1, saved_at: current.created_at }
  const results = await Promise.all(
    [1, 2, 3].map(() => saveScript(db, ours.organizer, script_id, started, draft, now())),
  )
  expect(results.filter((result) => result.ok)).toHaveLength(1)
})

test('a version put to use while somebody saves it stays as callers have it', async () => {
  const { script_id } = await made('At the same moment')
  const before = await currentVersion(db, script_id)
  if (!before) throw new Error('made')
  let saving: Promise<unknown> = Promise.resolve()
  await db.transaction().execute(async (tx) => {
    await markUsed(tx, ours.organization_id, script_id, 1, now())
    const edited = { version: 1, saved_at: before.created_at }
    const content = { ...before.content, closing: { en: 'Changed', ko: '바꿈' } }
    saving = saveScript(db, ours.organizer, script_id, edited, { name: 'At the same moment', content }, now())
    while (!(await isWaiting())); // it has come to the row that is held here
  })
  expect(await saving).toEqual({ ok: true, version: 2, is_new_version: true })
  expect((await scriptVersion(db, script_id, 1))?.content).toEqual(before.content)
})

/** Does any connection of this database wait for a row another one holds? */
async function isWaiting(): Promise<boolean> {
  const { rows } = await sql`select from pg_stat_activity where datname = current_database()
    and wait_event_type = 'Lock'`.execute(world.database.owner)
  return rows.length > 0
}

test('the preview walks as the answers lead, in each language', async () => {
  const { script_id } = await made('Preview')
  const renter = await (await organizer.get(`/scripts/${script_id}?language=ko&a.home=rent&a.rent_rise=yes`)).text()
  expect(renter).toContain('한 달에 몇 달러쯤 올랐나요?')
  expect(renter).toContain('김영희 선생님이신가요?')
  const owner = await (await organizer.get(`/scripts/${script_id}?language=en&a.home=own`)).text()
  expect(owner).not.toContain('Did your rent go up')
  expect(owner).toContain('Which services')
})

test('the preview takes several choices, a number and words as well', async () => {
  const { script_id, content } = await answering()
  const preview = async (query: string) => (await organizer.get(`/scripts/${script_id}?language=en&${query}`)).text()
  const big = await preview('a.home=rent&a.rent_rise=yes&a.rent_rise_dollars=1%2C200')
  expect(big).not.toContain('Which services')
  expect(big).toContain('If the city did one thing')
  const chosen = await preview('a.home=own&a.services=police,school')
  expect(chosen).not.toContain('If the city did one thing')
  expect(chosen).toMatch(/a\.services=health%2Cschool%2Cpolice#station-services/) // one more
  expect(chosen).toMatch(/a\.services=school#station-services" aria-current="true"/) // one fewer
  const said = await preview('a.home=own&a.wish=more+buses')
  expect(said).not.toContain('May we tell you')
  expect(said).toContain('<input type="hidden" name="a.home" value="own"/>')
  expect(content.steps).toHaveLength(6)
})

/** The survey, with ways after each kind of question. */
async function answering() {
  const survey = starterContent('survey', '2027-06-22')
  const goes: Record<string, Record<string, string>> = {
    rent_rise_dollars: { '1000': 'wish' },
    services: { school: 'news' },
    wish: { noted: 'closing' },
  }
  const content = { ...survey, steps: survey.steps.map((step) => ({ ...step, goes: goes[step.key] ?? step.goes })) }
  return { ...(await createScript(db, ours.organizer, { name: 'Answering', content }, now())), content }
}

test('scripts of another organization are not there; a board member reads, and does not write', async () => {
  const { script_id } = await made('Ours')
  const neighbour = world.as(theirs.organizer, [scriptRoutes])
  expect((await neighbour.get(`/scripts/${script_id}`)).status).toBe(404)
  expect((await neighbour.post(`/scripts/${script_id}/archive`, {})).status).toBe(404)
  const board = world.as(ours.actor(['board']), [scriptRoutes])
  expect((await board.get(`/scripts/${script_id}`)).status).toBe(200)
  expect((await board.get(`/scripts/${script_id}/edit`)).status).toBe(403)
  expect((await world.as(ours.actor(['caller']), [scriptRoutes]).get('/scripts')).status).toBe(403)
})

test('an archived script leaves the list and comes back; all of it is in the audit trail', async () => {
  const { script_id } = await made('Old')
  await organizer.post(`/scripts/${script_id}/archive`, {})
  expect((await listScripts(db)).map((each) => each.script_id)).not.toContain(script_id)
  await organizer.post(`/scripts/${script_id}/restore`, {})
  expect((await listScripts(db)).map((each) => each.script_id)).toContain(script_id)
  const entries = await db
    .selectFrom('audit_entry')
    .select('action')
    .where('subject_id', '=', script_id)
    .orderBy('audit_id')
    .execute()
  expect(entries.map((entry) => entry.action)).toEqual(['script.create', 'script.archive', 'script.restore'])
})

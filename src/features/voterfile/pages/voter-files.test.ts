import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { voterfileImport } from '../jobs.ts'
import { voterfileRoutes } from '../routes.tsx'
import { ImportPreview } from '../schema.ts'
import { receivePlain, type PlainFile } from '../uploads/store.ts'
import type { UploadKind } from '../uploads/schema.ts'

const world = await makeWorld()
const { owner } = world.database
const steward = world.ours.actor([], { is_steward: true })
const pages = world.as(steward, [voterfileRoutes])
const newYork = readFileSync(join(import.meta.dirname, '../samples/us-ny.txt'))

async function upload(name: string, content: string | Uint8Array, kind: UploadKind = 'registration'): Promise<string> {
  async function* files(): AsyncGenerator<PlainFile> {
    yield {
      name,
      chunks: (async function* () {
        yield Buffer.from(content)
      })(),
    }
  }
  const now = world.installation.clock.now()
  const received = await receivePlain(owner, world.folder, steward, kind, files(), 0, now)
  if (!received?.ok) throw new Error(received?.problem ?? 'not received')
  return received.import_id
}

const work = (import_id: string) =>
  voterfileImport.run({ import_id }, { installation: world.installation, signal: new AbortController().signal })
const stateOf = (import_id: string) =>
  owner.selectFrom('voter_import').selectAll().where('import_id', '=', import_id).executeTakeFirstOrThrow()

test('before the first file one learns how to get it and what the law allows, in both languages', async () => {
  const english = await (await pages.get('/voterfiles')).text()
  expect(english).toContain('No voter file yet')
  expect(english).toContain('Freedom of Information Law')
  expect(english).toContain('3-103(5)')
  const korean = await (await pages.get('/voterfiles', { 'accept-language': 'ko' })).text()
  expect(korean).toContain('아직 유권자 명부가 없습니다')
})

test('upload → check → law → queue → report, all without JavaScript', async () => {
  const import_id = await upload('AllNYSVoters_20261101.txt', newYork)
  const address = `/voterfiles/imports/${import_id}`
  const check = await (await pages.get(address)).text()
  expect(check).toContain('Is this the right file?')
  expect(check).toContain('New York')
  expect(check).toContain('The first rows, as we read them')
  expect(check).toContain('value="2026-11-01"')
  expect(check).toMatch(/>Democratic<|>No party<|>Republican</)
  expect(check).not.toMatch(/>dem<|>rep</)
  expect((await stateOf(import_id)).state).toBe('checked')

  const without = await pages.post(`${address}/start`, { received_on: '2026-11-02' })
  expect(without.status).toBe(422)
  const again = await without.text()
  expect(again).toContain('Tick the box to say that you accept')
  expect(again).toContain('value="2026-11-02"')
  expect((await stateOf(import_id)).state).toBe('checked')

  const form = { received_on: '2026-11-02', law_accepted: 'yes', include_purged: 'yes' }
  const started = await Promise.all([pages.post(`${address}/start`, form), pages.post(`${address}/start`, form)])
  expect(started.map((each) => each.status)).toEqual([303, 303])
  const queued = await stateOf(import_id)
  expect(queued).toMatchObject({ state: 'queued', options: { include_purged: true, received_on: '2026-11-02' } })
  expect(queued.law_accepted_at).not.toBeNull()
  expect(await (await pages.get(address)).text()).toContain(`data-live="${address}/live"`)

  await work(import_id)
  const done = await stateOf(import_id)
  expect(done.state).toBe('done')
  const report = await (await pages.get(address)).text()
  expect(report).toContain('What became of the rows')
  expect(report).toContain(`>${done.report?.read}<`)
  const list = await (await pages.get('/voterfiles')).text()
  const { count } = await owner
    .selectFrom('voter_record')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('gone_in', 'is', null)
    .where('status', '<>', 'purged')
    .executeTakeFirstOrThrow()
  expect(list).toMatch(new RegExp(`${count} voters? in use`))
  expect(list).toContain('In use')
  expect(list).toContain('AllNYSVoters_20261101.txt')
  const audited = await owner
    .selectFrom('audit_entry')
    .select('action')
    .where('action', 'like', 'voterfile.%')
    .execute()
  expect(audited.map((each) => each.action)).toContain('voterfile.queue')
})

test('what an import would change is shown before it runs, whose people it touches, and nothing is typed twice', async () => {
  const { voter_id } = await owner
    .selectFrom('voter_record')
    .select('voter_id')
    .orderBy('voter_id')
    .limit(1)
    .executeTakeFirstOrThrow()
  await owner
    .insertInto('person')
    .values({ organization_id: world.ours.organization_id, voter_id, matched_by: 'hand' })
    .execute()
  const changed = Buffer.from(
    newYork.toString('latin1').replace('"DEM"', '"REP"').replace('"KIM"', '"KIM-LEE"'),
    'latin1',
  )
  const import_id = await upload('AllNYSVoters_20261115.txt', changed)
  const address = `/voterfiles/imports/${import_id}`
  expect(await (await pages.get(address)).text()).toContain('See what would change')
  expect((await pages.post(`${address}/preview`, {})).status).toBe(422)
  expect((await pages.post(`${address}/import-previewed`, {})).status).toBe(409)
  const form = { law_accepted: 'yes', received_on: '2026-11-14', include_purged: 'yes' }
  expect((await pages.post(`${address}/preview`, form)).status).toBe(303)
  expect(await stateOf(import_id)).toMatchObject({ state: 'queued', is_preview: true })
  expect(await (await pages.get(address)).text()).toContain('Looking at what would change')
  // Stopped, it waits for the decision as before, with what was typed.
  await pages.post(`${address}/cancel`, {})
  expect(await stateOf(import_id)).toMatchObject({ state: 'checked', is_preview: false })
  const again = await (await pages.get(address)).text()
  expect(again).toContain('value="2026-11-14"')
  expect(again.match(/ checked=""/g)).toHaveLength(2)

  await pages.post(`${address}/preview`, form)
  const before = await owner.selectFrom('voter_record').selectAll().orderBy('voter_id').execute()
  await work(import_id)
  expect(await owner.selectFrom('voter_record').selectAll().orderBy('voter_id').execute()).toEqual(before)
  const found = ImportPreview.parse((await stateOf(import_id)).preview)
  const shown = await (await pages.get(address)).text()
  expect(shown).toContain('What the import would change')
  expect(shown).toContain('Democratic (DEM)')
  expect(shown).toContain('>Republican (REP)<')
  expect(shown).toContain('Kim-Lee')
  expect(shown).toMatch(/Party changed: <strong class="tabular-nums">1</)
  const korean = await (await pages.get(address, { 'accept-language': 'ko' })).text()
  expect(korean).toContain('가져오면 바뀌는 내용')

  // Back to change something, looked at once more, and imported: the same figures.
  await pages.post(`${address}/options`, {})
  expect(await (await pages.get(address)).text()).toContain('See what would change')
  await pages.post(`${address}/preview`, form)
  await work(import_id)
  expect((await pages.post(`${address}/import-previewed`, {})).status).toBe(303)
  await work(import_id)
  const done = await stateOf(import_id)
  expect(done).toMatchObject({ state: 'done', options: { received_on: '2026-11-14', include_purged: true } })
  expect({ ...done.report, seconds: 0 }).toMatchObject({ ...found.report, seconds: 0 })

  // What was looked at before another file came says so, and can be looked at again.
  const late = await upload('AllNYSVoters_20261116.txt', newYork)
  await pages.get(`/voterfiles/imports/${late}`)
  await pages.post(`/voterfiles/imports/${late}/preview`, form)
  await work(late)
  expect(await (await pages.get(`/voterfiles/imports/${late}`)).text()).not.toContain('no longer be right')
  const other = await upload('AllNYSVoters_20261117.txt', newYork)
  await pages.get(`/voterfiles/imports/${other}`)
  await pages.post(`/voterfiles/imports/${other}/start`, form)
  await work(other)
  expect(await (await pages.get(`/voterfiles/imports/${late}`)).text()).toContain('no longer be right')
  expect((await pages.post(`/voterfiles/imports/${late}/preview-again`, {})).status).toBe(303)
  await work(late)
  expect(await (await pages.get(`/voterfiles/imports/${late}`)).text()).toContain('would change nothing')
  await pages.post(`/voterfiles/imports/${late}/cancel`, {})
  expect((await stateOf(late)).state).toBe('cancelled')
})

test('a rejected row can be downloaded, and the download is in the audit trail', async () => {
  const import_id = await upload(
    'AllNYSVoters_20261201.txt',
    Buffer.concat([newYork, Buffer.from('"KIM","ONLY TWO"\r\n')]),
  )
  await pages.get(`/voterfiles/imports/${import_id}`)
  await pages.post(`/voterfiles/imports/${import_id}/start`, { law_accepted: 'yes' })
  await work(import_id)
  expect((await stateOf(import_id)).report?.rejected).toBeGreaterThan(0)
  const file = await pages.post(`/voterfiles/imports/${import_id}/rejects`, {})
  expect(file.headers.get('content-disposition')).toContain('attachment')
  expect(await file.text()).toContain('ONLY TWO')
  const entry = await owner
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', '=', 'voterfile.rejects')
    .executeTakeFirst()
  expect(entry).toMatchObject({ subject_id: import_id, actor_name: steward.name })
})

test('a file that lacks half the voters stops, says how many, and goes on when told that it is whole', async () => {
  const rows = Array.from({ length: 60 }, (_, index) =>
    newYork
      .toString('latin1')
      .split('\r\n')[0]
      ?.replace('NY000000000000000101', `NY0000000000000${String(70_000 + index)}`),
  )
  const begin = async (name: string, some: typeof rows): Promise<string> => {
    const import_id = await upload(name, some.join('\r\n') + '\r\n')
    await pages.get(`/voterfiles/imports/${import_id}`)
    await pages.post(`/voterfiles/imports/${import_id}/start`, { law_accepted: 'yes' })
    await work(import_id)
    return import_id
  }
  const whole = await begin('AllNYSVoters_20270101.txt', rows)
  expect(await stateOf(whole)).toMatchObject({ state: 'done', report: { added: 60 } })
  const half = await begin('AllNYSVoters_20270201.txt', rows.slice(0, 20))
  const { state, problem } = await stateOf(half)
  expect({ state, problem }).toMatchObject({ state: 'refused', problem: { code: 'many_gone' } })
  const page = await (await pages.get(`/voterfiles/imports/${half}`)).text()
  expect(page).toContain('The file is whole: go on')
  expect(page).toContain(problem?.detail)
  expect(page).toContain('It is a part only: mark nobody as gone')
  const part = await begin('AllNYSVoters_20270115.txt', rows.slice(0, 20))
  expect((await pages.post(`/voterfiles/imports/${part}/is-part`, {})).status).toBe(303)
  await work(part)
  expect(await stateOf(part)).toMatchObject({ state: 'done', report: { unchanged: 20, gone: 0 } })
  expect((await pages.post(`/voterfiles/imports/${half}/accept-gone`, {})).status).toBe(303)
  await work(half)
  const after = await stateOf(half)
  expect(after).toMatchObject({ state: 'done', report: { unchanged: 20 } })
  expect(after.report?.gone).toBeGreaterThanOrEqual(40)
  expect((await pages.post(`/voterfiles/imports/${whole}/accept-gone`, {})).status).toBe(409)
})

test('a table that is no voter file says so and can be read by another layout', async () => {
  const import_id = await upload('members.csv', 'Name,Email\nKim,kim@example.org\n')
  const check = await (await pages.get(`/voterfiles/imports/${import_id}`)).text()
  expect(check).toContain('no voter file that we know')
  expect(check).not.toContain('Import now')
  expect((await pages.post(`/voterfiles/imports/${import_id}/start`, { law_accepted: 'yes' })).status).toBe(409)
  expect((await pages.post(`/voterfiles/imports/${import_id}/layout`, { layout: 'us-oh' })).status).toBe(303)
  expect(await (await pages.get(`/voterfiles/imports/${import_id}`)).text()).toContain('Read it as another layout')
  expect((await pages.post(`/voterfiles/imports/${import_id}/cancel`, {})).status).toBe(303)
  expect((await stateOf(import_id)).state).toBe('cancelled')
})

test('telephone numbers are looked at first, then joined to voters', async () => {
  const voter = await owner.selectFrom('voter_record').select('state_voter_id').executeTakeFirstOrThrow()
  const wrong = await upload('list.csv', 'name,color\nKim,blue\n', 'phones')
  expect(await (await pages.get(`/voterfiles/imports/${wrong}`)).text()).toContain('no column of telephone numbers')
  // What the import would refuse, the check calls unfit: given names alone match nobody.
  const vague = await upload('vague.csv', 'Last Name,DOB,Address,Phone\nKim,1958,1 Main St,718-555-0134\n', 'phones')
  const refused = await (await pages.get(`/voterfiles/imports/${vague}`)).text()
  expect(refused).toContain('does not say whose the numbers are')
  expect(refused).not.toContain('Import now')
  const strange = await upload('strange.csv', 'Voter ID;Cell;Shoe size\nNY999999999999999;718-555-0134;38\n', 'phones')
  const none = await (await pages.get(`/voterfiles/imports/${strange}`)).text()
  expect(none).toContain('No row matches a voter')
  expect(none).toMatch(/Columns we do not use.*Shoe size/s)
  const import_id = await upload('phones.csv', `state_voter_id,phone\n${voter.state_voter_id},718-555-0134\n`, 'phones')
  const check = await (await pages.get(`/voterfiles/imports/${import_id}`)).text()
  expect(check).toContain('718-555-0134')
  expect(check).toContain('Matched to a voter: 1 of 1')
  expect(await owner.selectFrom('voter_phone').select('phone').where('phone', '=', '+17185550134').execute()).toEqual(
    [],
  )
  await pages.post(`/voterfiles/imports/${import_id}/start`, { law_accepted: 'yes', source: 'our volunteers' })
  await work(import_id)
  expect(
    await owner.selectFrom('voter_phone').select(['phone', 'source']).where('phone', '=', '+17185550134').execute(),
  ).toEqual([{ phone: '+17185550134', source: 'our volunteers' }])
  expect(await (await pages.get(`/voterfiles/imports/${import_id}`)).text()).toContain('Imported')
})

test('nobody but a steward, and nothing under an address that does not exist', async () => {
  const organizer = world.as(world.ours.organizer, [voterfileRoutes])
  expect((await organizer.get('/voterfiles')).status).toBe(403)
  expect((await pages.get('/voterfiles/imports/nothing')).status).toBe(404)
  expect((await pages.get('/voterfiles/imports/00000000-0000-4000-8000-000000000000')).status).toBe(404)
})

test('the dry run says in words why a row cannot be read', async () => {
  const [first = '', ...others] = newYork.toString('latin1').split('\n')
  const import_id = await upload('faulty.txt', [first, '"ONLY","TWO"', ...others].join('\n'))
  const check = await (await pages.get(`/voterfiles/imports/${import_id}`)).text()
  expect(check).toContain('line 2: has another number of columns')
})

const samples = join(import.meta.dirname, '../samples')

test.each(readdirSync(samples))('%s: the dry run heads every column with words, in both languages', async (name) => {
  const import_id = await upload(name, readFileSync(join(samples, name)))
  const heads = async (language: string): Promise<string[]> => {
    const html = await (await pages.get(`/voterfiles/imports/${import_id}`, { cookie: `language=${language}` })).text()
    return [...html.matchAll(/<th scope="col"[^>]*>([^<]*)</g)].map((match) => match[1] ?? '')
  }
  const [english, korean] = [await heads('en'), await heads('ko')]
  expect(english.length).toBeGreaterThan(2)
  // No column name of ours or of a file: underscores, or words run together.
  expect(english.filter((head) => /_|[a-z][A-Z]/.test(head))).toEqual([])
  expect(korean.filter((head) => !/[가-힣]/.test(head))).toEqual([])
})

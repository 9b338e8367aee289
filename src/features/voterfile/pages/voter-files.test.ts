import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { csvCell } from '../../../platform/csv.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { importLock } from '../importing/lock.ts'
import { resumeImports, voterfileImport } from '../jobs.ts'
import { layouts } from '../layouts/all.ts'
import { keepLayout, layoutName } from '../layouts/own.ts'
import { voterfileRoutes } from '../routes.tsx'
import { ImportPreview } from '../schema.ts'
import { receivePlain, type PlainFile } from '../uploads/store.ts'
import type { UploadKind } from '../uploads/schema.ts'

const world = await makeWorld()
const { owner } = world.database
const steward = world.ours.actor([], { is_steward: true })
const pages = world.as(steward, [voterfileRoutes])
const newYork = readFileSync(join(import.meta.dirname, '../samples/us-ny.txt'))

const upload = (name: string, content: string | Uint8Array, kind: UploadKind = 'registration'): Promise<string> =>
  uploadAll([{ name, content }], kind)

async function uploadAll(all: { name: string; content: string | Uint8Array }[], kind: UploadKind): Promise<string> {
  async function* files(): AsyncGenerator<PlainFile> {
    for (const { name, content } of all)
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
  expect(check).toMatch(/>(Queens|New York|Kings)</)
  expect(check).not.toMatch(/>dem<|>rep</)
  expect((await stateOf(import_id)).state).toBe('checked')
  const views = owner.selectFrom('audit_entry').select('action').where('subject_id', '=', import_id)
  expect(await views.where('action', '=', 'voterfile.view').execute()).toHaveLength(1)

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
  // The heading and the state are followed too: they must not stay behind what stands below them.
  expect(await (await pages.get(address)).text()).toMatch(
    new RegExp(`data-live="${address}/live">[\\s\\S]*<h1[\\s\\S]*Waiting its turn[\\s\\S]*</section>`, 'i'),
  )

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
  const changed = newYork.toString('latin1').replace('"DEM"', '"REP"').replace('"KIM"', '"KIM-LEE"')
  const twice = changed.split('\r\n')[0] ?? ''
  const import_id = await upload('AllNYSVoters_20261115.txt', Buffer.from(`${changed}${twice}\r\n`, 'latin1'))
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
  expect(shown).toMatch(/The same voter twice in the file<\/dt><dd[^>]*>1</)
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

  // An older month after it: said before it is imported, and in its report.
  const older = await upload('AllNYSVoters_20261003.txt', newYork)
  const warning =
    'A newer file is in use already: of Saturday, November 14, 2026, this one is of Saturday, October 3, 2026'
  expect(await (await pages.get(`/voterfiles/imports/${older}`)).text()).toContain(warning)
  expect(await (await pages.get(address)).text()).not.toContain('A newer file is in use')
  await pages.post(`/voterfiles/imports/${older}/start`, { law_accepted: 'yes', include_purged: 'yes' })
  await work(older)
  expect(await (await pages.get(`/voterfiles/imports/${older}`)).text()).toContain(warning)
  const korean_report = await pages.get(`/voterfiles/imports/${older}`, { 'accept-language': 'ko' })
  expect(await korean_report.text()).toContain('더 새로운 명부를 이미 쓰고 있습니다')
  const newest = await upload('AllNYSVoters_20261115.txt', changed)
  await pages.get(`/voterfiles/imports/${newest}`)
  await pages.post(`/voterfiles/imports/${newest}/start`, form)
  await work(newest)

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

test('only a file like it that is newer makes a file an older one, and a day still to come is told', async () => {
  const samples = join(import.meta.dirname, '../samples')
  const florida = readFileSync(join(samples, 'us-fl.txt'), 'latin1')
  const inCounty = (code: string): Buffer => Buffer.from(florida.replace(/^[A-Z]{3}\t/gm, `${code}\t`), 'latin1')
  const take = async (name: string, content: string | Uint8Array): Promise<string> => {
    const import_id = await upload(name, content)
    await pages.get(`/voterfiles/imports/${import_id}`)
    await pages.post(`/voterfiles/imports/${import_id}/start`, { law_accepted: 'yes', is_part: 'yes' })
    await work(import_id)
    expect((await stateOf(import_id)).state).toBe('done')
    return (await pages.get(`/voterfiles/imports/${import_id}`)).text()
  }
  const checked = async (name: string, content: string | Uint8Array): Promise<string> =>
    (await pages.get(`/voterfiles/imports/${await upload(name, content)}`)).text()
  const older = 'A newer file is in use already'
  await take('ALA_20261110.txt', inCounty('ALA'))
  // Another county's file, although of an earlier day; the same county's is older.
  expect(await checked('BAK_20261103.txt', inCounty('BAK'))).not.toContain(older)
  expect(await checked('ALA_20261103.txt', inCounty('ALA'))).toContain(older)
  // Votes are added, whatever the order; New York's files are nothing to Florida's.
  const history = readFileSync(join(samples, 'us-fl-history.txt'), 'latin1')
  const shown = await checked('MIA_H_20261112.txt', history)
  for (const words of ['>Miami Dade<', '>General<', '>Primary<', '>did not vote<', '>early<'])
    expect(shown.toLowerCase()).toContain(words.toLowerCase())
  expect(await take('ALA_H_20261111.txt', history)).not.toContain(older)
  expect(await checked('ALA_H_20261101.txt', history)).not.toContain(older)
  const future = 'The date of this file is still to come: Sunday, January 1, 2096'
  expect(await checked('AllNYSVoters_20960101.txt', newYork)).toContain(future)
  expect(await take('ALA_20960101.txt', inCounty('ALA'))).toContain(future)
  expect(await checked('ALA_20261112.txt', inCounty('ALA'))).not.toContain('still to come')
})

test('a rejected row can be downloaded, and the download is in the audit trail', async () => {
  const unclosed = newYork.toString('latin1').split('\r\n')[0]?.replace('"DEM"', '"DEM')
  const import_id = await upload(
    'AllNYSVoters_20261201.txt',
    Buffer.concat([newYork, Buffer.from(`"KIM","ONLY TWO"\r\n${unclosed}\r\n`)]),
  )
  await pages.get(`/voterfiles/imports/${import_id}`)
  await pages.post(`/voterfiles/imports/${import_id}/start`, { law_accepted: 'yes' })
  await work(import_id)
  expect((await stateOf(import_id)).report?.rejected).toBeGreaterThan(0)
  const refused = await pages.post(`/voterfiles/imports/${import_id}/rejects`, {})
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('without it no file is made')
  const file = await pages.post(`/voterfiles/imports/${import_id}/rejects`, { law: 'yes' })
  expect(file.headers.get('content-disposition')).toContain('attachment')
  const english = await file.text()
  expect(english).toContain('has another number of columns (47 columns expected, 2 found)')
  // A quotation mark nobody closed is a fault of its own, told at its own column.
  expect(english).toMatch(/,[A-Z]+,stray_quote,"has a quotation mark/)
  const rows = ['"""KIM"",""ONLY TWO"""', csvCell(unclosed)]
  for (const row of rows) expect(english).toContain(row)
  const korean = await (
    await pages.post(`/voterfiles/imports/${import_id}/rejects`, { law: 'yes' }, { 'accept-language': 'ko' })
  ).text()
  expect(korean).toMatch(/^파일,줄,열,이유\(코드\),설명,원래 줄\r\n/)
  expect(korean).toContain('열 수가 맞지 않음(열 47개여야 하는데 2개)')
  expect(korean).toContain('짝이 없는 따옴표')
  for (const row of rows) expect(korean).toContain(row)
  const entry = await owner
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', '=', 'voterfile.rejects')
    .executeTakeFirst()
  expect(entry).toMatchObject({ subject_id: import_id, actor_name: steward.name, after: { law_accepted: true } })
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
  // Those who come back are told in words of the reader's language.
  const back = await begin('AllNYSVoters_20270301.txt', rows)
  expect((await stateOf(back)).report).toMatchObject({ returned: 40 })
  const korean = await (await pages.get(`/voterfiles/imports/${back}`, { 'accept-language': 'ko' })).text()
  expect(korean).toContain('빠졌다가 다시 들어온 유권자')
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

/** A made-up vendor's file for Pennsylvania, of which there is no layout; one more election column where asked for. */
function vendorFile(rows: number, more = ''): string {
  const head = `Reg ID,Surname,Given,Birth,Sex,Party,Voter Status,Street Address,Town,ZIP,Borough Code,G22,Primary 2024${more && ',Nov 2025'}`
  return [
    head,
    ...Array.from({ length: rows }, (_, at) =>
      [`0${10_000_000 + at}-51`, at % 2 ? 'KIM' : 'LEE', 'MIN', `0${1 + (at % 9)}/12/19${60 + (at % 30)}`, at % 2 ? 'F' : 'M', ['D', 'R', 'NF'][at % 3], 'A', `${at + 1} MAIN ST APT ${at}`, 'PHILADELPHIA', '19120', `B${at % 4}`, at % 2 ? 'AP' : 'N', at % 5 ? '' : 'MB', ...(more ? [more] : [])].join(','),
    ),
  ].join('\n') + '\n' // prettier-ignore
}

test('a list of telephone numbers uploaded as a voter file is told so, with its columns and the way to its own page', async () => {
  const import_id = await upload('calls.csv', 'Name,Birth Year,Address,Phone\n김영희,1958,1 Main St,718-555-0134\n')
  const check = await (await pages.get(`/voterfiles/imports/${import_id}`)).text()
  expect(check).toContain('This looks like a list of telephone numbers')
  expect(check).toContain('href="/voterfiles/new?kind=phones"')
  expect(check).toMatch(/Birth Year<\/th>[\s\S]*김영희/)
  expect(check).not.toContain('0 rows')
})

test('a file that cannot be read says why where its columns would be described', async () => {
  const zip = await upload('county.zip', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(300, 7)]))
  const columns = `/voterfiles/imports/${zip}/columns`
  for (const answer of [await pages.get(columns), await pages.post(columns, { act: 'save' })]) {
    expect(answer.status).toBeLessThan(500)
    expect(await answer.text()).toContain('The .zip is damaged')
  }
  const check = await (await pages.get(`/voterfiles/imports/${zip}`)).text()
  expect(check).toContain('This file was not imported')
  expect(check).not.toMatch(/Is this the right file|signature/)
})

test('layouts of different titles are different layouts, and two described at once are one after the other', async () => {
  const names = ['서퍽 카운티 2024', '나소 카운티 2024', 'List (2024)', 'List 2024'].map((title) =>
    layoutName('NY', title),
  )
  expect(new Set(names).size).toBe(4)
  expect(names[3]).toBe('own-ny-list-2024')
  const washington = layouts.find(({ id }) => id === 'us-wa')
  if (!washington) throw new Error('no layout')
  const now = world.installation.clock.now()
  const kept = await Promise.all(
    (['active', 'inactive'] as const).map((status_otherwise) =>
      keepLayout(owner, steward, { ...washington, title: 'At once', status_otherwise }, now),
    ),
  )
  expect(kept.map(({ id }) => id).toSorted()).toEqual(['own-wa-at-once.1', 'own-wa-at-once.2'])
  await owner.deleteFrom('voter_layout').execute()
  await owner.deleteFrom('audit_entry').where('action', '=', 'voterfile.layout').execute()
})

test('a file nobody knows is described column by column, imported, and known by itself the next month', async () => {
  const import_id = await upload('pa-voters_20261001.csv', vendorFile(40))
  const address = `/voterfiles/imports/${import_id}`
  expect(await (await pages.get(address)).text()).toContain(`href="${address}/columns"`)
  const first = await (await pages.get(`${address}/columns`)).text()
  expect(first).toMatch(/<option value="state_voter_id" selected="">/)
  expect(first).toContain('dates written 6/12/1985 (month first)')
  expect(first).toContain('value="2022-11-08"')
  expect(first).not.toContain('Not yet: these are missing')
  const korean = await (await pages.get(`${address}/columns`, { 'accept-language': 'ko' })).text()
  expect(korean).toContain('열마다 무엇인지 알려 주기')

  // What the form holds, as a browser would send it.
  const typed: Record<string, string> = {}
  for (const [tag] of first.matchAll(/<input[^>]*>/g))
    typed[/name="([^"]*)"/.exec(tag)?.[1] ?? ''] = /value="([^"]*)"/.exec(tag)?.[1] ?? ''
  for (const [, name = '', inside = ''] of first.matchAll(/<select[^>]*? name="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    typed[name] = /value="([^"]*)" selected/.exec(inside)?.[1] ?? ''
  const wrong = await pages.post(`${address}/columns`, { ...typed, state: '', 'is.0': '', act: 'save' })
  expect(wrong.status).toBe(422)
  const said = await wrong.text()
  expect(said).toContain('Choose which column is the state voter id')
  expect(said).toContain('Which state is the file of?')
  expect(said).toContain('href="#state"')
  const odd = await pages.post(`${address}/columns`, { ...typed, county: 'Queens!?%', 'on.12': '2024-02-31', act: 'save' }) // prettier-ignore
  const oddly = await odd.text()
  expect(oddly).toContain('href="#on.12"')
  expect(oddly).toContain('Say which election “Primary 2024” is')
  expect(oddly).not.toContain('This is not right yet')

  const right = { ...typed, title: 'Pennsylvania, vendor', state: 'pa', 'is.10': 'keep', 'party.NF': 'none', 'vote.AP': 'poll', 'vote.MB': 'mail', 'vote.N': 'none', 'on.12': '2024-04-23' } // prettier-ignore
  const shown = await pages.post(`${address}/columns`, { ...right, act: 'show' })
  expect(shown.status).toBe(200)
  expect(await shown.text()).toContain('2022-11-08')
  expect((await pages.post(`${address}/columns`, { ...right, act: 'save' })).status).toBe(303)
  expect((await stateOf(import_id)).layout).toBe('own-pa-pennsylvania-vendor-3f8e6d4a.1')
  // The same again is the same version.
  await pages.post(`${address}/columns`, { ...right, act: 'save' })
  expect((await stateOf(import_id)).layout).toBe('own-pa-pennsylvania-vendor-3f8e6d4a.1')
  expect(await (await pages.get(address)).text()).toContain('Pennsylvania, vendor')
  await pages.post(`${address}/start`, { law_accepted: 'yes' })
  await work(import_id)
  expect(await stateOf(import_id)).toMatchObject({ state: 'done', report: { read: 40, added: 40, rejected: 0 } })
  const [voter] = await owner.selectFrom('voter_record').selectAll().where('state', '=', 'PA').orderBy('voter_id').execute() // prettier-ignore
  expect(voter).toMatchObject({
    state_voter_id: '010000000-51', last_name: 'Lee', party: 'dem', status: 'active', birth_date: '1960-01-12', sex: 'M',
    house_number: '1', street: 'Main St', unit: 'Apt 0', city: 'Philadelphia', zip5: '19120', other: { borough_code: 'B0' },
  }) // prettier-ignore
  expect(voter?.votes).toHaveLength(1)

  // Next month: the same columns, recognised; a new election column is read past until it is described.
  const next = await upload('pa-voters_20261101.csv', vendorFile(41, 'AP'))
  expect(await (await pages.get(`/voterfiles/imports/${next}`)).text()).toContain('Nov 2025')
  expect(await stateOf(next)).toMatchObject({ state: 'checked', layout: 'own-pa-pennsylvania-vendor-3f8e6d4a.1' })
  const again = await (await pages.get(`/voterfiles/imports/${next}/columns`)).text()
  expect(again).toContain('value="2025-11-04"')
  expect(again).toContain('value="2024-04-23"') // as it was said then
  expect(again).toMatch(/name="party.NF"[^>]*>(?:(?!<\/select>).)*value="none" selected/)
  expect((await pages.post(`/voterfiles/imports/${next}/columns`, { ...right, 'is.13': 'election', 'kind.13': 'general', 'on.13': '2025-11-04', act: 'save' })).status).toBe(303) // prettier-ignore
  expect((await stateOf(next)).layout).toBe('own-pa-pennsylvania-vendor-3f8e6d4a.2')
  await pages.get(`/voterfiles/imports/${next}`)
  await pages.post(`/voterfiles/imports/${next}/start`, { law_accepted: 'yes' })
  await work(next)
  expect(await stateOf(next)).toMatchObject({ state: 'done', report: { added: 1, updated: 40, gone: 0 } })
  const files = await owner.selectFrom('voter_file').select('layout').where('state', '=', 'PA').orderBy('file_id').execute() // prettier-ignore
  expect(files.map(({ layout }) => layout)).toEqual([
    'own-pa-pennsylvania-vendor-3f8e6d4a.1',
    'own-pa-pennsylvania-vendor-3f8e6d4a.2',
  ])
  const audited = await owner.selectFrom('audit_entry').select('subject_id').where('action', '=', 'voterfile.layout').execute() // prettier-ignore
  expect(audited).toHaveLength(2)
  expect(await (await pages.get('/voterfiles')).text()).toContain('Pennsylvania, vendor')
  const ordinary = world.as(world.ours.organizer, [voterfileRoutes])
  expect((await ordinary.get(`/voterfiles/imports/${next}/columns`)).status).toBe(403)

  // A file of ids and names alone, without votes and districts: of what it does not say the rest stays.
  const short = await upload('pa-short.csv', 'Reg ID,Surname,Given\n' + Array.from({ length: 41 }, (_, at) => `0${10_000_000 + at}-51,${at === 0 ? 'PARK' : at % 2 ? 'KIM' : 'LEE'},MIN`).join('\n') + '\n') // prettier-ignore
  const columns = `/voterfiles/imports/${short}/columns`
  await pages.get(`/voterfiles/imports/${short}`)
  const bare = { title: 'Ids and names', state: 'PA', county: '', 'is.0': 'state_voter_id', 'is.1': 'last_name', 'is.2': 'first_name' } // prettier-ignore
  expect(await (await pages.post(columns, { ...bare, act: 'show' })).text()).toContain('No column tells who voted when')
  expect((await pages.post(columns, { ...bare, act: 'save' })).status).toBe(303)
  await pages.get(`/voterfiles/imports/${short}`)
  await pages.post(`/voterfiles/imports/${short}/preview`, { law_accepted: 'yes' })
  await work(short)
  const preview = ImportPreview.parse((await stateOf(short)).preview)
  expect(preview).toMatchObject({ report: { added: 0, gone: 0 }, changes: { name: 1, moved: 0, party: 0, status: 0 } })
  await pages.post(`/voterfiles/imports/${short}/import-previewed`, {})
  await work(short)
  const after = await owner.selectFrom('voter_record').selectAll().where('voter_id', '=', voter?.voter_id ?? 0).executeTakeFirst() // prettier-ignore
  expect(after).toMatchObject({ last_name: 'Park', party: 'dem', street: 'Main St', birth_date: '1960-01-12' })
  expect(after?.votes).toHaveLength(2)
})

test('telephone numbers are looked at first, then joined to voters', async () => {
  const voter = await owner.selectFrom('voter_record').select('state_voter_id').executeTakeFirstOrThrow()
  const wrong = await upload('list.csv', 'name,color\nKim,blue\n', 'phones')
  // What is missing, and in the same place the way to say it.
  expect(await (await pages.get(`/voterfiles/imports/${wrong}`)).text()).toMatch(
    /cannot be read yet[^]*No column of telephone numbers[^]*Say what the columns are[^]*Character encoding/,
  )
  // What the import would refuse, the check calls unfit: given names alone match nobody.
  const vague = await upload('vague.csv', 'Last Name,DOB,Address,Phone\nKim,1958,1 Main St,718-555-0134\n', 'phones')
  const refused = await (await pages.get(`/voterfiles/imports/${vague}`)).text()
  expect(refused).toContain('does not say whose the numbers are')
  expect(refused).not.toContain('Import now')
  const strange = await upload('strange.csv', 'Voter ID;Cell;Shoe size\nNY999999999999999;718-555-0134;38\n', 'phones')
  const none = await (await pages.get(`/voterfiles/imports/${strange}`)).text()
  expect(none).toContain('No row matches a voter')
  expect(refused).not.toMatch(/Columns we do not use.*DOB/s)
  expect(none).toMatch(/Columns we do not use.*Shoe size/s)
  const import_id = await upload('phones.csv', `state_voter_id,phone\n${voter.state_voter_id},718-555-0134\n`, 'phones')
  const check = await (await pages.get(`/voterfiles/imports/${import_id}`)).text()
  expect(check).toMatch(/waiting for you[^]*phone: Telephone[^]*state_voter_id: State voter id[^]*718-555-0134/)
  expect(check).toMatch(/Date of the numbers[^]*The day the list was made/)
  expect(check).toContain('Matched to a voter: 1 of 1')
  expect(await owner.selectFrom('voter_phone').select('phone').where('phone', '=', '+17185550134').execute()).toEqual(
    [],
  )
  await pages.post(`/voterfiles/imports/${import_id}/start`, { law_accepted: 'yes', source: 'our volunteers' })
  await work(import_id)
  expect(
    await owner.selectFrom('voter_phone').select(['phone', 'source']).where('phone', '=', '+17185550134').execute(),
  ).toEqual([{ phone: '+17185550134', source: 'our volunteers' }])
  const report = await (await pages.get(`/voterfiles/imports/${import_id}`)).text()
  expect(report).toContain('Imported')
  expect(report).not.toContain('Gone from the file')
  const more = await upload('more.csv', `state_voter_id,phone\n${voter.state_voter_id},718-555-0135\n`, 'phones')
  await pages.get(`/voterfiles/imports/${more}`)
  await pages.post(`/voterfiles/imports/${more}/start`, { law_accepted: 'yes', source: 'our volunteers' })
  // The server is stopped while it waits for another: nothing of it was read.
  const importing = await world.database.ownerPool.connect()
  await importing.query('select pg_advisory_lock($1)', [importLock])
  const waits = { installation: world.installation, signal: AbortSignal.abort() }
  await voterfileImport.run({ import_id: more }, waits)
  expect(await stateOf(more)).toMatchObject({ state: 'failed', interrupted_at: null })
  await importing.query('select pg_advisory_unlock($1)', [importLock])
  await resumeImports(world.installation)
  const moreText = async () => (await pages.get(`/voterfiles/imports/${more}`)).text()
  expect(await moreText()).not.toContain('was stopped in the middle')
  const interrupted_at = world.installation.clock.now()
  await owner.updateTable('voter_import').set({ interrupted_at }).where('import_id', '=', more).execute()
  expect(await moreText()).toMatch(/was stopped in the middle[^]*is read again from its beginning/)
  await work(more)
  expect(await moreText()).toMatch(/was stopped in the middle[^]*the figures here are of the whole file/)
  const list = await (await pages.get('/voterfiles')).text()
  const { numbers } = await owner
    .selectFrom('voter_phone')
    .select((eb) => eb.fn.countAll<string>().as('numbers'))
    .executeTakeFirstOrThrow()
  expect(Number(numbers)).toBeGreaterThan(1)
  expect(list).toContain(`${numbers} numbers in use`)
  expect(list, 'who imported, also on a phone').toMatch(new RegExp(`sm:hidden">[^<]* · ${steward.name}<`))
  expect(list).toMatch(/In use[\s\S]*more\.csv[\s\S]*phones\.csv[\s\S]*History/)

  // Taken back: not while something else is imported, and once.
  await importing.query('select pg_advisory_lock($1)', [importLock])
  const takeBack = (fields = {}) => pages.post(`/voterfiles/imports/${more}/take-back`, fields)
  const unsure = await takeBack()
  expect(unsure.status).toBe(422)
  expect(await unsure.text()).toMatch(/Take back its 1 number[\s\S]*Tick the box to say that you want this/)
  const busy = await takeBack({ sure: 'yes' })
  expect(busy.status).toBe(409)
  expect(await busy.text()).toContain('Something else is at work on the voters')
  await importing.query('select pg_advisory_unlock($1)', [importLock])
  importing.release()
  const twice = await Promise.all([takeBack({ sure: 'yes' }), takeBack({ sure: 'yes' })])
  expect(twice.map(({ status }) => status)).toEqual([303, 303])
  const taken = await (await pages.get(`/voterfiles/imports/${more}`)).text()
  expect(taken).toContain('Numbers gone: 1.')
  expect(await (await pages.get('/voterfiles')).text()).toMatch(
    /History[^]*more\.csv[^]*taken back[^]*numbers: 1 added/,
  )
  expect(taken).not.toContain('/take-back')
  expect((await pages.post(`/voterfiles/imports/${wrong}/take-back`, {})).status).toBe(409)
})

test('columns of a list of telephones are said by hand, and recalled for the next list with the same ones', async () => {
  const { state_voter_id } = await owner.selectFrom('voter_record').select('state_voter_id').executeTakeFirstOrThrow()
  const list = (phone: string) => upload('dials.csv', `Ident,Dial,Dial home\n${state_voter_id},${phone},\n`, 'phones')
  const import_id = await list('718-555-0161')
  const address = `/voterfiles/imports/${import_id}`
  const check = await (await pages.get(address)).text()
  expect(check).toContain('No column of telephone numbers')
  expect(check).toContain(`href="${address}/columns"`)
  expect(await (await pages.get(`${address}/columns`)).text()).toMatch(/Ident[\s\S]*Dial[\s\S]*718-555-0161/)
  const lacking = await pages.post(`${address}/columns`, { 'is.1': 'phone' })
  expect(lacking.status).toBe(422)
  expect(await lacking.text()).toMatch(/Say also whose[\s\S]*value="phone" selected/)
  const twice = await pages.post(`${address}/columns`, { 'is.0': 'state_id', 'is.1': 'phone', 'is.2': 'state_id' })
  expect(await twice.text()).toContain('Two columns are both “State voter id”')
  const said = { 'is.0': 'state_id', 'is.1': 'mobile', 'is.2': '' }
  expect((await pages.post(`${address}/columns`, said)).headers.get('location')).toBe(address)
  expect(await (await pages.get(address)).text()).toContain('Matched to a voter: 1 of 1')
  await pages.post(`${address}/start`, { law_accepted: 'yes' })
  await work(import_id)
  const next = await list('718-555-0162')
  expect(await (await pages.get(`/voterfiles/imports/${next}`)).text()).toContain('Matched to a voter: 1 of 1')
  await pages.post(`/voterfiles/imports/${next}/start`, { law_accepted: 'yes' })
  await work(next)
  // Of two lists at once each has its own column for the same.
  const several = [
    { name: 'a.csv', content: `Wer,Wahl\n${state_voter_id},718-555-0163\n` },
    { name: 'b.csv', content: `Quien,Marca\n${state_voter_id},718-555-0164\n` },
  ]
  const both = `/voterfiles/imports/${await uploadAll(several, 'phones')}`
  await pages.get(both)
  const each = { 'is.0': 'state_id', 'is.1': 'mobile', 'is.2': 'state_id', 'is.3': 'mobile' }
  expect((await pages.post(`${both}/columns`, each)).status).toBe(303)
  expect(await (await pages.get(both)).text()).toMatch(/(Matched to a voter: 1 of 1[\s\S]*){2}/)
  const numbers = owner.selectFrom('voter_phone').select(['phone', 'kind']).where('phone', 'like', '+1718555016%')
  expect(await numbers.orderBy('phone').execute()).toEqual([
    { phone: '+17185550161', kind: 'mobile' },
    { phone: '+17185550162', kind: 'mobile' },
  ])
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

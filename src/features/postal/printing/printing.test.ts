import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { beforeAll, expect, inject, test } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { textsOf } from '../../../platform/print/testing.ts'
import { picture } from '../../../platform/print/typst.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saveUniverse } from '../../targeting/commands.ts'
import { sortingRoutes } from '../sorting/routes.tsx'
import { barsText } from '../barcode/font.ts'
import { decode } from '../barcode/rules.ts'
import { printData, documentOf } from '../design/print.ts'
import { layoutOf } from '../design/queries.ts'
import { designRoutes } from '../design/routes.tsx'
import { dropById, piecesFrom } from '../drops/queries.ts'
import { dropRoutes } from '../drops/routes.tsx'
import { freezeDropJob, printDropJob, resumeDrops } from '../jobs.ts'
import { askForPrint, cancelPrint, runPrint } from './commands.ts'
import { printFolder } from './files.ts'
import { filesMade } from './queries.ts'
import { printRoutes } from './routes.tsx'
import { addressSidesOf, isDrawn, readBars, redDots, unpacked } from './testing.ts'

if (!isDrawn)
  process.stderr.write(
    'left out: barcodes read from drawn pages of the printed file, for poppler-utils is not installed\n',
  )

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const { data } = world.installation.config
const browser = world.as(organizer, [dropRoutes, designRoutes, printRoutes, sortingRoutes])
const run = { db, data, now: () => world.installation.clock.now(), url: 'https://vote.example.org' }
const written = ['en', 'ko']
let universe_id = ''

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young', 'KIM', 'YOUNG', case when n <= 300 then 'dem' else 'rep' end, 'active', 1960, n || '-1', 'Main St', 'Apt ' || n, 'Flushing', '11354', n from generate_series(1, 2100) n`.execute(
    owner,
  )
  await sql`insert into person (organization_id, voter_id, name_hangul, language)
    select ${organization_id}, n, case when n % 3 = 0 then '김영희' end, case n % 3 when 0 then 'ko' when 1 then 'en' end from generate_series(1, 300) n`.execute(
    owner,
  )
  universe_id = await universeOf('Postcards', 'party:dem')
})

async function universeOf(name: string, expression: string): Promise<string> {
  const saved = await saveUniverse(db, organizer, { name, expression, note: null }, run.now(), '2026-11-23')
  if (!saved.ok) throw new Error('not saved')
  return saved.universe_id
}

const words = {
  headline_en: 'Vote Tuesday, June 23', headline_ko: '6월 23일(화)은 예비선거일입니다',
  body_en: 'Polls are open from 6 am to 9 pm.', body_ko: '투표소는 오전 6시부터 밤 9시까지 엽니다.',
  contact_en: '718-555-0100', contact_ko: '한국어 문의 718-555-0100',
  colour: 'blue', postage: 'marketing', permit_city: 'Flushing NY', permit_number: '12', mailer_id: '901234567', service_type: '300',
} // prettier-ignore

async function frozen(more: Record<string, string> = {}): Promise<string> {
  const form = { name: 'Primary', kind: 'postcard_6x9', universe_id, languages: 'theirs', households: 'person', return_name: 'Neighbors', return_address: '35-12 Union St\nFlushing NY 11354', attribution_en: 'Paid for by Neighbors', attribution_ko: '비용 부담: 이웃들', ...more } // prettier-ignore
  const made = await browser.post('/postal/new', form)
  expect(made.status).toBe(303)
  const drop = found(made.headers.get('location')?.split('/').at(-1))
  expect((await browser.post(`/postal/${drop}/design`, words)).status).toBe(303)
  await browser.post(`/postal/${drop}/freeze`, {})
  await workOff(world, [freezeDropJob])
  return drop
}
const dropNow = async (drop_id: string) => found(await dropById(db, organization_id, drop_id))

test.each(['postcard_6x9', 'postcard_4x6'] as const)('the barcode of each of 300 bilingual postcards reads back from its picture (%s)', async (kind) => {
  const drop_id = await frozen({ kind })
  expect((await browser.post(`/postal/${drop_id}/print`, {})).status).toBe(422)
  const { body_ko: _, ...untranslated } = words
  await browser.post(`/postal/${drop_id}/design`, untranslated)
  const refused = await browser.post(`/postal/${drop_id}/print`, { law: 'yes' })
  expect(await refused.text()).toContain('missing in a language')
  await browser.post(`/postal/${drop_id}/design`, words)
  expect((await browser.post(`/postal/${drop_id}/print`, { law: 'yes' })).status).toBe(303)
  await workOff(world, [printDropJob])
  const drop = await dropNow(drop_id)
  expect(drop).toMatchObject({ state: 'made', print_state: 'done', by_language: { en: 100, ko: 100, all: 100 } })
  const file = readFileSync(join(printFolder(data, drop_id), 'pieces-0001.pdf'), 'latin1')
  expect(file.match(/\/Count (\d+)/g)?.at(-1)).toBe('/Count 600')
  // What all pieces in a language have alike stands in it once: two sides in English, in Korean and in both.
  const pages = file.split('/Type /Page\n').filter((page) => page.includes('/Contents ['))
  expect(pages).toHaveLength(600)
  const contents = pages.map((page) => /\/Contents \[([^\]]*)\]/.exec(page)?.[1]?.split(' 0 R') ?? [])
  expect(new Set(contents.map((layers) => layers.join())).size).toBe(303)
  // The small ones also two to a sheet, sides behind each other.
  const sheets = join(printFolder(data, drop_id), 'avery-5389.pdf')
  expect(existsSync(sheets)).toBe(kind === 'postcard_4x6')
  if (kind === 'postcard_4x6') {
    const [fronts = [], addresses = [], ...more] = textsOf(readFileSync(sheets))
    expect(more).toHaveLength(298)
    expect([fronts.join('').match(/718-555-0100/g)?.length, addresses.join('').match(/\d-1MAINST/g)]).toEqual([expect.any(Number), ['1-1MAINST', '2-1MAINST']]) // prettier-ignore
  }
  const csv = readFileSync(join(printFolder(data, drop_id), 'addresses.csv'), 'utf8').split('\r\n')
  const texts = textsOf(Buffer.from(file, 'latin1'))
  const { layout, too_long } = await layoutOf(db, drop, written, run.url)
  expect(too_long).toEqual([])
  const pieces = await piecesFrom(db, drop, 0, 300)
  // Drawn from the very file the shop prints, which is put together of layers; nothing of the guides is in it.
  const path = join(printFolder(data, drop_id), 'pieces-0001.pdf')
  const guided = await picture({ ...documentOf(kind), data: printData(layout, pieces.slice(0, 1), ['address'], { trim: 't', safe: 's', barcode: 'b', read: 'r', fold: 'f', tab: 'x', window: 'w', seen: 'n' }) })
  expect(redDots(unpacked(guided))).toBeGreaterThan(500)
  // Every one of the large, some of the small.
  const step = kind === 'postcard_6x9' ? 1 : 30
  let sides: ReturnType<typeof addressSidesOf> = []
  let count = 0
  for (const piece of pieces.filter(({ number }) => number % step === 0)) {
    if (isDrawn && sides.length === 0) {
      sides = addressSidesOf(path, piece.number, step === 1 ? piece.number + 29 : piece.number)
      count += sides.length
    }
    const side = sides.shift()
    // The document of previews looks the same; where nothing draws the file, it is what is read.
    const preview = !side || piece.number % 30 === 0 ? unpacked(await picture({ ...documentOf(kind), data: printData(layout, [piece], ['address'], null) })) : null
    const seen = readBars(found(side ?? preview), kind)
    if (preview) expect(readBars(preview, kind)).toBe(seen)
    if (side && piece.number % 30 === 0) expect(redDots(side)).toBe(0)
    const read = decode(seen ?? '')
    expect(read.ok && read.barcode).toEqual({
      tracking: `00300901234567${String((drop.first_serial ?? 0) + piece.number - 1).padStart(6, '0')}`,
      routing: '11354',
    })
    expect(csv[piece.number]).toContain(seen)
    // The same on its own two pages of the file the shop prints.
    const [front = [], address = []] = texts.slice(2 * piece.number - 2)
    const headlines = ['Vote Tuesday, June 23', '6월 23일(화)은 예비선거일입니다'].filter((_, at) => piece.language === 'all' || piece.language === written[at])
    for (const headline of headlines) expect(front.join('')).toContain(headline.replaceAll(' ', ''))
    for (const line of [piece.name_line, piece.delivery, barsText(found(seen))]) expect(address[1]).toContain(line.replaceAll(' ', ''))
    // A database nobody is connected to for long is cleared away by another run of the tests.
    await dropNow(drop_id)
  }
  expect(count).toBe(isDrawn ? 300 / step : 0)
}, 600_000) // prettier-ignore

test('the folder has everything the printer needs, and who takes it is noted', async () => {
  const drop_id = await frozen()
  expect((await browser.get(`/postal/${drop_id}/print/folder.zip`)).status).toBe(404)
  await askForPrint(db, organizer, drop_id, '2026-11-23')
  await runPrint(run, { organization_id, drop_id })
  const answer = await browser.get(`/postal/${drop_id}/print/folder.zip`)
  const zip = Buffer.from(await answer.arrayBuffer())
  expect(zip.readUInt32LE(0)).toBe(0x04034b50)
  for (const name of ['pieces-0001.pdf', 'addresses.csv', 'trays.csv', 'sample.pdf', 'notes.txt'])
    expect(zip.includes(`drop/${name}`), name).toBe(true)
  const notes = readFileSync(join(printFolder(data, drop_id), 'notes.txt'), 'utf8')
  expect(notes).toMatch(/Pieces: 300[\s\S]*Trim 9 × 6 in\. Pages are 9\.25 × 6\.25 in[\s\S]*0\.009 in thick/)
  expect(notes).toMatch(
    /PRESORT\nTrays to one ZIP code: 1 \(300 pieces\)[\s\S]*at least 200 pieces \(USPS DMM 243[^)]*\)?[^)]*\): enough/,
  )
  const [heads = '', first = '', second = ''] = readFileSync(join(printFolder(data, drop_id), 'addresses.csv'), 'utf8').split('\r\n') // prettier-ignore
  expect([heads, first, second].map((line) => line.split(',').slice(-3))).toEqual([['Tray', 'Bundle', 'Break'], ['11354', '11354', 'TRAY'], ['11354', '11354', '']]) // prettier-ignore
  expect(readFileSync(join(printFolder(data, drop_id), 'trays.csv'), 'utf8')).toContain('1,11354,300,1')
  const { rows } = await sql<{ action: string }>`select action from audit_entry where subject_id = ${drop_id} order by audit_id desc limit 1`.execute(owner) // prettier-ignore
  expect(rows).toEqual([{ action: 'postal.fetch' }])
  // Serial numbers follow on those of the drop before.
  const { rows: firsts } = await sql<{ first_serial: number }>`select first_serial from postal_drop where first_serial is not null order by first_serial`.execute(owner) // prettier-ignore
  expect(firsts.map(({ first_serial }) => first_serial)).toEqual([0, 300, 600])
})

test('stopped or interrupted, the files go on behind the last part; changed words begin anew', async () => {
  const many = await universeOf('Many', 'party:rep')
  const drop_id = await frozen({ universe_id: many, kind: 'postcard_4x6' })
  const key = { organization_id, drop_id }
  await askForPrint(db, organizer, drop_id, '2026-11-23')
  await expect(browser.post(`/postal/${drop_id}/thaw`, {}).then(({ status }) => status)).resolves.toBe(409)
  await cancelPrint(db, organizer, drop_id)
  expect(await runPrint(run, key)).toBe(false)
  await askForPrint(db, organizer, drop_id, '2026-11-23')
  const stop = new AbortController()
  // As when the server ends while the first part is being made.
  const broken = runPrint({ ...run, signal: stop.signal, now: () => (stop.abort(new Error('the server ends')), run.now()) }, key) // prettier-ignore
  await expect(broken).rejects.toThrow('the server ends')
  const [first] = await filesMade(db, key)
  expect(first).toMatchObject({ name: 'pieces-0001.pdf', pieces: 1000 })
  expect(await resumeDrops(world.installation)).toBe(1)
  await workOff(world, [printDropJob])
  const files = await filesMade(db, key)
  expect(files.map(({ name, pieces }) => [name, pieces])).toEqual([
    ['addresses.csv', 0],
    ['notes.txt', 0],
    ['pieces-0001.pdf', 1000],
    ['pieces-0002.pdf', 800],
    ['sample.pdf', 0],
    ['trays.csv', 0],
  ])
  expect(files.find(({ name }) => name === 'pieces-0001.pdf')?.made_at).toEqual(first?.made_at)
  expect(existsSync(join(printFolder(data, drop_id), 'pieces-0002.pdf.part'))).toBe(false)
  // Words are closed once the files are made; the list thrown away, they are open again.
  expect((await browser.post(`/postal/${drop_id}/design`, words)).status).toBe(409)
  expect((await browser.post(`/postal/${drop_id}/thaw`, {})).status).toBe(303)
  expect(await filesMade(db, key)).toEqual([])
  expect(existsSync(printFolder(data, drop_id))).toBe(false)
  expect((await browser.post(`/postal/${drop_id}/design`, words)).status).toBe(303)
})

test('killed again and again, the process that makes the files leaves no piece out and makes none twice', async () => {
  const many = await universeOf('Killed', 'party:rep')
  const drop_id = await frozen({ universe_id: many, kind: 'postcard_4x6', languages: 'first' })
  const key = { organization_id, drop_id }
  const folder = printFolder(data, drop_id)
  await askForPrint(db, organizer, drop_id, '2026-11-23')
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(owner)
  const given = { name: rows[0]?.name, socket: inject('socket'), ...key, data, now: run.now().toISOString() }
  const killedAfter = async (asks: number): Promise<unknown> => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('killed-printer.ts', import.meta.url)), JSON.stringify({ ...given, asks })], { stdio: ['ignore', 'ignore', 'inherit'] }) // prettier-ignore
    return (await once(child, 'exit'))[1]
  }
  // The first part is on the disk and no row says so.
  expect(await killedAfter(2)).toBe('SIGKILL')
  expect([await filesMade(db, key), readdirSync(folder).filter((name) => name.endsWith('.part')).length]).toEqual([[], 1]) // prettier-ignore
  // The first part is whole, the second on the disk.
  expect(await killedAfter(4)).toBe('SIGKILL')
  const [first, ...more] = await filesMade(db, key)
  expect([first?.name, first?.pieces, more]).toEqual(['pieces-0001.pdf', 1000, []])
  // Both are, the sample is not.
  expect(await killedAfter(4)).toBe('SIGKILL')
  expect((await filesMade(db, key)).map(({ name }) => name)).toEqual(['pieces-0001.pdf', 'pieces-0002.pdf'])
  expect(await resumeDrops(world.installation)).toBe(1)
  await workOff(world, [printDropJob])
  const files = await filesMade(db, key)
  expect(files.find(({ name }) => name === 'pieces-0001.pdf')).toEqual(first)
  expect(readdirSync(folder).toSorted()).toEqual(files.map(({ name }) => name).toSorted())
  for (const { name, sha256, bytes } of files) {
    const content = readFileSync(join(folder, name))
    expect([name, createHash('sha256').update(content).digest('hex'), content.length]).toEqual([name, sha256, bytes])
  }
  const printed = ['pieces-0001.pdf', 'pieces-0002.pdf'].flatMap((name) => textsOf(readFileSync(join(folder, name))).map((page) => /\d+-1MAINST/.exec(page.join(' '))?.[0])) // prettier-ignore
  expect(printed.filter((_, at) => at % 2 === 1)).toEqual((await piecesFrom(db, key, 0, 1800)).map(({ delivery }) => delivery.replaceAll(' ', ''))) // prettier-ignore
  expect(new Set(printed).size).toBe(1801)
  const lines = readFileSync(join(folder, 'addresses.csv'), 'utf8').trim().split('\r\n').slice(1)
  expect(lines.map((line) => Number(line.split(',')[0]))).toEqual(Array.from({ length: 1800 }, (_, at) => at + 1))
}) // prettier-ignore

test('anybody’s piece is looked at before; what is no picture is refused', async () => {
  const drop_id = await frozen()
  const page = await (await browser.get(`/postal/${drop_id}/preview?piece=2`)).text()
  expect(page).toMatch(/2 of 300[\s\S]*preview\.png\?piece=2&amp;side=message/)
  expect((await browser.get(`/postal/${drop_id}/preview?piece=301`)).status).toBe(404)
  const png = await browser.get(`/postal/${drop_id}/preview.png?piece=2&side=address`)
  expect(png.headers.get('content-type')).toBe('image/png')
  const form = new FormData()
  form.set('picture', new File(['%PDF-'], 'x.jpg', { type: 'image/jpeg' }))
  expect((await browser.postBody(`/postal/${drop_id}/picture`, form)).status).toBe(422)
  // A few bytes that would be gigabytes once unpacked.
  const huge = Buffer.from(await (await browser.get(`/postal/${drop_id}/preview.png?piece=2`)).arrayBuffer())
  huge.writeUInt32BE(60_000, 16)
  huge.writeUInt32BE(60_000, 20)
  form.set('picture', new File([huge], 'x.png', { type: 'image/png' }))
  expect((await browser.postBody(`/postal/${drop_id}/picture`, form)).status).toBe(422)
  form.set('picture', new File([await png.arrayBuffer()], 'x.png', { type: 'image/png' }))
  expect((await browser.postBody(`/postal/${drop_id}/picture`, form)).status).toBe(303)
  const withIt = await (await browser.get(`/postal/${drop_id}/preview.pdf?piece=1`)).arrayBuffer()
  expect(Buffer.from(withIt).toString('latin1')).toContain('/Subtype /Image')
})

test('without “Paid for by” nothing is printed, unless it is said that none is needed; a file that is gone is told', async () => {
  const drop_id = await frozen({ attribution_ko: '' })
  const refused = await browser.post(`/postal/${drop_id}/print`, { law: 'yes' })
  expect([refused.status, (await refused.text()).includes('name="unattributed"')]).toEqual([422, true])
  expect((await browser.post(`/postal/${drop_id}/print`, { law: 'yes', unattributed: 'yes' })).status).toBe(303)
  expect(await runPrint(run, { organization_id, drop_id })).toBe(true)
  rmSync(join(printFolder(data, drop_id), 'sample.pdf'))
  const gone = await browser.get(`/postal/${drop_id}/print/folder.zip`)
  expect([gone.status, (await gone.text()).includes('no longer on the server')]).toEqual([422, true])
}) // prettier-ignore

test('independent work is not printed without the words the law asks for, unless it is said who knows better', async () => {
  const drop_id = await frozen({ lane: 'independent', level: 'city' })
  const refused = await browser.post(`/postal/${drop_id}/print`, { law: 'yes', unattributed: 'yes' })
  const said = await refused.text()
  expect([refused.status, said.includes('nyc.gov/FollowTheMoney'), said.includes('CFB Rule 13-04')]).toEqual([422, true, true])
  expect((await browser.post(`/postal/${drop_id}/print`, { law: 'yes', notice: 'yes' })).status).toBe(303)
  const { rows } = await sql<{ after: unknown }>`select after from audit_entry where subject_id = ${drop_id} and action = 'postal.print'`.execute(owner) // prettier-ignore
  expect(rows).toMatchObject([{ after: { lane: 'independent', level: 'city', waived: ['Not authorized by any candidate or candidate committee', 'nyc.gov/FollowTheMoney'] } }]) // prettier-ignore
  const right = 'Paid for by Neighbors. Not authorized by any candidate or candidate committee. More information at nyc.gov/FollowTheMoney'
  const next = await frozen({ lane: 'independent', level: 'city', attribution_en: right })
  expect((await browser.post(`/postal/${next}/print`, { law: 'yes' })).status).toBe(303)
}) // prettier-ignore

test('what the law wants is asked as soon as the line is saved; one with its blanks in it is not saved', async () => {
  const form = { name: 'Primary', kind: 'postcard_6x9', universe_id, languages: 'theirs', households: 'person', lane: 'coordinated', level: 'federal', return_name: 'Neighbors', return_address: '35-12 Union St\nFlushing NY 11354' } // prettier-ignore
  const blank = await browser.post('/postal/new', { ...form, attribution_en: 'Paid for by Neighbors and authorized by [committee of the candidate]' }) // prettier-ignore
  expect([blank.status, (await blank.text()).includes('still to be filled in')]).toEqual([422, true])
  const made = await browser.post('/postal/new', { ...form, attribution_en: 'Paid for by Neighbors. Not authorized by any candidate.' }) // prettier-ignore
  const here = found(made.headers.get('location'))
  expect(await (await browser.get(here)).text()).toMatch(
    /It says the opposite[\s\S]*Not authorized[\s\S]*11 CFR 110\.11/,
  )
  const saved = await browser.post(`${here}/design`, words)
  expect(await (await browser.get(found(saved.headers.get('location')))).text()).toContain('It says the opposite')
  await browser.post(`${here}/edit`, {
    ...form,
    attribution_en: 'Paid for by Neighbors and authorized by Friends of Kim',
  })
  expect(await (await browser.get(here)).text()).not.toContain('11 CFR 110.11')
  await browser.post(`${here}/edit`, { ...form, level: 'state', return_address: 'x\nFort Lee NJ 07024', attribution_en: 'Paid for by Neighbors' }) // prettier-ignore
  expect(await (await browser.get(here)).text()).toContain('We do not have the law of your state')
})

test('letters that our fonts do not have are said before anything is printed', async () => {
  const drop_id = await frozen({ attribution_en: 'Paid for by Neighbors' })
  await browser.post(`/postal/${drop_id}/design`, { ...words, body_en: 'Vote 🗳 ভোট' })
  expect(await (await browser.get(`/postal/${drop_id}/preview`)).text()).toContain('empty boxes: 🗳 ভ')
  const refused = await browser.post(`/postal/${drop_id}/print`, { law: 'yes' })
  expect([refused.status, (await refused.text()).includes('empty boxes: 🗳 ভ')]).toEqual([422, true])
  expect((await dropNow(drop_id)).print_state).toBeNull()
  expect((await browser.post(`/postal/${drop_id}/print`, { law: 'yes', boxes: 'yes' })).status).toBe(303)
})

test('names on pieces are asked too', async () => {
  await sql`update voter_record set first_name = 'Nguyễn ভ' where voter_id = 7`.execute(owner)
  const drop_id = await frozen()
  const refused = await browser.post(`/postal/${drop_id}/print`, { law: 'yes' })
  expect([refused.status, (await refused.text()).includes('empty boxes: ভ')]).toEqual([422, true])
  await sql`update voter_record set first_name = 'Young' where voter_id = 7`.execute(owner)
})

test('labels ask for the limit of the law, and how many were printed is noted', async () => {
  const drop_id = await frozen()
  expect((await browser.post(`/postal/${drop_id}/labels.pdf`, { sheet: '5160' })).status).toBe(422)
  const unknown = await browser.post(`/postal/${drop_id}/labels.pdf`, { sheet: '9999', law: 'yes' })
  expect([unknown.status, (await unknown.text()).includes('id="sheet-error"')]).toEqual([422, true])
  const beyond = await browser.post(`/postal/${drop_id}/labels.pdf`, { sheet: '5160', from: '99999', law: 'yes' })
  expect([beyond.status, await beyond.text()]).toEqual([
    422,
    expect.stringContaining('The list has no more pieces than that.'),
  ])
  const labels = await browser.post(`/postal/${drop_id}/labels.pdf`, { sheet: '5160', from: '290', law: 'yes' })
  expect([labels.status, labels.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const { rows } = await sql<{ after: unknown }>`select after from audit_entry where subject_id = ${drop_id} order by audit_id desc limit 1`.execute(owner) // prettier-ignore
  expect(rows).toEqual([{ after: { file: 'labels', pieces: 10, lane: 'non_partisan' } }])
})

test('a design is seen as it is typed, and nothing of it is saved', async () => {
  const drop_id = await frozen({ name: 'Typed' })
  const seen = async (typed: Record<string, string>, query = 'side=message') => {
    const answer = await browser.post(`/postal/${drop_id}/design/preview.png?${query}`, { ...words, ...typed })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
    return {
      picture: Buffer.from(await answer.arrayBuffer()),
      too_long: decodeURIComponent(answer.headers.get('x-too-long') ?? ''),
    }
  }
  const saved = await browser.get(`/postal/${drop_id}/preview.png?side=message`)
  expect((await seen({})).picture.equals(Buffer.from(await saved.arrayBuffer()))).toBe(true)
  const other = await seen({ headline_en: 'Vote early', colour: 'red' })
  expect(other.picture.equals((await seen({})).picture)).toBe(false)
  // Half-typed: no barcode yet, and a postage that still lacks its permit.
  const address = 'side=address&piece=2'
  const half = await seen({ mailer_id: '9012', permit_number: '' }, address)
  expect(half.picture.equals((await seen({}, address)).picture)).toBe(false)
  expect(half.picture.equals((await seen({ mailer_id: '', service_type: '', permit_number: '' }, address)).picture)).toBe(true) // prettier-ignore
  expect((await seen({ body_ko: '가\n'.repeat(400) })).too_long).toContain('한국어')
  expect((await browser.post(`/postal/${drop_id}/design/preview.png?piece=9999`, words)).status).toBe(404)
  expect((await dropNow(drop_id)).design).toMatchObject({ headline: { en: words.headline_en }, colour: 'blue' })
  const page = await (await browser.get(`/postal/${drop_id}/design`)).text()
  expect(page).toContain('data-island="piece-preview"')
  expect(page).toMatch(new RegExp(`<noscript>.*formaction="/postal/${drop_id}/design/preview.png\\?side=address"`, 'i'))
})

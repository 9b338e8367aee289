import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saveUniverse } from '../../targeting/commands.ts'
import { askForAddresses, bringFile } from '../checked/commands.ts'
import { designRoutes } from '../design/routes.tsx'
import { freezeDropJob } from '../jobs.ts'
import { mailedRoutes } from '../mailed/routes.tsx'
import { askForPrint, runPrint } from '../printing/commands.ts'
import { printFolder, sweepAllFiles, sweepFiles } from '../printing/files.ts'
import { filesMade } from '../printing/queries.ts'
import { printRoutes } from '../printing/routes.tsx'
import { runsOf } from '../sorting/queries.ts'
import { takeOffPaper } from './erasing.ts'
import { dropById, piecesFrom } from './queries.ts'
import { dropRoutes } from './routes.tsx'

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const { data } = world.installation.config
const browser = world.as(organizer, [dropRoutes, designRoutes, mailedRoutes, printRoutes])
const run = { db, data, now: () => world.installation.clock.now(), url: 'https://vote.example.org' }
const universes = { all: '', few: '' }

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  // 1 alone, 2 and 3 together, the others alone: 1102 pieces, two files. Few of them are 299.
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Given' || n, 'KIM', 'GIVEN', case when n <= 300 then 'dem' else 'rep' end, 'active', 1960, home, 'Main St', null, 'Flushing', '11354', home
    from (select n, case n when 3 then 2 else n end as home from generate_series(1, 1103) n) v`.execute(owner)
  for (const [name, expression] of [['all', 'party:dem,rep'], ['few', 'party:dem']] as const) {
    const saved = await saveUniverse(db, organizer, { name, expression, note: null }, run.now(), '2026-11-23')
    if (!saved.ok) throw new Error('not saved')
    universes[name] = saved.universe_id
  } // prettier-ignore
})

async function made(who: keyof typeof universes): Promise<string> {
  const form = { name: 'Primary', kind: 'postcard_4x6', universe_id: universes[who], languages: 'first', households: 'address', return_name: 'Neighbors', return_address: 'x', attribution_en: 'Paid for by Neighbors' } // prettier-ignore
  const drop_id = found((await browser.post('/postal/new', form)).headers.get('location')?.split('/').at(-1))
  const words = { headline_en: 'Vote', body_en: 'Polls are open.', colour: 'blue', postage: 'stamp', mailer_id: '901234567', service_type: '300' } // prettier-ignore
  expect((await browser.post(`/postal/${drop_id}/design`, words)).status).toBe(303)
  await browser.post(`/postal/${drop_id}/freeze`, {})
  await workOff(world, [freezeDropJob])
  await print(drop_id)
  return drop_id
}
async function print(drop_id: string): Promise<void> {
  expect(await askForPrint(db, organizer, drop_id, '2026-11-23')).toEqual({ ok: true })
  expect(await runPrint(run, { organization_id, drop_id })).toBe(true)
}
const erase = async (voter_id: number) => {
  const drops = await inTransaction(db, (tx) => takeOffPaper(tx, organization_id, voter_id, run.now()))
  await sweepFiles(db, data, drops)
}
const csvOf = (drop_id: string) =>
  readFileSync(join(printFolder(data, drop_id), 'addresses.csv'), 'utf8')
    .trim()
    .split('\r\n')
    .slice(1)

test('who is erased stands on no piece and in no file; made anew, each other piece is there once', async () => {
  const drop_id = await made('all')
  const key = { organization_id, drop_id }
  expect(csvOf(drop_id)).toHaveLength(1102)
  await erase(1)
  await erase(3)
  expect(existsSync(printFolder(data, drop_id))).toBe(false)
  expect(await filesMade(db, key)).toEqual([])
  expect(await dropById(db, organization_id, drop_id)).toMatchObject({ state: 'frozen', print_state: null, pieces: 1101, numbers: 1102, voters: 1101, by_language: { en: 1101 } }) // prettier-ignore
  const [second, ...none] = await piecesFrom(db, key, 0, 2)
  expect(none).toEqual([])
  expect(second).toMatchObject({ number: 2, name_line: 'Given2 Kim', salutation: 'Dear Given2 Kim,' })
  expect((await browser.get(`/postal/${drop_id}/preview?piece=1`)).status).toBe(404)
  const page = await (await browser.get(`/postal/${drop_id}/preview`)).text()
  expect(page).toContain('preview.png?piece=2&amp;')
  expect(page).not.toContain('rel="prev"')
  await print(drop_id)
  expect((await filesMade(db, key)).map(({ name, pieces }) => [name, pieces])).toEqual([
    ['addresses.csv', 0],
    ['notes.txt', 0],
    ['pieces-0001.pdf', 999],
    ['pieces-0002.pdf', 102],
    ['sample.pdf', 0],
    ['trays.csv', 0],
  ])
  const lines = csvOf(drop_id)
  expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(1101)
  expect(lines.join('\n')).not.toMatch(/Given1 |Given3 /)
  // Their piece, coming back, is nobody's.
  const { first_serial } = found(await dropById(db, organization_id, drop_id))
  const digits = `00300901234567${String(first_serial).padStart(6, '0')}`
  const answer = await browser.post('/postal/returns', { barcode: digits, reason: 'moved' })
  expect([answer.status, (await answer.text()).includes('No piece of yours')]).toEqual([422, true])
})

test('what certified software was asked of the home of who is erased goes too, where nobody else gets paper there', async () => {
  const drop_id = await made('few')
  await askForAddresses(db, found(await dropById(db, organization_id, drop_id)), run.now())
  const known = async () => (await sql<{ address_key: string }>`select address_key from postal_address where organization_id = ${organization_id}
    and address_key = any(array['6 MAIN ST||11354', '2 MAIN ST||11354', '8 KISSENA BLVD||11354', '9 MAIN ST||11354']) order by 1`.execute(owner)).rows.map(({ address_key }) => address_key) // prettier-ignore
  // Of 8 it has another spelling, which is the one on the next list; 2 lives with 3.
  const spelled = { delivery: '8 KISSENA BLVD', unit: null, city: 'FLUSHING', state: 'NY', zip5: '11354', zip4: null, delivery_point: null, dpv: 'Y', footnotes: '' } // prettier-ignore
  await sql`update postal_address set address_key = '8 KISSENA BLVD||11354', found = ${JSON.stringify({ ...spelled, delivery: '8 MAIN ST' })}::jsonb
    where organization_id = ${organization_id} and address_key = '8 MAIN ST||11354'`.execute(owner)
  const file_id = await bringFile(db, organizer, { kind: 'cass', name: 'cass.csv', checked_on: '2026-11-20', rows: [] }, run.now()) // prettier-ignore
  await sql`insert into postal_checked_row (organization_id, file_id, line, address_id, verdict, found)
    select organization_id, ${file_id}::uuid, row_number() over (), address_id, 'changed', ${JSON.stringify(spelled)}::jsonb from postal_address
    where organization_id = ${organization_id} and address_key in ('6 MAIN ST||11354', '9 MAIN ST||11354')`.execute(
    owner,
  )
  expect(await known()).toHaveLength(4)
  for (const voter_id of [6, 8, 2]) await erase(voter_id)
  expect(await known()).toEqual(['2 MAIN ST||11354', '9 MAIN ST||11354'])
  const { rows } = await sql`select from postal_checked_row where file_id = ${file_id}::uuid`.execute(owner)
  expect(rows).toHaveLength(1)
})

test('of what was mailed the count stays, names and files go', async () => {
  const drop_id = await made('few')
  await browser.post(`/postal/${drop_id}/mailed`, { mailed_on: '2026-11-20', cost: '', count: '299' })
  await erase(2)
  await erase(4)
  expect(await dropById(db, organization_id, drop_id)).toMatchObject({ state: 'mailed', pieces: 299 })
  const pieces = await piecesFrom(db, { organization_id, drop_id }, 0, 4)
  expect(pieces.map(({ number, name_line }) => [number, name_line])).toEqual([[1, 'Given1 Kim'], [2, ''], [4, 'Given5 Kim']]) // prettier-ignore
  expect(existsSync(printFolder(data, drop_id))).toBe(false)
})

test('whoever makes the files stops where somebody else begins, or somebody is erased; what is left over is swept', async () => {
  const drop_id = await made('all')
  const key = { organization_id, drop_id }
  expect((await browser.post(`/postal/${drop_id}/thaw`, {})).status).toBe(303)
  expect(existsSync(printFolder(data, drop_id))).toBe(false)
  await browser.post(`/postal/${drop_id}/freeze`, {})
  await workOff(world, [freezeDropJob])
  await askForPrint(db, organizer, drop_id, '2026-11-23')
  const both = await Promise.all([runPrint(run, key), runPrint(run, key)])
  expect(both.toSorted()).toEqual([false, true])
  expect(readdirSync(printFolder(data, drop_id)).toSorted()).toEqual(
    (await filesMade(db, key)).map(({ name }) => name).toSorted(),
  )
  await sql`update postal_drop set state = 'frozen', print_state = null where drop_id = ${drop_id}`.execute(owner)
  await sql`delete from postal_file where drop_id = ${drop_id}`.execute(owner)
  await askForPrint(db, organizer, drop_id, '2026-11-23')
  const running = runPrint(run, key)
  await expect.poll(async () => (await dropById(db, organization_id, drop_id))?.print_state).toBe('running')
  await erase(5)
  expect(await running).toBe(false)
  await sweepAllFiles(owner, data)
  expect(existsSync(printFolder(data, drop_id))).toBe(false)
})

test('who was marked or said no since the list was made gets nothing: it is made anew first', async () => {
  const drop_id = await made('few')
  expect((await browser.get(`/postal/${drop_id}/print/folder.zip`)).status).toBe(200)
  await sql`insert into suppression (organization_id, voter_id, reason, marked_by, marked_at) values (${organization_id}, 20, 'deceased', 'x', now())`.execute(owner) // prettier-ignore
  await sql`insert into person (organization_id, person_id, voter_id) values (${organization_id}, '00000000-0000-4000-8000-000000000021', 21)`.execute(owner) // prettier-ignore
  await sql`insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by, recorded_at) values
    (${organization_id}, '00000000-0000-4000-8000-000000000021', 'post', false, 'x', 'x', now())`.execute(owner)
  const folder = await browser.get(`/postal/${drop_id}/print/folder.zip`)
  expect(folder.status).toBe(422)
  expect(await folder.text()).toMatch(
    /2 people on this list[\s\S]*href="\/voters\/20"[\s\S]*Given20 Kim[\s\S]*Marked[\s\S]*href="\/voters\/21"[\s\S]*Wants no mail/,
  )
  await browser.post(`/postal/${drop_id}/thaw`, {})
  await browser.post(`/postal/${drop_id}/freeze`, {})
  await workOff(world, [freezeDropJob])
  await print(drop_id)
  await sql`insert into suppression (organization_id, voter_id, reason, marked_by, marked_at) values (${organization_id}, 22, 'deceased', 'x', now())`.execute(owner) // prettier-ignore
  await sql`update postal_drop set state = 'frozen', print_state = null where drop_id = ${drop_id}`.execute(owner)
  const asked = await browser.post(`/postal/${drop_id}/print`, { law: 'yes' })
  expect(asked.status).toBe(422)
  expect(await asked.text()).toContain('1 person on this list')
})

test('who stands in the file twice is taken off a piece under both records', async () => {
  await sql`update voter_record set first_name = 'Given2', birth_year = 1960 where voter_id in (2, 3)`.execute(owner)
  const drop_id = await made('few')
  const key = { organization_id, drop_id }
  const { pieces, voters } = found(await dropById(db, organization_id, drop_id))
  expect([voters, (await dropById(db, organization_id, drop_id))?.duplicates]).toEqual([pieces, 1])
  expect(await (await browser.get(`/postal/${drop_id}`)).text()).toContain('1 further record in the file')
  expect((await piecesFrom(db, key, 0, 2))[1]).toMatchObject({ name_line: 'Given2 Kim', voters: 1 })
  await erase(3)
  expect(await db.selectFrom('postal_recipient').select('voter_id').where('drop_id', '=', drop_id).where('voter_id', 'in', [2, 3]).execute()).toEqual([]) // prettier-ignore
  expect(await dropById(db, organization_id, drop_id)).toMatchObject({
    pieces: pieces - 1,
    voters: voters - 1,
    duplicates: 0,
  })
  // What is left lies in the tray it was sorted into.
  expect(await runsOf(db, key)).toEqual([{ zip5: '11354', tray: '11354', bundle: '11354', pieces: pieces - 1 }])
})

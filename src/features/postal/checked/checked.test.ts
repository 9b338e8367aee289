import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { csvRows } from '../../../platform/csv.ts'
import { found } from '../../../platform/errors.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { removeAddress, saveAddress } from '../../people/addresses/commands.ts'
import { addressKey } from '../../people/addresses/rules.ts'
import { AddressForm } from '../../people/addresses/schema.ts'
import { saveUniverse } from '../../targeting/commands.ts'
import { decode } from '../barcode/rules.ts'
import { barsOf } from '../design/print.ts'
import { dropById, piecesFrom } from '../drops/queries.ts'
import { dropRoutes } from '../drops/routes.tsx'
import { applyCheckedJob, freezeDropJob, resumeDrops } from '../jobs.ts'
import { postalTold } from '../mailed/told.ts'
import { sortingRoutes } from '../sorting/routes.tsx'
import { beginApply } from './commands.ts'
import { checkedFile } from './queries.ts'
import { checkedRoutes } from './routes.tsx'
import { readCass, readNcoa } from './rules.ts'

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const browser = world.as(organizer, [checkedRoutes, sortingRoutes, dropRoutes])
let universe_id = ''

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young' || n, 'KIM', 'YOUNG', 'dem', 'active', 1960, n || '-1', '38th Avenue', 'Apt ' || n, 'Flushing', '11354', n from generate_series(1, 6) n`.execute(owner)
  const saved = await saveUniverse(db, organizer, { name: 'All', expression: 'party:dem', note: null }, world.installation.clock.now(), '2026-11-23') // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  universe_id = saved.universe_id
}) // prettier-ignore

async function frozen(): Promise<string> {
  const form = { name: 'Primary', kind: 'postcard_6x9', universe_id, languages: 'all', households: 'address', return_name: 'Neighbors', return_address: 'x' } // prettier-ignore
  const made = await browser.post('/postal/new', form)
  const drop = found(made.headers.get('location')?.split('/').at(-1))
  await browser.post(`/postal/${drop}/freeze`, {})
  await workOff(world, [freezeDropJob])
  return drop
}
const dropNow = async (drop_id: string) => found(await dropById(db, organization_id, drop_id))

/** Brings a file back and answers where its page is. */
async function bring(kind: 'cass' | 'ncoa', text: string, checked_on = '2026-11-20'): Promise<{ status: number; at: string; page: string }> {
  const form = new FormData()
  form.set('kind', kind)
  form.set('checked_on', checked_on)
  form.set('file', new File([text], `${kind}.csv`, { type: 'text/csv' }))
  const answer = await browser.postBody('/postal/checked', form)
  const at = answer.headers.get('location') ?? ''
  return { status: answer.status, at, page: at ? await (await browser.get(at)).text() : await answer.text() }
} // prettier-ignore

async function takeOver(at: string): Promise<void> {
  expect((await browser.post(`${at}/apply`, {})).status).toBe(303)
  await workOff(world, [applyCheckedJob])
  expect((await browser.post(`${at}/apply`, {})).status).toBe(409)
}

test('addresses go out with our ids and come back as the post has them; ours are kept, the barcode has the delivery point', async () => {
  const drop = await frozen()
  expect((await browser.post(`/postal/${drop}/cass.csv`, {})).status).toBe(422)
  const out = csvRows(await (await browser.post(`/postal/${drop}/cass.csv`, { law: 'yes' })).text())
  expect(out[0]).toEqual(['HanpyoId', 'Address1', 'Address2', 'City', 'State', 'ZIP', 'ZIP4'])
  expect(out.slice(1).map((row) => row.slice(1, 4))).toEqual([1, 2, 3, 4, 5, 6].map((n) => [`${n}-1 38TH AVE`, `APT ${n}`, 'FLUSHING'])) // prettier-ignore
  const ids = out.slice(1).map(([id]) => id)
  const back = [
    'HanpyoId,StdAddress1,StdAddress2,StdCity,StdState,ZIP,ZIP+4,DPBC,DPV,DPV Footnotes',
    `${ids[0]},1-01 38TH AVE,APT 1,FLUSHING,NY,11354,4160,01,Y,AABB`,
    `${ids[1]},2-1 38TH AVE,,FLUSHING,NY,11354,4161,99,D,AAN1`,
    `${ids[2]},3-1 38TH AVE,APT 3,FLUSHING,NY,11354,,,N,A1M1`,
    `A999999,9 MAIN ST,,FLUSHING,NY,11354,1234,09,Y,AABB`,
    `${ids[4]},,,,,,,,,`,
  ].join('\r\n')
  const { at, page } = await bring('cass', back)
  expect(page).toMatch(/Nothing is delivered there[\s\S]*None of our ids[\s\S]*Its address cannot be read/)
  // Looked at, nothing changed.
  expect(await dropNow(await frozen())).toMatchObject({ pieces: 6 })
  await takeOver(at)
  const next = await frozen()
  expect(await dropNow(next)).toMatchObject({ pieces: 5, left_out: { address_not_confirmed: 1 } })
  const pieces = await piecesFrom(db, { organization_id, drop_id: next }, 0, 10)
  expect(pieces[0]).toMatchObject({ delivery: '1-01 38TH AVE', unit: 'APT 1', zip4: '4160', delivery_point: '01' })
  expect(pieces.at(-1)).toMatchObject({ delivery: '6-1 38TH AVE', zip4: null, delivery_point: null })
  const bars = found(barsOf({ first_serial: 0 }, { mailer_id: '901234567', service_type: '300' }, found(pieces[0])))
  const read = decode(bars)
  expect(read.ok && read.barcode.routing).toBe('11354416001')
  const { rows } = await sql<{ delivery: string }>`select delivery from postal_address order by address_id limit 1`.execute(owner) // prettier-ignore
  expect(rows).toEqual([{ delivery: '1-1 38TH AVE' }])
  const told = await postalTold(db, organization_id, 1, translator('en'))
  expect(told).toMatchObject([{ text: 'Address checked with the post’s data', detail: 'Confirmed' }])
  // Asked again, an address found has the id it had.
  const again = csvRows(await (await browser.post(`/postal/${next}/cass.csv`, { law: 'yes' })).text())
  expect(again.slice(1).map(([id]) => id)).toEqual([ids[0], ids[1], ids[3], ids[4], ids[5]])
  const trays = await (await browser.get(`/postal/${next}/sorting`)).text()
  // Of this list, not of whatever was checked once.
  expect(trays).toMatch(/2 of 5 pieces[^.]*20[^.]*2026[\s\S]*nobody on this list/)
})

test('who moved gets mail at the new address, who left none gets none; killed half-way it goes on', async () => {
  const drop = await frozen()
  const out = csvRows(await (await browser.post(`/postal/${drop}/ncoa.csv`, { law: 'yes' })).text())
  expect(out.map((row) => row.slice(0, 3)).slice(0, 3)).toEqual([['HanpyoId', 'FirstName', 'LastName'], ['V1', 'Young1', 'Kim'], ['V2', 'Young2', 'Kim']]) // prettier-ignore
  const back = [
    'hanpyo_id,Address1,ZIP,Move Type,Match Code,Move Date,New Address,New City,New State,New ZIP,New ZIP4',
    'V4,4-1 38TH AVE,11354,I,A,202604,12 Elm St Apt 5,Fort Lee,NJ,07024,1234',
    'V5,5-1 38TH AVE,11354,F,02,202605,,,,,',
    'V6,6-1 38TH AVE,11354,I,01,06/2026,,,,,',
    'V1,1-1 38TH AVE,11354,,00,,,,,,',
    'V2,2-1 38TH AVE,11354,I,A,202607,somewhere,,,,',
    'V999,1 MAIN ST,11354,I,A,202604,2 Elm St,Fort Lee,NJ,07024,',
    'V1,1-1 38TH AVE,11354,,ZZ,,,,,,',
  ].join('\n')
  const { at, page } = await bring('ncoa', back)
  expect(page).toMatch(/Moved, with a new address[\s\S]*Moved abroad/)
  expect(page).toMatch(/Young4 Kim[\s\S]*12 ELM ST APT 5, FORT LEE NJ 07024-1234[\s\S]*one person · 2026-04 · A/)
  // Of a voter we never asked about there is no address, not a lone comma.
  expect(page).not.toMatch(/<td lang="en">\s*,/)
  const file_id = found(at.split('/').at(-1))
  const file = found(await checkedFile(db, organization_id, file_id))
  expect(file.counts).toEqual({ moved: 1, moved_unclear: 1, no_forward: 1, foreign: 1, same: 1, unknown_id: 1, not_understood: 1 }) // prettier-ignore
  await beginApply(db, organizer, file_id)
  expect(await resumeDrops(world.installation)).toBe(1)
  await workOff(world, [applyCheckedJob])
  const next = await dropNow(await frozen())
  expect(next).toMatchObject({ pieces: 2, left_out: { no_address: 3, address_not_confirmed: 1 } })
  const pieces = await piecesFrom(db, next, 0, 10)
  expect(pieces.map(({ delivery, unit, city }) => [delivery, unit, city])).toContainEqual(['12 ELM ST', 'APT 5', 'FORT LEE']) // prettier-ignore
  const told = await postalTold(db, organization_id, 5, translator('ko'))
  expect(told.map(({ text }) => text)).toContain('이사함, 새 주소 없음')
  const kept = await db.selectFrom('person_address').select(['quality', 'source']).where('organization_id', '=', organization_id).execute() // prettier-ignore
  expect(kept.every(({ source }) => source === 'ncoa.csv')).toBe(true)
  // Each change is of who said that it is to be taken over.
  expect(found(await checkedFile(db, organization_id, file_id)).applied_by_id).toBe(organizer.id)
})

test('a file that is none of these is refused with the reason; one looked at can be thrown away', async () => {
  for (const [kind, text, says] of [
    ['cass', '', 'This field'],
    ['cass', 'HanpyoId,Address1,ZIP4\n', 'no row'],
    ['cass', 'Name,Address1,ZIP4\nKim,1 Main St,1234', 'no column with our ids'],
    ['ncoa', 'HanpyoId,Address1\nV1,1 Main St', 'columns of such a file'],
    ['cass', 'HanpyoId\0', 'no text file'],
  ] as const) {
    const refused = await bring(kind, text)
    expect([refused.status, refused.at]).toEqual([422, ''])
    if (text !== '') expect(refused.page).toContain(says)
  }
  expect((await bring('ncoa', 'HanpyoId,Match Code\nV1,A', '2030-01-01')).status).toBe(422)
  const { at } = await bring('ncoa', 'HanpyoId,Match Code\nV1,02')
  const theirs = world.as(world.theirs.organizer, [checkedRoutes])
  expect((await theirs.get(at)).status).toBe(404)
  expect((await browser.post(`${at}/discard`, {})).status).toBe(303)
  expect((await browser.get(at)).status).toBe(404)
  const korean = await (await browser.get('/postal/checked', { 'accept-language': 'ko' })).text()
  expect(korean).toContain('주소 확인')
})

test.each([
  ['HanpyoId,Address,City,State,ZIP5,Plus4,DPVCode\nA7,1 MAIN ST APT 2,TROY,NY,12180,1234,S', { address_id: 7, verdict: 'unit_not_confirmed', found: { delivery: '1 MAIN ST', unit: 'APT 2', zip4: '1234' } }],
  ['ID,DeliveryLine1,DeliveryLine2,CityName,StateAbbreviation,ZipCode,ZipPlus4,DeliveryPointCode,DpvConfirmation\n7,1 MAIN ST,# 2,TROY,NY,12180,1234,02,y', { address_id: 7, verdict: 'confirmed', found: { unit: '# 2', delivery_point: '02' } }],
  ['HanpyoId,Address1,City,State,ZIP,ZIP4,DPBC\nA7,1 MAIN ST,TROY,NY,12180,1234,12180123407', { found: { delivery_point: '07' } }],
  ['HanpyoId,Address1,City,State,ZIP,ZIP4,DPBC\nA7,1 MAIN ST,TROY,NY,12180,1234,12180-1234-07-5', { found: { delivery_point: '07' } }],
  ['HanpyoId,Address1,City,State,ZIP,ZIP4,DPC\nA7,1 MAIN ST,TROY,NY,12180,1234,075', { found: { delivery_point: '07' } }],
  ['HanpyoId,Address1,City,State,ZIP,ZIP4,DPC\nA7,1 MAIN ST,TROY,NY,12180,1234,7512', { found: { delivery_point: null } }],
  // Our own columns stand beside theirs: of theirs alone, and no unit of ours behind one that is there.
  ['HanpyoId,Address1,Address2,City,State,ZIP,ZIP4,Std Address1,Std City,Std State,Std ZIP,DPV\nA7,1 Main St,Apt 3,TROY,NY,12180,9999,100 MAIN ST APT 3,TROY,NY,12181,Y', { verdict: 'confirmed', found: { delivery: '100 MAIN ST', unit: 'APT 3', zip5: '12181', zip4: null } }],
  ['HanpyoId,Address1,Address2,City,State,ZIP,ZIP4,Std Address1,Std Address2,Std ZIP,Std ZIP4,DPV\nA7,1 Main St,Apt 3,TROY,NY,12180,9999,100 MAIN ST,APT 4,12181,1111,Y', { verdict: 'confirmed', found: { delivery: '100 MAIN ST', unit: 'APT 4', zip5: '12181', zip4: '1111' } }],
  ['HanpyoId,Address1,City,State,ZIP,ZIP4\nA7,PO BOX 5,TROY,NY,12180-0005,', { verdict: 'not_said', found: { delivery: 'PO BOX 5', zip4: '0005', delivery_point: null } }],
])('addresses come back under the heads that programs give them (%#)', async (text, expected) => {
  const read = await readCass(text)
  expect(read.ok && read.rows[0]).toMatchObject(expected)
}) // prettier-ignore

test.each([
  ['RecordID,MoveType,NCOA Return Code,Move Effective Date,NCOA Address 1,NCOA Address 2,NCOA City,NCOA State,NCOA ZIP\nv7,F,92,2026-03-15,9 OAK ST,APT 1,TROY,NY,12180', { voter_id: 7, verdict: 'moved', found: { mover: 'family', moved_in: '2026-03', to: { delivery: '9 OAK ST', unit: 'APT 1' } } }],
  ['HanpyoId,Move Date,NewAddress1,NewCity,NewState,NewZIP\nV7,202604,9 OAK ST,TROY,NY,12180', { verdict: 'moved', found: { code: '', to: { delivery: '9 OAK ST' } } }],
  ['HanpyoId,Move Date,NewAddress1\nV7,,', { verdict: 'same' }],
  ['HanpyoId,Move Date,NewAddress1\nV7,202604,', { verdict: 'not_understood' }],
  ['HanpyoId,Address1,City,State,ZIP,Move Date,NewAddress1,NewCity,NewState,NewZIP\nV7,9 Oak St,Troy,NY,12180,,9 OAK ST,TROY,NY,12180', { verdict: 'same' }],
  ['HanpyoId,ReturnCode\nV7,3', { verdict: 'no_forward', found: { code: '03' } }],
  ['HanpyoId,ReturnCode,NewAddress1,NewCity,NewState,NewZIP\nV7,1,9 OAK ST,TROY,NY,12180', { verdict: 'foreign' }],
  [`HanpyoId,ReturnCode,NewAddress1,NewCity,NewState,NewZIP\nV7,A,9 OAK ST,${'TROY '.repeat(20)},NY,12180`, { verdict: 'moved_unclear' }],
  ['HanpyoId,ReturnCode\nV7,03', { verdict: 'no_forward', found: { to: null } }],
  ['HanpyoId,MatchCode,NewAddress1,NewCity,NewState,NewZIP\nV7,X9,9 OAK ST,TROY,NY,12180', { verdict: 'moved' }],
])('moves come back under the heads that programs give them (%#)', async (text, expected) => {
  const read = await readNcoa(text)
  expect(read.ok && read.rows[0]).toMatchObject(expected)
}) // prettier-ignore

test('a file of empty lines or of commas is refused before it is taken apart', async () => {
  for (const text of ['HanpyoId,Match Code\n' + '\n'.repeat(1_000_000), 'HanpyoId,Match Code\n' + ','.repeat(15_000_000)])
    expect(await readNcoa(text)).toEqual({ ok: false, problem: 'too_many' })
}) // prettier-ignore

test('a home they told us about since is not touched, also of the same ZIP; who takes a file over is who changes addresses', async () => {
  const drop = await frozen()
  const { rows: asked } = await sql<{ voter_id: number }>`select min(voter_id) as voter_id from postal_recipient where drop_id = ${drop}::uuid`.execute(owner) // prettier-ignore
  const voter_id = found(asked[0]).voter_id
  const back = (line: string) => bring('ncoa', `HanpyoId,Address1,Address2,City,State,ZIP,Match Code,Move Date,New Address1,New City,New State,New ZIP\n${line}`, '2026-11-23') // prettier-ignore
  const moved = `V${voter_id},${voter_id}-1 38TH AVE,APT ${voter_id},FLUSHING,NY,11354,A,202604,99 Oak St,Troy,NY,12180`
  const known = async (): Promise<string[]> => {
    const rows = await db.selectFrom('person_address as a').innerJoin('person as p', (join) => join.onRef('p.organization_id', '=', 'a.organization_id').onRef('p.person_id', '=', 'a.person_id')).select(['a.address', 'a.quality']).where('p.voter_id', '=', voter_id).orderBy('a.address').execute() // prettier-ignore
    return rows.map(({ address, quality }) => `${address} ${quality}`)
  }
  const told = AddressForm.parse({ address: '77 Union St Apt 4', city: 'Flushing', state: 'NY', zip5: '11354', kind: 'mailing', quality: 'good' }) // prettier-ignore
  await saveAddress(db, organizer, `v${voter_id}`, told)
  // The newest list goes there already.
  await frozen()
  const { at } = await back(moved)
  await takeOver(at)
  expect(await known()).toEqual(['77 Union St Apt 4 good'])
  // Nor where the file does not say which address it was asked about, and ran before they told.
  await takeOver((await bring('ncoa', `HanpyoId,ZIP,Match Code\nV${voter_id},11354,02`)).at)
  expect(await known()).toEqual(['77 Union St Apt 4 good'])
  await removeAddress(db, organizer, `v${voter_id}`, addressKey(told))
  const again = await back(moved)
  const other = { ...organizer, id: crypto.randomUUID(), name: 'Grace' }
  await beginApply(db, other, found(again.at.split('/').at(-1)))
  await resumeDrops(world.installation)
  await workOff(world, [applyCheckedJob])
  expect((await known()).map((each) => each.split(' ').at(-1))).toEqual(expect.arrayContaining(['moved', 'good']))
  const entry = await db.selectFrom('audit_entry').select('actor_name').where('action', '=', 'person.address').orderBy('audit_id', 'desc').executeTakeFirst() // prettier-ignore
  expect(entry?.actor_name).toBe('Grace')
})

test('an address that was not confirmed is asked about again, and a wrong file is taken back', async () => {
  const drop = await frozen()
  const out = csvRows(await (await browser.post(`/postal/${drop}/cass.csv`, { law: 'yes' })).text())
  const [id, was] = found(out[1])
  const heads = 'HanpyoId,StdAddress1,StdAddress2,StdCity,StdState,ZIP,ZIP+4,DPBC,DPV'
  const { at } = await bring('cass', `${heads}\r\n${id},99 WRONG ST,,FLUSHING,NY,11354,4199,09,Y`, '2026-11-22')
  await takeOver(at)
  const first = async (): Promise<string | undefined> =>
    (await piecesFrom(db, { organization_id, drop_id: await frozen() }, 0, 20)).find(({ delivery }) => delivery === '99 WRONG ST')?.delivery
  expect(await first()).toBe('99 WRONG ST')
  expect((await browser.post(`${at}/take-back`, {})).status).toBe(303)
  expect((await browser.post(`${at}/take-back`, {})).status).toBe(409)
  expect(await first()).toBeUndefined()
  const { rows } = await sql<{ delivery: string; found: { delivery: string } | null }>`select delivery, found from postal_address where address_id = ${Number(id?.slice(1))}`.execute(owner)
  expect([rows[0]?.delivery, rows[0]?.found?.delivery === '99 WRONG ST']).toEqual([was, false])
  const { pieces, left_out } = await dropNow(await frozen())
  expect(left_out.address_not_confirmed).toBe(1)
  expect(await (await browser.get('/postal/checked')).text()).toContain('did not confirm 1 address')
  expect((await browser.post('/postal/checked/ask-again', {})).status).toBe(303)
  const again = await dropNow(await frozen())
  expect([again.pieces, again.left_out.address_not_confirmed]).toEqual([pieces + 1, undefined])
}) // prettier-ignore

test('files are taken back in any order: an address is as those say that stay, also where two agree or one speaks of it twice', async () => {
  const drop = await frozen()
  const out = csvRows(await (await browser.post(`/postal/${drop}/cass.csv`, { law: 'yes' })).text())
  const id = found(out.at(-1)?.[0])
  const said = async (): Promise<string | null> => {
    const { rows } = await sql<{ said: string | null }>`select found ->> 'delivery' as said from postal_address where address_id = ${Number(id.slice(1))}`.execute(owner) // prettier-ignore
    return found(rows[0]).said
  }
  const taken = async (...streets: string[]): Promise<string> => {
    const { clock } = world.installation
    clock.set(new Date(clock.now().getTime() + 1000).toISOString())
    const lines = streets.map((street) => `${id},${street},,FLUSHING,NY,11354,4199,09,Y`)
    const { at } = await bring('cass', ['HanpyoId,StdAddress1,StdAddress2,StdCity,StdState,ZIP,ZIP+4,DPBC,DPV', ...lines].join('\n'), '2026-11-23') // prettier-ignore
    await takeOver(at)
    return at
  }
  const back = async (at: string): Promise<string | null> => {
    expect((await browser.post(`${at}/take-back`, {})).status).toBe(303)
    return said()
  }
  const before = await said()
  const wrong = await taken('88 FIRST ST', '99 SAME ST')
  const right = await taken('99 SAME ST')
  expect(await back(wrong)).toBe('99 SAME ST')
  expect(await back(right)).toBe(before)
  const first = await taken('1 FIRST ST')
  const second = await taken('2 SECOND ST')
  expect(await back(first)).toBe('2 SECOND ST')
  expect(await back(second)).toBe(before)
  const twice = await taken('3 THIRD ST', '4 FOURTH ST')
  expect([await said(), await back(twice)]).toEqual(['4 FOURTH ST', before])
})

test('others have their turn while a large file is read', async () => {
  const text = ['HanpyoId,ReturnCode', ...Array.from({ length: 5000 }, (_, n) => `V${n},N`)].join('\n')
  let turns = 0
  const count = () => {
    turns++
    timer = setImmediate(count)
  }
  let timer = setImmediate(count)
  const read = await readNcoa(text)
  clearImmediate(timer)
  expect(read.ok && read.rows.length).toBe(5000)
  expect(turns).toBeGreaterThanOrEqual(40)
})

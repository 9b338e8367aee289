import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { touchedVoters } from '../../targeting/columns/overlay.ts'
import { saveUniverse } from '../../targeting/commands.ts'
import { compileUniverse, countUniverse } from '../../targeting/queries.ts'
import { barsOf } from '../design/print.ts'
import { designOf } from '../design/queries.ts'
import { designRoutes } from '../design/routes.tsx'
import { dropById, piecesFrom } from '../drops/queries.ts'
import { dropRoutes } from '../drops/routes.tsx'
import { freezeDropJob } from '../jobs.ts'
import { askForPrint, cancelPrint } from '../printing/commands.ts'
import { mailedRoutes } from './routes.tsx'
import { pieceByTracking, trackingIn } from './queries.ts'
import { postalTold } from './told.ts'

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const browser = world.as(organizer, [mailedRoutes, dropRoutes, designRoutes])
const t = translator('en')
let universe_id = ''

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', case n % 2 when 0 then 'Mina' else 'Young' end, 'KIM', case n % 2 when 0 then 'MINA' else 'YOUNG' end, 'dem', 'active', 1960, (n + 1) / 2 || '-1', '38th Avenue', 'Apt ' || (n + 1) / 2, 'Flushing', '11354', (n + 1) / 2 from generate_series(1, 8) n`.execute(
    owner,
  )
  const saved = await saveUniverse(db, organizer, { name: 'All', expression: 'party:dem', note: null }, world.installation.clock.now(), '2026-11-23') // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  universe_id = saved.universe_id
})

async function frozen(mailer_id = '901234567', isAsked = true): Promise<string> {
  const form = { name: 'Primary', kind: 'postcard_6x9', universe_id, languages: 'all', households: 'address', return_name: 'Neighbors', return_address: 'x' } // prettier-ignore
  const made = await browser.post('/postal/new', form)
  const drop = found(made.headers.get('location')?.split('/').at(-1))
  const design = { colour: 'blue', postage: 'stamp', mailer_id, service_type: '300' }
  expect((await browser.post(`/postal/${drop}/design`, design)).status).toBe(303)
  await browser.post(`/postal/${drop}/freeze`, {})
  await workOff(world, [freezeDropJob])
  if (isAsked) await ask(drop)
  return drop
}

/** Serial numbers are given when files are asked for. */
async function ask(drop_id: string): Promise<number | null> {
  await askForPrint(db, organizer, drop_id, '2026-11-23')
  await cancelPrint(db, organizer, drop_id)
  return found(await dropById(db, organization_id, drop_id)).first_serial
}

test('no serial number is given twice: printed out of turn, after a list was thrown away, by another organization', async () => {
  const mailer = '901234999'
  const x = await frozen(mailer, false)
  const y = await frozen(mailer, false)
  const z = await frozen(mailer, false)
  expect([await ask(y), await ask(x), await ask(z)]).toEqual([0, 4, 8])
  expect(await ask(x)).toBe(4)
  const [piece] = await piecesFrom(db, { organization_id, drop_id: x }, 0, 1)
  const drop = found(await dropById(db, organization_id, x))
  const letters = found(barsOf(drop, designOf(drop), found(piece)))
  expect(await pieceByTracking(db, organization_id, found(trackingIn(letters)))).toEqual({ drop_id: x, number: 1 })
  await browser.post(`/postal/${z}/thaw`, {})
  await browser.post(`/postal/${z}/freeze`, {})
  await workOff(world, [freezeDropJob])
  expect(await ask(z)).toBe(12)
  const take = (from: Db, count: number) => sql<{ given: number }>`select take_serials(${mailer}, ${count}) as given`.execute(from) // prettier-ignore
  expect((await take(world.database.of(world.theirs.organization_id), 999_980)).rows).toEqual([{ given: 16 }])
  // The few left are passed over: the numbers of a drop follow on each other.
  expect(await ask(await frozen(mailer, false))).toBe(999_996)
  expect(await ask(await frozen(mailer, false))).toBe(0)
  await expect(sql`update postal_serial set given = 0`.execute(db)).rejects.toThrow('permission denied')
}) // prettier-ignore

test('marked as mailed with its number typed, each piece is on the timeline and has its cost', async () => {
  const drop = await frozen()
  const send = (more: Record<string, string>) =>
    browser.post(`/postal/${drop}/mailed`, { mailed_on: '2026-11-20', cost: '$3.00', count: '4', ...more })
  expect((await send({ count: '5' })).status).toBe(422)
  const early = await send({ mailed_on: '2026-12-24' })
  expect([early.status, await early.text()]).toEqual([422, expect.stringContaining('This day has not come yet')])
  expect(await postalTold(db, organization_id, 3, t)).toEqual([])
  expect((await send({})).status).toBe(303)
  expect((await send({})).status).toBe(409)
  const page = await (await browser.get(`/postal/${drop}`)).text()
  expect(page).toMatch(/Cost \$3\.00, \$0\.75 a piece/)
  expect(await postalTold(db, organization_id, 3, t)).toMatchObject([
    { text: 'Mailed on paper: Primary', by: organizer.name },
  ])
  expect((await browser.post(`/postal/${drop}/thaw`, {})).status).toBe(409)
})

test('who was mailed paper is found by an expression, and lists that ask for it are read anew', async () => {
  const counted = async (expression: string): Promise<number> => {
    const compiled = await compileUniverse(db, expression, organization_id, '2026-11-23')
    if (!compiled.ok) throw new Error(compiled.problem.code)
    return countUniverse(db, compiled.universe)
  }
  // Mailed by the drop before.
  expect(await counted('contacted:post')).toBe(8)
  await sql`update postal_recipient set voter_id = 99 where voter_id = 8`.execute(owner)
  expect(await counted('contacted:post')).toBe(7)
  expect(await counted('-contacted:우편/30d')).toBe(1)
  expect(await counted('contacted:post/2d')).toBe(0)
  expect(await counted('contacted>post/2d')).toBe(7)
  expect(await counted('contacted:post/2026-10')).toBe(0)
  expect(await counted('last-contact:post/2026-11')).toBe(7)
  // Paper is no attempt, nor what another organization mailed.
  expect(await counted('contacted:ever or reached:post or attempts:post/1-9')).toBe(0)
  const theirs = await compileUniverse(world.database.of(world.theirs.organization_id), 'contacted:post', world.theirs.organization_id, '2026-11-23') // prettier-ignore
  expect(theirs.ok && (await countUniverse(world.database.of(world.theirs.organization_id), theirs.universe))).toBe(0)
  const { rows: touched } = await sql<{ voter_id: number }>`${touchedVoters(organization_id, null)} order by 1`.execute(db) // prettier-ignore
  expect(touched.map(({ voter_id }) => voter_id)).toEqual(expect.arrayContaining([1, 2, 3, 4, 5, 6, 7]))
  const { rows: changes } = await sql`select from targeting_change where organization_id = ${organization_id} and voter_id is null`.execute(owner) // prettier-ignore
  expect(changes.length).toBeGreaterThan(0)
  await sql`update postal_recipient set voter_id = 8 where voter_id = 99`.execute(owner)
})

test('what is being printed is not marked as mailed: the end of the printing would take the mark away', async () => {
  const drop = await frozen()
  const send = () => browser.post(`/postal/${drop}/mailed`, { mailed_on: '2026-11-20', cost: '', count: '4' })
  await askForPrint(db, organizer, drop, '2026-11-23')
  expect(await (await browser.get(`/postal/${drop}`)).text()).not.toContain(`/postal/${drop}/mailed`)
  expect((await send()).status).toBe(409)
  await cancelPrint(db, organizer, drop)
  expect(await (await browser.get(`/postal/${drop}`)).text()).toContain(`/postal/${drop}/mailed`)
  expect((await send()).status).toBe(303)
})

test('a piece that came back is known by its barcode, and its people get nothing more at that address', async () => {
  const drop_id = await frozen()
  await browser.post(`/postal/${drop_id}/mailed`, { mailed_on: '2026-11-20', cost: '', count: '4' })
  const drop = found(await dropById(db, organization_id, drop_id))
  const [first, second] = await piecesFrom(db, drop, 0, 2)
  const letters = found(barsOf(drop, designOf(drop), found(first)))
  const back = async (barcode: string, reason = 'no_such_address') => {
    const answer = await browser.post('/postal/returns', { barcode, reason })
    return `${answer.status} ${/role="(?:status|alert)"[\s\S]*?<div class="text-sm">(.*?)<\/div>/.exec(await answer.text())?.[1] ?? ''}`
  }
  expect(await back(letters)).toBe('200 Young and Mina Kim: noted. The address of 2 people is no longer used.')
  expect(await back(letters)).toBe('422 This piece is noted already.')
  expect(await back('00300901234567999999')).toBe('422 No piece of yours has this barcode.')
  expect((await back('12')).slice(0, 3)).toBe('422')
  // As a reader says it; nobody is to blame for the address of whoever did not accept it.
  const digits = `00300901234567${String((drop.first_serial ?? 0) + 1).padStart(6, '0')}11354`
  expect(await back(digits, 'refused')).toBe(
    '200 Young and Mina Kim: noted. The address of 0 people is no longer used.',
  )
  expect(second?.number).toBe(2)
  const told = await postalTold(db, organization_id, 1, t)
  expect(told.map(({ text }) => text)).toContain('Paper mail came back: Primary')
  // The next list leaves them out.
  const next = found(await dropById(db, organization_id, await frozen()))
  expect(next).toMatchObject({ pieces: 3, left_out: { no_address: 2 } })
  const stranger = world.as(world.theirs.organizer, [mailedRoutes])
  expect((await stranger.post('/postal/returns', { barcode: letters, reason: 'moved' })).status).toBe(422)
})

test('mail that came back marks the address we know, also where certified software printed another one', async () => {
  const found_so = { delivery: '4160 UNION TPKE', unit: 'APT 9', city: 'FRESH MEADOWS', state: 'NY', zip5: '11366', zip4: null, delivery_point: null, dpv: 'Y', footnotes: '' } // prettier-ignore
  await sql`insert into postal_address (organization_id, address_key, delivery, unit, city, state, zip5, asked_at, found, checked_on)
    values (${organization_id}, '4-1 38TH AVE|4|11354', '4-1 38TH AVE', 'APT 4', 'FLUSHING', 'NY', '11354', now(), ${JSON.stringify(found_so)}::jsonb, '2026-11-20')`.execute(owner) // prettier-ignore
  const drop_id = await frozen('901234888')
  await browser.post(`/postal/${drop_id}/mailed`, { mailed_on: '2026-11-20', cost: '', count: '3' })
  const drop = found(await dropById(db, organization_id, drop_id))
  const piece = found((await piecesFrom(db, drop, 0, 9)).find(({ delivery }) => delivery === '4160 UNION TPKE'))
  const letters = found(barsOf(drop, designOf(drop), piece))
  const said = await (await browser.post('/postal/returns', { barcode: letters, reason: 'no_such_address' })).text()
  expect(said).toContain('The address of 2 people is no longer used.')
  expect(found(await dropById(db, organization_id, await frozen()))).toMatchObject({ pieces: 2, left_out: { no_address: 4 } }) // prettier-ignore
}) // prettier-ignore

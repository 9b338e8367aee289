import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { decodeQR } from 'qr/decode.js'
import { Resvg } from '@resvg/resvg-js'
import { found } from '../../../platform/errors.ts'
import { inTransaction } from '../../../platform/db/db.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { picture } from '../../../platform/print/typst.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saveUniverse } from '../../targeting/commands.ts'
import { printData, documentOf } from '../design/print.ts'
import { layoutOf } from '../design/queries.ts'
import { designRoutes } from '../design/routes.tsx'
import { takeOffPaper } from '../drops/erasing.ts'
import { dropById, piecesFrom } from '../drops/queries.ts'
import { dropRoutes } from '../drops/routes.tsx'
import { freezeDropJob } from '../jobs.ts'
import { mailedRoutes } from '../mailed/routes.tsx'
import { postalTold } from '../mailed/told.ts'
import { askForPrint, cancelPrint } from '../printing/commands.ts'
import type { PieceKind } from '../schema.ts'
import { codesOf, giveCodes } from './codes.ts'
import { answersOf } from './queries.ts'
import { postalAnswerRoutes } from './routes.tsx'
import { codeIn } from './rules.ts'

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const browser = world.as(organizer, [postalAnswerRoutes, mailedRoutes, dropRoutes, designRoutes])
const stranger = world.as(null, [postalAnswerRoutes])
const url = 'https://vote.example.org'
let universe_id = ''

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young', 'KIM', 'YOUNG', 'dem', 'active', 1960, n || '-1', '38th Avenue', 'Apt ' || n, 'Flushing', '11354', n from generate_series(1, 6) n`.execute(owner)
  await sql`insert into person (organization_id, voter_id, language) select ${organization_id}, n, case when n <= 2 then 'ko' else 'en' end from generate_series(1, 4) n`.execute(owner)
  const saved = await saveUniverse(db, organizer, { name: 'All', expression: 'party:dem', note: null }, world.installation.clock.now(), '2026-11-23') // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  universe_id = saved.universe_id
}) // prettier-ignore

async function printedDrop(answer_per: string, kind: PieceKind = 'postcard_6x9'): Promise<string> {
  const form = { name: 'Primary', kind, universe_id, languages: 'theirs', households: 'address', return_name: 'Neighbors', return_address: 'x' } // prettier-ignore
  const made = await browser.post('/postal/new', form)
  const drop = found(made.headers.get('location')?.split('/').at(-1))
  const words = { headline_en: 'Vote', headline_ko: '투표', body_en: 'Vote.', body_ko: '투표하세요.', colour: 'blue', postage: 'stamp' } // prettier-ignore
  await browser.post(`/postal/${drop}/design`, words)
  const saved = await browser.post(`/postal/${drop}/answers`, { answer_per, page: 'other', address: 'https://example.org/guide' }) // prettier-ignore
  expect(saved.status).toBe(303)
  await browser.post(`/postal/${drop}/freeze`, {})
  await workOff(world, [freezeDropJob])
  await askForPrint(db, organizer, drop, '2026-11-23')
  await cancelPrint(db, organizer, drop)
  const frozen = found(await dropById(db, organization_id, drop))
  await inTransaction(db, (tx) => giveCodes(tx, frozen))
  return drop
}

/** What the QR code in a picture says. */
function qrIn(png: Uint8Array): string {
  const view = Buffer.from(png)
  const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${view.toString('base64')}"/></svg>`
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  return decodeQR({ width, height, data: new Uint8ClampedArray(pixels) })
}

test.each(['postcard_4x6', 'postcard_6x9', 'self_mailer', 'letter_10'] as const)('the code printed on a %s is read from its picture', async (kind) => {
  for (const per of ['drop', 'piece']) {
    const drop = found(await dropById(db, organization_id, await printedDrop(per, kind)))
    const { layout } = await layoutOf(db, drop, ['en', 'ko'], url)
    const [piece] = await piecesFrom(db, drop, 0, 1)
    const png = await picture({ ...documentOf(kind), data: printData(layout, [found(piece)], ['message'], null) })
    const code = per === 'piece' ? piece?.code : (await codesOf(db, drop))[found(piece).language]
    expect(qrIn(png)).toBe(`${url}/r/${code}`)
  }
}, 60_000) // prettier-ignore

test.each(['postcard_6x9', 'letter_10'] as const)('also a %s in a language that has no words for it carries the code', async (kind) => {
  const drop = found(await dropById(db, organization_id, await printedDrop('drop', kind)))
  const { layout } = await layoutOf(db, { ...drop, design: { ...(drop.design as object), body: { en: 'Vote.', zh: '投票' } } }, ['en', 'zh'], url)
  const [piece] = await piecesFrom(db, drop, 0, 1)
  const answers = { ...found(layout.answers), codes: { zh: 'abcd2345' } }
  const data = printData({ ...layout, answers }, [{ ...found(piece), language: 'zh' }], ['message'], null)
  expect(qrIn(await picture({ ...documentOf(kind), data }))).toBe(`${url}/r/abcd2345`)
}, 60_000) // prettier-ignore

test('a code leads to the page and counts, by wording and day; nobody is known by it', async () => {
  const drop = found(await dropById(db, organization_id, await printedDrop('drop')))
  const codes = await codesOf(db, drop)
  expect(Object.keys(codes).toSorted()).toEqual(['all', 'en', 'ko'])
  for (const code of [codes.ko, codes.ko?.toUpperCase(), codes.en]) {
    const answer = await stranger.get(`/r/${code}`)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://example.org/guide'])
  }
  await stranger.get(`/r/${codes.ko}`, { 'sec-purpose': 'prefetch' })
  expect((await stranger.get('/r/aaaaaaaa')).status).toBe(404)
  expect((await stranger.get('/r/%27or1')).status).toBe(404)
  const answered = await answersOf(db, drop)
  expect(answered).toMatchObject({ times: 3, pieces: 0, by_language: [{ language: 'ko', times: 2 }, { language: 'en', times: 1 }] }) // prettier-ignore
  const page = await (await browser.get(`/postal/${drop.drop_id}/answers`)).text()
  expect(page).toContain('Openings to 100 pieces')
  expect((await answersOf(world.database.of(world.theirs.organization_id), drop)).times).toBe(0)
  const { rows } = await sql<{ number: number }>`select distinct number from postal_answer where drop_id = ${drop.drop_id}::uuid`.execute(owner) // prettier-ignore
  expect(rows).toEqual([{ number: 0 }])
})

test('a page of ours opens in the language of the piece, and where a code leads may change once it is mailed', async () => {
  const drop_id = await printedDrop('drop')
  await sql`update postal_drop set state = 'mailed', mailed_on = '2026-11-20', cost_cents = 600, answer_page = '/f/ours/volunteer' where drop_id = ${drop_id}::uuid`.execute(owner)
  const codes = await codesOf(db, { organization_id, drop_id })
  const leads = async (code: string | undefined) => (await stranger.get(`/r/${code}`)).headers.get('location')
  expect(await leads(codes.ko)).toBe('/f/ours/volunteer?lang=ko')
  expect(await leads(codes.all)).toBe('/f/ours/volunteer')
  const change = (more: Record<string, string>) => browser.post(`/postal/${drop_id}/answers`, { answer_per: 'drop', page: 'other', address: 'https://example.org/b', ...more }) // prettier-ignore
  expect((await change({})).status).toBe(303)
  expect(await leads(codes.ko)).toBe('https://example.org/b')
  // Whether one is printed does not change any more; where it leads is an address.
  expect((await change({ answer_per: 'piece' })).status).toBe(409)
  for (const address of ['javascript:alert(1)', 'http://example.org/', '']) expect((await change({ address })).status).toBe(422) // prettier-ignore
  expect((await change({ page: '/people' })).status).toBe(422)
  const page = await (await browser.get(`/postal/${drop_id}/answers`, { 'accept-language': 'ko' })).text()
  expect(page).toMatch(/한 통당 비용[\s\S]*\$1\.00[\s\S]*응답 한 건당 비용[\s\S]*\$2\.00/)
}) // prettier-ignore

test('a code of its own says which piece was opened, also when it comes back; who is erased is forgotten', async () => {
  const drop_id = await printedDrop('piece')
  await sql`update postal_drop set state = 'mailed', mailed_on = '2026-11-20' where drop_id = ${drop_id}::uuid`.execute(owner) // prettier-ignore
  const pieces = await piecesFrom(db, { organization_id, drop_id }, 0, 10)
  expect(new Set(pieces.map(({ code }) => code)).size).toBe(6)
  const [first] = pieces
  const { voter_id } = found(await db.selectFrom('postal_recipient').select('voter_id').where('drop_id', '=', drop_id).where('number', '=', 1).executeTakeFirst()) // prettier-ignore
  await stranger.get(`/r/${first?.code}`)
  await stranger.get(`/r/${first?.code}`)
  expect(await answersOf(db, { organization_id, drop_id })).toMatchObject({ times: 2, pieces: 1 })
  const told = await postalTold(db, organization_id, voter_id, translator('en'))
  expect(told.map(({ text }) => text)).toContain('Opened the page of a piece of mail: Primary')
  const back = await browser.post('/postal/returns', { barcode: `${url}/r/${first?.code}`, reason: 'vacant' })
  expect([back.status, (await back.text()).includes('noted')]).toEqual([200, true])
  await inTransaction(db, (tx) => takeOffPaper(tx, organization_id, voter_id, world.installation.clock.now()))
  expect(await answersOf(db, { organization_id, drop_id })).toMatchObject({ times: 2, pieces: 0 })
})

test('a code is known alone and in its address', () => {
  expect(codeIn('abcd2345')).toBe('abcd2345')
  expect(codeIn(' HTTPS://vote.example.org/R/ABCD2345 ')).toBe('abcd2345')
  expect([codeIn('abcd234'), codeIn('abcd2341'), codeIn('https://x.org/abcd2345'), codeIn('')]).toEqual([null, null, null, null]) // prettier-ignore
})

test('a code that is taken is not given twice, and a program that makes a picture of the page is no reader', async () => {
  const drop_id = await printedDrop('piece')
  const [taken] = await sql<{ code: string }>`select code from postal_piece where drop_id = ${drop_id} order by number limit 1`.execute(owner).then(({ rows }) => rows) // prettier-ignore
  expect(found(taken).code).toMatch(/^\d/)
  const next = found(await dropById(db, organization_id, await printedDrop('none')))
  let tries = 0
  const codes = (count: number): string[] =>
    Array.from({ length: count }, (_, at) =>
      tries === 0 && at === 0 ? found(taken).code : `${2 + tries}zzzzzz${2 + at}`,
    )
  await inTransaction(db, (tx) => giveCodes(tx, { ...next, answer_per: 'piece' }, (count) => {
    const made = codes(count)
    tries++
    return made
  })) // prettier-ignore
  expect(tries).toBe(2)
  const { rows } = await sql<{ code: string }>`select code from postal_piece where drop_id = ${next.drop_id} order by number limit 2`.execute(owner) // prettier-ignore
  expect(rows.map(({ code }) => code)).toEqual(['3zzzzzz2', '3zzzzzz3'])
  const fetched = await stranger.get(`/r/${found(taken).code}`, { 'user-agent': 'facebookexternalhit/1.1; kakaotalk-scrap/1.0' }) // prettier-ignore
  expect(fetched.status).toBe(303)
  expect((await answersOf(db, { organization_id, drop_id })).times).toBe(0)
  await stranger.get(`/r/${found(taken).code}`, { 'user-agent': 'Mozilla/5.0 (Linux; Android 12; CUBOT) Chrome/120 Mobile' }) // prettier-ignore
  expect((await answersOf(db, { organization_id, drop_id })).times).toBe(1)
})

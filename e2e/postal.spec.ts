import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { barcodeIn, type Pixels } from '../src/features/postal/barcode/picture-rules.ts'
import { dropById } from '../src/features/postal/drops/queries.ts'
import { freezeDropJob, printDropJob } from '../src/features/postal/jobs.ts'
import { saveUniverse } from '../src/features/targeting/commands.ts'
import { found } from '../src/platform/errors.ts'
import {
  expectAlsoAtOtherWidth,
  expectNoAxeProblems,
  expectNoSidewaysScroll,
  openSite,
} from '../src/platform/testing/browser.ts'
import { workOff } from '../src/platform/testing/work-off.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
/** What the camera sees: read when a page opens it. */
const film = join(world.installation.config.data, 'camera.y4m')
const site = await openSite(world, buildApp, undefined, [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
])
const { owner } = world.database
const { organizer, organization_id } = world.ours
const db = world.database.of(organization_id)

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young', 'KIM', 'YOUNG', 'dem', 'active', 1950, n || '-1', '38th Avenue', 'Apt ' || n, 'Flushing', '11354', n from generate_series(1, 300) n`.execute(owner)
  await sql`insert into person (organization_id, voter_id, name_hangul, language)
    select ${organization_id}, n, case when n % 3 = 0 then '김영희' end, case n % 3 when 0 then 'ko' when 1 then 'en' end from generate_series(1, 300) n`.execute(owner)
  const saved = await saveUniverse(db, organizer, { name: '어르신 유권자', expression: 'party:dem', note: null }, world.installation.clock.now(), '2026-11-23')
  if (!saved.ok) throw new Error('not saved')
}) // prettier-ignore

function pixelsOf(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/></svg>`
  return { width, height, data: new Resvg(svg, { font: { loadSystemFonts: false } }).render().pixels }
}

/** A piece held before the camera: near, a little askew, on a grey table. */
function filmed(png: Buffer): Buffer {
  const [width, height] = [1280, 720]
  const inch = 250
  const card = png.readUInt32BE(16) / png.readUInt32BE(20)
  // The right half of the side with the address, where its bars are.
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#888"/>
    <g transform="translate(${-4.4 * inch} ${-3.1 * inch}) rotate(2 ${7 * inch} ${4 * inch})"><image width="${9.25 * inch}" height="${(9.25 * inch) / card}" href="data:image/png;base64,${png.toString('base64')}"/></g></svg>`
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  const light = Buffer.alloc(width * height)
  for (let at = 0; at < light.length; at++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(4 * at, 4 * at + 3)
    light[at] = 16 + ((0.299 * red + 0.587 * green + 0.114 * blue) * 219) / 255
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), frame, frame])
}

async function looksRight(page: Page): Promise<void> {
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  await expectAlsoAtOtherWidth(page)
}

const words = {
  headline_en: 'Vote Tuesday, June 23', headline_ko: '6월 23일(화)은 예비선거일입니다',
  body_en: 'Polls are open from 6 am to 9 pm.', body_ko: '투표소는 오전 6시부터 밤 9시까지 엽니다.',
  contact_en: '718-555-0100', contact_ko: '한국어 문의 718-555-0100', mailer_id: '901234567', service_type: '300',
} // prettier-ignore

test.each([
  { language: 'ko', width: 360 },
  { language: 'en', width: 1280 },
] as const)('three hundred bilingual postcards are made, and one that came back is read from its picture ($language)', { timeout: 600_000 }, async (options) => {
  const page = await site.page({ actor: organizer, ...options })
  await page.goto('/postal/new')
  await page.locator('[name=name]').fill(`Primary ${options.language}`)
  await page.locator('[value=postcard_6x9]').check()
  await page.locator('[value=independent]').check()
  await page.locator('[name=level]').selectOption('city')
  await page.locator('[name=universe_id]').selectOption({ index: 1 })
  await page.locator('[value=person]').check()
  await page.locator('[name=return_name]').fill('Neighbors')
  await page.locator('[name=return_address]').fill('35-12 Union St\nFlushing NY 11354')
  await page.locator('[name=attribution_en]').fill('Paid for by Neighbors. Not authorized by any candidate or candidate committee. More information at nyc.gov/FollowTheMoney')
  await page.locator('[name=attribution_ko]').fill('비용 부담: 이웃들')
  await looksRight(page)
  // The form is sent by a key.
  await page.locator('main form button').last().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/postal\/[0-9a-f-]{36}$/)
  const here = page.url()
  const drop_id = found(here.split('/').at(-1))

  await page.goto(`${here}/design`)
  // It is seen as it is typed.
  const live = page.getByRole('img', { name: options.language === 'ko' ? '입력하면서 보기' : 'As you type' })
  await live.waitFor()
  const before = await live.getAttribute('src')
  await page.locator('[name=headline_en]').fill('Vote')
  await expect.poll(() => live.getAttribute('src')).not.toBe(before)
  await looksRight(page)
  for (const [name, said] of Object.entries(words)) await page.locator(`[name=${name}]`).fill(said)
  await page.locator('main form button').first().click()
  await page.waitForURL(/\/preview$/)

  await page.goto(`${here}/answers`)
  await page.locator('[value=piece]').check()
  await page.locator('[name=page]').selectOption('other')
  await page.locator('[name=address]').fill('https://example.org/primary')
  await looksRight(page)
  await page.locator('main form button').last().click()

  await page.goto(here)
  await page.locator(`form[action$="/freeze"] button`).click()
  await workOff(world, [freezeDropJob])
  await page.goto(here)
  await looksRight(page)
  await page.locator('#law').check()
  await page.locator(`form[action$="/print"] button`).click()
  await workOff(world, [printDropJob])
  await page.goto(here)
  await page.goto(`${here}/sorting`)
  await looksRight(page)
  await page.goto(here)
  const drop = found(await dropById(db, organization_id, drop_id))
  expect(drop).toMatchObject({ state: 'made', pieces: 300, lane: 'independent', by_language: { en: 100, ko: 100, all: 100 } }) // prettier-ignore
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$="folder.zip"]').click()])
  expect(download.suggestedFilename()).toMatch(/^drop-.*\.zip$/)

  // Every thirtieth as it is shown, its barcode read back from the picture.
  const shown = async (piece: number) => (await page.request.get(`${here}/preview.png?piece=${piece}&side=address`)).body() // prettier-ignore
  for (let piece = 1; piece <= 300; piece += 30)
    expect(barcodeIn(pixelsOf(await shown(piece)))).toEqual({ tracking: `00300901234567${String((drop.first_serial ?? 0) + piece - 1).padStart(6, '0')}`, routing: '11354' }) // prettier-ignore

  // One comes back: its picture is chosen, and the browser reads it.
  await page.goto('/postal/returns')
  await looksRight(page)
  await page.locator('input[type=file]').setInputFiles({ name: 'piece.png', mimeType: 'image/png', buffer: await shown(7) }) // prettier-ignore
  const barcode = page.locator('#barcode')
  await expect.poll(() => barcode.inputValue(), { timeout: 60_000 }).toMatch(/^00300901234567\d{6}11354$/)
  await page.locator('[name=reason]').selectOption('refused')
  await page.locator('form[action="/postal/returns"] button:not([type=button])').press('Enter')
  await page.waitForLoadState()
  expect(await page.locator('main').innerText()).toContain('7-1 38TH AVE APT 7')
  // The code of another piece, from the side with the message.
  await page.locator('input[type=file]').setInputFiles({ name: 'piece.png', mimeType: 'image/png', buffer: await (await page.request.get(`${here}/preview.png?piece=8&side=message`)).body() }) // prettier-ignore
  await expect.poll(() => barcode.inputValue(), { timeout: 60_000 }).toMatch(/^[a-z2-9]{8}$/)
  // What is no piece is told.
  await page.locator('input[type=file]').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } }) }) // prettier-ignore
  await expect.poll(() => page.locator('[data-island] [role=status]').innerText(), { timeout: 60_000 }).toMatch(/could be read|읽지 못했습니다/) // prettier-ignore
}) // prettier-ignore

test('a piece that came back is held before the camera, which reads its barcode; the next one follows', async () => {
  const page = await site.page({ actor: organizer, language: 'ko', width: 360 })
  const newest = found((await sql<{ drop_id: string }>`select drop_id from postal_drop where state = 'made' order by made_at desc limit 1`.execute(owner)).rows[0]) // prettier-ignore
  const shown = async (piece: number) => (await page.request.get(`/postal/${newest.drop_id}/preview.png?piece=${piece}&side=address`)).body() // prettier-ignore
  const { first_serial } = found(await dropById(db, organization_id, newest.drop_id))
  const digits = (piece: number) => `00300901234567${String((first_serial ?? 0) + piece - 1).padStart(6, '0')}11354`
  await page.context().grantPermissions(['camera'])
  const barcode = page.locator('#barcode')
  writeFileSync(film, filmed(await shown(20)))
  await page.goto('/postal/returns')
  await page.getByRole('button', { name: '카메라로 읽기' }).click()
  await expect.poll(() => barcode.inputValue(), { timeout: 60_000 }).toBe(digits(20))
  await page.locator('video').scrollIntoViewIfNeeded()
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  await page.locator('[name=reason]').selectOption('refused')
  await page.locator('form[action="/postal/returns"] button:not([type=button])').press('Enter')
  await page.getByText('20-1 38TH AVE APT 20').waitFor()
  // The page comes back with the camera on. The next piece is held before it; the film is opened anew with the camera.
  const off = page.getByRole('button', { name: '카메라 끄기' })
  await off.waitFor()
  writeFileSync(`${film}.next`, filmed(await shown(21)))
  renameSync(`${film}.next`, film)
  await off.click()
  await page.getByRole('button', { name: '카메라로 읽기' }).click()
  await expect.poll(() => barcode.inputValue(), { timeout: 60_000 }).toBe(digits(21))
}) // prettier-ignore

test('without a script a returned piece is typed, and a home that wants no more paper is closed', async () => {
  const page = await site.page({ actor: organizer, language: 'ko', width: 360, javaScript: false })
  await page.goto('/postal/returns')
  await page.locator('#barcode').fill('00300901234567000011')
  await page.locator('form[action="/postal/returns"] button').press('Enter')
  await page.waitForLoadState()
  expect(await page.locator('main').innerText()).toContain('12-1 38TH AVE APT 12')
  await page.goto('/postal/no-paper')
  await page.locator('#address').fill('13-1 38th Ave Apt 13, Flushing NY 11354')
  await page.locator('#evidence').fill('전화로 말씀하심')
  await page.locator('form[action="/postal/no-paper"] button').press('Enter')
  await page.waitForLoadState()
  expect(await page.locator('main').innerText()).toContain('막았습니다: 13-1 38TH AVE APT 13')
  await expectNoSidewaysScroll(page)
}) // prettier-ignore

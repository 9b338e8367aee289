import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import {
  expectNoAxeProblems,
  expectNoSidewaysScroll,
  openSite,
  type PageOptions,
} from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

/*
 * The life of a universe: saved in the builder, found in the list, frozen, looked at after the voters changed, refreshed and
 * taken back, laid over another, exported with its purpose.
 */

const world = await makeWorld()
const site = await openSite(world, buildApp)
const { owner } = world.database

/** 200 voters in 100 households, every second a Democrat. */
beforeEach(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`delete from voter_record`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key,
      party, status, sex, birth_date, county, city, house_number, street, zip5, ccd, ad, household_key)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young', 'KIM', 'YOUNG', case when n % 2 = 0 then 'dem' else 'rep' end, 'active',
      case when n % 4 < 2 then 'F' else 'M' end, make_date(2026 - 20 - (n % 60), 1, 1), 'queens', 'Flushing', n::text, 'Main St', '11354', 20, 25, n / 2
    from generate_series(1, 200) n`.execute(owner)
  await sql`analyze voter_record`.execute(owner)
})

/** Three Democrats leave the party, five others join it. */
async function votersChange(): Promise<void> {
  await sql`update voter_record set party = 'none' where voter_id in (2, 4, 6)`.execute(owner)
  await sql`update voter_record set party = 'dem' where voter_id in (1, 3, 5, 7, 9)`.execute(owner)
}

const words = {
  en: { save: 'Save', freeze: 'Freeze now', frozen: 'Frozen', came: 'Would come in', went: 'Fit no more', see: 'See who', refresh: 'Refresh', sure: 'Refresh now', undo: 'Undo', compare: 'Compare', first: 'First', export: 'Export', accept: /election purposes only, and delete/, purpose: 'What is it for?', make: 'Make the file', purposeShown: 'Calls before the primary', members: 'Members kept' },
  ko: { save: '저장', freeze: '지금 명단으로 고정', frozen: '고정', came: '새로 들어올 분', went: '더는 맞지 않는 분', see: '누구인지 보기', refresh: '새로 맞추기', sure: '지금 새로 맞추기', undo: '되돌리기', compare: '비교', first: '첫째', export: '내보내기', accept: /선거 목적으로만 쓰고/, purpose: '무엇에 쓰나요?', make: '파일 만들기', purposeShown: '예비선거 전 전화', members: '고정된 인원' },
} // prettier-ignore

const long = { timeout: 180_000 }
const open = (options: PageOptions): Promise<Page> => site.page({ actor: world.ours.organizer, ...options })
const main = (page: Page): Promise<string> => page.locator('main').innerText()
const figure = (page: Page, label: string) => page.locator('#frozen dl > div', { hasText: label })

/** Every page is looked at alike; with a folder in SCREENSHOTS its picture is kept. */
async function look(page: Page, name: string): Promise<void> {
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  const folder = process.env.SCREENSHOTS
  const at = `${name}-${page.viewportSize()?.width}`
  if (folder) await page.screenshot({ path: `${folder}/${at}.png`, fullPage: true })
}

async function save(page: Page, text: string, name: string, button: string): Promise<string> {
  await page.goto(`/voters/universes/new?q=${encodeURIComponent(text)}`)
  await page.locator('#name').fill(name)
  await page
    .locator('form', { has: page.locator('#name') })
    .getByRole('button', { name: button, exact: true })
    .click()
  await page.waitForURL(/voters\/universes\/[0-9a-f-]{36}\?saved/)
  return new URL(page.url()).pathname
}

describe.each([
  ['en', 1280],
  ['ko', 360],
] as const)('in %s at %i px', (language, width) => {
  test('a universe is saved, frozen, refreshed, taken back, compared and exported', long, async () => {
    const say = words[language]
    const page = await open({ language, width })
    const name = `Democrats ${language}`
    const other = `Women ${language}`
    await save(page, 'sex:F', other, say.save)
    const address = await save(page, 'party:dem', name, say.save)
    await look(page, 'saved')

    // In the list, its conditions whole on the screen, and opened from there.
    await page.goto('/voters/universes')
    await look(page, 'list')
    const conditions = page.locator('li', { hasText: name }).locator('p', { hasText: 'party:dem' })
    const box = await conditions.boundingBox()
    expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true)
    await page.getByRole('link', { name, exact: true }).click()
    await page.waitForURL((url) => url.pathname === address)

    await page.getByRole('button', { name: say.freeze }).click()
    await page.waitForURL(/said=1/)
    expect(await figure(page, say.members).innerText()).toMatch(/\b100\b/)
    await look(page, 'frozen')

    // The voters move; the members stay, and the page says who came and who went.
    await votersChange()
    await page.goto(address)
    expect(await figure(page, say.members).innerText()).toMatch(/\b100\b/)
    expect(await figure(page, say.came).innerText()).toMatch(/\b5\b/)
    expect(await figure(page, say.went).innerText()).toMatch(/\b3\b/)
    await look(page, 'drifted')
    await figure(page, say.went).getByRole('link', { name: say.see }).click()
    await page.waitForURL(/\/went$/)
    expect(await page.locator('tbody tr').count()).toBe(3)
    await look(page, 'went')
    await page.goto(`${address}/came`)
    expect(await page.locator('tbody tr').count()).toBe(5)
    await look(page, 'came')

    // First what it would do, then done, then taken back.
    await page.goto(address)
    await page.locator('#frozen').getByRole('link', { name: say.refresh, exact: true }).click()
    await page.waitForURL(/\/refresh$/)
    expect(await main(page)).toMatch(/\+5[\s\S]*−3[\s\S]*102/)
    await look(page, 'refresh')
    await page.getByRole('button', { name: say.sure }).click()
    await page.waitForURL(/said=2/)
    expect(await figure(page, say.members).innerText()).toMatch(/\b102\b/)
    await look(page, 'refreshed')
    await page.getByRole('button', { name: say.undo }).first().click()
    await page.waitForURL(/said=undone/)
    expect(await figure(page, say.members).innerText()).toMatch(/\b100\b/)
    expect(await figure(page, say.came).innerText()).toMatch(/\b5\b/)
    await look(page, 'undone')

    // Laid over the other one.
    await page.locator('main').getByRole('link', { name: say.compare, exact: true }).click()
    await page.waitForURL(/compare\?a=/)
    await page.locator('#b').selectOption({ label: other })
    await page.locator('main form button[type=submit]').click()
    await page.waitForURL(/b=[0-9a-f-]{36}/)
    // 100 Democrats of whom every second is a woman, 100 women.
    const figures = await page.locator('#overlap dl > div').allInnerTexts()
    expect(figures.map((each) => /\b50\b/.test(each))).toEqual([true, true, true])
    await look(page, 'compared')

    // Out of the house only with a purpose, and the register keeps it.
    await page.goto(address)
    await page.locator('main').getByRole('link', { name: say.export, exact: true }).click()
    await page.waitForURL(/\/export$/)
    await look(page, 'export')
    await page.getByRole('textbox', { name: say.purpose }).fill(say.purposeShown)
    await page.getByRole('checkbox', { name: say.accept }).check()
    await page.getByRole('button', { name: say.make }).click()
    await page.waitForURL(/voters\/exports\/[0-9a-f-]{36}$/)
    await look(page, 'exported')
    const file = await page.request.get((await page.locator('a[download]').getAttribute('href')) ?? '')
    expect(file.headers()['content-disposition']).toMatch(/^attachment; filename="voters-.*\.csv"$/)
    expect((await file.text()).match(/Kim/g)).toHaveLength(100)
    await page.goto('/voters/exports')
    const line = page.locator('[data-export]', { hasText: name })
    expect(await line.innerText()).toContain(say.purposeShown)
    expect(await line.innerText()).toMatch(/\b100\b/)
    expect(await line.innerText()).toContain(world.ours.organizer.name)
    await look(page, 'register')
  })
})

test('by keyboard alone a universe is frozen and taken back', long, async () => {
  const page = await open({})
  const address = await save(page, 'party:dem', 'Keyboard', 'Save')
  const press = async (text: string): Promise<void> => {
    for (let presses = 0; presses < 120; presses++) {
      await page.keyboard.press('Tab')
      const said = await page.evaluate(() => document.activeElement?.textContent?.trim())
      if (said === text) return page.keyboard.press('Enter')
    }
    throw new Error(`${text} is not reached by Tab on ${page.url()}: ${(await main(page)).slice(0, 600)}`)
  }
  await page.goto('/voters/universes')
  await press('Keyboard')
  await page.waitForURL((url) => url.pathname === address)
  await press('Freeze now')
  await page.waitForURL(/said=1/)
  await votersChange()
  await page.goto(address)
  await press('Refresh')
  await page.waitForURL(/\/refresh$/)
  await press('Refresh now')
  await page.waitForURL(/said=2/)
  await press('Undo')
  await page.waitForURL(/said=undone/)
  expect(await figure(page, 'Members kept').innerText()).toMatch(/\b100\b/)
})

test('without JavaScript it is saved as frozen, refreshed and exported', long, async () => {
  const page = await open({ javaScript: false, width: 360 })
  await page.goto('/voters/universes/new?q=party%3Adem')
  await page.locator('#name').fill('No script')
  await page.locator('input[name=kind][value=frozen]').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/universes\/[0-9a-f-]{36}\?said=1/)
  const address = new URL(page.url()).pathname
  await votersChange()
  await page.goto(`${address}/refresh`)
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await page.waitForURL(/said=2/)
  expect(await figure(page, 'Members kept').innerText()).toMatch(/\b102\b/)
  await page.goto(`${address}/export`)
  await page.getByRole('textbox', { name: 'What is it for?' }).fill('Letters before the primary')
  await page.getByRole('checkbox', { name: words.en.accept }).check()
  await page.getByRole('button', { name: 'Make the file' }).click()
  await page.waitForURL(/voters\/exports\/[0-9a-f-]{36}$/)
  await page.goto('/voters/exports')
  expect(await page.locator('[data-export]', { hasText: 'No script' }).innerText()).toContain(
    'Letters before the primary',
  )
})

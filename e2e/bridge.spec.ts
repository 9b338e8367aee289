import { mkdirSync } from 'node:fs'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import '../src/features/contacts/tables.ts'
import '../src/features/organizations/tables.ts'
import { changeWay } from '../src/features/phonebanks/bridge/commands.ts'
import { addVoters, makeBank } from '../src/features/phonebanks/testing.ts'
import { found } from '../src/platform/errors.ts'
import {
  expectAlsoAtOtherWidth,
  expectNoAxeProblems,
  expectNoSidewaysScroll,
  openSite,
} from '../src/platform/testing/browser.ts'
import { FakeTwilio } from '../src/platform/testing/fake-twilio.ts'
import { makeWorld } from '../src/platform/testing/world.ts'
import type { Page } from 'playwright-core'

const world = await makeWorld()
// The browser's clock runs, so the server's must.
world.installation.clock.now = () => new Date()
const site = await openSite(world, buildApp)
world.installation.url = site.url
const twilio = await FakeTwilio.start()
afterAll(() => twilio.stop())
beforeEach(() => twilio.clear())
world.installation.config.twilio = twilio.account
const { ours } = world
const db = world.database.of(ours.organization_id)
await world.database.owner.updateTable('organization').set({ call_back_phone: '+17185550111' }).execute()
await addVoters(
  world.database.owner,
  Array.from({ length: 20 }, (_, index) => ({
    voter_id: 100 + index,
    first_name: 'Younghee',
    last_name: 'Kim',
    p_korean: 95,
  })),
)
let used = 100

/** HANPYO_PICTURES: a folder for pictures to look at. */
const folder = process.env.HANPYO_PICTURES
async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

async function join(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/call/${code}`)
  await page.locator('[name=name]').fill(name)
  await page.locator('[name=reach]').fill('718-555-0142')
  const korean = page.locator('[name^=languages][value=ko]')
  if (!(await korean.isChecked())) await korean.check()
  await page.locator('form:has([name=reach]) button').last().click()
}

/** Below the header, whatever the page was scrolled to. */
async function expectInSight(page: Page, selector: string): Promise<void> {
  const header = found(await page.locator('header').boundingBox())
  const shown = found(await page.locator(selector).boundingBox())
  expect(shown.y).toBeGreaterThanOrEqual(header.y + header.height)
  expect(shown.y + shown.height).toBeLessThan(800)
}

test.each([
  { language: 'en', width: 1280 },
  { language: 'ko', width: 360 },
] as const)('a caller calls over the bridge by keyboard, $language $width', async ({ language, width }) => {
  const bank = await makeBank(world, ours.organizer, [used++, used++], { way_of_calling: 'bridge' })
  const page = await site.page({ language, width, height: 800 })
  await join(page, bank.join_code, 'Grace')
  await page.locator('[data-line=off]').waitFor({ state: 'attached' })
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  await expectAlsoAtOtherWidth(page)
  await picture(page, `bridge-off-${language}`)
  // The number given at joining stands there already.
  const own = page.locator('input[type=tel][aria-describedby=bridge-private]')
  expect(await own.inputValue()).toBe('718-555-0142')
  await own.focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-line=calling]').waitFor()
  await expectInSight(page, '[data-line=calling]')
  await twilio.deliver()
  await page.locator('[data-line=joined]').waitFor()
  const dial = page.locator('[data-dial]').first()
  await dial.focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-call=dialing]').waitFor()
  await twilio.deliver()
  await page.locator('[data-call=answered]').waitFor()
  await expectInSight(page, '[data-hang-up]')
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  await expectAlsoAtOtherWidth(page)
  await picture(page, `bridge-answered-${language}`)
  await page.locator('[data-hang-up]').focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-call=ended]').waitFor()
  expect(
    await db.selectFrom('contact_attempt').selectAll().where('phone_bank_id', '=', bank.phone_bank_id).execute(),
  ).toEqual([])
})

test('what the carrier reports is only suggested, and saved when the caller presses', async () => {
  const bank = await makeBank(world, ours.organizer, [used++, used++], { way_of_calling: 'bridge' })
  const page = await site.page({ language: 'en', width: 1280, height: 800 })
  await join(page, bank.join_code, 'Grace')
  await page.getByText('Call without a connection').click()
  await page.getByText('voters cannot be taken along').waitFor()
  await page.locator('input[type=tel][aria-describedby=bridge-private]').fill('718-555-0142')
  await page.locator('[data-start]').click()
  await page.locator('[data-line=calling]').waitFor()
  await twilio.deliver()
  await page.locator('[data-line=joined]').waitFor()
  const dial = page.locator('[data-dial]').first()
  twilio.rings((await dial.getAttribute('data-dial')) ?? '', 'busy')
  await dial.click()
  await page.locator('[data-call=dialing]').waitFor()
  await twilio.deliver()
  await page.locator('[data-suggested=busy]').waitFor()
  const recorded = () =>
    db.selectFrom('contact_attempt').select('disposition').where('phone_bank_id', '=', bank.phone_bank_id).execute()
  expect(await recorded()).toEqual([])
  await picture(page, 'bridge-busy-en')
  await page.locator('[data-suggested=busy]').click()
  await page.locator('[data-unsent="0"]').waitFor()
  expect(await recorded()).toEqual([{ disposition: 'busy' }])

  // The next one is abusive: one press and they are off the line; a break lets the caller's own telephone go too.
  const shouting = page.locator('[data-dial]').first()
  const phone = (await shouting.getAttribute('data-dial')) ?? ''
  await shouting.click()
  await page.locator('[data-call=dialing]').waitFor()
  await twilio.deliver()
  await page.locator('[data-call=answered]').waitFor()
  expect(twilio.live).toContain(phone)
  await page.locator('[data-answered]').click()
  await page.locator('[data-result=hostile]').click()
  await expect.poll(() => twilio.live).toEqual(['+17185550142'])
  await page.getByRole('button', { name: 'Take a break' }).click()
  await expect.poll(() => twilio.live).toEqual([])
  await page.getByRole('button', { name: 'Go on calling' }).waitFor()
  expect(await page.locator('[data-start]').count()).toBe(0) // who has left is not asked to join the line
})

test.each([
  { language: 'en', width: 1280 },
  { language: 'en', width: 360 },
  { language: 'ko', width: 1280 },
  { language: 'ko', width: 360 },
] as const)('practice leaves no trace and works without JavaScript, $language $width', async ({ language, width }) => {
  const bank = await makeBank(world, ours.organizer, [used++], { way_of_calling: 'practice' })
  const page = await site.page({ language, width, height: 800, javaScript: false })
  await join(page, bank.join_code, 'Grace')
  await page.locator('[data-practice]').waitFor()
  await expectNoSidewaysScroll(page)
  await picture(page, `practice-${language}-${width}`)
  for (const [voter, right] of [
    ['refuses', 'refused'],
    ['mailbox', 'left_message'],
    ['hurried', 'canvassed'],
    ['objects', 'canvassed'],
    ['other_language', 'language_barrier'],
    ['willing', 'canvassed'],
  ] as const) {
    await page.goto(`/call/${bank.phone_bank_id}/practice?voter=${voter}`)
    await page.locator('[data-practice-call]').click()
    await page.locator(`[data-practice-result=${right}]`).waitFor()
    await picture(page, `practice-${voter}-${language}`)
    await expectNoSidewaysScroll(page)
    await page.locator(`[data-practice-result=${right}]`).click()
    await page.locator('[data-practice-told=right]').waitFor()
  }
  expect(await left(bank.phone_bank_id)).toEqual([])
})

test.each([
  { language: 'en', width: 1280 },
  { language: 'ko', width: 360 },
] as const)(
  'practice on the calling page itself, with nobody called and nothing sent, $language $width',
  async ({ language, width }) => {
    const bank = await makeBank(world, ours.organizer, [used++], { way_of_calling: 'practice' })
    const page = await site.page({ language, width, height: 800 })
    await join(page, bank.join_code, 'Grace')
    // What is pressed counts only when a voter has been there a moment.
    await page.locator(':not([inert]) > [data-practice-call]').waitFor()
    const sent: string[] = []
    page.on('request', (request) => void (request.method() === 'POST' && sent.push(request.url())))
    await expectNoSidewaysScroll(page)
    await expectNoAxeProblems(page)
    await expectAlsoAtOtherWidth(page)
    await picture(page, `practice-desk-${language}`)
    const hint = page.getByRole('button', { name: /I understand|알겠/ })
    if (await hint.count()) await hint.first().click()

    // Somebody answers: the words are heard, the script is read, the answers are right.
    await page.locator('[data-practice-call]').focus()
    await page.keyboard.press('Enter')
    await page.locator('[data-practice-hears]').waitFor()
    await page.locator('[data-answered]').click()
    await picture(page, `practice-heard-${language}`)
    await expectNoAxeProblems(page)
    await expectAlsoAtOtherWidth(page)
    await page.getByRole('button', { name: ended }).first().click()
    await page.locator('[data-result=refused]').click()
    await page.locator('[data-practice-told=almost]').waitFor()
    await picture(page, `practice-almost-${language}`)
    await expectNoAxeProblems(page)
    await expectAlsoAtOtherWidth(page)
    // Taken back, they are there again.
    await page
      .getByRole('button', { name: /^(Undo|되돌리기)$/ })
      .first()
      .click()
    await page.locator('[data-practice-told]').waitFor({ state: 'detached' })
    await page.locator('[data-practice-hears]').waitFor()
    await page.getByRole('button', { name: ended }).first().click()
    await page.locator('[data-result=no_answer]').click()
    for (const result of ['left_message', 'refused', ...Array<string>(5).fill('no_answer')]) {
      await page.locator('[data-practice-told] button').click()
      await page.locator('[data-practice-call]').click()
      const quick = page.locator(`[data-result=${result}]`)
      if (!(await quick.isVisible()))
        await page
          .getByRole('button', { name: /Other result|다른 결과/ })
          .first()
          .click()
      await quick.click()
      await page.locator('[data-practice-told]').waitFor()
    }
    await page.locator('[data-practice-over]').waitFor()
    expect(sent).toEqual([])
    expect(await left(bank.phone_bank_id)).toEqual([])

    // Practice is over for all: the page says so by itself, and goes on to real calls.
    await changeWay(db, ours.organizer, bank.phone_bank_id, 'own_phone')
    await page.locator('[data-practice-ends]').waitFor()
    await expectNoAxeProblems(page)
    await expectAlsoAtOtherWidth(page)
    await picture(page, `practice-ends-${language}`)
    await page.locator('[data-practice-ends] a').click()
    await page.waitForURL(new RegExp(`/call/${bank.phone_bank_id}$`))
    await page.locator('[data-practice]').waitFor({ state: 'detached' })
  },
)

/** The way out of a script. */
const ended = /Call ended here|통화가 끝남/

/** What a phone bank left behind. */
async function left(phone_bank_id: string): Promise<unknown[]> {
  const all: unknown[] = []
  for (const table of ['contact_attempt', 'call_lease', 'follow_up'] as const) {
    const rows = await db.selectFrom(table).select('voter_id').where('phone_bank_id', '=', phone_bank_id).execute()
    all.push(...rows)
  }
  return all
}

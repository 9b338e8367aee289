import { expect, test } from 'vitest'
import { addTag, createPerson } from '../src/features/people/commands.ts'
import { createScript } from '../src/features/scripts/commands.ts'
import { starterContent } from '../src/features/scripts/starters.ts'
import { buildApp } from '../src/app/server.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)

test.each([
  ['en', 360],
  ['ko', 360],
  ['ko', 1280],
] as const)('an address that does not exist answers in %s on a screen of %d px', async (language, width) => {
  const page = await site.page({ language, width, actor: world.ours.organizer })
  const answer = await page.goto('/nothing-here')
  expect(answer?.status()).toBe(404)
  expect(await page.locator('html').getAttribute('lang')).toBe(language)
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
})

test('Hangul is set in the font we bring, whatever the machine has', async () => {
  const page = await site.page({ language: 'ko' })
  await page.goto('/nothing-here')
  await page.evaluate(() => document.fonts.ready)
  const loaded = await page.evaluate(() =>
    [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family),
  )
  expect(loaded.join()).toContain('Pretendard')
})

const nothingSaid = { last_name: null, first_name: null, middle_name: null, name_hangul: null, preferred_title: null, birth_year: null, sex: null, language: null, second_language: null, community: null, address: null, city: null, zip5: null } // prettier-ignore

test('the language switch works without JavaScript and stays on the page', async () => {
  const page = await site.page({ language: 'en', javaScript: false })
  await page.goto('/nothing-here?a=1')
  await page.getByRole('button', { name: '한국어' }).click()
  expect(await page.locator('html').getAttribute('lang')).toBe('ko')
  expect(page.url()).toBe(`${site.url}/nothing-here?a=1`)
})

test.each([360, 1280])('words without an end make no page wider than a screen of %d px', async (width) => {
  const { database, installation, ours } = world
  const db = database.of(ours.organization_id)
  const word = 'x'.repeat(60)
  const { person_id } = await createPerson(
    db,
    ours.organizer,
    {
      ...nothingSaid,
      last_name: word,
      first_name: word,
      address: 'y'.repeat(120),
      emails: [`${word}@${word}.example.org`],
    },
    'test',
  )
  await addTag(db, ours.organizer, person_id, word)
  const content = starterContent('survey', '2027-06-22')
  await createScript(db, ours.organizer, { name: 'z'.repeat(120), content }, installation.clock.now())
  const page = await site.page({ width, actor: ours.organizer })
  for (const path of [`/people/${person_id}`, `/people/${person_id}/edit`, '/scripts', '/voters']) {
    await page.goto(path)
    await expectNoSidewaysScroll(page)
  }
  await page.goto(`/people/${person_id}#tags`)
  const [bar, tags] = await Promise.all([
    page.locator('body > header').boundingBox(),
    page.locator('#tags').boundingBox(),
  ])
  expect((tags?.y ?? 0) + 1, 'what was done begins below the bar').toBeGreaterThan((bar?.y ?? 0) + (bar?.height ?? 0))
  await page.goto('/scripts')
  await page.getByRole('link', { name: 'zzz' }).first().click()
  expect(await page.locator('h1').innerText()).toContain('zzz')
  await expectNoSidewaysScroll(page)
})

test.each([
  [360, 640],
  [1280, 600],
])('all of the menu can be reached on a screen of %d by %d px, and Escape closes it', async (width, height) => {
  const page = await site.page({ width, height, actor: world.ours.organizer })
  await page.goto('/audit')
  const burger = page.locator('header details:has(nav) summary')
  const isFolded = await burger.isVisible()
  if (isFolded) await burger.press('Enter')
  // The list of a page may be a nav too.
  const label = await page.locator('nav').first().getAttribute('aria-label')
  const last = page.locator(`nav[aria-label="${label}"]:visible a`).last()
  await last.focus()
  await expect
    .poll(async () => {
      const box = await last.boundingBox()
      return box !== null && box.y > 0 && box.y + box.height <= height
    })
    .toBe(true)
  if (!isFolded) return
  await page.keyboard.press('Escape')
  expect(await last.isVisible()).toBe(false)
  expect(await burger.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('a form of one page that comes back has the focus on what is wrong, without JavaScript too', async () => {
  const page = await site.page({ javaScript: false, actor: world.ours.organizer, allow: [/422/] })
  await page.goto('/settings')
  const phone = page.locator('[name=call_back_phone]')
  await phone.fill('12')
  await phone.press('Enter')
  await page.locator('[aria-invalid=true]').waitFor()
  expect(await page.locator('[autofocus]').getAttribute('name')).toBe('call_back_phone')
})

test('a form that comes back begins with what is wrong, and the way to the field', async () => {
  const page = await site.page({ actor: world.ours.organizer, javaScript: true })
  for (const _ of ['first', 'second']) {
    await page.goto('/voters/universes/new?q=party:dem')
    await page.getByRole('textbox', { name: /^Name/ }).fill('The same name')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForLoadState()
  }
  const summary = page.locator('[data-focus]')
  await expect.poll(() => summary.evaluate((element) => element === document.activeElement)).toBe(true)
  await summary.getByRole('link', { name: 'Another universe has this name.' }).click()
  expect(new URL(page.url()).hash).toBe('#name')
  await expectNoAxeProblems(page)
})

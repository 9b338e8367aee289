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

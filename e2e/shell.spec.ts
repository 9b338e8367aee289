import { expect, test } from 'vitest'
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

test('the language switch works without JavaScript and stays on the page', async () => {
  const page = await site.page({ language: 'en', javaScript: false })
  await page.goto('/nothing-here?a=1')
  await page.getByRole('button', { name: '한국어' }).click()
  expect(await page.locator('html').getAttribute('lang')).toBe('ko')
  expect(page.url()).toBe(`${site.url}/nothing-here?a=1`)
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)

async function create(page: Page, name: string): Promise<string> {
  await page.goto('/scripts/new')
  await page.locator('[name=name]').fill(name)
  await page.locator('main form').getByRole('button').last().click()
  await page.waitForURL(/\/edit$/)
  return page.url().replace(/\/edit$/, '')
}

test('a script is written without JavaScript: a question is added, moved, filled in and saved', async () => {
  const page = await site.page({ language: 'ko', javaScript: false, actor: world.ours.organizer })
  const script = await create(page, '봄 전화')
  await page.locator('[name="closing.ko"]').fill('고맙습니다. 좋은 하루 보내세요.')
  await page.getByRole('button', { name: '+ 예·아니요' }).click()
  await page.getByRole('button', { name: '↑ 위로 (7번)' }).click()
  await page.locator('[name="steps.5.say.ko"]').fill('이웃에게도 알려 주시겠어요?')
  await page.getByRole('button', { name: '저장' }).first().click()
  expect(page.url()).toBe(`${script}?saved=1`)
  const text = await page.locator('main').innerText()
  expect(text).toContain('이웃에게도 알려 주시겠어요?')
  expect(text).toContain('고맙습니다. 좋은 하루 보내세요.')
  expect(text).toContain('English 글이 아직 없습니다.')
})

test.each([
  ['en', 360, false],
  ['ko', 360, true],
  ['ko', 1280, false],
] as const)('pages of scripts are accessible in %s on %d px (dark: %s)', async (language, width, dark) => {
  // The plain form, which is there where no program runs; the workshop has stories of its own.
  const plain = await site.page({ language, width, dark, actor: world.ours.organizer, javaScript: false })
  const script = await create(plain, `Spring ${language} ${width}`)
  await plain.locator('[name="steps.0.say.ko"]').fill('[여기에 쓰세요] {weather}')
  await plain.locator('[name="steps.0.say.en"]').fill('')
  await plain.locator('button[value=check]').first().click()
  await expectNoSidewaysScroll(plain)
  await plain.locator('button[value=save]').first().click()
  await expectNoSidewaysScroll(plain)
  const page = await site.page({ language, width, dark, actor: world.ours.organizer })
  const look = async () => {
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)
  }
  for (const path of ['/scripts', '/scripts/new', `${script}/compare?from=1&to=1`]) {
    await page.goto(path)
    await look()
  }
})

import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { fillOrganization } from '../src/app/testing.ts'
import { mailingById } from '../src/features/mailings/queries.ts'
import { MailContent } from '../src/features/mailings/writing/schema.ts'
import { found } from '../src/platform/errors.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)
const { organizer, organization_id } = world.ours
const db = world.database.of(organization_id)
const things = await fillOrganization(world, organizer, 5000)
const comparison = `${things.guide}/${things['g/:organization/:guide/contests/contest']}`

test.each([
  { javaScript: false, language: 'ko', width: 360 },
  { javaScript: true, language: 'en', width: 1280 },
] as const)('an update in two languages with a comparison is written and seen in Korean (JavaScript: $javaScript)', { timeout: 180_000 }, async (options) => {
  const page = await site.page({ actor: organizer, ...options })
  await page.goto('/mailings/new')
  await page.locator('[name=name]').fill('12월 소식')
  await page.locator('[value=non_partisan]').check()
  await page.locator('main form button').last().click()
  await page.waitForURL(/\/mailings\/[0-9a-f-]{36}\/write$/)
  const mailing_id = found(page.url().split('/').at(-2))

  for (const kind of ['heading', 'text', 'comparison']) {
    await page.locator(`[value="add:${kind}"]`).click()
    await page.waitForLoadState()
  }
  await page.locator('[name="subject.en"]').fill('What they answered')
  await page.locator('[name="subject.ko"]').fill('{first_name|이웃} 님, 후보들의 답변입니다')
  await page.locator('[name="blocks.0.title.en"]').fill('The same questions')
  await page.locator('[name="blocks.0.title.ko"]').fill('같은 질문, 다른 답')
  await page.locator('[name="blocks.1.said.ko"]').fill('**모든 후보**에게 물었습니다.')
  await page.locator('[name="blocks.2.of"]').selectOption(comparison)
  await page.locator('[name=postal_address]').fill('PO Box 1, Flushing, NY 11354')
  await expectNoSidewaysScroll(page)
  await page.locator('[value=save]').first().click()
  await page.waitForURL(/saved/)
  await expectNoSidewaysScroll(page)

  // One text is not translated: the checks say so and lead to it.
  await page.goto(`/mailings/${mailing_id}/checks`)
  await expectNoSidewaysScroll(page)
  await page.locator('#blocking a').first().click()
  await page.locator('[name="blocks.1.said.en"]').fill('We asked **everybody**.')
  await page.locator('[value=save]').first().click()
  await page.waitForURL(/saved/)

  // Nor are all answers of the guide: that some stand there in another language is said, then accepted.
  await page.goto(`/mailings/${mailing_id}/checks`)
  expect(await page.locator('#blocking a').count()).toBe(1)
  await expectNoSidewaysScroll(page)
  await page.locator('#blocking a').click()
  await page.locator('[name^="accepted."]').check()
  await page.locator('[value=save]').first().click()
  await page.waitForURL(/saved/)
  await page.goto(`/mailings/${mailing_id}/checks`)
  expect(await page.locator('#blocking').count()).toBe(0)

  await page.goto(`/mailings/${mailing_id}/preview?language=ko&reader=`)
  await expectNoSidewaysScroll(page)
  const mail = page.frameLocator('iframe')
  expect(await mail.locator('html').getAttribute('lang')).toBe('ko')
  const said = await mail.locator('body').innerText()
  expect(said).toContain('같은 질문, 다른 답')
  expect(said).toContain('주거')
  expect(said).toContain('수신 거부')
  expect(await page.locator('main').innerText()).toContain('이웃 님, 후보들의 답변입니다')
}) // prettier-ignore

test('blocks are dragged and moved by keys, what is pasted comes out clean, and the preview follows', { timeout: 180_000 }, async () => {
  const page = await site.page({ actor: organizer, language: 'en', width: 1280, height: 2400 })
  await page.goto(`/mailings/${things.mailing}/write`)
  for (const kind of ['heading', 'text', 'divider']) {
    await page.locator(`[value="add:${kind}"]`).click()
    await page.waitForLoadState()
  }
  await page.locator('[name="subject.en"]').fill('News')
  const text = page.locator('textarea[name="blocks.1.said.en"]')
  await text.evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', '<p class=MsoNormal><b>Vote</b> on <a href="https://example.org/day">Tuesday</a><o:p></o:p></p>')
    field.focus()
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  expect(await text.inputValue()).toBe('**Vote** on [Tuesday](https://example.org/day)')
  const mail = page.frameLocator('iframe:not(.opacity-0)')
  await mail.locator('a', { hasText: 'Tuesday' }).waitFor()

  await page.locator('[data-block] [data-handle]').nth(1).press('ArrowUp')
  expect(await page.locator('textarea[name="blocks.0.said.en"]').inputValue()).toContain('Vote')
  const [handle, target] = [page.locator('[data-handle]').nth(2), page.locator('[data-block]').first()]
  await handle.hover()
  const to = found(await target.boundingBox())
  await page.mouse.down()
  await page.mouse.move(to.x + 60, to.y + 4, { steps: 12 })
  await page.mouse.up()
  expect(await page.locator('[name="blocks.0.kind"]').inputValue()).toBe('divider')
  await expectNoAxeProblems(page)
  await page.locator('[value=save]').first().click()
  await page.waitForURL(/saved/)
  const { content } = found(await mailingById(db, organization_id, found(things.mailing)))
  expect(MailContent.parse(content).blocks.map(({ kind }) => kind)).toEqual(['divider', 'text', 'heading'])
}) // prettier-ignore

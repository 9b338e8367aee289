import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { changeForm, createForm, saveFormSettings } from '../src/features/forms/commands.ts'
import { FormContent } from '../src/features/forms/schema.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)
const db = world.database.of(world.ours.organization_id)
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2000, 7)])

const choices = [
  { key: 'little', label: { en: 'A little', ko: '조금' } },
  { key: 'much', label: { en: 'Much', ko: '많이' } },
]
const blocks = [
  { block: 'question', key: 'rents', kind: 'yes_no', say: { en: 'Do you rent?', ko: '세 들어 사시나요?' } },
  { block: 'question', key: 'rise', kind: 'choice', say: { en: 'How much did it rise?', ko: '얼마나 올랐나요?' }, choices, only_if: { rents: ['yes'] } },
  { block: 'question', key: 'why', kind: 'text', say: { en: 'What will you do?', ko: '어떻게 하실 건가요?' }, only_if: { rise: ['much'] } },
  { block: 'name' },
  { block: 'contact', needs: 'either' },
  { block: 'consent', wording: { email: { en: 'E-mail me.', ko: '이메일을 받겠습니다.' } } },
] // prettier-ignore
const lease = { block: 'question', key: 'lease', kind: 'file', say: { en: 'Your lease', ko: '임대 계약서' } }

async function open(slug: string, more: unknown[] = []): Promise<string> {
  const now = world.installation.clock.now()
  const { organizer } = world.ours
  const content = FormContent.parse({ languages: ['en', 'ko'], title: { en: 'Rent', ko: '렌트' }, intro: {}, blocks: [...blocks, ...more], thanks: {} }) // prettier-ignore
  const { form_id } = await createForm(db, organizer, { name: slug, kind: 'form', content }, now)
  await saveFormSettings(db, organizer, form_id, { name: slug, slug, opens_on: null, closes_on: null, tags: [] })
  await changeForm(db, organizer, form_id, 'publish', now)
  return form_id
}

let withFile = ''
beforeAll(async () => {
  await open('rent')
  await open('crowd')
  withFile = await open('lease', [lease])
})

const fill = async (page: Page): Promise<void> => {
  await page.locator('#first_name').fill('Soonja')
  await page.locator('#last_name').fill('Lee')
  await page.locator('#email').fill('soonja@example.org')
  world.installation.clock.advance(1) // nobody is faster
}
const kept = (page: Page): Promise<string[]> => page.evaluate(() => Object.keys(localStorage))

test.each([
  {
    language: 'ko',
    width: 360,
    yes: '예',
    no: '아니요',
    much: '많이',
    kept: '이 기기에 남아',
    away: '지우고 새로 쓰기',
    thanks: '감사합니다',
  },
  {
    language: 'en',
    width: 1280,
    yes: 'Yes',
    no: 'No',
    much: 'Much',
    kept: 'kept on this device',
    away: 'Start over and forget it',
    thanks: 'Thank you',
  },
] as const)(
  'questions follow the answers, and what was typed waits on the device until it is sent ($language)',
  { timeout: 120_000 },
  async (words) => {
    const page = await site.page({ language: words.language, width: words.width })
    await page.goto('/f/ours/rent')
    const [rise, why] = [page.locator('[id="q.rise"]'), page.locator('[id="q.why"]')]
    await expect.poll(() => rise.isVisible()).toBe(false)
    await page.getByLabel(words.yes, { exact: true }).check()
    expect(await rise.isVisible()).toBe(true)
    expect(await why.isVisible()).toBe(false)
    await page.getByLabel(words.much, { exact: true }).check()
    await why.fill('look for another')
    await expectNoSidewaysScroll(page)
    await expectNoAxeProblems(page)
    await page.getByLabel(words.no, { exact: true }).check()
    expect(await rise.isVisible()).toBe(false)
    expect(await why.isVisible()).toBe(false)
    await page.getByLabel(words.yes, { exact: true }).check()
    expect(await why.inputValue()).toBe('look for another')

    await fill(page)
    await page.locator('[name=consent]').check()
    await page.goto('/f/ours/rent')
    await page.getByText(words.kept).waitFor()
    expect(await page.locator('#first_name').inputValue()).toBe('Soonja')
    expect(await why.inputValue()).toBe('look for another')
    expect(await page.locator('[name=consent]').isChecked()).toBe(false)
    await expectNoAxeProblems(page)
    await page.getByRole('button', { name: words.away }).click()
    expect(await page.locator('#first_name').inputValue()).toBe('')
    expect(await rise.isVisible()).toBe(false)
    expect(await kept(page)).toEqual([])

    await fill(page)
    expect(await kept(page)).toHaveLength(1)
    await page.locator('[name=send]').click()
    await page.getByRole('heading', { name: words.thanks }).waitFor()
    await expect.poll(() => kept(page)).toEqual([])
  },
)

test('where a browser lets a page keep nothing, the form works all the same', async () => {
  const page = await site.page({ language: 'en' })
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    }),
  )
  await page.goto('/f/ours/rent')
  await fill(page)
  await page.getByLabel('Yes', { exact: true }).check()
  expect(await page.locator('[id="q.rise"]').isVisible()).toBe(true)
  await page.locator('[name=send]').click()
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
})

test(
  'without a script all is asked with its condition, a photo is sent, and whoever may downloads it',
  { timeout: 60_000 },
  async () => {
    const page = await site.page({ language: 'ko', width: 360, javaScript: false, allow: [/422/] })
    await page.goto('/f/ours/lease')
    await page.getByText('“세 들어 사시나요?”에 “예”라고 답하셨을 때만 답해 주세요.').waitFor()
    await expectNoSidewaysScroll(page)
    await fill(page)
    const file = page.locator('[id="q.lease"]')
    await file.setInputFiles({
      name: '큰 사진.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.concat([jpeg, Buffer.alloc(10_000_000)]),
    })
    await page.locator('[name=send]').click()
    await page.getByText('파일이 5MB보다 큽니다.').waitFor()
    expect(await page.locator('#first_name').inputValue()).toBe('Soonja')
    await file.setInputFiles({ name: '계약서.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    await page.locator('[name=send]').click()
    await page.getByRole('heading', { name: '감사합니다' }).waitFor()
    const organizer = await site.page({ actor: world.ours.organizer, language: 'ko', width: 360 })
    await organizer.goto(`/forms/${withFile}/responses`)
    const download = organizer.waitForEvent('download')
    const link = organizer.getByRole('link', { name: '계약서.jpg' })
    await link.click()
    await (await download).cancel()
    // A browser without a locale writes no Hangul into its own folder, so the server is asked.
    const answer = await organizer.request.get(site.url + (await link.getAttribute('href')))
    expect(answer.headers()['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('계약서.jpg')}`)
  },
)

test('a device tells of a file that is too large before it travels', async () => {
  const page = await site.page({ language: 'en' })
  await page.goto('/f/ours/lease')
  const buffer = Buffer.concat([jpeg, Buffer.alloc(6_000_000)])
  await page.locator('[id="q.lease"]').setInputFiles({ name: 'big.jpg', mimeType: 'image/jpeg', buffer })
  await expect.poll(() => page.getByText('This file is larger than 5 MB.').isVisible()).toBe(true)
})

test(
  'where very much is sent, a device does its work by itself and the form is sent',
  { timeout: 120_000 },
  async () => {
    const page = await site.page({ language: 'en', allow: [/429/] })
    for (let nth = 0; nth < 60; nth++) {
      const answer = await page.request.post('/f/ours/crowd', {
        form: { lang: 'en' },
        headers: { 'sec-fetch-site': 'same-origin' },
      })
      expect(answer.status()).toBe(422)
    }
    await page.goto('/f/ours/crowd')
    await fill(page)
    await page.locator('[name=send]').click()
    await page.getByRole('heading', { name: 'Thank you' }).waitFor({ timeout: 60_000 })
  },
)

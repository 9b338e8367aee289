import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { currentVersion } from '../src/features/scripts/queries.ts'
import { createScript } from '../src/features/scripts/commands.ts'
import { starterContent, type StarterKey } from '../src/features/scripts/starters.ts'
import {
  expectAlsoAtOtherWidth,
  expectNoAxeProblems,
  expectNoSidewaysScroll,
  openSite,
} from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

/*
 * An organizer writes a script on the workbench: moves, draws, tries, compares, copies, and is not overwritten.
 */

const world = await makeWorld()
const site = await openSite(world, buildApp)
const { ours } = world
const db = world.database.of(ours.organization_id)
const now = () => world.installation.clock.now()

async function made(name: string, starter: StarterKey = 'id_persuasion'): Promise<string> {
  const draft = { name, content: starterContent(starter, '2027-06-22') }
  return (await createScript(db, ours.organizer, draft, now())).script_id
}

async function open(page: Page, script_id: string): Promise<void> {
  await page.goto(`/scripts/${script_id}/edit`)
  await page.locator('[data-workshop]').waitFor()
}
const stepsOf = (page: Page) =>
  page.locator('[data-block]').evaluateAll((items) => items.map((each) => each.getAttribute('data-block')))
const saved = (page: Page) => page.locator('[data-changed=false]').waitFor()
const stored = async (script_id: string) => (await currentVersion(db, script_id))?.content
const view = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('button', { name, exact: true }).click()

test.each([
  [
    'en',
    1280,
    900,
    { tree: 'Branches', preview: 'As a caller', ways: 'Test every way', versions: 'Versions', library: 'Library' },
  ],
  [
    'ko',
    360,
    740,
    {
      tree: '갈래 그림',
      preview: '봉사자 화면',
      ways: '모든 길 시험',
      versions: '판 비교',
      library: '예문에서 가져오기',
    },
  ],
] as const)(
  'every view of the workshop is accessible in %s on %d px, and on the other width',
  async (language, width, height, names) => {
    const page = await site.page({ language, width, height, actor: ours.organizer })
    await open(page, await made(`Views ${language}`))
    const look = async () => {
      await expectNoAxeProblems(page)
      await expectNoSidewaysScroll(page)
      await expectAlsoAtOtherWidth(page)
    }
    await look()
    for (const name of Object.values(names)) {
      await view(page, name)
      await look()
    }
    expect(await saved(page), 'looking changes nothing').toBeUndefined()
  },
)

test.each([
  {
    language: 'en',
    width: 1280,
    handle: /^Move Step/,
    undo: 'Undo',
    now: 'Now number 3 of',
    down: '↓ Move down',
    save: 'Save',
  },
  {
    language: 'ko',
    width: 360,
    handle: / 옮기기$/,
    undo: '되돌리기',
    now: '개 가운데 3번째로 옮겼습니다',
    down: '↓ 아래로',
    save: '저장',
  },
] as const)(
  'a block is dragged by mouse, moved by keyboard and by button, and each is taken back, $language $width',
  async ({ language, width, ...words }) => {
    const script_id = await made(`Moving ${language}`)
    const page = await site.page({ language, width, height: 1000, actor: ours.organizer })
    await open(page, script_id)
    const before = await stepsOf(page)
    const handles = page.getByRole('button', { name: words.handle })
    const [from, to] = [await handles.nth(0).boundingBox(), await handles.nth(2).boundingBox()]
    if (!from || !to) throw new Error('handles are not on the screen')
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(to.x + to.width / 2, to.y + to.height - 4, { steps: 8 })
    await page.mouse.up()
    expect(await stepsOf(page)).toEqual([before[1], before[2], before[0], ...before.slice(3)])
    await page.getByRole('button', { name: words.undo, exact: true }).click()
    expect(await stepsOf(page)).toEqual(before)

    await handles.nth(1).focus()
    await page.keyboard.press('ArrowDown')
    expect(await stepsOf(page)).toEqual([before[0], before[2], before[1], ...before.slice(3)])
    await page.getByText(words.now).waitFor({ state: 'attached' })
    await page.keyboard.press('Control+z')
    expect(await stepsOf(page)).toEqual(before)

    await page.locator('[data-block] button[aria-current], [data-block] button:not([aria-label])').first().click()
    await page.getByRole('button', { name: words.down }).click()
    expect((await stepsOf(page)).slice(0, 2)).toEqual([before[1], before[0]])
    await page.getByRole('button', { name: words.save, exact: true }).click()
    await saved(page)
    expect((await stored(script_id))?.steps.slice(0, 2).map((step) => step.key)).toEqual([before[1], before[0]])
  },
)

test('words are typed key by key into a block that was chosen, and the focus stays where one types', async () => {
  const script_id = await made('Typed')
  const page = await site.page({ language: 'en', width: 1280, height: 900, actor: ours.organizer })
  await open(page, script_id)
  await page.getByRole('button', { name: 'Closing words' }).click()
  const closing = page.locator('#closing-en')
  await closing.fill('')
  await closing.click()
  await page.keyboard.type('Thank you, good night.')
  expect(await closing.inputValue()).toBe('Thank you, good night.')
  await page.locator('[data-block] button[aria-current], [data-block] button:not([aria-label])').first().click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('block-title')
  const said = page.locator('#steps-0-say-en')
  await said.click()
  await page.keyboard.press('End')
  await page.keyboard.type(' Yes, you.')
  expect(await said.inputValue()).toContain(' Yes, you.')
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await save.press('Enter')
  await saved(page)
  expect(await save.evaluate((button) => button === document.activeElement)).toBe(true)
})

test('what is missing in a language is found, and written in Korean side by side', async () => {
  const script_id = await made('Missing')
  const page = await site.page({ language: 'ko', width: 360, height: 740, actor: ours.organizer })
  await open(page, script_id)
  await page.locator('#closing-ko').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '끝인사' }).click()
  await page.locator('#closing-ko').fill('')
  await page.getByText('한국어: 빈 글 1개').waitFor()
  await page.getByRole('button', { name: '인사말' }).first().click()
  await page.getByRole('button', { name: /다음 빈 글로/ }).click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('closing-ko')
  await page.keyboard.insertText('오늘 말씀 감사합니다.')
  await page.getByText('한국어: 모두 있음').waitFor()
  await page.getByRole('button', { name: '저장', exact: true }).click()
  await saved(page)
  expect((await stored(script_id))?.closing.ko).toBe('오늘 말씀 감사합니다.')
})

test('unsaved work is there again after the tab was closed, and can be thrown away', async () => {
  const script_id = await made('Kept')
  const page = await site.page({ language: 'en', width: 1280, actor: ours.organizer })
  await open(page, script_id)
  await page.locator('#greeting-en').fill('Hello there, neighbor!')
  await page.getByText('Not saved yet, kept on this device').waitFor()
  const again = await page.context().newPage()
  await page.close()
  await open(again, script_id)
  await again.getByText('Your unsaved work is back').waitFor()
  expect(await again.locator('#greeting-en').inputValue()).toBe('Hello there, neighbor!')
  expect((await stored(script_id))?.greeting.en).not.toBe('Hello there, neighbor!')
  await again.getByRole('button', { name: 'Throw it away' }).click()
  await saved(again)
  expect(await again.locator('#greeting-en').inputValue()).toBe((await stored(script_id))?.greeting.en)
})

test('of two who write at once the second is told what the first changed, and loses nothing', async () => {
  const script_id = await made('Both')
  const one = await site.page({ language: 'en', width: 1280, actor: ours.organizer })
  const two = await site.page({ language: 'en', width: 1280, actor: ours.organizer })
  await open(one, script_id)
  await open(two, script_id)
  await one.locator('#greeting-en').fill('The first one’s greeting')
  await two.locator('#greeting-en').fill('The second one’s greeting')
  world.installation.clock.advance(1)
  await one.getByRole('button', { name: 'Save', exact: true }).click()
  await saved(one)
  await two.getByRole('button', { name: 'Save', exact: true }).click()
  await two.getByText('saved meanwhile').waitFor()
  await two.getByText('The first one’s greeting').first().waitFor()
  expect(await two.locator('#greeting-en').inputValue()).toBe('The second one’s greeting')
  expect((await stored(script_id))?.greeting.en).toBe('The first one’s greeting')
  await expectNoAxeProblems(two)
  await two.getByRole('button', { name: 'Go on with theirs' }).click()
  expect(await two.locator('#greeting-en').inputValue()).toBe('The first one’s greeting')
  await two.getByRole('button', { name: 'Undo', exact: true }).click()
  expect(await two.locator('#greeting-en').inputValue()).toBe('The second one’s greeting')
  await two.getByRole('button', { name: 'Save', exact: true }).click() // over theirs now, knowingly
  await saved(two)
  expect((await stored(script_id))?.greeting.en).toBe('The second one’s greeting')
})

test('every way is listed and walked as a caller, to the answers that would be saved', async () => {
  const page = await site.page({ language: 'en', width: 1280, height: 900, actor: ours.organizer })
  await open(page, await made('Ways'))
  await view(page, 'Test every way')
  await page.getByText('No dead ends').waitFor()
  const ways = await page.locator('[data-way]').count()
  expect(ways).toBeGreaterThan(3)
  for (let at = 0; at < ways; at++) {
    await view(page, 'Test every way')
    await page.locator('[data-way]').nth(at).getByRole('button').click()
    for (;;) {
      const next = page.getByRole('button', { name: /^(Next|Skip question)$/ })
      if (!(await next.count())) break
      await next.click()
    }
    await page.getByRole('button', { name: /^(Save, next voter|Choose a result)$/ }).click()
    await page.locator('[data-preview-end]').waitFor()
  }
})

test('a question nobody reaches and a circle are named', async () => {
  const page = await site.page({ language: 'en', width: 1280, height: 900, actor: ours.organizer })
  await open(page, await made('Dead ends'))
  await page.locator('[data-block=issue] button').last().click()
  await page.getByLabel(/^Otherwise/).selectOption('closing')
  await view(page, 'Test every way')
  await page.getByText('What to put right').waitFor()
  expect(await page.locator('main').innerText()).toContain('1 way through')
  await view(page, 'Branches')
  await page.getByText('nobody gets here').first().waitFor()
})

test('in the preview: a short way, a dropped branch taken back, an objection found, keys alone', async () => {
  const page = await site.page({ language: 'en', width: 1280, height: 1000, actor: ours.organizer })
  await open(page, await made('Walk'))
  await view(page, 'As a caller')
  const heading = page.locator('#station')
  await heading.waitFor()
  await page.keyboard.press('ArrowRight') // issue
  await page.keyboard.press('1')
  await page.keyboard.press('ArrowRight') // support
  await page.keyboard.press('1')
  await page.keyboard.press('ArrowRight') // volunteer
  await page.getByText('We call voters together in the evenings').waitFor()
  await page.keyboard.press('1')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('5') // surely somebody else: the call ends, volunteering is off the way
  await page.getByText('1 answer given before is dropped').waitFor()
  await page.getByRole('button', { name: 'Take the change back' }).click()
  expect(await page.getByRole('button', { name: /1 Strong support/ }).getAttribute('aria-pressed')).toBe('true')

  await page.getByText('If they object').click()
  await page.getByRole('searchbox').first().fill('관심')
  await page.getByText('For us it is about rent, schools').waitFor()
  expect(await page.getByText('Why Jane Doe?').count()).toBe(0)
  await page.getByRole('button', { name: 'From the beginning' }).click()
  await page.getByRole('button', { name: 'They are in a hurry' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('is running in this election').waitFor() // not the issue
  await page.getByRole('button', { name: 'Show Korean too' }).click()
  await page.getByText('이번 선거에 홍길동 후보가').waitFor()
})

test('a number and several choices lead on: written, drawn and walked; a key pressed by mistake costs no answer', async () => {
  const script_id = await made('Numbers', 'survey')
  const page = await site.page({ language: 'en', width: 1280, height: 1000, actor: ours.organizer })
  await open(page, script_id)
  await page.locator('[data-block=rent_rise_dollars] button').last().click()
  const start = page.getByLabel('Another way from this number on')
  const add = async (typed: string) => {
    await start.fill(typed)
    await start.press('Enter')
  }
  await add('many')
  await page.getByRole('alert').getByText('A number, for example').waitFor()
  await add('1,000')
  await add('100')
  await page.getByLabel('If it is 100 to under 1,000').selectOption('news')
  await page.getByLabel('If it is 1,000 or more').selectOption('closing')
  await page.locator('[data-block=services] button').last().click()
  await page.getByLabel('If “School” is among them').selectOption('closing')
  await expectNoAxeProblems(page)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await saved(page)
  expect((await stored(script_id))?.steps.slice(2, 4).map(({ goes }) => goes)).toEqual([
    { '100': 'news', '1000': 'closing' },
    { school: 'closing' },
  ])
  await view(page, 'Branches')
  await page.getByText('1,000 or more').waitFor()
  await view(page, 'Test every way')
  await page.getByText('No dead ends').waitFor()

  await view(page, 'As a caller')
  const next = page.getByRole('button', { name: 'Next', exact: true })
  await next.click()
  await page.keyboard.press('1') // rents
  await next.click()
  await page.keyboard.press('1') // it went up
  await next.click()
  const dollars = page.getByLabel('Number', { exact: true })
  await dollars.fill('120')
  await next.click()
  await page.getByRole('heading', { name: /Read aloud/ }).waitFor()
  await page.getByText('May we tell you').waitFor()
  await page.keyboard.press('1')
  await page.getByRole('button', { name: 'Back' }).click()
  await dollars.press('End')
  await dollars.press('0') // 1,200: the call ends
  await page.getByText('1 answer given before is dropped').waitFor()
  await dollars.press('Backspace')
  await page.getByText('is dropped').waitFor({ state: 'detached' })
  await dollars.fill('2000')
  await page.getByRole('button', { name: 'Take the change back' }).click()
  expect(await dollars.inputValue()).toBe('120')
  await next.click()
  expect(await page.getByRole('button', { name: 'Yes' }).getAttribute('aria-pressed')).toBe('true')
})

test('from the library come a block, answers to objections and facts', async () => {
  const script_id = await made('Library')
  const page = await site.page({ language: 'en', width: 1280, actor: ours.organizer })
  await open(page, script_id)
  const before = await stepsOf(page)
  await view(page, 'Library')
  await page.getByText('Recruitment: call with us').click()
  await page.getByRole('button', { name: /^Copy this block\s*: Wonderful/ }).click()
  await page
    .locator('details[open]')
    .getByRole('button', { name: /answers to objections/ })
    .click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await saved(page)
  const content = await stored(script_id)
  expect(content?.steps.map((step) => step.key)).toEqual([...before, 'friend'])
  expect(content?.objections.map((each) => each.key)).toContain('no_experience')
})

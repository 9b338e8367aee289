import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { jobs } from '../src/app/jobs.ts'
import { createUser, setSteward } from '../src/features/access/commands.ts'
import { addMember } from '../src/features/organizations/commands.ts'
import { actorOfSession } from '../src/features/access/session.ts'
import { buildApp } from '../src/app/server.ts'
import { addTestCaller, callAround } from '../src/features/phonebanks/testing.ts'
import { systemActor } from '../src/platform/audit.ts'
import { startJobs } from '../src/platform/jobs/jobs.ts'
import { openSite, type PageOptions } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'
import { importFile, makePhoneBank, makeScript, makeUniverse, writeVoterFile } from './organizer-steps.ts'

const world = await makeWorld()
// The browser's clock runs, so the server's must.
world.installation.clock.now = () => new Date()
const site = await openSite(world, buildApp, actorOfSession)
const { organization_id } = world.ours
const password = 'a long walk to Flushing'
const files = writeVoterFile(world.folder, 900)
let worker: Awaited<ReturnType<typeof startJobs>>

beforeAll(async () => {
  worker = await startJobs(world.database.ownerPool, jobs, world.installation)
  const user = await createUser(world.installation, {
    email: 'organizer@example.org',
    name: 'Grace Park',
    password,
    language: 'en',
    is_email_proven: true,
  })
  if (!user.ok) throw new Error(user.problem)
  const system = systemActor(organization_id)
  await addMember(world.database.of(organization_id), system, {
    organization_id,
    user_id: user.user_id,
    display_name: 'Grace Park',
    roles: ['organizer'],
  })
  await setSteward(world.installation, system, user.user_id, true)
})
afterAll(() => worker.stop())

async function signedIn(options: PageOptions): Promise<Page> {
  const page = await site.page(options)
  await page.goto('/sign-in')
  const form = page.locator('form:has(input[name=password])')
  await form.locator('input[name=email]').fill('organizer@example.org')
  await form.locator('input[name=password]').fill(password)
  await form.locator('input[name=password]').press('Enter')
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  return page
}

/** Until every import asked for has come to an end. */
async function imported(): Promise<void> {
  await expect
    .poll(
      () =>
        world.database.owner
          .selectFrom('voter_import')
          .select('import_id')
          .where('state', 'in', ['queued', 'running', 'checked', 'uploaded'])
          .execute(),
      { timeout: 30_000 },
    )
    .toEqual([])
}

test(
  'from a raw voter file to answered calls: the organizer sees the answers without reloading',
  { timeout: 120_000 },
  async () => {
    const organizer = await signedIn({ language: 'en' })
    await importFile(organizer, files.voters, 'registration', imported)
    await importFile(organizer, files.phones, 'phones', imported)
    await makeUniverse(organizer, 'community:korean>=0.5 status:active has:phone', 'Korean voters')
    await makeScript(organizer, 'gotv', 'Plan to vote')
    const bank = await makePhoneBank(organizer, {
      universe: 'Korean voters',
      script: 'Plan to vote',
      name: '투표 독려',
    })
    await expect
      .poll(
        () =>
          world.database.owner
            .selectFrom('phone_bank_target')
            .select('voter_id')
            .execute()
            .then((rows) => rows.length),
        { timeout: 20_000 },
      )
      .toBeGreaterThan(3)
    await organizer.goto(bank)
    await organizer.evaluate(() => Object.assign(window, { isSame: true }))

    const { join_code } = await world.database.owner
      .selectFrom('phone_bank')
      .select('join_code')
      .executeTakeFirstOrThrow()
    const caller = await site.page({ language: 'ko', width: 360, height: 740 })
    await caller.goto(`/call/${join_code}`)
    await caller.locator('[name=name]').fill('박수진')
    await caller.locator('[name=reach]').fill('718-555-0142')
    const korean = caller.locator('[name^=languages][value=ko]')
    if (!(await korean.isChecked())) await korean.check()
    await caller.locator('form:has([name=reach]) button').last().click()
    await caller.locator('[data-answered]').waitFor()
    await caller.getByRole('button', { name: '알겠습니다' }).click()

    const recorded = (count: number) =>
      expect
        .poll(
          () =>
            world.database.owner
              .selectFrom('contact_attempt')
              .select('disposition')
              .execute()
              .then((rows) => rows.length),
          { timeout: 15_000 },
        )
        .toBe(count)
    const next = async (act: () => Promise<void>): Promise<void> => {
      const shown = await caller.locator('#voter').innerText()
      await act()
      await caller.waitForFunction((name) => document.querySelector('#voter')?.textContent !== name, shown)
    }
    await next(() => caller.locator('[data-result=no_answer]').click())
    await recorded(1)
    // A conversation without a connection: kept on the device, sent when it is back.
    await caller.context().setOffline(true)
    await caller.locator('[data-answered]').click()
    await answerAll(caller, ['조기투표', '오전'])
    await caller.locator('[data-unsent="1"]').waitFor()
    await caller.context().setOffline(false)
    await caller.locator('[data-unsent="0"]').waitFor()
    await recorded(2)
    await caller.locator('[data-answered]').click()
    await answerAll(caller, ['조기투표'])
    await recorded(3)

    const figures = organizer.locator('[data-live]').first()
    await expect
      .poll(() => figures.locator('#dispositions').innerText(), { timeout: 15_000 })
      .toMatch(/Answered\D*2\D[^]*No answer\D*1\b/)
    const answers = await figures.locator('#answers').innerText()
    expect(answers).toMatch(/Would you rather vote early[^]*Early\s*2\b/)
    expect(answers).toMatch(/About what time[^]*Morning\s*1\b/)
    // Two conversations of three tries, one caller, both by themselves on the page.
    expect(await figures.innerText()).toMatch(/67\s?%/)
    expect(await figures.locator('#callers').innerText()).toMatch(/박수진[^]*\b3\s+2\b/)
    expect(await organizer.evaluate(() => 'isSame' in window), 'the page was not loaded again').toBe(true)
  },
)

/** Goes through the script to its end: these choices where they are asked, nothing elsewhere. */
async function answerAll(caller: Page, choices: readonly string[]): Promise<void> {
  const save = caller.getByRole('button', { name: '저장하고 다음 분' })
  for (const choice of choices) {
    await caller.getByRole('button', { name: '다음', exact: true }).click()
    await caller.getByRole('button', { name: choice, exact: true }).click()
  }
  // Answered or passed over, the button's words differ.
  const on = caller.getByRole('button', { name: /^(다음|질문 넘기기)$/ })
  for (;;) {
    await save.or(on).first().waitFor()
    if (await save.isVisible()) break
    await on.click()
  }
  await save.click()
}

test('the organizer’s pages work without JavaScript', { timeout: 120_000 }, async () => {
  const page = await signedIn({ language: 'en', javaScript: false })
  await importFile(page, files.voters, 'registration', imported)
  await importFile(page, files.phones, 'phones', imported)
  await page.goto('/voters')
  await page.locator('main input[type=search], main input[name=q]').first().fill('Kim')
  await page.locator('main input[type=search], main input[name=q]').first().press('Enter')
  await page.locator('main a[href^="/voters/"]').filter({ hasText: /Kim/ }).first().click()
  expect(await page.locator('h1').innerText()).toMatch(/Kim/)
  await makeUniverse(page, 'status:active has:phone age:18-60', 'Everybody with a phone')
  await makeScript(page, 'survey', 'Housing')
  const bank = await makePhoneBank(page, {
    universe: 'Everybody with a phone',
    script: 'Housing',
    name: '주택 설문',
    hasScript: false,
  })
  const phone_bank_id = bank.split('/').at(-1) ?? ''
  const { join_code, script_id } = await world.database.owner
    .selectFrom('phone_bank')
    .select(['join_code', 'script_id'])
    .where('phone_bank_id', '=', phone_bank_id)
    .executeTakeFirstOrThrow()
  await expect
    .poll(
      () =>
        world.database.owner
          .selectFrom('phone_bank')
          .select('prepared_at')
          .where('phone_bank_id', '=', phone_bank_id)
          .executeTakeFirstOrThrow()
          .then(({ prepared_at }) => prepared_at),
      { timeout: 20_000 },
    )
    .not.toBeNull()
  const caller = await addTestCaller(
    world,
    world.ours.organizer,
    { phone_bank_id, script_id, join_code },
    ['en', 'ko'],
    'Minji',
  )
  expect(await callAround(caller, 1)).toBe(1)
  // What a page with script shows live, this one shows when it is loaded.
  await page.goto(bank)
  expect(await page.locator('main').innerText()).toContain('주택 설문')
  expect(await page.locator('#callers').innerText()).toContain('Minji')
  expect(await page.locator('#dispositions').innerText()).toMatch(/No answer\D*1\b/)
  await page.locator(`main a[href="/phonebanks/${phone_bank_id}/results"]`).first().click()
  expect(await page.locator('main table').innerText()).toMatch(/No answer[^]*Minji|Minji[^]*No answer/)
  await page.locator('details:has(form[action$="/results.csv"]) summary').click()
  await page.locator('form[action$="/results.csv"] input[name=law]').check()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('form[action$="/results.csv"] button[value=words]').click(),
  ])
  expect(await readFile(await file.path(), 'utf8')).toContain('No answer')
  await page.goto('/phonebanks')
  expect(await page.locator('main').innerText()).toContain('주택 설문')
})

test('a file chosen before the page’s program has come over a slow line is not lost', async () => {
  const { page, letGo } = await slowUploadPage()
  await page.locator('#files').setInputFiles(files.voters)
  letGo()
  expect(await chosen(page)).toBe(1)
})

test('a file chosen in a dialog that was open while the page’s program came is not lost', async () => {
  const { page, letGo } = await slowUploadPage()
  const [dialog] = await Promise.all([page.waitForEvent('filechooser'), page.locator('#files').click()])
  letGo()
  await page.locator('main form .btn-primary:disabled').waitFor()
  await dialog.setFiles(files.voters)
  expect(await chosen(page)).toBe(1)
})

async function slowUploadPage(): Promise<{ page: Page; letGo: () => void }> {
  const page = await signedIn({ language: 'ko', width: 360 })
  let letGo = (): void => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await page.route('**/*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/voterfiles/new', { waitUntil: 'commit' })
  return { page, letGo }
}

/** How many files will be sent, once the page shows them and lets one go on. */
async function chosen(page: Page): Promise<number | undefined> {
  await page.locator('main form li').filter({ hasText: 'AllNYSVoters_20261101.txt' }).waitFor()
  await page.locator('main form .btn-primary:enabled').waitFor()
  return page.locator('#files').evaluate((field) => (field as HTMLInputElement).files?.length)
}

test('from a voter file to an open phone bank by keyboard alone', { timeout: 120_000 }, async () => {
  const page = await site.page({ language: 'en' })
  const { keyboard } = page
  /** By the links of the menu and of the page it leads to. */
  const go = async (menu: string, link: string): Promise<void> => {
    await tabTo(page, `nav a[href="${menu}"]`)
    await keyboard.press('Enter')
    await page.waitForURL(new RegExp(`${menu}$`))
    await tabTo(page, `main a[href="${link}"]`)
    await keyboard.press('Enter')
    await page.waitForURL(new RegExp(link))
  }
  await page.goto('/sign-in')
  await tabTo(page, 'input[name=email]')
  await keyboard.type('organizer@example.org')
  await tabTo(page, 'input[name=password]')
  await keyboard.type(password)
  await keyboard.press('Enter')
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  // The first stop of every page leads past the menu.
  await keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#content')

  await go('/voterfiles', '/voterfiles/new')
  await page.locator('main form .btn-primary:disabled').waitFor()
  // The browser is told to hand its dialogs over some time before the first of them opens.
  const dialog = page.waitForEvent('filechooser')
  await tabTo(page, '#files')
  await keyboard.press('Enter')
  await (await dialog).setFiles(files.voters)
  await page.locator('main form .btn-primary:enabled').waitFor()
  await tabTo(page, 'main form:has(#files) .btn-primary')
  await keyboard.press('Enter')
  await page.waitForURL(/\/voterfiles\/imports\//)
  if ((await page.locator('input[name=law_accepted]').count()) > 0) {
    await tabTo(page, 'input[name=law_accepted]')
    await keyboard.press('Space')
  }
  await tabTo(page, 'form[action$="/start"] button:not([formaction])')
  await keyboard.press('Enter')
  await imported()

  await go('/voters/universes', '/voters/universes/new')
  await page.locator('#save').waitFor()
  await tabTo(page, '#q')
  await keyboard.type('status:active age:18-30')
  await page.waitForURL(/q=/)
  await tabTo(page, '#save input[name=name]')
  await keyboard.type('Young voters')
  await keyboard.press('Enter')
  await page.waitForURL(/\/voters\/universes\/[0-9a-f-]{36}/)
  expect(await page.locator('h1').innerText()).toContain('Young voters')

  await go('/scripts', '/scripts/new')
  await tabTo(page, 'input[name=starter]')
  // The one that names no candidate.
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await tabTo(page, 'form[action="/scripts/new"] input[name=name]')
  await keyboard.type('By keyboard')
  await keyboard.press('Enter')
  await page.waitForURL(/\/scripts\/[0-9a-f-]{36}/)

  await go('/phonebanks', '/phonebanks/new')
  for (const [select, wanted] of [
    ['universe_id', 'Young voters'],
    ['script_id', 'By keyboard'],
  ] as const) {
    await tabTo(page, `select[name=${select}]`)
    await keyboard.type(wanted)
  }
  await tabTo(page, '[name=name_ko]')
  await keyboard.type('키보드만으로')
  await keyboard.press('Enter')
  await page.waitForURL(/\/phonebanks\/[0-9a-f-]{36}/)
  const main = await page.locator('main').textContent() // also what is folded up
  for (const each of ['키보드만으로', 'Young voters', 'By keyboard']) expect(main).toContain(each)
})

/** Presses Tab until something that matches has the focus, which must then be visible. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 400; presses++) {
    const found = await page.evaluate((wanted) => {
      const element = document.activeElement
      if (!element?.matches(wanted)) return null
      const { outlineStyle, boxShadow } = getComputedStyle(element)
      return { isMarked: outlineStyle !== 'none' || boxShadow !== 'none' }
    }, selector)
    if (found) {
      expect(found.isMarked, `focus can be seen on ${selector}`).toBe(true)
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${selector}`)
}

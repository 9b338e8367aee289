import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { demoPassword } from '../src/features/access/schema.ts'
import { launchChromium } from '../src/platform/testing/chromium.ts'

/** The pictures of the README and of the guides, taken from a fresh practice town: docs/images/<name>-<language>.png. */
interface Picture {
  name: string
  /** Address before @demo.example.org; null: nobody signed in. */
  persona: string | null
  width: number
  height: number
  open(page: Page): Promise<void>
}

/** The phone bank that is half done, in the list of all. */
const halfDone = (page: Page) => page.locator('main h2 a[href^="/phonebanks/"]', { hasText: /Hana Yoon|윤하나/ })

const pictures: readonly Picture[] = [
  {
    name: 'home',
    persona: 'minji',
    width: 1200,
    height: 860,
    open: async (page) => void (await page.goto('/')),
  },
  {
    name: 'search',
    persona: 'minji',
    width: 1200,
    height: 860,
    open: async (page) => void (await page.goto(`/voters?q=${encodeURIComponent('김영희')}`)),
  },
  {
    name: 'universe',
    persona: 'minji',
    width: 1200,
    height: 860,
    async open(page) {
      await page.goto(
        `/voters/universes/new?q=${encodeURIComponent('community:korean>=0.8 status:active age:18-34 voted<=1/4')}`,
      )
      await page.locator('[data-builder]').waitFor()
      await page.locator('#map svg[data-map]').waitFor()
      await page.locator('#expression').evaluate((section) => section.scrollIntoView())
    },
  },
  {
    name: 'builder-phone',
    persona: 'minji',
    width: 390,
    height: 844,
    async open(page) {
      await page.goto(`/voters/universes/new?q=${encodeURIComponent('community:korean>=0.8 party:dem,none')}`)
      await page.locator('[data-builder]').waitFor()
      await page.locator('#facets summary').nth(1).click()
      await page.locator('#facets').evaluate((section) => section.scrollIntoView())
    },
  },
  {
    name: 'phonebank',
    persona: 'minji',
    width: 1200,
    height: 860,
    async open(page) {
      await page.goto('/phonebanks')
      await halfDone(page).first().click()
      await page.waitForLoadState('load')
    },
  },
  {
    name: 'workshop',
    persona: 'minji',
    width: 1200,
    height: 860,
    async open(page) {
      await page.goto('/scripts')
      await page.locator('main a[href^="/scripts/"]:not([href*="/new"])').first().click()
      await page.waitForURL(/scripts\/[0-9a-f-]{36}/)
      await page.goto(`${new URL(page.url()).pathname}/edit`)
      await page.locator('[data-workshop]').waitFor()
    },
  },
  {
    name: 'sheet',
    persona: 'minji',
    width: 1200,
    height: 1100,
    async open(page) {
      await page.goto('/phonebanks')
      await halfDone(page).first().click()
      await page.locator('a[href$="/sheet"]').first().click()
      // One for each language would use up voters: the second finds the sheet of the first.
      if ((await page.locator('a[href*="/sheets/"]').count()) === 0) {
        await page.locator('[name=count]').fill('10')
        await page.locator('[name=law]').check()
        await page.locator('form:has([name=law]) button').click()
      }
      await page.locator('a.btn-primary[href*="/sheets/"]').first().click()
      await page.locator('[data-paper]').waitFor()
    },
  },
  {
    name: 'report',
    persona: 'minji',
    width: 1200,
    height: 1100,
    async open(page) {
      await page.goto('/phonebanks')
      await halfDone(page).first().click()
      await page.locator('a[href$="/report"]').click()
      await page.locator('#results').waitFor()
    },
  },
  {
    name: 'leadership',
    persona: 'minji',
    width: 1200,
    height: 860,
    open: async (page) => void (await page.goto('/leadership')),
  },
  {
    name: 'pipeline',
    persona: 'minji',
    width: 1200,
    height: 860,
    open: async (page) => void (await page.goto('/leadership/pipeline')),
  },
  {
    name: 'event',
    persona: null,
    width: 390,
    height: 844,
    async open(page) {
      await page.goto('/e/hanmaeum?kind=community_service')
      await page.locator('main a[href^="/e/hanmaeum/"]:not([href*=".ics"]):not([href*="/host"])').last().click()
    },
  },
  {
    name: 'caller',
    persona: 'minji',
    width: 390,
    height: 844,
    async open(page) {
      await page.goto('/phonebanks')
      await halfDone(page).first().click()
      await openAllDay(page)
      const link = page.locator('input[value*="/call/"]').first()
      const { pathname } = new URL(await link.inputValue())
      await page.context().clearCookies({ name: /session/ })
      await page.goto(pathname)
      await page.locator('[name=name]').fill('박수진')
      await page.locator('[name=reach]').fill('718-555-0142')
      const korean = page.locator('[name^=languages][value=ko]')
      if (!(await korean.isChecked())) await korean.check()
      await page.locator('form:has([name=reach]) button').last().click()
      await page.locator('[data-answered]').waitFor()
      await page.getByRole('button', { name: /알겠습니다|Got it|I understand/ }).click()
      await page.locator('#voter').scrollIntoViewIfNeeded()
    },
  },
]

/** Pictures are taken at any hour and on holidays too. */
async function openAllDay(page: Page): Promise<void> {
  await page.waitForURL(/phonebanks\/[0-9a-f-]{36}$/)
  const { pathname } = new URL(page.url())
  await page.goto(`${pathname}/rules`)
  await page
    .locator('details:has([name^=quiet_groups])')
    .first()
    .evaluate((group) => group.setAttribute('open', ''))
  for (const box of await page.locator('[name^=quiet_groups]:checked').all()) await box.uncheck()
  await page.locator('form:has([name^=quiet_groups]) button.btn-primary').last().click()
  await page.goto(pathname)
  await page.locator('#settings').evaluate((settings) => settings.setAttribute('open', ''))
  await page.locator('[name=calling_starts]').fill('00:00')
  await page.locator('[name=calling_ends]').fill('23:59')
  await page.locator('form[action$="/settings"] button').click()
  await page.waitForURL(/said=saved/)
}

const outFolder = 'docs/images'

async function main(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'hanpyo-pictures-'))
  mkdirSync(outFolder, { recursive: true })
  const { program, url } = await startTown(data)
  const browser = await launchChromium()
  let bytes = 0
  try {
    for (const picture of pictures)
      for (const language of ['en', 'ko']) bytes += await take(browser, url, picture, language)
    console.log(`${pictures.length * 2} pictures, ${Math.round(bytes / 1024)} KB`)
  } finally {
    await browser.close()
    const gone = new Promise((resolve) => program.once('exit', resolve))
    program.kill('SIGINT')
    await gone
    rmSync(data, { recursive: true, force: true })
  }
}

async function take(browser: Browser, url: string, picture: Picture, language: string): Promise<number> {
  const context = await browser.newContext({
    baseURL: url,
    locale: language === 'ko' ? 'ko-KR' : 'en-US',
    timezoneId: 'America/New_York',
    viewport: { width: picture.width, height: picture.height },
    reducedMotion: 'reduce',
  })
  await context.addCookies([{ name: 'language', value: language, url }])
  const page = await context.newPage()
  if (picture.persona) {
    await page.goto('/sign-in')
    await page.locator('input[name=email]').first().fill(`${picture.persona}@demo.example.org`)
    await page.locator('input[name=password]').fill(demoPassword)
    await page.locator('form:has(input[name=password]) button').first().click()
    await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
    await context.addCookies([{ name: 'language', value: language, url }])
  }
  await picture.open(page)
  await page.evaluate(() => document.fonts.ready)
  const path = join(outFolder, `${picture.name}-${language}.png`)
  await page.screenshot({ path, animations: 'disabled' })
  await context.close()
  return statSync(path).size
}

/** Starts `hanpyo demo` on a folder of its own and waits for its address. */
function startTown(data: string): Promise<{ program: ChildProcess; url: string }> {
  return new Promise((resolve, reject) => {
    const program = spawn('bin/hanpyo', ['demo'], {
      env: {
        ...process.env,
        HANPYO_DATA: data,
        HANPYO_PORT: '0',
        DATABASE_URL: '',
        HANPYO_LOG: 'error',
        NODE_ENV: 'production',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    program.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const url = /Hanpyo is at (\S+)/.exec(said)?.[1]
      if (url) resolve({ program, url })
    })
    program.once('exit', (code) => reject(new Error(`the practice town ended with ${code}:\n${said}`)))
  })
}

await main()

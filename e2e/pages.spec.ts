import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll } from '../src/platform/testing/browser.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { openTownSite } from './town.ts'

const { site, signedIn } = await openTownSite()

/** What stands for a parameter, by the part of the address before it: found as a reader would, by following links. */
const paths = [
  ...new Set(
    routes.flatMap((each) =>
      each.routes.filter((route) => route.method === 'GET' && !route.path.includes('*')).map((route) => route.path),
    ),
  ),
]
const plain = paths.filter((path) => !path.includes(':'))

/** Addresses that are no pages: streams, files, answers for programs. */
async function isPage(page: Page, path: string): Promise<boolean> {
  const cookies = await page.context().cookies()
  const stop = new AbortController()
  const answer = await fetch(site.url + path, {
    headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '), accept: 'text/html' },
    redirect: 'manual',
    signal: stop.signal,
  })
  const type = answer.headers.get('content-type') ?? ''
  if (!type.startsWith('text/html')) {
    stop.abort()
    return false
  }
  return (await answer.text()).startsWith('<!doctype html>')
}

/** Every address of ours that can be reached by links, one for each route. */
async function reachable(page: Page): Promise<Map<string, string>> {
  const found = new Map<string, string>(plain.map((path) => [path, path]))
  const asked = new Set<string>()
  const patterns = paths
    .filter((path) => path.includes(':'))
    .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}$`) }))
  for (let round = 0; round < 4; round++) {
    const known = [...found.values()]
    for (const address of known) {
      if (asked.has(address)) continue
      asked.add(address)
      if (!(await isPage(page, address))) continue
      await page.goto(address)
      const links = await page
        .locator('a[href^="/"]')
        .evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).getAttribute('href') ?? ''))
      for (const link of links) {
        const path = link.split(/[?#]/)[0] ?? ''
        const route = plain.includes(path) ? undefined : patterns.find(({ pattern }) => pattern.test(path))
        if (route && !found.has(route.path)) found.set(route.path, path)
      }
    }
  }
  return found
}

const steward = await signedIn('steward')
const organizer = await signedIn('minji')
const visitor = await site.page()
const addresses = new Map<string, { address: string; persona: string | null }>()
for (const [persona, page] of [
  [null, visitor],
  ['minji', organizer],
  ['steward', steward],
] as const) {
  for (const [route, address] of await reachable(page)) {
    if (addresses.has(route) || !(await isPage(page, address))) continue
    const answer = await page.goto(address)
    const isOwn = answer?.status() === 200 && (new URL(page.url()).pathname === address || !plain.includes(route))
    if (isOwn) addresses.set(route, { address, persona })
  }
}

test('the pages of every room were found', () => {
  expect(addresses.size).toBeGreaterThan(20)
})

describePages()

function describePages(): void {
  for (const language of languages) {
    for (const width of [360, 1280]) {
      test.each([...addresses])(`%s in ${language} at ${width} px`, async (_route, { address, persona }) => {
        const page = await windowOf(persona, language, width)
        const answer = await page.goto(address)
        expect(answer?.status()).toBe(200)
        expect(await page.locator('html').getAttribute('lang')).toBe(language)
        await expectNoAxeProblems(page)
        await expectNoSidewaysScroll(page)
      })
    }
  }
}

const windows = new Map<string, Promise<Page>>()

function windowOf(persona: string | null, language: 'en' | 'ko', width: number): Promise<Page> {
  const key = `${persona} ${language} ${width}`
  let page = windows.get(key)
  if (!page)
    windows.set(key, (page = persona ? signedIn(persona, { language, width }) : site.page({ language, width })))
  return page
}

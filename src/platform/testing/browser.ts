import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { serve } from '@hono/node-server'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Hono } from 'hono'
import type { Browser, BrowserContext, Page, ViewportSize } from 'playwright-core'
import { afterAll, afterEach, expect } from 'vitest'
import type { Actor } from '../actor.ts'
import type { Ctx, Env, Installation } from '../http/room.ts'
import type { Language } from '../i18n/languages.ts'
import { launchChromium } from './chromium.ts'
import type { World } from './world.ts'

export interface PageOptions {
  language?: Language
  /** CSS pixels; 360 is the narrowest phone we care for. */
  width?: number
  height?: number
  /** false: a browser without JavaScript. */
  javaScript?: boolean
  /** Signed in as this actor without a form. Left out: nobody, sign in through the pages. */
  actor?: Actor
  /** Console errors that belong to the story. */
  allow?: RegExp[]
  dark?: boolean
}

export interface Site {
  /** Without a slash at the end. */
  url: string
  /** A new browser window with cookies of its own. Its address starts at `url`: `page.goto('/voters')`. */
  page(options?: PageOptions): Promise<Page>
  /** Stops the web server, keeping database and windows, and starts it again on the same port. */
  stop(): Promise<void>
  start(): Promise<void>
}

/**
 * Serves the application over a test world: real HTTP on a loopback port, the real database. `build` is `buildApp` of
 * `app/server.ts`; `actorOf` the session's. The test fails on any console error, which includes what the page's
 * content security policy refused. Call at the top of the file, as `makeWorld`.
 */
export async function openSite(
  world: World,
  build: (installation: Installation, actorOf: (c: Ctx) => Promise<Actor | null>) => Hono<Env>,
  actorOf: (c: Ctx) => Promise<Actor | null> = async () => null,
  /** Of Chromium, beside those of every test. */
  switches: readonly string[] = [],
): Promise<Site> {
  const actors = new Map<string, Actor>()
  const complaints: string[] = []
  const contexts: BrowserContext[] = []
  const running = new Set<{ close(done: () => void): unknown; closeAllConnections?: () => void }>()
  let browser: Promise<Browser> | null = null
  let app: Hono<Env> | null = null
  let port = 0

  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const server = serve(
        {
          fetch: (request, env) => {
            if (request.url.endsWith(axeAddress)) return new Response(axeSource, { headers: axeHeaders })
            return app ? app.fetch(request, env) : new Response('not ready', { status: 503 })
          },
          hostname: '127.0.0.1',
          port,
        },
        (address) => {
          port = address.port
          resolve()
        },
      )
      server.on('error', reject)
      running.add(server)
    })
  const stop = async (): Promise<void> => {
    for (const server of running) {
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections?.() // open event streams would hold it
      })
      running.delete(server)
    }
  }

  await start()
  const url = `http://localhost:${port}`
  world.installation.url = url
  app = build(world.installation, async (c) => actors.get(testActor(c)) ?? actorOf(c))

  afterEach(() => {
    expect(complaints.splice(0), 'console errors and content security policy').toEqual([])
  })
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    await (await browser)?.close()
    await stop()
  })

  return {
    url,
    stop,
    start,
    async page({
      language = 'en',
      width = 1280,
      height = 800,
      javaScript = true,
      actor,
      allow = [],
      dark = false,
    } = {}) {
      browser ??= launchChromium(switches)
      const context = await (
        await browser
      ).newContext({
        baseURL: url,
        locale: language === 'ko' ? 'ko-KR' : 'en-US',
        timezoneId: 'America/New_York',
        viewport: { width, height },
        javaScriptEnabled: javaScript,
        colorScheme: dark ? 'dark' : 'light',
        hasTouch: width < 600,
        reducedMotion: 'reduce',
      })
      contexts.push(context)
      if (!javaScript) scriptless.add(context)
      context.setDefaultTimeout(30_000)
      await context.addCookies([{ name: 'language', value: language, url }])
      if (actor) {
        actors.set(actor.id, actor)
        await context.addCookies([{ name: 'test-actor', value: actor.id, url }])
      }
      const page = await context.newPage()
      listen(page, complaints, allow)
      return page
    },
  }
}

const testActor = (c: Ctx): string => /(?:^|;\s*)test-actor=([^;]+)/.exec(c.req.header('cookie') ?? '')?.[1] ?? ''

function listen(page: Page, complaints: string[], allow: RegExp[]): void {
  const refusedPages = new Set<string>()
  // A page that answers 403 or 422 is an answer; so is being offline on purpose.
  page.on('response', (response) => {
    if (response.status() >= 400 && response.request().isNavigationRequest()) refusedPages.add(response.url())
  })
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    const { url } = message.location()
    if (/Failed to load resource/.test(message.text()) && refusedPages.has(url)) return
    if (/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING/.test(message.text())) return
    if (allow.some((each) => each.test(message.text()))) return
    complaints.push(`${page.url()}: ${message.text()} (${url})`)
  })
  page.on('pageerror', (problem) => {
    if (!allow.some((each) => each.test(problem.message)))
      complaints.push(`${page.url()}: ${problem.stack ?? problem.message}`)
  })
}

/** axe finds nothing against WCAG 2.2 AA and its best practices: all of them, or with or without its dearest rule alone. */
export async function expectNoAxeProblems(
  page: Page,
  rules: 'all' | 'color-contrast' | 'all but color-contrast' = 'all',
): Promise<void> {
  await page.waitForLoadState('domcontentloaded') // as expectNoSidewaysScroll
  if (!(await page.evaluate('"axe" in window'))) await bringAxe(page)
  const options: RunOptions = {
    runOnly:
      rules === 'color-contrast'
        ? { type: 'rule', values: [rules] }
        : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    ...(rules === 'all but color-contrast' && { rules: { 'color-contrast': { enabled: false } } }),
    resultTypes: ['violations', 'incomplete'],
    selectors: false, // what is found is told by its HTML
    preload: false, // loads style sheets again for rules of sound and orientation, which no page of ours has
  }
  // In the page itself, which hands out only what is wrong: all that axe has to say takes nearly as long to bring as to find.
  const found = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }
    const { violations, incomplete } = await axe.run(options)
    // White on white is nothing axe would decide by itself.
    const unseen = incomplete.map((each) => ({
      ...each,
      nodes: each.nodes.filter((node) => node.any.some(({ data }) => data?.messageKey === 'equalRatio')),
    }))
    return [...violations, ...unseen].flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    )
  }, options)
  expect(found, `accessibility of ${page.url()}`).toEqual([])
}

/** From an address, so that the browser reads and compiles it once for all pages; a page without script or site is told it. */
async function bringAxe(page: Page): Promise<void> {
  const inform = (): Promise<unknown> => page.evaluate(`${axeSource}; 0`)
  // Timers stand still where there is no script; axe goes on by them, but for those that say it waited long enough.
  if (scriptless.has(page.context())) {
    await page.evaluate(
      'setTimeout = (go, ms, ...said) => { if (!(ms >= 1000)) Promise.resolve().then(() => go(...said)) }; 0',
    )
    await inform()
  } else await page.addScriptTag({ url: axeAddress }).catch(inform)
}
const scriptless = new WeakSet<BrowserContext>()
const axeAddress = '/axe-of-the-tests.js'
const axeHeaders = { 'content-type': 'text/javascript', 'cache-control': 'max-age=86400, immutable' }

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The page does not have to be scrolled sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await page.waitForLoadState('domcontentloaded') // between two pages there is no document to look at
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= room) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 120))
  })
  expect(wide, `wider than the screen on ${page.url()}`).toEqual([])
}

/** The page as it is, looked at once more on the other of both widths, and put back. */
export async function expectAlsoAtOtherWidth(page: Page): Promise<void> {
  const size = page.viewportSize()
  await page.setViewportSize({ width: size?.width === 360 ? 1280 : 360, height: size?.height ?? 800 })
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  if (size) await page.setViewportSize(size)
}

/** US Letter between the margins that browsers leave. */
export const paper = { width: 720, height: 960 }

/** Shows a page that may be on paper on a screen again. */
export async function onScreen(page: Page, size: ViewportSize): Promise<void> {
  await Promise.all([page.setViewportSize(size), page.emulateMedia({ media: 'screen' })])
  // On a busy machine a frame of the other size may still stand when both are answered.
  await page.evaluate(async (width) => {
    while (matchMedia('print').matches || innerWidth !== width)
      await new Promise((resolve) => requestAnimationFrame(resolve))
  }, size.width)
}

/** As expectNoSidewaysScroll, of paper: nothing reaches over the edge or is cut off, and no bar lies over the text. */
export async function expectPrintable(page: Page): Promise<void> {
  await Promise.all([page.setViewportSize(paper), page.emulateMedia({ media: 'print' })])
  const wrong = await page.evaluate(async (width) => {
    while (!matchMedia('print').matches || innerWidth !== width)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    const room = document.documentElement.clientWidth
    const told: string[] = []
    const shown = [...document.querySelectorAll<HTMLElement | SVGElement>('body *')].filter((element) =>
      element.checkVisibility({ checkVisibilityCSS: true }),
    )
    for (const element of shown) {
      const { right, width, height } = element.getBoundingClientRect()
      const { position, overflowX } = getComputedStyle(element)
      if (width <= 1 || height <= 1) continue // for screen readers alone
      // Only of what is told: the text of each element with all in it takes most of the look.
      const tell = (what: string): unknown => told.push(`${what}: ${element.outerHTML.slice(0, 160)}`)
      if (right > room + 1 && !element.closest('svg')) tell('wider than paper')
      if (position === 'fixed' || position === 'sticky') tell('lies over the text')
      if (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1) tell('cut off')
    }
    return told.slice(0, 5)
  }, paper.width)
  expect(wrong, `${page.url()} on paper`).toEqual([])
}

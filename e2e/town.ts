import type { Page } from 'playwright-core'
import { personas, emailOf } from '../src/app/demo/personas.ts'
import { seedTown, type Town } from '../src/app/demo/seed.ts'
import { buildApp } from '../src/app/server.ts'
import { demoPassword } from '../src/features/access/schema.ts'
import { actorOfSession } from '../src/features/access/session.ts'
import { openSite, type PageOptions, type Site } from '../src/platform/testing/browser.ts'
import { makeWorld, type World } from '../src/platform/testing/world.ts'

export interface TownSite {
  world: World
  site: Site
  town: Town
  /** A window in which this persona has signed in through the form. */
  signedIn(key: string, options?: PageOptions): Promise<Page>
}

/** The demo's town, small, served over HTTP: the same people, importers and commands. Call at the top of the file. */
export async function openTownSite({ rows = 1500 }: { rows?: number } = {}): Promise<TownSite> {
  const world = await makeWorld()
  // The sign-ins of a practice town open nothing beside a real organization, so these two are for practice as well.
  await world.database.owner.updateTable('organization').set({ is_demo: true }).execute()
  const site = await openSite(world, buildApp, actorOfSession)
  const town = await seedTown(world.installation, { seed: 7, rows })
  return {
    world,
    site,
    town,
    async signedIn(key, options = {}) {
      const page = await site.page(options)
      await signIn(page, key)
      // Signing in brings the persona's own language; the window was asked for in this one.
      await page.context().addCookies([{ name: 'language', value: options.language ?? 'en', url: site.url }])
      return page
    },
  }
}

/** Signs in as a person would: address, password, Enter. */
export async function signIn(page: Page, key: string): Promise<void> {
  const persona = personas.find((each) => each.key === key)
  if (!persona) throw new Error(`nobody is called ${key}`)
  await page.goto('/sign-in')
  const form = page.locator('form:has(input[name=password])')
  await form.locator('input[name=email]').fill(emailOf(persona))
  await form.locator('input[name=password]').fill(demoPassword)
  await form.locator('input[name=password]').press('Enter')
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
}

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import '../src/features/contacts/tables.ts'
import { mark } from '../src/features/people/commands.ts'
import '../src/features/phonebanks/tables.ts'
import { addVoters, makeBank } from '../src/features/phonebanks/testing.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

/*
 * A caller takes a batch along, calls where there is no connection, and comes back.
 */

const world = await makeWorld()
world.installation.clock.now = () => new Date() // the browser's clock runs, so the server's must
const site = await openSite(world, buildApp)
const { ours } = world
const db = world.database.of(ours.organization_id)
await addVoters(
  world.database.owner,
  Array.from({ length: 20 }, (_, index) => ({
    voter_id: 100 + index,
    first_name: `Min${String.fromCharCode(97 + index)}`,
    last_name: 'Kim',
  })),
)

const inHand = (page: Page): Promise<number> =>
  page.locator('[data-hand]').evaluate((each) => Number(each.getAttribute('data-hand')))

test('a batch is taken along, called without a connection in order, and who said "do not call" meanwhile is withdrawn', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => 100 + index)
  const bank = await makeBank(world, ours.organizer, ids)
  const page = await site.page({ language: 'en', width: 360, height: 740 })
  await page.goto(`/call/${bank.join_code}`)
  await page.locator('[name=name]').fill('Grace')
  await page.locator('[name=reach]').fill('718-555-0142')
  await page.locator('form:has([name=reach]) button').last().click()
  await page.locator('[data-answered]').waitFor()

  await page.getByText('Call without a connection').click()
  await page.getByLabel('How many').selectOption('5')
  await page.getByRole('button', { name: 'Take them along' }).click()
  await expect.poll(() => inHand(page), { timeout: 10_000 }).toBeGreaterThanOrEqual(5)
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  const leases = await db.selectFrom('call_lease').select(['voter_id', 'leased_until']).execute()
  for (const lease of leases) expect(lease.leased_until.getTime()).toBeGreaterThan(Date.now() + 100 * 60_000)

  await page.context().setOffline(true)
  const called: string[] = []
  for (let call = 0; call < 2; call++) {
    const name = await page.locator('#voter').innerText()
    called.push(name)
    await page.locator('[data-result=no_answer]').click()
    await page.waitForFunction((before) => document.querySelector('#voter')?.textContent !== before, name)
  }
  await page.locator('[data-unsent="2"]').waitFor()
  expect(await db.selectFrom('contact_attempt').selectAll().execute()).toEqual([])

  // Meanwhile the voter now on the screen tells somebody else not to be called.
  const shown = await page.locator('#voter').innerText()
  const left = leases.map((lease) => lease.voter_id).toSorted((a, b) => a - b)
  const now = left.find((voter_id) => shown.includes(`Min${String.fromCharCode(97 + voter_id - 100)} `))
  if (now === undefined) throw new Error(`nobody in hand is called ${shown}`)
  await mark(db, ours.organizer, `v${now}`, { reason: 'do_not_call', note: '' })

  await page.context().setOffline(false)
  await page.locator('[data-unsent="0"]').waitFor()
  await page.getByText('asked somebody else not to be called').waitFor()
  expect(await page.locator('#voter').innerText()).not.toBe(shown)
  const attempts = await db.selectFrom('contact_attempt').select('voter_id').orderBy('attempted_at').execute()
  expect(attempts).toHaveLength(2)
  expect(attempts.map((each) => `Min${String.fromCharCode(97 + (each.voter_id ?? 0) - 100)}`)).toEqual(
    called.map((name) => name.split(/\s/)[0]),
  )
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import '../src/features/contacts/tables.ts'
import { letInAgain, removeCaller } from '../src/features/phonebanks/callers/commands.ts'
import { changePhoneBank } from '../src/features/phonebanks/commands.ts'
import { mark } from '../src/features/people/commands.ts'
import '../src/features/phonebanks/tables.ts'
import { allowTags } from '../src/features/phonebanks/told/commands.ts'
import { addVoters, makeBank } from '../src/features/phonebanks/testing.ts'
import {
  expectAlsoAtOtherWidth,
  expectNoAxeProblems,
  expectNoSidewaysScroll,
  openSite,
} from '../src/platform/testing/browser.ts'
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
  Array.from({ length: 60 }, (_, index) => ({
    voter_id: 100 + index,
    first_name: index < 20 || index >= 40 ? `Min${String.fromCharCode(97 + (index % 20))}` : 'Jun',
    last_name: 'Kim',
  })),
)

const inHand = (page: Page): Promise<number> =>
  page.locator('[data-hand]').evaluate((each) => Number(each.getAttribute('data-hand')))

test.each([
  { language: 'en', width: 360, from: 100 },
  { language: 'ko', width: 1280, from: 140 },
] as const)(
  'a batch is taken along, called without a connection in order, and who said "do not call" meanwhile is withdrawn, $language $width',
  async ({ language, width, from }) => {
    const ids = Array.from({ length: 20 }, (_, index) => from + index)
    const nameOf = (voter_id: number | null) => `Min${String.fromCharCode(97 + (voter_id ?? 0) - from)}`
    const bank = await makeBank(world, ours.organizer, ids)
    const page = await site.page({ language, width, height: 740 })
    await page.goto(`/call/${bank.join_code}`)
    await page.locator('[name=name]').fill('Grace')
    await page.locator('[name=reach]').fill('718-555-0142')
    await page.locator('form:has([name=reach]) button').last().click()
    await page.locator('[data-answered]').waitFor()

    await page.getByText(/^(Call without a connection|인터넷 없이 걸기)$/).click()
    await page.getByLabel(/^(How many|번호 수)/).selectOption('5')
    await page.getByRole('button', { name: /^(Take them along|미리 받기)$/ }).click()
    await expect.poll(() => inHand(page), { timeout: 10_000 }).toBeGreaterThanOrEqual(5)
    await page
      .locator('#said', {
        hasText: /^\d+ voters are on this device now, until .+\.$|^\d+명을 이 기기에 받아 두었습니다\. .+까지/,
      })
      .waitFor({ state: 'attached' })
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)
    await expectAlsoAtOtherWidth(page)
    const leases = await db
      .selectFrom('call_lease')
      .select(['voter_id', 'leased_until'])
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .execute()
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
    expect(await resultsOf(bank.phone_bank_id)).toEqual([])

    // Meanwhile the voter now on the screen tells somebody else not to be called.
    const shown = await page.locator('#voter').innerText()
    const left = leases.map((lease) => lease.voter_id).toSorted((a, b) => a - b)
    const now = left.find((voter_id) => shown.includes(`${nameOf(voter_id)} `))
    if (now === undefined) throw new Error(`nobody in hand is called ${shown}`)
    await mark(db, ours.organizer, `v${now}`, { reason: 'do_not_call', note: '' })
    // The time of another one ran out, and somebody else called them.
    const lost = left.find((voter_id) => ![shown, ...called].some((name) => name.includes(`${nameOf(voter_id)} `)))
    await db
      .deleteFrom('call_lease')
      .where('voter_id', '=', lost ?? 0)
      .execute()
    await db
      .updateTable('phone_bank_target')
      .set({ state: 'waiting', why: 'resting', next_at: new Date(Date.now() + 86_400_000), leased_to: null })
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .where('voter_id', '=', lost ?? 0)
      .execute()

    await page.context().setOffline(false)
    await page.locator('[data-unsent="0"]').waitFor()
    await page.getByText(/asked somebody else not to be called|방금 전화를 원치 않는다고/).waitFor()
    await page.getByText(/went to another caller|다른 봉사자에게 넘어갔습니다/).waitFor()
    expect(await page.locator('#voter').innerText()).not.toBe(shown)
    const attempts = await db
      .selectFrom('contact_attempt')
      .select('voter_id')
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .orderBy('attempted_at')
      .execute()
    expect(attempts).toHaveLength(2)
    expect(attempts.map((each) => nameOf(each.voter_id))).toEqual(called.map((name) => name.split(/\s/)[0]))
  },
)

async function join(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/call/${code}`)
  await page.locator('[name=name]').fill(name)
  await page.locator('[name=reach]').fill('718-555-0142')
  await page.locator('form:has([name=reach]) button').last().click()
  await page.locator('[data-answered]').waitFor()
}

/** A caller who made calls without a connection and closed the window. */
async function leftBehind(page: Page, calls: number, unsent = calls): Promise<void> {
  await page.locator('html[data-kept]').waitFor()
  await page.context().setOffline(true)
  for (let call = 0; call < calls; call++) await page.locator('[data-result=no_answer]').click()
  await page.locator(`[data-unsent="${unsent}"]`).waitFor()
}

/** Puts a tag on the voter whose result is next, and goes back to them. */
async function tagVoter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Other result' }).click()
  await page.getByText('Correct or add something').click()
  const note = async () => {
    await page.getByRole('button', { name: 'Tag', exact: true }).click()
    await page.locator('select[name=tag]').selectOption({ index: 1 })
    await page.getByRole('button', { name: 'Note it' }).click()
    await page.getByText(/^Noted: Tag: \S/).waitFor() // which, so that one sees what to take back
  }
  await note()
  // What never left the device needs no connection to be taken back.
  await page.getByRole('button', { name: 'Undo: Tag' }).click()
  await page.getByText('Noted: Tag').waitFor({ state: 'detached' })
  await note()
  await page.getByRole('button', { name: 'Back', exact: true }).click()
}

/** What is kept of voters beside results. */
const toldOn = (page: Page): Promise<unknown[]> =>
  page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error as Error))
      })
    const all: unknown[] = []
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('hanpyo-calls-')) continue
      const database = await asked(indexedDB.open(name))
      all.push(...(await asked(database.transaction('told').objectStore('told').getAll())))
      database.close()
    }
    return all
  })

const storesOn = (page: Page): Promise<string[]> =>
  page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith('hanpyo-calls-') ? name : [])),
  )
const resultsOf = (phone_bank_id: string) =>
  db
    .selectFrom('contact_attempt')
    .select(['made_by', 'disposition'])
    .where('phone_bank_id', '=', phone_bank_id)
    .orderBy('recorded_at')
    .execute()

test.each([
  { language: 'ko', width: 360, thanks: /결과 2건을 방금 저장했습니다/ },
  { language: 'en', width: 1280, thanks: /2 results from this device were saved just now/ },
] as const)(
  'results made without a connection are saved though the phone bank ended meanwhile, $language $width',
  async ({ language, width, thanks }) => {
    const bank = await makeBank(world, ours.organizer, [120, 121, 122, 123])
    const page = await site.page({ language, width, height: 740, allow: [/410 \(Gone\)/] })
    await join(page, bank.join_code, 'Grace')
    await leftBehind(page, 2)
    const url = page.url()
    const other = await page.context().newPage()
    await page.close()
    await changePhoneBank(db, ours.organizer, bank.phone_bank_id, 'end', new Date())

    await other.context().setOffline(false)
    await other.goto(url)
    await other.getByText(thanks).waitFor()
    await expectNoAxeProblems(other)
    await expectNoSidewaysScroll(other)
    await expectAlsoAtOtherWidth(other)
    expect(await resultsOf(bank.phone_bank_id)).toEqual([
      { made_by: 'Grace', disposition: 'no_answer' },
      { made_by: 'Grace', disposition: 'no_answer' },
    ])
    await expect.poll(() => storesOn(other), { timeout: 10_000 }).toEqual([])
  },
)

test('who joins again under another name sends what the first one left on the device, as theirs', async () => {
  await allowTags(db, ours.organizer, ['lawn-sign'])
  const bank = await makeBank(world, ours.organizer, [124, 125, 126, 127])
  const page = await site.page({ language: 'en', width: 360, height: 740 })
  await join(page, bank.join_code, 'First')
  await page.locator('html[data-kept]').waitFor()
  await page.locator('[data-result=no_answer]').click()
  await expect.poll(() => resultsOf(bank.phone_bank_id)).toHaveLength(1)
  await page.locator('[data-unsent="0"]').waitFor()
  await page.context().setOffline(true)
  await tagVoter(page)
  await leftBehind(page, 1, 2)
  await allowTags(db, ours.organizer, [])
  // The page kept on the device is older than the first call; the tally knows it all the same.
  await page.reload()
  await page.locator('[data-unsent="2"]').waitFor()
  await page.getByText('My calls 2 · spoke 0').waitFor()
  const again = await page.context().newPage()
  await page.close()
  await again.context().setOffline(false)
  await again.context().clearCookies({ name: /^caller_/ })
  await join(again, bank.join_code, 'Second')
  await again.getByText('1 earlier result left on this device was saved too.').waitFor()
  expect(await resultsOf(bank.phone_bank_id)).toEqual(
    [1, 2].map(() => ({ made_by: 'First', disposition: 'no_answer' })),
  )
  // The tag is allowed no more: it is shown, with the voter's name and nothing else of their card, until it is removed.
  const stuck = again.locator('[data-stuck="1"]', { hasText: 'Tag: lawn-sign' })
  await stuck.getByText('Callers may not use this tag any more.').waitFor()
  await expectNoAxeProblems(again)
  const [kept] = await toldOn(again)
  expect(kept).toMatchObject({ is_stuck: true, told: { kind: 'tag', tag: 'lawn-sign' } })
  expect(JSON.stringify(kept)).not.toMatch(/phones|household|address/)
  await stuck.getByRole('button', { name: /^Remove from this device/ }).click()
  await stuck.getByRole('button', { name: 'Keep it' }).click()
  await stuck.getByRole('button', { name: /^Remove from this device/ }).click()
  await expectNoAxeProblems(again)
  await stuck.getByRole('button', { name: 'Yes, remove it' }).click()
  await expect.poll(async () => (await storesOn(again)).length, { timeout: 10_000 }).toBe(1)
})

test('what a caller made and learned before a host took them out is recorded', async () => {
  await allowTags(db, ours.organizer, ['lawn-sign'])
  const bank = await makeBank(world, ours.organizer, [128, 129, 130, 131])
  const page = await site.page({ language: 'en', width: 360, height: 740, allow: [/410 \(Gone\)|401 \(Unauth/] })
  await join(page, bank.join_code, 'Grace')
  await page.locator('html[data-kept]').waitFor()
  await page.context().setOffline(true)
  await tagVoter(page)
  await leftBehind(page, 1, 2)
  await allowTags(db, ours.organizer, [])
  const { caller_id } = await db
    .selectFrom('phone_bank_caller')
    .select('caller_id')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .executeTakeFirstOrThrow()
  await removeCaller(db, ours.organizer, bank.phone_bank_id, caller_id, new Date())
  await page.context().setOffline(false)
  await page.getByText('You have been taken off this phone bank').first().waitFor()
  await page.locator('[data-unsent="0"]').waitFor()
  expect(await resultsOf(bank.phone_bank_id)).toEqual([{ made_by: 'Grace', disposition: 'no_answer' }])
  const again = page.locator('[data-stuck="1"]').getByRole('button', { name: /^Send again/ })
  await again.waitFor()
  await allowTags(db, ours.organizer, ['lawn-sign'])
  await again.click()
  await page.locator('[data-stuck]').waitFor({ state: 'detached' })
  await expect.poll(() => toldOn(page)).toEqual([])
  const tagged = await db.selectFrom('person_tag').select('tag').where('tag', '=', 'lawn-sign').execute()
  expect(tagged).toHaveLength(1)
  // Let in again, they go on: the page, which had taken its link for closed, looks each half minute, and as it is seen.
  expect(await letInAgain(db, ours.organizer, bank.phone_bank_id, caller_id)).toBe(true)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.locator('[data-answered]').waitFor()
})

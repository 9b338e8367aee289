import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)

beforeAll(async () => {
  const { owner } = world.database
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young', 'KIM', 'YOUNG', 'dem', 'active' from generate_series(1, 3) n`.execute(
    owner,
  )
})

test.each([
  { language: 'ko', width: 360, record: '변경 기록', active: '활동 중', save: '저장', members: '회원:정회원' },
  { language: 'en', width: 1280, record: 'Record a change', active: 'Active', save: 'Save', members: 'member:active' },
] as const)(
  'a membership is recorded without a script and found by expression ($language)',
  { timeout: 120_000 },
  async (words) => {
    const { language, width } = words
    const page = await site.page({ actor: world.ours.organizer, language, width, javaScript: false })
    await page.goto(`/voters/${language === 'ko' ? 1 : 2}`)
    await page.getByRole('link', { name: words.record }).click()
    await expectNoSidewaysScroll(page)
    await page.getByRole('radio', { name: words.active, exact: true }).check()
    await page.locator('[name=from_on]').fill('2025-03-01')
    await page.getByRole('button', { name: words.save }).click()
    await page.waitForURL(/done=saved#membership$/)
    expect(await page.locator('#membership').innerText()).toContain(words.active)
    await expectNoSidewaysScroll(page)
    const withScript = await site.page({ actor: world.ours.organizer, language, width })
    await withScript.goto(`/people/v${language === 'ko' ? 1 : 2}/membership`)
    await expectNoAxeProblems(withScript)
    await withScript.goto(`/voters/universes/new?q=${encodeURIComponent(words.members)}`)
    // What is typed stays as typed; what would be saved is the expression's own form.
    await expect
      .poll(() => withScript.locator('#save input[name=expression]').first().inputValue())
      .toBe('member:active')
    await expectNoAxeProblems(withScript)
  },
)

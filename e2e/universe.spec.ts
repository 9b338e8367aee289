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
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young', 'KIM', 'YOUNG', case when n % 2 = 0 then 'dem' else 'rep' end, 'active'
    from generate_series(1, 10) n`.execute(owner)
})

test('an expression is written by keyboard with the words that are offered', async () => {
  const page = await site.page({ actor: world.ours.organizer, language: 'ko', width: 360 })
  await page.goto('/voters/universes/new')
  const field = page.getByRole('textbox', { name: '조건식' })
  const offered = page.getByRole('group', { name: '입력란 아래 추천' })
  await field.pressSequentially('정')
  await offered.getByRole('button', { name: /^party:/ }).waitFor()
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await field.inputValue()).toBe('party:')
  await offered.getByRole('button', { name: 'dem', exact: true }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await field.inputValue()).toBe('party:dem ')
  await page.getByRole('button', { name: '유권자 보기' }).click()
  await page.waitForURL(/q=party/)
  expect(
    await page
      .getByRole('term')
      .filter({ hasText: /^유권자$/ })
      .locator('+ dd')
      .innerText(),
  ).toContain('5')
})

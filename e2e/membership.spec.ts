import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
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

/** A page of somebody else, at an origin of its own, with ours inside. */
async function anotherSite(): Promise<string> {
  const page = `<!doctype html><title>Flushing news</title><iframe title="Join" width="340" height="700" src="${site.url}/m/ours?lang=ko"></iframe>`
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(page))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // of a port, no path
}

test('somebody joins inside another site that is named, without a script; no other site shows the form', async () => {
  const [theirs, strangers] = [await anotherSite(), await anotherSite()]
  const set_up = { is_open: 'yes', intro_ko: '함께해요', framed_by: theirs }
  expect((await world.as(world.ours.organizer, routes).post('/membership/page', set_up)).status).toBe(303)
  const phone = await site.page({
    language: 'ko',
    width: 360,
    javaScript: false,
    allow: [/frame-ancestors/, /autofocusing/],
  })
  await phone.goto(strangers)
  expect(await phone.frameLocator('iframe').locator('form').count()).toBe(0)

  await phone.goto(theirs)
  const form = phone.frameLocator('iframe')
  await form.locator('[name=first_name]').fill('Sora')
  await form.locator('[name=last_name]').fill('Baek')
  world.installation.clock.advance(1)
  await form.getByRole('button', { name: '가입 신청' }).click()
  // What is missing is said there, and what was typed stays.
  await form.getByText('이메일이나 전화번호를 입력해 주세요.').first().waitFor()
  expect(await form.locator('[name=first_name]').inputValue()).toBe('Sora')
  await form.locator('[name=email]').fill('sora@example.org')
  world.installation.clock.advance(1)
  await form.getByRole('button', { name: '가입 신청' }).click()
  await form.getByRole('heading', { name: '감사합니다' }).waitFor()
  const rows = await world.database.owner.selectFrom('membership_application').select('said').execute()
  expect(rows.map(({ said }) => said)).toMatchObject([{ email: 'sora@example.org' }])
})

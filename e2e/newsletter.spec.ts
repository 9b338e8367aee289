import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { fillOrganization } from '../src/app/testing.ts'
import { makeTopic } from '../src/features/mailings/topics/commands.ts'
import { readerPath } from '../src/features/mailings/stopping/links.ts'
import { found } from '../src/platform/errors.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)
const { organizer, organization_id } = world.ours
const db = world.database.of(organization_id)
const things = await fillOrganization(world, organizer, 5000)
const topic = {
  name: { en: 'Housing', ko: '주택' },
  about: { en: 'Rent and repairs', ko: '집세와 수리' },
  is_for_all: false,
}
await makeTopic(db, organizer, topic, world.installation.clock.now())

test.each([
  { javaScript: false, language: 'ko', width: 360 },
  { javaScript: true, language: 'en', width: 1280 },
] as const)('a neighbor asks for e-mail, confirms by the link in the mail, and chooses topics (JavaScript: $javaScript)', { timeout: 180_000 }, async (options) => {
  const { language } = options
  const page = await site.page({ actor: organizer, ...options })
  let pictures = 0
  const look = async (of = page) => {
    await expectNoSidewaysScroll(of)
    // It runs in the page, which runs nothing there; pages.spec.ts has it look at these in Korean.
    if (options.javaScript) await expectNoAxeProblems(of)
    pictures += 1
    const folder = process.env.HANPYO_PICTURES
    if (folder) await of.screenshot({ path: `${folder}/newsletter-${language}-${pictures}.png`, fullPage: true })
  }
  await page.goto('/mailings/topics')
  await look()
  await page.goto('/mailings/sign-up')
  await page.locator('[name=is_open]').check()
  await page.locator('main form button.btn-primary').click()
  await page.waitForURL(/saved/)
  await look()

  const visitor = await site.page(options)
  await visitor.goto(`/n/ours?lang=${language}`)
  await visitor.locator('a[href*="/sign-up"]').click()
  await look(visitor)
  const email = `neighbor-${language}@example.org`
  await visitor.locator('[name=email]').fill(email)
  await visitor.getByLabel(language === 'ko' ? '주택' : 'Housing').check()
  // As long as a person takes.
  world.installation.clock.advance(1)
  await visitor.locator('main form button').click()
  await visitor.waitForURL(/thanks/)
  const { rows } = await sql<{ text: string }>`
    select payload ->> 'text' as text from graphile_worker._private_jobs where payload ->> 'to' = ${email}`.execute(world.database.owner)
  const path = found(/https?:\/\/[^/]+(\/n\/\S+)/.exec(rows[0]?.text ?? '')?.[1])
  await visitor.goto(path)
  await visitor.locator('main form button').click()
  await look(visitor)
  expect(await visitor.textContent('main')).toContain(email)
  const wishes = await db.selectFrom('mail_topic_wish').select('is_wanted').where('is_wanted', '=', true).execute()
  expect(wishes.length).toBeGreaterThan(0)

  const reader = readerPath(world.installation.secret, { organization_id, mailing_id: found(things.mailing), n: 1 })
  await visitor.goto(`${reader}?lang=${language}`)
  await look(visitor)
  await visitor.getByLabel(language === 'ko' ? '주택' : 'Housing').check()
  await visitor.locator('#wishes button').click()
  await visitor.waitForURL(/done=saved/)
  await visitor.goto(`/privacy/ours?lang=${language}`)
  await look(visitor)
}) // prettier-ignore

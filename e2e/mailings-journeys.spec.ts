import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { tendJourney } from '../src/features/mailings/journeys/tend.ts'
import { stepsOf } from '../src/features/mailings/journeys/queries.ts'
import { keepReply } from '../src/features/mailings/reports/commands.ts'
import { sendDue } from '../src/features/mailings/sending/send.ts'
import { outboxTransport } from '../src/features/mailings/sending/transport.ts'
import { addReaders } from '../src/features/mailings/testing.ts'
import { MailContent } from '../src/features/mailings/writing/schema.ts'
import { found } from '../src/platform/errors.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)
const { installation, database, ours } = world
const { organizer, organization_id } = ours
const db = database.of(organization_id)
const { clock, secret } = installation

const got = async (tag: string): Promise<string[]> =>
  (await database.owner.selectFrom('outbox_mail').select(['to_address', 'subject']).where('to_address', 'like', `${tag}%`).execute()).map(({ to_address, subject }) => `${to_address.split('@')[0]} ${subject}`).toSorted() // prettier-ignore
const sending = () => ({ database, clock, secret, url: site.url, transport: outboxTransport(database.owner), from_address: 'office@example.org' }) // prettier-ignore
const send = (mailing_id: string) =>
  sendDue(sending(), { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })

test.each([
  { language: 'ko', width: 360 },
  { language: 'en', width: 1280 },
] as const)('a welcome is begun from a starter, started, walked through and ended ($language, $width px)', { timeout: 300_000 }, async ({ language, width }) => {
  clock.set('2026-11-24T15:00:00Z')
  const tag = `walk${language}`
  await addReaders(db, organization_id, 2, tag)
  const page = await site.page({ actor: organizer, language, width })
  const look = async () => {
    await expectNoSidewaysScroll(page)
    await expectNoAxeProblems(page)
  }
  const press = async (selector: string) => {
    await page.locator(selector).click()
    await page.waitForLoadState()
  }

  await page.goto('/mail-journeys/new')
  await look()
  await page.locator('[value=lapsed]').check()
  await page.locator('[name=name]').fill(`Journey ${tag}`)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/mail-journeys\/[0-9a-f-]{36}$/)
  const here = new URL(page.url()).pathname
  const journey_id = found(here.split('/').at(-1))
  await look()

  // For whom.
  await page.goto(`${here}/edit`)
  await look()
  await page.locator('[name=expression]').fill(`tag:${tag}`)
  await page.locator('[name=exits]').fill('')
  await page.locator('[name=takes_all]').check()
  await page.locator('[name=rest_hours]').selectOption('0')
  await page.locator('[name=name]').press('Enter')
  await page.waitForURL((url) => url.pathname === here)

  // What still lacks in each of its e-mails is said, and written.
  for (const { mailing_id, content } of await stepsOf(db, { organization_id, journey_id })) {
    const said = MailContent.parse(content)
    await page.goto(`/mailings/${mailing_id}/write`)
    await page.locator('[name=postal_address]').fill('PO Box 1, Flushing, NY 11354')
    await page.locator('#mail-form [value=save]').first().click()
    await page.waitForURL(/saved/)
    expect(said.subject.ko).toBeTruthy()
  }
  await page.goto(here)
  await look()
  await press(`form[action="${here}/start"] button`)
  await look()

  const tend = async () => {
    await tendJourney({ database, clock }, { organization_id, journey_id })
    for (const { mailing_id } of await stepsOf(db, { organization_id, journey_id })) await send(mailing_id)
  }
  await tend()
  expect(await got(tag)).toHaveLength(2)
  await page.goto(here)
  expect(await page.locator('#where table tbody tr').count()).toBeGreaterThan(0)
  await look()
  clock.advance(22 * 24 * 60)
  await tend()
  await tend()
  expect(await got(tag)).toHaveLength(4)

  await page.goto(here)
  await press(`form[action="${here}/pause"] button`)
  // For good, so it is asked once more.
  await page.locator('#turns details summary').click()
  await press(`form[action="${here}/end"] button`)
  await look()
  expect(await page.locator('#turns').count()).toBe(0)
  await page.close()
}) // prettier-ignore

test.each([
  { language: 'ko', width: 360 },
  { language: 'en', width: 1280 },
] as const)('two subjects are tried, and the one that is answered goes to the rest ($language, $width px)', { timeout: 300_000 }, async ({ language, width }) => {
  const tag = `tried${language}`
  await addReaders(db, organization_id, 8, tag)
  const page = await site.page({ actor: organizer, language, width })
  const look = async () => {
    await expectNoSidewaysScroll(page)
    await expectNoAxeProblems(page)
  }
  await page.goto('/mailings/new')
  await page.locator('[name=name]').fill(`Subjects ${tag}`)
  await page.locator('[value=non_partisan]').check()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/mailings\/[0-9a-f-]{36}\/write$/)
  const here = new URL(page.url()).pathname.replace('/write', '')
  const mailing_id = found(here.split('/').at(-1))
  await page.goto(`${here}/write`)
  await page.locator('[value="add:text"]').click()
  await page.waitForLoadState()
  await page.locator('[name="subject.en"]').fill('What we do')
  await page.locator('[name="subject.ko"]').fill('저희가 하는 일')
  await page.locator('[name="blocks.0.said.en"]').fill('Dear {first_name|friend}, come and see.')
  await page.locator('[name="blocks.0.said.ko"]').fill('{first_name|이웃} 님, 와서 보세요.')
  await page.locator('[name=postal_address]').fill('PO Box 1, Flushing, NY 11354')
  await page.locator('#mail-form [value=save]').first().click()
  await page.waitForURL(/saved/)
  await page.goto(`${here}/audience`)
  await page.locator('#expression').fill(`tag:${tag}`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('dd', { hasText: /^8$/ }).first().waitFor()

  await page.goto(`${here}/subjects`)
  await look()
  await page.locator('[name="subject.1.en"]').fill('Two hours, one evening')
  await page.locator('[name="subject.1.ko"]').fill('하루 저녁 두 시간')
  await page.locator('[name=share]').selectOption('50')
  await page.locator('[value=replies]').check()
  await page.locator('[name=after_hours]').selectOption('4')
  await page.locator('[name=least]').fill('2')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === here)

  await page.goto(`${here}/send`)
  await page.locator('[name=count]').fill('8')
  await page.keyboard.press('Enter')
  await page.locator('#turns').waitFor()
  await send(mailing_id)
  expect(await got(tag)).toHaveLength(4)
  const answered = await db.selectFrom('mail_delivery').select('n').where('mailing_id', '=', mailing_id).where('variant', '=', 1).where('is_rest', '=', false).executeTakeFirstOrThrow() // prettier-ignore
  expect(await keepReply(db, organization_id, `<${mailing_id}.${answered.n}@example.org>`, clock.now())).toBe(true)
  await page.goto(`${here}/report`)
  await look()
  expect(await page.locator('#subjects button').count()).toBe(2)
  clock.advance(5 * 60)
  await send(mailing_id)
  expect((await got(tag)).filter((each) => /Two hours|하루 저녁/.test(each))).toHaveLength(6)
  await page.goto(`${here}/report`)
  await look()
  expect(await page.locator('#subjects button').count()).toBe(0)
  await page.close()
}) // prettier-ignore

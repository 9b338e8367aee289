import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { makeMailing } from '../src/features/mailings/commands.ts'
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

test.each([
  { language: 'ko', width: 360, save: '저장', send: '발송하기', stop: '수신 거부', stopped: '이제 저희 이메일을 받지 않으십니다' },
  { language: 'en', width: 1280, save: 'Save', send: 'Send', stop: 'Unsubscribe', stopped: 'You get no more of our e-mail' },
] as const)('an organizer says whom it is for and sends it; a reader stops it without a script ($language)', { timeout: 180_000 }, async (words) => {
  const { language, width } = words
  const tag = `story${language}`
  await addReaders(db, organization_id, 4, tag)
  const mailing_id = await makeMailing(db, organizer, { name: 'October update', lane: 'non_partisan' }, clock.now())
  const content = MailContent.parse({
    subject: { en: 'News', ko: '소식' },
    blocks: [{ key: 'b1', kind: 'text', said: { en: 'Hello.', ko: '안녕하세요.' } }],
    postal_address: '1 Main St, Flushing NY 11354',
    reason: { en: 'You signed up.', ko: '신청하셔서 보냅니다.' },
  })
  await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute()

  const page = await site.page({ actor: organizer, language, width })
  await page.goto(`/mailings/${mailing_id}/audience`)
  await page.locator('#expression').fill(`tag:${tag}`)
  await page.getByRole('button', { name: words.save, exact: true }).click()
  await page.waitForURL(/\/audience$/)
  expect(await page.locator('main').innerText()).toMatch(/\b4\b/)
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
  await page.goto(`/mailings/${mailing_id}/send`)
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
  await page.locator('[name=count]').fill('4')
  await page.getByRole('button', { name: words.send, exact: true }).click()
  await page.waitForURL(/\/send$/)
  const sending = { database, clock, secret, url: site.url, transport: outboxTransport(database.owner), from_address: 'office@example.org' }
  await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
  for (const address of [`/mailings/${mailing_id}`, `/mailings/${mailing_id}/send`, `/mailings/${mailing_id}/report`, '/mailings/identity']) {
    await page.goto(address)
    await expectNoSidewaysScroll(page)
    await expectNoAxeProblems(page)
  }

  const mail = await database.owner.selectFrom('outbox_mail').select('body_text').where('to_address', '=', `${tag}1@example.org`).executeTakeFirstOrThrow()
  const reader = await site.page({ language, width, javaScript: false })
  await reader.goto(found(/\/u\/[\w-]+/.exec(mail.body_text))[0] + `?lang=${language}`)
  await expectNoSidewaysScroll(reader)
  await expectNoAxeProblems(reader)
  await reader.getByRole('button', { name: words.stop, exact: true }).click()
  await reader.goto(reader.url().replace(/\?.*$/, `?lang=${language}`))
  expect(await reader.locator('main').innerText()).toContain(words.stopped)
  await expectNoAxeProblems(reader)
}) // prettier-ignore

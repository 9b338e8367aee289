import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { fillOrganization } from '../src/app/testing.ts'
import { sendDue } from '../src/features/mailings/sending/send.ts'
import { outboxTransport } from '../src/features/mailings/sending/transport.ts'
import { addReaders } from '../src/features/mailings/testing.ts'
import { found } from '../src/platform/errors.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)
const { installation, database, ours } = world
const { organizer, organization_id } = ours
const db = database.of(organization_id)
const { clock, secret } = installation
const things = await fillOrganization(world, organizer, 5000)
const comparison = `${things.guide}/${things['g/:organization/:guide/contests/contest']}`

const steward = { ...organizer, is_steward: true }
const outboxOf = (tag: string) =>
  database.owner.selectFrom('outbox_mail').selectAll().where('to_address', 'like', `${tag}%`).orderBy('to_address').execute() // prettier-ignore

test.each([
  { language: 'ko', width: 360 },
  { language: 'en', width: 1280 },
] as const)('an update in two languages is written, mended, sent and seen, and stopped by one click ($language, $width px)', { timeout: 300_000 }, async ({ language, width }) => {
  const tag = `story${language}`
  await addReaders(db, organization_id, 4, tag)
  const page = await site.page({ actor: steward, language, width })
  const look = async () => {
    await expectNoSidewaysScroll(page)
    await expectNoAxeProblems(page)
  }
  const save = async () => {
    await page.locator('#mail-form [value=save]').first().click()
    await page.waitForURL(/saved/)
  }

  // Named, by keyboard alone.
  await page.goto('/mailings/new')
  await look()
  await page.locator('[name=name]').fill(`Update ${tag}`)
  await page.locator('[value=non_partisan]').check()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/mailings\/[0-9a-f-]{36}\/write$/)
  const here = new URL(page.url()).pathname.replace('/write', '')
  const mailing_id = found(here.split('/').at(-1))
  await look()

  // Written, with a comparison of candidates; the Korean of one text is not there yet.
  await page.goto(`${here}/write`)
  for (const kind of ['heading', 'text', 'comparison']) {
    await page.locator(`[value="add:${kind}"]`).click()
    await page.waitForLoadState()
  }
  await page.locator('[name="subject.en"]').fill('What they answered')
  await page.locator('[name="subject.ko"]').fill('후보들의 답변입니다')
  await page.locator('[name="blocks.0.title.en"]').fill('The same questions')
  await page.locator('[name="blocks.0.title.ko"]').fill('같은 질문, 다른 답')
  await page.locator('[name="blocks.1.said.en"]').fill('Dear {first_name|friend}, we asked **everybody**.')
  await page.locator('[name="blocks.2.of"]').selectOption(comparison)
  await page.locator('[name=postal_address]').fill('PO Box 1, Flushing, NY 11354')
  await save()
  await look()

  // What is missing is said where it is sent and where it is checked, and leads to its place.
  await page.goto(`${here}/send`)
  await look()
  expect(await page.locator('[name=count]').count()).toBe(0)
  await page.goto(`${here}/checks`)
  await look()
  await page.locator('#blocking a').first().click()
  await page.waitForURL(/\/write#block-/)
  await page.locator('[name="blocks.1.said.ko"]').fill('{first_name|이웃} 님, **모든 후보**에게 물었습니다.')
  await save()
  // The candidate answered in English: that it stands there so in Korean mail is said with the block, and accepted.
  await page.locator('#block-b3', { hasText: '한국어' }).waitFor()
  await page.locator('[name="accepted.ko"]').check()
  await save()
  await look()
  await page.goto(`${here}/checks`)
  expect(await page.locator('#blocking').count()).toBe(0)

  // To whom, by keyboard.
  await page.goto(`${here}/audience`)
  await look()
  await page.locator('#expression').fill(`tag:${tag}`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('dd', { hasText: /^4$/ }).first().waitFor()
  await look()

  // Sent once the number was typed.
  await page.goto(`${here}/send`)
  await look()
  await page.locator('[name=count]').fill('5')
  await page.keyboard.press('Enter')
  await page.locator('[name=count][aria-invalid=true]').waitFor()
  await look()
  await page.locator('[name=count]').fill('4')
  await page.keyboard.press('Enter')
  await page.locator('#turns').waitFor()
  await look()
  const sending = { database, clock, secret, url: site.url, transport: outboxTransport(database.owner), from_address: 'office@example.org' } // prettier-ignore
  await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })

  // In the outbox, each in their language.
  const mails = await outboxOf(tag)
  expect(mails.map(({ language: read }) => read)).toEqual(['ko', 'en', 'ko', 'en'])
  await page.goto('/outbox')
  await look()
  for (const { mail_id, language: read } of mails.slice(0, 2)) {
    // A mail runs nothing, our looks at it neither: it is read as it comes.
    const said = await (await page.request.get(`/outbox/${mail_id}`)).text()
    expect(said).toContain(`lang="${read}"`)
    expect(said).toContain(read === 'ko' ? 'Reader1 님, <strong>모든 후보</strong>에게' : 'Dear Reader2, we asked <strong>everybody</strong>') // prettier-ignore
    expect(said).toContain(read === 'ko' ? '같은 질문, 다른 답' : 'The same questions')
    // The comparison itself, with what the candidate wrote.
    expect(said).toContain(read === 'ko' ? '주거' : 'Housing')
    expect(said).toContain('Homes first.')
  }

  // One stops it in the mail program (RFC 8058), another on the page, which runs no script.
  const [one, other] = mails.map(({ body_text }) => found(/\/u\/[\w-]+/.exec(body_text))[0])
  const clicked = await fetch(`${site.url}${one}`, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }) // prettier-ignore
  expect(clicked.status).toBe(200)
  await page.goto(`${other}?lang=${language}`)
  await look()
  const reader = await site.page({ language, width, javaScript: false })
  await reader.goto(`${other}?lang=${language}`)
  await reader.locator('#stop button').click()
  await reader.waitForURL(/done=stopped/)
  await page.reload()
  await look()

  // The report shows both; nothing more goes to them.
  await page.goto(`${here}/report`)
  await look()
  const rows = await page.locator('#languages tbody tr').allInnerTexts()
  expect(rows.map((row) => row.replace(/^\S+\s+/, '').split(/\s+/).map(Number))).toEqual([[2, 2, 0, 0, 0, 1], [2, 2, 0, 0, 0, 1]]) // prettier-ignore
  await page.goto(here)
  await look()
}) // prettier-ignore

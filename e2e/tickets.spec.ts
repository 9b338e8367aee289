import { afterAll, expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { changeEvent, createEvent } from '../src/features/events/commands.ts'
import { ticketPaidJob } from '../src/features/events/orders/jobs.ts'
import { addDiscount, saveTicketKind } from '../src/features/events/orders/commands.ts'
import { DiscountForm, TicketKindForm } from '../src/features/events/orders/schema.ts'
import { eventById, organizationById, signupsOf } from '../src/features/events/queries.ts'
import { setAccount } from '../src/features/ledger/cards/commands.ts'
import { found } from '../src/platform/errors.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { FakeStripe } from '../src/platform/testing/fake-stripe.ts'
import { workOff } from '../src/platform/testing/work-off.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

/*
 * A dinner with tickets: bought in Korean on a phone without a script, paid by card or at the door.
 */

const world = await makeWorld()
// The browser's clock runs, so the server's must. Who fills in a form takes a while, which nobody here waits for.
let taken_ms = 0
world.installation.clock.now = () => new Date(Date.now() + taken_ms)
const site = await openSite(world, buildApp)
const { ours } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const stripe = await FakeStripe.start()
afterAll(() => stripe.stop())
const hours = (count: number) => new Date(Date.now() + count * 3_600_000)

await setAccount(db, organizer, stripe.account, world.installation.secret, new Date())
await db.updateTable('card_account').set({ api_url: stripe.account.api_url }).execute()
const settings = {
  kind: 'social', time_zone: 'America/New_York', online_link: null, capacity: 50, guests_most: 4, accept_hours: 24, is_by_invitation: false,
  needs_approval: false, has_wait_list: true, reminder_hours: [],
} // prettier-ignore
const content = { title: { en: 'Dinner', ko: '후원 만찬' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} } // prettier-ignore
const place = { name: { ko: '강당' }, address: '', city: '', zip5: '', directions: {} }
const shifts = [{ shift_id: null, name: {}, starts_at: hours(3), ends_at: hours(5), capacity: null, place }]
const { event_id } = await createEvent(db, organizer, { settings, content, shifts }, new Date())
for (const [name_en, name_ko, price] of [['Adult', '어른', '40'], ['Child', '어린이', '15']] as const) // prettier-ignore
  await saveTicketKind(db, organizer, event_id, null, TicketKindForm.parse({ name_en, name_ko, price, buyers: 'everybody' }), new Date()) // prettier-ignore
await addDiscount(db, organizer, event_id, DiscountForm.parse({ for: 'code', code: 'EARLY', of: 'percent', percent: '20' }), new Date()) // prettier-ignore
await changeEvent(db, organizer, event_id, 'publish', new Date())
const { code } = found(await eventById(db, organization_id, event_id))
const { slug } = await organizationById(db, organization_id)
const rows = () => signupsOf(db, organization_id, event_id)

test('in Korean, on a phone, without a script: tickets, a wrong code, the right one, the sum, and the card', async () => {
  const page = await site.page({ language: 'ko', width: 360, javaScript: false, allow: [/422/] })
  await page.goto(`/e/${slug}/${code}?lang=ko`)
  await page.getByLabel('이름(영문)').first().fill('Soonja')
  await page.getByLabel('성(영문)').first().fill('Lee')
  await page.getByLabel('이메일').fill('soonja@example.org')
  await page.getByLabel('어른').selectOption('2')
  await page.getByLabel('어린이').selectOption('1')
  await page.getByLabel('코드(있으시면)').fill('erly')
  await page.getByRole('button', { name: '합계 보기' }).click()
  await page.getByText('없는 코드입니다.').waitFor()
  await expectNoSidewaysScroll(page)
  expect(await page.getByLabel('이메일').inputValue()).toBe('soonja@example.org')
  expect(await page.getByLabel('어른').inputValue()).toBe('2')
  await page.getByLabel('코드(있으시면)').fill('early')
  taken_ms += 5000
  // Without having looked at the sum first.
  await page.getByRole('button', { name: '참가 신청', exact: true }).last().click()
  await page.locator('[data-sum="7600"]').waitFor()
  await page.getByText('합계를 확인하신 뒤').waitFor()
  await expectNoSidewaysScroll(page)
  expect(await rows()).toEqual([])
  await page.getByRole('button', { name: '$76.00 참가 신청' }).click()
  await page.getByText('자리를 잡아 두었습니다').waitFor()
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: '카드로 $76.00 결제' }).click()
  const link = await page.getByRole('link', { name: '결제 화면으로 가기' }).getAttribute('href')
  const session = /\/pay\/(cs_\w+)/.exec(link ?? '')?.[1] ?? ''

  // She pays there, and comes back before the word of it.
  const own = new URL(page.url())
  await page.goto(`${own.pathname}?lang=ko&done=paid`)
  await page.getByText('결제 확인을 기다리고 있습니다').waitFor()
  const { body, header } = stripe.paid(session, new Date())
  await fetch(`${site.url}/payments/stripe/${slug}`, { method: 'POST', body, headers: { 'stripe-signature': header } })
  await page.reload()
  await page.getByText('결제가 확인되어 자리가 정해졌습니다').waitFor()
  await workOff(world, [ticketPaidJob])
  await page.reload()
  await page.getByText('결제가 확인되어 자리가 정해졌습니다').waitFor()
  await page.getByText('낸 금액: $76.00').waitFor()
  expect(await rows()).toMatchObject([{ response: 'confirmed', seats: 3 }])
})

test('who pays at the door is let in, and the money is taken on a phone without a signal, once', async () => {
  const buyer = await site.page({ language: 'ko', width: 360 })
  await buyer.goto(`/e/${slug}/${code}?lang=ko`)
  await buyer.getByLabel('이름(영문)').first().fill('Minsoo')
  await buyer.getByLabel('성(영문)').first().fill('Park')
  await buyer.getByLabel('전화번호').fill('718-555-0123')
  await buyer.getByLabel('어른').selectOption('1')
  await buyer.getByLabel('행사장에서 현금이나 수표로 냅니다.').check()
  taken_ms += 5000
  await buyer.getByRole('button', { name: '참가 신청', exact: true }).last().click()
  await buyer.getByRole('button', { name: '$40.00 참가 신청' }).click()
  await buyer.getByText('행사장에서 내실 금액: $40.00').waitFor()

  const door = await site.page({ language: 'ko', width: 360, height: 740, actor: ours.actor(['host']) })
  await door.goto(`/door/${event_id}`)
  await door.getByText('미납 $40.00').waitFor()
  await door.locator('html[data-kept]').waitFor({ state: 'attached' })
  await door.context().setOffline(true)
  await door.getByRole('button', { name: '왔음 Minsoo Park' }).click()
  await door.getByRole('button', { name: '현금 $40.00 받음' }).click()
  await door.locator('[data-unsent="2"]').waitFor()
  await expectNoAxeProblems(door)
  expect(await door.getByText('미납 $40.00').count()).toBe(0)
  await door.reload()
  await door.locator('[data-unsent="2"]').waitFor()
  await door.context().setOffline(false)
  await door.locator('[data-unsent="0"]').waitFor()
  const taken = await db.selectFrom('ledger_entry').select(['way', 'amount_cents']).where('way', '=', 'cash').execute()
  expect(taken).toEqual([{ way: 'cash', amount_cents: 4000 }])

  const books = await site.page({ language: 'ko', width: 360, actor: organizer })
  await books.goto(`/events/${event_id}/payments`)
  await books.getByText('자리가 정해진 분은 모두 냈습니다.').waitFor()
  await expectNoAxeProblems(books)
  await expectNoSidewaysScroll(books)
})

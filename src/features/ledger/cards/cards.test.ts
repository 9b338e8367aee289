import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { buildApp } from '../../../app/server.ts'
import { found } from '../../../platform/errors.ts'
import { isSigned, signatureOf } from '../../../platform/payments/stripe.ts'
import { FakeStripe, type SignedReport } from '../../../platform/testing/fake-stripe.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson } from '../../people/commands.ts'
import { recordMembership } from '../../people/membership/commands.ts'
import { membershipsOf, standingOn } from '../../people/membership/queries.ts'
import { PersonForm } from '../../people/schema.ts'
import { sendPaidMail } from '../jobs.ts'
import { receiptName } from '../rules.ts'
import { setAccount } from './commands.ts'
import { payCode } from '../../people/membership/card/queries.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const visitor = world.as(null, routes)
const app = buildApp(world.installation, async () => null)
const now = world.installation.clock.now()
const today = '2026-11-23'
const stripe = await FakeStripe.start()
afterAll(() => stripe.stop())

beforeAll(async () => {
  await db.updateTable('membership_kind').set({ dues_cents: 3000 }).where('kind', '=', 'regular').execute()
})

const report = ({ body, header }: SignedReport, to = 'ours') =>
  app.request(`/payments/stripe/${to}`, { method: 'POST', body, headers: { 'stripe-signature': header } })
const states = async (person_id: string) =>
  standingOn(await membershipsOf(db, organization_id, person_id), today).map(({ standing }) => standing)
const booked = async (person_id: string) =>
  (await db.selectFrom('ledger_entry').select('amount_cents').where('person_id', '=', person_id).orderBy('number').execute()).map(
    ({ amount_cents }) => amount_cents,
  ) // prettier-ignore

/** Somebody approved who has gone on to the service's page. */
async function payer(last_name: string) {
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name }), 'test')
  await recordMembership(db, organizer, person_id, {
    kind: 'regular',
    standing: 'approved',
    from_on: today,
    note: null,
  })
  const path = `/m/ours/pay/${person_id}/${payCode(world.installation.secret, organization_id, person_id)}`
  const checkout_id = randomUUID()
  const page = await (await visitor.post(path, { checkout_id, lang: 'ko' })).text()
  const session_id = /checkout\.stripe\.com\/c\/pay\/(cs_\w+)/.exec(page)?.[1] ?? ''
  return { person_id, path, checkout_id, session_id }
}

test('without an account cards are plainly not set up, and nothing is reported', async () => {
  expect(await (await us.get('/ledger/cards')).text()).toContain('Cards are not set up.')
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Nobody' }), 'test')
  const code = payCode(world.installation.secret, organization_id, person_id)
  expect(await (await visitor.get(`/m/ours/pay/${person_id}/${code}`)).text()).toContain('nothing to pay by card')
  expect((await report(stripe.paid('cs_none', now))).status).toBe(404)
})

test('an account is set by its two secrets, which no page shows again', async () => {
  const { secret_key, webhook_secret, api_url } = stripe.account
  expect((await us.post('/ledger/cards', { secret_key: 'pk_test_public', webhook_secret })).status).toBe(422)
  expect((await us.post('/ledger/cards', { secret_key, webhook_secret })).status).toBe(303)
  await db.updateTable('card_account').set({ api_url }).execute()
  const page = await (await us.get('/ledger/cards', { 'accept-language': 'ko' })).text()
  expect(page).toContain('/payments/stripe/ours')
  expect([page.includes(secret_key), page.includes(webhook_secret)]).toEqual([false, false])
  const trail = await db
    .selectFrom('audit_entry')
    .select(['action', 'after'])
    .where('subject', '=', 'card_account')
    .execute()
  expect(trail).toEqual([{ action: 'cards.set_up', after: null }])
})

test('dues paid by card are a receipt and a membership, once, however often it is reported and asked', async () => {
  const { person_id, path, checkout_id, session_id } = await payer('Card')
  const again = await (await visitor.post(path, { checkout_id, lang: 'ko' })).text()
  expect(again).toContain(session_id)
  expect(await booked(person_id)).toEqual([])
  const paid = stripe.paid(session_id, now)
  const answers = await Promise.all([report(paid), report(paid)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  await report(stripe.paid(session_id, now, {}, 'checkout.session.async_payment_succeeded'))
  expect(await booked(person_id)).toEqual([3000])
  expect(await states(person_id)).toEqual(['active'])
  expect((await visitor.get(`${path}x`)).status).toBe(404)
})

test('what is forged, old, for others, or not paid yet books nothing', async () => {
  const { person_id, session_id } = await payer('Forged')
  const good = stripe.paid(session_id, now)
  const old = stripe.paid(session_id, new Date(now.getTime() - 301_000))
  expect((await report({ ...good, header: stripe.sign({}, now, 'whsec_other').header })).status).toBe(400)
  expect((await report({ ...good, body: good.body.replace('3000', '3001') })).status).toBe(400)
  expect((await report({ ...good, header: '' })).status).toBe(400)
  expect((await report(old)).status).toBe(400)
  expect((await report(good, 'theirs')).status).toBe(404)
  expect((await report(stripe.sign({ id: 'evt_1', type: 'x' }, now))).status).toBe(200)
  expect(
    (await report(stripe.sign({ id: 'evt_1', type: 'other.thing', created: 1, data: { object: {} } }, now))).status,
  ).toBe(200)
  expect((await report(stripe.paid(session_id, now, { payment_status: 'unpaid' }))).status).toBe(200)
  expect(await booked(person_id)).toEqual([])
  expect((await report(stripe.paid(session_id, now, {}, 'checkout.session.async_payment_succeeded'))).status).toBe(200)
  expect(await booked(person_id)).toEqual([3000])
})

test('money given back at the service is in the books, whatever order the reports come in', async () => {
  const { person_id, session_id } = await payer('Refunded')
  const [part, all] = [stripe.refunded(session_id, 1000, now), stripe.refunded(session_id, 3000, now)]
  await report(part)
  expect(await booked(person_id)).toEqual([])
  await report(stripe.paid(session_id, now))
  expect(await booked(person_id)).toEqual([3000, -1000])
  expect(await states(person_id)).toEqual(['active'])
  await report(all)
  await report(all)
  await report(part)
  await report(stripe.refunded(session_id, 2000, now))
  expect(await booked(person_id)).toEqual([3000, -1000, -2000])
  expect(await states(person_id)).toEqual(['approved'])
})

test('another amount, or somebody expelled meanwhile, is held for the treasurer to see', async () => {
  const { person_id, checkout_id, session_id } = await payer('Held')
  await report(stripe.paid(session_id, now, { amount_total: 2999 }))
  const other = await payer('Expelled')
  await recordMembership(db, organizer, other.person_id, {
    kind: 'regular',
    standing: 'expelled',
    from_on: today,
    note: null,
  })
  await report(stripe.paid(other.session_id, now))
  expect(await (await visitor.get(other.path)).text()).toContain('nothing to pay by card')
  expect([await booked(person_id), await booked(other.person_id)]).toEqual([[], []])
  const page = await (await us.get('/ledger/held')).text()
  expect(page).toContain('Paid by card, but not in the books')
  expect(page).toContain('expelled')
  // One is settled by the treasurer, the other by the report that the money went back.
  expect(await (await us.get('/ledger')).text()).toContain('2 card payments to look at')
  expect((await us.post(`/ledger/held/${checkout_id}`, { how: 'recorded' })).status).toBe(303)
  expect((await us.post(`/ledger/held/${checkout_id}`, { how: 'recorded' })).status).toBe(303)
  await report(stripe.refunded(other.session_id, 3000, now))
  expect(await (await us.get('/ledger/held')).text()).toContain('Nothing is waiting here.')
})

test('a page opened anew loses no payment, and a second payment is held', async () => {
  const { person_id, path, checkout_id, session_id } = await payer('Reopened')
  // As after a day, when the service has forgotten that it was asked before.
  await db.updateTable('card_checkout').set({ session_id: 'cs_of_yesterday' }).where('checkout_id', '=', checkout_id).execute() // prettier-ignore
  expect((await visitor.post(path, { checkout_id, lang: 'ko' })).status).toBe(200)
  await report(stripe.paid(session_id, now, { id: 'cs_of_yesterday' }))
  expect(await booked(person_id)).toEqual([3000])
  expect((await visitor.post(path, { checkout_id, lang: 'ko' })).status).toBe(503)
  await report(stripe.paid(session_id, now, { payment_intent: 'pi_second' }))
  expect(await booked(person_id)).toEqual([3000])
  expect(await (await us.get('/ledger/held')).text()).toContain('The same dues were paid a second time.')
})

test('a payment taken out of the books by hand and given back by card is for the treasurer to see', async () => {
  const { person_id, checkout_id, session_id } = await payer('Voided')
  await report(stripe.paid(session_id, now))
  const back = { form_key: randomUUID(), kind: 'void', on_date: today, note: 'by mistake' }
  expect((await us.post(`/ledger/entries/${checkout_id}/back`, back)).status).toBe(303)
  expect((await report(stripe.refunded(session_id, 3000, now))).status).toBe(200)
  expect(await booked(person_id)).toEqual([3000, -3000])
  expect(await (await us.get('/ledger/held')).text()).toContain('the books would not take it')
})

test('where the service cannot be reached or refuses, the page says that nothing was charged', async () => {
  const { path } = await payer('Away')
  for (const status of [500, 402]) {
    stripe.refusal = status
    const answer = await visitor.post(path, { checkout_id: randomUUID(), lang: 'en' })
    expect([answer.status, (await answer.text()).includes('nothing was charged')]).toEqual([503, true])
  }
  expect(theirs.organization_id).not.toBe(organization_id)
})

test('once no cards are taken any more, what was under way is still booked', async () => {
  const { person_id, path, session_id } = await payer('Underway')
  const { secret_key } = await db.selectFrom('card_account').select('secret_key').executeTakeFirstOrThrow()
  expect(secret_key).not.toContain('sk_test')
  expect((await us.post('/ledger/cards/remove', {})).status).toBe(303)
  expect(await (await visitor.get(path)).text()).toContain('nothing to pay by card')
  expect((await report(stripe.paid(session_id, now))).status).toBe(200)
  expect(await booked(person_id)).toEqual([3000])
})

test.each([
  ['as it is', (time: string, hex: string) => `t=${time},v1=${hex}`, 0, true],
  ['one of two', (time: string, hex: string) => `t=${time},v1=${'0'.repeat(64)},v1=${hex}`, 0, true],
  ['only an old scheme', (time: string, hex: string) => `t=${time},v0=${hex}`, 0, false],
  ['no time', (_: string, hex: string) => `v1=${hex}`, 0, false],
  ['at the edge', (time: string, hex: string) => `t=${time},v1=${hex}`, 300, true],
  ['too late', (time: string, hex: string) => `t=${time},v1=${hex}`, 301, false],
  ['from the future', (time: string, hex: string) => `t=${time},v1=${hex}`, -301, false],
])('a signature %s', (_, header, seconds, is_good) => {
  const time = 1_800_000_000
  const hex = signatureOf('whsec_x', String(time), '{"a":1}')
  expect(isSigned('whsec_x', header(String(time), hex), '{"a":1}', new Date((time + seconds) * 1000))).toBe(is_good)
})

test('reduced dues are paid by card with a reason; receipt and card come by mail, in the member’s language', async () => {
  await setAccount(db, organizer, stripe.account, world.installation.secret, now)
  await db.updateTable('card_account').set({ api_url: stripe.account.api_url, closed_at: null }).execute()
  await db.updateTable('membership_kind').set({ reduced_cents: 1000 }).where('kind', '=', 'regular').execute()
  const { person_id, path, checkout_id } = await payer('Reduced')
  await db.updateTable('person').set({ language: 'ko', name_hangul: '감액이' }).where('person_id', '=', person_id).execute() // prettier-ignore
  await db.insertInto('person_email').values({ organization_id, person_id, email: 'reduced@example.org', source: 'test' }).execute() // prettier-ignore
  expect(await (await visitor.get(`${path}?lang=ko`)).text()).toContain('감액 회비: $10.00')
  const asked = { checkout_id, lang: 'ko', amount: 'reduced' }
  const without = await visitor.post(path, asked)
  expect([without.status, (await without.text()).includes('사유를 짧게 적어 주세요.')]).toEqual([422, true])
  const page = await (await visitor.post(path, { ...asked, reason: '<b>retired</b>' })).text()
  expect(page).toContain('$10.00')
  const session_id = /checkout\.stripe\.com\/c\/pay\/(cs_\w+)/.exec(page)?.[1] ?? ''
  await report(stripe.paid(session_id, now))
  const entry = await db.selectFrom('ledger_entry').select(['amount_cents', 'way', 'note', 'year', 'number']).where('person_id', '=', person_id).executeTakeFirst() // prettier-ignore
  expect(entry).toMatchObject({ amount_cents: 1000, way: 'card', note: '<b>retired</b>' })
  expect(await states(person_id)).toEqual(['active'])
  await workOff(world, [sendPaidMail])
  const mail = world.mails.find(({ to }) => to === 'reduced@example.org')
  expect(mail?.subject).toBe('[플러싱 시민행동] 회비를 잘 받았습니다')
  expect(mail?.text).toContain('$10.00')
  expect(mail?.text).toContain(`/m/ours/card/${person_id}/`)
  const files = mail?.files?.map(({ name, content }) => [name, Buffer.from(content).subarray(1, 4).toString()])
  expect(files).toEqual([
    [`receipt-${receiptName(found(entry))}.pdf`, 'PDF'],
    ['member-card.png', 'PNG'],
  ])
  // Not set up, nobody can choose them.
  await db.updateTable('membership_kind').set({ reduced_cents: null }).where('kind', '=', 'regular').execute()
  expect(await (await visitor.get(path)).text()).not.toContain('Reduced dues')
})

test('dues recorded by hand are receipted by mail where the treasurer says so', async () => {
  const { person_id } = await payer('Byhand')
  await db.insertInto('person_email').values({ organization_id, person_id, email: 'byhand@example.org', source: 'test' }).execute() // prettier-ignore
  expect(await (await us.get(`/ledger/dues/${person_id}`)).text()).toContain('Mail the receipt to byhand@example.org')
  const form = { kind: 'regular', way: 'check', amount: '30', reference: '1', paid_on: today, reason: '' }
  await us.post(`/ledger/dues/${person_id}`, {
    ...form,
    form_key: randomUUID(),
    from_on: today,
    until_on: '2027-11-22',
  })
  await workOff(world, [sendPaidMail])
  const mails = () => world.mails.filter(({ to }) => to === 'byhand@example.org')
  expect(mails()).toEqual([])
  await us.post(`/ledger/dues/${person_id}`, { ...form, form_key: randomUUID(), from_on: '2027-11-23', until_on: '2028-11-22', mails: 'yes' }) // prettier-ignore
  await workOff(world, [sendPaidMail])
  expect(mails()).toMatchObject([{ language: 'en', files: [{ type: 'application/pdf' }, { type: 'image/png' }] }])
})

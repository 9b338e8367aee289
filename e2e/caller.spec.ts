import type { Page, Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import '../src/features/contacts/tables.ts'
import { addPerson } from '../src/features/events/commands.ts'
import { shiftsOf, signupsOf } from '../src/features/events/queries.ts'
import { makeEvent } from '../src/features/events/testing.ts'
import { mark } from '../src/features/people/commands.ts'
import { changeWay } from '../src/features/phonebanks/bridge/commands.ts'
import { changePhoneBank, useScript } from '../src/features/phonebanks/commands.ts'
import { sendMessage } from '../src/features/phonebanks/host/messages.ts'
import '../src/features/phonebanks/tables.ts'
import { addVoters, makeBank, testScript } from '../src/features/phonebanks/testing.ts'
import { saveScript } from '../src/features/scripts/commands.ts'
import { currentVersion } from '../src/features/scripts/queries.ts'
import { timeIn } from '../src/platform/clock.ts'
import { found } from '../src/platform/errors.ts'
import {
  expectAlsoAtOtherWidth,
  expectNoAxeProblems,
  expectNoSidewaysScroll,
  openSite,
} from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
// The browser's clock runs, so the server's must.
world.installation.clock.now = () => new Date()
const site = await openSite(world, buildApp)
const { ours } = world
const db = world.database.of(ours.organization_id)

await addVoters(
  world.database.owner,
  Array.from({ length: 200 }, (_, index) => ({
    voter_id: 100 + index,
    first_name: ['Younghee', 'Min-jun', 'Grace', 'Sung Ho', 'Linda'][index % 5] ?? '',
    last_name: ['Kim', 'Lee', 'Park', 'Choi', 'Jung'][index % 5] ?? '',
    p_korean: 95,
  })),
)
let used = 100
/** A phone bank with voters of its own: nobody is in two hands. */
const bankOf = (count: number, draft: Parameters<typeof makeBank>[3] = {}) =>
  makeBank(
    world,
    ours.organizer,
    Array.from({ length: count }, () => used++),
    draft,
  )

async function join(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/call/${code}`)
  await page.locator('[name=name]').fill(name)
  await page.locator('[name=reach]').fill('718-555-0142')
  const korean = page.locator('[name^=languages][value=ko]')
  if (!(await korean.isChecked())) await korean.check()
  await page.locator('form:has([name=reach]) button').last().click()
  await page.locator('[data-answered]').waitFor()
}

/** Page and files lie on the device: on a busy machine that takes longer than joining. */
async function isKept(page: Page): Promise<void> {
  await page.locator('html[data-kept]').waitFor()
}
/** The second tap of a double one: at the same place, as soon as the next voter stands there. */
async function tapOnNextVoter(page: Page, button: string): Promise<void> {
  const box = await page.locator(button).boundingBox()
  await page.evaluate(
    ({ x, y, name }) =>
      new Promise<void>((done) => {
        new MutationObserver((_, observer) => {
          if (document.querySelector('#voter')?.textContent === name) return
          observer.disconnect()
          requestAnimationFrame(() => {
            document.elementFromPoint(x, y)?.closest('button')?.click()
            done()
          })
        }).observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
    {
      x: (box?.x ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.y ?? 0) + (box?.height ?? 0) / 2,
      name: await page.locator('#voter').textContent(),
    },
  )
}
/** A finger over the words of the script. */
async function swipe(page: Page, to: 'left' | 'right'): Promise<void> {
  const { x, y, width, height } = found(await page.locator('#station').boundingBox())
  const [left, right] = [x + 20, x + width - 20]
  const at = (place: number) => ({ touchPoints: [{ x: place, y: y + height / 2 }] })
  const client = await page.context().newCDPSession(page)
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(to === 'left' ? right : left) })
  await client.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(to === 'left' ? left : right) })
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await client.detach()
}
const allSent = (page: Page) => page.locator('[data-unsent="0"]').waitFor()
const patience = { timeout: 10_000 }
const voterShown = (page: Page) => page.locator('#voter').innerText()
const attempts = (phone_bank_id: string) =>
  db
    .selectFrom('contact_attempt')
    .select(['attempt_id', 'voter_id', 'disposition', 'undone_at', 'attempted_at', 'script_version'])
    .where('phone_bank_id', '=', phone_bank_id)
    .orderBy('recorded_at')
    .execute()
const answersOf = (attempt_id: string) =>
  db.selectFrom('contact_answer').select(['question', 'value']).where('attempt_id', '=', attempt_id).execute()

test.each([
  {
    language: 'ko',
    width: 360,
    name: '박수진',
    understood: '알겠습니다',
    next: '다음',
    support: /적극 지지/,
    yes: '예',
    save: '저장하고 다음 분',
    no_connection: '인터넷 연결이 끊겼습니다',
    two_calls: '내 통화 2통',
    ended: '통화가 끝남',
    undo: '되돌리기',
    another_day: /^(내일|\d+월 \d+일)/,
    change: '고치기',
    still: /^‘거절’ 그대로 저장/,
  },
  {
    language: 'en',
    width: 1280,
    name: 'Grace Lee',
    understood: 'I understand',
    next: 'Next',
    support: /Strong support/,
    yes: 'Yes',
    save: 'Save, next voter',
    no_connection: 'No connection. Results are kept',
    two_calls: 'My calls 2',
    ended: 'Call ended here',
    undo: 'Undo',
    another_day: /^(Tomorrow,|[A-Z][a-z]{2},? ).*\d/,
    change: 'Change',
    still: /^Save, still “Refused”/,
  },
] as const)('a caller makes three calls, one of them without a connection, $language $width', async (words) => {
  const bank = await bankOf(6)
  const opened = await site.page({ language: words.language, width: words.width, height: 740 })
  await join(opened, bank.join_code, words.name)
  await opened.getByRole('button', { name: words.understood }).click()
  await expectNoAxeProblems(opened)
  await expectNoSidewaysScroll(opened)

  // First: nobody answers.
  const first = await voterShown(opened)
  await opened.locator('[data-result=no_answer]').click()
  await opened.waitForFunction((before) => document.querySelector('#voter')?.textContent !== before, first)
  await allSent(opened)
  expect(await attempts(bank.phone_bank_id)).toMatchObject([{ disposition: 'no_answer' }])
  // A slip is put right where one looks: the way back is on the small screen, and so is the next number.
  const header = found(await opened.locator('header').boundingBox())
  const undo = found(await opened.locator('[data-last-call] button').last().boundingBox())
  expect(undo.y).toBeGreaterThanOrEqual(header.y + header.height)
  const number = found(await opened.locator('a[href^="tel:"]').first().boundingBox())
  expect(number.y + number.height).toBeLessThan(740)

  // Second: without a connection, with answers; the page is closed and opened in between, and again afterwards.
  await isKept(opened)
  await opened.context().setOffline(true)
  await opened.locator('[data-answered]').click()
  await opened.getByRole('button', { name: words.next, exact: true }).click()
  await swipe(opened, 'right')
  await opened.getByRole('button', { name: words.support }).waitFor({ state: 'detached' })
  await swipe(opened, 'left')
  await opened.getByRole('button', { name: words.support }).click()
  // Closed in the middle of the conversation and opened again: the same voter, the same answers.
  const url = opened.url()
  const talkedWith = await opened.getByRole('heading', { level: 1 }).innerText()
  const page = await opened.context().newPage()
  await opened.close()
  await page.goto(url)
  expect(await page.getByRole('button', { name: words.support }).getAttribute('aria-pressed')).toBe('true')
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(talkedWith)
  await expectAlsoAtOtherWidth(page)
  await page.getByRole('button', { name: words.next, exact: true }).click()
  await page.getByRole('button', { name: words.yes, exact: true }).click()
  await page.getByRole('button', { name: words.next, exact: true }).click()
  await page.getByRole('button', { name: words.save }).click()
  await page.locator('[data-unsent="1"]').waitFor()
  await page.getByText(words.no_connection).waitFor()
  expect(await attempts(bank.phone_bank_id)).toHaveLength(1)
  const second = await page.context().newPage()
  await page.close()
  await second.goto(url)
  await second.locator('[data-unsent="1"]').waitFor()

  await second.context().setOffline(false)
  await allSent(second)
  // The page was kept before the first of them.
  await second.getByText(words.two_calls).waitFor()
  const sent = await attempts(bank.phone_bank_id)
  expect(sent.map((each) => each.disposition)).toEqual(['no_answer', 'canvassed'])
  expect(await answersOf(sent[1]?.attempt_id ?? '')).toEqual(
    expect.arrayContaining([
      { question: 'support', value: 1 },
      { question: 'plan', value: true },
    ]),
  )

  // Third: refused by mistake, taken back, and saved right.
  await second.locator('[data-answered]').click()
  await second.getByRole('button', { name: words.ended }).click()
  const talkedTo = (await attempts(bank.phone_bank_id)).length
  await second.locator('[data-result=refused]').click()
  await allSent(second)
  await expect.poll(async () => (await attempts(bank.phone_bank_id)).length, patience).toBe(talkedTo + 1)
  await second.getByRole('button', { name: words.undo, exact: true }).first().click()
  await expect.poll(async () => (await attempts(bank.phone_bank_id)).at(-1)?.undone_at, patience).toBeTruthy()
  await second.getByRole('button', { name: words.ended }).click() // the conversation is where it was
  await second.locator('[data-result=call_back]').click()
  await expectNoAxeProblems(second)
  await second.getByRole('button', { name: words.another_day }).last().click()
  await allSent(second)
  await expect
    .poll(async () => (await attempts(bank.phone_bank_id)).map((each) => each.disposition), patience)
    .toEqual(['no_answer', 'canvassed', 'refused', 'call_back'])

  // Fourth: the promised call was no promise, corrected without a connection.
  await second.context().setOffline(true)
  await second.getByRole('button', { name: words.change, exact: true }).click()
  await second.locator('[data-editing]').waitFor()
  await expectNoAxeProblems(second)
  await expectNoSidewaysScroll(second)
  await second.locator('[data-result=refused]').click()
  await second.locator('[data-unsent="1"]').waitFor()
  await second.context().setOffline(false)
  await allSent(second)
  await expect
    .poll(
      async () =>
        (await attempts(bank.phone_bank_id)).filter((each) => !each.undone_at).map((each) => each.disposition),
      patience,
    )
    .toEqual(['no_answer', 'canvassed', 'refused'])

  // Only the note was forgotten: one button keeps the result.
  const made = (await attempts(bank.phone_bank_id)).length
  await second.getByRole('button', { name: words.change, exact: true }).click()
  await second.getByRole('button', { name: words.still }).click()
  await expect.poll(async () => (await attempts(bank.phone_bank_id)).length, patience).toBe(made + 1)
  expect((await attempts(bank.phone_bank_id)).at(-1)).toMatchObject({ disposition: 'refused', undone_at: null })
})

test('on a phone, in Korean: a voter is signed up for an event, and the language spoken is kept for the next call', async () => {
  // Nobody knows what they speak.
  const voter_id = 300
  await addVoters(world.database.owner, [{ voter_id, first_name: 'Sora', last_name: 'Han', p_korean: 0 }])
  const now = new Date()
  const event_id = await makeEvent(db, ours.organizer, { hours: [48, 72] }, now)
  const full = await makeEvent(db, ours.organizer, { hours: [96], capacity: 1, has_wait_list: true }, now)
  await addPerson(db, ours.organizer, full, { who: 'v159', as: 'signed_up', shift_ids: [] }, now)
  const bank = await makeBank(world, ours.organizer, [voter_id])
  const page = await site.page({ language: 'ko', width: 360, height: 740 })
  await join(page, bank.join_code, '박수진')
  await page.getByRole('button', { name: '알겠습니다' }).click()
  expect(await page.locator('main').innerText()).not.toContain('쓰는 말')

  await page.locator('[data-answered]').click()
  await page.getByText('어느 말로 통화하시나요?').waitFor()
  await page.getByRole('button', { name: '한국어', exact: true, pressed: false }).click()
  await page.getByText('고치거나 더 적기').click()
  await page.getByRole('button', { name: '행사 신청' }).click()
  expect(await page.getByRole('radio').count()).toBe(3)
  await page.getByText('남은 자리가 없어 대기자로 올라갑니다.').waitFor()
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  await expectAlsoAtOtherWidth(page)
  await page.getByRole('button', { name: '적어 두기' }).click()
  await page.getByRole('alert').filter({ hasText: '행사를 골라 주세요.' }).waitFor()

  // The form opens below its buttons, in sight; pressed in a hurry it notes nothing nobody said.
  await page.getByRole('button', { name: '쓰는 말', exact: true }).click()
  const language = found(await page.locator('select[name=language]').boundingBox())
  expect(language.y + language.height).toBeLessThan(740)
  await page.getByRole('button', { name: '적어 두기' }).click()
  await page.getByRole('alert').filter({ hasText: '언어를 골라 주세요.' }).waitFor()
  await page.getByRole('button', { name: '행사 신청', exact: true }).click()

  // Said without a connection it is not theirs yet.
  await isKept(page)
  await page.context().setOffline(true)
  await page.getByRole('radio').nth(1).check()
  await page.getByRole('button', { name: '적어 두기' }).click()
  await page.getByText(/행사 신청: 주민 간담회 · .*: 확인을 기다리는 중/).waitFor()
  await page.context().setOffline(false)
  await page.getByText(/적었습니다: 행사 신청: 주민 간담회 · /).waitFor()
  await page.getByText('인터넷 연결이 끊겼습니다').waitFor({ state: 'detached' })
  expect(await page.getByRole('alert').count()).toBe(0)
  // That there is no seat yet stands in sight: the caller is to say so.
  await page.getByRole('button', { name: '행사 신청', exact: true }).click()
  await page.getByRole('radio').nth(2).check()
  await page.getByRole('button', { name: '적어 두기' }).click()
  await page.getByRole('alert').filter({ hasText: '아직 자리가 없다고 말씀드려 주세요' }).waitFor()
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  // What was noted while talking can be seen and taken back where the result is chosen too.
  await page.getByRole('button', { name: '통화가 끝남' }).click()
  await page
    .getByText(/적었습니다: 행사 신청: 주민 간담회 · /)
    .first()
    .waitFor()
  await page.getByRole('button', { name: '되돌리기: 행사 신청' }).first().waitFor()
  await page.getByRole('button', { name: '뒤로', exact: true }).click()

  const organizer = await site.page({ language: 'ko', actor: ours.organizer })
  await organizer.goto(`/events/${event_id}/people`)
  await organizer.locator('main').getByText('Sora Han').first().waitFor()
  const [signup] = await signupsOf(db, ours.organization_id, event_id)
  const shifts = await shiftsOf(db, ours.organization_id, [event_id])
  expect(signup).toMatchObject({ response: 'signed_up', language: 'ko', shift_ids: [shifts[1]?.shift_id] })

  await page.getByRole('button', { name: '다음', exact: true }).click()
  await page.getByRole('button', { name: /적극 지지/ }).click()
  await page.getByRole('button', { name: '다음', exact: true }).click()
  await page.getByRole('button', { name: '예', exact: true }).click()
  await page.getByRole('button', { name: '다음', exact: true }).click()
  await page.getByRole('button', { name: '저장하고 다음 분' }).click()
  await allSent(page)
  await organizer.goto(`/people/v${voter_id}`)
  expect(await organizer.locator('main header').first().innerText()).toContain('한국어')

  // The next call, of another evening.
  const next = await makeBank(world, ours.organizer, [voter_id])
  await db
    .updateTable('phone_bank_target')
    .set({ state: 'ready', why: null, next_at: now })
    .where('phone_bank_id', '=', next.phone_bank_id)
    .execute()
  await join(page, next.join_code, '박수진')
  await page.getByText('쓰는 말: 한국어').waitFor()
  await page.getByText('주민 간담회').first().waitFor()
  await page.locator('[data-answered]').click()
  await page.locator('#content').getByRole('button', { name: '한국어', exact: true, pressed: true }).waitFor()
})

test('a result is recorded once, though the answer to it never arrived and two windows are open', async () => {
  const bank = await bankOf(4)
  const page = await site.page({ language: 'en', width: 360, height: 740, allow: [/ERR_FAILED|Failed to load/] })
  await join(page, bank.join_code, 'Grace')
  // The server saves it; the answer is lost on the way, as long as the line is bad.
  let isBad = true
  let lost = 0
  let answered = 0
  await page.route('**/calls', async (route) => {
    await route.fetch()
    if (isBad) {
      lost++
      await route.abort()
    } else {
      answered++
      await route.continue()
    }
  })
  const second = tapOnNextVoter(page, '[data-result=no_answer]')
  await page.locator('[data-result=no_answer]').click()
  await second
  await expect.poll(() => lost, patience).toBeGreaterThan(0)
  isBad = false
  await expect.poll(() => answered, patience).toBeGreaterThan(0)
  await allSent(page)
  expect(await attempts(bank.phone_bank_id)).toHaveLength(1)

  // Taken back while its answer is missing: the server, which has it, takes it back too.
  isBad = true
  await page.locator('[data-result=disconnected]').click()
  await page.locator('#connection', { hasText: 'No connection' }).waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
  await allSent(page)
  isBad = false
  await expect
    .poll(async () => (await attempts(bank.phone_bank_id)).map((each) => [each.disposition, each.undone_at !== null]))
    .toEqual([
      ['no_answer', false],
      ['disconnected', true],
    ])
  await page.locator('[data-result=busy]').click()
  await expect.poll(async () => (await attempts(bank.phone_bank_id)).at(-1)?.disposition, patience).toBe('busy')

  // A correction whose answer is missing is dropped at once: what it corrected stands.
  const standing = async () =>
    (await attempts(bank.phone_bank_id)).flatMap((each) => (each.undone_at ? [] : each.disposition))
  await allSent(page)
  isBad = true
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.locator('[data-editing]').waitFor()
  await page.locator('[data-result=refused]').click()
  await page.locator('#connection', { hasText: 'No connection' }).waitFor()
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
  await page.locator('#said', { hasText: 'Not changed' }).waitFor({ state: 'attached' })
  isBad = false
  await allSent(page)
  await expect.poll(standing, patience).toEqual(['no_answer', 'busy'])

  // So is what was noted of a voter.
  const lostAlways = async (route: Route) => {
    await route.fetch()
    await route.abort()
  }
  await page.route('**/told', lostAlways)
  await page.getByRole('button', { name: 'Other result' }).click()
  await page.getByText('Correct or add something').click()
  await page.getByRole('button', { name: 'Language', exact: true }).click()
  await page.locator('select[name=language]').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Note it' }).click()
  await page.locator('#connection', { hasText: 'No connection' }).waitFor()
  await page.getByRole('button', { name: 'Undo: Language' }).click()
  await allSent(page)
  const noted = () =>
    db.selectFrom('phone_bank_told').select('undone_at').where('phone_bank_id', '=', bank.phone_bank_id).execute()
  await expect.poll(noted, patience).toEqual([{ undone_at: expect.any(Date) }])
  await page.unroute('**/told', lostAlways)
  await page.getByRole('button', { name: 'Back', exact: true }).click()

  // Refused, then corrected: the corrected one stands alone, and nothing is left to be sent again.
  await page.unroute('**/calls')
  const byAnother = async (route: Route) => {
    const sent = route.request().postDataJSON() as { result: object }
    await route.continue({ postData: JSON.stringify({ ...sent, result: { ...sent.result, ticket: 'of another' } }) })
  }
  await page.route('**/calls', byAnother, { times: 1 })
  await page.locator('[data-result=no_answer]').click()
  await page.locator('[data-stuck="1"]').waitFor()
  await page.locator('[data-unsent="0"]', { hasText: '1 not saved' }).waitFor()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.locator('[data-result=refused]').click()
  await page.locator('[data-stuck]').waitFor({ state: 'detached' })
  await allSent(page)
  await expect.poll(standing, patience).toEqual(['no_answer', 'busy', 'refused'])

  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: 'Use this window' }).click()
  await other.locator('[data-answered]').waitFor()
  await page.getByText('Open in another window').waitFor()
})

test('a screen reader is told of the first result: saved, or kept on this device without a connection', async () => {
  const bank = await bankOf(4)
  const page = await site.page({ language: 'en', width: 360 })
  await join(page, bank.join_code, 'Listener')
  // Regions a screen reader watches are there, empty, before there is anything to say.
  expect(await page.locator('#said[role=status]').textContent()).toBe('')
  expect(await page.locator('#connection[role=status]').textContent()).toBe('')
  await isKept(page) // letters are still being fetched
  await page.context().setOffline(true)
  await page.locator('[data-result=no_answer]').click()
  await page.locator('#said', { hasText: 'Kept on this device' }).waitFor({ state: 'attached' })
  await page.locator('#connection', { hasText: 'No connection. Results are kept on this device' }).waitFor()
  // What needs the server leads to no error of the browser.
  await page.getByRole('button', { name: '한국어' }).first().click()
  await page.getByRole('alert').filter({ hasText: 'That page needs a connection' }).waitFor()
  await page.context().setOffline(false)
  await allSent(page)
  // Nothing is kept here any more, and nothing says so.
  expect(await page.locator('#said').textContent()).toBe('')
  await page.locator('#connection', { hasText: /^$/ }).waitFor({ state: 'attached' })
  await page.locator('[data-result=no_answer]').click()
  await page.locator('#said', { hasText: /^Saved: / }).waitFor({ state: 'attached' })
  // What answered a press is over with the next result.
  expect(await page.getByRole('alert').count()).toBe(0)
})

test('a page older than the server says so instead of waiting for a connection, and loaded anew it goes on', async () => {
  const bank = await bankOf(4)
  const page = await site.page({ language: 'ko', width: 360 })
  await join(page, bank.join_code, '구순자')
  await isKept(page)
  const calls = '**/call/*/calls'
  await page.route(calls, async (route) => {
    await route.fetch() // it arrives, but the answer is of another version
    await route.fulfill({ json: { recorded: null } })
  })
  await page.locator('[data-result=no_answer]').click()
  await page.locator('#connection', { hasText: '새 버전' }).waitFor()
  expect(await page.locator('#connection').textContent()).not.toContain('인터넷')
  await page.unroute(calls)
  await page.getByRole('button', { name: '새로 고침' }).click()
  await allSent(page)
  expect((await attempts(bank.phone_bank_id)).map((each) => each.disposition)).toEqual(['no_answer'])
  expect(await page.locator('#connection').textContent()).toBe('')
})

test('while the server is away results wait, and are sent by themselves when it is back', async () => {
  const bank = await bankOf(4)
  const page = await site.page({ language: 'en', width: 360 })
  // And the device's clock is three hours ahead.
  await page.clock.install({ time: new Date(Date.now() + 3 * 3_600_000) })
  await join(page, bank.join_code, 'Patience')
  const before = new Date()
  await isKept(page)
  await site.stop()
  await page.locator('[data-result=no_answer]').click()
  await page.locator('[data-unsent="1"]').waitFor()
  await page.locator('[data-result=busy]').click()
  await page.locator('[data-unsent="2"]').waitFor()
  await site.start()
  await allSent(page)
  const sent = await attempts(bank.phone_bank_id)
  expect(sent.map((each) => each.disposition)).toEqual(['no_answer', 'busy'])
  for (const { attempted_at } of sent) {
    expect(attempted_at.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1000)
    expect(attempted_at.getTime()).toBeLessThanOrEqual(Date.now())
  }
})

test.each([
  { language: 'en', width: 1280, text: 'Only practice for now', stop: 'Stop for today', goOn: 'Go on calling' },
  { language: 'ko', width: 360, text: '지금은 연습만 합니다', stop: '오늘은 그만', goOn: '계속 걸기' },
] as const)(
  'the host changes the way of calling while callers call, also during their break, $language $width',
  async ({ language, width, text, stop, goOn }) => {
    const bank = await bankOf(5)
    const { phone_bank_id } = bank
    const page = await site.page({ language, width })
    const heard = page.waitForResponse((answer) => answer.url().endsWith('/extend'))
    await join(page, bank.join_code, 'Changing')
    await heard // the stream is open
    const told = { timeout: 15_000 }
    const dialed = page.locator('#voter ~ * a[href^="tel:"], section a[href^="tel:"]').first()
    await dialed.waitFor()
    // Whoever talks with a voter finishes; then there is nobody, and it is said why.
    await page.locator('[data-answered]').click()
    const renewed = page.waitForResponse((answer) => answer.url().includes('/session?'), told)
    await changeWay(db, ours.organizer, phone_bank_id, 'practice')
    await renewed
    await page.getByRole('button', { name: /Call ended here|통화가 끝남/ }).click()
    await page.locator('[data-result=refused]').click()
    await page.getByRole('heading', { name: text }).waitFor(told)
    expect(
      await page
        .getByRole('main')
        .getByRole('link', { name: /^(Practice|연습하기)$/ })
        .getAttribute('href'),
    ).toBe(`/call/${phone_bank_id}/practice`)
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)
    expect((await attempts(phone_bank_id)).map((each) => each.disposition)).toEqual(['refused'])
    await changeWay(db, ours.organizer, phone_bank_id, 'own_phone')
    await dialed.waitFor(told)

    await page.getByRole('button', { name: stop }).click()
    await page.getByRole('button', { name: goOn }).waitFor()
    await changeWay(db, ours.organizer, phone_bank_id, 'bridge')
    await page.getByRole('button', { name: goOn }).click()
    await page.locator('[data-answered]').waitFor()
    await dialed.waitFor({ state: 'detached', ...told })
  },
)

test('a message that was read is not said again by a page opened anew', async () => {
  const bank = await bankOf(2)
  const page = await site.page({ language: 'ko', width: 360 })
  await sendMessage(db, ours.organizer, bank.phone_bank_id, { caller_id: null, text: '물은 뒤쪽에 있어요' }, new Date())
  await join(page, bank.join_code, '지영')
  await page.getByText('물은 뒤쪽에 있어요').waitFor()
  await page.reload()
  await page.getByText('물은 뒤쪽에 있어요').waitFor() // not read yet
  await page.getByRole('button', { name: '알겠습니다' }).first().click()
  await page.getByText('물은 뒤쪽에 있어요').waitFor({ state: 'detached' })
  const looked = page.waitForResponse((answer) => answer.url().endsWith('/next'))
  await page.reload()
  await looked
  await page.locator('[data-answered]').waitFor()
  expect(await page.getByText('물은 뒤쪽에 있어요').count()).toBe(0)
})

test('undo pressed twice in a row takes one result back, and says nothing untrue', async () => {
  const bank = await bankOf(4)
  const page = await site.page({ language: 'ko', width: 360 })
  await join(page, bank.join_code, '손떨림')
  for (const result of ['no_answer', 'busy']) {
    await page.locator(`[data-result=${result}]`).click()
    await allSent(page)
  }
  const undo = page.locator('[data-last-call] button').last()
  await undo.dblclick()
  await page.locator('#said', { hasText: '되돌렸습니다' }).waitFor({ state: 'attached' })
  await page.locator('[data-last-call]').getByText('안 받음').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect((await attempts(bank.phone_bank_id)).filter((each) => each.undone_at).map((each) => each.disposition)).toEqual(
    ['busy'],
  )
})

test('an open page hears at once of a pause, a message and a voter who may not be called', async () => {
  const bank = await bankOf(5)
  const page = await site.page({ language: 'en', width: 360, allow: [/ERR_FAILED|Failed to load/] })
  const heard = page.waitForResponse((answer) => answer.url().endsWith('/extend'))
  await join(page, bank.join_code, 'Listening')
  await heard // the stream is open
  const now = new Date()
  const told = { timeout: 15_000 } // far less than a minute, on a busy machine
  await changePhoneBank(db, ours.organizer, bank.phone_bank_id, 'pause', now)
  await page.getByRole('heading', { name: 'The host has paused this phone bank' }).waitFor(told)
  await changePhoneBank(db, ours.organizer, bank.phone_bank_id, 'resume', now)
  await page.locator('[data-answered]').waitFor(told)
  await sendMessage(db, ours.organizer, bank.phone_bank_id, { caller_id: null, text: 'Pizza is here' }, now)
  await page.getByText('Pizza is here').waitFor(told)
  const [lease] = await db
    .selectFrom('call_lease')
    .select('voter_id')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .orderBy('leased_at')
    .orderBy('voter_id')
    .execute()
  await mark(db, ours.organizer, `v${lease?.voter_id}`, { reason: 'do_not_call', note: '' })
  await page.getByText('asked somebody else not to be called, just now').waitFor(told)
  expect(await page.locator('#voter').count()).toBe(1) // the next one

  // Closed in the middle of a conversation: it is finished, and what was said counts.
  const [talking] = await db
    .selectFrom('call_lease')
    .select('voter_id')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .orderBy('leased_at')
    .orderBy('voter_id')
    .execute()
  await page.locator('[data-answered]').click()
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('button', { name: /Strong support/ }).click()
  await mark(db, ours.organizer, `v${talking?.voter_id}`, { reason: 'do_not_call', note: '' })
  await page.getByText('is not to be called any more').waitFor(told)
  // So is another script: the words they began with stay until the next voter.
  const renewed = page.waitForResponse((answer) => answer.url().includes('/session?'), told)
  const [greeting, question] = ['A second greeting', 'A second question']
  const both = (text: string) => ({ en: text, ko: text })
  const steps = testScript.steps.map((step, at) => (at === 0 ? { ...step, say: both(question) } : step))
  const { name, version, created_at } = found(await currentVersion(db, bank.script_id))
  const newer = { name, content: { ...testScript, greeting: both(greeting), steps } }
  await saveScript(db, ours.organizer, bank.script_id, { version, saved_at: created_at }, newer, now)
  await useScript(db, ours.organizer, bank.phone_bank_id, 'newest', new Date())
  await renewed
  expect(await page.getByText(question).count()).toBe(0)
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('button', { name: 'Skip question' }).click()
  await page.getByRole('button', { name: /^Save/ }).click()
  await allSent(page)
  const [saved] = await attempts(bank.phone_bank_id)
  expect(saved).toMatchObject({ voter_id: talking?.voter_id, disposition: 'canvassed', script_version: 1 })
  expect(await answersOf(saved?.attempt_id ?? '')).toEqual([{ question: 'support', value: 1 }])
  expect(await page.getByText('had run out before it arrived').count()).toBe(0)
  await page.locator('[data-answered]').click()
  await page.getByText(greeting).waitFor()

  // What waits on the device is corrected in its own words too, though the page was loaded with newer ones since.
  await page.route('**/calls', (route) => route.abort())
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('button', { name: /Leaning our way/ }).click()
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('button', { name: 'Skip question' }).click()
  await page.getByRole('button', { name: /^Save/ }).click()
  await page.locator('[data-unsent="1"]').waitFor()
  const second = found(await currentVersion(db, bank.script_id))
  const newest = { ...second, content: testScript }
  await saveScript(
    db,
    ours.organizer,
    bank.script_id,
    { version: second.version, saved_at: second.created_at },
    newest,
    now,
  )
  await useScript(db, ours.organizer, bank.phone_bank_id, 'newest', new Date())
  await page.reload()
  await page.locator('[data-unsent="1"]').waitFor()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.locator('[data-editing]').waitFor()
  await page.getByRole('button', { name: 'To the questions and answers' }).click()
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByText(question).waitFor()
  await page.getByRole('button', { name: /Strong support/ }).click()
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('button', { name: 'Skip question' }).click()
  await page.unroute('**/calls')
  await page.getByRole('button', { name: /^Save/ }).click()
  await allSent(page)
  const corrected = (await attempts(bank.phone_bank_id)).at(-1)
  expect(corrected).toMatchObject({ disposition: 'canvassed', script_version: 2, undone_at: null })
  expect(await answersOf(corrected?.attempt_id ?? '')).toEqual([{ question: 'support', value: 1 }])
})

test.each([
  { language: 'ko', width: 360, closed: /지금은 전화하지 않습니다/, fewer: /더 받으실 분이 없어 3명만 .*까지/ },
  {
    language: 'en',
    width: 1280,
    closed: /Nobody is called there now/,
    fewer: /3 voters are on this device now, until .*; there were no more/,
  },
] as const)(
  'after calling hours the number is no link, also without a connection and after a reload, $language $width',
  async ({ language, width, closed, fewer }) => {
    // Open where they live for an hour or more from now: New York, and Hawaii while it is late there.
    const zone = timeIn('America/New_York', new Date()) < '21:00' ? 'America/New_York' : 'Pacific/Honolulu'
    const in_an_hour = timeIn(zone, new Date(Date.now() + 3_600_000))
    const bank = await bankOf(3, { calling_ends: in_an_hour })
    await db
      .updateTable('phone_bank_target')
      .set({ time_zone: zone })
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .execute()
    await world.database.owner
      .updateTable('phone_bank')
      .set({ zones: [zone] })
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .execute()
    const page = await site.page({ language, width, height: 740 })
    await page.clock.install()
    await join(page, bank.join_code, 'Evening')
    await page.locator('a[href^="tel:"]').first().waitFor()
    await page.locator('details[data-hand] summary').click()
    await page.locator('details[data-hand] form button').click()
    await page.locator('details[data-hand="3"]').waitFor() // all of them, for hours
    await page.getByText(fewer).waitFor()
    await isKept(page)
    await page.context().setOffline(true)
    await page.clock.fastForward('01:01:00')
    await page.getByText(closed).waitFor()
    expect(await page.locator('a[href^="tel:"]').count()).toBe(0)
    await page.reload()
    await page.getByText(closed).waitFor()
    expect(await page.locator('a[href^="tel:"]').count()).toBe(0)
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)
  },
)

test('after an abusive call nobody else of that home comes to the same caller', async () => {
  const home = [9001, 9002, 9003]
  await addVoters(world.database.owner, [
    ...home.map((voter_id) => ({ voter_id, household_key: 9001, last_name: 'Hong', p_korean: 95 })),
    { voter_id: 9010, first_name: 'Peace', last_name: 'Ahn', p_korean: 95 },
  ])
  const bank = await makeBank(world, ours.organizer, [...home, 9010])
  const page = await site.page({ language: 'ko', width: 360 })
  await join(page, bank.join_code, '김영자')
  await page.locator('#voter', { hasText: 'Hong' }).waitFor()
  await page.locator('[data-answered]').click()
  await page.locator('[data-result=hostile]').click()
  await page.locator('#voter', { hasText: 'Ahn' }).waitFor()
  await allSent(page)
  const family = await db
    .selectFrom('phone_bank_target')
    .select(['state', 'why'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', 'in', home)
    .orderBy('why')
    .execute()
  expect(family).toEqual([
    { state: 'suppressed', why: 'hostile' },
    { state: 'waiting', why: 'household' },
    { state: 'waiting', why: 'household' },
  ])
})

test('whoever stops leaves nothing on the device', async () => {
  const bank = await bankOf(4)
  const page = await site.page({ language: 'ko', width: 360 })
  await join(page, bank.join_code, '최영자')
  await page.locator('[data-answered]').click() // begins a conversation, which is kept
  const kept = () =>
    page.evaluate(async () => {
      const pages = (await (await caches.open('hanpyo-call')).keys()).filter((each) => /\/call\//.test(each.url)).length
      let rows = 0
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const opening = indexedDB.open(name ?? '')
          opening.addEventListener('success', () => resolve(opening.result))
        })
        for (const store of database.objectStoreNames) {
          const counting = database.transaction(store).objectStore(store).count()
          rows += await new Promise<number>((resolve) =>
            counting.addEventListener('success', () => resolve(counting.result)),
          )
        }
        database.close()
      }
      return { pages, rows }
    })
  await expect.poll(kept, patience).toMatchObject({ pages: 1 })
  expect((await kept()).rows).toBeGreaterThan(0)
  await page.getByRole('button', { name: '뒤로' }).click()
  await page.getByRole('button', { name: '오늘은 그만' }).click()
  await page.getByRole('heading', { name: /고맙습니다/ }).waitFor()
  await expect.poll(kept, patience).toEqual({ pages: 0, rows: 0 })
  // The farewell does not wait for the server, which may be out of reach.
  const leased = () =>
    db.selectFrom('call_lease').select('voter_id').where('phone_bank_id', '=', bank.phone_bank_id).execute()
  await expect.poll(leased, patience).toEqual([])
})

test('where the device can keep nothing, that is said and the result is sent directly', async () => {
  const bank = await bankOf(3)
  const page = await site.page({ language: 'ko', width: 360 })
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
  await join(page, bank.join_code, '이정희')
  await page.getByText('이 기기에는 저장할 수 없습니다').first().waitFor()
  await page.locator('[data-result=busy]').click()
  await expect.poll(async () => (await attempts(bank.phone_bank_id)).length, patience).toBe(1)
  await allSent(page)
})

test.each([
  ['en', 'This device has no room left', 'go on calling'],
  ['ko', '저장 공간이 가득 찼습니다', '계속 거셔도 됩니다'],
] as const)(
  'a device that fills up while calling without a connection says what to do, and no result is lost, %s',
  async (language, full, next) => {
    const bank = await bankOf(3)
    const page = await site.page({ language, width: 360 })
    await join(page, bank.join_code, 'Grace')
    await isKept(page)
    await page.context().setOffline(true)
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no room', 'QuotaExceededError')
      }
    })
    const first = await voterShown(page)
    await page.locator('[data-result=busy]').click()
    await page.locator('#connection', { hasText: full }).waitFor()
    expect(await page.locator('#connection').innerText()).toContain(next)
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)
    await page.waitForFunction((before) => document.querySelector('#voter')?.textContent !== before, first)
    await page.locator('[data-result=no_answer]').click()
    await page.locator('[data-unsent="2"]').waitFor()
    await page.context().setOffline(false)
    await allSent(page)
    await expect
      .poll(async () => (await attempts(bank.phone_bank_id)).map((each) => each.disposition), patience)
      .toEqual(['busy', 'no_answer'])
  },
)

test('by keyboard alone, from joining to a saved answer', async () => {
  const bank = await bankOf(3)
  const page = await site.page({ language: 'en' })
  await join(page, bank.join_code, 'Keyboard')
  const press = async (name: string | RegExp) => {
    const wanted = page.getByRole('button', { name }).first()
    await wanted.waitFor()
    // A voter who has just come cannot be pressed for a moment.
    await page.locator('main [inert]').first().waitFor({ state: 'detached' })
    for (let tabs = 0; tabs < 60; tabs++) {
      await page.keyboard.press('Tab')
      if (await wanted.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter')
    }
    throw new Error(`${name} is not reached by Tab`)
  }
  await press('They answered')
  await press('Next')
  await press('2 Leaning our way')
  await press('Next')
  await press('Skip question')
  await press('Save, next voter')
  await allSent(page)
  const [sent] = await attempts(bank.phone_bank_id)
  expect(await answersOf(sent?.attempt_id ?? '')).toEqual([{ question: 'support', value: 2 }])
})

test.each([
  ['en', false],
  ['ko', true],
] as const)(
  'every screen of a call is accessible in %s (dark: %s) and no wider than the phone',
  async (language, dark) => {
    const bank = await bankOf(2, { rules: { rest_minutes: 5 } })
    const page = await site.page({ language, width: 360, height: 740, dark })
    await page.clock.install()
    const look = async () => {
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      await expectNoAxeProblems(page)
      await expectNoSidewaysScroll(page)
      await expectAlsoAtOtherWidth(page)
    }
    await join(page, bank.join_code, 'Axe')
    await look()
    await page.locator('[data-answered]').click()
    await look()
    await page.getByRole('button', { name: /^(Next|다음)$/ }).click()
    await look()
    await page.getByRole('button', { name: /^(Call ended here|통화가 끝남)$/ }).click()
    await look()
    await page.locator('[data-result=language_barrier]').click()
    await page.getByRole('button', { name: /^(Chinese|중국어)$/ }).click()
    await look()
    await page.getByRole('button', { name: /^(Back|뒤로)$/ }).click()
    await page.locator('[data-result=do_not_call]').click()
    await look()
    await page.getByRole('button', { name: /^(The voter|본인)$/ }).click()
    await allSent(page)
    await page.clock.fastForward('06:00')
    await page.locator('[data-result=busy]').click()
    await page.getByText(/Time for a short rest|잠시 쉬어 가세요/).waitFor()
    await page.getByRole('heading', { name: /Nobody to call right now|지금 걸 전화가 없습니다/ }).waitFor()
    await look()
    await page.getByRole('button', { name: /Stop for today|오늘은 그만/ }).click()
    await page.getByRole('heading', { name: /Thank you, Axe|고맙습니다/ }).waitFor()
    await page.getByText(/You talked with \d voters?\.|\d명과 대화하셨습니다\./).waitFor()
    await look()
  },
)

test('without JavaScript the page says what is needed', async () => {
  const bank = await bankOf(1)
  const page = await site.page({ language: 'ko', javaScript: false, width: 360 })
  await page.goto(`/call/${bank.join_code}`)
  await page.locator('[name=name]').fill('김순자')
  await page.locator('[name=reach]').fill('718-555-0143')
  await page.locator('form:has([name=reach]) button').last().click()
  expect(await page.locator('main').innerText()).toContain('자바스크립트가 필요합니다')
  await expectNoSidewaysScroll(page)
})

import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { markAttendance } from '../src/features/events/attendance/commands.ts'
import { answer, changeEvent, createEvent, signUp } from '../src/features/events/commands.ts'
import { ticketPath } from '../src/features/events/door/ticket.ts'
import { eventById, headCount, organizationById, shiftsOf, signupsOf } from '../src/features/events/queries.ts'
import { found } from '../src/platform/errors.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'
import bwip from 'bwip-js/node'

/*
 * A host stands at the door with a phone. The hall has no signal.
 */

const world = await makeWorld()
world.installation.clock.now = () => new Date() // the browser's clock runs, so the server's must
const site = await openSite(world, buildApp)
const { ours } = world
const { organization_id } = ours
const db = world.database.of(organization_id)
const hours = (count: number) => new Date(Date.now() + count * 3_600_000)

async function openEvent(capacity: number | null = null) {
  const settings = {
    kind: 'roundtable', time_zone: 'America/New_York', online_link: null, capacity, guests_most: 3, accept_hours: 24, is_by_invitation: false,
    needs_approval: false, has_wait_list: true, reminder_hours: [],
  } // prettier-ignore
  const content = { title: { en: 'School roundtable', ko: '학교 간담회' }, summary: {}, access: {}, spoken: {}, details: {}, questions: [], consent: {} } // prettier-ignore
  const place = { name: { ko: '도서관' }, address: '', city: '', zip5: '', directions: {} }
  const shifts = [{ shift_id: null, name: {}, starts_at: hours(1), ends_at: hours(3), capacity: null, place }]
  const { event_id } = await createEvent(db, ours.organizer, { settings, content, shifts }, new Date())
  await changeEvent(db, ours.organizer, event_id, 'publish', new Date())
  const [shift] = await shiftsOf(db, organization_id, [event_id])
  const event = found(await eventById(db, organization_id, event_id))
  const { slug } = await organizationById(db, organization_id)
  return { event_id, shift_id: found(shift).shift_id, code: event.code, slug }
}

type Opened = Awaited<ReturnType<typeof openEvent>>

async function signedUp(
  { event_id, shift_id, code, slug }: Opened,
  name_hangul: string,
  last_name: string,
  first_name: string,
  guests = 0,
) {
  const signup_id = randomUUID()
  const said = { first_name, last_name, name_hangul, email: `${signup_id.slice(0, 8)}@example.org`, phone: null }
  const sent = { said, named: [], guests, shift_ids: [shift_id], answers: {}, consents: [], signup_id, language: 'ko', source: 'web' as const } // prettier-ignore
  await signUp(db, ours.organizer, event_id, sent, new Date())
  const [row] = await signupsOf(db, organization_id, event_id, { only: [signup_id] })
  const { ticket } = found(row)
  return { signup_id, ticket, address: site.url + ticketPath(slug, code, ticket) }
}

/** In place of the phone's camera: a picture of what somebody holds up to it. */
async function holdUp(page: Page, text: string): Promise<void> {
  const png = await bwip.toBuffer({ bcid: 'qrcode', text, scale: 6, backgroundcolor: 'ffffff', paddingwidth: 12, paddingheight: 12 }) // prettier-ignore
  await page.evaluate(async (source) => {
    const picture = new Image()
    picture.src = source
    await picture.decode()
    const screen = document.createElement('canvas')
    screen.width = 640
    screen.height = 480
    const drawing = screen.getContext('2d')
    const draw = () => {
      if (!drawing) return
      drawing.fillStyle = '#777'
      drawing.fillRect(0, 0, 640, 480)
      drawing.drawImage(picture, 140, 60, 360, 360)
    }
    draw()
    setInterval(draw, 100)
    Object.defineProperty(navigator, 'mediaDevices', {
      configurable: true,
      value: { getUserMedia: async () => screen.captureStream(10) },
    })
  }, `data:image/png;base64,${png.toString('base64')}`) // prettier-ignore
}

async function openDoor(event_id: string, roles: string[] = ['host'], language: 'ko' | 'en' = 'ko'): Promise<Page> {
  const page = await site.page({ language, width: 360, height: 740, actor: ours.actor(roles) })
  await page.goto(`/door/${event_id}`)
  await page.locator('[data-heads]').waitFor()
  return page
}

const unsent = (page: Page, count: number) => page.locator(`[data-unsent="${count}"]`).waitFor()
const seen = (page: Page, is: string) => page.locator(`[data-seen="${is}"]`).waitFor()

let event: Opened
beforeAll(async () => {
  event = await openEvent()
})

test('without a signal a code is read by the camera, somebody is found by name, somebody walks in; the host sees all of them when the signal is back', async () => {
  const soonja = await signedUp(event, '이순자', 'Lee', 'Soonja', 2)
  await signedUp(event, '김영희', 'Kim', 'Younghee')
  await signedUp(event, '박민수', 'Park', 'Minsoo')
  const page = await openDoor(event.event_id)
  await page.locator('[data-heads="0"]').waitFor()
  await page.getByText('김영희').first().waitFor()
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  await page.locator('html[data-kept]').waitFor({ state: 'attached' })

  // The page is opened anew where there is no signal: from the device.
  await page.context().setOffline(true)
  await page.reload()
  await page.getByText('김영희').first().waitFor()
  await holdUp(page, soonja.address)
  await page.getByRole('button', { name: 'QR 코드 읽기' }).click()
  await seen(page, 'in')
  await page.getByText('출석 확인: 이순자 Soonja Lee').waitFor()
  await page.locator('[data-heads="3"]').waitFor()
  await page.getByRole('button', { name: '카메라 닫기' }).click()

  await page.getByLabel('이름 또는 코드').fill('younghee')
  await page.getByRole('button', { name: '왔음 김영희 Younghee Kim' }).click()
  await page.locator('[data-heads="4"]').waitFor()

  await page.getByLabel('이름(한글)').fill('박새로')
  expect(await page.getByLabel('성(영문)').inputValue()).toBe('Park')
  // Whoever is looked for first and not on the list is not typed twice.
  await page.getByLabel('이름 또는 코드').fill('최하나')
  await page.getByText('명단에 없습니다.').waitFor()
  await page.getByRole('button', { name: '신청하지 않으신 분: 최하나' }).click()
  expect(await page.getByLabel('이름(한글)').inputValue()).toBe('최하나')
  expect(await page.getByRole('button', { name: '적고 출석 확인' }).evaluate((each) => each.matches(':focus'))).toBe(
    true,
  )
  expect(await page.getByLabel('성(영문)').inputValue()).toBe('Choi')
  expect(await page.getByLabel('이름(영문)').inputValue()).toBe('Ha Na')
  await page.getByRole('button', { name: '적고 출석 확인' }).click()
  await page.locator('[data-heads="5"]').waitFor()
  await unsent(page, 3)
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  const heads = () => headCount(db, organization_id, event.event_id, event.shift_id)
  expect(await heads()).toEqual({ here: 0, walk_ins: 0, expected: 5 })

  // Even the phone being put away loses nothing.
  await page.reload()
  await unsent(page, 3)
  await page.locator('[data-heads="5"]').waitFor()
  await page.context().setOffline(false)
  await unsent(page, 0)
  expect(await heads()).toEqual({ here: 5, walk_ins: 1, expected: 1 })

  const desk = await site.page({ language: 'ko', actor: ours.organizer })
  await desk.goto(`/events/${event.event_id}/people`)
  const rows = await desk.locator('tbody tr').allInnerTexts()
  expect(rows.filter((row) => /참석함|현장 참가/.test(row)).map((row) => /이순자|김영희|최하나|박민수/.exec(row)?.[0])).toEqual(['이순자', '김영희', '최하나']) // prettier-ignore
})

test('two doors converge: who is let in twice without a signal is counted once, and the second door is told', async () => {
  const shared = await signedUp(event, '정다은', 'Jung', 'Daeun')
  const [one, two] = [await openDoor(event.event_id), await openDoor(event.event_id, ['organizer'], 'en')]
  const before = (await headCount(db, organization_id, event.event_id, event.shift_id)).here
  for (const page of [one, two]) await page.locator(`[data-heads="${before}"]`).waitFor()
  await two.locator('html[data-kept]').waitFor({ state: 'attached' })
  await two.context().setOffline(true)
  for (const page of [one, two]) {
    await page.getByRole('searchbox').fill(shared.ticket.toUpperCase())
    await page.getByRole('button', { name: /코드 .+ 출석 확인|Check in code/ }).click()
    await seen(page, 'in')
  }
  await unsent(one, 0)
  await unsent(two, 1)
  await two.context().setOffline(false)
  await unsent(two, 0)
  await two.getByText(/정다은 Daeun Jung is in already, since .+ \(ours host\)\. Nothing was counted twice\./).waitFor()
  for (const page of [one, two]) await page.locator(`[data-heads="${before + 1}"]`).waitFor()
  expect(await headCount(db, organization_id, event.event_id, event.shift_id)).toMatchObject({ here: before + 1 })
  // Pressed a second time, it says so at once.
  await one.getByRole('searchbox').fill(shared.ticket)
  await one.getByRole('button', { name: /^코드 .+ 출석 확인$/ }).click()
  await seen(one, 'already')
})

test('codes that open nothing here are told apart, and whoever canceled comes in by word alone', async () => {
  const elsewhere = await openEvent()
  const stranger = await signedUp(elsewhere, '한지우', 'Han', 'Jiwoo')
  const canceled = await signedUp(event, '오세훈', 'Oh', 'Sehoon')
  await answer(db, ours.organizer, event.event_id, canceled.signup_id, 'cancel', new Date())
  const page = await openDoor(event.event_id)
  await page.locator('[data-unsent="0"]').waitFor()
  const wrong: [string, string][] = [
    [stranger.address, '다른 행사의 코드입니다.'],
    [stranger.address.replace('/e/ours/', '/e/theirs/'), '다른 단체의 코드입니다.'],
    ['https://example.com/menu', '출석 확인에 쓰는 코드가 아닙니다.'],
    [`${site.url}/m/ours/card/${randomUUID()}/madeUpCode`, '확인되지 않는 회원증입니다.'],
  ]
  for (const [text, words] of wrong) {
    await holdUp(page, text)
    await page.getByRole('button', { name: 'QR 코드 읽기' }).click()
    await page.getByText(words).waitFor()
    await page.getByRole('button', { name: '카메라 닫기' }).click()
    await page.getByRole('button', { name: '닫기', exact: true }).first().click()
    await page.getByText(words).waitFor({ state: 'detached' })
  }
  await holdUp(page, canceled.address)
  await page.getByRole('button', { name: 'QR 코드 읽기' }).click()
  await page.getByText('오세훈 Sehoon Oh: 취소된 신청입니다.').waitFor()
  await page.getByRole('button', { name: '그래도 입장' }).click()
  await seen(page, 'in')
  await unsent(page, 0)
  const [row] = await signupsOf(db, organization_id, event.event_id, { only: [canceled.signup_id] })
  expect(row).toMatchObject({
    response: 'canceled_by_them',
    attendance: { [event.shift_id]: { attendance: 'walk_in' } },
  })
})

test('after the event its list is on the phone no longer, and the page says so; what is to be looked at is shown, then gone too', async () => {
  const over = await openEvent()
  const { signup_id } = await signedUp(over, '문소리', 'Moon', 'Sori')
  const page = await openDoor(over.event_id)
  await page.getByText('문소리').first().waitFor()
  await page.locator('html[data-kept]').waitFor({ state: 'attached' })
  await page.evaluate(() => document.fonts.ready.then(() => true))
  const kept = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''))
  expect((await kept()).some((name) => name.includes(`door-${over.event_id}-until-`))).toBe(true)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '왔음 문소리 Sori Moon' }).click()
  await unsent(page, 1)
  const mark = { signup_id, shift_id: over.shift_id, attendance: 'attended' as const, guests: 0 }
  await markAttendance(db, ours.organizer, over.event_id, mark, new Date())
  await page.context().setOffline(false)
  await page.locator('[data-told="1"]').waitFor()
  await db
    .updateTable('event')
    .set({ starts_at: hours(-30), ends_at: hours(-20) })
    .where('event_id', '=', over.event_id)
    .execute()
  await page.goto(`/door/${over.event_id}`)
  await page.getByText('명단을 이 휴대전화에서 지웠습니다.').waitFor()
  await expect.poll(kept).not.toContainEqual(expect.stringContaining(`door-${over.event_id}-until-`))
  await page.getByText(/문소리 Sori Moon 님은 이미 .+에 들어오셨습니다/).waitFor()
  expect(await kept()).toContain(`hanpyo-door-acts-${over.event_id}`)
  await page.getByRole('button', { name: '닫기', exact: true }).click()
  await expect.poll(kept).not.toContain(`hanpyo-door-acts-${over.event_id}`)
})

test('once nobody is signed in no name is on the phone; what was not sent waits for whoever signs in', async () => {
  const here = await openEvent()
  const mirae = await signedUp(here, '서미래', 'Seo', 'Mirae')
  const first = await openDoor(here.event_id)
  const context = first.context()
  const session = await context.cookies()
  await first.getByText('서미래').first().waitFor()
  await first.locator('html[data-kept]').waitFor({ state: 'attached' })
  await context.setOffline(true)
  await first.getByRole('button', { name: '왔음 서미래 Mirae Seo' }).click()
  await unsent(first, 1)
  await first.getByLabel('이름(한글)').fill('남보라')
  await first.getByRole('button', { name: '적고 출석 확인' }).click()
  await unsent(first, 2)
  await first.close()

  await context.setOffline(false)
  await context.clearCookies({ name: 'test-actor' })
  const page = await context.newPage()
  await page.goto('/events')
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  const kept = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''))
  await expect.poll(kept).toEqual([`hanpyo-door-acts-${here.event_id}`])

  // The page is still there where there is no signal, and names nobody.
  await context.setOffline(true)
  await page.goto(`/door/${here.event_id}`)
  await unsent(page, 2)
  expect(await page.locator('body').innerText()).not.toMatch(/서미래|남보라/)
  await context.setOffline(false)
  await page.getByText('아직 보내지 않은 2건은 남겨 두었습니다.').waitFor()
  expect(await page.locator('[data-heads]').count()).toBe(0)
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)

  await context.addCookies(session)
  await page.reload()
  await unsent(page, 0)
  await page.locator('[data-heads="2"]').waitFor()
  expect(await headCount(db, organization_id, here.event_id, here.shift_id)).toMatchObject({ here: 2, walk_ins: 1 })
  expect((await signupsOf(db, organization_id, here.event_id, { only: [mirae.signup_id] }))[0]?.attendance[here.shift_id]?.attendance).toBe('attended') // prettier-ignore
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import '../src/features/contacts/tables.ts'
import '../src/features/phonebanks/tables.ts'
import { addTestCaller, addVoters, callAround, makeBank, type TestBank } from '../src/features/phonebanks/testing.ts'
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
const host = ours.organizer

await addVoters(
  world.database.owner,
  Array.from({ length: 120 }, (_, index) => ({
    voter_id: 500 + index,
    first_name: ['Younghee', 'Min-jun', 'Grace', 'Sung Ho', 'Linda'][index % 5] ?? '',
    last_name: ['Kim', 'Lee', 'Park', 'Choi', 'Jung'][index % 5] ?? '',
    birth_date: ['1948-02-01', '1971-06-15', '1996-09-30'][index % 3] ?? '',
    p_korean: 95,
  })),
)
let used = 500

async function bankOf(count: number): Promise<TestBank> {
  const bank = await makeBank(
    world,
    host,
    Array.from({ length: count }, () => used++),
    { goal_contacts: 40 },
  )
  await db
    .updateTable('phone_bank')
    .set({ prepared_at: new Date() })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  return bank
}

async function join(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/call/${code}`)
  await page.locator('[name=name]').fill(name)
  await page.locator('[name=reach]').fill('718-555-0142')
  const korean = page.locator('[name^=languages][value=ko]')
  if (!(await korean.isChecked())) await korean.check()
  await page.locator('form:has([name=reach]) button').last().click()
  await page.locator('[data-answered]').waitFor()
}

async function looked(page: Page): Promise<void> {
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  await expectAlsoAtOtherWidth(page)
}

/** Kept for looking at, where a folder is given. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.HANPYO_PICTURES)
    await page.screenshot({ path: `${process.env.HANPYO_PICTURES}/${name}.png`, fullPage: true })
}

const wide = { language: 'en', width: 1280, height: 900, actor: host } as const
const narrow = { language: 'ko', width: 360, height: 740, actor: host } as const

test('a host watches in English and in Korean on a phone, tells a caller something, and hears at once of a hostile call', async () => {
  const bank = await bankOf(40)
  await callAround(await addTestCaller(world, host, bank, ['en', 'ko'], 'Grace Lee'), 12)
  const caller = await site.page({ language: 'ko', width: 360, height: 740 })
  await join(caller, bank.join_code, '박수진')
  await caller.getByRole('button', { name: '알겠습니다' }).click()
  await caller.locator('[data-answered]').click()

  const page = await site.page(wide)
  await page.goto(`/phonebanks/${bank.phone_bank_id}`)
  await page.getByRole('heading', { name: 'Whom we talked with' }).waitFor()
  const phone = await site.page(narrow)
  await phone.goto(`/phonebanks/${bank.phone_bank_id}`)
  await phone.getByRole('heading', { name: '누구와 대화했나' }).waitFor()
  await looked(page)
  await picture(page, 'host-en')
  const form = page.locator('form[action$="/messages"]')
  await form.locator('[name=text]').fill('Coffee is ready at eight')
  await form.getByRole('button', { name: 'Send' }).click()
  await page.getByText('The message is on its way.').waitFor()

  await caller.reload()
  await caller.getByText('Coffee is ready at eight').waitFor()
  // In the middle of a conversation, with the script from its beginning on the screen.
  await caller.waitForFunction(() => scrollY > 0)
  const message = found(await caller.getByText('Coffee is ready at eight').boundingBox())
  const header = found(await caller.locator('header').boundingBox())
  expect(message.y).toBeGreaterThanOrEqual(header.y + header.height)
  expect(message.y + message.height).toBeLessThan(740)
  // The next part of the script begins below what the host says.
  await caller.getByRole('button', { name: '다음', exact: true }).click()
  await caller.locator('#station:focus').waitFor()
  const bar = found(await caller.locator('#bar').boundingBox())
  expect(found(await caller.locator('#station').boundingBox()).y).toBeGreaterThanOrEqual(bar.y + bar.height)
  await looked(caller)
  await picture(caller, 'caller-message-ko')
  await caller.locator('#care').getByRole('button', { name: '알겠습니다' }).click()
  await expect.poll(() => caller.locator('#care').innerText()).toBe('')

  await caller.locator('[data-result=hostile]').click()
  await caller.getByText('선생님 잘못이 아닙니다').waitFor()
  await looked(caller)
  await picture(caller, 'caller-hostile-ko')
  // Pressed by mistake: nothing goes on saying that the host was told.
  await caller.getByRole('button', { name: '되돌리기' }).first().click()
  await caller.getByText('선생님 잘못이 아닙니다').waitFor({ state: 'detached' })
  await caller.locator('[data-result=hostile]').click()
  await caller.getByText('선생님 잘못이 아닙니다').waitFor()
  await caller.getByRole('button', { name: '쉬기', exact: true }).click()

  // The host's page is renewed by itself.
  await page.getByText('A hostile call: 박수진').waitFor({ timeout: 15_000 })
  await phone.getByText('폭언 통화: 박수진').waitFor({ timeout: 15_000 })
  await looked(page)
  await looked(phone)
})

test('a wish becomes a task; the host sees to it in Korean on a phone', async () => {
  const bank = await bankOf(6)
  const caller = await site.page({ language: 'en', width: 360, height: 740 })
  await join(caller, bank.join_code, 'Soo Park')
  await caller.locator('[data-answered]').click()
  await caller.getByText('They want something').click()
  await caller.locator('[data-wish=ride]').click()
  await caller.locator('[data-wish=organizer]').click()
  await caller.getByLabel('What should the organizer know?').fill('Asks for a Korean ballot')
  await looked(caller)
  await picture(caller, 'caller-wishes-en')
  await caller.getByText('Call ended here').click()
  await caller.locator('[data-result=refused]').click()
  await caller.locator('[data-unsent="0"]').waitFor()
  await expect
    .poll(async () =>
      (await db.selectFrom('follow_up').select('kind').where('phone_bank_id', '=', bank.phone_bank_id).execute())
        .map(({ kind }) => kind)
        .sort(),
    )
    .toEqual(['organizer', 'ride'])

  const page = await site.page(narrow)
  await page.goto(`/follow-ups?phone_bank=${bank.phone_bank_id}`)
  await page.getByText('Asks for a Korean ballot').waitFor()
  await looked(page)
  await picture(page, 'follow-ups-ko')
  await page.getByRole('button', { name: /^마침/ }).first().click()
  await page.getByText('마친 일로 적었습니다.').waitFor()
})

test('somebody at the door starts on the host’s phone, in Korean; ending the phone bank puts them out', async () => {
  const bank = await bankOf(6)
  const page = await site.page(narrow)
  await page.goto(`/phonebanks/${bank.phone_bank_id}`)
  await looked(page)
  await picture(page, 'host-ko')
  const form = page.locator('form[action$="/walk_in"]')
  await form.locator('[name=name]').fill('박영자')
  await form.getByRole('button', { name: '봉사자 추가' }).click()
  await page.getByRole('link', { name: '이 전화기에서 시작하기' }).waitFor()
  await looked(page)
  await picture(page, 'walk-in-ko')
  await page.getByRole('link', { name: '이 전화기에서 시작하기' }).click()
  await page.getByRole('button', { name: '박영자 님으로 시작하기' }).click()
  await page.locator('[data-answered]').waitFor()

  const other = await site.page(wide)
  await other.goto(`/phonebanks/${bank.phone_bank_id}`)
  await other.locator('#settings > summary').click()
  await other.locator('details', { hasText: 'End' }).last().locator('summary').click()
  await other.locator('form[action$="/end"] button').click()
  await other.waitForURL(/phonebanks/)
  await page.reload()
  await page.getByText('캠페인이 끝났습니다', { exact: false }).first().waitFor()
  expect(await page.locator('[data-answered]').count()).toBe(0)
})

test('an organizer changes the rules and reads what they mean, in both languages', async () => {
  const bank = await bankOf(6)
  const page = await site.page(wide)
  await page.goto(`/phonebanks/${bank.phone_bank_id}/rules`)
  await looked(page)
  // A day that calls as usual asks for no times, and no expression where none is used.
  expect(await page.locator('[name=day_0_from]').isVisible()).toBe(false)
  expect(await page.locator('[name=done_expression]').isVisible()).toBe(false)
  await page.locator('[name=done]').selectOption('own')
  await page.locator('[name=done_expression]').waitFor()
  await page.locator('[name=done]').selectOption('none')
  await page.locator('[name=day_6]').selectOption('none')
  await page.locator('[name=day_0]').selectOption('other')
  await page.locator('[name=day_0_from]').fill('12:00')
  await page.locator('[name=day_0_to]').fill('18:00')
  await page.locator('#quotas > summary').click()
  await page.locator('[name=quota_0]').selectOption({ index: 2 })
  await page.locator('[name=quota_0_count]').fill('200')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The rules are saved.').waitFor()
  expect(await page.locator('#meaning').innerText()).toContain('Saturday: No calls')
  await picture(page, 'rules-en')

  const korean = await site.page(narrow)
  await korean.goto(`/phonebanks/${bank.phone_bank_id}/rules`)
  await korean.getByText('토요일 걸지 않음').first().waitFor()
  await looked(korean)
  await picture(korean, 'rules-ko')
})

test('a sheet is typed in by keys alone, each line saved as it is left; the report is read in Korean on a phone', async () => {
  const bank = await bankOf(12)
  const page = await site.page({ ...wide, allow: [/422/] })
  await page.goto(`/phonebanks/${bank.phone_bank_id}/sheet`)
  await page.locator('[name=count]').fill('12')
  await page.locator('[name=law]').check()
  await page.getByRole('button', { name: 'Make the sheet' }).click()
  await page.getByText('Sheet 1 is ready').waitFor()
  await looked(page)
  await page.getByRole('link', { name: 'Type in sheet 1' }).click()
  await page.locator('[name=caller]').fill('박수진')
  await looked(page)
  await picture(page, 'paper')
  const line = (number: number) => page.locator(`fieldset[data-line="${number}"]`)
  await line(1).locator('[name="l1.code"]').focus()
  // A result, over the questions to the note, and on.
  await page.keyboard.press('4')
  await page.keyboard.type('busy at work')
  await page.keyboard.press('Enter')
  await line(1).getByText('Saved', { exact: true }).waitFor()
  // Past the opener of the rest, answers by their numbers.
  await line(2).locator('[name="l2.q.support"]').focus()
  await page.keyboard.type('21')
  await page.keyboard.press('ArrowDown')
  await line(2).getByText('Saved', { exact: true }).waitFor()
  // One thing more is asked, and nothing is saved before.
  await line(3).locator('[name="l3.code"]').focus()
  await page.keyboard.press('3')
  await line(4).locator('[name="l4.code"]').focus()
  await line(3).getByText('Enter when to call back').waitFor()
  await page.locator('[name="l3.call_back_at"]:focus[aria-invalid=true]').waitFor()
  // Told once: whoever goes on all the same is not held there.
  await line(4).locator('[name="l4.code"]').focus()
  // With the Korean keyboard on the D of “do not call” is ㅇ: who said so is asked for as well.
  const client = await page.context().newCDPSession(page)
  await client.send('Input.imeSetComposition', { text: 'ㅇ', selectionStart: 1, selectionEnd: 1 })
  await client.send('Input.insertText', { text: 'ㅇ' })
  await page.locator('[name="l4.note"]:focus').waitFor()
  await page.locator('[name="l4.spoke_with"]').selectOption('voter')
  // From the last field of the page to the next page.
  await line(10).locator('[name="l10.code"]').focus()
  await line(4).getByText('Saved', { exact: true }).waitFor()
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await page.locator('button[value=next]:focus').waitFor()
  await line(10).getByText('Saved', { exact: true }).waitFor()
  await page.locator('[name="l3.code"]').fill('')
  await page.locator('[name="l5.code"]').focus()
  await page.locator('fieldset[data-line="3"][data-saved=true]').waitFor()
  await page.getByRole('button', { name: /line 11/ }).click()
  await page.locator('[name="l11.code"]').waitFor()
  const made = await db
    .selectFrom('contact_attempt')
    .select(['disposition', 'note'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .orderBy('attempted_at')
    .execute()
  expect(made).toEqual([
    { disposition: 'refused', note: 'busy at work' },
    { disposition: 'canvassed', note: null },
    { disposition: 'do_not_call', note: null },
    { disposition: 'no_answer', note: null },
  ])
  const phone = await site.page(narrow)
  await phone.goto(`/phonebanks/${bank.phone_bank_id}/report`)
  await phone.getByText('전화가 잘 되는 시간').waitFor()
  await looked(phone)
  await picture(phone, 'report')
  await phone.goto(`/phonebanks/${bank.phone_bank_id}/sheet`)
  await looked(phone)
  await phone.getByRole('link', { name: '기록지 1번 결과 입력' }).click()
  await phone.getByText('이미 입력').or(phone.getByText('에 입력')).first().waitFor()
  await looked(phone)
  await picture(phone, 'paper-phone')
})

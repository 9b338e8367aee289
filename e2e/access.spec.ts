import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { createUser } from '../src/features/access/commands.ts'
import { demoPassword } from '../src/features/access/schema.ts'
import { sendAccessMail } from '../src/features/access/jobs.ts'
import { actorOfSession } from '../src/features/access/session.ts'
import { addMember } from '../src/features/organizations/commands.ts'
import { setupCode } from '../src/features/organizations/rules.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'
import { workOff } from '../src/platform/testing/work-off.ts'

const world = await makeWorld()
const { owner } = world.database
const site = await openSite(world, buildApp, actorOfSession)
const password = 'a long enough password'
const { organization_id } = world.ours
/** A folder to put pictures in, to look at. */
const shots = process.env.HANPYO_PICTURES

async function look(page: Page, name: string): Promise<void> {
  if (shots) {
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
  }
  await expectNoSidewaysScroll(page)
  await expectNoAxeProblems(page)
}

async function organizer(email: string, name: string): Promise<void> {
  const made = await createUser(world.installation, { email, name, password, is_email_proven: true })
  if (!made.ok) throw new Error(made.problem)
  const { user_id } = made
  await addMember(owner, world.ours.organizer, { organization_id, user_id, display_name: name, roles: ['organizer'] })
  await owner.insertInto('steward').values({ user_id }).execute()
}

await organizer('grace@example.com', 'Grace Yoo')
await organizer('eunhye@example.com', '유은혜')

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('form[action="/sign-in"] button').first().click()
}

test.each([
  { language: 'ko', width: 360, email: 'eunhye@example.com' },
  { language: 'en', width: 1280, email: 'grace@example.com' },
] as const)(
  'what stands there after a wrong sign-in, an invitation and a second factor is good to read in $language at $width pixels',
  async ({ language, width, email }) => {
    const page = await site.page({ language, width })
    const at = (name: string) => look(page, `${name}-${language}-${width}`)
    await page.goto('/sign-in')
    await page.locator('input[name=email]').fill(email)
    await page.locator('input[name=password]').fill('wrong')
    await page.locator('form[action="/sign-in"] button').first().click()
    await at('sign-in-wrong')
    await signIn(page, email)
    // Pages as they lie there are looked at by e2e/pages.spec.ts; here is what stands on them after somebody did something.
    await page.goto('/members')
    await page.locator('input[type=checkbox][value=host]').check()
    await page.locator('input[name=email]').fill(`${language}@example.com`)
    await page.locator('form[action="/members/invitations"] button').last().click()
    await at('members-invited')
    const link = await page.locator('#invited-link').inputValue()
    expect(link).toContain('/welcome/')
    const guest = await site.page({ language, width })
    await guest.goto(link)
    await look(guest, `welcome-${language}-${width}`)
    await page.goto('/account')
    await page.locator('input[name=proof]').fill(password)
    await page.locator('form[action="/account/second-factor"] button').click()
    await at('second-factor')
    await guest.goto('/welcome/none')
    await look(guest, `welcome-none-${language}-${width}`)
  },
  180_000,
)

test('without JavaScript: invited on a phone, a forgotten password, and in by an e-mailed link', async () => {
  const host = await site.page({ javaScript: false })
  await signIn(host, 'grace@example.com')
  await host.goto('/members')
  await host.getByRole('checkbox', { name: /^Caller/ }).check()
  await host.getByRole('button', { name: 'Make the invitation' }).click()
  const link = await host.getByLabel('Link of the invitation').first().inputValue()

  const phone = await site.page({ language: 'ko', width: 360, javaScript: false })
  await phone.goto(link)
  await phone.getByLabel('이름').fill('김영희')
  await phone.getByLabel('이메일 주소').fill('younghee@example.com')
  await phone.getByLabel('새 비밀번호').fill('짧음')
  await phone.getByRole('button', { name: '계정 만들고 참여하기' }).click()
  expect(await phone.getByText('비밀번호가 짧습니다').isVisible()).toBe(true)
  expect(await phone.getByLabel('이름').inputValue()).toBe('김영희')
  await phone.getByLabel('새 비밀번호').fill('소중한 한 표를 위하여')
  await phone.getByRole('button', { name: '계정 만들고 참여하기' }).click()
  expect(new URL(phone.url()).pathname).toBe('/')

  const other = await site.page({ language: 'ko', width: 360, javaScript: false })
  await other.goto('/sign-in?back=/account')
  await other.getByLabel('이메일 주소').fill('younghee@example.com')
  await other.getByRole('button', { name: '이메일로 로그인 링크 받기' }).click()
  await workOff(world, [sendAccessMail])
  const mailed = /https?:\S+/.exec(world.mails.at(-1)?.text ?? '')?.[0] ?? ''
  await other.goto(mailed)
  await other.getByRole('button', { name: '지금 로그인' }).click()
  expect(new URL(other.url()).pathname).toBe('/account')
  expect(await other.getByText('younghee@example.com').isVisible()).toBe(true)
})

test('in a practice town a press on a name is enough', async () => {
  await owner.updateTable('organization').set({ is_demo: true }).execute()
  for (const [name, role] of [
    ['김영희', 'caller'],
    ['Daniel Park', 'host'],
  ] as const) {
    const email = `${role}@practice.example`
    const made = await createUser(world.installation, { email, name, password: demoPassword, is_email_proven: true })
    if (!made.ok) throw new Error(made.problem)
    const { user_id } = made
    await addMember(owner, world.ours.organizer, { organization_id, user_id, display_name: name, roles: [role] })
  }
  const page = await site.page({ language: 'ko', width: 360, javaScript: false })
  await page.goto('/sign-in?back=/account')
  await page.getByRole('button', { name: '김영희' }).last().click()
  expect(await page.getByText('caller@practice.example').isVisible()).toBe(true)
  for (const width of [360, 1280]) {
    const looking = await site.page({ language: width === 360 ? 'ko' : 'en', width })
    await looking.goto('/sign-in')
    await look(looking, `personas-${width}`)
  }
})

test('the first visitor sets up an organization', async () => {
  await owner.deleteFrom('audit_entry').execute()
  await owner.deleteFrom('invitation').execute()
  await owner.deleteFrom('member').execute()
  await owner.deleteFrom('membership_kind').execute()
  await owner.deleteFrom('organization').execute()
  await owner.deleteFrom('steward').execute()
  await owner.deleteFrom('auth.user').execute()
  const page = await site.page({ language: 'ko', width: 360 })
  await page.goto('/')
  expect(new URL(page.url()).pathname).toBe('/setup')
  await look(page, 'setup-ko-360')
  await page.getByLabel('시작 코드').fill(setupCode(world.installation.secret))
  await page.getByLabel('한글 이름').fill('플러싱 시민행동')
  await page.getByLabel('이름', { exact: true }).fill('유은혜')
  await page.getByLabel('이메일 주소').fill('eunhye@example.com')
  await page.getByLabel('새 비밀번호').fill(password)
  await page.getByRole('button', { name: '시작하기' }).click()
  expect(new URL(page.url()).pathname).toBe('/')
})

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
import { buildApp } from '../src/app/server.ts'
import { createPerson } from '../src/features/people/commands.ts'
import { PersonForm } from '../src/features/people/schema.ts'
import { linesOf } from '../src/features/people/sheets/queries.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)

const makeSheet = async (): Promise<string> => {
  const facts = { title: 'Roundtable', held_on: '2026-11-20', lines: '14' }
  const made = await us.post('/people/sheets', { form_key: randomUUID(), ...facts })
  return made.headers.get('location') ?? ''
}
const typed = (sheet: string) => linesOf(db, organization_id, sheet.split('/').at(-1) ?? '')

test.each([
  { language: 'ko', width: 360, fresh: 'Dana', phone: '718 555 0167', last_name: 'Paik', hangul: '백나리' },
  { language: 'en', width: 1280, fresh: 'Rosa', phone: '718 555 0168', last_name: 'Pyo', hangul: '표가람' },
] as const)(
  'a sheet is typed in by keyboard alone, whom we know is offered meanwhile ($language)',
  { timeout: 120_000 },
  async ({ language, width, fresh, phone, last_name, hangul }) => {
    const facts = PersonForm.parse({ last_name, first_name: 'Nari', name_hangul: hangul })
    const { person_id } = await createPerson(db, organizer, facts, 'test')
    const sheet = await makeSheet()
    const page = await site.page({ actor: organizer, language, width })
    await page.goto(sheet)
    const keys = page.keyboard
    const isAt = (name: string) =>
      expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(name)

    // Somebody new: first and last name, no Hangul, number, no mailbox, language, the box for calls.
    await isAt('first_name')
    await keys.type(fresh)
    await keys.press('Enter')
    await keys.type('Choe')
    await keys.press('Enter')
    await keys.press('Enter')
    await keys.type(phone)
    await keys.press('Enter')
    await keys.press('Enter')
    await isAt('language')
    await keys.press('Enter')
    await isAt('consents')
    await keys.press('Space')
    for (let box = 0; box < 3; box++) await keys.press('Enter')
    await page.waitForURL(/after=1/)
    expect(await typed(sheet)).toMatchObject([
      { line: 1, how: 'made', said: { first_name: fresh, consents: ['phone'] } },
    ])

    // Somebody known, found by their Hangul name and chosen with an arrow.
    await isAt('first_name')
    await keys.press('Tab')
    await keys.press('Tab')
    await isAt('name_hangul')
    await keys.insertText(hangul)
    await page.locator('[data-person]').first().waitFor()
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)
    for (let field = 0; field < 7; field++) await keys.press('Enter')
    await isAt('person_id')
    await keys.press('ArrowUp')
    await keys.press('Enter')
    await page.waitForURL(/after=2/)
    expect((await typed(sheet))[1]).toMatchObject({ line: 2, how: 'chosen', person_id })
  },
)

test(
  'who was chosen stays chosen when the line is refused and when they are not found any more',
  { timeout: 60_000 },
  async () => {
    const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Gwon', first_name: 'Aram', name_hangul: '권아람' }), 'test') // prettier-ignore
    const other = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Elsewhere', name_hangul: '편다솜' }), 'test') // prettier-ignore
    const sheet = await makeSheet()
    const page = await site.page({ actor: organizer, language: 'en', width: 1280 })
    await page.goto(sheet)
    const known = page.locator(`[data-person="${person_id}"] input`)
    await page.locator('[name=name_hangul]').fill('권아람')
    await known.check()
    await page.locator('[name=phone]').fill('12')
    await page.getByRole('button', { name: 'Save the line' }).click()
    await page.locator('[name=phone][aria-invalid=true]').waitFor()
    expect(await known.isChecked()).toBe(true)
    await expectNoAxeProblems(page)

    // What is put right fits somebody else: they are offered too.
    await page.locator('[name=phone]').fill('')
    await page.locator('[name=name_hangul]').fill('편다솜')
    await page.locator(`[data-person="${other.person_id}"]`).waitFor()
    expect(await known.isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Save the line' }).click()
    await page.waitForURL(/after=1/)
    expect(await typed(sheet)).toMatchObject([{ line: 1, how: 'chosen', person_id }])
  },
)

test('without a script Enter saves the line and the next one is there', { timeout: 60_000 }, async () => {
  const sheet = await makeSheet()
  const page = await site.page({ actor: organizer, language: 'en', width: 1280, javaScript: false })
  await page.goto(sheet)
  await page.locator('[name=first_name]').fill('Plain')
  await page.locator('[name=first_name]').press('Enter')
  await page.waitForURL(/after=1/)
  expect(await typed(sheet)).toMatchObject([{ line: 1, said: { first_name: 'Plain' } }])
  expect(await page.locator('[name=line]').inputValue()).toBe('2')
})

import { expect, test } from 'vitest'
import { openTownSite } from './town.ts'

/* The board of the ladder, as somebody moves people on it: with the mouse, and with keys alone. */

const { signedIn } = await openTownSite()

/** The first card of a column that somebody may move, and the column after it. */
const places = `(() => {
  const columns = [...document.querySelectorAll('[data-rung]')]
  const from = columns.findIndex((each, at) => at < columns.length - 1 && each.querySelector('[data-person] select'))
  return { from: columns[from].dataset.rung, to: columns[from + 1].dataset.rung, person: columns[from].querySelector('[data-person]').dataset.person }
})()`
interface Places {
  from: string
  to: string
  person: string
}

test('a card is dragged to another rung: nothing is saved before the reason is given, then they stand there', async () => {
  const page = await signedIn('minji', { width: 1280 })
  await page.goto('/leadership')
  await page.locator('[data-moving-hint]').waitFor()
  const { from, to, person } = (await page.evaluate(places)) as Places
  const card = page.locator(`[data-person="${person}"]`)
  await card.locator('h3').dragTo(page.locator(`[data-rung="${to}"] h2`))
  expect(await card.locator('select').inputValue()).toBe(to)
  expect(await page.locator(`[data-rung="${from}"] [data-person="${person}"]`).count()).toBe(1)
  // The cursor is where the reason goes.
  await page.keyboard.type('Led two roundtables')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  await page.locator(`[data-rung="${to}"] [data-person="${person}"]`).waitFor()
  expect(await page.locator(`[data-rung="${from}"] [data-person="${person}"]`).count()).toBe(0)
})

test('with keys alone: Shift and an arrow chooses the rung, Escape leaves it, Enter saves it', async () => {
  const page = await signedIn('minji', { language: 'ko', width: 1280 })
  await page.goto('/leadership')
  await page.locator('[data-moving-hint]').waitFor()
  const { from, to, person } = (await page.evaluate(places)) as Places
  const card = page.locator(`[data-person="${person}"]`)
  await card.locator('h3 a').focus()
  await page.keyboard.press('Shift+ArrowRight')
  expect(await card.locator('select').inputValue()).toBe(to)
  expect(await card.locator('input[name="reason"]').evaluate((input) => input === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  expect(await card.locator('details').evaluate((form) => (form as HTMLDetailsElement).open)).toBe(false)
  expect(await card.locator('h3 a').evaluate((link) => link === document.activeElement)).toBe(true)
  expect(await page.locator(`[data-rung="${from}"] [data-person="${person}"]`).count()).toBe(1)
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.type('간담회를 두 번 진행함')
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  await page.locator(`[data-rung="${to}"] [data-person="${person}"]`).waitFor()
})

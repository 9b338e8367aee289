import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Dialog, Page } from 'playwright-core'
import { expect } from 'vitest'
import { voterFile } from '../src/features/voterfile/generator/voters.ts'

/** What an organizer does from a raw file to an open phone bank, by the names of fields, in any language, with JavaScript or without. */

/** A made-up New York file and its telephones. */
export function writeVoterFile(folder: string, rows: number): { voters: string; phones: string } {
  const paths = { voters: join(folder, 'AllNYSVoters_20261101.txt'), phones: join(folder, 'phones_2026-11-01.csv') }
  const [voters, phones] = [openSync(paths.voters, 'w'), openSync(paths.phones, 'w')]
  writeSync(
    phones,
    'state_voter_id,county_id,first_name,last_name,birth_year,address,phone,kind,quality,source,date\r\n',
  )
  for (const chunk of voterFile({ rows, seed: 3, today: '2026-11-01', place: 'queens-town', is_clean: true })) {
    writeSync(voters, chunk.voters)
    writeSync(phones, chunk.phones)
  }
  closeSync(voters)
  closeSync(phones)
  return paths
}

/** Uploads a file and starts its import after the dry run. `isDone` waits until the job has run. */
export async function importFile(
  page: Page,
  path: string,
  kind: 'registration' | 'phones',
  isDone: () => Promise<void>,
): Promise<void> {
  await page.goto(`/voterfiles/new${kind === 'phones' ? '?kind=phones' : ''}`)
  // Once all has arrived nobody is asked whether they want to leave.
  const asked: string[] = []
  const onDialog = (dialog: Dialog): void => {
    asked.push(dialog.type())
    void dialog.accept()
  }
  page.on('dialog', onDialog)
  await page.locator('input[type=file]').setInputFiles(path)
  await page.locator('main form:has(input[type=file]) .btn-primary').click()
  await page.waitForURL(/\/voterfiles\/imports\//)
  page.off('dialog', onDialog)
  expect(asked).toEqual([])
  const start = page.locator('form[action$="/start"]')
  const law = start.locator('input[name=law_accepted]')
  if ((await law.count()) > 0) await law.check()
  // With voters there already the page would rather show what would change first.
  await start.locator('button:not([formaction])').click()
  await isDone()
  await page.reload()
}

/** Types an expression, looks at the count, saves it. Answers the address of the universe. */
export async function makeUniverse(page: Page, expression: string, name: string): Promise<string> {
  await page.goto('/voters/universes/new')
  // Without script the plain form is there; with it the builder, which has taken its place.
  const isPlain = await page.locator('[name=q]').isVisible()
  if (isPlain) {
    await page.locator('[name=q]').fill(expression)
    await page.locator('button[formmethod=get]').click()
  } else {
    await page.locator('#q').fill(expression)
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('#save input[name=expression]')?.value !== '',
    )
  }
  const saving = page.locator('#save form')
  await saving.locator('input[name=name]').fill(name)
  await saving.locator('button[type=submit], button:not([type])').first().click()
  await page.waitForURL(/\/voters\/universes\/[0-9a-f-]{36}/)
  expect(await page.locator('h1').innerText()).toContain(name)
  return page.url()
}

/** Starts a script from one of ours. */
export async function makeScript(page: Page, starter: string, name: string): Promise<void> {
  await page.goto('/scripts/new')
  await page.locator(`input[name=starter][value=${starter}]`).check()
  await page.locator('input[name=name]').fill(name)
  await page.locator('form[action="/scripts/new"] .btn-primary').click()
  await page.waitForURL(/\/scripts\/[0-9a-f-]{36}/)
}

/** Opens a phone bank, whatever the hour. Answers its address. */
export async function makePhoneBank(
  page: Page,
  { universe, script, name, hasScript = true }: { universe: string; script: string; name: string; hasScript?: boolean },
): Promise<string> {
  await page.goto('/phonebanks/new')
  const form = page.locator('form[action="/phonebanks/new"]')
  await form
    .locator('select[name=universe_id]')
    .selectOption({ label: await labelStarting(page, 'universe_id', universe) })
  await form.locator('select[name=script_id]').selectOption({ label: await labelStarting(page, 'script_id', script) })
  await form.locator('[name=name_ko]').fill(name)
  await form.locator('[name=calling_starts]').fill('00:00')
  await form.locator('[name=calling_ends]').fill('23:59')
  await form.locator('[name=quiet]').uncheck()
  await form.locator('.btn-primary').last().click()
  await page.waitForURL(/\/phonebanks\/[0-9a-f-]{36}/)
  expect(await page.locator('h1').innerText()).toContain(name)
  const address = page.url().split('?')[0] ?? ''
  // With script the page goes on by itself once the list is there, which would cut short whatever is opened meanwhile.
  if (hasScript) await page.locator('[data-live*=preparing]').waitFor({ state: 'detached' })
  return address
}

async function labelStarting(page: Page, select: string, start: string): Promise<string> {
  const labels = await page.locator(`select[name=${select}] option`).allInnerTexts()
  const label = labels.find((each) => each.includes(start))
  if (label === undefined) throw new Error(`no ${start} among ${labels.join(', ')}`)
  return label
}

import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { sendDue } from '../src/features/mailings/sending/send.ts'
import { outboxTransport } from '../src/features/mailings/sending/transport.ts'
import { addReaders, planned } from '../src/features/mailings/testing.ts'
import { found } from '../src/platform/errors.ts'
import { openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)
const { installation, database, ours } = world
const { organizer, organization_id } = ours
const db = database.of(organization_id)
const { clock, secret } = installation
const send = (mailing_id: string) =>
  sendDue(
    { database, clock, secret, url: site.url, transport: outboxTransport(database.owner), from_address: 'office@example.org' },
    { organization_id, mailing_id },
    { for_ms: 60_000, signal: new AbortController().signal },
  ) // prettier-ignore

test('the monthly update is written like the one before and sent with seven presses from the start page', { timeout: 180_000 }, async () => {
  await addReaders(db, organization_id, 4, 'monthly')
  await send(await planned(db, organizer, 'tag:monthly', clock.now()))
  const page = await site.page({ actor: organizer, language: 'en', width: 1280 })
  let presses = 0
  const press = async (selector: string) => {
    presses += 1
    await page.locator(selector).first().click()
    await page.waitForLoadState()
  }
  await page.goto('/')
  await press('nav a[href="/mailings"]:visible')
  await press('form[action$="/again"] button')
  await page.waitForURL(/\/write$/)
  const here = new URL(page.url()).pathname.replace('/write', '')
  const mailing_id = found(here.split('/').at(-1))
  await page.locator('[name="subject.en"]').fill('December')
  await page.locator('[name="subject.ko"]').fill('12월 소식')
  await press('#mail-form [value=save]')
  await page.waitForURL(/saved/)
  await press(`a[href="${here}/checks"].btn-primary`)
  await press(`a[href="${here}/send"].btn-primary`)
  await page.locator('[name=count]').fill('4')
  await press(`form[action="${here}/send"] .btn-primary`)
  await page.locator('#turns').waitFor()
  expect(presses).toBeLessThanOrEqual(7)
  await send(mailing_id)
  const subjects = await database.owner.selectFrom('outbox_mail').select('subject').where('to_address', 'like', 'monthly%').execute() // prettier-ignore
  expect(subjects.map(({ subject }) => subject).toSorted()).toEqual(expect.arrayContaining(['12월 소식', '12월 소식', 'December', 'December'])) // prettier-ignore
  expect(subjects).toHaveLength(8)
}) // prettier-ignore

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, expect, test } from 'vitest'
import { createPerson } from '../../features/people/commands.ts'
import { payCode } from '../../features/people/membership/card/queries.ts'
import { recordMembership } from '../../features/people/membership/commands.ts'
import { PersonForm } from '../../features/people/schema.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { buildApp } from '../server.ts'
import { startPracticeCards, takePracticeCards } from './practice-cards.ts'

const world = await makeWorld()
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const cards = await startPracticeCards()
cards.now = () => world.installation.clock.now()
const server = serve({ fetch: (request) => app.fetch(request), port: 0, hostname: '127.0.0.1' })
await once(server, 'listening')
const { port } = server.address() as AddressInfo // listening on TCP: never a path or null
const address = `http://127.0.0.1:${port}`
const app = buildApp({ ...world.installation, url: address }, async () => null)
afterAll(() => Promise.all([cards.stop(), new Promise((closed) => server.close(closed))]))

test('in the practice town somebody pays their dues by card and gets them back, and each stands in the books', async () => {
  await world.database.owner.updateTable('organization').set({ is_demo: true }).where('organization_id', '=', organization_id).execute() // prettier-ignore
  await takePracticeCards(world.installation, cards)
  await db.updateTable('membership_kind').set({ dues_cents: 3000 }).where('kind', '=', 'regular').execute()
  const { person_id } = await createPerson(db, organizer, PersonForm.parse({ last_name: 'Practice' }), 'test')
  await recordMembership(db, organizer, person_id, { kind: 'regular', standing: 'approved', from_on: '2026-11-23', note: null }) // prettier-ignore
  const path = `/m/ours/pay/${person_id}/${payCode(world.installation.secret, organization_id, person_id)}`
  const shown = await fetch(address + path, {
    method: 'POST',
    headers: { origin: address, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ checkout_id: randomUUID(), lang: 'ko' }),
  })
  const page = /href="(http:\/\/127\.0\.0\.1:\d+\/c\/pay\/cs_\w+)"/.exec(await shown.text())?.[1] ?? ''
  expect(await (await fetch(page)).text()).toMatch(/연습 결제[^]*실제 돈은 오가지 않습니다[^]*\$30\.00/)

  // Where the report does not arrive, nothing is paid, the page says so, and the town goes on.
  const session = cards.sessions.get(page.split('/').at(-1) ?? '')
  if (!session) throw new Error('no session')
  const { success_url } = session
  session.success_url = success_url.replace(address, 'http://127.0.0.1:1')
  const lost = await fetch(page, { method: 'POST', body: new URLSearchParams({ act: 'pay' }) })
  expect([lost.status, await lost.text()]).toEqual([502, expect.stringContaining('아무것도 적히지 않았습니다')])
  session.success_url = success_url

  const act = (what: string) => fetch(page, { method: 'POST', body: new URLSearchParams({ act: what }), redirect: 'manual' }) // prettier-ignore
  const paid = await act('pay')
  expect([paid.status, paid.headers.get('location')]).toEqual([303, expect.stringContaining('done=paid')])
  expect((await act('pay')).status).toBe(200)
  expect(await (await act('refund')).text()).toContain('환불했습니다')
  const booked = await db.selectFrom('ledger_entry').select('amount_cents').where('person_id', '=', person_id).orderBy('number').execute() // prettier-ignore
  expect(booked.map(({ amount_cents }) => amount_cents)).toEqual([3000, -3000])

  // Who removed cards is not given them again; who is not of the town never had them.
  await db.updateTable('card_account').set({ closed_at: new Date() }).execute()
  await takePracticeCards(world.installation, cards)
  const accounts = await world.database.owner
    .selectFrom('card_account')
    .select(['organization_id', 'closed_at'])
    .execute()
  expect(accounts).toEqual([{ organization_id, closed_at: expect.any(Date) }])
})

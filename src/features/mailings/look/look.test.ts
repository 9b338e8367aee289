import { expect, test } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { archive } from '../after/commands.ts'
import { mailingReportRoutes } from '../after/routes.tsx'
import { contentHash } from '../approval/queries.ts'
import { mailingById } from '../queries.ts'
import { mailingRoutes } from '../routes.tsx'
import { sendDue } from '../sending/send.ts'
import { outboxTransport } from '../sending/transport.ts'
import { addReaders, planned } from '../testing.ts'
import { lookRoutes } from './routes.tsx'
import { keepLook } from './commands.ts'
import { lookOf, looks_most, savedLooks } from './queries.ts'

const world = await makeWorld()
const { ours, theirs, installation, database } = world
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const { clock, secret, url } = installation
const routes = [lookRoutes, mailingReportRoutes]
const browser = world.as(organizer, routes)

/** A PNG of one point. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') // prettier-ignore

const posted = async (fields: Record<string, string>, file?: Buffer) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ color: '#0f766e', page_color: '#fef3c7', ...fields })) form.append(name, value)
  if (file) form.append('file', new Blob([new Uint8Array(file)]), 'logo.png')
  return browser.postFiles('/mailings/look', form)
} // prettier-ignore

test('every e-mail has the colours and the logo of its organization, and nobody else’s', async () => {
  await addReaders(db, organization_id, 1, 'look')
  const mailing_id = await planned(db, organizer, 'tag:look', clock.now())
  const plain = await contentHash(db, found(await mailingById(db, organization_id, mailing_id)))
  const tried = await (await posted({ act: 'try' }, png)).text()
  expect(tried).toContain('color=%230f766e')
  expect(await lookOf(db, organization_id)).toBeNull()
  expect((await posted({}, png)).headers.get('location')).toBe('/mailings/look?saved')
  const look = found(await lookOf(db, organization_id))
  expect(look).toMatchObject({ color: '#0f766e', page_color: '#fef3c7', logo: { width: 1, height: 1 } })
  expect(await lookOf(database.of(theirs.organization_id), theirs.organization_id)).toBeNull()
  // Whoever approved it saw another.
  expect(await contentHash(db, found(await mailingById(db, organization_id, mailing_id)))).not.toBe(plain)

  const sending = { database, clock, secret, url, transport: outboxTransport(database.owner), from_address: 'office@example.org' } // prettier-ignore
  await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
  const { body_html: html } = await database.owner.selectFrom('outbox_mail').select('body_html').where('to_address', '=', 'look1@example.org').executeTakeFirstOrThrow() // prettier-ignore
  expect(html).toContain('#fef3c7')
  expect(html).toContain(`/mail-pictures/${look.logo?.picture}`)
  await archive(db, organizer, mailing_id, true, clock.now())
  expect(await (await world.as(null, routes).get(`/n/ours/${mailing_id}`)).text()).toContain('#fef3c7')

  expect((await posted({ logo: look.logo?.picture ?? '', no_logo: 'yes' })).status).toBe(303)
  expect((await lookOf(db, organization_id))?.logo).toBeNull()
})

test('no colour, no picture, no picture of another organization', async () => {
  expect((await posted({ color: 'red' })).status).toBe(422)
  const refused = await posted({}, Buffer.from('no picture'))
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('This file is no JPEG or PNG picture.')
  expect((await posted({ logo: '0'.repeat(64) })).status).toBe(303)
  expect((await lookOf(db, organization_id))?.logo).toBeNull()
  const night = await (await browser.get('/mailings/look/mail?color=%23facc15&language=ko&when=night')).text()
  expect(night).toContain('@media all')
  expect(night).toContain('내 투표소 찾기')
})

test('an e-mail that chose another look has that one, the others look as usual; removed, it looks as usual too', async () => {
  await addReaders(db, organization_id, 1, 'own-look')
  const [usual, own] = [
    await planned(db, organizer, 'tag:own-look', clock.now()),
    await planned(db, organizer, 'tag:own-look', clock.now()),
  ]
  const edited = world.as(organizer, [...routes, mailingRoutes])
  const made = await posted({ of: 'new', name: 'Get out the vote', page_color: '#dcfce7' })
  const look_id = new URL(made.headers.get('location') ?? '', url).searchParams.get('of') ?? ''
  expect(await (await edited.get('/mailings/look')).text()).toContain('Get out the vote')
  const hash = async (mailing_id: string) => contentHash(db, found(await mailingById(db, organization_id, mailing_id)))
  const before = await hash(own)
  await db.updateTable('mailing').set({ state: 'draft' }).where('mailing_id', '=', own).execute()
  expect(await (await edited.get(`/mailings/${own}/edit`)).text()).toContain('Get out the vote')
  const { name, lane } = found(await mailingById(db, organization_id, own))
  expect((await edited.post(`/mailings/${own}/edit`, { name, lane, look_id })).status).toBe(303)
  // Whoever approved it saw another.
  expect(await hash(own)).not.toBe(before)
  await db.updateTable('mailing').set({ state: 'scheduled' }).where('mailing_id', '=', own).execute()
  const sending = { database, clock, secret, url, transport: outboxTransport(database.owner), from_address: 'office@example.org' } // prettier-ignore
  const seen: string[] = []
  for (const [mailing_id, look] of [
    [usual, '#fef3c7'],
    [own, '#dcfce7'],
  ] as const) {
    await sendDue(sending, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal })
    const mails = await database.owner.selectFrom('outbox_mail').select('body_html').where('to_address', '=', 'own-look1@example.org').execute() // prettier-ignore
    seen.push(look)
    expect(mails.map(({ body_html }) => /#dcfce7|#fef3c7/.exec(body_html ?? '')?.[0]).toSorted()).toEqual(
      seen.toSorted(),
    )
  }

  // None without a name, none of another organization.
  expect((await posted({ of: 'new', name: ' ' })).status).toBe(422)
  const stranger = world.as(theirs.organizer, [...routes, mailingRoutes])
  expect((await stranger.get(`/mailings/look?of=${look_id}`)).status).toBe(404)
  expect((await stranger.post(`/mailings/look/${look_id}/remove`, {})).status).toBe(404)
  expect((await stranger.post('/mailings/new', { name: 'x', lane, look_id })).status).toBe(409)
  expect((await posted({ of: look_id, name: 'GOTV', page_color: '#fee2e2' })).status).toBe(303)
  expect((await edited.post(`/mailings/look/${look_id}/remove`, {})).status).toBe(303)
  expect(found(await mailingById(db, organization_id, own)).look_id).toBeNull()
})

test('two who save another look at once make no more than can be looked through, and what is no look is not found', async () => {
  const look = { color: '#0f766e', page_color: '#fef3c7', logo: null }
  const save = (name: string) => keepLook(db, organizer, { ...look, name }, clock.now())
  const had = await savedLooks(db, organization_id)
  for (let at = had.length + 1; at < looks_most; at += 1) await save(`Look ${at}`)
  const made = await Promise.all(['a', 'b', 'c', 'd'].map(save))
  expect(made.filter((each) => each !== null)).toHaveLength(1)

  const none = '-'.repeat(36)
  expect((await posted({ of: none, name: 'x' })).status).toBe(404)
  expect((await browser.post(`/mailings/look/${none}/remove`, {})).status).toBe(404)
})

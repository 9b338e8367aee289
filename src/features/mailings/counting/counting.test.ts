import { expect, test } from 'vitest'
import { found } from '../../../platform/errors.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { mailingReportRoutes } from '../after/routes.tsx'
import { sendDue } from '../sending/send.ts'
import type { BulkMail, BulkTransport } from '../sending/transport.ts'
import { addReaders, planned } from '../testing.ts'
import { MailContent } from '../writing/schema.ts'
import { countedPath, linkOf, pictureOf, picturePath } from './links.ts'
import { countingRoutes } from './routes.tsx'
import { linksIn, withCounted, withPicture } from './rules.ts'

const world = await makeWorld()
const { ours, installation, database } = world
const { clock, secret, url } = installation
const { organization_id, organizer } = ours
const db = database.of(organization_id)
const routes = [countingRoutes, mailingReportRoutes]
const organizerAt = world.as(organizer, routes)
const everybody = world.as(null, routes)

/** Mails as they are handed over. */
async function sent(tag: string): Promise<{ mailing_id: string; mails: BulkMail[] }> {
  await addReaders(db, organization_id, 2, tag)
  const mailing_id = await planned(db, organizer, `tag:${tag}`, clock.now())
  const content = MailContent.parse({
    subject: { en: 'News', ko: '소식' },
    blocks: [
      { key: 'b1', kind: 'text', said: { en: 'Read [it](https://example.org/a?b=1&c=2).', ko: '[여기](https://example.org/ko)를 보세요.' } },
      { key: 'b2', kind: 'button', label: { en: 'Go', ko: '가기' }, link: { en: 'https://example.org/go' } },
    ],
    postal_address: '1 Main St, Flushing NY 11354',
  }) // prettier-ignore
  await db.updateTable('mailing').set({ content: JSON.stringify(content) }).where('mailing_id', '=', mailing_id).execute() // prettier-ignore
  const mails: BulkMail[] = []
  const transport: BulkTransport = {
    at_once: 1,
    close: () => undefined,
    send: async (mail: BulkMail) => {
      mails.push(mail)
      return { result: 'sent', answer: '250 ok', reply: 250 }
    },
  } as unknown as BulkTransport
  await sendDue({ database, clock, secret, url, transport, from_address: 'office@example.org' }, { organization_id, mailing_id }, { for_ms: 60_000, signal: new AbortController().signal }) // prettier-ignore
  return { mailing_id, mails }
}

const pathsIn = (html: string, kind: 'l' | 'o'): string[] =>
  [...html.matchAll(new RegExp(`(?:href|src)="https?://[^/"]+(/${kind}/[^"]+)"`, 'g'))].map(([, path]) => found(path))

test('nothing is counted where nobody chose it', async () => {
  const { mails } = await sent('quiet')
  expect(mails).toHaveLength(2)
  for (const { html } of mails) {
    expect(html).toContain('https://example.org/')
    expect(html).not.toMatch(/\/l\/|\/o\/|We see whether|집계합니다/)
  }
})

test('chosen, links and opens are counted by language, readers are told, and what stops the mail stays as it is', async () => {
  expect((await organizerAt.post('/mailings/counting', { counts_clicks: 'yes', counts_opens: 'yes' })).status).toBe(303)
  expect(await (await organizerAt.get('/mailings/counting')).text()).toContain('링크를 누르셨는지 집계합니다')
  const { mailing_id, mails } = await sent('counted')
  const english = found(mails.find(({ language }) => language === 'en'))
  const korean = found(mails.find(({ language }) => language === 'ko'))
  expect(english.html).toContain('We see whether you press a link')
  expect(korean.html).toContain('열어 보셨는지 작은 그림으로 집계합니다')
  expect(english.text).toContain('https://example.org/a?b=1&c=2')
  const stop = /<(https?:[^>]+)>/.exec(english.headers['List-Unsubscribe'] ?? '')?.[1]
  expect(english.html).toContain(`href="${stop}"`)
  const [first, second] = pathsIn(english.html, 'l')
  expect(english.html).not.toContain('"https://example.org/')
  const pressed = await everybody.get(found(first))
  expect([pressed.status, pressed.headers.get('location')]).toEqual([302, 'https://example.org/a?b=1&c=2'])
  expect((await everybody.get(found(second))).headers.get('location')).toBe('https://example.org/go')
  clock.advance(5)
  await everybody.get(found(first))
  const [picture] = pathsIn(korean.html, 'o')
  const shown = await everybody.get(found(picture))
  expect(shown.headers.get('content-type')).toBe('image/gif')
  const rows = await db.selectFrom('mail_delivery').select(['language', 'opened_at', 'clicked_at']).where('mailing_id', '=', mailing_id).orderBy('language').execute() // prettier-ignore
  expect(rows.map(({ language, opened_at, clicked_at }) => [language, opened_at !== null, clicked_at !== null])).toEqual([['en', false, true], ['ko', true, false]]) // prettier-ignore
  // The first time is what is kept.
  expect(rows[0]?.clicked_at?.getTime()).toBe(clock.now().getTime() - 5 * 60_000)
  const report = await (await organizerAt.get(`/mailings/${mailing_id}/report`)).text()
  expect(report).toContain('Pressed a link')
  expect(report).toContain('https://example.org/a?b=1&amp;c=2')
  // Switched off, old links lead where they led and count nothing.
  await organizerAt.post('/mailings/counting', {})
  expect((await everybody.get(found(pathsIn(korean.html, 'l')[0]))).headers.get('location')).toBe(
    'https://example.org/ko',
  )
  expect((await db.selectFrom('mail_delivery').select('clicked_at').where('mailing_id', '=', mailing_id).where('language', '=', 'ko').executeTakeFirst())?.clicked_at).toBeNull() // prettier-ignore
})

test('an address leads nowhere but where the mail said: forged, changed or lengthened it opens nothing', async () => {
  const { mailing_id } = await db.selectFrom('mail_counted_link').select('mailing_id').executeTakeFirstOrThrow()
  const key = { organization_id, mailing_id, n: 1 }
  const path = countedPath(secret, key, 1)
  const forged = [
    `${path}x`,
    path.replace(/\.1\./, '.2.'),
    `/l/${encodeURIComponent('https://evil.example/')}`,
    `${path}?url=https://evil.example/`,
    countedPath(secret, key, 999),
    countedPath('another secret', key, 1),
    picturePath(secret, key).replace('/o/', '/l/'),
  ]
  for (const each of forged) {
    const answered = await everybody.get(each)
    expect([each, answered.headers.get('location') ?? '']).not.toEqual([each, expect.stringContaining('evil')])
    if (!each.includes('?')) expect([each, answered.status]).toEqual([each, 404])
  }
  expect((await everybody.get(countedPath(secret, key, 1).replace('/l/', '/o/'))).status).toBe(404)
  expect(linkOf(secret, path.slice('/l/'.length))).toEqual({ ...key, link: 1 })
  expect(pictureOf(secret, picturePath(secret, key).slice('/o/'.length))).toEqual(key)
})

test('links are found and replaced as they stand, and only those that are known', () => {
  const html = '<body><a href="https://a.example/?x=1&amp;y=2">a</a><a href="mailto:b@example.org">b</a></body>'
  expect(linksIn(html)).toEqual(['https://a.example/?x=1&y=2'])
  expect(withCounted(html, () => null)).toBe(html)
  expect(withCounted(html, (each) => (each.includes('y=2') ? 'https://c.example/l/1' : null))).toContain('href="https://c.example/l/1"') // prettier-ignore
  expect(withPicture(html, 'https://c.example/o/1')).toContain('<img src="https://c.example/o/1" width="1" height="1" alt=""></body>') // prettier-ignore
})

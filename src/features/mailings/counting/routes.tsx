import { z } from 'zod'
import { readForm } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { NotFound } from '../../../platform/errors.ts'
import { allow } from '../../access/allow.ts'
import { languagesOf } from '../../../platform/http/of-request.ts'
import '../messages.ts'
import { chooseCounting, countOpen, countPress } from './commands.ts'
import { linkOf, pictureOf } from './links.ts'
import './messages.ts'
import { CountingPage, countingPath, countingValues } from './pages.tsx'
import { countingOf, linkUrl } from './queries.ts'

const edit = allow('mailings.edit')
const ticked = z
  .enum(['yes', ''])
  .default('')
  .transform((typed) => typed === 'yes')
const CountingForm = z.object({ counts_clicks: ticked, counts_opens: ticked })

/** One point that shows nothing. */
const point = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** What is counted of readers, and the addresses that count it. */
export const countingRoutes = room()
  .get(countingPath, edit, (c) => countingPage(c))
  .post(countingPath, edit, async (c) => {
    const { value } = await readForm(c, CountingForm)
    if (!value) return countingPage(c)
    const { organization_id } = actorOf(c)
    const saved = await saveUnlessChanged(c, {
      subject: 'organization',
      subject_id: organization_id,
      values: async (tx) => countingValues(await countingOf(tx, organization_id)),
      save: (tx) => chooseCounting(tx, actorOf(c), value),
    })
    if (!saved.ok) return countingPage(c, saved.meanwhile)
    return c.redirect(`${countingPath}?saved`, 303)
  })
  .get('/l/:token', allow('public'), async (c) => {
    const { database, secret, clock } = c.var.installation
    const key = linkOf(secret, c.req.param('token'))
    if (!key) throw new NotFound()
    const db = database.of(key.organization_id)
    const url = await linkUrl(db, key, key.link)
    if (url === undefined) throw new NotFound()
    if ((await countingOf(db, key.organization_id)).counts_clicks) await countPress(db, key, clock.now())
    c.header('Cache-Control', 'no-store')
    c.header('X-Robots-Tag', 'noindex')
    c.header('Referrer-Policy', 'no-referrer')
    return c.redirect(url, 302)
  })
  .get('/o/:token', allow('public'), async (c) => {
    const { database, secret, clock } = c.var.installation
    const key = pictureOf(secret, c.req.param('token'))
    if (!key) throw new NotFound()
    const db = database.of(key.organization_id)
    if ((await countingOf(db, key.organization_id)).counts_opens) await countOpen(db, key, clock.now())
    c.set('is_for_other_sites', true)
    return c.body(new Uint8Array(point), 200, { 'content-type': 'image/gif', 'cache-control': 'no-store' })
  })

async function countingPage(c: Ctx, meanwhile?: Meanwhile) {
  const counting = await countingOf(c.var.db, actorOf(c).organization_id)
  const is_saved = c.req.query('saved') !== undefined
  return page(c, <CountingPage t={c.var.t} languages={languagesOf(c)} {...{ counting, is_saved }} />, {
    title: c.var.t('mail_counting.title'),
    meanwhile,
  })
}

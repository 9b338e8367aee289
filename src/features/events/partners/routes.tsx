import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { qrPng } from '../door/ticket.ts'
import { eventById, organizationById, type Event } from '../queries.ts'
import { addPartner, removePartner, savePartner } from './commands.ts'
import './messages.ts'
import { PartnerPage, PartnersPage } from './pages.tsx'
import { partnerById, partnerCounts, partnersOf, signupsToldTo, type Partner } from './queries.ts'
import { PartnerForm } from './schema.ts'

/** Organizations that promote an event: their links, what came through them, whom they may be told of. */
export const partnerRoutes = room()
  .get('/events/:event/partners', allow('events.view'), async (c) => partnersPage(c, await eventIn(c)))
  .post('/events/:event/partners', allow('events.edit'), async (c) => {
    const event = await eventIn(c)
    const { typed, errors, value } = await readForm(c, PartnerForm)
    if (!value) return partnersPage(c, event, { typed, errors }, 422)
    const partner_id = await addPartner(c.var.db, actorOf(c), event.event_id, value, now(c))
    return c.redirect(`/events/${event.event_id}/partners/${partner_id}?said=saved`, 303)
  })
  .get('/events/:event/partners/numbers.csv', allow('events.view'), async (c) => {
    const event = await eventIn(c)
    const { t, db } = c.var
    const [partners, counts] = await listed(c, event)
    await audit(db, actorOf(c), {
      action: 'event.partner_numbers',
      subject: 'event',
      subject_id: event.event_id,
      after: { partners: partners.length },
      request_id: c.var.request_id,
    })
    const named = [...partners.map((each) => ({ id: each.partner_id as string | null, name: nameOf(c, each) })), { id: null, name: t('partners.no_partner') }] // prettier-ignore
    const head = [
      t('partners.col.partner'),
      t('partners.col.seated'),
      t('partners.col.open'),
      t('partners.col.gone'),
      t('partners.col.came'),
      t('partners.col.told'),
    ]
    const lines = named.map(({ id, name }) => {
      const of = counts.find(({ partner_id }) => partner_id === id)
      return [name, of?.seated ?? 0, of?.open ?? 0, of?.gone ?? 0, of?.came ?? 0, of?.told ?? 0]
    })
    return csvAnswer([head, ...lines], `partners-${event.code}`)
  })
  .get('/events/:event/partners/:partner', allow('events.edit'), async (c) => partnerPage(c, await partnerIn(c)))
  .post('/events/:event/partners/:partner', allow('events.edit'), async (c) => {
    const here = await partnerIn(c)
    const { typed, errors, value } = await readForm(c, PartnerForm)
    if (!value) return partnerPage(c, here, { typed, errors }, 422)
    await savePartner(c.var.db, actorOf(c), here.event.event_id, here.partner.partner_id, value)
    return c.redirect(`${pathOf(here)}?said=saved`, 303)
  })
  .get('/events/:event/partners/:partner/qr.png', allow('events.edit'), async (c) => {
    const here = await partnerIn(c)
    return new Response(new Uint8Array(qrPng(await linkOf(c, here))), {
      headers: {
        'content-type': 'image/png',
        'content-disposition': `attachment; filename="qr-${here.partner.code}.png"`,
        'cache-control': 'no-store',
      },
    })
  })
  .get('/events/:event/partners/:partner/list.csv', allow('events.edit'), async (c) => {
    const { event, partner } = await partnerIn(c)
    const { t, db } = c.var
    const rows = await signupsToldTo(db, event.organization_id, event.event_id, partner.partner_id)
    await audit(db, actorOf(c), {
      action: 'event.partner_list',
      subject: 'event',
      subject_id: event.event_id,
      after: { partner_id: partner.partner_id, people: rows.length },
      request_id: c.var.request_id,
    })
    const head = (['first_name', 'last_name', 'name_hangul', 'email', 'phone', 'seats', 'response', 'came', 'wording'] as const).map((each) => t(`partners.file.${each}`)) // prettier-ignore
    const lines = rows.map((row) => [
      row.first_name,
      row.last_name,
      row.name_hangul,
      row.email,
      row.phone && formatPhone(row.phone),
      row.seats,
      t(`events.response.${row.response}`),
      t(row.came ? 'common.yes' : 'common.no'),
      row.wording,
    ])
    return csvAnswer([head, ...lines], `partner-${partner.code}`)
  })
  .post('/events/:event/partners/:partner/restore', allow('events.edit'), (c) => remove(c, true))
  .post('/events/:event/partners/:partner/remove', allow('events.edit'), (c) => remove(c, false))

const now = (c: Ctx): Date => c.var.installation.clock.now()
const idIn = (c: Ctx, name: string): string => found(z.uuid().safeParse(c.req.param(name)).data)
const nameOf = (c: Ctx, { name }: Partner): string => localized(name, c.var.language).text

interface Here {
  event: Event
  partner: Partner
}

const pathOf = ({ event, partner }: Here): string => `/events/${event.event_id}/partners/${partner.partner_id}`

const eventIn = async (c: Ctx): Promise<Event> =>
  found(await eventById(c.var.db, actorOf(c).organization_id, idIn(c, 'event')))

async function partnerIn(c: Ctx): Promise<Here> {
  const event = await eventIn(c)
  return { event, partner: found(await partnerById(c.var.db, event.organization_id, event.event_id, idIn(c, 'partner'))) } // prettier-ignore
}

async function linkOf(c: Ctx, { event, partner }: Here): Promise<string> {
  const { slug } = await organizationById(c.var.db, event.organization_id)
  return `${c.var.installation.url}/e/${slug}/${event.code}?from=${partner.code}`
}

const listed = (c: Ctx, { organization_id, event_id }: Event) =>
  Promise.all([
    partnersOf(c.var.db, organization_id, event_id, { with_removed: true }),
    partnerCounts(c.var.db, organization_id, event_id),
  ])

async function remove(c: Ctx, is_back: boolean): Promise<Response> {
  const here = await partnerIn(c)
  await removePartner(c.var.db, actorOf(c), here.event.event_id, here.partner.partner_id, { is_back }, now(c))
  return c.redirect(`${pathOf(here)}?said=saved`, 303)
}

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
}

async function partnersPage(
  c: Ctx,
  event: Event,
  { typed = {}, errors = {} }: Shown = {},
  status: 200 | 422 = 200,
): Promise<Response> {
  const { t } = c.var
  const [partners, counts] = await listed(c, event)
  const may_edit = mayDo(actorOf(c), 'events.edit')
  return page(c, <PartnersPage {...{ t, event, partners, counts, may_edit, typed, errors }} />, {
    title: t('partners.title'),
    status,
  })
}

async function partnerPage(
  c: Ctx,
  here: Here,
  { typed = {}, errors = {} }: Shown = {},
  status: 200 | 422 = 200,
): Promise<Response> {
  const { t, db } = c.var
  const { event, partner } = here
  const counts = await partnerCounts(db, event.organization_id, event.event_id)
  return page(
    c,
    <PartnerPage
      {...{ t, event, partner, typed, errors }}
      counts={counts.find(({ partner_id }) => partner_id === partner.partner_id)}
      url={await linkOf(c, here)}
      is_saved={c.req.query('said') === 'saved'}
    />,
    { title: nameOf(c, partner), status },
  )
}

const csvAnswer = (lines: readonly (readonly unknown[])[], name: string): Response =>
  new Response(byteOrderMark + lines.map(csvLine).join(''), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'no-store',
    },
  })

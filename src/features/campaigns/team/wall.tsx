import type { ReactNode } from 'react'
import { sql } from 'kysely'
import { audit } from '../../../platform/audit.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, PageHead } from '../../../platform/ui/components.tsx'
import { dateIn } from '../../../platform/clock.ts'
import { mayDo } from '../../access/permissions.ts'
import '../messages.ts'
import { now, timeZone } from '../../../platform/http/of-request.ts'
import { list, text } from '../pages/fields.tsx'
import { joinByWork } from './commands.ts'
import { placeOf, takesResults, worksBy, type Place } from './places.ts'
import { bankOfCode, closedBy, closedExport, closedThing, isKeptOut, refusalOf, type Refused } from './queries.ts'

/** What stands below the refusal where somebody calls: results that lie on their device are sent from there. */
export interface AtCallPage {
  island: string
  below: (t: Translate, phone_bank_id: string) => ReactNode
}

/**
 * Stands before the rooms: what belongs to campaigns of a lane that must not mix with somebody's own is closed to them,
 * whatever room it lies in. Asks the database once, and only of whoever signed in. What they said on the telephone before
 * is still taken; nobody new is given to them.
 */
export const laneWall =
  (at_call: AtCallPage): Handler =>
  async (c, next) => {
    const place = c.get('actor')?.kind === 'user' ? placeOf(c.req.path, c.req.query()) : null
    const closed = place && (await closedAt(c, place))
    if (!closed) {
      await next()
      if (place && c.res.status < 400) await joinedAt(c, place)
      return
    }
    if (!takesResults(c.req.method, c.req.path)) return refuse(c, closed, at_call)
    c.set('gives_nobody', true)
    return next()
  }

/** Whoever changes something of a walled campaign, or is given somebody to call for it, comes onto its team by that. */
async function joinedAt(c: Ctx, place: Place): Promise<void> {
  const because = worksBy(c.req.method, c.req.path)
  if (!because) return
  const { db } = c.var
  const actor = actorOf(c)
  if ('parts' in place) for (const part of place.parts) await joinByWork(db, actor, part, because, now(c))
  if ('code' in place) {
    const part_id = await bankOfCode(db, actor.organization_id, place.code)
    if (part_id) await joinByWork(db, actor, { kind: 'phone_bank', part_id }, because, now(c))
  }
}

interface Closed {
  campaign_id: string
  phone_bank_id: string | null
}

async function closedAt(c: Ctx, place: Place): Promise<Closed | null> {
  const { db } = c.var
  const actor = actorOf(c)
  const at = now(c)
  const closed = (campaign_id: string | null, phone_bank_id: string | null = null): Closed | null =>
    campaign_id === null ? null : { campaign_id, phone_bank_id }
  if ('campaign_id' in place)
    return closed((await isKeptOut(db, actor, place.campaign_id, at)) ? place.campaign_id : null)
  if ('export_id' in place) return closed(await closedExport(db, actor, place.export_id, at))
  if ('code' in place) {
    const part_id = await bankOfCode(db, actor.organization_id, place.code)
    return part_id === null
      ? null
      : closed(await closedBy(db, actor, { kind: 'phone_bank', part_id }, at), place.is_calling ? part_id : null)
  }
  for (const part of place.parts) {
    const found = closed(await closedThing(db, actor, part, at), place.is_calling ? part.part_id : null)
    if (found) return found
  }
  return null
}

/** Says why, and who can help; the activity log says who asked, once an hour. */
async function refuse(c: Ctx, { campaign_id, phone_bank_id }: Closed, at_call: AtCallPage): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  if (!(await wasRefused(c, campaign_id)))
    await audit(db, actor, {
      action: 'campaign.refuse',
      subject: 'campaign',
      subject_id: campaign_id,
      after: { path: c.req.path },
      request_id: c.var.request_id,
    })
  // A program of the caller's page asks for anything; a page says so.
  const wanted = c.req.header('accept') ?? '*/*'
  const wantsPage = wanted.includes('text/html') || (wanted.includes('*/*') && phone_bank_id === null)
  const refused = wantsPage ? await refusalOf(db, actor, campaign_id, now(c)) : null
  if (!refused) return c.json({ problem: 'forbidden', request_id: c.var.request_id }, 403)
  return page(
    c,
    <>
      <RefusedPage t={t} refused={refused} time_zone={timeZone(c)} names={mayDo(actor, 'campaigns.view')} />
      {phone_bank_id && at_call.below(t, phone_bank_id)}
    </>,
    {
      title: t('campaigns.closed'),
      status: 403,
      ...(phone_bank_id ? { bare: true, islands: [at_call.island] } : {}),
    },
  )
}

async function wasRefused(c: Ctx, campaign_id: string): Promise<boolean> {
  const { organization_id, id } = actorOf(c)
  const { rows } = await sql`select from audit_entry
    where organization_id = ${organization_id}::uuid and subject = 'campaign' and subject_id = ${campaign_id}
      and action = 'campaign.refuse' and actor_id = ${id} and at > now() - interval '1 hour' limit 1`.execute(c.var.db)
  return rows.length > 0
}

interface RefusedProps {
  t: Translate
  refused: Refused
  time_zone: string
  /** They may read what campaigns there are. */
  names: boolean
}

export function RefusedPage({ t, refused, time_zone, names }: RefusedProps) {
  const { closed, because, wall } = refused
  const day = (at: Date): string => formatDate(t.language, dateIn(time_zone, at))
  const lane = t(`phonebanks.lane.${because.lane}`)
  const title = names
    ? t('campaigns.closed_because', { name: text(t, because.name), lane })
    : t('campaigns.closed_because_lane', { lane })
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('campaigns.closed')}
        {...(names ? { back: { href: list, label: t('campaigns.title') } } : {})}
      />
      <Alert kind="warning" title={title}>
        {wall.left_at
          ? t('campaigns.closed_from_until', { from: day(wall.joined_at), until: day(wall.left_at) })
          : t('campaigns.closed_since', { from: day(wall.joined_at) })}
      </Alert>
      {names && (
        <p className="mb-4">
          {t('campaigns.closed_what', { name: text(t, closed.name), lane: t(`phonebanks.lane.${closed.lane}`) })}
        </p>
      )}
      <p className="mb-4">{t('campaigns.closed_why')}</p>
      <p>{names ? t('campaigns.closed_help', { name: because.owner }) : t('campaigns.closed_help_organizer')}</p>
    </div>
  )
}

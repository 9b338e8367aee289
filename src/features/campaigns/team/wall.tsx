import { audit } from '../../../platform/audit.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, PageHead } from '../../../platform/ui/components.tsx'
import { dateIn } from '../../../platform/clock.ts'
import '../messages.ts'
import { now, timeZone } from '../of-request.ts'
import { list, text } from '../pages/fields.tsx'
import type { PartRef } from '../schema.ts'
import { bankOfCode, closedBy, isKeptOut, refusalOf, type Refused } from './queries.ts'

const id = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
/** Everything under these addresses is of the thing whose number stands in them. */
const places: readonly { path: RegExp; kind: PartRef['kind'] }[] = [
  { path: new RegExp(`^/(?:phonebanks|call)/${id}(?:/|$)`), kind: 'phone_bank' },
  { path: new RegExp(`^/mailings/${id}(?:/|$)`), kind: 'mailing' },
  { path: new RegExp(`^/postal/${id}(?:/|$)`), kind: 'postal_drop' },
  { path: new RegExp(`^/voters/universes/${id}(?:/|$)`), kind: 'universe' },
  { path: new RegExp(`^/voterguides/${id}(?:/|$)`), kind: 'voter_guide' },
  { path: new RegExp(`^/events/${id}(?:/|$)`), kind: 'event' },
]
const ofCampaign = new RegExp(`^/campaigns/${id}(?:/|$)`)
const ofLink = /^\/call\/([\w-]{4,20})$/

/**
 * Stands before the rooms: what belongs to campaigns of a lane that must not mix with somebody's own is closed to them,
 * whatever room it lies in. Asks the database once, and only of whoever signed in.
 */
export const laneWall: Handler = async (c, next) => {
  const closed = c.var.actor?.kind === 'user' ? await closedAt(c) : null
  return closed ? refuse(c, closed) : next()
}

async function closedAt(c: Ctx): Promise<string | null> {
  const { path } = c.req
  const actor = actorOf(c)
  const campaign = ofCampaign.exec(path)?.[1]
  if (campaign) return (await isKeptOut(c.var.db, actor, campaign, now(c))) ? campaign : null
  for (const { path: pattern, kind } of places) {
    const part_id = pattern.exec(path)?.[1]
    if (part_id) return closedBy(c.var.db, actor, { kind, part_id }, now(c))
  }
  const code = ofLink.exec(path)?.[1]
  const part_id = code && (await bankOfCode(c.var.db, actor.organization_id, code))
  return part_id ? closedBy(c.var.db, actor, { kind: 'phone_bank', part_id }, now(c)) : null
}

/** Says why, and who can help; the activity log says who asked. */
async function refuse(c: Ctx, campaign_id: string): Promise<Response> {
  const actor = actorOf(c)
  await audit(c.var.db, actor, {
    action: 'campaign.refuse',
    subject: 'campaign',
    subject_id: campaign_id,
    after: { path: c.req.path },
    request_id: c.var.request_id,
  })
  const wantsPage = (c.req.header('accept') ?? '*/*').match(/text\/html|\*\/\*/) && !c.req.path.startsWith('/call/')
  const refused = await refusalOf(c.var.db, actor, campaign_id, now(c))
  if (!wantsPage || !refused) return c.json({ problem: 'forbidden', request_id: c.var.request_id }, 403)
  return page(c, <RefusedPage t={c.var.t} refused={refused} time_zone={timeZone(c)} />, {
    title: c.var.t('campaigns.closed'),
    status: 403,
  })
}

export function RefusedPage({ t, refused, time_zone }: { t: Translate; refused: Refused; time_zone: string }) {
  const { closed, because, wall } = refused
  const day = (at: Date): string => formatDate(t.language, dateIn(time_zone, at))
  return (
    <div className="max-w-2xl">
      <PageHead title={t('campaigns.closed')} back={{ href: list, label: t('campaigns.title') }} />
      <Alert kind="warning" title={t('campaigns.closed_because', { name: text(t, because.name), lane: t(`phonebanks.lane.${because.lane}`) })}>
        {wall.left_at
          ? t('campaigns.closed_from_until', { from: day(wall.joined_at), until: day(wall.left_at) })
          : t('campaigns.closed_since', { from: day(wall.joined_at) })}
      </Alert>
      <p className="mb-4">{t('campaigns.closed_what', { name: text(t, closed.name), lane: t(`phonebanks.lane.${closed.lane}`) })}</p>
      <p className="mb-4">{t('campaigns.closed_why')}</p>
      <p>{t('campaigns.closed_help', { name: because.owner })}</p>
    </div>
  )
} // prettier-ignore

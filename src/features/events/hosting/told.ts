import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { TimelineEntry } from '../../people/queries.ts'
import { standingOf } from '../rules.ts'
import './messages.ts'
import type { ProposalState } from './schema.ts'

export type HostingTold = Pick<TimelineEntry, 'at' | 'by'> & NonNullable<TimelineEntry['told']>

/**
 * What a profile's timeline tells of hosting: what somebody proposed, by their account too, what was decided, and what they hosted.
 * What we wrote to them along with it is for whoever decides.
 */
export async function hostingTold(
  db: Db,
  organization_id: string,
  person_id: string,
  t: Translate,
  { shows_reasons, now }: { shows_reasons: boolean; now: Date },
): Promise<HostingTold[]> {
  const { rows } = await sql<{
    sent_title: string
    state: ProposalState
    reason: string
    received_at: Date
    decided_at: Date | null
    decided_by: string | null
    event: { title: Record<string, string>; time_zone: string } | null
    starts_at: Date | null
    ends_at: Date | null
    published_at: Date | null
    canceled_at: Date | null
  }>`
    select o.sent ->> 'title' as sent_title, o.state, o.reason, o.received_at, o.decided_at, o.decided_by,
      case when e.event_id is not null then jsonb_build_object('title', e.content -> 'title', 'time_zone', e.time_zone) end as event,
      e.starts_at, e.ends_at, e.published_at, e.canceled_at
    from event_proposal o left join event e on e.organization_id = o.organization_id and e.event_id = o.event_id
    where o.organization_id = ${organization_id}::uuid and (o.person_id = ${person_id}::uuid
      or o.person_id is null and o.user_id in (select a.user_id from person_account a
        where a.organization_id = ${organization_id}::uuid and a.person_id = ${person_id}::uuid))
    order by o.received_at desc limit 100`.execute(db)
  return rows.flatMap((row) => {
    const { event, starts_at, ends_at, published_at, canceled_at } = row
    const title = event ? localized(event.title, t.language).text : row.sent_title
    const told: HostingTold[] = [
      { at: row.received_at, by: null, text: t('hosting.told.proposed', { title: row.sent_title }), detail: null },
    ]
    if (row.decided_at && row.state !== 'waiting')
      told.push({
        at: row.decided_at,
        by: row.state === 'withdrawn' ? null : row.decided_by,
        text: t(`hosting.told.${row.state}`, { title }),
        detail: (shows_reasons && row.reason) || null,
      })
    if (!event || !starts_at || !ends_at) return told
    const detail = formatDateTime(t.language, starts_at, event.time_zone)
    const standing = standingOf({ published_at, canceled_at, ends_at }, now)
    if (standing === 'over') told.push({ at: ends_at, by: null, text: t('hosting.told.hosted', { title }), detail })
    if (canceled_at) told.push({ at: canceled_at, by: null, text: t('hosting.told.canceled', { title }), detail })
    return told
  })
}

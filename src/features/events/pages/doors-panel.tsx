import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card } from '../../../platform/ui/components.tsx'
import '../door/messages.ts'
import type { Event } from '../queries.ts'

/** On the start page of whoever stands at doors without a role: the way to each of them. */
export function DoorsPanel({ t, events }: { t: Translate; events: readonly Event[] }) {
  return (
    <Card title={t('door.yours')} lead={events.length === 0 ? t('door.yours_none') : t('door.yours_lead')} id="doors">
      {events.length > 0 && (
        <ul className="grid gap-3 md:grid-cols-3">
          {events.map(({ event_id, content, starts_at, time_zone }) => (
            <li key={event_id} className="rounded-box border-base-300 relative border p-4">
              <p className="text-sm font-semibold">{formatDateTime(t.language, starts_at, time_zone)}</p>
              <h3 className="font-bold break-words">
                <a href={`/events/${event_id}/door`} className="after:absolute after:inset-0">
                  {localized(content.title, t.language).text}
                </a>
              </h3>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

import { formatDateTime, unbroken } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card } from '../../../platform/ui/components.tsx'
import { placeLine } from '../calendars.ts'
import '../messages.ts'
import type { Event, ListedEvent } from '../queries.ts'
import { standingOf } from '../rules.ts'
import { SeatsText } from './seats.tsx'

/** On the start page: what is held next, and how many come. Nothing where nothing is planned. */
export function NextEventsPanel({ t, events, now }: { t: Translate; events: readonly ListedEvent[]; now: Date }) {
  if (events.length === 0) return null
  const all = (
    <a className="link inline-flex min-h-11 items-center text-sm" href="/events">
      {t('common.all')} <span className="sr-only">{t('events.title')}</span>
    </a>
  )
  return (
    <Card title={t('events.next')} id="events" actions={all}>
      <ul className="grid gap-3 md:grid-cols-3">
        {events.map(({ event, shift, counts }) => (
          <li key={event.event_id} className="rounded-box border-base-300 relative border p-4">
            <p className="text-sm font-semibold">
              {unbroken(formatDateTime(t.language, event.starts_at, event.time_zone))}
            </p>
            <h3 className="font-bold break-words">
              <a href={`/events/${event.event_id}`} className="after:absolute after:inset-0">
                {localized(event.content.title, t.language).text}
              </a>
            </h3>
            <p className="mt-1 text-sm break-words">
              {shift && placeLine(localized(shift.place.name, t.language).text, shift.place)}
            </p>
            <SeatsText t={t} event={event} counts={counts} />
            {standingOf(event, now) !== 'open' && (
              <p className="mt-2">
                <Badge>{t(`events.standing.${standingOf(event, now)}`)}</Badge>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

interface OpenEventsProps {
  t: Translate
  /** Of the organization's public pages. */
  slug: string
  events: readonly Event[]
}

/** On the start page of whoever sees events as everybody does: what is held next, and the way to the calendar. */
export function OpenEventsPanel({ t, slug, events }: OpenEventsProps) {
  const here = (code: string) => `/e/${slug}${code}?lang=${t.language}`
  return (
    <Card title={t('events.next')} id="events">
      {events.length === 0 && <p>{t('events.none_open')}</p>}
      <ul className="mb-3 space-y-3">
        {events.map((event) => (
          <li key={event.event_id}>
            <span className="block text-sm">
              {unbroken(formatDateTime(t.language, event.starts_at, event.time_zone))}
            </span>
            <a className="font-semibold break-words" href={here(`/${event.code}`)}>
              {localized(event.content.title, t.language).text}
            </a>
          </li>
        ))}
      </ul>
      <a className="btn" href={here('')}>
        {t('events.calendar_all')}
      </a>
    </Card>
  )
}

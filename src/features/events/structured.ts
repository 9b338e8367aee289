import { dateIn, timeIn } from '../../platform/clock.ts'
import { localized, type LocalizedText } from '../../platform/i18n/languages.ts'
import type { PublicOrganization } from '../organizations/queries.ts'
import type { Event, Shift } from './queries.ts'

export interface CoHost {
  name: LocalizedText
  website: string
}

/** An event as search engines read it (schema.org Event). The online link is not theirs to know. */
export function eventAsData(
  event: Event,
  shifts: readonly Shift[],
  {
    organization,
    language,
    url,
    co_hosts = [],
  }: {
    organization: PublicOrganization
    language: string
    url: string
    /** Partners that hold it with the organization. */
    co_hosts?: readonly CoHost[]
  },
): Record<string, unknown> {
  const text = (of: Parameters<typeof localized>[0]) => localized(of, language, organization.languages).text
  const places = [...new Map(shifts.map(({ place }) => [JSON.stringify(place), place])).values()]
    .filter(({ name, address, city }) => text(name) || address || city)
    .map((place) => ({
      '@type': 'Place',
      name: text(place.name) || place.address || place.city,
      ...((place.address || place.city) && {
        address: {
          '@type': 'PostalAddress',
          streetAddress: place.address || undefined,
          addressLocality: place.city || undefined,
          postalCode: place.zip5 || undefined,
          addressCountry: 'US',
        },
      }),
    }))
  const own = { '@type': 'Organization', name: text(organization.name), url: `${url}/e/${organization.slug}` }
  const page = `${url}/e/${organization.slug}/${event.code}`
  const online = event.online_link ? [{ '@type': 'VirtualLocation', url: page }] : []
  const mode = places.length === 0 ? 'Online' : online.length > 0 ? 'Mixed' : 'Offline'
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: text(event.content.title),
    description: text(event.content.summary) || undefined,
    inLanguage: language,
    startDate: local(event.time_zone, event.starts_at),
    endDate: local(event.time_zone, event.ends_at),
    eventStatus: `https://schema.org/${event.canceled_at ? 'EventCancelled' : 'EventScheduled'}`,
    eventAttendanceMode: `https://schema.org/${mode}EventAttendanceMode`,
    location: [...places, ...online],
    url: page,
    organizer:
      co_hosts.length > 0
        ? [
            own,
            ...co_hosts.map((each) => ({
              '@type': 'Organization',
              name: text(each.name),
              url: each.website || undefined,
            })),
          ]
        : own,
  }
}

/** '2026-12-05T14:00:00-05:00' */
function local(zone: string, at: Date): string {
  const shown = `${dateIn(zone, at)}T${timeIn(zone, at)}:00`
  const minutes = (Date.parse(`${shown}Z`) - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000
  const two = (value: number) => String(value).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${shown}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

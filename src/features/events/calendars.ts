import { localized, publicLanguage } from '../../platform/i18n/languages.ts'
import type { CalendarEntry } from '../../platform/ical.ts'
import type { PublicOrganization } from '../organizations/queries.ts'
import { publicWords } from './public-words.ts'
import type { Event, Shift } from './queries.ts'

interface Shown {
  organization: Pick<PublicOrganization, 'slug' | 'languages'>
  language: string
  /** Of the installation. */
  url: string
  /** The online link too: only for whoever has a seat. */
  is_signed_up?: boolean
  /** Whole address of what they are let in by. */
  ticket?: string | null
  /** Not theirs any more. */
  is_given_up?: boolean
}

/** Each shift is an entry of its own: an event of one shift has the name of the event alone. */
export function entriesOf(event: Event, shifts: readonly Shift[], shown: Shown): CalendarEntry[] {
  const { organization, language, url, is_signed_up = false, ticket = null, is_given_up = false } = shown
  const text = (each: Parameters<typeof localized>[0]) => localized(each, language, organization.languages).text
  return shifts.map((shift) => {
    const name = text(shift.name)
    const { place } = shift
    return {
      uid: `${shift.shift_id}@hanpyo.${organization.slug}`,
      sequence: event.sequence,
      changed_at: event.changed_at,
      starts_at: shift.starts_at,
      ends_at: shift.ends_at,
      time_zone: event.time_zone,
      title: [text(event.content.title), name].filter(Boolean).join(' · '),
      text: [
        text(event.content.summary),
        is_signed_up ? (event.online_link ?? '') : '',
        ticket ? `${publicWords(publicLanguage(language, undefined))('ticket')}: ${ticket}` : '',
        text(place.directions),
        text(event.content.access),
      ]
        .filter(Boolean)
        .join('\n\n'),
      place: placeLine(text(place.name), place),
      url: `${url}/e/${organization.slug}/${event.code}`,
      is_canceled: event.canceled_at !== null || shift.removed_at !== null || is_given_up,
    }
  })
}

/** Addresses stay as the post writes them, in every language. */
export const placeLine = (name: string, { address, city, zip5 }: Shift['place']): string =>
  [name, address, [city, zip5].filter(Boolean).join(' ')].filter(Boolean).join(', ')

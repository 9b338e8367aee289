import { addDays, dateIn, timeIn } from './clock.ts'

/*
 * iCalendar (RFC 5545, of invitations RFC 5546) as calendars of Google, Apple and Microsoft read it. Each time an event
 * is held is an entry of its own, so exceptions of a series need no rules of theirs.
 */

export type CalendarEntry = EntryWords & (Moments | Days)

interface EntryWords {
  /** The same for all time: by it a calendar knows that an entry changed. */
  uid: string
  sequence: number
  changed_at: Date
  title: string
  text: string
  place: string
  url: string
  is_canceled: boolean
}

interface Moments {
  starts_at: Date
  ends_at: Date
  time_zone: string
}

/** Whole days, the last one included, wherever the reader is. */
interface Days {
  from_on: string
  until_on: string
}

export interface Calendar {
  name: string
  entries: readonly CalendarEntry[]
  /** In a mail: an invitation to one person, or its end. */
  invitation?: {
    method: 'REQUEST' | 'CANCEL'
    organizer: { name: string; email: string }
    attendee: { name: string; email: string; has_accepted: boolean }
  }
}

export function icalText({ name, entries, invitation }: Calendar): string {
  const zones = Map.groupBy(
    entries.filter((entry) => 'time_zone' in entry),
    (entry) => entry.time_zone,
  )
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hanpyo//Hanpyo//EN',
    'CALSCALE:GREGORIAN',
    ...(invitation ? [`METHOD:${invitation.method}`] : [`NAME:${text(name)}`, `X-WR-CALNAME:${text(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT4H', 'X-PUBLISHED-TTL:PT4H']), // prettier-ignore
    ...[...zones].flatMap(([zone, of]) => zoneLines(zone, of)),
    ...entries.flatMap((entry) => [
      'BEGIN:VEVENT',
      `UID:${entry.uid}`,
      `SEQUENCE:${entry.sequence}`,
      `DTSTAMP:${utc(entry.changed_at)}`,
      `LAST-MODIFIED:${utc(entry.changed_at)}`,
      ...spanLines(entry),
      `SUMMARY:${text(entry.title)}`,
      ...(entry.text ? [`DESCRIPTION:${text(entry.text)}`] : []),
      ...(entry.place ? [`LOCATION:${text(entry.place)}`] : []),
      `URL:${entry.url}`,
      `STATUS:${entry.is_canceled ? 'CANCELLED' : 'CONFIRMED'}`,
      ...(invitation
        ? [
            `ORGANIZER;CN=${parameter(invitation.organizer.name)}:mailto:${invitation.organizer.email}`,
            `ATTENDEE;CN=${parameter(invitation.attendee.name)};PARTSTAT=${invitation.attendee.has_accepted ? 'ACCEPTED' : 'NEEDS-ACTION'};RSVP=FALSE:mailto:${invitation.attendee.email}`,
          ]
        : []),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((each) => `${folded(each)}\r\n`).join('')
}

const digits = (date: string): string => date.replaceAll(/[-:]/g, '')
const utc = (at: Date): string => `${digits(at.toISOString().slice(0, 19))}Z`
const local = (zone: string, at: Date): string => `${digits(dateIn(zone, at))}T${digits(timeIn(zone, at))}00`

/** The end of whole days is the day after (RFC 5545 3.6.1); they take nobody's time. */
const spanLines = (entry: CalendarEntry): string[] =>
  'time_zone' in entry
    ? [`DTSTART${moment(entry.time_zone, entry.starts_at)}`, `DTEND${moment(entry.time_zone, entry.ends_at)}`]
    : [
        `DTSTART;VALUE=DATE:${digits(entry.from_on)}`,
        `DTEND;VALUE=DATE:${digits(addDays(entry.until_on, 1))}`,
        'TRANSP:TRANSPARENT',
      ]

/** In the hour that comes twice when the clocks go back, the local time says too little. */
function moment(zone: string, at: Date): string {
  const isTwice = [-1, 1].some((hours) => local(zone, new Date(at.getTime() + hours * 3_600_000)) === local(zone, at))
  return isTwice ? `:${utc(at)}` : `;TZID=${zone}:${local(zone, at)}`
}

const text = (value: string): string => value.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n')
/** Quoted; a quotation mark cannot stand in one (RFC 5545 3.1), nor a line. */
const parameter = (value: string): string => `"${value.replaceAll(/["\r\n]/g, ' ')}"`

/** At most 75 bytes a line (RFC 5545 3.1), no letter cut in two. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (bytes + size > 75) {
      parts.push(part)
      part = ' '
      bytes = 1
    }
    part += letter
    bytes += size
  }
  return [...parts, part].join('\r\n')
}

/** The changes of clocks a calendar needs to know for these entries, each by itself: rules of the past and the future differ. */
function zoneLines(zone: string, entries: readonly Moments[]): string[] {
  const from = Math.min(...entries.map(({ starts_at }) => starts_at.getTime()))
  const to = Math.max(...entries.map(({ ends_at }) => ends_at.getTime()))
  const year_ms = 366 * 86_400_000
  const offsets = changesOfClocks(zone, from - year_ms, to + year_ms)
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...offsets.flatMap(({ at, before, after }) => {
      const kind = after > before ? 'DAYLIGHT' : 'STANDARD'
      return [
        `BEGIN:${kind}`,
        // In the time that was before.
        `DTSTART:${digits(new Date(at + before * 60_000).toISOString().slice(0, 19))}`,
        `TZOFFSETFROM:${offset(before)}`,
        `TZOFFSETTO:${offset(after)}`,
        `END:${kind}`,
      ]
    }),
    'END:VTIMEZONE',
  ]
}

interface Change {
  at: number
  /** Minutes before UTC, as clocks show. */
  before: number
  after: number
}

/** The first is what holds at the beginning. */
function changesOfClocks(zone: string, from: number, to: number): Change[] {
  const day = 86_400_000
  const start = Math.floor(from / day) * day
  const changes: Change[] = [{ at: start, before: minutesOf(zone, start), after: minutesOf(zone, start) }]
  for (let at = start; at < to; at += day) {
    const [before, after] = [minutesOf(zone, at), minutesOf(zone, at + day)]
    if (before === after) continue
    let [low, high] = [at, at + day]
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 120_000) * 60_000
      if (minutesOf(zone, middle) === before) low = middle
      else high = middle
    }
    changes.push({ at: high, before, after })
  }
  return changes
}

function minutesOf(zone: string, at: number): number {
  const instant = new Date(at - (at % 60_000))
  return (Date.parse(`${dateIn(zone, instant)}T${timeIn(zone, instant)}:00Z`) - instant.getTime()) / 60_000
}

function offset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${String(rest).padStart(2, '0')}`
}

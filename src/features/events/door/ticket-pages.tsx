import { unbroken } from '../../../platform/i18n/formats.ts'
import { localized, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import { QrCode } from '../../../platform/ui/qr.tsx'
import { placeLine } from '../calendars.ts'
import { nameIn } from '../mails.ts'
import { publicWords } from '../public-words.ts'
import type { PublicOrganization } from '../../organizations/queries.ts'
import type { Event, Shift, SignupRow } from '../queries.ts'
import { spanText } from '../when.ts'
import { spelledTicket } from './rules.ts'
import { ticketPath } from './ticket.ts'

interface Around {
  organization: Pick<PublicOrganization, 'slug' | 'languages'>
  language: PublicLanguage
}

/** On one's own page: a code for each of the party, named so that nobody shows another's. */
export function Tickets({
  of,
  event,
  url,
  organization,
  language,
}: Around & { of: readonly SignupRow[]; event: Event; url: string }) {
  // prettier-ignore
  const w = publicWords(language)
  return (
    <section className="bg-base-100 rounded-box border-base-300 mb-5 border p-4 sm:p-6">
      <h2 className="mb-1 text-lg font-bold">{w('ticket')}</h2>
      <p className="mb-3 text-sm">{w('ticket_text')}</p>
      <ul className="flex flex-wrap justify-center gap-6">
        {of.map((each) => {
          const path = ticketPath(organization.slug, event.code, each.ticket)
          // As they said it here: whoever typed another's number is shown nothing that we know of them.
          const name = each.said ? nameIn(each.said, language) : ''
          return (
            <li key={each.signup_id} className="text-center break-inside-avoid">
              {name && <p className="font-semibold break-words">{name}</p>}
              <QrCode text={url + path} label={[w('ticket'), name].filter(Boolean).join(': ')} />
              <p className="mt-1 font-mono text-xl font-bold">{spelledTicket(each.ticket)}</p>
              <a className="inline-flex min-h-11 items-center print:hidden" href={`${path}?lang=${language}`}>
                {w('ticket_alone')} <span className="sr-only">{name}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** The code alone, for paper and for whoever it is sent on to. It names nobody. */
export function TicketPage({
  event,
  shifts,
  ticket,
  address,
  check,
  organization,
  language,
}: Around & {
  event: Event
  shifts: readonly Shift[]
  /** null: it stands for no seat at the moment. */
  ticket: string | null
  address: string
  /** Of a host at the door: where it is checked in. */
  check: string | null
}) {
  // prettier-ignore
  const w = publicWords(language)
  const text = (each: Parameters<typeof localized>[0]) => localized(each, language, organization.languages).text
  return (
    <>
      {check && (
        <p className="mb-4 print:hidden">
          <a className="btn btn-primary btn-lg" href={check}>
            {w('ticket_check')}
          </a>
        </p>
      )}
      <section className="bg-base-100 rounded-box border-base-300 border p-6 text-center">
        <h1 className="mb-3 text-2xl font-bold break-words">{text(event.content.title)}</h1>
        <ul className="mb-4 space-y-2">
          {shifts.map((shift) => (
            <li key={shift.shift_id}>
              {unbroken(spanText(language, event.time_zone, shift))}
              <span className="block break-words">{placeLine(text(shift.place.name), shift.place)}</span>
            </li>
          ))}
        </ul>
        {ticket ? (
          <>
            <QrCode text={address} label={w('ticket')} />
            <p className="mt-2 font-mono text-2xl font-bold">{spelledTicket(ticket)}</p>
            <p className="mt-2">{w('ticket_text')}</p>
          </>
        ) : (
          <p className="font-semibold" role="status">
            {w('ticket_none')}
          </p>
        )}
      </section>
    </>
  )
}

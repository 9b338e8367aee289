import { found } from '../../../platform/errors.ts'
import { room } from '../../../platform/http/room.ts'
import { localized, publicLanguage } from '../../../platform/i18n/languages.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { organizationBySlug } from '../../organizations/queries.ts'
import { eventByCode, shiftsOf, signupById, toldTo } from '../queries.ts'
import { standingOf } from '../rules.ts'
import { responseRules } from '../schema.ts'
import { mayCheckIn, signupOfTicket } from './queries.ts'
import { isTicket } from './rules.ts'
import { TicketPage } from './ticket-pages.tsx'
import { ticketPath } from './ticket.ts'

/** What the QR code of a sign-up opens. A host's own camera leads from here to the door. */
export const ticketRoutes = room().get('/e/:organization/:code/t/:ticket', allow('public'), async (c) => {
  const { database, url, clock } = c.var.installation
  const { organization: slug, code, ticket: asked } = c.req.param()
  const organization = found(await organizationBySlug(database.owner, slug))
  const { organization_id } = organization
  const db = database.of(organization_id)
  const event = found(await eventByCode(db, organization_id, code))
  const of = found(isTicket(asked) ? await signupOfTicket(db, organization_id, asked) : null)
  const signup = found(await signupById(db, organization_id, event.event_id, of.signup_id))
  const language = publicLanguage(c.req.query('lang'), c.req.header('accept-language'))
  const { actor } = c.var
  const is_host =
    actor?.organization_id === organization_id && (await mayCheckIn(db, actor, event.event_id, clock.now()))
  const has_seat = responseRules[signup.response].holds_seat && !signup.accept_by
  const shifts = await shiftsOf(db, organization_id, [event.event_id])
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex')
  return c.html(
    publicDocument(
      language,
      localized(event.content.title, language, organization.languages).text,
      organization.name,
      <TicketPage
        organization={organization}
        language={language}
        event={event}
        shifts={toldTo(event, shifts, { has_seat }).filter(({ shift_id }) => signup.shift_ids.includes(shift_id))}
        ticket={has_seat && standingOf(event, clock.now()) === 'open' ? asked : null}
        address={url + ticketPath(slug, code, asked)}
        check={is_host ? `/events/${event.event_id}/door?q=${asked}` : null}
      />,
    ),
  )
})

import type { Installation } from '../../platform/http/room.ts'
import { instantIn } from '../../platform/clock.ts'
import { formatMoney } from '../../platform/i18n/formats.ts'
import { isPublicLanguage, localized, type PublicLanguage } from '../../platform/i18n/languages.ts'
import { found } from '../../platform/errors.ts'
import type { Mail } from '../../platform/mail/mailer.ts'
import { mayContact } from '../people/consent.ts'
import type { MailOf } from '../people/mail.ts'
import { isBarred } from '../people/suppressions/commands.ts'
import { entriesOf, placeLine } from './calendars.ts'
import { spelledTicket } from './door/rules.ts'
import { qrPng, ticketPath } from './door/ticket.ts'
import { callLinkOf } from './calls/queries.ts'
import { icalText } from '../../platform/ical.ts'
import type { MailKind } from './later.ts'
import { signupPath } from './links.ts'
import { isHeld, owesOf, toGiveBack } from './orders/rules.ts'
import { partsOfPerson } from './parts/queries.ts'
import { publicWords, type PublicWords } from './public-words.ts'
import {
  eventById,
  mailboxOf,
  organizationById,
  shiftsOf,
  signupById,
  ownCalendars,
  toldTo,
  type Event,
  type Shift,
  type SignupRow,
} from './queries.ts'
import { isToDrop, sequenceOf, type MailedEntry } from './rules.ts'
import { responseRules } from './schema.ts'
import { momentText, spanText, zoneText } from './when.ts'

export interface EventMail {
  mail: Mail & { of: MailOf }
  /** Entries of calendars that go along. */
  entries: (MailedEntry & { shift_id: string })[]
  /** Shifts still in their calendar that are theirs no more: each is taken out by a mail of its own. */
  to_drop: string[]
}

/**
 * A mail as things stand now; null: there is no mailbox, or what it would say is no longer so (reminded of an event
 * canceled since).
 */
export async function mailOf(
  { database, url, secret, config, clock }: Installation,
  asked: { organization_id: string; event_id: string; signup_id: string; kind: MailKind; shift_ids?: string[] | undefined }, // prettier-ignore
): Promise<EventMail | null> {
  const { organization_id, event_id, signup_id, kind } = asked
  const db = database.of(organization_id)
  const [event, signup, organization] = await Promise.all([
    eventById(db, organization_id, event_id),
    signupById(db, organization_id, event_id, signup_id),
    organizationById(db, organization_id),
  ])
  if (!event || !signup || !isStillSo(kind, signup)) return null
  // They may have said since that they want no mail.
  const to = isUnasked(signup) ? await mailboxOf(db, organization_id, signup.person_id, 'invitation') : signup.mail_to
  // Anybody can write any mailbox on a page.
  if (!to || (signup.source === 'web' && (await isBarred(db, organization_id, to)))) return null
  const language: PublicLanguage = isPublicLanguage(signup.language) ? signup.language : 'en'
  const w = publicWords(language)
  const text = (of: Partial<Record<string, string>>) => localized(of, language, organization.languages).text
  // An offer is none yet.
  const { holds_seat } = responseRules[signup.response]
  const has_seat = holds_seat && !signup.accept_by
  const isInvited = signup.response === 'invited'
  const every = toldTo(event, await shiftsOf(db, organization_id, [event_id], { with_removed: true }), { has_seat })
  const theirs = every.filter(({ shift_id }) => signup.shift_ids.includes(shift_id))
  const own = found((await ownCalendars(db, organization_id, [event_id], signup)).get(event_id))
  const wanted = has_seat || isInvited ? signup.shift_ids : []
  // Of a seat that is offered or held nothing is said before it is theirs.
  const to_drop = holds_seat && !has_seat ? [] : every.filter(({ shift_id }) => isToDrop(own, wanted, shift_id))
  const asked_for = ({ shift_id }: Shift): boolean => asked.shift_ids?.includes(shift_id) ?? true
  const shifts =
    kind === 'dropped' ? to_drop.filter(asked_for).slice(0, 1)
    : kind === 'reminder' ? theirs.filter((shift) => asked_for(shift) && shift.starts_at > clock.now())
    : theirs // prettier-ignore
  if (shifts.length === 0) return null
  const parts = await partsOfPerson(db, organization_id, event_id, signup.person_id)
  const call_link = has_seat && kind === 'reminder' ? await callLinkOf(db, event, url) : null
  const shows_seat = has_seat && kind !== 'dropped'
  const title = text(event.content.title)
  const link = url + signupPath(secret, { organization: organization.slug, code: event.code, signup_id }, 'mail')
  const ticket = url + ticketPath(organization.slug, event.code, signup.ticket)
  const name = greetable(nameIn(signup.said ?? signup, language))
  const mail = {
    of: { organization_id, whom: { person_id: signup.person_id } },
    to,
    subject: `${w(`subject.${kind}`)}: ${title}`,
    language,
    text: [
      name ? w('mail.hello', { name }) : w('mail.hello_all'),
      kind === 'changed' || kind === 'reminder' || kind === 'dropped' ? w(`mail.${kind}`) : '',
      // Reminded of an offer, one must know that it is none yet.
      kind === 'dropped' || ((kind === 'changed' || kind === 'reminder') && has_seat)
        ? ''
        : stateText(w, event, signup),
      kind === 'dropped' ? '' : moneyText(w, event, signup).join('\n'),
      holds_seat && kind !== 'dropped' && parts.length > 0
        ? w('mail.part', { part: parts.map((part) => w(`part.${part}`)).join(', ') })
        : '',
      [
        title,
        ...shifts.map((shift) =>
          [
            [text(shift.name), `${spanText(language, event.time_zone, shift)} (${zoneText(language, event.time_zone, shift.starts_at)})`].filter(Boolean).join(': '), // prettier-ignore
            placeLine(text(shift.place.name), shift.place),
          ]
            .filter(Boolean)
            .join('\n'),
        ),
        shows_seat && event.online_link ? `${w('online_link')}: ${event.online_link}` : '',
        shows_seat ? `${w('ticket')}: ${spelledTicket(signup.ticket)}\n${ticket}` : '',
        call_link ? `${w('call_link')}: ${call_link}` : '',
        kind === 'reminder' ? text(event.content.access) : '',
      ]
        .filter(Boolean)
        .join('\n'),
      // Whoever was told no has nothing to change; what became of it is behind the link all the same.
      `${w(shows_seat ? 'mail.cannot' : 'mail.link')}\n${link}`,
      text(organization.name),
    ]
      .filter(Boolean)
      .join('\n\n'),
  }
  // Calendars take an entry out for a mail about that one alone.
  const is_end = kind === 'dropped' || wanted.length === 0
  const [first] = kind === 'dropped' ? shifts : to_drop
  const told = is_end ? (first ? [first] : []) : shifts
  const method = is_end ? 'CANCEL' : 'REQUEST'
  const entries = told.map(({ shift_id }): EventMail['entries'][number] => {
    const entry = { shift_id, method, event_sequence: event.sequence } as const
    return { ...entry, sequence: sequenceOf(own, entry) }
  })
  const calendars = entriesOf(event, told, {
    organization,
    language,
    url,
    is_signed_up: shows_seat,
    ticket: shows_seat ? ticket : null,
    is_given_up: is_end,
  }).map((entry, at): { method: typeof method; text: string } => ({
    method,
    text: icalText({
      name: text(organization.name),
      entries: [{ ...entry, sequence: entries[at]?.sequence ?? entry.sequence, changed_at: clock.now() }],
      invitation: {
        method,
        organizer: { name: text(organization.name), email: addressIn(config.mail_from) },
        attendee: { name, email: to, has_accepted: shows_seat },
      },
    }),
  }))
  return {
    mail: {
      ...mail,
      ...(shows_seat && { picture: { png: qrPng(ticket), alt: `${w('ticket')}: ${spelledTicket(signup.ticket)}` } }),
      ...(calendars.length > 0 && { calendars }),
    },
    entries,
    to_drop: to_drop.flatMap(({ shift_id }) => ((kind === 'dropped' && asked.shift_ids) || told.some((each) => each.shift_id === shift_id) ? [] : [shift_id])), // prettier-ignore
  }
}

/** Invited by us: they asked for nothing. */
const isUnasked = ({ response, source }: SignupRow): boolean => response === 'invited' && source === 'staff'

/** When an invitation goes to whoever wants no e-mail for now; null: they do, or it would come too late. */
export async function invitedLater(
  { database, clock }: Installation,
  { organization_id, event_id, signup_id, kind }: { organization_id: string; event_id: string; signup_id: string; kind: MailKind }, // prettier-ignore
): Promise<Date | null> {
  const db = database.of(organization_id)
  const [event, signup, { time_zone }] = await Promise.all([
    eventById(db, organization_id, event_id),
    signupById(db, organization_id, event_id, signup_id),
    organizationById(db, organization_id),
  ])
  if (kind !== 'invited' || !event || event.canceled_at || !signup || !isUnasked(signup)) return null
  const who = { person_id: signup.person_id, voter_id: null }
  const { reason, evidence } = await mayContact(db, organization_id, who, 'email', 'invitation')
  if (reason !== 'paused' || evidence === null) return null
  // A pause ends with a day of the organization, wherever the event is; where two clocks differ, a little later.
  const over = instantIn(time_zone, evidence, '09:00')
  const at = over > clock.now() ? over : new Date(clock.now().getTime() + 3_600_000)
  return at < event.ends_at ? at : null
}

function isStillSo(kind: MailKind, { response, accept_by }: SignupRow): boolean {
  const { holds_seat } = responseRules[response]
  return {
    answer: true,
    moved_up: holds_seat && (accept_by !== null || response === 'signed_up'),
    not_accepted: response === 'canceled_by_us',
    changed: holds_seat || response === 'invited',
    canceled: response === 'canceled_by_us',
    reminder: holds_seat,
    invited: response === 'invited',
    dropped: true,
  }[kind]
}

/** Where somebody stands with an event, in a sentence. */
export function stateText(
  w: PublicWords,
  event: Pick<Event, 'time_zone'>,
  { response, accept_by, why, order }: Pick<SignupRow, 'response' | 'accept_by' | 'why' | 'order'>,
): string {
  if (response === 'signed_up' && accept_by && isHeld({ accept_by, order }))
    return w(why === 'moved_up' ? 'state.offered_to_pay' : 'state.to_pay', {
      when: momentText(w.language, event.time_zone, accept_by),
      amount: formatMoney(owesOf(order)),
    })
  // Paid, the seat is theirs, also in the moment before that is written down. What was given back whole is paid no more.
  const isPaid = order !== null && order.due_cents > 0 && order.paid_cents > 0 && owesOf(order) === 0
  if (isPaid && (response === 'confirmed' || (response === 'signed_up' && accept_by))) return w('state.paid')
  if (response === 'signed_up' && accept_by)
    return w('state.offered', { when: momentText(w.language, event.time_zone, accept_by) })
  if (response === 'canceled_by_us' && why && why !== 'moved_up' && why !== 'merged') return w(`why.${why}`)
  return w(`state.${response}`)
}

/** What was paid, is still to be paid, or comes back. */
export function moneyText(w: PublicWords, event: Event, signup: SignupRow): string[] {
  const { order, response, accept_by } = signup
  if (!order || order.due_cents + order.paid_cents === 0) return []
  const { holds_seat, is_open } = responseRules[response]
  const amount = (cents: number) => ({ amount: formatMoney(cents) })
  const back_cents = toGiveBack(event, { ...signup, order })
  const isAtDoor = event.pays_at_door || order.pays === 'door'
  return [
    order.paid_cents > 0 && w('paid_sum', amount(order.paid_cents)),
    holds_seat && !accept_by && owesOf(order) > 0 && w(isAtDoor ? 'bring' : 'still_to_pay', amount(owesOf(order))),
    back_cents > 0 && w('back_sum', amount(back_cents)),
    !is_open && order.paid_cents > 0 && back_cents === 0 && w(event.refund_days === null ? 'back_never' : 'back_none'),
  ].filter((line) => line !== false)
}

/** Hangul in Korean where it is known. */
export const nameIn = (
  { first_name, last_name, name_hangul }: Pick<SignupRow, 'first_name' | 'last_name' | 'name_hangul'>,
  language: string,
): string =>
  language === 'ko' && name_hangul
    ? name_hangul
    : [first_name, last_name].filter(Boolean).join(' ') || (name_hangul ?? '')

/** Anybody can type a name, and any mailbox beside it: no address of a page or a number goes out in our mail as one. */
export const greetable = (name: string): string => (/[:/@\d]|www|\.\p{L}{2,}/iu.test(name) ? '' : name)

/** 'Hanpyo <office@example.org>' without the name. */
export const addressIn = (from: string): string => /<([^>]+)>/.exec(from)?.[1] ?? from

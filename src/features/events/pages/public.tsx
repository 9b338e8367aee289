import type { ReactNode } from 'react'
import { languageNames, localized, publicLanguages, type LocalizedText, type PublicLanguage } from '../../../platform/i18n/languages.ts' // prettier-ignore
import { formatMoney, unbroken } from '../../../platform/i18n/formats.ts'
import { Icon } from '../../../platform/ui/icon.tsx'
import { Group, Input, LongInput, Notice, Options } from '../../../platform/ui/public-fields.tsx'
import { placeLine } from '../calendars.ts'
import { Tickets } from '../door/ticket-pages.tsx'
import { moneyText, nameIn, stateText } from '../mails.ts'
import type { Offer } from '../orders/offer.ts'
import { HowPaid, Sum, TicketChoices } from '../orders/public-parts.tsx'
import { isHeld, owesOf, type Priced } from '../orders/rules.ts'
import type { PayWay } from '../orders/schema.ts'
import { askedBy } from '../questions/rules.ts'
import { publicWords, type PublicWord, type PublicWords } from '../public-words.ts'
import type { PublicOrganization } from '../../organizations/queries.ts'
import type { Event, ListedKind, Shift, SignupRow } from '../queries.ts'
import { kindQuestions, seatsFor, type FieldProblem, type Room, type Standing } from '../rules.ts'
import { consentChannels, needsOf, responseRules, type EventQuestion, type Said } from '../schema.ts'
import type { CoHost } from '../structured.ts'
import { spanText, zoneText } from '../when.ts'

const line = (text: LocalizedText, { language, organization }: Around): ReactNode => {
  const found = localized(text, language, organization.languages)
  return found.language === language ? found.text : <span lang={found.language}>{found.text}</span>
}

function Paragraphs({ text, ...around }: Around & { text: LocalizedText }) {
  const found = localized(text, around.language, around.organization.languages)
  return found.text
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((each) => (
      <p
        key={each}
        className="mb-3 break-words whitespace-pre-line"
        lang={found.language === around.language ? undefined : found.language}
      >
        {each}
      </p>
    ))
}

/** Whose page, in which language. */
interface Around {
  organization: Pick<PublicOrganization, 'slug' | 'name' | 'languages'>
  language: PublicLanguage
}

/** Links; where a form stands below, buttons of it, so that what was typed comes along. */
export function Languages({
  w,
  organization,
  path,
  query = '',
  form,
}: Omit<Around, 'language'> & {
  w: Pick<PublicWords, 'language'> & ((key: 'languages') => string)
  path: string
  query?: string
  form?: string | undefined
}) {
  const looks =
    'btn btn-sm min-h-11 aria-pressed:underline aria-pressed:underline-offset-4 aria-[current]:underline aria-[current]:underline-offset-4'
  return (
    <nav aria-label={w('languages')} className="mb-5 flex flex-wrap gap-2">
      {inOrder(organization.languages).map((each) => {
        const lang = each === 'zh' ? 'zh-Hant' : each
        const is_here = each === w.language
        return form ? (
          <button
            key={each}
            form={form}
            name="to"
            value={each}
            formNoValidate
            lang={lang}
            aria-pressed={is_here}
            className={looks}
          >
            {languageNames[each]}
          </button>
        ) : (
          <a
            key={each}
            href={`${path}?lang=${each}${query}`}
            lang={lang}
            aria-current={is_here ? 'true' : undefined}
            className={looks}
          >
            {languageNames[each]}
          </a>
        )
      })}
    </nav>
  )
}

/** Those the organization writes in first. */
const inOrder = (own: readonly string[]): PublicLanguage[] =>
  [...publicLanguages].sort((a, b) => Number(own.includes(b)) - Number(own.includes(a)))

/*
 * Calendar.
 */

interface CalendarProps extends Around {
  events: readonly { event: Event; shifts: readonly Shift[]; is_full: boolean }[]
  kinds: readonly ListedKind[]
  kind: string | null
  which: 'upcoming' | 'past'
  /** There are more behind this one. */
  next: string | null
  feed: string
  /** Everybody may propose to host one. */
  may_host: boolean
  now: Date
}

export function PublicCalendar({ events, kinds, kind, which, next, feed, may_host, ...around }: CalendarProps) {
  const { language, organization } = around
  const w = publicWords(language)
  const path = `/e/${organization.slug}`
  const chosen = `${kind ? `&kind=${kind}` : ''}${which === 'past' ? '&when=past' : ''}`
  const link = (query: string, label: ReactNode, is_here: boolean) => (
    <a
      href={`${path}?lang=${language}${query}`}
      aria-current={is_here ? 'page' : undefined}
      className="btn btn-sm aria-[current]:btn-primary min-h-11"
    >
      {label}
    </a>
  )
  return (
    <>
      <Languages w={w} organization={organization} path={path} query={chosen} />
      <h1 className="mb-4 text-2xl font-bold sm:text-3xl">{w('calendar')}</h1>
      <div className="mb-6 flex flex-wrap gap-2">
        {link(kind ? `&kind=${kind}` : '', w('upcoming'), which === 'upcoming')}
        {link(`${kind ? `&kind=${kind}` : ''}&when=past`, w('past'), which === 'past')}
      </div>
      {kinds.length > 1 && (
        <div className="mb-6 flex flex-wrap gap-2">
          {link(which === 'past' ? '&when=past' : '', w('all_kinds'), kind === null)}
          {kinds.map((each) => (
            <span key={each.kind}>
              {link(
                `&kind=${each.kind}${which === 'past' ? '&when=past' : ''}`,
                line(each.name, around),
                kind === each.kind,
              )}
            </span>
          ))}
        </div>
      )}
      {events.length === 0 && <p className="mb-6">{w(which === 'past' ? 'none_past' : 'none')}</p>}
      <ol className="space-y-3">
        {events.map(({ event, shifts, is_full }) => (
          <li key={event.event_id} className="bg-base-100 rounded-box border-base-300 relative border p-4">
            <p className="font-semibold text-balance">
              {unbroken(spanText(language, event.time_zone, shifts[0] ?? event))}
            </p>
            <h2 className="text-lg font-bold break-words">
              <a href={`${path}/${event.code}?lang=${language}`} className="after:absolute after:inset-0">
                {line(event.content.title, around)}
              </a>
            </h2>
            <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              {event.canceled_at && <Mark>{w('canceled_mark')}</Mark>}
              {is_full && !event.canceled_at && which === 'upcoming' && <Mark>{w('full_mark')}</Mark>}
              <span>{placeIn(shifts[0], around) || (event.online_link ? w('online') : '')}</span>
            </p>
          </li>
        ))}
      </ol>
      {next && (
        <p className="mt-5">
          <a className="btn" href={`${path}?lang=${language}${chosen}&after=${next}`}>
            {w('more')} →
          </a>
        </p>
      )}
      {may_host && (
        <section className="mt-8">
          <h2 className="mb-2 font-bold">{w('host_yourself')}</h2>
          <a className="btn" href={`${path}/host?lang=${language}`}>
            {w('host_propose')}
          </a>
        </section>
      )}
      <section className="mt-8">
        <h2 className="mb-2 font-bold">{w('subscribe')}</h2>
        <p className="mb-2 text-sm">{w('subscribe_text')}</p>
        <p className="text-sm break-all">
          <a href={feed}>{feed}</a>
        </p>
      </section>
    </>
  )
}

const Mark = ({ children }: { children: ReactNode }) => (
  <strong className="border-base-300 rounded-full border px-2.5 py-0.5">{children}</strong>
)

const placeIn = (shift: Shift | undefined, { language, organization }: Around): string =>
  shift ? placeLine(localized(shift.place.name, language, organization.languages).text, shift.place) : ''

/*
 * An event.
 */

interface EventPageProps extends Around {
  event: Event
  kind: ListedKind
  shifts: readonly Shift[]
  room: Room
  standing: Standing
  /** Of the community, in whose hands it is. */
  host?: Said | null
  /** Partners that hold it with the organization. */
  co_hosts?: readonly CoHost[]
  /** By whose link the reader came. */
  partner?: { name: LocalizedText } | null
  /** What came of it, where that is published. */
  notes?: LocalizedText | null
  /** Of an event that sells tickets. */
  offer?: Offer | null
  typed: Record<string, string[]>
  errors: Partial<Record<string, FieldProblem>>
  page_key: string
  /** Signed, when the page was made. */
  page_time: string
  is_too_many?: boolean
  /** Faster than anybody reads. */
  is_too_fast?: boolean
  /** Somebody took the last seat meanwhile. */
  is_full_now?: boolean
  /** What came along as an invitation opens nothing here. */
  is_no_invitation?: boolean
  is_preview?: boolean
  now: Date
}

export function PublicEventPage(props: EventPageProps) {
  const { event, kind, shifts, room, standing, language, organization } = props
  const w = publicWords(language)
  const path = `/e/${organization.slug}/${event.code}`
  const { content } = event
  const is_full = shifts.every(({ shift_id }) => seatsFor(room, [shift_id]) < 1)
  const isOpen = standing === 'open' || props.is_preview === true
  const has_form = isOpen && !props.is_preview && !(is_full && !event.has_wait_list) && !props.offer?.is_over
  return (
    <>
      <p className="mb-3">
        <a className="inline-flex min-h-11 items-center" href={`/e/${organization.slug}?lang=${language}`}>
          ← {w('to_calendar')}
        </a>
      </p>
      {/* Enter in a field signs up, it does not press the first language. */}
      {has_form && (
        <button form="sign-up" className="sr-only" tabIndex={-1} aria-hidden="true">
          {w('sign_up')}
        </button>
      )}
      <Languages
        w={w}
        organization={organization}
        path={props.is_preview ? `/events/${event.event_id}/preview` : path}
        form={has_form ? 'sign-up' : undefined}
      />
      <p className="text-sm font-semibold">{line(kind.name, props)}</p>
      <h1 className="mb-3 text-2xl font-bold text-balance break-words sm:text-3xl">{line(content.title, props)}</h1>
      {standing === 'canceled' && <Notice kind="error">{w('canceled')}</Notice>}
      {standing === 'over' && <Notice>{w('over')}</Notice>}
      {isOpen && event.is_by_invitation && !props.typed.invitation?.[0] && <Notice>{w('by_invitation')}</Notice>}
      {props.host && <p className="mb-3 font-semibold">{w('hosted_by', { name: nameIn(props.host, language) })}</p>}
      {props.co_hosts && props.co_hosts.length > 0 && (
        <p className="mb-3">
          {w('partner_site')}:{' '}
          {props.co_hosts.map((each, at) => (
            <span key={JSON.stringify(each.name)} className="font-semibold">
              {at > 0 && ', '}
              {each.website ? (
                <a href={each.website} rel="noreferrer">
                  {line(each.name, props)}
                </a>
              ) : (
                line(each.name, props)
              )}
            </span>
          ))}
        </p>
      )}
      <When {...props} w={w} />
      <div className="text-lg">
        <Paragraphs {...props} text={content.summary} />
      </div>
      <dl className="my-5 space-y-3">
        {props.notes && <Fact label={w('notes')} text={props.notes} {...props} />}
        <Fact label={w('spoken')} text={content.spoken} {...props} />
        <Fact label={w('access')} text={content.access} {...props} />
        {needsOf(kind.needs, 'texts').map((need) => {
          const text = content.details[need]
          return typeof text === 'object' ? (
            // The words of the page are those of the need.
            <Fact key={need} label={w(need as PublicWord)} text={text} {...props} />
          ) : null
        })}
      </dl>
      {standing !== 'canceled' && (
        <p className="mb-6">
          <a className="btn" href={`${path}/event.ics?lang=${language}`}>
            <Icon name="download" /> {w('add')}
          </a>
        </p>
      )}
      {isOpen && <SignUpForm {...props} w={w} path={path} is_full={is_full} />}
    </>
  )
}

function Fact({ label, text, ...around }: Around & { label: string; text: LocalizedText }) {
  const found = localized(text, around.language, around.organization.languages)
  if (!found.text) return null
  return (
    <div>
      <dt className="font-semibold">{label}</dt>
      <dd className="break-words whitespace-pre-line">{line(text, around)}</dd>
    </div>
  )
}

function When({ w, event, shifts, room, ...around }: EventPageProps & { w: PublicWords }) {
  const { language } = around
  return (
    <section className="bg-base-100 rounded-box border-base-300 mb-5 space-y-4 border p-4 sm:p-6">
      <h2 className="sr-only">{w('when')}</h2>
      {shifts.map((shift) => {
        const place = placeIn(shift, around)
        const asked = encodeURIComponent([shift.place.address, shift.place.city, shift.place.zip5].filter(Boolean).join(' ')) // prettier-ignore
        const left = seatsFor(room, [shift.shift_id])
        return (
          <div key={shift.shift_id}>
            <p className="font-bold text-balance">
              {localized(shift.name, language).text && <>{line(shift.name, around)}: </>}
              {unbroken(spanText(language, event.time_zone, shift))}{' '}
              <span className="font-normal">({zoneText(language, event.time_zone, shift.starts_at)})</span>
            </p>
            {place && <p className="break-words">{place}</p>}
            {event.hides_address && <p>{w('address_after')}</p>}
            {event.online_link && (
              <p>
                {w('online')}: {w('online_after')}
              </p>
            )}
            {shift.place.address && (
              <p className="flex flex-wrap gap-x-4">
                <a
                  className="inline-flex min-h-11 items-center"
                  href={`https://www.openstreetmap.org/search?query=${asked}`}
                  rel="noreferrer"
                >
                  {w('map')}
                </a>
                <a
                  className="inline-flex min-h-11 items-center"
                  href={`https://www.google.com/maps/dir/?api=1&destination=${asked}`}
                  rel="noreferrer"
                >
                  {w('route')}
                </a>
              </p>
            )}
            {localized(shift.place.directions, language).text && (
              <p className="text-sm whitespace-pre-line">
                {w('directions')}: {line(shift.place.directions, around)}
              </p>
            )}
            {Number.isFinite(left) && left > 0 && left <= 10 && around.standing === 'open' && (
              <p className="text-sm font-semibold">{w('seats_left', { count: left })}</p>
            )}
          </div>
        )
      })}
    </section>
  )
}

type Inside = EventPageProps & { w: PublicWords }

function SignUpForm({ path, is_full, ...props }: Inside & { path: string; is_full: boolean }) {
  const { w, event, kind, shifts, language, organization, typed, errors, offer } = props
  const action = `${path}?lang=${language}`
  const invitation = typed.invitation?.[0]
  const sold = offer && { ...props, offer, languages: organization.languages, action }
  const name = localized(organization.name, language, organization.languages).text
  const refused = props.is_no_invitation && <Notice kind="error">{w('no_invitation')}</Notice>
  const closed = is_full && !event.has_wait_list ? 'full' : offer?.is_over ? 'sold_no_longer' : null
  if (closed) {
    return (
      <>
        {refused}
        <Notice>{w(closed)}</Notice>
      </>
    )
  }
  return (
    <form method="post" action={action} noValidate acceptCharset="utf-8" id="sign-up">
      <h2 className="mb-3 text-xl font-bold">{w('sign_up_here')}</h2>
      {refused}
      {props.is_too_many && <Notice kind="error">{w('too_many')}</Notice>}
      {props.is_too_fast && <Notice kind="error">{w('look_again')}</Notice>}
      {props.is_full_now && <Notice kind="error">{w('full')}</Notice>}
      {Object.keys(errors).length > 0 && <Notice kind="error">{w('check')}</Notice>}
      {is_full && <Notice>{w('full_wait')}</Notice>}
      {invitation && <Notice>{w(offer ? 'invited_tickets' : 'invited_form')}</Notice>}
      {!invitation && !event.is_by_invitation && event.needs_approval && <p className="mb-4">{w('needs_approval')}</p>}
      {invitation && <input type="hidden" name="invitation" value={invitation} />}
      {props.partner && <input type="hidden" name="from" value={typed.from?.[0]} />}
      <input type="hidden" name="lang" value={language} />
      <input type="hidden" name="page_key" value={props.page_key} />
      <input type="hidden" name="page_time" value={props.page_time} />
      <div className="sr-only" aria-hidden="true">
        <label htmlFor="website">{w('skip')}</label>
        <input id="website" name="website" tabIndex={-1} autoComplete="off" />
      </div>
      {shifts.length > 1 && <ShiftChoices {...props} chosen={typed.shift ?? []} />}
      {sold && <TicketChoices {...sold} />}
      <Group title={w('who')}>
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Input {...props} name="first_name" label={w('first_name')} is_needed autoComplete="given-name" />
          <Input {...props} name="last_name" label={w('last_name')} is_needed autoComplete="family-name" />
        </div>
        <Input {...props} name="name_hangul" label={w('name_hangul')} lang="ko" />
      </Group>
      <Group title={w('reach')} hint={w('reach_text')}>
        <Input
          {...props}
          name="email"
          label={w('email')}
          type="email"
          inputMode="email"
          autoComplete="email"
          is_plain
        />
        <Input {...props} name="phone" label={w('phone')} type="tel" inputMode="tel" autoComplete="tel" is_plain />
      </Group>
      {event.guests_most > 0 && <Guests {...props} />}
      {kindQuestions(kind.needs).map((need) => (
        <LongInput key={need} {...props} name={`q.${need}`} label={w(`need.${need}` as PublicWord)} />
      ))}
      {kind.needs.includes('minors_consent') && <Guardians {...props} />}
      {event.content.questions.map((question) => (
        <Question key={question.key} {...props} question={question} />
      ))}
      <Consents {...props} />
      {props.partner && <TellPartner {...props} partner={props.partner} />}
      {sold && <HowPaid {...sold} is_full={is_full} />}
      <button
        className="btn btn-primary btn-lg w-full sm:w-auto"
        disabled={props.is_preview}
        {...(offer?.is_sum_new && { autoFocus: true })}
      >
        {offer?.priced && offer.priced.due_cents > 0
          ? w('sign_up_for', { amount: formatMoney(offer.priced.due_cents) })
          : w(invitation && !offer ? 'accept' : !invitation && event.is_by_invitation ? 'ask_for_seat' : 'sign_up')}
      </button>
      <p className="mt-3 text-sm">{w('privacy', { organization: name })}</p>
    </form>
  )
}

function ShiftChoices({ w, event, shifts, room, errors, chosen, ...around }: Inside & { chosen: readonly string[] }) {
  const { language } = around
  return (
    <Options
      is_wide
      w={w}
      legend={w('shifts')}
      name="shift"
      kind="checkbox"
      errors={errors}
      chosen={chosen}
      options={shifts.map((shift) => ({
        value: shift.shift_id,
        label: (
          <>
            {localized(shift.name, language).text && <strong>{line(shift.name, around)} </strong>}
            {unbroken(spanText(language, event.time_zone, shift))}
            {seatsFor(room, [shift.shift_id]) < 1 && <strong> · {w('full_mark')}</strong>}
          </>
        ),
      }))}
    />
  )
}

function Guests(props: Inside) {
  const { w, event } = props
  const named = Array.from({ length: event.guests_most }, (_, at) => at)
  const isTyped = (at: number): boolean =>
    guestFields.some((field) => props.typed[`guest.${at}.${field}`]?.[0] || `guest.${at}.${field}` in props.errors)
  const [first, more] = [named.slice(0, guests_at_once), named.slice(guests_at_once)]
  return (
    <details className="mb-6" open={named.some(isTyped) || 'guests' in props.errors}>
      <summary className="min-h-11 py-2 font-semibold">{w('guests_title')}</summary>
      <p className="mb-3 text-sm">{w('guests_text', { count: event.guests_most })}</p>
      {first.map((at) => (
        <GuestName key={at} {...props} at={at} />
      ))}
      {more.length > 0 && (
        <details className="mb-2" open={more.some(isTyped)}>
          <summary className="min-h-11 py-2">{w('guests_more', { count: more.length })}</summary>
          {more.map((at) => (
            <GuestName key={at} {...props} at={at} />
          ))}
        </details>
      )}
      {/* Who has a ticket and no name is a guest all the same. */}
      {!props.offer && <Input {...props} name="guests" label={w('guests')} inputMode="numeric" />}
    </details>
  )
}

const guestFields = ['first_name', 'last_name', 'name_hangul'] as const
/** Of a large party the rest is folded away. */
const guests_at_once = 4

const GuestName = ({ at, ...props }: Inside & { at: number }) => (
  <fieldset className="mb-2">
    <legend className="text-sm font-semibold">{props.w('guest', { number: at + 1 })}</legend>
    <div className="grid gap-x-4 sm:grid-cols-3">
      {guestFields.map((field) => (
        <Input
          key={field}
          {...props}
          name={`guest.${at}.${field}`}
          label={props.w(field)}
          {...(field === 'name_hangul' && { lang: 'ko' })}
          is_plain
        />
      ))}
    </div>
  </fieldset>
)

/** Whoever is under 18 ticks the first box and says who answers for them. */
function Guardians(props: Inside) {
  const { w, typed, errors } = props
  const wrong = ['minor', 'guardian_name', 'guardian_phone', 'guardian_agrees'].some((name) => name in errors)
  return (
    <details className="mb-6" open={Boolean(typed.minor?.[0]) || wrong}>
      <summary className="min-h-11 py-2 font-semibold">{w('minor_title')}</summary>
      <p className="mb-3 text-sm">{w('minor_text')}</p>
      <Options
        is_wide
        w={w}
        legend={w('minor_title')}
        name="minor"
        kind="checkbox"
        options={[{ value: 'on', label: w('minor') }]}
        chosen={typed.minor ?? []}
        errors={errors}
      />
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Input {...props} name="guardian_name" label={w('guardian_name')} is_plain />
        <Input {...props} name="guardian_phone" label={w('guardian_phone')} type="tel" inputMode="tel" is_plain />
      </div>
      <Input {...props} name="guardian_relation" label={w('guardian_relation')} />
      <Options
        is_wide
        w={w}
        legend={w('guardian_title')}
        name="guardian_agrees"
        kind="checkbox"
        options={[{ value: 'on', label: w('guardian_agrees') }]}
        chosen={typed.guardian_agrees ?? []}
        errors={errors}
      />
    </details>
  )
}

function Consents({ w, event, language, organization, typed, errors }: Inside) {
  const asked = consentChannels.flatMap((channel) => {
    const text = localized(event.content.consent[channel], language, organization.languages)
    return text.text ? [{ value: channel, label: line(event.content.consent[channel] ?? {}, { language, organization }) }] : [] // prettier-ignore
  })
  if (asked.length === 0) return null
  return (
    <Options
      is_wide
      w={w}
      legend={w('consent')}
      hint={w('consent_hint')}
      name="consent"
      kind="checkbox"
      options={asked}
      chosen={typed.consent ?? []}
      errors={errors}
    />
  )
}

/** Empty until they tick it: a partner is told of nobody who did not say so. */
function TellPartner({ w, partner, typed, errors, ...around }: Inside & { partner: { name: LocalizedText } }) {
  const { text } = localized(partner.name, around.language, around.organization.languages)
  return (
    <Options
      is_wide
      w={w}
      legend={w('tell_partner_title', { partner: text })}
      hint={w('tell_partner_hint')}
      name="tell_partner"
      kind="checkbox"
      options={[{ value: 'on', label: w('tell_partner', { partner: text }) }]}
      chosen={typed.tell_partner ?? []}
      errors={errors}
    />
  )
}

function Question({ question, ...props }: Inside & { question: EventQuestion }) {
  const { w, typed, errors } = props
  const name = `q.${question.key}`
  if (question.kind === 'text')
    return <LongInput {...props} name={name} label={line(question.say, props)} is_needed={question.is_needed} />
  const options =
    question.kind === 'yes_no'
      ? (['yes', 'no'] as const).map((value) => ({ value: value as string, label: w(value) as ReactNode }))
      : question.choices.map((choice) => ({ value: localized(choice, 'en').text, label: line(choice, props) }))
  return (
    <Options
      is_wide
      w={w}
      legend={line(question.say, props)}
      name={name}
      kind={question.kind === 'several' ? 'checkbox' : 'radio'}
      options={options}
      chosen={typed[name] ?? []}
      errors={errors}
      is_optional={!question.is_needed}
    />
  )
}

/*
 * One's own sign-up.
 */

interface MineProps extends Around {
  event: Event
  shifts: readonly Shift[]
  signup: SignupRow
  /** Guests with a name. */
  guests: readonly SignupRow[]
  room: Room
  standing: Standing
  here: string
  /** Of the installation. */
  url: string
  /** Whole address of the person's own calendar; null: it is not known whether the mailbox is theirs. */
  feed: string | null
  /** Where whoever has a seat in this phone bank calls. */
  call_link: string | null
  /** What was bought. */
  bought?: Priced | null
  /** What of the money paid comes back to whoever cancels now; null: nothing was paid. */
  back_cents?: number | null
  /** The event asks for tickets. */
  is_sold?: boolean
  /** The form asks more than who they are. */
  asks_more: boolean
  /** Where whoever is invited fills it in. */
  form: string
  /** Questions to the panel are gathered beforehand. */
  asks_panel: boolean
  ways?: readonly PayWay[]
  /** The partner they let us tell of their sign-up. */
  told?: LocalizedText | null
  /** The service's page, once it is opened. */
  pay_url?: string | null
  said: MineSaid
}

/** What became of what was pressed. */
export type MineSaid = 'saved' | 'answered' | 'no_room' | 'not_now' | 'unpaid' | 'pay_away' | 'pay_checking' | null

const calmly: readonly MineSaid[] = ['saved', 'answered', 'pay_checking']

export function MinePage({
  event,
  shifts,
  signup,
  guests,
  room,
  standing,
  here,
  url,
  feed,
  call_link,
  bought = null,
  back_cents = null,
  is_sold = false,
  asks_more,
  form,
  asks_panel,
  ways = [],
  pay_url = null,
  told = null,
  said,
  ...around
}: MineProps) {
  const { language, organization } = around
  const w = publicWords(language)
  const path = `/e/${organization.slug}/${event.code}`
  const { response, accept_by } = signup
  const { holds_seat, is_open } = responseRules[response]
  const mine = shifts.filter(({ shift_id }) => signup.shift_ids.includes(shift_id))
  const isOpen = standing === 'open' && is_open
  const owes = formatMoney(owesOf(signup.order))
  const mayPay = isOpen && holds_seat && owesOf(signup.order) > 0
  const has_ticket = isOpen && holds_seat && !accept_by
  // Where tickets are sold a guest needs one; whoever was booked without may bring fewer.
  const changesGuests = event.guests_most > 0 && !signup.order && (!is_sold || signup.guests > 0)
  const act = (value: string, label: string, looks = 'btn') => (
    <button className={looks} name="act" value={value}>
      {label}
    </button>
  )
  return (
    <>
      <Languages w={w} organization={organization} path={here} />
      <h1 className="mb-3 text-2xl font-bold break-words">{w('mine')}</h1>
      {said && <Notice kind={calmly.includes(said) ? 'info' : 'error'}>{w(said)}</Notice>}
      <section className="bg-base-100 rounded-box border-base-300 mb-5 border p-4 sm:p-6">
        <p className="text-lg font-semibold" role="status">
          {stateText(w, event, signup)}
        </p>
        <h2 className="mt-4 text-lg font-bold break-words">{line(event.content.title, around)}</h2>
        <ul className="mt-2 space-y-2">
          {mine.map((shift) => (
            <li key={shift.shift_id}>
              {localized(shift.name, language).text && <strong>{line(shift.name, around)}: </strong>}
              {unbroken(spanText(language, event.time_zone, shift))}
              <span className="block break-words">{placeIn(shift, around)}</span>
            </li>
          ))}
        </ul>
        {holds_seat && !accept_by && event.online_link && (
          <p className="mt-3 break-all">
            {w('online_link')}: <a href={event.online_link}>{event.online_link}</a>
          </p>
        )}
        {holds_seat && !accept_by && standing === 'open' && call_link && (
          <p className="mt-3 break-all">
            {w('call_link')}: <a href={call_link}>{call_link}</a>
          </p>
        )}
        <p className="mt-3 text-sm break-words">
          {[signup.said?.name_hangul, signup.said?.first_name, signup.said?.last_name].filter(Boolean).join(' ')}
          {signup.seats > 1 && ` · ${w('party')}: ${signup.seats}`}
          {guests.length > 0 &&
            ` (${guests.map(({ said: guest }) => `${guest?.first_name ?? ''} ${guest?.last_name ?? ''}`).join(', ')})`}
        </p>
        {bought && (
          <div className="mt-4">
            <Sum w={w} order={bought} languages={organization.languages} />
            {moneyText(w, event, signup).map((each) => (
              <p key={each} className="font-semibold">
                {each}
              </p>
            ))}
          </div>
        )}
        {pay_url && mayPay && (
          <div className="mt-4">
            <p className="mb-3">{w('pay_go_text')}</p>
            <a className="btn btn-primary btn-lg h-auto min-h-12 py-2" href={pay_url}>
              {w('pay_go')}
            </a>
          </div>
        )}
        {isOpen && (
          <form method="post" action={`${here}?lang=${language}`} className="mt-4 flex flex-wrap gap-3">
            {mayPay &&
              !pay_url &&
              ways.includes('card') &&
              act('pay', w('pay_card', { amount: owes }), 'btn btn-primary')}
            {mayPay && isHeld(signup) && ways.includes('door') && act('pay_at_door', w('pay_at_door'))}
            {response === 'invited' && (is_sold || asks_more) && (
              <a className="btn btn-primary h-auto min-h-12 py-2" href={form}>
                {w(is_sold ? 'choose_tickets' : 'accept')}
              </a>
            )}
            {response === 'invited' && !is_sold && !asks_more && act('accept', w('accept'), 'btn btn-primary')}
            {response === 'invited' && act('decline', w('decline'))}
            {response === 'signed_up' &&
              !isHeld(signup) &&
              act(accept_by ? 'accept' : 'confirm', w(accept_by ? 'accept' : 'confirm'), 'btn btn-primary')}
            {response !== 'invited' && (
              <details>
                <summary className="btn">{w('cancel')}</summary>
                <p className="my-3 max-w-prose">
                  {w(holds_seat ? 'cancel_seat' : response === 'wait_listed' ? 'cancel_waiting' : 'cancel_asked')}
                </p>
                {back_cents !== null && (
                  <p className="mb-3 max-w-prose">
                    {back_cents > 0
                      ? w('back_sum', { amount: formatMoney(back_cents) })
                      : w(event.refund_days === null ? 'back_never' : 'cancel_back_none')}
                  </p>
                )}
                {act('cancel', w('cancel_yes'))}
              </details>
            )}
          </form>
        )}
      </section>
      {response === 'declined' && standing === 'open' && (
        <form method="post" action={`${here}?lang=${language}`} className="mb-5">
          <p className="mb-3">{w('declined_slip')}</p>
          {act('answer_again', w('answer_again'))}
        </form>
      )}
      {isOpen && asks_panel && response !== 'invited' && <PanelQuestion {...{ w, signup, here }} />}
      {/* The form they are led to asks it too: here it is for whoever does not know yet. */}
      {isOpen && asks_panel && response === 'invited' && (
        <details className="mb-5" open={askedBy(signup) !== ''}>
          <summary className="min-h-11 py-2 font-semibold">{w('panel_before')}</summary>
          <PanelQuestion {...{ w, signup, here }} />
        </details>
      )}
      {has_ticket && (
        <Tickets
          {...around}
          of={[signup, ...guests.filter((guest) => responseRules[guest.response].holds_seat)]}
          event={event}
          url={url}
        />
      )}
      {isOpen && response !== 'invited' && !signup.host_signup_id && (shifts.length > 1 || changesGuests) && (
        <details className="mb-5">
          <summary className="min-h-11 py-2 font-semibold">{w('change')}</summary>
          <form method="post" action={`${here}?lang=${language}`}>
            {shifts.length > 1 && (
              <Options
                is_wide
                w={w}
                legend={w('shifts')}
                name="shift"
                kind="checkbox"
                errors={{}}
                chosen={signup.shift_ids}
                options={shifts.map((shift) => ({
                  value: shift.shift_id,
                  label: `${unbroken(spanText(language, event.time_zone, shift))}${seatsFor(room, [shift.shift_id]) < 1 ? ` · ${w('full_mark')}` : ''}`,
                }))}
              />
            )}
            {!changesGuests && <input type="hidden" name="guests" value={signup.guests} />}
            {changesGuests && (
              <Input
                w={w}
                name="guests"
                label={w('guests')}
                inputMode="numeric"
                typed={{ guests: [String(signup.guests)] }}
                errors={{}}
                is_plain
              />
            )}
            {act('change', w('save'))}
          </form>
        </details>
      )}
      {told && (
        <form method="post" action={`${here}?lang=${language}`} className="mb-5">
          <p className="mb-2">
            {w('told_partner', { partner: localized(told, language, organization.languages).text })}
          </p>
          {act('untell', w('untell'), 'btn btn-sm min-h-11')}
        </form>
      )}
      <p className="mb-3 text-sm">{w('keep_link')}</p>
      <p className="mb-5 flex flex-wrap gap-3">
        {holds_seat && (
          <a
            className="btn"
            href={`${path}/event.ics?lang=${language}${signup.shift_ids.map((id) => `&shift=${id}`).join('')}`}
          >
            <Icon name="download" /> {w('add')}
          </a>
        )}
        <a className="btn btn-ghost" href={`${path}?lang=${language}`}>
          {w('to_event')}
        </a>
        <a className="btn btn-ghost" href={`/e/${organization.slug}?lang=${language}`}>
          {w('to_calendar')}
        </a>
      </p>
      {feed && (
        <section className="mt-6">
          <h2 className="mb-2 font-bold">{w('your_calendar')}</h2>
          <p className="mb-2 text-sm">{w('your_calendar_text')}</p>
          <p className="mb-2 text-sm break-all">
            <a href={feed}>{feed}</a>
          </p>
          <form method="post" action={`${here}?lang=${language}`}>
            {act('new_address', w('new_address'), 'btn btn-sm min-h-11')}
          </form>
        </section>
      )}
    </>
  )
}

function PanelQuestion({ w, signup, here }: { w: PublicWords; signup: SignupRow; here: string }) {
  return (
    <form method="post" action={`${here}?lang=${w.language}`} className="mb-5">
      <LongInput
        w={w}
        name="q.questions"
        label={w('need.questions')}
        rows={4}
        typed={{ 'q.questions': [askedBy(signup)] }}
        errors={{}}
      />
      <p className="-mt-3 mb-3 text-sm">{w('panel_text')}</p>
      <button className="btn" name="act" value="ask">
        {w('panel_send')}
      </button>
    </form>
  )
}

/** For whoever had signed up before: their own page opens by their own link alone. */
export function BeforePage({ event, ...around }: Around & { event: Event }) {
  const w = publicWords(around.language)
  return (
    <section className="bg-base-100 rounded-box border-base-300 border p-6" role="status">
      <h1 className="mb-3 text-2xl font-bold">{w('thanks')}</h1>
      <p className="mb-3 font-semibold">{line(event.content.title, around)}</p>
      <p className="mb-4">{w('thanks_before')}</p>
      <a className="btn" href={`/e/${around.organization.slug}/${event.code}?lang=${around.language}`}>
        {w('to_event')}
      </a>
    </section>
  )
}

import { formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Badge, Card, Choices, EmptyState, Field, Figure, Figures, PageHead, Table } from '../../../platform/ui/components.tsx' // prettier-ignore
import { OnlyHere } from '../../../platform/ui/only-here.tsx'
import { QrCode } from '../../../platform/ui/qr.tsx'
import { placeLine } from '../calendars.ts'
import '../door/messages.ts'
import '../messages.ts'
import { nameIn } from '../mails.ts'
import { Texts, Tick, type Inside } from '../pages/edit.tsx'
import { Said } from '../pages/people.tsx'
import { seatsTaken, type Event, type ListedKind, type ResponseCounts, type Shift, type SignupRow } from '../queries.ts'
import { openResponses, responseRules } from '../schema.ts'
import { spanText } from '../when.ts'
import { nameOf, responseText } from '../words.ts'
import './messages.ts'
import type { ProposalRow } from './queries.ts'
import { spanOfSent } from './rules.ts'
import { mostSeats, type Hosting, type ProposalState } from './schema.ts'
import { PhoneLink } from '../../people/phone-link.tsx'

const looksOf: Record<ProposalState, 'warning' | 'success' | 'neutral'> = {
  waiting: 'warning',
  approved: 'success',
  declined: 'neutral',
  withdrawn: 'neutral',
}

const StateBadge = ({ t, state }: { t: Translate; state: ProposalState }) => (
  <Badge kind={looksOf[state]}>{t(`hosting.state.${state}`)}</Badge>
)

const kindNameOf = (t: Translate, kinds: readonly ListedKind[], kind: string): string =>
  localized(kinds.find((each) => each.kind === kind)?.name, t.language).text || kind

const whenOf = (t: Translate, { sent }: ProposalRow, time_zone: string): string =>
  spanText(t.language, time_zone, spanOfSent(sent, time_zone))

const placeOf = ({ sent }: ProposalRow): string => placeLine(sent.place, { ...sent, name: {}, directions: {} })

/** As text of whoever wrote it. */
const written = (t: Translate, language: string) => (language === t.language ? {} : { lang: language })

interface ProposalsPageProps {
  t: Translate
  proposals: readonly ProposalRow[]
  kinds: readonly ListedKind[]
  time_zone: string
}

/** What the community would like to hold: what waits first. */
export function ProposalsPage({ t, proposals, kinds, time_zone }: ProposalsPageProps) {
  return (
    <>
      <PageHead
        title={t('hosting.proposals')}
        lead={t('hosting.proposals_lead')}
        back={{ href: '/events', label: t('events.title') }}
        actions={
          <a className="btn" href="/events/proposals/settings">
            {t('hosting.settings')}
          </a>
        }
      />
      {proposals.length === 0 && (
        <EmptyState icon="clock" title={t('hosting.none')}>
          {t('hosting.none_text')}
        </EmptyState>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {proposals.map((proposal) => {
          const { proposal_id, sent, state, language, kind, decided_at, decided_by } = proposal
          return (
            <li key={proposal_id} className="bg-base-100 rounded-box border-base-300 relative border p-5">
              <p className="text-sm font-semibold">{whenOf(t, proposal, time_zone)}</p>
              <h2 className="text-lg font-bold break-words" {...written(t, language)}>
                <a href={`/events/proposals/${proposal_id}`} className="after:absolute after:inset-0">
                  {sent.title}
                </a>
              </h2>
              <p className="mt-1 text-sm break-words">{placeOf(proposal)}</p>
              <p className="mt-1 text-sm">{t('hosting.from', { name: nameIn(proposal.said, t.language) })}</p>
              <p className="mt-2 flex flex-wrap items-center gap-2">
                <StateBadge t={t} state={state} />
                <Badge>{kindNameOf(t, kinds, kind)}</Badge>
                <span className="text-sm">{t('hosting.seats', { count: sent.seats })}</span>
              </p>
              {decided_at && state !== 'withdrawn' && (
                <p className="mt-1 text-sm">
                  {t('hosting.decided_by', {
                    by: decided_by ?? '',
                    at: formatDateTime(t.language, decided_at, time_zone),
                  })}
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

interface ProposalPageProps {
  t: Translate
  proposal: ProposalRow
  kind: ListedKind
  languages: readonly string[]
  time_zone: string
  /** Of the form by which it becomes an event: as proposed, or as it was typed. */
  fields: Record<string, string>
  errors: FieldErrors
  /** It was decided while the form lay open. */
  is_decided_meanwhile: boolean
}

/** One proposal: what was sent, and what becomes of it. */
export function ProposalPage(props: ProposalPageProps) {
  const { t, proposal, kind, time_zone, is_decided_meanwhile } = props
  const { sent, said, state, language, mail_to, user_id, reason, decided_at, decided_by, event_id } = proposal
  return (
    <div className="max-w-3xl">
      <PageHead
        title={sent.title}
        lead={t('hosting.from', { name: nameIn(said, t.language) })}
        back={{ href: '/events/proposals', label: t('hosting.proposals') }}
        actions={
          event_id && (
            <a className="btn btn-primary" href={`/events/${event_id}`}>
              {t('hosting.to_event')}
            </a>
          )
        }
      />
      {is_decided_meanwhile && <Alert kind="warning">{t('hosting.decided', { by: decided_by ?? '' })}</Alert>}
      <p className="mb-6 flex flex-wrap items-center gap-2">
        <StateBadge t={t} state={state} />
        <Badge>{localized(kind.name, t.language).text || kind.kind}</Badge>
        {decided_at && (
          <span className="text-sm">
            {t('hosting.decided_by', {
              by: decided_by ?? '',
              at: formatDateTime(t.language, decided_at, time_zone),
            })}
          </span>
        )}
      </p>
      <Card title={t('hosting.proposed_as')}>
        <p className="font-semibold">{whenOf(t, proposal, time_zone)}</p>
        <p className="break-words">{placeOf(proposal)}</p>
        {sent.hides_address && <p className="text-sm">{t('hosting.address_hidden')}</p>}
        <p className="mt-2">
          {[
            t('hosting.seats', { count: sent.seats }),
            sent.spoken.map((each) => languageNames[each] ?? each).join(', '),
          ].join(' · ')}
        </p>
        {sent.about && (
          <p className="mt-3 break-words whitespace-pre-line" {...written(t, language)}>
            {sent.about}
          </p>
        )}
        <h3 className="mt-4 font-semibold">{t('hosting.needs')}</h3>
        {sent.needs ? (
          <p className="break-words whitespace-pre-line" {...written(t, language)}>
            {sent.needs}
          </p>
        ) : (
          <p>{t('hosting.needs_none')}</p>
        )}
      </Card>
      <Card title={t('hosting.who')}>
        <p className="font-semibold">
          {[said.name_hangul, `${said.first_name} ${said.last_name}`].filter(Boolean).join(' · ')}
        </p>
        <p className="break-all">{mail_to}</p>
        {said.phone && (
          <p>
            <PhoneLink phone={said.phone} className="" />
          </p>
        )}
        <p className="mt-2 text-sm">
          {t('hosting.wrote_in', { language: languageNames[language] ?? language })} · {t('hosting.received')}:{' '}
          {formatDateTime(t.language, proposal.received_at, time_zone)}
        </p>
        <p className="text-sm">{user_id ? t('hosting.account') : state === 'waiting' && t('hosting.no_account')}</p>
      </Card>
      {reason && (
        <Card title={t('hosting.your_word')}>
          <p className="break-words whitespace-pre-line">{reason}</p>
        </Card>
      )}
      {state === 'waiting' && <Decide {...props} />}
    </div>
  )
}

/** The fields of the event's editor that matter here; the others go along unseen. */
const hidden = ['kind', 'time_zone', 'online_link', 'guests_most', 'accept_hours', 'is_by_invitation', 'has_wait_list', 'reminder.24', 'consent.email.en', 'consent.email.ko'] // prettier-ignore

function Decide({ t, proposal, languages, fields, errors }: ProposalPageProps) {
  const here = `/events/proposals/${proposal.proposal_id}`
  const inside: Inside = { t, languages, fields, errors, action: here }
  const field = { t, typed: fields, errors }
  return (
    <>
      <Card title={t('hosting.decide')} lead={t('hosting.decide_lead')} id="decide">
        {Object.keys(errors).some((name) => name !== 'reason') && (
          <Alert kind="error" title={t.dynamic(errors[''] ?? 'form.check')} />
        )}
        <form method="post" action={here}>
          {hidden.map((name) => fields[name] && <input key={name} type="hidden" name={name} value={fields[name]} />)}
          <Texts {...inside} place="title" label={t('events.field.title')} is_needed />
          <Texts {...inside} place="summary" label={t('events.field.summary')} rows={4} />
          <Texts {...inside} place="spoken" label={t('events.field.spoken')} />
          <div className="grid gap-x-4 sm:grid-cols-3">
            <Field {...field} label={t('events.date')} name="shift.0.date" type="date" required />
            <Field {...field} label={t('events.from')} name="shift.0.from" type="time" required />
            <Field {...field} label={t('events.to')} name="shift.0.to" type="time" required />
          </div>
          <Texts {...inside} place="shift.0.place" label={t('events.place')} />
          <div className="grid gap-x-4 sm:grid-cols-[2fr_1fr_1fr]">
            <Field {...field} label={t('events.address')} name="shift.0.address" lang="en" />
            <Field {...field} label={t('events.city')} name="shift.0.city" lang="en" />
            <Field {...field} label={t('events.zip5')} name="shift.0.zip5" inputMode="numeric" />
          </div>
          <Tick {...inside} name="hides_address">
            {t('events.hides_address')}
          </Tick>
          <Field
            {...field}
            label={t('events.capacity')}
            name="capacity"
            type="number"
            min={1}
            max={mostSeats}
            required
          />
          <Field
            {...field}
            label={t('hosting.note')}
            hint={t('hosting.note_hint')}
            name="note"
            rows={3}
            maxLength={1000}
          />
          <p className="mb-4 max-w-prose text-sm">{t('hosting.approve_hint')}</p>
          <button className="btn btn-primary" name="act" value="approve">
            {t('hosting.approve')}
          </button>
        </form>
      </Card>
      <Card title={t('hosting.decline')} id="decline">
        <form method="post" action={`${here}/decline`}>
          <Field
            {...field}
            label={t('hosting.reason')}
            hint={t('hosting.reason_hint')}
            name="reason"
            rows={3}
            maxLength={1000}
            lang={proposal.language}
            required
          />
          <button className="btn btn-outline">{t('hosting.decline_send')}</button>
        </form>
      </Card>
    </>
  )
}

interface SettingsPageProps {
  t: Translate
  hosting: Hosting
  kinds: readonly ListedKind[]
  /** Whole address of the form. */
  url: string
  is_saved: boolean
}

export function HostingSettingsPage({ t, hosting, kinds, url, is_saved }: SettingsPageProps) {
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('hosting.settings')}
        lead={t('hosting.settings_lead')}
        back={{ href: '/events/proposals', label: t('hosting.proposals') }}
      />
      {is_saved && <Alert kind="success" title={t('hosting.saved')} />}
      <form method="post" action="/events/proposals/settings">
        <Card>
          <Choices
            t={t}
            legend={t('hosting.kinds')}
            hint={t('hosting.kinds_hint')}
            name="kinds[]"
            kind="checkbox"
            chosen={hosting.kinds}
            options={kinds
              .filter(({ is_archived }) => !is_archived)
              .map(({ kind, name }) => ({ value: kind, label: localized(name, t.language).text || kind }))}
          />
          <Choices
            t={t}
            name="is_public"
            kind="checkbox"
            chosen={hosting.is_public ? ['on'] : []}
            options={[{ value: 'on', label: t('hosting.public'), hint: t('hosting.public_hint') }]}
          />
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
      {hosting.kinds.length > 0 && (
        <Card title={t('hosting.address')}>
          <OnlyHere t={t} url={url} />
          <p className="font-semibold break-all">
            <a href={new URL(url).pathname}>{url}</a>
          </p>
        </Card>
      )}
    </div>
  )
}

interface MinePageProps {
  t: Translate
  mine: readonly { proposal: ProposalRow; event: Event | null }[]
  /** null: nothing may be proposed. */
  propose: string | null
  time_zone: string
  /** Whose page says how each stands. */
  pageOf: (proposal_id: string) => string
}

/** What a member proposed, and hosts. */
export function MyHostingPage({ t, mine, propose, time_zone, pageOf }: MinePageProps) {
  const create = propose && (
    <a className="btn btn-primary" href={propose}>
      {t('hosting.propose')}
    </a>
  )
  return (
    <>
      <PageHead title={t('hosting.mine')} lead={t('hosting.mine_lead')} actions={mine.length > 0 && create} />
      {mine.length === 0 && (
        <EmptyState icon="calendar" title={t('hosting.mine_none')} action={create}>
          {t('hosting.mine_none_text')}
        </EmptyState>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {mine.map(({ proposal, event }) => (
          <li key={proposal.proposal_id} className="bg-base-100 rounded-box border-base-300 border p-5">
            <p className="text-sm font-semibold">
              {event ? spanText(t.language, event.time_zone, event) : whenOf(t, proposal, time_zone)}
            </p>
            <h2 className="text-lg font-bold break-words">
              {event ? localized(event.content.title, t.language).text : proposal.sent.title}
            </h2>
            <p className="my-2">
              <StateBadge t={t} state={proposal.state} />
            </p>
            <p className="flex flex-wrap gap-2">
              {event && (
                <a className="btn btn-primary" href={`/hosting/${event.event_id}`}>
                  {t('hosting.open')}
                </a>
              )}
              <a className="btn" href={pageOf(proposal.proposal_id)}>
                {t('hosting.to_mine')}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

/** On the start page of whoever hosts, or might. */
export function MyHostingPanel({ t, count, may_propose }: { t: Translate; count: number; may_propose: boolean }) {
  if (count === 0 && !may_propose) return null
  return (
    <Card
      title={t('hosting.mine')}
      lead={count === 0 ? t('hosting.mine_none_text') : t('hosting.mine_lead')}
      id="hosting"
    >
      <a className="btn" href="/hosting">
        {count === 0 ? t('hosting.propose') : t('hosting.mine')}
      </a>
    </Card>
  )
}

interface HostedPageProps {
  t: Translate
  event: Event
  shifts: readonly Shift[]
  rows: readonly SignupRow[]
  counts: ResponseCounts
  /** Whole address of the page for everybody. */
  url: string
}

/** An event as its host sees it: who comes, without numbers or mailboxes. */
export function HostedEventPage({ t, event, shifts, rows, counts, url }: HostedPageProps) {
  // Whom the office invited is theirs to know until they answer.
  const open = rows.filter(({ response }) => response !== 'invited' && openResponses.includes(response))
  const seat = (row: SignupRow): boolean => responseRules[row.response].holds_seat
  const hasAnswers = open.some(({ answers }) => Object.keys(answers).length > 0)
  return (
    <>
      <PageHead
        title={localized(event.content.title, t.language).text}
        lead={t('hosting.page_lead')}
        back={{ href: '/hosting', label: t('hosting.mine') }}
        actions={
          <>
            <a className="btn btn-primary" href={`/events/${event.event_id}/door`}>
              {t('events.door')}
            </a>
            <a className="btn" href={`/door/${event.event_id}`}>
              {t('door.open')}
            </a>
          </>
        }
      />
      {event.canceled_at && <Alert kind="error" title={t('events.standing.canceled')} />}
      <Figures>
        <Figure
          label={t('events.seats')}
          value={seatsTaken(counts)}
          note={event.capacity !== null && t('events.of_capacity', { count: event.capacity })}
        />
        <Figure label={t('events.waiting')} value={counts.wait_listed ?? 0} />
      </Figures>
      <Card title={t('events.shifts_card')}>
        {shifts.map((shift) => (
          <div key={shift.shift_id}>
            <p className="font-semibold">{spanText(t.language, event.time_zone, shift)}</p>
            <p className="break-words">{placeLine(localized(shift.place.name, t.language).text, shift.place)}</p>
          </div>
        ))}
        {event.hides_address && <p className="mt-2 text-sm">{t('hosting.address_hidden')}</p>}
      </Card>
      <h2 className="mb-3 text-lg font-bold">{t('hosting.signed_up')}</h2>
      {open.length === 0 ? (
        <p className="mb-6">{t('hosting.nobody')}</p>
      ) : (
        <div className="mb-2">
          <Table
            caption={t('hosting.signed_up')}
            head={[
              t('hosting.col.name'),
              t('hosting.col.people'),
              t('hosting.col.state'),
              ...(hasAnswers ? [t('hosting.col.said')] : []),
            ]}
          >
            {open.map((row) => (
              <tr key={row.signup_id}>
                <th scope="row" className="font-semibold break-words">
                  {nameOf(row)}
                </th>
                <td className="tabular-nums">{row.host_signup_id ? '' : row.seats}</td>
                <td>
                  <Badge kind={seat(row) ? 'success' : 'neutral'}>{responseText(t, row, event.time_zone)}</Badge>
                </td>
                {hasAnswers && (
                  <td className="min-w-44 text-sm">
                    <Said t={t} event={event} answers={row.answers} />
                  </td>
                )}
              </tr>
            ))}
          </Table>
        </div>
      )}
      <p className="mb-6 text-sm">{t('hosting.no_numbers')}</p>
      <Card title={t('hosting.share')}>
        <OnlyHere t={t} url={url} />
        <div className="flex flex-wrap items-start gap-6">
          <p className="min-w-0 flex-1 basis-72 font-semibold break-all">
            <a href={new URL(url).pathname}>{url}</a>
          </p>
          <div className="w-40">
            <QrCode text={url} label={t('hosting.qr')} />
          </div>
        </div>
      </Card>
    </>
  )
}

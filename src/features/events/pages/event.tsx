import { dateIn } from '../../../platform/clock.ts'
import { formatDate, formatDateTime, unbroken } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  Field,
  Figure,
  Figures,
  OwnText,
  PageHead,
} from '../../../platform/ui/components.tsx'
import { OnlyHere } from '../../../platform/ui/only-here.tsx'
import { QrCode } from '../../../platform/ui/qr.tsx'
import { hoursText } from '../after/rules.ts'
import { placeLine } from '../calendars.ts'
import { languageName } from '../../targeting/steps/words.ts'
import '../hosting/messages.ts'
import type { ProposalRow } from '../hosting/queries.ts'
import { nameIn } from '../mails.ts'
import '../meetings/messages.ts'
import '../orders/messages.ts'
import '../partners/messages.ts'
import { nameOfPart } from '../parts/pages.tsx'
import type { PartHeld } from '../parts/queries.ts'
import '../parts/messages.ts'
import '../program/messages.ts'
import '../questions/messages.ts'
import { seatsTaken, type Event, type HeadCount, type ListedKind, type ResponseCounts, type SeriesEvent, type Shift } from '../queries.ts' // prettier-ignore
import { missingTexts, nthOfMonth, problemsOf, standingOf, weekdayOf } from '../rules.ts'
import { openResponses } from '../schema.ts'
import { spanText } from '../when.ts'

interface EventPageProps {
  t: Translate
  event: Event
  kind: ListedKind
  shifts: readonly Shift[]
  counts: ResponseCounts
  heads: HeadCount | null
  /** Of the community, in whose hands it is. */
  host: ProposalRow | null
  /** Who has which part. */
  parts: readonly PartHeld[]
  /** In shifts people were there in. */
  minutes: number
  languages: readonly string[]
  series: { events: readonly SeriesEvent[]; exceptions: readonly string[] } | null
  series_counts: ReadonlyMap<string, ResponseCounts>
  /** Whole address of the public page. */
  url: string
  may: { edit: boolean; people: boolean; door: boolean }
  said: string | null
  /** How many days were published. */
  said_count: number
  typed: Record<string, string>
  errors: FieldErrors
  now: Date
}

export function EventPage(props: EventPageProps) {
  const { t, event, kind, shifts, counts, heads, languages, url, may, said, now, series, series_counts } = props
  const standing = standingOf(event, now)
  const here = `/events/${event.event_id}`
  const problems = problemsOf(event, shifts, now)
  const missing = missingTexts(event.content, languages)
  const title = localized(event.content.title, t.language)
  const later = (series?.events ?? []).filter(
    (each) => each.series_on > (event.series_on ?? '') && !each.canceled_at && each.starts_at > now,
  )
  const drafts = later.filter(({ published_at }) => !published_at)
  const act = (name: string, label: string, looks = 'btn') => (
    <form method="post" action={`${here}/${name}`}>
      <button className={looks}>{label}</button>
    </form>
  )
  return (
    <>
      <PageHead
        title={title.text}
        back={{ href: '/events', label: t('events.title') }}
        actions={
          <>
            <a className="btn" href={`${here}/preview`}>
              {t('events.preview')}
            </a>
            {may.edit && (
              <a className="btn" href={`${here}/edit`}>
                {t('action.edit')}
              </a>
            )}
            {may.edit &&
              standing === 'draft' &&
              problems.length === 0 &&
              act('publish', t('events.publish'), 'btn btn-primary')}
            {may.edit &&
              standing === 'draft' &&
              problems.length === 0 &&
              drafts.length > 0 &&
              act('series/publish-later', t('events.publish_later', { count: drafts.length }))}
          </>
        }
      />
      {said === 'saved' && <Alert kind="success" title={t('events.saved')} />}
      {said === 'published' && (
        <Alert
          kind={drafts.length > 0 ? 'warning' : 'success'}
          title={t('events.published_days', { count: props.said_count })}
        >
          {drafts.length > 0 &&
            t('events.left_days', { days: drafts.map((each) => formatDate(t.language, each.series_on)).join(', ') })}
        </Alert>
      )}
      <p className="mb-6 flex flex-wrap gap-2">
        <Badge>{localized(kind.name, t.language).text || event.kind}</Badge>
        <Badge kind={standing === 'open' ? 'success' : standing === 'canceled' ? 'error' : 'neutral'}>
          {t(`events.standing.${standing}`)}
        </Badge>
      </p>
      {standing === 'draft' && problems.length > 0 && (
        <Alert kind="warning" title={t('events.blocked')}>
          <ul className="list-disc pl-5">
            {problems.map((each) => (
              <li key={each}>{t(`events.blocked.${each}`)}</li>
            ))}
          </ul>
        </Alert>
      )}
      {standing === 'draft' && problems.length === 0 && <Alert kind="info">{t('events.draft_text')}</Alert>}
      {missing.length > 0 && (
        <Alert kind="info">
          {t('events.missing', { languages: missing.map((code) => languageName(t, code)).join(', ') })}
        </Alert>
      )}
      <Figures>
        <Figure
          label={t('events.seats')}
          value={seatsTaken(counts)}
          note={event.capacity !== null && t('events.of_capacity', { count: event.capacity })}
        />
        <Figure label={t('events.waiting')} value={counts.wait_listed ?? 0} />
        {(counts.awaiting_approval ?? 0) > 0 && (
          <Figure label={t('events.to_approve')} value={counts.awaiting_approval} />
        )}
        {heads && event.starts_at <= now && <Figure label={t('events.here')} value={heads.here} />}
        {props.minutes > 0 && <Figure label={t('events.hours_sum')} value={hoursText(t.language, props.minutes)} />}
      </Figures>
      <div className="mb-6 flex flex-wrap gap-2">
        {may.people && (
          <a className="btn" href={`${here}/people`}>
            {t('events.people')}
          </a>
        )}
        {may.door && (
          <a className="btn" href={`${here}/door`}>
            {t('events.door')}
          </a>
        )}
        {may.door && (
          <a className="btn" href={`${here}/sheets`}>
            {t('sheets.title')}
          </a>
        )}
        <a className="btn" href={`${here}/tickets`}>
          {t('orders.title')}
        </a>
        <a className="btn" href={`${here}/partners`}>
          {t('partners.title')}
        </a>
        {may.people && (
          <a className="btn" href={`${here}/tags`}>
            {t('events.tags')}
          </a>
        )}
        {may.people && (
          <a className="btn" href={`${here}/calls`}>
            {t('events.calls')}
          </a>
        )}
        {may.people && kind.needs.includes('questions') && (
          <a className="btn" href={`${here}/questions`}>
            {t('questions.title')}
          </a>
        )}
        {may.people && (
          <a className="btn" href={`${here}/parts`}>
            {t('parts.title')}
          </a>
        )}
        {may.people && kind.needs.includes('program') && (
          <a className="btn" href={`${here}/program`}>
            {t('program.title')}
          </a>
        )}
        {kind.needs.includes('quorum') && (
          <a className="btn" href={`${here}/meeting`}>
            {t('meeting.title')}
          </a>
        )}
        {may.people && (
          <a className="btn" href={`${here}/after`}>
            {t('events.after')}
          </a>
        )}
      </div>
      <Card title={t('events.shifts_card')}>
        <ul className="space-y-3">
          {shifts.map((shift) => (
            <li key={shift.shift_id}>
              <p className="font-semibold text-balance">
                {localized(shift.name, t.language).text && `${localized(shift.name, t.language).text}: `}
                {unbroken(spanText(t.language, event.time_zone, shift))}
              </p>
              <p className="break-words">{placeLine(localized(shift.place.name, t.language).text, shift.place)}</p>
              {shift.capacity !== null && (
                <p className="text-sm">
                  {t('events.shift_capacity')}: {shift.capacity}
                </p>
              )}
            </li>
          ))}
        </ul>
        {event.online_link && (
          <p className="mt-3 break-all">
            {t('events.online_link')}: {event.online_link}
          </p>
        )}
      </Card>
      {Object.keys(event.content.details).length > 0 && (
        <Card title={t('events.needs_card')}>
          <dl className="space-y-3">
            {kind.needs.map((need) => {
              const text = event.content.details[need]
              return text === undefined ? null : (
                <div key={need}>
                  <dt className="font-semibold">{t(`events.need.${need}`)}</dt>
                  <dd className="break-words whitespace-pre-line">
                    {typeof text === 'object' ? (
                      <OwnText t={t} language={t.language} text={localized(text, t.language)} />
                    ) : (
                      text
                    )}
                  </dd>
                </div>
              )
            })}
          </dl>
        </Card>
      )}
      {props.parts.length > 0 && (
        <Card title={t('parts.title')} id="parts">
          <ul>
            {props.parts.map((row) => (
              <li key={row.part_id} className="break-words">
                {t(`parts.of.${row.part}`)}: {nameOfPart(row)}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {props.host && <HostCard {...props} host={props.host} />}
      {event.published_at && (
        <Card title={t('events.share')} id="share">
          <OnlyHere t={t} url={url} />
          <div className="flex flex-wrap items-start gap-6">
            <div className="min-w-0 flex-1 basis-72">
              <p className="mb-2 font-semibold break-all">
                <a href={new URL(url).pathname}>{url}</a>
              </p>
              <p className="max-w-prose text-sm">{t('events.share_text')}</p>
            </div>
            <div className="w-40">
              <QrCode text={url} label={t('events.qr')} />
            </div>
          </div>
        </Card>
      )}
      <SeriesCard {...props} drafts={standing === 'open' ? drafts.length : 0} />
      {may.edit && (standing === 'canceled' || event.ends_at > now) && (
        <Card title={t(standing === 'canceled' ? 'events.restore' : 'events.cancel_title')} id="cancel">
          {standing === 'canceled' ? (
            <>
              <p className="mb-3 max-w-prose">{t('events.restore_text')}</p>
              {act('restore', t('events.restore'))}
            </>
          ) : (
            <div className="flex flex-wrap items-start gap-2">
              <details>
                <summary className="btn btn-outline">{t('events.cancel')}</summary>
                <p className="my-3 max-w-prose">{t('events.cancel_text', { count: concerned(counts) })}</p>
                {act('cancel', t('events.cancel'), 'btn btn-error btn-outline')}
              </details>
              {later.length > 0 && (
                <details>
                  <summary className="btn btn-outline">{t('events.cancel_later', { count: later.length })}</summary>
                  <p className="my-3 max-w-prose">
                    {t('events.cancel_text', {
                      count:
                        concerned(counts) +
                        later.reduce((sum, each) => sum + concerned(series_counts.get(each.event_id)), 0),
                    })}
                  </p>
                  {act(
                    'series/cancel-later',
                    t('events.cancel_later', { count: later.length }),
                    'btn btn-error btn-outline',
                  )}
                </details>
              )}
              {standing === 'open' && act('withdraw', t('events.withdraw'))}
            </div>
          )}
        </Card>
      )}
    </>
  )
}

function HostCard({ t, host, may }: EventPageProps & { host: ProposalRow }) {
  const { said, person_id, user_id, proposal_id } = host
  const name = nameIn(said, t.language)
  return (
    <Card title={t('hosting.host')} id="host">
      <p className="mb-3 max-w-prose">{t(user_id ? 'hosting.host_text' : 'hosting.host_not_yet', { name })}</p>
      <p className="flex flex-wrap gap-2">
        {may.people && person_id && (
          <a className="btn btn-sm min-h-11" href={`/people/${person_id}`}>
            {name}
          </a>
        )}
        {may.edit && (
          <a className="btn btn-sm min-h-11" href={`/events/proposals/${proposal_id}`}>
            {t('hosting.to_proposal')}
          </a>
        )}
      </p>
    </Card>
  )
}

/** How many hear of it when it is canceled. */
const concerned = (counts: ResponseCounts | undefined): number =>
  openResponses.reduce((sum, each) => sum + (counts?.[each] ?? 0), 0)

function SeriesCard(props: EventPageProps & { drafts: number }) {
  const { t, event, series, series_counts, may, typed, errors, now, drafts } = props
  const here = `/events/${event.event_id}`
  const first = dateIn(event.time_zone, event.starts_at)
  const weekday = t.dynamic(`events.weekday.${weekdayOf(first)}`)
  if (series) {
    return (
      <Card title={t('events.series_days')} id="series">
        <ul className="space-y-2">
          {series.events.map((each) => {
            const is_out = series.exceptions.includes(each.series_on)
            return (
              <li key={each.event_id} className="flex flex-wrap items-center gap-3">
                {each.event_id === event.event_id ? (
                  <strong className="basis-64">
                    {formatDateTime(t.language, each.starts_at, event.time_zone)} ({t('events.series_this')})
                  </strong>
                ) : (
                  <a href={`/events/${each.event_id}`} className="inline-flex min-h-11 basis-64 items-center">
                    {formatDateTime(t.language, each.starts_at, event.time_zone)}
                  </a>
                )}
                {!each.published_at && !each.canceled_at && <Badge>{t('events.standing.draft')}</Badge>}
                {each.canceled_at && (
                  <Badge kind="error">{t(is_out ? 'events.series_left_out' : 'events.standing.canceled')}</Badge>
                )}
                {may.edit && is_out && (
                  <DayButton t={t} action={`${here}/series/in`} say="events.series_take_in" day={each.series_on} />
                )}
                {may.edit && !each.canceled_at && each.starts_at > now && (
                  <details>
                    <summary className="btn btn-sm btn-ghost min-h-11">
                      {t('events.series_leave_out')}{' '}
                      <span className="sr-only">{formatDate(t.language, each.series_on)}</span>
                    </summary>
                    <p className="my-2 max-w-prose">
                      {t('events.series_leave_out_text', { count: concerned(series_counts.get(each.event_id)) })}
                    </p>
                    <DayButton t={t} action={`${here}/series/out`} say="events.series_leave_out" day={each.series_on} />
                  </details>
                )}
              </li>
            )
          })}
        </ul>
        {may.edit && drafts > 0 && (
          <form method="post" action={`${here}/series/publish-later`} className="mt-4">
            <button className="btn btn-primary">{t('events.publish_drafts', { count: drafts })}</button>
          </form>
        )}
      </Card>
    )
  }
  if (!may.edit || event.canceled_at || event.ends_at <= now) return null
  return (
    <Card title={t('events.series')} lead={t('events.series_lead')} id="series">
      {errors['series'] && <Alert kind="error" title={t.dynamic(errors['series'])} />}
      <form method="post" action={`${here}/series`}>
        <Choices
          t={t}
          legend={t('events.series_every')}
          name="every"
          kind="radio"
          options={[
            { value: 'week', label: t('events.series_week', { weekday }) },
            { value: 'month', label: t('events.series_month', { weekday }) },
          ]}
          chosen={[typed.every ?? 'week']}
          errors={errors}
        />
        <Choices
          t={t}
          legend={t('events.series_from')}
          name="from"
          kind="radio"
          options={[
            { value: 'start', label: t.dynamic(`events.series_start.${nthOfMonth(first)}`, { weekday }) },
            { value: 'end', label: t('events.series_end', { weekday }) },
          ]}
          chosen={[typed.from ?? 'start']}
          errors={errors}
        />
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field
            t={t}
            label={t('events.series_step')}
            name="step"
            type="number"
            min={1}
            max={12}
            required
            value={1}
            typed={typed}
            errors={errors}
          />
          <Field
            t={t}
            label={t('events.series_ends_on')}
            name="ends_on"
            type="date"
            required
            min={first}
            typed={typed}
            errors={errors}
          />
        </div>
        <button className="btn">{t('events.series_make')}</button>
      </form>
    </Card>
  )
}

const DayButton = ({
  t,
  action,
  say,
  day,
}: {
  t: Translate
  action: string
  say: 'events.series_take_in' | 'events.series_leave_out'
  day: string
}) => (
  <form method="post" action={action}>
    <button className="btn btn-sm btn-outline min-h-11" name="day" value={day}>
      {t(say)} <span className="sr-only">{formatDate(t.language, day)}</span>
    </button>
  </form>
)

import { formatDateTime, unbroken } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, Field, Choices, PageHead } from '../../../platform/ui/components.tsx'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { choices, type FormValues } from '../../../platform/ui/form-values.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { placeLine } from '../calendars.ts'
import '../hosting/messages.ts'
import type { ListedKind, ListedEvent } from '../queries.ts'
import { standingOf } from '../rules.ts'
import { needs } from '../schema.ts'
import { SeatsText } from './seats.tsx'

interface EventsPageProps {
  t: Translate
  events: readonly ListedEvent[]
  kinds: readonly ListedKind[]
  kind: string | null
  which: 'upcoming' | 'past'
  next: string | null
  may_edit: boolean
  /** To host an event, that wait for an answer. */
  proposals: number
  public_path: string
  now: Date
}

export function EventsPage(props: EventsPageProps) {
  const { t, events, kinds, kind, which, next, may_edit, proposals, public_path, now } = props
  const create = (
    <a href="/events/new" className="btn btn-primary">
      {t('events.new')}
    </a>
  )
  const at = (query: Record<string, string | null>): string => {
    const asked = { kind, when: which === 'past' ? 'past' : null, ...query }
    const given = Object.entries(asked).filter((each): each is [string, string] => each[1] !== null)
    return `/events${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`
  }
  return (
    <>
      <PageHead
        title={t('events.title')}
        lead={t('events.lead')}
        actions={
          <>
            <a className="btn" href={public_path}>
              {t('events.calendar_public')}
            </a>
            <a className="btn" href="/events/hours">
              {t('events.hours')}
            </a>
            {may_edit && (
              <a className="btn" href="/events/kinds">
                {t('events.kinds')}
              </a>
            )}
            <a className="btn" href={may_edit ? '/events/proposals' : '/hosting'}>
              {t(may_edit ? 'hosting.proposals' : 'hosting.mine')}
            </a>
            {may_edit && (events.length > 0 || which === 'past') && create}
          </>
        }
      />
      {proposals > 0 && (
        <Alert kind="info" title={t('hosting.waiting', { count: proposals })}>
          <p>{t('hosting.waiting_text')}</p>
          <p className="mt-3">
            <a className="btn btn-sm min-h-11" href="/events/proposals">
              {t('hosting.look')}
            </a>
          </p>
        </Alert>
      )}
      <nav className="mb-4 flex flex-wrap gap-2" aria-label={t('events.title')}>
        {(['upcoming', 'past'] as const).map((each) => (
          <a
            key={each}
            className="btn btn-sm aria-[current]:btn-primary min-h-11"
            href={at({ when: each === 'past' ? 'past' : null })}
            aria-current={each === which ? 'page' : undefined}
          >
            {t(`events.${each}`)}
          </a>
        ))}
      </nav>
      <nav className="mb-6 flex flex-wrap gap-2" aria-label={t('events.kind')}>
        {[null, ...kinds.filter(({ is_archived }) => !is_archived)].map((each) => (
          <a
            key={each?.kind ?? ''}
            className="btn btn-sm btn-ghost border-base-300 aria-[current]:btn-neutral min-h-11"
            href={at({ kind: each?.kind ?? null })}
            aria-current={(each?.kind ?? null) === kind ? 'page' : undefined}
          >
            {each ? localized(each.name, t.language).text : t('common.all')}
          </a>
        ))}
      </nav>
      {events.length === 0 &&
        (which === 'past' ? (
          <p>{t('events.none_past')}</p>
        ) : (
          <EmptyState icon="clock" title={t('events.none')} action={may_edit && create}>
            {t('events.none_text')}
          </EmptyState>
        ))}
      <ul className="grid gap-3 md:grid-cols-2">
        {events.map(({ event, shift, counts }) => {
          const standing = standingOf(event, now)
          const kindName = localized(kinds.find((each) => each.kind === event.kind)?.name, t.language).text
          return (
            <li key={event.event_id} className="bg-base-100 rounded-box border-base-300 relative border p-5">
              <p className="text-sm font-semibold">
                {unbroken(formatDateTime(t.language, event.starts_at, event.time_zone))}
              </p>
              <h2 className="text-lg font-bold break-words">
                <a href={`/events/${event.event_id}`} className="after:absolute after:inset-0">
                  {localized(event.content.title, t.language).text}
                </a>
              </h2>
              <p className="mt-1 text-sm break-words">
                {shift && placeLine(localized(shift.place.name, t.language).text, shift.place)}
              </p>
              <p className="mt-2 flex flex-wrap gap-2">
                {kindName && <Badge>{kindName}</Badge>}
                <Badge kind={standing === 'open' ? 'success' : standing === 'canceled' ? 'error' : 'neutral'}>
                  {t(`events.standing.${standing}`)}
                </Badge>
                {(counts?.awaiting_approval ?? 0) > 0 && (
                  <Badge kind="warning">
                    {t('events.to_approve')} {counts?.awaiting_approval}
                  </Badge>
                )}
              </p>
              <SeatsText t={t} event={event} counts={counts} />
            </li>
          )
        })}
      </ul>
      {next && (
        <p className="mt-5">
          <a className="btn" href={at({ after: next })}>
            {t('action.next')} →
          </a>
        </p>
      )}
    </>
  )
}

/** The kind first: it says what the editor asks for. */
export function NewEventPage({
  t,
  kinds,
  campaign,
}: {
  t: Translate
  kinds: readonly ListedKind[]
  /** For which it is. */
  campaign: string | undefined
}) {
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('events.new')}
        lead={t('events.new_lead')}
        back={{ href: '/events', label: t('events.title') }}
      />
      <ul className="grid gap-3 sm:grid-cols-2">
        {kinds
          .filter(({ is_archived }) => !is_archived)
          .map((kind) => (
            <li key={kind.kind} className="bg-base-100 rounded-box border-base-300 relative border p-4">
              <h2 className="font-bold">
                <a
                  href={`/events/new?${new URLSearchParams({ kind: kind.kind, ...(campaign && { campaign }) })}`}
                  className="after:absolute after:inset-0"
                >
                  {localized(kind.name, t.language).text}
                </a>
              </h2>
              <p className="mt-1 text-sm">{kind.needs.map((need) => t(`events.need.${need}`)).join(' · ')}</p>
            </li>
          ))}
      </ul>
    </div>
  )
}

export function KindsPage({ t, kinds, saved }: { t: Translate; kinds: readonly ListedKind[]; saved: boolean }) {
  return (
    <>
      <PageHead
        title={t('events.kinds')}
        lead={t('events.kinds_lead')}
        back={{ href: '/events', label: t('events.title') }}
        actions={
          <a className="btn btn-primary" href="/events/kinds/new">
            {t('events.kind_new')}
          </a>
        }
      />
      {saved && (
        <p role="status" className="mb-4 font-semibold">
          {t('events.saved')}
        </p>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {kinds.map((kind) => (
          <li key={kind.kind} className="bg-base-100 rounded-box border-base-300 border p-4">
            <h2 className="flex flex-wrap items-center gap-2 font-bold">
              {localized(kind.name, t.language).text} {kind.is_archived && <Badge>{t('events.kind_archived')}</Badge>}
            </h2>
            <p className="mt-1 text-sm">{kind.needs.map((need) => t(`events.need.${need}`)).join(' · ')}</p>
            <div className="mt-2 flex flex-wrap gap-2">
              <a className="btn btn-sm min-h-11" href={`/events/kinds/${kind.kind}`}>
                {t('action.edit')} <span className="sr-only">{localized(kind.name, t.language).text}</span>
              </a>
              <form method="post" action={`/events/kinds/${kind.kind}/${kind.is_archived ? 'restore' : 'archive'}`}>
                <button className="btn btn-sm btn-ghost min-h-11">
                  {t(kind.is_archived ? 'events.kind_restore' : 'events.kind_archive')}{' '}
                  <span className="sr-only">{localized(kind.name, t.language).text}</span>
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

export const kindValues = (kind: Pick<ListedKind, 'name' | 'needs'>): FormValues => ({
  name_en: kind.name.en ?? '',
  name_ko: kind.name.ko ?? '',
  needs: choices(kind.needs),
})

export function KindPage({
  t,
  kind,
  typed,
  errors,
  chosen,
}: {
  t: Translate
  /** null: a new one. */
  kind: ListedKind | null
  typed: Record<string, string>
  errors: FieldErrors
  /** Needs that were ticked, where it came back. */
  chosen: readonly string[] | null
}) {
  const name = kind && localized(kind.name, t.language).text
  return (
    <div className="max-w-3xl">
      <PageHead
        title={name ? t('events.kind_edit', { name }) : t('events.kind_new')}
        back={{ href: '/events/kinds', label: t('events.kinds') }}
      />
      <form method="post" action={`/events/kinds/${kind?.kind ?? 'new'}`}>
        {kind && <Seen values={kindValues(kind)} typed={typed} />}
        <Card>
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field
              t={t}
              label={t('events.kind_name_en')}
              name="name_en"
              lang="en"
              required
              maxLength={80}
              value={kind?.name.en ?? ''}
              typed={typed}
              errors={errors}
            />
            <Field
              t={t}
              label={t('events.kind_name_ko')}
              name="name_ko"
              lang="ko"
              required
              maxLength={80}
              value={kind?.name.ko ?? ''}
              typed={typed}
              errors={errors}
            />
          </div>
          <Choices
            t={t}
            legend={t('events.kind_needs')}
            name="needs[]"
            kind="checkbox"
            options={needs.map((need) => ({ value: need, label: t(`events.need.${need}`) }))}
            chosen={chosen ?? kind?.needs ?? []}
            errors={errors}
          />
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
    </div>
  )
}

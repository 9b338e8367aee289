import { randomUUID } from 'node:crypto'
import { formatMoney, formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames, languages, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import {
  Alert,
  Badge,
  Card,
  Field,
  Figure,
  Figures,
  PageHead,
  Pagination,
  Select,
} from '../../../platform/ui/components.tsx'
import type { Minor } from '../guardians/queries.ts'
import type { Assembly } from '../meetings/queries.ts'
import type { Event, HeadCount, Shift, SignupRow } from '../queries.ts'
import { owesOf } from '../orders/rules.ts'
import { handWays } from '../orders/schema.ts'
import { responseRules, wasThere } from '../schema.ts'
import { spanText } from '../when.ts'
import { nameOf, responseText } from '../words.ts'
import type { Findable } from './people.tsx'

interface DoorPageProps {
  t: Translate
  event: Event
  shifts: readonly Shift[]
  shift: Shift
  rows: readonly SignupRow[]
  paging: { from: number; size: number; total: number }
  /** Whoever stands at the door alone sees this list and no more. */
  may: { people: boolean; sheets: boolean }
  /** Found by the search, not signed up. */
  known: readonly Findable[]
  query: string
  /** The form for walk-ins has the name that was looked for. */
  is_named: boolean
  /** Of the form for walk-ins: sent twice, they came once. */
  page_key: string
  heads: HeadCount
  /** Those under 18, where the event asks who answers for them. */
  minors: ReadonlyMap<string, Minor>
  /** Of a meeting with a quorum. */
  assembly: Assembly | null
  said: string | null
  typed: Record<string, string>
  errors: FieldErrors
  now: Date
}

/** For a host on a telephone: one column, large buttons, nothing that needs a script. */
export function DoorPage(props: DoorPageProps) {
  const { t, event, shifts, shift, rows, paging, known, may, query, is_named, said, typed, errors, now } = props
  const title = localized(event.content.title, t.language).text
  const here = `/events/${event.event_id}/door`
  const asked = `shift=${shift.shift_id}`
  return (
    <div className="max-w-2xl">
      <PageHead
        title={may.people ? t('events.door') : `${t('events.door')}: ${title}`}
        lead={t('events.door_lead')}
        back={may.people ? { href: `/events/${event.event_id}`, label: title } : { href: '/', label: t('nav.home') }}
      />
      {said === 'done' && <Alert kind="success" title={t('events.done')} />}
      {said === 'paid_already' && <Alert kind="warning" title={t('orders.said.paid_already')} />}
      {said === 'already' && <Alert kind="info" title={t('events.door_already')} />}
      <p className="mb-4">
        <a className="btn btn-primary btn-lg h-auto min-h-14 w-full py-3" href={`/door/${event.event_id}?${asked}`}>
          {t('door.open')}
        </a>
        <span className="mt-1 block text-sm">{t('door.open_text')}</span>
      </p>
      {(may.sheets || may.people) && (
        <p className="mb-4 flex flex-wrap gap-2">
          {may.sheets && (
            <a className="btn" href={`/events/${event.event_id}/sheets`}>
              {t('sheets.title')}
            </a>
          )}
          {may.people && (
            <a className="btn" href={`/events/${event.event_id}/tags?whose=walk_ins`}>
              {t('events.tags_walk_ins')}
            </a>
          )}
        </p>
      )}
      {shifts.length > 1 && (
        <nav className="mb-4 flex flex-wrap gap-2" aria-label={t('events.shifts_card')}>
          {shifts.map((each) => (
            <a
              key={each.shift_id}
              href={`${here}?shift=${each.shift_id}`}
              aria-current={each.shift_id === shift.shift_id ? 'page' : undefined}
              className="btn btn-sm aria-[current]:btn-primary h-auto min-h-11"
            >
              {localized(each.name, t.language).text || spanText(t.language, event.time_zone, each)}
            </a>
          ))}
        </nav>
      )}
      <section className="mb-4" data-live={`${here}/live?${asked}`}>
        <DoorCount {...props} />
      </section>
      <form action={here} className="mb-4 flex items-end gap-3">
        <input type="hidden" name="shift" value={shift.shift_id} />
        <label className="min-w-0 flex-1">
          <span className="mb-1 block font-semibold">{t('door.find')}</span>
          <input
            name="q"
            type="search"
            defaultValue={query}
            maxLength={100}
            className="input input-lg w-full"
            autoComplete="off"
          />
        </label>
        <button className="btn btn-lg btn-primary">{t('action.search')}</button>
      </form>
      {query && (
        <p className="mb-4">
          <a href={`${here}?${asked}`} className="inline-flex min-h-11 items-center">
            {t('events.door_all')}
          </a>
        </p>
      )}
      {query && rows.length === 0 && (
        <p className="mb-4 font-semibold">
          {t('events.door_none')}{' '}
          {is_named && (
            <a href="#walk-in" className="inline-flex min-h-11 items-center">
              {t('door.new_person', { name: query })}
            </a>
          )}
        </p>
      )}
      <ul className="space-y-2">
        {rows.map((row) => (
          <DoorRow key={row.signup_id} {...props} row={row} />
        ))}
      </ul>
      <div className="mb-6">
        <Pagination
          t={t}
          {...paging}
          shown={rows.length}
          href={(from) => `${here}?${new URLSearchParams({ shift: shift.shift_id, q: query, from: String(from) })}`}
        />
      </div>
      {known.length > 0 && (
        <Card title={t('events.door_known')}>
          <ul className="space-y-2">
            {known.map((each) => (
              <li key={each.who}>
                <form method="post" action={`${here}/walk-in?${asked}`} className="flex items-center gap-3">
                  <input type="hidden" name="who" value={each.who} />
                  <span className="min-w-0 flex-1 break-words">
                    <strong>{each.name}</strong>
                    <span className="block text-sm">{each.detail}</span>
                  </span>
                  <button className="btn">
                    {t('events.walk_in_add')} <span className="sr-only">{each.name}</span>
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t('events.walk_in')} id="walk-in">
        <form method="post" action={`${here}/walk-in?${asked}`}>
          <input type="hidden" name="key" value={props.page_key} />
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field
              t={t}
              label={t('events.first_name')}
              name="first_name"
              required
              maxLength={80}
              typed={typed}
              errors={errors}
              autoComplete="off"
            />
            <Field
              t={t}
              label={t('events.last_name')}
              name="last_name"
              required
              maxLength={80}
              typed={typed}
              errors={errors}
              autoComplete="off"
            />
            <Field
              t={t}
              label={t('events.name_hangul')}
              name="name_hangul"
              lang="ko"
              maxLength={40}
              typed={typed}
              errors={errors}
              autoComplete="off"
            />
            <Field
              t={t}
              label={t('events.phone')}
              name="phone"
              type="tel"
              inputMode="tel"
              typed={typed}
              errors={errors}
              autoComplete="off"
            />
            <Field
              t={t}
              label={t('people.channel.email')}
              name="email"
              type="email"
              inputMode="email"
              typed={typed}
              errors={errors}
              autoComplete="off"
            />
            <Select
              t={t}
              label={t('shell.language')}
              name="language"
              options={languages.map((code) => ({ value: code, label: languageNames[code] ?? code, lang: code }))}
              value={t.language}
              typed={typed}
              errors={errors}
            />
          </div>
          <button className="btn btn-primary btn-lg">{t('events.walk_in_add')}</button>
        </form>
      </Card>
      {may.sheets && shift.starts_at <= now && (
        <Card title={t('events.no_shows')} lead={t('events.no_shows_text')}>
          <form method="post" action={`${here}/no-shows?${asked}`}>
            <button className="btn">{t('events.no_shows')}</button>
          </form>
        </Card>
      )}
    </div>
  )
}

export function DoorCount({ t, heads, assembly }: Pick<DoorPageProps, 't' | 'heads' | 'assembly'>) {
  return (
    <Figures>
      <Figure label={t('events.door_here')} value={heads.here} />
      <Figure label={t('events.door_expected')} value={heads.expected} />
      <Figure label={t('events.door_walk_ins')} value={heads.walk_ins} />
      {assembly?.quorum && (
        <Figure
          label={t('events.door_quorum')}
          value={`${assembly.present} / ${assembly.quorum}`}
          note={assembly.present >= assembly.quorum ? t('events.door_quorum_met') : t('events.door_quorum_members')}
        />
      )}
    </Figures>
  )
}

function DoorRow({ t, event, shifts, shift, row, query, minors }: DoorPageProps & { row: SignupRow }) {
  const mark = row.attendance[shift.shift_id]
  const name = nameOf(row)
  const minor = minors.get(row.signup_id)
  const act = (value: string, label: string, looks: string) => (
    <button name="act" value={value} className={looks}>
      {label} <span className="sr-only">{name}</span>
    </button>
  )
  return (
    <li className="bg-base-100 rounded-box border-base-300 border p-3" id={`s-${row.signup_id}`}>
      <form method="post" action={`/events/${event.event_id}/door`} className="flex flex-wrap items-center gap-3">
        <input type="hidden" name="signup" value={row.signup_id} />
        <input type="hidden" name="shift" value={shift.shift_id} />
        <input type="hidden" name="q" value={query} />
        <div className="min-w-0 flex-1 basis-48">
          <strong className="text-lg break-words">{name}</strong>
          {mark ? (
            <span className="ml-2">
              <Badge kind={wasThere[mark.attendance] ? 'success' : 'neutral'}>
                {t(`events.attendance.${mark.attendance}`)}
              </Badge>
            </span>
          ) : (
            <span className="block text-sm">
              {[
                row.source === 'door' ? '' : responseText(t, row, event.time_zone),
                row.phone && `…${formatPhone(row.phone).slice(-4)}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          )}
        </div>
        {mark ? (
          act('undo', t('action.undo'), 'btn btn-sm btn-ghost min-h-11')
        ) : (
          <>
            {row.guests > 0 && (
              <label className="flex items-center gap-2 text-sm">
                {t('events.door_guests')}
                <input
                  name="guests"
                  type="number"
                  min={0}
                  max={20}
                  defaultValue={row.guests}
                  className="input w-16 text-base"
                />
              </label>
            )}
            {act('attended', t('events.door_mark.attended'), 'btn btn-primary min-h-11')}
            {act('excused', t('events.door_mark.excused'), 'btn btn-sm btn-ghost min-h-11')}
          </>
        )}
      </form>
      {owesOf(row.order) > 0 && responseRules[row.response].holds_seat && (
        <form
          method="post"
          action={`/events/${event.event_id}/door/pay?shift=${shift.shift_id}`}
          className="mt-2 flex flex-wrap items-center gap-2"
        >
          <input type="hidden" name="entry_id" value={randomUUID()} />
          <input type="hidden" name="signup" value={row.signup_id} />
          <strong className="min-w-0 flex-1">{t('door.owes', { amount: formatMoney(owesOf(row.order)) })}</strong>
          {handWays.map((way) => (
            <button key={way} name="way" value={way} className="btn btn-sm min-h-11">
              {t(`orders.take.${way}`)} <span className="sr-only">{name}</span>
            </button>
          ))}
        </form>
      )}
      {minor && (
        <div className="mt-2">
          <Badge kind={minor.state === 'agreed' ? 'success' : 'warning'}>{t(`door.minor.${minor.state}`)}</Badge>
          {minor.guardian && (
            <p className="mt-1 text-sm break-words">
              {[
                minor.guardian.name,
                minor.guardian.relation,
                formatPhone(minor.guardian.phone),
                t(`events.guardian.how.${minor.guardian.how}`),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          )}
          {minor.state === 'missing' && (
            <a
              className="btn btn-sm mt-1 min-h-11"
              href={`/events/${event.event_id}/door/guardian/${row.signup_id}?shift=${shift.shift_id}`}
            >
              {t('events.guardian.note')} <span className="sr-only">{name}</span>
            </a>
          )}
        </div>
      )}
      {mark && row.source === 'door' && shifts.length > 1 && (
        <form
          method="post"
          action={`/events/${event.event_id}/door/move?shift=${shift.shift_id}`}
          className="mt-2 flex flex-wrap items-center gap-2"
        >
          <input type="hidden" name="signup" value={row.signup_id} />
          <label className="min-w-0 flex-1 text-sm">
            <span className="mr-2">{t('events.door_move')}</span>
            <select name="to" className="select max-w-full text-base">
              {shifts
                .filter(({ shift_id }) => shift_id !== shift.shift_id)
                .map((each) => (
                  <option key={each.shift_id} value={each.shift_id}>
                    {localized(each.name, t.language).text || spanText(t.language, event.time_zone, each)}
                  </option>
                ))}
            </select>
          </label>
          <button className="btn btn-sm min-h-11">
            {t('events.door_move_button')} <span className="sr-only">{name}</span>
          </button>
        </form>
      )}
    </li>
  )
}

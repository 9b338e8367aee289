import { formatDateTime, formatPhone, unbroken } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, PageHead, Pagination, Table } from '../../../platform/ui/components.tsx'
import type { SignupAct } from '../commands.ts'
import type { Event, ResponseCounts, Shift, SignupRow } from '../queries.ts'
import { standingOf } from '../rules.ts'
import { isGuestAct, responseRules, responses, wasThere, type Answers, type EventResponse } from '../schema.ts'
import { spanText } from '../when.ts'
import '../invitations/messages.ts'
import { nameOf, responseText } from '../words.ts'

export interface Findable {
  /** 'v123' or a person's id. */
  who: string
  name: string
  detail: string
}

interface PeoplePageProps {
  t: Translate
  event: Event
  shifts: readonly Shift[]
  rows: readonly SignupRow[]
  /** Of guests with a name, whose guests they are. */
  hosts: readonly SignupRow[]
  counts: ResponseCounts
  /** Those who said this alone. */
  response: EventResponse | null
  paging: { from: number; size: number; total: number }
  query: string
  found: readonly Findable[] | null
  may_edit: boolean
  said: string | null
  now: Date
}

export function PeoplePage(props: PeoplePageProps) {
  const { t, event, rows, hosts, response, paging, may_edit, said } = props
  const title = localized(event.content.title, t.language).text
  const names = new Map(hosts.map((row) => [row.signup_id, nameOf(row)]))
  const refused = said !== null && ['not_now', 'full', 'unpaid', 'closed', 'already', 'shift'].includes(said)
  // What nobody of this page has is no column of it.
  const has = {
    marks: rows.some((row) => Object.keys(row.attendance).length > 0),
    answers: rows.some((row) => Object.keys(row.answers).length > 0),
  }
  const head = [
    t('events.col.name'),
    t('events.col.response'),
    ...(has.marks ? [t('events.col.attendance')] : []),
    t('events.col.reach'),
    ...(has.answers ? [t('events.col.said')] : []),
  ]
  return (
    <>
      <PageHead
        title={t('events.people')}
        lead={t('events.people_lead')}
        back={{ href: `/events/${event.event_id}`, label: title }}
        actions={
          <>
            <a className="btn" href={`/events/${event.event_id}/door`}>
              {t('events.door')}
            </a>
            <a className="btn" href={`/events/${event.event_id}/calls#confirm`}>
              {t('events.ask_by_phone')}
            </a>
            <a className="btn" href={`/events/${event.event_id}/tags`}>
              {t('events.tags')}
            </a>
          </>
        }
      />
      {said === 'done' && <Alert kind="success" title={t('events.done')} />}
      {refused && <Alert kind="error" title={t.dynamic(`events.refused.${said}`)} />}
      <States {...props} />
      {rows.length === 0 ? (
        <EmptyState icon="team" title={t('events.people_none')}>
          {t('events.people_none_text')}
        </EmptyState>
      ) : (
        <Table caption={t('events.people')} head={head} only_wide={[t('events.col.reach')]}>
          {rows.map((row) => (
            <Row
              key={row.signup_id}
              {...props}
              row={row}
              has={has}
              host={row.host_signup_id && (names.get(row.host_signup_id) ?? '')}
            />
          ))}
        </Table>
      )}
      <Pagination
        t={t}
        {...paging}
        shown={rows.length}
        href={(from) =>
          `/events/${event.event_id}/people?${new URLSearchParams({ ...(response && { state: response }), from: String(from) })}`
        }
      />
      {may_edit && <AddCard {...props} />}
    </>
  )
}

/** Only one of them, where hundreds said something. */
function States({ t, event, counts, response }: PeoplePageProps) {
  const said = responses.filter((each) => (counts[each] ?? 0) > 0)
  if (said.length < 2 && response === null) return null
  const looks = 'btn btn-sm aria-[current]:btn-primary h-auto min-h-11'
  const here = `/events/${event.event_id}/people`
  return (
    <nav className="mb-4 flex flex-wrap gap-2 print:hidden" aria-label={t('events.col.response')}>
      <a href={here} className={looks} aria-current={response === null ? 'page' : undefined}>
        {t('common.all')}
      </a>
      {said.map((each) => (
        <a
          key={each}
          href={`${here}?state=${each}`}
          className={looks}
          aria-current={response === each ? 'page' : undefined}
        >
          {t(`events.response.${each}`)} {(counts[each] ?? 0).toLocaleString(t.language)}
        </a>
      ))}
    </nav>
  )
}

function Row({
  t,
  event,
  shifts,
  row,
  host,
  may_edit,
  now,
  has,
}: PeoplePageProps & { row: SignupRow; host: string | null; has: { marks: boolean; answers: boolean } }) {
  const marks = shifts.flatMap((shift) => {
    const mark = row.attendance[shift.shift_id]
    return mark ? [{ shift, mark }] : []
  })
  // In a column of its own; on a telephone below the name.
  const contact = (
    <>
      {row.phone && <span className="block whitespace-nowrap">{formatPhone(row.phone)}</span>}
      {row.email && <span className="block break-all">{row.email}</span>}
      {!row.mail_to && !row.host_signup_id && responseRules[row.response].is_open && row.source !== 'door' && (
        <span className="block">{t('events.no_mail')}</span>
      )}
    </>
  )
  return (
    <tr>
      <th scope="row" className="font-normal sm:min-w-44 print:min-w-0">
        <a href={`/people/${row.person_id}`} className="font-semibold break-words">
          {nameOf(row)}
        </a>
        {row.guests > 0 && ` ${t('events.plus', { count: row.guests })}`}
        <span className="block text-sm">
          {[
            host ? t('events.guest_of', { name: host }) : '',
            languageNames[row.language] ?? row.language,
            t(`events.source.${row.source}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {shifts.length > 1 && (
          <span className="block text-sm">
            {shifts
              .filter(({ shift_id }) => row.shift_ids.includes(shift_id))
              .map((shift) => localized(shift.name, t.language).text || spanText(t.language, event.time_zone, shift))
              .join(', ')}
          </span>
        )}
        <span className="block text-sm sm:hidden">{contact}</span>
      </th>
      <td className="not-print:sm:min-w-44 not-print:lg:min-w-82">
        <span>{row.source === 'door' ? '–' : responseText(t, row, event.time_zone)}</span>
        <span className="block text-sm">{unbroken(formatDateTime(t.language, row.received_at, event.time_zone))}</span>
        {may_edit && (
          <form
            method="post"
            action={`/events/${event.event_id}/people`}
            className="mt-1 flex flex-wrap gap-2 print:hidden"
          >
            <input type="hidden" name="signup" value={row.signup_id} />
            {actsOf(row, standingOf(event, now) === 'open').map((act) => (
              <button key={act} name="act" value={act} className="btn btn-sm min-h-11 whitespace-nowrap">
                {t.dynamic(`events.act.${act}`)} <span className="sr-only">{nameOf(row)}</span>
              </button>
            ))}
          </form>
        )}
      </td>
      {has.marks && (
        <td>
          {marks.map(({ shift, mark }) => (
            <span key={shift.shift_id} className="mb-1 block">
              <Badge kind={wasThere[mark.attendance] ? 'success' : 'neutral'}>
                {t(`events.attendance.${mark.attendance}`)}
              </Badge>
            </span>
          ))}
        </td>
      )}
      <td className="text-sm max-sm:hidden">{contact}</td>
      {has.answers && (
        <td className="min-w-48 text-sm print:min-w-0">
          <Said t={t} event={event} answers={row.answers} />
        </td>
      )}
    </tr>
  )
}

export function Said({ t, event, answers }: { t: Translate; event: Event; answers: Answers }) {
  const said = Object.entries(answers)
  if (said.length === 0) return null
  return (
    <dl className="space-y-1">
      {said.map(([key, answer]) => {
        const question = event.content.questions.find((each) => each.key === key)
        return (
          <div key={key}>
            <dt>{question ? localized(question.say, t.language).text : t.dynamic(`events.need.${key}`)}</dt>
            <dd className="font-semibold break-words whitespace-pre-line">
              {[answer]
                .flat()
                .map((each) => (question?.kind === 'yes_no' ? t(each === 'yes' ? 'common.yes' : 'common.no') : each))
                .join(', ')}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** What may be done with a sign-up by hand. */
function actsOf(row: SignupRow, is_open: boolean): SignupAct[] {
  const acts = actsAlone(row, is_open)
  return row.host_signup_id ? acts.filter(isGuestAct) : acts
}

function actsAlone({ response, source }: SignupRow, is_open: boolean): SignupAct[] {
  if (source === 'door' || !responseRules[response].is_open) return []
  if (response === 'awaiting_approval') return is_open ? ['approve', 'refuse'] : ['refuse']
  const confirm: SignupAct[] = response === 'signed_up' && is_open ? ['confirm'] : []
  return response === 'invited' ? ['remove'] : [...confirm, 'cancel', 'remove']
}

function AddCard({ t, event, shifts, query, found }: PeoplePageProps) {
  return (
    <div className="mt-6">
      <Card title={t('events.add_title')} lead={t('events.add_invite_hint')} id="add">
        <form action={`/events/${event.event_id}/people#add`} className="mb-4 flex flex-wrap items-end gap-3">
          <label className="min-w-0 flex-1 basis-60">
            <span className="mb-1 block font-semibold">{t('events.add_find')}</span>
            <input name="q" type="search" defaultValue={query} maxLength={100} className="input w-full text-base" />
          </label>
          <button className="btn">{t('action.search')}</button>
        </form>
        <p className="mb-4">
          <a href={`/events/${event.event_id}/invite`}>{t('invitations.link')}</a>
        </p>
        {found && found.length === 0 && <p>{t('events.add_none')}</p>}
        <ul className="space-y-3">
          {(found ?? []).map((each) => (
            <li key={each.who} className="border-base-300 border-b pb-3">
              <form
                method="post"
                action={`/events/${event.event_id}/people/add`}
                className="flex flex-wrap items-center gap-3"
              >
                <input type="hidden" name="who" value={each.who} />
                <span className="min-w-0 flex-1 basis-48">
                  <strong className="break-words">{each.name}</strong>
                  <span className="block text-sm break-words">{each.detail}</span>
                </span>
                {shifts.length > 1 && (
                  <select name="shift" className="select text-base" aria-label={t('events.shifts_card')}>
                    {shifts.map((shift) => (
                      <option key={shift.shift_id} value={shift.shift_id}>
                        {localized(shift.name, t.language).text || spanText(t.language, event.time_zone, shift)}
                      </option>
                    ))}
                  </select>
                )}
                <button className="btn btn-sm min-h-11" name="as" value="signed_up">
                  {t('events.add_book')} <span className="sr-only">{each.name}</span>
                </button>
                <button className="btn btn-sm min-h-11" name="as" value="invited">
                  {t('events.add_invite')} <span className="sr-only">{each.name}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}

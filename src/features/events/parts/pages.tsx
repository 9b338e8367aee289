import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Badge, Card, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import { eventParts, type EventPart } from '../../targeting/schema.ts'
import type { Findable } from '../pages/people.tsx'
import type { Event } from '../queries.ts'
import { nameOf } from '../words.ts'
import '../messages.ts'
import './messages.ts'
import type { PartHeld } from './queries.ts'

export interface PartsPageProps {
  t: Translate
  event: Event
  held: readonly PartHeld[]
  /** The part chosen in the search. */
  part: EventPart
  query: string
  found: readonly Findable[] | null
  may_edit: boolean
  said: string | null
  typed: Record<string, string>
  errors: FieldErrors
}

const partOptions = (t: Translate) => eventParts.map((each) => ({ value: each, label: t(`parts.of.${each}`) }))

/** Of whoever has it: a person of ours as in lists, a guest by name. */
export const nameOfPart = (row: PartHeld): string => row.name ?? nameOf(row)

export function PartsPage(props: PartsPageProps) {
  const { t, event, held, said, may_edit } = props
  return (
    <>
      <PageHead
        title={t('parts.title')}
        lead={t('parts.lead')}
        back={{ href: `/events/${event.event_id}`, label: localized(event.content.title, t.language).text }}
      />
      {said === 'saved' && <Alert kind="success" title={t('parts.saved')} />}
      {said === 'full' && <Alert kind="warning" title={t('parts.seat_full')} />}
      {said === 'already' && <Alert kind="info" title={t('parts.already')} />}
      <Card>
        {held.length === 0 && <p>{t('parts.none')}</p>}
        <ul className="divide-base-300 divide-y">
          {held.map((row) => (
            <li key={row.part_id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
              <span className="min-w-0 flex-1 basis-48">
                <span className="block text-sm">{t(`parts.of.${row.part}`)}</span>
                {row.person_id ? (
                  <a
                    href={`/people/${row.person_id}`}
                    className="inline-flex min-h-8 items-center font-semibold break-words"
                  >
                    {nameOfPart(row)}
                  </a>
                ) : (
                  <strong className="break-words">{nameOfPart(row)}</strong>
                )}
              </span>
              {!row.person_id && <Badge>{t('parts.guest')}</Badge>}
              {row.person_id && !row.has_seat && <Badge kind="warning">{t('parts.no_seat')}</Badge>}
              {may_edit && (
                <form method="post" action={`/events/${event.event_id}/parts/take-back`}>
                  <button name="part_id" value={row.part_id} className="btn btn-sm min-h-11">
                    {t('parts.take_back')} <span className="sr-only">{nameOfPart(row)}</span>
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      </Card>
      <Written {...props} />
      {may_edit && <Give {...props} />}
      {may_edit && <Guest {...props} />}
    </>
  )
}

/** What stands in the event's own fields is for its page. */
function Written({ t, event }: PartsPageProps) {
  const written = writtenNeeds.flatMap((need) => {
    const text = event.content.details[need]
    return text === undefined
      ? []
      : [{ need, text: typeof text === 'string' ? text : localized(text, t.language).text }]
  })
  if (written.length === 0) return null
  return (
    <Card title={t('parts.written')}>
      <dl className="space-y-2">
        {written.map(({ need, text }) => (
          <div key={need}>
            <dt className="text-sm">{t(`events.need.${need}`)}</dt>
            <dd className="break-words whitespace-pre-line">{text}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

const writtenNeeds = ['facilitator', 'interpreter', 'note_taker', 'mentors', 'panel'] as const

function Give({ t, event, part, query, found }: PartsPageProps) {
  const here = `/events/${event.event_id}/parts`
  return (
    <Card title={t('parts.give')} id="give">
      <form action={`${here}#give`} className="mb-4">
        <Select t={t} label={t('parts.which')} name="part" required value={part} options={partOptions(t)} />
        <Field t={t} label={t('parts.find')} name="q" type="search" required value={query} maxLength={100} />
        <button className="btn">{t('action.search')}</button>
      </form>
      {found && found.length === 0 && <p>{t('parts.found_none')}</p>}
      <ul className="space-y-3">
        {(found ?? []).map((each) => (
          <li key={each.who} className="border-base-300 border-b pb-3">
            <form method="post" action={here} className="flex flex-wrap items-center gap-3">
              <input type="hidden" name="who" value={each.who} />
              <span className="min-w-0 flex-1 basis-48">
                <strong className="break-words">{each.name}</strong>
                <span className="block text-sm break-words">{each.detail}</span>
              </span>
              <button name="part" value={part} className="btn min-h-11">
                {t('parts.give_as')} <span className="sr-only">{each.name}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Guest({ t, event, typed, errors }: PartsPageProps) {
  return (
    <Card title={t('parts.outside')} lead={t('parts.outside_lead')} id="guest">
      <form method="post" action={`/events/${event.event_id}/parts/guest`}>
        <Select
          t={t}
          label={t('parts.which')}
          name="part"
          required
          value={typed.part ?? 'speaker'}
          options={partOptions(t)}
        />
        <Field t={t} label={t('parts.name')} name="name" required maxLength={120} typed={typed} errors={errors} />
        <button className="btn">{t('parts.add')}</button>
      </form>
    </Card>
  )
}

import { localized } from '../../../../platform/i18n/languages.ts'
import { formatDateTime } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { SpokenLanguage } from '../../../contacts/schema.ts'
import type { EventToBook } from '../../../events/calls/schema.ts'
import { Told } from '../../told/schema.ts'

interface ChoiceProps {
  t: Translate
  events: readonly EventToBook[]
  /** Language of the voter: what the event is called there is read out. */
  voters: string
}

/** The next events, each with its shifts: one is chosen. */
export function EventChoice({ t, events, voters }: ChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-2">{t('console.booking_lead')}</legend>
      <div className="space-y-4">
        {events.map(({ event_id, title, time_zone, shifts }) => {
          const shown = localized(title, t.language)
          const said = localized(title, voters)
          return (
            <div key={event_id} role="group" aria-labelledby={`event-${event_id}`}>
              <p id={`event-${event_id}`} className="text-lg font-bold" lang={shown.language}>
                {shown.text}
              </p>
              {said.text !== shown.text && <p lang={said.language}>{said.text}</p>}
              {shifts.map(({ shift_id, starts_at, name, place, address, is_wait_list }) => (
                <label key={shift_id} className="flex min-h-12 items-start gap-3 py-2">
                  <input type="radio" name="shift" value={shift_id} className="radio mt-0.5" required />
                  <span>
                    {[localized(name, t.language).text, formatDateTime(t.language, new Date(starts_at), time_zone)]
                      .filter(Boolean)
                      .join(' · ')}
                    <span className="block">
                      {[localized(place, t.language).text, address].filter(Boolean).join(', ')}
                    </span>
                    {is_wait_list && <span className="block font-semibold">{t('console.booking_full')}</span>}
                  </span>
                </label>
              ))}
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

/** The yes to the shift that was chosen; null: none was. */
export function eventToldOf(
  t: Translate,
  events: readonly EventToBook[],
  form: FormData,
  spoken: string | null,
): Told | null {
  const [chosen] = events.flatMap((event) =>
    event.shifts.flatMap((shift) => (shift.shift_id === form.get('shift') ? { event, shift } : [])),
  )
  if (!chosen) return null
  const { event, shift } = chosen
  const title = [localized(event.title, t.language).text, formatDateTime(t.language, new Date(shift.starts_at), event.time_zone)].join(' · ').slice(0, 300) // prettier-ignore
  const { data: language = null } = SpokenLanguage.safeParse(spoken)
  return Told.parse({ kind: 'event', event_id: event.event_id, shift_id: shift.shift_id, title, language })
}

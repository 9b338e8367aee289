import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Card, EmptyState, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { ListedSheet, Photo } from '../../people/sheets/queries.ts'
import type { Event, Shift } from '../queries.ts'
import { spanText } from '../when.ts'

interface EventSheetsPageProps {
  t: Translate
  event: Event
  /** Those that were removed too. */
  shifts: readonly Shift[]
  rows: readonly ListedSheet[]
  photos: readonly Photo[]
  form_key: string
  typed: Record<string, string>
  errors: FieldErrors
  now: Date
}

/** Sign-in sheets of an event: printed before, typed in after, each with its photo. */
export function EventSheetsPage(props: EventSheetsPageProps) {
  const { t, event, shifts, rows, photos, form_key, typed, errors, now } = props
  const here = `/events/${event.event_id}`
  const title = localized(event.content.title, t.language).text
  const nameOf = (shift: Shift) =>
    [localized(shift.name, t.language).text, spanText(t.language, event.time_zone, shift)].filter(Boolean).join(': ')
  const open = shifts.filter(({ removed_at }) => removed_at === null)
  const next = open.find(({ ends_at }) => ends_at > now) ?? open.at(-1)
  return (
    <>
      <PageHead title={t('sheets.title')} lead={t('events.sheets_lead')} back={{ href: here, label: title }} />
      <Card title={t('sheets.new')} id="new">
        <form method="post" action={`${here}/sheets`} className="max-w-xl">
          <input type="hidden" name="form_key" value={form_key} />
          {open.length > 1 ? (
            <Select
              {...{ t, typed, errors }}
              label={t('door.shift')}
              name="shift"
              required
              value={next?.shift_id ?? null}
              options={open.map((shift) => ({ value: shift.shift_id, label: nameOf(shift) }))}
            />
          ) : (
            <input type="hidden" name="shift" value={next?.shift_id} />
          )}
          <Field
            {...{ t, typed, errors }}
            label={t('sheets.lines')}
            hint={t('sheets.lines_hint')}
            name="lines"
            inputMode="numeric"
            required
            value={14}
          />
          <button className="btn btn-primary">{t('sheets.make')}</button>
        </form>
      </Card>
      {rows.length === 0 ? (
        <EmptyState icon="sheet" title={t('sheets.none')}>
          {t('events.sheets_none')}
        </EmptyState>
      ) : (
        <ul className="grid gap-3 md:grid-cols-2" aria-label={t('sheets.title')}>
          {rows.map((sheet) => {
            const shift = shifts.find(({ shift_id }) => shift_id === sheet.shift_id)
            const at = `/people/sheets/${sheet.sheet_id}`
            const named = `${t('sheets.sheet')} ${sheet.number}`
            return (
              <li key={sheet.sheet_id} className="bg-base-100 rounded-box border-base-300 border p-5">
                <h2 className="text-lg font-bold">{named}</h2>
                {shift && <p className="mt-1 text-sm">{nameOf(shift)}</p>}
                <p className="mt-2">{t('sheets.typed_of', { typed: sheet.typed, lines: sheet.lines })}</p>
                <div className="mt-3 flex flex-wrap gap-2">
                  <a className="btn btn-primary min-h-11" href={at}>
                    {t('events.sheets_type')} <span className="sr-only">{named}</span>
                  </a>
                  <a className="btn min-h-11" href={`${at}/sheet.pdf`}>
                    {t('action.print')} <span className="sr-only">{named}</span>
                  </a>
                  {sheet.photos === 0 && (
                    <a className="btn min-h-11" href={`${at}#photo`}>
                      {t('sheets.photo_add')} <span className="sr-only">{named}</span>
                    </a>
                  )}
                </div>
                {sheet.photos > 0 && (
                  <div className="mt-3 flex flex-wrap gap-2">
                    {photos
                      .filter(({ sheet_id }) => sheet_id === sheet.sheet_id)
                      .map(({ photo_id }, nth) => (
                        <a key={photo_id} href={`${at}#photo`}>
                          <img
                            src={`${at}/photos/${photo_id}`}
                            alt={t('sheets.photo_of', { nth: nth + 1, number: sheet.number })}
                            className="border-base-300 h-28 w-36 rounded-lg border object-cover"
                          />
                        </a>
                      ))}
                  </div>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}

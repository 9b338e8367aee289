import { formatDate, formatPhone } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  EmptyState,
  ErrorSummary,
  Field,
  PageHead,
  Pagination,
  Select,
} from '../../../platform/ui/components.tsx'
import { spokenLanguages } from '../schema.ts'
import type { Line, ListedSheet, Photo, Sheet } from './queries.ts'
import { nextLine } from './rules.ts'
import { longest_title, photoTypes, Said, sheetChannels, type KnownPerson } from './schema.ts'

export const sheets_shown = 30

interface SheetsPageProps {
  t: Translate
  rows: readonly ListedSheet[]
  total: number
  from: number
  typed: Record<string, string>
  errors: FieldErrors
  today: string
  form_key: string
}

export function SheetsPage({ t, rows, total, from, typed, errors, today, form_key }: SheetsPageProps) {
  const shared = { t, typed, errors }
  return (
    <>
      <PageHead
        title={t('sheets.title')}
        lead={t('sheets.lead')}
        back={{ href: '/voters', label: t('people.search.title') }}
      />
      <Card title={t('sheets.new')} id="new">
        <form method="post" action="/people/sheets" className="max-w-xl">
          <input type="hidden" name="form_key" value={form_key} />
          <Field
            {...shared}
            label={t('sheets.what')}
            hint={t('sheets.what_hint')}
            name="title"
            required
            maxLength={longest_title}
          />
          <Field {...shared} label={t('sheets.held_on')} name="held_on" type="date" required value={today} />
          <Field
            {...shared}
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
          {t('sheets.none_text')}
        </EmptyState>
      ) : (
        <ul className="grid gap-3 md:grid-cols-2" aria-label={t('sheets.title')}>
          {rows.map((sheet) => (
            <li key={sheet.sheet_id} className="bg-base-100 rounded-box border-base-300 relative border p-5">
              <h2 className="text-lg font-bold break-words">
                <a href={`/people/sheets/${sheet.sheet_id}`} className="after:absolute after:inset-0">
                  {t('sheets.named', { number: sheet.number, title: sheet.title })}
                </a>
              </h2>
              <p className="mt-1 text-sm">{formatDate(t.language, sheet.held_on)}</p>
              <p className="mt-2 flex flex-wrap gap-2">
                <span>{t('sheets.typed_of', { typed: sheet.typed, lines: sheet.lines })}</span>
                {sheet.event_id && <Badge>{t('sheets.of_event')}</Badge>}
                {sheet.photos > 0 && <Badge>{t('sheets.photos_count', { count: sheet.photos })}</Badge>}
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pagination
        {...{ t, from, total }}
        shown={rows.length}
        size={sheets_shown}
        href={(next) => `/people/sheets?from=${next}`}
      />
    </>
  )
}

interface SheetPageProps {
  t: Translate
  sheet: Sheet
  lines: readonly Line[]
  photos: readonly Photo[]
  /** The line typed last. */
  after: number
  typed: Record<string, string>
  /** Whom the line that was refused was said to be. */
  chosen: KnownPerson | null
  ticked: readonly string[]
  errors: FieldErrors
}

/** Where a sheet is typed in, its photo beside. */
export function SheetPage(props: SheetPageProps) {
  const { t, sheet, lines, photos } = props
  const here = `/people/sheets/${sheet.sheet_id}`
  return (
    <>
      <PageHead
        title={t('sheets.named', { number: sheet.number, title: sheet.title })}
        lead={`${formatDate(t.language, sheet.held_on)} · ${t('sheets.typed_of', { typed: lines.length, lines: sheet.lines })}`}
        back={{
          href: sheet.event_id ? `/events/${sheet.event_id}/sheets` : '/people/sheets',
          label: t('sheets.title'),
        }}
        actions={
          <a className="btn" href={`${here}/sheet.pdf`}>
            {t('action.print')}
          </a>
        }
      />
      {sheet.event_id && (
        <p className="mb-4 max-w-prose">
          {t('sheets.of_event_text')} <a href={`/events/${sheet.event_id}`}>{t('sheets.to_event')}</a>
        </p>
      )}
      <div className={photos.length > 0 ? 'grid items-start gap-x-6 lg:grid-cols-2' : ''}>
        <div className="min-w-0">
          <LineCard {...props} />
          <TypedLines {...props} />
        </div>
        <Photos {...props} />
      </div>
      {lines.length === 0 && photos.length === 0 && (
        <form method="post" action={`${here}/remove`} className="print:hidden">
          <button className="btn btn-sm min-h-11">{t('sheets.remove')}</button>
        </form>
      )}
    </>
  )
}

/** Where lines are typed in: those of an event's sheet are attendance at it too. */
const linesAt = ({ sheet_id, event_id }: Sheet): string =>
  event_id ? `/events/${event_id}/sheets/${sheet_id}/lines` : `/people/sheets/${sheet_id}/lines`

function LineCard({ t, sheet, lines, after, typed, chosen, ticked, errors }: SheetPageProps) {
  const line = nextLine(
    lines.map((each) => each.line),
    sheet.lines,
    after,
  )
  const isRefused = 'line' in typed
  if (line === null && !isRefused) return <Alert kind="success" title={t('sheets.all_typed')} />
  const shared = { t, typed, errors, autoComplete: 'off' }
  return (
    <Card title={t('sheets.type', { line: typed.line ?? String(line) })} id="line">
      <p className="mb-3 text-sm">{t('sheets.keys')}</p>
      <ErrorSummary
        t={t}
        errors={errors}
        labels={{
          line: t('sheets.line'),
          first_name: t('people.first_name'),
          phone: t('sheets.head.phone'),
          email: t('people.channel.email'),
        }}
      />
      <form method="post" action={linesAt(sheet)} data-sign-in noValidate>
        <div className="grid gap-x-4 sm:grid-cols-2">
          <Field {...shared} label={t('people.first_name')} name="first_name" maxLength={80} is_one_of_several />
          <Field {...shared} label={t('people.last_name')} name="last_name" maxLength={80} is_one_of_several />
          <Field
            {...shared}
            label={t('people.name_hangul')}
            name="name_hangul"
            lang="ko"
            maxLength={40}
            is_one_of_several
          />
          <Field {...shared} label={t('sheets.head.phone')} name="phone" inputMode="tel" maxLength={40} />
          <Field {...shared} label={t('people.channel.email')} name="email" inputMode="email" maxLength={200} />
          <Select
            {...{ t, typed, errors }}
            label={t('people.language')}
            name="language"
            options={[
              { value: '', label: '–' },
              ...spokenLanguages.map((code) => ({ value: code, label: languageNames[code] ?? code, lang: code })),
            ]}
          />
        </div>
        <Choices
          t={t}
          legend={t('sheets.consents')}
          name="consents"
          kind="checkbox"
          chosen={[...ticked]}
          options={sheetChannels.map((channel) => ({ value: channel, label: t(`sheets.box.${channel}`) }))}
        />
        <fieldset data-known hidden={!chosen} className="border-base-300 mb-4 rounded-lg border p-3">
          <legend className="font-semibold">{t('sheets.known')}</legend>
          {chosen && (
            <label data-person={chosen.person_id} className="flex min-h-11 items-center gap-3">
              <input type="radio" name="person_id" value={chosen.person_id} defaultChecked className="radio" />
              <span className="min-w-0 break-words">
                <strong>{chosen.name}</strong>
                {chosen.hint && ` ${chosen.hint}`}
              </span>
            </label>
          )}
          <label className="flex min-h-11 items-center gap-3">
            <input type="radio" name="person_id" value="" defaultChecked={!chosen} className="radio" />
            {t('sheets.nobody')}
          </label>
        </fieldset>
        <div className="flex flex-wrap items-end gap-3">
          <button className="btn btn-primary">{t('sheets.save')}</button>
          <label className="flex items-center gap-2 text-sm">
            {t('sheets.line')}
            <input
              name="line"
              inputMode="numeric"
              defaultValue={typed.line ?? String(line ?? 1)}
              aria-invalid={errors.line ? true : undefined}
              className={`input w-20 text-base ${errors.line ? 'input-error' : ''}`}
            />
          </label>
        </div>
      </form>
    </Card>
  )
}

function TypedLines({ t, sheet, lines }: SheetPageProps) {
  if (lines.length === 0) return null
  return (
    <Card title={t('sheets.typed_lines')} id="typed">
      <ol className="divide-base-300 divide-y">
        {lines.map((row) => {
          const said = Said.parse(row.said)
          const name = [said.first_name, said.last_name, said.name_hangul].filter(Boolean).join(' ')
          const given = said.consents.filter((each) => !said.not_counted.includes(each))
          const names = (channels: readonly string[]) =>
            channels.map((each) => t.dynamic(`people.channel.${each}`)).join(', ')
          return (
            <li key={row.line_id} className="flex flex-wrap items-center gap-x-3 py-2">
              <span className="w-8 font-bold tabular-nums">{row.line}</span>
              <span className="min-w-0 flex-1 basis-56">
                <a
                  href={`/people/${row.person_id}`}
                  className="inline-flex min-h-8 items-center font-semibold break-words"
                >
                  {name}
                </a>{' '}
                <Badge kind={row.how === 'unsure' ? 'warning' : 'neutral'}>{t(`sheets.how.${row.how}`)}</Badge>
                <span className="block text-sm break-words">
                  {[said.phone && formatPhone(said.phone), said.email, given.length > 0 && names(given)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                {said.not_counted.length > 0 && (
                  <span className="block text-sm">
                    {t('sheets.not_counted', { channels: names(said.not_counted) })}
                  </span>
                )}
              </span>
              <form method="post" action={`${linesAt(sheet)}/${row.line}/take-back`}>
                <button className="btn btn-sm min-h-11">
                  {t('sheets.take_back')}
                  <span className="sr-only">: {name}</span>
                </button>
              </form>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

function Photos({ t, sheet, photos, errors }: SheetPageProps) {
  const here = `/people/sheets/${sheet.sheet_id}/photos`
  return (
    <div className={photos.length > 0 ? 'lg:sticky lg:top-4' : ''}>
      <Card title={t('sheets.photo')} id="photo">
        {photos.map(({ photo_id }, at) => (
          <figure key={photo_id} className="mb-4">
            <a href={`${here}/${photo_id}`} target="_blank" rel="noreferrer">
              <img
                src={`${here}/${photo_id}`}
                alt={t('sheets.photo_of', { nth: at + 1, number: sheet.number })}
                className="w-full rounded-lg"
              />
            </a>
            <form method="post" action={`${here}/${photo_id}/remove`} className="mt-2 print:hidden">
              <button className="btn btn-sm min-h-11">
                {t('sheets.photo_remove')}
                <span className="sr-only">: {at + 1}</span>
              </button>
            </form>
          </figure>
        ))}
        <form
          method="post"
          action={`/people/uploads/sheets/${sheet.sheet_id}`}
          encType="multipart/form-data"
          className="print:hidden"
        >
          <label htmlFor="photo-file" className="mb-1 block font-semibold">
            {t('sheets.photo_add')}
          </label>
          <input
            id="photo-file"
            type="file"
            name="photo"
            accept={photoTypes.join(',')}
            required
            aria-invalid={errors.photo ? true : undefined}
            aria-describedby="photo-hint"
            className="file-input w-full text-base"
          />
          <p id="photo-hint" className={`mt-1 mb-3 text-sm ${errors.photo ? 'text-error font-semibold' : ''}`}>
            {errors.photo ? t.dynamic(errors.photo) : t('sheets.photo_hint')}
          </p>
          <button className="btn">{t('sheets.photo_add')}</button>
        </form>
      </Card>
    </div>
  )
}

import type { FieldErrors } from '../../../../platform/http/form.ts'
import { formatDateTime } from '../../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import {
  Alert,
  Card,
  Choices,
  EmptyState,
  Field,
  FieldError,
  PageHead,
  Table,
} from '../../../../platform/ui/components.tsx'
import type { PhoneBank } from '../../dashboard.ts'
import type { Sheet } from '../queries.ts'
import { mostOnPaper } from '../schema.ts'

export const saidOfSheets = ['made', 'made_already', 'none_left', 'quota', 'practice', 'given_back'] as const

interface Props {
  t: Translate
  bank: PhoneBank
  sheets: readonly Sheet[]
  typed: Record<string, string>
  /** Ticked. */
  languages: readonly string[]
  errors: FieldErrors
  said: (typeof saidOfSheets)[number] | null
  time_zone: string
}

export function SheetsPage({ t, bank, sheets, typed, languages, errors, said, time_zone }: Props) {
  const base = `/phonebanks/${bank.phone_bank_id}`
  const [newest] = sheets
  return (
    <>
      <PageHead
        title={t('paper.title')}
        lead={t('paper.lead')}
        back={{ href: base, label: localized(bank.name, t.language).text }}
      />
      {said === 'made' && newest && <Alert kind="success" title={t('paper.made', { number: newest.number })} />}
      {said === 'made_already' && <Alert kind="info" title={t('paper.made_already')} />}
      {(said === 'none_left' || said === 'quota' || said === 'practice') && (
        <Alert kind="warning" title={t(`paper.${said}`)} />
      )}
      {said === 'given_back' && <Alert kind="success" title={t('paper.given_back')} />}
      {sheets.length > 0 && (
        <Card title={t('paper.sheets')} id="sheets">
          <Table
            caption={t('paper.sheets')}
            head={[
              t('paper.col.sheet'),
              t('paper.col.made'),
              t('paper.col.caller'),
              t('paper.col.typed'),
              t('paper.col.do'),
            ]}
            only_wide={[t('paper.col.made'), t('paper.col.caller'), t('paper.col.typed')]}
          >
            {sheets.map((sheet) => (
              <tr key={sheet.sheet_id} className="max-sm:align-top">
                <th scope="row" className="text-lg">
                  {sheet.number}
                </th>
                <td className="min-w-40 max-sm:hidden">
                  <Made t={t} sheet={sheet} time_zone={time_zone} />
                </td>
                <td className="min-w-24 max-sm:hidden">
                  {sheet.caller_name ?? '–'}
                  <Spoken sheet={sheet} bank={bank} />
                </td>
                <td className="min-w-32 max-sm:hidden">
                  <Typed t={t} sheet={sheet} />
                </td>
                <td>
                  <div className="mb-3 space-y-1 sm:hidden">
                    <p>
                      <Made t={t} sheet={sheet} time_zone={time_zone} />
                    </p>
                    <div>
                      {sheet.caller_name}
                      <Spoken sheet={sheet} bank={bank} />
                    </div>
                    <p>
                      <Typed t={t} sheet={sheet} />
                    </p>
                  </div>
                  <div className="flex flex-wrap gap-2">
                    {sheet.on_paper > 0 ? (
                      <a
                        className="btn whitespace-nowrap"
                        href={`${base}/sheets/${sheet.sheet_id}/pdf`}
                        aria-label={t('paper.print_named', { number: sheet.number })}
                      >
                        {t('paper.print')}
                      </a>
                    ) : (
                      <span className="self-center text-sm">{t('paper.over')}</span>
                    )}
                    <a
                      className="btn btn-primary whitespace-nowrap"
                      href={`${base}/sheets/${sheet.sheet_id}`}
                      aria-label={t('paper.type_title', { number: sheet.number })}
                    >
                      {t('paper.type')}
                    </a>
                    {sheet.on_paper > 0 && (
                      <form method="post" action={`${base}/sheets/${sheet.sheet_id}/give_back`}>
                        <button
                          className="btn whitespace-nowrap"
                          aria-label={t('paper.give_back_named', { number: sheet.number })}
                        >
                          {t('paper.give_back')}
                        </button>
                      </form>
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </Table>
        </Card>
      )}
      {sheets.length === 0 && (
        <div className="mb-6">
          <EmptyState icon="phone" title={t('paper.none')}>
            {!bank.ended_at && <p>{t('paper.none_text')}</p>}
          </EmptyState>
        </div>
      )}
      {!bank.ended_at && (
        <Card title={t('paper.make')} lead={t('paper.make_lead')} id="make">
          <form method="post" action={`${base}/sheet`} className="max-w-xl">
            <input type="hidden" name="form_id" value={typed.form_id} />
            <Field
              t={t}
              label={t('phonebanks.sheet_how_many')}
              name="count"
              type="number"
              inputMode="numeric"
              required
              min={1}
              max={mostOnPaper}
              typed={typed}
              errors={errors}
            />
            {bank.languages.length > 1 && (
              <Choices
                t={t}
                legend={t('paper.languages')}
                hint={t('paper.languages_hint')}
                name="languages"
                kind="checkbox"
                chosen={languages}
                options={bank.languages.map((each) => ({
                  value: each,
                  label: languageNames[each] ?? each,
                  lang: each,
                }))}
                errors={errors}
              />
            )}
            <Field
              t={t}
              label={t('export.purpose')}
              hint={t('export.purpose_hint')}
              name="purpose"
              rows={2}
              required
              maxLength={1000}
              typed={typed}
              errors={errors}
            />
            <p className="mb-3 text-sm">{t('export.law')}</p>
            <label className="flex min-h-11 cursor-pointer items-start gap-3">
              <input
                type="checkbox"
                name="law"
                value="yes"
                required
                className="checkbox mt-0.5 shrink-0"
                aria-describedby={errors.law ? 'law-error' : undefined}
              />
              <span>{t('paper.law_accept')}</span>
            </label>
            <FieldError t={t} name="law" errors={errors} />
            <button className="btn btn-primary mt-4">{t('paper.make_do')}</button>
          </form>
        </Card>
      )}
    </>
  )
}

const namesOf = (languages: readonly string[]): string =>
  languages.map((each) => languageNames[each] ?? each).join(', ')

/* Columns on a wide screen, lines above the buttons on a telephone. */

const Made = ({ t, sheet, time_zone }: { t: Translate; sheet: Sheet; time_zone: string }) =>
  t('paper.made_by', { at: formatDateTime(t.language, sheet.made_at, time_zone), name: sheet.made_by })

const Spoken = ({ sheet, bank }: { sheet: Sheet; bank: PhoneBank }) =>
  sheet.languages && sheet.languages.length < bank.languages.length ? (
    <span className="block text-xs">{namesOf(sheet.languages)}</span>
  ) : null

const Typed = ({ t, sheet }: { t: Translate; sheet: Sheet }) => (
  <>
    {t('paper.typed_of', { typed: sheet.typed, lines: sheet.lines })}
    {sheet.on_paper > 0 && <span className="block text-xs">{t('paper.out', { count: sheet.on_paper })}</span>}
  </>
)

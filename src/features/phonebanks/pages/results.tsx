import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Card, EmptyState, PageHead, Pagination } from '../../../platform/ui/components.tsx'
import { dispositions, type Disposition } from '../../contacts/schema.ts'
import type { Step } from '../../scripts/schema.ts'
import type { PhoneBank, RecentAttempt } from '../dashboard.ts'
import { BarChart } from '../report/pages/bar-chart.tsx'
import type { Bar } from '../report/words.ts'
import { Attempts } from './dashboard.tsx'
import { ResultsFile } from './results-file.tsx'

interface Props {
  t: Translate
  bank: PhoneBank
  /** Of every version of the script. */
  ever: readonly Step[]
  attempts: readonly RecentAttempt[]
  /** Questions tried in several wordings. */
  wordings: readonly { caption: string; bars: Bar[] }[]
  total: number
  from: number
  size: number
  disposition: Disposition | null
  time_zone: string
  may_host: boolean
  may_export: boolean
  errors?: FieldErrors
}

export function ResultsPage({
  t,
  bank,
  ever,
  attempts,
  wordings,
  total,
  from,
  size,
  disposition,
  time_zone,
  may_host,
  may_export,
  errors = {},
}: Props) {
  const base = `/phonebanks/${bank.phone_bank_id}`
  const name = localized(bank.name, t.language).text
  return (
    <>
      <PageHead title={t('phonebanks.results_for', { name })} back={{ href: base, label: name }} />
      {may_export && (
        <details className="mb-4" open={'law' in errors}>
          <summary className="cursor-pointer font-semibold">{t('phonebanks.export_title')}</summary>
          <div className="mt-3">
            <ResultsFile
              t={t}
              base={base}
              forms={(['words', 'codes'] as const).map((form) => ({ form, label: t(`phonebanks.export_${form}`) }))}
              errors={errors}
            />
          </div>
        </details>
      )}
      {wordings.length > 0 && (
        <Card title={t('report.wordings')} lead={t('report.wordings_lead')} id="wordings">
          <div className="grid gap-8 lg:grid-cols-2">
            {wordings.map((chart) => (
              <BarChart key={chart.caption} {...chart} />
            ))}
          </div>
        </Card>
      )}
      <form
        method="get"
        action={`${base}/results`}
        className="mb-4 flex flex-wrap items-end gap-2"
        data-submit-on-change
      >
        <label htmlFor="disposition" className="font-semibold">
          {t('phonebanks.col.result')}
        </label>
        <select id="disposition" name="disposition" className="select text-base" defaultValue={disposition ?? ''}>
          <option value="">{t('common.all')}</option>
          {dispositions.map((each) => (
            <option key={each} value={each}>
              {t(`disposition.${each}`)}
            </option>
          ))}
        </select>
        <button className="btn">{t('action.show')}</button>
      </form>
      {attempts.length === 0 ? (
        <EmptyState icon="phone" title={t('phonebanks.no_calls')} />
      ) : (
        <>
          <Attempts t={t} bank={bank} ever={ever} attempts={attempts} time_zone={time_zone} may_host={may_host} />
          {attempts.some(({ hangul }) => hangul?.is_guess) && (
            <p className="mt-2 text-sm">{t('phonebanks.guess_means')}</p>
          )}
        </>
      )}
      <Pagination
        t={t}
        from={from}
        shown={attempts.length}
        total={total}
        size={size}
        href={(start) =>
          `${base}/results?${new URLSearchParams({ ...(disposition ? { disposition } : {}), from: String(start) })}`
        }
      />
    </>
  )
}

import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Choices, EmptyState, PageHead, Pagination } from '../../../platform/ui/components.tsx'
import '../../targeting/export/messages.ts'
import { dispositions, type Disposition } from '../../contacts/schema.ts'
import type { PhoneBank, RecentAttempt } from '../dashboard.ts'
import { Attempts } from './dashboard.tsx'

interface Props {
  t: Translate
  bank: PhoneBank
  attempts: readonly RecentAttempt[]
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
  attempts,
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
          <form method="post" action={`${base}/results.csv`} className="mt-3 max-w-prose">
            <p className="mb-3 text-sm">{t('phonebanks.export_note')}</p>
            <p className="mb-2 text-sm">{t('export.law')}</p>
            <Choices
              t={t}
              legend=""
              name="law"
              kind="checkbox"
              options={[{ value: 'yes', label: t('export.law_accept') }]}
              errors={errors}
            />
            <div className="flex flex-wrap gap-2">
              {(['words', 'codes'] as const).map((form) => (
                <button key={form} name="form" value={form} className="btn">
                  {t(`phonebanks.export_${form}`)}
                </button>
              ))}
            </div>
          </form>
        </details>
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
          <Attempts t={t} bank={bank} attempts={attempts} time_zone={time_zone} may_host={may_host} />
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

import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Card, EmptyState, PageHead, Pagination } from '../../../platform/ui/components.tsx'
import { dispositions } from '../../contacts/schema.ts'
import type { Step } from '../../scripts/schema.ts'
import { answerSaid, questionSaid } from '../calling-rules/words.ts'
import type { PhoneBank, RecentAttempt } from '../dashboard.ts'
import { BarChart } from '../report/pages/bar-chart.tsx'
import type { Bar } from '../report/words.ts'
import { answerText, filterFields, type AnswerCount, type ResultsFilter } from '../results-filter.ts'
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
  filter: ResultsFilter
  answers: readonly AnswerCount[]
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
  filter,
  answers,
  time_zone,
  may_host,
  may_export,
  errors = {},
}: Props) {
  const base = `/phonebanks/${bank.phone_bank_id}`
  const name = localized(bank.name, t.language).text
  const fields = filterFields(filter)
  const isFiltered = Object.keys(fields).length > 0
  const chosen = ever.find(({ key }) => key === filter.answer?.question)
  return (
    <>
      <PageHead title={t('phonebanks.results_for', { name })} back={{ href: base, label: name }} />
      {may_export && (
        <details className="mb-4" open={'law' in errors}>
          <summary className="cursor-pointer font-semibold">{t('phonebanks.export_title')}</summary>
          <div className="mt-3">
            <p className="mb-3 max-w-prose text-sm">{t('phonebanks.export_kinds')}</p>
            <ResultsFile
              t={t}
              base={base}
              forms={(['words', 'codes'] as const).map((form) => ({ form, label: t(`phonebanks.export_${form}`) }))}
              only={isFiltered ? { fields, count: total } : null}
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
        className="mb-4 flex flex-wrap items-end gap-3"
        data-submit-on-change
      >
        <div className="max-sm:w-full">
          <label htmlFor="disposition" className="mb-1 block font-semibold">
            {t('phonebanks.col.result')}
          </label>
          <select
            id="disposition"
            name="disposition"
            className="select text-base max-sm:w-full"
            defaultValue={filter.disposition ?? ''}
          >
            <option value="">{t('common.all')}</option>
            {dispositions.map((each) => (
              <option key={each} value={each}>
                {t(`disposition.${each}`)}
              </option>
            ))}
          </select>
        </div>
        {ever.length > 0 && <AnswerSelect t={t} bank={bank} ever={ever} filter={filter} answers={answers} />}
        <button className="btn">{t('action.show')}</button>
      </form>
      {isFiltered && (
        <p className="mb-3 flex flex-wrap items-center gap-x-4">
          <strong>{t('phonebanks.results_fit', { count: total })}</strong>
          {chosen && filter.answer && (
            <span>
              {questionSaid(t, bank, chosen)} · {answerWords(t, chosen, filter.answer.value)}
            </span>
          )}
          <a className="link inline-flex min-h-11 items-center" href={`${base}/results`}>
            {t('phonebanks.results_show_all')}
          </a>
        </p>
      )}
      {attempts.length === 0 ? (
        <EmptyState icon="phone" title={t(isFiltered ? 'phonebanks.results_none_fit' : 'phonebanks.no_calls')} />
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
        href={(start) => `${base}/results?${new URLSearchParams({ ...fields, from: String(start) })}`}
      />
    </>
  )
}

const answerWords = (t: Translate, step: Step, value: string | null): string =>
  value === null ? t('phonebanks.any_answer') : answerSaid(t, step, value)

/** Every answer of the script with how often it was given, under its question. */
function AnswerSelect({ t, bank, ever, filter, answers }: Pick<Props, 't' | 'bank' | 'ever' | 'filter' | 'answers'>) {
  return (
    <div className="max-w-full max-sm:w-full">
      <label htmlFor="answer" className="mb-1 block font-semibold">
        {t('phonebanks.col.answer')}
      </label>
      <select
        id="answer"
        name="answer"
        className="select max-w-full text-base max-sm:w-full"
        defaultValue={filter.answer ? answerText(filter.answer) : ''}
      >
        <option value="">{t('common.all')}</option>
        {ever.map((step) => (
          <optgroup key={step.key} label={questionSaid(t, bank, step)}>
            {answers
              .filter(({ question }) => question === step.key)
              .map((each) => (
                <option key={answerText(each)} value={answerText(each)}>
                  {t('phonebanks.answer_count', {
                    answer: answerWords(t, step, each.value),
                    count: each.count,
                  })}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

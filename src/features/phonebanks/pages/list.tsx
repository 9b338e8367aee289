import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, EmptyState, OwnText, PageHead } from '../../../platform/ui/components.tsx'
import '../result-codes/messages.ts'
import '../told/messages.ts'
import '../rounds/messages.ts'
import type { ListedBank } from '../dashboard.ts'
import { isOver, ProgressBar, StateBadge, stateOf } from './words.tsx'

interface Props {
  t: Translate
  banks: readonly ListedBank[]
  today: string
  may_edit: boolean
  may_call: boolean
}

export function PhoneBanksPage({ t, banks, today, may_edit, may_call }: Props) {
  const create = may_edit && (
    <a className="btn btn-primary" href="/phonebanks/new">
      {t('phonebanks.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('phonebanks.title')}
        lead={t('phonebanks.lead')}
        actions={
          <>
            {banks.length > 0 && create}
            {may_edit && (
              <>
                {' '}
                <a className="btn" href="/phonebanks/recurring">
                  {t('recurring.title')}
                </a>
                <a className="btn" href="/phonebanks/result-codes">
                  {t('result_codes.title')}
                </a>
                <a className="btn" href="/phonebanks/tags">
                  {t('told.tags_title')}
                </a>
              </>
            )}
          </>
        }
      />
      {banks.some(({ repeat_problem }) => repeat_problem) && (
        <Alert kind="warning" title={t('recurring.stuck')}>
          <a href="/phonebanks/recurring">{t('recurring.look')}</a>
        </Alert>
      )}
      {banks.length === 0 && (
        <EmptyState icon="phone" title={t('phonebanks.none')} action={create}>
          <p>{t('phonebanks.none_text')}</p>
        </EmptyState>
      )}
      <ul className="grid gap-4 xl:grid-cols-2">
        {banks.map((bank) => (
          <li key={bank.phone_bank_id} className="bg-base-100 rounded-box border-base-300 border p-4 sm:p-6">
            <div className="flex flex-wrap items-start gap-3">
              <h2 className="min-w-0 flex-1 basis-48 text-lg font-bold">
                <a href={`/phonebanks/${bank.phone_bank_id}`}>
                  <OwnText t={t} language={t.language} text={localized(bank.name, t.language)} />
                </a>
              </h2>
              <StateBadge t={t} state={stateOf(bank, today)} />
            </div>
            <p className="mt-1 mb-3 text-sm">
              {t('phonebanks.dates', {
                from: formatDate(t.language, bank.starts_on, 'short'),
                to: formatDate(t.language, bank.ends_on, 'short'),
              })}
            </p>
            <ProgressBar t={t} progress={bank.progress} is_over={isOver(bank, today)} />
            {bank.newcomers > 0 && (
              <p className="mt-2 text-sm">{t('phonebanks.newcomers_left', { count: bank.newcomers })}</p>
            )}
            <p className="mt-2 flex flex-wrap gap-x-4 text-sm">
              <span>{t('phonebanks.calls', { count: bank.attempts })}</span>
              <span>{t('phonebanks.contacts', { count: bank.conversations })}</span>
              <span>{t('phonebanks.callers_now', { count: bank.callers_now })}</span>
            </p>
            {may_call && !isOver(bank, today) && (
              <p className="mt-4">
                <a className="btn" href={`/phonebanks/${bank.phone_bank_id}/call`}>
                  {t('phonebanks.call_yourself')}
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

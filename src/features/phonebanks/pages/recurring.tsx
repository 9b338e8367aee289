import { addDays } from '../../../platform/clock.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, EmptyState, OwnText, PageHead } from '../../../platform/ui/components.tsx'
import type { PhoneBank } from '../dashboard.ts'
import '../rounds/messages.ts'
import { nextOf } from '../rounds/rules.ts'
import { DraftProblem, type RepeatChange, type RepeatProblem } from '../rounds/schema.ts'

interface Props {
  t: Translate
  banks: readonly PhoneBank[]
  today: string
  may_edit: boolean
  is_saved: boolean
}

/** Phone banks that are made anew every week. */
export function RecurringPage({ t, banks, today, may_edit, is_saved }: Props) {
  return (
    <>
      <PageHead
        title={t('recurring.title')}
        lead={t('recurring.lead')}
        back={{ href: '/phonebanks', label: t('phonebanks.title') }}
      />
      {is_saved && <Alert kind="success" title={t('phonebanks.settings_saved')} />}
      {banks.length === 0 && (
        <EmptyState icon="phone" title={t('recurring.none')}>
          <p>{t('recurring.none_text')}</p>
        </EmptyState>
      )}
      <ul className="grid gap-4 xl:grid-cols-2">
        {banks.map((bank) => (
          <li key={bank.phone_bank_id} className="bg-base-100 rounded-box border-base-300 border p-4 sm:p-6">
            <div className="mb-1 flex flex-wrap items-start gap-3">
              <h2 className="min-w-0 flex-1 basis-48 text-lg font-bold">
                <a href={`/phonebanks/${bank.phone_bank_id}`}>
                  <OwnText t={t} language={t.language} text={localized(bank.name, t.language)} />
                </a>
              </h2>
              {bank.repeat_problem && !bank.repeats_paused_at ? (
                <Badge kind="error">{t('recurring.state.stuck')}</Badge>
              ) : bank.repeats_paused_at ? (
                <Badge kind="warning">{t('recurring.state.paused')}</Badge>
              ) : (
                <Badge kind="success">{t('recurring.state.weekly')}</Badge>
              )}
            </div>
            <p className="mb-3">{nextWords(t, bank, today)}</p>
            {bank.repeat_problem && <NotMade t={t} bank={bank} problem={bank.repeat_problem} is_repeated />}
            {may_edit && <RepeatActs t={t} bank={bank} from="recurring" />}
          </li>
        ))}
      </ul>
    </>
  )
}

/** The next one's days, and when it is made. */
export function nextWords(t: Translate, bank: PhoneBank, today: string): string {
  const next = nextOf(bank, today)
  const days = {
    from: formatDate(t.language, next.starts_on, 'short'),
    to: formatDate(t.language, next.ends_on, 'short'),
  }
  if (bank.repeats_paused_at) return t('recurring.next_paused', days)
  // Over already: within the minute, where nothing stands against it.
  if (bank.ends_on < today) return t(bank.repeat_problem ? 'recurring.next_stuck' : 'recurring.next_now', days)
  return t('recurring.next', { ...days, on: formatDate(t.language, addDays(bank.ends_on, 1), 'short') })
}

/** Why the next one was not made, and what to do. */
export function NotMade({
  t,
  bank,
  problem,
  is_repeated = false,
}: {
  t: Translate
  bank: PhoneBank
  problem: RepeatProblem
  is_repeated?: boolean
}) {
  const { data: in_settings } = DraftProblem.safeParse(problem)
  const is_fixed = in_settings !== undefined && bank.ended_at !== null
  return (
    <Alert kind="error" title={t('recurring.not_made')}>
      <p>{t(`recurring.problem.${problem}`)}</p>
      {in_settings && <p>{t(is_fixed ? 'recurring.mend_ended' : `recurring.mend.${in_settings}`)}</p>}
      {is_repeated && !is_fixed && <p>{t('recurring.tried_again')}</p>}
    </Alert>
  )
}

export function RepeatActs({ t, bank, from }: { t: Translate; bank: PhoneBank; from?: 'recurring' }) {
  const base = `/phonebanks/${bank.phone_bank_id}`
  const act = (change: RepeatChange, label: string) => (
    <form method="post" action={`${base}/repeat`}>
      <input type="hidden" name="change" value={change} />
      {from && <input type="hidden" name="from" value={from} />}
      <button className="btn">{label}</button>
    </form>
  )
  return (
    <div className="flex flex-wrap gap-2">
      <form method="post" action={`${base}/copy`}>
        <button className="btn">{t(bank.repeats ? 'recurring.make_now' : 'host.copy')}</button>
      </form>
      {!bank.repeats ? (
        act('weekly', t('host.repeat'))
      ) : (
        <>
          {bank.repeats_paused_at ? act('resume', t('recurring.resume')) : act('pause', t('recurring.pause'))}
          {act('stop', t('recurring.stop'))}
        </>
      )}
    </div>
  )
}

import { formatClock, formatDate, formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Bars, Card, Choices, Field, PageHead, Select, Table } from '../../../platform/ui/components.tsx'
import type { Form } from '../../../platform/ui/form-values.ts'
import { ApprovalCard, type ApprovalShown } from '../approval/pages.tsx'
import '../after/messages.ts'
import { Counts } from '../audience/pages.tsx'
import type { AudienceCounts } from '../audience/queries.ts'
import { list, StateBadge } from '../pages.tsx'
import { Lacks, type Lacking } from '../parts.tsx'
import type { Mailing } from '../queries.ts'
import { deliveryStates, ownProblems } from '../schema.ts'
import './messages.ts'
import { turns, type Turn } from './commands.ts'
import type { Progress, Stuck } from './queries.ts'

interface SendProps extends Form {
  mailing: Mailing
  languages: readonly string[]
  /** What is still to be done first, in words. */
  lacks: readonly Lacking[]
  counts: AudienceCounts | null
  is_tested: boolean
  refused: string | null
  /** null: one person is enough. */
  approval: ApprovalShown | null
  /** Of whoever sees the page. */
  own_address: string
  /** Of what is seen here. */
  hash: string
  time_zone: string
  may_edit: boolean
}

/** Before it is sent. */
export function SendPage({ t, mailing, typed, errors, languages, lacks, counts, is_tested, refused, own_address, approval, hash, time_zone, may_edit }: SendProps) {
  const here = `${list}/${mailing.mailing_id}`
  const form = { t, typed, errors }
  return (
    <div className="max-w-3xl">
      <PageHead title={t('sending.title')} back={{ href: here, label: mailing.name }} />
      {is_tested && <Alert kind="success">{t('sending.test_sent')}</Alert>}
      {refused && <Alert kind="error">{t('sending.test_refused', { answer: refused })}</Alert>}
      <Lacks title={t('sending.not_ready')} lacks={lacks} />
      {counts && <Counts t={t} counts={counts} />}
      {approval && <ApprovalCard {...{ t, here, time_zone }} {...approval} />}
      {may_edit && <form method="post" action={`${here}/send/test`}>
        <Card title={t('sending.test')} lead={t('sending.test_lead')} id="test">
          <Field {...form} label={t('sending.test_to')} name="to" type="email" value={own_address} required />
          <Select
            {...form}
            label={t('sending.test_language')}
            name="language"
            required
            value={t.language}
            options={languages.map((each) => ({ value: each, label: languageNames[each] ?? each, lang: each }))}
          />
          <button className="btn">{t('sending.test')}</button>
        </Card>
      </form>}
      {may_edit && lacks.length === 0 && counts && (
        <form method="post" action={`${here}/send`}>
          <input type="hidden" name="hash" value={hash} />
          <Card title={t('sending.plan')} lead={t('sending.plan_lead', { count: counts.reached })} id="plan">
            <Choices
              t={t}
              legend={t('sending.clock')}
              name="goes_by"
              kind="radio"
              chosen={[typed.goes_by ?? 'organization']}
              errors={errors}
              options={[
                { value: 'organization', label: t('sending.clock.organization') },
                { value: 'reader', label: t('sending.clock.reader'), hint: t('sending.clock.reader_hint') },
              ]}
            />
            <Field {...form} label={t('sending.at')} hint={t('sending.at_hint')} name="at" type="datetime-local" />
            <div className="grid gap-x-4 sm:grid-cols-2">
              <Field {...form} label={t('sending.window_starts')} name="window_starts" type="time" />
              <Field {...form} label={t('sending.window_ends')} name="window_ends" type="time" />
            </div>
            <Field
              {...form}
              label={t('sending.per_minute')}
              hint={t('sending.per_minute_hint')}
              name="per_minute"
              inputMode="numeric"
            />
            <Field
              {...form}
              label={t('sending.count')}
              {...(errors.count && { hint: t('sending.count_wrong', { count: counts.reached }) })}
              name="count"
              inputMode="numeric"
              required
            />
            <button className="btn btn-primary">{t('sending.send')}</button>
          </Card>
        </form>
      )}
    </div>
  )
} // prettier-ignore

interface ProgressProps {
  t: Translate
  mailing: Mailing
  progress: readonly Progress[]
  stuck: readonly Stuck[]
  time_zone: string
}

interface SendingProps extends ProgressProps {
  may_edit: boolean
  approval: ApprovalShown | null
  /** Refused for what we are, of one that is done. */
  refused: number
}

/** While it is sent and after. */
export function SendingPage({ may_edit, approval, refused, ...props }: SendingProps) {
  const { t, mailing } = props
  const here = `${list}/${mailing.mailing_id}`
  const isApproved = !approval || approval.approvals.some(({ content_hash, approver_id }) => content_hash === approval.hash && approver_id !== approval.reader_id) // prettier-ignore
  const offered = (Object.keys(turns) as Turn[]).filter((turn) => turns[turn].from.some((each) => each === mailing.state) && (isApproved || (turn !== 'resume' && turn !== 'resend')) && (turn !== 'resend' || refused > 0)) // prettier-ignore
  return (
    <div className="max-w-3xl">
      <PageHead title={t('sending.title')} back={{ href: here, label: mailing.name }} />
      <section data-live={`${here}/send/live`} aria-live="off">
        <SendingNow {...props} />
      </section>
      {approval && <ApprovalCard t={t} here={here} time_zone={props.time_zone} {...approval} />}
      {may_edit && offered.length > 0 && (
        <Card id="turns">
          <div className="flex flex-wrap items-start gap-3">
            {offered
              .filter((turn) => turn !== 'cancel')
              .map((turn) => (
                <form key={turn} method="post" action={`${here}/send/${turn}`}>
                  <button className="btn btn-primary">{t(`sending.${turn}`)}</button>
                </form>
              ))}
            {offered.includes('cancel') && (
              <details>
                <summary className="btn btn-error btn-outline">{t('sending.cancel')}</summary>
                <form method="post" action={`${here}/send/cancel`} className="mt-3">
                  <p className="mb-3 text-sm">{t('sending.cancel_lead')}</p>
                  <button className="btn btn-error">{t('sending.cancel_sure')}</button>
                </form>
              </details>
            )}
          </div>
          {offered.includes('resend') && <p className="mt-3 text-sm">{t('sending.resend_lead', { count: refused })}</p>}
        </Card>
      )}
    </div>
  )
}

export function SendingNow({ t, mailing, progress, stuck, time_zone }: ProgressProps) {
  const number = (value: number): string => formatNumber(t.language, value)
  const at = (instant: Date): string => formatDateTime(t.language, instant, time_zone)
  const rows = deliveryStates.flatMap((state) => {
    const value = progress.reduce((sum, each) => sum + (each.state === state ? each.count : 0), 0)
    return value > 0 ? [{ state, label: t(`sending.state.${state}`), value }] : []
  })
  return (
    <>
      <p className="mb-4">
        <StateBadge t={t} state={mailing.state} />
      </p>
      {mailing.state === 'scheduled' && mailing.scheduled_at && (
        <p className="mb-4">{t('sending.scheduled_for', { at: at(mailing.scheduled_at) })}</p>
      )}
      {mailing.goes_by === 'reader' && (mailing.state === 'scheduled' || mailing.state === 'sending') && (
        <p className="mb-4">
          {mailing.scheduled_local
            ? t('sending.by_reader_at', {
                at: `${formatDate(t.language, mailing.scheduled_local.slice(0, 10))}, ${formatClock(t.language, mailing.scheduled_local.slice(11))}`,
              })
            : t('sending.by_reader')}
        </p>
      )}
      {mailing.state === 'sent' && (
        <p className="mb-4">
          <a className="btn" href={`${list}/${mailing.mailing_id}/report`}>
            {t('mail_report.title')}
          </a>
        </p>
      )}
      {mailing.problem && <ProblemAlert t={t} problem={mailing.problem} />}
      {rows.length > 0 && (
        <Card>
          <Bars caption={t('sending.progress')} rows={rows} format={number} />
          {rows.some(({ state }) => state === 'unknown') && <p className="mt-3 text-sm">{t('sending.unknown_lead')}</p>}
        </Card>
      )}
      {stuck.length > 0 && (
        <Card title={t('sending.stuck')} id="stuck">
          <Table caption={t('sending.stuck')} head={[t('sending.address'), t('sending.became'), t('sending.answer')]}>
            {stuck.map(({ address, state, why, answer, changed_at }) => (
              <tr key={address}>
                <td className="wrap-anywhere">{address}</td>
                <td>
                  {t(`sending.state.${state}`)}
                  {changed_at && <span className="block text-sm">{at(changed_at)}</span>}
                </td>
                <td className="text-sm wrap-anywhere">
                  {state === 'undeliverable' && <span className="block">{t.dynamic(`sending.why.${why}`)}</span>}
                  {answer}
                </td>
              </tr>
            ))}
          </Table>
        </Card>
      )}
    </>
  )
}

/** What keeps it from going on: in our words where we stopped it, else in the mail server's. */
export function ProblemAlert({ t, problem }: { t: Translate; problem: string }) {
  const own = ownProblems.find((each) => each === problem)
  return own ? (
    <Alert kind="error">{t(`sending.problem.${own}`)}</Alert>
  ) : (
    <Alert kind="error" title={t('sending.problem')}>
      {problem}
    </Alert>
  )
}

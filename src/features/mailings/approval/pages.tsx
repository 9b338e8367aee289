import { formatDateTime } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, PageHead } from '../../../platform/ui/components.tsx'
import { list } from '../pages.tsx'
import './messages.ts'
import type { Approval, ApprovalRule } from './queries.ts'

interface RuleProps {
  t: Translate
  rule: ApprovalRule | undefined
  may_want: boolean
  reader_id: string
  time_zone: string
}

/** Whether each e-mail wants a second person. */
export const ApprovalRulePage = ({ t, rule, may_want, reader_id, time_zone }: RuleProps) => (
  <div className="max-w-2xl">
    <PageHead title={t('approval.title')} lead={t('approval.lead')} back={{ href: list, label: t('mailings.title') }} />
    <form method="post" action="/mail-approval">
      <Card>
        <p className="mb-2 font-semibold">
          {rule
            ? t('approval.wanted', { at: formatDateTime(t.language, rule.since, time_zone), name: rule.set_by })
            : t('approval.not_wanted')}
        </p>
        <p className="mb-4 max-w-prose text-sm">{t('approval.rule_lead')}</p>
        {rule?.lifting_by && rule.lifting_at && (
          <p className="mb-4">
            {t('approval.lifting', {
              name: rule.lifting_by,
              at: formatDateTime(t.language, rule.lifting_at, time_zone),
            })}
          </p>
        )}
        <div className="flex flex-wrap gap-3">
          {may_want && (!rule || rule.lifting_id) && (
            <button className="btn btn-primary" name="is_wanted" value="yes">
              {t(rule ? 'approval.keep' : 'approval.want')}
            </button>
          )}
          {rule && rule.lifting_id !== reader_id && (
            <button className="btn" name="is_wanted" value="no">
              {t(rule.lifting_id ? 'approval.waive' : 'approval.ask_waiver')}
            </button>
          )}
        </div>
      </Card>
    </form>
  </div>
)

export interface ApprovalShown {
  hash: string
  approvals: readonly Approval[]
  may_approve: boolean
  reader_id: string
  /** It changed while somebody was reading it. */
  is_changed: boolean
  /** Whose step it is; null: no journey's. */
  journey_id: string | null
}

/** Who approved it, and the button for whoever may. */
export function ApprovalCard({ t, here, time_zone, hash, approvals, may_approve, reader_id, is_changed, journey_id }: ApprovalShown & { t: Translate; here: string; time_zone: string }) {
  const current = approvals.filter(({ content_hash }) => content_hash === hash)
  const [last] = approvals
  const own = current.find(({ approver_id }) => approver_id === reader_id)
  const at = (instant: Date): string => formatDateTime(t.language, instant, time_zone)
  return (
    <Card title={t('approval.title')} lead={t('approval.lead')} id="approval">
      {journey_id && (
        <p className="mb-2">
          {t('approval.with_journey')}{' '}
          <a className="link" href={`/mail-journeys/${journey_id}`}>
            {t('approval.see_journey')}
          </a>
        </p>
      )}
      {is_changed && <Alert kind="warning">{t('approval.changed')}</Alert>}
      {current.map(({ approver_id, approved_by, approved_at }) => (
        <p key={approver_id} className="mb-2 font-semibold">
          {t('approval.is', { name: approved_by, at: at(approved_at) })}
        </p>
      ))}
      {current.length === 0 && (
        <p className="mb-2">{last ? t('approval.was', { name: last.approved_by, at: at(last.approved_at) }) : t('approval.none')}</p>
      )}
      {own && <p className="mb-2 text-sm">{t('approval.own')}</p>}
      <div className="flex flex-wrap items-center gap-3">
        <a className="btn" href={`${here}/preview`}>
          {t('approval.read_first')}
        </a>
        {may_approve && !own && (
          <form method="post" action={`${here}/approve`}>
            <button className="btn btn-primary" name="hash" value={hash}>
              {t('approval.approve')}
            </button>
          </form>
        )}
      </div>
    </Card>
  )
} // prettier-ignore

import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert } from '../../../platform/ui/components.tsx'
import { stateIn } from '../../mailings/payer/rules.ts'
import type { Drop } from '../drops/queries.ts'
import '../messages.ts'
import { lineOf, noticeOf, type Notice } from './rules.ts'

interface Props {
  t: Translate
  drop: Drop
}

/** What the law wants otherwise, and a line that would do. */
export function NoticeSaid({ t, drop, notice: { rule, faults } }: Props & { notice: Notice }) {
  if (!rule)
    return (
      <p>
        {t(
          drop.level !== null && stateIn(drop.return_address) === null
            ? 'postal.notice_no_state'
            : 'postal.notice_unknown',
        )}
      </p>
    )
  return (
    <>
      <p>{t('postal.notice_missing')}</p>
      <ul className="my-2 list-disc pl-6">
        {faults.map(({ kind, phrase }) => (
          <li key={`${kind} ${phrase}`}>
            {t(`postal.notice_fault.${kind}`)} {phrase !== '' && <span lang="en">{phrase}</span>}
          </li>
        ))}
      </ul>
      <p>{t(drop.state === 'draft' ? 'postal.notice_offer' : 'postal.notice_line', { source: rule.source })}</p>
      <p lang="en" className="border-base-300 my-2 border p-3 font-semibold">
        {lineOf(rule, drop.return_name)}
      </p>
      {rule.confidence === 'unverified' && <p>{t('postal.notice_unverified')}</p>}
    </>
  )
}

/** Said as soon as the words are saved: once the list is made, mending the line costs the list. */
export function NoticeWarning({ t, drop, today }: Props & { today: string }) {
  const notice = drop.state === 'draft' || drop.state === 'frozen' ? noticeOf(drop, today) : null
  return (
    notice && (
      <Alert kind="warning" title={t('postal.attribution')}>
        <NoticeSaid t={t} drop={drop} notice={notice} />
      </Alert>
    )
  )
}

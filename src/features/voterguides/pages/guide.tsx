import { formatDate, formatDateTime } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, PageHead } from '../../../platform/ui/components.tsx'
import { contestName, electionTitle } from '../../elections/contests/pages/words.tsx'
import type { ContestOfElection, Election } from '../../elections/contests/queries.ts'
import type { ReactNode } from 'react'
import type { ClaimRow, Guide, Version } from '../queries.ts'
import { InLanguages, list, nameIn, text, Written, type Form } from './fields.tsx'
import { repliesLine, type Sums } from '../replies/pages.tsx'
import { isPayerAsked } from '../law.ts'
import { Standing } from './guides.tsx'
import '../messages.ts'

interface GuidePageProps extends Form {
  guide: Guide
  election: Election
  contests: readonly ContestOfElection[]
  issues: number
  claims: readonly ClaimRow[]
  newer: number
  replies: Sums
  versions: readonly Version[]
  is_changed: boolean
  /** Does everybody still read of an endorsement that is none? */
  is_mark_withdrawn: boolean
  public_path: string
  time_zone: string
  may_edit: boolean
  /** Nobody outside has seen it. */
  is_draft: boolean
}

/** How far a guide is, and what comes next. */
export function GuidePage(props: GuidePageProps) {
  const { t, guide, election, contests, issues, claims, newer, replies, languages, versions, is_changed, is_mark_withdrawn, public_path, time_zone, may_edit, is_draft, typed, errors } = props // prettier-ignore
  const here = `${list}/${guide.guide_id}`
  const at = (instant: Date): string => formatDateTime(t.language, instant, time_zone)
  const [last] = versions
  const taken = claims.filter(({ question_id }) => question_id !== null).length
  return (
    <>
      <PageHead
        title={text(t, guide.title)}
        lead={`${electionTitle(t, election)} · ${formatDate(t.language, election.held_on)} · ${t(`voterguides.kind.${guide.kind}`)}`}
        back={{ href: list, label: t('voterguides.title') }}
        actions={
          <>
            {last && (
              <a className="btn" href={public_path}>
                {t('voterguides.open_public')}
              </a>
            )}
            <a className="btn btn-primary" href={`${here}/preview`}>
              {t('voterguides.preview')}
            </a>
          </>
        }
      />
      <p className="mb-4 flex flex-wrap gap-2">
        <Standing t={t} version={last?.version ?? null} is_withdrawn={guide.withdrawn_at !== null} />
        {last && is_changed && <Badge kind="warning">{t('voterguides.unpublished')}</Badge>}
      </p>
      {guide.withdrawn_at && (
        <Alert kind="warning">
          {t('voterguides.withdrawn_by', { name: guide.withdrawn_by ?? '', at: at(guide.withdrawn_at) })}
          <span className="block whitespace-pre-line">{text(t, guide.withdrawn_reason ?? {})}</span>
        </Alert>
      )}
      {is_mark_withdrawn && !guide.withdrawn_at && <Alert kind="warning">{t('voterguides.mark_withdrawn')}</Alert>}
      {last && !guide.withdrawn_at && isPayerAsked(last.content) && (
        <Alert kind="warning">
          {t('voterguides.payer_undecided')}{' '}
          {may_edit && (
            <a className="link" href={`${here}/edit#attribution`}>
              {t('voterguides.attribution')}
            </a>
          )}
        </Alert>
      )}
      {newer > 0 && (
        <Alert kind="warning">
          {t('voterguides.newer', { count: newer })}{' '}
          <a className="link" href={`${here}/answers`}>
            {t('voterguides.answers')}
          </a>
        </Alert>
      )}
      <Card title={t('voterguides.steps')} id="steps">
        <ol className="grid gap-3">
          <Step number={1} href={may_edit ? `${here}/edit` : null} label={t('voterguides.edit')}>
            {t('voterguides.step_contests', { count: contests.length, issues })}
            {(['title', 'audience', 'intro'] as const).map((field) => (
              <TextState key={field} {...{ t, languages, guide, field }} />
            ))}
          </Step>
          <Step number={2} href={may_edit ? `${here}/answers` : null} label={t('voterguides.answers')}>
            {t('voterguides.step_answers', { count: taken })}
          </Step>
          {contests.map((contest, index) => (
            <Step key={contest.contest_id} number={3 + index} href={`${here}/contests/${contest.contest_id}`} label={contestName(t, contest)}>
              {translations(t, languages, claims.filter(({ contest_id }) => contest_id === contest.contest_id))}
            </Step>
          ))}
          <Step number={3 + contests.length} href={`${here}/replies`} label={t('replies.title')}>
            {repliesLine(t, guide, replies)}
          </Step>
          <Step number={4 + contests.length} href={`${here}/preview`} label={t('voterguides.preview')}>
            {t('voterguides.last_edit', { name: guide.edited_by, at: at(guide.edited_at) })}
          </Step>
        </ol>
      </Card>
      {versions.length > 0 && (
        <Card title={t('voterguides.versions')} id="versions">
          <ul className="grid gap-2">
            {versions.map(({ version, published_at, edited_by, published_by, reason }) => (
              <li key={version}>
                {t('voterguides.version_line', { version, at: at(published_at), editor: edited_by, publisher: published_by })}
                {reason && <span className="block text-sm whitespace-pre-line">{text(t, reason)}</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {last && !guide.withdrawn_at && may_edit && (
        <form method="post" action={`${here}/withdraw`}>
          <Card title={t('voterguides.withdraw')} lead={t('voterguides.withdraw_lead')} id="withdraw">
            <InLanguages t={t} languages={languages} typed={typed} errors={errors} field="reason" most={1000} rows={2} is_needed label={(language) => t('voterguides.withdraw_reason_in', { language })} values={{}} />
            <button className="btn">{t('voterguides.withdraw')}</button>
          </Card>
        </form>
      )}
      {is_draft && may_edit && (
        <details className="mb-6">
          <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t('voterguides.remove_draft')}</summary>
          <form method="post" action={`${here}/remove`}>
            <p className="mb-3">{t('voterguides.remove_draft_lead')}</p>
            <button className="btn">{t('voterguides.remove_draft')}</button>
          </form>
        </details>
      )}
    </>
  )
} // prettier-ignore

function Step({ number, href, label, children }: { number: number; href: string | null; label: string; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span className="font-bold" aria-hidden="true">
        {number}
      </span>
      <span className="min-w-0">
        {href ? (
          <a className="link inline-flex min-h-8 items-center font-semibold" href={href}>
            {label}
          </a>
        ) : (
          <strong>{label}</strong>
        )}
        <span className="block text-sm">{children}</span>
      </span>
    </li>
  )
} // prettier-ignore

function TextState({ t, languages, guide, field }: Pick<Form, 't' | 'languages'> & { guide: Guide; field: 'title' | 'audience' | 'intro' }) {
  if (!Object.values(guide[field]).some(Boolean)) return null
  return (
    <span className="mt-1 flex flex-wrap items-center gap-1.5">
      {t(`voterguides.text.${field}`)} <Written t={t} languages={languages} text={guide[field]} older={guide.older[field]} />
    </span>
  )
} // prettier-ignore

function translations(t: Translate, languages: readonly string[], claims: readonly ClaimRow[]): string {
  const written = claims.filter((claim) => Object.keys(claim.text).length > 0)
  return languages
    .map((language) => {
      const older = written.filter((claim) => claim.older.text?.includes(language)).length
      const count = written.filter((claim) => claim.text[language]).length
      const line = t('voterguides.step_texts', { language: nameIn(language), count, total: written.length })
      return older > 0 ? `${line} (${t('voterguides.step_older', { count: older })})` : line
    })
    .join(' · ')
}

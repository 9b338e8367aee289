import { localized } from '../../../platform/i18n/languages.ts'
import { publicDateTime } from '../../../platform/i18n/public.ts'
import { Alert } from '../../../platform/ui/components.tsx'
import { contestName } from '../../elections/contests/pages/words.tsx'
import { zoneText } from '../../events/when.ts'
import { syllablesOf } from '../../endorsements/questions/rules.ts'
import { OneIssue, unanswered } from '../public-pages.tsx'
import type { Guide } from '../queries.ts'
import { candidateName, day, Languages, nameOf, type Reading } from '../reading.tsx'
import type { GuideContest, GuideIssue } from '../schema.ts'
import './messages.ts'
import type { Proof, ReplyRow } from './queries.ts'
import { keyOfPart, replyField, type Part } from './rules.ts'

interface ProofPageProps {
  r: Reading
  guide: Guide
  part: Part
  proof: Proof
  replies: readonly ReplyRow[]
  taking: 'open' | 'over' | 'not_offered'
  path: string
  time_zone: string
  typed: Readonly<Record<string, string>>
  too_long: readonly string[]
  notice: 'changed' | 'too_often' | null
}

/** What the guide will say of one candidate, with room for what they say to it; without account or script. */
export function ProofPage(props: ProofPageProps) {
  const { r, guide, part, proof, replies, taking, path, time_zone, typed, too_long, notice } = props
  const { t } = r
  const { contest, candidate, issues } = part
  const name = candidateName(r, candidate)
  const organization = nameOf(r)
  const until = guide.reply_until_on ?? ''
  const date = until && day(r, until)
  const most = guide.reply_words_most ?? 0
  return (
    <>
      <Languages r={r} here={path} chosen={[]} />
      <p className="text-sm">{contestName(t, contest)}</p>
      <h1 className="mb-3 text-2xl font-bold text-balance sm:text-3xl">{t('replies.yours', { name })}</h1>
      <p className="mb-2">{t('replies.yours_lead', { organization, guide: localized(guide.title, r.language).text })}</p>
      <p className="mb-2 font-semibold">
        {taking === 'open' &&
          t('replies.yours_until', { date, zone: zoneText(r.words, time_zone, new Date(`${until}T12:00:00Z`)) })}
        {taking === 'over' && t('replies.yours_over', { date, organization })}
        {taking === 'not_offered' && t('replies.yours_not_offered')}
      </p>
      <p className="mb-6 text-sm">{t('replies.yours_private')}</p>
      {notice && <Alert kind="error">{t(`replies.${notice}`)}</Alert>}
      {too_long.length > 0 && (
        <Alert kind="error" title={t('replies.not_sent')}>
          <ul>
            {issues.filter(({ issue_id }) => too_long.includes(issue_id)).map(({ issue_id, name: issue }) => (
              <li key={issue_id}>
                <a className="link inline-flex min-h-8 items-center" href={`#${replyField(issue_id)}`}>{localized(issue, r.language).text}</a>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {!notice && too_long.length === 0 && proof.read_at && (
        <Alert kind="success">
          {t(replies.length > 0 ? 'replies.sent' : 'replies.sent_none', { when: publicDateTime(r.words, proof.read_at, time_zone) })}
        </Alert>
      )}
      {candidate.standing !== 'answered' && <p className="mb-4">{unanswered(r, candidate)}</p>}
      {issues.length === 0 && <p>{t('replies.yours_nothing')}</p>}
      <form method="post" action={`${path}?lang=${r.language}`} noValidate>
        <input type="hidden" name="key" value={keyOfPart(part)} />
        {issues.map((issue) => {
          const held = replies.find(({ issue_id }) => issue_id === issue.issue_id)?.original ?? ''
          return taking === 'open' ? (
            <ReplyField key={issue.issue_id} {...{ r, contest, issue, most }} shown={[candidate]} value={typed[replyField(issue.issue_id)] ?? held} is_too_long={too_long.includes(issue.issue_id)} />
          ) : (
            <OneIssue key={issue.issue_id} r={r} contest={contest} issue={issue} shown={[candidate]} />
          )
        })}
        {taking === 'open' && issues.length > 0 && <button className="btn btn-primary min-h-11">{t('replies.send')}</button>}
      </form>
    </>
  )
} // prettier-ignore

interface ReplyFieldProps {
  r: Reading
  contest: GuideContest
  issue: GuideIssue
  shown: Parameters<typeof OneIssue>[0]['shown']
  most: number
  value: string
  is_too_long: boolean
}

function ReplyField({ r, contest, issue, shown, most, value, is_too_long }: ReplyFieldProps) {
  const { t } = r
  const name = replyField(issue.issue_id)
  const counted = { count: most, syllables: syllablesOf(most) }
  return (
    <OneIssue r={r} contest={{ ...contest, replies: [] }} issue={issue} shown={shown}>
      <div className="mt-4">
        <label className="font-semibold" htmlFor={name}>
          {t('replies.yours_reply', { issue: localized(issue.name, r.language).text })}
        </label>
        <p id={`${name}-hint`} className="text-sm">
          {t('replies.yours_most', counted)}
        </p>
        <textarea id={name} name={name} rows={4} maxLength={8000} className="textarea mt-1 w-full text-base" defaultValue={value} aria-describedby={is_too_long ? `${name}-error ${name}-hint` : `${name}-hint`} aria-invalid={is_too_long || undefined} />
        {is_too_long && (
          <p id={`${name}-error`} role="alert" className="text-error mt-1 font-semibold">
            {t('replies.too_long', counted)}
          </p>
        )}
      </div>
    </OneIssue>
  )
} // prettier-ignore

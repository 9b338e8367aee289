import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import { candidateName, day, langOf, nameOf, Own, type Reading } from '../reading.tsx'
import type { GuideContest, GuideIssue, GuideReply } from '../schema.ts'
import { languageNameIn } from '../../../platform/i18n/public.ts'
import './messages.ts'

/** What the candidate says to what stands above, of those shown. */
export function Replies({ r, contest, issue, shown, columns }: { r: Reading; contest: GuideContest; issue: GuideIssue; shown: readonly { candidate_id: number }[]; columns: string }) {
  const { t } = r
  const theirs = contest.replies.filter(({ issue_id, candidate_id }) => issue_id === issue.issue_id && shown.some((each) => each.candidate_id === candidate_id))
  if (theirs.length === 0) return null
  return (
    <div className="mt-5">
      <h3 className="font-semibold">{t('replies.in_guide')}</h3>
      <div className={`mt-3 grid gap-3 ${columns}`}>
        {theirs.map((each) => {
          const candidate = contest.candidates.find(({ candidate_id }) => candidate_id === each.candidate_id)
          return (
            <article key={each.candidate_id} className="border-base-300 min-w-0 break-inside-avoid rounded-lg border border-l-4 p-3">
              <h4 className="font-bold">{candidate && candidateName(r, candidate)}</h4>
              <Reply r={r} reply={each} />
            </article>
          )
        })}
      </div>
    </div>
  )
} // prettier-ignore

function Reply({ r, reply }: { r: Reading; reply: GuideReply }) {
  const { t } = r
  const { text, original, original_language, replied_on, withheld } = reply
  const date = day(r, replied_on)
  if (withheld)
    return (
      <p className="mt-1 text-sm">
        {t('replies.withheld', { date, name: nameOf(r) })}
        <Own r={r} text={withheld} />
      </p>
    )
  const shown = localized(text, r.language, [original_language])
  const isTranslated = shown.language !== original_language
  const note = [
    shown.language !== r.language && t('voterguides.shown_in', { language: languageNameIn(r.words, shown.language) }),
    isTranslated && t('voterguides.translated_by', { name: nameOf(r) }),
    t('replies.replied_on', { date }),
  ]
  return (
    <>
      <p className="mt-2 wrap-anywhere whitespace-pre-line" lang={langOf(r, shown.language)}>
        {shown.text}
      </p>
      {isTranslated && (
        <details className="mt-1">
          <summary className="link inline-flex min-h-11 cursor-pointer items-center text-sm">
            {t('voterguides.original_text')} ({languageNames[original_language] ?? original_language})
          </summary>
          <p className="text-sm wrap-anywhere whitespace-pre-line" lang={langOf(r, original_language)}>
            {original}
          </p>
        </details>
      )}
      <p className="mt-1 text-sm">{note.filter(Boolean).join(' · ')}</p>
    </>
  )
}

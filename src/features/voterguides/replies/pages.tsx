import { useContext } from 'react'
import { formatDate, formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames, languages as writtenLanguages } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { MeanwhileContext, Seen, seenOf } from '../../../platform/ui/meanwhile.tsx'
import { isVoid } from '../../endorsements/mails/rules.ts'
import { contestName } from '../../elections/contests/pages/words.tsx'
import '../../endorsements/mails/messages.ts'
import { InLanguages, list, text, valuesOf, type Form } from '../pages/fields.tsx'
import type { Guide, Issue } from '../queries.ts'
import { candidateName } from '../reading.tsx'
import type { GuideCandidate, GuideContest } from '../schema.ts'
import './messages.ts'
import type { Proof, ProofMail, ReplyRow } from './queries.ts'
import { words_usual } from './schema.ts'

/** One candidate with their link and what they did with it. */
export interface Asked {
  candidate: GuideCandidate
  proof: Proof | null
  /** null: whoever looks may not use it, or there is none. */
  link: string | null
  mails: readonly ProofMail[]
  replies: readonly ReplyRow[]
  /** What stands there is another than what they read. */
  is_changed: boolean
  /** Known from the endorsement cycle. */
  email: string | null
  language: string | null
}

interface RepliesPageProps extends Omit<Form, 'languages'> {
  guide: Guide
  contests: readonly { contest: GuideContest; asked: readonly Asked[] }[]
  issues: readonly Issue[]
  is_open: boolean
  may_edit: boolean
  time_zone: string
}

export const offerValues = ({ reply_until_on, reply_words_most }: Guide): FormValues => ({
  reply_until_on: reply_until_on ?? '',
  reply_words_most: String(reply_words_most ?? words_usual),
})

/** Until when candidates may reply, who has the link, and what they said. */
export function RepliesPage(props: RepliesPageProps) {
  const { t, guide, contests, is_open, may_edit, typed, errors } = props
  const here = `${list}/${guide.guide_id}/replies`
  return (
    <>
      <PageHead title={t('replies.title')} lead={t('replies.lead')} back={{ href: `${list}/${guide.guide_id}`, label: text(t, guide.title) }} />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      {may_edit ? (
        <form method="post" action={here} noValidate>
          <Seen values={offerValues(guide)} typed={typed} />
          <Card title={t('replies.terms')} id="terms">
            <div className="grid gap-x-4 sm:grid-cols-2">
              <Field t={t} label={t('replies.until_on')} name="reply_until_on" type="date" required hint={t('replies.until_hint')} value={guide.reply_until_on ?? ''} typed={typed} errors={errors} />
              <Field t={t} label={t('replies.words_most')} name="reply_words_most" inputMode="numeric" required hint={t('replies.words_hint')} value={String(guide.reply_words_most ?? words_usual)} typed={typed} errors={errors} />
            </div>
            <button className={guide.reply_until_on ? 'btn' : 'btn btn-primary'}>{t('action.save')}</button>
          </Card>
        </form>
      ) : (
        <p className="mb-4">{guide.reply_until_on ? `${t('replies.until_on')}: ${formatDate(t.language, guide.reply_until_on)}` : t('replies.step_none')}</p>
      )}
      {contests.length === 0 && <Alert kind="info">{t('replies.no_contest')}</Alert>}
      {contests.map(({ contest, asked }) => (
        <Card key={contest.contest_id} title={contestName(t, contest)} id={`contest-${contest.contest_id}`} {...(!guide.reply_until_on && { lead: t('replies.first_offer') })}>
          <ul className="divide-base-300 divide-y">
            {asked.map((each) => (
              <CandidateRow key={each.candidate.candidate_id} {...props} here={here} asked={each} may_send={may_edit && is_open} />
            ))}
          </ul>
        </Card>
      ))}
    </>
  )
} // prettier-ignore

function stateOf({ proof, replies }: Asked): 'not_asked' | 'asked' | 'opened' | 'read' | 'replied' | 'revoked' {
  if (replies.length > 0) return 'replied'
  if (proof?.read_at) return 'read'
  if (!proof) return 'not_asked'
  if (proof.revoked_at) return 'revoked'
  return proof.opened_at ? 'opened' : 'asked'
}

interface RowProps extends RepliesPageProps {
  here: string
  asked: Asked
  /** May links be made and sent? */
  may_send: boolean
}

function CandidateRow({ t, guide, asked, issues, here, may_edit, may_send, time_zone, typed, errors }: RowProps) {
  const { candidate, proof, link, mails, replies, is_changed, email } = asked
  const { candidate_id } = candidate
  const name = candidateName(t, candidate)
  const state = stateOf(asked)
  const make = proof ? 'link_another' : 'link_make'
  const at = proof?.read_at ?? proof?.opened_at
  const own = typed.candidate === String(candidate_id) ? { typed, errors } : { typed: {}, errors: {} }
  const hasLink = link !== null || may_send
  const another = may_send && (
    <button className={proof ? 'btn' : 'btn btn-primary'} name="act" value="make" aria-label={t(`replies.${make}_for`, { name })}>
      {t(`replies.${make}`)}
    </button>
  )
  return (
    <li className="grid gap-2 py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">{name}</h3>
        <Badge kind={state === 'replied' || state === 'read' ? 'success' : state === 'asked' || state === 'opened' ? 'info' : 'neutral'}>{t(`replies.state.${state}`)}</Badge>
        {at && <span className="text-sm">{formatDateTime(t.language, at, time_zone)}</span>}
        {is_changed && <Badge kind="warning">{t('replies.changed_since')}</Badge>}
      </div>
      {replies.map((reply) => {
        const issue = issues.find(({ issue_id }) => issue_id === reply.issue_id)
        const about = issue ? text(t, issue.name) : ''
        return (
          <div key={reply.issue_id} className="border-base-300 border-l-4 pl-3">
            <p className="text-sm">
              {t('replies.reply_of', { issue: about })} · {formatDate(t.language, reply.replied_on)}{' '}
              {reply.withheld && <Badge kind="warning">{t('replies.not_printed')}</Badge>}
            </p>
            <p className="wrap-anywhere whitespace-pre-line" lang={reply.original_language}>
              {reply.original}
            </p>
            {may_edit && (
              <a className="link inline-flex min-h-8 items-center text-sm" href={`${here}/${candidate_id}/${reply.issue_id}`} aria-label={t('replies.translate_for', { name, issue: about })}>
                {t('replies.translate')}
              </a>
            )}
          </div>
        )
      })}
      {/* Beside the form: Enter in it would press its first button. */}
      {may_edit && hasLink && link && <input className="input w-full text-sm" readOnly defaultValue={link} aria-label={t('replies.link_of', { name })} />}
      {may_edit && hasLink && (
        <form method="post" action={`${here}/link`} className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="candidate" value={candidate_id} />
          {!link && another}
          {link && (
            <details className="basis-full">
              <summary className="link inline-flex min-h-8 cursor-pointer items-center text-sm">{t('replies.link_end')}</summary>
              <p className="mb-2 text-sm">{t('replies.link_end_lead')}</p>
              <div className="flex flex-wrap gap-2">
                {another}
                <button className="btn" name="act" value="revoke" aria-label={t('replies.link_revoke_for', { name })}>
                  {t('replies.link_revoke')}
                </button>
              </div>
            </details>
          )}
        </form>
      )}
      {link && !proof?.email && !email && <p className="text-sm">{t('replies.no_email')}</p>}
      {link && may_send && (
        <p className="flex flex-wrap gap-x-4">
          {writtenLanguages.map((language) => (
            <a
              key={language}
              className="link inline-flex min-h-11 items-center"
              href={`${here}/${candidate_id}/letter?language=${language}`}
              aria-label={`${t('replies.letter_in', { language: languageNames[language] ?? language })}: ${name}`}
            >
              {t('replies.letter_in', { language: languageNames[language] ?? language })}
            </a>
          ))}
        </p>
      )}
      {(may_edit ? mails : []).map((mail) => (
        <p key={mail.mail_id} className="text-sm wrap-anywhere">
          {mailText(t, mail, proof, time_zone)}
        </p>
      ))}
      {may_send && <WriteForm t={t} guide={guide} name={name} asked={asked} here={here} {...own} />}
    </li>
  )
} // prettier-ignore

function mailText(t: Translate, mail: ProofMail, proof: Proof | null, time_zone: string): string {
  const { sent_at, handed_at, sent_to: to } = mail
  if (sent_at) return t('replies.mailed', { to, when: formatDateTime(t.language, sent_at, time_zone) })
  if (handed_at) return t('replies.mailed_unknown', { to })
  // An address may be written to a second time; what was asked for goes to the one it was asked for.
  const isGone = isVoid({ sent_to: to, link_number: mail.number }, proof && { ...proof, email: to })
  return isGone ? t('endorsements.mailed.void', { to }) : t('replies.mailed_waiting', { to })
}

type WriteFormProps = Pick<RowProps, 't' | 'guide' | 'asked' | 'here' | 'typed' | 'errors'> & { name: string }

/** Ids of fields are of one candidate, for there are many such forms on the page. */
function WriteForm({ t, asked: { candidate, proof, email, language }, name, here, typed, errors }: WriteFormProps) {
  const { candidate_id } = candidate
  return (
    <details open={Object.keys(errors).length > 0}>
      <summary className="link inline-flex min-h-11 cursor-pointer items-center" aria-label={t('replies.write_for', { name })}>
        {t('replies.write')}
      </summary>
      <form method="post" action={`${here}/mail`} className="grid gap-x-4 sm:grid-cols-2" noValidate>
        <input type="hidden" name="candidate" value={candidate_id} />
        <Field t={t} label={t('endorsements.email_of')} name={`email_${candidate_id}`} type="email" autoComplete="off" required maxLength={200} value={typed[`email_${candidate_id}`] ?? proof?.email ?? email ?? ''} errors={errors.email ? { [`email_${candidate_id}`]: errors.email } : {}} />
        <Select t={t} label={t('endorsements.email_language')} name={`language_${candidate_id}`} required value={typed[`language_${candidate_id}`] ?? proof?.language ?? language ?? t.language} options={writtenLanguages.map((value) => ({ value, label: languageNames[value] ?? value, lang: value }))} />
        <p>
          <button className="btn">{t('endorsements.write_send')}</button>
        </p>
      </form>
    </details>
  )
} // prettier-ignore

interface ReplyPageProps extends Form {
  guide: Guide
  contest: GuideContest
  candidate: GuideCandidate
  issue: Issue
  reply: ReplyRow
  /** In which reasons are written. */
  reason_languages: readonly string[]
}

/** With the words that were read: whoever translates or withholds others is asked again. */
export const replyValues = ({ text: texts, original, original_language, withheld }: ReplyRow): FormValues => ({
  original,
  ...valuesOf('text', Object.fromEntries(Object.entries(texts).filter(([language]) => language !== original_language))),
  ...valuesOf('withheld', withheld ?? {}),
})

/** A reply with its translations, and what stands there if it is not printed. */
export function ReplyPage({ guide, contest, candidate, issue, reply, reason_languages, ...form }: ReplyPageProps) {
  const { t, typed, errors, languages } = form
  const here = `${list}/${guide.guide_id}/replies`
  const { original_language, original, text: texts, withheld } = reply
  const meanwhile = useContext(MeanwhileContext)
  const read = meanwhile && seenOf(meanwhile.seen, 'original')
  const isAnother = Boolean(read) && read !== original
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('replies.reply_of', { issue: text(t, issue.name) })}
        lead={`${candidateName(t, candidate)} · ${contestName(t, contest)}`}
        back={{ href: here, label: t('replies.title') }}
      />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      {isAnother && <Alert kind="warning">{t('replies.another', { date: formatDate(t.language, reply.replied_on) })}</Alert>}
      <Card title={t('replies.own_words')} lead={t('replies.own_words_kept')} id="original">
        <blockquote id="original-saved" className="wrap-anywhere whitespace-pre-line" lang={original_language}>
          {original}
        </blockquote>
        {isAnother && (
          <details className="mt-2">
            <summary className="link inline-flex min-h-11 cursor-pointer items-center">{t('replies.before')}</summary>
            <blockquote className="border-base-300 wrap-anywhere border-l-4 pl-3 whitespace-pre-line">{read}</blockquote>
          </details>
        )}
      </Card>
      <form method="post" action={`${here}/${candidate.candidate_id}/${issue.issue_id}`}>
        <Seen values={replyValues(reply)} typed={typed} />
        <input type="hidden" name="original" value={original} />
        <Card>
          <InLanguages {...form} languages={languages.filter((each) => each !== original_language)} field="text" most={8000} rows={4} label={(language) => t('replies.text_in', { language })} values={texts} />
        </Card>
        <Card title={t('replies.withhold')} lead={t('replies.withhold_lead')} id="withhold">
          <InLanguages {...form} languages={reason_languages} field="withheld" most={1000} rows={2} label={(language) => t('replies.withheld_in', { language })} values={withheld ?? {}} />
        </Card>
        <button className="btn btn-primary">{t('action.save')}</button>
      </form>
    </div>
  )
} // prettier-ignore

/** Shown where the guide is published. */
export const repliesLine = (t: Translate, guide: Pick<Guide, 'reply_until_on'>, sums: Sums): string =>
  guide.reply_until_on ? t('replies.step', { date: formatDate(t.language, guide.reply_until_on), ...sums }) : t('replies.step_none') // prettier-ignore

export interface Sums {
  total: number
  read: number
  replied: number
}

import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate, formatDateTime } from '../../../platform/i18n/formats.ts'
import { languageNames, languages, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, Field, Figure, Figures, PageHead, Select } from '../../../platform/ui/components.tsx' // prettier-ignore
import { contestName } from '../../elections/contests/pages/words.tsx'
import type { Candidate, Contest } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import { OwnWords } from '../own-words.tsx'
import { RulesFirst } from '../cycles/pages.tsx'
import type { Cycle } from '../cycles/queries.ts'
import '../mails/messages.ts'
import type { CampaignMail } from '../mails/queries.ts'
import { isVoid } from '../mails/rules.ts'
import './messages.ts'
import { candidateName } from './names.ts'
import { Answered } from './public-pages.tsx'
import type { InvitationRow, Submission } from './queries.ts'
import { isAsked, isSignedBy, stagesReached } from './rules.ts'

export interface AskedCandidate {
  candidate: Candidate
  invitation: InvitationRow | null
  /** The latest first. */
  submissions: readonly Submission[]
  /** What the campaign was written, the latest first. */
  mails: readonly CampaignMail[]
  /** null: nobody may see it, or it was withdrawn. */
  link: string | null
}

export interface AskedContest {
  contest: Contest
  candidates: readonly AskedCandidate[]
}

interface CandidatesPageProps {
  t: Translate
  cycle: Cycle
  contests: readonly AskedContest[]
  time_zone: string
  today: string
  may_edit: boolean
  /** What was not taken, and why. */
  typed: Record<string, string>
  errors: FieldErrors
}

/** Who is asked, opened the link, began, is done. */
export function CandidatesPage({ t, cycle, contests, time_zone, today, may_edit, typed, errors }: CandidatesPageProps) {
  const here = `/endorsements/${cycle.cycle_id}`
  const all = contests.flatMap(({ candidates }) => candidates)
  const unreached = all.filter(isUnreached).length
  return (
    <>
      <PageHead
        title={t('endorsements.candidates')}
        lead={t('endorsements.candidates_lead')}
        back={{ href: here, label: localized(cycle.name, t.language).text }}
      />
      {!cycle.opened_at && <Alert kind="info">{t('endorsements.candidates_closed')}</Alert>}
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      {all.length > 0 && (
        <Figures>
          {Object.entries(stagesReached(all)).map(([stage, count]) => (
            <Figure
              key={stage}
              label={t.dynamic(`endorsements.reached.${stage}`)}
              value={t('endorsements.of_all', { count, total: all.length })}
            />
          ))}
        </Figures>
      )}
      {may_edit && cycle.opened_at && <p className="mb-4 text-sm">{t('endorsements.reminders_lead')}</p>}
      {may_edit && cycle.opened_at && unreached > 0 && (
        <Alert kind="info">{t('endorsements.no_email_count', { count: unreached })}</Alert>
      )}
      {!cycle.rules && <RulesFirst {...{ t, cycle, may_edit }} />}
      {cycle.rules && all.length === 0 && <EmptyState icon="person" title={t('endorsements.candidates_none')} />}
      {contests
        .filter(({ candidates }) => candidates.length > 0)
        .map(({ contest, candidates }) => (
          <Card
            key={contest.contest_id}
            title={contestName(t, contest)}
            lead={t('endorsements.sums', stagesReached(candidates))}
            id={`contest-${contest.contest_id}`}
            actions={
              <a className="btn" href={`${here}/answers/${contest.contest_id}`}>
                {t('endorsements.side_by_side')}
              </a>
            }
          >
            <ul className="divide-base-300 divide-y">
              {candidates.map((asked) => (
                <CandidateRow
                  key={asked.candidate.candidate_id}
                  {...{ t, asked, time_zone, today, here }}
                  {...(typed.candidate === String(asked.candidate.candidate_id)
                    ? { typed, errors }
                    : { typed: {}, errors: {} })}
                  may_edit={may_edit && cycle.opened_at !== null}
                />
              ))}
            </ul>
          </Card>
        ))}
    </>
  )
}

interface CandidateRowProps {
  t: Translate
  asked: AskedCandidate
  time_zone: string
  today: string
  here: string
  may_edit: boolean
  typed: Record<string, string>
  errors: FieldErrors
}

function CandidateRow({ t, asked, time_zone, today, here, may_edit, typed, errors }: CandidateRowProps) {
  const { candidate, invitation, submissions, mails, link } = asked
  const name = candidateName(t, candidate)
  const [last] = submissions
  const when = last?.sent_at ?? invitation?.saved_at ?? invitation?.opened_at ?? null
  const make = invitation ? 'link_another' : 'link_make'
  const another = isRunning(candidate.status) && (
    <button
      className={invitation ? 'btn' : 'btn btn-primary'}
      name="act"
      value="invite"
      aria-label={t(`endorsements.${make}_for`, { name })}
    >
      {t(`endorsements.${make}`)}
    </button>
  )
  return (
    <li className="grid gap-2 py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">{name}</h3>
        <State t={t} asked={asked} />
        {!isRunning(candidate.status) && <Badge kind="warning">{t('endorsements.not_running')}</Badge>}
        <SentHow t={t} submissions={submissions} />
        {invitation?.revoked_at && <Badge kind="warning">{t('endorsements.link_revoked')}</Badge>}
        {when && <span className="text-sm">{formatDateTime(t.language, when, time_zone)}</span>}
      </div>
      {last && !isSignedBy(last.signed_by, candidate) && (
        <p className="text-sm font-semibold">{t('endorsements.signed_as', { signed: last.signed_by })}</p>
      )}
      {/* Beside the form: Enter in it would press its first button. */}
      {may_edit && link && (
        <input
          className="input w-full text-sm"
          readOnly
          defaultValue={link}
          aria-label={t('endorsements.link_of', { name })}
        />
      )}
      {may_edit && (link || isRunning(candidate.status)) && (
        <form method="post" action={`${here}/candidates`} className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="candidate" value={candidate.candidate_id} />
          {!link && another}
          {link && (
            <details className="basis-full">
              <summary className="link inline-flex min-h-8 cursor-pointer items-center text-sm">
                {t('endorsements.link_end')}
              </summary>
              <p className="mb-2 text-sm">{t('endorsements.link_end_lead')}</p>
              <div className="flex flex-wrap gap-2">
                {another}
                <button
                  className="btn"
                  name="act"
                  value="revoke"
                  aria-label={t('endorsements.link_revoke_for', { name })}
                >
                  {t('endorsements.link_revoke')}
                </button>
              </div>
            </details>
          )}
        </form>
      )}
      {may_edit && isUnreached(asked) && <p className="text-sm font-semibold">{t('endorsements.no_email')}</p>}
      {may_edit && link && isRunning(candidate.status) && submissions.length === 0 && (
        <p className="flex flex-wrap gap-x-4">
          {languages.map((language) => (
            <a
              key={language}
              className="link inline-flex min-h-8 items-center text-sm"
              href={`${here}/candidates/${candidate.candidate_id}/letter?language=${language}`}
              aria-label={`${t('endorsements.letter_in', { language: languageNames[language] ?? language })}: ${name}`}
            >
              {t('endorsements.letter_in', { language: languageNames[language] ?? language })}
            </a>
          ))}
        </p>
      )}
      {invitation?.handed_on && (
        <p className="text-sm">
          {t('endorsements.handed', {
            date: formatDate(t.language, invitation.handed_on),
            name: invitation.handed_by ?? '',
          })}
        </p>
      )}
      {may_edit && link && isRunning(candidate.status) && submissions.length === 0 && (
        <HandedForm {...{ t, asked, name, today, here, typed, errors }} />
      )}
      {mails.map((mail) => (
        <p key={mail.mail_id} className="text-sm wrap-anywhere">
          {mail.sent_at
            ? t(mail.link_number === null ? 'endorsements.mailed.reminder' : 'endorsements.mailed.invitation', {
                to: mail.sent_to,
                when: formatDateTime(t.language, mail.sent_at, time_zone),
              })
            : t(`endorsements.mailed.${mail.handed_at ? 'unknown' : isVoid(mail, invitation) ? 'void' : 'waiting'}`, {
                to: mail.sent_to,
              })}
        </p>
      ))}
      {may_edit && isRunning(candidate.status) && <WriteForm {...{ t, asked, name, here, typed, errors }} />}
    </li>
  )
}

type HandedFormProps = Pick<CandidateRowProps, 't' | 'asked' | 'today' | 'here' | 'typed' | 'errors'> & { name: string }

/** Guides say of whom nothing was mailed when they were asked by this day. */
function HandedForm({ t, asked: { candidate, invitation }, name, today, here, typed, errors }: HandedFormProps) {
  const field = `handed_${candidate.candidate_id}`
  return (
    <details open={errors.handed !== undefined}>
      <summary
        className="link inline-flex min-h-11 cursor-pointer items-center"
        aria-label={t('endorsements.handed_note_for', { name })}
      >
        {t('endorsements.handed_note')}
      </summary>
      <form method="post" action={`${here}/candidates/handed`} className="max-w-xs" noValidate>
        <input type="hidden" name="candidate" value={candidate.candidate_id} />
        <Field
          t={t}
          label={t('endorsements.handed_on')}
          hint={t('endorsements.handed_hint')}
          name={field}
          type="date"
          required
          max={today}
          value={typed[field] ?? invitation?.handed_on ?? today}
          errors={errors.handed ? { [field]: errors.handed } : {}}
        />
        <p>
          <button className="btn">{t('endorsements.handed_save')}</button>
        </p>
      </form>
    </details>
  )
} // prettier-ignore

interface WriteFormProps extends Pick<CandidateRowProps, 't' | 'asked' | 'here' | 'typed' | 'errors'> {
  name: string
}

/** Ids of fields are of one candidate, for there are many such forms on the page. */
function WriteForm({ t, asked: { candidate, invitation }, name, here, typed, errors }: WriteFormProps) {
  const { candidate_id } = candidate
  const isWrong = errors.email !== undefined
  return (
    <details open={isWrong}>
      <summary
        className="link inline-flex min-h-11 cursor-pointer items-center"
        aria-label={t('endorsements.write_for', { name })}
      >
        {t('endorsements.write')}
      </summary>
      <form method="post" action={`${here}/candidates/write`} className="grid gap-x-4 sm:grid-cols-2" noValidate>
        <input type="hidden" name="candidate" value={candidate_id} />
        <Field
          t={t}
          label={t('endorsements.email_of')}
          name={`email_${candidate_id}`}
          type="email"
          autoComplete="off"
          required
          maxLength={200}
          value={typed[`email_${candidate_id}`] ?? invitation?.email ?? ''}
          errors={errors.email ? { [`email_${candidate_id}`]: errors.email } : {}}
        />
        <Select
          t={t}
          label={t('endorsements.email_language')}
          name={`language_${candidate_id}`}
          required
          value={typed[`language_${candidate_id}`] ?? invitation?.language ?? t.language}
          options={languages.map((value) => ({ value, label: languageNames[value] ?? value, lang: value }))}
        />
        <p>
          <button className="btn">{t('endorsements.write_send')}</button>
        </p>
      </form>
    </details>
  )
}

/** Runs, has not answered, and no address to write to is known. */
const isUnreached = ({ candidate, invitation, submissions }: AskedCandidate): boolean =>
  isRunning(candidate.status) && submissions.length === 0 && !invitation?.email

/** What was sent last: late, or other than what was sent first? */
const SentHow = ({ t, submissions }: { t: Translate; submissions: AskedCandidate['submissions'] }) => (
  <>
    {submissions[0]?.is_late && <Badge kind="warning">{t('endorsements.late_mark')}</Badge>}
    {submissions.length > 1 && <Badge>{t('endorsements.amended_mark', { count: submissions.length - 1 })}</Badge>}
  </>
)

function State({ t, asked: { invitation, submissions } }: { t: Translate; asked: AskedCandidate }) {
  if (submissions.length > 0) return <Badge kind="success">{t('endorsements.state.done')}</Badge>
  if (!invitation) return <Badge>{t('endorsements.state.not_asked')}</Badge>
  if (!isAsked(invitation)) return <Badge kind="warning">{t('endorsements.state.not_given')}</Badge>
  const state = invitation.saved_at ? 'begun' : invitation.opened_at ? 'opened' : 'asked'
  return <Badge kind="info">{t(`endorsements.state.${state}`)}</Badge>
}

interface SideBySidePageProps {
  t: Translate
  cycle: Cycle
  asked: AskedContest
  /** Where the reader came from; else the list of candidates. */
  back?: { href: string; label: string }
}

/** What the candidates of a contest signed, question by question. */
export function SideBySidePage({ t, cycle, asked: { contest, candidates }, back }: SideBySidePageProps) {
  const answered = candidates.flatMap(({ candidate, submissions: [last] }) => (last ? [{ candidate, last }] : []))
  const questions = answered[0]?.last.signed.answers ?? []
  return (
    <>
      <PageHead
        title={t('endorsements.side_by_side')}
        lead={`${contestName(t, contest)}. ${t('endorsements.side_by_side_lead')}`}
        back={back ?? { href: `/endorsements/${cycle.cycle_id}/candidates`, label: t('endorsements.candidates') }}
      />
      {answered.length === 0 ? (
        <EmptyState icon="script" title={t('endorsements.nobody_answered')} />
      ) : (
        questions.map(({ question_id, text }) => (
          <div key={question_id} className="bg-base-100 rounded-box border-base-300 mb-4 border p-4 sm:p-6">
            <h2 className="mb-3 text-lg font-bold text-pretty">
              <OwnWords t={t} text={text} />
            </h2>
            <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
              {candidates.map(({ candidate, submissions }) => {
                const said = submissions[0]?.signed.answers.find((each) => each.question_id === question_id)
                return (
                  <div key={candidate.candidate_id} className="border-base-300 border-l-2 pl-3">
                    <dt className="flex flex-wrap items-center gap-2 text-sm font-semibold">
                      {candidateName(t, candidate)}
                      <SentHow t={t} submissions={submissions} />
                    </dt>
                    <dd className="mt-1">
                      <Answered
                        t={t}
                        answer={said?.answer ?? null}
                        choices={said?.choices ?? []}
                        href={(file_id) => `/endorsements/${cycle.cycle_id}/files/${file_id}`}
                      />
                    </dd>
                  </div>
                )
              })}
            </dl>
          </div>
        ))
      )}
    </>
  )
}

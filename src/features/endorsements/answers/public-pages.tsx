import type { ReactNode } from 'react'
import { formatNumber } from '../../../platform/i18n/formats.ts'
import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Field, Alert, Card, Choices, Select } from '../../../platform/ui/components.tsx'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { zoneText } from '../../events/when.ts'
import type { Rules } from '../cycles/schema.ts'
import '../files/messages.ts'
import '../interviews/messages.ts'
import type { HandedIn } from '../files/queries.ts'
import { limitText, tooLongText } from '../questions/pages.tsx'
import type { Question } from '../questions/queries.ts'
import { Languages, OwnWords } from '../own-words.tsx'
import { dayText, momentText, readsOf, wordsOf } from '../reading.ts'
import './messages.ts'
import type { Submission } from './queries.ts'
import { fieldOf, isTaken, keyOfQuestions, readAnswers, type AnswerProblem, type Taking, type Typed } from './rules.ts' // prettier-ignore
import { pledges, positions, type Answer } from './schema.ts'

export interface Around {
  t: Translate
  candidate: string
  contest: string
  rules: Rules
  rules_path: string
  time_zone: string
  path: string
  /** Where the campaign takes a time for the interview; null: none is offered. */
  interview_path: string | null
}

export const Head = ({
  t,
  candidate,
  contest,
  rules,
  rules_path,
  path,
  interview_path,
  children,
}: Around & { children?: ReactNode }) => (
  <>
    <Languages t={t} path={path} />
    <p className="text-sm">{contest}</p>
    <h1 className="mb-3 text-2xl font-bold text-balance sm:text-3xl">
      {t('endorsements.your_answers', { name: candidate })}
    </h1>
    {children}
    {interview_path && (
      <p className="mb-4">
        <a className="btn" href={`${interview_path}?lang=${readsOf(t)}`}>
          {t('interviews.book')}
        </a>
      </p>
    )}
    <p className="mb-6">
      {rules.public_parts.includes('answers') && <>{t('endorsements.answer_public')} </>}
      <a className="link inline-flex min-h-8 items-center" href={`${rules_path}?lang=${readsOf(t)}`}>
        {t('endorsements.rules_link')}
      </a>
    </p>
  </>
)

/** Why a page came back that nothing is wrong with. */
type Notice = 'other_device' | 'asked_anew' | 'too_often'

export interface AnswersPageProps extends Around {
  taking: 'open' | 'late'
  questions: readonly Question[]
  files: readonly HandedIn[]
  typed: Typed
  /** What is saved, as far as this page knows. */
  seen: Readonly<Record<string, string>>
  signed_by: string
  problems?: Readonly<Record<string, AnswerProblem>> | undefined
  sign_problem?: boolean | undefined
  notice?: Notice | undefined
  /** Fields in which another device wrote, too. */
  twice?: readonly string[] | undefined
  /** null: it is not saved as it stands here. */
  saved_at: Date | null
  sent_at: Date | null
}

/** The questionnaire as the candidate fills it in, without account or script. */
export function AnswersPage(props: AnswersPageProps) {
  const { t, rules, path, time_zone, taking, questions, files, typed, seen, signed_by, notice, saved_at, sent_at } = props // prettier-ignore
  const { problems = {}, sign_problem = false, twice = [] } = props
  const when = (at: Date): string => momentText(t, at, time_zone)
  const date = dayText(t, rules.answers_by_on)
  const wrong = questions.filter(({ question_id }) => problems[question_id])
  const isWrong = sign_problem || wrong.length > 0
  const toRead = questions.filter(({ question_id }) => twice.some((field) => field.endsWith(question_id)))
  return (
    <>
      <Head {...props}>
        <p className="mb-2">{t('endorsements.answer_lead')}</p>
        <p className="mb-2 font-semibold">
          {taking === 'late'
            ? t('endorsements.answer_late', { date })
            : t('endorsements.answer_until', { date, zone: zoneOf(props) })}
        </p>
      </Head>
      {sent_at && <Alert kind="warning">{t('endorsements.amend_lead', { when: when(sent_at) })}</Alert>}
      {notice && (
        <Alert kind="error" title={t(`endorsements.notice.${notice}`)}>
          {toRead.length > 0 && <WayTo t={t} questions={toRead} />}
        </Alert>
      )}
      {isWrong && (
        <Alert kind="error" title={t('endorsements.check_answers')}>
          <WayTo t={t} questions={wrong} />
          {sign_problem && (
            <a className="link inline-flex min-h-8 items-center" href="#signed_by">
              {t('endorsements.sign_needed')}
            </a>
          )}
        </Alert>
      )}
      {!isWrong && saved_at && <Alert kind="success">{t('endorsements.saved', { when: when(saved_at) })}</Alert>}
      {/* A third of the bytes of a form that escapes each syllable: long answers in Korean stay below what a form may have. */}
      <form
        method="post"
        action={`${path}?lang=${readsOf(t)}`}
        encType="multipart/form-data"
        noValidate
        acceptCharset="utf-8"
      >
        <Seen values={seen} />
        <input type="hidden" name="questions_key" value={keyOfQuestions(questions)} />
        {questions.map((question) => (
          <Asked
            key={question.question_id}
            {...{ t, question, files, typed }}
            problem={problems[question.question_id]}
          />
        ))}
        <button className="btn mb-6" name="act" value="save">
          {t('endorsements.save_draft')}
        </button>
        <Card title={t('endorsements.sign')} lead={t(`endorsements.sign_lead.${rules.late}`)} id="sign">
          <Field
            t={t}
            label={t('endorsements.signed_by')}
            name="signed_by"
            required
            maxLength={120}
            value={signed_by}
            errors={sign_problem ? { signed_by: 'endorsements.sign_needed' } : {}}
          />
          <Choices t={t} name="i_sign" kind="checkbox" options={[{ value: 'yes', label: t('endorsements.i_sign') }]} />
          <button className="btn btn-primary" name="act" value="sign">
            {t('endorsements.sign')}
          </button>
        </Card>
      </form>
    </>
  )
}

const zoneOf = ({ t, rules, time_zone }: Pick<Around, 't' | 'rules' | 'time_zone'>): string =>
  zoneText(wordsOf(t), time_zone, new Date(`${rules.answers_by_on}T12:00:00Z`))

const WayTo = ({ t, questions }: { t: Translate; questions: readonly Question[] }) => (
  <ul>
    {questions.map(({ question_id, text }) => (
      <li key={question_id}>
        <a className="link inline-flex min-h-8 items-center" href={`#${question_id}`}>
          <OwnWords t={t} text={text} />
        </a>
      </li>
    ))}
  </ul>
)

interface AskedProps {
  t: Translate
  question: Question
  files: readonly HandedIn[]
  typed: Typed
  problem: AnswerProblem | undefined
}

function Asked({ t, question, files, typed, problem }: AskedProps) {
  const { question_id, kind, text, hint, choices, words_most } = question
  if (kind === 'section')
    return (
      <h2 className="mt-6 mb-3 text-xl font-bold">
        <OwnWords t={t} text={text} />
      </h2>
    )
  const field = (part: 'choice' | 'text' | 'link'): string => fieldOf(question_id, part)
  const limit = words_most === null ? undefined : limitText(t, words_most)
  const isChosen = kind === 'position' || kind === 'pledge'
  return (
    <fieldset
      id={question_id}
      className="bg-base-100 rounded-box border-base-300 mb-4 border p-4 sm:p-6"
      aria-describedby={problem && `${question_id}-problem`}
    >
      <legend className="float-left mb-3 w-full font-semibold text-pretty">
        <OwnWords t={t} text={text} />
        {!question.is_needed && <span className="ml-2 text-sm font-normal">({t('endorsements.optional')})</span>}
      </legend>
      <div className="clear-both">
        {Object.keys(hint).length > 0 && (
          <p className="mb-3 text-sm whitespace-pre-line">
            <OwnWords t={t} text={hint} />
          </p>
        )}
        {problem && (
          <p id={`${question_id}-problem`} role="alert" className="text-error mb-2 text-sm font-semibold">
            {problem === 'too_long' ? tooLongText(t, typed[field('text')] ?? '') : t(`endorsements.problem.${problem}`)}
          </p>
        )}
        {isChosen && (
          <Choices
            t={t}
            name={field('choice')}
            kind="radio"
            chosen={[typed[field('choice')] ?? '']}
            options={(kind === 'position' ? positions : pledges).map((value) => ({
              value,
              label: t(`endorsements.choice.${value}`),
            }))}
          />
        )}
        {kind === 'ranking' &&
          choices.map((choice, at) => (
            <Select
              key={fieldOf(question_id, at)}
              t={t}
              label={t('endorsements.rank', { choice: localized(choice, readsOf(t)).text })}
              name={fieldOf(question_id, at)}
              required
              empty_counts
              typed={{ ...typed }}
              options={[
                { value: '', label: t('endorsements.no_rank') },
                ...choices.map((_, rank) => ({ value: String(rank + 1), label: String(rank + 1) })),
              ]}
            />
          ))}
        {kind === 'file' && <HandIn {...{ t, question, files, typed }} />}
        {kind !== 'ranking' && kind !== 'file' && (
          <Field
            t={t}
            label={t(isChosen ? 'endorsements.why' : 'endorsements.your_answer')}
            name={field('text')}
            rows={isChosen ? 3 : 6}
            required={!isChosen && question.is_needed}
            hint={limit}
            typed={{ ...typed }}
          />
        )}
        {kind === 'record' && (
          <Field
            t={t}
            label={t('endorsements.record_link')}
            name={field('link')}
            inputMode="text"
            typed={{ ...typed }}
          />
        )}
      </div>
    </fieldset>
  )
}

/** The file in place, and the way to choose one: what was typed so far is saved on the way. */
function HandIn({ t, question: { question_id }, files, typed }: Omit<AskedProps, 'problem'>) {
  const field = fieldOf(question_id, 'file')
  const file = files.find(({ file_id }) => file_id === typed[field])
  return (
    <>
      {file && <input type="hidden" name={field} value={file.file_id} />}
      <p className="mb-3 wrap-anywhere">
        {file ? t('endorsements.file_is', { name: file.name }) : t('endorsements.file_none')}
      </p>
      <button className="btn" name="act" value={`file_${question_id}`}>
        {t(file ? 'endorsements.file_another' : 'endorsements.file_choose')}
      </button>
      <p className="mt-1 text-sm">{t('endorsements.file_choose_lead')}</p>
    </>
  )
}

interface ReceiptPageProps extends Around {
  taking: Taking
  submissions: readonly Submission[]
  questions: readonly Question[]
  files: readonly HandedIn[]
  /** What was typed and is no longer taken. */
  unsent: Typed
}

/** What was sent, with what proves that it stayed the same; of what is not taken any more, what was typed. */
export function ReceiptPage(props: ReceiptPageProps) {
  const { t, path, rules, time_zone, taking, submissions } = props
  return (
    <>
      <Head {...props} />
      {!isTaken(taking) && (
        <Alert kind="info">
          {taking === 'gone'
            ? t('endorsements.answer_gone')
            : t('endorsements.answer_closed', { date: dayText(t, rules.answers_by_on) })}
        </Alert>
      )}
      <Unsent {...props} />
      {submissions.map(({ number, signed_by, sent_at, sha256, is_late, signed }, at) => (
        <section key={number} className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6">
          {at === 0 && <h2 className="mb-1 text-lg font-bold">{t('endorsements.receipt')}</h2>}
          <p>
            {t('endorsements.receipt_when', { name: signed_by, when: momentText(t, sent_at, time_zone) })}{' '}
            {is_late && <strong>{t('endorsements.late_mark')}</strong>}
          </p>
          <p className="mt-3 text-sm font-semibold">{t('endorsements.receipt_hash')}</p>
          <p className="font-mono text-sm break-all">{sha256}</p>
          <p className="mt-1 text-sm">{t('endorsements.receipt_lead')}</p>
          <p className="mt-2">
            <a className="link inline-flex min-h-8 items-center" href={`${path}/${number}`}>
              {t('endorsements.receipt_file', { number })}
            </a>
          </p>
          {at === 0 && (
            <dl className="divide-base-300 mt-4 divide-y">
              {signed.answers.map(({ question_id, text, choices, answer }) => (
                <Said
                  key={question_id}
                  {...{ t, text, answer, choices }}
                  href={(file_id) => `${path}/files/${question_id}/${file_id}`}
                />
              ))}
            </dl>
          )}
        </section>
      ))}
      {isTaken(taking) && (
        <a className="btn" href={`${path}?amend=1&lang=${readsOf(t)}`}>
          {t('endorsements.amend')}
        </a>
      )}
    </>
  )
}

/** Nothing that was written is lost: it can be copied from here. */
function Unsent({ t, path, questions, files, unsent }: ReceiptPageProps) {
  const { answers } = readAnswers(questions, unsent, files)
  const written = questions.filter(({ question_id }) => answers[question_id])
  if (written.length === 0) return null
  return (
    <section
      aria-labelledby="unsent"
      className="bg-base-100 rounded-box border-base-300 mb-6 border border-dashed p-4 sm:p-6"
    >
      <h2 id="unsent" className="mb-1 text-lg font-bold">
        {t('endorsements.unsent')}
      </h2>
      <p className="text-sm">{t('endorsements.unsent_lead')}</p>
      <dl className="divide-base-300 mt-2 divide-y">
        {written.map(({ question_id, text, choices }) => (
          <Said
            key={question_id}
            {...{ t, text, choices }}
            answer={answers[question_id] ?? null}
            href={(file_id) => `${path}/files/${question_id}/${file_id}`}
          />
        ))}
      </dl>
    </section>
  )
}

const Said = ({ t, text, answer, choices, href }: AnsweredProps & { text: LocalizedText }) => (
  <div className="py-3">
    <dt className="font-semibold">
      <OwnWords t={t} text={text} />
    </dt>
    <dd className="mt-1">
      <Answered {...{ t, answer, choices, href }} />
    </dd>
  </div>
)

interface AnsweredProps {
  t: Translate
  answer: Answer | null
  choices: readonly LocalizedText[]
  /** Where a file is. */
  href(file_id: string): string
}

/** An answer in the candidate's own words. */
export function Answered({ t, answer, choices, href }: AnsweredProps) {
  if (!answer) return <span className="text-sm">{t('endorsements.no_answer')}</span>
  const { choice, text, link, order, file } = answer
  return (
    <>
      {choice && <p className="font-semibold">{t(`endorsements.choice.${choice}`)}</p>}
      {text && <p className="whitespace-pre-line wrap-anywhere">{text}</p>}
      {link && (
        <a className="link wrap-anywhere" href={link} rel="nofollow noopener">
          {link}
        </a>
      )}
      {file && (
        <a className="link wrap-anywhere" href={href(file.file_id)}>
          {t('endorsements.file_size', {
            name: file.name,
            size: formatNumber(t.language, Math.max(1, Math.round(file.bytes / 1000))),
          })}
        </a>
      )}
      {order && (
        <ol className="list-decimal pl-5">
          {order.map((at) => (
            <li key={at}>
              <OwnWords t={t} text={choices[at] ?? {}} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

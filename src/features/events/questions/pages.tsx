import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { spokenLanguages } from '../../people/schema.ts'
import type { Event } from '../queries.ts'
import { responseRules } from '../schema.ts'
import { nameOf } from '../words.ts'
import './messages.ts'
import type { GatheredQuestion } from './queries.ts'
import { askedBy, mainOnes, sameAs, textIn } from './rules.ts'
import { longestQuestion, type QuestionAct } from './schema.ts'

interface QuestionsProps {
  t: Translate
  event: Event
  questions: readonly GatheredQuestion[]
  /** Of the organization. */
  languages: readonly string[]
  page_key: string
  typed: Record<string, string>
  errors: FieldErrors
}

export function QuestionsPage(props: QuestionsProps & { may_edit: boolean; said: string | null }) {
  const { t, event, questions, may_edit, said, typed } = props
  const here = `/events/${event.event_id}/questions`
  const [kept, open, dropped] = (['kept', 'open', 'dropped'] as const).map((state) => mainOnes(questions, state))
  const split = questions.find(({ signup_id }) => signup_id !== null && signup_id === typed.signup)
  return (
    <>
      <PageHead
        title={t('questions.title')}
        lead={t('questions.lead')}
        back={{ href: `/events/${event.event_id}`, label: localized(event.content.title, t.language).text }}
        actions={
          kept?.length ? (
            <a className="btn btn-primary" href={`${here}/sheet.pdf`}>
              {t('questions.print')}
            </a>
          ) : undefined
        }
      />
      {said === 'saved' && <Alert kind="success" title={t('questions.saved')} />}
      {questions.length === 0 ? (
        <div className="mb-6">
          <EmptyState icon="script" title={t('questions.none')}>
            {t('questions.none_text')}
          </EmptyState>
        </div>
      ) : (
        <Card title={t('questions.kept')} id="kept">
          {kept?.length ? (
            <ol className="divide-base-300 divide-y">
              {kept.map((question, at) => (
                <Row
                  key={question.question_id}
                  {...props}
                  question={question}
                  nth={at + 1}
                  acts={[...(at > 1 ? (['first'] as const) : []), ...(at > 0 ? (['up'] as const) : []), ...(at + 1 < kept.length ? (['down'] as const) : []), 'drop']} // prettier-ignore
                />
              ))}
            </ol>
          ) : (
            <p>{t('questions.kept_none')}</p>
          )}
        </Card>
      )}
      {open?.length ? (
        <Card title={t('questions.open')} id="open">
          <ul className="divide-base-300 divide-y">
            {open.map((question) => (
              <Row key={question.question_id} {...props} question={question} acts={['keep', 'drop']} />
            ))}
          </ul>
        </Card>
      ) : null}
      {dropped?.length ? (
        <Card title={t('questions.dropped')} id="dropped">
          <ul className="divide-base-300 divide-y">
            {dropped.map((question) => (
              <Row key={question.question_id} {...props} question={question} acts={['keep', 'reopen']} />
            ))}
          </ul>
        </Card>
      ) : null}
      {may_edit && <NewQuestion {...props} of={split ?? null} />}
    </>
  )
}

function Row({
  question,
  nth,
  acts,
  ...props
}: QuestionsProps & {
  may_edit: boolean
  question: GatheredQuestion
  nth?: number
  acts: readonly QuestionAct[]
}) {
  const { t, event, questions, languages, may_edit } = props
  const here = `/events/${event.event_id}/questions`
  const same = sameAs(questions, question.question_id)
  const short = shortOf(question, t.language)
  return (
    <li className="flex gap-3 py-4 sm:gap-4" id={`q-${question.question_id}`}>
      {nth !== undefined && <span className="w-7 shrink-0 text-2xl font-bold tabular-nums">{nth}</span>}
      <div className="min-w-0 flex-1">
        <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
          {shownIn(question, languages).map((language) => (
            <Wording key={language} t={t} question={question} language={language} />
          ))}
        </div>
        <p className="mt-3 text-sm">
          <Who t={t} question={question} />
        </p>
        {same.length > 0 && (
          <div className="border-base-300 mt-3 border-l-2 pl-3 text-sm">
            <p className="font-semibold">{t('questions.same')}</p>
            <ul>
              {same.map((each) => (
                <li key={each.question_id} className="mt-2">
                  <span className="break-words whitespace-pre-line" lang={each.language}>
                    {textIn(each, each.language) || shortOf(each, t.language)}
                  </span>
                  <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
                    <Who t={t} question={each} is_bare />
                    {may_edit && <Acts {...{ t, here }} question={each} acts={['apart']} />}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {may_edit && (
          <div className="mt-3 flex flex-wrap gap-2 print:hidden">
            <a className="btn btn-sm min-h-11" href={`${here}/${question.question_id}`}>
              {t('questions.edit')} <span className="sr-only">{short}</span>
            </a>
            <Acts {...{ t, here, question, acts }} />
          </div>
        )}
      </div>
    </li>
  )
}

function Acts({
  t,
  here,
  question,
  acts,
}: {
  t: Translate
  here: string
  question: GatheredQuestion
  acts: readonly QuestionAct[]
}) {
  return (
    <form method="post" action={`${here}/${question.question_id}/place`} className="flex flex-wrap gap-2">
      {acts.map((act) => (
        <button
          key={act}
          name="act"
          value={act}
          className={`btn btn-sm min-h-11 ${act === 'keep' ? 'btn-primary' : 'btn-ghost border-base-300'}`}
        >
          {t(`questions.act.${act}`)} <span className="sr-only">{shortOf(question, t.language)}</span>
        </button>
      ))}
    </form>
  )
}

/** Those of the organization, and the one it was asked in. */
const shownIn = ({ language, asked }: GatheredQuestion, languages: readonly string[]): string[] =>
  asked && !languages.includes(language) ? [language, ...languages] : [...languages]

function Wording({ t, question, language }: { t: Translate; question: GatheredQuestion; language: string }) {
  const text = textIn(question, language)
  return (
    <div className="min-w-0">
      <p className="text-sm">
        <span className="font-semibold">{languageNames[language] ?? language}</span>
        {question.language === language && question.asked && ` · ${t('questions.asked_in')}`}
      </p>
      {text ? (
        <p className="break-words whitespace-pre-line" lang={language}>
          {text}
        </p>
      ) : (
        <Badge kind="warning">{t('questions.missing')}</Badge>
      )}
    </div>
  )
}

function Who({ t, question, is_bare = false }: { t: Translate; question: GatheredQuestion; is_bare?: boolean }) {
  const { asker, said_since } = question
  if (!asker) return <>{t('questions.of_team')}</>
  const parts: ReactNode[] = [
    <a key="name" href={`/people/${asker.person_id}`}>
      {nameOf(asker)}
    </a>,
    responseRules[asker.response].is_open && asker.response !== 'invited' ? null : t(`events.response.${asker.response}`), // prettier-ignore
  ].filter(Boolean)
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <span>
        {!is_bare && `${t('questions.asked_by')}: `}
        {parts[0]}
        {parts.length > 1 && <> · {parts[1]}</>}
      </span>
      {said_since !== null && (
        <Badge kind="warning">{t(said_since ? 'questions.changed' : 'questions.taken_back')}</Badge>
      )}
    </span>
  )
}

/** For lists and for whoever hears the page. */
function shortOf(question: GatheredQuestion, language: string): string {
  const text = textIn(question, language) || question.asked || localized(question.text, language).text
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function NewQuestion({
  t,
  event,
  languages,
  page_key,
  typed,
  errors,
  of,
}: QuestionsProps & { of: GatheredQuestion | null }) {
  return (
    <Card
      title={t(of ? 'questions.split' : 'questions.new')}
      lead={t(of ? 'questions.split_lead' : 'questions.new_lead')}
      id="new"
    >
      <form method="post" action={`/events/${event.event_id}/questions`} className="max-w-4xl">
        <input type="hidden" name="page_key" value={page_key} />
        {of?.asker && (
          <>
            <input type="hidden" name="signup" value={of.asker.signup_id} />
            <p className="mb-3">{t('questions.split_of', { name: nameOf(of.asker) })}</p>
          </>
        )}
        <div className="grid gap-x-4 sm:grid-cols-2">
          {languages.map((language) => (
            <Field
              key={language}
              {...{ t, typed, errors }}
              label={t('questions.text_in', { language: languageNames[language] ?? language })}
              name={`new_${language}`}
              lang={language}
              rows={3}
              maxLength={longestQuestion}
              is_one_of_several
            />
          ))}
        </div>
        <button className="btn">{t('questions.add')}</button>
      </form>
    </Card>
  )
}

/** As its form holds them. */
export const questionValues = (question: GatheredQuestion, languages: readonly string[]): FormValues => ({
  language: question.language,
  into: question.into_id ?? '',
  ...Object.fromEntries(languages.map((language) => [`text_${language}`, textIn(question, language)])),
})

export function QuestionPage({ question, ...props }: QuestionsProps & { question: GatheredQuestion }) {
  const { t, event, questions, languages, typed, errors } = props
  const here = `/events/${event.event_id}/questions`
  const values = questionValues(question, languages)
  const shared = { t, typed, errors }
  const others = questions.filter(({ question_id, into_id }) => question_id !== question.question_id && !into_id)
  return (
    <>
      <PageHead
        title={t('questions.edit_title')}
        back={{ href: `${here}#q-${question.into_id ?? question.question_id}`, label: t('questions.title') }}
      />
      <Card>
        {question.asked && (
          <>
            <p className="font-semibold">{t('questions.as_asked')}</p>
            <blockquote
              className="border-base-300 my-2 max-w-prose border-l-4 pl-4 text-lg break-words whitespace-pre-line"
              lang={question.language}
            >
              {question.asked}
            </blockquote>
          </>
        )}
        {question.asker && question.said_since && (
          <>
            <p className="mt-4 font-semibold">{t('questions.now_asked')}</p>
            <blockquote className="border-warning my-2 max-w-prose border-l-4 pl-4 text-lg break-words whitespace-pre-line">
              {askedBy(question.asker)}
            </blockquote>
          </>
        )}
        <p className="mb-6 text-sm">
          <Who t={t} question={question} />
        </p>
        <form method="post" action={`${here}/${question.question_id}`} className="max-w-4xl">
          <Seen values={values} typed={typed} />
          <div className="grid gap-x-4 sm:grid-cols-2">
            {languages.map((language) => (
              <Field
                key={language}
                {...shared}
                label={t('questions.text_in', { language: languageNames[language] ?? language })}
                name={`text_${language}`}
                value={values[`text_${language}`] ?? ''}
                lang={language}
                rows={5}
                maxLength={longestQuestion}
                is_one_of_several
              />
            ))}
            <Select
              {...shared}
              label={t('questions.language')}
              name="language"
              required
              value={question.language}
              options={spokenLanguages.map((value) => ({ value, label: languageNames[value] ?? value, lang: value }))}
            />
            {others.length > 0 && (
              <Select
                {...shared}
                label={t('questions.into')}
                hint={t('questions.into_hint')}
                name="into"
                value={question.into_id}
                options={[
                  { value: '', label: t('questions.into_none') },
                  ...others.map((each) => ({ value: each.question_id, label: shortOf(each, t.language) })),
                ]}
              />
            )}
          </div>
          <button className="btn btn-primary">{t('action.save')}</button>
        </form>
      </Card>
      {question.asker && <NewQuestion {...props} of={question} />}
    </>
  )
}

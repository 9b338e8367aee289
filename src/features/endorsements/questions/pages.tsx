import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, EmptyState, Field, OwnText, PageHead, Select } from '../../../platform/ui/components.tsx' // prettier-ignore
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { contestName, officeName } from '../../elections/contests/pages/words.tsx'
import type { Contest } from '../../elections/contests/queries.ts'
import type { Cycle } from '../cycles/queries.ts'
import '../answers/messages.ts'
import './messages.ts'
import type { Question } from './queries.ts'
import { lacksLanguages, syllablesIn, syllablesOf, wordsIn } from './rules.ts'
import { questionKinds, type AskedIn } from './schema.ts'

const pathOf = (cycle_id: string): string => `/endorsements/${cycle_id}/questions`
const named = (language: string): { language: string } => ({ language: languageNames[language] ?? language })
const cycleName = (t: Translate, cycle: Cycle): string => localized(cycle.name, t.language).text

/** '250 words', in Korean '625자'. */
export const limitText = (t: Translate, words: number): string =>
  t('endorsements.limit', {
    words: formatNumber(t.language, words),
    syllables: formatNumber(t.language, syllablesOf(words)),
  })

/** How much is to be cut, in the words the limit is said in. */
export const tooLongText = (t: Translate, text: string): string =>
  t('endorsements.problem.too_long', {
    words: formatNumber(t.language, wordsIn(text)),
    syllables: formatNumber(t.language, syllablesIn(text)),
  })

export function askedText(t: Translate, asked: AskedIn, contests: readonly Contest[]): string {
  const contest = contests.find(({ contest_id }) => contest_id === asked.contest_id)
  if (contest) return t('endorsements.asked_in_contest', { contest: contestName(t, contest) })
  return asked.office
    ? t('endorsements.asked_in_office', { office: officeOf(t, asked.office, contests) })
    : t('endorsements.asked_in_all')
}

const officeOf = (t: Translate, office: Contest['office'], contests: readonly Contest[]): string =>
  officeName(t, contests.find((each) => each.office === office) ?? { office, title: {} })

interface QuestionsPageProps {
  t: Translate
  cycle: Cycle
  questions: readonly Question[]
  contests: readonly Contest[]
  languages: readonly string[]
  /** Cycles whose questions can be taken over. */
  earlier: readonly Cycle[]
  may_edit: boolean
  is_answered: boolean
  problem: string | null
}

export function QuestionsPage(props: QuestionsPageProps) {
  const { t, cycle, questions, contests, languages, earlier, is_answered, problem } = props
  const here = pathOf(cycle.cycle_id)
  const mayEdit = props.may_edit && !is_answered
  const add = mayEdit && (
    <a className="btn btn-primary" href={`${here}/new`}>
      {t('endorsements.question_new')}
    </a>
  )
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('endorsements.questions')}
        lead={t('endorsements.questions_lead')}
        back={{ href: `/endorsements/${cycle.cycle_id}`, label: cycleName(t, cycle) }}
        actions={questions.length > 0 && add}
      />
      {problem && <Alert kind="error">{t.dynamic(problem)}</Alert>}
      {is_answered && <Alert kind="info">{t('endorsements.questions_fixed')}</Alert>}
      {questions.length === 0 ? (
        <div className="mb-6">
          <EmptyState icon="script" title={t('endorsements.questions_none')} action={add}>
            <p>{t('endorsements.questions_none_text')}</p>
          </EmptyState>
        </div>
      ) : (
        <>
          <p className="mb-4 flex flex-wrap items-center gap-2 text-sm">
            {t('endorsements.translation')}
            {languages.map((language) => {
              const count = questions.filter((each) => !lacksLanguages(each, [language]).length).length
              return (
                <Badge key={language} kind={count === questions.length ? 'success' : 'warning'}>
                  {t('endorsements.translated', { ...named(language), count, total: questions.length })}
                </Badge>
              )
            })}
          </p>
          <ol className="mb-6 grid gap-3">
            {questions.map((question, at) => (
              <QuestionRow
                key={question.question_id}
                {...{ t, question, contests, languages, here }}
                may_edit={mayEdit}
                is_first={at === 0}
                is_last={at === questions.length - 1}
              />
            ))}
          </ol>
        </>
      )}
      {mayEdit && earlier.length > 0 && (
        <Card title={t('endorsements.copy')} id="copy">
          <form method="post" action={`${here}/copy`}>
            <Select
              t={t}
              label={t('endorsements.copy_from')}
              name="from"
              required
              options={earlier.map((each) => ({ value: each.cycle_id, label: cycleName(t, each) }))}
            />
            <button className="btn">{t('endorsements.copy')}</button>
          </form>
        </Card>
      )}
    </div>
  )
}

interface QuestionRowProps {
  t: Translate
  question: Question
  contests: readonly Contest[]
  languages: readonly string[]
  here: string
  may_edit: boolean
  is_first: boolean
  is_last: boolean
}

function QuestionRow({ t, question, contests, languages, here, may_edit, is_first, is_last }: QuestionRowProps) {
  const text = localized(question.text, t.language)
  const lacking = lacksLanguages(question, languages)
  const isSection = question.kind === 'section'
  return (
    <li
      className={`bg-base-100 rounded-box border-base-300 border p-4 ${isSection ? 'border-l-primary border-l-4' : ''}`}
    >
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-60">
          <p className={isSection ? 'text-lg font-bold' : 'font-semibold'}>
            {may_edit ? (
              <a className="link" href={`${here}/${question.question_id}`}>
                <OwnText t={t} text={text} language={t.language} />
              </a>
            ) : (
              <OwnText t={t} text={text} language={t.language} />
            )}
          </p>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <span>{t(`endorsements.short.${question.kind}`)}</span>
            {(question.office ?? question.contest_id) !== null && <span>{askedText(t, question, contests)}</span>}
            {question.words_most !== null && <span>{limitText(t, question.words_most)}</span>}
            {!isSection && !question.is_needed && <span>{t('endorsements.optional')}</span>}
            {lacking.length > 0 && (
              <Badge kind="warning">
                {t('endorsements.lacks', { languages: lacking.map((each) => named(each).language).join(', ') })}
              </Badge>
            )}
          </p>
        </div>
        {may_edit && (
          <form method="post" action={`${here}/${question.question_id}/move`} className="flex gap-2">
            <button
              className="btn btn-sm min-h-11 min-w-11"
              name="to"
              value="up"
              disabled={is_first}
              aria-label={t('endorsements.question_up', { text: text.text })}
            >
              ↑
            </button>
            <button
              className="btn btn-sm min-h-11 min-w-11"
              name="to"
              value="down"
              disabled={is_last}
              aria-label={t('endorsements.question_down', { text: text.text })}
            >
              ↓
            </button>
          </form>
        )}
      </div>
    </li>
  )
}

/** What the form of a question holds. */
export const questionValues = ({ kind, text, hint, choices, words_most, is_needed, office, contest_id }: Question): FormValues => ({
  kind,
  ...Object.fromEntries(Object.entries(text).map(([language, words]) => [`text_${language}`, words])),
  ...Object.fromEntries(Object.entries(hint).map(([language, words]) => [`hint_${language}`, words])),
  ...Object.fromEntries(
    Object.keys(choices[0] ?? {}).map((language) => [`choices_${language}`, choices.map((each) => each[language]).join('\n')]),
  ),
  words_most: String(words_most ?? ''),
  asked_in: contest_id ? `contest:${contest_id}` : office ? `office:${office}` : '',
  is_needed: is_needed ? 'yes' : '',
}) // prettier-ignore

interface QuestionPageProps {
  t: Translate
  cycle: Cycle
  question: Question | null
  contests: readonly Contest[]
  languages: readonly string[]
  typed: Record<string, string>
  errors: FieldErrors
}

export function QuestionPage({ t, cycle, question, contests, languages, typed, errors }: QuestionPageProps) {
  const here = pathOf(cycle.cycle_id)
  const values: FormValues = question ? questionValues(question) : {}
  const offices = [...new Set(contests.map(({ office }) => office))]
  const first = (name: string, at: number): FieldErrors =>
    at === 0 && errors[name] ? { ...errors, [`${name}_${languages[0]}`]: errors[name] } : errors
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t(question ? 'endorsements.question_change' : 'endorsements.question_new')}
        back={{ href: here, label: t('endorsements.questions') }}
      />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      <form method="post" action={question ? `${here}/${question.question_id}` : `${here}/new`}>
        {question && <Seen values={values} typed={typed} />}
        <Card>
          <Select
            {...{ t, typed, errors }}
            label={t('endorsements.question_kind')}
            name="kind"
            required
            value={question?.kind ?? 'position'}
            options={questionKinds.map((value) => ({ value, label: t(`endorsements.kind.${value}`) }))}
          />
          {languages.map((language, at) => (
            <Field
              key={language}
              {...{ t, typed }}
              label={t('endorsements.question_text_in', named(language))}
              name={`text_${language}`}
              lang={language}
              rows={2}
              maxLength={1000}
              is_one_of_several={languages.length > 1}
              value={values[`text_${language}`] ?? ''}
              errors={first('text', at)}
            />
          ))}
          {languages.map((language) => (
            <Field
              key={language}
              {...{ t, typed, errors }}
              label={t('endorsements.question_hint_in', named(language))}
              name={`hint_${language}`}
              lang={language}
              rows={2}
              maxLength={1000}
              value={values[`hint_${language}`] ?? ''}
            />
          ))}
          {languages.map((language, at) => (
            <Field
              key={language}
              {...{ t, typed }}
              label={t('endorsements.question_choices_in', named(language))}
              hint={at === 0 ? t('endorsements.choices_hint') : undefined}
              name={`choices_${language}`}
              lang={language}
              rows={3}
              maxLength={1000}
              value={values[`choices_${language}`] ?? ''}
              errors={first('choices', at)}
            />
          ))}
          <Field
            {...{ t, typed, errors }}
            label={t('endorsements.words_most')}
            hint={t('endorsements.words_most_hint')}
            name="words_most"
            inputMode="numeric"
            value={values.words_most ?? ''}
          />
          <Select
            {...{ t, typed, errors }}
            label={t('endorsements.asked_in')}
            name="asked_in"
            value={values.asked_in ?? ''}
            options={[
              { value: '', label: t('endorsements.asked_in_all') },
              ...offices.map((office) => ({
                value: `office:${office}`,
                label: askedText(t, { office, contest_id: null }, contests),
              })),
              ...contests.map(({ contest_id }) => ({
                value: `contest:${contest_id}`,
                label: askedText(t, { office: null, contest_id }, contests),
              })),
            ]}
          />
          <Choices
            t={t}
            name="is_needed"
            kind="checkbox"
            chosen={
              (typed.kind === undefined ? (question?.is_needed ?? true) : typed.is_needed === 'yes') ? ['yes'] : []
            }
            options={[{ value: 'yes', label: t('endorsements.is_needed') }]}
          />
          <button className="btn btn-primary">{t('endorsements.question_save')}</button>
        </Card>
      </form>
      {question && (
        <form method="post" action={`${here}/${question.question_id}/remove`}>
          <button className="btn">{t('endorsements.question_remove')}</button>
        </form>
      )}
    </div>
  )
}

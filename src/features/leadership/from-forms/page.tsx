import type { FieldErrors } from '../../../platform/http/form.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, EmptyState, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { Form } from '../../forms/queries.ts'
import type { Question } from '../../forms/schema.ts'
import { possibleAnswers } from '../../scripts/rules.ts'
import type { Present } from '../ladder/queries.ts'
import '../messages.ts'
import './messages.ts'
import type { FormRule } from './queries.ts'

interface FromFormsPageProps {
  t: Translate
  form: Form
  questions: readonly Question[]
  rules: readonly FormRule[]
  members: readonly Present[]
  me: string
  typed: Record<string, string>
  errors: FieldErrors
  said: 'added' | 'removed' | null
}

/** Every answer the form can be given, as the form of this page sends it. */
export const asksOf = (questions: readonly Question[]): { question: Question; answer: string; value: string }[] =>
  questions.flatMap((question) =>
    possibleAnswers(question).map((answer) => ({ question, answer, value: `${question.key}=${answer}` })),
  )

function answerIn(t: Translate, { kind, choices }: Question, answer: string): string {
  if (kind === 'yes_no') return t(answer === 'yes' ? 'common.yes' : 'common.no')
  if (kind === 'agree') return t('forms.agreed')
  if (kind === 'support') return t.dynamic(`forms.support.${answer}`)
  const choice = choices.find(({ key }) => key === answer)
  return choice ? localized(choice.label, t.language).text : answer
}

export function FromFormsPage({ t, form, questions, rules, members, me, typed, errors, said }: FromFormsPageProps) {
  const here = `/forms/${form.form_id}/next-steps`
  const textOf = (question: Question, answer: string): string =>
    t('from_forms.answer', {
      question: localized(question.say, t.language).text,
      answer: answerIn(t, question, answer),
    })
  const shared = { t, typed, errors }
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('from_forms.title')}
        lead={t('from_forms.lead', { form: form.name })}
        back={{ href: `/forms/${form.form_id}`, label: form.name }}
      />
      {said && <Alert kind="success" title={t(`from_forms.${said}`)} />}
      {rules.length === 0 ? (
        <div className="mb-6">
          <EmptyState icon="team" title={t('from_forms.none')}>
            <p>{t('from_forms.none_text')}</p>
          </EmptyState>
        </div>
      ) : (
        <ol className="mb-6 grid gap-3">
          {rules.map((rule) => {
            const question = questions.find(({ key }) => key === rule.question)
            const is_gone =
              rule.question !== null && !(question && possibleAnswers(question).includes(rule.answer ?? ''))
            return (
              <li
                key={rule.rule_id}
                className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-start gap-3 border p-4"
              >
                <div className="min-w-0 flex-1 basis-60">
                  <p className="text-sm break-words">
                    {rule.question === null || !question
                      ? (rule.question ?? t('from_forms.any'))
                      : textOf(question, rule.answer ?? '')}
                  </p>
                  <p className="font-semibold break-words">{rule.title}</p>
                  <p className="text-sm">
                    {t('from_forms.line', { owner: rule.owner ?? t('task.nobody'), count: rule.due_days })}
                  </p>
                  {is_gone && <p className="text-error text-sm">{t('from_forms.gone')}</p>}
                </div>
                <form method="post" action={`${here}/${rule.rule_id}/remove`}>
                  <button className="btn">
                    {t('from_forms.remove')}
                    <span className="sr-only">: {rule.title}</span>
                  </button>
                </form>
              </li>
            )
          })}
        </ol>
      )}
      <Card>
        <form method="post" action={here}>
          <Select
            {...shared}
            label={t('from_forms.when')}
            name="when"
            required
            options={[
              ...asksOf(questions).map(({ question, answer, value }) => ({ value, label: textOf(question, answer) })),
              { value: 'any', label: t('from_forms.any') },
            ]}
          />
          <Field {...shared} label={t('from_forms.step')} name="title" required maxLength={200} />
          <Select
            {...shared}
            label={t('task.owner')}
            name="owner_id"
            required
            value={me}
            options={members.map(({ user_id, display_name }) => ({ value: user_id, label: display_name }))}
          />
          <Field {...shared} label={t('from_forms.due_days')} name="due_days" type="number" required value="7" />
          <button className="btn btn-primary">{t('from_forms.add')}</button>
        </form>
      </Card>
    </div>
  )
}

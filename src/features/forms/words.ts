import { formatDate } from '../../platform/i18n/formats.ts'
import { localized } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import type { AnswerValue } from '../scripts/schema.ts'
import type { Form, ResponseRow } from './queries.ts'
import { isAsked, type Standing } from './rules.ts'
import type { Petition, Question, Said } from './schema.ts'
import './messages.ts'

/** An answer in words. */
export function answerText(t: Translate, question: Question | undefined, value: AnswerValue): string {
  if (Array.isArray(value)) return value.map((each) => answerText(t, question, each)).join(', ')
  const text = String(value)
  if (question?.kind === 'agree' && text === 'true') return t('forms.agreed')
  if (text === 'true' || text === 'false') return t(text === 'true' ? 'common.yes' : 'common.no')
  if (question?.kind === 'support' && /^[1-5]$/.test(text)) return t.dynamic(`forms.support.${text}`)
  const choice = question?.choices.find(({ key }) => key === text)
  return choice ? localized(choice.label, t.language).text : text
}

/** Keys of the questions that were put to whoever sent this, as the form stood then. */
export function askedOf(
  versions: ReadonlyMap<number, readonly Question[]>,
  { version, source, answers }: Pick<ResponseRow, 'version' | 'source' | 'answers'>,
): Set<string> {
  // A sheet of paper has no questions.
  const questions = source === 'paper' ? [] : (versions.get(version) ?? [])
  return new Set(questions.filter((question) => isAsked(question, answers)).map(({ key }) => key))
}

/** When a question is asked; '' where it always is. */
export function conditionText(t: Translate, questions: readonly Question[], { only_if }: Question): string {
  const parts = Object.entries(only_if).map(([key, wanted]) => {
    const question = questions.find((each) => each.key === key)
    const answers = wanted.map((answer) => answerText(t, question, asAnswer(question, answer)))
    const say = question ? localized(question.say, t.language).text : key
    return t('forms.only_if_part', { question: say, answers: answers.join(t('forms.only_if_or')) })
  })
  return parts.length > 0 ? t('forms.only_if_line', { parts: parts.join(t('forms.only_if_and')) }) : ''
}

/** As `only_if` names an answer. */
export const asAnswer = (question: Pick<Question, 'kind'> | undefined, answer: string): AnswerValue =>
  question?.kind === 'yes_no' || question?.kind === 'agree' ? answer === 'yes' : answer

export function standingText(t: Translate, form: Form, standing: Standing): string {
  if (standing === 'not_yet')
    return t('forms.standing.not_yet', { date: formatDate(t.language, form.opens_on ?? '', 'short') })
  return t.dynamic(`forms.standing.${standing}`)
}

export const saidName = ({
  name_hangul,
  first_name,
  last_name,
}: Pick<Said, 'name_hangul' | 'first_name' | 'last_name'>): string =>
  [name_hangul, `${first_name} ${last_name}`].filter(Boolean).join(' ')

/** Whose registered voters a petition counts. */
export const whereText = (t: Translate, { district_kind, district }: Petition): string =>
  district_kind === 'any' || district === null
    ? t('signatures.where.any')
    : t('signatures.where', { kind: t.dynamic(`forms.district.${district_kind}`), number: district })

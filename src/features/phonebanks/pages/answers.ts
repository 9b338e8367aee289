import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { AnswerValue, Step } from '../../scripts/schema.ts'

/** An answer in the reader's words. */
export function answerName(t: Translate, step: Step | undefined, value: AnswerValue): string {
  if (value === true) return t('common.yes')
  if (value === false) return t('common.no')
  if (Array.isArray(value)) return value.map((each) => answerName(t, step, each)).join(', ')
  const choice = step?.choices.find((each) => each.key === value)
  if (choice) return localized(choice.label, t.language).text
  return step?.kind === 'support' ? t.dynamic(`phonebanks.support.${value}`) : String(value)
}

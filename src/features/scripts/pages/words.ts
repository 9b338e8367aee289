import { formatNumber } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { otherwise } from '../paths.ts'
import { beginningOf, waysOf, type ScriptProblem, type Where } from '../rules.ts'
import { placeholders, type ScriptContent, type Step } from '../schema.ts'

/** A problem as a sentence. */
export const problemWords = (t: Translate, problem: ScriptProblem): string =>
  t.dynamic(`scripts.problem.${problem.kind}`, {
    detail: problem.kind === 'missing_translation' ? (languageNames[problem.detail] ?? problem.detail) : problem.detail,
    known: placeholders.map((name) => `{${name}}`).join(', '),
  })

/** '2번 · 지지 여부를…': a step by its number and the beginning of what it says. */
export function stepWords(t: Translate, content: ScriptContent, key: string): string {
  const at = content.steps.findIndex((step) => step.key === key)
  const step = content.steps[at]
  if (!step) return key
  const short = beginningOf(localized(step.say, t.language).text, 40)
  return `${t('scripts.step', { number: at + 1 })}${short ? ` · ${short}` : ''}`
}

/** A place in a script in words. */
export function whereWords(t: Translate, content: ScriptContent, where: Where): string {
  if (where === 'greeting' || where === 'closing' || where === 'voicemail') return t(`scripts.${where}`)
  const [, key = '', part, choice] = where.split('.')
  if (!key) return t('scripts.title')
  if (where.startsWith('objections.')) {
    const at = content.objections.findIndex((each) => each.key === key)
    return `${t('scripts.objection_number', { number: at + 1 })}${part ? `: ${t('scripts.reply')}` : ''}`
  }
  if (where.startsWith('facts.')) {
    return t('scripts.fact_number', { number: content.facts.findIndex((each) => each.key === key) + 1 })
  }
  const step = stepWords(t, content, key)
  if (part === 'note') return `${step}: ${t('scripts.note')}`
  if (part === 'wordings') {
    const at = content.steps.find((each) => each.key === key)?.wordings.findIndex((each) => each.key === choice) ?? 0
    return `${step}: ${t('scripts.wording_number', { number: at + 2 })}`
  }
  if (part === 'choices') {
    const at = content.steps.find((each) => each.key === key)?.choices.findIndex((each) => each.key === choice) ?? 0
    return `${step}: ${t('scripts.choice_number', { number: at + 1 })}`
  }
  return step
}

/** An answer as the reader knows it. */
export function answerWords(t: Translate, step: Step, answer: string): string {
  if (step.kind === 'support') return `${answer} ${t.dynamic(`scripts.support.${answer}`)}`
  if (step.kind === 'yes_no') return t(answer === 'yes' ? 'common.yes' : 'common.no')
  const choice = step.choices.find((each) => each.key === answer)
  return localized(choice?.label, t.language).text || answer
}

/** What is answered where one of its ways is taken, as `exitsOf` has it: 'rent', '5 to under 10', 'something noted'. */
export function wayWords(t: Translate, step: Step, way: string): string {
  if (step.kind === 'text') return t(way === otherwise ? 'scripts.nothing_noted' : 'scripts.noted')
  if (step.kind === 'several' && way === otherwise) return t('scripts.none_of_these')
  if (step.kind !== 'number') return answerWords(t, step, way)
  const ways = waysOf(step)
  const shown = (number = ''): string => formatNumber(t.language, Number(number), number.split('.')[1]?.length ?? 0)
  const next = ways[ways.indexOf(way) + 1]
  if (way === otherwise) return t('scripts.number_under', { to: shown(ways[0]) })
  if (next === undefined) return t('scripts.number_from', { from: shown(way) })
  return t('scripts.number_between', { from: shown(way), to: shown(next) })
}

/** Above the choice of where one of its ways leads. */
export function wayLabel(t: Translate, step: Step, way: string): string {
  if (step.kind === 'text') return t('scripts.way_noted')
  const answer = wayWords(t, step, way)
  if (step.kind === 'number') return t('scripts.way_number', { answer })
  return t(step.kind === 'several' ? 'scripts.way_among' : 'scripts.way_after', { answer })
}

/** How the ways of a question are to be filled in; null: it always goes on the same. */
export function waysHint(t: Translate, { kind }: Step): string | null {
  if (kind === 'say') return null
  if (kind === 'several') return `${t('scripts.ways_hint')} ${t('scripts.ways_hint_several')}`
  return t(kind === 'number' ? 'scripts.ways_hint_number' : 'scripts.ways_hint')
}

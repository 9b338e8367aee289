import { particlePairs, withParticle } from '../../platform/i18n/korean.ts'
import { localized } from '../../platform/i18n/languages.ts'
import {
  firstWording,
  noted,
  placeholders,
  type AnswerValue,
  type Answers,
  type Fact,
  type Placeholder,
  type PlaceholderValues,
  type ScriptContent,
  type ScriptText,
  type Step,
} from './schema.ts'

/** One station of a call: the greeting, a step, or the closing words. */
export type Station =
  | { part: 'greeting' | 'closing'; text: ScriptText }
  | { part: 'step'; text: ScriptText; step: Step }

/**
 * All stations of a call with these answers, in order. A question without an answer is passed by its ordinary way.
 * `voter_id` decides between wordings; null: the first.
 */
export function path(content: ScriptContent, answers: Answers, voter_id: number | null = null): Station[] {
  const stations: Station[] = [{ part: 'greeting', text: content.greeting }]
  const seen = new Set<string>()
  let step = content.steps[0]
  while (step && !seen.has(step.key)) {
    seen.add(step.key)
    stations.push({ part: 'step', text: wordingFor(step, voter_id).say, step })
    step = stepAfter(content, step, wayTaken(step, answers[step.key]))
  }
  stations.push({ part: 'closing', text: content.closing })
  return stations
}

/** Has the script a short way for voters in a hurry? */
export const hasQuickWay = (content: ScriptContent): boolean => content.steps.some((step) => step.is_quick)

/** Of a path, what is left when the voter is in a hurry: questions marked so, what was answered already, the closing words. */
export const quickPath = (stations: readonly Station[], answers: Answers): Station[] =>
  stations.filter(
    (station) => station.part !== 'step' || station.step.is_quick || answers[station.step.key] !== undefined,
  )

/** The wording this voter hears, at every call the same. */
export function wordingFor(step: Step, voter_id: number | null): { key: string; say: ScriptText } {
  const first = { key: firstWording, say: step.say }
  if (voter_id === null || !step.wordings.length) return first
  return [first, ...step.wordings][shareOf(voter_id, saltOf(step.key)) % (step.wordings.length + 1)] ?? first
}

/** Spreads voters evenly, otherwise for each question. Migration 0165 has the same in SQL (`share_of`): results rest on both agreeing. */
export function shareOf(voter_id: number, salt: number): number {
  let mixed = (voter_id ^ salt) >>> 0
  mixed = Math.imul((mixed >>> 16) ^ mixed, 0x45d9f3b) >>> 0
  mixed = Math.imul((mixed >>> 16) ^ mixed, 0x45d9f3b) >>> 0
  return ((mixed >>> 16) ^ mixed) >>> 0
}

/** FNV-1a of the question's key, 31 bits. */
export function saltOf(key: string): number {
  let hash = 0x811c9dc5
  for (const letter of key) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  return hash & 0x7fffffff
}

/** The step after this one by one of its ways, without by the ordinary one; undefined: the closing words. */
export function stepAfter(content: ScriptContent, step: Step, way?: string): Step | undefined {
  const to = (way === undefined ? '' : step.goes[way]) || step.next // '' is as otherwise
  if (to === null) return content.steps[content.steps.indexOf(step) + 1]
  return content.steps.find((each) => each.key === to) // 'closing' is no step
}

/** Which of its ways a question goes when answered so; undefined: none of them, so the ordinary one. */
export function wayTaken(step: Step, answer: AnswerValue | undefined): string | undefined {
  const ways = waysOf(step)
  if (Array.isArray(answer)) return ways.find((way) => step.goes[way] && answer.includes(way))
  if (step.kind === 'number') return ways.filter((from) => typeof answer === 'number' && Number(from) <= answer).at(-1)
  if (step.kind === 'text') return typeof answer === 'string' && answer.trim() ? noted : undefined
  return answer === undefined ? undefined : ways.find((way) => way === answerKey(answer))
}

/** Names under which `goes` may say where answers lead, in the order they are shown; numbers from small to large. */
export function waysOf(step: Pick<Step, 'kind' | 'choices' | 'goes'>): string[] {
  if (step.kind === 'text') return [noted]
  if (step.kind !== 'number') return possibleAnswers(step)
  return Object.keys(step.goes)
    .filter((way) => startOf(way) === way)
    .sort((a, b) => Number(a) - Number(b))
}

/** The ways of a step whose kind is changed: scores of support are no numbers to go by, nor the other way round. */
export const goesAs = ({ kind, goes }: Pick<Step, 'kind' | 'goes'>, other: Step['kind']): Step['goes'] =>
  (kind === 'number' && other === 'support') || (kind === 'support' && other === 'number') ? {} : goes

/** A number from which on another way is taken, as it was typed: '1,000' → '1000'. null: it is none. */
export function startOf(typed: string): string | null {
  const digits = typed.replaceAll(',', '').trim()
  return new RegExp(`^${startPattern}$`).test(digits) ? String(Number(digits)) : null
}

/** As a field of a form has it. */
export const startPattern = '-?[0-9][0-9,]{0,14}([.][0-9]{1,6})?'

/** How `goes` names an answer. */
export function answerKey(answer: AnswerValue): string {
  if (answer === true) return 'yes'
  if (answer === false) return 'no'
  return String(answer)
}

/** Steps that ask something: the columns of a result table. */
export const questionsOf = (content: ScriptContent): Step[] => content.steps.filter((step) => step.kind !== 'say')

/** Answers one can pick from, as `goes` names them. */
export function possibleAnswers(step: { kind: string; choices: readonly { key: string }[] }): string[] {
  if (step.kind === 'support') return ['1', '2', '3', '4', '5']
  if (step.kind === 'yes_no') return ['yes', 'no']
  if (step.kind === 'agree') return ['yes'] // of forms: a box that is ticked or not
  return hasChoices(step) ? step.choices.map((choice) => choice.key) : []
}

/** Only what was asked: someone who went back and answered otherwise leaves no answers from the other branch. */
export function answersOnPath(content: ScriptContent, answers: Answers): Answers {
  const asked = path(content, answers).flatMap((station) => (station.part === 'step' ? [station.step.key] : []))
  return Object.fromEntries(Object.entries(answers).filter(([key]) => asked.includes(key)))
}

export type AnswersCheck =
  | { ok: true; answers: Answers }
  /** `answers` are those that fit. */
  | { ok: false; answers: Answers; problems: { question: string; problem: 'unknown_question' | 'wrong_answer' }[] }

/** Does each answer fit its question? */
export function validateAnswers(content: ScriptContent, answers: Answers): AnswersCheck {
  const fitting: Answers = {}
  const problems: { question: string; problem: 'unknown_question' | 'wrong_answer' }[] = []
  for (const [question, answer] of Object.entries(answers)) {
    const step = content.steps.find((each) => each.key === question)
    if (!step) problems.push({ question, problem: 'unknown_question' })
    else if (!fits(step, answer)) problems.push({ question, problem: 'wrong_answer' })
    else fitting[question] = answer
  }
  return problems.length ? { ok: false, answers: fitting, problems } : { ok: true, answers: fitting }
}

function fits(step: Step, answer: AnswerValue): boolean {
  const isChoice = (key: unknown) => step.choices.some((choice) => choice.key === key)
  const byKind: Record<Step['kind'], () => boolean> = {
    say: () => false,
    choice: () => isChoice(answer),
    several: () =>
      Array.isArray(answer) && answer.length > 0 && new Set(answer).size === answer.length && answer.every(isChoice),
    support: () => typeof answer === 'number' && Number.isInteger(answer) && answer >= 1 && answer <= 5,
    yes_no: () => typeof answer === 'boolean',
    text: () => typeof answer === 'string' && answer.trim() !== '',
    number: () => typeof answer === 'number' && Number.isFinite(answer),
  }
  return byKind[step.kind]()
}

// `{candidate}` or, for Korean, `{candidate, 을/를}`
const placeholderPattern = /\{\s*([a-z_.]+)\s*(?:,\s*([가-힣]+\/[가-힣]+)\s*)?\}/g

const isPlaceholder = (name: string): name is Placeholder => placeholders.some((each) => each === name)

/** Stands where a title is none, until the space before it is gone too: 'Is this Young?' */
const nothing = '\u{F8FF}'
const untitled = new RegExp(` ?${nothing}`, 'gu')

/** The text as the caller reads it. What is not known becomes a visible blank. */
export function renderText(text: string, language: string, values: PlaceholderValues): string {
  return text
    .replace(placeholderPattern, (whole, name: string, particles: string | undefined) => {
      if (!isPlaceholder(name)) return whole
      const given = values[name]
      // Not in a language of its own, a title is none at all: 선생님 means nothing in English.
      const value = typeof given === 'string' ? given : name === 'voter.title' ? (given?.[language] ?? '') : localized(given, language).text // prettier-ignore
      if (!value) return name === 'voter.title' ? nothing : '____'
      const pair = particlePairs.find((each) => each === particles)
      return pair ? withParticle(value, pair) : value
    })
    .replace(untitled, '')
    .replace(/ {2,}/g, ' ')
}

/** A text in the wished language, or visibly in another, filled in. */
export function scriptText(
  text: ScriptText,
  language: string,
  values: PlaceholderValues,
): { text: string; language: string } {
  const chosen = localized(text, language)
  return { text: renderText(chosen.text, chosen.language, values), language: chosen.language }
}

/**
 * Questions answered already that are no longer asked once this one is answered so: somebody went back and took another
 * way. Their answers go.
 */
export function questionsDropped(content: ScriptContent, before: Answers, after: Answers): Step[] {
  const kept = answersOnPath(content, after)
  return content.steps.filter(
    (step) => before[step.key] !== undefined && after[step.key] !== undefined && kept[step.key] === undefined,
  )
}

/**
 * Where in a script: 'greeting', 'closing', 'voicemail', 'steps.<key>', 'steps.<key>.note', 'steps.<key>.choices.<key>',
 * 'steps.<key>.wordings.<key>', 'objections.<key>', 'objections.<key>.reply', 'facts.<key>', 'facts.<key>.text'.
 */
export type Where = string

/** Every text of a script. Notes and voicemail may stay empty. */
export function textsOf(content: ScriptContent): { where: Where; text: ScriptText; is_needed: boolean }[] {
  return [
    { where: 'greeting', text: content.greeting, is_needed: true },
    ...content.steps.flatMap((step) => [
      { where: `steps.${step.key}`, text: step.say, is_needed: true },
      ...step.wordings.map((wording) => ({
        where: `steps.${step.key}.wordings.${wording.key}`,
        text: wording.say,
        is_needed: true,
      })),
      { where: `steps.${step.key}.note`, text: step.note, is_needed: false },
      ...(hasChoices(step) ? step.choices : []).map((choice) => ({
        where: `steps.${step.key}.choices.${choice.key}`,
        text: choice.label,
        is_needed: true,
      })),
    ]),
    { where: 'closing', text: content.closing, is_needed: true },
    { where: 'voicemail', text: content.voicemail, is_needed: false },
    ...content.objections.flatMap(({ key, objection, reply }) => [
      { where: `objections.${key}`, text: objection, is_needed: true },
      { where: `objections.${key}.reply`, text: reply, is_needed: true },
    ]),
    ...content.facts.flatMap(({ key, title, text }) => [
      { where: `facts.${key}`, text: title, is_needed: true },
      { where: `facts.${key}.text`, text, is_needed: true },
    ]),
  ]
}

export const hasChoices = ({ kind }: { kind: string }): boolean => kind === 'choice' || kind === 'several'

/** Is every word that is looked for in one of these texts, in whatever language? */
export function matching(texts: readonly ScriptText[], wanted: string): boolean {
  const all = texts
    .flatMap((text) => Object.values(text))
    .join(' ')
    .toLowerCase()
  return wanted
    .normalize('NFC')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}

/** Where to read of it in this language, else in another. */
/** Does the caller name a candidate in it? */
export const namesCandidate = (content: ScriptContent): boolean =>
  textsOf(content).some(({ text }) =>
    Object.values(text).some((each) =>
      [...(each ?? '').matchAll(placeholderPattern)].some(([, name]) => name === 'candidate'),
    ),
  )

export const linkOf = (fact: Fact, language: string): string | null => localized(fact.link, language).text || null

const filled = (text: string | undefined): boolean => Boolean(text?.trim())

/** Texts written in one of the script's languages, but not in this one. */
export function missingTranslations(content: ScriptContent): { where: Where; language: string }[] {
  return textsOf(content).flatMap(({ where, text }) => {
    if (!content.languages.some((language) => filled(text[language]))) return []
    return content.languages.filter((language) => !filled(text[language])).map((language) => ({ where, language }))
  })
}

export type ScriptProblemKind =
  | 'missing_text'
  | 'missing_translation'
  | 'unknown_placeholder'
  | 'to_fill_in'
  | 'unreachable'
  | 'loop'
  | 'unknown_step'
  | 'few_choices'
  | 'same_key'
  | 'no_steps'

export interface ScriptProblem {
  where: Where
  kind: ScriptProblemKind
  /** true: the script cannot be used before this is put right. */
  is_blocking: boolean
  /** Language code, placeholder, step key or gap, by kind. */
  detail: string
}

/** About what a field of text holds, as against what a step is or where it leads. */
export const isOfText = ({ kind }: ScriptProblem): boolean =>
  ['missing_text', 'missing_translation', 'unknown_placeholder', 'to_fill_in'].includes(kind)

/** Everything that would trip a caller, in the order of the script. */
export function checkScript(content: ScriptContent): ScriptProblem[] {
  const problems: ScriptProblem[] = []
  const add = (where: Where, kind: ScriptProblemKind, is_blocking: boolean, detail = '') =>
    void problems.push({ where, kind, is_blocking, detail })

  for (const { where, text, is_needed } of textsOf(content)) {
    const written = content.languages.filter((language) => filled(text[language]))
    if (is_needed && !written.length) add(where, 'missing_text', true)
    if (written.length) {
      for (const language of content.languages) {
        if (!filled(text[language])) add(where, 'missing_translation', false, language)
      }
    }
    const said = new Set<string>()
    for (const language of written) {
      for (const unknown of unknownPlaceholders(text[language] ?? '')) said.add(unknown)
    }
    for (const unknown of said) add(where, 'unknown_placeholder', true, unknown)
    const gaps = new Set(written.flatMap((language) => (text[language] ?? '').match(/\[[^\]\n]+\]/g) ?? []))
    for (const gap of gaps) add(where, 'to_fill_in', true, gap)
  }
  if (!content.steps.length) add('steps', 'no_steps', true)

  const keys = content.steps.map((step) => step.key)
  const reached = reachable(content)
  for (const step of content.steps) {
    const where = `steps.${step.key}`
    if (keys.indexOf(step.key) !== keys.lastIndexOf(step.key)) add(where, 'same_key', true, step.key)
    if (hasChoices(step) && step.choices.length < 2) add(where, 'few_choices', true)
    const choiceKeys = step.choices.map((choice) => choice.key)
    if (hasChoices(step) && new Set(choiceKeys).size < choiceKeys.length) add(where, 'same_key', true, step.key)
    for (const to of targets(step)) if (to !== 'closing' && !keys.includes(to)) add(where, 'unknown_step', true, to)
    if (!reached.has(step.key)) add(where, 'unreachable', true)
    else if (isInLoop(content, step)) add(where, 'loop', true)
  }
  for (const [name, all] of Object.entries({ objections: content.objections, facts: content.facts })) {
    const taken = all.map((each) => each.key)
    for (const key of new Set(taken.filter((each, at) => taken.indexOf(each) !== at)))
      add(`${name}.${key}`, 'same_key', true, key)
  }
  return problems
}

/** Anything in braces that we would not fill in. */
function unknownPlaceholders(text: string): string[] {
  const unknown: string[] = []
  for (const [whole] of text.matchAll(/\{[^{}\n]*\}?/g)) {
    const [match] = [...whole.matchAll(placeholderPattern)]
    const pair = match?.[2]
    if (!match || !isPlaceholder(match[1] ?? '') || (pair && !particlePairs.some((each) => each === pair)))
      unknown.push(whole)
  }
  return unknown
}

const targets = (step: Step): string[] => [
  ...waysOf(step).flatMap((way) => step.goes[way] || []),
  ...(step.next === null ? [] : [step.next]),
]

/** Steps that may come right after this one. */
function followers(content: ScriptContent, step: Step): Step[] {
  const found = [undefined, ...waysOf(step)].flatMap((way) => stepAfter(content, step, way) ?? [])
  return [...new Set(found)]
}

function reachable(content: ScriptContent, from: Step[] = content.steps.slice(0, 1)): Set<string> {
  const reached = new Set<string>()
  const open = [...from]
  for (let step = open.pop(); step; step = open.pop()) {
    if (reached.has(step.key)) continue
    reached.add(step.key)
    open.push(...followers(content, step))
  }
  return reached
}

const isInLoop = (content: ScriptContent, step: Step): boolean =>
  reachable(content, followers(content, step)).has(step.key)

/** The first letters of a text, with … where it goes on. */
export function beginningOf(text: string, most: number): string {
  const letters = Array.from(text.replaceAll(/\s+/g, ' '))
  return letters.length > most ? `${letters.slice(0, most).join('')}…` : letters.join('')
}

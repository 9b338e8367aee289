import type { Disposition } from '../../contacts/schema.ts'
import { dispositionRules, SpokenLanguage, SpokeWith } from '../../contacts/schema.ts'
import { exitsOf, otherwise } from '../../scripts/paths.ts'
import { questionsOf, waysOf, wordingFor } from '../../scripts/rules.ts'
import { firstWording, type AnswerValue, type ScriptContent, type Step } from '../../scripts/schema.ts'
import { idOf } from '../form-id.ts'
import type { OwnResult } from '../result-codes/schema.ts'
import { instantOf } from '../rules.ts'
import type { FollowUpKind } from '../schema.ts'
import { codeKeys, wishKeys, type CodedResult, type LetteredResult, type LineResult } from './schema.ts'

/** The attempt of a line: the same line typed twice is one attempt, a corrected one another. */
export const attemptIdOf = (sheet_id: string, line: number, revision: number): string =>
  idOf(`sheet:${sheet_id}:${line}:${revision}`)

/** Typed with the Korean keyboard on, a letter arrives as what stands on its key. */
const koreanKeys: Readonly<Record<string, string>> = {
  ㅇ: 'D',
  ㅡ: 'M',
  ㅌ: 'X',
  ㅗ: 'H',
  ㅍ: 'V',
  ㄴ: 'S',
  ㄱ: 'R',
  ㅠ: 'B',
  ㅐ: 'O',
  ㅁ: 'A',
  ㅊ: 'C',
  ㄷ: 'E',
  ㄹ: 'F',
  ㅎ: 'G',
  ㅓ: 'J',
  ㅏ: 'K',
  ㅜ: 'N',
  ㅔ: 'P',
  ㅅ: 'T',
  ㅕ: 'U',
  ㅈ: 'W',
  ㅛ: 'Y',
  ㅋ: 'Z',
}

const codes = Object.entries(codeKeys) as [CodedResult, string][]

/** No result and no wish has these; of those that a hand writes alike (I, L, Q) none is used. As many as `mostCodes`, and two more. */
const freeLetters = Array.from('ACEFGJKNPTUWYZ')

/** Each own result with a letter of its English name, else with any. */
export function lettered(own: readonly OwnResult[]): LetteredResult[] {
  const left = new Set(freeLetters)
  return own.flatMap((each) => {
    const key = [...(each.name.en ?? '').toUpperCase().split(''), ...left].find((letter) => left.has(letter))
    if (!key) return []
    left.delete(key)
    return [{ ...each, key }]
  })
}

export interface KeyedResult {
  disposition: CodedResult
  result_code: string | null
}

export function resultOfKey(typed: string, own: readonly LetteredResult[] = []): KeyedResult | null {
  const key = koreanKeys[typed] ?? typed.toUpperCase()
  const coded = codes.find(([, each]) => each === key)?.[0]
  if (coded) return { disposition: coded, result_code: null }
  const named = own.find((each) => each.key === key)
  return named && named.counts_as !== 'canvassed' ? { disposition: named.counts_as, result_code: named.code } : null
}

/** The key a result is typed with; '' for answers. */
export function keyOf({ disposition, result_code }: LineResult, own: readonly LetteredResult[]): string {
  const named = own.find(({ code }) => code === result_code)
  return named?.key ?? (disposition === 'canvassed' ? '' : codeKeys[disposition])
}

/** Keys of the results that need one thing more said: of a kind, or of any. */
export const keysNeeding = (
  own: readonly LetteredResult[],
  needs: readonly ('time' | 'language' | 'spoke_with')[] = ['time', 'language', 'spoke_with'],
): string[] =>
  [...codes.map(([counts_as, key]) => ({ counts_as, key })), ...own]
    .filter(({ counts_as }) => needs.some((each) => each === dispositionRules[counts_as].needs))
    .map(({ key }) => key)

/** The same keys with the letters a Korean keyboard has on them. */
export const withKorean = (keys: readonly string[]): string[] => [
  ...keys,
  ...Object.keys(koreanKeys).filter((each) => keys.includes(koreanKeys[each] ?? '')),
]

const wishes = Object.entries(wishKeys) as [FollowUpKind, string][]

/** 'VR', 'v r' or 'V, R' as wishes in the order of the paper; null: one of the letters is none. */
export function wishesOf(typed: string): FollowUpKind[] | null {
  // Vowel and consonant typed one after another arrive as one syllable.
  const keys = Array.from(typed.normalize('NFKD').replaceAll(/[\s,.]/g, ''), (each) => {
    const letter = each.normalize('NFKC')
    return koreanKeys[compatible[letter] ?? letter] ?? letter.toUpperCase()
  })
  if (keys.some((key) => !wishes.some(([, each]) => each === key))) return null
  return wishes.filter(([, key]) => keys.includes(key)).map(([wish]) => wish)
}

/** Parts of a syllable as the letters that stand on the keys. */
const compatible: Readonly<Record<string, string>> = {
  '\u1111': 'ㅍ',
  '\u11c1': 'ㅍ',
  '\u1102': 'ㄴ',
  '\u11ab': 'ㄴ',
  '\u1100': 'ㄱ',
  '\u11a8': 'ㄱ',
  '\u1172': 'ㅠ',
  '\u1162': 'ㅐ',
}

export const typedWishes = (wished: readonly FollowUpKind[]): string => wished.map((each) => wishKeys[each]).join('')

/** Takes a line back that was typed by mistake. */
export const takeBackKey = '-'

/** Chosen, and written on paper, where the caller could not tell which language it was. */
export const unsureKey = '?'

/** The language of a line as it is chosen. */
export const typedLanguage = ({ disposition, language }: LineResult): string =>
  language ?? (disposition === 'language_barrier' ? unsureKey : '')

/** Answers of a question in the order of their numbers on paper; empty: written out. */
export function numbered(step: Step): AnswerValue[] {
  const byKind: Record<Step['kind'], () => AnswerValue[]> = {
    say: () => [],
    support: () => [1, 2, 3, 4, 5],
    yes_no: () => [true, false],
    choice: () => step.choices.map(({ key }) => key),
    several: () => step.choices.map(({ key }) => key),
    text: () => [],
    number: () => [],
  }
  return byKind[step.kind]()
}

/** One digit says it: the cursor may go on by itself. */
export const isOneKey = (step: Step): boolean =>
  step.kind !== 'several' && numbered(step).length > 0 && numbered(step).length < 10

/** What was typed for a question, as an answer; undefined: it is none of its numbers. */
export function answerOf(step: Step, typed: string): AnswerValue | undefined {
  const offered = numbered(step)
  if (step.kind === 'text') return typed
  if (step.kind === 'number') {
    const digits = typed.replaceAll(',', '')
    const number = Number(digits)
    return digits && Number.isFinite(number) ? number : undefined
  }
  if (step.kind === 'several') {
    // "13" is one and three, as long as no number has two digits.
    const parts =
      offered.length < 10 ? typed.replaceAll(/[\s,.]/g, '').split('') : typed.split(/[\s,.]+/).filter(Boolean)
    const chosen = parts.map((each) => offered[Number(each) - 1])
    if (chosen.length === 0 || chosen.some((each) => each === undefined)) return undefined
    return [...new Set(chosen.map(String))]
  }
  return /^\d+$/.test(typed) ? offered[Number(typed) - 1] : undefined
}

/** An answer as it is typed. */
export function typedOf(step: Step, answer: AnswerValue | undefined): string {
  if (answer === undefined) return ''
  const offered = numbered(step)
  if (offered.length === 0) return String(answer)
  const nth = (each: AnswerValue): string => String(offered.indexOf(each) + 1)
  return Array.isArray(answer) ? answer.map(nth).join(' ') : nth(answer)
}

/** The fields of a line as typed, by name without the line's number; questions as `q.<key>`. */
export type TypedLine = Readonly<Record<string, string>>

export type ReadLine =
  | { kind: 'empty' }
  | { kind: 'take_back' }
  | { kind: 'result'; result: LineResult }
  /** `field` as in TypedLine, `problem` a message key. */
  | { kind: 'problem'; field: string; problem: string }

/** What a typed line says. A code and answers exclude each other, and some codes need one thing more. `zone`: of the voter's home. */
export function readLine(
  script: ScriptContent,
  own: readonly LetteredResult[],
  typed: TypedLine,
  zone: string,
): ReadLine {
  const of = (name: string): string => (typed[name] ?? '').trim()
  const wrong = (field: string, problem: string): ReadLine => ({ kind: 'problem', field, problem })
  if (of('code') === takeBackKey) return { kind: 'take_back' }
  const answers: Record<string, AnswerValue> = {}
  for (const step of questionsOf(script)) {
    const said = of(`q.${step.key}`)
    if (!said) continue
    const answer = answerOf(step, said)
    if (answer === undefined) return wrong(`q.${step.key}`, 'paper.answer_unknown')
    answers[step.key] = answer
  }
  const hasAnswers = Object.keys(answers).length > 0
  const note = of('note').slice(0, 1000)
  const wished = wishesOf(of('wishes'))
  if (!wished) return wrong('wishes', 'paper.wish_unknown')
  if (!of('code') && !hasAnswers)
    return note || wished.length > 0 ? wrong('code', 'paper.code_needed') : { kind: 'empty' }
  const coded = of('code') ? resultOfKey(of('code'), own) : null
  if (of('code') && !coded) return wrong('code', 'paper.code_unknown')
  if (coded && hasAnswers) return wrong('code', 'paper.code_or_answers')
  const disposition: Disposition = coded?.disposition ?? 'canvassed'
  const language = SpokenLanguage.safeParse(of('language'))
  if (disposition === 'language_barrier' && !language.success && of('language') !== unsureKey)
    return wrong('language', 'paper.language_needed')
  const told = SpokeWith.safeParse(of('spoke_with'))
  const needsTold = disposition === 'do_not_call' || disposition === 'deceased'
  if (needsTold && !told.success) return wrong('spoke_with', 'paper.spoke_with_needed')
  const back = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)/.exec(of('call_back_at'))
  if (disposition === 'call_back' && !back) return wrong('call_back_at', 'paper.call_back_needed')
  return {
    kind: 'result',
    result: {
      disposition,
      result_code: coded?.result_code ?? null,
      answers,
      note,
      call_back_at:
        disposition === 'call_back' && back
          ? instantOf(zone, back[1] ?? '', `${back[2]}:${back[3]}`).toISOString()
          : null,
      language: disposition === 'language_barrier' && language.success ? language.data : null,
      spoke_with: needsTold && told.success ? told.data : null,
      wishes: wished,
    },
  }
}

export const isSameResult = (one: LineResult, other: LineResult): boolean =>
  JSON.stringify(comparable(one)) === JSON.stringify(comparable(other))

const comparable = ({ answers, ...rest }: LineResult) => [
  Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  Object.entries(answers).toSorted(([a], [b]) => (a < b ? -1 : 1)),
]

/** 'A', 'B', …: which wording of a question this voter hears; null: it has one. */
export function wordingLetter(step: Step, voter_id: number): string | null {
  if (step.wordings.length === 0) return null
  const { key } = wordingFor(step, voter_id)
  return letterOf([firstWording, ...step.wordings.map((each) => each.key)].indexOf(key))
}

export const letterOf = (index: number): string => String.fromCharCode(65 + index)

export interface Lead {
  /** The number of a question; a letter of what is only read out and led to; '' else. */
  name: string
  /** By which answers, named as `exitsOf` does; without any, always. null: the closing words. */
  to: { ways: string[]; name: string | null }[]
}

/** How the script branches, by step key: on paper nobody turns the page for the caller. */
export function leadsOf(script: ScriptContent): Map<string, Lead> {
  const { steps } = script
  const questions = questionsOf(script)
  const branching = steps.map((step, at) => {
    const below = steps[at + 1]?.key ?? null
    const exits = [...exitsOf(script, step)]
    if (exits.length > 1) return { step, to: step.kind === 'several' ? oneByOne(step, exits) : exits }
    return { step, to: exits.flatMap(([to]): Exit[] => (to === below ? [] : [[to, []]])) }
  })
  const targets = new Set(branching.flatMap(({ to }) => to.map(([next]) => next)))
  let letters = 0
  const names = new Map(
    steps.map((step) => {
      const nth = questions.indexOf(step) + 1
      return [step.key, nth ? String(nth) : targets.has(step.key) ? letterOf(letters++) : '']
    }),
  )
  return new Map(
    branching.map(({ step, to }) => [
      step.key,
      {
        name: names.get(step.key) ?? '',
        to: to.map(([next, ways]) => ({
          ways,
          name: next === null ? null : (names.get(next) ?? ''),
        })),
      },
    ]),
  )
}

type Exit = [to: string | null, ways: string[]]

/** Of several chosen the first decides: each in its place, whatever leads there too. */
function oneByOne(step: Step, exits: readonly Exit[]): Exit[] {
  const order = [...waysOf(step), otherwise]
  return exits
    .flatMap(([to, ways]) => ways.map((way): Exit => [to, [way]]))
    .sort(([, [a = '']], [, [b = '']]) => order.indexOf(a) - order.indexOf(b))
}

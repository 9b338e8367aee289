import { createHash } from 'node:crypto'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import type { CandidateStatus } from '../../elections/contests/schema.ts'
import type { Rules } from '../cycles/schema.ts'
import type { HandedIn } from '../files/queries.ts'
import type { Question } from '../questions/queries.ts'
import { wordsIn } from '../questions/rules.ts'
import { pledges, positions, type Answer } from './schema.ts'

export type AnswerProblem = 'needed' | 'why_needed' | 'too_long' | 'ranked_twice' | 'link_wrong'

/** A text without a limit of its own. */
const words_most = 5000

/** Fields of a question on the page. */
export const fieldOf = (question_id: string, part: 'choice' | 'text' | 'link' | 'file' | number): string =>
  typeof part === 'number' ? `rank_${part}_${question_id}` : `${part}_${question_id}`

/** By field of the page. */
export type Typed = Readonly<Record<string, string>>

/** Answers as typed, and what keeps them from being sent, by question. `files`: what the candidate handed in. */
export function readAnswers(questions: readonly Question[], typed: Typed, files: readonly HandedIn[] = []) {
  const answers: Record<string, Answer | null> = {}
  const problems: Record<string, AnswerProblem> = {}
  for (const question of questions) {
    if (question.kind === 'section') continue
    const answer = answerTo(question, typed, files)
    const problem = problemOf(question, answer)
    answers[question.question_id] = Object.keys(answer).length > 0 ? answer : null
    if (problem) problems[question.question_id] = problem
  }
  return { answers, problems }
}

function answerTo({ question_id, kind, choices }: Question, typed: Typed, files: readonly HandedIn[]): Answer {
  if (kind === 'file') {
    const file = files.find((each) => each.question_id === question_id && each.file_id === typed[fieldOf(question_id, 'file')]) // prettier-ignore
    return file ? { file: { file_id: file.file_id, name: file.name, sha256: file.sha256, bytes: file.bytes } } : {}
  }
  const said = (part: 'choice' | 'text' | 'link'): string => (typed[fieldOf(question_id, part)] ?? '').trim()
  const choice = [...(kind === 'position' ? positions : kind === 'pledge' ? pledges : [])].find((each) => each === said('choice')) // prettier-ignore
  const ranks = choices.map((_, at) => Number(typed[fieldOf(question_id, at)] || 0))
  const order = ranks
    .map((rank, at) => ({ rank, at }))
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => one.rank - other.rank)
  if (kind === 'ranking') {
    const isTwice = new Set(order.map(({ rank }) => rank)).size < order.length
    return order.length === 0 ? {} : { order: isTwice ? [] : order.map(({ at }) => at) }
  }
  return {
    ...(choice && { choice }),
    ...(said('text') && { text: said('text') }),
    ...(kind === 'record' && said('link') && { link: said('link') }),
  }
}

function problemOf(question: Question, answer: Answer): AnswerProblem | null {
  const { kind, is_needed, choices } = question
  if (wordsIn(answer.text ?? '') > (question.words_most ?? words_most)) return 'too_long'
  if (answer.link && !/^https?:\/\/\S{3,500}$/.test(answer.link)) return 'link_wrong'
  if (answer.order?.length === 0) return 'ranked_twice'
  if (answer.choice === 'qualified' && !answer.text) return 'why_needed'
  if (!is_needed) return null
  const isSaid: Record<Question['kind'], boolean> = {
    section: true,
    position: answer.choice !== undefined,
    pledge: answer.choice !== undefined,
    text: answer.text !== undefined,
    record: answer.text !== undefined,
    ranking: answer.order?.length === choices.length,
    file: answer.file !== undefined,
  }
  return isSaid[kind] ? null : 'needed'
}

/**
 * What was typed beside what another device saved since the page was opened. `theirs`: fields they filled in otherwise;
 * `twice`: those of them in which both wrote.
 */
export function besideDraft({ seen, typed, saved }: { seen: Typed; typed: Typed; saved: Typed }) {
  const names = [...new Set([seen, typed, saved].flatMap((each) => Object.keys(each)))]
  const held = (values: Typed, name: string): string => values[name] ?? ''
  const isMine = (name: string): boolean => held(typed, name) !== held(seen, name)
  const theirs = names.filter(
    (name) => held(saved, name) !== held(seen, name) && held(saved, name) !== held(typed, name),
  )
  const together: Record<string, string> = {}
  for (const name of names) {
    const value = held(isMine(name) ? typed : saved, name)
    if (value) together[name] = value
  }
  return { together, theirs, twice: theirs.filter(isMine) }
}

/** Of the questions as somebody read them; another one says that they were changed since. */
export const keyOfQuestions = (questions: readonly Question[]): string =>
  sha256Of(
    JSON.stringify(
      questions.map(({ question_id, kind, text, hint, choices, words_most }) => [question_id, kind, text, hint, choices, words_most]), // prettier-ignore
    ),
  ).slice(0, 16)

/** 'gone': they no longer run, or their contest is no longer of the cycle. */
export type Taking = 'open' | 'late' | 'closed' | 'gone'
export const isTaken = (taking: Taking): taking is 'open' | 'late' => taking === 'open' || taking === 'late'

/** Are answers taken on this day? Once the vote begins nothing of them changes. */
export function takingOn(rules: Rules, today: string, runs: { contest_id: number; status: CandidateStatus }): Taking {
  if (!isRunning(runs.status) || !rules.contest_ids.includes(runs.contest_id)) return 'gone'
  if (today <= rules.answers_by_on) return 'open'
  return rules.late === 'marked' && today < rules.vote_from_on ? 'late' : 'closed'
}

interface Given {
  handed_on: string | null
  opened_at: Date | null
  saved_at: Date | null
  is_mailed: boolean
}

/** A link that was made is nobody's yet: asked is whom it was mailed or handed to, or whose campaign opened it. */
export const isAsked = ({ handed_on, opened_at, saved_at, is_mailed }: Given): boolean =>
  is_mailed || handed_on !== null || opened_at !== null || saved_at !== null

interface Reached {
  invitation: Given | null
  submissions: readonly unknown[]
}

/** How many came so far; whoever is done also began, opened and was asked. */
export function stagesReached(candidates: readonly Reached[]) {
  const count = (reached: (each: Reached) => unknown): number => candidates.filter(reached).length
  const isDone = ({ submissions }: Reached): boolean => submissions.length > 0
  return {
    asked: count((each) => isDone(each) || (each.invitation && isAsked(each.invitation))),
    opened: count((each) => isDone(each) || each.invitation?.opened_at || each.invitation?.saved_at),
    begun: count((each) => isDone(each) || each.invitation?.saved_at),
    done: count(isDone),
  }
}

/** One text for one meaning: keys in order, no spaces, letters composed (NFC). */
export function canonicalText(signed: unknown): string {
  const inOrder = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inOrder)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, each]) => [key, inOrder(each)]),
    )
  }
  return JSON.stringify(inOrder(signed)).normalize('NFC')
}

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Is a signature the candidate's name, in any script: every word of it, or of the name, is in the other? Case, marks and order aside. */
export function isSignedBy(signed_by: string, { name, names }: { name: string; names: LocalizedText }): boolean {
  const words = (text: string): string[] =>
    text.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const signed = words(signed_by)
  return [name, ...Object.values(names)].some((each) => {
    const own = words(each ?? '')
    const [few, many] = signed.length < own.length ? [signed, own] : [own, signed]
    return own.join('') !== '' && (own.join('') === signed.join('') || (few.length > 1 && few.every((word) => many.includes(word))))
  })
} // prettier-ignore

import type { Answers, EventText } from '../schema.ts'
import type { QuestionState } from './schema.ts'

/** A sign-up with what it said. */
export interface Asker {
  signup_id: string
  language: string
  answers: Answers
}

/** A question somebody of the team has worked on. */
export interface Edited {
  question_id: string
  signup_id: string | null
  asked: string
  language: string
  text: EventText
  state: QuestionState
  into_id: string | null
  position: number | null
}

export interface Question<Of extends Asker = Asker> extends Edited {
  /** Who asked; null: the team. */
  asker: Of | null
  /** What they say since it was edited; '': they took it back; null: the same. */
  said_since: string | null
}

export const askedBy = ({ answers }: Pick<Asker, 'answers'>): string =>
  typeof answers.questions === 'string' ? answers.questions : ''

/** Every question of an event: as edited, and those nobody has looked at, each as one of its own. */
export function gathered<Of extends Asker>(edited: readonly Edited[], askers: readonly Of[]): Question<Of>[] {
  const known = new Set(edited.map(({ question_id }) => question_id))
  const fresh = askers
    .filter((asker) => askedBy(asker) && !known.has(asker.signup_id))
    .map((asker): Question<Of> => {
      const asked = askedBy(asker)
      const language = languageOf(asked, asker.language)
      const { signup_id } = asker
      return { question_id: signup_id, signup_id, asked, language, text: {}, state: 'open', into_id: null, position: null, asker, said_since: null } // prettier-ignore
    })
  const looked = edited.map((row): Question<Of> => {
    const asker = askers.find(({ signup_id }) => signup_id === row.signup_id) ?? null
    const says = asker && askedBy(asker)
    return { ...row, asker, said_since: says === row.asked ? null : says }
  })
  return [...fresh, ...looked]
}

/** Which language a question is in: by its letters, as far as they tell; else the one its asker reads. */
export function languageOf(text: string, read: string): string {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko'
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja'
  if (/\p{Script=Han}/u.test(text)) return 'zh'
  return ['ko', 'ja', 'zh'].includes(read) ? 'en' : read
}

/** '' where it is not said in that language yet. */
export const textIn = (
  { text, language, asked }: Pick<Question, 'text' | 'language' | 'asked'>,
  wanted: string,
): string => text[wanted] || (language === wanted ? asked : '')

/** Those that stand on their own, in the order in which they are put; of those not kept, as they came. */
export const mainOnes = <Of extends Asker>(all: readonly Question<Of>[], state: QuestionState): Question<Of>[] =>
  all
    .filter((each) => each.state === state && each.into_id === null)
    .toSorted((one, other) => (one.position ?? Infinity) - (other.position ?? Infinity) || 0)

/** Those that ask the same as this one. */
export const sameAs = <Of extends Asker>(all: readonly Question<Of>[], question_id: string): Question<Of>[] =>
  all.filter(({ into_id }) => into_id === question_id)

/** How many people asked it; the team is nobody. */
export const askersOf = (all: readonly Question[], question: Question): number =>
  new Set([question, ...sameAs(all, question.question_id)].flatMap(({ signup_id }) => signup_id ?? [])).size

/** The order after one was moved; beyond an end nothing moves. */
export function movedIn(ids: readonly string[], id: string, act: 'first' | 'up' | 'down'): string[] {
  const at = ids.indexOf(id)
  if (at < 0) return [...ids]
  const to = act === 'first' ? 0 : Math.min(ids.length - 1, Math.max(0, at + (act === 'up' ? -1 : 1)))
  return ids.filter((each) => each !== id).toSpliced(to, 0, id)
}

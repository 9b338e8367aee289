import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import type { AskedIn, QuestionKind } from './schema.ts'

/** Korean says in two and a half syllables, and Chinese in one and a half characters, what English takes a word for. */
const per_word = { hangul: 2.5, han: 1.5 }

/**
 * How long a text is, in English words: spaces count Korean short, where particles and endings hang on the word before, and
 * do not count Chinese at all.
 */
export const wordsIn = (text: string): number => Math.ceil(lengthOf(text))

/** The same in Korean syllables. */
export const syllablesIn = (text: string): number => Math.ceil(Number((lengthOf(text) * per_word.hangul).toFixed(6)))

function lengthOf(text: string): number {
  const composed = text.normalize('NFC')
  const hangul = composed.match(/\p{Script=Hangul}/gu)?.length ?? 0
  const han = composed.match(/\p{Script=Han}/gu)?.length ?? 0
  const others = composed
    .replaceAll(/[\p{Script=Hangul}\p{Script=Han}]/gu, ' ')
    .split(/\s+/)
    .filter((each) => /[\p{L}\p{N}]/u.test(each))
  return hangul / per_word.hangul + han / per_word.han + others.length
}

/** The same limit for whoever writes Korean, in syllables. */
export const syllablesOf = (words: number): number => Math.floor(words * per_word.hangul)

/** Is this asked of whoever runs in the contest? */
export const isAskedIn = (asked: AskedIn, contest: { contest_id: number; office: string }): boolean =>
  asked.contest_id === null
    ? asked.office === null || asked.office === contest.office
    : asked.contest_id === contest.contest_id

/** Those asked in the contest, in their order; a heading stands only over something. */
export const askedIn = <Each extends AskedIn & { kind: QuestionKind }>(
  questions: readonly Each[],
  contest: { contest_id: number; office: string },
): Each[] =>
  questions
    .filter((question) => isAskedIn(question, contest))
    .filter(({ kind }, at, asked) => kind !== 'section' || (asked[at + 1]?.kind ?? 'section') !== 'section')

interface Worded {
  text: LocalizedText
  hint: LocalizedText
  choices: readonly LocalizedText[]
}

/** Languages some text of the question is not in, though another language has it. */
export const lacksLanguages = ({ text, hint, choices }: Worded, languages: readonly string[]): string[] =>
  languages.filter((language) =>
    [text, hint, ...choices].some((each) => Object.keys(each).length > 0 && !each[language]),
  )

/** One text per line and language, put together line by line; null: the languages have different numbers of lines. */
export function choicesOf(lines: Readonly<Record<string, readonly string[]>>): LocalizedText[] | null {
  const written = Object.entries(lines).filter(([, each]) => each.length > 0)
  const count = written[0]?.[1].length ?? 0
  if (written.some(([, each]) => each.length !== count)) return null
  return Array.from({ length: count }, (_, at) =>
    Object.fromEntries(written.map(([language, each]) => [language, each[at] ?? ''])),
  )
}

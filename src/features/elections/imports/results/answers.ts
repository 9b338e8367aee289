import type { ResultAnswers } from './schema.ts'

/** What a form says of the names of a file of results: who each is, by `candidate.<key>`. */
export const resultAnswersIn = (form: Readonly<Record<string, unknown>>): ResultAnswers =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]): [string, number | 'none'][] =>
      name.startsWith('candidate.') && typeof value === 'string' ? resultAnswerIn(name.slice(10), value) : [],
    ),
  )

/** `value`: the number of a candidate, or 'none'; all else answers nothing. */
export const resultAnswerIn = (key: string, value: string): [string, number | 'none'][] =>
  value === 'none' ? [[key, 'none']] : /^\d{1,9}$/.test(value) ? [[key, Number(value)]] : []

import type { Said } from './plan.ts'

/** What a form says of a list: who somebody is, by `who.<key>`, and which terms go on, by `stay[]`. */
export function saidIn(form: Readonly<Record<string, unknown>>): Said {
  const answers = Object.entries(form).flatMap(([name, value]): [string, number | 'new'][] =>
    name.startsWith('who.') && typeof value === 'string' ? answerIn(name.slice(4), value) : [],
  )
  const stay = [form['stay[]'] ?? []].flat()
  return { answers: Object.fromEntries(answers), stay: stay.filter(isNumber).map(Number) }
}

/** `value`: the number of somebody we know, or 'new'; all else answers nothing. */
export const answerIn = (key: string, value: string): [string, number | 'new'][] =>
  value === 'new' ? [[key, 'new']] : isNumber(value) ? [[key, Number(value)]] : []

const isNumber = (value: unknown): value is string => typeof value === 'string' && /^\d{1,9}$/.test(value)

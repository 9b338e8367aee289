import { CliProblem } from './context.ts'

/* What options take, for commander: a wrong value ends the program with exit code 2 and a sentence. */

/** A day there is, YYYY-MM-DD. */
export const dayIn =
  (option: string) =>
  (text: string): string => {
    const day = new Date(`${text}T00:00:00Z`)
    if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
      throw new CliProblem(`${option}: ${text} is no date; it takes YYYY-MM-DD`, 2)
    return text
  }

/** A whole number from `least` to `most`. */
export const numberIn =
  (option: string, least: number, most: number) =>
  (text: string): number => {
    const number = Number(text)
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new CliProblem(`${option}: ${text} is not what it takes: a whole number from ${least} to ${most}`, 2)
    return number
  }

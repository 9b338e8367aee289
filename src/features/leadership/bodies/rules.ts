import { localized } from '../../../platform/i18n/languages.ts'

type Texts = Readonly<Record<string, string>>

/** What holding an office is called, in every language its body or itself has a name in: as the view `role_named` has it. */
export const officeNames = (body: Texts, office: Texts): Record<string, string> =>
  Object.fromEntries(
    [...new Set(['en', ...Object.keys(body), ...Object.keys(office)])].map((language) => [
      language,
      `${localized(body, language).text}: ${localized(office, language).text}`,
    ]),
  )

/** Days are 'YYYY-MM-DD', both included; `until_on` null: no end yet. */
export interface Term {
  from_on: string
  until_on: string | null
}

export const holdsOn = ({ from_on, until_on }: Term, day: string): boolean =>
  from_on <= day && (until_on === null || until_on >= day)

/** Whether there is a seat on every day of a term beside those who hold the office already; `seats` null: any number. */
export function hasSeat(held: readonly Term[], wished: Term, seats: number | null): boolean {
  if (seats === null) return true
  // It can get fuller only on a day a term begins.
  const begins = held.map(({ from_on }) => from_on).filter((day) => day > wished.from_on && holdsOn(wished, day))
  return [wished.from_on, ...begins].every((day) => held.filter((each) => holdsOn(each, day)).length < seats)
}

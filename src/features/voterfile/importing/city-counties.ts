import { wholeNumber } from '../rules/keys.ts'

/** Registered once in New York City, a voter has one number there: its five counties share their numbering; all others number by themselves. */
export const cityCounties = ['queens', 'kings', 'new-york', 'bronx', 'richmond']

/** The same in SQL, of records as `v`. */
export const isOfTheCity = `v.county in (${cityCounties.map((county) => `'${county}'`).join(', ')})`

/** A record's number in its county without letters and zeros before it, as `v`; some counties' have more digits than a bigint. */
export const countyNumber = `nullif(regexp_replace(v.county_voter_id, '\\D', '', 'g'), '')::numeric`

/** The number a file of the city gives; -1, which nobody has, where it cannot be one. */
export function cityNumber(text: string): number {
  const number = Number(wholeNumber(text.trim()).replace(/\D/g, ''))
  return number > 0 && Number.isSafeInteger(number) ? number : -1
}

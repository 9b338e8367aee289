/** Registered once in New York City, a voter has one number there: its five counties share their numbering; all others number by themselves. */
export const cityCounties = ['queens', 'kings', 'new-york', 'bronx', 'richmond']

/** The same in SQL. */
export const ofTheCity = cityCounties.map((county) => `'${county}'`).join(', ')

/** Of records as `v`: who the city's list came before the state's file is of the city, also where the county is not known. */
export const isOfTheCity = `(v.county in (${ofTheCity}) or v.id_kind = 'county')`

/** A record's number in its county without letters and zeros before it; some counties' have more digits than a bigint. */
export const countyNumberOf = (record: string): string =>
  `nullif(regexp_replace(${record}.county_voter_id, '\\D', '', 'g'), '')::numeric`

/** The same, as `v`. */
export const countyNumber = countyNumberOf('v')

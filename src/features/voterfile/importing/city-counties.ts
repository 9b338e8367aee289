import { provisionalBase, withoutNumber } from '../rules/keys.ts'

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

/**
 * Of records as `v`: who bears which number in the city, as far as a file without names can tell. Where several claim one,
 * the highest `merit` counts: whom the city's lists name so before whom the state says it of, who is there before who is gone.
 */
export const cityHolders = (table: string): string => `
  select voter_id, number, ${merit} as merit from (
    select v.voter_id, v.gone_in, v.status, v.city_number is not null or v.id_kind is not null as is_own,
      case when v.id_kind is not null then ${provisionalBase} - v.state_key else coalesce(v.city_number, ${countyNumber}) end as number
    from ${table} v where ${isOfTheCity} or v.city_number is not null
  ) v where number > 0 and number < ${withoutNumber}`

export const merit =
  "case when is_own then 4 else 0 end - case when v.gone_in is null then 0 else 2 end - case when v.status = 'purged' then 1 else 0 end"

/** The same in whatever county: what a city's list says of somebody holds before what the state says. */
export const numberInTheirCounty = `coalesce(v.city_number, ${countyNumber})`

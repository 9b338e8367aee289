import type { Meaning } from './layout.ts'

/** 'election': a column of its own for one election; '': left out. */
export type ColumnIs = Meaning | 'election' | ''

/** What the page offers for a column, in groups as a reader looks for them. */
export const columnGroups = {
  identity: ['state_voter_id', 'county_voter_id'],
  name: ['last_name', 'first_name', 'middle_name', 'suffix'],
  person: ['birth_date', 'birth_year', 'sex', 'phone', 'phone_area'],
  registration: ['party', 'status', 'registered_on', 'last_voted_on', 'confidential'],
  address: [
    ...(['address_line', 'address_line_2', 'house_number', 'house_fraction', 'street_before', 'street_name'] as const),
    ...(['street_type', 'street_after', 'unit_type', 'unit', 'city', 'zip', 'zip4', 'county'] as const),
  ],
  mail: ['mail_1', 'mail_2', 'mail_3', 'mail_city', 'mail_state', 'mail_zip', 'mail_country'],
  districts: [
    ...(['cd', 'sd', 'ad', 'ccd', 'ed', 'precinct', 'district:school', 'district:ward', 'district:town'] as const),
    ...([
      'district:township',
      'district:village',
      'district:city',
      'district:municipality',
      'district:judicial',
    ] as const),
  ],
  history: ['election', 'votes'],
} as const satisfies Record<string, readonly ColumnIs[]>
export const offered: readonly ColumnIs[] = Object.values(columnGroups).flat()

/** Columns whose change is one kind of change. */
export const changeKinds = {
  moved: ['house_number', 'street', 'unit', 'city', 'zip5', 'county'],
  party: ['party', 'party_code'],
  status: ['status', 'status_code'],
  name: ['last_name', 'first_name', 'middle_name', 'suffix'],
  districts: ['ad', 'ed', 'sd', 'cd', 'precinct'],
} as const

/**
 * The same where one board's list is followed by another's (rekeying.ts): an initial for a middle name, a code written
 * otherwise or a neighborhood for a city is no news of the voter.
 */
export const otherBoardsKinds: Readonly<Record<keyof typeof changeKinds, readonly string[]>> = {
  moved: ['house_number', 'street', 'zip5'],
  party: ['party'],
  status: ['status'],
  name: ['last_name', 'first_name'],
  districts: ['ad', 'ed', 'sd', 'cd'],
}

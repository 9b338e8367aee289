/** Columns whose change is one kind of change. */
export const changeKinds = {
  moved: ['house_number', 'street', 'unit', 'city', 'zip5', 'county'],
  party: ['party', 'party_code'],
  status: ['status', 'status_code'],
  name: ['last_name', 'first_name', 'middle_name', 'suffix'],
  districts: ['ad', 'ed', 'sd', 'cd', 'precinct'],
} as const

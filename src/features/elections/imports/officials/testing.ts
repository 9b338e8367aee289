/* Lists of officials in the shapes others keep them in, for tests. Everybody is invented. */

/** One entry of `legislators-current` of unitedstates/congress-legislators. */
export function legislator(bioguide: string, name: string, term: Readonly<Record<string, unknown>>) {
  const [first = '', last = ''] = name.split(' ')
  return {
    id: { bioguide, govtrack: 400001 },
    name: { first, last, official_full: name },
    bio: { gender: 'F' },
    terms: [{ type: 'rep', start: '2025-01-03', end: '2027-01-03', state: 'NY', district: 6, party: 'Democrat', ...term }],
  } // prettier-ignore
}

/** A file of openstates/people. */
export const personYaml = (id: string, name: string, type: string, district: number, more = ''): string =>
  `id: ocd-person/${id}
name: ${name}
party:
- name: Democratic
roles:
- start_date: 2016-01-10
  type: ${type}
  jurisdiction: ocd-jurisdiction/country:us/state:ny/government
  district: '${district}'
links:
- url: https://nyassembly.gov/mem/example
${more}`

/** Current people of Open States; `lines` begin with the last part of the id. */
export const csvOf = (...lines: string[]): string =>
  ['id,name,current_party,current_district,current_chamber', ...lines.map((line) => `ocd-person/${line}`), ''].join(
    '\n',
  )

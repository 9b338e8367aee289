import { isOwn, type Column, type Layout, type Meaning } from '../layouts/layout.ts'

/** Where each meaning stands in the file at hand. */
export interface ColumnMap {
  count: number
  names: string[]
  /** Index of the column with that meaning, or -1. */
  at(meaning: Meaning): number
  /** `district:` and `other:` columns: index and key. */
  districts: { index: number; key: string }[]
  others: { index: number; key: string }[]
  /** Wide history: index, kind and date of each election's column. */
  elections: { index: number; header: string }[]
  /** Names in the file which the layout does not know. */
  unknown: string[]
  /** Names of the layout with a meaning which the file lacks. */
  missing: string[]
}

const fold = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** What a column without a heading is called where it is described. */
export const unnamed = (at: number): string => `Column ${at + 1}`

/** The columns of a file with this header; null where it is not a header of this layout. */
export function columnsByHeader(layout: Layout, header: readonly string[]): ColumnMap | null {
  // States write one heading in several ways; a described one is known as it stood, in whatever letters.
  const asNamed = isOwn(layout.id) ? (name: string): string => name.trim().toLowerCase() : fold
  const known = new Map(
    layout.columns
      .flat()
      .flatMap((column) => [column.name, ...(column.also ?? [])].map((name) => [asNamed(name), column] as const)),
  )
  const found = header.map((name, at) => known.get(asNamed(name.trim() || unnamed(at))))
  const recognised = found.filter(Boolean).length
  const named = header.filter((name) => name.trim() !== '').length
  const elections = electionColumns(layout, header)
  if (recognised + elections.length < Math.max(2, named / 2)) return null
  const meanings = found.map((column) => column?.is ?? null)
  if (!meanings.includes(layout.key)) return null
  const missing = layout.columns
    .map((list) => list.filter((column) => column.is && !meanings.includes(column.is)))
    .reduce((closest, each) => (each.length < closest.length ? each : closest))
  return columnMap(meanings, [...header], elections, {
    unknown: header.filter((name, index) => !found[index] && !elections.some((each) => each.index === index)),
    missing: missing.map((column) => column.name),
  })
}

/** Has it what makes it a file of that board, and not a list of somebody's beside the same id? */
export function isBoardsFile(layout: Layout, columns: ColumnMap): boolean {
  if (layout.kind === 'history') return columns.at('election_on') >= 0
  const said = (list: readonly Column[]): number => list.filter(({ is }) => is && columns.at(is) >= 0).length
  return (
    columns.at('last_name') >= 0 && layout.columns.some((list) => said(list) >= list.filter(({ is }) => is).length / 2)
  )
}

/** An extract under the board's own headings, which somebody has said it is: who, since when and where. */
export function isExtract(columns: ColumnMap): boolean {
  const has = (...any: Meaning[]): boolean => any.some((meaning) => columns.at(meaning) >= 0)
  return has('last_name') && has('first_name') && has('birth_date', 'birth_year') && has('street_name', 'address_line')
}

/** The columns of a file without header, by how many there are; null where the layout has no such form. */
export function columnsByCount(layout: Layout, count: number): ColumnMap | null {
  const list = layout.columns.find((columns) => columns.length === count)
  if (!list) return null
  return columnMap(
    list.map((column) => column.is ?? null),
    list.map((column) => column.name),
    electionColumns(
      layout,
      list.map((column) => column.name),
    ),
    { unknown: [], missing: [] },
  )
}

/** Wide history: which columns are elections. Where each is named no other is taken for one. */
function electionColumns({ history }: Layout, names: readonly string[]): ColumnMap['elections'] {
  if (history?.style !== 'wide') return []
  const { elections } = history
  const pattern = elections ? null : new RegExp(history.header)
  return names.flatMap((name, index) => {
    const header = name.trim()
    return (pattern ? pattern.test(header) : elections && Object.hasOwn(elections, header)) ? [{ index, header }] : []
  })
}

/** What each column of a record is made of; where a file has none of them it says nothing about it. */
const madeOf: Readonly<Record<string, readonly Meaning[]>> = {
  birth_date: ['birth_date'],
  birth_year: ['birth_date', 'birth_year'],
  registered_on: ['registered_on'],
  ed: ['ed'],
  ad: ['ad'],
  sd: ['sd'],
  cd: ['cd'],
  county_voter_id: ['county_voter_id'],
  first_name: ['first_name'],
  middle_name: ['middle_name'],
  suffix: ['suffix'],
  given_key: ['first_name', 'middle_name'],
  sex: ['sex'],
  party: ['party'],
  party_code: ['party'],
  status: ['status'],
  status_code: ['status'],
  registered_by: ['registered_by'],
  precinct: ['precinct'],
  mail_address: ['mail_1', 'mail_city'],
}

/** The parts of an address that make a household; of each what it is made of. */
const addressParts: Readonly<Record<'house_number' | 'street' | 'unit' | 'zip5', readonly Meaning[]>> = {
  house_number: ['house_number', 'address_line'],
  street: ['street_name', 'address_line'],
  unit: ['unit', 'address_line'],
  zip5: ['zip5', 'zip'],
}
/** What belongs to the place but not to the household's key. */
const besideAddress: Readonly<Record<'city' | 'zip4', readonly Meaning[]>> = { city: ['city'], zip4: ['zip4', 'zip'] }

interface Unsaid {
  columns: string[]
  /** Parts of an address for which there is no column: whose stored address has one of them keeps it whole. */
  addressParts: (keyof typeof addressParts)[]
  /** Stay as long as the household is the same. */
  besideAddress: (keyof typeof besideAddress)[]
}

/** Where votes stand in one column. */
const packedVotes: Readonly<Record<string, readonly Meaning[]>> = {
  votes: ['votes'],
  votes_unread: ['votes'],
  last_voted_on: ['votes', 'last_voted_on'],
}

/** Columns of a record about which none of these files says anything. */
export function unsaid(layout: Layout, files: readonly ColumnMap[]): Unsaid {
  const lacking = <Name extends string>(of: Readonly<Record<Name, readonly Meaning[]>>): Name[] =>
    (Object.keys(of) as Name[]).filter((column) => !of[column].some(isSaid)) // the keys just named
  const isThere = (meaning: Meaning): boolean => files.some((columns) => columns.at(meaning) >= 0)
  // Beside columns of the street a line is for the few addresses they do not fit.
  const isSaid = (meaning: Meaning): boolean =>
    isThere(meaning) && (meaning !== 'address_line' || !isThere('street_name'))
  const columns = lacking(layout.history?.style === 'packed' ? { ...madeOf, ...packedVotes } : madeOf)
  return {
    columns: isSaid('county') || layout.county || layout.county_by ? columns : [...columns, 'county'],
    addressParts: lacking(addressParts),
    besideAddress: lacking(besideAddress),
  }
}

function columnMap(
  meanings: readonly (Meaning | null)[],
  names: string[],
  elections: ColumnMap['elections'],
  odd: Pick<ColumnMap, 'unknown' | 'missing'>,
): ColumnMap {
  const keyed = (prefix: string): { index: number; key: string }[] =>
    meanings.flatMap((meaning, index) =>
      meaning?.startsWith(prefix) ? [{ index, key: meaning.slice(prefix.length) }] : [],
    )
  return {
    count: meanings.length,
    names,
    at: (meaning) => meanings.indexOf(meaning),
    districts: keyed('district:'),
    others: keyed('other:'),
    elections,
    ...odd,
  }
}

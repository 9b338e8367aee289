/** What a column of a voter file may mean to us. Everything else a layout says is data too: no layout has code. */
export const meanings = [
  'state_voter_id',
  'county_voter_id',
  'last_name',
  'first_name',
  'middle_name',
  'suffix',
  'birth_date',
  'birth_year',
  'sex',
  'party',
  'other_party',
  'status',
  'house_number',
  'house_fraction',
  'street_before',
  'street_name',
  'street_type',
  'street_after',
  'unit_type',
  'unit',
  /** A whole line: '12 MAIN ST APT 4'. */
  'address_line',
  'address_line_2',
  'city',
  'zip5',
  'zip4',
  'zip',
  'mail_1',
  'mail_2',
  'mail_3',
  'mail_4',
  'mail_city',
  'mail_state',
  'mail_zip',
  'mail_country',
  'county',
  'ed',
  'ad',
  'sd',
  'cd',
  'ccd',
  'precinct',
  'registered_on',
  'registered_by',
  'last_voted_on',
  'phone',
  'phone_area',
  'votes',
  'confidential',
  /** Of a history file: one row per voter and election. */
  'election_on',
  'election_kind',
  'method',
] as const
export type Meaning =
  | (typeof meanings)[number]
  /** Kept under that key in `districts`, or in `other`. */
  | `district:${string}`
  | `other:${string}`

export interface Column {
  /** As the header has it, or as the layout's own paper calls it where there is no header. */
  name: string
  /** Other spellings of the header. */
  also?: readonly string[]
  /** Absent: read past. */
  is?: Meaning
}

export const standardParties = ['dem', 'rep', 'con', 'wor', 'gre', 'lib', 'ind', 'oth', 'none'] as const
export type StandardParty = (typeof standardParties)[number]
export const standardStatuses = [
  'active',
  'inactive',
  'military',
  'federal',
  'overseas',
  'purged',
  'preregistered',
] as const
export type StandardStatus = (typeof standardStatuses)[number]
export const registrationSources = ['dmv', 'mail', 'agency', 'board', 'school', 'local'] as const
export type RegisteredBy = (typeof registrationSources)[number]
export const electionKinds = [
  'general',
  'primary',
  'presidential_primary',
  'special',
  'runoff',
  'local',
  'other',
] as const
export type ElectionKind = (typeof electionKinds)[number]
export const methodsOfVoting = ['unknown', 'poll', 'early', 'mail', 'affidavit', 'military', 'other'] as const
export type VoteMethod = (typeof methodsOfVoting)[number]

export interface NamedElection {
  kind: ElectionKind
  year: number
  /** 'YYYY-MM-DD'; null where only the year is known. */
  held_on: string | null
}

/** How a file tells who voted when. */
export type History =
  /** One string per voter, New York's grammar (rules/history.ts). */
  | { style: 'packed' }
  /** One column per election, its name the kind and date: `GENERAL-11/08/2022`. */
  | {
      style: 'wide'
      /** Empty where `elections` names each column. */
      header: string
      kinds: Readonly<Record<string, ElectionKind>>
      /** By the column's name, where names follow no rule. */
      elections?: Readonly<Record<string, NamedElection>>
      /** What stands in such a column, in capitals; null: did not vote. What is not listed, or without a list, voted. */
      methods?: Readonly<Record<string, VoteMethod | null>>
    }
  /** A file of its own, one row per voter and election. A method of null: the row says they did not vote. */
  | {
      style: 'long'
      kinds: Readonly<Record<string, ElectionKind>>
      /** 'YYYY-MM-DD' to kind, for a file that names none: what is not listed was a special election. */
      days?: Readonly<Record<string, ElectionKind>>
      methods: Readonly<Record<string, VoteMethod | null>>
      /** What a code not listed means. */
      otherwise: VoteMethod
    }

export interface Layout {
  /** 'us-ny'; a history file of the same place has its own: 'us-nc-history'. */
  id: string
  state: string
  title: string
  kind: 'registration' | 'history'
  /** Which id joins it with the records we have. A registration file by county id adds to the state file's records. */
  key: 'state_voter_id' | 'county_voter_id'
  /** The letters every state voter id begins with. */
  id_prefix: string
  /** As the board writes it; others are guessed in a file somebody saved again. */
  delimiters: readonly string[]
  quote: '"' | null
  /** 'sometimes': looked for in the first row. */
  header: 'always' | 'sometimes'
  /** Without a header the list with as many columns as the row is taken; with one, all names count together. */
  columns: readonly (readonly Column[])[]
  parties: Readonly<Record<string, StandardParty>>
  /** Codes that carry a letter of their own before the first two of a party's: FDE, MBL. By those two. */
  prefixed_parties?: Readonly<Record<string, StandardParty>>
  /** For codes found in the column of other parties. */
  other_parties?: Readonly<Record<string, StandardParty>>
  statuses: Readonly<Record<string, StandardStatus>>
  /** Where the state has no such column. */
  status_otherwise: StandardStatus
  sexes: Readonly<Record<string, 'F' | 'M' | 'X'>>
  sources: Readonly<Record<string, RegisteredBy>>
  /** County code to slug; a county not listed is slugged as it stands. */
  counties: Readonly<Record<string, string>>
  /** Slug of the county of a file that has no such column, being of one county. */
  county?: string
  /** Or by which it is known: the ZIP code, by its first three digits or all five, and else the Assembly district. */
  county_by?: { zip: Readonly<Record<string, string | null>>; ad: Readonly<Record<number, string>> }
  history: History | null
  /** Where the facts are from. */
  source: string
}

/** A county's code or name as we keep it. */
export function countySlug({ counties }: Pick<Layout, 'counties'>, text: string): string | null {
  const code = text.trim().toUpperCase()
  const slug = code
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return counties[code] ?? counties[code.replace(/^0+/, '')] ?? (slug || null)
}

/** One that this installation described itself (layouts/own.ts). */
export const isOwn = (id: string): boolean => id.startsWith('own-')

/** Columns in order: `NAME meaning`, or `NAME` alone for one we read past; `NAME|OTHER SPELLING meaning`. One a line. */
export function columns(text: string): Column[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [names = '', meaning] = line.trim().split(/\s+/)
      const [name = '', ...also] = names.split('|')
      return {
        name,
        ...(also.length > 0 && { also }),
        // Layouts are checked against the list of meanings by their test.
        ...(meaning !== undefined && { is: meaning as Meaning }),
      }
    })
}

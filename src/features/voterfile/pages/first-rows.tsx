import { z } from 'zod'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Table } from '../../../platform/ui/components.tsx'
import { rejectReasons, type InspectedFile } from '../schema.ts'

/** Twenty columns do not fit on paper as they are: small, and broken where they must be. */
const onPaper =
  'print:text-[6pt] print:[&_table]:w-full print:[&_table]:table-fixed print:[&_table]:text-[6pt] print:[&_td]:px-0.5 print:[&_td]:break-all print:[&_td]:whitespace-normal print:[&_th]:px-0.5 print:[&_th]:break-all print:[&_th]:whitespace-normal'

/** Rows of a dry run under heads in words. */
export function FirstRows({ t, file }: { t: Translate; file: InspectedFile }) {
  const heads = headsOf(file)
  return (
    <div className={onPaper}>
      <Table
        caption={`${t('voterfiles.first_rows')}: ${file.name}`}
        head={heads.map((head) => headText(t, file, head))}
      >
        {file.rows.map((row, at) => (
          // Twenty rows that never move.
          <tr key={`${at}-${String(row.state_voter_id ?? '')}`} lang="en">
            {heads.map((head) => (
              <td key={head} className="max-w-64 truncate whitespace-nowrap">
                {wordText(t, head, row[head])}
              </td>
            ))}
          </tr>
        ))}
      </Table>
    </div>
  )
}

/** Columns in which at least one of the rows says something. */
function headsOf(file: InspectedFile): string[] {
  if (file.is_phone_list && file.meanings.length > 0) return headsOfList(file)
  const place = (name: string): number => {
    const column = columnOf(name)
    return column ? wordedColumns.indexOf(column) : wordedColumns.length
  }
  return [...new Set(file.rows.flatMap((row) => Object.keys(row)))]
    .filter((name) =>
      file.rows.some((row) => cellText(row[name]) !== '' && !(name.startsWith('p_') && row[name] === 0)),
    )
    .sort((a, b) => place(a) - place(b))
}

/** Of a list of telephones: whose the numbers are, the numbers, what else is used, and the rest as in the file. */
function headsOfList({ headings, meanings, rows }: InspectedFile): string[] {
  const place = (heading: string): number => {
    const meaning = meanings[headings.indexOf(heading)] ?? ''
    if (meaning === '') return 3
    return isName.has(meaning) ? 0 : isNumber.has(meaning) ? 1 : 2
  }
  return headings
    .filter((heading, at) => heading !== '' && headings.indexOf(heading) === at)
    .filter((heading) => rows.some((row) => cellText(row[heading]) !== ''))
    .toSorted((a, b) => place(a) - place(b))
}
const isName: ReadonlySet<string> = new Set(['last_name', 'first_name', 'full_name'])
const isNumber: ReadonlySet<string> = new Set(['phone', 'mobile', 'landline', 'voip'])

/** A column of a list of telephones is named as in the file, with what we take it for. */
function headText(t: Translate, { is_phone_list, headings, meanings }: InspectedFile, head: string): string {
  const meaning = is_phone_list ? meanings[headings.indexOf(head)] : ''
  return meaning ? `${head}: ${t(`voterfiles.phone_is.${meaning}`)}` : columnText(t, head)
}

/** Columns a reader knows a voter by first; the kept dry run has lost its own order. */
const wordedColumns = [
  'last_name',
  'first_name',
  'middle_name',
  'suffix',
  'birth_date',
  'sex',
  'party',
  'status',
  'house_number',
  'street',
  'unit',
  'city',
  'zip5',
  'county',
  'votes',
  'registered_on',
  'state_voter_id',
  'election_date',
  'election_text',
  'election_type',
  'vote_code',
  'voter_party',
  'voted_in_county',
  'vote_record_id',
  'zip4',
  'mail_address',
  'precinct',
  'ed',
  'ad',
  'sd',
  'cd',
  'ccd',
  'districts',
  'last_voted_on',
  'registered_by',
  'birth_year',
  'p_korean',
  'p_chinese',
  'p_south_asian',
  'p_vietnamese',
  'p_filipino',
  'p_japanese',
  'county_voter_id',
  'party_code',
  'status_code',
  'state',
  'votes_unread',
  'other',
] as const
type WordedColumn = (typeof wordedColumns)[number]

/** Heads of the states' history files, without case and underscores, by what they hold. */
const historyHeads: Readonly<Record<string, WordedColumn>> = {
  voterid: 'state_voter_id',
  statevoterid: 'state_voter_id',
  ncid: 'state_voter_id',
  countyemsid: 'county_voter_id',
  electiondate: 'election_date',
  electionlbl: 'election_date',
  electiondesc: 'election_text',
  electiontype: 'election_type',
  historycode: 'vote_code',
  votertype: 'vote_code',
  votingmethod: 'vote_code',
  votedpartycd: 'voter_party',
  politicalparty: 'voter_party',
  voterhistoryid: 'vote_record_id',
  countycodevoting: 'voted_in_county',
  county: 'county',
  countycode: 'county',
  electiondistrict: 'ed',
  assemblydistrict: 'ad',
}

const columnOf = (name: string): WordedColumn | null =>
  wordedColumns.find((each) => each === name) ?? historyHeads[name.toLowerCase().replaceAll('_', '')] ?? null

/** A head nobody gave words for is shown as the file has it. */
export function columnText(t: Translate, name: string): string {
  const column = columnOf(name)
  return column ? t(`voterfiles.column.${column}`) : name
}

const cellText = (value: InspectedFile['rows'][number][string] | undefined): string =>
  value === null || value === undefined ? '' : Array.isArray(value) ? value.join(' · ') : String(value)

const codes = {
  party: ['dem', 'rep', 'con', 'wor', 'gre', 'lib', 'ind', 'oth', 'none'],
  status: ['active', 'inactive', 'military', 'federal', 'overseas', 'purged', 'preregistered'],
  sex: ['F', 'M', 'X'],
  registered_by: ['dmv', 'mail', 'agency', 'board', 'school', 'local'],
  election: ['general', 'primary', 'presidential_primary', 'special', 'runoff', 'local', 'other'],
  vote: ['poll', 'early', 'mail', 'affidavit', 'military', 'other', 'did_not_vote'],
  fault: rejectReasons,
} as const

/** Columns that hold codes, and which. */
const codesOf: Readonly<
  Record<string, 'party' | 'status' | 'sex' | 'registered_by' | 'election' | 'vote' | undefined>
> = {
  party: 'party',
  voter_party: 'party',
  status: 'status',
  sex: 'sex',
  registered_by: 'registered_by',
  election_type: 'election',
  vote_code: 'vote',
}

export const faultText = (t: Translate, reason: string): string =>
  codes.fault.some((each) => each === reason) ? t.dynamic(`voterfiles.fault.${reason}`) : reason

/** Codes as words; everything else as it was read. */
function wordText(t: Translate, head: string, value: InspectedFile['rows'][number][string] | undefined): string {
  const text = cellText(value)
  const column = columnOf(head) ?? head
  if (column === 'votes' && Array.isArray(value)) {
    const shown = value.slice(0, 4).map((vote) => voteText(t, vote))
    const more = value.length - shown.length
    return [...shown, ...(more > 0 ? [t('voterfiles.votes_more', { count: more })] : [])].join(' · ')
  }
  if ((column === 'county' || column === 'voted_in_county') && /^[a-z-]+$/.test(text)) return countyName(text)
  if (column === 'districts' || column === 'other') return partsText(t, text)
  const group = codesOf[column]
  return group && codes[group].some((each) => each === text) ? t.dynamic(`voterfiles.${group}.${text}`) : text
}

/** 'new-york' as New York. */
const countyName = (slug: string): string =>
  slug
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ')

/** '2024-11-05 general poll' as it would be said. */
function voteText(t: Translate, vote: string): string {
  const [when = '', kind = '', method = ''] = vote.split(' ')
  const election = codes.election.some((each) => each === kind) ? t.dynamic(`voterfiles.election.${kind}`) : kind
  const way = codes.vote.some((each) => each === method) ? t.dynamic(`voterfiles.vote.${method}`) : ''
  return [when, way ? `${election}(${way})` : election].filter(Boolean).join(' ')
}

/** What the states' layouts keep beside the columns, each with words of its own; of others the name as it was given. */
const partNames = [
  'city',
  'civil-court',
  'county-commission',
  'county-legislature',
  'judicial',
  'municipality',
  'school',
  'superior-court',
  'town',
  'township',
  'village',
  'ward',
  'birth_place',
  'email',
  'ethnicity',
  'future_other_party',
  'future_party',
  'future_party_on',
  'inactive_on',
  'previous_address',
  'previous_county',
  'previous_name',
  'previous_year_voted',
  'purged_on',
  'race',
  'reason',
  'status_since',
  'voter_type',
  'year_last_voted',
] as const

const Parts = z.record(z.string(), z.union([z.string(), z.number()]))

/** A stored JSON object as 'name: value'. */
function partsText(t: Translate, text: string): string {
  const parts = text.startsWith('{') ? Parts.safeParse(JSON.parse(text)).data : null
  if (!parts) return text
  const nameOf = (key: string): string => {
    const known = partNames.find((each) => each === key)
    return known ? t(`voterfiles.part.${known}`) : key
  }
  return Object.entries(parts)
    .map(([key, value]) => `${nameOf(key)}: ${value}`)
    .join(', ')
}

import { generalElectionOn } from '../rules/elections-ny.ts'
import { unnamed } from '../mapping/columns.ts'
import { fieldsOf, RecordReader } from '../reading/records.ts'
import { placesOf, sampleOf, type Part } from '../reading/source.ts'
import { isDate } from '../rules/dates.ts'
import { idPrefixOf, layouts } from './all.ts'
import { offered, type ColumnIs } from './offered.ts'
import type {
  ElectionKind,
  Layout,
  Meaning,
  NamedElection,
  StandardParty,
  StandardStatus,
  VoteMethod,
} from './layout.ts'

/** A file as a table: what is known of it before anybody said what its columns are. */
export interface RawTable {
  delimiter: string
  has_header: boolean
  names: string[]
  /** Some hundred rows from all over the file. */
  rows: string[][]
}

const delimiters = [',', '\t', '|', ';']
const mostRows = 600

/** Cuts a file of unknown layout: the delimiter that makes most rows alike, and whether its first line names the columns. */
export async function rawTable(part: Part): Promise<RawTable | null> {
  const sample = await sampleOf(part)
  let best: { delimiter: string; width: number; share: number } | null = null
  for (const delimiter of delimiters) {
    const widths = new Map<number, number>()
    const rows = rowsOf(sample, delimiter, null, 60)
    for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1)
    const [common] = [...widths].sort((a, b) => b[1] - a[1])
    if (!common || common[0] < 3) continue
    const share = common[1] / rows.length
    if (!best || share > best.share + 0.05 || (share > best.share - 0.05 && common[0] > best.width))
      best = { delimiter, width: common[0], share }
  }
  if (!best) return null
  const { delimiter, width } = best
  const [first = [], ...rest] = rowsOf(sample, delimiter, null, mostRows)
  const filled = first.filter((text) => text !== '')
  const has_header =
    first.length >= width - 1 &&
    filled.length > width / 2 &&
    !filled.some((text) => /^\d+$/.test(text) && text.length > 4) &&
    !filled.some((text) => dateFormOf(text) !== null) &&
    new Set(filled.map((text) => text.toLowerCase())).size === filled.length
  const rows = (has_header ? rest : [first, ...rest]).filter((row) => row.length === width).slice(0, mostRows / 2)
  // What is no longer than the sample has been seen whole.
  const isWhole = sample.length < 256 * 1024
  for await (const piece of isWhole ? [] : placesOf(part)) {
    if (rows.length >= mostRows) break
    rows.push(...rowsOf(piece, delimiter, [width], 40).slice(1))
  }
  const names = has_header
    ? Array.from({ length: width }, (_, at) => first[at] || unnamed(at))
    : Array.from({ length: width }, (_, at) => unnamed(at))
  return { delimiter, has_header, names, rows }
}

function rowsOf(bytes: Buffer, delimiter: string, counts: number[] | null, most: number): string[][] {
  const reader = new RecordReader({ delimiter, quote: '"', counts })
  reader.feed(bytes)
  const rows: string[][] = []
  while (rows.length < most && reader.next(false))
    if (!reader.fault) rows.push(fieldsOf(reader).map((text) => text.trim()))
  if (rows.length === 0 && reader.next(true)) rows.push(fieldsOf(reader).map((text) => text.trim()))
  return rows
}

export type DateForm = 'ymd' | 'dashed' | 'slashed'

/** How a day is written, of the forms the mapper reads; null: no day. */
export function dateFormOf(text: string): DateForm | null {
  const packed = /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (packed) return isDay(packed[1], packed[2], packed[3]) ? 'ymd' : null
  const dashed = /^(\d{4})-(\d\d)-(\d\d)/.exec(text)
  if (dashed) return isDay(dashed[1], dashed[2], dashed[3]) ? 'dashed' : null
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text)
  return slashed && isDay(slashed[3], slashed[1], slashed[2]) ? 'slashed' : null
}

const isDay = (year = '', month = '', day = ''): boolean =>
  isDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) && Number(year) > 1880

/** What a column of dates is written as; null where less than nine in ten are days we read. */
export function dateForm(values: readonly string[]): DateForm | null {
  const forms = values.filter((text) => text !== '' && !/^[0#x*/-]+$/i.test(text)).map(dateFormOf)
  const found = forms.filter((form) => form !== null)
  return found.length > 0 && found.length >= forms.length * 0.9 ? (found[0] ?? null) : null
}

export const dateMeanings: readonly Meaning[] = ['birth_date', 'registered_on', 'last_voted_on']

const fold = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** How vendors and counties head their columns, beside what the states' own layouts say. */
const synonyms: readonly (readonly [Meaning, string])[] = [
  ['state_voter_id', 'voterid voterno voternum voternumber voteridnumber voteridno stateid stateno statevoterno statevoterid svid sosid sosvoterid stateregistrationid registrationnumber registrationid voterregistrationnumber regnum regid vuid stateuniqueid idnumber'],
  ['county_voter_id', 'countyid countyvoterid countyregistrationid localid localvoterid countyemsid'],
  ['last_name', 'lastname lname surname namelast last familyname voterlastname'],
  ['first_name', 'firstname fname namefirst first given givenname voterfirstname'],
  ['middle_name', 'middlename mname namemiddle middle middleinitial mi votermiddlename'],
  ['suffix', 'suffix namesuffix sfx nsuffix'],
  ['birth_date', 'birthdate dob dateofbirth birth bdate born voterdob'],
  ['birth_year', 'birthyear yearofbirth yob'],
  ['sex', 'sex gender sexcode gendercode'],
  ['party', 'party partycode politicalparty partyaffiliation partyname enrollment partydesc registeredparty'],
  ['status', 'status voterstatus statuscode registrationstatus voterstatuscode'],
  ['house_number', 'housenumber house streetnumber stnum houseno resstreetnumber addressnumber streetno housenum'],
  ['house_fraction', 'housefraction housenumberfraction fraction halfcode housesuffix streetnumbersuffix'],
  ['street_before', 'streetpredir predirection streetdirection predir streetdirprefix directionprefix'],
  ['street_name', 'streetname street stname resstreetname'],
  ['street_type', 'streettype streetsuffix sttype'],
  ['street_after', 'postdirection postdir streetpostdir streetdirsuffix directionsuffix'],
  ['unit_type', 'unittype apttype'],
  ['unit', 'unit apt apartment unitnumber aptnumber apartmentnumber unitnum aptno aptnum'],
  ['address_line', 'address address1 residenceaddress residentialaddress streetaddress resaddress fulladdress addr addressline1 residentialaddress1 resaddr1 addr1'],
  ['address_line_2', 'address2 addressline2 residentialaddress2 resaddr2 addr2'],
  ['city', 'city residencecity rescity town residentialcity municipality cityname'],
  ['zip', 'zip zipcode reszip residencezip residentialzip postalcode zip5code'],
  ['zip4', 'zip4 zipplus4 plus4'],
  ['mail_1', 'mailingaddress mailaddress mailingaddress1 mailaddress1 mailaddr1 mailingstreet'],
  ['mail_2', 'mailingaddress2 mailaddress2 mailaddr2'],
  ['mail_city', 'mailingcity mailcity'],
  ['mail_state', 'mailingstate mailstate'],
  ['mail_zip', 'mailingzip mailzip mailingzipcode mailzipcode'],
  ['county', 'county countyname countycode'],
  ['cd', 'congressionaldistrict congressdistrict cd congress uscongress ushouse cong congressional'],
  ['sd', 'senatedistrict statesenate sd statesenatedistrict senate upperhouse legupper'],
  ['ad', 'assemblydistrict ad statehouse housedistrict legislativedistrict assembly ld statehousedistrict lowerhouse leglower staterepresentativedistrict'],
  ['ccd', 'councildistrict citycouncil citycouncildistrict council'],
  ['ed', 'electiondistrict ed'],
  ['precinct', 'precinct precinctcode precinctname precinctnumber prec votingprecinct'],
  ['registered_on', 'registrationdate regdate dateregistered registrationdt registered originalregistrationdate registerdate dateofregistration'],
  ['last_voted_on', 'lastvoted lastvotedate datelastvoted lastvoteddate lastvotedon'],
  ['phone', 'phone phonenumber telephone homephone telephonenumber phone1 primaryphone cellphone cell cellnumber mobile mobilephone mobilenumber landline tel'],
  ['district:school', 'schooldistrict school schooldist'],
  ['district:ward', 'ward wardcode'],
  ['district:township', 'township townshipname twp'],
  ['district:village', 'village villagename'],
  ['district:judicial', 'judicialdistrict judicial'],
] // prettier-ignore

const byHeading: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...layouts
    .filter(({ kind }) => kind === 'registration')
    .flatMap((layout) => layout.columns.flat())
    .flatMap(({ name, also = [], is }) =>
      is && offered.includes(is) ? [name, ...also].map((each): [string, Meaning] => [fold(each), is]) : [],
    ),
  ...synonyms.flatMap(([is, names]) => names.split(' ').map((name): [string, Meaning] => [name, is])),
])

/** What each column probably is; each meaning is given once. */
export function guessColumns({ names, rows, has_header }: RawTable, state: string): ColumnIs[] {
  const taken = new Set<string>()
  const give = (is: ColumnIs): ColumnIs => {
    if (is !== 'election' && taken.has(is)) return ''
    taken.add(is)
    return is
  }
  const guessed = names.map((name) => {
    const is = has_header ? byHeading.get(fold(name)) : undefined
    if (is) return give(is)
    return has_header && electionOf(name) ? 'election' : ''
  })
  const rest = new Map<Meaning, (values: readonly string[]) => boolean>([
    [
      'state_voter_id',
      // Everybody has one; a telephone looks like one.
      (values) =>
        values.length >= rows.length * 0.9 &&
        isUnique(values) &&
        values.every((text) => isIdOf(text, state)) &&
        !most(values, (text) => /^\(?\d{3}\)?[ .-]\d{3}[ .-]?\d{4}$/.test(text)),
    ],
    ['zip', (values) => most(values, (text) => /^\d{5}(-?\d{4})?$/.test(text)) && !isUnique(values)],
    ['sex', (values) => most(values, (text) => /^(m|f|x|u|male|female)$/i.test(text))],
    ['birth_date', (values) => dateForm(values) !== null && yearsOf(values) < 2000],
    ['registered_on', (values) => dateForm(values) !== null && yearsOf(values) >= 2000],
    [
      'party',
      (values) => most(values, (text) => partyOf(text) !== null) && !most(values, (text) => /^\d+$/.test(text)),
    ],
    ['status', (values) => most(values, (text) => statusOf(text) !== null && text.length > 1)],
    ['phone', (values) => most(values, (text) => /^\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}$/.test(text))],
  ])
  for (const [is, fits] of rest) {
    if (taken.has(is)) continue
    const at = guessed.findIndex((each, column) => {
      const values = valuesOf(rows, column)
      return each === '' && values.length > 0 && fits(values)
    })
    if (at >= 0) guessed[at] = give(is)
  }
  return guessed
}

export const valuesOf = (rows: readonly (readonly string[])[], column: number): string[] =>
  rows.flatMap((row) => (row[column] ? [row[column]] : []))

/** Different values of a column, the commonest first. */
export function distinctOf(rows: readonly (readonly string[])[], columns: readonly number[], limit = 30): string[] {
  const counts = new Map<string, number>()
  for (const column of columns)
    for (const value of valuesOf(rows, column)) {
      const code = value.toUpperCase()
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([code]) => code)
}

const most = (values: readonly string[], fits: (text: string) => boolean): boolean =>
  values.filter(fits).length >= values.length * 0.9
const isUnique = (values: readonly string[]): boolean => new Set(values).size > values.length * 0.97
const isIdOf = (text: string, state: string): boolean => {
  const prefix = idPrefixOf(state)
  return prefix ? text.toUpperCase().startsWith(prefix) : /^[A-Z]{0,3}[\d-]{5,18}$/i.test(text)
}

function yearsOf(values: readonly string[]): number {
  const years = values.flatMap((text) => Number(/(18|19|20)\d\d/.exec(text)?.[0] ?? []) || [])
  return years.reduce((sum, year) => sum + year, 0) / Math.max(1, years.length)
}

const partyWords: readonly [StandardParty, RegExp][] = [
  ['dem', /^(D|DEM.*)$/],
  ['rep', /^(R|REP.*|GOP)$/],
  ['con', /^(CON|CONS.*)$/],
  ['wor', /^(WOR.*|WFP)$/],
  ['gre', /^(G|GR.*)$/],
  ['lib', /^(L|LIB.*|LBT)$/],
  ['ind', /^(IND|IDP|INDEPENDENCE.*)$/],
  ['none', /^(N|U|NPA|NPP|NP|UNA.*|UNENR.*|UND.*|NON.*|NO PARTY.*|NOP|BLK|BLANK|DTS|UAF|NAV|I|INDEPENDENT)$/],
  ['oth', /^(O|OTH.*)$/],
]
export const partyOf = (text: string): StandardParty | null =>
  partyWords.find(([, words]) => words.test(text.trim().toUpperCase()))?.[0] ?? null

const statusWords: readonly [StandardStatus, RegExp][] = [
  ['active', /^(A|AC|ACT|ACTIVE)\b.*$/],
  ['inactive', /^(I|IN|INA|INAC|INACTIVE|CONFIRMATION|SUSPEN.*|PEND.*)$/],
  ['purged', /^(R|C|P|CAN.*|REMOV.*|PURG.*|DELET.*|DEN.*)$/],
  ['preregistered', /^(17|PRE.*|U18)$/],
  ['military', /^(AM|MIL.*)$/],
  ['overseas', /^(OVER.*|UOCAVA)$/],
  ['federal', /^(AF|FED.*)$/],
]
export const statusOf = (text: string): StandardStatus | null =>
  statusWords.find(([, words]) => words.test(text.trim().toUpperCase()))?.[0] ?? null

export const sexOf = (text: string): 'F' | 'M' | 'X' | null => {
  const letter = text.trim().toUpperCase().slice(0, 1)
  return letter === 'F' || letter === 'M' || letter === 'X' ? letter : null
}

/** What stands in the column of an election; null: did not vote. */
export function methodOf(text: string): VoteMethod | null {
  const code = text.trim().toUpperCase()
  if (/^(N|NO|0|FALSE|-|\.|DNV|DID NOT.*)$/.test(code)) return null
  if (/^(A|AB|ABS.*|M|MB|MAIL.*|VBM|BM)$/.test(code)) return 'mail'
  if (/^(E|EV|EARLY.*)$/.test(code)) return 'early'
  if (/^(P|AP|POLL.*|ED|AT POLL.*|IN PERSON.*)$/.test(code)) return 'poll'
  if (/^(AFF.*|PROV.*)$/.test(code)) return 'affidavit'
  return 'unknown'
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The election a heading names, where it names one: a kind or a month, and a year or a day. */
export function electionOf(heading: string): NamedElection | null {
  const text = heading.trim().toLowerCase().replace(/[_.]+/g, ' ')
  const kind = kindOf(text)
  const day =
    dayIn(/(?<![\d])(\d{1,2})[/ -](\d{1,2})[/ -](\d{4})(?!\d)/.exec(text), 3, 1, 2) ??
    dayIn(/(?<!\d)(\d{4})[/ -]?(\d{2})[/ -]?(\d{2})(?!\d)/.exec(text), 1, 2, 3) ??
    dayIn(/(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)/.exec(text), 3, 1, 2)
  if (day) return { kind: kind ?? kindByDay(day), year: Number(day.slice(0, 4)), held_on: day }
  const long = /(?<!\d)(19[6-9]\d|20\d\d)(?!\d)/.exec(text)?.[1]
  const short = /^(?:general|gen|primary|prim|pri|special|spec|g|p|pp|s)[ -]?(\d\d)(?!\d)/.exec(text)?.[1]
  const year = long ? Number(long) : short ? 2000 + Number(short) : null
  const month = monthNames.findIndex((name) => new RegExp(`(?<![a-z])${name}`).test(text))
  if (year === null || (kind === null && month < 0)) return null
  const found = kind ?? (month === 10 ? 'general' : 'other')
  return {
    kind: found,
    year,
    held_on: found === 'general' && (month < 0 || month === 10) ? generalElectionOn(year) : null,
  }
}

function kindOf(text: string): ElectionKind | null {
  if (/pres\w*[ -]?prim|(?<![a-z])pp(?![a-z])/.test(text)) return 'presidential_primary'
  if (/run[ -]?off/.test(text)) return 'runoff'
  if (/prim|(?<![a-z])p(ri?)?(?![a-z])/.test(text)) return 'primary'
  if (/gen|(?<![a-z])ge?(?![a-z])/.test(text)) return 'general'
  if (/spec|(?<![a-z])sp?(?![a-z])/.test(text)) return 'special'
  if (/munic|local|school|town|city/.test(text)) return 'local'
  return null
}

function dayIn(match: RegExpExecArray | null, year: number, month: number, day: number): string | null {
  const text = match ? `${match[year]}-${match[month]?.padStart(2, '0')}-${match[day]?.padStart(2, '0')}` : ''
  return isDate(text) && Number(text.slice(0, 4)) >= 1960 && Number(text.slice(0, 4)) < 2100 ? text : null
}

const kindByDay = (day: string): ElectionKind =>
  generalElectionOn(Number(day.slice(0, 4))) === day ? 'general' : 'other'

/** The state most files here are of, where their ids or zip codes say so. */
export function guessState({ rows }: RawTable, columns: readonly ColumnIs[]): string {
  const id = valuesOf(rows, columns.indexOf('state_voter_id'))[0]?.toUpperCase() ?? ''
  const byId = layouts.find(({ id_prefix }) => id_prefix !== '' && id.startsWith(id_prefix))
  if (byId) return byId.state
  const zip = valuesOf(rows, columns.indexOf('zip'))[0] ?? ''
  const zips: readonly [string, RegExp][] = [
    ['NY', /^(005|063|1[0-4])/],
    ['NJ', /^0[78]/],
    ['CT', /^06/],
    ['PA', /^1[5-9]/],
    ['OH', /^4[3-5]/],
    ['FL', /^3[234]/],
    ['NC', /^2[78]/],
    ['WA', /^9(8|9[0-4])/],
  ]
  return zips.find(([, pattern]) => pattern.test(zip))?.[0] ?? ''
}

/** What a person says of a file; the rest of a layout follows from it. */
export interface Description {
  title: string
  state: string
  /** Slug; where the file has no such column. */
  county: string
  is: readonly ColumnIs[]
  parties: Readonly<Record<string, StandardParty>>
  statuses: Readonly<Record<string, StandardStatus>>
  sexes: Readonly<Record<string, 'F' | 'M' | 'X'>>
  elections: Readonly<Record<string, NamedElection>>
  methods: Readonly<Record<string, VoteMethod | null>>
}

/** The declarative form of a description. */
export function layoutOf(table: RawTable, said: Description): Layout {
  const known = layouts.find(({ state, kind }) => state === said.state && kind === 'registration')
  const hasElections = Object.keys(said.elections).length > 0
  return {
    id: 'own-xx-new',
    state: said.state,
    title: said.title,
    kind: 'registration',
    key: 'state_voter_id',
    id_prefix: idPrefixOf(said.state),
    delimiters: [table.delimiter],
    quote: '"',
    header: table.has_header ? 'always' : 'sometimes',
    columns: [
      table.names.map((name, at) => {
        const is = said.is[at] ?? ''
        return { name, ...(is !== '' && is !== 'election' && { is }) }
      }),
    ],
    parties: { '': 'none', ...said.parties },
    statuses: said.statuses,
    status_otherwise: 'inactive',
    sexes: said.sexes,
    sources: {},
    counties: known?.counties ?? {},
    ...(said.county && !said.is.includes('county') && { county: said.county }),
    history: hasElections
      ? { style: 'wide', header: '', kinds: {}, elections: said.elections, methods: said.methods }
      : said.is.includes('votes')
        ? { style: 'packed' }
        : null,
    source: 'described on the page of this installation',
  }
}

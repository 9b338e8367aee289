// Indexes into typed arrays below are within bounds by construction; `!` says so to the compiler.
import {
  firstReading,
  middleReading,
  nameShares,
  percentsInto,
  percentsOf,
  surnameReading,
  tells,
  type GivenEntry,
  type SurnameReading,
} from '../community/estimate.ts'
import { electionDistrict, ourPlacesIn, placeOf, type PlaceOdds, type PlaceTable } from '../community/places.ts'
import {
  countySlug,
  isOwn,
  type Layout,
  type Meaning,
  type StandardParty,
  type StandardStatus,
} from '../layouts/layout.ts'
import { decode, type RecordReader } from '../reading/records.ts'
import { placeCase, splitAddressLine, streetOf, unitOf } from '../rules/addresses.ts'
import { daysFrom2000, standsForUnknown } from '../rules/dates.ts'
import { methodNumber, readNewYorkEntry } from '../rules/history.ts'
import { cityNumber, provisionalId, provisionalKey, rankOf, stateKey } from '../rules/keys.ts'
import { givenNameCase, lastNameCase, nameKey, suffixCase } from '../rules/names.ts'
import type { ColumnMap } from './columns.ts'
import { isVoterId } from './voter-ids.ts'
import { namedElections, type ElectionBook } from './elections.ts'
import { Memo, of, stride } from './memo.ts'
import type { TupleWriter } from './tuples.ts'

/** Columns of voter_record in the order the mapper writes them. */
export const recordColumns = [
  'state_key', 'row_hash', 'household_key', 'voter_id', 'file_id', 'birth_date', 'registered_on', 'last_voted_on', 'birth_year',
  'ed', 'ad', 'sd', 'cd', 'ccd', 'p_korean', 'p_chinese', 'p_south_asian', 'p_vietnamese', 'p_filipino', 'p_japanese', 'state',
  'state_voter_id', 'county_voter_id', 'last_name', 'first_name', 'middle_name', 'suffix', 'last_key', 'given_key', 'sex', 'party',
  'party_code', 'status', 'status_code', 'registered_by', 'house_number', 'street', 'unit', 'city', 'zip5', 'zip4', 'county',
  'precinct', 'votes', 'votes_unread', 'mail_address', 'districts', 'other', 'id_kind',
] as const // prettier-ignore

/** What a row turned out to be. Rows other than 'voter' are not written, unless asked for. */
export type RowKind = 'voter' | 'purged' | 'confidential' | 'no_voter_id' | 'no_name' | 'bad_voter_id'

/** Things that were not quite right but did not spoil the row; counted in the report. */
export interface MapperCounts {
  bad_dates: number
  votes_unread: number
  unknown_party: number
  unknown_status: number
  votes_read: number
}

const rulesVersion = 4
/** So many ids with their letters, and every id of the file has them. */
const certain_after = 50

/**
 * Turns records of one file into rows of voter_record, byte by byte: no field of the usual kind becomes a JavaScript
 * string more than once in a file (mapping/memo.ts). Made for one import at a time.
 */
export class RowMapper {
  readonly counts: MapperCounts = { bad_dates: 0, votes_unread: 0, unknown_party: 0, unknown_status: 0, votes_read: 0 }
  /** Of the row last looked at. */
  key = 0
  hash = 0
  rank = 0
  phone: string | null = null

  readonly #layout: Layout
  readonly #elections: ElectionBook
  readonly #columns: Record<
    | 'id'
    | 'county_id'
    | 'last'
    | 'first'
    | 'middle'
    | 'suffix'
    | 'born'
    | 'year'
    | 'sex'
    | 'party'
    | 'other_party'
    | 'status'
    | 'number'
    | 'fraction'
    | 'before'
    | 'street'
    | 'type'
    | 'after'
    | 'unit_type'
    | 'unit'
    | 'line'
    | 'line_2'
    | 'city'
    | 'zip5'
    | 'zip4'
    | 'zip'
    | 'county'
    | 'ed'
    | 'ad'
    | 'sd'
    | 'cd'
    | 'ccd'
    | 'precinct'
    | 'registered'
    | 'source'
    | 'voted'
    | 'phone'
    | 'area'
    | 'votes'
    | 'confidential',
    number
  >
  readonly #mail: number[]
  readonly #others: ColumnMap['others']
  readonly #otherFields: Int32Array
  /** Of each of these `,"key":"`, to be copied four bytes at a time. */
  readonly #otherKeys: { view: DataView; length: number }[]
  /** Columns taken together, in order. */
  readonly #streetFields: readonly number[]
  readonly #unitFields: readonly number[]
  readonly #partyFields: readonly number[]
  readonly #smallFields: readonly number[]
  readonly #wide: { index: number; election_id: number }[]
  /** What stands in a wide history's column: the method's number, -1 for none, and did not vote. */
  readonly #methods: Memo

  readonly #lastNames = new Memo((text) => keptName(lastNameCase(text), true))
  readonly #givenNames = new Memo((text) => keptName(givenNameCase(text), false))
  readonly #suffixes = new Memo((text) => ({ text: suffixCase(text) || null }))
  readonly #parties: Memo
  readonly #statuses: Memo
  readonly #sexes: Memo
  readonly #sources: Memo
  readonly #counties: Memo
  readonly #plain = new Memo((text) => ({ text: text.replace(/\s+/g, ' ').trim() || null }))
  readonly #numbers = new Memo((text) => ({ text: text.replace(/\s+/g, ' ').trim().toUpperCase() || null }))
  readonly #streets = new Memo((text) => {
    const [name = '', before = '', type = '', after = ''] = text.split('\u0001')
    return { text: streetOf(before, name, type, after) || null }
  })
  readonly #units = new Memo((text) => {
    const [type = '', unit = ''] = text.split('\u0001')
    return { text: unitOf(type, unit) }
  })
  readonly #cities = new Memo((text) => ({ text: placeCase(text) || null }))
  readonly #entries: Memo
  /** Further districts as one JSON text. */
  readonly #districtTexts: Memo
  readonly #districtFields: number[]

  readonly #this_year: number
  /** The day of the import, in days from 2000-01-01: nobody was born or registered later. */
  readonly #today: number
  readonly #scratch = Buffer.alloc(1 << 16)
  readonly #scratchView = new DataView(this.#scratch.buffer)
  readonly #votes = new Int32Array(4096)
  readonly #community = new Int16Array(6)
  /** What names say, by their entries in the memos: read once, found without a string. */
  readonly #surnameReadings: (SurnameReading | undefined)[] = []
  readonly #firstReadings: (GivenEntry | undefined)[] = []
  readonly #middleReadings: (GivenEntry | null | undefined)[] = []
  readonly #places: PlaceTable
  /** The odds of a county by its number in `#counties`, and of a council district within it, looked up once. */
  readonly #countyPlaces: (PlaceOdds | null | undefined)[] = []
  readonly #councilPlaces = new Map<number, PlaceOdds | null>()
  #start = 0
  #end = 0
  /** In the city, of a row without the state's id. */
  #number = -1
  /** Of the id read last: whether the letters of its state stand before it, and how many digits it is. */
  #isPrefixed = false
  #digits = 0
  #prefixed = 0
  /** Found by `look`, written by `write`. */
  #statusEntry = 0
  #registered = noDate

  constructor(
    layout: Layout,
    columns: ColumnMap,
    elections: ElectionBook,
    today: string,
    places: PlaceTable = ourPlacesIn(layout.state),
  ) {
    this.#layout = layout
    this.#places = places
    this.#elections = elections
    const this_year = Number(today.slice(0, 4))
    this.#this_year = this_year
    this.#today = daysFrom2000(this_year, Number(today.slice(5, 7)), Number(today.slice(8, 10)))
    const at = (meaning: Meaning): number => columns.at(meaning)
    this.#columns = {
      id: at('state_voter_id'), county_id: at('county_voter_id'), last: at('last_name'), first: at('first_name'), middle: at('middle_name'), suffix: at('suffix'),
      born: at('birth_date'), year: at('birth_year'), sex: at('sex'), party: at('party'), other_party: at('other_party'), status: at('status'),
      number: at('house_number'), fraction: at('house_fraction'), before: at('street_before'), street: at('street_name'), type: at('street_type'), after: at('street_after'),
      unit_type: at('unit_type'), unit: at('unit'), line: at('address_line'), line_2: at('address_line_2'), city: at('city'), zip5: at('zip5'), zip4: at('zip4'), zip: at('zip'),
      county: at('county'), ed: at('ed'), ad: at('ad'), sd: at('sd'), cd: at('cd'), ccd: at('ccd'), precinct: at('precinct'), registered: at('registered_on'), source: at('registered_by'),
      voted: at('last_voted_on'), phone: at('phone'), area: at('phone_area'), votes: at('votes'), confidential: at('confidential'),
    } // prettier-ignore
    const c = this.#columns
    this.#streetFields = [c.street, c.before, c.type, c.after]
    this.#unitFields = [c.unit_type, c.unit]
    this.#partyFields = [c.party, c.other_party]
    this.#smallFields = [c.ed, c.ad, c.sd, c.cd, c.ccd]
    this.#mail = (
      ['mail_1', 'mail_2', 'mail_3', 'mail_4', 'mail_city', 'mail_state', 'mail_zip', 'mail_country'] as const
    ).map(at)
    this.#districtFields = columns.districts.map(({ index }) => index)
    this.#districtTexts = new Memo((text) => {
      const values = text.split('\u0001')
      // Counties write 0 or 000 where there is no such district.
      const stated = columns.districts.flatMap(({ key }, at) =>
        /^0*$/.test(values[at] ?? '') ? [] : [[key, values[at]]],
      )
      return { text: stated.length > 0 ? JSON.stringify(Object.fromEntries(stated)) : null }
    })
    this.#others = columns.others
    this.#otherFields = Int32Array.from(columns.others, ({ index }) => index)
    this.#otherKeys = columns.others.map(({ key }) => {
      const bytes = Buffer.from(`,${JSON.stringify(key)}:"`)
      return { view: new DataView(new Uint8Array([...bytes, 0, 0, 0]).buffer), length: bytes.length }
    })
    const { history } = layout
    this.#wide = namedElections(layout, columns, elections)
    const methods = history?.style === 'wide' ? history.methods : undefined
    this.#methods = new Memo((text) => {
      const method = methods?.[text.trim().toUpperCase()]
      return { text: null, number: method === null ? -1 : methodNumber(method ?? 'unknown') }
    })
    this.#parties = new Memo((text) => this.#keptParty(text))
    this.#statuses = new Memo((text) => {
      const status = layout.statuses[text.trim().toUpperCase()]
      return { text: status ?? layout.status_otherwise, number: status === undefined ? 1 : 0 }
    })
    this.#sexes = new Memo((text) => ({ text: layout.sexes[text.trim().toUpperCase().slice(0, 1)] ?? null }))
    this.#sources = new Memo((text) => ({ text: layout.sources[text.trim().toUpperCase()] ?? null }))
    this.#counties = new Memo((text) => ({ text: countySlug(layout, text) }))
    this.#entries = new Memo((text) => {
      if (text.trim() === '') return { text: null, number: -2 }
      const vote = readNewYorkEntry(text, this_year)
      return { text: text.trim(), number: vote ? elections.code(vote) : -1 }
    })
  }

  /** To be called now and then between rows: lets memos that grew too large start anew. */
  tidy(): void {
    let isForgotten = false
    for (const memo of [
      this.#lastNames,
      this.#givenNames,
      this.#plain,
      this.#numbers,
      this.#streets,
      this.#units,
      this.#cities,
      this.#entries,
      this.#parties,
    ])
      isForgotten = memo.tidy() || isForgotten
    if (isForgotten) this.#surnameReadings.length = this.#firstReadings.length = this.#middleReadings.length = 0
  }

  /** Reads what decides about the row: `key`, `hash`, `rank`, and what kind of row it is. Comes before `write`. */
  look(reader: RecordReader): RowKind {
    const columns = this.#columns
    const { buffer } = reader
    this.hash = hashOf(reader.view, reader.recordStart, reader.recordEnd)
    if (columns.id >= 0) {
      this.#trim(reader, columns.id)
      if (this.#start === this.#end) return 'no_voter_id'
      this.key = this.#keyOf(buffer)
      if (!this.#isId(buffer)) return 'bad_voter_id'
    } else {
      // The number in the city stands for the state's until that comes.
      this.#trim(reader, columns.county_id)
      if (this.#start === this.#end) return 'no_voter_id'
      this.#number = cityNumber(decode(buffer, this.#start, this.#end))
      if (this.#number < 0) return 'bad_voter_id'
      this.key = provisionalKey(this.#number)
    }
    if (columns.confidential >= 0 && this.#byte(reader, columns.confidential) === 89) return 'confidential'
    const status = this.#status(reader)
    this.#registered = this.#date(reader, columns.registered, this.#today)
    this.rank = rankOf(status, this.#registered === noDate ? null : this.#registered)
    this.#trim(reader, columns.last)
    if (this.#start === this.#end && (columns.first < 0 || reader.starts[columns.first] === reader.ends[columns.first]))
      return 'no_name'
    return status === 'purged' ? 'purged' : 'voter'
  }

  /** Writes the row `look` saw. The writer has room for `roomFor(reader)` bytes. */
  write(
    reader: RecordReader,
    out: TupleWriter,
    voter_id: number,
    file_id: number,
    extra: readonly number[] = [],
  ): void {
    const c = this.#columns
    const { buffer, view } = reader
    out.columns(recordColumns.length + extra.length)
    out.int8(this.key)
    out.int8(this.hash)

    // Residence first: the household key stands early in the row.
    let number = 0
    let street = 0
    let unit = 0
    let line: ReturnType<typeof splitAddressLine> | null = null
    if (c.street >= 0) {
      if (c.number >= 0) number = this.#find(reader, c.number, this.#numbers)
      street = this.#streetEntry(reader)
      if (c.unit >= 0) unit = this.#unitEntry(reader)
    }
    if (c.line >= 0 && street === 0) {
      const text = this.#text(reader, c.line)
      if (text) line = splitAddressLine(text, this.#text(reader, c.line_2))
      // Lists by hand have the apartment in a column of its own beside the line; New York's other addresses do without.
      if (line?.unit === null && c.unit >= 0 && isOwn(this.#layout.id))
        line.unit = this.#units.texts[this.#unitEntry(reader)] ?? null
    }
    let zipStart = 0
    let zipEnd = 0
    this.#trim(reader, c.zip5 >= 0 ? c.zip5 : c.zip)
    if (this.#end - this.#start >= 5 && digits(buffer, this.#start, this.#start + 5)) {
      zipStart = this.#start
      zipEnd = this.#start + 5
    }
    const city = c.city >= 0 ? this.#find(reader, c.city, this.#cities) : 0
    const county = this.#countyEntry(reader)
    // Without a ZIP code only the place tells one Main Street from another.
    const place =
      zipEnd > 0 ? null : [this.#cities.texts[city], c.county < 0 ? this.#layout.county : this.#counties.texts[county]]
    if (place?.some(Boolean) !== false && (line ? line.street : street !== 0)) {
      let one = 0x811c9dc5 | 0
      let two = 0x2545f491
      for (let p = zipStart; p < zipEnd; p++) {
        one = Math.imul(one ^ buffer[p]!, 0x01000193)
        two = Math.imul(two ^ buffer[p]!, 0x5bd1e995)
      }
      const parts = line
        ? [textHash(line.house_number), textHash(line.street), textHash(line.unit)]
        : [this.#numbers.hash(number), this.#streets.hash(street), this.#units.hash(unit)]
      if (place) parts.push(...place.map((text) => textHash(text ?? null)))
      for (const part of parts) {
        one = Math.imul(one ^ part, 0x01000193)
        two = Math.imul(two ^ part ^ (one >>> 13), 0x5bd1e995)
      }
      out.int8((one >>> 0) * 2_097_152 + ((two >>> 0) & 2_097_151))
    } else out.none()

    out.int4(voter_id)
    out.int4(file_id)

    const born = this.#date(reader, c.born, this.#today)
    if (born === noDate) out.none()
    else out.int4(born)
    const registered = this.#registered
    if (registered === noDate) out.none()
    else out.int4(registered)

    let count = 0
    let unread: string | null = null
    if (c.votes >= 0) {
      count = this.#readVotes(reader, c.votes)
      unread = this.#unread
    } else if (this.#wide.length > 0) {
      for (const { index, election_id } of this.#wide) {
        const entry = this.#find(reader, index, this.#methods)
        if (entry === 0) continue
        const method = this.#methods.number(entry)
        if (method >= 0) this.#votes[count++] = election_id * 8 + method
      }
      count = this.#sortVotes(count)
    }
    let voted = this.#date(reader, c.voted)
    if (voted === noDate && count > 0) {
      for (let index = 0; index < count && voted === noDate; index++)
        voted = this.#elections.day(this.#votes[index]! >> 3) ?? noDate
    }
    if (voted === noDate) out.none()
    else out.int4(voted)

    if (born !== noDate) out.int2(yearOfDays(born))
    else {
      const year = this.#int(reader, c.year)
      if (year > 1850 && year <= this.#this_year) out.int2(year)
      else out.none()
    }
    for (const column of this.#smallFields) {
      const district = this.#int(reader, column)
      if (district > 0 && district < 32_768) out.int2(district)
      else out.none()
    }

    const last = this.#find(reader, c.last, this.#lastNames)
    const first = c.first >= 0 ? this.#find(reader, c.first, this.#givenNames) : 0
    const middle = c.middle >= 0 ? this.#find(reader, c.middle, this.#givenNames) : 0
    this.#estimate(reader, last, first, middle)
    for (let group = 0; group < 6; group++) out.int2(this.#community[group]!)

    out.raw(this.#stateBytes, 0, 2)
    if (c.id >= 0) {
      this.#trim(reader, c.id)
      this.#copy(reader, out)
    } else out.text(provisionalId(this.#number))
    if (c.county_id >= 0) {
      this.#trim(reader, c.county_id)
      if (this.#start < this.#end) this.#copy(reader, out)
      else out.none()
    } else out.none()

    if (last === 0) out.raw(view, 0, 0)
    else out.kept(this.#lastNames, last)
    out.kept(this.#givenNames, first)
    out.kept(this.#givenNames, middle)
    if (c.suffix >= 0) out.kept(this.#suffixes, this.#find(reader, c.suffix, this.#suffixes))
    else out.none()
    out.keptAlso(this.#lastNames, last)
    out.keptAlso(this.#givenNames, first, middle)

    if (c.sex >= 0) out.kept(this.#sexes, this.#find(reader, c.sex, this.#sexes))
    else out.none()
    this.#writeParty(reader, out)
    if (c.status >= 0) {
      const status = this.#statusEntry
      if (status === 0) {
        out.text(this.#layout.status_otherwise)
        out.none()
      } else {
        if (this.#statuses.number(status) === 1) this.counts.unknown_status++
        out.kept(this.#statuses, status)
        this.#trim(reader, c.status)
        this.#copy(reader, out)
      }
    } else {
      out.text('active')
      out.none()
    }
    if (c.source >= 0) out.kept(this.#sources, this.#find(reader, c.source, this.#sources))
    else out.none()

    if (line) {
      out.text(line.house_number)
      out.text(line.street)
      out.text(line.unit)
    } else {
      if (number !== 0 && c.fraction >= 0 && reader.starts[c.fraction]! < reader.ends[c.fraction]!) {
        const fraction = this.#text(reader, c.fraction)
        out.text([this.#numbers.texts[number], fraction].filter(Boolean).join(' '))
      } else out.kept(this.#numbers, number)
      out.kept(this.#streets, street)
      out.kept(this.#units, unit)
    }
    out.kept(this.#cities, city)
    if (zipEnd > 0) out.raw(view, zipStart, zipEnd)
    else out.none()
    this.#writeZip4(reader, out)
    if (c.county < 0 && this.#layout.county) out.text(this.#layout.county)
    else out.kept(this.#counties, county)
    out.kept(this.#plain, c.precinct >= 0 ? this.#find(reader, c.precinct, this.#plain) : 0)

    out.int4Array(this.#votes, count)
    out.text(unread)
    out.text(this.#mailAddress(reader))
    out.keptJson(this.#districtTexts, this.#districtEntry(reader))
    this.#writeOthers(reader, out)
    out.text(c.id >= 0 ? null : 'county')
    for (const each of extra) out.int4(each)
    this.#readPhone(reader)
  }

  /** Bytes a row can take at most. */
  roomFor(reader: RecordReader): number {
    return (reader.recordEnd - reader.recordStart) * 12 + 16_384
  }

  /** The bytes of a field without the blanks around it, in #start and #end. */
  #trim(reader: RecordReader, field: number): void {
    if (field < 0) {
      this.#start = this.#end = 0
      return
    }
    const { buffer } = reader
    let start = reader.starts[field]!
    let end = reader.ends[field]!
    while (start < end && buffer[start]! <= 32) start++
    while (end > start && buffer[end - 1]! <= 32) end--
    // Spreadsheets and statistics programs make 25 into 25.0.
    if (end - start > 2 && buffer[end - 1] === 48 && buffer[end - 2] === 46 && digits(buffer, start, end - 2)) end -= 2
    this.#start = start
    this.#end = end
  }

  #byte(reader: RecordReader, field: number): number {
    this.#trim(reader, field)
    return this.#start < this.#end ? reader.buffer[this.#start]! & 0xdf : 0
  }

  #text(reader: RecordReader, field: number): string {
    this.#trim(reader, field)
    return this.#start < this.#end ? decode(reader.buffer, this.#start, this.#end).replaceAll('\0', '') : ''
  }

  #find(reader: RecordReader, field: number, memo: Memo): number {
    this.#trim(reader, field)
    return memo.find(reader.view, this.#start, this.#end)
  }

  /** Copies the trimmed field; bytes beyond ASCII are brought to UTF-8. */
  #copy(reader: RecordReader, out: TupleWriter): void {
    const { buffer } = reader
    let odd = false
    for (let p = this.#start; p < this.#end; p++) if (buffer[p]! - 1 > 126 || buffer[p] === 0) odd = true
    if (odd) out.text(decode(buffer, this.#start, this.#end).replaceAll('\0', ''))
    else out.raw(reader.view, this.#start, this.#end)
  }

  #keyOf(buffer: Buffer): number {
    let p = this.#start
    const prefix = this.#layout.id_prefix
    for (let at = 0; at < prefix.length && p < this.#end && (buffer[p]! & 0xdf) === prefix.charCodeAt(at); at++) p++
    this.#isPrefixed = prefix !== '' && p - this.#start === prefix.length
    this.#digits = 0
    let key = 0
    const length = this.#end - p
    if (length > 0 && length <= 18) {
      for (; p < this.#end; p++) {
        const digit = buffer[p]! - 48
        if (digit < 0 || digit > 9) break
        key = key * 10 + digit
      }
      if (p === this.#end && key <= Number.MAX_SAFE_INTEGER) {
        this.#digits = length
        return key
      }
    }
    return stateKey(decode(buffer, this.#start, this.#end), prefix)
  }

  /** Of the id `#keyOf` read last: where all others bear the letters of their state, a number without is something else. */
  #isId(buffer: Buffer): boolean {
    if (isOwn(this.#layout.id)) return true
    if (this.#isPrefixed) this.#prefixed++
    if (this.#digits > 0) {
      if (this.#layout.id_prefix === '') return this.#digits >= 3 && this.#digits <= 12
      return this.#isPrefixed ? this.#digits >= 6 : this.#prefixed < certain_after
    }
    return isVoterId(decode(buffer, this.#start, this.#end), this.#layout, true)
  }

  #status(reader: RecordReader): StandardStatus {
    const { status } = this.#columns
    if (status < 0) return 'active'
    const entry = this.#find(reader, status, this.#statuses)
    this.#statusEntry = entry
    // The memo's texts are the layout's own standard statuses.
    return entry === 0 ? this.#layout.status_otherwise : (this.#statuses.texts[entry] as StandardStatus)
  }

  /** A whole number at the start of the field, or -1. */
  #int(reader: RecordReader, field: number): number {
    if (field < 0) return -1
    const { buffer } = reader
    const end = reader.ends[field]!
    let p = reader.starts[field]!
    while (p < end && buffer[p] === 32) p++
    let value = -1
    for (; p < end; p++) {
      const digit = buffer[p]! - 48
      if (digit < 0 || digit > 9) break
      value = (value < 0 ? 0 : value * 10) + digit
      if (value > 1_000_000) return -1
    }
    return value
  }

  /** Days from 2000-01-01 of YYYYMMDD, YYYY-MM-DD (with or without a time) or M/D/YYYY; `noDate` where it is none, or after `latest`. */
  #date(reader: RecordReader, field: number, latest = Infinity): number {
    if (field < 0) return noDate
    this.#trim(reader, field)
    const start = this.#start
    const length = this.#end - start
    if (length === 0) return noDate
    const { buffer } = reader
    let days = noDate
    if (length === 8 && digits(buffer, start, start + 8))
      days = dayOf(four(buffer, start), two(buffer, start + 4), two(buffer, start + 6))
    else if (length >= 10 && buffer[start + 4] === 45 && buffer[start + 7] === 45)
      days = dayOf(four(buffer, start), two(buffer, start + 5), two(buffer, start + 8))
    else {
      const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(buffer.toString('latin1', start, this.#end))
      if (match) days = dayOf(Number(match[3]), Number(match[1]), Number(match[2]))
    }
    if (days > latest) days = noDate
    if (days === noDate) this.counts.bad_dates++
    return days
  }

  #joined(reader: RecordReader, fields: readonly number[], memo: Memo): number {
    const scratch = this.#scratch
    const { buffer } = reader
    let at = 0
    let hasText = false
    for (let index = 0; index < fields.length; index++) {
      if (index > 0) scratch[at++] = 1
      const field = fields[index]!
      if (field < 0) continue
      this.#trim(reader, field)
      if (this.#start < this.#end) hasText = true
      const end = Math.min(this.#end, this.#start + 900)
      if (at > scratch.length - 1000) break
      for (let p = this.#start; p < end; p++) scratch[at++] = buffer[p]!
    }
    return hasText ? memo.find(this.#scratchView, 0, at) : 0
  }

  #streetEntry(reader: RecordReader): number {
    const c = this.#columns
    return this.#isEmpty(reader, c.before) && this.#isEmpty(reader, c.type) && this.#isEmpty(reader, c.after)
      ? this.#find(reader, c.street, this.#streets)
      : this.#joined(reader, this.#streetFields, this.#streets)
  }

  #isEmpty(reader: RecordReader, field: number): boolean {
    return field < 0 || reader.starts[field]! >= reader.ends[field]!
  }

  #unitEntry(reader: RecordReader): number {
    const c = this.#columns
    if (this.#isEmpty(reader, c.unit) && this.#isEmpty(reader, c.unit_type)) return 0
    return this.#joined(reader, this.#unitFields, this.#units)
  }

  #writeZip4(reader: RecordReader, out: TupleWriter): void {
    const c = this.#columns
    const { buffer } = reader
    this.#trim(reader, c.zip4 >= 0 ? c.zip4 : c.zip)
    let start = this.#start
    if (c.zip4 < 0 || this.#start === this.#end) {
      // ZIP and its four more digits in one column: '11354-1234' or '113541234'.
      this.#trim(reader, c.zip)
      start = this.#start + 5 + (buffer[this.#start + 5] === 45 ? 1 : 0)
    }
    const isUseful = this.#end - start === 4 && digits(buffer, start, start + 4) && four(buffer, start) !== 0
    if (isUseful) out.raw(reader.view, start, start + 4)
    else out.none()
  }

  #keptParty(text: string): { text: StandardParty; number: number; also: string } {
    const [code = '', other = ''] = text.toUpperCase().split('\u0001')
    const { parties, prefixed_parties } = this.#layout
    const party = parties[code] ?? (code.length === 3 ? prefixed_parties?.[code.slice(1)] : undefined)
    const more = this.#layout.other_parties?.[other]
    const standard = party === 'oth' && more ? more : (party ?? (code === '' ? 'none' : 'oth'))
    return {
      text: standard,
      number: party === undefined && code !== '' ? 1 : 0,
      also: other ? `${code} ${other}` : code,
    }
  }

  #writeParty(reader: RecordReader, out: TupleWriter): void {
    const c = this.#columns
    if (c.party < 0) {
      out.text('none')
      out.none()
      return
    }
    const party = this.#isEmpty(reader, c.other_party)
      ? this.#find(reader, c.party, this.#parties)
      : this.#joined(reader, this.#partyFields, this.#parties)
    if (party === 0) {
      out.text('none')
      out.none()
      return
    }
    if (this.#parties.number(party) === 1) this.counts.unknown_party++
    out.kept(this.#parties, party)
    if (this.#parties.values[party * stride + of.also_length] === 0) out.none()
    else out.keptAlso(this.#parties, party)
  }

  #unread: string | null = null

  /** Splits New York's packed history; leaves the codes in #votes, newest first, and returns how many. */
  #readVotes(reader: RecordReader, field: number): number {
    this.#unread = null
    const { buffer, view } = reader
    const end = reader.ends[field]!
    let start = reader.starts[field]!
    let count = 0
    while (start < end) {
      let p = start
      while (p < end && buffer[p] !== 59) p++
      let from = start
      let to = p
      while (from < to && buffer[from]! <= 32) from++
      while (to > from && buffer[to - 1]! <= 32) to--
      if (from < to) {
        const entry = this.#entries.find(view, from, to)
        const code = this.#entries.number(entry)
        if (code >= 0) {
          if (count < this.#votes.length) this.#votes[count++] = code
        } else if (code === -1) {
          this.counts.votes_unread++
          const text = this.#entries.texts[entry] ?? ''
          this.#unread = this.#unread === null ? text : `${this.#unread};${text}`
        }
      }
      start = p + 1
    }
    this.counts.votes_read += count
    return this.#sortVotes(count)
  }

  /** Newest first, each election once, with a method where any of its entries had one. */
  #sortVotes(count: number): number {
    const votes = this.#votes
    const { order } = this.#elections
    for (let index = 1; index < count; index++) {
      const code = votes[index]!
      const when = order[code >> 3]!
      let at = index - 1
      while (at >= 0 && (order[votes[at]! >> 3]! < when || (order[votes[at]! >> 3] === when && votes[at]! < code))) {
        votes[at + 1] = votes[at]!
        at--
      }
      votes[at + 1] = code
    }
    let kept = 0
    for (let index = 0; index < count; index++) {
      if (kept > 0 && votes[kept - 1]! >> 3 === votes[index]! >> 3) continue
      votes[kept++] = votes[index]!
    }
    return kept
  }

  #mailAddress(reader: RecordReader): string | null {
    let isEmpty = true
    for (const field of this.#mail) {
      if (field >= 0 && reader.ends[field]! > reader.starts[field]! && this.#byte(reader, field) !== 0) isEmpty = false
    }
    if (isEmpty) return null
    const [one, two, three, four, city, state, zip, country] = this.#mail.map((field) =>
      this.#text(reader, field).replace(/\s+/g, ' '),
    )
    const place = [city, [state, zip].filter(Boolean).join(' ')].filter(Boolean).join(', ')
    const lines = [one, two, three, four, place, country].filter(Boolean)
    return lines.length > 0 ? lines.join('\n') : null
  }

  #districtEntry(reader: RecordReader): number {
    for (const field of this.#districtFields)
      if (!this.#isEmpty(reader, field)) return this.#joined(reader, this.#districtFields, this.#districtTexts)
    return 0
  }

  /** Further columns as JSON; where all of it is plain letters and digits the bytes go over as they are. */
  #writeOthers(reader: RecordReader, out: TupleWriter): void {
    const { starts, ends, buffer } = reader
    let isEmpty = true
    for (let at = 0; at < this.#otherFields.length; at++) {
      const index = this.#otherFields[at]!
      if (starts[index]! >= ends[index]!) continue
      for (let p = starts[index]!, end = ends[index]!; p < end; p++) {
        const byte = buffer[p]!
        if (byte < 32 || byte > 126 || byte === 34 || byte === 92) {
          out.json(this.#othersJson(reader))
          return
        }
        if (byte !== 32) isEmpty = false
      }
    }
    if (isEmpty) {
      out.none()
      return
    }
    out.openJson()
    for (let at = 0; at < this.#otherFields.length; at++) {
      const index = this.#otherFields[at]!
      if (starts[index]! >= ends[index]!) continue
      this.#trim(reader, index)
      if (this.#start < this.#end) out.jsonField(this.#otherKeys[at]!, reader.view, this.#start, this.#end)
    }
    out.closeJson()
  }

  #othersJson(reader: RecordReader): string | null {
    let object: Record<string, string> | null = null
    const { starts, ends } = reader
    for (let at = 0; at < this.#otherFields.length; at++) {
      const index = this.#otherFields[at]!
      if (starts[index]! >= ends[index]!) continue
      const text = this.#text(reader, index)
      if (text === '') continue
      object ??= {}
      object[this.#others[at]!.key] = text
    }
    return object && JSON.stringify(object)
  }

  #readPhone(reader: RecordReader): void {
    const { phone, area } = this.#columns
    this.phone = null
    if (phone < 0) return
    const number = this.#text(reader, phone)
    if (number) this.phone = area >= 0 ? this.#text(reader, area) + number : number
  }

  /** Names that say nothing on their own say nothing together: most voters need no working out. */
  #estimate(reader: RecordReader, last: number, first: number, given: number): void {
    const about = this.#givenNames.number(given)
    // An initial says nothing.
    const middle = (about & longer) !== 0 ? given : 0
    if (((this.#lastNames.number(last) | this.#givenNames.number(first) | about) & telling) === 0) {
      this.#community.fill(0)
      return
    }
    const surname = (this.#surnameReadings[last] ??= surnameReading(this.#lastNames.texts[last] ?? ''))
    if (surname.maySwap) {
      const shares = nameShares(
        this.#lastNames.texts[last] ?? '',
        this.#givenNames.texts[first] ?? '',
        this.#givenNames.texts[middle] ?? '',
      )
      percentsInto(shares, this.#placeOf(reader), this.#community)
      return
    }
    let second = this.#middleReadings[middle]
    if (second === undefined)
      this.#middleReadings[middle] = second = middleReading(this.#givenNames.texts[middle] ?? '')
    percentsOf(
      surname.prior,
      (this.#firstReadings[first] ??= firstReading(this.#givenNames.texts[first] ?? '')),
      second,
      this.#placeOf(reader),
      this.#community,
    )
  }

  #placeOf(reader: RecordReader): PlaceOdds | null {
    const { county, ccd, ad, ed } = this.#columns
    if (county < 0 && ccd < 0) return null
    const within = this.#countyEntry(reader)
    let council = ccd >= 0 ? this.#int(reader, ccd) : 0
    if (!(council > 0) && this.#places.electionDistricts.size > 0)
      council = this.#places.electionDistricts.get(electionDistrict(this.#int(reader, ad), this.#int(reader, ed))) ?? 0
    if (council > 0 && council < 32_768) {
      const key = within * 32_768 + council
      let place = this.#councilPlaces.get(key)
      if (place === undefined) {
        place = placeOf(this.#places, this.#counties.texts[within] ?? null, council)
        this.#councilPlaces.set(key, place)
      }
      return place
    }
    let place = this.#countyPlaces[within]
    if (place === undefined) {
      place = placeOf(this.#places, this.#counties.texts[within] ?? null, null)
      this.#countyPlaces[within] = place
    }
    return place
  }

  /** Of the column, or of what else the layout knows the county by. */
  #countyEntry(reader: RecordReader): number {
    const { county, zip5, zip, ad } = this.#columns
    if (county >= 0) return this.#find(reader, county, this.#counties)
    const by = this.#layout.county_by
    if (!by) return 0
    const post = this.#text(reader, zip5 >= 0 ? zip5 : zip).slice(0, 5)
    const known = by.zip[post] === undefined ? by.zip[post.slice(0, 3)] : by.zip[post]
    const slug = known ?? by.ad[this.#int(reader, ad)]
    if (!slug) return 0
    let entry = this.#countiesKnown.get(slug)
    if (entry === undefined) {
      const length = this.#scratch.write(slug, 'latin1')
      this.#countiesKnown.set(slug, (entry = this.#counties.find(this.#scratchView, 0, length)))
    }
    return entry
  }
  readonly #countiesKnown = new Map<string, number>()

  get #stateBytes(): DataView {
    return (this.#state ??= new DataView(new Uint8Array([...Buffer.from(this.#layout.state), 0, 0]).buffer))
  }
  #state: DataView | null = null
}

/** No such day: outside what a day number can be. */
const noDate = -2_000_000

/** Day numbers by (year - 1850) * 372 + (month - 1) * 31 + (day - 1), so that no date is worked out twice. */
const dayTable = new Int32Array(251 * 372).fill(noDate)
const firstDay = daysFrom2000(1850, 1, 1)
/** The year of each day from the first. */
const yearTable = new Int16Array(daysFrom2000(2101, 1, 1) - firstDay)
// One day after the other: to ask of each by itself is felt at the start of every command.
let nextDay = firstDay
for (let year = 1850; year <= 2100; year++) {
  for (let month = 1; month <= 12; month++) {
    const last = daysFrom2000(year, month + 1, 1) - daysFrom2000(year, month, 1)
    for (let day = 1; day <= last; day++) {
      if (!standsForUnknown(year, month, day)) dayTable[(year - 1850) * 372 + (month - 1) * 31 + day - 1] = nextDay
      yearTable[nextDay - firstDay] = year
      nextDay++
    }
  }
}

function dayOf(year: number, month: number, day: number): number {
  if (year < 1850 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31) return noDate
  return dayTable[(year - 1850) * 372 + (month - 1) * 31 + day - 1]!
}

const yearOfDays = (days: number): number => yearTable[days - firstDay]!
const two = (buffer: Buffer, at: number): number => (buffer[at]! - 48) * 10 + buffer[at + 1]! - 48
const four = (buffer: Buffer, at: number): number => two(buffer, at) * 100 + two(buffer, at + 2)

function digits(buffer: Buffer, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (buffer[p]! < 48 || buffer[p]! > 57) return false
  return true
}

/** 53 bits over the bytes of a row; other rules (`rulesVersion`) give other hashes, so that all rows are read anew. */
function hashOf(view: DataView, start: number, end: number): number {
  let one = 0x811c9dc5 ^ rulesVersion
  let two = 0x9747b28c ^ (end - start)
  let p = start
  for (; p + 4 <= end; p += 4) {
    const word = view.getInt32(p, true)
    one = Math.imul(one ^ word, 0x9e3779b1)
    one ^= one >>> 15
    two = ((two << 5) - two + word) | 0
  }
  for (; p < end; p++) {
    one = Math.imul(one ^ view.getUint8(p), 0x01000193)
    two = Math.imul(two + view.getUint8(p), 0x5bd1e995)
  }
  one ^= one >>> 16
  two ^= two >>> 15
  return (one >>> 0) * 2_097_152 + ((two >>> 0) & 2_097_151)
}

function textHash(text: string | null): number {
  if (text === null) return 0x1b873593
  let hash = 0x1b873593
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}

/** What the number of a name says: it can tell something about the community; it is more than an initial. */
const telling = 1
const longer = 2

/** A name as people write it, its search key, and what it is good for. */
function keptName(name: string, isSurname: boolean): { text: string | null; number: number; also: string } {
  return {
    text: name || null,
    number: (tells(name, isSurname) ? telling : 0) | (name.length > 1 ? longer : 0),
    also: nameKey(name),
  }
}

/* oxlint-disable no-non-null-assertion -- elements of typed arrays within their length; asking for each would cost as much as the work */

import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type pg from 'pg'
import { z } from 'zod'
import { crosswalkKinds, type CrosswalkKind } from '../../geography/schema.ts'
import { leastPercent } from '../refresh.ts'
import { communities, contactable, phoneKinds } from '../schema.ts'
import { lastSeenText } from '../sql.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import {
  bornOf,
  dateOf,
  dayOfPostgres,
  mostBorn,
  mostDays,
  noParty,
  pack,
  partyCodes,
  sampleOrder,
  setNames,
  sexCodes,
  sourceCodes,
  statusCodes,
} from './codes.ts'
import { copyOut } from './copy-out.ts'
import { ColumnsWriter, noPosition, type Header, type SegmentTable } from './file.ts'
import { groupsOf } from './groups.ts'
import { inputsQuery } from './inputs.ts'
import { ones } from './kernels.ts'

export interface BuildProgress {
  phase: 'reading' | 'sorting' | 'writing'
  rows: number
  of_rows: number
}

export interface Built {
  voters: number
  bytes: number
  segments: number
  seconds: number
  inputs: string
}

/** How many voters stand in the list samples are taken from; see `sampled` in the worker. */
const sampleSize = 1 << 18

/**
 * Reads all voter records and writes the columns file. Voters stand ordered by where they live, down to the household, so
 * that everybody of a district is a few runs of positions. Everything is of one moment: the transaction sees one snapshot.
 * Takes about 85 bytes of memory per voter while it runs, whatever the size of the rows.
 */
export async function buildColumns(
  client: pg.ClientBase,
  path: string,
  now: Date,
  onProgress: (progress: BuildProgress) => void = () => undefined,
): Promise<Built> {
  const started = performance.now()
  removeDrafts(path)
  await client.query('begin isolation level repeatable read read only')
  try {
    const inputs = (await client.query<{ inputs: string }>(inputsQuery)).rows[0]?.inputs ?? ''
    const count = (await client.query<{ n: number }>('select count(*)::integer as n from voter_record')).rows[0]?.n ?? 0
    const rows = new Rows(count)
    let told = 0
    await copyOut(client, `copy (${rowsQuery}) to stdout with (format binary)`, (bytes, at) => {
      rows.read(bytes, at)
      if (rows.count - told > 100_000) onProgress({ phase: 'reading', rows: (told = rows.count), of_rows: count })
    })
    const rowOf = rows.byVoter()
    const phones = await readPhones(client, rows.count, rowOf)
    const changes = await readPartyChanges(client, rowOf)
    const files = await readFiles(client)
    onProgress({ phase: 'sorting', rows: rows.count, of_rows: count })
    const writer = new ColumnsWriter(path)
    let bytes: number
    let segments: number
    try {
      const ordered = rows.order(await readDivided(client))
      segments = ordered.table.bounds.length - 1
      onProgress({ phase: 'writing', rows: rows.count, of_rows: count })
      const header = write(rows, ordered, phones, changes, files, writer)
      bytes = writer.finish({
        ...header,
        inputs,
        built_at: now.toISOString(),
        seconds: (performance.now() - started) / 1000,
      })
    } catch (problem) {
      writer.abandon()
      throw problem
    }
    await client.query('commit')
    return { voters: rows.count, bytes, segments, seconds: (performance.now() - started) / 1000, inputs }
  } catch (problem) {
    await client.query('rollback').catch(() => undefined) // a lost connection has nothing to roll back
    throw problem
  }
}

/** What earlier builds left when they were killed. The caller holds the lock, so nobody else is writing. */
function removeDrafts(path: string): void {
  const folder = dirname(path)
  let names: string[] = []
  try {
    names = readdirSync(folder)
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem
  }
  for (const name of names)
    if (name.startsWith(`${basename(path)}.`) && name.endsWith('.draft')) rmSync(join(folder, name), { force: true })
}

/** Everything a district or place is told by: voters alike in all of it are one segment. */
const segmentColumns = [
  'v.state',
  'v.county',
  'coalesce(v.cd, whole_congress.district)',
  'coalesce(v.sd, whole_senate.district)',
  'v.ad',
  'v.ed',
  'coalesce(v.ccd, whole_council.district)',
  'v.precinct',
  'v.districts::text',
  // What the crosswalk fills is asked of in other ways than what the record says itself.
  '(v.cd is null)::text || (v.sd is null)::text || (v.ccd is null)::text',
] as const

/** Where the record names no district, the one its election district lies wholly in. */
const crosswalks = (
  [
    ['congress', 'congress'],
    ['senate', 'senate'],
    ['council', 'nyc-council'],
  ] as const
)
  .map(
    ([name, kind]) => `left join crosswalk_whole whole_${name} on whole_${name}.kind = '${kind}'
    and whole_${name}.state = v.state and whole_${name}.ad = v.ad and whole_${name}.ed = v.ed`,
  )
  .join(' ')

const rowsQuery = `select v.voter_id, ${segmentColumns.join(', ')},
  v.household_key, hashtextextended(v.mail_address, 0), v.birth_date, v.birth_year, v.registered_on, v.sex, v.party, v.status,
  v.gone_in, lower(v.city), v.zip5, ${communities.map((name) => `v.p_${name}`).join(', ')}, v.votes,
  v.registered_by, v.last_voted_on, v.mail_address is not null or (v.street is not null and v.city is not null and v.zip5 is not null),
  v.last_voted_on is not null or cardinality(v.votes) > 0 or v.votes_unread is not null,
  case when v.gone_in is not null then ${lastSeenText} end,
  case when v.id_kind is not null then v.unmatched_in is not null end
  from voter_record v ${crosswalks}`

/** A bitset in the order rows came; small ones as a list. */
class Bits {
  list: Uint32Array | null = new Uint32Array(16)
  bits: Uint8Array | null = null
  count = 0
  #last = -1
  readonly #rows: number

  constructor(rows: number) {
    this.#rows = rows
  }

  /** False: it was in it already. Rows come in order. */
  add(row: number): boolean {
    if (this.#last === row) return false
    this.#last = row
    if (this.bits) {
      this.bits[row >> 3]! |= 1 << (row & 7)
      this.count++
      return true
    }
    let list = this.list ?? new Uint32Array(16)
    if (this.count === list.length) {
      if (this.count * 32 > this.#rows) {
        const bits = (this.bits = new Uint8Array(Math.ceil(this.#rows / 8)))
        for (const each of list) bits[each >> 3]! |= 1 << (each & 7)
        this.list = null
        this.#last = -1
        return this.add(row)
      }
      const larger = new Uint32Array(list.length * 2)
      larger.set(list)
      this.list = list = larger
    }
    list[this.count++] = row
    return true
  }
}

/** The rows as they come, in columns. */
class Rows {
  count = 0
  readonly voter_id: Uint32Array
  readonly segment: Uint32Array
  /** Low and high half of each key. */
  readonly household: Uint32Array
  readonly mail: Uint32Array
  /** Bit 0: has a household, 1: has a mailing address of its own, 2: gone, 3: mail can be sent there, 4: has ever voted; 5-7: `sourceCodes`. */
  readonly flags: Uint16Array
  readonly birth: Uint16Array
  readonly born: Uint8Array
  readonly registered: Uint16Array
  readonly last_voted: Uint16Array
  readonly sex: Uint8Array
  readonly party: Uint8Array
  readonly status: Uint8Array
  readonly city: Uint32Array
  readonly zip: Uint32Array
  readonly likely: Uint8Array[]
  /** Who voted in an election, and in each way: by election_id * 8 + method. */
  readonly votes: (Bits | undefined)[] = []
  readonly methods: (Bits | undefined)[] = []
  /** Elections in which somebody voted in two ways. */
  readonly mixed = new Set<number>()
  readonly segments = new ByteDictionary()
  readonly cities = new ByteDictionary()
  readonly zips = new ByteDictionary()
  /** Rows of those missing from the newest file, and the day of the last they stood in; 0: not known. */
  readonly gone: number[] = []
  readonly gone_seen: number[] = []
  readonly clamped = new Set<Header['clamped'][number]>()
  readonly #of_rows: number
  readonly #codes = {
    sex: new Codes(sexCodes),
    party: new Codes(partyCodes),
    status: new Codes(statusCodes),
    source: new Codes(sourceCodes),
  }

  constructor(rows: number) {
    this.#of_rows = rows
    this.voter_id = new Uint32Array(rows)
    this.segment = new Uint32Array(rows)
    this.household = new Uint32Array(rows * 2)
    this.mail = new Uint32Array(rows * 2)
    this.flags = new Uint16Array(rows)
    this.birth = new Uint16Array(rows)
    this.born = new Uint8Array(rows)
    this.registered = new Uint16Array(rows)
    this.last_voted = new Uint16Array(rows)
    this.sex = new Uint8Array(rows)
    this.party = new Uint8Array(rows)
    this.status = new Uint8Array(rows)
    this.city = new Uint32Array(rows)
    this.zip = new Uint32Array(rows)
    this.likely = communities.map(() => new Uint8Array(rows))
  }

  /** One row of `rowsQuery`; `at` is where its first field's length stands. */
  read(bytes: Buffer, at: number): void {
    const row = this.count++
    if (row >= this.#of_rows) throw new Error('more voters than were counted in the same snapshot')
    const next = (): number => {
      const length = bytes.readInt32BE(at)
      at += 4
      const start = at
      if (length < 0) return -1
      at += length
      return start
    }
    const text = (codes: Codes): number => {
      const start = next()
      return start < 0 ? codes.none : codes.code(bytes, start, at)
    }
    this.voter_id[row] = bytes.readInt32BE(next())
    const from = at
    for (let field = 0; field < segmentColumns.length; field++) next()
    this.segment[row] = this.segments.code(bytes, from, at)
    let flags = 0
    const household = next()
    if (household >= 0) {
      flags |= 1
      this.household[row * 2 + 1] = bytes.readUInt32BE(household)
      this.household[row * 2] = bytes.readUInt32BE(household + 4)
    }
    const mail = next()
    if (mail >= 0) {
      flags |= 2
      this.mail[row * 2 + 1] = bytes.readUInt32BE(mail)
      this.mail[row * 2] = bytes.readUInt32BE(mail + 4)
    }
    const birth = next()
    const birth_year = next()
    if (birth >= 0) {
      const day = (this.birth[row] = this.#day(bytes.readInt32BE(birth), 'birth'))
      this.born[row] = bornByDay[day] ?? 0
    } else if (birth_year >= 0) {
      const born = bornOf(bytes.readInt16BE(birth_year))
      if (born < 1 || born > mostBorn) this.clamped.add('born')
      this.born[row] = Math.max(1, Math.min(mostBorn, born))
    }
    const registered = next()
    if (registered >= 0) this.registered[row] = this.#day(bytes.readInt32BE(registered), 'registered')
    this.sex[row] = text(this.#codes.sex)
    this.party[row] = text(this.#codes.party)
    this.status[row] = text(this.#codes.status)
    if (next() >= 0) flags |= 4
    const city = next()
    this.city[row] = city < 0 ? 0 : this.cities.code(bytes, city, at) + 1
    const zip = next()
    this.zip[row] = zip < 0 ? 0 : this.zips.code(bytes, zip, at) + 1
    for (const column of this.likely) column[row] = bytes.readInt16BE(next())
    const votes = next()
    const some = bytes.readInt32BE(votes) === 0 ? 0 : bytes.readInt32BE(votes + 12)
    for (let each = 0; each < some; each++) {
      const vote = bytes.readInt32BE(votes + 24 + each * 8)
      if (!this.#set(this.votes, vote >> 3).add(row)) this.mixed.add(vote >> 3)
      this.#set(this.methods, vote).add(row)
    }
    flags |= text(this.#codes.source) << 5
    const voted = next()
    if (voted >= 0) this.last_voted[row] = this.#day(bytes.readInt32BE(voted), 'last_voted')
    if (bytes[next()] === 1) flags |= 8
    if (bytes[next()] === 1) flags |= 16
    const seen = next()
    if (flags & 4) {
      this.gone.push(row)
      this.gone_seen.push(seen < 0 ? 0 : Math.max(1, Math.min(mostDays, dayOfPostgres(bytes.readInt32BE(seen)))))
    }
    const unmatched = next()
    if (unmatched >= 0) flags |= bytes[unmatched] === 1 ? 512 : 256
    this.flags[row] = flags
  }

  #set(sets: (Bits | undefined)[], key: number): Bits {
    return (sets[key] ??= new Bits(this.#of_rows))
  }

  /** The row of each voter id, or -1. */
  byVoter(): Int32Array {
    let highest = 0
    for (let row = 0; row < this.count; row++) if (this.voter_id[row]! > highest) highest = this.voter_id[row]!
    const rowOf = new Int32Array(highest + 1).fill(-1)
    for (let row = 0; row < this.count; row++) rowOf[this.voter_id[row]!] = row
    return rowOf
  }

  #day(days: number, column: 'birth' | 'registered' | 'last_voted'): number {
    const day = dayOfPostgres(days)
    if (day >= 1 && day <= mostDays) return day
    this.clamped.add(column)
    return day < 1 ? 1 : mostDays
  }

  /** Positions in the order of place and household: `rows[position]` is the row. */
  order(divided: Divided): Ordered {
    const { count, segment, household, mail, flags, voter_id } = this
    const places = Array.from({ length: this.segments.size }, (_, code) => readSegment(this.segments.bytes(code)))
    const sorted = places.map((_, code) => code).sort((a, b) => comparePlaces(places[a], places[b]))
    const rank = new Uint32Array(sorted.length)
    for (const [place, code] of sorted.entries()) rank[code] = place
    const bounds = new Uint32Array(sorted.length + 1)
    for (let row = 0; row < count; row++) bounds[(rank[segment[row]!] ?? 0) + 1]!++
    for (let place = 0; place < sorted.length; place++) bounds[place + 1]! += bounds[place]!
    const rows = new Uint32Array(count)
    const fill = bounds.slice()
    for (let row = 0; row < count; row++) rows[fill[rank[segment[row]!] ?? 0]!++] = row

    const compare = (a: number, b: number): number => {
      const has = (flags[b]! & 1) - (flags[a]! & 1)
      if (has !== 0) return has
      const [x, y] = [a * 2, b * 2]
      return (
        household[x + 1]! - household[y + 1]! ||
        household[x]! - household[y]! ||
        (flags[a]! & 2) - (flags[b]! & 2) ||
        mail[x + 1]! - mail[y + 1]! ||
        mail[x]! - mail[y]! ||
        voter_id[a]! - voter_id[b]!
      )
    }
    for (let place = 0; place < sorted.length; place++) rows.subarray(bounds[place], bounds[place + 1]).sort(compare)
    const inOrder = sorted.map((code) => places[code] ?? [])
    return { rows, table: segmentTable(inOrder, bounds), ...namedIn(inOrder), in_doubt: inDoubt(inOrder, divided) }
  }
}

interface Ordered {
  rows: Uint32Array
  table: SegmentTable
  named_districts: Record<string, string[]>
  named_of_segments: Record<string, number[]>
  in_doubt: Record<string, number[]>
}

/** Year of each day number, as the columns write it. */
const bornByDay = Uint8Array.from({ length: mostDays + 1 }, (_, day) =>
  day === 0 ? 0 : Math.min(mostBorn, bornOf(Number(dateOf(day).slice(0, 4)))),
)

/** Numbers of a few known texts; the last one stands for whatever else there is. */
class Codes {
  readonly #dictionary = new ByteDictionary()
  readonly #most: number
  readonly #other: number
  readonly none: number

  constructor(known: readonly string[]) {
    for (const text of known) this.#dictionary.code(Buffer.from(text), 0, Buffer.byteLength(text))
    this.#most = known.length - 1
    this.none = known[0] === 'unknown' ? 0 : this.#most
    // Sex has no word for anything else; its mapper lets nothing else in.
    this.#other = known.at(-1) === 'other' ? this.#most : this.none
  }

  code(bytes: Buffer, from: number, to: number): number {
    const code = this.#dictionary.code(bytes, from, to)
    return code > this.#most ? this.#other : code
  }
}

type Place = (string | null)[]

function readSegment(bytes: Buffer): Place {
  const place: Place = []
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readInt32BE(at)
    at += 4
    if (length < 0) place.push(null)
    else {
      const isNumber = place.length >= 2 && place.length <= 6
      place.push(isNumber ? String(bytes.readInt16BE(at)) : bytes.toString('utf8', at, at + length))
      at += length
    }
  }
  return place
}

const Districts = z.record(z.string(), z.string())

/** Which districts there are of the kinds that may have names, and in which of them each segment lies; -1: in none. */
function namedIn(places: readonly Place[]): Pick<Ordered, 'named_districts' | 'named_of_segments'> {
  const read = new Map([...new Set(places.map((place) => place[8] ?? '{}'))].map((text) => [text, Districts.parse(JSON.parse(text))])) // prettier-ignore
  const ofPlaces = places.map((place): Record<string, string> => ({
    ...read.get(place[8] ?? '{}'),
    ...(place[7] && { precinct: place[7] }),
  }))
  const found = new Map<string, Set<string>>(
    ofPlaces.some(({ precinct }) => precinct) ? [['precinct', new Set<string>()]] : [],
  )
  for (const of of ofPlaces)
    for (const [kind, name] of Object.entries(of)) found.set(kind, (found.get(kind) ?? new Set()).add(name))
  const named = [...found].map(([kind, names]) => [kind, [...names].sort()] as const)
  return {
    named_districts: Object.fromEntries(named),
    named_of_segments: Object.fromEntries(
      named.map(([kind, names]) => {
        const at = new Map(names.map((name, index) => [name, index]))
        return [kind, ofPlaces.map((of) => at.get(of[kind] ?? '') ?? -1)]
      }),
    ),
  }
}

/** By kind, the election districts that lie in several districts. */
type Divided = ReadonlyMap<CrosswalkKind, ReadonlySet<string>>

async function readDivided(client: pg.ClientBase): Promise<Divided> {
  const { rows } = await client.query<{ kind: CrosswalkKind; place: string }>(
    `select distinct kind, state || ' ' || ad || ' ' || ed as place from crosswalk_divided`,
  )
  return new Map(
    crosswalkKinds.map((kind) => [kind, new Set(rows.filter((row) => row.kind === kind).map(({ place }) => place))]),
  )
}

/** Segments whose district of a kind nobody knows, because their election district lies in several. */
function inDoubt(places: readonly Place[], divided: Divided): Ordered['in_doubt'] {
  const column = { congress: 2, senate: 3, assembly: 4, 'nyc-council': 6 } as const
  return Object.fromEntries(
    crosswalkKinds.map((kind) => [
      kind,
      places.flatMap((place, segment) => {
        const [state, ad, ed] = [place[0], place[4], place[5]]
        return (place[column[kind]] ?? null) === null && divided.get(kind)?.has(`${state} ${ad} ${ed}`) ? [segment] : []
      }),
    ]),
  )
}

/** State, county, assembly and election district first, then the others. */
const placeOrder = [0, 1, 4, 5, 2, 3, 6, 7, 8, 9]

function comparePlaces(a: Place = [], b: Place = []): number {
  for (const at of placeOrder) {
    const [x, y] = [a[at] ?? null, b[at] ?? null]
    if (x === y) continue
    if (x === null || y === null) return x === null ? -1 : 1
    if (at >= 2 && at <= 6) return Number(x) - Number(y)
    return x < y ? -1 : 1
  }
  return 0
}

function segmentTable(places: (Place | undefined)[], bounds: Uint32Array): SegmentTable {
  const states = [...new Set(places.flatMap((place) => place?.[0] ?? []))]
  const counties = [...new Set(places.flatMap((place) => place?.[1] ?? []))]
  const numbers = (at: number): (number | null)[] =>
    places.map((place) => {
      const text = place?.[at] ?? null
      return text === null ? null : Number(text)
    })
  const indexes = (at: number, list: string[]): number[] => {
    const known = new Map(list.map((text, index) => [text, index]))
    return places.map((place) => known.get(place?.[at] ?? '') ?? -1)
  }
  return {
    states,
    counties,
    bounds: [...bounds],
    state: indexes(0, states),
    county: indexes(1, counties),
    cd: numbers(2),
    sd: numbers(3),
    ad: numbers(4),
    ed: numbers(5),
    ccd: numbers(6),
  }
}

type Phones = Record<'phone' | (typeof phoneKinds)[number], Uint8Array>

/** Who has a number, by kind, in the order of the rows. */
async function readPhones(client: pg.ClientBase, count: number, rowOf: Int32Array): Promise<Phones> {
  const bytes = Math.ceil(count / 8)
  const phones = Object.fromEntries(['phone', ...phoneKinds].map((name) => [name, new Uint8Array(bytes)])) as Phones
  const kinds = new Codes([...phoneKinds, 'other'])
  const sets = [...phoneKinds.map((kind) => phones[kind])]
  await copyOut(client, 'copy (select voter_id, kind from voter_phone) to stdout with (format binary)', (given, at) => {
    const row = rowOf[given.readInt32BE(at + 4)] ?? -1
    if (row < 0) return
    const kind = kinds.code(given, at + 12, at + 12 + given.readInt32BE(at + 8))
    phones.phone[row >> 3]! |= 1 << (row & 7)
    const set = sets[kind]
    if (set) set[row >> 3]! |= 1 << (row & 7)
  })
  return phones
}

/** Enrolments that a file changed, in the order of the rows' voters, days and files. */
interface PartyChanges {
  row: Uint32Array
  day: Uint16Array
  before: Uint8Array
}

/** A few of a hundred voters change party from one file to the next. */
async function readPartyChanges(client: pg.ClientBase, rowOf: Int32Array): Promise<PartyChanges> {
  const parties = new Codes(partyCodes)
  const found: { row: number; day: number; before: number }[] = []
  // As `partyOn` in sql.ts.
  const query = `select c.voter_id, coalesce(f.received_on, f.imported_at::date), c.before ->> 'party' from voter_change c
    join voter_file f on f.file_id = c.file_id where c.kind = 'party' order by c.voter_id, 2, c.file_id`
  await copyOut(client, `copy (${query}) to stdout with (format binary)`, (given, at) => {
    const row = rowOf[given.readInt32BE(at + 4)] ?? -1
    if (row < 0) return
    const length = given.readInt32BE(at + 16)
    found.push({
      row,
      day: Math.max(1, Math.min(mostDays, dayOfPostgres(given.readInt32BE(at + 12)))),
      before: length < 0 ? noParty : parties.code(given, at + 20, at + 20 + length),
    })
  })
  return {
    row: Uint32Array.from(found, ({ row }) => row),
    day: Uint16Array.from(found, ({ day }) => day),
    before: Uint8Array.from(found, ({ before }) => before),
  }
}

async function readFiles(client: pg.ClientBase): Promise<Header['files']> {
  const { rows } = await client.query<
    Header['files'][number]
  >(`select f.state, coalesce(f.received_on, f.imported_at::date)::text as on,
    f.first_voter_id, f.next_voter_id, f.counties from voter_file f where f.first_voter_id is not null order by f.file_id`)
  return rows
}

/** Puts every column in order, one at a time, and writes it. */
function write(
  rows: Rows,
  { rows: order, table, named_districts, named_of_segments, in_doubt }: Ordered,
  phones: Phones,
  changes: PartyChanges,
  files: Header['files'],
  writer: ColumnsWriter,
): Omit<Header, 'version' | 'sections' | 'inputs' | 'built_at' | 'seconds'> {
  const { count } = rows
  // Whole registers for the kernels, and halves for two workers.
  const set_bytes = Math.ceil(count / 256) * 32
  const column = <T extends Uint8Array | Uint16Array | Uint32Array>(
    type: new (length: number) => T,
    of: ArrayLike<number>,
  ): T => {
    const ordered = new type(set_bytes * 8)
    for (let position = 0; position < count; position++) ordered[position] = of[order[position]!]!
    return ordered
  }
  const set = (isIn: (row: number) => boolean | number): Uint8Array => {
    const ordered = new Uint8Array(set_bytes)
    for (let position = 0; position < count; position++)
      if (isIn(order[position]!)) ordered[position >> 3]! |= 1 << (position & 7)
    return ordered
  }
  const planes = (names: readonly string[], of: Uint8Array): void => {
    for (const [plane, name] of names.entries())
      writer.section(
        name,
        set((row) => (of[row]! >> plane) & 1),
      )
  }

  const voter_id = column(Uint32Array, rows.voter_id)
  writer.section('voter_id', voter_id)
  writer.section('sample', sampleList(voter_id.subarray(0, count)))
  writer.section('bounds', Uint32Array.from(table.bounds))
  writer.section('birth', column(Uint16Array, rows.birth))
  writer.section('born', column(Uint8Array, rows.born))
  writer.section('registered', column(Uint16Array, rows.registered))
  planes(setNames.party, rows.party)
  planes(setNames.status, rows.status)
  planes(setNames.sex, rows.sex)
  for (const [plane, name] of setNames.registered_by.entries()) writer.section(name, set((row) => (rows.flags[row]! >> (5 + plane)) & 1)) // prettier-ignore
  writer.section('last_voted', column(Uint16Array, rows.last_voted))
  writer.section(setNames.no_state_id.waiting, set((row) => rows.flags[row]! & 256)) // prettier-ignore
  writer.section(setNames.no_state_id.unmatched, set((row) => rows.flags[row]! & 512)) // prettier-ignore
  writer.section(setNames.mail, set((row) => rows.flags[row]! & 8)) // prettier-ignore
  writer.section(setNames.ever_voted, set((row) => rows.flags[row]! & 16)) // prettier-ignore
  const canVote = statusCodes.map((status) => (contactable as readonly string[]).includes(status))
  const isLiving = (row: number): boolean => !(rows.flags[row]! & 4) && canVote[rows.status[row]!] === true
  writer.section(setNames.contactable, set(isLiving))
  writer.section(setNames.gone, set((row) => rows.flags[row]! & 4)) // prettier-ignore
  writer.section(
    setNames.phone,
    set((row) => phones.phone[row >> 3]! & (1 << (row & 7))),
  )
  for (const kind of phoneKinds)
    writer.section(setNames.phone_kinds[kind], set((row) => phones[kind][row >> 3]! & (1 << (row & 7)))) // prettier-ignore
  const likeliest = new Uint8Array(count)
  for (const of of rows.likely) for (let row = 0; row < count; row++) if (of[row]! > likeliest[row]!) likeliest[row] = of[row]! // prettier-ignore
  for (const [index, name] of setNames.percent.entries()) {
    const of = rows.likely[index] ?? likeliest
    const percents = column(Uint8Array, of)
    writer.section(name, percents)
    const { list, from } = byPercent(percents.subarray(0, count))
    writer.section(setNames.likely[index] ?? '', list)
    writer.section(setNames.likely_from[index] ?? '', from)
  }
  const cities = rows.cities.size < 0xffff ? rows.cities.texts() : null
  if (cities) writer.section('city', column(Uint16Array, rows.city))
  const zips = rows.zips.size < 0xffff ? rows.zips.texts().sort() : null
  if (zips) {
    // In their order, so that those from one to another are a range of codes.
    const place = new Map(zips.map((zip, index) => [zip, index + 1]))
    const codes = [0, ...rows.zips.texts().map((zip) => place.get(zip) ?? 0)]
    const ordered = column(Uint16Array, rows.zip)
    for (let position = 0; position < count; position++) ordered[position] = codes[ordered[position]!]!
    writer.section('zip', ordered)
  }

  const elections: Header['elections'] = []
  const positionOf = new Uint32Array(count)
  for (let position = 0; position < count; position++) positionOf[order[position]!] = position
  const keep = (name: string, { bits, list, count: length }: Bits): 'bits' | 'list' => {
    if (bits) writer.section(name, set((row) => bits[row >> 3]! & (1 << (row & 7)))) // prettier-ignore
    else writer.section(name, (list ?? new Uint32Array()).subarray(0, length).map((row) => positionOf[row]!).sort()) // prettier-ignore
    return bits ? 'bits' : 'list'
  }
  /** As it is smaller: ways of voting few voters chose would take more as lists than all the rest of their elections. */
  const keepSmall = (
    name: string,
    { bits, list, count: length }: Pick<Bits, 'bits' | 'list' | 'count'>,
  ): 'bits' | 'packed' => {
    const positions = new Uint32Array(length)
    let filled = 0
    if (list) for (; filled < length; filled++) positions[filled] = positionOf[list[filled]!]!
    else for (let row = 0; row < count; row++) if (bits![row >> 3]! & (1 << (row & 7))) positions[filled++] = positionOf[row]! // prettier-ignore
    const packed = pack(positions.sort())
    if (packed.length < set_bytes) {
      writer.section(name, packed)
      return 'packed'
    }
    writer.section(name, set((row) => bits![row >> 3]! & (1 << (row & 7)))) // prettier-ignore
    return 'bits'
  }
  /** Whoever voted in each way at all, by row: of some seventy elections together it would take long to say. */
  const ever = new Map<number, Uint8Array>()
  const addEver = (method: number, { bits, list, count: length }: Bits): void => {
    const into = ever.get(method) ?? new Uint8Array(Math.ceil(count / 8))
    ever.set(method, into)
    if (bits) for (let at = 0; at < into.length; at++) into[at]! |= bits[at] ?? 0
    else if (list) for (let at = 0; at < length; at++) into[list[at]! >> 3]! |= 1 << (list[at]! & 7)
  }
  for (const [election_id, voted] of rows.votes.entries()) {
    if (!voted) continue
    const is_dense = keep(`votes${election_id}`, voted) === 'bits'
    const ways = Array.from({ length: 8 }, (_, method) => ({ method, of: rows.methods[election_id * 8 + method] }))
      .flatMap(({ method, of }) => (of ? [{ method, of }] : []))
      .sort((a, b) => b.of.count - a.of.count)
    for (const { method, of } of ways) addEver(method, of)
    const methods = ways.map(({ method, of }, index): Header['elections'][number]['methods'][number] => {
      // The most frequent way is what is left when the others are taken off.
      const isRest = index === 0 && !rows.mixed.has(election_id)
      return { method, kept: isRest ? 'rest' : keepSmall(`votes${election_id}by${method}`, of) }
    })
    elections.push({ election_id, is_dense, methods })
  }
  const ever_by = [...ever].map(([method, bits]) => {
    const voted = bits.reduce((sum, byte) => sum + ones(byte), 0)
    return { method, kept: keepSmall(`ever_by${method}`, { bits, list: null, count: voted }) }
  })
  const byPosition = Uint32Array.from(changes.row, (_, index) => index).sort(
    (a, b) => positionOf[changes.row[a]!]! - positionOf[changes.row[b]!]! || a - b,
  )
  writer.section('party_changed', byPosition.map((index) => positionOf[changes.row[index]!]!)) // prettier-ignore
  writer.section('party_changed_on', Uint16Array.from(byPosition, (index) => changes.day[index]!)) // prettier-ignore
  writer.section('party_before', Uint8Array.from(byPosition, (index) => changes.before[index]!)) // prettier-ignore

  const goneInOrder = Uint32Array.from(rows.gone, (_, index) => index).sort(
    (a, b) => positionOf[rows.gone[a]!]! - positionOf[rows.gone[b]!]!,
  )
  writer.section('gone_voters', goneInOrder.map((index) => positionOf[rows.gone[index]!]!)) // prettier-ignore
  writer.section('gone_seen', Uint16Array.from(goneInOrder, (index) => rows.gone_seen[index]!)) // prettier-ignore

  // Households as everybody has them; for mail, a mailing address of one's own comes before the residence.
  const household = new Uint32Array(count * 2)
  const mailbox = new Uint32Array(count * 2)
  const [hasHousehold, hasMailbox] = [new Uint8Array(count), new Uint8Array(count)]
  for (let position = 0; position < count; position++) {
    const row = order[position]!
    const flags = rows.flags[row]!
    household[position * 2] = rows.household[row * 2]!
    household[position * 2 + 1] = rows.household[row * 2 + 1]!
    hasHousehold[position] = flags & 1
    // Other bit patterns for mail and for who stands in no household, so that neither is ever taken for a household.
    if (flags & 3) {
      const key = flags & 2 ? rows.mail : rows.household
      mailbox[position * 2] = key[row * 2]! ^ (flags & 2 ? 0x5bd1e995 : 0)
      mailbox[position * 2 + 1] = key[row * 2 + 1]!
    } else {
      mailbox[position * 2] = rows.voter_id[row]!
      mailbox[position * 2 + 1] = 0x80000001
    }
    hasMailbox[position] = flags & 8 ? 1 : 0
  }
  const homes = groupsOf(household, hasHousehold, set_bytes)
  const boxes = groupsOf(mailbox, hasMailbox, set_bytes)
  for (const [name, groups] of Object.entries({ household: homes, mailbox: boxes })) {
    writer.section(`${name}_top`, groups.top)
    writer.section(`${name}_inner`, groups.inner)
    writer.section(`${name}_crossing`, groups.crossing)
    writer.section(`${name}_scattered`, groups.scattered)
    writer.section(`${name}_scattered_of`, groups.scattered_of)
    writer.section(`${name}_scattered_groups`, Uint32Array.of(groups.scattered_groups))
  }
  const size = new Uint8Array(set_bytes * 8)
  homes.sizes((position) => isLiving(order[position]!), size)
  writer.section('household_size', size)

  const parties = new Set(rows.party.subarray(0, count))
  let highest_voter_id = 0
  for (const each of voter_id) if (each > highest_voter_id) highest_voter_id = each
  const places = new Uint32Array(highest_voter_id + 1).fill(noPosition)
  for (let position = 0; position < count; position++) places[voter_id[position]!] = position
  writer.section('position', places)
  return {
    voters: count,
    highest_voter_id,
    set_bytes,
    segments: table,
    cities,
    zips,
    parties: partyCodes.filter((_, code) => parties.has(code)),
    named_districts,
    named_of_segments,
    in_doubt,
    elections,
    ever_by,
    files,
    clamped: [...rows.clamped],
  }
}

/** Positions of at least `leastPercent`, by percent and then ascending, and where each percent begins. */
function byPercent(percents: Uint8Array): { list: Uint32Array; from: Uint32Array } {
  const from = new Uint32Array(102)
  for (const percent of percents) if (percent >= leastPercent) from[percent + 1]!++
  for (let percent = 0; percent <= 100; percent++) from[percent + 1]! += from[percent]!
  const list = new Uint32Array(from[101]!)
  const next = from.slice()
  for (const [position, percent] of percents.entries()) if (percent >= leastPercent) list[next[percent]!++] = position
  return { list, from }
}

/** Positions of those who come first in samples, in that order. */
function sampleList(voter_id: Uint32Array): Uint32Array {
  const order = Int32Array.from(voter_id, sampleOrder)
  const limit = sampleLimit(order)
  const chosen: number[] = []
  for (let position = 0; position < order.length; position++) if (order[position]! <= limit) chosen.push(position)
  return Uint32Array.from(chosen.sort((a, b) => order[a]! - order[b]! || voter_id[a]! - voter_id[b]!))
}

/** The order up to which about `sampleSize` voters stand; everybody with the same is in or out together. */
function sampleLimit(order: Int32Array): number {
  if (order.length <= sampleSize) return 0x7fffffff
  const sorted = order.slice().sort()
  return sorted[sampleSize] ?? 0x7fffffff
}

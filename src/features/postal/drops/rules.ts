import { hangulParts } from '../../voterfile/community/hangul.ts'
import { greet } from '../../targeting/export/mail-house.ts'
import type { PostRow, RefusedElsewhere } from '../../targeting/export/queries.ts'
import { isOnePerson, peopleAmong } from '../../targeting/export/same-person/rules.ts'
import { compared, linesOf, standardizeTyped } from '../address/rules.ts'
import type { MailAddress } from '../address/schema.ts'
import { addressKey, plainUnit } from '../no-paper/rules.ts'
import type { HouseholdRule, LanguageRule, LeftOutReason } from '../schema.ts'
import { placeKey, placesOf, type Place } from '../sorting/rules.ts'

/** Somebody a piece is for, under one of the records they have. */
export interface Recipient {
  voter_id: number
  /** The record of the same person that stands for both; null: this one. */
  same_as: number | null
  /** By what else than the address on the piece their home may be closed. */
  home_keys: string[]
}

export interface Piece extends Place {
  language: string
  name_line: string
  name_line_ko: string | null
  salutation: string
  salutation_ko: string | null
  address: MailAddress & { delivery_point: string | null }
  recipients: Recipient[]
}

export interface LeftOut {
  voter_id: number
  name: string
  reason: LeftOutReason
  original: string | null
  detail: string | null
}

export interface Ready {
  row: PostRow
  address: MailAddress
  /** Two digits, where certified software knows them. */
  delivery_point?: string | null
  /** All by which their home may be closed. */
  home_keys?: readonly string[]
}

export interface DropRules {
  languages: LanguageRule
  households: HouseholdRule
  /** Those the organization writes, the first one first. */
  written: readonly string[]
  /** By whose rules it falls into trays. */
  today: string
}

/** Somebody's address in the form of the post, and who gets none; `refused`: who wants none under a record that is not here. */
export function readyOf(
  rows: readonly PostRow[],
  refused: RefusedElsewhere = new Map(),
): { ready: Ready[]; left_out: LeftOut[] } {
  const ready: Ready[] = []
  const left_out: LeftOut[] = []
  /** By home, who wants none, or lives no more. */
  const closed = new Map<string, PostRow[]>()
  for (const row of rows) {
    const { voter_id } = row
    const name = [row.first, row.last].filter(Boolean).join(' ')
    const read = standardizeTyped({ delivery: row.delivery, unit: row.unit, city: row.city, state: row.state, zip: row.zip }) // prettier-ignore
    const reason = row.left_out ?? refused.get(voter_id)
    if (reason) {
      left_out.push({ voter_id, name, reason, original: null, detail: null })
      if (read.ok && row.left_out && row.left_out !== 'no_address') closed.set(homeKey(read.address), [...(closed.get(homeKey(read.address)) ?? []), row]) // prettier-ignore
    } else if (read.ok) ready.push({ row, address: read.address })
    else left_out.push({ voter_id, name, reason: `address_${read.problem}`, original: read.original, detail: read.found || null }) // prettier-ignore
  }
  if (closed.size === 0) return { ready, left_out }
  // Whoever said no said so under each of their records.
  const open = ready.filter((each) => {
    const same = closed.get(homeKey(each.address))?.find((row) => isOnePerson(row, each.row, true))
    if (same?.left_out) left_out.push(leftOutFor(each, same.left_out))
    return !same
  })
  return { ready: open, left_out }
}

export const leftOutFor = ({ row, address }: Ready, reason: LeftOut['reason']): LeftOut => ({
  voter_id: row.voter_id,
  name: [row.first, row.last].filter(Boolean).join(' '),
  reason,
  original: linesOf(address).join(', '),
  detail: null,
})

/** The pieces of a drop in the order of the post: by tray and bundle, ZIP code, street and number. */
export function piecesOf(ready: readonly Ready[], { languages, households, written, today }: DropRules): Piece[] {
  const records = recordsOf(ready)
  const pieces = [...groups([...records.keys()], households).values()].map((group): Omit<Piece, keyof Place> => {
    const residents = group.map(({ row }) => row)
    const { name_line, salutation, salutation_ko } = greet(residents)
    const [first] = group
    if (!first) throw new Error('a group of nobody')
    const keysBeside = ({ home_keys = [] }: Ready) => home_keys.filter((key) => key !== addressKey(first.address))
    return {
      language: languageOf(residents, languages, written),
      name_line,
      name_line_ko: koreanLine(residents),
      salutation,
      salutation_ko: salutation_ko || null,
      address: { ...first.address, delivery_point: first.delivery_point ?? null },
      recipients: group.flatMap((each) =>
        (records.get(each) ?? []).map((record) => ({
          voter_id: record.row.voter_id,
          same_as: record.row.voter_id === each.row.voter_id ? null : each.row.voter_id,
          home_keys: keysBeside(record),
        })),
      ),
    }
  })
  const places = placesOf(countedByZip(pieces), today)
  const keyed = pieces.map((piece) => {
    const place = places.get(piece.address.zip5) ?? nowhere
    return { piece: { ...piece, ...place }, key: `${placeKey(place)}|${sortKey(piece.address)}` }
  })
  const first = ({ recipients }: Piece): number => recipients[0]?.voter_id ?? 0
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : first(a.piece) - first(b.piece)))
  return keyed.map(({ piece }) => piece)
}

/** Each person once, with what any of their records knows, and all of these. */
function recordsOf(ready: readonly Ready[]): Map<Ready, Ready[]> {
  const buildings = buildingsAmong(ready)
  const byHand = homesByHandAmong(ready)
  const alike = new Map<string, Ready[]>()
  for (const each of ready) {
    const { row, address } = each
    const key = `${byHand.has(row.mailbox) ? `hand ${row.mailbox}` : homeKey(address)}|${familyKey(row.last)}`
    const there = alike.get(key)
    if (there) there.push(each)
    else alike.set(key, [each])
  }
  const people = new Map<Ready, Ready[]>()
  for (const those of alike.values()) {
    const byRow = new Map<PostRow, Ready>(those.map((each) => [each.row, each]))
    const [one] = those
    const needs_birth = one !== undefined && one.address.unit === null && buildings.has(doorKey(one.address))
    for (const rows of peopleAmong([...byRow.keys()], { needs_birth })) {
      const records = rows.flatMap((row) => byRow.get(row) ?? [])
      const [lead] = records
      if (!lead) continue
      const known = (of: 'hangul' | 'language') => rows.find((row) => row[of] !== null)?.[of] ?? null
      const as_known = rows.length === 1 ? lead : { ...lead, row: { ...lead.row, hangul: known('hangul'), language: known('language') } } // prettier-ignore
      people.set(as_known, records)
    }
  }
  // In the order they came in, which is that of voter numbers.
  return new Map([...people].toSorted(([a], [b]) => a.row.voter_id - b.row.voter_id))
}

const nowhere = { tray: '', bundle: '' }

function countedByZip(pieces: readonly Pick<Piece, 'address'>[]): { zip5: string; pieces: number }[] {
  const counts = new Map<string, number>()
  for (const { address } of pieces) counts.set(address.zip5, (counts.get(address.zip5) ?? 0) + 1)
  return [...counts].map(([zip5, count]) => ({ zip5, pieces: count }))
}

const doorKey = ({ delivery, zip5 }: MailAddress): string => `${compared(delivery)}|${zip5}`
const homeKey = (address: MailAddress): string =>
  `${doorKey(address)}|${plainUnit(address.unit?.replace(/^(APT|#) /, '') ?? '')}`

/** More than these at one door without a unit are a building, of which nobody said who lives with whom. */
const largest_home = 8

/** Who shares a piece. */
function groups(ready: readonly Ready[], households: HouseholdRule): Map<string, Ready[]> {
  if (households === 'person') return new Map(ready.map((each) => [String(each.row.voter_id), [each]]))
  const buildings = buildingsAmong(ready)
  const byHand = homesByHandAmong(ready)
  const groups = new Map<string, Ready[]>()
  for (const each of ready) {
    const { row, address } = each
    // What was said by hand of a home holds before what the addresses look like.
    const isByHand = byHand.has(row.mailbox)
    const box = isByHand ? `hand ${row.mailbox}` : homeKey(address)
    const isBuilding = !isByHand && address.unit === null && buildings.has(doorKey(address))
    const key = households === 'family' || isBuilding ? `${box}|${familyKey(row.last)}` : box
    const group = groups.get(key)
    if (!group) groups.set(key, [each])
    // The address is that of whoever lives there by the file.
    else if (group[0]?.row.is_by_hand && !row.is_by_hand) group.unshift(each)
    else group.push(each)
  }
  return groups
}

const homesByHandAmong = (ready: readonly Ready[]): Set<string | null> =>
  new Set(ready.flatMap(({ row }) => (row.is_by_hand ? [row.mailbox] : [])))

const familyKey = (last: string): string =>
  last
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toUpperCase()

/** Doors behind which several homes are: some write a unit, or there are too many for one. */
function buildingsAmong(ready: readonly Ready[]): Set<string> {
  const buildings = new Set<string>()
  const without = new Map<string, number>()
  for (const { address } of ready) {
    if (address.kind !== 'street') continue
    const door = doorKey(address)
    if (address.unit !== null) buildings.add(door)
    else {
      const count = (without.get(door) ?? 0) + 1
      without.set(door, count)
      if (count > largest_home) buildings.add(door)
    }
  }
  return buildings
}

function languageOf(residents: readonly PostRow[], rule: LanguageRule, written: readonly string[]): string {
  if (rule === 'first') return written[0] ?? 'en'
  if (rule === 'all') return 'all'
  const read = new Set(residents.map(({ language }) => language))
  const [only] = read
  return read.size === 1 && only && written.includes(only) ? only : 'all'
}

/** The line in Hangul over the address, only from names people write themselves; a guess is never printed. */
export function koreanLine(residents: readonly Pick<PostRow, 'hangul' | 'last'>[]): string | null {
  const known = residents.filter(({ hangul }) => hangul !== null)
  if (known.length === 0) return null
  if (known.length === residents.length && known.length <= 2)
    return known.map(({ hangul }) => `${hangul} 님`).join(', ')
  const families = [...new Set(known.map(({ hangul, last }) => hangulParts(hangul ?? '', last)?.family))]
  if (families.length > 2 || families.includes(undefined)) return null
  return `${families.map((family) => `${family}씨`).join('·')} 가정`
}

/** Alike in the order of the post: ZIP, ZIP+4, street, house number, unit. */
export function sortKey({ zip5, zip4, delivery, unit }: MailAddress): string {
  const [, house = '', street = ''] = /^(\S*\d\S*)\s(.*)$/.exec(delivery) ?? ['', '', delivery]
  return [zip5, zip4 ?? '9999', padded(street), padded(house), padded(unit ?? '')].join('|')
}

const padded = (text: string): string => text.replace(/\d+/g, (digits) => digits.padStart(8, '0'))

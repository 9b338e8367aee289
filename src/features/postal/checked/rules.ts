import { setImmediate } from 'node:timers/promises'
import { csvRows } from '../../../platform/csv.ts'
import { AddressForm, type AddressInput } from '../../people/addresses/schema.ts'
import { standardizeTyped } from '../address/rules.ts'
import { homeKey } from '../no-paper/rules.ts'
import { actedOn, mostRows, type CassVerdict, type FoundAddress, type FoundCass, type FoundMove, type Mover, type NcoaVerdict } from './schema.ts' // prettier-ignore

export interface CassRow {
  line: number
  address_id: number | null
  verdict: CassVerdict
  found: FoundCass
}
export interface NcoaRow {
  line: number
  voter_id: number | null
  verdict: NcoaVerdict
  found: FoundMove
}

export type ReadFile<Row> =
  | { ok: true; rows: Row[] }
  | { ok: false; problem: 'empty' | 'too_many' | 'no_id' | 'no_codes' }

/** Heads as programs write them: small letters and digits alone ('ZIP+4' is 'zip4'). */
const heads = {
  id: ['hanpyoid', 'id', 'recordid', 'recid', 'key', 'customerid', 'uniqueid'],
  address1: ['stdaddress1', 'stdaddress', 'cassaddress1', 'cassaddress', 'deliveryline1', 'deliveryaddress', 'primaryaddress', 'address1', 'addressline1', 'address'],
  address2: ['stdaddress2', 'cassaddress2', 'deliveryline2', 'secondaryaddress', 'address2', 'addressline2', 'unit', 'secondary'],
  city: ['stdcity', 'casscity', 'cityname', 'city'],
  state: ['stdstate', 'cassstate', 'stateabbreviation', 'state', 'st'],
  zip: ['stdzip', 'casszip', 'zip5', 'zipcode', 'zip'],
  zip4: ['stdzip4', 'casszip4', 'zip4', 'plus4', 'plus4code', 'zipplus4', 'addon', 'addoncode'],
  delivery_point: ['deliverypoint', 'deliverypointcode', 'dpbc', 'dpc', 'dp', 'dpcode'],
  dpv: ['dpv', 'dpvcode', 'dpvconfirmation', 'dpvconfirmationcode', 'dpvconfirm', 'dpvstatus', 'dpvmatchcode', 'dpvcnfrm', 'dpvindicator'],
  footnotes: ['dpvfootnotes', 'dpvfootnote', 'dpvnotes', 'footnotes'],
  mover: ['movetype', 'movertype', 'moverstype', 'mtype', 'ncoamovetype'],
  code: ['matchcode', 'ncoareturncode', 'ncoalinkreturncode', 'returncode', 'ncoacode', 'ncoamatchcode'],
  moved_in: ['movedate', 'moveeffectivedate', 'effectivedate', 'ncoamovedate', 'moveeffdate'],
  new1: ['newaddress1', 'newaddress', 'ncoaaddress1', 'ncoaaddress', 'forwardaddress', 'newaddressline1', 'newdeliveryaddress'],
  new2: ['newaddress2', 'ncoaaddress2', 'newaddressline2', 'newunit'],
  new_city: ['newcity', 'ncoacity', 'forwardcity'],
  new_state: ['newstate', 'newst', 'ncoastate', 'forwardstate'],
  new_zip: ['newzip', 'newzip5', 'newzipcode', 'ncoazip', 'forwardzip'],
  new_zip4: ['newzip4', 'newplus4', 'ncoazip4'],
} as const // prettier-ignore
type Head = keyof typeof heads

type Cells = (head: Head) => string

interface FileTable {
  rows: { line: number; cell: Cells }[]
  has: (head: Head) => boolean
}

/** Cells of a file with as many columns as a program writes, which is looked at before it is taken apart: empty lines take memory too. */
const mostCells = mostRows * 60

function isTooLarge(text: string): boolean {
  const lines = mostRows * 2
  for (const [sign, most] of [
    ['\n', lines],
    ['\r', lines],
    [',', mostCells],
  ] as const)
    // prettier-ignore
    for (let at = text.indexOf(sign), count = 1; at >= 0; at = text.indexOf(sign, at + 1), count++) if (count > most) return true
  return false
}

function tableIn(text: string): FileTable | 'empty' | 'too_many' {
  if (isTooLarge(text)) return 'too_many'
  const [first, ...rest] = csvRows(text)
  if (!first || rest.every((cells) => cells.every((cell) => cell.trim() === ''))) return 'empty'
  const names = first.map((name) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, ''),
  )
  const at = new Map(
    (Object.keys(heads) as Head[]).map((head) => [
      head,
      heads[head].map((name) => names.indexOf(name)).find((place) => place >= 0) ?? -1,
    ]),
  ) // prettier-ignore -- keys of a record
  const familyOf = (head: Head): string => family(names[at.get(head) ?? -1] ?? '')
  // The second line of an address is that beside its first; our own stands in the file too, and has a unit that the first may hold.
  if (familyOf('address2') !== familyOf('address1')) {
    const beside = heads.address2.findIndex((name) => family(name) === familyOf('address1') && names.includes(name))
    at.set('address2', names.indexOf(heads.address2[beside] ?? ''))
  }
  // So do four digits of ours, beside a ZIP that is the post's.
  if (familyOf('zip') !== '' && names[at.get('zip4') ?? -1] === 'zip4') at.set('zip4', -1)
  const rows: FileTable['rows'] = []
  for (const [index, cells] of rest.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue
    rows.push({ line: index + 2, cell: (head) => cells[at.get(head) ?? -1]?.trim() ?? '' })
    if (rows.length > mostRows) return 'too_many'
  }
  return { has: (head) => (at.get(head) ?? -1) >= 0, rows }
}

/** Rows that are read before others have their turn: some milliseconds. */
const atATime = 100

/** A large file takes seconds to read: pages of others are answered meanwhile. */
async function inTurns<Row, Read>(rows: readonly Row[], read: (row: Row) => Read): Promise<Read[]> {
  const all: Read[] = []
  for (let from = 0; from < rows.length; from += atATime) {
    for (const row of rows.slice(from, from + atATime)) all.push(read(row))
    await setImmediate()
  }
  return all
}

/** Columns that belong together: of a program that writes them beside ours; '': they have no name of their own. */
function family(name: string): string {
  const [, found = ''] = /^(std|cass|delivery|primary|secondary)/.exec(name) ?? []
  return found === 'secondary' ? 'primary' : found
}

/**
 * What the certified software says of a delivery point (DPV): Y whole address confirmed, D the unit is missing, S the unit is
 * not confirmed, N not confirmed (general knowledge of the codes; not checked against the text).
 */
export const dpvVerdicts: Readonly<Record<string, CassVerdict>> = { Y: 'confirmed', D: 'unit_missing', S: 'unit_not_confirmed', N: 'not_confirmed' } // prettier-ignore

/** A file that came back from certified software, with our ids in it. */
export async function readCass(text: string): Promise<ReadFile<CassRow>> {
  const table = tableIn(text)
  if (typeof table === 'string') return { ok: false, problem: table }
  if (!table.has('id')) return { ok: false, problem: 'no_id' }
  if (!table.has('address1') || !(table.has('zip4') || table.has('dpv'))) return { ok: false, problem: 'no_codes' }
  const rows = await inTurns(table.rows, ({ line, cell }): CassRow => {
    const [, id] = /^a?(\d{1,15})$/i.exec(cell('id')) ?? []
    const dpv = cell('dpv').toUpperCase().slice(0, 1)
    const address = addressIn({ line1: cell('address1'), line2: cell('address2'), city: cell('city'), state: cell('state'), zip: cell('zip'), zip4: cell('zip4') }) // prettier-ignore
    const point = pointIn(cell('delivery_point'))
    const found = { ...(address ?? nowhere), delivery_point: address?.zip4 ? point : null, dpv, footnotes: cell('footnotes').slice(0, 40) } // prettier-ignore
    return {
      line,
      address_id: id === undefined ? null : Number(id),
      verdict: id === undefined ? 'unknown_id' : !address ? 'unreadable' : (dpvVerdicts[dpv] ?? 'not_said'),
      found,
    }
  })
  return { ok: true, rows }
}

/** The two digits of a delivery point: alone, with a check digit, or behind ZIP+4, as the whole barcode has it. */
function pointIn(text: string): string | null {
  const digits = /^[\d-]+$/.test(text) ? text.replaceAll('-', '') : ''
  if (digits.length === 2 || digits.length === 3) return digits.slice(0, 2)
  return digits.length === 11 || digits.length === 12 ? digits.slice(9, 11) : null
}

const nowhere: FoundAddress = {
  delivery: '',
  unit: null,
  city: '',
  state: '',
  zip5: '',
  zip4: null,
  delivery_point: null,
}

function addressIn({ line1, line2, city, state, zip, zip4 }: Record<'line1' | 'line2' | 'city' | 'state' | 'zip' | 'zip4', string>): FoundAddress | null {
  const whole = /^\d{5}$/.test(zip) && /^\d{4}$/.test(zip4) ? `${zip}-${zip4}` : zip
  const read = standardizeTyped({ delivery: line1, unit: line2 || null, city, state, zip: whole })
  if (!read.ok) return null
  const { delivery, unit, zip5, ...place } = read.address
  return { delivery, unit, city: place.city, state: place.state, zip5, zip4: place.zip4, delivery_point: null }
} // prettier-ignore

/**
 * Return codes of NCOALink: with a new address, moved without one, moved abroad, no move (general knowledge of the table; not
 * checked against the text). One that is not here, or none, counts as a move where a new address stands beside it, else as nothing.
 */
const returnCodes: Readonly<Record<string, NcoaVerdict>> = {
  A: 'moved', '91': 'moved', '92': 'moved',
  '01': 'foreign', '02': 'no_forward', '03': 'no_forward', '05': 'no_forward', '14': 'no_forward', '19': 'no_forward',
  '00': 'same', N: 'same',
} // prettier-ignore

const moverNames: Readonly<Record<string, Mover>> = { I: 'individual', F: 'family', B: 'business' }

/** A file of moves, with our ids in it. */
export async function readNcoa(text: string): Promise<ReadFile<NcoaRow>> {
  const table = tableIn(text)
  if (typeof table === 'string') return { ok: false, problem: table }
  if (!table.has('id')) return { ok: false, problem: 'no_id' }
  if (!table.has('code') && !table.has('moved_in')) return { ok: false, problem: 'no_codes' }
  const rows = await inTurns(table.rows, ({ line, cell }): NcoaRow => {
    const [, id] = /^v?(\d{1,9})$/i.exec(cell('id')) ?? []
    const written = cell('code').toUpperCase()
    // A spreadsheet takes '01' for a number.
    const code = /^\d$/.test(written) ? `0${written}` : written
    const told = cell('new1')
    const to = told === '' ? null : addressIn({ line1: told, line2: cell('new2'), city: cell('new_city'), state: cell('new_state'), zip: cell('new_zip'), zip4: cell('new_zip4') }) // prettier-ignore
    const moved_in = monthIn(cell('moved_in'))
    const was = addressIn({ line1: cell('address1'), line2: cell('address2'), city: cell('city'), state: cell('state'), zip: cell('zip'), zip4: '' }) // prettier-ignore
    const asked = was && homeKey(was)
    // Without a code and without a move a file may repeat the address of everybody.
    const isSame = code === '' && (to ? homeKey(to) === asked : told === '' && moved_in === null)
    const said = isSame ? 'same' : (returnCodes[code] ?? (told === '' ? 'not_understood' : 'moved'))
    const [zip5 = null] = /^\d{5}/.exec(cell('zip')) ?? []
    return {
      line,
      voter_id: id === undefined ? null : Number(id),
      verdict: id === undefined ? 'unknown_id' : said === 'moved' && !(to && movedTo(to)) ? 'moved_unclear' : said,
      found: { mover: moverNames[cell('mover').toUpperCase().slice(0, 1)] ?? null, code, moved_in, zip5, asked, to }, // prettier-ignore
    }
  })
  return { ok: true, rows }
}

/** As it is noted of somebody; null: it is longer than any address is. */
export function movedTo({ delivery, unit, city, state, zip5 }: FoundAddress): AddressInput | null {
  const read = AddressForm.safeParse({ address: [delivery, unit].filter(Boolean).join(' '), city, state, zip5, kind: 'mailing', quality: 'good' }) // prettier-ignore
  return read.success ? read.data : null
}

/** '202604', '2026-04-01', '04/2026' */
function monthIn(text: string): string | null {
  const [, year, month] = /^(\d{4})-?(\d{2})/.exec(text) ?? []
  if (year && month) return `${year}-${month}`
  const [, before, of] = /^(\d{1,2})\/(?:\d{1,2}\/)?(\d{4})$/.exec(text) ?? []
  return before && of ? `${of}-${before.padStart(2, '0')}` : null
}

export const countsOf = (rows: readonly { verdict: string }[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { verdict } of rows) counts[verdict] = (counts[verdict] ?? 0) + 1
  return counts
}

/** Rows of a file that are taken over. */
export const toApply = ({ counts }: { counts: Record<string, number> }): number =>
  Object.entries(counts).reduce((sum, [verdict, count]) => sum + (actedOn.has(verdict) ? count : 0), 0)

/** Presorted mail needs addresses matched with moves so many days before at most (Move Update; ez24x7, savepostage: of 2026). */
export const moveUpdateDays = 95

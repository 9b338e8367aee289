import { csvRows } from '../../../platform/csv.ts'
import { standardizeTyped } from '../address/rules.ts'
import { mostRows, type CassVerdict, type FoundAddress, type FoundCass, type FoundMove, type Mover, type NcoaVerdict } from './schema.ts' // prettier-ignore

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

function tableIn(text: string): { rows: { line: number; cell: Cells }[]; has: (head: Head) => boolean } | null {
  const [first, ...rest] = csvRows(text)
  if (!first || rest.every((cells) => cells.every((cell) => cell.trim() === ''))) return null
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
  return {
    has: (head) => (at.get(head) ?? -1) >= 0,
    rows: rest.flatMap((cells, index) =>
      cells.every((cell) => cell.trim() === '') ? [] : [{ line: index + 2, cell: (head) => cells[at.get(head) ?? -1]?.trim() ?? '' }],
    ), // prettier-ignore
  }
}

/**
 * What the certified software says of a delivery point (DPV): Y whole address confirmed, D the unit is missing, S the unit is
 * not confirmed, N not confirmed (general knowledge of the codes; not checked against the text).
 */
export const dpvVerdicts: Readonly<Record<string, CassVerdict>> = { Y: 'confirmed', D: 'unit_missing', S: 'unit_not_confirmed', N: 'not_confirmed' } // prettier-ignore

/** A file that came back from certified software, with our ids in it. */
export function readCass(text: string): ReadFile<CassRow> {
  const table = tableIn(text)
  if (!table) return { ok: false, problem: 'empty' }
  if (table.rows.length > mostRows) return { ok: false, problem: 'too_many' }
  if (!table.has('id')) return { ok: false, problem: 'no_id' }
  if (!table.has('address1') || !(table.has('zip4') || table.has('dpv'))) return { ok: false, problem: 'no_codes' }
  const rows = table.rows.map(({ line, cell }): CassRow => {
    const [, id] = /^a?(\d{1,15})$/i.exec(cell('id')) ?? []
    const dpv = cell('dpv').toUpperCase().slice(0, 1)
    const address = addressIn({ line1: cell('address1'), line2: cell('address2'), city: cell('city'), state: cell('state'), zip: cell('zip'), zip4: cell('zip4') }) // prettier-ignore
    const [point = null] = /^\d\d/.exec(cell('delivery_point')) ?? []
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
 * checked against the text). A code that is not here counts as a move where a new address stands beside it, else as nothing.
 */
const returnCodes: Readonly<Record<string, NcoaVerdict>> = {
  A: 'moved', '91': 'moved', '92': 'moved',
  '01': 'foreign', '02': 'no_forward', '03': 'no_forward', '05': 'no_forward', '14': 'no_forward', '19': 'no_forward',
  '00': 'same', '': 'same', N: 'same',
} // prettier-ignore

const moverNames: Readonly<Record<string, Mover>> = { I: 'individual', F: 'family', B: 'business' }

/** A file of moves, with our ids in it. */
export function readNcoa(text: string): ReadFile<NcoaRow> {
  const table = tableIn(text)
  if (!table) return { ok: false, problem: 'empty' }
  if (table.rows.length > mostRows) return { ok: false, problem: 'too_many' }
  if (!table.has('id')) return { ok: false, problem: 'no_id' }
  if (!table.has('code') && !table.has('moved_in')) return { ok: false, problem: 'no_codes' }
  const rows = table.rows.map(({ line, cell }): NcoaRow => {
    const [, id] = /^v?(\d{1,9})$/i.exec(cell('id')) ?? []
    const code = cell('code').toUpperCase()
    const told = cell('new1')
    const to = told === '' ? null : addressIn({ line1: told, line2: cell('new2'), city: cell('new_city'), state: cell('new_state'), zip: cell('new_zip'), zip4: cell('new_zip4') }) // prettier-ignore
    const said = returnCodes[code] ?? (told === '' ? 'not_understood' : 'moved')
    const [zip5 = null] = /^\d{5}/.exec(cell('zip')) ?? []
    return {
      line,
      voter_id: id === undefined ? null : Number(id),
      verdict: id === undefined ? 'unknown_id' : said === 'moved' && !to ? 'moved_unclear' : said,
      found: { mover: moverNames[cell('mover').toUpperCase().slice(0, 1)] ?? null, code, moved_in: monthIn(cell('moved_in')), zip5, to }, // prettier-ignore
    }
  })
  return { ok: true, rows }
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

/** Presorted mail needs addresses matched with moves so many days before at most (Move Update; ez24x7, savepostage: of 2026). */
export const moveUpdateDays = 95
